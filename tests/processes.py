"""Processes that tests start: they die with who started them, and how thorough a sweep is."""

from __future__ import annotations

import ctypes
import os
import signal

FULL = bool(os.environ.get("MAILWINS_TEST_FULL"))
"""Sweeps over every point instead of sampled ones; ``MAILWINS_TEST_FULL=1 make slow``."""

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def die_with_us() -> None:
    """For ``preexec_fn``: killed when the test process ends, however it ends (prctl(2))."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
