"""How long to leave a server alone after it could not be used."""

from __future__ import annotations

from mailwins.errors import LoginRefused, ServerError

FIRST_S = 2.0
LONGEST_S = 300.0
LOGIN_S = 900.0


def next_try_s(failures: int, error: ServerError, chance: float) -> float:
    """Seconds until the next connection. *failures* in a row, this one included; *chance* is drawn evenly from 0 to 1.

    Doubles from 2 seconds to 5 minutes, a refused login waits a quarter of an hour from the start:
    providers lock accounts that keep knocking. Up to half as much again is left to chance, so that
    many clients do not come back at once. Never less than the server itself asked for.
    """
    wait = LOGIN_S if isinstance(error, LoginRefused) else min(FIRST_S * 2.0 ** min(failures - 1, 20), LONGEST_S)
    return max(wait, error.retry_after_s or 0.0) * (1 + chance / 2)
