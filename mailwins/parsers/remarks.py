"""A forwarder's remarks below a forward that nothing marks as quoted, or written into it.

Below: behind the customer's own signature, or signed by the forwarder. Inside: marked with the forwarder's name or initials, or in
another colour. Nothing else tells them from the customer's words, so this errs to one side: what it takes for the forwarder's
becomes an internal note and leaves the customer's quote, never the other way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mailwins.parsers.folding import (
    is_contact_detail,
    is_disclaimer,
    is_footer,
    is_name_of,
    is_signature,
    is_signed_by,
)

MIN_WORDS = 4
_POSTSCRIPT = re.compile(r"^\s*p\.?\s?\.?s\.?\b", re.I)
_RULE = re.compile(r"^\s*[-_=*~–—]{2,}\s*$")


def remark_start(lines: Sequence[str], author: str | None, forwarder: str | None) -> int | None:
    """Where in the last message's *lines* the forwarder's remark begins, or None."""
    sign_off = _sign_off(lines, author)
    if sign_off is None:
        return None
    paragraphs = _paragraphs(lines, sign_off + 1)
    start = next(
        (a for a, b in paragraphs if _is_prose(lines[a:b]) and not is_signed_by(lines[a : a + 1], author)), None
    )
    if start is None or any(x.strip() == "--" for x in lines[sign_off:start]):
        return None
    rest = [x for x in lines[start:] if x.strip()]
    if any(is_disclaimer(x) or is_footer(x) or _POSTSCRIPT.match(x) for x in rest):
        return None
    is_short = len(rest) <= 12
    return start if is_short or is_signed_by(rest, forwarder) else None


def signed_start(lines: Sequence[str], author: str | None, forwarder: str | None) -> int | None:
    """Where a remark begins that the forwarder signed at the very end, or None.

    Only a name on a line of its own signs: a customer's mail may well end in "Thank you, Ines".
    """
    signed = _signed_by_forwarder(lines, author, forwarder)
    if signed is None:
        return None
    sign_off = _sign_off(lines[:signed], author)
    paragraphs = _paragraphs(lines[:signed], 0 if sign_off is None else sign_off + 1)
    if sign_off is None:
        # The customer signed nothing: the name and the paragraph above it.
        paragraphs = paragraphs[-1:] if len(paragraphs) > 1 else []
    start = next(
        (a for a, b in paragraphs if not any(is_disclaimer(x) or is_contact_detail(x) for x in lines[a:b])), None
    )
    words = " ".join(lines[start:signed]).split() if start is not None else []
    return start if len(words) >= MIN_WORDS - 1 else None


def _signed_by_forwarder(lines: Sequence[str], author: str | None, forwarder: str | None) -> int | None:
    """The line with the forwarder's name behind which only a signature follows."""
    filled = [i for i, x in enumerate(lines) if x.strip()]
    for place in range(len(filled) - 1, max(0, len(filled) - 8), -1):
        line = lines[filled[place]]
        if is_name_of(line, forwarder) and not is_name_of(line, author):
            return filled[place] if is_signature([lines[i] for i in filled[place + 1 :]]) else None
    return None


_INSIDE = r"internal|intern|interne|interno|internal note|note to self|nur für uns|for us only|unter uns|entre nous|entre nosotros"


# Initials that are words: "(IT: they love it)" is the customer's.
_ACRONYMS = frozenset(
    {"HR", "IT", "PR", "QA", "US", "UK", "EU", "ID", "OK", "PS", "NB", "PM", "AM", "TV", "AI", "VP", "CS"}
)


@lru_cache(maxsize=500)
def _marks(forwarder: str | None) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(a remark in brackets, a line that is marked as one, a line that begins with initials)."""
    parts = [p for p in re.split(r"[\s,]+", forwarder or "") if p[:1].isalpha()]
    initials = (
        {"".join(p[0] for p in parts).upper(), "".join(p[0] for p in reversed(parts)).upper()}
        if len(parts) > 1
        else set()
    ) - _ACRONYMS
    names = {*(p for p in parts if len(p) > 2), " ".join(parts)} - {""}
    who = "|".join([re.escape(n) for n in (*sorted(names, key=len, reverse=True), *sorted(initials))])
    whom = f"(?:{who}|(?i:{_INSIDE}))" if who else f"(?i:{_INSIDE})"
    lead = r"(?:(?i:anm(?:erkung)?|note|comment|kommentar|remark|nb|ps)\.?,?\s*(?i:(?:from|by|von|d\.|de|par)\s+)?)?"
    bracketed = re.compile(
        rf"\s?[\[({{<]\s*{lead}{whom}\s*[:>\-–—][^\])}}>\n]{{1,600}}[\])}}>]|\s?[\[({{][^\[\](){{}}\n]{{3,600}}\s[-–—/]{{1,2}}\s?(?:{who or '(?!)'})\.?\s*[\])}}]"
    )
    marked = re.compile(rf"^\s*(?:[>*#=+\-–—→»<|!]{{1,4}}\s*){lead}{whom}\s*[:>\-–—]\s*\S")
    begins = re.compile(rf"^\s*(?:{'|'.join(map(re.escape, sorted(initials))) or '(?!)'})\s*[:>]\s*\S")
    return bracketed, marked, begins


def without_insertions(line: str, forwarder: str | None, *, is_deeper: bool) -> tuple[str, list[str]]:
    """(the line as the customer wrote it, what the forwarder put in). *is_deeper*: it has quote marks that its neighbours lack."""
    bracketed, marked, begins = _marks(forwarder)
    if marked.match(line) or begins.match(line) or (is_deeper and marked.match(f"> {line}")):
        return "", [line.strip()]
    if "(" not in line and "[" not in line and "{" not in line and "<" not in line:
        return line, []
    found = [m[0].strip() for m in bracketed.finditer(line)]
    return (bracketed.sub("", line), found) if found else (line, [])


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
