"""Milestones, Olympics and public praise are told at once, each once, and records fall with their numbers."""

from __future__ import annotations

import io
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PIL import Image

from mailwins.app import App
from mailwins.digest.records import dethroned, feats
from mailwins.jobs.announcing import announce
from mailwins.model import Attachment, Visibility
from tests.digest.making import EVERYONE, make_app, make_win, utc

AT = utc(2026, 11, 18, 9)
LATER = AT + timedelta(minutes=20)


def text_of(app: App) -> str:
    return (
        message_from_bytes(app.store.outgoing(kind="announcement")[0].mail.raw, policy=default)
        .get_body(("plain",))
        .get_content()
    )  # type: ignore[attr-defined,no-any-return]


def test_a_milestone_goes_to_everyone_after_a_quarter_of_an_hour_and_once(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(
        app,
        "The support queue stood at zero",
        at=AT,
        account=None,
        category="milestone",
        submitted_by="tom@tidemark.example",
    )
    assert announce(app.desk, now=AT + timedelta(minutes=5)) == 0
    assert announce(app.desk, now=LATER) == 5
    assert announce(app.desk, now=LATER + timedelta(hours=1)) == 0
    assert "The support queue stood at zero" in text_of(app)


def test_a_new_record_says_by_how_much_and_since_when_and_names_nobody(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, "63 devices on one account", at=utc(2026, 3, 3, 9), account="Kestrel", category="olympics")
    make_win(app, "72 devices on one account at Harbor & Pine", at=AT, category="olympics")
    announce(app.desk, now=LATER)
    text = " ".join(text_of(app).split())
    assert "72 devices on one account, 9 more than the record of March 2026." in text
    assert "Harbor" not in text
    assert "Kestrel" not in text


def test_what_is_no_more_than_the_record_is_called_no_record(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, "63 devices on one account", at=utc(2026, 3, 3, 9), account="Kestrel", category="olympics")
    make_win(app, "63 devices on one account", at=AT, category="olympics")
    announce(app.desk, now=LATER)
    assert "record" not in text_of(app)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("72 devices on one account", ("device", 72, {"account"})),
        ("72 different devices in a single day", ("device", 72, {"day"})),
        ("1,024 tabs open", ("tab", 1024, set())),
        ("340 deliveries per driver", ("delivery", 340, {"driver"})),
        ("A tablet of 1976", None),
        ("40 percent more", None),
        ("3 of 7 crews", None),
        ("Closed in 4 minutes", None),
        ("Version 2.14 devices", None),
        ("Done at 8:30 in the morning", None),
    ],
)
def test_only_counted_things_make_a_feat(line: str, found: tuple[str, int, set[str]] | None, tmp_path: Path) -> None:
    app = make_app(tmp_path)
    got = feats(make_win(app, line, at=AT))
    assert (got[0].what, got[0].number, set(got[0].bounds)) == found if found else got == ()


@pytest.mark.parametrize(
    ("before", "now", "is_record"),
    [
        ("63 devices on one account", "72 devices on one account", True),
        ("63 devices on one account", "72 different devices on a single account", True),
        ("63 devices in one week", "72 devices in one day", False),
        ("63 devices on one account", "72 devices sold", False),
        ("63 users on one account", "72 devices on one account", False),
        ("They dropped 3 devices into the harbor", "72 devices arrived by mule", False),
        ("41 tabs open at once", "57 tabs open in the browser", True),
        ("63 deliveries per driver", "64 deliveries per driver and two flat tyres", True),
    ],
)
def test_only_like_is_compared_with_like(before: str, now: str, is_record: bool, tmp_path: Path) -> None:
    app = make_app(tmp_path)
    old = make_win(app, before, at=utc(2026, 3, 3, 9), account="Kestrel", category="olympics")
    record = dethroned(make_win(app, now, at=AT, category="olympics"), [old])
    assert (record is not None) == is_record


def test_the_best_of_all_before_is_the_record_not_the_last_one(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    earlier = [
        make_win(app, f"{n} devices on one account", at=utc(2026, month, 3, 9), category="olympics")
        for month, n in ((1, 70), (5, 40))
    ]
    record = dethroned(make_win(app, "72 devices on one account", at=AT, category="olympics"), earlier)
    assert record is not None
    assert record.sentence == "72 devices on one account, 2 more than the record of January 2026."


def test_praise_in_public_is_shown_with_its_screenshot(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    out = io.BytesIO()
    Image.new("RGB", (800, 500), "teal").save(out, "PNG")
    sha256, size = app.files.keep([out.getvalue()])
    make_win(
        app,
        "Tidemark saved our spring",
        at=AT,
        is_public=True,
        quote="Tidemark saved our spring, and the dispatchers sleep again.",
        attachments=(Attachment("post.png", "image/png", size, sha256),),
    )
    announce(app.desk, now=LATER)
    raw = app.store.outgoing(kind="announcement")[0].mail.raw
    mail = message_from_bytes(raw, policy=default)
    pictures = [p for p in mail.walk() if p.get_content_type() == "image/png"]
    assert len(pictures) == 1
    assert f"cid:{pictures[0]['Content-ID'].strip('<>')}" in mail.get_body(("html",)).get_content()  # type: ignore[attr-defined]


def test_private_doubtful_and_old_ones_wait(tmp_path: Path) -> None:
    app = make_app(tmp_path, EVERYONE, {"key": "sales", "to": ["team:Sales"]})
    make_win(app, "A private feat", at=AT, category="olympics", visibility=Visibility.PRIVATE)
    make_win(app, "A doubtful feat", at=AT, category="olympics", doubts=("account",))
    make_win(app, "An old feat", at=AT - timedelta(days=5), category="olympics")
    assert announce(app.desk, now=LATER) == 0
