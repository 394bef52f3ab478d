"""``wins``: look at them, search, correct, carry them out and in.

What understands words is imported where it is needed: to list and to search does without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mailwins.app import App, utc_now
from mailwins.cli.common import day, json_option, opened, plain_text, print_json, print_table, with_config
from mailwins.cli.directory import read_list
from mailwins.config import Kind
from mailwins.errors import UsageError
from mailwins.exports import EXPORTS
from mailwins.exports.lines import stored
from mailwins.lists import read_sheet
from mailwins.model import Change, Member, Reason, Source, Visibility, Win
from mailwins.ports import WinFilter
from mailwins.receipts.fields import GROUNDS
from mailwins.store.search import is_without_words

if TYPE_CHECKING:
    from mailwins.understanding.sheet import Row


@click.group()
def wins() -> None:
    """What was captured: list, show, edit, search, export, import."""


def _show_list(found: list[Win] | tuple[Win, ...], as_json: bool, *, empty: str) -> None:
    if as_json:
        for win in found:
            print_json(stored(win))
        return
    rows = [
        (
            w.id,
            w.win_date,
            w.account,
            w.category,
            w.value_effective,
            _SEEN[w.visibility],
            ", ".join(w.doubts),
            w.summary,
        )
        for w in found
    ]
    print_table(
        "",
        ("No.", "Date", "Account", "Category", "Value", "Shared", "Open", "Summary"),
        rows,
        empty=empty,
        right=(0, 4),
    )


_SEEN = {Visibility.PRIVATE: "private", Visibility.INTERNAL: "", Visibility.SHAREABLE: "yes"}

_FILTERS = (
    click.option("--account", help="Only this account (name or alias)."),
    click.option("--csm", help="Only this CSM's accounts (name or address)."),
    click.option("--by", "submitted_by", help="Only what this colleague captured (name or address)."),
    click.option("--category", help="Only this kind."),
    click.option("--since", help="From this day (by win date), such as 2026-09-01."),
    click.option("--until", help="Up to this day."),
    click.option("--value", "min_value", type=click.IntRange(1, 10), help="Only of this value or more."),
    click.option("--feature", help="Only those that name this feature."),
    click.option(
        "--visibility",
        type=click.Choice(["private", "internal", "shareable"]),
        help="Only those that may be seen so far.",
    ),
    click.option("--stance", type=click.Choice(["praise", "neutral", "doubt"]), help="Only those of this mood."),
    click.option("--tray", "in_tray", is_flag=True, help="Only those with an open doubt."),
    click.option("--deleted", "include_deleted", is_flag=True, help="Deleted ones too."),
)


def filters(function: Callable[..., Any]) -> Callable[..., Any]:
    """The conditions that list, search and export share."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


_PAGE = 50
_PAGES = (
    click.option("--limit", type=click.IntRange(1), help=f"At most so many; {_PAGE} unless --json.", default=None),
    click.option("--page", type=click.IntRange(1), default=1, help="The next so many: --page 2, --page 3 …"),
)


def pages(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_PAGES):
        function = option(function)
    return function


