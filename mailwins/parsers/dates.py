"""Dates as mail programs print them above a quoted mail, in many languages. Unreadable is None, never a wrong day.

Month and day names come from Unicode's CLDR (``calendars``).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from functools import cache, lru_cache

from mailwins.parsers.calendars import DAYS, MONTHS

# Names CLDR does not have: what older programs and people write.
_MORE_MONTHS = {"sept": 9, "mrt": 3, "mrz": 3, "jän": 1, "janv": 1, "févr": 2, "avr": 4, "juil": 7, "août": 8, "aout": 8, "déc": 12, "fev": 2, "ago": 8, "set": 9, "out": 10, "dez": 12,
                "gennaio": 1, "сент": 9, "нояб": 11, "июня": 6, "июля": 7, "маj": 5}  # fmt: skip

# Minutes east of UTC. Only names that mean one thing in mail headers; ambiguous ones (IST, CST in Asia, BST) follow RFC 5322 or the mail programs' own use.
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "ut": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "eet": 120, "eest": 180, "oez": 120, "oesz": 180, "msk": 180, "мск": 180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "jst": 540, "kst": 540,
    "aest": 600, "aedt": 660, "acst": 570, "awst": 480, "nzst": 720, "nzdt": 780, "sgt": 480, "hkt": 480, "sast": 120, "brt": -180, "art": -180,
    "hec": 60, "hnec": 60, "heec": 120, "uhr": None, "seč": 60, "selč": 120, "sec": None, "стд": None,
}  # fmt: skip

_AM = (
    "am",
    "a.m",
    "a. m",
    "上午",
    "午前",
    "오전",
    "π.μ",
    "πμ",
    "ص",
    "de.",
    "dop",
    "sa",
    "öö",
    "fm",
    "ip.",
    "vm",
    "f.h",
    "ap.",
)
_PM = ("pm", "p.m", "p. m", "下午", "午後", "오후", "μ.μ", "μμ", "م", "du.", "odp", "ch", "晚上", "em", "nm", "e.h")
# East Asian programs print them before the hour.
_AM_BEFORE = tuple(a for a in _AM if not a.isascii())
_PM_BEFORE = tuple(p for p in _PM if not p.isascii())
_MIDNIGHT_TWELVE = 12


@cache
def _months(language: str | None = None) -> dict[str, int]:
    """Folded names of all languages, or of one: listopad is October in Croatian and November in Polish."""
    names: dict[str, int] = {}
    for row in MONTHS.splitlines():
        code, *months = row.split(" ")
        if language in (None, code):
            for number, cell in enumerate(months, 1):
                for name in cell.split("|"):
                    names.setdefault(name, number)
    names.pop("-", None)
    if language is None:
        for name, number in _MORE_MONTHS.items():
            names.setdefault(_fold(name), number)
    return names


@lru_cache(maxsize=1_000)  # of a day's name, a month and "at", nearly all dates are made
def _month(word: str, language: str | None) -> tuple[int, bool] | None:
    """(the month a word names, whether it is the whole name): cut short with a dot only where one month begins so."""
    bare = word.rstrip(".").replace("’", "'")
    tables = (_months(language), _months()) if language else (_months(),)
    for names in tables:
        if bare in names:
            return names[bare], True
    if len(bare) > 3 and bare[0] == "ב" and (month := _months().get(bare[1:])):
        # Hebrew writes "in" and the month as one word: 15 בנובמבר.
        return month, True
    if len(bare) > 4 and bare[:2] == "d'" and (month := _months().get(bare[2:])):
        return month, True
    for names in tables:
        if word.endswith(".") and len(bare) >= 3:
            numbers = {n for name, n in names.items() if name.startswith(bare)}
            if len(numbers) == 1:
                return numbers.pop(), False
    return None


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().strip()


_TIME = re.compile(r"(?<![\d.:/])(\d{1,2})(?:\s?[:h時点點시]\s?|\.)(\d{2})(?:[:.分분]\s?(\d{2}))?(?![\d/])(?!\.\d)")
_OFFSET = re.compile(r"(?:(?:gmt|utc)\s*)?([+\-−])\s?(\d{1,2}):?(\d{2})?(?!\d)")
_YMD = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?((?:19|20)?\d{2})(?!\d)")
_YEAR = re.compile(r"(?<![\d:])((?:19|20)\d{2}|25[4-9]\d)(?![\d:])")
_DAY = re.compile(r"(?<![\d:.])(\d{1,2})(?![\d:]|\.\d)")
# Vowel signs of Thai, Hindi, Arabic and Hebrew are marks, not letters, to \w: without them พฤศจิกายน falls apart.
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u094f\u0980-\u09e3\u0a00-\u0a65\u0b80-\u0be5\u0c00-\u0c65\u0d80-\u0de5\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])"
_WORD = re.compile(rf"{_LETTER}+(?:['’.]{_LETTER}+)*\.?")
_ASCII_WORD = re.compile(r"[a-z]+(?:['.][a-z]+)*\.?")
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c]")
_DIGIT = re.compile(r"\d")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_HALF_OF_DAY = re.compile(r"\b[ap]\.?m\b")
# Not the year of 24-11-2026.
_NUMERIC_OFFSET = re.compile(r"(?<!\d)[+\-−]\d{4}\b")
_ZONE_NAME = re.compile(r"[^\W\d_]+")
_PARENTHESES = re.compile(r"\([^)]*\)|（[^）]*）|\[[^\]]*\]")
MAX_LENGTH = 120


def parse_date(text: str | None, language: str | None = None, *, latest: date | None = None) -> datetime | date | None:
    """What a header line says: aware where it prints an offset, naive wall clock without, a date without a time, None where unreadable.

    *language* is a hint from the labels around it: only it can tell 04/03 of an English-labelled mail from 04/03 elsewhere.
    *latest* settles a day that may be read two ways, where one of them is later.
    """
    if not text:
        return None
    if text.isascii():
        value = text.lower().strip(" ,;\t*")
    else:
        value = _HIDDEN.sub("", unicodedata.normalize("NFKC", text)).lower().strip(" ,;\t*")
        value = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), value)
    if not value or len(value) > MAX_LENGTH or not _DIGIT.search(value):
        return None
    if "(" in value or "[" in value or "（" in value:
        value = _PARENTHESES.sub(" ", value)
    clock, rest = _time(value)
    day = _day(rest, language, latest)
    if day is None:
        return None
    if clock is None:
        return day
    hour, minute, second, at_end = clock
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001  (naive is the meaning: no offset printed)
    except ValueError:
        return None
    offset = _offset(value[at_end:])
    return moment if offset is None else moment.replace(tzinfo=timezone(timedelta(minutes=offset)))


def _time(value: str) -> tuple[tuple[int, int, int, int] | None, str]:
    """((hour, minute, second, where the clock ends), the text without the clock)."""
    matches = list(_TIME.finditer(value))
    # 16.11.2021 must not be read as a clock; a clock with a colon wins over one with a dot.
    if len(matches) > 1:
        matches.sort(key=lambda m: (":" not in m[0], m.start()))
    for match in matches:
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        if hour > 24 or minute > 59 or second > 60:
            continue
        before, after = value[max(0, match.start() - 8) : match.start()], value[match.end() : match.end() + 8].lstrip()
        if after.startswith(_PM) or before.rstrip().endswith(_PM_BEFORE):
            hour = hour + 12 if hour < _MIDNIGHT_TWELVE else hour
        elif hour == _MIDNIGHT_TWELVE and (
            any(after.startswith(a) and not after[len(a) : len(a) + 1].isalpha() for a in _AM)
            or before.rstrip().endswith(_AM_BEFORE)
        ):
            hour = 0
        if hour > 23:
            continue
        return (hour, minute, min(second, 59), match.end()), value[: match.start()] + " \x00 " + value[match.end() :]
    return None, value


def _day(value: str, language: str | None, latest: date | None = None) -> date | None:
    value = _NUMERIC_OFFSET.sub(" ", value)
    if match := _YMD.search(value):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    named = _named_day(value, language)
    if named is not None:
        return named
    if match := _DMY.search(value):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        year += 2000 if year < 100 else 0
        if first > 12:
            return _date(year, second, first)
        if second > 12:
            return _date(year, first, second)
        if first == second or match[2] in ".-" or (language not in (None, "en")):
            return _date(year, second, first)
        # 04/03/2026 with English labels: American programs print 12-hour clocks, British ones 24-hour ones.
        if latest is None and _HALF_OF_DAY.search(value):
            return _date(year, first, second)
        return _only_past(year, first, second, latest)
    return None


def _only_past(year: int, a: int, b: int, latest: date | None) -> date | None:
    """The one of two readings that is not in the future; None where both are past, or neither."""
    past = [d for d in (_date(year, a, b), _date(year, b, a)) if d and latest and d <= latest]
    return past[0] if len(past) == 1 else None


def _named_day(value: str, language: str | None) -> date | None:
    year_match = _YEAR.search(value)
    words = (_ASCII_WORD if value.isascii() else _WORD).finditer(value)
    named = [(m, *month) for m in words if (month := _month(m[0], language))]
    if named and year_match is None:
        return None
    if named and year_match is not None:
        # "mar. 3 nov. 2026" is a Tuesday in November: the month stands nearer to the year, and a whole name beats a cut one.
        year_start, year_end = year_match.span()
        match, number, _ = min(
            named, key=lambda n: (not n[2], min(abs(n[0].end() - year_start), abs(n[0].start() - year_end)))
        )
        year = int(year_match[1])
        if year >= 2540:  # the Thai calendar counts from the Buddha's death
            year -= 543
        rest = value[:year_start] + " " * (year_end - year_start) + value[year_end:]
        days = list(_DAY.finditer(rest))
        if len(days) > 1:
            days.sort(key=lambda m: min(abs(m.end() - match.start()), abs(m.start() - match.end())))
        return next((_date(year, number, int(d[1])) for d in days if 1 <= int(d[1]) <= 31), None)
    # Vietnamese and others write the month as a number behind a word: "16 tháng 11, 2021".
    if numeric := re.search(r"(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2})\D{1,6}(\d{4})", value):
        return _date(int(numeric[3]), int(numeric[2]), int(numeric[1]))
    if numeric := re.search(r"(\d{1,2})\s+(?:tháng|thg)\s?(\d{1,2})", value):
        year_match = _YEAR.search(value)
        return _date(int(year_match[1]), int(numeric[2]), int(numeric[1])) if year_match else None
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1980 <= year <= 2100 else None


def _offset(after: str) -> int | None:
    """Minutes east of UTC, where the text behind the clock names it."""
    if match := _OFFSET.search(after):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes <= 14 * 60:
            return -minutes if match[1] in "-−" else minutes
    for word in _ZONE_NAME.findall(after):
        if word in _ZONES:
            return _ZONES[word]
    return None


@cache
def month_names() -> dict[str, int]:
    """Folded month name in any of our languages → its number."""
    return dict(_months())


def full_month_names(language: str) -> tuple[str, ...]:
    """January to December as *language* (a locale of ``calendars``) writes them in full, in lower case."""
    row = next(row for row in MONTHS.splitlines() if row.startswith(f"{language} "))
    return tuple(cell.split("|")[0] for cell in row.split(" ")[1:])


@cache
def day_names() -> frozenset[str]:
    """Names of days of the week, long and short, in lower case."""
    return frozenset(DAYS.split())
