"""What a member's wishes do to wins: who may, what changes, what to tell her. Pure: the new values go to the store by others.

Every change is found by comparing the wins before and after, so that history never misses one
and ``undo`` can put everything back, reasons and doubts included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mailwins.config import Kind as Category
from mailwins.model import Attachment, Change, Contact, Directory, Member, Win
from mailwins.receipts.corrections.desk import ATTRIBUTES, SHARED, Desk, Told, has_label
from mailwins.receipts.corrections.meant import days_meant, find_account, find_category, find_member, short
from mailwins.receipts.corrections.rights import may_correct, may_review
from mailwins.receipts.corrections.setters import SETTERS, rename, set_account
from mailwins.receipts.corrections.undo import UNDO, newest_group, undo
from mailwins.receipts.corrections.verbs import DOERS
from mailwins.receipts.wishes import Reply, Wish
from mailwins.receipts.wishes.phrases.renaming import renamed
from mailwins.understanding import accounts
from mailwins.understanding.accounts import fold_name


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
    is_undone: bool = False


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
    desk = Desk(tuple(wins), by, directory, categories, now, written, history or {}, asked_win)
    _work_through(desk, reply, attachments)
    originals = {w.id: w for w in desk.before}
    changed = tuple(w for w in desk.wins.values() if w != originals[w.id])
    return Corrected(
        changed,
        tuple(desk.changes),
        tuple(dict.fromkeys(desk.told)),
        tuple(dict.fromkeys(desk.problems)),
        tuple(desk.examples),
        desk.splits,
        "\n".join(desk.questions) or None,
        tuple(dict.fromkeys(desk.contacts)),
        desk.is_undone,
    )


def _work_through(desk: Desk, reply: Reply, attachments: tuple[Attachment, ...]) -> None:
    wishes = [w for w in reply.wishes if w.verb not in ("thanks", "question")]
    desk.questions = [w.value for w in reply.wishes if w.verb == "question" and w.value]
    if not desk.wins:
        if [w for w in wishes if w.verb != "ok"] or reply.left or attachments:
            desk.refuse(desk.before)
        return
    for wish in wishes:
        if wish.verb == "undo":
            undo(desk, wish)
    start = dict(desk.wins)
    for wish in wishes:
        if wish.verb != "undo" and not _contradicts(desk, wish, wishes):
            _apply(desk, wish)
    if attachments:
        desk.attach(attachments)
    for question in [q for q in desk.questions if _is_own(desk)]:
        desk.keep(question)
        desk.problems.append(f"I cannot answer “{short(question)}”; it is kept as an internal note. {_as_it_is(desk)}")
    if left := _second_look(desk, reply.left):
        desk.keep(left)
        did = any(w.verb not in ("question", "ok") for w in wishes) and desk.wins != start
        desk.problems.append(
            f"“{short(left)}” is kept as an internal note."
            if did
            else f"I did not understand “{short(left)}”, so it is kept as an internal note."
        )
    desk.record(start)


def _is_own(desk: Desk) -> bool:
    """Who captured the win asks herself: there is nobody to pass it on to."""
    return any(w.submitted_by in desk.by.addresses for w in desk.wins.values())


def _as_it_is(desk: Desk) -> str:
    win = next(iter(desk.wins.values()))
    seen = {
        "private": "only its CSM and managers see it",
        "internal": "colleagues see it, the customer does not",
        "shareable": "colleagues see it, and the customer may be shown it in an update that the CSM sends",
    }
    return f"Win {win.id} is {win.visibility.value}: {seen[win.visibility.value]}."


def _contradicts(desk: Desk, wish: Wish, wishes: Sequence[Wish]) -> bool:
    if wish.verb == "share" and any(
        w.verb in ("private", "internal") and (w.win == wish.win or None in (w.win, wish.win)) for w in wishes
    ):
        desk.problems.append("You wrote both private and share; I did not share it.")
        return True
    return False


def _second_look(desk: Desk, left: str | None) -> str | None:
    """Words that were not understood but are, with little around it, an account's name: "nope its globex". What remains is returned."""
    lines = (left or "").split("\n")
    for index, line in enumerate(lines):
        if (names := renamed(line)) is not None and rename(desk, list(desk.wins.values()), *names):
            return _second_look(desk, "\n".join(lines[:index] + lines[index + 1 :]))
        bare = _AROUND_A_NAME.sub("", fold_name(line)).strip()
        owners = accounts.index_of(desk.directory).exact.get(bare, [])
        if bare and len(owners) == 1 and len(desk.wins) == 1:
            set_account(desk, next(iter(desk.wins.values())), Wish("set", "account", owners[0].name), owners[0].name)
            return "\n".join(lines[:index] + lines[index + 1 :]) or None
    return left or None


_AROUND_A_NAME = re.compile(
    r"^(?:(?:no|nope|nein|non|sorry|oops|its|it is|it s|thats|that is|this is|this was|it was|das ist|es ist|das war|c est|cest|es|era|het is|dit is|wrong (?:account|customer|company|one)|(?:the )?(?:customer|client|company|account) (?:is|was|should be)|(?:der )?kunde ist|le client est|el cliente es|(?:de )?klant is|should be|meant|i meant|actually|correct is) )+"
    r"|(?: (?:please|pls|thanks|thx|actually|though|sorry|bitte|merci|gracias|danke|of course))+$"
)


# ---------------------------------------------------------------- one wish


def _apply(desk: Desk, wish: Wish) -> None:
    if wish.verb == "split":
        desk.splits = True
        return
    for target in desk.targets(wish):
        win = desk.wins[target.id]
        if wish.verb in ("set", "answer", "add"):
            _change(desk, win, wish)
        else:
            DOERS[wish.verb](desk, win, wish)


def _change(desk: Desk, win: Win, wish: Wish) -> None:
    name = wish.field or ""
    value = (wish.value or "").strip()
    if wish.verb == "answer" and not value:
        if name == "summary":
            desk.problems.append(f"It keeps the line “{short(win.summary)}” until you give it another: “summary: …”.")
        return
    if wish.verb == "answer" and value == "yes":
        attribute = ATTRIBUTES.get(name, name)
        if has_label(attribute) and getattr(win, attribute, None):
            desk.set(win, attribute, getattr(win, attribute))
        return
    setter = SETTERS.get(name)
    if setter is None:
        desk.keep(f"{name}: {value}")
        desk.problems.append(f"I cannot change “{name}” by mail; it is kept as an internal note.")
        return
    setter(desk, win, wish, value)


__all__ = [
    "SHARED",
    "UNDO",
    "Corrected",
    "Told",
    "correct",
    "days_meant",
    "find_account",
    "find_category",
    "find_member",
    "may_correct",
    "may_review",
    "newest_group",
]
