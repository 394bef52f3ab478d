"""``accounts`` and ``people``: the directory, from CSV and by hand."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import click

from mailwins.app import App
from mailwins.cli.common import json_option, opened, print_json, print_table, with_config
from mailwins.errors import UsageError
from mailwins.lists import (
    ACCOUNT_COLUMNS,
    CONTACT_COLUMNS,
    PEOPLE_COLUMNS,
    decoded,
    read_accounts,
    read_contacts,
    read_day,
    read_people,
    unread_columns,
)
from mailwins.model import Account, Directory, Member


@click.group()
def accounts() -> None:
    """Customers: name, domains, aliases, CSM, tier, renewal, goals."""


@click.group()
def people() -> None:
    """Colleagues and tools that may write to wins@."""


@click.group()
def contacts() -> None:
    """Customers' people: imported, or learned from mail. An imported one is never changed by mail."""


@accounts.command("list")
@with_config
@json_option
def list_accounts(config_path: Path, as_json: bool) -> None:
    """Every account with its CSM."""
    with opened(config_path) as app:
        found = app.store.directory().accounts
    if as_json:
        for a in found:
            print_json(
                {
                    "name": a.name,
                    "domains": list(a.domains),
                    "aliases": list(a.aliases),
                    "csm": a.csm,
                    "tier": a.tier,
                    "renewal": a.renewal_on,
                    "goals": list(a.goals),
                    "language": a.language,
                }
            )
        return
    print_table(
        "",
        ("Name", "Domains", "Aliases", "CSM", "Tier", "Renewal"),
        [(a.name, ", ".join(a.domains), ", ".join(a.aliases), a.csm, a.tier, a.renewal_on) for a in found],
        empty="No accounts. Import them: mailwins accounts import accounts.csv",
    )


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


