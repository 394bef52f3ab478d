"""A TCP proxy on loopback that does to a connection what networks do: cut, swallow, delay, replace, go silent.

Set the fault at any time; it holds for bytes that pass from then on. Client to server is "up", server to client "down".
"""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
import time
from dataclasses import dataclass


@dataclass(slots=True)
class Fault:
    """What happens in one direction. A pattern is looked for in each chunk as it is read (up to 64 KB).

    *times*: how often the pattern's fault happens before traffic is left alone again.
    """

    reset_after: int | None = None
    """Cut both sides with RST once so many bytes have passed."""
    black_hole_on: bytes | None = None
    """From this pattern on nothing passes any more, and nobody is told."""
    reset_on: bytes | None = None
    swallow_on: bytes | None = None
    """The chunk with the pattern never arrives; later ones do."""
    replace: tuple[bytes, bytes] | None = None
    delay_s: float = 0.0
    drip_s: float = 0.0
    """One byte at a time with this pause."""
    drip_over: int = 0
    """Chunks of up to so many bytes pass at once all the same."""
    times: int = 1_000_000


class FaultProxy:
    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.target = (host, port)
        self.up, self.down = Fault(), Fault()
        self.connections = 0
        self.refuse = False
        self.passed = {"up": 0, "down": 0}
        self._sockets: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = "localhost", int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def heal(self) -> None:
        self.up, self.down, self.refuse = Fault(), Fault(), False

    def cut(self) -> None:
        """Every connection that is open now ends with RST."""
        for sock in list(self._sockets):
            _reset(sock)
        self._sockets.clear()

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def __enter__(self) -> FaultProxy:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            if self.refuse:
                _reset(client)
                continue
            try:
                server = socket.create_connection(self.target, 5)
            except OSError:
                _reset(client)
                continue
            server.settimeout(None)
            for sock in (client, server):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets += [client, server]
            fate = _Fate(client, server)
            for source, sink, way in ((client, server, "up"), (server, client, "down")):
                threading.Thread(target=self._pump, args=(source, sink, way, fate), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, way: str, fate: _Fate) -> None:
        with contextlib.suppress(OSError):
            passed = 0
            while chunk := source.recv(65536):
                fault: Fault = getattr(self, way)
                if fault.delay_s:
                    time.sleep(fault.delay_s)
                if self._matches(fault, fault.black_hole_on, chunk):
                    fate.is_silent = True
                if fate.is_silent or self._matches(fault, fault.swallow_on, chunk):
                    continue
                if self._matches(fault, fault.reset_on, chunk):
                    fate.reset()
                    return
                if fault.replace and self._matches(fault, fault.replace[0], chunk):
                    chunk = re.sub(fault.replace[0], fault.replace[1], chunk, flags=re.IGNORECASE)
                if fault.reset_after is not None and passed + len(chunk) >= fault.reset_after:
                    sink.sendall(chunk[: max(fault.reset_after - passed, 0)])
                    fate.reset()
                    return
                self._send(sink, chunk, fault, way)
                passed += len(chunk)
        fate.end(sink)

    def _send(self, sink: socket.socket, chunk: bytes, fault: Fault, way: str) -> None:
        self.passed[way] += len(chunk)
        if not fault.drip_s or len(chunk) <= fault.drip_over:
            sink.sendall(chunk)
            return
        for i in range(len(chunk)):
            sink.sendall(chunk[i : i + 1])
            time.sleep(fault.drip_s)

    def _matches(self, fault: Fault, pattern: bytes | None, chunk: bytes) -> bool:
        if pattern is None or fault.times <= 0 or not re.search(pattern, chunk, re.IGNORECASE):
            return False
        fault.times -= 1
        return True


class _Fate:
    """Both halves of one connection end together."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client, self.server = client, server
        self.is_silent = False

    def reset(self) -> None:
        _reset(self.client)
        _reset(self.server)

    def end(self, sink: socket.socket) -> None:
        if not self.is_silent:
            with contextlib.suppress(OSError):
                sink.shutdown(socket.SHUT_WR)


def _reset(sock: socket.socket) -> None:
    """Close with RST: what was not yet read on the other side is lost, as when a machine goes away."""
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RD)
    with contextlib.suppress(OSError):
        sock.close()
