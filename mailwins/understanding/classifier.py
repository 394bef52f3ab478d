"""Which kind of win a text tells, and in which mood: a linear model over words, letters and meanings, in one small file.

Every sentence is weighed alone, so that the one which tells the win decides and not the greetings around it. Trained in
the open: ``training/README.md`` tells how, on what, and how good it is. Pure Python; `benchmarks/classify.py` tells its pace.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, combinations, starmap
from operator import add, mul
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

BUCKETS = 1 << 17
MAX_CHARS = 1_500
MAX_SENTENCES = 24
MAX_WORD = 40
NONE = "none"
MEANING_WEIGHT = 3
"""A meaning counts as much as three pieces of letters: it carries over from one language to another."""
MAX_PAIRED = 9
NEGATED_WITHIN = 3

# From where on a kind, a complaint or a doubt is asserted, and up to how much trouble a text counts as calm; between the two
# its sender is asked. training/README.md shows what each of them costs on voices the model had not seen.
SURE = 0.68
CAREFUL = 0.78
CAREFUL_KINDS = frozenset({"adoption", "participation", "milestone", "olympics", "high_value_task", "stakeholder"})
"""Kinds that are right less than nine times in ten from SURE on; or never shared, so that a mistake hides a win."""
SURE_COMPLAINT = 0.75
SURE_DOUBT = 0.6
CALM = 0.3
CALM_MAIL, MAIL_SENTENCES = 0.45, 4
"""In a mail of several sentences one of them sounds like trouble easily, and real trouble is told in more than one."""

_WORD = re.compile(r"[^\W\d_]+|\d+%?|[!?%€$£¥★😊🎉❤👍]")
_ASCII_WORD = re.compile(r"[a-z]+|\d+%?|[!?%$]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_NUMBER = re.compile(r"\d[\d.,]*")
# Each way to end begins with one of the same few signs, so that the search engine runs to the next of them.
_END = re.compile(r"[\"”»)\s。！？](?:(?<=[.!?…][\"”»)])\s+|(?<=[.!?…]\s)\s*|(?<=[。！？])|(?<=\n)\n*)")
_ASCII_END = re.compile(r"[.!?\n](?:(?<=\n)\n*|(?<!\n)[\")]?\s+)")
_LETTER = re.compile(r"[^\W\d_]")
_STOPS = frozenset(".!?…:;。！？")
WRAPPED = 40
"""Shorter lines are ended by people, not by mail programs."""
_ACCENT = re.compile("[\u0300-\u036f]")
_LETTERS_WITHOUT_PARTS = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe"})
_HAS_SHAPE = re.compile(r"[\d★⭐満]")


def _small(pattern: str) -> re.Pattern[str]:
    """For text in small letters: without IGNORECASE a list of words is left after its first letter. A dotless i is an i there."""
    return re.compile(pattern.replace("i", "[iı]"))


# Shapes of figures that tell kinds apart in every language: with signs of which one has to be there. Most begin with
# one sign of a few, so that the search engine runs from one to the next.
_SHAPES: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "#money",
        (),
        _small(
            r"[€$£¥\d](?:(?<=[€$£¥])\s?\d|(?<=\d)\s?(?:[€£¥$]|eur\b|usd\b|gbp\b|sek\b|pln\b|kr\b|zł|k€|円|万円|euros?\b|dollars?\b|pounds?\b|chf\b))"
        ),
    ),
    (
        "#percent",
        (),
        _small(r"\d\s?(?:%|percent|per cent|prozent|pour cent|por ciento|por cento|procent|パーセント|割)"),
    ),
    (
        "#span",
        (),
        _small(
            r"\d[\d.,]*\s?(?:hours?|hrs?|h\b|minutes?|mins?\b|days?|weeks?|stunden?|minuten|tagen?|wochen|heures?|jours?|semaines?|horas?|días|dias|minutos|semanas|ore\b|giorni|minuti|settimane|uur|uren|dagen|weken|timmar|dagar|veckor|godzin\w*|dni\b|minut\w*|tygodni\w*|時間|分|日|週間)"
        ),
    ),
    (
        "#score",
        (),
        _small(
            r"[0-9](?:(?<!\w[0-9])(?:(?:(?<=1)0)?\s?(?:/|von|out of|sur|de|su|van|av|na|z)\s?(?:10|5)\b|(?<=[1-5])[,.]\d\b)|(?:(?<=1)0|(?<=9))点)"
        ),
    ),
    ("#score", ("★", "⭐", "満点", "nps", "csat"), _small(r"満点|★|⭐|\b(?:nps|csat)\b")),
    ("#plus", ("+",), _small(r"(?<![\w.])\+\s?\d")),
    (
        "#from_to",
        (),
        _small(
            r"[fvdz](?<!\w[fvdz])(?:(?<=f)r(?:om|ån)|(?<=v)[oa]n|(?<=d)[ea]|(?<=z))\s\S{0,3}\d[^.]{0,30}?\b(?:to|auf|à|a|para|naar|till|do|na)\s\S{0,3}\d"
        ),
    ),
    ("#from_to", ("から",), _small(r"\d\S*から")),
)


class Part(NamedTuple):
    """One sentence: its words, what they mean, and its own shares of the kinds and stances."""

    text: str
    meanings: tuple[str, ...]
    kinds: Mapping[str, float]
    stances: Mapping[str, float]


class Classified(NamedTuple):
    """(label, probability) pairs, best first.

    Several kinds may fit, so theirs do not add up to one; the stances do. *none*: how much it reads like no win of any
    kind. *sure*: how likely the first kind is one that its sender would accept.
    """

    categories: tuple[tuple[str, float], ...]
    stances: tuple[tuple[str, float], ...]
    none: float = 0.0
    sure: float = 0.0
    parts: tuple[Part, ...] = ()


def sure_from(kind: str) -> float:
    return CAREFUL if kind in CAREFUL_KINDS else SURE


def sentences(text: str) -> list[str]:
    text = _unwrapped(unicodedata.normalize("NFKC", text[:MAX_CHARS]).replace("’", "'"))
    return [s for s in _parted(text) if s and len(s.strip()) > 1][:MAX_SENTENCES]


def _parted(text: str) -> list[str]:
    """Cut at the ends of sentences, which are looked for with less where there are fewer ways to end."""
    if not text.isascii():
        return _END.split(text)
    ends = [(match.start() + (match[0][0] != "\n"), match.end()) for match in _ASCII_END.finditer(text)]
    return [
        text[begin:end]
        for begin, end in zip([0, *(behind for _, behind in ends)], [*(at for at, _ in ends), len(text)], strict=True)
    ]


def _unwrapped(text: str) -> str:
    """Without a mail program's line breaks in mid-sentence."""
    before, *lines = text.split("\n")
    parts: list[str] = []
    for line in lines:
        end = max(len(before.rstrip(" \t")), WRAPPED)
        end += before[end - 1 : end] in _STOPS
        is_wrapped = end <= len(before) and _LETTER.match(line)
        parts += (before[:end], " ") if is_wrapped else (before, "\n")
        before = line
    return "".join((*parts, before))


