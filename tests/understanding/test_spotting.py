"""A spotter finds what its pattern finds, and does not try it where the words begin otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailwins.understanding import internal, measures
from mailwins.understanding.people import mentions
from mailwins.understanding.spotting import Spotter
from mailwins.understanding.summary import phrases, ranking

TRAINING = Path(__file__).parents[2] / "training"
SPOTTERS = {
    f"{module.__name__.rsplit('.', 1)[-1]}.{name}": value
    for module in (internal, measures, mentions, phrases)
    for name, value in vars(module).items()
    if isinstance(value, Spotter)
}
WRITTEN = [
    line[:900]
    for path in sorted(TRAINING.rglob("*.t[sx][vt]"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
# What the training's texts hardly have: what a customer must not hear, and who sent a message.
SHOWN = [
    line
    for name in ("test_internal.py", "test_people.py", "test_notes.py")
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
]


def test_there_is_something_to_compare() -> None:
    assert len(SPOTTERS) >= 5
    assert len(WRITTEN) > 3_000


@pytest.mark.parametrize("name", SPOTTERS)
def test_it_finds_exactly_what_the_pattern_finds_in_what_many_people_wrote(name: str) -> None:
    spotter, found = SPOTTERS[name], 0
    for number, line in enumerate([*SHOWN, *WRITTEN[::3]]):
        text = line.upper() if number % 5 == 0 else line
        spans = [match.span() for match in spotter.found_in(text)]
        assert spans == [match.span() for match in spotter.pattern.finditer(text)], text
        later = len(text) // 3
        assert bool(spotter.search(text, later)) is bool(spotter.pattern.search(text, later)), text
        found += len(spans)
    assert found, "nothing was found at all, so nothing was compared"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bno longer\b", "It is NO LONGER so"),
        (r"\bno\s+longer\b", "no \n longer"),
        (r"\b(?:don'?t|do not) tell\b", "please don't tell"),
        (r"\b(?:don'?t|do not) tell\b", "please dont tell"),
        (r"\b(?:saved?|reduc\w+)\b", "we Save"),
        (r"\bany ?more\b", "not anymore, not any more"),
        (r"\bstreet\b", "the \u017ftreet"),
        (r"\b(?:secret\b|quiet)|(?:内緒)", "これは内緒です"),
        (r"(?<!\w)(?:one|an?)\s(?:\w+\s)?day(?!\w)", "an early day"),
        (r"\bfrom \S+ to\b", "from (a) to b"),
        (r"\bl['’]an passé\b", "mieux que L’an passé"),
        (r"\bcatch[ -]?up\b", "a catch-up, a catchup"),
        (r"\b(?:10|\d)(?:/| out of )10\b", "10/10, 9 out of 10, \u0663/10"),
    ],
)
def test_ends_of_words_blanks_and_odd_letters_hide_nothing(pattern: str, text: str) -> None:
    spotter = Spotter(pattern)
    assert spotter.pattern.search(text)
    assert spotter.search(text)
    assert spotter.count(text) == len(spotter.pattern.findall(text))


@pytest.mark.parametrize(
    ("pattern", "text"), [(r"\bno longer\b", "no luck today"), (r"\b(?:in confidence)\b", "in a confident voice")]
)
def test_it_is_not_tried_where_the_words_begin_otherwise(pattern: str, text: str) -> None:
    assert not Spotter(pattern).may_be_in(text)


@pytest.mark.parametrize(
    "pattern", [r"secret", r"\b\w+ly\b", r"\b(?:a|\d)x", r"\bd[ae]l?\b", r"\bfoo\b|bar", r"[a-c]x"]
)
def test_a_pattern_whose_beginnings_cannot_be_told_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        Spotter(pattern)


def test_what_ends_in_a_spotted_word_is_found_exactly_where_its_pattern_finds_it() -> None:
    unit, amount, found = phrases.UNIT, phrases.SPELLED_AMOUNT, 0
    for line in WRITTEN[::3]:
        is_there = amount.search(line) is not None
        assert unit.is_led_by(amount, ranking._counts, line, phrases.WORDS_OF_A_NUMBER) is is_there, line
        found += is_there
    assert found > 10


def test_measures_are_looked_for_wherever_their_patterns_find_them() -> None:
    found = 0
    for line in WRITTEN[::3]:
        for pattern, begins, words in measures._PATTERNS:
            spans = [match.span() for match in measures._found(pattern, begins, line, words)]
            assert spans == [match.span() for match in pattern.finditer(line)], line
            found += len(spans)
    assert found > 10
