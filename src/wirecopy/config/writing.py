"""New sources written into wirecopy.toml; what else stands there stays, to the byte."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from wirecopy.config.reading import parse
from wirecopy.config.sources import Source
from wirecopy.errors import ConfigError

Value = str | int | bool

_HEADER = re.compile(r"(?m)^[ \t]*\[\[?[ \t]*([A-Za-z0-9_.-]+)[ \t]*\]\]?")


def with_source(text: str, fields: Mapping[str, Value]) -> str:
    """The file's text with one more source, behind the last one there is.

    Raises ConfigError when the source, or the file, is not right; checked by reading both.
    """
    before = parse(text)
    block = _block(fields)
    for place in (_behind_sources(text), len(text)):
        gap = "\n" if text[:place].endswith("\n") or not place else "\n\n"
        new = text[:place] + gap + block + text[place:]
        try:
            after = parse(new)
        except ConfigError:
            if place == len(text):
                raise
            continue
        if after.sources[:-1] == before.sources and after.rules == before.rules:
            return new
    raise ConfigError("wirecopy.toml cannot be added to; write the source into it by hand.")


def _block(fields: Mapping[str, Value]) -> str:
    lines = [f"{key} = {_toml(value)}" for key, value in fields.items() if value != ""]
    return "\n".join(["[[sources]]", *lines, ""])


def _toml(value: Value) -> str:
    """A value as TOML has it; JSON writes these alike, but for the control character DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _behind_sources(text: str) -> int:
    """Where the last source's lines end: before the comments of whatever follows."""
    headers = list(_HEADER.finditer(text))
    last = max(
        (number for number, one in enumerate(headers) if one[1].split(".")[0] == "sources"),
        default=None,
    )
    if last is None or last + 1 == len(headers):
        return len(text)
    lines = text[: headers[last + 1].start()].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return sum(map(len, lines))


def free_name(wanted: str, sources: tuple[Source, ...]) -> str:
    """A source name made of these words that no source has yet."""
    base = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:58].strip("-") or "source"
    taken = {source.name for source in sources}
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name
