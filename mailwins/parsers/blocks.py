"""Where one message ends and the one inside it begins: header blocks, separators and "On … wrote:" lines, in any language.

Works on lines with a quote depth, whether they came from text or from HTML. No client is
named here; what single programs do differently stands beside the rule that copes with it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from mailwins.model import Address
from mailwins.parsers.addresses import parse_author, parse_people
from mailwins.parsers.dates import day_names, month_names, parse_date
from mailwins.parsers.labels import KEYS
from mailwins.parsers.languages import FORWARDED, LABELS, LANGUAGES, ORIGINAL, WROTE

MAX_LINE = 4_000
MAX_BLOCK_LINES = 60
MAX_UNKNOWN_ROWS = 9


class Line(NamedTuple):
    """*depth* counts quote marks; *text* is what stands behind them.

    *heading* is the line as a header block would print it, where the program left the colon out; the text stays as it was.
    A tuple rather than a dataclass: mails of 100,000 lines are read too.
    """

    depth: int
    text: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Boundary:
    """A place where another message begins. Lines *start* to *end* (exclusive) are its heading, the message follows.

    *separator*: forwarded, original, drawn (words we do not know), rule or None. *is_header*: a block of labelled lines, else an attribution.
    """

    start: int
    end: int
    depth: int
    is_header: bool
    author: Address
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str | None = None
    written: datetime | date | None = None
    date_raw: str | None = None
    separator: str | None = None
    is_quoted_below: bool = False


_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c\u00ad]")


_MARKED = re.compile(r" ?>(?: ?>)*")


def to_lines(text: str) -> list[Line]:
    split = text.replace("\ufeff", "").split("\n")  # iOS begins quoted text with an invisible mark
    if text.startswith((">", " >")) or "\n>" in text or "\n >" in text:
        lines = [_line(raw) for raw in split]
        _mend_attributions(lines)
    else:
        lines = [Line(0, raw.rstrip()) for raw in split]
    # Both repairs are about lines with an address; most lines have none.
    addressed = [i for i, line in enumerate(lines) if "@" in line[1]]
    return _split_joined(_with_headings(lines, addressed), addressed) if addressed else lines


def _mend_attributions(lines: list[Line]) -> None:
    """A line break before the ``>`` of an address makes "> wrote:" look quoted: put it back behind the address.

    ``On …, Jane <jane@…`` / ``> wrote:``, also where a converter gives ``<`` a line of its own.
    """
    for at in range(1, len(lines)):
        text = lines[at].text
        if not lines[at].depth or not text or text[-1] not in _CLOSERS or len(text) > 30:
            continue
        start = at - 1
        while start > max(0, at - 4) and not (lines[start].text.count("<") > lines[start].text.count(">")):
            start -= 1
        if lines[start].depth != lines[at].depth - 1 or lines[start].text.count("<") <= lines[start].text.count(">"):
            continue
        parts = [line.text for line in lines[start:at]]
        if parts[0].strip() == "<":
            above = start - 1
            while above > max(0, start - 3) and not lines[above].text.strip():
                above -= 1
            if above < 0 or lines[above].depth != lines[start].depth:
                continue
            start, parts = above, [lines[above].text, *parts]
        lines[start] = lines[start]._replace(text=" ".join(p.strip() for p in parts) + f"> {text}")
        for gone in range(start + 1, at + 1):
            lines[gone] = Line(lines[start].depth, "")


def _line(raw: str) -> Line:
    if raw[:1] not in (">", " ") or not (marks := _MARKED.match(raw)):
        return Line(0, raw.rstrip())
    at = marks.end()
    return Line(marks[0].count(">"), raw[at + 1 if raw[at : at + 1] == " " else at :].rstrip())


def _with_headings(lines: list[Line], addressed: list[int]) -> list[Line]:
    """eM Client prints its labels without colons (``From "Jane" <jane@…>``), below its separator."""
    for at in addressed:
        if (
            not at
            or LABELS.get(lines[at].text.strip().partition(" ")[0].lower()) != "from"
            or separator_of(lines[at - 1].text) not in ("forwarded", "original")
        ):
            continue
        for below in range(at, min(at + 6, len(lines))):
            word, _, rest = lines[below].text.strip().partition(" ")
            if LABELS.get(word.lower()) is None or not rest:
                break
            if label_of(lines[below].text) is None:
                lines[below] = lines[below]._replace(heading=f"{word}: {rest}")
    return lines


# ---------------------------------------------------------------- label lines

_LABEL = re.compile(r"^[\s*_|>]*(?P<label>[^:：\n]{1,32}?)[\s*_]*[:：][\s*_]*(?P<value>.*)$")


def label_of(text: str) -> tuple[str, str] | None:
    """(field, value) of a header line, or None."""
    if ":" not in text[:48] and "：" not in text[:48]:
        return None
    if text.isascii():
        # Most lines with a colon are prose or links: the table answers faster than the pattern.
        head, _, rest = text[:MAX_LINE].partition(":")
        known = LABELS.get(head.strip(" \t*_|>").lower())
        return (known, rest.lstrip(" \t*_").strip().strip("*").strip()) if known else None
    clean = _HIDDEN.sub("", text[:MAX_LINE]).replace("\xa0", " ")
    match = _LABEL.match(clean)
    if not match:
        return None
    name = LABELS.get(unicodedata.normalize("NFKC", match["label"]).lower().strip(" *_\t"))
    return (name, match["value"].strip().strip("*").strip()) if name else None


@cache
def _joined() -> re.Pattern[str]:
    words = sorted(
        {
            w[0].upper() + w[1:]
            for g in LANGUAGES
            for ws in (g.from_, g.to, g.cc, g.subject, g.date)
            for w in ws
            if len(w) > 1 or not w.isascii()
        }
        | {"A", "À", "CC", "Cc"},
        key=len,
        reverse=True,
    )
    return re.compile("(" + "|".join(re.escape(w) for w in words) + r")\s?[:：]\s?")


@cache
def _bare_subject() -> re.Pattern[str]:
    words = {w[0].upper() + w[1:] for g in LANGUAGES for w in g.subject if len(w) > 4}
    return re.compile("(" + "|".join(sorted(words, key=len, reverse=True)) + r")\s")


def _split_joined(lines: list[Line], addressed: list[int]) -> list[Line]:
    """Yahoo's text part runs the whole header block together on the separator's line: take it apart again."""
    crowded = {
        i
        for i in addressed
        if len(lines[i].text) <= MAX_LINE and lines[i].text.count(":") + lines[i].text.count("：") >= 3
    }
    if not crowded:
        return lines
    out: list[Line] = []
    for at, line in enumerate(lines):
        if at not in crowded:
            out.append(line)
            continue
        text = line.text
        marks = list(_joined().finditer(text))
        if (
            marks
            and "subject" not in [LABELS.get(m[1].lower()) for m in marks]
            and (bare := _bare_subject().search(text, marks[-1].end()))
        ):
            # Its Portuguese interface forgets the colon behind the subject's label.
            marks.append(bare)
        fields = [LABELS.get(m[1].lower()) for m in marks]
        if len(set(fields) - {None}) < 3 or "from" not in fields or "subject" not in fields:
            out.append(line)
            continue
        first = fields.index("from")
        starts = [marks[first].start()] + [m.start() for m in marks[first + 1 :]]
        if text[: starts[0]].strip():
            out.append(Line(line.depth, text[: starts[0]].strip()))
        for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
            piece = text[begin:end].strip()
            label = next(m[1] for m in marks if m.start() == begin)
            out.append(
                Line(
                    line.depth,
                    piece
                    if piece[len(label) :].lstrip()[:1] in (":", "：")
                    else f"{label}: {piece[len(label) :].strip()}",
                )
            )
        out.append(Line(line.depth, ""))
    return out


# ---------------------------------------------------------------- separators

_DECORATION = "-_=*~—–─━―•.: \t>|"
_RULE = re.compile(r"^\s*[-_=*~—–─━―]{5,}\s*$")
_DECORATED = re.compile(r"^\s*[-_=*~—–─━―]{2,}")


@lru_cache(maxsize=500)  # programs draw the same few, and the lines around a heading are looked at from above and below
def separator_of(text: str) -> str | None:
    """forwarded, original or rule, for a line that programs put above a quoted mail; None for any other."""
    if not text or len(text) > 200:
        return None
    if _RULE.match(text):
        return "rule"
    if text.isascii():
        clean = text.lower()
    else:
        clean = unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).lower().replace("\u0307", "")
    if "8<" in clean:
        clean = _SCISSORS.sub("==", clean)
    core = clean.strip(_DECORATION)
    if not core:
        return None
    is_decorated = bool(_DECORATED.match(clean))
    ends_in_colon = clean.rstrip().endswith((":", "："))
    if not (ends_in_colon or is_decorated):
        return _SEPARATORS.get(core)
    for kind, known in (("forwarded", FORWARDED), ("original", ORIGINAL)):
        found = _any_of(known).search(core)
        if _SEPARATORS.get(core) == kind or (
            found and ((ends_in_colon and not found.start()) or (is_decorated and found.start() <= 40))
        ):
            return kind
    return None


_SEPARATORS = dict.fromkeys(ORIGINAL, "original") | dict.fromkeys(FORWARDED, "forwarded")


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True)))


_DRAWN = re.compile(r"^\s*([-=*_~—–─━―#+])\1{2,}\s*[^\W_].{0,100}?\s*\1{3,}\s*:?\s*$")


def is_drawn(text: str) -> bool:
    """Words with a rule on both sides: a separator in a language or of a client that we do not know."""
    return len(text) < 200 and bool(_DRAWN.match(text))


# The Bat! cuts with scissors: ===8<=======Original message text=======
_SCISSORS = re.compile(r"={2,}8<(?==)")
_END = re.compile(
    r"^\s*[-=*_]{4,}\s*(?:end|ende|fin|fine|fim|final|slut|koniec|konec|конец|кінець|einde|slutt|vége) .{3,60}?[-=*_]{4,}\s*$",
    re.I,
)


def is_end(text: str) -> bool:
    """A closing line that says so, with rules on both sides: what stands below it is the forwarder's."""
    return text.lstrip()[:1] in _END_BEGINS and len(text) < 200 and bool(_END.match(_SCISSORS.sub("==", text)))


