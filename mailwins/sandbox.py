"""The limited child: foreign bytes are decoded and read where an endless loop or an explosion of memory hurts nobody.

No ``except`` catches a loop inside a C library or the kernel's out-of-memory kill, so a child
does the work under CPU, memory and wall-clock limits. Bytes go in, a plain serialised value
comes out (never pickle: what the child says is as foreign as the mail). A child that broke a
limit is replaced; one that did its work well is recycled after ten thousand mails.

Both directions are frames: a count, that many 8-byte lengths, then the parts. Some mails may be asked in one
frame; the answer is one, too: a JSON list with a value for each, then the bytes of their files and long texts.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import re
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from mailwins import __version__
from mailwins.errors import MailwinsError
from mailwins.model import Decoded
from mailwins.plain import from_plain, to_plain
from mailwins.ports import ReadFailure

RECYCLE_AFTER = 10_000
PIPE_BYTES = 262_144
"""So much is on its way at once. By itself Linux holds 64 kB: for the same mails four times as many changes from one process to the other."""
COLLECT_AFTER = 50
BIG_BYTES = 1_000_000
# A mail with something of everything, so that what is made at first use is made before the first mail comes:
# patterns from the words of fifty languages, names of months, codecs.
WARM_UP = b"""\
From: =?utf-8?q?J=C3=B8rn?= <a@b.example>
To: <wins@b.example>
Subject: Fwd: x
Date: Mon, 2 Nov 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Hi all,

Account: Acme. They say, see https://x.example/?a=3D1, that it works=C2=A0well.

Thanks,
J=C3=B8rn

-----Original Message-----
From: D <d@d.example>
Date: Tue, 3 Nov 2026 10:00
Subject: x

----- Weitergeleitete Nachricht ----- Von: C <c@d.example> An: E <e@d.example> Gesendet: 2. November 2026 10:00 Betreff: x

Liebe Leute, es l=C3=A4uft. Danke!

On Sun, 1 Nov 2026 at 09:00, E <e@d.example> wrote:
> Der Inhalt dieser Nachricht ist vertraulich.

