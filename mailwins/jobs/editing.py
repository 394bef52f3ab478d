"""The editor's turn: the real draft some hours before an edition goes, and her answer by plain reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from json import dumps

from mailwins.config import AudienceSettings
from mailwins.digest import timing
from mailwins.digest.composing import edition_name, numbered
from mailwins.digest.editing import understood
from mailwins.digest.views import Digest
from mailwins.jobs import publish as publishing
from mailwins.jobs.answering import Answering
from mailwins.jobs.audiences import zone_of
from mailwins.jobs.desk import Desk
from mailwins.jobs.faults import Fault, no_fault
from mailwins.jobs.planning import plan
from mailwins.model import Address, Kind, Member, Outcome, OutgoingMail
from mailwins.outbox import fitted
from mailwins.plain import to_plain
from mailwins.ports import OutgoingRow, Settled
from mailwins.receipts import compose
from mailwins.render import long_day


def ask_editors(desk: Desk, now: datetime, fault: Fault = no_fault) -> list[OutgoingMail]:
    """Drafts that are due, and nudges for those nobody answered; queued, each once."""
    mails = []
    for audience in desk.config.audience:
        if audience.editor is None or audience.is_managers:
            continue
        zone = zone_of(desk, audience)
        coming, gone = timing.next_cut_off(audience.send, zone, now), timing.last_cut_off(audience.send, zone, now)
        if now >= coming - timedelta(hours=audience.editor_hours) and not publishing.was_asked(
            desk, audience.key, timing.key_of(coming)
        ):
            mails += _draft(desk, audience, coming, now)
        key = timing.key_of(gone)
        if (
            publishing.waits_for_editor(desk, audience, key)
            and publishing.edits_of(desk, audience.key, key).decision != "hold"
            and not publishing.was_asked(desk, audience.key, f"{key}:nudge")
        ):
            mails += _draft(desk, audience, gone, now, is_nudge=True)
    if mails:
        fault("drafts.composed")
        desk.store.queue(mails, now)
        fault("drafts.queued")
    return mails


def _draft(
    desk: Desk, audience: AudienceSettings, until: datetime, now: datetime, *, is_nudge: bool = False
) -> list[OutgoingMail]:
    key = timing.key_of(until)
    planned = plan(desk, audience, until, now, edits=publishing.edits_of(desk, audience.key, key))
    if not isinstance(planned.view, Digest) or planned.chosen is None:
        return []
    member = desk.known().directory.member(audience.editor)
    to = Address(member.name if member else None, audience.editor)
    hour = f"{long_day(until)}, {until:%H:%M}"
    fate = (
        f"Nobody answered the draft, so it did not go at {hour}. It waits for your reply."
        if is_nudge
        else _fate(audience, hour)
    )
    lines = (
        fate,
        "Reply with any of these, a line each: “note: …” (your words at the top), “drop 3”, “lead 5”, “hold”, “send now”.",
    )
    view = replace(numbered(planned.view), editor=lines)
    subject = fitted(f"{'Waiting for you' if is_nudge else 'Draft'}, {edition_name(audience)}: {planned.subject}")
    cause = f"{audience.key}:{key}{':nudge' if is_nudge else ''}"
    ids = tuple(w.id for w in planned.chosen.told)
    return [
        desk.letter(
            "digest",
            view,
            kind=publishing.DRAFT,
            cause=cause,
            to=to,
            subject=subject,
            now=now,
            pictures=planned.pictures,
            win_ids=ids,
        )
    ]


def _fate(audience: AudienceSettings, hour: str) -> str:
    to = f"“{audience.name or audience.key}”"
    if audience.editor_silence == "nudge":
        return (
            f"This is the draft for {to}, due {hour}. It goes then if you answered, and waits for you if you did not."
        )
    return f"This is the draft for {to}. Without a word from you it goes {hour}."


def answer(answering: Answering, words: str, row: OutgoingRow, member: Member) -> Settled | None:
    """The editor's reply; a manager may edit as well. None for anybody else."""
    audience_key, _, key = row.mail.cause.removesuffix(":nudge").partition(":")
    audience = next((a for a in answering.desk.config.audience if a.key == audience_key), None)
    if audience is None or not (audience.editor in member.addresses or "manager" in member.permissions):
        return None
    desk = answering.desk
    done = desk.store.edition(audience_key, key)
    if done is not None:
        return _answered(
            answering,
            member,
            "It has gone out already",
            [f"The edition of {key.replace('T', ', ')} was sent. Your words come too late for it."],
        )
    before = publishing.edits_of(desk, audience_key, key)
    read = understood(words, before, row.mail.win_ids, member.name)
    lines = [*read.told, *(f"I did not understand: {u} Words for the top begin with “note:”." for u in read.unclear)]
    edits = read.edits if read.told or not read.unclear else replace(read.edits, is_answered=before.is_answered)
    heading = "Done" if read.told else "Nothing is changed" if read.unclear else "Thank you, it goes as it is"
    preferences = ((publishing.EVERYBODY, publishing.edits_name(audience_key, key), dumps(to_plain(edits))),)
    return _answered(answering, member, heading, lines, preferences)


def _answered(
    answering: Answering,
    member: Member,
    heading: str,
    lines: Sequence[str],
    preferences: tuple[tuple[str, str, str], ...] = (),
) -> Settled:
    view = compose.answer(heading, list(lines), answering.scene)
    settled = answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value, preferences=preferences)
    return answering.answered(settled, view, member, None, (), is_needed=True)
