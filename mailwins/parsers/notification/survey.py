"""NPS and CSAT mails of survey tools: a score, who gave it, and what they added.

No tool is named: they all print a score with its scale in the subject or the first lines,
then labelled lines or a table. The sender must look like a machine.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from mailwins.model import Address, Kind, Quoted, Rating, Submission
from mailwins.parsers.addresses import parse_author
from mailwins.parsers.dates import parse_date
from mailwins.parsers.opened import Opened

_MACHINE = re.compile(r"^(?:no-?reply|do-?not-?reply|notifications?|notify|surveys?|feedback|alerts?|mailer|updates?|info|hello|support|team|nps|csat|reviews?|bot|robot|system|service)[\w.+-]*@", re.I)
_NPS = re.compile(r"\bNPS\b|net promoter|promoter|detractor|passive", re.I)
_CSAT = re.compile(r"\bCSAT\b|customer satisfaction|satisfaction (?:score|rating|survey)|how (?:satisfied|would you rate)|zufriedenheit|satisfacción|tevredenheid", re.I)
_OUT_OF = re.compile(r"(?<![\d.])(\d{1,2}(?:[.,]\d)?)\s*(?:/|out of|of|von|sur|de|van|su)\s*(5|7|10|100)(?!\d)", re.I)
_SCORE = re.compile(r"(?:score|rating|response|answer|punkte|bewertung|note|puntuación|nps)\b[^\d\n]{0,40}?(?<![\d.])(\d{1,2})(?![\d.%])", re.I)
_STARS = re.compile(r"[★⭐]{1,10}")
_LABELLED = re.compile(r"^\s*(?P<key>[^:\n]{2,40}?)\s*[:：]\s*(?P<value>.+)$")
_WHO = frozenset({"respondent", "from", "name", "customer", "contact", "submitted by", "answered by", "user", "reviewer", "by", "given by", "requester", "befragter", "kunde", "client", "cliente", "klant"})
_COMPANY = frozenset({"company", "account", "organization", "organisation", "firma", "unternehmen", "entreprise", "empresa", "bedrijf", "customer account"})
_WHEN = frozenset({"date", "submitted", "submitted on", "submitted at", "answered", "response date", "received", "time", "datum", "date de réponse", "fecha", "responded", "responded on", "answered on", "completed"})
_COMMENT = frozenset({"comment", "comments", "feedback", "answer", "response", "verbatim", "reason", "why", "message", "kommentar", "commentaire", "comentario", "opmerking", "what they said", "customer comment", "additional comments", "open text"})
_NOISE = re.compile(r"unsubscribe|manage (?:your )?(?:notification|preference|alert)|view (?:in|this|the|response|all|online|full)|reply to (?:this|the)|sent (?:by|to) |you (?:are )?receiv|©|powered by|see (?:all|the) |log in|open in", re.I)


def read(mail: Opened) -> Submission | None:
    message = mail.message
    if message.in_reply_to or mail.split.boundaries or not _MACHINE.match(message.author.address or ""):
        return None
    text = "\n".join(line.text for line in mail.split.before)
    subject = message.subject or ""
    head = f"{subject}\n{text[:3000]}"
    is_nps, is_csat = bool(_NPS.search(head)), bool(_CSAT.search(head))
    if not (is_nps or is_csat):
        return None
    rating = find_rating(subject, text, nps=is_nps and not is_csat)
    if rating is None:
        return None
    return to_submission(mail, text, rating, reader="survey", public=False)


def find_rating(subject: str, text: str, *, nps: bool) -> Rating | None:
    scale = "nps" if nps else "csat"
    for place in (subject, text[:3000]):
        if match := _OUT_OF.search(place):
            return Rating(scale, float(match[1].replace(",", ".")), float(match[2]))
        if stars := _STARS.search(place):
            return Rating("stars" if not nps else scale, float(len(stars[0])), 5.0)
        if (match := _SCORE.search(place)) and int(match[1]) <= 10:
            return Rating(scale, float(match[1]), 10.0 if nps else 5.0 if int(match[1]) <= 5 else 10.0)
    return None


def to_submission(mail: Opened, text: str, rating: Rating | None, *, reader: str, public: bool) -> Submission:
    """The person's words as a Quoted, the tool as the submitter."""
    fields = labelled(text)
    who = next((v for k, v in fields if k in _WHO), None)
    author = parse_author(who) if who else person_in(text)
    company = next((v for k, v in fields if k in _COMPANY), None)
    stated = next((parse_date(v) for k, v in fields if k in _WHEN and parse_date(v)), None)
    written: datetime | date | None = stated or mail.message.date
    words = next((v for k, v in fields if k in _COMMENT and len(v.split()) > 2), None) or quoted_words(text)
    quoted = Quoted(author=author, subject=mail.message.subject, written=written, body=text.strip(), words=words or "", urls=mail.urls_in(text))
    return Submission(
        kind=Kind.NOTIFICATION, reader=reader, submitter=mail.message.author, originals=(quoted,), rating=rating, account_hint=company, is_public=public,
        attachments=tuple(f for f in mail.evidence() if not f.is_inline), note_raw=None,
    )  # fmt: skip


def labelled(text: str) -> list[tuple[str, str]]:
    """Labelled lines; a label alone on its line (a table cell, a heading) takes the next line."""
    found = []
    lines = [x.strip().lstrip("> ").strip() for x in text.split("\n")]
    for index, line in enumerate(lines):
        if match := _LABELLED.match(line):
            found.append((match["key"].lower().strip("*_ "), _with_rest(lines, index, match["value"].strip())))
            continue
        key = line.lower().rstrip(":：").strip("*_ ")
        if key in _WHO | _COMPANY | _WHEN | _COMMENT:
            following = next((x for x in lines[index + 1 : index + 4] if x), "")
            if following:
                found.append((key, _with_rest(lines, lines.index(following, index + 1), following)))
        else:
            first = line.split(" ")[0].lower()
            if first in _WHO | _COMPANY | _WHEN and len(line.split()) > 1:
                found.append((first, line[len(first) :].strip()))
    return found


def _with_rest(lines: list[str], index: int, value: str) -> str:
    """A value that runs over several lines, to the next blank or labelled one."""
    out = [value]
    for line in lines[index + 1 : index + 30]:
        if not line or _LABELLED.match(line) or _NOISE.search(line):
            break
        out.append(line)
    return " ".join(out) if len(value.split()) > 3 else value


_CURLY = re.compile(r"[“„«「『\"]([^”“»」』\"]{12,4000})[”“»」』\"]", re.S)


def quoted_words(text: str) -> str | None:
    """The longest passage in quotation marks, else the longest paragraph that is no furniture."""
    quotes = [" ".join(m.split()) for m in _CURLY.findall(text)]
    if quotes:
        return max(quotes, key=len)
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", text)]
    paragraphs = [p for p in paragraphs if len(p.split()) >= 5 and not _NOISE.search(p)]
    return max(paragraphs, key=len, default=None)


_ADDRESS = re.compile(r"([A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3})?\s*[(<·,–-]*\s*([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


def person_in(text: str) -> Address:
    """A name with an address anywhere in the text, else nobody."""
    for match in _ADDRESS.finditer(text):
        if not _MACHINE.match(match[2]):
            return Address(match[1], match[2].rstrip("."))
    return Address()
