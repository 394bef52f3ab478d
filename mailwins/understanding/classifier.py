"""Which kind of win a text tells, and in which mood: a linear model over words, letters and meanings, in one small file.

Every sentence is weighed alone, so that the one which tells the win decides and not the greetings around it. Trained in
the open: ``training/README.md`` tells how, on what, and how good it is. Pure Python; `benchmarks/classify.py` tells its pace.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path

BUCKETS = 1 << 16
MAX_CHARS = 1_500
MAX_SENTENCES = 24
NONE = "none"
MEANING_WEIGHT = 3
"""A meaning counts as much as three pieces of letters: it carries over from one language to another."""
NEGATED_WITHIN = 3

_WORD = re.compile(r"[^\W\d_]+|\d+%?|[!?%€$£¥★😊🎉❤👍]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_NUMBER = re.compile(r"\d[\d.,]*")
_END = re.compile(r"(?<=[.!?…])[\"”»)]?\s+|[。！？]|\n+")
_ACCENT = re.compile("[\u0300-\u036f]")
_LETTERS_WITHOUT_PARTS = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe"})

# Shapes of figures that tell kinds apart in every language.
_SHAPES = {
    "money": re.compile(r"[€$£¥]\s?\d|\d\s?(?:[€£¥$]|eur\b|usd\b|gbp\b|sek\b|pln\b|kr\b|zł|k€|円|万円|euros?\b|dollars?\b|pounds?\b|chf\b)", re.I),
    "percent": re.compile(r"\d\s?(?:%|percent|per cent|prozent|pour cent|por ciento|por cento|procent|パーセント|割)", re.I),
    "span": re.compile(r"\d[\d.,]*\s?(?:hours?|hrs?|h\b|minutes?|mins?\b|days?|weeks?|stunden?|minuten|tagen?|wochen|heures?|jours?|semaines?|horas?|días|dias|minutos|semanas|ore\b|giorni|minuti|settimane|uur|uren|dagen|weken|timmar|dagar|veckor|godzin\w*|dni\b|minut\w*|tygodni\w*|時間|分|日|週間)", re.I),
    "score": re.compile(r"\b(?:10|[0-9])\s?(?:/|von|out of|sur|de|su|van|av|na|z)\s?(?:10|5)\b|(?:10|9|満)点|\b[1-5][,.]\d\b|★|⭐|\b(?:nps|csat)\b", re.I),
    "plus": re.compile(r"(?<![\w.])\+\s?\d"),
    "from_to": re.compile(r"\b(?:from|von|de|da|van|från|z)\s\S{0,3}\d[^.]{0,30}?\b(?:to|auf|à|a|para|naar|till|do|na)\s\S{0,3}\d|\d\S*から", re.I),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence: its words, what they mean, and its own shares of the kinds and stances."""

    text: str
    meanings: tuple[str, ...]
    kinds: Mapping[str, float]
    stances: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Classified:
    """(label, probability) pairs, best first. *none*: how much it reads like no win of any kind.

    Several kinds may fit, so theirs do not add up to one; the stances do.
    """

    categories: tuple[tuple[str, float], ...]
    stances: tuple[tuple[str, float], ...]
    none: float = 0.0
    parts: tuple[Part, ...] = ()


def sentences(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text[:MAX_CHARS]).replace("’", "'")
    return [s for s in _END.split(text) if s and s.strip()][:MAX_SENTENCES]


def features(text: str) -> list[int]:
    """Bucket numbers of the text's features, a weighty one repeated; the training uses the same function."""
    return [bucket for sentence in sentences(text) for bucket in sentence_features(sentence)]


def sentence_features(sentence: str) -> list[int]:
    """Features of one sentence, already normalised by ``sentences``."""
    return _features_and_meanings(sentence)[0]


