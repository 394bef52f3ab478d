"""A connection to the SMTP server: TLS, signing in, and an end to every wait."""

from __future__ import annotations

import base64
import contextlib
import logging
import re
import smtplib
import socket
import ssl
from contextlib import AbstractContextManager

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
from mailwins.sender.answers import readable, words
from mailwins.sender.settings import SmtpSettings

log = logging.getLogger(__name__)


def open_smtp(settings: SmtpSettings) -> smtplib.SMTP:
    """Connected and signed in. Raises LoginRefused or ServerError with the next step."""
    where = f"{settings.host}:{settings.port}"
    if settings.security == "none" and not is_loopback(settings.host):
        log.warning(
            'smtp.security = "none": mail%s to %s unencrypted',
            " and password travel" if settings.user else " travels",
            settings.host,
        )
    # A name given here spares smtplib a look into DNS that may take seconds.
    smtp = (
        smtplib.SMTP_SSL(
            local_hostname=_our_name(),
            timeout=settings.timeout_s,
            context=tls_context(settings.ca_file, section="smtp"),
        )
        if settings.security == "tls"
        else smtplib.SMTP(local_hostname=_our_name(), timeout=settings.timeout_s)
    )
    try:
        # smtplib checks the certificate against this name, which connect() alone leaves empty.
        smtp._host = settings.host  # type: ignore[attr-defined]
        with limit(smtp, settings.until_dot_s):
            code, text = smtp.connect(settings.host, settings.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, text)
            _prepare(smtp, settings, where)
        return smtp
    except BaseException as error:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            smtp.close()
        if isinstance(error, OSError | smtplib.SMTPException):
            raise _unreachable(error, where) from None
        raise


def _unreachable(error: OSError | smtplib.SMTPException, where: str) -> ServerError:
    if isinstance(error, ssl.SSLError):
        ports = 'Port 465 wants security = "tls", port 587 "starttls".'
        return no_tls(error, section="smtp", where=where, ports=ports)
    return ServerError(
        f"smtp: {where}: {words(error)}.", "Check smtp.host, smtp.port and the network. Mail waits in the outbox."
    )


def _prepare(smtp: smtplib.SMTP, settings: SmtpSettings, where: str) -> None:
    assert smtp.sock is not None
    with contextlib.suppress(OSError):
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    smtp.ehlo_or_helo_if_needed()
    if settings.security == "starttls":
        if not smtp.has_extn("starttls"):
            raise ServerError(
                f"smtp: {where} offers no STARTTLS.",
                'Nothing was sent in the clear. Use security = "tls" with port 465.',
                permanent=True,
            )
        code, text = smtp.starttls(context=tls_context(settings.ca_file, section="smtp"))
        if code != 220:
            raise ServerError(
                f"smtp: {where} refuses STARTTLS: {code} {readable(text)}.", "Nothing was sent in the clear."
            )
        smtp.ehlo()
    if settings.user:
        _login(smtp, settings)


def _login(smtp: smtplib.SMTP, settings: SmtpSettings) -> None:
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if not offered:
        raise ServerError(
            f"smtp: {settings.host} takes no login on port {settings.port}.",
            'Leave smtp.user empty, or use the submission port (587 "starttls", 465 "tls").',
            permanent=True,
        )
    code, text = (
        _login_with_token(smtp, settings)
        if settings.auth == "xoauth2"
        else _login_with_password(smtp, settings.user, settings.secret(False), offered)
    )
    if code in (235, 503):
        return
    if 400 <= code < 500:
        raise ServerError(
            f"smtp: {settings.host} cannot take the login right now: {code} {readable(text)}.",
            "It will be tried again.",
        )
    raise LoginRefused(
        f"smtp: {settings.host} refused the login of {settings.user}: {code} {readable(text)}.",
        _login_hint(settings.host),
        permanent=True,
    )


def _login_hint(host: str) -> str:
    if is_microsoft(host):
        return (
            "Microsoft 365: SMTP AUTH must be on for this mailbox, and for new tenants "
            'smtp.auth = "xoauth2" is the only way.'
        )
    return f"{GOOGLE_WANTS}." if is_google(host) else "Check smtp.user and its password."


def _login_with_token(smtp: smtplib.SMTP, settings: SmtpSettings) -> tuple[int, bytes]:
    """A refused token is renewed once. The server explains itself in JSON and waits for an empty line before it refuses."""
    code, text = 535, b""
    for fresh in (False, True):
        token = _base64(xoauth2(settings.user, settings.secret(fresh)))
        code, text = smtp.docmd("AUTH", f"XOAUTH2 {token}")
        if code == 334:
            said = _unbase64(text)
            code, text = smtp.docmd("")
            text += b" " + said
        if code == 235 or 400 <= code < 500:
            break
    return code, text


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


def _our_name() -> str:
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", name) else "[127.0.0.1]"


def limit(smtp: smtplib.SMTP, seconds: float) -> AbstractContextManager[None]:
    return time_limit(seconds, lambda: cut_off(smtp))


def cut_off(smtp: smtplib.SMTP) -> None:
    """From another thread."""
    if smtp.sock is not None:
        cut(smtp.sock)
