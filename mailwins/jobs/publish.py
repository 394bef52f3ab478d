"""Publish: each audience's edition when its hour has come. What is due comes from the database and the local clock, never from a timer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from json import loads
from zoneinfo import ZoneInfo

from mailwins import insights
from mailwins.config import AudienceSettings
from mailwins.digest import timing
from mailwins.digest.choosing import Chosen, belongs, shortlist
from mailwins.digest.composing import Material, compose, edges, edition_name
from mailwins.digest.editing import Edits
from mailwins.digest.managing import MOST_QUIET, Held, Watch, compose_managers, compose_monday
from mailwins.digest.managing import Desk as OwnDesk
from mailwins.digest.pictures import SHOWN_PX, is_picture, thumbnail
from mailwins.digest.views import Digest, Managers, Shown
from mailwins.digest.wording import headline
from mailwins.errors import FileLost
from mailwins.jobs.desk import Desk
from mailwins.jobs.faults import Fault, no_fault
from mailwins.model import (
    Account,
    Address,
    Directory,
    Edition,
    Glance,
    Member,
    Outcome,
    OutgoingMail,
    Stance,
    Visibility,
    Win,
    glance,
)
from mailwins.outbox import Picture, fitted
from mailwins.parsers.opened import bare_subject
from mailwins.plain import from_plain
from mailwins.ports import WinFilter

LATE = timedelta(days=60)
# Two windows are compared when they are of one length, but for clocks that changed and a send hour that moved within the day.
ALIKE = timedelta(hours=26)
MOST_PICTURES = 3
RECENT = 30
MOST_NAMED = 100
DRAFT = "edition-draft"
EVERYBODY = "*"


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


def publish(
    desk: Desk,
    *,
    now: datetime,
    fault: Fault = no_fault,
    progress: Callable[[Published], None] | None = None,
    only: str | None = None,
) -> list[Published]:
    """Every edition that is due; done twice, it does nothing the second time."""
    done = []
    for audience in desk.config.audience:
        if only is not None and audience.key != only:
            continue
        planned = due(desk, audience, now)
        if planned is None:
            continue
        people = recipients(desk, audience) if planned.view is not None else []
        outgoing = address(desk, audience, planned, now, people)
        mine = mondays(desk, audience, planned, now)
        fault("publish.composed")
        if not desk.store.publish(planned.edition, chain(mine, outgoing), now):
            continue
        fault("publish.published")
        result = Published(
            audience.key, planned.edition.key, len(planned.edition.win_ids), len(people) + len(mine), planned.subject
        )
        done.append(result)
        if progress:
            progress(result)
    return done


def due(desk: Desk, audience: AudienceSettings, now: datetime) -> Planned | None:
    """The edition whose cut-off has passed and that does not exist yet, or that its editor let go before; None when there is none."""
    zone = zone_of(desk, audience)
    if audience.editor is not None and (early := _let_go(desk, audience, zone, now)) is not None:
        return early
    until = timing.last_cut_off(audience.send, zone, now)
    key = timing.key_of(until)
    last = desk.store.last_edition(audience.key)
    if last is not None and last.until > now:
        # It was made while the clock was ahead, and must not keep back what is due until then.
        last = next((e for e in desk.store.editions(audience.key, RECENT) if e.until <= now), None)
    if last is not None and (last.until >= until or last.key == key):
        return None
    if last is None and _begun_at(desk, now) >= until:
        # Begun after that hour: the first edition is the next one.
        return None
    if audience.editor is not None and waits_for_editor(desk, audience, key):
        return None
    return plan(desk, audience, until, now, edits=edits_of(desk, audience.key, key) if audience.editor else Edits())


def _let_go(desk: Desk, audience: AudienceSettings, zone: ZoneInfo, now: datetime) -> Planned | None:
    """The coming edition when its editor wrote "send now": it ends now and takes the place of that hour's."""
    key = timing.key_of(timing.next_cut_off(audience.send, zone, now))
    edits = edits_of(desk, audience.key, key)
    if edits.decision != "go" or desk.store.edition(audience.key, key) is not None:
        return None
    return plan(desk, audience, now, now, key=key, edits=edits)


