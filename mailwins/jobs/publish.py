"""Publish: each audience's edition when its hour has come. What is due comes from the database and the local clock, never from a timer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from json import loads
from zoneinfo import ZoneInfo

from mailwins.config import AudienceSettings
from mailwins.digest import timing
from mailwins.digest.composing import edition_name
from mailwins.digest.editing import Edits
from mailwins.digest.views import Managers
from mailwins.jobs.audiences import list_headers, recipients, zone_of
from mailwins.jobs.desk import Desk
from mailwins.jobs.faults import Fault, no_fault
from mailwins.jobs.mondays import mondays
from mailwins.jobs.planning import MOST_NAMED, RECENT, Planned, plan
from mailwins.model import Address, OutgoingMail
from mailwins.plain import from_plain

DRAFT = "edition-draft"
EVERYBODY = "*"


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
