"""The life of an outgoing mail: its bytes, its Message-ID, which we can recognise as ours, and when to try again."""

from __future__ import annotations

import hashlib
import hmac
import re
from binascii import b2a_qp
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, quoprimime
from email.header import Header
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from mailwins.model import Address, OutgoingMail

FIRST_WAIT = timedelta(minutes=30)
LONGEST_WAIT = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=4)

_OURS = re.compile(r"mw\.(?P<kind>[a-z-]+)\.(?P<name>[a-z2-7]{20})\.(?P<signature>[a-z2-7]{12})@")


def message_id(kind: str, cause: str, recipient: str, *, key: bytes, domain: str) -> str:
    """The one Message-ID of this mail, without angle brackets: the same each time it is made, and signed.

    *key* is the instance's secret; without it nobody can make an id that we take for our own.
    """
    name = _short(hashlib.sha256("\0".join((kind, cause, recipient.lower())).encode()).digest(), 20)
    return f"mw.{kind}.{name}.{_sign(kind, name, key)}@{domain}"


def is_ours(candidate: str, *, key: bytes) -> bool:
    """Whether we made this Message-ID."""
    match = _OURS.match(candidate.strip("<> "))
    return match is not None and hmac.compare_digest(_sign(match["kind"], match["name"], key), match["signature"])


def _sign(kind: str, name: str, key: bytes) -> str:
    return _short(hmac.digest(key, f"{kind}.{name}".encode(), "sha256"), 12)


_TWO_LETTERS = tuple(a + b for a in "abcdefghijklmnopqrstuvwxyz234567" for b in "abcdefghijklmnopqrstuvwxyz234567")


def _short(digest: bytes, length: int) -> str:
    """The first *length* letters, an even number, of the digest in base 32: what ``base64`` takes eight times as long for."""
    bits = int.from_bytes(digest, "big")
    top = 8 * len(digest) - 10
    return "".join([_TWO_LETTERS[(bits >> at) & 1023] for at in range(top, top - 5 * length, -10)])


def next_attempt(tries: int, created_at: datetime, now: datetime) -> datetime | None:
    """When to try a deferred mail again, or None to give up.

    *tries* counts attempts made so far, this one included (so it starts at 1). Waits double
    from 30 minutes to 6 hours; after 4 days the mail is given up, both as RFC 5321
    section 4.5.4.1 advises senders.
    """
    if now - created_at >= GIVE_UP_AFTER:
        return None
    return now + min(FIRST_WAIT * (1 << min(max(tries - 1, 0), 10)), LONGEST_WAIT)


# ---------------------------------------------------------------- the mail itself


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that the HTML shows through ``cid:`` + *content_id*; *subtype* is png, jpeg or gif."""

    content_id: str
    filename: str
    content: bytes = field(repr=False)
    subtype: str = "png"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that travels with a mail. *content_type* such as ``message/rfc822`` or ``text/csv``."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a mail needs but its Message-ID. *cause* and *to* make it one of a kind; *headers* are added as they are.

    *html*: a page, or its lines without their ends.
    """

    kind: str
    cause: str
    sender: Address
    to: Address
    subject: str
    text: str
    html: str | tuple[str, ...] | None
    at: datetime
    headers: tuple[tuple[str, str], ...] = ()
    pictures: tuple[Picture, ...] = ()
    files: tuple[Enclosed, ...] = ()
    to_customer: bool = False
    win_ids: tuple[int, ...] = ()


SUBJECT_LIMIT = 78
NAME_LIMIT = 120
_POLICY = SMTP.clone(max_line_length=76)


def post(letter: Letter, *, key: bytes, domain: str) -> OutgoingMail:
    """The finished mail, ready for the outbox. *domain* is the right side of its Message-ID."""
    recipient = letter.to.address or ""
    id_ = message_id(letter.kind, letter.cause, recipient, key=key, domain=domain)
    raw = write(letter, f"<{id_}>")
    return OutgoingMail(
        letter.kind, letter.cause, recipient, id_, letter.subject, raw, letter.to_customer, letter.win_ids
    )


