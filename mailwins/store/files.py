"""Raw mails and attachments on disk, named by the SHA-256 of their content.

A name without ``.tmp`` is a promise: the whole content is there and was flushed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mailwins.errors import FileLost, StoreError, StoreFull

STALE_TMP_S = 86_400
AT_ONCE = 4
HELD_BYTES = 8_000_000
AT_WORK = "at-work"
"""A folder beside the mails, where processes show that they live."""

# Gone, not ours to read, or on a bad sector. Whatever else may go wrong (too many open files, no memory) hinders every file.
_OF_ONE_FILE = (errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EISDIR, errno.EIO)

T = TypeVar("T")


class Files:
    """One folder; a sub-folder for each first two letters keeps listings short."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StoreError(
                f"storage.files: cannot make {folder}: {error.strerror}.",
                "Check the path and who owns the folder above it.",
            ) from None
        self._ours = _which(folder)

    def path(self, sha256: str) -> str:
        return f"{self.folder}/{sha256[:2]}/{sha256}"

    def has(self, sha256: str) -> bool:
        return Path(self.path(sha256)).exists()

    def is_empty(self) -> bool:
        with os.scandir(self.folder) as found:
            return all(entry.name == AT_WORK for entry in found)

    def read(self, sha256: str) -> bytes:
        """Raises FileLost for what is wrong with this file alone, StoreError for what hinders all."""
        try:
            with open(self.path(sha256), "rb") as file:
                content = file.read()
        except OSError as error:
            self._check_folder()
            if error.errno not in _OF_ONE_FILE:
                raise StoreError(
                    f"storage.files: cannot read in {self.folder}: {error.strerror}.", "It will be tried again."
                ) from None
            what = "is gone from" if error.errno == errno.ENOENT else f"cannot be read ({error.strerror}) in"
            raise FileLost(f"The kept file {sha256} {what} {self.folder}.", "Restore it from a backup.") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FileLost(f"The kept file {sha256} in {self.folder} is damaged.", "Restore it from a backup.")
        return content

    def _check_folder(self) -> None:
        if _which(self.folder) != self._ours:
            raise StoreError(
                f"storage.files: {self.folder} was replaced, removed or unmounted while it was in use.",
                "Put it back or mount it again; if it was moved on purpose, start the service again.",
            )

    def keep(self, pieces: Iterable[bytes]) -> tuple[str, int]:
        """(sha256, size) once it is flushed under its final name."""
        with self.batch() as keep:
            one = keep(pieces)
        return one.sha256, one.size

    def keep_all(self, contents: Iterable[bytes]) -> None:
        with self.batch() as keep:
            for content in contents:
                keep((content,))

    @contextlib.contextmanager
    def batch(self) -> Iterator[Callable[[Iterable[bytes]], Written]]:
        """Many files, flushed together: a function that takes one's pieces; all are kept once the block ends.

        Pieces in a tuple are there already: they wait for the end of the block and are written several at once.
        Others are written as they come. Each file is written beside its final name, flushed and renamed, then
        the folders are flushed: in this order, but one wait for the disk serves many. Nothing is left behind
        when the disk is full.
        """
        self._check_folder()
        files: list[Written] = []
        prefix = secrets.token_hex(12)
        room = HELD_BYTES

        def keep(pieces: Iterable[bytes]) -> Written:
            nonlocal room
            one = Written(f"{self.folder}/{prefix}-{len(files)}.tmp")
            if isinstance(pieces, tuple) and (size := sum(map(len, pieces))) <= room:
                room -= size
                one.hold(pieces, size)
            else:
                one.receive(pieces)
            files.append(one)
            return one

        try:
            with self._told():
                yield keep
                self._settle(files)
        finally:
            for one in files:
                one.drop()

    def _settle(self, files: Sequence[Written]) -> None:
        if not files:
            return
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="files") as pool:
            _each(pool, self._finish, files)
            folders = {os.path.dirname(self.path(one.sha256)) for one in files}  # noqa: PTH120
            # Of a file that stood there before, too: who wrote it may have died before this.
            _each(pool, _flush_folder, [*folders, str(self.folder)])

    def _finish(self, one: Written) -> None:
        """Written, flushed and under its final name; only the folder is not flushed yet."""
        if self._holds(one):
            return
        one.flush()
        final = self.path(one.sha256)
        try:
            os.rename(one.path, final)  # noqa: PTH104
        except FileNotFoundError:
            Path(final).parent.mkdir(exist_ok=True, mode=0o700)
            os.rename(one.path, final)  # noqa: PTH104
        one.is_begun = False

    def _holds(self, one: Written) -> bool:
        try:
            return os.stat(self.path(one.name())).st_size == one.size  # noqa: PTH116
        except FileNotFoundError:
            return False

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StoreFull(
                    f"storage.files: no space left in {self.folder}.",
                    "Make room; the mail stays on the server and nothing was half-written.",
                ) from None
            if error.errno in (
                errno.EACCES,
                errno.EPERM,
                errno.EROFS,
                errno.EIO,
                errno.EFBIG,
                errno.ENOENT,
                errno.ENOTDIR,
            ):
                raise StoreError(
                    f"storage.files: cannot write in {self.folder}: {error.strerror}.", "Check its permissions."
                ) from None
            # Not ours: the network, where the pieces come from.
            raise

    def remove(self, sha256: str) -> None:
        Path(self.path(sha256)).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Remove unfinished files older than a day: what a crash left. Returns how many."""
        count = 0
        for path in self.folder.glob("*.tmp"):
            if time.time() - path.stat().st_mtime > STALE_TMP_S:
                path.unlink(missing_ok=True)
                count += 1
        return count


@dataclass(slots=True)
class Written:
    """A file on its way to its final name, *sha256*, which is known once the batch has ended."""

    path: str
    sha256: str = ""
    size: int = 0
    is_begun: bool = False
    """Whether something stands at *path*."""
    _held: tuple[bytes, ...] = ()
    _descriptor: int = -1

    def hold(self, pieces: tuple[bytes, ...], size: int) -> None:
        self._held, self.size = pieces, size

    def receive(self, pieces: Iterable[bytes]) -> None:
        digest = hashlib.sha256()
        try:
            self._begin()
            for piece in pieces:
                digest.update(piece)
                self.size += len(piece)
                self._write(piece)
        except BaseException:
            self.drop()
            raise
        self.sha256 = digest.hexdigest()

    def name(self) -> str:
        if not self.sha256:
            digest = hashlib.sha256()
            for piece in self._held:
                digest.update(piece)
            self.sha256 = digest.hexdigest()
        return self.sha256

    def flush(self) -> None:
        if not self.is_begun:
            self._begin()
            for piece in self._held:
                self._write(piece)
        os.fsync(self._descriptor)
        self._close()

    def drop(self) -> None:
        """Close, and take away what was not renamed."""
        self._held = ()
        with contextlib.suppress(OSError):
            self._close()
        if self.is_begun:
            self.is_begun = False
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.path)  # noqa: PTH108

    def _begin(self) -> None:
        self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        self.is_begun = True

    def _write(self, piece: bytes) -> None:
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def _each(pool: ThreadPoolExecutor, work: Callable[[T], None], things: Sequence[T]) -> None:
    """Several at once: the disk serves those that wait together in one go. Raises the first error once all have ended."""
    if len(things) == 1:
        work(things[0])
        return
    queue = deque(things)

    def some() -> None:
        while True:
            try:
                one = queue.popleft()
            except IndexError:
                return
            work(one)

    working = [pool.submit(some) for _ in range(min(AT_ONCE, len(queue)))]
    wait(working)
    for done in working:
        done.result()


def _which(folder: Path) -> tuple[int, int] | None:
    """Which folder stands there now."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _flush_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
