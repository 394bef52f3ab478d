"""What a sentence seemed to ask for, weighed against all that it says: where the two do not fit, nothing is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailwins.receipts.wishes.clauses import signals
from mailwins.receipts.wishes.clauses.sense import without_contrast
from mailwins.receipts.wishes.clauses.sentence import Sentence
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import IRREVOCABLE, Wish
from mailwins.receipts.wishes.words.doubt import ENDS_DENYING, NEGATIONS, NO_MATTER
from mailwins.receipts.wishes.words.grammar import TOKEN
from mailwins.receipts.wishes.words.people import ONLY_PASSED_ON
from mailwins.receipts.wishes.words.references import SAME_AS
from mailwins.receipts.wishes.words.sharing import AGREED, LIMITED
from mailwins.receipts.wishes.words.values import ONE_TO_TEN


def vetted(wishes: Sequence[Wish], rest: Sequence[str], sentence: Sentence) -> list[Wish] | None:
    """The wishes that may stand, None where the sentence is for a person; *rest* is what it said besides."""
    found = _without_echoes(wishes, sentence)
    if not found:
        # It asked for nothing from the first, or what it seemed to ask for was none of it.
        return None if wishes else []
    if any(w.verb in IRREVOCABLE or w.verb == "share" for w in found) and ENDS_DENYING.search(flatten(sentence.text)):
        # "Delete the wrong one, haha no don't"
        return None
    if _shares(found) and _is_limited(sentence, rest):
        # "Share the quote but not her name" is for a person to do.
        return None
    found = [replace(w, value=without_contrast(w.value)) if w.field == "cause" and w.value else w for w in found]
    if _may_be_of_one_win(found, rest, sentence):
        # "For the Halloran one the value is 9": which of them that is, is not known here.
        return None
    if any(w.field == "value" for w in found) and signals.calls_wrong(sentence, "date"):
        # "Datum falsch: 4. statt 14. November" speaks of no value.
        return None
    if any(w.field == "contact" for w in found) and signals.is_of_ours(sentence, found):
        # "One of our own, Erik, wrote it": a colleague is no contact.
        return [w for w in found if w.field != "contact"] or None
    return found


def _without_echoes(wishes: Sequence[Wish], sentence: Sentence) -> list[Wish]:
    """Without what is only said of the wish itself."""
    found, low = list(wishes), flatten(sentence.text)
    if len(found) > 1 and any(w.field == "value" for w in found) and len(ONE_TO_TEN.findall(sentence.text)) > 1:
        # "I take back the 9, 7 will do": the number is what is taken back.
        found = [w for w in found if w.verb != "undo"]
    if len(found) > 1 and SAME_AS.search(low):
        # "The second is the same as the first, delete it": the first that is named.
        found = [w for n, w in enumerate(found) if w.verb != "delete" or n == 0]
    if passed := ONLY_PASSED_ON.search(low):
        before = low[: passed.start()].rstrip()
        found = [w for w in found if w.field != "contact" or not before.endswith(flatten(w.value or ""))]
    return found


def _shares(wishes: Sequence[Wish]) -> bool:
    return any((w.verb == "share" and not w.value) or w.instead_of == "private" for w in wishes)


def _is_limited(sentence: Sentence, rest: Sequence[str]) -> bool:
    """Whether it keeps something back, in words of its own or in what it left over ("…, just not the price")."""
    before = flatten(rest[0]) if rest and sentence.text.startswith(rest[0]) else ""
    if before and not AGREED.search(before) and not NO_MATTER.search(before):
        # "Davon rate ich ab, das zu teilen": what stands before it may hold it back.
        return True
    return bool(LIMITED.search(NO_MATTER.sub("", flatten(sentence.text)))) or any(
        not NEGATIONS.isdisjoint(TOKEN.findall(NO_MATTER.sub("", flatten(words)))) for words in rest
    )


def _may_be_of_one_win(wishes: Sequence[Wish], rest: Sequence[str], sentence: Sentence) -> bool:
    if len(sentence.about.ids) < 2:
        return False
    return signals.may_name_win(sentence, wishes) or (
        bool(rest) and any(w.field == "account" and w.win is None for w in wishes)
    )
