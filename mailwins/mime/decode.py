"""The walk: one mail's bytes to one InboundMessage, attached mails decoded the same way."""

from __future__ import annotations

import email
import email.policy
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.message import Message
from email.utils import collapse_rfc2231_value
from functools import lru_cache
from typing import Any

from mailparser.utils import get_addresses

from mailwins.mime import files, headers
from mailwins.mime.charsets import decode_text, unflow
from mailwins.mime.mapi import FILE_CONTENT_ID, FILE_TYPE, MapiMessage
from mailwins.mime.mapi import text as mapi_text
from mailwins.mime.msg import is_msg, read_msg
from mailwins.mime.reports import delivery_report
from mailwins.mime.signed import unwrap_smime, without_pgp_armour, without_pgp_message
from mailwins.mime.tnef import is_tnef, read_tnef
from mailwins.mime.tree import parse_tree
from mailwins.model import Address, Attachment, InboundMessage

# It warns on standard error about every type it does not know; we know them from our own walk.
logging.getLogger("mailparser").setLevel(logging.CRITICAL)

MAX_DEPTH = 5
MAX_PARTS = 1_000
MAX_ATTACHED = 50
MAX_TEXT_CHARS = 20_000_000

# Signatures and the resource half of AppleDouble: parts of the envelope, not files somebody sent.
_NOT_FILES = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-encrypted",
        "application/applefile",
    }
)
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_REPORT_PARTS = frozenset(
    {
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "text/rfc822-headers",
        "message/global-delivery-status",
    }
)
_CRLF = email.policy.compat32.clone(linesep="\r\n")


def decode(raw: bytes, *, depth: int = 0) -> InboundMessage:
    """Any bytes in, a value out; what was odd is in ``defects``. *depth* counts attached mails inside attached mails."""
    tree, is_whole = _tree(raw)
    fields = headers.raw_fields(tree)
    by_name: dict[str, list[str]] = {}
    for name, value in fields:
        by_name.setdefault(name, []).append(value)

    def values(name: str) -> list[str]:
        return by_name.get(name, [])

    authors, is_plain, odd = _authors(tuple(values("from")))
    is_odd = any(part.defects for part in _first_parts(tree))
    defects = [odd or "mime_defect"] if odd or is_odd else []
    if not is_plain:
        defects.append("author_not_plain")
    walk = _Walk(depth)
    if not is_whole:
        walk.defects.append("nested_too_deep")
    try:
        walk.visit(tree, 0)
    except RecursionError:
        walk.defects.append("nested_too_deep")
    text, html = walk.bodies()
    date = _date(values("date"), values("received"), defects)
    return InboundMessage(
        authors=authors,
        author_is_plain=is_plain,
        reply_to=headers.addresses(values("reply-to")),
        to=headers.addresses(values("to")),
        cc=headers.addresses(values("cc")),
        subject=headers.decode_words(values("subject")[0]) or None if values("subject") else None,
        date=date,
        message_id=next(iter(headers.message_ids(values("message-id"))), None),
        in_reply_to=headers.message_ids(values("in-reply-to")),
        references=headers.message_ids(values("references")),
        text=text,
        html=html,
        attachments=tuple(walk.files),
        attached=tuple(walk.attached),
        headers=tuple((n, headers.decode_words(v)) for n, v in fields),
        content_types=tuple(walk.types),
        defects=tuple(dict.fromkeys([*defects, *walk.defects])),
        report=delivery_report(tree) if depth == 0 and walk.types[0] == "multipart/report" else None,
    )


def _tree(raw: bytes) -> tuple[Message, bool]:
    """(the parts, whether they are all): of a thousand mails in one another, only the head of the first."""
    try:
        return parse_tree(raw), True
    except RecursionError:
        head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
        return email.message_from_bytes(re.sub(rb"(?mi)^content-type:", b"X-Content-Type:", head) + b"\r\n\r\n"), False


@lru_cache(maxsize=500)
def _authors(fields: tuple[str, ...]) -> tuple[tuple[Address, ...], bool, str | None]:
    """(the mailboxes of the From *fields*, whether the author is plain, the defect). Kept, because the same few colleagues write nearly all mail.

    The author is mail-parser's to judge: who is asked "whose address is this?" decides who may write. It sees
    no more of the mail, because it would decode every part once more and raises on one hostile mail in a hundred.
    """
    reasons: list[dict[str, str]] = []
    people: list[tuple[str, str]] = []
    odd = None
    try:
        found = get_addresses(fields[0] if fields else "", defects=reasons, decode_names=True)
        people = [(str(n), str(a)) for n, a in found if a]
        odd = "mime_defect" if reasons else None
    except Exception:
        odd = "unparseable_header"
    authors, is_plain = headers.author(list(fields), people)
    return authors, is_plain, odd


def _first_parts(tree: Message) -> Iterator[Message]:
    """The mail and its parts down to a bounded depth; what is attached as a mail is judged when it is decoded."""
    level = [tree]
    for _ in range(MAX_DEPTH):
        if not level:
            return
        yield from level
        level = [
            child
            for part in level
            if part.is_multipart() and part.get_content_maintype() == "multipart"
            for child in part.get_payload()
            if isinstance(child, Message)
        ][:MAX_PARTS]


