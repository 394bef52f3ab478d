"""Collect: mail from the server into our keeping, first and whole; understood later.

The order is the promise: bytes on disk, then the row, and only much later (once the
mail was read) a move on the server. At every point of a crash the mail is on the server,
or here, or both. The server's flags say nothing to us.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time
from datetime import tzinfo as TimeZone

from mailwins.errors import ServerError, StoreFull
from mailwins.jobs.faults import Fault, no_fault
from mailwins.model import Outcome, RawMessage
from mailwins.ports import Kept, Ledger, Listed, Mailbox, MailboxState, ManyRaws

BATCH_MAILS = 200
BATCH_BYTES = 4_000_000
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Collected:
    """*seen* mails were fetched, *new* of them were unknown by content; *bytes_* is their size.

    *missing* stand in the folder but the server gave nothing for them: the next pass asks again.
    *left* stood there before first contact and are left alone.
    """

    seen: int = 0
    new: int = 0
    bytes_: int = 0
    started: bool = False
    missing: int = 0
    left: int = 0


def collect(
    mailbox: Mailbox,
    raws: ManyRaws,
    ledger: Ledger,
    *,
    start: str,
    now: datetime,
    zone: TimeZone,
    batch_bytes: int = BATCH_BYTES,
    fault: Fault = no_fault,
    progress: Callable[[int, int], None] | None = None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Collected:
    """One pass over the folder, or as much of it as there is time for before *is_stopping*. *start*: now, all or a day, and counts at first contact only.

    *batch_bytes*: so much is asked for at once; less for a line that keeps breaking.

    *progress* is told (mails kept, mails to keep) after every batch.
    """
    state = ledger.mailbox_state(mailbox.name) or ledger.former_state(mailbox.name)
    started = state is None
    if state is None:
        state = _first_contact(mailbox, start, now, zone)
        ledger.set_mailbox_state(state)
    if (
        state.mailbox != mailbox.name
        or state.uidvalidity != mailbox.uidvalidity
        or _is_set_back(mailbox, state)
        or _names_others(mailbox, ledger)
    ):
        # The folder was made anew, or moved: its numbers mean other mails now. Look at all that arrived since
        # we began; what we already hold is known by its content.
        state = MailboxState(mailbox.name, mailbox.uidvalidity, 0, state.start_at, relisted_below=mailbox.uidnext)
        ledger.set_mailbox_state(state)
    mailbox.is_opened_anew = False
    standing = mailbox.list_since(state.last_uid)
    listed = [m for m in standing if _counts(m, state)]
    known = ledger.known_uids(mailbox.name, mailbox.uidvalidity, [m.uid for m in listed])
    waiting = [m for m in listed if m.uid not in known]
    mailbox.missing.clear()
    seen = new = size = 0
    broken: ServerError | None = None
    full: StoreFull | None = None
    is_whole = False
    with _Keeping(mailbox, ledger, fault) as keeping:
        for batch in batches(waiting, batch_bytes):
            try:
                writing, kept, broken = _fetched(mailbox, raws, batch)
            except StoreFull as error:
                if batch[0].size_bytes <= batch_bytes:
                    raise
                # There may be room for smaller ones; this one is asked for again at the next pass.
                full = error
                mailbox.missing.append(batch[0].uid)
                continue
            mark = _mark(mailbox, kept[-1][0].uid if broken and kept else batch[-1].uid)
            size += sum(file.size for _mail, file in kept)
            new += keeping.keep(writing, kept, mark)
            if progress and seen:
                progress(seen, len(waiting))
            seen += len(kept)
            if broken or is_stopping():
                break
        else:
            is_whole = True
        new += keeping.finish()
    if progress and seen:
        progress(seen, len(waiting))
    if broken:
        raise broken
    if full:
        raise full
    if (
        is_whole
        and standing
        and (mark := _mark(mailbox, standing[-1].uid)) > (waiting[-1].uid if waiting else state.last_uid)
    ):
        ledger.advance(mailbox.name, mailbox.uidvalidity, mark)
    left = max(mailbox.stands - len(listed), 0) if started else 0
    return Collected(seen, new, size, started, len(mailbox.missing), left)


class _Keeping:
    """Writes while the next batch is fetched: a batch's rows once its bytes are flushed, and one batch after the other."""

    def __init__(self, mailbox: Mailbox, ledger: Ledger, fault: Fault) -> None:
        self._ledger, self._fault = ledger, fault
        self._where = (mailbox.name, mailbox.folder, mailbox.uidvalidity)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self._ahead: Future[int] | None = None

    def __enter__(self) -> _Keeping:
        return self

    def __exit__(self, *failure: object) -> None:
        self._pool.shutdown(wait=True)

    def keep(self, writing: ExitStack, kept: Sequence[tuple[Listed, Kept]], mark: int) -> int:
        """How many mails of the batch before this one were new."""
        try:
            count = self.finish()
        except BaseException:
            writing.__exit__(*sys.exc_info())
            raise
        self._ahead = self._pool.submit(self._keep, writing, kept, mark)
        return count

    def finish(self) -> int:
        ahead, self._ahead = self._ahead, None
        return ahead.result() if ahead is not None else 0

    def _keep(self, writing: ExitStack, kept: Sequence[tuple[Listed, Kept]], mark: int) -> int:
        writing.close()
        for _ in kept:
            self._fault("collect.fetched")
        raws = [
            RawMessage(f.sha256, f.size, *self._where, mail.uid, mail.arrived_at, mail.size_bytes) for mail, f in kept
        ]
        count = self._ledger.keep_mails(raws, mark=mark)
        self._fault("collect.kept")
        return count


