"""A member answers one of our mails, or her own submission: which of them, and who takes it from there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailwins.jobs import commands, correcting, editing, reporting, resolving, thanking, updating
from mailwins.jobs.answering import Answering
from mailwins.jobs.correcting import corrected, refs_of
from mailwins.jobs.publish import DRAFT
from mailwins.model import Decoded, Ignored, Kind, Member, Outcome, Submission, Win
from mailwins.outbox import is_ours
from mailwins.ports import OutgoingRow, Settled, WinFilter
from mailwins.receipts import compose, thanks
from mailwins.receipts.corrections import may_correct
from mailwins.receipts.corrections.meant import short
from mailwins.receipts.pasted import without_receipt
from mailwins.receipts.wishes import Reply, Wish
from mailwins.understanding.accounts import fold_name, index_of

OF_RECEIPTS = ("receipt", "receipt-collected", "answer", correcting.OF_QUESTIONS, thanking.KIND)
OF_EDITIONS = ("edition", "announcement", "monday")
FEW_WORDS = 25


def answer(answering: Answering, decoded: Decoded) -> Settled | None:
    """None when the mail answers nothing of ours, or its sender may not."""
    read = decoded.read
    if not isinstance(read, Submission):
        if not (isinstance(read, Ignored) and read.reason == "empty"):
            return None
        if not decoded.message.attachments:
            return thanking.from_link(answering, decoded)
        # Only a file, nothing typed: an addition to what it answers.
        read = Submission(Kind.REPLY, "reply", decoded.message.author, attachments=decoded.message.attachments)
    row = _answered_mail(answering)
    member = answering.admission(decoded).member
    if member is None or answering.admission(decoded).outcome is not None:
        return None
    if row is not None:
        if row.mail.kind == "update":
            return updating.answer(answering, decoded, row, member)
        if row.mail.kind in OF_RECEIPTS:
            return _to_receipt(answering, read, row, member)
        if row.mail.kind == DRAFT:
            return editing.answer(answering, own_words(read), row, member)
        if row.mail.kind in OF_EDITIONS:
            return _to_edition(answering, read, row, member)
        return None
    return (
        thanking.from_link(answering, decoded)
        or _to_own_mail(answering, read, member)
        or _to_quoted_receipt(answering, read, member)
    )


def unread(answering: Answering, decoded: Decoded) -> Settled | None:
    """What is said to an answer that nothing above could read and that is no news either; None for thanks and cheers, and where it answers no mail of ours."""
    read, row = decoded.read, _answered_mail(answering)
    if row is None or not isinstance(read, Submission) or row.mail.kind in OF_EDITIONS:
        return None
    member, words = answering.admission(decoded).member, own_words(read)
    if member is None or not words:
        return None
    reply = answering.read_reply(words, member)
    if reply.wishes and not reply.left and {w.verb for w in reply.wishes} <= {"thanks", "ok"}:
        return None
    view = compose.answer(
        "Nothing was changed.",
        [f"I did not understand “{short(words)}”. It is kept, and counted as no win."],
        answering.scene,
        help_="To ask me something, write it as in “help”; news goes in as a plain sentence that names the customer, in a mail of its own.",
    )
    settled = answering.base(
        Outcome.IGNORED, "correction", kind=Kind.CORRECTION.value, note=words, refs=refs_of(answering)
    )
    return answering.answered(settled, view, member, None, (), is_needed=True)


def _answered_mail(answering: Answering) -> OutgoingRow | None:
    """The newest of our mails that it names in In-Reply-To or References."""
    message = answering.message
    for id_ in dict.fromkeys((*message.in_reply_to, *reversed(message.references))):
        if is_ours(id_, key=answering.desk.key) and (row := answering.desk.store.outgoing_by_message_id(id_)):
            return row
    return None


def own_words(read: Submission) -> str:
    return without_receipt((read.note_raw or read.note or "").strip())


# ---------------------------------------------------------------- to a receipt


def _to_receipt(answering: Answering, read: Submission, row: OutgoingRow, member: Member) -> Settled | None:
    store, words = answering.desk.store, own_words(read)
    wins = [w for i in row.mail.win_ids if (w := store.win(i))]
    held = resolving.asked_about(answering, row.mail.cause) if not wins else None
    if held is not None and (held.outcome is not Outcome.QUARANTINED or held.is_resolved):
        # Settled meanwhile: by a reply to another of our questions about it, or by a person.
        wins, held = list(store.wins_of_mail(held.sha256)), None
    if wins:
        words, wins = _with_shared(answering, words, wins, member)
    question = store.open_question(row.mail.cause, member.address) or store.open_question(
        row.mail.cause, row.mail.recipient
    )
    asked, options = (question.asked, question.options) if question else (None, ())
    reply = answering.read_reply(words, member, asked=asked, options=options, win_ids=tuple(w.id for w in wins))
    if thanking.is_thanks(reply) and not read.attachments:
        return thanking.thanked(answering, None, member, words)
    if held is not None:
        return resolving.resolve(answering, read, reply, held, member, words, question)
    if not wins:
        return None
    if row.mail.kind == correcting.OF_QUESTIONS:
        return correcting.answered(answering, read, reply, row, wins, member, words)
    return corrected(answering, reply, wins, member, words=words, read=read, question=question)


_SHARE_NUMBER = re.compile(
    r"^\s*(?:please |bitte )?(?:share|teilen?|partager|compartir|delen)\s+(?:win |nr\.? |no\.? |#)?(?P<win>\d{1,9})(?P<words>\s*[:=]\s*(?=\S)|[.!]?\s*$)",
    re.I | re.M,
)


def _with_shared(answering: Answering, words: str, wins: Sequence[Win], member: Member) -> tuple[str, list[Win]]:
    """ "share 12: …", as drafts and review pages print it, names win 12 in whatever receipt it is answered: its number goes first."""
    numbers = [int(m["win"]) for m in _SHARE_NUMBER.finditer(words)]
    known = {w.id for w in wins}
    named = [w for i in dict.fromkeys(numbers) if i not in known and (w := answering.desk.store.win(i))]
    named = [w for w in named if may_correct(member, w)]
    real = known | {w.id for w in named}

    def turned(match: re.Match[str]) -> str:
        if int(match["win"]) not in real:
            return match[0]
        return f"{match['win']}: share{': ' if match['words'].strip(' .!') else ''}"

    turned_words = _SHARE_NUMBER.sub(turned, words)
    if turned_words != words and named and all(int(n) not in known for n in numbers):
        # Only others are spoken of: this receipt's own wins stay out of it.
        return turned_words, named
    return turned_words, [*wins, *named]


# ---------------------------------------------------------------- to a digest


def _to_edition(answering: Answering, read: Submission, row: OutgoingRow, member: Member) -> Settled | None:
    """Thanks go to the colleagues behind the win; a win that is named can be corrected; anything else is read as a mail of its own."""
    words, store = own_words(read), answering.desk.store
    found = commands.find_command(None, words)
    if found is not None and found.command.name == "snooze":
        quiet = reporting.quiet(answering.desk, answering.now, None if "manager" in member.permissions else member)
        return reporting.answer_snooze(
            answering, found.rest, member, quiet[0].account.name if len(quiet) == 1 else None
        )
    reply = answering.read_reply(words, member, win_ids=row.mail.win_ids)
    if thanking.is_thanks(reply, with_ok=True):
        return thanking.thanked(answering, _thanked_for(answering, reply, row, words), member, words)
    named = [x for w in reply.wishes if w.win and (x := store.win(w.win))]
    if named and not reply.left:
        return corrected(answering, reply, named, member, words=words, read=read)
    if asked := _question_in(words):
        win = named[0] if named else _asked_about(answering, row, words, member)
        if win is None:
            return _which_win(answering, row, asked, member)
        return corrected(
            answering, Reply((Wish("question", value=asked),), None), [win], member, words=words, read=read
        )
    return None


def _question_in(words: str) -> str | None:
    """The sentences that ask, of a short reply; a long one is news."""
    if len(words.split()) > FEW_WORDS * 2:
        return None
    asking = [s.strip() for s in re.split(r"(?<=[.!?？])\s+|\n+", words) if s.strip().endswith(("?", "？"))]
    return " ".join(asking) or None


def _asked_about(answering: Answering, row: OutgoingRow, words: str, member: Member) -> Win | None:
    """The win of this mail, else the newest she may see, at the one account that her question names."""
    store = answering.desk.store
    accounts = {n.account.name for _, n in index_of(answering.desk.known().directory).named_in(words)}
    if not accounts:
        return _told_with(words, store.wins_by_id(list(row.mail.win_ids)))
    if len(accounts) != 1:
        return None
    (name,) = accounts
    told = [w for w in store.wins_by_id(list(row.mail.win_ids)) if w.account == name]
    found = told or list(store.wins(WinFilter(account=name)))
    seen = [w for w in found if commands.wins.may_see(w, member)]
    return seen[0] if told and seen else max(seen, key=lambda w: w.captured_at) if seen else None


def _told_with(words: str, wins: Sequence[Win]) -> Win | None:
    """The one win of a mail, or the only one of several that tells of what is asked about ("how many drivers …?")."""
    if len(wins) == 1:
        return wins[0]
    asked = {w for w in fold_name(words).split() if len(w) >= 6}
    found = [w for w in wins if asked & set(fold_name(f"{w.summary} {w.detail or ''}").split())]
    return found[0] if len(found) == 1 else None


def _which_win(answering: Answering, row: OutgoingRow, asked: str, member: Member) -> Settled:
    """A question about a digest that may be about any of its wins is passed on to nobody before it is known which."""
    told = [w for w in answering.desk.store.wins_by_id(list(row.mail.win_ids)) if commands.wins.may_see(w, member)]
    if not told:
        return commands.question.answer(answering, asked, member)
    view = compose.answer(
        "Which win do you mean?",
        [
            f"“{short(asked)}” could be about several. Reply with its number, as in “{told[0].id}: {short(asked)}”, and it goes to who captured that one."
        ],
        answering.scene,
        rows=commands.command.rows_of(told),
    )
    settled = answering.base(
        Outcome.IGNORED, "correction", kind=Kind.CORRECTION.value, note=asked, refs=refs_of(answering)
    )
    return answering.answered(settled, view, member, None, tuple(w.id for w in told), is_needed=True)


def _thanked_for(answering: Answering, reply: Reply, row: OutgoingRow, words: str) -> Win | None:
    store = answering.desk.store
    token = thanks.token_in(words, answering.message.subject)
    if token and (win := store.win_of_token(token)):
        return win
    number = next((w.win for w in reply.wishes if w.win in row.mail.win_ids), None)
    if number is not None:
        return store.win(number)
    return thanks.meant(words, store.wins_by_id(list(row.mail.win_ids)), answering.desk.known().directory)


# ---------------------------------------------------------------- to her own submission


def _to_own_mail(answering: Answering, read: Submission, member: Member) -> Settled | None:
    """A reply to what she once sent us, from her sent folder: only when every word of it is a correction, and the wins are hers to correct."""
    message, store = answering.message, answering.desk.store
    ids = dict.fromkeys((*message.in_reply_to, *reversed(message.references)))
    for _, _, sha256 in store.find_refs([("message_id", i) for i in ids]):
        wins = list(store.wins_of_mail(sha256))
        if wins and sha256 != answering.mail.sha256:
            return _correction_of(answering, read, wins, member)
    return None


def _to_quoted_receipt(answering: Answering, read: Submission, member: Member) -> Settled | None:
    """A mail program that names no Message-ID still quotes: our own sentence and the win's number, of a win that is hers to correct."""
    text = answering.message.text or ""
    if answering.desk.wins_address not in text:
        return None
    words = own_words(read)
    quoted = text.replace(words, "", 1) if words else text
    flat = " ".join(quoted.replace(">", " ").split())
    if f"because you wrote to {answering.desk.wins_address}" not in flat:
        return None
    ids = [int(n) for m in _WIN_LINE.finditer(flat) for n in re.findall(r"\d+", m["ids"])]
    found = [w for i in dict.fromkeys(ids) if (w := answering.desk.store.win(i))]
    wins = [w for w in found if may_correct(member, w)]
    if wins or not found:
        return _correction_of(answering, read, wins, member) if wins else None
    # Somebody else's receipt, quoted: no rights, no look at the win, and no win of its own.
    view = compose.answer(
        "Nothing was changed.",
        ["A win can be corrected by who captured it, who is credited, the account's CSM or a manager."],
        answering.scene,
    )
    settled = answering.base(
        Outcome.IGNORED, "correction", kind=Kind.CORRECTION.value, note=words or None, refs=refs_of(answering)
    )
    return answering.answered(settled, view, member, None, (), is_needed=True)


_WIN_LINE = re.compile(r"\bWins? (?P<ids>\d{1,9}(?:, \d{1,9})*(?: and \d{1,9})?)(?=[.:,])")


def _correction_of(answering: Answering, read: Submission, wins: Sequence[Win], member: Member) -> Settled | None:
    words = own_words(read)
    reply = answering.read_reply(words, member, win_ids=tuple(w.id for w in wins))
    if not any(w.verb not in ("thanks", "question", "ok") for w in reply.wishes) or (
        reply.left and len(reply.left.split()) > FEW_WORDS
    ):
        return None
    return corrected(answering, reply, wins, member, words=words, read=read)
