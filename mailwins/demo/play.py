"""Eight weeks of a small company's wins@ mailbox in under a minute: the production jobs over real IMAP and SMTP, under a clock that runs ahead."""

from __future__ import annotations

import csv
import hashlib
import html
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from email.policy import default as default_policy
from email.utils import parsedate_to_datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from mailwins import app as joined
from mailwins.app import App
from mailwins.demo.pages import write_pages
from mailwins.demo.servers import ImapServer, SmtpSink, imap_server, smtp_sink
from mailwins.errors import UsageError
from mailwins.jobs.announcing import announce
from mailwins.jobs.collect import collect, tidy
from mailwins.jobs.deliver import deliver
from mailwins.jobs.drafting import draft_for, keep
from mailwins.jobs.publish import publish
from mailwins.jobs.read import read_all
from mailwins.mailbox import ImapMailbox
from mailwins.ports import WinFilter
from mailwins.status import JOBS
from mailwins.updates.compose import Plan

USER = "wins@brightloom.example"
ZONE = ZoneInfo("Europe/London")
BEGIN = datetime(2026, 9, 20, 12, tzinfo=ZONE)
MONDAYS = tuple(datetime(2026, 9, 28, 8, tzinfo=ZONE) + timedelta(days=7 * n) for n in range(8))
MARK = ".made-by-mailwins-demo"


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    raw: bytes = field(repr=False)
    arrived_at: datetime


def play(folder: Path) -> None:
    """Everything into *folder*, which is emptied first if an earlier demo made it."""
    _clear(folder)
    console = Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=170)
    console.print(
        "[bold]mailwins demo[/bold]: Brightloom's wins@ mailbox, 21 September to 16 November 2026. Nothing leaves this machine.\n"
    )
    samples = read_samples()
    with imap_server(USER, "demo") as imap, smtp_sink(folder / "outbox") as sink:
        config_path = _write_config(folder, imap, sink)
        app = joined.build(joined.load(config_path))
        mailbox = app.mailbox()
        stage = _Stage(app, mailbox, sink, console, samples)
        try:
            stage.weeks(samples)
            stage.conversation()
            stage.drafts()
            for job in JOBS:
                app.store.beat(job, at=stage.at)
            _show_outcomes(console, app, samples)
            _show_wins(console, app)
            _show_mails(console, folder, samples, sink)
        finally:
            stage.sender.close()
            mailbox.close()
            app.close()
    console.print(f"\nLook around:  [bold]{folder / 'index.html'}[/bold]  in a browser, every mail that went out")
    console.print(f"              {_typed()} --config {config_path} wins list")
    console.print(f"              {_typed()} --config {config_path} digest preview everyone --at 2026-11-16T09:00Z")


