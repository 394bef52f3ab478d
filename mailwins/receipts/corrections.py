"""What a member's wishes do to wins: who may, what changes, what to tell her. Pure: the new values go to the store by others.

Every change is found by comparing the wins before and after, so that history never misses one
and ``undo`` can put everything back, reasons and doubts included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from rapidfuzz import fuzz, process

from mailwins.config import Kind as Category
from mailwins.model import (
    Account,
    Attachment,
    Change,
    Contact,
    Directory,
    Measure,
    Member,
    Reason,
    Review,
    Source,
    Stance,
    Visibility,
    Win,
    WinContact,
    fold_address,
)
from mailwins.parsers.addresses import parse_author
from mailwins.parsers.dates import parse_date
from mailwins.parsers.urls import clean_urls, find_urls
from mailwins.receipts import fields
from mailwins.receipts.wishes import Reply, Wish
from mailwins.understanding import accounts, measures, mood, windate
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.summary import MAX_LENGTH, shorten


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the receipt: "Account: Initech → Globex". *old* equal to *new*: it was so already. *win_id*: of which win."""

    label: str
    old: str | None
    new: str | None
    win_id: int | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What comes of a reply. *wins* are the changed ones with their new values.

    *problems* are sentences for the sender. *examples* are corrected kinds: (text, category,
    win id, by). *contacts* were learned. *splits*: the mail's wins shall be taken apart;
    *question* goes to who submitted the win.
    """

    wins: tuple[Win, ...] = ()
    changes: tuple[Change, ...] = ()
    told: tuple[Told, ...] = ()
    problems: tuple[str, ...] = ()
    examples: tuple[tuple[str, str, int | None, str], ...] = ()
    splits: bool = False
    question: str | None = None
    contacts: tuple[Contact, ...] = ()


UNDO = "undo of "
"""Begins the *why* of changes that took others back; behind it stands when those were made."""

# Of several wins at once these would rarely be the same.
_OF_ONE_WIN = frozenset({"summary", "cause", "expected", "experienced", "quote"})
_NONE = frozenset({"none", "no one", "nobody", "-", "–", "nothing", "empty", "n/a", "keine", "keiner", "kein", "niemand", "aucun", "aucune", "personne", "ninguno", "ninguna", "nadie", "geen", "n.a."})
_AROUND_A_NAME = re.compile(
    r"^(?:(?:no|nope|nein|non|sorry|oops|its|it is|it s|thats|that is|this is|this was|it was|das ist|es ist|das war|c est|cest|es|era|het is|dit is|wrong (?:account|customer|company|one)|(?:the )?(?:customer|client|company|account) (?:is|was|should be)|(?:der )?kunde ist|le client est|el cliente es|(?:de )?klant is|should be|meant|i meant|actually|correct is) )+"
    r"|(?: (?:please|pls|thanks|thx|actually|though|sorry|bitte|merci|gracias|danke|of course))+$"
)
_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_LONG_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")

_LABELS: dict[str, str] = {
    "account": "Account", "csm": "CSM", "win_date": "Date", "category": "Kind", "value_effective": "Value", "contact": "Contact", "summary": "Summary", "note": "Story", "cause": "Cause", "factors": "Helped by",
    "features": "Product", "expected": "Expected", "experienced": "Experienced", "measures": "Measured", "urls": "Links", "attachments": "Attached", "stance": "Stance", "visibility": "Visibility",
    "customer_text": "Words for the customer", "is_named": "Named", "review": "Review", "review_why": "Why it is a model", "internal_note": "Internal note", "is_deleted": "Deleted", "credits": "Credited", "submitted_by": "Captured by",
}  # fmt: skip


def may_correct(member: Member, win: Win) -> bool:
    """The submitter, everybody credited, the win's CSM, managers."""
    if member.may("manager"):
        return True
    mine = {fold_address(a) for a in member.addresses}
    return any(a is not None and fold_address(a) in mine for a in (win.submitted_by, win.csm, *win.credits))


def may_review(member: Member, win: Win) -> bool:
    """Managers and the win's CSM."""
    return member.may("manager") or (win.csm is not None and fold_address(win.csm) in {fold_address(a) for a in member.addresses})


