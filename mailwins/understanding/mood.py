"""Praise, neutral, doubt or complaint; and which kind of win. Stated beats source, source beats text; what is not sure is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from mailwins.config import CATEGORIES
from mailwins.config import Kind as Category
from mailwins.model import Rating, Reason, Source, Stance
from mailwins.parsers.folding import is_greeting
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.classifier import (
    CALM,
    CALM_MAIL,
    GENTLE_TROUBLE,
    HEDGES,
    MAIL_SENTENCES,
    MAX_CHARS,
    REMEMBERED,
    SURE_COMPLAINT,
    SURE_DOUBT,
    TROUBLE,
    Classified,
    Part,
    classify,
    fold,
    meanings,
    sure_from,
    weights_of_words,
)

BUILT_IN = frozenset(id_ for id_, _, _ in CATEGORIES)
TEAM_KINDS = frozenset({"milestone"})
UNSURE = 0.5
"""The confidence of a stance that has to be asked."""

_RATING_WORDS = {"nps": "an NPS answer", "csat": "a satisfaction score", "stars": "a review"}


def stance_of(text: str | None, rating: Rating | None, found: Classified | None = None) -> tuple[Stance, Reason]:
    """*text*: the customer's newest words only, so that an old complaint below stays old."""
    if rating is not None:
        share = rating.score / rating.best
        bounds = (0.65, 0.85) if rating.scale == "nps" else (0.5, 0.7)
        score = f"{rating.score:g} of {rating.best:g}"
        if share < bounds[0]:
            return Stance.COMPLAINT, Reason(Source.STATED, f"a score of {score}.")
        if share < bounds[1]:
            return Stance.NEUTRAL, Reason(Source.STATED, f"a score of {score}.")
        return Stance.PRAISE, Reason(Source.STATED, f"a score of {score}.")
    if not text or not text.strip():
        return Stance.NEUTRAL, Reason(Source.DEFAULT, "no words to judge by.", 0.5)
    found = found or classify(text)
    shares = dict(found.stances)
    complaint, doubt = shares["complaint"], shares["doubt"]
    sure = SURE_COMPLAINT_FACT if _tells_a_fact(found) else SURE_COMPLAINT
    if complaint >= sure and not _is_plainly_kind(text):
        return Stance.COMPLAINT, Reason(Source.GUESSED, f"it says “{_loudest(found, 'complaint')}”.", complaint)
    if doubt >= SURE_DOUBT and not _is_plainly_kind(text):
        return Stance.DOUBT, Reason(
            Source.GUESSED, f"it says “{_loudest(found, 'doubt')}”, more a worry than a win.", doubt
        )
    is_half_known = max(shares["praise"], shares["neutral"]) < HALF and complaint + doubt > SOME_TROUBLE
    if (complaint + doubt > _calm_up_to(found) or is_half_known) and not _is_plainly_kind(text):
        return Stance.NEUTRAL, Reason(
            Source.GUESSED, f"“{_loudest(found, 'complaint', 'doubt')}” may be a worry rather than a win.", UNSURE
        )
    if turned := _turning(found):
        return Stance.NEUTRAL, Reason(Source.GUESSED, f"“{turned}” may be meant the other way round.", UNSURE)
    best = "praise" if shares["praise"] >= shares["neutral"] or _is_plainly_kind(text) else "neutral"
    return Stance(best), Reason(Source.GUESSED, "how it reads.", max(shares[best], UNSURE + 0.01))


# Exclamations that people use in earnest and in mockery alike, and thanks that are too much.
_EXULTS = re.compile(
    r"^\W*(?:(?:oh|ah|na|well|absolutely|simply|just|really|vraiment|ma|pero)[\s,]+){0,2}(?:well done|bravo|brilliant|marvellous|fantastic|splendid|superb|magnificent|wonderful|great job|nice work|good job|congratulations|glückwunsch|herzlichen glückwunsch|großartig|wunderbar|klasse|super gemacht|toll gemacht|félicitations|chapeau|magnifique|formidable|enhorabuena|felicidades|qué maravilla|genial|complimenti|congratulazioni|fantastico|parabéns|que maravilha|gefeliciteerd|geweldig|fantastisch|grattis|underbart|gratulacje|gratuluję|cudownie|brawo|お見事|さすが|素晴らしい)(?!\w)",
    re.I,
)
_TOO_MUCH_THANKS = re.compile(
    r"thanks? a (?:million|bunch|lot for nothing)|thanks ever so|schönen dank auch|merci infiniment|mil gracias por|grazie infinite|mil obrigados|hartelijk dank voor niets|tusen tack för inget|serdeczne dzięki",
    re.I,
)
_SOMETHING_WRONG = 0.35
_WRONG_AFTER_BUT = 0.5


