"""A sentence with what it mentions, and cut into its clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailwins.receipts.wishes.clauses.clause import VALUE_OF, Clause
from mailwins.receipts.wishes.clauses.mentions import Item
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import About
from mailwins.receipts.wishes.words.asking import WISH_BEHIND
from mailwins.receipts.wishes.words.courtesy import PLEASE
from mailwins.receipts.wishes.words.doubt import WHY
from mailwins.receipts.wishes.words.grammar import AND


@dataclass(frozen=True, slots=True)
class Sentence:
    """*language* as in ``lexicon.LANGUAGES``, that of the whole reply."""

    text: str
    items: tuple[Item, ...]
    about: About
    language: int | None

    @property
    def whole(self) -> Clause:
        """All of it as one clause."""
        return Clause(self.text, list(self.items))

    @property
    def is_question(self) -> bool:
        """A question, and no wish put as one ("…, can you split them?")."""
        if not self.text.rstrip(' "”)').endswith(("?", "？")):
            return False
        return not any(i.has("you") for i in self.items[:3]) and not WISH_BEHIND.search(flatten(self.text))

    def joins(self, item: Item) -> bool:
        """Whether it is the language's "and" or "but"."""
        words = AND if self.language is None else (AND[self.language], "and")
        return any(flatten(item.text) in flatten(w).split() for w in words) and (item.has("small") or item.has("but"))

    def clauses(self) -> list[Clause]:
        runs: list[list[Item]] = [[]]
        for at, item in enumerate(self.items):
            if item.has("mark"):
                runs.append([])
            elif runs[-1] and at + 1 < len(self.items) and self._tells_why(at) and Clause("", runs[-1]).has_evidence:
                runs.append([item])
            elif not (self.joins(item) and runs[-1] and item.text not in ("è", "é")) or self._lists_wins(runs[-1], at):
                runs[-1].append(item)
            elif self._parts(runs[-1], at):
                runs.append([])
            else:
                runs[-1].append(item)
        clauses = [Clause(self.text[r[0].start : r[-1].end], r) for r in runs if r]
        return self._joined(clauses)

    def _behind(self, at: int) -> list[Item]:
        """The items behind it, up to the next mark."""
        end = next((n for n in range(at + 1, len(self.items)) if self.items[n].has("mark")), len(self.items))
        return list(self.items[at + 1 : end])

    def _lists_wins(self, before: Sequence[Item], at: int) -> bool:
        """ "The first and the second": two wins, and no two clauses."""
        first = next((i for i in self._behind(at) if not i.has("small")), None)
        return (
            len(self.about.ids) > 1
            and first is not None
            and first.has(what := "number" if first.has("number") else "ref")
            and before[-1].has(what)
        )

    def _parts(self, before: list[Item], at: int) -> bool:
        tail = Clause("", self._behind(at))
        return Clause("", before).has_evidence and (tail.has_evidence or len(tail.items) > 2)

    def _tells_why(self, at: int) -> bool:
        """ "Private pls they are in talks …", "… weil sie noch verhandeln": a wish ends and its reason begins."""
        item, behind = self.items[at], self.items[at + 1]
        before = flatten(self.items[at - 1].text).split() if at else []
        if (
            item.has("they")
            and before
            and before[-1] in PLEASE
            and (behind.has("is") or behind.is_word or behind.has("small"))
        ):
            return True
        return flatten(item.text) in WHY and (behind.has("they") or behind.has("person") or behind.has("small"))

    def _joined(self, clauses: Sequence[Clause]) -> list[Clause]:
        """ "Und die Valeur, 10": a field and, behind a mark, nothing but its value are one clause."""
        out: list[Clause] = []
        for clause in clauses:
            if out and (_names_who_said(out[-1], clause) or _gives_value(out[-1], clause)):
                items = [*out[-1].items, *clause.items]
                out[-1] = Clause(self.text[items[0].start : items[-1].end], items)
            else:
                out.append(clause)
        return out


def _names_who_said(last: Clause, clause: Clause) -> bool:
    """ "Gesagt hat das der Leiter, Herr Sailer"."""
    return (
        last.has("said")
        and clause.has("person")
        and len(clause.items) <= 2
        and not (last.has("person") or clause.has("said", "field", "not"))
    )


def _gives_value(last: Clause, clause: Clause) -> bool:
    kinds = VALUE_OF.get(last.fields[0]) if len(last.fields) == 1 else None
    return (
        kinds is not None
        and (not last.has("ok") or last.has("except"))
        and not clause.fields
        and not last.has(*kinds)
        and clause.has(*kinds)
        and last.unknown <= 2
    )


_WORTH_KEEPING = ("person", "figure", "later", "account", "number", "day")


def weighs(items: Sequence[Item]) -> bool:
    """Whether what asked for nothing tells something that is worth keeping."""
    return any(i.is_word or any(i.has(w) for w in _WORTH_KEEPING) for i in items)
