"""The network between us and the IMAP server misbehaves. Each fault ends in an error within its time, and a new connection goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailwins.errors import ServerError
from mailwins.mailbox import ImapMailbox, ImapSettings, connect
from tests.servers import dovecot
from tests.servers.proxy import FaultProxy

pytestmark = pytest.mark.dovecot

FILES = Path("/proc/self/fd")
RAW = b"Subject: x\r\n\r\nbody\r\n"
LARGE = b"Subject: large\r\n\r\n" + b"0123456789abcd\r\n" * 400_000


@pytest.fixture
def proxy(mailbox: dovecot.Mailbox) -> Iterator[FaultProxy]:
    with FaultProxy(mailbox.port) as between:
        yield between


@pytest.fixture
def tls_proxy(mailbox: dovecot.Mailbox) -> Iterator[FaultProxy]:
    with FaultProxy(mailbox.tls_port) as between:
        yield between


def opened(box: dovecot.Mailbox, port: int | None = None, **more: object) -> ImapMailbox:
    values = {
        "host": "localhost",
        "port": port or box.port,
        "security": "none",
        "user": box.user,
        "secret": lambda fresh: box.password,
        "timeout_s": 1,
    } | more
    return connect(ImapSettings(**values))  # type: ignore[arg-type]


def bodies(box: ImapMailbox) -> dict[int, bytes]:
    return {mail.uid: b"".join(pieces) for mail, pieces in box.fetch(box.list_since(0))}


def ends_within(seconds: float, began: float) -> bool:
    return time.monotonic() - began < seconds


@pytest.mark.parametrize("pattern", [rb"SEARCH", rb"FETCH", rb"NOOP"])
def test_a_connection_that_goes_silent_ends_within_its_timeout(
    mailbox: dovecot.Mailbox, proxy: FaultProxy, pattern: bytes
) -> None:
    """FAULT: the connection to the IMAP server goes silent in the middle of a command; THEN: the command ends within mailbox.timeout_s and a new connection goes on."""
    mailbox.drop(RAW)
    box = opened(mailbox, proxy.port)
    proxy.up.black_hole_on = pattern
    began = time.monotonic()
    with pytest.raises(ServerError, match="did not answer in time"):
        bodies(box)
    assert ends_within(2, began)
    began = time.monotonic()
    box.close()
    assert ends_within(0.5, began)
    proxy.heal()
    assert bodies(opened(mailbox, proxy.port)) == {1: RAW}


@pytest.mark.parametrize("pattern", [rb"\* OK", rb"AUTHENTICATE", rb"SELECT"])
def test_a_server_that_goes_silent_while_we_sign_in_ends_within_its_timeout(
    mailbox: dovecot.Mailbox, proxy: FaultProxy, pattern: bytes
) -> None:
    """FAULT: the IMAP server goes silent while we sign in; THEN: the attempt ends in time."""
    proxy.up.black_hole_on = proxy.down.black_hole_on = pattern
    began = time.monotonic()
    with pytest.raises(ServerError, match="did not answer in time"):
        opened(mailbox, proxy.port)
    assert ends_within(4, began)


def test_silence_during_idle_is_noticed_when_the_wait_is_over(mailbox: dovecot.Mailbox, proxy: FaultProxy) -> None:
    """FAULT: the connection dies during IDLE and nobody tells us; THEN: it is noticed when the IDLE is renewed, at most five minutes later."""
    box = opened(mailbox, proxy.port)
    proxy.up.black_hole_on = rb"DONE"
    proxy.down.black_hole_on = rb"EXISTS"
    began = time.monotonic()
    with pytest.raises(ServerError):
        box.wait(0.3)
    assert ends_within(3, began)


@pytest.mark.parametrize("after", [300, 5_000, 2_500_000])
def test_a_reset_in_the_middle_of_a_mail_keeps_no_half_mail(
    mailbox: dovecot.Mailbox, proxy: FaultProxy, after: int
) -> None:
    """FAULT: the connection is reset in the middle of a large mail; THEN: no half mail is kept, the next connection brings it whole."""
    mailbox.drop(LARGE)
    box = opened(mailbox, proxy.port)
    listed = box.list_since(0)
    proxy.down.reset_after = after
    with pytest.raises(ServerError):
        for _, pieces in box.fetch(listed):
            b"".join(pieces)
    proxy.heal()
    assert bodies(opened(mailbox, proxy.port)) == {1: LARGE}


def test_a_quiet_end_in_the_middle_of_a_mail_is_an_error_too(
    mailbox: dovecot.Mailbox, own_dovecot: dovecot.DovecotServer
) -> None:
    """FAULT: the IMAP server is killed while it sends a mail; THEN: the fetch is an error, never a short mail."""
    own = dovecot.Mailbox(own_dovecot, "a@each.test")
    own.drop(LARGE)
    with FaultProxy(own.port) as proxy:
        box = opened(own, proxy.port)
        listed = box.list_since(0)
        proxy.down.delay_s = 0.05
        threading.Timer(0.1, own_dovecot.kill).start()
        with pytest.raises(ServerError):
            for _, pieces in box.fetch(listed):
                b"".join(pieces)


def test_a_drip_is_slow_but_right(mailbox: dovecot.Mailbox, proxy: FaultProxy) -> None:
    mailbox.drop(RAW)
    box = opened(mailbox, proxy.port)
    proxy.down.drip_s = 0.0005
    assert bodies(box) == {1: RAW}
    proxy.down.drip_s = 0.01
    threading.Timer(0.1, mailbox.drop, [RAW]).start()
    assert box.wait(5)
    proxy.heal()
    assert len(box.list_since(0)) == 2


def test_a_drip_without_an_end_is_cut_at_the_deadline(mailbox: dovecot.Mailbox, proxy: FaultProxy) -> None:
    """FAULT: the IMAP server keeps sending a byte now and then, so that no timeout ever strikes; THEN: the command is cut at its deadline."""
    mailbox.drop(LARGE)
    box = opened(mailbox, proxy.port, deadline_s=1)
    listed = box.list_since(0)
    proxy.down.drip_s = 0.001
    began = time.monotonic()
    with pytest.raises(ServerError):
        for _, pieces in box.fetch(listed):
            b"".join(pieces)
    assert ends_within(3, began)


def test_an_encrypted_drip_is_cut_as_well(mailbox: dovecot.Mailbox, tls_proxy: FaultProxy) -> None:
    """FAULT: the same drip inside TLS; THEN: the command is cut at its deadline."""
    mailbox.drop(LARGE)
    box = opened(mailbox, tls_proxy.port, security="tls", ca_file=mailbox.server.cert, deadline_s=1)
    listed = box.list_since(0)
    tls_proxy.down.drip_s = 0.001
    began = time.monotonic()
    with pytest.raises(ServerError):
        for _, pieces in box.fetch(listed):
            b"".join(pieces)
    assert ends_within(3, began)


def test_a_bit_changed_inside_tls_is_noticed(mailbox: dovecot.Mailbox, tls_proxy: FaultProxy) -> None:
    """FAULT: a bit is changed on the way inside TLS; THEN: the connection is dropped and nothing of it kept."""
    mailbox.drop(RAW)
    box = opened(mailbox, tls_proxy.port, security="tls", ca_file=mailbox.server.cert)
    tls_proxy.down.replace = (rb"(?s)^(.{12}).", rb"\1" + b"\x00")
    with pytest.raises(ServerError):
        bodies(box)


def test_starttls_taken_out_of_the_greeting_is_not_gone_without(mailbox: dovecot.Mailbox, proxy: FaultProxy) -> None:
    """FAULT: somebody on the way takes STARTTLS out of the IMAP server's greeting; THEN: no password is sent."""
    proxy.down.replace = (rb" STARTTLS", rb"")
    with pytest.raises(ServerError, match="offers no STARTTLS"):
        opened(mailbox, proxy.port, security="starttls", ca_file=mailbox.server.cert)
    assert proxy.passed["up"] < 100


