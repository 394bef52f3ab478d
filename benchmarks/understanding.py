"""How long finding the account of a mail takes: ``python benchmarks/understanding.py [--accounts 2000]``.

2,000 accounts with 5,000 domains and 10,000 aliases; half of the mails come from a listed address, the
others only name the account in their text, misspell it, or name nobody. Processor time.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time

from mailwins.model import Account, Directory
from mailwins.understanding.accounts import index_of, settle

FIRST = [
    "Alder",
    "Amber",
    "Basalt",
    "Birch",
    "Cobalt",
    "Coral",
    "Cedar",
    "Delta",
    "Ember",
    "Falcon",
    "Garnet",
    "Harbor",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Larch",
    "Maple",
    "Nimbus",
    "Onyx",
    "Pine",
    "Quartz",
    "Raven",
    "Slate",
    "Tidal",
    "Umber",
    "Velvet",
    "Willow",
    "Xenon",
    "Yarrow",
    "Zephyr",
]
SECOND = [
    "Bakery",
    "Clinics",
    "Dental",
    "Electric",
    "Farms",
    "Foods",
    "Freight",
    "Gardens",
    "Group",
    "Health",
    "Holdings",
    "Homes",
    "Kliniken",
    "Labs",
    "Logistics",
    "Media",
    "Mills",
    "Motors",
    "Outdoor",
    "Partners",
    "Press",
    "Retail",
    "Roofing",
    "Schools",
    "Systems",
    "Textil",
    "Tools",
    "Transit",
    "Utilities",
    "Verlag",
]
FORMS = ("GmbH", "Ltd", "Inc", "S.A.", "B.V.", "AG", "")
WORDS = [
    "the",
    "team",
    "told",
    "us",
    "that",
    "missed",
    "visits",
    "went",
    "down",
    "again",
    "this",
    "month",
    "and",
    "everybody",
    "on",
    "site",
    "is",
    "glad",
    "about",
    "it",
    "because",
    "nobody",
    "has",
    "to",
    "call",
    "the",
    "office",
    "any",
    "more",
]


def directory(size: int, chance: random.Random) -> Directory:
    names = [
        f"{a} {b} {n}" if n else f"{a} {b}"
        for n in range(size // (len(FIRST) * len(SECOND)) + 1)
        for a in FIRST
        for b in SECOND
    ][:size]
    made = []
    for number, name in enumerate(names):
        domains = tuple(f"{name.lower().replace(' ', '-')}-{n}.example" for n in range(2 + number % 2))
        aliases = tuple(f"{name.split()[0]} {chance.choice(SECOND)} {number}{n}" for n in range(5))
        made.append(Account(f"{name} {chance.choice(FORMS)}".strip(), domains, aliases, "ana@ours.example"))
    return Directory(tuple(made), (), (), frozenset({"ours.example"}))


def text(chance: random.Random, *named: str) -> str:
    words = chance.choices(WORDS, k=120)
    for name in named:
        words.insert(chance.randrange(len(words)), name)
    for _ in range(8):
        at = chance.randrange(len(words))
        words[at] = words[at].capitalize()
    return " ".join(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=2000)
    parser.add_argument("--mails", type=int, default=2000)
    given = parser.parse_args()
    chance = random.Random(7)
    known = directory(given.accounts, chance)
    started = time.process_time()
    index_of(known)
    print(
        f"{len(known.accounts)} accounts, {sum(len(a.domains) for a in known.accounts)} domains, {sum(len(a.aliases) for a in known.accounts)} aliases; index built in {1000 * (time.process_time() - started):.0f} ms"
    )
    for what in ("address", "name in the text", "misspelt name", "nobody named"):
        times = []
        for _ in range(given.mails // 4):
            account = chance.choice(known.accounts)
            name = account.name if what == "name in the text" else account.name[:3] + account.name[4:]
            body = text(chance, *([name] if "name " in what or "misspelt" in what else []))
            addresses = [f"kim@{account.domains[0]}"] if what == "address" else []
            started = time.process_time()
            settle(
                stated=None,
                addresses=addresses,
                hint=None,
                texts=((body[:80], 4), (body, 0)),
                thread=(),
                directory=known,
            )
            times.append(1000 * (time.process_time() - started))
        times.sort()
        print(f"{what:18} mean {statistics.mean(times):6.3f} ms   p95 {times[int(len(times) * 0.95)]:6.3f} ms")


if __name__ == "__main__":
    main()
