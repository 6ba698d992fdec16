"""What a reader probably meant: by the words that stories use, and by how fingers slip."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from wirecopy.archive.spelling import spaced, suggestion

Run = Callable[..., sqlite3.Cursor]


@pytest.fixture
def run() -> Iterator[Run]:
    """An index of a few stories' words."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5 (body)")
    connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab (search, row)")
    for body in ("harbour ferry pilots", "harbour marsh", "marsh", "march", "ferries", "café"):
        connection.execute("INSERT INTO search VALUES (?)", (body,))
    yield connection.execute
    connection.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbur", "harbour"),  # a letter left out
        ("harbbour", "harbour"),  # one put in
        ("harboor", "harbour"),  # one replaced
        ("harobur", "harbour"),  # two exchanged, and one left out
        ("ahrbour", "harbour"),  # slips at the beginning
        ("hrabour", "harbour"),
        ("habrour", "harbour"),
        ("hsarbour", "harbour"),
        ("xharbour", "harbour"),
        ("harbwxr", "harbour"),  # two slips in a long word
        ("herbwxr", ""),  # three
        ("fery", "ferry"),  # one in a short one
        ("fary", ""),  # two
        ("ferri", "ferry"),
        ("harbourfronts", ""),  # far too long for any
        ("Harbur PILOTS", "harbour PILOTS"),  # what is known stays as it was typed
        ("harbur harbur", "harbour harbour"),
        ("marxh", "marsh"),  # as near to two: the one that more stories use
        ("CAFÉS", "cafe"),
        ("hab", ""),  # too short to say
        ("harbour", ""),
        ("", ""),
    ],
)
def test_a_slip_is_put_right(run: Run, typed: str, meant: str) -> None:
    """A word that no story uses becomes the nearest that one does, if that is near enough."""
    assert suggestion(run, typed) == meant


def test_words_as_the_index_keeps_them() -> None:
    """No capitals, no accents, no marks; each word between blanks, so that no half of one fits."""
    assert spaced("The Café-Pilots, 1,200!") == " the cafe pilots 1 200 "
