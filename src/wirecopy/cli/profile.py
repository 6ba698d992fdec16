"""`profile`: the agencies' profiles, and what one of them does to a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wirecopy.cli import show
from wirecopy.config import Config, Source, parse
from wirecopy.errors import FormatError
from wirecopy.fitting import Fitted, Fitting, fit, written
from wirecopy.formats import dialects
from wirecopy.model import Delivery
from wirecopy.settings import CONFIG, read_config
from wirecopy.wiring import clock_of


@click.group()
def profile() -> None:
    """Show the agencies' profiles, and try one on a file. Needs no newsroom folder."""


@profile.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_obj
def list_(folder: Path, *, as_json: bool) -> None:
    """List all profiles: the shipped ones and those of the folder profiles/."""
    config = _settings(folder)
    own = {each.key for each in config.profiles}
    known = sorted(dialects.book(config.profiles).by_key.items())
    rows = [
        {"profile": key, "agency": each.name, "own": key in own, "why": each.why}
        for key, each in known
    ]
    if as_json:
        show.json(rows)
        return
    show.table(
        ("profile", "agency", "from", "why"),
        [
            (row["profile"], row["agency"], "newsroom" if row["own"] else "wirecopy", row["why"])
            for row in rows
        ],
    )


@profile.command("show")
@click.argument("name")
@click.pass_obj
def show_(folder: Path, name: str) -> None:
    """Print a profile as TOML, with all that it has from the one it extends."""
    click.echo(written(dialects.named(name, _settings(folder).profiles)), nl=False)


@profile.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--profile", "name", default="", help="The profile to try; default: the one found.")
@click.option("--source", help="The source to take the file as; default: none.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def check(folder: Path, file: Path, name: str, source: str | None, *, as_json: bool) -> None:
    """Show side by side what stands in FILE and what a profile makes of it. Takes nothing in."""
    config = _settings(folder)
    taken = config.source(source) if source else Source(name="check", agency="")
    delivery = Delivery(source=taken.name, body=file.read_bytes(), name=file.name)
    fitting = fit(delivery, clock_of(os.environ)(), config, taken, name)
    if as_json:
        show.json(fitting)
    elif fitting.error:
        raise FormatError(f"{file}: {fitting.error}")
    else:
        _print(fitting)


def _settings(folder: Path) -> Config:
    """The newsroom's settings, or those of none where the folder is no newsroom."""
    if (folder / CONFIG).exists():
        return read_config(folder, os.environ)
    return parse('[site]\nname = "none"\nurl = "http://localhost"\n')


def _print(fitting: Fitting) -> None:
    click.echo(f"profile {fitting.profile or 'none'}, format {fitting.format}")
    if not fitting.stories:
        click.echo("  It holds no story.")
    for story in fitting.stories:
        click.echo()
        _side_by_side(story)
        for warning in story.warnings:
            click.echo(f"  warning: {show.printable(warning)}")
    for reason in fitting.spoiled:
        click.echo(f"  spoiled: {show.printable(reason)}")


def _side_by_side(story: Fitted) -> None:
    """What stands in the file beside what it is read as; ruled where a person looks on."""
    if not sys.stdout.isatty():
        rows = [(line.field, line.sent, line.read, line.why) for line in story.lines]
        show.table(("field", "in the file", "read as", "by"), rows)
        return
    table = Table("in the file", "read as", show_lines=True, expand=True)
    for line in story.lines:
        read = Text.assemble((f"{line.field}: ", "bold"), show.printable(line.read))
        if line.why:
            read.append(f"\nby {show.printable(line.why)}", style="dim")
        table.add_row(Text(show.printable(line.sent)), read)
    Console().print(table)
