"""Keeping and reading mail: the ledger, claims, and everything that follows from one mail in one transaction."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import islice, takewhile
from typing import Any

from sqlalchemy import BigInteger, Text, bindparam, cast, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from mailwins.model import Contact, Kind, OutboxState, Outcome, RawMessage, Win
from mailwins.ports import Background, KeptMail, Listed, MailboxState, OutgoingRow, Question, Settled, Standing
from mailwins.store import models as m
from mailwins.store.base import (
    WIN_COLUMNS,
    Base,
    change_columns,
    contact_columns,
    feature_rows,
    is_over,
    outgoing_columns,
    text_of,
    to_mail,
    to_outgoing,
    to_win,
    win_columns,
    win_ids_of,
)
from mailwins.store.database import told_plainly
from mailwins.store.ready import Ready

LAST_WIN_ID = "last_win_id"
MAX_KEY = 500
MOST_KEYS = 12
MOST_TOGETHER = 500
# RFC 3463 section 3.2 and RFC 7505: the address itself is wrong. A full mailbox or a refused text may pass another day.
NO_SUCH_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})

# The name of a mailbox: user@host:port/folder.
_WHERE = re.compile(r"(?P<user>.*)@[^@/]*:\d+/(?P<folder>.*)")


# Statements of every mail's way, put together once.
_TABLES = m.Base.metadata.tables
_MAILS = _TABLES["mails"]
_DECIDED: dict[str, Any] = {
    name: bindparam(name)
    for name in (
        "outcome",
        "reason",
        "kind",
        "sender",
        "subject",
        "message_id",
        "sent_at",
        "read_at",
        "note",
        "candidates",
        "duplicate_of",
        "proof",
        "worker",
        "lease_until",
        "error",
    )
}
_DECIDE = update(_MAILS).where(_MAILS.c.sha256 == bindparam("of")).values(**_DECIDED)
_DECIDE_MINE = _DECIDE.where(_MAILS.c.worker == bindparam("by"), _MAILS.c.outcome.is_(None))
_CLAIM = (
    update(_MAILS)
    .where(_MAILS.c.id.in_(bindparam("ids", expanding=True)))
    .values(attempts=_MAILS.c.attempts + 1, worker=bindparam("by"), lease_until=bindparam("until"))
)
_RESERVE = (
    update(_TABLES["meta"])
    .where(_TABLES["meta"].c.key == LAST_WIN_ID)
    .values(value=cast(cast(_TABLES["meta"].c.value, BigInteger) + bindparam("more", type_=BigInteger), Text))
    .returning(_TABLES["meta"].c.value)
)
_NEW_WINS = insert(_TABLES["wins"])
_NEW_QUESTIONS = insert(_TABLES["questions"])
_ASKED_LATELY = (
    select(_TABLES["questions"])
    .where(m.QuestionRow.member == bindparam("member"), m.QuestionRow.asked_at >= bindparam("since"))
    .order_by(m.QuestionRow.id)
)
_PREFERENCE = select(m.PreferenceRow.value).where(
    m.PreferenceRow.address == bindparam("address"), m.PreferenceRow.key == bindparam("key")
)
_PROVEN = (
    select(m.WinRow.id)
    .join(m.MailRow, m.MailRow.sha256 == m.WinRow.mail)
    .where(
        m.WinRow.submitted_by == bindparam("by"),
        m.WinRow.captured_at >= bindparam("since"),
        m.MailRow.proof.startswith("dmarc pass"),
    )
    .limit(1)
)
_STANDING = select(
    select(m.PreferenceRow.value)
    .where(m.PreferenceRow.address == bindparam("address"), m.PreferenceRow.key == "receipts")
    .scalar_subquery(),
    select(func.count())
    .select_from(m.OutboxRow)
    .where(
        m.OutboxRow.kind == "receipt",
        m.OutboxRow.recipient == bindparam("address"),
        m.OutboxRow.created_at >= bindparam("answered_since"),
    )
    .scalar_subquery(),
    select(func.count())
    .select_from(m.WinRow)
    .where(
        m.WinRow.is_deleted.is_(False),
        m.WinRow.submitted_by == bindparam("by"),
        m.WinRow.captured_at >= bindparam("captured_since"),
    )
    .scalar_subquery(),
)


# The same for several mails at once.
_REFS_AMONG = select(m.RefRow.id, m.RefRow.kind, m.RefRow.key, m.RefRow.sha256).where(
    # One kind at a time: for a list of pairs SQLite reads the whole table.
    m.RefRow.kind == bindparam("kind"),
    m.RefRow.key.in_(bindparam("keys", expanding=True)),
)
_RECEIPTS_AMONG = select(m.PreferenceRow.address, m.PreferenceRow.value).where(
    m.PreferenceRow.address.in_(bindparam("addresses", expanding=True)), m.PreferenceRow.key == "receipts"
)
_ANSWERED_AMONG = (
    select(m.OutboxRow.recipient, func.count())
    .where(
        m.OutboxRow.kind == "receipt",
        m.OutboxRow.recipient.in_(bindparam("addresses", expanding=True)),
        m.OutboxRow.created_at >= bindparam("since"),
    )
    .group_by(m.OutboxRow.recipient)
)
_CAPTURED_AMONG = (
    select(m.WinRow.submitted_by, func.count())
    .where(
        m.WinRow.is_deleted.is_(False),
        m.WinRow.submitted_by.in_(bindparam("members", expanding=True)),
        m.WinRow.captured_at >= bindparam("since"),
    )
    .group_by(m.WinRow.submitted_by)
)
_ASKED_AMONG = select(m.QuestionRow.member, m.QuestionRow.asked).where(
    m.QuestionRow.member.in_(bindparam("addresses", expanding=True)), m.QuestionRow.asked_at >= bindparam("since")
)
_UPDATED = select(m.UpdateRow.account).distinct()


@cache
def _refs_of(count: int) -> Any:
    """Written out: a list that is put in at each call takes longer than the search."""
    r = m.RefRow
    pairs = [(r.kind == bindparam(f"kind{n}")) & (r.key == bindparam(f"key{n}")) for n in range(count)]
    return select(r.id, r.kind, r.key, r.sha256).where(or_(*pairs))


def _portions(keys: Collection[str]) -> Iterator[list[str]]:
    remaining = iter(sorted(keys))
    while portion := list(islice(remaining, MOST_TOGETHER)):
        yield portion


class _NotOurs(Exception):
    """Somebody else took a mail over."""


class LedgerPart(Base):
    def mailbox_state(self, mailbox: str) -> MailboxState | None:
        with self._read() as session:
            row = session.get(m.MailboxRow, mailbox)
            return (
                MailboxState(row.mailbox, row.uidvalidity, row.last_uid, row.start_at, row.relisted_below)
                if row
                else None
            )

    def former_state(self, mailbox: str) -> MailboxState | None:
        own = _WHERE.fullmatch(mailbox)
        if own is None:
            return None
        with self._read() as session:
            names = session.scalars(select(m.MailboxRow.mailbox).where(m.MailboxRow.mailbox != mailbox)).all()
        for name in names:
            other = _WHERE.fullmatch(name)
            if other and other["user"] == own["user"] and other["folder"] == own["folder"]:
                return self.mailbox_state(name)
        return None

    def set_mailbox_state(self, state: MailboxState) -> None:
        s = m.SightingRow
        with self._write() as session:
            session.execute(
                delete(s).where(s.mailbox == state.mailbox, s.uidvalidity == state.uidvalidity, s.uid > state.last_uid)
            )
            row = {
                "mailbox": state.mailbox,
                "uidvalidity": state.uidvalidity,
                "last_uid": state.last_uid,
                "start_at": state.start_at,
                "relisted_below": state.relisted_below,
            }
            self._put(session, m.MailboxRow, ("mailbox",), row)

    def known_uids(self, mailbox: str, uidvalidity: int, uids: Sequence[int]) -> frozenset[int]:
        if not uids:
            return frozenset()
        s = m.SightingRow
        with self._read() as session:
            found = session.scalars(
                select(s.uid).where(
                    s.mailbox == mailbox, s.uidvalidity == uidvalidity, s.uid.between(min(uids), max(uids))
                )
            )
            return frozenset(found) & frozenset(uids)

    def newest(self, mailbox: str, uidvalidity: int, at_most: int) -> Sequence[Listed]:
        s = m.SightingRow
        with self._read() as session:
            rows = session.execute(
                select(s.uid, s.said_bytes, s.arrived_at)
                .where(s.mailbox == mailbox, s.uidvalidity == uidvalidity)
                .order_by(s.uid.desc())
                .limit(at_most)
            )
            return [Listed(uid, said, arrived) for uid, said, arrived in rows]

    def keep_mails(
        self, raws: Sequence[RawMessage], *, silent: bool = False, at: datetime | None = None, mark: int | None = None
    ) -> int:
        if not raws:
            return 0
        mails = [
            {
                "sha256": r.sha256,
                "size_bytes": r.size_bytes,
                "arrived_at": r.arrived_at,
                "kept_at": at or r.arrived_at,
                "is_silent": silent,
                "attempts": 0,
                "candidates": [],
                "is_resolved": False,
                "is_purged": False,
            }
            for r in raws
        ]
        sightings = [
            {
                "mailbox": r.mailbox,
                "uidvalidity": r.uidvalidity,
                "uid": r.uid,
                "sha256": r.sha256,
                "seen_at": at or r.arrived_at,
                "said_bytes": r.said_bytes,
                "arrived_at": r.arrived_at,
            }
            for r in raws
        ]
        marks: dict[tuple[str, int], int] = {}
        for r in raws:
            marks[r.mailbox, r.uidvalidity] = max(r.uid, marks.get((r.mailbox, r.uidvalidity), 0))
        ready, seen = self._missing(m.MailRow, mails), self._missing(m.SightingRow, sightings)
        with self._write() as session:
            new = self._run(session, ready)
            self._run(session, seen)
            for (mailbox, uidvalidity), uid in marks.items():
                self._lift(session, mailbox, uidvalidity, uid if mark is None else mark)
            return new

    def advance(self, mailbox: str, uidvalidity: int, last_uid: int) -> None:
        with self._write() as session:
            self._lift(session, mailbox, uidvalidity, last_uid)

    def _lift(self, session: Any, mailbox: str, uidvalidity: int, uid: int) -> None:
        b = m.MailboxRow
        session.execute(
            update(b).where(b.mailbox == mailbox, b.uidvalidity == uidvalidity, b.last_uid < uid).values(last_uid=uid)
        )

    def unmoved(self, mailbox: str, uidvalidity: int) -> Sequence[tuple[int, str, Outcome | None]]:
        s = m.SightingRow
        with self._read() as session:
            rows = session.execute(
                select(s.uid, s.sha256, m.MailRow.outcome)
                .join(m.MailRow, m.MailRow.sha256 == s.sha256)
                .where(s.mailbox == mailbox, s.uidvalidity == uidvalidity, s.moved_to.is_(None))
                .order_by(s.uid)
            )
            return [(uid, sha256, Outcome(outcome) if outcome else None) for uid, sha256, outcome in rows]

    def moved(self, mailbox: str, uidvalidity: int, uids: Sequence[int], folder: str) -> None:
        s = m.SightingRow
        with self._write() as session:
            for start in range(0, len(uids), 500):
                session.execute(
                    update(s)
                    .where(s.mailbox == mailbox, s.uidvalidity == uidvalidity, s.uid.in_(uids[start : start + 500]))
                    .values(moved_to=folder)
                )


class ReadingPart(LedgerPart):
    def claim_mails(
        self, *, now: datetime, worker: str, lease_s: float, max_attempts: int, at_most: int
    ) -> Sequence[KeptMail]:
        c = _MAILS.c
        waiting = (
            select(_MAILS)
            .where(c.outcome.is_(None), is_over(c.lease_until, now, lease_s))
            .order_by(c.arrived_at, c.id)
            .limit(at_most)
        )
        until = now + timedelta(seconds=lease_s)
        with self._write(is_lasting=False) as session:
            connection = session.connection()
            while rows := connection.execute(self._locked(waiting)).all():
                self._look_for_room()
                claimed = list(takewhile(lambda row: not row.attempts, rows)) or rows[:1]
                first = claimed[0]
                if first.attempts < max_attempts:
                    connection.execute(_CLAIM, {"ids": [row.id for row in claimed], "by": worker, "until": until})
                    break
                # Its attempts are used up, counted before each was made, so that a mail that kills the process ends here too.
                failed = {
                    "outcome": Outcome.QUARANTINED.value,
                    "reason": "failed",
                    "read_at": now,
                    "error": first.error or f"the process ended while reading it, {first.attempts} times",
                    "worker": None,
                    "lease_until": None,
                }
                connection.execute(update(_MAILS).where(c.id == first.id).values(**failed))
            else:
                claimed = []
        return [to_mail(row, is_claimed=True) for row in claimed]

    def claim_mail(self, *, now: datetime, worker: str, lease_s: float, max_attempts: int) -> KeptMail | None:
        """The oldest waiting mail alone."""
        found = self.claim_mails(now=now, worker=worker, lease_s=lease_s, max_attempts=max_attempts, at_most=1)
        return found[0] if found else None

    def release_mail(
        self, sha256: str, error: str | None = None, *, worker: str | None = None, not_before: datetime | None = None
    ) -> None:
        with self._write(is_lasting=False) as session:
            self._release(session, sha256, error, worker, not_before)

    def release_mails(self, sha256s: Sequence[str], *, worker: str) -> None:
        with self._write(is_lasting=False) as session:
            for sha256 in dict.fromkeys(sha256s):
                self._release(session, sha256, None, worker, None)

    def _release(
        self, session: Session, sha256: str, error: str | None, worker: str | None, not_before: datetime | None
    ) -> None:
        values: dict[str, Any] = {"worker": None, "lease_until": not_before}
        waiting = update(m.MailRow).where(m.MailRow.sha256 == sha256, m.MailRow.outcome.is_(None))
        claimed = waiting if worker is None else waiting.where(m.MailRow.worker == worker)
        if error:
            session.execute(claimed.values(error=text_of(error), **values))
        else:
            session.execute(waiting.where(m.MailRow.attempts > 0).values(attempts=m.MailRow.attempts - 1))
            session.execute(claimed.values(**values))

    def claimants(self) -> frozenset[str]:
        """Workers that hold a mail of either direction, or a mailbox."""
        with self._read() as session:
            listening = session.scalars(select(m.LeaseRow.owner).distinct())
            reading = session.scalars(
                select(m.MailRow.worker).where(m.MailRow.worker.is_not(None), m.MailRow.outcome.is_(None)).distinct()
            )
            sending = session.scalars(select(m.OutboxRow.worker).where(m.OutboxRow.worker.is_not(None)).distinct())
            return frozenset(w for w in (*reading, *sending, *listening) if w)

    def expire_claims(self, workers: Sequence[str], *, now: datetime) -> None:
        """Claims of workers that are known to be dead end now instead of when their lease does."""
        past = now - timedelta(seconds=1)
        with self._write() as session:
            for table in (m.MailRow, m.OutboxRow):
                session.execute(update(table).where(table.worker.in_(list(workers))).values(lease_until=past))
            session.execute(delete(m.LeaseRow).where(m.LeaseRow.owner.in_(list(workers))))

    def settle(self, settled: Settled, *, worker: str | None = None) -> bool:
        decided, added = self._decided([settled], worker), self._added([settled])
        with self._write(is_lasting=False) as session:
            count = self._run(session, decided)
            if worker is not None and not count:
                return False
            assert count == 1, f"mail {settled.sha256} is not kept"
            self._add(session, [settled], added)
            self._save(session, settled.changed, settled.changes)
            self._insert_missing(
                session, m.MailWinRow, [{"sha256": settled.sha256, "win_id": w.id} for w in settled.changed]
            )
            if settled.update_sent:
                self._mark_sent(session, settled.update_sent)
            for mail_sha, member in settled.answered:
                session.execute(
                    update(m.QuestionRow)
                    .where(
                        m.QuestionRow.mail == mail_sha,
                        m.QuestionRow.member == member.lower(),
                        m.QuestionRow.answered_at.is_(None),
                    )
                    .values(answered_at=settled.at)
                )
            for win_id, by, words in settled.thanks:
                session.add(m.ThanksRow(win_id=win_id, by=by, words=text_of(words), at=settled.at))
            for address, key, value in settled.preferences:
                self._put(
                    session,
                    m.PreferenceRow,
                    ("address", "key"),
                    {"address": address.lower(), "key": key, "value": text_of(value)},
                )
            self._learn(session, settled.examples, settled.at)
            for message_id, status, words in settled.bounced:
                self._came_back(
                    session,
                    message_id,
                    f"came back: {status} {words}".strip(),
                    is_no_address=status in NO_SUCH_ADDRESS,
                    at=settled.at,
                )
            if settled.resolves:
                # The reason stays: it tells why the mail had waited, and may wait again.
                values: dict[str, Any] = {"is_resolved": settled.resolves_as is not Outcome.QUARANTINED}
                if settled.resolves_as:
                    values["outcome"] = settled.resolves_as.value
                session.execute(update(m.MailRow).where(m.MailRow.sha256 == settled.resolves).values(**values))
                self._insert_new(
                    session, m.MailWinRow, [{"sha256": settled.resolves, "win_id": w.id} for w in settled.wins]
                )
            session.flush()
            return True

    def settle_all(self, settled: Sequence[Settled], *, worker: str) -> bool:
        decided, added = self._decided(settled, worker), self._added(settled)
        with contextlib.suppress(_NotOurs), self._write(is_lasting=False) as session:
            if self._run(session, decided) != len(settled):
                raise _NotOurs
            self._add(session, settled, added)
            return True
        return False

    def _decided(self, settled: Sequence[Settled], worker: str | None) -> Sequence[Ready]:
        """The outcomes; run, it tells how many of these mails were kept (and, given a *worker*, still its own)."""
        rows = [
            {
                "of": s.sha256,
                "by": worker,
                "outcome": s.outcome.value,
                "reason": s.reason,
                "kind": s.kind,
                "sender": text_of(s.sender),
                "subject": text_of(s.subject),
                "message_id": text_of(s.message_id),
                "sent_at": s.sent_at,
                "read_at": s.at,
                "note": text_of(s.note),
                "candidates": list(s.candidates),
                "duplicate_of": s.duplicate_of,
                "proof": text_of(s.proof),
                "worker": None,
                "lease_until": None,
                "error": text_of(s.error),
            }
            for s in settled
        ]
        if worker is None:
            rows = [{k: v for k, v in row.items() if k != "by"} for row in rows]
        return self._making.ready(_DECIDE if worker is None else _DECIDE_MINE, rows)

    def _added(self, settled: Sequence[Settled]) -> Sequence[Ready]:
        """What is new by them, but what leans on rows that only the transaction knows."""
        return [
            *self._new_wins([w for s in settled for w in s.wins]),
            *self._missing(m.MailWinRow, [{"sha256": s.sha256, "win_id": w.id} for s in settled for w in s.wins]),
            *self._missing(
                m.RefRow,
                [
                    {"kind": k, "key": text_of(key[:MAX_KEY]), "sha256": s.sha256}
                    for s in settled
                    for k, key in dict.fromkeys(s.refs)
                ],
            ),
            *self._missing(m.ContactRow, [contact_columns(c) for s in settled for c in s.contacts if c.address]),
            *self._missing(
                m.OutboxRow,
                [outgoing_columns(mail, s.at, None) for s in settled for mail in s.outgoing if not mail.rest],
            ),
            *self._making.ready(_NEW_QUESTIONS, [_question_columns(q, s.at) for s in settled for q in s.questions]),
        ]

    def _add(self, session: Session, settled: Sequence[Settled], added: Sequence[Ready]) -> None:
        self._run(session, added)
        self._move(session, [c for s in settled if s.kind == Kind.CORRECTION.value for c in s.contacts])
        for s in settled:
            self._insert_outgoing(session, [mail for mail in s.outgoing if mail.rest], s.at)

    def _new_wins(self, wins: Sequence[Win]) -> Sequence[Ready]:
        return [
            *self._making.ready(_NEW_WINS, [win_columns(win) for win in wins]),
            *self._missing(m.WinFeatureRow, [row for win in wins for row in feature_rows(win)]),
        ]

    def _move(self, session: Any, contacts: Sequence[Contact]) -> None:
        """A person said whose contact this is: what mail had taught before gives way, what was imported does not."""
        for c in contacts:
            if c.address and c.account:
                session.execute(
                    update(m.ContactRow)
                    .where(m.ContactRow.address == c.address.lower(), m.ContactRow.learned)
                    .values(account=c.account)
                )

    def _came_back(self, session: Any, message_id: str, reply: str, *, is_no_address: bool, at: datetime) -> None:
        row = session.scalars(select(m.OutboxRow).where(m.OutboxRow.message_id == message_id)).first()
        if row is None:
            return
        row.state, row.reply, row.next_attempt_at = OutboxState.FAILED.value, text_of(reply[:2000]), None
        if is_no_address and not row.to_customer:
            self._put(
                session,
                m.SuppressedRow,
                ("address",),
                {"address": row.recipient, "reason": text_of(reply[:500]), "at": at},
            )

    def _save(self, session: Any, wins: Sequence[Win], changes: Sequence[Any]) -> None:
        for win in wins:
            session.execute(
                update(m.WinRow)
                .where(m.WinRow.id == win.id)
                .values(**{k: v for k, v in win_columns(win).items() if k != "id"})
            )
            session.execute(delete(m.WinFeatureRow).where(m.WinFeatureRow.win_id == win.id))
            self._insert_missing(session, m.WinFeatureRow, feature_rows(win))
        for change in changes:
            session.add(m.ChangeRow(**change_columns(change)))
            if change.field == "category":
                # Corrected again, or taken back: what the earlier correction taught no longer holds.
                session.execute(delete(m.ExampleRow).where(m.ExampleRow.win_id == change.win_id))
        session.flush()

    def _learn(self, session: Any, examples: Sequence[tuple[str, str, int | None, str]], at: datetime) -> None:
        for words, category, win_id, by in examples:
            session.add(m.ExampleRow(text=text_of(words), category=category, win_id=win_id, by=by, at=at))

    def reserve_win_ids(self, count: int) -> Sequence[int]:
        with self._write(is_lasting=False) as session:
            connection = session.connection()
            last = connection.scalar(_RESERVE, {"more": count})
            if last is None:
                self._insert_new(session, m.MetaRow, [{"key": LAST_WIN_ID, "value": "0"}])
                last = connection.scalar(_RESERVE, {"more": count})
            assert last is not None
            return range(int(last) - count + 1, int(last) + 1)

    def find_refs(self, keys: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str, str]]:
        if not keys:
            return []
        found: list[tuple[int, str, str, str]] = []
        wanted = list(dict.fromkeys((kind, key[:MAX_KEY]) for kind, key in keys))
        for start in range(0, len(wanted), MOST_KEYS):
            some = wanted[start : start + MOST_KEYS]
            values = {f"kind{n}": kind for n, (kind, _) in enumerate(some)}
            values |= {f"key{n}": key for n, (_, key) in enumerate(some)}
            found += [tuple(row) for row in self._look(_refs_of(len(some)), values)]
        return [(kind, key, sha256) for _, kind, key, sha256 in sorted(found)]

    def mail(self, sha256: str) -> KeptMail | None:
        """By its whole SHA-256 or the beginning of it (at least 6 letters)."""
        r = m.MailRow
        with self._read() as session:
            condition = r.sha256 == sha256 if len(sha256) == 64 else r.sha256.startswith(sha256, autoescape=True)
            rows = session.scalars(select(r).where(condition).limit(2)).all() if len(sha256) >= 6 else []
            return to_mail(rows[0], win_ids_of(session, rows[0].sha256)) if len(rows) == 1 else None

    def wins_of_mail(self, sha256: str) -> Sequence[Win]:
        with self._read() as session:
            rows = session.execute(
                select(*WIN_COLUMNS)
                .join(m.MailWinRow, m.MailWinRow.win_id == m.WinRow.id)
                .where(m.MailWinRow.sha256 == sha256)
                .order_by(m.WinRow.id)
            )
            return [to_win(r) for r in rows]

    def win(self, win_id: int) -> Win | None:
        with self._read() as session:
            row = session.execute(select(*WIN_COLUMNS).where(m.WinRow.id == win_id)).first()
            return to_win(row) if row else None

    def win_of_token(self, token: str) -> Win | None:
        with self._read() as session:
            row = session.execute(select(*WIN_COLUMNS).where(m.WinRow.token == token)).first()
            return to_win(row) if row else None

    def outgoing_by_message_id(self, message_id: str) -> OutgoingRow | None:
        with self._read() as session:
            row = session.scalars(select(m.OutboxRow).where(m.OutboxRow.message_id == message_id)).first()
            return to_outgoing(row) if row else None

    def open_question(self, mail: str, member: str) -> Question | None:
        q = m.QuestionRow
        with self._read() as session:
            row = session.scalars(
                select(q)
                .where(q.mail == mail, q.member == member.lower(), q.answered_at.is_(None))
                .order_by(q.id.desc())
            ).first()
            return _question(row) if row else None

    def questions_to(self, member: str, since: datetime) -> Sequence[Question]:
        return [_question(row) for row in self._look(_ASKED_LATELY, {"member": member.lower(), "since": since})]

    def was_proven(self, member: str, since: datetime) -> bool:
        return bool(self._look(_PROVEN, {"by": member, "since": since}))

    def standing(self, member: str, *, answered_since: datetime, captured_since: datetime) -> Standing:
        address = member.lower()
        values = {"address": address, "by": member, "answered_since": answered_since, "captured_since": captured_since}
        row: Any = self._look(_STANDING, values)[0]
        return Standing(row[0], row[1], row[2])

    def background(
        self,
        keys: Iterable[tuple[str, str]],
        members: Collection[str],
        *,
        answered_since: datetime,
        captured_since: datetime,
        asked_since: datetime,
    ) -> Background:
        by_pair = {(kind, key): (kind, key[:MAX_KEY]) for kind, key in keys}
        by_kind: dict[str, set[str]] = {}
        for kind, key in by_pair.values():
            by_kind.setdefault(kind, set()).add(key)
        addresses = [member.lower() for member in members]
        with told_plainly(), self.engine.connect().execution_options(reading=True) as connection:

            def found(query: Any, **values: Any) -> Any:
                return connection.execute(query, values)

            refs = [
                row
                for kind, wanted in by_kind.items()
                for portion in _portions(wanted)
                for row in found(_REFS_AMONG, kind=kind, keys=portion)
            ]
            wishes = dict(found(_RECEIPTS_AMONG, addresses=addresses).all())
            answered = dict(found(_ANSWERED_AMONG, addresses=addresses, since=answered_since).all())
            captured = dict(found(_CAPTURED_AMONG, members=list(members), since=captured_since).all())
            asked = found(_ASKED_AMONG, addresses=addresses, since=asked_since).all()
            updated = frozenset(found(_UPDATED).scalars())
        known: dict[tuple[str, str], list[tuple[int, str, str, str]]] = {}
        for row in refs:
            known.setdefault((row.kind, row.key), []).append((row.id, row.kind, row.key, row.sha256))
        return Background(
            {pair: known[cut] for pair, cut in by_pair.items() if cut in known},
            {
                member: Standing(wishes.get(address), answered.get(address, 0), captured.get(member, 0))
                for member, address in zip(members, addresses, strict=True)
            },
            {
                member: frozenset(what for who, what in asked if who == address)
                for member, address in zip(members, addresses, strict=True)
            },
            updated,
        )

    def preference(self, address: str, key: str) -> str | None:
        rows = self._look(_PREFERENCE, {"address": address.lower(), "key": key})
        return rows[0][0] if rows else None

    def preferences(self, prefix: str) -> Mapping[tuple[str, str], str]:
        """(address, key) → value for keys that begin with *prefix*."""
        p = m.PreferenceRow
        with self._read() as session:
            return {
                (r.address, r.key): r.value
                for r in session.scalars(select(p).where(p.key.startswith(prefix, autoescape=True)))
            }

    def set_preference(self, address: str, key: str, value: str) -> None:
        with self._write() as session:
            self._put(
                session, m.PreferenceRow, ("address", "key"), {"address": address.lower(), "key": key, "value": value}
            )

    def resolve_mail(self, sha256: str, *, reason: str | None = None) -> None:
        """Take a mail out of the tray without making a win of it."""
        values: dict[str, Any] = {"is_resolved": True} | ({"reason": reason} if reason else {})
        with self._write() as session:
            session.execute(update(m.MailRow).where(m.MailRow.sha256 == sha256).values(**values))


def _question_columns(question: Question, at: datetime) -> dict[str, Any]:
    return {
        "win_id": question.win_id,
        "mail": question.mail,
        "member": question.member.lower(),
        "asked": question.asked,
        "text": text_of(question.text),
        "options": list(question.options),
        "asked_at": at,
    }


def _question(row: Any) -> Question:
    question = Question(row.win_id, row.mail, row.member, row.asked, row.text, tuple(row.options))
    return replace(question, asked_at=row.asked_at, answered_at=row.answered_at)
