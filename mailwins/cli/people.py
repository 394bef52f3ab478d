"""``people``: colleagues and tools that may write, from CSV and by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mailwins.app import App
from mailwins.cli.common import json_option, opened, print_json, print_table, with_config
from mailwins.cli.lists import ListKind, add_import, differences, tell_of_the_file
from mailwins.errors import UsageError
from mailwins.lists import PEOPLE_COLUMNS, read_people
from mailwins.model import Directory, Member


@click.group()
def people() -> None:
    """Colleagues and tools that may write to wins@."""


@people.command("list")
@with_config
@json_option
def list_people(config_path: Path, as_json: bool) -> None:
    """Everybody who may write, with what they may do."""
    with opened(config_path) as app:
        found = app.store.directory().members
    if as_json:
        for m in found:
            print_json(
                {
                    "name": m.name,
                    "addresses": list(m.addresses),
                    "role": m.role,
                    "team": m.team,
                    "permissions": sorted(m.permissions),
                }
            )
        return
    print_table(
        "",
        ("Name", "Addresses", "Role", "Team", "May"),
        [(m.name, ", ".join(m.addresses), m.role, m.team, ", ".join(sorted(m.permissions))) for m in found],
        empty="No people. Import them: mailwins people import people.csv",
    )


@people.command("set")
@click.argument("address")
@with_config
@click.option("--name", help="Their name.")
@click.option("--role", help="Their title; [roles] in the config says what it may do.")
@click.option("--team", help="Their team.")
@click.option("--address", "more", multiple=True, help="Another address they write from.")
def set_person(
    address: str, config_path: Path, name: str | None, role: str | None, team: str | None, more: tuple[str, ...]
) -> None:
    """Let somebody write to wins@, or change what is known of them.

    \b
    Example:
      mailwins people set ana@yourcompany.example --name "Ana Silva" --role CSM --team "Customer Success"
    """
    wrong = next((a for a in (address, *more) if "@" not in a), None)
    if wrong:
        raise UsageError(f"{wrong} is no address.", "Write ana@yourcompany.example.")
    with opened(config_path) as app:
        known = app.store.directory().member(address)
        old = known or Member(address, (address.lower(),), "", "")
        title = old.role if role is None else role
        new = Member(
            name or old.name,
            tuple(dict.fromkeys((*old.addresses, *(a.lower() for a in more)))),
            title,
            old.team if team is None else team,
            app.config.roles.permissions(title),
        )
        app.store.put_members([new])
        tell_of_the_file(app, "people")
    click.echo(
        "\n".join(differences({old.address: old} if known else {}, {new.address: new}, remove=False))
        or "Nothing differs."
    )


@people.command("remove")
@click.argument("address")
@with_config
def remove_person(address: str, config_path: Path) -> None:
    """Somebody may write no more. What they captured stays theirs."""
    with opened(config_path) as app:
        found = app.store.directory().member(address)
        if found is None:
            raise UsageError(f"{address} is nobody among the people.", "See: mailwins people list")
        app.store.remove_members([found.address])
        tell_of_the_file(app, "people")
    click.echo(f"- {found.name} <{found.address}>")


def _read_people(app: App, text: str) -> tuple[dict[str, Any], list[str]]:
    found, mistakes = read_people(text, app.config.roles.permissions)
    directory = app.store.directory()
    return {_stored_address(m, directory): m for m in found}, mistakes


def _put_people(app: App, people: list[Any], remove: bool) -> None:
    directory = app.store.directory()
    renamed = [old for m in people if (old := _stored_address(m, directory)) != m.address]
    app.store.put_members(people, remove_others=remove)
    if renamed:
        app.store.remove_members(renamed)


def _stored_address(member: Member, directory: Directory) -> str:
    """The first address under which somebody with one of these addresses is stored already."""
    return next((known.address for a in member.addresses if (known := directory.member(a))), member.address)


add_import(
    people,
    ListKind(
        "people",
        PEOPLE_COLUMNS,
        _read_people,
        lambda app: {m.address: m for m in app.store.directory().members},
        _put_people,
        lambda app, new: [],
    ),
)
