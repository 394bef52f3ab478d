"""The places a service stands on: the folder of kept mails, the limits of its process, its own program."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from mailwins.app import build, utc_now
from mailwins.config import parse
from mailwins.errors import FileLost, StoreError, StoreFull
from mailwins.jobs.collect import collect
from mailwins.jobs.deliver import Ended, deliver
from mailwins.jobs.faults import Fault, no_fault
from mailwins.jobs.read import read_all
from mailwins.model import Outcome, OutgoingMail, RawMessage
from mailwins.sender import SmtpSender, SmtpSettings
from mailwins.store import open_files, open_store
from tests.faults.test_odd_servers import odd
from tests.faults.test_several_processes import NOW, ROOT, Instance, founded
from tests.processes import die_with_us
from tests.servers.odd_imap import OddImap
from tests.servers.odd_smtp import OddSmtp
from tests.servers.smtp import SmtpServer
from tests.test_loop import small_disk as small_disk


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    with SmtpServer() as smtp:
        yield founded(tmp_path, f"sqlite:///{tmp_path / 'wins.db'}", smtp)


def run(instance: Instance, *command: str, limit: str = "") -> subprocess.CompletedProcess[str]:
    """``mailwins COMMAND`` under a *limit* of the shell, such as "ulimit -n 20"."""
    program = f'{limit or ":"}; exec "$0" -m mailwins "$@"'
    return subprocess.run(
        ["bash", "-c", program, sys.executable, *command],
        cwd=instance.folder,
        env=environ(instance),
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=die_with_us,
    )


def environ(instance: Instance) -> dict[str, str]:
    config = str(instance.folder / "config.toml")
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "MAILWINS_CONFIG": config}


def outcomes(instance: Instance) -> list[tuple[Outcome | None, str | None]]:
    store = instance.store()
    found = sorted(((m.outcome, m.reason) for m in store.mails()), key=str)
    store.close()
    return found


def kept(instance: Instance) -> list[Path]:
    return sorted(p for p in (instance.folder / "files").rglob("*") if p.is_file())


@pytest.mark.slow
def test_a_kept_mail_that_is_damaged_on_disk_becomes_no_win(instance: Instance) -> None:
    """FAULT: kept mails are damaged on disk before they are read (cut short, emptied, one gone); THEN: no win is made of half a mail: they lie in the tray with the reason, and the others are read."""
    instance.arrive(4)
    short, empty, gone, _ = kept(instance)
    short.write_bytes(short.read_bytes()[:-60])
    empty.write_bytes(b"")
    gone.unlink()
    for later in (0, 60, 600):
        run(instance, "read", "--now", f"{NOW + timedelta(seconds=later):%Y-%m-%dT%H:%M:%SZ}")
    assert outcomes(instance) == [*[(Outcome.QUARANTINED, "failed")] * 3, (Outcome.WIN, None)]
    shown = run(instance, "tray", "list", "--json").stdout
    assert (shown.count("is damaged"), shown.count("is gone from")) == (2, 1), shown


@pytest.mark.slow
@pytest.mark.parametrize("how", ["moved away", "an empty mount point"])
def test_a_folder_of_mails_that_is_not_there_costs_no_mail_an_attempt(instance: Instance, how: str) -> None:
    """FAULT: the disk with the kept mails is not mounted when the service starts; THEN: it says so and ends, instead of giving up every waiting mail, and all are read once the disk is back."""
    instance.arrive(2)
    files = instance.folder / "files"
    away = files.rename(instance.folder / "away")
    if how == "an empty mount point":
        files.mkdir()
    for _ in range(2):
        result = run(instance, "read")
        assert (result.returncode, len(result.stderr.strip().splitlines())) == (1, 1), result.stderr
        assert "Mount its disk" in result.stderr
    files.rmdir()
    away.rename(files)
    assert run(instance, "read").returncode == 0
    instance_store = instance.store()
    assert [m.attempts for m in instance_store.mails()] == [1, 1]
    instance_store.close()


def test_a_folder_of_mails_that_is_changed_for_another_is_written_to_no_more(tmp_path: Path) -> None:
    """FAULT: the disk with the kept mails is unmounted while the service runs; THEN: nothing is kept in the bare mount point, no mail counts as lost, and the fix is said."""
    files = open_files(tmp_path / "files")
    one, _ = files.keep([b"one"])
    (tmp_path / "files").rename(tmp_path / "away")
    (tmp_path / "files").mkdir()
    with pytest.raises(StoreError, match="unmounted while it was in use"):
        files.keep([b"two"])
    with pytest.raises(StoreError, match="unmounted while it was in use") as failure:
        files.read(one)
    assert not isinstance(failure.value, FileLost)
    (tmp_path / "files").rmdir()
    (tmp_path / "away").rename(tmp_path / "files")
    assert files.read(one) == b"one"


@pytest.mark.slow
def test_too_few_open_files_cost_no_mail_an_attempt(instance: Instance) -> None:
    """FAULT: the process may open too few files, or start no other (ulimit, a container's pids limit); THEN: one line says which limit, no mail uses up its attempts, and all are read once there is room."""
    instance.arrive(2)
    for limit in (10, 10, 11):
        result = run(instance, "read", limit=f"ulimit -n {limit}")
        assert (result.returncode, "Traceback" in result.stderr) == (1, False), result.stderr
        assert "Too many open files" in result.stderr
    assert run(instance, "read").returncode == 0
    assert outcomes(instance) == [(Outcome.WIN, None)] * 2


def test_another_version_installed_meanwhile_costs_no_mail_an_attempt(tmp_path: Path) -> None:
    """FAULT: another version is installed over the one that runs, and its child starts from the new one; THEN: nothing is read by a mixture of both: the line says to start the service again."""
    program = tmp_path / "program"
    shutil.copytree(ROOT / "mailwins", program / "mailwins", ignore=shutil.ignore_patterns("__pycache__"))
    script = (
        "import pathlib, mailwins\n"
        "from mailwins.sandbox import Sandbox\n"
        "own = pathlib.Path(mailwins.__file__)\n"
        "own.write_text(own.read_text().replace(mailwins.__version__, '99.0'))\n"
        "try: Sandbox().read(b'Subject: x')\n"
        "except mailwins.errors.MailwinsError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(program)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.startswith("Another version of mailwins was installed"), done.stdout


def test_a_mail_too_large_for_the_disk_keeps_no_other_back(tmp_path: Path, small_disk: Path) -> None:
    """FAULT: a mail is larger than the room that is left on the disk; THEN: it waits on the server with one clear line, the mails behind it are kept all the same, and it comes once there is room."""
    store, files = open_store(f"sqlite:///{tmp_path / 'wins.db'}"), open_files(small_disk / "files")
    sent = {
        1: b"Subject: 1\r\n\r\n",
        2: b"Subject: huge\r\n\r\n" + b"0123456789abcd\r\n" * 500_000,
        3: b"Subject: 3\r\n\r\n",
    }
    with OddImap(sent) as server:
        box = odd(server)
        for _ in range(2):
            with pytest.raises(StoreFull, match="no space left"):
                collect(box, files, store, start="all", now=NOW, zone=UTC)
            assert sorted(files.read(m.sha256) for m in store.mails()) == sorted((sent[1], sent[3]))
            assert list(small_disk.rglob("*.tmp")) == []
        subprocess.run(["mount", "-o", "remount,size=60m", str(small_disk)], check=True)
        assert collect(box, files, store, start="all", now=NOW, zone=UTC).new == 1
    assert len(store.mails()) == 3
    store.close()


def in_a_container(instance: Instance, *command: str, fault: str = "") -> subprocess.Popen[bytes]:
    """``mailwins COMMAND`` where it sees none of our processes, and we not its numbers."""
    if subprocess.run(["unshare", "-pf", "--mount-proc", "true"], capture_output=True, check=False).returncode:
        pytest.skip("NO CONTAINERS, nothing was tested: unshare is not allowed")
    # Not as the first process of the container, whom no signal of its own kills.
    program = '"$0" -m mailwins "$@"; exit $?'
    return subprocess.Popen(
        ["unshare", "-pf", "--mount-proc", "--kill-child", "bash", "-c", program, sys.executable, *command],
        cwd=instance.folder,
        env=environ(instance) | ({"MAILWINS_TEST_FAULT": fault} if fault else {}),
        preexec_fn=die_with_us,
        stdout=subprocess.DEVNULL,
    )


@pytest.mark.slow
def test_what_a_container_held_that_was_killed_is_free_at_once(instance: Instance) -> None:
    """FAULT: a container is killed while it reads and sends, and another one of the same machine takes over; THEN: what the first one held is free at once, not when its leases end."""
    instance.arrive(2)
    assert in_a_container(instance, "read", fault="read.judged").wait(60)
    store = instance.store()
    assert len(store.claimants()) == 1
    assert run(instance, "read").returncode == 0
    assert store.counts()["mails"]["waiting"] == 0
    assert in_a_container(instance, "deliver", fault="deliver.claimed").wait(60)
    assert store.counts()["outbox"]["sending"] == 1
    assert run(instance, "deliver").returncode == 0
    assert store.counts()["outbox"]["sent"] == len(instance.smtp.messages) == 2
    store.close()
    assert list((instance.folder / "files" / "at-work").iterdir()) == []


@pytest.mark.slow
def test_two_containers_with_one_host_name_send_nothing_twice(instance: Instance) -> None:
    """FAULT: two containers share a database and a host name (as with Docker's host network), so that neither finds the other's processes; THEN: none is taken for dead, and what one is sending the other leaves alone."""
    store = instance.store()
    store.queue([OutgoingMail("receipt", "1", "ana@x.example", "1@x.example", "s", b"Subject: s\r\n\r\nx\r\n")], NOW)
    instance.smtp.dot_delay_s = 60
    inside = in_a_container(instance, "deliver")
    while not store.counts()["outbox"]["sending"]:
        assert inside.poll() is None
        time.sleep(0.1)
    assert run(instance, "deliver").returncode == 0
    assert store.counts()["outbox"]["sending"] == 1
    assert len(instance.smtp.messages) == 0
    inside.kill()
    inside.wait()
    store.close()


def fill(disk: Path, left_bytes: int = 0) -> None:
    """Other programs take all room but *left_bytes*; what an earlier call took counts."""
    with contextlib.suppress(OSError), (disk / "filler").open("ab", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    if left_bytes:
        os.truncate(disk / "filler", (disk / "filler").stat().st_size - left_bytes)


def test_a_disk_that_fills_while_mail_is_read_costs_it_no_attempt(small_disk: Path) -> None:
    """FAULT: the disk fills to the last byte after a mail was claimed, so that it can neither be read nor given back, again and again; THEN: that is no attempt of it, and it is read once there is room."""
    app = build(parse({"storage": {"database": f"sqlite:///{small_disk / 'wins.db'}"}}, "config.toml", small_disk, {}))
    sha256, size = app.files.keep([b"From: a@x.example\r\nSubject: s\r\n\r\nx\r\n"])
    app.store.keep_mails([RawMessage(sha256, size, "box", "INBOX", 1, 1, NOW)])

    def fill_once_judged(point: str) -> None:
        if point == "read.judged":
            fill(small_disk)

    def tried(hours: int, fault: Fault) -> int:
        with contextlib.suppress(StoreFull):
            read_all(app.desk, now=lambda: NOW + timedelta(hours=hours), worker="w", fault=fault)
        (small_disk / "filler").unlink(missing_ok=True)
        (mail,) = app.store.mails()
        assert mail.reason != "failed"
        return mail.attempts

    assert [tried(n, fill_once_judged) for n in range(5)] == [1] * 5
    assert tried(6, no_fault) == 1
    assert app.store.counts()["mails"]["waiting"] == 0
    app.close()


def test_a_disk_with_hardly_any_room_is_no_place_to_begin_reading(small_disk: Path) -> None:
    """FAULT: the disk has a few kilobytes left when a pass begins to read (each from the command line, say, by a timer); THEN: one clear line, no mail is claimed, none uses up an attempt."""
    store = open_store(f"sqlite:///{small_disk / 'wins.db'}")
    store.keep_mails([RawMessage("0" * 64, 1, "box", "INBOX", 1, 1, NOW)])
    fill(small_disk, left_bytes=600_000)
    with pytest.raises(StoreFull, match=r"bytes left. Make room"):
        store.claim_mails(now=NOW, worker="w", lease_s=60, max_attempts=3, at_most=9)
    (small_disk / "filler").unlink()
    (claimed,) = store.claim_mails(now=NOW, worker="w", lease_s=60, max_attempts=3, at_most=9)
    assert claimed.attempts == 1
    store.close()


@pytest.mark.parametrize("left_bytes", [0, 600_000])
def test_a_database_that_takes_no_writes_is_told_by_status_at_once(small_disk: Path, left_bytes: int) -> None:
    """FAULT: the disk of the database is full, so that no error can be noted either; THEN: status says so at once and ends with 1, instead of telling for hours how well things were."""
    config = small_disk.parent / "config.toml"
    config.write_text(f'[company]\nname = "X"\n[storage]\ndatabase = "sqlite:///{small_disk}/wins.db"\n')
    status = [sys.executable, "-m", "mailwins", "--config", str(config), "status"]

    def told() -> tuple[int, str]:
        done = subprocess.run(
            status, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    store = open_store(f"sqlite:///{small_disk / 'wins.db'}")
    for job in ("collect", "read", "publish", "deliver"):
        store.beat(job, at=utc_now())
    assert told()[0] == 0
    fill(small_disk, left_bytes)
    code, words = told()
    assert code == 1
    assert "PROBLEM  Nothing can be written: The d" in words
    assert "Traceback" not in words
    (small_disk / "filler").unlink()
    assert told()[0] == 0
    store.close()


@pytest.mark.parametrize("is_refused", [False, True])
def test_what_became_of_a_mail_is_noted_once_the_database_can_be_written(small_disk: Path, is_refused: bool) -> None:
    """FAULT: the database cannot be written (full, locked, gone) in the moment after the SMTP server took or refused a mail; THEN: that is noted at the next pass, and the mail is not sent again."""
    store = open_store(f"sqlite:///{small_disk / 'wins.db'}")
    store.queue([OutgoingMail("receipt", "1", "ana@x.example", "1@x.example", "s", b"Subject: s\r\n\r\nx\r\n")], NOW)
    filler, unnoted = small_disk / "filler", list[Ended]()

    def fill_once_sent(point: str) -> None:
        if point == "deliver.sent":
            fill(small_disk)

    with OddSmtp(rcpt=b"550 5.7.1 no\r\n" if is_refused else b"250 ok\r\n") as server:
        sender = SmtpSender(SmtpSettings("localhost", server.port, "none", timeout_s=5))
        for fault in (fill_once_sent, no_fault):
            with contextlib.suppress(StoreFull):
                deliver(
                    store, sender, envelope_from="w@x.example", now=lambda: NOW, worker="w", lease_s=60, unnoted=unnoted, fault=fault
                )  # fmt: skip
            assert len(unnoted) == (fault is fill_once_sent)
            filler.unlink(missing_ok=True)
        sender.close()
        assert len(server.taken) == (not is_refused)
    assert store.counts()["outbox"]["failed" if is_refused else "sent"] == 1
    store.close()
