"""Which of several wins a clause is about: "the first two", "the kind on 2", "both"."""

from __future__ import annotations

from dataclasses import replace

from mailwins.receipts.wishes.clauses.clause import Clause, is_light
from mailwins.receipts.wishes.clauses.mentions import Item
from mailwins.receipts.wishes.clauses.sentence import Sentence
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.words.grammar import OF_WIN, ON

_SMALL = (("small", ""),)


def named_wins(clause: Clause, ids: tuple[int, ...]) -> tuple[int, ...] | None:
    """The wins of *ids* that the clause names; their items are small words from then on."""
    if len(ids) < 2:
        return None
    found: list[int] = []
    for at in range(_first(clause), len(clause.items)):
        wins, has_count = _wins_at(clause, at, ids)
        if not wins:
            continue
        found = wins if len(wins) > 1 or has_count else [*found, *wins]
        clause.items[at] = replace(clause.items[at], means=_SMALL)
        if has_count:
            clause.items[at + 1] = replace(clause.items[at + 1], means=_SMALL)
        clause.is_named = True
    return tuple(dict.fromkeys(found)) or None


def names_wins(sentence: Sentence) -> bool:
    return any(named_wins(c, sentence.about.ids) for c in sentence.clauses())


def _first(clause: Clause) -> int:
    """Where the names begin: "both are fine except the kind on 2"."""
    first = next((n for n, i in enumerate(clause.items) if i.has("except")), 0)
    return first if any(i.has("ref") or i.has("number") for i in clause.items[first:]) else 0


def _wins_at(clause: Clause, at: int, ids: tuple[int, ...]) -> tuple[list[int], bool]:
    """(the wins that the item at *at* names, whether with the number behind it: "the first two")."""
    item, behind = clause.items[at], clause.next_to(at)
    which = item.which("ref")
    if which in ("1", "-1") and behind is not None and (many := behind.which("number")):
        if not many.isdigit() or not 1 < int(many) <= len(ids):
            return [], False
        return [*(ids[: int(many)] if which == "1" else ids[-int(many) :])], True
    if which == "all":
        return [*ids], False
    if which is not None and (place := _place(int(which), len(ids))) is not None:
        return [ids[place]], False
    if item.has("number") and _is_ref(clause, at, len(ids)):
        return [ids[int(item.which("number") or 0) - 1]], False
    return [], False


def _place(number: int, count: int) -> int | None:
    place = number - 1 if number > 0 else number
    return place if -count <= place < count else None


def _is_ref(clause: Clause, at: int, count: int) -> bool:
    """Whether the number is that of a win, and no value."""
    number = int(clause.items[at].which("number") or 0)
    if not 1 <= number <= count or clause.before(at, "rather", 3):
        return False
    before = clause.items[at - 1] if at else None
    if before is not None and (before.has("set") or before.which("field") == "value") and not before.has("number word"):
        return False
    if at > 1 and before is not None and _belongs(clause.items[at - 2], before, clause.items[at + 1 :]):
        return True
    is_marked = before is not None and before.has("number word") and not clause.before(at, "field", 2)
    leads = all(is_light(i) or i.has("ref") or i.has("number") for i in clause.items[:at])
    return is_marked or (leads and (len(clause.items) > at + 1 or at == 0))


def _belongs(field: Item, between: Item, behind: list[Item]) -> bool:
    """ "The kind on 2"; "la valeur du 1 c'est 7", where the value follows."""
    low = flatten(between.text)
    if field.which("field") == "value":
        return low in OF_WIN and any(i.has("number") for i in behind)
    return field.has("field") and low in ON
