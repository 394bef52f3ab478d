"""The one place where the parts are joined: settings in, a working instance out."""

from __future__ import annotations

import gc
import hashlib
import os
import secrets
import shlex
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailwins import config as settings
from mailwins.config import Config, MailboxSettings, SmtpSettings
from mailwins.errors import ConfigError, StoreError, UsageError
from mailwins.jobs.collect import tidy
from mailwins.jobs.faults import POINTS, Fault, no_fault
from mailwins.lists import (
    ListTrouble,
    decoded,
    is_doubtful,
    missing_accounts,
    missing_people,
    read_accounts,
    read_people,
)
from mailwins.mailbox import ImapMailbox, ImapSettings, TokenSource, connect
from mailwins.ports import Store
from mailwins.sandbox import Sandbox
from mailwins.sender import SmtpSender
from mailwins.sender import SmtpSettings as SenderSettings
from mailwins.status import LISTS
from mailwins.store import AT_WORK, HELD, Files, SqlStore, open_files, open_store
from mailwins.workers import Presence, is_alive

if TYPE_CHECKING:
    from mailwins.jobs.desk import Desk
    from mailwins.render import Source

FAULT_SWITCH = "MAILWINS_TEST_FAULT"


@dataclass
class App:
    """A working instance. Close it when done: it holds a database and, once something was read, a child process."""

    config: Config
    store: SqlStore
    files: Files
    sandbox: Sandbox
    fault: Fault

    @cached_property
    def desk(self) -> Desk:
        """What reading and writing letters needs. Made when it is asked for: fetching, sending and ``status`` do without
        the understanding of mail, whose loading takes longer than they do.
        """
        from mailwins.jobs.desk import Desk
        from mailwins.render import Renderer

        key = bytes.fromhex(self.store.put_once("signing_key", secrets.token_hex(32)))
        return Desk(
            self.store, self.files, self.sandbox, Renderer(load_templates(self.config.templates)), self.config, key
        )

    def mailbox(self) -> ImapMailbox:
        """A fresh connection. Raises ServerError or ConfigError with the next step."""
        if not self.config.mailbox.host:
            raise ConfigError(
                "mailbox.host is not set.", "Name the IMAP server in the config, then run: mailwins check"
            )
        return connect(imap_settings(self.config.mailbox))

    def sender(self) -> SmtpSender:
        if not self.config.smtp.host:
            raise ConfigError("smtp.host is not set.", "Name the SMTP server in the config, then run: mailwins check")
        return SmtpSender(smtp_settings(self.config.smtp))

    def tidy(self, mailbox: ImapMailbox) -> int | None:
        """What was read moves to its folders; how many. None after a restore, until ``resume``: the instance that the
        backup was made of may still run, and look for its mail in the inbox.
        """
        if self.store.get(HELD) is not None:
            return None
        to = self.config.mailbox
        return tidy(mailbox, self.store, done_folder=to.done_folder, tray_folder=to.tray_folder, fault=self.fault)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.config.company.timezone)

    @property
    def envelope_from(self) -> str:
        return self.config.smtp.bounce_to or self.desk.sender.address or ""

    def free_dead_claims(self) -> None:
        """What processes of this machine held that are gone, in whatever container, is free again at once, not when its lease ends."""
        presence = self.presence
        dead = [w for w in self.store.claimants() if presence.is_dead(w)]
        if dead:
            self.store.expire_claims(dead, now=utc_now())
            for worker in dead:
                presence.forget(worker)

    def living_workers(self) -> frozenset[str]:
        """Those of this machine that hold something and are surely there: whatever a clock says, they are at work."""
        return frozenset(w for w in self.store.claimants() if is_alive(w))

    @cached_property
    def presence(self) -> Presence:
        """Ours is there before our first claim, since ``free_dead_claims`` comes before it."""
        return Presence(self.files.folder / AT_WORK)

    def close(self) -> None:
        if "presence" in vars(self):
            self.presence.end()
        self.sandbox.close()
        self.store.close()