--x
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PHA+SGk8L3A+PGJsb2NrcXVvdGU+PHA+eDwvcD48L2Jsb2NrcXVvdGU+
--x--
"""
START_S = 60.0
MAX_PARTS = 10_000
LONG_TEXT = 500
TALKATIVE_BYTES = 10_000
MOST_LETTERS = 300_000
WORD = 1_000
# Chinese, Japanese and Thai paragraphs have no blanks.
_NO_WORD = re.compile(r"(?<!\S)([!-~]{1000})[!-~]+|(?<!\S)(\S{5000})\S+")


class Sandbox:
    """One child, used by one caller at a time. *own*: our addresses in lower case. Seconds, bytes."""

    def __init__(
        self,
        *,
        own: frozenset[str] = frozenset(),
        cpu_s: float = 20,
        wall_s: float = 30,
        memory_bytes: int = 1_500_000_000,
    ) -> None:
        self.own = own
        self.cpu_s = cpu_s
        self.wall_s = wall_s
        self.memory_bytes = memory_bytes
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._done = 0
        self._is_greeted = False
        self._is_closing = False

    def read(self, raw: bytes) -> Decoded | ReadFailure:
        """Never raises for what is in *raw*. Raises MailwinsError when no child can be started at all, or when closed meanwhile."""
        return self.read_all([raw])[0]

    def read_all(self, raws: Sequence[bytes]) -> list[Decoded | ReadFailure]:
        """As ``read``, for some small mails in one turn: to change from one process to the other costs a third as much as to read one."""
        if not raws:
            return []
        with self._lock:
            child = self._started()
            try:
                return self._ask(child, raws)
            except _Failed as failure:
                if self._is_closing:
                    raise MailwinsError(
                        "The service is stopping.", "The mail will be read at the next start."
                    ) from None
                buried = self._buried(child, failure)
        # One of several broke a limit: alone, each with all the time there is, they show which.
        return [buried] if len(raws) == 1 else [self.read(raw) for raw in raws]

    def start(self) -> None:
        """The child, before anybody waits for it. Raises MailwinsError when none can be started."""
        with self._lock:
            self._started()

    def summon(self) -> None:
        """As ``start``, without waiting until it is there: it loads what it needs while the caller does the same."""
        with self._lock:
            if self._child is None:
                self._child = self._set_going()

    def _ask(self, child: subprocess.Popen[bytes], raws: Sequence[bytes]) -> list[Decoded | ReadFailure]:
        deadline = time.monotonic() + self.wall_s
        _send(child, raws, deadline)
        text, *blobs = _receive(child, deadline)
        self._done += len(raws)
        try:
            answers = [_value_of(plain, blobs) for plain in json.loads(text)]
        except (ValueError, TypeError, LookupError, AttributeError, StopIteration) as error:
            raise _Failed(f"its answer made no sense ({type(error).__name__}: {error})") from None
        if len(answers) != len(raws):
            raise _Failed(f"it answered {len(answers)} mails instead of {len(raws)}", is_ours=True)
        return answers

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._done >= RECYCLE_AFTER:
            self._stop()
        if self._child is None or self._child.poll() is not None:
            self._child = self._set_going()
        if not self._is_greeted:
            try:
                hello = _receive(self._child, time.monotonic() + START_S)
            except _Failed as failure:
                self._stop()
                raise MailwinsError(
                    f"The child that reads mail does not start: {failure}.", "Run: python -m mailwins.sandbox '{}'"
                ) from None
            if hello != _hello():
                self._stop()
                raise MailwinsError(
                    "Another version of mailwins was installed while this one runs.",
                    "Start the service again; mail waits meanwhile.",
                )
            self._is_greeted = True
        return self._child

    def _set_going(self) -> subprocess.Popen[bytes]:
        """A new child, which has not said yet that it is ready."""
        settings = json.dumps({"own": sorted(self.own), "cpu_s": self.cpu_s, "memory_bytes": self.memory_bytes})
        # The child needs nothing of our environment, least of all passwords.
        keep = {
            k: v
            for k, v in os.environ.items()
            if k in ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV", "SYSTEMROOT")
        }
        try:
            child = subprocess.Popen(
                [sys.executable, "-m", "mailwins.sandbox", settings],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=keep,
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            # No process, file or memory is left, or Python itself was replaced: that says nothing against any mail.
            raise MailwinsError(
                f"The child that reads mail cannot be started: {error.strerror}.",
                "Check the limits of the service (open files, processes, memory); mail waits meanwhile.",
            ) from None
        for pipe in (child.stdin, child.stdout):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
            with contextlib.suppress(OSError, AttributeError):
                # Only Linux can, and refuses it to a user who holds many pipes; then it goes more slowly.
                fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._done = 0
        self._is_greeted = False
        return child

    def _buried(self, child: subprocess.Popen[bytes], failure: _Failed) -> ReadFailure:
        with contextlib.suppress(OSError):
            child.kill()
        status = child.wait()
        self._stop()
        if failure.is_timeout or status == -signal.SIGXCPU:
            return ReadFailure(
                "over_limit", f"reading it took longer than {self.wall_s:g} s, or {self.cpu_s:g} s of computing"
            )
        if status == -signal.SIGKILL and not failure.is_ours:
            return ReadFailure("over_limit", "reading it needed more memory than there is", may_pass=True)
        return ReadFailure(
            "failed", f"the child that read it ended (status {status}): {failure}", may_pass=not failure.is_ours
        )

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        if child.poll() is None:
            child.kill()
        child.wait()

    def close(self) -> None:
        """From any thread: a reading that goes on ends at once."""
        self._is_closing = True
        child = self._child
        if child is not None:
            child.kill()
        with self._lock:
            self._stop()
            self._is_closing = False


class _Failed(Exception):
    def __init__(self, words: str, *, is_timeout: bool = False, is_ours: bool = False) -> None:
        super().__init__(words)
        self.is_timeout = is_timeout
        self.is_ours = is_ours or is_timeout


def _value_of(plain: dict[str, Any], blobs: list[bytes]) -> Decoded | ReadFailure:
    if "error" in plain:
        return ReadFailure(plain["reason"], plain["error"])
    for holder, name in _texts_of(plain["decoded"]):
        if isinstance(place := holder.get(name), int):
            holder[name] = blobs[place].decode("utf-8", "surrogatepass")
    return from_plain(Decoded, plain["decoded"], blobs)


def _texts_of(decoded: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Where the texts of a mail stand that may be long. Most of it is these: to write them as JSON and to read that would be a tenth of the work."""
    message, read = decoded["message"], decoded["read"]
    yield from ((message, "html"), (message, "text"), (read, "note"), (read, "note_raw"))
    for original in read.get("originals", ()):
        for quoted in (original, *original.get("nested", ())):
            yield from ((quoted, "body"), (quoted, "words"))


