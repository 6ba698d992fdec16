"""Where newsrooms live that are about to be killed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.newsdesk import FAST


@pytest.fixture
def folder() -> Iterator[Path]:
    """A newsroom folder, in memory where it can be.

    What a killed process has written is the system's, wherever it lies; and these tests are about
    processes, not about disks.
    """
    with tempfile.TemporaryDirectory(prefix="wirecopy-crash-", dir=FAST) as name:
        yield Path(name) / "newsroom"
