"""Servers that behave as none should and some do: nothing is lost, nothing is sent twice, nothing older is read."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailwins.errors import LoginRefused, ServerError
from mailwins.jobs.collect import Collected, collect, tidy
from mailwins.jobs.deliver import deliver
from mailwins.mailbox import ImapMailbox, ImapSettings, connect
from mailwins.model import Delivery, OutboxState, Outcome, OutgoingMail
from mailwins.ports import Settled
from mailwins.sender import SmtpSender, SmtpSettings
from mailwins.store import Files, SqlStore, open_files, open_store
from tests.servers.odd_imap import OddImap
from tests.servers.odd_smtp import OddSmtp
from tests.servers.proxy import FaultProxy
from tests.servers.smtp import SmtpServer

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
RAW = b"Subject: x\r\n\r\n" + b"line of text\r\n" * 5000


class Keeping:
    def __init__(self, folder: Path) -> None:
        self.store: SqlStore = open_store(f"sqlite:///{folder / 'wins.db'}")
        self.files: Files = open_files(folder / "files")

    def collect(self, box: ImapMailbox, start: str = "all", batch_bytes: int = 4_000_000) -> Collected:
        return collect(box, self.files, self.store, start=start, now=NOW, zone=UTC, batch_bytes=batch_bytes)

    def kept(self) -> list[bytes]:
        return sorted(self.files.read(mail.sha256) for mail in self.store.mails())


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    keeping = Keeping(tmp_path)
    yield keeping
    keeping.store.close()


def odd(server: OddImap, port: int | None = None) -> ImapMailbox:
    return connect(ImapSettings("127.0.0.1", port or server.port, "none", "wins", lambda fresh: "secret", timeout_s=5))


def mails(count: int, size: int = 700) -> dict[int, bytes]:
    return {n: b"Subject: %d\r\n\r\n" % n + b"x" * (n * 37 % size) for n in range(1, count + 1)}


# ---------------------------------------------------------------- IMAP


def test_flags_of_other_mails_amid_the_bodies_lose_nothing(keeping: Keeping) -> None:
    """FAULT: the server tells of flags, new mails and removed ones in the middle of the bodies, by numbers that are other mails' UIDs; THEN: every mail is kept, once and whole."""
    with OddImap(mails(6)) as server:
        server.amid = b"* 3 FETCH (FLAGS (\\Seen))\r\n* 7 EXISTS\r\n* 2 FETCH (FLAGS (\\Answered \\Seen))\r\n"
        keeping.collect(odd(server))
        assert keeping.kept() == sorted(server.mails.values())


def test_a_mail_told_in_two_answers_is_whole(keeping: Keeping) -> None:
    """FAULT: the server answers for one mail twice: its body, and then its flags under the same UID; THEN: the body is not forgotten."""
    with OddImap(mails(4)) as server:
        server.after_each = b"* %N% FETCH (UID %U% FLAGS (\\Recent))\r\n"
        keeping.collect(odd(server))
        assert keeping.kept() == sorted(server.mails.values())


def test_numbers_in_any_order_and_twice_are_each_looked_at_once(keeping: Keeping) -> None:
    """FAULT: SEARCH answers out of order and with numbers twice; THEN: every mail is kept once and none is passed over."""
    with OddImap(mails(5)) as server:
        server.answers[r"UID SEARCH.*UID 1:\*"] = b"* SEARCH 5 2 2 4 1 3 5\r\n%TAG% OK done\r\n"
        assert keeping.collect(odd(server)).new == 5
        assert keeping.kept() == sorted(server.mails.values())


def test_a_search_answered_in_several_lines_is_one_answer(keeping: Keeping) -> None:
    """FAULT: the server answers one SEARCH in several lines; THEN: every mail is kept."""
    with OddImap(mails(4)) as server:
        server.answers[r"UID SEARCH.*UID 1:\*"] = b"* SEARCH 1 2\r\n* SEARCH\r\n* SEARCH 3 4\r\n%TAG% OK done\r\n"
        assert keeping.collect(odd(server)).new == 4


