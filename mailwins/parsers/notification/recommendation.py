"""LinkedIn's recommendations: somebody recommends a colleague in their own words."""

from __future__ import annotations

import re

from mailwins.model import Address, Quoted, Submission
from mailwins.parsers.notification.review import place_of
from mailwins.parsers.notification.survey import is_from_tool, quoted_words, to_submission
from mailwins.parsers.opened import Opened

_NAME = r"(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}?)"
_RECOMMENDS = re.compile(
    rf"^\s*{_NAME} (?:has )?(?:written you a recommendation|wrote (?:you )?a recommendation|recommended you|hat (?:Ihnen|dir) eine Empfehlung|hat (?:Sie|dich) empfohlen|vous a (?:recommandé|écrit une recommandation)|te ha (?:recomendado|escrito una recomendación)|ti ha (?:scritto una segnalazione|consigliato)|heeft (?:u|je) aanbevolen|escreveu uma recomendação)",
    re.M,
)


def read(mail: Opened) -> Submission | None:
    if not is_from_tool(mail):
        return None
    text = "\n".join(line.text for line in mail.split.before)
    subject = mail.message.subject or ""
    found = _RECOMMENDS.search(subject) or _RECOMMENDS.search(text)
    words = quoted_words(mail.split.before)
    if found is None or not words:
        return None
    lines = [x.strip() for x in text.split("\n") if x.strip()]
    after = next((lines[i + 1] for i, x in enumerate(lines[:-1]) if x == found["name"]), "")
    role, company = place_of(after) if 0 < len(after) < 120 and after not in words else (None, None)
    quoted = Quoted(
        author=Address(found["name"], None),
        subject=subject or None,
        written=mail.message.date,
        body=text.strip(),
        words=words,
        signature=role,
    )
    return to_submission(mail, quoted, None, reader="recommendation", company=company)
