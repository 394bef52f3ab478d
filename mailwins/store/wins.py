"""Wins, the people and companies around them, and what people did with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Text,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    select,
    text,
)

from mailwins.model import (
    Account,
    Change,
    Contact,
    Directory,
    Glance,
    Member,
    Outcome,
    OutgoingMail,
    Review,
    Stance,
    Tally,
    Visibility,
    Win,
)
from mailwins.ports import KeptMail
from mailwins.store import models as m
from mailwins.store.base import (
    WIN_COLUMNS,
    contact_columns,
    text_of,
    to_account,
    to_change,
    to_contact,
    to_mail,
    to_member,
    to_win,
)
from mailwins.store.finding import FindingPart

_OF_NOTE = (
    select(*WIN_COLUMNS)
    .where(
        m.WinRow.is_deleted.is_(False),
        m.WinRow.captured_at >= bindparam("since"),
        m.WinRow.captured_at < bindparam("until"),
        m.WinRow.category.in_(("milestone", "olympics")) | m.WinRow.is_public,
    )
    .order_by(m.WinRow.captured_at, m.WinRow.id)
)


class WinPart(FindingPart):
    def glances(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        untold_to: str | None = None,
        changed_since: datetime | None = None,
    ) -> Sequence[Glance]:
        w = m.WinRow
        plain = (
            w.id,
            w.captured_at,
            w.win_date,
            w.account,
            w.csm,
            w.submitted_by,
            w.category,
            w.value_effective,
            w.stance,
            w.visibility,
            w.is_deleted,
            w.in_tray,
        )
        # Lists are short or empty: read as text, decoded only where there is something in them.
        lists = tuple(
            cast(column, Text) for column in (w.credits, w.features, w.praised, w.measures, w.attachments, w.factors)
        )
        length = func.length(func.coalesce(w.quote, w.note, ""))
        query = (
            select(*plain, *lists, w.quote.is_not(None), w.cause.is_not(None), w.review, length)
            .where(w.is_deleted.is_(False))
            .order_by(w.captured_at, w.id)
        )
        if since is not None:
            query = query.where(w.captured_at >= since)
        if until is not None:
            query = query.where(w.captured_at < until)
        if untold_to is not None:
            query = query.where(~exists().where(m.EditionWinRow.audience == untold_to, m.EditionWinRow.win_id == w.id))
        if changed_since is not None:
            query = query.where(exists().where(m.ChangeRow.win_id == w.id, m.ChangeRow.at >= changed_since))
        with self._read() as session:
            # Straight from the connection: ten thousand rows need no session around them.
            return [_glance(row) for row in session.connection().execute(query.execution_options(yield_per=2000))]

    def wins_of_note(self, since: datetime, until: datetime) -> Sequence[Win]:
        with self._read() as session:
            return [to_win(row) for row in session.execute(_OF_NOTE, {"since": since, "until": until})]

    def tallies(self, edges: Sequence[datetime]) -> Sequence[Tally]:
        w, a = m.WinRow, m.AccountRow
        between = case(*((w.captured_at < edge, n) for n, edge in enumerate(edges[1:])))
        alike = (
            between,
            w.category,
            w.value_effective,
            w.stance,
            w.visibility,
            w.in_tray,
            cast(w.features, Text),
            a.tier,
        )
        query = (
            select(*alike, func.count())
            .outerjoin(a, a.name == w.account)
            .where(w.is_deleted.is_(False), w.captured_at >= edges[0], w.captured_at < edges[-1])
        )
        # Grouped by place: PostgreSQL does not see that two CASEs with the same bound values are one.
        query = query.group_by(*(text(str(n)) for n in range(1, len(alike) + 1)))
        with self._read() as session:
            return [
                Tally(
                    edges[n],
                    edges[n + 1],
                    category,
                    value,
                    _STANCES[stance],
                    _VISIBILITIES[visibility],
                    in_tray,
                    _list(features),
                    tier,
                    count,
                )
                for n, category, value, stance, visibility, in_tray, features, tier, count in session.connection().execute(
                    query
                )
            ]

    def senders(self, since: datetime, until: datetime) -> Sequence[tuple[tuple[str, ...], int]]:
        w = m.WinRow
        others = cast(w.credits, Text)
        query = (
            select(w.submitted_by, others, func.count())
            .where(w.is_deleted.is_(False), w.captured_at >= since, w.captured_at < until)
            .group_by(w.submitted_by, others)
        )
        with self._read() as session:
            return [
                ((*((by,) if by else ()), *_list(credits_)), count) for by, credits_, count in session.execute(query)
            ]

    def last_wins(self, until: datetime) -> Mapping[str, date]:
        a = m.AccountRow
        with self._read() as session:
            return {
                account: day
                for account, day in session.execute(select(a.name, _newest(m.WinRow.win_date, until)))
                if day is not None
            }

    def newest_wins(self, accounts: Sequence[str], until: datetime) -> Mapping[str, Win]:
        a = m.AccountRow
        with self._read() as session:
            good = m.WinRow.stance != Stance.DOUBT.value
            ids = session.scalars(select(_newest(m.WinRow.id, until, good)).where(a.name.in_(accounts)))
            wins = session.execute(select(*WIN_COLUMNS).where(m.WinRow.id.in_([i for i in ids if i is not None])))
            return {row.account: to_win(row) for row in wins if row.account is not None}

    def changes_by(self, addresses: Sequence[str], since: datetime) -> Sequence[Change]:
        c = m.ChangeRow
        with self._read() as session:
            return [
                to_change(r)
                for r in session.scalars(
                    select(c).where(c.at >= since, func.lower(c.by).in_([a.lower() for a in addresses])).order_by(c.id)
                )
            ]

    def save_wins(
        self,
        wins: Sequence[Win],
        changes: Sequence[Change],
        outgoing: Sequence[OutgoingMail] = (),
        *,
        examples: Sequence[tuple[str, str, int | None, str]] = (),
        at: datetime | None = None,
    ) -> None:
        with self._write() as session:
            self._save(session, wins, changes)
            if examples:
                assert at is not None, "an example needs the time it was given"
                self._learn(session, examples, at)
            if outgoing:
                assert at is not None, "outgoing mail needs the time it is queued"
                self._insert_outgoing(session, outgoing, at)

    def add_wins(self, wins: Sequence[Win]) -> None:
        """Wins without a mail, from a sheet somebody kept before. Known origin keys raise Conflict."""
        ready = self._new_wins(wins)
        with self._write() as session:
            self._run(session, ready)

    def meet(self, contacts: Sequence[Contact]) -> None:
        ready = self._missing(m.ContactRow, [contact_columns(c) for c in contacts if c.address])
        with self._write() as session:
            self._run(session, ready)

    def history(self, win_id: int) -> Sequence[Change]:
        with self._read() as session:
            return [
                to_change(r)
                for r in session.scalars(
                    select(m.ChangeRow).where(m.ChangeRow.win_id == win_id).order_by(m.ChangeRow.id)
                )
            ]

    def thanks(self, win_id: int) -> Sequence[tuple[str, str]]:
        with self._read() as session:
            return [
                (r.by, r.words)
                for r in session.scalars(
                    select(m.ThanksRow).where(m.ThanksRow.win_id == win_id).order_by(m.ThanksRow.id)
                )
            ]

    def mails(
        self,
        *,
        outcome: Outcome | None = None,
        reason: str | None = None,
        waiting: bool = False,
        unresolved: bool = False,
        limit: int | None = None,
    ) -> Sequence[KeptMail]:
        r = m.MailRow
        query = select(r).order_by(r.arrived_at, r.id)
        if outcome is not None:
            query = query.where(r.outcome == outcome.value)
        if reason is not None:
            query = query.where(r.reason == reason)
        if waiting:
            query = query.where(r.outcome.is_(None))
        if unresolved:
            query = query.where(r.is_resolved.is_(False))
        with self._read() as session:
            rows = list(session.scalars(query.limit(limit) if limit else query))
            links: dict[str, list[int]] = {}
            for sha256, win_id in session.execute(
                select(m.MailWinRow.sha256, m.MailWinRow.win_id).order_by(m.MailWinRow.win_id)
            ):
                links.setdefault(sha256, []).append(win_id)
            return [to_mail(row, links.get(row.sha256, ())) for row in rows]

    def examples(self) -> Sequence[tuple[int, str, str]]:
        """(number, text, category) of corrected kinds."""
        with self._read() as session:
            return [(r.id, r.text, r.category) for r in session.scalars(select(m.ExampleRow).order_by(m.ExampleRow.id))]

    def remove_example(self, number: int) -> bool:
        with self._write() as session:
            done: Any = session.execute(delete(m.ExampleRow).where(m.ExampleRow.id == number))
            return bool(done.rowcount)


def _newest(column: Any, until: datetime, *more: ColumnElement[bool]) -> Any:
    """*column* of an account's newest win, through the index: its history is not read."""
    w = m.WinRow
    known = (w.account == m.AccountRow.name, w.is_deleted.is_(False), w.captured_at < until)
    return (
        select(column)
        .where(*known, *more)
        .order_by(w.win_date.desc(), w.id.desc())
        .limit(1)
        .correlate(m.AccountRow)
        .scalar_subquery()
    )


