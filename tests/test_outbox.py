"""When a deferred mail is tried again, and which Message-IDs are ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailwins.outbox import is_ours, message_id, next_attempt

CREATED = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.mark.parametrize(("tries", "minutes"), [(1, 30), (2, 60), (3, 120), (4, 240), (5, 360), (6, 360), (1000, 360)])
def test_waits_double_from_half_an_hour_to_six(tries: int, minutes: int) -> None:
    now = CREATED + timedelta(hours=1)
    assert next_attempt(tries, CREATED, now) == now + timedelta(minutes=minutes)


def test_a_mail_is_given_up_after_four_days_and_not_before() -> None:
    now, tries = CREATED, 1
    while (again := next_attempt(tries, CREATED, now)) is not None:
        now, tries = again, tries + 1
    assert timedelta(days=4) <= now - CREATED < timedelta(days=4, hours=6)
    assert tries == 20


def test_our_message_ids_are_known_and_cannot_be_made_up() -> None:
    ours = message_id("receipt", "cause", "Ana@x.example", key=b"secret", domain="x.example")
    assert ours == message_id("receipt", "cause", "ana@x.example", key=b"secret", domain="x.example")
    assert is_ours(f"<{ours}>", key=b"secret")
    assert not is_ours(ours, key=b"other")
    assert not is_ours(ours.replace("receipt", "edition"), key=b"secret")
    assert not is_ours("<CAF=abc@mail.example>", key=b"secret")