# ---------------------------------------------------------------- features


class Seen(NamedTuple):
    """What one sentence consists of: its different words, neighbours, pieces of unspaced script, and meanings."""

    words: tuple[str, ...]
    neighbours: tuple[tuple[str, str], ...]
    pieces: tuple[str, ...]
    meanings: tuple[str, ...]


def paired(meanings: Sequence[str]) -> Iterator[tuple[str, str]]:
    return combinations(meanings if len(meanings) <= MAX_PAIRED else (), 2)


def see(sentence: str) -> Seen:
    """*sentence*: one of ``sentences``, already normalised."""
    lowered = sentence.lower()
    shapes: Sequence[str] = ()
    if _HAS_SHAPE.search(lowered) or "nps" in lowered or "csat" in lowered:
        shapes = [
            name
            for name, signs, shape in _SHAPES
            if (not signs or any(map(lowered.__contains__, signs))) and shape.search(lowered)
        ]
        lowered = _NUMBER.sub("0", lowered)
    runs: list[str] = []
    if lowered.isascii():
        words = _ASCII_WORD.findall(lowered)
    else:
        if runs := _CJK.findall(lowered):
            lowered = _CJK.sub(" ", lowered)
        words = _WORD.findall(lowered)
    neighbours = set(zip(["^", *words], words, strict=False))
    pieces = {"j" + run[at : at + size] for run in runs for size in (1, 2, 3) for at in range(len(run) - size + 1)}
    meant = meanings(words, runs)
    meant.update(shapes)
    return Seen(tuple(set(words)), tuple(neighbours), tuple(pieces), tuple(sorted(meant)))


