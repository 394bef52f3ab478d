"""Turns of a support ticket inside one mail: the desk writes the mail, people wrote the turns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from mailwins.parsers.dates import parse_date
from mailwins.patterns import rare

# Zendesk puts {{ticket.comments_formatted}} below "##- Please type your reply above this line -##": each comment
# between lines of dashes, headed "Name, Nov 11, 2026, 09:12 PST", agents as "Name (Desk)". Freshdesk, Jira Service
# Management and Help Scout print the same kind of line first ("— Please reply above this line —") in their languages.
_REPLY_ABOVE = rare(
    r"^\W{0,8}(?:please (?:type|write|enter) your reply above|reply above this line|please reply above|bitte (?:geben sie|schreiben sie) ihre antwort (?:oberhalb|über)|antwort(?:en)? (?:sie )?(?:bitte )?(?:oberhalb|über) dieser|répondez au-dessus|veuillez saisir votre réponse au-dessus|escriba su respuesta (?:por )?encima|typ uw antwoord boven|scrivi la tua risposta sopra)",
    re.I | re.M,
)
_RULE = rare(r"^\s*[-–—_=*]{12,}\s*$", re.M)
_HEAD = rare(
    r"^\s*(?P<name>[^,\n()@:]{2,60}?)(?:\s*\((?P<desk>[^()\n]{2,60})\))?\s*,\s*(?P<when>[^\n]{6,60}\d)(?P<zone>\s*(?:[A-Z]{2,5}|[+-]\d\d:?\d\d)?)\s*$"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """*desk*: what stands in brackets behind an agent's name, None for requesters."""

    name: str
    desk: str | None
    written: datetime | date
    words: str


def turns(text: str | None) -> tuple[Turn, ...]:
    """The comments of a ticket mail as they are printed, newest first as a rule; none when it is no ticket mail."""
    if not text or not _REPLY_ABOVE.search(text[:2_000]):
        return ()
    found: list[Turn] = []
    for block in _RULE.split(text[:100_000]):
        head, _, words = block.strip("\n").lstrip().partition("\n")
        match = _HEAD.match(head)
        written = (
            parse_date(match["when"].strip() + (match["zone"] or "")) or parse_date(match["when"].strip())
            if match
            else None
        )
        if match and written and words.strip():
            found.append(Turn(match["name"].strip(), match["desk"], written, words.strip()))
    return tuple(found)
