"""``update Acme``: a draft for a customer. What it does lies in ``jobs.updating``."""

from __future__ import annotations

from mailwins.jobs import updating
from mailwins.jobs.commands.command import Command

COMMAND = Command(
    "update",
    r"(?:draft )?(?:an? )?update(?: (?:for|on|about))?(?= )",
    "update Acme",
    "a draft for your customer, e.g. “update Acme since 1 September”",
    updating.asked,
    takes="words",
    most_words=12,
    details="next|ask|meeting|question|language",
)
