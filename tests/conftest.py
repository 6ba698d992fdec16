"""What all tests share: where their folders lie, how long one looks for counter-examples."""

from __future__ import annotations

import functools
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.newsdesk import Desk

from wirecopy import baking

# Memory instead of a disk, where the machine has enough of it: newsrooms sync after every step, and
# waited for whatever else the machine had to write. Their processes inherit the folder.
SHM = Path("/dev/shm")  # noqa: S108 - pytest makes a private folder in it
if SHM.is_dir() and shutil.disk_usage(SHM).free > 2**31:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(SHM))

# What CI says of a commit is the same each time; whoever works on it looks somewhere new each time.
settings.register_profile(
    "default",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# By hand it looks twice as deep: CI has twenty minutes for everything.
settings.register_profile(
    "deep", settings.get_profile("default"), max_examples=500 if "CI" in os.environ else 1000
)
settings.load_profile("default")

# No test asks a server of names: its question would leave this machine.
_look_up = socket.getaddrinfo


def _literally(host: Any, *values: Any, **more: Any) -> Any:
    """As getaddrinfo, of this machine's own name and of addresses alone."""
    if host not in (None, "", "localhost", b"localhost"):
        _look_up(host, None, flags=socket.AI_NUMERICHOST)  # or it raises gaierror
    return _look_up(host, *values, **more)


socket.getaddrinfo = _literally


# A newsroom goes on when the press has a fault; a test that meets one must not.
@functools.wraps(baking._words_for)
def _raised(_page: str, error: Exception) -> str:
    raise error


baking._words_for = _raised


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A newsroom whose site is there."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        yield desk
