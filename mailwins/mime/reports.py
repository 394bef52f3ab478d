"""What a mail server reports about a mail of ours that it could not deliver (RFC 3464, RFC 6522)."""

from __future__ import annotations

from email import message_from_string
from email.message import Message

from mailwins.mime import headers
from mailwins.model import DeliveryReport, Failure

MAX_RECIPIENTS = 100
_STATUS = ("message/delivery-status", "message/global-delivery-status")
_ORIGINAL = (
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
)


def delivery_report(tree: Message) -> DeliveryReport | None:
    """The recipients that failed for good and the Message-ID of the mail they failed for; None for every other mail. Delays are no failures."""
    if tree.get_content_type() != "multipart/report" or not isinstance(tree.get_payload(), list):
        return None
    failures: list[Failure] = []
    original = None
    for part in tree.get_payload():
        if not isinstance(part, Message):
            continue
        kind = part.get_content_type()
        if kind in _STATUS and isinstance(part.get_payload(), list):
            failures += [f for group in part.get_payload() if isinstance(group, Message) and (f := _failure(group))]
        elif kind in _ORIGINAL and original is None:
            original = next(iter(headers.message_ids(_message_ids(part))), None)
    return DeliveryReport(original, tuple(failures[:MAX_RECIPIENTS])) if failures else None


def _failure(group: Message) -> Failure | None:
    if _word(group, "Action").lower() != "failed":
        return None
    recipient = _word(group, "Original-Recipient") or _word(group, "Final-Recipient")
    diagnostic = " ".join(_word(group, "Diagnostic-Code").split())
    return Failure(
        recipient.rpartition(";")[2].strip().strip("<>").lower(),
        _word(group, "Status").split(" ")[0],
        diagnostic.partition(";")[2].strip() or diagnostic,
    )


def _message_ids(part: Message) -> list[str]:
    payload = part.get_payload()
    if isinstance(payload, list):
        inner = payload[0] if payload and isinstance(payload[0], Message) else None
    else:
        inner = message_from_string(payload) if isinstance(payload, str) else None
    return [str(v) for v in inner.get_all("Message-ID", [])] if inner is not None else []


def _word(group: Message, name: str) -> str:
    return str(group.get(name, "")).strip()