def test_starttls_refused_on_the_way_is_not_gone_without(mailbox: dovecot.Mailbox, proxy: FaultProxy) -> None:
    """FAULT: somebody on the way answers NO to STARTTLS; THEN: no password is sent."""
    proxy.down.replace = (rb"OK Begin TLS negotiation now.", rb"NO not today")
    with pytest.raises(ServerError):
        opened(mailbox, proxy.port, security="starttls", ca_file=mailbox.server.cert)
    assert proxy.passed["up"] < 100


@pytest.mark.parametrize("security", ["none", "tls"])
def test_idle_hears_of_a_new_mail_at_once(mailbox: dovecot.Mailbox, security: str) -> None:
    port = mailbox.tls_port if security == "tls" else mailbox.port
    box = opened(mailbox, port, security=security, ca_file=mailbox.server.cert if security == "tls" else None)
    threading.Timer(0.2, mailbox.drop, [RAW]).start()
    began = time.monotonic()
    assert box.wait(10)
    assert ends_within(2, began)
    assert len(box.list_since(0)) == 1


@pytest.mark.parametrize("security", ["none", "tls"])
def test_a_mail_that_came_between_search_and_idle_ends_the_wait(mailbox: dovecot.Mailbox, security: str) -> None:
    """FAULT: a mail arrives between the search and the IDLE; THEN: it is noticed at once."""
    port = mailbox.tls_port if security == "tls" else mailbox.port
    box = opened(mailbox, port, security=security, ca_file=mailbox.server.cert if security == "tls" else None)
    for n in range(5):
        assert len(box.list_since(n)) == 0
        mailbox.drop(RAW)
        began = time.monotonic()
        assert box.wait(10)
        assert ends_within(2, began)
        assert len(box.list_since(n)) == 1


