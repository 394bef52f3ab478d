"""A draft for a customer whose complaint waits in the tray says so before anything else."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from click.testing import CliRunner

from mailwins.cli import cli
from mailwins.store import open_store
from tests.loop import ACCOUNTS, PEOPLE, forward

CONFIG = '[company]\nname = "Tidemark"\ndomains = ["tidemark.example"]\n[trust]\nauthserv_id = "mx.tidemark.example"\n[directory]\naccounts = "accounts.csv"\npeople = "people.csv"\n'
COMPLAINT = "This is the third outage this month. Our crews could not work and nobody called us back. Unless it is fixed by Friday we will cancel the contract."


def test_the_draft_names_the_waiting_complaint_and_that_of_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "1.eml").write_bytes(forward(1))
    (tmp_path / "2.eml").write_bytes(forward(2, words=COMPLAINT))

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, ["--config", str(tmp_path / "config.toml"), *arguments])
        assert result.exit_code == 0, result.output + repr(result.exception)
        return " ".join(result.stdout.split())

    def draft_for(account: str) -> str:
        run("update", "draft", account)
        store = open_store(f"sqlite:///{tmp_path / 'mailwins.db'}")
        newest = max(store.outgoing(kind="update"), key=lambda row: row.id)
        store.close()
        body = message_from_bytes(newest.mail.raw, policy=policy.default).get_body(("plain",))
        assert body is not None
        return " ".join(str(body.get_content()).split())

    run("import", str(tmp_path / "1.eml"))
    assert "reads like a complaint" not in draft_for("Harbor & Pine")
    run("import", str(tmp_path / "2.eml"))
    assert "Visits 2" in run("tray", "list")
    assert "Before you send anything: “Fwd: Visits 2”" in draft_for("Harbor & Pine")
    assert "reads like a complaint" not in draft_for("Osei Electrical")
