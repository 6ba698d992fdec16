"""How commands print: tables, JSON, and progress on anything that takes over a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence

import click
import msgspec

from wirecopy.wiring import Newsroom


def json(value: object) -> None:
    """Print a value as one JSON document."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2)
    click.echo(text.decode())


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under a head, each column as wide as it must be; the last one may run on."""
    body = [[printable(str(cell)) for cell in row] for row in rows]
    columns = list(zip(head, *body, strict=True)) if body else [(cell,) for cell in head]
    widths = [max(len(cell) for cell in column) for column in columns]
    for row in [list(head), *body]:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())


def printable(text: str) -> str:
    """The text without what could move a terminal's cursor: the wire is hostile there too."""
    return "".join(char if char.isprintable() else " " for char in text)


def troubles(told: Iterable[str]) -> None:
    """Print what was wrong with pages that were made."""
    for trouble in told:
        click.echo(printable(trouble), err=True)


def pages_left(newsroom: Newsroom) -> None:
    """Say what was wrong with pages, and who makes those anew that this command has left."""
    troubles(newsroom.baker.troubles())
    if newsroom.renewal.is_under_way():
        click.echo(
            "Settings, theme or program have changed: the next `wirecopy run` makes the other "
            "pages anew beside its work, or `wirecopy bake` at once.",
            err=True,
        )


class Progress:
    """A count on the terminal's last line, for work that takes over a second."""

    def __init__(self, what: str, total: int = 0) -> None:
        self._what = what
        self._total = total
        self._began = self._shown = time.monotonic()
        self._drawn = False

    def __call__(self, done: int) -> None:
        """Show that `done` are done, ten times a second at the most."""
        now = time.monotonic()
        if now - self._began < 1 or now - self._shown < 0.1 or not sys.stderr.isatty():
            return
        self._shown, self._drawn = now, True
        of = f" of {self._total}" if self._total else ""
        click.echo(f"\r{self._what}: {done}{of} ", nl=False, err=True)

    def end(self) -> None:
        """Leave the line clean for what follows."""
        if self._drawn:
            click.echo("\r\x1b[K", nl=False, err=True)
