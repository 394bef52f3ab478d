"""Trains ``mailwins/understanding/weights.bin`` from ``training/sentences``: ``python training/train.py`` (needs scikit-learn).

Authors, not sentences, are held out: one author of each language is never trained on when the
table of training/README.md is made; the shipped weights then use everybody.
"""

from __future__ import annotations

import itertools
import random
import re
import sys
import zlib
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from mailwins.understanding.classifier import BUCKETS, features  # noqa: E402

CATEGORIES = ["value_realized", "account_goal", "adoption", "stakeholder", "participation", "program", "high_value_task", "endorsement", "nps_csat", "referral", "renewal_expansion", "milestone", "olympics"]
KNOWN = {*CATEGORIES, "-"}
STANCES = ["praise", "neutral", "doubt", "complaint"]
PER_TEMPLATE = 6
_CHOICE = re.compile(r"\{([^{}]*)\}")


def expand(template: str, limit: int, rng: random.Random) -> list[str]:
    """Sentences of one template: its alternations filled in, at most *limit* of them."""
    parts = _CHOICE.split(template)
    options = [p.split("|") if i % 2 else [p] for i, p in enumerate(parts)]
    combos = list(itertools.islice(itertools.product(*options), 5_000))
    rng.shuffle(combos)
    return ["".join(c) for c in combos[:limit]]


def read() -> list[tuple[str, str, str, str, str, int]]:
    """(text, category, stance, language, author, template number)."""
    rng = random.Random(7)
    rows = []
    for path in sorted((HERE / "sentences").glob("*.tsv")):
        language = path.stem.partition("-")[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            parts = line.split("\t")
            if len(parts) != 3 or parts[0] not in KNOWN or parts[1] not in STANCES:
                continue
            rows += [(text, parts[0], parts[1], language, path.stem, number) for text in expand(parts[2], PER_TEMPLATE, rng)]
    return rows


def matrix(texts: list[str]) -> csr_matrix:
    indptr, indices, values = [0], [], []
    for text in texts:
        found = features(text)
        indices.extend(found)
        values.extend([1 / np.sqrt(max(len(found), 1))] * len(found))
        indptr.append(len(indices))
    return csr_matrix((values, indices, indptr), shape=(len(texts), BUCKETS))


def fit(rows: list) -> tuple[LogisticRegression, LogisticRegression]:
    x = matrix([r[0] for r in rows])
    # A template of six sentences should not weigh six times one of a single sentence.
    counts: dict = defaultdict(int)
    for r in rows:
        counts[r[4], r[5]] += 1
    weight = np.array([1 / np.sqrt(counts[r[4], r[5]]) for r in rows])
    is_positive = np.array([r[1] != "-" for r in rows])
    category = LogisticRegression(C=60, max_iter=400, class_weight="balanced").fit(x[is_positive], [r[1] for r in np.array(rows, dtype=object)[is_positive]], sample_weight=weight[is_positive])
    stance = LogisticRegression(C=60, max_iter=400, class_weight="balanced").fit(x, [r[2] for r in rows], sample_weight=weight)
    return category, stance


def temperature(scores: np.ndarray, wanted: list[int]) -> float:
    """The softening at which held-out probabilities mean what they say (least log loss)."""
    best = (np.inf, 1.0)
    for t in np.linspace(0.4, 4, 73):
        z = scores / t
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(len(wanted)), wanted] + 1e-9).mean()
        best = min(best, (loss, t))
    return float(best[1])


def aligned(model: LogisticRegression, labels: list[str]) -> tuple[np.ndarray, np.ndarray]:
    order = [list(model.classes_).index(label) for label in labels]
    return model.coef_[order], model.intercept_[order]


