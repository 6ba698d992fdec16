"""The newsroom of the picture tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pictures.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A newsroom that fetches its pictures."""
    room = Room(tmp_path)
    yield room
    room.close()
