"""Which addresses from outside a page may name: those of hosts on the open web."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from ipaddress import IPv4Address
from unicodedata import normalize
from urllib.parse import unquote

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
_HOST = re.compile(r"https?:[/\\]*([^/\\?#]*)", re.IGNORECASE)
"""Where browsers look for the host: however many slashes of either kind stand before it."""
_PASSED_OVER = re.compile("[\x00-\x20\x7f\u00ad\u200b-\u200d\u2060\ufeff]")
"""Signs that browsers pass over where they stand in a host."""
_LINK = re.compile(r'<a((?: [a-z]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_HREF = re.compile(r' href="([^"]*)"')


def scheme_of(href: str, home: str) -> str:
    """Either "https" or "http" where a page of the site at `home` may name `href`, else "".

    A page must not send its reader's browser into the reader's own network: such a host is only
    named by a site that is itself on one (a newsroom that is being tried out).
    """
    match = _WHOLE.fullmatch(href) if len(href) <= _LONGEST else None
    if not match or not (_is_public(match[2].lower()) or not _is_open(home)):
        return ""
    return match[1].lower()


def without_inside_links(html: str, home: str) -> str:
    """A body's markup with the words alone of links that lead into the reader's own network.

    The markup is a body's, as the sanitiser spells it. What names no host (mail, telephone) stays.
    """
    if "<a " not in html or not _is_open(home):
        return html
    return _LINK.sub(_as_may_be, html)


def _as_may_be(link: re.Match[str]) -> str:
    href = _HREF.search(link[1])
    return link[2] if href and leads_inside(unescape(href[1])) else link[0]


def leads_inside(href: str) -> bool:
    """Whether a browser that follows `href` asks a host that is none of the open web.

    It is told by the address alone, as browsers read it: names are looked up nowhere.
    """
    match = _HOST.match(_PASSED_OVER.sub("", href))
    if not match:
        return False
    host = re.sub(r":[0-9]*$", "", match[1].rpartition("@")[2])
    name = normalize("NFKC", unquote(host)).replace("\u3002", ".").lower()
    name = _PASSED_OVER.sub("", name)
    return name.startswith("[") or not _is_public(name)  # no news is told at an IPv6 address


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
    home = host.removesuffix(".").endswith(".home.arpa")  # RFC 8375
    return "." in host and last not in _INSIDE and not home


def _is_global(address: str) -> bool:
    try:
        return IPv4Address(address).is_global
    except ValueError:
        return False