_END_BEGINS = frozenset("-=*_")


def is_closing(text: str) -> bool:
    """A line such as ``----- End forwarded message -----`` that closes a forward."""
    if not _DECORATED.match(text):
        return False
    clean = text.lower().strip(_DECORATION)
    return (
        clean.startswith(("end ", "ende ", "fin ", "fine ", "slut", "koniec", "конец", "einde "))
        or separator_of(text) in ("forwarded", "original")
        or is_drawn(text)
        or not clean
    )


# ---------------------------------------------------------------- header blocks


@dataclass(slots=True)
class _Block:
    fields: dict[str, list[str]] = field(default_factory=dict)
    end: int = 0


Labelled = Mapping[int, "tuple[str, str] | None"]
"""Line number → its field and value, for the lines that may have one."""


def _gather(lines: Sequence[Line], start: int, labelled: Labelled) -> _Block | None:
    block = _Block()
    first = labelled.get(start)
    if first is None or first[0] == "extra":
        return None
    depth = lines[start].depth
    last = ""
    gaps = 0
    at = start
    while at < len(lines) and at - start < MAX_BLOCK_LINES:
        line = lines[at]
        if line.depth != depth and line.text.strip():
            break
        if not line.text.strip():
            # BlackBerry and some converters leave blank lines inside the block.
            follower = _next_filled(lines, at, 2)
            found = labelled.get(follower) if follower is not None and lines[follower].depth == depth else None
            if (
                found
                and found[0] != "extra"
                and found[0] not in block.fields
                and (gaps > 1 or not {"from", "subject"} <= set(block.fields))
            ):
                gaps += 1
                at += 1
                continue
            break
        found = labelled.get(at)
        if found and (found[0] not in block.fields or found[0] == "extra"):
            last = found[0]
            block.fields.setdefault(last, []).append(found[1])
        elif (
            found and found[0] in ("from", "subject") and {"from", "subject"} & set(block.fields) == {"from", "subject"}
        ):
            break
        elif last and _continues(lines, at, last, block, labelled):
            block.fields[last].append(line.text.strip())
        else:
            break
        at += 1
    block.end = at
    return block


