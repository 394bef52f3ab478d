"""Which process holds what, and whether it lives: what a dead one held is free at once, what a living one holds is its own.

Wrong in one direction costs time, until a lease ends; wrong in the other a mail is sent twice. So only what is
sure counts as dead: the process number of this place, or a lock that the kernel let go of.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import socket
from functools import cache
from pathlib import Path


def worker_name() -> str:
    """host/pid/start/place: tells a living process from another that got the same number later, or in another container."""
    return f"{socket.gethostname()}/{os.getpid()}/{_started(os.getpid()) or 0}/{_place()}"


def is_alive(worker: str) -> bool:
    """Whether it is surely there, seen by its number."""
    return _is_here(worker) and not _has_ended(worker)


class Presence:
    """That this process lives, for those in other containers of the same machine, who cannot see it by its number.

    It holds the lock of a file in *folder*, which all of them share; whatever ends the process, the kernel unlocks it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = self._file(worker_name())
        self._lock = -1
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._lock = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.write(self._lock, _which(self._lock))

    def is_dead(self, worker: str) -> bool:
        """Whether it has surely ended: seen by its number where that counts, else by its lock."""
        return _has_ended(worker) if _is_here(worker) else self._is_unlocked(worker)

    def _is_unlocked(self, worker: str) -> bool:
        """Only for a process under this very kernel, and a file that both see as the same one: the locks of network
        file systems, and a copy of the folder, say nothing.
        """
        boot = _boot(_place_of(worker))
        if not boot or boot != _boot(_place()):
            return False
        try:
            file = os.open(self._file(worker), os.O_RDWR)
        except OSError:
            return False
        try:
            if os.read(file, 100) != _which(file):
                return False
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(file)
        return True

    def forget(self, worker: str) -> None:
        """Of one that is dead, and holds nothing any more."""
        with contextlib.suppress(OSError):
            self._file(worker).unlink(missing_ok=True)

    def end(self) -> None:
        if self._lock >= 0:
            self.forget(worker_name())
            os.close(self._lock)
            self._lock = -1

    def _file(self, worker: str) -> Path:
        process = "/".join(worker.split("/")[:4])
        return self._folder / hashlib.sha256(process.encode()).hexdigest()[:32]


def _which(file: int) -> bytes:
    found = os.fstat(file)
    return f"{found.st_dev}:{found.st_ino}".encode()


@cache
def _place() -> str:
    """Where our process numbers count: this boot of this machine, this container. Two containers may share a host name."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()[:8]
        return f"{boot}-{os.stat('/proc/self/ns/pid').st_ino}"  # noqa: PTH116
    except OSError:
        return "0"


def _place_of(worker: str) -> str:
    return (*worker.split("/"), "", "", "")[3]


def _boot(place: str) -> str:
    """Empty where it is not known."""
    return place.rpartition("-")[0]


def _started(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The second field is the command in parentheses and may hold blanks; the start time is the 22nd.
    return stat.rsplit(")", 1)[-1].split()[19]


def _is_here(worker: str) -> bool:
    host, pid, _started_at, place = (*worker.split("/"), "", "", "")[:4]
    return host == socket.gethostname() and place == _place() and pid.isdigit() and Path("/proc").is_dir()


def _has_ended(worker: str) -> bool:
    _host, pid, started = worker.split("/")[:3]
    return _started(int(pid)) != started
