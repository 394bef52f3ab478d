"""``tray``: what a person should look at."""

from __future__ import annotations

from pathlib import Path

import click

from mailwins.app import App, utc_now
from mailwins.cli.common import json_option, opened, plain_text, print_json, print_table, with_config
from mailwins.errors import UsageError
from mailwins.jobs.rereading import settle_by_hand
from mailwins.model import Outcome
from mailwins.ports import KeptMail, WinFilter
from mailwins.workers import worker_name


@click.group()
def tray() -> None:
    """Mails that became no win because a person must decide, and wins with an open question."""


@tray.command("list")
@with_config
@json_option
def list_(config_path: Path, as_json: bool) -> None:
    """Everything that waits for a person, oldest first."""
    with opened(config_path, sync=False) as app:
        mails = list(app.store.mails(outcome=Outcome.QUARANTINED, unresolved=True))
        wins = list(app.store.wins(WinFilter(in_tray=True)))
    if as_json:
        for mail in mails:
            print_json(
                {
                    "what": "mail",
                    "mail": mail.sha256,
                    "reason": mail.reason,
                    "sender": mail.proof,
                    "from": mail.sender,
                    "subject": mail.subject,
                    "arrived_at": mail.arrived_at,
                    "candidates": list(mail.candidates),
                    "error": mail.error,
                }
            )
        for win in wins:
            print_json(
                {"what": "win", "id": win.id, "open": list(win.doubts), "account": win.account, "summary": win.summary}
            )
        return
    rows: list[tuple[object, ...]] = [
        (
            m.sha256[:10],
            _why(m),
            m.sender,
            m.arrived_at.date(),
            m.subject,
            ", ".join(m.candidates) or (m.error or "")[:60],
        )
        for m in mails
    ]
    rows += [
        (f"win {w.id}", "open: " + ", ".join(w.doubts), w.submitted_by, w.win_date, w.summary, w.account) for w in wins
    ]
    print_table("", ("What", "Why", "From", "Date", "Subject", "Close to"), rows, empty="The tray is empty.")


def _why(mail: KeptMail) -> str:
    """The reason, for a sender's with what was found: a customer who writes to us himself is something else than a forged colleague."""
    return f"{mail.reason}: {mail.proof}" if mail.reason == "unproven_sender" and mail.proof else mail.reason or ""


def one(app: App, key: str) -> KeptMail:
    mail = app.store.mail(key)
    if mail is None:
        raise UsageError(f"There is no mail {key}, or more than one begins so.", "See: mailwins tray list")
    return mail


@tray.command()
@click.argument("mail")
@with_config
def show(mail: str, config_path: Path) -> None:
    """The mail as it came. MAIL is the beginning of its name, as listed."""
    with opened(config_path, sync=False) as app:
        found = one(app, mail)
        click.echo(f"{found.outcome}: {found.reason or ''}  {found.error or ''}".rstrip())
        if found.proof:
            click.echo(f"Sender: {plain_text(found.proof)}")
        if found.outcome is Outcome.QUARANTINED:
            close = f"Close to: {', '.join(found.candidates)}\n" if found.candidates else ""
            click.echo(f"{close}To decide: mailwins tray resolve {found.sha256[:10]} --account NAME, or --ignore")
        click.echo(f"{app.files.path(found.sha256)}\n")
        click.echo(app.files.read(found.sha256).decode("utf-8", "replace"))


@tray.command()
@click.argument("mail")
@with_config
@click.option("--account", help="It is this account's news: read it again with that.")
@click.option("--ignore", is_flag=True, help="It is no win; put it aside.")
@click.option(
    "--as", "as_", metavar="ADDRESS", help="The member whose mail it counts as; needed when its sender was not proven."
)
def resolve(mail: str, config_path: Path, account: str | None, ignore: bool, as_: str | None) -> None:
    """Decide about a mail in the tray.

    \b
    Examples:
      mailwins tray resolve 3f9a1c --account "Harborview Logistics"
      mailwins tray resolve 3f9a1c --ignore
    """
    if bool(account) == ignore and not as_:
        raise UsageError("Say either --account NAME or --ignore.")
    with opened(config_path) as app:
        found = one(app, mail)
        if ignore:
            app.store.resolve_mail(found.sha256, reason=found.reason)
            click.echo("Put aside.")
            return
        wins = settle_by_hand(app.desk, found, account=account, member=as_, now=utc_now(), worker=worker_name())
        click.echo(
            "\n".join(f"Win {w.id}: {w.account or '–'}: {w.summary}" for w in wins)
            or "It still says no win; it stays in the tray."
        )
        if not wins:
            raise SystemExit(1)
