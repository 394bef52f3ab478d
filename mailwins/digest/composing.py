"""From chosen wins to what the templates print. Says only what the data says: no past, no change line; no number nobody stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailwins import insights
from mailwins.config import AudienceSettings
from mailwins.config import Kind as Category
from mailwins.digest import timing
from mailwins.digest.choosing import FUN, Chosen, choose
from mailwins.digest.reasons import reason_to_ask, reason_to_greet
from mailwins.digest.records import Record
from mailwins.digest.views import (
    Announcement,
    Bar,
    Digest,
    HBar,
    Hello,
    Listing,
    Managers,
    Monday,
    Number,
    Quiet,
    Shown,
    Telling,
)
from mailwins.digest.wording import (
    HIDDEN,
    balanced,
    chip_of,
    clause,
    excerpt,
    headline,
    is_named,
    nameless,
    plainly,
    said_by,
    short_days,
    shown_name,
)
from mailwins.model import Account, Directory, Glance, Review, Stance, Tally, Visibility, Win
from mailwins.outbox import SUBJECT_LIMIT, fitted
from mailwins.render import counted, listed, short_day, weekday
from mailwins.understanding.accounts import without_legal_form

BAR_PX = 44
FULL_BAR = 4
LEAD_QUOTE = 330
STORY_QUOTE = 190
MILESTONE_TEXT = 60
MIN_QUOTE = 12
MOST_PRIVATE = 5
MOST_QUIET = 10
MOST_MINE = 5
MOST_COVERED = 25
MIN_WEEKS_FOR_BARS = 3
MOST_WEEKS = 8
MONTH = timedelta(days=28)
HISTORY = timedelta(days=61)


@dataclass(frozen=True, slots=True)
class Company:
    """What stays the same in every mail of an instance."""

    name: str
    wins_address: str
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """All an edition is made from. *wins*: those that belong to it; *full*: the shortlist of them with its texts;
    *past*: those of some weeks, these included, counted between ``edges``; *before*: the wins of the edition before, None where
    comparing with it would not be fair.

    *pictures*: SHA-256 of an attachment → how it is shown.
    """

    audience: AudienceSettings
    company: Company
    directory: Directory
    categories: Mapping[str, Category]
    zone: ZoneInfo
    since: datetime
    until: datetime
    wins: Sequence[Glance]
    full: Mapping[int, Win]
    past: Sequence[Tally] = ()
    before: Sequence[Glance] | None = None
    last_lead_account: str | None = None
    pictures: Mapping[str, Shown] = field(default_factory=dict)
    opening: str | None = None
    opening_by: str | None = None
    lead: int | None = None
    dropped: frozenset[int] = frozenset()


def edges(since: datetime, until: datetime, zone: ZoneInfo) -> list[datetime]:
    """Between which moments the past is counted: weeks for the bars, and four weeks before *since* and before *until* for what is new."""
    weeks = [timing.weeks_before(until, zone, back) for back in range(MOST_WEEKS, 0, -1)]
    return sorted({moment.astimezone(UTC) for moment in (*weeks, since, until, until - HISTORY, until - MONTH, since - MONTH)})


def compose(material: Material) -> tuple[Digest, Chosen]:
    """An audience's digest. The edition may be without a lead when only milestones and Olympics happened."""
    m = material
    chosen = choose(m.wins, m.full, m.audience, m.directory, last_lead_account=m.last_lead_account, lead=m.lead, dropped=m.dropped)
    news = [w for w in m.wins if w.category not in FUN and w.id not in m.dropped]
    everything = [w for w in m.wins if w.id not in m.dropped]
    days = timing.days_covered(m.since, m.until, m.zone)
    lead = _tell(chosen.lead, m, LEAD_QUOTE, is_lead=True) if chosen.lead else None
    fun = tuple(_tell_olympics(w, m) for w in chosen.olympics)
    also = tuple(_tell(w, m, MILESTONE_TEXT) for w in chosen.milestones)
    first = lead or (fun + also)[0] if (lead or fun or also) else None
    month = list(insights.within(m.past, m.since - MONTH, m.since))
    bars, bars_title = _bars(m)
    return (
        Digest(
            title=f"Customer wins, {days}",
            edition=edition_name(m.audience),
            days=days,
            preheader=_preheader(chosen, news, first),
            subject=_subject(m, first),
            send_link=f"mailto:{m.company.wins_address}?subject=Win",
            why_you=_why_you(m),
            stop=_stop(m),
            covers=f"Covers what was captured from {timing.span(m.since, m.until, m.zone)}.",
            opening=m.opening,
            opening_by=m.opening_by,
            lead=lead,
            numbers=_numbers(m, news) if news else (),
            bars=bars,
            bars_title=bars_title,
            pattern=insights.pattern(news, month, {c.id: c.name for c in m.categories.values()}),
            stories=tuple(_tell(w, m, STORY_QUOTE) for w in chosen.stories),
            more=_more(chosen),
            olympics=fun,
            milestones=also,
            thanks=_thanks(everything, m.directory),
            praised=_praised(news, m),
            private_note="Written for colleagues. For a version a customer may see, ask the person named beside the win.",
        ),
        chosen,
    )


