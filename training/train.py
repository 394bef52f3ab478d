"""Trains ``mailwins/understanding/weights.bin`` from ``training/sentences``: ``python training/train.py``.

Needs scikit-learn, and nothing of mailwins but its classifier. Voices (files), not sentences, are held out when the tables
of training/README.md are made, and voices of one manner are held out together in every language; the shipped weights
then use everybody. ``--check`` prints the tables and writes nothing.
"""

from __future__ import annotations

import importlib.util
import itertools
import random
import re
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
TARGET = HERE.parent / "mailwins" / "understanding" / "weights.bin"


def _classifier() -> ModuleType:
    """The shipped classifier by its path: it needs the standard library alone, the package around it needs more."""
    spec = importlib.util.spec_from_file_location("classifier", TARGET.with_name("classifier.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["classifier"] = module
    spec.loader.exec_module(module)
    return module


_shipped = _classifier()
BUCKETS: int = _shipped.BUCKETS

CATEGORIES = [
    "value_realized", "account_goal", "adoption", "stakeholder", "participation", "program", "high_value_task",
    "endorsement", "nps_csat", "referral", "renewal_expansion", "milestone", "olympics",
]  # fmt: skip
KNOWN = {*CATEGORIES, "-"}
STANCES = ["praise", "neutral", "doubt", "complaint"]
PER_TEMPLATE = 6
FOLDS = 4
MANNERS = {
    "formal": 0, "chatty": 1, "trades": 2, "1": 3, "2": 1, "br": 3, "pt": 1,
    "engineer": 0, "terse": 0, "nonnative": 1, "exec": 2, "british": 3, "warm": 3,
}  # fmt: skip
KIND_STRENGTH, STANCE_STRENGTH = 20.0, 20.0
CONFIDENT = 0.86
WANTED_PRECISION = 0.90
_CHOICE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Row:
    """One sentence: *line* is the line of the file it comes from, several rows may share it."""

    text: str
    kind: str
    stance: str
    language: str
    author: str
    line: int


@dataclass(frozen=True)
class HeldOut:
    """Sentences of unseen voices with the raw scores they got."""

    rows: list[Row]
    kinds: np.ndarray
    stances: np.ndarray


def expand(template: str, limit: int, rng: random.Random) -> list[str]:
    """Sentences of one line: its alternations filled in, at most *limit* of them."""
    parts = _CHOICE.split(template)
    options = [p.split("|") if i % 2 else [p] for i, p in enumerate(parts)]
    combos = list(itertools.islice(itertools.product(*options), 5_000))
    rng.shuffle(combos)
    return ["".join(c) for c in combos[:limit]]


def read() -> list[Row]:
    rng = random.Random(7)
    rows = []
    for path in sorted((HERE / "sentences").glob("*.tsv")):
        language = path.stem.partition("-")[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            parts = line.split("\t")
            if len(parts) != 3 or parts[0] not in KNOWN or parts[1] not in STANCES:
                sys.exit(f"{path.name}:{number}: not “kind, tab, stance, tab, sentence”: {line[:60]!r}")
            rows += [Row(text, parts[0], parts[1], language, path.stem, number) for text in expand(parts[2], PER_TEMPLATE, rng)]
    return rows


def matrix(texts: list[str]) -> csr_matrix:
    indptr, indices, values = [0], [], []
    for text in texts:
        found = _shipped.features(text)
        indices.extend(found)
        values.extend([1 / np.sqrt(max(len(found), 1))] * len(found))
        indptr.append(len(indices))
    return csr_matrix((values, indices, indptr), shape=(len(texts), BUCKETS))


def fit(rows: list[Row]) -> tuple[LogisticRegression, LogisticRegression]:
    x = matrix([r.text for r in rows])
    # A line of six sentences should not weigh six times one of a single sentence.
    counts = Counter((r.author, r.line) for r in rows)
    weight = np.array([1 / np.sqrt(counts[r.author, r.line]) for r in rows])
    win = np.array([r.kind != "-" for r in rows])
    kind = LogisticRegression(C=KIND_STRENGTH, max_iter=400, class_weight="balanced")
    kind.fit(x[win], [r.kind for r in rows if r.kind != "-"], sample_weight=weight[win])
    stance = LogisticRegression(C=STANCE_STRENGTH, max_iter=400, class_weight="balanced")
    stance.fit(x, [r.stance for r in rows], sample_weight=weight)
    return kind, stance


def aligned(model: LogisticRegression, labels: list[str]) -> tuple[np.ndarray, np.ndarray]:
    order = [list(model.classes_).index(label) for label in labels]
    return model.coef_[order], model.intercept_[order]


def soft(scores: np.ndarray, t: float) -> np.ndarray:
    z = scores / t
    z -= z.max(axis=1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def fold_of(author: str) -> int:
    """Voices of one manner (`de-formal`, `nl-formal`) fall into one fold, so that a thought told in the same manner in two
    languages is never on both sides."""
    manner = author.split("-")[1]
    return MANNERS.get(manner, zlib.crc32(manner.encode()) % FOLDS)


def hold_out(rows: list[Row]) -> HeldOut:
    """Every voice judged by a model that never saw it; one sentence of each line."""
    seen: list[Row] = []
    kinds, stances = [], []
    for fold in range(FOLDS):
        train = [r for r in rows if fold_of(r.author) != fold]
        test = list({(r.author, r.line): r for r in rows if fold_of(r.author) == fold}.values())
        if not test:
            continue
        kind, stance = fit(train)
        x = matrix([r.text for r in test])
        (cw, cb), (sw, sb) = aligned(kind, CATEGORIES), aligned(stance, STANCES)
        seen += test
        kinds.append(x @ cw.T + cb)
        stances.append(x @ sw.T + sb)
    return HeldOut(seen, np.vstack(kinds), np.vstack(stances))


def temperature(scores: np.ndarray, wanted: np.ndarray) -> float:
    """The least softening of the best log loss at which answers given with p >= CONFIDENT are right often enough.

    Log loss alone leaves the top of the scale a little too sure, and the top is where the product acts without asking.
    """
    grid = np.linspace(0.3, 5, 95)
    loss = [-np.log(soft(scores, t)[np.arange(len(wanted)), wanted] + 1e-9).mean() for t in grid]
    for t in grid[int(np.argmin(loss)) :]:
        p = soft(scores, t)
        sure = p.max(axis=1) >= CONFIDENT
        if not sure.any() or (p.argmax(axis=1)[sure] == wanted[sure]).mean() >= WANTED_PRECISION:
            return float(t)
    return float(grid[-1])


def wins(held: HeldOut) -> np.ndarray:
    return np.array([i for i, r in enumerate(held.rows) if r.kind != "-" and r.stance in ("praise", "neutral")])


def temperatures(held: HeldOut) -> tuple[float, float]:
    i = wins(held)
    tc = temperature(held.kinds[i], np.array([CATEGORIES.index(held.rows[k].kind) for k in i]))
    ts = temperature(held.stances, np.array([STANCES.index(r.stance) for r in held.rows]))
    return tc, ts


def report(held: HeldOut, tc: float, ts: float) -> None:
    rows, pc, ps = held.rows, soft(held.kinds, tc), soft(held.stances, ts)
    kind = [CATEGORIES[k] for k in pc.argmax(axis=1)]
    stance = [STANCES[k] for k in ps.argmax(axis=1)]
    order = np.argsort(-pc, axis=1)
    win = set(wins(held))
    print(f"unseen voices, one sentence per line: {len(rows)} sentences, {len(win)} of them wins\n")
    print("| language | sentences | kind first | kind in first three | p ≥ 0.86 | of these right | stance | praise taken for complaint or back |")
    print("|---|---|---|---|---|---|---|---|")
    for language in [*sorted({r.language for r in rows}), "all"]:
        every = [i for i, r in enumerate(rows) if language in (r.language, "all")]
        mine = [i for i in every if i in win]
        first = np.mean([kind[i] == rows[i].kind for i in mine])
        three = np.mean([rows[i].kind in [CATEGORIES[k] for k in order[i][:3]] for i in mine])
        sure = [i for i in mine if pc[i].max() >= CONFIDENT]
        right = f"{np.mean([kind[i] == rows[i].kind for i in sure]):.0%}" if sure else "-"
        mood = np.mean([stance[i] == rows[i].stance for i in every])
        swapped = np.mean([{stance[i], rows[i].stance} == {"praise", "complaint"} for i in every])
        print(f"| {language} | {len(every)} | {first:.0%} | {three:.0%} | {len(sure) / len(mine):.0%} | {right} | {mood:.0%} | {swapped:.1%} |")
    for name, p, given, truth, which in (
        ("kind", pc, kind, [r.kind for r in rows], sorted(win)),
        ("stance", ps, stance, [r.stance for r in rows], list(range(len(rows)))),
    ):
        print(f"\n| {name}: p at least | share of texts | right |\n|---|---|---|")
        for bound in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.95):
            sure = [i for i in which if p[i].max() >= bound]
            if sure:
                print(f"| {bound} | {len(sure) / len(which):.0%} | {np.mean([given[i] == truth[i] for i in sure]):.1%} |")
    print("\n| not a win, in the mood of | told to be of some kind with p ≥ 0.86 |\n|---|---|")
    for s in STANCES[1:]:
        other = [i for i, r in enumerate(rows) if r.kind == "-" and r.stance == s]
        print(f"| {s} | {np.mean([pc[i].max() >= CONFIDENT for i in other]):.1%} of {len(other)} |")
    print("\n| stance at p ≥ 0.6 | found of all | right when said |\n|---|---|---|")
    for s in STANCES:
        said = [i for i in range(len(rows)) if stance[i] == s and ps[i].max() >= 0.6]
        hit = sum(rows[i].stance == s for i in said)
        print(f"| {s} | {hit / sum(r.stance == s for r in rows):.0%} | {hit / max(len(said), 1):.0%} |")
    confusion("stance", STANCES, [(r.stance, g) for r, g in zip(rows, stance, strict=True)])
    confusion("kind", CATEGORIES, [(rows[i].kind, kind[i]) for i in sorted(win)])


def confusion(name: str, labels: list[str], pairs: list[tuple[str, str]]) -> None:
    counts = Counter(pairs)
    print(f"\n| {name}: true ↓ said → | " + " | ".join(labels) + " |\n|---|" + "---|" * len(labels))
    for true in labels:
        print(f"| {true} | " + " | ".join(str(counts[true, said]) for said in labels) + " |")


def write(rows: list[Row], tc: float, ts: float) -> None:
    kind, stance = fit(rows)
    (cw, cb), (sw, sb) = aligned(kind, CATEGORIES), aligned(stance, STANCES)
    weights = np.vstack([cw, sw]).T
    scale = float(np.abs(weights).max()) / 127
    small = np.rint(weights / scale).astype(np.int8)
    bias = ",".join(f"{b:.5f}" for b in [*cb, *sb])
    head = "\t".join([",".join(CATEGORIES + STANCES), str(len(CATEGORIES)), repr(scale), bias, f"{tc:.3f},{ts:.3f}"])
    TARGET.write_bytes(head.encode() + b"\n" + zlib.compress(small.tobytes(), 9))
    print(f"\nwrote {TARGET.name}: {TARGET.stat().st_size} bytes, temperatures {tc:.2f} {ts:.2f}")


def main() -> None:
    rows = read()
    lines, authors = len({(r.author, r.line) for r in rows}), len({r.author for r in rows})
    print(f"{lines} lines, {len(rows)} sentences, {authors} voices, {len({r.language for r in rows})} languages")
    held = hold_out(rows)
    tc, ts = temperatures(held)
    report(held, tc, ts)
    if "--check" not in sys.argv[1:]:
        write(rows, tc, ts)


if __name__ == "__main__":
    main()