def _features_and_meanings(sentence: str) -> tuple[list[int], tuple[str, ...]]:
    shapes = [name for name, shape in _SHAPES.items() if shape.search(sentence)]
    lowered = _NUMBER.sub("0", sentence.lower())
    words = _WORD.findall(lowered)
    found: set[int] = set()
    previous = "^"
    for word in words:
        found.update(_of_word(word))
        found.add(_bucket("b" + previous + " " + word))
        previous = word
    runs = _CJK.findall(lowered)
    for run in runs:
        for size in (1, 2, 3):
            for at in range(len(run) - size + 1):
                found.add(_bucket("j" + run[at : at + size]))
    meant = sorted({*meanings(words, runs), *(f"#{s}" for s in shapes)})
    weighty = {_bucket("k" + m) for m in meant}
    weighty |= {_bucket(f"p{a} {b}") for i, a in enumerate(meant) for b in meant[i + 1 :]} if len(meant) <= 9 else set()
    return sorted(found) + sorted(weighty) * MEANING_WEIGHT, tuple(meant)


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[int, ...]:
    found = [_bucket("w" + word)]
    if len(word) > 3 and not _CJK.match(word):
        padded = f"<{word}>"
        found += [_bucket("c" + padded[at : at + size]) for size in (4, 5) for at in range(len(padded) - size + 1)]
    return tuple(found)


def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode("utf-8")) & (BUCKETS - 1)