def _fetched(
    mailbox: Mailbox, raws: ManyRaws, batch: Sequence[Listed]
) -> tuple[ExitStack, list[tuple[Listed, Kept]], ServerError | None]:
    """What came; it is on disk once the stack is closed. When the connection breaks, what came before is kept all the same: else a bad line would never get through."""
    kept: list[tuple[Listed, Kept]] = []
    broken = None
    with ExitStack() as writing:
        keep = writing.enter_context(raws.batch())
        try:
            for mail, pieces in mailbox.fetch(batch):
                kept.append((mail, keep(pieces)))
        except ServerError as error:
            broken = error
        return writing.pop_all(), kept, broken


def _is_set_back(mailbox: Mailbox, state: MailboxState) -> bool:
    """Whether the server was restored from a backup: it will give numbers to new mails that it had given before."""
    return mailbox.uidnext <= state.last_uid and not mailbox.list_since(mailbox.uidnext - 1)


def _names_others(mailbox: Mailbox, ledger: Ledger) -> bool:
    """Whether numbers we know name other mails now: so it is after a backup was restored that then got more mail than it had lost.

    Looked at once per connection, and only where mail stands in the folder: new mails under numbers as high as ours would.
    """
    if not mailbox.is_opened_anew or not mailbox.stands:
        return False
    known = {mail.uid: mail for mail in ledger.newest(mailbox.name, mailbox.uidvalidity, LOOKED_AT)}
    return any(_is_other(mail, known[mail.uid]) for mail in mailbox.look_at(list(known)))


def _is_other(one: Listed, other: Listed) -> bool:
    """Size and time of arrival both differ: of the same mail some servers tell now one and now another size, or time."""
    sizes = {one.size_bytes, other.size_bytes}
    return len(sizes) == 2 and 0 not in sizes and one.arrived_at != other.arrived_at


def _mark(mailbox: Mailbox, uid: int) -> int:
    """How far everything is kept: never past a mail that the server did not give yet. What we hold above it is known by its number."""
    return min(uid, min(mailbox.missing, default=uid + 1) - 1)


def tidy(mailbox: Mailbox, ledger: Ledger, *, done_folder: str, tray_folder: str, fault: Fault = no_fault) -> int:
    """Move mails that were read out of the inbox: to the tray's folder if a person should look, else to the done folder.

    An empty folder name leaves them where they are. Returns how many were moved.
    """
    if not done_folder and not tray_folder:
        return 0
    handled = [
        (uid, outcome) for uid, _, outcome in ledger.unmoved(mailbox.name, mailbox.uidvalidity) if outcome is not None
    ]
    count = 0
    for folder, is_tray in ((done_folder, False), (tray_folder, True)):
        uids = [uid for uid, outcome in handled if (outcome is Outcome.QUARANTINED) is is_tray]
        if not uids or not folder:
            continue
        mailbox.move(uids, folder)
        fault("collect.moved")
        ledger.moved(mailbox.name, mailbox.uidvalidity, uids, folder)
        count += len(uids)
    return count


def batches(mails: Sequence[Listed], most_bytes: int = BATCH_BYTES) -> list[list[Listed]]:
    """At most 200 mails or *most_bytes* each; a larger mail stands alone."""
    found: list[list[Listed]] = []
    room = 0
    for mail in mails:
        if not found or len(found[-1]) >= BATCH_MAILS or mail.size_bytes > room:
            found.append([])
            room = most_bytes
        found[-1].append(mail)
        room -= mail.size_bytes
    return found


def _first_contact(mailbox: Mailbox, start: str, now: datetime, zone: TimeZone) -> MailboxState:
    if start == "all":
        return MailboxState(mailbox.name, mailbox.uidvalidity, 0, None)
    if start == "now":
        # Some servers name a next number that is long taken.
        last = max([mailbox.uidnext - 1, *(m.uid for m in mailbox.list_since(mailbox.uidnext - 1))])
        return MailboxState(mailbox.name, mailbox.uidvalidity, last, now)
    day = date.fromisoformat(start)
    begin = datetime.combine(day, time(), zone)
    return MailboxState(mailbox.name, mailbox.uidvalidity, 0, begin, relisted_below=mailbox.uidnext)


def _counts(mail: Listed, state: MailboxState) -> bool:
    if mail.uid >= state.relisted_below or state.start_at is None:
        return True
    # INTERNALDATE has whole seconds: a mail of the second in which we began is ours.
    return mail.arrived_at >= state.start_at.replace(microsecond=0)
