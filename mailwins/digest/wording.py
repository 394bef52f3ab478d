"""How a win is put into a few words: chips, excerpts, who said it. Shared by digests and receipts; never by mail to customers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mailwins.config import Kind as Category
from mailwins.model import Account, Directory, Win
from mailwins.outbox import fitted, one_line
from mailwins.understanding.accounts import fold_name

COLOURS = {
    "value_realized": "c1", "high_value_task": "c1", "account_goal": "c2", "program": "c2", "milestone": "c2", "adoption": "c3", "participation": "c3",
    "endorsement": "c4", "nps_csat": "c4", "olympics": "c4", "referral": "c5", "stakeholder": "c5", "renewal_expansion": "c6",
}  # fmt: skip
_SENTENCE = re.compile(
    r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bSra\.)(?<!\bz\.B\.)(?<=[.!?…])[\"”»’')\]]*\s+(?=[\"“„«‘'(\[]?[^\W\d_a-zà-ÿ]|\d)|(?<=[。！？])|\n+"
)
_WORD = re.compile(r"\w+")
_BULLET = re.compile(r"^(?:[-*•–·▪]|\d{1,2}[.)])\s+")
# "Tyler Novak, Nov 11, 2026, 09:12 PST" and "Ticket #48977: …": what a help desk prints around the words.
_STAMP = re.compile(
    r"(?:\b20\d\d\b.{0,6}\b\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?: [A-Z]{2,4})?$)|^(?:ticket|case|request|anfrage)\b.{0,8}#?\d{3,}",
    re.I,
)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSING = re.compile(
    r"(?:cheers|best(?: regards| wishes)?|(?:kind|warm|many)? ?regards|many thanks|thanks(?: again)?|thank you|talk soon|yours|all the best|vg|lg|mfg|(?:viele|beste|liebe|herzliche) grüße|cordialement|bien à vous|un saludo|saludos|groetjes|met vriendelijke groet)[\s,.!]*$",
    re.I,
)
WRAPPED_AT = 52
# A rest of a sentence is worth printing from so many words; a line is known again by so many.
MIN_ADDED = 4
MIN_REPEATED = 5
FEWEST = 16
MOST_NAME = 90


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
    """One by one, without list marks; a line that only rules off or stamps a ticket is none."""
    found = [
        _BULLET.sub("", " ".join(s.split()))
        for s in _SENTENCE.split(_unwrapped((text or "")[:20_000]))
        if s and s.strip()
    ]
    return [s for s in found if any(c.isalnum() for c in s) and not _STAMP.search(s)]


def _unwrapped(text: str) -> str:
    """Lines that a mail program broke at its width are one line again; paragraphs, lists and short lines stay apart."""
    out = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.strip()
        last = out.rsplit("\n", 1)[-1]
        is_broken = line and len(last) >= WRAPPED_AT and last[-1] not in ".!?…:。！？" and not _BULLET.match(line)
        goes_on = line[:1].islower() and last and last[-1] not in ".!?…:,"
        out += (" " if is_broken or goes_on else "\n") + line
    return out


def excerpt(text: str | None, limit: int, *, without: str = "") -> str | None:
    """Whole sentences of *text* up to about *limit* characters, in their order, those that *without* says already left out.

    The best stretch is chosen, not the first; a single sentence that is too long is cut at a word with "…". None when nothing is left.
    """
    all_ = [s for s in sentences(plainly(text or "")) if not _greets(s)]
    while len(all_) > 1 and _signs(all_[-1]):
        all_.pop()
    kept = [rest for s in all_ if (rest := _beyond(without, s))]
    if not kept or len(" ".join(kept)) < FEWEST:
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
    words = _joined(kept[best[1] : best[2]])
    if len(words) > limit * 1.25:
        words = words[:limit].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
    elif best[2] < len(kept) and kept[best[2] - 1] != kept[-1] and not words.endswith("…"):
        words += " …"
    return words


def _joined(chosen: Sequence[str]) -> str:
    """Items of a list and lines without a full stop are kept apart by a semicolon."""
    words = ""
    for sentence in chosen:
        if not words or _is_cjk(words[-1]):
            words += sentence
        else:
            words += (" " if words[-1] in '.!?…:;,)”"’' or not words[-1].isascii() else "; ") + sentence
    return words


def plainly(text: str) -> str:
    """Without marks that turn the reading direction around: they could make a line say something else than it holds."""
    return _TURNS.sub("", text)


def headline(win: Win, limit: int = 170) -> str:
    """The summary as a headline. One that was cut with "…" is told to its end from the win's own words, or ends at a clause before that."""
    line = one_line(plainly(win.summary))
    if line.endswith(("…", "...")):
        line = _whole(line.rstrip(".… "), win.detail, limit) or _clause(line.rstrip(".… "))
    return fitted(_capital(balanced(line)), limit)


