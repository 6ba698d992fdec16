"""Addresses from outside: which of them a page may name."""

from __future__ import annotations

import pytest

from wirecopy.press.addresses import scheme_of

HOME = "https://post.example"


@pytest.mark.parametrize(
    ("href", "scheme"),
    [
        ("https://pics.example/a.jpg", "https"),
        ("HTTPS://Pics.Example:8443/a.jpg?w=1#x", "https"),
        ("http://pics.example", "http"),
        ("https://bücher.example/ü.jpg", "https"),
        ("https://93.184.216.34/a.jpg", "https"),
        ("https://pics.example./a.jpg", "https"),
    ],
)
def test_the_open_web_is_named(href: str, scheme: str) -> None:
    """Whole addresses of hosts that everybody reaches are what they say they are."""
    assert scheme_of(href, HOME) == scheme


@pytest.mark.parametrize(
    "href",
    [
        "",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "//pics.example/a.jpg",
        "https:pics.example",
        "https://",
        "http://[::1",
        "https://[::1]/a.jpg",
        "https://user:word@pics.example/a.jpg",
        "https://pics.example\\@evil.example/",
        "https://pics.example/a b.jpg",
        'https://pics.example/"onerror=x',
        "https://localhost/a.jpg",
        "https://printer/a.jpg",
        "https://box.local/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://127.1/a.jpg",
        "https://2130706433/a.jpg",
        "https://0x7f000001/a.jpg",
        "https://0x7f.0.0.1/a.jpg",
        "https://10.1.2.3/a.jpg",
        "https://169.254.169.254/latest",
        "https://999.1.1.1/a.jpg",
        "https://pics.example/" + "a" * 2048,
    ],
)
def test_the_readers_own_network_is_not(href: str) -> None:
    """No page sends its reader's browser to the reader's own machines, or into nothing."""
    assert scheme_of(href, HOME) == ""


def test_a_site_that_is_tried_out_at_home_may_name_its_neighbours() -> None:
    """A newsroom on localhost takes pictures from the machines beside it."""
    assert scheme_of("http://127.0.0.1:9000/a.jpg", "http://localhost:8080") == "http"
    assert scheme_of("javascript:alert(1)", "http://localhost:8080") == ""
