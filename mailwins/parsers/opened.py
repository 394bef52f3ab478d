"""A mail opened for reading: the better of its text and HTML as lines, its boundaries, and its words per message. Worked out once, shared by readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from operator import itemgetter

from mailwins.model import Address, Attachment, Folded, InboundMessage, Quoted
from mailwins.parsers.blocks import (
    Boundary,
    Line,
    find_boundaries,
    is_closing,
    is_drawn,
    is_end,
    separator_of,
    to_lines,
)
from mailwins.parsers.dates import parse_date
from mailwins.parsers.folding import Unfolded, fold, is_name_of
from mailwins.parsers.html import Page, is_loud, read_page
from mailwins.parsers.labels import take_labels
from mailwins.parsers.languages import AMBIGUOUS_PREFIXES, FORWARD_PREFIXES, REPLY_PREFIXES
from mailwins.parsers.remarks import remark_start, signed_start, without_insertions
from mailwins.parsers.urls import clean_urls, find_urls, readable

MAX_LINES = 400_000
MAX_REMARK_LINES = 400
MAX_BLANKS = 40
_BLANK_LINES = ("\n", ">\n", "> \n")
_PREFIX = re.compile(
    r"^\s*(?:\[[^\]]{0,40}\]\s*)?([^\W\d_]{1,12}(?: [^\W\d_]{1,12})?)\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]\s*", re.U
)


@dataclass(frozen=True, slots=True)
class Split:
    """One body taken apart. *before* and *after*: the sender's own lines above and below; *messages*: what they quote, outermost first."""

    before: tuple[Line, ...]
    boundaries: tuple[Boundary, ...] = ()
    messages: tuple[tuple[Line, ...], ...] = ()
    after: tuple[Line, ...] = ()
    whole: str = ""
    """Everything below the first heading, for ``original.body``."""


