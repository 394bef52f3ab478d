"""Words as thumbs type them, put right for a second reading: "accnt shud be …", "cest …", "u can …".

Only words that hold sentences together, and the names of days and fields, are mended; never one that deletes or shares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from mailwins.receipts.wishes.folding import flatten, word_set
from mailwins.receipts.wishes.words.days import names_of_days
from mailwins.receipts.wishes.words.fields import BY_KEY, field_of
from mailwins.receipts.wishes.words.lexicon import phrases, words_of
from mailwins.receipts.wishes.words.values import NUMBERS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:/[a-z]{1,3})?")

# Short for something in a message from a phone.
_SHORT = {
    typed: meant
    for meant, ways in {
        "should": "shud shld shoud shuld shd",
        "you": "u",
        "your": "ur",
        "are": "r",
        "with": "w w/",
        "that": "tht",
        "that's": "dat's thts",
        "i'd": "id",
        "i've": "ive",
        "he's": "hes",
        "she's": "shes",
        "they're": "theyre",
        "was": "wuz wz",
        "because": "bc bcs bcz cuz coz",
        "and": "nd",
        "without": "w/out w/o",
        "yesterday": "yday yest",
        "customer": "cust cstmr",
        "account": "acct accnt",
        "value": "val",
        "please": "pls plz",
        "thanks": "thx",
        "nicht": "nich",
        "vielleicht": "vllt",
        "bisschen": "bissl",
        "c'était": "c'tait cetait ctait",
        "c'est": "cest",
        "pour": "pr",
        "s'il te plaît": "stp",
        "s'il vous plaît": "svp",
        "parce que": "pcq",
        "je pense": "jpense",
        "que": "q",
        "porque": "xq pq",
        "por favor": "xfa",
        "también": "tb",
        "even": "ff",
        "inderdaad": "idd",
        "alsjeblieft": "aub",
        "non": "nn",
        "perché": "xke xché",
        "você": "vc",
    }.items()
    for typed in ways.split()
}

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
    if len(low) < 4 or low in _NO_SLIP or words_of(low) in phrases() or low in BY_KEY or low in NUMBERS:
        return None
    if typed[0].isupper() and not typed.isupper():
        return _nearest(low, names_of_days())
    return _nearest(low, _MENDED | names_of_days()) or (_field(low) if begins and len(low) <= 9 else None)


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
