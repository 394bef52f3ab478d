"""Mails that come inside something else: winmail.dat, .msg, signatures of S/MIME and PGP."""

from __future__ import annotations

import base64
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailwins.mime import decode
from mailwins.mime.rtf import decompress, read_rtf
from mailwins.mime.signed import unwrap_smime, without_pgp_message
from mailwins.mime.tnef import read_tnef
from mailwins.model import Form, Ignored, InboundMessage, Kind, Submission
from mailwins.parsers import read_message
from tests.mime.outlook_files import OutlookFile, OutlookMessage, msg, tnef

HEAD = "From: Ann <ann@ourco.example>\r\nTo: wins@ourco.example\r\nSubject: FW: Delivery times\r\nDate: Tue, 3 Nov 2026 12:00:00 +0100\r\nMIME-Version: 1.0\r\n"
PRAISE = OutlookMessage(
    {
        0x37: "Delivery times",
        0x1000: "Dear Ann,\r\nour delivery times fell from nine days to four.\r\nBo",
        0x42: "Bo Li",
        0x5D02: "bo@cust.example",
        0x39: datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
    },
    [("Ann Ode", "ann@ourco.example", 1), ("Cy Ember", "cy@ourco.example", 2)],
    [OutlookFile("chart.pdf", b"%PDF-1.7", "application/pdf")],
)


def mail(content: bytes, content_type: str, name: str, text: str | None = "See attached.") -> InboundMessage:
    words = f"--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n" if text else ""
    part = f'--b\r\nContent-Type: {content_type}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return decode(
        (HEAD + 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + words + part).encode()
        + base64.encodebytes(content)
        + b"\r\n--b--\r\n"
    )


WRAPPERS = {
    "tnef": (tnef, "application/ms-tnef", "winmail.dat"),
    "msg": (msg, "application/vnd.ms-outlook", "praise.msg"),
}


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_a_message_inside_is_the_original_of_a_forward(wrapper: str) -> None:
    write, content_type, name = WRAPPERS[wrapper]
    outer = OutlookMessage(files=[OutlookFile(message=PRAISE)]) if wrapper == "tnef" else PRAISE
    found = read_message(mail(write(outer), content_type, name))
    assert isinstance(found, Submission)
    assert (found.kind, found.form, found.note) == (Kind.FORWARD, Form.ATTACHED, "See attached.")
    original = found.originals[0]
    assert (original.author.name, original.author.address, original.subject) == (
        "Bo Li",
        "bo@cust.example",
        "Delivery times",
    )
    assert original.written == datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    assert original.words == "Dear Ann,\nour delivery times fell from nine days to four."
    assert [p.address for p in (*original.to, *original.cc)] == ["ann@ourco.example", "cy@ourco.example"]
    assert [f.filename for f in original.attachments] == ["chart.pdf"]


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_messages_inside_messages_have_an_end(wrapper: str) -> None:
    write, content_type, name = WRAPPERS[wrapper]
    message = OutlookMessage({0x1000: "core"})
    for _ in range(12):
        message = OutlookMessage({0x1000: "shell"}, files=[OutlookFile(message=message)])
    assert "nested_too_deep" in _all_defects(mail(write(message), content_type, name))


def _all_defects(message: InboundMessage) -> set[str]:
    return set(message.defects) | {d for inner in message.attached for d in _all_defects(inner)}