def features(text: str) -> list[int]:
    """Bucket numbers of the text's features, a weighty one repeated; the training uses the same function."""
    return [bucket for sentence in sentences(text) for bucket in sentence_features(sentence)]


def sentence_features(sentence: str) -> list[int]:
    """Features of one sentence, already normalised by ``sentences``."""
    seen = see(sentence)
    plain = [bucket for word in seen.words for bucket in _of_word(word)]
    plain += _of_neighbours(seen.neighbours) + [_bucket(piece) for piece in seen.pieces]
    return plain + MEANING_WEIGHT * [
        *[_of_meaning(meaning) for meaning in seen.meanings],
        *[_of_meanings(*pair) for pair in paired(seen.meanings)],
    ]


# A feature's bucket is the CRC-32 of its name: a letter for its sort, and what it is. A CRC can be carried on from where it
# stood, so that no name is put together only to be counted.


def _bucket(feature: str) -> int:
    return crc32(feature.encode()) & _LAST


def _of_word(word: str) -> list[int]:
    """The word, and its pieces of four and five letters."""
    found = [crc32(word.encode(), _WORDS) & _LAST]
    if len(word) > 3:
        padded = f"<{word[:MAX_WORD]}>"
        raw = padded.encode()
        if len(raw) == len(padded):
            last = len(raw) - 3
            found += [crc32(raw[at : at + 4], _PIECES) & _LAST for at in range(last)]
            found += [crc32(raw[at : at + 5], _PIECES) & _LAST for at in range(last - 1)]
        else:
            starts = [0, *accumulate([len(letter.encode()) for letter in padded])]
            for size in (4, 5):
                found += [
                    crc32(raw[begin:end], _PIECES) & _LAST for begin, end in zip(starts, starts[size:], strict=False)
                ]
    return found


def _of_neighbours(pairs: Sequence[tuple[str, str]]) -> list[int]:
    return [crc32(f"{first} {second}".encode(), _NEIGHBOURS) & _LAST for first, second in pairs]


@lru_cache(maxsize=1 << 10)
def _of_meaning(meaning: str) -> int:
    return _bucket("k" + meaning)


@lru_cache(maxsize=1 << 14)
def _of_meanings(first: str, second: str) -> int:
    return _bucket(f"p{first} {second}")


_LAST = BUCKETS - 1
_WORDS, _PIECES, _NEIGHBOURS = crc32(b"w"), crc32(b"c"), crc32(b"b")


# ---------------------------------------------------------------- meanings


