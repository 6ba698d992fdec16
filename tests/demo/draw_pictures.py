"""Draws the pictures of the demo's wire anew: python tests/demo/draw_pictures.py [NAME...]."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import scenes_land
import scenes_rooms
import scenes_sky
import scenes_sport
import scenes_towns
from brush import Canvas, jpeg

FOLDER = Path(__file__).parents[2] / "src/wirecopy/demo/pictures"


def scenes() -> dict[str, Callable[[str], Canvas]]:
    """Every scene by the name of its file; the functions carry the same names."""
    return {
        name.replace("_", "-"): draw
        for module in (scenes_land, scenes_sky, scenes_towns, scenes_rooms, scenes_sport)
        for name, draw in vars(module).items()
        if callable(draw) and getattr(draw, "scene", False)
    }


def main(wanted: list[str]) -> None:
    """Draw the scenes that were named, or all."""
    FOLDER.mkdir(exist_ok=True)
    for name, draw in scenes().items():
        if not wanted or name in wanted:
            (FOLDER / f"{name}.jpg").write_bytes(jpeg(draw(name).finish()))


if __name__ == "__main__":
    main(sys.argv[1:])
