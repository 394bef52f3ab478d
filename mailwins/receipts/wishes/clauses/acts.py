"""What a clause asks to be done: delete, undo, split, share, keep private; and what it asks not to be done."""

from __future__ import annotations

from collections.abc import Sequence

from mailwins.receipts.wishes.clauses.clause import NO_WORDS, Clause, denies, is_aside, is_if, is_until
from mailwins.receipts.wishes.clauses.mentions import Item
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import Wish
from mailwins.receipts.wishes.words.sharing import AGREED

_ACTS = ("delete", "undo", "split", "share", "private")

# What an act that is spoken of may have come to.
_DOES = {
    "delete": {"delete", "undo"},
    "undo": {"undo"},
    "split": {"split"},
    "share": {"share", "internal", "private"},
    "private": {"private", "internal", "share"},
}


def act_wishes(clause: Clause, whole: Clause) -> list[Wish] | None:
    """None where nothing is to be done, or it cannot be told; no wishes where she asks not to do it."""
    acts = clause.acts
    act = next((a for a in _ACTS if a in acts), None)
    if act is None or _depends(act, clause, whole) or (len(acts) > 1 and {"share", "private"} & set(acts)):
        return None
    clause = _without_time(act, clause)
    if act not in clause.acts or (clause.has("later") and act != "undo"):
        return None
    at = next(n for n, i in enumerate(clause.items) if i.which("act") == act)
    if not _is_plain(act, clause, at) or is_aside(clause, whole):
        return None
    if act == "delete" and whole.has("account") and not clause.is_named:
        return None
    if not _is_denied(act, clause, at):
        return None if act == "share" and _may_hold_back(clause, at) else [Wish(act)]
    if act == "share":
        return [Wish("internal", instead_of="share")]
    return [] if act in ("delete", "undo", "split") or len(whole.items) > len(clause.items) else None


def leaves_undone(whole: Clause, wishes: Sequence[Wish]) -> bool:
    """Whether an act is spoken of that came to nothing: never dropped in silence."""
    if any(denies(i) for i in whole.items):
        # "Don't remove it, just make it private."
        return False
    done = {w.verb for w in wishes}
    return any(not done & _DOES[act] for act in whole.acts if act in _DOES)


def _depends(act: str, clause: Clause, whole: Clause) -> bool:
    """On a condition, or it is said of a field."""
    if any((act, field) != ("share", "account") for field in clause.fields):
        return True
    # What is to stay private is so at once, whatever is to come ("…, they have not told their people yet").
    return any(is_if(i) for i in whole.items) if act == "private" else whole.has("condition")


def _without_time(act: str, clause: Clause) -> Clause:
    """ "Confidential until 1 December": until then is left to a person."""
    until = next((n for n, i in enumerate(clause.items) if act == "private" and is_until(i)), None)
    return clause if until is None else Clause(clause.text, clause.items[:until], clause.is_named)


def _is_plain(act: str, clause: Clause, at: int) -> bool:
    """Whether no more stands around the act than around something that shall be done."""
    item = clause.items[at]
    head, tail = clause.items[:at], clause.items[at + 1 :]
    has_phrase = len(item.text.split()) > 1
    strange_behind = sum(i.is_word or any(i.has(w) for w in ("person", "figure", "number", "account")) for i in tail)
    strange_before = sum(i.is_word or i.has("person") for i in head)
    if strange_behind > (4 if act == "undo" or (has_phrase and act == "split") else 0) or strange_before > 2:
        return False
    if act not in ("split", "undo") and any(i.has("number") for i in head):
        # "2 ok 1 delete": it may be the number of another win.
        return False
    if head and head[-1].has("they") and not clause.has("may") and not has_phrase:
        # "They share …" tells what they do.
        return False
    return not (act == "share" and clause.has("said") and clause.has("person"))


def _may_hold_back(clause: Clause, at: int) -> bool:
    """ "Too early to share", "évitez de partager", "ned weitergeben": a word we do not know may say no."""
    is_strange = any(i.is_word or i.has("person") for i in clause.items[:at])
    return clause.has("rather") or (is_strange and not AGREED.search(flatten(clause.text)))


def _is_denied(act: str, clause: Clause, at: int) -> bool:
    if _is_negation(clause.items[at]):
        return False
    tail = clause.items[at + 1 : at + 3]
    return any(denies(i) for i in clause.items[:at]) or (act == "share" and any(i.has("not") for i in tail))


def _is_negation(item: Item) -> bool:
    """ "Not a win" asks for what it says."""
    return any(word in NO_WORDS for word in flatten(item.text).split())