def evaluate(rows: list) -> tuple[float, float]:
    """Hold out the last author of each language; print the table; return the two temperatures."""
    by_language: dict = defaultdict(set)
    for r in rows:
        by_language[r[3]].add(r[4])
    folds = max(len(v) for v in by_language.values())
    all_scores: list = []
    for fold in range(min(folds, 4)):
        held = {sorted(v)[fold % len(v)] for v in by_language.values() if len(v) > 1}
        train, test = [r for r in rows if r[4] not in held], [r for r in rows if r[4] in held]
        test = list({(r[4], r[5]): r for r in test}.values())
        category, stance = fit(train)
        x = matrix([r[0] for r in test])
        (cw, cb), (sw, sb) = aligned(category, CATEGORIES), aligned(stance, STANCES)
        all_scores += list(zip(test, x @ cw.T + cb, x @ sw.T + sb, strict=True))
    tests = [a[0] for a in all_scores]
    cs, ss = np.array([a[1] for a in all_scores]), np.array([a[2] for a in all_scores])
    positive = [i for i, r in enumerate(tests) if r[1] != "-"]
    tc = temperature(cs[positive], [CATEGORIES.index(tests[i][1]) for i in positive])
    ts = temperature(ss, [STANCES.index(r[2]) for r in tests])
    report(tests, cs, ss, tc, ts)
    return tc, ts


def report(tests: list, cs: np.ndarray, ss: np.ndarray, tc: float, ts: float) -> None:
    def soft(z: np.ndarray, t: float) -> np.ndarray:
        z = z / t - (z / t).max(axis=1, keepdims=True)
        return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)

    pc, ps = soft(cs, tc), soft(ss, ts)
    print(f"held-out authors, one sentence per template: {len(tests)} sentences")
    print("| language | sentences | kind first | kind in first 3 | sure (>= 0.6) | sure and wrong | stance right | praise/complaint swapped |\n|---|---|---|---|---|---|---|---|")
    for language in [*sorted({r[3] for r in tests}), "all"]:
        rows = [i for i, r in enumerate(tests) if language in (r[3], "all")]
        wins = [i for i in rows if tests[i][1] != "-" and tests[i][2] in ("praise", "neutral")]
        order = {i: np.argsort(-pc[i]) for i in wins}
        first = np.mean([CATEGORIES[order[i][0]] == tests[i][1] for i in wins])
        three = np.mean([tests[i][1] in [CATEGORIES[k] for k in order[i][:3]] for i in wins])
        sure = [i for i in wins if pc[i].max() >= 0.6]
        wrong = np.mean([CATEGORIES[order[i][0]] != tests[i][1] for i in sure]) if sure else 0
        stance = np.mean([STANCES[int(ps[i].argmax())] == tests[i][2] for i in rows])
        swapped = np.mean([{STANCES[int(ps[i].argmax())], tests[i][2]} == {"praise", "complaint"} for i in rows])
        print(f"| {language} | {len(rows)} | {first:.0%} | {three:.0%} | {len(sure) / len(wins):.0%} | {wrong:.1%} | {stance:.0%} | {swapped:.1%} |")
    print("\nstance, rows true, columns given:", STANCES)
    for s in STANCES:
        rows = [i for i, r in enumerate(tests) if r[2] == s]
        print(f"  {s:10}", [sum(STANCES[int(ps[i].argmax())] == g for i in rows) for g in STANCES])
    print("\nkind, rows true, columns given:", CATEGORIES)
    for c in CATEGORIES:
        rows = [i for i, r in enumerate(tests) if r[1] == c and r[2] in ("praise", "neutral")]
        print(f"  {c:18}", [sum(CATEGORIES[int(pc[i].argmax())] == g for i in rows) for g in CATEGORIES])


def main() -> None:
    rows = read()
    print(f"{len({(r[4], r[5]) for r in rows})} templates, {len(rows)} sentences, {len({r[4] for r in rows})} authors")
    tc, ts = evaluate(rows)
    category, stance = fit(rows)
    (cw, cb), (sw, sb) = aligned(category, CATEGORIES), aligned(stance, STANCES)
    weights = np.vstack([cw, sw]).T
    scale = float(np.abs(weights).max()) / 127
    small = np.rint(weights / scale).astype(np.int8)
    head = "\t".join([",".join(CATEGORIES + STANCES), str(len(CATEGORIES)), repr(scale), ",".join(f"{b:.5f}" for b in [*cb, *sb]), f"{tc:.3f},{ts:.3f}"])
    target = HERE.parent / "mailwins" / "understanding" / "weights.bin"
    target.write_bytes(head.encode() + b"\n" + zlib.compress(small.tobytes(), 9))
    print(f"\nwrote {target.name}: {target.stat().st_size} bytes, temperatures {tc:.2f} {ts:.2f}")


if __name__ == "__main__":
    main()
