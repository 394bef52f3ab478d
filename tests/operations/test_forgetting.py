"""What goes by itself after its days, and what goes when somebody asks: from real mails in a real database, through the command line."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailwins.app import load, utc_now
from mailwins.cli import cli
from mailwins.config import Retention
from mailwins.operations.retention import tidy_up
from mailwins.store import Files, SqlStore, open_files, open_store
from tests.loop import ACCOUNTS, PEOPLE, forward

CONFIG = '[company]\nname = "Tidemark"\ndomains = ["tidemark.example"]\n[trust]\nauthserv_id = "mx.tidemark.example"\n[directory]\naccounts = "accounts.csv"\npeople = "people.csv"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    (tmp_path / "people.csv").write_text(PEOPLE)
    mails = tmp_path / "mails"
    mails.mkdir()
    (mails / "1.eml").write_bytes(forward(1))
    (mails / "2.eml").write_bytes(
        forward(2, words="Five crews finished the course. Splendid!")
        .replace(b"harborandpine", b"osei")
        .replace(b"Marisol Reyes", b"Kofi Osei")
        .replace(b"marisol@", b"kofi@")
        .replace(b"Marisol\r\n", b"Kofi\r\n")
    )
    (mails / "3.eml").write_bytes(
        b"From: Priya Raman <priya@tidemark.example>\r\nTo: wins@tidemark.example\r\nSubject: Automatic reply: away\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <3@x>\r\n\r\nI am away, call my mobile.\r\n"
    )
    run(tmp_path, "import", str(mails))
    return tmp_path


def run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(cli, ["--config", str(folder / "config.toml"), *arguments])
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.stdout


def opened(folder: Path) -> tuple[SqlStore, Files]:
    config = load(folder / "config.toml")
    return open_store(config.storage.database), open_files(config.storage.files)


def everything(folder: Path) -> bytes:
    """All bytes that are kept: the database with its log, and the files."""
    return b"".join(
        p.read_bytes() for p in (*folder.glob("mailwins.db*"), *(folder / "files").rglob("*")) if p.is_file()
    )


def test_forgetting_a_person_leaves_no_byte_of_her_and_touches_nobody_else(folder: Path) -> None:
    assert b"marisol" in everything(folder).lower()
    shown = json.loads(run(folder, "forget", "Marisol@HarborAndPine.example", "--json"))
    assert (shown["forgotten"], shown["wins"], shown["mails"]) == (False, 1, 1)
    assert b"marisol" in everything(folder).lower()
    assert "Forgotten: 1 win, 1 mail" in run(folder, "forget", "marisol@harborandpine.example", "--yes")
    left = everything(folder).lower()
    assert b"marisol" not in left
    assert b"missed visits" not in left
    assert b"kofi" in left
    assert "Nothing is kept of" in run(folder, "forget", "marisol@harborandpine.example", "--yes")
    run(folder, "import", str(folder / "mails" / "2.eml"))
    assert len(run(folder, "wins", "list", "--json").splitlines()) == 1


@pytest.mark.parametrize("encoding", ["7bit", "base64", "quoted-printable"])
def test_other_mails_in_which_a_forgotten_address_stands_are_named_and_can_go_one_by_one(
    folder: Path, encoding: str
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Priya Raman <priya@tidemark.example>",
        "wins@tidemark.example",
        "Fwd: trouble",
    )
    mail["Auto-Submitted"], mail["Message-ID"] = "auto-replied", "<9@x>"
    mail.set_content(
        "Our answer to what we were asked about the service by Marisol, Marisol@harborandpine.example, on Tuesday é.\n",
        cte=encoding,
    ) if encoding != "7bit" else mail.set_content("Of Marisol@harborandpine.example\n")
    (folder / "mails" / "9.eml").write_bytes(mail.as_bytes())
    run(folder, "import", str(folder / "mails" / "9.eml"))

    told = run(folder, "forget", "marisol@harborandpine.example", "--yes")

    assert "also stands in 1 other mail, which stays: " in told
    (left,) = json.loads(run(folder, "forget", "marisol@harborandpine.example", "--json"))["also_in"]
    run(folder, "forget", left, "--yes")
    assert "Nothing is kept of" in run(folder, "forget", "marisol@harborandpine.example")


def test_forgetting_an_account_and_a_single_mail(folder: Path) -> None:
    run(folder, "forget", "Osei Electrical", "--yes")
    assert b"kofi" not in everything(folder).lower()
    store, _ = opened(folder)
    (win,) = store.wins()
    store.close()
    run(folder, "forget", win.mail[:10], "--yes")
    assert run(folder, "wins", "list", "--json") == ""
    result = CliRunner().invoke(cli, ["--config", str(folder / "config.toml"), "forget", "Nobody Ltd"])
    assert result.exit_code != 0
    assert "no address, no account and no mail" in str(result.exception)


def test_ignored_mail_loses_its_content_after_its_days_once_a_day(folder: Path) -> None:
    store, files = opened(folder)
    (away,) = store.mails(reason="auto_reply")
    now = utc_now()

    def tidied(at: datetime) -> int | None:
        done = tidy_up(store, files, Retention(), now=at)
        return None if done is None else done.mails

    for day in range(0, 29, 6):
        tidied(now + timedelta(days=day))
    assert tidied(now + timedelta(days=29)) == 0
    assert tidied(now + timedelta(days=29, hours=23)) is None
    assert files.has(away.sha256)
    assert tidied(now + timedelta(days=31)) == 1
    assert not files.has(away.sha256)
    assert store.is_purged(away.sha256)
    assert len(store.wins()) == 2
    assert all(files.has(w.mail) for w in store.wins())
    assert tidied(now + timedelta(days=33)) == 0
    store.close()


def test_a_crash_between_row_and_file_is_finished_the_next_day(folder: Path) -> None:
    store, files = opened(folder)
    (away,) = store.mails(reason="auto_reply")
    store.purge_mails([away.sha256])
    assert files.has(away.sha256)
    tidy_up(store, files, Retention(), now=utc_now())
    assert not files.has(away.sha256)
    store.close()
    assert "3 mails" in run(folder, "backup", str(folder / "backup"))


def test_a_clock_that_leaps_ahead_drops_nothing(folder: Path) -> None:
    """FAULT: the clock leaps a year ahead and is put right within the day; THEN: no mail loses its content before its days are over."""
    store, files = opened(folder)
    (away,) = store.mails(reason="auto_reply")
    now = utc_now()
    tidy_up(store, files, Retention(), now=now)
    for at in (
        now + timedelta(days=366),
        now + timedelta(days=366, hours=3),
        now + timedelta(hours=4),
        now + timedelta(days=2),
    ):
        tidy_up(store, files, Retention(), now=at)
    assert files.has(away.sha256)
    for at in (now + timedelta(days=400), now + timedelta(days=401, hours=1)):
        tidy_up(store, files, Retention(), now=at)
    assert not files.has(away.sha256)
    store.close()
