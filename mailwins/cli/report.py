"""``report``: quiet accounts, coverage, trends, facts per account; the sheet for a talk and the page for a meeting."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from mailwins.app import utc_now
from mailwins.cli.common import json_option, moment, opened, print_json, print_table, with_config
from mailwins.digest.reports import Page, Sheet
from mailwins.errors import UsageError
from mailwins.jobs import reporting

now_option = click.option("--now", "at", metavar="TIME", help="As if it were this moment.")
csv_option = click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values.")


@click.group()
def report() -> None:
    """What the wins of many weeks show."""


def _sheets(name: str) -> Callable[..., None]:
    def run(config_path: Path, as_json: bool, as_csv: bool, at: str | None) -> None:
        with opened(config_path) as app:
            found = reporting.sheets(app.desk, name, moment(at) or utc_now())
        show(found, as_json=as_json, as_csv=as_csv)

    return run


def show(sheets: Sequence[Sheet], *, as_json: bool, as_csv: bool) -> None:
    """A table each; as JSON one object per row and line; as CSV with a blank line between sheets."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    for number, sheet in enumerate(sheets):
        if as_json:
            for row in sheet.rows:
                print_json(dict(zip(sheet.keys, row, strict=True)))
        elif as_csv:
            if number:
                click.echo("")
            out.writerow(sheet.keys)
            out.writerows([_harmless(c) for c in row] for row in sheet.rows)
        else:
            print_table(
                sheet.title if len(sheets) > 1 else "", sheet.heads, sheet.rows, empty=sheet.empty, right=sheet.right
            )


def _harmless(cell: object) -> object:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


_HELP = {
    "quiet": "Accounts without a win for too long, soonest renewal first.",
    "coverage": "For each colleague with accounts: how many were heard from in a quarter. A to Z, no ranking.",
    "trends": "Kinds by month, and the features and causes that repeat.",
    "health": "Facts per account for a health score: wins of 30 and 90 days, the last one, value, doubts, goals.",
    "goals": "What the wins of half a year say of each goal that a customer set herself.",
}
for _name, _text in _HELP.items():
    _command: Any = now_option(csv_option(json_option(with_config(_sheets(_name)))))
    report.command(_name, help=_text)(_command)


def _page(page: Page, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {"heading": page.heading, "lines": page.lines, "rows": [{"label": a, "text": b} for a, b in page.rows]}
        )
        return
    for line in page.lines:
        click.echo(line)
    print_table(page.heading, ("", ""), page.rows)


@report.command("1on1")
@click.argument("colleague")
@with_config
@json_option
@now_option
def one_on_one(colleague: str, config_path: Path, as_json: bool, at: str | None) -> None:
    """The sheet for a talk with one colleague (name or address): heard from, silent, never seen, two wins, what to ask."""
    with opened(config_path) as app:
        wanted = colleague.casefold()
        found = [m for m in app.store.directory().members if wanted in m.name.casefold() or wanted in m.addresses]
        if len(found) != 1:
            raise UsageError(f"{len(found)} colleagues are called {colleague}.", "Write her whole name or her address.")
        page = reporting.one_on_one(app.desk, found[0], moment(at) or utc_now())
    _page(page, as_json=as_json)


@report.command()
@with_config
@json_option
@now_option
@click.option(
    "--days", default=reporting.MEETING_DAYS, type=click.IntRange(1, 366), show_default=True, help="How far back."
)
def meeting(config_path: Path, as_json: bool, at: str | None, days: int) -> None:
    """Five wins for a team meeting, those that say why first."""
    with opened(config_path) as app:
        page = reporting.meeting(app.desk, moment(at) or utc_now(), days)
    _page(page, as_json=as_json)
