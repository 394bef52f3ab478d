"""The page for a quarterly business review: what a customer told us in a quarter, for the customer to see. Behind the wall, like every update.

It is made of ``ShareableWin`` and of the goals the CSM names herself; kinds are read anew from the shareable words. Goals that
stand in the lists are our own notes and stay inside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from mailwins.digest.goals import is_about
from mailwins.model import ShareableWin
from mailwins.understanding.classifier import classify
from mailwins.updates.compose import Figure, Signature
from mailwins.updates.figures import numbers_of
from mailwins.updates.phrases import PHRASES
from mailwins.updates.words import as_sentence, best_words, cut, in_marks

MOST_FIGURES = 6
MOST_WORDS = 340
MOST_LETTERS = 900
MOST_NAME = 120
# A kind is named where it would be right nine times in ten.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Quarter:
    """*first* and *last* day of three months; *name* like ``2026 Q3``."""

    year: int
    number: int

    @property
    def name(self) -> str:
        return f"{self.year} Q{self.number}"

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The one that *day* lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def months(self) -> tuple[date, ...]:
        return tuple(date(self.year, 3 * self.number - 2 + n, 1) for n in range(3))


_QUARTER = re.compile(
    r"^(?:(?P<year>20\d\d)[\s-]?Q(?P<number>[1-4])|Q(?P<number2>[1-4])[\s/-]?(?P<year2>20\d\d))$", re.I
)


def quarter_of(text: str) -> Quarter | None:
    """``2026Q3``, ``2026-Q3``, ``Q3 2026``; None for anything else."""
    match = _QUARTER.match(" ".join(text.split()))
    return Quarter(int(match["year"] or match["year2"]), int(match["number"] or match["number2"])) if match else None


# A review is held after its quarter, or in the quarter's last weeks.
_LAST_WEEKS = timedelta(days=21)


def quarter_to_review(today: date) -> Quarter:
    """The one that is meant when nobody says: the last that ended, or the one about to end."""
    current = Quarter.of(today)
    return current if current.last - today <= _LAST_WEEKS else Quarter.of(current.first - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Labels:
    heading: str
    opening: str
    goals: str
    not_yet: str
    numbers: str
    when: str
    total: str
    kinds: Mapping[str, str]
    other: str
    source: str


# What a customer may call the kinds; those that are about us (referrals, renewals) are plain good news to her.
_KINDS = {
    "value_realized": "results",
    "high_value_task": "results",
    "account_goal": "goals",
    "adoption": "use",
    "participation": "people",
    "program": "people",
    "stakeholder": "people",
    "endorsement": "praise",
    "nps_csat": "praise",
}
_ORDER = ("results", "goals", "use", "people", "praise")


def _kinds(*names: str) -> dict[str, str]:
    return dict(zip(_ORDER, names, strict=True))


LABELS: dict[str, Labels] = {
    "en": Labels(
        "{account} in {quarter}",
        "What your team told us between {first} and {last}, in your own words and numbers.",
        "Your goals",
        "Not spoken of yet. How does it stand?",
        "Your numbers",
        "What happened when",
        "Total",
        _kinds("Results", "Goals reached", "In daily use", "People taking part", "What people say"),
        "Other good news",
        "Everything on this page comes from words your team wrote or approved. If anything looks off, tell {who}.",
    ),
    "de": Labels(
        "{account} im Quartal {quarter}",
        "Was Ihr Team uns vom {first} bis {last} berichtet hat, in Ihren eigenen Worten und Zahlen.",
        "Ihre Ziele",
        "Davon haben wir noch nichts gehört. Wie steht es?",
        "Ihre Zahlen",
        "Was wann geschah",
        "Gesamt",
        _kinds("Ergebnisse", "Erreichte Ziele", "Im Alltag genutzt", "Wer mitmacht", "Was gesagt wird"),
        "Weitere gute Nachrichten",
        "Alles auf dieser Seite stammt aus Worten, die Ihr Team geschrieben oder freigegeben hat. Stimmt etwas nicht, sagen Sie es {who}.",
    ),
    "fr": Labels(
        "{account}, trimestre {quarter}",
        "Ce que votre équipe nous a dit du {first} au {last}, avec vos mots et vos chiffres.",
        "Vos objectifs",
        "Nous n’en avons pas encore parlé. Où en est-ce ?",
        "Vos chiffres",
        "Quoi et quand",
        "Total",
        _kinds("Résultats", "Objectifs atteints", "Au quotidien", "Qui participe", "Ce qu’on en dit"),
        "Autres bonnes nouvelles",
        "Tout ce qui figure sur cette page vient de mots écrits ou approuvés par votre équipe. Si quelque chose ne va pas, dites-le à {who}.",
    ),
    "es": Labels(
        "{account} en el trimestre {quarter}",
        "Lo que su equipo nos contó del {first} al {last}, con sus palabras y sus cifras.",
        "Sus objetivos",
        "Aún no hemos hablado de esto. ¿Cómo va?",
        "Sus cifras",
        "Qué pasó y cuándo",
        "Total",
        _kinds("Resultados", "Objetivos alcanzados", "En el día a día", "Quién participa", "Lo que se dice"),
        "Otras buenas noticias",
        "Todo en esta página procede de palabras que su equipo escribió o aprobó. Si algo no es correcto, dígaselo a {who}.",
    ),
    "nl": Labels(
        "{account} in kwartaal {quarter}",
        "Wat uw team ons vertelde van {first} tot {last}, in uw eigen woorden en cijfers.",
        "Uw doelen",
        "Nog niet besproken. Hoe staat het ervoor?",
        "Uw cijfers",
        "Wat gebeurde wanneer",
        "Totaal",
        _kinds("Resultaten", "Bereikte doelen", "In dagelijks gebruik", "Wie meedoet", "Wat mensen zeggen"),
        "Ander goed nieuws",
        "Alles op deze pagina komt uit woorden die uw team schreef of goedkeurde. Klopt er iets niet, zeg het {who}.",
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """*words* in quotation marks when they are the customer's own. *about*: who and when, ready to print."""

    words: str
    is_quote: bool
    about: str


