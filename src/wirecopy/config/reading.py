"""wirecopy.toml and the environment, read into tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec

from wirecopy.config.checks import check_not_empty, checked
from wirecopy.config.near import suggest
from wirecopy.config.refusals import explain, field_type, names_of, naming, plain
from wirecopy.config.tables import TABLES, Config
from wirecopy.errors import ConfigError

_SINGLE = (
    "site", "site.strap", "site.notice", "site.publisher", "site.files",
    "desk", "web", "press", "pictures", "pipeline", "log", "chains", "watch",
)  # fmt: skip
"""The tables that stand once in the file, so that a variable can name one of their keys."""

VARIABLES: dict[str, tuple[str, ...]] = {
    "_".join(("WIRECOPY", *path.split("."), key)).upper(): (*path.split("."), key)
    for path in _SINGLE
    for key in TABLES[path].__struct_fields__
    if f"{path}.{key}" not in TABLES
}
"""The environment variables that override the file: name -> path of the key."""

_MOST = 2**53
"""The largest number of any setting."""
_OURS = re.compile(r"WIRECOPY_(SITE|DESK|WEB|PRESS|PICTURES|PIPELINE|LOG|CHAINS|WATCH)_.*")


def _overlay(raw: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Lay WIRECOPY_SITE_URL, WIRECOPY_WEB_PORT and the like over the file's single tables."""
    for name, value in sorted(environ.items()):
        if path := VARIABLES.get(name):
            _lay(raw, path, _typed(name, value, path))
        elif _OURS.fullmatch(name):
            near = suggest(name, list(VARIABLES))
            raise ConfigError(f"The environment variable {name} is not a setting.{near}")


def _typed(name: str, value: str, path: tuple[str, ...]) -> Any:
    """`value` as the type that the key at `path` has; ConfigError names the variable."""
    try:
        return msgspec.convert(value, field_type(path), strict=False)
    except msgspec.ValidationError as error:
        wrong = plain(str(error), ".".join(path)).removesuffix(", not text in quotes")
        raise ConfigError(f"The environment variable {name} is {value!r}: {wrong}.") from error


def _lay(raw: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Put `value` at `path`; a table that is none is left for the check of types to refuse."""
    table = raw
    for part in path[:-1]:
        table = table.setdefault(part, {})
        if not isinstance(table, dict):
            return
    table[path[-1]] = value


def _refuse_strange(value: Any, path: str) -> None:
    """Refuse what TOML can write and nothing can mean: numbers without end, the character NUL."""
    if isinstance(value, dict):
        for key, inside in value.items():
            _refuse_strange(inside, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            _refuse_strange(inside, f"{path}[{number}]")
    elif isinstance(value, int) and abs(value) > _MOST:
        raise ConfigError(f"wirecopy.toml: {path} is {value}, which is too large a number.")
    elif isinstance(value, str) and "\0" in value:
        raise ConfigError(f"wirecopy.toml: {path} holds the character NUL; take it out.")


def parse(text: str, environ: Mapping[str, str] | None = None) -> Config:
    """The configuration in `text`, with WIRECOPY_TABLE_KEY variables of `environ` laid over it.

    Raises ConfigError, whose text names the key's path and says what to type.
    """
    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"))  # the mark that some editors begin with
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"wirecopy.toml is not valid TOML: {error}.") from error
    if "profiles" in raw:
        raise ConfigError(
            "wirecopy.toml: unknown key 'profiles' at the top level. A profile is a file of its "
            "own in the folder profiles/; a source names it with `profile`."
        )
    with naming(names_of(raw)):
        return _understood(raw, environ or {})


def _understood(raw: dict[str, Any], environ: Mapping[str, str]) -> Config:
    _overlay(raw, environ)
    _refuse_strange(raw, "")
    try:
        config = msgspec.convert(raw, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(explain(str(error))) from error
    for number, rule in enumerate(raw.get("rules", ())):
        check_not_empty(rule.get("when", {}), f"rules[{number}].when")
    return checked(config)
