"""Trains ``mailwins/understanding/weights.bin`` from ``training/sentences``: ``python training/train.py``.

Needs scikit-learn, and nothing of mailwins but its classifier. Every number of the file is made here, in two steps: the weights
of the features, and two small regressions that weigh a whole text, learned from what the first step said of voices it had not
seen. Voices (files), not sentences, are held out, and voices of one manner together in every language; the shipped weights then
use everybody. ``--check`` prints the tables of training/README.md and writes nothing; ``--doubtful`` lists lines whose label a
model of the other voices would contradict, for a person to look at.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
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
features = cache(_shipped.features)
sentence_features = cache(_shipped.sentence_features)
BUCKETS: int = _shipped.BUCKETS
CALM, SURE_COMPLAINT, SURE_DOUBT = _shipped.CALM, _shipped.SURE_COMPLAINT, _shipped.SURE_DOUBT

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
    "formal": 0, "chatty": 1, "trades": 2, "market": 2, "idiom": 0, "office": 3, "ironic": 1, "1": 3, "2": 1, "br": 3, "pt": 1,
    "engineer": 0, "terse": 0, "nonnative": 1, "exec": 2, "british": 3, "warm": 3,
    "letters": 0, "troubled": 0, "briefe": 0, "lettres": 0, "cartas": 0, "lettere": 0, "brieven": 0, "brev": 0, "listy": 0, "tegami": 0,
    "contrast": 1, "gegensatz": 1, "contraste": 1, "contrasto": 1, "kontrast": 1, "taihi": 1,
}  # fmt: skip
KIND_STRENGTH, STANCE_STRENGTH = 6.0, 6.0
STEPS = 60
_CHOICE = re.compile(r"\{([^{}]*)\}")


Fitted = dict[str, list[float]]


@dataclass(frozen=True)
class Row:
    """One sentence, or a mail made of several: *line* is the line of the file it comes from, several rows may share it."""

    text: str
    kinds: frozenset[str]
    stance: str
    language: str
    author: str
    line: int
    first: str

    @property
    def is_win(self) -> bool:
        return bool(self.kinds) and self.stance == "praise"

    @property
    def is_mail(self) -> bool:
        return self.line < 0

    def fits(self, kind: str) -> bool:
        return kind in self.kinds


@dataclass(frozen=True)
class Text:
    """What the first step said of one text of an unseen voice: per sentence the raw scores, its length, its meanings."""

    kinds: np.ndarray
    stances: np.ndarray
    lengths: list[int]
    meanings: list[tuple[str, ...]]

    def told(self, which: str, temperature: float) -> Any:
        rows = (getattr(self, which) / temperature).tolist()
        return _shipped.Told.of(rows, self.lengths, none=which == "kinds")


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
            kinds = parts[0].split(",")
            if (
                len(parts) != 3
                or not KNOWN.issuperset(kinds)
                or parts[1] not in STANCES
                or (kinds != ["-"]) != (parts[1] == "praise")
            ):
                sys.exit(
                    f"{path.name}:{number}: not “kinds, tab, stance, tab, sentence”, praise where there is a kind: {line[:60]!r}"
                )
            fitting = frozenset(kinds) - {"-"}
            rows += [
                Row(text, fitting, parts[1], language, path.stem, number, kinds[0])
                for text in expand(parts[2], PER_TEMPLATE, rng)
            ]
    return rows


def matrix(rows: list[list[int]]) -> csr_matrix:
    """One row of features each, as the classifier weighs them: repeated ones add up, long texts are evened out."""
    indptr, indices, values = [0], [], []
    for found in rows:
        indices.extend(found)
        values.extend([1 / np.sqrt(max(len(found), 1))] * len(found))
        indptr.append(len(indices))
    made = csr_matrix((np.array(values, dtype=np.float32), indices, indptr), shape=(len(rows), BUCKETS))
    made.sum_duplicates()
    return made


def told_twice(x: csr_matrix, rows: list[Row]) -> tuple[csr_matrix, np.ndarray]:
    """The columns of features that two lines share, and which these are: what one line alone says teaches nothing."""
    lines = {key: at for at, key in enumerate(dict.fromkeys((r.author, r.line) for r in rows))}
    of_row = np.array([lines[r.author, r.line] for r in rows])
    cells = x.tocoo()
    seen = np.unique(of_row[cells.row].astype(np.int64) * BUCKETS + cells.col)
    kept = np.flatnonzero(np.bincount(seen % BUCKETS, minlength=BUCKETS) >= 2)
    return x[:, kept], kept


def fit(rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    """(weights, bias) of the kinds, none, and the stances, a row each."""
    x, kept = told_twice(matrix([features(r.text) for r in rows]), rows)
    # What few sentences have tells more than what most have: "countersigned" more than "the".
    rarity = np.log(len(rows) / (np.bincount(x.nonzero()[1], minlength=len(kept)) + 1.0))
    rarity /= rarity.mean()
    x = (x @ diags(rarity)).tocsr()
    # A line of six sentences should not weigh six times one of a single sentence.
    counts = Counter((r.author, r.line) for r in rows)
    weight = np.array([1 / np.sqrt(counts[r.author, r.line]) for r in rows])
    # A line of two kinds teaches both, half each; the one named first a little more.
    taught = [
        (at, k, 1 / (len(r.kinds) + 0.5) * (1.5 if k == r.first else 1))
        for at, r in enumerate(rows)
        for k in (r.kinds or {NONE})
    ]
    picked = np.array([at for at, _, _ in taught])
    kind = LogisticRegression(C=KIND_STRENGTH, max_iter=STEPS, tol=1e-3, class_weight="balanced")
    kind.fit(x[picked], [k for _, k, _ in taught], sample_weight=weight[picked] * np.array([w for _, _, w in taught]))
    stance = LogisticRegression(C=STANCE_STRENGTH, max_iter=STEPS, tol=1e-3, class_weight="balanced")
    stance.fit(x, [r.stance for r in rows], sample_weight=weight)
    both = [(kind, LABELS), (stance, STANCES)]
    orders = [[list(model.classes_).index(label) for label in labels] for model, labels in both]
    weights = np.zeros((len(LABELS) + len(STANCES), BUCKETS))
    weights[:, kept] = rarity * np.vstack([model.coef_[order] for (model, _), order in zip(both, orders, strict=True)])
    return weights, np.concatenate([model.intercept_[order] for (model, _), order in zip(both, orders, strict=True)])


def said(texts: list[str], weights: np.ndarray, bias: np.ndarray) -> list[Text]:
    units = [_shipped.sentences(t) or [""] for t in texts]
    found = [[sentence_features(s) for s in text] for text in units]
    flat = matrix([u for text in found for u in text]) @ weights.T + bias
    result, at = [], 0
    for text, features in zip(units, found, strict=True):
        rows = flat[at : at + len(text)]
        at += len(text)
        split = len(LABELS)
        result.append(
            Text(
                rows[:, :split],
                rows[:, split:],
                [max(len(f), 1) for f in features],
                [_shipped.see(s).meanings for s in text],
            )
        )
    return result


def soft(scores: np.ndarray, t: float) -> np.ndarray:
    z = scores / t
    z = z - z.max(axis=1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def fold_of(author: str) -> int:
    """Voices of one manner (`de-formal`, `nl-formal`) fall into one fold, so that a thought told in the same manner in two
    languages is never on both sides."""
    manner = author.split("-")[1]
    return MANNERS.get(manner, zlib.crc32(manner.encode()) % FOLDS)


def composed(rows: list[Row], rng: random.Random) -> list[Row]:
    """Short mails made of the sentences of one voice, as mails are: business around a win, kind words around a complaint.

    A mail of two kinds accepts either. Its mood is that of the gravest sentence in it: a complaint after a compliment is a
    complaint, a doubt after news a doubt.
    """
    mails = []
    for author in sorted({r.author for r in rows}):
        mine = [r for r in rows if r.author == author]
        of = {s: [r for r in mine if r.stance == s] for s in STANCES}
        wins, business = of["praise"], of["neutral"]
        thanks = [r for r in wins if r.first == "endorsement"]

        def mail(parts: list[Row], stance: str, shuffled: bool = True) -> None:
            if shuffled:
                rng.shuffle(parts)
            kinds = frozenset().union(*(p.kinds for p in parts if p.stance == "praise"))
            lead = next(p for p in parts if p.stance == stance)
            gap = "" if lead.language == "ja" else " "
            text = gap.join(p.text for p in parts)
            mails.append(Row(text, kinds, stance, lead.language, author, -lead.line, lead.first))  # noqa: B023

        def some(pool: list[Row], *chances: float) -> list[Row]:
            return [rng.choice(pool) for chance in chances if pool and rng.random() < chance]

        for first in wins[::2]:
            mail([first, *some(wins, 0.35, 0.15), *some(thanks, 0.4), *some(business, 0.5, 0.3, 0.2)], "praise")
        for first in of["complaint"]:
            mail(
                [
                    first,
                    *some(of["complaint"], 0.4, 0.2),
                    *some(wins, 0.15),
                    *some(thanks, 0.4),
                    *some(business, 0.4, 0.2),
                ],
                "complaint",
            )
        for first in of["doubt"]:
            mail(
                [first, *some(of["doubt"], 0.3), *some(wins, 0.25), *some(thanks, 0.2), *some(business, 0.4, 0.2)],
                "doubt",
            )
        for first in business[::2]:
            mail([first, *some(business, 0.5, 0.3)], "neutral")
    return mails


@dataclass(frozen=True)
class HeldOut:
    """Texts of unseen voices and what was said of them."""

    rows: list[Row]
    texts: list[Text]
    folds: np.ndarray

    def pooled(self, which: str, some: Sequence[int]) -> np.ndarray:
        return np.array([_shipped.pool(self.texts[at].told(which, 1.0)) for at in some])


def hold_out(rows: list[Row]) -> HeldOut:
    """Every voice judged by a model that never saw it; one sentence of each line, and mails made of them."""
    seen: list[Row] = []
    texts: list[Text] = []
    folds: list[int] = []
    rng = random.Random(11)
    for fold in range(FOLDS):
        train = [r for r in rows if fold_of(r.author) != fold]
        test = list({(r.author, r.line): r for r in rows if fold_of(r.author) == fold}.values())
        if not test:
            continue
        test += composed(test, rng)
        weights, bias = fit(train)
        seen += test
        texts += said([r.text for r in test], weights, bias)
        folds += [fold] * len(test)
    return HeldOut(seen, texts, np.array(folds))


def temperature(scores: np.ndarray, wanted: np.ndarray) -> float:
    """The softening under which what is said with p = 0.8 is right eight times in ten: the least log loss. Shipped weights are divided by it."""
    grid = np.linspace(0.3, 3, 55)
    loss = [-np.log(soft(scores, t)[np.arange(len(wanted)), wanted] + 1e-9).mean() for t in grid]
    return float(grid[int(np.argmin(loss))])


def temperatures(held: HeldOut) -> tuple[float, float]:
    single = [at for at, r in enumerate(held.rows) if not r.is_mail]
    rows = [held.rows[at] for at in single]
    kinds = np.array([LABELS.index(r.first if r.kinds else NONE) for r in rows])
    stances = np.array([STANCES.index(r.stance) for r in rows])
    return temperature(held.pooled("kinds", single), kinds), temperature(held.pooled("stances", single), stances)


# ---------------------------------------------------------------- the second step: whole texts


@dataclass(frozen=True)
class Signals:
    """Per text: the kinds and their shares, what tells how sure the first is, what tells the mood."""

    ranked: list[list[tuple[str, float]]]
    sure: np.ndarray
    moods: np.ndarray


def signals(held: HeldOut, tk: float, ts: float) -> Signals:
    ranked, sure, moods = [], [], []
    for text in held.texts:
        kinds = text.told("kinds", tk)
        shares, none = _shipped.kinds_of(kinds)
        order = sorted(zip(CATEGORIES, shares, strict=True), key=lambda x: -x[1])
        ranked.append(order)
        sure.append(_shipped.sure_signals(shares, none, kinds))
        moods.append(_shipped.mood_signals(text.told("stances", ts), text.meanings, order[0][1]))
    return Signals(ranked, np.array(sure), np.array(moods))


def fit_sure(held: HeldOut, found: Signals, among: np.ndarray) -> dict[str, list[float]]:
    """How likely the first kind is accepted: a regression on ``sure_signals`` with one number for each kind."""
    first = [ranked[0][0] for ranked in found.ranked]
    own = np.array([[float(k == kind) for kind in CATEGORIES] for k in first])
    x = np.hstack([found.sure[:, 1:], own])
    y = np.array([r.is_win and r.fits(k) for r, k in zip(held.rows, first, strict=True)])
    # What is no win is mostly stopped by its mood; here it only teaches caution.
    weight = np.array([1.0 if r.is_win else 0.3 for r in held.rows])
    model = LogisticRegression(C=1.0, max_iter=500).fit(x[among], y[among], sample_weight=weight[among])
    cut = found.sure.shape[1] - 1
    rounded = [round(float(w), 4) for w in model.coef_[0]]
    return {
        "all": [round(float(model.intercept_[0]), 4), *rounded[:cut]],
        **{k: [w] for k, w in zip(CATEGORIES, rounded[cut:], strict=True)},
    }


def sureness(found: Signals, weights: dict[str, list[float]]) -> np.ndarray:
    score = found.sure @ np.array(weights["all"]) + np.array([weights[ranked[0][0]][0] for ranked in found.ranked])
    return 1 / (1 + np.exp(-score))


def fit_moods(held: HeldOut, found: Signals, among: np.ndarray) -> dict[str, list[float]]:
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit(found.moods[among][:, 1:], np.array([r.stance for r in held.rows])[among])
    return {
        s: [round(float(w), 4) for w in (model.intercept_[at], *model.coef_[at])] for at, s in enumerate(model.classes_)
    }


def mood_shares(found: Signals, weights: dict[str, list[float]]) -> np.ndarray:
    return soft(found.moods @ np.array([weights[s] for s in STANCES]).T, 1.0)


def unseen(
    held: HeldOut, fitted: Callable[[np.ndarray], Fitted], applied: Callable[[Fitted], np.ndarray]
) -> np.ndarray:
    """The second step, too, judged on voices that it did not learn from."""
    parts = {fold: applied(fitted(held.folds != fold)) for fold in sorted(set(held.folds))}
    return np.array([parts[fold][at] for at, fold in enumerate(held.folds)])


# ---------------------------------------------------------------- the tables


def report(held: HeldOut, found: Signals) -> None:
    rows = held.rows
    sure = unseen(held, lambda among: fit_sure(held, found, among), lambda weights: sureness(found, weights))
    moods = unseen(held, lambda among: fit_moods(held, found, among), lambda weights: mood_shares(found, weights))
    kind = [ranked[0][0] for ranked in found.ranked]
    single = [at for at, r in enumerate(rows) if not r.is_mail]
    mails = [at for at, r in enumerate(rows) if r.is_mail]
    for title, some in (("single sentences", single), ("short mails made of sentences of one voice", mails)):
        kinds_table(f"Unseen voices, {title}", held, found, sure, some)
        moods_table(f"Unseen voices, {title}: moods", rows, moods, some)
    wins = [at for at in mails if rows[at].is_win]
    print("\n| sure of the kind, mails: at least | share of wins | right |\n|---|---|---|")
    for bound in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        asserted = [at for at in wins if sure[at] >= bound]
        print(
            f"| {bound} | {len(asserted) / len(wins):.0%} | {np.mean([rows[at].fits(kind[at]) for at in asserted]):.1%} |"
        )
    print("\n| asserted kind, mails | times | right |\n|---|---|---|")
    for k in CATEGORIES:
        asserted = [at for at in wins if sure[at] >= _shipped.sure_from(k) and kind[at] == k]
        print(f"| {k} | {len(asserted)} | {np.mean([rows[at].fits(k) for at in asserted] or [0]):.0%} |")
    print("\n| not a win, in the mood of | asserted to be of some kind, and not a worry |\n|---|---|")
    for s in STANCES[1:]:
        other = [at for at in range(len(rows)) if rows[at].stance == s]
        print(
            f"| {s} | {np.mean([sure[at] >= _shipped.sure_from(kind[at]) and moods[at][2] + moods[at][3] <= CALM for at in other]):.1%} of {len(other)} |"
        )
    confusion("mood", STANCES, [(rows[at].stance, STANCES[int(moods[at].argmax())]) for at in mails])
    confusion(
        "kind",
        CATEGORIES,
        [(rows[at].first if not rows[at].fits(kind[at]) else kind[at], kind[at]) for at in single if rows[at].is_win],
    )


def kinds_table(title: str, held: HeldOut, found: Signals, sure: np.ndarray, some: Sequence[int]) -> None:
    rows = held.rows
    wins = [at for at in some if rows[at].is_win]
    print(f"\n{title}: {len(wins)} wins\n")
    print(
        "| language | wins | kind first | kind in first three | asserted | of these right | wrong and confident |\n|---|---|---|---|---|---|---|"
    )
    for language in [*sorted({r.language for r in rows}), "all"]:
        mine = [at for at in wins if language in (rows[at].language, "all")]
        right = np.array([rows[at].fits(found.ranked[at][0][0]) for at in mine])
        three = np.mean([any(rows[at].fits(k) for k, _ in found.ranked[at][:3]) for at in mine])
        asserted = np.array([sure[at] >= _shipped.sure_from(found.ranked[at][0][0]) for at in mine])
        print(
            f"| {language} | {len(mine)} | {right.mean():.0%} | {three:.0%} | {asserted.mean():.0%} | {right[asserted].mean():.1%} | {(asserted & ~right).mean():.1%} |"
        )


def moods_table(title: str, rows: list[Row], moods: np.ndarray, some: Sequence[int]) -> None:
    """What becomes of each mood: asserted as good news or business, asked about, or asserted as a doubt or complaint."""
    print(
        f"\n{title}\n\n| true mood | texts | taken for good news or business | asked | taken for a doubt | taken for a complaint |\n|---|---|---|---|---|---|"
    )
    for s in STANCES:
        mine = [moods[at] for at in some if rows[at].stance == s]
        verdicts = Counter(verdict(m) for m in mine)
        print(
            f"| {s} | {len(mine)} | "
            + " | ".join(f"{verdicts[v] / len(mine):.1%}" for v in ("calm", "asked", "doubt", "complaint"))
            + " |"
        )


def verdict(shares: np.ndarray) -> str:
    """As ``mood.stance_of`` decides."""
    doubt, complaint = shares[2], shares[3]
    if complaint >= SURE_COMPLAINT:
        return "complaint"
    if doubt >= SURE_DOUBT:
        return "doubt"
    return "calm" if doubt + complaint <= CALM else "asked"


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


def write(rows: list[Row], tk: float, ts: float, sure: dict[str, list[float]], moods: dict[str, list[float]]) -> None:
    weights, bias = fit(rows)
    softness = np.array([tk] * len(LABELS) + [ts] * len(STANCES))
    weights, bias = weights / softness[:, None], bias / softness
    # A few weights are far larger than the rest; cutting them off keeps the small ones apart in one byte each.
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.9998)) / 127
    small = (np.clip(np.rint(weights / scale), -127, 127) + 128).astype(np.uint8)
    head = {
        "labels": LABELS + STANCES, "categories": len(CATEGORIES), "scale": scale, "bias": [round(float(b), 5) for b in bias],
        "sure": sure, "moods": moods, "training": fingerprint(),
    }  # fmt: skip
    TARGET.write_bytes(json.dumps(head).encode() + b"\n" + zlib.compress(small.tobytes(), 9))
    print(f"\nwrote {TARGET.name}: {TARGET.stat().st_size} bytes, temperatures {tk:.2f} {ts:.2f}")


def doubtful(held: HeldOut, found: Signals, sure: np.ndarray) -> None:
    for at in sorted(range(len(held.rows)), key=lambda at: -sure[at]):
        row, (kind, _) = held.rows[at], found.ranked[at][0]
        if row.is_win and not row.is_mail and not row.fits(kind) and sure[at] >= 0.6:
            print(f"{row.author}:{row.line}\t{','.join(sorted(row.kinds))}\t{kind}\t{sure[at]:.2f}\t{row.text}")


def main() -> None:
    rows = read()
    lines, authors = len({(r.author, r.line) for r in rows}), len({r.author for r in rows})
    print(f"{lines} lines, {len(rows)} sentences, {authors} voices, {len({r.language for r in rows})} languages")
    held = hold_out(rows)
    tk, ts = temperatures(held)
    found = signals(held, tk, ts)
    everybody = np.ones(len(held.rows), dtype=bool)
    sure, moods = fit_sure(held, found, everybody), fit_moods(held, found, everybody)
    if "--doubtful" in sys.argv[1:]:
        doubtful(held, found, sureness(found, sure))
        return
    report(held, found)
    if "--check" not in sys.argv[1:]:
        write(rows, tk, ts, sure, moods)


if __name__ == "__main__":
    main()
