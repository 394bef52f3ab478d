"""Scores what the product would say of texts somebody else wrote: ``python -m training.score FILE.tsv [-v]``.

The file has the columns text, language, kinds and stance, with tabs between; several acceptable kinds or stances are separated by commas
or spaces, ``-`` stands for none. A first line of column names may give another order. Runs in mailwins' own environment.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mailwins import config
from mailwins.model import Stance
from mailwins.understanding.classifier import classify
from mailwins.understanding.mood import category_of, stance_of
from mailwins.understanding.summary import summarise

COLUMNS = ("text", "language", "kinds", "stance")


@dataclass(frozen=True, slots=True)
class Judged:
    text: str
    language: str
    kinds: frozenset[str]
    stances: tuple[str, ...]
    said: str | None
    three: tuple[str, ...]
    stance: str
    is_sure: bool

    @property
    def first(self) -> str | None:
        return self.said or next(iter(self.three), None)


def read(path: Path) -> list[Judged]:
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    columns = COLUMNS
    if "text" in [c.strip().lower() for c in rows[0]]:
        names = {
            "lang": "language",
            "kind": "kinds",
            "acceptable_kinds": "kinds",
            "acceptable kinds": "kinds",
            "acceptable": "kinds",
            "mood": "stance",
            "stances": "stance",
        }
        columns = tuple(names.get(c.strip().lower(), c.strip().lower()) for c in rows.pop(0))
    return [judge(dict(zip(columns, row, strict=False))) for row in rows if len(row) >= len(COLUMNS)]


def judge(row: dict[str, str]) -> Judged:
    text = row["text"].replace("\\n", "\n")
    kinds = config.Config().kinds
    stance, why = stance_of(text, None)
    found = classify(text)
    line, _ = summarise(stated=None, subject=None, words=text, note=None, is_note=False, parts=found.parts)
    said, reason = category_of(
        text, stated=None, tags=(), rating=None, is_review=False, categories=kinds, found=found, headline=line
    )
    wanted = frozenset(k for k in re.split(r"[,;| /]+", row["kinds"]) if k in kinds)
    stances = tuple(s for s in re.split(r"[,;| /]+", row["stance"].lower()) if s)
    is_sure = why.confidence is None or why.confidence != 0.5
    return Judged(text, row["language"], wanted, stances, said, tuple(reason.candidates[:3]), str(stance), is_sure)


def report(found: list[Judged]) -> None:
    print(
        "| language | texts | kind first | in three | asserted | wrong and confident | stance right | praise taken for complaint | complaint or doubt taken for praise |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for language in [*sorted({f.language for f in found}), "all"]:
        mine = [f for f in found if language in (f.language, "all")]
        wins = [f for f in mine if f.kinds]
        n = max(len(wins), 1)
        first = sum(f.first in f.kinds for f in wins)
        three = sum(bool(f.kinds & {f.said or "", *f.three}) for f in wins)
        asserted = sum(f.said is not None for f in wins)
        wrong = sum(f.said is not None and f.said not in f.kinds for f in wins)
        stance = sum(f.stance in f.stances for f in mine)
        kept = sum("praise" in f.stances and f.stance == Stance.COMPLAINT for f in mine)
        praised = sum(
            f.stance == Stance.PRAISE and f.is_sure and not {"praise", "neutral"} & {*f.stances} for f in mine
        )
        print(
            f"| {language} | {len(mine)} | {first / n:.0%} | {three / n:.0%} | {asserted / n:.0%} | {wrong} of {len(wins)} ({wrong / n:.1%}) | {stance / len(mine):.0%} | {kept} | {praised} |"
        )
    none = [f for f in found if not f.kinds]
    print(
        f"\nno win, and yet said to be of some kind: {sum(f.said is not None and f.stance in (Stance.PRAISE, Stance.NEUTRAL) for f in none)} of {len(none)}"
    )
    labels = [str(s) for s in Stance]
    counts = Counter((f.stances[0], f.stance) for f in found if f.stances)
    print("\n| stance: true ↓ said → | " + " | ".join(labels) + " |\n|---|" + "---|" * len(labels))
    for true in labels:
        print(f"| {true} | " + " | ".join(str(counts[true, said]) for said in labels) + " |")


def main() -> None:
    found = read(Path(sys.argv[1]))
    report(found)
    if "-v" in sys.argv:
        for f in found:
            if (f.said and f.kinds and f.said not in f.kinds) or f.stance not in f.stances:
                print(
                    f"\n{f.text}\n  said {f.said} ({', '.join(f.three)}), {f.stance}; wanted {', '.join(sorted(f.kinds)) or '-'}, {', '.join(f.stances)}"
                )


if __name__ == "__main__":
    main()
