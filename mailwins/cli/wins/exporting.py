"""``wins export``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mailwins.cli.common import opened, with_config
from mailwins.cli.wins.conditions import filters, where
from mailwins.exports import EXPORTS
from mailwins.model import Visibility


@click.command()
@with_config
@filters
@click.option(
    "--format",
    "form",
    type=click.Choice(list(EXPORTS)),
    default="csv",
    show_default=True,
    help="csv for spreadsheets, json for scripts: one object per line.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of printing.")
@click.option(
    "--private", "with_private", is_flag=True, help="Private wins and internal notes too: a file is passed on easily."
)
def export(config_path: Path, form: str, output: Path | None, with_private: bool, **given: Any) -> None:
    """Carry wins out as CSV or JSON, newest first. What is private or internal stays in unless asked for.

    \b
    Examples:
      mailwins wins export --since 2026-01-01 -o wins.csv
      mailwins wins export --format json --account Acme
    """
    with opened(config_path, sync=False) as app:
        found = app.store.wins(where(app, given))
        shown = [
            w
            for w in found
            if with_private or given["visibility"] == "private" or w.visibility is not Visibility.PRIVATE
        ]
        text = "".join(EXPORTS[form](shown, with_private))
    if output:
        output.write_text(text, encoding="utf-8", newline="")
        click.echo(f"{len(shown)} wins: {output}")
    else:
        click.echo(text, nl=False)
    if left := len(found) - len(shown):
        click.echo(
            f"{left} private {'win was' if left == 1 else 'wins were'} left out; --private takes them along.", err=True
        )
