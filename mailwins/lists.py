"""accounts.csv and people.csv as values: every row that can be read, and every mistake with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date

from mailwins.model import Account, Member

ACCOUNT_COLUMNS = ("name", "domains", "aliases", "csm", "tier", "renewal", "goals", "language")
PEOPLE_COLUMNS = ("name", "email", "role", "team")


def read_accounts(text: str) -> tuple[list[Account], list[str]]:
    """(accounts, mistakes such as ``line 4: …``). Several values of a cell are separated by ``;``."""
    found: list[Account] = []
    mistakes: list[str] = []
    for number, row in _rows(text, ("name",), ACCOUNT_COLUMNS, mistakes):
        name = row["name"].strip()
        if not name:
            mistakes.append(f"line {number}: the name is missing.")
            continue
        if any(a.name.casefold() == name.casefold() for a in found):
            mistakes.append(f"line {number}: {name} is there twice; the first one counts.")
            continue
        renewal = None
        if row["renewal"].strip():
            try:
                renewal = date.fromisoformat(row["renewal"].strip())
            except ValueError:
                mistakes.append(f"line {number}: renewal = {row['renewal']}: write a day such as 2027-01-31.")
        domains = tuple(d.lower().lstrip("@").removeprefix("www.") for d in _several(row["domains"]))
        for domain in domains:
            if "@" in domain or "/" in domain or "." not in domain:
                mistakes.append(f"line {number}: domains: {domain} is no domain; write acme.example.")
        csm = row["csm"].strip().lower() or None
        if csm and "@" not in csm:
            mistakes.append(f"line {number}: csm = {csm}: write the colleague's mail address.")
        found.append(Account(name, domains, _several(row["aliases"]), csm, row["tier"].strip() or None, renewal, _several(row["goals"]), row["language"].strip().lower() or None))
    return found, mistakes


def read_people(text: str, permissions: Callable[[str], frozenset[str]]) -> tuple[list[Member], list[str]]:
    """(members, mistakes). *permissions* turns the company's title into what it may do."""
    found: list[Member] = []
    mistakes: list[str] = []
    for number, row in _rows(text, ("name", "email"), PEOPLE_COLUMNS, mistakes):
        addresses = tuple(a.lower() for a in _several(row["email"]))
        wrong = [a for a in addresses if "@" not in a]
        if not addresses or wrong:
            mistakes.append(f"line {number}: email = {row['email'] or '(empty)'}: write an address such as ana@company.example.")
            continue
        known = next((m for m in found if set(m.addresses) & set(addresses)), None)
        if known:
            mistakes.append(f"line {number}: {addresses[0]} is already {known.name}'s; the first one counts.")
            continue
        role = row["role"].strip()
        found.append(Member(row["name"].strip() or addresses[0], addresses, role, row["team"].strip(), permissions(role)))
    return found, mistakes


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.strip() for p in cell.split(";") if p.strip()))


def _rows(text: str, needed: tuple[str, ...], known: tuple[str, ...], mistakes: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ",")
    header: list[str] | None = None
    for cells in reader:
        if not any(c.strip() for c in cells):
            continue
        if header is None:
            header = [c.strip().lower() for c in cells]
            for name in needed:
                if name not in header:
                    mistakes.append(f"line 1: the column {name} is missing; the first line must name the columns: {','.join(known)}.")
                    return
            continue
        row = dict.fromkeys(known, "") | {n: v for n, v in zip(header, cells, strict=False) if n in known}
        yield reader.line_num, row
