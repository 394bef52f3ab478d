"""A list brought in from CSV: read, compared with what is stored, told, and only then written."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from mailwins.app import App
from mailwins.cli.common import opened, with_config
from mailwins.errors import UsageError
from mailwins.lists import decoded, unread_columns


@dataclass(frozen=True)
class ListKind:
    """One of the three lists: how to read it, what is stored, how to store it."""

    what: str
    columns: tuple[str, ...]
    read: Callable[[App, str], tuple[dict[str, Any], list[str]]]
    stored: Callable[[App], dict[str, Any]]
    put: Callable[[App, list[Any], bool], None]
    doubts: Callable[[App, dict[str, Any]], list[str]]


def read_list(path: Path) -> str:
    """The text of a CSV; a workbook or an unreadable file is refused with the cure."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}.", "Check the path.") from None
    text = decoded(raw)
    if text is None:
        raise UsageError(
            f"{path}: this is no text but a workbook or another program's file.",
            "Save it as CSV (in Excel: “CSV UTF-8”) and import that.",
        )
    if not raw.startswith(codecs.BOM_UTF16_LE) and not _is_utf8(raw):
        click.echo(
            f"Note: {path} is not UTF-8 and was read as Windows-1252, Excel's plain CSV; look whether the names are right.",
            err=True,
        )
    return text


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _import(app: App, kind: ListKind, path: Path, dry_run: bool, remove: bool) -> int:
    text = read_list(path)
    new, mistakes = kind.read(app, text)
    for mistake in mistakes:
        click.echo(f"{path}, {mistake}", err=True)
    if unread := unread_columns(text, kind.columns):
        click.echo(
            f"Note: {path}: no use for the column{'s' if len(unread) > 1 else ''} {', '.join(unread)}.", err=True
        )
    for doubt in kind.doubts(app, new):
        click.echo(f"Note: {doubt}", err=True)
    lines = differences(kind.stored(app), new, remove=remove)
    click.echo("\n".join(lines) or ("Nothing to write." if mistakes else "Nothing differs."))
    if dry_run:
        click.echo("Dry run: nothing was written.")
    elif mistakes:
        count = f"{len(mistakes)} {'mistake' if len(mistakes) == 1 else 'mistakes'}"
        click.echo(f"{count}: nothing was written. Mend the lines and import again.", err=True)
    else:
        kind.put(app, list(new.values()), remove)
        if lines:
            added, changed, taken_out = (sum(line.startswith(mark) for line in lines) for mark in "+~-")
            click.echo(f"{added} added, {changed} changed, {taken_out} taken out.")
            tell_of_the_file(app, kind.what, path)
    return 1 if mistakes else 0


def add_import(group: click.Group, kind: ListKind) -> None:
    what = kind.what
    others = "Also take out who is not in the file."
    removing = [] if what == "contacts" else [click.option("--remove-others", is_flag=True, help=others)]

    @group.command(
        "import",
        help=f"Bring in a CSV with the columns {','.join(kind.columns)}. Safe to repeat; a file with mistakes writes nothing.\n\n\b\nExample:\n  mailwins {what} import {what}.csv --dry-run",
    )
    @click.argument("path", type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Only show what would change.")
    @with_config
    def import_(path: Path, dry_run: bool, config_path: Path, remove_others: bool = False) -> None:
        with opened(config_path) as app:
            status = _import(app, kind, path, dry_run, remove_others)
        if status:
            raise SystemExit(status)

    for option in removing:
        option(import_)


def tell_of_the_file(app: App, what: str, imported: Path | None = None) -> None:
    """The list in the config is the truth: what is changed beside it lasts until it changes."""
    path = {"accounts": app.config.directory.accounts, "people": app.config.directory.people}.get(what)
    if path is not None and (imported is None or imported.resolve() != path.resolve()):
        click.echo(f"Note: directory.{what} names {path}; when that file changes, it decides again.", err=True)


def differences(old: dict[str, Any], new: dict[str, Any], *, remove: bool) -> list[str]:
    lines = [f"+ {name}" for name in new if name not in old]
    for name, value in new.items():
        if name in old and old[name] != value:
            changed = [
                f"{_SHOWN.get(f.name, f.name)}: {_plain(getattr(old[name], f.name))} → {_plain(getattr(value, f.name))}"
                for f in fields(value)
                if f.name != "permissions" and getattr(old[name], f.name) != getattr(value, f.name)
            ]
            lines.append(f"~ {name}  ({'; '.join(changed)})")
    if remove:
        lines += [f"- {name}" for name in old if name not in new]
    return lines


_SHOWN = {"renewal_on": "renewal", "addresses": "email", "learned": "learned from mail"}


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) or "–" if isinstance(value, tuple) else str(value) if value else "–"
