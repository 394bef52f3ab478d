"""``snooze Acme 4w: why``: leave a quiet account out for a while."""

from __future__ import annotations

from mailwins.jobs import reporting
from mailwins.jobs.commands.command import Command

# Its reason may be a sentence of any length, so it is known by its form alone.
_WHOLE = r"^(?:please )?snooze\s+(?P<rest>(?:.{0,120}?\s)?\d{1,3}\s*(?:d|days?|w|wks?|weeks?|m|months?)\b.*)$"
COMMAND = Command(
    "snooze",
    r"snooze(?= )",
    "snooze Acme 4w",
    "leave a quiet account out for a while, with a reason",
    reporting.answer_snooze,
    takes="words",
    whole=_WHOLE,
)
