"""``update``: drafts for customers."""

from __future__ import annotations

from pathlib import Path

import click

from mailwins.app import utc_now
from mailwins.cli.common import account_of, day, json_option, moment, opened, print_json, print_table, with_config
from mailwins.jobs.drafting import draft_for, keep
from mailwins.jobs.reviewing import review_for, told
from mailwins.ports import WinFilter
from mailwins.render import short_day
from mailwins.updates.compose import Plan


@click.group()
def update() -> None:
    """Customer updates: drafts for the CSM, made only from what may be shared."""


@update.command()
@click.argument("account")
@with_config
@json_option
@click.option("--since", help="From this day; else since the last update, else updates.default_days.")
@click.option("--for", "to", metavar="CONTACT", help="A contact's name or address; else who was heard from last.")
@click.option("--as", "as_", metavar="ADDRESS", help="The colleague who gets the draft; else the account's CSM.")
@click.option("--next", "coming", help="What comes next, in your words.")
@click.option("--ask", help="One question for them.")
@click.option("--show", is_flag=True, help="Only print it; store and send nothing.")
@click.option("--now", "at", metavar="TIME", help="As if it were this moment.")
def draft(
    account: str,
    config_path: Path,
    as_json: bool,
    since: str | None,
    to: str | None,
    as_: str | None,
    coming: str | None,
    ask: str | None,
    show: bool,
    at: str | None,
) -> None:
    """Draft a mail that shows a customer what they achieved. It goes to the CSM, never to the customer.

    \b
    Examples:
      mailwins update draft Acme --since 2026-09-01 --for "Marisol Reyes"
      mailwins update draft Acme --next "A session on reports in December" --show
    """
    now = moment(at) or utc_now()
    with opened(config_path) as app:
        drafted = draft_for(
            app.desk,
            account,
            since=day(since),
            until=now.astimezone(app.desk.zone).date(),
            now=now,
            to=to,
            asker=as_,
            plan=Plan(coming, ask),
        )
        record = drafted.record if show else keep(app.desk, drafted)
    if as_json:
        print_json(
            {
                "id": record.id,
                "account": record.account,
                "since": record.since,
                "until": record.until,
                "to": {"name": record.recipient.name, "address": record.recipient.address},
                "for": record.drafted_for,
                "subject": record.subject,
                "text": drafted.text or None,
                "words": drafted.update.words if drafted.update else 0,
                "wins": list(record.win_ids),
                "state": record.state,
            }
        )
        return
    if drafted.update is None:
        click.echo(
            f"Nothing may be told to {record.account} yet. {'' if show else 'A mail to ' + record.drafted_for + ' says what could be approved.'}"
        )
        return
    to_shown = (
        f"{record.recipient.name or ''} <{record.recipient.address}>"
        if record.recipient.address
        else record.recipient.name or "(no contact known)"
    )
    click.echo(f"To: {to_shown}\nSubject: {record.subject}\n\n{drafted.text}")
    click.echo("" if show else f"The draft waits in the outbox for {record.drafted_for}.", err=True)


@update.command("list")
@with_config
@json_option
@click.option("--account", help="Only this account.")
def list_(config_path: Path, as_json: bool, account: str | None) -> None:
    """Drafts, what was really sent and what came back, newest first."""
    with opened(config_path, sync=False) as app:
        found = app.store.updates(account_of(app, account) if account else None)
        told = {name: app.store.told_in_updates(name) for name in {u.account for u in found}}
        answers: dict[int | None, list[int]] = {}
        for name in told:
            for win in reversed(app.store.wins(WinFilter(account=name))):
                answers.setdefault(win.update_id, []).append(win.id)
    rows = [(u, sorted(told[u.account].get(u.id, ())), answers.get(u.id, [])) for u in found]
    if as_json:
        for u, told_wins, came_back in rows:
            print_json(
                {
                    "id": u.id,
                    "account": u.account,
                    "since": u.since,
                    "until": u.until,
                    "state": u.state,
                    "drafted_at": u.drafted_at,
                    "for": u.drafted_for,
                    "to": u.recipient.address,
                    "subject": u.subject,
                    "wins": list(u.win_ids),
                    "told": told_wins,
                    "sent_at": u.sent_at,
                    "sent_text": u.sent_text,
                    "answers": came_back,
                }
            )
        return
    shown = [
        (
            u.id,
            u.account,
            f"{short_day(u.since)} to {short_day(u.until)}",
            f"sent {short_day(u.sent_at)}" if u.sent_at and u.state == "sent" else u.state,
            u.recipient.address or u.recipient.name,
            _numbers(told_wins),
            _numbers(came_back),
            u.subject,
        )
        for u, told_wins, came_back in rows
    ]
    print_table(
        "",
        ("No.", "Account", "Covers", "State", "To", "Told", "Answers", "Subject"),
        shown,
        empty="No updates yet. Draft one: mailwins update draft ACCOUNT",
    )


def _numbers(wins: list[int]) -> str:
    return ", ".join(map(str, wins))


@click.command()
@click.argument("account")
@click.argument("quarter")
@with_config
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for ACCOUNT-QUARTER.html and .md; else the Markdown is printed.",
)
@click.option(
    "--goal",
    "goals",
    multiple=True,
    metavar="WORDS",
    help="A goal of theirs, as they may read it; several times for several.",
)
@click.option("--as", "as_", metavar="ADDRESS", help="Whose name stands below; else the account's CSM.")
def qbr(
    account: str, quarter: str, config_path: Path, output: Path | None, goals: tuple[str, ...], as_: str | None
) -> None:
    """A page for the quarterly review with a customer: goals, what happened when, numbers, quotes. Only what may be shared is on it.

    \b
    Examples:
      mailwins qbr Acme 2026Q3 --output .
      mailwins qbr Acme 2026Q3 --goal "Fewer missed visits" > review.md
    """
    with opened(config_path) as app:
        today = utc_now().astimezone(app.desk.zone).date()
        done = review_for(app.desk, account, quarter, asker=as_, goals=goals, today=today)
    for line in told(done):
        click.echo(line, err=True)
    for left in done.left_out:
        click.echo(f"  not shown: {left.win_id} {left.summary}: {left.why}", err=True)
    if done.page is None:
        return
    if output is None:
        click.echo(done.page.text)
        return
    output.mkdir(parents=True, exist_ok=True)
    for ending, text in (("html", done.page.html), ("md", done.page.text)):
        path = output / f"{done.name}.{ending}"
        path.write_text(text, encoding="utf-8")
        click.echo(f"Written: {path}")
