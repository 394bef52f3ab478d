"""Metrics as a scraper reads them, from a real database over a real port."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from mailwins.config import Config
from mailwins.errors import ConfigError
from mailwins.model import OutgoingMail, RawMessage
from mailwins.operations.metrics import exposition, serve
from mailwins.store import SqlStore, open_store

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    yield store
    store.close()


def scraped(text: str) -> dict[tuple[str, str], float]:
    """(name, label value) → value."""
    return {
        (s.name, next(iter(s.labels.values()), "")): s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
    }


def test_a_scrape_tells_heartbeats_counts_and_the_age_of_what_waits(store: SqlStore) -> None:
    store.beat("collect", at=NOW - timedelta(minutes=5))
    store.beat("collect", at=NOW, error="login refused")
    store.keep_mails([RawMessage("a" * 64, 10, "box", "INBOX", 1, 1, NOW - timedelta(minutes=2))], at=NOW)
    store.queue([OutgoingMail("receipt", "c", "priya@x.example", "<1@x>", "s", b"raw")], NOW - timedelta(minutes=10))
    found = scraped(exposition(store, Config(), lambda: NOW).decode())
    assert found["mailwins_mails", "waiting"] == 1
    assert found["mailwins_outbox", "queued"] == 1
    assert found["mailwins_oldest_unread_seconds", ""] == 120
    assert found["mailwins_oldest_undelivered_seconds", ""] == 600
    assert found["mailwins_job_last_run_timestamp_seconds", "collect"] == NOW.timestamp()
    assert found["mailwins_job_last_success_timestamp_seconds", "collect"] == NOW.timestamp() - 300
    assert (found["mailwins_job_failing", "collect"], found["mailwins_job_failing", "read"]) == (1, 0)
    assert ("mailwins_job_last_run_timestamp_seconds", "read") not in found


def test_metrics_hold_no_names_and_no_addresses(store: SqlStore) -> None:
    store.queue([OutgoingMail("receipt", "c", "priya@secret.example", "<1@x>", "Secret subject", b"raw")], NOW)
    text = exposition(store, Config(), lambda: NOW).decode()
    assert "secret" not in text.lower()


def test_a_running_instance_answers_scrapes_until_it_stops(store: SqlStore) -> None:
    stop = serve("127.0.0.1:19464", store, Config(), lambda: NOW)
    try:
        with pytest.raises(ConfigError, match=r"metrics\.listen = 127\.0\.0\.1:19464"):
            serve("127.0.0.1:19464", store, Config(), lambda: NOW)
        with urllib.request.urlopen("http://127.0.0.1:19464/metrics", timeout=5) as answer:
            assert ("mailwins_wins", "") in scraped(answer.read().decode())
    finally:
        stop()
    with pytest.raises(OSError):
        urllib.request.urlopen("http://127.0.0.1:19464/metrics", timeout=1)
