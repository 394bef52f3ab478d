"""The page for a quarterly review: a customer's own words of one quarter, self-contained, on the command line and by mail."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mailwins.app import App
from mailwins.cli import cli
from mailwins.jobs.read import read_all
from mailwins.jobs.reviewing import Reviewed, review_for
from mailwins.model import RawMessage, Visibility, Win, WinContact
from mailwins.updates.qbr import Quarter, quarter_of, quarter_to_review
from tests.digest.making import make_app, make_win, utc

KOFI = WinContact("Kofi Osei", "kofi@osei.example", "Managing Director")
NOW = utc(2026, 10, 5, 9)


def approved(app: App, words: str, day: date, **more: Any) -> Win:
    given: dict[str, Any] = {
        "account": "Osei Electrical",
        "quote": words,
        "contact": KOFI,
        "visibility": Visibility.SHAREABLE,
        "note": None,
        **more,
    }
    return make_win(app, "AN INTERNAL SUMMARY", at=utc(day.year, day.month, day.day, 9), win_date=day, **given)


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path)
    approved(app, "First-time fix went from 82% to 93% since spring. The crews asked to keep it.", date(2026, 8, 4))
    approved(app, "Every technician used the app each day in September.", date(2026, 9, 21))
    approved(app, "This was in another quarter.", date(2026, 6, 30))
    approved(app, "They may renew early, they said.", date(2026, 9, 2), visibility=Visibility.INTERNAL)
    approved(app, "We moved all depots in one night.", date(2026, 9, 3), account="Harbor & Pine")
    return app


def made(app: App, *goals: str) -> Reviewed:
    return review_for(app.desk, "Osei Electrical", "2026Q3", goals=goals)


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2026Q3", Quarter(2026, 3)),
        ("2026-q3", Quarter(2026, 3)),
        ("Q4 2026", Quarter(2026, 4)),
        ("q1/2027", Quarter(2027, 1)),
        ("2026Q5", None),
        ("2026", None),
        ("last", None),
    ],
)
def test_a_quarter_is_read_as_people_write_it(text: str, quarter: Quarter | None) -> None:
    assert quarter_of(text) == quarter


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (Quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (Quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_three_whole_months(quarter: Quarter, first: date, last: date) -> None:
    assert (quarter.first, quarter.last, len(quarter.months)) == (first, last, 3)


def test_the_page_shows_the_quarters_words_numbers_months_and_nothing_else(app: App) -> None:
    page = made(app).page
    assert page is not None
    for body in (page.html, page.text):
        for shown in (
            "Osei Electrical in 2026 Q3",
            "93%",
            "was 82%",
            "Every technician used the app",
            "Kofi Osei, Managing Director",
            "July",
            "September",
        ):
            assert shown in body
        for kept in (
            "INTERNAL SUMMARY",
            "renew early",
            "another quarter",
            "depots",
            "First-time fix above 90%",
            "shareable",
        ):
            assert kept not in body


def test_goals_are_those_the_csm_writes_with_what_was_said_of_them(app: App) -> None:
    review = made(app, "First-time fix above 90%", "Fewer missed visits").review
    assert review is not None
    first, second = review.goals
    assert first.said is not None
    assert "82% to 93%" in first.said.words
    assert second.said is None
    page = made(app, "Fewer missed visits").page
    assert page is not None
    assert review.labels.not_yet in page.html


def test_the_page_needs_nothing_from_elsewhere(app: App) -> None:
    page = made(app).page
    assert page is not None
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|<script|<link|https?://""", page.html)
    assert "@media print" in page.html