@dataclass
class Opened:
    """*own*: our addresses, lower case."""

    message: InboundMessage
    own: frozenset[str] = frozenset()

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        return dict(reversed(self.message.headers))

    def header(self, name: str) -> str | None:
        """The topmost field of this name (in lower case), or None."""
        return self._fields.get(name)

    @cached_property
    def page(self) -> Page:
        return read_page(self.message.html) if self.message.html else Page("")

    @cached_property
    def _low_html(self) -> str:
        """To see whether it is worth while to read the page: most of the time the text part says it all."""
        return (self.message.html or "").lower()

    @cached_property
    def is_from_html(self) -> bool:
        """HTML is read where there is no text part, where text is a stub, or where only HTML shows the quoted mail."""
        text, html = self.message.text, self.message.html
        if not html:
            return False
        if not text or not text.strip():
            return True
        if self._text_split.boundaries:
            # Samsung's text part runs header and body together on one line: only its HTML tells where the subject ends.
            return not self._text_split.whole.strip() and bool(
                _split(to_lines(self.page.text)[:MAX_LINES]).whole.strip()
            )
        if (
            subject_kind(self.message.subject) in ("forward", "reply")
            or "blockquote" in html
            or len(html) > 20 * len(text)
            or 'id="divRplyFwdMsg"' in html
            or "gmail_quote" in html
        ):
            if _split(to_lines(self.page.text)[:MAX_LINES]).boundaries:
                return True
            return len(text.strip()) * 3 < len(self.page.text.strip())
        return False

    @cached_property
    def _text_split(self) -> Split:
        return _split(to_lines(self.text)[:MAX_LINES])

    @cached_property
    def text(self) -> str:
        """The text part, endless runs of blank lines (quoted ones too) cut short."""
        text = self.message.text or ""
        for blank in _BLANK_LINES:
            if blank * MAX_BLANKS in text:
                text = re.sub(f"(?:{blank}){{{MAX_BLANKS},}}", blank * MAX_BLANKS, text)
        return text

    @cached_property
    def split(self) -> Split:
        split = _split(to_lines(self.page.text)[:MAX_LINES]) if self.is_from_html else self._text_split
        split = _without_remark(self._with_settled_dates(split), self.message.author.name)
        if not split.boundaries or not split.boundaries[0].is_header:
            return split
        coloured = self.page.coloured if is_loud(self._low_html) else ()
        return _without_insertions(split, self.message.author, coloured)

    def _with_settled_dates(self, split: Split) -> Split:
        """Nobody forwards tomorrow's mail: of the two days that 12/10/2026 may be, one is often still to come."""
        if self.message.date is None:
            return split
        latest = self.message.date.date() + timedelta(days=1)

        def is_unsettled(boundary: Boundary) -> bool:
            written = boundary.written
            return bool(boundary.date_raw) and (
                written is None or date(written.year, written.month, written.day) > latest
            )

        if not any(map(is_unsettled, split.boundaries)):
            return split
        return replace(
            split,
            boundaries=tuple(
                replace(b, written=parse_date(b.date_raw, latest=latest) or b.written) if is_unsettled(b) else b
                for b in split.boundaries
            ),
        )

    @cached_property
    def subject_kind(self) -> str | None:
        return subject_kind(self.message.subject)

    @cached_property
    def recipients(self) -> frozenset[str]:
        return frozenset(a.address.lower() for a in (*self.message.to, *self.message.cc) if a.address)

    @property
    def is_answer(self) -> bool:
        return bool(self.message.in_reply_to or self.message.references)

    def own_text(self, *, keep_closing: bool = False) -> Unfolded:
        """The sender's words above (and, where they answer below, under) what they quote."""
        name = self.message.author.name
        before = fold(text_of(self.split.before), (name,) if name else (), keep_closing=keep_closing)
        after_text = text_of(self.split.after)
        if not after_text.strip():
            return before
        if is_name_of(after_text, name):
            signed = Folded("signature", after_text.strip())
            return Unfolded(before.text, (*before.folded, signed), before.signature or signed.text)
        after = fold(after_text, (name,) if name else (), keep_closing=keep_closing, may_vanish=bool(before.text))
        text = "\n\n".join(t for t in (before.text, after.text) if t)
        return Unfolded(text, before.folded + after.folded, before.signature or after.signature)

    def quoted(self) -> tuple[Quoted, ...]:
        """All quoted messages, outermost first, each with its own words; the first one's body holds everything below it."""
        known = self._known_people()
        found: list[Quoted] = []
        # The innermost first, because the outermost holds the others.
        for boundary, lines in reversed(list(zip(self.split.boundaries, self.split.messages, strict=True))):
            is_outermost = boundary is self.split.boundaries[0]
            text = text_of(lines)
            unfolded = fold(text, names_of(boundary.author))
            author = _with_address(boundary.author, known)
            found.append(
                Quoted(
                    author=author,
                    is_address_guess=author is not boundary.author,
                    to=boundary.to,
                    cc=boundary.cc,
                    subject=boundary.subject,
                    written=boundary.written,
                    body=readable(self.split.whole, only_wrapped=True) if is_outermost else text.strip(),
                    words=unfolded.text,
                    urls=self.urls_in(unfolded.text),
                    folded=unfolded.folded,
                    signature=unfolded.signature,
                    is_forwarded=boundary.is_header or boundary.separator is not None,
                    nested=tuple(reversed(found)) if is_outermost else (),
                )
            )
        return tuple(reversed(found))

    def _known_people(self) -> dict[str, set[str]]:
        """Name → addresses, from every header of the mail: many "On … wrote" lines print a name only."""
        known: dict[str, set[str]] = {}
        people = [self.message.author, *self.message.to, *self.message.cc]
        for boundary in self.split.boundaries:
            people += [boundary.author, *boundary.to, *boundary.cc]
        for person in people:
            if person.name and person.address:
                known.setdefault(person.name.casefold(), set()).add(person.address.lower())
        return known

    def urls_in(self, text: str) -> tuple[str, ...]:
        """Links in *text* as their author meant them. HTML links count where their line's text stands in *text*."""
        found = find_urls(text)
        if "href" in self._low_html and self.page.links:
            lines = self.page.text.split("\n")
            flat = "".join(text.split())
            for number, target in self.page.links:
                line = "".join(lines[number].lstrip("> ").split()) if number < len(lines) else ""
                if line and (line in flat or (len(line) > 40 and line[:40] in flat)):
                    found.append(target)
        return clean_urls(list(dict.fromkeys(found))) if found else ()

    def evidence(self) -> tuple[Attachment, ...]:
        """Files that somebody meant to send: no logos of signatures, no spacers, no tracking pixels."""
        return tuple(a for a in self.message.attachments if is_evidence(a, self))

    def picture_line(self, attachment: Attachment) -> int | None:
        return next((n for n, cid in self.page.pictures if cid == attachment.content_id), None)


