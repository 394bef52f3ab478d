"""What the verbs need from the hands: small protocols, declared for the caller's need.

Implementations live in ``mailbox``, ``store``, ``sender`` and ``sandbox``; ``app`` joins them.
A store method is one transaction. All datetimes are aware and UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from mailwins.model import (
    Account,
    Change,
    Contact,
    CustomerUpdate,
    Decoded,
    Delivery,
    Directory,
    Edition,
    Glance,
    Member,
    OutboxState,
    Outcome,
    OutgoingMail,
    RawMessage,
    Tally,
    Win,
)

# ---------------------------------------------------------------- mailbox


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail that stands in the folder: not fetched yet."""

    uid: int
    size_bytes: int
    arrived_at: datetime


class Mailbox(Protocol):
    """One folder of one mailbox, selected and ready. Raises ServerError; LoginRefused for a bad login."""

    name: str
    """user@host:port/folder: the ledger's key, stable over restarts."""
    folder: str
    uidvalidity: int
    uidnext: int
    """As the server told it, and never below a mail that was listed since."""
    stands: int
    """How many mails stood in the folder when it was opened."""
    is_opened_anew: bool
    """Until somebody who looked says otherwise: the numbers that were known before may name other mails now."""
    missing: list[int]
    """UIDs that stand in the folder but whose fetch brought nothing so far; the caller empties it."""

    def list_since(self, uid: int) -> Sequence[Listed]:
        """Mails with a UID above *uid*, ascending."""

    def look_at(self, uids: Sequence[int]) -> Sequence[Listed]:
        """Those of *uids* that stand in the folder."""

    def list_arrived_since(self, day: date) -> Sequence[Listed]:
        """Mails whose arrival day (server's) is *day* or later: for ``start = DATE``."""

    def fetch(self, listed: Sequence[Listed]) -> Iterable[tuple[Listed, Iterable[bytes]]]:
        """Their bytes in pieces, without setting \\Seen. A mail that vanished meanwhile is left out."""

    def move(self, uids: Sequence[int], folder: str) -> None:
        """MOVE, else COPY + UID EXPUNGE; makes the folder when missing. A UID that vanished is no error."""

    def wait(self, timeout_s: float) -> bool:
        """IDLE (or sleep) until something may have arrived; False when nothing was heard. Always look again afterwards."""

    def wake(self) -> None:
        """End the running ``wait``, or the next one, from another thread or a signal handler."""

    def close(self) -> None: ...


# ---------------------------------------------------------------- store: keeping and reading


