"""Collect over a misbehaving server or network: every mail is kept once, whole, however often the connection breaks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailwins.errors import ServerError
from mailwins.jobs.collect import Collected, collect
from mailwins.mailbox import ImapMailbox, ImapSettings, connect
from mailwins.ports import MailboxState
from mailwins.store import Files, SqlStore, open_files, open_store
from tests.servers import dovecot
from tests.servers.odd_imap import OddImap
from tests.servers.proxy import FaultProxy

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Keeping:
    """A store and its files, and the one pass of collect over them."""

    def __init__(self, folder: Path) -> None:
        self.store: SqlStore = open_store(f"sqlite:///{folder / 'wins.db'}")
        self.files: Files = open_files(folder / "files")

    def collect(self, box: ImapMailbox, start: str = "all") -> Collected:
        return collect(box, self.files, self.store, start=start, now=NOW, zone=UTC)

    def kept(self) -> list[bytes]:
        return sorted(self.files.read(mail.sha256) for mail in self.store.mails())


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    keeping = Keeping(tmp_path)
    yield keeping
    keeping.store.close()


def odd(server: OddImap) -> ImapMailbox:
    return connect(ImapSettings("127.0.0.1", server.port, "none", "wins", lambda fresh: "secret", timeout_s=5))


def mails(count: int) -> dict[int, bytes]:
    return {n: b"Subject: %d\r\n\r\n" % n + b"x" * (n * 37 % 3000) for n in range(1, count + 1)}


def test_a_mail_without_content_is_asked_for_again_and_again(keeping: Keeping) -> None:
    """FAULT: the server lists a mail and its FETCH returns nothing (Gmail, Exchange); THEN: it is asked for at every pass until it comes, the others come at once, and status counts it as missing."""
    with OddImap(mails(4)) as server:
        server.bodies[2] = "NIL"
        box = odd(server)
        assert keeping.collect(box) == Collected(3, 3, sum(len(server.mails[n]) for n in (1, 3, 4)), True, 1)
        assert keeping.collect(box).missing == 1
        server.bodies.clear()
        server.mails[5] = b"Subject: later\r\n\r\n"
        assert keeping.collect(box).new == 2
        assert keeping.collect(box).seen == 0
        assert keeping.kept() == sorted(server.mails.values())


def test_a_folder_made_anew_brings_no_mail_twice_and_loses_none(keeping: Keeping) -> None:
    """FAULT: the folder is made anew: its UIDVALIDITY changes and numbers mean other mails; THEN: what we hold is known by its content, what is new is kept."""
    with OddImap(mails(5)) as server:
        keeping.collect(odd(server))
        server.mails = {1: server.mails[5], 2: server.mails[4], 3: b"Subject: new\r\n\r\n"}
        server.select_extra = "* OK [UIDVALIDITY 8] x\r\n* OK [UIDNEXT 4] x\r\n"
        assert keeping.collect(odd(server)).new == 1
        assert len(keeping.kept()) == 6


def test_starting_now_reads_nothing_older(keeping: Keeping) -> None:
    """FAULT: an existing, full mailbox is connected; THEN: nothing older is read and nobody is answered."""
    with OddImap(mails(5)) as server:
        box = odd(server)
        assert keeping.collect(box, "now").seen == 0
        server.mails[6] = b"Subject: new\r\n\r\n"
        assert keeping.collect(box, "now").new == 1
        assert keeping.kept() == [server.mails[6]]
        assert keeping.store.mailbox_state(box.name) == MailboxState(box.name, 7, 6, NOW)


def test_a_mail_of_the_second_after_first_contact_with_an_empty_folder_is_read_whatever_the_clocks_say(
    keeping: Keeping,
) -> None:
    """FAULT: the clocks of server and service differ at first contact; THEN: a mail that comes right after it is read all the same."""
    with OddImap(mails(0)) as server:
        box = odd(server)
        assert keeping.collect(box, "now").started
        server.mails[1] = b"Subject: at once\r\n\r\n"
        assert keeping.collect(box, "now").new == 1


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["none", "tls"])
def test_connections_cut_at_any_byte_lose_and_double_nothing(
    mailbox: dovecot.Mailbox, keeping: Keeping, security: str
) -> None:
    """FAULT: the connection to the IMAP server is reset at any byte, plain or TLS, again and again; THEN: every mail is kept once and whole, no half-written file stays."""
    sent = [b"Subject: %d\r\n\r\n" % n + bytes([65 + n % 26]) * (n * 911 % 9000) + b"\r\n" for n in range(60)] + [
        b"Subject: large\r\n\r\n" + b"0123456789abcd\r\n" * 300_000
    ]
    for raw in sent:
        mailbox.drop(raw)
    chance = random.Random(security)
    cuts = 0
    with FaultProxy(mailbox.tls_port if security == "tls" else mailbox.port) as proxy:
        settings = ImapSettings(
            "localhost",
            proxy.port,
            security,
            mailbox.user,
            lambda fresh: mailbox.password,
            ca_file=mailbox.server.cert,
            timeout_s=5,
        )
        for n in range(40):
            proxy.down.reset_after = chance.randrange(20, 500 + 100 * n**3)
            try:
                box = connect(settings)
                keeping.collect(box)
                box.close()
            except ServerError:
                cuts += 1
        proxy.heal()
        box = connect(settings)
        keeping.collect(box)
        assert keeping.kept() == sorted(sent)
        assert keeping.collect(box).seen == 0
        box.close()
    assert cuts > 15
    assert not list(keeping.files.folder.rglob("*.tmp"))


class Killed(BaseException):
    """Stands for SIGKILL: no ``except Exception`` may catch it."""


def die(point: str) -> None:
    raise Killed(point)


def test_a_mail_that_was_not_given_yet_is_not_forgotten_by_a_kill(keeping: Keeping) -> None:
    """FAULT: the server gives nothing for one mail of many, and the process dies right after keeping the others; THEN: the next pass asks for that mail again."""
    with OddImap(mails(5)) as server:
        server.bodies[2] = "NIL"
        box = odd(server)
        with pytest.raises(Killed):
            collect(
                box,
                keeping.files,
                keeping.store,
                start="all",
                now=NOW,
                zone=UTC,
                fault=lambda point: die(point) if point == "collect.kept" else None,
            )
        server.bodies.clear()
        keeping.collect(odd(server))
        assert keeping.kept() == sorted(server.mails.values())


def test_a_folder_made_anew_and_a_kill_bring_back_nothing_older(keeping: Keeping) -> None:
    """FAULT: a folder is made anew with mails of before our time in it, and the process dies while it looks through them; THEN: the older ones are still left alone."""
    with OddImap(mails(2)) as server:
        keeping.collect(odd(server), "now")
        server.dates = dict.fromkeys(range(1, 9), "02-Mar-2020 09:30:00 +0000") | {
            1: "25-Nov-2026 09:30:00 +0000",
            4: "25-Nov-2026 09:30:00 +0000",
        }
        server.mails = mails(8)
        server.select_extra = "* OK [UIDVALIDITY 8] x\r\n* OK [UIDNEXT 9] x\r\n"
        server.sizes[1] = "9000000"  # alone in its batch, so that the kill comes between two batches
        with pytest.raises(Killed):
            collect(
                odd(server),
                keeping.files,
                keeping.store,
                start="now",
                now=NOW,
                zone=UTC,
                fault=lambda point: die(point) if point == "collect.kept" else None,
            )
        server.mails[9] = b"Subject: later, though its date is old\r\n\r\n"
        server.dates[9] = "02-Mar-2020 09:30:00 +0000"
        keeping.collect(odd(server), "now")
        assert keeping.kept() == sorted([server.mails[1], server.mails[4], server.mails[9]])
