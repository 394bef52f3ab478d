"""Pages for a browser: every mail that came in and went out beside its file, and one page to click through them."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as default_policy
from email.utils import getaddresses, parsedate_to_datetime
from importlib import resources
from itertools import groupby
from pathlib import Path

from mailwins.mime import decode
from mailwins.parsers import read_message


@dataclass(frozen=True, slots=True)
class Page:
    """One line of the index. *about* is the id it answers (receipts), *to* everybody who got the same mail."""

    kind: str
    subject: str
    to: tuple[str, ...]
    at: datetime | None
    page: Path
    mail: Path
    id_: str
    about: str


def write_pages(folder: Path, came_in: Sequence[Path], went_out: Sequence[Path]) -> Path:
    """*came_in* and *went_out*: .eml files below *folder*; each gets an .html twin. Returns the index."""
    inbound = [_page(folder, path, _as_read) for path in came_in]
    outbound = [_page(folder, path, lambda mail, _: as_page(mail)) for path in went_out]
    index = folder / "index.html"
    template = resources.files("mailwins.demo").joinpath("index.html").read_text(encoding="utf-8")
    sections = [
        ("Start here", _tour(inbound, outbound)),
        (f"Went out ({len(outbound)})", _lines(_together(outbound))),
        (f"Came in ({len(inbound)})", _lines(inbound)),
    ]
    lists = "\n".join(f"<h2>{title}</h2>\n<ul>\n{lines}\n</ul>" for title, lines in sections)
    index.write_text(template.replace("@LISTS@", lists).replace("@FIRST@", _first(outbound)), encoding="utf-8")
    return index


def as_page(mail: EmailMessage) -> str:
    """The HTML body with its pictures inside, for a browser; the text body where there is no other."""
    body = mail.get_body(("html",))
    if body is None:
        plain = mail.get_body(("plain",))
        return _plain_page(plain.get_content() if plain else "")
    page = str(body.get_content())
    for part in mail.walk():
        cid = str(part.get("Content-ID", "")).strip("<> ")
        if cid and part.get_content_maintype() == "image":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            page = page.replace(
                f"cid:{cid}", f"data:{part.get_content_type()};base64,{base64.b64encode(content).decode()}"
            )
    return page


def _page(folder: Path, path: Path, shown: Callable[[EmailMessage, bytes], str]) -> Page:
    raw = path.read_bytes()
    mail = message_from_bytes(raw, policy=default_policy)
    page = path.with_suffix(".html")
    page.write_text(shown(mail, raw), encoding="utf-8")
    people = tuple(name or address for name, address in getaddresses([str(mail["To"] or "")]))
    try:
        at = parsedate_to_datetime(str(mail["Date"]))
    except ValueError:
        at = None
    about = str(mail["In-Reply-To"] or "").strip()
    return Page(
        str(mail["X-Mailwins-Kind"] or ""),
        str(mail["Subject"] or ""),
        people,
        at,
        page.relative_to(folder),
        path.relative_to(folder),
        str(mail["Message-ID"] or "").strip(),
        about,
    )


def _as_read(_: EmailMessage, raw: bytes) -> str:
    """A mail that came in, as a person sees it: who, what about, the text as it stands, the names of its files.

    Foreign HTML is not shown: this page is opened from a disk, without the care that it needs.
    """
    message = decode(raw)
    text = message.text or _text_of(raw)
    head = [
        ("From", message.author.shown),
        ("Subject", message.subject or ""),
        ("Files", ", ".join(a.filename for a in message.attachments)),
    ]
    lines = [f"{name}: {value}" for name, value in head if value]
    return _plain_page("\n".join([*lines, "", text.strip()]))


def _text_of(raw: bytes) -> str:
    read = read_message(decode(raw))
    originals = getattr(read, "originals", ())
    return "\n\n".join(
        [
            getattr(read, "note_raw", None) or "",
            *(f"From: {q.author.shown}\nSubject: {q.subject or ''}\n\n{q.body}" for q in originals),
        ]
    )


def _plain_page(text: str) -> str:
    style = "margin:24px;font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;max-width:76ch;color:#20262c"
    return (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><body style="{style}">{html.escape(text)}</body></html>'
    )


def _together(pages: Iterable[Page]) -> list[Page]:
    """One line for an edition however many people got it."""
    found = []
    for _, same in groupby(pages, key=lambda p: (p.kind, p.subject, p.at) if p.kind == "edition" else p.page):
        group = list(same)
        first = group[0]
        found.append(
            first
            if len(group) == 1
            else Page(
                first.kind,
                first.subject,
                tuple(n for p in group for n in p.to),
                first.at,
                first.page,
                first.mail,
                first.id_,
                "",
            )
        )
    return found


def _tour(inbound: Sequence[Page], outbound: Sequence[Page]) -> str:
    """The loop in a handful of mails: what came in, its receipt, the week's digest, the managers' one, a draft for a customer."""
    answered = {p.about: p for p in outbound if p.kind == "receipt"}
    first = next((p for p in inbound if p.id_ in answered), None)
    editions = _together(p for p in outbound if p.kind == "edition")
    widest = _widest(editions)
    managers = next(
        (
            p
            for p in reversed(editions)
            if p.at and widest and widest.at and p.at.date() == widest.at.date() and len(p.to) < 4
        ),
        None,
    )
    draft = next((p for p in outbound if p.kind == "update"), None)
    steps = [
        ("1. A colleague forwards a customer's mail", first),
        ("2. She gets a receipt", answered.get(first.id_) if first else None),
        ("3. On Monday everyone reads", widest),
        ("4. Her manager reads more", managers),
        ("5. She asks for a mail to her customer", draft),
    ]
    return "\n".join(_line(page, title) for title, page in steps if page)


def _first(outbound: Sequence[Page]) -> str:
    widest = _widest(_together(p for p in outbound if p.kind == "edition"))
    return html.escape(str(widest.page)) if widest else "about:blank"


def _widest(editions: Sequence[Page]) -> Page | None:
    """The edition that most people got; of those the newest."""
    return max(editions, key=lambda p: (len(p.to), p.at.timestamp() if p.at else 0), default=None)


def _lines(pages: Iterable[Page]) -> str:
    return "\n".join(_line(page) for page in pages)


def _line(page: Page, title: str = "") -> str:
    to = page.to[0] if len(page.to) == 1 else f"{len(page.to)} people" if page.to else ""
    when = f"{page.at.day} {page.at:%b, %H:%M}" if page.at else ""
    about = " · ".join(x for x in (page.kind, f"to {to}" if to else "", when) if x)
    found = html.escape(" ".join((*page.to, page.kind, page.subject)).casefold())
    return (
        f'<li data-words="{found}"><a href="{html.escape(str(page.page))}" target="mail">{html.escape(title or page.subject or "(no subject)")}</a>'
        f'<small>{html.escape(page.subject if title else about)} · <a href="{html.escape(str(page.mail))}">.eml</a></small></li>'
    )
