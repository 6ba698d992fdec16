"""Each file under tests/wires/{rss,atom,jsonfeed} is one quirk with what must be read of it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.model import Item

WIRES = Path(__file__).resolve().parents[1] / "wires"
FILES = sorted(
    path
    for form in ("rss", "atom", "jsonfeed")
    for path in (WIRES / form).iterdir()
    if not path.name.endswith(".expected.json")
)


def _seen(item: Item, field: str) -> Any:
    """A field as an expectation writes it: blocks as [kind, html], values as plain JSON."""
    value = getattr(item, field)
    if field == "body":
        return [[block.kind, block.html] for block in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    plain = msgspec.to_builtins(value)
    return _listed(plain)


def _listed(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_listed(part) for part in value]
    if isinstance(value, dict):
        return {key: _listed(part) for key, part in value.items() if part not in ("", (), [])}
    return value


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_wire_reads_as_expected(path: Path) -> None:
    """A wire gives exactly the items, spoiled items and warnings its expectation names."""
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text("utf-8"))
    if "error" in expected:
        with pytest.raises(FormatError, match=expected["error"]):
            formats.read(path.read_bytes())
        return
    reading = formats.read(path.read_bytes())
    assert len(reading.items) == len(expected["items"]), reading
    assert len(reading.spoiled) == expected.get("spoiled", 0), reading.spoiled
    for item, wanted in zip(reading.items, expected["items"], strict=True):
        assert {field: _seen(item, field) for field in wanted} == wanted
        recovered = any("not well-formed" in warning for warning in item.warnings)
        assert recovered is expected.get("recovered", False)
