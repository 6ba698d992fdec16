"""Where each page of the site lies, and the URL readers know it by.

Used by the press, which writes the pages, and by the baking, which removes them.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

HOME = "index.html"
CORRECTIONS = "corrections.html"
ABOUT = "about.html"
NOT_FOUND = "404.html"
GONE = "410.html"
ROBOTS = "robots.txt"
OPENSEARCH = "opensearch.xml"
SITEMAP_INDEX = "sitemap.xml"
SECTIONS_SITEMAP = "sitemaps/sections.xml"
NEWS_SITEMAP = "news-sitemap.xml"
LICENCE = "license.xml"
TRUST = ("trust.txt", ".well-known/trust.txt")
SECURITY = ".well-known/security.txt"
MINING = ".well-known/tdmrep.json"
SEARCH = "search"
"""Rendered on request; no file of the site."""

_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")
_TAKEN = re.compile(r"index|con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""What a folder's own page is called, and what Windows keeps for devices, whatever the ending.

A wire may name a topic so."""


class FeedPaths(NamedTuple):
    """The feeds that stand beside a list page, as paths from the site's root; "" for none."""

    rss: str = ""
    atom: str = ""
    json: str = ""


def front_path(section: str) -> str:
    """The path of a section's front: world/index.html."""
    return f"{section}/index.html"


def day_path(section: str, day: str, part: int = 1) -> str:
    """The path of one part of a section's day: world/2022/01/08/index.html, then .../2.html.

    `day` is the local date YYYY-MM-DD; parts are counted from 1.
    """
    name = "index" if part <= 1 else str(part)
    return f"{section}/{day.replace('-', '/')}/{name}.html"


def topic_path(slug: str) -> str:
    """The path of a topic's page: topics/harbour.html."""
    return f"topics/{_storable(slug)}.html"


def coverage_path(event: str, slug: str) -> str:
    """The path of the page on one event: coverage/ostrel-dam-{id}.html."""
    return f"coverage/{f'{slug}-' if slug else ''}{event}.html"


def ninjs_path(path: str) -> str:
    """The path of a story as ninjs, beside its page: world/slug-id.json."""
    return f"{path.removesuffix('.html')}.json"


def gone_path(story: str) -> str:
    """The path of the page that says a story is gone: gone/{id}.html."""
    return f"gone/{story}.html"


def home_feeds() -> FeedPaths:
    """The feeds of the whole site."""
    return FeedPaths("rss.xml", "atom.xml", "feed.json")


def front_feeds(section: str) -> FeedPaths:
    """The feeds of a section: world/rss.xml and its two fellows."""
    return FeedPaths(*(f"{section}/{path}" for path in home_feeds()))


def topic_feeds(slug: str) -> FeedPaths:
    """The one feed of a topic: topics/harbour.atom."""
    return FeedPaths(atom=f"topics/{_storable(slug)}.atom")


def _storable(slug: str) -> str:
    """The slug as a file name that every disk takes; "_" is in no slug, so none meets another."""
    return f"{slug}_" if _TAKEN.fullmatch(slug) else slug


def sitemap_path(day: str, part: int = 1) -> str:
    """The path of one part of a day's sitemap: sitemaps/2022-01-08-1.xml."""
    return f"sitemaps/{day}-{part}.xml"


def url_of(path: str) -> str:
    """The URL path of a file of the site: "world/index.html" is /world/, "index.html" is /.

    Characters that a URL may not hold are percent-encoded (RFC 3986).
    """
    if path == HOME:
        return "/"
    if path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return "/" + (path if _PLAIN.fullmatch(path) else quote(path, safe="/~"))
