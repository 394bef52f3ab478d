"""The rows of a win in its receipt: every field that was understood, with its reason, and guesses called guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from mailwins.config import AudienceSettings
from mailwins.config import Kind as Category
from mailwins.digest.composing import Company
from mailwins.digest.wording import chip_of, excerpt, shown_name
from mailwins.model import CustomerUpdate, Directory, Measure, Member, Reason, Source, Visibility, Win
from mailwins.outbox import fitted
from mailwins.receipts.views import Row
from mailwins.render import listed, long_day
from mailwins.understanding.internal import cue_for_customer
from mailwins.updates.wall import LeftOut, colleagues_of, kept_from

WORDS_SHOWN = 260
SURE = 0.85
SURE_ACCOUNT = 0.9
"""Whose news it is matters more than its kind: the wrong customer is the worst mistake."""
_MARK = re.compile(
    r"^\W*(?:internal|intern|interne|interno|confidential|vertraulich|confidentiel|confidencial|vertrouwelijk)(?: only| note)?\s*[:,.–-]+\s*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What every receipt needs to know. *now* is aware."""

    company: Company
    directory: Directory
    categories: Mapping[str, Category]
    audiences: Sequence[AudienceSettings]
    zone: ZoneInfo
    now: datetime
    _looked_at: dict[int, tuple[Win, LeftOut | None]] = field(default_factory=dict, repr=False, compare=False)

    def kept_from(self, win: Win) -> LeftOut | None:
        """Why a draft would leave *win* out. A receipt tells it in three places, and it is looked at once; the win is kept
        with the answer, so that its ``id`` is no other's."""
        if id(win) not in self._looked_at:
            self._looked_at[id(win)] = win, kept_from(win, colleagues_of(self.directory))
        return self._looked_at[id(win)][1]


def rows_of(
    win: Win,
    scene: Scene,
    member: Member,
    *,
    is_short: bool = False,
    is_asked: bool = False,
    answered: CustomerUpdate | None = None,
) -> tuple[Row, ...]:
    """*member* reads them: her own name is "you". *is_short* leaves out what she did not ask about.

    *is_asked*: the receipt asks what this win waits for. *answered*: the update that brought it.
    """
    said_by = _contact(win)
    rows = [
        _account(win),
        *((said_by,) if said_by else ()),
        Row("Date", long_day(win.win_date), _why(win, "win_date")),
        _kind(win, scene),
        *_words(win, is_short),
        *((_answers(answered, scene),) if answered else ()),
        _value(win),
        *_details(win),
    ]
    if win.internal_note:
        note = _MARK.sub("", win.internal_note, count=1).rstrip(" .")
        rows.append(
            Row(
                "Your note" if win.submitted_by in member.addresses else "Note",
                fitted(note[:1].upper() + note[1:], 200),
                "internal, seen by the CSM and managers, never by a customer",
            )
        )
    if win.visibility is Visibility.PRIVATE:
        rows.append(Row("Seen by", "you, the account's CSM and managers only", _why_private(win)))
    elif win.doubts:
        rows.append(
            Row("Seen by", "managers only, until you answer" if is_asked else "managers only, until it is sure")
        )
    elif win.visibility is Visibility.INTERNAL and cue_for_customer(win.note, win.internal_note):
        rows.append(Row("Seen by", "colleagues, not the customer", _why(win, "visibility")))
    elif win.visibility is Visibility.SHAREABLE and scene.kept_from(win):
        rows.append(Row("Seen by", "colleagues; for the customer it has no words yet", _why(win, "visibility")))
    elif win.visibility is Visibility.SHAREABLE:
        rows.append(Row("Seen by", "colleagues, and the customer once you send it", _why(win, "visibility")))
    return (*rows, *_people(win, scene, member))


def _answers(update: CustomerUpdate, scene: Scene) -> Row:
    sent = (update.sent_at or update.drafted_at).astimezone(scene.zone)
    return Row("Answers", f"your update of {sent.day} {sent:%B}: “{fitted(update.subject, 90)}”")


