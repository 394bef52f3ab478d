"""The table of docs/operations.md: every fault that a test provokes, from the tests' own first lines.

    python -m tests.faults.table --write

A test of a fault says ``FAULT: what goes wrong; THEN: what still holds.`` in its docstring.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "operations.md"
BEGIN, END = "<!-- faults: made by python -m tests.faults.table --write -->", "<!-- /faults -->"
_FAULT = re.compile(r"FAULT: (?P<fault>.+?); THEN: (?P<then>.+)")


def rows() -> list[tuple[str, str, str]]:
    """(fault, what still holds, test) in the order of files and lines."""
    found = []
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.FunctionDef)
                and node.name.startswith("test_")
                and (match := _FAULT.match(" ".join((ast.get_docstring(node) or "").split())))
            ):
                found.append(
                    (match["fault"], match["then"].rstrip("."), f"{path.relative_to(TESTS.parent)}::{node.name}")
                )
    return found


def table() -> str:
    lines = ["| what goes wrong | what still holds | shown by |", "|---|---|---|"]
    for fault, then, test in rows():
        path, _, name = test.partition("::")
        lines.append(
            f"| {_cell(fault)} | {_cell(then)} | [{name.removeprefix('test_').replace('_', ' ')}](../{path}) |"
        )
    return "\n".join([BEGIN, *lines, END])


def page(text: str) -> str:
    """*text* with today's table between its marks."""
    before, _, rest = text.partition(BEGIN)
    return before + table() + rest.partition(END)[2]


def _cell(words: str) -> str:
    return words[0].upper() + words[1:].replace("|", "\\|")


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(PAGE.read_text()))
    else:
        print(table())