def test_hostile_words_stay_words_in_html_and_in_markdown(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    approved(
        app,
        "We saved 4 hours <script>alert(1)</script> [click](http://evil.example) # {{ 7*7 }} | so far.",
        date(2026, 8, 4),
    )
    page = made(app, "<b>goal</b>\n# heading").page
    assert page is not None
    assert "<script>" not in page.html
    assert "<b>goal" not in page.html
    assert not re.search(r"(?<!\\)[\[<|#]", re.sub(r"^(?:#+ |\|.*|> )", "", page.text, flags=re.M))
    assert "49" not in page.html


def test_without_anything_to_show_there_is_no_page_but_what_would_help(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    approved(app, "Not approved.", date(2026, 8, 4), visibility=Visibility.INTERNAL)
    done = made(app)
    assert done.page is None
    assert [left.why for left in done.left_out] == ["it is not approved for sharing yet"]


def test_the_page_speaks_the_accounts_language(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    approved(
        app,
        "Die Techniker nutzen die App jeden Tag, und die Anrufe sind um die Hälfte zurückgegangen.",
        date(2026, 8, 4),
    )
    page = made(app).page
    assert page is not None
    assert "im Quartal 2026 Q3" in page.html
    assert "August" in page.html
    assert 'lang="de"' in page.html


def mailed(app: App, words: str, sender: str = "Ben Ode <ben@tidemark.example>") -> EmailMessage:
    mail = EmailMessage(policy=default)
    mail["From"], mail["To"], mail["Subject"], mail["Date"], mail["Message-ID"] = (
        sender,
        "wins@tidemark.example",
        words.split("\n")[0],
        NOW,
        "<q1@tidemark.example>",
    )
    mail.set_content(words + "\n")
    sha256, size = app.files.keep([mail.as_bytes()])
    app.store.keep_mails([RawMessage(sha256, size, "box", "INBOX", 1, 1, NOW)])
    read_all(app.desk, now=lambda: NOW, worker="test")
    (row,) = app.store.outgoing()
    return message_from_bytes(row.mail.raw, policy=default)  # type: ignore[arg-type]


def test_a_csm_asks_by_mail_and_gets_both_files(app: App) -> None:
    answer = mailed(app, "qbr Osei Electrical 2026Q3\ngoal: First-time fix above 90%")
    files = {part.get_filename(): part.get_content() for part in answer.iter_attachments()}
    assert answer["X-Mailwins-Kind"] == "qbr", answer.as_string()
    assert set(files) == {"Osei-Electrical-2026Q3.html", "Osei-Electrical-2026Q3.md"}
    assert "First-time fix above 90%" in str(files["Osei-Electrical-2026Q3.html"])
    assert answer["X-Mailwins-Kind"] == "qbr"
    body = answer.get_body(("plain",))
    assert body is not None
    assert "2 wins on the page" in body.get_content()
    assert {p.get_filename(): p.get_content_charset() for p in answer.iter_attachments()} == dict.fromkeys(
        files, "utf-8"
    )


def test_a_quarter_that_still_runs_ends_today(app: App) -> None:
    done = review_for(app.desk, "Osei Electrical", "2026Q3", today=date(2026, 9, 21))
    assert done.review is not None
    assert "between 1 July 2026 and 21 September 2026" in done.review.opening


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (date(2026, 11, 18), Quarter(2026, 3)),
        (date(2026, 12, 15), Quarter(2026, 4)),
        (date(2027, 2, 1), Quarter(2026, 4)),
        (date(2026, 4, 1), Quarter(2026, 1)),
    ],
)
def test_unnamed_it_is_the_last_quarter_that_ended_or_is_about_to(today: date, quarter: Quarter) -> None:
    assert quarter_to_review(today) == quarter


@pytest.mark.parametrize("words", ["qbr Osei Electrical", "qbr Osei last quarter", "QBR for Osei Electrical, Q3"])
def test_a_quarter_may_be_left_out_or_told_in_words(app: App, words: str) -> None:
    answer = mailed(app, words)
    assert "Osei-Electrical-2026Q3.html" in {part.get_filename() for part in answer.iter_attachments()}
    body = answer.get_body(("plain",))
    assert body is not None
    assert ("You named no quarter" in body.get_content()) == (words == "qbr Osei Electrical")


def test_news_of_a_review_is_no_command(app: App) -> None:
    answer = mailed(app, "QBR at Osei Electrical, and they loved it: three more crews")
    assert answer["X-Mailwins-Kind"] != "qbr"


def test_an_account_nobody_knows_is_asked_about(app: App) -> None:
    body = mailed(app, "qbr Nobody Inc 2026Q3").get_body(("plain",))
    assert body is not None
    assert "no account called Nobody Inc" in " ".join(body.get_content().split())


def test_the_command_line_writes_the_files_or_prints_markdown(app: App, tmp_path: Path) -> None:
    app.close()
    config = tmp_path / "config.toml"
    config.write_text(
        f'[company]\nname = "Tidemark"\ndomains = ["tidemark.example"]\n[storage]\ndatabase = "sqlite:///{tmp_path / "wins.db"}"\nfiles = "files"\n[directory]\naccounts = "accounts.csv"\npeople = "people.csv"\n'
    )
    run = CliRunner()
    printed = run.invoke(cli, ["--config", str(config), "qbr", "osei electrical", "2026Q3"])
    assert printed.exit_code == 0, printed.output
    assert "# Osei Electrical in 2026 Q3" in printed.output
    written = run.invoke(
        cli, ["--config", str(config), "qbr", "Osei Electrical", "Q3 2026", "--output", str(tmp_path / "out")]
    )
    assert written.exit_code == 0, written.output
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "Osei-Electrical-2026Q3.html",
        "Osei-Electrical-2026Q3.md",
    }
    assert run.invoke(cli, ["--config", str(config), "qbr", "Osei Electrical", "summer"]).exit_code != 0
