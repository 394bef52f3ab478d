"""Lines of a reply: broken ones made whole, and values that run on over several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.phrases.fields import text_wish
from mailwins.receipts.wishes.phrases.phrase import Phrases
from mailwins.receipts.wishes.phrases.refs import leading_ref
from mailwins.receipts.wishes.sentences import sentences_of
from mailwins.receipts.wishes.trimming import BULLET, bare_line
from mailwins.receipts.wishes.wish import About, Wish
from mailwins.receipts.wishes.words.cuts import SEPARATOR
from mailwins.receipts.wishes.words.fields import EXPLICIT
from mailwins.receipts.wishes.words.prose import BETTER, OF_THE_SUMMARY
from mailwins.receipts.wishes.words.sharing import SHOW_IT_SO

_NUMBERED = re.compile(r"\s*[1-9][):]\s")
_BEFORE_NUMBER = re.compile(r"\s+(?=[1-9][):]\s)")
_BEFORE_BARE_NUMBER = re.compile(r"[\s,;]+(?=[1-9] [^\W\d])")
_IN_QUOTATION_MARKS = re.compile(r"[\"“„«](.+)[\"”“»]\.?")

RunsOn = tuple[list[Wish], int]
"""(the wishes, the first line that is not theirs)."""


def unwrapped(lines: Sequence[str], phrases: Phrases) -> list[str]:
    """A wish that a mail program broke in two is one line again; a key in the middle of a line begins its own."""
    out: list[str] = []
    for line in _numbered(lines, phrases) if len(phrases.about.ids) > 1 else lines:
        sentences = sentences_of(line)
        at = next((i for i, s in enumerate(sentences) if i and text_wish(phrases.about, bare_line(s))), None)
        pieces = [line] if at is None else [" ".join(sentences[:at]), " ".join(sentences[at:])]
        if out and _is_broken(out[-1], line, pieces[0], phrases):
            pieces[0] = f"{out.pop()} {pieces[0].strip()}"
        out += pieces
    return out


def _numbered(lines: Sequence[str], phrases: Phrases) -> list[str]:
    """ "1) ok 2) wrong person", and where each part makes sense "1 ok 2 delete"."""
    out: list[str] = []
    for line in lines:
        parts = _BEFORE_NUMBER.split(line) if _NUMBERED.match(line) else [line]
        bare = _BEFORE_BARE_NUMBER.split(line.strip())
        if len(bare) > 1 and [x[0] for x in bare] == [str(n) for n in range(1, len(bare) + 1)]:
            parts = bare if all(phrases.makes_sense(x) for x in bare) else parts
        out += parts
    return out


def _is_broken(last: str, line: str, piece: str, phrases: Phrases) -> bool:
    """Whether only the two together say something."""
    if not last.strip() or not line.strip() or BULLET.match(line) or text_wish(phrases.about, bare_line(last)):
        return False
    *_, end = sentences_of(last)
    start = (sentences_of(piece) or [""])[0]
    return (
        end[-1:] not in ".!?:"
        and phrases.read(end) is None
        and phrases.read(start) is None
        and phrases.read(f"{end} {start}") is not None
    )


def running_on(line: str, lines: Sequence[str], at: int, phrases: Phrases) -> RunsOn | None:
    """A key whose value runs on, with the lines from *at* on that belong to it."""
    bare = bare_line(line)
    if text_wish(phrases.about, bare) is None:
        return None
    value_lines = [bare]
    while at < len(lines) and lines[at].strip() and not _begins_something(lines[at], phrases):
        value_lines.append(lines[at].strip())
        at += 1
    whole = " ".join(value_lines)
    tails: list[Wish] = []
    for match in SEPARATOR.finditer(flatten(whole)):
        rest = whole[match.end() :]
        if EXPLICIT.match(flatten(rest)) and (found := phrases.read(rest)) is not None:
            whole, tails = whole[: match.start()], found
            break
    wish = text_wish(phrases.about, whole)
    return ([wish, *tails], at) if wish else None


def _begins_something(line: str, phrases: Phrases) -> bool:
    bare = bare_line(line)
    return (
        text_wish(phrases.about, bare) is not None
        or bool(leading_ref(phrases.about, line, phrases.makes_sense)[0])
        or phrases.read(bare) is not None
    )


def words_to_show(line: str, lines: Sequence[str], at: int, phrases: Phrases) -> RunsOn | None:
    """Leave to share, and below it in quotation marks the words to use."""
    match = SHOW_IT_SO.match(flatten(bare_line(line)))
    below = next((n for n in range(at, len(lines)) if lines[n].strip()), None)
    if match is None or below is None or phrases.read(bare_line(line)[: match.end("act")]) != [Wish("share")]:
        return None
    end = next((n for n in range(below, len(lines)) if not lines[n].strip()), len(lines))
    quoted = _IN_QUOTATION_MARKS.fullmatch(" ".join(x.strip() for x in lines[below:end]))
    return ([Wish("share", value=quoted[1].strip())], end) if quoted else None


def better_summary(line: str, before: Sequence[str], about: About) -> tuple[Wish, str] | None:
    """ "The title is bad English. Better: …": (the new one, what she says of the old)."""
    better = BETTER.match(flatten(line))
    if better is None or not (about.asked == "summary" or OF_THE_SUMMARY.search(flatten("\n".join(before)))):
        return None
    opinion = line[: better.start("better")].strip()
    return Wish("set", "summary", line[better.end() :].strip(' "“”„«».')), opinion
