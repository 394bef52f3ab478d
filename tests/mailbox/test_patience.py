"""Waits grow, vary, and are never shorter than a server asked for."""

from __future__ import annotations

import pytest

from mailwins.errors import LoginRefused, ServerError
from mailwins.mailbox.patience import next_try_s


@pytest.mark.parametrize(("failures", "seconds"), [(1, 2), (2, 4), (5, 32), (8, 256), (9, 300), (5000, 300)])
def test_waits_double_to_five_minutes(failures: int, seconds: float) -> None:
    assert next_try_s(failures, ServerError("x"), 0) == seconds
    assert next_try_s(failures, ServerError("x"), 1) == seconds * 1.5


def test_a_refused_login_is_not_hammered() -> None:
    assert next_try_s(1, LoginRefused("x"), 0) == 900


def test_what_the_server_asks_for_is_granted() -> None:
    assert next_try_s(1, ServerError("x", retry_after_s=297.8), 0.5) >= 297.8
    assert next_try_s(9, ServerError("x", retry_after_s=10), 0) == 300
