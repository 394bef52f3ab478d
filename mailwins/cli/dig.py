"""``digest``: see an edition before it goes, publish by hand, what went out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mailwins.app import App, utc_now
from mailwins.cli.common import json_option, moment, opened, print_json, print_table, with_config
from mailwins.config import AudienceSettings
from mailwins.digest import timing
from mailwins.digest.views import Managers
from mailwins.errors import UsageError
from mailwins.jobs import publish as publishing


@click.group()
def digest() -> None:
    """The weekly digests of each audience."""


def _audience(app: App, key: str) -> AudienceSettings:
    found = next((a for a in app.config.audience if a.key == key), None)
    if found is None:
        raise UsageError(f"There is no audience {key}.", f"Known: {', '.join(a.key for a in app.config.audience) or 'none, add [[audience]] to the config'}.")
    return found


@digest.command()
@click.argument("audience")
@with_config
@click.option("--at", metavar="TIME", help="As if it were this moment; else the next time it is due.")
@click.option("--html", "html_path", type=click.Path(path_type=Path), help="Write the HTML there.")
def preview(audience: str, config_path: Path, at: str | None, html_path: Path | None) -> None:
    """The edition as it would be sent, why its lead leads, and who would get it. Sends and stores nothing.

    \b
    Example:
      mailwins digest preview everyone --html preview.html
    """
    with opened(config_path) as app:
        chosen = _audience(app, audience)
        zone = publishing.zone_of(app.desk, chosen)
        now: datetime = moment(at) or utc_now()
        until = timing.last_cut_off(chosen.send, zone, now) if at else timing.next_cut_off(chosen.send, zone, now)
        planned = publishing.plan(app.desk, chosen, until, now)
        who = publishing.recipients(app.desk, chosen)
        if planned.view is None:
            click.echo(f"No edition: {planned.why_not}.")
            return
        done = app.desk.renderer.render("managers" if isinstance(planned.view, Managers) else "digest", {"mail": planned.view})
    click.echo(f"Subject: {planned.subject}")
    click.echo(f"To: {len(who)} people")
    if planned.chosen and planned.chosen.lead:
        click.echo(f"Lead: win {planned.chosen.lead.id}, because: {planned.chosen.why}")
    click.echo("")
    click.echo(done.text)
    if html_path:
        html_path.write_text(done.html, encoding="utf-8")
        click.echo(f"HTML: {html_path}", err=True)


@digest.command("publish")
@click.argument("audience")
@with_config
@click.option("--now", "at", metavar="TIME", help="As if it were this moment.")
def publish_(audience: str, config_path: Path, at: str | None) -> None:
    """Publish this audience's edition if it is due."""
    with opened(config_path) as app:
        chosen = _audience(app, audience)
        done = publishing.publish(app.desk, now=moment(at) or utc_now(), fault=app.fault, only=chosen.key)
    click.echo(f"{done[0].mails} mails: {done[0].subject}" if done else "Nothing is due.")


@digest.command()
@with_config
@json_option
def status(config_path: Path, as_json: bool) -> None:
    """Editions so far and when the next ones are due."""
    now = utc_now()
    with opened(config_path) as app:
        rows = []
        for audience in app.config.audience:
            zone = publishing.zone_of(app.desk, audience)
            last = app.store.last_edition(audience.key)
            rows.append((audience.key, last.key if last else None, last.state if last else None, len(last.win_ids) if last else 0, timing.next_cut_off(audience.send, zone, now), len(publishing.recipients(app.desk, audience))))
    if as_json:
        for key, last_key, state, count, due, people in rows:
            print_json({"audience": key, "last": last_key, "state": state, "wins": count, "next": due, "people": people})
        return
    print_table("", ("Audience", "Last edition", "State", "Wins", "Next", "People"), [(*r[:4], r[4].strftime("%a %d %b %H:%M %Z"), r[5]) for r in rows], empty="No audiences in the config.", right=(3, 5))
