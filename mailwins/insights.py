"""What the wins of many weeks show together: counts, quiet accounts, kinds, coverage, one pattern. Numbers only from what was captured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import exp, lgamma

from mailwins.model import Account, Directory, Glance, Member, Tally

WEEK = timedelta(days=7)
FEWEST_ALIKE = 3
RARE = 0.1


@dataclass(frozen=True, slots=True)
class Week:
    """Wins captured in [*since*, *until*)."""

    since: datetime
    until: datetime
    count: int


def within(tallies: Iterable[Tally], since: datetime, until: datetime) -> Iterator[Tally]:
    """Those of [*since*, *until*); both must be among the edges they were counted by."""
    return (t for t in tallies if since <= t.since and t.until <= until)


def weeks(tallies: Sequence[Tally], edges: Sequence[datetime]) -> tuple[Week, ...]:
    """What was captured between each pair of *edges*, oldest first, beginning with the first week that has something."""
    found = [
        Week(since, until, sum(t.count for t in within(tallies, since, until))) for since, until in pairwise(edges)
    ]
    first = next((n for n, week in enumerate(found) if week.count), len(found))
    return tuple(found[first:])


@dataclass(frozen=True, slots=True)
class QuietAccount:
    """*days* since the last win by its own date; None where there never was one. *limit_days* is what its tier allows."""

    account: Account
    days: int | None
    last_on: date | None
    limit_days: int


def quiet_accounts(
    accounts: Sequence[Account],
    newest: Mapping[str, date],
    today: date,
    *,
    days: int,
    tiers: Mapping[str, int],
    snoozed: Mapping[str, date] = {},
    begun_on: date | None = None,
) -> tuple[QuietAccount, ...]:
    """Accounts without a win for too long, soonest renewal first, then the longest silence.

    *newest*: account → the day of its last win. *snoozed*: account → first day it counts again.
    *begun_on*: since when anybody could send wins; before that silence says nothing.
    """
    found = []
    for account in accounts:
        limit = tiers.get(account.tier or "", days)
        last = newest.get(account.name)
        silence = (today - last).days if last else None
        listened = (today - begun_on).days if begun_on else limit
        if (silence if silence is not None else listened) >= limit and snoozed.get(account.name, today) <= today:
            found.append(QuietAccount(account, silence, last, limit))
    far = date.max
    return tuple(
        sorted(
            found,
            key=lambda q: (
                _upcoming(q.account.renewal_on, today) or far,
                -(q.days if q.days is not None else 100_000),
                q.account.name,
            ),
        )
    )


def _upcoming(renewal: date | None, today: date) -> date | None:
    return renewal if renewal and renewal >= today else None


def kinds(wins: Iterable[Glance]) -> tuple[tuple[str, int], ...]:
    """(category, how many), most first; wins whose kind nobody knows yet are left out."""
    return tuple(Counter(w.category for w in wins if w.category).most_common())


@dataclass(frozen=True, slots=True)
class Coverage:
    """One colleague: wins in the period, in four weeks, and how many of her accounts had one in a quarter."""

    member: Member
    recent: int
    four_weeks: int
    covered: int
    accounts: int


Senders = Sequence[tuple[tuple[str, ...], int]]


def coverage(
    directory: Directory, recently: Senders, in_four_weeks: Senders, newest: Mapping[str, date], today: date
) -> tuple[Coverage, ...]:
    """For everybody who has accounts, A to Z: this is no ranking.

    *recently*, *in_four_weeks*: (who sent, how many wins). *newest*: account → the day of its last win.
    """
    recent, month = _by_member(recently, directory), _by_member(in_four_weeks, directory)
    heard = {account for account, day in newest.items() if day >= today - 13 * WEEK}
    own: dict[str, list[str]] = {}
    for account in directory.accounts:
        owner = directory.member(account.csm)
        if owner is not None:
            own.setdefault(owner.address, []).append(account.name)
    return tuple(
        Coverage(m, recent[m.address], month[m.address], len(heard & set(own[m.address])), len(own[m.address]))
        for m in sorted(directory.members, key=lambda m: m.name.casefold())
        if m.address in own
    )


def _by_member(senders: Senders, directory: Directory) -> Counter[str]:
    counts = Counter[str]()
    for people, count in senders:
        for address in {m.address for a in people if (m := directory.member(a)) is not None}:
            counts[address] += count
    return counts


def pattern(wins: Sequence[Glance], before: Sequence[Tally], names: Mapping[str, str]) -> str | None:
    """One thing that several wins of this edition share and those of the month *before* rarely did, with its count. *names*: category → its name.

    Only what would be a rare accident is called a pattern: at least three, at least three in ten (without a past to
    compare with: half of them), and what would come about by lot less than one time in ten.
    """
    best: tuple[float, str] | None = None
    total = sum(t.count for t in before)
    for what, did, now, then in (*_features(wins, before), *_kinds(wins, before, names)):
        if now < FEWEST_ALIKE or now / len(wins) < (0.3 if total else 0.5):
            continue
        if total and _chance(now, len(wins), then, total) > RARE:
            continue
        rise = now / len(wins) - (then / total if total else 0.0)
        text = f"{now} of {len(wins)} {what}"
        if total and not then:
            text += f"; none {did} in the four weeks before"
        elif total:
            text += f"; in the four weeks before it was {then} of {total}"
        if best is None or rise > best[0]:
            best = (rise, text + ".")
    return best[1] if best else None


def _chance(now: int, wins: int, then: int, total: int) -> float:
    """How often at least *now* of *wins* would have it, if it were dealt out by lot over these and the *total* before, of which *then* had it (Fisher's exact test, one-sided)."""
    having, everything = now + then, wins + total
    found = 0.0
    for k in range(max(now, wins + having - everything), min(having, wins) + 1):
        more = exp(_ways(having, k) + _ways(everything - having, wins - k) - _ways(everything, wins))
        found += more
        if more < found * 1e-9:
            break
    return found


def _ways(of: int, count: int) -> float:
    """The logarithm of how many ways there are to take *count* out of *of*: with thousands of wins the number itself has thousands of digits."""
    return lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)


def _features(wins: Sequence[Glance], before: Sequence[Tally]) -> list[tuple[str, str, int, int]]:
    now = Counter(f for w in wins for f in set(w.features))
    then = Counter[str]()
    for tally in before:
        for feature in set(tally.features):
            then[feature] += tally.count
    return [(f"mention {feature[:60]}", "did", count, then[feature]) for feature, count in now.items()]


def _kinds(
    wins: Sequence[Glance], before: Sequence[Tally], names: Mapping[str, str]
) -> list[tuple[str, str, int, int]]:
    now = Counter(w.category for w in wins if w.category)
    then = Counter[str]()
    for tally in before:
        if tally.category:
            then[tally.category] += tally.count
    return [
        (f"are of one kind, {names.get(kind, kind)}", "was", count, then[kind])
        for kind, count in now.items()
        if kind not in ("endorsement", "milestone", "olympics")
    ]
