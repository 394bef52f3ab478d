"""Which wins meet a filter, newest first: a page of them costs the same among a hundred wins as among a hundred thousand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Select,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.orm import Session

from mailwins.model import Win
from mailwins.ports import WinFilter
from mailwins.store import models as m
from mailwins.store import search
from mailwins.store.base import WIN_COLUMNS, to_win
from mailwins.store.database import told_plainly
from mailwins.store.reading import ReadingPart

_FTS = table("wins_fts", column("rowid", BigInteger), column("words"), column("win_date", Date))
_BY_DAY = (_FTS.c.win_date.desc(), _FTS.c.rowid.desc())
_PORTION = 500


class FindingPart(ReadingPart):
    first = 1_000
    """Of common words a page is found among so many of the newest."""
    few = 1_000
    """So many matches of a search SQLite fetches and sorts; of a phrase, which takes longer to find, a tenth of them."""
    near = 5_000
    """Of other words SQLite finds a page nearly always among so many of the newest."""
    far = 12_500
    """So far PostgreSQL goes on for a phrase, where the index would have all wins read that hold its words; for words a fifth."""

    def wins(self, where: WinFilter = WinFilter()) -> Sequence[Win]:
        if where.text is not None and where.limit is not None:
            words = search.query(where.text, self.dialect)
            find = self._page_of_sqlite if self.dialect == "sqlite" else self._page_of_postgres
            return () if words is None else find(where, words, where.offset + where.limit)
        query = self._newest(where, *WIN_COLUMNS).where(*self._matching(where))
        if where.limit is not None:
            query = query.limit(where.limit).offset(where.offset)
        with self._read() as session:
            return [to_win(row) for row in session.execute(query)]

    def wins_by_id(self, ids: Sequence[int]) -> Sequence[Win]:
        with self._read() as session:
            return _in_order(session, ids)

    def count_wins(self, where: WinFilter = WinFilter()) -> int:
        query = select(func.count()).select_from(m.WinRow).where(*_conditions(where), *self._matching(where))
        if where.feature is not None:
            query = query.where(_names(where.feature))
        with self._read() as session:
            return session.scalar(query) or 0

    def _newest(self, where: WinFilter, *columns: Any) -> Select[Any]:
        """Wins that meet *where*, its text left aside."""
        w, f = m.WinRow, m.WinFeatureRow
        query = select(*columns).where(*_conditions(where))
        if where.feature is None:
            return query.order_by(w.win_date.desc(), w.id.desc())
        if where.account or where.csm or where.submitted_by:
            # Theirs are few; each of them is asked whether it names the feature.
            return query.where(_names(where.feature)).order_by(w.win_date.desc(), w.id.desc())
        query = query.join(f, f.win_id == w.id).where(f.feature == where.feature.casefold())
        return query.order_by(f.win_date.desc(), f.win_id.desc())

    def _matching(self, where: WinFilter) -> list[ColumnElement[bool]]:
        if where.text is None:
            return []
        words = search.query(where.text, self.dialect)
        return [literal(False) if words is None else m.WinRow.id.in_(self._matches(words))]

    def _matches(self, words: str) -> Select[Any]:
        return select(_FTS.c.rowid).where(self._holds(words))

    def _holds(self, words: str) -> ColumnElement[bool]:
        if self.dialect == "sqlite":
            return literal_column("wins_fts").op("MATCH", is_comparison=True)(words)
        return _holds(_FTS.c.words, words)

    # Neither database can read the matches of a word off by day, and planners guess badly how many there are and how old.
    # So a page of many is looked for among the newest wins, and few are fetched and sorted.

    def _page_of_sqlite(self, where: WinFilter, words: str, end: int) -> Sequence[Win]:
        with self._read() as session:
            return _in_order(session, self._numbers(session, where, words, end)[where.offset :])

    def _numbers(self, session: Session, where: WinFilter, words: str, end: int) -> Sequence[int]:
        """FTS5 goes through all matches for every question, so first it is asked whether they are few. All of them are
        met with their wins only when the newest wins promise no page.
        """
        is_phrase = '"' in (where.text or "")
        most = self.few // 10 if is_phrase else self.few
        few = session.scalars(self._matches(words).limit(most + 1)).all()
        if len(few) <= most:
            # As one parameter: hundreds take longer to write down than to look up.
            these = select(cast(column("value"), BigInteger)).select_from(func.json_each(json.dumps(few)))
            return session.scalars(self._newest(where, m.WinRow.id).where(m.WinRow.id.in_(these)).limit(end)).all()
        for window in () if end > self.near else (self.near,) if is_phrase else (self.first, self.near):
            near = session.scalars(self._among_in_one_pass(window, where, words).limit(end)).all()
            if len(near) == end or not self._is_more(session, where, window):
                return near
            if len(near) * self.near < end * window:
                break
        query = self._newest(where, m.WinRow.id).where(m.WinRow.id.in_(self._matches(words)))
        return session.scalars(query.limit(end)).all()

    def _among_in_one_pass(self, window: int, where: WinFilter, words: str) -> Select[Any]:
        newest = self._newest(where, m.WinRow.id, m.WinRow.win_date).limit(window).cte("newest")
        # The plus keeps SQLite from starting a search for each of the newest instead.
        found = self._matches(words).where(literal_column("+wins_fts.rowid").in_(select(newest.c.id)))
        query = select(newest.c.id).where(newest.c.id.in_(found))
        return query.order_by(newest.c.win_date.desc(), newest.c.id.desc())

    def _page_of_postgres(self, where: WinFilter, words: str, end: int) -> Sequence[Win]:
        """The newest wins are asked one by one until the page is full. When the first of them do not promise that, all
        matches are taken from the index and sorted by the day that stands beside their words.
        """
        far = self.far if '"' in (where.text or "") else self.far // 5
        with told_plainly(), self._glancing.connect() as connection:
            for window in (self.first, far) if end <= far else ():
                near = connection.scalars(self._among_one_by_one(window, where, words).limit(end)).all()
                if len(near) == end or (_is_narrow(where) and not self._is_more(connection, where, window)):
                    return _in_order(connection, near[where.offset :])
                if len(near) * far < end * window:
                    break
            matches = self._sorted(where, words).limit(end - where.offset).offset(where.offset)
            return [to_win(row) for row in connection.execute(matches)]

    def _among_one_by_one(self, window: int, where: WinFilter, words: str) -> Select[Any]:
        if _is_narrow(where):
            wins = self._newest(where, m.WinRow.id, m.WinRow.win_date).limit(window).subquery("newest")
            holds = select(self._holds(words)).where(_FTS.c.rowid == wins.c.id).scalar_subquery()
            query = select(wins.c.id).where(holds)
        else:
            # In a third of the time they are read off by day where their words stand.
            beside = select(_FTS.c.rowid.label("id"), _FTS.c.win_date, _FTS.c.words)
            wins = beside.order_by(*_BY_DAY).limit(window).subquery("newest")
            query = select(wins.c.id).join(m.WinRow, m.WinRow.id == wins.c.id)
            query = query.where(_holds(wins.c.words, words), *_conditions(where))
        return query.order_by(wins.c.win_date.desc(), wins.c.id.desc())

    def _sorted(self, where: WinFilter, words: str) -> Select[Any]:
        found = select(_FTS.c.rowid, _FTS.c.win_date).where(self._holds(words)).order_by(*_BY_DAY).subquery("found")
        # They come sorted to where they meet their wins, so that only those are fetched which fill the page.
        query = select(*WIN_COLUMNS).join(found, found.c.rowid == m.WinRow.id).where(*_conditions(where))
        if where.feature is not None:
            query = query.where(_names(where.feature))
        return query.order_by(found.c.win_date.desc(), found.c.rowid.desc())

    def _is_more(self, session: Session | Connection, where: WinFilter, than: int) -> bool:
        return session.scalar(self._newest(where, m.WinRow.id).limit(1).offset(than)) is not None


def _in_order(session: Session | Connection, ids: Sequence[int]) -> Sequence[Win]:
    found: dict[int, Win] = {}
    for start in range(0, len(ids), _PORTION):
        rows = session.execute(select(*WIN_COLUMNS).where(m.WinRow.id.in_(ids[start : start + _PORTION])))
        found.update((row.id, to_win(row)) for row in rows)
    return [found[i] for i in ids if i in found]


def _holds(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    return column.op("@@", is_comparison=True)(func.to_tsquery(literal_column("'simple'"), words))


def _is_narrow(where: WinFilter) -> bool:
    """Asks for more than words."""
    return where.feature is not None or bool(_conditions(replace(where, include_deleted=True)))


def _names(feature: str) -> ColumnElement[bool]:
    f = m.WinFeatureRow
    return exists().where(f.win_id == m.WinRow.id, f.feature == feature.casefold())


def _conditions(where: WinFilter) -> list[ColumnElement[bool]]:
    """All of *where* that a win's own columns answer."""
    w = m.WinRow
    conditions = [
        column == value
        for column, value in (
            (w.account, where.account),
            (w.csm, where.csm),
            (w.category, where.category),
            (w.visibility, where.visibility),
            (w.stance, where.stance),
            (w.submitted_by, where.submitted_by),
        )
        if value is not None
    ]
    if not where.include_deleted:
        conditions.append(w.is_deleted.is_(False))
    if where.since is not None:
        conditions.append(w.win_date >= where.since)
    if where.until is not None:
        conditions.append(w.win_date <= where.until)
    if where.captured_since is not None:
        conditions.append(w.captured_at >= where.captured_since)
    if where.captured_until is not None:
        conditions.append(w.captured_at < where.captured_until)
    if where.min_value is not None:
        conditions.append(w.value_effective >= where.min_value)
    if where.in_tray is not None:
        conditions.append(w.in_tray.is_(where.in_tray))
    return conditions