def correct(
    reply: Reply,
    wins: Sequence[Win],
    *,
    by: Member,
    directory: Directory,
    categories: Mapping[str, Category],
    now: datetime,
    written: date,
    history: Mapping[int, Sequence[Change]] | None = None,
    attachments: tuple[Attachment, ...] = (),
    asked_win: int | None = None,
) -> Corrected:
    """Apply *reply* to the *wins* it is about.

    *written* is the day of the reply, against which "yesterday" counts; *history* is needed for
    ``undo``; *asked_win* is the win of the open question, where it was about one.
    """
    desk = _Desk(tuple(wins), by, directory, categories, now, written, history or {}, asked_win)
    desk.work_through(reply, attachments)
    return desk.result()


@dataclass
class _Desk:
    """The wins while they are worked on."""

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

    def __post_init__(self) -> None:
        self.wins = {w.id: w for w in self.before if self._may(w)}

    def _may(self, win: Win) -> bool:
        account = self.directory.account(win.account)
        return may_correct(self.by, win) or (account is not None and may_correct(self.by, replace(win, csm=account.csm)))

    # ------------------------------------------------------------ the whole reply

    def work_through(self, reply: Reply, attachments: tuple[Attachment, ...]) -> None:
        wishes = [w for w in reply.wishes if w.verb not in ("thanks", "question")]
        self.questions = [w.value for w in reply.wishes if w.verb == "question" and w.value]
        if not self.wins:
            if [w for w in wishes if w.verb != "ok"] or reply.left or attachments:
                self._refuse(self.before)
            return
        for wish in wishes:
            if wish.verb == "undo":
                self._undo(wish)
        start = dict(self.wins)
        for wish in wishes:
            if wish.verb != "undo" and not self._contradicts(wish, wishes):
                self._apply(wish)
        if attachments:
            self._attach(attachments)
        if left := self._second_look(reply.left):
            self._keep(left)
            self.problems.append(f"I did not understand “{_short(left)}”, so it is kept as an internal note.")
        self._record(start)

    def result(self) -> Corrected:
        originals = {w.id: w for w in self.before}
        changed = tuple(w for w in self.wins.values() if w != originals[w.id])
        return Corrected(
            changed, tuple(self.changes), tuple(dict.fromkeys(self.told)), tuple(dict.fromkeys(self.problems)), tuple(self.examples),
            self.splits, "\n".join(self.questions) or None, tuple(dict.fromkeys(self.contacts)),
        )  # fmt: skip

    def _refuse(self, wins: Sequence[Win]) -> None:
        numbers = ", ".join(str(w.id) for w in wins)
        which = f"Win {numbers}" if "," not in numbers else f"Wins {numbers}"
        self.problems.append(f"{which} can be corrected by who captured it, who is credited, the account's CSM or a manager; for you I left it as it is.")

    def _contradicts(self, wish: Wish, wishes: Sequence[Wish]) -> bool:
        if wish.verb == "share" and any(w.verb == "private" and w.win == wish.win for w in wishes):
            self.problems.append("You wrote both private and share; I kept it private.")
            return True
        return False

    def _targets(self, wish: Wish) -> list[Win]:
        if wish.win is None:
            if wish.verb == "answer" and (asked := self._asked(wish)):
                return asked
            if others := [w for w in self.before if w.id not in self.wins and wish.verb != "ok"]:
                self._refuse(others)
            chosen = list(self.wins.values())
            is_of_one = wish.field in _OF_ONE_WIN or (wish.verb == "share" and wish.value is not None)
            if len(chosen) > 1 and is_of_one:
                self._keep(f"{wish.field or wish.verb}: {wish.value}")
                self.problems.append(f"Which of the {len(chosen)} wins has this {wish.field or 'text'}? Reply “{chosen[0].id}: {wish.field or wish.verb}: …”. Until then it is kept as an internal note.")
                return []
            return chosen
        named = next((w for w in self.before if w.id == wish.win), None) or self._in_place(wish.win)
        if named is None:
            known = ", ".join(str(w.id) for w in self.before)
            self.problems.append(f"Win {wish.win} is not one of this receipt ({known}), so nothing was changed for it.")
            return []
        if named.id not in self.wins:
            self._refuse([named])
            return []
        return [self.wins[named.id]]

    def _in_place(self, number: int) -> Win | None:
        """"The second" of the mail's wins; -1 is the last."""
        order = sorted(self.before, key=lambda w: w.ordinal)
        place = number - 1 if number > 0 else number
        return order[place] if number and -len(order) <= place < len(order) else None

    def _asked(self, wish: Wish) -> list[Win]:
        """The win whose answer this is: the one asked about, else the first that lacks it."""
        if self.asked_win in self.wins:
            return [self.wins[self.asked_win]]
        name = _ATTRIBUTES.get(wish.field or "", wish.field or "")
        lacking = [w for w in self.wins.values() if name in w.doubts or not getattr(w, name, None)]
        return lacking[:1] or list(self.wins.values())[:1]

    def _second_look(self, left: str | None) -> str | None:
        """Words that were not understood but are, with little around it, an account's name: "nope its globex". What remains is returned."""
        lines = (left or "").split("\n")
        for index, line in enumerate(lines):
            bare = _AROUND_A_NAME.sub("", fold_name(line)).strip()
            owners = accounts.index_of(self.directory).exact.get(bare, [])
            if bare and len(owners) == 1 and len(self.wins) == 1:
                self._set_account(next(iter(self.wins.values())), Wish("set", "account", owners[0].name), owners[0].name)
                return "\n".join(lines[:index] + lines[index + 1 :]) or None
        return left or None

    # ------------------------------------------------------------ bookkeeping

    def _record(self, start: Mapping[int, Win], why: str | None = None) -> None:
        """History and receipt lines for everything that differs from *start*."""
        for id_, old in start.items():
            new = self.wins[id_]
            names = [n for n in fields.NAMES if n != "doubts" and fields.show(old, n) != fields.show(new, n)]
            for name in names:
                self.changes.append(Change(id_, self.now, self.by.address, "mail", name, fields.show(old, name), fields.show(new, name), why))
                self._tell(old, new, name)
            reasons = frozenset(n for n in {*old.reasons, *new.reasons} if old.reasons.get(n) != new.reasons.get(n))
            if reasons or old.doubts != new.doubts:
                self.changes.append(Change(id_, self.now, self.by.address, "mail", fields.GROUNDS, fields.grounds(old, reasons), fields.grounds(new, reasons), why))

    def _tell(self, old: Win, new: Win, name: str) -> None:
        label = _LABELS.get(name)
        if label is None:
            return
        was, is_ = self._shown(old, name), self._shown(new, name)
        if name == "internal_note" and (new.internal_note or "").startswith(old.internal_note or ""):
            was, is_ = None, (new.internal_note or "")[len(old.internal_note or "") :].strip()
        self.told.append(Told(label, was, is_, new.id))

    def _already(self, win: Win, name: str) -> None:
        shown = self._shown(win, name)
        self.told.append(Told(_LABELS[name], shown, shown, win.id))

    def _shown(self, win: Win, name: str) -> str | None:
        value = getattr(win, name)
        if name == "category":
            return self.categories[value].name if value in self.categories else value
        if name == "win_date":
            return f"{win.win_date.day} {_LONG_MONTHS[win.win_date.month - 1]} {win.win_date.year}"
        if name == "csm" or name == "submitted_by":
            member = self.directory.member(value)
            return member.name if member else value
        if name == "contact" and win.contact:
            return ", ".join(x for x in (win.contact.name or win.contact.address, win.contact.role) if x) or None
        if name == "attachments":
            return ", ".join(f.filename for f in win.attachments) or None
        if name == "measures":
            return "; ".join(" ".join(x for x in (m.what, f"{m.before} → {m.after}" if m.before else m.after, m.unit) if x) for m in win.measures) or None
        if name in ("factors", "features", "urls", "credits"):
            return ", ".join(value) or None
        return fields.show(win, name)

    def _put(self, win: Win, **values: object) -> Win:
        self.wins[win.id] = new = replace(win, **values)  # type: ignore[arg-type]
        return new

    def _say_so(self, win: Win, name: str) -> Win:
        """A person's word: it beats every guess, and nobody needs to look at the field again."""
        reason = Reason(Source.PERSON, f"{self.by.name} said so on {self.written.day} {_MONTHS[self.written.month - 1]}")
        return self._put(win, reasons={**win.reasons, name: reason}, doubts=tuple(d for d in win.doubts if d != name))

    def _set(self, win: Win, name: str, value: object) -> Win:
        """One field by a person's word. The same value again only makes a guess certain."""
        if getattr(win, name) == value:
            self._already(win, "value_effective" if name == "value" else name)
            reason = win.reasons.get(name)
            return self._say_so(win, name) if name in win.doubts or (reason is not None and reason.is_guess) else win
        return self._say_so(self._put(win, **{name: value}), name)

    def _keep(self, words: str) -> None:
        """Words that fit nowhere stay with the win: internal."""
        win = next(iter(self.wins.values()))
        note = win.internal_note
        if words in (note or ""):
            return
        self._put(win, internal_note=f"{note}\n\n{words}" if note else words)

    def _attach(self, files: tuple[Attachment, ...]) -> None:
        win = self.wins[self.asked_win] if self.asked_win in self.wins else next(iter(self.wins.values()))
        known = {f.sha256 for f in win.attachments}
        new = tuple(replace(f, content=None) for f in files if f.sha256 not in known)
        if new:
            self._put(win, attachments=(*win.attachments, *new))

    # ------------------------------------------------------------ one wish

    def _apply(self, wish: Wish) -> None:
        if wish.verb == "split":
            self.splits = True
            return
        for target in self._targets(wish):
            win = self.wins[target.id]
            if wish.verb in ("set", "answer", "add"):
                self._change(win, wish)
            else:
                _DOERS[wish.verb](self, win, wish)

    def _change(self, win: Win, wish: Wish) -> None:
        name = wish.field or ""
        value = (wish.value or "").strip()
        if wish.verb == "answer":
            if not value:
                return
            if value == "yes":
                self._confirm(win, name)
                return
        setter = _SETTERS.get(name)
        if setter is None:
            self._keep(f"{name}: {value}")
            self.problems.append(f"I cannot change “{name}” by mail; it is kept as an internal note.")
            return
        setter(self, win, wish, value)

    def _confirm(self, win: Win, name: str) -> None:
        attribute = _ATTRIBUTES.get(name, name)
        if attribute in _LABELS and getattr(win, attribute, None):
            self._set(win, attribute, getattr(win, attribute))

    # ------------------------------------------------------------ fields

    def _set_account(self, win: Win, wish: Wish, value: str) -> None:
        if value.lower() in _NONE:
            self._set(win, "account", None)
            self._put(self.wins[win.id], csm=None)
            return
        account, candidates = find_account(value, self.directory)
        if account is None:
            if self._means_contact(win, wish, value):
                self._set_contact(win, wish, value)
                return
            self.problems.append(f"I know no account called “{_short(value)}”.{_did_you_mean(candidates)} {self._still(win)}")
            return
        if account.name != win.account:
            self._learn(win.contact, account.name)
        was = win.account
        new = self._set(win, "account", account.name)
        if account.name != was and new.csm != account.csm:
            self._put(new, csm=account.csm)

    def _still(self, win: Win) -> str:
        return f"It stays with {win.account}." if win.account else "It has no account yet."

    def _means_contact(self, win: Win, wish: Wish, value: str) -> bool:
        """"It's Dale, not Dana" is about people, when Dana is the contact or Dale a contact we know."""
        current = fold_name(win.contact.name or "") if win.contact else ""
        if wish.instead_of and current and fold_name(wish.instead_of) and (fold_name(wish.instead_of) in (current, current.split()[0], current.split()[-1])):
            return True
        return self._known_contact(win, value) is not None

    def _known_contact(self, win: Win, name: str, account: str | None = None) -> Contact | None:
        account = account or win.account
        mine = [c for c in self.directory.contacts if c.name and (account is None or c.account == account)]
        folded = fold_name(name)
        exact = [c for c in mine if fold_name(c.name or "") == folded]
        first = [c for c in mine if folded and fold_name(c.name or "").split()[:1] == [folded]]
        found = exact or first
        return found[0] if len(found) == 1 else None

    def _set_contact(self, win: Win, wish: Wish, value: str) -> None:
        if value.lower() in _NONE:
            self._set(win, "contact", None)
            return
        if "@" not in value and "," not in value and self._known_contact(win, value) is None and (owners := accounts.index_of(self.directory).exact.get(fold_name(value))) and len(owners) == 1:
            self._set_account(win, wish, value)
            return
        person, account = self._person(win, value)
        if person is None:
            self.problems.append(f"I could not read a person from “{_short(value)}”.")
            return
        if account is not None and account.name != win.account:
            self._set_account(win, wish, account.name)
            win = self.wins[win.id]
        self._set(win, "contact", person)
        self._learn(person, self.wins[win.id].account)

    def _person(self, win: Win, value: str) -> tuple[WinContact | None, Account | None]:
        """(who is meant, the company that was named with them)."""
        account: Account | None = None
        if match := re.search(r"[\s,]+(?:from|at|of|von|bei|de|chez|van|bij|del)\s+([^,()<>@]{2,60})$", value):
            owners = accounts.index_of(self.directory).exact.get(fold_name(match[1]), [])
            if len(owners) == 1:
                account, value = owners[0], value[: match.start()]
        role = None
        if match := re.search(r"\s*[(,]\s*([^()@<>,]{2,60}(?:,[^()@<>]{2,40})?)\)?\s*$", value):
            role, value = re.sub(r"^(?:(?:their|the|our|a|an|ihr|ihre|son|sa|leur|su|hun|de|der|die)\s+)", "", match[1].strip(), flags=re.I), value[: match.start()]
        author = parse_author(value)
        name = _capitalised(author.name) if author.name else None
        if name is None and author.address is None:
            return None, account
        known = self.directory.contact(author.address) if author.address else self._known_contact(win, name or "", account.name if account else None)
        old = win.contact
        is_same = old is not None and bool(name and old.name) and set(fold_name(old.name or "").split()) & set(fold_name(name or "").split()) != set()
        return WinContact(
            (known.name if known and known.name else None) or name or (old.name if old and author.address and old.address == author.address else None),
            author.address or (known.address if known else None) or (old.address if old and is_same else None),
            role or (known.role if known else None) or (old.role if old and is_same else None),
        ), account

    def _learn(self, contact: WinContact | None, account: str | None) -> None:
        if contact is None or contact.address is None or account is None or self.directory.member(contact.address):
            return
        known = self.directory.contact(contact.address)
        domain = contact.address.rsplit("@", 1)[-1].lower()
        if (known and not known.learned) or domain in self.directory.own_domains:
            return
        self.contacts.append(Contact(contact.name, contact.address, account, contact.role))

    def _set_date(self, win: Win, wish: Wish, value: str) -> None:
        days = days_meant(value, self.written)
        if len(days) != 1:
            which = " or ".join(f"{d.day} {_LONG_MONTHS[d.month - 1]}" for d in days)
            self.problems.append(f"“{_short(value)}” can be {which}; which one? Write the month as a word." if days else f"I could not read “{_short(value)}” as a day; “12 Nov” or “2026-11-12” would do.")
        elif days[0] > self.written:
            self.problems.append(f"“{_short(value)}” lies in the future, so the date stays {self._shown(win, 'win_date')}.")
        else:
            self._set(win, "win_date", days[0])

    def _set_value(self, win: Win, wish: Wish, value: str) -> None:
        if win.stance is Stance.DOUBT:
            self.problems.append("This is a doubt, which always counts as 1; the value stays.")
            return
        if value.lower() in _NONE:
            self._say_so(self._put(win, value=None, value_effective=self._default(win.category)), "value")
            return
        number = measures.stated_value(value) if re.fullmatch(r"\d{1,2}(?:\s*/\s*10)?", value) else None
        if number is None:
            self.problems.append(f"A value is a whole number from 1 to 10, so “{_short(value)}” was not taken; it stays {win.value_effective}.")
            return
        was = win.value_effective
        new = self._put(self._set(win, "value", number), value_effective=number)
        if was == number:
            self._already(new, "value_effective")

    def _default(self, category: str | None) -> int:
        known = self.categories.get(category) if category else None
        return known.default_value if known else 5

    def _set_category(self, win: Win, wish: Wish, value: str) -> None:
        found, near = find_category(value, self.categories)
        if found is None:
            names = near or tuple(c.name for c in self.categories.values())
            self.problems.append(f"I know no kind called “{_short(value)}”.{_did_you_mean(near) if near else f' There are {_listed(names)}.'}")
            return
        is_new = found != win.category
        new = self._set(win, "category", found)
        if not is_new:
            return
        if new.value is None and new.stance is not Stance.DOUBT:
            new = self._put(new, value_effective=self._default(found))
        if found == "olympics" and new.visibility is Visibility.SHAREABLE:
            self._put(new, visibility=Visibility.INTERNAL)
            self.problems.append("Olympics are never shared with customers, so it is internal now.")
        if text := win.detail or win.summary:
            self.examples.append((text, found, win.id, self.by.address))

    def _set_summary(self, win: Win, wish: Wish, value: str) -> None:
        line = " ".join(value.split())
        if len(line) > MAX_LENGTH:
            self._keep(line)
            win, line = self.wins[win.id], shorten(line, MAX_LENGTH)
            self.problems.append(f"A summary has at most {MAX_LENGTH} characters; I shortened yours and kept the whole as an internal note.")
        if line:
            self._set(win, "summary", line)

    def _set_quote(self, win: Win, wish: Wish, value: str) -> None:
        if win.quote is None:
            self._set(win, "note", value)
            return
        self._keep(value)
        self.problems.append("The customer's words stay as they were written; yours are kept as an internal note. “summary: …” changes the line above them.")

    def _set_text(self, win: Win, wish: Wish, value: str) -> None:
        self._set(win, wish.field or "", None if value.lower() in _NONE else value)

    def _set_list(self, win: Win, wish: Wish, value: str) -> None:
        name = wish.field or ""
        given = () if value.lower() in _NONE else tuple(dict.fromkeys(p for p in (x.strip(" .") for x in re.split(r"[,;]|\s+(?:and|und|et|y|en)\s+", value)) if p))
        old: tuple[str, ...] = getattr(win, name)
        self._set(win, name, tuple(dict.fromkeys((*old, *given))) if wish.verb == "add" else given)

    def _set_urls(self, win: Win, wish: Wish, value: str) -> None:
        found = clean_urls(find_urls(value))
        if not found:
            self.problems.append(f"I found no link in “{_short(value)}”; it begins with https://.")
            return
        self._set(win, "urls", tuple(dict.fromkeys((*win.urls, *found))))

    def _set_csm(self, win: Win, wish: Wish, value: str) -> None:
        member = find_member(value, self.directory)
        if member is None:
            self.problems.append(f"I know no colleague called “{_short(value)}”, or more than one, so the CSM stays; the full name or the address would do.")
            return
        self._set(win, "csm", member.address)

    def _set_measure(self, win: Win, wish: Wish, value: str) -> None:
        found = measures.find_measures(value) or _amounts(value, wish.field or "")
        if not found:
            self._keep(f"{wish.field}: {value}")
            self.problems.append(f"I found no number in “{_short(value)}”; it is kept as an internal note.")
            return
        self._set(win, "measures", tuple(dict.fromkeys((*win.measures, *found))))

    def _set_stance(self, win: Win, wish: Wish, value: str) -> None:
        if win.stance is Stance.DOUBT:
            self.problems.append("A doubt stays one, with its CSM and managers.")
        elif re.search(r"worr|doubt|sorge|zweifel|inqui|preocup|zorg", value, re.I):
            new = self._set(win, "stance", Stance.DOUBT)
            self._put(new, value=1, value_effective=1, visibility=Visibility.PRIVATE)
        elif re.search(r"good|praise|win|gut|bon|buen|goed", value, re.I):
            self._set(win, "stance", Stance.PRAISE)
        else:
            self._keep(value)

    # ------------------------------------------------------------ verbs

    def _private(self, win: Win, wish: Wish) -> None:
        self._set(win, "visibility", Visibility.PRIVATE)

    def _internal(self, win: Win, wish: Wish) -> None:
        if win.stance is Stance.DOUBT:
            self.problems.append("A doubt stays with its CSM and managers; it cannot become internal.")
            return
        only = {"share": Visibility.SHAREABLE, "private": Visibility.PRIVATE}.get(wish.instead_of or "")
        if only is not None and win.visibility is not only:
            self._already(win, "visibility")
            return
        self._set(win, "visibility", Visibility.INTERNAL)

    def _share(self, win: Win, wish: Wish) -> None:
        why = "A doubt stays with its CSM and managers" if win.stance is Stance.DOUBT else "Olympics are never shared with customers" if win.category == "olympics" else None
        if why:
            kept = ""
            if wish.value:
                self._keep(wish.value)
                kept = " Your words are kept as an internal note."
            self.problems.append(f"{why}, so this one was not shared.{kept}")
            return
        if wish.value:
            win = self._put(win, customer_text=wish.value)
        self._set(win, "visibility", Visibility.SHAREABLE)

    def _delete(self, win: Win, wish: Wish) -> None:
        if win.is_deleted:
            self._already(win, "is_deleted")
        self._put(win, is_deleted=True)

    def _named(self, win: Win, wish: Wish) -> None:
        self._set(win, "is_named", True)

    def _review(self, win: Win, wish: Wish) -> None:
        if not (may_review(self.by, win) or self._is_csm_of(win)):
            if wish.verb == "model":
                self._keep(f"model: {wish.value}" if wish.value else "model")
                self.problems.append("Only the CSM and managers choose models; your words are kept as an internal note.")
            return
        if wish.verb == "model":
            if not wish.value and not win.review_why:
                self.problems.append("Why is it a model? “model: because …” shows others what to look for.")
            self._put(win, review=Review.MODEL, review_why=wish.value or win.review_why)
        elif win.review is Review.CAPTURED:
            self._put(win, review=Review.REVIEWED)
        else:
            self._already(win, "review")

    def _is_csm_of(self, win: Win) -> bool:
        account = self.directory.account(win.account)
        return account is not None and may_review(self.by, replace(win, csm=account.csm))

    # ------------------------------------------------------------ undo

    def _undo(self, wish: Wish) -> None:
        targets = {w.id for w in self._targets(wish)} if wish.win is not None else set(self.wins)
        if wish.win is not None and not targets:
            return
        group = newest_group({i: self.history.get(i, ()) for i in targets})
        if not group:
            self.problems.append("There is no correction to take back; “delete” removes the win.")
            return
        start = dict(self.wins)
        for change in reversed(group):
            self.wins[change.win_id] = fields.put(self.wins[change.win_id], change.field, change.old)
        self._record(start, UNDO + _stamp(group[0].at))


