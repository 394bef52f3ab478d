"""Mail that no person meant as a win: auto-replies, bounces, receipts, calendars, newsletters. Each with its reason."""

from __future__ import annotations

import re

from mailwins.model import Ignored
from mailwins.parsers import absence
from mailwins.parsers.opened import Opened
from mailwins.patterns import rare

_READ = re.compile(
    r"^\s*(?:read|gelesen|lu|leído|lido|letto|gelezen|läst|læst|lest|luettu|przeczytano|přečteno|прочитано|not read|ungelesen gelöscht|開封済み|已读|已讀|읽음|delivered|relayed)\s*[:：]",
    re.I,
)
_BOUNCE_SENDER = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|maildelivery|microsoftexchange[0-9a-f]+)@?", re.I
)
_BOUNCE_SUBJECT = rare(
    r"undeliver|delivery (?:status notification|failure|has failed|incomplete)|returned mail|mail delivery (?:failed|system|subsystem)|failure notice|unzustellbar|non remis|no se puede entregar|non recapitabile|onbestelbaar|olevererbart|nie można dostarczyć|недоставлен",
    re.I,
)
# The Message-IDs of mailwins itself (outbox.message_id): two instances that know each other must not talk, even where a gateway drops Auto-Submitted.
_OF_AN_INSTANCE = re.compile(r"^<?mw\.[a-z-]+\.[a-z2-7]{20}\.[a-z2-7]{12}@")


def read(mail: Opened) -> Ignored | None:
    message = mail.message
    types = set(message.content_types)
    report = (mail.header("content-type") or "").lower()
    sender = (message.author.address or "").lower()
    subject = message.subject or ""
    if "message/disposition-notification" in types or "report-type=disposition-notification" in report.replace('"', ""):
        return Ignored("read_receipt", "a read receipt (RFC 8098)")
    if (
        "message/delivery-status" in types
        or "message/global-delivery-status" in types
        or "report-type=delivery-status" in report.replace('"', "")
    ):
        return Ignored("bounce", "a delivery report (RFC 3464)")
    if "message/feedback-report" in types:
        return Ignored("bounce", "an abuse report (RFC 5965)")
    if mail.header("x-failed-recipients") or (
        _BOUNCE_SENDER.match(sender) and (_BOUNCE_SUBJECT.search(subject) or _null_path(mail))
    ):
        return Ignored("bounce", "a mail server's report")
    if _READ.match(subject) and (
        report.startswith("multipart/report")
        or (mail.header("x-ms-exchange-generated-message-source") is not None)
        or _null_path(mail)
    ):
        return Ignored("read_receipt", "a read receipt")
    if "text/calendar" in types and (_is_calendar(mail)):
        return Ignored("calendar", "a calendar invitation or its answer")
    auto = (mail.header("auto-submitted") or "").split(";")[0].strip().lower()
    if auto and auto != "no" and not _is_sent_on(mail) and not _is_list(mail):
        return Ignored("auto_reply", f"Auto-Submitted: {auto} (RFC 3834)")
    if _OF_AN_INSTANCE.match(message.message_id or "") and not _is_sent_on(mail):
        return Ignored("auto_reply", "written by mailwins itself")
    # Exchange's rules agent marks both its automatic answers and the customers' mail it redirects; only the latter carries Resent-From.
    is_rules_answer = (mail.header("x-ms-exchange-generated-message-source") or "").lower().startswith(
        "mailbox rules"
    ) and not _is_sent_on(mail)
    if is_rules_answer or any(
        mail.header(h) for h in ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply")
    ):
        return Ignored("auto_reply", "marked as an automatic answer")
    precedence = (mail.header("precedence") or "").strip().lower()
    if precedence in ("auto_reply", "auto-reply"):
        return Ignored("auto_reply", "Precedence: auto_reply")
    if absence.SUBJECT.match(subject):
        return Ignored("auto_reply", "its subject is that of an absence note")
    if _is_list(mail):
        return Ignored("newsletter", "sent by a list or newsletter tool")
    if precedence in ("bulk", "junk", "list") and mail.header("list-unsubscribe"):
        return Ignored("newsletter", f"Precedence: {precedence}")
    return None


def _null_path(mail: Opened) -> bool:
    value = mail.header("return-path")
    return value is not None and value.replace(" ", "") in ("<>", "")


def _is_calendar(mail: Opened) -> bool:
    content = (mail.header("content-type") or "").lower()
    method = "method=" in content or "text/calendar" in content
    has_words_of_a_person = bool(mail.split.boundaries)
    return method or not has_words_of_a_person


def _is_sent_on(mail: Opened) -> bool:
    return any(mail.header(h) for h in ("resent-from", "x-forwarded-for"))


def _is_list(mail: Opened) -> bool:
    """A list or bulk tool, not a colleague whose mail went through a group address."""
    if _is_sent_on(mail):
        return False
    if mail.header("list-unsubscribe") and (
        mail.header("list-id")
        or mail.header("list-unsubscribe-post")
        or mail.header("feedback-id")
        or (mail.header("precedence") or "").lower() in ("bulk", "list")
    ):
        return not mail.split.boundaries
    return False
