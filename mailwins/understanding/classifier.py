"""Which kind of win a text tells, and in which mood: a linear model over words and letters, weights in one small file.

Trained in the open: ``training/README.md`` tells how, on what, and how good it is. Pure Python and under a millisecond.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BUCKETS = 1 << 15
MAX_CHARS = 1_500

_WORD = re.compile(r"[^\W\d_]+|\d+%?|[!?%€$£¥★😊🎉❤👍]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Classified:
    """(label, probability) pairs, best first.."""

    categories: tuple[tuple[str, float], ...]
    stances: tuple[tuple[str, float], ...]


def features(text: str) -> list[int]:
    """Bucket numbers of the text's features; the training uses the same function."""
    text = unicodedata.normalize("NFKC", text[:MAX_CHARS]).lower().replace("’", "'")
    text = _NUMBER.sub("0", text)
    found: set[int] = set()
    words = _WORD.findall(text)
    previous = "^"
    for word in words[:200]:
        found.add(_bucket("w" + word))
        found.add(_bucket("b" + previous + " " + word))
        previous = word
        padded = f"<{word}>"
        if len(word) > 3 and not _CJK.match(word):
            for size in (4, 5):
                for at in range(len(padded) - size + 1):
                    found.add(_bucket("c" + padded[at : at + size]))
    for run in _CJK.findall(text):
        for size in (1, 2, 3):
            for at in range(len(run) - size + 1):
                found.add(_bucket("j" + run[at : at + size]))
    return sorted(found)


def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode("utf-8")) & (BUCKETS - 1)


@dataclass(frozen=True, slots=True)
class Model:
    """*weights*: one row of small integers per bucket, one column per label; *scale* makes them real numbers again."""

    labels: tuple[str, ...]
    categories: int
    scale: float
    bias: tuple[float, ...]
    temperature: tuple[float, float]
    weights: array[int]


@cache
def load() -> Model:
    raw = (Path(__file__).parent / "weights.bin").read_bytes()
    head, _, body = raw.partition(b"\n")
    labels, categories, scale, bias, temperature = head.decode().split("\t")
    weights = array("b")
    weights.frombytes(zlib.decompress(body))
    names = tuple(labels.split(","))
    assert len(weights) == BUCKETS * len(names), "weights.bin is damaged"
    return Model(names, int(categories), float(scale), tuple(map(float, bias.split(","))), tuple(map(float, temperature.split(",")))[:2], weights)  # type: ignore[arg-type]


def classify(text: str) -> Classified:
    """Probabilities, calibrated on held-out authors. A text without letters is evenly unsure."""
    model = load()
    width = len(model.labels)
    totals = [0] * width
    found = features(text)
    weights = model.weights
    for bucket in found:
        row = weights[bucket * width : bucket * width + width]
        totals = [a + b for a, b in zip(totals, row, strict=True)]
    # Long texts have more features than the sentences of the training: their sum grows, their certainty should not.
    norm = model.scale / math.sqrt(max(len(found), 1))
    scores = [t * norm + b for t, b in zip(totals, model.bias, strict=True)]
    split = model.categories
    return Classified(
        _ranked(model.labels[:split], scores[:split], model.temperature[0]), _ranked(model.labels[split:], scores[split:], model.temperature[1])
    )


def _ranked(labels: tuple[str, ...], scores: list[float], temperature: float) -> tuple[tuple[str, float], ...]:
    top = max(scores)
    powers = [math.exp((s - top) / temperature) for s in scores]
    total = sum(powers)
    return tuple(sorted(((label, p / total) for label, p in zip(labels, powers, strict=True)), key=lambda x: -x[1]))
