"""NPS and CSAT mails of survey tools: a score, who gave it, and what they added.

No tool is named: they all print a score with its scale in the subject or the first lines,
then labelled lines or a table. The sender must look like a machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from mailwins.model import Address, Kind, Quoted, Rating, Submission
from mailwins.parsers.addresses import parse_author
from mailwins.parsers.blocks import Line
from mailwins.parsers.dates import parse_date
from mailwins.parsers.opened import Opened
from mailwins.parsers.urls import clean_urls
from mailwins.patterns import rare

_MACHINE = rare(
    r"^(?:[\w.+-]*no-?reply|do-?not-?reply|notifications?|notify|surveys?|feedback|alerts?|mailer|updates?|info|hello|support|team|nps|csat|reviews?|bot|robot|system|service|umfrage|bewertung(?:en)?|avis|encuestas?)(?![a-z]*daemon)[\w.+-]*@",
    re.I,
)
_NPS = rare(r"\bNPS\b|net promoter|promoter|detractor|passive", re.I)
_CSAT = rare(
    r"\bCSAT\b|customer satisfaction|satisfaction (?:score|rating|survey)|how (?:satisfied|would you rate)|zufriedenheit|satisfacción|satisfaction client|tevredenheid|soddisfazione",
    re.I,
)
_OUT_OF = rare(r"(?<![\d.])(\d{1,2}(?:[.,]\d)?)\s*(?:/|out of|of|von|sur|de|van|su)\s*(5|7|10|100)(?!\d)", re.I)
_SCORE = rare(
    r"(?:score|rating|response|answer|punkte|bewertung|note|puntuación|nps)\b[^\d\n]{0,40}?(?<![\w.])(\d{1,2})(?![\d.%])",
    re.I,
)
# "9  PROMOTER", "Promoter (10)": how tools print an answer, by the three groups of the Net Promoter System.
_NPS_GROUP = rare(
    r"(?<![\w.])(?:(10|\d)\s{0,3}[-–:(]?\s{0,3}(?:promoter|passive|detractor)\b|(?:promoter|passive|detractor)\s{0,3}[-–:(]\s{0,3}(10|\d)(?!\w))",
    re.I,
)
_STARS = rare(r"[★⭐]{1,10}")
_LABELLED = rare(r"^\s*(?P<key>[^:\n]{2,40}?)\s*[:：]\s*(?P<value>.+)$")
_WHO = frozenset(
    {
        "respondent",
        "from",
        "name",
        "customer",
        "contact",
        "submitted by",
        "answered by",
        "user",
        "reviewer",
        "by",
        "given by",
        "requester",
        "befragter",
        "kunde",
        "client",
        "cliente",
        "klant",
        "von",
        "teilnehmer",
        "répondant",
        "encuestado",
        "respondente",
        "nombre",
        "naam",
        "nom",
        "nome",
    }
)
_MAIL = frozenset(
    {
        "email",
        "e-mail",
        "mail",
        "email address",
        "e-mail address",
        "e-mail-adresse",
        "courriel",
        "adresse e-mail",
        "correo",
        "correo electrónico",
        "e-mailadres",
        "indirizzo e-mail",
        "メール",
        "メールアドレス",
    }
)
_COMPANY = frozenset(
    {
        "company",
        "account",
        "organization",
        "organisation",
        "firma",
        "unternehmen",
        "entreprise",
        "société",
        "empresa",
        "bedrijf",
        "azienda",
        "customer account",
        "会社",
        "会社名",
    }
)
_WHEN = frozenset(
    {
        "date",
        "submitted",
        "submitted on",
        "submitted at",
        "answered",
        "response date",
        "received",
        "time",
        "datum",
        "beantwortet",
        "beantwortet am",
        "date de réponse",
        "répondu le",
        "fecha",
        "data",
        "responded",
        "responded on",
        "answered on",
        "completed",
        "回答日",
    }
)
COMMENT = frozenset(
    {
        "comment",
        "remark",
        "comments",
        "feedback",
        "answer",
        "response",
        "verbatim",
        "reason",
        "why",
        "message",
        "kommentar",
        "commentaire",
        "comentario",
        "opmerking",
        "commento",
        "what they said",
        "customer comment",
        "additional comments",
        "open text",
        "コメント",
    }
)
# What people tick where a scale has words.
VERDICTS = {
    "very satisfied": 5.0,
    "extremely satisfied": 5.0,
    "satisfied": 4.0,
    "somewhat satisfied": 4.0,
    "neutral": 3.0,
    "neither satisfied nor dissatisfied": 3.0,
    "dissatisfied": 2.0,
    "very dissatisfied": 1.0,
    "sehr zufrieden": 5.0,
    "zufrieden": 4.0,
    "teils/teils": 3.0,
    "unzufrieden": 2.0,
    "sehr unzufrieden": 1.0,
    "très satisfait": 5.0,
    "très satisfaite": 5.0,
    "satisfait": 4.0,
    "satisfaite": 4.0,
    "neutre": 3.0,
    "insatisfait": 2.0,
    "muy satisfecho": 5.0,
    "muy satisfecha": 5.0,
    "satisfecho": 4.0,
    "satisfecha": 4.0,
    "insatisfecho": 2.0,
    "molto soddisfatto": 5.0,
    "molto soddisfatta": 5.0,
    "soddisfatto": 4.0,
    "zeer tevreden": 5.0,
    "tevreden": 4.0,
    "ontevreden": 2.0,
}
_LABELS = _WHO | _MAIL | _COMPANY | _WHEN | COMMENT
_NOISE = rare(
    r"unsubscribe|manage (?:your )?(?:notification|preference|alert)|view (?:in|this|the|response|all|online|full)|reply to (?:this|the|review)|antwort(?:en)? auf (?:diese )?(?:bewertung|rezension)|répondre à (?:cet )?avis|responder a (?:esta |la )?reseña|sent (?:by|to) |you (?:are )?(?:receiv|get)|because you|©|powered by|see (?:all|the) |log in|open in|respond to|read (?:the|and|more)|good news!|you have (?:a )?new|was published|change alert|abmelden|sie erhalten|antwort ansehen|se désabonner|vous recevez|darse de baja|recibe este|uitschrijven|u ontvangt",
    re.I,
)
_RULE = rare(r"^\s*[-_=*~]{3,}\s*$")
# RFC 3834: "auto-generated" is a tool's own mail, "auto-replied" somebody's absence note.
_REPLIED = ("auto-replied", "auto-notified")


def read(mail: Opened) -> Submission | None:
    if not is_from_tool(mail):
        return None
    lines = mail.split.before
    text = "\n".join(line.text for line in lines)
    subject = mail.message.subject or ""
    head = f"{subject}\n{text[:3000]}"
    is_nps, is_csat = bool(_NPS.search(head)), bool(_CSAT.search(head))
    if not (is_nps or is_csat):
        return None
    rating = find_rating(subject, text, nps=is_nps and not is_csat)
    if rating is None:
        return None
    fields = labelled(text)
    author = person_of(fields, text)
    if is_bulk(mail) and not author.shown:
        return None  # a newsletter that speaks of scores
    words = next((v for k, v in fields if k in COMMENT and len(v.split()) > 2), None) or quoted_words(lines)
    quoted = replace(told_by(author, mail, text, words or ""), written=_written(fields, mail))
    return to_submission(mail, quoted, rating, reader="survey", company=_first(fields, _COMPANY))


def told_by(author: Address, mail: Opened, text: str, words: str) -> Quoted:
    """What *author* told a tool: *words*, out of the *text* that the tool wrote on the mail's day."""
    return Quoted(
        author=author,
        subject=mail.message.subject or None,
        written=mail.message.date,
        body=text.strip(),
        words=words,
        urls=mail.urls_in(words),
    )