_NAMED_PART = re.compile(r"[^\W\d_]{2,}(?:[._-][^\W\d_]{2,})*")


def names_of(person: Address) -> tuple[str, ...]:
    """What a person may sign with: the name, else what the address makes of it (``jane.porter@``)."""
    if person.name:
        return (person.name,)
    local = (person.address or "").partition("@")[0]
    return (re.sub(r"[._-]", " ", local),) if _NAMED_PART.fullmatch(local) else ()


def _with_address(author: Address, known: dict[str, set[str]]) -> Address:
    found = known.get(author.name.casefold(), set()) if author.name and not author.address else set()
    return Address(author.name, next(iter(found))) if len(found) == 1 else author


SMALL_PX = 40


def is_evidence(file: Attachment, opened: Opened | None = None) -> bool:
    """Pasted pictures are evidence; what decorates a signature is not: small, or flat and wide, or behind the closing words."""
    if not file.content_type.startswith("image/"):
        return file.content_type not in (
            "application/pgp-keys",
            "text/x-amp-html",
        ) and not file.filename.lower().endswith((".p7s", ".asc"))
    width, height = file.width_px, file.height_px
    if width is not None and height is not None:
        if width <= SMALL_PX or height <= SMALL_PX // 2:
            return False
        if file.is_inline and height <= 64 and width <= 320:
            return False
        if file.is_inline and width / height >= 4 and height < 100:
            return False
    if file.is_inline and file.size_bytes < 120:
        return False
    if opened is not None and file.is_inline and file.content_id and file.in_message is None:
        return not _stands_in_signature(file, opened)
    return True


def _stands_in_signature(file: Attachment, opened: Opened) -> bool:
    """Whether the HTML shows the picture behind its writer's signature: between the name and what is quoted below."""
    line = opened.picture_line(file)
    if line is None:
        return False
    lines = to_lines(opened.page.text)
    split = _split(lines)
    sections = [(0, split.boundaries[0].start if split.boundaries else len(lines), opened.message.author.name)]
    for index, boundary in enumerate(split.boundaries):
        end = split.boundaries[index + 1].start if index + 1 < len(split.boundaries) else len(lines)
        sections.append((boundary.end, end, boundary.author.name))
    for start, end, name in sections:
        if not start <= line <= end:
            continue
        text = text_of(lines[start:end])
        unfolded = fold(text, (name,) if name else ())
        if not unfolded.signature:
            return False
        above = text_of(lines[start:line])
        first = unfolded.signature.split("\n")[0].strip()
        return bool(first) and first in above
    return False


def text_of(lines: Sequence[Line]) -> str:
    """Lines as text, quote marks that all of them share taken off."""
    if not any(map(_DEPTH, lines)):
        return "\n".join(map(_TEXT, lines)).strip("\n")
    base = _base_depth(lines)
    return "\n".join(
        "> " * max(0, line.depth - base) + line.text if line.depth > base else line.text for line in lines
    ).strip("\n")


_DEPTH, _TEXT = itemgetter(0), itemgetter(1)


def _base_depth(lines: Sequence[Line]) -> int:
    """The depth of the author's own lines: the usual one, or that of the first and last where few own words stand around much that is quoted."""
    if not any(map(_DEPTH, lines)):
        return 0
    filled = [line.depth for line in lines[:2_000] if line.text.strip()]
    return min(filled[0], filled[-1], Counter(filled).most_common(1)[0][0]) if filled else 0


