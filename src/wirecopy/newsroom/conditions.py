"""What a request asks for beside its path: encoding, validators, a range (RFC 9110). Pure."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Literal

Encoding = Literal["", "gzip", "br"]

_TAGS = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_RANGE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.IGNORECASE)


_LONGEST = 256
"""Characters of a field that is remembered; browsers' have forty."""


def encoding(accepted: str, *, brotli: bool) -> Encoding:
    """The best encoding of those the client accepts (RFC 9110, 12.5.3); "" sends it as it is.

    So does a field that is longer than any that is meant.
    """
    return _encoding(accepted, brotli) if len(accepted) <= _LONGEST else ""


@lru_cache(maxsize=512)
def _encoding(accepted: str, brotli: bool) -> Encoding:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = _weight(parameters)
    gzip = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    br = weights.get("br", weights.get("*", 0.0)) if brotli else 0.0
    plain = weights.get("identity", 0.0)
    if br > 0 and br >= gzip and br >= plain:
        return "br"
    return "gzip" if gzip > 0 and gzip >= plain else ""


def _weight(parameters: str) -> float:
    match = re.search(r"q\s*=\s*([0-9.]{1,5})", parameters)
    if not match:
        return 1.0
    try:
        return float(match[1])
    except ValueError:
        return 0.0


def unchanged(tag: str, modified: int, if_none_match: str | None, since: str | None) -> bool:
    """Whether 304 answers the request; If-None-Match overrules If-Modified-Since (13.2.2).

    `tag` is the strong tag of what would be sent, `modified` its time in seconds since 1970.
    """
    if if_none_match is not None:
        return _names(if_none_match, tag, weak=True)
    seconds = _seconds(since) if since is not None else None
    return seconds is not None and modified <= seconds


def changed(tag: str, modified: int, if_match: str | None, since: str | None) -> bool:
    """Whether 412 answers the request; If-Match overrules If-Unmodified-Since (13.2.2).

    `tag` and `modified` are as in `unchanged`; a weak tag is of no version for sure (13.1.1), and
    a date that cannot be read asks for nothing (13.1.4).
    """
    if if_match is not None:
        return not _names(if_match, tag, weak=False)
    seconds = _seconds(since) if since is not None else None
    return seconds is not None and modified > seconds


def _names(asked: str, tag: str, *, weak: bool) -> bool:
    """Whether a list of tags names this one; "*" names whatever is there."""
    if asked.strip() == "*":
        return True
    return any(named == tag and (weak or not mark) for mark, named in _TAGS.findall(asked))


def _seconds(date: str) -> float | None:
    """An HTTP date in seconds since 1970; None when it is none."""
    return _read_date(date) if len(date) <= _LONGEST else None


@lru_cache(maxsize=512)
def _read_date(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def part(asked: str, size: int, if_range: str | None, tag: str, modified: str) -> range | None:
    """The bytes to send of `size`; None sends all, an empty range is 416 (RFC 9110, 14.2).

    Several ranges, other units and what cannot be read are answered whole, as the RFC allows. So
    is a range whose If-Range names another version than `tag` or the date `modified`.
    """
    match = _RANGE.fullmatch(asked)
    if not match or not (match[1] or match[2]):
        return None
    if if_range is not None and if_range.strip() not in (tag, modified):
        return None
    if not match[1]:
        return range(max(0, size - int(match[2])), size)
    start, end = int(match[1]), int(match[2]) if match[2] else size - 1
    if match[2] and end < start:
        return None
    return range(start, min(end + 1, size)) if start < size else range(0)
