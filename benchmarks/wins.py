"""How long lists, filters and searches take among many wins: ``python benchmarks/wins.py [--wins 100000] [--database URL]``.

Without ``--database`` on a SQLite file of its own, thrown away afterwards. Each number is the p95 of a page of 50.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from mailwins.model import Reason, Source, Visibility, Win, WinContact
from mailwins.ports import WinFilter
from mailwins.store import SqlStore, open_store

WORDS = [
    "visits",
    "missed",
    "route",
    "board",
    "crew",
    "planning",
    "invoice",
    "report",
    "dashboard",
    "onboarding",
    "training",
    "renewal",
    "minutes",
    "hours",
    "weekly",
    "growers",
    "harvest",
    "frost",
    "depot",
    "driver",
    "clinic",
    "patient",
    "shelf",
    "order",
    "stock",
    "return",
    "audit",
    "lease",
    "permit",
    "ticket",
    "queue",
    "backlog",
    "forecast",
]
CATEGORIES = ("value_realized", "adoption", "endorsement", "referral", "renewal_expansion", "program")


def a_win(number: int, chance: random.Random) -> Win:
    words = " ".join([*chance.choices(WORDS, k=40), f"w{chance.randrange(5000)}", f"x{number}"])
    day = date(2024, 1, 1) + timedelta(days=chance.randrange(1000))
    return Win(
        id=number, token=f"t{number}", mail=f"{number:064x}", ordinal=0, captured_at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(seconds=number), win_date=day, summary=words[:90], account=f"Account {chance.randrange(2000)}",
        quote=words, contact=WinContact("Kim Doe", f"kim{number % 900}@x.example", "COO"), csm=f"csm{chance.randrange(60)}@ours.example", submitted_by="ana@ours.example", category=chance.choice(CATEGORIES),
        value_effective=chance.randrange(1, 11), features=(chance.choice(("Maps", "Board", "Alerts", "Export")),), visibility=chance.choice(list(Visibility)), reasons={"account": Reason(Source.STATED, "said so")},
    )  # fmt: skip


def fill(store: SqlStore, size: int) -> None:
    chance = random.Random(3)
    for begin in range(1, size + 1, 5000):
        store.add_wins([a_win(n, chance) for n in range(begin, min(begin + 5000, size + 1))])


def conditions(chance: random.Random) -> dict[str, Callable[[], WinFilter]]:
    return {
        "newest": lambda: WinFilter(limit=50),
        "account": lambda: WinFilter(account=f"Account {chance.randrange(2000)}", limit=50),
        "csm and period": lambda: WinFilter(
            csm=f"csm{chance.randrange(60)}@ours.example", since=date(2025, 3, 1), until=date(2025, 9, 1), limit=50
        ),
        "category and value": lambda: WinFilter(category=chance.choice(CATEGORIES), min_value=9, limit=50),
        "feature": lambda: WinFilter(feature="maps", limit=50),
        "visibility": lambda: WinFilter(visibility="shareable", limit=50),
        "search, a rare word": lambda: WinFilter(text=f"w{chance.randrange(1000, 5000)}", limit=50),
        "search, two words": lambda: WinFilter(
            text=f"{chance.choice(WORDS)} w{chance.randrange(1000, 5000)}", limit=50
        ),
        "search, a common word": lambda: WinFilter(text=chance.choice(WORDS), limit=50),
        "search in an account": lambda: WinFilter(
            text=chance.choice(WORDS), account=f"Account {chance.randrange(2000)}", limit=50
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wins", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(given.database or f"sqlite:///{folder}/wins.db")
        started = time.perf_counter()
        if store.count_wins() < given.wins:
            fill(store, given.wins)
        print(f"{store.count_wins()} wins on {store.dialect}, written in {time.perf_counter() - started:.0f} s")
        for what, where in conditions(random.Random(5)).items():
            times = []
            for _ in range(given.runs):
                condition = where()
                started = time.perf_counter()
                store.wins(condition)
                times.append(1000 * (time.perf_counter() - started))
            times.sort()
            print(f"{what:24} p50 {times[len(times) // 2]:7.1f} ms   p95 {times[int(len(times) * 0.95)]:7.1f} ms")
        store.close()


if __name__ == "__main__":
    main()
