"""The guard looks at the address really connected to, whatever its spelling."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from wirecopy.guard import (
    PORTS,
    Passage,
    RefusedError,
    address_refusal,
    guarded_socket,
    refusal,
    within,
)

TABLE = [
    # address, what it is (in the refusal's words), whether `allow_private` opens it
    ("0.0.0.0", "unspecified", False),  # noqa: S104 - an address to refuse, nothing listens
    ("0.1.2.3", "unspecified", False),
    ("::", "unspecified", False),
    ("127.0.0.1", "loopback", True),
    ("127.9.9.9", "loopback", True),
    ("::1", "loopback", True),
    ("10.1.2.3", "private", True),
    ("172.16.0.1", "private", True),
    ("172.31.255.255", "private", True),
    ("192.168.1.1", "private", True),
    ("fc00::1", "private", True),
    ("fd12:3456::1", "private", True),
    ("100.64.0.1", "carrier", True),
    ("100.127.255.255", "carrier", True),
    ("169.254.0.1", "link-local", False),
    ("fe80::1", "link-local", False),
    ("fe80::1%eth0", "link-local", False),
    ("169.254.169.254", "metadata", False),
    ("169.254.170.2", "metadata", False),
    ("168.63.129.16", "metadata", False),
    ("100.100.100.200", "metadata", False),
    ("192.0.0.192", "metadata", False),
    ("fd00:ec2::254", "metadata", False),
    ("fd20:ce::254", "metadata", False),
    ("224.0.0.1", "multicast", False),
    ("239.255.255.255", "multicast", False),
    ("ff02::1", "multicast", False),
    ("240.0.0.1", "reserved", False),
    ("255.255.255.255", "broadcast", False),
    ("192.0.0.1", "reserved", False),
    ("192.0.0.170", "reserved", False),
    ("192.0.2.1", "reserved", False),
    ("198.51.100.1", "reserved", False),
    ("203.0.113.1", "reserved", False),
    ("198.18.0.1", "reserved", False),
    ("198.19.255.255", "reserved", False),
    ("192.88.99.1", "6to4", False),
    ("2002:7f00:1::1", "6to4", False),
    ("2002:808:808::1", "6to4", False),
    ("2001::1", "Teredo", False),
    ("::ffff:127.0.0.1", "IPv4 address in IPv6", False),
    ("::ffff:8.8.8.8", "IPv4 address in IPv6", False),
    ("::ffff:7f00:1", "IPv4 address in IPv6", False),
    ("0:0:0:0:0:ffff:7f00:0001", "IPv4 address in IPv6", False),
    ("::ffff:0:127.0.0.1", "IPv4 address in IPv6", False),
    ("::7f00:1", "reserved", False),
    ("::127.0.0.1", "reserved", False),
    ("64:ff9b::7f00:1", "NAT64", False),
    ("64:ff9b::8.8.8.8", "NAT64", False),
    ("64:ff9b:1::1", "NAT64", False),
    ("100::1", "reserved", False),
    ("2001:db8::1", "reserved", False),
    ("2001:2::1", "reserved", False),
    ("5f00::1", "reserved", False),
    ("fec0::1", "site-local", False),
    ("feff::1", "site-local", False),
    ("fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "private", True),
    ("::ffff:169.254.169.254", "IPv4 address in IPv6", False),
    ("::ffff:a9fe:a9fe", "IPv4 address in IPv6", False),
    ("::ffff:0.0.0.0", "IPv4 address in IPv6", False),
    ("::169.254.169.254", "reserved", False),
    ("64:ff9b::a9fe:a9fe", "NAT64", False),
    ("64:ff9b:0:0:0:0:10.0.0.1", "NAT64", False),
    ("64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "NAT64", False),
    ("2002:a9fe:a9fe::", "6to4", False),
    ("2002:c0a8:0101::1", "6to4", False),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo", False),
    ("2001:0000::7f00:1", "Teredo", False),
    ("FE80::1", "link-local", False),
    ("fe80::1%1", "link-local", False),
    ("fe80::1%25eth0", "link-local", False),
    ("febf::1", "link-local", False),
    ("::1%lo", "loopback", True),
    ("0:0:0:0:0:0:0:1", "loopback", True),
    ("0000:0000:0000:0000:0000:0000:127.0.0.1", "reserved", False),
    ("FD00:EC2::254", "metadata", False),
    ("fd00:0ec2:0000::0254", "metadata", False),
    ("192.0.0.8", "reserved", False),
    ("192.0.0.9", "reserved", False),
    ("192.0.0.10", "reserved", False),
    ("192.0.0.171", "reserved", False),
    ("192.88.99.255", "6to4", False),
    ("3fff::1", "reserved", False),
    ("2001:10::1", "reserved", False),
    ("2001:20::1", "reserved", False),
    ("2001:1::1", "reserved", False),
    ("2001:1ff::1", "reserved", False),
    ("100:0:0:1::1", "reserved", False),
    ("ff0e::1", "multicast", False),
    ("ff05::1:3", "multicast", False),
    ("232.1.1.1", "multicast", False),
    ("233.252.0.1", "multicast", False),
]
"""The guard's table: every class of address, in its spellings, with the expected answer."""
PUBLIC_ADDRESSES = [
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "172.15.255.255",
    "100.63.255.255",
    "100.128.0.1",
    "192.0.1.1",
    "11.0.0.1",
    "2606:4700::1111",
    "2001:200::1",
    "192.31.196.1",
    "2a00:1450::1",
]


