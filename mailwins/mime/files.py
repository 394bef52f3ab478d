"""Files inside a mail: a safe name to show, a hash to store them under, the size of pictures from their first bytes."""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata

from mailwins.model import Attachment

_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_RESERVED = re.compile(r'[:*?"<>|]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
MAX_NAME = 120

# Where a part has no name, one from its type, so that it is the same each time the mail is read.
_ENDING = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/html": ".html",
    "application/zip": ".zip",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
    "message/rfc822": ".eml",
}


_TYPE = {ending: kind for kind, ending in reversed(_ENDING.items())}


def type_of(name: str | None) -> str:
    """The type a file name's ending stands for, for files that travel without one."""
    _, dot, ending = (name or "").lower().rpartition(".")
    return _TYPE.get(
        dot + {"jpeg": "jpg", "tiff": "tif", "htm": "html"}.get(ending, ending), "application/octet-stream"
    )


def safe_name(name: str | None, content_type: str, number: int) -> str:
    """The last part of the path as sent, NFC, nothing invisible, at most 120 characters with its ending kept."""
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", name or "")).replace("\\", "/").rsplit("/", 1)[-1]
    text = _RESERVED.sub("_", text).strip()
    if text.strip(".") == "":
        kind = content_type.split("/")[0]
        return (
            f"{kind if kind in ('image', 'audio', 'video', 'text') else 'file'}-{number}{_ENDING.get(content_type, '')}"
        )
    if text.startswith(".") or _DEVICE.match(text):
        text = "_" + text
    if len(text) > MAX_NAME:
        stem, dot, ending = text.rpartition(".")
        text = stem[: MAX_NAME - len(ending) - 1] + dot + ending if dot and len(ending) <= 10 else text[:MAX_NAME]
    return text


def attachment(
    name: str | None, content_type: str, content: bytes, number: int, *, is_inline: bool, content_id: str | None
) -> Attachment:
    width, height = picture_size(content) if content_type.startswith("image/") else (None, None)
    return Attachment(
        filename=safe_name(name, content_type, number),
        content_type=content_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        is_inline=is_inline,
        content_id=content_id,
        width_px=width,
        height_px=height,
    )


def picture_size(content: bytes) -> tuple[int | None, int | None]:
    """(width, height) in pixels from the header alone, nothing decoded; (None, None) for what it does not know."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack(">II", content[16:24])
        if content[:6] in (b"GIF87a", b"GIF89a"):
            return struct.unpack("<HH", content[6:10])
        if content.startswith(b"BM"):
            width, height = struct.unpack("<ii", content[18:26])
            return width, abs(height)
        if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X":
            return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
        if content.startswith(b"\xff\xd8"):
            return _jpeg_size(content)
    except (struct.error, IndexError):
        pass
    return None, None


def _jpeg_size(content: bytes) -> tuple[int | None, int | None]:
    at = 2
    for _ in range(200):
        if content[at] != 0xFF:
            return None, None
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None, None
