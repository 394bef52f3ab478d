"""A job killed with SIGKILL at a fault point, or anywhere: after one more run nothing is lost and nothing is there twice."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailwins.mailbox import ImapSettings, connect
from mailwins.model import OutboxState, Outcome, OutgoingMail
from mailwins.ports import Settled
from mailwins.store import open_files, open_store
from tests.processes import FULL, die_with_us
from tests.servers import dovecot
from tests.servers.smtp import SmtpServer

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

STEP = 1 if FULL else 4
"""Of the sweeps over every flush to disk each fourth one."""


def run(
    job: str,
    folder: Path,
    port: int,
    user: str = "-",
    point: str = "none",
    number: int = 1,
    kill_after_s: float | None = None,
    under: tuple[str, ...] = (),
) -> int:
    """The exit status; minus 9 when it was killed."""
    process = subprocess.Popen(
        [*under, sys.executable, "-m", "tests.faults.worker", job, str(folder), str(port), user, point, str(number)],
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        preexec_fn=die_with_us,
    )
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        process.kill()
    return process.wait(60)


def kept(folder: Path) -> list[bytes]:
    store, files = open_store(f"sqlite:///{folder / 'wins.db'}"), open_files(folder / "files")
    try:
        return sorted(files.read(mail.sha256) for mail in store.mails())
    finally:
        store.close()


def in_folder(box: dovecot.Mailbox, folder: str) -> list[bytes]:
    opened = connect(
        ImapSettings("localhost", box.port, "none", box.user, lambda fresh: box.password, folder=folder, timeout_s=10)
    )
    found = sorted(b"".join(pieces) for _, pieces in opened.fetch(opened.list_since(0)))
    opened.close()
    return found


def raws(count: int) -> list[bytes]:
    return sorted(b"Subject: %d\r\n\r\n" % n + b"x" * (n * 131 % 5000) + b"\r\n" for n in range(count))


def settle_all(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'wins.db'}")
    for mail in store.mails(waiting=True):
        store.claim_mail(now=NOW, worker="w", lease_s=60, max_attempts=3)
        store.settle(Settled(mail.sha256, Outcome.IGNORED, "empty", NOW))
    store.close()


@pytest.mark.dovecot
@pytest.mark.parametrize(("point", "number"), [("collect.fetched", 1), ("collect.fetched", 7), ("collect.kept", 1)])
def test_collect_killed_at_a_fault_point(mailbox: dovecot.Mailbox, tmp_path: Path, point: str, number: int) -> None:
    """FAULT: SIGKILL between the mail on disk, its row and the end of the pass; THEN: the next pass has every mail once."""
    sent = raws(20)
    for raw in sent:
        mailbox.drop(raw)
    assert run("collect", tmp_path, mailbox.port, mailbox.user, point, number) == -signal.SIGKILL
    assert run("collect", tmp_path, mailbox.port, mailbox.user) == 0
    assert kept(tmp_path) == sent


@pytest.mark.dovecot
def test_collect_killed_between_the_move_and_its_note(mailbox: dovecot.Mailbox, tmp_path: Path) -> None:
    """FAULT: SIGKILL after mails were moved on the server and before that is noted; THEN: they are in the done folder once and nothing is lost."""
    sent = raws(5)
    for raw in sent:
        mailbox.drop(raw)
    run("collect", tmp_path, mailbox.port, mailbox.user)
    settle_all(tmp_path)
    assert run("collect", tmp_path, mailbox.port, mailbox.user, "collect.moved") == -signal.SIGKILL
    assert run("collect", tmp_path, mailbox.port, mailbox.user) == 0
    assert kept(tmp_path) == sent
    assert in_folder(mailbox, "Done") == sent
    assert in_folder(mailbox, "INBOX") == []


@pytest.mark.parametrize("point", ["deliver.claimed", "deliver.sent", "deliver.finished"])
def test_deliver_killed_at_a_fault_point(tmp_path: Path, point: str) -> None:
    """FAULT: SIGKILL before, during and after the talk with the SMTP server; THEN: customers get at most one copy, colleagues two only where the answer was lost."""
    store = open_store(f"sqlite:///{tmp_path / 'wins.db'}")
    store.queue(
        [
            OutgoingMail(
                "edition", "w47", f"p{n}@x.example", f"{n}@x", "x", b"Subject: x\r\n\r\n", to_customer=n % 2 == 1
            )
            for n in range(6)
        ],
        NOW,
    )
    with SmtpServer() as server:
        for number in (2, 1):
            assert run("deliver", tmp_path, server.port, "-", point, number) == -signal.SIGKILL
        assert run("deliver", tmp_path, server.port) == 0
        copies = Counter(m.recipients[0] for m in server.messages)
    for row in store.outgoing():
        if row.mail.to_customer:
            assert row.state in (OutboxState.SENT, OutboxState.UNCERTAIN)
            assert copies[row.mail.recipient] in ((1,) if row.state is OutboxState.SENT else (0, 1))
        else:
            assert row.state is OutboxState.SENT
            assert copies[row.mail.recipient] in ((1, 2) if point == "deliver.sent" else (1,))
    store.close()


@pytest.mark.slow
@pytest.mark.dovecot
def test_collect_killed_anywhere_many_times(mailbox: dovecot.Mailbox, tmp_path: Path) -> None:
    """FAULT: SIGKILL at random moments of collecting hundreds of mails; THEN: all are kept once."""
    sent = raws(1000 if FULL else 400)
    for raw in sent:
        mailbox.drop(raw)
    chance = random.Random(1)
    killed = sum(
        run("collect", tmp_path, mailbox.port, mailbox.user, kill_after_s=chance.uniform(0.5, 1.6)) == -signal.SIGKILL
        for _ in range(40 if FULL else 12)
    )
    assert killed > 2
    assert run("collect", tmp_path, mailbox.port, mailbox.user) == 0
    assert kept(tmp_path) == sent


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.dovecot
@pytest.mark.skipif(shutil.which("strace") is None, reason="SERVER MISSING, nothing was tested: no strace")
def test_collect_killed_at_each_flush_to_disk(mailbox: dovecot.Mailbox, tmp_path: Path) -> None:
    """FAULT: SIGKILL at one flush to disk after the other (strace); THEN: the next pass has every mail once."""
    sent = raws(3)
    for raw in sent:
        mailbox.drop(raw)
    for number in range(1, 200, STEP):
        folder = tmp_path / str(number)
        folder.mkdir()
        sweep = (
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            f"inject=fsync,fdatasync:signal=KILL:when={number}",
        )
        ended = run("collect", folder, mailbox.port, mailbox.user, under=sweep)
        assert run("collect", folder, mailbox.port, mailbox.user) == 0
        assert kept(folder) == sent
        if ended == 0:
            break
    assert number > 3


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(shutil.which("strace") is None, reason="SERVER MISSING, nothing was tested: no strace")
def test_deliver_killed_at_each_flush_to_disk(tmp_path: Path) -> None:
    """FAULT: SIGKILL at one flush to disk of a delivery after the other (strace); THEN: customers get at most one copy, colleagues a second one only where the answer was lost."""
    for number in range(1, 60, STEP):
        folder = tmp_path / str(number)
        folder.mkdir()
        store = open_store(f"sqlite:///{folder / 'wins.db'}")
        store.queue(
            [
                OutgoingMail(
                    "edition", "w47", f"p{n}@x.example", f"{n}@x", "x", b"Subject: x\r\n\r\n", to_customer=n == 1
                )
                for n in range(3)
            ],
            NOW,
        )
        sweep = (
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            f"inject=fsync,fdatasync:signal=KILL:when={number}",
        )
        with SmtpServer() as server:
            ended = run("deliver", folder, server.port, under=sweep)
            for _ in range(2):
                assert run("deliver", folder, server.port) == 0
            copies = Counter(m.recipients[0] for m in server.messages)
        for row in store.outgoing():
            got = copies[row.mail.recipient]
            assert row.state is OutboxState.SENT or (row.mail.to_customer and row.state is OutboxState.UNCERTAIN), (
                number,
                row,
            )
            assert got <= (1 if row.mail.to_customer else 2)
            assert got >= (row.state is OutboxState.SENT)
        assert sum(copies.values()) <= 4, "at most the one mail in hand comes twice"
        store.close()
        if ended == 0:
            break
    assert number > 3
