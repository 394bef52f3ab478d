"""``demo``: the whole loop on sample mail."""

from __future__ import annotations

from pathlib import Path

import click

from mailwins.errors import ConfigError


@click.command()
@click.option(
    "--out",
    "folder",
    default="demo-out",
    type=click.Path(path_type=Path),
    show_default=True,
    help="Where everything is written; emptied first.",
)
def demo(folder: Path) -> None:
    """Play eight weeks of sample mail through the whole loop: real IMAP, real SMTP, nothing to configure."""
    try:
        from mailwins.demo.play import play
    except ImportError as error:
        raise ConfigError(f"The demo needs {error.name}.", 'Install it: pip install "mailwins[demo]"') from None
    play(folder)