def test_a_time_of_arrival_that_is_none_hides_no_mail(keeping: Keeping) -> None:
    """FAULT: the server gives a time of arrival that there is not (99 Foo, 30 February, none at all); THEN: that mail counts as arriving now, and none is hidden by it."""
    with OddImap(mails(4)) as server:
        server.dates = {
            1: "99-Foo-2026 99:99:99 +9999",
            2: "30-Feb-2026 09:30:00 +0000",
            3: "02-Mar-0026 09:30:00 +0100",
        }
        assert keeping.collect(odd(server)).new == 4
        server.mails[5] = b"Subject: 5\r\n\r\n"
        server.dates[5] = ""
        assert keeping.collect(odd(server)).new == 1


def test_the_largest_numbers_there_can_be_are_numbers(keeping: Keeping) -> None:
    """FAULT: UIDs and UIDVALIDITY at the end of their 32 bits; THEN: they are kept and compared like others."""
    with OddImap({4294967294: b"Subject: a\r\n\r\n", 4294967295: b"Subject: b\r\n\r\n"}) as server:
        server.select_extra = "* OK [UIDVALIDITY 4294967295] x\r\n* OK [UIDNEXT 4294967295] x\r\n"
        assert keeping.collect(odd(server)).new == 2
        assert keeping.collect(odd(server)).seen == 0


def test_a_next_number_that_is_long_taken_does_not_make_old_mail_new(keeping: Keeping) -> None:
    """FAULT: the server names a UIDNEXT far below the mails that stand there; THEN: connecting still reads nothing older."""
    with OddImap(mails(5)) as server:
        server.select_extra = "* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 2] x\r\n"
        assert keeping.collect(odd(server), "now").seen == 0
        server.mails[6] = b"Subject: new\r\n\r\n"
        assert keeping.collect(odd(server), "now").new == 1
        assert keeping.kept() == [server.mails[6]]


def test_a_move_that_only_says_it_was_done_brings_no_mail_twice(keeping: Keeping) -> None:
    """FAULT: the server says OK to a move and moves nothing; THEN: the mail is read once, whatever still stands in the inbox."""
    with OddImap(mails(3)) as server:
        box = odd(server)
        keeping.collect(box)
        for mail in keeping.store.mails():
            keeping.store.settle(Settled(mail.sha256, Outcome.IGNORED, "empty", NOW))
        assert tidy(box, keeping.store, done_folder="Done", tray_folder="") == 3
        again = odd(server)
        assert keeping.collect(again).seen == 0
        assert tidy(again, keeping.store, done_folder="Done", tray_folder="") == 0


def test_the_same_bytes_delivered_twice_are_one_mail(keeping: Keeping) -> None:
    """FAULT: the server delivers the very same mail twice, under two numbers; THEN: it is one mail, and both copies leave the inbox."""
    with OddImap({1: b"Subject: a\r\n\r\n", 2: b"Subject: a\r\n\r\n"}) as server:
        box = odd(server)
        assert (keeping.collect(box).seen, len(keeping.store.mails())) == (2, 1)
        keeping.store.settle(Settled(keeping.store.mails()[0].sha256, Outcome.IGNORED, "empty", NOW))
        assert tidy(box, keeping.store, done_folder="Done", tray_folder="") == 2


