"""One field each: what a person's word for it does to a win. ``SETTERS`` names them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from mailwins.model import Account, Contact, Stance, Visibility, Win, WinContact
from mailwins.parsers.addresses import parse_author
from mailwins.parsers.urls import clean_urls, find_urls
from mailwins.receipts.corrections.desk import Desk
from mailwins.receipts.corrections.meant import (
    amounts,
    capitalised,
    days_meant,
    days_of_month,
    did_you_mean,
    find_account,
    find_category,
    find_member,
    listed,
    short,
)
from mailwins.receipts.wishes import Wish
from mailwins.receipts.wishes.phrases.renaming import is_spelling
from mailwins.understanding import accounts, measures, mood
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.sorts import is_only_a_sort
from mailwins.understanding.summary.line import MAX_LENGTH, shorten

NONE = frozenset(
    {
        "none",
        "no one",
        "nobody",
        "-",
        "–",
        "nothing",
        "empty",
        "n/a",
        "keine",
        "keiner",
        "kein",
        "niemand",
        "aucun",
        "aucune",
        "personne",
        "ninguno",
        "ninguna",
        "nadie",
        "geen",
        "n.a.",
    }
)


def set_account(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    if value.lower() in NONE:
        desk.set(win, "account", None)
        desk.put(desk.wins[win.id], csm=None)
        return
    account, candidates = find_account(value, desk.directory)
    if account is None:
        if wish.instead_of and rename(desk, [win], value, wish.instead_of):
            return
        if _means_contact(desk, win, wish, value):
            set_contact(desk, win, wish, value)
            return
        desk.problems.append(
            f"I know no account called “{short(value)}”.{did_you_mean(candidates)} {_still(desk, win)}"
        )
        return
    if account.name != win.account:
        _learn(desk, win.contact, account.name)
    was = win.account
    new = desk.set(win, "account", account.name)
    if account.name != was and new.csm != account.csm:
        desk.put(new, csm=account.csm)


def _still(desk: Desk, win: Win) -> str:
    return f"It stays with {win.account}." if win.account else "It has no account yet."


def _means_contact(desk: Desk, win: Win, wish: Wish, value: str) -> bool:
    """ "It's Dale, not Dana" is about people, when Dana is the contact or Dale a contact we know."""
    current = fold_name(win.contact.name or "") if win.contact else ""
    if (
        wish.instead_of
        and current
        and fold_name(wish.instead_of)
        and (fold_name(wish.instead_of) in (current, current.split()[0], current.split()[-1]))
    ):
        return True
    return _known_contact(desk, win, value) is not None


def _known_contact(desk: Desk, win: Win, name: str, account: str | None = None) -> Contact | None:
    account = account or win.account
    mine = [c for c in desk.directory.contacts if c.name and (account is None or c.account == account)]
    folded = fold_name(name)
    exact = [c for c in mine if fold_name(c.name or "") == folded]
    first = [c for c in mine if folded and fold_name(c.name or "").split()[:1] == [folded]]
    found = exact or first
    return found[0] if len(found) == 1 else None


def set_contact(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    if value.lower() in NONE:
        desk.set(win, "contact", None)
        return
    if (
        "@" not in value
        and "," not in value
        and _known_contact(desk, win, value) is None
        and (owners := accounts.index_of(desk.directory).exact.get(fold_name(value)))
        and len(owners) == 1
    ):
        set_account(desk, win, wish, value)
        return
    if is_only_a_sort(fold_name(value)):
        # "It's the hospital" is about whose news it is, and no person.
        _, candidates = find_account(value, desk.directory)
        desk.problems.append(
            f"I know no account called “{short(value)}”.{did_you_mean(candidates)} {_still(desk, win)}"
        )
        return
    person, account = _person(desk, win, value)
    if person is None:
        desk.problems.append(f"I could not read a person from “{short(value)}”.")
        return
    if account is not None and account.name != win.account:
        set_account(desk, win, wish, account.name)
        win = desk.wins[win.id]
    desk.set(win, "contact", person)
    _learn(desk, person, desk.wins[win.id].account)


def _person(desk: Desk, win: Win, value: str) -> tuple[WinContact | None, Account | None]:
    """(who is meant, the company that was named with them)."""
    account: Account | None = None
    if match := re.search(r"[\s,]+(?:from|at|of|von|bei|de|chez|van|bij|del)\s+([^,()<>@]{2,60})$", value):
        owners = accounts.index_of(desk.directory).exact.get(fold_name(match[1]), [])
        if len(owners) == 1:
            account, value = owners[0], value[: match.start()]
    role = None
    if match := re.search(r"\s*[(,]\s*([^()@<>,]{2,60}(?:,[^()@<>]{2,40})?)\)?\s*$", value):
        role, value = (
            re.sub(
                r"^(?:(?:their|the|our|a|an|ihr|ihre|son|sa|leur|su|hun|de|der|die)\s+)",
                "",
                match[1].strip(),
                flags=re.I,
            ),
            value[: match.start()],
        )
    author = parse_author(value)
    name = capitalised(author.name) if author.name else None
    if name is None and author.address is None:
        return None, account
    known = (
        desk.directory.contact(author.address)
        if author.address
        else _known_contact(desk, win, name or "", account.name if account else None)
    )
    old = win.contact
    is_same = (
        old is not None
        and bool(name and old.name)
        and set(fold_name(old.name or "").split()) & set(fold_name(name or "").split()) != set()
    )
    return WinContact(
        (known.name if known and known.name else None)
        or name
        or (old.name if old and author.address and old.address == author.address else None),
        author.address or (known.address if known else None) or (old.address if old and is_same else None),
        role or (known.role if known else None) or (old.role if old and is_same else None),
    ), account


def _learn(desk: Desk, contact: WinContact | None, account: str | None) -> None:
    if contact is None or contact.address is None or account is None or desk.directory.member(contact.address):
        return
    known = desk.directory.contact(contact.address)
    domain = contact.address.rsplit("@", 1)[-1].lower()
    if (known and not known.learned) or domain in desk.directory.own_domains:
        return
    desk.contacts.append(Contact(contact.name, contact.address, account, contact.role))


def set_date(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    days = days_of_month(value, wish.instead_of, win.win_date, desk.written)
    if days == () and wish.instead_of:
        desk.problems.append(
            f"The date is {desk.shown(win, 'win_date')}, so I could not tell of which month “{short(value)}” is. Write the month as a word."
        )
        return
    if days is None:
        days = days_meant(value, desk.written)
    if len(days) != 1:
        which = " or ".join(f"{d.day} {d:%B}" for d in days)
        desk.problems.append(
            f"“{short(value)}” can be {which}; which one? Write the month as a word."
            if days
            else f"I could not read “{short(value)}” as a day; “12 Nov” or “2026-11-12” would do."
        )
    elif days[0] > desk.written:
        desk.problems.append(f"“{short(value)}” lies in the future, so the date stays {desk.shown(win, 'win_date')}.")
    else:
        desk.set(win, "win_date", days[0])


def set_value(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    if win.stance is Stance.DOUBT:
        desk.problems.append("This is a doubt, which always counts as 1; the value stays.")
        return
    if value.lower() in NONE:
        desk.say_so(desk.put(win, value=None, value_effective=_default(desk, win.category)), "value")
        return
    number = measures.stated_value(value) if re.fullmatch(r"\d{1,2}(?:\s*/\s*10)?", value) else None
    if number is None:
        desk.problems.append(
            f"A value is a whole number from 1 to 10, so “{short(value)}” was not taken; it stays {win.value_effective}."
        )
        return
    if win.value is None and win.value_effective == number:
        desk.already(win, "value_effective", is_confirmed=True)
    desk.put(desk.set(win, "value", number), value_effective=number)


def _default(desk: Desk, category: str | None) -> int:
    known = desk.categories.get(category) if category else None
    return known.default_value if known else 5


def set_category(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    found, near = find_category(value, desk.categories)
    if found is None:
        names = near or tuple(c.name for c in desk.categories.values())
        desk.problems.append(
            f"I know no kind called “{short(value)}”.{did_you_mean(near) if near else f' There are {listed(names)}.'}"
        )
        return
    is_new = found != win.category
    new = desk.set(win, "category", found)
    if not is_new:
        return
    if new.value is None and new.stance is not Stance.DOUBT:
        new = desk.put(new, value_effective=_default(desk, found))
    if found == "olympics" and new.visibility is Visibility.SHAREABLE:
        desk.put(new, visibility=Visibility.INTERNAL)
        desk.problems.append("Olympics are never shared with customers, so it is internal now.")
    if text := win.detail or win.summary:
        desk.examples.append((text, found, win.id, desk.by.address))


def set_summary(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    line = " ".join(value.split())
    if len(line) > MAX_LENGTH:
        desk.keep(line)
        win, line = desk.wins[win.id], shorten(line, MAX_LENGTH)
        desk.problems.append(
            f"A summary has at most {MAX_LENGTH} characters; I shortened yours and kept the whole as an internal note."
        )
    if not line:
        return
    was_open = win.reasons.get("category")
    win = desk.set(win, "summary", line)
    if win.category is None and was_open is not None and (said := mood.kind_said_by(line, was_open.candidates)):
        # What it tells is settled, and with it often what kind of news that is.
        kind, why = said
        desk.put(
            win,
            category=kind,
            value_effective=win.value or _default(desk, kind),
            reasons={**win.reasons, "category": why},
        )


def set_quote(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    if win.quote is None:
        desk.set(win, "note", value)
        return
    desk.keep(value)
    desk.problems.append(
        "The customer's words stay as they were written; yours are kept as an internal note. “summary: …” changes the line above them."
    )


def set_text(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    desk.set(win, wish.field or "", None if value.lower() in NONE else value)


def set_list(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    name = wish.field or ""
    given = (
        ()
        if value.lower() in NONE
        else tuple(
            dict.fromkeys(p for p in (x.strip(" .") for x in re.split(r"[,;]|\s+(?:and|und|et|y|en)\s+", value)) if p)
        )
    )
    old: tuple[str, ...] = getattr(win, name)
    desk.set(win, name, tuple(dict.fromkeys((*old, *given))) if wish.verb == "add" else given)


def set_praised(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    given = [p for x in re.split(r"[,;&+/]|\s+(?:and|und|et|y|en|e|och|i)\s+", value) if (p := x.strip(" .!"))]
    found = {p: find_member(p, desk.directory) for p in given if p.lower() not in NONE}
    if unknown := [p for p, member in found.items() if member is None]:
        desk.problems.append(
            f"I know no colleague called “{short(listed(unknown))}”, or more than one, so the praise stays; full names would do."
        )
        return
    desk.set(win, "praised", tuple(dict.fromkeys(m.name for m in found.values() if m)))


def rename(desk: Desk, wins: Iterable[Win], new: str, old: str) -> bool:
    """ "It's Mia, not Mira": whichever name of the one win that bears *old* is meant. False where none does, or several."""
    wins = list(wins)
    bearing = [w for w in wins if _bears(w, old)]
    misspelt = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.I)
    if not bearing and len(wins) == 1 and is_spelling(new, old) and misspelt.search(wins[0].summary):
        # "It's adoption, not adoptin" is about the headline.
        set_summary(desk, wins[0], Wish("set", "summary"), misspelt.sub(lambda _: new, wins[0].summary))
        return True
    if len(bearing) != 1:
        return False
    (win,) = bearing
    if win.contact and win.contact.name and _has_words(win.contact.name, old):
        set_contact(desk, win, Wish("set", "contact", new), _put_right(win.contact.name, new, old))
        return True
    member = find_member(new, desk.directory)
    if member is None:
        return False
    praised = tuple(dict.fromkeys(member.name if _has_words(p, old) else p for p in win.praised))
    desk.set(win, "praised", praised)
    return True


def _bears(win: Win, name: str) -> bool:
    return any(_has_words(n, name) for n in ((win.contact.name or "") if win.contact else "", *win.praised))


def _has_words(name: str, words: str) -> bool:
    wanted = fold_name(words).split()
    return bool(wanted) and set(wanted) <= set(fold_name(name).split())


def _put_right(name: str, new: str, old: str) -> str:
    """Of "Bethany Crouch" only what was called wrong; who is named in full replaces all of it."""
    new = capitalised(new)
    if len(new.split()) > 1 or len(old.split()) > 1:
        return new
    return " ".join(new if fold_name(word) == fold_name(old) else word for word in name.split())


def set_urls(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    found = clean_urls(find_urls(value))
    if not found:
        desk.problems.append(f"I found no link in “{short(value)}”; it begins with https://.")
        return
    desk.set(win, "urls", tuple(dict.fromkeys((*win.urls, *found))))


def set_csm(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    member = find_member(value, desk.directory)
    if member is None:
        desk.problems.append(
            f"I know no colleague called “{short(value)}”, or more than one, so the CSM stays; the full name or the address would do."
        )
        return
    desk.set(win, "csm", member.address)


def set_measure(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    found = measures.find_measures(value) or amounts(value, wish.field or "")
    if not found:
        desk.keep(f"{wish.field}: {value}")
        desk.problems.append(f"I found no number in “{short(value)}”; it is kept as an internal note.")
        return
    desk.set(win, "measures", tuple(dict.fromkeys((*win.measures, *found))))


def set_stance(desk: Desk, win: Win, wish: Wish, value: str) -> None:
    if win.stance is Stance.DOUBT:
        desk.problems.append("A doubt stays one, with its CSM and managers.")
    elif re.search(r"worr|doubt|sorge|zweifel|inqui|preocup|zorg", value, re.I):
        new = desk.set(win, "stance", Stance.DOUBT)
        desk.put(new, value=1, value_effective=1, visibility=Visibility.PRIVATE)
    elif re.search(r"good|praise|win|gut|bon|buen|goed", value, re.I):
        desk.set(win, "stance", Stance.PRAISE)
    else:
        desk.keep(value)


SETTERS: dict[str, Callable[[Desk, Win, Wish, str], None]] = {
    "account": set_account,
    "contact": set_contact,
    "date": set_date,
    "win_date": set_date,
    "value": set_value,
    "category": set_category,
    "summary": set_summary,
    "quote": set_quote,
    "cause": set_text,
    "expected": set_text,
    "experienced": set_text,
    "factors": set_list,
    "features": set_list,
    "urls": set_urls,
    "praised": set_praised,
    "csm": set_csm,
    "time": set_measure,
    "cost": set_measure,
    "measure": set_measure,
    "measures": set_measure,
    "stance": set_stance,
}
