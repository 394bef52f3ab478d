"""Writes small winmail.dat and .msg files, so that tests can say what stands inside."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

STRING8, UNICODE, OBJECT, BINARY, TIME, LONG = 0x1E, 0x1F, 0x0D, 0x102, 0x40, 0x03
IID_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")

Value = str | bytes | int | datetime


@dataclass(frozen=True)
class OutlookFile:
    """*message* makes it an embedded message."""

    name: str = ""
    content: bytes = b""
    content_type: str = ""
    message: OutlookMessage | None = None


@dataclass(frozen=True)
class OutlookMessage:
    """*properties* by their number in [MS-OXPROPS]; *recipients*: (name, address, 1 for To or 2 for Cc)."""

    properties: Mapping[int, Value] = field(default_factory=dict)
    recipients: Sequence[tuple[str, str, int]] = ()
    files: Sequence[OutlookFile] = ()


def _ticks(moment: datetime) -> int:
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def _person(name: str, address: str, kind: int) -> dict[int, Value]:
    return {0x3001: name, 0x39FE: address, 0x0C15: kind}


# ---------------------------------------------------------------- winmail.dat


def tnef(message: OutlookMessage) -> bytes:
    out = b"\x78\x9f\x3e\x22" + b"\x01\x00" + _attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    if message.properties:
        out += _attribute(1, 0x00069003, tnef_list(message.properties))
    if message.recipients:
        out += _attribute(
            1,
            0x00069004,
            struct.pack("<I", len(message.recipients)) + b"".join(tnef_list(_person(*r)) for r in message.recipients),
        )
    for file in message.files:
        out += _attribute(2, 0x00069002, bytes(14))
        if file.message is None:
            out += _attribute(2, 0x0006800F, file.content) + _attribute(
                2, 0x00018010, file.name.encode("cp1252", "replace") + b"\0"
            )
            out += _attribute(
                2,
                0x00069005,
                tnef_list({0x3707: file.name} | ({0x370E: file.content_type} if file.content_type else {})),
            )
        else:
            inner = IID_MESSAGE + tnef(file.message)
            out += _attribute(
                2,
                0x00069005,
                struct.pack("<I", 1)
                + struct.pack("<HHII", OBJECT, 0x3701, 1, len(inner))
                + inner
                + bytes(-len(inner) % 4),
            )
    return out


def _attribute(level: int, number: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def tnef_list(properties: Mapping[int, Value]) -> bytes:
    return struct.pack("<I", len(properties)) + b"".join(_property(n, v) for n, v in properties.items())


def _property(number: int, value: Value) -> bytes:
    if isinstance(value, int):
        return struct.pack("<HHi", LONG, number, value)
    if isinstance(value, datetime):
        return struct.pack("<HHQ", TIME, number, _ticks(value))
    raw = value.encode("utf-16-le") + b"\0\0" if isinstance(value, str) else value
    return (
        struct.pack("<HHII", UNICODE if isinstance(value, str) else BINARY, number, 1, len(raw))
        + raw
        + bytes(-len(raw) % 4)
    )


# ---------------------------------------------------------------- .msg: a compound file ([MS-CFB])

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Folder = dict[str, "bytes | Folder"]


def msg(message: OutlookMessage) -> bytes:
    return _compound(_storage(message, bytes(32)))


def _storage(message: OutlookMessage, header: bytes) -> Folder:
    folder = _streams(message.properties, header)
    for index, person in enumerate(message.recipients):
        folder[f"__recip_version1.0_#{index:08X}"] = _streams(_person(*person), bytes(8))
    for index, file in enumerate(message.files):
        if file.message is None:
            part = _streams(
                {0x3701: file.content, 0x3707: file.name} | ({0x370E: file.content_type} if file.content_type else {}),
                bytes(8),
            )
        else:
            part = _streams({0x3705: 5}, bytes(8)) | {"__substg1.0_3701000D": _storage(file.message, bytes(24))}
        folder[f"__attach_version1.0_#{index:08X}"] = part
    return folder


def _streams(properties: Mapping[int, Value], header: bytes) -> Folder:
    folder: Folder = {}
    listed = header
    for number, value in properties.items():
        if isinstance(value, int):
            listed += struct.pack("<HHIii", LONG, number, 6, value, 0)
        elif isinstance(value, datetime):
            listed += struct.pack("<HHIQ", TIME, number, 6, _ticks(value))
        else:
            kind = UNICODE if isinstance(value, str) else BINARY
            raw = value.encode("utf-16-le") if isinstance(value, str) else value
            listed += struct.pack("<HHIII", kind, number, 6, len(raw), 0)
            folder[f"__substg1.0_{number:04X}{kind:04X}"] = raw
    return folder | {"__properties_version1.0": listed}


def _compound(root: Folder) -> bytes:
    """Every stream in whole sectors (none in the mini stream: each is padded to 4096 bytes in the file, its length told apart)."""
    entries: list[tuple[str, int, int, int, int, int, int]] = []  # name, type, left, right, child, start, size
    sectors: list[bytes] = []
    chain: list[int] = []
    minis: list[bytes] = []
    mini_chain: list[int] = []

    def put(content: bytes, into: list[bytes], links: list[int], size: int) -> int:
        pieces = [content[i : i + size].ljust(size, b"\0") for i in range(0, len(content), size)]
        start = len(into)
        into.extend(pieces)
        links.extend([*range(start + 1, start + len(pieces)), _END] if pieces else [])
        return start if pieces else _END

    def add(name: str, content: bytes | Folder) -> int:
        index = len(entries)
        if isinstance(content, bytes):
            is_mini = len(content) < 4096
            start = put(content, minis, mini_chain, 64) if is_mini else put(content, sectors, chain, 512)
            entries.append((name, 2, _FREE, _FREE, _FREE, start, len(content)))
            return index
        entries.append((name, 5 if not index else 1, _FREE, _FREE, _FREE, _END, 0))
        children = [add(n, c) for n, c in sorted(content.items(), key=lambda item: (len(item[0]), item[0].upper()))]
        entries[index] = (*entries[index][:4], _tree(children), *entries[index][5:])
        return index

    def _tree(children: list[int]) -> int:
        if not children:
            return _FREE
        middle = len(children) // 2
        index = children[middle]
        left, right = _tree(children[:middle]), _tree(children[middle + 1 :])
        entries[index] = (*entries[index][:2], left, right, *entries[index][4:])
        return index

    add("Root Entry", root)
    mini_start = put(b"".join(minis), sectors, chain, 512)
    entries[0] = (*entries[0][:5], mini_start, 64 * len(minis))
    directory = b"".join(_entry(*e) for e in entries)
    directory_start = put(directory, sectors, chain, 512)
    mini_fat = struct.pack(f"<{len(mini_chain)}I", *mini_chain)
    mini_fat += b"\xff" * (-len(mini_fat) % 512)
    mini_fat_start = put(mini_fat, sectors, chain, 512)
    fat_count = 1
    while (len(chain) + fat_count) > fat_count * 128:
        fat_count += 1
    fat_start = len(sectors)
    table = [*chain, *[_FAT] * fat_count]
    table += [_FREE] * (fat_count * 128 - len(table))
    sectors.append(struct.pack(f"<{len(table)}I", *table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack(
        "<IIIIIIIII", 0, fat_count, directory_start, 0, 4096, mini_fat_start, len(mini_fat) // 512, _END, 0
    )
    header += struct.pack("<109I", *[fat_start + i for i in range(fat_count)], *[_FREE] * (109 - fat_count))
    return header + b"".join(sectors)


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, left, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
