"""A CSV that spreadsheets open as it is, and that ``wins import`` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from mailwins.model import Win

COLUMNS = (
    "number",
    "date",
    "account",
    "summary",
    "quote",
    "story",
    "contact",
    "contact_role",
    "contact_address",
    "category",
    "value",
    "value_effective",
    "stance",
    "visibility",
    "csm",
    "captured_by",
    "credits",
    "praised",
    "cause",
    "factors",
    "features",
    "measures",
    "expected",
    "experienced",
    "urls",
    "attachments",
    "captured_at",
)


def written(wins: Iterable[Win], with_internal: bool) -> Iterator[str]:
    """Begins with a byte order mark: without it Excel takes UTF-8 for its own code page."""
    columns = (*COLUMNS, "internal_note") if with_internal else COLUMNS
    yield "\ufeff" + _line(columns)
    for win in wins:
        row = _row(win)
        yield _line([_harmless(row[c]) for c in columns])


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _harmless(text: str) -> str:
    """A cell that begins like a formula runs as one when the sheet is opened: customers' words must not."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _row(win: Win) -> dict[str, str]:
    contact = win.contact
    return {
        "number": str(win.id),
        "date": win.win_date.isoformat(),
        "account": win.account or "",
        "summary": win.summary,
        "quote": win.quote or "",
        "story": win.note or "",
        "contact": (contact.name or "") if contact else "",
        "contact_role": (contact.role or "") if contact else "",
        "contact_address": (contact.address or "") if contact else "",
        "category": win.category or "",
        "value": str(win.value or ""),
        "value_effective": str(win.value_effective),
        "stance": win.stance.value,
        "visibility": win.visibility.value,
        "csm": win.csm or "",
        "captured_by": win.submitted_by or "",
        "credits": "; ".join(win.credits),
        "praised": "; ".join(win.praised),
        "cause": win.cause or "",
        "factors": "; ".join(win.factors),
        "features": "; ".join(win.features),
        "measures": "; ".join(f"{m.what}: {m.before} → {m.after} {m.unit}".strip() for m in win.measures),
        "expected": win.expected or "",
        "experienced": win.experienced or "",
        "urls": "\n".join(win.urls),
        "attachments": "; ".join(a.filename for a in win.attachments),
        "captured_at": win.captured_at.isoformat(timespec="seconds"),
        "internal_note": win.internal_note or "",
    }