def _continues(lines: Sequence[Line], at: int, last: str, block: _Block, labelled: Labelled) -> bool:
    """Whether line *at* still belongs to the label line above it."""
    text = lines[at].text
    previous = lines[at - 1].text.rstrip()
    if not block.fields[last][-1]:
        return True
    if (
        text[0] in " \t"
        and not previous.endswith((".", "!", "?"))
        and len(text.strip()) < 200
        and (last in ("to", "cc", "subject") or "@" in text)
    ):
        return True
    if last in ("to", "cc", "from") and (
        previous.endswith((",", ";", "<"))
        or (
            "@" in text
            and ("<" in text or ";" in text or "," in text or "@" not in previous)
            and len(text) < 400
            and not text.rstrip().endswith(".")
        )
    ):
        return True
    if last == "extra":
        return False
    follower = _next_filled(lines, at, 2)
    found = (
        labelled.get(follower)
        if follower is not None and follower == at + 1 and lines[follower].depth == lines[at].depth
        else None
    )
    return bool(found and found[0] not in block.fields and len(previous) >= 50)


def _next_filled(lines: Sequence[Line], at: int, reach: int) -> int | None:
    for index in range(at + 1, min(at + 1 + reach, len(lines))):
        if lines[index].text.strip():
            return index
    return None


