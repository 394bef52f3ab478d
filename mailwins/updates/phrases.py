"""Our own sentences in a customer update, by language. Plain, warm, about the customer; no product names, no promises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Phrases:
    """``{account}``, ``{since}`` (a month or a day), ``{who}``, ``{what}``, ``{before}``, ``{after}`` are filled in.

    *from_to*, *saving*: a subject that says what they achieved; *heading* where no number does. *saved*: below a saved amount.
    *was*: before a number's earlier value. *next*: a question
    where the CSM planned none. *since*, *since_day*: a month, a day, behind
    the word for since; *lately*: the three months before a first update, where a day would say nothing. *door*: a question that makes a customer tell a win. *marks*: outer and inner quotation marks.
    """

    heading: str
    from_to: str
    saving: str
    saved: str
    was: str
    greeting: str
    greeting_nobody: str
    opening: str
    coming: str
    question: str
    meeting: str
    next: str
    regards: str
    door: str
    marks: tuple[str, str, str, str]
    since: str
    since_day: str
    lately: str


PHRASES: dict[str, Phrases] = {
    "en": Phrases(
        heading="What {account} has achieved {since}",
        from_to="{account}: {what} from {before} to {after}",
        saving="{account}: {after} saved {what}",
        saved="saved {what}",
        was="was {before}",
        greeting="Hi {who},",
        greeting_nobody="Hello,",
        opening="here is what has gone well at {account} {since}; please feel free to pass it on.",
        coming="What comes next",
        question="A question for you",
        meeting="When we next talk",
        next="What would you like to take on next?",
        regards="Kind regards,",
        door="What works better now than three months ago?",
        marks=("“", "”", "‘", "’"),
        since="since {month}",
        since_day="since {day}",
        lately="in the last three months",
    ),
    "de": Phrases(
        heading="Was {account} {since} erreicht hat",
        from_to="{account}: {what} von {before} auf {after}",
        saving="{account}: {after} gespart {what}",
        saved="gespart {what}",
        was="vorher {before}",
        greeting="Guten Tag {who},",
        greeting_nobody="Guten Tag,",
        opening="hier in Kürze, was bei {account} {since} gut gelaufen ist; Sie können es gern weitergeben.",
        coming="Wie es weitergeht",
        question="Eine Frage an Sie",
        meeting="Unser nächster Termin",
        next="Was möchten Sie als Nächstes angehen?",
        regards="Viele Grüße",
        door="Was läuft heute besser als vor drei Monaten?",
        marks=("„", "“", "‚", "‘"),
        since="seit {month}",
        since_day="seit dem {day}",
        lately="in den letzten drei Monaten",
    ),
    "fr": Phrases(
        heading="Ce que {account} a accompli {since}",
        from_to="{account} : {what} de {before} à {after}",
        saving="{account} : {after} d’économie {what}",
        saved="d’économie {what}",
        was="{before} auparavant",
        greeting="Bonjour {who},",
        greeting_nobody="Bonjour,",
        opening="voici en bref ce qui a bien marché chez {account} {since}\u00a0; n’hésitez pas à le faire suivre.",
        coming="La suite",
        question="Une question pour vous",
        meeting="Notre prochain échange",
        next="Que souhaitez-vous aborder ensuite ?",
        regards="Bien à vous,",
        door="Qu’est-ce qui fonctionne mieux qu’il y a trois mois ?",
        marks=("« ", " »", "“", "”"),
        since="depuis {month}",
        since_day="depuis le {day}",
        lately="ces trois derniers mois",
    ),
    "es": Phrases(
        heading="Lo que {account} ha logrado {since}",
        from_to="{account}: {what} de {before} a {after}",
        saving="{account}: {after} de ahorro {what}",
        saved="de ahorro {what}",
        was="antes {before}",
        greeting="Hola, {who}:",
        greeting_nobody="Hola:",
        opening="este es un breve resumen de lo que ha ido bien en {account} {since}; puede reenviarlo a quien quiera.",
        coming="Próximos pasos",
        question="Una pregunta para ustedes",
        meeting="Nuestra próxima reunión",
        next="¿Qué les gustaría abordar a continuación?",
        regards="Un saludo,",
        door="¿Qué funciona ahora mejor que hace tres meses?",
        marks=("«", "»", "“", "”"),
        since="desde {month}",
        since_day="desde el {day}",
        lately="en los últimos tres meses",
    ),
    "nl": Phrases(
        heading="Wat {account} {since} heeft bereikt",
        from_to="{account}: {what} van {before} naar {after}",
        saving="{account}: {after} bespaard {what}",
        saved="bespaard {what}",
        was="eerst {before}",
        greeting="Dag {who},",
        greeting_nobody="Goedendag,",
        opening="hier in het kort wat er bij {account} {since} goed ging; u mag het gerust doorsturen.",
        coming="Wat er nu komt",
        question="Een vraag aan u",
        meeting="Ons volgende gesprek",
        next="Wat wilt u hierna oppakken?",
        regards="Hartelijke groet,",
        door="Wat gaat er nu beter dan drie maanden geleden?",
        marks=("“", "”", "‘", "’"),
        since="sinds {month}",
        since_day="sinds {day}",
        lately="in de afgelopen drie maanden",
    ),
}

# Swiss German has no ß and sets its own marks.
SWISS = replace(PHRASES["de"], regards="Viele Grüsse", marks=("«", "»", "‹", "›"))
_SWISS_WORDS = re.compile(r"\d[’']\d{3}|\b(?:CHF|Franken|Grüezi)\b", re.I)


def is_swiss(address: str | None, texts: Sequence[str]) -> bool:
    return bool((address or "").endswith(".ch") or any(_SWISS_WORDS.search(t) for t in texts))


# As people name a language in a command.
_NAMES = {
    "en": "english englisch anglais inglés ingles engels",
    "de": "german deutsch allemand alemán aleman duits",
    "fr": "french französisch français francais francés frances frans",
    "es": "spanish spanisch espagnol español espanol spaans",
    "nl": "dutch niederländisch holländisch néerlandais holandés nederlands",
}
LANGUAGES: dict[str, str] = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}

# Short words that one of these languages has and the others mostly have not.
_TELLING_WORDS = {
    "en": "the and of to is was for with that this have has from are were our they it in we been which",
    "de": "der die das und ist nicht mit wir von für auf den dem haben hat war sind eine einen auch sich es zu im",
    "fr": "le les des est une du que pour nous vous avec dans pas sur sont ont cette ce qui et la un au nos",
    "es": "el los las una que del con para por nos se es ha han más pero muy todo como lo y la un al desde",
    "nl": "het een van en is niet met wij voor op te zijn hebben heeft was ook dat deze naar er aan we maar ik",
}
_WORDS = {language: frozenset(words.split()) for language, words in _TELLING_WORDS.items()}


# These put a space before the sign; English and Dutch put none.
_SPACED_PERCENT = ("de", "fr", "es")


def typeset(number: str, language: str) -> str:
    """``14%`` or ``14 %``, as the language writes it; the number and its unit never part at a line's end."""
    text = re.sub(r"\s*%", " %" if language in _SPACED_PERCENT else "%", number)
    return re.sub(r"(?<=\d) (?=\S)", " ", text)


# What a company is called by law and nobody calls it in a letter.
_LEGAL = re.compile(
    r",?\s+(?:GmbH(?: & Co\.? KG)?|AG|SE|KG|OHG|e\. ?V\.|Inc\.?|Ltd\.?|Limited|LLC|LLP|PLC|plc|Corp\.?|B\.?V\.?|N\.?V\.?|S\.?A\.?S?\.?|S\.?A\.?R\.?L\.?|SARL|S\.?L\.?U?\.?|S\.?p\.?A\.?|S\.?r\.?l\.?|Pty|Oy|AB|ApS|A/S|AS)$"
)


def called(account: str) -> str:
    """``Nordwind Energie GmbH`` is called Nordwind Energie."""
    return _LEGAL.sub("", account.strip()) or account


def language_of(texts: Sequence[str]) -> str | None:
    """The language most of the words are in, of those we write; None where that is not plain."""
    words = [w for text in texts for w in re.findall(r"[^\W\d_]+", text.casefold())]
    shares = sorted(((sum(w in known for w in words), language) for language, known in _WORDS.items()), reverse=True)
    (most, language), (second, _) = shares[0], shares[1]
    return language if most >= 3 and most >= 0.15 * len(words) and most >= 1.5 * second else None
