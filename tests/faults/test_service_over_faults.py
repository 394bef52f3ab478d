"""The running service, a process of its own, while its clock, its database, its disk or its servers misbehave."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.loop import Company, forward
from tests.servers import dovecot
from tests.servers.odd_imap import OddImap
from tests.servers.smtp import SmtpServer

pytestmark = [pytest.mark.dovecot, pytest.mark.slow]

USER = "wins@each.test"
DAYS = {"+0": 0, "+1d": 1, "-1d": -1}
PRIYA = "priya@tidemark.example"
FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)
needs_faketime = pytest.mark.skipif(
    FAKETIME is None, reason="SERVER MISSING, nothing was tested: no libfaketime (apt-get install faketime)"
)


def told_by(clock: Path) -> dict[str, str]:
    """The environment of a process whose clock differs from ours by what stands in the file *clock*."""
    return {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }


@pytest.fixture
def company(own_dovecot: dovecot.DovecotServer, tmp_path: Path) -> Iterator[Company]:
    with SmtpServer() as smtp:
        yield Company.found(tmp_path, own_dovecot, smtp, USER)


@contextlib.contextmanager
def running(company: Company, **more: str) -> Iterator[subprocess.Popen[str]]:
    """The service, up and past its first look at the mailbox; killed at the end if the test did not stop it."""
    environ = dict(os.environ)
    os.environ.update(more)
    try:
        service = company.start("run")
    finally:
        os.environ.clear()
        os.environ.update(environ)
    try:
        assert until(lambda: has_begun(company), 60)
        yield service
    finally:
        service.kill()
        service.communicate()


def has_begun(company: Company) -> bool:
    if not (company.folder / "mailwins.db").exists():
        return False
    with contextlib.suppress(sqlite3.Error), sqlite3.connect(company.folder / "mailwins.db") as database:
        return bool(database.execute("SELECT 1 FROM beats WHERE job = 'collect'").fetchall())
    return False


def until(true: Callable[[], bool], within_s: float) -> bool:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return true()


def receipts(company: Company) -> Counter[str]:
    return Counter(str(message_from_bytes(m.raw)["In-Reply-To"]) for m in company.smtp.messages)


def ticked_away(company: Company) -> float:
    """How many days the service's clock was away from ours when it last looked for editions that are due."""
    with sqlite3.connect(company.folder / "mailwins.db") as database:
        (at,) = database.execute("SELECT at FROM beats WHERE job = 'publish'").fetchone() or ("2000-01-01 00:00:00",)
    return (datetime.fromisoformat(at).replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds() / 86_400


def stopped(service: subprocess.Popen[str]) -> tuple[float, list[str]]:
    """(seconds, events) of a stop by SIGTERM that ended well."""
    began = time.monotonic()
    service.send_signal(signal.SIGTERM)
    _, err = service.communicate(timeout=90)
    assert service.returncode == 0, err
    return time.monotonic() - began, [json.loads(line)["event"] for line in err.splitlines() if line.startswith("{")]


@needs_faketime
@pytest.mark.timeout(400)
@pytest.mark.parametrize("jumps", [("+1d", "+0"), ("-1d", "+0")])
def test_a_clock_that_jumps_a_day_stops_and_doubles_nothing(
    company: Company, tmp_path: Path, jumps: tuple[str, str]
) -> None:
    """FAULT: the clock jumps a day forward, or back, and returns later, while two services run; THEN: mail is still read and answered within seconds, each once."""
    clock = tmp_path / "clock"
    clock.write_text("+0")
    faked = told_by(clock)
    with running(company, **faked) as first, running(company, **faked) as second:
        sent = 0
        for offset in ("+0", *jumps):
            clock.write_text(offset)
            time.sleep(1)
            for _ in range(2):
                sent += 1
                company.drop(
                    forward(sent, words=f"Region {sent} went from {20 + sent}% to 3% missed visits. Thank you!")
                )
            assert until(lambda away=DAYS[offset]: abs(ticked_away(company) - away) < 0.1, 90), (
                f"after {offset}: no tick"
            )
            assert until(lambda wanted=sent: len(receipts(company)) >= wanted, 90), (
                f"after {offset}: {len(receipts(company))} of {sent} answered"
            )
        time.sleep(1)
        assert (first.poll(), second.poll()) == (None, None)
    assert set(receipts(company).values()) == {1}
    assert len(company.rows("wins", "list")) == sent


def test_a_stop_waits_for_the_answer_to_a_mail_that_was_handed_over(company: Company) -> None:
    """FAULT: SIGTERM while a server takes its time to answer the final dot; THEN: the stop waits for the answer, within what systemd allows, and nobody gets the mail twice."""
    company.smtp.dot_delay_s = 11
    with running(company) as service:
        company.drop(forward())
        assert until(lambda: sending(company) == 1, 30)
        time.sleep(0.5)
        seconds, events = stopped(service)
    assert 5 < seconds < 60
    assert events[-1] == "stopped"
    assert "left_in_hand" not in events
    company.smtp.dot_delay_s = 0
    assert json.loads(company.done("status", "--json"))["outbox"]["sent"] == 1
    company.done("deliver")
    assert len(company.smtp.messages) == 1


def sending(company: Company) -> int:
    with sqlite3.connect(company.folder / "mailwins.db") as database:
        return int(database.execute("SELECT count(*) FROM outbox WHERE state = 'sending'").fetchone()[0])


def test_a_database_locked_by_somebody_else_stops_the_service_for_no_longer_than_that(company: Company) -> None:
    """FAULT: another program holds the SQLite database locked for longer than anybody waits; THEN: the service lives on, and goes on by itself once it is let go."""
    with running(company) as service:
        other = sqlite3.connect(company.folder / "mailwins.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        company.drop(forward())
        time.sleep(17)
        assert service.poll() is None
        other.execute("ROLLBACK")
        other.close()
        assert until(lambda: len(company.smtp.messages) == 1, 60)
        stopped(service)
    assert len(company.rows("wins", "list")) == 1


def test_a_dead_service_leaves_the_mailbox_to_the_next_at_once(company: Company) -> None:
    """FAULT: the service is killed while it holds the mailbox; THEN: the next one takes it over at once, not when the lease ends."""
    with running(company) as service:
        service.kill()
        service.wait()
    with sqlite3.connect(company.folder / "mailwins.db") as database:
        database.execute("DELETE FROM beats")
    company.drop(forward())
    with running(company):
        assert until(lambda: len(company.smtp.messages) == 1, 30)


def test_a_server_that_will_not_move_mail_stops_nothing_else(company: Company) -> None:
    """FAULT: the server refuses to move mail (no such folder may be made, no rights, over quota); THEN: mail is read and answered as ever, each once, and status says what cannot be moved and why."""
    config = company.folder / "config.toml"
    config.write_text(config.read_text().replace("[mailbox]", f'[mailbox]\ndone_folder = "{"x" * 400}"', 1))
    with running(company) as service:
        for n in range(3):
            company.drop(forward(n, words=f"Region {n} went from {20 + n}% to 3% missed visits. Thank you!"))
            assert until(lambda wanted=n + 1: len(company.smtp.messages) == wanted, 60)
        assert until(lambda: "cannot be moved out of the inbox" in company.run("status").stdout, 30)
        assert "collect" not in failures(company)
        stopped(service)
    assert set(receipts(company).values()) == {1}


def test_a_service_that_cannot_reach_the_mailbox_leaves_it_to_one_that_can(company: Company) -> None:
    """FAULT: of two services on one database, the one that holds the mailbox cannot reach its server; THEN: the other collects within seconds."""
    config = (company.folder / "config.toml").read_text()
    cut_off = config.replace(f"port = {company.imap.tls_port}", f"port = {dovecot._free_port()}")
    (company.folder / "config.toml").write_text(cut_off)
    with running(company):
        assert until(lambda: "collect" in failures(company), 60)
        (company.folder / "config.toml").write_text(config)
        with running(company):
            assert until(lambda: "collect" not in failures(company), 60)
            for n in range(3):
                company.drop(forward(n, words=f"Region {n} went from {20 + n}% to 3% missed visits. Thank you!"))
                assert until(lambda wanted=n + 1: len(company.smtp.messages) == wanted, 60)


def failures(company: Company) -> dict[str, str]:
    with sqlite3.connect(company.folder / "mailwins.db") as database:
        return dict(database.execute("SELECT job, error FROM beats WHERE error IS NOT NULL"))


def test_the_imap_server_goes_away_for_a_while(company: Company) -> None:
    """FAULT: the IMAP server is killed and comes back some seconds later; THEN: the service connects again by itself and reads what came meanwhile."""
    with running(company) as service:
        company.imap.kill()
        company.imap.drop(USER, forward())
        time.sleep(3)
        company.imap.start()
        assert until(lambda: len(company.smtp.messages) == 1, 60)
        stopped(service)


@pytest.mark.timeout(300)
def test_two_processes_that_collect_the_same_box_do_double_work_and_no_harm(company: Company) -> None:
    """FAULT: two processes collect the same mailbox side by side, as after a lost lease; THEN: each mail is kept once, read once and moved once."""
    company.done("collect")
    for n in range(12):
        company.imap.drop(USER, forward(n, words=f"Region {n} went from {20 + n} hours to 3 hours. Thank you!"))
    time.sleep(1.1)
    for _ in range(2):
        both = [company.start("collect") for _ in range(2)]
        for one in both:
            out, err = one.communicate(timeout=90)
            assert one.returncode == 0, out + err
        readers = [company.start("read") for _ in range(2)]
        for one in readers:
            out, err = one.communicate(timeout=120)
            assert one.returncode == 0, out + err
    assert len(company.rows("wins", "list")) == 12
    mails = [p for p in company.imap.maildir(USER).rglob("*") if p.parent.name in ("cur", "new") and p.is_file()]
    assert len(mails) == 12


@pytest.mark.timeout(300)
def test_a_mail_of_100_mb_is_kept_whole_with_flat_memory_and_lies_in_the_tray(company: Company) -> None:
    """FAULT: somebody sends 100 MB; THEN: it is kept whole, in pieces with flat memory, told as over_limit in the tray, and its sender hears of it."""
    company.done("collect")
    huge = forward() + b"\r\n" + b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n" * 1_600_000
    company.imap.drop(USER, huge)
    time.sleep(1.1)
    assert len(huge) > 100_000_000
    peaks = [peak_mb(company, "collect"), peak_mb(company, "read")]
    assert max(peaks) < 220, peaks
    (held,) = company.rows("tray", "list")
    assert held["reason"] == "over_limit", held
    (kept,) = (p for p in (company.folder / "files").rglob("*") if p.is_file())
    assert kept.read_bytes() == huge
    company.done("deliver")
    assert [m.recipients for m in company.smtp.messages] == [[PRIYA]]


def peak_mb(company: Company, command: str) -> float:
    """Peak resident memory of ``mailwins COMMAND``, from a small starter: a child is charged with the memory of who started it."""
    starter = "import os, subprocess, sys; p = subprocess.Popen([sys.executable, '-m', 'mailwins', sys.argv[1]]); _, status, used = os.wait4(p.pid, 0); print(used.ru_maxrss, file=sys.stderr); sys.exit(bool(status))"
    done = subprocess.run([shutil.which("python3") or "python3", "-c", starter.replace("sys.executable", repr(__import__("sys").executable)), command],
                          capture_output=True, text=True, check=True, cwd=company.folder,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "MAILWINS_CONFIG": str(company.folder / "config.toml")})  # fmt: skip
    return int(done.stderr.split()[-1]) / 1024


def test_a_restored_copy_takes_no_mail_away_from_the_one_that_runs(company: Company) -> None:
    """FAULT: a backup is restored elsewhere and started beside the instance it was made of; THEN: until "resume" it sends nothing and moves no mail, so that the other one still finds all of it."""
    company.done("collect")
    company.done("backup", str(company.folder / "backup"))
    copy = Company(company.folder / "copy", company.imap, company.smtp, company.user)
    copy.folder.mkdir()
    for name in ("config.toml", "accounts.csv", "people.csv", "imap-password"):
        shutil.copy(company.folder / name, copy.folder / name)
    copy.done("restore", str(company.folder / "backup"))
    company.drop(forward())
    for job in ("collect", "read", "collect", "deliver"):
        copy.done(job)
    assert len(copy.rows("wins", "list")) == 1
    assert company.smtp.messages == []
    for job in ("collect", "read", "deliver"):
        company.done(job)
    assert len(company.rows("wins", "list")) == 1
    assert len(company.smtp.messages) == 1
    copy.done("resume", "--drop")
    assert json.loads(copy.done("collect", "--json"))["moved"] == 1


@needs_faketime
@pytest.mark.timeout(300)
def test_a_machine_that_wakes_in_1990_and_learns_the_time_goes_on_at_once(company: Company, tmp_path: Path) -> None:
    """FAULT: the service starts on a machine whose clock stands at 1990, and the time is set minutes later; THEN: it goes on within seconds, without counting the thirty million ticks in between."""
    clock = tmp_path / "clock"
    clock.write_text("-13000d")
    faked = told_by(clock)
    with running(company, **faked) as service:
        assert until(lambda: ticked_away(company) < -12_000, 60)
        clock.write_text("+0")
        assert until(lambda: abs(ticked_away(company)) < 0.1, 60)
        seconds = [int(n) for n in Path(f"/proc/{service.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]]
        assert sum(seconds) / os.sysconf("SC_CLK_TCK") < 30


def test_a_closed_terminal_is_a_clean_stop(company: Company) -> None:
    """FAULT: the terminal or the session that started the service is closed (SIGHUP); THEN: it ends as cleanly as on SIGTERM, with what is in hand finished."""
    with running(company) as service:
        service.send_signal(signal.SIGHUP)
        _, err = service.communicate(timeout=60)
        assert service.returncode == 0, err
        assert '"stopped"' in err


def test_a_list_in_the_middle_of_being_written_makes_nobody_a_stranger(company: Company) -> None:
    """FAULT: people.csv is written slowly while the service runs, or is not there for a while; THEN: nobody is taken out by half a file, mail is read as ever, and status says what is wrong with it."""
    people = company.folder / "people.csv"
    whole = people.read_text()
    with running(company) as service:
        for n in range(4):
            people.write_text(whole[: whole.index("Priya")] + "Owen Clarke,owen@tidemark.example,manager,CS\n")
            time.sleep(1)
            if not n:
                company.drop(forward())
        people.write_text(whole)
        assert until(lambda: len(company.smtp.messages) == 1, 60)
        people.unlink()
        assert until(lambda: "publish" in failures(company), 60)
        people.write_text(whole)
        assert until(lambda: "publish" not in failures(company), 90)
        service.terminate()
        _, log = service.communicate(timeout=90)
    assert len(company.rows("wins", "list")) == 1
    told = [line for line in map(json.loads, log.splitlines()) if line["event"] == "failed"]
    assert {line["next_try_s"] for line in told} == {1}, "it is tried at each tick"


def test_a_mended_password_is_tried_at_once(own_dovecot: dovecot.DovecotServer, tmp_path: Path) -> None:
    """FAULT: the IMAP and the SMTP server refuse the login until the admin mends the password files; THEN: both are tried within seconds, not when the quarter of an hour after a refused login is over."""
    with SmtpServer(users={"wins": "hunter2"}) as smtp:
        company = Company.found(tmp_path, own_dovecot, smtp, USER, smtp_user="wins")
        (tmp_path / "imap-password").write_text("old")
        (tmp_path / "smtp-password").write_text("old")
        with running(company) as service:
            assert "refused the login" in failures(company)["collect"]
            (tmp_path / "imap-password").write_text("secret\n")
            assert until(lambda: "collect" not in failures(company), 30)
            company.drop(forward())
            assert until(lambda: "refused the login" in failures(company).get("deliver", ""), 30)
            (tmp_path / "smtp-password").write_text("hunter2\n")
            assert until(lambda: len(smtp.messages) == 1, 30)
            assert failures(company) == {}
            stopped(service)


def test_settings_changed_while_it_runs_are_told(company: Company) -> None:
    """FAULT: config.toml is changed, or spoilt, while the service runs; THEN: it goes on by what it was started with, and the log, once, and status say that it has to be started again, or what is wrong."""
    config = company.folder / "config.toml"
    whole = config.read_text()

    def noted() -> str:
        return " ".join(json.loads(company.run("status", "--json").stdout)["notes"])

    with running(company) as service:
        config.write_text(whole + "\n# a remark\n")
        time.sleep(4)
        config.write_text(whole.replace("poll_s = 5", "poll_s = 6"))
        assert until(lambda: "settings" in failures(company), 30)
        assert "start it again" in noted()
        config.write_text(whole.replace("poll_s = 5", "poll_s = soon"))
        assert until(lambda: "would not start with it" in failures(company).get("settings", ""), 30)
        config.write_text(whole)
        assert until(lambda: failures(company) == {}, 30)
        assert stopped(service)[1].count("settings_changed") == 2


@contextlib.contextmanager
def odd(company: Company) -> Iterator[OddImap]:
    """A strange server in the place of the company's own."""
    with OddImap() as server:
        path = company.folder / "config.toml"
        text = path.read_text().replace(f"port = {company.imap.tls_port}", f"port = {server.port}")
        path.write_text(text.replace(f'security = "tls"\nca_file = "{company.imap.cert}"', 'security = "none"'))
        yield server


def test_news_that_never_are_a_mail_keep_nobody_busy(company: Company) -> None:
    """FAULT: the IMAP server has news the moment we listen (IDLE), each time, and never a mail; THEN: it is looked at less and less often, not hundreds of times a second."""
    with odd(company) as server:
        server.on_idle = b"+ idling\r\n* 5 EXISTS\r\n"
        with running(company):
            time.sleep(4)
        assert 2 <= server.commands.count("IDLE") < 12


def test_a_server_that_hangs_up_after_each_look_is_not_knocked_at_again_and_again(company: Company) -> None:
    """FAULT: the IMAP server lets us in, and hangs up the moment we listen (IDLE), each time; THEN: we come back after longer and longer, as after any failure, and what lies there is fetched at each visit."""
    with odd(company) as server:
        server.on_idle = b"+ idling\r\n* BYE autologout\r\n"
        with running(company) as service:
            assert until(lambda: sum(c.startswith("AUTHENTICATE") for c in server.commands) == 2, 20)
            time.sleep(0.5)
            service.send_signal(signal.SIGTERM)
            _, err = service.communicate(timeout=20)
        waits = [line["next_try_s"] for line in map(json.loads, err.splitlines()) if line["event"] == "failed"]
        assert waits[1] >= 4 > waits[0], err


def test_what_hinders_every_mail_is_not_told_twice_a_second(company: Company) -> None:
    """FAULT: something hinders every mail for hours (here a database that was replaced under the service); THEN: reading is tried again after longer and longer, and the log does not fill the disk."""
    with running(company) as service:
        shutil.copy(company.folder / "mailwins.db", company.folder / "copy")
        (company.folder / "copy").replace(company.folder / "mailwins.db")
        time.sleep(6)
        service.send_signal(signal.SIGTERM)
        _, err = service.communicate(timeout=20)
    tried = [line for line in map(json.loads, err.splitlines()) if line.get("job") == "read"]
    assert 1 <= len(tried) <= 3, err


def test_a_service_whose_database_was_brought_to_a_newer_version_ends_with_words(company: Company) -> None:
    """FAULT: an old process still runs while a newer version is installed and brings the database to its own schema; THEN: it writes no more, ends within a tick with words and status 1, and the newer one finds everything."""
    database = company.folder / "mailwins.db"
    with running(company) as service:
        with contextlib.closing(sqlite3.connect(database)) as newer, newer:
            newer.execute("UPDATE alembic_version SET version_num = '0099'")
        company.drop(forward())
        _, err = service.communicate(timeout=60)
        assert service.returncode == 1
        *events, words = err.splitlines()
        assert "another version (0099) while this process ran" in words
        assert "Traceback" not in err
        assert "superseded" in {json.loads(line)["event"] for line in events}
    again = company.run("status")
    assert again.returncode == 1
    assert "newer mailwins (version 0099)" in again.stderr
    with contextlib.closing(sqlite3.connect(database)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '0001'")
    with running(company) as service:
        assert until(lambda: len(company.smtp.messages) == 1, 60)
        stopped(service)
    assert len(company.rows("wins", "list")) == 1


def test_a_log_that_nobody_reads_stops_nothing(company: Company) -> None:
    """FAULT: whoever reads the service's log stands still (a pager, a stuck log driver of a container), so that its pipe is full; THEN: mail is read and answered all the same, and the log says how many lines it lost."""
    service = company.start("run")
    assert service.stderr is not None
    fcntl.fcntl(service.stderr, fcntl.F_SETPIPE_SZ, 8192)
    try:
        assert until(lambda: has_begun(company), 60)
        for number in range(25):
            company.drop(forward(number, words=f"Missed visits went from {number + 20}% to 3%, says crew {number}."))
        assert until(lambda: len(company.smtp.messages) == 25, 60)
        assert os.read(service.stderr.fileno(), 100_000)
        company.drop(forward(99, words="The depot of crew 99 works without paper now."))
        assert until(lambda: len(company.smtp.messages) == 26, 60)
        service.terminate()
        _, err = service.communicate(timeout=60)
        lost = [json.loads(line)["lines"] for line in err.splitlines() if '"log_lines_lost"' in line]
        assert sum(lost) > 10
    finally:
        service.kill()
        service.communicate()


def test_a_certificate_renewed_while_it_runs_is_trusted_once_its_ca_is(
    own_dovecot: dovecot.DovecotServer, tmp_path: Path
) -> None:
    """FAULT: the mail server gets a new certificate, of a CA that is not known here yet, and ends all connections; THEN: the line says so, no password is sent, and mail comes within seconds of the new CA being put into ca_file, without a restart."""
    trusted = tmp_path / "ca.pem"
    shutil.copy(own_dovecot.cert, trusted)
    with SmtpServer() as smtp:
        company = Company.found(tmp_path, own_dovecot, smtp, USER)
        config = tmp_path / "config.toml"
        config.write_text(config.read_text().replace(str(own_dovecot.cert), str(trusted)))
        with running(company) as service:
            own_dovecot.stop()
            own_dovecot.renew_certificate()
            own_dovecot.start()
            company.drop(forward())
            assert until(lambda: "is not trusted" in failures(company).get("collect", ""), 30)
            shutil.copy(own_dovecot.cert, trusted)
            assert until(lambda: len(smtp.messages) == 1, 30)
            assert "collect" not in failures(company)
            stopped(service)
