"""How days are named: weekdays, months, counted back."""

from __future__ import annotations

from functools import cache

from mailwins.parsers.dates import month_names
from mailwins.patterns import rare
from mailwins.receipts.wishes.folding import flatten, word_set
from mailwins.receipts.wishes.words.lexicon import ITALIAN, POLISH, PORTUGUESE
from mailwins.receipts.wishes.words.people import TOLD, WHO

WEEKDAY_NAMES = (
    "monday montag lundi lunes maandag lunedi segunda mandag mandags mandagen poniedzialek",
    "tuesday dienstag mardi martes dinsdag martedi terca tisdag tisdags tisdagen wtorek",
    "wednesday mittwoch mercredi miercoles woensdag mercoledi quarta onsdag onsdags onsdagen sroda srode",
    "thursday donnerstag jeudi jueves donderdag giovedi quinta torsdag torsdags torsdagen czwartek",
    "friday freitag vendredi viernes vrijdag venerdi sexta fredag fredags fredagen piatek",
    "saturday samstag sonnabend samedi sabado zaterdag sabato lordag lordags lordagen sobota sobote",
    "sunday sonntag dimanche domingo zondag domenica sondag sondags sondagen niedziela niedziele",
)

WEEKDAYS = {word: number for number, words in enumerate(WEEKDAY_NAMES) for word in words.split()}

# Portuguese counts its weekdays: "segunda" is a place in a row, too.
FEIRA = word_set("segunda terca quarta quinta sexta")

# Days back → what says so.
AGO = {
    0: (
        "today|heute|aujourd'hui|hoy|vandaag|oggi|hoje|idag|i dag|dzisiaj|dzis|this morning|heute morgen"
        "|ce matin|vanmorgen|stamattina"
    ),
    1: "yesterday|gestern|hier|ayer|gisteren|ieri|ontem|igar|i gar|wczoraj|last night|gestern abend",
    2: (
        "the day before yesterday|day before yesterday|vorgestern|avant-hier|anteayer|eergisteren"
        "|l'altro ieri|altroieri|anteontem|i forrgar|przedwczoraj"
    ),
    7: (
        "a week ago today|a week ago|one week ago|heute vor einer woche|vor einer woche|il y a une semaine"
        "|hace una semana|een week geleden|una settimana fa|ha uma semana|for en vecka sedan|tydzien temu"
    ),
    14: (
        "a fortnight ago|two weeks ago|vor zwei wochen|il y a deux semaines|il y a quinze jours"
        "|hace dos semanas|twee weken geleden|due settimane fa|ha duas semanas|for tva veckor sedan"
        "|dwa tygodnie temu"
    ),
}

# Counted days and weeks.
COUNT = {
    word: number
    for number, words in {
        1: "one ein einem un uno een um en jeden",
        2: "two zwei deux dos twee due dois tva dwa",
        3: "three drei trois tres drie tre trzy",
        4: "four vier quatre cuatro quattro quatro fyra cztery",
        5: "five funf cinq cinco vijf cinque fem",
        6: "six sechs seis zes sei sex",
    }.items()
    for word in words.split()
}

COUNTS = "|".join(sorted(COUNT, key=len, reverse=True))
WEEKS = "(?:weeks?|weken|week|wochen?|semaines?|semanas?|settiman[ae]|veckor|vecka|tygodnie|tygodni)"

DAYS_AGO = rare(
    rf"\b(?:(?P<a>\d{{1,2}}|{COUNTS}|a couple of) (?:days?|dagen|giorni|dni|{WEEKS}) (?:ago|geleden|fa"
    rf"|temu)(?: today)?|vor (?P<b>\d{{1,2}}|{COUNTS}) (?:tagen|{WEEKS})"
    rf"|il y a (?P<c>\d{{1,2}}|{COUNTS}) (?:jours|{WEEKS})"
    rf"|(?:hace|ha) (?P<d>\d{{1,2}}|{COUNTS}) (?:dias|{WEEKS})"
    rf"|for (?P<e>\d{{1,2}}|{COUNTS}) (?:dagar|{WEEKS}) sedan)\b"
)

PLAIN_DATE = rare(
    r"(?<![\d.,/-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{2,4})(?![\d/])"
)

BEFORE_LAST = rare(r"\bbefore last\b|\bvorletzte[nr]?\b|\bvoorvorige\b")

# "Last Tuesday", said on a Wednesday, is yesterday to some and a week ago to others; "el martes pasado" is yesterday.
LAST_DAY = rare(r"\b(?:last|letzte[nr]?|vorige[nr]?|dernier|forra)\b")

LAST_WEEK = (
    r"(?:last week|past week|letzte woche|vorige woche|vorige week|afgelopen week|la semaine derniere"
    r"|la semana pasada|la settimana scorsa|semana passada|forra veckan|w zeszlym tygodniu)"
)

