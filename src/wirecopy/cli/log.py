"""`log`: the wire log as a file that grows."""

from __future__ import annotations

import os
from pathlib import Path

import click

from wirecopy import retention
from wirecopy.cli import show
from wirecopy.config.checks import check_retention
from wirecopy.settings import read_config
from wirecopy.wiring import clock_of


@click.group()
def log() -> None:
    """Keep the wire log in bounds."""


@log.command()
@click.option("--keep", help='How long what came is kept, such as "400d"; default: [log] keep.')
@click.pass_obj
def trim(folder: Path, keep: str | None) -> None:
    """Drop what is older than [log] keeps; `run` does it once a day.

    What goes lies in data/snapshot.db, with which `rebuild` then begins. Copy that is not filed, in
    quarantine, held or under embargo stays.
    """
    check_retention(keep or "", "--keep")
    chosen = {} if keep is None else {"WIRECOPY_LOG_KEEP": keep}
    config = read_config(folder, {**os.environ, **chosen})
    progress = show.Progress("filed into the snapshot")
    done = retention.trim(folder, config, clock_of(os.environ)(), progress)
    progress.end()
    click.echo(
        f"Dropped {done.dropped} entries up to number {done.upto}; {done.kept} older ones stay, as "
        "somebody waits for them."
    )
