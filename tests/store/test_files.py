"""Raw mails on disk: whole or not there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailwins.errors import StoreError
from mailwins.store import open_files


def test_content_is_kept_under_its_hash(tmp_path: Path) -> None:
    files = open_files(tmp_path / "files")
    name, size = files.keep([b"ab", b"c"])
    assert (name, size) == (hashlib.sha256(b"abc").hexdigest(), 3)
    assert files.read(name) == b"abc"
    assert files.keep([b"abc"]) == (name, 3)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [name]


def test_a_broken_transfer_leaves_nothing(tmp_path: Path) -> None:
    files = open_files(tmp_path)

    def pieces() -> Iterator[bytes]:
        yield b"ab"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        files.keep(pieces())
    assert list(tmp_path.rglob("*")) == []


def test_a_lost_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="0000"):
        open_files(tmp_path).read("0" * 64)
