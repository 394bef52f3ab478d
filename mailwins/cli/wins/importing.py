"""``wins import``: wins that were kept in a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailwins.app import App, utc_now
from mailwins.cli.common import opened, print_table, with_config
from mailwins.cli.lists import read_list
from mailwins.errors import UsageError
from mailwins.lists import read_sheet
from mailwins.model import Change, Member
from mailwins.ports import WinFilter

if TYPE_CHECKING:
    from mailwins.understanding.sheet import Row


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@with_config
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="HEADING=FIELD",
    help="Which column holds what, where its heading does not say so; FIELD “-” leaves it out.",
)
@click.option("--by", "by_", metavar="ADDRESS", help="Who captured the rows that name nobody; else the account's CSM.")
@click.option("--day-first/--month-first", "is_day_first", default=None, help="How 03/04/2026 is meant.")
@click.option("--partly", is_flag=True, help="Bring in the good rows of a sheet with mistakes.")
@click.option("--dry-run", is_flag=True, help="Only show what would become of each row.")
def import_(
    path: Path,
    config_path: Path,
    maps: tuple[str, ...],
    by_: str | None,
    is_day_first: bool | None,
    partly: bool,
    dry_run: bool,
) -> None:
    """Bring in wins that were kept in a sheet (CSV). Their dates are kept, nobody is answered, no digest tells them as new. Safe to repeat.

    \b
    Fields:
      date account summary detail quote contact contact_address contact_role category value visibility
      submitted_by features cause praised urls expected experienced internal_note
    \b
    Examples:
      mailwins wins import wins-2025.csv --dry-run
      mailwins wins import wins-2025.csv --map "Kunde=account" --map "Was war gut=detail" --by ana@yourcompany.example
    """
    sheet = _read(path, maps)
    with opened(config_path) as app:
        by = app.desk.known().directory.member(by_) if by_ else None
        if by_ and by is None:
            raise UsageError(f"{by_} is nobody among the people.", "See: mailwins people list")
        rows = _rows(app, sheet, by, is_day_first)
        mistakes = [*sheet.mistakes, *(r.mistake for r in rows if r.mistake)]
        new, again = _new_ones(app, [r for r in rows if r.win])
        click.echo(_columns_told(sheet))
        for mistake in mistakes:
            click.echo(f"{path}, {mistake}", err=True)
        if dry_run:
            _show(new)
        is_written = bool(new) and not dry_run and (partly or not mistakes)
        if is_written:
            _add(app, new, path, by)
    told = f"{len(new)} new, {len(again)} there already, {len(mistakes)} with a mistake."
    if dry_run:
        told += " Dry run: nothing was written."
    elif mistakes and not is_written:
        told += " Nothing was written: mend the lines, or bring in the others with --partly."
    click.echo(told)
    if mistakes and not partly:
        raise SystemExit(1)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """*columns*: field → the heading of its column; *lines*: (number, cells by heading)."""

    columns: Mapping[str, str]
    unused: Sequence[str]
    lines: Sequence[tuple[int, Mapping[str, str]]]
    mistakes: Sequence[str]


def _read(path: Path, maps: tuple[str, ...]) -> _Sheet:
    from mailwins.understanding.sheet import LEFT_OUT, columns_of

    headings, lines, mistakes = read_sheet(read_list(path))
    columns = columns_of(headings, _stated_columns(maps, headings))
    if headings:
        for field in ("date", "account"):
            if field not in columns:
                raise _no_column(path, f"the {field}", headings, field)
        if not {"summary", "detail", "quote"} & set(columns):
            raise _no_column(path, "the summary, the detail or the quote", headings, "detail")
    unused = [h for h in headings if h and h not in columns.values() and f"{h}={LEFT_OUT}" not in maps]
    return _Sheet(columns, unused, lines, mistakes)


def _no_column(path: Path, what: str, headings: Sequence[str], field: str) -> UsageError:
    return UsageError(
        f"{path}: no column is known to hold {what}; its headings are: {', '.join(h for h in headings if h)}.",
        f'Say which: --map "HEADING={field}".',
    )


def _stated_columns(maps: tuple[str, ...], headings: list[str]) -> dict[str, str]:
    from mailwins.understanding.sheet import FIELDS, LEFT_OUT

    stated: dict[str, str] = {}
    for pair in maps:
        heading, _, field = pair.rpartition("=")
        heading = next((h for h in headings if h.casefold() == heading.strip().casefold()), heading.strip())
        if heading not in headings:
            raise UsageError(
                f"--map {pair}: no column is headed {heading}; the headings are: {', '.join(h for h in headings if h)}."
            )
        if field.strip() not in (*FIELDS, LEFT_OUT):
            raise UsageError(
                f"--map {pair}: {field} is no field.", f"There are: {', '.join(FIELDS)}, and “-” for none."
            )
        stated[heading] = field.strip()
    return stated


def _columns_told(sheet: _Sheet) -> str:
    read = ", ".join(f"{heading} as {field}" for field, heading in sheet.columns.items())
    return f"Read: {read}." + (f" Left out: {', '.join(sheet.unused)}." if sheet.unused else "")


def _rows(app: App, sheet: _Sheet, by: Member | None, is_day_first: bool | None) -> list[Row]:
    from mailwins.understanding.sheet import to_row

    known = app.desk.known()
    return [
        to_row(
            number,
            {field: cells.get(heading, "") for field, heading in sheet.columns.items()},
            directory=known.directory,
            policy=known.policy,
            by=by,
            is_day_first=is_day_first,
            now=utc_now(),
        )
        for number, cells in sheet.lines
    ]


def _new_ones(app: App, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """(new rows, rows that are stored already): by their own key, or as a win of the same account, day and line."""
    stored_keys: set[str] = set()
    same: set[tuple[str | None, object, str]] = set()
    days = [r.win.win_date for r in rows if r.win]
    if days:
        for win in app.store.wins(WinFilter(since=min(days), until=max(days), include_deleted=True)):
            stored_keys.add(win.origin_key or "")
            same.add((win.account, win.win_date, win.summary.casefold()))
    new: list[Row] = []
    again: list[Row] = []
    for row in rows:
        assert row.win is not None
        likeness = (row.win.account, row.win.win_date, row.win.summary.casefold())
        (again if row.key in stored_keys or likeness in same else new).append(row)
        stored_keys.add(row.key)
        same.add(likeness)
    return new, again


def _show(rows: list[Row]) -> None:
    print_table(
        "",
        ("Line", "Date", "Account", "Category", "Value", "Open", "Summary"),
        [
            (r.line, w.win_date, w.account, w.category, w.value_effective, ", ".join(w.doubts), w.summary)
            for r in rows
            if (w := r.win)
        ],
        empty="No row is new.",
        right=(0, 4),
    )


def _add(app: App, rows: list[Row], path: Path, by: Member | None) -> None:
    wins_ = app.desk.numbered([r.win for r in rows if r.win])
    now = utc_now()
    app.store.add_wins(wins_)
    app.store.save_wins(
        [],
        [
            Change(
                w.id,
                now,
                by.address if by else w.submitted_by or "mailwins",
                "sheet",
                "captured",
                None,
                f"{path.name}, line {r.line}",
            )
            for w, r in zip(wins_, rows, strict=True)
        ],
    )
