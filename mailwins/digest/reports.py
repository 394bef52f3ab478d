"""Reports over many weeks as sheets: who is quiet, who was heard from, what grows, what is known of each account. Facts only, no scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mailwins import insights
from mailwins.config import Kind as Category
from mailwins.digest.goals import Progress, progress
from mailwins.digest.reasons import reason_to_ask, renews_soon
from mailwins.digest.wording import headline, said_by, shown_name
from mailwins.model import Account, Directory, Glance, Member, Review, Stance, Visibility, Win
from mailwins.outbox import fitted
from mailwins.render import counted, listed, short_day

Cell = str | int | date | None
MONTHS = 6
REPEATS = 2
EVIDENCE = timedelta(days=90)
MEETING = 5
MOST_GOALS = 6
FUN = ("olympics", "milestone")


@dataclass(frozen=True, slots=True)
class Sheet:
    """*keys* name the columns for programs, *heads* for people. *right*: columns of numbers. *empty*: what is said when there are no rows."""

    title: str
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: tuple[int, ...] = ()
    empty: str = ""


def quiet_sheet(quiet: Sequence[insights.QuietAccount]) -> Sheet:
    rows = tuple(
        (q.account.name, q.account.csm, q.days, q.last_on, q.account.renewal_on, q.account.tier) for q in quiet
    )
    return Sheet(
        "Quiet accounts",
        ("account", "csm", "days", "last", "renewal", "tier"),
        ("Account", "CSM", "Days", "Last win", "Renews", "Tier"),
        rows,
        (2,),
        "No account is quiet for too long.",
    )


def coverage_sheet(rows: Sequence[insights.Coverage]) -> Sheet:
    cells = tuple((c.member.name, c.recent, c.four_weeks, c.covered, c.accounts) for c in rows)
    keys = ("name", "week", "four_weeks", "covered", "accounts")
    return Sheet(
        "Coverage",
        keys,
        ("Colleague", "Week", "Four weeks", "Accounts heard from", "of"),
        cells,
        (1, 2, 3, 4),
        "Nobody has accounts.",
    )


def months_before(today: date, count: int) -> tuple[str, ...]:
    """``2026-09`` and the like, oldest first, this month last."""
    months = [(today.year * 12 + today.month - 1 - back) for back in range(count - 1, -1, -1)]
    return tuple(f"{m // 12:04d}-{m % 12 + 1:02d}" for m in months)


def trend_sheet(wins: Iterable[Glance], categories: Mapping[str, Category], today: date) -> Sheet:
    """Kind × month, by the day each win happened."""
    months = months_before(today, MONTHS)
    counts: Counter[tuple[str, str]] = Counter((w.category or "", f"{w.win_date:%Y-%m}") for w in wins)
    kinds = sorted(
        {k for (k, month) in counts if month in months}, key=lambda k: (-sum(counts[k, m] for m in months), k)
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            categories[k].name if k in categories else k or "no kind yet",
            *(counts[k, m] for m in months),
            sum(counts[k, m] for m in months),
        )
        for k in kinds
    )
    return Sheet(
        "Kinds by month",
        ("kind", *months, "total"),
        ("Kind", *months, "Total"),
        rows,
        tuple(range(1, MONTHS + 2)),
        "No wins yet.",
    )


def repeats_sheet(wins: Iterable[Win]) -> Sheet:
    """Features and causes that several wins name."""
    features: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    accounts: dict[str, set[str]] = {}
    for win in wins:
        named = [
            *((f, features) for f in dict.fromkeys(win.features)),
            *((c, causes) for c in dict.fromkeys((*((win.cause,) if win.cause else ()), *win.factors))),
        ]
        for name, counter in named:
            plain = " ".join(name.split()).rstrip(".")
            counter[plain] += 1
            accounts.setdefault(plain, set()).add(win.account or "")
    rows = [
        (what, name, count, len(accounts[name] - {""}))
        for what, counter in (("feature", features), ("cause", causes))
        for name, count in counter.most_common()
        if count >= REPEATS
    ]
    return Sheet(
        "What repeats",
        ("what", "name", "wins", "accounts"),
        ("What", "Name", "Wins", "Accounts"),
        tuple(rows),
        (2, 3),
        "Nothing repeats yet.",
    )


def health_sheet(
    accounts: Sequence[Account],
    wins: Sequence[Glance],
    newest: Mapping[str, date],
    heard: Mapping[str, int],
    today: date,
) -> Sheet:
    """Facts for a score of the company's own: wins of 30 and 90 days, value, doubts, goals. *heard*: account → goals that a win speaks of."""
    by_account: dict[str, list[Glance]] = {}
    for win in wins:
        if win.account:
            by_account.setdefault(win.account, []).append(win)
    rows = []
    for account in sorted(accounts, key=lambda a: a.name.casefold()):
        own = [w for w in by_account.get(account.name, []) if (today - w.win_date).days <= EVIDENCE.days]
        good = [w for w in own if w.stance is not Stance.DOUBT]
        month = [w for w in good if (today - w.win_date).days <= 30]
        rows.append(
            (
                account.name,
                account.csm,
                len(month),
                len(good),
                newest.get(account.name),
                sum(w.value_effective for w in good),
                len(own) - len(good),
                len(account.goals),
                heard.get(account.name, 0),
                account.renewal_on,
            )
        )
    keys = (
        "account",
        "csm",
        "wins_30",
        "wins_90",
        "last_win",
        "value_90",
        "doubts_90",
        "goals",
        "goals_heard",
        "renewal",
    )
    return Sheet(
        "Facts per account",
        keys,
        ("Account", "CSM", "30 days", "90 days", "Last win", "Value", "Doubts", "Goals", "Heard of", "Renews"),
        tuple(rows),
        (2, 3, 5, 6, 7, 8),
        "No accounts.",
    )