STEM_HEAD = 3


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``concepts.txt``, ready to look up: words with their accents, words, stems, phrases, pieces of unspaced script.

    A stem stands under its first STEM_HEAD letters. A phrase stands under its first word and the first letter of its second, without its first word; *longest*: so many
    words it has at most.
    """

    exact: Mapping[str, Sequence[str]]
    words: Mapping[str, Sequence[str]]
    stems: Mapping[str, Sequence[tuple[str, str]]]
    phrases: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]]
    pieces: Mapping[str, Sequence[tuple[str, str]]]
    longest: int


@cache
def lexicon() -> Lexicon:
    exact: dict[str, set[str]] = {}
    words: dict[str, set[str]] = {}
    stems: dict[str, set[tuple[str, str]]] = {}
    phrases: dict[str, dict[str, set[tuple[str, str]]]] = {}
    pieces: dict[str, set[tuple[str, str]]] = {}
    longest = 0
    for line in (Path(__file__).parent / "concepts.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        concept, _, entries = line.partition(":")
        for raw in entries.split(","):
            if raw.strip().startswith("="):
                exact.setdefault(raw.strip()[1:].lower(), set()).add(concept)
                continue
            entry = _NUMBER.sub("0", fold(raw.strip().lower()))
            if not entry:
                continue
            if _CJK.search(entry):
                pieces.setdefault(entry[0], set()).add((entry, concept))
                continue
            first, *rest = _WORD.findall(entry)
            if rest:
                behind = " ".join(rest) + ("" if entry.endswith("*") else " ")
                phrases.setdefault(first, {}).setdefault(behind[0], set()).add((behind, concept))
                longest = max(longest, 1 + len(rest))
            elif entry.endswith("*"):
                assert len(first) >= STEM_HEAD, f"{concept}: {first}* is too short a stem"
                stems.setdefault(first[:STEM_HEAD], set()).add((first, concept))
            else:
                words.setdefault(first, set()).add(concept)
    return Lexicon(
        {w: tuple(sorted(c)) for w, c in exact.items()},
        {w: tuple(sorted(c)) for w, c in words.items()},
        {w: tuple(sorted(c)) for w, c in stems.items()},
        {w: {letter: tuple(sorted(p)) for letter, p in by_letter.items()} for w, by_letter in phrases.items()},
        {w: tuple(sorted(p)) for w, p in pieces.items()},
        longest,
    )


def fold(text: str) -> str:
    """Without accents; kana keep their marks."""
    return (
        _ACCENT.sub("", unicodedata.normalize("NFD", text)).translate(_LETTERS_WITHOUT_PARTS)
        if not text.isascii()
        else text
    )


@lru_cache(maxsize=1 << 14)
def _meant_by(word: str) -> tuple[str, Sequence[str], Mapping[str, Sequence[tuple[str, str]]] | None]:
    """(*word* without accents, what it means by itself, the phrases that begin with it)."""
    known = lexicon()
    folded = fold(word)
    found = {*known.exact.get(word, ()), *known.words.get(folded, ())}
    found.update([concept for stem, concept in known.stems.get(folded[:STEM_HEAD], ()) if folded.startswith(stem)])
    return folded, tuple(sorted(found)), known.phrases.get(folded)


def meanings(words: Sequence[str], runs: Sequence[str] = ()) -> set[str]:
    """Concepts of ``concepts.txt`` that the words of one sentence name; ``-love`` where a “not” stands just before."""
    known = lexicon()
    units = list(map(_meant_by, words))
    folded = [word for word, _, _ in units]
    found: set[str] = set()
    negated_until = -1
    for index, (_, meant, begun) in enumerate(units, start=1):
        if begun and index < len(folded) and (phrases := begun.get(folded[index][:1])):
            behind = " ".join(folded[index : index + known.longest]) + " "
            meant = [*meant, *[concept for phrase, concept in phrases if behind.startswith(phrase)]]
        if not meant:
            continue
        if "not" in meant:
            negated_until = index + NEGATED_WITHIN
            found.add("not")
            meant = [m for m in meant if m != "not"]
        found.update(["-" + m for m in meant] if index <= negated_until else meant)
    for run in runs:
        for at, sign in enumerate(run):
            if sign in known.pieces:
                found.update([concept for piece, concept in known.pieces[sign] if run.startswith(piece, at)])
    return found


# ---------------------------------------------------------------- the model


@dataclass(frozen=True, slots=True)
class Model:
    """*rows*: per bucket one byte for each label, 128 standing for nothing; *scale* makes them real numbers again,
    already softened so that a probability means what it says.

    The first *categories* labels are the kinds, ``none`` follows, then the stances. *sure* and *moods*: the small regressions
    that weigh a whole text (``sure_signals``, ``mood_signals``). *training*: CRC-32 of what it learned from.
    """

    labels: tuple[str, ...]
    categories: int
    scale: float
    bias: tuple[float, ...]
    sure: Mapping[str, Sequence[float]]
    moods: Mapping[str, Sequence[float]]
    training: int
    rows: bytes


@cache
def load() -> Model:
    raw = (Path(__file__).parent / "weights.bin").read_bytes()
    head, _, body = raw.partition(b"\n")
    told = json.loads(head)
    labels = tuple(told["labels"])
    assert len(labels) == LABELS, "weights.bin was made by another version"
    # Kept label by label in the file, where they are smaller; bucket by bucket in memory, where they are used.
    columns = zlib.decompress(body)
    assert len(columns) == BUCKETS * LABELS, "weights.bin is damaged"
    rows = bytearray(len(columns))
    for at in range(LABELS):
        rows[at::LABELS] = columns[at * BUCKETS : (at + 1) * BUCKETS]
    return Model(
        labels,
        told["categories"],
        told["scale"],
        tuple(told["bias"]),
        told["sure"],
        told["moods"],
        told["training"],
        bytes(rows),
    )


# Bytes are numbers: rows of a table, or sums of them, laid side by side and added up by columns, in loops of the interpreter's own.

LABELS = 18
_NOTHING = 128


def _rows_of(buckets: Sequence[int]) -> list[bytes]:
    rows = load().rows
    return [rows[bucket * LABELS : (bucket + 1) * LABELS] for bucket in buckets]


def _added(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


@lru_cache(maxsize=1 << 14)
def _of_whole_word(word: str) -> tuple[tuple[int, ...], int]:
    """(the sum of the rows of its features, how many these are)."""
    buckets = _of_word(word)
    return _added(_rows_of(buckets)), len(buckets)


@lru_cache(maxsize=1 << 12)
def _of_all_meanings(meanings: tuple[str, ...]) -> tuple[tuple[int, ...], int]:
    buckets = [*map(_of_meaning, meanings), *starmap(_of_meanings, paired(meanings))]
    return _added(_rows_of(buckets * MEANING_WEIGHT)), len(buckets) * MEANING_WEIGHT


def _total(seen: Seen) -> tuple[list[int], int]:
    """Per label the summed weights, and how many features there were."""
    known = list(map(_of_whole_word, seen.words))
    if seen.meanings:
        known.append(_of_all_meanings(seen.meanings))
    others = _rows_of([*_of_neighbours(seen.neighbours), *map(_bucket, seen.pieces)])
    count = sum([count for _, count in known]) + len(others)
    sums = _added([*[row for row, _ in known], *others])
    return [weight - _NOTHING * count for weight in sums] or [0] * LABELS, count


def scores(seen: Seen) -> tuple[list[float], int]:
    model = load()
    sums, count = _total(seen)
    norm = model.scale / math.sqrt(count or 1)
    return [s * norm + b for s, b in zip(sums, model.bias, strict=True)], max(count, 1)


def weights_of_words(words: Sequence[str], label: str) -> list[float]:
    """How much each word, lower or upper case, speaks for *label*; 0 for none, and for a label never learned."""
    labels = load().labels
    if label not in labels:
        return [0.0] * len(words)
    at = labels.index(label)
    return [_weights_of(word.lower())[at] if word else 0.0 for word in words]


@lru_cache(maxsize=1 << 14)
def _weights_of(word: str) -> tuple[float, ...]:
    sums, count = _total(see(word))
    return tuple(s / math.sqrt(count or 1) for s in sums)


def classify(text: str) -> Classified:
    """Probabilities, calibrated on held-out authors. A text without letters is evenly unsure."""
    model = load()
    parts: list[Part] = []
    weighed: list[_Weighed] = []
    for sentence in sentences(text):
        part, weights = _read(sentence) if len(sentence) <= REMEMBERED else _read.__wrapped__(sentence)
        parts.append(part)
        weighed.append(weights)
    weighed = weighed or [_weigh(model.bias, 1)]
    split = model.categories + 1
    kinds, stances = model.labels[: split - 1], model.labels[split:]
    lengths = [w.length for w in weighed]
    of_kinds = Told([w.kinds for w in weighed], [w.kind_shares for w in weighed], lengths, [w.says for w in weighed])
    of_stances = Told(
        [w.stances for w in weighed], [w.stance_shares for w in weighed], lengths, [w.feels for w in weighed]
    )
    ranked, none, sure = judge_kinds(of_kinds, kinds, model.sure)
    signals = mood_signals(of_stances, [part.meanings for part in parts], ranked[0][1])
    moods = soften([sum(map(mul, model.moods[stance], signals)) for stance in stances])
    return Classified(ranked, _ranked(stances, moods), none, sure, tuple(parts))


class _Weighed(NamedTuple):
    """What one sentence speaks for: scores and shares of the kinds, "no win" the last, and of the stances; its number of features."""

    kinds: Sequence[float]
    kind_shares: Sequence[float]
    stances: Sequence[float]
    stance_shares: Sequence[float]
    length: int
    says: float
    feels: float
    """How much it weighs in its text (``weight_of``) for the kinds and for the moods."""


# Mails repeat themselves and one another: greetings, signatures, what was pasted or quoted twice is read once.
REMEMBERED = 300


@lru_cache(maxsize=512)
def _read(sentence: str) -> tuple[Part, _Weighed]:
    model = load()
    seen = see(sentence)
    weighed = _weigh(*scores(seen))
    kinds, stances = model.labels[: model.categories], model.labels[model.categories + 1 :]
    of_kinds = dict(zip(kinds, weighed.kind_shares, strict=False))
    return Part(sentence, seen.meanings, of_kinds, dict(zip(stances, weighed.stance_shares, strict=True))), weighed


def _weigh(row: Sequence[float], length: int) -> _Weighed:
    split = load().categories + 1
    kinds, stances = row[:split], row[split:]
    shares, moods = soften(kinds), soften(stances)
    return _Weighed(
        kinds,
        shares,
        stances,
        moods,
        length,
        weight_of(shares, length, none=True),
        weight_of(moods, length, none=False),
    )


# ---------------------------------------------------------------- from sentences to a text; the training uses the same functions


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentences of one text tell, of the kinds or of the moods: scores, shares that add up to one, numbers of features, weights."""

    rows: Sequence[Sequence[float]]
    shares: Sequence[Sequence[float]]
    lengths: Sequence[int]
    weights: Sequence[float]

    @classmethod
    def of(cls, rows: Sequence[Sequence[float]], lengths: Sequence[int], *, none: bool) -> Told:
        """*none*: whether the last column stands for "no win"."""
        shares = [soften(row) for row in rows]
        return cls(rows, shares, lengths, [weight_of(s, n, none=none) for s, n in zip(shares, lengths, strict=True)])


