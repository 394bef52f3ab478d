"""The command line: one file for each group of commands, joined here."""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from mailwins import __version__, log
from mailwins.errors import MailwinsError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

SECTIONS = {
    "First steps": {
        "init": ("init", "init"),
        "check": ("check", "check"),
        "sign-in": ("sign_in", "sign_in"),
        "demo": ("demo", "demo"),
    },
    "Wins": {
        "wins": ("wins", "wins"),
        "tray": ("tray", "tray"),
        "parse": ("parse", "parse"),
        "import": ("archives", "import_"),
    },
    "What goes out": {
        "digest": ("digest", "digest"),
        "report": ("report", "report"),
        "update": ("update", "update"),
        "qbr": ("update", "qbr"),
        "outbox": ("outbox", "outbox"),
    },
    "The directory": {
        "accounts": ("accounts", "accounts"),
        "people": ("people", "people"),
        "contacts": ("contacts", "contacts"),
    },
    "The service and its jobs": {
        "run": ("passes", "run"),
        "collect": ("passes", "collect"),
        "read": ("passes", "read"),
        "publish": ("passes", "publish"),
        "deliver": ("passes", "deliver"),
        "status": ("passes", "status"),
    },
    "Care": {
        "backup": ("backup", "backup"),
        "restore": ("backup", "restore"),
        "resume": ("backup", "resume"),
        "copy-database": ("backup", "copy_database_"),
        "forget": ("forget", "forget"),
        "reread": ("reread", "reread"),
        "reclassify": ("reread", "reclassify"),
        "examples": ("reread", "examples"),
    },
}
"""Section of the help: name on the command line: the module of this package and the attribute in it."""

COMMANDS = {name: where for section in SECTIONS.values() for name, where in section.items()}


class _OnDemand(click.Group):
    """Loads the module of a command when that command is asked for: most need little of the program."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            if alike := get_close_matches(args[0], COMMANDS, n=1):
                ctx.fail(f"No such command {args[0]!r}. Did you mean {alike[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            commands = {name: self.get_command(ctx, name) for name in names}
            with formatter.section(section):
                formatter.write_dl([(name, one.get_short_help_str(150)) for name, one in commands.items() if one])


@click.group(cls=_OnDemand, context_settings=CONTEXT, no_args_is_help=True)
@click.version_option(__version__, prog_name="mailwins")
@click.option("--config", "config", metavar="FILE", help="The settings file; else MAILWINS_CONFIG, else ./config.toml.")
@click.pass_context
def cli(context: click.Context, config: str | None) -> None:
    """Customer wins in by mail; digests and customer updates out by mail.

    \b
    First steps:
      mailwins demo            see it work on sample mail, nothing to configure
      mailwins init            write a commented config.toml
      mailwins check           try every connection and say how to mend what fails
      mailwins run             the service: listen, read, publish, deliver
    """
    context.obj = {"config": config}


def main(arguments: list[str] | None = None) -> Any:
    """Exit status: 0 done, 1 failed, 2 wrong use or wrong config. Errors are one clear line, never a traceback."""
    log.to_stderr()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal, or cron's locale, that knows no dash or umlaut gets a question mark in its place.
            stream.reconfigure(errors="replace")
    try:
        status = cli.main(args=arguments, standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message())
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except MailwinsError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        click.echo(f"{error.filename or ''}{': ' if error.filename else ''}{error.strerror or error}", err=True)
        sys.exit(1)
