"""What shall be done with a win: share, private, delete, undo, split and the like, and their negations."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from mailwins.receipts.wishes.folding import EDGE, word_set
from mailwins.receipts.wishes.wish import Wish
from mailwins.receipts.wishes.words.courtesy import ALL_WELL
from mailwins.receipts.wishes.words.doubt import BESIDE_A_NEGATION, NEGATIONS
from mailwins.receipts.wishes.words.people import MINE
from mailwins.receipts.wishes.words.prose import MODEL
from mailwins.receipts.wishes.words.references import WIN
from mailwins.receipts.wishes.words.removing import (
    BESIDE_REMOVING,
    NO_WIN,
    REAL_WORDS,
    REMOVING,
    REMOVING_SIGNS,
    REMOVING_WORDS,
    SLIPS,
)
from mailwins.receipts.wishes.words.sharing import (
    ANYONE,
    BESIDE_SHARING,
    BY_NAME,
    CUSTOMER,
    DIGEST,
    KEPT_BACK,
    SHARING,
    SHARING_SIGNS,
    SHARING_WORDS,
    THEM,
)

# The negations first: none of them may ever reach its own opposite.
VERBS = (*KEPT_BACK, *NO_WIN, *SHARING, *REMOVING, *BY_NAME, *MODEL, *ALL_WELL)

COMPILED = tuple((verb, re.compile(pattern)) for verb, pattern in VERBS)


def verb_of(low: str) -> Wish | None:
    """The verb that *low* is, from its first to its last word."""
    low = " ".join(low.split()).strip(EDGE)
    for verb, pattern in COMPILED:
        if pattern.fullmatch(low):
            name, _, instead = verb.partition("<")
            return Wish(name, instead_of=instead or None)
    word, _, rest = low.partition(" ")
    if len(word) >= 4 and rest in ("", "this", "it", "that", "this one", "das", "dit") and word not in REAL_WORDS:
        for right, verb in SLIPS.items():
            if (
                word[0] in right[:2]
                and OSA.distance(word, right, score_cutoff=1) == 1
                and sorted(set(word)) == sorted(set(word) & set(right))
            ):
                return Wish(verb)
    return None


def has_verb(low: str) -> bool:
    return any(verb_of(part) for part in (low, low.split()[0] if low else ""))


_ACT_OF = {word: act for act, words in (*SHARING_WORDS.items(), *REMOVING_WORDS.items()) for word in words}
_BESIDE = {"negated": BESIDE_A_NEGATION, **BESIDE_SHARING, **BESIDE_REMOVING}
_SIGNS = (*SHARING_SIGNS, *REMOVING_SIGNS)

_AROUND = word_set(
    "a an the this that these those it its it's thats that's one ones entry item post note please pls "
    "plz kindly just really actually also too then now again ok okay fine good happy free cleared "
    "approved yes yep yeah go ahead feel can may is be are was to of for from "
    "in on with at as and or all both here there you your our my me us out off up away keep make mark "
    "set treat put leave let's lets stay stays remain whole thx thanks sorry im i'm perfectly totally "
    "absolutely very strictly "
    "bitte gern gerne ruhig mal einfach doch auch das dies diese diesen dieser den dem der die es ihr "
    "du sie wir man kann kannst konnen konnt darf darfst durfen werden wird sein ist bleiben bleibt "
    "lassen halten behandeln machen fur mit an aus im zum vom von und alles so eintrag ja nein "
    "s'il te plait svp stp merci le la les l' ce cet cette ca cela c'est est etre peut peux pouvez on "
    "tu vous je nous pour avec au aux du des en et tout bien sur oui non garder gardez garde mettre "
    "mettez mets rendre rester reste laisser laissez d'accord a "
    "por favor lo los las el un una este esta esto ese eso es ser se puede puedes pueden podeis "
    "podemos que con al de del para y ya todo bien si vale mantener manten mantenlo dejar deja dejalo "
    "guardar "
    "graag aub alsjeblieft alstublieft dit dat deze die het een zijn mag mogen kan kunnen kun je "
    "jullie we wij met aan voor van uit en ook maar even wel hou houden blijven blijft laten maken "
    "worden gewoon allemaal"
)


def act_of(low: str) -> Wish | None:
    """What the folded clause *low* asks to be done, where every word of it is known; else None."""
    text = " ".join(low.split()).strip(EDGE)
    for pattern, mark in _SIGNS:
        text = pattern.sub(mark, text)
    words = [w.strip(".,!()'\"") or w for w in text.split()]
    if not words or len(words) > 16:
        return None
    acts = {act for w in words if (act := _act(w))}
    negations = [w for w in words if w in NEGATIONS]
    if len({"pas" if w in ("ne", "n'") else w for w in negations}) > 1:
        return None
    if not acts and negations and set(words) & CUSTOMER:
        return _shared(words, {"share"}, True)
    if not acts:
        if set(words) & MINE:
            # "Not my win" gives the credit to another.
            return None
        return Wish("delete") if negations and set(words) & WIN and _is_known(words, "delete", negated=True) else None
    if acts <= {"share", "shared", "show", "shown"}:
        return _shared(words, acts, bool(negations))
    if len(acts) > 1:
        return None
    (act,) = acts
    if not _is_known(words, act, negated=bool(negations)):
        return None
    return _done(act, words, bool(negations))


def _done(act: str, words: list[str], is_negated: bool) -> Wish | None:
    if act == "private":
        return Wish("internal", instead_of="private") if is_negated else Wish("private")
    if act == "delete" and set(words) & DIGEST:
        return None if is_negated else Wish("private")
    return None if is_negated else Wish(act)


def _shared(words: list[str], acts: set[str], is_negated: bool) -> Wish | None:
    """Whether the customer may be shown it. A bare "we share it" tells a habit, a "should" a plan: neither is leave to do it."""
    known = set(words)
    target = known & CUSTOMER or (("to" in known or acts & {"share", "shared"}) and known & THEM)
    if acts & {"show", "shown"} and not target and not (is_negated and known & (ANYONE | DIGEST)):
        return None
    if not _is_known(
        words, "share", negated=is_negated, also=CUSTOMER | THEM | (ANYONE | DIGEST if is_negated else frozenset())
    ):
        return None
    if is_negated:
        return Wish("private") if known & (ANYONE | DIGEST) else Wish("internal", instead_of="share")
    may = known & word_set(
        "can may kann kannst konnen konnt darf darfst durfen peut peux pouvez puede puedes pueden "
        "podeis podemos mag mogen kan kunnen kun ok okay fine good happy free cleared approved "
        "d'accord vale"
    )
    if acts & {"shared", "shown"} and not (may and known & word_set("be is werden sein ist etre est ser se worden")):
        return None
    if known & word_set("we wir nous wij man on je") and not may:
        return None
    return Wish("share")


def _act(word: str) -> str | None:
    if word in _ACT_OF:
        return _ACT_OF[word]
    if len(word) < 6 or not word.isalpha() or word in _AROUND or word[-1] in "ds":
        return None
    near = {
        act
        for known, act in _ACT_OF.items()
        if len(known) >= 6 and known[0] == word[0] and OSA.distance(word, known, score_cutoff=1) == 1
    }
    return near.pop() if len(near) == 1 else None


def _is_known(words: list[str], act: str, *, negated: bool, also: frozenset[str] = frozenset()) -> bool:
    beside = _AROUND | _BESIDE.get(act, frozenset()) | also | (_BESIDE["negated"] if negated else frozenset())
    if act in ("delete", "private"):
        beside |= DIGEST | (WIN if negated else frozenset())
    return all(w in beside or w in NEGATIONS or _act(w) for w in words)