# ---------------------------------------------------------------- meanings


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``concepts.txt``, ready to look up: whole words, stems, phrases by their first word, and pieces of unspaced script."""

    words: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[tuple[str, str], ...]]
    pieces: tuple[tuple[str, str], ...]


@cache
def lexicon() -> Lexicon:
    words: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    phrases: dict[str, set[tuple[str, str]]] = {}
    pieces: list[tuple[str, str]] = []
    for line in (Path(__file__).parent / "concepts.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        concept, _, entries = line.partition(":")
        for raw in entries.split(","):
            entry = fold(raw.strip().lower())
            if not entry:
                continue
            if _CJK.search(entry):
                pieces.append((entry, concept))
                continue
            parts = _WORD.findall(entry)
            if len(parts) > 1:
                phrases.setdefault(parts[0], set()).add((" ".join(parts) + ("" if entry.endswith("*") else " "), concept))
            elif entry.endswith("*"):
                stems.setdefault(parts[0], set()).add(concept)
            else:
                words.setdefault(parts[0], set()).add(concept)
    return Lexicon(
        {w: tuple(sorted(c)) for w, c in words.items()}, {w: tuple(sorted(c)) for w, c in stems.items()},
        {w: tuple(sorted(p)) for w, p in phrases.items()}, tuple(pieces),
    )  # fmt: skip


def fold(text: str) -> str:
    """Without accents; kana keep their marks."""
    return _ACCENT.sub("", unicodedata.normalize("NFD", text)).translate(_LETTERS_WITHOUT_PARTS) if not text.isascii() else text


@lru_cache(maxsize=20_000)
def _meant_by(word: str) -> tuple[str, ...]:
    known = lexicon()
    found = {*known.words.get(word, ())}
    for length in range(2, len(word) + 1):
        found.update(known.stems.get(word[:length], ()))
    return tuple(sorted(found))


def meanings(words: Sequence[str], runs: Sequence[str] = ()) -> set[str]:
    """Concepts of ``concepts.txt`` that the words of one sentence name; ``-love`` where a “not” stands just before."""
    known = lexicon()
    folded = [w if w.isascii() else fold(w) for w in words]
    whole = " ".join(folded) + " "
    found: set[str] = set()
    negated_until = -1
    offset = 0
    for index, word in enumerate(folded):
        meant = set(_meant_by(word))
        for phrase, concept in known.phrases.get(word, ()):
            if whole.startswith(phrase, offset):
                meant.add(concept)
        offset += len(word) + 1
        if "not" in meant:
            negated_until = index + NEGATED_WITHIN
            found.add("not")
            meant.discard("not")
        found.update(f"-{m}" if index <= negated_until else m for m in meant)
    for run in runs:
        found.update(concept for piece, concept in known.pieces if piece in run)
    return found


# ---------------------------------------------------------------- the model


@dataclass(frozen=True, slots=True)
class Model:
    """*columns*: per label one small integer for each bucket; *scale* makes them real numbers again.

    The first *categories* labels are the kinds, ``none`` follows, then the stances. *training*: CRC-32 of what it learned from.
    """

    labels: tuple[str, ...]
    categories: int
    scale: float
    bias: tuple[float, ...]
    temperature: tuple[float, float]
    training: int
    columns: tuple[array[int], ...]


@cache
def load() -> Model:
    raw = (Path(__file__).parent / "weights.bin").read_bytes()
    head, _, body = raw.partition(b"\n")
    labels, categories, scale, bias, temperature, training = head.decode().split("\t")
    weights = array("b")
    weights.frombytes(zlib.decompress(body))
    names = tuple(labels.split(","))
    assert len(weights) == BUCKETS * len(names), "weights.bin is damaged"
    columns = tuple(weights[at :: len(names)] for at in range(len(names)))
    kinds, stances = temperature.split(",")
    return Model(names, int(categories), float(scale), tuple(map(float, bias.split(","))), (float(kinds), float(stances)), int(training), columns)


def classify(text: str) -> Classified:
    """Probabilities, calibrated on held-out authors. A text without letters is evenly unsure."""
    model = load()
    said = sentences(text)
    units = [_features_and_meanings(s) for s in said]
    rows = [_scores(model, found) for found, _ in units] or [list(model.bias)]
    lengths = [len(found) for found, _ in units] or [1]
    split = model.categories + 1
    kinds, stances = model.labels[: split - 1], model.labels[split:]
    shares, none = kinds_of([row[:split] for row in rows], lengths, model.temperature[0])
    moods = soften(pool([row[split:] for row in rows], lengths, none=None), model.temperature[1])
    parts = tuple(
        Part(sentence, meant, dict(zip(kinds, soften(row[:split], model.temperature[0]), strict=False)), dict(zip(stances, soften(row[split:], model.temperature[1]), strict=True)))
        for sentence, (_, meant), row in zip(said, units, rows, strict=False)
    )
    return Classified(_ranked(kinds, shares), _ranked(stances, moods), none, parts)


def _scores(model: Model, found: list[int]) -> list[float]:
    norm = model.scale / math.sqrt(max(len(found), 1))
    return [t * norm + b for t, b in zip(_sum(model, found), model.bias, strict=True)]


def _sum(model: Model, found: list[int]) -> list[int]:
    if not found:
        return [0] * len(model.labels)
    # One getter for all labels: adding tuples is several times as fast as a loop in Python.
    pick = itemgetter(found[0], *found)
    return [sum(pick(column)) - column[found[0]] for column in model.columns]


def pool(rows: Sequence[Sequence[float]], lengths: Sequence[int], *, none: int | None) -> list[float]:
    """Scores of a text from those of its sentences: the ones that say something weigh most, greetings hardly.

    A sentence weighs by its length (so that "Great!" does not outvote a paragraph), by how sure it
    is, and, where column *none* stands for "no win", by how much it tells any win at all.
    """
    total = [0.0] * len(rows[0])
    weights = 0.0
    for row, length in zip(rows, lengths, strict=True):
        p = soften(row, 1.0)
        sure = max(p) if none is None else max(s for i, s in enumerate(p) if i != none)
        weight = (sure**2 + 0.02) * math.sqrt(length)
        weights += weight
        total = [t + weight * r for t, r in zip(total, row, strict=True)]
    return [t / weights for t in total]


def kinds_of(rows: Sequence[Sequence[float]], lengths: Sequence[int], temperature: float) -> tuple[list[float], float]:
    """How likely each kind fits, and no win at all, from the scores of the sentences; the last column is "no win".

    A text may fit two kinds well, so these do not add up to one.

    Half is what the whole tells, half what its most telling sentence does: a mail that thanks for three lines and renews in
    one is a renewal.
    """
    whole = soften(pool(rows, lengths, none=len(rows[0]) - 1), temperature)
    rest = 1 - whole[-1] or 1e-9
    loudest = [max(column) for column in zip(*(soften(row, temperature)[:-1] for row in rows), strict=True)]
    return [(w / rest + m) / 2 for w, m in zip(whole, loudest, strict=False)], whole[-1]


def soften(scores: Sequence[float], temperature: float) -> list[float]:
    top = max(scores)
    powers = [math.exp((s - top) / temperature) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def _ranked(labels: Sequence[str], shares: Sequence[float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(zip(labels, shares, strict=True), key=lambda x: -x[1]))