def balanced(text: str) -> str:
    """A piece cut out of a longer text: a quotation mark whose other half was left behind goes, or is closed."""
    opened, closed = text.count("“"), text.count("”")
    if closed == opened + 1:
        return text[1:] if text.startswith("”") else text[:-1].rstrip() if text.endswith("”") else text
    return f"{text}”" if opened == closed + 1 and "„" not in text else text


def _whole(start: str, detail: str | None, limit: int) -> str | None:
    flat = " ".join((detail or "")[:20_000].split())
    at = flat.casefold().find(start.casefold()[:200]) if len(start) >= 12 else -1
    if at < 0:
        return None
    rest = next((s for s in sentences(flat[at:])), "")
    return rest.rstrip(" .") if len(start) <= len(rest) <= limit else None


def clause(line: str, limit: int) -> str:
    """*line* in at most *limit* characters: ended at a comma or dash when most of it is left then, else cut at a word."""
    if len(line) <= limit:
        return line
    return _clause(fitted(line, limit).rstrip("…"))


def _clause(start: str) -> str:
    """*start* up to its last comma, dash or colon, when most of it is left; else all of it with its "…"."""
    found = [m.start() for m in re.finditer(r"[,;:](?= )| [-–—](?= )", start)]
    at = found[-1] if found else 0
    return start[:at].rstrip() if at >= max(30, len(start) * 0.55) else start + "…"


def _capital(line: str) -> str:
    """A headline begins with a capital, unless the word is spelt in its own way (iPad, eBay)."""
    first = line.split(" ", 1)[0] if line else ""
    return line if any(c.isupper() for c in first) else line[:1].upper() + line[1:]


