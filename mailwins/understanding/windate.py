"""The day of a win: as the forward prints it, as a note names it, else the day the note was written, in its writer's own offset."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from mailwins.model import Reason, Source
from mailwins.parsers.dates import full_month_names, month_names, parse_date
from mailwins.patterns import rare

# "%B" of a date is twenty times as slow.
_MONTHS = tuple(name.capitalize() for name in full_month_names("en"))

# Words for days before the one a note is written on.
_AGO = {
    1: (
        "yesterday",
        "gestern",
        "hier",
        "ayer",
        "gisteren",
        "ieri",
        "ontem",
        "igår",
        "i går",
        "wczoraj",
        "昨日",
        "last night",
    ),
    2: (
        "the day before yesterday",
        "vorgestern",
        "avant-hier",
        "anteayer",
        "eergisteren",
        "l'altro ieri",
        "anteontem",
        "i förrgår",
        "przedwczoraj",
        "一昨日",
        "おととい",
    ),
}
_TODAY = (
    "today",
    "this morning",
    "this afternoon",
    "heute",
    "aujourd'hui",
    "ce matin",
    "hoy",
    "vandaag",
    "vanmorgen",
    "oggi",
    "hoje",
    "idag",
    "dzisiaj",
    "dziś",
    "本日",
    "今日",
    "今朝",
)
_DAYS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        (
            "monday",
            "montag",
            "lundi",
            "lunes",
            "maandag",
            "lunedì",
            "segunda-feira",
            "måndag",
            "poniedziałek",
            "月曜",
            "mon",
        ),
        (
            "tuesday",
            "dienstag",
            "mardi",
            "martes",
            "dinsdag",
            "martedì",
            "terça-feira",
            "tisdag",
            "wtorek",
            "火曜",
            "tue",
            "tues",
        ),
        (
            "wednesday",
            "mittwoch",
            "mercredi",
            "miércoles",
            "woensdag",
            "mercoledì",
            "quarta-feira",
            "onsdag",
            "środa",
            "środę",
            "水曜",
            "wed",
        ),
        (
            "thursday",
            "donnerstag",
            "jeudi",
            "jueves",
            "donderdag",
            "giovedì",
            "quinta-feira",
            "torsdag",
            "czwartek",
            "木曜",
            "thu",
            "thurs",
        ),
        (
            "friday",
            "freitag",
            "vendredi",
            "viernes",
            "vrijdag",
            "venerdì",
            "sexta-feira",
            "fredag",
            "piątek",
            "金曜",
            "fri",
        ),
        (
            "saturday",
            "samstag",
            "sonnabend",
            "samedi",
            "sábado",
            "zaterdag",
            "sabato",
            "lördag",
            "sobota",
            "sobotę",
            "土曜",
            "sat",
        ),
        (
            "sunday",
            "sonntag",
            "dimanche",
            "domingo",
            "zondag",
            "domenica",
            "söndag",
            "niedziela",
            "niedzielę",
            "日曜",
            "sun",
        ),
    )
):
    _DAYS.update(dict.fromkeys(_names, _number))
_DAY_NAMES = sorted((d for d in _DAYS if (d.isascii() and len(d) > 3) or not d.isascii()), key=len, reverse=True)
_DAY_WORD = "|".join(map(re.escape, _DAY_NAMES))
# "last Thursday", "on Monday", "am Montag", "vorigen Dienstag", "mardi dernier", "el lunes pasado": a day gone by.
_PAST_DAY = rare(
    rf"(?:\b(?P<lead>last|on|past|this|am|letzten|letzte|vorigen|vergangenen|le|el|pasado|afgelopen|op|scorso|lo scorso|na|i|på|förra|w|we|先週の)\s+)?(?P<day>{_DAY_WORD})(?:\s+(?P<trail>dernier|passé|pasado|scorso|passada|passado|jl|i förra veckan))?(?!\w)",
    re.I,
)
_GONE = frozenset(
    [
        "last",
        "past",
        "letzten",
        "letzte",
        "vorigen",
        "vergangenen",
        "pasado",
        "afgelopen",
        "scorso",
        "lo scorso",
        "förra",
        "先週の",
    ]
)
_NEXT = rare(
    r"\b(?:since|seit|depuis|desde|sinds|sedan|dal|od|next|coming|nächsten|kommenden|prochain|próximo|volgende|prossimo|by|until|before|every|each|jeden|chaque|cada|elke|bis)\s*$",
    re.I,
)
_NEXT_BEHIND = rare(r"^\s*(?:prochain|next|que viene|próximo|prossimo|s\b)", re.I)
# "on Friday we have an appointment": the words without "last" tell a day to come as well as a day gone by.
_TO_COME = rare(
    r"\b(?:will|'ll|going to|appointment|scheduled|planned|due|starts|kicks? off|termin|werden|wird|geplant|verabredet|steht an|rendez-vous|aura lieu|prévue?|prochaine?|cita|iremos|vamos a|tendremos|afspraak|gepland|zullen|appuntamento|in programma|vamos|marcad[ao]|kommer att|planerad|spotkanie|będzie)\b|(?:予定|来週)",
    re.I,
)
_ON_THE = rare(r"\b(?:on the|am|vom|on)\s+(\d{1,2})(?:st|nd|rd|th|\.)(?!\s*\d)(?!\w)", re.I)
_LONG_DATE = rare(
    r"(?<![\d/.-])(\d{1,2})(?:st|nd|rd|th|\.|er|º|ª)?\s*(?:of\s+|de\s+)?([^\W\d_]{3,12})\.?(?:,?\s+(?:de\s+)?(\d{4}))?(?!\w)",
    re.I,
)
_LONG_DATE_US = rare(r"(?<!\w)([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?(?![\d:%])", re.I)
_NUMERIC = rare(r"(?<![\d/.-])(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?![\d/])")
_DIGIT = re.compile(r"\d")
_CJK_DATE = rare(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
FAR_BACK = timedelta(days=400)
SOON = timedelta(days=120)


def of_quoted(written: datetime | date | None, fallback: date) -> tuple[date, Reason]:
    """A forward's own date: its wall clock's day, whatever our zone."""
    if written is not None:
        said = f"the mail says it was written on {written.day} {_MONTHS[written.month - 1]} {written.year}."
        return written.date() if isinstance(written, datetime) else written, Reason(Source.STATED, said)
    return fallback, Reason(
        Source.GUESSED, "the original prints no readable date; this is the day it was sent to us.", 0.5
    )


def of_stated(text: str, written: date) -> date | None:
    """A ``Date:`` line, or a word for a day."""
    parsed = parse_date(text)
    if isinstance(parsed, datetime):
        return parsed.date()
    if parsed is not None:
        return parsed
    found = in_words(text, written)
    return found[0] if found else None


def of_note(text: str, written: date) -> tuple[date, Reason]:
    """*written*: the day of the note in its writer's own offset."""
    found = in_words(text, written)
    if found:
        day, words = found
        return day, Reason(Source.STATED, f"the note says “{words}”.", None)
    return written, Reason(Source.STATED, "the day the note was written.")