def _why_private(win: Win) -> str:
    reason = win.reasons.get("visibility")
    return reason.text.rstrip(".") if reason and reason.source in (Source.STATED, Source.GUESSED) else ""


def _words(win: Win, is_short: bool) -> list[Row]:
    if win.quote:
        words = excerpt(win.quote, WORDS_SHOWN)
        return [Row("Quote", f"“{words}”")] if words else []
    story = excerpt(win.note, WORDS_SHOWN, without=win.summary) if win.note and not is_short else None
    return [Row("Story", story)] if story else []


def _details(win: Win) -> list[Row]:
    rows = []
    if win.measures:
        rows.append(Row("Numbers", "; ".join(measured(m) for m in win.measures[:3])))
    for label, value in (
        ("Features", ", ".join(win.features)),
        ("Cause", win.cause),
        ("Helped by", ", ".join(win.factors)),
        ("Expected", win.expected),
        ("Found", win.experienced),
    ):
        if value:
            rows.append(Row(label, fitted(value, 200)))
    if win.attachments:
        rows.append(Row("Attached", ", ".join(a.filename for a in win.attachments[:6])))
    if win.urls:
        rows.append(Row("Links" if len(win.urls) > 1 else "Link", ", ".join(fitted(u, 70) for u in win.urls[:4])))
    return rows


def _people(win: Win, scene: Scene, member: Member) -> list[Row]:
    rows = []
    praised = [n for a in win.praised if (n := shown_name(a, scene.directory))]
    if praised:
        rows.append(Row("Praised", listed(praised)))
    owner = shown_name(win.csm, scene.directory)
    if owner and win.csm not in member.addresses:
        rows.append(Row("CSM", owner))
    credited = dict.fromkeys(
        "you" if a in member.addresses else shown_name(a, scene.directory) or ""
        for a in (win.submitted_by, *win.credits)
        if a
    )
    if names := [n for n in credited if n]:
        rows.append(Row("Credit", listed(names)))
    return rows


def measured(measure: Measure) -> str:
    """``missed visits: 11 → 3%``"""
    unit = f"{' ' if measure.unit[:1].isalpha() else ''}{measure.unit}" if measure.unit else ""
    numbers = f"{measure.before} → {measure.after}" if measure.before else measure.after
    return f"{measure.what}: {numbers}{unit}" if measure.what else f"{numbers}{unit}"


def _account(win: Win) -> Row:
    if win.account is None:
        return Row("Account", "none: the team's own", "" if win.category == "milestone" else "my guess", is_empty=True)
    return Row("Account", win.account, _why(win, "account", sure=SURE_ACCOUNT))


def _contact(win: Win) -> Row | None:
    contact = win.contact
    if win.account is None and contact is None and win.category == "milestone":
        return None
    if contact is None or not (contact.name or contact.address):
        return Row("Said by", "not known", is_empty=True)
    named = contact.name or contact.address or ""
    return Row("Said by", f"{named}, {contact.role}" if contact.role else named, _why(win, "contact"))


def _kind(win: Win, scene: Scene) -> Row:
    chip = chip_of(win, scene.categories)
    if chip is None:
        return Row("Kind", "not sure yet", is_empty=True)
    return Row("Kind", chip.name, _why(win, "category", always=True), chip=chip)


def _value(win: Win) -> Row:
    if win.value is not None:
        return Row("Value", f"{win.value} of 10")
    return Row(
        "Value",
        f"{win.value_effective} of 10",
        "usual for this kind; you named none" if win.category else "the middle, until its kind is known",
    )


def _why(win: Win, field: str, *, always: bool = False, sure: float = SURE) -> str:
    """A guess is called a guess, with its reason; what was stated needs no comment unless *always*."""
    reason: Reason | None = win.reasons.get(field)
    if reason is None:
        return ""
    text = reason.text.rstrip(".")
    if field in win.doubts or (
        reason.is_guess and reason.source is not Source.DEFAULT and (reason.confidence or 0) < sure
    ):
        return f"my guess: {text}"
    if always and reason.source is Source.GUESSED:
        return text
    return ""
