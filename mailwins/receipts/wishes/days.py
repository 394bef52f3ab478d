"""Where a text names a day, in ten languages, and how far back "two weeks ago" is.

Which day it is, ``corrections.meant`` decides.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.words.days import (
    AGO,
    BEFORE_LAST,
    BEFORE_WEEKDAY,
    BEHIND_WEEKDAY,
    COUNT,
    DAYS_AGO,
    FEIRA,
    LAST_DAY,
    LAST_WEEK,
    MONTHS,
    PLAIN_DATE,
    SHORT_MONTHS,
    SHORT_WEEKDAY,
    WEEKDAYS,
    WEEKS,
    WORDS_TOO,
)
from mailwins.receipts.wishes.words.lexicon import DUTCH, GERMAN, PORTUGUESE

NEAR = timedelta(days=2)
"""A weekday so short a time ago is called by its name, or yesterday; "last" may be the one before."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = (
        "(?:"
        + "|".join(
            sorted(
                (
                    re.escape(m)
                    for m in MONTHS
                    if (len(m) > 4 or m in SHORT_MONTHS) and m.isascii() and " " not in m and "'" not in m
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
        + "|".join(sorted((re.escape(p) for words in AGO.values() for p in words.split("|")), key=len, reverse=True))
        + ")"
    )
    lead = rf"(?:(?:{weekday}|{SHORT_WEEKDAY}\.?),? )?(?:the |den |der |dem |le |el |il |de |dnia )?"
    return (
        re.compile(rf"(?<!\w){lead}{day} (?:of |de |d')?{month}\b\.?(?:,? (?:de |del |do )?\d{{4}})?"),
        re.compile(
            rf"(?<!\w)(?:(?:{weekday}|{SHORT_WEEKDAY}\.?),? )?{month}\.? (?:the )?{day}(?!\d|[.,:]\d"
            rf"| ?%)(?:,? \d{{4}})?"
        ),
        re.compile(
            rf"(?<!\w)(?:(?:{weekday}|{SHORT_WEEKDAY}\.?),? (?:the |den |dem |le |el |il "
            rf"|de )?)?(?:{PLAIN_DATE.pattern})"
        ),
        re.compile(r"(?<=\bon )the (?:[6-9]|[12]\d|3[01])(?:st|nd|rd|th)(?! \w+ (?:one|win))(?!\w)"),
        DAYS_AGO,
        re.compile(rf"(?<!\w){ago}(?!\w)"),
        re.compile(rf"(?<!\w)(?:{LAST_WEEK} (?:on |am |op )?)?{BEFORE_WEEKDAY}*{weekday}{BEHIND_WEEKDAY}?(?!\w)"),
        re.compile(
            r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|一昨日|おととい|昨日|先週の?[月火水木金土日]曜日?|[月火水木金土日]曜日?)"
        ),
    )


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
            if any(language not in own and re.search(rf"\b{word}\b", match[0]) for word, own in WORDS_TOO.items()):
                continue
            if re.fullmatch(r"\d{1,2}/10", match[0]):
                # Nine of ten more often than the ninth of October.
                continue
            if match[0] in FEIRA and language != PORTUGUESE:
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
    for days, phrases in AGO.items():
        if low in phrases.split("|"):
            return written - timedelta(days=days)
    if match := DAYS_AGO.fullmatch(low):
        count = next(g for g in match.groups() if g)
        days = int(count) if count.isdigit() else COUNT.get(count, 2)
        return written - timedelta(days=days * 7 if re.search(WEEKS, low) else days)
    if match := re.fullmatch(r"(?P<week>先週の?)?(?P<day>[月火水木金土日])曜日?", low):
        return _weekday("月火水木金土日".index(match["day"]), written, is_last_week=bool(match["week"]))
    words = re.findall(r"[^\W\d_]+", low)
    named = [WEEKDAYS[w] for w in words if w in WEEKDAYS]
    if len(named) == 1 and len(words) <= 6 and not re.search(r"\d", low):
        day = _weekday(named[0], written, is_last_week=re.search(LAST_WEEK, low) is not None)
        return day - timedelta(days=7) if BEFORE_LAST.search(low) else day
    return None


def week_before(text: str, day: date, written: date) -> date | None:
    """The other day that *text* may mean beside *day*, which it was counted back to; None where there is none."""
    low = flatten(text)
    is_near = timedelta(0) < written - day <= NEAR and any(w in WEEKDAYS for w in re.findall(r"[^\W\d_]+", low))
    return day - timedelta(days=7) if is_near and LAST_DAY.search(low) and not re.search(LAST_WEEK, low) else None


def _weekday(number: int, written: date, *, is_last_week: bool) -> date:
    back = (written.weekday() - number) % 7 or 7
    if is_last_week:
        monday = written - timedelta(days=written.weekday() + 7)
        return monday + timedelta(days=number)
    return written - timedelta(days=back)