SPELLINGS = [
    # as a URL may write it, and the class of what the C library makes of it
    ("127.1", "loopback"),
    ("127.0.1", "loopback"),
    ("0177.0.0.1", "loopback"),
    ("017700000001", "loopback"),
    ("0x7f.0.0.1", "loopback"),
    ("0x7f000001", "loopback"),
    ("0X7F000001", "loopback"),
    ("2130706433", "loopback"),
    ("127.0.0.1.", "loopback"),
    ("0", "unspecified"),
    ("0x0", "unspecified"),
    ("0.0", "unspecified"),
    ("10.1", "private"),
    ("0xa.1", "private"),
    ("012.0.0.1", "private"),
    ("192.168.257", "private"),
    ("0xc0a80101", "private"),
    ("3232235777", "private"),
    ("172.1048577", "private"),
    ("100.64.1", "carrier"),
    ("0x64400001", "carrier"),
    ("169.254.43518", "metadata"),
    ("0xa9fea9fe", "metadata"),
    ("2852039166", "metadata"),
    ("0251.0376.0251.0376", "metadata"),
    ("0xa9.0376.43518", "metadata"),
    ("0xe0000001", "multicast"),
    ("4294967295", "broadcast"),
    ("0xc0000001", "reserved"),
    ("[::1]", "loopback"),
    ("[0:0:0:0:0:ffff:127.0.0.1]", "IPv4 address in IPv6"),
    ("[::ffff:7f00:1]", "IPv4 address in IPv6"),
    ("[fe80::1%25lo]", "link-local"),
    ("\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", "loopback"),
    ("\uff11\uff12\uff17.0.0.1", "loopback"),
    ("127\u30020\u30020\uff0e1", "loopback"),
    ("\u0661\u0662\u0667.0.0.1", ""),
    ("1\u00b2\u2077.0.0.1", ""),
]
"""Decimal, octal, hexadecimal, short and mixed spellings, and digits that IDNA folds."""


@pytest.mark.parametrize(("host", "what"), SPELLINGS)
def test_every_spelling_is_what_it_means(host: str, what: str) -> None:
    """However a URL writes an address: it is no address to the URL's parser, or it is refused.

    The C library is asked as the look-up asks it, but for literals alone: no name server hears of
    it. What it does not take for an address either is a name that no name server knows.
    """
    try:
        name = URL(f"http://{host}:8080/").host or ""
    except ValueError:
        return
    try:
        flags = socket.AI_NUMERICHOST
        found = socket.getaddrinfo(name, 8080, type=socket.SOCK_STREAM, flags=flags)
    except (socket.gaierror, UnicodeError):
        return
    assert found
    for *_, sockaddr in found:
        assert what in refusal(sockaddr)
        assert refusal(sockaddr)


@pytest.mark.parametrize(("host", "what", "_opens"), TABLE)
def test_the_table(host: str, what: str, *, _opens: bool) -> None:
    """Without leave each of them is refused, with the words that name its class."""
    for sockaddr in ((host, 80), (host, 80, 0, 0)):
        assert refusal(sockaddr)
        assert what in refusal(sockaddr)


