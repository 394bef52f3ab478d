"""Trains ``mailwins/understanding/weights.bin`` from ``training/sentences``: ``python training/train.py``.

Needs scikit-learn, and nothing of mailwins but its classifier. Voices (files), not sentences, are held out when the tables
of training/README.md are made, and voices of one manner are held out together in every language; the shipped weights
then use everybody. ``--check`` prints the tables and writes nothing; ``--write``
writes the weights under the temperatures they had.
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
NONE = "none"
LABELS = [*CATEGORIES, NONE]
KNOWN = {*CATEGORIES, "-"}
STANCES = ["praise", "neutral", "doubt", "complaint"]
PER_TEMPLATE = 6
FOLDS = 4
MANNERS = {
    "formal": 0, "chatty": 1, "trades": 2, "1": 3, "2": 1, "br": 3, "pt": 1,
    "engineer": 0, "terse": 0, "nonnative": 1, "exec": 2, "british": 3, "warm": 3,
    "letters": 0, "troubled": 0, "briefe": 0, "lettres": 0, "cartas": 0, "lettere": 0, "brieven": 0, "brev": 0, "listy": 0, "tegami": 0,
    "contrast": 1, "gegensatz": 1, "contraste": 1, "contrasto": 1, "kontrast": 1, "taihi": 1,
}  # fmt: skip
KIND_STRENGTH, STANCE_STRENGTH = 6.0, 6.0
SURE, SURE_NONE = 0.5, 0.5
"""As in mood.py: from where on a kind is asserted, and how far the text may read like no win."""
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
    also: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        return NONE if self.kind == "-" else self.kind

    def fits(self, kind: str) -> bool:
        return kind == self.kind or kind in self.also


@dataclass(frozen=True)
class HeldOut:
    """Sentences of unseen voices with the raw scores they got."""

    rows: list[Row]
    kinds: np.ndarray
    stances: np.ndarray
    sentences: list[tuple[list[list[float]], list[int]]]
    """Per text the scores of the kinds for each of its sentences, and how long these are."""


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


def matrix(rows: list[list[int]]) -> csr_matrix:
    """One row of features each, as the classifier weighs them: repeated ones add up, long texts are evened out."""
    indptr, indices, values = [0], [], []
    for found in rows:
        indices.extend(found)
        values.extend([1 / np.sqrt(max(len(found), 1))] * len(found))
        indptr.append(len(indices))
    made = csr_matrix((values, indices, indptr), shape=(len(rows), BUCKETS))
    made.sum_duplicates()
    return made


def fit(rows: list[Row]) -> tuple[LogisticRegression, LogisticRegression]:
    x = matrix([_shipped.features(r.text) for r in rows])
    # A line of six sentences should not weigh six times one of a single sentence.
    counts = Counter((r.author, r.line) for r in rows)
    weight = np.array([1 / np.sqrt(counts[r.author, r.line]) for r in rows])
    kind = LogisticRegression(C=KIND_STRENGTH, max_iter=150, tol=1e-3, class_weight="balanced")
    kind.fit(x, [r.label for r in rows], sample_weight=weight)
    stance = LogisticRegression(C=STANCE_STRENGTH, max_iter=150, tol=1e-3, class_weight="balanced")
    stance.fit(x, [r.stance for r in rows], sample_weight=weight)
    return kind, stance


def aligned(model: LogisticRegression, labels: list[str]) -> tuple[np.ndarray, np.ndarray]:
    order = [list(model.classes_).index(label) for label in labels]
    return model.coef_[order], model.intercept_[order]


def scored(texts: list[str], weights: np.ndarray, bias: np.ndarray) -> list[tuple[list[list[float]], list[int]]]:
    """Per text the scores of each of its sentences, and how long these are."""
    units = [[_shipped.sentence_features(s) for s in _shipped.sentences(t)] or [[]] for t in texts]
    flat = matrix([u for text in units for u in text]) @ weights.T + bias
    found, at = [], 0
    for text in units:
        found.append((flat[at : at + len(text)].tolist(), [max(len(u), 1) for u in text]))
        at += len(text)
    return found


def pooled(found: list[tuple[list[list[float]], list[int]]], none: int | None) -> np.ndarray:
    return np.array([_shipped.pool(rows, lengths, none=none) for rows, lengths in found])


def soft(scores: np.ndarray, t: float) -> np.ndarray:
    z = scores / t
    z -= z.max(axis=1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def fold_of(author: str) -> int:
    """Voices of one manner (`de-formal`, `nl-formal`) fall into one fold, so that a thought told in the same manner in two
    languages is never on both sides."""
    manner = author.split("-")[1]
    return MANNERS.get(manner, zlib.crc32(manner.encode()) % FOLDS)


def composed(rows: list[Row], rng: random.Random) -> list[Row]:
    """Short mails made of the sentences of one voice: a greeting or ordinary business, a win or two, kind words at the end.

    A mail of two kinds accepts either (*also*).
    """
    mails = []
    for author in sorted({r.author for r in rows}):
        mine = [r for r in rows if r.author == author]
        told = [r for r in mine if r.kind != "-" and r.stance in ("praise", "neutral")]
        business = [r for r in mine if r.kind == "-" and r.stance == "neutral"]
        thanks = [r for r in told if r.kind == "endorsement" and r.stance == "praise"]
        for first in told[::2]:
            parts, also = [first], {first.kind}
            if rng.random() < 0.35:
                parts.append(rng.choice(told))
            if thanks and rng.random() < 0.4:
                parts.append(rng.choice(thanks))
            also = {p.kind for p in parts}
            if business and rng.random() < 0.5:
                parts.insert(rng.randrange(2), rng.choice(business))
            gap = "" if first.language == "ja" else " "
            stance = "praise" if any(p.stance == "praise" for p in parts) else "neutral"
            mails.append(Row(gap.join(p.text for p in parts), first.kind, stance, first.language, author, -first.line, frozenset(also)))
    return mails


def hold_out(rows: list[Row]) -> HeldOut:
    """Every voice judged by a model that never saw it; one sentence of each line, and mails made of them."""
    seen: list[Row] = []
    kinds, stances = [], []
    sentences: list[tuple[list[list[float]], list[int]]] = []
    rng = random.Random(11)
    for fold in range(FOLDS):
        train = [r for r in rows if fold_of(r.author) != fold]
        test = list({(r.author, r.line): r for r in rows if fold_of(r.author) == fold}.values())
        if not test:
            continue
        test += composed(test, rng)
        kind, stance = fit(train)
        texts = [r.text for r in test]
        seen += test
        sentences += (by_sentence := scored(texts, *aligned(kind, LABELS)))
        kinds.append(pooled(by_sentence, len(CATEGORIES)))
        stances.append(pooled(scored(texts, *aligned(stance, STANCES)), None))
    return HeldOut(seen, np.vstack(kinds), np.vstack(stances), sentences)


def temperature(scores: np.ndarray, wanted: np.ndarray) -> float:
    """The softening under which what is said with p = 0.8 is right eight times in ten: the least log loss."""
    grid = np.linspace(0.3, 3, 55)
    loss = [-np.log(soft(scores, t)[np.arange(len(wanted)), wanted] + 1e-9).mean() for t in grid]
    return float(grid[int(np.argmin(loss))])


def wins(held: HeldOut) -> list[int]:
    return [i for i, r in enumerate(held.rows) if r.kind != "-" and r.stance in ("praise", "neutral")]


def temperatures(held: HeldOut) -> tuple[float, float]:
    tc = temperature(held.kinds, np.array([LABELS.index(r.label) for r in held.rows]))
    ts = temperature(held.stances, np.array([STANCES.index(r.stance) for r in held.rows]))
    return tc, ts


def report(held: HeldOut, tc: float, ts: float) -> None:
    rows, ps = held.rows, soft(held.stances, ts)
    told = [_shipped.kinds_of(scores, lengths, tc) for scores, lengths in held.sentences]
    pc, none = np.array([shares for shares, _ in told]), np.array([none for _, none in told])
    kind = [CATEGORIES[k] for k in pc.argmax(axis=1)]
    stance = [STANCES[k] for k in ps.argmax(axis=1)]
    order = np.argsort(-pc, axis=1)
    sure = (pc.max(axis=1) >= SURE) & (none <= SURE_NONE)
    win = set(wins(held))
    for title, of in (("single sentences", lambda r: r.line > 0), ("short mails made of sentences of one voice", lambda r: r.line < 0)):
        some = [i for i, r in enumerate(rows) if of(r)]
        print(f"\nUnseen voices, {title}: {len(some)}, {len(win & {*some})} of them wins\n")
        print("| language | texts | kind first | kind in first three | asserted | of these right | stance | praise taken for complaint or back |")
        print("|---|---|---|---|---|---|---|---|")
        for language in [*sorted({r.language for r in rows}), "all"]:
            every = [i for i in some if language in (rows[i].language, "all")]
            mine = [i for i in every if i in win]
            first = np.mean([rows[i].fits(kind[i]) for i in mine])
            three = np.mean([any(rows[i].fits(CATEGORIES[k]) for k in order[i][:3]) for i in mine])
            said = [i for i in mine if sure[i]]
            right = np.mean([rows[i].fits(kind[i]) for i in said])
            mood = np.mean([stance[i] == rows[i].stance for i in every])
            swapped = np.mean([{stance[i], rows[i].stance} == {"praise", "complaint"} for i in every])
            print(f"| {language} | {len(every)} | {first:.0%} | {three:.0%} | {len(said) / len(mine):.0%} | {right:.0%} | {mood:.0%} | {swapped:.1%} |")
    single = [i for i, r in enumerate(rows) if r.line > 0]
    for name, p, right_, which in (
        ("kind", pc.max(axis=1), [r.fits(k) for r, k in zip(rows, kind, strict=True)], sorted(win)),
        ("stance", ps.max(axis=1), [r.stance == s for r, s in zip(rows, stance, strict=True)], single),
    ):
        print(f"\n| {name}: p at least | share of texts | right |\n|---|---|---|")
        for bound in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
            said = [i for i in which if p[i] >= bound]
            if said:
                print(f"| {bound} | {len(said) / len(which):.0%} | {np.mean([right_[i] for i in said]):.1%} |")
    print("\n| not a win, in the mood of | asserted to be of some kind |\n|---|---|")
    for s in STANCES[1:]:
        other = [i for i in single if rows[i].kind == "-" and rows[i].stance == s]
        print(f"| {s} | {np.mean([sure[i] for i in other]):.1%} of {len(other)} |")
    confusion("stance", STANCES, [(rows[i].stance, stance[i]) for i in single])
    confusion("kind", CATEGORIES, [(rows[i].kind, kind[i]) for i in single if i in win])


def confusion(name: str, labels: list[str], pairs: list[tuple[str, str]]) -> None:
    counts = Counter(pairs)
    print(f"\n| {name}: true ↓ said → | " + " | ".join(labels) + " |\n|---|" + "---|" * len(labels))
    for true in labels:
        print(f"| {true} | " + " | ".join(str(counts[true, said]) for said in labels) + " |")


def fingerprint() -> int:
    """CRC-32 of every training sentence, the lexicon and the way they are weighed: what the shipped weights were made from."""
    crc = 0
    for path in [*sorted((HERE / "sentences").glob("*.tsv")), TARGET.with_name("concepts.txt")]:
        crc = zlib.crc32(path.read_bytes(), crc)
    return crc


def write(rows: list[Row], tc: float, ts: float) -> None:
    kind, stance = fit(rows)
    (cw, cb), (sw, sb) = aligned(kind, LABELS), aligned(stance, STANCES)
    weights = np.vstack([cw, sw]).T
    # A few weights are far larger than the rest; cutting them off keeps the small ones apart in one byte each.
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.9998)) / 127
    small = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
    bias = ",".join(f"{b:.5f}" for b in [*cb, *sb])
    head = "\t".join([",".join(LABELS + STANCES), str(len(CATEGORIES)), repr(scale), bias, f"{tc:.3f},{ts:.3f}", str(fingerprint())])
    TARGET.write_bytes(head.encode() + b"\n" + zlib.compress(small.tobytes(), 9))
    print(f"\nwrote {TARGET.name}: {TARGET.stat().st_size} bytes, temperatures {tc:.2f} {ts:.2f}")


def main() -> None:
    rows = read()
    lines, authors = len({(r.author, r.line) for r in rows}), len({r.author for r in rows})
    if "--write" not in sys.argv[1:]:
        print(f"{lines} lines, {len(rows)} sentences, {authors} voices, {len({r.language for r in rows})} languages")
        held = hold_out(rows)
        tc, ts = temperatures(held)
        report(held, tc, ts)
        if "--check" in sys.argv[1:]:
            return
    else:
        tc, ts = _shipped.load().temperature
    write(rows, tc, ts)


if __name__ == "__main__":
    main()
