"""Which sentence of a mail tells its news."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from mailwins.understanding.classifier import Part
from mailwins.understanding.duplicates import NO_ASCII_LETTERS
from mailwins.understanding.internal import cue_of_confidence
from mailwins.understanding.summary import phrases
from mailwins.understanding.summary.sentences import REMEMBERED

NUMBERED = re.compile(r"\d")
_ONLY_FIGURES = re.compile(r"\W*[\d\W]+\W*")
# What has digits and is no figure of the news: an age or a year in brackets, a day ("20/10", "3.11.", "2026-11-03"), the number in a name ("Tour 4,").
NO_FIGURE = re.compile(
    r"(?=[(\dA-ZÄÖÜ])(?:\([^()]*\)|\b\d{4}-\d\d-\d\d\b|\b(?!(?:10|\d)/(?:5|10)\b(?!/))\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|(?<=\s)[A-ZÄÖÜ][a-zäöüß]+ \d{1,3}(?=\s*(?:[(.,;:]|$)))"
)
_MOST_WORDS, _MOST_SIGNS = 18, 34


def is_of_quoting(text: str) -> bool:
    """Whether one of its sentences might be one that ``only_permits``: most texts as a whole say no in less time than each sentence."""
    low = text.lower()
    return any(letters in low for letters in phrases.OF_QUOTING)


def only_permits(sentence: str) -> bool:
    """ "You can quote me on that!" and no more."""
    if not is_of_quoting(sentence):
        return False
    is_short = (
        len(sentence) <= _MOST_SIGNS if phrases.UNSPACED.search(sentence) else len(sentence.split()) <= _MOST_WORDS
    )
    return is_short and not NUMBERED.search(sentence) and phrases.PERMITS.search(sentence) is not None


# ---------------------------------------------------------------- the signs; the training uses the same functions

# How much each sign of a sentence speaks for it, compared with the others of its text. Learned from mails whose headline a
# person had chosen: training/headlines.py prints these figures, and what they are worth on mails they were not learned from.
WEIGHTS = {
    "length": 1.86,
    "short": -0.80,
    "figure": 0.43,
    "amount": 0.08,
    "number in words": 0.22,
    "change": 0.26,
    "as it was": -5.00,
    "otherwise": -1.76,
    "outcome": 0.67,
    "praise word": -0.47,
    "empty": -4.01,
    "leads on": -4.00,
    "asks": -3.03,
    "refers back": -0.45,
    "occasion": -0.38,
    "brackets": -0.61,
    "link": 0.00,
    "place": -0.45,
    "first": 0.28,
    "kind": 1.01,
    "any kind": 0.46,
    "praise": 0.84,
    "neutral": -0.53,
    "trouble": -0.31,
}
# How much a line says by itself, which no comparison tells: whether a subject is as telling as the words below it, and whether
# any sentence tells enough.
WORTH = {
    "figure": 2.0,
    "number in words": 1.0,
    "amount": 1.2,
    "change": 0.8,
    "as it was": -6.0,
    "otherwise": -2.0,
    "outcome": 1.2,
    "praise word": 0.8,
    "empty": -4.0,
    "leads on": -2.0,
    "asks": -2.0,
    "refers back": -0.8,
    "short": -2.5,
    "link": -1.5,
}
# Seen too seldom to be learned, and never the headline: what was whispered, a mere leave to quote, a target without
# what became of it, and what only explains the sentence before.
_NEVER = 4.0


def ranked(sentences: Sequence[str], parts: Sequence[Part]) -> list[float]:
    """How likely each sentence is the one that tells the news, compared with the others of its text."""
    tells = telling(parts)
    # Mails repeat themselves: what stands there twice is weighed once.
    found = {s: _known(s)[0] + _weighed(tells(s), WEIGHTS) for s in dict.fromkeys(sentences)}
    return [found[s] + _weighed_for_place(min(n, LATE)) for n, s in enumerate(sentences)]


SURE = 0.6
"""From this share on 79 of 91 choices of weights that never saw the source were right, below 18 of 38 (``python -m training.headlines``)."""


def is_sure(sentences: Sequence[str], scores: Sequence[float]) -> bool:
    """Whether the best of them is plainly that, by its share among all as the weights were learned: what stands there twice
    is one.
    """
    powers = [math.exp(score - max(scores)) for score in dict(zip(sentences, scores, strict=True)).values()]
    return max(powers) >= SURE * sum(powers)


def worth(line: str) -> float:
    """How much it says by itself, wherever it stands."""
    return _known(line)[1]


def _known(sentence: str) -> tuple[float, float]:
    return _weighed_both(sentence) if len(sentence) <= REMEMBERED else _weighed_both.__wrapped__(sentence)


@lru_cache(maxsize=512)
def _weighed_both(sentence: str) -> tuple[float, float]:
    shown = signs(sentence)
    is_never = (
        only_permits(sentence)
        or cue_of_confidence(sentence)
        or phrases.TARGET_ALONE.match(sentence)
        or phrases.EXPLAINS.match(sentence)
    )
    lost = _NEVER if is_never else 0.0
    return _weighed(shown, WEIGHTS) - lost, _weighed(shown, WORTH) - lost


def _weighed(shown: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum([weights.get(name, 0.0) * value for name, value in shown.items() if value])


LATE = 8
"""From this sentence on it makes no difference how late one comes."""


def place_signs(place: int) -> dict[str, float]:
    """*place*: 0 for the first sentence of the text."""
    return {"place": min(place, LATE) / LATE, "first": float(place == 0)}


@cache
def _weighed_for_place(place: int) -> float:
    return _weighed(place_signs(place), WEIGHTS)


def signs(sentence: str) -> dict[str, float]:
    """What speaks for or against a sentence, wherever it stands and whatever the classifier says of it."""
    length = len(sentence) / 2 if phrases.UNSPACED.search(sentence) else len(sentence.split())
    has_digit = bool(NUMBERED.search(sentence))
    is_spelled = phrases.UNIT.is_led_by(phrases.SPELLED_AMOUNT, _counts, sentence, phrases.WORDS_OF_A_NUMBER)
    has_figure = is_spelled or (
        has_digit and bool(NUMBERED.search(NO_FIGURE.sub("", sentence))) and not _ONLY_FIGURES.fullmatch(sentence)
    )
    is_change = _is_change(sentence)
    is_usual = phrases.USUAL.search(sentence) is not None and phrases.NOWADAYS.search(sentence) is None
    return {
        "length": math.log(length + 1),
        "short": float(length < 4),
        "figure": float(has_figure),
        "amount": float(is_spelled or (has_digit and bool(phrases.AMOUNT.search(sentence)))),
        "number in words": float(not has_figure and _has_number_word(sentence)),
        "change": float(is_change),
        "as it was": float(not is_change and bool(phrases.BEFORE.match(sentence))),
        "otherwise": float(not is_change and is_usual),
        "outcome": float(min(2, phrases.OUTCOME.count(sentence))),
        "praise word": float(min(2, phrases.PRAISE.count(sentence))),
        "empty": float(bool(phrases.EMPTY.match(sentence))),
        "leads on": float(sentence.rstrip().endswith((":", "："))),
        "asks": float(asks(sentence)),
        "refers back": float(bool(phrases.REFERS_BACK.match(sentence))),
        "occasion": float(phrases.OCCASION.search(sentence) is not None),
        "brackets": float("(" in sentence or ")" in sentence),
        "link": float(sentence.startswith(("http", "www.", "<"))),
    }


@lru_cache(maxsize=512)
def _counts(word: str) -> bool:
    """Whether a word, in small letters, may be the first of an amount in words; "hundred-thousandth" is found at its last."""
    return phrases.COUNT.fullmatch(word) is not None


def _is_change(sentence: str) -> bool:
    return bool(
        phrases.CONTRAST.search(sentence) or (phrases.NAMES_A_TIME.may_be_in(sentence) and phrases.NOW.search(sentence))
    )


NOTHING_TOLD = {"kind": 0.0, "any kind": 0.0, "praise": 0.0, "neutral": 0.0, "trouble": 0.0}


def telling(parts: Sequence[Part]) -> Callable[[str], Mapping[str, float]]:
    """What the classifier made of a sentence, from its own, finer or coarser, cut of the text: of several the one most like a win."""
    known = {flat: told_by(part) for part in parts if len(flat := _flat(part.text)) > 3}

    def tells(sentence: str) -> Mapping[str, float]:
        mine = _flat(sentence)
        inside = [told for text, told in known.items() if text in mine or mine in text]
        return max(inside, key=lambda told: told["any kind"], default=NOTHING_TOLD)

    return tells


def told_by(part: Part) -> dict[str, float]:
    return {
        "kind": max(part.kinds.values(), default=0.0),
        "any kind": sum(part.kinds.values()),
        "praise": part.stances.get("praise", 0.0),
        "neutral": part.stances.get("neutral", 0.0),
        "trouble": part.stances.get("complaint", 0.0) + part.stances.get("doubt", 0.0),
    }


def _flat(text: str) -> str:
    return _flattened(text) if len(text) <= REMEMBERED else _flattened.__wrapped__(text)


@lru_cache(maxsize=512)
def _flattened(text: str) -> str:
    if text.isascii():
        return text.lower().encode().translate(None, NO_ASCII_LETTERS).decode()
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", text))).lower()


_LETTERS = re.compile(r"[^\W_]+")


def _has_number_word(sentence: str) -> bool:
    if phrases.SPELLED_NUMBER.search(sentence):
        return True
    low = sentence.lower()
    return any(piece in low for piece in phrases.OF_ORDINALS) and phrases.SPELLED_ORDINAL.search(sentence) is not None


def asks(sentence: str) -> bool:
    return sentence.endswith("?") or phrases.REQUEST.match(sentence) is not None
