"""A number month by month, where the customer's words give it so: the only thing that makes a chart. Nothing in between is worked out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from babel import Locale

from mailwins.updates.figures import thing

FEWEST, MOST = 4, 8
TALLEST_PX, LOWEST_PX = 64, 2


@dataclass(frozen=True, slots=True)
class Column:
    """One month of a chart, as the bars of every mail are drawn."""

    shown: str
    label: str
    height_px: int
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    what: str
    columns: tuple[Column, ...]


def chart_of(text: str, language: str) -> Chart | None:
    """From "missed visits were 11% in May, 12% in June, 6% in July and 3% in August".

    None where fewer than four months stand there, one of them is missing in between, or it is not plain what they count.
    """
    text = " ".join(text.split())
    for order in (rf"{_VALUE}\s+(?:(?:in|im|en|au mois de)\s+)?{{month}}", rf"{{month}}\s*:?\s+{_VALUE}"):
        pair = order.format(month=_month(language))
        run = re.search(rf"{_unnamed(pair)}(?:{_BETWEEN}{_unnamed(pair)}){{{FEWEST - 1},{MOST - 1}}}", text, re.I)
        if run is None:
            continue
        found = list(re.finditer(pair, run[0], re.I))
        months = [_months(language)[m["month"].casefold().rstrip(".")] for m in found]
        values = [" ".join(m["value"].split()) for m in found]
        what = thing(re.split(r"[.!?;]\s", text[: run.start()])[-1].rstrip(" :,–-"))
        is_row = all((b - a) % 12 == 1 for a, b in pairwise(months))
        if what and is_row and len({re.sub(r"[\d.,\s]", "", v) for v in values}) == 1:
            return Chart(what[:1].upper() + what[1:], _columns(months, values, language))
    return None


_VALUE = r"(?P<value>\d(?:[\d.,]*\d)?(?:\s?%)?)"
_BETWEEN = r"(?:\s*[,;/]\s*(?:and|und|et|y|en)?\s*|\s+(?:and|und|et|y|en)\s+)"


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@cache
def _months(language: str) -> dict[str, int]:
    """Whole and short names in small letters, without a full stop."""
    locale = Locale(language)
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names |= {n.casefold().rstrip("."): m for m, n in locale.months[context][width].items()}
    return names


def _month(language: str) -> str:
    names = sorted(_months(language), key=len, reverse=True)
    return rf"(?P<month>\b(?:{'|'.join(map(re.escape, names))})\b\.?)"


def _columns(months: Sequence[int], values: Sequence[str], language: str) -> tuple[Column, ...]:
    short = Locale(language).months["stand-alone"]["abbreviated"]
    sizes = [_size(v) for v in values]
    top = max(sizes) or 1.0
    return tuple(
        Column(v, str(short[m]).rstrip("."), max(round(TALLEST_PX * s / top), LOWEST_PX), is_now=n == len(values) - 1)
        for n, (m, v, s) in enumerate(zip(months, values, sizes, strict=True))
    )


def _size(value: str) -> float:
    """How tall a bar stands beside the others: "1,2 %", "2.300" and "1.8" as people mean them."""
    digits = re.sub(r"[^\d.,]", "", value).rstrip(".,")
    whole, mark, rest = re.match(r"(.*?)(?:([.,])(\d+))?$", digits).groups(default="")  # type: ignore[union-attr]
    plain = re.sub(r"[.,]", "", whole)
    return float(f"{plain}{rest}") if len(rest) == 3 and mark and whole != "0" else float(f"{plain}.{rest or 0}")
