"""Review sites: a public review, its stars, its writer and words. Public by nature, so it may be shared."""

from __future__ import annotations

import re

from mailwins.model import Rating, Submission
from mailwins.parsers.notification.survey import _MACHINE, _OUT_OF, _STARS, to_submission
from mailwins.parsers.opened import Opened

_REVIEW = re.compile(r"\b(?:new|left|posted|received|published|wrote|just)\b.{0,40}\breview\b|\breview of\b|neue bewertung|nouvel avis|nueva reseña|nieuwe (?:review|beoordeling)|nova avaliação|nuova recensione", re.I)


def read(mail: Opened) -> Submission | None:
    message = mail.message
    if message.in_reply_to or mail.split.boundaries or not _MACHINE.match(message.author.address or ""):
        return None
    subject = message.subject or ""
    text = "\n".join(line.text for line in mail.split.before)
    if not _REVIEW.search(f"{subject}\n{text[:500]}"):
        return None
    head = f"{subject}\n{text[:3000]}"
    rating = None
    if stars := _STARS.search(head):
        rating = Rating("stars", float(len(stars[0])), 5.0)
    elif match := _OUT_OF.search(head):
        rating = Rating("stars", float(match[1].replace(",", ".")), float(match[2]))
    return to_submission(mail, text, rating, reader="review", public=True)
