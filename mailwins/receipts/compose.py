"""What the sender is told about her mail: what was understood, what is a guess, what will happen, how to correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from mailwins.config import AudienceSettings
from mailwins.digest.choosing import belongs
from mailwins.digest.composing import edition_name
from mailwins.digest.timing import next_cut_off
from mailwins.digest.wording import chip_of, first_name, shown_name
from mailwins.model import CustomerUpdate, Member, Visibility, Win, glance
from mailwins.outbox import fitted
from mailwins.receipts.corrections import SHARED, Told
from mailwins.receipts.questions import Asked
from mailwins.receipts.rows import Scene, rows_of
from mailwins.receipts.views import Captured, Changed, Receipt, Revised, Row
from mailwins.render import listed, weekday

EXAMPLES = "“account: Globex”, “value 9”, “kind: referral”, “private”, “share”, “not a win”"
UNPROVEN = (
    "Our mail server could not confirm that this mail came from you, as it did for earlier ones. "
    "If it was not you, reply “not a win” and tell your admin."
)
UNTOUCHED = "Nothing goes to the customer unless you send it."


def captured(
    wins: Sequence[Win],
    member: Member,
    scene: Scene,
    *,
    asked: Asked | None = None,
    skipped: Sequence[str] = (),
    recent: int = 0,
    answered: Mapping[int, CustomerUpdate] = {},
    is_unusual: bool = False,
) -> Receipt:
    """For new wins. *recent*: how many this member captured in the last seven days, these included. *answered*: the update that a win, by its number, came back to.

    *is_unusual*: that she sent it is not proven this time, and was for others.
    """
    many = len(wins) > 1
    return Receipt(
        title=f"Captured: {wins[0].summary}",
        heading=f"Captured{f', {len(wins)} wins' if many else ''}. Thank you, {first_name(member.name)}.",
        preheader=fitted(_filed(wins[0], scene) + " Reply in plain words to correct anything.", 110),
        wins=tuple(
            Captured(
                w.summary,
                rows_of(w, scene, member, is_asked=_is_about(asked, w), answered=answered.get(w.id)),
                n if many else None,
            )
            for n, w in enumerate(wins, 1)
        ),
        problems=(*((UNPROVEN,) if is_unusual else ()), *(f"{s[0].upper()}{s[1:]}." for s in skipped)),
        question=_asked_text(asked, wins) or _words_wanted(wins, scene),
        options=asked.options if asked else (),
        help=_help(wins),
        fate=_fate(wins, scene, asked),
        footer=(_counted_line(wins, recent), _why_sent(scene)),
    )


def known(wins: Sequence[Win], first: str | None, member: Member, scene: Scene) -> Receipt:
    """The same was sent before; *first* is the address of who did. *member* is credited."""
    win = wins[0]
    is_own = first in member.addresses
    who = "You" if is_own else shown_name(first, scene.directory) or "A colleague"
    at = win.captured_at.astimezone(scene.zone)
    days = (scene.now.astimezone(scene.zone).date() - at.date()).days
    when = "earlier today" if days == 0 else f"on {at:%A}" if days < 6 else f"on {at.day} {at:%B}"
    credit = "Nothing was counted twice." if is_own else "You are credited too; nothing was counted twice."
    return Receipt(
        title=f"Already known: {win.summary}",
        heading=f"Already known. Thank you all the same, {first_name(member.name)}.",
        preheader=fitted(f"{who} sent this {when}.", 110),
        lead=(f"{who} sent this {when}. {credit}",),
        wins=tuple(Captured(w.summary, rows_of(w, scene, member, is_short=True), None) for w in wins),
        help=_help(wins),
        fate=("If this is something else, reply with a line on what is new.",),
        footer=(_why_sent(scene),),
    )


def quarantined(
    reason: str, candidates: Sequence[str], subject: str | None, member: Member, scene: Scene, *, error: str = ""
) -> Receipt:
    """Kept, but a person has to look. *candidates*: accounts that were close."""
    named = f"“{fitted(subject, 60)}”" if subject else "your mail"
    begin = f"{named[0].upper()}{named[1:]}"
    options: tuple[str, ...] = ()
    question = None
    if reason == "unknown_account":
        heading = "Kept, but whose news is it?"
        if candidates:
            lead = f"I could not tell for sure which customer {named} is about."
            options = tuple(candidates[:3]) if len(candidates) > 1 else ()
            question = (
                f"Is it {_or(candidates[:3])}? Reply with the name."
                if options
                else f"Is it {candidates[0]}? Reply “yes”, or with the right name."
            )
        else:
            lead = f"I could not tell which customer {named} is about: no address or name in it belongs to an account I know."
            question = "Which account is it? Reply with its name."
    elif reason == "negative":
        heading = "Kept for a person, not as a win."
        lead = f"{begin} reads like a complaint, so it is counted nowhere and appears in no digest. Only managers see that it waits."
        question = "Is there good news in it after all? Reply with that one sentence and it becomes a win."
    elif reason == "unproven_sender":
        heading = "Kept, but I could not prove that it came from you."
        lead = f"Our mail server did not vouch for the sender of {named}. A person will look at it."
    elif reason == "over_limit":
        heading = "Kept safe; it was too much for me to read."
        lead = f"{begin} is too large or too tangled to read by machine. It is kept as it came and a person will look. A line in your own words, without the attachment, can go in at once."
    elif reason == "encrypted":
        heading = "Kept safe, but it is locked."
        lead = f"{begin} is encrypted, and I have no key to open it. It is kept as it came."
        question = "Please send it once more without encryption, or reply with a sentence of your own: what happened, and at which customer?"
    elif reason == "failed":
        heading = "Kept safe; a person will look."
        lead = f"Something went wrong while {named} was read. It is kept as it came; you need not send it again."
    else:
        heading = "Kept, but I am not sure what it is."
        lead = f"I could not find a win in {named}. It is kept and waits for a person."
        question = "What happened, and at which customer? A sentence is enough."
    return Receipt(
        title=heading,
        heading=heading,
        preheader=fitted(lead, 110),
        lead=(lead,),
        question=question,
        options=options,
        help_title="",
        help="",
        fate=("Nothing goes to the customer.",),
        footer=(_why_sent(scene),),
    )


# ---------------------------------------------------------------- after a correction


def corrected(
    told: Sequence[Told],
    problems: Sequence[str],
    wins: Sequence[Win],
    member: Member,
    scene: Scene,
    *,
    asked: Asked | None = None,
    passed: str | None = None,
    is_undone: bool = False,
    new: Sequence[Win] = (),
) -> Receipt:
    """The answer to a correction: old → new, win by win, and what was not understood.

    *passed*: a sentence on the mail that goes on to somebody else. *new*: wins that were split off.
    """
    rows = [t for t in told if not (t.is_kept and _is_said(t, problems))]
    groups = [
        Revised(f"Win {w.id}: {w.summary}", tuple(_changed(t) for t in rows if t.win_id in (w.id, None)))
        for w in wins
        if len(wins) == 1 or any(t.win_id == w.id for t in rows)
    ]
    groups += [Revised(f"Win {w.id}, split off: {w.summary}", ()) for w in new]
    if wins and not groups:
        groups = [Revised(f"Wins {listed([str(w.id) for w in wins])}", ())]
    is_done = any(not t.is_kept for t in told) or bool(new)
    heading = _heading(told, problems, wins, member, passed is not None, is_undone, is_done)
    lead = (passed,) if passed else ()
    left = [w for w in (*wins, *new) if not w.is_deleted]
    fate = _fate(left, scene, asked) if is_done and left else ()
    wanted = _words_wanted([w for w in left if _is_shared_now(told, w)], scene)
    return Receipt(
        title=heading,
        heading=heading,
        preheader=fitted("; ".join(f"{t.label}: {_changed(t).new}" for t in told) or "; ".join(problems), 110),
        lead=lead,
        told=tuple(groups),
        problems=tuple(problems),
        question=_asked_text(asked, wins) if asked else wanted,
        options=asked.options if asked else (),
        help_title="Changed your mind?" if is_done else "Did you mean a correction?" if told and problems else "",
        help="Reply “undo”." if is_done else f"These I understand: {EXAMPLES}." if problems else "",
        fate=fate,
        footer=(_why_sent(scene),),
    )


def _heading(
    told: Sequence[Told],
    problems: Sequence[str],
    wins: Sequence[Win],
    member: Member,
    is_passed: bool,
    is_undone: bool,
    is_done: bool,
) -> str:
    thanks = f"Thank you, {first_name(member.name)}."
    if is_undone and told:
        return "Taken back."
    if told and wins and all(w.is_deleted for w in wins):
        return f"Taken out. {thanks}"
    if is_done:
        return f"Done. {thanks}"
    if is_passed:
        return f"Passed on. {thanks}"
    if told:
        return "Kept as a note; nothing was changed."
    return "Nothing was changed." if problems else thanks


def _is_said(told: Told, problems: Sequence[str]) -> bool:
    """Whether a sentence below tells already that these words were kept."""
    return any("kept as an internal note" in p and (told.new or "").split("\n")[0][:40] in p for p in problems)


def _changed(told: Told) -> Changed:
    if told.is_confirmed:
        return Changed(told.label, None, f"{told.new}, confirmed")
    if told.old == told.new:
        return Changed(told.label, None, f"{told.new}, as it was")
    old, new = (fitted(" ".join(x.split()), 160) if x and told.label == "Story" else x for x in (told.old, told.new))
    return Changed(told.label, old, new or "none")


# ---------------------------------------------------------------- answers


def answer(
    heading: str,
    lines: Sequence[str],
    scene: Scene,
    *,
    rows: Sequence[tuple[str, str]] = (),
    help_: str = "",
    why: str = "",
) -> Receipt:
    """The answer to a command: a few lines, or a list of *rows* (label, text). *why* she gets it, if not because she wrote."""
    table = (Captured("", tuple(Row(label, text) for label, text in rows)),) if rows else ()
    return Receipt(
        title=heading,
        heading=heading,
        preheader=fitted(" ".join(lines), 110),
        lead=tuple(lines),
        wins=table,
        help_title="",
        help=help_,
        footer=(why or _why_sent(scene),),
    )


def collected(member: Member, per_hour: int, scene: Scene) -> Receipt:
    """Once an hour at most, instead of the receipts above the limit."""
    heading = "All of it is kept."
    return Receipt(
        title=heading,
        heading=heading,
        preheader=f"More than {per_hour} mails within an hour: no more receipts for now.",
        lead=(
            f"You sent more than {per_hour} mails within an hour, {first_name(member.name)}. Every one of them is kept and read as usual; I only stop answering each for a while.",
        ),
        help_title="To see what became of them:",
        help=f"write “my wins” to {scene.company.wins_address}.",
        footer=(_why_sent(scene),),
    )


# ---------------------------------------------------------------- the lines below


def _fate(wins: Sequence[Win], scene: Scene, asked: Asked | None = None) -> tuple[str, ...]:
    """Where it will appear, truly: computed from the same rules that publish and that draft."""
    if all(w.visibility is Visibility.PRIVATE for w in wins):
        return (f"It appears in no digest but the managers'. {UNTOUCHED}",)
    if doubtful := [w for w in wins if w.doubts]:
        fields = dict.fromkeys(d for w in doubtful for d in w.doubts)
        names = listed(sorted({_FIELD_NAMES.get(d, d) for d in fields}))
        if asked and all(_is_about(asked, w) for w in doubtful):
            return (f"It waits for your answer ({names}); until then only managers see it. {UNTOUCHED}",)
        how = listed([_HOW_SETTLED[d] for d in fields if d in _HOW_SETTLED and not (asked and asked.field == d)])
        reply = f" Reply {how} to settle it." if how else ""
        return (f"It waits until it is sure {names}; until then only managers see it.{reply} {UNTOUCHED}",)
    groups: dict[str, list[str]] = {}
    seen = [glance(w) for w in wins]
    for audience in scene.audiences:
        if not audience.is_managers and any(belongs(w, audience, scene.directory) for w in seen):
            zone = ZoneInfo(audience.timezone) if audience.timezone else scene.zone
            groups.setdefault(weekday(next_cut_off(audience.send, zone, scene.now)), []).append(_group_name(audience))
    where = " and ".join(
        f"{day}'s {'digest' if len(names) == 1 else 'digests'} for {listed(names)}" for day, names in groups.items()
    )
    place = f"It goes into {where}." if where else "No digest is looking for this kind of win; it stays in the store."
    shared = next((w for w in wins if w.visibility is Visibility.SHAREABLE and _is_drafted(w, scene)), None)
    after = (
        f"Nothing goes to the customer unless you send it: “update {shared.account}” brings you a draft."
        if shared
        else UNTOUCHED
    )
    return (f"{place} {after}",)


def _is_about(asked: Asked | None, win: Win) -> bool:
    """Whether the question, answered, leaves nothing for *win* to wait for."""
    return asked is not None and asked.win_id in (win.id, None) and set(win.doubts) <= {asked.field}


def _is_drafted(win: Win, scene: Scene) -> bool:
    return scene.kept_from(win) is None


def _is_shared_now(told: Sequence[Told], win: Win) -> bool:
    return any(t.win_id == win.id and t.label == SHARED for t in told) and win.visibility is Visibility.SHAREABLE


def _words_wanted(wins: Sequence[Win], scene: Scene) -> str | None:
    """For a win that may be shown and has nothing to show: the sentence is asked for at once, by the form that cannot be mistaken."""
    for win in wins:
        if win.visibility is not Visibility.SHAREABLE or win.doubts or win.account is None:
            continue
        left = scene.kept_from(win)
        if left is None or not ("no words" in left.why or "confidence" in left.why):
            continue
        why = (
            "Only your side's words are there so far, and those never go out as they stand"
            if "no words" in left.why and not win.quote
            else f"A draft cannot quote it: {left.why.removesuffix(', so it has no words for a customer yet')}"
        )
        number = f"{win.id}: " if len(wins) > 1 else ""
        return f"What may {win.account} read about it? {why}. Reply “{number}share: …” with one sentence for them."
    return None


def _group_name(audience: AudienceSettings) -> str:
    return (
        "everyone" if audience.key == "everyone" else (audience.name or edition_name(audience).removesuffix(" edition"))
    )


_HOW_SETTLED = {
    "account": "with the account's name",
    "win_date": "“date: …”",
    "summary": "“summary: …”",
    "stance": "“good news” or “a worry”",
    "category": "“kind: …”",
    "contact": "“contact: …”",
}
_FIELD_NAMES = {
    "account": "whose news it is",
    "win_date": "when it was",
    "summary": "what happened, in one sentence",
    "stance": "whether it is good news",
    "category": "what kind it is",
    "contact": "who said it",
}


def _help(wins: Sequence[Win]) -> str:
    win = wins[0]
    examples = ["“value 9”"]
    is_own = win.account is None and win.category == "milestone"
    examples.append(
        "“summary: …”"
        if is_own
        else "“contact is Dale Whitcomb”"
        if win.contact is None or win.contact.name is None
        else "“kind: referral”"
    )
    if len(wins) > 1:
        examples.append("“2: private”")
    elif win.visibility is Visibility.INTERNAL and not is_own and win.category != "olympics":
        examples.append("“share” if the customer may be shown it")
    examples.append("“not a win”")
    return f"Plain words will do: {', '.join(examples)}."


def _asked_text(asked: Asked | None, wins: Sequence[Win]) -> str | None:
    if asked is None:
        return None
    if len(wins) > 1 and asked.win_id is not None:
        number = next((n for n, w in enumerate(wins, 1) if w.id == asked.win_id), 1)
        return f"About number {number}: {asked.text}"
    return asked.text


def _filed(win: Win, scene: Scene) -> str:
    chip = chip_of(win, scene.categories)
    return f"Filed under {', '.join(p for p in (win.account or 'the team', chip.name if chip else None) if p)}."


_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}


def _counted_line(wins: Sequence[Win], recent: int) -> str:
    names = f"Win {wins[0].id}" if len(wins) == 1 else f"Wins {listed([str(w.id) for w in wins])}"
    return (
        f"{names}, your {_ORDINALS[recent]} in seven days." if recent in _ORDINALS and len(wins) == 1 else f"{names}."
    )


def _why_sent(scene: Scene) -> str:
    return f"You get this because you wrote to {scene.company.wins_address}. Fewer of these: write “stop receipts”."


def _or(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
