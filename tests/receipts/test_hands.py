"""Replies of people of three companies, from phones, in ten languages and some dialects; the companies and their accounts stand beside them.

``python -m tests.receipts.score tests/receipts/hands/replies.jsonl -v`` prints what each was read as.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.directory import read_directory
from tests.receipts.score import judge

HERE = Path(__file__).parent
COMPANIES = {name: read_directory(HERE / name) for name in ("hands", "others", "thumbs")}
ROWS = [
    (name, json.loads(line))
    for name in COMPANIES
    for line in (HERE / name / "replies.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("company", "row"), ROWS, ids=lambda x: x["text"][:50].replace("\n", " | ") if isinstance(x, dict) else x
)
def test_a_sloppy_reply_does_what_was_meant_and_nothing_else(company: str, row: dict[str, object]) -> None:
    verdict = judge(row, COMPANIES[company])
    assert verdict.grade == "right", verdict
