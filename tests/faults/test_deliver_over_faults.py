"""Deliver over a misbehaving network: nobody gets a mail twice but by promise 3, nobody is forgotten."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailwins.errors import ServerError
from mailwins.jobs.deliver import deliver
from mailwins.model import OutboxState, OutgoingMail
from mailwins.sender import SmtpSender, SmtpSettings
from mailwins.store import SqlStore, open_store
from tests.servers.proxy import FaultProxy
from tests.servers.smtp import DROP, SmtpServer

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{tmp_path / 'wins.db'}")
    yield store
    store.close()


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as plain:
        yield plain


def mails(count: int, *, to_customer: bool = False) -> list[OutgoingMail]:
    return [
        OutgoingMail(
            "edition",
            "w47",
            f"p{n}@x.example",
            f"mw.{n}@x.example",
            "x",
            b"Message-ID: <mw.%d@x.example>\r\nSubject: x\r\n\r\n" % n + b"x" * (n * 97 % 700) + b"\r\n",
            to_customer,
        )
        for n in range(count)
    ]


def through(port: int, **more: object) -> SmtpSender:
    values = {"host": "localhost", "port": port, "security": "none", "timeout_s": 2} | more
    return SmtpSender(SmtpSettings(**values))  # type: ignore[arg-type]


def one_pass(store: SqlStore, sender: SmtpSender, clock: Clock) -> None:
    deliver(store, sender, envelope_from="wins@x.example", now=clock, worker="w", lease_s=900)


def states(store: SqlStore) -> Counter[OutboxState]:
    return Counter(row.state for row in store.outgoing())


def test_one_refusal_does_not_stop_the_others_and_a_deferred_one_comes_later(
    store: SqlStore, server: SmtpServer
) -> None:
    """FAULT: the SMTP server refuses one recipient for now (4xx) and one for good (5xx); THEN: the others get their mail, the first is tried again later, the second is failed."""
    store.queue(mails(4), NOW)
    server.script["RCPT"] = ["", "450 4.2.1 greylisted", "550 5.1.1 unknown"]
    clock, sender = Clock(), through(server.port)
    one_pass(store, sender, clock)
    assert states(store) == {OutboxState.SENT: 2, OutboxState.DEFERRED: 1, OutboxState.FAILED: 1}
    one_pass(store, sender, clock)
    assert len(server.messages) == 2
    clock.now += timedelta(minutes=31)
    one_pass(store, sender, clock)
    assert states(store) == {OutboxState.SENT: 3, OutboxState.FAILED: 1}


@pytest.mark.parametrize(
    ("to_customer", "copies", "state"), [(False, 2, OutboxState.SENT), (True, 1, OutboxState.UNCERTAIN)]
)
def test_a_lost_answer_is_tried_once_more_within_the_company_and_waits_for_a_person_otherwise(
    store: SqlStore, server: SmtpServer, to_customer: bool, copies: int, state: OutboxState
) -> None:
    """FAULT: the answer to the final dot is lost; THEN: a colleague's mail is sent once more with the same Message-ID, a customer's waits for a person."""
    store.queue(mails(1, to_customer=to_customer), NOW)
    server.script["DATA"] = [DROP]
    clock, sender = Clock(), through(server.port)
    for _ in range(4):
        one_pass(store, sender, clock)
        clock.now += timedelta(hours=7)
    assert states(store) == {state: 1}
    assert len(server.messages) == copies
    assert len({m.raw for m in server.messages}) == 1


def test_a_refused_login_fails_no_mail_and_counts_no_attempt(store: SqlStore) -> None:
    """FAULT: the SMTP login is refused; THEN: no mail is failed, no attempt counted, and everything goes out once the password is right."""
    store.queue(mails(3), NOW)
    with SmtpServer(users={"wins": "right"}) as strict:
        for _ in range(5):
            with pytest.raises(ServerError):
                one_pass(store, through(strict.port, user="wins", secret=lambda fresh: "wrong"), Clock())
        assert [(row.state, row.attempts) for row in store.outgoing()] == [(OutboxState.QUEUED, 0)] * 3
        one_pass(store, through(strict.port, user="wins", secret=lambda fresh: "right"), Clock())
        assert states(store) == {OutboxState.SENT: 3}


@pytest.mark.parametrize("seed", range(3))
def test_connections_cut_anywhere_send_everything_and_double_only_what_was_uncertain(
    store: SqlStore, server: SmtpServer, seed: int
) -> None:
    """FAULT: the connection to the SMTP server is reset at any byte; THEN: everything is sent, and only a mail whose answer was lost may arrive twice."""
    count = 60
    store.queue(mails(count // 2), NOW)
    store.queue(mails(count, to_customer=True)[count // 2 :], NOW)
    chance, clock = random.Random(seed), Clock()
    uncertain: set[str] = set()
    with FaultProxy(server.port) as proxy:
        sender = through(proxy.port)
        for n in range(60):
            way = chance.choice([proxy.up, proxy.down])
            proxy.heal()
            way.reset_after = chance.randrange(20, 200 + 100 * n)
            try:
                one_pass(store, sender, clock)
            except ServerError:
                pass
            uncertain |= {row.mail.recipient for row in store.outgoing() if "answer was lost" in (row.reply or "")}
            clock.now += timedelta(hours=1)
        proxy.heal()
        sender.close()
        one_pass(store, sender, clock)
        clock.now += timedelta(hours=7)
        one_pass(store, sender, clock)
        sender.close()
    copies = Counter(m.recipients[0] for m in server.messages)
    for row in store.outgoing():
        got = copies[row.mail.recipient]
        if row.state is OutboxState.UNCERTAIN:
            assert row.mail.recipient in uncertain
            assert got <= (1 if row.mail.to_customer else 2)
        else:
            assert row.state is OutboxState.SENT
            assert got == 1 or (got == 2 and row.mail.recipient in uncertain and not row.mail.to_customer), (
                row.mail.recipient,
                got,
            )
