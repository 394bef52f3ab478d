"""Announcements, editors' drafts and editions, killed with SIGKILL between any two steps on their way from the wins to the readers."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from datetime import timedelta
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from mailwins.jobs.announcing import announce
from mailwins.jobs.deliver import deliver
from mailwins.jobs.editing import ask_editors
from mailwins.jobs.publish import publish
from mailwins.model import OutboxState
from mailwins.sender import SmtpSender, SmtpSettings
from tests.digest.making import EVERYONE, MANAGERS, make_app, make_win, utc
from tests.servers.smtp import SmtpServer

MONDAY = utc(2026, 11, 16, 7)
SALES = {
    "key": "sales",
    "to": ["team:Sales", "role:csm", "fans@list.example"],
    "send": "Mon 08:00",
    "announce": ["milestone"],
}
IN_HAND = ("deliver.claimed", "deliver.sent")
TELLING = ("drafts.queued", "publish.published", *IN_HAND)
EDITED = {**EVERYONE, "editor": "mona@tidemark.example"}
WANTED = {"announcement": 5 + 4, "edition-draft": 1, "monday": 2, "edition": 1 + 5 + 4}


def pass_over(folder: Path, port: int, point: str, number: int = 1) -> None:
    """A whole Monday's work in this process, which dies when it reaches *point* for the *number*th time."""
    left = number

    def fault(reached: str) -> None:
        nonlocal left
        left -= reached == point
        if reached == point and not left:
            os.kill(os.getpid(), signal.SIGKILL)

    app = make_app(folder, EDITED, SALES, MANAGERS)
    announce(app.desk, now=MONDAY - timedelta(hours=3), fault=fault)
    ask_editors(app.desk, MONDAY - timedelta(hours=2), fault)
    publish(app.desk, now=MONDAY, fault=fault)
    sender = SmtpSender(SmtpSettings("localhost", port, "none"))
    deliver(
        app.store,
        sender,
        envelope_from="wins@tidemark.example",
        now=lambda: MONDAY,
        worker=f"w{os.getpid()}",
        lease_s=-1,
        fault=fault,
    )
    sender.close()
    app.close()


def run(folder: Path, port: int, point: str = "none", number: int = 1) -> int | None:
    """In a child of its own: forked, because starting Python anew would take most of the time."""
    child = multiprocessing.get_context("fork").Process(target=pass_over, args=(folder, port, point, number))
    child.start()
    child.join(60)
    return child.exitcode


def prove(folder: Path, *kills: tuple[str, int]) -> None:
    app = make_app(folder, EDITED, SALES, MANAGERS)
    make_win(
        app, "The support queue stood at zero", at=MONDAY - timedelta(hours=20), account=None, category="milestone"
    )
    make_win(app, "Missed visits fell to 3%", at=MONDAY - timedelta(days=2))
    app.close()
    with SmtpServer() as server:
        for point, number in kills:
            assert run(folder, server.port, point, number) in (-signal.SIGKILL, 0)
        assert run(folder, server.port) == 0
        assert run(folder, server.port) == 0
        arrived = [(m.recipients[0], m.raw) for m in server.messages]
    app = make_app(folder, EDITED, SALES, MANAGERS)
    rows = app.store.outgoing()
    app.close()
    assert Counter(row.mail.kind for row in rows) == WANTED
    open_ones = Counter(row.mail.recipient for row in rows if row.state is OutboxState.UNCERTAIN)
    assert {row.state for row in rows} <= {OutboxState.SENT, OutboxState.UNCERTAIN}
    # A mail waits for a person only when it was in hand at two kills.
    assert open_ones.total() <= (sum(point in IN_HAND for point, _ in kills) == 2)
    copies = Counter(arrived)
    # The same bytes with the same Message-ID go out a second time only where the server's answer was lost.
    reached, wanted = Counter(to for to, _ in copies), Counter(row.mail.recipient for row in rows)
    assert reached <= wanted
    assert wanted - reached <= open_ones
    assert sum(count - 1 for count in copies.values()) <= sum(point == "deliver.sent" for point, _ in kills)


def is_reached_twice(point: str) -> int:
    return 1 if point.startswith("drafts") else 2


@pytest.mark.parametrize(
    "point", ["announce.queued", "drafts.queued", "publish.composed", "publish.published", "deliver.sent"]
)
def test_a_kill_at_any_step_leaves_every_reader_with_one_mail(tmp_path: Path, point: str) -> None:
    """FAULT: the process is killed at any step from the win to the reader; THEN: every reader gets each announcement, draft and edition once."""
    prove(tmp_path, (point, is_reached_twice(point)))


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), list(combinations_with_replacement(TELLING, 2)))
def test_two_kills_leave_every_reader_with_one_mail_or_a_person_with_a_question(
    tmp_path: Path, first: str, second: str
) -> None:
    prove(tmp_path, (first, 1), (second, 1))
