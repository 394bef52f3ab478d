"""Keys by which a second telling of the same thing is recognised, however it was wrapped, signed and headed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from mailwins.model import InboundMessage, Quoted

MIN_LETTERS = 40
_LETTERS = re.compile(r"[^\W_]+", re.U)
_ASCII = [chr(code) for code in range(128)]
_ASCII_BLANKS = "".join(filter(str.isspace, _ASCII)).encode()
NO_ASCII_LETTERS = "".join(sign for sign in _ASCII if not sign.isalnum()).encode()
# Asked for by everybody who looks at a mail, for some mails at once: those of the last few are kept, unless they are so long.
REMEMBERED = 200_000


def fingerprint(text: str | None) -> str | None:
    """Of the letters and digits alone, so that wrapping, quote marks, case and punctuation do not matter; None for too little text."""
    return _fingerprint(text or "") if len(text or "") <= REMEMBERED else _fingerprint.__wrapped__(text or "")


@lru_cache(maxsize=64)
def _fingerprint(text: str) -> str | None:
    letters = _letters_of(text)
    if len(letters) < MIN_LETTERS:
        return None
    return hashlib.sha256(letters.encode()).hexdigest()[:32]


def _letters_of(text: str) -> str:
    """The letters and digits of a text, in small letters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    # Deleting bytes is many times as fast as looking for words, and what is left of other scripts and signs is little.
    letters = text.lower().encode().translate(None, NO_ASCII_LETTERS).decode()
    return letters if letters.isascii() else "".join(_LETTERS.findall(letters))


def keys_of_quoted(quoted: Quoted) -> list[tuple[str, str]]:
    """(kind, key) of a customer's message."""
    keys = []
    if quoted.message_id:
        keys.append(("original", quoted.message_id))
    if print_ := fingerprint(quoted.words):
        keys.append(("words", print_))
    return keys


def key_of_note(text: str | None, account: str | None) -> tuple[str, str] | None:
    """The same note twice is one win. Short notes count only together with their account."""
    print_ = fingerprint(text)
    if print_:
        return ("note", print_)
    letters = _letters_of(text or "")
    if len(letters) < 12 or not account:
        return None
    return ("note", hashlib.sha256(f"{account}\0{letters}".encode()).hexdigest()[:32])


def key_of_delivery(message: InboundMessage) -> tuple[str, str] | None:
    """The same mail delivered again, other Received lines and all: sender, Message-ID and body agree."""
    if not message.message_id:
        return None
    files = "".join(a.sha256 for a in message.attachments)
    head = "\0".join((message.author.address or "", message.message_id, message.subject or ""))
    text, html = message.text or "", message.html or ""
    digest = _digest if len(text) + len(html) <= REMEMBERED else _digest.__wrapped__
    return ("delivery", digest(head, text, html, files))


@lru_cache(maxsize=64)
def _digest(head: str, text: str, html: str, files: str) -> str:
    body = (text + html).encode().translate(None, _ASCII_BLANKS)
    if not body.isascii():
        body = "".join(body.decode().split()).encode()
    return hashlib.sha256(b"\0".join((head.encode(), body, files.encode()))).hexdigest()[:32]


def thread_keys(message: InboundMessage) -> list[tuple[str, str]]:
    ids = [*message.references, *message.in_reply_to]
    return [("message_id", i) for i in dict.fromkeys(ids)]
