"""One JSON object per win and line, with the names that ``wins list --json`` uses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mailwins.model import Attachment, Win


def written(wins: Iterable[Win], with_internal: bool) -> Iterator[str]:
    for win in wins:
        row = stored(win)
        if not with_internal:
            del row["internal_note"]
        yield json.dumps(row, ensure_ascii=False) + "\n"


def as_data(win: Win) -> dict[str, Any]:
    """A win as scripts see it, whether it is stored or only read."""

    def why(field: str) -> str | None:
        reason = win.reasons.get(field)
        return reason.text if reason else None

    return {
        "account": win.account,
        "account_reason": why("account"),
        "win_date": win.win_date.isoformat(),
        "summary": win.summary,
        "detail": win.detail,
        "quote": win.quote,
        "internal_note": win.internal_note,
        "contact": {"name": win.contact.name, "address": win.contact.address, "role": win.contact.role}
        if win.contact
        else None,
        "praised": list(win.praised),
        "csm": win.csm,
        "submitted_by": win.submitted_by,
        "credits": list(win.credits),
        "urls": list(win.urls),
        "attachments": [file_data(a) for a in win.attachments],
        "category": win.category,
        "category_reason": why("category"),
        "category_candidates": list(win.reasons["category"].candidates) if "category" in win.reasons else [],
        "value": win.value,
        "value_effective": win.value_effective,
        "stance": win.stance.value,
        "cause": win.cause,
        "factors": list(win.factors),
        "features": list(win.features),
        "measures": [{"what": m.what, "before": m.before, "after": m.after, "unit": m.unit} for m in win.measures],
        "expected": win.expected,
        "experienced": win.experienced,
        "visibility": win.visibility.value,
        "doubts": list(win.doubts),
    }


def stored(win: Win) -> dict[str, Any]:
    captured = win.captured_at.isoformat().replace("+00:00", "Z")
    return {
        "id": win.id,
        **as_data(win),
        "captured_at": captured,
        "mail": win.mail,
        "review": win.review.value,
        "customer_text": win.customer_text,
        "is_deleted": win.is_deleted,
    }


def file_data(file: Attachment) -> dict[str, Any]:
    return {
        "filename": file.filename,
        "content_type": file.content_type,
        "size": file.size_bytes,
        "sha256": file.sha256,
    }
