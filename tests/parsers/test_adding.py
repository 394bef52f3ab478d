"""docs/adding-a-reader.md tells what is so: its reader reads its mail, its paths and names exist."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

from mailwins.mime import decode
from mailwins.model import Kind
from mailwins.parsers import READERS
from mailwins.parsers.notification import NOTIFICATIONS
from mailwins.parsers.opened import Opened

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/adding-a-reader.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.S)
    assert found is not None
    return found[1]


def test_the_example_reader_reads_the_example_mail_and_no_other() -> None:
    names: dict[str, object] = {}
    exec(compile(block("python"), "adding-a-reader.md", "exec"), names)
    read = names["read"]
    assert callable(read)
    found = read(Opened(decode(block("eml").encode())))
    assert (found.kind, found.account_hint) == (Kind.NOTIFICATION, "Juniper Foods")
    assert (found.originals[0].author.name, found.originals[0].words) == (
        "Kim Aster",
        "We found the mislabelled batch in four minutes.",
    )
    assert read(Opened(decode(b"From: ann@ourco.example\n\nKim Aster (Juniper Foods) said: hello"))) is None


def test_the_paths_on_the_page_exist() -> None:
    paths = {p for p in re.findall(r"`((?:mailwins|tests)/[\w/.]+)`", PAGE) if "plaudit" not in p}
    assert len(paths) >= 6
    assert [p for p in paths if not (ROOT / p).exists()] == []


def test_the_lists_on_the_page_are_what_they_are_called() -> None:
    listed = re.search(r"NOTIFICATIONS = \((.*)\)", PAGE)
    assert listed is not None
    names = [n.strip().removesuffix(".read") for n in listed[1].split(",")]
    assert [
        importlib.import_module(f"mailwins.parsers.notification.{n}").read for n in names if n != "plaudit"
    ] == list(NOTIFICATIONS)
    assert all(callable(r) for r in READERS)
