"""An IMAP server that behaves as strangely as it is told to: for what no good server does, and bad ones do.

It knows just enough of the protocol for our mailbox. What it does wrong is set per instance.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Callable


class OddImap:
    """*mails*: UID → bytes. *answers*: a pattern of a command line → the whole answer instead of the usual one.

    In an answer ``%TAG%`` becomes the command's tag.
    """

    def __init__(
        self,
        mails: dict[int, bytes] | None = None,
        capabilities: str = "IMAP4rev1 IDLE MOVE UIDPLUS AUTH=PLAIN SASL-IR",
    ) -> None:
        self.mails = dict(mails or {})
        self.capabilities = capabilities
        self.answers: dict[str, bytes] = {}
        self.sizes: dict[int, str] = {}
        self.dates: dict[int, str] = {}
        self.bodies: dict[int, str | bytes] = {}
        """What FETCH gives for a body instead: a token such as NIL, or other bytes."""
        self.ignores_partial = False
        self.amid = b""
        """Said between two bodies, once for each."""
        self.after_each = b""
        """Said after each body; %N% is its number, %U% its UID."""
        self.folders: list[str] = ["INBOX"]
        self.delimiter = "/"
        self.greeting = b"* OK ready\r\n"
        self.on_idle = b"+ idling\r\n"
        self.commands: list[str] = []
        self.select_extra = ""
        self.hangs_up = ""
        """A pattern of a command after whose answer the connection ends."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def __enter__(self) -> OddImap:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), sock, sock.makefile("rb") as file:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.sendall(self.greeting)
            while line := file.readline().decode("latin-1").rstrip("\r\n"):
                tag, _, command = line.partition(" ")
                self.commands.append(command)
                answer = self._answer(command)
                sock.sendall(answer.replace(b"%TAG%", tag.encode()))
                if command == "IDLE" and answer == self.on_idle:
                    file.readline()
                    sock.sendall(f"{tag} OK idled\r\n".encode())
                elif command.startswith("AUTHENTICATE") and answer.startswith(b"+"):
                    file.readline()
                    sock.sendall(f"{tag} OK in\r\n".encode())
                elif command == "LOGOUT" or (self.hangs_up and re.match(self.hangs_up, command)):
                    return

    def _answer(self, command: str) -> bytes:
        for pattern, answer in self.answers.items():
            if re.match(pattern, command):
                return answer
        ok = b"%TAG% OK done\r\n"
        word = command.removeprefix("UID ").split(" ", 1)[0]
        if word == "CAPABILITY":
            return f"* CAPABILITY {self.capabilities}\r\n".encode() + ok
        if word == "AUTHENTICATE":
            return b"+ \r\n"
        if word == "IDLE":
            return self.on_idle
        if word == "LIST":
            listed = "".join(f'* LIST () "{self.delimiter}" "{name}"\r\n' for name in self.folders)
            return listed.encode() + ok
        if word == "SELECT":
            extra = (
                self.select_extra or f"* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT {max(self.mails, default=0) + 1}] x\r\n"
            )
            return f"* {len(self.mails)} EXISTS\r\n{extra}".encode() + b"%TAG% OK [READ-WRITE] done\r\n"
        if word == "SEARCH":
            return f"* SEARCH {' '.join(map(str, self._searched(command)))}\r\n".encode() + ok
        if word == "FETCH":
            return b"".join(self._fetched(command)) + ok
        if word == "LOGOUT":
            return b"* BYE bye\r\n" + ok
        return ok

    def _searched(self, command: str) -> list[int]:
        if match := re.search(r"UID (\d+):\*", command):
            return sorted({u for u in self.mails if u >= int(match[1])} | {max(self.mails, default=0)} - {0})
        if match := re.search(r"SEARCH.* UID ([\d,]+)", command):
            return [u for u in self.mails if str(u) in match[1].split(",")]
        return sorted(self.mails)

    def _fetched(self, command: str) -> list[bytes]:
        _, ids, what = command.removeprefix("UID ").split(" ", 2)
        found = []
        for uid in (int(n) for n in ids.split(",")):
            if uid not in self.mails:
                continue
            raw = self.mails[uid]
            size = self.sizes.get(uid, str(len(raw)))
            items = [b"UID %d" % uid]
            if "RFC822.SIZE" in what and size:
                items.append(b"RFC822.SIZE " + size.encode())
            if "INTERNALDATE" in what:
                items.append(f'INTERNALDATE "{self.dates.get(uid, "02-Mar-2026 09:30:00 +0100")}"'.encode())
            if "BODY.PEEK[]" in what:
                items.append(self._body(uid, raw, what))
            found.append(b"* 1 FETCH (" + b" ".join(i for i in items if i) + b")\r\n")
            if "BODY.PEEK[]" in what:
                found.append(self.amid + self.after_each.replace(b"%N%", b"1").replace(b"%U%", str(uid).encode()))
        return found

    def _body(self, uid: int, raw: bytes, what: str) -> bytes:
        given = self.bodies.get(uid, raw)
        partial = re.search(r"<(\d+)\.(\d+)>", what)
        key = b"BODY[]"
        if partial and not self.ignores_partial:
            key += b"<%d>" % int(partial[1])
            if isinstance(given, bytes):
                given = given[int(partial[1]) : int(partial[1]) + int(partial[2])]
        if isinstance(given, str):
            return key + b" " + given.encode() if given else b""
        return key + b" {%d}\r\n" % len(given) + given


def wait_until(true: Callable[[], bool], within_s: float = 5.0) -> bool:
    """Look every 10 ms until *true* or the time is up."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return true()
