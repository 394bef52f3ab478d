"""One mail to the admins when the mailbox could not be read for hours, or when a list lost many of its lines, with the fix; then silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from mailwins.jobs.desk import Desk
from mailwins.lists import ListTrouble
from mailwins.model import Address, OutgoingMail
from mailwins.outbox import fitted
from mailwins.receipts.views import Receipt

KIND = "alarm"


def alarm(desk: Desk, *, now: datetime, running_since: datetime) -> int:
    """How many mails were queued: one per admin for each outage, however often it is asked.

    An outage is named by the last success before it, so a restart does not tell it again. Before
    the first success it counts from *running_since*.
    """
    at, error, ok_at = desk.store.beats().get("collect", (None, None, None))
    hours = desk.config.limits.alarm_hours
    if at is None or error is None or now - (ok_at or running_since) < timedelta(hours=hours):
        return 0
    cause = f"mailbox:{ok_at.isoformat() if ok_at else 'never'}"
    return desk.store.queue([_letter(desk, to, cause, error, ok_at, now) for to in _admins(desk)], now)


def ask_about_missing(desk: Desk, troubles: Sequence[ListTrouble], *, now: datetime) -> int:
    """How many mails were queued: one per admin for each version of a list whose missing lines wait for a word."""
    letters = [_question(desk, to, t.held, t.words, now) for t in troubles if t.held for to in _admins(desk)]
    return desk.store.queue(letters, now) if letters else 0


def _admins(desk: Desk) -> list[Address]:
    return [Address(m.name, m.address) for m in desk.known().directory.members if m.may("admin")]


def _question(desk: Desk, to: Address, cause: str, words: str, now: datetime) -> OutgoingMail:
    view = Receipt(
        title="A list lost many of its lines",
        heading="A list lost many of its lines",
        preheader=words,
        lead=(
            words,
            "So much at once is more often a file that was cut off, or an export with a filter, than meant. What is new or changed in the list counts already; who is missing keeps what they may do.",
            "Was it a slip? Put the whole list back, and nothing else is needed.",
        ),
        help_title="",
        footer=(
            "You get this mail once for this version of the list, because people.csv gives you the role of an admin.",
        ),
        language="en",
    )
    return desk.letter(
        "receipt",
        view,
        kind=KIND,
        cause=cause,
        to=to,
        subject=fitted(f"{desk.company.name}: a list lost many of its lines"),
        now=now,
    )


def _letter(desk: Desk, to: Address, cause: str, error: str, ok_at: datetime | None, now: datetime) -> OutgoingMail:
    since = f"since {ok_at.astimezone(desk.zone):%A %d %B, %H:%M} ({desk.zone.key})" if ok_at else "so far"
    view = Receipt(
        title="The mailbox cannot be read",
        heading="The mailbox cannot be read",
        preheader=error,
        lead=(
            f"No mail could be fetched from {desk.config.mailbox.host} {since}. Nothing is lost: what your colleagues send waits on the server, and all of it is read once the mailbox answers again.",
            f"The last error: {error}",
            "To mend it, run “mailwins check” where the service runs: it tries every connection and says what to change. Then nothing else is needed; the service keeps trying by itself.",
        ),
        help_title="",
        footer=("You get this mail once for this outage, because people.csv gives you the role of an admin.",),
        language="en",
    )
    return desk.letter(
        "receipt",
        view,
        kind=KIND,
        cause=cause,
        to=to,
        subject=fitted(f"{desk.company.name}: the wins mailbox cannot be read"),
        now=now,
    )
