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
from mailwins.ports import KeptMail, Question, ReadFailure, Settled
from mailwins.receipts import compose
from mailwins.receipts.corrections import correct
from mailwins.receipts.corrections.meant import short
from mailwins.receipts.questions import Asked, pick
from mailwins.receipts.wishes import Reply, Wish
from mailwins.understanding import Facts, Judgement, judge, wanted
from mailwins.understanding.accounts import fold_name, index_of
from mailwins.understanding.sorts import is_only_a_sort

# "Is there good news in it after all?" answered with no, and a reason may follow. A sentence that begins so and is good news
# all the same ("no complaints since") is asked for in other words: a complaint must not leave the tray by mistake.
_NO = re.compile(
    r"^\W*(?:(?:sorry|unfortunately|leider|hm+|well|oh|ah|ach),?\s+)?(?:no|nope|nah|none|not|nothing|never|neither|there (?:is|was) (?:no|none|nothing)|i (?:don['’]?t|do not) (?:think|believe|see)|nein|nö|nee|nicht|nichts|kein\w*|non|pas|rien|aucune?|nada|ningun[oa]?|ningún|neen|geen|niets?|não|nej|nie|いいえ|いや|ない|ありません)(?!\w)",
    re.I,
)


# By which every reply to the questions about one held mail is found again.
ANSWERS = "answers"


def asked_about(answering: Answering, cause: str) -> KeptMail | None:
    """The mail that a question was about. A question that was asked again came from a reply to the first one."""
    store = answering.desk.store
    mail = store.mail(cause) if len(cause) == 64 else None
    if mail is not None and mail.outcome is Outcome.IGNORED and mail.reason == "correction" and mail.duplicate_of:
        return store.mail(mail.duplicate_of)
    return mail


def resolve(
    answering: Answering,
    read: Submission,
    reply: Reply,
    held: KeptMail,
    member: Member,
    words: str,
    question: Question | None = None,
) -> Settled:
    """*held*: the mail that was asked about; *words*: the reply as she typed it; *question*: the one it answers."""
    if question is not None and question.asked == "account":
        reply = _with_choice(reply, question.options)
    if any(w.verb == "delete" for w in reply.wishes):
        return _put_aside(answering, held, member, words)
    if held.reason == "negative":
        if _NO.match(words):
            return _left_in_tray(answering, held, member, words, is_no=True)
        if not reply.left and not any(w.verb == "answer" for w in reply.wishes):
            # "value 4" corrects a win, and there is none.
            return _left_in_tray(answering, held, member, words, is_no=False)
    judged = _judged_again(answering, _told_again(answering, read, reply, held, words), held)
    if held.reason == "negative" and not _is_good_news(judged):
        return _left_in_tray(answering, held, member, words, is_no=False)
    if judged.outcome is not Outcome.WIN or not judged.wins:
        return _asked_again(answering, judged, reply, held, member, words)
    known = answering.desk.known()
    sender = known.directory.member(held.sender)
    wins = answering.desk.numbered(
        [replace(w, submitted_by=(sender.address if sender else w.submitted_by) or member.address) for w in judged.wins]
    )
    is_of_account = held.reason == "unknown_account"
    said = _said_besides(answering, reply, held, member, question) if is_of_account else Reply((), None)
    done = correct(
        said,
        wins,
        by=member,
        directory=known.directory,
        categories=known.policy.categories,
        now=answering.now,
        written=answering.day,
    )
    after = {w.id: w for w in done.wins}
    wins = tuple(after.get(w.id, w) for w in wins)
    asked = pick(wins, known.policy.categories, answering.recently_asked(member))
    recent = answering.count_recent(member, len(wins))
    view = compose.captured(wins, member, answering.scene, asked=asked, recent=recent)
    view = replace(view, problems=(*view.problems, *done.problems))
    settled = answering.base(
        Outcome.WIN,
        None,
        kind=Kind.CORRECTION.value,
        note=words,
        wins=wins,
        contacts=(*judged.contacts, *done.contacts),
        refs=refs_of(answering),
        resolves=held.sha256,
        resolves_as=Outcome.WIN,
        answered=((held.sha256, member.address),),
        changes=done.changes,
        examples=done.examples,
    )
    return answering.answered(settled, view, member, asked, tuple(w.id for w in wins), is_needed=True)


def _put_aside(answering: Answering, held: KeptMail, member: Member, words: str) -> Settled:
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


def _judged_again(answering: Answering, again: Decoded, held: KeptMail) -> Judgement:
    """Whoever answers for it has proven who she is, so trust is off."""
    desk, known = answering.desk, answering.desk.known()
    earlier = earlier_of(desk, held.sha256, [k for k in wanted(again) if k[0] != "delivery"])
    policy = replace(known.policy, trust="off")
    return judge(again, Facts(known.directory, policy, held.sha256, held.arrived_at, answering.now, earlier))


