"""The table of month and day names is what Unicode's CLDR says."""

from __future__ import annotations

from tests.parsers import calendar_names


def test_the_calendar_table_is_what_cldr_says() -> None:
    assert calendar_names.PAGE.read_text(encoding="utf-8") == calendar_names.page()
