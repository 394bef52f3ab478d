"""``forget``: what is kept of a person, an account or a mail goes for good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from mailwins.app import App
from mailwins.cli.common import json_option, opened, print_json, with_config
from mailwins.errors import UsageError
from mailwins.operations import retention
from mailwins.ports import WinFilter
from mailwins.render import counted
from mailwins.store import Doomed


@click.command()
@click.argument("what")
@with_config
@json_option
@click.option("--yes", is_flag=True, help="Do it; without it only show what would go.")
def forget(what: str, config_path: Path, as_json: bool, yes: bool) -> None:
    """Take out for good what is kept of a person, an account or a mail. WHAT is an address, an account's exact name, or a mail's SHA-256 (or its first 8 letters).

    Of a person: the wins she is the contact of, the mails behind them, mails she sent, her entry among the contacts. Backups made before still hold it, and mail that left is not called back.

    \b
    Examples:
      mailwins forget dale@globex.example
      mailwins forget "Globex Ltd" --yes
    """
    with opened(config_path, sync=False) as app:
        doomed = _doomed(app, what)
        if yes and not doomed.is_empty:
            retention.forget(app.store, app.files, doomed)
        naming = retention.mails_naming(app.store, app.files, what, but=doomed.mails) if "@" in what else []
    counts = {
        "wins": len(doomed.wins),
        "mails": len(doomed.mails),
        "files": len(doomed.files),
        "outgoing": len(doomed.outgoing),
        "updates": len(doomed.updates),
        "contacts": len(doomed.contacts),
    }
    if as_json:
        print_json({"forgotten": yes, **counts, "win_ids": list(doomed.wins), "also_in": naming})
        return
    if doomed.is_empty:
        click.echo(f"No win, mail or contact of {what} is kept." if naming else f"Nothing is kept of {what}.")
        _echo_naming(naming)
        return
    told = (
        f"{counted(counts['wins'], 'win')}, {counted(counts['mails'], 'mail')} with {counted(counts['files'], 'file')}, "
        f"the content of {counted(counts['outgoing'], 'sent mail')} and "
        f"{counted(counts['updates'], 'customer update')}, {counted(counts['contacts'], 'contact')}"
    )
    click.echo(f"Forgotten: {told}." if yes else f"Would go for good: {told}.")
    if doomed.wins:
        click.echo(f"Wins: {_first([str(n) for n in doomed.wins], 50)}")
    _echo_naming(naming)
    if not yes:
        click.echo(f'Nothing was changed. To do it: mailwins forget "{what}" --yes')


def _echo_naming(mails: Sequence[str]) -> None:
    if mails:
        stays = "stays" if len(mails) == 1 else "stay"
        named = _first([sha256[:10] for sha256 in mails], 20)
        click.echo(f"The address also stands in {counted(len(mails), 'other mail')}, which {stays}: {named}")
        click.echo(
            "Look at each (mailwins tray show MAIL, or its file); what is hers goes with: mailwins forget MAIL --yes"
        )


def _first(items: Sequence[str], most: int) -> str:
    return ", ".join(items[:most]) + (" …" if len(items) > most else "")


def _doomed(app: App, what: str) -> Doomed:
    if "@" in what:
        return app.store.doomed(address=what.strip())
    if any(a.name == what for a in app.store.directory().accounts) or app.store.count_wins(WinFilter(account=what)):
        return app.store.doomed(account=what)
    if re.fullmatch(r"[0-9a-f]{8,64}", what):
        return app.store.doomed(mail=what)
    raise UsageError(
        f"“{what}” is no address, no account and no mail.",
        "Accounts: mailwins accounts list. Mails: mailwins wins show NUMBER names the mail behind a win.",
    )
