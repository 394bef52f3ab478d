"""``accounts`` and ``people``: the directory, from CSV and by hand."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from mailwins.app import App
from mailwins.cli.common import json_option, opened, print_json, print_table, with_config
from mailwins.errors import UsageError
from mailwins.lists import read_accounts, read_people
from mailwins.model import Account


@click.group()
def accounts() -> None:
    """Customers: name, domains, aliases, CSM, tier, renewal, goals."""


@click.group()
def people() -> None:
    """Colleagues and tools that may write to wins@."""


@accounts.command("list")
@with_config
@json_option
def list_accounts(config_path: Path, as_json: bool) -> None:
    """Every account with its CSM."""
    with opened(config_path) as app:
        found = app.store.directory().accounts
    if as_json:
        for a in found:
            print_json({"name": a.name, "domains": list(a.domains), "aliases": list(a.aliases), "csm": a.csm, "tier": a.tier, "renewal": a.renewal_on, "goals": list(a.goals), "language": a.language})
        return
    print_table("", ("Name", "Domains", "Aliases", "CSM", "Tier", "Renewal"), [(a.name, ", ".join(a.domains), ", ".join(a.aliases), a.csm, a.tier, a.renewal_on) for a in found], empty="No accounts. Import them: mailwins accounts import accounts.csv")


@people.command("list")
@with_config
@json_option
def list_people(config_path: Path, as_json: bool) -> None:
    """Everybody who may write, with what they may do."""
    with opened(config_path) as app:
        found = app.store.directory().members
    if as_json:
        for m in found:
            print_json({"name": m.name, "addresses": list(m.addresses), "role": m.role, "team": m.team, "permissions": sorted(m.permissions)})
        return
    print_table("", ("Name", "Addresses", "Role", "Team", "May"), [(m.name, ", ".join(m.addresses), m.role, m.team, ", ".join(sorted(m.permissions))) for m in found], empty="No people. Import them: mailwins people import people.csv")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8.", "Save it as CSV UTF-8.") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}.", "Check the path.") from None


def _differences(old: dict[str, Any], new: dict[str, Any], *, remove: bool) -> list[str]:
    lines = [f"+ {name}" for name in new if name not in old]
    for name, value in new.items():
        if name in old and old[name] != value:
            changed = [f"{f.name}: {_plain(getattr(old[name], f.name))} → {_plain(getattr(value, f.name))}" for f in fields(value) if getattr(old[name], f.name) != getattr(value, f.name)]
            lines.append(f"~ {name}  ({'; '.join(changed)})")
    if remove:
        lines += [f"- {name}" for name in old if name not in new]
    return lines


def _plain(value: object) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, tuple | frozenset) else str(value) if value is not None else "–"


def _import(app: App, what: str, path: Path, dry_run: bool, remove: bool) -> int:
    if what == "accounts":
        found_accounts, mistakes = read_accounts(_text(path))
        new: dict[str, Any] = {a.name: a for a in found_accounts}
        old: dict[str, Any] = {a.name: a for a in app.store.directory().accounts}
    else:
        found_people, mistakes = read_people(_text(path), app.config.roles.permissions)
        new = {m.address: m for m in found_people}
        old = {m.address: m for m in app.store.directory().members}
    for mistake in mistakes:
        click.echo(f"{path}, {mistake}", err=True)
    lines = _differences(old, new, remove=remove)
    click.echo("\n".join(lines) or "Nothing differs.")
    if dry_run:
        click.echo("Dry run: nothing was written.")
    elif mistakes:
        click.echo(f"{len(mistakes)} {'mistake' if len(mistakes) == 1 else 'mistakes'}: nothing was written. Mend the lines and import again.", err=True)
    elif what == "accounts":
        app.store.put_accounts(list(new.values()), remove_others=remove)
    else:
        app.store.put_members(list(new.values()), remove_others=remove)
    return 1 if mistakes else 0


def _command(group: click.Group, what: str, columns: str) -> None:
    @group.command("import", help=f"Bring in a CSV with the columns {columns}. Safe to repeat; a file with mistakes writes nothing.\n\n\b\nExample:\n  mailwins {what} import {what}.csv --dry-run")
    @click.argument("path", type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Only show what would change.")
    @click.option("--remove-others", is_flag=True, help="Also take out who is not in the file.")
    @with_config
    def import_(path: Path, dry_run: bool, remove_others: bool, config_path: Path) -> None:
        with opened(config_path) as app:
            status = _import(app, what, path, dry_run, remove_others)
        if status:
            raise SystemExit(status)


_command(accounts, "accounts", "name,domains,aliases,csm,tier[,renewal,goals]")
_command(people, "people", "name,email,role,team")


@accounts.command("set")
@click.argument("name")
@with_config
@click.option("--csm", help="The CSM's address.")
@click.option("--tier", help="Its tier, as in your own words.")
@click.option("--domain", "domains", multiple=True, help="Add a domain.")
@click.option("--alias", "aliases", multiple=True, help="Add a name people use for it.")
def set_(name: str, config_path: Path, csm: str | None, tier: str | None, domains: tuple[str, ...], aliases: tuple[str, ...]) -> None:
    """Add an account, or change one.

    \b
    Example:
      mailwins accounts set "Harbor & Pine" --domain harborandpine.example --csm priya@yourcompany.example
    """
    with opened(config_path) as app:
        old = app.store.directory().account(name) or Account(name)
        if csm and app.store.directory().member(csm) is None:
            raise UsageError(f"{csm} is nobody among the people.", "See: mailwins people list")
        new = Account(old.name, tuple(dict.fromkeys((*old.domains, *(d.lower() for d in domains)))), tuple(dict.fromkeys((*old.aliases, *aliases))), csm.lower() if csm else old.csm, tier or old.tier, old.renewal_on, old.goals, old.language)
        app.store.put_accounts([new])
        if app.config.directory.accounts is not None:
            click.echo(f"Note: directory.accounts names {app.config.directory.accounts}; when that file changes, it decides again.", err=True)
    click.echo(f"{new.name}: {', '.join(new.domains) or 'no domain'}; CSM {new.csm or 'none'}")