def post_all(letter: Letter, people: Iterable[Address], *, key: bytes, domain: str) -> Iterator[OutgoingMail]:
    """The same letter to each of *people*, as ``post`` would write it; its body is written once."""
    common = write(replace(letter, to=Address(None, None)), None)
    for person in people:
        recipient = person.address or ""
        id_ = message_id(letter.kind, letter.cause, recipient, key=key, domain=domain)
        own = _person("To", person) + f"Message-ID: <{id_}>\r\n".encode()
        yield OutgoingMail(
            letter.kind, letter.cause, recipient, id_, letter.subject, own, letter.to_customer, letter.win_ids, common
        )


# What needs no quoting and no encoding (RFC 5322, 3.2.3) and fits on one line, as most names do.
_ATOMS = re.compile(r"[A-Za-z0-9'_+-]+(?: [A-Za-z0-9'_+-]+)*")
_DOTTED = re.compile(r"[A-Za-z0-9'_+-]+(?:\.[A-Za-z0-9'_+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@lru_cache(maxsize=200)
def _person(header: str, person: Address) -> bytes:
    """A From or To with its line end; plain names without the library, whose care takes most of the time when there are thousands."""
    name, address = person.name or "", person.address or ""
    if _ATOMS.fullmatch(name) and _DOTTED.fullmatch(address) and len(name) + len(address) < 68:
        return f"{header}: {name} <{address}>\r\n".encode()
    return _folded(header, formatted(person))


def write(letter: Letter, id_: str | None) -> bytes:
    """The bytes of a mail: text, HTML with its pictures, files. Without *id_* it carries no Message-ID (a draft)."""
    head = [_person("From", letter.sender)]
    if letter.to.address:
        head.append(_person("To", letter.to))
    head += [_subject_line(letter.subject), _date_line(letter.at.replace(microsecond=0), letter.at.utcoffset())]
    if id_:
        head.append(_field("Message-ID", id_))
    for name, value in letter.headers:
        plain = one_line(value)
        head.append(_field(name, plain) if plain.isascii() else _folded(name, plain))
    return b"".join([*head, b"MIME-Version: 1.0\r\n", _body(letter)])


@lru_cache(maxsize=10)
def _date_line(at: datetime, _offset: timedelta | None) -> bytes:
    """Told apart by the offset as well: the same moment is the same to a cache in whatever zone it is told."""
    return f"Date: {format_datetime(at)}\r\n".encode()


def _folded(name: str, value: str | HeaderAddress) -> bytes:
    """By the library, which encodes what is not ASCII; what needs no such care takes most of a receipt's time there."""
    mail = EmailMessage(policy=_POLICY)
    mail[name] = value
    return mail.as_bytes().rstrip(b"\r\n") + b"\r\n"


def _body(letter: Letter) -> bytes:
    """From the Content-Type on."""
    if letter.pictures or letter.files:
        mail = _with_files(letter)
        del mail["MIME-Version"]
        return mail.as_bytes()
    text = _part("plain", _encoded(_with_line_feeds(letter.text).split("\n")))
    if letter.html is None:
        return text
    # "=_" cannot stand in quoted-printable (RFC 2045 section 6.7), so no text holds the boundary.
    mark = f"=_{hashlib.sha256(text).hexdigest()[:24]}".encode()
    html = letter.html if isinstance(letter.html, tuple) else _with_line_feeds(letter.html).split("\n")
    page = _part("html", _encoded(html))
    parts = b"".join(b"--%s\r\n%s\r\n" % (mark, part) for part in (text, page))
    return b'Content-Type: multipart/alternative; boundary="%s"\r\n\r\n%s--%s--\r\n' % (mark, parts, mark)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _part(subtype: str, body: bytes) -> bytes:
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'.encode()
        + body
        + (b"" if body.endswith(b"\r\n") else b"\r\n")
    )


def _encoded(lines: Iterable[str]) -> bytes:
    return b"\r\n".join(map(_quoted, lines))


@lru_cache(maxsize=1000)
def _quoted(line: str) -> bytes:
    """In quoted-printable. Most lines are the same in every mail, and are encoded once."""
    if (
        len(line) < 76
        and line != "."
        and line.isascii()
        and line.isprintable()
        and "=" not in line
        and line[-1:] != " "
    ):
        return line.encode()
    # What is left of a line end of somebody's text is one; in front of the end of the line it is part of that.
    content = _with_line_feeds(line.removesuffix("\r")).encode("utf-8", "replace")
    encoded = b2a_qp(content, istext=True)
    if len(encoded) > 76 and max(map(len, encoded.split(b"\n"))) > 76:
        # It does not count the "=20" of a blank at a line's end; the slower one does.
        encoded = quoprimime.body_encode(content.decode("latin-1"), 76).encode("ascii")
    return encoded.replace(b"\n", b"\r\n")


