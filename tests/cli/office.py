"""An instance with a real database, worked at through the real command line."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from mailwins.cli import main
from mailwins.store import SqlStore, open_store

CONFIG = """
[company]
name = "Pollenwerk"
domains = ["pollenwerk.example"]
timezone = "Europe/Berlin"
[mailbox]
user = "wins@pollenwerk.example"
[storage]
database = "{database}"
[trust]
policy = "off"
[features]
names = ["hive scales", "frost map"]
"""
ACCOUNTS = """name,domains,aliases,csm,tier
Obsthof Brüggen GmbH,obsthof-brueggen.example,Brüggen,lotte@pollenwerk.example,A
Windmere Orchards Ltd,windmere.example,,priti@pollenwerk.example,A
Windermere Orchards Inc,windermere-orchards.example,,priti@pollenwerk.example,C
"""
PEOPLE = """name,email,role,team
Lotte Kamp,lotte@pollenwerk.example,csm,CS
Priti Shah,priti@pollenwerk.example,csm,CS
Bo Lindqvist,bo@pollenwerk.example,manager,CS
"""


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Office:
    folder: Path
    database: str

    @classmethod
    def opened(cls, folder: Path, database: str = "sqlite:///mailwins.db", *, lists: bool = True) -> Office:
        (folder / "config.toml").write_text(CONFIG.format(database=database))
        office = cls(folder, database)
        if lists:
            assert office.says("people", "import", office.file("people.csv", PEOPLE)).status == 0
            assert office.says("accounts", "import", office.file("accounts.csv", ACCOUNTS)).status == 0
        return office

    def says(self, *arguments: str) -> Said:
        """What the command line prints, and its exit status."""
        out, err = io.StringIO(), io.StringIO()
        status = 0
        with redirect_stdout(out), redirect_stderr(err):
            try:
                main(["--config", str(self.folder / "config.toml"), *arguments])
            except SystemExit as ended:
                status = ended.code if isinstance(ended.code, int) else 1
        return Said(status, out.getvalue(), err.getvalue())

    def does(self, *arguments: str) -> str:
        said = self.says(*arguments)
        assert said.status == 0, said
        return said.out

    def file(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def takes(self, *mails: bytes) -> None:
        """Mails in the given order, read silently."""
        known = len(list(self.folder.glob("*.eml")))
        self.does("import", *(self.file(f"mail-{known + number:03}.eml", raw) for number, raw in enumerate(mails)))

    def store(self) -> SqlStore:
        url = self.database.replace("sqlite:///mailwins.db", f"sqlite:///{self.folder / 'mailwins.db'}")
        return open_store(url)


def note(
    text: str,
    *,
    subject: str = "news",
    sender: str = "Lotte Kamp <lotte@pollenwerk.example>",
    date: str = "Tue, 10 Nov 2026 17:00:00 +0100",
    number: int = 0,
) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = sender, "wins@pollenwerk.example", subject, date
    mail["Message-ID"] = f"<{abs(hash((text, subject, sender, number)))}@pollenwerk.example>"
    mail.set_content(text)
    return bytes(mail)


def forward(
    words: str,
    *,
    author: str = "Jan Brüggen <jan@obsthof-brueggen.example>",
    remark: str = "",
    sender: str = "Lotte Kamp <lotte@pollenwerk.example>",
    subject: str = "Fwd: Ernte",
    date: str = "Tue, 10 Nov 2026 17:00:00 +0100",
) -> bytes:
    lead = f"{remark}\n\n" if remark else ""
    return note(
        f"{lead}---------- Forwarded message ---------\nFrom: {author}\nDate: Mon, 9 Nov 2026 at 18:12\nSubject: {subject.removeprefix('Fwd: ')}\nTo: Lotte Kamp <lotte@pollenwerk.example>\n\n{words}\n",
        subject=subject, sender=sender, date=date,
    )  # fmt: skip