def test_a_line_that_breaks_after_every_megabyte_still_brings_all_mail(keeping: Keeping) -> None:
    """FAULT: every connection breaks after one megabyte; THEN: each brings a part, in smaller portions, until all mail is there."""
    sent = {n: b"Subject: %d\r\n\r\n" % n + bytes([65 + n % 26]) * 40_000 for n in range(1, 101)}
    with OddImap(sent) as server, FaultProxy(server.port, "127.0.0.1") as proxy:
        proxy.down.reset_after = 1_000_000
        portion, passes = 4_000_000, 0
        while len(keeping.store.mails()) < 100 and passes < 20:
            passes += 1
            try:
                box = odd(server, proxy.port)
                keeping.collect(box, batch_bytes=portion)
                box.close()
            except ServerError:
                portion = max(portion // 4, 60_000)
        assert keeping.kept() == sorted(sent.values())


def test_a_goodbye_in_the_middle_of_a_mail_keeps_no_half_of_it(keeping: Keeping) -> None:
    """FAULT: the server says BYE in the middle of a mail and hangs up; THEN: no half mail is kept, and the next connection brings it whole."""
    with OddImap(mails(3)) as server:
        server.hangs_up = r"UID FETCH .*BODY"
        server.answers = {server.hangs_up: b"* 1 FETCH (UID 1 BODY[] {500}\r\nSubject: 1\r\n* BYE shutting down\r\n"}
        with pytest.raises(ServerError):
            keeping.collect(odd(server))
        assert keeping.kept() == []
        server.answers, server.hangs_up = {}, ""
        keeping.collect(odd(server))
        assert keeping.kept() == sorted(server.mails.values())


def test_a_body_written_as_a_quoted_string_among_others_is_whole(keeping: Keeping) -> None:
    """FAULT: the server writes a short mail as a quoted string, and what was not asked for beside others; THEN: every mail is kept, once and whole."""
    with OddImap(mails(5)) as server:
        server.bodies[2] = '"Subject: quoted"'
        server.bodies[3] = "~{6}\r\na: b\r\n"
        server.bodies[4] = "{4}\r\nx: y FLAGS (\\Seen)"
        keeping.collect(odd(server))
        expected = [
            *(raw for uid, raw in server.mails.items() if uid not in (2, 3, 4)),
            b"Subject: quoted",
            b"a: b\r\n",
            b"x: y",
        ]
        assert keeping.kept() == sorted(expected)


def test_what_a_server_can_do_only_after_the_login_is_used(keeping: Keeping) -> None:
    """FAULT: the server tells other abilities before the login than after it; THEN: those after it count."""
    with OddImap(mails(1), capabilities="IMAP4rev1 AUTH=PLAIN SASL-IR MOVE UIDPLUS IDLE") as server:
        server.greeting = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"
        odd(server).move([1], "INBOX")
        assert [c for c in server.commands if c.startswith("UID")] == ['UID MOVE 1 "INBOX"']


def test_a_folder_where_no_flag_may_be_kept_gets_one_copy(keeping: Keeping) -> None:
    """FAULT: a server without MOVE lets us keep no flags (PERMANENTFLAGS ()), so that nothing can be removed; THEN: the done folder gets one copy of a mail, not one at every pass."""
    with OddImap(mails(2), capabilities="IMAP4rev1 UIDPLUS AUTH=PLAIN SASL-IR") as server:
        server.answers = {"UID STORE": b"%TAG% NO [CANNOT] no flags can be kept here\r\n"}
        box = odd(server)
        keeping.collect(box)
        for sha256 in [mail.sha256 for mail in keeping.store.mails()]:
            keeping.store.settle(Settled(sha256, Outcome.IGNORED, "newsletter", NOW))
        moved = [tidy(box, keeping.store, done_folder="INBOX", tray_folder="INBOX") for _ in range(3)]
        assert moved == [2, 0, 0]
        assert [c for c in server.commands if c.startswith("UID COPY")] == ['UID COPY 1,2 "INBOX"']


def test_a_mail_taken_away_by_somebody_does_not_keep_the_others_from_being_moved(keeping: Keeping) -> None:
    """FAULT: somebody took a read mail away, and the server refuses to move the others with it ([EXPUNGEISSUED], Exchange); THEN: the others are moved."""
    with OddImap(mails(3)) as server:
        server.answers = {"UID MOVE 1,2,3": b"%TAG% NO [EXPUNGEISSUED] some no longer exist\r\n"}
        box = odd(server)
        del server.mails[2]
        box.move([1, 2, 3], "INBOX")
        assert server.commands[-1] == 'UID MOVE 1,3 "INBOX"'
        server.answers = {"UID MOVE": b"%TAG% NO [OVERQUOTA] full\r\n"}
        with pytest.raises(ServerError, match="full"):
            box.move([1, 3], "INBOX")
        assert not box.is_dead


@pytest.mark.parametrize("length", [b"99999999999", b"9" * 30])
def test_a_mail_said_to_be_larger_than_any_memory_is_an_error_of_the_server(keeping: Keeping, length: bytes) -> None:
    """FAULT: the server announces a mail of 100 GB, or of a number no computer can count; THEN: the connection is dropped with one clear line, and the next brings all mail."""
    with OddImap(mails(2)) as server:
        server.answers = {"UID FETCH .*BODY": b"* 1 FETCH (UID 1 BODY[] {" + length + b"}\r\nabc"}
        with pytest.raises(ServerError, match="makes no sense"):
            keeping.collect(odd(server))
        server.answers = {}
        keeping.collect(odd(server))
        assert keeping.kept() == sorted(server.mails.values())


def test_a_login_that_is_throttled_is_tried_again_and_not_called_wrong() -> None:
    """FAULT: the server throttles logins ([LIMIT], [UNAVAILABLE], too many connections); THEN: it is tried again soon, and nobody is told that the password is wrong."""
    for said in (b"[LIMIT] slow down", b"[UNAVAILABLE] Temporary authentication failure", b"Too many connections"):
        with OddImap() as server:
            server.answers = {"AUTHENTICATE": b"%TAG% NO " + said + b"\r\n"}
            with pytest.raises(ServerError, match="cannot take the login right now") as refused:
                odd(server)
            assert not refused.value.permanent
            assert not isinstance(refused.value, LoginRefused)


# ---------------------------------------------------------------- SMTP


@pytest.mark.parametrize(
    "where",
    ["CAPABILITY", "AUTHENTICATE", "SELECT", "NOOP", "UID SEARCH", "UID FETCH .*SIZE", "UID FETCH .*BODY", "LIST", "CREATE", "UID MOVE", "IDLE", "LOGOUT"],
)  # fmt: skip
def test_a_goodbye_at_any_place_is_the_end_of_a_connection_and_of_nothing_else(keeping: Keeping, where: str) -> None:
    """FAULT: the IMAP server says BYE and hangs up at any place, in the middle of the login, too; THEN: nobody is told that the password is wrong, and the next connection keeps every mail once."""
    with OddImap(mails(4)) as server:
        server.answers[where] = b"* BYE going down\r\n"
        server.hangs_up = where
        with pytest.raises(ServerError) if where != "LOGOUT" else contextlib.nullcontext() as failure:
            box = odd(server)
            keeping.collect(box)
            for one in keeping.store.mails():
                keeping.store.settle(Settled(one.sha256, Outcome.IGNORED, "empty", NOW))
            tidy(box, keeping.store, done_folder="Done", tray_folder="")
            box.wait(0.1)
            box.close()
        assert failure is None or not (isinstance(failure.value, LoginRefused) or failure.value.permanent)
        server.answers.clear()
        server.hangs_up = ""
        keeping.collect(odd(server))
        assert keeping.kept() == sorted(server.mails.values())


def test_what_the_server_wants_a_person_to_know_is_in_the_log(
    keeping: Keeping, caplog: pytest.LogCaptureFixture
) -> None:
    """FAULT: the IMAP server has something for a person to know ([ALERT]: a quota, a maintenance), and tells of fewer mails than stood there; THEN: it stands in the log, once for each connection, and mail is kept as ever."""
    with OddImap(mails(3)) as server:
        server.greeting = b"* OK [ALERT] Mailbox is nearly full\r\n"
        server.answers["NOOP"] = b"* OK [ALERT] Maintenance tonight\r\n* 0 EXISTS\r\n* 1 EXPUNGE\r\n%TAG% OK done\r\n"
        box = odd(server)
        assert [keeping.collect(box).new, keeping.collect(box).new] == [3, 0]
    said = [r.getMessage() for r in caplog.records if "wants a person to know" in r.getMessage()]
    assert [line.rpartition(": ")[2] for line in said] == ["Mailbox is nearly full", "Maintenance tonight"]


def test_a_folder_that_is_refused_for_a_while_is_opened_again_later(keeping: Keeping) -> None:
    """FAULT: the server refuses to open the folder it had opened for hours (NO to SELECT, an error of its own); THEN: that passes like any other error of the server, and nothing older is read for it."""
    with OddImap(mails(2)) as server:
        box = connect(ImapSettings("127.0.0.1", server.port, "none", "w", lambda fresh: "s", timeout_s=5, reselect_s=0))
        assert keeping.collect(box, "now").seen == 0
        server.answers["SELECT"] = b"%TAG% NO [SERVERBUG] Internal error occurred\r\n"
        with pytest.raises(ServerError, match="Internal error") as failure:
            box.wait(0.1)
        assert not failure.value.permanent
        with pytest.raises(ServerError, match="Internal error"):
            odd(server)
        server.answers.clear()
        server.mails[3] = b"Subject: new\r\n\r\n"
        assert keeping.collect(connect(box.settings)).new == 1
        assert keeping.kept() == [server.mails[3]]


def test_bytes_that_come_one_by_one_make_whole_mails(keeping: Keeping) -> None:
    """FAULT: the network hands on what the IMAP server says in single bytes, literals cut at any place; THEN: every mail is kept, once and whole."""
    with OddImap(mails(3, size=90)) as server, FaultProxy(server.port) as slow:
        slow.down.drip_s = 0.0002
        assert keeping.collect(odd(server, slow.port)).new == 3
        assert keeping.kept() == sorted(server.mails.values())


def test_a_stop_in_the_middle_of_a_long_first_pass_goes_on_there(keeping: Keeping) -> None:
    """FAULT: a service that connects a full mailbox with start = "all" is stopped in the middle of it; THEN: it ends after the portion in hand, and the next start brings the rest, each mail once."""
    with OddImap(mails(700)) as server:
        done = collect(
            odd(server), keeping.files, keeping.store, start="all", now=NOW, zone=UTC, is_stopping=lambda: True
        )
        assert done.seen == len(keeping.store.mails()) == 200
        assert keeping.collect(odd(server)).new == 500
        assert keeping.kept() == sorted(server.mails.values())
        assert keeping.collect(odd(server)).seen == 0


def test_a_greeting_that_has_signed_us_in_needs_no_login(keeping: Keeping) -> None:
    with OddImap(mails(2)) as server:
        server.greeting = b"* PREAUTH welcome\r\n"
        assert keeping.collect(odd(server)).new == 2
        assert not any(c.startswith(("AUTHENTICATE", "LOGIN")) for c in server.commands)
        with pytest.raises(ServerError):
            connect(ImapSettings("127.0.0.1", server.port, "starttls", "w", lambda fresh: "s", timeout_s=5))


LONG = RAW * 100
"""Larger than what the system buffers on the way, so that the server can speak, or go, before its end."""


def mail(raw: bytes = RAW) -> OutgoingMail:
    return OutgoingMail("edition", "w47", "p@x.example", "mw.1@x.example", "x", raw)


def send(server: OddSmtp, raw: bytes = RAW) -> Delivery:
    return SmtpSender(SmtpSettings("localhost", server.port, "none", timeout_s=5)).send(
        mail(raw), envelope_from="wins@x.example"
    )


def test_an_answer_that_comes_before_the_mail_is_whole_is_not_taken_for_sent() -> None:
    """FAULT: the SMTP server says 250 in the middle of a mail; THEN: that is not taken for its answer to the whole mail, which is tried again."""
    with OddSmtp() as server:
        server.early = b"250 queued already\r\n"
        assert send(server, LONG).state is OutboxState.DEFERRED
        assert server.taken == []


@pytest.mark.parametrize(
    "said",
    [
        b"554 5.7.1 <ana@x.example>: Relay access denied",
        b"550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
        b"550 relay not permitted",
        b"554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
        b"550 5.7.606 Access denied, banned sending IP [192.0.2.1]",
        b"550 5.4.5 Daily user sending limit exceeded",
        b"503 5.5.1 bad sequence of commands",
    ],
)
def test_a_refusal_of_us_is_not_taken_for_one_of_the_recipient(said: bytes) -> None:
    """FAULT: the SMTP server refuses everything for good, for what we are (no relaying, a block list, a daily limit); THEN: the mail is tried again for four days instead of failing at once, and no address counts as gone."""
    for word in ("rcpt", "dot"):
        if word == "dot" and said.startswith(b"503"):
            continue
        with OddSmtp(**{word: said + b"\r\n"}) as server:
            assert send(server).state is OutboxState.DEFERRED
    with OddSmtp(rcpt=b"550 5.1.1 no such user\r\n") as server:
        assert send(server).state is OutboxState.FAILED


@pytest.mark.parametrize(
    "answers",
    [
        {"mail": b"250-first\r\n250 second\r\n", "dot": b"250-2.0.0 first\r\n250-\r\n250 queued\r\n"},
        {"mail": b"250\r\n", "rcpt": b"250\r\n", "data": b"354\r\n", "dot": b"250\r\n"},
        {"mail": b"250 ok\n", "rcpt": b"250 ok\n", "dot": b"250 ok\n"},
        {"rcpt": b"252 2.5.0 cannot look it up, will try\r\n"},
        {"mail": b"250 5.1.1 ok\r\n", "dot": b"250 4.7.1 queued\r\n"},
        {"ehlo": b"502 5.5.1 unknown\r\n"},
        {"ehlo": b"250-odd\r\n250-\r\n250-SIZE\r\n250 SIZE many\r\n"},
        {"dot": b"250 \xff\x00\x07queued\r\n"},
    ],
)
def test_an_answer_in_an_odd_form_is_taken_by_its_first_digit(answers: dict[str, bytes | list[bytes]]) -> None:
    """FAULT: the SMTP server answers in several lines, without text, without CR, in single bytes, with an enhanced code that says something else, or with 252; THEN: the first digit counts, and the mail is sent once."""
    with OddSmtp(**answers) as server, FaultProxy(server.port) as slow:
        for port in (server.port, slow.port):
            slow.down.drip_s = 0.0002
            through = SmtpSender(SmtpSettings("localhost", port, "none", timeout_s=5))
            assert through.send(mail(), envelope_from="wins@x.example").state is OutboxState.SENT
            through.close()
        assert len(server.taken) == 2


@pytest.mark.parametrize("said", [b"", b"500 5.5.1 unknown\r\n", b"421 4.3.2 going down\r\n"])
def test_a_reset_that_is_not_done_spoils_no_other_mail(said: bytes) -> None:
    """FAULT: the SMTP server refuses one mail and then does not answer RSET, refuses it or hangs up; THEN: that mail alone is refused, and the next one is sent, once."""
    with OddSmtp(rcpt=[b"550 5.1.1 no such user\r\n"], rset=said) as server:
        through = SmtpSender(SmtpSettings("localhost", server.port, "none", timeout_s=0.5))
        states = [through.send(mail(), envelope_from="wins@x.example").state for _ in range(2)]
        assert states == [OutboxState.FAILED, OutboxState.SENT]
        assert len(server.taken) == 1


def test_an_address_the_server_cannot_write_to_and_a_mail_too_large_fail_alone() -> None:
    """FAULT: the SMTP server knows no SMTPUTF8 and an address has letters beyond ASCII, or it takes smaller mails only (SIZE); THEN: that mail fails with words before it is handed over, and the others are sent."""
    with OddSmtp(ehlo=b"250-odd\r\n250 SIZE 2000\r\n") as server:
        through = SmtpSender(SmtpSettings("localhost", server.port, "none", timeout_s=5))
        small = b"Subject: x\r\n\r\nx\r\n"
        for what, words in (
            (OutgoingMail("edition", "w47", "jürgen@x.example", "1@x", "x", small), "SMTPUTF8"),
            (mail(), "at most 2000 bytes"),
        ):
            delivery = through.send(what, envelope_from="wins@x.example")
            assert (delivery.state, words in delivery.reply) == (OutboxState.FAILED, True)
        for to in ("ana@bücher.example", "ana@x.example"):
            done = through.send(OutgoingMail("edition", "w47", to, "2@x", "x", small), envelope_from="w@x.example")
            assert done.state is OutboxState.SENT
        assert b"rcpt TO:<ana@xn--bcher-kva.example>" in server.commands


def test_a_login_that_is_wanted_only_at_the_recipient_fails_no_mail() -> None:
    """FAULT: the SMTP server wants a login and says so only at RCPT; THEN: the pass stops with the fix, no mail is failed for it."""
    with (
        OddSmtp(rcpt=b"530 5.7.1 Client was not authenticated\r\n") as server,
        pytest.raises(LoginRefused, match=r"Set smtp\.user"),
    ):
        send(server)


def test_answers_that_have_come_apart_from_commands_end_the_connection() -> None:
    """FAULT: the SMTP server answers one command twice, so that every later answer belongs to the command before; THEN: the connection is given up before a mail is handed over, and nothing counts as sent."""
    with OddSmtp(rcpt=[b"250 ok\r\n250 ok again\r\n"]) as server:
        delivery = send(server)
        assert delivery.state is OutboxState.DEFERRED
        assert server.taken == []
        assert send(server).state is OutboxState.SENT
        assert len(server.taken) == 1


@pytest.mark.parametrize("said", [b"354 go on\r\n", b"999 what\r\n", b"hello\r\n", b"\r\n", b"2\r\n"])
def test_nonsense_as_the_answer_to_the_final_dot_is_uncertain(said: bytes) -> None:
    """FAULT: the SMTP server answers the final dot with nonsense; THEN: the mail is uncertain: neither sent nor refused."""
    with OddSmtp(dot=[said]) as server:
        assert send(server).state is OutboxState.UNCERTAIN
        assert len(server.taken) == 1


def test_a_server_that_hangs_up_in_the_middle_of_a_mail_has_not_taken_it() -> None:
    """FAULT: the SMTP server hangs up before the mail is whole; THEN: it is tried again, and is not uncertain."""
    with OddSmtp() as server:
        server.hangs_up_in_data = True
        assert send(server, LONG).state is OutboxState.DEFERRED


def test_a_server_that_defers_for_days_is_asked_ever_more_seldom_and_given_up_after_four(tmp_path: Path) -> None:
    """FAULT: the SMTP server defers a mail for days; THEN: it is tried after 30 minutes, ever more seldom up to every six hours, and given up after four days, told as failed."""
    store = open_store(f"sqlite:///{tmp_path / 'wins.db'}")
    store.queue([mail()], NOW)
    now, tries = NOW, []
    with SmtpServer() as server:
        server.script["RCPT"] = ["450 4.2.1 later"] * 100
        sender = SmtpSender(SmtpSettings("localhost", server.port, "none", timeout_s=5))
        while store.outgoing()[0].state is not OutboxState.FAILED and now < NOW + timedelta(days=6):
            before = len(server.script["RCPT"])
            deliver(store, sender, envelope_from="wins@x.example", now=lambda at=now: at, worker="w", lease_s=900)
            if len(server.script["RCPT"]) < before:
                tries.append((now - NOW).total_seconds() / 3600)
            now += timedelta(minutes=10)
        sender.close()
    store.close()
    assert tries[:6] == [0, 0.5, 1.5, 3.5, 7.5, 13.5]
    assert all(b - a <= 6.2 for a, b in itertools.pairwise(tries))
    assert 96 <= tries[-1] < 103


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (b"421 4.3.2 shutting down", OutboxState.DEFERRED),
        (b"452 4.2.2 mailbox full", OutboxState.DEFERRED),
        (b"552 5.3.4 too large after all", OutboxState.FAILED),
    ],
)
def test_a_refusal_at_the_final_dot_is_no_doubt(said: bytes, state: OutboxState) -> None:
    """FAULT: the SMTP server takes a whole mail and then refuses it (421, 452, 552); THEN: that is an answer: tried again or failed, never uncertain, and the next mail goes out."""
    with OddSmtp(dot=[said + b"\r\n"]) as server:
        through = SmtpSender(SmtpSettings("127.0.0.1", server.port, "none", timeout_s=5))
        first = OutgoingMail("receipt", "a", "ana@x.example", "<1@x>", "x", b"Subject: x\r\n\r\nx\r\n")
        assert through.send(first, envelope_from="wins@x.example").state is state
        assert through.send(first, envelope_from="wins@x.example").state is OutboxState.SENT
        through.close()


