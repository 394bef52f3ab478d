"""What a reply can ask for, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing a person wants.

    *verb* is set, add, private, share, internal, delete, undo, split, named, answer, ok, model,
    question or thanks. *value* is as typed, numbers as digits. *win* is the number or ordinal a
    person named, -1 for "the last", None for everything the receipt is about. *instead_of* is
    what was called wrong ("it's Globex, not Initech"); for ``internal`` it says that only what
    is shared (or private) now is meant. An ``answer`` without a value: she does not know.
    """

    verb: str
    field: str | None = None
    value: str | None = None
    win: int | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """*left*: words that were not understood, verbatim; None where nothing is left."""

    wishes: tuple[Wish, ...] = ()
    left: str | None = None


IRREVOCABLE = frozenset({"delete", "undo", "split"})

SWITCHES = IRREVOCABLE | {"private", "share"}
"""Verbs that could do harm where they were not meant."""

MAX_TEXT = 20_000
MAX_LINES = 300
MAX_PARTS = 14
MAX_PART = 2_000


@dataclass(frozen=True, slots=True)
class About:
    """What a reply answers: the field of the open question and its choices, the wins of the receipt.

    The names that are known are folded.
    """

    asked: str | None = None
    options: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
