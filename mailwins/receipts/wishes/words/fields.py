"""What the fields are called, and the clauses that name one."""

from __future__ import annotations

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from mailwins.parsers.labels import KEYS
from mailwins.receipts.wishes.folding import flatten, word_set
from mailwins.receipts.wishes.words.grammar import THE

# Fields that a reply can name.
FIELDS = word_set(
    "account contact date value category summary cause factors features expected experienced csm "
    "time cost visibility urls detail praised"
)

# Names beside those that labelled mails use.
MORE_KEYS = {
    "account": (
        "acct",
        "acc",
        "cust",
        "account name",
        "kundin",
        "kundenname",
        "compte client",
        "nombre de la cuenta",
        "klantnaam",
        "rekening",
    ),
    "contact": (
        "contact name",
        "name of the contact",
        "nom du contact",
        "ansprechpartnerin",
        "kontaktperson",
        "interlocuteur",
        "interlocutrice",
        "contactpersoon",
        "persona de contacto",
        "who said it",
        "said by",
    ),
    "date": ("day", "tag", "date of the win"),
    "value": ("val", "points", "punkte", "the value", "valoracion"),
    "category": ("sort", "kind of win", "categorias"),
    "summary": ("resume", "one line", "subject", "headline", "title", "uberschrift", "titel", "titre", "titulo"),
    "expected": ("they expected", "they had expected", "had expected", "was expected", "sie hatten erwartet"),
    "experienced": ("they experienced", "they found", "they got"),
    "csm": ("account manager", "betreuer", "betreuerin"),
    "praised": ("praised", "praised colleague", "praised colleagues", "gelobt"),
    "customer_text": ("customer text", "words for the customer", "text for the customer"),
}

BY_KEY: dict[str, str] = {flatten(k): v for k, v in KEYS.items() if v in FIELDS}


BY_KEY.update({flatten(word): field for field, words in MORE_KEYS.items() for word in words})


# A single letter or "win" in front of a colon says too little.
for _key in ("win", "art", "nota", "tag"):
    BY_KEY.pop(_key, None)


BY_KEY["art"] = "category"
LONG_KEYS = sorted((k for k in BY_KEY if len(k) >= 4 and k.isascii()), key=len, reverse=True)

# A field's name, in a pattern.
KEY = "|".join(re.escape(k) for k in sorted(BY_KEY, key=len, reverse=True))

PROSE = word_set("summary cause expected experienced customer_text detail")
"""Fields whose value runs on to the end of its paragraph."""

# "better headline: …", "summary should read: …", "la fecha correcta es …"
_AROUND_A_KEY = re.compile(
    r"^(?:(?:better|new|correct|right|real|proper|actual|my|a|an|neue[rs]?|bessere[rs]?|richtige[rs]?"
    r"|korrekte[rs]?|nouveau|nouvelle|meilleure?|bon|bonne|vrai|vraie|nuev[oa]|mejor|correct[oa]"
    r"|verdader[oa]|nieuwe|betere|juiste|goede) )+"
    r"|(?: (?:should (?:read|say|be)|shall read|must (?:read|be)|is now|now|is|was|ist|lautet"
    r"|sollte lauten|soll lauten|est|devrait etre|es|deberia ser|moet zijn|wordt|correct[oae]?|exacte?"
    r"|richtig|please|bitte|svp|por favor|graag))+$"
)

# How much alike a mistyped name must be, of a hundred.
SLIP = 82


def field_of(key: str) -> str | None:
    """The field a typed key means; a slip of the thumb is forgiven in keys of four letters and more."""
    key = " ".join(key.split()).strip(" *_-•·")
    key = _AROUND_A_KEY.sub("", re.sub(r"^(?:the|der|die|das|le|la|el|los|de|het)\s+|^l'", "", key)).strip()
    if key in BY_KEY:
        return BY_KEY[key]
    if len(key) < 4 or len(key) > 24 or " " in key:
        return None
    near = [
        k
        for k in LONG_KEYS
        if k[0] == key[0] and (OSA.distance(key, k, score_cutoff=1) <= 1 or fuzz.ratio(key, k) >= SLIP)
    ]
    fields = {BY_KEY[k] for k in near}
    if len(fields) > 1:
        best = max(near, key=lambda k: fuzz.ratio(key, k))
        fields = {BY_KEY[best]}
    return fields.pop() if fields else None


