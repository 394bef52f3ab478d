"""The managers' edition, and my Monday: whom to ask, whom to thank, what to present. From facts only, without a ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import quote

from mailwins import insights
from mailwins.digest import timing
from mailwins.digest.composing import HISTORY, MONTH, Company, Material, change, short, stop, tell, why_you
from mailwins.digest.reasons import reason_to_ask, reason_to_greet
from mailwins.digest.views import HBar, Hello, Listing, Managers, Monday, Number, Quiet, Telling
from mailwins.digest.wording import plainly, short_days, shown_name
from mailwins.model import Account, Directory, Glance, Review, Stance, Visibility, Win
from mailwins.outbox import SUBJECT_LIMIT, fitted
from mailwins.render import counted, listed, short_day

FULL_BAR = 4
MOST_PRIVATE = 5
MOST_QUIET = 10
MOST_MINE = 5
MOST_COVERED = 25


@dataclass(frozen=True, slots=True)
class Held:
    """A mail that waits for a person. *reason* as the ledger has it; *by*: the colleague who sent it, None for anybody else. *account*: whose it is, where that is clear."""

    reason: str
    subject: str
    by: str | None
    on: date
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """What only managers look at. *held*: mails that wait for a person, newest first; *questions*: wins with one open. *last*: account → its last win."""

    quiet: tuple[insights.QuietAccount, ...]
    quiet_before: int | None
    held: tuple[Held, ...] = ()
    questions: int = 0
    last: Mapping[str, Win] = field(default_factory=dict)
    coverage: Sequence[insights.Coverage] = ()

    @property
    def complaints(self) -> tuple[Held, ...]:
        """What reads like one: whether it is, a person says."""
        return tuple(h for h in self.held if h.reason == COMPLAINT)


def compose_managers(material: Material, watch: Watch) -> Managers:
    m = material
    days = timing.days_covered(m.since, m.until, m.zone)
    news = [w for w in m.wins if w.category != "olympics" and w.stance is not Stance.DOUBT]
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
    opening = wins_line + "." + _quiet_line(watch.quiet, len(soon)) + _waiting_line(watch)
    return Managers(
        title=f"Managers' edition, {days}",
        edition="Managers' edition",
        days=days,
        preheader=fitted(opening, 110),
        subject=_managers_subject(
            short_days(
                m.since.astimezone(m.zone).date(), (m.until.astimezone(m.zone) - timedelta(microseconds=1)).date()
            ),
            len(news),
            watch,
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
        kinds_missing=_missing(m, sum(w.category is None for w in news)),
        present=present,
        present_text=present_text,
        private=tuple(tell(w, m, 160) for w in m.full.values() if w.visibility is Visibility.PRIVATE)[:MOST_PRIVATE],
        coverage=_coverage_table(watch.coverage),
        tray=_tray(watch),
    )


def _quiet_line(quiet: Sequence[insights.QuietAccount], soon: int) -> str:
    if not quiet:
        return ""
    if len(quiet) == 1:
        return f" {quiet[0].account.name} has been quiet for too long" + (
            ", and renews within 90 days." if soon else "."
        )
    renewing = {0: "", 1: "; one of them renews within 90 days"}.get(soon, f"; {soon} of them renew within 90 days")
    return f" {len(quiet)} accounts have been quiet for too long{renewing}."


def _waiting_line(watch: Watch) -> str:
    complaints = len(watch.complaints)
    if not complaints:
        return ""
    return f" {'One mail that reads like a complaint waits' if complaints == 1 else f'{complaints} mails that read like complaints wait'} for a person."


def _managers_heading(wins: int, watch: Watch) -> str:
    won = counted(wins, "win") if wins else "No wins"
    if watch.quiet:
        return f"{won}, and {counted(len(watch.quiet), 'quiet account')}"
    return f"{won}, and no account is quiet for too long" if wins else "No wins this time"


def _managers_subject(days: str, wins: int, watch: Watch) -> str:
    """What waits for somebody comes first, the dates go first where it is too long."""
    complaints, quiet = len(watch.complaints), len(watch.quiet)
    news = ", ".join(
        (
            *((counted(complaints, "possible complaint"),) if complaints else ()),
            counted(wins, "win") if wins else "no wins",
            *((counted(watch.questions, "open question"),) if watch.questions else ()),
            *((counted(quiet, "quiet account"),) if quiet else ()),
        )
    )
    for start in (f"Wins for managers, {days}", "Wins for managers"):
        if len(f"{start}: {news}") <= SUBJECT_LIMIT:
            return f"{start}: {news}"
    return fitted(f"Managers: {news}")


def _tray(watch: Watch) -> tuple[str, ...]:
    """A line for each possible complaint, with who knows more; one for each other kind of thing that waits."""
    lines = [_complaint(h) for h in watch.complaints[:MOST_COMPLAINTS]]
    if (more := len(watch.complaints) - MOST_COMPLAINTS) > 0:
        lines.append(f"And {counted(more, 'more mail')} of the same kind.")
    others = Counter(h.reason for h in watch.held if h.reason != COMPLAINT)
    for reason, count in others.most_common():
        one, many = _WAITS.get(reason, (f"waits: {reason.replace('_', ' ')}", f"wait: {reason.replace('_', ' ')}"))
        lines.append(f"{counted(count, 'mail')} {one if count == 1 else many}.")
    if watch.questions == 1:
        lines.append("1 win has an open question; the colleague who sent it was asked.")
    elif watch.questions:
        lines.append(f"{watch.questions} wins have an open question; the colleagues who sent them were asked.")
    return tuple(lines)


def _complaint(held: Held) -> str:
    source = f", which {held.by} sent in on {short_day(held.on)}," if held.by else f" of {short_day(held.on)}"
    subject = fitted(plainly(held.subject), 80)
    whose = f"{held.account}: " if held.account and held.account.casefold() not in subject.casefold() else ""
    told = f"“{subject}”" if subject else "a mail" if whose else "A mail"
    return f"{whose}{told}{source} reads like a complaint."


COMPLAINT = "negative"
MOST_COMPLAINTS = 5
# Why a mail waits, of one and of many.
_WAITS: Mapping[str, tuple[str, str]] = {
    "unknown_account": ("names no account that I know", "name no account that I know"),
    "unproven_sender": ("did not surely come from a colleague", "did not surely come from a colleague"),
    "unsure": ("does not say clearly what happened", "do not say clearly what happened"),
    "over_limit": ("is too large or too tangled to read", "are too large or too tangled to read"),
    "encrypted": ("is encrypted", "are encrypted"),
    "failed": ("could not be read", "could not be read"),
}


def _manager_numbers(m: Material, news: Sequence[Glance], watch: Watch) -> tuple[Number, ...]:
    before = (
        [w for w in m.before if w.category != "olympics" and w.stance is not Stance.DOUBT]
        if m.before is not None
        else None
    )
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


def _missing(m: Material, unknown: int) -> str | None:
    """How many have no kind yet, and the kinds that came before and were not seen for four weeks."""
    recent = {t.category for t in insights.within(m.past, m.until - MONTH, m.until)}
    before = {t.category for t in insights.within(m.past, m.until - HISTORY, m.until - MONTH)}
    names = sorted(
        m.categories[c].name
        for c in before - recent
        if c is not None and c in m.categories and c not in ("olympics", "milestone")
    )
    said = (
        f"{counted(unknown, 'win')} {'has' if unknown == 1 else 'have'} no kind yet." if unknown else "",
        f"Not seen for four weeks: {listed(names)}." if names else "",
    )
    return " ".join(s for s in said if s) or None


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
        thank=told.thank,
        thank_link=told.thank_link,
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
    """What lies on one CSM's desk: her *addresses*, *wins* at her accounts in the period, *last* win of each account, her *quiet* ones."""

    name: str
    accounts: tuple[Account, ...]
    wins: tuple[Win, ...]
    last: Mapping[str, Win]
    quiet: tuple[insights.QuietAccount, ...]
    addresses: frozenset[str] = frozenset()


