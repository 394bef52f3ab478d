"""Header fields as people read them: unfolded, encoded words decoded (RFC 2047), addresses apart."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from mailwins.mime.charsets import decode_text
from mailwins.model import Address

MAX_FIELDS = 2_000
MAX_FIELD_CHARS = 65_536
MAX_ADDRESSES = 500

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\n]*)\?=")
_BETWEEN = re.compile(r"\?=\s+=\?")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")


_UNDECODED = re.compile("[\udc80-\udcff]")
_FOLD = re.compile(r"[\r\n]+[ \t]*")


def raw_fields(message: Message) -> list[tuple[str, str]]:
    """(name in lower case, unfolded value with encoded words still in it), bounded in number and length."""
    fields = []
    for name, value in list(message.raw_items())[:MAX_FIELDS]:
        text = str(value)[:MAX_FIELD_CHARS]
        if not text.isascii() and _UNDECODED.search(text):
            text = decode_text(text.encode("utf-8", "surrogateescape"))[0]
        if "\n" in text or "\r" in text:
            text = _FOLD.sub(" ", text)
        text = text.replace("\x00", "")
        fields.append((name.lower(), text.strip()))
    return fields


def decode_words(value: str) -> str:
    """Encoded words as text. Neighbours of one charset are joined first: programs cut letters in two."""
    if "=?" not in value:
        return _one_line(value)
    value = _BETWEEN.sub("?==?", value)
    out: list[str] = []
    pending = b""
    charset = ""
    at = 0
    for match in _WORD.finditer(value):
        if match.start() > at and pending:
            out.append(decode_text(pending, charset)[0])
            pending = b""
        out.append(value[at : match.start()])
        label = match[1].split("*")[0]
        if pending and label.lower() != charset.lower():
            out.append(decode_text(pending, charset)[0])
            pending = b""
        charset = label
        pending += _word_bytes(match[2], match[3])
        at = match.end()
    if pending:
        out.append(decode_text(pending, charset)[0])
    out.append(value[at:])
    return _one_line("".join(out))


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "bB":
        try:
            return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
        except binascii.Error:
            return raw
    return _HEX.sub(lambda m: bytes([int(m[1], 16)]), raw.replace(b"_", b" "))


# An encoded word may hide line ends; everything after it would become header fields of our own mail.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def _one_line(text: str) -> str:
    return (text if text.isprintable() else _CONTROL.sub(" ", text)).strip()


# Most fields hold one mailbox and no tricks.
_ONE_PLAIN = re.compile(
    r"\s*(?:(?P<name>[\w .'-]*|\"[\w .,'-]*\")\s*<(?P<angle>[\w.+'-]+@[\w.-]+)>|(?P<bare>[\w.+'-]+@[\w.-]+))\s*"
)


def addresses(values: list[str]) -> tuple[Address, ...]:
    """Everybody in address fields, for showing. What authorises is decided in ``author``."""
    if not values:
        return ()
    if len(values) == 1 and (match := _ONE_PLAIN.fullmatch(values[0])):
        return (Address((match["name"] or "").strip("\"' ") or None, match["angle"] or match["bare"]),)
    # An encoded word may hold a bare comma that is no separator: it travels past the splitter as a token.
    words: list[str] = []

    def hide(match: re.Match[str]) -> str:
        words.append(match[0])
        return f"\ue000{len(words) - 1}\ue001"

    def show(text: str) -> str:
        return decode_words(
            re.sub("\ue000(\\d+)\ue001", lambda m: words[int(m[1])] if int(m[1]) < len(words) else "", text)
        )

    hidden = [_WORD.sub(hide, value.replace("\ue000", "")) for value in values]
    found = []
    for name, address in getaddresses(hidden)[:MAX_ADDRESSES]:
        name, address = show(name).strip("'\" "), show(address).strip()
        if "@" not in address:
            name, address = name or address, ""
        if name or address:
            found.append(Address(name or None, address or None))
    return tuple(found)


_PLAIN_AUTHOR = re.compile(
    r"\s*(?:(?P<name>[^<>@]*?|\"(?:[^\"\\@]|\\.)*\")\s*<\s*(?P<angle>[^<>\s]+)\s*>|(?P<bare>[^<>\s,;:()\"]+))\s*"
)
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def author(fields: list[str], parsed: list[tuple[str, str]]) -> tuple[tuple[Address, ...], bool]:
    """The mailboxes of the From fields, and whether the author is plain: one field, one mailbox, nothing to argue about.

    *parsed* is mail-parser's reading. Different parsers read ``ana@x.example <eve@y.example>``
    differently (CVE-2023-27043), so anything but ``[name without @] <address>`` or a bare address is not plain.
    """
    people = tuple(
        Address(decode_words(name).strip("'\" ") or None, address.strip() or None)
        for name, address in parsed[:MAX_ADDRESSES]
        if name or address
    )
    if len(fields) != 1 or not fields[0]:
        return people or addresses(fields), False
    value = fields[0]
    match = _PLAIN_AUTHOR.fullmatch(value)
    address = (match["angle"] or match["bare"]) if match else ""
    if not match or not _PLAIN_ADDRESS.fullmatch(address):
        return people or addresses(fields), False
    name = decode_words((match["name"] or "").strip().strip('"').replace('\\"', '"')).strip("'\" ")
    is_plain = "@" not in name or name.lower() == address.lower()
    if people and people[0].address and people[0].address.lower() != address.lower():
        is_plain = False
    return (Address(name or None, address),), is_plain


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# As nearly every program writes it (RFC 5322 section 3.3). ``-0000`` means that nobody knows the offset.
_PLAIN_DATE = re.compile(
    rf"(?:[A-Z][a-z]{{2}}, )?(\d\d?) ({'|'.join(_MONTHS)}) ([12]\d{{3}}) ((?:[01]\d|2[0-3]):\d\d:\d\d) (?!-0000)([+-]\d\d)([0-5]\d)(?: \([A-Z]{{1,5}}\))?",
    re.A,
)


def _plain_moment(value: str) -> datetime | None:
    match = _PLAIN_DATE.fullmatch(value)
    if match is None:
        return None
    day, month, year, clock, hours, minutes = match.groups()
    return datetime.fromisoformat(f"{year}-{_MONTHS.index(month) + 1:02}-{day:0>2}T{clock}{hours}:{minutes}")


def written_at(value: str | None) -> datetime | None:
    """The Date field with its own offset (UTC where it says ``-0000`` or nothing), or None."""
    if not value:
        return None
    try:
        moment = _plain_moment(value) or parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if 1980 <= moment.year <= 2200 else None


_ID = re.compile(r"<([^<>\s]{1,998})>")


def message_ids(values: list[str]) -> tuple[str, ...]:
    """Message-IDs without their angle brackets, in order, each once. An id that lacks them is taken whole."""
    found: list[str] = []
    for value in values:
        ids = _ID.findall(value) or ([value.strip()] if value.strip() and " " not in value.strip() else [])
        found.extend(i for i in ids if i not in found)
    return tuple(found[:200])