@dataclass(frozen=True, slots=True)
class MailboxState:
    """How far a folder was read. *last_uid*: highest UID known under *uidvalidity*.

    *start_at* is where reading began at first contact (None: everything). Mails with a UID below
    *relisted_below* stood in the folder when it was listed from its beginning (``start = DATE``, or
    made anew since): of these only the arrival time tells what came before *start_at*.
    """

    mailbox: str
    uidvalidity: int
    last_uid: int
    start_at: datetime | None = None
    relisted_below: int = 0


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A kept raw mail and what became of it. *outcome* None: still waiting to be read (or being read)."""

    id: int
    sha256: str
    size_bytes: int
    arrived_at: datetime
    outcome: Outcome | None = None
    reason: str | None = None
    kind: str | None = None
    attempts: int = 0
    error: str | None = None
    sender: str | None = None
    subject: str | None = None
    message_id: str | None = None
    sent_at: datetime | None = None
    read_at: datetime | None = None
    note: str | None = None
    candidates: tuple[str, ...] = ()
    win_ids: tuple[int, ...] = ()
    duplicate_of: str | None = None
    is_silent: bool = False
    proof: str | None = None
    """How its sender was proven, for people; begins with “unproven” when he was not and was believed all the same."""
    is_resolved: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question asked in a receipt. (*member*, *asked*) decides that it is not asked twice in a week.

    *asked* is the field's name (account, category, expected, cause, measure, summary, contact, date).
    """

    win_id: int | None
    mail: str
    member: str
    asked: str
    text: str
    options: tuple[str, ...] = ()
    asked_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UpdateSent:
    """A customer update as it really went out: *text* and *subject* after its CSM's edits, *win_ids* those whose words are in it.

    *is_once*: we send it ourselves, so one that went out already raises Conflict.
    """

    token: str
    at: datetime
    subject: str
    text: str
    win_ids: tuple[int, ...]
    to: tuple[str, ...]
    message_id: str | None = None
    is_once: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """Everything that follows from reading one mail, written in one transaction.

    *wins* are new; *changed* are existing wins with their new values (history in *changes*).
    *refs* are Message-IDs and fingerprints by which a later mail finds this one: (kind, key),
    kind one of message_id, words, note, thread. *outgoing* are receipts and announcements.
    *origin_key* of a new win that exists already raises Conflict and writes nothing.
    """

    sha256: str
    outcome: Outcome
    reason: str | None
    at: datetime
    kind: str | None = None
    sender: str | None = None
    subject: str | None = None
    message_id: str | None = None
    sent_at: datetime | None = None
    note: str | None = None
    candidates: tuple[str, ...] = ()
    duplicate_of: str | None = None
    wins: tuple[Win, ...] = ()
    changed: tuple[Win, ...] = ()
    changes: tuple[Change, ...] = ()
    refs: tuple[tuple[str, str], ...] = ()
    contacts: tuple[Contact, ...] = ()
    outgoing: tuple[OutgoingMail, ...] = ()
    questions: tuple[Question, ...] = ()
    thanks: tuple[tuple[int, str, str], ...] = ()
    """(win id, from whom, words) of a thank-you."""
    preferences: tuple[tuple[str, str, str], ...] = ()
    """(address, key, value): receipts = all | questions | none, leave:AUDIENCE = yes, snooze:ACCOUNT = date and reason."""
    answered: tuple[tuple[str, str], ...] = ()
    """(sha256 of the mail asked about, member) whose open question is answered now."""
    examples: tuple[tuple[str, str, int | None, str], ...] = ()
    """(text, category, win id, by): a corrected kind, kept as an example until the kind of that win changes again."""
    bounced: tuple[tuple[str, str, str], ...] = ()
    """(our Message-ID, status such as 5.1.1, what the server said): a mail we sent came back."""
    resolves: str | None = None
    """SHA-256 of a quarantined mail that this one settles."""
    resolves_as: Outcome | None = None
    """QUARANTINED: it waits again."""
    update_sent: UpdateSent | None = None
    """The mail is the copy of a customer update that a colleague sent."""
    error: str | None = None
    proof: str | None = None
    """How the sender was proven, for people."""

    @property
    def only_adds(self) -> bool:
        """Nothing that stood before is changed by it, so that it may be written together with others."""
        return not (
            self.changed
            or self.changes
            or self.thanks
            or self.preferences
            or self.answered
            or self.examples
            or self.bounced
            or self.resolves
            or self.update_sent
        )


class Raws(Protocol):
    """Raw mails and attachments as files named by their SHA-256; unfinished ones end in ``.tmp``."""

    def keep(self, pieces: Iterable[bytes]) -> tuple[str, int]:
        """(sha256, size) once the bytes are on disk: written, fsync, renamed, folder fsync. Raises StoreFull."""

    def keep_all(self, contents: Iterable[bytes]) -> None:
        """The same for several files, of which each is in memory."""

    def read(self, sha256: str) -> bytes: ...
    def path(self, sha256: str) -> str: ...
    def has(self, sha256: str) -> bool: ...
    def remove(self, sha256: str) -> None: ...


class Kept(Protocol):
    """A file of a batch. *sha256* is its name once the batch has ended."""

    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...


class ManyRaws(Raws, Protocol):
    """What collect needs: one wait for the disk serves many mails."""

    def batch(self) -> AbstractContextManager[Callable[[Iterable[bytes]], Kept]]:
        """A function like ``keep`` for many; they are on disk, and have their names, only once the block has ended.

        Pieces in a tuple are in memory already: writing them waits for the end of the block.
        """


class Ledger(Protocol):
    """What collect needs."""

    def mailbox_state(self, mailbox: str) -> MailboxState | None: ...
    def former_state(self, mailbox: str) -> MailboxState | None:
        """Of the same user and folder at another host or port, as before a move to another server."""

    def set_mailbox_state(self, state: MailboxState) -> None:
        """Numbers above its last_uid are not known any more: they may mean other mails."""

    def known_uids(self, mailbox: str, uidvalidity: int, uids: Sequence[int]) -> frozenset[int]: ...

    def newest(self, mailbox: str, uidvalidity: int, at_most: int) -> Sequence[Listed]:
        """The mails with the highest numbers, as the server described them."""

    def keep_mails(
        self, raws: Sequence[RawMessage], *, silent: bool = False, at: datetime | None = None, mark: int | None = None
    ) -> int:
        """Rows and sightings for mails whose bytes are on disk; how many were new. Known ones only get a sighting.

        Also lifts the mailbox's last_uid to *mark* (None: the highest of *raws*). *silent*: imported, so nobody is answered.
        """

    def advance(self, mailbox: str, uidvalidity: int, last_uid: int) -> None:
        """Everything up to *last_uid* is kept, or does not count: never look at it again. Never goes back."""

    def unmoved(self, mailbox: str, uidvalidity: int) -> Sequence[tuple[int, str, Outcome | None]]:
        """(uid, sha256, outcome) of mails that are kept but not yet moved away on the server."""

    def moved(self, mailbox: str, uidvalidity: int, uids: Sequence[int], folder: str) -> None: ...


