"""The customer update: what they achieved, in their own words and numbers, 90 to 250 words, fit to be passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from mailwins.model import Address, ShareableWin
from mailwins.outbox import SUBJECT_LIMIT, fitted
from mailwins.updates.figures import Number, numbers_of
from mailwins.updates.phrases import PHRASES, Phrases, language_of
from mailwins.updates.words import as_sentence, best_words, count_words, cut, in_marks, telling

MOST_WORDS = 250
ACHIEVEMENTS = 3
ON_PURPOSE = 3.5
# In letters. The first is what a reader takes in as one thing; a single quote may tell a little more.
WORDS_TOLD, WORDS_TOLD_ALONE, FEWEST_LETTERS = 260, 380, 80
# A sentence without an end, or an approved text of pages, ends here with "…".
MOST_LETTERS = 1500
MOST_NAME = 120


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
        return {
            key: text
            for key, text in (("coming", self.coming), ("question", self.question), ("meeting", self.meeting))
            if text
        }


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
    regards: str
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


def compose(
    account: str,
    wins: Sequence[ShareableWin],
    *,
    since: date,
    until: date,
    recipient: Address | None,
    signature: Signature,
    language: str = "en",
    plan: Plan = Plan(),
) -> Update | None:
    """None where there is nothing that may be told: no update is better than an empty one."""
    if not wins:
        return None
    chosen = _chosen(wins)
    limits = [WORDS_TOLD if len(chosen) > 1 else WORDS_TOLD_ALONE] * len(chosen)
    while True:
        update = _written(
            account,
            chosen,
            limits,
            since=since,
            until=until,
            recipient=recipient,
            signature=signature,
            language=language if language in PHRASES else "en",
            plan=plan,
        )
        if update.words <= MOST_WORDS:
            return update
        longest = max(range(len(chosen)), key=lambda n: len(update.achievements[n].words))
        if update.achievements[longest].is_quote and limits[longest] > FEWEST_LETTERS:
            limits[longest] = int(min(limits[longest], len(update.achievements[longest].words)) * 0.8)
        elif len(chosen) > 1:
            # The least telling one waits for the next update.
            least = min(range(len(chosen)), key=lambda n: _weight(chosen[n]))
            del chosen[least], limits[least]
        else:
            return update


def _written(
    account: str,
    chosen: Sequence[ShareableWin],
    limits: Sequence[int],
    *,
    since: date,
    until: date,
    recipient: Address | None,
    signature: Signature,
    language: str,
    plan: Plan,
) -> Update:
    phrases = PHRASES[language]
    started = _since(since, until, language)
    # A number reads well only in the language it was said in.
    numbers = _numbers([w for w in chosen if language_of([w.words]) in (None, language)])
    heading = _heading(account, started, numbers, phrases, language)
    achievements = tuple(
        _achievement(w, limit, phrases, language, signature) for w, limit in zip(chosen, limits, strict=True)
    )
    figures = tuple(_figure(n, phrases, language) for n in numbers)
    yours = (
        phrases.numbers_are_yours
        if len(figures) > 1
        else phrases.words_are_yours
        if not figures and len(chosen) > 1 and all(a.is_quote for a in achievements)
        else ""
    )
    opening = phrases.opening.format(since=started)
    if language != "de":
        # Only German goes on in small letters below a greeting that ends with a comma.
        opening = opening[0].upper() + opening[1:]
    planned = ((phrases.coming, plan.coming), (phrases.meeting, plan.meeting), (phrases.question, plan.question))
    days = sorted(w.happened_on for w in chosen)
    is_theirs = all(a.is_quote for a in achievements) and days[0] != days[-1]
    source = (
        phrases.source.format(
            first=_day(days[0], language) if days[0].year == days[-1].year else _long(days[0], language),
            last=_long(days[-1], language),
        )
        if is_theirs
        else ""
    )
    return Update(
        title=heading, subject=fitted(heading), heading=heading, greeting=_greeting(recipient, phrases, language),
        opening=" ".join(p for p in (opening, yours) if p), figures=figures, achievements=achievements,
        coming=tuple((label, as_sentence(text, "?" if label == phrases.question else ".")) for label, text in planned if text), thanks=phrases.thanks, regards=phrases.regards, signature=signature,
        source=" ".join(p for p in (phrases.forwardable, source, phrases.mend) if p), labels=phrases, win_ids=tuple(w.ref for w in chosen), language=language,
    )  # fmt: skip


def _greeting(recipient: Address | None, phrases: Phrases, language: str) -> str:
    if not recipient or not recipient.name:
        return phrases.greeting_nobody
    name = cut(recipient.name, MOST_NAME)
    # A German customer is called by her whole name; which half of it is the first name cannot be known.
    return phrases.greeting.format(who=name if language == "de" else name.split()[0])


def _weight(win: ShareableWin) -> float:
    """What tells most: numbers with a before, numbers, what the CSM wrote for them on purpose, a sentence that says something to a stranger, a named person."""
    numbers = numbers_of(win)
    return (
        2 * any(n.before for n in numbers)
        + bool(numbers)
        + (telling(win.words) if win.is_quote else ON_PURPOSE)
        + 0.5 * bool(win.said_by)
    )


def _chosen(wins: Sequence[ShareableWin]) -> list[ShareableWin]:
    """The three that tell most, in order of time."""
    best = sorted(wins, key=lambda w: (-_weight(w), -w.happened_on.toordinal(), w.ref))[:ACHIEVEMENTS]
    return sorted(best, key=lambda w: (w.happened_on, w.ref))


def _numbers(wins: Sequence[ShareableWin]) -> tuple[Number, ...]:
    """Up to three of their numbers, those with an earlier value first, each thing once."""
    found: dict[str, Number] = {}
    for number in sorted((n for w in wins for n in numbers_of(w)), key=lambda n: n.before is None):
        found.setdefault(number.what.casefold() or number.after.casefold(), number)
    return tuple(found.values())[:3]


def _figure(number: Number, phrases: Phrases, language: str) -> Figure:
    what = phrases.saved.format(what=number.what).strip() if number.is_saving else _in_a_sentence(number.what, language)
    return Figure(number.after, what, phrases.was.format(before=number.before) if number.before else None)


def _heading(account: str, started: str, numbers: Sequence[Number], phrases: Phrases, language: str) -> str:
    """What they achieved, where one of their own numbers says it in a line; else plain and true."""
    for number in numbers:
        if number.before:
            before, after = _short_pair(number.before, number.after)
            heading = phrases.from_to.format(
                account=account, what=_in_a_sentence(number.what, language), before=before, after=after
            )
        elif number.is_saving:
            heading = phrases.saving.format(account=account, what=number.what, after=number.after).strip()
        else:
            continue
        if len(heading) <= SUBJECT_LIMIT:
            return heading
    return phrases.heading.format(account=account, since=started)


def _short_pair(before: str, after: str) -> tuple[str, str]:
    """``19 days`` and ``6 days`` become ``19`` and ``6 days``."""
    old, new = before.split(), after.split()
    return (
        (old[0], after)
        if len(old) == 2 and len(new) == 2 and old[1].casefold() == new[1].casefold()
        else (before, after)
    )


def _in_a_sentence(words: str, language: str) -> str:
    """Small first letter, but for German nouns, abbreviations and names that are written inside like that."""
    first = words.split()[0] if words else ""
    return (
        words
        if language == "de" or first[1:] != first[1:].lower() or len(first) == 1
        else words[:1].lower() + words[1:]
    )


def _achievement(win: ShareableWin, limit: int, phrases: Phrases, language: str, signature: Signature) -> Achievement:
    if not win.is_quote:
        return Achievement(cut(win.words, MOST_LETTERS), False)
    words = cut(best_words(win.words, limit, names=(signature.name,)), MOST_LETTERS)
    return Achievement(
        in_marks(words, phrases.marks),
        True,
        cut(win.said_by, MOST_NAME) if win.said_by else None,
        ", ".join(p for p in (cut(win.said_by_role or "", MOST_NAME), _day(win.happened_on, language)) if p),
    )


def _since(since: date, until: date, language: str) -> str:
    """``August`` when it began with a month within the last eleven, else the day."""
    if since.day <= 3 and (until - since).days < 330:
        return str(format_date(since, "LLLL", locale=language))
    day = _day(since, language) if since.year == until.year else _long(since, language)
    return PHRASES[language].since_day.format(day=day)


def _day(day: date, language: str) -> str:
    return str(
        format_date(
            day,
            {"en": "d MMMM", "de": "d. MMMM", "fr": "d MMMM", "es": "d 'de' MMMM", "nl": "d MMMM"}[language],
            locale=language,
        )
    )


def _long(day: date, language: str) -> str:
    return str(
        format_date(
            day,
            {"en": "d MMMM y", "de": "d. MMMM y", "fr": "d MMMM y", "es": "d 'de' MMMM 'de' y", "nl": "d MMMM y"}[
                language
            ],
            locale=language,
        )
    )
