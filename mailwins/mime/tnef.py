"""winmail.dat: the wrapper Outlook puts around rich text ([MS-OXTNEF]), read with every length checked.

What stands inside (body, files, embedded messages) comes out as a ``MapiMessage``. Damaged or
hostile bytes give what could be read up to there and the defect ``tnef_damaged``; nothing is
read twice, so the work is bounded by the size, and the depth and the counts have limits.
"""

from __future__ import annotations

import struct
from datetime import datetime

from mailwins.mime import mapi
from mailwins.mime.charsets import decode_text
from mailwins.mime.mapi import MapiFile, MapiMessage, Value

SIGNATURE = b"\x78\x9f\x3e\x22"
MAX_DEPTH = 5
MAX_FILES = 100
MAX_PROPERTIES = 20_000
MAX_RECIPIENTS = 500

_LEVEL_FILE = 2
_SUBJECT, _BODY = 0x00018004, 0x0002800C
_PROPERTIES, _RECIPIENTS, _CODEPAGE = 0x00069003, 0x00069004, 0x00069007
_FILE_BEGINS, _FILE_CONTENT, _FILE_TITLE, _FILE_PROPERTIES = 0x00069002, 0x0006800F, 0x00018010, 0x00069005

_STRING8, _UNICODE, _OBJECT, _BINARY, _TIME = 0x1E, 0x1F, 0x0D, 0x102, 0x40
_MANY = 0x1000
# Bytes a value takes, padding included.
_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, _TIME: 8, 0x48: 16}
_VARIABLE = (_STRING8, _UNICODE, _OBJECT, _BINARY)
# An embedded message begins with the number of the interface that reads it (IID_IMessage); a stream or storage has others.
_INTERFACE_BYTES = 16


class _Damaged(Exception):
    pass


def is_tnef(content: bytes) -> bool:
    return content.startswith(SIGNATURE)


def read_tnef(content: bytes, depth: int = 0) -> MapiMessage:
    """Never raises. *depth* counts messages inside messages."""
    reader = _Reader(depth)
    try:
        reader.read(memoryview(content))
    except (_Damaged, struct.error):
        reader.defects.append("tnef_damaged")
    return reader.message()


