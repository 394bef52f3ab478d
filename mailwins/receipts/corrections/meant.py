"""What the words of a correction stand for: an account, a kind, a colleague, a day, an amount."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from rapidfuzz import fuzz, process

from mailwins.config import Kind as Category
from mailwins.model import Account, Directory, Measure, Member, Source
from mailwins.parsers.addresses import parse_author
from mailwins.parsers.dates import parse_date
from mailwins.receipts.wishes.days import counted_back, week_before
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.words.days import BARE_DAY
from mailwins.receipts.wishes.words.lexicon import kind_called
from mailwins.understanding import accounts, mood, windate
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.sorts import is_only_a_sort
from mailwins.understanding.summary.line import shorten


def find_account(stated: str, directory: Directory) -> tuple[Account | None, tuple[str, ...]]:
    """(the account that is certainly meant, else those that may be)."""
    stated = re.sub(r"\s*\([^()]*\)\s*$", "", stated) or stated
    settled = accounts.settle(stated=stated, addresses=(), hint=None, texts=(), thread=(), directory=directory)
    account = settled.account
    if account is None and len(owners := _with_words(stated, directory)) == 1:
        return owners[0], ()
    if account is None:
        return None, settled.candidates[:3]
    if settled.reason.source is Source.STATED:
        return account, ()
    names = [
        fold_name(n) for shown in (account.name, *account.aliases) for n in (shown, accounts.without_legal_form(shown))
    ]
    folded = fold_name(accounts.without_legal_form(stated))
    is_close = len(folded) >= 5 and any(fuzz.ratio(folded, n) >= accounts.FUZZY_STATED for n in names)
    size = len(folded.split())
    is_shared = any(
        fuzz.ratio(folded, " ".join(fold_name(n).split()[:size])) >= accounts.NEAR
        for a in directory.accounts
        if a is not account
        for n in (a.name, *a.aliases)
    )
    begins = len(folded) >= 4 and any(n.startswith(f"{folded} ") for n in names) and not is_shared
    if is_close or begins or _with_words(stated, directory) == [account]:
        return account, ()
    return None, tuple(dict.fromkeys((account.name, *settled.candidates)))[:3]


def _with_words(stated: str, directory: Directory) -> list[Account]:
    """The accounts with a name that has every word of *stated*, one of them no short one: "Lindau" for "Hotel Adler Lindau"."""
    words = set(fold_name(stated).split())
    if is_only_a_sort(fold_name(stated)) or max((len(w) for w in words), default=0) < 5:
        return []
    return [
        account
        for account in directory.accounts
        if any(all(_is_like(w, fold_name(name).split()) for w in words) for name in (account.name, *account.aliases))
    ]


def _is_like(word: str, words: Sequence[str]) -> bool:
    return any(word == other or (len(word) > 4 and fuzz.ratio(word, other) >= accounts.NEAR) for other in words)


def find_category(word: str, categories: Mapping[str, Category]) -> tuple[str | None, tuple[str, ...]]:
    """(the kind that is meant, else names of those that are near)."""
    bare = re.sub(r"^(?:an?|the|eine?|une?|una?|een)\s+|\s+(?:win|kind)$", "", word.strip(), flags=re.I)
    for text in (word, bare):
        if found := mood.category_named(text, categories):
            return found, ()
        if (known := kind_called(text)) and known in categories:
            return known, ()
    folded = fold_name(bare.replace("_", " "))
    spellings = {fold_name(c.name): c.id for c in categories.values()} | {
        w: i for w, i in mood.SPOKEN.items() if i in categories and len(w) > 4
    }
    ranked = process.extract(folded, list(spellings), scorer=fuzz.ratio, limit=6, score_cutoff=60)
    ids = list(dict.fromkeys(spellings[name] for name, _, _ in ranked))
    if (
        ranked
        and ranked[0][1] >= 84
        and (len(ids) == 1 or ranked[0][1] - next(s for n, s, _ in ranked if spellings[n] != ids[0]) >= 6)
    ):
        return ids[0], ()
    return None, tuple(categories[i].name for i in ids[:3])


def find_member(text: str, directory: Directory) -> Member | None:
    """By address, full name, or a first name that only one colleague has."""
    if "@" in text and (member := directory.member(parse_author(text).address)):
        return member
    folded = fold_name(text)
    colleagues = [m for m in directory.members if not m.is_notifier and m.name]
    exact = [m for m in colleagues if fold_name(m.name) == folded]
    first = [m for m in colleagues if fold_name(m.name).split()[:1] == [folded]]
    found = exact or first
    return found[0] if len(found) == 1 else None


_SHORT_DATE = re.compile(r"^(\d{1,2})\s?([./-])\s?(\d{1,2})(?:\s?\2\s?(\d{2}|\d{4})?)?$")


def days_meant(text: str, written: date) -> tuple[date, ...]:
    """The day a person names, two where 11/12 or "last Tuesday" can be either, none where it is no day. Without a year: the last such day."""
    text = (
        " ".join(text.split()).strip(" .,") if not re.match(r"^\d{1,2}\.\s?\d{1,2}\.$", text.strip()) else text.strip()
    )
    if match := _SHORT_DATE.match(text):
        return _short_days(match, written)
    if day := counted_back(text, written):
        other = week_before(text, day, written)
        return (other, day) if other else (day,)
    parsed = parse_date(text)
    if isinstance(parsed, datetime):
        return (parsed.date(),)
    if parsed is not None:
        return (parsed,)
    for variant in (text, f"on {text}", f"on the {text}", f"last {text}", f"am {text}", f"{text} pasado", text.title()):
        if found := windate.in_words(variant, written):
            return (found[0],)
    # In a note a day soon to come is a plan; who corrects a date means one gone by, if need be last year's.
    if found := windate.in_words(text, date(written.year, 12, 31)):
        return (_year_before(found[0]) if found[0] > written else found[0],)
    return ()


def days_of_month(text: str, instead_of: str | None, standing: date, written: date) -> tuple[date, ...] | None:
    """The days that "the 24th" can be for a win of the day *standing*, None where *text* names more, or less, than that.

    *instead_of* is the day that was called wrong: where it is the one that stands, the month is that one's.
    """
    match = BARE_DAY.fullmatch(_folded(text))
    if match is None:
        return None
    try:
        in_its_month = standing.replace(day=int(match["number"]))
    except ValueError:
        in_its_month = None
    wrong = BARE_DAY.fullmatch(_folded(instead_of or ""))
    if wrong and int(wrong["number"]) == standing.day and in_its_month:
        return (in_its_month,)
    if wrong:
        return ()
    of_late = days_meant(text, written)
    found = {d for d in (in_its_month, *of_late) if d and d <= written}
    return tuple(sorted(found))


def _folded(text: str) -> str:
    return flatten(text).strip(" ,!")


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _short_days(match: re.Match[str], written: date) -> tuple[date, ...]:
    first, second, year = int(match[1]), int(match[3]), match[4]
    orders = (
        [(first, second)]
        if match[2] == "." or first > 12
        else [(second, first)]
        if second > 12
        else [(first, second), (second, first)]
    )
    found: list[date] = []
    for day, month in orders:
        years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [written.year, written.year - 1]
        for candidate in years:
            try:
                one = date(candidate, month, day)
            except ValueError:
                continue
            if year or one <= written:
                found.append(one)
                break
    return tuple(dict.fromkeys(found))


_AMOUNT = re.compile(
    r"(?P<number>(?:[€$£]\s?)?\d[\d.,]*(?:\s?[kKmM]\b)?)\s*(?P<unit>%|[^\W\d_]+(?:\s+(?:per|a|an|pro|par|por|each|every)\s+[^\W\d_]+)?)?"
)


def amounts(text: str, what: str) -> tuple[Measure, ...]:
    match = _AMOUNT.search(text)
    return (
        (
            Measure(
                {"time": "time saved", "cost": "cost saved"}.get(what, ""),
                None,
                match["number"].strip(),
                (match["unit"] or "").strip(),
            ),
        )
        if match
        else ()
    )


def capitalised(name: str) -> str:
    """``dale whitcomb`` from a phone is Dale Whitcomb."""
    return name.title() if name.islower() and all(w.isalpha() for w in name.split()) else name


def did_you_mean(names: Sequence[str]) -> str:
    return f" Did you mean {listed(names)}?" if names else ""


def listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def short(text: str) -> str:
    return shorten(" ".join(text.split()), 160)
