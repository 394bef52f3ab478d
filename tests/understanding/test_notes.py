"""A member's own words: labels, hashtags, sign-offs, pictures and broken lines."""

from __future__ import annotations

import pytest

from mailwins.model import Address, InboundMessage, Submission
from mailwins.parsers import read_message
from mailwins.parsers.folding import fold
from mailwins.parsers.labels import take_labels
from mailwins.understanding.judge import tells_of_others


def note(text: str, *, name: str = "Katrin Vogel", subject: str = "Hello") -> Submission:
    read = read_message(
        InboundMessage(
            authors=(Address(name, "someone@ours.example"),), author_is_plain=True, subject=subject, text=text
        )
    )
    assert isinstance(read, Submission)
    return read


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("Account name: Fjordkraft Marine", "account", "Fjordkraft Marine"),
        ("Customer name: Fjordkraft Marine", "account", "Fjordkraft Marine"),
        ("Win summary: Boats leave on time", "summary", "Boats leave on time"),
        ("Win date: 2026-03-02", "date", "2026-03-02"),
        ("Win category: Referral", "category", "Referral"),
        ("Contact name: Ingvild Moen", "contact", "Ingvild Moen"),
        ("Nom du client : Atelier Roux", None, None),
        ("Kunde: Bäckerei Hahn", "account", "Bäckerei Hahn"),
    ],
)
def test_a_label_with_win_or_name_around_its_key_counts(line: str, key: str | None, value: str | None) -> None:
    rest, labels = take_labels(f"They are happy with the boats.\n\n{line}")
    assert labels.fields == (((key, value),) if key else ())
    assert (line in rest) is (key is None)


@pytest.mark.parametrize(
    ("text", "story", "tags"),
    [
        ("Lumen signed for two more years. #renewal", "Lumen signed for two more years.", ("renewal",)),
        ("Lumen signed for two more years #renewal #big", "Lumen signed for two more years", ("renewal", "big")),
        ("We owe this one to #teamwork", "We owe this one to #teamwork", ("teamwork",)),
        ("Der #umzug ist geschafft, sagt Lumen.", "Der #umzug ist geschafft, sagt Lumen.", ("umzug",)),
        ("Das verdanken wir dem #kundendienst", "Das verdanken wir dem #kundendienst", ("kundendienst",)),
        ("#referral\nLumen told a friend.", "Lumen told a friend.", ("referral",)),
    ],
)
def test_hashtags_behind_a_paragraph_stay_out_of_it(text: str, story: str, tags: tuple[str, ...]) -> None:
    rest, labels = take_labels(text)
    assert (rest, labels.tags) == (story, tags)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They hosted the meetup. Value: 6", "6"),
        ("They hosted the meetup #event value: 6", "6"),
        ("Sie haben das Treffen ausgerichtet. Wert: 8/10", "8"),
        ("The contract value: 9", None),
        ("It went up in value: 60", None),
    ],
)
def test_a_value_at_the_end_of_a_line_counts_only_behind_a_sentence(text: str, value: str | None) -> None:
    rest, labels = take_labels(text)
    assert labels.get("value") == value
    assert (rest == text) is (value is None)


def test_each_story_has_its_own_labels() -> None:
    read = note("1. Lumen retired their last spreadsheet. #adoption\n2. Fjordkraft told a friend about us.\nValue: 9\n")
    assert [s.text for s in read.stories] == [
        "Lumen retired their last spreadsheet.",
        "Fjordkraft told a friend about us.",
    ]
    assert [s.labels.tags for s in read.stories] == [("adoption",), ()]
    assert [s.labels.get("value") for s in read.stories] == [None, "9"]


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("Katrin Vogel", "k"),
        ("Katrin Vogel", "Kat"),
        ("Vogel, Katrin", "Kathi"),
        ("Tobias Ek", "-Tobbe"),
        ("Óscar Ruiz", "Ó."),
        ("Bea Lind", "B x"),
    ],
)
def test_a_sign_off_by_initial_or_nickname_is_no_story(name: str, last: str) -> None:
    assert fold(f"Lumen went live this morning.\n\n{last}", (name,)).text == "Lumen went live this morning."


@pytest.mark.parametrize("last", ["Marvellous!", "Q", "Kathedral ist live"])
def test_a_last_word_that_is_no_name_stays(last: str) -> None:
    assert fold(f"Lumen went live this morning.\n\n{last}", ("Katrin Vogel",)).text.endswith(last)


@pytest.mark.parametrize(
    "mark", ["[cid:image001.png@01DD42F7.0B1C9A40]", "[image: screenshot.png]", "[Bild: foto.jpg]", "<cid:ii_l8abc>"]
)
def test_pictures_are_no_words(mark: str) -> None:
    assert "shot" in note(f"Here is the shot:\n\n{mark}\n\nNice, isn't it?").stories[0].text
    assert mark not in note(f"Here is the shot:\n\n{mark}\n\nNice, isn't it?").stories[0].text


@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        ("Their harbour crew passed the audit without a remark.", True),
        ("Leur équipe a fini le déménagement.", True),
        ("We passed our audit, and they clapped.", False),
        ("Our queue is at zero for the first time.", False),
        ("Queue at zero!", False),
    ],
)
def test_what_is_told_of_others_alone_is_no_milestone_of_ours(text: str, theirs: bool) -> None:
    assert tells_of_others(text) is theirs


def test_the_sentence_behind_a_value_stays_the_writer_s() -> None:
    rest, labels = take_labels("They are happy with the boats.\n\nValue: 7. Ravi, please read this one!")
    assert labels.get("value") is not None
    assert rest == "They are happy with the boats.\n\nRavi, please read this one!"
    assert take_labels("Happy.\n\nValue: 7/10")[0] == "Happy."
