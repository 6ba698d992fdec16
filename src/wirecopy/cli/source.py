"""`source`: the sources of a newsroom, added, listed, imported and exported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import click
import msgspec
import uvloop

from wirecopy.checkup import health
from wirecopy.cli import show
from wirecopy.config import Config, Source, parse, zone
from wirecopy.config.writing import Value, free_name, with_source
from wirecopy.errors import ConfigError, SourceError
from wirecopy.intake import opml
from wirecopy.intake.credentials import Vault
from wirecopy.intake.discover import find
from wirecopy.intake.folder import LEFT_OUT
from wirecopy.intake.http import HttpIntake
from wirecopy.intake.unpack import pieces
from wirecopy.model import Delivery, Galley
from wirecopy.readers import read_safely
from wirecopy.settings import CONFIG, check_parts, read_config, write_whole
from wirecopy.wiring import system_clock

_SAMPLES = 5
"""Files of a folder that are read to show what would be published."""
_SHOWN = 20


@click.group()
def source() -> None:
    """Add, list, import and export sources."""


@source.command()
@click.argument("where", metavar="URL|PATH")
@click.option("--name", default="", help="The source's name; never change it later.")
@click.option("--agency", default="", help="Who is credited; default: its server or folder.")
@click.option("--section", default="", help="Key of the section its stories go to.")
@click.option("--every", default="", help="How often it is asked, such as 2m.")
@click.option("--allow-private", is_flag=True, help="The address is in your own network.")
@click.option("--dry-run", is_flag=True, help="Show what would be published; write nothing.")
@click.pass_obj
def add(
    folder: Path,
    where: str,
    name: str,
    agency: str,
    section: str,
    every: str,
    *,
    allow_private: bool,
    dry_run: bool,
) -> int:  # fmt: skip - one line for what is typed
    """Find the feed at URL, or read the folder PATH; show what it would publish; write it down.

    A page that is no feed is looked through for the feed that it names. Nothing is published by
    this: the newsroom takes the source when it is started again.
    """
    config = read_config(folder, os.environ)
    fields: dict[str, Value] = {"name": name, "agency": agency, "section": section}
    if "://" in where:
        url, deliveries, others = uvloop.run(_look(folder, where, allow_private=allow_private))
        if known := next((one.name for one in config.sources if one.url == url), ""):
            raise ConfigError(
                f"The source {known!r} is this feed already; its stories would come twice."
            )
        fields |= {"url": url, "every": every, "allow_private": allow_private or ""}
    else:
        path = Path(where)
        deliveries, others = list(_samples(path, config.pipeline.max_bytes)), ()
        fields |= {"path": _from(folder, path), "every": every}
    words = agency or urlsplit(where).hostname or Path(where).name
    fields["agency"] = agency or str(words).removeprefix("www.")
    fields["name"] = name or free_name(f"{words} {section}", config.sources)
    new, text = _written(folder, fields)
    broken = _preview(parse(text, os.environ), new, deliveries)
    for other in others:
        click.echo(f"The page names another feed: {show.printable(other)}")
    if dry_run:
        click.echo("Nothing was written.")
        return 1 if broken else 0
    write_whole(folder / CONFIG, text.encode())
    click.echo(f"Added {new.name} to {folder / CONFIG}. Start `wirecopy run` again to take it in.")
    return 1 if broken else 0


async def _look(
    folder: Path, where: str, *, allow_private: bool
) -> tuple[str, list[Delivery], tuple[str, ...]]:
    asked = Source(name="new", agency="new", url=where, allow_private=allow_private)
    async with HttpIntake({}, system_clock, vault=Vault(folder)) as http:
        try:
            found = await find(http, asked)
        except SourceError as error:
            raise SourceError(_as_typed(str(error))) from error
    return found.url, [found.delivery], found.others


def _as_typed(sentence: str) -> str:
    """What is said of a source's settings, for one that has none yet."""
    said, private, _ = sentence.removeprefix("Source new: ").partition(
        "; if that is meant, set allow_private"
    )
    end = "; if that is meant, add --allow-private." if private else ""
    return f"{said[:1].upper()}{said[1:]}{end}"


def _samples(path: Path, most: int) -> Iterator[Delivery]:
    """What a few files of a folder hold, cut off at `most` bytes, to show what becomes of it."""
    if not path.is_dir():
        raise SourceError(f"{path} is not a folder; make it, or give the address of a feed.")
    files = sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
    watched = (one for one in files if _is_watched(one.relative_to(path)))
    for one in islice(watched, _SAMPLES):
        try:
            with one.open("rb") as stream:
                body = stream.read(most + 1)
        except OSError as error:
            raise SourceError(f"{one} cannot be read: {error.strerror}.") from error
        for name, copy in pieces(one.name, body, most):
            cut = len(copy) > most
            yield Delivery(source="new", body=copy, name=name, how="folder", cut=cut)


