"""What the command line does before any command runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.loop import forward


def started(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "mailwins", *arguments], capture_output=True, text=True, check=False)


def test_a_command_loads_only_what_it_needs() -> None:
    asked = "import sys; from mailwins.cli import cli; cli.get_command(None, 'outbox'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "mailwins.cli.outbox" in loaded
    assert "mailwins.cli.wins" not in loaded


def test_wins_are_listed_without_what_understands_mail_or_draws_on_a_terminal() -> None:
    asked = "import sys; from mailwins.cli import cli; cli.get_command(None, 'wins'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "mailwins.cli.wins" in loaded
    assert not [m for m in loaded if m.startswith(("mailwins.understanding", "mailwins.receipts.wishes", "rich."))]


def test_a_slip_of_the_finger_is_answered_with_the_command_that_was_meant() -> None:
    answer = started("colect")
    assert answer.returncode == 2
    assert "Did you mean 'collect'?" in answer.stderr


def test_an_unknown_command_is_wrong_use() -> None:
    answer = started("frobnicate")
    assert answer.returncode == 2
    assert "No such command 'frobnicate'" in answer.stderr


def test_the_help_names_every_command_in_its_section() -> None:
    shown = started("--help").stdout
    assert (
        shown.index("First steps:\n  init") < shown.index("What goes out:\n  digest") < shown.index("Care:\n  backup")
    )


def test_a_terminal_that_knows_no_umlaut_gets_a_question_mark(tmp_path: Path) -> None:
    """FAULT: the terminal, or the locale of cron, cannot show a letter; THEN: a question mark stands for it, and the command does its work."""
    mail = tmp_path / "mail.eml"
    mail.write_bytes(forward(words="Missed visits in Köln went from 11% to 3%."))
    asked = [sys.executable, "-m", "mailwins", "parse", str(mail)]
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(asked, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "K?ln" in done.stdout
