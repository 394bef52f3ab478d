"""Scores the readers against a folder of mails with expected results: ``python -m tests.parsers.score FOLDER [-v]``."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mailwins.mime import decode
from mailwins.model import Address, Ignored, Kind, Quoted, Submission
from mailwins.parsers import read_message

_HIDDEN = re.compile(r"[\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\u00ad]")


def flat(text: str | None) -> str:
    """As the corpus compares: NFC, nothing invisible, every run of white space one space."""
    return " ".join(_HIDDEN.sub("", unicodedata.normalize("NFC", text or "")).split())


@dataclass
class Score:
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    total: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)

    def mark(self, name: str, what: str, got: str, wanted: str, *, ok: bool) -> None:
        self.total[what] += 1
        self.right[what] += ok
        if not ok:
            self.misses.append((name, what, got, wanted))

    def share(self, what: str) -> float:
        return self.right[what] / self.total[what] if self.total[what] else 1.0


def same_day(got: datetime | date | None, wanted: str | None) -> bool:
    if wanted is None or got is None:
        return (wanted is None) == (got is None)
    if len(wanted) == 10:
        return got.isoformat()[:10] == wanted
    if not isinstance(got, datetime):
        return False
    expected = datetime.fromisoformat(wanted)
    if got.replace(tzinfo=None, second=0) == expected.replace(tzinfo=None, second=0):
        return True
    return (
        got.tzinfo is not None and expected.tzinfo is not None and got.replace(second=0) == expected.replace(second=0)
    )


def person(address: Address | None) -> tuple[str, str]:
    return (flat(address.name if address else None), flat(address.address if address else None).lower())


def gold_person(value: dict[str, Any]) -> tuple[str, str]:
    return (flat(value.get("name")), flat(value.get("address")).lower())


def score_forwards(folder: Path) -> Score:
    score = Score()
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text())
        found = read_message(decode((folder / f"{name}.eml").read_bytes()), own=frozenset({"wins@ourco.example"}))
        _score_one(score, name, gold, found)
    return score


def _score_one(score: Score, name: str, gold: dict[str, Any], found: Submission | Ignored) -> None:
    is_forward = isinstance(found, Submission) and found.kind is Kind.FORWARD
    kind = found.kind.value if isinstance(found, Submission) else f"ignored {found.reason}"
    score.mark(name, "forwarded", kind, gold["kind"], ok=is_forward == gold["forwarded"])
    if gold["kind"] != "forward":
        score.mark(name, "false alarm", kind, gold["kind"], ok=not is_forward)
        if gold.get("comment") and isinstance(found, Submission):
            wanted = [flat(gold["comment"]), *map(flat, gold.get("comment_alt") or [])]
            score.mark(name, "reply text", flat(found.note_raw), wanted[0], ok=flat(found.note_raw) in wanted)
        return
    original = gold["original"]
    got: Quoted | None = (
        found.originals[0] if is_forward and isinstance(found, Submission) and found.originals else None
    )
    score.mark(
        name,
        "from address",
        person(got.author if got else None)[1],
        gold_person(original["from"])[1],
        ok=got is not None and person(got.author)[1] == gold_person(original["from"])[1],
    )
    score.mark(
        name,
        "from name",
        person(got.author if got else None)[0],
        gold_person(original["from"])[0],
        ok=got is not None and person(got.author)[0] == gold_person(original["from"])[0],
    )
    score.mark(
        name,
        "to",
        str([person(p) for p in got.to] if got else None),
        str([gold_person(p) for p in original["to"]]),
        ok=got is not None and [person(p) for p in got.to] == [gold_person(p) for p in original["to"]],
    )
    score.mark(
        name,
        "cc",
        str([person(p) for p in got.cc] if got else None),
        str([gold_person(p) for p in original["cc"]]),
        ok=got is not None and [person(p) for p in got.cc] == [gold_person(p) for p in original["cc"]],
    )
    score.mark(
        name,
        "subject",
        flat(got.subject if got else None),
        flat(original["subject"]),
        ok=got is not None and flat(got.subject) == flat(original["subject"]),
    )
    score.mark(
        name,
        "date",
        str(got.written if got else None),
        str(original["date"]) + " | " + str(original.get("date_raw")),
        ok=got is not None and same_day(got.written, original["date"]),
    )
    bodies = [flat(original["body"]), *map(flat, gold.get("body_alt") or [])]
    score.mark(
        name, "body", flat(got.body if got else None), bodies[0], ok=got is not None and flat(got.body) in bodies
    )
    comments = [flat(gold.get("comment")), *map(flat, gold.get("comment_alt") or [])]
    comment = flat(found.note_raw) if isinstance(found, Submission) else ""
    score.mark(name, "comment", comment, comments[0], ok=comment in comments)


def main() -> None:
    score = score_forwards(Path(sys.argv[1]))
    for what in score.total:
        print(f"{what:14} {score.right[what]:4} of {score.total[what]:4}  {100 * score.share(what):5.1f} %")
    if "-v" in sys.argv:
        for name, what, got, wanted in score.misses:
            print(f"\n{name}: {what}\n  got    {got[:400]!r}\n  wanted {wanted[:400]!r}")


if __name__ == "__main__":
    main()