def edition_name(audience: AudienceSettings) -> str:
    if audience.key == "everyone":
        return audience.name or "Company-wide edition"
    name = audience.name or audience.key.replace("-", " ").replace("_", " ").capitalize()
    return name if "edition" in name.lower() else f"{name} edition"


def _subject(m: Material, first: Telling | None) -> str:
    days = short_days(m.since.astimezone(m.zone).date(), (m.until.astimezone(m.zone) - timedelta(microseconds=1)).date())
    if first is None:
        return f"Wins, {days}"
    news = first.summary if not first.account or is_named(first.account, first.summary) else f"{without_legal_form(first.account)}: {first.summary}"
    whole = f"Wins, {days}: {news}"
    return whole if len(whole) <= SUBJECT_LIMIT else clause(f"Wins: {news}", SUBJECT_LIMIT)


def _preheader(chosen: Chosen, news: Sequence[Glance], first: Telling | None) -> str:
    accounts = {w.account for w in news if w.account}
    parts = [f"{counted(len(news), 'win')} from {counted(len(accounts), 'customer')}." if accounts and len(news) > 1 else ""]
    others = [headline(w).rstrip(".…") for w in (*chosen.stories[:2], *chosen.milestones[:1])]
    if others:
        parts.append("Also: " + "; ".join(fitted(o, 60) for o in others[:2]) + ".")
    elif first is not None and (first.quote or first.text):
        parts.append(first.quote or first.text or "")
    return fitted(" ".join(p for p in parts if p), 110)


def _why_you(m: Material) -> str:
    weekday_name = timing.last_cut_off(m.audience.send, m.zone, m.until).strftime("%A")
    if m.audience.key == "everyone":
        return f"You get this every {weekday_name} because you are on {m.company.name}'s company-wide list."
    if m.audience.is_managers:
        return f"You get this every {weekday_name} because you manage customer success at {m.company.name}."
    return f"You get this every {weekday_name} because you are on the list for {m.audience.name or m.audience.key} at {m.company.name}."


def _stop(m: Material) -> str:
    return f"To leave, write “stop {m.audience.key}” to {m.company.wins_address}."


# ---------------------------------------------------------------- one win


