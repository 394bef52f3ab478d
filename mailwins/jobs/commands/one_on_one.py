"""``1on1 Ana``: a sheet for the talk with a colleague."""

from __future__ import annotations

from mailwins.jobs import reporting
from mailwins.jobs.commands.command import Command

COMMAND = Command(
    "1on1",
    r"(?:1on1|1:1|one[- ]on[- ]one)(?: with| for)?",
    "1on1 Ana",
    "a sheet for the talk with a colleague; alone: your own",
    reporting.answer_one_on_one,
    takes="either",
    most_words=4,
)