def _is_cjk(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff"


def _greets(sentence: str) -> bool:
    if (
        len(sentence) < 40
        and sentence.endswith(",")
        and all(w[:1].isupper() or w in ("and", "und", "et", "y", "&") for w in sentence.split())
        and len(sentence.split()) <= 4
    ):
        return True
    return (
        bool(
            re.match(
                r"(?:hi|hello|hey|dear|hallo|liebe[rs]?|sehr geehrte\w*|bonjour|cher|chère|hola|buenos|querid[oa]|beste|ciao|olá|oi|hej|cześć|dzień dobry)\b[^.!?]{0,40}[,!:.]?$",
                sentence,
                re.I,
            )
        )
        and len(sentence) < 48
    )


def _signs(sentence: str) -> bool:
    """A name alone on the last line, or a closing."""
    return bool(_CLOSING.match(sentence)) or (
        len(sentence.split()) <= 3 and sentence[-1].isalpha() and all(w[:1].isupper() for w in sentence.split())
    )


def _weight(sentence: str) -> float:
    """Numbers and strong words make a sentence worth showing; requests and sign-offs do not."""
    words = sentence.split()
    weight = 1.0 + 0.8 * bool(re.search(r"\d", sentence)) + 0.4 * ("!" in sentence) + min(len(words), 20) / 20
    if "://" in sentence or "www." in sentence:
        weight -= 1.2
    if sentence[-1:] not in '.!?…。！？”"’)' and sentence[-1:].isascii():
        weight -= 0.3
    if sentence.endswith("?") or re.match(
        r"(?:please|could|can|bitte|pouvez|por favor|let me know|(?:many )?(?:thanks|thank you)(?: in advance)?[,.!]*$|best(?: regards| wishes)?,?$|best regards|kind regards|regards|cheers|viele grüße)(?:\b|$)",
        sentence,
        re.I,
    ):
        weight -= 1.6
    return weight


def _beyond(line: str, sentence: str) -> str | None:
    """*sentence*, or what it adds to *line*: the part behind the words of *line* when it begins with them, None when it adds nothing to speak of."""
    if _says(line, sentence):
        return None
    words, theirs = [w.casefold() for w in _WORD.findall(line)], list(_WORD.finditer(sentence))
    said = [m[0].casefold() for m in theirs]
    at = (
        next((n for n in range(len(said)) if said[n : n + len(words)] == words), None)
        if len(words) >= MIN_REPEATED
        else None
    )
    if at is None:
        return sentence
    rest = sentence[theirs[at + len(words) - 1].end() :].lstrip(" ,;:–—-")
    return f"… {rest}" if len(_WORD.findall(rest)) >= MIN_ADDED else None


def _says(line: str, sentence: str) -> bool:
    """Whether *line* already holds what *sentence* says."""
    ours, theirs = set(_WORD.findall(line.casefold())), set(_WORD.findall(sentence.casefold()))
    if not theirs or not ours:
        return False
    return len(ours & theirs) / len(theirs) >= 0.8 or (
        len(ours & theirs) / len(ours) >= 0.9 and len(theirs) <= len(ours) * 1.3
    )


def said_by(win: Win) -> tuple[str | None, str | None]:
    """(name, "role, account") of the person at the customer; what is unknown is left out."""
    contact = win.contact
    if contact is None or contact.name is None:
        return None, win.account
    role, account = _name(contact.role), win.account
    if role and account and account.casefold() in role.casefold():
        return _name(contact.name), role
    return _name(contact.name), ", ".join(p for p in (role, account) if p) or None


def _name(text: str | None) -> str | None:
    return fitted(plainly(text), MOST_NAME) if text else None


def shown_name(address: str | None, directory: Directory) -> str | None:
    """A colleague's name for her address; None for tools and for nobody."""
    member = directory.member(address)
    if member is None:
        return address
    return None if member.is_notifier else member.name


def first_name(name: str) -> str:
    return name.split()[0] if name.split() else name


def is_named(account: str, line: str) -> bool:
    """Whether *line* names the account, be it by the first word of its name."""
    words = {w.casefold() for w in _WORD.findall(line)}
    first = next(iter(_WORD.findall(account)), "").casefold()
    return account.casefold() in line.casefold() or (
        len(first) > 3 and first in words and fold_name(first) not in _GENERIC
    )


HIDDEN = "a customer"


def nameless(text: str, win: Win, account: Account | None) -> str:
    """*text* without the customer's name and people: for Olympics outside CS."""
    people = [p for p in ((win.contact.name if win.contact else None),) if p]
    companies = [
        n for n in (win.account, *(account.aliases if account else ()), *(account.domains if account else ())) if n
    ]
    words = [
        w
        for n in (win.account or "",)
        for w in n.split()
        if len(w) > 3 and w[0].isupper() and fold_name(w) not in _GENERIC
    ]
    for name in sorted({*companies, *words}, key=len, reverse=True):
        text = re.sub(
            rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)",
            lambda m: HIDDEN + ("’s" if (m[0].endswith("s") and "’" in m[0][-2:]) or m[0].endswith("'s") else ""),
            text,
            flags=re.I,
        )
    for person in people:
        for name in sorted({person, *[p for p in person.split() if len(p) > 2]}, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", "somebody there", text, flags=re.I)
    text = re.sub(rf"(?:{HIDDEN}[\s,]*)+(?=\b|$)", lambda m: HIDDEN + (" " if m[0].endswith(" ") else ""), text)
    return text[:1].upper() + text[1:]


_GENERIC = frozenset(
    fold_name(w)
    for w in (
        "Group",
        "Company",
        "Services",
        "Solutions",
        "International",
        "Holding",
        "Systems",
        "Global",
        "Limited",
        "Partners",
        "GmbH",
        "Hotel",
        "Hotels",
        "Logistics",
        "Bank",
        "School",
        "City",
        "University",
        "Hospital",
        "Clinic",
    )
)
