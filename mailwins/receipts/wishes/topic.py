"""What a reply has told so far: the little that one sentence hands on to the next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Topic:
    """*language*: the place in ``lexicon.LANGUAGES``, None where it cannot be told.

    *field* was called wrong and what is right is still to come; of *wins*, which were named, what shall be done is.
    """

    language: int | None = None
    field: str | None = None
    wins: tuple[int, ...] | None = None
    is_answered: bool = False