def _show_page(
    app: App, where: WinFilter, page: int, limit: int | None, as_json: bool, *, empty: str, none_at_all: str
) -> None:
    """One page as people read it; to scripts everything, unless they ask for less."""
    size = limit or (None if as_json and page == 1 else _PAGE)
    # One more than is shown tells whether there is a next page.
    asked = replace(where, limit=size + 1 if size else None, offset=(page - 1) * (size or 0))
    found = list(app.store.wins(asked))
    shown = found[:size]
    if not shown and page > 1 and (count := app.store.count_wins(where)):
        assert size is not None
        last = -(-count // size)
        raise UsageError(
            f"There is no page {page}: {count:,} {'win is' if count == 1 else 'wins are'} found.",
            "Leave out --page." if last == 1 else f"The last one is --page {last}.",
        )
    if not shown and app.store.count_wins(WinFilter(include_deleted=True)) == 0:
        empty = none_at_all
    _show_list(shown, as_json, empty=empty)
    if len(found) > len(shown):
        size = size or _PAGE
        first = (page - 1) * size + 1
        click.echo(
            f"These are {first} to {first + len(shown) - 1} of {app.store.count_wins(where):,}, newest first. More: --page {page + 1}",
            err=True,
        )


def _where(app: App, given: dict[str, Any], *, text: str | None = None) -> WinFilter:
    account = account_of(app, given["account"]) if given["account"] else None
    since, until = day(given["since"]), day(given["until"])
    if since and until and since > until:
        raise UsageError(f"--since {since} lies after --until {until}.", "Swap them.")
    return WinFilter(
        account=account, csm=_colleague(app, given["csm"]), submitted_by=_colleague(app, given["submitted_by"]), category=_category(app, given["category"]), since=since, until=until,
        min_value=given["min_value"], feature=given["feature"], visibility=given["visibility"], stance=given["stance"], in_tray=True if given["in_tray"] else None,
        include_deleted=given["include_deleted"], text=text,
    )  # fmt: skip


def _colleague(app: App, words: str | None) -> str | None:
    """The address of a colleague; one who has left is asked for by address."""
    if not words or "@" in words:
        return words.lower() if words else None
    from mailwins.receipts.corrections.meant import find_member

    found = find_member(words, app.desk.known().directory)
    if found is None:
        raise UsageError(f"{words} is nobody among the people, or more than one.", "See: mailwins people list")
    return found.address


def _category(app: App, words: str | None) -> str | None:
    if not words:
        return None
    from mailwins.receipts.corrections.meant import find_category

    kinds = app.desk.known().policy.categories
    found, _ = find_category(words, kinds)
    if found is None:
        raise UsageError(f"There is no kind called {words}.", f"There are: {', '.join(kinds)}.")
    return found


@wins.command("list")
@with_config
@json_option
@filters
@pages
def list_(config_path: Path, as_json: bool, limit: int | None, page: int, **given: Any) -> None:
    """List wins, newest first, a page of 50 at a time.

    \b
    Examples:
      mailwins wins list --account Acme --since 2026-09-01
      mailwins wins list --csm Priya --value 8 --feature "Route board"
      mailwins wins list --tray --json | jq .summary
    """
    with opened(config_path, sync=False) as app:
        _show_page(
            app,
            _where(app, given),
            page,
            limit,
            as_json,
            empty="No win is like that. Fewer conditions find more.",
            none_at_all=_NONE_AT_ALL,
        )


def account_of(app: App, words: str) -> str:
    from mailwins.understanding.naming import named

    found = named(words, app.desk.known().directory)
    if isinstance(found, str):
        return found
    close = f" Close ones: {', '.join(found)}." if found else ""
    raise UsageError(f"There is no account called {words}.{close}", "See: mailwins accounts list")


@wins.command()
@click.argument("words", nargs=-1, required=True)
@with_config
@json_option
@filters
@pages
def search(
    words: tuple[str, ...], config_path: Path, as_json: bool, limit: int | None, page: int, **given: Any
) -> None:
    """Find wins by any words in them: summary, quote, note, people, accounts.

    Words match by their beginning, in upper or lower case, with or without accents. A phrase stands in quotes; what must
    not be in it follows "--" and a minus.

    \b
    Examples:
      mailwins wins search missed visits
      mailwins wins search '"route board"' --since 2026-09-01
      mailwins wins search -- visits -training
    """
    if is_without_words(" ".join(words)):
        raise UsageError(
            f"{' '.join(words)} holds no word to look for.",
            "Name one; what must not be in it follows: mailwins wins search -- visits -training",
        )
    with opened(config_path, sync=False) as app:
        _show_page(
            app,
            _where(app, given, text=" ".join(words)),
            page,
            limit,
            as_json,
            empty="Nothing found. Words match by their beginning; fewer words or conditions find more.",
            none_at_all=_NONE_AT_ALL,
        )


_NONE_AT_ALL = (
    "No wins yet. Forward a customer's mail to the address, or bring in a sheet: mailwins wins import wins.csv"
)


@wins.command()
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
        found = app.store.wins(_where(app, given))
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


@wins.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@with_config
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="HEADING=FIELD",
    help="Which column holds what, where its heading does not say so; FIELD “-” leaves it out.",
)
@click.option("--by", "by_", metavar="ADDRESS", help="Who captured the rows that name nobody; else the account's CSM.")
@click.option("--day-first/--month-first", "is_day_first", default=None, help="How 03/04/2026 is meant.")
@click.option("--partly", is_flag=True, help="Bring in the good rows of a sheet with mistakes.")
@click.option("--dry-run", is_flag=True, help="Only show what would become of each row.")
def import_(
    path: Path,
    config_path: Path,
    maps: tuple[str, ...],
    by_: str | None,
    is_day_first: bool | None,
    partly: bool,
    dry_run: bool,
) -> None:
    """Bring in wins that were kept in a sheet (CSV). Their dates are kept, nobody is answered, no digest tells them as new. Safe to repeat.

    \b
    Fields:
      date account summary detail quote contact contact_address contact_role category value visibility
      submitted_by features cause praised urls expected experienced internal_note
    \b
    Examples:
      mailwins wins import wins-2025.csv --dry-run
      mailwins wins import wins-2025.csv --map "Kunde=account" --map "Was war gut=detail" --by ana@yourcompany.example
    """
    from mailwins.understanding.sheet import LEFT_OUT, columns_of, to_row

    text = read_list(path)
    headings, lines, mistakes = read_sheet(text)
    columns = columns_of(headings, _stated_columns(maps, headings))
    for field in ("date", "account"):
        if headings and field not in columns:
            raise UsageError(
                f"{path}: no column is known to hold the {field}; its headings are: {', '.join(h for h in headings if h)}.",
                f'Say which: --map "HEADING={field}".',
            )
    if headings and not {"summary", "detail", "quote"} & set(columns):
        raise UsageError(
            f"{path}: no column is known to hold the summary, the detail or the quote; its headings are: {', '.join(h for h in headings if h)}.",
            'Say which: --map "HEADING=detail".',
        )
    unused = [h for h in headings if h and h not in columns.values() and f"{h}={LEFT_OUT}" not in maps]
    with opened(config_path) as app:
        known = app.desk.known()
        by = known.directory.member(by_) if by_ else None
        if by_ and by is None:
            raise UsageError(f"{by_} is nobody among the people.", "See: mailwins people list")
        rows = [
            to_row(
                n,
                {f: cells.get(h, "") for f, h in columns.items()},
                directory=known.directory,
                policy=known.policy,
                by=by,
                is_day_first=is_day_first,
                now=utc_now(),
            )
            for n, cells in lines
        ]
        mistakes += [r.mistake for r in rows if r.mistake]
        new, again = _new_ones(app, [r for r in rows if r.win])
        click.echo(
            "Read: "
            + ", ".join(f"{h} as {f}" for f, h in columns.items())
            + "."
            + (f" Left out: {', '.join(unused)}." if unused else "")
        )
        for mistake in mistakes:
            click.echo(f"{path}, {mistake}", err=True)
        if dry_run:
            print_table(
                "",
                ("Line", "Date", "Account", "Category", "Value", "Open", "Summary"),
                [
                    (r.line, w.win_date, w.account, w.category, w.value_effective, ", ".join(w.doubts), w.summary)
                    for r in new
                    if (w := r.win)
                ],
                empty="No row is new.",
                right=(0, 4),
            )
        is_written = bool(new) and not dry_run and (partly or not mistakes)
        if is_written:
            _add(app, new, path, by)
    told = f"{len(new)} new, {len(again)} there already, {len(mistakes)} with a mistake."
    click.echo(
        f"{told} Dry run: nothing was written."
        if dry_run
        else told
        if is_written or not mistakes
        else f"{told} Nothing was written: mend the lines, or bring in the others with --partly."
    )
    if mistakes and not partly:
        raise SystemExit(1)