def test_a_mail_that_is_all_winmail_gives_its_body_and_files() -> None:
    wrapped = OutlookMessage(
        {0x1013: b"<p>Rollout is <b>done</b> at Umber Mills</p>"},
        files=[OutlookFile("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(200))],
    )
    found = mail(tnef(wrapped), "application/ms-tnef", "winmail.dat", text=None)
    assert found.html == "<p>Rollout is <b>done</b> at Umber Mills</p>"
    assert [(f.filename, f.content_type) for f in found.attachments] == [("photo.png", "image/png")]


def test_a_message_without_the_extra_is_kept_as_a_file_and_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "oxmsg.py").write_text("raise ImportError('not installed')")
    code = (
        "from tests.mime.test_wrapped import *\n"
        "found = mail(msg(PRAISE), 'application/vnd.ms-outlook', 'praise.msg')\n"
        "print(found.defects, [f.filename for f in found.attachments], found.attached)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{code}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert "install mailwins[outlook]" in done.stdout
    assert "['praise.msg'] ()" in done.stdout


# ---------------------------------------------------------------- rich text


def test_packed_rich_text_of_the_specification_is_unpacked() -> None:
    """[MS-OXRTFCP] sections 4.1.1 and 4.2.1."""
    simple = "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0"
    crossing = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    assert decompress(bytes.fromhex(simple)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompress(bytes.fromhex(crossing)) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


@pytest.mark.parametrize(
    ("rtf", "text", "html"),
    [
        (
            rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard Gr\'fc\'dfe, Bo\par \par 20\'80 saved}",
            "Grüße, Bo\n\n20€ saved",
            None,
        ),
        (rb"{\rtf1\ansi\uc1 \u26085?\u26412? \u-10179?\u-8704? ok}", "日本 😀 ok", None),
        (
            rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}\f1 \'cf\'f0\'e8\'e2\'e5\'f2\f0 !}",
            "Привет!",
            None,
        ),
        (
            rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 5 > 4{\*\htmltag84 &nbsp;}{\*\mhtmltag84 x}ok{\*\htmltag72 </p>}}",
            None,
            "<p>5 &gt; 4&nbsp;ok</p>",
        ),
        (b"no rtf", None, None),
        (rb"{\rtf1 " + b"{" * 5_000, None, None),
    ],
)
def test_rich_text_becomes_text_or_the_html_it_was_made_from(rtf: bytes, text: str | None, html: str | None) -> None:
    assert read_rtf(rtf) == (text, html)


# ---------------------------------------------------------------- signatures

ENTITY = b"Content-Type: text/plain; charset=utf-8\r\n\r\nOnboarding took two days instead of ten.\r\n"


def der(tag: int, content: bytes) -> bytes:
    length = len(content)
    head = bytes([length]) if length < 0x80 else bytes([0x82]) + length.to_bytes(2, "big")
    return bytes([tag]) + head + content


def streamed(tag: int, *pieces: bytes) -> bytes:
    """The indefinite form that OpenSSL writes with ``-stream``."""
    return bytes([tag, 0x80]) + b"".join(pieces) + b"\0\0"


SIGNED, ENVELOPED, DATA = (der(6, bytes.fromhex("2a864886f70d0107" + n)) for n in ("02", "03", "01"))
VERSION, ALGORITHMS = b"\x02\x01\x01", der(0x31, b"")
DEFINITE = der(
    0x30,
    SIGNED + der(0xA0, der(0x30, VERSION + ALGORITHMS + der(0x30, DATA + der(0xA0, der(4, ENTITY))) + der(0x31, b""))),
)
STREAMED = streamed(
    0x30,
    SIGNED,
    streamed(
        0xA0,
        streamed(
            0x30,
            VERSION,
            ALGORITHMS,
            streamed(0x30, DATA, streamed(0xA0, streamed(0x24, der(4, ENTITY[:40]), der(4, ENTITY[40:])))),
            der(0x31, b""),
        ),
    ),
)


@pytest.mark.parametrize(
    "wrapper",
    [DEFINITE, STREAMED, b"-----BEGIN PKCS7-----\n" + base64.encodebytes(DEFINITE) + b"-----END PKCS7-----\n"],
    ids=["definite", "streamed", "pem"],
)
def test_the_mail_inside_an_opaque_signature_is_read(wrapper: bytes) -> None:
    head = (
        HEAD
        + 'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    found = decode(head.encode() + base64.encodebytes(wrapper))
    assert (found.text, found.attachments, found.defects) == ("Onboarding took two days instead of ten.", (), ())


def test_an_encrypted_mail_says_so_and_stays_a_file() -> None:
    found = mail(der(0x30, ENVELOPED + der(0xA0, b"x")), "application/pkcs7-mime", "smime.p7m")
    assert "encrypted" in found.defects
    assert [f.filename for f in found.attachments] == ["smime.p7m"]


def test_text_signed_inline_by_pgp_loses_its_armour_also_where_it_is_quoted() -> None:
    armoured = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nAll good since May:\n- - faster\n- - cheaper\n\nBo\n-----BEGIN PGP SIGNATURE-----\n\niQIzBAEBCgAdFiEE\n=AbCd\n-----END PGP SIGNATURE-----\n"
    plain = decode((HEAD + "\r\n" + armoured).encode()).text
    assert plain == "All good since May:\n- faster\n- cheaper\n\nBo"
    forward = (
        "See below.\n\n---------- Forwarded message ---------\nFrom: Bo Li <bo@cust.example>\nDate: Mon, 2 Nov 2026 10:00\nSubject: Delivery\nTo: <ann@ourco.example>\n\n"
        + armoured
    )
    for body in (
        forward,
        "See below.\n\nOn Mon, 2 Nov 2026 at 10:00, Bo Li <bo@cust.example> wrote:\n"
        + "".join(f"> {line}\n" for line in armoured.splitlines()),
    ):
        found = read_message(decode((HEAD + "\r\n" + body).encode()))
        assert isinstance(found, Submission)
        assert (found.note, found.originals[0].words) == ("See below.", "All good since May:\n- faster\n- cheaper")


def test_a_detached_pgp_signature_is_no_file() -> None:
    body = '--s\r\nContent-Type: text/plain\r\n\r\nThe audit passed at Umber Mills.\r\n--s\r\nContent-Type: application/pgp-signature; name="signature.asc"\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\n--s--\r\n'
    found = decode(
        (
            HEAD
            + 'Content-Type: multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"; boundary="s"\r\n\r\n'
            + body
        ).encode()
    )
    assert (found.text, found.attachments) == ("The audit passed at Umber Mills.", ())


# ---------------------------------------------------------------- hostile bytes

SEEDS = [
    tnef(OutlookMessage(files=[OutlookFile(message=PRAISE), OutlookFile("a.txt", b"hello")])),
    msg(OutlookMessage({0x1000: "x"}, files=[OutlookFile(message=PRAISE)])),
    DEFINITE,
    STREAMED,
]
NAMES = [
    ("application/ms-tnef", "winmail.dat"),
    ("application/vnd.ms-outlook", "a.msg"),
    ("application/pkcs7-mime", "smime.p7m"),
    ("application/pkcs7-mime", "smime.p7m"),
]


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=6)), max_size=8),
    st.integers(0, 10_000),
)
def test_damaged_wrappers_give_a_value(seed: int, changes: list[tuple[int, bytes]], cut: int) -> None:
    raw = bytearray(SEEDS[seed])
    for at, piece in changes:
        at %= len(raw)
        raw[at : at + len(piece)] = piece
    assert isinstance(read_message(mail(bytes(raw[: cut or None]), *NAMES[seed])), Submission | Ignored)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_behind_the_first_ones_give_a_value(tail: bytes) -> None:
    assert read_tnef(b"\x78\x9f\x3e\x22\x01\x00" + tail).defects in ((), ("tnef_damaged",))
    assert isinstance(unwrap_smime(b"\x30" + tail), bytes | str)
    assert isinstance(decompress(b"\xff\xff\xff\x00\xff\xff\xff\x00LZFu\x00\x00\x00\x00" + tail), bytes)
    read_rtf(b"{\\rtf1 " + tail)


