"""Help desks: what a customer thought of an answered request, in a word. Zendesk says good or bad, Help Scout great, okay or not good,
Intercom has five faces, Freshdesk "extremely happy": they agree about what is good, not about a scale, so it is 1 of 1, ½ or 0."""

from __future__ import annotations

import re

from mailwins.model import Address, Rating, Submission
from mailwins.parsers.notification.survey import (
    COMMENT,
    is_from_tool,
    labelled,
    person_in,
    person_of,
    to_submission,
    told_by,
)
from mailwins.parsers.opened import Opened
from mailwins.patterns import rare

_RATED = rare(
    r"\b(?:satisfaction(?: rating| score)?|rated|rating|csat|conversation rating|zufriedenheit|bewertet|bewertung|évalué|satisfaction|note|valoración|valoró|satisfacción|valutazione|ha valutato|beoordeling|beoordeeld|avaliação|avaliou)\b",
    re.I,
)
_BAD = rare(
    r"\b(?:bad|terrible|poor|not good|unsatisfied|dissatisfied|unhappy|awful|schlecht|unzufrieden|mauvais|insatisfait\w*|mal[ao]?|insatisfech\w*|insoddisfat\w*|slecht|ontevreden|ruim|insatisfeit\w*)\b|[😠😡😞👎🙁☹😤]",
    re.I,
)
_FAIR = rare(r"\b(?:okay|ok|neutral|average|so so|mittel|moyen|regular|discreto|matig)\b|[😐😕]", re.I)
_GOOD = rare(
    r"\b(?:good|great|amazing|excellent|awesome|satisfied|happy|gut|sehr gut|zufrieden|bon(?:ne)?|satisfait\w*|buen[ao]?|satisfech\w*|buon[ao]|soddisfat\w*|goed|tevreden|bom|boa|satisfeit\w*)\b|[😍🤩😀😃😊👍🙂]",
    re.I,
)
_BY = rare(
    r"\b(?:rated|left|given|bewertet|évalué|valorad[oa]|beoordeeld)\b[^\n]{0,80}?\b(?:by|von|par|por|da|door)\s+(?P<name>[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3})"
)
_RATES = rare(r"^\s*(?P<name>[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3}) (?:has )?rated\b", re.M)
_REMARK = rare(
    r"^\s*(?:remarks?|their (?:comment|remark)|customer(?:'s)? comment)\s*[:：]\s*(?P<words>.+)$", re.I | re.M
)


def read(mail: Opened) -> Submission | None:
    if not is_from_tool(mail):
        return None
    subject = mail.message.subject or ""
    text = "\n".join(line.text for line in mail.split.before)
    rating = verdict(f"{subject}\n{text[:1500]}")
    if rating is None:
        return None
    fields = labelled(text)
    by = _BY.search(f"{subject}\n{text}") or _RATES.search(text)
    author = person_of(fields, "") if not by else Address(by["name"].strip(" ."), None)
    if author.address is None:
        author = Address(author.name, person_in(text).address)
    remark = _REMARK.search(text)
    words = remark["words"].strip() if remark else next((v for k, v in fields if k in COMMENT), "")
    if not (author.shown or words):
        return None
    quoted = told_by(author, mail, text, words)
    return to_submission(
        mail,
        quoted,
        rating,
        reader="helpdesk",
        company=next((v for k, v in fields if k in ("company", "organization", "organisation")), None),
    )


def verdict(head: str) -> Rating | None:
    """The word beside "rated" or "satisfaction"; unkind ones first, because "not good" holds a good."""
    for line in head.split("\n"):
        if (found := _RATED.search(line)) and len(line) < 200:
            said = line[found.start() :]
            for pattern, score in ((_BAD, 0.0), (_FAIR, 0.5), (_GOOD, 1.0)):
                if pattern.search(said):
                    return Rating("csat", score, 1.0)
    return None
