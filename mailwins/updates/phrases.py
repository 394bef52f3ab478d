"""Our own sentences in a customer update, by language. Plain, warm, about the customer; no product names, no promises."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """``{account}``, ``{since}`` (a month or a day), ``{day}``, ``{who}`` are filled in. *was*: before a number's earlier value."""

    heading: str
    subject: str
    subject_number: str
    greeting: str
    greeting_nobody: str
    opening: str
    numbers_are_yours: str
    words_are_yours: str
    forwardable: str
    was: str
    coming: str
    question: str
    meeting: str
    thanks: str
    source: str
    mend: str


PHRASES: dict[str, Phrases] = {
    "en": Phrases(
        heading="What {account} has achieved since {since}",
        subject="What {account} has achieved since {since}",
        subject_number="{account} since {since}: {number}",
        greeting="Hi {who},",
        greeting_nobody="Hello,",
        opening="here is what your team has achieved since {since}, on one page.",
        numbers_are_yours="The numbers are yours; I have only put them in one place.",
        words_are_yours="The words are your own team's; I have only put them in one place.",
        forwardable="It is written to be passed on, so please forward it to anyone who would like to know.",
        was="was {before}",
        coming="What comes next",
        question="A question for you",
        meeting="When we next talk",
        thanks="Thank you for the care your team puts into this. It shows.",
        source="Quotes and figures come from your team's own mails, {first} to {last}.",
        mend="If anything looks off, tell me and I will put it right.",
    ),
    "de": Phrases(
        heading="Was {account} seit {since} erreicht hat",
        subject="Was {account} seit {since} erreicht hat",
        subject_number="{account} seit {since}: {number}",
        greeting="Hallo {who},",
        greeting_nobody="Guten Tag,",
        opening="hier auf einer Seite, was Ihr Team seit {since} erreicht hat.",
        numbers_are_yours="Die Zahlen sind Ihre; ich habe sie nur an einen Ort geschrieben.",
        words_are_yours="Die Worte stammen aus Ihrem eigenen Team; ich habe sie nur an einen Ort geschrieben.",
        forwardable="Die Mail ist zum Weiterleiten gedacht: Geben Sie sie gern an alle weiter, die die Kurzfassung interessiert.",
        was="vorher {before}",
        coming="Wie es weitergeht",
        question="Eine Frage an Sie",
        meeting="Unser nächster Termin",
        thanks="Vielen Dank für die Sorgfalt, mit der Ihr Team das angeht. Man sieht es.",
        source="Zitate und Zahlen stammen aus Mails Ihres Teams, {first} bis {last}.",
        mend="Falls etwas nicht stimmt, sagen Sie es mir, und ich berichtige es.",
    ),
    "fr": Phrases(
        heading="Ce que {account} a accompli depuis {since}",
        subject="Ce que {account} a accompli depuis {since}",
        subject_number="{account} depuis {since} : {number}",
        greeting="Bonjour {who},",
        greeting_nobody="Bonjour,",
        opening="voici, sur une page, ce que votre équipe a accompli depuis {since}.",
        numbers_are_yours="Les chiffres sont les vôtres ; je les ai seulement réunis en un seul endroit.",
        words_are_yours="Les mots sont ceux de votre équipe ; je les ai seulement réunis en un seul endroit.",
        forwardable="Ce message est fait pour circuler : transmettez-le volontiers à qui aimerait la version courte.",
        was="contre {before} avant",
        coming="La suite",
        question="Une question pour vous",
        meeting="Notre prochain échange",
        thanks="Merci pour le soin que votre équipe y apporte. Cela se voit.",
        source="Citations et chiffres viennent des messages de votre équipe, du {first} au {last}.",
        mend="Si quelque chose vous semble inexact, dites-le-moi et je le corrigerai.",
    ),
    "es": Phrases(
        heading="Lo que {account} ha logrado desde {since}",
        subject="Lo que {account} ha logrado desde {since}",
        subject_number="{account} desde {since}: {number}",
        greeting="Hola, {who}:",
        greeting_nobody="Hola:",
        opening="esto es, en una página, lo que su equipo ha logrado desde {since}.",
        numbers_are_yours="Las cifras son suyas; yo solo las he reunido en un lugar.",
        words_are_yours="Las palabras son de su propio equipo; yo solo las he reunido en un lugar.",
        forwardable="Está escrito para compartirse: reenvíelo a quien le interese la versión corta.",
        was="antes {before}",
        coming="Lo que viene",
        question="Una pregunta para ustedes",
        meeting="Nuestra próxima reunión",
        thanks="Gracias por el cuidado que su equipo pone en esto. Se nota.",
        source="Las citas y cifras proceden de mensajes de su equipo, del {first} al {last}.",
        mend="Si algo no es exacto, dígamelo y lo corregiré.",
    ),
    "nl": Phrases(
        heading="Wat {account} sinds {since} heeft bereikt",
        subject="Wat {account} sinds {since} heeft bereikt",
        subject_number="{account} sinds {since}: {number}",
        greeting="Dag {who},",
        greeting_nobody="Goedendag,",
        opening="hier op één pagina wat uw team sinds {since} heeft bereikt.",
        numbers_are_yours="De cijfers zijn van u; ik heb ze alleen bij elkaar gezet.",
        words_are_yours="De woorden zijn van uw eigen team; ik heb ze alleen bij elkaar gezet.",
        forwardable="Dit is bedoeld om door te sturen: geef het gerust door aan wie de korte versie wil lezen.",
        was="eerst {before}",
        coming="Wat er nu komt",
        question="Een vraag aan u",
        meeting="Ons volgende gesprek",
        thanks="Dank voor de zorg waarmee uw team dit doet. Het is te zien.",
        source="Citaten en cijfers komen uit mails van uw team, {first} tot {last}.",
        mend="Klopt er iets niet, laat het me weten, dan zet ik het recht.",
    ),
}