def newest_group(history: Mapping[int, Sequence[Change]]) -> tuple[Change, ...]:
    """The changes made together last that were not yet taken back, in their order; those of a new reading are no person's and stay."""
    undone = {(i, c.why.removeprefix(UNDO)) for i, changes in history.items() for c in changes if c.why and c.why.startswith(UNDO)}
    open_ = [
        c
        for i, changes in history.items()
        for c in changes
        if not (c.why and c.why.startswith(UNDO)) and c.how != "reread" and c.field != "credits" and fields.is_known(c.field) and (i, _stamp(c.at)) not in undone
    ]
    if not open_:
        return ()
    newest = max(c.at for c in open_)
    return tuple(c for c in open_ if c.at == newest)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


# ---------------------------------------------------------------- what words mean


def find_account(stated: str, directory: Directory) -> tuple[Account | None, tuple[str, ...]]:
    """(the account that is certainly meant, else those that may be)."""
    stated = re.sub(r"\s*\([^()]*\)\s*$", "", stated) or stated
    settled = accounts.settle(stated=stated, addresses=(), hint=None, texts=(), thread=(), directory=directory)
    account = settled.account
    if account is None:
        return None, settled.candidates[:3]
    if settled.reason.source is Source.STATED:
        return account, ()
    names = [fold_name(n) for shown in (account.name, *account.aliases) for n in (shown, accounts.without_legal_form(shown))]
    folded = fold_name(accounts.without_legal_form(stated))
    is_close = len(folded) >= 5 and any(fuzz.ratio(folded, n) >= accounts.FUZZY_STATED for n in names)
    size = len(folded.split())
    is_shared = any(fuzz.ratio(folded, " ".join(fold_name(n).split()[:size])) >= accounts.NEAR for a in directory.accounts if a is not account for n in (a.name, *a.aliases))
    begins = len(folded) >= 4 and any(n.startswith(f"{folded} ") for n in names) and not is_shared
    return (account, ()) if is_close or begins else (None, tuple(dict.fromkeys((account.name, *settled.candidates)))[:3])


