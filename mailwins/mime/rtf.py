"""Rich text as Outlook stores it: unpacked ([MS-OXRTFCP]), then to the HTML that hides in it ([MS-OXRTFEX]) or to plain text."""

from __future__ import annotations

import html as html_entities
import re
import struct
from dataclasses import dataclass, replace

from mailwins.mime.charsets import decode_text

MAX_RTF_BYTES = 4_000_000

_PACKED, _PLAIN = b"LZFu", b"MELA"
_DICTIONARY_BYTES = 4096
# What the dictionary holds before the first byte: section 2.1.3.1.
_PRESET = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def decompress(packed: bytes) -> bytes:
    """The RTF inside, as far as it can be read; never raises, at most ``MAX_RTF_BYTES``."""
    if len(packed) < 16:
        return b""
    (size,) = struct.unpack_from("<I", packed)
    kind = packed[8:12]
    content = packed[16 : size + 4]
    if kind == _PLAIN:
        return content[:MAX_RTF_BYTES]
    if kind != _PACKED:
        return b""
    out = bytearray(_PRESET)
    at, end = 0, len(content)
    limit = MAX_RTF_BYTES + len(_PRESET)
    while at < end and len(out) < limit:
        flags = content[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                if at >= end:
                    break
                out.append(content[at])
                at += 1
                continue
            if at + 1 >= end:
                at = end
                break
            place, length = content[at] << 4 | content[at + 1] >> 4, (content[at + 1] & 15) + 2
            at += 2
            back = (len(out) - place) % _DICTIONARY_BYTES
            if back == 0 or back > len(out):  # the end mark, or a look at what was never written
                return bytes(out[len(_PRESET) :])
            piece = out[len(out) - back : len(out) - back + length]
            out += piece if back >= length else (piece * (length // back + 1))[:length]
    return bytes(out[len(_PRESET) :][:MAX_RTF_BYTES])


# ---------------------------------------------------------------- reading it

_TOKEN = re.compile(
    rb"\\(?:'(?P<hex>[0-9a-fA-F]{2})|(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<symbol>[^a-zA-Z]))|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
_UNSEEN = frozenset(
    {
        b"fonttbl",
        b"colortbl",
        b"stylesheet",
        b"info",
        b"pict",
        b"object",
        b"header",
        b"footer",
        b"headerl",
        b"headerr",
        b"headerf",
        b"footerl",
        b"footerr",
        b"footerf",
        b"listtable",
        b"listoverridetable",
        b"rsidtbl",
        b"generator",
        b"themedata",
        b"datastore",
        b"fldinst",
        b"xmlnstbl",
        b"filetbl",
        b"revtbl",
        b"mhtmltag",
        b"pntext",
        b"bkmkstart",
        b"bkmkend",
    }
)
_BREAKS = {b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t"}
_LETTERS = {
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
}
_OF_FONT = {
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_HEEDED = (
    _UNSEEN
    | _BREAKS.keys()
    | _LETTERS.keys()
    | {b"htmltag", b"htmlrtf", b"ansicpg", b"uc", b"f", b"fcharset", b"plain"}
)
_DEEPEST = 500


@dataclass(frozen=True, slots=True)
class _Group:
    """What a closing brace puts back. *is_markup*: inside an ``htmltag``; *is_rtf_only*: between ``htmlrtf`` and ``htmlrtf0``."""

    is_unseen: bool = False
    is_markup: bool = False
    is_rtf_only: bool = False
    charset: str = ""
    skip: int = 1


def read_rtf(rtf: bytes) -> tuple[str | None, str | None]:
    """(text, HTML): HTML where the RTF was made from HTML and carries it, else text. Never raises, linear."""
    if not rtf.lstrip().startswith(b"{\\rtf"):
        return None, None
    is_html = b"\\fromhtml1" in rtf[:2_000]
    out = _Reader(is_html).read(rtf)
    if is_html:
        return None, out.strip() or None
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in out.split("\n"))).strip() or None, None


class _Reader:
    def __init__(self, is_html: bool) -> None:
        self.is_html = is_html
        self.out: list[str] = []
        self.pending = bytearray()
        self.codepage = "cp1252"
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.in_fonts = 0

    def read(self, rtf: bytes) -> str:
        group = _Group()
        stack: list[_Group] = []
        is_starred = False
        to_skip = 0
        for match in _TOKEN.finditer(rtf):
            kind = match.lastgroup
            if kind == "open":
                if len(stack) >= _DEEPEST:
                    break
                stack.append(group)
                is_starred, to_skip = False, 0
                continue
            if kind == "close":
                self._flush(group)
                if not stack:
                    break
                group = stack.pop()
                self.in_fonts = min(self.in_fonts, len(stack))
                to_skip = 0
                continue
            if kind == "symbol":
                symbol = match["symbol"]
                if symbol == b"*":
                    is_starred = True
                elif to_skip:
                    to_skip -= 1
                elif symbol in b"\\{}":
                    self._bytes(group, symbol)
                elif symbol in b"~\r\n_-":
                    self._say(group, {b"~": "\xa0", b"_": "-", b"-": ""}.get(symbol, "\n"))
                continue
            if kind == "hex":
                if to_skip:
                    to_skip -= 1
                else:
                    self._bytes(group, bytes([int(match["hex"], 16)]))
                continue
            if kind == "text":
                piece = match["text"]
                if to_skip:
                    piece, to_skip = piece[to_skip:], max(0, to_skip - len(piece))
                self._bytes(group, piece)
                continue
            if match["word"] is None:
                continue
            word, number = match["word"], int(match["number"]) if match["number"] else None
            if word == b"u" and number is not None:
                self._say(group, _letter(number))
                to_skip = group.skip
                continue
            if is_starred or word in _HEEDED:
                group = self._word(group, word, number, is_starred, len(stack))
                is_starred = False
        self._flush(group)
        return "".join(self.out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _word(self, group: _Group, word: bytes, number: int | None, is_starred: bool, depth: int) -> _Group:
        self._flush(group)
        if word == b"htmltag":
            return replace(group, is_markup=True, is_unseen=not self.is_html)
        if word == b"htmlrtf":
            return replace(group, is_rtf_only=number != 0)
        if word == b"fonttbl":
            self.in_fonts = depth
        if word in _UNSEEN or is_starred:
            return replace(group, is_unseen=True)
        if word == b"ansicpg" and number:
            self.codepage = "utf-8" if number == 65001 else f"cp{number}"
        elif word == b"uc" and number is not None:
            return replace(group, skip=min(max(number, 0), 8))
        elif word == b"f" and number is not None:
            self.font = number
            return replace(group, charset=self.fonts.get(number, ""))
        elif word == b"fcharset" and self.in_fonts and number in _OF_FONT:
            self.fonts[self.font] = _OF_FONT[number]
        elif word == b"plain":
            return replace(group, charset="")
        elif word in _BREAKS:
            self._say(group, _BREAKS[word])
        elif word in _LETTERS:
            self._say(group, _LETTERS[word])
        return group

    def _is_seen(self, group: _Group) -> bool:
        return not group.is_unseen and not (self.is_html and group.is_rtf_only)

    def _bytes(self, group: _Group, piece: bytes) -> None:
        if self._is_seen(group):
            self.pending += piece

    def _flush(self, group: _Group) -> None:
        if self.pending:
            text = decode_text(bytes(self.pending), group.charset or self.codepage)[0]
            self.pending.clear()
            self.out.append(text if group.is_markup or not self.is_html else html_entities.escape(text, quote=False))

    def _say(self, group: _Group, text: str) -> None:
        self._flush(group)
        if self._is_seen(group):
            self.out.append(text)


def _letter(number: int) -> str:
    """RTF counts letters as signed 16-bit numbers; those beyond come as two halves, joined at the end."""
    return chr(number % 0x10000)
