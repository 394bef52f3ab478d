"""Which wins meet a filter, newest first: a page of them costs the same among a hundred wins as among a hundred thousand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
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
from mailwins.store.reading import ReadingPart

_FTS = table("wins_fts", column("rowid", BigInteger), column("words"))
_PORTION = 500


class FindingPart(ReadingPart):
    few = 1_000
    """So many matches of a search are fetched and sorted; of a phrase, which takes longer to find, a tenth of them."""
    near = 5_000
    """Of a more common word a page is nearly always found among so many of the newest."""

    def wins(self, where: WinFilter = WinFilter()) -> Sequence[Win]:
        with self._read() as session:
            if where.text is not None and where.limit is not None:
                return _in_order(session, self._search(session, where, where.limit))
            query = self._newest(where, *WIN_COLUMNS).where(*self._matching(where))
            if where.limit is not None:
                query = query.limit(where.limit).offset(where.offset)
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
        return _FTS.c.words.op("@@", is_comparison=True)(func.to_tsquery(literal_column("'simple'"), words))

    def _search(self, session: Session, where: WinFilter, limit: int) -> Sequence[int]:
        """Numbers of one page. Neither database can read the matches of a word off by day, and planners guess badly how
        many there are: so few matches are fetched and sorted, and of many a page is looked for among the newest wins.
        """
        words = search.query(where.text or "", self.dialect)
        if words is None:
            return ()
        most = self.few // 10 if '"' in (where.text or "") else self.few
        few = session.scalars(self._matches(words).limit(most + 1)).all()
        if len(few) <= most:
            query = self._newest(where, m.WinRow.id).where(m.WinRow.id.in_(self._these(few)))
            return session.scalars(query.limit(limit).offset(where.offset)).all()
        if where.offset + limit <= self.near:
            near = session.scalars(self._near(where, words).limit(limit).offset(where.offset)).all()
            if len(near) == limit or not self._is_more(session, where):
                return near
        return session.scalars(self._all(where, words).limit(limit).offset(where.offset)).all()

    def _these(self, ids: Sequence[int]) -> Any:
        """As one parameter: hundreds take longer to write down than to look up."""
        if self.dialect == "sqlite":
            return select(cast(column("value"), BigInteger)).select_from(func.json_each(json.dumps(ids)))
        return select(func.unnest(literal(ids, ARRAY(BigInteger))))

    def _all(self, where: WinFilter, words: str) -> Select[Any]:
        if self.dialect == "sqlite":
            return self._newest(where, m.WinRow.id).where(m.WinRow.id.in_(self._matches(words)))
        # Matches first, whatever the planner thinks of walking the wins by day until enough of them match.
        found = (
            self._newest(where, m.WinRow.id, m.WinRow.win_date)
            .order_by(None)
            .join(_FTS, _FTS.c.rowid == m.WinRow.id)
            .where(self._holds(words))
            .cte("found")
            .prefix_with("MATERIALIZED")
        )
        return select(found.c.id).order_by(found.c.win_date.desc(), found.c.id.desc())

    def _near(self, where: WinFilter, words: str) -> Select[Any]:
        newest = self._newest(where, m.WinRow.id, m.WinRow.win_date).limit(self.near).cte("newest")
        found: ColumnElement[bool]
        if self.dialect == "sqlite":
            # One pass over the matches; the plus keeps SQLite from starting a search for each of the newest instead.
            found = newest.c.id.in_(
                self._matches(words).where(literal_column("+wins_fts.rowid").in_(select(newest.c.id)))
            )
        else:
            # Asked one by one, so that a full page ends the asking.
            found = select(self._holds(words)).where(_FTS.c.rowid == newest.c.id).scalar_subquery()
        return select(newest.c.id).where(found).order_by(newest.c.win_date.desc(), newest.c.id.desc())

    def _is_more(self, session: Session, where: WinFilter) -> bool:
        return session.scalar(self._newest(where, m.WinRow.id).limit(1).offset(self.near)) is not None


def _in_order(session: Session, ids: Sequence[int]) -> Sequence[Win]:
    found: dict[int, Win] = {}
    for start in range(0, len(ids), _PORTION):
        rows = session.execute(select(*WIN_COLUMNS).where(m.WinRow.id.in_(ids[start : start + _PORTION])))
        found.update((row.id, to_win(row)) for row in rows)
    return [found[i] for i in ids if i in found]


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
