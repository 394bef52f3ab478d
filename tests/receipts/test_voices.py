"""Replies in many voices and ten languages: what each means is done, and never anything else."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from mailwins.config import Roles
from mailwins.lists import read_accounts, read_people
from mailwins.model import Directory
from mailwins.receipts.wishes import read_reply
from tests.receipts import voices
from tests.receipts.score import judge
from tests.receipts.tempting import TEMPTING


@cache
def directory() -> Directory:
    accounts, _ = read_accounts(voices.ACCOUNTS)
    people, _ = read_people(voices.PEOPLE, Roles().permissions)
    return Directory(tuple(accounts), tuple(people), (), frozenset())


@pytest.mark.parametrize("language", voices.LANGUAGES)
def test_what_a_voice_means_is_done(language: str) -> None:
    grades: Counter[str] = Counter()
    said = []
    for voice in voices.LANGUAGES[language]:
        verdict = judge(voice.row(), directory())
        grades[verdict.grade] += 1
        if verdict.grade != "right":
            said.append(f"{verdict.grade}: {voice.text!r} {sorted(verdict.got, key=str)}")
    assert not grades["wrong"], said
    assert grades["right"] >= 0.9 * len(voices.LANGUAGES[language]), said


@pytest.mark.parametrize("text", TEMPTING)
def test_news_plans_and_jokes_change_nothing(text: str) -> None:
    """Whether it is kept or passed on as a question is another matter; no field and no switch is touched."""
    for count in (1, 3):
        reply = read_reply(text, win_ids=tuple(range(501, 501 + count)), accounts=("Globex", "Initech", "Globex Labs"))
        assert all(w.verb in ("question", "thanks", "ok") for w in reply.wishes), reply.wishes
