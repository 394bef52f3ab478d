"""What went wrong with the server, as errors that name the place and the next step."""

from __future__ import annotations

import contextlib
import imaplib
import logging
import re
import ssl
from collections.abc import Iterator

from imapclient.exceptions import CapabilityError, IMAPClientError

from mailwins.connection import GOOGLE_WANTS, is_google, is_microsoft, no_tls
from mailwins.errors import LoginRefused, ServerError
from mailwins.mailbox.imap.settings import ImapSettings

log = logging.getLogger(__name__)

NETWORK_ERRORS = (imaplib.IMAP4.error, IMAPClientError, OSError, EOFError)
# What imapclient's parser lets out when a server's answer makes no sense, such as a mail said to have 100 GB.
NONSENSE = (ValueError, TypeError, LookupError, AssertionError, OverflowError, MemoryError)

# Response codes of RFC 5530 and what servers say in words: the login may well be right.
_PASSING = (
    "[UNAVAILABLE]",
    "[INUSE]",
    "[LIMIT]",
    "[SERVERBUG]",
    "too many",
    "try again",
    "temporar",
    "not connected",
    "throttled",
    "backoff",
)


# What imaplib makes of an untagged BYE.
_GOODBYE = re.compile(r"command: \w+ => (.+)")


def refused_login(error: BaseException, settings: ImapSettings, said: str = "") -> ServerError:
    """*said*: what else the server explained."""
    if (broken := _broken_off(error)) is not None:
        return _server_error(broken, settings)
    text = _words(error)
    if any(sign.lower() in text.lower() for sign in _PASSING):
        return ServerError(
            f"mailbox: {settings.host} cannot take the login right now: {text.rstrip('.')}.",
            "It will be tried again.",
            retry_after_s=_backoff(text),
        )
    return LoginRefused(
        f"mailbox: {settings.host} refused the login of {settings.user}: {text} {said}".rstrip(" .") + ".",
        _login_hint(settings, text),
        permanent=True,
    )


def _broken_off(error: BaseException | None) -> BaseException | None:
    """The end of the connection that *error* comes from: imapclient takes a server that goes down amid a login for one that refuses it."""
    while error is not None and not isinstance(error, OSError | EOFError | imaplib.IMAP4.abort):
        error = error.__cause__ or error.__context__
    return error


def _login_hint(settings: ImapSettings, text: str) -> str:
    if is_microsoft(settings.host) or "LogonDenied" in text:
        return (
            'Microsoft 365 takes no passwords over IMAP: set mailbox.auth = "xoauth2". If it is set: the service '
            "principal must be made in Exchange with the object id of the enterprise application, have rights to "
            "this mailbox, and rights take up to 30 minutes to arrive."
        )
    if is_google(settings.host):
        return f"{GOOGLE_WANTS}, and IMAP switched on in Gmail's settings."
    return "Check mailbox.user and its password; try them in a mail program."


def _server_error(error: BaseException, settings: ImapSettings) -> ServerError:
    where = f"{settings.host}:{settings.port}"
    text = _words(error)
    if isinstance(error, ssl.SSLError):
        return no_tls(
            error, section="mailbox", where=where, ports='Port 993 wants security = "tls", port 143 "starttls".'
        )
    if isinstance(error, TimeoutError):
        return ServerError(f"mailbox: {where} did not answer in time.", "It will be tried again.")
    if (backoff := _backoff(text)) is not None:
        return ServerError(
            f"mailbox: {where} asks us to slow down: {text}.", "It will be tried again.", retry_after_s=backoff
        )
    if isinstance(error, CapabilityError) and "STARTTLS" in text:
        return ServerError(
            f"mailbox: {where} offers no STARTTLS.",
            'Nothing was sent in the clear. Use security = "tls" with port 993.',
            permanent=True,
        )
    if "OVERQUOTA" in text.upper():
        return ServerError(
            f"mailbox: {where}: the mailbox is full: {text}.",
            "Make room or raise its quota; nothing is lost meanwhile.",
        )
    if isinstance(error, NONSENSE):
        return ServerError(
            f"mailbox: {where} gave an answer that makes no sense: {text or type(error).__name__}.",
            "It will be tried again.",
        )
    if isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort):
        return ServerError(f"mailbox: {where} refused: {text}.", "It will be tried again.")
    if said := _GOODBYE.match(text):
        return ServerError(f"mailbox: {where} ended the connection: {said[1].rstrip('.')}.", "It will be tried again.")
    return ServerError(
        f"mailbox: {where}: {text or type(error).__name__}.", "Check mailbox.host, mailbox.port and the network."
    )


def _backoff(text: str) -> float | None:
    """Microsoft 365 says how long it wants to be left alone."""
    match = re.search(r"Suggested Backoff Time:\s*(\d+)\s*milliseconds", text, re.IGNORECASE)
    return int(match[1]) / 1000 if match else None


def _words(error: BaseException) -> str:
    text = str(error.args[0] if error.args and isinstance(error.args[0], bytes | str) else error)
    if text.startswith("b'"):
        text = text[2:-1]
    return " ".join(text.split())[:300]


@contextlib.contextmanager
def told(settings: ImapSettings) -> Iterator[None]:
    """Errors of the connection, and of the parser of its answers, as ServerError."""
    try:
        yield
    except (*NETWORK_ERRORS, *NONSENSE) as error:
        raise _server_error(error, settings) from error


@contextlib.contextmanager
def no_matter_if_refused() -> Iterator[None]:
    """NO and BAD are passed over, a broken connection is not."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        log.debug("refused, and passed over: %s", _words(error))