def _glance(row: Any) -> Glance:
    (id_, captured_at, win_date, account, csm, by, category, value, stance, visibility, is_deleted, in_tray, *more) = (
        row
    )
    credits_, features, praised, measures, files, factors, has_quote, has_cause, review, length = more
    return Glance(
        id_,
        captured_at,
        win_date,
        account,
        csm,
        by,
        category,
        value,
        _STANCES[stance],
        _VISIBILITIES[visibility],
        is_deleted,
        in_tray,
        _list(credits_),
        _list(features),
        _list(praised),
        measures not in _EMPTY,
        has_quote,
        files not in _EMPTY,
        has_cause or factors not in _EMPTY,
        review == Review.MODEL.value,
        length or 0,
    )


def _list(text: str | None) -> tuple[str, ...]:
    return () if text in _EMPTY else tuple(json.loads(text or "[]"))


_EMPTY = (None, "[]", "null", "")
_STANCES = {s.value: s for s in Stance}
_VISIBILITIES = {v.value: v for v in Visibility}


class DirectoryPart(WinPart):
    def __init__(
        self,
        engine: Engine,
        permissions: Callable[[str], frozenset[str]] = lambda role: frozenset({role} & {"csm", "manager", "admin"}),
        own_domains: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(engine)
        self.permissions = permissions
        self.own_domains = own_domains

    def directory(self) -> Directory:
        accounts, members, contacts = (m.Base.metadata.tables[name] for name in ("accounts", "members", "contacts"))
        with self._read() as session:
            # Straight from the connection, as columns: of thousands of contacts a session would make objects first.
            connection = session.connection()
            return Directory(
                tuple(to_account(row) for row in connection.execute(select(accounts).order_by(accounts.c.name))),
                tuple(
                    to_member(row, self.permissions(row.role))
                    for row in connection.execute(select(members).order_by(members.c.name))
                ),
                tuple(to_contact(row) for row in connection.execute(select(contacts).order_by(contacts.c.id))),
                self.own_domains,
            )

    def put_accounts(self, accounts: Sequence[Account], *, remove_others: bool = False) -> None:
        with self._write() as session:
            if remove_others:
                session.execute(delete(m.AccountRow).where(m.AccountRow.name.not_in([a.name for a in accounts])))
            rows = [
                {
                    "name": a.name,
                    "domains": list(a.domains),
                    "aliases": list(a.aliases),
                    "csm": a.csm,
                    "tier": a.tier,
                    "renewal_on": a.renewal_on,
                    "goals": list(a.goals),
                    "language": a.language,
                }
                for a in accounts
            ]
            self._put(session, m.AccountRow, ("name",), *rows)

    def put_members(self, members: Sequence[Member], *, remove_others: bool = False) -> None:
        with self._write() as session:
            if remove_others:
                session.execute(
                    delete(m.MemberRow).where(m.MemberRow.address.not_in([p.address.lower() for p in members]))
                )
            rows = [
                {
                    "address": p.address.lower(),
                    "name": p.name,
                    "addresses": list(p.addresses),
                    "role": p.role,
                    "team": p.team,
                }
                for p in members
            ]
            self._put(session, m.MemberRow, ("address",), *rows)

    def remove_members(self, addresses: Sequence[str]) -> None:
        """*addresses*: the first of each."""
        with self._write() as session:
            session.execute(delete(m.MemberRow).where(m.MemberRow.address.in_([a.lower() for a in addresses])))

    def put_contacts(self, contacts: Sequence[Contact]) -> None:
        rows = [
            {
                "address": c.address.lower(),
                "name": text_of(c.name),
                "account": c.account,
                "role": text_of(c.role),
                "learned": c.learned,
            }
            for c in contacts
            if c.address
        ]
        with self._write() as session:
            self._put(session, m.ContactRow, ("address",), *rows)
