"""Bytes to InboundMessage: the hard cases one by one, and any bytes at all."""

from __future__ import annotations

import base64
from datetime import UTC
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailwins.mime import decode
from mailwins.mime.charsets import decode_text, unflow
from mailwins.mime.files import safe_name
from mailwins.mime.headers import written_at

HEAD = b"From: Ana Silva <ana@acme.example>\r\nTo: wins@ours.example\r\nSubject: hello\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\nMessage-ID: <a@b>\r\n"


def mail(body: str | bytes = "text", *more: str, head: bytes = HEAD) -> bytes:
    raw = body if isinstance(body, bytes) else body.encode()
    return head + "".join(f"{line}\r\n" for line in more).encode() + b"\r\n" + raw


@pytest.mark.parametrize(
    ("field", "address", "is_plain"),
    [
        ("Ana Silva <ana@acme.example>", "ana@acme.example", True),
        ("ana@acme.example", "ana@acme.example", True),
        ("Silva, Ana <ana@acme.example>", "ana@acme.example", True),
        ('"Silva, Ana" <ana@acme.example>', "ana@acme.example", True),
        ("=?utf-8?Q?Ana_S=C3=ADlva?= <ana@acme.example>", "ana@acme.example", True),
        ("ana@acme.example <eve@attacker.test>", None, False),
        ('"ana@acme.example" <eve@attacker.test>', "eve@attacker.test", False),
        ("=?utf-8?Q?ana=40acme.example?= <eve@attacker.test>", "eve@attacker.test", False),
        ("alice@example.org)bob@example.com", None, False),
        ("ana@acme.example, eve@attacker.test", None, False),
        ("Ana <ana@ac\u00adme.example>", None, False),
        ("<ana@acme.example> <eve@attacker.test>", None, False),
        ("undisclosed:;", None, False),
        ("", None, False),
    ],
)
def test_only_one_plain_mailbox_is_an_author(field: str, address: str | None, is_plain: bool) -> None:
    message = decode(b"From: " + field.encode() + b"\r\nSubject: x\r\n\r\ntext")
    assert message.author_is_plain is is_plain
    if is_plain:
        assert message.author.address == address
    if address and not is_plain:
        assert message.author.address == address


def test_two_from_fields_are_no_plain_author() -> None:
    assert not decode(b"From: a@acme.example\r\nFrom: b@acme.example\r\n\r\nx").author_is_plain


def test_a_subject_cannot_smuggle_a_line_end() -> None:
    assert decode(b"Subject: =?utf-8?Q?hi=0D=0ABcc:_x@y.example?=\r\n\r\nx").subject == "hi Bcc: x@y.example"


def test_an_encoded_word_cut_inside_a_letter_is_joined() -> None:
    raw = "Grüße aus Köln".encode()
    first, second = base64.b64encode(raw[:3]).decode(), base64.b64encode(raw[3:]).decode()
    assert (
        decode(f"Subject: =?utf-8?B?{first}?=\r\n =?utf-8?B?{second}?=\r\n\r\nx".encode()).subject == "Grüße aus Köln"
    )


def test_a_name_with_an_encoded_comma_stays_one_person() -> None:
    (person,) = decode(b"To: =?utf-8?Q?M=C3=BCller,_J=C3=BCrgen?= <jm@acme.example>\r\n\r\nx").to
    assert (person.name, person.address) == ("Müller, Jürgen", "jm@acme.example")


@pytest.mark.parametrize(
    ("raw", "label", "text"),
    [
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Gr\xfc\xdfe \x93so\x94".encode("latin-1"), "iso-8859-1", "Grüße “so”"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("対応ありがとう".encode("iso2022_jp"), None, "対応ありがとう"),
        ("対応①".encode("cp932"), "shift_jis", "対応①"),
        ("谢谢".encode("gb18030"), "gb2312", "谢谢"),
        ("naïve café".encode("cp1252"), None, "naïve café"),
        ("GrÃ¼ÃŸe".encode(), "utf-8", "Grüße"),
        ("Ã la carte".encode(), "utf-8", "Ã la carte"),
        ("hello".encode("utf-16"), "utf-16", "hello"),
        (b"plain", "no-such-charset", "plain"),
        (b"\xff\xfe\xfd", "hex", None),
    ],
)
def test_the_charset_ladder(raw: bytes, label: str | None, text: str | None) -> None:
    found, _ = decode_text(raw, label)
    if text is not None:
        assert found == text


def test_flowed_lines_join_within_their_quote_depth_only() -> None:
    flowed = "One long \nline.\n> quoted \n> words\nmine \n-- \nAna"
    assert unflow(flowed, delsp=False) == "One long line.\n> quoted words\nmine \n-- \nAna"


