"""Announce: milestones, User Olympics and praise in public go to their audience the same hour, each once."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailwins.config import AudienceSettings
from mailwins.digest.announcing import compose_announcement
from mailwins.digest.choosing import belongs
from mailwins.digest.composing import Material, edition_name
from mailwins.digest.pictures import is_picture
from mailwins.digest.records import dethroned
from mailwins.jobs.audiences import list_headers, recipients, zone_of
from mailwins.jobs.desk import Desk
from mailwins.jobs.faults import Fault, no_fault
from mailwins.jobs.planning import pictures_of
from mailwins.model import Win, glance
from mailwins.ports import WinFilter

# Time to correct or withdraw what was sent in, before everybody reads it.
GRACE = timedelta(minutes=15)
STILL_NEWS = timedelta(days=2)
WIDE_PX = 344
KIND = "announcement"


def announce(desk: Desk, *, now: datetime, fault: Fault = no_fault) -> int:
    """How many mails were queued. Wins older than two days are left to the digest."""
    count = 0
    for win in desk.store.wins_of_note(now - STILL_NEWS, now - GRACE):
        for audience in desk.config.audience:
            if what_of(win) in audience.announces and belongs(glance(win), audience, desk.known().directory):
                count += _announce(desk, win, audience, now, fault)
    return count


def what_of(win: Win) -> str | None:
    """olympics, milestone, kudos (public praise that can be seen), or None for what waits for the digest."""
    if win.category in ("milestone", "olympics"):
        return win.category
    return "kudos" if win.is_public and any(is_picture(a) for a in win.attachments) else None


def _announce(desk: Desk, win: Win, audience: AudienceSettings, now: datetime, fault: Fault) -> int:
    cause = f"win:{win.id}:{audience.key}"
    if desk.store.outgoing(kind=KIND, cause=cause, limit=1):
        return 0
    zone = zone_of(desk, audience)
    record = (
        dethroned(win, desk.store.wins(WinFilter(category="olympics", captured_until=win.captured_at)))
        if win.category == "olympics"
        else None
    )
    shown, pictures = pictures_of(desk, [win], WIDE_PX)
    material = Material(
        audience=audience,
        company=desk.company,
        directory=desk.known().directory,
        categories=desk.config.kinds,
        zone=zone,
        since=win.captured_at,
        until=now,
        wins=(),
        full={},
        pictures=shown,
    )
    view = compose_announcement(win, material, what=what_of(win) or "", record=record)
    if view.telling.picture is None:
        pictures = ()
    people = [p for p, _ in recipients(desk, audience)]
    headers = list_headers(desk, audience.key, edition_name(audience))
    mails = desk.letters(
        "announcement",
        view,
        kind=KIND,
        cause=cause,
        people=people,
        subject=view.subject,
        now=now,
        headers=headers,
        pictures=pictures,
        win_ids=(win.id,),
    )
    queued = desk.store.queue(list(mails), now)
    fault("announce.queued")
    return queued
