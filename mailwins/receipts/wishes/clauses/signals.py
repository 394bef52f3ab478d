"""What a sentence is, before anything is taken from it: a question, thanks, a doubt, a remark about somebody."""

from __future__ import annotations

from collections.abc import Sequence

from mailwins.receipts.wishes.clauses.clause import FIELD_OF, is_light, is_others
from mailwins.receipts.wishes.clauses.evidence import is_colleague
from mailwins.receipts.wishes.clauses.sentence import Sentence
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import Wish
from mailwins.receipts.wishes.words.asking import BY_THE_WAY, OF_HERSELF
from mailwins.receipts.wishes.words.grammar import HAS
from mailwins.receipts.wishes.words.people import OURS


def is_doubtful(sentence: Sentence) -> bool:
    """Whether she says that she is not sure."""
    return sentence.whole.has("doubt")


def speaks_of_acts(sentence: Sentence) -> bool:
    """Whether it speaks of deleting, sharing and the like."""
    return sentence.whole.has("act")


def is_thanks(sentence: Sentence, *, also_ok: bool = True) -> bool:
    """Thanks and nothing else but that all is well; a cheer alone is thanks only where *also_ok*."""
    clause = sentence.whole
    if not clause.has("thanks") and not (also_ok and clause.has("cheer")):
        return False
    if clause.has("not", "wrong", "but", "doubt") or clause.unknown > (2 if clause.has("thanks") else 0):
        return False
    return all(
        i.is_word or is_light(i) or i.has("ok") or i.has("win") or (i.has("field") and clause.has("ok"))
        for i in clause.items
    )


def leaves(sentence: Sentence) -> bool:
    """Only that it is fine as it is."""
    clause = sentence.whole
    return clause.has("ok", "leave", "thanks") and clause.unknown == 0


def is_remark(sentence: Sentence) -> bool:
    """Whether it tells of somebody, of a doubt or of things to come, so that it answers no question by the way."""
    low, asked, items = flatten(sentence.text), sentence.about.asked, sentence.items
    if BY_THE_WAY.match(low) or (asked == "expected" and OF_HERSELF.match(low)):
        return True
    if sentence.whole.has("doubt", "later"):
        return True
    first = next((n for n, i in enumerate(items) if not i.has("small") or i.has("they")), None)
    if first is None:
        return False
    is_of_others = items[first].has("person") or items[first].has("account") or is_others(items[first])
    return is_of_others and any(
        (i.has("is") and not i.has("was")) or (asked == "expected" and flatten(i.text) in HAS)
        for i in items[first + 1 : first + 3]
    )


def calls_wrong(sentence: Sentence, field: str) -> bool:
    """Whether it says of this field alone that it is wrong."""
    return sentence.whole.has("wrong") and set(sentence.whole.fields) == {field}


def names_value(sentence: Sentence) -> bool:
    """Whether it names something that can be the value of the field asked for; a name may be anybody's."""
    what = next((w for w, field in FIELD_OF.items() if field == sentence.about.asked), None)
    return what in ("account", "kind", "number") and any(i.has(what) and not i.is_weak for i in sentence.items)


def may_name_win(sentence: Sentence, wishes: Sequence[Wish]) -> bool:
    """Whether an account is named to say which of the wins is meant."""
    open_wishes = [w for w in wishes if w.win is None and w.verb != "thanks"]
    if len(open_wishes) > 1 and any(w.field == "account" for w in open_wishes):
        return True
    tells_words = any(
        w.field in ("account", "summary", "cause", "quote") or (w.verb == "share" and w.value) for w in wishes
    )
    return bool(open_wishes) and not tells_words and sentence.whole.has("account")


def is_of_ours(sentence: Sentence, wishes: Sequence[Wish]) -> bool:
    """Whether who is called the contact is a colleague."""
    return OURS.search(flatten(sentence.text)) is not None or any(
        w.field == "contact" and w.value and is_colleague(sentence.about, w.value) for w in wishes
    )