def _with_files(letter: Letter) -> EmailMessage:
    mail = EmailMessage(policy=_POLICY)
    mail.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    if letter.html is not None:
        page = letter.html if isinstance(letter.html, str) else "\n".join(letter.html)
        mail.add_alternative(page, subtype="html", charset="utf-8", cte="quoted-printable")
        html = mail.get_payload()[-1]  # type: ignore[index]
        for picture in letter.pictures:
            html.add_related(  # type: ignore[union-attr]
                picture.content,
                "image",
                picture.subtype,
                cid=f"<{picture.content_id}>",
                filename=picture.filename,
                disposition="inline",
            )
    for file in letter.files:
        if file.content_type == "message/rfc822":
            # RFC 2046 5.2.1: an enclosed mail may not be base64; the library insists on parsing it, which is fine for what we wrote.
            mail.add_attachment(message_from_bytes(file.content, policy=_POLICY), filename=file.filename)
        else:
            main, _, sub = file.content_type.partition("/")
            # Text of ours is UTF-8; unsaid, a mail program takes it for ASCII (RFC 2046 4.1.2).
            charset = {"charset": "utf-8"} if main == "text" else None
            mail.add_attachment(file.content, main, sub or "octet-stream", filename=file.filename, params=charset)
    return mail


LONGEST_LINE = 998


def _field(name: str, value: str) -> bytes:
    """A header of plain tokens with its line end, folded at blanks only.

    The library encodes a token that is longer than a line, such as the Message-ID of every mail from Exchange, as if
    it were text (RFC 2047), and no mail program finds the thread again. A token may have up to 998 characters
    (RFC 5322 section 2.1.1); one that is longer names nothing and is left out.
    """
    tokens = value.split()
    plain = f"{name}: {' '.join(tokens)}"
    if tokens and len(plain) <= 76:
        return f"{plain}\r\n".encode()
    lines = [f"{name}:"]
    for token in tokens:
        if len(token) >= LONGEST_LINE - len(name) - 2:
            continue
        if len(lines[-1]) + 1 + len(token) > 76 and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {token}"
    return "\r\n".join(lines).encode() + b"\r\n" if lines != [f"{name}:"] else b""


def _subject_line(subject: str) -> bytes:
    """With its line end. The library would leave two blanks where it begins to encode in the middle of a subject, and a blank
    in front of one whose first word does not fit; so a plain subject stands on one line, any other is encoded as a whole."""
    plain = one_line(subject)
    encoded = (
        plain
        if plain.isascii()
        else Header(plain, "utf-8", maxlinelen=76, header_name="Subject").encode(linesep="\r\n")
    )
    return f"Subject: {encoded}\r\n".encode()


def formatted(person: Address) -> HeaderAddress:
    """A From or To value. Line breaks in a name can not start a new header."""
    address = person.address or ""
    local, _, domain = address.rpartition("@")
    name = fitted(person.name or "", NAME_LIMIT)
    if len(name) + len(address) > _UNFOLDED:
        # The library loses the quotation marks of a name that it folds: "Bcc: a@b" would be an address of its own.
        name = " ".join(_SPECIALS.sub(" ", name).split())
    return HeaderAddress(name, local, domain)


_UNFOLDED = 60
_SPECIALS = re.compile(r'[()<>@,:;\\"\[\]]')


def one_line(text: str) -> str:
    """White space and control characters become single blanks.

    A text that looks like an encoded word (RFC 2047) is taken apart: the library would decode
    ``=?utf-8?q?=0D=0ABcc:…?=`` when it writes the header, line break and all.
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.replace("=?", "= ?").split())


def fitted(text: str, limit: int = SUBJECT_LIMIT) -> str:
    """*text* cut at a word, with an ellipsis, to at most *limit* characters."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return cut.rstrip(" ,;:-–—") + "…"
