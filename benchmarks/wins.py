"""How long lists, filters and searches take among many wins, and how long it takes to store them.

    python -m benchmarks.wins                   on SQLite, in a file of its own that is thrown away
    python -m benchmarks.wins --postgres        the same, and then on a PostgreSQL of its own
    python -m benchmarks.wins --database URL    on an empty database of yours

A page holds 50 wins. Every query has other words or names than the one before. *first* is the first query of its form on an
open connection, p50 and p95 are of those that follow. Words are as common as words are: the n-th most frequent one is met
about 1/n times as often as the first, which is in six of ten wins.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from sqlalchemy import text

from mailwins.model import Reason, Source, Stance, Visibility, Win, WinContact
from mailwins.ports import WinFilter
from mailwins.store import SqlStore, open_store
from tests.servers.postgres import Postgres, why_not

SYLLABLES = ("vi", "sit", "rou", "te", "bo", "ard", "cre", "w", "plan", "in", "voi", "ce", "re", "port", "da", "sh")
VOCABULARY = 5_000
COMMON, USUAL, RARE = range(3), range(20, 120), range(3_000, VOCABULARY)
"""In about 60, 25 to 6, and a quarter of a percent of the wins."""
JAPANESE = ("迅速な対応でした", "導入が順調です", "問い合わせが減りました", "現場が喜んでいます")
CATEGORIES = ("value_realized", "adoption", "endorsement", "referral", "renewal_expansion", "program")
FIRST_DAY, DAYS, NEWER = date(2024, 1, 1), 1000, date(2024, 7, 1)
BATCH = 20
"""As many wins as one portion of mails brings."""


def word(rank: int) -> str:
    """Pronounceable, another for each rank."""
    made = ""
    for _ in range(3):
        rank, which = divmod(rank, len(SYLLABLES))
        made += SYLLABLES[which]
    return f"{made}{rank or ''}"


WORDS = [word(rank) for rank in range(VOCABULARY)]
OFTEN = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))


def a_win(number: int, chance: random.Random) -> Win:
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    words = [*chance.choices(WORDS, cum_weights=OFTEN, k=60), f"no{number}"]
    if day < NEWER and chance.random() < 0.3:
        words.append("bygone")
    if number % 20 == 0:
        words.append(chance.choice(JAPANESE))
    said = " ".join(words)
    category = chance.choice(CATEGORIES)
    return Win(
        id=number, token=f"t{number}", mail=f"{number:064x}", ordinal=0, captured_at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(seconds=number), win_date=day, summary=said[:90],
        account=f"Account {chance.randrange(2000)}", quote=said, contact=WinContact("Kim Doe", f"kim{number % 900}@x.example", "COO"), csm=f"csm{chance.randrange(60)}@ours.example",
        submitted_by=f"colleague{chance.randrange(300)}@ours.example", category=category, value_effective=chance.randrange(1, 11), features=(chance.choice(("Maps", "Board", "Alerts", "Export")), *(("Kiosk",) if number % 2000 == 7 else ())),
        visibility=chance.choice(list(Visibility)), stance=Stance.DOUBT if number % 100 == 0 else Stance.PRAISE, doubts=("account",) if number % 50 == 0 else (), is_deleted=number % 200 == 0,
        reasons={name: Reason(Source.GUESSED, "the words say so", 0.8) for name in ("account", "category", "summary", "win_date", "csm")},
    )  # fmt: skip


def fill(store: SqlStore, size: int) -> None:
    chance = random.Random(3)
    for begin in range(1, size + 1, BATCH):
        store.add_wins([a_win(n, chance) for n in range(begin, min(begin + BATCH, size + 1))])


def conditions(chance: random.Random) -> dict[str, Callable[[], WinFilter]]:
    def account() -> str:
        return f"Account {chance.randrange(2000)}"

    def csm() -> str:
        return f"csm{chance.randrange(60)}@ours.example"

    def kind() -> str:
        return chance.choice(CATEGORIES)

    def day() -> date:
        return FIRST_DAY + timedelta(days=chance.randrange(DAYS - 200))

    def one(ranks: range) -> str:
        return WORDS[chance.choice(ranks)]

    page = 50
    return {
        "newest": lambda: WinFilter(limit=page),
        "newest, page 40": lambda: WinFilter(limit=page, offset=39 * page),
        "account": lambda: WinFilter(account=account(), limit=page),
        "CSM": lambda: WinFilter(csm=csm(), limit=page),
        "colleague": lambda: WinFilter(submitted_by=f"colleague{chance.randrange(300)}@ours.example", limit=page),
        "category": lambda: WinFilter(category=kind(), limit=page),
        "period": lambda: WinFilter(since=(since := day()), until=since + timedelta(days=90), limit=page),
        "value": lambda: WinFilter(min_value=chance.choice((8, 9, 10)), limit=page),
        "feature": lambda: WinFilter(feature=chance.choice(("maps", "board", "Alerts")), limit=page),
        "a rare feature": lambda: WinFilter(feature="kiosk", limit=page),
        "visibility": lambda: WinFilter(visibility=chance.choice(list(Visibility)), limit=page),
        "stance": lambda: WinFilter(stance=chance.choice(("praise", "doubt")), limit=page),
        "in the tray": lambda: WinFilter(in_tray=True, limit=page),
        "deleted ones too": lambda: WinFilter(include_deleted=True, limit=page),
        "CSM and period": lambda: WinFilter(
            csm=csm(), since=(since := day()), until=since + timedelta(days=180), limit=page
        ),
        "category and value": lambda: WinFilter(category=kind(), min_value=9, limit=page),
        "feature and account": lambda: WinFilter(feature="maps", account=account(), limit=page),
        "six at once": lambda: WinFilter(
            category=kind(), min_value=8, feature="maps", visibility="shareable", since=day(), csm=csm(), limit=page
        ),
        "none is like that": lambda: WinFilter(category="program", stance="neutral", limit=page),
        "search: in one win": lambda: WinFilter(text=f"no{chance.randrange(50_000, 100_000)}", limit=page),
        "search: rare word": lambda: WinFilter(text=one(RARE), limit=page),
        "search: usual word": lambda: WinFilter(text=one(USUAL), limit=page),
        "search: common word": lambda: WinFilter(text=one(COMMON), limit=page),
        "search: two common words": lambda: WinFilter(text=f"{one(COMMON)} {one(USUAL)}", limit=page),
        "search: common and rare": lambda: WinFilter(text=f"{one(COMMON)} {one(RARE)}", limit=page),
        "search: one without another": lambda: WinFilter(text=f"{one(USUAL)} -{one(COMMON)}", limit=page),
        "search: phrase": lambda: WinFilter(text=f'"{one(COMMON)} {one(COMMON)}"', limit=page),
        "search: two letters": lambda: WinFilter(text=one(USUAL)[:2], limit=page),
        "search: Japanese": lambda: WinFilter(text=chance.choice(JAPANESE)[2:6], limit=page),
        "search: only in old wins": lambda: WinFilter(text="bygone", limit=page),
        "search: nowhere": lambda: WinFilter(text=f"zz{chance.randrange(1000)}", limit=page),
        "search within an account": lambda: WinFilter(text=one(COMMON), account=account(), limit=page),
        "search within a CSM's": lambda: WinFilter(text=one(USUAL), csm=csm(), limit=page),
        "search, category, value": lambda: WinFilter(text=one(USUAL), category=kind(), min_value=8, limit=page),
    }


def measure(store: SqlStore, runs: int) -> None:
    begun = time.perf_counter()
    store.wins(WinFilter(limit=50))
    print(f"the very first query of a process: {1000 * (time.perf_counter() - begun):.0f} ms\n")
    print(f"{'ms':28} {'first':>7} {'p50':>7} {'p95':>7}   wins found, at least and at most")
    slowest = 0.0
    for what, where in conditions(random.Random(5)).items():
        times, found = [], []
        for _ in range(runs + 1):
            condition = where()
            begun = time.perf_counter()
            found.append(len(store.wins(condition)))
            times.append(1000 * (time.perf_counter() - begun))
        first, *later = times
        later.sort()
        p95 = later[int(len(later) * 0.95)]
        slowest = max(slowest, p95)
        print(f"{what:28} {first:7.1f} {later[len(later) // 2]:7.1f} {p95:7.1f}   {min(found)}-{max(found)}")
    print(f"\nslowest p95: {slowest:.1f} ms")


@contextmanager
def databases(url: str | None, with_postgres: bool) -> Iterator[list[str]]:
    if url:
        yield [url]
        return
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres() if with_postgres else None
        try:
            yield [f"sqlite:///{folder}/wins.db", *([server.url()] if server else [])]
        finally:
            if server:
                server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wins", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--database", metavar="URL")
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    if given.postgres and why_not():
        parser.error(why_not())
    with databases(given.database, given.postgres) as urls:
        for url in urls:
            store = open_store(url)
            begun = time.perf_counter()
            if store.count_wins() == 0:
                fill(store, given.wins)
                took = time.perf_counter() - begun
                print(
                    f"{store.dialect}: {given.wins} wins stored, {BATCH} at a time: {1000 * took / given.wins:.2f} ms each"
                )
                if store.dialect == "postgresql":
                    # As its autovacuum does by itself within a minute.
                    with store.engine.connect() as connection:
                        connection.execute(text("ANALYZE"))
            else:
                print(f"{store.dialect}: {store.count_wins()} wins found there")
            measure(store, given.runs)
            store.close()


if __name__ == "__main__":
    main()
