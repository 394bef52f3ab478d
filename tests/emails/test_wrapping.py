"""The text twin is broken as Python's own ``textwrap`` breaks it."""

from __future__ import annotations

import random
import textwrap

from mailwins.render import WIDTH, wrap

PIECES = [
    "a",
    "bb",
    "word",
    " ",
    " ",
    " ",
    "  ",
    "-",
    "é",
    "日本",
    "\u00a0",
    "\t",
    "a" * 30,
    "https://x.example/" + "y" * 80,
]


def test_lines_end_where_textwrap_ends_them() -> None:
    chance = random.Random(5)
    for _ in range(1500):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 50)))
        lead, rest = " " * chance.choice([0, 3, 14, 80]), " " * chance.choice([0, 3, 14])
        expected = textwrap.fill(
            text, WIDTH, initial_indent=lead, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )
        assert wrap(text, lead, rest) == (expected if text.strip() else "")


def test_line_breaks_of_the_text_stay() -> None:
    assert wrap("one\n\ntwo", "- ", "  ") == "- one\n\n  two"
