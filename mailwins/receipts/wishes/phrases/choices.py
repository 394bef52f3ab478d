"""One of the choices that the receipt offered: by number, letter, place, name, or a word that only one of them has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.trimming import clean
from mailwins.receipts.wishes.wish import About
from mailwins.receipts.wishes.words.asking import FILLERS
from mailwins.receipts.wishes.words.fields import SLIP
from mailwins.receipts.wishes.words.grammar import IS, THE
from mailwins.receipts.wishes.words.references import AROUND_A_CHOICE, IN_ENGLISH, ONE, ORDINAL_PATTERNS
from mailwins.receipts.wishes.words.values import NUMBERS

_IT_IS = re.compile(rf"^(?:{IS}) ")
_NOT_IT = re.compile(r"^(?:not|nicht|pas|non|no|niet) (?P<rest>.+)$")
_DENIES = re.compile(r"(?:not|nicht|kein\w*|pas|non|no|niet|geen|nao|inte|nie) \S")

_RATHER = re.compile(
    r"^(?:rather|more like|then|probably|clearly|definitely|eher|plutot|mas bien|eerder|i think|i'd say|say) "
)

_CALLED = r"^(?:number|option|choice|nr\.?|no\.?) ?#?"
_EDGES = re.compile(rf"^{THE}|{_CALLED}|^#|^\(|{ONE}$|\)$|[.)]$")
_OF_A_LINE = re.compile(
    r"^(?:the )?(?:one|line|sentence) (?:about|with|on|that says|uber|mit|sur|avec|sobre|con|over|met) "
)
_STILL_CALLED = re.compile(_CALLED)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENDING = re.compile(r"(?:eries|ery|ings?|ers?|ies|es|s|y|erei|erie|eria|en)$")

# How much alike the whole name must be, of a hundred, and how much more than the next.
_ALIKE, _AHEAD = 80, 8

# So many words name one of several lines; more of them are a line of her own, however much it takes from one of ours.
_WORDS_OF_A_NAME = 4


def choice_of(about: About, low: str) -> str | None:
    """The choice that the folded words mean, None where they may mean several or none."""
    low = clean(low)
    inner = _IT_IS.match(low)
    low = low[inner.end() :] if inner else low
    if (other := _NOT_IT.match(low)) and len(about.options) == 2:
        wrong = choice_of(about, other["rest"])
        return next((o for o in about.options if o != wrong), None) if wrong else None
    if _DENIES.match(low):
        return None
    low = AROUND_A_CHOICE.sub("", _RATHER.sub("", low)).strip()
    low = _STILL_CALLED.sub("", _EDGES.sub("", low).strip()).strip(" ().")
    place = _place(low, len(about.options))
    if place is not None:
        return about.options[place] if -len(about.options) <= place < len(about.options) else None
    folded = [flatten(o) for o in about.options]
    low = IN_ENGLISH.get(low, low)
    if low in folded:
        return about.options[folded.index(low)]
    if about.asked == "summary":
        low = _OF_A_LINE.sub("", low)
        if len(low.split()) > _WORDS_OF_A_NAME:
            return None
    if (telling := _by_its_words(low, folded)) is not None:
        return about.options[telling]
    ranked = sorted(((fuzz.ratio(low, o), i) for i, o in enumerate(folded)), reverse=True)
    if ranked and ranked[0][0] >= _ALIKE and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _AHEAD):
        return about.options[ranked[0][1]]
    return None


def is_like_a_choice(about: About, text: str) -> bool:
    """Whether a line takes most of its words from one that was offered: that one, told better."""
    words = set(_WORD.findall(flatten(text)))
    return len(words) > _WORDS_OF_A_NAME and any(
        2 * len(words & set(_WORD.findall(flatten(option)))) > len(words) for option in about.options
    )


def _place(low: str, count: int) -> int | None:
    """The place that is named, which may be one that there is not; None where it is none."""
    if low.isdigit():
        return int(low) - 1 if int(low) else count
    if low in NUMBERS and NUMBERS[low] <= count:
        return NUMBERS[low] - 1
    for number, pattern in ORDINAL_PATTERNS.items():
        if pattern.fullmatch(low):
            return number - 1 if number > 0 else -1
    if len(low) == 1 and "a" <= low < chr(ord("a") + count):
        return ord(low) - ord("a")
    return None


def _by_its_words(low: str, options: Sequence[str]) -> int | None:
    """By a word that no other choice has, whole, begun, or with another ending."""
    typed = {_completed(w, options) for w in _WORD.findall(low)}
    stems = {w for w in typed if len(_stem(w)) >= 3}
    typed = {
        next((o for option in options for o in option.split() if o != w and w in stems and _stem(o) == _stem(w)), w)
        for w in typed
    }
    telling = [i for i, o in enumerate(options) if any(_tells(w, i, options) for w in typed & set(o.split()))]
    if len(telling) == 1 and typed <= set(options[telling[0]].split()) | FILLERS:
        return telling[0]
    return None


def _completed(word: str, options: Sequence[str]) -> str:
    """ "Brewer" for "brewery"."""
    longer = (w for o in options for w in o.split() if w != word and w.startswith(word) and len(w) - len(word) <= 2)
    return next(longer, word) if len(word) > 3 else word


def _stem(word: str) -> str:
    """ "Brewery" and "brewing", "bakers" and "bakery"."""
    return _ENDING.sub("", word) if len(word) > 5 else word


def _tells(word: str, place: int, options: Sequence[str]) -> bool:
    """Whether no other choice has the word, or one spelt much like it."""
    return all(
        fuzz.ratio(word, other) < SLIP for at, option in enumerate(options) if at != place for other in option.split()
    )
