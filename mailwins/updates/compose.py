"""The customer update: what they achieved, in their own words and numbers, 90 to 250 words, fit to be passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from mailwins.model import Address, Measure, ShareableWin
from mailwins.outbox import SUBJECT_LIMIT, fitted
from mailwins.updates.phrases import PHRASES, Phrases
from mailwins.updates.words import as_sentence, best_words, count_words

MOST_WORDS = 250
ACHIEVEMENTS = 3
QUOTE_LIMIT = 320


@dataclass(frozen=True, slots=True)
class Figure:
    value: str
    label: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Achievement:
    """*words* verbatim; *is_quote* False for text that the CSM approved. *about*: the speaker's role and the day, ready to print."""

    words: str
    is_quote: bool
    said_by: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the CSM added: shown as she wrote it. None leaves the part out."""

    coming: str | None = None
    question: str | None = None
    meeting: str | None = None

    def as_told(self) -> dict[str, str]:
        """Only the parts that were given."""
        return {key: text for key, text in (("coming", self.coming), ("question", self.question), ("meeting", self.meeting)) if text}


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    role: str | None
    company: str
    address: str


@dataclass(frozen=True, slots=True)
class Update:
    """What the customer templates are handed; made of nothing but ShareableWins, the plan and the signature."""

    title: str
    subject: str
    heading: str
    greeting: str
    opening: str
    figures: tuple[Figure, ...]
    achievements: tuple[Achievement, ...]
    coming: tuple[tuple[str, str], ...]
    thanks: str
    signature: Signature
    source: str
    labels: Phrases
    win_ids: tuple[int, ...]
    language: str = "en"
    is_framed: bool = False
    preheader: str = ""

    @property
    def words(self) -> int:
        return count_words(self)


def compose(account: str, wins: Sequence[ShareableWin], *, since: date, until: date, recipient: Address | None, signature: Signature, language: str = "en", plan: Plan = Plan()) -> Update | None:
    """None where there is nothing that may be told: no update is better than an empty one."""
    if not wins:
        return None
    lang = language if language in PHRASES else "en"
    phrases = PHRASES[lang]
    started = _since(since, until, lang)
    chosen = _chosen(wins)
    figures = _figures(chosen, phrases)
    heading = phrases.heading.format(account=account, since=started)
    first = recipient.name.split()[0] if recipient and recipient.name and lang in ("en", "es", "nl", "fr") else recipient.name if recipient and recipient.name else None
    achievements = tuple(_achievement(w, phrases, lang, is_only=len(chosen) == 1) for w in chosen)
    yours = phrases.numbers_are_yours if figures else phrases.words_are_yours if any(a.is_quote for a in achievements) else ""
    opening = phrases.opening.format(since=started)
    coming = tuple((label, as_sentence(text, "?" if label == phrases.question else ".")) for label, text in ((phrases.coming, plan.coming), (phrases.meeting, plan.meeting), (phrases.question, plan.question)) if text)
    first_day, last_day = (_long(w.happened_on, lang) for w in (min(chosen, key=lambda w: w.happened_on), max(chosen, key=lambda w: w.happened_on)))
    source = phrases.source.format(first=first_day, last=last_day) if first_day != last_day and any(a.is_quote for a in achievements) else ""
    greeting = phrases.greeting.format(who=first) if first else phrases.greeting_nobody
    return Update(
        title=heading, subject=_subject(account, started, figures, phrases), heading=heading,
        greeting=greeting, opening=" ".join(p for p in (opening[0].upper() + opening[1:], yours, phrases.forwardable) if p), figures=figures,
        achievements=_within(achievements), coming=coming, thanks=phrases.thanks, signature=signature,
        source=" ".join(p for p in (source, phrases.mend) if p), labels=phrases, win_ids=tuple(w.ref for w in chosen), language=lang,
    )  # fmt: skip


def _chosen(wins: Sequence[ShareableWin]) -> list[ShareableWin]:
    """The three that tell most: numbers with a before, numbers, a named person, enough words; then in order of time."""

    def weight(win: ShareableWin) -> float:
        return 3 * any(m.before for m in win.measures) + 2 * bool(win.measures) + 1.5 * bool(win.said_by) + min(len(win.words), 300) / 300

    best = sorted(wins, key=lambda w: (-weight(w), -w.happened_on.toordinal(), w.ref))[:ACHIEVEMENTS]
    return sorted(best, key=lambda w: (w.happened_on, w.ref))


def _figures(wins: Sequence[ShareableWin], phrases: Phrases) -> tuple[Figure, ...]:
    """Up to three of their numbers, those with an earlier value first; only measures whose meaning was named."""
    all_: list[Measure] = [m for w in wins for m in w.measures if m.what and len(m.what.split()) <= 6]
    ranked = sorted(dict.fromkeys(all_), key=lambda m: m.before is None)
    seen: set[str] = set()
    out = []
    for m in ranked:
        if m.what.casefold() in seen or m.before is None:
            continue
        seen.add(m.what.casefold())
        out.append(Figure(_with_unit(m.after, m.unit), m.what, phrases.was.format(before=_with_unit(m.before, m.unit))))
    return tuple(out[:3])


def _with_unit(number: str, unit: str) -> str:
    if not unit or unit in number:
        return number
    return f"{unit}{number}" if unit in ("$", "£", "¥") else f"{number}{unit}" if unit == "%" else f"{number} {unit}"


def _achievement(win: ShareableWin, phrases: Phrases, language: str, *, is_only: bool) -> Achievement:
    words = best_words(win.words, QUOTE_LIMIT * 2 if is_only else QUOTE_LIMIT) if win.is_quote else win.words
    if not win.is_quote:
        return Achievement(words, False)
    return Achievement(words, True, win.said_by, ", ".join(p for p in (win.said_by_role, _day(win.happened_on, language)) if p))


def _within(achievements: Sequence[Achievement]) -> tuple[Achievement, ...]:
    """Shortened, longest first, until about 160 words are quoted: with the frame around them the mail stays under 250."""
    kept = list(achievements)
    budget = 160
    while sum(len(a.words.split()) for a in kept) > budget:
        longest = max(range(len(kept)), key=lambda n: len(kept[n].words))
        if not kept[longest].is_quote:
            if len(kept) == 1:
                break
            kept.pop(longest)
            continue
        shorter = best_words(kept[longest].words, int(len(kept[longest].words) * 0.7))
        if len(shorter) >= len(kept[longest].words):
            kept.pop(longest) if len(kept) > 1 else None
            if len(kept) == 1:
                break
            continue
        a = kept[longest]
        kept[longest] = Achievement(shorter, a.is_quote, a.said_by, a.about)
    return tuple(kept)


def _since(since: date, until: date, language: str) -> str:
    """``August`` when it began with a month within the last eleven, else the day."""
    if since.day <= 3 and (until - since).days < 330:
        return str(format_date(since, "LLLL", locale=language))
    return _day(since, language) if since.year == until.year else _long(since, language)


def _day(day: date, language: str) -> str:
    return str(format_date(day, {"en": "d MMMM", "de": "d. MMMM", "fr": "d MMMM", "es": "d 'de' MMMM", "nl": "d MMMM"}[language], locale=language))


def _long(day: date, language: str) -> str:
    return str(format_date(day, {"en": "d MMMM y", "de": "d. MMMM y", "fr": "d MMMM y", "es": "d 'de' MMMM 'de' y", "nl": "d MMMM y"}[language], locale=language))


def _subject(account: str, started: str, figures: Sequence[Figure], phrases: Phrases) -> str:
    if figures and figures[0].was:
        whole = phrases.subject_number.format(account=account, since=started, number=f"{figures[0].label} {figures[0].value}, {figures[0].was}")
        if len(whole) <= SUBJECT_LIMIT:
            return whole
    return fitted(phrases.subject.format(account=account, since=started))
