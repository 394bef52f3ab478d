"""``report``: quiet accounts, coverage, trends, health."""

from __future__ import annotations

from pathlib import Path

import click

from mailwins import insights
from mailwins.app import utc_now
from mailwins.cli.common import json_option, moment, opened, print_json, print_table, with_config
from mailwins.digest import timing
from mailwins.jobs.publish import begun_on, snoozes
from mailwins.status import health as health_of


@click.group()
def report() -> None:
    """What the wins of many weeks show."""


now_option = click.option("--now", "at", metavar="TIME", help="As if it were this moment.")


@report.command()
@with_config
@json_option
@now_option
def quiet(config_path: Path, as_json: bool, at: str | None) -> None:
    """Accounts without a win for too long, soonest renewal first."""
    with opened(config_path) as app:
        settings = app.config.quiet
        now = moment(at) or utc_now()
        found = insights.quiet_accounts(
            app.store.directory().accounts, app.store.last_wins(now), now.astimezone(app.desk.zone).date(), days=settings.days, tiers=settings.tiers, snoozed=snoozes(app.desk), begun_on=begun_on(app.desk, app.desk.zone),
        )
    if as_json:
        for q in found:
            print_json({"account": q.account.name, "csm": q.account.csm, "days": q.days, "last": q.last_on, "renewal": q.account.renewal_on, "tier": q.account.tier})
        return
    print_table("", ("Account", "CSM", "Days", "Last win", "Renews", "Tier"), [(q.account.name, q.account.csm, q.days, q.last_on, q.account.renewal_on, q.account.tier) for q in found], empty="No account is quiet.", right=(2,))


@report.command()
@with_config
@json_option
@now_option
def coverage(config_path: Path, as_json: bool, at: str | None) -> None:
    """For each colleague with accounts: how many were heard from in a quarter. A to Z, no ranking."""
    with opened(config_path) as app:
        now = moment(at) or utc_now()
        rows = insights.coverage(app.store.directory(), app.store.glances(now - 13 * insights.WEEK, now), now - insights.WEEK, now)
    if as_json:
        for c in rows:
            print_json({"name": c.member.name, "week": c.recent, "four_weeks": c.four_weeks, "covered": c.covered, "accounts": c.accounts})
        return
    print_table("", ("Colleague", "Week", "Four weeks", "Accounts heard from"), [(c.member.name, c.recent, c.four_weeks, f"{c.covered} of {c.accounts}") for c in rows], right=(1, 2, 3))


@report.command()
@with_config
@json_option
@now_option
@click.option("--weeks", default=12, type=click.IntRange(1, 104), show_default=True, help="How far back.")
def trends(config_path: Path, as_json: bool, at: str | None, weeks: int) -> None:
    """Wins week by week, and by kind."""
    with opened(config_path) as app:
        now = moment(at) or utc_now()
        found = app.store.glances(now - weeks * insights.WEEK, now)
        names = app.config.kinds
    rows = insights.weeks((w.captured_at for w in found), [timing.weeks_before(now, app.desk.zone, back) for back in range(weeks, -1, -1)])
    kinds = insights.kinds(found)
    if as_json:
        print_json({"weeks": [{"since": w.since, "wins": w.count} for w in rows], "kinds": dict(kinds)})
        return
    print_table("", ("Week from", "Wins", ""), [(w.since.date(), w.count, "█" * min(w.count, 60)) for w in rows], empty="No wins yet.", right=(1,))
    print_table("", ("Kind", "Wins"), [(names[k].name if k in names else k, c) for k, c in kinds], empty="", right=(1,))


@report.command()
@with_config
@json_option
def health(config_path: Path, as_json: bool) -> None:
    """The same as status, as one report."""
    with opened(config_path, sync=False) as app:
        state = health_of(app.store, app.config, utc_now())
    if as_json:
        print_json(state)
    else:
        click.echo("\n".join(state["problems"]) or "Everything runs as it should.")
