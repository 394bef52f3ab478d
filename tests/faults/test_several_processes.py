"""Several processes of one job on one database, one of them killed, and a database that goes away: each mail once, each receipt once."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, select

from mailwins.config import Config
from mailwins.errors import StoreError
from mailwins.model import OutboxState, RawMessage
from mailwins.status import problems
from mailwins.store import SqlStore, open_files, open_store
from mailwins.store.models import MailRow
from tests.loop import ACCOUNTS, PEOPLE, forward
from tests.processes import die_with_us
from tests.servers.postgres import Postgres
from tests.servers.proxy import Fault, FaultProxy
from tests.servers.smtp import SmtpServer

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)
CONFIG = """
[company]
name = "Tidemark"
domains = ["tidemark.example"]
[smtp]
host = "localhost"
port = {port}
security = "none"
from = "wins@tidemark.example"
[trust]
authserv_id = "mx.tidemark.example"
[storage]
database = "{url}"
[directory]
accounts = "accounts.csv"
people = "people.csv"
[receipts]
per_hour = 1000
[limits]
lease_s = {lease_s}
"""

pytestmark = pytest.mark.slow


@dataclass
class Instance:
    folder: Path
    url: str
    smtp: SmtpServer

    def arrive(self, count: int) -> None:
        """*count* mails as collect would leave them, each one win."""
        store, files = self.store(), open_files(self.folder / "files")
        for number in range(count):
            sha256, size = files.keep([forward(number, words=f"Visit number {number} went well, the crews love it.")])
            store.keep_mails([RawMessage(sha256, size, "box", "INBOX", 1, number + 1, NOW)], at=NOW)
        store.close()

    def store(self) -> SqlStore:
        return open_store(self.url)

    def start(self, job: str, fault: str = "") -> subprocess.Popen[str]:
        environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "MAILWINS_CONFIG": str(self.folder / "config.toml"),
            **({"MAILWINS_TEST_FAULT": fault} if fault else {}),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "mailwins", job],
            env=environ,
            cwd=self.folder,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=die_with_us,
        )

    def once_each(self, count: int) -> None:
        """Every mail is one win, numbered apart, and has one receipt that arrived once."""
        store = self.store()
        wins = store.wins()
        receipts = store.outgoing(kind="receipt")
        store.close()
        assert Counter(w.mail for w in wins) == Counter({w.mail: 1 for w in wins})
        assert len(wins) == count
        assert len(receipts) == count
        assert {r.state for r in receipts} == {OutboxState.SENT}
        assert set(Counter(message_from_bytes(m.raw)["Message-ID"] for m in self.smtp.messages).values()) == {1}
        assert len(self.smtp.messages) == count


def founded(folder: Path, url: str, smtp: SmtpServer, lease_s: float = 120) -> Instance:
    (folder / "config.toml").write_text(CONFIG.format(port=smtp.port, url=url, lease_s=lease_s))
    (folder / "accounts.csv").write_text(ACCOUNTS)
    (folder / "people.csv").write_text(PEOPLE)
    open_store(url).close()
    return Instance(folder, url, smtp)


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        yield server


def finished(process: subprocess.Popen[str]) -> int:
    _, err = process.communicate(timeout=120)
    assert "Traceback" not in err, err
    return process.returncode


def test_several_readers_one_of_them_killed_and_two_senders(
    database_url: str, tmp_path: Path, smtp: SmtpServer
) -> None:
    """FAULT: several processes read (five on PostgreSQL) and two send on one database, and one reader is killed; THEN: each mail is one win with one receipt."""
    instance = founded(tmp_path, database_url, smtp)
    instance.arrive(25)
    others = 4 if database_url.startswith("postgresql") else 1
    doomed = instance.start("read", "read.judged:2")
    store = instance.store()
    while doomed.poll() is None and not store.claimants():
        time.sleep(0.02)
    store.close()
    readers = [doomed] + [instance.start("read") for _ in range(others)]
    assert sorted(finished(r) for r in readers) == [-signal.SIGKILL, *[0] * others]
    # The claim of the dead one is free at once on its own machine.
    assert finished(instance.start("read")) == 0
    assert [finished(s) for s in [instance.start("deliver"), instance.start("deliver")]] == [0, 0]
    instance.once_each(25)


def test_a_service_reads_what_another_collected_without_waiting_for_its_next_tick(
    tmp_path: Path, smtp: SmtpServer
) -> None:
    instance = founded(tmp_path, f"sqlite:///{tmp_path}/mailwins.db", smtp)
    with (tmp_path / "config.toml").open("a") as config:
        config.write("tick_s = 600\n[mailbox]\nhost = \"127.0.0.1\"\nport = 9\nsecurity = \"none\"\nuser = \"wins\"\npassword_file = \"secret\"\n")  # fmt: skip
    (tmp_path / "secret").write_text("secret")
    service = instance.start("run")
    try:
        time.sleep(4)  # its first tick and its first look are over
        instance.arrive(3)
        store = instance.store()
        ends_at = time.monotonic() + 20
        while len(store.wins()) < 3 and time.monotonic() < ends_at:
            time.sleep(0.1)
        assert len(store.wins()) == 3
        store.close()
    finally:
        service.terminate()
        finished(service)


@pytest.mark.postgres
def test_a_database_server_that_drops_its_connections(
    postgres_server: Postgres, tmp_path: Path, smtp: SmtpServer
) -> None:
    """FAULT: every connection to PostgreSQL is reset again and again; THEN: a pass ends with one clear line, and later passes lose and double nothing."""
    proxy = FaultProxy(postgres_server.port)
    instance = founded(tmp_path, postgres_server.url(proxy.port), smtp, lease_s=2)
    instance.arrive(12)
    for statement in (rb"INSERT INTO wins", rb"INSERT INTO outbox"):
        proxy.up = Fault(reset_on=statement, times=1)
        assert finished(instance.start("read")) == 1, statement
    proxy.heal()
    stop = threading.Event()

    def cut_again_and_again() -> None:
        while not stop.wait(0.7):
            proxy.cut()

    threading.Thread(target=cut_again_and_again, daemon=True).start()
    assert {finished(instance.start("read")) for _ in range(2)} <= {0, 1}
    stop.set()
    # Claims of passes that could not give them back end with their lease.
    time.sleep(2.1)
    assert finished(instance.start("read")) == 0
    assert finished(instance.start("deliver")) == 0
    proxy.close()
    instance.once_each(12)


@pytest.mark.postgres
def test_a_database_server_restarted_in_a_transaction(postgres_server: Postgres) -> None:
    """FAULT: PostgreSQL ends every session in the middle of a transaction, as at a restart; THEN: that transaction has written nothing and says so in one line, and the same store goes on with the next."""
    store = open_store(postgres_server.url())
    mails = [RawMessage(f"{n:064x}", 1, "box", "INBOX", 1, n + 1, NOW) for n in range(3)]
    store.keep_mails(mails[:1])
    with pytest.raises(StoreError) as told, store._write() as session:
        store._insert_new(session, MailRow, [{"sha256": "f" * 64, "size_bytes": 1, "arrived_at": NOW, "kept_at": NOW}])
        with psycopg.connect(
            store.engine.url.set(drivername="postgresql").render_as_string(), autocommit=True
        ) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        session.execute(select(MailRow.id))
    assert "\n" not in str(told.value)
    assert store.keep_mails(mails) == 2
    assert sorted(mail.sha256 for mail in store.mails()) == [mail.sha256 for mail in mails]
    store.close()


@pytest.mark.postgres
def test_a_lock_that_nobody_gives_back_is_told_of(postgres_server: Postgres) -> None:
    """FAULT: a process is suspended in the middle of a transaction on PostgreSQL, or somebody locks a table there; THEN: the others say so after 15 seconds instead of waiting without an end, and it loses its transaction after five minutes."""
    store = open_store(postgres_server.url())
    mails = [RawMessage(f"{1:064x}", 1, "box", "INBOX", 1, 1, NOW)]
    with psycopg.connect(store.engine.url.set(drivername="postgresql").render_as_string()) as frozen:
        frozen.execute("LOCK TABLE mails IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        with pytest.raises(StoreError, match="locked by another program"):
            store.keep_mails(mails)
        assert time.monotonic() - began < 30
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar() == "5min"
    assert store.keep_mails(mails) == 1
    store.close()


@pytest.mark.postgres
def test_a_database_that_takes_no_writes_for_a_while(postgres_server: Postgres) -> None:
    """FAULT: PostgreSQL becomes a standby, or is set to read only, and later takes writes again; THEN: the line, and status, say so with the fix, and the running service goes on by itself, over new connections."""
    store = open_store(postgres_server.url())
    mails = [RawMessage(f"{1:064x}", 1, "box", "INBOX", 1, 1, NOW)]
    url = store.engine.url
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
        store.engine.dispose()
        with pytest.raises(StoreError, match=r"takes no writes: .*default_transaction_read_only"):
            store.keep_mails(mails)
        (told,) = problems(store, Config(), NOW)
        assert "takes no writes" in told
        admin.execute("SET default_transaction_read_only = off")
        admin.execute(f"ALTER DATABASE {url.database} RESET default_transaction_read_only")
    kept = 0
    for _ in range(2):
        # What status read meanwhile may have left a connection that takes no writes: it is told so once, and given up.
        with contextlib.suppress(StoreError):
            kept += store.keep_mails(mails)
    assert kept == 1
    store.close()


@pytest.mark.postgres
def test_a_database_server_whose_machine_is_gone_is_not_waited_for(postgres_server: Postgres) -> None:
    """FAULT: the machine of PostgreSQL, or the network to it, is gone without a word; THEN: the system gives the connection up within a minute or so, instead of in a quarter of an hour or two hours."""
    store = open_store(postgres_server.url(postgres_server.port))
    with store.engine.connect() as connection, socket.socket(fileno=os.dup(_descriptor(connection))) as sock:
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 60_000
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 30
    store.close()


def _descriptor(connection: Connection) -> int:
    driver: psycopg.Connection[object] = connection.connection.driver_connection  # type: ignore[assignment]
    return driver.fileno()


@pytest.mark.postgres
def test_a_database_server_that_is_not_there(postgres_server: Postgres, tmp_path: Path, smtp: SmtpServer) -> None:
    """FAULT: PostgreSQL refuses connections; THEN: one line says so with the next step, status 1, and nothing is lost."""
    proxy = FaultProxy(postgres_server.port)
    instance = founded(tmp_path, postgres_server.url(proxy.port), smtp)
    instance.arrive(1)
    proxy.refuse = True
    refused = instance.start("read")
    _, err = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert len(err.strip().splitlines()) == 1, err
    assert "database" in err.lower()
