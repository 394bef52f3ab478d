"""One mail to the admins when the mailbox could not be read for hours, with the fix; then silence until it worked again."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailwins.jobs.desk import Desk
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
    admins = [m for m in desk.known().directory.members if m.may("admin")]
    cause = f"mailbox:{ok_at.isoformat() if ok_at else 'never'}"
    return desk.store.queue([_letter(desk, Address(m.name, m.address), cause, error, ok_at, now) for m in admins], now)


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