def in_words(text: str, written: date) -> tuple[date, str] | None:
    """(day, the words that name it): the first one in the text, never after the note."""
    low = text[:4_000].lower()
    found: list[tuple[int, date, str]] = []
    for days, names in _AGO.items():
        for word in names:
            at = _find(low, word)
            if at is not None:
                found.append((at - (days == 2), written - timedelta(days=days), word))
    for word in _TODAY:
        at = _find(low, word)
        if at is not None:
            found.append((at, written, word))
    for match in _PAST_DAY.finditer(text[:4_000]) if any(map(low.__contains__, _DAY_NAMES)) else ():
        if (
            not (match["lead"] or match["trail"])
            or _NEXT.search(text[: match.start()])
            or _NEXT_BEHIND.match(text[match.end() :])
            or (match["lead"] or "").lower() == "this"
        ):
            continue
        if (
            (match["lead"] or "").lower() not in _GONE
            and not match["trail"]
            and _TO_COME.search(_sentence_around(text[:4_000], match.start(), match.end()))
        ):
            continue
        back = (written.weekday() - _DAYS[match["day"].lower()]) % 7 or 7
        found.append((match.start(), written - timedelta(days=back), match[0].strip()))
    found += _numbered(text[:4_000], written)
    found = [f for f in found if f[1] <= written and written - f[1] < FAR_BACK]
    if not found:
        return None
    # Two different days in one note say nothing certain about the win's: the first is where a story begins.
    at, day, words = min(found, key=lambda f: f[0])
    return day, words


def _sentence_around(text: str, start: int, end: int) -> str:
    first = max(text.rfind(mark, 0, start) for mark in ".!?;") + 1
    ends = [at for mark in ".!?;" if (at := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text))]


def _find(low: str, word: str) -> int | None:
    if word not in low:
        return None
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)" if word.isascii() or " " in word else re.escape(word), low)
    return match.start() if match else None


def _numbered(text: str, written: date) -> list[tuple[int, date, str]]:
    if not _DIGIT.search(text):
        return []
    found: list[tuple[int, date, str]] = []
    whole_dates: list[tuple[int, int]] = []
    months = month_names()
    for match in _LONG_DATE.finditer(text):
        if month := months.get(match[2].lower()):
            whole_dates.append(match.span())
            found += _dated(match.start(), match[0], int(match[1]), month, match[3], written)
    for match in _LONG_DATE_US.finditer(text):
        if month := months.get(match[1].lower()):
            whole_dates.append(match.span())
            if match[1][0].isupper():
                found += _dated(match.start(), match[0], int(match[2]), month, match[3], written)
    for match in _NUMERIC.finditer(text):
        parsed = parse_date(match[1])
        if isinstance(parsed, date) and not isinstance(parsed, datetime):
            found.append((match.start(), parsed, match[0]))
    for match in _CJK_DATE.finditer(text):
        found += _dated(match.start(), match[0], int(match[3]), int(match[2]), match[1], written)
    for match in _ON_THE.finditer(text):
        # "am 3. August" is a whole date already.
        if any(start <= match.start(1) < end for start, end in whole_dates):
            continue
        day = int(match[1])
        for back in range(2):
            year, month = (
                (written.year, written.month)
                if not back
                else (written.year - (written.month == 1), (written.month - 2) % 12 + 1)
            )
            try:
                candidate = date(year, month, day)
            except ValueError:
                continue
            if candidate <= written:
                found.append((match.start(), candidate, match[0]))
                break
    return found


def _dated(at: int, words: str, day: int, month: int, year: str | None, written: date) -> list[tuple[int, date, str]]:
    for guess in (int(year),) if year else (written.year, written.year - 1):
        try:
            candidate = date(guess, month, day)
        except ValueError:
            continue
        if candidate <= written:
            return [(at, candidate, words.strip())]
        if candidate - written <= SOON:
            # "accepted our review for 2 December", told in November: a plan, not last year's.
            return []
    return []
