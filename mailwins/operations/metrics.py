"""How an instance is, as Prometheus metrics: asked from the database at each scrape, so that any process may tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from mailwins.config import Config
from mailwins.errors import ConfigError
from mailwins.ports import Store
from mailwins.status import health


class Vitals(Collector):
    """Names follow Prometheus' practice: base units, ``_seconds`` and ``_timestamp_seconds``; a moment that never was is left out."""

    def __init__(self, store: Store, config: Config, now: Callable[[], datetime]) -> None:
        self.store, self.config, self.now = store, config, now

    def collect(self) -> Iterator[Metric]:
        now = self.now()
        state = health(self.store, self.config, now)
        yield _counted(
            "mailwins_mails", "Kept mails by outcome; waiting ones are not read yet.", "outcome", state["mails"]
        )
        yield _counted("mailwins_outbox", "Outgoing mails by state.", "state", state["outbox"])
        yield _counted("mailwins_tray", "What waits for a person.", "what", state["tray"])
        yield _single("mailwins_wins", "Wins that are not deleted.", state["wins"]["total"])
        yield _single(
            "mailwins_problems", "Sentences that mailwins status would print as PROBLEM.", len(state["problems"])
        )
        for name, what in (("unread", "read"), ("undelivered", "sent")):
            at = _moment(state["oldest"].get(name))
            age = max((now - at).total_seconds(), 0) if at else 0
            yield _single(
                f"mailwins_oldest_{name}_seconds",
                f"For how long the oldest mail has waited to be {what}; 0 when none waits.",
                age,
            )
        ran = GaugeMetricFamily("mailwins_job_last_run_timestamp_seconds", "When a job ran last.", labels=["job"])
        ok = GaugeMetricFamily(
            "mailwins_job_last_success_timestamp_seconds", "When a job ran last without an error.", labels=["job"]
        )
        failing = GaugeMetricFamily(
            "mailwins_job_failing", "1 when the last run of a job ended with an error.", labels=["job"]
        )
        for job, beat in state["jobs"].items():
            for family, at in ((ran, _moment(beat["at"])), (ok, _moment(beat["ok_at"]))):
                if at is not None:
                    family.add_metric([job], at.timestamp())
            failing.add_metric([job], 1 if beat["error"] else 0)
        yield from (ran, ok, failing)


def exposition(store: Store, config: Config, now: Callable[[], datetime]) -> bytes:
    """The text format, for a scrape or for node_exporter's textfile folder."""
    return generate_latest(_registry(store, config, now))


def serve(listen: str, store: Store, config: Config, now: Callable[[], datetime]) -> Callable[[], None]:
    """Answer scrapes at *listen*, ``host:port``; returns what ends it. Raises ConfigError when the port is taken."""
    host, _, port = listen.rpartition(":")
    try:
        server, thread = start_http_server(int(port), addr=host.strip("[]"), registry=_registry(store, config, now))
    except OSError as error:
        raise ConfigError(
            f"metrics.listen = {listen}: {error.strerror or error}.", "Choose a free port, or take the key out."
        ) from None

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join(2)

    return stop


def _registry(store: Store, config: Config, now: Callable[[], datetime]) -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Vitals(store, config, now))
    return registry


def _counted(name: str, told: str, label: str, counts: dict[str, Any]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, told, labels=[label])
    for key, count in counts.items():
        family.add_metric([key], count)
    return family


def _single(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
