"""The life of an outgoing mail: its Message-ID, which we can recognise as ours, and when to try again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=30)
LONGEST_WAIT = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=4)

_OURS = re.compile(r"mw\.(?P<kind>[a-z-]+)\.(?P<name>[a-z2-7]{20})\.(?P<signature>[a-z2-7]{12})@")


def message_id(kind: str, cause: str, recipient: str, *, key: bytes, domain: str) -> str:
    """The one Message-ID of this mail, without angle brackets: the same each time it is made, and signed.

    *key* is the instance's secret; without it nobody can make an id that we take for our own.
    """
    name = _short(hashlib.sha256("\0".join((kind, cause, recipient.lower())).encode()).digest(), 20)
    return f"mw.{kind}.{name}.{_sign(kind, name, key)}@{domain}"


def is_ours(candidate: str, *, key: bytes) -> bool:
    """Whether we made this Message-ID."""
    match = _OURS.match(candidate.strip("<> "))
    return match is not None and hmac.compare_digest(_sign(match["kind"], match["name"], key), match["signature"])


def _sign(kind: str, name: str, key: bytes) -> str:
    return _short(hmac.new(key, f"{kind}.{name}".encode(), hashlib.sha256).digest(), 12)


def _short(digest: bytes, length: int) -> str:
    return base64.b32encode(digest).decode().lower()[:length]


def next_attempt(tries: int, created_at: datetime, now: datetime) -> datetime | None:
    """When to try a deferred mail again, or None to give up.

    *tries* counts attempts made so far, this one included (so it starts at 1). Waits double
    from 30 minutes to 6 hours; after 4 days the mail is given up, both as RFC 5321
    section 4.5.4.1 advises senders.
    """
    if now - created_at >= GIVE_UP_AFTER:
        return None
    return now + min(FIRST_WAIT * (1 << min(max(tries - 1, 0), 10)), LONGEST_WAIT)