def _tell(win: Win, m: Material, limit: int, *, is_lead: bool = False) -> Telling:
    who, role = said_by(win)
    line = headline(win)
    quote = text = None
    if win.quote:
        quote = excerpt(win.quote, limit, without=line)
        if quote and len(quote) < MIN_QUOTE:
            quote = None
    elif win.note:
        text = excerpt(win.note, limit + 40, without=line)
    if win.customer_text and not win.quote and not text:
        text = excerpt(win.customer_text, limit, without=line)
    text = balanced(text) if text else None
    extra = _extra(win, m)
    if win.quote and not quote and who:
        # The summary is already their sentence: only say whose it is.
        text = f"{who} wrote it{' on ' + weekday(win.win_date) if _is_recent(win, m) else ' on ' + short_day(win.win_date)}."
    captured = shown_name(win.submitted_by, m.directory)
    praised = [n for a in win.praised if a not in (win.submitted_by,) and (n := _with_team(a, m.directory))]
    return Telling(
        number=win.id,
        summary=line,
        chip=chip_of(win, m.categories),
        account=win.account,
        text=text,
        quote=quote,
        said_by=who if quote else None,
        said_role=(role if who else win.account) if quote else None,
        captured_by=captured,
        praised=listed(praised) or None,
        day=weekday(win.win_date) if _is_recent(win, m) else short_day(win.win_date),
        extra=extra,
        picture=next((m.pictures[a.sha256] for a in win.attachments if a.sha256 in m.pictures), None),
        link=f"{m.company.base_url.rstrip('/')}/w/{win.token}" if m.company.base_url and win.token else None,
    )


def _short(words: str) -> str:
    return fitted(plainly(words), 160)


def _with_team(address: str, directory: Directory) -> str | None:
    member = directory.member(address)
    if member is None or member.is_notifier:
        return None
    return f"{member.name} of {member.team}" if member.team else member.name


def _is_recent(win: Win, m: Material) -> bool:
    return 0 <= (m.until.astimezone(m.zone).date() - win.win_date).days <= 6


def _extra(win: Win, m: Material) -> str | None:
    """What this department asks for beside the story."""
    key = m.audience.key
    if key == "marketing" and win.quote and win.contact and win.contact.name and not win.is_public:
        owner = shown_name(win.csm or win.submitted_by, m.directory)
        return f"May we quote them? Ask {owner}." if owner else None
    if key == "product":
        parts = [f"Feature: {_short(', '.join(win.features))}." if win.features else "", f"Why it worked: {_short(win.cause)}" if win.cause else ""]
        return " ".join(p for p in parts if p) or None
    if key == "sales" and win.category == "referral":
        owner = shown_name(win.csm, m.directory)
        return f"{owner} knows them." if owner else None
    return None


def _tell_olympics(win: Win, m: Material) -> Telling:
    told = _tell(win, m, 220)
    if win.is_named or m.audience.is_managers or m.audience.named_olympics:
        return told
    account = m.directory.account(win.account)
    text = told.text or told.quote
    return Telling(
        number=told.number, summary=nameless(told.summary, win, account), chip=told.chip, account=HIDDEN, text=nameless(text, win, account) if text else None,
        captured_by=told.captured_by, day=told.day,
    )  # fmt: skip


# ---------------------------------------------------------------- numbers


def _numbers(m: Material, news: Sequence[Glance]) -> tuple[Number, ...]:
    before = m.before
    wins, customers = len(news), len({w.account for w in news if w.account})
    colleagues = len(_people(news, m.directory))
    then: tuple[int, int, int] | None = None
    if before is not None:
        then = (len(before), len({w.account for w in before if w.account}), len(_people(before, m.directory)))
    total = len(m.directory.accounts)
    rows = [
        (wins, "win" if wins == 1 else "wins", None, then[0] if then else None),
        (customers, "customer" if customers == 1 else "customers", str(total) if total > customers else None, then[1] if then else None),
        (colleagues, "colleague" if colleagues == 1 else "colleagues", None, then[2] if then else None),
    ]
    return tuple(Number(str(now), label, of, change(now, past), past is not None and now > past) for now, label, of, past in rows if now)


def change(now: int, past: int | None) -> str | None:
    if past is None:
        return None
    if now == past:
        return "same as last week"
    return f"{now - past} more than last week" if now > past else f"{past - now} fewer than last week"


