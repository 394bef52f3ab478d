"""Scores unseen replies: ``python -m tests.receipts.score FILE.jsonl [-v]``.

One JSON object per line: ``text`` as it arrived, ``question`` (null or {"asked", "options"}), ``wins`` (how many
the receipt was about), ``expect`` [{"verb", "value", "win"}], ``kept_as_note``; optional ``also_acceptable`` (wishes
tolerated beside or instead of the expected ones), ``debatable`` (why), ``written`` (ISO day, else that of the README:
10 March 2026). ``accounts.csv`` and ``people.csv`` beside the file, where they stand there, are the directory.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from mailwins.config import Config
from mailwins.model import Directory
from mailwins.receipts.corrections import days_meant, find_account, find_category
from mailwins.receipts.wishes import Reply, Wish, read_reply
from tests.directory import read_directory

KINDS = Config().kinds
WRITTEN = date(2026, 3, 10)
FIRST_ID = 501
_FIELDS = {
    "category": "kind",
    "features": "feature",
    "win_date": "date",
    "not_win": "delete",
    "not_a_win": "delete",
    "factors": "factor",
    "urls": "link",
    "quote": "detail",
    "number": "measure",
}

_ASKED = {"number": "measure", "kind": "category"}
_PROSE = frozenset({"expected", "cause", "detail", "measure", "answer", "summary", "share"})

Meant = tuple[str, str | None, int]
"""(verb, value in one spelling, place of the win among those of the receipt)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """*grade*: right, missed (nothing was done that she did not want, but less), or wrong (something was)."""

    grade: str
    got: frozenset[Meant]
    meant: frozenset[Meant]
    kept: str | None


def judge(row: dict[str, Any], directory: Directory) -> Verdict:
    count = row.get("wins") or 1
    question = row.get("question") or {}
    if isinstance(question, str):
        question = {"asked": question}
    if question.get("asked") in _ASKED:
        question = {**question, "asked": _ASKED[question["asked"]]}
    ids = tuple(range(FIRST_ID, FIRST_ID + count))
    accounts = tuple(n for a in directory.accounts for n in (a.name, *a.aliases))
    written = date.fromisoformat(row["written"]) if "written" in row else WRITTEN
    reply = read_reply(
        row["text"], asked=question.get("asked"), options=tuple(question.get("options") or ()), win_ids=ids, kinds=tuple(k.name for k in KINDS.values()),
        names=tuple(m.name for m in directory.members), accounts=accounts, whole=row["text"],
    )  # fmt: skip
    asked = _FIELDS.get(question.get("asked") or "", question.get("asked"))

    def spelt(verb: str, value: str | None, win: int | None) -> set[Meant]:
        verb = asked if verb == "answer" and asked else _FIELDS.get(verb, verb)
        return {
            (verb, _plain(verb, value, written, directory), place)
            for place in (range(1, count + 1) if win is None else [win])
        }

    # Neither "not to be shared" for what is not shared nor "I do not know" changes anything.
    neutral = [
        w
        for w in reply.wishes
        if w.verb in ("ok", "question")
        or (w.verb == "answer" and not w.value)
        or (w.instead_of == "share" and not any(e["verb"] == "internal" for e in row["expect"]))
    ]
    got = frozenset(m for w in reply.wishes if w not in neutral for m in spelt(*_shown(w, count)))
    meant = frozenset(m for e in row["expect"] for m in spelt(e["verb"], e["value"], e["win"]))
    also = frozenset(m for e in row.get("also_acceptable", ()) for m in spelt(e["verb"], e["value"], e["win"]))
    extra = {g for g in got if not _is_in(g, meant | also)}
    kept = _kept(reply)
    if kept is not None:
        # What is kept as a note is there for who asked for a note.
        got = frozenset(got | {m for m in meant | also if m[0] == "note"})
    lacking = {m for m in meant if not _is_in(m, got)}
    if lacking and any(_is_in(a, got) for a in also):
        lacking = set()
    is_lost = (
        bool(row.get("kept_as_note"))
        and kept is None
        and not neutral
        and not (also and any(_is_in(a, got) for a in also))
    )
    grade = "wrong" if extra - {m for m in extra if m[0] == "thanks"} else "missed" if lacking or is_lost else "right"
    return Verdict(grade, got, meant, kept)


def _shown(wish: Wish, count: int) -> tuple[str, str | None, int | None]:
    verb = wish.field or "" if wish.verb in ("set", "add") else wish.verb
    if wish.win is None:
        return verb, wish.value, None
    place = wish.win - FIRST_ID + 1 if wish.win >= FIRST_ID else count if wish.win < 0 else wish.win
    return verb, wish.value, place


def _plain(verb: str, value: str | None, written: date, directory: Directory) -> str | None:
    if value is None:
        return None
    if verb == "date" and len(days := days_meant(value, written)) == 1:
        return days[0].isoformat()
    if verb == "kind":
        return find_category(value, KINDS)[0] or value.casefold()
    if verb == "account" and (account := find_account(value, directory)[0]):
        return account.name.casefold()
    if verb == "contact":
        value = re.sub(r"^(?:mr|mrs|ms|herr|frau|herrn|mme|m|dr)\.? ", "", re.split(r"[,(]", value)[0], flags=re.I)
    return " ".join(value.casefold().split()).strip(" .!\"'“”")


def _is_in(one: Meant, others: frozenset[Meant]) -> bool:
    """The same wish; prose may differ by a comma."""
    return any(
        o[0] == one[0]
        and o[2] == one[2]
        and (
            o[1] == one[1]
            or (o[0] in _PROSE and bool(o[1] and one[1]) and fuzz.token_set_ratio(o[1] or "", one[1] or "") > 88)
            or (bool(o[1] and one[1]) and len(o[1] or "") > 15 and fuzz.ratio(o[1] or "", one[1] or "") > 92)
        )
        for o in others
    )


def _kept(reply: Reply) -> str | None:
    questions = [w.value for w in reply.wishes if w.verb == "question" and w.value]
    return "\n".join(x for x in (*questions, reply.left) if x) or None


def main(arguments: list[str]) -> int:
    is_wordy = "-v" in arguments
    files = [Path(a) for a in arguments if a != "-v"]
    if not files:
        print(__doc__)
        return 2
    for file in files:
        folder = file.parent
        directory = (
            read_directory(folder)
            if (folder / "accounts.csv").exists() and (folder / "people.csv").exists()
            else Directory()
        )
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        verdicts = [judge(row, directory) for row in rows]
        grades = Counter(v.grade for v in verdicts)
        debatable = Counter(v.grade for v, row in zip(verdicts, rows, strict=True) if row.get("debatable"))
        print(
            f"{file.name}: {len(rows)} replies, {grades['right']} right, {grades['missed']} missed, {grades['wrong']} wrong ({debatable['missed'] + debatable['wrong']} of those debatable)"
        )
        for number, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
            if is_wordy and verdict.grade != "right":
                print(
                    f"{number:3} {verdict.grade:6} {row['text'][:110]!r}\n           got   {sorted(verdict.got, key=str)} kept {verdict.kept!r}\n           meant {sorted(verdict.meant, key=str)} kept {row.get('kept_as_note')}{' debatable: ' + row['debatable'] if row.get('debatable') else ''}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
