"""A sentence that says more than its wish: "delete no. 3, that was the other clinic", "They agreed, so go ahead and share".

What is understood is taken, the remark is handed back. But a condition, a doubt or a question
anywhere in the sentence leaves all of it alone, and what could do harm asks for more than that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mailwins.receipts.wishes.courtesy import FILLER, ONLY_CHEER, THANKS
from mailwins.receipts.wishes.folding import clean, flatten
from mailwins.receipts.wishes.sentences import BEHIND_SHORT
from mailwins.receipts.wishes.wish import MAX_PARTS, Wish

_CUT = re.compile(
    r"\s*[,;:，、]\s+(?:(?:and|so|but|then|und|aber|also|et|mais|donc|y|pero|asi que|en|maar|dus)\s+)?|\s+-{1,2}\s+|"
    + BEHIND_SHORT
    + r"[.!]+\s+|\s+\((?=(?!no |with |mit |con |avec |met )[^\s)]+ [^\s)]+ [^)]*\))"
    r"|\s+(?:and|so|but|because|cause|cos|und|aber|weil|denn|et|mais|donc|car|parce que|y|pero|porque|en|maar|dus|omdat|want|and also|plus)\s+(?:uh |um |then |also )*"
)
_UNSURE = re.compile(
    r"\b(?:if|unless|until|till|once|when|whenever|wait|maybe|perhaps|possibly|not sure|unsure|might|pending|depends|provided|assuming|as soon as|after(?! all)|before|only|except|let me|i(?:'ll| will)|tomorrow|next week|later"
    r"|falls|wenn|sobald|bis|erst|vielleicht|eventuell|nachdem|bevor|nur|ausser|morgen|spater|si|quand|des que|peut-etre|jusqu|sauf|seulement|apres que|avant|demain|plus tard|cuando|en cuanto|quizas?|tal vez|hasta|despues|antes|solo|manana|als|zodra|misschien|totdat|pas als|nadat|tenzij|alleen|later)\b"
)
_AGREED = re.compile(
    r"\b(?:happy|agreed|agrees|approved|approves|fine with|ok with|okay with|cleared|said yes|gave (?:us )?(?:their |his |her )?(?:ok|permission|consent)|allowed|signed off|einverstanden|zugestimmt|freigegeben|erlaubt|valide|d'accord|autorise|approuve|de acuerdo|aprobado|autorizado|akkoord|goedgekeurd|toestemming)\b"
)
_BUT = re.compile(
    r"\b(?:not|n't|dont|no|never|still|yet|wait|has to|have to|needs?|nicht|kein|noch|pas|encore|nunca|todavia|niet|geen|nog)\b"
)
_ACTING = re.compile(
    r"\b(?:share|shared?|delete|remove|keep|private|undo|split|show|teilen|loschen|behalten|partager|supprimer|garder|compartir|borrar|delen|verwijderen|houden)\b"
)
_TODAY = re.compile(r"(?:it'?s|it is|das ist|es ist|heute ist|c'est|es|het is) ")
# "share: not yet" names no words for a customer; what it says instead is for a person.
_SHARE_KEY = re.compile(r"(?:share|teilen|partager|compartir|delen)\s*[:：]")
_CAREFUL = frozenset({"delete", "undo", "split"})
_SWITCHES = _CAREFUL | {"private", "share"}
# "Surtout ne pas mettre" + "privé": cut at "en", the negation belongs to what follows.
_DANGLING = re.compile(
    r"\b(?:ne pas|pas|not|n't|dont|never|nicht|nie|niet|no|nunca|non) (?:le |la |les |it |this |es |das |het |lo )?"
    r"(?:mettre|mettez|mets|rendre|rendez|make|put|set|mark|keep|machen|stellen|setzen|maken|zetten|poner|pongas?)\W*$"
)
_SMALL = frozenset({"set", "add", "private", "answer", "named"})


def taken_from(sentence: str, read: Callable[[str], list[Wish] | None]) -> tuple[list[Wish], str] | None:
    """(the wishes, the words that are none), or None where nothing may be taken. *read* understands one clause wholly or not at all."""
    low = flatten(sentence)
    if _SHARE_KEY.match(low):
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
    cuts = list(_CUT.finditer(low))[:MAX_PARTS]
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
    if _UNSURE.search(around):
        return False
    if rest and any(w.field == "date" for w in wishes) and _TODAY.match(low):
        # "It's Monday, be nice" speaks of today.
        return False
    verbs = {w.verb for w in wishes if w.instead_of != "share"}
    if verbs & _SWITCHES and any(_DANGLING.search(flatten(piece)) for piece in rest):
        return False
    if "share" in verbs:
        return not rest or (bool(_AGREED.search(around)) and not _BUT.search(around))
    if verbs & _CAREFUL:
        # "As it was before my mail of ten" is what undoing means.
        return not _ACTING.search(around) and (verbs == {"undo"} or not _UNSURE.search(low))
    return verbs <= _SMALL | {"internal"}
