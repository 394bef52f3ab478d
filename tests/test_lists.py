"""The two lists as people really save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailwins import config as settings
from mailwins.app import sync_directory
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
    assert mistakes[0].startswith(f"{name}, line 1: the file is empty")
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
    assert all("another process reads another one" in mistakes for ((mistakes),) in told[2:])
    assert {m.name for m in store.directory().members} == {"Ana", "Bo", "Cleo"}
    config, brought = machines[0]
    assert [len(sync_directory(config, store, brought=brought)) for _ in range(3)] == [1, 0, 0]
    assert {m.name for m in store.directory().members} == {"Ana", "Bo"}
    (tmp_path / "old" / "people.csv").write_text((tmp_path / "new" / "people.csv").read_text())
    assert sync_directory(config, store, brought=brought) == []
    assert [sync_directory(c, store, brought=b) for c, b in machines] == [[], []]
    assert {m.name for m in store.directory().members} == {"Ana", "Cleo"}
    store.close()


def test_a_line_that_is_there_twice_word_for_word_is_no_mistake() -> None:
    found, mistakes = people_of(
        "name,email,role,team\nMaeve,maeve@x.example,csm,CS\nMaeve, maeve@x.example,csm,CS\nMia,maeve@x.example,csm,CS\n"
    )

    assert found == [("Maeve", ("maeve@x.example",))]
    assert mistakes == ["line 4: maeve@x.example is already Maeve's; the first one counts."]
