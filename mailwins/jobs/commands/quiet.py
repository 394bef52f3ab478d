"""``quiet``: accounts without a win for too long."""

from __future__ import annotations

from mailwins.jobs import reporting
from mailwins.jobs.commands.command import Command

COMMAND = Command(
    "quiet",
    r"quiet(?: accounts)?|who is quiet|who's quiet",
    "quiet",
    "your accounts without a win for too long (all of them for managers)",
    reporting.answer_quiet,
)