def _head(parts: Sequence[bytes]) -> bytes:
    return struct.pack(f">{len(parts) + 1}Q", len(parts), *(len(p) for p in parts))


def _send(child: subprocess.Popen[bytes], parts: Sequence[bytes], deadline: float) -> None:
    assert child.stdin is not None
    pipe = child.stdin.fileno()
    view = memoryview(b"".join((_head(parts), *parts)))
    while view:
        try:
            view = view[os.write(pipe, view[:1_000_000]) :]
        except BlockingIOError:
            _wait(deadline, writing=pipe)
        except OSError:
            raise _Failed("it ended while the mail was handed over") from None


def _receive(child: subprocess.Popen[bytes], deadline: float) -> list[bytes]:
    """The parts of one frame. The child says nothing unasked, so whatever can be read belongs to it."""
    assert child.stdout is not None
    pipe = child.stdout.fileno()
    found = bytearray()

    def fill(count: int) -> None:
        while len(found) < count:
            _wait(deadline, reading=pipe)
            try:
                piece = os.read(pipe, PIPE_BYTES)
            except BlockingIOError:
                continue
            if not piece:
                raise _Failed("it ended without an answer")
            found.extend(piece)

    fill(8)
    (count,) = struct.unpack_from(">Q", found)
    if count > MAX_PARTS:
        raise _Failed("its answer has too many parts", is_ours=True)
    at = 8 + 8 * count
    fill(at)
    parts = []
    for length in struct.unpack_from(f">{count}Q", found, 8):
        fill(at + length)
        parts.append(bytes(found[at : at + length]))
        at += length
    if len(found) > at:
        raise _Failed("it said more than it was asked", is_ours=True)
    return parts


def _wait(deadline: float, *, reading: int | None = None, writing: int | None = None) -> None:
    left = deadline - time.monotonic()
    ready = select.select([] if reading is None else [reading], [] if writing is None else [writing], [], max(left, 0))
    if left <= 0 or not any(ready):
        raise _Failed("no answer in time", is_timeout=True)


# ---------------------------------------------------------------- the child's side


