"""``import``: archives of mail taken in, silently."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import click

from mailwins.app import utc_now
from mailwins.cli.common import json_option, opened, print_json, progress, with_config
from mailwins.jobs import read as reading
from mailwins.mailbox import read_archive
from mailwins.model import RawMessage
from mailwins.workers import worker_name


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@with_config
@json_option
def import_(paths: tuple[Path, ...], config_path: Path, as_json: bool) -> None:
    """Take in archives: .eml files, mbox files, Maildirs, folders of them. Silent: nobody is answered, dates are kept.

    \b
    Example:
      mailwins import old-wins.mbox ~/Maildir/.wins
    """
    count = new = 0
    with opened(config_path) as app:
        with progress("keeping", quiet=as_json) as shown:
            for mail in read_archive(paths):
                sha256, size = app.files.keep([mail.raw])
                count += 1
                arrived = mail.arrived_at if mail.arrived_at.tzinfo else mail.arrived_at.replace(tzinfo=UTC)
                raw = RawMessage(sha256, size, "import", "import", 1, int(sha256[:12], 16), arrived)
                new += app.store.keep_mails([raw], silent=True, at=utc_now())
                shown(count, None)
        outcomes: dict[str, int] = {}
        with progress("reading", new, quiet=as_json) as shown:

            def told(done: reading.Done) -> None:
                outcomes[done.settled.outcome.value] = outcomes.get(done.settled.outcome.value, 0) + 1
                shown(sum(outcomes.values()), new)

            reading.read_all(app.desk, now=utc_now, worker=worker_name(), fault=app.fault, progress=told)
    if as_json:
        print_json({"mails": count, "new": new, **outcomes})
    else:
        click.echo(
            f"{count} mails, {new} of them new: "
            + (", ".join(f"{c} {o}" for o, c in sorted(outcomes.items())) or "nothing to read")
            + "."
        )
