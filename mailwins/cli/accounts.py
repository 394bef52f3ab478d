"""``accounts``: customers, from CSV and by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mailwins.app import App
from mailwins.cli.common import json_option, opened, print_json, print_table, with_config
from mailwins.cli.lists import ListKind, add_import, differences, tell_of_the_file
from mailwins.errors import UsageError
from mailwins.lists import ACCOUNT_COLUMNS, read_accounts, read_day
from mailwins.model import Account, Directory


@click.group()
def accounts() -> None:
    """Customers: name, domains, aliases, CSM, tier, renewal, goals."""


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
        tell_of_the_file(app, "accounts")
    click.echo(
        "\n".join(differences({old.name: old} if known else {}, {new.name: new}, remove=False)) or "Nothing differs."
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
        tell_of_the_file(app, "accounts")
    click.echo(f"- {found.name}")


def _by_any_name(words: str, directory: Directory) -> Account | None:
    """The account of this very name, else of this alias."""
    if known := directory.account(words):
        return known
    found = [a for a in directory.accounts if words.casefold() in (n.casefold() for n in a.aliases)]
    return found[0] if len(found) == 1 else None


def _read_accounts(app: App, text: str) -> tuple[dict[str, Any], list[str]]:
    found, mistakes = read_accounts(text)
    # An account that is written in other capitals than before is the same account.
    directory = app.store.directory()
    same = [replace(a, name=known.name) if (known := directory.account(a.name)) else a for a in found]
    return {a.name: a for a in same}, mistakes


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


add_import(
    accounts,
    ListKind(
        "accounts",
        ACCOUNT_COLUMNS,
        _read_accounts,
        lambda app: {a.name: a for a in app.store.directory().accounts},
        lambda app, new, remove: app.store.put_accounts(new, remove_others=remove),
        _account_doubts,
    ),
)