def _people(wins: Sequence[Glance], directory: Directory) -> set[str]:
    return {n for w in wins for a in (w.submitted_by, *w.credits) if (n := shown_name(a, directory))}


def _bars(m: Material) -> tuple[tuple[Bar, ...], str]:
    edges = [timing.weeks_before(m.until, m.zone, back) for back in range(MOST_WEEKS, -1, -1)]
    weeks = insights.weeks(m.past, edges)
    if len(weeks) < MIN_WEEKS_FOR_BARS:
        return (), ""
    top = max(w.count for w in weeks)
    columns = tuple(
        Bar(str(w.count), str(w.since.astimezone(m.zone).day), max(round(BAR_PX * w.count / top), 2), is_now=w is weeks[-1])
        for w in weeks
    )  # fmt: skip
    first, last = weeks[0].since.astimezone(m.zone).date(), (weeks[-1].until.astimezone(m.zone) - timedelta(microseconds=1)).date()
    return columns, f"Wins each week, {short_days(first, last)}, by the day the week began"


def _more(chosen: Chosen) -> str | None:
    if not chosen.rest:
        return None
    kinds = sorted({w.account for w in chosen.rest if w.account})
    names = f", from {listed(kinds[:4])}{' and others' if len(kinds) > 4 else ''}" if kinds else ""
    return f"And {counted(len(chosen.rest), 'more win')}{names}."


def _thanks(wins: Sequence[Glance], directory: Directory) -> str | None:
    names = sorted(_people(wins, directory), key=str.casefold)
    return listed(names) or None


def _praised(wins: Sequence[Glance], m: Material) -> str | None:
    names = sorted({n for w in wins for a in w.praised if (n := _with_team(a, m.directory))}, key=str.casefold)
    return listed(names) or None