def subject_kind(subject: str | None) -> str | None:
    """forward, reply or None, from the outermost prefix of the subject."""
    match = _PREFIX.match(subject or "")
    if not match:
        return None
    word = match[1].lower()
    if word in AMBIGUOUS_PREFIXES:
        return None
    if word in FORWARD_PREFIXES:
        return "forward"
    return "reply" if word in REPLY_PREFIXES else None


_PREFIXES = FORWARD_PREFIXES | REPLY_PREFIXES


def bare_subject(subject: str | None, prefixes: int = 8) -> str | None:
    """Without reply and forward prefixes, at most so many of them."""
    text = subject or ""
    for _ in range(prefixes):
        match = _PREFIX.match(text)
        if not match or match[1].lower() not in _PREFIXES:
            break
        text = text[match.end() :]
    return text.strip() or None


def _split(lines: list[Line]) -> Split:
    boundaries = find_boundaries(lines)
    if not boundaries:
        return Split(tuple(lines))
    messages, after = _shared_out(lines, boundaries)
    whole_end = len(lines)
    first = boundaries[0]
    if (first.is_header and first.depth > 0) or (first.is_header and _base_depth(messages[0]) > 0):
        whole_end, tail = _text_below(lines, first.end)
        if tail:
            gone = set(map(id, tail))
            messages = [[x for x in m if id(x) not in gone] for m in messages]
            after = tail + after
    whole_lines = _without_closing(lines[first.end : whole_end])
    if first.is_quoted_below:
        whole_lines = [x for x in whole_lines if x.depth > first.depth or not x.text.strip()]
    ends: list[int] = []
    if not after:
        ends = [i for i in range(first.end, len(lines)) if is_end(lines[i].text) and lines[i].depth <= first.depth]
    if ends and len(ends) >= sum(b.is_header and b.depth <= first.depth for b in boundaries):
        own = set(map(id, lines[ends[-1] :]))
        after = lines[ends[-1] + 1 :]
        messages = [[x for x in m if id(x) not in own] for m in messages]
        whole_lines = [x for x in whole_lines if id(x) not in own]
        whole_lines = _without_closing(whole_lines)
    messages = [_without_closing(m) for m in messages]
    first_own = next((i for i, x in enumerate(after) if x.text.strip()), None)
    if first_own is not None and is_closing(after[first_own].text) and _LETTER.search(after[first_own].text):
        after = after[first_own + 1 :]
    before = list(lines[: first.start])
    while before and (not before[-1].text.strip() or separator_of(before[-1].text)):
        before.pop()
    return Split(tuple(before), tuple(boundaries), tuple(tuple(m) for m in messages), tuple(after), _whole(whole_lines))


def _shared_out(lines: list[Line], boundaries: Sequence[Boundary]) -> tuple[list[list[Line]], list[Line]]:
    """(the lines of each message, those of whoever answers below them)."""
    messages: list[list[Line]] = [[] for _ in boundaries]
    after: list[Line] = []
    open_: list[int] = []
    upcoming = 0
    at = boundaries[0].start
    while at < len(lines):
        if upcoming < len(boundaries) and at == boundaries[upcoming].start:
            open_.append(upcoming)
            at = boundaries[upcoming].end
            upcoming += 1
            continue
        ahead = boundaries[upcoming].start if upcoming < len(boundaries) else 0
        end = ahead if ahead > at else len(lines)
        if any(boundaries[i].is_quoted_below for i in open_):
            for line in lines[at:end]:
                if line.text.strip():
                    # Below an attribution whose words are quoted, a line with fewer marks belongs to whoever answers.
                    while open_ and boundaries[open_[-1]].is_quoted_below and line.depth <= boundaries[open_[-1]].depth:
                        open_.pop()
                (messages[open_[-1]] if open_ else after).append(line)
        else:
            (messages[open_[-1]] if open_ else after).extend(lines[at:end])
        at = end
    return messages, after


