"""`quarantine`: what could not be read, why, and how to try again."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click
import msgspec

from wirecopy.archive.ledger import quarantined
from wirecopy.cli import show
from wirecopy.errors import SourceError
from wirecopy.model import Delivery
from wirecopy.wiring import Newsroom, open_newsroom


@click.group()
def quarantine() -> None:
    """Show and replay the deliveries that could not be read. Their bytes are kept."""


@quarantine.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_obj
def list_(folder: Path, *, as_json: bool) -> None:
    """List what is in quarantine, newest first, with the reasons."""
    with closing(open_newsroom(folder, readers=0)) as newsroom:
        rows = quarantined(newsroom.archive.connection)
        if as_json:
            show.json(rows)
            return
        show.table(
            ("number", "received", "source", "name", "reason"),
            [
                (row.seq, row.received.isoformat(" ", "seconds"), row.source, row.name, row.reason)
                for row in rows
            ],
        )


@quarantine.command("show")
@click.argument("number", type=int)
@click.option("--raw", is_flag=True, help="Write the bytes themselves, as they arrived.")
@click.pass_obj
def show_(folder: Path, number: int, *, raw: bool) -> None:
    """Show one delivery: where it came from, why it is here, and how it begins."""
    with closing(open_newsroom(folder, readers=0)) as newsroom:
        delivery = _delivery(newsroom, number)
        if raw:
            sys.stdout.buffer.write(delivery.body)
            return
        reasons = [
            row.reason for row in quarantined(newsroom.archive.connection) if row.seq == number
        ]
        click.echo(f"source  {delivery.source}\nname    {show.printable(delivery.name)}")
        click.echo(f"bytes   {len(delivery.body)}")
        for reason in reasons or ["it is not in quarantine"]:
            click.echo(f"reason  {show.printable(reason)}")
        click.echo("\n" + show.printable(delivery.body[:600].decode("utf-8", "replace")))


@quarantine.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Replay everything in quarantine.")
@click.pass_obj
def replay(folder: Path, numbers: tuple[int, ...], *, everything: bool) -> int:
    """Take deliveries in again, as new ones; their first outcome stays on record."""
    if not numbers and not everything:
        raise click.UsageError("Say which: the NUMBERS that `quarantine list` shows, or --all.")
    with closing(open_newsroom(folder, readers=0)) as newsroom:
        if everything:
            rows = quarantined(newsroom.archive.connection)
            numbers = tuple(sorted({row.seq for row in rows}))
        again = [
            msgspec.structs.replace(_delivery(newsroom, number), how="replay", replays=number)
            for number in numbers
        ]
        given = newsroom.pipeline.take(again) if again else []
        newsroom.pipeline.drain()
        show.troubles(newsroom.baker.troubles())
        failed = {row.seq for row in quarantined(newsroom.archive.connection)} & set(given)
        click.echo(f"Replayed {len(given)}; {len(failed)} of them are in quarantine again.")
        return 1 if failed else 0


def _delivery(newsroom: Newsroom, number: int) -> Delivery:
    entries = newsroom.log.after(number - 1, 1)
    if not entries or entries[0].seq != number or not isinstance(entries[0].entry, Delivery):
        gone = " It is too old for [log] keep." if number <= newsroom.log.start() else ""
        raise SourceError(
            f"There is no delivery {number}.{gone} `wirecopy quarantine list` shows them."
        )
    return entries[0].entry
