"""Who is one of us, and how our people are called."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailwins.model import Address, Directory, Member
from mailwins.understanding.accounts import fold_name


def is_ours(person: Address, directory: Directory, own: frozenset[str]) -> bool:
    """A colleague, one of our addresses (*own*), or anybody of our domains."""
    if person.address is None:
        return bool(person.name and fold_name(person.name) in names_of(directory).full)
    return (
        directory.member(person.address) is not None
        or person.address.lower() in own
        or person.domain in directory.own_domains
    )


@dataclass(frozen=True, slots=True)
class Names:
    """How our people are called, folded: whole names, first names, how many bear a first name.

    *called*: first names in lower case, as they are written. *by_word*: by the word a name begins with, the places of
    its members in the directory; *by_family_name*: the place of the only one who bears it. Notifiers are left out of both.
    """

    full: frozenset[str]
    first: frozenset[str]
    called: frozenset[str]
    bearers: Mapping[str, int]
    by_word: Mapping[str, Sequence[int]]
    by_family_name: Mapping[str, int]


_KEPT = 3
_NAMES: OrderedDict[int, tuple[tuple[Member, ...], Names]] = OrderedDict()


def names_of(directory: Directory) -> Names:
    """Kept for the last few snapshots. It looks at members only, so a contact learned makes no new ones."""
    known = _NAMES.get(id(directory.members))
    if known and known[0] is directory.members:
        return known[1]
    names = _names(directory.members)
    _NAMES[id(directory.members)] = (directory.members, names)
    while len(_NAMES) > _KEPT:
        _NAMES.popitem(last=False)
    return names


def _names(members: Sequence[Member]) -> Names:
    bearers: Counter[str] = Counter()
    by_word: dict[str, list[int]] = {}
    families: dict[str, list[int]] = {}
    for number, member in enumerate(members):
        if member.name and not member.is_notifier:
            first = fold_name(member.name.split()[0])
            bearers[first] += 1
            for word in {w for name in (fold_name(member.name), first) for w in name.split()[:1]}:
                by_word.setdefault(word, []).append(number)
            families.setdefault(fold_name(member.name).split()[-1], []).append(number)
    named = [fold_name(m.name) for m in members if m.name]
    return Names(
        frozenset(named),
        frozenset(w for name in named for w in name.split()[:1]),
        frozenset(m.name.split()[0].lower() for m in members if m.name),
        bearers,
        by_word,
        {family: numbers[0] for family, numbers in families.items() if len(numbers) == 1},
    )
