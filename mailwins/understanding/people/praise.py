"""Colleagues whom a customer praises."""

from __future__ import annotations

import re
from itertools import pairwise

from mailwins.model import Directory, Member
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.people.ours import Names, names_of
from mailwins.understanding.people.words.courtesy import AND, GREETED_AS, GREETINGS, PRAISE, TITLES

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


def _is_named(member: Member, folded: str, ours: Names) -> bool:
    full, first = fold_name(member.name), fold_name(member.name.split()[0])
    return f" {full} " in folded or (ours.bearers[first] == 1 and len(first) > 2 and f" {first} " in folded)
