"""A mail in which nobody said anything: no words, no files. A mail that is only a screenshot is not empty."""

from __future__ import annotations

from mailwins.model import Ignored
from mailwins.parsers.opened import Opened, bare_subject


def read(mail: Opened) -> Ignored | None:
    if mail.message.attached or mail.evidence() or mail.split.boundaries:
        return None
    own = mail.own_text()
    has_words = any(c.isalnum() for c in own.text) and not _only_footers(own.text)
    subject = bare_subject(mail.message.subject) or ""
    if has_words or len(subject.split()) >= 4:
        return None
    return Ignored("empty", "no words and no files")


def _only_footers(text: str) -> bool:
    from mailwins.parsers.folding import is_footer

    return all(is_footer(line) for line in text.split("\n") if line.strip())
