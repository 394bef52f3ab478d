"""What is done to a whole win: private, internal, share, delete, named, reviewed. ``DOERS`` names them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mailwins.model import Review, Stance, Visibility, Win
from mailwins.receipts.corrections.desk import Desk, Told
from mailwins.receipts.corrections.rights import may_review
from mailwins.receipts.wishes import Wish
from mailwins.understanding.internal import cue_of_confidence


def private(desk: Desk, win: Win, wish: Wish) -> None:
    desk.set(win, "visibility", Visibility.PRIVATE)


def internal(desk: Desk, win: Win, wish: Wish) -> None:
    if win.stance is Stance.DOUBT:
        desk.problems.append("A doubt stays with its CSM and managers; it cannot become internal.")
        return
    only = {"share": Visibility.SHAREABLE, "private": Visibility.PRIVATE}.get(wish.instead_of or "")
    if only is not None and win.visibility is not only:
        desk.already(win, "visibility")
        return
    desk.set(win, "visibility", Visibility.INTERNAL)


def share(desk: Desk, win: Win, wish: Wish) -> None:
    why = (
        "A doubt stays with its CSM and managers"
        if win.stance is Stance.DOUBT
        else "Olympics are never shared with customers"
        if win.category == "olympics"
        else None
    )
    if why:
        kept = ""
        if wish.value:
            desk.keep(wish.value)
            kept = " Your words are kept as an internal note."
        desk.problems.append(f"{why}, so this one was not shared.{kept}")
        return
    if wish.value is None and (cue := _asked_for_silence(win)):
        desk.problems.append(
            f"It was told in confidence (“{cue}”), so it stays private. What the customer may read of it wants a sentence of your own: reply “share: …” with it."
        )
        return
    if "stance" in win.doubts:
        # Who wants the customer to read it says that it is good news.
        win = desk.say_so(win, "stance")
    if wish.value:
        win = desk.put(win, customer_text=wish.value)
    desk.set(win, "visibility", Visibility.SHAREABLE)


def _asked_for_silence(win: Win) -> str | None:
    """The words that made a win private and that a bare "share" does not take back; a person who gives words of her own knows them."""
    if win.visibility is not Visibility.PRIVATE or win.customer_text:
        return None
    return cue_of_confidence(win.quote, win.note, win.internal_note)


def delete(desk: Desk, win: Win, wish: Wish) -> None:
    if win.is_deleted:
        desk.told.append(Told("Taken out", None, "already, before this", win.id))
    desk.put(win, is_deleted=True)


def named(desk: Desk, win: Win, wish: Wish) -> None:
    desk.set(win, "is_named", True)


def note(desk: Desk, win: Win, wish: Wish) -> None:
    desk.keep(wish.value or "")


def review(desk: Desk, win: Win, wish: Wish) -> None:
    if not (may_review(desk.by, win) or _is_csm_of(desk, win)):
        if wish.verb == "model":
            desk.keep(f"model: {wish.value}" if wish.value else "model")
            desk.problems.append("Only the CSM and managers choose models; your words are kept as an internal note.")
        return
    if wish.verb == "model":
        if not wish.value and not win.review_why:
            desk.problems.append("Why is it a model? “model: because …” shows others what to look for.")
        if "stance" in win.doubts:
            win = desk.say_so(win, "stance")
        desk.put(win, review=Review.MODEL, review_why=wish.value or win.review_why)
    elif win.review is Review.CAPTURED:
        desk.put(win, review=Review.REVIEWED)
    else:
        desk.already(win, "review")


def _is_csm_of(desk: Desk, win: Win) -> bool:
    account = desk.directory.account(win.account)
    return account is not None and may_review(desk.by, replace(win, csm=account.csm))


DOERS: dict[str, Callable[[Desk, Win, Wish], None]] = {
    "private": private,
    "internal": internal,
    "share": share,
    "delete": delete,
    "named": named,
    "note": note,
    "ok": review,
    "model": review,
}
