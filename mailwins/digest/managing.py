"""The managers' edition, and my Monday: whom to ask, whom to thank, what to present. From facts only, without a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mailwins import insights
from mailwins.digest import timing
from mailwins.digest.composing import HISTORY, MONTH, Company, Material, change, short, stop, tell, why_you
from mailwins.digest.reasons import reason_to_ask, reason_to_greet
from mailwins.digest.views import HBar, Hello, Listing, Managers, Monday, Number, Quiet, Telling
from mailwins.digest.wording import short_days, shown_name
from mailwins.model import Account, Directory, Glance, Review, Stance, Visibility, Win
from mailwins.outbox import fitted
from mailwins.render import counted, listed, short_day

FULL_BAR = 4
MOST_PRIVATE = 5
MOST_QUIET = 10
MOST_MINE = 5
MOST_COVERED = 25


@dataclass(frozen=True, slots=True)
class Watch:
    """What only managers look at. *tray*: one line for each kind of thing that waits for a person. *last*: account → its last win."""

    quiet: tuple[insights.QuietAccount, ...]
    quiet_before: int | None
    tray: tuple[str, ...] = ()
    last: Mapping[str, Win] = field(default_factory=dict)
    coverage: Sequence[insights.Coverage] = ()


def compose_managers(material: Material, watch: Watch) -> Managers:
    m = material
    days = timing.days_covered(m.since, m.until, m.zone)
    news = [w for w in m.wins if w.category != "olympics"]
    customers = {w.account for w in news if w.account}
    wins_line = (
        f"{counted(len(news), 'win')} from {counted(len(customers), 'customer')}" if news else "No win was captured"
    )
    heading = _managers_heading(len(news), watch)
    today = m.until.astimezone(m.zone).date()
    present, present_text = _presented(
        [w for w in m.full.values() if w.category != "olympics" and w.stance is not Stance.DOUBT], m
    )
    soon = [q for q in watch.quiet if q.account.renewal_on and 0 <= (q.account.renewal_on - today).days <= 90]
    opening = wins_line + "." + _quiet_line(len(watch.quiet), len(soon))
    return Managers(
        title=f"Managers' edition, {days}",
        edition="Managers' edition",
        days=days,
        preheader=fitted(opening, 110),
        subject=fitted(
            f"Wins, {short_days(m.since.astimezone(m.zone).date(), today)}: {heading[0].lower() + heading[1:]}"
        ),
        why_you=why_you(m),
        stop=stop(m) + " For managers only. Please don't forward outside the team.",
        covers=f"Covers what was captured from {timing.span(m.since, m.until, m.zone)}.",
        heading=heading,
        opening=opening,
        numbers=_manager_numbers(m, news, watch),
        quiet_title=counted(len(watch.quiet), "quiet account", "quiet accounts").capitalize(),
        quiet=quiet_rows(watch.quiet, watch.last, m.directory, today, MOST_QUIET),
        quiet_more=f"And {len(watch.quiet) - MOST_QUIET} more: write “quiet” to {m.company.wins_address} for all of them."
        if len(watch.quiet) > MOST_QUIET
        else None,
        snooze=_snooze(watch.quiet, m.company),
        quiet_text="No win captured for the days their tier allows, soonest renewal first. Quiet is not unhappy. It is a reason to ask.",
        kinds=_kind_bars(news, m),
        kinds_missing=_missing(m),
        present=present,
        present_text=present_text,
        private=tuple(tell(w, m, 160) for w in m.full.values() if w.visibility is Visibility.PRIVATE)[:MOST_PRIVATE],
        coverage=_coverage_table(watch.coverage),
        tray=watch.tray,
    )


def _quiet_line(quiet: int, soon: int) -> str:
    if not quiet:
        return ""
    if quiet == 1:
        return " One account has been quiet for too long" + (", and it renews within 90 days." if soon else ".")
    renewing = {0: "", 1: "; one of them renews within 90 days"}.get(soon, f"; {soon} of them renew within 90 days")
    return f" {quiet} accounts have been quiet for too long{renewing}."


def _managers_heading(wins: int, watch: Watch) -> str:
    won = counted(wins, "win") if wins else "No wins"
    if watch.quiet:
        return f"{won}, and {counted(len(watch.quiet), 'quiet account')}"
    return f"{won}, and no account is quiet" if wins else "No wins this time"


def _manager_numbers(m: Material, news: Sequence[Glance], watch: Watch) -> tuple[Number, ...]:
    before = [w for w in m.before if w.category != "olympics"] if m.before is not None else None
    numbers = [
        Number(
            str(len(news)),
            "win" if len(news) == 1 else "wins",
            None,
            change(len(news), len(before) if before is not None else None),
            before is not None and len(news) > len(before),
        )
    ]
    total = len(m.directory.accounts)
    if total:
        heard = len({w.account for w in news if w.account})
        past = len({w.account for w in before if w.account}) if before is not None else None
        numbers.append(
            Number(
                str(heard), "accounts heard from", str(total), change(heard, past), past is not None and heard > past
            )
        )
        fewer = change(len(watch.quiet), watch.quiet_before)
        if watch.quiet:
            numbers.append(
                Number(
                    str(len(watch.quiet)),
                    "quiet account" if len(watch.quiet) == 1 else "quiet accounts",
                    None,
                    fewer,
                    False,
                )
            )
    return tuple(numbers)


def quiet_rows(
    quiet: Sequence[insights.QuietAccount], last: Mapping[str, Win], directory: Directory, today: date, most: int
) -> tuple[Quiet, ...]:
    rows = []
    for q in quiet[:most]:
        owner = shown_name(q.account.csm, directory) or "no CSM"
        said = f"{counted(q.days, 'day')}" if q.days is not None else "never"
        renews = f"{short_day(q.account.renewal_on)} {q.account.renewal_on.year}" if q.account.renewal_on else "–"
        rows.append(
            Quiet(q.account.name, owner, said, renews, reason_to_ask(q.account, last.get(q.account.name), today))
        )
    return tuple(rows)


def _snooze(quiet: Sequence[insights.QuietAccount], company: Company) -> str | None:
    return (
        f"Not now? Reply “snooze {quiet[0].account.name} 4w: why”, and I leave it out for four weeks."
        if quiet
        else None
    )


def _kind_bars(news: Sequence[Glance], m: Material) -> tuple[HBar, ...]:
    found = insights.kinds(news)
    top = max((c for _, c in found), default=1)
    # A single win is no full bar.
    top = max(top, FULL_BAR)
    return tuple(
        HBar(m.categories[k].name if k in m.categories else k, c, max(round(100 * c / top), 4)) for k, c in found
    )


def _missing(m: Material) -> str | None:
    """Kinds that came before and were not seen for four weeks."""
    recent = {t.category for t in insights.within(m.past, m.until - MONTH, m.until)}
    before = {t.category for t in insights.within(m.past, m.until - HISTORY, m.until - MONTH)}
    names = sorted(
        m.categories[c].name
        for c in before - recent
        if c is not None and c in m.categories and c not in ("olympics", "milestone")
    )
    return f"Not seen for four weeks: {listed(names)}." if names else None


def _presented(wins: Sequence[Win], m: Material) -> tuple[tuple[Telling, ...], str]:
    """Wins worth presenting because they say why it worked, or were marked as a model; else the best told, with that question open."""
    worth = sorted(
        (w for w in wins if w.cause or w.factors or w.review is Review.MODEL),
        key=lambda w: (w.review is not Review.MODEL, -w.value_effective, w.id),
    )[:3]
    if worth:
        text = f"{counted(len(worth), 'win')} worth presenting, because {'it says' if len(worth) == 1 else 'they say'} why it worked."
        return tuple(_present(w, m) for w in worth), text
    best = sorted(
        (w for w in wins if w.quote and w.visibility is not Visibility.PRIVATE),
        key=lambda w: (-w.value_effective, w.id),
    )[:2]
    return tuple(
        tell(w, m, 160) for w in best
    ), "Nobody said yet why these worked. Worth asking in the meeting, and writing down." if best else ""


def _present(win: Win, m: Material) -> Telling:
    told = tell(win, m, 160)
    why = [
        f"Model: {short(win.review_why)}" if win.review is Review.MODEL and win.review_why else "",
        f"Cause: {short(win.cause)}" if win.cause else "",
        f"Helped by: {short(', '.join(win.factors))}" if win.factors else "",
    ]
    return Telling(
        number=told.number,
        summary=told.summary,
        chip=told.chip,
        account=told.account,
        text=" ".join(p.rstrip(".") + "." for p in why if p),
        captured_by=told.captured_by,
        day=told.day,
        link=told.link,
    )


def _coverage_table(rows: Sequence[insights.Coverage]) -> Listing | None:
    if not rows:
        return None
    cells = [
        (c.member.name, str(c.recent), str(c.four_weeks), f"{c.covered} of {c.accounts}") for c in rows[:MOST_COVERED]
    ]
    if len(rows) > MOST_COVERED:
        cells.append((f"and {len(rows) - MOST_COVERED} more: write “report coverage”", "", "", ""))
    return Listing(
        "Who captured what",
        ("Colleague", "This time", "Four weeks", "Accounts heard from"),
        tuple(cells),
        right=(1, 2, 3),
    )


# ---------------------------------------------------------------- my Monday


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on one CSM's desk: *wins* at her accounts in the period, *last* win of each account, her *quiet* ones."""

    name: str
    accounts: tuple[Account, ...]
    wins: tuple[Win, ...]
    last: Mapping[str, Win]
    quiet: tuple[insights.QuietAccount, ...]