def _stated_columns(maps: tuple[str, ...], headings: list[str]) -> dict[str, str]:
    from mailwins.understanding.sheet import FIELDS, LEFT_OUT

    stated: dict[str, str] = {}
    for pair in maps:
        heading, _, field = pair.rpartition("=")
        heading = next((h for h in headings if h.casefold() == heading.strip().casefold()), heading.strip())
        if heading not in headings:
            raise UsageError(
                f"--map {pair}: no column is headed {heading}; the headings are: {', '.join(h for h in headings if h)}."
            )
        if field.strip() not in (*FIELDS, LEFT_OUT):
            raise UsageError(
                f"--map {pair}: {field} is no field.", f"There are: {', '.join(FIELDS)}, and “-” for none."
            )
        stated[heading] = field.strip()
    return stated


def _new_ones(app: App, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """(new rows, rows that are stored already): by their own key, or as a win of the same account, day and line."""
    stored_keys: set[str] = set()
    same: set[tuple[str | None, object, str]] = set()
    days = [r.win.win_date for r in rows if r.win]
    if days:
        for win in app.store.wins(WinFilter(since=min(days), until=max(days), include_deleted=True)):
            stored_keys.add(win.origin_key or "")
            same.add((win.account, win.win_date, win.summary.casefold()))
    new: list[Row] = []
    again: list[Row] = []
    for row in rows:
        assert row.win is not None
        likeness = (row.win.account, row.win.win_date, row.win.summary.casefold())
        (again if row.key in stored_keys or likeness in same else new).append(row)
        stored_keys.add(row.key)
        same.add(likeness)
    return new, again


def _add(app: App, rows: list[Row], path: Path, by: Member | None) -> None:
    wins_ = app.desk.numbered([r.win for r in rows if r.win])
    now = utc_now()
    app.store.add_wins(wins_)
    app.store.save_wins(
        [],
        [
            Change(
                w.id,
                now,
                by.address if by else w.submitted_by or "mailwins",
                "sheet",
                "captured",
                None,
                f"{path.name}, line {r.line}",
            )
            for w, r in zip(wins_, rows, strict=True)
        ],
    )


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
        print_json({
            **stored(win), "reasons": {k: {"source": r.source.value, "text": r.text, "confidence": r.confidence, "candidates": list(r.candidates)} for k, r in win.reasons.items()},
            "history": [{"at": c.at, "by": c.by, "how": c.how, "field": c.field, "old": c.old, "new": c.new, "why": c.why} for c in history],
            "thanks": [{"by": by, "words": words} for by, words in thanks], "mail_path": path, "original": raw,
        })  # fmt: skip
        return
    click.echo(
        f"Win {win.id}{', deleted' if win.is_deleted else ''}{'  open: ' + ', '.join(win.doubts) if win.doubts else ''}\n"
    )
    for label, field, value in _fields(win, kinds):
        if value or field in win.doubts:
            click.echo(wrap(plain_text(value or "not known"), f"{label:<14}", " " * 14, 110))
            if reason := win.reasons.get(field):
                click.echo(wrap(plain_text(_why(reason, kinds)), " " * 14 + "· ", " " * 16, 110))
    click.echo(wrap(str(path) if path else _no_mail(history), f"{'Original':<14}", " " * 14, 110))
    if thanks:
        click.echo("\nThanks")
        for by, words in thanks:
            click.echo(wrap(plain_text(f"{by}: {words}"), "  ", "    ", 110))
    if history:
        click.echo("\nHistory")
        for change in history:
            moved = f"{change.old or '–'} → {change.new or '–'}" if change.field != "captured" else change.new
            click.echo(
                wrap(
                    plain_text(
                        f"{change.at.astimezone(zone):%Y-%m-%d %H:%M}  {change.by} ({change.how})  {change.field}: {moved}{'  because ' + change.why if change.why else ''}"
                    ),
                    "  ",
                    "    ",
                    110,
                )
            )
    if raw:
        click.echo("\n" + plain_text(raw))


def _fields(win: Win, kinds: Mapping[str, Kind]) -> list[tuple[str, str, str | None]]:
    """(label, field, value) of what a win holds, in the order people read it."""
    contact = ", ".join(
        p for p in ((win.contact.name, win.contact.role, win.contact.address) if win.contact else ()) if p
    )
    kind = kinds[win.category].name if win.category and win.category in kinds else win.category or "not settled"
    usual = "" if win.value else " (the usual one)"
    return [
        ("Summary", "summary", win.summary), ("Account", "account", win.account), ("Date", "win_date", win.win_date.isoformat()), ("Said by", "contact", contact), ("Kind", "category", kind),
        ("Value", "value", f"{win.value_effective}{usual}"), ("Stance", "stance", win.stance.value), ("Seen by", "visibility", win.visibility.value), ("CSM", "csm", win.csm),
        ("Captured by", "submitted_by", win.submitted_by), ("Credits", "credits", ", ".join(win.credits)), ("Praised", "praised", ", ".join(win.praised)), ("Quote", "quote", win.quote),
        ("Story", "note", win.note), ("Internal note", "internal_note", win.internal_note), ("For customers", "customer_text", win.customer_text), ("Cause", "cause", win.cause),
        ("Factors", "factors", ", ".join(win.factors)), ("Features", "features", ", ".join(win.features)),
        ("Measures", "measures", "\n".join(f"{m.what}: {m.before} → {m.after} {m.unit}".strip() for m in win.measures)), ("Expected", "expected", win.expected), ("Found", "experienced", win.experienced),
        ("Links", "urls", "\n".join(win.urls)), ("Attached", "attachments", "\n".join(f"{a.filename} ({a.size_bytes:,} bytes)" for a in win.attachments)),
        ("Review", "review", f"{win.review.value}{': ' + win.review_why if win.review_why else ''}"),
    ]  # fmt: skip


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
    from mailwins.receipts.corrections import correct
    from mailwins.receipts.wishes import read_reply

    with opened(config_path) as app:
        win = one(app, number)
        known = app.desk.known()
        by = known.directory.member(as_ or win.csm or win.submitted_by)
        if by is None:
            raise UsageError(
                f"{as_ or 'The CSM of this win'} is nobody among the people.", "Say who you are: --as ADDRESS"
            )
        by = Member(by.name, by.addresses, by.role, by.team, by.permissions | {"manager"})
        now: datetime = utc_now()
        kinds = tuple(n for c in known.policy.categories.values() for n in (c.id, c.name))
        reply = read_reply(
            " ".join(words),
            win_ids=(number,),
            kinds=kinds,
            accounts=tuple(n for a in known.directory.accounts for n in (a.name, *a.aliases)),
        )
        done = correct(
            reply,
            [win],
            by=by,
            directory=known.directory,
            categories=known.policy.categories,
            now=now,
            written=now.date(),
            history={number: app.store.history(number)},
        )
        if done.wins:
            app.store.save_wins(
                done.wins, [replace(c, how="cli") for c in done.changes], examples=done.examples, at=now
            )
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
            click.echo(
                "Nothing in these words was understood as a change. Try: account is Globex · value 9 · category referral · share · undo",
                err=True,
            )
        raise SystemExit(1)