# ---------------------------------------------------------------- admins and backups


def test_another_name_or_port_of_the_server_passes_no_mail_over(keeping: Keeping) -> None:
    """FAULT: the mailbox moves to another host or port of the settings while mail comes in (143 to 993, another provider); THEN: what came meanwhile is read, what we hold is known, and nothing older than our beginning is."""
    with OddImap(mails(2)) as before:
        keeping.collect(odd(before), "now")
        before.mails[3] = b"Subject: held\r\n\r\n"
        before.dates[3] = "24-Nov-2026 12:10:00 +0000"
        assert keeping.collect(odd(before), "now").new == 1
        with OddImap({**before.mails, 4: b"Subject: while it moved\r\n\r\n"}) as after:
            after.select_extra = "* OK [UIDVALIDITY 9] x\r\n* OK [UIDNEXT 5] x\r\n"
            after.dates |= {3: before.dates[3], 4: "24-Nov-2026 12:20:00 +0000"}
            assert keeping.collect(odd(after), "now").new == 1
            assert keeping.kept() == sorted((after.mails[3], after.mails[4]))
            assert keeping.collect(odd(after), "now").seen == 0


def test_numbers_that_are_given_a_second_time_are_other_mails(keeping: Keeping) -> None:
    """FAULT: the mail server is restored from a backup and gives numbers anew under the same UIDVALIDITY; THEN: the new mails under them are kept, and none of them is moved away for an old one."""
    with OddImap(mails(5)) as server:
        keeping.collect(odd(server), "now")
        for n in (6, 7):
            server.mails[n] = b"Subject: held %d\r\n\r\n" % n
            server.dates[n] = "24-Nov-2026 12:10:00 +0000"
        box = odd(server)
        assert keeping.collect(box, "now").new == 2
        for mail in keeping.store.mails():
            keeping.store.settle(Settled(mail.sha256, Outcome.IGNORED, "empty", NOW))
        # Restored as of before they came; then another mail comes.
        server.mails = {**mails(5), 6: b"Subject: another\r\n\r\n"}
        box = odd(server)
        assert keeping.collect(box, "now").new == 1
        assert tidy(box, keeping.store, done_folder="Done", tray_folder="") == 0
        server.mails[7] = b"Subject: one more\r\n\r\n"
        assert keeping.collect(box, "now").new == 1
        assert len(keeping.kept()) == 4
        assert keeping.collect(odd(server), "now").seen == 0


