"""The same told twice is known by its words, however it was wrapped, signed and headed; another telling is another."""

from __future__ import annotations

import pytest

from mailwins.model import Address, InboundMessage, Quoted
from mailwins.understanding.duplicates import fingerprint, key_of_delivery, key_of_note, keys_of_quoted

WORDS = "Since the boats leave on time we have not had one angry passenger, and the crew sleeps at night."


@pytest.mark.parametrize(
    ("again", "is_same"),
    [
        (WORDS, True),
        (WORDS.replace(" ", "\r\n"), True),
        ("> " + WORDS.replace("we have", "\n> we have"), True),
        (WORDS.upper(), True),
        (WORDS.replace(",", " –"), True),
        (WORDS.replace(" ", "\u00a0"), True),
        (WORDS.replace("fi", "ﬁ"), True),
        (WORDS + " And thank you.", False),
        (WORDS.replace("one", "two"), False),
    ],
)
def test_wrapping_case_and_marks_do_not_make_another_telling(again: str, is_same: bool) -> None:
    assert (fingerprint(again) == fingerprint(WORDS)) is is_same


@pytest.mark.parametrize("text", ["", None, "Great work, thanks!", "👍👍👍", "----- ----- -----"])
def test_too_few_words_are_nobodys_fingerprint(text: str | None) -> None:
    assert fingerprint(text) is None


def test_a_quoted_mail_is_known_by_its_id_and_by_its_words() -> None:
    original = Quoted(author=Address("Kim", "kim@tidewell.example"), words=WORDS, message_id="1@tidewell.example")
    seen_inline = Quoted(author=Address("Kim", None), words="> " + WORDS.replace(" on ", "\n> on "))
    assert set(keys_of_quoted(seen_inline)) <= set(keys_of_quoted(original))
    assert ("original", "1@tidewell.example") in keys_of_quoted(original)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("They renewed today!", "Tidewell"), ("they renewed today", "Tidewell"), True),
        (("They renewed today!", "Tidewell"), ("They renewed today!", "Harbor"), False),
        (("They renewed today!", None), ("They renewed today!", None), False),
        ((WORDS, None), (WORDS, "Tidewell"), True),
    ],
)
def test_a_short_note_counts_as_the_same_only_for_the_same_account(
    one: tuple[str, str | None], other: tuple[str, str | None], is_same: bool
) -> None:
    first, second = key_of_note(*one), key_of_note(*other)
    assert (first is not None and first == second) is is_same


def test_a_mail_delivered_again_is_the_same_and_one_changed_on_the_way_is_not() -> None:
    def mail(text: str, subject: str = "News") -> InboundMessage:
        return InboundMessage(
            authors=(Address("Ana", "ana@ours.example"),), subject=subject, text=text, message_id="7@ours.example"
        )

    assert key_of_delivery(mail("All is well.")) == key_of_delivery(mail("All  is\r\nwell."))
    assert key_of_delivery(mail("All is well.")) != key_of_delivery(mail("All is not well."))
    assert key_of_delivery(mail("All is well.")) != key_of_delivery(mail("All is well.", subject="Other"))
