"""A database copied into another of either kind, a backup restored, and several processes at one database."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailwins.cli import cli
from mailwins.errors import MailwinsError, StoreError
from mailwins.model import OutgoingMail, RawMessage
from mailwins.ports import OutgoingRow
from mailwins.store import HELD, copy_database, open_files, open_store

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def mails(count: int) -> list[OutgoingMail]:
    return [
        OutgoingMail("edition", "w47", f"p{n}@x.example", f"{n}@x.example", "x", b"Subject: \xff\r\n\r\n")
        for n in range(count)
    ]


def test_a_copy_holds_every_row_and_goes_on_counting_where_the_first_ended(database_url: str, tmp_path: Path) -> None:
    first = open_store(f"sqlite:///{tmp_path / 'first.db'}")
    first.queue(mails(7), NOW)
    first.keep_mails([RawMessage(f"{n:064x}", 5, "m", "INBOX", 1, n, NOW) for n in range(1, 1200)])
    assert copy_database(first.engine, database_url)["mails"] == 1199
    second = open_store(database_url)
    assert second.outgoing() == first.outgoing()
    assert second.mails() == first.mails()
    assert second.queue(mails(9), NOW) == 2
    back = tmp_path / "back.db"
    copy_database(second.engine, f"sqlite:///{back}")
    third = open_store(f"sqlite:///{back}")
    assert third.outgoing() == second.outgoing()
    for store in (first, second, third):
        store.close()


def test_a_database_that_holds_something_is_not_copied_over(database_url: str, tmp_path: Path) -> None:
    first, second = open_store(f"sqlite:///{tmp_path / 'first.db'}"), open_store(database_url)
    second.put("signing_key", "kept")
    with pytest.raises(StoreError, match="not empty"):
        copy_database(first.engine, database_url)
    assert second.get("signing_key") == "kept"
    first.close()
    second.close()


def test_a_held_copy_sends_nothing_until_it_is_resumed(database_url: str, tmp_path: Path) -> None:
    first = open_store(f"sqlite:///{tmp_path / 'first.db'}")
    first.queue(mails(1), NOW)
    copy_database(first.engine, database_url, hold="restored")
    second = open_store(database_url)
    assert second.claim_outgoing(now=NOW, worker="w", lease_s=60) is None
    second.clear(HELD)
    assert second.claim_outgoing(now=NOW, worker="w", lease_s=60) is not None
    first.close()
    second.close()


@pytest.mark.parametrize("workers", [2, 5])
def test_several_workers_claim_each_mail_once(database_url: str, workers: int) -> None:
    store = open_store(database_url)
    store.queue(mails(40), NOW)
    store.keep_mails([RawMessage(f"{n:064x}", 5, "m", "INBOX", 1, n, NOW) for n in range(1, 41)])
    store.close()
    claimed: list[str] = []
    sent: list[int] = []
    leases: list[bool] = []

    def work(name: str) -> None:
        own = open_store(database_url)
        leases.append(own.take_lease("mailbox", owner=name, now=NOW, lease_s=60))
        while mail := own.claim_mail(now=NOW, worker=name, lease_s=60, max_attempts=3):
            claimed.append(mail.sha256)
        while row := own.claim_outgoing(now=NOW, worker=name, lease_s=60):
            sent.append(row.id)
        own.close()

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(claimed) == 40
    assert set(Counter(claimed).values()) == {1}
    assert len(sent) == 40
    assert set(Counter(sent).values()) == {1}
    assert leases.count(True) == 1


def test_a_mailbox_whose_holder_died_is_taken_over_when_its_lease_ends(database_url: str) -> None:
    store = open_store(database_url)
    assert store.take_lease("mailbox", owner="dead", now=NOW, lease_s=60)
    assert not store.take_lease("mailbox", owner="next", now=NOW + timedelta(seconds=59), lease_s=60)
    assert store.take_lease("mailbox", owner="next", now=NOW + timedelta(seconds=61), lease_s=60)
    store.close()


def kept_in(folder: Path, *, queued: int = 0) -> tuple[str, Sequence[OutgoingRow]]:
    """An instance's database and files with one mail: its SHA-256, and the mails that wait to be sent."""
    store, files = open_store(f"sqlite:///{folder / 'mailwins.db'}"), open_files(folder / "files")
    sha256, size = files.keep([b"Subject: x\r\n\r\nbody\r\n"])
    store.keep_mails([RawMessage(sha256, size, "m", "INBOX", 1, 1, NOW)])
    store.queue(mails(queued), NOW)
    waiting = store.outgoing()
    store.close()
    return sha256, waiting