def weight_of(shares: Sequence[float], length: int, *, none: bool) -> float:
    """Of one sentence among those of its text: the ones that say something weigh most, greetings hardly.

    It weighs by its length (so that "Great!" does not outvote a paragraph), by how sure it is, and, where
    *none* says that the last column stands for "no win", by how much it tells any win at all.
    """
    return (max(shares[:-1] if none else shares) ** 2 + 0.02) * math.sqrt(length)


def pool(told: Told) -> list[float]:
    """Scores of a text from those of its sentences."""
    whole = sum(told.weights)
    return [sum(map(mul, told.weights, column)) / whole for column in zip(*told.rows, strict=True)]


ENOUGH = 40
"""Features, as many as four or five words have."""


def kinds_of(told: Told) -> tuple[list[float], float]:
    """How likely each kind fits, and no win at all, from the scores of the sentences; the last column is "no win".

    A text may fit two kinds well, so these do not add up to one.

    Half is what the whole tells, half what its most telling sentence does: a mail that thanks for three lines and renews in
    one is a renewal.
    """
    whole = soften(pool(told))
    rest = 1 - whole[-1] or 1e-9
    # "In November" by itself is sure of a kind easily, for want of anything else.
    enough = min(ENOUGH, max(told.lengths))
    heard = [
        shares if length >= enough else [share * (length / enough) for share in shares]
        for shares, length in zip(told.shares, told.lengths, strict=True)
    ]
    loudest = list(map(max, zip(*heard, strict=True)))
    return [(w / rest + m) / 2 for w, m in zip(whole[:-1], loudest, strict=False)], whole[-1]


