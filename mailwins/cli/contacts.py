"""``contacts``: customers' people, from CSV or met in mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mailwins.app import App
from mailwins.cli.common import account_of, json_option, opened, print_json, print_table, with_config
from mailwins.cli.lists import ListKind, add_import
from mailwins.lists import CONTACT_COLUMNS, read_contacts


@click.group()
def contacts() -> None:
    """Customers' people: imported, or learned from mail. An imported one is never changed by mail."""


@contacts.command("list")
@with_config
@json_option
@click.option("--account", help="Only this account's (name or alias).")
def list_contacts(config_path: Path, as_json: bool, account: str | None) -> None:
    """Customers' people: those who were imported, and those met in mail."""
    with opened(config_path) as app:
        wanted = account_of(app, account) if account else None
        found = [c for c in app.store.directory().contacts if wanted is None or c.account == wanted]
    if as_json:
        for c in found:
            print_json(
                {"name": c.name, "address": c.address, "account": c.account, "role": c.role, "learned": c.learned}
            )
        return
    print_table(
        "",
        ("Name", "Address", "Account", "Role", "From"),
        [(c.name, c.address, c.account, c.role, "mail" if c.learned else "import") for c in found],
        empty="No contacts yet: they are learned from mail, or imported: mailwins contacts import contacts.csv",
    )


def _read_contacts(app: App, text: str) -> tuple[dict[str, Any], list[str]]:
    from mailwins.understanding.naming import named

    directory = app.store.directory()

    def account_of(words: str) -> str | None:
        known = named(words, directory) if words else ()
        return known if isinstance(known, str) else None

    found, mistakes = read_contacts(text, account_of)
    return {c.address or "": c for c in found}, mistakes


add_import(
    contacts,
    ListKind(
        "contacts",
        CONTACT_COLUMNS,
        _read_contacts,
        lambda app: {c.address: c for c in app.store.directory().contacts if c.address},
        lambda app, new, remove: app.store.put_contacts(new),
        lambda app, new: [],
    ),
)
