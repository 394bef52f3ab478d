"""Outlook's .msg files ([MS-OXMSG]) through python-oxmsg, which comes with the extra ``outlook``.

That library reads properties; it knows no To and Cc and nothing of embedded messages, so both
are found here, in the storages it offers. It is not needed for any other mail and may be missing.
"""

from __future__ import annotations

import struct
from datetime import datetime
from typing import Any

from mailwins.mime import mapi
from mailwins.mime.mapi import MapiFile, MapiMessage, Value

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_DEPTH = 5
MAX_FILES = 100
MAX_RECIPIENTS = 500

# Where the properties begin in their stream ([MS-OXMSG] section 2.4.1): behind the header of a message, an embedded one, a file or recipient.
_OUTER_HEADER, _EMBEDDED_HEADER, _PART_HEADER = 32, 24, 8
_EMBEDDED = "__substg1.0_3701000D"


def is_msg(name: str | None, content_type: str, content: bytes) -> bool:
    """Other files of Office begin with the same bytes, so the name or type has to say it too."""
    return content.startswith(SIGNATURE) and (
        (name or "").lower().endswith(".msg")
        or content_type in ("application/vnd.ms-outlook", "application/msoutlook", "application/x-msg")
    )


def read_msg(content: bytes) -> MapiMessage | None:
    """None where the library is not installed. Never raises; what cannot be read is a defect."""
    try:
        from oxmsg import Message
    except ImportError:
        return None
    try:
        message = Message.load(content)
        return _message(message._storage, _OUTER_HEADER, 0)
    except (
        ValueError,
        OSError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        LookupError,
        struct.error,
        RecursionError,
        OverflowError,
        AssertionError,
    ):
        return MapiMessage(defects=("msg_damaged",))


def _message(storage: Any, header: int, depth: int) -> MapiMessage:
    defects: list[str] = []
    properties = _properties(storage, header)
    recipients = tuple(
        _properties(s, _PART_HEADER)
        for s, _ in zip(storage.iter_recipient_storages(), range(MAX_RECIPIENTS), strict=False)
    )
    files = []
    for count, part in enumerate(storage.iter_attachment_storages()):
        if count >= MAX_FILES:
            defects.append("too_many_parts")
            break
        of_file = _properties(part, _PART_HEADER)
        inner = next((s for s in part.storages if s.name == _EMBEDDED), None)
        if inner is not None and depth >= MAX_DEPTH:
            defects.append("nested_too_deep")
            inner = None
        content = of_file.get(mapi.FILE_CONTENT)
        files.append(
            MapiFile(
                of_file,
                content if isinstance(content, bytes) else b"",
                _message(inner, _EMBEDDED_HEADER, depth + 1) if inner is not None else None,
            )
        )
    return MapiMessage(properties, recipients, tuple(files), tuple(defects))


def _properties(storage: Any, header: int) -> dict[int, Value]:
    from oxmsg.properties import Properties

    found: dict[int, Value] = {}
    try:
        listed = list(Properties(storage, properties_header_offset=header))
    except (ValueError, KeyError, LookupError, struct.error):
        return found
    for entry in listed[:5_000]:
        try:
            value = entry.value
        except (ValueError, KeyError, LookupError, struct.error, OverflowError):
            continue  # an entry whose stream is missing
        if isinstance(value, str | bytes | int | datetime):
            found.setdefault(entry.pid, value)
    return found
