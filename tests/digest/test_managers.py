"""What the managers' edition says of what waits: in its subject, its first sentences and its lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailwins.digest.composing import Company, Material
from mailwins.digest.managing import Held, Watch, compose_managers
from mailwins.digest.views import Managers
from mailwins.insights import QuietAccount
from mailwins.model import Account, glance
from tests.digest.making import DAY, EVERYONE, MANAGERS, make_app, make_win, utc

MONDAY = utc(2026, 11, 16, 6, 30)
QUIET = QuietAccount(Account("Kestrel", renewal_on=DAY(2026, 12, 31)), 40, DAY(2026, 10, 7), 30)


def edition(folder: Path, watch: Watch) -> Managers:
    """Of a week with one win."""
    app = make_app(folder, EVERYONE, MANAGERS)
    win = make_win(app, at=MONDAY - timedelta(days=1))
    return compose_managers(
        Material(
            app.config.audience[1],
            Company("Tidemark", "wins@tidemark.example"),
            app.desk.known().directory,
            app.config.kinds,
            ZoneInfo("Europe/Berlin"),
            MONDAY - timedelta(days=7),
            MONDAY,
            [glance(win)],
            {win.id: win},
        ),
        watch,
    )


def held(reason: str = "negative", by: str | None = "Ana Sousa", subject: str = "Exports failing again") -> Held:
    return Held(reason, subject, by, DAY(2026, 11, 10))


@pytest.mark.parametrize(
    ("watch", "subject"),
    [
        (Watch((), 0), "Wins for managers, 9 to 16 Nov: 1 win"),
        (Watch((QUIET,), 0), "Wins for managers, 9 to 16 Nov: 1 win, 1 quiet account"),
        (Watch((), 0, (held("unsure"),), 2), "Wins for managers, 9 to 16 Nov: 1 win, 2 open questions"),
        (
            Watch((QUIET,), 0, (held(), held("unsure")), 0),
            "Wins for managers, 9 to 16 Nov: 1 possible complaint, 1 win, 1 quiet account",
        ),
        (
            Watch((QUIET,), 0, (held(),) * 12, 19),
            "Managers: 12 possible complaints, 1 win, 19 open questions, 1 quiet account",
        ),
    ],
)
def test_the_subject_says_first_what_cannot_wait(tmp_path: Path, watch: Watch, subject: str) -> None:
    assert edition(tmp_path, watch).subject == subject
    assert len(subject) <= 78


def test_a_possible_complaint_is_told_with_who_knows_more_and_other_mails_are_counted(tmp_path: Path) -> None:
    view = edition(tmp_path, Watch((), 0, (held(), held(by=None), held("failed"), held("unsure"), held("unsure")), 1))
    assert view.tray == (
        "“Exports failing again”, which Ana Sousa sent in on 10 Nov, reads like a complaint.",
        "“Exports failing again” of 10 Nov reads like a complaint.",
        "2 mails do not say clearly what happened.",
        "1 mail could not be read.",
        "1 win has an open question; the colleague who sent it was asked.",
    )
    assert view.opening == "1 win from 1 customer. 2 mails that read like complaints wait for a person."


def test_a_possible_complaint_is_told_with_the_customer_when_that_is_clear(tmp_path: Path) -> None:
    mail = replace(held(), account="Kestrel")
    nameless = replace(mail, subject="")
    named = replace(mail, subject="Kestrel is cross")
    assert edition(tmp_path, Watch((), 0, (mail, nameless, named))).tray == (
        "Kestrel: “Exports failing again”, which Ana Sousa sent in on 10 Nov, reads like a complaint.",
        "Kestrel: a mail, which Ana Sousa sent in on 10 Nov, reads like a complaint.",
        "“Kestrel is cross”, which Ana Sousa sent in on 10 Nov, reads like a complaint.",
    )


def test_a_single_quiet_account_is_named_at_the_top(tmp_path: Path) -> None:
    assert edition(tmp_path, Watch((QUIET,), 0)).opening == (
        "1 win from 1 customer. Kestrel has been quiet for too long, and renews within 90 days."
    )


def test_wins_without_a_kind_are_counted_beside_the_kinds(tmp_path: Path) -> None:
    assert edition(tmp_path, Watch((), 0)).kinds_missing == "1 win has no kind yet."
