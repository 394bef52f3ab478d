"""A reply cut down to its own words, sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from mailwins.parsers.blocks import find_boundaries, to_lines
from mailwins.parsers.folding import fold, is_footer
from mailwins.receipts.wishes.folding import EDGE, flatten
from mailwins.receipts.wishes.wish import MAX_LINES, MAX_TEXT
from mailwins.receipts.wishes.words.cuts import SENTENCE_END, SHORT
from mailwins.receipts.wishes.words.days import MONTHS
from mailwins.receipts.wishes.words.fields import WRONG


def own_words(text: str, names: tuple[str, ...] = ()) -> str:
    """Without what is left of the quoted receipt, footers and a signature."""
    lines = to_lines(
        re.sub("[\ufeff\u200b\u200c\u00ad]", "", text[:MAX_TEXT]).replace("\r\n", "\n").replace("\u2028", "\n")
    )[:MAX_LINES]
    cut: set[int] = set()
    for boundary in find_boundaries(lines):
        # Yahoo and Outlook quote without marks: below their heading everything is the receipt, if she wrote above it.
        is_answered_above = any(line.text.strip() for line in lines[: boundary.start])
        if boundary.depth == 0 and not boundary.is_quoted_below and (boundary.is_header or is_answered_above):
            cut.update(range(boundary.start, len(lines)))
            break
        cut.update(range(boundary.start, boundary.end))
    kept = [line.text for i, line in enumerate(lines) if i not in cut and line.depth == 0]
    while kept and re.fullmatch(r"[\s_=*>-]*", kept[-1]):
        kept.pop()
    if all(is_footer(x) or not x.strip() for x in kept):
        return ""
    return fold("\n".join(kept), names).text.strip()


def sentences_of(line: str) -> list[str]:
    """Cut at full stops that end a sentence: not behind "12." before a month, nor behind a short form."""
    line = line.strip()
    found: list[str] = []
    start = 0
    for match in SENTENCE_END.finditer(line):
        before, after = line[start : match.start()], line[match.end() :]
        last = before.rstrip(".").rsplit(None, 1)[-1] if before.strip(".").strip() else ""
        next_word = flatten(re.split(r"[\s.,]", after, maxsplit=1)[0])
        if before.endswith(".") and (
            (last.isdigit() and (next_word in MONTHS or not before.rstrip(".")[: -len(last)].strip()))
            or (re.split(r"[-.]", last.lower())[-1] in SHORT)
            or (re.fullmatch(r"\d{1,2}\.\d{1,2}", last) and after[:1].islower())
            or (len(last) == 1 and last.isupper())
        ):
            continue
        if WRONG.fullmatch(flatten(before).strip(EDGE)):
            continue
        found.append(before.strip())
        start = match.end()
    found.append(line[start:].strip())
    return [f for f in found if f]


def joined(left: Sequence[tuple[int, str]]) -> str | None:
    """Line by line as it was typed; *left* are (number of the line, words)."""
    return "\n".join(" ".join(x for _, x in group) for _, group in groupby(left, key=lambda x: x[0])) or None
