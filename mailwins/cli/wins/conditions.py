"""Which wins: the conditions that list, search and export share, and the names people use in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from mailwins.app import App
from mailwins.cli.common import account_of, day
from mailwins.errors import UsageError
from mailwins.model import Win
from mailwins.ports import WinFilter

_FILTERS = (
    click.option("--account", help="Only this account (name or alias)."),
    click.option("--csm", help="Only this CSM's accounts (name or address)."),
    click.option("--by", "submitted_by", help="Only what this colleague captured (name or address)."),
    click.option("--category", help="Only this kind."),
    click.option("--since", help="From this day (by win date), such as 2026-09-01."),
    click.option("--until", help="Up to this day."),
    click.option("--value", "min_value", type=click.IntRange(1, 10), help="Only of this value or more."),
    click.option("--feature", help="Only those that name this feature."),
    click.option(
        "--visibility",
        type=click.Choice(["private", "internal", "shareable"]),
        help="Only those that may be seen so far.",
    ),
    click.option("--stance", type=click.Choice(["praise", "neutral", "doubt"]), help="Only those of this mood."),
    click.option("--tray", "in_tray", is_flag=True, help="Only those with an open doubt."),
    click.option("--deleted", "include_deleted", is_flag=True, help="Deleted ones too."),
)


def filters(function: Callable[..., Any]) -> Callable[..., Any]:
    """The conditions that list, search and export share."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


def where(app: App, given: dict[str, Any], *, text: str | None = None) -> WinFilter:
    """What ``filters`` were *given*, with names of accounts, colleagues and kinds as the store knows them."""
    account = account_of(app, given["account"]) if given["account"] else None
    since, until = day(given["since"]), day(given["until"])
    if since and until and since > until:
        raise UsageError(f"--since {since} lies after --until {until}.", "Swap them.")
    return WinFilter(
        account=account,
        csm=_colleague(app, given["csm"]),
        submitted_by=_colleague(app, given["submitted_by"]),
        category=_category(app, given["category"]),
        since=since,
        until=until,
        min_value=given["min_value"],
        feature=given["feature"],
        visibility=given["visibility"],
        stance=given["stance"],
        in_tray=True if given["in_tray"] else None,
        include_deleted=given["include_deleted"],
        text=text,
    )


def _colleague(app: App, words: str | None) -> str | None:
    """The address of a colleague; one who has left is asked for by address."""
    if not words or "@" in words:
        return words.lower() if words else None
    from mailwins.receipts.corrections.meant import find_member

    found = find_member(words, app.desk.known().directory)
    if found is None:
        raise UsageError(f"{words} is nobody among the people, or more than one.", "See: mailwins people list")
    return found.address


def _category(app: App, words: str | None) -> str | None:
    if not words:
        return None
    from mailwins.receipts.corrections.meant import find_category

    kinds = app.desk.known().policy.categories
    found, _ = find_category(words, kinds)
    if found is None:
        raise UsageError(f"There is no kind called {words}.", f"There are: {', '.join(kinds)}.")
    return found


def one(app: App, number: int) -> Win:
    win = app.store.win(number)
    if win is None:
        raise UsageError(f"There is no win {number}.", "See: mailwins wins list")
    return win
