"""Times as members name them in commands."""

from __future__ import annotations

from datetime import date

import pytest

from mailwins.understanding.periods import Period, period_of, without_period

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("September", date(2026, 9, 1), date(2026, 9, 30)),
        ("Dec", date(2025, 12, 1), date(2025, 12, 31)),
        ("mars 2026", date(2026, 3, 1), date(2026, 3, 31)),
        ("November", date(2026, 11, 1), None),
        ("this month", date(2026, 11, 1), None),
        ("last month", date(2026, 10, 1), date(2026, 10, 31)),
        ("letzter Woche", date(2026, 11, 9), date(2026, 11, 15)),
        ("le mois dernier", date(2026, 10, 1), date(2026, 10, 31)),
        ("last quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("this year", date(2026, 1, 1), None),
        ("Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("q4", date(2026, 10, 1), None),
        ("2025Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("the last 30 days", date(2026, 10, 19), None),
        ("3 weeks ago", date(2026, 10, 28), None),
        ("1 September", date(2026, 9, 1), None),
        ("01.09.2026", date(2026, 9, 1), None),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("yesterday", date(2026, 11, 17), None),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, first: date, last: date | None) -> None:
    assert period_of(text, TODAY) == Period(first, last)


@pytest.mark.parametrize("text", ["", "spring", "Acme", "our last call", "2027", "1 Dec 2026", "week", "30"])
def test_what_names_no_time_or_one_to_come_is_none(text: str) -> None:
    assert period_of(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "rest", "period", "words"),
    [
        ("Acme since September", "Acme", Period(date(2026, 9, 1)), "since September"),
        ("Acme in September", "Acme", Period(date(2026, 9, 1), date(2026, 9, 30)), "in September"),
        ("Harbor & Pine last month", "Harbor & Pine", Period(date(2026, 10, 1), date(2026, 10, 31)), "last month"),
        ("Acme seit 1. September", "Acme", Period(date(2026, 9, 1)), "seit 1. September"),
        ("this month", "", Period(date(2026, 11, 1)), "this month"),
        ("Acme since our last call", "Acme", None, "since our last call"),
        ("March & Sons", "March & Sons", None, ""),
        ("House of May", "House", Period(date(2026, 5, 1), date(2026, 5, 31)), "of May"),
    ],
)
def test_the_time_at_the_end_of_a_command_is_told_from_the_rest(
    text: str, rest: str, period: Period | None, words: str
) -> None:
    assert without_period(text, TODAY) == (rest, period, words)
