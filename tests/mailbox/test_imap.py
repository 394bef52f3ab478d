"""The IMAP folder against a real Dovecot: what only it can show. What every server must do is in test_contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailwins.errors import ServerError
from mailwins.mailbox import ImapMailbox, ImapSettings, connect
from mailwins.ports import Listed
from tests.servers import dovecot

pytestmark = pytest.mark.dovecot


def settings(box: dovecot.Mailbox, **more: object) -> ImapSettings:
    values = {
        "host": "localhost",
        "port": box.port,
        "security": "none",
        "user": box.user,
        "secret": lambda fresh: box.password,
        "timeout_s": 10,
    } | more
    return ImapSettings(**values)  # type: ignore[arg-type]


@pytest.fixture
def opened(mailbox: dovecot.Mailbox) -> Iterator[ImapMailbox]:
    box = connect(settings(mailbox))
    yield box
    box.close()


def bodies(box: ImapMailbox, listed: list[Listed]) -> dict[int, bytes]:
    return {mail.uid: b"".join(pieces) for mail, pieces in box.fetch(listed)}


def test_a_vanished_mail_is_left_out_and_the_others_come(mailbox: dovecot.Mailbox, opened: ImapMailbox) -> None:
    """FAULT: a mail vanishes between listing and FETCH; THEN: the others come."""
    raw = b"Subject: x\r\n\r\nbody"
    for _ in range(3):
        mailbox.drop(raw)
    listed = list(opened.list_since(0))
    other = connect(settings(mailbox))
    other.move([2], "Elsewhere")
    other.close()
    assert bodies(opened, listed) == {1: raw, 3: raw}
    assert opened.missing == []


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_is_checked(mailbox: dovecot.Mailbox, security: str) -> None:
    """FAULT: the server shows a certificate of somebody else; THEN: no password is sent."""
    port = mailbox.tls_port if security == "tls" else mailbox.port
    with pytest.raises(ServerError, match=r"certificate .* is not trusted"):
        connect(settings(mailbox, port=port, security=security))
    box = connect(settings(mailbox, port=port, security=security, ca_file=mailbox.server.cert))
    assert box.uidvalidity
    box.close()


def test_a_token_signs_in_and_a_stale_one_is_renewed_once(mailbox: dovecot.Mailbox) -> None:
    asked: list[bool] = []

    def token(fresh: bool) -> str:
        asked.append(fresh)
        return mailbox.token() if fresh else "stale"

    connect(settings(mailbox, auth="xoauth2", secret=token)).close()
    assert asked == [False, True]


def test_a_dead_server_is_an_error_within_the_timeout(own_dovecot: dovecot.DovecotServer) -> None:
    box = dovecot.Mailbox(own_dovecot, "a@each.test")
    opened = connect(settings(box))
    own_dovecot.kill()
    with pytest.raises(ServerError):
        opened.list_since(0)
    opened.close()
    with pytest.raises(ServerError, match=r"Check mailbox\.host"):
        connect(settings(box))
