"""What is called a pattern, and what is left to chance."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mailwins.insights import pattern
from mailwins.model import Glance, Stance, Tally, Visibility

AT = datetime(2026, 11, 16, tzinfo=UTC)


def glances(count: int, features: tuple[str, ...] = (), category: str | None = None) -> list[Glance]:
    return [
        Glance(
            n, AT, date(2026, 11, 16), "A", None, None, category, 5, Stance.PRAISE, Visibility.INTERNAL, False, False, features=features
        )
        for n in range(count)
    ]  # fmt: skip


def month(count: int, features: tuple[str, ...] = (), category: str | None = None) -> Tally:
    return Tally(AT, AT, category, 5, Stance.PRAISE, Visibility.INTERNAL, False, features, None, count)


def test_a_pattern_is_told_with_its_count_and_what_was_before() -> None:
    wins = [*glances(3, ("the importer",)), *glances(4)]
    assert pattern(wins, [month(10)], {}) == "3 of 7 mention the importer; none did in the four weeks before."
    assert (
        pattern(wins, [month(2, ("the importer",)), month(40)], {})
        == "3 of 7 mention the importer; in the four weeks before it was 2 of 42."
    )
    kinds = [*glances(4, category="referral"), *glances(2)]
    assert (
        pattern(kinds, [month(20)], {"referral": "Referral"})
        == "4 of 6 are of one kind, Referral; none was in the four weeks before."
    )


@pytest.mark.parametrize(
    ("now", "wins", "then", "total"),
    [(2, 6, 1, 23), (3, 10, 3, 20), (3, 12, 0, 40), (2, 4, 0, 0), (3, 7, 0, 0)],
)
def test_what_may_be_chance_is_no_pattern(now: int, wins: int, then: int, total: int) -> None:
    found = [*glances(now, ("SSO",)), *glances(wins - now)]
    before = [month(then, ("SSO",)), month(total - then)] if total else []
    assert pattern(found, before, {}) is None


def test_thousands_of_wins_are_compared_as_well() -> None:
    wins = [*glances(4000, ("SSO",)), *glances(6000)]
    assert pattern(wins, [month(10_000, ("SSO",)), month(90_000)], {}) is not None
    assert pattern(wins, [month(40_000, ("SSO",)), month(60_000)], {}) is None
