"""When an edition is due. Everything is decided in the audience's local wall time, so that Monday 08:00 stays 08:00 when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mailwins.config import parse_send
from mailwins.digest.wording import short_days


def last_cut_off(send: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The newest moment of *send* ("Mon 08:00") that is not after *now*, aware in *zone*."""
    moment = now.astimezone(UTC)
    return max(m for m in _around(send, zone, now) if m <= moment).astimezone(zone)


def next_cut_off(send: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The first one after *now*."""
    return _next(send, zone, now.astimezone(UTC).replace(microsecond=0))


@lru_cache(maxsize=100)
def _next(send: str, zone: ZoneInfo, second: datetime) -> datetime:
    """Mails that are read in the same second ask for the same; no cut-off lies within one."""
    return min(m for m in _around(send, zone, second) if m > second).astimezone(zone)


def weeks_before(until: datetime, zone: ZoneInfo, count: int) -> datetime:
    """The same local weekday and hour *count* weeks earlier."""
    local = until.astimezone(zone)
    return _moment(local.date() - timedelta(days=7 * count), local.time(), zone)


def _around(send: str, zone: ZoneInfo, now: datetime) -> tuple[datetime, ...]:
    """The moments of *send* near *now*, in UTC: zone arithmetic inside one zone would compare wall clocks."""
    return _of_day(send, zone, now.astimezone(zone).date())


@lru_cache(maxsize=100)
def _of_day(send: str, zone: ZoneInfo, today: date) -> tuple[datetime, ...]:
    """Every receipt of a day asks for the same."""
    weekday, at = parse_send(send)
    day = today - timedelta(days=(today.weekday() - weekday) % 7)
    return tuple(_moment(day + timedelta(days=7 * n), at, zone) for n in (-2, -1, 0, 1, 2))


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """In UTC. An hour that the clocks skip becomes the one after the gap, an hour they repeat its first run;
    a day that a zone left out altogether (Apia, 30 December 2011) becomes the day after."""
    return datetime.combine(day, at, zone).astimezone(UTC)


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
