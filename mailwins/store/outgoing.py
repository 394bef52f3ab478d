"""Editions, the outbox, customer updates: what goes out, each thing once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update

from mailwins.errors import Conflict
from mailwins.model import CustomerUpdate, Delivery, Edition, OutboxState, OutgoingMail
from mailwins.plain import to_plain
from mailwins.ports import OutgoingRow, UpdateSent
from mailwins.store import models as m
from mailwins.store.base import is_over, text_of, to_edition, to_outgoing, to_update
from mailwins.store.copying import HELD
from mailwins.store.reading import NO_SUCH_ADDRESS
from mailwins.store.wins import DirectoryPart

LONGEST_WAIT = timedelta(hours=7)
"""No mail is put off for longer: a later time was noted before the clock was set back."""

_STATUS = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])")


def _is_no_address(delivery: Delivery) -> bool:
    """Whether the server refused the address for good; one that gives no status (RFC 3463) means it by these codes."""
    if delivery.state is not OutboxState.FAILED or delivery.code not in (550, 551, 553) or delivery.is_of_content:
        return False
    status = _STATUS.search(delivery.reply)
    return status is None or status[0] in NO_SUCH_ADDRESS


_UPDATES = select(m.UpdateRow).order_by(m.UpdateRow.id.desc())
_UPDATES_OF = (
    select(m.UpdateRow.__table__).where(m.UpdateRow.account == bindparam("of")).order_by(m.UpdateRow.id.desc())
)


class EditionPart(DirectoryPart):
    def last_edition(self, audience: str) -> Edition | None:
        return next(iter(self.editions(audience, 1)), None)

    def editions(self, audience: str | None = None, limit: int | None = None) -> Sequence[Edition]:
        """Newest first."""
        e = m.EditionRow
        query = select(e).order_by(e.until.desc(), e.id.desc())
        if audience is not None:
            query = query.where(e.audience == audience)
        with self._read() as session:
            return [
                to_edition(row, self._edition_wins(session, row.id))
                for row in session.scalars(query.limit(limit) if limit else query).all()
            ]

    def edition(self, audience: str, key: str) -> Edition | None:
        e = m.EditionRow
        with self._read() as session:
            row = session.scalars(select(e).where(e.audience == audience, e.key == key)).first()
            return to_edition(row, self._edition_wins(session, row.id)) if row else None

    def _edition_wins(self, session: Any, edition_id: int) -> list[int]:
        return list(
            session.scalars(
                select(m.EditionWinRow.win_id)
                .where(m.EditionWinRow.edition_id == edition_id)
                .order_by(m.EditionWinRow.position)
            )
        )

    def published_win_ids(self, audience: str | None = None) -> frozenset[int]:
        query = select(m.EditionWinRow.win_id)
        with self._read() as session:
            return frozenset(
                session.scalars(query if audience is None else query.where(m.EditionWinRow.audience == audience))
            )

    def publish(self, edition: Edition, outgoing: Iterable[OutgoingMail], at: datetime) -> bool:
        try:
            with self._write() as session:
                row = m.EditionRow(
                    audience=edition.audience,
                    key=edition.key,
                    since=edition.since,
                    until=edition.until,
                    timezone=edition.timezone,
                    lead=edition.lead,
                    state=edition.state,
                    opening=text_of(edition.opening),
                    published_at=at,
                )
                session.add(row)
                session.flush()
                rows = [
                    {"audience": edition.audience, "win_id": w, "edition_id": row.id, "position": i}
                    for i, w in enumerate(edition.win_ids)
                ]
                self._insert_new(session, m.EditionWinRow, rows)
                self._insert_outgoing(session, outgoing, at)
                return True
        except Conflict:
            return False


class OutboxPart(EditionPart):
    def queue(self, mails: Sequence[OutgoingMail], at: datetime, *, hold: bool = False) -> int:
        with self._write() as session:
            return self._insert_outgoing(session, mails, at)

    def claim_outgoing(self, *, now: datetime, worker: str, lease_s: float) -> OutgoingRow | None:
        o = m.OutboxRow
        suppressed = select(m.SuppressedRow.address)
        with self._write() as session:
            if session.get(m.MetaRow, HELD) is not None:
                # Restored from a backup: a person decides first what may still go out.
                return None
            row = session.scalars(
                self._locked(
                    select(o)
                    .where(
                        or_(
                            o.state == OutboxState.QUEUED.value,
                            and_(
                                o.state == OutboxState.DEFERRED.value,
                                or_(
                                    o.next_attempt_at.is_(None),
                                    o.next_attempt_at <= now,
                                    o.next_attempt_at > now + LONGEST_WAIT,
                                ),
                            ),
                        ),
                        o.recipient.not_in(suppressed),
                    )
                    .order_by(o.id)
                    .limit(1)
                )
            ).first()
            if row is None:
                return None
            row.state = OutboxState.SENDING.value
            row.attempts += 1
            row.worker = worker
            row.lease_until = now + timedelta(seconds=lease_s)
            session.flush()
            return to_outgoing(row)

    def finish_outgoing(
        self,
        row_id: int,
        delivery: Delivery,
        *,
        at: datetime,
        next_attempt_at: datetime | None,
        worker: str | None = None,
    ) -> None:
        with self._write(is_owed=True) as session:
            row = session.get(m.OutboxRow, row_id, with_for_update=self.dialect == "postgresql")
            assert row is not None
            is_mine = worker is None or (row.worker == worker and row.state == OutboxState.SENDING.value)
            if not is_mine and (row.state == OutboxState.SENT.value or delivery.state is not OutboxState.SENT):
                return
            row.worker = row.lease_until = None
            row.reply = text_of(delivery.reply[:2000])
            row.next_attempt_at = next_attempt_at
            if delivery.state is OutboxState.QUEUED:
                # Nothing was said to the server about this mail: the attempt does not count.
                row.attempts -= 1
            if delivery.state is OutboxState.UNCERTAIN:
                self._uncertain(row)
            else:
                row.state = delivery.state.value
            if delivery.state is OutboxState.SENT:
                row.sent_at = at
            if _is_no_address(delivery) and not row.to_customer:
                self._put(
                    session,
                    m.SuppressedRow,
                    ("address",),
                    {"address": row.recipient, "reason": text_of(delivery.reply[:500]), "at": at},
                )

    def _uncertain(self, row: m.OutboxRow) -> None:
        """Promise 3 of docs/design.md: an internal mail is tried once more with the same Message-ID; mail to a customer waits for a person."""
        row.uncertain_times += 1
        again = not row.to_customer and row.uncertain_times == 1
        row.state = (OutboxState.QUEUED if again else OutboxState.UNCERTAIN).value

    def recover_outgoing(
        self, *, now: datetime, lease_s: float, worker: str | None = None, spare: Collection[str] = ()
    ) -> int:
        o = m.OutboxRow
        ran_out = and_(is_over(o.lease_until, now, lease_s), or_(o.worker.is_(None), o.worker.not_in(list(spare))))
        with self._write() as session:
            rows = session.scalars(
                self._locked(select(o).where(o.state == OutboxState.SENDING.value, or_(ran_out, o.worker == worker)))
            ).all()
            for row in rows:
                row.worker = row.lease_until = None
                row.reply = "the process ended while it was being sent"
                self._uncertain(row)
            return len(rows)

    def outgoing(
        self,
        *,
        state: OutboxState | None = None,
        kind: str | None = None,
        cause: str | None = None,
        limit: int | None = None,
    ) -> Sequence[OutgoingRow]:
        o = m.OutboxRow
        query = select(o).order_by(o.id)
        for column, value in ((o.state, state.value if state else None), (o.kind, kind), (o.cause, cause)):
            if value is not None:
                query = query.where(column == value)
        with self._read() as session:
            return [to_outgoing(r) for r in session.scalars(query.limit(limit) if limit else query)]

    def requeue_outgoing(self, row_id: int) -> bool:
        """A person decided to send an uncertain or failed mail once more. False when there is none to send: unknown, sent, or forgotten."""
        o = m.OutboxRow
        with self._write() as session:
            states = [s.value for s in (OutboxState.UNCERTAIN, OutboxState.FAILED, OutboxState.DEFERRED)]
            done: Any = session.execute(
                update(o)
                .where(o.id == row_id, o.state.in_(states), func.length(o.raw) > 0)
                .values(state=OutboxState.QUEUED.value, attempts=0, next_attempt_at=None)
            )
            return bool(done.rowcount)

    def drop_outgoing(self, why: str) -> int:
        """Everything that still waits is given up; how many mails."""
        o = m.OutboxRow
        states = [s.value for s in (OutboxState.QUEUED, OutboxState.DEFERRED, OutboxState.SENDING)]
        with self._write() as session:
            done: Any = session.execute(
                update(o)
                .where(o.state.in_(states))
                .values(state=OutboxState.FAILED.value, reply=why, worker=None, lease_until=None)
            )
            return int(done.rowcount)

    def suppressed(self) -> Mapping[str, str]:
        with self._read() as session:
            return {r.address: r.reason for r in session.scalars(select(m.SuppressedRow))}

    def unsuppress(self, address: str) -> bool:
        with self._write() as session:
            done: Any = session.execute(delete(m.SuppressedRow).where(m.SuppressedRow.address == address.lower()))
            return bool(done.rowcount)


class UpdatePart(OutboxPart):
    def new_update(self, draft: CustomerUpdate, outgoing: Sequence[OutgoingMail] = ()) -> CustomerUpdate:
        with self._write() as session:
            row = m.UpdateRow(
                token=draft.token,
                account=draft.account,
                since=draft.since,
                until=draft.until,
                drafted_at=draft.drafted_at,
                drafted_for=draft.drafted_for,
                recipient=to_plain(draft.recipient),
                subject=text_of(draft.subject),
                text=text_of(draft.text),
                win_ids=list(draft.win_ids),
                state=draft.state,
                sent_at=draft.sent_at,
                sent_text=text_of(draft.sent_text),
                plan={key: text_of(value) for key, value in draft.plan.items()},
                is_recipient_named=draft.is_recipient_named,
            )
            session.add(row)
            session.flush()
            self._insert_outgoing(session, outgoing, draft.drafted_at)
            return to_update(row)

    def updates(self, account: str | None = None) -> Sequence[CustomerUpdate]:
        """Newest first."""
        if account is not None:
            return [to_update(row) for row in self._look(_UPDATES_OF, {"of": account})]
        with self._read() as session:
            return [to_update(r) for r in session.scalars(_UPDATES)]

    def update_of_token(self, token: str) -> CustomerUpdate | None:
        with self._read() as session:
            row = session.scalars(select(m.UpdateRow).where(m.UpdateRow.token == token)).first()
            return to_update(row) if row else None

    def told(self, account: str) -> Mapping[int, date]:
        with self._read() as session:
            return {
                r.win_id: r.told_at.date()
                for r in session.scalars(select(m.ToldRow).where(m.ToldRow.account == account))
            }

    def told_in_updates(self, account: str) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        with self._read() as session:
            for row in session.scalars(
                select(m.ToldRow).where(m.ToldRow.account == account).order_by(m.ToldRow.win_id)
            ):
                found.setdefault(row.update_id, []).append(row.win_id)
        return found

    def mark_sent(self, sent: UpdateSent) -> None:
        with self._write() as session:
            self._mark_sent(session, sent)

    def not_sent(self, token: str, letter: OutgoingMail, at: datetime) -> int:
        """An update that did not arrive: its wins are untold again, and *letter* says so. How many letters were new."""
        with self._write() as session:
            row = session.scalars(select(m.UpdateRow).where(m.UpdateRow.token == token)).first()
            if row is None:
                return 0
            row.state = "returned"
            session.execute(delete(m.ToldRow).where(m.ToldRow.update_id == row.id))
            return self._insert_outgoing(session, [letter], at)


class MetaPart(UpdatePart):
    def beat(self, job: str, *, at: datetime, error: str | None = None) -> None:
        with self._write(is_lasting=False) as session:
            row: dict[str, Any] = {"job": job, "at": at, "error": text_of(error)}
            if error is None:
                row["ok_at"] = at
            self._put(session, m.BeatRow, ("job",), row)

    def beats(self) -> Mapping[str, tuple[datetime, str | None, datetime | None]]:
        with self._read() as session:
            return {r.job: (r.at, r.error, r.ok_at) for r in session.scalars(select(m.BeatRow))}

    def get(self, key: str) -> str | None:
        with self._read() as session:
            row = session.get(m.MetaRow, key)
            return row.value if row else None

    def put(self, key: str, value: str) -> None:
        with self._write() as session:
            self._put(session, m.MetaRow, ("key",), {"key": key, "value": value})

    def clear(self, key: str) -> None:
        with self._write() as session:
            session.execute(delete(m.MetaRow).where(m.MetaRow.key == key))

    def try_to_write(self) -> None:
        self._look_for_room()
        row = {"key": "tried", "value": ""}
        with self._write(is_lasting=False) as session:
            self._put(session, m.MetaRow, ("key",), row)
            session.execute(delete(m.MetaRow).where(m.MetaRow.key == row["key"]))

    def is_purged(self, sha256: str) -> bool:
        """Its bytes were removed on purpose; the row stays, so that it is not fetched again."""
        with self._read() as session:
            return bool(session.scalar(select(m.MailRow.is_purged).where(m.MailRow.sha256 == sha256)))

    def put_once(self, key: str, value: str) -> str:
        """The value under *key*: *value*, or what somebody put there before."""
        with self._write() as session:
            self._insert_new(session, m.MetaRow, [{"key": key, "value": value}])
            return session.scalars(select(m.MetaRow.value).where(m.MetaRow.key == key)).one()

    def take_lease(self, name: str, *, owner: str, now: datetime, lease_s: float) -> bool:
        with self._write(is_lasting=False) as session:
            row = session.scalars(
                select(m.LeaseRow).where(m.LeaseRow.name == name).with_for_update()
                if self.dialect == "postgresql"
                else select(m.LeaseRow).where(m.LeaseRow.name == name)
            ).first()
            until = now + timedelta(seconds=lease_s)
            if row is None:
                return self._insert_new(session, m.LeaseRow, [{"name": name, "owner": owner, "until": until}]) == 1
            if row.owner != owner and now < row.until <= now + timedelta(seconds=2 * lease_s):
                return False
            row.owner, row.until = owner, until
            return True

    def drop_lease(self, name: str, *, owner: str) -> None:
        with self._write() as session:
            session.execute(delete(m.LeaseRow).where(m.LeaseRow.name == name, m.LeaseRow.owner == owner))

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        with self._read() as session:
            mails = {"waiting": 0, "win": 0, "ignored": 0, "quarantined": 0, "rejected": 0}
            for outcome, count in session.execute(select(m.MailRow.outcome, func.count()).group_by(m.MailRow.outcome)):
                mails[outcome or "waiting"] = count
            outbox = {s.value: 0 for s in OutboxState}
            for state, count in session.execute(select(m.OutboxRow.state, func.count()).group_by(m.OutboxRow.state)):
                outbox[state] = count
            total = session.scalar(select(func.count()).where(m.WinRow.is_deleted.is_(False))) or 0
            doubtful = (
                session.scalar(select(func.count()).where(m.WinRow.in_tray.is_(True), m.WinRow.is_deleted.is_(False)))
                or 0
            )
            held = (
                session.scalar(
                    select(func.count()).where(m.MailRow.outcome == "quarantined", m.MailRow.is_resolved.is_(False))
                )
                or 0
            )
            return {
                "mails": mails,
                "outbox": outbox,
                "wins": {"total": total, "doubtful": doubtful},
                "tray": {"mails": held, "wins": doubtful},
            }

    def proofs(self, since: datetime) -> Mapping[str, int]:
        r = m.MailRow
        with self._read() as session:
            rows = session.execute(
                select(r.proof, func.count()).where(r.proof.is_not(None), r.read_at >= since).group_by(r.proof)
            )
            return {str(proof): count for proof, count in rows}

    def oldest(self) -> Mapping[str, datetime | None]:
        """Arrival of the oldest unread mail, queueing of the oldest undelivered one. Mail to an address that refused us waits for a person, not for the server."""
        waiting = [s.value for s in (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.DEFERRED)]
        with self._read() as session:
            unread = session.scalars(
                select(m.MailRow.arrived_at).where(m.MailRow.outcome.is_(None)).order_by(m.MailRow.arrived_at).limit(1)
            ).first()
            undelivered = session.scalars(
                select(m.OutboxRow.created_at)
                .where(m.OutboxRow.state.in_(waiting), m.OutboxRow.recipient.not_in(select(m.SuppressedRow.address)))
                .order_by(m.OutboxRow.created_at)
                .limit(1)
            ).first()
            return {"unread": unread, "undelivered": undelivered}
