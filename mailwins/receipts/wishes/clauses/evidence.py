"""Where a mention is evidence of a wish: beside the name of its field, or in a frame that can mean nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mailwins.receipts.wishes.clauses.clause import (
    FIELD_OF,
    VALUE_OF,
    Clause,
    denies,
    is_light,
    is_others,
    is_reported,
    is_third,
    says_also,
)
from mailwins.receipts.wishes.clauses.mentions import Item
from mailwins.receipts.wishes.clauses.sentence import Sentence
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import About, Wish
from mailwins.receipts.wishes.words.grammar import OF, ON, ONE_ARTICLE, TO
from mailwins.receipts.wishes.words.lexicon import GERMAN, POLISH
from mailwins.receipts.wishes.words.people import FIRST_PERSON, OURS, TITLES, TOLD_TO, is_role
from mailwins.receipts.wishes.words.values import BEFORE_COUNTED

_SELF_CORRECTION = ("wait", "moment", "quatsch")
_POINTING = ("this", "it", "that")


def wish_of(item: Item, field: str) -> Wish:
    """The wish that the item be the value of the field."""
    what = next(w for w, _ in item.means if w in FIELD_OF)
    value = item.text if what in ("day", "person", "kind") else item.which(what) or item.text
    if what == "person":
        value = without_title(value)
    return Wish("set", FIELD_OF[what] if field == "name" else field, value.strip(" ,."))


def without_title(name: str) -> str:
    """Where a first name says who it is."""
    words = name.split()
    bare = [w for w in words if flatten(w.strip(".")) not in TITLES]
    return " ".join(bare) if len(bare) > 1 else name


def best(clause: Clause, places: Sequence[int]) -> list[int]:
    """Of several people the one with a title, else the fullest name, else the first."""

    def rank(at: int) -> tuple[bool, bool, int]:
        words = [flatten(w.strip(".")) for w in clause.items[at].text.split()]
        return (words[0] not in TITLES, len(words) < 2, at)

    return sorted(places, key=rank)


# ---------------------------------------------------------------- beside the name of its field
def value_of(sentence: Sentence, clause: Clause, at: int, field: str, used: set[int]) -> int | None:
    """The place of what stands for the field at *at*: behind it, else before it."""
    if not _may_have_value(clause, at, field):
        return None
    fields = [n for n, i in enumerate(clause.items) if i.has("field")]
    following = next((n for n in fields if n > at), len(clause.items))
    for what in VALUE_OF[field]:
        candidates = _candidates(sentence, clause, at, field, what, used)
        behind = [n for n in candidates if at < n < following]
        if field == "contact" and not clause.has("is", "was", "said") and any(i.is_word for i in clause.items[:at]):
            # "For anything urgent please contact …"
            return None
        if not behind and len(fields) == 1:
            behind = [n for n in candidates if n < at and clause.unknown <= 2]
        if what == "number" and len(behind) > 1 and _corrects_itself(clause, behind):
            behind = behind[-1:]
        if what in ("day", "number", "kind", "account") and len({clause.items[n].text for n in behind}) > 1:
            return None
        if behind:
            return best(clause, behind)[0] if what == "person" else behind[0]
    return None


def _may_have_value(clause: Clause, at: int, field: str) -> bool:
    if clause.unknown > 3 or clause.has("later") or (field in ("account", "contact") and says_also(clause)):
        return False
    if clause.has("wrong") and not clause.has("is"):
        return False
    if field in ("date", "value") and _is_of_something(clause.items[at + 1 : at + 4]):
        return False
    return not (field in ("value", "category") and is_reported(clause.items[:at]))


def _is_of_something(behind: Sequence[Item]) -> bool:
    """ "The date of the go-live is 12 January", "score on the survey was 6": not the win's."""
    if behind and flatten(behind[0].text) in ON and any(i.is_word for i in behind):
        return True
    return (
        bool(behind)
        and flatten(behind[0].text) in OF
        and behind[0].has("small")
        and not any(i.has("ref") or i.has("win") or i.has("number") or flatten(i.text) in _POINTING for i in behind)
    )


