"""An edition composed as it would be sent: which wins are its own, what it compares itself with, which pictures it shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailwins.config import AudienceSettings
from mailwins.digest import timing
from mailwins.digest.choosing import Chosen, belongs, shortlist
from mailwins.digest.composing import Material, compose, edges
from mailwins.digest.editing import Edits
from mailwins.digest.managing import compose_managers
from mailwins.digest.pictures import SHOWN_PX, is_picture, thumbnail
from mailwins.digest.views import Digest, Managers, Shown
from mailwins.digest.wording import headline
from mailwins.errors import FileLost
from mailwins.jobs.audiences import zone_of
from mailwins.jobs.desk import Desk
from mailwins.jobs.watching import watch_of
from mailwins.model import Directory, Edition, Glance, Visibility, Win, glance
from mailwins.outbox import Picture, fitted

# How far back wins are looked for that were not fit to be told in their own days.
LATE = timedelta(days=60)
# Two windows are compared when they are of one length, but for clocks that changed and a send hour that moved within the day.
ALIKE = timedelta(hours=26)
MOST_PICTURES = 3
RECENT = 30
# Wins that the row of an outgoing mail names.
MOST_NAMED = 100


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
        view: Digest | Managers | None = compose_managers(material, watch_of(desk, material))
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
