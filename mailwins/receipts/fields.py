"""The fields of a win as text and back, for its history: what ``show`` writes, ``put`` restores exactly.

The text is meant to be read by people; where that would not be exact (a comma in a name),
it is JSON instead.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from mailwins.model import Attachment, Kind, Measure, Reason, Review, Stance, Visibility, Win, WinContact
from mailwins.plain import from_plain, to_plain

GROUNDS = "reasons"
"""A line of the history that no person needs to see: doubts and reasons before and after, so that ``undo`` can restore them."""

Show = Callable[[Any], str | None]
Parse = Callable[[str | None], Any]


def show(win: Win, field: str) -> str | None:
    """The field's value as text; None where it is empty. Raises KeyError for a field that history does not know."""
    return _FIELDS[field][0](getattr(win, field))


def put(win: Win, field: str, text: str | None) -> Win:
    """*win* with the field as ``show`` wrote it. Raises KeyError for an unknown field, ValueError for text it never wrote."""
    if field == GROUNDS:
        return _put_grounds(win, text)
    changed: dict[str, Any] = {field: _FIELDS[field][1](text)}
    return replace(win, **changed)


def is_known(field: str) -> bool:
    return field == GROUNDS or field in _FIELDS


def grounds(win: Win, names: frozenset[str]) -> str:
    """The doubts of *win* and why the fields *names* are what they are; null for a field without a reason."""
    reasons = {n: to_plain(win.reasons[n]) if n in win.reasons else None for n in sorted(names)}
    return json.dumps({"doubts": list(win.doubts), "reasons": reasons}, ensure_ascii=False)


def _put_grounds(win: Win, text: str | None) -> Win:
    plain = json.loads(text or "{}")
    reasons = dict(win.reasons)
    for name, value in plain.get("reasons", {}).items():
        if value is None:
            reasons.pop(name, None)
        else:
            reasons[name] = from_plain(Reason, value)
    return replace(win, doubts=tuple(plain.get("doubts", win.doubts)), reasons=reasons)


# ---------------------------------------------------------------- text and back, by kind


def _text(value: str | None) -> str | None:
    return value


def _words(text: str | None) -> str:
    return text or ""


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _to_number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _to_flag(text: str | None) -> bool:
    return text == "yes"


def _to_day(text: str | None) -> date:
    return date.fromisoformat(text or "")


def _json(value: Any) -> str:
    return json.dumps(to_plain(value), ensure_ascii=False)


def _list(value: tuple[str, ...]) -> str | None:
    if not value:
        return None
    readable = "; ".join(value)
    return readable if not readable.startswith("[") and _to_list(readable) == value else _json(value)


def _to_list(text: str | None) -> tuple[str, ...]:
    if text is None:
        return ()
    if text.startswith("["):
        return tuple(json.loads(text))
    return tuple(p.strip() for p in text.split(";"))


_ADDRESS = re.compile(r"^(?P<rest>.*?)\s?<(?P<address>[^<>\s]+)>$", re.S)


def _contact(value: WinContact | None) -> str | None:
    if value is None:
        return None
    address = f"<{value.address}>" if value.address is not None else None
    readable = " ".join(x for x in (", ".join(x for x in (value.name, value.role) if x is not None), address) if x)
    return readable if not readable.startswith("{") and _to_contact(readable) == value else _json(value)


def _to_contact(text: str | None) -> WinContact | None:
    if text is None:
        return None
    if text.startswith("{"):
        return from_plain(WinContact, json.loads(text))
    match = _ADDRESS.match(text)
    rest, address = (match["rest"], match["address"]) if match else (text, None)
    name, comma, role = rest.partition(", ")
    return WinContact(name or None, address, role if comma else None)


def _measures(value: tuple[Measure, ...]) -> str | None:
    return _json(value) if value else None


def _to_measures(text: str | None) -> tuple[Measure, ...]:
    return tuple(from_plain(Measure, m) for m in json.loads(text)) if text else ()


def _files(value: tuple[Attachment, ...]) -> str | None:
    return _json(value) if value else None


def _to_files(text: str | None) -> tuple[Attachment, ...]:
    return tuple(from_plain(Attachment, m) for m in json.loads(text)) if text else ()


def _one_of(kind: type[StrEnum]) -> tuple[Show, Parse]:
    return str, lambda text: kind(text or "")


_TEXT: tuple[Show, Parse] = (_text, _text)
_LIST: tuple[Show, Parse] = (_list, _to_list)
_FLAG: tuple[Show, Parse] = (_flag, _to_flag)

_FIELDS: dict[str, tuple[Show, Parse]] = {
    **dict.fromkeys(
        (
            "account",
            "quote",
            "note",
            "internal_note",
            "csm",
            "submitted_by",
            "category",
            "cause",
            "expected",
            "experienced",
            "customer_text",
            "review_why",
            "language",
            "origin_key",
        ),
        _TEXT,
    ),
    **dict.fromkeys(("praised", "credits", "factors", "features", "urls", "doubts", "thread_keys"), _LIST),
    **dict.fromkeys(("is_public", "is_named", "is_deleted"), _FLAG),
    **dict.fromkeys(("value", "value_effective", "update_id"), (_number, _to_number)),
    "summary": (_text, _words),
    "win_date": (date.isoformat, _to_day),
    "contact": (_contact, _to_contact),
    "measures": (_measures, _to_measures),
    "attachments": (_files, _to_files),
    "stance": _one_of(Stance),
    "visibility": _one_of(Visibility),
    "review": _one_of(Review),
    "kind": _one_of(Kind),
}

NAMES: tuple[str, ...] = tuple(f.name for f in dataclasses.fields(Win) if f.name in _FIELDS)
"""Every field that history can hold, in the order of ``Win``."""
