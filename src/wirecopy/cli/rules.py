"""`rules test`: which rule decides about a file, and why."""

from __future__ import annotations

import os
from pathlib import Path

import click

from wirecopy.cli import show
from wirecopy.desk.rules import Rules, Ruling
from wirecopy.errors import FormatError
from wirecopy.model import Delivery, Sheet
from wirecopy.reading import read_delivery, source_of
from wirecopy.settings import read_config
from wirecopy.story.mediatopics import chain
from wirecopy.wiring import clock_of


@click.group()
def rules() -> None:
    """Try the desk rules of wirecopy.toml."""


@rules.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", help="The source to take the file as; default: the first one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_obj
def test(folder: Path, file: Path, source: str | None, *, as_json: bool) -> None:
    """Say of every story in FILE which rule decides and why. Nothing is taken in."""
    config = read_config(folder, os.environ)
    names = [known.name for known in config.sources]
    name = config.source(source).name if source else (names[0] if names else "none")
    delivery = Delivery(source=name, body=file.read_bytes(), name=file.name)
    galley = read_delivery(delivery, clock_of(os.environ)(), config)
    if galley.error:
        raise FormatError(f"{file}: {galley.error}")
    desk = Rules(config.rules)
    agency = source_of(config, name).agency
    judged = [
        (
            sheet,
            desk.judge(
                sheet.item, source=name, agency=agency, section=sheet.section, ancestors=chain
            ),
        )
        for sheet in galley.sheets
    ]
    if as_json:
        show.json([{"headline": sheet.item.headline, "ruling": ruling} for sheet, ruling in judged])
        return
    for sheet, ruling in judged:
        _print(sheet, ruling, config.desk.default)


def _print(sheet: Sheet, ruling: Ruling, default: str) -> None:
    click.echo(show.printable(sheet.item.headline or sheet.item.item_id))
    section = ruling.section or sheet.section
    why = "by rule" if ruling.section else sheet.section_reason
    click.echo(f"  section  {section} ({show.printable(why)})")
    action = ruling.action or f"{default} (the desk's default; no rule decides)"
    delay = f", {ruling.publish_after} after it came" if ruling.publish_after else ""
    by = f" (rule {ruling.rule!r})" if ruling.rule else ""
    click.echo(f"  action   {action}{delay}{by}")
    for reason in ruling.reasons:
        click.echo(f"  yes      {show.printable(reason)}")
    for reason in ruling.checked:
        click.echo(f"  no       {show.printable(reason)}")
    click.echo()
