"""The page for a quarterly review, on the command line or asked for by mail. What is on it went through the wall."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mailwins.errors import UsageError
from mailwins.jobs.answering import Answering
from mailwins.jobs.asking import account_called, asker_of, may_ask, refusal, seen_by
from mailwins.jobs.desk import Desk, address_of
from mailwins.model import Account, Kind, Member, Outcome
from mailwins.outbox import Enclosed
from mailwins.ports import Settled, WinFilter
from mailwins.receipts import compose as receipts
from mailwins.render import Rendered, counted, listed
from mailwins.understanding.naming import named, named_with_period
from mailwins.updates.compose import Signature
from mailwins.updates.phrases import language_of
from mailwins.updates.qbr import Quarter, Review, compose_review, quarter_of, quarter_to_review
from mailwins.updates.wall import LeftOut, colleagues_of, sort_wins
from mailwins.updates.words import cut

KIND = "qbr"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """*review* and *page* None when nothing may be shown. *page*: HTML, and Markdown as its text."""

    account: Account
    quarter: Quarter
    review: Review | None
    page: Rendered | None
    left_out: tuple[LeftOut, ...]

    @property
    def name(self) -> str:
        """For files, without an ending."""
        plain = "-".join("".join(c if c.isalnum() else " " for c in self.account.name).split())
        return f"{plain or 'review'}-{self.quarter.year}Q{self.quarter.number}"


def review(
    desk: Desk, account: Account, quarter: Quarter, member: Member, goals: Sequence[str] = (), today: date | None = None
) -> Reviewed:
    wins = desk.store.wins(WinFilter(account=account.name, since=quarter.first, until=quarter.last))
    # What was told in an update may be told again: this page looks back on all of it.
    found = sort_wins(
        seen_by(member, account, wins),
        account=account.name,
        since=quarter.first,
        until=quarter.last,
        told={},
        colleagues=colleagues_of(desk.known().directory),
    )
    language = account.language or language_of([w.words for w in found.shareable]) or desk.config.company.language
    title = member.role if " " in member.role or member.role[:1].isupper() else None
    signature = Signature(member.name, title, desk.config.company.name, member.address)
    view = compose_review(
        account.name, quarter, found.shareable, signature=signature, language=language, goals=goals, today=today
    )
    return Reviewed(
        account, quarter, view, desk.renderer.render("qbr", {"mail": view}) if view else None, found.left_out
    )


def review_for(
    desk: Desk,
    name: str,
    quarter: str,
    *,
    asker: str | None = None,
    goals: Sequence[str] = (),
    today: date | None = None,
) -> Reviewed:
    """By the account's name and a quarter as people write it. *today*: a quarter that still runs ends there. Raises UsageError."""
    wanted = quarter_of(quarter)
    if wanted is None:
        raise UsageError(f"“{quarter}” is no quarter.", "Write it like 2026Q3.")
    directory = desk.known().directory
    account = account_called(name, directory, takes_close=True)
    member = asker_of(account, asker, directory, command="mailwins qbr ACCOUNT QUARTER")
    if not may_ask(member, account):
        raise UsageError(refusal(desk, account))
    return review(desk, account, wanted, member, goals, today)


# ---------------------------------------------------------------- asked for by mail

_GOAL = re.compile(r"^\s*goals?\s*[:=]\s*(?P<goal>.+)$", re.I | re.M)
_MOST_WORDS = 4


def asked(answering: Answering, rest: str, member: Member) -> Settled | None:
    """``qbr Acme 2026Q3`` and, if she likes, a line ``goal: …`` for each; None when it reads like news of a review."""
    first = rest.strip().partition("\n")[0].strip(" .,:;")
    name, quarter, is_named = _meant(first, answering)
    if (
        not is_named
        and isinstance(named(name, answering.desk.known().directory), tuple)
        and len(name.split()) > _MOST_WORDS
    ):
        return None
    goals = [" ".join(m["goal"].split()) for m in _GOAL.finditer(rest)]
    try:
        done = review_for(answering.desk, name, quarter.name, asker=member.address, goals=goals, today=answering.day)
    except UsageError as error:
        view = receipts.answer(
            "No page yet", [str(error).replace("See: mailwins accounts list", "").strip()], answering.scene
        )
        return answering.answered(
            answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value),
            view,
            member,
            None,
            (),
            is_asked_for=True,
        )
    desk = answering.desk
    heading = f"{done.account.name}, {done.quarter.name}"
    lines = told(done)
    if not is_named:
        lines.insert(
            0,
            f"You named no quarter, so it is {done.quarter.name}. For another: “qbr {name} {quarter.following.name.replace(' ', '')}”.",
        )
    files: tuple[Enclosed, ...] = ()
    if done.page is not None:
        files = (
            Enclosed(f"{done.name}.html", "text/html", done.page.html.encode()),
            Enclosed(f"{done.name}.md", "text/markdown", done.page.text.encode()),
        )
    view = receipts.answer(
        heading,
        lines,
        answering.scene,
        rows=[(f"Win {left.win_id}", f"{cut(left.summary, 200)}: {left.why}") for left in done.left_out[:12]],
    )
    mail = desk.letter(
        "receipt",
        view,
        kind=KIND,
        cause=answering.mail.sha256,
        to=address_of(member, answering.message),
        subject=f"Review page: {heading}" if files else f"No review page: {heading}",
        now=answering.now,
        files=files,
        win_ids=done.review.win_ids if done.review else (),
    )
    return answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value, outgoing=(mail,))


def _meant(words: str, answering: Answering) -> tuple[str, Quarter, bool]:
    """(the account as typed, the quarter, whether one was named): "Acme 2026Q3", "Acme last quarter", "Acme"."""
    usual = quarter_to_review(answering.day)
    meant = named_with_period(words, answering.desk.known().directory, answering.day)
    if meant.period is None:
        return meant.words, usual, False
    return meant.words, Quarter.of(meant.period.first), True


def told(done: Reviewed) -> list[str]:
    """For the CSM alone: what is on the page, what is not, and what she may add."""
    shown = done.review
    if shown is None:
        lines = [
            "Nothing of that quarter may be shown to them yet. Approve words by replying “share” with a number to the win's receipt."
        ]
    else:
        lines = [
            f"{counted(len(shown.win_ids), 'win')} on the page: only words they wrote or you approved. Open the file in a browser, print it, or paste the Markdown."
        ]
    own = {g.goal.casefold() for g in shown.goals} if shown else set()
    on_file = [g for g in done.account.goals if g.casefold() not in own]
    if on_file:
        lines.append(
            f"Their goals in our list are not on it: {listed(f'“{g}”' for g in on_file)}. Write “goal: …”, a line each below the command, to put them there."
        )
    if done.left_out:
        lines.append(f"Left out: {counted(len(done.left_out), 'win')}.")
    return lines