class _Reader:
    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.charset = "cp1252"
        self.properties: dict[int, Value] = {}
        self.recipients: list[dict[int, Value]] = []
        self.files: list[dict[int, Value]] = []
        self.contents: dict[int, bytes] = {}
        self.messages: dict[int, MapiMessage] = {}
        self.defects: list[str] = []
        self.budget = MAX_PROPERTIES

    def read(self, view: memoryview) -> None:
        if bytes(view[:4]) != SIGNATURE:
            raise _Damaged
        at = 6
        while at < len(view):
            level, attribute, length = struct.unpack_from("<BII", view, at)
            at += 9
            # Each attribute ends with a sum of its bytes, which nobody heeds.
            if length > len(view) - at:
                raise _Damaged
            self._attribute(level, attribute, view[at : at + length])
            at += length + 2

    def _attribute(self, level: int, attribute: int, value: memoryview) -> None:
        if level == _LEVEL_FILE:
            self._file_attribute(attribute, value)
        elif attribute == _CODEPAGE and len(value) >= 4:
            self.charset = mapi.charset_of(struct.unpack_from("<I", value)[0])
        elif attribute == _PROPERTIES:
            self.properties |= self._list(value, 0)[0]
        elif attribute == _RECIPIENTS:
            self._table(value)
        elif attribute in (_SUBJECT, _BODY):
            self.properties.setdefault(mapi.SUBJECT if attribute == _SUBJECT else mapi.BODY, self._text8(bytes(value)))

    def _file_attribute(self, attribute: int, value: memoryview) -> None:
        if attribute == _FILE_BEGINS:
            if len(self.files) >= MAX_FILES:
                self.defects.append("too_many_parts")
                raise _Damaged
            self.files.append({})
        if not self.files:
            return
        index = len(self.files) - 1
        if attribute == _FILE_CONTENT:
            self.contents[index] = bytes(value)
        elif attribute == _FILE_TITLE:
            self.files[index].setdefault(mapi.SHORT_FILENAME, self._text8(bytes(value)))
        elif attribute == _FILE_PROPERTIES:
            self.files[index] |= self._list(value, 0)[0]

    def _table(self, value: memoryview) -> None:
        (rows,) = struct.unpack_from("<I", value)
        at = 4
        for _ in range(min(rows, MAX_RECIPIENTS)):
            row, at = self._list(value, at)
            self.recipients.append(row)

    def _list(self, view: memoryview, at: int) -> tuple[dict[int, Value], int]:
        """(properties by number, where the list ends). Properties that only their program names are passed over."""
        (count,) = struct.unpack_from("<I", view, at)
        at += 4
        found: dict[int, Value] = {}
        for _ in range(count):
            self.budget -= 1
            if self.budget < 0:
                raise _Damaged
            kind, number = struct.unpack_from("<HH", view, at)
            at += 4
            is_named = number >= 0x8000
            if is_named:
                at = self._after_name(view, at)
            value, at = self._value(view, at, kind, number)
            if value is not None and not is_named:
                found[number] = value
        return found, at

    def _after_name(self, view: memoryview, at: int) -> int:
        at += 16
        (by_name, length) = struct.unpack_from("<II", view, at)
        return at + 8 if not by_name else at + 8 + _padded(length)

    def _value(self, view: memoryview, at: int, kind: int, number: int) -> tuple[Value | None, int]:
        base = kind & ~_MANY
        count = 1
        if kind & _MANY or base in _VARIABLE:
            (count,) = struct.unpack_from("<I", view, at)
            at += 4
        value: Value | None = None
        if base not in _SIZES and base not in _VARIABLE:
            raise _Damaged
        if base in _SIZES:
            size = _SIZES[base]
            if size * count > len(view) - at:
                raise _Damaged
            if count:
                value = _fixed(base, view, at)
            return value, at + size * count
        for index in range(count):
            (length,) = struct.unpack_from("<I", view, at)
            at += 4
            if length > len(view) - at:
                raise _Damaged
            if index == 0:
                value = self._variable(base, number, view[at : at + length])
            at += _padded(length)
        return value, at

    def _variable(self, base: int, number: int, piece: memoryview) -> Value | None:
        if base == _STRING8:
            return self._text8(bytes(piece))
        if base == _UNICODE:
            return (
                bytes(piece).decode("utf-16-le", "replace").split("\x00", 1)[0]
                if number != mapi.HTML
                else bytes(piece).decode("utf-16-le", "replace")
            )
        if base == _OBJECT and number == mapi.FILE_CONTENT:
            self._embedded(piece[_INTERFACE_BYTES:])
            return None
        if base == _OBJECT and number != mapi.HTML:
            return None
        return bytes(piece)

    def _embedded(self, view: memoryview) -> None:
        if not self.files or bytes(view[:4]) != SIGNATURE:
            return
        if self.depth >= MAX_DEPTH:
            self.defects.append("nested_too_deep")
            return
        self.messages[len(self.files) - 1] = read_tnef(bytes(view), self.depth + 1)

    def _text8(self, raw: bytes) -> str:
        return decode_text(raw.split(b"\x00", 1)[0], self.charset)[0]

    def message(self) -> MapiMessage:
        files = tuple(
            MapiFile(p, self.contents.get(i) or _content(p), self.messages.get(i)) for i, p in enumerate(self.files)
        )
        return MapiMessage(self.properties, tuple(self.recipients), files, tuple(dict.fromkeys(self.defects)))


def _content(properties: dict[int, Value]) -> bytes:
    value = properties.get(mapi.FILE_CONTENT)
    return value if isinstance(value, bytes) else b""


def _fixed(base: int, view: memoryview, at: int) -> int | datetime | None:
    if base == _TIME:
        return mapi.moment_of(struct.unpack_from("<Q", view, at)[0])
    if base in (0x02, 0x0B):
        return int(struct.unpack_from("<H", view, at)[0])
    return int(struct.unpack_from("<I", view, at)[0]) if base == 0x03 else None


def _padded(length: int) -> int:
    return (length + 3) & ~3
