"""One process that does everything in its turn: it listens to the mailbox, and every tick does what is due.

The scheduler only ticks. What is due comes from the database, so a missed tick, a clock that
jumps or a second process change nothing but the time.
"""

from __future__ import annotations

import contextlib
import logging
import random
import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from mailwins import log
from mailwins.app import App, note_lists, sync_directory, utc_now
from mailwins.errors import FileLost, MailwinsError, ServerError, Superseded
from mailwins.jobs.announcing import announce
from mailwins.jobs.collect import BATCH_BYTES, collect
from mailwins.jobs.deliver import Ended, deliver, note
from mailwins.jobs.editing import ask_editors
from mailwins.jobs.publish import publish
from mailwins.jobs.read import Done, read_all
from mailwins.jobs.returned import tell_of_returned
from mailwins.lists import ListTrouble
from mailwins.mailbox import ImapMailbox, next_try_s
from mailwins.model import Delivery
from mailwins.operations.alarm import alarm, ask_about_missing
from mailwins.operations.retention import tidy_up
from mailwins.operations.watching import Watch, changed_settings, files_of
from mailwins.ports import OutgoingRow
from mailwins.sender import SmtpSender
from mailwins.status import MOVING, SETTINGS
from mailwins.workers import worker_name


def _log_delivery(row: OutgoingRow, delivery: Delivery) -> None:
    """Of mail to a customer neither her address nor what her server said of it: ``outbox list`` shows them to who may see them."""
    is_inside = not row.mail.to_customer
    log.event(
        "delivered",
        mail=row.mail.message_id,
        outbox=row.id,
        kind=row.mail.kind,
        to=row.mail.recipient if is_inside else None,
        state=delivery.state.value,
        code=delivery.code or None,
        reply=delivery.reply[:120] if is_inside else None,
    )


SETTLED_S = 5.0
STOP_WITHIN_S = 8.0
ANSWER_WITHIN_S = 60.0
"""How long a stop waits for a server that was handed a whole mail and has not said yet whether it took it."""
MAILBOX_LEASE_S = 120.0
RENEWED_EVERY_S = 30.0
SMALLEST_BATCH = 60_000
LOOK_EVERY_S = 0.5
HASTY_S = 1.0
STEADY_S = 20.0
"""A connection that lasted so long was a good one. A server that hangs up sooner, again and again, is not knocked at every two seconds."""


