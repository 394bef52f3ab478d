"""The wins of a receipt while a reply works on them, and the book that is kept of every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from mailwins.config import Kind as Category
from mailwins.model import Attachment, Change, Contact, Directory, Member, Reason, Source, Visibility, Win
from mailwins.receipts import fields
from mailwins.receipts.corrections.meant import short
from mailwins.receipts.corrections.rights import may_correct
from mailwins.receipts.wishes import Wish
from mailwins.updates.wall import colleagues_of, kept_from

_SHORT_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")

SHARED = "Seen by"
_LABELS: dict[str, str] = {
    "account": "Account",
    "csm": "CSM",
    "win_date": "Date",
    "category": "Kind",
    "value_effective": "Value",
    "contact": "Said by",
    "summary": "Summary",
    "note": "Story",
    "cause": "Cause",
    "factors": "Helped by",
    "features": "Features",
    "expected": "Expected",
    "experienced": "Found",
    "measures": "Numbers",
    "urls": "Links",
    "attachments": "Attached",
    "stance": "Good news?",
    "visibility": SHARED,
    "customer_text": "Their text",
    "praised": "Praised",
    "is_named": "Named",
    "review": "Review",
    "review_why": "Model",
    "internal_note": "Note",
    "is_deleted": "Taken out",
    "credits": "Credit",
    "submitted_by": "Captured by",
}
_SEEN_BY = {
    "private": "its CSM and managers only",
    "internal": "colleagues only",
    "shareable": "colleagues, and the customer once you send it",
}
_GOOD_NEWS = {
    "praise": "yes",
    "neutral": "not said",
    "doubt": "no, a worry: its CSM and managers only",
    "complaint": "no, a complaint",
}

ATTRIBUTES = {"date": "win_date", "measure": "measures", "quote": "note"}
"""Where a wish's field is called otherwise in a win."""