# "Customer Success Manager" is a post of ours, and no customer called Success.
OUR_TRADE = re.compile(r"(?:success|service|support|care|experience|relations?|relationship|onboarding|advocacy)\b")

# A field is called wrong.
WRONG = re.compile(
    r"^(?:(?:the |that's the |this is the |it's the )?(?:wrong|incorrect|falsche[rsn]?|mauvaise?"
    rf"|verkeerde|foute) (?P<a>{KEY})|{THE}(?P<b>{KEY}) (?:is |ist |est |es |esta )?(?:wrong|incorrect"
    r"|not right|falsch|faux|fausse|incorrecte?|equivocad[oa]|mal|verkeerd|fout)"
    rf"|(?P<c>{KEY}) equivocad[oa])(?P<rest>$|[\s,.;:!-]+.*$)"
)

# "Change the date to 12 Nov".
CHANGE = re.compile(
    r"^(?:(?:change|set|update|correct|switch|edit|fix|rename|move|put|make|raise|lower|bump|increase"
    rf"|decrease|replace|swap) {THE}(?P<a>{KEY}) (?:to|as|into|with|by|for|="
    rf"|from .{{1,40}} to) (?P<av>\S.*)|(?:andere|setze|ersetze|changer|changez|remplacer|remplacez"
    r"|remplace|mettre|mettez|cambiar|cambia|cambiad|poner|pon|verander|vervang|zet"
    rf"|wijzig) {THE}(?P<b>{KEY}) (?:auf|in|zu|durch|en|a|par|por|naar|op|door) (?P<bv>\S.*)"
    rf"|{THE}(?P<c>{KEY}) (?:auf|in|naar|op) (?P<cv>\S.*?) (?:andern|setzen|wijzigen|zetten))$"
)

# "Account: Globex".
KEY_COLON = re.compile(r"^(?P<key>[^:：=\n<>@/]{2,34}?)\s*[*_]*\s*(?:[:：=]|-+>|→|⇒|=>)\s*[*_]*(?P<value>\S.*)$", re.S)

KEY_DASH = re.compile(rf"^{THE}(?P<key>{KEY}) ?- (?P<value>\S.*)$")

# "The account is Globex".
KEY_IS = re.compile(
    rf"^{THE}(?:right |correct |real |richtige |bon |bonne )?(?P<key>[a-z][a-z' ]{{2,24}}?) (?:(?:is"
    r"|was|were|are|should (?:be|say|read)|must be|has to be|would be|ist|war|ware|sollte|hei(?:ß|ss)t"
    r"|lautet|est|etait|serait|s'appelle|es|era|se llama|deberia ser|moet|was|heet) )(?:actually "
    r"|really |in fact |rather |clearly |eigentlich |wirklich |en fait |en realidad "
    r"|eigenlijk )?(?P<value>\S.*?)(?: (?:sein|zijn))?$"
)

# "Value 9".
KEY_SPACE = re.compile(rf"^{THE}(?P<key>[a-z][a-z']{{2,20}}) (?P<value>\S.*)$")

# Behind a field's name: it is to stay as it is.
LEAVE_IT = re.compile(
    r"(?:please |pls |bitte )?(?:do not|don't|dont|no need to|never) (?:touch|change|edit|alter"
    r"|modify)(?: (?:it|this|that|anything))?|(?:please )?(?:leave|keep)(?: (?:it|this"
    r"|that))?(?: (?:as (?:it )?is|alone|like that|so|unchanged|the same))?|as (?:it )?is|unchanged"
    r"|no changes?|"
    r"(?:is |looks )?(?:fine|ok|okay|good|correct|right|perfect|great"
    r"|the same)(?: (?:as (?:it )?is|already|now|with me|for me))?|same"
    r"|nicht (?:andern|anfassen|anruhren)|(?:so )?(?:lassen|belassen|gut so|passt(?: so)?"
    r"|stimmt(?: so)?|unverandert|bleibt(?: so)?)|ne (?:pas |rien )?(?:touch|chang|modifi)(?:er"
    r"|ez)(?: pas)?|"
    r"(?:laisser|laissez)(?: tel quel)?|inchangee?|(?:c'est )?(?:bon|correct)"
    r"|no (?:tocar|cambiar|cambies|toques)|(?:dejar|deja)(?:lo)?(?: asi| como esta)?"
    r"|(?:esta )?(?:bien|correcto)|niet (?:aanpassen|veranderen|wijzigen|aankomen)"
    r"|(?:zo )?laten(?: staan)?|klopt|(?:is )?goed(?: zo)?|変更(?:なし|しない(?:で(?:ください)?)?)|そのまま(?:で)?"
)