def waits_for_editor(desk: Desk, audience: AudienceSettings, key: str) -> bool:
    """Held by its editor; or nobody answered its draft, where the config says that it then waits."""
    if audience.editor is None or desk.store.edition(audience.key, key) is not None:
        return False
    edits = edits_of(desk, audience.key, key)
    if edits.decision:
        return edits.decision == "hold"
    return audience.editor_silence == "nudge" and not edits.is_answered and was_asked(desk, audience.key, key)


def edits_of(desk: Desk, audience: str, key: str) -> Edits:
    """What its editor has said so far."""
    value = desk.store.preference(EVERYBODY, edits_name(audience, key))
    return from_plain(Edits, loads(value)) if value else Edits()


def edits_name(audience: str, key: str) -> str:
    return f"edit:{audience}:{key}"


def was_asked(desk: Desk, audience: str, key: str) -> bool:
    return bool(desk.store.outgoing(kind=DRAFT, cause=f"{audience}:{key}", limit=1))


def _begun_at(desk: Desk, now: datetime) -> datetime:
    """When this instance first knew of anything: before that no edition is owed."""
    known = desk.store.get("begun_at")
    if known is None:
        known = desk.store.put_once("begun_at", now.isoformat())
    begun = datetime.fromisoformat(known)
    if begun > now:
        # The clock was ahead when we began.
        desk.store.put("begun_at", now.isoformat())
    return min(begun, now)


def plan(
    desk: Desk,
    audience: AudienceSettings,
    until: datetime,
    now: datetime,
    *,
    key: str | None = None,
    edits: Edits = Edits(),
    again: bool = False,
) -> Planned:
    """The edition that ends at *until*, composed as it would be sent. *key*: that of its regular hour, when it goes at another one.

    *again*: wins that were told already count as new, to look at an edition of the past.
    """
    zone = zone_of(desk, audience)
    directory = desk.known().directory
    earlier = [e for e in desk.store.editions(audience.key, RECENT) if e.until < until]
    editions = [e for e in earlier if e.state != "skipped"]
    # A skipped edition told nothing, so its days belong to this one.
    since = (
        editions[0].until if editions else min((e.since for e in earlier), default=timing.weeks_before(until, zone, 1))
    )
    wins = [
        w
        for w in (
            *_fit_since(desk, audience, since, () if again else editions),
            *desk.store.glances(since, until, untold_to=None if again else audience.key),
        )
        if belongs(w, audience, directory)
    ]
    past = [t for t in desk.store.tallies(edges(since, until, zone)) if belongs(t, audience, directory)]
    full = {w.id: w for w in desk.store.wins_by_id(_worth_reading(wins, audience, directory))}
    shown, pictures = pictures_of(desk, [w for w in full.values() if w.id not in edits.dropped])
    material = Material(
        audience=audience,
        company=desk.company,
        directory=directory,
        categories=desk.config.kinds,
        zone=zone,
        since=since,
        until=until,
        wins=wins,
        full=full,
        past=past,
        before=_before(desk, audience, since, until, editions),
        last_lead_account=_lead_account(desk, editions),
        pictures=shown,
        opening=edits.opening,
        opening_by=edits.by,
        lead=edits.lead,
        dropped=edits.dropped,
    )
    key = key or timing.key_of(until)
    if audience.is_managers:
        view: Digest | Managers | None = compose_managers(material, _watch(desk, material))
        return Planned(
            Edition(audience.key, key, since, until, zone.key, tuple(w.id for w in wins), opening=edits.opening),
            view,
            (),
        )
    digest, chosen = compose(material)
    news = len(wins) - sum(w.id in edits.dropped for w in wins)
    why_not = (
        "" if news >= max(audience.min_wins, 1) else f"{news} of {max(audience.min_wins, 1)} wins that an edition needs"
    )
    if why_not:
        # Too little to open a mail for: the wins wait for the next edition, which then covers these days as well.
        return Planned(
            Edition(audience.key, key, since, until, zone.key, (), state="skipped"), None, (), chosen, why_not
        )
    ids = (*(w.id for w in chosen.told), *(w.id for w in chosen.rest))
    edition = Edition(
        audience.key, key, since, until, zone.key, ids, chosen.lead.id if chosen.lead else None, opening=edits.opening
    )
    used = {s.content_id for t in (digest.lead, *digest.stories) if t and (s := t.picture)}
    return Planned(edition, digest, tuple(p for p in pictures if p.content_id in used), chosen)


