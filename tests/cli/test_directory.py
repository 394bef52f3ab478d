"""The lists of customers and colleagues, as people who keep them in a spreadsheet bring them in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.office import ACCOUNTS, Office, forward


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.opened(tmp_path)


def names(office: Office) -> list[str]:
    return [a["name"] for a in office.says("accounts", "list", "--json").rows]


def test_a_second_import_of_the_same_file_changes_nothing(office: Office) -> None:
    assert "Nothing differs." in office.does("accounts", "import", office.file("accounts.csv", ACCOUNTS))
    assert len(names(office)) == 3


def test_a_dry_run_shows_each_change_and_writes_none(office: Office) -> None:
    path = office.file("new.csv", ACCOUNTS.replace(",A\n", ",B\n", 1) + "Almendras del Segura,segura.example,,,\n")
    out = office.does("accounts", "import", path, "--dry-run")
    assert "+ Almendras del Segura" in out
    assert "~ Obsthof Brüggen GmbH  (tier: A → B)" in out
    assert "Almendras del Segura" not in names(office)


def test_who_is_not_in_the_file_stays_unless_told_otherwise(office: Office) -> None:
    path = office.file("few.csv", "name,domains\nWindmere Orchards Ltd,windmere.example\n")
    office.does("accounts", "import", path)
    assert len(names(office)) == 3
    assert "- Obsthof Brüggen GmbH" in office.does("accounts", "import", path, "--remove-others")
    assert names(office) == ["Windmere Orchards Ltd"]


@pytest.mark.parametrize(
    "content",
    [
        '\ufeffName;Domains;Aliases;CSM;Tier;Renewal\r\nHof Ölmann;hof-oelmann.example, oelmann.example;"Ölmann|Hof Ö";lotte@pollenwerk.example;A;31.03.2027\r\n'.encode(),
        'sep=;\r\nName;Domains;Aliases;CSM;Tier;Renewal\r\nHof Ölmann;"hof-oelmann.example;oelmann.example";Ölmann|Hof Ö;lotte@pollenwerk.example;A;2027-03-31\r\n'.encode(
            "cp1252"
        ),
        "Customer\tWebsite\tAliases\tOwner\tTier\tRenewal date\r\nHof Ölmann\thttps://www.hof-oelmann.example/ oelmann.example\tÖlmann;Hof Ö\tlotte@pollenwerk.example\tA\t3/31/2027\r\n".encode(
            "utf-16"
        ),
        '\n\nname,domains,aliases,csm,tier,renewal\n\nHof Ölmann,"@hof-oelmann.example\noelmann.example","Ölmann\nHof Ö",LOTTE@pollenwerk.example,A,2027-03-31 00:00:00\n,,,,,\n'.encode(),
    ],
    ids=[
        "semicolons and a mark",
        "Excel's sep line and Windows-1252",
        "Excel's Unicode text and its own headings",
        "line breaks in cells and empty rows",
    ],
)
def test_what_spreadsheets_make_of_a_csv_is_read(office: Office, content: bytes) -> None:
    office.does("accounts", "import", office.file("excel.csv", content))
    (found,) = [a for a in office.says("accounts", "list", "--json").rows if a["name"] == "Hof Ölmann"]
    assert found["domains"] == ["hof-oelmann.example", "oelmann.example"]
    assert found["aliases"] == ["Ölmann", "Hof Ö"]
    assert (found["csm"], found["tier"], found["renewal"]) == ("lotte@pollenwerk.example", "A", "2027-03-31")


def test_every_mistake_names_file_line_and_cure_and_nothing_is_written(office: Office) -> None:
    path = office.file(
        "bad.csv",
        "name,domains,csm,renewal\nGood,good.example,,\n,lost.example,,\nBad,info@bad.example,,\nLate,late.example,lotte,03/04/2027\nComma, Inc,comma.example,lotte@pollenwerk.example,2027-01-31\n",
    )
    said = office.says("accounts", "import", path)
    assert said.status == 1
    for words in (
        "bad.csv, line 3: the name is missing",
        "line 4: domains: info@bad.example is no domain; write acme.example",
        "line 5: renewal = 03/04/2027: write a day such as 2027-01-31",
        "line 5: csm = lotte",
        "line 6: 5 cells where the first line names 4",
    ):
        assert words in said.err
    assert "nothing was written" in said.err
    assert "Good" not in names(office)


def test_a_file_without_its_columns_says_which(office: Office) -> None:
    said = office.says("people", "import", office.file("people.csv", "Vorname;Nachname\nLotte;Kamp\n"))
    assert said.status == 1
    assert "the column name is missing; the first line must name the columns: name,email,role,team" in said.err


def test_a_workbook_is_told_to_be_saved_as_csv(office: Office) -> None:
    said = office.says("accounts", "import", office.file("accounts.xlsx", b"PK\x03\x04rest"))
    assert said.status == 2
    assert "Save it as CSV" in said.err


def test_what_is_allowed_but_seldom_meant_is_noted(office: Office) -> None:
    said = office.says(
        "accounts",
        "import",
        office.file(
            "odd.csv",
            "name,domains,csm,colour\nNeu,windmere.example,nobody@pollenwerk.example,red\nPrivat,gmail.com,,\n",
        ),
    )
    assert said.status == 0
    assert "nobody@pollenwerk.example is nobody among the people" in said.err
    assert "windmere.example belongs to Windmere Orchards Ltd and Neu" in said.err
    assert "gmail.com is a free mail provider" in said.err
    assert "no use for the column colour" in said.err


def test_a_person_who_changes_the_first_address_stays_one_person(office: Office) -> None:
    office.does(
        "people",
        "import",
        office.file(
            "people.csv",
            'name,email,role,team\nLotte Kamp,"l.kamp@pollenwerk.example;lotte@pollenwerk.example",csm,CS\n',
        ),
    )
    found = [m for m in office.says("people", "list", "--json").rows if m["name"] == "Lotte Kamp"]
    assert [m["addresses"] for m in found] == [["l.kamp@pollenwerk.example", "lotte@pollenwerk.example"]]


def test_accounts_and_people_are_changed_one_by_one(office: Office) -> None:
    assert "aliases: Brüggen → Brüggen, Hof Nord" in office.does("accounts", "set", "brüggen", "--alias", "Hof Nord")
    assert "aliases: Brüggen, Hof Nord → Brüggen" in office.does(
        "accounts", "set", "Obsthof Brüggen GmbH", "--without", "hof nord"
    )
    assert "csm: lotte@pollenwerk.example → –" in office.does("accounts", "set", "Brüggen", "--csm", "none")
    assert (
        office.says("accounts", "set", "Brüggen", "--csm", "who@pollenwerk.example").err
        == "who@pollenwerk.example is nobody among the people. See: mailwins people list\n"
    )
    office.does("people", "set", "zoe@pollenwerk.example", "--name", "Zoe Ito", "--role", "csm")
    assert [m["permissions"] for m in office.says("people", "list", "--json").rows if m["name"] == "Zoe Ito"] == [
        ["csm"]
    ]
    assert office.does("people", "remove", "zoe@pollenwerk.example") == "- Zoe Ito <zoe@pollenwerk.example>\n"
    office.does("accounts", "remove", "Windermere Orchards Inc")
    assert names(office) == ["Obsthof Brüggen GmbH", "Windmere Orchards Ltd"]


def test_a_new_account_with_a_similar_name_is_added_with_a_word_about_the_other(office: Office) -> None:
    said = office.says("accounts", "set", "Windmere Orchard", "--domain", "windmere-orchard.example")
    assert said.status == 0
    assert "close to it: Windmere Orchards Ltd" in said.err
    assert "Windmere Orchard" in names(office)


def test_contacts_from_mail_and_from_a_list_are_told_apart(office: Office) -> None:
    office.takes(forward("Wir haben die Verluste von 12 auf 4 Völker gesenkt, danke!"))
    assert [(c["address"], c["learned"]) for c in office.says("contacts", "list", "--json").rows] == [
        ("jan@obsthof-brueggen.example", True)
    ]
    path = office.file(
        "contacts.csv",
        "name,email,account,role\nJan Brüggen,jan@obsthof-brueggen.example,Brüggen,Betriebsleiter\nX,x@x.example,Nobody Ltd,\n",
    )
    said = office.says("contacts", "import", path)
    assert said.status == 1
    assert "line 3: account = Nobody Ltd: no account is called so" in said.err
    office.does(
        "contacts",
        "import",
        office.file(
            "contacts.csv", "name,email,account,role\nJan Brüggen,jan@obsthof-brueggen.example,Brüggen,Betriebsleiter\n"
        ),
    )
    office.takes(
        forward(
            "Die neue Waage ist noch genauer als gedacht, wunderbar.", author="J. B. <jan@obsthof-brueggen.example>"
        )
    )
    assert [(c["name"], c["role"], c["learned"]) for c in office.says("contacts", "list", "--json").rows] == [
        ("Jan Brüggen", "Betriebsleiter", False)
    ]
