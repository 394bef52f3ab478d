"""The IMAP folder against servers that do what real ones were seen doing: odd sizes, empty answers, missing extensions."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mailwins.errors import LoginRefused, ServerError
from mailwins.mailbox import ImapMailbox, ImapSettings, connect
from mailwins.mailbox.imap.batches import BATCH_BYTES
from mailwins.mailbox.imap.folder import PIECE_BYTES
from tests.servers.odd_imap import OddImap
from tests.servers.proxy import FaultProxy

SMALL = b"Subject: x\r\n\r\nbody\r\n"
LARGE = b"Subject: large\r\n\r\n" + b"0123456789abcde\n" * (BATCH_BYTES // 16 + 40_000)


@pytest.fixture
def server() -> Iterator[OddImap]:
    with OddImap({1: SMALL, 5: b"Subject: five\r\n\r\n"}) as odd:
        yield odd


def opened(server: OddImap, **more: object) -> ImapMailbox:
    values = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "user": "wins",
        "secret": lambda fresh: "secret",
        "timeout_s": 5,
    } | more
    return connect(ImapSettings(**values))  # type: ignore[arg-type]


def bodies(box: ImapMailbox, since: int = 0) -> dict[int, bytes]:
    return {mail.uid: b"".join(pieces) for mail, pieces in box.fetch(box.list_since(since))}


def test_the_last_mail_that_every_search_answers_is_not_taken_for_new(server: OddImap) -> None:
    box = opened(server)
    assert [m.uid for m in box.list_since(0)] == [1, 5]
    assert box.list_since(5) == []
    assert box.list_since(1)[0].arrived_at == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["3", "60", "0", "", "99999999"], ids=["too small", "too large", "zero", "none", "huge"]
)
def test_a_size_that_lies_loses_nothing(server: OddImap, said: str) -> None:
    """FAULT: the server lies about a mail's size; THEN: the mail comes whole."""
    server.sizes[1] = said
    assert bodies(opened(server)) == server.mails


@pytest.mark.parametrize("said", ["5000000", "15000000", "0"], ids=["nearly", "three times", "zero"])
def test_a_large_mail_whose_size_lies_comes_whole(server: OddImap, said: str) -> None:
    """FAULT: the server lies about the size of a large mail; THEN: it comes whole, in pieces."""
    server.mails = {1: LARGE}
    server.sizes[1] = said
    assert bodies(opened(server)) == {1: LARGE}


def test_a_partial_fetch_answered_with_the_whole_mail_gives_it_once(server: OddImap) -> None:
    """FAULT: the server answers a partial FETCH with the whole mail; THEN: it is kept once."""
    server.mails = {1: LARGE, 2: SMALL}
    server.sizes[2] = str(3 * PIECE_BYTES + BATCH_BYTES)
    server.ignores_partial = True
    assert bodies(opened(server)) == {1: LARGE, 2: SMALL}


@pytest.mark.parametrize("token", ["NIL", '""', ""], ids=["NIL", "empty", "nothing"])
def test_a_mail_without_content_is_remembered_as_missing_and_the_others_come(server: OddImap, token: str) -> None:
    server.bodies[1] = token
    box = opened(server)
    assert bodies(box) == {5: server.mails[5]}
    assert box.missing == [1]
    server.bodies.clear()
    assert bodies(box)[1] == SMALL


def test_a_mail_of_no_bytes_is_a_mail(server: OddImap) -> None:
    server.mails = {1: b""}
    box = opened(server)
    assert bodies(box) == {1: b""}
    assert box.missing == []


def test_a_no_to_a_whole_batch_still_brings_the_good_ones(server: OddImap) -> None:
    """FAULT: one broken mail makes the server refuse a whole batch (Exchange); THEN: the good ones come one by one."""
    server.answers = {
        r"UID FETCH \d+,\d+ \(BODY": b"%TAG% NO some messages could not be read\r\n",
        r"UID FETCH 1 \(BODY": b"%TAG% NO broken\r\n",
    }
    box = opened(server)
    assert bodies(box) == {5: server.mails[5]}
    assert box.missing == [1]


def test_a_mail_taken_away_between_two_pieces_is_not_kept_by_half(server: OddImap) -> None:
    """FAULT: a mail vanishes between two pieces; THEN: no half mail is kept."""
    server.mails = {1: LARGE}
    box = opened(server)
    ((_, pieces),) = list(box.fetch(box.list_since(0)))
    rest = iter(pieces)
    next(rest)
    server.mails.clear()
    with pytest.raises(ServerError, match="taken away"):
        list(rest)


def test_the_answer_for_a_mailbox_of_200000_mails_is_read(server: OddImap) -> None:
    server.answers = {
        "UID SEARCH": b"* SEARCH "
        + b" ".join(b"%d" % n for n in range(1_000_000, 1_200_000))
        + b"\r\n%TAG% OK done\r\n"
    }
    box = opened(server)
    with box._told():
        assert len(box._client.search(["UID", "1:*"])) == 200_000


