"""Addresses from outside: which of them a page may name."""

from __future__ import annotations

import pytest

from wirecopy.press.addresses import leads_inside, scheme_of, without_inside_links

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


@pytest.mark.parametrize(
    "href",
    [
        "http://192.168.1.1/reboot",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:8080/",
        "https://LOCALHOST./",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]:80/",
        "http://[fe80::1]/",
        "http://10.0.0.1",
        "http://127.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://0.0.0.0:631",
        "http://100.64.0.1/",
        "http://router/",
        "http://box.local/",
        "http://a.localhost/",
        "http://nas.home.arpa./",
        "http://news.example@127.0.0.1/",
        "http://news.example:80@[::1]:80/",
        "http:127.0.0.1/",
        "http:////127.0.0.1/",
        "http:\\\\127.0.0.1\\x",
        "HTTP://127.0.0.1?x",
        "http://127.0.0.1#news.example/",
        "http://127.0.\n0.1/",
        "http://%31%32%37.0.0.1/",
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://127\u30020\uff0e0\uff611/",
        "http://local\u00adhost/",
        "https://",
    ],
)
def test_a_link_into_the_readers_own_network_loses_its_address(href: str) -> None:
    """However it is spelled: browsers read it as a host at home, so its words alone are shown."""
    assert leads_inside(href)
    spelled = href.replace("&", "&amp;").replace('"', "&quot;")
    link = f'<p>See <a href="{spelled}" rel="nofollow noopener">the <em>box</em></a>, or not.</p>'
    assert without_inside_links(link, HOME) == "<p>See the <em>box</em>, or not.</p>"
    assert without_inside_links(link, "http://localhost:8080") == link


@pytest.mark.parametrize(
    "href",
    [
        "https://news.example/a?b=1&amp;c=http://127.0.0.1/",
        "http://93.184.216.34/",
        "https://user:word@news.example/",
        "https://news.example:8443#127.0.0.1",
        "https://bücher.example/",
        "mailto:desk@localhost",
        "tel:+4912345",
    ],
)
def test_all_other_links_of_a_text_stay(href: str) -> None:
    """A link to the open web, a mail address and a number are left as the agency sent them."""
    link = f'<p><a href="{href}" rel="nofollow noopener">words</a></p>'
    inside = '<p><a href="http://10.0.0.1/" rel="nofollow noopener">box</a></p>'
    assert without_inside_links(link, HOME) == link
    assert without_inside_links(f"{inside}\n{link}\n{inside}", HOME) == (
        f"<p>box</p>\n{link}\n<p>box</p>"
    )