def _worth_reading(wins: Sequence[Glance], audience: AudienceSettings, directory: Directory) -> tuple[int, ...]:
    if not audience.is_managers:
        return shortlist(wins, audience, directory)
    ranked = sorted(wins, key=lambda w: (not w.is_model, -w.value_effective, w.id))
    groups = (
        [w for w in ranked if w.says_why or w.is_model][:20],
        [w for w in ranked if w.has_quote][:20],
        [w for w in ranked if w.visibility is Visibility.PRIVATE][:10],
    )
    return tuple(dict.fromkeys(w.id for group in groups for w in group))


def zone_of(desk: Desk, audience: AudienceSettings) -> ZoneInfo:
    return ZoneInfo(audience.timezone) if audience.timezone else desk.zone


def _before(
    desk: Desk, audience: AudienceSettings, since: datetime, until: datetime, editions: Sequence[Edition]
) -> list[Glance] | None:
    """The wins of the edition before (before a first one: of the seven days before), None where comparing would not be fair: none there, or windows of different length."""
    start, end = (
        (editions[0].since, editions[0].until)
        if editions
        else (timing.weeks_before(since, zone_of(desk, audience), 1), since)
    )
    if abs((end - start) - (until - since)) > ALIKE:
        return None
    directory = desk.known().directory
    found = list(desk.store.glances(start, end))
    if editions:
        # As it was told: a win that was answered, shared or credited since does not change what its readers were told.
        told = set(editions[0].win_ids)
        found = [w for w in found if w.id in told]
        late = told - {w.id for w in found}
        return [*found, *(glance(w) for w in desk.store.wins_by_id(sorted(late)))] or None
    return [w for w in found if belongs(w, audience, directory)] or None


def _fit_since(
    desk: Desk, audience: AudienceSettings, since: datetime, editions: Sequence[Edition]
) -> Sequence[Glance]:
    """Wins that were captured before, but only now are fit to be told: a doubt was answered, or it was shared."""
    if not editions:
        return ()
    first = max(since - LATE, min(e.since for e in editions))
    return desk.store.glances(first, since, untold_to=audience.key, changed_since=since)


def _lead_account(desk: Desk, editions: Sequence[Edition]) -> str | None:
    lead = next((e.lead for e in editions if e.lead), None)
    win = desk.store.win(lead) if lead else None
    return win.account if win else None


def pictures_of(
    desk: Desk, wins: Sequence[Win], width: int = SHOWN_PX
) -> tuple[Mapping[str, Shown], tuple[Picture, ...]]:
    """Thumbnails of at most three screenshots, those of the most valuable wins."""
    shown: dict[str, Shown] = {}
    pictures: list[Picture] = []
    for win in sorted(wins, key=lambda w: (-w.value_effective, w.id)):
        file = next((a for a in win.attachments if is_picture(a) and a.sha256 not in shown), None)
        if file is None or len(pictures) >= MOST_PICTURES or not desk.raws.has(file.sha256):
            continue
        small = None
        with suppress(FileLost):
            small = thumbnail(desk.raws.read(file.sha256), width)
        if small is None:
            continue
        cid = f"{hashlib.sha256(file.sha256.encode()).hexdigest()[:16]}@{desk.domain}"
        of = f" of {win.account}" if win.account and win.category != "olympics" else ""
        shown[file.sha256] = Shown(
            cid,
            small.width,
            small.height,
            f"Picture{of}: {fitted(headline(win), 140)}" if win.category != "olympics" else "A picture of it",
        )
        pictures.append(
            Picture(
                cid,
                f"picture-{len(pictures) + 1}.{'jpg' if small.subtype == 'jpeg' else 'png'}",
                small.content,
                small.subtype,
            )
        )
    return shown, tuple(pictures)


# ---------------------------------------------------------------- managers