_NO_PERSON = re.compile(
    r"^(?:[\w.+-]*(?:no-?reply|do-?not-?reply)|notifications?|notify|surveys?|feedback|alerts?|mailer|nps|csat|reviews?|bot|robot|umfrage)(?![a-z]*daemon)[\w.+-]*@",
    re.I,
)


def is_no_person(address: str | None) -> bool:
    """An address that only tools have. Narrower than what may write to us: customers do write from info@ and hello@."""
    return bool(address and _NO_PERSON.match(address))


def is_from_tool(mail: Opened) -> bool:
    """A tool's own mail: from an address no person has, answering nobody, no report, no absence note."""
    message = mail.message
    if message.in_reply_to or mail.split.boundaries or not _MACHINE.match(message.author.address or ""):
        return False
    if (mail.header("auto-submitted") or "").split(";")[0].strip().lower() in _REPLIED:
        return False
    return not any(
        t in ("message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/calendar")
        for t in message.content_types
    )


def is_bulk(mail: Opened) -> bool:
    return bool(
        mail.header("list-unsubscribe")
        or mail.header("list-id")
        or (mail.header("precedence") or "").lower() in ("bulk", "list")
    )


def find_rating(subject: str, text: str, *, nps: bool) -> Rating | None:
    scale = "nps" if nps else "csat"
    for place in (subject, text[:3000]):
        if nps and (match := _NPS_GROUP.search(place)):
            return Rating(scale, float(match[1] or match[2]), 10.0)
        if match := _OUT_OF.search(place):
            return Rating(scale, float(match[1].replace(",", ".")), float(match[2]))
        if stars := _STARS.search(place):
            return Rating("stars" if not nps else scale, float(len(stars[0])), 5.0)
        if (match := _SCORE.search(place)) and int(match[1]) <= 10:
            return Rating(scale, float(match[1]), 10.0 if nps else 5.0 if int(match[1]) <= 5 else 10.0)
    return None


def to_submission(
    mail: Opened, quoted: Quoted, rating: Rating | None, *, reader: str, company: str | None, public: bool = False
) -> Submission:
    """The person's words as a Quoted, the tool as the submitter."""
    return Submission(
        kind=Kind.NOTIFICATION,
        reader=reader,
        submitter=mail.message.author,
        originals=(quoted,),
        rating=rating,
        account_hint=company,
        is_public=public,
        attachments=tuple(f for f in mail.evidence() if not f.is_inline),
        note_raw=None,
    )


