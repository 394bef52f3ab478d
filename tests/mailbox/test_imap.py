"""The IMAP folder against a real Dovecot."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from mailwins.errors import LoginRefused, ServerError
from mailwins.mailbox import ImapMailbox, ImapSettings, connect
from mailwins.ports import Listed
from tests.servers import dovecot

pytestmark = pytest.mark.dovecot


def settings(box: dovecot.Mailbox, **more: object) -> ImapSettings:
    values = {"host": "localhost", "port": box.port, "security": "none", "user": box.user, "secret": lambda fresh: box.password, "timeout_s": 10} | more
    return ImapSettings(**values)  # type: ignore[arg-type]


@pytest.fixture
def opened(mailbox: dovecot.Mailbox) -> Iterator[ImapMailbox]:
    box = connect(settings(mailbox))
    yield box
    box.close()


def bodies(box: ImapMailbox, listed: list[Listed]) -> dict[int, bytes]:
    return {mail.uid: b"".join(pieces) for mail, pieces in box.fetch(listed)}


def test_what_arrives_is_listed_and_fetched_as_it_was_sent(mailbox: dovecot.Mailbox, opened: ImapMailbox) -> None:
    raw = b"Subject: x\r\n\r\n\xff\xfe body"
    mailbox.drop(raw)
    listed = list(opened.list_since(0))
    assert [m.uid for m in listed] == [1]
    assert bodies(opened, listed) == {1: raw}
    assert opened.list_since(1) == []


def test_fetching_leaves_no_mark(mailbox: dovecot.Mailbox, opened: ImapMailbox) -> None:
    mailbox.drop(b"Subject: x\r\n\r\nbody")
    bodies(opened, list(opened.list_since(0)))
    assert b"\\Seen" not in opened._client.get_flags([1])[1]


def test_a_large_mail_comes_in_pieces(mailbox: dovecot.Mailbox, opened: ImapMailbox) -> None:
    raw = b"Subject: x\r\n\r\n" + b"0123456789abcde\n" * 400_000
    mailbox.drop(raw)
    ((_, pieces),) = opened.fetch(opened.list_since(0))
    got = list(pieces)
    assert len(got) > 5
    assert b"".join(got) == raw.replace(b"\n", b"\r\n").replace(b"\r\r", b"\r")


def test_a_vanished_mail_is_left_out_and_the_others_come(mailbox: dovecot.Mailbox, opened: ImapMailbox) -> None:
    raw = b"Subject: x\r\n\r\nbody"
    for _ in range(3):
        mailbox.drop(raw)
    listed = list(opened.list_since(0))
    other = connect(settings(mailbox))
    other.move([2], "Elsewhere")
    other.close()
    assert bodies(opened, listed) == {1: raw, 3: raw}
    assert opened.missing == []


@pytest.mark.parametrize("folder", ["Done", "Wins/Done", "Wins/Erledigt für später"])
def test_a_mail_moves_into_a_folder_made_for_it(mailbox: dovecot.Mailbox, opened: ImapMailbox, folder: str) -> None:
    mailbox.drop(b"Subject: x\r\n\r\nbody")
    opened.list_since(0)
    opened.move([1, 99], folder)
    assert opened.list_since(0) == []
    other = connect(settings(mailbox, folder=folder))
    assert len(other.list_since(0)) == 1
    other.close()


def test_idle_wakes_for_a_new_mail(mailbox: dovecot.Mailbox, opened: ImapMailbox) -> None:
    import threading

    threading.Timer(0.3, mailbox.drop, [b"Subject: x\r\n\r\nbody"]).start()
    began = time.monotonic()
    opened.wait(10)
    while not opened.list_since(0) and time.monotonic() - began < 5:
        opened.wait(2)
    assert time.monotonic() - began < 5


def test_a_wrong_password_is_told_with_the_next_step(mailbox: dovecot.Mailbox) -> None:
    with pytest.raises(LoginRefused, match=r"refused the login of .*Check mailbox\.user"):
        connect(settings(mailbox, secret=lambda fresh: "wrong"))


def test_a_missing_folder_is_told_with_those_there_are(mailbox: dovecot.Mailbox) -> None:
    with pytest.raises(ServerError, match=r'folder = "Nope".*INBOX'):
        connect(settings(mailbox, folder="Nope"))


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_is_checked(mailbox: dovecot.Mailbox, security: str) -> None:
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