class ReadingStore(Protocol):
    """What read needs."""

    def claim_mails(
        self, *, now: datetime, worker: str, lease_s: float, max_attempts: int, at_most: int
    ) -> Sequence[KeptMail]:
        """The oldest waiting mails, their attempts counted before they are made; empty when nothing waits.

        Several only of mails that nobody has tried: one that may have killed a process comes alone, so that
        it costs no other mail an attempt. A mail whose attempts are used up is not returned: it is
        quarantined as ``failed`` right here. Raises StoreFull, before anything is counted, where the disk has hardly room left.
        """

    def release_mail(
        self, sha256: str, error: str | None = None, *, worker: str | None = None, not_before: datetime | None = None
    ) -> None:
        """Give a claimed mail back. Without *error* the attempt does not count (a clean stop), though another may hold it by now.
        *worker*: only if it is still its own.
        """

    def release_mails(self, sha256s: Sequence[str], *, worker: str) -> None:
        """The same for many that were not begun."""

    def claimants(self) -> frozenset[str]: ...
    def expire_claims(self, workers: Sequence[str], *, now: datetime) -> None: ...
    def settle(self, settled: Settled, *, worker: str | None = None) -> bool:
        """Everything or nothing. False when the mail is no longer claimed by *worker*: somebody else took it over meanwhile."""

    def settle_all(self, settled: Sequence[Settled], *, worker: str) -> bool:
        """Many that only add, in one transaction: all of them, or none where one is no longer claimed by *worker*."""

    def reserve_win_ids(self, count: int) -> Sequence[int]:
        """Numbers for new wins; a crash leaves a gap, never a number twice."""

    def directory(self) -> Directory: ...
    def find_refs(self, keys: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str, str]]:
        """(kind, key, sha256 of the mail) for those *keys* that earlier mails left, oldest first."""

    def mail(self, sha256: str) -> KeptMail | None: ...
    def wins_of_mail(self, sha256: str) -> Sequence[Win]: ...
    def win(self, win_id: int) -> Win | None: ...
    def win_of_token(self, token: str) -> Win | None: ...
    def outgoing_by_message_id(self, message_id: str) -> OutgoingRow | None: ...
    def open_question(self, mail: str, member: str) -> Question | None: ...
    def questions_to(self, member: str, since: datetime) -> Sequence[Question]: ...
    def was_proven(self, member: str, since: datetime) -> bool:
        """Whether our server confirmed the sender of a mail that became a win of this member since then."""

    def standing(self, member: str, *, answered_since: datetime, captured_since: datetime) -> Standing:
        """What is asked of the writer of every mail, in one look."""

    def background(
        self,
        keys: Iterable[tuple[str, str]],
        members: Collection[str],
        *,
        answered_since: datetime,
        captured_since: datetime,
        asked_since: datetime,
    ) -> Background:
        """``find_refs``, ``standing`` and ``questions_to`` for several mails in one look. *members*: their addresses as the directory has them."""

    def preference(self, address: str, key: str) -> str | None: ...
    def preferences(self, prefix: str) -> Mapping[tuple[str, str], str]: ...
    def set_preference(self, address: str, key: str, value: str) -> None: ...
    def resolve_mail(self, sha256: str, *, reason: str | None = None) -> None: ...


# ---------------------------------------------------------------- store: wins


@dataclass(frozen=True, slots=True)
class WinFilter:
    """All given conditions must hold. *text* is full-text search; *offset*/*limit* page through the newest first."""

    account: str | None = None
    csm: str | None = None
    category: str | None = None
    since: date | None = None
    until: date | None = None
    captured_since: datetime | None = None
    captured_until: datetime | None = None
    min_value: int | None = None
    feature: str | None = None
    visibility: str | None = None
    stance: str | None = None
    in_tray: bool | None = None
    submitted_by: str | None = None
    text: str | None = None
    include_deleted: bool = False
    limit: int | None = None
    offset: int = 0


