"""`ingest` and `parse`: files become stories, or only items."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from io import BufferedReader
from pathlib import Path

import click
import msgspec

from wirecopy.archive.ledger import OutcomeRow, outcomes_of
from wirecopy.cli import show
from wirecopy.config import Config, Source
from wirecopy.config import parse as parse_config
from wirecopy.errors import ConfigError, SourceError
from wirecopy.formats.ninjs_write import to_ninjs
from wirecopy.intake import unpack
from wirecopy.model import OUTCOMES, Delivery
from wirecopy.readers import read_safely
from wirecopy.settings import is_ours
from wirecopy.wiring import Newsroom, open_newsroom, system_clock

_MANY = 300
"""Files from which on it pays to start reading processes."""
_TOGETHER = 64
"""Deliveries put into the log with one sync."""
_LARGE = 1_000_000
"""Bytes of a delivery that no other is waited for with."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--source", help="The source these files are from (its name in wirecopy.toml).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def ingest(folder: Path, paths: tuple[Path, ...], source: str | None, *, as_json: bool) -> int:
    """Take files or folders in once, through the whole road.

    Prints what became of every item of these files. Exit code 1 if any was quarantined, or a file
    of a folder could not be read.
    """
    for path in paths:
        if path.is_dir() and is_ours(path.resolve(), folder.resolve()):
            raise ConfigError(
                f"{path} holds wirecopy's own files: its pages, its log. Name the folder that the "
                f"wire files are in, such as {folder / 'inbox'}."
            )
    files = list(_files(paths))
    with closing(open_newsroom(folder, many=len(files) > _MANY)) as newsroom:
        taken, unread = _take_in(newsroom, files, source, paths)
        progress = show.Progress("filed", len(taken))
        newsroom.pipeline.drain(lambda seq: progress(bisect_right(taken, seq)))
        progress.end()
        newsroom.renew_if_changed()
        show.pages_left(newsroom)
        return max(_report(newsroom, taken, as_json=as_json), min(unread, 1))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those below the folders named, in the order of their names.

    A link inside a folder is left alone: whoever may put one there could name any file of the
    machine.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(
                found
                for found in path.rglob("*")
                if found.is_file()
                and not found.is_symlink()
                and not any(part.startswith(".") for part in found.relative_to(path).parts)
            )
        else:
            yield path


def _take_in(
    newsroom: Newsroom, files: Collection[Path], source: str | None, named: Collection[Path]
) -> tuple[list[int], int]:
    """The numbers that the log gave to what is in these files, and how many could not be read.

    SourceError where one of those was `named` itself; the others are only told of.
    """
    taken: list[int] = []
    unread = 0
    progress = show.Progress("taken into the log", len(files))
    batch: list[Delivery] = []
    for number, path in enumerate(files, 1):
        try:
            for delivery in _deliveries(newsroom, path, source):
                batch.append(delivery)
                if len(batch) == _TOGETHER or len(delivery.body) > _LARGE:
                    taken += newsroom.pipeline.take(batch)
                    batch.clear()
        except OSError as error:
            sentence = f"{path} cannot be read: {error.strerror}."
            if path in named:
                raise SourceError(sentence) from error
            click.echo(f"Error: {show.printable(sentence)}", err=True)
            unread += 1
        progress(number)
    taken += newsroom.pipeline.take(batch)
    progress.end()
    return taken, unread


def _deliveries(newsroom: Newsroom, path: Path, source: str | None) -> Iterator[Delivery]:
    """The file as a delivery, or those of an archive, as a watched folder would take them."""
    name = _source_for(newsroom, path, source)
    most = newsroom.config.pipeline.max_bytes
    with path.open("rb") as stream:
        for inside, body in _copies(stream, path.name, most):
            cut = len(body) > most
            yield Delivery(source=name, body=body, name=inside, how="ingest", cut=cut)


def _copies(stream: BufferedReader, name: str, most: int) -> Iterator[tuple[str, bytes]]:
    """The file, cut off where it is too large, or the files in an archive, with their names.

    An archive that is refused is told of and taken as it is: the road quarantines a bomb.
    """
    if unpack.kind(stream.peek(512)[:512]):
        limits = unpack.Limits(each=most, total=10 * most)
        try:
            for inside, body in unpack.unpacked(stream, name, limits):
                yield f"{name}/{inside}", body
        except unpack.ArchiveError as error:
            click.echo(f"{show.printable(name)} is taken as it is: {error}.", err=True)
            stream.seek(0)
        else:
            return
    yield name, stream.read(most + 1)


