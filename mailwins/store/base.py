"""One transaction per method, and the turning of rows into values."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Any, get_type_hints

from sqlalchemy import ColumnElement, Engine, Executable, Row, or_, select
from sqlalchemy.orm import Session

from mailwins.errors import Conflict, StoreFull
from mailwins.model import (
    Account,
    Address,
    Change,
    Contact,
    CustomerUpdate,
    Edition,
    Kind,
    Member,
    OutboxState,
    Outcome,
    OutgoingMail,
    Review,
    Stance,
    Visibility,
    Win,
)
from mailwins.plain import from_plain, reader_of, to_plain
from mailwins.ports import KeptMail, OutgoingRow, UpdateSent
from mailwins.store import models as m
from mailwins.store.database import see_that_tables_are_ours, told_plainly
from mailwins.store.ready import Making, Ready
from mailwins.store.search import fold

ROOM_BYTES = 1_000_000


class Base:
    """*engine* is shared by the parts of the store; *permissions* turns a member's role into what it may do."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._hasty = engine.execution_options(is_lasting=False)
        self.dialect = engine.dialect.name
        self._making = Making(engine.dialect)
        self._glancing = engine.execution_options(reading="once")
        if self.dialect == "postgresql":
            # One statement sees one state by itself; BEGIN and ROLLBACK would be two more ways to the server and back.
            self._glancing = self._glancing.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def _write(self, *, is_lasting: bool = True, is_owed: bool = False) -> Iterator[Session]:
        """*is_lasting* False: a power cut may undo it, a crash of ours may not. For what would simply be done again;
        whatever is written later and does last takes it along.

        Raises Superseded where the tables are of another version by now, but for what *is_owed*: that a mail was sent
        must be noted if it can be, or it is sent again.
        """
        engine = self.engine if is_lasting else self._hasty
        with told_plainly(), Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            if not is_owed:
                see_that_tables_are_ours(session.connection())
            yield session

    def _look_for_room(self) -> None:
        """Raises StoreFull where what follows would hardly fit: then it could not be undone either. For a file of our own only."""
        database = self.engine.url.database
        if self.dialect != "sqlite" or not database or database == ":memory:":
            return
        with suppress(OSError):
            disk = os.statvfs(database)
            # Some network and user-space file systems count nothing at all.
            if disk.f_blocks and (left := disk.f_bavail * disk.f_frsize) < ROOM_BYTES:
                raise StoreFull(
                    f"The disk of the database has {left:,} bytes left.", "Make room; what waits is read then."
                )

    @contextmanager
    def _read(self) -> Iterator[Session]:
        with (
            told_plainly(),
            self.engine.connect().execution_options(reading=True) as connection,
            Session(connection, expire_on_commit=False, autoflush=False) as session,
        ):
            yield session

    def _look(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """What one statement finds. For what is asked of every mail, a session would take longer than the database."""
        with told_plainly(), self._glancing.connect() as connection:
            return connection.execute(statement, values).all()

    def _insert_new(self, session: Session, table: Any, rows: Sequence[dict[str, Any]]) -> int:
        """INSERT … ON CONFLICT DO NOTHING; how many were new."""
        if not rows:
            return 0
        key = next(iter(table.__table__.primary_key))
        # RETURNING counts truly; the drivers' row counts do not agree on skipped rows.
        return len(
            session.execute(
                _insert(self.dialect, table.__table__).on_conflict_do_nothing().returning(key), list(rows)
            ).all()
        )

    def _insert_missing(self, session: Session, table: Any, rows: Sequence[dict[str, Any]]) -> None:
        """INSERT … ON CONFLICT DO NOTHING, where nobody asks how many were new."""
        self._run(session, self._missing(table, rows))

    def _missing(self, table: Any, rows: Sequence[dict[str, Any]]) -> list[Ready]:
        """``_insert_missing`` made ready for a transaction to come."""
        return self._making.ready(_or_skipped(self.dialect, table), rows)

    def _run(self, session: Session, ready: Iterable[Ready]) -> int:
        """How many rows were touched."""
        connection = session.connection()
        return sum([one.run(connection) for one in ready])

    def _insert_outgoing(self, session: Session, mails: Iterable[OutgoingMail], at: datetime) -> int:
        """Into the outbox, those that are known stay as they are; how many were new. In portions: thousands need never be in memory together."""
        count, bodies = 0, dict[bytes, str]()
        remaining = iter(mails)
        while portion := list(islice(remaining, 500)):
            for rest in {mail.rest for mail in portion if mail.rest} - bodies.keys():
                bodies[rest] = hashlib.sha256(rest).hexdigest()
                self._insert_new(session, m.BodyRow, [{"sha256": bodies[rest], "content": rest}])
            count += self._insert_new(
                session, m.OutboxRow, [outgoing_columns(mail, at, bodies.get(mail.rest)) for mail in portion]
            )
        return count

    def _put(self, session: Session, table: Any, keys: tuple[str, ...], *rows: dict[str, Any]) -> None:
        """INSERT … ON CONFLICT DO UPDATE. *rows* name the same columns; others of a row that is there stay."""
        if rows:
            statement = _or_updated(self.dialect, table, keys, tuple(rows[0]))
            self._run(session, self._making.ready(statement, rows))

    def _locked(self, statement: Any) -> Any:
        """Rows that another worker holds are passed over. SQLite's writers queue anyway."""
        return statement.with_for_update(skip_locked=True) if self.dialect == "postgresql" else statement

    def _mark_sent(self, session: Session, sent: UpdateSent) -> None:
        """Also part of settling the mail that is its copy."""
        query = select(m.UpdateRow).where(m.UpdateRow.token == sent.token)
        row = session.scalars(query.with_for_update() if self.dialect == "postgresql" else query).one()
        if row.state == "sent" and sent.is_once:
            raise Conflict(f"update {row.id} was sent already")
        if row.state != "sent":
            row.state, row.sent_at, row.subject, row.sent_text, row.sent_message_id = (
                "sent",
                sent.at,
                text_of(sent.subject) or "",
                text_of(sent.text),
                text_of(sent.message_id),
            )
            if sent.to and sent.to[0].lower() != (row.recipient.get("address") or "").lower():
                row.recipient = {"address": sent.to[0]}
        session.flush()
        self._insert_new(
            session,
            m.ToldRow,
            [{"win_id": w, "account": row.account, "update_id": row.id, "told_at": sent.at} for w in sent.win_ids],
        )


@cache
def _or_skipped(dialect: str, table: Any) -> Any:
    return _insert(dialect, table.__table__).on_conflict_do_nothing()


@cache
def _or_updated(dialect: str, table: Any, keys: tuple[str, ...], names: tuple[str, ...]) -> Any:
    statement = _insert(dialect, table.__table__)
    given = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=given)