class WinStore(Protocol):
    def wins(self, where: WinFilter = ...) -> Sequence[Win]: ...
    def glances(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        untold_to: str | None = None,
        changed_since: datetime | None = None,
    ) -> Sequence[Glance]:
        """Wins captured in [*since*, *until*), oldest first, without their texts; deleted ones are left out.

        *untold_to*: only those that no edition of this audience told. *changed_since*: only those somebody changed then or later.
        """

    def wins_of_note(self, since: datetime, until: datetime) -> Sequence[Win]:
        """Milestones, olympics and public praise captured in [*since*, *until*), oldest first. Asked at every tick, so the database picks them."""

    def tallies(self, edges: Sequence[datetime]) -> Sequence[Tally]:
        """The wins captured between each two neighbours of *edges* (ascending), counted by the database."""

    def senders(self, since: datetime, until: datetime) -> Sequence[tuple[tuple[str, ...], int]]:
        """(who captured a win and who sent the same, how many such wins) in [*since*, *until*)."""

    def wins_by_id(self, ids: Sequence[int]) -> Sequence[Win]:
        """In the order of *ids*; unknown ones are left out."""

    def last_wins(self, until: datetime) -> Mapping[str, date]:
        """Known account → the newest day of a win that was captured before *until*."""

    def newest_wins(self, accounts: Sequence[str], until: datetime) -> Mapping[str, Win]:
        """The same for some accounts, with the win itself."""

    def changes_by(self, addresses: Sequence[str], since: datetime) -> Sequence[Change]:
        """What a person changed at or after *since*, oldest first."""

    def count_wins(self, where: WinFilter = ...) -> int: ...
    def save_wins(
        self,
        wins: Sequence[Win],
        changes: Sequence[Change],
        outgoing: Sequence[OutgoingMail] = (),
        *,
        examples: Sequence[tuple[str, str, int | None, str]] = (),
        at: datetime | None = None,
    ) -> None: ...
    def add_wins(self, wins: Sequence[Win]) -> None: ...
    def meet(self, contacts: Sequence[Contact]) -> None:
        """Contacts learned from a correction; those whose address is known stay as they are."""

    def examples(self) -> Sequence[tuple[int, str, str]]: ...
    def remove_example(self, number: int) -> bool: ...
    def history(self, win_id: int) -> Sequence[Change]: ...
    def thanks(self, win_id: int) -> Sequence[tuple[str, str]]: ...
    def mails(
        self,
        *,
        outcome: Outcome | None = None,
        reason: str | None = None,
        waiting: bool = False,
        unresolved: bool = False,
        limit: int | None = None,
    ) -> Sequence[KeptMail]: ...


class DirectoryStore(Protocol):
    def directory(self) -> Directory: ...
    def put_accounts(self, accounts: Sequence[Account], *, remove_others: bool = False) -> None: ...
    def put_members(self, members: Sequence[Member], *, remove_others: bool = False) -> None: ...
    def remove_members(self, addresses: Sequence[str]) -> None: ...
    def put_contacts(self, contacts: Sequence[Contact]) -> None: ...


# ---------------------------------------------------------------- store: editions, outbox, updates


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """A row of the outbox as a person or the sender sees it."""

    id: int
    mail: OutgoingMail
    state: OutboxState
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None = None
    sent_at: datetime | None = None
    reply: str | None = None


class EditionStore(Protocol):
    def last_edition(self, audience: str) -> Edition | None: ...
    def editions(self, audience: str | None = None, limit: int | None = None) -> Sequence[Edition]: ...
    def edition(self, audience: str, key: str) -> Edition | None: ...
    def published_win_ids(self, audience: str | None = None) -> frozenset[int]: ...
    def publish(self, edition: Edition, outgoing: Iterable[OutgoingMail], at: datetime) -> bool:
        """Edition, its wins and its outbox rows in one transaction; False when the edition exists already."""


class Outbox(Protocol):
    def queue(self, mails: Sequence[OutgoingMail], at: datetime, *, hold: bool = False) -> int:
        """How many were new; a (kind, cause, recipient) that is known stays as it is."""

    def claim_outgoing(self, *, now: datetime, worker: str, lease_s: float) -> OutgoingRow | None:
        """The next due mail, committed as ``sending`` before it is returned."""

    def finish_outgoing(
        self,
        row_id: int,
        delivery: Delivery,
        *,
        at: datetime,
        next_attempt_at: datetime | None,
        worker: str | None = None,
    ) -> None:
        """What is sent is sent, whoever noted it; any other result counts only while the row is still *worker*'s."""

    def recover_outgoing(
        self, *, now: datetime, lease_s: float, worker: str | None = None, spare: Collection[str] = ()
    ) -> int:
        """Rows whose lease ran out while ``sending`` (or ends later than a lease of *lease_s* can) become uncertain; an internal one is queued once more, same Message-ID.

        *worker*'s own are found at once (it has nothing in hand now), those of *spare* (known to live) never.
        """

    def requeue_outgoing(self, row_id: int) -> bool: ...
    def suppressed(self) -> Mapping[str, str]: ...
    def unsuppress(self, address: str) -> bool: ...
    def outgoing(
        self,
        *,
        state: OutboxState | None = None,
        kind: str | None = None,
        cause: str | None = None,
        limit: int | None = None,
    ) -> Sequence[OutgoingRow]: ...


