"""What the sender is told about her mail: what was understood, what is a guess, what will happen, how to correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mailwins.config import AudienceSettings
from mailwins.config import Kind as Category
from mailwins.digest.choosing import belongs
from mailwins.digest.composing import Company, edition_name
from mailwins.digest.timing import next_cut_off
from mailwins.digest.wording import chip_of, excerpt, first_name, shown_name
from mailwins.model import Directory, Member, Reason, Source, Visibility, Win, glance
from mailwins.outbox import fitted
from mailwins.receipts.questions import Asked
from mailwins.receipts.views import Captured, Changed, Receipt, Row
from mailwins.render import counted, listed, long_day

WORDS_SHOWN = 260
SURE = 0.85


@dataclass(frozen=True, slots=True)
class Scene:
    """What every receipt needs to know. *now* is aware."""

    company: Company
    directory: Directory
    categories: Mapping[str, Category]
    audiences: Sequence[AudienceSettings]
    zone: ZoneInfo
    now: datetime


def captured(wins: Sequence[Win], member: Member, scene: Scene, *, asked: Asked | None = None, skipped: Sequence[str] = (), recent: int = 0) -> Receipt:
    """For new wins. *recent*: how many this member captured in the last seven days, these included."""
    many = len(wins) > 1
    return Receipt(
        title=f"Captured: {wins[0].summary}",
        heading=f"Captured{f', {len(wins)} wins' if many else ''}. Thank you, {first_name(member.name)}.",
        preheader=fitted(_filed(wins[0], scene) + " Reply in plain words to correct anything.", 110),
        wins=tuple(Captured(w.summary, _rows(w, scene, member), n if many else None) for n, w in enumerate(wins, 1)),
        problems=tuple(f"{s[0].upper()}{s[1:]}." for s in skipped),
        question=_asked_text(asked, wins),
        options=asked.options if asked else (),
        help=_help(wins, scene),
        fate=_fate(wins, scene),
        footer=(_counted_line(wins, recent), _why(scene)),
    )


def known(wins: Sequence[Win], first: str | None, member: Member, scene: Scene) -> Receipt:
    """The same was sent before; *first* is the address of who did. *member* is credited."""
    win = wins[0]
    who = "You" if first in member.addresses else shown_name(first, scene.directory) or "A colleague"
    when = f"{win.captured_at.astimezone(scene.zone):%A}" if (scene.now - win.captured_at).days < 6 else f"on {win.captured_at.astimezone(scene.zone).day} {win.captured_at.astimezone(scene.zone):%B}"
    credit = "Nothing was counted twice." if who == "You" else "You are credited too; nothing was counted twice."
    return Receipt(
        title=f"Already known: {win.summary}",
        heading="Already known. Thank you all the same.",
        preheader=fitted(f"{who} sent this before.", 110),
        lead=(f"{who} sent this {when if when.startswith('on') else 'on ' + when}. {credit}",),
        wins=tuple(Captured(w.summary, _rows(w, scene, member, short=True), None) for w in wins),
        help=_help(wins, scene),
        fate=("If this is something else, reply with a line on what is new.",),
        footer=(_why(scene),),
    )


def quarantined(reason: str, candidates: Sequence[str], subject: str | None, member: Member, scene: Scene, *, error: str = "") -> Receipt:
    """Kept, but a person has to look. *candidates*: accounts that were close."""
    named = f"“{fitted(subject, 60)}”" if subject else "your mail"
    options: tuple[str, ...] = ()
    question = None
    if reason == "unknown_account":
        heading = "Kept, but whose news is it?"
        if candidates:
            lead = f"I could not tell which customer {named} is about."
            question, options = f"Is it {_or(candidates[:3])}? Reply with the name.", tuple(candidates[:3]) if len(candidates) > 1 else ()
        else:
            lead = f"I could not tell which customer {named} is about: no address or name in it belongs to an account I know."
            question = "Which account is it? Reply with its name."
    elif reason == "negative":
        heading = "Kept for a person, not as a win."
        lead = f"{named[0].upper() + named[1:]} reads like a complaint, so it is counted nowhere and appears in no digest. Only managers see that it waits."
        question = "Is there good news in it after all? Reply with that one sentence and it becomes a win."
    elif reason == "unproven_sender":
        heading = "Kept, but I could not prove that it came from you."
        lead = f"Our mail server did not vouch for the sender of {named}. A person will look at it."
    elif reason == "over_limit":
        heading = "Kept safe; it was too much for me to read."
        lead = f"{named[0].upper() + named[1:]} is too large or too tangled to read by machine. It is kept as it came and a person will look. A line in your own words, without the attachment, can go in at once."
    elif reason == "failed":
        heading = "Kept safe; a person will look."
        lead = f"Something went wrong while {named} was read. It is kept as it came; you need not send it again."
    else:
        heading = "Kept, but I am not sure what it is."
        lead = f"I could not find a win in {named}. It is kept and waits for a person."
        question = "What happened, and at which customer? A sentence is enough."
    return Receipt(
        title=heading, heading=heading, preheader=fitted(lead, 110), lead=(lead,), question=question, options=options,
        help_title="", help="", fate=("Nothing goes to the customer.",), footer=(_why(scene),),
    )  # fmt: skip


def corrected(told: Sequence[Changed], problems: Sequence[str], wins: Sequence[Win], member: Member, scene: Scene, *, asked: Asked | None = None) -> Receipt:
    """The answer to a correction: old → new, and what was not understood."""
    gone = [w for w in wins if w.is_deleted]
    if told:
        heading = f"Done. Thank you, {first_name(member.name)}."
    else:
        heading = "Nothing was changed." if problems else f"Thank you, {first_name(member.name)}."
    lead = (f"Win {wins[0].id}: {wins[0].summary}",) if wins else ()
    fate = () if gone or not wins or not told else _fate(wins, scene)
    return Receipt(
        title=heading, heading=heading, preheader=fitted("; ".join(f"{t.label}: {t.new}" for t in told) or "; ".join(problems), 110),
        lead=lead, told=tuple(told), problems=tuple(problems), question=_asked_text(asked, wins), options=asked.options if asked else (),
        help_title="Changed your mind?" if told else "Try it like this:", help="Reply “undo”." if told else "“account: Globex”, “value 9”, “kind: referral”, “private”, “share”, “not a win”.",
        fate=fate, footer=(_why(scene),),
    )  # fmt: skip


def answer(heading: str, lines: Sequence[str], scene: Scene, *, rows: Sequence[tuple[str, str]] = (), help_: str = "") -> Receipt:
    """The answer to a command: a few lines, or a list of *rows* (label, text)."""
    table = (Captured("", tuple(Row(label, text) for label, text in rows)),) if rows else ()
    return Receipt(title=heading, heading=heading, preheader=fitted(" ".join(lines), 110), lead=tuple(lines), wins=table, help_title="" if not help_ else "Tip:", help=help_, footer=(_why(scene),))


def collected(member: Member, per_hour: int, scene: Scene) -> Receipt:
    """Once an hour at most, instead of the receipts above the limit."""
    heading = "All of it is kept."
    return Receipt(
        title=heading, heading=heading, preheader=f"More than {per_hour} mails within an hour: no more receipts for now.",
        lead=(f"You sent more than {per_hour} mails within an hour, {first_name(member.name)}. Every one of them is kept and read as usual; I only stop answering each for a while.",),
        help_title="To see what became of them:", help=f"write “my wins” to {scene.company.wins_address}.", footer=(_why(scene),),
    )  # fmt: skip


# ---------------------------------------------------------------- the rows of a win


def _rows(win: Win, scene: Scene, member: Member, *, short: bool = False) -> tuple[Row, ...]:
    rows = [_account_row(win), _contact_row(win), Row("Date", long_day(win.win_date), _why_of(win, "win_date")), _kind_row(win, scene)]
    if win.quote:
        words = excerpt(win.quote, WORDS_SHOWN)
        if words:
            rows.append(Row("Their words", f"“{words}”"))
    elif win.note and not short:
        story = excerpt(win.note, WORDS_SHOWN, without=win.summary)
        if story:
            rows.append(Row("Your story", story))
    rows.append(_value_row(win))
    if win.measures:
        rows.append(Row("Numbers", "; ".join(f"{m.what}: {m.before + ' → ' if m.before else ''}{m.after}{(' ' if m.unit.isalpha() else '') + m.unit if m.unit else ''}" for m in win.measures[:3])))
    for label, value in (("Features", ", ".join(win.features)), ("Cause", win.cause), ("Expected", win.expected), ("Found", win.experienced)):
        if value:
            rows.append(Row(label, fitted(value, 200)))
    if win.attachments:
        rows.append(Row("Attached", ", ".join(a.filename for a in win.attachments[:6])))
    if win.urls:
        rows.append(Row("Links", ", ".join(fitted(u, 70) for u in win.urls[:4])))
    if win.internal_note:
        rows.append(Row("Your note", fitted(win.internal_note, 200), "internal: never in a digest to others, never to a customer"))
    if win.visibility is Visibility.PRIVATE:
        rows.append(Row("Seen by", "you, the account's CSM and managers only", _why_of(win, "visibility")))
    praised = [n for a in win.praised if (n := shown_name(a, scene.directory))]
    if praised:
        rows.append(Row("Praised", listed(praised)))
    owner = shown_name(win.csm, scene.directory)
    if owner and win.csm not in member.addresses:
        rows.append(Row("CSM", owner))
    others = [n for a in (win.submitted_by, *win.credits) if a and a not in member.addresses and (n := shown_name(a, scene.directory))]
    if others:
        rows.append(Row("Credit", listed(["you", *others])))
    return tuple(rows)


def _account_row(win: Win) -> Row:
    if win.account is None:
        return Row("Account", "none: the team's own", "" if win.category == "milestone" else "my guess", is_empty=True)
    return Row("Account", win.account, _why_of(win, "account"))


def _contact_row(win: Win) -> Row:
    contact = win.contact
    if contact is None or not (contact.name or contact.address):
        return Row("Said by", "not known", is_empty=True)
    named = contact.name or contact.address or ""
    return Row("Said by", f"{named}, {contact.role}" if contact.role else named, _why_of(win, "contact"))


def _kind_row(win: Win, scene: Scene) -> Row:
    chip = chip_of(win, scene.categories)
    if chip is None:
        return Row("Kind", "not sure yet", is_empty=True)
    return Row("Kind", chip.name, _why_of(win, "category", always=True), chip=chip)


def _value_row(win: Win) -> Row:
    if win.value is not None:
        return Row("Value", f"{win.value} of 10")
    usual = "the usual value of this kind; you named none" if win.category else "the middle, until its kind is known"
    return Row("Value", f"{win.value_effective} of 10", usual)


def _why_of(win: Win, field: str, *, always: bool = False) -> str:
    """A guess is called a guess, with its reason; what was stated needs no comment unless *always*."""
    reason: Reason | None = win.reasons.get(field)
    if reason is None:
        return ""
    text = reason.text.rstrip(".")
    if field in win.doubts or (reason.is_guess and reason.source is not Source.DEFAULT and (reason.confidence or 0) < SURE):
        return f"my guess: {text}"
    if always and reason.source is Source.GUESSED:
        return text
    return ""


# ---------------------------------------------------------------- the lines below


def _fate(wins: Sequence[Win], scene: Scene) -> tuple[str, ...]:
    """Where it will appear, truly: computed from the same rule that publishes."""
    nothing = "Nothing goes to the customer unless you send it."
    if all(w.visibility is Visibility.PRIVATE for w in wins):
        return (f"It appears in no digest but the managers'. {nothing}",)
    if any(w.doubts for w in wins):
        fields = sorted({_FIELD_NAMES.get(d, d) for w in wins for d in w.doubts})
        return (f"It waits for one thing to be sure ({listed(fields)}); until then only managers see it. {nothing}",)
    groups: dict[str, list[str]] = {}
    for audience in scene.audiences:
        if not audience.is_managers and any(belongs(glance(w), audience, scene.directory) for w in wins):
            zone = ZoneInfo(audience.timezone) if audience.timezone else scene.zone
            groups.setdefault(f"{next_cut_off(audience.send, zone, scene.now):%A}", []).append(_group_name(audience))
    where = " and ".join(f"{day}'s {'digest' if len(names) == 1 else 'digests'} for {listed(names)}" for day, names in groups.items())
    return (f"It goes into {where}. {nothing}",) if where else (f"No digest is looking for this kind of win; it stays in the store. {nothing}",)


def _group_name(audience: AudienceSettings) -> str:
    return "everyone" if audience.key == "everyone" else (audience.name or edition_name(audience).removesuffix(" edition"))


_FIELD_NAMES = {"account": "whose news it is", "win_date": "the day", "summary": "its one sentence", "stance": "whether it is good news", "category": "its kind", "contact": "who said it"}


def _help(wins: Sequence[Win], scene: Scene) -> str:
    win = wins[0]
    examples = ["“value 9”"]
    if win.contact is None or win.contact.name is None:
        examples.append("“contact is Dale Whitcomb”")
    else:
        examples.append("“kind: referral”")
    if len(wins) > 1:
        examples.append("“2: private”")
    elif win.visibility is Visibility.INTERNAL:
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
    return f"{names}, your {_ORDINALS[recent]} in seven days." if recent in _ORDINALS and len(wins) == 1 else f"{names}."


def _why(scene: Scene) -> str:
    return f"You get this because you wrote to {scene.company.wins_address}. Fewer of these: write “stop receipts”."


def _or(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


__all__ = ["Scene", "answer", "captured", "collected", "corrected", "counted", "known", "quarantined"]
