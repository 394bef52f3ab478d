"""Which of several wins is meant: by number, by place."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import word_set
from mailwins.receipts.wishes.words.grammar import THE
from mailwins.receipts.wishes.words.values import OF_TEN, N

# Places among several wins.
ORDINALS = {
    1: "(?:number|win|nummer|numero) (?:one|eins|un|uno|een)|first|1st|erste[rsn]?|premiere?|primer[oa]?|eerste",
    2: (
        "(?:number|win|nummer|numero) (?:two|zwei|deux|dos|twee)|middle|mittlere[rsn]?|middelste|second|2nd"
        "|zweite[rsn]?|deuxieme|seconde?|segund[oa]|tweede"
    ),
    3: "(?:number|win|nummer|numero) (?:three|drei|trois|tres|drie)|third|3rd|dritte[rsn]?|troisieme|tercer[oa]?|derde",
    4: "fourth|4th|vierte[rsn]?|quatrieme|cuart[oa]|vierde",
    5: "fifth|5th|funfte[rsn]?|cinquieme|quint[oa]|vijfde",
    -1: "last|letzte[rsn]?|dernier|derniere|ultim[oa]|laatste",
}

ORDINAL = "|".join(ORDINALS.values())
ONE = r"(?: (?:one|win|story|erfolg|item|point|option|choice|suggestion))?"

# "The second is the same as the first, delete it": the first that is named.
SAME_AS = re.compile(
    r"\b(?:same (?:thing )?as|duplicate of|copy of|repeat of|dasselbe wie|das gleiche wie|doppelt"
    r"|la meme (?:chose )?que|pareil que|lo mismo que|igual que|hetzelfde als|uguale a|la stessa cosa"
    r"|igual ao?|samma som|to samo co)\b"
)

# "2: 9", and "#2 = 9/10"
WIN_AND_VALUE = re.compile(
    rf"{THE}(?P<ref>(?:#|no\.? ?|nr\.? ?|win #?)?\d{{1,9}}|(?:{ORDINAL}){ONE})\s*(?:[:=]|-?->?)\s*(?P<n>{N}){OF_TEN}"
)

# A win, in a clause of which every word is known.
WIN = word_set("win wins success erfolg succes victoire exito logro gewinn")