def find_category(word: str, categories: Mapping[str, Category]) -> tuple[str | None, tuple[str, ...]]:
    """(the kind that is meant, else names of those that are near)."""
    bare = re.sub(r"^(?:an?|the|eine?|une?|una?|een)\s+|\s+(?:win|kind)$", "", word.strip(), flags=re.I)
    for text in (word, bare):
        if found := mood.category_named(text, categories):
            return found, ()
    folded = fold_name(bare.replace("_", " "))
    spellings = {fold_name(c.name): c.id for c in categories.values()} | {w: i for w, i in mood.SPOKEN.items() if i in categories and len(w) > 4}
    ranked = process.extract(folded, list(spellings), scorer=fuzz.ratio, limit=6, score_cutoff=60)
    ids = list(dict.fromkeys(spellings[name] for name, _, _ in ranked))
    if ranked and ranked[0][1] >= 84 and (len(ids) == 1 or ranked[0][1] - next(s for n, s, _ in ranked if spellings[n] != ids[0]) >= 6):
        return ids[0], ()
    return None, tuple(categories[i].name for i in ids[:3])


def find_member(text: str, directory: Directory) -> Member | None:
    """By address, full name, or a first name that only one colleague has."""
    if "@" in text and (member := directory.member(parse_author(text).address)):
        return member
    folded = fold_name(text)
    colleagues = [m for m in directory.members if not m.is_notifier and m.name]
    exact = [m for m in colleagues if fold_name(m.name) == folded]
    first = [m for m in colleagues if fold_name(m.name).split()[:1] == [folded]]
    found = exact or first
    return found[0] if len(found) == 1 else None