def _without_insertions(split: Split, forwarder: Address, coloured: Sequence[str]) -> Split:
    """What a forwarder wrote between the customer's words, put to the forwarder's own."""
    taken: list[str] = []
    whole = split.whole
    messages = []
    for boundary, lines in zip(split.boundaries, split.messages, strict=True):
        if is_same_person(boundary.author, forwarder):
            messages.append(lines)
            continue
        base = _base_depth(lines)
        kept = []
        loud = _loud_remarks(text_of(lines), coloured) if coloured else []
        for line in lines:
            text, found = without_insertions(line.text, forwarder.name, is_deeper=line.depth > base)
            for run in loud:
                if run in text:
                    text = " ".join(text.replace(run, " ", 1).split())
                    found.append(run)
            taken += found
            for remark in found:
                whole = re.sub(rf"(?:^[> ]+|[ ])?{re.escape(remark)}", "", whole, count=1, flags=re.M)
            kept.append(line if not found else Line(line.depth if text else base, text))
        messages.append(tuple(kept))
    if not taken:
        return split
    remarks = [Line(0, x) for x in taken]
    after = (*split.after, Line(0, ""), *remarks) if split.after else tuple(remarks)
    return replace(split, messages=tuple(messages), after=after, whole=whole)


def _loud_remarks(text: str, coloured: Sequence[str]) -> list[str]:
    """Words in another colour than the rest that are a remark: in brackets, or some words of many. Single words are emphasis, a whole mail is taste."""
    words = len(text.split())
    loud = [run for run in coloured if run in text]
    if not loud or sum(len(run.split()) for run in loud) * 2 > words:
        return []
    return [run for run in loud if len(run.split()) >= 3]


_LETTER = re.compile(r"[^\W\d_]")


def _without_remark(split: Split, forwarder: str | None) -> Split:
    """A forwarder who wrote nothing above an unquoted forward may have written below it."""
    if not split.boundaries or not split.boundaries[0].is_header or split.after:
        return split
    last, lines = split.boundaries[-1], split.messages[-1]
    if (
        last.is_quoted_below
        or any(x.depth != split.boundaries[0].depth for x in lines if x.text.strip())
        or len(lines) > MAX_REMARK_LINES
    ):
        return split
    texts = [x.text for x in lines]
    start = signed_start(texts, last.author.name, forwarder)
    if start is None and not take_labels(text_of(split.before))[0]:
        start = remark_start(texts, last.author.name, forwarder)
    if start is None:
        return split
    remark = text_of(lines[start:])
    whole = split.whole.removesuffix(remark).rstrip() if split.whole.endswith(remark) else split.whole
    return replace(split, messages=(*split.messages[:-1], lines[:start]), after=lines[start:], whole=whole)


def _whole(lines: Sequence[Line]) -> str:
    base = _base_depth(lines)
    return "\n".join("> " * (x.depth - base) + x.text if x.depth > base else x.text for x in lines).strip("\n ")


def _text_below(lines: list[Line], start: int) -> tuple[int, list[Line]]:
    """(end of the quoted part, unquoted lines behind it): what a forwarder wrote under a quoted forward."""
    last = next((i for i in range(len(lines) - 1, start - 1, -1) if lines[i].depth > 0), None)
    if last is None:
        return len(lines), []
    tail = lines[last + 1 :]
    return (last + 1, tail) if any(x.text.strip() for x in tail) else (len(lines), [])


def _without_closing(lines: Sequence[Line]) -> list[Line]:
    """Without closing separators at the end and repeated ones at the beginning (Zoho prints its line twice)."""
    out = list(lines)
    while out and (not out[-1].text.strip() or is_closing(out[-1].text)):
        if out[-1].text.strip() and out[-1].text in {x.text for x in out[-12:-1]}:
            break  # the lower edge of a frame, as companies draw around their disclaimers
        out.pop()
    while out and (
        not out[0].text.strip()
        or separator_of(out[0].text) in ("forwarded", "original", "rule")
        or is_drawn(out[0].text)
    ):
        out.pop(0)
    return out


def is_same_person(a: Address, b: Address) -> bool:
    if a.address and b.address:
        return a.address.lower() == b.address.lower()
    return bool(a.name and b.name and a.name.casefold() == b.name.casefold())
