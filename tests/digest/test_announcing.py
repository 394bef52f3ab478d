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
from mailwins.digest.records import feats
from mailwins.jobs.announcing import announce
from mailwins.model import Attachment, Visibility
from tests.digest.making import EVERYONE, make_app, make_win, utc

AT = utc(2026, 11, 18, 9)
LATER = AT + timedelta(minutes=20)


def text_of(app: App) -> str:
    return message_from_bytes(app.store.outgoing(kind="announcement")[0].mail.raw, policy=default).get_body(("plain",)).get_content()  # type: ignore[attr-defined,no-any-return]


def test_a_milestone_goes_to_everyone_after_a_quarter_of_an_hour_and_once(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, "The support queue stood at zero", at=AT, account=None, category="milestone", submitted_by="tom@tidemark.example")
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
    assert "9 more than the record of March 2026, 63 devices." in text
    assert "Harbor" not in text
    assert "Kestrel" not in text


def test_what_is_no_more_than_the_record_is_called_no_record(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, "63 devices on one account", at=utc(2026, 3, 3, 9), account="Kestrel", category="olympics")
    make_win(app, "63 devices on one account", at=AT, category="olympics")
    announce(app.desk, now=LATER)
    assert "record" not in text_of(app)


@pytest.mark.parametrize(
    ("line", "found"), [("72 devices on one account", ("devices", 72)), ("1,024 tabs open", ("tabs", 1024)), ("A tablet of 1976", None), ("40 percent more", None), ("3 of 7 crews", None)]
)
def test_only_counted_things_make_a_feat(line: str, found: tuple[str, int] | None, tmp_path: Path) -> None:
    app = make_app(tmp_path)
    got = feats(make_win(app, line, at=AT))
    assert (got[0].what, got[0].number) == found if found else got == ()


def test_praise_in_public_is_shown_with_its_screenshot(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    out = io.BytesIO()
    Image.new("RGB", (800, 500), "teal").save(out, "PNG")
    sha256, size = app.files.keep([out.getvalue()])
    make_win(app, "Tidemark saved our spring", at=AT, is_public=True, quote="Tidemark saved our spring, and the dispatchers sleep again.", attachments=(Attachment("post.png", "image/png", size, sha256),))
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