def _watch(desk: Desk, m: Material) -> Watch:
    config = desk.config.quiet
    today = m.until.astimezone(m.zone).date()
    newest, then = desk.store.last_wins(m.until), desk.store.last_wins(m.since)
    snoozed, since = snoozes(desk), begun_on(desk, m.zone)
    quiet = insights.quiet_accounts(
        m.directory.accounts, newest, today, days=config.days, tiers=config.tiers, snoozed=snoozed, begun_on=since
    )
    before = insights.quiet_accounts(
        m.directory.accounts,
        then,
        today - timedelta(days=7),
        days=config.days,
        tiers=config.tiers,
        snoozed=snoozed,
        begun_on=since,
    )
    last = desk.store.newest_wins([q.account.name for q in quiet[:MOST_QUIET]], m.until)
    coverage = insights.coverage(
        m.directory,
        desk.store.senders(m.since, m.until),
        desk.store.senders(m.until - 4 * insights.WEEK, m.until),
        newest,
        today,
    )
    return Watch(
        quiet if newest else (),
        len(before) if then else None,
        _held(desk, m.directory),
        desk.store.count_wins(WinFilter(in_tray=True)),
        last,
        coverage,
    )


def begun_on(desk: Desk, zone: ZoneInfo) -> date | None:
    known = desk.store.get("begun_at")
    return datetime.fromisoformat(known).astimezone(zone).date() if known else None


def snoozes(desk: Desk) -> dict[str, date]:
    """Account → the first day it counts again."""
    return {
        key.removeprefix("snooze:"): date.fromisoformat(value[:10])
        for (_, key), value in desk.store.preferences("snooze:").items()
    }


def _held(desk: Desk, directory: Directory) -> tuple[Held, ...]:
    """Mails that wait for a person, newest first."""
    waiting = desk.store.mails(outcome=Outcome.QUARANTINED, unresolved=True)
    found = []
    for mail in sorted(waiting, key=lambda x: (x.arrived_at, x.id), reverse=True):
        member = directory.member(mail.sender)
        found.append(
            Held(
                mail.reason or "unsure",
                bare_subject(mail.subject) or "",
                member.name if member and not member.is_notifier else None,
                mail.arrived_at.astimezone(desk.zone).date(),
                mail.candidates[0] if len(mail.candidates) == 1 else None,
            )
        )
    return tuple(found)


# ---------------------------------------------------------------- recipients


def recipients(desk: Desk, audience: AudienceSettings) -> list[tuple[Address, bool]]:
    """(who, whether it is a list address from the config), each once, A to Z; those who left are left out."""
    directory = desk.known().directory
    left = {
        address
        for (address, key), value in desk.store.preferences(f"leave:{audience.key}").items()
        if key == f"leave:{audience.key}" and value == "yes"
    }
    gone = desk.store.suppressed()
    found: dict[str, tuple[Address, bool]] = {}
    for entry in audience.to:
        for person, is_list in _expand(entry, directory):
            address_ = (person.address or "").lower()
            if address_ and address_ not in left and address_ not in gone:
                found.setdefault(address_, (person, is_list))
    return [found[a] for a in sorted(found)]


def is_for(desk: Desk, audience: AudienceSettings, member: Member) -> bool:
    """Whether *audience* names *member* herself, left or not; who is on a list address is known to the mail server alone."""
    own = {a.lower() for a in member.addresses}
    return any(
        (person.address or "").lower() in own
        for entry in audience.to
        for person, _ in _expand(entry, desk.known().directory)
    )


def lists_of(desk: Desk, audience: AudienceSettings) -> tuple[str, ...]:
    """The list addresses among its recipients."""
    return tuple(
        person.address
        for entry in audience.to
        for person, is_list in _expand(entry, desk.known().directory)
        if is_list and person.address
    )


def _expand(entry: str, directory: Directory) -> list[tuple[Address, bool]]:
    what, _, name = entry.partition(":")
    if what in ("team", "role") and name:
        wanted = name.strip().casefold()
        people = [
            m
            for m in directory.members
            if not m.is_notifier
            and (
                (m.team.casefold() == wanted)
                if what == "team"
                else (m.role.casefold() == wanted or wanted in m.permissions)
            )
        ]
        return [(Address(m.name, m.address), False) for m in people]
    if entry.strip() == "everyone":
        return [(Address(m.name, m.address), False) for m in directory.members if not m.is_notifier]
    member = directory.member(entry)
    return [(Address(member.name, entry), False)] if member else [(Address(None, entry), True)]