def read_list(path: Path) -> str:
    """The text of a CSV; a workbook or an unreadable file is refused with the cure."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}.", "Check the path.") from None
    text = decoded(raw)
    if text is None:
        raise UsageError(
            f"{path}: this is no text but a workbook or another program's file.",
            "Save it as CSV (in Excel: “CSV UTF-8”) and import that.",
        )
    if not raw.startswith(codecs.BOM_UTF16_LE) and not _is_utf8(raw):
        click.echo(
            f"Note: {path} is not UTF-8 and was read as Windows-1252, Excel's plain CSV; look whether the names are right.",
            err=True,
        )
    return text


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _differences(old: dict[str, Any], new: dict[str, Any], *, remove: bool) -> list[str]:
    lines = [f"+ {name}" for name in new if name not in old]
    for name, value in new.items():
        if name in old and old[name] != value:
            changed = [
                f"{_SHOWN.get(f.name, f.name)}: {_plain(getattr(old[name], f.name))} → {_plain(getattr(value, f.name))}"
                for f in fields(value)
                if f.name != "permissions" and getattr(old[name], f.name) != getattr(value, f.name)
            ]
            lines.append(f"~ {name}  ({'; '.join(changed)})")
    if remove:
        lines += [f"- {name}" for name in old if name not in new]
    return lines


_SHOWN = {"renewal_on": "renewal", "addresses": "email", "learned": "learned from mail"}


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) or "–" if isinstance(value, tuple) else str(value) if value else "–"


@dataclass(frozen=True)
class _List:
    """One of the three lists: how to read it, what is stored, how to store it."""

    what: str
    columns: tuple[str, ...]
    read: Callable[[App, str], tuple[dict[str, Any], list[str]]]
    stored: Callable[[App], dict[str, Any]]
    put: Callable[[App, list[Any], bool], None]
    doubts: Callable[[App, dict[str, Any]], list[str]]


def _read_accounts(app: App, text: str) -> tuple[dict[str, Any], list[str]]:
    found, mistakes = read_accounts(text)
    # An account that is written in other capitals than before is the same account.
    directory = app.store.directory()
    same = [replace(a, name=known.name) if (known := directory.account(a.name)) else a for a in found]
    return {a.name: a for a in same}, mistakes


def _read_people(app: App, text: str) -> tuple[dict[str, Any], list[str]]:
    found, mistakes = read_people(text, app.config.roles.permissions)
    directory = app.store.directory()
    return {_stored_address(m, directory): m for m in found}, mistakes


def _stored_address(member: Member, directory: Directory) -> str:
    """The first address under which somebody with one of these addresses is stored already."""
    return next((known.address for a in member.addresses if (known := directory.member(a))), member.address)


def _read_contacts(app: App, text: str) -> tuple[dict[str, Any], list[str]]:
    from mailwins.understanding.naming import named

    directory = app.store.directory()

    def account_of(words: str) -> str | None:
        known = named(words, directory) if words else ()
        return known if isinstance(known, str) else None

    found, mistakes = read_contacts(text, account_of)
    return {c.address or "": c for c in found}, mistakes


def _put_people(app: App, people: list[Any], remove: bool) -> None:
    directory = app.store.directory()
    renamed = [old for m in people if (old := _stored_address(m, directory)) != m.address]
    app.store.put_members(people, remove_others=remove)
    if renamed:
        app.store.remove_members(renamed)


def _account_doubts(app: App, new: dict[str, Any]) -> list[str]:
    """What is allowed and yet seldom meant."""
    from mailwins.understanding.accounts import FREEMAIL

    directory = app.store.directory()
    lines = [
        f"{a.name}: csm = {a.csm} is nobody among the people; import or add them."
        for a in new.values()
        if a.csm and directory.member(a.csm) is None
    ]
    owners: dict[str, list[str]] = {}
    for account in {**{a.name: a for a in directory.accounts}, **{a.name: a for a in new.values()}}.values():
        for domain in account.domains:
            owners.setdefault(domain, []).append(account.name)
    for domain, names in owners.items():
        if len(names) > 1 and any(n in names for n in new):
            lines.append(
                f"{domain} belongs to {' and '.join(names[:4])}: mail from there is asked about unless its text names one."
            )
        if domain in FREEMAIL or domain in {d.lower() for d in app.config.company.domains}:
            lines.append(
                f"{names[0]}: {domain} is {'a free mail provider' if domain in FREEMAIL else 'your own domain'}; it says nothing about an account and is left aside."
            )
    return lines


_LISTS = (
    _List(
        "accounts",
        ACCOUNT_COLUMNS,
        _read_accounts,
        lambda app: {a.name: a for a in app.store.directory().accounts},
        lambda app, new, remove: app.store.put_accounts(new, remove_others=remove),
        _account_doubts,
    ),
    _List(
        "people",
        PEOPLE_COLUMNS,
        _read_people,
        lambda app: {m.address: m for m in app.store.directory().members},
        _put_people,
        lambda app, new: [],
    ),
    _List(
        "contacts",
        CONTACT_COLUMNS,
        _read_contacts,
        lambda app: {c.address: c for c in app.store.directory().contacts if c.address},
        lambda app, new, remove: app.store.put_contacts(new),
        lambda app, new: [],
    ),
)


def _import(app: App, kind: _List, path: Path, dry_run: bool, remove: bool) -> int:
    text = read_list(path)
    new, mistakes = kind.read(app, text)
    for mistake in mistakes:
        click.echo(f"{path}, {mistake}", err=True)
    if unread := unread_columns(text, kind.columns):
        click.echo(
            f"Note: {path}: no use for the column{'s' if len(unread) > 1 else ''} {', '.join(unread)}.", err=True
        )
    for doubt in kind.doubts(app, new):
        click.echo(f"Note: {doubt}", err=True)
    lines = _differences(kind.stored(app), new, remove=remove)
    click.echo("\n".join(lines) or ("Nothing to write." if mistakes else "Nothing differs."))
    if dry_run:
        click.echo("Dry run: nothing was written.")
    elif mistakes:
        click.echo(
            f"{len(mistakes)} {'mistake' if len(mistakes) == 1 else 'mistakes'}: nothing was written. Mend the lines and import again.",
            err=True,
        )
    else:
        kind.put(app, list(new.values()), remove)
        if lines:
            click.echo(
                f"{sum(x.startswith('+') for x in lines)} added, {sum(x.startswith('~') for x in lines)} changed, {sum(x.startswith('-') for x in lines)} taken out."
            )
            _tell_of_the_file(app, kind.what, path)
    return 1 if mistakes else 0


def _tell_of_the_file(app: App, what: str, imported: Path | None = None) -> None:
    """The list in the config is the truth: what is changed beside it lasts until it changes."""
    path = {"accounts": app.config.directory.accounts, "people": app.config.directory.people}.get(what)
    if path is not None and (imported is None or imported.resolve() != path.resolve()):
        click.echo(f"Note: directory.{what} names {path}; when that file changes, it decides again.", err=True)


def _command(group: click.Group, kind: _List) -> None:
    what = kind.what
    others = "Also take out who is not in the file."
    removing = [] if what == "contacts" else [click.option("--remove-others", is_flag=True, help=others)]

    @group.command(
        "import",
        help=f"Bring in a CSV with the columns {','.join(kind.columns)}. Safe to repeat; a file with mistakes writes nothing.\n\n\b\nExample:\n  mailwins {what} import {what}.csv --dry-run",
    )
    @click.argument("path", type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Only show what would change.")
    @with_config
    def import_(path: Path, dry_run: bool, config_path: Path, remove_others: bool = False) -> None:
        with opened(config_path) as app:
            status = _import(app, kind, path, dry_run, remove_others)
        if status:
            raise SystemExit(status)

    for option in removing:
        option(import_)


for _group, _kind in zip((accounts, people, contacts), _LISTS, strict=True):
    _command(_group, _kind)


def _by_any_name(words: str, directory: Directory) -> Account | None:
    """The account of this very name, else of this alias."""
    if known := directory.account(words):
        return known
    found = [a for a in directory.accounts if words.casefold() in (n.casefold() for n in a.aliases)]
    return found[0] if len(found) == 1 else None


@accounts.command("set")
@click.argument("name")
@with_config
@click.option("--csm", help="The CSM's address; “none” for nobody.")
@click.option("--tier", help="Its tier, as in your own words.")
@click.option("--renewal", help="The day its contract renews, such as 2027-01-31.")
@click.option("--language", help="Of its customer updates: en, de, fr, es, nl.")
@click.option("--domain", "domains", multiple=True, help="Add a domain.")
@click.option("--alias", "aliases", multiple=True, help="Add a name people use for it.")
@click.option("--goal", "goals", multiple=True, help="Add a goal of theirs.")
@click.option("--without", "without", multiple=True, metavar="VALUE", help="Take out a domain, an alias or a goal.")
def set_account(
    name: str,
    config_path: Path,
    csm: str | None,
    tier: str | None,
    renewal: str | None,
    language: str | None,
    domains: tuple[str, ...],
    aliases: tuple[str, ...],
    goals: tuple[str, ...],
    without: tuple[str, ...],
) -> None:
    """Add an account, or change one.

    \b
    Examples:
      mailwins accounts set "Harbor & Pine" --domain harborandpine.example --csm priya@yourcompany.example
      mailwins accounts set "Harbor & Pine" --without old-domain.example
    """
    from mailwins.understanding.naming import named

    with opened(config_path) as app:
        directory = app.store.directory()
        known = _by_any_name(name, directory)
        old = known or Account(name)
        if known is None and (close := named(name, directory)):
            click.echo(
                f"Note: {name} is new; close to it: {close if isinstance(close, str) else ', '.join(close)}.", err=True
            )
        if csm and csm.lower() != "none" and directory.member(csm) is None:
            raise UsageError(f"{csm} is nobody among the people.", "See: mailwins people list")
        renewal_on = read_day(renewal) if renewal else old.renewal_on
        if renewal and renewal_on is None:
            raise UsageError(f"{renewal} is no day.", "Write 2027-01-31.")
        wrong = next((d for d in domains if "@" in d or "." not in d), None)
        if wrong:
            raise UsageError(f"{wrong} is no domain.", "Write acme.example.")
        gone = {w.casefold() for w in without}
        if missing := [
            w for w in without if w.casefold() not in {v.casefold() for v in (*old.domains, *old.aliases, *old.goals)}
        ]:
            raise UsageError(f"{old.name} has no domain, alias or goal {missing[0]}.", "See: mailwins accounts list")

        def kept(before: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(v for v in (*before, *more) if v.casefold() not in gone))

        new = Account(
            old.name,
            kept(old.domains, tuple(d.lower() for d in domains)),
            kept(old.aliases, aliases),
            (None if csm.lower() == "none" else csm.lower()) if csm else old.csm,
            tier or old.tier,
            renewal_on,
            kept(old.goals, goals),
            language.lower() if language else old.language,
        )
        app.store.put_accounts([new])
        _tell_of_the_file(app, "accounts")
    click.echo(
        "\n".join(_differences({old.name: old} if known else {}, {new.name: new}, remove=False)) or "Nothing differs."
    )


@accounts.command("remove")
@click.argument("name")
@with_config
def remove_account(name: str, config_path: Path) -> None:
    """Take an account out of the list. Its wins stay under its name."""
    with opened(config_path) as app:
        found = app.store.directory().account(name)
        if found is None:
            raise UsageError(f"There is no account called {name}.", "See: mailwins accounts list")
        app.store.put_accounts([a for a in app.store.directory().accounts if a.name != found.name], remove_others=True)
        _tell_of_the_file(app, "accounts")
    click.echo(f"- {found.name}")


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
        _tell_of_the_file(app, "people")
    click.echo(
        "\n".join(_differences({old.address: old} if known else {}, {new.address: new}, remove=False))
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
        _tell_of_the_file(app, "people")
    click.echo(f"- {found.name} <{found.address}>")


@contacts.command("list")
@with_config
@json_option
@click.option("--account", help="Only this account's (name or alias).")
def list_contacts(config_path: Path, as_json: bool, account: str | None) -> None:
    """Customers' people: those who were imported, and those met in mail."""
    with opened(config_path) as app:
        directory = app.store.directory()
        wanted = None
        if account:
            from mailwins.understanding.naming import named

            wanted = named(account, directory)
            if not isinstance(wanted, str):
                raise UsageError(f"There is no account called {account}.", "See: mailwins accounts list")
        found = [c for c in directory.contacts if wanted is None or c.account == wanted]
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
