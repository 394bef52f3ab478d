"""``sign-in``: once, in a browser, for a token that lasts."""

from __future__ import annotations

from pathlib import Path

import click

from mailwins.cli.common import load, with_config
from mailwins.errors import ConfigError
from mailwins.mailbox import sign_in as sign_in_at_provider


@click.command("sign-in")
@click.argument("which", type=click.Choice(["mailbox", "smtp"]), default="mailbox")
@with_config
def sign_in(which: str, config_path: Path) -> None:
    """Sign in at Microsoft or Google in a browser on any device, once; the token is kept in oauth.refresh_token_file."""
    config = load(config_path)
    section = config.mailbox if which == "mailbox" else config.smtp
    if section.auth != "xoauth2":
        raise ConfigError(
            f'{which}.auth is "{section.auth}": there is nothing to sign in to.',
            f'Set {which}.auth = "xoauth2" and [{which}.oauth].',
        )
    sign_in_at_provider(
        section.oauth, lambda page, code: click.echo(f"Open {page} and enter the code {code}"), ca_file=section.ca_file
    )
    click.echo("Signed in. Next: mailwins check")