# "Last", "on" and the like.
BEFORE_WEEKDAY = (
    r"(?:(?:last|this|past|vorletzten|voorvorige|letzten|letzter|letzte|vorigen|vergangenen|diesen|dernier"
    r"|afgelopen|vorige|scorso|lo scorso|el pasado|pasado|na|no|i forra|forra|i|w zeszly|w zeszla|w ubiegly"
    r"|zeszly|w|we|il|el|le|on|am|op|pa) )"
)

BEHIND_WEEKDAY = (
    r"(?: (?:before last|last week|letzter woche|letzte woche|vorige week|derniere?|passee?|pasad[oa]"
    r"|scors[oa]|passad[oa]|jl|i forra veckan|de la semaine derniere|de la semana pasada"
    r"|ubieglego tygodnia))"
)

SHORT_WEEKDAY = (
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|gio|sab|dom)"
)

# Of the short months those of our languages: elsewhere "mas", "pro" and "hun" are months too.
SHORT_MONTHS = word_set(
    "jan janv ene gen sty feb febr fev lut mar mars marz mrt maa apr avr abr kwi may mai mei maj "
    "maja mayo maio mag jun june juin juni cze jul july juil juli lip aug aout ago sie sep sept set "
    "wrz okt oct ott out paz nov lis dec dez dic gru"
)

# Where such a month is a word of another language, it is one only in its own.
WORDS_TOO = {
    "out": (PORTUGUESE,),
    "set": (ITALIAN, PORTUGUESE),
    "mag": (ITALIAN,),
    "gen": (ITALIAN,),
    "sie": (POLISH,),
    "lip": (POLISH,),
    "lis": (POLISH,),
}

_DAY_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])"
_BEFORE_DAY = r"(?:on|am|vom|der|den|dem|op|de|le|du|el|il|em|no|dia|dnia)"
_BEHIND_DAY = r"(?:st|nd|rd|th|\.|er|e|ste|o|:e|:a)"

BARE_DAY = rare(rf"(?:{_BEFORE_DAY} )*(?:the )?(?P<number>{_DAY_OF_MONTH}){_BEHIND_DAY}?")
"""A day of some month, and nothing else."""

# "On the 24th, not 25th", "am 24., nicht am 25.", "el 24, no el 25". A number alone may be anything.
DAY_NOT_DAY = rare(
    rf"(?<![\w.,/:-])(?P<day>(?P<before>(?:{_BEFORE_DAY} )+)?(?P<the>the )?{_DAY_OF_MONTH}(?P<behind>{_BEHIND_DAY})?(?!\d))"
    r",? (?:(?:and|but|und|et|y|e|en|och) )?(?:not|nicht|pas|niet|non|nao|inte|nie|no(?= (?:el|dia) ))"
    rf" (?P<other>(?:{_BEFORE_DAY} )*(?:the )?{_DAY_OF_MONTH}{_BEHIND_DAY}?)(?![\w/:%-]|[.,]\d)"
)

# "The next review is on the 24th": that one is still to come. "It is" and "the date is" speak of the win.
STILL_TO_COME = rare(
    r"\b(?:next|upcoming|coming|nachste[nrs]?|kommende[nrs]?|prochaine?|proxim[oa]|volgende|prossim[oa]|nasta|kommande)\b"
    r"|(?<!\bit)(?<!\bthat)(?<!\bthis)(?<!\bdate)(?<!\bdatum)(?<!\bdas)(?<!\bes) (?:is|are|ist|sind|est)\s*$"
)

# Words that help to name a day, and no other.
DAY_WORDS = word_set(
    "the on of last this past yesterday today st nd rd th am vom den der letzten letzte vorigen "
    "gestern heute vorgestern le du hier avant-hier aujourd'hui dernier el de ayer anteayer hoy pasado "
    "op gisteren eergisteren vandaag afgelopen day before morning afternoon night uhr "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi "
    "samedi dimanche lunes martes miercoles jueves viernes sabado domingo maandag dinsdag woensdag "
    "donderdag vrijdag zaterdag zondag"
)

MONTHS = frozenset(flatten(m) for m in month_names())

# Clauses that tell when it was said.
DAY_FRAMES = (
    (
        rf"{WHO}? ?{TOLD} (?:on |back on |am |vom |le |el |op )?(?P<value>.+?)(?:,? (?:not|nicht|pas|no"
        rf"|niet|and not|y no|und nicht) .{{2,30}})?"
    ),
)

# "It's Monday, be nice" speaks of today.
SPEAKS_OF_TODAY = rare(r"(?:it'?s|it is|das ist|es ist|heute ist|c'est|es|het is) ")


@cache
def names_of_days() -> frozenset[str]:
    return frozenset(w for w in WEEKDAYS if len(w) > 5) | word_set(
        "january february april august september october november december januar februar oktober dezember "
        "janvier fevrier septembre octobre novembre decembre enero febrero septiembre octubre noviembre diciembre"
    )
