"""``wins show``: each field with why it is so, its history, its mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

import click

from mailwins.cli.common import json_option, opened, plain_text, print_json, with_config
from mailwins.cli.wins.conditions import one
from mailwins.config import Kind
from mailwins.exports.lines import stored
from mailwins.model import Change, Reason, Source, Win
from mailwins.receipts.fields import GROUNDS


@click.command()
@click.argument("number", type=int)
@with_config
@json_option
@click.option("--original", is_flag=True, help="Also the untouched mail.")
def show(number: int, config_path: Path, as_json: bool, original: bool) -> None:
    """One win: each field with why it is so, its history, and where its mail is kept."""
    from mailwins.render import wrap

    with opened(config_path, sync=False) as app:
        win = one(app, number)
        history = [c for c in app.store.history(number) if c.field != GROUNDS]
        thanks = app.store.thanks(number)
        path = app.files.path(win.mail) if app.files.has(win.mail) else None
        raw = app.files.read(win.mail).decode("utf-8", "replace") if original and path else None
        kinds, zone = app.desk.known().policy.categories, app.desk.zone
    if as_json:
        print_json(
            {
                **stored(win),
                "reasons": {field: _reason_data(reason) for field, reason in win.reasons.items()},
                "history": [_change_data(change) for change in history],
                "thanks": [{"by": by, "words": words} for by, words in thanks],
                "mail_path": path,
                "original": raw,
            }
        )
        return
    is_deleted = ", deleted" if win.is_deleted else ""
    is_open = f"  open: {', '.join(win.doubts)}" if win.doubts else ""
    click.echo(f"Win {win.id}{is_deleted}{is_open}\n")
    for label, field, value in _fields(win, kinds):
        if value or field in win.doubts:
            click.echo(wrap(plain_text(value or "not known"), f"{label:<14}", " " * 14, _WIDTH))
            if reason := win.reasons.get(field):
                click.echo(wrap(plain_text(_why(reason, kinds)), " " * 14 + "· ", " " * 16, _WIDTH))
    click.echo(wrap(str(path) if path else _no_mail(history), f"{'Original':<14}", " " * 14, _WIDTH))
    if thanks:
        click.echo("\nThanks")
        for by, words in thanks:
            click.echo(wrap(plain_text(f"{by}: {words}"), "  ", "    ", _WIDTH))
    if history:
        click.echo("\nHistory")
        for change in history:
            click.echo(wrap(plain_text(_change_line(change, zone)), "  ", "    ", _WIDTH))
    if raw:
        click.echo("\n" + plain_text(raw))


_WIDTH = 110


def _reason_data(reason: Reason) -> dict[str, object]:
    return {
        "source": reason.source.value,
        "text": reason.text,
        "confidence": reason.confidence,
        "candidates": list(reason.candidates),
    }


def _change_data(change: Change) -> dict[str, object]:
    return {
        "at": change.at,
        "by": change.by,
        "how": change.how,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "why": change.why,
    }


def _change_line(change: Change, zone: tzinfo) -> str:
    moved = change.new if change.field == "captured" else f"{change.old or '–'} → {change.new or '–'}"
    because = f"  because {change.why}" if change.why else ""
    at = f"{change.at.astimezone(zone):%Y-%m-%d %H:%M}"
    return f"{at}  {change.by} ({change.how})  {change.field}: {moved}{because}"


def _fields(win: Win, kinds: Mapping[str, Kind]) -> list[tuple[str, str, str | None]]:
    """(label, field, value) of what a win holds, in the order people read it."""
    contact = ", ".join(
        p for p in ((win.contact.name, win.contact.role, win.contact.address) if win.contact else ()) if p
    )
    kind = kinds[win.category].name if win.category and win.category in kinds else win.category or "not settled"
    usual = "" if win.value else " (the usual one)"
    measures = "\n".join(f"{m.what}: {m.before} → {m.after} {m.unit}".strip() for m in win.measures)
    files = "\n".join(f"{a.filename} ({a.size_bytes:,} bytes)" for a in win.attachments)
    return [
        ("Summary", "summary", win.summary),
        ("Account", "account", win.account),
        ("Date", "win_date", win.win_date.isoformat()),
        ("Said by", "contact", contact),
        ("Kind", "category", kind),
        ("Value", "value", f"{win.value_effective}{usual}"),
        ("Stance", "stance", win.stance.value),
        ("Seen by", "visibility", win.visibility.value),
        ("CSM", "csm", win.csm),
        ("Captured by", "submitted_by", win.submitted_by),
        ("Credits", "credits", ", ".join(win.credits)),
        ("Praised", "praised", ", ".join(win.praised)),
        ("Quote", "quote", win.quote),
        ("Story", "note", win.note),
        ("Internal note", "internal_note", win.internal_note),
        ("For customers", "customer_text", win.customer_text),
        ("Cause", "cause", win.cause),
        ("Factors", "factors", ", ".join(win.factors)),
        ("Features", "features", ", ".join(win.features)),
        ("Measures", "measures", measures),
        ("Expected", "expected", win.expected),
        ("Found", "experienced", win.experienced),
        ("Links", "urls", "\n".join(win.urls)),
        ("Attached", "attachments", files),
        ("Review", "review", f"{win.review.value}{': ' + win.review_why if win.review_why else ''}"),
    ]


_SOURCES = {
    Source.PERSON: "set by a person",
    Source.STATED: "stated",
    Source.LEARNED: "learned",
    Source.GUESSED: "a guess",
    Source.DEFAULT: "default",
}


def _why(reason: Reason, kinds: Mapping[str, Kind]) -> str:
    """ "a guess (75 %): Windmere Orchards Ltd, because …. Or: …"."""
    sure = (
        f" ({round(100 * reason.confidence)} %)"
        if reason.confidence is not None and reason.source in (Source.GUESSED, Source.LEARNED)
        else ""
    )
    others = [kinds[c].name if c in kinds else c for c in reason.candidates]
    return f"{_SOURCES[reason.source]}{sure}: {reason.text}" + (f" Near: {', '.join(others)}." if others else "")


def _no_mail(history: Sequence[Change]) -> str:
    came = next((c.new for c in history if c.field == "captured" and c.how == "sheet"), None)
    return f"no mail: {came}" if came else "no longer kept"
