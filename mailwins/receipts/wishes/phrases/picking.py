"""A sentence that says more than its wish: "delete no. 3, that was the other clinic", "They agreed, so go ahead and share".

What is understood is taken, the remark is handed back. But a condition, a doubt or a question
anywhere in the sentence leaves all of it alone, and what could do harm asks for more than that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mailwins.receipts.wishes.folding import flatten, word_set
from mailwins.receipts.wishes.trimming import clean
from mailwins.receipts.wishes.wish import IRREVOCABLE, MAX_PARTS, SWITCHES, Wish
from mailwins.receipts.wishes.words.courtesy import FILLER, ONLY_CHEER, THANKS
from mailwins.receipts.wishes.words.cuts import CLAUSE_END
from mailwins.receipts.wishes.words.days import SPEAKS_OF_TODAY
from mailwins.receipts.wishes.words.doubt import DANGLING_NEGATION, HOLDS_BACK, UNSURE
from mailwins.receipts.wishes.words.sharing import AGREED, SHARE_KEY

NAMES_AN_ACT = re.compile(
    r"\b(?:share|shared?|delete|remove|keep|private|undo|split|show|teilen|loschen|behalten|partager"
    r"|supprimer|garder|compartir|borrar|delen|verwijderen|houden)\b"
)

HARMLESS = word_set("set add private answer named")


def taken_from(sentence: str, read: Callable[[str], list[Wish] | None]) -> tuple[list[Wish], str] | None:
    """(the wishes, the words that are none), or None where nothing may be taken. *read* understands one clause wholly or not at all."""
    low = flatten(sentence)
    if SHARE_KEY.match(low):
        return None
    pieces = _pieces(sentence, low)
    if len(pieces) < 2:
        return None
    wishes: list[Wish] = []
    rest: list[str] = []
    for piece in _joined_up(pieces, read):
        folded = clean(flatten(piece))
        if not folded or FILLER.fullmatch(folded) or THANKS.fullmatch(folded) or ONLY_CHEER.fullmatch(folded):
            continue
        found = read(piece)
        if found is None:
            rest.append(piece)
        else:
            wishes += found
    if not wishes or disagree(wishes) or not _may(wishes, rest, low):
        return None
    return wishes, " ".join(rest)


def disagree(wishes: Sequence[Wish]) -> bool:
    """One field with two values, and nobody can say which is meant."""
    given = {(w.field, w.win, flatten(w.value)) for w in wishes if w.verb in ("set", "answer") and w.value}
    return len(given) > len({(field, win) for field, win, _ in given})


def _pieces(sentence: str, low: str) -> list[str]:
    cuts = list(CLAUSE_END.finditer(low))[:MAX_PARTS]
    places = [0, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), len(sentence)]
    return [p for a, b in zip(places, ends, strict=True) if (p := sentence[a:b].strip())]


def _joined_up(pieces: Sequence[str], read: Callable[[str], list[Wish] | None]) -> list[str]:
    """A cut too many is mended: "he told me on Thursday" + "not today" is one clause where the two together are understood."""
    out: list[str] = []
    at = 0
    while at < len(pieces):
        size = next(
            (n for n in (3, 2) if at + n <= len(pieces) and read(", ".join(pieces[at : at + n])) is not None), 1
        )
        out.append(", ".join(pieces[at : at + size]))
        at += size
    return out


def _may(wishes: Sequence[Wish], rest: Sequence[str], low: str) -> bool:
    around = flatten("\n".join(rest))
    if UNSURE.search(around):
        return False
    if rest and any(w.field == "date" for w in wishes) and SPEAKS_OF_TODAY.match(low):
        # "It's Monday, be nice" speaks of today.
        return False
    verbs = {w.verb for w in wishes if w.instead_of != "share"}
    if verbs & SWITCHES and any(DANGLING_NEGATION.search(flatten(piece)) for piece in rest):
        return False
    if "share" in verbs:
        return not rest or (bool(AGREED.search(around)) and not HOLDS_BACK.search(around))
    if verbs & IRREVOCABLE:
        # "As it was before my mail of ten" is what undoing means.
        return not NAMES_AN_ACT.search(around) and (verbs == {"undo"} or not UNSURE.search(low))
    return verbs <= HARMLESS | {"internal"}