def test_a_backup_is_restored_whole(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[company]\nname = "X"\ndomains = ["x.example"]\n', encoding="utf-8")
    sha256, before = kept_in(tmp_path, queued=2)

    def command(*words: str, folder: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mailwins", "--config", str(folder / "config.toml"), *words],
            capture_output=True,
            text=True,
            timeout=60,
        )

    done = command("backup", str(tmp_path / "b1"))
    assert done.returncode == 0, done.stderr
    new = tmp_path / "new"
    new.mkdir()
    (new / "config.toml").write_text(config.read_text(encoding="utf-8"), encoding="utf-8")
    done = command("restore", str(tmp_path / "b1"), folder=new)
    assert done.returncode == 0, done.stderr
    assert open_files(new / "files").read(sha256) == b"Subject: x\r\n\r\nbody\r\n"
    store = open_store(f"sqlite:///{new / 'mailwins.db'}")
    assert store.outgoing() == before
    assert store.claim_outgoing(now=NOW, worker="w", lease_s=60) is None
    assert command("resume", folder=new).returncode == 0
    assert store.claim_outgoing(now=NOW, worker="w", lease_s=60) is not None
    store.close()


@pytest.mark.parametrize("cut", ["all of it", "half", "a few bytes", "one mail short", "one mail gone", "the sum gone"])
def test_a_backup_that_is_not_whole_is_refused_before_anything_is_put_in_its_place(tmp_path: Path, cut: str) -> None:
    """FAULT: a backup was cut short on its way (the database, or a mail, shortened or gone); THEN: restoring it is refused with words before anything is put in its place."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.toml").write_text('[company]\nname = "X"\n', encoding="utf-8")
    sha256, _ = kept_in(tmp_path / "old")

    def command(name: str, word: str) -> Result:
        return CliRunner().invoke(
            cli, ["--config", str(tmp_path / name / "config.toml"), word, str(tmp_path / "backup")]
        )

    assert command("old", "backup").exit_code == 0
    database = tmp_path / "backup" / "mailwins.db"
    mail = Path(open_files(tmp_path / "backup" / "files").path(sha256))
    size = database.stat().st_size
    if cut == "the sum gone":
        database.with_name("mailwins.db.sha256").unlink()
    elif cut.startswith("one mail"):
        mail.unlink() if cut == "one mail gone" else mail.write_bytes(b"Sub")
    else:
        os.truncate(database, {"all of it": 0, "half": size // 2, "a few bytes": size - 10}[cut])
    before = {p: p.read_bytes() for p in (tmp_path / "backup").rglob("*") if p.is_file()}
    refused = command("new", "restore")
    assert isinstance(refused.exception, MailwinsError)
    assert "nothing was changed" in str(refused.exception)
    assert [p.name for p in (tmp_path / "new").rglob("*") if p.is_file()] == ["config.toml"]
    assert {p: p.read_bytes() for p in before} == before


def test_a_backup_is_not_restored_over_anything_and_stays_as_it_is(tmp_path: Path) -> None:
    """FAULT: a backup is restored a second time, or into a place that is in use; THEN: not one file is put there, and ``resume`` a second time changes nothing."""
    config = tmp_path / "config.toml"
    config.write_text('[company]\nname = "X"\n', encoding="utf-8")
    files = open_files(tmp_path / "files")
    sha256, _ = kept_in(tmp_path, queued=2)

    def command(*words: str) -> Result:
        return CliRunner().invoke(cli, ["--config", str(config), *words])

    backup = tmp_path / "backup"
    assert command("backup", str(backup)).exit_code == 0
    files.remove(sha256)
    again = command("restore", str(backup))
    assert "not empty" in str(again.exception)
    assert not files.has(sha256), "nothing was put into its place"
    for path in tmp_path.glob("mailwins.db*"):
        path.unlink()
    before = {p: p.read_bytes() for p in backup.rglob("*") if p.is_file()}
    assert command("restore", str(backup)).exit_code == 0
    assert {p: p.read_bytes() for p in backup.rglob("*") if p.is_file()} == before
    assert "goes out again" in command("resume").output
    assert [command("resume").output, command("resume", "--drop").output] == ["Nothing is held.\n"] * 2
    store = open_store(f"sqlite:///{tmp_path / 'mailwins.db'}")
    assert store.counts()["outbox"]["queued"] == 2
    store.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_backup_made_while_mails_come_in_is_whole(tmp_path: Path) -> None:
    """FAULT: a backup is made while mails are kept and read; THEN: every mail in it has its bytes, and the restored instance reads on."""
    (tmp_path / "config.toml").write_text('[company]\nname = "X"\ndomains = ["x.example"]\n', encoding="utf-8")
    mbox = tmp_path / "many.mbox"
    mbox.write_text(
        "".join(
            f"From x@x.example Tue Nov 24 10:00:00 2026\nFrom: x@x.example\nSubject: {n}\nMessage-ID: <{n}@x>\n\nbody {n} {'x' * 3000}\n\n"
            for n in range(1000)
        )
    )
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "config.toml").write_bytes((tmp_path / "config.toml").read_bytes())

    def started(*words: str, folder: Path = tmp_path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "mailwins", "--config", str(folder / "config.toml"), *words],
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def finished(process: subprocess.Popen[str]) -> str:
        out, err = process.communicate(timeout=200)
        assert process.returncode == 0, err
        return out

    importing = started("import", str(mbox))
    files = tmp_path / "files"
    while len(list(files.glob("??/*"))) < 40:
        assert importing.poll() is None
        time.sleep(0.05)
    finished(started("backup", str(tmp_path / "backup")))
    assert importing.poll() is None, "the import ended before the backup: nothing was tested"
    finished(importing)
    finished(started("restore", str(tmp_path / "backup"), folder=tmp_path / "new"))
    store, restored = (
        open_store(f"sqlite:///{tmp_path / 'new' / 'mailwins.db'}"),
        open_files(tmp_path / "new" / "files"),
    )
    kept = store.mails()
    assert 0 < len(kept) <= 1000
    assert all(restored.read(mail.sha256) for mail in kept)
    finished(started("read", folder=tmp_path / "new"))
    assert store.counts()["mails"]["waiting"] == 0
    store.close()