def compose_monday(desk: Desk, material: Material) -> Monday | None:
    """None when there is nothing she does not know already: no win, nobody to greet."""
    m = material
    today = m.until.astimezone(m.zone).date()
    days = timing.days_covered(m.since, m.until, m.zone)
    silent = {q.account.name: q.days if q.days is not None else -1 for q in desk.quiet}
    below = {w.id for w in desk.wins[:MOST_MINE]}
    found = [
        (r, a)
        for a in desk.accounts
        if (r := reason_to_greet(a, desk.last.get(a.name), today, silent=silent.get(a.name), told_below=below))
    ]
    hellos = tuple(Hello(a.name, r[1]) for r, a in sorted(found, key=lambda x: (-x[0][0], x[1].name))[:3])
    if not desk.wins and not hellos:
        return None
    won = counted(len(desk.wins), "win") + " at your accounts" if desk.wins else "No win at your accounts this time"
    greet = f"{len(hellos)} {'reason' if len(hellos) == 1 else 'reasons'} to say hello" if hellos else ""
    told = tuple(tell(w, m, 140) for w in desk.wins[:MOST_MINE])
    shown = {h.account for h in hellos}
    return Monday(
        title=f"My Monday, {days}", edition="My Monday", days=days,
        preheader=fitted(f"{won}. " + "; ".join(f"{h.account}" for h in hellos), 110),
        subject=fitted(f"My week: {won[0].lower() + won[1:]}" + (f", {greet}" if greet else "")),
        why_you=f"You get this because you look after {counted(len(desk.accounts), 'account')}. Only you get it.",
        stop=f"To leave, write “stop monday” to {m.company.wins_address}.",
        covers=f"Covers what was captured from {timing.span(m.since, m.until, m.zone)}.",
        heading=f"{won}", opening=f"Good morning, {desk.name.split()[0]}." + (f" {('No', 'One', 'Two', 'Three')[len(hellos)]}{greet[1:]} below." if greet else ""),
        hellos=hellos, wins=told, more=f"And {counted(len(desk.wins) - MOST_MINE, 'more win')}: write “my wins”." if len(desk.wins) > MOST_MINE else None,
        quiet_title=counted(len(desk.quiet), "quiet account") if desk.quiet else "",
        quiet=tuple(q for q in quiet_rows(desk.quiet, desk.last, m.directory, today, MOST_QUIET) if q.name not in shown),
        snooze=_snooze(desk.quiet, m.company),
    )  # fmt: skip
