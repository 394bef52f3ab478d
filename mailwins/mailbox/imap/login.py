"""Signing in to IMAP, with a password or an access token."""

from __future__ import annotations

from mailwins.connection import xoauth2
from mailwins.errors import LoginRefused, ServerError
from mailwins.mailbox.imap.client import Client
from mailwins.mailbox.imap.refusals import NETWORK_ERRORS, refused_login
from mailwins.mailbox.imap.settings import ImapSettings


def sign_in(client: Client, settings: ImapSettings) -> None:
    if client.is_signed_in:
        return
    if settings.auth == "xoauth2":
        _login_with_token(client, settings)
        return
    password = settings.secret(False)
    if client.has_capability("LOGINDISABLED"):
        raise ServerError(
            f"mailbox: {settings.host} takes no passwords over an unencrypted connection.",
            'Use security = "tls" or "starttls".',
            permanent=True,
        )
    try:
        # PLAIN first: it carries any letter, where LOGIN is ASCII and imaplib quotes no user name.
        if client.has_capability("AUTH=PLAIN") or not (settings.user + password).isascii():
            client.plain_login(settings.user, password)
        else:
            client.login(_quoted(settings.user), password)
    except NETWORK_ERRORS as error:
        raise refused_login(error, settings) from error


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _login_with_token(client: Client, settings: ImapSettings) -> None:
    """XOAUTH2; a refused token is renewed once. The server's own reason is kept."""
    for fresh in (False, True):
        said: list[str] = []
        token = settings.secret(fresh)

        def answer(challenge: bytes, token: str = token, said: list[str] = said) -> bytes:
            if not challenge:
                return xoauth2(settings.user, token).encode()
            # The server explains itself in JSON and waits for an empty line before it says NO.
            said.append(challenge.decode("utf-8", "replace"))
            return b""

        try:
            client.sasl_login("XOAUTH2", answer)
        except NETWORK_ERRORS as error:
            refusal = refused_login(error, settings, " ".join(said))
            if fresh or not isinstance(refusal, LoginRefused):
                raise refusal from error
        else:
            return
