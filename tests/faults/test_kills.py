"""A small version of ``python -m tests.faults.kills``: the whole bill after random kills of one, two and five processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import need
from tests.faults.kills import kills
from tests.servers import dovecot


@pytest.mark.slow
@pytest.mark.dovecot
@pytest.mark.timeout(400)
def test_random_kills_under_load_break_no_promise(tmp_path: Path) -> None:
    """FAULT: SIGKILL at random moments while one, two and five processes collect, read, publish and deliver; THEN: no mail lost, no win twice, extra copies only where promise 3 allows them."""
    need(dovecot.why_not())
    bill = kills(tmp_path, kills=9, mails=60, seed=7)
    assert not bill.broken, bill.table()
    assert bill.kills.total() == 9
    assert bill.wins == 48
