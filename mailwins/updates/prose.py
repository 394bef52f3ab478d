"""A customer's sentence told to that customer: "we" becomes "you", "this month" the month. Only where grammar makes it exact; else None.

English and German verbs have one form for "we" and the polite "you" (wir haben, Sie haben); in French, Spanish and Dutch only
sentences without a person in them are taken. What is left as it was said stays a quote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from mailwins.patterns import rare

DAY_FORMAT: Mapping[str, str] = {
    "en": "d MMMM",
    "de": "d. MMMM",
    "fr": "d MMMM",
    "es": "d 'de' MMMM",
    "nl": "d MMMM",
}
SHORTEST, LONGEST = 25, 220


def day_in(language: str, day: date) -> str:
    """``14 October``, ``14. Oktober``, ``14 de octubre``."""
    return str(format_date(day, DAY_FORMAT[language], locale=language))


def month_in(language: str, day: date) -> str:
    return str(format_date(day, "LLLL", locale=language))


@dataclass(frozen=True, slots=True)
class _Grammar:
    """*swaps*: whole words, small letters. *never*: words that only the speaker can say. *thirds*: early, middle and late in a month.

    *told*, *yesterday*, *week*, …: how people name a day that only their mail dates; *later*: a time that may have come by now.
    """

    swaps: Mapping[str, str]
    never: str
    no_start: str
    on_day: str
    in_month: str
    thirds: tuple[str, str, str]
    today: str
    yesterday: str
    week: str
    last_week: str
    month: str
    last_month: str
    ago: str
    later: str


_EN = _Grammar(
    swaps={
        "we": "you",
        "we're": "you're",
        "we've": "you've",
        "we'll": "you'll",
        "we'd": "you'd",
        "us": "you",
        "our": "your",
        "ours": "yours",
        "ourselves": "yourselves",
        "your": "our",
    },
    never=r"i|i['’](?:m|ve|d|ll)|me|my|mine|myself|you|you['’]\w+|yours|yourself|yourselves|let['’]s|honestly|frankly|thanks?|thankful|please|sorry|hope|hopefully|love[ds]?|lol|haha|btw|weve|ive|im|youve|theyve|dont|didnt|doesnt|cant|couldnt|wont|wouldnt|isnt|wasnt|arent|havent|hasnt|thats|whats|lets|u|ur|ppl|pls|thx|gonna|wanna|kinda|omg|tbh|lord|god|gosh|damn|hell|guys|folks|would of|could of",
    no_start=r"it|its|it['’]s|this|that|that['’]s|these|those|they|he|she|his|her|their|which|who|so|and|but|also|then|plus|because|thus|hence|otherwise|however|same|both|\w+ed|took|got|made|cut|went|had|been|has|have|is|are|was|were|just|only|never|not|great|good|done|ran|hit|built|sent|looking|using|used|works|can|could|would|will|best|what|how",
    on_day="on {day}",
    in_month="in {month}",
    thirds=("in early {month}", "in mid-{month}", "in late {month}"),
    today=r"(?:earlier )?today|this (?:morning|afternoon|evening)|tonight",
    yesterday=r"yesterday(?: (?:morning|afternoon|evening))?|last night",
    week=r"(?:earlier )?this week",
    last_week=r"last week",
    month=r"(?:earlier )?this month",
    last_month=r"last month",
    ago=r"(?P<number>\w+) (?P<unit>day|week|month)s? ago",
    later=r"used to be|tomorrow|next|soon|upcoming|the other day|recently|lately|last|this|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|will|going to|ago|above|below",
)
_DE = _Grammar(
    swaps={
        "wir": "Sie",
        "unser": "Ihr",
        "unsere": "Ihre",
        "unserem": "Ihrem",
        "unseren": "Ihren",
        "unserer": "Ihrer",
        "unseres": "Ihres",
    },
    never=r"ich|mich|mir|mein\w*|du|dich|dir|dein\w*|euch|euer|eure\w*|uns|man|danke\w*|bitte|leider|ehrlich|hoffe\w*|hoffentlich",
    no_start=r"es|das|dies\w*|damit|dadurch|dabei|dafür|davon|dazu|er|sie|ihre?|sein\w*|und|aber|denn|auch|dann|so|da|also|außerdem|zudem|trotzdem|darum|deshalb|jetzt|hat|haben|ist|sind|war|waren|beide\w*",
    on_day="am {day}",
    in_month="im {month}",
    thirds=("Anfang {month}", "Mitte {month}", "Ende {month}"),
    today=r"heute(?: (?:früh|morgen|vormittag|nachmittag|mittag|abend))?",
    yesterday=r"gestern(?: (?:früh|vormittag|nachmittag|mittag|abend))?",
    week=r"diese woche|in dieser woche",
    last_week=r"(?:in der )?(?:letzten?|vergangenen?|vorigen?) woche",
    month=r"diesen monat|in diesem monat",
    last_month=r"(?:letzten|vergangenen|vorigen) monat|im (?:letzten|vergangenen|vorigen) monat",
    ago=r"vor (?P<number>\w+) (?P<unit>tag|woche|monat)e?n?",
    later=r"morgen|übermorgen|nächst\w*|kommend\w*|bald|demnächst|kürzlich|neulich|letzt\w*|vorig\w*|vergangen\w*|dies\w*|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|wird|werden|oben|unten",
)
_FR = _Grammar(
    swaps={"notre": "votre", "nos": "vos", "votre": "notre", "vos": "nos"},
    never=r"je|me|moi|mon|ma|mes|nous|vous|tu|te|toi|ton|ta|tes|on|nôtres?|vôtres?|merci|hélas|malheureusement|j|m|t",
    no_start=r"il|elle|ils|elles|ce|cela|ça|c|cette|ces|cet|celui|celle|et|mais|donc|aussi|alors|puis|car|leurs?|son|sa|ses|résultat|même",
    on_day="le {day}",
    in_month="en {month}",
    thirds=("début {month}", "à la mi-{month}", "fin {month}"),
    today=r"ce matin|cet après-midi|ce soir|aujourd['’]hui",
    yesterday=r"hier(?: (?:matin|soir|après-midi))?",
    week=r"cette semaine",
    last_week=r"la semaine (?:dernière|passée)",
    month=r"ce mois-ci",
    last_month=r"le mois (?:dernier|passé)",
    ago=r"il y a (?P<number>\w+) (?P<unit>jour|semaine|mois)s?",
    later=r"demain|prochaine?s?|bientôt|récemment|dernière?s?|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|ci-dessous|ci-dessus|il y a",
)
_ES = _Grammar(
    swaps={"nuestro": "su", "nuestra": "su", "nuestros": "sus", "nuestras": "sus"},
    never=r"yo|me|mí|mis?|nos|nosotr[oa]s|usted(?:es)?|le|les|tu|tus|te|ti|os|vuestr\w+|su|sus|\w+[aei]mos|he|estoy|creo|quiero|tengo|puedo|voy|gracias|por favor|desgraciadamente|vd|uds?",
    no_start=r"él|ella|ellos|ellas|eso|esto|est[ea]s?|es[ea]s?|aquell\w+|y|pero|también|así|además|porque|entonces|lo|ha|han|es|son|fue",
    on_day="el {day}",
    in_month="en {month}",
    thirds=("a principios de {month}", "a mediados de {month}", "a finales de {month}"),
    today=r"hoy|esta (?:mañana|tarde|noche)",
    yesterday=r"ayer(?: por la (?:mañana|tarde|noche))?|anoche",
    week=r"esta semana",
    last_week=r"la semana pasada",
    month=r"este mes",
    last_month=r"el mes pasado",
    ago=r"hace (?P<number>\w+) (?P<unit>día|semana|mes)(?:es|s)?",
    later=r"mañana|próxim[oa]s?|pronto|recientemente|pasad[oa]|hace|(?:lun|mart|miércol|juev|viern)es|sábados?|domingos?|abajo|arriba",
)
_NL = _Grammar(
    swaps={"onze": "uw"},
    never=r"ik|me|mij|mijn|wij|we|ons|onszelf|jij|je|jou|jouw|jullie|u|uw|bedankt|dank|helaas|eerlijk|hopelijk|hoop",
    no_start=r"het|dat|dit|deze|die|daarmee|daardoor|hij|zij|ze|zijn|haar|hun|en|maar|ook|dan|zo|dus|want|toch|beide|is|was|heeft|hebben",
    on_day="op {day}",
    in_month="in {month}",
    thirds=("begin {month}", "half {month}", "eind {month}"),
    today=r"vandaag|van(?:ochtend|morgen|middag|avond)",
    yesterday=r"gister(?:en|ochtend|middag|avond)",
    week=r"deze week",
    last_week=r"(?:vorige|afgelopen) week",
    month=r"deze maand",
    last_month=r"(?:vorige|afgelopen) maand",
    ago=r"(?P<number>\w+) (?P<unit>dag|week|maand)(?:en)? geleden",
    later=r"morgen|volgend\w*|binnenkort|onlangs|laatst|afgelopen|vorige|geleden|(?:maan|dins|woens|donder|vrij|zater|zon)dag|hieronder|hierboven",
)
_GRAMMARS: Mapping[str, _Grammar] = {"en": _EN, "de": _DE, "fr": _FR, "es": _ES, "nl": _NL}

_NUMBER_WORDS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "a an one einem einer un une una uno een één",
            "two zwei deux dos twee",
            "three drei trois tres drie",
            "four vier quatre cuatro",
            "five fünf cinq cinco vijf",
            "six sechs seis zes",
            "seven sieben sept siete zeven",
            "eight acht huit ocho",
            "nine neun neuf nueve negen",
            "ten zehn dix diez tien",
        ),
        1,
    )
    for word in words.split()
}
_DAYS_IN = {"d": 1, "j": 1, "t": 1, "w": 7, "s": 7, "m": 30}

# What people put in a mail to a friend, and nobody in a report: smileys, shouting, an ellipsis of thought.
_SPOKEN = rare(
    r"[!?…]|\.\.|[:;]-?[)(DP]|\b[A-ZÄÖÜ]{5,}\b|https?://|www\.|[^\W\d_]@|[\U0001F000-\U0001FAFF\u2600-\u27BF]"
)
# In brackets people talk; a plain number there belongs to the sentence.
_ASIDE = rare(r"\s*\((?!\d[\d.,]*\s?%?\))[^()]{0,120}\)")
# "418 households and not one box to the wrong site.": good to quote, no sentence to tell.
_STARTS_WITH_NUMBER = rare(r"(?:\d|[$€£~])")
_FINITE = rare(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|made|went|took|ran|came|got|see|use|uses|get|gets|finished|\w{2,}ed|"
    r"ist|sind|war|waren|hat|haben|hatten?|k[oö]nn\w+|wurden?|laufen|l[aä]uft|nutzen|arbeiten|"
    r"est|sont|a|ont|était|étaient|utilisent|ha|han|es|son|era|eran|usan|trabajan|zijn|heeft|hebben|werd|werden|rijden|gebruiken|werken)\b",
    re.I,
)
_TWICE = rare(r"\b(\w+) \1\b", re.I)
_IN_QUOTES = rare(r"[“„«‘\"][^“”„«»\"]{1,200}[”“»’\"]")


def to_prose(sentence: str, day: date, language: str) -> str | None:
    """*sentence*, said by the customer on *day*, as we may tell it to her; None where only she can say it."""
    grammar = _GRAMMARS.get(language)
    quoted: list[str] = []

    def kept(match: re.Match[str]) -> str:
        quoted.append(match[0])
        return f"\x00{len(quoted) - 1}\x00"

    text = _IN_QUOTES.sub(kept, _ASIDE.sub("", " ".join(sentence.split()))).strip()
    if (
        grammar is None
        or not SHORTEST <= len(text) <= LONGEST
        or text[-1:] != "."
        or _is_only_hers(text, grammar, language)
    ):
        return None
    text = _swapped(_dated(text, day, grammar, language), grammar)
    if re.search(rf"\b(?:{grammar.later})\b", text, re.I) or _TWICE.search(text):
        return None
    for number, words in enumerate(quoted):
        text = text.replace(f"\x00{number}\x00", words)
    return text[:1].upper() + text[1:]


def _is_only_hers(text: str, grammar: _Grammar, language: str) -> bool:
    polite = language == "de" and re.search(r"(?<!^)\b(?:Sie|Ihr(?:e[mnrs]?)?|Ihnen)\b", text)
    return bool(
        polite
        or _SPOKEN.search(text)
        or re.search(rf"\b(?:{grammar.never})\b", text, re.I)
        or re.match(rf"(?:{grammar.no_start})\b", text, re.I)
        or "\x00" in text[:1]
        or (_STARTS_WITH_NUMBER.match(text) and not _FINITE.search(text))
    )


def _dated(text: str, day: date, grammar: _Grammar, language: str) -> str:
    """Days that only the mail dates, with their date."""

    def on(back: int) -> Callable[[re.Match[str]], str]:
        return lambda _: grammar.on_day.format(day=day_in(language, day - timedelta(days=back)))

    def around(back: int) -> str:
        then = day - timedelta(days=back)
        return grammar.thirds[min(2, (then.day - 1) // 10)].format(month=month_in(language, then))

    def ago(match: re.Match[str]) -> str:
        word = match["number"].casefold()
        count = int(word) if word.isdigit() else _NUMBER_WORDS.get(word, 0)
        length = _DAYS_IN[match["unit"][0].casefold()]
        if not 0 < count * length < 300:
            return match[0]
        return on(count)(match) if length == 1 else around(count * length)

    last_month = day.replace(day=1) - timedelta(days=1)
    for pattern, written in (
        (grammar.ago, ago),
        (grammar.today, on(0)),
        (grammar.yesterday, on(1)),
        (grammar.week, lambda _: around(day.weekday() // 2)),
        (grammar.last_week, lambda _: around(day.weekday() + 4)),
        (grammar.month, lambda _: grammar.in_month.format(month=month_in(language, day))),
        (grammar.last_month, lambda _: grammar.in_month.format(month=month_in(language, last_month))),
    ):
        text = re.sub(rf"\b(?:{pattern})\b", written, text, flags=re.I)
    return text


def _swapped(text: str, grammar: _Grammar) -> str:
    def other(match: re.Match[str]) -> str:
        word = grammar.swaps[match[0].casefold().replace("’", "'")]
        return word[:1].upper() + word[1:] if match[0][:1].isupper() and match.start() == 0 else word

    words = "|".join(sorted((re.escape(w).replace("'", "['’]") for w in grammar.swaps), key=len, reverse=True))
    return re.sub(rf"\b(?:{words})\b", other, text, flags=re.I)
