"""JSON: bytes to a value, with what can be saved of a list whose one item is broken.

The common road is msgspec over the bytes as they are. Only where that fails is the text put right:
escapes of half a character, raw line ends inside of strings, several documents in one delivery.
What is broken beyond that costs its own item and no neighbour.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from wirecopy.errors import FormatError
from wirecopy.formats import charsets, xml
from wirecopy.formats.hints import Hints, check_count

_MAX_BYTES = 50_000_000
"""Longest JSON document that is looked at, in bytes."""
_ATTEMPTS = 60
"""How often the start of a sound item is looked for behind broken ones."""

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
"""An escape; the group is half a character alone."""
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_CONTROL = re.compile(rb"\\(?:u(?:00[01]|[fF]{3})|[bf])")
"""How JSON spells a character that no text may hold; harmless words look so too."""
_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
_BETWEEN = re.compile(r"[\s,]*")
_TOLERANT = json.JSONDecoder(strict=False)
_BROKEN = (ValueError, RecursionError)


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What a JSON delivery holds, which of its items are broken, and what was put right."""

    value: Any = None
    spoiled: tuple[str, ...] = ()
    mended: str = ""


def load(body: bytes, hints: Hints, items: str = "") -> Loaded:
    """The value of a JSON document; FormatError where not one item of it can be read.

    Of a document that is broken its items are saved, if it is a list of them, or has them under
    the key `items`. A single item is never saved in part: what is missing may be its withdrawal.
    """
    loaded = _load(body, hints, items)
    told = loaded.value.get(items) if isinstance(loaded.value, dict) else loaded.value
    if isinstance(told, list):
        check_count(len(told), hints)
    if not _CONTROL.search(body):
        return loaded
    return msgspec.structs.replace(loaded, value=_without_controls(loaded.value))


def _without_controls(value: Any) -> Any:
    """The value without the control characters that escapes have brought into its texts."""
    if isinstance(value, str):
        return xml.strip_controls(value)
    if isinstance(value, list):
        return [_without_controls(each) for each in value]
    if isinstance(value, dict):
        return {xml.strip_controls(key): _without_controls(said) for key, said in value.items()}
    return value


def _load(body: bytes, hints: Hints, items: str) -> Loaded:
    if len(body) > _MAX_BYTES:
        raise FormatError(f"The JSON is longer than {_MAX_BYTES} bytes.")
    try:
        if charsets.is_utf8(body, hints) and not xml.has_c1(body):
            return Loaded(value=msgspec.json.decode(body))
    except (msgspec.DecodeError, RecursionError):
        pass
    text = xml.decode(body, hints).lstrip("\ufeff \t\r\n")
    try:
        return Loaded(value=msgspec.json.decode(text))
    except RecursionError as error:
        raise FormatError("The JSON is nested too deep.") from error
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        whole = _ESCAPE.sub(_whole, text) if _HALF.search(text) else text
        return _saved(whole, str(error), items)


def _whole(match: re.Match[str]) -> str:
    return "\\ufffd" if match[1] else match[0]


def _saved(text: str, why: str, key: str) -> Loaded:
    """What a tolerant reader makes of `text`: all of it, several documents, or single items."""
    mended = f"The JSON was not well-formed and was recovered: {why}."
    try:
        value, end = _TOLERANT.raw_decode(text)
    except _BROKEN:
        return _items(text, why, mended, key)
    rest = text[end:].strip()
    if not rest:
        return Loaded(value=value, mended=mended)
    values, spoiled = _elements(text, 0)
    return Loaded(value=_joined(values), spoiled=spoiled, mended=mended)


def _joined(values: list[Any]) -> Any:
    """Several documents as one: lists as one list, feeds as one feed."""
    feeds = [v for v in values if isinstance(v, dict) and isinstance(v.get("items"), list)]
    if len(feeds) == len(values):
        return {**feeds[0], "items": [item for feed in feeds for item in feed["items"]]}
    return [each for value in values for each in (value if isinstance(value, list) else [value])]


def _items(text: str, why: str, mended: str, key: str) -> Loaded:
    """The sound items of the list in a broken document."""
    found = re.search(rf'"{key}"\s*:\s*\[', text) if key and not text.startswith("[") else None
    start = found.end() if found else 1
    if not found and not text.startswith("["):
        raise FormatError(f"The JSON cannot be read: {why}.")
    values, spoiled = _elements(text, start)
    if not any(isinstance(value, dict) for value in values):
        raise FormatError(f"The JSON cannot be read: {why}.")
    value = {**_head(text[:start]), key: values} if found else values
    return Loaded(value=value, spoiled=spoiled, mended=mended)


def _head(opening: str) -> dict[str, Any]:
    """What stands before the list, if that much is sound."""
    try:
        value = _TOLERANT.decode(opening + "]}")
    except _BROKEN:
        return {}
    return value if isinstance(value, dict) else {}


def _elements(text: str, at: int) -> tuple[list[Any], tuple[str, ...]]:
    """The values from `at` on, one after the other, and the reasons of those that are broken."""
    values: list[Any] = []
    spoiled: list[str] = []
    lost, attempts = False, 0
    while attempts < _ATTEMPTS:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        if at >= len(text) or text[at] == "]":
            break
        try:
            value, end = _TOLERANT.raw_decode(text, at)
        except _BROKEN as error:
            if not lost:
                spoiled.append(
                    f"Item {len(values) + len(spoiled) + 1}: Its JSON is broken: {error}."
                )
            lost = True
        else:
            if not lost or _is_like(value, values):
                values.append(value)
                at, lost = end, False
                continue
        attempts += 1
        onward = _NEXT.search(text, at + 1)
        if not onward:
            break
        at = onward.end()
    return values, tuple(spoiled)


def _is_like(value: object, known: list[Any]) -> bool:
    """Whether what was found behind a broken item is an item, and not a part of the broken one."""
    if not isinstance(value, dict):
        return False
    if known and isinstance(known[0], dict):
        return len(value.keys() & known[0].keys()) * 5 >= len(known[0]) * 3
    return len(value) > 3 and bool(value.keys() & {"id", "uri", "guid"})
