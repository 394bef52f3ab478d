"""Every phrase that docs/by-mail.md prints does what it says there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailwins.jobs.commands import COMMANDS, find_command
from mailwins.receipts.wishes import read_reply

PAGE = (Path(__file__).parent.parent.parent / "docs" / "by-mail.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


ROWS = [
    ("another account", "account"), ("how much it matters", "value"), ("another kind", "category"), ("who said it", "contact"), ("when", "date"), ("the one line", "summary"), ("managers and the account", "private"),
    ("the customer may be shown", "share"), ("the customer may not", "internal"), ("take it out", "delete"), ("a note's paragraphs", "split"), ("take the last", "undo"), ("which colleagues", "praised"),
]  # fmt: skip
TABLE = [
    (phrase, what)
    for line in section("A correction").splitlines()
    if line.startswith("| `")
    for phrase in re.findall(r"`([^`]+)`", line)
    for told, what in ROWS
    if line.split("|")[2].strip().startswith(told)
]


def test_the_table_is_read_whole() -> None:
    assert len(TABLE) == len(
        re.findall(r"`[^`]+`", "".join(x for x in section("A correction").splitlines() if x.startswith("| `")))
    )
    assert {what for _, what in TABLE} == {what for _, what in ROWS}


@pytest.mark.parametrize(("phrase", "what"), TABLE)
def test_a_printed_correction_does_what_its_row_says(phrase: str, what: str) -> None:
    reply = read_reply(phrase, accounts=("Globex",))
    assert reply.left is None
    assert [w.field or w.verb for w in reply.wishes] == [what]


OWN_LANGUAGE = re.findall(r"^- `([^`]+)` → (.+)$", section("A correction"), re.M)


@pytest.mark.parametrize(("phrase", "fields"), OWN_LANGUAGE)
def test_a_phrase_in_her_own_language_does_what_is_printed_behind_it(phrase: str, fields: str) -> None:
    reply = read_reply(phrase, accounts=("Globex", "Initech"))
    assert reply.left is None
    assert [w.field or w.verb for w in reply.wishes] == fields.split(", ")


def test_phrases_in_ten_languages_are_printed() -> None:
    assert len(OWN_LANGUAGE) == 10


def test_a_printed_answer_between_the_lines_fills_the_field_above_it() -> None:
    for phrase, field, line in (
        ("no, Dale Whitcomb", "contact", "Said by    Ana Ruiz"),
        ("at least an 8", "value", "Value      5 of 10"),
    ):
        assert f"`{phrase}`" in PAGE
        reply = read_reply(f"> Captured.\n>\n>    {line}\n\n{phrase}\n\n>\n> Not right? Just reply.")
        assert [w.field for w in reply.wishes] == [field]


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("2: private", [(2, "private")]),
        ("the second one is a 6", [(2, "value")]),
        ("delete no. 3", [(3, "delete")]),
        ("all three private", [(None, "private")]),
    ],
)
def test_a_printed_phrase_names_its_win(phrase: str, meant: list[tuple[int | None, str]]) -> None:
    assert f"`{phrase}`" in PAGE
    assert [(w.win, w.field or w.verb) for w in read_reply(phrase, win_ids=(71, 72, 73)).wishes] == meant


@pytest.mark.parametrize(
    ("phrase", "verbs"),
    [
        ("delete, this was meant for somebody else", ["delete"]),
        ("share it once legal agrees", []),
        ("maybe an 8?", ["question"]),
        ("ok", ["ok"]),
        ("model: before and after in one sentence", ["model"]),
        ("thank you!", ["thanks"]),
    ],
)
def test_a_printed_remark_condition_and_review_are_read_as_told(phrase: str, verbs: list[str]) -> None:
    assert f"`{phrase}`" in PAGE
    reply = read_reply(phrase)
    assert [w.verb for w in reply.wishes if w.verb != "question"] == [v for v in verbs if v != "question"]
    assert not any(w.verb in ("set", "share") for w in reply.wishes)


def test_every_command_is_printed_and_every_printed_one_is_found() -> None:
    printed = re.findall(r"`([^`]+)`", section("A command").split("For developers")[0])
    assert {c.name for c in COMMANDS} == {found.command.name for p in printed if (found := find_command(None, p))}
    for phrase in printed:
        for variant in (phrase, f"please {phrase}", phrase.upper()):
            assert find_command(None, variant) is not None, variant
            assert find_command(variant, "") is not None, variant


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("update Kestrel: mooie cijfers", "vergadering vandaag: Ruth zegt 0 storingen deze week!! Directeur wil ons als referentie gebruiken voor andere werven."),
        ("Update Harbor & Pine", "Marisol rief heute an: 40 % weniger Fehlfahrten, die Teams sind begeistert. Sie empfiehlt uns weiter."),
        ("update Kestrel", "Their depot cut idle time by a third.\nFor three weeks now not one late crew, says Ruth, and she told her boss."),
        ("QBR Kestrel", "On nous a félicités pendant la réunion, le directeur veut étendre à trois sites."),
        ("update Kestrel", "0 late crews!"),
    ],
)  # fmt: skip
def test_news_below_a_subject_that_reads_like_a_command_is_no_command(subject: str, text: str) -> None:
    assert find_command(subject, text) is None


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("update Kestrel", "since 1 September"),
        ("update Kestrel", "Hi,\nfor Ruth please\nnext: a session in December on the new planner, with both depots\nask: which depot first\n\nThanks\nAna"),
        ("update Kestrel", "update Kestrel since 1 September"),
        ("qbr Kestrel 2026Q3", "goal: fewer late crews in all of their depots by the end of the year"),
        ("update Kestrel", "für Ruth, seit dem 1. September\nViele Grüße\nAna"),
    ],
)  # fmt: skip
def test_a_command_in_the_subject_takes_its_details_from_below(subject: str, text: str) -> None:
    found = find_command(subject, text)
    assert found is not None
    assert found.command.name == subject.split()[0]
    assert found.rest.split()[-2:] == text.split()[-2:]
