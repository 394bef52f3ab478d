"""``wins``: look at them, search, correct, carry them out and in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mailwins.app import App, utc_now
from mailwins.cli.common import day, json_option, opened, print_json, print_table, with_config
from mailwins.cli.parsing import win_json
from mailwins.errors import UsageError
from mailwins.model import Member, Win
from mailwins.ports import WinFilter
from mailwins.receipts.corrections import correct
from mailwins.receipts.wishes import read_reply
from mailwins.render import wrap
from mailwins.understanding.naming import named


@click.group()
def wins() -> None:
    """What was captured: list, show, edit, search, export, import."""


def stored(win: Win) -> dict[str, Any]:
    return {"id": win.id, **win_json(win), "captured_at": win.captured_at, "mail": win.mail, "review": win.review.value, "customer_text": win.customer_text, "is_deleted": win.is_deleted}


def _show_list(found: list[Win] | tuple[Win, ...], as_json: bool) -> None:
    if as_json:
        for win in found:
            print_json(stored(win))
        return
    rows = [(w.id, w.win_date, w.account, w.category, w.value_effective, "private" if w.visibility.value == "private" else "yes" if w.visibility.value == "shareable" else "", ", ".join(w.doubts), w.summary) for w in found]
    print_table("", ("No.", "Date", "Account", "Category", "Value", "Shared", "Open", "Summary"), rows, empty="No wins.", right=(0, 4))


@wins.command("list")
@with_config
@json_option
@click.option("--account", help="Only this account (name or alias).")
@click.option("--csm", help="Only this CSM's accounts (address).")
@click.option("--category", help="Only this kind.")
@click.option("--since", help="From this day (by win date).")
@click.option("--until", help="Up to this day.")
@click.option("--visibility", type=click.Choice(["private", "internal", "shareable"]), help="Only those that may be seen so far.")
@click.option("--tray", "in_tray", is_flag=True, help="Only those with an open doubt.")
@click.option("--deleted", is_flag=True, help="Deleted ones too.")
@click.option("--limit", type=click.IntRange(1), default=None, help="At most so many.")
def list_(config_path: Path, as_json: bool, account: str | None, csm: str | None, category: str | None, since: str | None, until: str | None, visibility: str | None, in_tray: bool, deleted: bool, limit: int | None) -> None:
    """List wins, newest first.

    \b
    Examples:
      mailwins wins list --account Acme --since 2026-09-01
      mailwins wins list --tray --json | jq .summary
    """
    with opened(config_path, sync=False) as app:
        name = account_of(app, account) if account else None
        where = WinFilter(account=name, csm=csm, category=category, since=day(since), until=day(until), visibility=visibility, in_tray=True if in_tray else None, include_deleted=deleted, limit=limit)
        _show_list(list(app.store.wins(where)), as_json)


def account_of(app: App, words: str) -> str:
    found = named(words, app.desk.known().directory)
    if isinstance(found, str):
        return found
    close = f" Close ones: {', '.join(found)}." if found else ""
    raise UsageError(f"There is no account called {words}.{close}", "See: mailwins accounts list")


@wins.command()
@click.argument("words", nargs=-1, required=True)
@with_config
@json_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
def search(words: tuple[str, ...], config_path: Path, as_json: bool, limit: int) -> None:
    """Find wins by any words in them: summary, quote, note, people, accounts.

    \b
    Example:
      mailwins wins search missed visits
    """
    with opened(config_path, sync=False) as app:
        _show_list(list(app.store.wins(WinFilter(text=" ".join(words), limit=limit))), as_json)


def one(app: App, number: int) -> Win:
    win = app.store.win(number)
    if win is None:
        raise UsageError(f"There is no win {number}.", "See: mailwins wins list")
    return win


@wins.command()
@click.argument("number", type=int)
@with_config
@json_option
@click.option("--original", is_flag=True, help="Also the untouched mail.")
def show(number: int, config_path: Path, as_json: bool, original: bool) -> None:
    """One win with its reasons, its history and where its mail is kept."""
    with opened(config_path, sync=False) as app:
        win = one(app, number)
        history = app.store.history(number)
        thanks = app.store.thanks(number)
        path = app.files.path(win.mail) if app.files.has(win.mail) else None
        raw = app.files.read(win.mail).decode("utf-8", "replace") if original and path else None
    if as_json:
        print_json({
            **stored(win), "reasons": {k: {"source": r.source.value, "text": r.text, "confidence": r.confidence, "candidates": list(r.candidates)} for k, r in win.reasons.items()},
            "history": [{"at": c.at, "by": c.by, "how": c.how, "field": c.field, "old": c.old, "new": c.new, "why": c.why} for c in history],
            "thanks": [{"by": by, "words": words} for by, words in thanks], "mail_path": path, "original": raw,
        })  # fmt: skip
        return
    fields = [
        ("Summary", win.summary), ("Account", win.account), ("Date", win.win_date), ("Contact", ", ".join(p for p in ((win.contact.name, win.contact.role, win.contact.address) if win.contact else ()) if p)),
        ("Kind", win.category or "not settled"), ("Value", f"{win.value_effective}{'' if win.value else ' (usual for its kind)'}"), ("Stance", win.stance), ("Seen by", win.visibility), ("CSM", win.csm), ("Captured by", win.submitted_by),
        ("Credits", ", ".join(win.credits)), ("Praised", ", ".join(win.praised)), ("Quote", win.quote), ("Story", win.note), ("Internal note", win.internal_note), ("Customer text", win.customer_text),
        ("Cause", win.cause), ("Features", ", ".join(win.features)), ("Expected", win.expected), ("Found", win.experienced), ("Links", "\n".join(win.urls)), ("Attached", "\n".join(a.filename for a in win.attachments)),
        ("Review", f"{win.review}{': ' + win.review_why if win.review_why else ''}"), ("Open", ", ".join(win.doubts)), ("Original", path),
    ]  # fmt: skip
    for label, value in fields:
        if value:
            reason = win.reasons.get({"Kind": "category", "Date": "win_date", "Seen by": "visibility"}.get(label, label.lower()))
            click.echo(wrap(f"{value}{'   (' + reason.text.rstrip('.') + ')' if reason else ''}", f"{label:<14}", " " * 14, 110))
    for change in history:
        click.echo(f"{change.at:%Y-%m-%d %H:%M}  {change.by}: {change.field}: {change.old or '–'} → {change.new or '–'}{'  (' + change.why + ')' if change.why else ''}")
    if raw:
        click.echo("\n" + raw)


@wins.command()
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
        win = one(app, number)
        known = app.desk.known()
        by = known.directory.member(as_ or win.csm or win.submitted_by)
        if by is None:
            raise UsageError(f"{as_ or 'The CSM of this win'} is nobody among the people.", "Say who you are: --as ADDRESS")
        by = Member(by.name, by.addresses, by.role, by.team, by.permissions | {"manager"})
        now: datetime = utc_now()
        done = correct(read_reply(" ".join(words), win_ids=(number,)), [win], by=by, directory=known.directory, categories=known.policy.categories, now=now, written=now.date(), history={number: app.store.history(number)})
        if done.wins:
            changes = [type(c)(c.win_id, c.at, c.by, "cli", c.field, c.old, c.new, c.why) for c in done.changes]
            app.store.save_wins(done.wins, changes, examples=done.examples, at=now)
    for told in done.told:
        click.echo(f"{told.label}: {told.old or '–'} → {told.new or '–'}")
    for problem in done.problems:
        click.echo(problem, err=True)
    if not done.told:
        raise SystemExit(1)
