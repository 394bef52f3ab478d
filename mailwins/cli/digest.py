"""``digest``: see an edition before it goes, publish by hand, what went out."""

from __future__ import annotations

import base64
import contextlib
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from mailwins.app import App, utc_now
from mailwins.cli.common import day, json_option, moment, opened, print_json, print_table, with_config
from mailwins.config import AudienceSettings
from mailwins.digest import timing
from mailwins.digest.pictures import without_empty_end
from mailwins.digest.views import Managers
from mailwins.errors import ServerError, UsageError
from mailwins.jobs import publish as publishing
from mailwins.jobs.audiences import recipients, zone_of
from mailwins.jobs.planning import Planned, plan
from mailwins.model import Address, OutboxState, OutgoingMail
from mailwins.outbox import Picture
from mailwins.render import Rendered, counted


@click.group()
def digest() -> None:
    """The weekly digests of each audience."""


def _audience(app: App, key: str) -> AudienceSettings:
    found = next((a for a in app.config.audience if a.key == key), None)
    if found is None:
        raise UsageError(
            f"There is no audience {key}.",
            f"Known: {', '.join(a.key for a in app.config.audience) or 'none, add [[audience]] to the config'}.",
        )
    return found


@digest.command()
@click.argument("audience")
@with_config
@click.option(
    "--week",
    metavar="DAY",
    help="The edition that ends in the week of this day; one that went out is shown as it would be made today.",
)
@click.option("--at", metavar="TIME", help="As if it were this moment; else the next time it is due.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write AUDIENCE-DAY.eml, .html, .txt there, and .png when Chromium is installed.",
)
@click.option("--open", "is_open", is_flag=True, help="Write them and show the page in the browser.")
@click.option("--to", metavar="ADDRESS", help="Send it there as a test; must be a colleague's address.")
@click.option("--html", "html_path", type=click.Path(path_type=Path), help="Write only the HTML, there.")
def preview(
    audience: str,
    config_path: Path,
    week: str | None,
    at: str | None,
    out: Path | None,
    is_open: bool,
    to: str | None,
    html_path: Path | None,
) -> None:
    """The edition as it would be sent, why its lead leads, and who would get it. Stores nothing, sends nothing but a test you ask for.

    \b
    Examples:
      mailwins digest preview everyone --open
      mailwins digest preview sales --week 2026-11-12 --out /tmp/look
      mailwins digest preview everyone --to me@yourcompany.example
    """
    with opened(config_path) as app:
        chosen = _audience(app, audience)
        now: datetime = moment(at) or utc_now()
        until = _end_of_edition(app, chosen, now, week=day(week), is_past=at is not None)
        planned = plan(app.desk, chosen, until, now, again=week is not None)
        if planned.view is None:
            click.echo(f"No edition: {planned.why_not}.")
            return
        who = recipients(app.desk, chosen)
        mail = _test_mail(app, chosen, planned, now, to)
        kind = "managers" if isinstance(planned.view, Managers) else "digest"
        done = app.desk.renderer.render(kind, {"mail": planned.view})
        if to:
            _send(app, mail)
    page = None
    if out is not None or is_open:
        folder = out or Path(tempfile.mkdtemp(prefix="mailwins-preview-"))
        page = _write(folder, f"{audience}-{until:%Y-%m-%d}", mail.raw, done, planned.pictures)
    if html_path:
        html_path.write_text(done.html, encoding="utf-8")
        click.echo(f"HTML: {html_path}", err=True)
    if to:
        click.echo(f"Sent to {to}.", err=True)
    click.echo(f"Subject: {planned.subject}")
    click.echo(f"To: {counted(len(who), 'person', 'people')}")
    if planned.chosen and planned.chosen.lead:
        click.echo(f"Lead: win {planned.chosen.lead.id}, because: {planned.chosen.why}")
    click.echo("")
    click.echo(done.text)
    if page is not None and is_open:
        click.launch(page.as_uri())


def _end_of_edition(
    app: App, audience: AudienceSettings, now: datetime, *, week: date | None, is_past: bool
) -> datetime:
    """The cut-off in the week of a day, else the last one before *now* where that moment was given, else the next."""
    zone = zone_of(app.desk, audience)
    if week is not None:
        start = datetime.combine(week, time.min, zone)
        return timing.next_cut_off(audience.send, zone, start - timedelta(microseconds=1))
    return (timing.last_cut_off if is_past else timing.next_cut_off)(audience.send, zone, now)


def _test_mail(app: App, audience: AudienceSettings, planned: Planned, now: datetime, to: str | None) -> OutgoingMail:
    """The edition as one recipient would get it; with a key of its own, it is nobody's edition."""
    person = app.desk.known().directory.member(to) if to else None
    if to and person is None:
        raise UsageError(
            f"{to} is no colleague in the directory.", "Tests go to members only; look at: mailwins people list"
        )
    address = Address(person.name if person else None, to or app.desk.wins_address)
    test = replace(planned, edition=replace(planned.edition, key=f"test-{now:%Y%m%dT%H%M%S}"))
    return next(publishing.address(app.desk, audience, test, now, [(address, False)]))


