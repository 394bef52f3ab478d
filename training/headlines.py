"""Learns what tells the news of a mail: prints the ``WEIGHTS`` of ``mailwins/understanding/summary`` and what they are worth.

    python -m training.headlines [FILE.tsv …]     # training/headlines.tsv where none is named

Runs in mailwins' own environment. A file has the columns source, form (quote or note), text (``\\n`` for a new line) and must, with
tabs between: a good headline holds every element of *must* (``|`` between), of which ``a/b`` means either, in any case. A
conditional logit over the sentences of each text; a source is judged by weights that never saw it.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mailwins.understanding.classifier import classify
from mailwins.understanding.summary import ranking
from mailwins.understanding.summary.sentences import split

HERE = Path(__file__).parent
STEPS, RATE, SHRINK = 400, 0.3, 0.02
# What is known before any mail is looked at; the mails have to speak against it.
KNOWN = {
    "as it was": -5.0,
    "otherwise": -2.0,
    "empty": -4.0,
    "leads on": -4.0,
    "asks": -3.0,
    "short": -1.0,
    "refers back": -1.0,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One text: the signs of its sentences, and which of them a person would print."""

    source: str
    signs: Sequence[Sequence[float]]
    is_right: Sequence[bool]


NAMES = (*ranking.signs(""), *ranking.place_signs(0), *ranking.NOTHING_TOLD)


def read(path: Path) -> list[Chosen]:
    """Texts of which every sentence, or none, would do teach nothing and are left out."""
    found = []
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = row["text"].replace("\\n", "\n")
        sentences = split(text)
        right = [holds(sentence, row["must"]) for sentence in sentences]
        if not any(right) or all(right):
            continue
        tells = ranking.telling(classify(text).parts)
        signs = [
            [*ranking.signs(s).values(), *ranking.place_signs(n).values(), *tells(s).values()]
            for n, s in enumerate(sentences)
        ]
        found.append(Chosen(row["source"], signs, right))
    return found


def holds(line: str, must: str) -> bool:
    low = line.lower()
    return all(any(word.lower() in low for word in either.split("/")) for either in must.split("|") if either)


def learn(texts: Sequence[Chosen]) -> list[float]:
    known = [KNOWN.get(name, 0.0) for name in NAMES]
    weights = known
    for _ in range(STEPS):
        slope = [0.0] * len(NAMES)
        for text in texts:
            shares = _shares(text.signs, weights)
            of_right = sum([share for share, right in zip(shares, text.is_right, strict=True) if right])
            for row, share, right in zip(text.signs, shares, text.is_right, strict=True):
                pull = (share / of_right if right else 0.0) - share
                for at, sign in enumerate(row):
                    slope[at] += pull * sign
        weights = [
            w + RATE * (s / len(texts) - SHRINK * (w - k)) for w, s, k in zip(weights, slope, known, strict=True)
        ]
    return weights


def _shares(signs: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    scores = [sum([w * s for w, s in zip(weights, row, strict=True)]) for row in signs]
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def chosen(texts: Sequence[Chosen], weights: Sequence[float]) -> list[tuple[bool, bool]]:
    """Of each text, whether the choice is sure and whether it is right."""
    found = []
    for text in texts:
        shares = _shares(text.signs, weights)
        best = max(range(len(shares)), key=shares.__getitem__)
        found.append((shares[best] >= ranking.SURE, text.is_right[best]))
    return found


def _told(found: Sequence[tuple[bool, bool]]) -> str:
    groups = [[r for _, r in found], [r for sure, r in found if sure], [r for sure, r in found if not sure]]
    return " | ".join(f"{sum(rights)} of {len(rights)}" for rights in groups) + " |"


def main() -> None:
    texts = [text for path in sys.argv[1:] or [HERE / "headlines.tsv"] for text in read(Path(path))]
    print("By weights that never saw the source:\n")
    print("| source | the right sentence | where it was sure | where it asks |\n|---|---|---|---|")
    together = []
    for source in sorted({text.source for text in texts}):
        own = [text for text in texts if text.source == source]
        found = chosen(own, learn([text for text in texts if text.source != source]))
        together += found
        print(f"| {source} | {_told(found)}")
    print(f"| all | {_told(together)}\n")
    print("WEIGHTS = {")
    for name, weight in zip(NAMES, learn(texts), strict=True):
        print(f'    "{name}": {weight:.2f},')
    print("}")


if __name__ == "__main__":
    main()