KEY_IS_FINE = re.compile(
    rf"^(?:(?:i|we) (?:like|love) )?{THE}(?P<key>{KEY}) (?:is|are|looks|seems|ist|est|es|is|klopt"
    r"|stimmt|passt)(?: (?:fine|ok|okay|good|correct|right|perfect|great|gut|richtig|bon|bonne|bien"
    r"|correcto|correcta|goed|so|as is|as it is|zo))+$"
)

# A part that begins with a field's name begins a wish of its own.
EXPLICIT = re.compile(
    rf"^(?:and |und |et |y |en )?{THE}(?:(?:{KEY})\s*(?:[:：=]|->)|(?:value|wert|valeur|valor|waarde) \d)"
)

SWAPS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:swap|exchange|replace)\b(?P<old>.+?)\b(?:for|with|by)\b(?P<new>.+)",
        r"\b(?:change|switch|correct|turn|update)\b(?P<old>.+?)\b(?:to|into)\b(?P<new>.+)",
        r"\bfrom\b(?P<old>.+?)\bto\b(?P<new>.+)",
        (
            r"(?P<old>.+?)\b(?:should (?:be|read|say)|needs to be|must be|devrait etre|deberia ser"
            r"|dovrebbe essere|deveria ser|borde vara|ska vara|powinno byc)\b(?P<new>.+)"
        ),
        r"(?P<old>.+?)\b(?:sollte|musste|soll|muss|moet)\b(?P<new>.+?)\b(?:sein|hei(?:ß|ss)en|zijn)\b",
        r"\bshould (?:say|be|read)\b(?P<new>.+?)\b(?:where|instead of|rather than|and not)\b(?P<old>.+)",
        r"\b(?:ersetz|tausch|ander)\w*\b(?P<old>.+?)\b(?:durch|gegen|auf|in)\b(?P<new>.+)",
        r"(?P<old>.+?)\b(?:durch|gegen)\b(?P<new>.+?)\b(?:er|aus)?(?:setzen|tauschen)\b",
        r"\b(?:remplac|chang)\w*\b(?P<old>.+?)\b(?:par|en|pour)\b(?P<new>.+)",
        r"\b(?:reemplaz|sustitu|cambi|troc|substitu|mud)\w*\b(?P<old>.+?)\b(?:por|para|a)\b(?P<new>.+)",
        r"\b(?:vervang|wijzig|verander)\w*\b(?P<old>.+?)\b(?:door|in|naar)\b(?P<new>.+)",
        r"\b(?:sostitui|cambi|scambi)\w*\b(?P<old>.+?)\b(?:con|in)\b(?P<new>.+)",
        r"\b(?:byt|ersatt|andr)\w*\b(?P<old>.+?)\b(?:mot|till|med)\b(?P<new>.+)",
        r"\b(?:zamien|zastap|zmien)\w*\b(?P<old>.+?)\b(?:na|przez)\b(?P<new>.+)",
    )
)
"""What stood there, and what shall."""

# Names of fields that are said of people and companies for other reasons too: "the customer is happy".
SOMEBODY_KEYS = word_set("customer client kunde cliente klant company firma empresa who person")

# Names of fields behind which "is" gives free words.
PROSE_KEYS = word_set("cause reason summary headline grund ursache raison motivo causa reden oorzaak title titel") | {
    "root cause"
}
