"""Which addresses wirecopy may connect to: the guard against server-side request forgery.

It looks at the address that is really about to be connected to, after every name look-up and on
every redirect, so that neither a name that resolves to a private address, nor a literal in some
odd spelling, nor a redirect gets past it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressInfo = tuple[int, int, int, str, Any]
"""What getaddrinfo gives: family, type, protocol, canonical name, socket address."""

LEADS_TO = "it leads to"
"""How the guard's words begin; the reason follows."""


class RefusedError(OSError):
    """The guard let nobody through; its text says why."""


def _networks(*texts: str) -> tuple[_Network, ...]:
    return tuple(ipaddress.ip_network(text) for text in texts)


_METADATA = _networks(
    "169.254.169.254/32",  # most clouds
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
    (_networks("192.0.0.0/24", "240.0.0.0/4", "100::/64"), "a reserved address"),
)
_PRIVATE = (
    (_networks("127.0.0.0/8", "::1/128"), "a loopback address"),
    (_networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"), "a private address"),
    (_networks("100.64.0.0/10"), "a carrier's shared address"),
)


def refusal(sockaddr: Any, *, allow_private: bool = False) -> str:
    """Why a socket address must not be connected to, in a few words; "" when it may be.

    `sockaddr` is (host, port, ...) as connect() takes it, the host a literal address; whatever
    else it is, is refused. `allow_private` opens loopback, private and carrier-shared addresses
    and nothing else: metadata services, link-local, mapped and reserved ones stay shut.
    """
    try:
        address = ipaddress.ip_address(str(sockaddr[0]).partition("%")[0])
    except (ValueError, TypeError, IndexError):
        return "an address outside the internet"
    for networks, what in _NEVER:
        if _among(address, networks):
            return what
    for networks, what in _PRIVATE:
        if _among(address, networks):
            return "" if allow_private else what
    # What the registries hold back beyond our list: documentation, benchmarking, v4-compatible.
    return "" if address.is_global and not address.is_reserved else "a reserved address"


def _among(address: _Address, networks: tuple[_Network, ...]) -> bool:
    return any(address in network for network in networks)


def guarded_socket(*, allow_private: bool) -> Callable[[AddressInfo], socket.socket]:
    """A maker of sockets for TCPConnector(socket_factory=...); it raises RefusedError."""

    def make(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, sockaddr = info
        if family not in (socket.AF_INET, socket.AF_INET6):
            raise RefusedError(f"{LEADS_TO} an address outside the internet")
        why = refusal(sockaddr, allow_private=allow_private)
        if why:
            raise RefusedError(f"{LEADS_TO} {why}")
        return socket.socket(family, kind, protocol)

    return make
