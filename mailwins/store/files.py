"""Raw mails and attachments on disk, named by the SHA-256 of their content.

A name without ``.tmp`` is a promise: the whole content is there and was flushed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path

from mailwins.errors import StoreError, StoreFull

STALE_TMP_S = 86_400


class Files:
    """One folder; a sub-folder for each first two letters keeps listings short."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StoreError(f"storage.files: cannot make {folder}: {error.strerror}.", "Check the path and who owns the folder above it.") from None

    def path(self, sha256: str) -> str:
        return str(self.folder / sha256[:2] / sha256)

    def has(self, sha256: str) -> bool:
        return Path(self.path(sha256)).exists()

    def read(self, sha256: str) -> bytes:
        try:
            return Path(self.path(sha256)).read_bytes()
        except FileNotFoundError:
            raise StoreError(f"The kept file {sha256} is gone from {self.folder}.", "Restore it from a backup, or run: mailwins status") from None

    def keep(self, pieces: Iterable[bytes]) -> tuple[str, int]:
        """Write beside the final name, flush, rename, flush the folder. Nothing is left behind when the disk is full."""
        temporary = self.folder / f"{secrets.token_hex(12)}.tmp"
        digest = hashlib.sha256()
        size = 0
        try:
            with temporary.open("xb") as file:
                for piece in pieces:
                    digest.update(piece)
                    size += len(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            sha256 = digest.hexdigest()
            final = Path(self.path(sha256))
            if final.exists() and final.stat().st_size == size:
                temporary.unlink()
                return sha256, size
            is_new_folder = not final.parent.exists()
            final.parent.mkdir(exist_ok=True, mode=0o700)
            temporary.rename(final)
            _flush_folder(final.parent)
            if is_new_folder:
                _flush_folder(self.folder)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StoreFull(f"storage.files: no space left in {self.folder}.", "Make room; the mail stays on the server and nothing was half-written.") from None
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.EFBIG, errno.ENOENT, errno.ENOTDIR):
                raise StoreError(f"storage.files: cannot write in {self.folder}: {error.strerror}.", "Check its permissions.") from None
            # Not ours: the network, where the pieces come from.
            raise
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return sha256, size

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


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
