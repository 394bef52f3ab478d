"""When an edition is due, in local wall time: clocks that change, years of 53 weeks, days a zone left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailwins.digest.timing import days_covered, key_of, last_cut_off, next_cut_off, weeks_before

BERLIN = ZoneInfo("Europe/Berlin")


def all_cut_offs(
    send: str, zone: ZoneInfo, since: datetime, until: datetime, step: timedelta = timedelta(minutes=10)
) -> list[datetime]:
    """Every cut-off that a clock ticking from *since* to *until* comes to see, in UTC."""
    found: list[datetime] = []
    now = since
    while now < until:
        last = last_cut_off(send, zone, now).astimezone(UTC)
        assert last <= now < next_cut_off(send, zone, now).astimezone(UTC)
        if last not in found:
            found.append(last)
        now += step
    return found[1:]


def test_the_moment_itself_is_due_and_the_second_before_is_not() -> None:
    at = datetime(2026, 11, 16, 7, tzinfo=UTC)
    assert last_cut_off("Mon 08:00", BERLIN, at) == at
    assert last_cut_off("Mon 08:00", BERLIN, at - timedelta(seconds=1)) == at - timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "hours"), [(datetime(2026, 3, 30, tzinfo=UTC), 167), (datetime(2026, 10, 26, tzinfo=UTC), 169)]
)
def test_monday_at_eight_stays_at_eight_when_the_clocks_change(day: datetime, hours: int) -> None:
    last = last_cut_off("Mon 08:00", BERLIN, day + timedelta(hours=12))
    assert (last.hour, last.date()) == (8, day.date())
    before = last_cut_off("Mon 08:00", BERLIN, last - timedelta(seconds=1))
    assert last.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=hours)
    assert weeks_before(last, BERLIN, 1) == before.astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "send", "since", "due"),
    [
        # The hour that is there twice: once, at its first run.
        ("Europe/Berlin", "Sun 02:30", datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # The hour that is left out: right after the gap.
        ("Europe/Berlin", "Sun 02:30", datetime(2026, 3, 24, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # Cairo's gap is at midnight, where cron triggers lose the whole day.
        ("Africa/Cairo", "Fri 00:00", datetime(2026, 4, 20, tzinfo=UTC), datetime(2026, 4, 23, 22, tzinfo=UTC)),
        ("Africa/Cairo", "Fri 00:30", datetime(2026, 4, 20, tzinfo=UTC), datetime(2026, 4, 23, 22, 30, tzinfo=UTC)),
        # Kathmandu is three quarters of an hour off.
        ("Asia/Kathmandu", "Mon 08:00", datetime(2026, 11, 12, tzinfo=UTC), datetime(2026, 11, 16, 2, 15, tzinfo=UTC)),
        # Apia had no 30 December 2011: that Friday's edition goes at the same hour of the next day there is.
        ("Pacific/Apia", "Fri 08:00", datetime(2011, 12, 26, tzinfo=UTC), datetime(2011, 12, 30, 18, tzinfo=UTC)),
    ],
)
def test_each_week_has_exactly_one_cut_off(zone: str, send: str, since: datetime, due: datetime) -> None:
    found = all_cut_offs(send, ZoneInfo(zone), since, since + timedelta(days=21))
    assert found[0] == due
    assert len(found) == 3


def test_a_year_of_53_weeks_has_53_editions_with_keys_of_their_own() -> None:
    found = all_cut_offs(
        "Mon 08:00", BERLIN, datetime(2020, 12, 1, tzinfo=UTC), datetime(2021, 1, 20, tzinfo=UTC), timedelta(hours=1)
    )
    keys = [key_of(f.astimezone(BERLIN)) for f in found]
    assert keys == [
        "2020-12-07T08:00",
        "2020-12-14T08:00",
        "2020-12-21T08:00",
        "2020-12-28T08:00",
        "2021-01-04T08:00",
        "2021-01-11T08:00",
        "2021-01-18T08:00",
    ]


def test_the_days_it_covers_are_those_of_the_audiences_zone() -> None:
    since, until = datetime(2026, 11, 8, 23, 30, tzinfo=UTC), datetime(2026, 11, 15, 23, tzinfo=UTC)
    assert days_covered(since, until, BERLIN) == "9 to 15 Nov 2026"
    assert days_covered(since, until, ZoneInfo("Asia/Kathmandu")) == "9 to 16 Nov 2026"