def _candidates(sentence: Sentence, clause: Clause, at: int, field: str, what: str, used: set[int]) -> list[int]:
    items = clause.items
    found = [n for n in clause.values(what) if n not in used and n != at and not clause.is_denied(n)]
    if what == "number":
        found = [n for n in found if not is_counted(clause, n)]
    if what == "person":
        found = [n for n in found if not items[n].is_weak or (n == at + 1 and sentence.language != GERMAN)]
    # "The account team at Globex": a name belongs to the field only where nothing strange stands between.
    most = 0 if what in ("account", "person", "day") or clause.has("said") else 1
    found = [n for n in found if sum(i.is_word for i in items[min(n, at) : max(n, at)]) <= most]
    if field == "account":
        found = [n for n in found if not any(i.is_word for i in items[n + 1 : n + 2])]
    return found


def _corrects_itself(clause: Clause, places: Sequence[int]) -> bool:
    """ "Seven, no wait, eight"."""
    between = clause.items[places[0] : places[-1]]
    return any(i.has("no") or i.has("not") or i.text.lower() in _SELF_CORRECTION for i in between)


def is_counted(clause: Clause, at: int) -> bool:
    """ "9 sites", "nine days": a number of something."""
    behind = clause.items[at + 1 :]
    if len(behind) > 2 and flatten(behind[0].text) in OF and behind[1].has("number"):
        # "9 of 10 staff"
        behind = behind[2:]
    if len(behind) > 1 and flatten(behind[0].text) in BEFORE_COUNTED:
        behind = behind[1:]
    return bool(behind) and (behind[0].is_word or behind[0].has("win") or behind[0].has("person"))


# ---------------------------------------------------------------- in a frame, where it is evidence alone
def is_colleague(about: About, name: str) -> bool:
    low = flatten(name)
    return any(low == c or low == c.split()[0] for c in about.colleagues if c)


def _is_account(sentence: Sentence, clause: Clause, at: int) -> bool:
    if clause.is_light_but(at) and len(clause.items) <= 3:
        return True
    behind = clause.next_to(at)
    if says_also(clause) or (behind is not None and (behind.has("field") or behind.is_word)):
        # "A Bramble person" is somebody of theirs.
        return False
    framed = any(clause.before(at, w) for w in ("is", "belongs", "but", "rather", "set", "instead")) or (
        clause.before(at, "was", 2)
    )
    most = 2 if clause.before(at, "but") or clause.has("not") else 1
    return framed and clause.unknown <= most and not clause.has("said")


def _is_kind(sentence: Sentence, clause: Clause, at: int) -> bool:
    behind = clause.next_to(at)
    if behind is not None and (behind.is_word or behind.has("number") or behind.has("person")):
        return False
    if any(is_others(i) for i in clause.items[:at]):
        # "He did the rollout" tells what he did.
        return False
    if clause.is_light_but(at):
        return True
    framed = any(clause.before(at, w) for w in ("is", "rather", "set", "but", "belongs"))
    return framed and clause.unknown <= 1


def _is_day(sentence: Sentence, clause: Clause, at: int) -> bool:
    frames = [n for w in ("was", "said") for n in clause.values(w)]
    if frames and not clause.has("passed"):
        near = min(frames, key=lambda n: abs(n - at))
        is_mine = near and clause.items[near].has("said") and flatten(clause.items[near - 1].text) in FIRST_PERSON
        between = clause.items[min(near, at) + 1 : max(near, at)]
        return clause.unknown <= 2 and not is_mine and all(is_light(i) or i.has("account") for i in between)
    if "date" in clause.fields:
        # It could have been that field's value, and was not.
        return False
    if clause.has("set") or clause.has("but"):
        return clause.unknown <= 1
    is_dated = any(c.isdigit() for c in clause.items[at].text)
    return clause.before(at, "is", 4) and is_dated and clause.unknown <= 1


