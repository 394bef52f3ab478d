"""Review sites: a public review, its stars, its writer and words. Public by nature, so it may be shared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from mailwins.model import Address, Quoted, Rating, Submission
from mailwins.parsers.dates import parse_date
from mailwins.parsers.notification.survey import (
    _OUT_OF,
    _STARS,
    is_bulk,
    is_from_tool,
    labelled,
    links_of,
    paragraphs,
    person_of,
    to_submission,
)
from mailwins.parsers.opened import Opened

_REVIEW = re.compile(
    r"\b(?:new|left|posted|received|published|wrote|just)\b.{0,40}\breview\b|\breview of\b|neue bewertung|nouvel avis|nueva reseña|nieuwe (?:review|beoordeling)|nova avaliação|nuova recensione|新しいレビュー",
    re.I,
)
_LINK = re.compile(
    r"/(?:reviews?|bewertung\w*|avis|rese(?:n|ñ|%C3%B1)as?|beoordeling\w*|recension\w*|opinion\w*|testimonials?)(?:[/?#-]|$)",
    re.I,
)
_MAX_BYLINE = 200


@dataclass(frozen=True, slots=True)
class _Byline:
    """ "August F. · Head of Analytics, Larkspur Ltd · Verified user · 15 October 2026"."""

    line: str
    name: str
    role: str | None
    company: str | None
    written: datetime | date | None


def read(mail: Opened) -> Submission | None:
    if not is_from_tool(mail):
        return None
    message = mail.message
    subject = message.subject or ""
    text = "\n".join(line.text for line in mail.split.before)
    if not _REVIEW.search(f"{subject}\n{text[:500]}"):
        return None
    rating = _stars(f"{subject}\n{text[:3000]}")
    fields = labelled(text)
    byline = find_byline(text)
    author = Address(byline.name, None) if byline else person_of(fields, text)
    if is_bulk(mail) and rating is None and not author.shown:
        return None  # a newsletter about reviews
    words = "\n\n".join(p for p in paragraphs(text) if (byline is None or p != byline.line) and len(p.split()) >= 3)
    company = (
        byline.company
        if byline
        else next((v for k, v in fields if k in ("company", "organization", "organisation")), None)
    )
    quoted = Quoted(
        author=author, subject=subject or None, written=(byline.written if byline else None) or message.date, body=text.strip(), words=words,
        urls=tuple(dict.fromkeys((*mail.urls_in(words), *links_of(mail, _LINK)[:1]))), signature=byline.role if byline else None,
    )  # fmt: skip
    return to_submission(mail, quoted, rating, reader="review", company=company, public=True)


def _stars(head: str) -> Rating | None:
    if stars := _STARS.search(head):
        return Rating("stars", float(len(stars[0])), 5.0)
    if match := _OUT_OF.search(head):
        return Rating("stars", float(match[1].replace(",", ".")), float(match[2]))
    return None


def find_byline(text: str) -> _Byline | None:
    """The line that names the writer: pieces between dots or bars, the first one a name; or "by Name, Role at Company"."""
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if not line or len(line) > _MAX_BYLINE or "@" in line or "http" in line:
            continue
        pieces = [p.strip() for p in re.split(r"\s+[·•|–—]\s+|\s*[·•|]\s*", line)]
        match = re.match(r"^(?:review(?:ed)? )?(?:by|von|par|por|door|da)\s+(.+)$", line, re.I)
        if match and len(pieces) == 1:
            pieces = [p.strip() for p in re.split(r",\s*", match[1], maxsplit=1)]
        elif len(pieces) < 2:
            continue
        if not _is_name(pieces[0]):
            continue
        written = next((d for p in pieces[1:] if (d := parse_date(p))), None)
        role, company = _place(next((p for p in pieces[1:] if not parse_date(p)), ""))
        if company or written:
            return _Byline(line, pieces[0], role, company, written)
    return None


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 4
        and all(w[0].isupper() or w in ("de", "van", "von", "der", "la", "da") for w in words)
        and not any(c.isdigit() for c in text)
    )


def _place(text: str) -> tuple[str | None, str | None]:
    """(role, company) of "Head of Analytics, Larkspur Ltd" or "Buyer at Acme"."""
    match = re.match(r"^(.+?)\s+(?:at|bei|chez|en|bij|presso|@)\s+(.+)$", text) or re.match(r"^(.+?),\s*(.+)$", text)
    return (match[1].strip(), match[2].strip()) if match else (text or None, None)