def build(config: Config, *, sync: bool = True) -> App:
    """Open the store (made when missing), bring the directory up to date."""
    store = open_store(
        config.storage.database,
        permissions=config.roles.permissions,
        own_domains=frozenset(d.lower() for d in config.company.domains),
    )
    files = open_files(config.storage.files)
    if files.is_empty() and store.kept_mails():
        store.close()
        raise StoreError(
            f"storage.files: {config.storage.files} is empty, and the database knows of mails that were kept there.",
            "Mount its disk, or set storage.files to the folder that holds them.",
        )
    limits = config.limits
    own = frozenset(a.lower() for a in (config.wins_address, config.smtp.from_, config.smtp.reply_to) if a)
    sandbox = Sandbox(own=own, cpu_s=limits.cpu_s, wall_s=limits.wall_s, memory_bytes=limits.memory_bytes)
    app = App(config, store, files, sandbox, armed_fault(os.environ))
    if sync:
        note_lists(store, sync_directory(config, store), utc_now())
    return app


def load(path: Path) -> Config:
    return settings.load(path)


def utc_now() -> datetime:
    return datetime.now(UTC)


# ---------------------------------------------------------------- servers


def imap_settings(mailbox: MailboxSettings) -> ImapSettings:
    secret = (
        TokenSource(mailbox.oauth, ca_file=mailbox.ca_file)
        if mailbox.auth == "xoauth2"
        else lambda fresh=False: mailbox.secret()
    )
    return ImapSettings(
        host=mailbox.host,
        port=mailbox.real_port,
        security=mailbox.security,
        user=mailbox.user,
        secret=secret,
        auth=mailbox.auth,
        folder=mailbox.folder,
        ca_file=mailbox.ca_file,
        timeout_s=mailbox.timeout_s,
        use_idle=mailbox.idle,
    )


def smtp_settings(smtp: SmtpSettings) -> SenderSettings:
    secret = (
        TokenSource(smtp.oauth, ca_file=smtp.ca_file) if smtp.auth == "xoauth2" else lambda fresh=False: smtp.secret()
    )
    return SenderSettings(
        host=smtp.host,
        port=smtp.real_port,
        security=smtp.security,
        user=smtp.user,
        secret=secret,
        auth=smtp.auth,
        ca_file=smtp.ca_file,
        timeout_s=smtp.timeout_s,
    )


# ---------------------------------------------------------------- templates


def load_templates(own: Path | None = None) -> dict[str, Source]:
    """The shipped templates, single ones replaced by those of the same name in the folder *own*."""
    from mailwins.render import Source

    found = {name: Source(text, f"templates/{name}") for name, text in _shipped()}
    if own is not None:
        if not own.is_dir():
            raise ConfigError(f"templates = {own}: there is no such folder.", "Make it, or take the key out.")
        for path in sorted(own.iterdir()):
            if path.suffix in (".html", ".txt", ".css"):
                try:
                    found[path.name] = Source(path.read_text(encoding="utf-8"), str(path))
                except (OSError, UnicodeDecodeError) as error:
                    raise ConfigError(f"{path}: cannot be read ({error}).", "Templates are UTF-8 text.") from None
    return found


def _shipped() -> list[tuple[str, str]]:
    """From inside the installed package, or from beside it in a checkout."""
    inside = resources.files("mailwins").joinpath("templates")
    if inside.is_dir():
        return [
            (f.name, f.read_text(encoding="utf-8"))
            for f in inside.iterdir()
            if f.name.endswith((".html", ".txt", ".css"))
        ]
    beside = Path(__file__).parent.parent / "templates"
    return [
        (p.name, p.read_text(encoding="utf-8"))
        for p in sorted(beside.iterdir())
        if p.suffix in (".html", ".txt", ".css")
    ]


# ---------------------------------------------------------------- directory


