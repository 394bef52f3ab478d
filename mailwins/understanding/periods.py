"""A time that a member names in a command: "September", "last quarter", "since 1 March", "the last 30 days"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mailwins.parsers.dates import month_names
from mailwins.patterns import rare
from mailwins.understanding.windate import in_words, of_stated


@dataclass(frozen=True, slots=True)
class Period:
    """*last* None: until now."""

    first: date
    last: date | None = None


_UNITS = {
    "day": "days?|tagen?|tage|jours?|días?|dias?|dagen|dag|giorni|dagar",
    "week": "weeks?|wochen?|semaines?|semanas?|weken|week|settiman[ae]|veckan?|veckor",
    "month": "months?|monate?n?s?|mois|mes(?:es)?|m[êe]s|maand(?:en)?|mes[ei]|månad(?:en|er)?",
    "quarter": "quarters?|quartale?s?|trimestres?|kwartaal|kwartalen|trimestr[ei]|kvartal(?:et)?",
    "year": "years?|jahre?s?|an(?:née)?s?|años?|anos?|jaar|jaren|ann[oi]|år(?:et)?",
}
_THIS = r"this|current|diese[rsnm]?|ce(?:tte)?|est[ae]|dit|deze|quest[ao]|denna|detta|den här"
_LAST = r"last|past|previous|letzte[rsnm]?|vorige[rsnm]?|vergangene[rsnm]?|dernier|dernière|passée?|últim[oa]|ultim[oa]|pasad[oa]|passad[oa]|vorige|afgelopen|scors[oa]|förra|senaste"
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_THE = r"(?:the|der|die|das|dem|den|l[ea]s?|el|los|las|de|het|o|il|lo|i|gli)?\s*"
_RELATIVE = rare(
    rf"^{_THE}(?:(?:(?P<this>{_THIS})|(?P<last>{_LAST}))\s+)?(?:{_UNIT})(?:\s+(?P<last2>{_LAST}))?$",
    re.I,
)
_COUNTED = rare(rf"^{_THE}(?:(?:{_LAST})\s+)?(?P<count>\d{{1,3}})\s+(?:{_UNIT})(?:\s+ago)?$", re.I)
_QUARTER = rare(r"^Q(?P<number>[1-4])(?:[\s/-]?(?P<year>20\d\d))?$|^(?P<year2>20\d\d)[\s-]?Q(?P<number2>[1-4])$", re.I)
_MONTH = rare(
    r"^(?:(?:early|mid|anfang|mitte|début|principios de|begin)\s+)?(?P<name>[^\W\d]+)\.?(?:\s+(?P<year>20\d\d))?$", re.I
)
_YEAR = rare(r"^(?:20\d\d)$")
_DAYS_OF = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}


def period_of(text: str, today: date) -> Period | None:
    """The period that *text* names, never one that begins after *today*; None when it names none."""
    words = " ".join(text.split()).strip(" .,:;!?")
    found = _counted(words, today) or _relative(words, today) or _named(words, today)
    if found is None and (day := _day(words, today)):
        found = Period(day)
    return found if found and found.first <= today else None


def _day(words: str, today: date) -> date | None:
    """A single day, when nothing else stands beside it."""
    named = in_words(words, today)
    if named and named[1].casefold().strip() == words.casefold():
        return named[0]
    return of_stated(words, today) if words[:1].isdigit() and len(words.split()) == 1 else None


def _counted(words: str, today: date) -> Period | None:
    match = _COUNTED.match(words)
    if match is None:
        return None
    unit = next(name for name in _UNITS if match[name])
    return Period(today - timedelta(days=int(match["count"]) * _DAYS_OF[unit]))


def _relative(words: str, today: date) -> Period | None:
    match = _RELATIVE.match(words)
    if match is None or not (match["this"] or match["last"] or match["last2"]):
        return None
    unit = next(name for name in _UNITS if match[name])
    if unit == "day":
        return None
    first = _beginning(unit, today)
    if match["this"]:
        return Period(first)
    return Period(_beginning(unit, first - timedelta(days=1)), first - timedelta(days=1))


def _beginning(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return date(day.year, day.month - (day.month - 1) % 3, 1)
    return date(day.year, 1, 1)


def _named(words: str, today: date) -> Period | None:
    if _YEAR.match(words):
        return _whole(date(int(words), 1, 1), date(int(words), 12, 31), today)
    if quarter := _QUARTER.match(words):
        month = 3 * int(quarter["number"] or quarter["number2"]) - 2
        year = int(quarter["year"] or quarter["year2"] or today.year - (month > today.month))
        return _whole(date(year, month, 1), _last_day(year, month + 2), today)
    month_named = _MONTH.match(words)
    number = month_names().get(month_named["name"].lower()) if month_named else None
    if month_named is None or number is None:
        return None
    year = int(month_named["year"] or today.year - (number > today.month))
    return _whole(date(year, number, 1), _last_day(year, number), today)


def _last_day(year: int, month: int) -> date:
    return (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - timedelta(days=1)


def _whole(first: date, last: date, today: date) -> Period:
    return Period(first, last if last < today else None)


_BEGINS = r"since|from|seit|ab|depuis|desde|sinds|vanaf|da|dal|sedan"
_LEAD = rare(rf"^(?:(?P<since>{_BEGINS})|for|in|of|during|over|within|im|en|nel|van)\s+", re.I)


def without_period(text: str, today: date) -> tuple[str, Period | None, str]:
    """(*text* without the time at its end, that time, the words for it as typed).

    "Acme since September" is everything from then on; "Acme in September" is that month. A time that
    begins with "since" and cannot be read is handed back as words without a period.
    """
    words = text.strip(" .,:;!?").split()
    for size in range(min(5, len(words)), 0, -1):
        tail = " ".join(words[-size:])
        match = _LEAD.match(tail)
        when = tail[match.end() :] if match else tail
        period = period_of(when, today) if when else None
        if period is not None:
            begins = bool(match and match["since"])
            return " ".join(words[:-size]), Period(period.first) if begins else period, tail
    for size in range(len(words) - 1, 1, -1):
        tail = " ".join(words[-size:])
        if (match := _LEAD.match(tail)) and match["since"] and match["since"].lower() not in ("ab", "da", "from"):
            return " ".join(words[:-size]), None, tail
    return text.strip(), None, ""
