"""``backup``, ``restore``, ``resume``, ``copy-database``: an instance made safe, brought back, moved."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from mailwins.app import utc_now
from mailwins.cli.common import load, opened, with_config
from mailwins.errors import MailwinsError, UsageError
from mailwins.store import HELD, Files, SqlStore, copy_database, open_files, open_store, see_that_it_is_empty

DATABASE, FILES = "mailwins.db", "files"
SUM = "mailwins.db.sha256"  # as sha256sum writes it


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
        (unfinished / SUM).write_text(f"{_sum(unfinished / DATABASE)}  {DATABASE}\n", encoding="ascii")
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
    # All of it is looked at before anything is put in its place.
    mails = _check(folder)
    see_that_it_is_empty(config.storage.database)
    count = _copy_files(open_files(folder / FILES), open_files(config.storage.files))
    with _opened(folder) as store:
        store.clear(HELD)
        copy_database(store.engine, config.storage.database, hold=f"restored {utc_now():%Y-%m-%d %H:%M} UTC")
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


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(1_000_000):
        yield piece


def _purge_as_in(live: SqlStore, folder: Path) -> None:
    """Mails whose content retention dropped after the database was copied, before their file was."""
    store, files = open_store(f"sqlite:///{(folder / DATABASE).resolve()}"), open_files(folder / FILES)
    try:
        store.purge_mails([m.sha256 for m in store.mails() if not files.has(m.sha256) and live.is_purged(m.sha256)])
    finally:
        store.close()


def _check(folder: Path) -> int:
    """Reads every byte of a backup and opens its database as an instance would; how many mails. Raises MailwinsError."""
    another = "Take another backup, or copy this one again: nothing was changed."
    summed = folder / SUM
    if not summed.is_file() or summed.read_text(encoding="ascii", errors="replace").split()[:1] != [
        _sum(folder / DATABASE)
    ]:
        raise MailwinsError(
            f"{folder}: {DATABASE} is not what was written there ({SUM}): it is damaged or cut short.", another
        )
    for path in sorted((folder / FILES).glob("??/*")):
        if _sum(path) != path.name:
            raise MailwinsError(f"{path} is damaged: its content does not fit its name.", another)
    files = open_files(folder / FILES)
    with _opened(folder) as store:
        mails = store.mails()
        for mail in mails:
            if not files.has(mail.sha256) and not store.is_purged(mail.sha256):
                raise MailwinsError(f"{folder}: the file of mail {mail.sha256} is missing.", another)
        return len(mails)


@contextmanager
def _opened(folder: Path) -> Iterator[SqlStore]:
    """A copy of its database: the backup itself stays as it is, whatever version opens it, and may lie where nothing can be written."""
    with tempfile.TemporaryDirectory(prefix="mailwins-") as scratch:
        copy = Path(scratch) / DATABASE
        shutil.copyfile(folder / DATABASE, copy)
        store = open_store(f"sqlite:///{copy}")
        try:
            yield store
        finally:
            store.close()


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
