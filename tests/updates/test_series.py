"""A chart stands only where the customer's own words give a number month by month."""

from __future__ import annotations

import pytest

from mailwins.updates.series import chart_of


@pytest.mark.parametrize(
    ("language", "words", "what", "shown"),
    [
        ("en", "Our missed visits were 11% in May, 12% in June, 6% in July and 3% in August.", "Missed visits", "May 11%, Jun 12%, Jul 6%, Aug 3%"),
        ("en", "Calls: Nov 40, Dec 31, Jan 22, Feb 9.", "Calls", "Nov 40, Dec 31, Jan 22, Feb 9"),
        ("de", "Die Fehlerquote lag bei 4,8 % im Mai, 3,9 % im Juni, 2,0 % im Juli und 1,2 % im August.", "Fehlerquote", "Mai 4,8 %, Jun 3,9 %, Jul 2,0 %, Aug 1,2 %"),
        ("fr", "Le taux de rebuts : mai 14 %, juin 12 %, juillet 6 %, août 3 %.", "Taux de rebuts", "mai 14 %, juin 12 %, juil 6 %, août 3 %"),
        ("es", "Los retrasos fueron 40 en enero, 30 en febrero, 22 en marzo y 9 en abril.", "Retrasos", "ene 40, feb 30, mar 22, abr 9"),
        ("nl", "Klachten: jan 48, feb 40, mrt 31, apr 19.", "Klachten", "jan 48, feb 40, mrt 31, apr 19"),
    ],
)  # fmt: skip
def test_four_months_in_a_row_make_a_chart(language: str, words: str, what: str, shown: str) -> None:
    chart = chart_of(words, language)
    assert chart is not None
    assert chart.what == what
    assert ", ".join(f"{c.label} {c.shown}" for c in chart.columns) == shown
    assert max(c.height_px for c in chart.columns) == 64


@pytest.mark.parametrize(
    "words",
    [
        "Calls were 40 in May, 31 in June and 22 in July.",
        "Calls were 40 in May, 31 in June, 22 in August and 9 in September.",
        "Calls were 40% in May, 31 in June, 22 in July and 9 in August.",
        "It was 40 in May, 31 in June, 22 in July and 9 in August.",
        "We met on 3 May, 4 June, 5 July and 6 October.",
    ],
)
def test_a_gap_two_units_or_a_riddle_make_none(words: str) -> None:
    assert chart_of(words, "en") is None


@pytest.mark.parametrize(("words", "heights"), [("Orders: May 1,200, Jun 2,400, Jul 600, Aug 300", [32, 64, 16, 8]), ("Errors: May 0.8, Jun 0.4, Jul 0.2, Aug 0.0", [64, 32, 16, 2])])  # fmt: skip
def test_bars_stand_as_tall_as_their_numbers(words: str, heights: list[int]) -> None:
    chart = chart_of(words, "en")
    assert chart is not None
    assert [c.height_px for c in chart.columns] == heights
