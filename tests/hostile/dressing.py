"""Every wire of tests/wires with hostile words in every field that it has.

No field has to be named here: whatever element, attribute, JSON string or line of text a wire has
is a field. So a field that a new wire brings is covered the day it comes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from lxml import etree
from tests.formats.wirepairs import WIRES
from tests.hostile.vectors import ALL

_DATE = re.compile(r"[\dT:.+Z\s-]{4,40}|\w{3}, \d+ \w{3} \d{4}.*|\d+")
_CODE = re.compile(r"[\w:.+/-]{0,80}")
"""What decides an item's state or reads as a number: dressed, it would only spoil the item."""
_STATES = frozenset(
    {
        "usable",
        "withheld",
        "canceled",
        "cancelled",
        "publish",
        "published",
        "text",
        "picture",
        "post",
        "news",
        "live",
        "open",
        "article",
        "n",
        "y",
        "true",
        "false",
        "story",
    }
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def wires() -> list[Path]:
    """Every wire of the tests, without what is expected of it."""
    found = sorted(path for path in WIRES.rglob("*") if path.is_file())
    return [path for path in found if not _is_expectation(path)]


def _is_expectation(path: Path) -> bool:
    if path.name.endswith(".expected.json"):
        return True
    twins = [p for p in path.parent.glob(f"{path.stem}.*") if p != path]
    return (
        path.suffix == ".json" and bool(twins) and not path.with_suffix(".expected.json").exists()
    )


def dressed(path: Path, turn: int, *, raw: bool = False) -> bytes:
    """The wire with one vector behind the words of each field, others at each turn.

    `raw` puts them in as the bytes stand, where they may well break the document.
    """
    body = path.read_bytes()
    vectors = _vectors(turn)
    if raw:
        return _raw(body, vectors)
    if body.lstrip().startswith((b"{", b"[")):
        try:
            return json.dumps(_json(json.loads(body), vectors)).encode()
        except ValueError:
            return _raw(body, vectors)
    if b"<" in body[:200] and body.lstrip().startswith(b"<"):
        return _xml(body, vectors)
    return _lines(body, vectors)


def _vectors(turn: int) -> Iterator[str]:
    return (ALL[(turn * 37 + number) % len(ALL)] for number in count())


def _raw(body: bytes, vectors: Iterator[str]) -> bytes:
    """Vectors between the tags, or behind the lines, of a text."""
    pieces = re.split(rb"(?<=[a-z.!?]{2})(?=<|\r?\n|\")", body)
    return b"".join(
        piece + (b"" if number % 5 else next(vectors).encode())
        for number, piece in enumerate(pieces)
    )


def _json(value: Any, vectors: Iterator[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _json(said, vectors, name) for name, said in value.items()}
    if isinstance(value, list):
        return [_json(said, vectors, key) for said in value]
    if not isinstance(value, str) or key.startswith("$") or not _dressable(value, key):
        return value
    return f"{value} {next(vectors)}"


def _dressable(text: str, key: str) -> bool:
    plain = text.strip().casefold()
    if not plain or _DATE.fullmatch(text.strip()) or plain in _STATES:
        return False
    coded = key in ("uri", "id", "guid", "version", "code", "type", "profile", "pubstatus", "role")
    return not (coded or plain.startswith("https://jsonfeed.org/version"))


def _xml(body: bytes, vectors: Iterator[str]) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, recover=True, strip_cdata=False)
    root = etree.fromstring(body, parser)
    if root is None:
        return _raw(body, vectors)
    for element in root.iter(etree.Element):
        if element.text and _dressable(element.text, str(element.tag).rpartition("}")[2]):
            element.text = _legal(f"{element.text} {next(vectors)}")
        for name, value in element.items():
            if not _CODE.fullmatch(str(value)):
                element.set(name, _legal(f"{value} {next(vectors)}"))
            elif str(value).startswith("http"):
                element.set(name, _legal(f"{value}/{next(vectors)}"))
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _legal(text: str) -> str:
    return _NOT_XML.sub("", text)


def _lines(body: bytes, vectors: Iterator[str]) -> bytes:
    """A text wire with a vector behind most lines that are not bare structure."""
    lines = body.split(b"\n")
    return b"\n".join(
        line
        if number < 2 or len(line) < 12 or number % 3
        else line.rstrip(b"\r") + b" " + next(vectors).encode()
        for number, line in enumerate(lines)
    )
