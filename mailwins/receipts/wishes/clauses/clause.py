"""A clause and what its items say together: what is denied, who acts, on what it hangs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailwins.receipts.wishes.clauses.mentions import Item
from mailwins.receipts.wishes.folding import flatten, word_set
from mailwins.receipts.wishes.words.doubt import IF, NEGATIONS, UNTIL
from mailwins.receipts.wishes.words.grammar import ALSO, THAN
from mailwins.receipts.wishes.words.people import FIRST_PERSON

# What a mention can be the value of, and the other way round.
FIELD_OF = {"account": "account", "person": "contact", "day": "date", "number": "value", "kind": "category"}

VALUE_OF = {
    "account": ("account", "person"),
    "contact": ("person",),
    "name": ("person", "account"),
    "date": ("day",),
    "value": ("number",),
    "category": ("kind",),
}

_EVIDENCE = ("field", "act", "account", "person", "day", "kind", "number", "ref")
_SMALL_TALK = ("small", "thanks", "cheer", "mark", "you", "they")
_LIGHT = ("small", "is", "was", "you", "they", "cheer", "thanks", "no", "mark", "rather", "set", "number word")

# What may stand between "not" and what it denies.
_BETWEEN = ("small", "is", "was", "field", "said", "they", "belongs", "set", "number word", "rather")

# How far from it, in items.
_REACH = 6


@dataclass
class Clause:
    text: str
    items: list[Item]
    is_named: bool = False
    """Says which of several wins it is about."""

    def has(self, *what: str) -> bool:
        return any(i.has(w) for i in self.items for w in what)

    def values(self, what: str) -> list[int]:
        """The places of the items that may mean it."""
        return [n for n, i in enumerate(self.items) if i.has(what)]

    @property
    def fields(self) -> list[str]:
        return [f for i in self.items if (f := i.which("field"))]

    @property
    def acts(self) -> list[str]:
        return list(dict.fromkeys(a for i in self.items if (a := i.which("act"))))

    @property
    def unknown(self) -> int:
        """How many words say something that we do not know."""
        return sum(1 for i in self.items if i.is_word or (i.has("person") and i.is_weak))

    @property
    def is_small_talk(self) -> bool:
        return all(any(i.has(w) for w in _SMALL_TALK) for i in self.items)

    @property
    def has_evidence(self) -> bool:
        return self.has(*_EVIDENCE)

    def before(self, at: int, what: str, reach: int = 8) -> bool:
        return any(i.has(what) for i in self.items[max(0, at - reach) : at])

    def behind(self, at: int, what: str, reach: int = 6) -> bool:
        return any(i.has(what) for i in self.items[at + 1 : at + 1 + reach])

    def next_to(self, at: int) -> Item | None:
        return self.items[at + 1] if at + 1 < len(self.items) else None

    def is_denied(self, at: int) -> bool:
        """Whether "not", "instead of" and the like stand before the item, with nothing of weight between."""
        behind = self.next_to(at)
        if behind is not None and behind.has("not") and (at + 2 >= len(self.items) or self.items[at + 2].has("was")):
            # "gisteren niet", "lo de Referral no": behind what it denies.
            return True
        for step, item in enumerate(reversed(self.items[max(0, at - _REACH) : at])):
            if item.has("but"):
                return False
            if item.has("not") and not (item.has("no") and flatten(item.text) == "no" and step):
                return True
            if item.has("instead") and (flatten(item.text) not in THAN or self.has("rather")):
                return True
            if not any(item.has(w) for w in _BETWEEN):
                break
        return False

    def is_light_but(self, at: int) -> bool:
        """Whether nothing else in it says anything."""
        return all(is_light(i) for n, i in enumerate(self.items) if n != at)


def is_light(item: Item) -> bool:
    return any(item.has(w) for w in _LIGHT)


def denies(item: Item) -> bool:
    """Whatever the language: better a switch left alone than turned against her will."""
    low = flatten(item.text)
    return item.has("not") or item.has("no") or low in NEGATIONS or low.endswith("n't")


def says_also(clause: Clause) -> bool:
    """ "Also at Initech": one more, and none instead."""
    return any(flatten(i.text) in ALSO for i in clause.items)


def is_others(item: Item) -> bool:
    """He, she or they, and not she who writes."""
    return item.has("they") and flatten(item.text) not in FIRST_PERSON


def is_third(items: Sequence[Item]) -> bool:
    """Whether somebody else is who does it: "they would give"."""
    near = [i for i in items[-3:] if i.has("they")]
    return bool(near) and is_others(near[-1])


def is_reported(items: Sequence[Item]) -> bool:
    """ "Callum said it was worth …": somebody else's words."""
    said = next((n for n, i in enumerate(items) if i.has("said")), None)
    return said is not None and any(i.has("person") or is_others(i) for i in items[:said])


def is_until(item: Item) -> bool:
    words = flatten(item.text).split()
    return item.has("condition") and (words[0] in UNTIL or words[-1] in UNTIL)


def is_if(item: Item) -> bool:
    return item.has("condition") and flatten(item.text).split()[0] in IF


def hangs_on(clauses: Sequence[Clause], clause: Clause) -> bool:
    """Whether another clause says under which condition this one holds."""
    others = [c for c in clauses if c is not clause]
    ahead = clauses[: clauses.index(clause)]
    return any(is_if(i) for c in others for i in c.items) or any(
        next((i.has("condition") for i in c.items if not i.has("small") or i.has("condition")), False) for c in ahead
    )


def is_aside(clause: Clause, whole: Clause) -> bool:
    """ "Between us, he is leaving": the remark is, not the win."""
    if len(whole.items) <= 8:
        return False
    words = [i for i in clause.items if not i.has("mark")]
    behind = next((i for i in whole.items if i.start >= clause.items[-1].end), None)
    if clause.acts == ["private"] and len(words) <= 4 and behind is not None and behind.text == ":":
        # "Pour nous seulement : leur contrat …"
        return True
    return len(words) == 1 and words[0].which("act") == "private" and len(words[0].text.split()) > 1


NO_WORDS = word_set("not kein keine no pas non niet geen nao inte ingen nie isn't don't dont n'")
"""Negations within a phrase that is an act: "not a win", "kein Erfolg"."""