class Service:
    """The running instance. Three lines of work: the mailbox (its own thread), reading, and sending with publishing."""

    def __init__(self, app: App, *, now: Callable[[], datetime] = utc_now, settings_file: Path | None = None) -> None:
        self.app = app
        self.desk = app.desk  # made here, before several threads ask for it
        self.now = now
        self.worker = worker_name()
        self._sender_name = f"{self.worker}/deliver"
        self.stopping = threading.Event()
        self._to_read = threading.Event()
        self._to_send = threading.Event()
        self._mailbox: ImapMailbox | None = None
        self._connected_at = 0.0
        self._told_at = time.monotonic()
        self._pause_s = 0.0
        self._sender: SmtpSender | None = None
        self._quiet_until: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._failed_with: dict[str, Watch] = {}
        """What each of the two that sign in had to sign in with when it failed."""
        self._settings_file = settings_file
        self._settings = Watch([settings_file] if settings_file else [])
        self._settings_note = ""
        self._tidy = threading.Event()
        self._batch_bytes = BATCH_BYTES
        self._ticked_at = time.monotonic()
        self._has_crashed = False
        self._superseded: Superseded | None = None
        self._unnoted: list[Ended] = []
        self._brought: dict[str, str] = {}
        self._list_troubles: list[ListTrouble] = []
        self._cannot_move = True
        """Until the first time it worked: what an earlier process noted ends then."""
        self._running_since = now()
        tick_s = app.config.limits.tick_s
        self._by_the_clock = {"publish": tick_s, "upkeep": tick_s, "renew": RENEWED_EVERY_S}
        """What is tried at its hour whatever became of it the last time: seconds in between."""

    def run(self) -> None:
        """Until SIGTERM or SIGINT; what is in hand is finished first. Raises MailwinsError when a line of work crashed."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            # A closed terminal is a stop like any other, unless nohup wants it ignored.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._signalled)
        log.event("started", worker=self.worker, mailbox=self.app.config.mailbox.host or None)
        if not (self.app.config.trust.authserv_id and self.app.config.trust.policy != "off"):
            # Said at each start: nobody should find out by a faked mail.
            log.event(
                "nobody_is_proven",
                level=logging.WARNING,
                policy=self.app.config.trust.policy,
                fix="set trust.authserv_id; see docs/connecting.md",
            )
        self.app.free_dead_claims()
        tick_s = self.app.config.limits.tick_s
        end_metrics = self._serve_metrics()
        scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        ticking = scheduler.add_job(self.tick, _Ticking(timedelta(seconds=tick_s)), next_run_time=utc_now())
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        threads = [
            threading.Thread(target=self._guarded, args=(name, work), name=name, daemon=True)
            for name, work in (
                ("collect", self._listen),
                ("read", self._read),
                ("deliver", self._deliver),
                ("renew", self._renew),
            )
        ]
        scheduler.start()
        for thread in threads:
            thread.start()
        while not self.stopping.wait(tick_s):
            if time.monotonic() - self._ticked_at > 3 * tick_s:
                # The scheduler goes by the wall clock: set back by a day, it would sleep through that day.
                self._ticked_at = time.monotonic()
                ticking.modify(next_run_time=utc_now())
        scheduler.shutdown(wait=False)
        self._finish(threads)
        end_metrics()
        log.event("stopped", worker=self.worker)
        if self._superseded is not None:
            raise self._superseded
        if self._has_crashed:
            raise MailwinsError(
                "The service ended because one of its parts crashed; the log has it.",
                "Start it again; nothing is lost.",
            )

    def _serve_metrics(self) -> Callable[[], None]:
        """Where the settings name a port; how to end it."""
        listen = self.app.config.metrics.listen
        if not listen:
            return lambda: None
        from mailwins.operations import metrics

        return metrics.serve(listen, self.app.store, self.app.config, self.now)

    def _finish(self, threads: Sequence[threading.Thread]) -> None:
        end = time.monotonic() + STOP_WITHIN_S
        for thread in threads:
            thread.join(max(end - time.monotonic(), 0))
        self.app.sandbox.close()
        sender, sending = self._sender, next(t for t in threads if t.name == "deliver")
        if sending.is_alive() and sender is not None:
            # The answer decides whether a mail is sent twice or not: worth a minute.
            sending.join(ANSWER_WITHIN_S - STOP_WITHIN_S if sender.awaits_answer else 0)
            sender.abandon()
            sending.join(2)
        left = [t.name for t in threads if t.is_alive()]
        if left:
            log.event("left_in_hand", level=logging.WARNING, jobs=left)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self.stop()

    def stop(self) -> None:
        self.stopping.set()
        self._to_read.set()
        self._to_send.set()
        mailbox = self._mailbox
        if mailbox is not None:
            mailbox.wake()

    # ------------------------------------------------------------ the tick

    def tick(self) -> None:
        """What is due by the clock: editions; and a nudge to the others, should a wake-up have been lost."""
        self._ticked_at = time.monotonic()
        with self._noted("publish"):
            self._bring_lists()
            self._look_at_settings()
            self.app.free_dead_claims()
            self.desk.refresh()
            announced = announce(self.desk, now=self.now(), fault=self.app.fault)
            if announced:
                log.event("announced", mails=announced)
            ask_editors(self.desk, self.now(), self.app.fault)
            if returned := tell_of_returned(self.desk, self.now()):
                log.event("returned", mails=returned)
            for done in publish(self.desk, now=self.now(), fault=self.app.fault):
                log.event("published", audience=done.audience, key=done.key, wins=done.wins, mails=done.mails)
            self._succeeded("publish")
            self.app.store.beat("publish", at=self.now())
        with self._noted("upkeep"):
            alarmed = alarm(self.desk, now=self.now(), running_since=self._running_since)
            alarmed += ask_about_missing(self.desk, self._list_troubles, now=self.now())
            if alarmed:
                log.event("alarmed", mails=alarmed)
            tidied = tidy_up(self.app.store, self.app.files, self.app.config.retention, now=self.now())
            if tidied is not None:
                log.event("tidied", mails=tidied.mails, unfinished=tidied.unfinished)
        self._to_read.set()
        self._to_send.set()

    def _bring_lists(self) -> None:
        troubles = sync_directory(self.app.config, self.app.store, settled_s=SETTLED_S, brought=self._brought)
        for trouble in troubles:
            if trouble not in self._list_troubles:
                log.event("directory_mistake", level=logging.WARNING, line=trouble.words)
        self._list_troubles = troubles
        note_lists(self.app.store, troubles, self.now())

    def _look_at_settings(self) -> None:
        """They are read at the start only: half of a change would be worse than none. So that nobody waits for it to take effect, it is told."""
        told = ""
        if self._settings_file and self._settings.has_changed():
            told = changed_settings(self._settings_file, self.app.config)
        if told and told != self._settings_note:
            log.event("settings_changed", level=logging.WARNING, fix=told)
        noted = self.app.store.beats().get(SETTINGS)
        if told or (noted is not None and noted[1]):
            self.app.store.beat(SETTINGS, at=self.now(), error=told[:500] or None)
        self._settings_note = told

    # ------------------------------------------------------------ lines of work

    def _listen(self) -> None:
        while not self.stopping.is_set():
            if self._is_resting("collect"):
                continue
            with self._noted("collect"):
                if not self._take_mailbox():
                    self.stopping.wait(min(self.app.config.mailbox.poll_s, 10))
                    continue
                try:
                    self._collect_once()
                except BaseException:
                    if self._mailbox is not None and time.monotonic() - self._connected_at >= STEADY_S:
                        self._succeeded("collect")
                    self._drop_mailbox()
                    self._batch_bytes = max(self._batch_bytes // 4, SMALLEST_BATCH)
                    # Another process may be able to do what this one cannot right now.
                    self._leave_mailbox()
                    raise
        self._drop_mailbox()
        self._leave_mailbox()

    @property
    def _lease(self) -> str:
        mailbox = self.app.config.mailbox
        return f"mailbox:{mailbox.host}:{mailbox.user}:{mailbox.folder}"

    def _take_mailbox(self) -> bool:
        return self.app.store.take_lease(self._lease, owner=self.worker, now=utc_now(), lease_s=MAILBOX_LEASE_S)

    def _leave_mailbox(self) -> None:
        with contextlib.suppress(MailwinsError):
            self.app.store.drop_lease(self._lease, owner=self.worker)

    def _renew(self) -> None:
        """A long pass outlasts the lease of its mailbox. Should it be lost all the same, two collect side by side: double work, not double wins."""
        while not self.stopping.wait(RENEWED_EVERY_S):
            if self._mailbox is not None:
                with self._noted("renew"):
                    self._take_mailbox()

    def _collect_once(self) -> None:
        config = self.app.config.mailbox
        if self._mailbox is None:
            self._mailbox = self.app.mailbox()
            self._connected_at = time.monotonic()
            log.event("connected", mailbox=self._mailbox.name)
        mailbox = self._mailbox
        self._told_at = time.monotonic()
        done = collect(
            mailbox,
            self.app.files,
            self.app.store,
            start=config.start,
            now=self.now(),
            zone=self.app.zone,
            batch_bytes=self._batch_bytes,
            fault=self.app.fault,
            progress=self._has_kept,
            is_stopping=self.stopping.is_set,
        )
        self._batch_bytes = BATCH_BYTES
        if done.started:
            log.event("first_contact", mailbox=mailbox.name, start=config.start, left_alone=done.left)
        if done.seen:
            log.event("collected", mails=done.seen, new=done.new, bytes=done.bytes_)
            self._to_read.set()
        self.app.store.beat("collect", at=self.now())
        self._move(mailbox)
        if done.seen:
            self._pause_s = 0.0
        if not self.stopping.is_set() and not self._tidy.is_set():
            self._await_news(mailbox, min(config.poll_s, MAILBOX_LEASE_S / 2))
        self._tidy.clear()

    def _has_kept(self, kept: int, waiting: int) -> None:
        """A long pass need not end first: what it brought is read, and ``status`` knows that it works."""
        self._to_read.set()
        if time.monotonic() - self._told_at > RENEWED_EVERY_S:
            self._told_at = time.monotonic()
            log.event("collecting", mails=kept, of=waiting)
            self.app.store.beat("collect", at=self.now())

    def _await_news(self, mailbox: ImapMailbox, at_most_s: float) -> None:
        """Some servers have news the moment they are listened to, each time, and never a mail: from pass to pass such are
        looked at less often, in the end as often as one that offers no IDLE.
        """
        self.stopping.wait(self._pause_s)
        began = time.monotonic()
        if mailbox.wait(at_most_s) and time.monotonic() - began < HASTY_S:
            self._pause_s = min(2 * self._pause_s + 0.1, at_most_s)
        else:
            self._pause_s = 0.0

    def _move(self, mailbox: ImapMailbox) -> None:
        """A server that will not move mail stops no other work: what is read stays in the inbox, and is known."""
        try:
            moved = self.app.tidy(mailbox)
        except ServerError as error:
            if mailbox.is_dead:
                raise
            log.event("not_moved", level=logging.WARNING, error=str(error))
            self.app.store.beat(MOVING, at=self.now(), error=str(error)[:500])
            self._cannot_move = True
            return
        if moved is None:
            return
        if moved:
            log.event("moved", mails=moved)
        if self._cannot_move:
            self.app.store.beat(MOVING, at=self.now())
            self._cannot_move = False

    def _read(self) -> None:
        """At a nudge, and by looking twice a second: what another process collected nudges nobody here."""
        with contextlib.suppress(MailwinsError):
            # The first mail need not wait for the child. If none can be started, it will be told of when a mail needs it.
            self.app.sandbox.start()
        while not self.stopping.is_set():
            is_asked = self._to_read.wait(min(self.app.config.limits.tick_s, LOOK_EVERY_S))
            self._to_read.clear()
            if self.stopping.is_set():
                break
            if self._is_resting("read"):
                continue
            with self._noted("read"):
                count = read_all(
                    self.desk,
                    now=self.now,
                    worker=f"{self.worker}/read",
                    is_stopping=self.stopping.is_set,
                    fault=self.app.fault,
                    progress=self._told,
                )
                self._succeeded("read")
                if is_asked or count:
                    self.app.store.beat("read", at=self.now())
                if count:
                    self._to_send.set()
                    self._wake_mailbox()

    def _told(self, done: Done) -> None:
        settled = done.settled
        log.event(
            "read",
            mail=done.mail.sha256[:12],
            outcome=settled.outcome.value,
            reason=settled.reason,
            kind=settled.kind,
            wins=[w.id for w in settled.wins] or None,
            answered=bool(settled.outgoing),
        )
        if settled.outgoing:
            self._to_send.set()

    def _wake_mailbox(self) -> None:
        """There is something to move on the server."""
        self._tidy.set()
        mailbox = self._mailbox
        if mailbox is not None:
            mailbox.wake()

    def _deliver(self) -> None:
        while not self.stopping.is_set():
            self._to_send.wait(self.app.config.limits.tick_s)
            self._to_send.clear()
            while self._is_resting("deliver") and not self.stopping.is_set():
                continue
            if self.stopping.is_set():
                break
            with self._noted("deliver"):
                try:
                    self._deliver_once()
                except BaseException:
                    self._drop_sender()
                    raise
        with self._noted("deliver"):
            note(self.app.store, self._unnoted, self._sender_name)
        self._drop_sender()

    def _deliver_once(self) -> None:
        counts = self.app.store.counts()["outbox"]
        if counts["queued"] or counts["deferred"] or counts["sending"] or counts["uncertain"]:
            self._sender = self._sender or self.app.sender()
            deliver(
                self.app.store,
                self._sender,
                envelope_from=self.app.envelope_from,
                now=self.now,
                worker=self._sender_name,
                lease_s=self.app.config.limits.send_lease_s,
                spare=self.app.living_workers(),
                is_stopping=self.stopping.is_set,
                fault=self.app.fault,
                unnoted=self._unnoted,
                progress=_log_delivery,
            )
        self._succeeded("deliver")
        self.app.store.beat("deliver", at=self.now())

    # ------------------------------------------------------------ trouble

    def _guarded(self, name: str, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            log.event("crashed", level=logging.ERROR, job=name, error=f"{type(error).__name__}: {error}")
            self._has_crashed = True
            self.stop()

    def _noted(self, job: str) -> _Noted:
        return _Noted(self, job)

    def failed(self, job: str, error: Exception) -> None:
        self._failures[job] = self._failures.get(job, 0) + 1
        if isinstance(error, ServerError):
            wait = next_try_s(self._failures[job], error, random.random())
        elif job == "read":
            # What hinders every mail is not tried, and told, twice a second; one mail's own trouble keeps no other waiting.
            is_of_one = isinstance(error, FileLost) or not isinstance(error, MailwinsError)
            wait = 0.0 if is_of_one else min(2.0 ** self._failures[job], 60.0)
        elif job in self._by_the_clock:
            wait = self._by_the_clock[job]
        else:
            wait = min(5.0 * 2 ** (self._failures[job] - 1), 300.0)
        if self.stopping.is_set():
            log.event("interrupted", job=job, error=str(error)[:200])
            return
        if isinstance(error, Superseded):
            log.event("superseded", level=logging.ERROR, job=job, error=str(error))
            self._superseded = error
            self.stop()
            return
        self._quiet_until[job] = time.monotonic() + wait
        if job == "collect":
            self._failed_with[job] = Watch(files_of(self.app.config.mailbox, error))
        elif job == "deliver":
            self._failed_with[job] = Watch(files_of(self.app.config.smtp, error))
        log.event(
            "failed",
            level=logging.WARNING,
            job=job,
            error=str(error) if isinstance(error, MailwinsError) else f"{type(error).__name__}: {error}",
            next_try_s=round(wait, 1),
        )
        try:
            self.app.store.beat(job, at=self.now(), error=str(error)[:500])
        except MailwinsError as second:
            log.event("failed", level=logging.WARNING, job="beat", error=str(second))

    def _succeeded(self, job: str) -> None:
        self._failures.pop(job, None)
        self._quiet_until.pop(job, None)
        self._failed_with.pop(job, None)

    def _is_resting(self, job: str) -> bool:
        """After a failure the server is left alone for a while; not after its password, or another file it is reached with, was mended."""
        until = self._quiet_until.get(job)
        if until is None:
            return False
        self.stopping.wait(min(max(until - time.monotonic(), 0), 1.0))
        if job in self._failed_with and self._failed_with[job].has_changed():
            log.event("mended", job=job)
            self._succeeded(job)
            return False
        return time.monotonic() < until

    def _drop_mailbox(self) -> None:
        mailbox, self._mailbox = self._mailbox, None
        if mailbox is not None:
            mailbox.close()

    def _drop_sender(self) -> None:
        sender, self._sender = self._sender, None
        if sender is not None:
            sender.close()


class _Ticking(BaseTrigger):  # type: ignore[misc]
    """A tick from now. APScheduler's own interval counts every tick that was missed, one by one: of a machine that
    begins in 1970 and then learns the time, fifty million."""

    def __init__(self, every: timedelta) -> None:
        self.every = every

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now + self.every


class _Noted:
    """A failing pass is written down and ends; the next one comes with the next tick."""

    def __init__(self, service: Service, job: str) -> None:
        self.service, self.job = service, job

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, Exception):
            self.service.failed(self.job, error)
            return True
        return False