def person_of(fields: Sequence[tuple[str, str]], text: str) -> Address:
    """Who answered; their address may stand on a line of its own."""
    who, address = _first(fields, _WHO), _first(fields, _MAIL)
    author = parse_author(who) if who else Address()
    if address and author.address is None:
        found = parse_author(address)
        return Address(author.name or found.name, found.address)
    elsewhere = person_in(text)
    if author.address is None and elsewhere.address:
        return Address(author.name or elsewhere.name, elsewhere.address)
    return author


def _first(fields: Sequence[tuple[str, str]], keys: frozenset[str]) -> str | None:
    return next((v for k, v in fields if k in keys), None)


def _written(fields: Sequence[tuple[str, str]], mail: Opened) -> datetime | date | None:
    return next((found for k, v in fields if k in _WHEN and (found := parse_date(v))), None) or mail.message.date


def labelled(text: str) -> list[tuple[str, str]]:
    """Labelled lines; a label alone on its line (a table cell, a heading) takes the next line."""
    found = []
    lines = [x.strip().lstrip("> ").strip() for x in text.split("\n")]
    for index, line in enumerate(lines):
        match = _LABELLED.match(line)
        if match and (match["key"].lower().strip("*_ ") in _LABELS or not _row(line)):
            found.append((match["key"].lower().strip("*_ "), _with_rest(lines, index, match["value"].strip())))
            continue
        key = line.lower().rstrip(":：").strip("*_ ")
        if key in _LABELS:
            following = next((x for x in lines[index + 1 : index + 4] if x), "")
            if following:
                found.append((key, _with_rest(lines, lines.index(following, index + 1), following)))
        elif row := _row(line):
            found.append(row)
    return found


def _row(line: str) -> tuple[str, str] | None:
    """A table's row read as one line: "Answered on 3 March 2026"."""
    words = line.split()
    for size in (2, 1):
        key = " ".join(words[:size]).lower()
        if (
            len(words) > size
            and words[0][:1].isupper()
            and key in _WHO | _MAIL | _COMPANY | _WHEN
            and len(words) <= size + 8
        ):
            return key, " ".join(words[size:])
    return None


def _with_rest(lines: list[str], index: int, value: str) -> str:
    """A value that runs over several lines, to the next blank or labelled one."""
    out = [value]
    for line in lines[index + 1 : index + 30]:
        if not line or _LABELLED.match(line) or _NOISE.search(line):
            break
        out.append(line)
    return " ".join(out) if len(value.split()) > 3 else value


_CURLY = rare(r"[“„«「『\"]([^”“»」』\"]{12,4000})[”“»」』\"]", re.S)


def quoted_words(lines: Sequence[Line]) -> str | None:
    """The person's words: what is set in as a quotation, else in quotation marks, else the longest paragraph that is no furniture."""
    set_in = "\n".join(line.text for line in lines if line.depth > 0 or not line.text.strip()).strip()
    if len(set_in.split()) >= 2:
        return re.sub(r"\n{3,}", "\n\n", set_in).strip(' “”"„«»')
    text = "\n".join(line.text for line in lines)
    quotes = [" ".join(m.split()) for m in _CURLY.findall(text)]
    if quotes:
        return max(quotes, key=len)
    return max((p for p in paragraphs(text) if len(p.split()) >= 5), key=len, default=None)


def paragraphs(text: str) -> list[str]:
    """What is no label, rule, score or furniture of the tool."""
    found = []
    for block in re.split(r"\n\s*\n", text):
        lines = [x.strip() for x in block.split("\n") if x.strip() and not _RULE.match(x)]
        lines = [x for x in lines if not _row(x) and not _is_label(x) and not _NOISE.search(x)]
        paragraph = " ".join(lines)
        if paragraph and any(c.isalpha() for c in paragraph):
            found.append(paragraph)
    return found


def is_furniture(line: str) -> bool:
    """What the tool says around the answers: "View all responses", "You receive this because …"."""
    return bool(_NOISE.search(line)) and len(line) < 200


def _is_label(line: str) -> bool:
    match = _LABELLED.match(line)
    return (
        bool(match and match["key"].lower().strip("*_ ") in _LABELS - COMMENT) or line.lower().rstrip(":： ") in _LABELS
    )


_ADDRESS = rare(r"([A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3})?\s*[(<·,–-]*\s*([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


def person_in(text: str) -> Address:
    """A name with an address anywhere in the text, else nobody."""
    for match in _ADDRESS.finditer(text):
        if not _MACHINE.match(match[2]):
            return Address(match[1], match[2].rstrip("."))
    return Address()


def links_of(mail: Opened, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Links of the mail whose own address matches *pattern*."""
    from mailwins.parsers.urls import find_urls

    urls = [target for _, target in mail.page.links] + find_urls(mail.message.text or "")
    return tuple(u for u in clean_urls(urls) if pattern.search(u))
