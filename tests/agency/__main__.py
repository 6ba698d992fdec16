"""The long day's wire as files, to look at or to take in: `python -m tests.agency FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.agency import day


def write_wire(folder: Path) -> int:
    """How many deliveries were written, named in their order: 012-ferry-1.anpa1312."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = {copy.id: copy.format for copy in day.copies()}
    for number, message in enumerate(day.wire(), 1):
        name = f"{number:03d}-{message.ids[0]}.{kinds[message.delivery.name]}"
        (folder / name).write_bytes(message.delivery.body)
    return len(day.wire())


if __name__ == "__main__":
    write_wire(Path(sys.argv[1]))