def test_a_nameless_picture_is_a_file_with_a_stable_name() -> None:
    body = "--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    (file,) = decode(mail(body, "MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="b"')).attachments
    assert (file.filename, file.size_bytes) == ("image-1.png", 8)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\report.pdf", "report.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("con.txt", "_con.txt"),
        (".bashrc", "_.bashrc"),
        ("..", "file-1.pdf"),
        (None, "file-1.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_sent_name_is_only_ever_a_name(sent: str | None, shown: str) -> None:
    assert safe_name(sent, "application/pdf", 1) == shown


def test_an_attached_mail_is_decoded_with_its_files_and_kept_out_of_the_text() -> None:
    inner = mail(
        "--i\r\nContent-Type: text/plain\r\n\r\ninner words\r\n--i\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nPDF\r\n--i--\r\n",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="i"',
    )
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nouter words\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner
        + b"\r\n--b--\r\n"
    )
    message = decode(mail(body, "MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="b"'))
    assert message.text == "outer words"
    assert message.attached[0].text == "inner words"
    assert [(f.filename, f.in_message) for f in message.attachments] == [("a.pdf", 0)]


def test_attached_mails_inside_attached_mails_have_an_end() -> None:
    raw = mail("core")
    for _ in range(30):
        raw = mail(raw, "MIME-Version: 1.0", "Content-Type: message/rfc822")
    assert "nested_too_deep" in _all_defects(decode(raw))


@pytest.mark.parametrize("count", [300, 2000])
def test_mails_in_one_another_beyond_all_measure_are_told_and_never_taken_for_words(count: int) -> None:
    raw = b"From: ana@a.example\r\n\r\ncore"
    for _ in range(count):
        raw = b"From: ana@a.example\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + raw
    message = decode(raw)
    assert message.author.address == "ana@a.example"
    assert "nested_too_deep" in _all_defects(message)
    assert "object at" not in repr(message)


def test_an_attached_mail_with_a_subject_nobody_can_fold_is_read_all_the_same() -> None:
    inner = (
        b"From: Tom Cole <tom@cust.example>\r\nSubject: Fwd\x0bRe: thanks\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSuperb work.\r\n--b\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n--b--\r\n"
    )
    raw = b"From: ana@a.example\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    (attached,) = decode(raw).attached
    assert attached.author.address == "tom@cust.example"
    assert attached.text == "Superb work.\n\nGrüße"


def _all_defects(message: object) -> set[str]:
    return set(message.defects) | {d for inner in message.attached for d in _all_defects(inner)}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("value", "iso"), [
    ("Mon, 2 Nov 2026 10:00:00 +0100", "2026-11-02T10:00:00+01:00"),
    ("Mon, 2 Nov 2026 10:00:00 -0000", "2026-11-02T10:00:00+00:00"),
    ("2026-11-02T10:00:00+01:00", "2026-11-02T10:00:00+01:00"),
])  # fmt: skip
def test_the_date_keeps_its_own_offset(value: str, iso: str) -> None:
    date = decode(f"Date: {value}\r\n\r\nx".encode()).date
    assert date is not None
    assert date.isoformat() == iso


def test_an_unreadable_date_falls_back_to_the_last_hop_and_says_so() -> None:
    message = decode(b"Received: from a by b; Tue, 3 Nov 2026 11:00:00 +0000\r\nDate: yesterday-ish\r\n\r\nx")
    assert message.date is not None
    assert message.date.day == 3
    assert "unreadable_date" in message.defects


@given(st.binary(max_size=3000))
def test_any_bytes_give_a_value(raw: bytes) -> None:
    decode(raw)


@given(st.lists(st.sampled_from([b"From: a@b\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n", b"\r\n", b"--x\r\n", b"--x--\r\n", b"Content-Type: message/rfc822\r\n",
                                 b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?B?////?=", b"Subject: =?hex?Q?=00?=\r\n", b"Content-Type: text/plain; charset*=utf-8''%ff\r\n",
                                 b"Content-Disposition: attachment; filename*0*=x'y'%00\r\n", b"\xff\xfe", b"Date: 99\r\n", b"Content-Type: text/html; charset=\0\r\n"]), max_size=40))  # fmt: skip
def test_any_shape_of_mime_gives_a_value(pieces: list[bytes]) -> None:
    decode(b"".join(pieces))


@given(
    st.sampled_from(["Tue, ", "Xxx, ", "", "tue "]),
    st.integers(0, 32),
    st.sampled_from(["Jan", "Feb", "Jun", "Dec", "dec", "Mai"]),
    st.sampled_from(["2026", "1979", "2201", "0026", "26", "2028"]),
    st.tuples(st.integers(0, 25), st.integers(0, 61), st.integers(0, 61)),
    st.sampled_from(["+0100", "-0800", "+0545", "+0000", "-0000", "+2400", "-0199", "GMT", "EST", "", "+0100 (CET)"]),
)
def test_a_date_is_read_as_the_library_reads_it(
    weekday: str, day: int, month: str, year: str, clock: tuple[int, int, int], zone: str
) -> None:
    value = f"{weekday}{day} {month} {year} {clock[0]:02}:{clock[1]:02}:{clock[2]:02} {zone}"
    try:
        expected = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        expected = None
    found = written_at(value)
    if expected is None or not 1980 <= expected.year <= 2200:
        assert found is None
    else:
        expected = expected.replace(tzinfo=expected.tzinfo or UTC)
        assert found is not None
        assert (found, found.utcoffset()) == (expected, expected.utcoffset())
