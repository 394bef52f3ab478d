"""Taking content out for good: what retention drops by itself, and what a person asked to be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from mailwins.store import models as m
from mailwins.store.outgoing import MetaPart
from mailwins.store.search import scrub

_PORTION = 500
_T = TypeVar("_T")
# Children before their win: an old SQLite file may have been made without cascades.
_OF_A_WIN = (
    m.QuestionRow.win_id,
    m.ExampleRow.win_id,
    m.ThanksRow.win_id,
    m.ChangeRow.win_id,
    m.WinFeatureRow.win_id,
    m.MailWinRow.win_id,
    m.EditionWinRow.win_id,
    m.ToldRow.win_id,
    m.WinRow.id,
)


@dataclass(frozen=True, slots=True)
class Doomed:
    """What a wish to forget reaches: mails by SHA-256, wins, outgoing mails and customer updates by number, contact addresses."""

    mails: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    wins: tuple[int, ...] = ()
    outgoing: tuple[int, ...] = ()
    updates: tuple[int, ...] = ()
    contacts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.mails or self.wins or self.outgoing or self.updates or self.contacts)


class PurgePart(MetaPart):
    def stale_mails(self, outcome: str, before: datetime, limit: int = _PORTION) -> Sequence[str]:
        """SHA-256 of mails with this outcome that were read before *before* and still have their content."""
        r = m.MailRow
        with self._read() as session:
            return session.scalars(
                select(r.sha256)
                .where(r.outcome == outcome, r.read_at < before, r.is_purged.is_(False))
                .order_by(r.id)
                .limit(limit)
            ).all()

    def purge_mails(self, mails: Sequence[str]) -> None:
        """Their words leave the database; the rows stay, so that they are not fetched again. The files are the caller's."""
        with self._write() as session:
            _blank_mails(session, mails)

    def purged_mails(self) -> Sequence[str]:
        with self._read() as session:
            return session.scalars(select(m.MailRow.sha256).where(m.MailRow.is_purged.is_(True))).all()

    def kept_mails(self) -> Sequence[str]:
        """SHA-256 of every mail that still has its content, oldest first."""
        with self._read() as session:
            return session.scalars(
                select(m.MailRow.sha256).where(m.MailRow.is_purged.is_(False)).order_by(m.MailRow.id)
            ).all()

    def doomed(self, *, address: str | None = None, account: str | None = None, mail: str | None = None) -> Doomed:
        """All that is known of a person's address, of an account, or of one mail (SHA-256 or its beginning): exactly one of them is given.

        A person: wins she is the contact of, mails she sent herself, the letters that told of them.
        """
        w = m.WinRow
        with self._read() as session:
            contacts: Sequence[str] = ()
            mails: set[str] = set()
            wanted: ColumnElement[bool]
            if address is not None:
                key = address.lower()
                wanted = func.lower(w.contact["address"].as_string()) == key
                contacts = session.scalars(select(m.ContactRow.address).where(m.ContactRow.address == key)).all()
                mails |= set(
                    session.scalars(
                        select(m.MailRow.sha256).where(
                            func.lower(m.MailRow.sender) == key, m.MailRow.is_purged.is_(False)
                        )
                    )
                )
            elif account is not None:
                wanted = w.account == account
                contacts = session.scalars(select(m.ContactRow.address).where(m.ContactRow.account == account)).all()
            else:
                mails |= set(
                    session.scalars(
                        select(m.MailRow.sha256).where(m.MailRow.sha256.startswith(mail or "?", autoescape=True))
                    )
                )
                wanted = w.mail.in_(mails)
            rows = session.scalars(select(w).where(or_(wanted, w.mail.in_(mails)))).all()
            wins = {row.id for row in rows}
            mails |= {row.mail for row in rows}
            if wins:
                mails |= set(session.scalars(select(m.MailWinRow.sha256).where(m.MailWinRow.win_id.in_(wins))))
                # A mail that several customers speak in carries other wins too: they share its fate.
                wins |= set(session.scalars(select(w.id).where(w.mail.in_(mails))))
            known = set(session.scalars(select(m.MailRow.sha256).where(m.MailRow.sha256.in_(mails))))
            files = known | {
                a["sha256"]
                for row in session.scalars(select(w).where(w.id.in_(wins)))
                for a in row.attachments
                if a.get("sha256")
            }
            # Another win may show the same picture.
            kept = {
                a["sha256"]
                for row in session.execute(select(w.attachments).where(w.id.not_in(wins)))
                for a in row[0]
                if a.get("sha256")
            }
            outgoing = [
                i for i, ids in session.execute(select(m.OutboxRow.id, m.OutboxRow.win_ids)) if wins.intersection(ids)
            ]
            updates = [
                i
                for i, ids, name in session.execute(select(m.UpdateRow.id, m.UpdateRow.win_ids, m.UpdateRow.account))
                if wins.intersection(ids) or (account is not None and name == account)
            ]
            return Doomed(
                tuple(sorted(known)),
                tuple(sorted(files - kept)),
                tuple(sorted(wins)),
                tuple(outgoing),
                tuple(updates),
                tuple(sorted(contacts)),
            )

    def forget(self, doomed: Doomed) -> None:
        """In one transaction. What was sent stays as a row without content, so that nothing is sent again; the files are the caller's."""
        with self._write() as session:
            _blank_mails(session, doomed.mails)
            for mails in _portions(doomed.mails):
                session.execute(delete(m.RefRow).where(m.RefRow.sha256.in_(mails)))
                session.execute(delete(m.QuestionRow).where(m.QuestionRow.mail.in_(mails)))
            for wins in _portions(doomed.wins):
                session.execute(update(m.EditionRow).where(m.EditionRow.lead.in_(wins)).values(lead=None))
                for column in _OF_A_WIN:
                    session.execute(delete(column.class_).where(column.in_(wins)))
            o = m.OutboxRow
            for rows in _portions(doomed.outgoing):
                session.execute(
                    update(o)
                    .where(o.id.in_(rows), o.state.in_(("queued", "deferred")))
                    .values(state="failed", reply="forgotten before it was sent")
                )
                bodies = set(session.scalars(select(o.body).where(o.id.in_(rows), o.body.is_not(None))))
                session.execute(update(o).where(o.id.in_(rows)).values(raw=b"", body=None, subject="(forgotten)"))
                # The mails of an edition name the same wins, so that nobody shares these bodies any more.
                session.execute(
                    delete(m.BodyRow).where(m.BodyRow.sha256.in_(bodies), ~exists().where(o.body == m.BodyRow.sha256))
                )
            session.execute(
                update(m.UpdateRow)
                .where(m.UpdateRow.id.in_(doomed.updates))
                .values(subject="(forgotten)", text="", sent_text=None, recipient={"name": None, "address": None})
            )
            session.execute(delete(m.ContactRow).where(m.ContactRow.address.in_(doomed.contacts)))
            scrub(session.connection())
        if self.dialect == "sqlite":
            # What was overwritten still stands in the log beside the database until it is folded in.
            with self.engine.connect() as connection:
                raw = connection.connection.driver_connection
                connection.rollback()
                assert raw is not None
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _blank_mails(session: Session, mails: Sequence[str]) -> None:
    r = m.MailRow
    for some in _portions(mails):
        session.execute(
            update(r)
            .where(r.sha256.in_(some))
            .values(is_purged=True, sender=None, subject=None, note=None, error=None, proof=None, candidates=[])
        )


def _portions(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Databases limit how many values one statement may carry."""
    for start in range(0, len(items), _PORTION):
        yield items[start : start + _PORTION]
