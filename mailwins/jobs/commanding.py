"""What members ask wins@ for, answered by mail. Each command is one function here and one line in ``receipts.commands``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from mailwins.jobs import reporting, updating
from mailwins.jobs.answering import Answering
from mailwins.model import Change, Decoded, Ignored, Kind, Member, Outcome, Submission, Win
from mailwins.ports import Settled, WinFilter
from mailwins.receipts import compose
from mailwins.receipts.commands import COMMANDS, Command, find_command
from mailwins.receipts.corrections import correct, may_correct
from mailwins.receipts.views import Changed
from mailwins.receipts.wishes import Reply, Wish
from mailwins.render import counted, short_day
from mailwins.understanding.naming import named

SHOWN = 12


def answer(answering: Answering, decoded: Decoded) -> Settled | None:
    """None when the mail is no command, or its sender is no member."""
    read = decoded.read
    if isinstance(read, Ignored) and read.reason == "empty" and not (decoded.message.attachments or decoded.message.attached):
        # Only a subject: no news, but it may be all that a command needs.
        read = Submission(Kind.NOTE, "subject", decoded.message.author)
    if not isinstance(read, Submission) or read.kind not in (Kind.NOTE, Kind.REPLY) or any(q.author.address for q in read.originals if read.kind is Kind.NOTE):
        return None
    if read.kind is Kind.REPLY and answering.message.to and any((p.address or "").lower() not in answering.policy.own_addresses for p in answering.message.to):
        return None
    command = find_command(None if read.kind is Kind.REPLY else answering.message.subject, read.note_raw or read.note)
    if command is None:
        return None
    admission = answering.admission(decoded)
    if admission.member is None or admission.outcome is not None:
        return None
    return _ANSWERS[command.name](answering, command, admission.member)


def _settled(answering: Answering, member: Member, heading: str, lines: list[str], *, rows: list[tuple[str, str]] | None = None, help_: str = "", **more: Any) -> Settled:
    view = compose.answer(heading, lines, answering.scene, rows=rows or (), help_=help_)
    settled = answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value, **more)
    return answering.answered(settled, view, member, None, (), is_needed=True)


def _help(answering: Answering, command: Command, member: Member) -> Settled:
    rows = [(text.split(":", 1)[0], text.split(":", 1)[1].strip()) for _, text in COMMANDS.values()]
    lines = ["Forward a customer's mail to me, or write a line about something good. These I understand as well:"]
    return _settled(answering, member, "What you can ask", lines, rows=rows, help_="any receipt can be corrected by replying in plain words.")


def _rows(wins: list[Win]) -> list[tuple[str, str]]:
    return [(f"{short_day(w.win_date)}, {w.id}", f"{w.account + ': ' if w.account and w.account.casefold() not in w.summary.casefold() else ''}{w.summary}") for w in wins[:SHOWN]]


def _my_wins(answering: Answering, command: Command, member: Member) -> Settled:
    since = answering.now - timedelta(days=30)
    wins = [w for w in answering.desk.store.wins(WinFilter(captured_since=since)) if {w.submitted_by, *w.credits} & set(member.addresses)]
    if not wins:
        return _settled(answering, member, "No wins in the last 30 days", ["Heard something good? A line is enough."])
    return _settled(answering, member, f"Your {counted(len(wins), 'win')} of the last 30 days", [_more(wins)] if len(wins) > SHOWN else [], rows=_rows(wins))


def _more(wins: list[Win]) -> str:
    return f"The newest {SHOWN} of {len(wins)}."


def _wins(answering: Answering, command: Command, member: Member) -> Settled | None:
    directory = answering.desk.known().directory
    name = named(command.rest, directory)
    if isinstance(name, tuple):
        return _settled(answering, member, "Which account?", [f"I know no account called “{command.rest}”." + (f" Close ones: {', '.join(name)}." if name else " If you meant a win, write a few words more.")]) if name or len(command.rest.split()) <= 4 else None
    wins = [w for w in answering.desk.store.wins(WinFilter(account=name)) if _may_see(w, member)]
    if not wins:
        return _settled(answering, member, f"No wins at {name} yet", ["A question that opens the door: “What went better this month than last?”"])
    return _settled(answering, member, f"{counted(len(wins), 'win')} at {name}", [_more(wins)] if len(wins) > SHOWN else [], rows=_rows(wins), help_=f"“update {name}” drafts a mail for the customer.")


def _may_see(win: Win, member: Member) -> bool:
    return win.visibility.value != "private" or may_correct(member, win)


def _stop_receipts(answering: Answering, command: Command, member: Member) -> Settled:
    return _settled(answering, member, "Fewer receipts", ["From now on I write to you only when something is unclear. “start receipts” brings them all back."], preferences=((member.address, "receipts", "questions"),))


def _start_receipts(answering: Answering, command: Command, member: Member) -> Settled:
    return _settled(answering, member, "Receipts are on", ["You get a receipt for every mail again."], preferences=((member.address, "receipts", "all"),))


def _audience(answering: Answering, rest: str) -> str | None:
    word = rest.casefold().removesuffix(" edition").removesuffix(" digest").strip()
    if word in ("monday", "my monday"):
        return "monday"
    return next((a.key for a in answering.desk.config.audience if word in (a.key, a.name.casefold())), None)


def _which_digest(answering: Answering, command: Command, member: Member) -> Settled | None:
    """Two words or fewer can only be meant as a command; more may be news ("Start of the pilot went well")."""
    if len(command.rest.split()) > 2:
        return None
    keys = ", ".join(f"“{command.name} {key}”" for key in (*(a.key for a in answering.desk.config.audience), "monday", "receipts"))
    return _settled(answering, member, "Which digest?", [f"I know no digest called “{command.rest}”, so nothing was changed. There are: {keys}."])


def _stop(answering: Answering, command: Command, member: Member) -> Settled | None:
    key = _audience(answering, command.rest)
    if key is None:
        return _which_digest(answering, command, member)
    return _settled(answering, member, f"You left “{key}”", [f"You get that digest no more. “start {key}” brings it back."], preferences=((member.address, f"leave:{key}", "yes"),))


def _start(answering: Answering, command: Command, member: Member) -> Settled | None:
    key = _audience(answering, command.rest)
    if key is None:
        return _which_digest(answering, command, member)
    return _settled(answering, member, f"Welcome back to “{key}”", ["You get that digest again."], preferences=((member.address, f"leave:{key}", "no"),))


def _undo(answering: Answering, command: Command, member: Member) -> Settled:
    """The member's newest correction within a week, wherever it was."""
    store = answering.desk.store
    newest: tuple[Change, Win] | None = None
    for win in store.wins(WinFilter(captured_since=answering.now - timedelta(days=90), include_deleted=True)):
        for change in store.history(win.id):
            if change.by in member.addresses and change.at >= answering.now - timedelta(days=7) and (newest is None or change.at > newest[0].at):
                newest = (change, win)
    if newest is None:
        return _settled(answering, member, "Nothing to undo", ["You corrected nothing in the last seven days."])
    known = answering.desk.known()
    win = newest[1]
    done = correct(Reply((Wish("undo"),), None), [win], by=member, directory=known.directory, categories=known.policy.categories, now=answering.now, written=answering.now.date(), history={win.id: store.history(win.id)})
    view = compose.corrected(tuple(Changed(t.label, t.old, t.new or "nothing") for t in done.told), done.problems, done.wins or [win], member, answering.scene)
    settled = answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value, changed=done.wins, changes=done.changes)
    return answering.answered(settled, view, member, None, (win.id,), is_needed=True)


def _update(answering: Answering, command: Command, member: Member) -> Settled | None:
    return updating.asked(answering, command.rest, member)


def _report(answer_: Callable[[Answering, str, Member], Settled | None]) -> Callable[[Answering, Command, Member], Settled | None]:
    return lambda answering, command, member: answer_(answering, command.rest, member)


_ANSWERS: dict[str, Callable[[Answering, Command, Member], Settled | None]] = {
    "help": _help, "my wins": _my_wins, "wins": _wins, "stop receipts": _stop_receipts, "start receipts": _start_receipts,
    "stop": _stop, "start": _start, "undo": _undo, "update": _update,
    "quiet": _report(reporting.answer_quiet), "1on1": _report(reporting.answer_one_on_one), "meeting": _report(reporting.answer_meeting),
    "report": _report(reporting.answer_report), "snooze": _report(reporting.answer_snooze),
}  # fmt: skip
