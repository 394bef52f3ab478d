"""The conversation about one mail.

The state of a mail follows from where the conversation stopped: before the final dot nothing
can have been taken (deferred, or failed when the server said so), after it only the server knows.
"""

from __future__ import annotations

import contextlib
import select
import smtplib
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace

from mailwins.errors import ServerError
from mailwins.model import Delivery, OutboxState, OutgoingMail
from mailwins.sender.answers import (
    LOGIN_WANTED,
    MAY_NOT_SEND_AS,
    SENDER_REFUSED,
    login_wanted,
    readable,
    refused_mail,
    sender_refused,
    words,
)
from mailwins.sender.opening import cut_off, limit, open_smtp
from mailwins.sender.settings import SmtpSettings
from mailwins.sender.wire import as_it_travels, envelope_of

KEPT_FOR_S = 60.0
KEPT_FOR_MAILS = 90
GOODBYE_S = 2.0
PIECE_BYTES = 65_536


class _Gone(Exception):
    """The connection ended before this mail was handed over; *code* is what was heard, if anything."""

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
        raw = as_it_travels(mail.raw)
        envelope = envelope_of(smtp, envelope_from, mail.recipient, raw)
        if isinstance(envelope, Delivery):
            return envelope
        sender, recipient, options = envelope
        with limit(smtp, self.settings.until_dot_s):
            refused = self._announce(smtp, sender, recipient, options)
            if refused is not None:
                return refused
            self._hand_over(smtp, raw)
        return self._finish(smtp)

    def _announce(self, smtp: smtplib.SMTP, sender: str, recipient: str, options: list[str]) -> Delivery | None:
        """MAIL, RCPT, DATA; None when the server wants to have the mail now."""
        with _gone_if_broken():
            code, text = smtp.mail(sender, options)
            if code in LOGIN_WANTED:
                raise login_wanted(self.settings, code, text)
            if code in SENDER_REFUSED:
                self._reset(smtp)
                raise sender_refused(self.settings, sender, code, text)
            # The first digit is what counts (RFC 5321 section 4.2): some say 252 of a recipient they cannot look up.
            if 200 <= code < 300:
                code, text = smtp.rcpt(recipient)
            if 200 <= code < 300:
                code, text = smtp.docmd("DATA")
                if code == 354:
                    return None
            if code in LOGIN_WANTED:
                raise login_wanted(self.settings, code, text)
            if code in (421, 503) or not 400 <= code < 600:
                # It is about to close, or its answers and our commands have come apart: what follows would be said to nobody.
                raise _Gone(
                    f"{code} {readable(text)}" if code > 0 else "the server's answer made no sense",
                    code if code > 0 else None,
                )
        self._reset(smtp)
        return refused_mail(code, text)

    def _hand_over(self, smtp: smtplib.SMTP, raw: bytes) -> None:
        try:
            for at in range(0, len(raw), PIECE_BYTES):
                # The timeout is for the whole of what is sent at once, and a line may be slow.
                smtp.send(raw[at : at + PIECE_BYTES])
            if _speaks(smtp):
                # Whatever it says now is no answer to the final dot, and must not be taken for one.
                raise _Gone("the server spoke before the whole mail was handed over")
            # Three bytes go to the system at once or not at all: an error here says that they did not.
            smtp.send(b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            # Without its final dot no server may deliver it (RFC 5321 section 4.1.1.4).
            raise _Gone(f"broken off while the mail was handed over: {words(error)}") from error

    def _finish(self, smtp: smtplib.SMTP) -> Delivery:
        # The final dot is on its way: the server may have the mail, whatever we hear (RFC 1047).
        self.awaits_answer = True
        try:
            with limit(smtp, self.settings.final_dot_s):
                if smtp.sock:
                    smtp.sock.settimeout(self.settings.final_dot_s)
                code, text = smtp.getreply()
                if smtp.sock:
                    smtp.sock.settimeout(self.settings.timeout_s)
        except Exception as error:
            # Whatever went wrong here, nobody may conclude that the mail was not taken.
            self.close()
            return Delivery(OutboxState.UNCERTAIN, f"the answer was lost: {words(error)}")
        finally:
            self.awaits_answer = False
        self._used_at = time.monotonic()
        self._mails += 1
        if 200 <= code < 300:
            return Delivery(OutboxState.SENT, readable(text), code)
        if not 400 <= code < 600:
            self.close()
            return Delivery(OutboxState.UNCERTAIN, f"the answer made no sense: {code} {readable(text)}")
        if code == 421:
            self.close()
        else:
            self._reset(smtp)
        if MAY_NOT_SEND_AS.search(readable(text)):
            raise sender_refused(self.settings, "", code, text)
        return replace(refused_mail(code, text), is_of_content=True)

    def check(self) -> str:
        """Connect and sign in; the server's greeting. Raises ServerError or LoginRefused."""
        smtp = self._connected()
        return readable(smtp.ehlo_resp or smtp.helo_resp or b"").split("\n")[0]

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
        self._smtp = open_smtp(self.settings)
        self._used_at, self._mails = time.monotonic(), 0
        return self._smtp

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
            cut_off(smtp)

    def close(self) -> None:
        """Never waits for long and never raises."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if smtp.sock is not None:
                smtp.sock.settimeout(GOODBYE_S)
                with limit(smtp, GOODBYE_S):
                    smtp.quit()
        with contextlib.suppress(OSError, smtplib.SMTPException):
            smtp.close()


@contextlib.contextmanager
def _gone_if_broken() -> Iterator[None]:
    try:
        yield
    except (OSError, smtplib.SMTPException) as error:
        raise _Gone(words(error)) from error


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
