"""The faults that docs/operations.md lists are those that tests provoke."""

from __future__ import annotations

from tests.faults import table


def test_the_table_of_the_documents_is_that_of_the_tests() -> None:
    text = table.PAGE.read_text()
    assert table.BEGIN in text
    assert table.page(text) == text, "run: python -m tests.faults.table --write"


def test_every_fault_test_says_what_still_holds() -> None:
    assert len(table.rows()) >= 3
    for fault, then, name in table.rows():
        assert len(fault) > 10, name
        assert len(then) > 10, name