# Meanings (concepts.txt) that tell a mood. Never enough alone: they raise what the model sees in the sentences.
TROUBLE = frozenset(
    {
        "broken",
        "anger",
        "still_not",
        "demand",
        "leave",
        "low_score",
        "loses",
        "idle",
        "dispute",
        "worse",
        "extra_work",
        "charged",
        "freezes",
        "shamed",
        "no_answer",
        "not_agreed",
        "furious",
        "fed_up",
    }
)
GENTLE_TROUBLE = frozenset(
    {
        "had_hoped",
        "rather_have",
        "waiting",
        "repeated",
        "empty_or_double",
        "back_to_old",
        "regret_polite",
        "why_pay",
        "patience",
        "irony",
        "moving_around",
        "decide_people",
        "apology",
        "pity",
        "clicks",
    }
)
HEDGES = frozenset(
    {
        "worry",
        "no_difference",
        "seems",
        "maybe",
        "too_early",
        "hearsay",
        "unknown",
        "chance",
        "lukewarm",
        "declining",
        "cold_shoulder",
        "competitor",
        "money_tight",
        "sponsor_leaves",
        "before_buying",
        "divided",
    }
)
RELIEF = frozenset({"solved", "faultless", "no_more_trouble", "overcome", "trust_gained", "averted"})


