"""Numbers of points, and the clauses that give one."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import word_set
from mailwins.receipts.wishes.words.grammar import THIS

NUMBERS = {
    w: n
    for n, words in enumerate(
        (
            "",
            "one eins un une uno een",
            "two zwei deux dos twee",
            "three drei trois tres drie",
            "four vier quatre cuatro",
            "five funf fuenf cinq cinco vijf",
            "six sechs seis zes",
            "seven sieben sept siete zeven",
            "eight acht huit ocho",
            "nine neun neuf nueve negen",
            "ten zehn dix diez tien",
        )
    )
    for w in words.split()
}

N = r"(?:\d{1,3}(?:[.,]\d)?|" + "|".join(w for w in NUMBERS if w not in ("un", "une", "uno", "een", "one")) + ")"
OF_TEN = r"(?: ?/ ?10| (?:out )?of (?:10|ten)| von 10| sur 10| sobre 10| de 10| van (?:de )?10)?"


def to_number(text: str) -> str:
    return str(NUMBERS.get(text, text)).replace(",", ".")


# A place for a number.
A_NUMBER = rf"(?:an? |eine? |un |une |una? |een )?(?P<value>{N}){OF_TEN}"

# "A solid 9", "eine glatte Neun", "un 8 largo"
STRONG = (
    "strong|solid|clear|good|easy|firm|clean|straight|full|fair|weak|low|high|glatte|klare|gute|starke"
    "|solide|satte|dicke|verdiente|schwache|knappe|runde|volle|bon|gros|beau|solide|petit|joli"
    "|buen|claro|solido|gran|dikke|ruime|goede|mooie|stevige|nette|krappe|magere|bel|buon|pieno|bom"
    "|belo|forte|stark|solid|ren|fin|mocne|mocna|solidne|dobre|pelne|slabe"
)

STRONG_BEHIND = "largo|claro|solido|rotundo|alto|pieno|tondo|abbondante|cheio|redondo|bien tasse|tout rond|net"

# Clauses that give a number of points.
VALUE_FRAMES = (
    rf"(?:an? |eine? |un |une |una |een |um |uma |en |ett )?(?:{STRONG}) (?P<value>{N}){OF_TEN}",
    rf"(?:un |une |um |una |een )?(?P<value>{N}){OF_TEN} (?:{STRONG_BEHIND})",
    rf"{THIS} (?:one )?(?:deserves|merits|is worth|verdient|merite|merece|vaut|vale) (?:at least )?{A_NUMBER}",
    (
        r"(?:(?:i|we)(?:'d| would)(?: rather)? )?(?:bump|raise|lower|drop|push|move|put|set|change"
        rf"|increase|decrease|reduce|take|rate|score|give|call|upgrade|downgrade|bring)(?: {THIS}"
        r"| the value| value| the score| the rating)?(?: (?:up|down|back|more|rather))?(?: (?:to|at|as"
        rf"|into))? {A_NUMBER}(?: instead| rather)?"
    ),
    (
        rf"(?P<old>{N})(?:{OF_TEN})? .{{0,20}}?(?:too|zu|trop|demasiado"
        r"|te) \w+(?: (?:imo|i think|for me|honestly))?\s*[,;:.-]+\s*(?:(?:more like|rather|make it|say"
        rf"|should be|i'd say|give it|eher|lieber|plutot|mejor|liever|then|is better) )*{A_NUMBER}"
    ),
    (
        r"(?:not|nicht|pas|no|niet|nope) (?:an? |value |wert |valeur |valor |waarde |eine |un "
        rf"|een )*(?P<old>{N})\s*[,;:-]\s*(?:(?:but|rather|sondern|mais|sino|maar|make it|it's|its|c'est|es"
        rf"|het is) )*(?:value |wert |valeur |valor |waarde )?{A_NUMBER}"
    ),
    (
        rf"(?:not|nicht|pas|no|niet) (?:an? |value |wert |eine |un |een )*(?P<old>{N}) (?:but|sondern|mais"
        rf"|sino|maar) (?:rather )?{A_NUMBER}"
    ),
    (
        r"(?:at least|mindestens|au moins|al menos|minstens|rather|better|more like|eher|lieber|besser"
        r"|plutot|mejor|mas bien|liever|beter|eerder|say|let's say|ponle|ponlo en|mettez|mets|geef"
        rf"|gib)(?: (?:it|le|la|dem|ihm|er|het))* {A_NUMBER}"
    ),
    (
        rf"(?:er |maak er |maak hier |doe )?(?:een )?(?P<value>{N})(?: er)? ?van maken"
        rf"|maak (?:er |hier )een (?P<value2>{N}) van"
    ),
    (
        r"(?:nur |den |das |es |ihn |wert |valeur |waarde )*(?:bitte )?(?:auf|op|naar|a|sur) (?:eine "
        rf"|een )?(?P<value>{N}) (?:hoch|herunter|runter|herauf|hinauf)?(?:setzen|andern|erhohen|stellen"
        r"|senken|zetten|zet|verhogen|verlagen)"
    ),
    (
        rf"(?:nur |den |bitte )*wert (?:bitte )?auf (?P<value>{N})(?: (?:hoch|herunter|runter|herauf"
        r"|hinauf)?(?:setzen|andern|erhohen|stellen|senken))?"
    ),
    (
        r"(?:(?:el valor|la valeur|le score|la nota) )?(?:subelo|bajalo|subir|bajar|ponlo|cambialo|passez"
        rf"|passer|monter|montez|descendre)(?:-le|-la)? (?:le |la |lo )?(?:a|en) {A_NUMBER}"
    ),
)

# "9/10" and nothing else.
BARE_VALUE = re.compile(
    rf"^(?:an? )?(?P<n>\d{{1,2}}) ?(?:/ ?10|out of (?:10|ten)|of (?:10|ten)|von 10|sur 10|sobre 10"
    rf"|van de 10)$|^an? (?P<m>{N})$"
)

ONE_TO_TEN = re.compile(r"\b(?:[1-9]|10)\b")
ONLY_A_VALUE = re.compile(r"(?:a |an |ein |eine |un |een )?(?P<n>[1-9]|10)(?: ?/ ?10| of 10| out of 10)?")

# "9 more sites": between a number and what is counted.
BEFORE_COUNTED = word_set("more mehr plus mas meer piu mais fler wiecej new neue other of de di van")

# "9", "nine of ten".
A_VALUE = re.compile(rf"(?P<n>{N}){OF_TEN}")

# "Rather a 9", "9, not 7".
RATHER_A_VALUE = re.compile(
    r"(?:(?:rather|more like|closer to|eher|plutot|mas bien|eerder|liever) )?"
    rf"(?:an? |to |eine? |un |une |een )?(?P<n>{N}){OF_TEN}(?:,? not (?:an? )?{N}{OF_TEN})?"
)

# Behind the name of the field: the value is still to come.
TO_COME = re.compile(r"(?:see|siehe|voir|ver|zie|vedi|tbd|tba|open|later|spater|unknown|\?)\b")

A_OR_VALUE = re.compile(rf"(?:an? )?{N}{OF_TEN}")
