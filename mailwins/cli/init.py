"""``init``: a commented config.toml and two sample lists."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from mailwins import app as joined
from mailwins.errors import ConfigError

SAMPLE_DOMAIN = "yourcompany.example"
ACCOUNTS = (
    "name,domains,aliases,csm,tier,renewal,goals\n"
    "Harbor & Pine,harborandpine.example,H&P,priya@yourcompany.example,enterprise,2027-03-31,fewer missed visits\n"
)
PEOPLE = (
    "name,email,role,team\n"
    "Priya Raman,priya@yourcompany.example,csm,Customer Success\n"
    "Owen Clarke,owen@yourcompany.example,manager,Customer Success\n"
    "Jonas Weber,jonas@yourcompany.example,account executive,Sales\n"
)


@click.command()
@click.argument("target", default="config.toml", type=click.Path(path_type=Path))
def init(target: Path) -> None:
    """Write a commented config.toml, and sample accounts.csv and people.csv beside it. Never overwrites.

    \b
    Example:
      mailwins init && $EDITOR config.toml && mailwins check
    """
    files = {target: _example(), target.parent / "accounts.csv": ACCOUNTS, target.parent / "people.csv": PEOPLE}
    if target.exists():
        raise ConfigError(
            f"{target} exists already; nothing was written.", "Name another file: mailwins init other.toml"
        )
    for path, text in files.items():
        if path.exists():
            click.echo(f"kept     {path}")
            continue
        part = path.with_name(path.name + ".tmp")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
        click.echo(f"written  {path}")
    click.echo(
        "\nNext: fill in [company], [mailbox] and [smtp], put your customers and colleagues into the two lists, then run: mailwins check"
    )


def _example() -> str:
    inside = resources.files("mailwins").joinpath("config.example.toml")
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    return (Path(joined.__file__).parent.parent / "config.example.toml").read_text(encoding="utf-8")