_SHORT_DATE = re.compile(r"^(\d{1,2})\s?([./-])\s?(\d{1,2})(?:\s?\2\s?(\d{2}|\d{4})?)?$")


def days_meant(text: str, written: date) -> tuple[date, ...]:
    """The day a person names, two where 11/12 can be either, none where it is no day. Without a year: the last such day."""
    text = " ".join(text.split()).strip(" .,") if not re.match(r"^\d{1,2}\.\s?\d{1,2}\.$", text.strip()) else text.strip()
    if match := _SHORT_DATE.match(text):
        return _short_days(match, written)
    parsed = parse_date(text)
    if isinstance(parsed, datetime):
        return (parsed.date(),)
    if parsed is not None:
        return (parsed,)
    for variant in (text, f"on {text}", f"on the {text}", f"last {text}", f"am {text}", f"{text} pasado", text.title()):
        if found := windate.in_words(variant, written):
            return (found[0],)
    return ()


def _short_days(match: re.Match[str], written: date) -> tuple[date, ...]:
    first, second, year = int(match[1]), int(match[3]), match[4]
    orders = [(first, second)] if match[2] == "." or first > 12 else [(second, first)] if second > 12 else [(first, second), (second, first)]
    found: list[date] = []
    for day, month in orders:
        years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [written.year, written.year - 1]
        for candidate in years:
            try:
                one = date(candidate, month, day)
            except ValueError:
                continue
            if year or one <= written:
                found.append(one)
                break
    return tuple(dict.fromkeys(found))


