"""The limited child: what it hands back is what was read, and no mail can hold or break its caller."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailwins import sandbox as room
from mailwins.errors import MailwinsError
from mailwins.mime import decode
from mailwins.model import Decoded, Submission
from mailwins.parsers import read_message
from mailwins.ports import ReadFailure
from mailwins.sandbox import Sandbox
from tests.loop import forward

MAIL = b"From: Ana <ana@us.example>\r\nTo: wins@us.example\r\nSubject: Acme\r\nMessage-ID: <1@us.example>\r\n\r\nAcme renewed for two years.\r\n"
WITH_FILE = (
    b"From: a@us.example\r\nTo: wins@us.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain\r\n\r\nsee this\r\n--x\r\nContent-Type: application/pdf; name=r.pdf\r\n"
    b"Content-Disposition: attachment; filename=r.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC/w==\r\n--x--\r\n"
)


@pytest.fixture
def child() -> Iterator[Sandbox]:
    made = Sandbox(own=frozenset({"wins@us.example"}))
    yield made
    made.close()


def test_it_hands_back_exactly_what_was_read(child: Sandbox) -> None:
    found = child.read(MAIL)
    message = decode(MAIL)
    assert found == Decoded(message, read_message(message, own=frozenset({"wins@us.example"})))
    assert isinstance(found, Decoded)
    assert isinstance(found.read, Submission)


def test_html_comes_as_it_was_read_with_half_letters_too(child: Sandbox) -> None:
    mail = MAIL.replace(b"Message-ID", b"Content-Type: text/html; charset=utf-8\r\nMessage-ID").replace(
        b"Acme renewed", "<p>Größe 🎉 &quot;\x00\\ \ud83c\udc80".encode("utf-8", "surrogatepass")
    )
    found = child.read_all([WITH_FILE, mail, mail])
    for one in found[1:]:
        assert isinstance(one, Decoded)
        assert one.message == decode(mail)
        assert one.message.html


@pytest.mark.parametrize("size", [1, 600, 20_000])
def test_long_texts_come_as_they_were_read_and_only_endless_rows_are_cut(child: Sandbox, size: int) -> None:
    told = "Größe 🎉: the rota \ud83c went from 9 hours to 2. " * (size // 50 + 1)
    row = "x" * size
    quoted = "\r\n".join(
        f"> {line}" for line in (told, row, "", "On Mon, 2 Nov 2026 at 09:00, Bo <bo@d.example> wrote:", f"> {told}")
    )
    words = f"{told}\r\n\r\nOn Tue, 3 Nov 2026 at 09:00, Cy <cy@d.example> wrote:\r\n{quoted}\r\n".encode(
        "utf-8", "surrogatepass"
    )
    mail = (
        MAIL.replace(b"Acme renewed", words)
        .replace(b"Acme\r\n", b"Fwd: Acme\r\n")
        .replace(
            b"Message-ID", b"X-Row: " + row.encode() + b"\r\nContent-Type: text/plain; charset=utf-8\r\nMessage-ID"
        )
    )
    _, found = child.read_all([WITH_FILE, mail])
    message = decode(mail)
    expected = Decoded(message, read_message(message, own=child.own))
    assert isinstance(found, Decoded)
    assert isinstance(found.read, Submission)
    if size <= 1_000:
        assert found == expected
    else:
        cut = "x" * 1_000 + "…"
        assert found.message.text == (message.text or "").replace(row, cut)
        assert found.message.header("x-row") == cut
        assert found.read.originals[0].body == expected.read.originals[0].body.replace(row, cut)  # type: ignore[union-attr]
    assert found.read.originals[0].nested


def test_many_mails_in_one_turn_give_what_each_gives_alone(child: Sandbox) -> None:
    mails = [MAIL, WITH_FILE, b"", WITH_FILE.replace(b"AAEC", b"AwQF"), MAIL.replace(b"two", b"three")]
    assert child.read_all(mails) == [child.read(mail) for mail in mails]
    assert child.read_all([]) == []


def test_a_mail_that_breaks_a_limit_takes_none_of_its_neighbours_along() -> None:
    small = Sandbox(memory_bytes=400_000_000)
    try:
        first, large, last = small.read_all([MAIL, MAIL + b"x" * 300_000_000, MAIL])
        assert isinstance(first, Decoded)
        assert isinstance(large, ReadFailure)
        assert isinstance(last, Decoded)
    finally:
        small.close()


def test_attachments_come_with_their_bytes(child: Sandbox) -> None:
    found = child.read(WITH_FILE)
    assert isinstance(found, Decoded)
    assert [a.content for a in found.message.attachments] == [b"\x00\x01\x02\xff"]


def test_a_mail_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    child = Sandbox(wall_s=0.000001)
    try:
        child._started()
        found = child.read(MAIL)
        assert isinstance(found, ReadFailure)
        assert found.reason == "over_limit"
        child.wall_s = 30
        assert isinstance(child.read(MAIL), Decoded)
    finally:
        child.close()


def test_an_explosion_of_memory_is_a_value(child: Sandbox) -> None:
    small = Sandbox(memory_bytes=400_000_000)
    try:
        assert isinstance(small.read(MAIL), Decoded)
        found = small.read(MAIL + b"x" * 300_000_000)
        assert isinstance(found, ReadFailure)
        assert found.reason in ("over_limit", "failed")
        assert isinstance(small.read(MAIL), Decoded)
    finally:
        small.close()


def test_a_child_that_was_killed_is_replaced(child: Sandbox) -> None:
    assert isinstance(child.read(MAIL), Decoded)
    assert child._child is not None
    child._child.kill()
    child._child.wait()
    assert isinstance(child.read(MAIL), Decoded)


def test_a_summoned_child_is_the_one_that_reads(child: Sandbox) -> None:
    child.summon()
    assert child._child is not None
    summoned = child._child.pid
    child.summon()
    assert isinstance(child.read(MAIL), Decoded)
    assert child._child.pid == summoned


def test_a_summoned_child_that_died_before_it_was_needed_is_replaced(child: Sandbox) -> None:
    child.summon()
    assert child._child is not None
    child._child.kill()
    child._child.wait()
    assert isinstance(child.read(MAIL), Decoded)


def test_the_child_is_recycled(child: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "RECYCLE_AFTER", 3)
    pids = set()
    for _ in range(7):
        assert isinstance(child.read(MAIL), Decoded)
        assert child._child is not None
        pids.add(child._child.pid)
    assert len(pids) == 3


def test_the_child_sees_none_of_our_secrets(child: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILWINS__SMTP__PASSWORD", "hush")
    child.read(MAIL)
    assert child._child is not None
    environ = Path(f"/proc/{child._child.pid}/environ").read_bytes()
    assert b"hush" not in environ


def test_nothing_is_left_running_after_close() -> None:
    child = Sandbox()
    child.read(MAIL)
    assert child._child is not None
    process = child._child
    child.close()
    deadline = time.monotonic() + 5
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.poll() is not None


def test_a_stop_that_signals_every_process_leaves_the_reading_in_hand_alone(child: Sandbox) -> None:
    """FAULT: systemd stops the service and signals the child that reads a mail as well; THEN: the mail in hand is read to its end."""
    process = child._started()
    process.send_signal(signal.SIGTERM)
    time.sleep(0.1)
    assert isinstance(child.read(MAIL), Decoded)
    assert child._child is process


def test_a_child_killed_from_outside_says_nothing_against_the_mail(child: Sandbox) -> None:
    """FAULT: the kernel kills the child that reads a mail; THEN: the mail is tried again before it goes to the tray."""
    process = child._started()
    process.send_signal(signal.SIGSTOP)
    threading.Timer(0.1, process.kill).start()
    found = child.read(MAIL)
    assert isinstance(found, ReadFailure)
    assert found.may_pass
    assert isinstance(child.read(MAIL), Decoded)


def test_closing_ends_a_reading_that_goes_on_and_blames_no_mail(child: Sandbox) -> None:
    """FAULT: the service stops while a mail takes long to read; THEN: the reading ends at once and counts as no attempt."""
    child._started().send_signal(signal.SIGSTOP)
    threading.Timer(0.1, child.close).start()
    began = time.monotonic()
    with pytest.raises(MailwinsError):
        child.read(MAIL)
    assert time.monotonic() - began < 2


@pytest.mark.slow
@pytest.mark.parametrize("row", ["1", "é"])
def test_an_endless_row_of_letters_keeps_nobody_busy(tmp_path: Path, row: str) -> None:
    """FAULT: a mail holds hundreds of thousands of digits, dashes or letters in a row, as a dump or a drawn line does; THEN: it is understood within seconds, and the service neither stands still nor leaves out what the others wrote."""
    mail = tmp_path / "mail.eml"
    mail.write_bytes(forward(words=f"Missed visits went from 11% to 3%. Thank you!\n\n{row * 400_000}"))
    asked = [sys.executable, "-m", "mailwins", "parse", str(mail)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True)
    assert "Missed visits went from 11% to 3%" in done.stdout
