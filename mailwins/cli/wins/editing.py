"""``wins edit``: a correction in the same words as by mail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailwins.app import App, utc_now
from mailwins.cli.common import opened, with_config
from mailwins.cli.wins.conditions import one
from mailwins.errors import UsageError
from mailwins.model import Win

if TYPE_CHECKING:
    from mailwins.receipts.corrections import Corrected


@click.command()
@click.argument("number", type=int)
@click.argument("words", nargs=-1, required=True)
@with_config
@click.option("--as", "as_", metavar="ADDRESS", help="Who says so; else the win's CSM or submitter.")
def edit(number: int, words: tuple[str, ...], config_path: Path, as_: str | None) -> None:
    """Correct a win in the same plain words as by mail; its history keeps who and when.

    \b
    Examples:
      mailwins wins edit 12 account is Globex
      mailwins wins edit 12 "value 9, share"
      mailwins wins edit 12 undo
    """
    with opened(config_path) as app:
        done = _corrected(app, one(app, number), " ".join(words), as_)
        if done.wins:
            changes = [replace(c, how="cli") for c in done.changes]
            app.store.save_wins(done.wins, changes, examples=done.examples, at=utc_now())
            app.store.meet(done.contacts)
            app.desk.refresh()
    for told in done.told:
        click.echo(f"{told.label}: {told.old or '–'} → {told.new or '–'}")
    for problem in done.problems:
        click.echo(problem, err=True)
    if done.splits:
        click.echo("A note is taken apart by mail only: answer its receipt with “split”.", err=True)
    if not done.told:
        if not done.problems and not done.splits:
            click.echo(_NOTHING_UNDERSTOOD, err=True)
        raise SystemExit(1)


_NOTHING_UNDERSTOOD = (
    "Nothing in these words was understood as a change. "
    "Try: account is Globex · value 9 · category referral · share · undo"
)


def _corrected(app: App, win: Win, words: str, as_: str | None) -> Corrected:
    from mailwins.receipts.corrections import correct
    from mailwins.receipts.questions import pick
    from mailwins.receipts.wishes import read_reply

    known = app.desk.known()
    by = known.directory.member(as_ or win.csm or win.submitted_by)
    if by is None:
        raise UsageError(f"{as_ or 'The CSM of this win'} is nobody among the people.", "Say who you are: --as ADDRESS")
    now = utc_now()
    # What the tray shows as open is answered in the same words as the receipt's question.
    asked = pick([win], known.policy.categories, frozenset()) if win.doubts else None
    reply = read_reply(
        words,
        asked=asked.field if asked else None,
        options=asked.options if asked else (),
        win_ids=(win.id,),
        kinds=tuple(n for c in known.policy.categories.values() for n in (c.id, c.name)),
        accounts=tuple(n for a in known.directory.accounts for n in (a.name, *a.aliases)),
        colleagues=tuple(m.name for m in known.directory.members if m.name),
    )
    return correct(
        reply,
        [win],
        # Whoever may use this machine may do what a manager may.
        by=replace(by, permissions=by.permissions | {"manager"}),
        directory=known.directory,
        categories=known.policy.categories,
        now=now,
        written=now.date(),
        history={win.id: app.store.history(win.id)},
    )