def main(settings: str) -> None:
    """Answers frames on stdin until it closes."""
    given = json.loads(settings)
    own = frozenset(given.get("own", ()))
    cpu_s = float(given.get("cpu_s", 20))
    # What is loaded stays, and reading one mail makes many values that live until it is answered: looking for garbage
    # meanwhile finds none and takes a third of the time.
    gc.disable()
    # Loaded before the limits count, so that the first mail has as much room as the others.
    import mailwins.mime
    import mailwins.parsers  # noqa: F401

    memory = int(given.get("memory_bytes", 1_500_000_000))
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    # Stopping the service signals all its processes; this one goes when its parent, who may still need it, has gone.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    _answer(WARM_UP, own, [])
    gc.collect()
    gc.freeze()
    uncollected = allowed = 0
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    _write(outgoing, _hello())
    while (head := incoming.read(8)) and len(head) == 8:
        (count,) = struct.unpack(">Q", head)
        lengths = struct.unpack(f">{count}Q", incoming.read(8 * count))
        raws = [incoming.read(length) for length in lengths]
        answers: list[str] = []
        blobs: list[bytes] = []
        for raw in raws:
            allowed = _allow_cpu(cpu_s, allowed)
            answers.append(_answer(raw, own, blobs))
        _write(outgoing, [f"[{','.join(answers)}]".encode(), *blobs])
        uncollected += len(raws)
        if uncollected >= COLLECT_AFTER or sum(lengths) > BIG_BYTES:
            gc.collect()
            uncollected = 0


# ASCII, so that half letters (lone surrogates) pass; what is written is no circle.
_to_json = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":")).encode


def _answer(raw: bytes, own: frozenset[str], blobs: list[bytes]) -> str:
    """What one mail says, as JSON; its files and long texts are added to *blobs*."""
    from mailwins.mime import decode
    from mailwins.parsers import read_message

    before = len(blobs)
    try:
        message = decode(raw)
        is_talkative = len(raw) > TALKATIVE_BYTES
        if message.text and is_talkative and (text := _sayable(message.text)) != message.text:
            message = replace(message, text=text)
        decoded = to_plain(Decoded(message, read_message(message, own=own)), blobs)
        for holder, name in _texts_of(decoded):
            text = holder.get(name) or ""
            if len(text) > LONG_TEXT:
                text = _sayable(text) if is_talkative and name != "html" else text
                holder[name] = len(blobs)
                blobs.append(text.encode("utf-8", "surrogatepass"))
        answer = _to_json({"decoded": decoded})
        if is_talkative and (len(answer) > MOST_LETTERS or _has_endless_word(answer)):
            answer = _to_json({"decoded": _sayable(decoded)})
        return answer
    except MemoryError:
        failure = {"reason": "over_limit", "error": "reading it needed more memory than it may use"}
    except Exception as error:
        failure = {"reason": "failed", "error": f"{type(error).__name__}: {str(error)[:300]}"}
    del blobs[before:]
    return _to_json(failure)


def _sayable(plain: Any) -> Any:
    """Without what nobody says: endless rows of letters without a blank, such as a drawn line or a dump, and a text as long as a book.

    Whoever understands mail has no limit of time, and looks for patterns from every letter on.
    """
    if isinstance(plain, str):
        text = plain[:MOST_LETTERS]
        return _NO_WORD.sub(r"\1\2…", text) if _has_endless_word(text) else text
    if isinstance(plain, list):
        return [_sayable(value) for value in plain]
    if isinstance(plain, dict):
        return {key: _sayable(value) for key, value in plain.items()}
    return plain


def _has_endless_word(text: str) -> bool:
    """Whether more letters than ``WORD`` stand in a row: told by a few looks, from each blank to the last one in reach."""
    at = 0
    while len(text) - at > WORD:
        at = text.rfind(" ", at, at + WORD + 1) + 1
        if not at:
            # Or there is only a line end.
            return max(map(len, text.split()), default=0) > WORD
    return False


def _allow_cpu(seconds: float, allowed: int) -> int:
    """The limit counts the process's whole life, so each mail moves it on. *allowed* and the answer: the limit before and now."""
    soft = int(time.process_time() + seconds) + 1
    if soft == allowed:
        return allowed
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    return soft


def _hello() -> list[bytes]:
    """What a child says first: one of another version would answer in other words."""
    return [b"ready", __version__.encode()]


def _write(pipe: BinaryIO, parts: Sequence[bytes]) -> None:
    pipe.write(b"".join((_head(parts), *parts)))
    pipe.flush()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "{}")
