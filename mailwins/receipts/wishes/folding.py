"""Words made comparable: lower case without accents, politeness and marks taken off the edges."""

from __future__ import annotations

import unicodedata


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ---------------------------------------------------------------- folding, length kept
def flatten(text: str) -> str:
    """Lower case without accents, letter for letter, so that places found in it are places in *text*."""
    return "".join(letter(c) for c in text)


ALPHABETS = 0x0530

# Letters whose stroke is no accent to Unicode.
_STROKES = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i"}


def letter(char: str) -> str:
    if char in "’‘`´":
        return "'"
    if char in "–—":
        return "-"
    if char in "\u00a0\u202f\t":
        return " "
    if char in _STROKES:
        return _STROKES[char]
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    # Kana and Hangul fall apart into other letters: only alphabets lose their accents.
    return base if len(base) == 1 and ord(base) < ALPHABETS else char


EDGE = ' \t\r\n*_"“”„«».!,;…。！、'
