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


def test_a_batch_holds_known_doubled_streamed_and_huge_ones_whole(tmp_path: Path) -> None:
    files = open_files(tmp_path / "files")
    files.keep([b"known"])
    contents = [b"known", b"twice", b"twice", b"", *(b"%d" % n * 5_000 for n in range(300)), b"x" * 9_000_000]
    with files.batch() as keep:
        kept = [keep((content,)) for content in contents]
        streamed = keep(iter([b"piece", b" by piece"]))
    assert [files.read(one.sha256) for one in kept] == contents
    assert [one.size for one in kept] == [len(content) for content in contents]
    assert files.read(streamed.sha256) == b"piece by piece"
    names = [p.name for p in tmp_path.rglob("*") if p.is_file()]
    assert sorted(names) == sorted({hashlib.sha256(c).hexdigest() for c in contents} | {streamed.sha256})


def test_a_batch_that_cannot_be_written_is_an_error_and_leaves_no_unfinished_file(tmp_path: Path) -> None:
    files = open_files(tmp_path)
    bad = hashlib.sha256(b"7").hexdigest()
    # Where the folder of one of them should be stands a file.
    (tmp_path / bad[:2]).write_bytes(b"")
    with pytest.raises(StoreError, match="cannot write"), files.batch() as keep:
        for n in range(100):
            keep((b"%d" % n,))
    assert list(tmp_path.glob("*.tmp")) == []


def test_a_lost_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="0000"):
        open_files(tmp_path).read("0" * 64)
