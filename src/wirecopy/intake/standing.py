"""How the sources stand, read from the notebook: for commands that run beside the newsroom."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from wirecopy.config import Config
from wirecopy.intake.health import Health, Pulse, judged
from wirecopy.intake.notebook import NAME


def health_of(data: Path, config: Config, now: datetime) -> list[Health]:
    """How each source stands, as the running newsroom last noted it; nothing is written."""
    pulses = _pulses(data / NAME)
    return [
        judged(source.name, pulses.get(source.name, Pulse(since=now)), now)
        for source in config.sources
    ]


def _pulses(path: Path) -> dict[str, Pulse]:
    if not path.exists():
        return {}
    found = {}
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as notebook:
            for name, note in notebook.execute("SELECT key, note FROM notes WHERE kind = 'pulse'"):
                found[name] = msgspec.msgpack.decode(note, type=Pulse)
    except (sqlite3.DatabaseError, msgspec.DecodeError):
        return {}  # a notebook that is damaged, or of another version, is begun anew at the start
    return found