_AMOUNT = re.compile(r"(?P<number>(?:[€$£]\s?)?\d[\d.,]*(?:\s?[kKmM]\b)?)\s*(?P<unit>%|[^\W\d_]+(?:\s+(?:per|a|an|pro|par|por|each|every)\s+[^\W\d_]+)?)?")


def _amounts(text: str, what: str) -> tuple[Measure, ...]:
    match = _AMOUNT.search(text)
    return (Measure({"time": "time saved", "cost": "cost saved"}.get(what, ""), None, match["number"].strip(), (match["unit"] or "").strip()),) if match else ()


def _capitalised(name: str) -> str:
    """``dale whitcomb`` from a phone is Dale Whitcomb."""
    return name.title() if name.islower() and all(w.isalpha() for w in name.split()) else name


def _did_you_mean(names: Sequence[str]) -> str:
    return f" Did you mean {_listed(names)}?" if names else ""


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _short(text: str) -> str:
    return shorten(" ".join(text.split()), 160)


_ATTRIBUTES = {"date": "win_date", "measure": "measures", "quote": "note"}
"""Where a wish's field is called otherwise in a win."""

_SETTERS = {
    "account": _Desk._set_account,
    "contact": _Desk._set_contact,
    "date": _Desk._set_date,
    "win_date": _Desk._set_date,
    "value": _Desk._set_value,
    "category": _Desk._set_category,
    "summary": _Desk._set_summary,
    "quote": _Desk._set_quote,
    "cause": _Desk._set_text,
    "expected": _Desk._set_text,
    "experienced": _Desk._set_text,
    "factors": _Desk._set_list,
    "features": _Desk._set_list,
    "urls": _Desk._set_urls,
    "csm": _Desk._set_csm,
    "time": _Desk._set_measure,
    "cost": _Desk._set_measure,
    "measure": _Desk._set_measure,
    "measures": _Desk._set_measure,
    "stance": _Desk._set_stance,
}

_DOERS = {
    "private": _Desk._private,
    "internal": _Desk._internal,
    "share": _Desk._share,
    "delete": _Desk._delete,
    "named": _Desk._named,
    "ok": _Desk._review,
    "model": _Desk._review,
}
