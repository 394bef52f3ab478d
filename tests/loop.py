"""A small company with a config of its own, and the command line run against real servers, as its admin would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from mailwins.cli import cli
from mailwins.mailbox import ImapSettings, connect
from mailwins.store import SqlStore, open_store
from tests.processes import die_with_us
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer

ROOT = Path(__file__).parent.parent

CONFIG = """
[company]
name = "Tidemark"
domains = ["tidemark.example"]
timezone = "Europe/Berlin"

[mailbox]
host = "localhost"
port = {imap_port}
security = "{imap_security}"
ca_file = "{imap_ca}"
user = "{user}"
password_file = "imap-password"
address = "wins@tidemark.example"
poll_s = 5

[smtp]
host = "localhost"
port = {smtp_port}
security = "{smtp_security}"
{smtp_login}
from = "wins@tidemark.example"

[trust]
authserv_id = "mx.tidemark.example"

[directory]
accounts = "accounts.csv"
people = "people.csv"

[limits]
tick_s = 1

[[audience]]
key = "everyone"
to = ["everyone"]
send = "Mon 08:00"

[[audience]]
key = "managers"
to = ["role:manager"]
send = "Mon 07:30"
"""
ACCOUNTS = "name,domains,aliases,csm,tier\nHarbor & Pine,harborandpine.example,H&P,priya@tidemark.example,enterprise\nOsei Electrical,osei.example,,priya@tidemark.example,growth\n"
PEOPLE = "name,email,role,team\nPriya Raman,priya@tidemark.example,csm,Customer Success\nOwen Clarke,owen@tidemark.example,manager,Customer Success\nJonas Weber,jonas@tidemark.example,rep,Sales\n"


@dataclass
class Company:
    """*folder* holds config.toml and everything it makes; *user* is the mailbox on the IMAP server."""

    folder: Path
    imap: DovecotServer
    smtp: SmtpServer
    user: str

    @classmethod
    def found(
        cls,
        folder: Path,
        imap: DovecotServer,
        smtp: SmtpServer,
        user: str,
        *,
        smtp_user: str = "",
        starttls: bool = False,
    ) -> Company:
        login = f'user = "{smtp_user}"\npassword_file = "smtp-password"' if smtp_user else ""
        if starttls:
            login += f'\nca_file = "{smtp.cert}"'
        text = CONFIG.format(
            imap_port=imap.tls_port,
            imap_security="tls",
            imap_ca=imap.cert,
            user=user,
            smtp_port=smtp.port,
            smtp_security="starttls" if starttls else "none",
            smtp_login=login,
        )
        (folder / "config.toml").write_text(text)
        (folder / "accounts.csv").write_text(ACCOUNTS)
        (folder / "people.csv").write_text(PEOPLE)
        (folder / "imap-password").write_text("secret\n")
        (folder / "smtp-password").write_text("hunter2\n")
        return cls(folder, imap, smtp, user)

    def start(self, *arguments: str, fault: str = "", **popen: Any) -> subprocess.Popen[str]:
        environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "MAILWINS_CONFIG": str(self.folder / "config.toml"),
            **({"MAILWINS_TEST_FAULT": fault} if fault else {}),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "mailwins", *arguments],
            env=environ,
            cwd=self.folder,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=die_with_us,
            **popen,
        )

    def run(self, *arguments: str, fault: str = "") -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments, fault=fault)
        out, err = process.communicate(timeout=90)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def done(self, *arguments: str) -> str:
        """What the command printed; run in this process, which spares the start of another."""
        result = CliRunner().invoke(cli, ["--config", str(self.folder / "config.toml"), *arguments])
        assert result.exit_code == 0, f"{arguments}: {result.output} {result.exception!r}"
        return result.stdout

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.done(*arguments, "--json").splitlines()]

    def drop(self, raw: bytes) -> None:
        """As another mail program would put it there. A file laid into the Maildir may stay unseen within the second of Dovecot's last look."""
        box = connect(
            ImapSettings(
                "localhost",
                self.imap.tls_port,
                "tls",
                self.user,
                lambda fresh: "secret",
                ca_file=self.imap.cert,
                timeout_s=10,
            )
        )
        box.append(raw)
        box.close()

    def store(self) -> SqlStore:
        return open_store(f"sqlite:///{self.folder / 'mailwins.db'}")

    def set_begun_at(self, moment: datetime) -> None:
        """As if the service had been here since *moment*: an edition is owed only for hours after that."""
        store = self.store()
        store.put("begun_at", moment.isoformat())
        store.close()


def forward(
    number: int = 1,
    *,
    sender: str = "Priya Raman <priya@tidemark.example>",
    words: str = "Missed visits went from 11% to 3%. Thank you, the crews love it.",
    note: str = "Internal: renewal talk is in March.",
) -> bytes:
    """A Gmail forward of a customer's mail, proven by our own mail server."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = "wins@tidemark.example"
    mail["Subject"] = f"Fwd: Visits {number}"
    mail["Date"] = "Tue, 24 Nov 2026 10:00:00 +0100"
    mail["Message-ID"] = f"<forward-{number}@tidemark.example>"
    mail.set_content(
        f"{note}\n\n---------- Forwarded message ---------\nFrom: Marisol Reyes <marisol@harborandpine.example>\nDate: Mon, Nov 23, 2026 at 4:1{number % 10} PM\n"
        f"Subject: Visits {number}\nTo: Priya Raman <priya@tidemark.example>\n\n\nHi Priya,\n\n{words}\n\nMarisol\n"
    )
    return (
        b"Authentication-Results: mx.tidemark.example; dmarc=pass header.from=tidemark.example\r\n"
        + mail.as_bytes().replace(b"\n", b"\r\n")
    )
