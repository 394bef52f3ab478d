"""Header lines such as ``Jane Porter [mailto:jane@x.example]; Bob`` as people."""

from __future__ import annotations

import re

from mailwins.model import Address

_EMAIL = r"[^\s<>()\[\]\"',;:|*]+@[^\s<>()\[\]\"',;:|*]+\.[^\s<>()\[\]\"',;:|*]+"
_BARE = re.compile(_EMAIL)
# Programs that turn HTML into text put the link's target behind the shown address.
_MAILTO = re.compile(r"[<\[(]\s*mailto:\s*([^>\])\s]+?)\s*[>\])]", re.I)
_ANGLED = re.compile(rf"[<\[(]\s*({_EMAIL})\s*[>\])]")
_ON_BEHALF = re.compile(
    r"\s+(?:on behalf of|im auftrag von|de la part de|en nombre de|namens|per conto di|em nome de|för|w imieniu)\s+.*",
    re.I,
)
_ECHOED = re.compile(rf"({_EMAIL})\s*<mailto:\s*\1\s*>", re.I)
_ECHOED_BEFORE = re.compile(rf"<mailto:\s*{_EMAIL}\s*>\s*(?=<)", re.I)
_TWICE_ANGLED = re.compile(r"<\s*<([^<>]*)>\s*>")
_SEPARATORS = re.compile("[,;；，、]")
_MARKS = re.compile(r"[\"<\[(>\]),;；，、]")
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
# HCL Notes prints people of its own directory as "Jane Porter/Sales/Acme/GB@Acme", without an address.
_NOTES_NAME = re.compile(r"(\w[^/@,;<>]* [^/@,;<>]*\w)(?:/[^/@,;<>]{1,40}){1,5}(?:@[^/@.,;<>]{1,40})?")
MAX_PEOPLE = 200


def parse_people(text: str) -> tuple[Address, ...]:
    """Everybody a header line names, in order; a name without address and an address without name are both people."""
    if not text:
        return ()
    text = _plain(text)
    found: list[Address] = []
    for piece in _split(text)[:MAX_PEOPLE]:
        person = _person(piece)
        if person and person not in found:
            found.append(person)
    return tuple(found)


def parse_author(text: str) -> Address:
    """The one person of a From line; both halves None when it names nobody."""
    text = _plain(text)
    stripped = _ON_BEHALF.sub("", text) if " " in text else text
    match = _ANGLED.search(stripped)
    if match:
        return _person(stripped[: match.end()]) or Address()
    return _person(stripped.strip(" ;,")) or Address()


def _plain(text: str) -> str:
    if not text.isascii():
        text = _HIDDEN.sub("", text).replace("\xa0", " ").replace("＜", "<").replace("＞", ">")
    if "mailto:" in text.lower():
        # "x@y.example<mailto:x@y.example>" and "Name<mailto:x@y.example> <x@y.example>": the shown one stays.
        text = _ECHOED.sub(r"\1", text)
        text = _ECHOED_BEFORE.sub(" ", text)
        text = _MAILTO.sub(lambda m: f"<{m[1].split('?')[0]}>", text)
    if text.count("<") > 1:
        text = _TWICE_ANGLED.sub(r"<\1>", text)
    return " ".join(text.split())


def _split(text: str) -> list[str]:
    """At separators outside quotes and brackets. ``Last, First <a@x>`` stays one person."""
    if not _SEPARATORS.search(text):
        return [text.strip()] if text.strip() else []
    pieces: list[str] = []
    depth = 0
    quoted = False
    begun = 0
    for mark in _MARKS.finditer(text):
        char = mark[0]
        if char == '"':
            quoted = not quoted
        elif char in "<[(":
            depth += 1
        elif char in ">])":
            depth = max(0, depth - 1)
        elif not quoted and depth == 0:
            pieces.append(text[begun : mark.start()])
            # What a comma begins may be the rest of a name.
            begun = mark.start() if char == "," else mark.end()
            if char in "，、":
                text = text[: mark.start()] + "," + text[mark.end() :]
                begun = mark.start()
    pieces.append(text[begun:])
    return _join_reversed_names(pieces)


def _join_reversed_names(pieces: list[str]) -> list[str]:
    """A piece without an address, cut off by a comma, belongs to the next one that is a name with an address."""
    out: list[str] = []
    for piece in pieces:
        is_continued = piece.startswith(",")
        piece = piece.lstrip(",").strip()
        if not piece:
            continue
        previous = out[-1] if out else ""
        if (
            is_continued
            and previous
            and "@" not in previous
            and len(previous.split()) <= 2
            and _ANGLED.search(piece)
            and len(_ANGLED.sub("", piece).split()) <= 3
            and _ANGLED.sub("", piece).strip()
        ):
            out[-1] = f"{previous}, {piece}"
        else:
            out.append(piece)
    return out


def _person(piece: str) -> Address | None:
    piece = piece.strip(" \t;,")
    if not piece:
        return None
    if match := _ANGLED.search(piece):
        name = (piece[: match.start()] + " " + piece[match.end() :]).strip()
        address = match[1]
    elif match := _BARE.search(piece):
        name = (piece[: match.start()] + " " + piece[match.end() :]).strip()
        address = match[0]
    else:
        if match := _NOTES_NAME.fullmatch(piece):
            piece = match[1]
        return Address(clean_name(piece), None) if clean_name(piece) else None
    name = clean_name(name) or ""
    address = address.strip(".,;*_>")
    return Address(None if not name or name.lower() == address.lower() else name, address)


def clean_name(name: str) -> str | None:
    """Without quotes, stars and stray brackets. ``'Name' via List`` stays as it is: it says who and how."""
    name = name.strip(' \t"*_<>[];,：:')
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    if len(name) > 1 and name[0] == "'" and name[-1] == "'":
        name = name[1:-1]
    name = " ".join(name.replace('\\"', '"').replace('"', "").split())
    return name or None
