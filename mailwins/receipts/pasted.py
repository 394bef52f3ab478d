"""A receipt of ours that a mail program put below an answer without any mark: its words ask for nothing."""

from __future__ import annotations

import re

# As ``compose`` begins them.
_BEGINS = re.compile(
    r"^[ \t*#]*(?:(?:Captured(?:, \d+ wins)?|Done|Already known)\. Thank you\b|Kept\b[^\n]{0,80}[.?]\s*$"
    r"|(?:Nothing was changed|All of it is kept)\.\s*$)",
    re.M,
)
_LAST_LINES = re.compile(
    r"(?:You get this because|Not right\? Just reply|Changed your mind\? Reply|Did you mean a correction\?|Nothing\s+goes\s+to\s+the\s+customer)"
    r".{0,400}?(?:“stop receipts”\.|\n\s*\n|\Z)",
    re.S,
)


def without_receipt(text: str) -> str:
    """*text* less one of our receipts that stands in it, from its heading to the last line that is surely ours."""
    begin = _BEGINS.search(text)
    ends = [m.end() for m in _LAST_LINES.finditer(text, begin.end())] if begin else []
    return f"{text[: begin.start()]}{text[ends[-1] :]}".strip() if begin and ends else text
