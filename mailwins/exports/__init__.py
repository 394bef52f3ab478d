"""Wins as files for other programs. A new format is one new file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mailwins.exports import lines, sheet
from mailwins.model import Win

EXPORTS: dict[str, Callable[[Iterable[Win], bool], Iterator[str]]] = {"csv": sheet.written, "json": lines.written}
"""Each makes text, piece by piece, of wins; the flag says whether internal notes go along."""