CALM_FACT, PLAIN_FACT = 0.55, 0.6
HALF, SOME_TROUBLE = 0.5, 0.25


SURE_COMPLAINT_FACT = 0.8
"""What plainly tells a saving or a referral is rather asked about than held as a complaint."""


def _tells_a_fact(found: Classified) -> bool:
    return found.categories[0][0] != "endorsement" and found.sure >= PLAIN_FACT


def _calm_up_to(found: Classified) -> float:
    """What plainly tells a saving, a goal reached or a referral is good news, though one sentence of it may sound like trouble."""
    kind = found.categories[0][0]
    if found.stances[0][0] == "praise" and kind != "endorsement" and found.sure >= PLAIN_FACT:
        return CALM_FACT
    return CALM_MAIL if len(found.parts) >= MAIL_SENTENCES else CALM


_CLAUSE_ENDS = re.compile(r"[.!?,;:\n–—]+|\s-\s|\s(?:and|but|yet|und|aber|et|mais|y|pero|e|ma|en|maar)\s", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_PLAIN = TROUBLE | GENTLE_TROUBLE | HEDGES | {"not", "sarcasm", "but", "wish", "goodbye"}
_CLAUSE_WORDS, _PLAIN_CLAUSES = 8, 4


def _is_plainly_kind(text: str) -> bool:
    """A short compliment, each clause of which praises and none of which names trouble.

    The model learned mood from whole mails, in which a lone “wonderful” is as often mockery; mockery names what went
    wrong in a clause of its own.
    """
    if (
        len(list(islice(_WORD.finditer(text), 2 * _CLAUSE_WORDS * _PLAIN_CLAUSES)))
        == 2 * _CLAUSE_WORDS * _PLAIN_CLAUSES
    ):
        return False
    clauses = [words for piece in _CLAUSE_ENDS.split(text) if (words := _WORD.findall(piece.lower()))]
    if not 0 < len(clauses) <= _PLAIN_CLAUSES or any(len(words) > _CLAUSE_WORDS for words in clauses):
        return False
    meant = [meanings(words) for words in clauses]
    return all(
        ("love" in found or "save" in found) and _NOT_PLAIN.isdisjoint(found) and not any(m[0] == "-" for m in found)
        for found in meant
    )


def _turning(found: Classified) -> str | None:
    """The sentence that makes kind words doubtful: a loss after “but”, or beside an exclamation people also mock with."""
    exults = any(_shape_of(part.text).exults or "sarcasm" in part.meanings for part in found.parts)
    for part in found.parts:
        wrong = part.stances["complaint"]
        worse = wrong + part.stances["doubt"]
        if worse >= _WRONG_AFTER_BUT and "but" in part.meanings and len(part.text.split()) >= 6:
            return _shortened(part.text)
        if exults and wrong >= _SOMETHING_WRONG and "thanks" not in part.meanings and len(part.text.split()) >= 4:
            return _shortened(part.text)
        if exults and _TOO_MUCH_THANKS.search(part.text):
            return _shortened(part.text)
    return None


def _loudest(found: Classified, *moods: str) -> str:
    """The sentence that most speaks for *moods*, shortened."""

    def loudness(part: Part) -> float:
        return sum(part.stances[mood] for mood in moods)

    return _shortened(max(found.parts, key=loudness).text) if found.parts else ""


def _shortened(sentence: str, limit: int = 90) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"


def category_of(
    text: str | None,
    *,
    stated: str | None,
    tags: Sequence[str],
    rating: Rating | None,
    is_review: bool,
    categories: Mapping[str, Category],
    examples: Sequence[tuple[str, str]] = (),
    found: Classified | None = None,
    unlikely: frozenset[str] = frozenset(),
    headline: str | None = None,
    beside: str | None = None,
) -> tuple[str | None, Reason]:
    """(kind, why), or (None, why with three suggestions) where text alone is not sure enough.

    *unlikely*: kinds that the voice or the account speak against, however the words read; they are only suggested.
    *headline*: the one line that tells the win; *beside*: the member's own words above a customer's. What one of them
    plainly says settles what *text* leaves open among its first three, and never says more.
    """
    for word in [stated, *tags]:
        if word and (known := category_named(word, categories)):
            return known, Reason(Source.STATED, f"you wrote “{word}”.")
    if rating is not None and not is_review:
        return "nps_csat", Reason(Source.STATED, f"it is {_RATING_WORDS.get(rating.scale, 'a score')}.")
    if not text or not text.strip():
        return None, Reason(
            Source.GUESSED, "no words to tell the kind from.", 0.0, ("endorsement", "adoption", "value_realized")
        )
    folded = f" {fold_name(text)} " if any(kind.phrases for kind in categories.values()) else ""
    for kind in categories.values():
        for phrase in kind.phrases:
            if f" {fold_name(phrase)} " in folded:
                return kind.id, Reason(Source.LEARNED, f"it says “{phrase}”, which is yours for {kind.name}.", 0.95)
    likeness, liked, example = _by_example(text, examples, categories)
    if likeness >= ALIKE:
        return liked, Reason(
            Source.LEARNED, f"it reads like an example of {categories[liked].name}: “{_shortened(example, 60)}”.", 0.9
        )
    found = found or classify(text)
    ranked = [(c, p) for c, p in found.categories if c in categories]
    if is_review:
        ranked.sort(key=lambda x: -(x[1] + (0.3 if x[0] in ("endorsement", "program") else 0)))
    top, share = ranked[0]
    words = telling_words(found, top)
    quoted = f"it says “{words}”" if words else "how it reads"
    names = offered([c for c, _ in ranked], found, unlikely)
    if likeness >= A_LITTLE_ALIKE and liked != top:
        names = (liked, *(n for n in names if n != liked))[:3]
        return None, Reason(
            Source.GUESSED, f"{quoted}, but it is a little like an example of {categories[liked].name}.", share, names
        )
    if (own := _by_description(text, categories)) and own != top:
        names = (own, *(n for n in names if n != own))[:3]
        return None, Reason(
            Source.GUESSED, f"{quoted}, but it has words of what you call {categories[own].name}.", share, names
        )
    if found.sure >= sure_from(top) and top == found.categories[0][0] and top not in unlikely:
        return top, Reason(Source.GUESSED, f"{quoted}.", found.sure, names)
    for part, where in ((headline, "its headline says"), (beside, "beside the customer's words stands")):
        if part and part.strip() and part != text and (plain := kind_said_by(part, names, unlikely, where)):
            return plain
    return None, Reason(Source.GUESSED, f"{quoted}, but it could be another kind.", share, names)


def kind_said_by(
    line: str, names: Sequence[str], unlikely: frozenset[str] = frozenset(), where: str = "the line says"
) -> tuple[str, Reason] | None:
    """The kind among *names* that *line* plainly says, and why; None where it leaves it open."""
    told = classify(line)
    kind = told.categories[0][0]
    if told.sure < sure_from(kind) or kind not in names or kind in unlikely:
        return None
    words = telling_words(told, kind) or _shortened(line, 60)
    others = (name for name in names if name != kind)
    return kind, Reason(Source.GUESSED, f"{where} “{words}”.", told.sure, (kind, *others))


# Meanings of time, money or trouble that are spared: who tells of these has nearly always told a saving, too.
_SPARES = frozenset({"save", "less", "hours", "money_sum", "staff_cost", "waste", "no_more_trouble"})
_NEAR = 6


def offered(ranked: Sequence[str], found: Classified, unlikely: frozenset[str]) -> tuple[str, ...]:
    """Three kinds to choose from: the likeliest; an unlikely one only where nothing reads better; a saving where one is told."""
    first, *others = ranked
    names = [first, *(kind for kind in others if kind not in unlikely)][:3]
    if (
        "value_realized" not in names
        and "value_realized" in ranked[:_NEAR]
        and any(not _SPARES.isdisjoint(part.meanings) for part in found.parts)
    ):
        names[-1] = "value_realized"
    return tuple(names)


def unlikely_kinds(*, account: str | None, quote: str | None) -> frozenset[str]:
    """What the team tells of itself: about a customer, or in a customer's own words, it is asked, however it reads."""
    return TEAM_KINDS if account or quote else frozenset()


def category_named(word: str, categories: Mapping[str, Category]) -> str | None:
    """A kind by id, name, or the words people use for it."""
    folded = fold_name(word.replace("_", " ").replace("-", " "))
    for kind in categories.values():
        if folded in (fold_name(kind.id.replace("_", " ")), fold_name(kind.name)):
            return kind.id
    known = SPOKEN.get(folded) or SPOKEN.get(folded.replace(" ", ""))
    return known if known in categories else None


SPOKEN: dict[str, str] = {}
for _id, _words in {
    "value_realized": "roi value values savings saved timesaved costdown profit efficiency ersparnis nutzen mehrwert gain économies ahorro besparing",
    "account_goal": "goal goals target kpi objective okr ziel objectif objetivo doel goal_reached goalreached accountgoal",
    "adoption": "adoption usage activation rollout onboarding golive launch logins nutzung adopción adoptie rollout",
    "stakeholder": "stakeholder sponsor exec executive champion meeting responsive engagement",
    "participation": "participation training event webinar survey feedback workshop course certification usergroup schulung formation evento",
    "program": "program programme casestudy beta review testimonial reference advocacy referenz story marketing",
    "high_value_task": "task highvaluetask integration automation migration import api highvalue",
    "endorsement": "endorsement praise compliment quote love kudos testimonial lob thanks anecdote compliments",
    "nps_csat": "nps csat score promoter survey_score rating",
    "referral": "referral referrals introduction intro recommendation empfehlung recommandation recomendación aanbeveling",
    "renewal_expansion": "renewal renewals expansion upsell upgrade renew expand contract verlängerung renouvellement renovación verlenging crosssell",
    "milestone": "milestone milestones team teamwin meilenstein project",
    "olympics": "olympics useroxlympics userolympics olympic record funny olympiade funfact",
}.items():
    for _word in _words.split():
        SPOKEN.setdefault(fold_name(_word.replace("_", " ")), _id)


ALIKE = 0.5
A_LITTLE_ALIKE = 0.25


def _by_example(
    text: str, examples: Sequence[tuple[str, str]], categories: Mapping[str, Category]
) -> tuple[float, str, str]:
    """(likeness 0-1, kind, example) of the example that reads most like *text*: corrected wins, and those of the config."""
    known = [*examples, *((example, kind.id) for kind in categories.values() for example in kind.examples)]
    mine = _stems(text) if known else frozenset()
    best = (0.0, "", "")
    for example, category in known:
        theirs = _stems(example)
        if category in categories and theirs and mine:
            best = max(best, (len(mine & theirs) / len(mine | theirs), category, example))
    return best


DESCRIBED_BY = 2


def _by_description(text: str, categories: Mapping[str, Category]) -> str | None:
    """A kind of the company's own whose description shares words with *text*: never enough to assert it, enough to ask."""
    best = (0, "")
    for kind in categories.values():
        if kind.description and kind.id not in BUILT_IN:
            best = max(best, (len(_stems(text) & _stems(kind.description)), kind.id))
    return best[1] if best[0] >= DESCRIBED_BY else None


@lru_cache(maxsize=4_000)
def _stems(text: str) -> frozenset[str]:
    """Beginnings of the longer words; pairs of signs where words are not spaced."""
    folded = fold(text[:MAX_CHARS].lower())
    words = {word[:6] for word in re.findall(r"[^\W\d_]{4,}", folded) if not word[0] > "\u3000"}
    unspaced = re.findall(r"[\u3040-\u30ff\u3400-\u9fff]+", folded)
    return frozenset(words | {run[at : at + 2] for run in unspaced for at in range(len(run) - 1)})


QUOTED = 60
_WORD_IN_TEXT = re.compile(r"[^\s\u3000-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]{1,4}")
_CLAUSE_END = re.compile(r"(?<=[,;:])\s+|\s+[–—-]+\s+|(?<=[、，])|\s*[()]\s*")
_WINDOW = 4
MAX_QUOTABLE = 60
_AROUND_WORDS = ".,;:!?()[]\"“”„«»'"
_A_FEW_WORDS, _ENOUGH_WORDS = 3, 5
_FIGURE = 0.15
TOLD_IN_FIGURES = frozenset({"value_realized", "account_goal", "adoption", "nps_csat", "renewal_expansion"})
_DIGIT = re.compile(r"\d")


def telling_words(found: Classified, category: str) -> str | None:
    """The words that weighed most for *category*: of the sentence that most tells it, the whole if it is short, else a clause, else a piece."""
    told = max(found.parts, key=lambda part: _evidence(part, category), default=None)
    if told is None:
        return None
    sentence = told.text
    words = [m.span() for m in _WORD_IN_TEXT.finditer(sentence)]
    if not words:
        return None
    spans = words[:MAX_QUOTABLE]
    bare = [sentence[start:end].strip(_AROUND_WORDS) for start, end in spans]
    weights = weights_of_words(bare, category)
    if category in TOLD_IN_FIGURES:
        lift = max(*weights, 0.0) / 2
        weights = [
            weight if word.isalpha() else weight + lift * (_DIGIT.search(word) is not None)
            for weight, word in zip(weights, bare, strict=True)
        ]
    at = max(range(max(len(spans) - _WINDOW, 0) + 1), key=lambda at: sum(weights[at : at + _WINDOW]))
    return _readable(sentence, (spans[at][0], spans[min(at + _WINDOW, len(spans)) - 1][1]), words) or None


def _evidence(part: Part, category: str) -> tuple[bool, float]:
    """How much a sentence tells *category*: a figure more than a mood, trouble less than praise; a question or two words only for want of more."""
    words, is_said, has_digit, _ = _shape_of(part.text)
    share = part.kinds.get(category, 0.0) * (1 - part.stances["complaint"] - part.stances["doubt"])
    figure = _FIGURE if category in TOLD_IN_FIGURES and share > _FIGURE and has_digit else 0.0
    return is_said, share * min(words / _ENOUGH_WORDS, 1) + figure


class _Shape(NamedTuple):
    """What a sentence is like, whatever it tells: its words, whether it says something at all, has a digit, begins with an exclamation."""

    words: int
    is_said: bool
    has_digit: bool
    exults: bool


def _shape_of(sentence: str) -> _Shape:
    return _shape(sentence) if len(sentence) <= REMEMBERED else _shape.__wrapped__(sentence)


@lru_cache(maxsize=512)
def _shape(sentence: str) -> _Shape:
    words = len(sentence.split() if sentence.isascii() else _WORD_IN_TEXT.findall(sentence))
    is_question = sentence.rstrip(' "”»)').endswith(("?", "？"))
    is_said = words >= _A_FEW_WORDS and not is_question and not is_greeting(sentence)
    return _Shape(words, is_said, _DIGIT.search(sentence) is not None, _EXULTS.match(sentence) is not None)


def _readable(sentence: str, span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> str:
    """The shortest of sentence, clause and run of words around *span* that fits; it is never cut in a word. *spans*: of its words."""
    whole = " ".join(sentence.split())
    if len(whole) <= QUOTED:
        return whole.strip(_EDGES)
    gaps = [m.span() for m in _CLAUSE_END.finditer(sentence)]
    clauses = zip([0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(sentence)], strict=True)
    middle = (span[0] + span[1]) // 2
    clause = next(((a, b) for a, b in clauses if a <= middle <= b), span)
    piece = " ".join(sentence[clause[0] : clause[1]].split()).strip(_EDGES)
    if 12 <= len(piece) <= QUOTED:
        return piece
    begin, close = clause if len(piece) > QUOTED else (0, len(sentence))
    words = [(a, b) for a, b in spans if begin <= a and b <= close]
    taken = [w for w in words if w[1] > span[0] and w[0] < span[1]] or words[:1]
    if not taken:
        return whole[:QUOTED].rsplit(" ", 1)[0].strip(_EDGES)
    first, last = words.index(taken[0]), words.index(taken[-1])
    while last + 1 < len(words) and words[last + 1][1] - words[first][0] <= QUOTED:
        last += 1
    while first > 0 and words[last][1] - words[first - 1][0] <= QUOTED:
        first -= 1
    if last + 1 < len(words):
        # Cut within a clause: not after "with a" or "than the".
        while last - first > 2 and words[last][1] - words[last][0] <= FUNCTION_WORD:
            last -= 1
    return " ".join(sentence[words[first][0] : words[last][1]].split()).strip(_EDGES)


FUNCTION_WORD = 4
_EDGES = " \t.,;:!?…。、！？\"“”„«»'-–—*•>"