def _date(values: list[str], received: list[str], defects: list[str]) -> datetime | None:
    if values and (moment := headers.written_at(values[0])):
        return moment
    defects.append("unreadable_date" if values else "no_date")
    for value in received:
        if moment := headers.written_at(value.rpartition(";")[2].strip()):
            return moment
    return None


class _Walk:
    """Collects what the parts hold, in their order."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.texts: list[str] = []
        self.htmls: list[str] = []
        self.files: list[Attachment] = []
        self.attached: list[InboundMessage] = []
        self.types: list[str] = []
        self.defects: list[str] = []
        self.wrapped: list[MapiMessage] = []
        """winmail.dat files: the same mail once more, often richer than the text part beside it."""

    def bodies(self) -> tuple[str | None, str | None]:
        text = "\n\n".join(t.strip("\n") for t in self.texts if t.strip()) or None
        html = "\n".join(h for h in self.htmls if h.strip()) or None
        for message in self.wrapped:
            of_text, of_html = message.bodies()
            text, html = text or of_text, html or of_html
        return text, html

    def visit(self, part: Message, level: int) -> None:
        content_type = part.get_content_type()
        self.types.append(content_type)
        if len(self.types) > MAX_PARTS or level > 50:
            self.defects.append("too_many_parts")
            return
        if content_type == "message/rfc822" or content_type == "message/global":
            self._message(part)
        elif part.is_multipart() and content_type not in _REPORT_PARTS:
            self._children(part, content_type, level)
        elif content_type in _REPORT_PARTS or content_type in _NOT_FILES:
            return
        else:
            self._leaf(part, content_type, level)

    def _children(self, part: Message, content_type: str, level: int) -> None:
        children = [c for c in part.get_payload() if isinstance(c, Message)]
        if content_type == "multipart/encrypted":
            self.defects.append("encrypted")
        if content_type != "multipart/alternative":
            for child in children:
                self.visit(child, level + 1)
            return
        # Of alternatives of one type the last is the richest (RFC 2046 section 5.1.4).
        texts, htmls = len(self.texts), len(self.htmls)
        for child in children:
            before = (len(self.texts), len(self.htmls))
            self.visit(child, level + 1)
            if child.get_content_type() == "text/plain" and len(self.texts) > before[0] > texts:
                del self.texts[texts : before[0]]
            if child.get_content_type() == "text/html" and len(self.htmls) > before[1] > htmls:
                del self.htmls[htmls : before[1]]

    def _message(self, part: Message) -> None:
        payload = part.get_payload()
        if isinstance(payload, list) and payload and isinstance(payload[0], Message):
            raw = _bytes_of(payload[0])
        else:
            raw = _content(part)
        self._attach(raw)

    def _attach(self, raw: bytes) -> None:
        if self.depth >= MAX_DEPTH or len(self.attached) >= MAX_ATTACHED:
            self.defects.append("nested_too_deep")
            return
        self._keep(decode(raw, depth=self.depth + 1))

    def _keep(self, inner: InboundMessage) -> None:
        index = len(self.attached)
        self.attached.append(inner)
        self.files.extend(replace(f, in_message=index) for f in inner.attachments)

    def _outlook(self, message: MapiMessage) -> None:
        """What a winmail.dat or .msg brings along: files, and messages inside."""
        self.defects.extend(message.defects)
        for file in message.files:
            if len(self.files) >= MAX_PARTS:
                self.defects.append("too_many_parts")
                return
            if file.message is not None:
                self._attach_outlook(file.message)
            elif file.name and file.name.lower().endswith(".eml"):
                self._attach(file.content)
            elif file.content:
                content_type = mapi_text(file.properties, FILE_TYPE) or files.type_of(file.name)
                content_id = mapi_text(file.properties, FILE_CONTENT_ID)
                self.files.append(
                    files.attachment(
                        file.name,
                        content_type,
                        file.content,
                        len(self.files) + 1,
                        is_inline=content_id is not None,
                        content_id=content_id,
                    )
                )

    def _attach_outlook(self, message: MapiMessage) -> None:
        if self.depth >= MAX_DEPTH or len(self.attached) >= MAX_ATTACHED:
            self.defects.append("nested_too_deep")
            return
        walk = _Walk(self.depth + 1)
        walk._outlook(message)
        text, html = message.bodies()
        inner = decode(message.header(), depth=self.depth + 1)
        inner = replace(
            inner,
            text=text,
            html=html,
            attachments=tuple(walk.files),
            attached=tuple(walk.attached),
            defects=tuple(dict.fromkeys([*inner.defects, *walk.defects])),
        )
        self._keep(inner)

    def _signed(self, part: Message, content: bytes, level: int) -> bool:
        """S/MIME: the mail is inside the signature. False where it stays a file."""
        found = unwrap_smime(content)
        if isinstance(found, str):
            # What cannot be taken apart may still say what it is.
            is_locked = "enveloped" in (_parameter(part, "smime-type") or "").lower()
            self.defects.append("encrypted" if is_locked else found)
            return False
        self.visit(parse_tree(found), level + 1)
        return True

    def _leaf(self, part: Message, content_type: str, level: int) -> None:
        disposition = part.get_content_disposition()
        name = _name(part)
        content = _content(part)
        if content_type in _SMIME or (name or "").lower().endswith(".p7m"):
            if self._signed(part, content, level):
                return
        elif is_tnef(content):
            message = read_tnef(content, self.depth)
            self.wrapped.append(message)
            self._outlook(message)
            return
        elif is_msg(name, content_type, content):
            if (of_msg := read_msg(content)) is not None:
                self._attach_outlook(of_msg)
                return
            self.defects.append("outlook_msg_not_read: install mailwins[outlook] to read attached .msg files")
        is_text = content_type in ("text/plain", "text/html") or (
            content_type.startswith("text/") and content_type == part.get_default_type()
        )
        if (
            is_text
            and disposition != "attachment"
            and (not name or (disposition == "inline" and content_type == "text/html" and not self.htmls))
        ):
            self._body(part, content_type, content)
            return
        if content_type == "text/calendar" and not name:
            return
        if (
            name
            and name.lower().endswith(".eml")
            and content_type in ("application/octet-stream", "text/plain", "application/x-eml", "message/x-eml")
        ):
            self._attach(content)
            return
        if not content:
            self.defects.append("empty_part")
            return
        content_id = (part.get("Content-ID") or "").strip().strip("<>") or None
        is_inline = disposition == "inline" or (disposition is None and content_id is not None)
        self.files.append(
            files.attachment(
                name,
                content_type,
                content,
                len(self.files) + 1,
                is_inline=is_inline,
                content_id=str(content_id) if content_id else None,
            )
        )

    def _body(self, part: Message, content_type: str, content: bytes) -> None:
        is_html = content_type == "text/html"
        text, _ = decode_text(content[:MAX_TEXT_CHARS], _parameter(part, "charset"), is_html=is_html)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if is_html:
            self.htmls.append(text)
            return
        if (_parameter(part, "format") or "").lower() == "flowed":
            text = unflow(text, delsp=(_parameter(part, "delsp") or "").lower() == "yes")
        text, is_locked = without_pgp_message(without_pgp_armour(text))
        if is_locked:
            self.defects.append("encrypted")
        self.texts.append(text)


def _bytes_of(message: Message) -> bytes:
    """Raises RecursionError for what is nested too deep."""
    try:
        return message.as_bytes(policy=_CRLF)
    except RecursionError:
        raise
    except Exception:
        # The generator trips over headers it cannot fold: over a vertical tab before "Re:", say.
        return _as_it_came(message)


def _as_it_came(message: Message) -> bytes:
    """Its fields and parts, written down without the generator's care."""
    head = "".join(f"{name}: {value}\r\n" for name, value in message.raw_items()).encode("utf-8", "surrogateescape")
    payload = message.get_payload()
    if not isinstance(payload, list):
        return head + b"\r\n" + str(payload or "").encode("utf-8", "surrogateescape")
    parts = [_bytes_of(part) for part in payload if isinstance(part, Message)]
    boundary = message.get_boundary()
    if boundary is None:
        return head + b"\r\n" + b"\r\n".join(parts)
    line = b"\r\n--" + str(boundary).encode("utf-8", "surrogateescape")
    return head + b"".join(line + b"\r\n" + part for part in parts) + line + b"--\r\n"


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except Exception:
        content = None
    if isinstance(content, bytes):
        return content
    payload = part.get_payload()
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


@lru_cache(maxsize=200)
def _parameters(content_type: str) -> Mapping[str, str]:
    """The parameters of a Content-Type field. Kept: the field of most text parts is one of a handful."""
    part = Message()
    part["Content-Type"] = content_type
    found: dict[str, str] = {}
    try:
        # The stubs know only the plain values; what RFC 2231 encodes is a tuple.
        params: Sequence[tuple[str, Any]] = part.get_params([])
        for name, value in params:
            text = collapse_rfc2231_value(value) if isinstance(value, tuple) else value
            found.setdefault(name.lower(), str(text))
    except Exception:
        return {}
    return found


def _parameter(part: Message, name: str) -> str | None:
    try:
        return _parameters(str(part.get("content-type", ""))).get(name)
    except Exception:
        return None


def _name(part: Message) -> str | None:
    # Most parts have none: to look is cheaper than to take the fields apart.
    try:
        if "name" not in f"{part.get('content-disposition')}{part.get('content-type')}".lower():
            return None
        name = part.get_filename()
    except Exception:
        return None
    if not name:
        return None
    if any("\udc80" <= c <= "\udcff" for c in name):
        name = decode_text(name.encode("utf-8", "surrogateescape"))[0]
    return headers.decode_words(name) or None
