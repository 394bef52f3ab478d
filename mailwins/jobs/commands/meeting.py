"""``meeting``: wins for the team meeting."""

from __future__ import annotations

from mailwins.jobs import reporting
from mailwins.jobs.commands.command import Command

COMMAND = Command(
    "meeting", r"(?:team )?meeting", "meeting", "five wins for the team meeting", reporting.answer_meeting
)