def goals_sheet(found: Sequence[Progress]) -> Sheet:
    """Each goal a customer set herself, beside what her wins say of it: how many, since when, the newest, its number. No verdict."""
    rows = tuple(
        (
            p.account.name,
            p.account.csm,
            p.goal,
            len(p.wins),
            p.wins[0].win_date if p.wins else None,
            _figure(p),
            headline(p.wins[0], 120) if p.wins else None,
        )
        for p in _by_account(found)
    )
    keys = ("account", "csm", "goal", "wins", "last", "figure", "said")
    return Sheet(
        "Goals",
        keys,
        ("Account", "CSM", "Goal", "Wins", "Last", "Figure", "What was said"),
        rows,
        (3,),
        "No goals are known. They come with accounts.csv, column goals.",
    )


def _by_account(found: Sequence[Progress]) -> list[Progress]:
    """A to Z, what nobody spoke of first: that is what to ask about."""
    return sorted(found, key=lambda p: (p.account.name.casefold(), bool(p.wins)))


def _figure(progress: Progress) -> str | None:
    """``93%, was 82%``: as they wrote it."""
    m = progress.measure
    if m is None:
        return None
    unit = m.unit if m.unit in ("%", "") else f" {m.unit}"
    return f"{m.after}{'' if m.after.endswith(m.unit) else unit}" + (
        f", was {m.before}{'' if m.before.endswith(m.unit) else unit}" if m.before else ""
    )


# ---------------------------------------------------------------- a sheet told in a mail


@dataclass(frozen=True, slots=True)
class Intro:
    """What stands above a sheet in a mail."""

    heading: str
    line: str


INTROS: Mapping[str, Intro] = {
    "coverage": Intro("Who captured what", "A to Z and no ranking: it shows where to help."),
    "trends": Intro("Wins by kind and month", "By the day each win happened; below, what several of them name."),
    "health": Intro("Facts per account", "Facts only. A score made from them is yours."),
    "goals": Intro(
        "Goals, and what was said of them", "From the wins of half a year. Whether a goal is reached, you judge."
    ),
}


def told(sheet: Sheet, directory: Directory) -> tuple[tuple[str, str], ...]:
    """Its rows as (label, sentence): a phone shows no table of ten columns."""
    tellers: Mapping[str, Callable[[Mapping[str, Cell], Directory], tuple[str, str]]] = {
        "name": _told_coverage,
        "kind": _told_kind,
        "what": _told_repeat,
        "goal": _told_goal,
        "wins_30": _told_facts,
    }
    teller = next(t for key, t in tellers.items() if key in sheet.keys and (key != "name" or sheet.keys[0] == key))
    return tuple(teller(dict(zip(sheet.keys, row, strict=True)), directory) for row in sheet.rows)


def _told_coverage(row: Mapping[str, Cell], _: Directory) -> tuple[str, str]:
    heard = f"{row['covered']} of {counted(_int(row['accounts']), 'account')} heard from"
    return str(row["name"]), f"{row['week']} this week, {row['four_weeks']} in four weeks; {heard}"


def _told_kind(row: Mapping[str, Cell], _: Directory) -> tuple[str, str]:
    months = [(key, count) for key, count in row.items() if key not in ("kind", "total") and count]
    names = [f"{count} in {date(int(key[:4]), int(key[5:]), 1):%B}" for key, count in months]
    return str(row["kind"]), listed(names) + (f"; {row['total']} in all" if len(names) > 1 else "")


def _told_repeat(row: Mapping[str, Cell], _: Directory) -> tuple[str, str]:
    named = f"{row['what']} named by {counted(_int(row['wins']), 'win')}"
    return str(row["name"]), f"{named} at {counted(_int(row['accounts']), 'account')}"


def _told_goal(row: Mapping[str, Cell], _: Directory) -> tuple[str, str]:
    goal = f"“{fitted(str(row['goal']), 110)}”"
    if not row["wins"]:
        return str(row["account"]), f"{goal}: nobody spoke of it. Ask how it stands."
    figure = f"{row['figure']}. " if row["figure"] else ""
    last = f", last on {short_day(row['last'])}" if isinstance(row["last"], date) else ""
    return str(row["account"]), f"{goal}: {figure}“{row['said']}” ({counted(_int(row['wins']), 'win')}{last})"


