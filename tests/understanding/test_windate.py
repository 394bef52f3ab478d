"""The day of a win: words in several languages, counted from the day the note was written."""

from __future__ import annotations

from datetime import date

import pytest

from mailwins.understanding.windate import of_note

TUESDAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("Dev told me yesterday.", date(2026, 11, 9)),
        ("Vorgestern kam die Nachricht.", date(2026, 11, 8)),
        ("Last Thursday they went live.", date(2026, 11, 5)),
        ("Jeudi dernier, tout était en place.", date(2026, 11, 5)),
        ("El lunes pasado terminaron.", date(2026, 11, 9)),
        ("Vorige Woche, am 3. August, war es so weit.", date(2026, 8, 3)),
        ("Sie haben am 3. November unterschrieben.", date(2026, 11, 3)),
        ("They signed on the 4th.", date(2026, 11, 4)),
        ("They signed on the 12th.", date(2026, 10, 12)),
        ("昨日、全ラインが稼働しました。", date(2026, 11, 9)),
        ("On Friday we have an appointment with their board.", TUESDAY),
        ("Dort haben wir am Freitag einen Termin.", TUESDAY),
        ("All nine sites are live since last Tuesday.", TUESDAY),
        ("They renew next Monday.", TUESDAY),
        ("Their new CFO accepted our review for 2 December.", TUESDAY),
        ("They signed on 2 April.", date(2026, 4, 2)),
        ("They are happy.", TUESDAY),
    ],
)
def test_the_day_a_note_names_is_the_day_of_the_win(note: str, day: date) -> None:
    assert of_note(note, TUESDAY)[0] == day
