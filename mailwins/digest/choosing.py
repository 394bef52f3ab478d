"""Which wins an edition holds, in which order, and which one leads, with the reasons said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailwins.config import AudienceSettings
from mailwins.digest.wording import excerpt, headline
from mailwins.model import Directory, Source, Stance, Visibility, Win

STORIES = 7
FUN = ("olympics", "milestone")
# A line that asks, greets or announces tells no outcome: fine as a story, poor as the headline of the week.
_NO_NEWS = re.compile(r"^(?:please|could you|can you|one wish|quick|just|fyi|attached|see|here is|here are|short news|bitte|anbei|voici|veuillez|adjunto|por favor|bijgevoegd)\b|\?$", re.I)

# What each ready-made audience looks at first; a lens of its own in the config replaces it.
READY: Mapping[str, tuple[str, ...]] = {
    "everyone": (),
    "sales": ("referral", "renewal_expansion", "stakeholder", "value_realized", "account_goal"),
    "marketing": ("program", "endorsement", "nps_csat", "referral", "value_realized"),
    "support": ("endorsement", "nps_csat", "high_value_task", "adoption"),
    "product": ("adoption", "value_realized", "account_goal", "high_value_task", "participation"),
}


def may_see(win: Win, audience: AudienceSettings) -> bool:
    """Whether this audience may know of the win at all. Private ones, doubts and open guesses are for managers only."""
    if win.is_deleted or win.stance is Stance.COMPLAINT:
        return False
    if audience.is_managers:
        return True
    return win.visibility is not Visibility.PRIVATE and win.stance is not Stance.DOUBT and not win.doubts


def fits(win: Win, audience: AudienceSettings, directory: Directory) -> bool:
    """Whether the lens lets it through."""
    lens = audience.lens
    if lens.min_value is not None and win.value_effective < lens.min_value:
        return False
    if lens.tiers and win.category not in FUN:
        account = directory.account(win.account)
        if account is None or account.tier not in lens.tiers:
            return False
    if lens.features and not {f.casefold() for f in win.features} & {f.casefold() for f in lens.features}:
        return False
    return not (lens.only and lens.categories and win.category not in lens.categories)


def belongs(win: Win, audience: AudienceSettings, directory: Directory) -> bool:
    return may_see(win, audience) and fits(win, audience, directory)


def interests(audience: AudienceSettings) -> tuple[str, ...]:
    return audience.lens.categories or READY.get(audience.key, ())


@dataclass(frozen=True, slots=True)
class Chosen:
    """*lead* and *why* it leads; *stories* follow it in order; *rest* are counted only. Fun ones stand apart."""

    lead: Win | None
    why: str
    stories: tuple[Win, ...]
    rest: tuple[Win, ...]
    olympics: tuple[Win, ...]
    milestones: tuple[Win, ...]


def choose(wins: Sequence[Win], audience: AudienceSettings, directory: Directory, *, last_lead_account: str | None = None, lead: int | None = None, dropped: frozenset[int] = frozenset()) -> Chosen:
    """*wins* are those that belong. *lead* and *dropped* are an editor's own words and beat everything."""
    wins = [w for w in wins if w.id not in dropped]
    olympics = tuple(sorted((w for w in wins if w.category == "olympics"), key=lambda w: (-w.value_effective, w.id)))
    milestones = tuple(sorted((w for w in wins if w.category == "milestone"), key=lambda w: (-w.value_effective, w.id)))
    news = [w for w in wins if w.category not in FUN]
    if not news:
        return Chosen(None, "", (), (), olympics, milestones)
    ranked = sorted(news, key=lambda w: (-weight(w, audience, directory), w.id))
    first = next((w for w in ranked if w.id == lead), None)
    if first is not None:
        why = "chosen by the editor"
    else:
        fresh = [w for w in ranked if w.account != last_lead_account or w.account is None]
        first = max(fresh or ranked, key=lambda w: (weight(w, audience, directory) + told_well(w), -w.id))
        why = reasons(first, audience, is_fresh=bool(fresh) and last_lead_account is not None)
    rest = [w for w in ranked if w is not first]
    stories = varied(rest, first, audience, directory)
    return Chosen(first, why, tuple(stories[: STORIES - 1]), tuple(stories[STORIES - 1 :]), olympics, milestones)


def weight(win: Win, audience: AudienceSettings, directory: Directory) -> float:
    """How much this audience would like to read it; about 0 to 20."""
    order = interests(audience)
    interest = (len(order) - order.index(win.category)) * 1.5 if win.category in order else 0.0
    account = directory.account(win.account)
    praised_here = any((m := directory.member(a)) is not None and m.team.casefold() == (audience.name or audience.key).casefold() for a in win.praised)
    return (
        interest
        + win.value_effective
        + 1.5 * bool(win.measures)
        + 1.0 * bool(win.quote)
        + 0.8 * bool(win.attachments)
        + 0.5 * bool(win.cause)
        + 4.0 * praised_here
        + 1.0 * (audience.key == "product" and bool(win.features or win.cause))
        + 0.5 * bool(account and (account.tier or "").casefold() in ("enterprise", "strategic", "key"))
        - 2.0 * _is_thin(win)
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


def _is_thin(win: Win) -> bool:
    return len(win.detail or "") < 25


def reasons(win: Win, audience: AudienceSettings, *, is_fresh: bool) -> str:
    said = []
    if win.value_effective >= 8:
        stated = win.reasons.get("value")
        said.append(f"value {win.value_effective}" + ("" if stated and stated.source in (Source.STATED, Source.PERSON) else " by its kind"))
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


def varied(ranked: Sequence[Win], first: Win, audience: AudienceSettings, directory: Directory) -> list[Win]:
    """Best first, but an account or a kind that was just told waits a little."""
    left, out = list(ranked), []
    accounts, kinds = [first.account], [first.category]
    while left:

        def score(win: Win) -> float:
            tired = 3.0 * accounts.count(win.account) * (win.account is not None) + 1.0 * kinds.count(win.category) * (not interests(audience))
            return weight(win, audience, directory) - tired

        best = max(left, key=lambda w: (score(w), -w.id))
        left.remove(best)
        out.append(best)
        accounts.append(best.account)
        kinds.append(best.category)
    return out
