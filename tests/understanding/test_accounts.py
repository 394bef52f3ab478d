"""Accounts named in the text: genitives, legal forms, accents."""

import pytest

from mailwins.model import Account, Directory
from mailwins.understanding.accounts import parted_by_name, settle
from mailwins.understanding.internal import cue_of_confidence
from mailwins.understanding.summary import summarise

DIRECTORY = Directory(
    (
        Account("Fjordlys Bakeri AS", ("fjordlys.example",)),
        Account("Müllers Mühle GmbH", ("muellersmuehle.example",)),
        Account("Wanda's", ("wandas.example",)),
    ),
    (),
    (),
    frozenset(),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fjordlys Bakeri's ovens", "Fjordlys Bakeri AS"),
        ("Fjordlys Bakeri’s ovens", "Fjordlys Bakeri AS"),
        ("Muellers Muehle ist froh", "Müllers Mühle GmbH"),
        ("Lunch at Wanda's today", "Wanda's"),
        ("a bakery elsewhere", None),
    ],
)
def test_a_name_in_the_text_is_found_with_its_genitive(text: str, name: str | None) -> None:
    found = settle(stated=None, addresses=(), hint=None, texts=((text, 0),), thread=(), directory=DIRECTORY).account
    assert (found.name if found else None) == name


def test_a_lead_in_is_no_part_of_the_summary() -> None:
    line, _ = summarise(
        stated=None,
        subject=None,
        words="Quick numbers for your talk: 31 of our 40 wards stopped using paper.",
        note=None,
        is_note=False,
    )
    assert line == "31 of our 40 wards stopped using paper"


@pytest.mark.parametrize(
    "text",
    [
        "Ana, you didn't hear this from me!",
        "Du hast das nicht von mir.",
        "Je hebt dit niet van mij",
        "Strictly between us, they love it",
        "他言無用でお願いします。",
        "社外秘です。",
        "公表はまだ控えてください。",
    ],
)
def test_words_of_confidence_are_heard(text: str) -> None:
    assert cue_of_confidence(text)


def test_a_german_date_does_not_end_the_sentence() -> None:
    line, _ = summarise(
        stated=None,
        subject=None,
        words=None,
        note="Die Gärtnerei hat am 7. Juni den Vertrag verlängert.",
        is_note=True,
    )
    assert line == "Die Gärtnerei hat am 7. Juni den Vertrag verlängert"


def test_a_slip_between_two_similar_names_is_asked_with_both() -> None:
    known = Directory(
        (
            Account("Windmere Orchards Ltd", ("windmere.example",), ("Windmere",)),
            Account("Windermere Orchards Inc", ("windermere-orchards.example",)),
        ),
        (),
        (),
        frozenset(),
    )
    found = settle(
        stated=None,
        addresses=(),
        hint=None,
        texts=(("Windemere renewed for two years", 5),),
        thread=(),
        directory=known,
    )
    assert found.account is None
    assert set(found.candidates) == {"Windmere Orchards Ltd", "Windermere Orchards Inc"}


def test_an_alias_in_small_letters_is_asked_about_not_denied() -> None:
    known = Directory((Account("Harwick Water Board", ("harwick.example",), ("HWB",)),), (), (), frozenset())
    settled = settle(
        stated=None, addresses=(), hint=None, texts=(("hwb are thrilled with it", 0),), thread=(), directory=known
    )
    assert settled.account is None
    assert settled.candidates == ("Harwick Water Board",)
    assert "HWB" in settled.reason.text


TWINS = Directory(
    (
        Account("St. Odile's Hospice", ("odile.example",), ("the hospice",)),
        Account("St. Odile's Primary School", ("odile-school.example",), ("St Odile's School",)),
        Account("Bäckerei Rademacher", ("rademacher.example",), ("Rademacher Backstube",)),
        Account("Rademacher Logistik GmbH", ("rademacher-logistik.example",)),
        Account("Quellmann", ("quellmann.example",)),
    ),
    (),
    (),
    frozenset(),
)


@pytest.mark.parametrize(
    ("subject", "text", "name"),
    [
        ("odiles", "the head at st odiles, the school not the hospice, is over the moon", "St. Odile's Primary School"),
        ("", "Herr Rademacher von der Bäckerei spart 200 Stunden", "Bäckerei Rademacher"),
        ("", "Rademacher sind sehr zufrieden", None),
        ("", "a night guard at quellmann is in love with it", "Quellmann"),
    ],
)
def test_words_of_a_name_that_stand_apart_name_the_account_as_a_guess(
    subject: str, text: str, name: str | None
) -> None:
    settled = settle(stated=None, addresses=(), hint=None, texts=((subject, 4), (text, 5)), thread=(), directory=TWINS)
    assert (settled.account.name if settled.account else None) == name
    assert (settled.reason.confidence or 0) < 0.8


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("just came out of the meeting with wandas and they are happy", None),
        ("just came out of the meeting with fjordlys and they are happy", "Fjordlys Bakeri AS"),
        ("there was no trouble with fjordlys at all", None),
    ],
)
def test_behind_a_talk_a_name_in_small_letters_is_a_customer(text: str, name: str | None) -> None:
    directory = Directory((Account("Fjordlys Bakeri AS", (), ("Fjordlys",)), Account("Wanda")), (), (), frozenset())
    settled = settle(stated=None, addresses=[], hint=None, texts=[(text, 0)], thread=[], directory=directory)
    assert (settled.account.name if settled.account else None) == name


def test_a_family_name_behind_another_word_is_offered() -> None:
    """In “Anruf Öhlmann” two words begin with a capital; only one of them is the customer's."""
    directory = Directory((Account("Kleintierpraxis Öhlmann"), Account("Wanda")), (), (), frozenset())
    for text in ("Anruf Öhlmann", "Gerade mit Herrn Öhlmann telefoniert"):
        settled = settle(stated=None, addresses=[], hint=None, texts=[(text, 0)], thread=[], directory=directory)
        assert settled.account is None
        assert settled.candidates == ("Kleintierpraxis Öhlmann",)


def test_two_customers_in_one_line_are_two_stories() -> None:
    directory = Directory(
        (Account("Kleintierpraxis Öhlmann"), Account("Moorgate Animal Trust", (), ("MAT",))), (), (), frozenset()
    )
    text = "Öhlmann: 14 -> 3 no shows a week. MAT: rehoming time 41 -> 29 days."
    assert parted_by_name(text, directory) == [
        ("Öhlmann", "Öhlmann: 14 -> 3 no shows a week."),
        ("MAT", "MAT: rehoming time 41 -> 29 days."),
    ]
    settled = settle(stated=None, addresses=[], hint=None, texts=[(text, 0)], thread=[], directory=directory)
    assert settled.account is None
    assert settled.candidates == ("Moorgate Animal Trust", "Kleintierpraxis Öhlmann")