def test_command_lines_stay_below_what_servers_take(server: OddImap) -> None:
    server.mails = {4_000_000_000 + n: SMALL for n in range(1500)}
    box = opened(server)
    listed = box.list_since(0)
    box.move([m.uid for m in listed], "Done")
    assert len(listed) == 1500
    assert len(list(box.fetch(listed))) == 1500
    assert max(map(len, server.commands)) < 8000


def test_without_move_a_copy_is_made_and_only_ours_is_expunged(server: OddImap) -> None:
    server.capabilities = "IMAP4rev1 UIDPLUS AUTH=PLAIN"
    opened(server).move([1], "INBOX")
    assert [c for c in server.commands if c.startswith("UID")] == [
        'UID COPY 1 "INBOX"',
        "UID STORE 1 +FLAGS.SILENT (\\Deleted)",
        "UID EXPUNGE 1",
    ]


def test_without_uidplus_nothing_is_expunged(server: OddImap) -> None:
    """FAULT: the server has neither MOVE nor UIDPLUS; THEN: nothing is expunged that others marked."""
    server.capabilities = "IMAP4rev1 AUTH=PLAIN"
    opened(server).move([1], "INBOX")
    assert not [c for c in server.commands if "EXPUNGE" in c.upper() or "CLOSE" in c.upper()]


@pytest.mark.parametrize(
    ("delimiter", "namespace", "wanted"),
    [
        ("/", "", "Wins/Done"),
        (".", "", "Wins.Done"),
        (".", '(("INBOX." ".")) NIL NIL', "INBOX.Wins.Done"),
        ("/", '(("" "/")) NIL NIL', "Wins/Done"),
    ],
)
def test_a_folder_is_made_with_the_servers_delimiter_and_prefix(
    server: OddImap, delimiter: str, namespace: str, wanted: str
) -> None:
    server.delimiter = delimiter
    if namespace:
        server.capabilities += " NAMESPACE"
        server.answers = {"NAMESPACE": f"* NAMESPACE {namespace}\r\n%TAG% OK done\r\n".encode()}
    opened(server).move([1], "Wins/Done")
    assert [c for c in server.commands if c.startswith("CREATE")] == [f'CREATE "{wanted}"']
    assert f'UID MOVE 1 "{wanted}"' in server.commands


def test_a_folder_removed_meanwhile_is_made_again(server: OddImap) -> None:
    """FAULT: the done folder is removed while we are connected; THEN: it is made again."""
    box = opened(server)
    box.move([1], "Done")
    server.answers = {"UID MOVE": b"%TAG% NO [TRYCREATE] no such folder\r\n"}
    with pytest.raises(ServerError, match="TRYCREATE"):
        box.move([5], "Done")
    assert len([c for c in server.commands if c.startswith("CREATE")]) == 2


def test_a_full_mailbox_is_told_so(server: OddImap) -> None:
    """FAULT: the mailbox is over its quota; THEN: it is told so, with the next step."""
    server.answers = {"UID MOVE": b"%TAG% NO [OVERQUOTA] Quota exceeded\r\n"}
    with pytest.raises(ServerError, match=r"mailbox is full.*Make room"):
        opened(server).move([1], "INBOX")


def test_news_before_the_idle_plus_are_no_error(server: OddImap) -> None:
    server.on_idle = b"* 6 EXISTS\r\n+ idling\r\n* 7 EXISTS\r\n"
    assert opened(server).wait(5)


@pytest.mark.parametrize("answer", [b"%TAG% BAD no idle today\r\n", b"%TAG% NO not now\r\n"])
def test_a_server_that_refuses_idle_is_polled(server: OddImap, answer: bytes) -> None:
    """FAULT: the server announces IDLE and refuses it; THEN: the folder is polled."""
    server.answers = {"IDLE": answer}
    box = opened(server)
    began = time.monotonic()
    assert not box.wait(0.1)
    assert time.monotonic() - began >= 0.1
    assert not box.wait(0.1)
    assert server.commands.count("IDLE") == 1
    assert len(box.list_since(0)) == 2


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 IDLE AUTH=PLAIN", "IMAP4rev1 AUTH=PLAIN"], ids=["idle", "polling"])
def test_a_wait_can_be_ended_from_another_thread(server: OddImap, capabilities: str) -> None:
    server.capabilities = capabilities
    box = opened(server)
    threading.Timer(0.2, box.wake).start()
    began = time.monotonic()
    assert not box.wait(60)
    assert 0.1 < time.monotonic() - began < 2
    assert len(box.list_since(0)) == 2


def test_the_time_a_server_asks_for_is_handed_on(server: OddImap) -> None:
    """FAULT: Microsoft 365 throttles: "Suggested Backoff Time"; THEN: it is left alone for that long."""
    server.answers = {"UID SEARCH": b"%TAG% BAD Request is throttled. Suggested Backoff Time: 297834 milliseconds\r\n"}
    with pytest.raises(ServerError) as caught:
        opened(server).list_since(0)
    assert caught.value.retry_after_s == pytest.approx(297.834)


