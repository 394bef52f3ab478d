"""One line per event on stderr: a time, a name, what it was about. JSON, so that people and machines can both read it."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

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


def to_stderr(level: int = logging.INFO) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _logger.setLevel(level)
