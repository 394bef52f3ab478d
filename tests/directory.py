"""The directory of a folder with accounts.csv and people.csv, read as the service reads it."""

from __future__ import annotations

from pathlib import Path

from mailwins.config import Roles
from mailwins.lists import read_accounts, read_people
from mailwins.model import Directory


def read_directory(folder: Path, own_domains: frozenset[str] = frozenset()) -> Directory:
    accounts, _ = read_accounts((folder / "accounts.csv").read_text(encoding="utf-8-sig"))
    people, _ = read_people((folder / "people.csv").read_text(encoding="utf-8-sig"), Roles().permissions)
    return Directory(tuple(accounts), tuple(people), (), own_domains)
