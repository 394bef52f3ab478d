"""The tree of a mail's parts, as Python's email package builds it: by the package itself where anything is odd, by cutting where nothing is.

The package looks at each line of a mail several times, those of a file's base64, too. A well-formed mail can be
cut at its boundaries instead. What is well-formed is told narrowly; of everything else, the package is the judge,
so that there is one opinion about broken mail and its defects.
"""

from __future__ import annotations

import binascii
import contextlib
import email
import email.policy
import re
from collections.abc import Iterable
from email.message import Message
from typing import Any

_POLICY = email.policy.compat32
MAX_CUT_PARTS = 200
# As nearly every program writes it; what else it may be, the package takes apart.
_PLAIN_BOUNDARY = re.compile(r"""multipart/[\w.+-]+;\s*(?i:boundary)="([\w'()+,./:=?-]+)"\s*""", re.A)


class Part(Message):
    """Finds its fields by name and remembers its type: the package looks through all fields, each time it is asked."""

    _payload: Any  # the package's name for the text as it came

    def __init__(self, policy: Any = _POLICY) -> None:
        super().__init__(policy)
        self._by_name: dict[str, Any] | None = None
        self._type: str | None = None

    def set_raw(self, name: str, value: Any) -> None:
        self._by_name = self._type = None
        super().set_raw(name, value)

    def put_fields(self, fields: Iterable[tuple[str, str]]) -> None:
        """All of a part that has none yet."""
        self._by_name = {}
        for name, value in fields:
            super().set_raw(name, value)
            self._by_name.setdefault(name.lower(), value)

    def get(self, name: str, failobj: Any = None) -> Any:
        if self._by_name is None:
            self._by_name = {field.lower(): value for field, value in reversed(list(self.raw_items()))}
        name = name.lower()
        value = self._by_name.get(name)
        if value is None:
            return failobj
        # Only of bytes that are no ASCII does the policy make something else.
        return value if isinstance(value, str) and value.isascii() else self.policy.header_fetch_parse(name, value)

    def get_content_type(self) -> str:
        if self._type is None:
            self._type = super().get_content_type()
        return self._type

    def get_payload(self, i: Any = None, decode: Any = False) -> Any:
        # The package looks for letters that are none before it decodes a file, and skips them as the decoder does by itself.
        if decode and isinstance(self._payload, str) and str(self.get("content-transfer-encoding")).lower() == "base64":
            with contextlib.suppress(ValueError):
                return binascii.a2b_base64(self._payload)
        return super().get_payload(i, decode)

    def get_boundary(self, failobj: Any = None) -> Any:
        field = self.get("content-type")
        plain = _PLAIN_BOUNDARY.fullmatch(field) if isinstance(field, str) else None
        return plain[1] if plain else super().get_boundary(failobj)


class _Odd(Exception):
    """Not plainly well-formed."""


def parse_tree(raw: bytes) -> Message:
    """What ``email.message_from_bytes`` makes of *raw*, defects included."""
    text = raw.decode("ascii", "surrogateescape")
    try:
        return _Cutter(text).part(0, len(text), None)
    except _Odd:
        return email.message_from_bytes(raw, Part)


# A field: its name, then its value with the continuation lines, up to the end of the last one.
_FIELD = re.compile(r"([!-9;-~]+):[ \t]*([^\n]*\n(?:[ \t][^\n]*\n)*)")


class _Cutter:
    """A carriage return alone is a line end to the package, too: it is odd among the fields and around a boundary, and says nothing elsewhere."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts = 0

    def part(self, start: int, end: int, parent: Part | None) -> Part:
        """The part whose lines are *start* to *end*: of one inside *parent*, the last line end belongs to the boundary below."""
        self.parts += 1
        if self.parts > MAX_CUT_PARTS:
            raise _Odd
        part = Part()
        at = self._fields(part, start, end)
        if parent is not None:
            parent.attach(part)
        kind = part.get_content_maintype()
        if kind == "multipart":
            self._children(part, at, end)
            if parent is not None:
                part.epilogue = _without_line_end(part.epilogue) if part.epilogue else None
        elif kind == "message":
            raise _Odd
        else:
            part.set_payload(self.text[at:end] if parent is None else _without_line_end(self.text[at:end]))
        return part

    def _fields(self, part: Part, start: int, end: int) -> int:
        """Where the body begins."""
        at = start
        fields = []
        while match := _FIELD.match(self.text, at, end):
            name, value = match.groups()
            fields.append((name, value.rstrip("\r\n")))
            at = match.end()
        if "\r" in self.text[start:at].replace("\r\n", ""):
            raise _Odd
        part.put_fields(fields)
        for blank in ("\n", "\r\n"):
            if self.text.startswith(blank, at, end):
                return at + len(blank)
        raise _Odd

    def _children(self, part: Part, start: int, end: int) -> None:
        boundary = part.get_boundary()
        encoding = str(part.get("content-transfer-encoding", "8bit")).lower()
        if (
            boundary is None
            or "\n" in boundary
            or encoding not in ("7bit", "8bit", "binary")
            or part.get_content_type() == "multipart/digest"
            or self.text.find(f"\r--{boundary}", start, end) >= 0
        ):
            raise _Odd
        mark = f"\n--{boundary}"
        begun: int | None = None
        at = start - 1
        while (at := self.text.find(mark, at, end)) >= 0:
            line_end = self.text.find("\n", at + len(mark), end)
            rest = self.text[at + len(mark) : line_end if line_end >= 0 else end].removesuffix("\r").rstrip(" \t")
            if "\r" in rest:
                raise _Odd
            if rest not in ("", "--"):
                at += len(mark)  # a longer boundary that begins like this one
                continue
            if begun is not None:
                self.part(begun, at + 1, part)
            elif at + 1 > start:
                part.preamble = _without_line_end(self.text[start : at + 1])
            if rest == "--":
                if begun is None:
                    raise _Odd
                part.epilogue = self.text[line_end + 1 : end] if line_end >= 0 else ""
                return
            if line_end < 0:
                raise _Odd
            begun, at = line_end + 1, line_end
        raise _Odd


def _without_line_end(text: str) -> str:
    return text[:-2] if text.endswith("\r\n") else text[:-1] if text.endswith("\n") else text
