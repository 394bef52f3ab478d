"""Keeping an instance: ``backup``, ``restore``, ``resume``, ``copy-database``, ``forget``; ``outbox`` for mail that waits for a person."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import click

from mailwins.app import App, utc_now
from mailwins.cli.common import json_option, load, opened, print_json, print_table, with_config
from mailwins.errors import MailwinsError, UsageError
from mailwins.model import OutboxState
from mailwins.operations import retention
from mailwins.ports import WinFilter
from mailwins.render import counted
from mailwins.store import HELD, Doomed, Files, SqlStore, copy_database, open_files, open_store

DATABASE, FILES = "mailwins.db", "files"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@with_config
def backup(folder: Path, config_path: Path) -> None:
    """Everything into a new FOLDER, while the service runs: the database of one moment, and every file it names, each checked."""
    unfinished = folder.with_name(folder.name + ".tmp")
    if folder.exists() or unfinished.exists():
        raise UsageError(f"{folder if folder.exists() else unfinished} exists already.", "Name a new folder.")
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        with opened(config_path, sync=False) as app:
            # The database first: whatever a row names was on disk before the row was.
            copy_database(app.store.engine, f"sqlite:///{(unfinished / DATABASE).resolve()}", hold=None)
            count = _copy_files(app.files, open_files(unfinished / FILES))
            _purge_as_in(app.store, unfinished)
        mails = _check(unfinished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    unfinished.rename(folder)
    click.echo(
        f"{folder}: {mails} mails and {count} files, read back and checked. Settings and passwords are not in it: keep {config_path} elsewhere."
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@with_config
def restore(folder: Path, config_path: Path) -> None:
    """A backup into the database and files the settings name, which must be empty. Nothing is sent until ``mailwins resume``."""
    if not (folder / DATABASE).is_file():
        raise UsageError(f"{folder} is no backup: it has no {DATABASE}.", "Name the folder that mailwins backup made.")
    config = load(config_path)
    mails = _check(folder)
    count = _copy_files(open_files(folder / FILES), open_files(config.storage.files))
    store = open_store(f"sqlite:///{(folder / DATABASE).resolve()}")
    try:
        store.clear(HELD)
        copy_database(store.engine, config.storage.database, hold=f"restored {utc_now():%Y-%m-%d %H:%M} UTC")
    finally:
        store.close()
    click.echo(
        f"{mails} mails and {count} files are back. Nothing is sent yet: what left after the backup was made would go out twice."
    )
    click.echo(
        "Next: mailwins outbox list, then mailwins resume (or mailwins resume --drop, to leave out what waited in the backup)"
    )


@click.command()
@with_config
@click.option("--drop", is_flag=True, help="Mails that waited in the outbox are not sent any more.")
def resume(config_path: Path, drop: bool) -> None:
    """Let mail go out again after a restore."""
    with opened(config_path, sync=False) as app:
        why = app.store.get(HELD)
        if why is None:
            click.echo("Nothing is held.")
            return
        dropped = app.store.drop_outgoing(f"dropped by hand: {why}") if drop else 0
        app.store.clear(HELD)
    click.echo("Mail goes out again." + (f" {dropped} mails that waited were dropped." if drop else ""))


@click.command("copy-database")
@click.argument("url")
@with_config
def copy_database_(url: str, config_path: Path) -> None:
    """All rows into the empty database at URL, for instance to leave SQLite. Stop the service first; then set storage.database to URL.

    \b
    Example:
      mailwins copy-database postgresql+psycopg://wins@db.example/wins
    """
    with opened(config_path, sync=False) as app:
        counts = copy_database(app.store.engine, url)
    click.echo(
        f"{sum(counts.values())} rows copied ({counts['mails']} mails, {counts['wins']} wins). Next: set storage.database to that URL."
    )


@click.command()
@click.argument("what")
@with_config
@json_option
@click.option("--yes", is_flag=True, help="Do it; without it only show what would go.")
def forget(what: str, config_path: Path, as_json: bool, yes: bool) -> None:
    """Take out for good what is kept of a person, an account or a mail. WHAT is an address, an account's exact name, or a mail's SHA-256 (or its first 8 letters).

    Of a person: the wins she is the contact of, the mails behind them, mails she sent, her entry among the contacts. Backups made before still hold it, and mail that left is not called back.

    \b
    Examples:
      mailwins forget dale@globex.example
      mailwins forget "Globex Ltd" --yes
    """
    with opened(config_path, sync=False) as app:
        doomed = _doomed(app, what)
        if yes and not doomed.is_empty:
            retention.forget(app.store, app.files, doomed)
        naming = retention.mails_naming(app.store, app.files, what, but=doomed.mails) if "@" in what else []
    counts = {
        "wins": len(doomed.wins),
        "mails": len(doomed.mails),
        "files": len(doomed.files),
        "outgoing": len(doomed.outgoing),
        "updates": len(doomed.updates),
        "contacts": len(doomed.contacts),
    }
    if as_json:
        print_json({"forgotten": yes, **counts, "win_ids": list(doomed.wins), "also_in": naming})
        return
    if doomed.is_empty:
        click.echo(f"No win, mail or contact of {what} is kept." if naming else f"Nothing is kept of {what}.")
        _echo_naming(naming)
        return
    told = f"{counted(counts['wins'], 'win')}, {counted(counts['mails'], 'mail')} with {counted(counts['files'], 'file')}, the content of {counted(counts['outgoing'], 'sent mail')} and {counted(counts['updates'], 'customer update')}, {counted(counts['contacts'], 'contact')}"
    click.echo(f"Forgotten: {told}." if yes else f"Would go for good: {told}.")
    if doomed.wins:
        click.echo(f"Wins: {', '.join(str(n) for n in doomed.wins[:50])}{' …' if len(doomed.wins) > 50 else ''}")
    _echo_naming(naming)
    if not yes:
        click.echo(f'Nothing was changed. To do it: mailwins forget "{what}" --yes')


def _echo_naming(mails: Sequence[str]) -> None:
    if mails:
        click.echo(
            f"The address also stands in {counted(len(mails), 'other mail')}, which {'stays' if len(mails) == 1 else 'stay'}: {', '.join(s[:10] for s in mails[:20])}{' …' if len(mails) > 20 else ''}"
        )
        click.echo(
            "Look at each (mailwins tray show MAIL, or its file); what is hers goes with: mailwins forget MAIL --yes"
        )


def _doomed(app: App, what: str) -> Doomed:
    if "@" in what:
        return app.store.doomed(address=what.strip())
    if any(a.name == what for a in app.store.directory().accounts) or app.store.count_wins(WinFilter(account=what)):
        return app.store.doomed(account=what)
    if re.fullmatch(r"[0-9a-f]{8,64}", what):
        return app.store.doomed(mail=what)
    raise UsageError(
        f"“{what}” is no address, no account and no mail.",
        "Accounts: mailwins accounts list. Mails: mailwins wins show NUMBER names the mail behind a win.",
    )


@click.group()
def outbox() -> None:
    """Mail that goes out: what waits, what failed, and addresses that refuse our mail for good."""


@outbox.command("list")
@with_config
@json_option
@click.option("--all", "all_", is_flag=True, help="Sent mails too.")
def list_(config_path: Path, as_json: bool, all_: bool) -> None:
    """What is not sent yet, with the server's last answer; then the addresses that nothing is sent to."""
    with opened(config_path, sync=False) as app:
        rows = [r for r in app.store.outgoing() if all_ or r.state is not OutboxState.SENT]
        gone = dict(app.store.suppressed())
    if as_json:
        for r in rows:
            print_json(
                {
                    "what": "mail",
                    "number": r.id,
                    "state": r.state.value,
                    "kind": r.mail.kind,
                    "to": r.mail.recipient,
                    "subject": r.mail.subject,
                    "attempts": r.attempts,
                    "next_attempt_at": r.next_attempt_at,
                    "reply": r.reply,
                }
            )
        for address, reason in gone.items():
            print_json({"what": "suppressed", "address": address, "reason": reason})
        return
    print_table(
        "",
        ("No.", "State", "To", "Subject", "Tries", "Server's answer"),
        [(r.id, r.state.value, r.mail.recipient, r.mail.subject, r.attempts, r.reply) for r in rows],
        empty="Nothing waits.",
        right=(0, 4),
    )
    for address, reason in gone.items():
        click.echo(f"Nothing is sent to {address}: {reason}. Way back: mailwins outbox lift {address}")


