"""The tree cut at its boundaries is the tree that Python's email package builds, for mail in good order and for any other."""

from __future__ import annotations

import email
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailwins.mime import tree
from mailwins.mime.tree import parse_tree

MAILS = sorted((Path(__file__).parent.parent / "mail").rglob("*.eml"))


def described(part: Message) -> tuple[Any, ...]:
    payload = part.get_payload()
    return (
        list(part.raw_items()),
        part.get_content_type(),
        part.get_default_type(),
        part.get_unixfrom(),
        part.preamble,
        part.epilogue,
        [type(defect) for defect in part.defects],
        [described(child) for child in payload if isinstance(child, Message)]
        if isinstance(payload, list)
        else (payload, part.get_payload(decode=True)),
    )


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_every_mail_we_have_gives_the_packages_tree(line_end: bytes) -> None:
    assert len(MAILS) > 50
    for path in MAILS:
        raw = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", line_end)
        assert described(parse_tree(raw)) == described(email.message_from_bytes(raw)), path


# What a multipart is made of, and what breaks one, in any order.
LINES = st.sampled_from(
    [
        "Subject: x", " continued", "Content-Type: text/plain; charset=utf-8", 'Content-Type: multipart/mixed; boundary="b"', "Content-Type: multipart/alternative; boundary=bb",
        "Content-Type: multipart/digest; boundary=b", "Content-Type: multipart/mixed", "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable",
        "From old@x.example", ": nameless", "", "", "", "--b", "--b--", "--bb", "--bb--", "--b \t", "--b-- ", "--bbb", "--b-- more", "words", "d29yZHM=", "d29y", "ZHM", "Z=", "d29=yZHM=", "d29y ZHM=!", "====", "a=3D=C3=A4", "Gr\u00fc\u00dfe", "\t", "one\rtwo", "words\r--b", "--b\r", "--b\rwords", "--b-- \r", "\r--b--", "Subject: x\r", "Subject: x\r\ttwo", "\r",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=40), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_lines_give_the_packages_tree(lines: list[str], line_end: str, ends: bool) -> None:
    raw = (line_end.join(lines) + line_end * ends).encode()
    assert described(parse_tree(raw)) == described(email.message_from_bytes(raw))


PARTS = st.recursive(
    st.sampled_from(["words", "", "two\nlines\n", "--other", "--b0x", "-- \nAna"]),
    lambda inner: st.lists(inner, min_size=1, max_size=3),
    max_leaves=6,
)


def written(part: Any, depth: int = 0) -> str:
    if isinstance(part, str):
        return f"Content-Type: text/plain\n\n{part}"
    mark = f"b{depth}"
    inner = "".join(f"\n--{mark}\n{written(child, depth + 1)}" for child in part)
    return f"Subject: x\nContent-Type: multipart/mixed;\n boundary={mark}\n\npreamble\n{inner}\n--{mark}--\nepilogue\n"


@given(PARTS, st.sampled_from(["\n", "\r\n"]))
def test_mail_in_good_order_is_cut_and_gives_the_packages_tree(part: Any, line_end: str) -> None:
    text = written(part).replace("\n", line_end)
    assert described(tree._Cutter(text).part(0, len(text), None)) == described(email.message_from_bytes(text.encode()))


def test_a_file_is_cut_out_without_a_look_at_its_lines() -> None:
    lines = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\r\n" * 20_000
    raw = f"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\n\r\n{lines}\r\n--b--\r\n"
    assert described(parse_tree(raw.encode())) == described(email.message_from_bytes(raw.encode()))
