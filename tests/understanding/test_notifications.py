"""Survey and review tools: who answered, what they said, what is furniture."""

from __future__ import annotations

from datetime import date

import pytest

from mailwins.model import Address, Ignored, InboundMessage, Submission
from mailwins.parsers import read_message
from mailwins.parsers.notification.survey import find_rating
from mailwins.parsers.urls import clean_url


def tool(
    text: str = "",
    *,
    html: str | None = None,
    subject: str = "New NPS response: 9",
    sender: str = "no-reply@polls.example",
    headers: tuple[tuple[str, str], ...] = (),
) -> InboundMessage:
    return InboundMessage(
        authors=(Address("Polls", sender),),
        author_is_plain=True,
        subject=subject,
        text=text or None,
        html=html,
        headers=headers,
    )


def survey(message: InboundMessage) -> Submission:
    read = read_message(message)
    assert isinstance(read, Submission), read
    assert read.kind == "notification"
    return read


AUTOMATIC = (("auto-submitted", "auto-generated"), ("precedence", "list"))

REVIEW = """Stellar Ratings

A new review of Lumen was published.

★★★★☆

“It does what my last three tools promised”

Odile R. · Head of Purchasing, Atelier Roux · Verified · 4 March 2026

What do you like best?
Orders that took a week take a day.

Read the whole review: https://stellar.example/products/lumen/reviews/812?utm_source=mail

You get this mail because you claimed the profile. Unsubscribe: https://stellar.example/unsubscribe/77
"""


def test_a_review_is_read_although_a_machine_sent_it() -> None:
    read = survey(
        tool(REVIEW, subject="New review of Lumen", sender="notifications@stellar.example", headers=AUTOMATIC)
    )
    quoted = read.originals[0]
    assert (quoted.author.name, quoted.written, read.account_hint, read.is_public) == (
        "Odile R.",
        date(2026, 3, 4),
        "Atelier Roux",
        True,
    )
    assert read.rating
    assert read.rating.score == 4
    assert "Orders that took a week take a day." in quoted.words
    assert "claimed" not in quoted.words
    assert "Odile" not in quoted.words
    assert quoted.urls == ("https://stellar.example/products/lumen/reviews/812",)


TABLE = """<p>You have a new NPS response</p><h1>9 / 10</h1><blockquote>Unsere Schichtleiter streiten sich nicht mehr um den Plan.</blockquote>
<table><tr><td>Respondent</td><td>Gesa Harms</td></tr><tr><td>E-mail</td><td>g.harms@hahn.example</td></tr><tr><td>Company</td><td>Bäckerei Hahn</td></tr>
<tr><td>Answered on</td><td>3 March 2026 at 14:03 UTC</td></tr></table>
<a href="https://click.polls.example/ls/click?upn=rKRPiFig">View response</a> <a href="https://app.polls.example/settings/alerts">Change alert settings</a> <a href="https://click.polls.example/unsub?u=1">Unsubscribe</a>"""


def test_the_address_may_stand_on_another_line_and_links_come_from_the_words_only() -> None:
    read = survey(tool(html=TABLE, headers=(("list-unsubscribe", "<https://click.polls.example/unsub?u=1>"),)))
    quoted = read.originals[0]
    assert quoted.author == Address("Gesa Harms", "g.harms@hahn.example")
    assert quoted.words == "Unsere Schichtleiter streiten sich nicht mehr um den Plan."
    assert str(quoted.written).startswith("2026-03-03 14:03")
    assert read.account_hint == "Bäckerei Hahn"
    assert quoted.urls == ()


def test_a_link_in_the_customers_words_stays() -> None:
    text = 'CSAT 5/5\n\n"Look how it works in our shop: https://hahn.example/shop?utm_source=x"\n\nRespondent: Gesa Harms\nView: https://app.polls.example/r/1\n'
    assert survey(tool(text, subject="CSAT 5/5")).originals[0].urls == ("https://hahn.example/shop",)


@pytest.mark.parametrize(
    ("headers", "subject", "text"),
    [
        ((("auto-submitted", "auto-replied"),), "New NPS response: 9", "I am away. NPS 9/10"),
        ((("auto-submitted", "auto-generated"),), "Out of office", "Back on Monday."),
        (
            (("list-id", "<news.polls.example>"), ("list-unsubscribe", "<https://x.example/u>")),
            "Make your NPS 9/10",
            "Five tricks for a better NPS.",
        ),
        (
            (("precedence", "bulk"), ("list-unsubscribe", "<https://x.example/u>")),
            "How to get a new review",
            "Ten tips for your next review campaign.",
        ),
    ],
    ids=["absence note", "out of office", "newsletter", "newsletter about reviews"],
)
def test_absence_notes_and_newsletters_are_no_answers(
    headers: tuple[tuple[str, str], ...], subject: str, text: str
) -> None:
    assert isinstance(read_message(tool(text, subject=subject, headers=headers)), Ignored)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/unsub?u=3",
        "https://app.a.example/settings/alerts",
        "https://a.example/preferences/email",
        "https://click.a.example/ls/click?upn=u001.x",
        "https://a.example/email-settings",
    ],
)
def test_furniture_is_no_link(url: str) -> None:
    assert clean_url(url) is None


@pytest.mark.parametrize(
    "url",
    ["https://a.example/settings/exports", "https://a.example/blog/alerts-that-work", "https://a.example/c/case-study"],
)
def test_ordinary_links_stay(url: str) -> None:
    assert clean_url(url) == url


@pytest.mark.parametrize(
    ("subject", "text", "score"),
    [
        ('1 new response to "Q4 relationship"', "You have 1 new response\n\n9  PROMOTER\n", 9.0),
        ("New answer", "Detractor (3)\n“Too slow.”", 3.0),
        ("Response from Q2 survey", "Thank you all", None),
    ],
)
def test_a_score_is_read_beside_its_group_and_never_from_the_name_of_a_quarter(
    subject: str, text: str, score: float | None
) -> None:
    rating = find_rating(subject, text, nps=True)
    assert (rating.score if rating else None) == score
