"""Answers between the lines of the quoted receipt: the line above tells which field, the heading above which win."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailwins.parsers.blocks import to_lines
from mailwins.receipts.wishes.clauses import signals
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.phrases.values import is_day, is_name, kind_wish, value_wish, without_on
from mailwins.receipts.wishes.reader import Reader
from mailwins.receipts.wishes.trimming import bare_line, core_of
from mailwins.receipts.wishes.wish import MAX_LINES, MAX_TEXT, Wish
from mailwins.receipts.wishes.words.fields import field_of

# "   Said by    Marisol Reyes" as we print it, "Said by: Marisol Reyes" as a program that reflows it may.
_LABELLED = re.compile(r"^\s*(?P<key>[^\W\d_][^:]{1,24}?)(?:\s*:(?:\s+|$)|\s{2,})")

_WIN = re.compile(r"^\s*(?:Wins? (?P<id>\d{1,9})\b|(?P<place>\d{1,2})[.)](?:\s|$))")
_CONTINUED = 8


@dataclass(frozen=True, slots=True)
class Place:
    """What stands above an answer: a *field*, the number of a *win*; None where nothing tells."""

    field: str | None
    win: int | None


def places_of(whole: str, ids: tuple[int, ...]) -> dict[str, Place]:
    """Her lines with more of the quoted receipt below them → where they stand. *ids* are the wins of the receipt."""
    lines = to_lines(whole[:MAX_TEXT].replace("\r\n", "\n"))[:MAX_LINES]
    last = max((n for n, line in enumerate(lines) if line.depth and line.text.strip()), default=-1)
    found: dict[str, Place] = {}
    field: str | None = None
    win: int | None = None
    # Where she cut the quotation off below a line, what follows at once answers that line.
    end = next((n for n in range(last + 1, len(lines)) if lines[n].text.strip()), last)
    for line in lines[: end + 1]:
        text = line.text
        if not line.depth:
            if text.strip() and (field or win):
                found[text.strip()] = Place(field, win)
            continue
        if head := _WIN.match(text):
            field, win = None, _number(head, ids)
        elif (label := _LABELLED.match(text)) and (named := field_of(flatten(label["key"]))):
            field = named
        elif not text.strip() or len(text) - len(text.lstrip()) < _CONTINUED:
            field = None
    return found


def _number(head: re.Match[str], ids: tuple[int, ...]) -> int | None:
    if head["id"]:
        return int(head["id"]) if int(head["id"]) in ids else None
    place = int(head["place"])
    return ids[place - 1] if len(ids) > 1 and 1 <= place <= len(ids) else None


def wish_below(line: str, name: str, reader: Reader) -> Wish | None:
    """What is typed below the quoted line of a field, where it can be its value and nothing else."""
    if name in ("summary", "cause"):
        return _prose_below(line, name, reader)
    start, end = core_of(bare_line(line))
    value = bare_line(line)[start:end]
    if name == "value":
        return value_wish(reader.about, flatten(value))
    if name == "category":
        return kind_wish(reader.about, value)
    if name == "date":
        return Wish("set", "date", without_on(value)) if is_day(value) else None
    is_account = name == "account" and flatten(value) in reader.about.accounts
    is_person = (
        name == "contact"
        and len(value.split()) > 1
        and is_name(value, lower_too=False)
        and reader.phrases.read(line) is None
    )
    return Wish("set", name, value) if is_account or is_person else None


def _prose_below(line: str, name: str, reader: Reader) -> Wish | None:
    """Its new text, unless it says something of the old."""
    if len(line.strip()) < 10 or line.rstrip().endswith("?"):
        return None
    if signals.leaves(reader.sentence(line)) or reader.phrases.read(line) is not None:
        return None
    return Wish("set", name, line.strip(' "“”'))
