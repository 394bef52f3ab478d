"""``report trends``: figures for managers."""

from __future__ import annotations

from mailwins.jobs import reporting
from mailwins.jobs.commands.command import Command

COMMAND = Command(
    "report",
    r"report(?= )",
    "report trends",
    "also coverage, goals, health, quiet (managers)",
    reporting.answer_report,
    takes="words",
)
