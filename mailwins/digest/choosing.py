"""Which wins an edition holds, in which order, and which one leads, with the reasons said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailwins.config import AudienceSettings
from mailwins.digest.wording import excerpt, headline
from mailwins.model import Directory, Glance, Source, Stance, Tally, Visibility, Win
from mailwins.updates.phrases import language_of

STORIES = 7
SHORTLIST = 60
MOST_FUN = 4
THIN = 25
FUN = ("olympics", "milestone")
# What the first kind a department looks for has over the next: more than a name or a number, less than all a story can be told with.
INTEREST = 3.0
FOREIGN = 4.0
# A line that asks, greets, announces or names a goal tells no outcome: fine as a story, poor as the headline of the week.
_LATIN = ("en", "de", "fr", "es", "nl", "it", "pt", "sv", "da", "no", "fi", "pl", "cs")
_LAST_LATIN = 0x24F
_NO_NEWS = re.compile(
    r"\b(?:goal|target)\b[^.!?]*\b(?:is|was)\s+(?:to\b|\d)|^(?:please|could you|can you|one wish|quick|just|fyi|attached|see|here is|here are|short news|bitte|anbei|voici|veuillez|adjunto|por favor|bijgevoegd)\b|\?$",
    re.I,
)

# What each ready-made audience looks at first; a lens of its own in the config replaces it.
READY: Mapping[str, tuple[str, ...]] = {
    "everyone": (),
    "sales": ("referral", "renewal_expansion", "stakeholder", "value_realized", "account_goal"),
    "marketing": ("program", "endorsement", "nps_csat", "referral", "value_realized"),
    "support": ("endorsement", "nps_csat", "high_value_task", "adoption"),
    "product": ("adoption", "value_realized", "account_goal", "high_value_task", "participation"),
}


def may_see(win: Glance | Tally, audience: AudienceSettings) -> bool:
    """Whether this audience may know of the win at all. Private ones, doubts and open guesses are for managers only."""
    if win.is_deleted or win.stance is Stance.COMPLAINT:
        return False
    if audience.is_managers:
        return True
    return win.visibility is not Visibility.PRIVATE and win.stance is not Stance.DOUBT and not win.is_doubtful


def fits(win: Glance | Tally, audience: AudienceSettings, directory: Directory) -> bool:
    """Whether the lens lets it through."""
    lens = audience.lens
    if lens.min_value is not None and win.value_effective < lens.min_value:
        return False
    if lens.tiers and win.category not in FUN:
        tier = win.tier if isinstance(win, Tally) else _tier(win, directory)
        if tier not in lens.tiers:
            return False
    if lens.features and not {f.casefold() for f in win.features} & {f.casefold() for f in lens.features}:
        return False
    return not (lens.only and lens.categories and win.category not in lens.categories)


def _tier(win: Glance, directory: Directory) -> str | None:
    account = directory.account(win.account)
    return account.tier if account else None


def belongs(win: Glance | Tally, audience: AudienceSettings, directory: Directory) -> bool:
    return may_see(win, audience) and fits(win, audience, directory)


def interests(audience: AudienceSettings) -> tuple[str, ...]:
    return audience.lens.categories or READY.get(audience.key, ())


@dataclass(frozen=True, slots=True)
class Chosen:
    """*lead* and *why* it leads; *stories* follow it in order; *rest* are counted only. Fun ones stand apart."""

    lead: Win | None
    why: str
    stories: tuple[Win, ...]
    rest: tuple[Glance, ...]
    olympics: tuple[Win, ...]
    milestones: tuple[Win, ...]

    @property
    def told(self) -> tuple[Win, ...]:
        """Those with words of their own in the mail, in its order."""
        return (*((self.lead,) if self.lead else ()), *self.stories, *self.olympics, *self.milestones)


def shortlist(wins: Sequence[Glance], audience: AudienceSettings, directory: Directory) -> tuple[int, ...]:
    """Numbers of those worth reading in full; an edition tells some of them."""
    ranked = sorted(wins, key=lambda w: (-weight(w, audience, directory), w.id))
    found = [w.id for w in ranked if w.category not in FUN][:SHORTLIST]
    for kind in FUN:
        found += [w.id for w in ranked if w.category == kind][:MOST_FUN]
    return tuple(found)


def choose(
    wins: Sequence[Glance],
    full: Mapping[int, Win],
    audience: AudienceSettings,
    directory: Directory,
    *,
    last_lead_account: str | None = None,
    lead: int | None = None,
    dropped: frozenset[int] = frozenset(),
    language: str | None = None,
) -> Chosen:
    """*wins* are those that belong, *full* those of the shortlist. *lead* and *dropped* are an editor's own words and beat everything. *language*: the readers', where a story in another one leads only when nothing else can."""
    weights = {w.id: weight(w, audience, directory) for w in wins if w.id in full and w.id not in dropped}
    read = sorted((full[i] for i in weights), key=lambda w: (-weights[w.id], w.id))
    olympics = tuple(w for w in read if w.category == "olympics")
    milestones = tuple(w for w in read if w.category == "milestone")
    ranked = [w for w in read if w.category not in FUN]
    first = next((w for w in ranked if w.id == lead), None)
    why = "chosen by the editor"
    if first is None and ranked:
        fresh = [w for w in ranked if w.account != last_lead_account or w.account is None]
        first = max(
            fresh or ranked, key=lambda w: (weights[w.id] + told_well(w) - FOREIGN * is_foreign(w, language), -w.id)
        )
        why = reasons(first, audience, is_fresh=bool(fresh) and last_lead_account is not None)
    stories = (
        tuple(varied([w for w in ranked if w is not first], first, audience, weights)[: STORIES - 1]) if first else ()
    )
    told = {w.id for w in (first, *stories, *olympics, *milestones) if w is not None}
    rest = tuple(w for w in wins if w.id not in dropped and w.id not in told)
    return Chosen(first, why if first else "", stories, rest, olympics, milestones)


def weight(win: Glance, audience: AudienceSettings, directory: Directory) -> float:
    """How much this audience would like to read it; about 0 to 20."""
    order = interests(audience)
    interest = (len(order) - order.index(win.category)) * INTEREST if win.category in order else 0.0
    account = directory.account(win.account)
    here = (audience.name or audience.key).casefold()
    praised_here = any((m := directory.member(a)) is not None and m.team.casefold() == here for a in win.praised)
    return (
        interest
        + win.value_effective
        + 1.5 * win.has_measures
        + 1.0 * win.has_quote
        + 0.8 * win.has_files
        + 0.5 * win.says_why
        + 4.0 * praised_here
        + 1.0 * (audience.key == "product" and bool(win.features or win.says_why))
        + 0.5 * bool(account and (account.tier or "").casefold() in ("enterprise", "strategic", "key"))
        - 2.0 * (win.length < THIN)
    )


def told_well(win: Win) -> float:
    """A lead needs something to tell: an outcome in its line, a person's words beyond that line, a number."""
    line = headline(win)
    more = excerpt(win.detail, 330, without=line) or ""
    return (
        2.0 * bool(win.quote and win.contact and win.contact.name)
        + min(len(more), 240) / 80
        + 1.5 * any(c.isdigit() for c in line)
        + 1.0 * bool(win.measures)
        - 2.0 * (len(line) < 25)
        - 1.5 * line.endswith("…")
        - 2.5 * bool(_NO_NEWS.search(line))
    )


