"""The readers against the team's forwards, and the bounds they must keep."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mailwins.mime import decode
from mailwins.model import Address, Ignored, InboundMessage, Submission
from mailwins.parsers import read_message
from mailwins.plain import from_plain, to_plain
from tests.parsers.score import score_forwards


def test_forwards_are_read_right(shared: Path) -> None:
    score = score_forwards(shared / "corpus" / "forwards")
    for what in (
        "forwarded",
        "false alarm",
        "from address",
        "from name",
        "to",
        "cc",
        "subject",
        "date",
        "body",
        "comment",
    ):
        assert score.share(what) >= 0.98, (what, [m for m in score.misses if m[1] == what])


HEADERISH = ["From: a@b.example", "> ", "On Mon, 2 Nov 2026 at 10:00, Ana <a@b.example> wrote:", "---------- Forwarded message ---------", "Subject: x", "", "Date: 99/99/2026 25:61",
             "To: ;;;,,,<<<", "-- ", "Von: ", "送信者: ", "1. one two three four", "#tag", "Account: Acme", "\u202e", "\x00", "http://[", "On 1 wrote:"]  # fmt: skip


TOLD = ["You have a new response", "Q1: How likely are you to recommend us?", "9", "★★★★", "4.5 out of 5 stars", "Ana left a review", "Your name", "Satisfaction rating: Good", "Comment: fine", "Review by Ana, Boss, x", "NPS 10", "- ", "", "\u202e", "Pros: ", "by", "· |", "has written you a recommendation"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(TOLD), st.text(max_size=30)), max_size=30), st.sampled_from(TOLD), st.booleans()
)
def test_any_mail_of_a_tool_gives_a_value(lines: list[str], subject: str, is_sent_on: bool) -> None:
    text = "\n".join(lines)
    if is_sent_on:
        text = f"---------- Forwarded message ---------\nFrom: Tool <noreply@tool.example>\nDate: Tue, Nov 10, 2026 at 9:12 AM\nSubject: {subject}\nTo: <a@b.example>\n\n{text}"
    author = Address("Ann" if is_sent_on else "Tool", "ann@b.example" if is_sent_on else "noreply@tool.example")
    found = read_message(InboundMessage(authors=(author,), subject=subject, text=text))
    assert isinstance(found, Submission | Ignored)


MIMEISH = [
    b"From: Ana <a@b.example>\r\n", b"Subject: Fwd: x\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n", b"Content-Type: multipart/alternative; boundary=\"b\"\r\n", b"\r\n", b"--b\r\n", b"--b--\r\n",
    b"Content-Type: application/ms-tnef; name=winmail.dat\r\n", b"Content-Type: message/rfc822\r\n", b"Content-Type: application/pkcs7-mime\r\n", b"Content-Type: text/html; charset=gb2312\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n", b"\x78\x9f\x3e\x22\x01\x00\x01\x03\x90\x06\x00", b"\x30\x80\x06\x09", b"=?utf-8?B?4pyT?=", b"<blockquote><p>On 1 wrote:",
    b"-----BEGIN PGP SIGNED MESSAGE-----\n", b"-----BEGIN PGP SIGNATURE-----\n", b"---------- Forwarded message ---------\n", b"Content-Disposition: attachment; filename*=utf-8''%ff.eml\r\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(HEADERISH), st.text(max_size=40)), max_size=40),
    st.sampled_from([None, "Fwd: x", "Re: x", "AW: WG: x", "note"]),
    st.booleans(),
)
def test_any_mail_gives_a_value(lines: list[str], subject: str | None, as_html: bool) -> None:
    text = "\n".join(lines)
    message = InboundMessage(subject=subject, html=text if as_html else None, text=None if as_html else text)
    assert isinstance(read_message(message), Submission | Ignored)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(MIMEISH), st.binary(max_size=60)), max_size=30))
def test_any_bytes_in_a_value_out(pieces: list[bytes]) -> None:
    message = decode(b"".join(pieces))
    assert isinstance(read_message(message), Submission | Ignored)
    blobs: list[bytes] = []
    assert from_plain(InboundMessage, json.loads(json.dumps(to_plain(message, blobs))), blobs) == message


def test_deep_html_is_no_recursion() -> None:
    read_message(InboundMessage(html="<div>" * 30_000 + "hello" + "</div>" * 30_000))
    read_message(decode(b"Content-Type: text/html\r\n\r\n" + b"<blockquote>" * 5_000 + b"hello"))
