"""Which addresses may be connected to: the table that every outgoing connection is held against.

It is asked about the address that is really about to be connected to, after every name look-up
and on every redirect, so that neither a name that resolves to a private address, nor a literal in
some odd spelling, nor a redirect gets past it. Pure: no socket in sight.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Any

import msgspec

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = (80, 443, 8080, 8443)
"""Ports that addresses from outside (redirects, next pages, hubs) may name."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """What one source may reach. The least there is, unless its operator says more."""

    schemes: tuple[str, ...] = ("https", "http")
    ports: tuple[int, ...] = PORTS
    allow_private: bool = False
    """Opens loopback, private and carrier-shared addresses and nothing else."""
    networks: tuple[str, ...] = ()
    """Networks that are open whatever class they are of; a metadata service never is."""


PUBLIC = Passage()
"""The passage of whoever has named no exception."""


def _networks(*texts: str) -> tuple[_Network, ...]:
    return tuple(ipaddress.ip_network(text) for text in texts)


_METADATA = _networks(
    "169.254.169.254/32",  # most clouds
    "169.254.170.2/32",  # a cloud's containers
    "168.63.129.16/32",  # a public address that serves a cloud's machines only
    "100.100.100.200/32",
    "192.0.0.192/32",
    "fd00:ec2::254/128",
    "fd20:ce::254/128",
)
_NEVER = (
    (_METADATA, "a cloud's metadata service"),
    (_networks("0.0.0.0/8", "::/128"), "an unspecified address"),
    (_networks("169.254.0.0/16", "fe80::/10"), "a link-local address"),
    (_networks("224.0.0.0/4", "ff00::/8"), "a multicast address"),
    (_networks("255.255.255.255/32"), "a broadcast address"),
    (_networks("::ffff:0:0/96", "::ffff:0:0:0/96"), "an IPv4 address in IPv6 clothes"),
    (_networks("64:ff9b::/96", "64:ff9b:1::/48"), "a NAT64 address"),
    (_networks("2002::/16", "192.88.99.0/24"), "a 6to4 address"),
    (_networks("2001::/32"), "a Teredo address"),
    (_networks("fec0::/10"), "a site-local address"),
    (
        _networks(
            "192.0.0.0/24",
            "240.0.0.0/4",
            "192.0.2.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "198.18.0.0/15",
            "100::/64",
            "100:0:0:1::/64",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
        ),
        "a reserved address",
    ),
)
_PRIVATE = (
    (_networks("127.0.0.0/8", "::1/128"), "a loopback address"),
    (_networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"), "a private address"),
    (_networks("100.64.0.0/10"), "a carrier's shared address"),
)
_CARRIERS = _networks("::ffff:0:0/96", "64:ff9b::/96")
"""IPv6 networks whose last 32 bits are an IPv4 address that is really reached."""


def refusal(sockaddr: Any, passage: Passage = PUBLIC) -> str:
    """Why a socket address must not be connected to, in a few words; "" when it may be.

    `sockaddr` is (host, port, ...) as connect() takes it, the host a literal address; whatever
    else it is, is refused.
    """
    try:
        address = ipaddress.ip_address(str(sockaddr[0]).partition("%")[0])
    except (ValueError, TypeError, IndexError):
        return "an address outside the internet"
    if passage.networks and _among(address, _named(passage.networks)):
        return _within(address)
    for networks, what in _NEVER:
        if _among(address, networks):
            return what
    for networks, what in _PRIVATE:
        if _among(address, networks):
            return "" if passage.allow_private else what
    # What this Python's registries hold back beyond our list.
    return "" if address.is_global and not address.is_reserved else "a reserved address"


def _within(address: _Address) -> str:
    """The refusal of an address in a network that was named: it may still hide another one."""
    if _among(address, _METADATA):
        return "a cloud's metadata service"
    if isinstance(address, ipaddress.IPv6Address) and _among(address, _CARRIERS):
        return refusal((str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)), 0))
    return ""


def within(sockaddr: Any, networks: tuple[str, ...]) -> bool:
    """Whether a socket address lies in one of the networks; nothing that is no address does."""
    try:
        address = ipaddress.ip_address(str(sockaddr[0]).partition("%")[0])
    except (ValueError, TypeError, IndexError):
        return False
    return _among(address, _named(networks))


def _among(address: _Address, networks: tuple[_Network, ...]) -> bool:
    return any(address in network for network in networks)


@lru_cache(maxsize=256)
def _named(texts: tuple[str, ...]) -> tuple[_Network, ...]:
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def address_refusal(scheme: str, host: str | None, port: int | None, passage: Passage) -> str:
    """Why an address (of a feed, a redirect, a hub) is not to be asked; "" when it may be.

    What its name leads to is the socket's question; here stand its scheme and its port.
    """
    if scheme not in passage.schemes or not host:
        return f"only {' and '.join(sorted(passage.schemes))} addresses are fetched"
    if port not in passage.ports:
        return f"port {port} is not among those that may be asked"
    return ""