def address(
    desk: Desk, audience: AudienceSettings, planned: Planned, now: datetime, people: Sequence[tuple[Address, bool]]
) -> Iterator[OutgoingMail]:
    """One mail for each recipient, made while they are written down."""
    if planned.view is None:
        return iter(())
    template = "managers" if isinstance(planned.view, Managers) else "digest"
    told = tuple(w.id for w in planned.chosen.told) if planned.chosen else planned.edition.win_ids[:MOST_NAMED]
    return desk.letters(
        template,
        planned.view,
        kind="edition",
        cause=f"{audience.key}:{planned.edition.key}",
        people=[p for p, _ in people],
        subject=planned.view.subject,
        now=now,
        headers=list_headers(desk, audience.key, edition_name(audience)),
        pictures=planned.pictures,
        win_ids=told,
    )


def list_headers(desk: Desk, key: str, name: str) -> list[tuple[str, str]]:
    """Which list it is, and how to leave it: by mail, so there is no one-click header (RFC 8058 wants https for that)."""
    return [
        ("List-Id", f"{name} <{key}.wins.{desk.domain}>"),
        ("List-Unsubscribe", f"<mailto:{desk.wins_address}?subject=stop%20{key}>"),
    ]


# ---------------------------------------------------------------- my Monday


def mondays(desk: Desk, audience: AudienceSettings, planned: Planned, now: datetime) -> list[OutgoingMail]:
    """With the managers' edition each CSM gets her own page first."""
    if not audience.is_managers or not desk.config.quiet.my_monday:
        return []
    directory, edition, zone = desk.known().directory, planned.edition, zone_of(desk, audience)
    today = edition.until.astimezone(zone).date()
    left = {
        address_ for (address_, _), value in desk.store.preferences("leave:monday").items() if value == "yes"
    } | set(desk.store.suppressed())
    config = desk.config.quiet
    newest, snoozed, begun = desk.store.last_wins(edition.until), snoozes(desk), begun_on(desk, zone)
    own: dict[str, list[Account]] = {}
    for account in directory.accounts:
        own.setdefault((account.csm or "").lower(), []).append(account)
    fresh: dict[str, list[Glance]] = {}
    for win in desk.store.glances(edition.since, edition.until):
        if win.account and win.stance not in (Stance.COMPLAINT, Stance.DOUBT):
            fresh.setdefault(win.account, []).append(win)
    material = Material(
        audience=audience,
        company=desk.company,
        directory=directory,
        categories=desk.config.kinds,
        zone=zone,
        since=edition.since,
        until=edition.until,
        wins=(),
        full={},
    )
    mails = []
    for member in directory.members:
        addresses = frozenset(x.lower() for x in member.addresses)
        accounts = tuple(a for x in sorted(addresses) for a in own.get(x, ()))
        if not accounts or member.is_notifier or left & addresses:
            continue
        quiet = insights.quiet_accounts(
            accounts, newest, today, days=config.days, tiers=config.tiers, snoozed=snoozed, begun_on=begun
        )
        best = sorted((w for a in accounts for w in fresh.get(a.name, ())), key=lambda w: (-w.value_effective, w.id))
        wins = desk.store.wins_by_id([w.id for w in best[:MOST_NAMED]])
        last = desk.store.newest_wins(sorted(a.name for a in accounts), edition.until) if newest else {}
        view = compose_monday(
            OwnDesk(member.name, accounts, tuple(wins), last, quiet if newest else (), addresses), material
        )
        if view is not None:
            mails.append(
                desk.letter(
                    "monday",
                    view,
                    kind="monday",
                    cause=f"monday:{edition.key}",
                    to=Address(member.name, member.address),
                    subject=view.subject,
                    now=now,
                    headers=list_headers(desk, "monday", "My Monday"),
                    win_ids=tuple(w.id for w in wins),
                )
            )
    return mails
