"""``wins list`` and ``wins search``: a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mailwins.app import App
from mailwins.cli.common import json_option, opened, print_json, print_table, with_config
from mailwins.cli.wins.conditions import filters, where
from mailwins.errors import UsageError
from mailwins.exports.lines import stored
from mailwins.model import Visibility, Win
from mailwins.ports import WinFilter
from mailwins.store.search import is_without_words

_PAGE = 50


_PAGES = (
    click.option("--limit", type=click.IntRange(1), help=f"At most so many; {_PAGE} unless --json.", default=None),
    click.option("--page", type=click.IntRange(1), default=1, help="The next so many: --page 2, --page 3 …"),
)


def pages(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_PAGES):
        function = option(function)
    return function


_NONE_AT_ALL = (
    "No wins yet. Forward a customer's mail to the address, or bring in a sheet: mailwins wins import wins.csv"
)


@click.command("list")
@with_config
@json_option
@filters
@pages
def list_(config_path: Path, as_json: bool, limit: int | None, page: int, **given: Any) -> None:
    """List wins, newest first, a page of 50 at a time.

    \b
    Examples:
      mailwins wins list --account Acme --since 2026-09-01
      mailwins wins list --csm Priya --value 8 --feature "Route board"
      mailwins wins list --tray --json | jq .summary
    """
    with opened(config_path, sync=False) as app:
        _show_page(
            app,
            where(app, given),
            page,
            limit,
            as_json,
            empty="No win is like that. Fewer conditions find more.",
            none_at_all=_NONE_AT_ALL,
        )


@click.command()
@click.argument("words", nargs=-1, required=True)
@with_config
@json_option
@filters
@pages
def search(
    words: tuple[str, ...], config_path: Path, as_json: bool, limit: int | None, page: int, **given: Any
) -> None:
    """Find wins by any words in them: summary, quote, note, people, accounts.

    Words match by their beginning, in upper or lower case, with or without accents. A phrase stands in quotes; what must
    not be in it follows "--" and a minus.

    \b
    Examples:
      mailwins wins search missed visits
      mailwins wins search '"route board"' --since 2026-09-01
      mailwins wins search -- visits -training
    """
    if is_without_words(" ".join(words)):
        raise UsageError(
            f"{' '.join(words)} holds no word to look for.",
            "Name one; what must not be in it follows: mailwins wins search -- visits -training",
        )
    with opened(config_path, sync=False) as app:
        _show_page(
            app,
            where(app, given, text=" ".join(words)),
            page,
            limit,
            as_json,
            empty="Nothing found. Words match by their beginning; fewer words or conditions find more.",
            none_at_all=_NONE_AT_ALL,
        )


def _show_page(
    app: App, where: WinFilter, page: int, limit: int | None, as_json: bool, *, empty: str, none_at_all: str
) -> None:
    """One page as people read it; to scripts everything, unless they ask for less."""
    size = limit or (None if as_json and page == 1 else _PAGE)
    # One more than is shown tells whether there is a next page.
    asked = replace(where, limit=size + 1 if size else None, offset=(page - 1) * (size or 0))
    found = list(app.store.wins(asked))
    shown = found[:size]
    if not shown and page > 1 and (count := app.store.count_wins(where)):
        assert size is not None
        last = -(-count // size)
        raise UsageError(
            f"There is no page {page}: {count:,} {'win is' if count == 1 else 'wins are'} found.",
            "Leave out --page." if last == 1 else f"The last one is --page {last}.",
        )
    if not shown and app.store.count_wins(WinFilter(include_deleted=True)) == 0:
        empty = none_at_all
    _show_list(shown, as_json, empty=empty)
    if len(found) > len(shown):
        size = size or _PAGE
        first = (page - 1) * size + 1
        click.echo(
            f"These are {first} to {first + len(shown) - 1} of {app.store.count_wins(where):,}, newest first. More: --page {page + 1}",
            err=True,
        )


_SEEN = {Visibility.PRIVATE: "private", Visibility.INTERNAL: "", Visibility.SHAREABLE: "yes"}


def _show_list(found: list[Win] | tuple[Win, ...], as_json: bool, *, empty: str) -> None:
    if as_json:
        for win in found:
            print_json(stored(win))
        return
    rows = [
        (
            w.id,
            w.win_date,
            w.account,
            w.category,
            w.value_effective,
            _SEEN[w.visibility],
            ", ".join(w.doubts),
            w.summary,
        )
        for w in found
    ]
    print_table(
        "",
        ("No.", "Date", "Account", "Category", "Value", "Shared", "Open", "Summary"),
        rows,
        empty=empty,
        right=(0, 4),
    )
