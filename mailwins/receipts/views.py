"""What the receipt template is handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mailwins.digest.wording import Chip


class Row(NamedTuple):
    """One field of a win. *why* is printed small behind the value: a reason, or "my guess".

    A tuple, which templates take apart: there are ten in a receipt, and a template's sandbox looks long at each name behind a dot.
    """

    label: str
    value: str
    why: str = ""
    is_empty: bool = False
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class Captured:
    """One win as its receipt shows it; *number* counts within the mail and is None when there is only one."""

    summary: str
    rows: tuple[Row, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A corrected field: *old* None where nothing was there."""

    label: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Revised:
    """What was changed about one win; *summary* is its line."""

    summary: str
    rows: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    title: str
    heading: str
    preheader: str = ""
    lead: tuple[str, ...] = ()
    told: tuple[Revised, ...] = ()
    wins: tuple[Captured, ...] = ()
    problems: tuple[str, ...] = ()
    question: str | None = None
    options: tuple[str, ...] = ()
    help_title: str = "Not right? Just reply."
    help: str = ""
    fate: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    language: str = "en"
    is_framed: bool = False

    @property
    def label_width(self) -> int:
        """Columns of the widest label in the text part; a longer one pushes its own value only."""
        labels = [row.label for win in self.wins for row in win.rows] + [
            row.label for win in self.told for row in win.rows
        ]
        return max(10, *(min(len(label), 16) for label in labels)) if labels else 10