# Of several wins at once these would rarely be the same.
_OF_ONE_WIN = frozenset({"summary", "cause", "expected", "experienced", "quote"})


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the receipt: "Account: Initech → Globex".

    *old* equal to *new*: it was so already; *is_confirmed*: it was, but as a guess. *is_kept*: words
    that were only put into the internal note.
    """

    label: str
    old: str | None
    new: str | None
    win_id: int | None = None
    is_confirmed: bool = False
    is_kept: bool = False


@dataclass
class Desk:
    """*before* are the wins of the receipt, *wins* those of them that *by* may correct, as they are by now."""

    before: tuple[Win, ...]
    by: Member
    directory: Directory
    categories: Mapping[str, Category]
    now: datetime
    written: date
    history: Mapping[int, Sequence[Change]]
    asked_win: int | None
    wins: dict[int, Win] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    examples: list[tuple[str, str, int | None, str]] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    splits: bool = False
    is_undone: bool = False

    def __post_init__(self) -> None:
        self.wins = {w.id: w for w in self.before if self._may(w)}

    def _may(self, win: Win) -> bool:
        account = self.directory.account(win.account)
        return may_correct(self.by, win) or (
            account is not None and may_correct(self.by, replace(win, csm=account.csm))
        )

    # ------------------------------------------------------------ which wins

    def targets(self, wish: Wish) -> list[Win]:
        """The wins a wish is about; why there are none is told."""
        if wish.win is not None:
            return self._named(wish.win)
        if wish.verb == "answer" and (asked := self._asked(wish)):
            return asked
        if others := [w for w in self.before if w.id not in self.wins and wish.verb != "ok"]:
            self.refuse(others)
        chosen = list(self.wins.values())
        is_of_one = wish.field in _OF_ONE_WIN or (wish.verb == "share" and wish.value is not None)
        if len(chosen) > 1 and is_of_one:
            self.keep(f"{wish.field or wish.verb}: {wish.value}")
            self.problems.append(
                f"Which of the {len(chosen)} wins has this {wish.field or 'text'}? Reply “{chosen[0].id}: {wish.field or wish.verb}: …”. Until then it is kept as an internal note."
            )
            return []
        return chosen

    def _named(self, number: int) -> list[Win]:
        named = next((w for w in self.before if w.id == number), None) or self._in_place(number)
        if named is None:
            known = ", ".join(str(w.id) for w in self.before)
            self.problems.append(f"Win {number} is not one of this receipt ({known}), so nothing was changed for it.")
            return []
        if named.id not in self.wins:
            self.refuse([named])
            return []
        return [self.wins[named.id]]

    def _in_place(self, number: int) -> Win | None:
        """ "The second" of the mail's wins; -1 is the last."""
        order = sorted(self.before, key=lambda w: w.ordinal)
        place = number - 1 if number > 0 else number
        return order[place] if number and -len(order) <= place < len(order) else None

    def _asked(self, wish: Wish) -> list[Win]:
        """The win whose answer this is: the one asked about, else the first that lacks it."""
        if self.asked_win in self.wins:
            return [self.wins[self.asked_win]]
        name = ATTRIBUTES.get(wish.field or "", wish.field or "")
        lacking = [w for w in self.wins.values() if name in w.doubts or not getattr(w, name, None)]
        return lacking[:1] or list(self.wins.values())[:1]

    def refuse(self, wins: Sequence[Win]) -> None:
        numbers = ", ".join(str(w.id) for w in wins)
        which = f"Win {numbers}" if "," not in numbers else f"Wins {numbers}"
        self.problems.append(
            f"{which} can be corrected by who captured it, who is credited, the account's CSM or a manager; for you I left it as it is."
        )

    # ------------------------------------------------------------ changing a win

    def put(self, win: Win, **values: object) -> Win:
        self.wins[win.id] = new = replace(win, **values)  # type: ignore[arg-type]
        return new

    def say_so(self, win: Win, name: str) -> Win:
        """A person's word: it beats every guess, and nobody needs to look at the field again."""
        reason = Reason(
            Source.PERSON, f"{self.by.name} said so on {self.written.day} {_SHORT_MONTHS[self.written.month - 1]}"
        )
        return self.put(win, reasons={**win.reasons, name: reason}, doubts=tuple(d for d in win.doubts if d != name))

    def set(self, win: Win, name: str, value: object) -> Win:
        """One field by a person's word. The same value again only makes a guess certain."""
        if getattr(win, name) != value:
            return self.say_so(self.put(win, **{name: value}), name)
        reason = win.reasons.get(name)
        is_guess = name in win.doubts or (reason is not None and reason.is_guess)
        self.already(win, "value_effective" if name == "value" else name, is_confirmed=is_guess)
        return self.say_so(win, name) if is_guess else win

    def keep(self, words: str) -> None:
        """Words that fit nowhere stay with the win: internal."""
        win = next(iter(self.wins.values()))
        note = win.internal_note
        if words in (note or ""):
            return
        self.put(win, internal_note=f"{note}\n\n{words}" if note else words)

    def attach(self, files: tuple[Attachment, ...]) -> None:
        win = self.wins[self.asked_win] if self.asked_win in self.wins else next(iter(self.wins.values()))
        known = {f.sha256 for f in win.attachments}
        new = tuple(replace(f, content=None) for f in files if f.sha256 not in known)
        if new:
            self.put(win, attachments=(*win.attachments, *new))

    # ------------------------------------------------------------ the book

    def record(self, start: Mapping[int, Win], why: str | None = None) -> None:
        """History and receipt lines for everything that differs from *start*."""
        for id_, old in start.items():
            new = self.wins[id_]
            names = [n for n in fields.NAMES if n != "doubts" and fields.show(old, n) != fields.show(new, n)]
            for name in names:
                self.changes.append(
                    Change(
                        id_,
                        self.now,
                        self.by.address,
                        "mail",
                        name,
                        fields.show(old, name),
                        fields.show(new, name),
                        why,
                    )
                )
                self._tell(old, new, name, why)
            # A new kind brought this value along before it was named: it changed, and that is told once.
            moved = {t.label for t in self.told if t.win_id == id_ and t.old != t.new}
            self.told = [
                t for t in self.told if not (t.win_id == id_ and t.old == t.new and t.label in moved and not t.is_kept)
            ]
            reasons = frozenset(n for n in {*old.reasons, *new.reasons} if old.reasons.get(n) != new.reasons.get(n))
            if reasons or old.doubts != new.doubts:
                self.changes.append(
                    Change(
                        id_,
                        self.now,
                        self.by.address,
                        "mail",
                        fields.GROUNDS,
                        fields.grounds(old, reasons),
                        fields.grounds(new, reasons),
                        why,
                    )
                )

    def _tell(self, old: Win, new: Win, name: str, why: str | None) -> None:
        label = _LABELS.get(name)
        if label is None:
            return
        was, is_ = self.shown(old, name), self.shown(new, name)
        is_kept = name == "internal_note" and (new.internal_note or "").startswith(old.internal_note or "")
        if is_kept:
            was, is_ = None, (new.internal_note or "")[len(old.internal_note or "") :].strip()
        elif name == "internal_note" and (old.internal_note or "").startswith(new.internal_note or ""):
            gone = (old.internal_note or "")[len(new.internal_note or "") :].strip()
            label, was, is_ = "Note", None, f"“{short(gone)}” is gone from it"
        elif why is not None and name in ("internal_note", "note", "customer_text"):
            was, is_ = None, f"“{short(is_ or '')}” again" if is_ else "none, as before"
        elif name == "is_deleted":
            label, was, is_ = (
                ("Taken out", None, "of every list and digest")
                if new.is_deleted
                else ("Back", None, "in lists and digests")
            )
        elif name == "visibility":
            was, is_ = _SEEN_BY[old.visibility.value], _SEEN_BY[new.visibility.value]
            if new.visibility is Visibility.SHAREABLE and kept_from(new, colleagues_of(self.directory)):
                is_ = "colleagues; the customer once there are words for them"
        self.told.append(Told(label, was, is_, new.id, is_kept=is_kept))

    def already(self, win: Win, name: str, *, is_confirmed: bool = False) -> None:
        shown = self.shown(win, name)
        self.told.append(Told(_LABELS[name], shown, shown, win.id, is_confirmed=is_confirmed))

    def shown(self, win: Win, name: str) -> str | None:
        """A field's value for people."""
        value = getattr(win, name)
        if name == "visibility":
            return _SEEN_BY[win.visibility.value]
        if name == "stance":
            return _GOOD_NEWS[win.stance.value]
        if name == "category":
            return self.categories[value].name if value in self.categories else value
        if name == "win_date":
            return f"{win.win_date.day} {win.win_date:%B %Y}"
        if name == "csm" or name == "submitted_by":
            member = self.directory.member(value)
            return member.name if member else value
        if name == "contact" and win.contact:
            return ", ".join(x for x in (win.contact.name or win.contact.address, win.contact.role) if x) or None
        if name == "attachments":
            return ", ".join(f.filename for f in win.attachments) or None
        if name == "measures":
            return (
                "; ".join(
                    " ".join(x for x in (m.what, f"{m.before} → {m.after}" if m.before else m.after, m.unit) if x)
                    for m in win.measures
                )
                or None
            )
        if name in ("factors", "features", "urls", "credits"):
            return ", ".join(value) or None
        return fields.show(win, name)


def has_label(name: str) -> bool:
    return name in _LABELS
