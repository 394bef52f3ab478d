"""One line per event on stderr: a time, a name, what it was about. JSON, so that people and machines can both read it."""

from __future__ import annotations

import contextlib
import json
import logging
import select
import sys
from datetime import UTC, datetime
from typing import TextIO

PATIENCE_S = 2.0
"""So long a full pipe is waited for; what comes then is counted and left out until it takes a line again."""

_logger = logging.getLogger("mailwins")


def event(name: str, *, level: int = logging.INFO, **about: object) -> None:
    """Values that are None are left out."""
    _logger.log(level, name, extra={"about": {k: v for k, v in about.items() if v is not None}})


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        about = getattr(record, "about", {})
        line = {"at": at, "level": record.levelname.lower(), "event": record.getMessage(), **about}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info).splitlines()[-1]
        return json.dumps(line, ensure_ascii=False, default=str)


class _Unblocked(logging.StreamHandler):  # type: ignore[type-arg]
    """Whoever reads the log may stand still: a pager, a stuck log driver of a container. The service does not wait for him."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._lost = 0
        self._poller: select.poll | None = None
        with contextlib.suppress(OSError, ValueError, AttributeError):
            self._poller = select.poll()
            self._poller.register(stream.fileno(), select.POLLOUT)

    def emit(self, record: logging.LogRecord) -> None:
        # A pipe that takes anything takes a line, which is shorter than what it takes at once.
        if self._poller is not None and not self._poller.poll(0 if self._lost else PATIENCE_S * 1000):
            self._lost += 1
            return
        if self._lost:
            lost, self._lost = self._lost, 0
            super().emit(
                _logger.makeRecord(
                    _logger.name, logging.WARNING, "", 0, "log_lines_lost", (), None, extra={"about": {"lines": lost}}
                )
            )
        super().emit(record)


def to_stderr(level: int = logging.INFO) -> None:
    handler = _Unblocked(sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _logger.setLevel(level)
