"""Words as thumbs type them, put right for a second reading: "accnt shud be …", "cest …", "u can …".

Only words that hold sentences together, and the names of days and fields, are mended; never one that deletes or shares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from mailwins.receipts.wishes.days import WEEKDAYS
from mailwins.receipts.wishes.folding import flatten, word_set
from mailwins.receipts.wishes.lexicon import phrases as known_phrases
from mailwins.receipts.wishes.lexicon import words_of
from mailwins.receipts.wishes.vocabulary import BY_KEY, NUMBERS, field_of

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:/[a-z]{1,3})?")
# Short for something in a message from a phone.
_SHORT = {
    "shud": "should", "shld": "should", "shoud": "should", "shuld": "should", "shd": "should", "u": "you", "ur": "your", "r": "are", "w": "with", "w/": "with",
    "tht": "that", "dat's": "that's", "thts": "that's", "id": "i'd", "ive": "i've", "hes": "he's", "shes": "she's", "theyre": "they're", "wuz": "was", "wz": "was",
    "bc": "because", "bcs": "because", "bcz": "because", "cuz": "because", "coz": "because", "nd": "and", "w/out": "without", "w/o": "without", "yday": "yesterday", "yest": "yesterday",
    "cust": "customer", "cstmr": "customer", "acct": "account", "accnt": "account", "val": "value", "pls": "please", "plz": "please", "thx": "thanks",
    "nich": "nicht", "vllt": "vielleicht", "bissl": "bisschen",
    "cest": "c'est", "pr": "pour", "stp": "s'il te plaît", "svp": "s'il vous plaît", "pcq": "parce que", "jpense": "je pense",
    "q": "que", "xq": "porque", "pq": "porque", "xfa": "por favor", "tb": "también",
    "ff": "even", "idd": "inderdaad", "aub": "alsjeblieft", "nn": "non", "xke": "perché", "xché": "perché", "vc": "você",
}  # fmt: skip
# "Bump it up 2 a 9"
_TWO = re.compile(
    r"\b(?:bump|up|down|raise|lower|change|move|set)(?: (?:it|this|that|value))? (?P<two>2) (?=(?:an? )?\d)"
)
_MENDED = word_set(
    "should happened because customer account contact category value private confidential yesterday between"
)
_NO_SLIP = word_set("valued values valve counts")

MAX_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Mended:
    """*text* as it should have been typed, and for each of its letters where it stands in what was typed."""

    text: str
    places: tuple[int, ...]

    def typed(self, part: str, original: str) -> str:
        """What was typed for *part* of the text."""
        at = self.text.find(part)
        if at < 0 or not part:
            return original
        return original[self.places[at] : self.places[at + len(part)]].strip()


def mended(text: str) -> Mended | None:
    """None where there is nothing to mend."""
    if len(text) > MAX_LENGTH:
        return None
    out: list[str] = []
    places: list[int] = []
    at = 0
    if two := _TWO.search(flatten(text)):
        out, at = [text[: two.start("two")], "to"], two.end("two")
        places = [*range(two.start("two")), two.start("two"), two.start("two")]
    for number, match in enumerate(_WORD.finditer(text, at)):
        right = _right(match[0], begins=number < 2)
        if right is None:
            continue
        out.append(text[at : match.start()])
        places += range(at, match.start())
        out.append(right)
        places += [match.start()] * len(right)
        at = match.end()
    if not out:
        return None
    out.append(text[at:])
    return Mended("".join(out), (*places, *range(at, len(text) + 1)))


def _right(typed: str, *, begins: bool) -> str | None:
    low = flatten(typed)
    if typed in _SHORT or low in _SHORT:
        return _SHORT.get(typed, _SHORT.get(low))
    if len(low) < 4 or low in _NO_SLIP or words_of(low) in known_phrases() or low in BY_KEY or low in NUMBERS:
        return None
    if typed[0].isupper() and not typed.isupper():
        return _nearest(low, _names_of_days())
    return _nearest(low, _MENDED | _names_of_days()) or (_field(low) if begins and len(low) <= 9 else None)


def _field(low: str) -> str | None:
    """The usual name of the field whose name was mistyped."""
    field = field_of(low)
    return field if field in ("account", "contact", "date", "value") else None


def _nearest(low: str, words: frozenset[str]) -> str | None:
    if len(low) < 5:
        return None
    near = [
        w for w in words if w[0] == low[0] and abs(len(w) - len(low)) <= 1 and OSA.distance(low, w, score_cutoff=1) == 1
    ]
    return near[0] if len(near) == 1 else None


@cache
def _names_of_days() -> frozenset[str]:
    return frozenset(w for w in WEEKDAYS if len(w) > 5) | word_set(
        "january february april august september october november december januar februar oktober dezember "
        "janvier fevrier septembre octobre novembre decembre enero febrero septiembre octubre noviembre diciembre"
    )
