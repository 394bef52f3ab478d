"""Our own sentences in a customer update, by language. Plain, warm, about the customer; no product names, no promises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """``{account}``, ``{since}`` (a month or a day), ``{who}``, ``{what}``, ``{before}``, ``{after}`` are filled in.

    *from_to*, *saving*: a heading that says what they achieved; *heading* where no number says it. *saved*: below a saved
    amount. *was*: before a number's earlier value. *since_day*: a day behind the word for since; a month stands there alone. *door*: a question that makes a customer tell a win. *marks*: outer and inner quotation marks.
    """

    heading: str
    from_to: str
    saving: str
    saved: str
    was: str
    greeting: str
    greeting_nobody: str
    opening: str
    numbers_are_yours: str
    words_are_yours: str
    coming: str
    question: str
    meeting: str
    thanks: str
    regards: str
    forwardable: str
    source: str
    mend: str
    door: str
    marks: tuple[str, str, str, str]
    since_day: str = "{day}"


PHRASES: dict[str, Phrases] = {
    "en": Phrases(
        heading="What {account} has achieved since {since}",
        from_to="{account}: {what} from {before} to {after}",
        saving="{account}: {after} saved {what}",
        saved="saved {what}",
        was="was {before}",
        greeting="Hi {who},",
        greeting_nobody="Hello,",
        opening="here is the short version of what your team has told us since {since}.",
        numbers_are_yours="The numbers are yours; I have only put them in one place.",
        words_are_yours="The words are your team's own; I have only put them in one place.",
        coming="What comes next",
        question="A question for you",
        meeting="When we next talk",
        thanks="Thank you for the care your team puts into this.",
        regards="Kind regards,",
        forwardable="Written to be passed on: please forward it to anyone who would like the short version.",
        source="All of it comes from what your team wrote, {first} to {last}.",
        mend="If anything looks off, tell me and I will put it right.",
        door="What works better now than three months ago?",
        marks=("“", "”", "‘", "’"),
    ),
    "de": Phrases(
        heading="Was {account} seit {since} erreicht hat",
        from_to="{account}: {what} von {before} auf {after}",
        saving="{account}: {after} gespart {what}",
        saved="gespart {what}",
        was="vorher {before}",
        greeting="Hallo {who},",
        greeting_nobody="Guten Tag,",
        opening="hier in Kürze, was Ihr Team seit {since} berichtet hat.",
        numbers_are_yours="Die Zahlen stammen von Ihnen; ich habe sie nur zusammengestellt.",
        words_are_yours="Die Worte stammen aus Ihrem Team; ich habe sie nur zusammengestellt.",
        coming="Wie es weitergeht",
        question="Eine Frage an Sie",
        meeting="Unser nächster Termin",
        thanks="Vielen Dank für die Sorgfalt, mit der Ihr Team das angeht.",
        regards="Viele Grüße",
        forwardable="Zum Weiterleiten gedacht: gern an alle, denen ein kurzer Überblick hilft.",
        source="Alles stammt aus Nachrichten Ihres Teams, {first} bis {last}.",
        mend="Falls etwas nicht stimmt, sagen Sie es mir, dann berichtige ich es.",
        door="Was läuft heute besser als vor drei Monaten?",
        marks=("„", "“", "‚", "‘"),
        since_day="dem {day}",
    ),
    "fr": Phrases(
        heading="Ce que {account} a accompli depuis {since}",
        from_to="{account} : {what} de {before} à {after}",
        saving="{account} : {after} d'économie {what}",
        saved="d'économie {what}",
        was="{before} auparavant",
        greeting="Bonjour {who},",
        greeting_nobody="Bonjour,",
        opening="voici en bref ce que votre équipe nous a raconté depuis {since}.",
        numbers_are_yours="Les chiffres sont les vôtres ; je n'ai fait que les réunir.",
        words_are_yours="Les mots sont ceux de votre équipe ; je n'ai fait que les réunir.",
        coming="La suite",
        question="Une question pour vous",
        meeting="Notre prochain échange",
        thanks="Merci pour le soin que votre équipe y apporte.",
        regards="Bien à vous,",
        forwardable="À faire suivre sans hésiter à tous ceux que cela peut intéresser.",
        source="Tout vient des messages de votre équipe, du {first} au {last}.",
        mend="Si quelque chose vous semble inexact, dites-le-moi et je le corrigerai.",
        door="Qu'est-ce qui fonctionne mieux qu'il y a trois mois ?",
        marks=("« ", " »", "“", "”"),
        since_day="le {day}",
    ),
    "es": Phrases(
        heading="Lo que {account} ha logrado desde {since}",
        from_to="{account}: {what} de {before} a {after}",
        saving="{account}: {after} de ahorro {what}",
        saved="de ahorro {what}",
        was="antes {before}",
        greeting="Hola, {who}:",
        greeting_nobody="Hola:",
        opening="este es un breve resumen de lo que su equipo nos ha contado desde {since}.",
        numbers_are_yours="Las cifras son suyas; yo solo las he reunido.",
        words_are_yours="Las palabras son de su equipo; yo solo las he reunido.",
        coming="Próximos pasos",
        question="Una pregunta para ustedes",
        meeting="Nuestra próxima reunión",
        thanks="Gracias por el cuidado que su equipo pone en esto.",
        regards="Un saludo,",
        forwardable="Puede reenviarlo a quien le interese.",
        source="Todo procede de los mensajes de su equipo, del {first} al {last}.",
        mend="Si algo no es exacto, dígamelo y lo corregiré.",
        door="¿Qué funciona ahora mejor que hace tres meses?",
        marks=("«", "»", "“", "”"),
        since_day="el {day}",
    ),
    "nl": Phrases(
        heading="Wat {account} sinds {since} heeft bereikt",
        from_to="{account}: {what} van {before} naar {after}",
        saving="{account}: {after} bespaard {what}",
        saved="bespaard {what}",
        was="eerst {before}",
        greeting="Dag {who},",
        greeting_nobody="Goedendag,",
        opening="hier in het kort wat uw team ons sinds {since} heeft verteld.",
        numbers_are_yours="De cijfers komen van u; ik heb ze alleen bij elkaar gezet.",
        words_are_yours="De woorden komen van uw team; ik heb ze alleen bij elkaar gezet.",
        coming="Wat er nu komt",
        question="Een vraag aan u",
        meeting="Ons volgende gesprek",
        thanks="Dank voor de zorg waarmee uw team dit aanpakt.",
        regards="Hartelijke groet,",
        forwardable="Bedoeld om door te sturen, aan iedereen die kort wil weten hoe het staat.",
        source="Alles komt uit berichten van uw team, {first} tot {last}.",
        mend="Klopt er iets niet, laat het me weten, dan zet ik het recht.",
        door="Wat gaat er nu beter dan drie maanden geleden?",
        marks=("“", "”", "‘", "’"),
    ),
}

# Short words that one of these languages has and the others mostly have not.
_TELLING_WORDS = {
    "en": "the and of to is was for with that this have has from are were our they it in we been which",
    "de": "der die das und ist nicht mit wir von für auf den dem haben hat war sind eine einen auch sich es zu im",
    "fr": "le les des est une du que pour nous vous avec dans pas sur sont ont cette ce qui et la un au nos",
    "es": "el los las una que del con para por nos se es ha han más pero muy todo como lo y la un al desde",
    "nl": "het een van en is niet met wij voor op te zijn hebben heeft was ook dat deze naar er aan we maar ik",
}
_WORDS = {language: frozenset(words.split()) for language, words in _TELLING_WORDS.items()}


def language_of(texts: Sequence[str]) -> str | None:
    """The language most of the words are in, of those we write; None where that is not plain."""
    words = [w for text in texts for w in re.findall(r"[^\W\d_]+", text.casefold())]
    shares = sorted(((sum(w in known for w in words), language) for language, known in _WORDS.items()), reverse=True)
    (most, language), (second, _) = shares[0], shares[1]
    return language if most >= 3 and most >= 0.15 * len(words) and most >= 1.5 * second else None