def _told_facts(row: Mapping[str, Cell], directory: Directory) -> tuple[str, str]:
    wins, doubts, goals = _int(row["wins_90"]), _int(row["doubts_90"]), _int(row["goals"])
    parts = [f"{row['wins_30']} in 30 days, {counted(wins, 'win')} in 90" if wins else "no win in 90 days"]
    if wins:
        parts.append(f"value {row['value_90']}")
    if doubts:
        parts.append(counted(doubts, "doubt"))
    if goals:
        parts.append(f"{row['goals_heard']} of {counted(goals, 'goal')} spoken of")
    if isinstance(row["last_win"], date):
        parts.append(f"last win {short_day(row['last_win'])} {row['last_win'].year}")
    if isinstance(row["renewal"], date):
        parts.append(f"renews {short_day(row['renewal'])} {row['renewal'].year}")
    owner = shown_name(str(row["csm"]), directory) if row["csm"] else None
    return str(row["account"]), ", ".join(parts) + (f". CSM {owner}" if owner else ". No CSM")


def _int(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


# ---------------------------------------------------------------- pages for a talk


@dataclass(frozen=True, slots=True)
class Page:
    """Headed lines for a mail or a screen: (label, words)."""

    heading: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


def one_on_one(
    member: Member,
    directory: Directory,
    wins: Sequence[Win],
    last: Mapping[str, Win],
    categories: Mapping[str, Category],
    now: datetime,
    today: date,
) -> Page:
    """A sheet for the talk with one CSM. *wins*: those at her accounts, any age; *last*: account → its newest win."""
    own = [a for a in directory.accounts if a.csm and a.csm.lower() in {x.lower() for x in member.addresses}]
    names = {a.name for a in own}
    recent = [
        w for w in wins if w.account in names and w.captured_at >= now - EVIDENCE and w.stance is not Stance.DOUBT
    ]
    heard = sorted({w.account for w in recent if w.account})
    silent = [a for a in own if a.name not in heard]
    seen = {w.category for w in wins if w.account in names}
    never = sorted(c.name for c in categories.values() if c.id not in seen and c.id not in FUN)
    talk = sorted(
        recent, key=lambda w: (w.review is not Review.MODEL, not (w.cause or w.factors), -w.value_effective, w.id)
    )[:2]
    ask = sorted(silent, key=lambda a: (not renews_soon(a, today), a.renewal_on or date.max, a.name))[:2]
    standing = [p for a in own for p in progress(a, [w for w in recent if w.account == a.name])]
    rows = [
        ("With evidence", listed(heard) or "none in 90 days"),
        ("Without", listed(sorted(a.name for a in silent)) or "none: every account was heard from in 90 days"),
        ("Kinds never seen", listed(never) or "every kind was seen"),
        *((f"Goal of {p.account.name}", _standing(p)) for p in standing[:MOST_GOALS]),
        *((f"Talk about {n}", _line(w)) for n, w in enumerate(talk, 1)),
        *((f"Ask about {a.name}", reason_to_ask(a, last.get(a.name), today)) for a in ask),
    ]
    return Page(
        f"1on1 with {member.name}",
        (f"{counted(len(recent), 'win')} at {len(heard)} of {counted(len(own), 'account')} in 90 days.",),
        tuple(rows),
    )


def _standing(p: Progress) -> str:
    goal = f"“{fitted(p.goal, 90)}”"
    if not p.wins:
        return f"{goal}: nobody spoke of it in 90 days. Ask how it stands."
    figure = f" {_figure(p)}." if _figure(p) else ""
    return f"{goal}:{figure} {_line(p.wins[0])}"


def meeting(wins: Sequence[Win], directory: Directory) -> Page:
    """Five wins for a team meeting: models and those that say why first, no account twice while another has one."""
    fit = [
        w
        for w in wins
        if w.visibility is not Visibility.PRIVATE
        and w.stance is not Stance.DOUBT
        and not w.doubts
        and w.category != "olympics"
    ]
    ranked = sorted(
        fit, key=lambda w: (w.review is not Review.MODEL, not (w.cause or w.factors), -w.value_effective, w.id)
    )
    first: dict[str | None, Win] = {}
    for win in ranked:
        first.setdefault(win.account, win)
    chosen = [*first.values(), *(w for w in ranked if w not in first.values())][:MEETING]
    rows = []
    for number, win in enumerate(chosen, 1):
        owner = shown_name(win.submitted_by, directory)
        why = (
            f" Why it worked: {fitted(win.cause, 140)}"
            if win.cause
            else f" Ask {owner} why it worked."
            if owner
            else ""
        )
        rows.append((f"{number}. {win.account or 'Our team'}", _line(win) + why))
    lines = () if rows else ("No win was captured in that time.",)
    return Page(f"{counted(len(rows), 'win')} for the meeting", lines, tuple(rows))


def _line(win: Win) -> str:
    who, _ = said_by(win)
    return f"{headline(win)}{'' if headline(win)[-1:] in '.!?…' else '.'} {f'{who}, ' if who else ''}{short_day(win.win_date)}, win {win.id}."
