"""Colleagues whom a customer praises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailwins.model import Directory, Member
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.people.ours import Names, names_of
from mailwins.understanding.people.words.courtesy import AND, GREETED_AS, GREETINGS, PRAISE, TITLES

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# Whom a mail greets is whom it was sent to.
_SALUTATION = re.compile(
    rf"^\W*(?i:{GREETINGS})"
    rf"(?:\s+(?i:{GREETED_AS})\.?)?\s+[^\W\d_][\w'’-]*"
    rf"(?:(?:\s+|\s*[&+/]\s*|\s+(?:{AND})\s+)[A-ZÀ-ÞŁŚŻ][\w'’-]+){{0,4}}(?!\w)"
)


def praised_in(text: str | None, directory: Directory) -> tuple[str, ...]:
    """Colleagues whom the customer names with thanks or praise; first names count when only one colleague has it."""
    if not text:
        return ()
    whole = text.lower()
    praising = [word for word in PRAISE if word in whole]
    if not praising:
        return ()
    ours = names_of(directory)
    found: list[str] = []
    for sentence in _sentences_with(praising, text):
        words = fold_name(_SALUTATION.sub("", sentence)).split()
        folded = f" {' '.join(words)} "
        named = {
            n for word in words for n in ours.by_word.get(word, ()) if _is_named(directory.members[n], folded, ours)
        }
        # Who is not on first-name terms thanks "Frau Ihle".
        families = ours.by_family_name
        titled = {families[name] for word, name in pairwise(words) if word in TITLES and name in families}
        for number in sorted(named | titled):
            if (name := directory.members[number].name) not in found:
                found.append(name)
    return tuple(found)


def _sentences_with(words: Sequence[str], text: str) -> Iterator[str]:
    """The different ones. Most lines have none of *words*, and need not be cut."""
    for line in dict.fromkeys(text.split("\n")):
        if _has_one(words, line):
            yield from (sentence for sentence in _SENTENCE_END.split(line) if _has_one(words, sentence))


def _has_one(words: Sequence[str], text: str) -> bool:
    low = text.lower()
    return any(word in low for word in words)


def _is_named(member: Member, folded: str, ours: Names) -> bool:
    full, first = fold_name(member.name), fold_name(member.name.split()[0])
    return f" {full} " in folded or (ours.bearers[first] == 1 and len(first) > 2 and f" {first} " in folded)
