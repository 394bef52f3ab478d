"""The two lists as people really save them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mailwins import config as settings
from mailwins.app import sync_directory
from mailwins.cli import cli
from mailwins.config import Roles, load
from mailwins.lists import read_accounts, read_people
from mailwins.store import open_store


def people_of(text: str) -> tuple[list[tuple[str, tuple[str, ...]]], list[str]]:
    members, mistakes = read_people(text, Roles().permissions)
    return [(m.name, m.addresses) for m in members], mistakes


@pytest.mark.parametrize(
    "text",
    [
        "name;domains\nKöhler;koehler.example, koehler-shop.example\n",
        "name,domains\nKöhler,koehler.example;koehler-shop.example\n",
        "\ufeffName\tDomains\r\nKöhler\t@koehler.example www.koehler-shop.example\r\n",
    ],
)
def test_domains_are_told_apart_whatever_the_spreadsheet_put_between_them(text: str) -> None:
    accounts, mistakes = read_accounts(text)

    assert [a.domains for a in accounts] == [("koehler.example", "koehler-shop.example")]
    assert mistakes == []


@pytest.mark.parametrize("cell", ["Maeve Doyle <maeve@kilnco.example>", "maeve"])
def test_what_is_no_bare_address_is_a_mistake_and_not_a_member_who_can_never_write(cell: str) -> None:
    found, mistakes = people_of(f"name,email,role,team\nMaeve,{cell},csm,CS\n")

    assert found == []
    assert mistakes == [f"line 2: email = {cell}: write an address such as ana@company.example."]


@pytest.mark.parametrize("cell", ["fen", "info@fen.example"])
def test_what_is_no_domain_is_a_mistake(cell: str) -> None:
    assert read_accounts(f"name,domains\nFen,{cell}\n")[1] == [
        f"line 2: domains: {cell} is no domain; write acme.example."
    ]


def test_an_open_quotation_mark_is_named_with_its_line() -> None:
    accounts, mistakes = read_accounts('name,domains\nFen,fen.example\n"Open,b.example\nMoor,moor.example\n')

    assert [a.name for a in accounts] == ["Fen"]
    assert len(mistakes) == 1
    assert "quotation mark is not closed" in mistakes[0]


@pytest.mark.parametrize("name", ["people.csv", "accounts.csv"])
def test_a_list_caught_empty_while_it_is_saved_takes_nobody_out(name: str, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("name,domains\nFen,fen.example\n")
    (tmp_path / "people.csv").write_text("name,email,role,team\nMaeve,maeve@kilnco.example,csm,CS\n")
    (tmp_path / "config.toml").write_text(
        '[company]\nname = "Kiln"\ndomains = ["kilnco.example"]\n[directory]\naccounts = "accounts.csv"\npeople = "people.csv"\n'
    )
    config = load(tmp_path / "config.toml")
    store = open_store("sqlite://", permissions=config.roles.permissions, own_domains=frozenset(["kilnco.example"]))
    assert sync_directory(config, store) == []

    (tmp_path / name).write_text("")
    mistakes = sync_directory(config, store)

    directory = store.directory()
    assert [m.name for m in directory.members] == ["Maeve"]
    assert [a.name for a in directory.accounts] == ["Fen"]
    assert len(mistakes) == 1
    assert mistakes[0].words.startswith(f"{name}, line 1: the file is empty")
    store.close()


def test_two_processes_with_different_lists_make_strangers_of_nobody(tmp_path: Path) -> None:
    """FAULT: two services on one database read different lists of people, as after an update of one machine only; THEN: the people of both count, and the log and status say that the lists differ."""
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    head = "name,email,role,team\nAna,ana@x.example,csm,CS\n"
    machines = []
    for name, more in (("old", "Bo,bo@x.example,csm,CS\n"), ("new", "Cleo,cleo@x.example,csm,CS\n")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "people.csv").write_text(head + more)
        brought: dict[str, str] = {}
        machines.append((settings.parse({"directory": {"people": "people.csv"}}, "config.toml", folder, {}), brought))
    told = [sync_directory(config, store, brought=brought) for _ in range(3) for config, brought in machines]
    assert told[:2] == [[], []]
    assert all("another process reads another one" in trouble.words for (trouble,) in told[2:])
    assert {m.name for m in store.directory().members} == {"Ana", "Bo", "Cleo"}
    config, brought = machines[0]
    assert [len(sync_directory(config, store, brought=brought)) for _ in range(3)] == [1, 0, 0]
    assert {m.name for m in store.directory().members} == {"Ana", "Bo"}
    (tmp_path / "old" / "people.csv").write_text((tmp_path / "new" / "people.csv").read_text())
    assert sync_directory(config, store, brought=brought) == []
    assert [sync_directory(c, store, brought=b) for c, b in machines] == [[], []]
    assert {m.name for m in store.directory().members} == {"Ana", "Cleo"}
    store.close()


CONFIG = '[company]\nname = "Kiln"\n[directory]\naccounts = "accounts.csv"\npeople = "people.csv"\n'


def written(folder: Path, people: range, accounts: range) -> None:
    lines = "".join(f"Person {n},p{n}@kilnco.example,csm,CS\n" for n in people)
    (folder / "people.csv").write_text("name,email,role,team\n" + lines)
    lines = "".join(f"Customer {n},c{n}.example\n" for n in accounts)
    (folder / "accounts.csv").write_text("name,domains\n" + lines)


def says(folder: Path, *arguments: str) -> str:
    return CliRunner().invoke(cli, ["--config", str(folder / "config.toml"), *arguments]).output


def listed(folder: Path, what: str) -> int:
    return len(says(folder, what, "list", "--json").splitlines())


@pytest.mark.parametrize("what", ["people", "accounts"])
def test_a_list_that_lost_many_lines_takes_nobody_out_before_it_is_confirmed(what: str, tmp_path: Path) -> None:
    """FAULT: people.csv or accounts.csv comes well-formed with a large part of its lines missing, as from an export with a filter; THEN: who is missing stays, status and a mail to the admins say so, and one command confirms it."""
    (tmp_path / "config.toml").write_text(CONFIG)
    written(tmp_path, range(12), range(12))
    assert listed(tmp_path, what) == 12

    fewer = range(5, 13)  # five are missing, one is new
    written(tmp_path, fewer if what == "people" else range(12), fewer if what == "accounts" else range(12))
    assert listed(tmp_path, what) == 13
    command = f"mailwins {what} import {tmp_path / what}.csv --remove-others"
    told = says(tmp_path, "status")
    assert f"5 of 12 {what} are missing from it" in told
    assert command in told

    assert "5 taken out" in says(tmp_path, *command.split()[1:])
    assert listed(tmp_path, what) == 8
    assert "are missing" not in says(tmp_path, "status")


def test_a_list_that_lost_many_lines_and_is_put_back_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    written(tmp_path, range(12), range(12))
    says(tmp_path, "people", "list")
    written(tmp_path, range(3), range(12))
    says(tmp_path, "people", "list")
    assert "9 of 12 people" in says(tmp_path, "status")

    written(tmp_path, range(12), range(12))
    assert listed(tmp_path, "people") == 12
    assert "are missing" not in says(tmp_path, "status")


@pytest.mark.parametrize(
    ("people", "stay"),
    [(range(3, 12), 9), (range(8), 8), (range(7), 12)],
    ids=["a few who left", "a third", "more than a third"],
)
def test_who_leaves_in_small_numbers_is_out_at_once(people: range, stay: int, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    written(tmp_path, range(12), range(1))
    says(tmp_path, "people", "list")
    written(tmp_path, people, range(1))
    assert listed(tmp_path, "people") == stay


def test_another_order_of_addresses_and_another_name_of_a_customer_are_nobody_missing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    written(tmp_path, range(6), range(6))
    says(tmp_path, "people", "list")
    lines = "".join(f"Person {n},person.{n}@kilnco.example;p{n}@kilnco.example,csm,CS\n" for n in range(6))
    (tmp_path / "people.csv").write_text("name,email,role,team\n" + lines)
    lines = "".join(f"Customer {n} Ltd,c{n}.example\n" for n in range(6))
    (tmp_path / "accounts.csv").write_text("name,domains\n" + lines)

    assert listed(tmp_path, "people") == 6
    assert listed(tmp_path, "accounts") == 6
    assert "are missing" not in says(tmp_path, "status")


def test_a_line_that_is_there_twice_word_for_word_is_no_mistake() -> None:
    found, mistakes = people_of(
        "name,email,role,team\nMaeve,maeve@x.example,csm,CS\nMaeve, maeve@x.example,csm,CS\nMia,maeve@x.example,csm,CS\n"
    )

    assert found == [("Maeve", ("maeve@x.example",))]
    assert mistakes == ["line 4: maeve@x.example is already Maeve's; the first one counts."]
