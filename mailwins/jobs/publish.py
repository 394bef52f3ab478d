"""Publish: each audience's edition when its hour has come. What is due comes from the database and the local clock, never from a timer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailwins import insights
from mailwins.config import AudienceSettings
from mailwins.digest import timing
from mailwins.digest.choosing import Chosen, belongs
from mailwins.digest.composing import Material, Watch, compose, compose_managers, edition_name
from mailwins.digest.pictures import is_picture, thumbnail
from mailwins.digest.views import Digest, Managers, Shown
from mailwins.jobs.desk import Desk
from mailwins.jobs.faults import Fault, no_fault
from mailwins.model import Address, Directory, Edition, Outcome, OutgoingMail, Win
from mailwins.outbox import Picture
from mailwins.ports import WinFilter

FIRST_WINDOW = timedelta(days=7)
HISTORY = timedelta(days=120)
LATE = timedelta(days=60)
MOST_PICTURES = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """An edition that is composed and not yet written. *view* None: nothing to send (but the period is over)."""

    edition: Edition
    view: Digest | Managers | None
    pictures: tuple[Picture, ...]
    chosen: Chosen | None = None
    why_not: str = ""

    @property
    def subject(self) -> str:
        return self.view.subject if self.view else ""


@dataclass(frozen=True, slots=True)
class Published:
    audience: str
    key: str
    wins: int
    mails: int
    subject: str


def publish(desk: Desk, *, now: datetime, fault: Fault = no_fault, progress: Callable[[Published], None] | None = None, only: str | None = None) -> list[Published]:
    """Every edition that is due; done twice, it does nothing the second time."""
    done = []
    for audience in desk.config.audience:
        if only is not None and audience.key != only:
            continue
        planned = due(desk, audience, now)
        if planned is None:
            continue
        outgoing = address(desk, audience, planned, now)
        fault("publish.composed")
        if not desk.store.publish(planned.edition, outgoing, now):
            continue
        fault("publish.published")
        result = Published(audience.key, planned.edition.key, len(planned.edition.win_ids), len(outgoing), planned.subject)
        done.append(result)
        if progress:
            progress(result)
    return done


def due(desk: Desk, audience: AudienceSettings, now: datetime) -> Planned | None:
    """The edition whose cut-off has passed and that does not exist yet; None when there is none."""
    until = timing.last_cut_off(audience.send, zone_of(desk, audience), now)
    last = desk.store.last_edition(audience.key)
    if last is not None and last.until >= until:
        return None
    if last is None and _begun_at(desk, now) >= until:
        # Begun after that hour: the first edition is the next one.
        return None
    return plan(desk, audience, until, now)


def _begun_at(desk: Desk, now: datetime) -> datetime:
    """When this instance first knew of anything: before that no edition is owed."""
    known = desk.store.get("begun_at")
    if known is None:
        known = desk.store.put_once("begun_at", now.isoformat())
    return datetime.fromisoformat(known)


def plan(desk: Desk, audience: AudienceSettings, until: datetime, now: datetime) -> Planned:
    """The edition that ends at *until*, composed as it would be sent."""
    zone = zone_of(desk, audience)
    earlier = [e for e in desk.store.editions(audience.key) if e.until < until]
    editions = [e for e in earlier if e.state != "skipped"]
    # A skipped edition told nothing, so its days belong to this one.
    since = editions[0].until if editions else min((e.since for e in earlier), default=until - FIRST_WINDOW)
    history = list(desk.store.wins(WinFilter(captured_since=min(since, until - HISTORY), captured_until=until)))
    directory = desk.known().directory
    told = desk.store.published_win_ids(audience.key)
    wins = [w for w in history if w.id not in told and belongs(w, audience, directory) and (w.captured_at >= since or _came_late(desk, w, since, editions))]
    previous = (editions[0].since, editions[0].until) if editions else _week_before(since, history)
    shown, pictures = _pictures(desk, wins)
    material = Material(
        audience=audience, company=desk.company, directory=directory, categories=desk.config.kinds, zone=zone, since=since, until=until, wins=wins,
        history=history, previous=previous, last_lead_account=_lead_account(desk, editions), pictures=shown,
    )  # fmt: skip
    key = timing.key_of(until)
    if audience.is_managers:
        view: Digest | Managers | None = compose_managers(material, _watch(desk, material))
        edition = Edition(audience.key, key, since, until, zone.key, tuple(w.id for w in wins))
        return Planned(edition, view, ())
    digest, chosen = compose(material)
    told_now = [w for w in (chosen.lead, *chosen.stories, *chosen.rest, *chosen.olympics, *chosen.milestones) if w is not None]
    news = len(told_now)
    why_not = "" if news >= max(audience.min_wins, 1) else f"{news} of {max(audience.min_wins, 1)} wins that an edition needs"
    if why_not:
        # Too little to open a mail for: the wins wait for the next edition, which then covers these days as well.
        return Planned(Edition(audience.key, key, since, until, zone.key, (), state="skipped"), None, (), chosen, why_not)
    edition = Edition(audience.key, key, since, until, zone.key, tuple(w.id for w in told_now), chosen.lead.id if chosen.lead else None)
    used = {s.content_id for t in (digest.lead, *digest.stories) if t and (s := t.picture)}
    return Planned(edition, digest, tuple(p for p in pictures if p.content_id in used), chosen)


def zone_of(desk: Desk, audience: AudienceSettings) -> ZoneInfo:
    return ZoneInfo(audience.timezone) if audience.timezone else desk.zone


def _week_before(since: datetime, history: Sequence[Win]) -> tuple[datetime, datetime] | None:
    """For a first edition: the seven days before it, when something was captured then."""
    window = (since - FIRST_WINDOW, since)
    return window if any(window[0] <= w.captured_at < window[1] for w in history) else None


def _came_late(desk: Desk, win: Win, since: datetime, editions: Sequence[Edition]) -> bool:
    """Captured before, but only now fit to be told: a doubt was answered or it was shared."""
    if not editions or win.captured_at < max(since - LATE, min(e.since for e in editions)):
        return False
    return any(c.at >= since for c in desk.store.history(win.id))


def _lead_account(desk: Desk, editions: Sequence[Edition]) -> str | None:
    lead = next((e.lead for e in editions if e.lead), None)
    win = desk.store.win(lead) if lead else None
    return win.account if win else None


def _pictures(desk: Desk, wins: Sequence[Win]) -> tuple[Mapping[str, Shown], tuple[Picture, ...]]:
    """Thumbnails of at most three screenshots, those of the most valuable wins."""
    shown: dict[str, Shown] = {}
    pictures: list[Picture] = []
    for win in sorted(wins, key=lambda w: (-w.value_effective, w.id)):
        file = next((a for a in win.attachments if is_picture(a) and a.sha256 not in shown), None)
        if file is None or len(pictures) >= MOST_PICTURES or not desk.raws.has(file.sha256):
            continue
        small = thumbnail(desk.raws.read(file.sha256))
        if small is None:
            continue
        cid = f"{hashlib.sha256(file.sha256.encode()).hexdigest()[:16]}@{desk.domain}"
        of = f" of {win.account}" if win.account and win.category != "olympics" else ""
        shown[file.sha256] = Shown(cid, small.width, small.height, f"Picture{of}: {win.summary}" if win.category != "olympics" else "Picture")
        pictures.append(Picture(cid, f"picture-{len(pictures) + 1}.{'jpg' if small.subtype == 'jpeg' else 'png'}", small.content, small.subtype))
    return shown, tuple(pictures)


# ---------------------------------------------------------------- managers


def _watch(desk: Desk, m: Material) -> Watch:
    config = desk.config.quiet
    today = m.until.astimezone(m.zone).date()
    everything = desk.store.wins(WinFilter(captured_until=m.until))
    snoozed = {key.removeprefix("snooze:"): datetime.fromisoformat(value.split(" ", 1)[0]).date() for (_, key), value in desk.store.preferences("snooze:").items()}
    accounts = m.directory.accounts
    quiet = insights.quiet_accounts(accounts, everything, today, days=config.days, tiers=config.tiers, snoozed=snoozed)
    before = insights.quiet_accounts(accounts, [w for w in everything if w.captured_at < m.since], today - timedelta(days=7), days=config.days, tiers=config.tiers, snoozed=snoozed)
    has_past = any(w.captured_at < m.since for w in everything)
    return Watch(quiet if everything else (), len(before) if has_past else None, _tray(desk, m.directory))


def _tray(desk: Desk, directory: Directory) -> tuple[str, ...]:
    held = desk.store.mails(outcome=Outcome.QUARANTINED, unresolved=True)
    doubtful = desk.store.count_wins(WinFilter(in_tray=True))
    lines = []
    by_reason: dict[str, int] = {}
    for mail in held:
        by_reason[mail.reason or "unsure"] = by_reason.get(mail.reason or "unsure", 0) + 1
    for reason, count in sorted(by_reason.items(), key=lambda r: -r[1]):
        lines.append(f"{count} {'mail' if count == 1 else 'mails'}: {REASONS.get(reason, reason.replace('_', ' '))}.")
    if doubtful:
        lines.append(f"{doubtful} {'win has' if doubtful == 1 else 'wins have'} an open question; the colleague who sent it was asked.")
    return tuple(lines)


REASONS = {
    "negative": "reads like a complaint", "unknown_account": "no account was recognised", "unproven_sender": "the sender was not proven",
    "unsure": "it is not clear what happened", "over_limit": "too large or too tangled to read", "failed": "could not be read",
}  # fmt: skip


# ---------------------------------------------------------------- recipients


def recipients(desk: Desk, audience: AudienceSettings) -> list[tuple[Address, bool]]:
    """(who, whether it is a list address from the config), each once, A to Z; those who left are left out."""
    directory = desk.known().directory
    left = {address for (address, key), value in desk.store.preferences(f"leave:{audience.key}").items() if key == f"leave:{audience.key}" and value == "yes"}
    gone = desk.store.suppressed()
    found: dict[str, tuple[Address, bool]] = {}
    for entry in audience.to:
        for person, is_list in _expand(entry, directory):
            address_ = (person.address or "").lower()
            if address_ and address_ not in left and address_ not in gone:
                found.setdefault(address_, (person, is_list))
    return [found[a] for a in sorted(found)]


def _expand(entry: str, directory: Directory) -> list[tuple[Address, bool]]:
    what, _, name = entry.partition(":")
    if what in ("team", "role") and name:
        wanted = name.strip().casefold()
        people = [m for m in directory.members if not m.is_notifier and ((m.team.casefold() == wanted) if what == "team" else (m.role.casefold() == wanted or wanted in m.permissions))]
        return [(Address(m.name, m.address), False) for m in people]
    if entry.strip() == "everyone":
        return [(Address(m.name, m.address), False) for m in directory.members if not m.is_notifier]
    member = directory.member(entry)
    return [(Address(member.name, entry), False)] if member else [(Address(None, entry), True)]


def address(desk: Desk, audience: AudienceSettings, planned: Planned, now: datetime) -> list[OutgoingMail]:
    """One mail for each recipient."""
    if planned.view is None:
        return []
    mails = []
    template = "managers" if isinstance(planned.view, Managers) else "digest"
    for person, _ in recipients(desk, audience):
        headers = [
            ("List-Id", f"{edition_name(audience)} <{audience.key}.wins.{desk.domain}>"),
            ("List-Unsubscribe", f"<mailto:{desk.wins_address}?subject=stop%20{audience.key}>"),
        ]
        mails.append(
            desk.letter(
                template, planned.view, kind="edition", cause=f"{audience.key}:{planned.edition.key}", to=person, subject=planned.view.subject, now=now,
                headers=headers, pictures=planned.pictures, win_ids=planned.edition.win_ids,
            )
        )  # fmt: skip
    return mails