def _is_watched(path: Path) -> bool:
    """Whether a file of a folder would be taken: neither what is hidden nor what is done."""
    return path.parts[0] not in LEFT_OUT and not any(part.startswith(".") for part in path.parts)


def _from(folder: Path, path: Path) -> str:
    """The path as the file has it: relative where it lies in the newsroom's folder."""
    whole = path.resolve()
    root = folder.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else str(whole)


def _written(folder: Path, fields: dict[str, Value]) -> tuple[Source, str]:
    text = with_source((folder / CONFIG).read_text(encoding="utf-8"), fields)
    config = parse(text)
    check_parts(folder, config)
    return config.source(str(fields["name"])), text


def _preview(config: Config, new: Source, deliveries: list[Delivery]) -> bool:
    """Show what these deliveries would become; whether some of it cannot be read."""
    rows: list[tuple[str, str, str]] = []
    problems: list[str] = []
    for delivery in deliveries:
        galley = _read(config, new, delivery)
        problems += [galley.error] * bool(galley.error) + list(galley.spoiled)
        for sheet in galley.sheets:
            item = sheet.item
            when = item.version_created or item.first_created
            local = when.astimezone(zone(config.site.timezone)) if when else None
            at = local.isoformat(" ", "minutes")[:16] if local else "-"
            rows.append((at, sheet.section, item.headline or item.slug or item.item_id))
    show.table(("time", "section", "headline"), rows[:_SHOWN])
    if len(rows) > _SHOWN:
        click.echo(f"... and {len(rows) - _SHOWN} more")
    click.echo(f"\n{len(rows)} items from {len(deliveries)} deliveries of {new.agency}.")
    for problem in problems:
        click.echo(f"Cannot be read: {show.printable(problem)}", err=True)
    return bool(problems)


def _read(config: Config, new: Source, delivery: Delivery) -> Galley:
    return read_safely(msgspec.structs.replace(delivery, source=new.name), system_clock(), config)


@source.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_obj
def list_(folder: Path, *, as_json: bool) -> None:
    """List the sources: how they come, and how they stand."""
    config = read_config(folder, os.environ)
    standing = {one.source: one for one in health(folder, config, system_clock())}
    if as_json:
        show.json(list(standing.values()))
        return
    show.table(
        ("source", "agency", "way", "state", "why"),
        [
            (one.name, one.agency, _way(one), standing[one.name].state, standing[one.name].why)
            for one in config.sources
        ],
    )


def _way(one: Source) -> str:
    """How a source's copy comes, without its address: that may hold a key."""
    ways = [urlsplit(one.url).scheme] if one.url else []
    ways += ["folder"] * bool(one.path) + ["line"] * bool(one.listen)
    ways += ["push"] * bool(one.push.token or one.push.secret) + ["websub"] * one.websub
    return ", ".join(ways) or "by hand"


@source.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_(folder: Path, file: Path) -> None:
    """Add the feeds of an OPML list; those that are there already are left alone.

    A folder of the list that has the name or key of a section gives its feeds that section.
    """
    text = (folder / CONFIG).read_text(encoding="utf-8")
    config = parse(text, os.environ)
    sections = {name: s.key for s in config.sections for name in (s.key, s.name.lower())}
    known = {one.url for one in config.sources}
    added = 0
    for listed in opml.read(file.read_bytes()):
        if listed.url in known:
            continue
        known.add(listed.url)
        agency = listed.title or urlsplit(listed.url).hostname or "Agency"
        name = free_name(agency, parse(text, os.environ).sources)
        section = sections.get(listed.folder.lower(), "")
        try:
            text = with_source(
                text, {"name": name, "agency": agency, "section": section, "url": listed.url}
            )
        except ConfigError as error:
            click.echo(f"Left out {show.printable(agency)}: {error}", err=True)
            continue
        added += 1
    write_whole(folder / CONFIG, text.encode())
    click.echo(f"Added {added} sources to {folder / CONFIG}.")


@source.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.pass_obj
def export(folder: Path, file: Path | None) -> None:
    """Write the feeds as an OPML list to FILE, or print it. Logins and keys are left out."""
    config = read_config(folder, os.environ)
    names = {section.key: section.name for section in config.sections}
    body = opml.write(config.site.name, config.sources, names)
    if file is None:
        click.echo(body.decode())
    else:
        write_whole(file, body)
