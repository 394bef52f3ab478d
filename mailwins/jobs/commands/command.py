"""What a command is, how it is found in a mail, and the plain answer most of them give."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mailwins.jobs.answering import Answering
from mailwins.model import Kind, Member, Outcome, Win
from mailwins.patterns import rare
from mailwins.ports import Settled
from mailwins.receipts import compose
from mailwins.render import day, short_day
from mailwins.understanding.periods import Period

MAX_WORDS = 12
MAX_REST_WORDS = 8
SHOWN = 12

Answer = Callable[[Answering, str, Member], Settled | None]
"""(the mail, what followed the phrase, who asks); None when it was no command after all."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a member may ask for.

    *phrases* is a pattern of what begins it, in any case. *example* and *does* are its line of
    ``help``. *takes*: "nothing" may follow, or "words" must, or "either". *whole* is a form that
    is known at any length (a reason may be long). *details*: the keys of lines that may stand
    below the first and belong to it ("next: …"); empty where none do.
    """

    name: str
    phrases: str
    example: str
    does: str
    answer: Answer
    takes: str = "nothing"
    most_words: int = MAX_REST_WORDS
    whole: str = ""
    details: str = ""

    def match(self, line: str) -> str | None:
        """What follows the phrase in *line*, or None where *line* is not this command."""
        found = re.match(rf"^(?:{self.phrases})(?P<rest>(?=\W|$).*|)$", line, re.I | re.S)
        if found is None:
            return None
        rest = re.sub(
            r"\s*\b(?:please|pls|plz|bitte|thanks|thx|thank you|danke|svp|merci)$",
            "",
            found["rest"].strip(" .!,:?"),
            flags=re.I,
        ).strip(" .!,:")
        if self.takes == "nothing":
            return "" if not rest else None
        if (self.takes == "words" and not rest) or len(rest.split()) > self.most_words or _NEWS.search(rest):
            return None
        return rest


@dataclass(frozen=True, slots=True)
class Found:
    """*rest*: what followed the phrase, as typed."""

    command: Command
    rest: str = ""


_LEAD = rare(
    r"^(?:(?:hi|hello|hey|dear|hallo)\b[^,\n]{0,20},?\s+)?(?:please|pls|can you|could you|can i (?:get|have|see)|bitte|mailwins|wins)?[,:]?\s*(?:please\s+|send me\s+|show me\s+)?",
    re.I,
)
# Words that only news has: "update: they saved 4 hours" is no command.
_NEWS = rare(
    r"\b(?:reached|saved|said|told|loves?|loved|signed|renewed|went|was|were|is|are|has|have|had|got|happy|great|thanks to|because|after|from)\b",
    re.I,
)


def find(commands: Sequence[Command], subject: str | None, text: str | None) -> Found | None:
    """The command that a mail is, from its subject or its first line; None for everything that reads like news.

    A subject counts only when nothing but a sign-off stands below it; a first line only when it is short.
    """
    lines = [x.strip() for x in (text or "").split("\n") if x.strip()]
    is_bare = not lines or (len(lines) == 1 and len(lines[0].split()) <= 3)
    if subject and is_bare and (found := _in_line(commands, subject)):
        if not (lines and found.command.details and (re.search(r"\d", lines[0]) or _ADDS.match(lines[0]))):
            return found
        is_bare = False
    if subject and is_bare and (found := _whole(commands, subject, ())):
        return found
    if not lines:
        return None
    if whole := _whole(commands, lines[0], lines[1:] if len(lines) <= 4 else ()):
        return whole
    if (
        len(lines) in (1, 2)
        and (found := _in_line(commands, lines[0]))
        and not (found.command.details and len(lines) == 2)
    ):
        return found if len(lines) == 1 or len(lines[1].split()) <= 3 else None
    # The subject carries the command and the first line repeats or details it ("update Acme" / "since 1 September").
    for place, below in ((subject, lines), (lines[0], lines[1:])):
        if (
            place
            and len(lines) <= 6
            and (found := _in_line(commands, place))
            and found.command.details
            and all(_is_detail(found.command, line) for line in below)
        ):
            return Found(found.command, "\n".join([found.rest, *below]))
    return None


# A time, a person or a language: what a line below a command adds to it. Longer ones tell something.
_ADDS = rare(
    r"^\W*(?:since|from|until|seit|ab|von|bis|depuis|desde|hasta|sinds|vanaf|sedan|od|for|to|für|an|pour|à|para|voor|aan|per|in|auf|en|em|please|pls|bitte|svp|por favor|graag|alsjeblieft|hi|hello|hey|hallo|bonjour|hola|dag|thanks|thank you|danke|merci|gracias|dank)(?!\w)",
    re.I,
)


def _is_detail(command: Command, line: str) -> bool:
    """Whether a line below *command* belongs to it: else the mail brings news, and the command's word stands in it by chance."""
    count = len(line.split())
    return (
        (count <= 3 and not re.search(r"\d\s?%|!", line))
        or re.match(rf"^\W*(?:{command.details})\s*[:=]", line, re.I) is not None
        or (count <= MAX_REST_WORDS and _ADDS.match(line) is not None)
        or _in_line((command,), line) is not None
    )


def _whole(commands: Sequence[Command], line: str, below: Sequence[str]) -> Found | None:
    """A command known by its form at any length, such as one with a reason."""
    for command in commands:
        for text in dict.fromkeys((line.strip(), _LEAD.sub("", line.strip(), count=1))):
            if command.whole and (match := re.match(command.whole, text, re.I)):
                return Found(command, " ".join([match["rest"], *below]))
    return None


def _in_line(commands: Sequence[Command], line: str) -> Found | None:
    plain = line.strip().strip("\"'“”„`").rstrip(" .!")
    if len(plain.split()) > MAX_WORDS:
        return None
    for candidate in dict.fromkeys((plain, _LEAD.sub("", plain, count=1))):
        for command in commands:
            if (rest := command.match(candidate)) is not None:
                return Found(command, rest)
    return None


# ---------------------------------------------------------------- answers


def settled(
    answering: Answering,
    member: Member,
    heading: str,
    lines: Sequence[str],
    *,
    rows: Sequence[tuple[str, str]] = (),
    help_: str = "",
    **more: Any,
) -> Settled:
    """The answer to a command: a heading, a few lines, perhaps a list. *more* goes into ``Settled``."""
    view = compose.answer(heading, lines, answering.scene, rows=rows, help_=help_)
    done = answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value, **more)
    return answering.answered(done, view, member, None, (), is_asked_for=True)


def rows_of(wins: Sequence[Win], *, with_account: bool = True) -> list[tuple[str, str]]:
    return [
        (
            f"{short_day(w.win_date)}, {w.id}",
            f"{w.account + ': ' if with_account and w.account and w.account.casefold() not in w.summary.casefold() else ''}{w.summary}",
        )
        for w in wins[:SHOWN]
    ]


def more_than_shown(wins: Sequence[Win]) -> list[str]:
    return [f"The newest {SHOWN} of {len(wins)}."] if len(wins) > SHOWN else []


def span(period: Period) -> str:
    return f"from {day(period.first)} to {day(period.last)}" if period.last else f"since {day(period.first)}"
