"""How a win is put into a few words: chips, excerpts, who said it. Shared by digests and receipts; never by mail to customers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mailwins.config import Kind as Category
from mailwins.model import Account, Directory, Win
from mailwins.understanding.accounts import fold_name

COLOURS = {
    "value_realized": "c1", "high_value_task": "c1", "account_goal": "c2", "program": "c2", "milestone": "c2", "adoption": "c3", "participation": "c3",
    "endorsement": "c4", "nps_csat": "c4", "olympics": "c4", "referral": "c5", "stakeholder": "c5", "renewal_expansion": "c6",
}  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”»’')\]]*\s+(?=[\"“„«‘'(\[]?[^\W\d_a-zà-ÿ]|\d)|(?<=[。！？])|\n+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Chip:
    name: str
    colour: str


def chip_of(win: Win, categories: Mapping[str, Category]) -> Chip | None:
    """None where the kind is unknown: a guess that nobody confirmed gets no label."""
    if win.category is None:
        return None
    known = categories.get(win.category)
    return Chip(known.name if known else win.category.replace("_", " "), COLOURS.get(win.category, "c1"))


def short_days(first: date, last: date) -> str:
    """``9 to 16 Nov``, ``28 Sep to 4 Oct``, ``16 Nov``."""
    if first == last:
        return f"{last.day} {last:%b}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {last:%b}"
    return f"{first.day} {first:%b} to {last.day} {last:%b}"


def sentences(text: str | None) -> list[str]:
    return [" ".join(s.split()) for s in _SENTENCE.split((text or "")[:20_000]) if s and s.strip()]


def excerpt(text: str | None, limit: int, *, without: str = "") -> str | None:
    """Whole sentences of *text* up to about *limit* characters, in their order, those that *without* says already left out.

    The best stretch is chosen, not the first; a single sentence that is too long is cut at a word with "…". None when nothing is left.
    """
    all_ = [s for s in sentences(text) if not _greets(s)]
    kept = [s for s in all_ if not _says(without, s)]
    if not kept:
        return None
    best: tuple[float, int, int] = (-1.0, 0, 1)
    for start in range(len(kept)):
        length, weight = 0, 0.0
        for end in range(start, len(kept)):
            length += len(kept[end]) + 1
            if length > limit and end > start:
                break
            weight += _weight(kept[end])
            if weight - 0.05 * start > best[0]:
                best = (weight - 0.05 * start, start, end + 1)
    chosen = kept[best[1] : best[2]]
    words = "".join(s if not n or _is_cjk(chosen[n - 1][-1]) else " " + s for n, s in enumerate(chosen))
    if len(words) > limit * 1.25:
        words = words[:limit].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
    elif best[2] < len(kept) and kept[best[2] - 1] != kept[-1] and not words.endswith("…"):
        words += " …"
    return words


def _is_cjk(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff"


def _greets(sentence: str) -> bool:
    return bool(re.match(r"(?:hi|hello|hey|dear|hallo|liebe[rs]?|sehr geehrte\w*|bonjour|cher|chère|hola|buenos|querid[oa]|beste|ciao|olá|oi|hej|cześć|dzień dobry)\b[^.!?]{0,40}[,!:.]?$", sentence, re.I)) and len(sentence) < 48


def _weight(sentence: str) -> float:
    """Numbers and strong words make a sentence worth showing; requests and sign-offs do not."""
    words = sentence.split()
    weight = 1.0 + 0.8 * bool(re.search(r"\d", sentence)) + 0.4 * ("!" in sentence) + min(len(words), 20) / 20
    if sentence.endswith("?") or re.match(r"(?:please|could|can|bitte|pouvez|por favor|let me know|thanks|thank you|best|regards|cheers|viele grüße|danke)\b", sentence, re.I):
        weight -= 1.6
    return weight


def _says(line: str, sentence: str) -> bool:
    """Whether *line* already holds what *sentence* says."""
    ours, theirs = set(_WORD.findall(line.casefold())), set(_WORD.findall(sentence.casefold()))
    if not theirs or not ours:
        return False
    return len(ours & theirs) / len(theirs) >= 0.8 or (len(ours & theirs) / len(ours) >= 0.9 and len(theirs) <= len(ours) * 1.3)


def said_by(win: Win) -> tuple[str | None, str | None]:
    """(name, "role, account") of the person at the customer; what is unknown is left out."""
    contact = win.contact
    if contact is None or contact.name is None:
        return None, win.account
    return contact.name, ", ".join(p for p in (contact.role, win.account) if p) or None


def shown_name(address: str | None, directory: Directory) -> str | None:
    """A colleague's name for her address; None for tools and for nobody."""
    member = directory.member(address)
    if member is None:
        return address
    return None if member.is_notifier else member.name


def first_name(name: str) -> str:
    return name.split()[0] if name.split() else name


HIDDEN = "a customer"


def nameless(text: str, win: Win, account: Account | None) -> str:
    """*text* without the customer's name and people: for Olympics outside CS."""
    people = [p for p in ((win.contact.name if win.contact else None),) if p]
    companies = [n for n in (win.account, *(account.aliases if account else ()), *(account.domains if account else ())) if n]
    words = [w for n in (win.account or "",) for w in n.split() if len(w) > 3 and w[0].isupper() and fold_name(w) not in _GENERIC]
    for name in sorted({*companies, *words}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", lambda m: HIDDEN + ("’s" if (m[0].endswith("s") and "’" in m[0][-2:]) or m[0].endswith("'s") else ""), text, flags=re.I)
    for person in people:
        for name in sorted({person, *[p for p in person.split() if len(p) > 2]}, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", "somebody there", text, flags=re.I)
    text = re.sub(rf"(?:{HIDDEN}[\s,]*)+(?=\b|$)", lambda m: HIDDEN + (" " if m[0].endswith(" ") else ""), text)
    return text[:1].upper() + text[1:]


_GENERIC = frozenset(fold_name(w) for w in ("Group", "Company", "Services", "Solutions", "International", "Holding", "Systems", "Global", "Limited", "Partners", "GmbH", "Hotel", "Hotels", "Logistics", "Bank", "School", "City", "University", "Hospital", "Clinic"))
