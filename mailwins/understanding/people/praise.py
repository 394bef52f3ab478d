"""Colleagues whom a customer praises."""

from __future__ import annotations

import re

from mailwins.model import Directory
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.people.ours import names_of
from mailwins.understanding.people.words.courtesy import AND, GREETED_AS, GREETINGS, PRAISE

_SENTENCE_END = re.compile(r"\s(?:(?<=[.!?]\s)\s*|(?<=\n)\n*)")
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
    for sentence in dict.fromkeys(_SENTENCE_END.split(text)):
        low = sentence.lower()
        if not any(word in low for word in praising):
            continue
        words = fold_name(_SALUTATION.sub("", sentence))
        folded = f" {words} "
        for number in sorted({n for word in words.split() for n in ours.by_word.get(word, ())}):
            member = directory.members[number]
            full, first = fold_name(member.name), fold_name(member.name.split()[0])
            is_named = f" {full} " in folded or (ours.bearers[first] == 1 and len(first) > 2 and f" {first} " in folded)
            if is_named and member.name not in found:
                found.append(member.name)
    return tuple(found)
