"""``mailwins parse``: what the service would make of some mails, without storing anything."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import nh3

from mailwins import app as joined
from mailwins import config as settings
from mailwins.cli.common import json_option, print_json, print_table
from mailwins.config import Config
from mailwins.exports.lines import as_data, file_data
from mailwins.jobs.desk import Known
from mailwins.jobs.read import decide
from mailwins.model import (
    Address,
    Decoded,
    Directory,
    Ignored,
    InboundMessage,
    Member,
    Outcome,
    Quoted,
    RawMessage,
    Submission,
    Win,
)
from mailwins.ports import ReadFailure, Reading, Settled
from mailwins.sandbox import Sandbox
from mailwins.store import open_files


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--config",
    "config_path",
    metavar="FILE",
    help="Use its directory, kinds and trust; without it there are no accounts and every sender counts as a member.",
)
@json_option
@click.option("--html", "with_html", is_flag=True, help="With --json: also the HTML body, made safe to show.")
@click.option(
    "--write",
    "to_write",
    is_flag=True,
    help="For fixtures: write what was recognised to FILE.json, for a person to check. Prints nothing else.",
)
@click.pass_context
def parse(
    context: click.Context,
    files: tuple[Path, ...],
    config_path: str | None,
    as_json: bool,
    with_html: bool,
    to_write: bool,
) -> None:
    """Read mails (.eml) and show what they would become. Stores and sends nothing.

    The files in their order are one mailbox: repeats and corrections see what came before.
    Hostile mails are reported, never fatal; only an unreadable path ends with status 1.

    \b
    Examples:
      mailwins parse mail.eml
      mailwins parse --json --config config.toml inbox/*.eml | jq .wins
    """
    path = settings.find_path(config_path or (context.find_root().obj or {}).get("config"))
    # Without any settings it reads all the same; a file that was named must be there.
    config = settings.load(path) if config_path or path.exists() else None
    if to_write:
        context.exit(_write_expected(files, config))
    failed = False
    with tempfile.TemporaryDirectory(prefix="mailwins-parse-") as folder:
        table = _Table(config, Path(folder))
        try:
            rows = []
            for path in files:
                try:
                    raw = path.read_bytes()
                    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                except OSError as error:
                    click.echo(f"{path}: cannot be read: {error.strerror}.", err=True)
                    failed = True
                    continue
                shown = table.play(str(path), raw, modified, with_html=with_html)
                if as_json:
                    print_json(shown)
                else:
                    rows.append(shown)
            if not as_json:
                _print(rows)
        finally:
            table.close()
    context.exit(1 if failed else 0)


def _write_expected(files: Sequence[Path], config: Config | None) -> int:
    sandbox = Sandbox(own=frozenset({config.wins_address.lower()}) if config and config.wins_address else frozenset())
    status = 0
    try:
        for path in files:
            try:
                expected = json.dumps(recognised(sandbox.read(path.read_bytes())), ensure_ascii=False, indent=1) + "\n"
                path.with_suffix(".json").write_text(expected, encoding="utf-8")
            except OSError as error:
                click.echo(f"{path}: {error.strerror}.", err=True)
                status = 1
            else:
                click.echo(f"{path.with_suffix('.json')}: check it by reading before you keep it.")
    finally:
        sandbox.close()
    return status


class _Echo(Reading):
    """Hands ``decide`` what the child has just said, so that no mail is read twice."""

    def __init__(self, inner: Reading) -> None:
        self.inner = inner
        self.last: tuple[bytes, Decoded | ReadFailure] | None = None

    def read(self, raw: bytes) -> Decoded | ReadFailure:
        if self.last is None or self.last[0] is not raw:
            self.last = (raw, self.inner.read(raw))
        return self.last[1]

    def read_all(self, raws: Sequence[bytes]) -> list[Decoded | ReadFailure]:
        return [self.read(raw) for raw in raws]

    def close(self) -> None:
        self.inner.close()


class _Table:
    """A whole instance in memory for the length of one call."""

    def __init__(self, config: Config | None, folder: Path) -> None:
        self.has_directory = config is not None
        base = config or Config()
        storage = base.storage.model_copy(update={"database": "sqlite://", "files": folder / "files"})
        update: dict[str, Any] = {"storage": storage}
        if config is None:
            update["trust"] = base.trust.model_copy(update={"policy": "off"})
        self.app = joined.build(base.model_copy(update=update))
        self.echo = _Echo(self.app.sandbox)
        self.app.desk.reading = self.echo
        self.memory = _Memory(open_files(folder / "files"))
        self.app.desk.raws = self.memory
        self.names: dict[str, str] = {}
        self.members: dict[str, Member] = {}
        self.count = 0

    def play(self, name: str, raw: bytes, modified: datetime, *, with_html: bool) -> dict[str, Any]:
        self.count += 1
        found = self.echo.read(raw)
        message = found.message if isinstance(found, Decoded) else InboundMessage()
        arrived = message.date if message.date is not None and message.date.tzinfo else modified
        if not self.has_directory:
            self._welcome(found)
        sha256 = self.memory.hold(raw)
        store = self.app.store
        store.keep_mails(
            [RawMessage(sha256, len(raw), "parse", "INBOX", 1, self.count, arrived.astimezone(UTC))], at=arrived
        )
        mail = store.mail(sha256)
        assert mail is not None
        if mail.outcome is not None:
            settled = Settled(sha256, Outcome.IGNORED, "duplicate_delivery", arrived, duplicate_of=sha256)
        else:
            settled = self._settle(mail, arrived)
        shown = self._shown(name, found, settled, with_html)
        self.names.setdefault(sha256, name)
        return shown

    def _settle(self, mail: Any, now: datetime) -> Settled:
        desk = self.app.desk
        try:
            settled = decide(desk, mail, now=now)
            self.app.store.settle(replace(settled, outgoing=settled.outgoing))
        except Exception as error:
            settled = Settled(mail.sha256, Outcome.QUARANTINED, "failed", now, error=f"{type(error).__name__}: {error}")
            self.app.store.settle(settled)
        if self.has_directory and (settled.contacts or settled.examples):
            desk.learned()
        return settled

    def _welcome(self, found: Decoded | ReadFailure) -> None:
        """Without a directory whoever sends is a member: there is nobody to compare with."""
        if not isinstance(found, Decoded):
            return
        people = [found.message.author, *([found.read.submitter] if isinstance(found.read, Submission) else [])]
        for person in people:
            if person.address:
                self.members.setdefault(
                    person.address.lower(), Member(person.name or person.address, (person.address.lower(),))
                )
        known = self.app.desk.known()
        self.app.desk._known = Known(Directory(members=tuple(self.members.values())), known.policy)

    def _shown(self, name: str, found: Decoded | ReadFailure, settled: Settled, with_html: bool) -> dict[str, Any]:
        message = found.message if isinstance(found, Decoded) else InboundMessage()
        read = found.read if isinstance(found, Decoded) and isinstance(found.read, Submission) else None
        wins: Sequence[Win] = settled.wins or settled.changed
        if not wins and settled.duplicate_of and settled.outcome is Outcome.WIN:
            wins = self.app.store.wins_of_mail(settled.duplicate_of)
        original = read.originals[0] if read and read.form is not None and read.originals else None
        if read is not None and original is None and read.kind.value == "redirect" and read.originals:
            original = read.originals[0]
        return {
            "file": name,
            "message": _message(message, with_html),
            "outcome": settled.outcome.value,
            "reason": settled.reason,
            "kind": settled.kind or (read.kind.value if read else None),
            "form": read.form.value if read and read.form else None,
            "original": _quoted(original, with_chain=True) if original else None,
            "comment": (read.note or None) if read and read.kind.value in ("forward", "redirect") else None,
            "wins": [as_data(w) for w in wins],
            "duplicate_of": self.names.get(settled.duplicate_of or ""),
            "defects": [
                *message.defects,
                *(read.defects if read else ()),
                *([f"{found.reason}: {found.error}"] if isinstance(found, ReadFailure) else []),
                *([settled.error] if settled.error and not isinstance(found, ReadFailure) else []),
            ],
        }

    def close(self) -> None:
        self.app.close()


class _Memory:
    """Raw mails of this call stay in memory; attachments of wins go to the temporary folder."""

    def __init__(self, files: Any) -> None:
        self.files = files
        self.held: dict[str, bytes] = {}

    def hold(self, raw: bytes) -> str:
        sha256 = hashlib.sha256(raw).hexdigest()
        self.held[sha256] = raw
        return sha256

    def read(self, sha256: str) -> bytes:
        return self.held[sha256] if sha256 in self.held else self.files.read(sha256)

    def keep(self, pieces: Any) -> tuple[str, int]:
        # Nothing is stored: judging needs the attachments' names and hashes only.
        content = b"".join(pieces)
        return self.hold(content), len(content)

    def keep_all(self, contents: Iterable[bytes]) -> None:
        for content in contents:
            self.hold(content)

    def has(self, sha256: str) -> bool:
        return sha256 in self.held

    def path(self, sha256: str) -> str:
        target = Path(self.files.path(sha256))
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self.held[sha256])
        return str(target)

    def remove(self, sha256: str) -> None:
        self.held.pop(sha256, None)


# ---------------------------------------------------------------- as JSON


def recognised(found: Decoded | ReadFailure) -> dict[str, Any]:
    """What the readers recognised, before anybody looks into a directory: the expected result of a fixture."""
    if isinstance(found, ReadFailure):
        return {"failed": found.reason}
    read = found.read
    if isinstance(read, Ignored):
        return {"ignored": read.reason}
    return _filled(
        {
            "kind": read.kind.value,
            "form": read.form.value if read.form else None,
            "note": read.note,
            "stories": [s.text for s in read.stories] if len(read.stories) > 1 else None,
            "labels": dict(read.labels.fields),
            "tags": list(read.labels.tags),
            "rating": [read.rating.scale, read.rating.score, read.rating.best] if read.rating else None,
            "company": read.account_hint,
            "urls": list(read.urls),
            "files": [f.filename for f in read.attachments],
            "signature": read.signature,
            "originals": [_original(q) for q in read.originals],
        }
    )


def _original(quoted: Quoted) -> dict[str, Any]:
    return _filled(
        {
            "from": _mailbox(quoted.author),
            "to": [_mailbox(p) for p in quoted.to],
            "cc": [_mailbox(p) for p in quoted.cc],
            "subject": quoted.subject,
            "date": _when(quoted.written),
            "words": quoted.words,
            "signature": quoted.signature,
            "urls": list(quoted.urls),
            "files": [f.filename for f in quoted.attachments],
            "nested": [_original(q) for q in quoted.nested],
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in values.items() if v}


def _mailbox(person: Address) -> str:
    return (
        f"{person.name} <{person.address}>" if person.name and person.address else person.address or person.name or ""
    )


def _person(person: Address) -> dict[str, Any]:
    return {"name": person.name, "address": person.address}


def _when(value: datetime | date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _message(message: InboundMessage, with_html: bool) -> dict[str, Any]:
    return {
        "from": _person(message.author),
        "reply_to": [_person(p) for p in message.reply_to],
        "subject": message.subject,
        "date": _when(message.date),
        "message_id": message.message_id,
        "text": message.text or None,
        "html_safe": safe_html(message.html) if with_html and message.html else None,
        "attachments": [file_data(a) for a in message.attachments],
    }


def safe_html(html: str) -> str:
    """Without scripts, styles that reach out, remote pictures: safe inside a page of ours."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if tag == "img" and attribute == "src":
            return value if value.startswith("cid:") else None
        return value

    return nh3.clean(
        html,
        attribute_filter=keep,
        url_schemes={"http", "https", "mailto", "cid"},
        link_rel="noopener noreferrer nofollow",
    )


def _quoted(quoted: Quoted, *, with_chain: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "from": _person(quoted.author),
        "to": [_person(p) for p in quoted.to],
        "cc": [_person(p) for p in quoted.cc],
        "subject": quoted.subject,
        "date": _when(quoted.written),
        "body": quoted.body or None,
    }
    if with_chain:
        shown["chain"] = [_quoted(q, with_chain=False) | {"body": q.words or None} for q in (quoted, *quoted.nested)]
    return shown


def _print(rows: Sequence[dict[str, Any]]) -> None:
    shown = []
    for row in rows:
        first = row["wins"][0] if row["wins"] else None
        more = f" (+{len(row['wins']) - 1})" if len(row["wins"]) > 1 else ""
        shown.append(
            (
                Path(row["file"]).name,
                row["outcome"] + (f": {row['reason']}" if row["reason"] else ""),
                row["kind"],
                first["account"] if first else None,
                (first["contact"] or {}).get("name") if first else None,
                first["win_date"] if first else None,
                first["category"] if first else None,
                (first["summary"] + more if first else None)
                or (f"same as {Path(row['duplicate_of']).name}" if row["duplicate_of"] else row["message"]["subject"]),
            )
        )
    print_table("", ("File", "Outcome", "Kind", "Account", "Said by", "Date", "Category", "Summary"), shown)
