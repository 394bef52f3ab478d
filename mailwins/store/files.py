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
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from mailwins.errors import StoreError, StoreFull

STALE_TMP_S = 86_400
FLUSHED_AT_ONCE = 8

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

    def path(self, sha256: str) -> str:
        return str(self.folder / sha256[:2] / sha256)

    def has(self, sha256: str) -> bool:
        return Path(self.path(sha256)).exists()

    def read(self, sha256: str) -> bytes:
        try:
            return Path(self.path(sha256)).read_bytes()
        except FileNotFoundError:
            raise StoreError(
                f"The kept file {sha256} is gone from {self.folder}.",
                "Restore it from a backup, or run: mailwins status",
            ) from None

    def keep(self, pieces: Iterable[bytes]) -> tuple[str, int]:
        """(sha256, size) once it is flushed under its final name."""
        with self.batch() as keep:
            return keep(pieces)

    @contextlib.contextmanager
    def batch(self) -> Iterator[Callable[[Iterable[bytes]], tuple[str, int]]]:
        """Many files, flushed together: a function that takes one's pieces; all are kept once the block ends.

        Written beside the final name, flushed, renamed, the folders flushed: in this order for each,
        but one wait for the disk serves many. Nothing is left behind when the disk is full.
        """
        written: list[_Written] = []
        try:
            with self._told():
                yield lambda pieces: self._write(pieces, written)
                self._settle(written)
        finally:
            for one in written:
                one.drop()

    def _write(self, pieces: Iterable[bytes], written: list[_Written]) -> tuple[str, int]:
        path = self.folder / f"{secrets.token_hex(12)}.tmp"
        one = _Written(path, path.open("xb"))
        digest = hashlib.sha256()
        try:
            for piece in pieces:
                digest.update(piece)
                one.size += len(piece)
                one.file.write(piece)
            one.file.flush()
        except BaseException:
            one.drop()
            raise
        one.sha256 = digest.hexdigest()
        written.append(one)
        return one.sha256, one.size

    def _settle(self, written: Sequence[_Written]) -> None:
        new = [one for one in written if not self._holds(one)]
        _each(_flush, new)
        folders = {Path(self.path(one.sha256)).parent for one in written}
        if missing := [f for f in folders if not f.exists()]:
            for folder in missing:
                folder.mkdir(exist_ok=True, mode=0o700)
            _flush_folder(self.folder)
        for one in new:
            one.path.rename(self.path(one.sha256))
        # Of a file that stood there before, too: who wrote it may have died before this.
        _each(_flush_folder, list(folders))

    def _holds(self, one: _Written) -> bool:
        final = Path(self.path(one.sha256))
        return final.exists() and final.stat().st_size == one.size

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
class _Written:
    path: Path
    file: BinaryIO
    sha256: str = ""
    size: int = 0

    def drop(self) -> None:
        """Close, and take away what was not renamed."""
        with contextlib.suppress(OSError):
            self.file.close()
        self.path.unlink(missing_ok=True)


def _each(flush: Callable[[T], None], things: Sequence[T]) -> None:
    """Several at once: the disk serves those that wait together in one go."""
    if len(things) > 1:
        with ThreadPoolExecutor(min(FLUSHED_AT_ONCE, len(things))) as pool:
            list(pool.map(flush, things))
    else:
        for one in things:
            flush(one)


def _flush(one: _Written) -> None:
    os.fsync(one.file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
