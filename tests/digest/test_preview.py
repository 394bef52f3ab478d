"""`digest preview` shows the mail as it would go and stores nothing; `digest status` tells each recipient's outcome."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from mailwins.cli import cli
from mailwins.jobs.publish import publish
from tests.digest.making import EVERYONE, make_app, make_win, utc
from tests.servers.smtp import SmtpServer

MONDAY = utc(2026, 11, 16, 7)


def config_of(folder: Path, more: str = "") -> Path:
    path = folder / "config.toml"
    path.write_text(
        f'[company]\nname = "Tidemark"\ndomains = ["tidemark.example"]\ntimezone = "Europe/Berlin"\n[mailbox]\naddress = "wins@tidemark.example"\n'
        f'[storage]\ndatabase = "sqlite:///{folder / "wins.db"}"\nfiles = "files"\n[directory]\naccounts = "accounts.csv"\npeople = "people.csv"\n'
        f'[smtp]\nfrom = "wins@tidemark.example"\n{more}\n[[audience]]\nkey = "everyone"\nto = ["everyone"]\nsend = "Mon 08:00"\n'
    )
    return path


def run(folder: Path, *arguments: str, more: str = "") -> Result:
    return CliRunner().invoke(cli, ["--config", str(config_of(folder, more)), "digest", *arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    app = make_app(tmp_path, EVERYONE)
    make_win(app, "Missed visits fell to 3%", at=MONDAY - timedelta(days=2))
    app.close()
    return tmp_path


def test_a_preview_writes_the_mail_and_its_bodies_and_stores_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no browser: no picture, and no complaint
    done = run(folder, "preview", "everyone", "--at", "2026-11-16T09:00Z", "--out", str(folder / "look"))
    assert done.exit_code == 0, done.output
    assert "because:" in done.output
    assert {p.suffix for p in (folder / "look").iterdir()} == {".eml", ".html", ".txt"}
    assert b"List-Id" in (folder / "look" / "everyone-2026-11-16.eml").read_bytes()
    app = make_app(folder, EVERYONE)
    assert not app.store.outgoing()
    assert not app.store.editions()


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_preview_has_a_picture_of_the_whole_page_where_chromium_is_installed(folder: Path) -> None:
    done = run(folder, "preview", "everyone", "--at", "2026-11-16T09:00Z", "--out", str(folder / "look"))
    assert done.exit_code == 0, done.output
    picture = Image.open(folder / "look" / "everyone-2026-11-16.png").convert("RGB")
    assert picture.width == 600
    assert 600 < picture.height < 3000
    assert {colour for _, colour in picture.getcolors(1_000_000) or []} >= {
        (0xF4, 0xF2, 0xED),
        (0xFF, 0xFF, 0xFF),
        (0x1D, 0x6B, 0x50),
    }


def test_an_edition_that_went_out_can_be_looked_at_by_its_week(folder: Path) -> None:
    app = make_app(folder, EVERYONE)
    publish(app.desk, now=MONDAY)
    app.close()
    assert "Missed visits fell to 3%" in run(folder, "preview", "everyone", "--week", "2026-11-13").output
    assert "No edition" in run(folder, "preview", "everyone", "--at", "2026-11-23T09:00Z").output


def test_a_test_goes_to_a_colleague_and_to_nobody_else(folder: Path) -> None:
    with SmtpServer() as server:
        more = f'host = "localhost"\nport = {server.port}\nsecurity = "none"'
        assert (
            run(
                folder, "preview", "everyone", "--at", "2026-11-16T09:00Z", "--to", "ana@tidemark.example", more=more
            ).exit_code
            == 0
        )
        assert (
            run(
                folder, "preview", "everyone", "--at", "2026-11-16T09:00Z", "--to", "someone@else.example", more=more
            ).exit_code
            != 0
        )
        assert len(server.messages) == 1
    assert not make_app(folder, EVERYONE).store.outgoing()


def test_status_tells_what_became_of_each_recipients_mail(folder: Path) -> None:
    app = make_app(folder, EVERYONE)
    publish(app.desk, now=MONDAY)
    app.close()
    assert "5 queued" in run(folder, "status").output
    rows = [json.loads(line) for line in run(folder, "status", "everyone", "--json").output.splitlines()]
    assert {r["recipient"] for r in rows} == {f"{n}@tidemark.example" for n in ("ana", "ben", "eva", "mona", "tom")}
    assert {r["state"] for r in rows} == {"queued"}


def test_a_template_of_ones_own_replaces_a_single_one_and_a_mistake_is_told_with_its_line(folder: Path) -> None:
    own = folder / "mine"
    own.mkdir()
    (own / "digest.txt").write_text("OUR OWN\n{{ mail.lead.summary }}\n")
    app = make_app(folder, EVERYONE, templates=str(own))
    publish(app.desk, now=MONDAY)
    assert b"OUR OWN" in app.store.outgoing(kind="edition")[0].mail.raw
    app.close()
    (own / "digest.txt").write_text("fine\n{{ mial.lead }}\n")
    config = config_of(folder)
    config.write_text(f'templates = "{own}"\n' + config.read_text())
    said = CliRunner().invoke(cli, ["--config", str(config), "check"]).output
    assert "digest.txt, line 2" in " ".join(said.split())


def test_check_says_when_nobody_would_hear_of_a_mailbox_that_cannot_be_read(folder: Path) -> None:
    make_app(folder, EVERYONE).close()
    said = CliRunner().invoke(cli, ["--config", str(config_of(folder)), "check"]).output
    assert "no one is an admin, so nobody is written to when the mailbox cannot be read" in " ".join(said.split())