_DATED_ABOVE = re.compile(
    r"^\s*(?:(?:>\s*)*)(?P<word>message|mensaje|messaggio|nachricht) (?:du|del|vom)\s+(?P<when>\d.{5,40})$", re.I
)


_SEPARATOR_SAYS = {"forwarded": 2.0, "original": 1.5, "drawn": 1.0, "rule": 0.5}


def _header_at(lines: Sequence[Line], start: int, labelled: Labelled) -> Boundary | None:
    block = _gather(lines, start, labelled)
    if block is None or "from" not in block.fields:
        return None
    values = {k: (v[0] if len(v) == 1 else " ".join(v)).strip() for k, v in block.fields.items()}
    written = parse_date(
        values.get("date"),
        _language([lines[i].heading or lines[i].text for i in range(start, block.end) if labelled.get(i)]),
    )
    above, separator = _separator_above(lines, start)
    if "date" not in values and start and (dated := _DATED_ABOVE.match(lines[start - 1].text)):
        # Orange, La Poste and Free print the date above the block: "Message du 12/11/26 09:12".
        values["date"] = dated["when"]
        written = parse_date(dated["when"], _language_of((dated["word"].lower(),)) or "fr")
        above, separator = start - 1, separator or "original"
    author = parse_author(values["from"])
    if author == Address():
        return None
    people = parse_people(values.get("to", ""))
    has_address = bool(author.address) or any(p.address for p in people)
    score = 1.0 + _SEPARATOR_SAYS.get(separator or "", 0.0)
    score += 1.5 if written is not None else 0.3 if any(c.isdigit() for c in values.get("date", "")) else 0.0
    score += 1.0 if "subject" in values else 0.0
    score += 0.5 if "to" in values else 0.0
    score += 1.0 if has_address else 0.0
    is_alone = values.keys().isdisjoint(("to", "subject", "date"))
    is_doubtful = written is None and not has_address and separator not in ("forwarded", "original")
    if score < 3.0 or is_alone or is_doubtful:
        return None
    return Boundary(
        start=above,
        end=block.end,
        depth=lines[start].depth,
        is_header=True,
        author=author,
        to=people,
        cc=parse_people(values.get("cc", "")),
        subject=values.get("subject") or None,
        written=written,
        date_raw=values.get("date"),
        separator=separator,
    )


def _unknown_header_at(lines: Sequence[Line], start: int) -> Boundary | None:
    """A block whose labels no table knows, below a separator: told by what the values look like.

    Every client prints the author before the recipients; a date looks like one in any language; what is neither is the subject.
    """
    above, separator = _separator_above(lines, start)
    if separator is None:
        return None
    rows: list[tuple[str, str]] = []
    at = start
    while (
        at < len(lines)
        and len(rows) < MAX_UNKNOWN_ROWS
        and lines[at].depth == lines[start].depth
        and (row := _LABEL.match(_HIDDEN.sub("", lines[at].text[:MAX_LINE])))
    ):
        rows.append((row["label"].strip(" *_\t").lower(), row["value"].strip().strip("*").strip()))
        at += 1
    # What a colleague states about a win has labels and addresses too.
    if len(rows) < 3 or any(KEYS.get(label, "date") != "date" for label, _ in rows):
        return None
    values: dict[str, str] = {}
    for label, value in rows:
        name = LABELS.get(label) or _looks_like(value, values)
        values.setdefault(name, value)
    author, written = parse_author(values.get("from", "")), parse_date(values.get("date"))
    if not author.address or "subject" not in values or (separator == "rule" and (written is None or len(rows) < 4)):
        return None
    return Boundary(
        start=above,
        end=at,
        depth=lines[start].depth,
        is_header=True,
        author=author,
        to=parse_people(values.get("to", "")),
        cc=parse_people(values.get("cc", "")),
        subject=values["subject"] or None,
        written=written,
        date_raw=values.get("date"),
        separator=separator,
    )