def _insert(dialect: str, table: Any) -> Any:
    """Each database's own INSERT, which knows ON CONFLICT. Only what is used is loaded: PostgreSQL's part is large."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def is_over(until: Any, now: datetime, lease_s: float) -> ColumnElement[bool]:
    """A lease has ended: its time is past, or so far ahead that only a clock which was set back since can have given it."""
    return or_(until.is_(None), until < now, until > now + timedelta(seconds=2 * lease_s))


def text_of(value: str | None) -> str | None:
    """PostgreSQL takes no NUL in text, and neither takes half a surrogate pair."""
    if value is None or (value.isascii() and "\0" not in value):
        return value
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def to_mail(row: Any, win_ids: Sequence[int] = (), *, is_claimed: bool = False) -> KeptMail:
    """*row*: a ``MailRow``, or the same columns without a session. *is_claimed*: this attempt stands not yet in it."""
    return KeptMail(
        id=row.id,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        arrived_at=row.arrived_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=row.reason,
        kind=row.kind,
        attempts=row.attempts + is_claimed,
        error=row.error,
        sender=row.sender,
        subject=row.subject,
        message_id=row.message_id,
        sent_at=row.sent_at,
        read_at=row.read_at,
        note=row.note,
        candidates=tuple(row.candidates or ()),
        win_ids=tuple(win_ids),
        duplicate_of=row.duplicate_of,
        is_silent=row.is_silent,
        proof=row.proof,
        is_resolved=row.is_resolved,
    )


_WIN_PLAIN = (
    "id",
    "token",
    "mail",
    "ordinal",
    "captured_at",
    "win_date",
    "summary",
    "account",
    "quote",
    "note",
    "internal_note",
    "csm",
    "submitted_by",
    "category",
    "value",
    "value_effective",
    "cause",
    "expected",
    "experienced",
    "customer_text",
    "is_public",
    "is_named",
    "review_why",
    "is_deleted",
    "language",
    "origin_key",
    "update_id",
)
_WIN_ENUMS: dict[str, Any] = {"stance": Stance, "visibility": Visibility, "review": Review, "kind": Kind}
_WIN_LISTS = ("praised", "credits", "factors", "features", "urls", "doubts", "thread_keys")


_plain_of = attrgetter(*_WIN_PLAIN)


def win_columns(win: Win) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: text_of(value) if isinstance(value, str) else value
        for name, value in zip(_WIN_PLAIN, _plain_of(win), strict=True)
    }
    for name in _WIN_ENUMS:
        row[name] = getattr(win, name).value
    for name in _WIN_LISTS:
        row[name] = list(getattr(win, name))
    row["contact"] = to_plain(win.contact)
    row["measures"] = to_plain(win.measures)
    row["attachments"] = to_plain(win.attachments)
    row["reasons"] = to_plain(win.reasons)
    row["in_tray"] = bool(win.doubts) and not win.is_deleted
    row["search_text"] = text_of(fold(searchable(win)))
    return row


def searchable(win: Win) -> str:
    """Everything a person might remember of a win."""
    contact = f"{win.contact.name or ''} {win.contact.address or ''}" if win.contact else ""
    parts = [
        win.summary,
        win.account,
        win.quote,
        win.note,
        win.internal_note,
        contact,
        win.cause,
        *win.features,
        *win.factors,
        *win.praised,
    ]
    return "\n".join(p for p in parts if p)[:100_000]


WIN_COLUMNS = tuple(
    m.Base.metadata.tables["wins"].c[name]
    for name in (*_WIN_PLAIN, *_WIN_ENUMS, *_WIN_LISTS, "contact", "measures", "attachments", "reasons")
)
"""All of a win but the text that is only searched."""


def to_win(row: Any) -> Win:
    """*row*: of ``WIN_COLUMNS``."""
    values = dict(row._mapping)
    for name, read in _readers():
        values[name] = read(values[name])
    return Win(**values)


@cache
def _readers() -> Sequence[tuple[str, Callable[[Any], Any]]]:
    hints = get_type_hints(Win)
    names = (*_WIN_ENUMS, *_WIN_LISTS, "contact", "measures", "attachments", "reasons")
    return [(name, reader_of(hints[name])) for name in names]


def feature_rows(win: Win) -> list[dict[str, Any]]:
    names = {text_of(f.casefold()[:200]) for f in win.features}
    return [{"win_id": win.id, "feature": name, "win_date": win.win_date} for name in sorted(filter(None, names))]


def to_change(row: m.ChangeRow) -> Change:
    return Change(row.win_id, row.at, row.by, row.how, row.field, row.old, row.new, row.why)


def change_columns(change: Change) -> dict[str, Any]:
    row = {name: getattr(change, name) for name in ("win_id", "at", "by", "how", "field", "old", "new", "why")}
    return {k: text_of(v) if isinstance(v, str) else v for k, v in row.items()}


def to_account(row: Any) -> Account:
    return Account(
        row.name,
        tuple(row.domains),
        tuple(row.aliases),
        row.csm,
        row.tier,
        row.renewal_on,
        tuple(row.goals),
        row.language,
    )


def to_member(row: Any, permissions: frozenset[str]) -> Member:
    return Member(row.name, tuple(row.addresses), row.role, row.team, permissions)


def to_contact(row: Any) -> Contact:
    return Contact(row.name, row.address, row.account, row.role, row.learned)


def contact_columns(contact: Contact) -> dict[str, Any]:
    """Of one with an address, learned from a mail."""
    return {
        "address": (contact.address or "").lower(),
        "name": text_of(contact.name),
        "account": contact.account,
        "role": text_of(contact.role),
        "learned": True,
    }


def outgoing_columns(mail: OutgoingMail, at: datetime, body: str | None) -> dict[str, Any]:
    return {
        "kind": mail.kind,
        "cause": mail.cause,
        "recipient": mail.recipient.lower(),
        "message_id": mail.message_id,
        "subject": text_of(mail.subject),
        "raw": mail.own,
        "body": body,
        "to_customer": mail.to_customer,
        "win_ids": list(mail.win_ids),
        "state": OutboxState.QUEUED.value,
        "attempts": 0,
        "uncertain_times": 0,
        "created_at": at,
    }


def to_outgoing(row: m.OutboxRow) -> OutgoingRow:
    mail = OutgoingMail(
        row.kind,
        row.cause,
        row.recipient,
        row.message_id,
        row.subject,
        row.raw,
        row.to_customer,
        tuple(row.win_ids),
        row.shared.content if row.shared else b"",
    )
    return OutgoingRow(
        row.id, mail, OutboxState(row.state), row.attempts, row.created_at, row.next_attempt_at, row.sent_at, row.reply
    )


def to_edition(row: m.EditionRow, win_ids: Sequence[int]) -> Edition:
    return Edition(
        row.audience, row.key, row.since, row.until, row.timezone, tuple(win_ids), row.lead, row.state, row.opening
    )


def to_update(row: Any) -> CustomerUpdate:
    return CustomerUpdate(
        row.id,
        row.token,
        row.account,
        row.since,
        row.until,
        row.drafted_at,
        row.drafted_for,
        from_plain(Address, row.recipient),
        row.subject,
        row.text,
        tuple(row.win_ids),
        row.state,
        row.sent_at,
        row.sent_text,
        row.plan,
        row.sent_message_id,
        row.is_recipient_named,
    )


def win_ids_of(session: Session, sha256: str) -> tuple[int, ...]:
    return tuple(
        session.scalars(select(m.MailWinRow.win_id).where(m.MailWinRow.sha256 == sha256).order_by(m.MailWinRow.win_id))
    )
