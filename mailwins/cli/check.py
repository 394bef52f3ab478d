"""``check``: every thing the service needs, tried one after the other, each with how to mend it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path

import click

from mailwins import app as joined
from mailwins.app import App
from mailwins.cli.common import built, load, with_config
from mailwins.cli.init import SAMPLE_DOMAIN
from mailwins.config import Config
from mailwins.demo.samples import sample_mails
from mailwins.errors import ConfigError, MailwinsError
from mailwins.jobs.audiences import recipients
from mailwins.jobs.desk import PLUS_ADDRESS
from mailwins.jobs.telling import plus_probe
from mailwins.lists import decoded, read_accounts, read_people
from mailwins.model import OutboxState, OutgoingMail
from mailwins.render import Renderer, counted

PLUS_WAIT_S = 60


@click.command()
@with_config
@click.option(
    "--plus-address",
    is_flag=True,
    help="Also send one mail to wins+…@ and wait until it stands in the mailbox; when it does, drafts of customer updates use such addresses.",
)
def check(config_path: Path, plus_address: bool) -> None:
    """Try everything the service needs and say, line by line, what works and how to mend what does not.

    Sends nothing and changes nothing, but for --plus-address. Ends with status 1 when something does not work, 2 when the config itself is wrong.
    """
    config = load(config_path)
    results = [
        _try("config", lambda: _check_config(config, config_path)),
        _try("database", lambda: _check_store(config)),
        _try("files", lambda: _check_files(config)),
        _try("directory", lambda: _check_directory(config)),
        _try("trust", lambda: _check_trust(config)),
        _try("audiences", lambda: _check_audiences(config)),
        _try("templates", lambda: _check_templates(config)),
        _try("mailbox", lambda: _check_mailbox(config)),
        _try("sending", lambda: _check_sending(config)),
    ]
    if plus_address and Verdict.FAILED not in results:
        results.append(_try("plus", lambda: _prove_plus_address(config)))
    if Verdict.FAILED in results:
        raise SystemExit(1)
    noted = "; read the lines marked “note” first" if Verdict.NOTED in results else ""
    click.echo(f"\nEverything works{noted}. Start it with: mailwins run")


class Verdict(Enum):
    WORKS = "ok"
    NOTED = "note"
    FAILED = "FAIL"


class Note(str):
    """What works, but not as one would expect it to."""


def _try(name: str, probe: Callable[[], str]) -> Verdict:
    try:
        found = probe()
        verdict = Verdict.NOTED if isinstance(found, Note) else Verdict.WORKS
        click.echo(f"{verdict.value:<5} {name:<10} {found}")
        return verdict
    except MailwinsError as error:
        first, *rest = error.message.split("\n")
        click.echo(f"FAIL  {name:<10} {first}")
        for line in rest:
            click.echo(f"{'':17}{line}")
        if error.fix:
            click.echo(f"{'':17}→ {error.fix}")
    except OSError as error:
        click.echo(f"FAIL  {name:<10} {error.filename or ''} {error.strerror or error}")
    return Verdict.FAILED


def _check_config(config: Config, path: Path) -> str:
    values = {
        "company.domains": ", ".join(config.company.domains),
        "mailbox.host": config.mailbox.host,
        "mailbox.user": config.mailbox.user,
        "smtp.host": config.smtp.host,
        "smtp.from": config.smtp.from_ or "",
        "trust.authserv_id": ", ".join(config.trust.authserv_id),
    }
    left = [key for key, value in values.items() if SAMPLE_DOMAIN in value]
    return Note(f"{path}: {SAMPLE_DOMAIN} of the sample still stands in {', '.join(left)}") if left else str(path)


def _check_store(config: Config) -> str:
    with built(config, sync=False) as app:
        counts = app.store.counts()
    mails, wins = sum(counts["mails"].values()), counts["wins"]["total"]
    return f"{config.storage.database.split('@')[-1]}: {mails} mails, {wins} wins"


def _check_files(config: Config) -> str:
    probe = config.storage.files / f".check-{os.getpid()}.tmp"
    try:
        config.storage.files.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe.write_bytes(b"x" * 65536)
        probe.unlink()
    except OSError as error:
        raise ConfigError(
            f"storage.files = {config.storage.files}: cannot write: {error.strerror}.",
            "Check the owner of the folder and the free space.",
        ) from None
    return f"{config.storage.files} can be written"


def _check_directory(config: Config) -> str:
    if config.directory.accounts is None or config.directory.people is None:
        raise ConfigError(
            "directory.accounts or directory.people is not set.",
            "Without them nobody may write and no customer is known. Name accounts.csv and people.csv.",
        )
    mistakes = []
    try:
        accounts, wrong = read_accounts(decoded(config.directory.accounts.read_bytes()) or "")
        mistakes += [f"{config.directory.accounts.name}, {m}" for m in wrong]
        people, wrong = read_people((decoded(config.directory.people.read_bytes()) or ""), config.roles.permissions)
        mistakes += [f"{config.directory.people.name}, {m}" for m in wrong]
    except OSError as error:
        raise ConfigError(f"directory: {error}.", "Check the path; the lists are CSV.") from None
    known = {a for p in people for a in p.addresses}
    mistakes += [
        f"{config.directory.accounts.name}: {a.name}: csm = {a.csm} is nobody in {config.directory.people.name}."
        for a in accounts
        if a.csm and a.csm not in known
    ]
    if mistakes:
        raise ConfigError("\n".join(mistakes[:20]), "Mend these lines; everything else is in.")
    managers = sum("manager" in p.permissions for p in people)
    found = f"{counted(len(accounts), 'account')}, {len(people)} people, {counted(managers, 'manager')}"
    with built(config) as app:
        doubts = [t.words for t in joined.sync_directory(config, app.store) if t.held]
    if not managers:
        doubts.append(
            "no one is a manager, so nobody sees the managers' edition or what waits in the tray: name titles in [roles] manager"
        )
    if not any("admin" in p.permissions for p in people):
        doubts.append(
            "no one is an admin, so nobody is written to when the mailbox cannot be read for hours: name titles in [roles] admin"
        )
    homes = {address.rpartition("@")[2] for address in known}
    strange = [d for d in config.company.domains if not any(h == d or h.endswith("." + d) for h in homes)]
    if strange:
        doubts.append(
            f"company.domains names {', '.join(strange)}, where no colleague in {config.directory.people.name} has an address"
        )
    return Note(f"{found}; {'; '.join(doubts)}") if doubts else found


def _check_trust(config: Config) -> str:
    ids = ", ".join(config.trust.authserv_id)
    pilot = f"; a pilot for {', '.join(config.trust.pilot)} only" if config.trust.pilot else ""
    if config.trust.policy == "off":
        return Note(f"policy off: a mail counts as a colleague's when its From says so, which anybody can write{pilot}")
    if ids:
        absent = {
            "warn": "a colleague's mail without any is believed, one that failed is refused",
            "require": "a colleague's mail without any waits for a person",
        }[config.trust.policy]
        return f"results of {ids} count; {absent} (policy {config.trust.policy}){pilot}"
    if config.trust.policy == "require":
        raise ConfigError(
            "trust.authserv_id is not set: no sender is proven, and policy require accepts nobody.",
            "Name what your mail server writes first in Authentication-Results; see docs/connecting.md.",
        )
    return Note(
        f"trust.authserv_id is not set: no sender is proven, and a faked From with a colleague's address would be believed{pilot}"
    )


def _check_audiences(config: Config) -> str:
    if not config.audience:
        raise ConfigError("no [[audience]]: nobody would get a digest.", "Add at least one; see config.example.toml.")
    with built(config) as app:
        lines = [f"{a.key} ({len(recipients(app.desk, a))})" for a in config.audience]
        empty = [a.key for a in config.audience if not recipients(app.desk, a)]
    if empty:
        raise ConfigError(
            f"audience {', '.join(empty)}: nobody is in it.",
            "Check its to = […]: addresses, team:NAME or role:NAME as in people.csv.",
        )
    return "people in each: " + ", ".join(lines)


def _check_templates(config: Config) -> str:
    sources = joined.load_templates(config.templates)
    renderer = Renderer(sources)
    mistakes = renderer.check(("mail",))
    if mistakes:
        raise ConfigError(
            "\n".join(m.removesuffix(" Mend the template, then run: mailwins check") for m in mistakes),
            "Mend the template.",
        )
    for name, view in sample_mails():
        renderer.render(name, {"mail": view})
    own = f", own ones in {config.templates}" if config.templates else ""
    return f"{sum(n.endswith('.html') for n in sources)} mails can be rendered{own}"


def _check_mailbox(config: Config) -> str:
    with built(config) as app:
        mailbox = app.mailbox()
        try:
            folders = mailbox.folders()
            missing = [f for f in (config.mailbox.done_folder, config.mailbox.tray_folder) if f and f not in folders]
            waiting = len(mailbox.list_since(0))
            found = f"{config.mailbox.host}: signed in, {config.mailbox.folder} has {counted(waiting, 'mail')}"
            if missing:
                found += f"; will make {', '.join(missing)}"
            known = app.store.mailbox_state(mailbox.name) or app.store.former_state(mailbox.name)
            if waiting and config.mailbox.start == "now" and known is None:
                return Note(
                    f"{found}. They are left alone: only what comes after the first `mailwins run` or `collect` is read "
                    '(start = "now"); `mailwins import` takes older mail in, silently'
                )
            return found
        finally:
            mailbox.close()


def _check_sending(config: Config) -> str:
    with built(config) as app:
        sender = app.sender()
        try:
            greeting = sender.check()
        finally:
            sender.close()
    if config.smtp.from_ is None:
        raise ConfigError(
            "smtp.from is not set.", "Name the address our mail comes from, usually the wins@ address itself."
        )
    return f"{config.smtp.host}: {greeting or 'signed in'}; mail will come from {config.smtp.from_}"


def _prove_plus_address(config: Config) -> str:
    """By a mail whose plus-address stands in its envelope only, as a Bcc does."""
    with built(config) as app:
        probe = plus_probe(app.desk, now=joined.utc_now())
        app.store.put(PLUS_ADDRESS, "")
        mailbox, sender = app.mailbox(), app.sender()
        try:
            before = mailbox.uidnext - 1
            delivery = sender.send(probe, envelope_from=app.envelope_from)
            if delivery.state is not OutboxState.SENT:
                raise ConfigError(
                    f"{probe.recipient} was refused: {delivery.reply}",
                    "Without plus-addresses the copy of an update is known by its text. Your mail server may need them switched on.",
                )
            deadline = time.monotonic() + PLUS_WAIT_S
            while time.monotonic() < deadline:
                for _, pieces in mailbox.fetch(mailbox.list_since(before)):
                    raw = b"".join(pieces)
                    if probe.message_id.encode() in raw:
                        return _plus_address_found(app, probe, raw)
                for _, _, sha256 in app.store.find_refs([("message_id", probe.message_id)]):
                    # The running service was quicker.
                    return _plus_address_found(app, probe, app.files.read(sha256))
                mailbox.wait(1)
        finally:
            sender.close()
            mailbox.close()
    raise ConfigError(
        f"a mail to {probe.recipient} did not arrive within {PLUS_WAIT_S} seconds.",
        "Without plus-addresses the copy of an update is known by its text. Your mail server may need them switched on.",
    )


def _plus_address_found(app: App, probe: OutgoingMail, raw: bytes) -> str:
    head = raw.replace(b"\r\n", b"\n").split(b"\n\n")[0].lower()
    if probe.recipient.lower().encode() not in head:
        raise ConfigError(
            f"the mail to {probe.recipient} arrived, but nothing in its header tells that address.",
            "Copies of updates are known by their text instead; there is nothing to mend.",
        )
    app.store.put(PLUS_ADDRESS, app.desk.wins_address)
    return f"{probe.recipient} arrives as written; drafts of customer updates use such an address in Bcc"