def _looks_like(value: str, taken: Mapping[str, str]) -> str:
    if _EMAIL.search(value):
        return next((name for name in ("from", "to", "cc") if name not in taken), "extra")
    is_date = parse_date(value) is not None or (sum(c.isdigit() for c in value) >= 6 and len(value) < 60)
    return "date" if is_date and "date" not in taken else "subject"


def _language(texts: Sequence[str]) -> str | None:
    """The language whose labels explain most of the block; English only where no other does."""
    words = []
    for text in texts:
        if text.isascii():
            words.append(text.partition(":")[0].strip(" \t*_|>").lower())
        elif m := _LABEL.match(_HIDDEN.sub("", text[:MAX_LINE])):
            words.append(m["label"].lower().strip(" *_"))
    return _language_of(tuple(words))


@lru_cache(maxsize=2_000)
def _language_of(words: tuple[str, ...]) -> str | None:
    counts = Counter(code for word in words for code in _LANGUAGES_OF.get(word, ()))
    most = max(counts.values(), default=0)
    return next((g.code for g in LANGUAGES if most and counts[g.code] == most), None)


def _languages_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for g in LANGUAGES:
        for word in {*g.from_, *g.to, *g.cc, *g.subject, *g.date}:
            found[word] = (*found.get(word, ()), g.code)
    return found


_LANGUAGES_OF = _languages_of()


_RULE_AT_START = re.compile(r"^\s*[-=_*]{3,}\s*[^\W_]")
_RULE_AT_END = re.compile(r"[^\s=_*-]\s*[-=_*]{3,}\s*$")


def _wrapped_separator(upper: str, lower: str) -> str | None:
    """The kind of a separator that a program broke at its width: Horde prints the author into it."""
    if (
        len(upper) > 120
        or len(lower) > 120
        or not _RULE_AT_START.match(upper)
        or not _RULE_AT_END.search(lower)
        or _RULE_AT_END.search(upper)
    ):
        return None
    return separator_of(f"{upper.rstrip()} {lower.lstrip()}")


def _separator_above(lines: Sequence[Line], start: int) -> tuple[int, str | None]:
    """(first line of the heading, separator kind): looks over blank lines, at most four up."""
    index = start - 1
    while index >= 0 and start - index <= 4:
        text = lines[index].text
        if text.strip():
            kind = separator_of(text) or ("drawn" if is_drawn(text) else None)
            if index and (whole := _wrapped_separator(lines[index - 1].text, text)):
                return index - 1, whole
            if kind is None:
                # Apple Mail quotes its own "Begin forwarded message:" line together with the block.
                is_heading = (
                    lines[index].depth == lines[start].depth > 0
                    and len(text.split()) <= 6
                    and text.rstrip().endswith((":", "："))
                )
                return (index, "forwarded") if is_heading else (start, None)
            if kind == "rule":
                # A rule may stand between the words and the block, or the words above a rule.
                above = index - 1
                while above >= 0 and index - above <= 2 and not lines[above].text.strip():
                    above -= 1
                if (
                    above >= 0
                    and index - above <= 2
                    and (upper := separator_of(lines[above].text)) in ("forwarded", "original")
                ):
                    return above, upper
            return index, kind
        index -= 1
    return start, None


# ---------------------------------------------------------------- attributions

_EMAIL = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+\.[^\s<>()\[\]\"',;:]+")
_DATEISH = re.compile(r"\d{1,4}\D{1,12}\d{1,4}|\d{4}")
_OPENERS = re.compile(
    r"^(on|am|le|el|il|op|den|em|dne|dňa|w dniu|dnia|в|на|pe|în|tarihinde|στις|la|den|ons|tir|man|tor|fre|lør|søn|em|a|no dia|le|vào|pada|kl|on\s)\b",
    re.I,
)
_CLOSERS = (":", "：")
_LAST_OF_CLOSERS = ":：*_ \u200f\u200e"
_NUMBERED_OR_ADDRESSED = re.compile(r"[\d@]")
_REACH = 4


