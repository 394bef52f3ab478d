"""Sending over SMTP: one transaction per recipient on a kept connection, and an honest answer about what became of each mail."""

from __future__ import annotations

import base64
import contextlib
import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mailwins.errors import LoginRefused, ServerError
from mailwins.model import Delivery, OutboxState, OutgoingMail

KEPT_FOR_S = 60.0
KEPT_FOR_MAILS = 90
FINAL_DOT_S = 600.0  # RFC 5321 section 4.5.3.2.6


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


class SmtpSender:
    """ports.Sender over smtplib. Not to be shared between threads."""

    def __init__(self, settings: SmtpSettings) -> None:
        self.settings = settings
        self._smtp: smtplib.SMTP | None = None
        self._used_at = 0.0
        self._mails = 0

    def send(self, mail: OutgoingMail, *, envelope_from: str) -> Delivery:
        """Raises ServerError only when nothing was said about this mail: no connection, a refused login."""
        smtp = self._connected()
        options = ["SMTPUTF8"] if not (mail.recipient + envelope_from).isascii() and smtp.has_extn("smtputf8") else []
        if smtp.has_extn("8bitmime") and not mail.raw.isascii():
            options.append("BODY=8BITMIME")
        try:
            code, text = smtp.mail(envelope_from, options)
            if code == 250:
                code, text = smtp.rcpt(mail.recipient)
            if code not in (250, 251):
                self._reset()
                return _refused(code, text)
            code, text = smtp.docmd("DATA")
            if code != 354:
                self._reset()
                return _refused(code, text)
        except (OSError, smtplib.SMTPException) as error:
            # Nothing of the mail was handed over yet: safe to try again later.
            self.close()
            return Delivery(OutboxState.DEFERRED, _words(error))
        return self._hand_over(smtp, mail)

    def _hand_over(self, smtp: smtplib.SMTP, mail: OutgoingMail) -> Delivery:
        body = mail.raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
        stuffed = body.replace(b"\r\n.", b"\r\n..")
        if stuffed.startswith(b"."):
            stuffed = b"." + stuffed
        if not stuffed.endswith(b"\r\n"):
            stuffed += b"\r\n"
        handed_over = False
        try:
            smtp.send(stuffed)
            # From here on the server may have the mail, whatever we hear (RFC 1047).
            handed_over = True
            if smtp.sock:
                smtp.sock.settimeout(self.settings.final_dot_s)
            smtp.send(b".\r\n")
            code, text = smtp.getreply()
            if smtp.sock:
                smtp.sock.settimeout(self.settings.timeout_s)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            state = OutboxState.UNCERTAIN if handed_over else OutboxState.DEFERRED
            return Delivery(state, f"the answer was lost: {_words(error)}" if handed_over else _words(error))
        self._used_at = time.monotonic()
        self._mails += 1
        if code == 250:
            return Delivery(OutboxState.SENT, _text(text), code)
        self._reset()
        return _refused(code, text)

    def check(self) -> str:
        """Connect and sign in; the server's greeting. Raises ServerError or LoginRefused."""
        smtp = self._connected()
        return _text(smtp.ehlo_resp or b"").split("\n")[0]

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None:
            if self._mails < KEPT_FOR_MAILS and time.monotonic() - self._used_at < KEPT_FOR_S:
                return self._smtp
            try:
                if self._mails < KEPT_FOR_MAILS and self._smtp.noop()[0] == 250:
                    self._used_at = time.monotonic()
                    return self._smtp
            except (OSError, smtplib.SMTPException):
                pass
            self.close()
        self._smtp = self._open()
        self._used_at, self._mails = time.monotonic(), 0
        return self._smtp

    def _open(self) -> smtplib.SMTP:
        s = self.settings
        where = f"{s.host}:{s.port}"
        context = _tls_context(s.ca_file)
        smtp: smtplib.SMTP | None = None
        try:
            if s.security == "tls":
                smtp = smtplib.SMTP_SSL(s.host, s.port, timeout=s.timeout_s, context=context)
            else:
                smtp = smtplib.SMTP(s.host, s.port, timeout=s.timeout_s)
            smtp.ehlo_or_helo_if_needed()
            if s.security == "starttls":
                if not smtp.has_extn("starttls"):
                    raise ServerError(f"smtp: {where} offers no STARTTLS.", 'Nothing was sent in the clear. Use security = "tls" with port 465.', permanent=True)
                smtp.starttls(context=context)
                smtp.ehlo()
            if s.user:
                self._login(smtp)
            return smtp
        except BaseException as error:
            if smtp is not None:
                with contextlib.suppress(OSError, smtplib.SMTPException):
                    smtp.close()
            if isinstance(error, ssl.SSLCertVerificationError):
                raise ServerError(f"smtp: the certificate of {where} is not trusted: {error.verify_message}.", "Use the name the certificate was made for, or set smtp.ca_file.", permanent=True) from None
            if isinstance(error, ssl.SSLError):
                raise ServerError(f"smtp: no TLS with {where}: {_words(error)}.", 'Port 465 wants security = "tls", port 587 "starttls".', permanent=True) from None
            if isinstance(error, OSError | smtplib.SMTPException):
                raise ServerError(f"smtp: {where}: {_words(error)}.", "Check smtp.host, smtp.port and the network. Mail waits in the outbox.") from None
            raise

    def _login(self, smtp: smtplib.SMTP) -> None:
        s = self.settings
        try:
            if s.auth != "xoauth2":
                smtp.login(s.user, s.secret(False))
                return
            for fresh in (False, True):
                token = base64.b64encode(f"user={s.user}\x01auth=Bearer {s.secret(fresh)}\x01\x01".encode()).decode()
                code, text = smtp.docmd("AUTH", f"XOAUTH2 {token}")
                if code == 334:
                    code, text = smtp.docmd("")
                if code == 235:
                    return
            raise smtplib.SMTPAuthenticationError(code, text)
        except smtplib.SMTPAuthenticationError as error:
            hint = "Check smtp.user and its password."
            if "office365" in s.host or "outlook" in s.host:
                hint = 'Microsoft 365: SMTP AUTH must be on for this mailbox, or use auth = "xoauth2".'
            raise LoginRefused(f"smtp: {s.host} refused the login of {s.user}: {error.smtp_code} {_text(error.smtp_error)}.", hint, permanent=True) from None
        except smtplib.SMTPNotSupportedError:
            raise ServerError(f"smtp: {s.host} takes no login on port {s.port}.", 'Leave smtp.user empty, or use the submission port (587 "starttls", 465 "tls").', permanent=True) from None

    def _reset(self) -> None:
        try:
            assert self._smtp is not None
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.close()


def _tls_context(ca_file: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except OSError as error:
        raise ServerError(f"smtp.ca_file = {ca_file}: cannot be used ({error.strerror or error}).", "Give a PEM file with the server's CA.", permanent=True) from None


def _refused(code: int, text: bytes) -> Delivery:
    state = OutboxState.FAILED if 500 <= code < 600 else OutboxState.DEFERRED
    return Delivery(state, f"{code} {_text(text)}", code)


def _text(value: bytes | str) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
