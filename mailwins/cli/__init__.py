"""The command line: one file for each group of commands, joined here."""

from __future__ import annotations

import sys
from typing import Any

import click

from mailwins import __version__, log
from mailwins.cli import dig, directory, keeping, parsing, passes, reports, setup, tray, updates, upkeep, wins
from mailwins.errors import MailwinsError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@click.group(context_settings=CONTEXT, no_args_is_help=True)
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


for command in (
    setup.init, setup.check, setup.demo, setup.sign_in, passes.run, passes.collect, passes.read, passes.publish, passes.deliver, passes.status,
    parsing.parse, upkeep.import_, wins.wins, tray.tray, directory.accounts, directory.people, directory.contacts, dig.digest, updates.update, updates.qbr, reports.report,
    upkeep.reread, upkeep.reclassify, keeping.backup, keeping.restore, keeping.resume, keeping.copy_database_, keeping.forget, keeping.outbox, upkeep.examples,
):  # fmt: skip
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> Any:
    """Exit status: 0 done, 1 failed, 2 wrong use or wrong config. Errors are one clear line, never a traceback."""
    log.to_stderr()
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