@pytest.mark.parametrize(("host", "what", "opens"), TABLE)
def test_private_only_when_allowed(host: str, what: str, *, opens: bool) -> None:
    """`allow_private` opens loopback, private and carrier-shared addresses and nothing else."""
    answer = refusal((host, 80), Passage(allow_private=True))
    assert answer == "" if opens else what in answer


@pytest.mark.parametrize("host", PUBLIC_ADDRESSES)
def test_public_addresses_pass(host: str) -> None:
    """Public addresses are let through, those just outside a closed block too."""
    assert refusal((host, 443)) == ""


@pytest.mark.parametrize(
    ("network", "host", "what"),
    [
        ("198.18.0.0/15", "198.18.3.4", ""),
        ("198.18.0.0/15", "198.20.0.1", ""),
        ("198.18.0.0/15", "127.0.0.1", "loopback"),
        ("10.2.0.0/16", "10.2.0.9", ""),
        ("10.2.0.0/16", "10.3.0.9", "private"),
        ("169.254.0.0/16", "169.254.7.7", ""),
        ("169.254.0.0/16", "169.254.169.254", "metadata"),
        ("0.0.0.0/0", "100.100.100.200", "metadata"),
        ("64:ff9b::/96", "64:ff9b::8.8.8.8", ""),
        ("64:ff9b::/96", "64:ff9b::7f00:1", "loopback"),
        ("64:ff9b::/96", "64:ff9b::169.254.169.254", "metadata"),
        ("::/0", "::ffff:10.0.0.1", "private"),
        ("::/0", "::ffff:8.8.8.8", ""),
    ],
)
def test_named_networks_are_open(network: str, host: str, what: str) -> None:
    """A source's exceptions open what they name; metadata and what hides in IPv6 stay shut."""
    answer = refusal((host, 80), Passage(networks=(network,)))
    assert what in answer if what else answer == ""


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://wire.example/x", ""),
        ("http://wire.example:8080/x", ""),
        ("https://wire.example:9443/x", ""),
        ("https://wire.example:22/x", "port 22"),
        ("http://wire.example:25/", "port 25"),
        ("http://wire.example:6379/", "port 6379"),
        ("ftp://wire.example/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://wire.example:70/", "only http and https"),
        ("data:text/plain,x", "only http and https"),
        ("//wire.example/x", "only http and https"),
        ("/x", "only http and https"),
        ("unix:/run/x", "only http and https"),
    ],
)
def test_schemes_and_ports_are_listed(url: str, words: str) -> None:
    """An address outside may only name a scheme and a port that are on the lists."""
    parts = URL(url)
    passage = Passage(ports=(*PORTS, 9443))
    answer = address_refusal(parts.scheme, parts.host, parts.port, passage)
    assert words in answer if words else answer == ""


@pytest.mark.parametrize(
    "sockaddr", [("localhost", 80), ("0x7f.1", 80), ("", 80), (), None, "/run/x"]
)
def test_what_is_no_address_is_refused(sockaddr: object) -> None:
    """Names, odd spellings and other kinds of address never get through by accident."""
    assert refusal(sockaddr, Passage(allow_private=True, networks=("10.0.0.0/8",)))


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
        guarded_socket()(info)
    with pytest.raises(RefusedError):
        guarded_socket(Passage(allow_private=True))(
            (socket.AF_UNIX, socket.SOCK_STREAM, 0, "", "/run/x")
        )
    guarded_socket(Passage(allow_private=True))(info).close()


@pytest.mark.parametrize(
    ("sockaddr", "networks", "lies"),
    [
        (("198.51.100.7", 80), ("198.51.100.0/24",), True),
        (("198.51.100.7", 80), ("198.51.100.9/24",), True),
        (("198.51.101.7", 80), ("198.51.100.0/24",), False),
        (("198.51.101.7", 80), ("2001:db8::/32", "198.51.101.0/24"), True),
        (("fe80::7%eth0", 80, 0, 2), ("fe80::/10",), True),
        (("198.51.100.7", 80), (), False),
        (("no address", 80), ("0.0.0.0/0",), False),
        ((), ("0.0.0.0/0",), False),
        (None, ("0.0.0.0/0",), False),
    ],
)
def test_whether_an_address_lies_in_a_named_network(
    sockaddr: object, networks: tuple[str, ...], *, lies: bool
) -> None:
    """By its numbers, whatever zone it carries; what is no address lies in none."""
    assert within(sockaddr, networks) is lies
