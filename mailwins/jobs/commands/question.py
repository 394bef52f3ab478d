"""A mail that only asks us something: never a win. It is answered with what is known of the account it names, and what can be asked."""

from __future__ import annotations

import re

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands import wins
from mailwins.jobs.commands.command import more_than_shown, rows_of, settled
from mailwins.model import Directory, Member
from mailwins.patterns import rare
from mailwins.ports import Settled, WinFilter
from mailwins.understanding.accounts import index_of

MAX_WORDS = 30
# "Can you believe it?" and "Did you hear?" tell something; these ask.
_ASKS = rare(
    r"^(?:(?:hi|hello|hey|hallo)\b[^,.!?\n]{0,20}[,.!]?\s+)?(?:please\s+|bitte\s+)?(?:what|why|who|whose|when|where|which|how (?:many|much|often|long|do|does|did|is|are|can|come)|(?:can|could|would|will) (?:you|i|we)(?! (?:believe|imagine|guess))|do you (?:have|know what)|is there|are there|send me|show me|give me|tell me|"
    r"was|warum|wieso|wer|wann|welche\w*|wie (?:viele?|oft|geht|kann|war)|(?:kannst|könntest|können|könnten) (?:du|sie|ihr|wir)|gibt es|schick(?:e)? mir|zeig(?:e)? mir|qu(?:oi|el\w*|i|and)\b|pourquoi|combien|peux-tu|pouvez-vous|qué|por qué|quién|cuándo|cuánt\w+|puedes|wat|waarom|wanneer|hoeveel|kun je|kan je)(?=\W|$)",
    re.I,
)
_REQUEST = rare(r"^(?:please\s+|bitte\s+)?(?:send|show|give|tell|schick\w*|zeig\w*) (?:me|mir)\b", re.I)


def is_question(text: str) -> bool:
    """Whether every sentence of *text* asks, and begins so: news with a question in it is news."""
    flat = " ".join(text.split())
    if not flat or len(flat.split()) > MAX_WORDS or not _ASKS.match(flat):
        return False
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", flat) if len(s.split()) > 2]
    return all(s.endswith("?") or _REQUEST.match(s) for s in sentences) and ("?" in flat or bool(_REQUEST.match(flat)))


def _close_to(text: str, directory: Directory) -> tuple[str, ...]:
    """The accounts that a word with a capital is close to: "why Nordsee?" where one is called Nordsee Frisch."""
    for word in re.findall(r"(?<!^)\b[A-ZÀ-Þ][\w'’&-]{3,}", text):
        found = [a.name for a, score in index_of(directory).near(word) if score >= CLOSE]
        if found:
            return tuple(found)
    return ()


CLOSE = 88


def answer(answering: Answering, text: str, member: Member) -> Settled:
    desk = answering.desk
    named = {n.account.name for _, n in index_of(desk.known().directory).named_in(text)}
    close = () if named else _close_to(text, desk.known().directory)
    named = named or set(close if len(close) == 1 else ())
    name = named.pop() if len(named) == 1 else "Acme"
    lines = ["I cannot answer questions in free words, and this one was not kept as a win."]
    if len(close) > 1:
        name = close[0]
        lines.append(f"Several accounts are called so: {', '.join(close)}. Ask for one of them by its whole name.")
    rows: list[tuple[str, str]] = []
    if name != "Acme" and len(close) < 2:
        found = [w for w in desk.store.wins(WinFilter(account=name)) if wins.may_see(w, member)]
        rows = rows_of(found, with_account=False)
        lines += [
            f"What I know of {name}:" if found else f"I know of no win at {name} yet.",
            *more_than_shown(found),
        ]
    return settled(
        answering,
        member,
        "I only understand a few questions",
        lines,
        rows=rows,
        help_=f"You can ask: “wins {name}”, “update {name}”, “quiet”, “my wins”; “help” lists them all. If it was news, send it as a plain sentence.",
    )
