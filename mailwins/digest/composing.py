"""From chosen wins to what the templates print. Says only what the data says: no past, no change line; no number nobody stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mailwins import insights
from mailwins.config import AudienceSettings
from mailwins.config import Kind as Category
from mailwins.digest import timing
from mailwins.digest.choosing import FUN, Chosen, choose
from mailwins.digest.views import Bar, Digest, Number, Shown, Telling
from mailwins.digest.wording import (
    AT_HIDDEN,
    balanced,
    capital,
    chip_of,
    clause,
    excerpt,
    first_name,
    headline,
    is_named,
    nameless,
    open_line,
    outspoken,
    plainly,
    said_by,
    short_days,
    shown_name,
)
from mailwins.model import Directory, Glance, Tally, Win
from mailwins.outbox import SUBJECT_LIMIT, fitted
from mailwins.receipts import thanks
from mailwins.render import counted, listed, short_day, weekday
from mailwins.understanding.accounts import without_legal_form

BAR_PX = 44
LEAD_QUOTE = 330
STORY_QUOTE = 190
MILESTONE_TEXT = 60
MIN_QUOTE = 12
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
    language: str | None = None


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
    return sorted(
        {moment.astimezone(UTC) for moment in (*weeks, since, until, until - HISTORY, until - MONTH, since - MONTH)}
    )


def compose(material: Material) -> tuple[Digest, Chosen]:
    """An audience's digest. The edition may be without a lead when only milestones and Olympics happened."""
    m = material
    chosen = choose(
        m.wins,
        m.full,
        m.audience,
        m.directory,
        last_lead_account=m.last_lead_account,
        lead=m.lead,
        dropped=m.dropped,
        language=m.company.language,
    )
    news = [w for w in m.wins if w.category not in FUN and w.id not in m.dropped]
    everything = [w for w in m.wins if w.id not in m.dropped]
    days = timing.days_covered(m.since, m.until, m.zone)
    lead = tell(chosen.lead, m, LEAD_QUOTE, is_lead=True) if chosen.lead else None
    fun = tuple(tell_olympics(w, m) for w in chosen.olympics)
    also = tuple(tell(w, m, MILESTONE_TEXT) for w in chosen.milestones)
    first = lead or (fun + also)[0] if (lead or fun or also) else None
    past = [t for t in m.past if t.category not in FUN]
    month = list(insights.within(past, m.since - MONTH, m.since))
    bars, bars_title = _bars(m, past, len(news))
    return (
        Digest(
            title=f"Customer wins, {days}",
            edition=edition_name(m.audience),
            days=days,
            preheader=_preheader(chosen, news, first),
            subject=_subject(m, first),
            send_link=f"mailto:{m.company.wins_address}?subject=Win",
            why_you=why_you(m),
            stop=stop(m),
            covers=f"Covers what was captured from {timing.span(m.since, m.until, m.zone)}.",
            opening=m.opening,
            opening_by=m.opening_by,
            lead=lead,
            numbers=_numbers(m, news, everything) if news else (),
            bars=bars,
            bars_title=bars_title,
            pattern=insights.pattern(news, month, {c.id: c.name for c in m.categories.values()}),
            stories=tuple(tell(w, m, STORY_QUOTE) for w in chosen.stories),
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
    days = short_days(
        m.since.astimezone(m.zone).date(), (m.until.astimezone(m.zone) - timedelta(microseconds=1)).date()
    )
    if first is None:
        return f"Wins, {days}"
    news = (
        first.summary
        if not first.account or first.account == AT_HIDDEN or is_named(first.account, first.summary)
        else f"{without_legal_form(first.account)}: {first.summary}"
    )
    for whole in (f"Wins, {days}: {news}", f"Wins: {news}", news):
        if len(whole) <= SUBJECT_LIMIT:
            return whole
    return clause(f"Wins: {news}", SUBJECT_LIMIT)


def _preheader(chosen: Chosen, news: Sequence[Glance], first: Telling | None) -> str:
    accounts = {w.account for w in news if w.account}
    parts = [
        f"{counted(len(news), 'win')} from {counted(len(accounts), 'customer')}." if accounts and len(news) > 1 else ""
    ]
    others = [open_line(w).rstrip(".…") for w in (*chosen.stories[:2], *chosen.milestones[:1])]
    if others:
        parts.append("Also: " + "; ".join(fitted(o, 60) for o in others[:2]) + ".")
    elif first is not None and (first.quote or first.text):
        parts.append(first.quote or first.text or "")
    return fitted(" ".join(p for p in parts if p), 110)


def why_you(m: Material) -> str:
    weekday_name = timing.last_cut_off(m.audience.send, m.zone, m.until).strftime("%A")
    if m.audience.key == "everyone":
        return f"You get this every {weekday_name} because you are on {m.company.name}'s company-wide list."
    if m.audience.is_managers:
        return f"You get this every {weekday_name} because you manage customer success at {m.company.name}."
    return f"You get this every {weekday_name} because you are on the list for {m.audience.name or m.audience.key} at {m.company.name}."


def stop(m: Material) -> str:
    return f"To leave, write “stop {m.audience.key}” to {m.company.wins_address}."


# ---------------------------------------------------------------- one win


def tell(win: Win, m: Material, limit: int, *, is_lead: bool = False) -> Telling:
    win = outspoken(win)
    who, role = said_by(win)
    openly = not m.audience.is_managers
    line = open_line(win) if openly else headline(win)
    quote = text = None
    if win.quote:
        quote = excerpt(win.quote, limit, without=line, openly=openly)
        if quote and len(quote) < MIN_QUOTE:
            quote = None
    elif win.note:
        text = excerpt(win.note, limit + 40, without=line, openly=openly)
    if win.customer_text and not win.quote and not text:
        text = excerpt(win.customer_text, limit, without=line)
    text = capital(balanced(text)) if text else None
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
        thank=f"Thank {first_name(captured)}" if captured and win.token else None,
        thank_link=thanks.link(win, m.company.wins_address) if captured and win.token else None,
        link=f"{m.company.base_url.rstrip('/')}/w/{win.token}" if m.company.base_url and win.token else None,
    )


def _stopped(sentence: str) -> str:
    return sentence if sentence[-1:] in ".!?…" else f"{sentence}."


def short(words: str) -> str:
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
        parts = [
            f"{'Feature' if len(win.features) == 1 else 'Features'}: {short(', '.join(win.features))}."
            if win.features
            else "",
            f"Why it worked: {_stopped(short(win.cause))}" if win.cause else "",
            f"What helped: {_stopped(short(', '.join(win.factors)))}" if win.factors else "",
        ]
        return " ".join(p for p in parts if p) or None
    if key == "sales" and win.category == "referral":
        owner = shown_name(win.csm, m.directory)
        return f"{owner} knows them." if owner else None
    return None


def tell_olympics(win: Win, m: Material) -> Telling:
    told = tell(win, m, 220)
    if win.is_named or m.audience.is_managers or m.audience.named_olympics:
        return told
    account = m.directory.account(win.account)
    text = told.text or told.quote
    return Telling(
        number=told.number,
        summary=nameless(told.summary, win, account),
        chip=told.chip,
        account=AT_HIDDEN,
        text=nameless(text, win, account) if text else None,
        captured_by=told.captured_by,
        day=told.day,
        thank=told.thank,
        thank_link=told.thank_link,
    )


# ---------------------------------------------------------------- numbers


def _numbers(m: Material, news: Sequence[Glance], everything: Sequence[Glance]) -> tuple[Number, ...]:
    """*news*: without milestones and Olympics, which stand apart; the colleagues are all of those who are thanked."""
    before = [w for w in m.before if w.category not in FUN] if m.before is not None else None
    wins, customers = len(news), len({w.account for w in news if w.account})
    colleagues = len(_people(everything, m.directory))
    then: tuple[int, int, int] | None = None
    if before is not None:
        then = (len(before), len({w.account for w in before if w.account}), len(_people(m.before or (), m.directory)))
    total = len(m.directory.accounts)
    rows = [
        (wins, "win" if wins == 1 else "wins", None, then[0] if then else None),
        (
            customers,
            "customer" if customers == 1 else "customers",
            str(total) if total > customers else None,
            then[1] if then else None,
        ),
        (colleagues, "colleague" if colleagues == 1 else "colleagues", None, then[2] if then else None),
    ]
    return tuple(
        Number(str(now), label, of, change(now, past, last_one(m)), past is not None and now > past)
        for now, label, of, past in rows
        if now
    )


def last_one(m: Material) -> str:
    """What the period before is called: "last week" only where the periods are weeks."""
    return "last week" if abs((m.until - m.since) - insights.WEEK) <= timedelta(days=2) else "last time"


def change(now: int, past: int | None, before: str = "last week") -> str | None:
    if past is None:
        return None
    if now == past:
        return f"same as {before}"
    return f"{now - past} more than {before}" if now > past else f"{past - now} fewer than {before}"


def _people(wins: Sequence[Glance], directory: Directory) -> set[str]:
    return {n for w in wins for a in (w.submitted_by, *w.credits) if (n := shown_name(a, directory))}


def _bars(m: Material, past: Sequence[Tally], news: int) -> tuple[tuple[Bar, ...], str]:
    edges = [timing.weeks_before(m.until, m.zone, back) for back in range(MOST_WEEKS, -1, -1)]
    weeks = insights.weeks(past, edges)
    if len(weeks) < MIN_WEEKS_FOR_BARS:
        return (), ""
    if m.since.astimezone(UTC) == weeks[-1].since.astimezone(UTC):
        # The edition's own week: what its editor left out is not counted, what was answered late is.
        weeks = (*weeks[:-1], replace(weeks[-1], count=news))
    top = max(*(w.count for w in weeks), 1)
    columns = tuple(
        Bar(
            str(w.count),
            str(w.since.astimezone(m.zone).day),
            max(round(BAR_PX * w.count / top), 2),
            is_now=w is weeks[-1],
        )
        for w in weeks
    )
    first, last = (
        weeks[0].since.astimezone(m.zone).date(),
        (weeks[-1].until.astimezone(m.zone) - timedelta(microseconds=1)).date(),
    )
    return columns, f"Wins each week, {short_days(first, last)}, by the day the week began"


def _more(chosen: Chosen) -> str | None:
    if not chosen.rest:
        return None
    kinds = sorted({w.account for w in chosen.rest if w.account})
    names = f", from {listed([*kinds[:4], 'others'] if len(kinds) > 4 else kinds)}" if kinds else ""
    return f"And {counted(len(chosen.rest), 'more win')}{names}."


def _thanks(wins: Sequence[Glance], directory: Directory) -> str | None:
    names = sorted(_people(wins, directory), key=str.casefold)
    return listed(names) or None


def _praised(wins: Sequence[Glance], m: Material) -> str | None:
    names = sorted({n for w in wins for a in w.praised if (n := _with_team(a, m.directory))}, key=str.casefold)
    return listed(names) or None


# ---------------------------------------------------------------- drafts


def numbered(view: Digest) -> Digest:
    """The same with a number at each win, by which its editor can name it."""
    lead = (view.lead,) if view.lead else ()
    told = [replace(t, position=n) for n, t in enumerate((*lead, *view.stories, *view.olympics, *view.milestones), 1)]
    cuts = (len(lead), len(lead) + len(view.stories), len(lead) + len(view.stories) + len(view.olympics))
    return replace(
        view,
        lead=told[0] if lead else None,
        stories=tuple(told[cuts[0] : cuts[1]]),
        olympics=tuple(told[cuts[1] : cuts[2]]),
        milestones=tuple(told[cuts[2] :]),
    )
