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

ORDINAL_PATTERNS = {number: re.compile(words) for number, words in ORDINALS.items()}

# "Option 2", "el 2", "antwort b".
AROUND_A_CHOICE = re.compile(
    r"\b(?:optie|opcion|opzione|opcao|opcja|opcje|alternativ|alternative|variante|auswahl|keuze|choix"
    r"|antwort|numero|nummer|numer|punkt) ?(?=\S)"
    rf"|^(?:el|la|den|det|den dar|a|o|il|lo) (?={ORDINAL}|\d)"
    r"| (?:optie|opcion|opzione|opcao|opcja|alternativet|alternative|antwort|keuze|choix)$"
)

# "Is this good news, or a worry?", answered in another language, folded.
_GOOD_NEWS = (
    "gute nachricht", "gute nachrichten", "gute neuigkeit", "gute neuigkeiten", "was gutes", "etwas gutes", "bonne nouvelle", "une bonne nouvelle", "bonnes nouvelles",
    "buena noticia", "una buena noticia", "buenas noticias", "goed nieuws", "buona notizia", "una buona notizia", "buone notizie", "boa noticia", "uma boa noticia",
    "boas noticias", "goda nyheter", "bra nyheter", "dobra wiadomosc", "dobre wiadomosci", "いい知らせ", "良い知らせ", "good one", "all good news",
)  # fmt: skip
_A_WORRY = (
    "sorge", "eine sorge", "eher sorge", "eher eine sorge", "schlechte nachricht", "schlechte nachrichten", "inquietude", "une inquietude", "souci", "un souci", "mauvaise nouvelle",
    "preocupacion", "una preocupacion", "mala noticia", "malas noticias", "zorg", "een zorg", "slecht nieuws", "preoccupazione", "una preoccupazione", "cattiva notizia",
    "preocupacao", "uma preocupacao", "ma noticia", "oro", "en oro", "daliga nyheter", "obawa", "zla wiadomosc", "zle wiadomosci", "心配", "bad news", "bad",
)  # fmt: skip
IN_ENGLISH = {**dict.fromkeys(_GOOD_NEWS, "good news"), **dict.fromkeys(_A_WORRY, "a worry")}

# One win by its number or place, or several.
REF = re.compile(rf"(?P<mark>#|no\.? ?|nr\.? ?|number |win #?|erfolg )?(?P<n>\d{{1,9}})|(?P<o>{ORDINAL})\b")

# "2:", "for the second one -", "1284, 1285 =".
LEADING_REF = re.compile(
    rf"^(?:for |zu |fur |pour |para |voor |re )?{THE}(?P<ref>(?:(?:#|no\.? ?|nr\.? ?|number |win #?"
    rf"|erfolg )?\d{{1,9}}|(?:{ORDINAL}){ONE})(?:\s*(?:,|and|&|und|et|y|en"
    r"|\+)\s*#?\d{1,9})*)\s*(?P<sep>[:.)\]=-]+)\s*(?P<rest>.*)$"
)

# "Delete 1285 and 1286", "make the second one private".
_NUMBER = r"(?:#|no\.? ?|nr\.? ?|number |wins? #?|erfolg )?\d{1,9}"

REF_INSIDE = re.compile(
    r"(?<![\w#./,-])(?:the |der |die |das |den |le |la |el |de )?(?P<ref>"
    rf"(?:wins? )?(?:{_NUMBER})(?:(?:\s*,\s*(?:and )?|\s+(?:and|&|und|et|y|en|\+)\s+)(?:{_NUMBER}))*"
    rf"|(?:{ORDINAL}){ONE}(?:\s+(?:and|&|und|et|y|en)\s+(?:the )?(?:{ORDINAL}){ONE})*"
    r")(?![\w%/€$])(?! (?:two|three|four|2|3|4|few|zwei|drei|deux|trois|dos|tres|twee|drie)\b)"
)

# "2 is wrong".
FIRST_WORD = re.compile(r"\W*(?:the |der |die |das |le |la |el |de )?(\S+)")
