"""Which of several wins is meant: "2: private", "the second one", "delete 1285 and 1286"."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import About
from mailwins.receipts.wishes.words.grammar import THE
from mailwins.receipts.wishes.words.references import ONE, ORDINAL, ORDINALS

ONE_WIN = (0,)
"""The wins of what is said of one that was named."""


def leading_ref(about: About, line: str, makes_sense: Callable[[str], bool]) -> tuple[tuple[int, ...], str]:
    """(wins named at the beginning, what follows); nothing follows where the lines below are meant."""
    text = line.strip().strip("*_")
    low = flatten(text)
    match = re.match(
        (
            rf"^(?:for |zu |fur |pour |para |voor |re )?{THE}(?P<ref>(?:(?:#|no\.? ?|nr\.? ?|number |win #?"
            rf"|erfolg )?\d{{1,9}}|(?:{ORDINAL}){ONE})(?:\s*(?:,|and|&|und|et|y|en"
            rf"|\+)\s*#?\d{{1,9}})*)\s*(?P<sep>[:.)\]=-]+)\s*(?P<rest>.*)$"
        ),
        low,
    )
    if not match:
        return (), text
    refs = refs_in(about, match["ref"], strict=":" not in match["sep"] or not match["rest"])
    rest = text[match.start("rest") :].strip()
    if not refs or (rest and not makes_sense(rest)):
        return (), line
    return refs, rest


def refs_in(about: About, text: str, *, strict: bool) -> tuple[int, ...]:
    found: list[int] = []
    for match in re.finditer(
        rf"(?P<mark>#|no\.? ?|nr\.? ?|number |win #?|erfolg )?(?P<n>\d{{1,9}})|(?P<o>{ORDINAL})\b", text
    ):
        if match["o"]:
            number = next(n for n, words in ORDINALS.items() if re.fullmatch(words, match["o"]))
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
    if about.ids == ONE_WIN:
        return (), core
    number = r"(?:#|no\.? ?|nr\.? ?|number |wins? #?|erfolg )?\d{1,9}"
    for match in re.finditer(
        (
            r"(?<![\w#./,-])(?:the |der |die |das |den |le |la |el "
            rf"|de )?(?P<ref>(?:wins? )?(?:{number})(?:(?:\s*,\s*(?:and )?"
            rf"|\s+(?:and|&|und|et|y|en|\+)\s+)(?:{number}))*|(?:{ORDINAL}){ONE}(?:\s+(?:and|&|und|et|y"
            rf"|en)\s+(?:the )?(?:{ORDINAL}){ONE})*)(?![\w%/€$])(?! (?:two|three|four|2|3|4|few|zwei|drei"
            r"|deux|trois|dos|tres|twee|drie)\b)"
        ),
        low,
    ):
        refs = refs_in(about, match["ref"], strict=True)
        if refs:
            return refs, f"{core[: match.start()]}it{core[match.end() :]}"
    return (), core


def win_at_start(about: About, text: str) -> tuple[int, ...]:
    """The win of several that a remark begins with ("2 is wrong"); empty where it begins with none."""
    first = re.match(r"\W*(?:the |der |die |das |le |la |el |de )?(\S+)", flatten(text))
    return refs_in(about, first[1], strict=True) if first and len(about.ids) > 1 else ()