def _typed() -> str:
    """What a shell finds the command by: `make demo` installs it where no PATH looks."""
    ours = Path(sys.executable).parent / "mailwins"
    if shutil.which("mailwins") or not ours.exists():
        return "mailwins"
    return str(ours.relative_to(Path.cwd())) if ours.is_relative_to(Path.cwd()) else str(ours)


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise UsageError(
                f"{folder} holds files that no demo made; nothing was touched.",
                "Name another folder: mailwins demo --out FOLDER",
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("mailwins demo empties this folder when it runs again.\n")


def read_samples() -> list[Sample]:
    """The sample mails in the order of their arrival."""
    found = []
    for file in resources.files("mailwins.demo").joinpath("mails").iterdir():
        if file.name.endswith(".eml"):
            raw = file.read_bytes()
            found.append(Sample(file.name.removesuffix(".eml"), raw, _arrival(raw)))
    return sorted(found, key=lambda s: s.name)


def _arrival(raw: bytes) -> datetime:
    """When our server took it: the topmost Received line's date."""
    message = _headers(raw)
    received = message.get_all("Received") or []
    text = str(received[0]).rsplit(";", 1)[-1] if received else str(message["Date"])
    moment = parsedate_to_datetime(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _headers(raw: bytes) -> Message:
    """Of the headers only: most mails here carry pictures."""
    return BytesHeaderParser().parsebytes(raw)


def _write_config(folder: Path, imap: ImapServer, sink: SmtpSink) -> Path:
    here = resources.files("mailwins.demo")
    for name in ("accounts.csv", "people.csv", "expected.csv"):
        (folder / name).write_text(here.joinpath(name).read_text(encoding="utf-8"), encoding="utf-8")
    text = here.joinpath("config.toml").read_text(encoding="utf-8")
    for key, value in (
        ("IMAP_HOST", imap.host),
        ("IMAP_PORT", imap.port),
        ("SMTP_HOST", sink.host),
        ("SMTP_PORT", sink.port),
    ):
        text = text.replace(f"@{key}@", str(value))
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


class _Stage:
    def __init__(self, app: App, mailbox: ImapMailbox, sink: SmtpSink, console: Console, samples: list[Sample]) -> None:
        self.app, self.mailbox, self.sink, self.console = app, mailbox, sink, console
        self.samples = samples
        self.sender = app.sender()
        self.at = BEGIN

    def clock(self) -> datetime:
        """Mail is read the minute after it came."""
        waiting = self.app.store.oldest()["unread"]
        return max(waiting + timedelta(minutes=1), self.at) if waiting else self.at

    def take_in(self, mails: list[Sample]) -> None:
        for mail in mails:
            self.mailbox.append(mail.raw, at=mail.arrived_at)
        self.round()

    def round(self, told: Callable[[object], None] | None = None) -> None:
        config = self.app.config.mailbox
        collect(self.mailbox, self.app.files, self.app.store, start=config.start, now=self.at, zone=ZONE)
        read_all(self.app.desk, now=self.clock, worker="demo", progress=told)
        tidy(self.mailbox, self.app.store, done_folder=config.done_folder, tray_folder=config.tray_folder)
        self.deliver()

    def deliver(self) -> None:
        deliver(
            self.app.store,
            self.sender,
            envelope_from=self.app.envelope_from,
            now=lambda: self.at,
            worker="demo",
            lease_s=900,
        )

    def weeks(self, samples: list[Sample]) -> None:
        # First contact with an empty mailbox: what comes from now on is read.
        collect(self.mailbox, self.app.files, self.app.store, start="now", now=BEGIN, zone=ZONE)
        self.app.store.put("begun_at", BEGIN.isoformat())
        with _bars(self.console) as bars:
            mails = bars.add_task("mails read", total=len(samples))
            editions = bars.add_task("editions published", total=len(MONDAYS) * len(self.app.config.audience))
            sent = bars.add_task("mails sent", total=None)
            begin = BEGIN
            for monday in MONDAYS:
                for sample in [s for s in samples if begin <= s.arrived_at < monday]:
                    self.at = sample.arrived_at + timedelta(minutes=1)
                    announce(self.app.desk, now=self.at)
                    self.take_in([sample])
                    bars.advance(mails)
                    bars.update(sent, completed=len(self.sink.messages))
                self.at = monday
                announce(self.app.desk, now=monday)
                publish(self.app.desk, now=monday)
                bars.advance(editions, len(self.app.config.audience))
                self.deliver()
                bars.update(sent, completed=len(self.sink.messages))
                begin = monday
            bars.update(sent, total=len(self.sink.messages))

    # ------------------------------------------------------------ a reply to a receipt

    def conversation(self) -> None:
        """A colleague answers the receipts of two wins in plain words; another asks for an update by mail."""
        for name, words in REPLIES:
            receipt = self._receipt_for(name)
            if receipt is None:
                continue
            self.at += timedelta(minutes=5)
            self.take_in([Sample(f"reply to {name}", reply_to(receipt, words, self.at), self.at)])
            self.console.print(f"A reply to the receipt of [bold]{name}[/bold]: “{words}”")
        self.at += timedelta(minutes=5)
        self.take_in(
            [
                Sample(
                    "update",
                    _mail(
                        "Hannah Reyes <hannah.reyes@brightloom.example>",
                        "update Harborview since 1 October",
                        "next: a session on dock planning in December\nask: which depot should go first?\n",
                        self.at,
                    ),
                    self.at,
                )
            ]
        )
        self.console.print("A mail to wins@: “update Harborview since 1 October”\n")

    def _receipt_for(self, name: str) -> bytes | None:
        sample = next((s for s in self.samples if s.name == name), None)
        if sample is None:
            return None
        id_ = str(_headers(sample.raw)["Message-ID"]).strip()
        return next((m.raw for m in self.sink.messages if id_ in str(_headers(m.raw).get("In-Reply-To", ""))), None)

    def drafts(self) -> None:
        for account in ("Nordwind Energie GmbH", "Ashdown County Council"):
            drafted = draft_for(self.app.desk, account, since=None, until=self.at.date(), now=self.at, plan=Plan())
            keep(self.app.desk, drafted)
        self.deliver()


# What is typed above the quoted receipt.
REPLIES = (
    ("04-note-iphone-oneliner", "value 9, and you can share this"),
    ("02-fwd-gmail-bare", "share"),
    ("57-note-several-wins", "1: share: Nadia's team retired the last of its 14 Excel trackers."),
    ("62-fwd-gmail-second-domain", "Please share. Kind: value realized"),
    ("65-fwd-outlook-bare", "share"),
    ("66-fwd-iphone", "you can share it, value 8"),
    ("29-redirect-autoforward", "share"),
)


def reply_to(receipt: bytes, words: str, at: datetime) -> bytes:
    """As a phone writes it: the words, a signature, the receipt quoted below."""
    original = message_from_bytes(receipt, policy=default_policy)
    body = original.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    mail = EmailMessage()
    mail["From"] = str(original["To"])
    mail["To"] = str(original["From"])
    mail["Subject"] = f"Re: {str(original['Subject']).removeprefix('Re: ')}"
    mail["Date"] = at
    mail["Message-ID"] = f"<reply-{abs(hash(words + str(at))):x}@phone.example>"
    mail["In-Reply-To"] = str(original["Message-ID"])
    mail["References"] = f"{original['References'] or ''} {original['Message-ID']}".strip()
    mail.set_content(
        f"{words}\n\nSent from my iPhone\n\n> On {at:%d %b %Y, at %H:%M}, {original['From']} wrote:\n> \n{quoted}\n"
    )
    return _proven(mail)


def _mail(sender: str, subject: str, text: str, at: datetime) -> bytes:
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = USER
    mail["Subject"] = subject
    mail["Date"] = at
    mail["Message-ID"] = f"<demo-{at:%Y%m%d%H%M}@brightloom.example>"
    mail.set_content(text)
    return _proven(mail)


def _proven(mail: EmailMessage) -> bytes:
    """With the line that our own mail server writes on top of what it took."""
    domain = str(mail["From"]).rsplit("@", 1)[-1].rstrip(">")
    line = f"Authentication-Results: mx.brightloom.example; dmarc=pass header.from={domain}; spf=pass smtp.mailfrom={domain}\r\n"
    return line.encode() + mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


# ---------------------------------------------------------------- what is shown


@contextmanager
def _bars(console: Console) -> Iterator[Progress]:
    with Progress(
        TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
    ) as bars:
        yield bars


def _show_outcomes(console: Console, app: App, samples: list[Sample]) -> None:
    """What a person had decided for each mail, written before, beside what became of it."""
    expected = {
        row["mail"]: row
        for row in csv.DictReader(
            resources.files("mailwins.demo").joinpath("expected.csv").read_text(encoding="utf-8").splitlines()
        )
    }
    table = Table(
        title="What became of every mail",
        title_justify="left",
        title_style="bold",
        box=None,
        header_style="dim",
        pad_edge=False,
    )
    for head in ("Mail", "A person would say", "Outcome", "Account", "Said by", "Date", ""):
        table.add_column(head, overflow="fold")
    right = 0
    for sample in samples:
        want = expected[sample.name]
        mail = app.store.mail(hashlib.sha256(sample.raw).hexdigest())
        assert mail is not None
        wins = list(app.store.wins_of_mail(mail.sha256))
        win = wins[0] if wins else None
        got = f"{mail.outcome}{': ' + mail.reason if mail.reason else ''}"
        said = f"{want['outcome']}{': ' + want['why'] if want['why'] else ''}"
        contact = (win.contact.name if win and win.contact else None) or ""
        # A repeat is a win that counts no further one, or is set aside as the same delivery: both keep one win.
        is_right = (
            mail.outcome == want["outcome"] or (want["why"].startswith("repeats") and mail.duplicate_of is not None)
        ) and (win is None or not want["account"] or (win.account or "") == want["account"])
        right += is_right
        marks = [] if is_right else ["[red]differs[/red]"]
        if win and want["said by"] and contact != want["said by"]:
            marks.append("said by")
        if win and want["date"] and str(win.win_date) != want["date"]:
            marks.append("date")
        table.add_row(
            sample.name,
            said,
            got,
            (win.account or "–") if win else "",
            contact,
            str(win.win_date) if win else "",
            ", ".join(marks) or "[green]✓[/green]",
        )
    console.print(table)
    console.print(f"{right} of {len(samples)} as a person had decided before.\n")


def _show_wins(console: Console, app: App) -> None:
    table = Table(
        title="The wins", title_justify="left", title_style="bold", box=None, header_style="dim", pad_edge=False
    )
    for head in ("No.", "Date", "Account", "Kind", "Value", "Summary"):
        table.add_column(head, overflow="fold")
    for win in app.store.wins(WinFilter(limit=25)):
        table.add_row(
            str(win.id),
            str(win.win_date),
            win.account or "–",
            win.category or "?",
            str(win.value_effective),
            html.unescape(win.summary).replace("[", "\\["),
        )
    console.print(table)
    total = app.store.count_wins(WinFilter())
    if total > 25:
        console.print(f"… and {total - 25} older ones.")


def _show_mails(console: Console, folder: Path, samples: list[Sample], sink: SmtpSink) -> None:
    inbox = folder / "inbox"
    inbox.mkdir()
    for sample in samples:
        (inbox / f"{sample.name}.eml").write_bytes(sample.raw)
    write_pages(folder, sorted(inbox.glob("*.eml")), [m.path for m in sink.messages if m.path is not None])
    counts: dict[str, int] = {}
    for mail in sink.messages:
        kind = str(_headers(mail.raw).get("X-Mailwins-Kind", "mail"))
        counts[kind] = counts.get(kind, 0) + 1
    console.print(
        f"\nMails sent: {', '.join(f'{n} {k}' for k, n in sorted(counts.items()))}. Each as .eml and .html in {folder / 'outbox'}."
    )
