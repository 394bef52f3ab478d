"""Where an IMAP folder is, how to sign in, how long to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

DEADLINE_S = 600.0


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """*secret* is called at each login: a password, or for xoauth2 an access token (called with True for a fresh one)."""

    host: str
    port: int
    security: str = "tls"
    user: str = ""
    secret: Callable[[bool], str] = field(default=lambda fresh: "", repr=False)
    auth: str = "password"
    folder: str = "INBOX"
    ca_file: Path | None = None
    timeout_s: float = 60
    use_idle: bool = True
    deadline_s: float = DEADLINE_S
    """No command takes longer, however slowly the server keeps talking."""
    reselect_s: float = 300
    """How often a waiting mailbox asks anew for the folder's UIDVALIDITY: it may have been made anew behind our back."""
