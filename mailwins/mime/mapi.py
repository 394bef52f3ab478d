"""Outlook's own way to store a message: numbered properties. What winmail.dat and .msg files share, and how it becomes a mail.

Property numbers and meanings: [MS-OXPROPS]. The containers are read in ``tnef`` and ``msg``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from mailwins.mime.charsets import decode_text
from mailwins.mime.rtf import decompress, read_rtf

SUBJECT = 0x0037
SUBMITTED_AT = 0x0039
REPRESENTED_NAME, REPRESENTED_ADDRESS, REPRESENTED_SMTP = 0x0042, 0x0065, 0x5D02
TRANSPORT_HEADERS = 0x007D
RECIPIENT_TYPE = 0x0C15
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
SHOWN_CC, SHOWN_TO = 0x0E03, 0x0E04
DELIVERED_AT = 0x0E06
BODY, RTF, HTML = 0x1000, 0x1009, 0x1013
MESSAGE_ID, REFERENCES, IN_REPLY_TO = 0x1035, 0x1039, 0x1042
SHOWN_NAME, ADDRESS, SMTP_ADDRESS = 0x3001, 0x3003, 0x39FE
FILE_CONTENT, SHORT_FILENAME, ATTACH_METHOD, LONG_FILENAME = 0x3701, 0x3704, 0x3705, 0x3707
FILE_TYPE, FILE_CONTENT_ID = 0x370E, 0x3712
INTERNET_CODEPAGE, MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD

Value = str | bytes | int | datetime
Properties = Mapping[int, Value]

_TO, _CC = 1, 2
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
# What Windows numbers and Python names differently; the others are "cp" and the number.
_CODEPAGES = {65001: "utf-8", 65000: "utf-7", 20127: "ascii", 28591: "iso-8859-1", 50220: "iso-2022-jp", 51932: "euc-jp", 51949: "euc-kr", 54936: "gb18030", 20866: "koi8-r", 21866: "koi8-u", 10000: "macintosh"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MapiFile:
    """*message* is set for an embedded message, which has no *content*."""

    properties: Properties
    content: bytes = b""
    message: MapiMessage | None = None

    @property
    def name(self) -> str | None:
        return (
            text(self.properties, LONG_FILENAME)
            or text(self.properties, SHORT_FILENAME)
            or text(self.properties, SHOWN_NAME)
        )


@dataclass(frozen=True, slots=True)
class MapiMessage:
    properties: Properties = field(default_factory=dict)
    recipients: tuple[Properties, ...] = ()
    files: tuple[MapiFile, ...] = ()
    defects: tuple[str, ...] = ()

    def bodies(self) -> tuple[str | None, str | None]:
        """(text, HTML), each None where there is none. HTML may come wrapped into RTF; RTF alone gives text."""
        html = _string(self.properties.get(HTML), self._charset()) or None
        plain = text(self.properties, BODY)
        packed = self.properties.get(RTF)
        if isinstance(packed, bytes) and not (html and plain):
            of_rtf, html_of_rtf = read_rtf(decompress(packed))
            html = html or html_of_rtf
            plain = plain or of_rtf
        return _lines(plain), _lines(html)

    def _charset(self) -> str | None:
        number = self.properties.get(INTERNET_CODEPAGE)
        return charset_of(number) if isinstance(number, int) else None

    def header(self) -> bytes:
        """The header block it travelled with, else one made from its properties. Ends with an empty line."""
        sent = text(self.properties, TRANSPORT_HEADERS) or ""
        if re.search(r"^From:", sent, re.M | re.I):
            return _wanted_fields(sent)
        fields = [
            ("From", _mailbox(self._sender())),
            ("To", self._recipients(_TO) or _names(text(self.properties, SHOWN_TO))),
            ("Cc", self._recipients(_CC) or _names(text(self.properties, SHOWN_CC))),
            ("Subject", text(self.properties, SUBJECT)),
            ("Date", self._date()),
            ("Message-ID", text(self.properties, MESSAGE_ID)),
            ("In-Reply-To", text(self.properties, IN_REPLY_TO)),
            ("References", text(self.properties, REFERENCES)),
        ]
        return (
            "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields if value).encode(
                "utf-8", "replace"
            )
            + b"\r\n"
        )

    def _sender(self) -> tuple[str | None, str | None]:
        p = self.properties
        for name, smtp, address in (
            (REPRESENTED_NAME, REPRESENTED_SMTP, REPRESENTED_ADDRESS),
            (SENDER_NAME, SENDER_SMTP, SENDER_ADDRESS),
        ):
            if text(p, name) or text(p, smtp):
                return text(p, name), _smtp(text(p, smtp)) or _smtp(text(p, address))
        return None, _smtp(text(p, SENDER_ADDRESS))

    def _recipients(self, kind: int) -> str:
        people = [
            (text(r, SHOWN_NAME), _smtp(text(r, SMTP_ADDRESS)) or _smtp(text(r, ADDRESS)))
            for r in self.recipients
            if r.get(RECIPIENT_TYPE, _TO) == kind
        ]
        return ", ".join(filter(None, (_mailbox(p) for p in people)))

    def _date(self) -> str | None:
        for number in (SUBMITTED_AT, DELIVERED_AT):
            moment = self.properties.get(number)
            if isinstance(moment, datetime):
                return format_datetime(moment)
        return None


def text(properties: Properties, number: int) -> str | None:
    value = properties.get(number)
    return value.strip("\x00").strip() or None if isinstance(value, str) else None


def charset_of(codepage: int) -> str:
    return _CODEPAGES.get(codepage, f"cp{codepage}")


def moment_of(ticks: int) -> datetime | None:
    """A FILETIME (tenths of microseconds since 1601) as a time, or None where it means none."""
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10)
    except (OverflowError, ValueError):
        return None


def _string(value: Value | None, charset: str | None) -> str:
    if isinstance(value, bytes):
        return decode_text(value, charset, is_html=True)[0].strip("\x00")
    return value.strip("\x00") if isinstance(value, str) else ""


def _lines(value: str | None) -> str | None:
    return value.replace("\r\n", "\n").replace("\r", "\n") if value and value.strip() else None


def _smtp(address: str | None) -> str | None:
    """Exchange also keeps X.500 names ("/O=…/CN=…") where an address is expected: they are nobody's mailbox."""
    return (
        address.removeprefix("SMTP:").removeprefix("smtp:")
        if address and "@" in address and not address.startswith("/")
        else None
    )


def _mailbox(person: tuple[str | None, str | None]) -> str | None:
    name, address = person
    name = None if not name or name == address else re.sub(r'[\\"\r\n]', " ", name).strip("' ")
    if address:
        return f'"{name}" <{address}>' if name else address
    return f'"{name}"' if name else None


def _names(shown: str | None) -> str | None:
    return (
        ", ".join(filter(None, (_mailbox((n.strip(), _smtp(n.strip()))) for n in (shown or "").split(";")[:200])))
        or None
    )


# The other fields speak of a MIME body that is no longer there.
_FIELDS = re.compile(
    r"^(?:from|to|cc|reply-to|subject|date|message-id|in-reply-to|references|received|auto-submitted|list-id|precedence|resent-[a-z-]+):",
    re.I,
)


def _wanted_fields(sent: str) -> bytes:
    out: list[str] = []
    is_wanted = False
    for line in sent.replace("\r\n", "\n").split("\n"):
        if line[:1] in (" ", "\t"):
            if is_wanted and line.strip():
                out.append(line)
            continue
        is_wanted = bool(_FIELDS.match(line))
        if is_wanted:
            out.append(line)
    return "\r\n".join(out).encode("utf-8", "replace") + b"\r\n\r\n"
