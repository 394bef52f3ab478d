"""What ``status`` calls a problem, on a real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailwins.config import Config
from mailwins.model import Delivery, OutboxState, OutgoingMail
from mailwins.status import problems
from mailwins.store import SqlStore, open_store

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return open_store(f"sqlite:///{tmp_path / 'x.db'}")


def letter(number: int) -> OutgoingMail:
    return OutgoingMail("receipt", f"cause-{number}", "gone@x.example", f"<{number}@x.example>", "Subject", b"raw")


def test_a_service_that_never_ran_is_no_problem_and_one_that_stopped_looking_is(store: SqlStore) -> None:
    assert problems(store, Config(), NOW) == []
    store.beat("collect", at=NOW)
    assert problems(store, Config(), NOW + timedelta(hours=1)) == []
    (told,) = problems(store, Config(), NOW + timedelta(hours=7))
    assert "Nobody has looked into the mailbox since 2026-11-24T12:00:00Z" in told


def test_a_mailbox_that_cannot_be_reached_is_told_with_its_error(store: SqlStore) -> None:
    store.beat("collect", at=NOW, error="mailbox: login refused.")
    (told,) = problems(store, Config(), NOW + timedelta(hours=1))
    assert "login refused" in told
    assert "mailwins check" in told


def test_mail_to_an_address_that_refused_us_does_not_alarm_for_ever(store: SqlStore) -> None:
    store.queue([letter(1)], NOW)
    row = store.claim_outgoing(now=NOW, worker="w", lease_s=60)
    assert row is not None
    store.finish_outgoing(row.id, Delivery(OutboxState.FAILED, "550 no such user", 550), at=NOW, next_attempt_at=None)
    store.queue([letter(2)], NOW)
    assert store.claim_outgoing(now=NOW, worker="w", lease_s=60) is None
    assert problems(store, Config(), NOW + timedelta(days=2)) == []
    store.unsuppress("gone@x.example")
    assert any("waited to be sent" in p for p in problems(store, Config(), NOW + timedelta(days=2)))


def test_editions_that_fail_for_long_are_told(store: SqlStore) -> None:
    """FAULT: people.csv cannot be read, so that no edition can be made; THEN: status says so after half an hour, with the error."""
    store.beat("publish", at=NOW)
    store.beat("publish", at=NOW + timedelta(minutes=20), error="people.csv: cannot be read.")
    assert problems(store, Config(), NOW + timedelta(minutes=20)) == []
    (told,) = problems(store, Config(), NOW + timedelta(hours=1))
    assert "people.csv: cannot be read." in told


def test_a_mistake_in_a_list_is_told_until_it_is_mended(store: SqlStore) -> None:
    store.beat("lists", at=NOW, error="people.csv, line 4: email = x: write an address.")
    (told,) = problems(store, Config(), NOW)
    assert "line 4" in told
    store.beat("lists", at=NOW)
    assert problems(store, Config(), NOW) == []
