"""Praise, neutral, doubt or complaint; and which kind of win. Stated beats source, source beats text; what is not sure is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mailwins.config import Kind as Category
from mailwins.model import Rating, Reason, Source, Stance
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.classifier import Classified, classify

SURE = 0.6
SURE_NONE = 0.5
SURE_COMPLAINT = 0.6
SURE_DOUBT = 0.62

# Strong words of trouble. Never enough alone: they raise what the model sees.
_TROUBLE = re.compile(
    r"\b(?:unacceptable|fed up|ridiculous|disappoint\w+|frustrat\w+|terrible|awful|useless|appalling|again!+|still (?:not|broken|waiting|doesn'?t|isn'?t|fails?)|failing|outage|refund|cancel(?:ling|lation)?|escalat\w+|complain\w*|angry|not (?:happy|satisfied|good enough|acceptable)|never works|lost (?:data|orders)|third time|considering (?:other|alternatives|leaving|switching)|"
    r"inakzeptabel|enttäusch\w+|unzufrieden|ärgerlich|frustrier\w+|katastroph\w+|kündig\w+|beschwer\w+|funktioniert (?:immer noch |schon wieder )?nicht|inacceptable|déçu\w*|mécontent\w*|scandal\w+|résili\w+|plainte|inaceptable|decepcion\w+|descontent\w+|queja|onacceptabel|teleurgesteld|ontevreden|klacht|deluso|delusa|inaccettabile|decepcionad\w+|besvik\w*|oacceptabelt|rozczarowan\w*|niedopuszczaln\w*)\b|(?:不満|困って|最悪|遺憾|クレーム)",
    re.I,
)
_SOLVED = re.compile(r"\b(?:but now|since then|sorted|fixed|solved|resolved|no longer|not any ?more|turned (?:it )?around|inzwischen|seitdem|gelöst|behoben|depuis|résolu|corrigé|desde entonces|resuelto|opgelost|risolto|resolvido|löst|rozwiązan\w*)\b", re.I)

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
    trouble = _TROUBLE.findall(text)
    complaint = shares.get("complaint", 0) + 0.22 * min(len(trouble), 2) - (0.3 if _SOLVED.search(text) else 0)
    doubt = shares.get("doubt", 0)
    if complaint >= SURE_COMPLAINT and complaint > shares.get("praise", 0) + 0.1:
        why = f"it says “{trouble[0]}”." if trouble else "it reads like a complaint."
        return Stance.COMPLAINT, Reason(Source.GUESSED, why, min(complaint, 0.99))
    if doubt >= SURE_DOUBT and doubt > shares.get("praise", 0):
        return Stance.DOUBT, Reason(Source.GUESSED, "it reads like a worry more than a win.", doubt)
    if complaint + doubt >= 0.62 and shares.get("praise", 0) < 0.25:
        return Stance.NEUTRAL, Reason(Source.GUESSED, "it may be a worry rather than a win.", 0.5)
    best = max((s for s in ("praise", "neutral")), key=lambda s: shares.get(s, 0))
    return Stance(best), Reason(Source.GUESSED, "how it reads.", shares.get(best, 0))


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
    if (learned := _by_example(text, examples, categories)) is not None:
        return learned
    found = found or classify(text)
    ranked = [(c, p) for c, p in found.categories if c in categories and c not in exclude]
    if is_review:
        ranked.sort(key=lambda x: -(x[1] + (0.3 if x[0] in ("endorsement", "program") else 0)))
    top, share = ranked[0]
    words = telling_words(text, top)
    quoted = f"it says “{words}”" if words else "how it reads"
    names = tuple(c for c, _ in ranked[:3])
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


def _by_example(text: str, examples: Sequence[tuple[str, str]], categories: Mapping[str, Category]) -> tuple[str, Reason] | None:
    """A corrected win that reads much like this one decides."""
    from mailwins.understanding.classifier import features

    mine = set(features(text))
    best = (0.0, "", "")
    for example, category in examples:
        theirs = set(features(example))
        if category in categories and theirs:
            share = len(mine & theirs) / max(len(mine | theirs), 1)
            best = max(best, (share, category, example))
    if best[0] >= 0.45:
        return best[1], Reason(Source.LEARNED, f"you once corrected a win that reads like this one: “{best[2][:60]}”.", 0.9)
    return None


_TELLING = re.compile(r"[^\s.,;:!?()\[\]\"“”«»]+")


def telling_words(text: str, category: str) -> str | None:
    """The few words that weighed most for *category*, as they stand in the text."""
    from mailwins.understanding.classifier import load

    model = load()
    if category not in model.labels:
        return None
    column = model.labels.index(category)
    words = [(m.start(), m[0]) for m in _TELLING.finditer(text[:600])][:80]
    if len(words) < 2:
        return None
    from mailwins.understanding.classifier import features

    best = (0.0, "")
    for index in range(len(words) - 1):
        piece = " ".join(w for _, w in words[index : index + 3])
        weight = sum(model.columns[column][b] for b in features(piece)) / (len(features(piece)) or 1) ** 0.5
        best = max(best, (weight, piece))
    return best[1] or None
