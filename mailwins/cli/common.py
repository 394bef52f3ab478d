"""What every command shares: the config option, an open instance, tables and JSON.

What draws on a terminal is imported where something is drawn: most of the time nobody looks.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mailwins import app as joined
from mailwins import config as settings
from mailwins.app import App
from mailwins.config import Config

if TYPE_CHECKING:
    from rich.console import Console


def with_config(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--config`` after the command as well as before it."""

    @click.option(
        "--config",
        "config_path",
        metavar="FILE",
        default=None,
        help="The settings file; else MAILWINS_CONFIG, else ./config.toml.",
    )
    @click.pass_context
    @wraps(function)
    def inner(context: click.Context, /, *args: Any, config_path: str | None, **kwargs: Any) -> Any:
        given = config_path or (context.find_root().obj or {}).get("config")
        return context.invoke(function, *args, config_path=settings.find_path(given), **kwargs)

    return inner


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print data for scripts: one JSON object per line, or one object."
)


def load(path: Path) -> Config:
    return joined.load(path)


@contextmanager
def built(config: Config, *, sync: bool = True) -> Iterator[App]:
    app = joined.build(config, sync=sync)
    try:
        yield app
    finally:
        app.close()


@contextmanager
def opened(path: Path, *, sync: bool = True) -> Iterator[App]:
    with built(load(path), sync=sync) as app:
        yield app


def account_of(app: App, words: str) -> str:
    """The name of the account that is meant. Raises UsageError with the close ones."""
    from mailwins.jobs.asking import account_called

    return account_called(words, app.desk.known().directory).name


def console() -> Console:
    """As wide as the terminal; when piped, wide enough that no table is cut."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160, highlight=False, soft_wrap=False)


def print_table(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    empty: str = "Nothing to show.",
    right: Sequence[int] = (),
) -> None:
    if not rows:
        click.echo(empty)
        return
    from rich.table import Table

    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        header_style="dim",
        collapse_padding=True,
    )
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*[_plain(v) for v in row])
    console().print(table, markup=False)


def _plain(value: object) -> Any:
    from rich.text import Text

    if value is None:
        return Text("–", style="dim")
    text = (
        value.isoformat(" ", "minutes")
        if isinstance(value, datetime)
        else value.isoformat()
        if isinstance(value, date)
        else str(value)
    )
    return Text(plain_text(text))


def plain_text(text: str) -> str:
    """Foreign text may hold control characters that steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else " " if c == "\t" else "·" for c in text.replace("\r\n", "\n"))


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=_default))


def _default(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple | frozenset | set):
        return list(value)
    raise TypeError(type(value).__name__)


@contextmanager
def progress(what: str, total: int | None = None, *, quiet: bool = False) -> Iterator[Callable[..., None]]:
    """A bar on stderr while work is long; call it with (done, of)."""
    if quiet:
        yield _nothing
        return
    from rich.console import Console

    shown = Console(stderr=True)
    if not shown.is_terminal:
        yield _nothing
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=shown,
        transient=True,
    ) as bar:
        task = bar.add_task(what, total=total)

        def move(done: int, of: int | None = None) -> None:
            bar.update(task, completed=done, total=total if of is None else of)

        yield move


def _nothing(done: int, of: int | None = None) -> None:
    """No terminal, no bar."""


def moment(text: str | None) -> datetime | None:
    """``--now`` and friends: ISO date or date-time; without a zone it is UTC."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} is no moment; write 2026-11-16T08:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} is no day; write 2026-09-01") from None