def is_foreign(win: Win, language: str | None) -> bool:
    """Whether it plainly speaks another language than its readers: in its words, or in letters that theirs does not use."""
    words = f"{headline(win)} {(win.detail or '')[:600]}"
    if language is None:
        return False
    letters = [c for c in words if c.isalpha()]
    if language in _LATIN and sum(not c.isascii() and ord(c) > _LAST_LATIN for c in letters) > len(letters) / 3:
        return True
    found = language_of([words])
    return found is not None and found != language


def reasons(win: Win, audience: AudienceSettings, *, is_fresh: bool) -> str:
    said = []
    if win.value_effective >= 8:
        stated = win.reasons.get("value")
        said.append(
            f"value {win.value_effective}"
            + ("" if stated and stated.source in (Source.STATED, Source.PERSON) else " by its kind")
        )
    if win.category in interests(audience)[:2]:
        said.append("the kind this audience looks for first")
    if win.measures:
        said.append("it has a number")
    if win.quote and win.contact and win.contact.name:
        said.append("somebody's own words")
    if win.attachments:
        said.append("there is something to see")
    if is_fresh:
        said.append("not the account that led last time")
    return ", ".join(said) or "the best told of this edition"


def varied(ranked: Sequence[Win], first: Win, audience: AudienceSettings, weights: Mapping[int, float]) -> list[Win]:
    """Best first, but an account or a kind that was just told waits a little."""
    left = list(ranked)
    out: list[Win] = []
    accounts, kinds = [first.account], [first.category]
    while left and len(out) < STORIES:

        def score(win: Win) -> float:
            tired = 3.0 * accounts.count(win.account) * (win.account is not None) + 1.0 * kinds.count(win.category) * (
                not interests(audience)
            )
            return weights[win.id] - tired

        best = max(left, key=lambda w: (score(w), -w.id))
        left.remove(best)
        out.append(best)
        accounts.append(best.account)
        kinds.append(best.category)
    return out
