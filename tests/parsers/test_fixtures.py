"""Own mails, one file per client, kind and habit, each with what was recognised beside it, checked by a person.

``mailwins parse --config tests/mail/config.toml --write FILE`` makes the second file. Every mail is read with both kinds of line ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailwins.cli.parse import parse, recognised
from mailwins.sandbox import Sandbox
from tests.parsers import leave_out

MAILS = Path(__file__).parents[1] / "mail"
FIXTURES = sorted(MAILS.rglob("*.eml"))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    child = Sandbox(own=frozenset({"wins@larkfield.example"}))
    yield child
    child.close()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: str(p.relative_to(MAILS).with_suffix("")))
def test_a_mail_is_recognised_as_its_fixture_says(path: Path, sandbox: Sandbox) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    raw = path.read_bytes().replace(b"\r\n", b"\n")
    assert recognised(sandbox.read(raw)) == expected
    assert recognised(sandbox.read(raw.replace(b"\n", b"\r\n"))) == expected


@pytest.mark.parametrize("reason", ["auto_reply", "bounce", "read_receipt", "newsletter", "calendar", "empty"])
def test_every_kind_of_mail_that_is_no_win_has_a_fixture(reason: str) -> None:
    assert any(json.loads(p.read_text(encoding="utf-8")).get("ignored") == reason for p in MAILS.rglob("*.json"))


def test_no_expected_file_is_left_without_its_mail() -> None:
    assert [p for p in MAILS.rglob("*.json") if not p.with_suffix(".eml").exists()] == []


def test_write_puts_the_expected_result_beside_the_mail(tmp_path: Path) -> None:
    mail = tmp_path / "note.eml"
    mail.write_text("From: ann@ourco.example\nSubject: x\n\nThe rollout took a day.\n")
    done = CliRunner().invoke(parse, ["--write", str(mail), str(tmp_path / "missing.eml")])
    assert done.exit_code == 1
    assert json.loads((tmp_path / "note.json").read_text()) == {"kind": "note", "note": "The rollout took a day."}


def test_most_clients_are_read_by_what_is_known_of_others() -> None:
    """Each client's own phrases, labels and repairs switched off; the figures for all are ``python -m tests.parsers.leave_out``."""
    rows = leave_out.table(leave_out.OWN)
    assert sum(known for _, _, known, _, _, _ in rows) == sum(mails for _, mails, *_ in rows)
    assert sum(right for *_, right, _ in rows) >= 0.7 * sum(mails for _, mails, *_ in rows)
    assert sum(taken for *_, taken in rows) > 20
