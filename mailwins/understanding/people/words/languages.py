"""One list out of the words of several languages: nobody says in which language a note is written."""

from __future__ import annotations


def either(**alternatives: str) -> str:
    """The alternatives of a pattern, without a group around them."""
    return "|".join(alternatives.values())


def word_set(**words: str) -> frozenset[str]:
    return frozenset(word for of_language in words.values() for word in of_language.split())
