"""``reread``, ``reclassify``, ``examples``: what today's code and today's kinds make of yesterday's mail."""

from __future__ import annotations

from pathlib import Path

import click

from mailwins.app import utc_now
from mailwins.cli.common import json_option, opened, print_json, print_table, progress, with_config
from mailwins.errors import UsageError
from mailwins.jobs import rereading
from mailwins.ports import KeptMail, WinFilter
from mailwins.understanding import mood


@click.command()
@click.argument("mails", nargs=-1)
@with_config
@json_option
@click.option("--apply", "apply_", is_flag=True, help="Write what is better; without it only show.")
def reread(mails: tuple[str, ...], config_path: Path, as_json: bool, apply_: bool) -> None:
    """Read kept mails again with today's code and show what would differ. What a person set, or what was published or told, never changes.

    \b
    Examples:
      mailwins reread
      mailwins reread 3f9a1c --apply
    """
    with opened(config_path) as app:
        known: list[KeptMail] = [m for key in mails if (m := app.store.mail(key))] if mails else list(app.store.mails())
        rows = []
        with progress("reading again", len(known), quiet=as_json) as shown:
            for number, difference in enumerate(rereading.reread(app.desk, known, now=utc_now()), 1):
                shown(number, len(known))
                if difference is None:
                    continue
                if difference.outcome:
                    rows.append((difference.mail.sha256[:10], "outcome", difference.outcome[0], difference.outcome[1]))
                rows += [(f"win {n}", field, old[:80], new[:80]) for n, field, old, new in difference.fields]
                if apply_ and difference.better:
                    rereading.apply(app.desk, difference, now=utc_now())
    if as_json:
        for what, field, old, new in rows:
            print_json({"what": what, "field": field, "stored": old, "now": new})
        return
    print_table("", ("What", "Field", "Stored", "Now"), rows, empty=f"{len(known)} mails read again: nothing differs.")
    if rows and not apply_:
        click.echo("Nothing was written. To write what is better: --apply (changed outcomes are only shown).")


@click.command()
@with_config
@json_option
@click.option("--dry-run", is_flag=True, required=True, help="Only this exists: it shows, and changes nothing.")
def reclassify(config_path: Path, as_json: bool, dry_run: bool) -> None:
    """What the kinds and examples of today would make of the wins of yesterday."""
    with opened(config_path) as app:
        policy = app.desk.known().policy
        rows = []
        for win in app.store.wins(WinFilter()):
            reason = win.reasons.get("category")
            if reason is not None and not reason.is_guess:
                continue
            category, why = mood.category_of(
                win.detail,
                stated=None,
                tags=(),
                rating=None,
                is_review=win.is_public,
                categories=policy.categories,
                examples=policy.examples,
                unlikely=mood.unlikely_kinds(account=win.account, quote=win.quote),
                headline=win.summary,
                beside=win.internal_note if win.quote else None,
            )
            if category != win.category:
                rows.append((win.id, win.category, category, why.text, win.summary))
    if as_json:
        for number, old, new, why_text, summary in rows:
            print_json({"id": number, "stored": old, "now": new, "reason": why_text, "summary": summary})
        return
    print_table("", ("No.", "Stored", "Now", "Because", "Summary"), rows, empty="Nothing would change.", right=(0,))


@click.group()
def examples() -> None:
    """Kinds that people corrected: each teaches later guesses, and each can be read and removed."""


@examples.command("list")
@with_config
@json_option
def list_examples(config_path: Path, as_json: bool) -> None:
    """Every example, oldest first: those people corrected by number, those of the config beside their kind."""
    with opened(config_path, sync=False) as app:
        learned = app.store.examples()
        kinds = app.desk.known().policy.categories
    own = [(kind.id, text) for kind in kinds.values() for text in kind.examples]
    if as_json:
        for number, text, category in learned:
            print_json({"id": number, "category": category, "text": text})
        for category, text in own:
            print_json({"id": None, "category": category, "text": text})
        return
    rows: list[tuple[object, ...]] = [
        (number, category, " ".join(text.split())[:100]) for number, text, category in learned
    ]
    rows += [("config", category, " ".join(text.split())[:100]) for category, text in own]
    print_table(
        "",
        ("No.", "Kind", "Text"),
        rows,
        empty="No examples yet. Correcting a kind, by reply to a receipt, leaves one.",
        right=(0,),
    )


@examples.command("remove")
@click.argument("number", type=int)
@with_config
def remove_example(number: int, config_path: Path) -> None:
    """Forget one example; the win it came from keeps its kind. NUMBER is the one `examples list` shows."""
    with opened(config_path, sync=False) as app:
        if not app.store.remove_example(number):
            raise UsageError(f"There is no example {number}.", "See: mailwins examples list")
        app.desk.refresh()
    click.echo(f"Example {number} is forgotten. What it would change: mailwins reclassify --dry-run")
