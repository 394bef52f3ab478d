"""All sentences together: second thoughts, the answer in free words, one value for each field, what is left over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailwins.receipts.wishes.clauses import signals
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.phrases.answers import answer_to
from mailwins.receipts.wishes.phrases.choices import choice_of
from mailwins.receipts.wishes.phrases.values import is_day, without_on
from mailwins.receipts.wishes.reader import Reader
from mailwins.receipts.wishes.trimming import bare_line, core_of
from mailwins.receipts.wishes.wish import MAX_LINES, About, Wish
from mailwins.receipts.wishes.words.asking import ANSWERS
from mailwins.receipts.wishes.words.courtesy import SIGN_OFF
from mailwins.receipts.wishes.words.doubt import LATER, TAKES_BACK
from mailwins.receipts.wishes.words.values import ONLY_A_VALUE, N, to_number

Left = tuple[int, str]
"""(the number of the line, words of it that were not understood)."""

# Fields that are asked for in free words.
_FREE = ("expected", "experienced", "cause", "summary")

_RATHER_BEFORE = re.compile(r"^(?:it's|its|make it|make that|lieber|doch|wait|scratch that|anzi|rather) ")
_RATHER_BEHIND = re.compile(r" (?:i meant?|snarare|rather|raczej)$")
_FEW_WORDS = 6
_ONLY_NUMBER = re.compile(rf"(?:an? |eine? |un |een )?(?P<n>{N})")


def is_possible(value: str | None) -> bool:
    """Whether a number of points can be it."""
    return value is not None and value.isdigit() and 1 <= int(value) <= 10


def taken_back(sentence: str) -> str | None:
    """The number that takes the place of the one before it; None where the sentence says anything else."""
    low = flatten(sentence)
    start, end = core_of(bare_line(low))
    core = _RATHER_BEHIND.sub("", _RATHER_BEFORE.sub("", bare_line(low)[start:end]))
    number = _ONLY_NUMBER.fullmatch(core)
    return to_number(number["n"]) if number and TAKES_BACK.search(low) else None


def only_a_value(words: str, lines: Sequence[str], about: About) -> Wish | None:
    """ "Last thursday", "8", and nothing else: there is only one field that it can be."""
    typed = [x.strip() for x in lines if x.strip()]
    if about.asked is not None:
        return None
    if is_day(words) and typed == [words.strip()]:
        return Wish("set", "date", without_on(bare_line(words)))
    number = ONLY_A_VALUE.fullmatch(bare_line(flatten(words)))
    return Wish("set", "value", number["n"]) if number and len(typed) == 1 and len(about.ids) < 2 else None


def answer_from(
    wishes: Sequence[Wish], left: Sequence[Left], first_at: int, reader: Reader
) -> tuple[list[Wish], list[Left]]:
    """Free words that nothing else explained are the answer to the open question, where they can be one.

    *first_at* is the line of the first wish.
    """
    about = reader.about
    none_of_them = Wish("answer", "summary")
    if about.asked == "summary" and about.options and none_of_them in wishes and left:
        # "Neither. The certificates leave the same day"
        told = _told(about.asked, left, first_at, reader)
        answers = [Wish("answer", "summary", " ".join(x for _, x in told))] if told else [none_of_them]
        return [*answers, *(w for w in wishes if w != none_of_them)], [x for x in left if x not in told]
    if about.asked is None or reader.topic.is_answered or not left or any(w.verb in ("delete", "undo") for w in wishes):
        # "No, he was being sarcastic, bin it" expected nothing.
        return [*wishes], [*left]
    if about.asked in _FREE and not about.options:
        told = _told(about.asked, left, first_at, reader)
        answer = [Wish("answer", about.asked, " ".join(x for _, x in told))] if told else []
        return [*answer, *wishes], [x for x in left if x not in told]
    for index, (_, sentence) in enumerate(left):
        if about.asked == "stance" and sentence.rstrip(' "”)').endswith(("?", "？")):
            # "Good news?? They are leaving."
            continue
        if (answered := answer_to(about, sentence)) is not None:
            return [answered, *wishes], [*left[:index], *left[index + 1 :]]
    return [*wishes], [*left]


# "No, the other one" answers another question than the one that is open.
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:the )?other one\b|\b(?:das|die|der|den) andere[nrs]?\b|\bl'autre\b|\b(?:el|la) otr[oa]\b|\b(?:de|het) andere\b"
    r"|\bl'altr[oa]\b|\b(?:o|a) outr[oa]\b|\bden andra\b|\bt[ea]n? drugi\w*\b"
)


def _told(asked: str, left: Sequence[Left], first_at: int, reader: Reader) -> list[Left]:
    """What of the words left over answers the question."""
    says_so = ANSWERS[asked]
    if _POINTS_ELSEWHERE.search(flatten(left[0][1])) and len(left[0][1].split()) <= _FEW_WORDS:
        return []
    if LATER.search(flatten(left[0][1])) or any(reader.phrases.holds_a_wish(x) for _, x in left):
        # "Its acme corp, value 9": a correction that was not understood whole, and no answer.
        return []
    if not any(says_so.search(flatten(x)) for _, x in left) and signals.is_remark(reader.sentence(left[0][1])):
        # "They might take the second depot as well" is no reason that anything worked.
        return []
    # Below a correction only if it says so: "value 7" and then "they want a case study" tells something else.
    return [x for x in left if x[0] <= first_at or says_so.search(flatten(x[1]))]


def settled(wishes: Sequence[Wish], left: Sequence[Left], about: About) -> tuple[list[Wish], list[Left]]:
    """One value for each field: the last of two kinds; of two accounts for several wins none is chosen."""
    found = _possible([_spelt_out(w, about) for w in wishes])
    rest = [*left]
    for name in ("account", "category"):
        told = [w for w in found if w.field == name and w.verb in ("set", "answer") and w.win is None]
        if len({flatten(w.value or "") for w in told}) < 2:
            continue
        if name == "category" and any(w.verb == "answer" for w in told):
            # "Adoption… or no, referral" means the second.
            found = [w for w in found if w not in told[:-1]]
        elif len(about.ids) > 1:
            found = [w for w in found if w not in told]
            rest += [(MAX_LINES, f"{w.field}: {w.value}") for w in told]
    return _without_weaker(found), rest


def _spelt_out(wish: Wish, about: About) -> Wish:
    """ "Die Motors" is the whole name of the one that it was offered beside, "kind: 2" the second that was offered."""
    if wish.field == about.asked == "category" and (wish.value or "").isdigit():
        return replace(wish, value=choice_of(about, wish.value or "") or wish.value)
    if not about.options or wish.verb != "answer" or not wish.value:
        return wish
    return replace(wish, value=choice_of(about, flatten(wish.value)) or wish.value)


def _possible(wishes: list[Wish]) -> list[Wish]:
    """ "Value 11 :) ok ok, 10": of two values the one that can be."""
    values = [w for w in wishes if w.field == "value"]
    joking = [w for w in values if not is_possible(w.value)]
    return [w for w in wishes if w not in joking] if len(joking) < len(values) else wishes


def _without_weaker(wishes: list[Wish]) -> list[Wish]:
    """ "Not for the customer, keep it between us": the second says it all."""
    hidden = {w.win for w in wishes if w.verb == "private"}
    return [
        w
        for w in wishes
        if not (w.verb == "internal" and w.instead_of == "share" and (w.win in hidden or None in hidden))
    ]


def is_sign_off(words: str, about: About) -> bool:
    """Her name below what she wrote: a word or two, or an initial. An account's name is more than that."""
    return SIGN_OFF.fullmatch(words.strip()) is not None and flatten(words.strip(" .")) not in about.accounts
