"""Sockets that connect to nothing the guard has refused, for asyncio and for blocking libraries.

The check sits in the very call that connects. A name that answers differently the second time it
is asked (DNS rebinding) gains nothing: what is checked is what is connected to.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from wirecopy.guard.addresses import PUBLIC, Passage, refusal

AddressInfo = tuple[int, int, int, str, Any]
"""What getaddrinfo gives: family, type, protocol, canonical name, socket address."""

LEADS_TO = "it leads to"
"""How the guard's words begin; the reason follows."""


class RefusedError(OSError):
    """The guard let nobody through; its text says why."""


class GuardedSocket(socket.socket):
    """A socket that connects only where its passage leads."""

    passage: Passage = PUBLIC

    def connect(self, address: Any) -> None:
        """Connect, when the address is one that may be reached; RefusedError else."""
        _check(self.family, address, self.passage)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        """As connect; an error number in place of most errors."""
        _check(self.family, address, self.passage)
        return super().connect_ex(address)


def _check(family: int, sockaddr: Any, passage: Passage) -> None:
    """Return when the address may be connected to; RefusedError says why not."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        raise RefusedError(f"{LEADS_TO} an address outside the internet")
    if why := refusal(sockaddr, passage):
        raise RefusedError(f"{LEADS_TO} {why}")


def guarded_socket(passage: Passage = PUBLIC) -> Callable[[AddressInfo], socket.socket]:
    """A maker of sockets for TCPConnector(socket_factory=...); it raises RefusedError."""

    def make(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, sockaddr = info
        _check(family, sockaddr, passage)
        made = GuardedSocket(family, kind, protocol)
        made.passage = passage
        return made

    return make


def connect(host: str, port: int, passage: Passage, timeout: float) -> socket.socket:
    """A connected blocking socket to the first address of `host` that may be and can be reached.

    Raises OSError: RefusedError when the guard refused the last one that was tried.
    """
    make = guarded_socket(passage)
    problem: OSError = OSError("the name leads to no address")
    for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            made = make(info)
        except RefusedError as error:
            problem = error
            continue
        try:
            made.settimeout(timeout)
            made.connect(info[4])
        except OSError as error:
            made.close()
            problem = error
        else:
            return made
    raise problem
