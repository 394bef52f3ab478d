"""Where the SMTP server is, how to sign in, how long to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

FINAL_DOT_S = 600.0  # RFC 5321 section 4.5.3.2.6
UNTIL_DOT_S = 240.0  # with the above within the lease of a mail that is being sent


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """*secret* is called at each login: a password, or for xoauth2 an access token (called with True for a fresh one)."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    secret: Callable[[bool], str] = field(default=lambda fresh: "", repr=False)
    auth: str = "password"
    ca_file: Path | None = None
    timeout_s: float = 60
    final_dot_s: float = FINAL_DOT_S
    until_dot_s: float = UNTIL_DOT_S
    """Everything before the final dot takes no longer, however slowly the server keeps talking."""