@dataclass(frozen=True, slots=True)
class Goal:
    """*said* None: nobody spoke of it."""

    goal: str
    said: Said | None


@dataclass(frozen=True, slots=True)
class KindRow:
    """How many in each month, and what was said."""

    name: str
    counts: tuple[int, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What the template is handed; made of nothing but ShareableWins, the account's name and what the CSM wrote."""

    title: str
    heading: str
    opening: str
    goals: tuple[Goal, ...]
    figures: tuple[Figure, ...]
    months: tuple[str, ...]
    kinds: tuple[KindRow, ...]
    signature: Signature
    source: str
    labels: Labels
    win_ids: tuple[int, ...]
    language: str = "en"


def compose_review(
    account: str,
    quarter: Quarter,
    wins: Sequence[ShareableWin],
    *,
    signature: Signature,
    language: str = "en",
    goals: Sequence[str] = (),
    today: date | None = None,
) -> Review | None:
    """None where nothing may be shown. *goals* as the CSM wrote them for this page. *today*: a quarter that still runs ends there."""
    told = [w for w in wins if quarter.first <= w.happened_on <= quarter.last]
    if not told:
        return None
    language = language if language in LABELS else "en"
    labels = LABELS[language]
    heading = labels.heading.format(account=account, quarter=quarter.name)
    return Review(
        title=heading,
        heading=heading,
        opening=labels.opening.format(
            first=_day(quarter.first, language), last=_day(min(quarter.last, today or quarter.last), language)
        ),
        goals=tuple(Goal(" ".join(goal.split()), _evidence(goal, told, language)) for goal in goals if goal.strip()),
        figures=_figures(told, language),
        months=tuple(format_date(m, "LLLL", locale=language) for m in quarter.months),
        kinds=_rows(told, quarter, labels, language),
        signature=signature,
        source=labels.source.format(who=signature.name),
        labels=labels,
        win_ids=tuple(w.ref for w in told),
        language=language,
    )


def _evidence(goal: str, wins: Sequence[ShareableWin], language: str) -> Said | None:
    win = next(
        (w for w in sorted(wins, key=lambda w: (w.happened_on, w.ref), reverse=True) if is_about(goal, w.words)), None
    )
    return _said(win, language) if win else None


def _figures(wins: Sequence[ShareableWin], language: str) -> tuple[Figure, ...]:
    """Their numbers, those with an earlier value first, each thing once: the newest."""
    found: dict[str, Figure] = {}
    phrases = PHRASES[language]
    newest = sorted(wins, key=lambda w: w.happened_on, reverse=True)
    for number in sorted((n for w in newest for n in numbers_of(w)), key=lambda n: n.before is None):
        label = phrases.saved.format(what=number.what).strip() if number.is_saving else number.what
        found.setdefault(
            label.casefold() or number.after,
            Figure(number.after, label, phrases.was.format(before=number.before) if number.before else None),
        )
    return tuple(found.values())[:MOST_FIGURES]


def _rows(wins: Sequence[ShareableWin], quarter: Quarter, labels: Labels, language: str) -> tuple[KindRow, ...]:
    by_kind: dict[str, list[ShareableWin]] = {}
    for win in wins:
        by_kind.setdefault(_kind(win.words), []).append(win)
    rows = []
    for kind in (*_ORDER, ""):
        if found := by_kind.get(kind):
            counts = tuple(
                sum((w.happened_on.year, w.happened_on.month) == (m.year, m.month) for w in found)
                for m in quarter.months
            )
            rows.append(
                KindRow(
                    labels.kinds.get(kind, labels.other),
                    counts,
                    tuple(_said(w, language) for w in sorted(found, key=lambda w: (w.happened_on, w.ref))),
                )
            )
    return tuple(rows)


def _kind(words: str) -> str:
    """One of ``_ORDER``, read from the words that are shown; empty where that is not sure."""
    found = classify(words)
    return _KINDS.get(found.categories[0][0], "") if found.sure >= SURE else ""


def _said(win: ShareableWin, language: str) -> Said:
    words = cut(best_words(win.words, MOST_WORDS) if win.is_quote else win.words, MOST_LETTERS)
    who = cut(", ".join(p for p in (win.said_by, win.said_by_role) if p), MOST_NAME)
    about = " · ".join(p for p in (who, _day(win.happened_on, language)) if p)
    return Said(
        in_marks(words, PHRASES[language].marks) if win.is_quote else as_sentence(words, "."), win.is_quote, about
    )


def _day(day: date, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language)
