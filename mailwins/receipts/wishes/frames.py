"""Sentences with a place left open: "bump it up to a 9", "file it under referral", "he told me this last Thursday".

Each frame names the group that holds the value and a test that the value must pass; without the
test a frame would read news as corrections.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mailwins.receipts.wishes.folding import EDGE, core_of, flatten
from mailwins.receipts.wishes.values import is_account, is_day, is_name, kind_wish, to_number, without_on
from mailwins.receipts.wishes.vocabulary import OF_TEN, THE, N
from mailwins.receipts.wishes.wish import About, Wish

_THIS = r"(?:it|this|that|this one|that one|das|dies|es|ihn|le|la|lo|ca|cela|ce|esto|eso|het|dit|dat)"
_NUMBER = rf"(?:an? |eine? |un |une |una? |een )?(?P<value>{N}){OF_TEN}"
_WHO = r"(?:he|she|they|it|that|this|er|sie|es|das|il|elle|ils|on|ce|c'|lo|la|ze|zij|hij|dat|dit|i)"
_TOLD = r"(?:(?:told|said|wrote|sent|called|emailed|mailed|mentioned|sagte|schrieb|erzahlte|a dit|a ecrit|m'a dit|dijo|escribio|zei|schreef|vertelde)(?: (?:me|us|it|this|that|so|es|das|ca|cela|mir|uns|mij|ons|het|dit|dat))*|happened|was|war|etait|era|fue)"
_SAID_THAT = r"(?:said|wrote|told (?:me|us)|sent|mentioned|emailed|sagte|schrieb|a dit|l'a dit|a ecrit|dijo|escribio|zei|schreef) (?:it|that|this|so|das|es|ca|cela|esto|eso|het|dit|dat)"

# "A solid 9", "eine glatte Neun", "un 8 largo"
_STRONG = (
    "strong|solid|clear|good|easy|firm|clean|straight|full|fair|weak|low|high|glatte|klare|gute|starke|solide|satte|dicke|verdiente|schwache|knappe|runde|volle|bon|gros|beau|solide|petit|joli"
    "|buen|claro|solido|gran|dikke|ruime|goede|mooie|stevige|nette|krappe|magere|bel|buon|pieno|bom|belo|forte|stark|solid|ren|fin|mocne|mocna|solidne|dobre|pelne|slabe"
)
_STRONG_BEHIND = "largo|claro|solido|rotundo|alto|pieno|tondo|abbondante|cheio|redondo|bien tasse|tout rond|net"
_VALUES = (
    rf"(?:an? |eine? |un |une |una |een |um |uma |en |ett )?(?:{_STRONG}) (?P<value>{N}){OF_TEN}",
    rf"(?:un |une |um |una |een )?(?P<value>{N}){OF_TEN} (?:{_STRONG_BEHIND})",
    rf"{_THIS} (?:one )?(?:deserves|merits|is worth|verdient|merite|merece|vaut|vale) (?:at least )?{_NUMBER}",
    rf"(?:(?:i|we)(?:'d| would)(?: rather)? )?(?:bump|raise|lower|drop|push|move|put|set|change|increase|decrease|reduce|take|rate|score|give|call|upgrade|downgrade|bring)(?: {_THIS}| the value| value| the score| the rating)?(?: (?:up|down|back|more|rather))?(?: (?:to|at|as|into))? {_NUMBER}(?: instead| rather)?",
    rf"(?P<old>{N})(?:{OF_TEN})? .{{0,20}}?(?:too|zu|trop|demasiado|te) \w+(?: (?:imo|i think|for me|honestly))?\s*[,;:.-]+\s*(?:(?:more like|rather|make it|say|should be|i'd say|give it|eher|lieber|plutot|mejor|liever|then|is better) )*{_NUMBER}",
    rf"(?:not|nicht|pas|no|niet|nope) (?:an? |value |wert |valeur |valor |waarde |eine |un |een )*(?P<old>{N})\s*[,;:-]\s*(?:(?:but|rather|sondern|mais|sino|maar|make it|it's|its|c'est|es|het is) )*(?:value |wert |valeur |valor |waarde )?{_NUMBER}",
    rf"(?:not|nicht|pas|no|niet) (?:an? |value |wert |eine |un |een )*(?P<old>{N}) (?:but|sondern|mais|sino|maar) (?:rather )?{_NUMBER}",
    rf"(?:at least|mindestens|au moins|al menos|minstens|rather|better|more like|eher|lieber|besser|plutot|mejor|mas bien|liever|beter|eerder|say|let's say|ponle|ponlo en|mettez|mets|geef|gib)(?: (?:it|le|la|dem|ihm|er|het))* {_NUMBER}",
    rf"(?:er |maak er |maak hier |doe )?(?:een )?(?P<value>{N})(?: er)? ?van maken|maak (?:er |hier )een (?P<value2>{N}) van",
    rf"(?:nur |den |das |es |ihn |wert |valeur |waarde )*(?:bitte )?(?:auf|op|naar|a|sur) (?:eine |een )?(?P<value>{N}) (?:hoch|herunter|runter|herauf|hinauf)?(?:setzen|andern|erhohen|stellen|senken|zetten|zet|verhogen|verlagen)",
    rf"(?:nur |den |bitte )*wert (?:bitte )?auf (?P<value>{N})(?: (?:hoch|herunter|runter|herauf|hinauf)?(?:setzen|andern|erhohen|stellen|senken))?",
    rf"(?:(?:el valor|la valeur|le score|la nota) )?(?:subelo|bajalo|subir|bajar|ponlo|cambialo|passez|passer|monter|montez|descendre)(?:-le|-la)? (?:le |la |lo )?(?:a|en) {_NUMBER}",
)  # fmt: skip

_CONTACTS = (
    rf"(?P<value>.+?) (?:was the one who )?{_SAID_THAT}",
    r"(?:das|es|dies) (?:hat|stammt von|kommt von|kam von) (?P<value>.+?)(?: gesagt| geschrieben| erzahlt)?",
    r"(?:(?:it|that|this|the quote)(?:'s| is| was)? |was )?(?:said|written|sent|told) by (?P<value>.+)",
    r"(?:it|that|this|the quote|das zitat|ca|cela) (?:came|comes|kam|kommt|vient|venait) (?:from|von|de) (?P<value>.+)",
    r"(?:the )?(?:person|one|guy|lady|man|woman|author) (?:who|that) (?:said|wrote|told|sent)(?: (?:it|that|this|us|me))* (?:is|was) (?P<value>.+)",
    r"(?:her|his|their|ihr|sein|son|su|haar|zijn) (?:full )?(?:name|nom|nombre|naam) (?:is|ist|est|es) (?P<value>.+)",
    r"c'(?:est|etait) (?P<value>.+?) qui (?:l'a|a) (?:dit|ecrit)(?: ca| cela)?|lo (?:dijo|escribio|ha dicho) (?P<value2>.+)|dat (?:zei|schreef) (?P<value3>.+)",
)  # fmt: skip

_ACCOUNTS = (
    r"(?:you|u) (?:got|have) (?:the )?(?:company|account|customer|client|name) wrong,? (?:it's|its|it is|should be) (?P<value>.+)",
    rf"{_THIS}? ?(?:belongs? to|belonged to|goes to|should go to|needs to go to|should be filed under|is for|was for|should be under|gehort zu|gehort|geht an|appartient a|concerne|pertenece a|hoort bij|is van) (?:the )?(?P<value>.+?)(?: account)?",
    r"(?P<value>.+?) (?:is|ist|est|es) (?:the |der |le |el |de )?(?:right |correct |richtige )?(?:customer|client|account|company|kunde|cliente|klant)",
    r"c'est (?P<value>.+?) le (?:bon )?client|der kunde hei(?:ß|ss)t (?P<value2>.+)|el cliente se llama (?P<value3>.+)",
    r"(?:not|isn't|isnt|nicht|pas|no es|niet) (?P<old>.{2,40}?),? (?:it's|its|it is|das ist|es ist|c'est|es|het is|but|sondern|mais|sino|maar) (?P<value>.+)",
    rf"{_THIS} (?:isn't|isnt|is not|ist nicht|n'est pas|no es|is niet) (?P<old>.{{2,40}}?),? (?:it's|its|it is|das ist|es ist|sondern|c'est|mais|sino|es|maar|het is|but) (?P<value>.+)",
)  # fmt: skip

_DATES = (
    rf"{_WHO}? ?{_TOLD} (?:on |back on |am |vom |le |el |op )?(?P<value>.+?)(?:,? (?:not|nicht|pas|no|niet|and not|y no|und nicht) .{{2,30}})?",
)

_KINDS = (
    rf"(?:(?:i'd|i would|we'd|better|let's|i'll) )?(?:file|log|class|classify|count|categori[sz]e|tag|label|mark|book|treat|put|see)(?: {_THIS})? (?:under|as|in|into) (?:an? |the )?(?P<value>.+)",
    r"(?:definitely|clearly|rather|more|more of|eher|eindeutig|plutot|mas bien|eerder|better as) (?:an? |eine? |un |une |una |een )?(?P<value>.+)",
    r"(?:unter|als|comme|como) (?:eine? |une? |una? |een )?(?P<value>.+?) (?:ablegen|einordnen|einsortieren|zahlen|classer|clasificar|archivar)|classer comme (?P<value2>.+)",
)  # fmt: skip

_FEATURE = re.compile(
    rf"{THE}(?:features?|products?|modules?|funktion|produkte?|modul|fonctionnalite|produit|producto|funcion|functie)(?: (?:behind|involved|in question|used|here|it|this|was|dahinter|that did it|that helped|concerne|detras))* (?:is|was|were|war|ist|etait|est|era|fue|es) "
    r"(?:(?:ubrigens|actually|really|eigentlich|der|die|das|the|le|la|el|los|de|het|den|our|their|unser|unsere) )*(?P<value>.+)"
)
_FEATURES = re.compile(
    rf"{THE}(?:features?|products?|modules?) (?:should|must|has to|have to|need to) be (?P<value>.+?)(?:, (?P<more>(?:not|he|she|they|we|i|but|because|it) .+))?"
)
_CAUSE = re.compile(
    rf"(?:for the record[, ]+|the reason[:, ]+)?{_THIS}? ?(?:all |only |really )*(?:worked|happened|came about|was possible|klappte|funktionierte|hat geklappt|hat funktioniert|a marche|a fonctionne|funciono|lukte|werkte)(?: out)?(?: so well| gut)? "
    r"(?:because|since|thanks to|due to|weil|dank|parce que|grace a|porque|gracias a|omdat|dankzij) (?:of )?(?P<value>.+)"
)
_SPELLING = re.compile(
    r"\s*\((?:no|with|without|mit|ohne|con|sin|avec|sans|met|zonder|not|nicht|one|two|ein|zwei|un|una)\b[^)]*\)$|\s+(?:with|mit|avec|con|met) (?:an? |one |two |ein(?:em)? |einem |un |una |een |deux |dos )?[a-z]{1,2}(?: .*)?$"
)

_COMPILED: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = tuple(
    (name, tuple(re.compile(p) for p in patterns))
    for name, patterns in (
        ("value", _VALUES),
        ("category", _KINDS),
        ("date", _DATES),
        ("account", _ACCOUNTS),
        ("contact", _CONTACTS),
    )
)


def framed_wish(about: About, core: str, low: str) -> Wish | None:
    """The clause *core* (folded: *low*) as one of the frames, from its first to its last word."""
    for name, patterns in _COMPILED:
        for pattern in patterns:
            if (match := pattern.fullmatch(low)) and (wish := _CHECKS[name](about, *_cut(core, match))):
                return wish
    if match := _FEATURE.fullmatch(low):
        value = core[match.start("value") :].strip(EDGE)
        return Wish("set", "features", value) if len(value.split()) <= 5 else None
    if match := _CAUSE.fullmatch(low):
        return Wish("set", "cause", core[match.start("value") :].strip(EDGE))
    return None


def features_of(sentence: str) -> tuple[Wish, str] | None:
    """ "Features should be Alerts and Routes, she never mentioned dashboards": (the wish, what is said besides)."""
    start, end = core_of(sentence)
    core = sentence[start:end]
    match = _FEATURES.fullmatch(flatten(core))
    if match is None:
        return None
    names = core[match.start("value") : match.end("value")].strip(EDGE)
    more = core[match.start("more") : match.end("more")] if match["more"] else ""
    return Wish("set", "features", re.sub(r",? (?:and|&) ", ", ", names)), more


def spelt(name: str) -> str:
    """A name without a remark on its spelling: "Altomar (con o)", "Lindqvist with a q and a v"."""
    match = _SPELLING.search(flatten(name))
    return name[: match.start()].strip() if match and match.start() else name


def _cut(core: str, match: re.Match[str]) -> tuple[str, str | None]:
    groups = match.groupdict()
    key = next(k for k in ("value", "value2", "value3") if groups.get(k))
    old = core[match.start("old") : match.end("old")].strip(EDGE) if groups.get("old") else None
    text = core[match.start(key) : match.end(key)]
    start, end = core_of(text)
    return text[start:end].strip(EDGE), old


def _number(about: About, text: str, old: str | None) -> Wish | None:
    return Wish("set", "value", to_number(flatten(text)))


def _kind(about: About, text: str, old: str | None) -> Wish | None:
    if wish := kind_wish(about, text):
        return wish
    return Wish("set", "account", text) if is_account(about, flatten(text)) else None


def _day(about: About, text: str, old: str | None) -> Wish | None:
    return Wish("set", "date", without_on(text)) if is_day(text) else None


def _company(about: About, text: str, old: str | None) -> Wish | None:
    name = spelt(text)
    if kind := kind_wish(about, name):
        return kind if old is None or kind_wish(about, old) else None
    if is_day(name):
        return Wish("set", "date", without_on(name))
    if is_account(about, flatten(name)) or (
        is_name(name, lower_too=False) and (old is None or is_name(old, lower_too=False))
    ):
        return Wish("set", "account", name, instead_of=old)
    return None


def _person(about: About, text: str, old: str | None) -> Wish | None:
    name = spelt(re.sub(r"^(?:Herrn?|Frau|Mr\.?|Mrs\.?|Ms\.?|Mme|M\.|Sr\.?|Sra\.?|Dhr\.?|Mevr\.?)\s+", "", text))
    bare = re.split(r"[(,]", name)[0].strip()
    return (
        Wish("set", "contact", name)
        if is_name(bare, lower_too=False)
        and len(bare.split()) <= 4
        and not is_account(about, flatten(bare))
        and not is_day(bare)
        else None
    )


_CHECKS: dict[str, Callable[[About, str, str | None], Wish | None]] = {
    "value": _number,
    "category": _kind,
    "date": _day,
    "account": _company,
    "contact": _person,
}
