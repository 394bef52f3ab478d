"""Archives give back each mail as it was, with the time it arrived, in a stable order."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailwins.errors import UsageError
from mailwins.mailbox.archive import read_archive

ONE = b"From: a@x.example\nDate: Mon, 2 Mar 2026 10:30:00 +0100\nSubject: one\n\nHello\n"
TWO = b"Subject: two\r\nMIME-Version: 1.0\r\n\r\n\xff\xfe no date\r\n"


def raws(*paths: Path) -> list[bytes]:
    return [mail.raw for mail in read_archive(paths)]


def mbox(path: Path, *mails: bytes, separator: bytes = b"From a@x.example Mon Mar  2 09:30:00 2026\n") -> Path:
    path.write_bytes(b"".join(separator + mail + b"\n" for mail in mails))
    return path


def test_an_mbox_gives_its_mails_without_the_blank_line_between(tmp_path: Path) -> None:
    assert raws(mbox(tmp_path / "old.mbox", ONE, TWO)) == [ONE, TWO]


@pytest.mark.parametrize(
    "separator",
    [
        b"From - Tue Mar 03 09:30:00 2026\n",
        b"From 1785123@xxx Tue Mar 03 09:30:00 +0000 2026\n",
        b"From MAILER-DAEMON Tue Mar  3 09:30:00 2026\r\n",
    ],
    ids=["thunderbird", "google", "crlf"],
)
def test_separators_of_different_writers_tell_the_arrival(tmp_path: Path, separator: bytes) -> None:
    (mail, _) = read_archive([mbox(tmp_path / "m", TWO, TWO, separator=separator)])
    assert mail.arrived_at == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
    assert mail.name.endswith("m:1")


def test_quoted_from_lines_lose_one_mark_and_a_sentence_is_no_separator(tmp_path: Path) -> None:
    body = b"Subject: x\n\n>From here\n>>From there\n\nFrom the desk of Ana at 10:30 we heard\n"
    assert raws(mbox(tmp_path / "m", body)) == [
        b"Subject: x\n\nFrom here\n>From there\n\nFrom the desk of Ana at 10:30 we heard\n"
    ]


def test_the_top_received_field_tells_the_arrival(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"Received: from mx by wins; Tue, 3 Mar 2026 08:00:00 -0500\nReceived: x; Mon, 2 Mar 2026 08:00:00 +0000\n"
        + ONE
    )
    (mail,) = read_archive([path])
    assert mail.arrived_at == datetime(2026, 3, 3, 13, 0, tzinfo=UTC)


def test_without_any_date_the_file_tells_it(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(TWO)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    (mail,) = read_archive([path])
    assert mail.arrived_at == datetime.fromtimestamp(1_700_000_000, UTC)


def test_a_maildir_is_read_in_order_of_delivery_with_its_folders(tmp_path: Path) -> None:
    for folder in ("", ".Wins"):
        for sub in ("cur", "new", "tmp"):
            (tmp_path / folder / sub).mkdir(parents=True)
    (tmp_path / "cur" / "900.b.host:2,S").write_bytes(b"Subject: first\n\n")
    (tmp_path / "new" / "1000.a.host").write_bytes(b"Subject: second\n\n")
    (tmp_path / "tmp" / "1.unfinished").write_bytes(b"Subject: half")
    (tmp_path / ".Wins" / "new" / "5.c.host").write_bytes(b"Subject: inner\n\n")
    assert raws(tmp_path) == [b"Subject: first\n\n", b"Subject: second\n\n", b"Subject: inner\n\n"]


def test_a_folder_gives_its_mails_by_name_and_passes_over_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.eml").write_bytes(TWO)
    (tmp_path / "a.eml").write_bytes(ONE)
    (tmp_path / "index.json").write_bytes(b'{"a": 1}')
    (tmp_path / "notes").write_bytes(b"just words\n")
    mbox(tmp_path / "c.mbox", TWO, ONE)
    assert raws(tmp_path) == [ONE, TWO, TWO, ONE]


def test_a_file_named_by_a_person_is_a_mail_whatever_it_holds(tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"just words\n")
    assert raws(tmp_path / "notes") == [b"just words\n"]


def test_a_missing_path_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere: cannot be read: No such file"):
        raws(tmp_path / "nowhere")


@given(st.lists(st.binary(max_size=200).filter(lambda b: b"\nFrom " not in b"\n" + b), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_bytes_come_back_from_an_mbox_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, mails: list[bytes]
) -> None:
    mails = [m.replace(b"\r", b"") + b"end\n" for m in mails]
    mails = [m for m in mails if b">From " not in m]
    assert raws(mbox(tmp_path_factory.mktemp("m") / "m", *mails)) == mails if mails else True