def _source_for(newsroom: Newsroom, path: Path, name: str | None) -> str:
    """The source a file is from: the one named, else its folder's, else the only one."""
    config = newsroom.config
    if name:
        return config.source(name).name
    for source in config.sources:
        inbox = (newsroom.folder / source.path).resolve()
        if source.path and path.resolve().is_relative_to(inbox):
            return source.name
    if len(config.sources) == 1:
        return config.sources[0].name
    known = ", ".join(source.name for source in config.sources) or "none are configured"
    raise ConfigError(
        f"Which source is {path} from? Say --source NAME (sources: {known}), or put the file "
        "under that source's path."
    )


def _report(newsroom: Newsroom, taken: Collection[int], *, as_json: bool) -> int:
    """Tell what became of these deliveries, and of no other's that came in meanwhile."""
    rows = outcomes_of(newsroom.archive.connection, taken)
    counts = Counter[str](row.outcome for row in rows)
    outcomes = {kind: counts.get(kind, 0) for kind in OUTCOMES}
    if as_json:
        show.json(
            {
                "deliveries": len({row.seq for row in rows}),
                "items": len(rows),
                "outcomes": outcomes,
                "results": rows,
            }
        )
    else:
        show.table(
            ("outcome", "story", "headline", "reason"),
            [(row.outcome, row.story or "-", row.headline[:60] or "-", _why(row)) for row in rows],
        )
        said = ", ".join(f"{count} {kind}" for kind, count in outcomes.items() if count)
        click.echo(f"\n{len(rows)} items: {said or 'nothing'}.")
    return 1 if outcomes["quarantined"] else 0


def _why(row: OutcomeRow) -> str:
    """The reason; of what made no story, the file's name with it, to find it again by."""
    return row.reason if row.story or not row.name else f"{row.name}: {row.reason}"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", default="", help="Read as this format, whatever it looks like."
)
@click.option("--agency", default="", help="The agency's name, for its dateline and sign-off.")
@click.option(
    "--as",
    "as_",
    type=click.Choice(["item", "ninjs"]),
    default="item",
    help="What to print: wirecopy's own fields (item), or ninjs 3.0.",
)
def parse(files: tuple[Path, ...], format_: str, agency: str, as_: str) -> int:
    """Print one JSON object per item, one per line. Needs no newsroom folder.

    Exit code 1 if a file, or an item of one, could not be read.
    """
    config = _no_newsroom(format_, agency)
    received = system_clock()
    failed = False
    for path in files:
        try:
            body = path.read_bytes()
        except OSError as error:
            click.echo(f"Error: {path}: {error.strerror}.", err=True)
            failed = True
            continue
        galley = read_safely(Delivery(source="parse", body=body, name=path.name), received, config)
        for sheet in galley.sheets:
            said = to_ninjs(sheet.item) if as_ == "ninjs" else _whole(sheet.item)
            click.echo(msgspec.json.encode(said))
        for reason in (*galley.spoiled, *([galley.error] if galley.error else [])):
            click.echo(f"Error: {path}: {reason}", err=True)
            failed = True
    return 1 if failed else 0


def _whole(value: object) -> object:
    """The value with every field written out, empty ones too: scripts may rely on the names.

    XML that is only kept for later revisions is no part of what was read, and left out.
    """
    if isinstance(value, msgspec.Struct):
        named = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return {name: _whole(said) for name, said in named if not isinstance(said, bytes)}
    if isinstance(value, tuple):
        return [_whole(one) for one in value]
    return value


def _no_newsroom(format_: str, agency: str) -> Config:
    """The settings of a reading that belongs to no newsroom; files of any size are looked at."""
    config = parse_config(
        '[site]\nname = "parse"\nurl = "http://localhost"\n[pipeline]\nmax_bytes = 1_000_000_000\n'
    )
    source = Source(name="parse", agency=agency, format=format_)
    return msgspec.structs.replace(config, sources=(source,))