@cache
def _wrote_words() -> re.Pattern[str]:
    words = (w for w in WROTE if len(w) > (3 if w.isascii() else 1) and w not in ("das", "em", "på"))
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)", re.I)


def _says_wrote(text: str) -> bool:
    return _wrote_words().search(text) is not None


def _attribution_at(lines: Sequence[Line], start: int) -> Boundary | None:
    line = lines[start]
    text = line.text.strip()
    if not text or len(text) > 400 or not _NUMBERED_OR_ADDRESSED.search(text):
        return None
    joined = ""
    for index in range(start, start + _REACH):
        if index >= len(lines) or lines[index].depth != line.depth or not lines[index].text.strip():
            return None
        joined = f"{joined} {lines[index].text.strip()}".strip()
        if len(joined) > 400:
            return None
        if _closes(joined):
            boundary = _attribution(lines, start, index + 1, joined)
            if boundary:
                return boundary
            return None
    return None


def _closes(text: str) -> bool:
    return text.rstrip("*_ \u200f\u200e").endswith(_CLOSERS)


def _attribution(lines: Sequence[Line], start: int, end: int, joined: str) -> Boundary | None:
    joined = _HIDDEN.sub("", joined).replace("\xa0", " ")
    email = _EMAIL.search(joined)
    core = joined.rstrip(" :：*_")
    date_text, written = _date_in(core)
    below = _next_filled(lines, end - 1, 4)
    is_quoted = below is not None and lines[below].depth > lines[start].depth
    # 10/03/2026 may be two days, and is no less a heading above quoted lines for that.
    is_dated = written is not None or (
        is_quoted and _says_wrote(joined) and _OPENERS.match(core) is not None and _DATEISH.search(core) is not None
    )
    if not (email or is_dated):
        return None
    above, separator = _separator_above(lines, start)
    # Yandex prints date, name and address and no verb, and quotes nothing, but draws a line above.
    is_below_separator = separator in ("forwarded", "original") and email is not None and written is not None
    if (
        not is_quoted
        and not is_below_separator
        and (not (written and _says_wrote(joined)) or (not email and not _OPENERS.match(core)))
    ):
        return None
    name = _name_in(core, date_text, email[0] if email else None)
    if separator in ("rule", "drawn"):
        above, separator = start, None
    return Boundary(
        start=above,
        end=end,
        depth=lines[start].depth,
        is_header=False,
        author=Address(name, email[0].strip(".,") if email else None),
        written=written,
        date_raw=date_text,
        separator=separator,
        is_quoted_below=is_quoted,
    )


def _date_in(text: str) -> tuple[str | None, datetime | date | None]:
    """The longest piece of an attribution that reads as a date."""
    without = _EMAIL.sub(" ", text)
    digits = [m.start() for m in re.finditer(r"\d", without)]
    if not digits:
        return None, None
    pieces = [without[max(0, digits[0] - 24) : digits[-1] + 1 + 16], without]
    for piece in pieces:
        found = parse_date(piece[-118:] if len(piece) > 118 else piece)
        if found is not None:
            last = digits[-1]
            tail = re.match(
                r"\d?\s?(?:[ap]\.?\s?m\.?|uhr|上午|下午)?(?:\s?[+-]\d{4}|\s?(?:gmt|utc|cest|cet|est|edt|pst|pdt)(?![a-z])(?:[+-]\d{1,2}:?\d{0,2})?)?(?:\s?\([A-Z]{2,5}\))?",
                without[last:],
                re.I,
            )
            return without[digits[0] : last + (len(tail[0]) if tail else 1)], found
    return None, None


def _name_in(core: str, date_text: str | None, email: str | None) -> str | None:
    """Who wrote, from between the date and the address, or before the date."""
    text = core.replace(f"<mailto:{email}>", "") if email else core
    if email:
        before = text.partition(email)[0]
        before = before.rstrip(" <([\"'")
        if date_text and date_text in before:
            _lead, _, candidate = before.rpartition(date_text)
        else:
            candidate = before
        name = _strip_words(candidate)
        if name:
            return name
        return None
    if date_text and date_text in text:
        before, _, after = text.partition(date_text)
        for candidate in (after, before):
            name = _strip_words(candidate)
            if name:
                return name
    return None


