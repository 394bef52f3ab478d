"""Wins on the command line: found by every filter and by any word, explained, corrected, carried out and in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.office import Office, forward, note

MAILS = (
    forward(
        "Hallo Lotte,\n\ndie Frostkarte hat die Verluste von 12 auf 4 Völker gesenkt. Großartig!",
        remark="Value: 9\n\nIntern: will über den Preis reden.",
    ),
    note(
        "Windmere Orchards cut lid checks from 60 to 95 hives a day with the hive scales. #adoption",
        sender="Priti Shah <priti@pollenwerk.example>",
        date="Wed, 11 Nov 2026 10:00:00 +0000",
    ),
    note(
        "Windmere Orchards will renew for two years. #renewal #private",
        sender="Priti Shah <priti@pollenwerk.example>",
        date="Thu, 12 Nov 2026 10:00:00 +0000",
    ),
    note(
        "Account: Windermere Orchards Inc\nCategory: referral\n\nTom gave our number to the growers at 対応農園.",
        sender="Bo Lindqvist <bo@pollenwerk.example>",
        date="Fri, 13 Nov 2026 10:00:00 +0000",
    ),
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office.opened(tmp_path)
    office.takes(*MAILS)
    return office


@pytest.fixture
def on_each_database(tmp_path: Path, database_url: str) -> Office:
    office = Office.opened(tmp_path, database_url)
    office.takes(*MAILS)
    return office


def found(office: Office, *arguments: str) -> list[int]:
    said = office.says("wins", arguments[0], "--json", *arguments[1:])
    assert said.status == 0, said
    return sorted(row["id"] for row in said.rows)


def test_every_filter_finds_what_it_names(on_each_database: Office) -> None:
    for arguments, ids in {
        (): [1, 2, 3, 4],
        ("--account", "brüggen"): [1],
        ("--account", "Windmere Orchards Ltd", "--visibility", "private"): [3],
        ("--csm", "Priti"): [2, 3, 4],
        ("--by", "bo@pollenwerk.example"): [4],
        ("--category", "renewal"): [3],
        ("--since", "2026-11-12", "--until", "2026-11-13"): [3, 4],
        ("--value", "9"): [1, 3, 4],
        ("--feature", "Hive Scales"): [2],
        ("--limit", "1"): [4],
    }.items():
        assert found(on_each_database, "list", *arguments) == ids, arguments


def test_search_finds_words_by_their_beginning_without_accents_and_inside_japanese(on_each_database: Office) -> None:
    for words, ids in {
        "voelker": [],
        "völk": [1],
        "VOLKER": [1],
        "bruggen": [1],
        "対応": [4],
        "growers number": [4],
        '"hive scales"': [2],
        '"checks lid"': [],
        "windmere": [2, 3],
        "'; DROP TABLE": [],
    }.items():
        assert found(on_each_database, "search", words) == ids, words
    assert found(on_each_database, "search", "--", "orchards", "-renew") == [2, 4]
    assert found(on_each_database, "search", "orchards", "--category", "referral") == [4]


def test_unknown_words_in_filters_are_answered_with_what_there_is(office: Office) -> None:
    for arguments, told in {
        ("--account", "Windmeer"): "There is no account called Windmeer. Close ones: Windmere Orchards Ltd",
        ("--category", "banana"): "There is no kind called banana. There are: value_realized,",
        ("--csm", "Nobody"): "Nobody is nobody among the people",
        ("--since", "last week"): "last week is no day",
        ("--since", "2026-11-06", "--until", "2026-11-01"): "lies after --until",
    }.items():
        said = office.says("wins", "list", *arguments)
        assert said.status == 2
        assert told in said.err
    assert "Nothing found" in office.does("wins", "search", "zebra")
    assert "There is no win 77" in office.says("wins", "show", "77").err


def test_show_says_of_every_field_why_it_is_so(office: Office) -> None:
    out = " ".join(office.does("wins", "show", "1").split())
    assert (
        "Account Obsthof Brüggen GmbH · a guess (97 %): Obsthof Brüggen GmbH, because jan@obsthof-brueggen.example writes from obsthof-brueggen.example"
        in out
    )
    assert "Date 2026-11-09 · stated: the mail says it was written on 9 November 2026." in out
    assert "Value 9 · stated: you wrote it." in out
    assert "Seen by internal · default: colleagues only, until somebody shares it." in out
    assert "Internal note Intern: will über den Preis reden." in out
    told = json.loads(office.does("wins", "show", "1", "--json"))
    assert told["reasons"]["win_date"]["source"] == "stated"


def test_an_edit_is_kept_in_the_history_and_can_be_taken_back(office: Office) -> None:
    assert "9 → 7" in office.does("wins", "edit", "1", "value 7")
    assert "Adoption → Referral" in office.does("wins", "edit", "2", "category", "referral")
    assert "value: 9 → 7" in office.does("wins", "show", "1")
    assert "set by a person" in office.does("wins", "show", "1")
    office.does("wins", "edit", "1", "undo")
    assert json.loads(office.does("wins", "show", "1", "--json"))["value"] == 9
    assert [(e["category"]) for e in office.says("examples", "list", "--json").rows] == ["referral"]
    assert "I did not understand “how is the weather”" in office.says("wins", "edit", "1", "how is the weather").err


def test_an_export_leaves_private_things_in_and_guards_formulas(office: Office) -> None:
    office.takes(
        note(
            "Account: Windmere Orchards Ltd\nSummary: =HYPERLINK(1) is what Dev calls us\n\nDev is delighted with the scales."
        )
    )
    said = office.says("wins", "export")
    rows = list(csv.DictReader(io.StringIO(said.out.lstrip("\ufeff"))))
    assert said.out.startswith("\ufeff")
    assert sorted(int(r["number"]) for r in rows) == [1, 2, 4, 5]
    assert "Preis reden" not in said.out
    assert "1 private win was left out" in said.err
    assert next(r["summary"] for r in rows if r["number"] == "5").startswith("'=HYPERLINK")
    everything = office.does("wins", "export", "--private", "--format", "json")
    assert "Preis reden" in everything
    assert len(everything.splitlines()) == 5


SHEET = (
    "Datum;Kunde;Was war gut;Wert;Art;Wer;Farbe\r\n"
    "31.03.2025;Brüggen;Alle Waagen laufen, 14 Völker weniger verloren.;8;adoption;Lotte Kamp;rot\r\n"
    "2025-04-02;Windmere Orchards Ltd;They gave our name to three neighbours.;;referral;priti@pollenwerk.example;\r\n"
)
MAPPED = ("--map", "Was war gut=detail", "--map", "Wer=submitted_by", "--map", "Farbe=-")


def test_a_sheet_of_old_wins_comes_in_once_with_its_dates_and_answers_nobody(office: Office) -> None:
    path = office.file("old.csv", SHEET)
    assert "2 new, 0 there already, 0 with a mistake. Dry run: nothing was written." in office.does(
        "wins", "import", path, *MAPPED, "--dry-run"
    )
    assert len(found(office, "list")) == 4
    assert "2 new" in office.does("wins", "import", path, *MAPPED)
    assert "0 new, 2 there already" in office.does("wins", "import", path, *MAPPED)
    old = json.loads(
        office.does(
            "wins", "show", str(found(office, "list", "--until", "2025-12-31", "--account", "Brüggen")[0]), "--json"
        )
    )
    assert (old["win_date"], old["value"], old["category"], old["submitted_by"], old["quote"]) == (
        "2025-03-31",
        8,
        "adoption",
        "lotte@pollenwerk.example",
        None,
    )
    assert old["captured_at"].startswith("2025-03-31")
    assert "no mail: old.csv, line 2" in office.does("wins", "show", str(old["id"]))
    assert json.loads(office.does("status", "--json"))["outbox"]["queued"] == 0


def test_a_shortened_day_of_a_sheet_is_read_as_the_person_says(office: Office) -> None:
    path = office.file("short.csv", "date;customer;win\n5.4.25;Brüggen;All hives online\n;Brüggen;Great\n")
    told = office.says("wins", "import", path, "--dry-run")
    said = told.out + told.err
    assert "line 2: date = 5.4.25: cannot be read for certain; write 2026-03-31, or say --day-first" in said
    assert "line 3: date is missing; write 2026-03-31.\n" in said
    assert "2025-04-05" in office.says("wins", "import", path, "--dry-run", "--day-first").out
    assert "2025-05-04" in office.says("wins", "import", path, "--dry-run", "--month-first").out


def test_mistakes_in_a_sheet_name_their_line_and_bring_nothing_in(office: Office) -> None:
    path = office.file(
        "bad.csv",
        "date,customer,win,value,type\n2025-03-01,Nobody Ltd,Great,5,adoption\n03/04/2025,Brüggen,Great,5,adoption\n2025-03-01,Brüggen,Great,11,adoption\n2025-03-01,Brüggen,Great,5,banana\n2025-03-01,Brüggen,,5,adoption\n2025-03-05,Brüggen,All hives online,5,adoption\n",
    )
    said = office.says("wins", "import", path, "--by", "lotte@pollenwerk.example")
    assert said.status == 1
    for words in (
        "line 2: account = Nobody Ltd: no account is called so",
        "line 3: date = 03/04/2025: cannot be read for certain",
        "line 4: value = 11",
        "line 5: category = banana: is none of",
        "line 6: no summary, detail or quote",
    ):
        assert words in said.err
    assert "1 new, 0 there already, 5 with a mistake. Nothing was written" in said.out
    assert "1 new" in office.does("wins", "import", path, "--by", "lotte@pollenwerk.example", "--partly")
    assert len(found(office, "list")) == 5
    assert (
        "no column is known to hold the account"
        in office.says("wins", "import", office.file("x.csv", "date,who knows,win\n")).err
    )


def test_what_was_exported_is_known_when_it_comes_back(office: Office) -> None:
    office.does("wins", "export", "-o", str(office.folder / "out.csv"))
    assert "0 new, 3 there already, 0 with a mistake" in office.does("wins", "import", str(office.folder / "out.csv"))


def test_wins_are_shown_page_by_page_and_to_scripts_all_at_once(office: Office) -> None:
    first = office.says("wins", "list", "--limit", "3").err
    assert "These are 1 to 3 of 4, newest first. More: --page 2" in first
    last = office.says("wins", "list", "--limit", "3", "--page", "2")
    assert "frostkarte" in last.out.casefold()
    assert last.err == ""
    assert found(office, "list", "--limit", "3", "--page", "2") == [1]
    assert found(office, "search", "orchards", "--limit", "1", "--page", "2") == [3]
    past = office.says("wins", "search", "orchards", "--limit", "2", "--page", "3")
    assert past.status == 2
    assert "There is no page 3: 3 wins are found. The last one is --page 2." in past.err.replace("\n", " ")


def test_an_empty_instance_says_how_wins_come_in(tmp_path: Path) -> None:
    office = Office.opened(tmp_path)
    for asked in (("list",), ("search", "frost"), ("list", "--account", "Brüggen")):
        assert "No wins yet. Forward a customer's mail" in office.does("wins", *asked)
        assert office.says("wins", *asked, "--json").out == ""


def test_a_search_without_a_word_to_look_for_says_so(office: Office) -> None:
    for words in (('"',), ("--", "-orchards")):
        said = office.says("wins", "search", *words)
        assert said.status == 2
        assert "holds no word to look for" in said.err