def _send(app: App, mail: OutgoingMail) -> None:
    """A test goes straight out: it is nobody's edition, so it leaves no trace in the outbox."""
    sender = app.sender()
    try:
        delivery = sender.send(mail, envelope_from=app.envelope_from)
    finally:
        sender.close()
    if delivery.state is not OutboxState.SENT:
        raise ServerError(f"The test was not sent: {delivery.reply}.", "See: mailwins check")


def _write(folder: Path, name: str, raw: bytes, done: Rendered, pictures: Sequence[Picture]) -> Path:
    """The mail and its bodies; in the page its pictures are inside, so that a browser shows them."""
    folder.mkdir(parents=True, exist_ok=True)
    page = done.html
    for picture in pictures:
        page = page.replace(
            f"cid:{picture.content_id}",
            f"data:image/{picture.subtype};base64,{base64.b64encode(picture.content).decode()}",
        )
    (folder / f"{name}.eml").write_bytes(raw)
    (folder / f"{name}.txt").write_text(done.text, encoding="utf-8")
    path = (folder / f"{name}.html").resolve()
    path.write_text(page, encoding="utf-8")
    _photograph(path)
    kinds = [k for k in ("eml", "html", "txt", "png") if path.with_suffix(f".{k}").exists()]
    click.echo(f"Written: {path.with_suffix('')}.{{{','.join(kinds)}}}", err=True)
    return path


def _photograph(page: Path) -> None:
    """What a reader sees at 600 pixels, beside the page as a .png, where Chromium is installed; a picture that fails is no failure."""
    browser = next(
        (found for b in ("chromium", "chromium-browser", "google-chrome", "chrome") if (found := shutil.which(b))), None
    )
    if browser is None:
        return
    picture = page.with_suffix(".png")
    how = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--window-size=600,6000",
        f"--screenshot={picture}",
    ]
    with contextlib.suppress(subprocess.SubprocessError, OSError):
        subprocess.run([browser, *how, page.as_uri()], capture_output=True, timeout=60, check=False)
        picture.write_bytes(without_empty_end(picture.read_bytes()))


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
@click.argument("audience", required=False)
@with_config
@json_option
def status(audience: str | None, config_path: Path, as_json: bool) -> None:
    """When the next editions are due; with AUDIENCE, what became of each recipient's mail of its last one."""
    now = utc_now()
    with opened(config_path) as app:
        if audience is not None:
            _recipients_of(app, _audience(app, audience), as_json)
            return
        rows = []
        for each in app.config.audience:
            zone = zone_of(app.desk, each)
            last = app.store.last_edition(each.key)
            sent = app.store.outgoing(kind="edition", cause=f"{each.key}:{last.key}") if last else ()
            became = ", ".join(
                f"{count} {state}" for state, count in sorted(Counter(r.state.value for r in sent).items())
            )
            rows.append(
                (
                    each.key,
                    last.key if last else None,
                    last.state if last else None,
                    len(last.win_ids) if last else 0,
                    became or None,
                    timing.next_cut_off(each.send, zone, now),
                    len(recipients(app.desk, each)),
                )
            )
    if as_json:
        for key, last_key, state, count, fate, due, people in rows:
            print_json(
                {
                    "audience": key,
                    "last": last_key,
                    "state": state,
                    "wins": count,
                    "mails": fate,
                    "next": due,
                    "people": people,
                }
            )
        return
    heads = ("Audience", "Last edition", "State", "Wins", "Mails", "Next", "People")
    print_table(
        "",
        heads,
        [(*r[:5], r[5].strftime("%a %d %b %H:%M %Z"), r[6]) for r in rows],
        empty="No audiences in the config.",
        right=(3, 6),
    )


def _recipients_of(app: App, audience: AudienceSettings, as_json: bool) -> None:
    last = next((e for e in app.store.editions(audience.key) if e.state != "skipped"), None)
    rows = app.store.outgoing(kind="edition", cause=f"{audience.key}:{last.key}") if last else ()
    if as_json:
        for row in rows:
            print_json(
                {
                    "edition": last.key if last else None,
                    "recipient": row.mail.recipient,
                    "state": row.state.value,
                    "attempts": row.attempts,
                    "sent_at": row.sent_at,
                    "reply": row.reply,
                }
            )
        return
    print_table(
        f"Edition {last.key}" if last else "",
        ("Recipient", "State", "Tries", "Sent", "Answer"),
        [(r.mail.recipient, r.state.value, r.attempts, r.sent_at, r.reply) for r in rows],
        empty="No edition went out yet.",
        right=(2,),
    )
