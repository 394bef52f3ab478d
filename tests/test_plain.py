"""Values survive the way through JSON unchanged."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from mailwins.model import (
    Address,
    Attachment,
    Decoded,
    Ignored,
    InboundMessage,
    Kind,
    Quoted,
    Reason,
    Source,
    Submission,
    Win,
)
from mailwins.plain import from_plain, to_plain


def through_json(value: object, kind: type) -> object:
    blobs: list[bytes] = []
    return from_plain(kind, json.loads(json.dumps(to_plain(value, blobs))), blobs)


def test_a_decoded_mail_with_files_and_nested_quotes() -> None:
    quoted = Quoted(
        Address("Ana", "a@x.example"),
        written=datetime(2026, 11, 2, 8, 15),
        body="b",
        nested=(Quoted(written=date(2026, 1, 2)),),
    )
    file = Attachment("a.png", "image/png", 3, "ff", content=b"abc", is_inline=True)
    message = InboundMessage(
        authors=(Address(None, "m@x.example"),),
        headers=(("from", "x"),),
        attachments=(file,),
        date=datetime(2026, 1, 1, tzinfo=UTC),
    )
    value = Decoded(
        message,
        Submission(Kind.FORWARD, "gmail", Address("M", "m@x.example"), originals=(quoted,), attachments=(file,)),
    )
    back = through_json(value, Decoded)
    assert back == value
    assert isinstance(back, Decoded)
    assert back.message.attachments[0].content == b"abc"


def test_an_ignored_mail_is_told_from_a_submission() -> None:
    value = Decoded(InboundMessage(), Ignored("auto_reply", "because"))
    assert through_json(value, Decoded) == value


def test_a_win_keeps_its_reasons() -> None:
    win = Win(
        1,
        "t",
        "sha",
        0,
        datetime(2026, 1, 1, tzinfo=UTC),
        date(2026, 1, 1),
        "s",
        reasons={"account": Reason(Source.STATED, "said so", None, ("a", "b"))},
    )
    assert through_json(win, Win) == win


def test_a_field_nobody_knows_any_more_is_left_out() -> None:
    assert from_plain(Address, {"name": "A", "shoe_size": 43}) == Address("A")