@pytest.mark.parametrize(
    ("said", "is_refused"),
    [
        (b"NO [AUTHENTICATIONFAILED] Invalid credentials", True),
        (b"NO LOGIN failed.", True),
        (b"NO [UNAVAILABLE] Temporary authentication failure", False),
        (b"NO [ALERT] Too many simultaneous connections. (Failure)", False),
        (b"BAD User is authenticated but not connected.", False),
    ],
)
def test_a_refused_login_and_a_busy_server_are_told_apart(server: OddImap, said: bytes, is_refused: bool) -> None:
    server.answers = {"AUTHENTICATE": b"%TAG% " + said + b"\r\n"}
    with pytest.raises(ServerError) as caught:
        opened(server)
    assert isinstance(caught.value, LoginRefused) is is_refused
    assert caught.value.permanent is is_refused


def test_no_password_is_sent_where_the_server_forbids_it(server: OddImap) -> None:
    server.capabilities = "IMAP4rev1 LOGINDISABLED STARTTLS"
    with pytest.raises(ServerError, match="takes no passwords"):
        opened(server)
    assert not [c for c in server.commands if c.upper().startswith(("LOGIN", "AUTH"))]


def test_a_user_with_blanks_and_quotes_can_log_in_without_plain(server: OddImap) -> None:
    server.capabilities = "IMAP4rev1"
    opened(server, user='comp\\a "b" c')
    assert 'LOGIN "comp\\\\a \\"b\\" c" "secret"' in server.commands


@pytest.mark.parametrize(
    "answer",
    [
        b"* SEARCH 1 x\r\n%TAG% OK done\r\n",
        b"* 1 FETCH (UID 1 RFC822.SIZE (\r\n%TAG% OK done\r\n",
        b"\x00\xff\r\n",
        b"* BYE going down\r\n%TAG% OK done\r\n",
    ],
)
@pytest.mark.parametrize("command", ["UID SEARCH", "UID FETCH", "NOOP"])
def test_nonsense_is_a_server_error_and_nothing_else(server: OddImap, answer: bytes, command: str) -> None:
    """FAULT: the server answers garbage; THEN: the connection is dropped, nothing else happens."""
    server.answers = {command: answer}
    box = opened(server, timeout_s=0.3)
    try:
        bodies(box)
    except ServerError:
        pass


def test_a_folder_without_lasting_numbers_is_refused(server: OddImap) -> None:
    server.select_extra = "* OK [UIDNEXT 3] x\r\n"
    with pytest.raises(ServerError, match="UIDVALIDITY"):
        opened(server)


def test_a_folder_without_a_next_number_gets_one_from_its_mails(server: OddImap) -> None:
    server.select_extra = "* OK [UIDVALIDITY 7] x\r\n"
    assert opened(server).uidnext == 6


def test_a_server_that_keeps_talking_without_an_end_is_left(server: OddImap) -> None:
    box = opened(server, deadline_s=0.5)
    server.answers = {"NOOP": b"* 1 EXISTS\r\n"}
    began = time.monotonic()
    with pytest.raises(ServerError):
        box.list_since(0)
    assert time.monotonic() - began < 2
    with pytest.raises(ServerError, match="is closed"):
        box.list_since(0)


def test_a_greeting_and_a_goodbye_without_an_end_are_left(server: OddImap) -> None:
    """FAULT: the IMAP server greets us, or answers our LOGOUT, with a byte now and then and never comes to an end; THEN: it is left at the deadline, and the service goes on."""
    began = time.monotonic()
    with FaultProxy(server.port) as slow:
        box = opened(server, port=slow.port)
        server.answers["LOGOUT"] = b"* OK wait\r\n" * 100
        slow.down.drip_s = 0.05
        box.close()
        server.greeting = b"* OK" + b" ready" * 100 + b"\r\n"
        with pytest.raises(ServerError):
            opened(server, port=slow.port, deadline_s=0.5)
    assert time.monotonic() - began < 6


def test_waiting_is_not_taken_for_a_slow_command(server: OddImap) -> None:
    box = opened(server, deadline_s=0.3)
    assert not box.wait(0.6)
    assert len(box.list_since(0)) == 2


def test_an_encrypted_connection_is_never_given_up_for_a_plain_one(server: OddImap) -> None:
    with pytest.raises(ServerError, match=r"offers no STARTTLS.*Nothing was sent in the clear"):
        opened(server, security="starttls")
    server.capabilities += " STARTTLS"
    server.answers = {"STARTTLS": b"%TAG% NO not today\r\n"}
    with pytest.raises(ServerError):
        opened(server, security="starttls")
    server.greeting = b"* PREAUTH come in\r\n"
    with pytest.raises(ServerError):
        opened(server, security="starttls")
    assert not [c for c in server.commands if c.upper().startswith(("LOGIN", "AUTH", "SELECT"))]


def test_a_folder_that_changes_its_numbers_unsaid_is_noticed_after_a_wait(server: OddImap) -> None:
    """FAULT: the folder changes its UIDVALIDITY without telling; THEN: it is noticed within minutes."""
    box = opened(server, reselect_s=0)
    server.select_extra = "* OK [UIDVALIDITY 8] x\r\n* OK [UIDNEXT 2] x\r\n"
    box.wait(0.05)
    assert (box.uidvalidity, box.uidnext) == (8, 2)
