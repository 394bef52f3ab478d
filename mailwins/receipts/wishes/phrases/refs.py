"""Which of several wins is meant: "2: private", "the second one", "delete 1285 and 1286"."""

from __future__ import annotations

from collections.abc import Callable

from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import About
from mailwins.receipts.wishes.words.references import FIRST_WORD, LEADING_REF, ORDINAL_PATTERNS, REF, REF_INSIDE

ONE_WIN = (0,)
"""The wins of what is said of one that was named."""


def leading_ref(about: About, line: str, makes_sense: Callable[[str], bool]) -> tuple[tuple[int, ...], str]:
    """(wins named at the beginning, what follows); nothing follows where the lines below are meant."""
    text = line.strip().strip("*_")
    low = flatten(text)
    match = LEADING_REF.match(low)
    if not match:
        return (), text
    refs = refs_in(about, match["ref"])
    rest = text[match.start("rest") :].strip()
    if not refs or (rest and not makes_sense(rest)):
        return (), line
    return refs, rest


def refs_in(about: About, text: str) -> tuple[int, ...]:
    """The wins that *text* names and nothing else."""
    found: list[int] = []
    for match in REF.finditer(text):
        if match["o"]:
            number = next(n for n, words in ORDINAL_PATTERNS.items() if words.fullmatch(match["o"]))
            if len(about.ids) == 1 or (match["o"].startswith("mi") and len(about.ids) != 3):
                return ()
            found.append(number)
            continue
        number = int(match["n"])
        is_known = number in about.ids or (len(about.ids) > 1 and 1 <= number <= len(about.ids))
        is_marked = bool(match["mark"]) and (number > 9 or len(about.ids) != 1)
        if not is_known and not is_marked:
            return ()
        found.append(number)
    return tuple(found)


def ref_inside(about: About, core: str, low: str) -> tuple[tuple[int, ...], str]:
    """(wins named anywhere, the words with "it" in their place)."""
    if about.ids == ONE_WIN:
        return (), core
    for match in REF_INSIDE.finditer(low):
        refs = refs_in(about, match["ref"])
        if refs:
            return refs, f"{core[: match.start()]}it{core[match.end() :]}"
    return (), core


def win_at_start(about: About, text: str) -> tuple[int, ...]:
    """The win of several that a remark begins with ("2 is wrong"); empty where it begins with none."""
    first = FIRST_WORD.match(flatten(text))
    return refs_in(about, first[1]) if first and len(about.ids) > 1 else ()
