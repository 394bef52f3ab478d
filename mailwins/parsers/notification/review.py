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
    is_furniture,
    labelled,
    links_of,
    person_of,
    to_submission,
)
from mailwins.parsers.opened import Opened
from mailwins.patterns import rare

_REVIEW = rare(
    r"\b(?:new|left|posted|received|published|wrote|just)\b.{0,40}\breview\b|\breview of\b|neue bewertung|nouvel avis|nueva reseña|nieuwe (?:review|beoordeling)|nova avaliação|nuova recensione|新しいレビュー",
    re.I,
)
_LINK = rare(
    r"/(?:reviews?|bewertung\w*|avis|rese(?:n|ñ|%C3%B1)as?|beoordeling\w*|recension\w*|opinion\w*|testimonials?)(?:[/?#-]|$)",
    re.I,
)
_MAX_BYLINE = 200
_N_STARS = rare(
    r"(?<![\d.,])(?P<n>[0-5](?:[.,]\d)?)[-\s]?(?:stars?|sterne?n?|étoiles?|estrellas?|stelle|sterren|estrelas?|stjärn\w+|stjerner?|gwiazd\w+|звезд\w*|つ星)(?!\w)",
    re.I,
)
_LEFT = rare(
    r"^\s*(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}?) (?:has |have )?(?:just )?(?:left|posted|wrote|published|submitted|hat (?:gerade )?(?:eine|Ihnen)|a (?:laissé|publié)|ha (?:dejado|lasciato|publicado)|dejó|heeft|deixou)\b[^\n]{0,40}\b(?:review|bewertung|rezension|avis|reseña|recensione|beoordeling|avaliação)",
    re.M,
)
# What review sites print beside the words: their own questions and labels, the writer's size of company, the stars again.
_LABELLED = rare(
    r"^\s*(?:title|headline|review|comment|titel|titre|título|titolo)\s*[:：]\s*",
    re.I,
)
_ABOUT = rare(
    r"^\s*(?:job title|role|position|company size|company|industry|segment|overall(?: rating)?|rating|stars?|date of experience|verified|reviewer|reviewed by|review by|by|source|ease of use|customer service|value for money|branche|unternehmensgröße|likelihood to recommend|datum der erfahrung|date de l'expérience|fecha de la experiencia)\s*[:：\b]",
    re.I,
)
_ONLY_RATING = rare(r"^[\s★☆⭐\d.,/-]*(?:out of 5)?\s*(?:stars?|sterne|étoiles|estrellas)?\s*$", re.I)
_SIZE = rare(r"\bemp\b|employees|mid-market|small-business|enterprise|mitarbeiter", re.I)


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
    names = [m["name"] for m in (_LEFT.search(subject), _LEFT.search(text)) if m]
    if author.name is None and names:
        # The subject has the first name, the first line all of it.
        author = Address(max(names, key=len), author.address)
    if is_bulk(mail) and rating is None and not author.shown:
        return None  # a newsletter about reviews
    words = _words(text, byline.line if byline else None)
    company = (
        byline.company
        if byline
        else next((v for k, v in fields if k in ("company", "organization", "organisation")), None)
    )
    if company and _SIZE.search(company):
        company = None
    role = byline.role if byline else next((v for k, v in fields if k in ("job title", "role", "position")), None)
    quoted = Quoted(
        author=author,
        subject=subject or None,
        written=(byline.written if byline else None) or message.date,
        body=text.strip(),
        words=words,
        urls=tuple(dict.fromkeys((*mail.urls_in(words), *links_of(mail, _LINK)[:1]))),
        signature=role,
    )
    return to_submission(mail, quoted, rating, reader="review", company=company, public=True)


def _stars(head: str) -> Rating | None:
    if stars := _STARS.search(head):
        return Rating("stars", float(len(stars[0])), 5.0)
    if match := _OUT_OF.search(head):
        return Rating("stars", float(match[1].replace(",", ".")), float(match[2]))
    if match := _N_STARS.search(head):
        return Rating("stars", float(match["n"].replace(",", ".")), 5.0)
    return None


def _words(text: str, byline: str | None) -> str:
    """What the person wrote, with the site's questions: an answer to "What do you dislike?" must not look like praise or blame of something else."""
    kept: list[str] = []
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        is_site = (
            line == byline
            or _ABOUT.match(line)
            or _ONLY_RATING.match(line)
            or is_furniture(line)
            or (len(line) < 120 and _REVIEW.search(line))
            or _HELLO.match(line)
            or re.fullmatch(r"\S*https?://\S+|[-_=*]{3,}", line)
        )
        if line and is_furniture(line) and any(len(x.split()) >= 4 for x in kept):
            break  # what the site prints below the words: links, and why this came
        if not line or is_site:
            kept.append("")
        else:
            kept.append(_LABELLED.sub("", line))
    blocks = [" ".join(b.split("\n")).strip() for b in re.split(r"\n\s*\n", "\n".join(kept))]
    return "\n\n".join(b for b in blocks if len(b.split()) >= 2 or re.search(r"[\u3040-\u9fff]{4}", b))


_HELLO = rare(r"^(?:hi|hello|hallo|bonjour|hola|ciao|dear)\b[^.!?]{0,40}[,!]?$", re.I)


def find_byline(text: str) -> _Byline | None:
    """The line that names the writer: pieces between dots or bars, the first one a name; or "by Name, Role at Company"."""
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if not line or len(line) > _MAX_BYLINE or "@" in line or "http" in line:
            continue
        pieces = [p.strip() for p in re.split(r"\s+[·•|–—]\s+|\s*[·•|]\s*", line)]
        match = re.match(r"^(?:review(?:ed)? )?(?:by|von|par|por|door|da)\s+(.+)$", line, re.I)
        if match and len(pieces) == 1:
            pieces = [p.strip() for p in re.split(r",\s*", match[1]) if not _SIZE.search(p)]
            pieces = [pieces[0], ", ".join(pieces[1:])] if pieces else [""]
        elif len(pieces) < 2:
            continue
        if not _is_name(pieces[0]):
            continue
        written = next((d for p in pieces[1:] if (d := parse_date(p))), None)
        role, company = place_of(next((p for p in pieces[1:] if not parse_date(p)), ""))
        if company or written or (match and role):
            return _Byline(line, pieces[0], role, company, written)
    return None


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 4
        and all(w[0].isupper() or w in ("de", "van", "von", "der", "la", "da") for w in words)
        and not any(c.isdigit() for c in text)
    )


def place_of(text: str) -> tuple[str | None, str | None]:
    """(role, company) of "Head of Analytics, Larkspur Ltd" or "Buyer at Acme"."""
    if _SIZE.search(text):
        return None, None
    match = re.match(r"^(.+?)\s+(?:at|bei|chez|en|bij|presso|@)\s+(.+)$", text) or re.match(r"^(.+?),\s*(.+)$", text)
    return (match[1].strip(), match[2].strip()) if match else (text or None, None)
