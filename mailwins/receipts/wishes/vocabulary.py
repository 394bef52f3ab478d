"""What people call the fields, numbers, places and days, in the languages we know."""

from __future__ import annotations

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from mailwins.config import CATEGORIES
from mailwins.parsers.dates import month_names
from mailwins.parsers.labels import KEYS
from mailwins.receipts.wishes.folding import flatten, word_set
from mailwins.understanding.mood import SPOKEN

FIELDS = frozenset(
    {
        "account",
        "contact",
        "date",
        "value",
        "category",
        "summary",
        "cause",
        "factors",
        "features",
        "expected",
        "experienced",
        "csm",
        "time",
        "cost",
        "visibility",
        "urls",
        "detail",
    }
)
MORE_KEYS = {
    "account": ("acct", "acc", "cust", "account name", "kundin", "kundenname", "compte client", "nombre de la cuenta", "klantnaam", "rekening"),
    "contact": ("contact name", "name of the contact", "nom du contact", "ansprechpartnerin", "kontaktperson", "interlocuteur", "interlocutrice", "contactpersoon", "persona de contacto", "who said it", "said by"),
    "date": ("day", "tag", "date of the win"),
    "value": ("val", "points", "punkte", "the value", "valoracion"),
    "category": ("sort", "kind of win", "categorias"),
    "summary": ("resume", "one line", "subject", "headline", "title", "uberschrift", "titel", "titre", "titulo"),
    "expected": ("they expected", "they had expected", "had expected", "was expected", "sie hatten erwartet"),
    "experienced": ("they experienced", "they found", "they got"),
    "csm": ("account manager", "betreuer", "betreuerin"),
    "customer_text": ("customer text", "words for the customer", "text for the customer"),
}  # fmt: skip
BY_KEY: dict[str, str] = {flatten(k): v for k, v in KEYS.items() if v in FIELDS}
BY_KEY.update({flatten(word): field for field, words in MORE_KEYS.items() for word in words})
# A single letter or "win" in front of a colon says too little.
for _key in ("win", "art", "nota", "tag"):
    BY_KEY.pop(_key, None)
BY_KEY["art"] = "category"
LONG_KEYS = sorted((k for k in BY_KEY if len(k) >= 4 and k.isascii()), key=len, reverse=True)
KEY = "|".join(re.escape(k) for k in sorted(BY_KEY, key=len, reverse=True))
PROSE = frozenset({"summary", "cause", "expected", "experienced", "customer_text", "detail"})
"""Fields whose value runs on to the end of its paragraph."""

# "better headline: …", "summary should read: …", "la fecha correcta es …"
_AROUND_A_KEY = re.compile(
    r"^(?:(?:better|new|correct|right|real|proper|actual|my|a|an|neue[rs]?|bessere[rs]?|richtige[rs]?|korrekte[rs]?|nouveau|nouvelle|meilleure?|bon|bonne|vrai|vraie|nuev[oa]|mejor|correct[oa]|verdader[oa]|nieuwe|betere|juiste|goede) )+"
    r"|(?: (?:should (?:read|say|be)|shall read|must (?:read|be)|is now|now|is|was|ist|lautet|sollte lauten|soll lauten|est|devrait etre|es|deberia ser|moet zijn|wordt|correct[oae]?|exacte?|richtig|please|bitte|svp|por favor|graag))+$"
)

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
ORDINALS = {
    1: "(?:number|win|nummer|numero) (?:one|eins|un|uno|een)|first|1st|erste[rsn]?|premiere?|primer[oa]?|eerste",
    2: "(?:number|win|nummer|numero) (?:two|zwei|deux|dos|twee)|middle|mittlere[rsn]?|middelste|second|2nd|zweite[rsn]?|deuxieme|seconde?|segund[oa]|tweede",
    3: "(?:number|win|nummer|numero) (?:three|drei|trois|tres|drie)|third|3rd|dritte[rsn]?|troisieme|tercer[oa]?|derde",
    4: "fourth|4th|vierte[rsn]?|quatrieme|cuart[oa]|vierde",
    5: "fifth|5th|funfte[rsn]?|cinquieme|quint[oa]|vijfde",
    -1: "last|letzte[rsn]?|dernier|derniere|ultim[oa]|laatste",
}
ORDINAL = "|".join(ORDINALS.values())
ONE = r"(?: (?:one|win|story|erfolg|item|point|option|choice|suggestion))?"
THE = r"(?:the |der |die |das |den |dem |le |la |el |de |het )?"

WEAK_KINDS = word_set(
    "value values story love meeting task project record event review api thanks quote team survey feedback training course exec funny intro import success nutzen gain api logins launch rating score executive champion use case"
)
KIND_WORDS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *(flatten(n) for _, n, _ in CATEGORIES),
            *(i.replace("_", " ") for i, _, _ in CATEGORIES),
            *(w for w in SPOKEN if w not in WEAK_KINDS),
            "team win",
            "case study",
            "user olympics",
            "value realised",
            "goal reached",
            "expansion",
            "renewal",
        ]
    )
)
ARTICLE = r"(?:an?|the|eine?n?|une?|una?|een|die|der|das) "


NOT_NAMES = word_set(
    "e ar jest foi fu a an the happy new great good better best growing live fine right wrong correct incorrect closed open ours theirs mine quiet very so really not no now still also just on in at for from with to too by about as of my our their his her your already there here done true false urgent important big small amazing awesome nice cool ok okay private public internal shared shareable confidential complicated over late early only all both more less most monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday gut toll super falsch neu sehr nicht kein keine ein eine bien tres pas un une le la bueno muy no el geen niet een goed heel what who when because if when that this it they we i you he she going happening unknown unclear pending"
)
DAY_WORDS = word_set(
    "the on of last this past yesterday today st nd rd th am vom den der letzten letzte vorigen gestern heute vorgestern le du hier avant-hier aujourd'hui dernier el de ayer anteayer hoy pasado op gisteren eergisteren vandaag afgelopen day before morning afternoon night uhr "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
MONTHS = frozenset(flatten(m) for m in month_names())

# Behind it stands what was wrong.
NOT = re.compile(
    r"[\s,;(-]+(?:and |und |et |y |en |e |och |a |i )?(?:not|nicht|pas|non|no|niet|nao|inte|ej|nie|instead of|rather than|statt|anstatt|au lieu d[e']|plutot qu[e']|en lugar de|en vez de|in plaats van|ipv|i\.p\.v\.|invece di|invece che|em vez de|i stallet for|istallet for|zamiast) *(?<=[ '])(?=\S)"
)
CONDITION = re.compile(
    r"(?:only|not|never|don'?t|do not|unless|until|wait|later|maybe|perhaps|pending|nur|erst|nicht|noch nicht|nie|seulement|pas|jamais|solo|todavia no|aun no|nunca|niet|nog niet|alleen|pas als)\b(?! only\b)"
)
MAYBE_CONDITION = re.compile(
    r"(?:if|when|once|after|as soon as|before|wenn|sobald|nachdem|falls|si|quand|apres|des que|cuando|despues|en cuanto|als|zodra|nadat)\b"
)
