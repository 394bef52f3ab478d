"""What an editor answers to the draft of an edition: an opening note, what to drop, what leads, hold, send now.

Everything is said with a word of command; a remark that is none is asked about, never printed for the whole company to read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailwins.patterns import rare

MOST_OPENING = 1200


@dataclass(frozen=True, slots=True)
class Edits:
    """An editor's wishes for one edition so far. *decision*: hold, go, or nothing said. *by*: her name, printed below her opening."""

    opening: str | None = None
    by: str | None = None
    lead: int | None = None
    dropped: frozenset[int] = frozenset()
    decision: str = ""
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """*told*: what was understood, as sentences; *unclear*: lines that were not."""

    edits: Edits
    told: tuple[str, ...]
    unclear: tuple[str, ...]


_NUMBERS = rare(r"\d+")
_DROP = rare(
    r"^(?:please )?(?:drop|leave out|remove|skip|without)\s+((?:no\.? ?|number |nr\.? ?|#|win )?\d+(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s+)#?\d+)*)\s*[.!]?$",
    re.I,
)
_LEAD = rare(
    r"^(?:please )?(?:lead(?: with)?|start with|first)\s+(?:no\.? ?|number |nr\.? ?|#|win )?(\d+)\s*[.!]?$", re.I
)
_HOLD = rare(r"^(?:please )?(?:hold|wait|stop|not yet|don[’']t send(?: it)?(?: yet)?)(?: it| this)?\s*[.!]?$", re.I)
_GO = rare(r"^(?:please )?(?:send(?: it)?(?: now)?|send now|go|go ahead|release(?: it)?)\s*[.!]?$", re.I)
_FINE = rare(
    r"^(?:ok|okay|fine|good|looks (?:good|great|fine)|great|thanks|thank you|perfect|lgtm)[\s,.!]*(?:thanks|thank you)?[\s.!]*$",
    re.I,
)
_NOTE = rare(r"^(?:note|opening|opening note|intro)\s*:\s*(.*)$", re.I | re.S)


def understood(text: str, before: Edits, ids: Sequence[int], by: str) -> Understood:
    """*before* with what *text* asks for. *ids*: the draft's wins in the order of their printed numbers, from 1."""
    edits, told, unclear = replace(before, is_answered=True), [], []
    head, note = _split_note(text)
    for line in (x.strip() for x in head.split("\n")):
        if not line or _FINE.match(line):
            continue
        if match := _DROP.match(line):
            found = [_win(int(n), ids) for n in _NUMBERS.findall(match[1])]
            if None in found:
                unclear.append(f"“{line}”: the draft has the numbers 1 to {len(ids)}.")
                continue
            edits = replace(
                edits,
                dropped=edits.dropped | {i for i in found if i is not None},
                lead=None if edits.lead in found else edits.lead,
            )
            told.append(f"Left out: {', '.join(_NUMBERS.findall(match[1]))}.")
        elif match := _LEAD.match(line):
            lead = _win(int(match[1]), ids)
            if lead is None:
                unclear.append(f"“{line}”: the draft has the numbers 1 to {len(ids)}.")
                continue
            edits = replace(edits, lead=lead, dropped=edits.dropped - {lead})
            told.append(f"Number {match[1]} leads.")
        elif _HOLD.match(line):
            edits = replace(edits, decision="hold")
            told.append("It waits until you write “send now”.")
        elif _GO.match(line):
            edits = replace(edits, decision="go")
            told.append("It goes now.")
        else:
            unclear.append(f"“{line[:120]}”")
    if note:
        edits = replace(edits, opening=note[:MOST_OPENING], by=by)
        told.append(f"It opens with: “{note[:200]}”")
    return Understood(edits, tuple(told), tuple(unclear))


def _split_note(text: str) -> tuple[str, str | None]:
    """Commands before and after "note: …"; the note ends at a line that is a command."""
    lines, head, note = text.replace("\r\n", "\n").split("\n"), [], None
    for line in lines:
        match = _NOTE.match(line.strip())
        if match:
            note = [match[1]]
        elif note is not None and not any(p.match(line.strip()) for p in (_DROP, _LEAD, _HOLD, _GO)):
            note.append(line)
        else:
            head.append(line)
    return "\n".join(head), "\n".join(note).strip() or None if note is not None else None


def _win(number: int, ids: Sequence[int]) -> int | None:
    """By its place in the draft, else by its own number."""
    if 1 <= number <= len(ids):
        return ids[number - 1]
    return number if number in ids else None
