"""``qbr Acme 2026Q3``: the page for a quarterly review with a customer. What it does lies in ``jobs.reviewing``."""

from __future__ import annotations

from mailwins.jobs import reviewing
from mailwins.jobs.commands.command import Command

COMMAND = Command(
    "qbr",
    r"qbr(?: (?:for|with))?(?= )",
    "qbr Acme 2026Q3",
    "a page for the quarterly review, with lines “goal: …” if you like",
    reviewing.asked,
    takes="words",
    details="goals?|next|ask|language",
)