def test_a_server_that_shuts_down_during_idle_is_noticed_at_once(own_dovecot: dovecot.DovecotServer) -> None:
    """FAULT: the IMAP server is killed during IDLE; THEN: it is noticed at once and a new connection is made."""
    own = dovecot.Mailbox(own_dovecot, "a@each.test")
    box = opened(own, timeout_s=10)
    threading.Timer(0.2, own_dovecot.kill).start()
    began = time.monotonic()
    with pytest.raises(ServerError):
        box.wait(10)
    assert ends_within(2, began)
    own_dovecot.start()
    assert opened(own).list_since(0) == []


def test_a_folder_with_lost_numbers_gets_a_new_uidvalidity(own_dovecot: dovecot.DovecotServer) -> None:
    """FAULT: Dovecot loses its list of numbers; THEN: the new UIDVALIDITY is seen at the next connection."""
    own = dovecot.Mailbox(own_dovecot, "a@each.test")
    own.drop(RAW)
    first = opened(own)
    assert bodies(first) == {1: RAW}
    before = first.uidvalidity
    first.close()
    own_dovecot.kill()
    time.sleep(1.1)  # Dovecot's UIDVALIDITY counts seconds
    for path in own_dovecot.maildir(own.user).iterdir():
        if path.name.startswith("dovecot"):
            path.unlink()
    own_dovecot.start()
    again = opened(own)
    assert again.uidvalidity != before
    assert bodies(again) == {1: RAW}


def test_a_folder_made_anew_behind_our_back_is_noticed(mailbox: dovecot.Mailbox) -> None:
    """FAULT: the folder is deleted and made again while we are connected; THEN: the stale connection is dropped and the new folder read."""
    other = opened(mailbox)
    other._client.create_folder("Wins")
    mailbox.drop(RAW, "Wins")
    box = opened(mailbox, folder="Wins")
    assert bodies(box) == {1: RAW}
    time.sleep(1.1)
    other._client.delete_folder("Wins")
    other._client.create_folder("Wins")
    mailbox.drop(b"Subject: other\r\n\r\n", "Wins")
    before = box.uidvalidity
    with pytest.raises(ServerError):
        box.list_since(0)
    box.close()
    box = opened(mailbox, folder="Wins")
    assert box.uidvalidity != before
    assert bodies(box) == {1: b"Subject: other\r\n\r\n"}


