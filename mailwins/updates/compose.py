"""The customer update: what they achieved, in their own words and numbers, 90 to 250 words, fit to be passed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from mailwins.model import Address, ShareableWin
from mailwins.outbox import SUBJECT_LIMIT, fitted
from mailwins.updates.figures import Number, numbers_of
from mailwins.updates.phrases import PHRASES, SWISS, Phrases, called, is_swiss, language_of, typeset
from mailwins.updates.prose import DAY_FORMAT, day_in, month_in
from mailwins.updates.series import Chart, chart_of
from mailwins.updates.words import as_sentence, count_words, cut, excerpt, in_marks, sentences_of, telling

MOST_WORDS = 250
ACHIEVEMENTS = 3
ON_PURPOSE = 3.5
# A quote in another language than the letter comes behind those in it. Below the second, it is kinder to wait.
FOREIGN, WORTH_TELLING = 2.0, 1.4
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
    """*words* verbatim; *is_quote* False for text that the CSM approved. *about*: the speaker's role and the day, ready to print.

    *prose*: another sentence of the same mail, told to them ("You run …"); None where there is none that grammar can turn around.
    *chart*: their own numbers month by month, where the words give them so.
    """

    words: str
    is_quote: bool
    prose: str | None = None
    said_by: str | None = None
    about: str = ""
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the CSM added: shown as she wrote it. None leaves the part out. *language*: the one she wants it in, two letters."""

    coming: str | None = None
    question: str | None = None
    meeting: str | None = None
    language: str | None = None

    def as_told(self) -> dict[str, str]:
        """Only the parts that were given."""
        return {
            key: text
            for key, text in (
                ("coming", self.coming),
                ("question", self.question),
                ("meeting", self.meeting),
                ("language", self.language),
            )
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
    closing: str
    regards: str
    signature: Signature
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
    colleagues: Sequence[str] = (),
) -> Update | None:
    """None where there is nothing that may be told: no update is better than an empty one.

    *colleagues*: names on our side; what a customer says of them is kind, and not what she achieved.
    """
    if not wins:
        return None
    language = language if language in PHRASES else "en"
    names = tuple(dict.fromkeys((signature.name, *colleagues)))
    chosen = _chosen(wins, language, names)
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
            language=language,
            plan=plan,
            names=names,
        )
        if update.words <= MOST_WORDS:
            return update
        longest = max(range(len(chosen)), key=lambda n: len(update.achievements[n].words))
        if update.achievements[longest].is_quote and limits[longest] > FEWEST_LETTERS:
            limits[longest] = int(min(limits[longest], len(update.achievements[longest].words)) * 0.8)
        elif len(chosen) > 1:
            # The least telling one waits for the next update.
            least = min(range(len(chosen)), key=lambda n: _weight(chosen[n], language, names))
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
    names: Sequence[str],
) -> Update:
    texts = [w.words for w in chosen if w.is_quote]
    phrases = (
        SWISS if language == "de" and is_swiss(recipient.address if recipient else None, texts) else PHRASES[language]
    )
    # A number reads well only in the language it was said in.
    numbers = _numbers([w for w in chosen if language_of([w.words]) in (None, language)])
    achievements = tuple(
        _achievement(w, limit, language, names, phrases) for w, limit in zip(chosen, limits, strict=True)
    )
    # A single number without an earlier value stands in the subject and in their sentence already.
    is_worth_a_block = len(numbers) > 1 or any(n.before for n in numbers)
    figures = tuple(_figure(n, phrases, language) for n in numbers) if is_worth_a_block else ()
    started = _since(since, until, language)
    heading = phrases.heading.format(account=called(account), since=started)
    planned = ((phrases.coming, plan.coming), (phrases.meeting, plan.meeting), (phrases.question, plan.question))
    return Update(
        title=heading,
        subject=fitted(_subject(called(account), numbers, phrases, language) or heading),
        heading=heading,
        greeting=_greeting(recipient, phrases, language),
        opening=_opening(phrases.opening.format(account=called(account), since=started), language),
        figures=figures,
        achievements=achievements,
        coming=tuple(
            (label, as_sentence(text, "?" if label == phrases.question else ".")) for label, text in planned if text
        ),
        closing="" if plan.question else phrases.next,
        regards=phrases.regards,
        signature=signature,
        labels=phrases,
        win_ids=tuple(w.ref for w in chosen),
        language=language,
    )


def _opening(opening: str, language: str) -> str:
    # Only German goes on in small letters below a greeting that ends with a comma.
    return opening if language == "de" else opening[0].upper() + opening[1:]


# "Hi Dr.," would greet nobody.
_TITLES = re.compile(
    r"^(?:(?:dr|prof|mr|mrs|ms|mx|sir|herr|frau|mme|sr|sra|dhr|mevr|ing|dipl)\.?(?:-ing\.?)?\s+)+", re.I
)


def _greeting(recipient: Address | None, phrases: Phrases, language: str) -> str:
    name = cut(" ".join((recipient.name or "").split()).strip(" ,;:"), MOST_NAME) if recipient else ""
    first = _TITLES.sub("", name).split()[:1]
    if not name or (language == "de" and " " not in name):
        # "Guten Tag Holm," greets nobody as she wants: a single word may be a family name.
        return phrases.greeting_nobody
    # A German customer is called by her whole name; which half of a name in other letters is the first cannot be known.
    is_whole = (
        language == "de" or not first or first[0].endswith(".") or len(first[0]) < 2 or not _LATIN.match(first[0])
    )
    return phrases.greeting.format(who=name if is_whole else first[0])


