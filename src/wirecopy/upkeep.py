"""What a running newsroom does for its files now and then: checkpoints, and trims of its log."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from wirecopy.config import Retention
from wirecopy.database import checkpoint
from wirecopy.errors import SourceError
from wirecopy.pressroom import ARCHIVE

_CHECKPOINT = 1.0
"""Seconds between two times that the archive's write-ahead log is copied into its file."""
_RETRY = 5.0
"""Seconds to wait after the disk refused that."""
_FIRST_TRIM = 600.0
_TRIM = 86_400.0
"""Seconds after the start, and between two times, that old entries are dropped from the log."""


async def keep_checkpoints(folder: Path, say: Callable[[str], None]) -> None:
    """Now and then copy the archive's write-ahead log into its file, or a commit would have to.

    In a thread of its own, where the disk keeps no story waiting. Never returns.
    """
    while True:
        await asyncio.sleep(_CHECKPOINT)
        try:
            await asyncio.to_thread(checkpoint, folder / ARCHIVE)
        except SourceError as error:
            say(str(error))
            await asyncio.sleep(_RETRY)


async def keep_trimmed(folder: Path, kept: Retention, say: Callable[[str], None]) -> None:
    """Once a day let a process of its own drop from the log what the settings do not keep.

    Returns at once where they keep everything, else never.
    """
    if not kept.keep and not kept.most_mb:
        return
    await asyncio.sleep(_FIRST_TRIM)
    while True:
        words = (sys.executable, "-m", "wirecopy", "-C", folder, "log", "trim")
        process = await asyncio.create_subprocess_exec(
            *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        try:
            said, _ = await process.communicate()
        finally:
            if process.returncode is None:  # we are being stopped: it loses nothing by it
                process.terminate()
        say(said.decode(errors="replace").strip())
        await asyncio.sleep(_TRIM)
