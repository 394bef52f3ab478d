"""The house of docs/design.md holds: who may import whom, and one library, one room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "mailwins"

WORDS = {"model", "errors", "ports", "config", "plain", "lists", "patterns"}
THOUGHT = {
    "mime",
    "parsers",
    "understanding",
    "digest",
    "insights",
    "updates",
    "receipts",
    "render",
    "outbox",
    "exports",
}
TOOLS = {"connection"}  # of the hands: what mailbox and sender would else both have
HANDS = {"mailbox", "store", "sender", "sandbox"}
VERBS = {"jobs"}
SWITCHBOARD = {"app", "schedule", "cli", "web", "demo", "__main__", "operations", "status", "log", "workers"}

MAY_IMPORT = {
    **dict.fromkeys(WORDS, WORDS),
    **dict.fromkeys(THOUGHT, WORDS | THOUGHT),
    **dict.fromkeys(TOOLS, WORDS),
    **dict.fromkeys(HANDS, WORDS | TOOLS),
    **dict.fromkeys(VERBS, WORDS | THOUGHT | VERBS),
    **dict.fromkeys(SWITCHBOARD, WORDS | THOUGHT | HANDS | VERBS | SWITCHBOARD),
}

# The child decodes and reads: its entry point joins the pure rooms behind the limits.
MAY_IMPORT["sandbox"] = WORDS | {"mime", "parsers"}

ONE_ROOM = {
    "imapclient": {"mailbox"},
    "mailparser": {"mime"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "jinja2": {"render"},
    "css_inline": {"render"},
    "apscheduler": {"schedule"},
    "smtplib": {"sender"},
    "imaplib": {"mailbox"},
    "psycopg": {"store"},
    "aiosmtpd": {"demo"},
    "pymap": {"demo"},
    "prometheus_client": {"cli", "schedule", "operations", "web"},
}

THOUGHT_NEVER_IMPORTS = {
    "socket",
    "subprocess",
    "smtplib",
    "imaplib",
    "urllib.request",
    "http.client",
    "threading",
    "random",
    "time",
}


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            module = node.module or ""
            yield module
            if module == "mailwins":
                yield from (f"mailwins.{alias.name}" for alias in node.names)


SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.name != "__init__.py")


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_keep_to_the_layers(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} is not a room of the house"
    for name in imports(path):
        if name.startswith("mailwins."):
            target = name.split(".")[1]
            if target.startswith("__"):
                continue
            assert target == room or target in MAY_IMPORT[room], f"{room} may not import {target}"
        for library, rooms in ONE_ROOM.items():
            if name == library or name.startswith(library + "."):
                assert room in rooms, f"{library} belongs to {rooms}, not to {room}"
        if room in THOUGHT:
            assert name not in THOUGHT_NEVER_IMPORTS, f"{room} is thought: no {name}"


def test_thought_has_no_clock_and_no_environment() -> None:
    banned = {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("date", "today"),
        ("os", "environ"),
        ("os", "getenv"),
        ("time", "time"),
    }
    for path in SOURCES:
        if room_of(path) not in THOUGHT:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) not in banned, (
                    f"{path.name}:{node.lineno} asks the machine for {node.attr}"
                )
