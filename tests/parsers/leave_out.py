"""What the general machinery does for a client that nobody has taught it: ``python -m tests.parsers.leave_out [FOLDER]``.

For each client its mails are read twice: with all we know, and without what we know of this client. What is
taken away is found in the mails themselves: every separator phrase that they print (in all languages, also where
other clients print the same one), every header label that only this client's mails use, and the repairs made
for its habits. FOLDER holds mails with ``.gold.json`` beside them; without one, the project's own fixtures are used.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mailwins.mime import decode
from mailwins.model import Kind, Submission
from mailwins.parsers import blocks, read_message
from mailwins.parsers.languages import FORWARDED, LABELS, ORIGINAL
from mailwins.parsers.opened import Opened
from tests.conftest import shared_folder
from tests.parsers.score import flat, gold_person, person, same_day

OWN = Path(__file__).parents[1] / "mail" / "forwards"
WINS = frozenset({"wins@ourco.example", "wins@larkfield.example"})

# Repairs in blocks.py that one client's habit is the reason for.
HABITS = {"em_client": ("_with_headings",), "emclient": ("_with_headings",), "yahoo": ("_split_joined",)}


def cases(folder: Path) -> dict[str, list[tuple[bytes, dict[str, Any]]]]:
    """Client → (mail, expected) of its forwards."""
    found: dict[str, list[tuple[bytes, dict[str, Any]]]] = defaultdict(list)
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["kind"] == "forward":
            found[gold["client"]].append((path.with_name(path.name.replace(".gold.json", ".eml")).read_bytes(), gold))
    for path in sorted(folder.rglob("*.eml")) if not found else ():
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found[path.parent.name].append((path.read_bytes(), {"own": expected}))
    return dict(found)


def are_fields_right(raw: bytes, gold: dict[str, Any]) -> tuple[bool, bool]:
    """(told to be a forward, all of author, subject, day, words and comment right)."""
    read = read_message(decode(raw), own=WINS)
    if not isinstance(read, Submission) or read.kind is not Kind.FORWARD or not read.originals:
        return False, False
    got = read.originals[0]
    if "own" in gold:
        from mailwins.cli.parse import recognised
        from mailwins.model import Decoded

        return True, recognised(Decoded(decode(raw), read)) == gold["own"]
    original = gold["original"]
    bodies = [flat(original["body"]), *map(flat, gold.get("body_alt") or [])]
    comments = [flat(gold.get("comment")), *map(flat, gold.get("comment_alt") or [])]
    return True, (
        person(got.author) == gold_person(original["from"])
        and flat(got.subject) == flat(original["subject"])
        and same_day(got.written, original["date"])
        and flat(got.body) in bodies
        and flat(read.note_raw) in comments
    )


def printed(mails: list[tuple[bytes, dict[str, Any]]]) -> tuple[set[str], set[str]]:
    """(separator phrases, header labels) that these mails print."""
    phrases: set[str] = set()
    labels: set[str] = set()
    for raw, _ in mails:
        message = decode(raw)
        opened = Opened(message, WINS)
        for line in blocks.to_lines(f"{message.text or ''}\n{opened.page.text}"):
            if len(line.text) < 200:
                low = line.text.lower()
                phrases.update(p for p in (*FORWARDED, *ORIGINAL) if p in low and blocks.separator_of(line.text))
            label = (line.heading or line.text)[:48].partition(":")[0].strip(" *_|\t").lower()
            if label in LABELS:
                labels.add(label)
    return phrases, labels


@contextmanager
def without(phrases: set[str], labels: set[str], habits: tuple[str, ...]) -> Iterator[None]:
    """The tables of blocks.py without these words, and its repairs undone, for the length of the block."""
    names = ("FORWARDED", "ORIGINAL", *habits)
    kept = {name: getattr(blocks, name) for name in names}
    kept_labels = dict(LABELS)
    try:
        for name, words in (("FORWARDED", FORWARDED), ("ORIGINAL", ORIGINAL)):
            setattr(blocks, name, tuple(p for p in words if p not in phrases))
        for habit in habits:
            setattr(blocks, habit, lambda lines, *_: lines)
        for label in labels:
            LABELS.pop(label, None)
        yield
    finally:
        for name, value in kept.items():
            setattr(blocks, name, value)
        LABELS.clear()
        LABELS.update(kept_labels)


def table(folder: Path) -> list[tuple[str, int, int, int, int, int]]:
    """(client, mails, all right with everything known, told as forwards and all right without the client, words taken away)."""
    clients = cases(folder)
    prints = {client: printed(mails) for client, mails in clients.items()}
    rows = []
    for client, mails in sorted(clients.items()):
        phrases, labels = prints[client]
        own_labels = labels - set().union(*(other for name, (_, other) in prints.items() if name != client))
        known = [are_fields_right(*mail) for mail in mails]
        with without(phrases, own_labels, HABITS.get(client, ())):
            unknown = [are_fields_right(*mail) for mail in mails]
        rows.append(
            (
                client,
                len(mails),
                sum(r for _, r in known),
                sum(f for f, _ in unknown),
                sum(r for _, r in unknown),
                len(phrases) + len(own_labels),
            )
        )
    return rows


def main() -> None:
    shared = shared_folder()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "corpus/forwards" if shared else OWN
    rows = table(folder)
    print(
        f"{'client':24} {'mails':>5}  {'all right':>9}  | left out: {'forward':>8} {'all right':>9}  {'words taken':>11}"
    )
    for client, mails, known, told, right, taken in rows:
        print(f"{client:24} {mails:5}  {known:9}  |           {told:8} {right:9}  {taken:11}")
    total = [sum(r[i] for r in rows) for i in range(1, 5)]
    print(f"{'all':24} {total[0]:5}  {total[1]:9}  |           {total[2]:8} {total[3]:9}")


if __name__ == "__main__":
    main()
