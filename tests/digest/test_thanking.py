"""Each item of an edition has a link that thanks the colleague behind it, in the page and in the text."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from mailwins.app import App
from mailwins.jobs.publish import publish
from mailwins.jobs.read import read_all
from mailwins.model import Outcome, RawMessage
from tests.digest.making import EVERYONE, MANAGERS, make_app, make_win, utc

MONDAY = utc(2026, 11, 16, 7)


def published(folder: Path) -> App:
    app = make_app(folder, EVERYONE, MANAGERS)
    for number, account in enumerate(("Harbor & Pine", "Osei Electrical")):
        make_win(
            app, f"They moved depot {number}", at=MONDAY - timedelta(days=1), account=account, token=f"{number:020x}"
        )
    publish(app.desk, now=MONDAY + timedelta(hours=1))
    return app


def links(app: App, kind: str, recipient: str) -> tuple[list[str], list[str]]:
    (row,) = [
        r
        for r in app.store.outgoing(kind=kind)
        if r.mail.recipient == recipient and not r.mail.cause.startswith("managers")
    ]
    mail = message_from_bytes(row.mail.raw, policy=default)
    page, text = mail.get_body(("html",)), mail.get_body(("plain",))  # type: ignore[attr-defined]
    pattern = r"mailto:[^\s\"]*%5Bw:[0-9a-f]{20}%5D"
    return re.findall(pattern, page.get_content()), re.findall(pattern, text.get_content())


def test_page_and_text_have_the_same_links_one_for_each_win(tmp_path: Path) -> None:
    page, text = links(published(tmp_path), "edition", "eva@tidemark.example")
    assert page == text
    assert len(set(page)) == 2


def test_nobody_is_asked_to_thank_herself(tmp_path: Path) -> None:
    assert links(published(tmp_path), "monday", "ben@tidemark.example") == ([], [])


@pytest.mark.parametrize("words", ["", "Wonderful, Ben!"])
def test_the_link_reaches_who_sent_the_win_with_and_without_words(tmp_path: Path, words: str) -> None:
    app = published(tmp_path)
    (link,) = [x for x in links(app, "edition", "eva@tidemark.example")[0] if f"{1:020x}" in x]
    mail = EmailMessage(policy=default)
    mail["From"], mail["To"] = "Eva Lind <eva@tidemark.example>", urlsplit(link).path
    mail["Subject"] = parse_qs(urlsplit(link).query)["subject"][0]
    mail["Date"], mail["Message-ID"] = MONDAY, "<thanks@tidemark.example>"
    mail.set_content(words)
    sha256, size = app.files.keep([mail.as_bytes()])
    app.store.keep_mails([RawMessage(sha256, size, "box", "INBOX", 1, 1, MONDAY)])
    read_all(app.desk, now=lambda: MONDAY + timedelta(hours=2), worker="test")
    (sent,) = app.store.outgoing(kind="thanks")
    assert sent.mail.recipient == "ben@tidemark.example"
    assert "They moved depot 1" in sent.mail.raw.decode()
    assert [m.reason for m in app.store.mails(outcome=Outcome.IGNORED)] == ["congratulation"]
