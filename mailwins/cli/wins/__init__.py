"""``wins``: look at them, search, correct, carry them out and in. A file for each command, and the conditions they share.

What understands words is imported where it is needed: to list and to search does without it.
"""

import click

from mailwins.cli.wins.editing import edit
from mailwins.cli.wins.exporting import export
from mailwins.cli.wins.importing import import_
from mailwins.cli.wins.listing import list_, search
from mailwins.cli.wins.showing import show


@click.group()
def wins() -> None:
    """What was captured: list, show, edit, search, export, import."""


for command in (list_, show, edit, search, export, import_):
    wins.add_command(command)