def sure_signals(shares: Sequence[float], none: float, told: Told) -> list[float]:
    """What tells whether the first kind would be accepted: how far ahead it is, and whether the sentences agree."""
    best = max(range(len(shares)), key=shares.__getitem__)
    second = max([share for at, share in enumerate(shares) if at != best])
    telling = sum([1 - row[-1] for row in told.shares]) or 1e-9
    agreeing = sum([row[best] for row in told.shares]) / telling
    others = max([max([*row[:best], *row[best + 1 : -1]]) for row in told.shares])
    return [1.0, _log(shares[best]), _log(second), _log(none), _log(agreeing), _log(others)]


def mood_signals(told: Told, meant: Sequence[Sequence[str]], kind: float) -> list[float]:
    """What tells the mood of a whole text: all of it, its worst and best sentence, and words of trouble, worry and relief.

    *told*: of praise, neutral, doubt, complaint. *kind*: the share of the likeliest kind of win.
    """
    parts = told.shares
    praises, _, doubts, complaints = zip(*parts, strict=True)
    worst = max(range(len(parts)), key=list(map(add, doubts, complaints)).__getitem__)
    at_worst = frozenset(meant[worst]) if meant else frozenset()
    everything = frozenset().union(*meant)
    return [
        1.0,
        *map(_log, soften(pool(told))),
        _log(max(complaints)),
        _log(max(doubts)),
        _log(max(praises)),
        min(len(TROUBLE & at_worst), 2),
        min(len(GENTLE_TROUBLE & at_worst), 2),
        min(len(HEDGES & at_worst), 2),
        min(len(RELIEF & at_worst), 2),
        float("worry" in everything),
        float("goodbye" in everything),
        float("sarcasm" in at_worst),
        float("wish" in at_worst),
        float("but" in everything),
        _log(kind),
    ]


def _log(share: float) -> float:
    return math.log(share + 0.001)


def judge_kinds(
    told: Told, kinds: Sequence[str], sure: Mapping[str, Sequence[float]]
) -> tuple[tuple[tuple[str, float], ...], float, float]:
    """(kinds and their shares, best first; how much it is none of them; how likely the first would be accepted)."""
    shares, none = kinds_of(told)
    ranked = _ranked(kinds, shares)
    score = sum(w * s for w, s in zip(sure["all"], sure_signals(shares, none, told), strict=True)) + sum(
        sure.get(ranked[0][0], ())
    )
    return ranked, none, 1 / (1 + math.exp(-score))


def soften(scores: Sequence[float]) -> list[float]:
    """Shares that add up to one."""
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def _ranked(labels: Sequence[str], shares: Sequence[float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(zip(labels, shares, strict=True), key=lambda x: -x[1]))
