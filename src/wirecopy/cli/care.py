"""`backup`, `restore` and `doctor`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from wirecopy import backups
from wirecopy.checkup import examine
from wirecopy.cli import show
from wirecopy.leases import at_work
from wirecopy.wiring import clock_of


@click.command()
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def backup(folder: Path, target: Path) -> None:
    """Copy the newsroom into the new folder TARGET, while it runs if it does.

    Settings, profiles, theme, log, archive and what intake remembers; the site is baked anew from
    them.
    """
    made = backups.backup(folder, target, clock_of(os.environ)())
    click.echo(f"Backed up {made.log_entries} log entries into {target}.")


@click.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def restore(folder: Path, source: Path) -> None:
    """Put the backup SOURCE back into the folder of -C, which holds no newsroom yet."""
    folder.mkdir(parents=True, exist_ok=True)
    with at_work(folder, alone=True):
        made = backups.restore(source, folder)
    click.echo(
        f"Put back {made.log_entries} log entries of {made.made.isoformat(' ', 'seconds')}. "
        f"`wirecopy -C {folder} run` bakes the site and goes on."
    )


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended without any loss.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_obj
def doctor(folder: Path, *, repair: bool, as_json: bool) -> int:
    """Look at settings, disk, files, clock and sources; exit code 1 if something is wrong.

    Nothing is changed without --repair, and nothing outside this machine is asked.
    """
    findings = list(examine(folder, os.environ, clock_of(os.environ)()))
    mended = {}
    for number, finding in enumerate(findings):
        if repair and finding.mend is not None:
            mended[number] = finding.mend()
    rows = [
        (
            finding.what,
            "mended" if number in mended else finding.state,
            mended.get(number, finding.said),
        )
        for number, finding in enumerate(findings)
    ]
    if as_json:
        show.json([{"what": what, "state": state, "said": said} for what, state, said in rows])
    else:
        show.table(("what", "state", "said"), rows)
    return 1 if any(state == "bad" for _, state, _ in rows) else 0
