"""Mail inside a signature: S/MIME "opaque" signing (RFC 8551) and PGP's inline armour (RFC 4880 section 7).

Signatures are not checked: they prove nothing that trust in this house rests on (SPF, DKIM and DMARC
of our own host do), so all that is needed of a CMS structure is the one octet string with the mail in it.
For that a bounded walk over its tags is enough; a cryptography library would bring certificate parsers
that nothing here calls, and the widely used ones refuse the streamed (BER) form that OpenSSL writes.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_DEPTH = 12
MAX_ELEMENTS = 5_000

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_ENVELOPED = (bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117"))
_DATA = bytes.fromhex("2a864886f70d010701")
_OBJECT_ID, _OCTETS = 0x06, 0x04


class _Damaged(Exception):
    pass


def unwrap_smime(content: bytes) -> bytes | str:
    """The MIME entity inside *content*, or why there is none: "encrypted", or "smime_damaged"."""
    if content[:20].lstrip().startswith(b"-----BEGIN") or (content[:1] == b"M" and content[:2].isalnum()):
        content = _unarmoured(content)
    try:
        return _Walk(content).signed_content()
    except (_Damaged, IndexError):
        return "smime_damaged"


def _unarmoured(content: bytes) -> bytes:
    """Some gateways deliver the PEM form as it is."""
    try:
        return binascii.a2b_base64(re.sub(rb"-----[A-Z0-9 ]+-----", b"", content))
    except binascii.Error:
        return b""


@dataclass(frozen=True, slots=True)
class _Element:
    tag: int
    start: int
    end: int
    next: int

    @property
    def is_constructed(self) -> bool:
        return bool(self.tag & 0x20)


class _Walk:
    """Over BER: definite lengths, and indefinite ones that two zero bytes end (X.690 section 8.1.3)."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.seen = 0

    def signed_content(self) -> bytes | str:
        outer = self._element(0, len(self.content), 0)
        kind, explicit = self._first_two(outer)
        of_kind = self.content[kind.start : kind.end]
        if of_kind in _ENVELOPED:
            return "encrypted"
        if of_kind != _SIGNED_DATA:
            raise _Damaged
        signed = next(self._children(explicit, 1))
        for child in self._children(signed, 2):
            if child.tag != 0x30:
                continue
            inner_kind, *rest = self._children(child, 3)
            if inner_kind.tag != _OBJECT_ID or self.content[inner_kind.start : inner_kind.end] != _DATA or not rest:
                raise _Damaged
            return b"".join(self._octets(next(self._children(rest[0], 4)), 5))
        raise _Damaged

    def _first_two(self, parent: _Element) -> tuple[_Element, _Element]:
        children = self._children(parent, 1)
        try:
            kind, explicit = next(children), next(children)
        except StopIteration:
            raise _Damaged from None
        if kind.tag != _OBJECT_ID:
            raise _Damaged
        return kind, explicit

    def _octets(self, element: _Element, depth: int) -> Iterator[bytes]:
        """A long string may come in pieces."""
        if element.tag & 0x1F != _OCTETS:
            raise _Damaged
        if not element.is_constructed:
            yield self.content[element.start : element.end]
            return
        for child in self._children(element, depth):
            yield from self._octets(child, depth + 1)

    def _children(self, parent: _Element, depth: int) -> Iterator[_Element]:
        at = parent.start
        while at < parent.end:
            child = self._element(at, parent.end, depth)
            yield child
            at = child.next

    def _element(self, at: int, limit: int, depth: int) -> _Element:
        self.seen += 1
        if self.seen > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise _Damaged
        tag, length = self.content[at], self.content[at + 1]
        if tag & 0x1F == 0x1F:  # numbers above 30 take more bytes; CMS has none
            raise _Damaged
        start = at + 2
        if length == 0x80:
            return self._indefinite(tag, start, limit, depth)
        if length & 0x80:
            count = length & 0x7F
            if count > 5:
                raise _Damaged
            length = int.from_bytes(self.content[start : start + count], "big")
            start += count
        end = start + length
        if end > limit:
            raise _Damaged
        return _Element(tag, start, end, end)

    def _indefinite(self, tag: int, start: int, limit: int, depth: int) -> _Element:
        at = start
        while self.content[at : at + 2] != b"\x00\x00":
            if at >= limit:
                raise _Damaged
            at = self._element(at, limit, depth + 1).next
        return _Element(tag, start, at, at + 2)


# ---------------------------------------------------------------- PGP

_MARKS = r"(?P<marks>[> ]*)"
_SIGNED = re.compile(
    rf"^{_MARKS}-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[> ]*[A-Za-z]+: [^\n]*\n)*(?:[> ]*\n)?", re.M
)
_SIGNATURE = re.compile(
    r"^[> ]*-----BEGIN PGP SIGNATURE-----[ \t]*\n(?:[^\n]{0,200}\n){0,200}?[> ]*-----END PGP SIGNATURE-----[ \t]*(?:\n|\Z)",
    re.M,
)
_ESCAPED = re.compile(r"^([> ]*)- (?=-|From )", re.M)


def without_pgp_armour(text: str) -> str:
    """The text that was signed inline, without the armour around it; also where somebody quotes it."""
    if "-----BEGIN PGP S" not in text:
        return text
    begun = _SIGNED.search(text)
    if begun is None:
        return text
    plain = _SIGNATURE.sub("", _SIGNED.sub("", text))
    # Lines that begin with a dash are escaped with another one (RFC 4880 section 7.1), inside the armour only.
    head = text[: begun.start()]
    return head + _ESCAPED.sub(r"\1", plain[len(head) :])


_LOCK, _UNLOCK = "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----"


def without_pgp_message(text: str) -> tuple[str, bool]:
    """(the text around encrypted messages, whether there was one): letters and figures are nobody's words."""
    rest: list[str] = []
    at, is_locked = 0, False
    while (begun := text.find(_LOCK, at)) >= 0:
        line = text.rfind("\n", at, begun) + 1 or at
        if text[line:begun].strip("> "):
            # Somebody writes about such a line.
            rest.append(text[at : begun + len(_LOCK)])
            at = begun + len(_LOCK)
            continue
        rest.append(text[at:line])
        is_locked = True
        end = text.find(_UNLOCK, begun)
        at = len(text) if end < 0 else end + len(_UNLOCK)
    return "".join([*rest, text[at:]]), is_locked
