"""Pairs of an invented wire file and what must be read from it, one quirk per pair.

`NAME.json` lists the items with the fields that the pair is about; a field that is missing there
is not looked at. A body is written as [kind, words].
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from wirecopy.formats import markup
from wirecopy.model import Item

WIRES = Path(__file__).resolve().parents[1] / "wires"


def pairs(folder: str, suffix: str) -> list[Path]:
    """The wire files of a format."""
    return sorted((WIRES / folder).glob(f"*{suffix}"))


def expected(wire: Path) -> list[dict[str, Any]]:
    """What must be read from a wire file."""
    return json.loads(wire.with_suffix(".json").read_text("utf-8"))


def _terse(value: dict[str, Any]) -> dict[str, Any]:
    usual = {"type": ("picture", "subject"), "status": ("usable",), "role": ("about",)}
    return {key: said for key, said in value.items() if said not in usual.get(key, ())}


def shown(item: Item, fields: dict[str, Any]) -> dict[str, Any]:
    """Those fields of an item, spelled as the expectations are."""
    builtins = json.loads(msgspec.json.encode(item))
    builtins["body"] = [[block.kind, markup.words_of((block,))] for block in item.body]
    for name in ("media", "subjects", "places"):
        builtins[name] = [_terse(each) for each in builtins[name]]
    return {field: builtins[field] for field in fields}