def sync_directory(
    config: Config, store: Store, *, settled_s: float = 0, brought: dict[str, str] | None = None
) -> list[ListTrouble]:
    """Bring accounts.csv and people.csv of the config into the store when they changed; returns what is wrong with them.

    These files are the truth: who is not in them any more is taken out. A file with mistakes brings
    in its good rows and takes nobody out; neither does one that a large part is missing from, until it is
    imported with ``--remove-others``. One that was written to within *settled_s* seconds is left for
    the next time: somebody may be in the middle of writing it, and who is not in it yet is no stranger.

    *brought*: what this process brought in before. When somebody else has brought in another list since, both count:
    taking turns, each would make strangers of the other's people.
    """
    troubles: list[ListTrouble] = []
    brought = {} if brought is None else brought
    for key, path in (("accounts", config.directory.accounts), ("people", config.directory.people)):
        if path is None:
            continue
        try:
            if 0 <= time.time() - path.stat().st_mtime < settled_s:
                continue
            content = path.read_bytes()
        except OSError as error:
            raise ConfigError(
                f"directory.{key} = {path}: cannot be read: {error.strerror}.", "Check the path."
            ) from None
        permissions = sorted((r, sorted(getattr(config.roles, r))) for r in ("csm", "manager", "admin"))
        digest = hashlib.sha256(content + repr(permissions).encode()).hexdigest()
        stored = store.get(f"directory.{key}")
        if stored == digest:
            brought[key] = digest
            continue
        # Ours with those of another; when that is still so the next time, the other process is gone or agrees.
        shared = f"{digest} and another"
        is_contested = brought.get(key) == digest and stored != shared
        text = decoded(content)
        if text is None:
            raise ConfigError(
                f"directory.{key} = {path}: no text but a workbook or another program's file.", "Save it as CSV UTF-8."
            )
        bring = _bring_accounts if key == "accounts" else _bring_people
        wrong, kept, of = bring(config, store, text, takes_out=not is_contested)
        if is_contested:
            words = f"{path.name}: another process reads another one; both count until they are the same."
            troubles.append(ListTrouble(words))
        troubles += [ListTrouble(f"{path.name}, {m}") for m in wrong]
        if kept:
            troubles.append(_held(key, path, kept, of, digest))
        elif not wrong:
            store.put(f"directory.{key}", shared if is_contested else digest)
            brought[key] = digest
    return troubles


def note_lists(store: Store, troubles: Sequence[ListTrouble], now: datetime) -> None:
    """For ``status``: what is wrong with the lists, or that nothing is any more."""
    noted = store.beats().get(LISTS)
    if troubles or (noted is not None and noted[1]):
        store.beat(LISTS, at=now, error=" ".join(t.words for t in troubles)[:500] or None)


def _bring_accounts(config: Config, store: Store, text: str, *, takes_out: bool) -> tuple[list[str], list[str], int]:
    """(mistakes, names of those that are not listed and kept all the same, of how many)."""
    accounts, wrong = read_accounts(text)
    known = store.directory().accounts
    gone = missing_accounts(known, accounts) if takes_out and not wrong else []
    kept = gone if is_doubtful(len(gone), len(known)) else []
    store.put_accounts([*accounts, *kept], remove_others=takes_out and not wrong)
    return wrong, [a.name for a in kept], len(known)


def _bring_people(config: Config, store: Store, text: str, *, takes_out: bool) -> tuple[list[str], list[str], int]:
    people, wrong = read_people(text, config.roles.permissions)
    known = store.directory().members
    gone = missing_people(known, people) if takes_out and not wrong else []
    kept = gone if is_doubtful(len(gone), len(known)) else []
    store.put_members([*people, *kept], remove_others=takes_out and not wrong)
    return wrong, [m.name for m in kept], len(known)


def _held(key: str, path: Path, kept: Sequence[str], of: int, digest: str) -> ListTrouble:
    named = [*kept[:3], f"{len(kept) - 3} more"]
    return ListTrouble(
        f"{path.name}: {len(kept)} of {of} {key} are missing from it: {', '.join(named[:-1])} and {named[-1]}. They stay "
        f"until you confirm it: mailwins {key} import {shlex.quote(str(path))} --remove-others (--dry-run shows what it does).",
        held=f"{key}:{digest[:16]}",
    )


# ---------------------------------------------------------------- processes and faults


def spare_what_stays() -> None:
    """What was loaded so far lives as long as this process: it is not looked through for garbage again and again while mail is read."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def armed_fault(environ: Mapping[str, str]) -> Fault:
    """``MAILWINS_TEST_FAULT=read.judged`` kills this process there; ``read.judged:3`` at the third time. Unset in production."""
    wanted = environ.get(FAULT_SWITCH)
    if not wanted:
        return no_fault
    point, _, nth = wanted.partition(":")
    if point not in POINTS:
        raise UsageError(f"{FAULT_SWITCH} = {wanted}: no such point.", f"Known: {', '.join(POINTS)}.")
    left = [int(nth or 1)]

    def fault(name: str) -> None:
        if name == point:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return fault
