"""What can be the value of a field: a name, a day, a kind, a number."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz, process

from mailwins.receipts.wishes.days import day_spans
from mailwins.receipts.wishes.folding import EDGE, flatten
from mailwins.receipts.wishes.trimming import core_of
from mailwins.receipts.wishes.wish import About, Wish
from mailwins.receipts.wishes.words.days import DAY_WORDS, MONTHS
from mailwins.receipts.wishes.words.doubt import NOT
from mailwins.receipts.wishes.words.fields import PROSE
from mailwins.receipts.wishes.words.grammar import BEGINS_WITH_ARTICLE
from mailwins.receipts.wishes.words.kinds import KIND_WORDS
from mailwins.receipts.wishes.words.people import NOT_NAMES, WITHIN_NAMES
from mailwins.receipts.wishes.words.values import RATHER_A_VALUE, to_number
from mailwins.understanding.windate import in_words


def set_wish(field: str, value: str) -> Wish | None:
    value = " ".join(value.split()) if field not in PROSE else value.strip()
    value = value.strip('*_ \t"“”„«»').strip()
    if field in ("account", "contact", "category", "date", "csm"):
        start, end = core_of(value)
        value = value[start:end]
    if field == "customer_text":
        return Wish("share", value=value)
    return Wish("set", "quote" if field == "detail" else field, value) if value else None


def is_name(text: str, *, lower_too: bool) -> bool:
    """Whether it can be the name of a company or a person: few words, and none that only sentences have.

    The first has a capital, or *lower_too*.
    """
    words = text.strip(EDGE).split()
    if not words or len(words) > 6 or ":" in text:
        return False
    folded = [flatten(w).strip(EDGE) for w in words]
    if folded[0] in NOT_NAMES or folded[0] in DAY_WORDS or folded[0] in MONTHS:
        return False
    head = next((w for w in words if w[0].isalpha() or w[0].isdigit()), "")
    if (head[:1].isalpha() and not head[:1].isascii()) or any(c.isupper() for c in head):
        return not any(w[0].isalpha() and w.islower() and flatten(w) not in WITHIN_NAMES for w in words[1:])
    is_sentence = set(folded) & NOT_NAMES or any(w.endswith(("ing", "ed", "'s", "'re")) for w in folded)
    return lower_too and len(words) <= 3 and not is_sentence


def is_day(text: str) -> bool:
    """Whether every word of it helps to name a day."""
    low = flatten(text).strip(EDGE)
    words = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+", low)
    if not words or len(words) > 6:
        return False
    if len(words) > 1 and any(a == 0 and b == len(low) for a, b, _, _ in day_spans(low, low, None)):
        return True
    if not all(w in DAY_WORDS or w.strip(".") in MONTHS or (w.isdigit() and len(w) <= 4) for w in words):
        return False
    # A month alone is no day, and some months' names are words: "mag" is May somewhere.
    named = any(w in MONTHS for w in words if any(x.isdigit() for x in words)) or any(
        w in DAY_WORDS
        and len(w) > 3
        and w not in ("last", "this", "past", "letzten", "letzte", "morning", "dernier", "before", "pasado")
        for w in words
    )
    digits = [w for w in words if w.isdigit()]
    if named:
        return len(digits) <= 2 or in_words(text, date(2100, 1, 1)) is not None
    if len(digits) in (2, 3) and re.fullmatch(
        r"(?:on |am |vom |le |el |op )?(?:the )?\d{1,4}[./-]\d{1,2}(?:[./-](?:\d{2,4})?)?", low
    ):
        return True
    return re.fullmatch(r"(?:on )?the \d{1,2}(?:st|nd|rd|th)|(?:on )?\d{1,2}(?:st|nd|rd|th)", low) is not None


def without_on(text: str) -> str:
    return re.sub(r"^(?:on|am|vom|le|el|op)\s+", "", text.strip(EDGE + "-"), flags=re.I)


def value_wish(about: About, low: str) -> Wish | None:
    match = RATHER_A_VALUE.fullmatch(low)
    return Wish("set", "value", to_number(match["n"])) if match else None


def kind_wish(about: About, value: str) -> Wish | None:
    text = value.strip(EDGE)
    low = flatten(text)
    if about.asked == "category" and low.isdecimal() and 0 < int(low) <= len(about.options):
        return Wish("set", "category", about.options[int(low) - 1])
    if match := NOT.search(low):
        text = text[: match.start()]
        low = low[: match.start()]
    if match := BEGINS_WITH_ARTICLE.match(low):
        text, low = text[match.end() :], low[match.end() :]
    if (match := re.search(r" (?:win|kind|type)$", low)) and is_kind(about, low[: match.start()]):
        text, low = text[: match.start()], low[: match.start()]
    return Wish("set", "category", text.strip(EDGE)) if is_kind(about, low) else None


def is_kind(about: About, low: str) -> bool:
    low = low.strip(EDGE).replace("-", " ")
    if low in KIND_WORDS or low in about.kinds:
        return True
    best = (
        process.extractOne(
            low, [k for k in (*KIND_WORDS, *about.kinds) if len(k) > 5], scorer=fuzz.ratio, score_cutoff=88
        )
        if len(low) > 5
        else None
    )
    return best is not None and best[0][0] == low[0]


_BETWEEN_PEOPLE = re.compile(r"\s*[,;&+/]\s*|\s+(?:and|und|et|y|en|e|och|i)\s+")


def are_colleagues(about: About, value: str) -> bool:
    """Whether all that stands there are names, or first or family names, of ours."""
    people = [set(p.split()) for p in _BETWEEN_PEOPLE.split(flatten(value).strip(EDGE)) if p]
    ours = [set(c.split()) for c in about.colleagues]
    return bool(people) and all(any(words <= name for name in ours) for words in people)


# ------------------------------------------------------------ "it's …"
def is_account(about: About, low: str) -> bool:
    """Whether it is a known account's name, or the one word that only that name has, however the thumb typed it."""
    if len(low) <= 3:
        return False
    if process.extractOne(low, about.accounts, scorer=fuzz.ratio, score_cutoff=90) is not None:
        return True
    if len(low) < 5 or " " in low:
        return False
    word = process.extractOne(low, _telling_words(about.accounts), scorer=fuzz.ratio, score_cutoff=88)
    return word is not None and word[0][0] == low[0]


@lru_cache(maxsize=4)
def _telling_words(accounts: tuple[str, ...]) -> tuple[str, ...]:
    """Words of five letters and more that stand in one name alone."""
    counted = Counter(word for name in accounts for word in set(name.split()) if len(word) >= 5)
    return tuple(word for word, count in counted.items() if count == 1)