def _without_own_thanks(told: Telling, win: Win, own: frozenset[str]) -> Telling:
    """Nobody thanks herself."""
    return replace(told, thank=None, thank_link=None) if (win.submitted_by or "").lower() in own else told


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
    told = tuple(_without_own_thanks(tell(w, m, 140), w, desk.addresses) for w in desk.wins[:MOST_MINE])
    shown = {h.account for h in hellos}
    return Monday(
        title=f"My Monday, {days}",
        edition="My Monday",
        days=days,
        preheader=fitted(f"{won}. " + "; ".join(f"{h.account}" for h in hellos), 110),
        subject=fitted(f"My week: {won[0].lower() + won[1:]}" + (f", {greet}" if greet else "")),
        why_you=f"You get this because you look after {counted(len(desk.accounts), 'account')}. Only you get it.",
        stop=f"To leave, write “stop monday” to {m.company.wins_address}.",
        covers=f"Covers what was captured from {timing.span(m.since, m.until, m.zone)}.",
        heading=f"{won}",
        opening=f"Good morning, {desk.name.split()[0]}."
        + (f" {('No', 'One', 'Two', 'Three')[len(hellos)]}{greet[1:]} below." if greet else ""),
        hellos=hellos,
        offer=_offer(hellos, m.company.wins_address),
        offer_link=_offer_link(hellos, m.company.wins_address),
        wins=told,
        more=f"And {counted(len(desk.wins) - MOST_MINE, 'more win')}: write “my wins”."
        if len(desk.wins) > MOST_MINE
        else None,
        quiet_title=counted(len(desk.quiet), "quiet account") if desk.quiet else "",
        quiet=tuple(
            q for q in quiet_rows(desk.quiet, desk.last, m.directory, today, MOST_QUIET) if q.name not in shown
        ),
        snooze=_snooze(desk.quiet, m.company),
    )


def _offer(hellos: Sequence[Hello], address: str) -> str | None:
    if not hellos:
        return None
    return (
        f"Something to bring along? Write “update {hellos[0].account}” to {address}: "
        "a draft of what they achieved comes back, for you to send or not."
    )


def _offer_link(hellos: Sequence[Hello], address: str) -> str | None:
    return f"mailto:{address}?subject={quote(f'update {hellos[0].account}')}" if hellos else None
