"""The editor's turn: the draft, the answer in plain words, silence, and answers that come too late."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from mailwins.app import App
from mailwins.digest.editing import Edits, understood
from mailwins.jobs.editing import ask_editors
from mailwins.jobs.publish import publish
from mailwins.jobs.read import read_all
from mailwins.model import RawMessage
from tests.digest.making import EVERYONE, make_app, make_win, utc

MONDAY = utc(2026, 11, 16, 7)
EDITED = {**EVERYONE, "editor": "mona@tidemark.example", "editor_hours": 4}
NUDGED = {**EDITED, "editor_silence": "nudge"}


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("drop 3", Edits(dropped=frozenset({30}), is_answered=True)),
        ("Please leave out 1 and 2.", Edits(dropped=frozenset({10, 20}), is_answered=True)),
        ("lead 2\ndrop 1", Edits(lead=20, dropped=frozenset({10}), is_answered=True)),
        ("lead with no. 3", Edits(lead=30, is_answered=True)),
        ("hold", Edits(decision="hold", is_answered=True)),
        ("Send now!", Edits(decision="go", is_answered=True)),
        (
            "note: Good morning.\nWhat a week.\ndrop 2\nsend now",
            Edits("Good morning.\nWhat a week.", "Mona", dropped=frozenset({20}), decision="go", is_answered=True),
        ),
        ("Looks good, thanks!", Edits(is_answered=True)),
    ],
)
def test_an_editors_words(text: str, edits: Edits) -> None:
    assert understood(text, Edits(), (10, 20, 30), "Mona").edits == edits


@pytest.mark.parametrize("text", ["the one about Kestrel is a bit much", "drop 9", "can we hold this until Tuesday?"])
def test_a_remark_that_is_no_command_is_asked_about_and_never_printed(text: str) -> None:
    read = understood(text, Edits(), (10, 20, 30), "Mona")
    assert read.unclear
    assert read.edits == Edits(is_answered=True)


def reply(
    app: App, words: str, now: datetime, number: int = 1, sender: str = "Mona Falk <mona@tidemark.example>"
) -> str:
    """Answers the newest draft; returns the text of our answer to it."""
    draft = message_from_bytes(app.store.outgoing(kind="edition-draft")[-1].mail.raw, policy=default)
    mail = EmailMessage(policy=default)
    mail["From"], mail["To"], mail["Subject"] = sender, "wins@tidemark.example", f"Re: {draft['Subject']}"
    mail["Date"], mail["Message-ID"], mail["In-Reply-To"] = now, f"<r{number}@tidemark.example>", draft["Message-ID"]
    mail.set_content(words + "\n")
    sha256, size = app.files.keep([mail.as_bytes()])
    app.store.keep_mails([RawMessage(sha256, size, "box", "INBOX", number, 1, now)])
    read_all(app.desk, now=lambda: now, worker="test")
    answers = [r for r in app.store.outgoing() if r.mail.cause == sha256]
    body = message_from_bytes(answers[0].mail.raw, policy=default).get_body(("plain",)) if answers else None  # type: ignore[attr-defined]
    return body.get_content() if body else ""


def started(folder: Path, audience: dict[str, object]) -> App:
    app = make_app(folder, audience)
    for n, account in enumerate(("Harbor & Pine", "Kestrel", "Osei Electrical")):
        make_win(
            app,
            f"Story {'ABC'[n]} of the week went well",
            at=MONDAY - timedelta(days=2),
            account=account,
            value_effective=9 - n,
        )
    ask_editors(app.desk, MONDAY - timedelta(hours=3))
    return app


def edition_text(app: App) -> str:
    return (
        message_from_bytes(app.store.outgoing(kind="edition")[0].mail.raw, policy=default)
        .get_body(("plain",))
        .get_content()
    )  # type: ignore[attr-defined,no-any-return]


def test_the_draft_is_the_real_mail_with_numbers_and_comes_once(tmp_path: Path) -> None:
    app = started(tmp_path, EDITED)
    ask_editors(app.desk, MONDAY - timedelta(hours=2))
    (row,) = app.store.outgoing(kind="edition-draft")
    text = message_from_bytes(row.mail.raw, policy=default).get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert row.mail.recipient == "mona@tidemark.example"
    assert "1. Story A" in text
    assert "* 3. Story C" in text
    assert "Without a word from you it goes Monday" in text


def test_no_draft_before_its_hours(tmp_path: Path) -> None:
    app = make_app(tmp_path, EDITED)
    make_win(app, at=MONDAY - timedelta(days=2))
    assert ask_editors(app.desk, MONDAY - timedelta(hours=5)) == []


def test_without_an_answer_it_goes_at_its_hour(tmp_path: Path) -> None:
    app = started(tmp_path, EDITED)
    publish(app.desk, now=MONDAY - timedelta(seconds=1))
    assert app.store.outgoing(kind="edition") == []
    assert len(publish(app.desk, now=MONDAY)) == 1
    assert "1. Story" not in edition_text(app)


def test_note_drop_and_lead_are_in_the_edition(tmp_path: Path) -> None:
    app = started(tmp_path, EDITED)
    said = reply(app, "note: Good morning, all.\n\ndrop 1\nlead 3", MONDAY - timedelta(hours=2))
    assert "Left out: 1." in said
    publish(app.desk, now=MONDAY)
    text = edition_text(app)
    assert "Good morning, all." in text
    assert "Story A" not in text
    assert text.index("Story C") < text.index("Story B")
    assert "2 wins" in text


def test_what_was_dropped_is_not_kept_as_told(tmp_path: Path) -> None:
    app = started(tmp_path, EDITED)
    reply(app, "drop 1", MONDAY - timedelta(hours=2))
    publish(app.desk, now=MONDAY)
    assert len(app.store.last_edition("everyone").win_ids) == 2  # type: ignore[union-attr]


def test_send_now_sends_now_and_not_again_at_its_hour(tmp_path: Path) -> None:
    app = started(tmp_path, EDITED)
    at = MONDAY - timedelta(hours=2)
    reply(app, "send now", at)
    assert len(publish(app.desk, now=at)) == 1
    late = make_win(app, "They added a depot", at=MONDAY - timedelta(hours=1))
    assert publish(app.desk, now=MONDAY) == []
    publish(app.desk, now=MONDAY + timedelta(days=7))
    assert app.store.last_edition("everyone").win_ids == (late.id,)  # type: ignore[union-attr]


def test_held_it_waits_and_a_late_answer_sends_it_at_once(tmp_path: Path) -> None:
    app = started(tmp_path, EDITED)
    reply(app, "hold", MONDAY - timedelta(hours=2))
    assert publish(app.desk, now=MONDAY + timedelta(hours=1)) == []
    reply(app, "send now", MONDAY + timedelta(hours=5), 2)
    assert len(publish(app.desk, now=MONDAY + timedelta(hours=5))) == 1


def test_where_silence_is_a_nudge_it_waits_for_any_answer(tmp_path: Path) -> None:
    app = started(tmp_path, NUDGED)
    assert publish(app.desk, now=MONDAY) == []
    for minutes in (1, 2):
        ask_editors(app.desk, MONDAY + timedelta(minutes=minutes))
    assert len(app.store.outgoing(kind="edition-draft")) == 2
    reply(app, "ok", MONDAY + timedelta(hours=2))
    assert len(publish(app.desk, now=MONDAY + timedelta(hours=2))) == 1


def test_a_remark_is_answered_with_a_question_and_printed_nowhere(tmp_path: Path) -> None:
    app = started(tmp_path, EDITED)
    said = reply(app, "Between us, the Kestrel one is a stretch", MONDAY - timedelta(hours=2))
    assert "I did not understand" in said
    publish(app.desk, now=MONDAY)
    assert "Between us" not in edition_text(app)


def test_after_it_went_out_the_editor_is_told_so(tmp_path: Path) -> None:
    app = started(tmp_path, EDITED)
    publish(app.desk, now=MONDAY)
    assert "gone out already" in reply(app, "drop 1", MONDAY + timedelta(hours=1))


def test_nobody_else_edits(tmp_path: Path) -> None:
    app = started(tmp_path, EDITED)
    reply(app, "drop 1", MONDAY - timedelta(hours=2), sender="Eva Lind <eva@tidemark.example>")
    publish(app.desk, now=MONDAY)
    assert "Story A" in edition_text(app)