def _is_number(sentence: Sentence, clause: Clause, at: int) -> bool:
    number = clause.items[at].which("number") or ""
    if not number.isdigit() or not 1 <= int(number) <= 10 or is_counted(clause, at):
        return False
    # "Mach ne 9 draus": an article, right before the number.
    has_article = at > 0 and flatten(clause.items[at - 1].text) in ONE_ARTICLE
    if any(denies(i) for i in clause.items[: at - has_article]) and not clause.before(at, "but"):
        # "I wouldn't make it more than a 6"
        return False
    if clause.has("day") and not clause.fields:
        return False
    if any(i.has("set") and n and is_third(clause.items[:n]) for n, i in enumerate(clause.items)):
        # "They would give us a 10" tells what they would do.
        return False
    if _is_a_number(clause, at):
        return True
    return _is_framed(clause, at) and clause.unknown <= 2 and not is_reported(clause.items[:at])


def _is_a_number(clause: Clause, at: int) -> bool:
    """ "Afinal é um 7", "det är en 8"."""
    return (
        len(clause.items) <= 5
        and at > 0
        and flatten(clause.items[at - 1].text) in ONE_ARTICLE
        and clause.before(at, "is", 2)
        and not clause.before(at, "was", 3)
        and clause.is_light_but(at)
    )


def _is_framed(clause: Clause, at: int) -> bool:
    return (
        clause.before(at, "rather")
        or clause.before(at, "set", 6)
        or clause.behind(at, "rather", 8)
        or clause.behind(at, "set", 3)
    )


def frames_number(clause: Clause) -> bool:
    return any(_is_framed(clause, at) for at in clause.values("number"))


def _is_person(sentence: Sentence, clause: Clause, at: int) -> bool:
    item = clause.items[at]
    before = flatten(clause.items[at - 1].text) if at else ""
    if clause.has("passed") or says_also(clause) or before in TOLD_TO:
        return False
    if is_colleague(sentence.about, item.text) or OURS.search(flatten(sentence.text)):
        return False
    if at > 1 and before in OF and (clause.items[at - 2].is_word or is_role(flatten(clause.items[at - 2].text))):
        # "le chef de Maëlle" is not Maëlle.
        return False
    if sentence.language != POLISH and before in TO and at > 1 and clause.items[at - 2].has("said"):
        return False
    if clause.has("said") and not clause.has("act"):
        return _is_who_said(sentence, clause, at)
    is_whole = len(item.text.split()) > 1
    # German writes every noun with a capital; behind a title it is a name all the same.
    is_titled = flatten(item.text.split()[0].strip(".")) in TITLES
    reach, most = (3, 2) if is_titled else (1, 0) if sentence.language == GERMAN else (3, 1)
    return is_whole and clause.unknown <= most and clause.before(at, "was", reach) and not clause.has("number")


def _is_who_said(sentence: Sentence, clause: Clause, at: int) -> bool:
    item, items = clause.items[at], sentence.items
    if any(
        i.has("said") and any(j.has("thanks") or j.has("cheer") for j in items[n + 1 : n + 2])
        for n, i in enumerate(items)
    ):
        # "Gwenda says thanks"
        return False
    said = min(abs(n - at) for n in clause.values("said"))
    strange = clause.unknown - (1 if item.is_weak else 0)
    # "Dale said it over a beer" is a story; "it was Dale who said it" and "Dale said it, not Ana" are not.
    points = clause.has("is", "was") or any(
        i.has("not") and any(j.has("person") or j.is_word for j in items[n + 1 : n + 4]) for n, i in enumerate(items)
    )
    is_name = not item.is_weak or (said == 1 and sentence.language != GERMAN)
    return is_name and strange <= (3 if points else 0)


FRAMES: tuple[tuple[str, Callable[[Sentence, Clause, int], bool]], ...] = (
    ("account", _is_account),
    ("kind", _is_kind),
    ("day", _is_day),
    ("number", _is_number),
    ("person", _is_person),
)
"""(what is mentioned, whether it stands in a frame); in this order the first may use what the others could."""
