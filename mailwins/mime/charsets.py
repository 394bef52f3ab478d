"""Which letters the bytes mean: a ladder of charsets that never raises, format=flowed, and certain mojibake."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

# What mails say and what they mean. Web browsers read Latin-1 as Windows-1252 for the same reason
# (WHATWG Encoding Standard); the East Asian ones are the supersets that mail programs really write.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso8859_8",
    "tis-620": "cp874",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
}
_WESTERN = frozenset({"cp1252", "ascii"})
# Codecs of Python that are no charsets, and one that mail must not use to smuggle text past a reader.
_NOT_CHARSETS = frozenset(
    {
        "hex",
        "base64",
        "bz2",
        "zlib",
        "rot13",
        "rot_13",
        "uu",
        "quopri",
        "idna",
        "punycode",
        "undefined",
        "unicode_escape",
        "raw_unicode_escape",
        "mbcs",
        "oem",
    }
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)


@lru_cache(maxsize=100)
def known_charset(label: str | None) -> str | None:
    """The codec a label means, or None for no label and labels nobody knows."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    name = _MEANT.get(name, name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError, TypeError):
        return None
    if found in _NOT_CHARSETS or found.replace("-", "_") in _NOT_CHARSETS:
        return None
    return name


def decode_text(raw: bytes, label: str | None = None, *, is_html: bool = False) -> tuple[str, str]:
    """(text, the charset that won). Line ends stay; lone surrogates and NUL are gone. Never raises."""
    name = known_charset(label)
    for codec in _ladder(raw, name, is_html=is_html):
        try:
            return _clean(raw.decode(codec)), codec
        except (UnicodeError, LookupError, ValueError):
            continue
    if name and name not in _WESTERN and name != "utf-8":
        # One broken letter should not turn a whole Cyrillic mail into Latin letters.
        text = raw.decode(name, "replace")
        if text.count("\ufffd") * 20 < max(len(text), 1):
            return _clean(text), name
    text = raw.decode("utf-8", "replace")
    if text.count("\ufffd") * 20 < len(text) and any(ord(c) > 0x7F and c != "\ufffd" for c in text):
        return _clean(text), "utf-8"
    return _clean(raw.decode("latin-1")), "latin-1"


def _ladder(raw: bytes, name: str | None, *, is_html: bool) -> Iterator[str]:
    """What to try, in this order. Most mail ends at the first step."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield "utf-16"
    if name in (None, "ascii", "cp1252", "iso2022_jp_ext") and raw.find(b"\x1b$", 0, 200_000) >= 0:
        yield "iso2022_jp_ext"
    if name in _WESTERN:
        # Latin-1 is what a program writes when it does not know; valid UTF-8 with a non-ASCII letter is hardly ever an accident.
        yield "utf-8"
    if name:
        yield name
    yield "utf-8"
    if is_html and (meta := _META.search(raw[:4096])):
        yield known_charset(meta[1].decode("ascii")) or "utf-8"
    yield "cp1252"


def _clean(text: str) -> str:
    if "\x00" in text:
        text = text.replace("\x00", "")
    return repair_mojibake(text.removeprefix("\ufeff"))


# UTF-8 read as Windows-1252 and written out again: each non-ASCII letter shows as one of these leads and a follower.
_TWICE = re.compile(
    r"[\u00c2-\u00df][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|\u00e2\u20ac[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)


def repair_mojibake(text: str) -> str:
    """Undo one round of UTF-8-read-as-1252, only where every non-ASCII letter takes part, so no right text is touched."""
    if text.isascii() or not _TWICE.search(text):
        return text
    try:
        raw = b"".join(c.encode("cp1252") if c not in "\x81\x8d\x8f\x90\x9d" else c.encode("latin-1") for c in text)
        return raw.decode("utf-8")
    except UnicodeError:
        return text


def unflow(text: str, *, delsp: bool) -> str:
    """Undo format=flowed (RFC 3676): soft line ends joined within one quote depth, stuffing removed, ``-- `` kept."""
    lines: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        stripped = line.lstrip(">")
        depth = len(line) - len(stripped)
        content = stripped.removeprefix(" ")
        is_signature = content == "-- "
        if open_depth == depth and not is_signature and lines:
            lines[-1] += content
        else:
            lines.append(">" * depth + (" " if depth and content else "") + content)
        if content.endswith(" ") and not is_signature:
            open_depth = depth
            if delsp:
                lines[-1] = lines[-1][:-1]
        else:
            open_depth = None
    return "\n".join(lines)
