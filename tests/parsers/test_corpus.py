"""The readers against the team's forwards, and the bounds they must keep."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailwins.mime import decode
from mailwins.model import Ignored, InboundMessage, Submission
from mailwins.parsers import read_message
from tests.parsers.score import score_forwards


def test_forwards_are_read_right(shared: Path) -> None:
    score = score_forwards(shared / "corpus" / "forwards")
    for what in ("forwarded", "false alarm", "from address", "from name", "to", "cc", "subject", "date", "body", "comment"):
        assert score.share(what) >= 0.98, (what, [m for m in score.misses if m[1] == what])


HEADERISH = ["From: a@b.example", "> ", "On Mon, 2 Nov 2026 at 10:00, Ana <a@b.example> wrote:", "---------- Forwarded message ---------", "Subject: x", "", "Date: 99/99/2026 25:61",
             "To: ;;;,,,<<<", "-- ", "Von: ", "送信者: ", "1. one two three four", "#tag", "Account: Acme", "\u202e", "\x00", "http://[", "On 1 wrote:"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(HEADERISH), st.text(max_size=40)), max_size=40), st.sampled_from([None, "Fwd: x", "Re: x", "AW: WG: x", "note"]), st.booleans())
def test_any_mail_gives_a_value(lines: list[str], subject: str | None, as_html: bool) -> None:
    text = "\n".join(lines)
    message = InboundMessage(subject=subject, html=text if as_html else None, text=None if as_html else text)
    assert isinstance(read_message(message), Submission | Ignored)


@pytest.mark.parametrize(
    "body",
    [
        "word " * 400_000,
        "> quoted line\n" * 100_000,
        ">" * 100_000 + "\n",
        "From: Ana <a@b.example>\nSubject: x\n" * 5_000,
        "On Mon, 2 Nov 2026 at 10:00, Ana <a@b.example> wrote:\n" * 10_000,
        "a:b, " * 200_000,
        "- " * 200_000,
        "#tag " * 100_000,
        "http://x.example/" + "a" * 500_000,
        "\n" * 500_000,
    ],
    ids=["words", "quoted", "marks", "headers", "attributions", "colons", "dashes", "tags", "link", "blank"],
)
def test_reading_is_linear(body: str) -> None:
    began = time.process_time()
    read_message(InboundMessage(subject="Fwd: x", text=body))
    assert time.process_time() - began < max(3.0, 1.0 * len(body) / 1_000_000)


def test_deep_html_is_no_recursion() -> None:
    read_message(InboundMessage(html="<div>" * 30_000 + "hello" + "</div>" * 30_000))
    read_message(decode(b"Content-Type: text/html\r\n\r\n" + b"<blockquote>" * 5_000 + b"hello"))
