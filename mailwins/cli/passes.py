"""``run``, and each pass of it by hand; ``status``.

What understands mail is imported where it is needed: the others start in half the time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailwins.app import spare_what_stays, utc_now
from mailwins.cli.common import json_option, moment, opened, print_json, print_table, progress, with_config
from mailwins.errors import MailwinsError
from mailwins.jobs import collect as collecting
from mailwins.jobs import deliver as delivering
from mailwins.status import health
from mailwins.workers import worker_name

if TYPE_CHECKING:
    from mailwins.jobs.read import Done

now_option = click.option(
    "--now", "now_text", metavar="TIME", help="Pretend it is this moment (ISO 8601); for trying things out."
)


def _clock(now_text: str | None) -> Callable[[], datetime]:
    fixed = moment(now_text)
    return (lambda: fixed) if fixed is not None else utc_now


@click.command()
@with_config
def run(config_path: Path) -> None:
    """The service: listens to the mailbox, reads, publishes, delivers. One JSON line per event on stderr; stops cleanly on SIGTERM."""
    with opened(config_path) as app:
        if not app.config.mailbox.host:
            app.mailbox()
        if not app.config.smtp.host:
            app.sender()
        with contextlib.suppress(MailwinsError):
            # It loads beside us. If none can be started, it will be told of when a mail needs it.
            app.sandbox.summon()
        from mailwins.schedule import Service

        spare_what_stays()
        Service(app, settings_file=config_path).run()


@click.command()
@with_config
@json_option
@now_option
def collect(config_path: Path, as_json: bool, now_text: str | None) -> None:
    """One pass over the mailbox: keep what is new, then move what was read to its folder."""
    with opened(config_path) as app:
        settings = app.config.mailbox
        mailbox = app.mailbox()
        try:
            with progress("collecting", quiet=as_json) as shown:
                done = collecting.collect(
                    mailbox,
                    app.files,
                    app.store,
                    start=settings.start,
                    now=_clock(now_text)(),
                    zone=app.zone,
                    fault=app.fault,
                    progress=shown,
                )
            app.store.beat("collect", at=utc_now())
            moved = app.tidy(mailbox) or 0
        finally:
            mailbox.close()
    if as_json:
        print_json(
            {
                "seen": done.seen,
                "new": done.new,
                "bytes": done.bytes_,
                "moved": moved,
                "started": done.started,
                "missing": done.missing,
                "left_alone": done.left,
            }
        )
        return
    if done.started and settings.start != "all":
        since = "now on" if settings.start == "now" else settings.start
        click.echo(f"First contact: mail from {since} is read; nothing older is touched ({left_alone(done.left)}).")
    click.echo(f"{done.seen} mails kept, {done.new} of them new; {moved} moved to their folders.")
    if done.missing:
        click.echo(
            f"{done.missing} mails stand in the folder but the server gave nothing for them; the next pass asks again."
        )


def left_alone(count: int) -> str:
    from mailwins.render import counted

    return (
        "no mail stood there" if not count else f"{counted(count, 'mail')} stood there; `mailwins import` takes such in"
    )


@click.command()
@with_config
@json_option
@now_option
def read(config_path: Path, as_json: bool, now_text: str | None) -> None:
    """Read every kept mail that waits: wins, receipts, the tray."""
    from mailwins.jobs import read as reading

    outcomes: dict[str, int] = {}
    with opened(config_path) as app:
        app.free_dead_claims()
        waiting = app.store.counts()["mails"]["waiting"]
        with progress("reading", waiting, quiet=as_json) as shown:

            def told(done: Done) -> None:
                outcomes[done.settled.outcome.value] = outcomes.get(done.settled.outcome.value, 0) + 1
                shown(sum(outcomes.values()), waiting)

            desk = app.desk
            spare_what_stays()
            reading.read_all(desk, now=_clock(now_text), worker=worker_name(), fault=app.fault, progress=told)
        app.store.beat("read", at=utc_now())
    if as_json:
        print_json(outcomes)
    else:
        click.echo(", ".join(f"{count} {name}" for name, count in sorted(outcomes.items())) or "Nothing waits.")


@click.command()
@with_config
@json_option
@now_option
def publish(config_path: Path, as_json: bool, now_text: str | None) -> None:
    """Publish every edition that is due. A second call does nothing."""
    from mailwins.jobs import publish as publishing

    with opened(config_path) as app:
        done = publishing.publish(app.desk, now=_clock(now_text)(), fault=app.fault)
        app.store.beat("publish", at=utc_now())
    if as_json:
        for one in done:
            print_json(
                {"audience": one.audience, "key": one.key, "wins": one.wins, "mails": one.mails, "subject": one.subject}
            )
        return
    print_table(
        "",
        ("Audience", "Edition", "Wins", "Mails", "Subject"),
        [(d.audience, d.key, d.wins, d.mails, d.subject) for d in done],
        empty="No edition is due.",
        right=(2, 3),
    )


@click.command()
@with_config
@json_option
@now_option
def deliver(config_path: Path, as_json: bool, now_text: str | None) -> None:
    """Send what waits in the outbox and is due."""
    with opened(config_path) as app:
        app.free_dead_claims()
        waiting = app.store.counts()["outbox"]
        total = waiting["queued"] + waiting["deferred"]
        sender = app.sender()
        count = [0]
        try:
            with progress("delivering", total, quiet=as_json) as shown:

                def told(*_: object) -> None:
                    count[0] += 1
                    shown(count[0], total)

                done = delivering.deliver(
                    app.store,
                    sender,
                    envelope_from=app.envelope_from,
                    now=_clock(now_text),
                    worker=worker_name(),
                    lease_s=app.config.limits.send_lease_s,
                    spare=app.living_workers(),
                    fault=app.fault,
                    progress=told,
                )
            app.store.beat("deliver", at=utc_now())
        finally:
            sender.close()
    if as_json:
        print_json({"sent": done.sent, "deferred": done.deferred, "failed": done.failed, "uncertain": done.uncertain})
    else:
        click.echo(
            f"{done.sent} sent, {done.deferred} to be tried again, {done.failed} refused, {done.uncertain} uncertain."
        )


@click.command()
@with_config
@json_option
@click.option(
    "--metrics",
    "as_metrics",
    is_flag=True,
    help="Print Prometheus' text format, for node_exporter's textfile folder; ends with status 0.",
)
def status(config_path: Path, as_json: bool, as_metrics: bool) -> None:
    """How the service is: heartbeats, counts, what is oldest, the last error. Status 1 when something needs a person.

    \b
    Examples:
      mailwins status
      mailwins status --json | jq .problems
      mailwins status --metrics > /var/lib/node_exporter/mailwins.prom
    """
    with opened(config_path, sync=False) as app:
        if as_metrics:
            from mailwins.operations.metrics import exposition

            click.echo(exposition(app.store, app.config, utc_now), nl=False)
            return
        state = health(app.store, app.config, utc_now())
    if as_json:
        print_json(state)
    else:
        for job, beat in state["jobs"].items():
            click.echo(
                f"{job:<9} {'last ' + beat['at'] if beat['at'] else 'never ran'}{'  ERROR: ' + beat['error'] if beat['error'] else ''}"
            )
        for name in ("mails", "outbox", "wins", "tray"):
            click.echo(f"{name:<9} " + ", ".join(f"{k} {v}" for k, v in state[name].items()))
        for name, at in state["oldest"].items():
            if at:
                click.echo(f"oldest {name}: {at}")
        for note in state["notes"]:
            click.echo(f"NOTE     {note}")
        for problem in state["problems"]:
            click.echo(f"PROBLEM  {problem}")
    if state["problems"]:
        raise SystemExit(1)
