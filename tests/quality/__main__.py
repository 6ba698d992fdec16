"""`make quality`: what the librarian gets right, beside the simplest ways, on labelled copy.

Every script in `tables/` with a `measure()` gives one table.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.quality.labels import wire


def main() -> int:
    """Print every table, or those whose names are given; 2 where there is none of that name."""
    known = sorted(file.stem for file in (Path(__file__).parent / "tables").glob("[a-z]*.py"))
    wanted = sys.argv[1:] or known
    if unknown := [name for name in wanted if name not in known]:
        sys.stderr.write(f"There is no table {unknown[0]!r}. Known: {', '.join(known)}.\n")
        return 2
    held = sum(story.held for story in wire())
    sys.stdout.write(f"# Quality: {len(wire())} labelled stories, {held} kept aside\n\n")
    for name in wanted:
        table = importlib.import_module(f"tests.quality.tables.{name}").measure()
        sys.stdout.write(table.markdown() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
