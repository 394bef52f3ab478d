"""Replies of eleven people, from phones and in nine languages; their company and its accounts stand beside them.

``python -m tests.receipts.score tests/receipts/hands/replies.jsonl -v`` prints what each was read as.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.directory import read_directory
from tests.receipts.score import judge

HERE = Path(__file__).parent / "hands"
DIRECTORY = read_directory(HERE)
ROWS = [json.loads(line) for line in (HERE / "replies.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50].replace("\n", " | "))
def test_a_sloppy_reply_does_what_was_meant_and_nothing_else(row: dict[str, object]) -> None:
    verdict = judge(row, DIRECTORY)
    assert verdict.grade == "right", verdict
