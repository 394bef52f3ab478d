"""Sending over SMTP: one transaction per recipient on a kept connection, and an honest answer about what became of each mail.

The state of a mail follows from where the conversation stopped: before the final dot nothing
can have been taken (deferred, or failed when the server said so), after it only the server knows.
"""

from __future__ import annotations

import base64
import contextlib
import logging
import re
import select
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from mailwins.connection import (
    GOOGLE_WANTS,
    cut,
    is_google,
    is_loopback,
    is_microsoft,
    no_tls,
    time_limit,
    tls_context,
    xoauth2,
)
from mailwins.errors import LoginRefused, ServerError
from mailwins.model import Delivery, OutboxState, OutgoingMail

log = logging.getLogger(__name__)

KEPT_FOR_S = 60.0
KEPT_FOR_MAILS = 90
FINAL_DOT_S = 600.0  # RFC 5321 section 4.5.3.2.6
UNTIL_DOT_S = 240.0  # with the above within the lease of a mail that is being sent
GOODBYE_S = 2.0

# Answers to MAIL and to the final dot that speak of us, not of this mail: every other mail would get the same.
_LOGIN_WANTED = frozenset({530, 535, 538})
_SENDER_REFUSED = frozenset({550, 551, 553, 554})
_MAY_NOT_SEND_AS = re.compile(r"SendAsDenied|\b5\.7\.60\b")
# Refused for what we are, not for whom it is to: Postfix "Relay access denied", Sendmail "Relaying denied", Exim "relay not
# permitted", Exchange "Unable to relay" (5.7.54, 5.7.64) · Gmail's and Microsoft's daily limits (5.4.5, 5.1.90, 5.7.232, .233,
# .236) · lists of blocked addresses ("blocked using zen.spamhaus.org", Microsoft's 5.7.511 and 5.7.606 to 649 "banned sending IP").
_ABOUT_US = re.compile(
    r"\brelay(?:ing)?\b.{0,20}(?:denied|not|prohibited)|unable to relay|\b5\.7\.(?:54|64)\b"
    r"|\b(?:5\.4\.5|5\.1\.90|5\.7\.23[236])\b|sending limit|quota ?exceeded ?exception"
    r"|blocked (?:using|by)\b|banned sending ip|\b5\.7\.(?:511|6[0-4]\d)\b",
    re.IGNORECASE,
)


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


class _Gone(Exception):
    """The connection ended before this mail was handed over; *reply* is what was heard, if anything."""

    def __init__(self, words: str, code: int | None = None) -> None:
        super().__init__(words)
        self.code = code


