"""The guard looks at the address really connected to, whatever its spelling."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.intake.guard import RefusedError, guarded_socket, refusal

ALWAYS_REFUSED = [
    "0.0.0.0",  # noqa: S104 - an address to refuse, nothing listens
    "0.1.2.3",
    "169.254.0.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "fd00:ec2::254",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
PRIVATE = ["127.0.0.1", "127.9.9.9", "::1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"]
PRIVATE += ["fc00::1", "fd12:3456::1"]
PUBLIC = ["8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]


@pytest.mark.parametrize("host", ALWAYS_REFUSED)
def test_never_connected_to(host: str) -> None:
    """Metadata, link-local, mapped, tunnelled and reserved addresses stay shut, allowed or not."""
    assert refusal((host, 80))
    assert refusal((host, 80, 0, 0), allow_private=True)


@pytest.mark.parametrize("host", PRIVATE)
def test_private_only_when_allowed(host: str) -> None:
    """Loopback and private addresses are refused unless the source says they are meant."""
    assert refusal((host, 80))
    assert refusal((host, 80), allow_private=True) == ""


@pytest.mark.parametrize("host", PUBLIC)
def test_public_addresses_pass(host: str) -> None:
    """Public addresses are let through."""
    assert refusal((host, 443)) == ""


@pytest.mark.parametrize(
    "sockaddr", [("localhost", 80), ("0x7f.1", 80), ("", 80), (), None, "/run/x"]
)
def test_what_is_no_address_is_refused(sockaddr: object) -> None:
    """Names, odd spellings and other kinds of address never get through by accident."""
    assert refusal(sockaddr, allow_private=True)


@given(st.ip_addresses())
def test_only_global_addresses_pass(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Whatever passes without leave is global, and no IPv4 address in disguise."""
    if refusal((str(address), 80)) == "":
        assert address.is_global
        assert not address.is_multicast
        assert getattr(address, "ipv4_mapped", None) is None
        assert getattr(address, "sixtofour", None) is None


def test_no_socket_is_made_for_a_refused_address() -> None:
    """The socket maker raises before there is a socket, and gives one for allowed addresses."""
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))
    with pytest.raises(RefusedError, match="loopback"):
        guarded_socket(allow_private=False)(info)
    with pytest.raises(RefusedError):
        guarded_socket(allow_private=True)((socket.AF_UNIX, socket.SOCK_STREAM, 0, "", "/run/x"))
    guarded_socket(allow_private=True)(info).close()
