"""What is done to a whole win: private, internal, share, delete, named, reviewed. ``DOERS`` names them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from mailwins.model import Review, Stance, Visibility, Win
from mailwins.patterns import rare
from mailwins.receipts.corrections.desk import Desk, Told
from mailwins.receipts.corrections.meant import short
from mailwins.receipts.corrections.rights import may_review
from mailwins.receipts.wishes import Wish
from mailwins.understanding.internal import cue_of_confidence, is_internal


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
        words, asides = _for_them(wish.value)
        for aside in asides:
            desk.keep(aside)
            desk.problems.append(
                f"“{short(aside)}” reads as if it were meant for us, so the customer gets it in no draft; it is kept as an internal note. If it was a correction, send it on a line of its own."
            )
        if not words:
            return
        win = desk.put(desk.wins[win.id], customer_text=words)
    desk.set(win, "visibility", Visibility.SHAREABLE)


# "…. But don't mention the discount", "…. Contact is Dale Whitcomb": said to us in the same breath.
_TO_US = rare(
    r"(?:(?:but|and|aber|und|mais|et|pero|y|maar|en|ma|e|mas|men|och|ale|i)[ ,]+)?(?:(?:please|bitte|svp|por favor|per favore|alsjeblieft|snälla|proszę)[ ,]+)?"
    r"(?:(?:do not|don['’]t|never|just not|not) (?:tell|mention|show|say|send|forward|share|quote|name|include)\b|"
    r"(?:nicht|nichts|niemals) (?:vom|von|den|die|das|über)\b|(?:erwähn\w*|nenn\w*|zeig\w*|sag\w*)\b.{0,60}\bnicht\b|"
    r"ne (?:pas )?(?:\w+ )?(?:dire|mentionner|montrer|parler|dites|mentionnez|montrez|parlez)\b|no (?:les |le )?(?:digas|decir|mencion\w+|mostrar|muestres)\b|"
    r"niet (?:zeggen|vermelden|noemen|tonen)\b|(?:vermeld|noem|zeg|toon)\b.{0,60}\bniet\b|non (?:dire|dite|dirgli|menzionare|mostrare)\b|não (?:diga|dizer|mencion\w+|mostr\w+)\b|"
    r"(?:nämn|säg|visa)\b.{0,60}\binte\b|nie (?:mów\w*|wspominaj\w*|pokazuj\w*)\b|"
    r"(?:the |their )?(?:contact|value|kind|category|account|date|summary|cause|csm)(?:'s| is| was|:| =)\s)",
    re.I,
)


def _for_them(words: str) -> tuple[str, list[str]]:
    """(what the customer may read, sentences of the same breath that are meant for us)."""
    kept: list[str] = []
    asides: list[str] = []
    for sentence in re.split(r"(?<=[.!?…])\s+", words.strip()):
        (asides if _TO_US.match(sentence) or is_internal(sentence) else kept).append(sentence)
    return " ".join(kept), asides


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