def test_numbers_given_a_second_time_are_found_though_more_came_than_was_lost(keeping: Keeping) -> None:
    """FAULT: the mail server is restored from a backup, gives numbers anew under the same UIDVALIDITY, and has more new mail than it had lost before anybody looks; THEN: every new mail is kept, and none of them is moved away for an old one."""

    def comes(uid: int, words: str, minute: int) -> None:
        server.mails[uid] = b"Subject: %s\r\n\r\n" % words.encode()
        server.dates[uid] = f"24-Nov-2026 12:{minute}:00 +0000"

    with OddImap(mails(5)) as server:
        keeping.collect(odd(server), "now")
        for n in (6, 7):
            comes(n, f"held {n}", 10)
        assert keeping.collect(odd(server), "now").new == 2
        for mail in keeping.store.mails():
            keeping.store.settle(Settled(mail.sha256, Outcome.IGNORED, "empty", NOW))
        server.mails = mails(5)
        for n in (6, 7, 8):
            comes(n, f"another, number {n}", 20)
        box = odd(server)
        assert keeping.collect(box, "now").new == 3
        assert tidy(box, keeping.store, done_folder="Done", tray_folder="") == 0
        server.commands.clear()
        assert keeping.collect(box, "now").seen == 0
        assert [c.split()[1] for c in server.commands if c.startswith("UID")] == ["SEARCH"]
        assert keeping.collect(odd(server), "now").seen == 0
        assert len(keeping.kept()) == 5