def _with_choice(reply: Reply, options: Sequence[str]) -> Reply:
    """ "The first one, and you can share it": where wins are not there yet, a place can only mean one of the choices."""
    places = {w.win for w in reply.wishes if w.win is not None}
    if len(places) != 1 or any(w.verb == "answer" or w.field == "account" for w in reply.wishes):
        return reply
    (place,) = places
    if place == -1:
        place = len(options)
    if not 1 <= place <= len(options):
        return reply
    return Reply(
        (Wish("answer", "account", options[place - 1]), *(replace(w, win=None) for w in reply.wishes)), reply.left
    )


def _asked_again(
    answering: Answering, judged: Judgement, reply: Reply, held: KeptMail, member: Member, words: str
) -> Settled:
    """The reply did not settle it: what was not understood is told, and the question stays open."""
    reason, candidates = judged.reason or held.reason or "unsure", judged.candidates or held.candidates
    stated = _stated(reply)
    if stated and is_only_a_sort(fold_name(stated)):
        # "The hospital" takes none of the choices away.
        candidates = tuple(dict.fromkeys((*held.candidates, *judged.candidates)))
    view = compose.quarantined(reason, candidates, held.subject, member, answering.scene)
    unread = reply.left or (None if stated or reply.wishes else words)
    if stated and not judged.candidates and held.reason == "unknown_account":
        view = replace(
            view,
            lead=(
                f"“{short(stated)}” names no account I know. If it is a new customer, somebody who looks after me adds it to the accounts; then reply here once more with its name and the win goes in. Your words are kept.",
            ),
            question=None,
        )
    elif unread:
        view = replace(view, lead=(f"I did not understand “{short(unread)}”.", *view.lead))
    elif stated:
        view = replace(view, lead=(f"“{short(stated)}” did not settle it.", *view.lead))
    if _lasting(reply) and held.reason == "unknown_account":
        view = replace(
            view, lead=(*view.lead, "What else you wrote is kept, and is done as soon as I know the account.")
        )
    settled = answering.base(
        Outcome.IGNORED,
        "correction",
        kind=Kind.CORRECTION.value,
        note=words,
        duplicate_of=held.sha256,
        refs=(*refs_of(answering), (ANSWERS, held.sha256)),
    )
    asked = Asked("account", "", tuple(candidates[:3])) if held.reason == "unknown_account" else Asked("summary", "")
    return answering.answered(settled, view, member, asked, (), is_needed=True)


def _stated(reply: Reply) -> str | None:
    return next((w.value for w in reply.wishes if w.value and (w.field == "account" or w.verb == "answer")), None)


def _lasting(reply: Reply) -> list[Wish]:
    """What a reply asks for besides naming the account."""
    return [
        w for w in reply.wishes if w.field != "account" and w.verb not in ("answer", "thanks", "ok", "question", "undo")
    ]


def _said_besides(
    answering: Answering, reply: Reply, held: KeptMail, member: Member, question: Question | None
) -> Reply:
    """What this reply, and those before it that did not name the account, said besides: the newest word on each thing counts."""
    store = answering.desk.store
    wishes: list[Wish] = []
    earlier = [m for _, _, sha256 in store.find_refs([(ANSWERS, held.sha256)]) if (m := store.mail(sha256))]
    for mail in sorted(earlier, key=lambda m: m.id):
        if mail.sender is None or mail.sender.lower() not in {a.lower() for a in member.addresses} or not mail.note:
            continue
        before = answering.read_reply(
            mail.note, member, asked="account", options=question.options if question else held.candidates[:3]
        )
        before = _with_choice(before, question.options if question else ())
        wishes += _lasting(before)
    wishes += _lasting(reply)
    newest = {(w.verb if w.verb not in ("share", "private", "internal") else "seen", w.field): w for w in wishes}
    return Reply(tuple(dict.fromkeys(w for w in wishes if w in newest.values())), reply.left)


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
        Outcome.IGNORED,
        "correction",
        kind=Kind.CORRECTION.value,
        note=words,
        duplicate_of=held.sha256,
        refs=(*refs_of(answering), (ANSWERS, held.sha256)),
    )
    return answering.answered(settled, view, member, None, (), is_needed=True)


def _told_again(answering: Answering, read: Submission, reply: Reply, held: KeptMail, words: str) -> Decoded:
    """The held mail with what the reply states, or the reply itself as a note where the mail holds nothing to build on."""
    desk = answering.desk
    stated = _stated(reply)
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
