"""An SMTP server that answers what it is told to: for what no good server says, and bad ones do."""

from __future__ import annotations

import contextlib
import socket
import threading
import time


class OddSmtp:
    """*answers*: the first word of a command (or "dot") → what is said to it instead; a list is used up one by one."""

    def __init__(self, **answers: bytes | list[bytes]) -> None:
        self.answers = answers
        self.taken: list[bytes] = []
        """Mails whose final dot arrived."""
        self.commands: list[bytes] = []
        self.early = b""
        """Said when the first line of a mail is there."""
        self.hangs_up_in_data = False
        self.reads_slowly = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> OddSmtp:
        return self

    def __exit__(self, *exc: object) -> None:
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), sock, sock.makefile("rb") as file:
            if self.reads_slowly:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
            sock.sendall(b"220 odd\r\n")
            while line := file.readline():
                word = line.split()[0].decode("ascii", "replace").lower() if line.split() else ""
                self.commands.append(line.strip())
                usual = {"data": b"354 go on\r\n", "quit": b"221 bye\r\n"}.get(word, b"250 ok\r\n")
                answer = self._answer(word, usual)
                sock.sendall(answer)
                if word == "quit":
                    return
                if word == "data" and answer.startswith(b"354"):
                    body = []
                    while (line := file.readline()) and line != b".\r\n":
                        body.append(line)
                        if self.reads_slowly and len(body) % 20_000 == 0:
                            time.sleep(0.07)
                        if self.hangs_up_in_data:
                            return
                        if self.early and len(body) == 1:
                            sock.sendall(self.early)
                    if not line:
                        return
                    self.taken.append(b"".join(body))
                    sock.sendall(self._answer("dot", b"250 queued\r\n"))

    def _answer(self, word: str, usual: bytes) -> bytes:
        given = self.answers.get(word, usual)
        if isinstance(given, list):
            return given.pop(0) if given else usual
        return given