@pytest.mark.parametrize("differs", ["sizes", "dates"])
def test_a_server_that_tells_another_size_or_time_of_a_mail_each_time_is_not_taken_for_one_set_back(
    keeping: Keeping, differs: str
) -> None:
    with OddImap(mails(5)) as server:
        assert keeping.collect(odd(server)).new == 5
        setattr(
            server, differs, dict.fromkeys(range(1, 6), {"sizes": "9", "dates": "24-Nov-2026 12:30:00 +0000"}[differs])
        )
        assert keeping.collect(odd(server)).seen == 0


def test_a_mail_moved_away_is_no_sign_of_a_server_set_back(keeping: Keeping) -> None:
    """A long connection knows only the next number of its beginning."""
    with OddImap(mails(2)) as server:
        box = odd(server)
        keeping.collect(box)
        server.mails[3] = b"Subject: 3\r\n\r\n"
        keeping.collect(box)
        server.mails.clear()
        server.commands.clear()
        keeping.collect(box)
        assert keeping.store.known_uids(box.name, 7, [1, 2, 3]) == {1, 2, 3}
        assert len([c for c in server.commands if "SEARCH" in c]) == 1


@pytest.mark.parametrize(
    ("word", "said", "is_gone"),
    [
        ("rcpt", b"550 5.1.1 no such user", True),
        ("rcpt", b"550 no such user", True),
        ("rcpt", b"550 5.2.2 mailbox full", False),
        ("rcpt", b"550 5.7.1 policy of the day", False),
        ("dot", b"550 this looks like spam", False),
    ],
)
def test_an_address_is_given_up_only_when_it_is_the_address_that_is_refused(
    keeping: Keeping, word: str, said: bytes, is_gone: bool
) -> None:
    """FAULT: the SMTP server refuses one mail for good because a mailbox is full, or for what is in it; THEN: that mail fails alone, and its reader gets the next one."""
    keeping.store.queue([mail()], NOW)
    with OddSmtp(**{word: said + b"\r\n"}) as server:
        sender = SmtpSender(SmtpSettings("localhost", server.port, "none", timeout_s=5))
        deliver(keeping.store, sender, envelope_from="w@x.example", now=lambda: NOW, worker="w", lease_s=60)
        sender.close()
    assert keeping.store.counts()["outbox"]["failed"] == 1
    assert bool(keeping.store.suppressed()) is is_gone
