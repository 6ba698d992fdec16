"""Refusals of a wrong wirecopy.toml, in the operator's words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, get_args

import msgspec

from wirecopy.config.near import suggest
from wirecopy.config.tables import ARRAYS, TABLES, Config, heading
from wirecopy.errors import ConfigError


def explain(message: str) -> str:
    """Msgspec's message in the operator's words, with a suggestion for a mistyped key."""
    path = match[1] if (match := re.search(r" - at `\$\.?(.*?)`$", message)) else ""
    where = f"[{path}]" if path else "the top level"
    if unknown := re.search(r"unknown field `(.*?)`", message):
        known = list(TABLES.get(_bare(path), Config).__struct_fields__)
        return f"wirecopy.toml: unknown key {unknown[1]!r} at {where}.{suggest(unknown[1], known)}"
    if missing := re.search(r"missing required field `(.+?)`", message):
        return f"wirecopy.toml: {where} needs the {'key' if path else 'table'} {missing[1]!r}."
    return f"wirecopy.toml: {path} {plain(message, path)}."


@contextmanager
def naming(tables: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """Have refusals say which of many tables they mean, by its name: nobody counts to 45 at night.

    `tables` has the names of those that there are several of, "" for one without.
    """
    try:
        yield
    except ConfigError as error:
        raise ConfigError(_named(str(error), tables)) from error


def _named(sentence: str, tables: Mapping[str, Sequence[str]]) -> str:
    found = re.search(r"\b([a-z]+)\[(\d+)\]", sentence)
    names = tables.get(found[1], ()) if found else ()
    if found is None or len(names) < 2 or int(found[2]) >= len(names):
        return sentence
    number = int(found[2])
    if names[number]:
        return f"{sentence} ({found[0]} is {names[number]!r}.)"
    before = names[number - 1] if number else ""
    return f"{sentence} ({found[0]} stands behind {before!r}.)" if before else sentence


def names_of(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """The names of the tables that a file has several of, as far as they have any."""
    return {
        table: [_name(row) for row in raw[table]]
        for table in ARRAYS
        if isinstance(raw.get(table), list)
    }


def _name(row: Any) -> str:
    name = row.get("name", row.get("key")) if isinstance(row, dict) else ""
    return name if isinstance(name, str) else ""


def _bare(path: str) -> str:
    """The path without list positions: rules[1].when is rules.when."""
    return re.sub(r"\[[^]]*\]", "", path)


_KINDS = {
    "int": "a whole number",
    "str": "text in quotes",
    "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table",
    "null": "nothing",
    "float": "a number with a fraction",
    "datetime": "a date",
}
"""Msgspec's names of types in the operator's words."""


def plain(message: str, path: str) -> str:
    """What is wrong with the value at `path`: the second half of a sentence."""
    message = message.partition(" - at `")[0]
    if enum := re.fullmatch(r"Invalid enum value '?(.*?)'?", message):
        return _not_among(enum[1], field_type(tuple(_bare(path).split("."))))
    if limit := re.fullmatch(r"Expected `int` (<=|>=) (\d+)", message):
        return f"must be {limit[2]} or {'less' if limit[1] == '<=' else 'more'}"
    if "matching regex" in message:
        return "must be lower-case letters, digits and hyphens, at most 64"
    kinds = re.fullmatch(r"Expected `(.+?)`(?:, got `(.+?)`)?", message)
    if not kinds:
        return f"is wrong: {message}"
    if _bare(path) in TABLES:
        return f"must be written as {heading(_bare(path))}"
    wanted = " or ".join(_KINDS.get(kind, kind) for kind in kinds[1].split(" | ") if kind != "null")
    return f"must be {wanted}" + (f", not {_KINDS.get(kinds[2], kinds[2])}" if kinds[2] else "")


def _not_among(value: str, kind: Any) -> str:
    """Which values a key takes, and the one that was probably meant."""
    kinds = get_args(kind)
    if get_args(kinds[0]):  # a list of such values
        kinds = get_args(kinds[0])
    values = [text for text in kinds if text]
    listed = ", ".join(f'"{text}"' for text in values)
    near = difflib.get_close_matches(value, values, n=1, cutoff=0.6)
    meant = f"; did you mean {near[0]!r}" if near else ""
    return f"must be one of {listed}, not {value!r}{meant}"


def field_type(path: tuple[str, ...]) -> Any:
    """The type of the key at `path`, with its limits; Any where there is no such key."""
    table = TABLES.get(".".join(path[:-1]), Config)
    types = {field.name: field.type for field in msgspec.structs.fields(table)}
    return types.get(path[-1], Any)
