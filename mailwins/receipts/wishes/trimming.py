"""A line or sentence without what stands around its words: bullets, marks, emoji, greetings, politeness."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import EDGE, flatten
from mailwins.receipts.wishes.words.courtesy import LEAD, TAIL

BULLET = re.compile(r"^\s*(?:[-*•·–+]|\d{1,2}[.)](?=\s))\s*(?=\S)")
NOT_LETTERS = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d\u2B50]+")


def clean(low: str) -> str:
    return " ".join(NOT_LETTERS.sub(" ", low).split()).strip(EDGE + "?")


def bare_line(line: str) -> str:
    """Without a bullet, stars and emoji around it."""
    text = BULLET.sub("", line.strip(), count=1)
    return NOT_LETTERS.sub("", text).strip().strip("*_").replace("**", "").replace("*:", ":").replace(":*", ":").strip()


def core_of(text: str) -> tuple[int, int]:
    """Where the text stands without politeness, greetings and marks around it."""
    low = flatten(text)
    start, end = 0, len(low)
    while True:
        while start < end and low[start] in EDGE:
            start += 1
        while end > start and low[end - 1] in EDGE:
            end -= 1
        match = LEAD.match(low[start:end])
        if match and match.end() < end - start:
            start += match.end()
            continue
        match = TAIL.search(low[start:end])
        if match and match.start() > 0:
            end = start + match.start()
            continue
        return start, end
