"""Which wins an edition holds, and that everybody gets it once, whatever happens in between."""

from __future__ import annotations

import os
import signal
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from mailwins.app import App, sync_directory
from mailwins.jobs.planning import plan
from mailwins.jobs.publish import Published, publish
from mailwins.model import Change, Stance, Visibility
from tests.digest.making import EVERYONE, MANAGERS, PEOPLE, make_app, make_win, utc

MONDAY = utc(2026, 11, 16, 7)
WEEK = timedelta(days=7)


def editions(app: App, now: datetime) -> list[Published]:
    return publish(app.desk, now=now)


def told(app: App, audience: str = "everyone") -> list[tuple[int, ...]]:
    """The wins of each edition, oldest first."""
    return [e.win_ids for e in reversed(app.store.editions(audience)) if e.state != "skipped"]


def test_an_edition_holds_what_was_captured_between_two_cut_offs_whenever_it_happened(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    first = make_win(app, at=MONDAY - timedelta(seconds=1), win_date=utc(2026, 3, 1).date())
    second = make_win(app, "They added a depot", at=MONDAY)
    editions(app, MONDAY)
    editions(app, MONDAY + WEEK)
    assert told(app) == [(first.id,), (second.id,)]


def test_publishing_twice_does_nothing_the_second_time(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, at=MONDAY - timedelta(days=1))
    assert len(editions(app, MONDAY)) == 1
    assert editions(app, MONDAY + timedelta(minutes=1)) == []
    assert len(app.store.outgoing(kind="edition")) == 5


def test_after_weeks_of_downtime_one_edition_folds_the_older_wins_in(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, at=MONDAY - timedelta(days=1))
    editions(app, MONDAY)
    missed = [make_win(app, f"Win of week {n}", at=MONDAY + n * WEEK - timedelta(days=2)).id for n in (1, 2, 3)]
    assert len(editions(app, MONDAY + 3 * WEEK + timedelta(days=2))) == 1
    assert sorted(told(app)[1]) == missed
    text = app.store.outgoing(kind="edition")[-1].mail.raw.decode()
    assert "16 Nov to 7 Dec 2026" in text


def test_a_week_with_too_few_wins_waits_and_the_next_edition_covers_its_days(tmp_path: Path) -> None:
    app = make_app(tmp_path, {**EVERYONE, "min_wins": 2})
    one = make_win(app, at=MONDAY - timedelta(days=1))
    editions(app, MONDAY)
    assert app.store.outgoing(kind="edition") == []
    two = make_win(app, "They added a depot", at=MONDAY + timedelta(days=1), account="Kestrel")
    editions(app, MONDAY + WEEK)
    assert sorted(told(app)[0]) == [one.id, two.id]
    assert "9 to 23 Nov 2026" in app.store.outgoing(kind="edition")[0].mail.raw.decode()


def test_a_week_without_wins_sends_nothing_but_the_managers_edition(tmp_path: Path) -> None:
    app = make_app(tmp_path, EVERYONE, MANAGERS)
    editions(app, MONDAY + timedelta(hours=1))
    assert {r.mail.recipient for r in app.store.outgoing(kind="edition")} == {"mona@tidemark.example"}


def test_private_wins_doubts_and_open_questions_reach_managers_only(tmp_path: Path) -> None:
    app = make_app(tmp_path, EVERYONE, MANAGERS)
    at = MONDAY - timedelta(days=1)
    open_ = make_win(app, "They signed", at=at)
    make_win(app, "SECRETWIN", at=at, visibility=Visibility.PRIVATE)
    make_win(app, "DOUBTFULWIN", at=at, stance=Stance.DOUBT, value=1)
    make_win(app, "UNSETTLEDWIN", at=at, account=None, doubts=("account",))
    editions(app, MONDAY + timedelta(hours=1))
    assert told(app) == [(open_.id,)]
    for row in app.store.outgoing(kind="edition"):
        body = row.mail.raw.decode()
        if (
            row.mail.recipient == "mona@tidemark.example"
            and ":managers" not in row.mail.cause
            and row.mail.cause.startswith("managers")
        ):
            assert "SECRETWIN" in body
        else:
            assert not any(word in body for word in ("SECRETWIN", "DOUBTFULWIN", "UNSETTLEDWIN"))


def test_internal_notes_are_in_no_edition(tmp_path: Path) -> None:
    app = make_app(tmp_path, EVERYONE)
    make_win(app, at=MONDAY - timedelta(days=1), internal_note="BETWEENUS they want a discount")
    editions(app, MONDAY)
    assert all("BETWEENUS" not in r.mail.raw.decode() for r in app.store.outgoing(kind="edition"))


def test_a_win_whose_doubt_was_answered_comes_into_the_next_edition(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, at=MONDAY - timedelta(days=2))
    late = make_win(app, "They signed", at=MONDAY - timedelta(days=1), doubts=("account",))
    editions(app, MONDAY)
    answered = MONDAY + timedelta(days=1)
    app.store.save_wins(
        [replace(late, doubts=())],
        [Change(late.id, answered, "ana@tidemark.example", "mail", "account", None, "Harbor & Pine")],
        at=answered,
    )
    editions(app, MONDAY + WEEK)
    assert told(app)[1] == (late.id,)


def test_olympics_say_a_customer_outside_cs_unless_named(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(
        app,
        "72 devices at Harbor & Pine, for Marisol Reyes",
        at=MONDAY - timedelta(days=1),
        category="olympics",
        note="Harbor & Pine runs 72 devices on one account.",
    )
    make_win(
        app,
        "Kestrel has a tablet of 1976",
        at=MONDAY - timedelta(days=1),
        category="olympics",
        account="Kestrel",
        is_named=True,
    )
    editions(app, MONDAY)
    body = message_from_bytes(app.store.outgoing(kind="edition")[0].mail.raw).as_string()
    assert "Harbor" not in body
    assert "72 devices at a customer" in body
    assert "Kestrel has a tablet" in body


def test_somebody_added_in_the_week_gets_the_next_edition_and_not_the_last(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, at=MONDAY - timedelta(days=1))
    editions(app, MONDAY)
    (tmp_path / "people.csv").write_text(PEOPLE + "New Ng,new@tidemark.example,rep,Sales\n")
    sync_directory(app.config, app.store)
    app.desk.refresh()
    make_win(app, "They added a depot", at=MONDAY + timedelta(days=3))
    assert editions(app, MONDAY + timedelta(days=3)) == []
    editions(app, MONDAY + WEEK)
    assert [r.mail.cause for r in app.store.outgoing(kind="edition") if r.mail.recipient == "new@tidemark.example"] == [
        "everyone:2026-11-23T08:00"
    ]


def test_who_left_gets_nothing_and_nobody_gets_it_twice_over_two_ways(tmp_path: Path) -> None:
    app = make_app(
        tmp_path, {**EVERYONE, "to": ["everyone", "team:Sales", "eva@tidemark.example", "all-hands@tidemark.example"]}
    )
    app.store.set_preference("tom@tidemark.example", "leave:everyone", "yes")
    make_win(app, at=MONDAY - timedelta(days=1))
    editions(app, MONDAY)
    counted = Counter(r.mail.recipient for r in app.store.outgoing(kind="edition"))
    assert set(counted.values()) == {1}
    assert "tom@tidemark.example" not in counted
    assert {"eva@tidemark.example", "all-hands@tidemark.example"} <= set(counted)


def test_an_edition_carries_exactly_our_headers(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, at=MONDAY - timedelta(days=1))
    editions(app, MONDAY)
    mail = message_from_bytes(app.store.outgoing(kind="edition")[0].mail.raw)
    assert sorted(k.lower() for k in mail) == sorted(
        [
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "content-type",
            "auto-submitted",
            "x-mailwins-kind",
            "list-id",
            "list-unsubscribe",
        ]
    )
    assert mail["List-Unsubscribe"] == "<mailto:wins@tidemark.example?subject=stop%20everyone>"


@pytest.mark.parametrize("point", ["publish.composed", "publish.published"])
def test_killed_between_any_two_steps_everybody_gets_it_once(tmp_path: Path, point: str) -> None:
    app = make_app(tmp_path)
    make_win(app, at=MONDAY - timedelta(days=1))
    app.close()
    child = os.fork()
    if child == 0:

        def die(reached: str) -> None:
            if reached == point:
                os.kill(os.getpid(), signal.SIGKILL)

        publish(make_app(tmp_path).desk, now=MONDAY, fault=die)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    again = make_app(tmp_path)
    publish(again.desk, now=MONDAY + timedelta(minutes=1))
    counted = Counter(r.mail.recipient for r in again.store.outgoing(kind="edition"))
    assert len(counted) == 5
    assert set(counted.values()) == {1}


def test_the_lead_is_not_last_times_account_when_another_can_lead(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, "Missed visits fell from 11% to 3%", at=MONDAY - timedelta(days=1), value=9, value_effective=9)
    editions(app, MONDAY)
    make_win(app, "Missed visits fell from 3% to 1%", at=MONDAY + timedelta(days=1), value=9, value_effective=9)
    other = make_win(app, "All 64 technicians use the app now", at=MONDAY + timedelta(days=2), account="Kestrel")
    editions(app, MONDAY + WEEK)
    assert app.store.editions("everyone")[0].lead == other.id


def test_numbers_say_the_change_in_plain_words_and_nothing_without_a_past(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, at=MONDAY - timedelta(days=1))
    first = plan(app.desk, app.config.audience[0], MONDAY, MONDAY).view
    assert [n.change for n in first.numbers] == [None, None, None]  # type: ignore[union-attr]
    editions(app, MONDAY)
    for n in range(3):
        make_win(app, f"Win number {n} of them", at=MONDAY + timedelta(days=n))
    second = plan(app.desk, app.config.audience[0], MONDAY + WEEK, MONDAY + WEEK).view
    assert second.numbers[0].change == "2 more than last week"  # type: ignore[union-attr]
    assert second.bars == ()  # type: ignore[union-attr]


def test_words_that_ask_for_confidence_are_printed_in_no_digest_even_when_the_win_was_shared(tmp_path: Path) -> None:
    app = make_app(tmp_path, EVERYONE)
    words = "Between us, please keep this to yourself. The depot saved four hours a week with your maps."
    make_win(app, "Between us, please keep this to yourself", at=MONDAY - timedelta(days=1), quote=words)
    editions(app, MONDAY)
    body = message_from_bytes(app.store.outgoing(kind="edition")[0].mail.raw).as_string()
    assert "The depot saved four hours a week" in body
    assert "etween us" not in body
    assert "yourself" not in body


def test_last_week_is_compared_as_it_was_told_whatever_became_of_its_wins_since(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, at=MONDAY - timedelta(days=1))
    unsure = make_win(app, "The depots are quick", at=MONDAY - timedelta(days=2), doubts=("stance",), account="Kestrel")
    editions(app, MONDAY)
    app.store.save_wins([replace(unsure, doubts=())], [])
    make_win(app, "They came to the training", at=MONDAY + timedelta(days=1))
    second = plan(app.desk, app.config.audience[0], MONDAY + WEEK, MONDAY + WEEK).view
    assert second.numbers[0].change == "same as last week"  # type: ignore[union-attr]


def test_a_clock_that_was_a_year_ahead_keeps_no_later_edition_back(tmp_path: Path) -> None:
    """FAULT: the clock stands a year ahead while an edition is made, or at the very beginning, and is put right; THEN: the coming Mondays have their editions as ever, and no win is told twice."""
    app = make_app(tmp_path)
    app.store.put("begun_at", (MONDAY + 52 * WEEK).isoformat())
    assert editions(app, MONDAY - timedelta(days=3)) == []
    first = make_win(app, at=MONDAY - timedelta(days=1))
    assert len(editions(app, MONDAY)) == 1
    second = make_win(app, "They added a depot", at=MONDAY + timedelta(days=1))
    assert len(editions(app, MONDAY + 52 * WEEK)) == 1
    third = make_win(app, "They renewed for three years", at=MONDAY + timedelta(days=6))
    assert len(editions(app, MONDAY + WEEK)) == 1
    assert editions(app, MONDAY + WEEK + timedelta(minutes=1)) == []
    make_win(app, "They doubled the crews", at=MONDAY + timedelta(days=9))
    assert len(editions(app, MONDAY + 2 * WEEK)) == 1
    assert sorted(w for wins in told(app) for w in wins)[:3] == [first.id, second.id, third.id]
    assert len({w for wins in told(app) for w in wins}) == sum(map(len, told(app))) == 4
