"""Numbers, money, durations and shares as ten languages write them; what was expected and what came instead."""

from __future__ import annotations

import pytest

from mailwins.understanding.measures import expectation, find_measures, spoken_value, stated_value, value_behind


@pytest.mark.parametrize(
    ("text", "what", "before", "after", "unit"),
    [
        ("Average handover fell from 26 minutes to 11 minutes.", "Average handover", "26", "11", "minutes"),
        ("Waiting time went from 4 hours to 90 minutes.", "Waiting time", "4 hours", "90", "minutes"),
        ("Error rate down from 6.5% to 1.8 percent", "Error rate", "6.5", "1.8", "%"),
        ("Our costs went from £1,200 to £900 a month.", "costs", "£1,200", "£900", ""),
        ("Calls dropped from about 300 to only 120.", "Calls", "300", "120", ""),
        ("It takes 20 minutes instead of 3 hours now.", "takes", "3 hours", "20", "minutes"),
        ("Die Durchlaufzeit sank von 19 auf 6 Tage.", "Durchlaufzeit sank", "19", "6", "tage"),
        ("Ausschuss von rund 7,5 % auf unter 2 %", "Ausschuss", "7,5", "2", "%"),
        ("Les pertes sont passées de 7 à 2 pour cent.", "pertes sont passées", "7", "2", "%"),
        ("La facture est passée de 12 000 € à 9 500 €.", "facture est passée", "12 000", "9 500", "€"),
        ("El plazo bajó de 8 a 2 días.", "plazo bajó", "8", "2", "días"),
        ("Lo scarto è sceso dal 7 al 2 per cento.", "Lo scarto è sceso", "7", "2", "%"),
        ("Il tempo è sceso da 8 a 2 giorni.", "Il tempo è sceso", "8", "2", "giorni"),
        ("O prazo desceu de 8 para 2 dias.", "O prazo desceu", "8", "2", "dias"),
        ("De derving zakte van 7 naar 2 procent.", "De derving zakte", "7", "2", "%"),
        ("Tiden gick från 40 till 15 minuter.", "Tiden gick", "40", "15", "minuter"),
        ("Czas spadł z 40 do 15 minut.", "Czas spadł", "40", "15", "minut"),
        ("残業が20時間から8時間に減りました。", "残業が", "20", "8", "時間"),
    ],
)
def test_what_went_from_one_number_to_another_is_a_measure(
    text: str, what: str, before: str, after: str, unit: str
) -> None:
    assert [(m.what, m.before, m.after, m.unit) for m in find_measures(text)] == [(what, before, after, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Open from 9 to 17 h30",
        "The plan from 2024 to 2026",
        "From 3 to 3 errors",
        "We talked to 5 of 7 sites.",
        "Call us on 0800 123 456",
    ],
)
def test_times_years_and_standstill_are_no_measures(text: str) -> None:
    assert find_measures(text) == ()


@pytest.mark.parametrize(
    ("text", "expected", "experienced"),
    [
        ("We had expected a week of chaos, but it took two hours.", "We had expected a week of chaos", "it took two hours."),
        ("I feared the move. In the end nobody noticed.", "I feared the move.", "In the end nobody noticed."),
        ("Wir hatten mit drei Tagen gerechnet. Tatsächlich waren es drei Stunden.", "Wir hatten mit drei Tagen gerechnet.", "Tatsächlich waren es drei Stunden."),
        ("Nous nous attendions à un mois de travail, et il a fallu deux jours.", "Nous nous attendions à un mois de travail", "il a fallu deux jours."),
        ("Nos esperábamos un caos. Al final fueron diez minutos.", "Nos esperábamos un caos.", "Al final fueron diez minutos."),
        ("Ci aspettavamo il peggio. Alla fine tutto in un'ora.", "Ci aspettavamo il peggio.", "Alla fine tutto in un'ora."),
        ("We hadden op een week gerekend. Uiteindelijk was het één dag.", "We hadden op een week gerekend.", "Uiteindelijk was het één dag."),
        ("Vi hade räknat med en vecka. Till slut tog det en dag.", "Vi hade räknat med en vecka.", "Till slut tog det en dag."),
        ("Spodziewaliśmy się tygodnia przerwy. W końcu trwało to godzinę.", "Spodziewaliśmy się tygodnia przerwy.", "W końcu trwało to godzinę."),
        ("We had hoped for fewer calls.", "We had hoped for fewer calls.", None),
        ("They are happy.", None, None),
    ],
)  # fmt: skip
def test_what_was_expected_stands_beside_what_came(text: str, expected: str | None, experienced: str | None) -> None:
    assert expectation(text) == (expected, experienced)


@pytest.mark.parametrize(
    ("text", "value"), [("8", 8), ("8/10", 8), ("9 of 10", 9), ("10", 10), ("80", None), ("high", None), (None, None)]
)
def test_a_stated_value_is_one_to_ten(text: str | None, value: int | None) -> None:
    assert stated_value(text) == value


@pytest.mark.parametrize(
    ("note", "value"),
    [
        ("Value 7 I would say", 7),
        ("Wert: 8", 8),
        ("valeur 6/10", 6),
        ("value 7,000 euros", None),
        ("great value 9 times out of ten", None),
    ],
)
def test_a_value_in_a_remark_is_spoken_at_the_beginning_of_a_line(note: str, value: int | None) -> None:
    assert spoken_value(note) == value


@pytest.mark.parametrize(
    ("note", "value"),
    [
        ("They cut the waste by half, kan value 8", 8),
        ("Der Ausschuss ist halbiert. Wert 8", 8),
        ("Minder verspilling.\nwaarde 7/10.", 7),
        ("The pH value 8 is reached every day", None),
        ("Their share value 8 years ago was lower", None),
    ],
)
def test_a_value_behind_the_news_is_read(note: str, value: int | None) -> None:
    assert value_behind(note) == value
