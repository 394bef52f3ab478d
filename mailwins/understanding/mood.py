"""Praise, neutral, doubt or complaint; and which kind of win. Stated beats source, source beats text; what is not sure is asked."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache

from mailwins.config import Kind as Category
from mailwins.model import Rating, Reason, Source, Stance
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.classifier import (
    MAX_CHARS,
    Classified,
    Part,
    classify,
    fold,
    load,
    sentence_features,
    sentences,
)

SURE = 0.5
SURE_NONE = 0.5
"""From where on a kind is asserted, and how far the text may read like no win at all: measured on voices held out."""
SURE_COMPLAINT = 0.6
MAYBE_COMPLAINT = 0.35
SURE_DOUBT = 0.6
CERTAIN = 0.85
"""A text that plainly tells a win is called a complaint or a doubt only from here on; below, its sender is asked."""
UNSURE = 0.5

# Meanings (understanding/concepts.txt) of trouble. Never enough alone: they raise what the model sees in the sentence.
_TROUBLE = frozenset({"broken", "anger", "still_not", "demand", "leave"})

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
    praise = shares.get("praise", 0.0)
    complaint, loudest = _complaint(found)
    doubt, softest = _doubt(found)
    is_win = found.categories[0][1] >= SURE and found.none <= SURE_NONE
    if is_win and SURE_COMPLAINT <= max(complaint, doubt) < CERTAIN:
        return Stance.NEUTRAL, Reason(Source.GUESSED, "it tells a win, and may be a worry as well.", UNSURE)
    if loudest and complaint >= SURE_COMPLAINT and complaint >= doubt:
        return Stance.COMPLAINT, Reason(Source.GUESSED, f"it says “{_shortened(loudest.text)}”.", max(complaint, UNSURE + 0.01))
    if softest and doubt >= SURE_DOUBT:
        return Stance.DOUBT, Reason(Source.GUESSED, f"it says “{_shortened(softest.text)}”, more a worry than a win.", max(doubt, UNSURE + 0.01))
    if max(complaint, doubt) >= MAYBE_COMPLAINT and praise < UNSURE:
        return Stance.NEUTRAL, Reason(Source.GUESSED, "it may be a worry rather than a win.", UNSURE)
    best = max((s for s in ("praise", "neutral")), key=lambda s: shares.get(s, 0))
    return Stance(best), Reason(Source.GUESSED, "how it reads.", shares.get(best, 0))


# Logistic regressions over mails composed of the sentences of voices the model had not seen, kind words and ordinary
# business around the trouble: the whole, the worst sentence, words of trouble in it, and of worry.


def _complaint(found: Classified) -> tuple[float, Part | None]:
    """How likely the text complains, however kindly, and the sentence that does most."""
    if not found.parts:
        return 0.0, None
    worst = max(found.parts, key=lambda part: part.stances["complaint"])
    cues = min(len(_TROUBLE.intersection(worst.meanings)), 2)
    score = 2.03 + 1.10 * _log(dict(found.stances)["complaint"]) + 0.63 * _log(worst.stances["complaint"]) + 0.70 * cues - 0.41 * _worries(found)
    return _share(score), worst


def _doubt(found: Classified) -> tuple[float, Part | None]:
    """How likely the text doubts more than it tells, and the sentence that does most."""
    if not found.parts:
        return 0.0, None
    shares = dict(found.stances)
    most = max(found.parts, key=lambda part: part.stances["doubt"])
    score = 1.06 + 1.67 * _log(shares["doubt"]) + 0.17 * _log(most.stances["doubt"]) + 1.12 * _worries(found) - 0.82 * _log(shares["complaint"])
    return _share(score), most


def _worries(found: Classified) -> int:
    return min(sum("worry" in part.meanings for part in found.parts), 2)


def _log(share: float) -> float:
    return math.log(share + 0.001)


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _shortened(sentence: str, limit: int = 90) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"


def category_of(
    text: str | None, *, stated: str | None, tags: Sequence[str], rating: Rating | None, is_review: bool, categories: Mapping[str, Category],
    examples: Sequence[tuple[str, str]] = (), found: Classified | None = None, exclude: frozenset[str] = frozenset(),
) -> tuple[str | None, Reason]:  # fmt: skip
    """(kind, why), or (None, why with three suggestions) where text alone is not sure enough."""
    for word in [stated, *tags]:
        if word and (known := category_named(word, categories)):
            return known, Reason(Source.STATED, f"you wrote “{word}”.")
    if rating is not None and not is_review:
        return "nps_csat", Reason(Source.STATED, f"it is {_RATING_WORDS.get(rating.scale, 'a score')}.")
    if not text or not text.strip():
        return None, Reason(Source.GUESSED, "no words to tell the kind from.", 0.0, ("endorsement", "adoption", "value_realized"))
    folded = f" {fold_name(text)} "
    for kind in categories.values():
        for phrase in kind.phrases:
            if f" {fold_name(phrase)} " in folded:
                return kind.id, Reason(Source.LEARNED, f"it says “{phrase}”, which is yours for {kind.name}.", 0.95)
    likeness, liked, example = _by_example(text, examples, categories)
    if likeness >= ALIKE:
        return liked, Reason(Source.LEARNED, f"it reads like an example of {categories[liked].name}: “{_shortened(example, 60)}”.", 0.9)
    found = found or classify(text)
    ranked = [(c, p) for c, p in found.categories if c in categories and c not in exclude]
    if is_review:
        ranked.sort(key=lambda x: -(x[1] + (0.3 if x[0] in ("endorsement", "program") else 0)))
    top, share = ranked[0]
    words = telling_words(text, top)
    quoted = f"it says “{words}”" if words else "how it reads"
    names = tuple(c for c, _ in ranked[:3])
    if likeness >= A_LITTLE_ALIKE and liked != top:
        names = (liked, *(n for n in names if n != liked))[:3]
        return None, Reason(Source.GUESSED, f"{quoted}, but it is a little like an example of {categories[liked].name}.", share, names)
    if share >= SURE and found.none <= SURE_NONE:
        return top, Reason(Source.GUESSED, f"{quoted}.", share, names)
    return None, Reason(Source.GUESSED, f"{quoted}, but it could be another kind.", share, names)


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


def _by_example(text: str, examples: Sequence[tuple[str, str]], categories: Mapping[str, Category]) -> tuple[float, str, str]:
    """(likeness 0-1, kind, example) of the example that reads most like *text*: corrected wins, and those of the config."""
    mine = _stems(text)
    best = (0.0, "", "")
    own = ((example, kind.id) for kind in categories.values() for example in kind.examples)
    for example, category in (*examples, *own):
        theirs = _stems(example)
        if category in categories and theirs and mine:
            best = max(best, (len(mine & theirs) / len(mine | theirs), category, example))
    return best


@lru_cache(maxsize=4_000)
def _stems(text: str) -> frozenset[str]:
    """Beginnings of the longer words; pairs of signs where words are not spaced."""
    folded = fold(text[:MAX_CHARS].lower())
    words = {word[:6] for word in re.findall(r"[^\W\d_]{4,}", folded) if not word[0] > "\u3000"}
    unspaced = re.findall(r"[\u3040-\u30ff\u3400-\u9fff]+", folded)
    return frozenset(words | {run[at : at + 2] for run in unspaced for at in range(len(run) - 1)})


_TELLING = re.compile(r"[^\s.,;:!?()\[\]\"“”«»]+")


def telling_words(text: str, category: str, length: int = 4) -> str | None:
    """The few words that weighed most for *category*, as they stand in the text; never across two sentences."""
    model = load()
    if category not in model.labels:
        return None
    column = model.columns[model.labels.index(category)]
    best = (0.0, "")
    for sentence in sentences(text[:900])[:12]:
        words = [m[0] for m in _TELLING.finditer(sentence)][:40]
        if len(words) < 2:
            continue
        weights = [_weight(word, column) for word in words]
        for at in range(max(len(words) - length, 0) + 1):
            piece = words[at : at + length]
            best = max(best, (sum(weights[at : at + length]), " ".join(piece)))
    return best[1] or None


def _weight(word: str, column: array[int]) -> float:
    found = sentence_features(word)
    return sum(column[b] for b in found) / math.sqrt(len(found) or 1)
