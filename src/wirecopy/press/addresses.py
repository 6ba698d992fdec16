"""Which addresses from outside a page may name: those of hosts on the open web."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address

_WHOLE = re.compile(
    r"(https?)://([^\s/?#@:\"'<>\\^`{|}\[\]%]+)(?::[0-9]{1,5})?(?:[/?#][^\s\"'<>\\^`{|}]*)?",
    re.IGNORECASE,
)
"""A whole address without a user's name and password, and without an IPv6 address as its host."""
_LONGEST = 2048
"""Characters of an address; sitemaps take no longer one."""
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home", "onion", "")
"""Last parts of names that lead into the reader's own network, or nowhere."""


def scheme_of(href: str, home: str) -> str:
    """Either "https" or "http" where a page of the site at `home` may name `href`, else "".

    A page must not send its reader's browser into the reader's own network: such a host is only
    named by a site that is itself on one (a newsroom that is being tried out).
    """
    match = _WHOLE.fullmatch(href) if len(href) <= _LONGEST else None
    if not match or not (_is_public(match[2].lower()) or not _is_open(home)):
        return ""
    return match[1].lower()


@lru_cache(maxsize=64)
def _is_open(home: str) -> bool:
    match = _WHOLE.fullmatch(home)
    return match is not None and _is_public(match[2].lower())


@lru_cache(maxsize=4096)
def _is_public(host: str) -> bool:
    """Whether a host's name or IPv4 address, in lower case, is one of the open web."""
    last = host.removesuffix(".").rpartition(".")[2]
    if _NUMBER.fullmatch(last):
        # Browsers read 127.1, 0x7f000001 and 2130706433 as addresses too; those are all refused.
        return re.fullmatch(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}", host) is not None and _is_global(host)
    return "." in host and last not in _INSIDE


def _is_global(address: str) -> bool:
    try:
        return IPv4Address(address).is_global
    except ValueError:
        return False
