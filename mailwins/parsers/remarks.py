"""A forwarder's remark below a forward that nothing marks as quoted: found only behind the customer's own signature.

Nothing tells such a remark from the customer's words but its place, so this errs to one side: what it
takes for the forwarder's becomes an internal note and leaves the customer's quote, never the other way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailwins.parsers.folding import is_contact_detail, is_disclaimer, is_footer, is_signed_by

MIN_WORDS = 4
_POSTSCRIPT = re.compile(r"^\s*p\.?\s?\.?s\.?\b", re.I)
_RULE = re.compile(r"^\s*[-_=*~–—]{2,}\s*$")


def remark_start(lines: Sequence[str], author: str | None, forwarder: str | None) -> int | None:
    """Where in the last message's *lines* the forwarder's remark begins, or None."""
    sign_off = _sign_off(lines, author)
    if sign_off is None:
        return None
    paragraphs = _paragraphs(lines, sign_off + 1)
    start = next((a for a, b in paragraphs if _is_prose(lines[a:b])), None)
    if start is None:
        return None
    rest = [x for x in lines[start:] if x.strip()]
    if any(is_disclaimer(x) or is_footer(x) or _POSTSCRIPT.match(x) for x in rest):
        return None
    is_short = len(rest) <= 12
    return start if is_short or is_signed_by(rest, forwarder) else None


def _sign_off(lines: Sequence[str], author: str | None) -> int | None:
    """The line on which the author's name stands as a signature and a paragraph ends within a few lines."""
    if not author:
        return None
    for at, line in enumerate(lines):
        if at and line.strip() and is_signed_by([line], author) and any(x.strip() for x in lines[:at]):
            return next((i for i in range(at, min(at + 8, len(lines))) if not lines[i].strip()), None)
    return None


def _paragraphs(lines: Sequence[str], start: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    begun: int | None = None
    for at in range(start, len(lines) + 1):
        is_text = at < len(lines) and bool(lines[at].strip()) and not _RULE.match(lines[at])
        if is_text and begun is None:
            begun = at
        elif not is_text and begun is not None:
            found.append((begun, at))
            begun = None
    return found


def _is_prose(paragraph: Sequence[str]) -> bool:
    text = " ".join(x.strip() for x in paragraph)
    return (
        len(text.split()) >= MIN_WORDS
        and not any(is_contact_detail(x) for x in paragraph)
        and (text[-1:] in ".!?。！？)" or len(text.split()) >= 2 * MIN_WORDS)
    )
