"""A mail and its addresses as they travel."""

from __future__ import annotations

import re
import smtplib

from mailwins.model import Delivery, OutboxState


def as_it_travels(raw: bytes) -> bytes:
    """CRLF at every line's end, dots at a line's start doubled. A bare CR or LF could be read as an end of mail."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


def envelope_of(smtp: smtplib.SMTP, sender: str, recipient: str, raw: bytes) -> tuple[str, str, list[str]] | Delivery:
    """(sender, recipient, options of MAIL), or why this server cannot take the mail at all."""
    if any(c in sender + recipient for c in "\r\n\0<>"):
        return Delivery(OutboxState.FAILED, "not an address that SMTP can carry")
    options = []
    header = raw.partition(b"\r\n\r\n")[0]
    if not (sender + recipient).isascii() or not header.isascii():
        if smtp.has_extn("smtputf8"):
            options.append("SMTPUTF8")
        else:
            sender, recipient = _punycode(sender), _punycode(recipient)
            if not (sender + recipient).isascii():
                return Delivery(
                    OutboxState.FAILED, "the server takes no addresses with letters beyond ASCII (SMTPUTF8)", 553
                )
    if smtp.has_extn("8bitmime") and not raw.isascii():
        options.append("BODY=8BITMIME")
    if smtp.has_extn("size"):
        most = smtp.esmtp_features.get("size", "").strip()
        if most.isdigit() and 0 < int(most) < len(raw):
            return Delivery(
                OutboxState.FAILED, f"the server takes at most {int(most)} bytes, the mail has {len(raw)}", 552
            )
        options.append(f"SIZE={len(raw)}")
    return sender, recipient, options


def _punycode(address: str) -> str:
    local, at, domain = address.rpartition("@")
    try:
        return local + at + domain.encode("idna").decode("ascii")
    except UnicodeError:
        return address
