"""When an edition is due. Everything is decided in the audience's local wall time, so that Monday 08:00 stays 08:00 when the clocks change."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailwins.config import parse_send
from mailwins.digest.wording import short_days


def last_cut_off(send: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The newest moment of *send* ("Mon 08:00") that is not after *now*, aware in *zone*."""
    weekday, at = parse_send(send)
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - weekday) % 7)
    moment = datetime.combine(day, at, zone)
    return moment if moment <= local else datetime.combine(day - timedelta(days=7), at, zone)


def next_cut_off(send: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The first one after *now*."""
    last = last_cut_off(send, zone, now)
    return datetime.combine(last.date() + timedelta(days=7), last.timetz().replace(tzinfo=None), zone)


def key_of(cut_off: datetime) -> str:
    """An edition's key: its local cut-off to the minute."""
    return cut_off.strftime("%Y-%m-%dT%H:%M")


def days_covered(since: datetime, until: datetime, zone: ZoneInfo) -> str:
    """``9 to 16 Nov 2026``: the days on which something in it was captured."""
    first, last = since.astimezone(zone), until.astimezone(zone) - timedelta(microseconds=1)
    return f"{short_days(first.date(), last.date())} {last.year}"


def span(since: datetime, until: datetime, zone: ZoneInfo) -> str:
    """The same to the minute, with the zone, for the footer."""
    first, last = since.astimezone(zone), until.astimezone(zone)
    return f"{first:%a} {first.day} {first:%b} {first:%H:%M} to {last:%a} {last.day} {last:%b} {last:%H:%M}, {zone.key}"
