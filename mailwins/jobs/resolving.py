"""The answer to "I could not tell": the quarantined mail is judged again with what the member said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailwins.digest.wording import first_name
from mailwins.jobs.answering import Answering, earlier_of
from mailwins.jobs.correcting import refs_of
from mailwins.model import Decoded, Kind, Labels, Member, Outcome, Stance, Story, Submission
from mailwins.outbox import fitted
from mailwins.ports import KeptMail, ReadFailure, Settled
from mailwins.receipts import compose
from mailwins.receipts.corrections.meant import short
from mailwins.receipts.questions import pick
from mailwins.receipts.wishes import Reply
from mailwins.understanding import Facts, Judgement, judge, wanted
from mailwins.understanding.accounts import index_of

# "Is there good news in it after all?" answered with no, and a reason may follow. A sentence that begins so and is good news
# all the same ("no complaints since") is asked for in other words: a complaint must not leave the tray by mistake.
_NO = re.compile(
    r"^\W*(?:(?:sorry|unfortunately|leider|hm+|well|oh|ah|ach),?\s+)?(?:no|nope|nah|none|not|nothing|never|neither|there (?:is|was) (?:no|none|nothing)|i (?:don['’]?t|do not) (?:think|believe|see)|nein|nö|nee|nicht|nichts|kein\w*|non|pas|rien|aucune?|nada|ningun[oa]?|ningún|neen|geen|niets?|não|nej|nie|いいえ|いや|ない|ありません)(?!\w)",
    re.I,
)


def resolve(
    answering: Answering, read: Submission, reply: Reply, held: KeptMail, member: Member, words: str
) -> Settled:
    desk = answering.desk
    if any(w.verb == "delete" for w in reply.wishes):
        view = compose.answer("Put aside.", ["It stays kept, but it counts as no win."], answering.scene)
        settled = answering.base(
            Outcome.IGNORED,
            "correction",
            kind=Kind.CORRECTION.value,
            note=words,
            resolves=held.sha256,
            refs=refs_of(answering),
            answered=((held.sha256, member.address),),
        )
        return answering.answered(settled, view, member, None, (), is_needed=True)
    if held.reason == "negative" and _NO.match(words):
        return _left_in_tray(answering, held, member, words, is_no=True)
    if held.reason == "negative" and not (reply.left or any(w.verb == "answer" for w in reply.wishes)):
        # "value 4" corrects a win, and there is none.
        return _left_in_tray(answering, held, member, words, is_no=False)
    known = desk.known()
    again = _told_again(answering, read, reply, held, words)
    facts = Facts(
        known.directory,
        replace(known.policy, trust="off"),
        held.sha256,
        held.arrived_at,
        answering.now,
        earlier_of(desk, held.sha256, [k for k in wanted(again) if k[0] != "delivery"]),
    )
    judged = judge(again, facts)
    if held.reason == "negative" and not _is_good_news(judged):
        return _left_in_tray(answering, held, member, words, is_no=False)
    if judged.outcome is not Outcome.WIN or not judged.wins:
        view = compose.quarantined(
            judged.reason or held.reason or "unsure",
            judged.candidates or held.candidates,
            held.subject,
            member,
            answering.scene,
        )
        if held.reason == "unknown_account" and not judged.candidates:
            view = replace(
                view,
                lead=(
                    f"“{short(words)}” names no account I know. If it is a new customer, somebody who looks after me adds it to the accounts; then reply here once more with its name and the win goes in. Your words are kept.",
                ),
                question=None,
            )
        settled = answering.base(
            Outcome.IGNORED, "correction", kind=Kind.CORRECTION.value, note=words, refs=refs_of(answering)
        )
        return answering.answered(settled, view, member, None, (), is_needed=True)
    sender = known.directory.member(held.sender)
    wins = desk.numbered(
        tuple(
            replace(w, submitted_by=(sender.address if sender else w.submitted_by) or member.address)
            for w in judged.wins
        )
    )
    asked = pick(wins, known.policy.categories, answering.recently_asked(member))
    view = compose.captured(
        wins, member, answering.scene, asked=asked, recent=answering.count_recent(member, len(wins))
    )
    settled = answering.base(
        Outcome.WIN, None, kind=Kind.CORRECTION.value, note=words, wins=wins, contacts=judged.contacts, refs=refs_of(answering),
        resolves=held.sha256, resolves_as=Outcome.WIN, answered=((held.sha256, member.address),),
    )  # fmt: skip
    return answering.answered(settled, view, member, asked, tuple(w.id for w in wins), is_needed=True)


def _is_good_news(judged: Judgement) -> bool:
    """Only what is good news for sure takes a complaint out of the tray."""
    return (
        judged.outcome is Outcome.WIN
        and bool(judged.wins)
        and all(
            "stance" not in w.doubts
            and (w.stance is Stance.PRAISE or (w.stance is Stance.NEUTRAL and w.category is not None))
            for w in judged.wins
        )
    )


def _left_in_tray(answering: Answering, held: KeptMail, member: Member, words: str, *, is_no: bool) -> Settled:
    """The complaint stays where it is, and nothing becomes a win."""
    named = f"“{fitted(held.subject, 60)}”" if held.subject else "that mail"
    lines = [f"{named[0].upper()}{named[1:]} stays kept for a person and is counted nowhere."]
    if not is_no:
        lines.insert(0, f"I could not find the good news in “{short(words)}”.")
    view = compose.answer(
        f"Understood, {first_name(member.name)}: no win." if is_no else "Left as it was.",
        lines,
        answering.scene,
        help_="Should something good come of it later, reply here with one sentence that says what went well.",
    )
    settled = answering.base(
        Outcome.IGNORED, "correction", kind=Kind.CORRECTION.value, note=words, refs=refs_of(answering)
    )
    return answering.answered(settled, view, member, None, (), is_needed=True)


def _told_again(answering: Answering, read: Submission, reply: Reply, held: KeptMail, words: str) -> Decoded:
    """The held mail with what the reply states, or the reply itself as a note where the mail holds nothing to build on."""
    desk = answering.desk
    stated = next((w.value for w in reply.wishes if w.value and (w.field == "account" or w.verb == "answer")), None)
    found = (
        desk.reading.read(desk.raws.read(held.sha256))
        if desk.raws.has(held.sha256)
        else ReadFailure("failed", "the mail is gone")
    )
    labels = [("account", stated)] if stated and held.reason in ("unknown_account", "unsure") else []
    own = read.labels
    if held.reason == "negative" and len(held.candidates) == 1 and not _names_an_account(answering, words):
        # The sentence is about whoever complained, unless it names somebody else.
        own = replace(own, fields=(("account", held.candidates[0]), *own.fields))
    if (
        isinstance(found, ReadFailure)
        or not isinstance(found.read, Submission)
        or (held.reason in ("negative", "unsure", "encrypted") and not labels)
    ):
        message = answering.message if isinstance(found, ReadFailure) else found.message
        return Decoded(
            message,
            Submission(
                Kind.NOTE,
                "reply",
                read.submitter,
                note=words,
                note_raw=words,
                stories=(Story(words, own),),
                labels=own,
                attachments=read.attachments,
            ),
        )
    return Decoded(found.message, _with(found.read, labels, reply))


def _names_an_account(answering: Answering, words: str) -> bool:
    return any(True for _ in index_of(answering.desk.known().directory).named_in(words))


def _with(read: Submission, labels: Sequence[tuple[str, str]], reply: Reply) -> Submission:
    """The submission as if its sender had stated these things from the beginning."""
    more = [
        *labels,
        *((w.field, w.value) for w in reply.wishes if w.verb == "set" and w.field and w.value and w.field != "account"),
    ]
    own = Labels((*more, *(f for f in read.labels.fields if f[0] not in {k for k, _ in more})), read.labels.tags)
    stories = tuple(replace(s, labels=Labels((*more, *s.labels.fields), s.labels.tags)) for s in read.stories)
    return replace(read, labels=own, stories=stories)