def test_a_folder_renamed_behind_our_back_is_told_with_what_there_is(mailbox: dovecot.Mailbox) -> None:
    """FAULT: the folder is renamed while we are connected (here one with letters beyond ASCII); THEN: nothing is taken for read, and connecting names the folders there are."""
    other = opened(mailbox)
    other._client.create_folder("Erfolge/Größe")
    other.append(RAW, "Erfolge/Größe")
    box = opened(mailbox, folder="Erfolge/Größe")
    assert bodies(box) == {1: RAW}
    other._client.rename_folder("Erfolge/Größe", "Erfolge/成果")
    other.append(b"Subject: later\r\n\r\n", "Erfolge/成果")
    try:
        assert bodies(box) in ({1: RAW}, {1: RAW, 2: b"Subject: later\r\n\r\n"})
    except ServerError:
        box.close()
    with pytest.raises(ServerError, match=r"there is no such folder.*Erfolge/成果") as told:
        opened(mailbox, folder="Erfolge/Größe")
    assert told.value.permanent
    assert set(bodies(opened(mailbox, folder="Erfolge/成果")).values()) == {RAW, b"Subject: later\r\n\r\n"}


def test_move_without_the_move_command_leaves_others_mail_alone(mailbox: dovecot.Mailbox) -> None:
    """FAULT: the server knows no MOVE; THEN: mail is copied and only ours is removed, whatever others marked as deleted."""
    with dovecot.DovecotServer(capability="IMAP4rev1 UIDPLUS IDLE NAMESPACE AUTH=PLAIN", oauth=False) as server:
        own = dovecot.Mailbox(server, "a@each.test")
        for _ in range(3):
            own.drop(RAW)
        box = opened(own)
        box.list_since(0)
        box._client.add_flags([3], [b"\\Deleted"])
        box.move([1, 77], "Wins/Erledigt für später")
        assert [m.uid for m in box.list_since(0)] == [2, 3]
        assert len(opened(own, folder="Wins/Erledigt für später").list_since(0)) == 1


def test_a_password_with_any_letters_signs_in() -> None:
    with dovecot.DovecotServer({"wins@example.test": 'pä"ss \\wörd€'}, oauth=False) as server:
        box = opened(dovecot.Mailbox(server, "wins@example.test", 'pä"ss \\wörd€'))
        assert box.uidvalidity
        box.close()


def test_memory_stays_flat_over_a_large_mail(mailbox: dovecot.Mailbox) -> None:
    """FAULT: a mail of 40 MB arrives; THEN: it is kept in pieces, with a few megabytes of memory."""
    import tracemalloc

    mailbox.drop(b"Subject: huge\r\n\r\n" + b"0123456789abcd\r\n" * 2_500_000)
    box = opened(mailbox, timeout_s=30)
    listed = box.list_since(0)
    tracemalloc.start()
    total = sum(len(piece) for _, pieces in box.fetch(listed) for piece in pieces)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > 40_000_000
    assert peak < 12_000_000


@pytest.mark.skipif(not FILES.is_dir(), reason="needs /proc")
def test_connections_that_failed_leave_no_open_files(mailbox: dovecot.Mailbox, proxy: FaultProxy) -> None:
    """FAULT: connecting fails over and over; THEN: no file or socket is left open."""

    def open_files() -> int:
        return len(list(FILES.iterdir()))

    opened(mailbox).close()
    before = open_files()
    proxy.refuse = True
    for _ in range(20):
        with pytest.raises(ServerError):
            opened(mailbox, proxy.port)
    for _ in range(5):
        with pytest.raises(ServerError):
            opened(mailbox, folder="Nope")
        with pytest.raises(ServerError):
            opened(mailbox, mailbox.tls_port, security="tls")
    assert open_files() <= before + 4
