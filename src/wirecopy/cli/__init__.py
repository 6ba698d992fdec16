"""The commands. No logic: each reads its arguments, asks the parts, prints what they say.

Exit codes: 0 done; 1 done, but something needs a person (a delivery in quarantine, a rule that
ignores the file); 2 not done: wrong arguments or settings, with a sentence that says what to do.
"""

from __future__ import annotations

import importlib
import os
import sqlite3
import sys
from pathlib import Path
from typing import NoReturn

import click

from wirecopy import __version__
from wirecopy.errors import WirecopyError

_COMMANDS = {
    "demo": "wirecopy.cli.demo:demo",
    "init": "wirecopy.cli.house:init",
    "run": "wirecopy.cli.house:run",
    "ingest": "wirecopy.cli.wire:ingest",
    "parse": "wirecopy.cli.wire:parse",
    "bake": "wirecopy.cli.house:bake",
    "status": "wirecopy.cli.house:status",
    "source": "wirecopy.cli.source:source",
    "story": "wirecopy.cli.story:story",
    "quarantine": "wirecopy.cli.quarantine:quarantine",
    "rules": "wirecopy.cli.rules:rules",
    "vocabulary": "wirecopy.cli.vocabulary:vocabulary",
    "profile": "wirecopy.cli.profile:profile",
    "theme": "wirecopy.cli.theme:theme",
    "doctor": "wirecopy.cli.care:doctor",
    "backup": "wirecopy.cli.care:backup",
    "restore": "wirecopy.cli.care:restore",
    "log": "wirecopy.cli.log:log",
    "rebuild": "wirecopy.cli.house:rebuild",
}
"""Each command is imported only when it is called, so that `wirecopy --help` answers at once."""

_DATABASES = (
    "Free some space if the disk is full. If archive.db is damaged, `wirecopy rebuild` makes it "
    "anew; if log.db is, put the last copy of it back."
)


class Commands(click.Group):
    """The commands by name, in the order in which a newcomer meets them."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None when there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The newsroom folder (with wirecopy.toml); default: this folder.",
)
@click.version_option(__version__, prog_name="wirecopy")
@click.pass_context
def wirecopy(ctx: click.Context, folder: Path) -> None:
    """Wire copy in, finished news pages out."""
    ctx.obj = folder


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        code = wirecopy.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except WirecopyError as error:
        click.echo(f"Error: {error}", err=True)
        code = 2
    except sqlite3.DatabaseError as error:
        click.echo(f"Error: a database in data/ cannot be used: {error}. {_DATABASES}", err=True)
        code = 2
    except OSError as error:
        click.echo(f"Error: {_refusal(error)}", err=True)
        code = 2
    _leave(code if isinstance(code, int) else 0)


def _refusal(error: OSError) -> str:
    """What the disk refused, by the name of the file, and what to look at."""
    what = f"{error.filename} cannot be used" if error.filename else "The machine refused something"
    why = error.strerror or str(error) or type(error).__name__
    return f"{what}: {why}. Check what lies there, its permissions and the disk's free space."


def _leave(code: int) -> NoReturn:
    """End the process.

    Threads of the web server may outlive it, when readers stall: one that asks for the
    interpreter while that is being taken down would have the process aborted. All that is ours
    has been closed by now, so nothing is taken down where they may be.
    """
    if "granian" not in sys.modules:
        sys.exit(code)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
