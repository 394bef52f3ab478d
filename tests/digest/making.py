"""An instance without servers for digest tests: its own database, accounts, colleagues and wins put straight into the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from mailwins import app as joined
from mailwins import config as settings
from mailwins.app import App
from mailwins.model import Visibility, Win, WinContact

PEOPLE = """name,email,role,team
Ana Sousa,ana@tidemark.example,csm,Customer Success
Ben Ode,ben@tidemark.example,csm,Customer Success
Mona Falk,mona@tidemark.example,manager,Customer Success
Tom Vidal,tom@tidemark.example,agent,Support
Eva Lind,eva@tidemark.example,rep,Sales
"""
ACCOUNTS = """name,domains,aliases,csm,tier,renewal,goals
Harbor & Pine,hp.example,,ana@tidemark.example,key,2027-01-31,
Kestrel,kestrel.example,,ana@tidemark.example,,,
Osei Electrical,osei.example,,ben@tidemark.example,,2026-12-20,First-time fix above 90%
Alder Water,alder.example,,ben@tidemark.example,,,
"""
EVERYONE = {"key": "everyone", "to": ["everyone"], "send": "Mon 08:00"}
MANAGERS = {"key": "managers", "to": ["role:manager"], "send": "Mon 07:30"}


def make_app(
    folder: Path,
    *audiences: dict[str, Any],
    timezone: str = "Europe/Berlin",
    people: str = PEOPLE,
    database: str | None = None,
    accounts: str = ACCOUNTS,
    **sections: Any,
) -> App:
    (folder / "people.csv").write_text(people, encoding="utf-8")
    (folder / "accounts.csv").write_text(accounts, encoding="utf-8")
    values: dict[str, Any] = {
        "company": {"name": "Tidemark", "domains": ["tidemark.example"], "timezone": timezone},
        "mailbox": {"address": "wins@tidemark.example"},
        "smtp": {"from": "wins@tidemark.example"},
        "storage": {"database": database or f"sqlite:///{folder / 'wins.db'}", "files": str(folder / "files")},
        "directory": {"accounts": "accounts.csv", "people": "people.csv"},
        "audience": list(audiences) or [EVERYONE],
        **sections,
    }
    app = joined.build(settings.parse(values, "config.toml", folder, {}))
    app.store.put_once("begun_at", datetime(2020, 1, 1, tzinfo=UTC).isoformat())
    return app


def make_win(
    app: App,
    summary: str = "They renewed for two years",
    *,
    at: datetime,
    account: str | None = "Harbor & Pine",
    **more: Any,
) -> Win:
    """A captured win, stored."""
    number = next(iter(app.store.reserve_win_ids(1)))
    csm = {"Harbor & Pine": "ana@tidemark.example", "Kestrel": "ana@tidemark.example"}.get(
        account or "", "ben@tidemark.example"
    )
    win = Win(
        number,
        f"token{number}",
        f"{number:064x}",
        0,
        at,
        more.pop("win_date", at.date()),
        summary,
        account=account,
        csm=csm,
        submitted_by=csm,
        note=more.pop("note", summary),
    )
    win = replace(win, **more)
    app.store.add_wins([win])
    return win


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


CONTACT = WinContact("Marisol Reyes", "marisol@hp.example", "Operations Director")
PRIVATE = Visibility.PRIVATE
DAY = date
