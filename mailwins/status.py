"""How an instance is, as plain data: for ``status``, for metrics, for the alarm."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mailwins.config import Config
from mailwins.errors import StoreError
from mailwins.ports import Store

JOBS = ("collect", "read", "publish", "deliver")
SLOW = timedelta(minutes=30)
LATELY = timedelta(days=30)
FEW = 5
# The words of understanding.trust.
UNPROVEN, NOT_PROVEN, PROVEN = "unproven", "our server did not prove the sender", ("dmarc", "spf or dkim")
MOVING = "move"
"""Under this name the store notes why mails cannot be moved to their folders."""
LISTS = "lists"
"""And under this what is wrong with the lists of accounts and people."""
SETTINGS = "settings"
"""And under this that the settings were changed since the service started."""


def health(store: Store, config: Config, now: datetime) -> dict[str, Any]:
    """``mails``, ``outbox``, ``wins``, ``tray``: counts. ``jobs``: heartbeat, error, last success. ``oldest``: what waits longest. ``problems``: sentences. ``notes``: what is no failure and should be known."""
    counts = store.counts()
    beats = store.beats()
    oldest = store.oldest()
    jobs = {}
    for job in JOBS:
        at, error, ok_at = beats.get(job, (None, None, None))
        jobs[job] = {"at": _iso(at), "error": error, "ok_at": _iso(ok_at)}
    return {
        "mails": dict(counts["mails"]),
        "outbox": dict(counts["outbox"]),
        "wins": dict(counts["wins"]),
        "tray": dict(counts["tray"]),
        "jobs": jobs,
        "oldest": {k: _iso(v) for k, v in oldest.items()},
        "problems": problems(store, config, now),
        "notes": notes(store, config, now),
        "now": _iso(now),
    }


def problems(store: Store, config: Config, now: datetime) -> list[str]:
    """What needs a person, each with the next step."""
    found = []
    try:
        store.try_to_write()
    except StoreError as refusal:
        # Then no error can be noted either, and for hours all below would look well.
        found.append(f"Nothing can be written: {refusal} Mail waits on the server meanwhile")
    beats = store.beats()
    oldest = store.oldest()
    outbox = store.counts()["outbox"]
    limit = timedelta(hours=config.limits.alarm_hours)
    collected = beats.get("collect")
    if collected is not None and collected[1] and (collected[2] is None or now - collected[2] > min(limit, SLOW)):
        found.append(
            f"No mail could be fetched since {_iso(collected[2]) or 'the start'}: {collected[1]} Next step: mailwins check"
        )
    elif collected is not None and now - collected[0] > limit:
        found.append(
            f"Nobody has looked into the mailbox since {_iso(collected[0])}. Next step: is “mailwins run” running?"
        )
    for job in ("read", "publish"):
        _, error, ok_at = beats.get(job, (None, None, None))
        if error and (ok_at is None or now - ok_at > SLOW):
            found.append(
                f"“{job}” has failed since {_iso(ok_at) or 'the start'}: {error} Next step: mend what it says; the service tries again by itself"
            )
    moving = beats.get(MOVING)
    if moving is not None and moving[1]:
        found.append(
            f"Mails that were read cannot be moved out of the inbox: {moving[1]} They are known and not read again. "
            'Next step: mend the folder or its rights, or set mailbox.done_folder and mailbox.tray_folder to ""'
        )
    lists = beats.get(LISTS)
    if lists is not None and lists[1]:
        found.append(f"{lists[1]} Nobody is taken out meanwhile. Next step: mend the list; it is read again by itself")
    unread, undelivered = oldest.get("unread"), oldest.get("undelivered")
    if unread is not None and now - unread > SLOW:
        found.append(f"A mail has waited to be read since {_iso(unread)}. Next step: is “mailwins run” running?")
    if undelivered is not None and now - undelivered > limit:
        delivered = beats.get("deliver")
        why = f": {delivered[1]}" if delivered and delivered[1] else "."
        found.append(f"A mail has waited to be sent since {_iso(undelivered)}{why} Next step: mailwins check")
    held = store.get("sending_held")
    if held is not None:
        found.append(f"Nothing is sent ({held}). Next step: mailwins outbox list, then mailwins resume")
    if outbox.get("uncertain"):
        found.append(
            f"{outbox['uncertain']} {'mail is' if outbox['uncertain'] == 1 else 'mails are'} uncertain: the server's answer was lost. Next step: ask the recipient, then mailwins outbox retry NUMBER (see mailwins outbox list)"
        )
    return found


def notes(store: Store, config: Config, now: datetime) -> list[str]:
    """What an admin should know though the service does what it was told to."""
    settings = store.beats().get(SETTINGS)
    changed = [settings[1]] if settings is not None and settings[1] else []
    return [*changed, *_unproven(store, config, now)]


def _unproven(store: Store, config: Config, now: datetime) -> list[str]:
    trust = config.trust
    proofs = store.proofs(now - LATELY)
    believed = sum(count for proof, count in proofs.items() if proof.startswith(UNPROVEN))
    waiting = proofs.get(NOT_PROVEN, 0)
    proven = sum(count for proof, count in proofs.items() if proof.startswith(PROVEN))
    if proven or believed + waiting < FEW:
        return []
    what = (
        "is believed, so a faked From with a colleague's address would be, too"
        if trust.policy == "warn"
        else "waits in the tray (trust.policy = require)"
    )
    why = (
        f"no results of {', '.join(trust.authserv_id)} stand in them (trust.authserv_id)"
        if trust.authserv_id
        else "trust.authserv_id is not set"
    )
    return [
        f"Not one of the last {believed + waiting} mails of colleagues had a proven sender: {why}. Such mail {what}. "
        "Next step: put into trust.authserv_id what stands first in the topmost Authentication-Results of a mail that came (mailwins tray show MAIL); see docs/connecting.md"
    ]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None
