"""What a member may ask wins@ for by mail: one line each. A new command is one line here and one function in ``jobs.commanding``."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """*name* from COMMANDS; *rest* is what followed it, as typed."""

    name: str
    rest: str = ""


# name: (what begins it, what it does: shown by "help")
COMMANDS: dict[str, tuple[str, str]] = {
    "help": (r"help|commands|\?|hilfe|aide|ayuda", "help: this list"),
    "my wins": (r"my wins|show my wins|meine wins|mes wins", "my wins: what you captured in the last 30 days"),
    "wins": (r"(?:show |list )?wins(?: (?:for|of|at|from))?(?= )", "wins Acme: what is known of an account"),
    "quiet": (r"quiet(?: accounts)?|who is quiet", "quiet: your accounts without a win for too long (all of them for managers)"),
    "1on1": (r"(?:1on1|1:1|one[- ]on[- ]one)(?: with| for)?", "1on1 Ana: a sheet for the talk with a colleague; alone: your own"),
    "meeting": (r"meeting|team meeting", "meeting: five wins for the team meeting"),
    "report": (r"report(?= )", "report trends: also coverage, health, quiet (managers)"),
    "snooze": (r"snooze(?= )", "snooze Acme 4w: leave a quiet account out for a while, with a reason"),
    "stop receipts": (r"stop (?:the )?(?:receipts?|mails?|answers?)", "stop receipts: only questions and problems from now on"),
    "start receipts": (r"start (?:the )?(?:receipts?|mails?|answers?)", "start receipts: a receipt for every mail again"),
    "stop": (r"stop(?= )|unsubscribe(?= )", "stop sales: leave an audience's digest"),
    "start": (r"start(?= )|subscribe(?= )", "start sales: come back to it"),
    "undo": (r"undo", "undo: take back your last correction"),
    "update": (r"(?:draft )?(?:an? )?update(?: (?:for|on|about))?(?= )", "update Acme: a draft for your customer, e.g. “update Acme since 1 September”"),
}

_LEAD = re.compile(r"^(?:(?:hi|hello|hey|dear)\b[^,\n]{0,20},?\s+)?(?:please|pls|can you|could you|bitte|mailwins|wins)?[,:]?\s*(?:please\s+)?", re.I)
_PATTERNS = {name: re.compile(rf"^(?:{begin})\s*(?P<rest>.*)$", re.I) for name, (begin, _) in COMMANDS.items()}
MAX_WORDS = 12
# Its reason may be a sentence of any length, so it is known by its form alone.
_SNOOZE = re.compile(r"^snooze\s+(?P<rest>(?:.{0,120}?\s)?\d{1,3}\s*(?:d|days?|w|wks?|weeks?|m|months?)\b.*)$", re.I)
_NEWS = re.compile(r"\b(?:reached|saved|said|told|loves?|loved|signed|renewed|went|was|were|is|are|has|have|had|got|happy|great|thanks to|because|after|from)\b", re.I)


def find_command(subject: str | None, text: str | None) -> Command | None:
    """The command that a mail is, from its subject or its first line; None for everything that reads like news.

    A subject counts only when nothing but a sign-off stands below it; a first line only when it is short.
    """
    lines = [x.strip() for x in (text or "").split("\n") if x.strip()]
    body_is_empty = not lines or (len(lines) == 1 and len(lines[0].split()) <= 3)
    if subject and body_is_empty and (found := _match(subject)):
        return found
    if lines and (snooze := _SNOOZE.match(lines[0])):
        return Command("snooze", " ".join([snooze["rest"], *(lines[1:] if len(lines) <= 4 else ())]))
    if len(lines) in (1, 2) and (found := _match(lines[0])):
        return found if len(lines) == 1 or len(lines[1].split()) <= 3 else None
    # The subject carries the command and the first line repeats or details it ("update Acme" / "since 1 September").
    if subject and len(lines) <= 6 and (found := _match(subject)) and found.name == "update":
        return Command("update", f"{found.rest}\n" + "\n".join(lines))
    if lines and (found := _match(lines[0])) and found.name == "update" and len(lines) <= 6:
        return Command("update", "\n".join([found.rest, *lines[1:]]))
    return None


def _match(line: str) -> Command | None:
    plain = line.strip().strip("\"'“”„`").rstrip(" .!")
    if len(plain.split()) > MAX_WORDS:
        return None
    for candidate in dict.fromkeys((plain, _LEAD.sub("", plain, count=1))):
        for name, pattern in _PATTERNS.items():
            match = pattern.match(candidate)
            if match is None:
                continue
            rest = match["rest"].strip(" .!,:")
            if name in ("help", "quiet", "meeting", "my wins", "stop receipts", "start receipts", "undo") and rest.casefold() not in ("", "please", "bitte", "thanks", "pls"):
                continue
            if name == "1on1" and len(rest.split()) > 4:
                continue
            if name in ("wins", "stop", "start", "update", "report") and (not rest or _NEWS.search(rest) or len(rest.split()) > 8):
                continue
            return Command(name, re.sub(r"\s*\b(?:please|pls|bitte|thanks|thx)$", "", rest, flags=re.I))
    return None
