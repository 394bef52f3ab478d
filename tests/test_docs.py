"""The documents say what is so: commands exist, links lead somewhere, settings in examples are accepted."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from mailwins.cli import cli
from mailwins.config import parse

ROOT = Path(__file__).parent.parent
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
COMMAND = re.compile(r"mailwins ((?:[a-z]+(?:-[a-z]+)?)(?: [a-z]+(?:-[a-z]+)?)?)((?: +--[a-z-]+)*)")


def subcommands(group: click.Group) -> dict[str, click.Command]:
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


COMMANDS = subcommands(cli)


def named(command: str) -> click.Command | None:
    """The command that "wins list" or "check" means, or None."""
    first, _, second = command.partition(" ")
    found = COMMANDS.get(first)
    if isinstance(found, click.Group) and second:
        return found.commands.get(second)
    return found


def typed_commands(text: str) -> set[str]:
    """Every ``mailwins …`` that stands in code: in back-ticks or in a fenced block."""
    code = re.findall(r"```[a-z]*\n(.*?)```", text, re.S) + re.findall(r"`([^`\n]+)`", text)
    return {
        match.strip()
        for piece in code
        for match in re.findall(
            r"(?:^|\$ |&& )mailwins (?:--config \S+ )?([a-z][a-z-]*(?: [a-z][a-z-]*)?)", piece, re.M
        )
    }


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_every_command_named_in_the_documents_exists(path: Path) -> None:
    for command in typed_commands(path.read_text()):
        first = command.split()[0]
        assert first in COMMANDS, f"{path.name} names “mailwins {command}”"
        group = COMMANDS[first]
        if isinstance(group, click.Group) and " " in command:
            assert named(command) is not None, f"{path.name} names “mailwins {command}”"


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text()
    missing = [name for name in COMMANDS if f"`{name}`" not in text and f"mailwins {name}" not in text]
    assert not missing


def test_the_readme_names_every_subcommand_of_its_groups() -> None:
    text = (ROOT / "README.md").read_text()
    for name in ("wins", "tray", "digest", "update"):
        group = COMMANDS[name]
        assert isinstance(group, click.Group)
        row = next(line for line in text.splitlines() if line.startswith(f"| `mailwins {name}`"))
        assert [c for c in group.commands if f"`{c}`" not in row] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_links_lead_to_files(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_settings_in_the_documents_are_accepted(path: Path) -> None:
    for block in re.findall(r"```toml\n(.*?)```", path.read_text(), re.S):
        parse(tomllib.loads(block), path.name, ROOT, {})


def test_every_command_explains_itself() -> None:
    def walk(group: click.Group, prefix: str) -> list[tuple[str, click.Command]]:
        found: list[tuple[str, click.Command]] = []
        for name, command in subcommands(group).items():
            found.append((f"{prefix}{name}", command))
            if isinstance(command, click.Group):
                found += walk(command, f"{prefix}{name} ")
        return found

    for name, command in walk(cli, ""):
        assert command.help, f"mailwins {name} has no help"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"mailwins {name} {parameter.opts[0]} has no help"
