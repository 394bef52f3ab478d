"""The two lists as people really save them."""

from __future__ import annotations

from pathlib import Path

import pytest

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
