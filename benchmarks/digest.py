"""How long editions take when there are many wins and many readers.

    python -m benchmarks.digest [--wins 10000] [--history 100000] [--recipients 5000]

Prints, for each audience, the seconds to compose and render its edition, and the seconds to write the mails of
one edition to the outbox; then the most memory a process needed (its own process each, so that filling the
database does not count). CPU seconds stand beside the wall clock, because another program's work must not count:
a limit is broken when both are above it. Exits 1 then.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mailwins import app as joined
from mailwins import config as settings
from mailwins.jobs.planning import plan
from mailwins.jobs.publish import publish
from mailwins.model import Visibility, Win, WinContact

NOW = datetime(2026, 11, 16, 7, tzinfo=UTC)
LIMIT_S, LIMIT_QUEUE_S, LIMIT_MB = 2.0, 5.0, 200
# A page of her own for each of 200 CSMs.
LIMIT_MONDAYS_S = 20.0
KINDS = (
    "value_realized",
    "account_goal",
    "adoption",
    "stakeholder",
    "participation",
    "endorsement",
    "nps_csat",
    "referral",
    "renewal_expansion",
    None,
)
WORDS = [
    "They",
    "cut",
    "the",
    "time",
    "for",
    "the",
    "monthly",
    "close",
    "from",
    "three",
    "days",
    "to",
    "four",
    "hours",
    "after",
    "every",
    "depot",
    "moved",
    "to",
    "live",
    "routes",
    "last",
    "spring",
]
READY = ("everyone", "sales", "marketing", "support", "product", "managers")


def build(folder: Path, recipients: int, *, my_monday: bool = False) -> joined.App:
    people = [
        "name,email,role,team",
        *(f"Person {n},p{n}@tidemark.example,{'csm' if n < 200 else 'rep'},Team {n % 9}" for n in range(recipients)),
    ]
    accounts = [
        "name,domains,aliases,csm,tier,renewal,goals",
        *(f"Customer {n},c{n}.example,,p{n % 200}@tidemark.example,,2027-03-{n % 28 + 1:02d}," for n in range(2000)),
    ]
    (folder / "people.csv").write_text("\n".join(people))
    (folder / "accounts.csv").write_text("\n".join(accounts))
    values: dict[str, Any] = {
        "company": {"name": "Tidemark", "domains": ["tidemark.example"], "timezone": "Europe/Berlin"},
        "mailbox": {"address": "wins@tidemark.example"}, "smtp": {"from": "wins@tidemark.example"},
        "storage": {"database": f"sqlite:///{folder / 'wins.db'}", "files": str(folder / "files")},
        "directory": {"accounts": "accounts.csv", "people": "people.csv"},
        "quiet": {"my_monday": my_monday},
        "audience": [{"key": key, "to": ["everyone"] if key == "everyone" else ["p0@tidemark.example"], "send": "Mon 08:00"} for key in READY],
    }  # fmt: skip
    return joined.build(settings.parse(values, "config.toml", folder, {}))


def wins(count: int, history: int) -> Iterator[Win]:
    """*history* in the 16 weeks before the last one and *count* in the last week, in no order: an imported archive is read
    in the order of its files, and nothing may be quick only because numbers rise with time."""
    chance = random.Random(7)
    week = timedelta(days=7)
    ages = [week + timedelta(seconds=chance.randrange(1, 112 * 86_400)) for _ in range(history)]
    ages += [timedelta(seconds=chance.randrange(1, 7 * 86_400)) for _ in range(count)]
    chance.shuffle(ages)
    for n, age in enumerate(ages, 1):
        at = NOW - age
        said = " ".join(chance.sample(WORDS, 12)) + f" {n}"
        person = f"p{chance.randrange(200)}@tidemark.example"
        yield Win(
            n, f"t{n}", f"{n:064x}", 0, at, at.date(), said, account=f"Customer {chance.randrange(2000)}", quote=f"{said}. We would not want to go back. {said}.",
            contact=WinContact("Marisol Reyes", f"m{n}@x.example", "Director"), csm=person, submitted_by=person, category=chance.choice(KINDS), value_effective=chance.randrange(3, 11),
            visibility=Visibility.PRIVATE if n % 50 == 0 else Visibility.INTERNAL, features=("Importer",) if n % 7 == 0 else (),
        )  # fmt: skip


def fill(folder: Path, count: int, history: int, recipients: int) -> None:
    app = build(folder, recipients)
    app.store.put_once("begun_at", (NOW - timedelta(days=400)).isoformat())
    portion: list[Win] = []
    for win in wins(count, history):
        portion.append(win)
        if len(portion) == 2000:
            app.store.add_wins(portion)
            portion = []
    app.store.add_wins(portion)
    app.close()


def compose(folder: Path, key: str, recipients: int, queue: Any) -> None:
    app = build(folder, recipients)
    audience = next(a for a in app.config.audience if a.key == key)
    app.desk.known()
    began, worked = time.perf_counter(), time.process_time()
    planned = plan(app.desk, audience, NOW, NOW)
    done = app.desk.renderer.render("managers" if audience.is_managers else "digest", {"mail": planned.view})
    queue.put(
        (
            key,
            time.perf_counter() - began,
            time.process_time() - worked,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            len(done.html),
        )
    )


def send(folder: Path, key: str, recipients: int, queue: Any) -> None:
    app = build(folder, recipients, my_monday=key == "managers")
    app.desk.known()
    began, worked = time.perf_counter(), time.process_time()
    (published,) = publish(app.desk, now=NOW, only=key)
    queue.put(
        (
            f"{published.mails} mails queued",
            time.perf_counter() - began,
            time.process_time() - worked,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            0,
        )
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wins", type=int, default=10_000)
    parser.add_argument("--history", type=int, default=100_000)
    parser.add_argument("--recipients", type=int, default=5_000)
    given = parser.parse_args()
    context, is_fine = multiprocessing.get_context("spawn"), True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filling = context.Process(target=fill, args=(folder, given.wins, given.history, given.recipients))
        filling.start()
        filling.join()
        for job, key, limit in (
            *((compose, key, LIMIT_S) for key in READY),
            (send, "everyone", LIMIT_QUEUE_S),
            (send, "managers", LIMIT_MONDAYS_S),
        ):
            queue = context.Queue()
            process = context.Process(target=job, args=(folder, key, given.recipients, queue))
            process.start()
            what, seconds, cpu, megabytes, size = queue.get()
            process.join()
            is_fine = is_fine and min(seconds, cpu) < limit and megabytes < LIMIT_MB
            print(
                f"{what:20} {seconds:6.2f} s, CPU {cpu:5.2f} s (limit {limit:.0f})  {megabytes:4} MB (limit {LIMIT_MB})  {f'{size:,} bytes of HTML' if size else ''}",
                flush=True,
            )
    return 0 if is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
