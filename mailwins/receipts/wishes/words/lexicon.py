"""What single words and short phrases mean in a correction, looked up in all ``languages`` at once.

Nobody says in which language a reply is written, and some mix two. ``phrases`` knows whole clauses; here are the words
that ``clauses`` puts together. Folded as ``folding.flatten`` folds.
"""

from __future__ import annotations

import re
from functools import cache

from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.words.kinds import KINDS
from mailwins.receipts.wishes.words.languages import (
    dutch,
    english,
    french,
    german,
    italian,
    polish,
    portuguese,
    spanish,
    swedish,
)

LANGUAGES = (
    english,
    german,
    french,
    spanish,
    dutch,
    italian,
    portuguese,
    swedish,
    polish,
)

Phrase = tuple[str, ...]

# A word as the lexicon counts it: French and Italian elisions are words of their own, hyphens part words.
WORD = re.compile(
    r"(?:[cdjlmnst]|qu|dell|nell|all|dall|un|dov|com)'(?=[^\W\d_])|[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*"
)


def words_of(text: str) -> Phrase:
    return tuple(WORD.findall(flatten(text)))


Meaning = tuple[str, str]
"""(what, which): ("field", "value"), ("act", "share"), ("not", "")."""

GERMAN, DUTCH, ITALIAN, PORTUGUESE, POLISH = 1, 4, 5, 6, 8
"""Places in LANGUAGES."""

ANY = -1
"""Where the kinds stand, which are looked up whatever the language."""


@cache
def phrases() -> dict[Phrase, dict[int, tuple[Meaning, ...]]]:
    """Every phrase → what it may mean in each of LANGUAGES."""
    found: dict[Phrase, dict[int, tuple[Meaning, ...]]] = {}

    def add(words: str, language: int, what: str, which: str) -> None:
        for phrase in words.split("|"):
            meanings = found.setdefault(words_of(phrase), {})
            meanings[language] = tuple(dict.fromkeys((*meanings.get(language, ()), (what, which))))

    for language, block in enumerate(LANGUAGES):
        for meaning, words in block.WORDS.items():
            what, _, which = meaning.partition(":")
            add(words, language, what, which)
        for number, word in enumerate(block.NUMBERS.split(), start=1):
            if number > 1:
                add(word, language, "number", str(number))
    for kind, words in KINDS.items():
        add(words, ANY, "kind", kind)
    found.pop((), None)
    return found


@cache
def longest() -> int:
    return max(len(p) for p in phrases())


def language_of(words: Phrase) -> int | None:
    """The language that knows most of *words*, None where none knows more than the others."""
    counts = [0.0] * len(LANGUAGES)
    for word in words:
        known = [n for n in phrases().get((word,), {}) if n != ANY]
        for number in known:
            counts[number] += 1 / len(known)
    best = max(counts)
    return counts.index(best) if best and counts.count(best) == 1 else None


@cache
def kinds_by_word() -> dict[Phrase, str]:
    return {words_of(phrase): kind for kind, words in KINDS.items() for phrase in words.split("|")}


def kind_called(word: str) -> str | None:
    """The id of the built-in kind that *word* is called by in any of our languages."""
    return kinds_by_word().get(words_of(word))