def _strip_words(text: str) -> str | None:
    """The name inside: noise (dates, "wrote", "on") taken from both ends, the middle left as it is."""
    words = text.replace("\u201c", '"').replace("\u201d", '"').split()
    # Maj, Mai, May and April are people too: a month or day stands beside figures.
    is_beside_figures = any(c.isdigit() for c in text)

    def is_noise(word: str) -> bool:
        low = word.strip(".,:;'’\"()<>[]-–—،，").lower()
        return (
            not low
            or any(c.isdigit() for c in low)
            or low in _SMALL
            or (is_beside_figures and (low in day_names() or low in month_names()))
            or low in WROTE
        )

    while words and is_noise(words[0]):
        words.pop(0)
    while words and is_noise(words[-1]):
        words.pop()
    name = " ".join(words).strip(" -–—:,;'\"<>[]")
    name = _TRAILING.sub("", name).strip(' ,;"')
    # "9 Nov 2026, 17:44 from jane@…:" names nobody.
    if name.lower() in _FROM_WORDS:
        return None
    return name if name and 1 < len(name) <= 80 and any(c.isalpha() for c in name) else None


_SMALL = frozenset(w for w in WROTE if " " not in w) | frozenset(
    {
        "am",
        "pm",
        "a.m",
        "p.m",
        "uhr",
        "kl",
        "at",
        "on",
        "le",
        "el",
        "il",
        "op",
        "om",
        "den",
        "um",
        "à",
        "alle",
        "ore",
        "las",
        "às",
        "hs",
        "h",
        "г",
        "в",
        "года",
        "klo",
        "godz",
        "a",
        "o",
        "od",
        "utc",
        "gmt",
        "cet",
        "cest",
        "est",
        "edt",
        "pst",
        "pdt",
        "år",
        "de",
        "of",
        "d",
        "del",
        "im",
        "schrieb",
        "schreef",
        "skrev",
        "wrote",
        "writes",
        "da",
        "dia",
        "giorno",
        "dne",
        "dnia",
        "w",
        "dniu",
        "user",
        "użytkownik",
        "hat",
        "folgendes",
        "geschrieben",
        "ha",
        "scritto",
        "escribió",
        "escreveu",
        "napisał",
        "heeft",
        "the",
        "following",
        "geschreven",
        "het",
        "volgende",
        "年",
        "月",
        "日",
        "님이",
        "작성",
        "さんは書きました",
        "写道",
        "寫道",
    }
)
_SMALL = _SMALL - {"de"} | frozenset({"th", "st", "nd", "rd"})
_FROM_WORDS = frozenset(
    {"from", "by", "von", "de", "par", "da", "van", "fra", "från", "od", "od:", "от", "від", "av", "af", "para"}
)
_TRAILING = re.compile(r"\s+(?:a|hat|ha|je|wrote|writes|a écrit|has written|님|さん|様)$", re.I)


# ---------------------------------------------------------------- all of them


def find_boundaries(lines: Sequence[Line], limit: int = 40) -> list[Boundary]:
    """Every place where another message begins, from the top; at most *limit* (a longer chain has no more to say)."""
    found: list[Boundary] = []
    # The only lines where a heading can begin: labelled ones, and those that end in a colon or stand a little above such a line.
    above_closing: set[int] = set()
    labelled: dict[int, tuple[str, str] | None] = {}
    for at, (_, text, heading) in enumerate(lines):
        if not text:
            continue
        if text[-1] in _LAST_OF_CLOSERS and _closes(text):
            above_closing.update(range(max(0, at - _REACH + 1), at + 1))
        if ":" in text[:48] or "：" in text[:48] or heading:
            labelled[at] = label_of(heading or text)
    senders = [i for i, label in labelled.items() if label and label[0] == "from"]
    for at in sorted(above_closing | labelled.keys()):
        if len(found) >= limit:
            break
        if (found and at < found[-1].end) or not lines[at].text.strip():
            continue
        # A block begins at most so far above the line that names its sender.
        upcoming = bisect_left(senders, at)
        is_near_sender = upcoming < len(senders) and senders[upcoming] - at < MAX_BLOCK_LINES
        boundary = _header_at(lines, at, labelled) if is_near_sender and labelled.get(at) else None
        if boundary is None and at in labelled and at - 1 not in labelled:
            boundary = _unknown_header_at(lines, at)
        if boundary is None and at in above_closing:
            boundary = _attribution_at(lines, at)
        if boundary is not None:
            found.append(boundary)
    return found
