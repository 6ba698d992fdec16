"""What stands in the tables of wirecopy.toml: names, lengths of time, zones.

The docstrings of the tables and keys are the text of docs/reference/settings.md.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from wirecopy.errors import ConfigError

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table: unknown keys are refused."""


_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(text: str, where: str = "") -> timedelta:
    """The length of time of "90s", "10m", "2h" or "1d"; ConfigError otherwise."""
    match = re.fullmatch(r"([0-9]{1,6})\s*([smhd])", text.strip())
    if not match:
        raise ConfigError(
            f'{where or "A duration"} is {text!r}: write it as "90s", "10m", "2h" or "400d".'
        )
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; "" is UTC."""
    return ZoneInfo(name or "UTC")
