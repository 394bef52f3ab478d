"""What every IMAP server must let our mailbox do: one suite over a real Dovecot and the demo's embedded server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from mailwins.demo.servers import imap_server
from mailwins.errors import LoginRefused, ServerError
from mailwins.mailbox import ImapMailbox, ImapSettings, connect
from mailwins.ports import Listed, Mailbox
from tests.servers import dovecot

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RAW = b"From: a@x.example\r\nSubject: Gr\xc3\xbc\xc3\x9fe\r\n\r\n\xff\xfe 8-bit body\r\n.\r\n"
ODD = "Wins/Erledigt für später & mehr"

Opener = Callable[..., ImapMailbox]


@pytest.fixture(params=[pytest.param("dovecot", marks=pytest.mark.dovecot), "embedded"])
def opener(request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens the same empty mailbox as often as asked."""
    boxes: list[ImapMailbox] = []

    def opening(port: int, user: str, password: str) -> Opener:
        def opened(folder: str = "INBOX", **more: object) -> ImapMailbox:
            values = {
                "host": "127.0.0.1",
                "port": port,
                "security": "none",
                "user": user,
                "secret": lambda fresh: password,
                "folder": folder,
                "timeout_s": 5,
            } | more
            boxes.append(connect(ImapSettings(**values)))  # type: ignore[arg-type]
            return boxes[-1]

        return opened

    if request.param == "dovecot":
        box: dovecot.Mailbox = request.getfixturevalue("mailbox")
        yield opening(box.port, box.user, box.password)
    else:
        with imap_server() as server:
            yield opening(server.port, server.user, server.password)
            for each in boxes:
                each.close()
    for each in boxes:
        each.close()


def bodies(box: Mailbox, listed: Sequence[Listed]) -> dict[int, bytes]:
    return {mail.uid: b"".join(pieces) for mail, pieces in box.fetch(listed)}


def test_a_mail_is_listed_with_size_and_arrival_and_fetched_as_it_was_sent(opener: Opener) -> None:
    box: Mailbox = opener()
    opener().append(RAW, at=AT)
    (mail,) = box.list_since(0)
    assert (mail.size_bytes, mail.arrived_at) == (len(RAW), AT)
    assert bodies(box, [mail]) == {mail.uid: RAW}
    assert box.list_since(mail.uid) == []
    assert box.missing == []


def test_numbers_rise_and_stay_over_connections(opener: Opener) -> None:
    first = opener()
    for _ in range(3):
        first.append(RAW)
    uids = [m.uid for m in first.list_since(0)]
    again = opener()
    assert uids == sorted(set(uids))
    assert [m.uid for m in again.list_since(0)] == uids
    assert again.uidvalidity == first.uidvalidity
    assert again.uidnext == uids[-1] + 1
    assert [m.uid for m in again.list_since(uids[0])] == uids[1:]


def test_fetching_leaves_no_mark(opener: Opener) -> None:
    box = opener()
    box.append(RAW)
    listed = box.list_since(0)
    bodies(box, listed)
    assert b"\\Seen" not in box._client.get_flags([listed[0].uid])[listed[0].uid]


def test_mails_of_a_day_and_later(opener: Opener) -> None:
    box = opener()
    for days in (0, 10, 20):
        box.append(RAW, at=AT + timedelta(days=days))
    assert [m.arrived_at.day for m in box.list_arrived_since(date(2026, 3, 12))] == [12, 22]


def test_a_large_mail_comes_in_pieces_and_in_order(opener: Opener) -> None:
    box = opener()
    large = b"Subject: large\r\n\r\n" + b"".join(b"%015d\r\n" % n for n in range(300_000))
    for raw in (RAW, large, RAW):
        box.append(raw)
    got = [(mail.uid, list(pieces)) for mail, pieces in box.fetch(box.list_since(0))]
    assert [b"".join(pieces) for _, pieces in got] == [RAW, large, RAW]
    assert len(got[1][1]) >= 5


@pytest.mark.parametrize("folder", ["Done", "Wins/Done", ODD])
def test_mails_move_into_a_folder_made_for_them(opener: Opener, folder: str) -> None:
    box = opener()
    for _ in range(3):
        box.append(RAW)
    uids = [m.uid for m in box.list_since(0)]
    box.move([uids[0], 4_000_000], folder)
    box.move([uids[2]], folder)
    assert [m.uid for m in box.list_since(0)] == [uids[1]]
    assert len(opener(folder).list_since(0)) == 2
    box.move([uids[0]], folder)
    box.move([], folder)
    assert len(opener(folder).list_since(0)) == 2


def test_a_mail_that_vanished_is_left_out(opener: Opener) -> None:
    box, other = opener(), opener()
    for _ in range(3):
        box.append(RAW)
    listed = box.list_since(0)
    other.list_since(0)
    other.move([listed[1].uid], "Elsewhere")
    assert list(bodies(box, listed)) in ([listed[0].uid, listed[2].uid], [m.uid for m in listed])
    assert box.missing == []


def test_waiting_ends_on_arrival(opener: Opener) -> None:
    box, other = opener(), opener()
    threading.Timer(0.2, other.append, [RAW]).start()
    began = time.monotonic()
    assert box.wait(10)
    assert time.monotonic() - began < 2
    assert len(box.list_since(0)) == 1


def test_waiting_ends_with_its_time_or_when_woken(opener: Opener) -> None:
    box = opener()
    began = time.monotonic()
    box.wait(0.3)
    assert time.monotonic() - began < 2
    threading.Timer(0.2, box.wake).start()
    began = time.monotonic()
    box.wait(30)
    assert time.monotonic() - began < 2


def test_without_idle_waiting_is_sleeping(opener: Opener) -> None:
    box = opener(use_idle=False)
    began = time.monotonic()
    assert not box.wait(0.2)
    assert 0.2 <= time.monotonic() - began < 1
    opener().append(RAW)
    assert len(box.list_since(0)) == 1


def test_a_wrong_password_and_a_missing_folder_are_told_with_the_next_step(opener: Opener) -> None:
    with pytest.raises(LoginRefused, match=r"refused the login of .*Check mailbox\.user"):
        opener(secret=lambda fresh: "wrong")
    with pytest.raises(ServerError, match=r'folder = "Nope": there is no such folder.*INBOX'):
        opener("Nope")


def test_a_closed_mailbox_says_so(opener: Opener) -> None:
    box = opener()
    box.close()
    box.close()
    with pytest.raises(ServerError, match="is closed"):
        box.list_since(0)
