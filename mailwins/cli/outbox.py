"""``outbox``: mail that goes out, and addresses that nothing is sent to."""

from __future__ import annotations

from pathlib import Path

import click

from mailwins.cli.common import json_option, opened, print_json, print_table, with_config
from mailwins.errors import UsageError
from mailwins.model import OutboxState


@click.group()
def outbox() -> None:
    """Mail that goes out: what waits, what failed, and addresses that refuse our mail for good."""


@outbox.command("list")
@with_config
@json_option
@click.option("--all", "all_", is_flag=True, help="Sent mails too.")
def list_(config_path: Path, as_json: bool, all_: bool) -> None:
    """What is not sent yet, with the server's last answer; then the addresses that nothing is sent to."""
    with opened(config_path, sync=False) as app:
        rows = [r for r in app.store.outgoing() if all_ or r.state is not OutboxState.SENT]
        gone = dict(app.store.suppressed())
    if as_json:
        for r in rows:
            print_json(
                {
                    "what": "mail",
                    "number": r.id,
                    "state": r.state.value,
                    "kind": r.mail.kind,
                    "to": r.mail.recipient,
                    "subject": r.mail.subject,
                    "attempts": r.attempts,
                    "next_attempt_at": r.next_attempt_at,
                    "reply": r.reply,
                }
            )
        for address, reason in gone.items():
            print_json({"what": "suppressed", "address": address, "reason": reason})
        return
    print_table(
        "",
        ("No.", "State", "To", "Subject", "Tries", "Server's answer"),
        [(r.id, r.state.value, r.mail.recipient, r.mail.subject, r.attempts, r.reply) for r in rows],
        empty="Nothing waits.",
        right=(0, 4),
    )
    for address, reason in gone.items():
        click.echo(f"Nothing is sent to {address}: {reason}. Way back: mailwins outbox lift {address}")


@outbox.command()
@click.argument("number", type=int)
@with_config
def retry(number: int, config_path: Path) -> None:
    """Send an uncertain, failed or deferred mail once more."""
    with opened(config_path, sync=False) as app:
        if not app.store.requeue_outgoing(number):
            raise UsageError(f"Mail {number} is not uncertain, failed or deferred.", "See: mailwins outbox list")
    click.echo(f"Mail {number} goes out with the next pass.")


@outbox.command()
@click.argument("address")
@with_config
def lift(address: str, config_path: Path) -> None:
    """Send to ADDRESS again after it was refused for good."""
    with opened(config_path, sync=False) as app:
        if not app.store.unsuppress(address):
            raise UsageError(f"{address} is not on the list.", "See: mailwins outbox list")
    click.echo(f"{address} gets mail again.")
