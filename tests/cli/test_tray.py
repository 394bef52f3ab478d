"""What waits for a person, reading kept mail again, and what new kinds would make of old wins, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.office import Office, forward, note


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.opened(tmp_path)


def waiting(office: Office) -> str:
    (row,) = [r for r in office.says("tray", "list", "--json").rows if r["what"] == "mail"]
    return str(row["mail"])


def test_a_mail_in_the_tray_is_shown_with_why_it_waits_and_who_was_close(office: Office) -> None:
    office.takes(note("Windemere saved 200 hours this autumn, the board is delighted."))
    shown = office.does("tray", "show", waiting(office)[:10])
    assert "unknown_account" in shown
    assert "Windmere Orchards Ltd" in shown
    assert "tray resolve" in shown
    assert "saved 200 hours" in shown


def test_an_unknown_mail_is_a_mistake_with_a_next_step(office: Office) -> None:
    said = office.says("tray", "show", "ffffff")
    assert said.status != 0
    assert "tray list" in said.err


def test_a_mail_put_aside_or_settled_leaves_the_tray(office: Office) -> None:
    office.takes(note("The growers near the lake saved 200 hours this autumn."))
    key = waiting(office)
    assert office.says("tray", "resolve", key).status != 0
    said = office.does("tray", "resolve", key[:10], "--account", "Windmere Orchards Ltd")
    assert "Windmere Orchards Ltd" in said
    assert "200 hours" in said
    assert office.says("tray", "list", "--json").rows == [] or "mail" not in [
        r["what"] for r in office.says("tray", "list", "--json").rows
    ]
    assert office.says("wins", "list", "--json").rows[0]["account"] == "Windmere Orchards Ltd"


def test_reread_shows_and_with_apply_writes_what_is_better_but_no_word_of_a_person(office: Office) -> None:
    office.takes(
        forward("Hallo Lotte,\n\ndie Wabenkamera hat die Verluste von 12 auf 4 Völker gesenkt. Großartig!"),
        note("Windmere Orchards: the Wabenkamera cut lid checks from 95 to 60 a day.", number=2),
    )
    office.does("wins", "edit", "2", "features=hive scales")
    config = office.folder / "config.toml"
    config.write_text(config.read_text().replace('"frost map"]', '"frost map", "Wabenkamera"]'))

    shown = office.says("reread", "--json")
    assert [(r["what"], r["field"]) for r in shown.rows] == [("win 1", "features")]
    assert office.says("wins", "show", "1", "--json").rows[0]["features"] == []

    assert "Wabenkamera" in office.does("reread", "--apply")
    assert office.says("wins", "show", "1", "--json").rows[0]["features"] == ["Wabenkamera"]
    assert office.says("wins", "show", "2", "--json").rows[0]["features"] == ["hive scales"]
    assert "nothing differs" in office.does("reread")


def test_reclassify_shows_what_a_new_kind_would_change_and_changes_nothing(office: Office) -> None:
    office.takes(note("Windmere Orchards put a hive on the roof of the town hall, the whole council came to see it."))
    before = office.says("wins", "show", "1", "--json").rows[0]["category"]
    config = office.folder / "config.toml"
    config.write_text(
        config.read_text()
        + '[categories.civic]\nname = "Civic"\ndescription = "A town or council joins in"\ndefault_value = 6\nphrases = ["town hall"]\n'
    )
    (row,) = office.says("reclassify", "--dry-run", "--json").rows
    assert (row["id"], row["stored"], row["now"]) == (1, before, "civic")
    assert "town hall" in row["reason"]
    assert office.says("wins", "show", "1", "--json").rows[0]["category"] == before
    assert office.says("reclassify").status == 2


def test_a_list_of_customers_becomes_a_win_for_each_and_one_for_what_stands_below(office: Office) -> None:
    office.takes(
        note(
            "Three for the board:\n\n- Brüggen lost 4 colonies instead of 12\n- Windmere Orchards Ltd renewed for two years\n\n"
            "And Windermere Orchards Inc booked 30 more seats this morning.\n\nLotte"
        )
    )
    rows = office.says("wins", "list", "--json").rows
    assert sorted(r["account"] for r in rows) == [
        "Obsthof Brüggen GmbH",
        "Windermere Orchards Inc",
        "Windmere Orchards Ltd",
    ]


def test_a_note_that_only_asks_is_no_win_and_leaves_nothing_open(office: Office) -> None:
    office.takes(note("Can you send me everything about Windmere Orchards Ltd?"))
    assert office.says("wins", "list", "--json").rows == []
    assert [r for r in office.says("tray", "list", "--json").rows if r["what"] == "mail"] == []


def test_a_customer_who_wrote_himself_is_told_from_a_colleague_nobody_proved(office: Office) -> None:
    office.takes(note("Your hive scales are a marvel.", sender="Jan Brüggen <jan@obsthof-brueggen.example>"))
    (row,) = office.says("tray", "list", "--json").rows
    assert (row["reason"], row["sender"]) == ("unproven_sender", "a customer wrote to us directly")
    assert "a customer wrote to us directly" in " ".join(office.does("tray", "list").split())