class SmtpSender:
    """ports.Sender over smtplib. Not to be shared between threads."""

    def __init__(self, settings: SmtpSettings) -> None:
        self.settings = settings
        self._smtp: smtplib.SMTP | None = None
        self._used_at = 0.0
        self._mails = 0
        self._is_abandoned = False
        self.awaits_answer = False
        """A whole mail is handed over and the server has not answered yet."""

    def send(self, mail: OutgoingMail, *, envelope_from: str) -> Delivery:
        """Raises ServerError only when the server as a whole is of no use: no connection, a refused login or sender."""
        was_kept = self._smtp is not None
        try:
            try:
                return self._transact(self._connected(), mail, envelope_from)
            except _Gone:
                # A kept connection may have been closed by the server meanwhile; a new one tells what is really so.
                if not was_kept:
                    raise
                self.close()
                return self._transact(self._connected(), mail, envelope_from)
        except _Gone as gone:
            self.close()
            return Delivery(OutboxState.DEFERRED, str(gone), gone.code)

    def _transact(self, smtp: smtplib.SMTP, mail: OutgoingMail, envelope_from: str) -> Delivery:
        raw = _wire(mail.raw)
        envelope = _envelope(smtp, envelope_from, mail.recipient, raw)
        if isinstance(envelope, Delivery):
            return envelope
        sender, recipient, options = envelope
        with self._limit(smtp, self.settings.until_dot_s):
            refused = self._announce(smtp, sender, recipient, options)
            if refused is not None:
                return refused
            self._hand_over(smtp, raw)
        return self._finish(smtp)

    def _announce(self, smtp: smtplib.SMTP, sender: str, recipient: str, options: list[str]) -> Delivery | None:
        """MAIL, RCPT, DATA; None when the server wants to have the mail now."""
        with _gone_if_broken():
            code, text = smtp.mail(sender, options)
            self._no_login_wanted(code, text)
            if code in _SENDER_REFUSED:
                self._reset(smtp)
                raise self._sender_refused(sender, code, text)
            if code == 250:
                code, text = smtp.rcpt(recipient)
            if code in (250, 251):
                code, text = smtp.docmd("DATA")
                if code == 354:
                    return None
            self._no_login_wanted(code, text)
            if code in (421, 503) or not 400 <= code < 600:
                # It is about to close, or its answers and our commands have come apart: what follows would be said to nobody.
                raise _Gone(
                    f"{code} {_text(text)}" if code > 0 else "the server's answer made no sense",
                    code if code > 0 else None,
                )
        self._reset(smtp)
        return _refused(code, text)

    def _no_login_wanted(self, code: int, text: bytes) -> None:
        if code in _LOGIN_WANTED:
            raise LoginRefused(
                f"smtp: {self.settings.host} wants a login before it takes mail: {code} {_text(text)}.",
                "Set smtp.user and its password.",
                permanent=True,
            )

    def _hand_over(self, smtp: smtplib.SMTP, raw: bytes) -> None:
        try:
            smtp.send(raw)
            if _speaks(smtp):
                # Whatever it says now is no answer to the final dot, and must not be taken for one.
                raise _Gone("the server spoke before the whole mail was handed over")
            # Three bytes go to the system at once or not at all: an error here says that they did not.
            smtp.send(b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            # Without its final dot no server may deliver it (RFC 5321 section 4.1.1.4).
            raise _Gone(f"broken off while the mail was handed over: {_words(error)}") from error

    def _finish(self, smtp: smtplib.SMTP) -> Delivery:
        # The final dot is on its way: the server may have the mail, whatever we hear (RFC 1047).
        self.awaits_answer = True
        try:
            with self._limit(smtp, self.settings.final_dot_s):
                if smtp.sock:
                    smtp.sock.settimeout(self.settings.final_dot_s)
                code, text = smtp.getreply()
                if smtp.sock:
                    smtp.sock.settimeout(self.settings.timeout_s)
        except Exception as error:
            # Whatever went wrong here, nobody may conclude that the mail was not taken.
            self.close()
            return Delivery(OutboxState.UNCERTAIN, f"the answer was lost: {_words(error)}")
        finally:
            self.awaits_answer = False
        self._used_at = time.monotonic()
        self._mails += 1
        if 200 <= code < 300:
            return Delivery(OutboxState.SENT, _text(text), code)
        if not 400 <= code < 600:
            self.close()
            return Delivery(OutboxState.UNCERTAIN, f"the answer made no sense: {code} {_text(text)}")
        if code == 421:
            self.close()
        else:
            self._reset(smtp)
        if _MAY_NOT_SEND_AS.search(_text(text)):
            raise self._sender_refused("", code, text)
        return replace(_refused(code, text), is_of_content=True)

    def _sender_refused(self, sender: str, code: int, text: bytes) -> ServerError:
        return ServerError(
            f"smtp: {self.settings.host} does not let {self.settings.user or 'us'} send {f'as {sender}' if sender else 'as this sender'}: {code} {_text(text)}.",
            "Check smtp.from, or give the login the right to send as it. Mail waits in the outbox.", permanent=True,
        )  # fmt: skip

    def check(self) -> str:
        """Connect and sign in; the server's greeting. Raises ServerError or LoginRefused."""
        smtp = self._connected()
        return _text(smtp.ehlo_resp or smtp.helo_resp or b"").split("\n")[0]

    def _connected(self) -> smtplib.SMTP:
        if self._is_abandoned:
            raise ServerError("smtp: the service is stopping.", "Mail waits in the outbox.")
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
        if s.security == "none" and not is_loopback(s.host):
            log.warning(
                'smtp.security = "none": mail%s to %s unencrypted',
                " and password travel" if s.user else " travels",
                s.host,
            )
        # A name given here spares smtplib a look into DNS that may take seconds.
        smtp = (
            smtplib.SMTP_SSL(
                local_hostname=_our_name(), timeout=s.timeout_s, context=tls_context(s.ca_file, section="smtp")
            )
            if s.security == "tls"
            else smtplib.SMTP(local_hostname=_our_name(), timeout=s.timeout_s)
        )
        try:
            # smtplib checks the certificate against this name, which connect() alone leaves empty.
            smtp._host = s.host  # type: ignore[attr-defined]
            with self._limit(smtp, s.until_dot_s):
                code, text = smtp.connect(s.host, s.port)
                if code != 220:
                    raise smtplib.SMTPConnectError(code, text)
                self._prepare(smtp, where)
            return smtp
        except BaseException as error:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.close()
            if isinstance(error, ssl.SSLError):
                ports = 'Port 465 wants security = "tls", port 587 "starttls".'
                raise no_tls(error, section="smtp", where=where, ports=ports) from None
            if isinstance(error, OSError | smtplib.SMTPException):
                raise ServerError(
                    f"smtp: {where}: {_words(error)}.",
                    "Check smtp.host, smtp.port and the network. Mail waits in the outbox.",
                ) from None
            raise

    def _prepare(self, smtp: smtplib.SMTP, where: str) -> None:
        assert smtp.sock is not None
        with contextlib.suppress(OSError):
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.ehlo_or_helo_if_needed()
        if self.settings.security == "starttls":
            if not smtp.has_extn("starttls"):
                raise ServerError(
                    f"smtp: {where} offers no STARTTLS.",
                    'Nothing was sent in the clear. Use security = "tls" with port 465.',
                    permanent=True,
                )
            code, text = smtp.starttls(context=tls_context(self.settings.ca_file, section="smtp"))
            if code != 220:
                raise ServerError(
                    f"smtp: {where} refuses STARTTLS: {code} {_text(text)}.", "Nothing was sent in the clear."
                )
            smtp.ehlo()
        if self.settings.user:
            self._login(smtp)

    def _login(self, smtp: smtplib.SMTP) -> None:
        s = self.settings
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        if not offered:
            raise ServerError(
                f"smtp: {s.host} takes no login on port {s.port}.",
                'Leave smtp.user empty, or use the submission port (587 "starttls", 465 "tls").',
                permanent=True,
            )
        code, text = (
            self._login_with_token(smtp)
            if s.auth == "xoauth2"
            else _login_with_password(smtp, s.user, s.secret(False), offered)
        )
        if code in (235, 503):
            return
        if 400 <= code < 500:
            raise ServerError(
                f"smtp: {s.host} cannot take the login right now: {code} {_text(text)}.", "It will be tried again."
            )
        hint = "Check smtp.user and its password."
        if is_microsoft(s.host):
            hint = (
                "Microsoft 365: SMTP AUTH must be on for this mailbox, and for new tenants "
                'smtp.auth = "xoauth2" is the only way.'
            )
        elif is_google(s.host):
            hint = f"{GOOGLE_WANTS}."
        raise LoginRefused(f"smtp: {s.host} refused the login of {s.user}: {code} {_text(text)}.", hint, permanent=True)

    def _login_with_token(self, smtp: smtplib.SMTP) -> tuple[int, bytes]:
        """A refused token is renewed once. The server explains itself in JSON and waits for an empty line before it refuses."""
        code, text = 535, b""
        for fresh in (False, True):
            token = _base64(xoauth2(self.settings.user, self.settings.secret(fresh)))
            code, text = smtp.docmd("AUTH", f"XOAUTH2 {token}")
            if code == 334:
                said = _unbase64(text)
                code, text = smtp.docmd("")
                text += b" " + said
            if code == 235 or 400 <= code < 500:
                break
        return code, text

    def _limit(self, smtp: smtplib.SMTP, seconds: float) -> AbstractContextManager[None]:
        return time_limit(seconds, lambda: _cut(smtp))

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def abandon(self) -> None:
        """From another thread: whatever is being waited for ends with an error now, and no new connection is made."""
        self._is_abandoned = True
        smtp = self._smtp
        if smtp is not None:
            _cut(smtp)

    def close(self) -> None:
        """Never waits for long and never raises."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if smtp.sock is not None:
                smtp.sock.settimeout(GOODBYE_S)
                smtp.quit()
        with contextlib.suppress(OSError, smtplib.SMTPException):
            smtp.close()


def _cut(smtp: smtplib.SMTP) -> None:
    if smtp.sock is not None:
        cut(smtp.sock)


def _speaks(smtp: smtplib.SMTP) -> bool:
    """Whether an answer, or the end of the connection, is there to be read."""
    if smtp.sock is None or smtp.file is None:
        return True
    timeout = smtp.sock.gettimeout()
    smtp.sock.setblocking(False)
    try:
        if smtp.file.peek(1):
            return True
    except ssl.SSLWantReadError:
        return False
    finally:
        smtp.sock.settimeout(timeout)
    # Readable without a byte is the end; under TLS it may be a record that is nobody's answer.
    return not isinstance(smtp.sock, ssl.SSLSocket) and bool(select.select([smtp.sock], [], [], 0)[0])


def _wire(raw: bytes) -> bytes:
    """As it travels: CRLF at every line's end, dots at a line's start doubled. A bare CR or LF could be read as an end of mail."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


def _envelope(smtp: smtplib.SMTP, sender: str, recipient: str, raw: bytes) -> tuple[str, str, list[str]] | Delivery:
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


def _login_with_password(smtp: smtplib.SMTP, user: str, password: str, offered: list[str]) -> tuple[int, bytes]:
    """PLAIN, else LOGIN, in UTF-8: smtplib's own login stops at the first letter beyond ASCII."""
    if "PLAIN" in offered:
        return smtp.docmd("AUTH", "PLAIN " + _base64(f"\0{user}\0{password}"))
    if "LOGIN" in offered:
        code, text = smtp.docmd("AUTH", "LOGIN " + _base64(user))
        return smtp.docmd(_base64(password)) if code == 334 else (code, text)
    try:
        return smtp.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        return error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
    except (smtplib.SMTPNotSupportedError, UnicodeError):
        return 504, f"no way to log in that we know ({' '.join(offered)})".encode()


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _unbase64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return text


@contextlib.contextmanager
def _gone_if_broken() -> Iterator[None]:
    try:
        yield
    except (OSError, smtplib.SMTPException) as error:
        raise _Gone(_words(error)) from error


def _our_name() -> str:
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", name) else "[127.0.0.1]"


def _refused(code: int, text: bytes) -> Delivery:
    is_final = 500 <= code < 600 and not _ABOUT_US.search(_text(text))
    state = OutboxState.FAILED if is_final else OutboxState.DEFERRED
    return Delivery(state, f"{code} {_text(text)}", code)


def _text(value: bytes | str) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return " ".join(str(error).split())[:300] or type(error).__name__