class UpdateStore(Protocol):
    def new_update(self, draft: CustomerUpdate, outgoing: Sequence[OutgoingMail] = ()) -> CustomerUpdate:
        """Stored with its number; *draft.id* is ignored."""

    def updates(self, account: str | None = None) -> Sequence[CustomerUpdate]: ...
    def update_of_token(self, token: str) -> CustomerUpdate | None: ...
    def told(self, account: str) -> Mapping[int, date]:
        """Win number → day it was told to this account (the told-ledger)."""

    def told_in_updates(self, account: str) -> Mapping[int, Sequence[int]]:
        """Update number → the wins it was the first to tell."""

    def mark_sent(self, sent: UpdateSent) -> None:
        """Its wins enter the told-ledger, each with the day it was first told. A second sending leaves the first one's text."""

    def not_sent(self, token: str, letter: OutgoingMail, at: datetime) -> int:
        """An update that did not arrive: its wins are untold again, and *letter* says so. How many letters were new."""


class Meta(Protocol):
    """Heartbeats, leases and switches."""

    def beat(self, job: str, *, at: datetime, error: str | None = None) -> None: ...
    def beats(self) -> Mapping[str, tuple[datetime, str | None, datetime | None]]:
        """Job → (last run, its error, last run without one)."""

    def get(self, key: str) -> str | None: ...
    def put(self, key: str, value: str) -> None: ...
    def put_once(self, key: str, value: str) -> str: ...
    def try_to_write(self) -> None:
        """Leaves nothing behind. Raises StoreError where nothing can be written: a full disk, a standby, somebody's lock."""

    def oldest(self) -> Mapping[str, datetime | None]: ...
    def proofs(self, since: datetime) -> Mapping[str, int]:
        """How senders of mail read since then were proven, each with its number of mails."""

    def take_lease(self, name: str, *, owner: str, now: datetime, lease_s: float) -> bool: ...
    def drop_lease(self, name: str, *, owner: str) -> None: ...
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """``{"mails": {"waiting": n, "win": n, …}, "outbox": {"queued": n, …}, "wins": {"total": n, "tray": n}}``"""


@dataclass(frozen=True, slots=True)
class Standing:
    """*receipts*: her own wish, if she has one; how many receipts she got and how many wins she captured lately."""

    receipts: str | None
    answered: int
    captured: int


@dataclass(frozen=True, slots=True)
class Background:
    """What the store knew at one moment that may matter to several mails. A member who is not in it was not asked for."""

    refs: Mapping[tuple[str, str], Sequence[tuple[int, str, str, str]]]
    """By the key that was asked for: what ``find_refs`` gives, each with a number that tells which is older."""
    standing: Mapping[str, Standing]
    asked: Mapping[str, frozenset[str]]
    """By the member's address: what she was asked lately."""
    updated: frozenset[str]
    """Accounts that a customer update was ever drafted for."""


class Store(Ledger, ReadingStore, WinStore, DirectoryStore, EditionStore, Outbox, UpdateStore, Meta, Protocol):
    """Everything on one database."""

    def close(self) -> None: ...


# ---------------------------------------------------------------- sending and the child


class Sender(Protocol):
    """One SMTP connection at a time; one transaction per recipient."""

    def send(self, mail: OutgoingMail, *, envelope_from: str) -> Delivery:
        """SENT, DEFERRED (4xx, no connection), FAILED (5xx) or UNCERTAIN (the answer to the final dot was lost)."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """The child did not manage: *reason* is over_limit or failed. *may_pass*: it was killed from outside, so the mail may be innocent."""

    reason: str
    error: str
    may_pass: bool = False


class Reading(Protocol):
    """Foreign bytes in, a value out, under CPU, memory and wall limits."""

    def read(self, raw: bytes) -> Decoded | ReadFailure: ...
    def read_all(self, raws: Sequence[bytes]) -> list[Decoded | ReadFailure]:
        """As ``read``, for some small mails in one turn."""

    def close(self) -> None: ...