# ---------------------------------------------------------------- managers


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
    wins_line = f"{counted(len(news), 'win')} from {counted(len(customers), 'customer')}" if news else "No win was captured"
    heading = _managers_heading(len(news), watch)
    today = m.until.astimezone(m.zone).date()
    present, present_text = _presented([w for w in m.full.values() if w.category != "olympics" and w.stance is not Stance.DOUBT], m)
    soon = [q for q in watch.quiet if q.account.renewal_on and 0 <= (q.account.renewal_on - today).days <= 90]
    opening = wins_line + "." + _quiet_line(len(watch.quiet), len(soon))
    return Managers(
        title=f"Managers' edition, {days}",
        edition="Managers' edition",
        days=days,
        preheader=fitted(opening, 110),
        subject=fitted(f"Wins, {short_days(m.since.astimezone(m.zone).date(), today)}: {heading[0].lower() + heading[1:]}"),
        why_you=_why_you(m),
        stop=_stop(m) + " For managers only. Please don't forward outside the team.",
        covers=f"Covers what was captured from {timing.span(m.since, m.until, m.zone)}.",
        heading=heading,
        opening=opening,
        numbers=_manager_numbers(m, news, watch),
        quiet_title=counted(len(watch.quiet), "quiet account", "quiet accounts").capitalize(),
        quiet=quiet_rows(watch.quiet, watch.last, m.directory, today, MOST_QUIET),
        quiet_more=f"And {len(watch.quiet) - MOST_QUIET} more: write “quiet” to {m.company.wins_address} for all of them." if len(watch.quiet) > MOST_QUIET else None,
        snooze=_snooze(watch.quiet, m.company),
        quiet_text="No win captured for the days their tier allows, soonest renewal first. Quiet is not unhappy. It is a reason to ask.",
        kinds=_kind_bars(news, m),
        kinds_missing=_missing(m),
        present=present,
        present_text=present_text,
        private=tuple(_tell(w, m, 160) for w in m.full.values() if w.visibility is Visibility.PRIVATE)[:MOST_PRIVATE],
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
    before = m.before
    numbers = [Number(str(len(news)), "win" if len(news) == 1 else "wins", None, change(len(news), len(before) if before is not None else None), before is not None and len(news) > len(before))]
    total = len(m.directory.accounts)
    if total:
        heard = len({w.account for w in news if w.account})
        past = len({w.account for w in before if w.account}) if before is not None else None
        numbers.append(Number(str(heard), "accounts heard from", str(total), change(heard, past), past is not None and heard > past))
        fewer = change(len(watch.quiet), watch.quiet_before)
        if watch.quiet:
            numbers.append(Number(str(len(watch.quiet)), "quiet account" if len(watch.quiet) == 1 else "quiet accounts", None, fewer, False))
    return tuple(numbers)


def quiet_rows(quiet: Sequence[insights.QuietAccount], last: Mapping[str, Win], directory: Directory, today: date, most: int) -> tuple[Quiet, ...]:
    rows = []
    for q in quiet[:most]:
        owner = shown_name(q.account.csm, directory) or "no CSM"
        said = f"{counted(q.days, 'day')}" if q.days is not None else "never"
        renews = f"{short_day(q.account.renewal_on)} {q.account.renewal_on.year}" if q.account.renewal_on else "–"
        rows.append(Quiet(q.account.name, owner, said, renews, reason_to_ask(q.account, last.get(q.account.name), today)))
    return tuple(rows)


def _snooze(quiet: Sequence[insights.QuietAccount], company: Company) -> str | None:
    return f"Not now? Reply “snooze {quiet[0].account.name} 4w: why”, and I leave it out for four weeks." if quiet else None


def _kind_bars(news: Sequence[Glance], m: Material) -> tuple[HBar, ...]:
    found = insights.kinds(news)
    top = max((c for _, c in found), default=1)
    # A single win is no full bar.
    top = max(top, FULL_BAR)
    return tuple(HBar(m.categories[k].name if k in m.categories else k, c, max(round(100 * c / top), 4)) for k, c in found)


def _missing(m: Material) -> str | None:
    """Kinds that came before and were not seen for four weeks."""
    recent = {t.category for t in insights.within(m.past, m.until - MONTH, m.until)}
    before = {t.category for t in insights.within(m.past, m.until - HISTORY, m.until - MONTH)}
    names = sorted(m.categories[c].name for c in before - recent if c is not None and c in m.categories and c not in ("olympics", "milestone"))
    return f"Not seen for four weeks: {listed(names)}." if names else None


def _presented(wins: Sequence[Win], m: Material) -> tuple[tuple[Telling, ...], str]:
    """Wins worth presenting because they say why it worked, or were marked as a model; else the best told, with that question open."""
    worth = sorted((w for w in wins if w.cause or w.factors or w.review is Review.MODEL), key=lambda w: (w.review is not Review.MODEL, -w.value_effective, w.id))[:3]
    if worth:
        text = f"{counted(len(worth), 'win')} worth presenting, because {'it says' if len(worth) == 1 else 'they say'} why it worked."
        return tuple(_present(w, m) for w in worth), text
    best = sorted((w for w in wins if w.quote and w.visibility is not Visibility.PRIVATE), key=lambda w: (-w.value_effective, w.id))[:2]
    return tuple(_tell(w, m, 160) for w in best), "Nobody said yet why these worked. Worth asking in the meeting, and writing down." if best else ""


def _present(win: Win, m: Material) -> Telling:
    told = _tell(win, m, 160)
    why = [f"Model: {_short(win.review_why)}" if win.review is Review.MODEL and win.review_why else "", f"Cause: {_short(win.cause)}" if win.cause else "", f"Helped by: {_short(', '.join(win.factors))}" if win.factors else ""]
    return Telling(number=told.number, summary=told.summary, chip=told.chip, account=told.account, text=" ".join(p.rstrip(".") + "." for p in why if p), captured_by=told.captured_by, day=told.day, link=told.link)


def _coverage_table(rows: Sequence[insights.Coverage]) -> Listing | None:
    if not rows:
        return None
    cells = [(c.member.name, str(c.recent), str(c.four_weeks), f"{c.covered} of {c.accounts}") for c in rows[:MOST_COVERED]]
    if len(rows) > MOST_COVERED:
        cells.append((f"and {len(rows) - MOST_COVERED} more: write “report coverage”", "", "", ""))
    return Listing("Who captured what", ("Colleague", "This time", "Four weeks", "Accounts heard from"), tuple(cells), right=(1, 2, 3))


# ---------------------------------------------------------------- drafts


def numbered(view: Digest) -> Digest:
    """The same with a number at each win, by which its editor can name it."""
    lead = (view.lead,) if view.lead else ()
    told = [replace(t, position=n) for n, t in enumerate((*lead, *view.stories, *view.olympics, *view.milestones), 1)]
    cuts = (len(lead), len(lead) + len(view.stories), len(lead) + len(view.stories) + len(view.olympics))
    return replace(view, lead=told[0] if lead else None, stories=tuple(told[cuts[0] : cuts[1]]), olympics=tuple(told[cuts[1] : cuts[2]]), milestones=tuple(told[cuts[2] :]))


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
    quiet_names = {q.account.name for q in desk.quiet}
    below = {w.id for w in desk.wins[:MOST_MINE]}
    found = [(r, a) for a in desk.accounts if (r := reason_to_greet(a, desk.last.get(a.name), today, is_quiet=a.name in quiet_names, told_below=below))]
    hellos = tuple(Hello(a.name, r[1]) for r, a in sorted(found, key=lambda x: (-x[0][0], x[1].name))[:3])
    if not desk.wins and not hellos:
        return None
    won = counted(len(desk.wins), "win") + " at your accounts" if desk.wins else "No win at your accounts this time"
    greet = f"{len(hellos)} {'reason' if len(hellos) == 1 else 'reasons'} to say hello" if hellos else ""
    told = tuple(_tell(w, m, 140) for w in desk.wins[:MOST_MINE])
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


# ---------------------------------------------------------------- announcements

_KICKERS = {"olympics": "User Olympics", "milestone": "Team milestone", "kudos": "Said in public"}
_ASKS = {
    "olympics": ("Found something stranger? Send it in.", "Enter a contender"),
    "milestone": ("Something to celebrate in your team? Tell us.", "Send a milestone"),
    "kudos": ("Seen more like this? A screenshot is enough.", "Send it on"),
}


def compose_announcement(win: Win, material: Material, *, what: str, record: Record | None) -> Announcement:
    m = material
    told = _tell_olympics(win, m) if what == "olympics" else _tell(win, m, LEAD_QUOTE)
    kicker = _KICKERS[what] + (": new record" if record else "")
    ask, button = _ASKS[what]
    day_ = short_day(win.win_date) + f" {win.win_date.year}"
    more = record.sentence if record else None
    if more and told.account == HIDDEN:
        more = nameless(more, win, m.directory.account(win.account))
    aside = more or told.text or told.quote or (f"Sent in by {told.captured_by}." if told.captured_by else "")
    return Announcement(
        title=f"{kicker}, {day_}", edition=_KICKERS[what], days=day_, preheader=fitted(aside, 110), subject=fitted(f"{kicker}: {told.summary}"),
        send_link=f"mailto:{m.company.wins_address}?subject={'User%20Olympics' if what == 'olympics' else 'Win'}",
        why_you=_on_list(m), stop=_stop(m), covers="Told at once; it stands in the next digest as well.",
        kicker=kicker, telling=told, record=more, ask=ask, button=button,
        private_note="Written for colleagues. Please ask the account's CSM before you share it outside." if win.account else "Written for colleagues.",
    )  # fmt: skip


def _on_list(m: Material) -> str:
    where = "company-wide list" if m.audience.key == "everyone" else f"list for {m.audience.name or m.audience.key}"
    return f"You get this because you are on {m.company.name}'s {where}."