@outbox.command()
@click.argument("number", type=int)
@with_config
def retry(number: int, config_path: Path) -> None:
    """Send an uncertain, failed or deferred mail once more."""
    with opened(config_path, sync=False) as app:
        if not app.store.requeue_outgoing(number):
            raise UsageError(f"Mail {number} is not uncertain, failed or deferred.", "See: mailwins outbox list")
    click.echo(f"Mail {number} goes out with the next pass.")


@outbox.command()
@click.argument("address")
@with_config
def lift(address: str, config_path: Path) -> None:
    """Send to ADDRESS again after it was refused for good."""
    with opened(config_path, sync=False) as app:
        if not app.store.unsuppress(address):
            raise UsageError(f"{address} is not on the list.", "See: mailwins outbox list")
    click.echo(f"{address} gets mail again.")


def _copy_files(source: Files, target: Files) -> int:
    count = 0
    for path in sorted(source.folder.glob("??/*")):
        try:
            with path.open("rb") as file:
                sha256, _ = target.keep(_pieces(file))
        except FileNotFoundError:
            # Removed meanwhile, by retention.
            continue
        if sha256 != path.name:
            target.remove(sha256)
            raise MailwinsError(
                f"{path} is damaged: its content does not fit its name.", "Restore that file from an earlier backup."
            )
        count += 1
    return count


def _purge_as_in(live: SqlStore, folder: Path) -> None:
    """Mails whose content retention dropped after the database was copied, before their file was."""
    store, files = open_store(f"sqlite:///{(folder / DATABASE).resolve()}"), open_files(folder / FILES)
    try:
        store.purge_mails([m.sha256 for m in store.mails() if not files.has(m.sha256) and live.is_purged(m.sha256)])
    finally:
        store.close()


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(1_000_000):
        yield piece


def _check(folder: Path) -> int:
    """Opens a backup as an instance would and reads every mail's bytes; how many mails."""
    store, files = open_store(f"sqlite:///{(folder / DATABASE).resolve()}"), open_files(folder / FILES)
    try:
        mails = store.mails()
        for mail in mails:
            if store.is_purged(mail.sha256):
                continue
            with open(files.path(mail.sha256), "rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != mail.sha256:
                    raise MailwinsError(f"{folder}: mail {mail.sha256} is damaged.", "Make another backup.")
        return len(mails)
    finally:
        store.close()