def test_reading_wrappers_is_linear() -> None:
    """The slowest takes two seconds or three; were one quadratic again, it would take minutes."""
    many = tnef(OutlookMessage(dict.fromkeys(range(0x1100, 0x7000), "x" * 50)))
    rich = b"\xff\xff\xff\x7f" * 2 + b"MELA" + bytes(4) + b"{\\rtf1 " + b"\\par x" * 400_000
    for work in (
        lambda: read_tnef(many),
        lambda: read_rtf(decompress(rich)),
        lambda: unwrap_smime(b"\x30\x80" * 200_000),
        lambda: without_pgp_message("-----BEGIN PGP MESSAGE-----\n" * 100_000),
        lambda: without_pgp_message("x -----BEGIN PGP MESSAGE-----\n" * 100_000),
    ):
        began = time.process_time()
        work()
        assert time.process_time() - began < 15


@pytest.mark.parametrize(
    ("text", "rest", "is_locked"),
    [
        ("See:\n\n-----BEGIN PGP MESSAGE-----\n\nhQIM\n=ab\n-----END PGP MESSAGE-----\nAnn\n", "See:\n\n\nAnn\n", True),
        ("> -----BEGIN PGP MESSAGE-----\n> hQIM\n> -----END PGP MESSAGE-----\n", "\n", True),
        ("-----BEGIN PGP MESSAGE-----\nhQIM\n", "", True),
        ("It began with -----BEGIN PGP MESSAGE----- and I gave up.\n", None, False),
        ("All is well.\n", None, False),
    ],
)
def test_an_encrypted_block_is_taken_out_of_the_text_around_it(text: str, rest: str | None, is_locked: bool) -> None:
    assert without_pgp_message(text) == (text if rest is None else rest, is_locked)
