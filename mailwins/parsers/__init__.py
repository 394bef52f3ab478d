"""Readers: one file per way a mail carries its news, and the ordered list of them.

The order is knowledge: survey and review tools are asked first, because their mail carries
the marks of automatic mail (RFC 3834) and is wanted all the same; then a machine's mail is
told before anything reads it as a person's; a redirect before its body is taken for a forward; an attached original before the words
above it are taken for a note; and a note is what nobody else recognised.
"""

from __future__ import annotations

from collections.abc import Callable

from mailwins.model import Ignored, InboundMessage, Read
from mailwins.parsers import attached, automatic, empty, notes, quoted, redirect
from mailwins.parsers.notification import NOTIFICATIONS
from mailwins.parsers.opened import Opened

Reader = Callable[[Opened], Read | None]

READERS: tuple[Reader, ...] = (
    *NOTIFICATIONS,
    automatic.read,
    redirect.read,
    attached.read,
    quoted.read,
    empty.read,
    notes.read,
)


def read_message(message: InboundMessage, *, own: frozenset[str] = frozenset()) -> Read:
    """What the mail is and says. *own*: our addresses in lower case, so that wins@ itself is nobody's customer."""
    mail = Opened(message, own)
    for reader in READERS:
        found = reader(mail)
        if found is not None:
            return found
    return Ignored("empty", "no reader made anything of it")
