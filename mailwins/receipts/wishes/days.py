"""Where a text names a day, in ten languages, and how far back "two weeks ago" is. Which day it is, ``corrections.meant`` decides."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.lexicon import DUTCH, GERMAN, ITALIAN, POLISH, PORTUGUESE

_WEEKDAYS = (
    "monday montag lundi lunes maandag lunedi segunda mandag mandags mandagen poniedzialek",
    "tuesday dienstag mardi martes dinsdag martedi terca tisdag tisdags tisdagen wtorek",
    "wednesday mittwoch mercredi miercoles woensdag mercoledi quarta onsdag onsdags onsdagen sroda srode",
    "thursday donnerstag jeudi jueves donderdag giovedi quinta torsdag torsdags torsdagen czwartek",
    "friday freitag vendredi viernes vrijdag venerdi sexta fredag fredags fredagen piatek",
    "saturday samstag sonnabend samedi sabado zaterdag sabato lordag lordags lordagen sobota sobote",
    "sunday sonntag dimanche domingo zondag domenica sondag sondags sondagen niedziela niedziele",
)
WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_FEIRA = frozenset({"segunda", "terca", "quarta", "quinta", "sexta"})
_AGO = {
    0: "today|heute|aujourd'hui|hoy|vandaag|oggi|hoje|idag|i dag|dzisiaj|dzis|this morning|heute morgen|ce matin|vanmorgen|stamattina",
    1: "yesterday|gestern|hier|ayer|gisteren|ieri|ontem|igar|i gar|wczoraj|last night|gestern abend",
    2: "the day before yesterday|day before yesterday|vorgestern|avant-hier|anteayer|eergisteren|l'altro ieri|altroieri|anteontem|i forrgar|przedwczoraj",
    7: "a week ago today|a week ago|one week ago|heute vor einer woche|vor einer woche|il y a une semaine|hace una semana|een week geleden|una settimana fa|ha uma semana|for en vecka sedan|tydzien temu",
    14: "a fortnight ago|two weeks ago|vor zwei wochen|il y a deux semaines|il y a quinze jours|hace dos semanas|twee weken geleden|due settimane fa|ha duas semanas|for tva veckor sedan|dwa tygodnie temu",
}  # fmt: skip
_NUMBERS = "one|two|three|four|five|six|ein|einem|zwei|drei|vier|funf|sechs|un|deux|trois|quatre|cinq|uno|dos|tres|cuatro|cinco|een|twee|drie|vier|vijf|due|tre|quattro|cinque|um|dois|quatro|en|tva|fyra|fem|jeden|dwa|trzy|cztery"
_COUNT = {
    w: n
    for n, words in {
        1: "one ein einem un uno een um en jeden a",
        2: "two zwei deux dos twee due dois tva dwa a couple of",
        3: "three drei trois tres drie tre trzy",
        4: "four vier quatre cuatro quattro quatro fyra cztery",
        5: "five funf cinq cinco vijf cinque fem",
        6: "six sechs seis zes sei sex",
    }.items()
    for w in words.split()
}
_WEEKS = "(?:weeks?|weken|week|wochen?|semaines?|semanas?|settiman[ae]|veckor|vecka|tygodnie|tygodni)"
_DAYS_AGO = re.compile(
    rf"\b(?:(?P<a>\d{{1,2}}|{_NUMBERS}|a couple of) (?:days?|dagen|giorni|dni|{_WEEKS}) (?:ago|geleden|fa|temu)(?: today)?|vor (?P<b>\d{{1,2}}|{_NUMBERS}) (?:tagen|{_WEEKS})"
    rf"|il y a (?P<c>\d{{1,2}}|{_NUMBERS}) (?:jours|{_WEEKS})|(?:hace|ha) (?P<d>\d{{1,2}}|{_NUMBERS}) (?:dias|{_WEEKS})|for (?P<e>\d{{1,2}}|{_NUMBERS}) (?:dagar|{_WEEKS}) sedan)\b"
)
_PLAIN = re.compile(
    r"(?<![\d.,/-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{2,4})(?![\d/])"
)
_BEFORE_LAST = re.compile(r"\bbefore last\b|\bvorletzte[nr]?\b|\bvoorvorige\b")
_WEEK = r"(?:last week|past week|letzte woche|vorige woche|vorige week|afgelopen week|la semaine derniere|la semana pasada|la settimana scorsa|semana passada|forra veckan|w zeszlym tygodniu)"
_BEFORE = r"(?:(?:last|this|past|vorletzten|voorvorige|letzten|letzter|letzte|vorigen|vergangenen|diesen|dernier|afgelopen|vorige|scorso|lo scorso|el pasado|pasado|na|no|i forra|forra|i|w zeszly|w zeszla|w ubiegly|zeszly|w|we|il|el|le|on|am|op|pa) )"
_BEHIND = r"(?: (?:before last|last week|letzter woche|letzte woche|vorige week|derniere?|passee?|pasad[oa]|scors[oa]|passad[oa]|jl|i forra veckan|de la semaine derniere|de la semana pasada|ubieglego tygodnia))"
_DAY_SHORT = (
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|gio|sab|dom)"
)


# Of the short months those of our languages: elsewhere "mas", "pro" and "hun" are months too.
_SHORT_MONTHS = frozenset(
    [
        "jan",
        "janv",
        "ene",
        "gen",
        "sty",
        "feb",
        "febr",
        "fev",
        "lut",
        "mar",
        "mars",
        "marz",
        "mrt",
        "maa",
        "apr",
        "avr",
        "abr",
        "kwi",
        "may",
        "mai",
        "mei",
        "maj",
        "maja",
        "mayo",
        "maio",
        "mag",
        "jun",
        "june",
        "juin",
        "juni",
        "cze",
        "jul",
        "july",
        "juil",
        "juli",
        "lip",
        "aug",
        "aout",
        "ago",
        "sie",
        "sep",
        "sept",
        "set",
        "wrz",
        "okt",
        "oct",
        "ott",
        "out",
        "paz",
        "nov",
        "lis",
        "dec",
        "dez",
        "dic",
        "gru",
    ]
)
# Where such a month is a word of another language, it is one only in its own.
_WORDS_TOO = {"out": (PORTUGUESE,), "set": (ITALIAN, PORTUGUESE), "mag": (ITALIAN,), "gen": (ITALIAN,), "sie": (POLISH,), "lip": (POLISH,), "lis": (POLISH,)}  # fmt: skip


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    from mailwins.receipts.wishes.vocabulary import MONTHS

    month = (
        "(?:"
        + "|".join(
            sorted(
                (
                    re.escape(m)
                    for m in MONTHS
                    if (len(m) > 4 or m in _SHORT_MONTHS) and m.isascii() and " " not in m and "'" not in m
                ),
                key=len,
                reverse=True,
            )
        )
        + ")"
    )
    day = r"\d{1,2}(?:st|nd|rd|th|er|\.|[ºª])?"
    weekday = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")(?:[- ]feira)?"
    ago = (
        "(?:"
        + "|".join(sorted((re.escape(p) for words in _AGO.values() for p in words.split("|")), key=len, reverse=True))
        + ")"
    )
    lead = rf"(?:(?:{weekday}|{_DAY_SHORT}\.?),? )?(?:the |den |der |dem |le |el |il |de |dnia )?"
    return (
        re.compile(rf"(?<!\w){lead}{day} (?:of |de |d')?{month}\b\.?(?:,? (?:de |del |do )?\d{{4}})?"),
        re.compile(rf"(?<!\w)(?:(?:{weekday}|{_DAY_SHORT}\.?),? )?{month}\.? (?:the )?{day}(?!\d|[.,:]\d| ?%)(?:,? \d{{4}})?"),
        re.compile(rf"(?<!\w)(?:(?:{weekday}|{_DAY_SHORT}\.?),? (?:the |den |dem |le |el |il |de )?)?(?:{_PLAIN.pattern})"),
        _DAYS_AGO,
        re.compile(rf"(?<!\w){ago}(?!\w)"),
        re.compile(rf"(?<!\w)(?:{_WEEK} (?:on |am |op )?)?{_BEFORE}*{weekday}{_BEHIND}?(?!\w)"),
        re.compile(r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|一昨日|おととい|昨日|先週の?[月火水木金土日]曜日?|[月火水木金土日]曜日?)"),
    )  # fmt: skip


def day_spans(text: str, low: str, language: int | None) -> list[tuple[int, int, str, str]]:
    """(start, end, "day", the words) of each day that is named; *language* as in ``lexicon.LANGUAGES``."""
    found: list[tuple[int, int, str, str]] = []
    for pattern in _patterns():
        for match in pattern.finditer(low):
            start, end = match.start(), match.end()
            if any(a < end and start < b for a, b, _, _ in found):
                continue
            if match[0] == "hier" and language in (GERMAN, DUTCH):
                # French yesterday, German and Dutch here.
                continue
            if any(language not in own and re.search(rf"\b{word}\b", match[0]) for word, own in _WORDS_TOO.items()):
                continue
            if re.fullmatch(r"\d{1,2}/10", match[0]):
                # Nine of ten more often than the ninth of October.
                continue
            if match[0] in _FEIRA and language != PORTUGUESE:
                continue
            if re.search(
                r"(?<!\w)(?:next|nachsten|kommenden|by|bis|until|till|every|each|jeden|seit|since|desde|sinds|depuis) $",
                low[:start],
            ):
                continue
            found.append((start, end, "day", text[start:end]))
    return found


def counted_back(text: str, written: date) -> date | None:
    """The day of words like "three days ago", "i fredags", "先週の金曜日"; None where it is none of them."""
    low = flatten(text).strip(" .,!")
    for days, phrases in _AGO.items():
        if low in phrases.split("|"):
            return written - timedelta(days=days)
    if match := _DAYS_AGO.fullmatch(low):
        count = next(g for g in match.groups() if g)
        days = int(count) if count.isdigit() else _COUNT.get(count, 2)
        return written - timedelta(days=days * 7 if re.search(_WEEKS, low) else days)
    if match := re.fullmatch(r"(?P<week>先週の?)?(?P<day>[月火水木金土日])曜日?", low):
        return _weekday("月火水木金土日".index(match["day"]), written, is_last_week=bool(match["week"]))
    words = re.findall(r"[^\W\d_]+", low)
    named = [WEEKDAYS[w] for w in words if w in WEEKDAYS]
    if len(named) == 1 and len(words) <= 6 and not re.search(r"\d", low):
        day = _weekday(named[0], written, is_last_week=re.search(_WEEK, low) is not None)
        return day - timedelta(days=7) if _BEFORE_LAST.search(low) else day
    return None


def _weekday(number: int, written: date, *, is_last_week: bool) -> date:
    back = (written.weekday() - number) % 7 or 7
    if is_last_week:
        monday = written - timedelta(days=written.weekday() + 7)
        return monday + timedelta(days=number)
    return written - timedelta(days=back)