_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def _printed(words: str) -> str:
    """With the apostrophe that is set in print."""
    return re.sub(r"(?<=\w)'(?=\w)", "’", words)


def _weight(win: ShareableWin, language: str, names: Sequence[str]) -> float:
    """What tells most: numbers with a before, numbers, what the CSM wrote for them on purpose, a sentence that says something to a stranger, a named person."""
    numbers = numbers_of(win)
    is_foreign = win.is_quote and language_of([win.words]) not in (None, language)
    return (
        2 * any(n.before for n in numbers)
        + bool(numbers)
        + (telling(win.words, names) if win.is_quote else ON_PURPOSE)
        + 0.5 * bool(win.said_by)
        - FOREIGN * is_foreign
    )


def _chosen(wins: Sequence[ShareableWin], language: str, names: Sequence[str]) -> list[ShareableWin]:
    """The three that tell most, in order of time; a weak one waits where two strong ones stand."""
    weights = {w.ref: _weight(w, language, names) for w in wins}
    best = sorted(wins, key=lambda w: (-weights[w.ref], -w.happened_on.toordinal(), w.ref))[:ACHIEVEMENTS]
    strong = [w for w in best if weights[w.ref] >= WORTH_TELLING]
    told = sorted(strong if len(strong) >= 2 else best[:2] if strong else best, key=lambda w: (w.happened_on, w.ref))
    # What stands in large figures is told first, right below them.
    return sorted(told, key=lambda w: not _has_figure(w, language))


def _has_figure(win: ShareableWin, language: str) -> bool:
    return language_of([win.words]) in (None, language) and bool(numbers_of(win))


def _numbers(wins: Sequence[ShareableWin]) -> tuple[Number, ...]:
    """Up to three of their numbers, those with an earlier value first, each thing once."""
    found: dict[str, Number] = {}
    for number in sorted((n for w in wins for n in numbers_of(w)), key=lambda n: n.before is None):
        found.setdefault(number.what.casefold() or number.after.casefold(), number)
    return tuple(found.values())[:3]


def _figure(number: Number, phrases: Phrases, language: str) -> Figure:
    what = (
        phrases.saved.format(what=number.what).strip()
        if number.is_saving
        else _in_a_sentence(_printed(number.what), language)
    )
    was = phrases.was.format(before=typeset(number.before, language)) if number.before else None
    return Figure(typeset(number.after, language), what, was)


def _subject(account: str, numbers: Sequence[Number], phrases: Phrases, language: str) -> str | None:
    """What they achieved, where one of their own numbers says it in a line."""
    for number in numbers:
        after = typeset(number.after, language)
        if number.before:
            before, after = _short_pair(typeset(number.before, language), after)
            what = _in_a_sentence(_printed(number.what), language)
            subject = phrases.from_to.format(account=account, what=what, before=before, after=after)
        elif number.is_saving:
            subject = phrases.saving.format(account=account, what=number.what, after=after).strip()
        else:
            continue
        if len(subject) <= SUBJECT_LIMIT:
            return subject
    return None


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


def _achievement(win: ShareableWin, limit: int, language: str, names: Sequence[str], phrases: Phrases) -> Achievement:
    day = _long(win.happened_on, language)
    spoken = language if language_of([win.words]) == language else None
    chart = chart_of(win.words, language) if spoken else None
    if not win.is_quote:
        return Achievement(_printed(cut(win.words, MOST_LETTERS)), False, chart=chart)
    words = (chart and _beside_chart(win.words, language, names)) or win.words
    told = excerpt(words, limit, day=win.happened_on, language=spoken, names=names)
    return Achievement(
        in_marks(_printed(cut(told.words, MOST_LETTERS)), phrases.marks),
        True,
        _printed(told.prose) if told.prose else None,
        cut(win.said_by, MOST_NAME) if win.said_by else None,
        ", ".join(p for p in (cut(win.said_by_role or "", MOST_NAME), day) if p),
        chart,
    )


def _beside_chart(words: str, language: str, names: Sequence[str]) -> str | None:
    """What else was said, where it says something: the chart tells its sentence."""
    rest = " ".join(s for s in sentences_of(words) if chart_of(s, language) is None)
    return rest if telling(rest, names) > 0 else None


def _since(since: date, until: date, language: str) -> str:
    """``since August`` when it began with a month within the last eleven, else ``since 12 August``.

    Three months before a first update begin on a day that means nothing to anybody: ``in the last three months``.
    """
    phrases, days = PHRASES[language], (until - since).days
    if since.day <= 3 and days < 330:
        return phrases.since.format(month=month_in(language, since))
    if abs(days - 91) <= 3:
        return phrases.lately
    return phrases.since_day.format(day=day_in(language, since) if since.year == until.year else _long(since, language))


def _long(day: date, language: str) -> str:
    year = " 'de' y" if language == "es" else " y"
    return str(format_date(day, DAY_FORMAT[language] + year, locale=language))
