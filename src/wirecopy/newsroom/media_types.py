"""What kind of file a path of the site is: its type, and for how long it may be kept."""

from __future__ import annotations

import re
from functools import lru_cache

_TYPES = {
    "html": "text/html; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "gz": "application/gzip",
}
_NAMES = (
    (re.compile(r"(?:^|[/.-])(?:rss|feed)\.xml$"), "application/rss+xml; charset=utf-8"),
    (re.compile(r"(?:^|[/.-])atom\.xml$"), "application/atom+xml; charset=utf-8"),
    (re.compile(r"(?:^|[/.-])feed\.json$"), "application/feed+json; charset=utf-8"),
    (re.compile(r"^license\.xml$"), "application/rsl+xml; charset=utf-8"),
    (re.compile(r"(?:^|[/.-])opensearch\.xml$"), "application/opensearchdescription+xml"),
)
_FINGERPRINTED = re.compile(r"assets/.+[.-](?=[0-9a-z]*[0-9])[0-9a-z]{8,64}\.[0-9a-z]{1,8}")

PAGE = "public, max-age=60, s-maxage=300, stale-while-revalidate=60, stale-if-error=600"
"""For pages and feeds: a kill reaches every cache in minutes even where nobody purges it."""
FOREVER = "public, max-age=31536000, immutable"
"""For files whose name changes with their bytes."""

DAY = "public, max-age=86400, s-maxage=300"
"""For pictures: their names follow their content, but what is killed or has run out must leave
every cache between us and readers as fast as its page."""


@lru_cache(maxsize=4096)
def media_type(path: str) -> str:
    """The Content-Type of a file of the site, with its charset; unknown ones are downloads."""
    for pattern, kind in _NAMES:
        if pattern.search(path):
            return kind
    return _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def compressible(kind: str) -> bool:
    """Whether a file of that Content-Type shrinks when it is compressed."""
    return kind.startswith("text/") or "xml" in kind or "json" in kind or kind == "image/x-icon"


def cache_control(path: str) -> str:
    """The Cache-Control of a file that is there."""
    if path.startswith("pictures/"):
        return DAY
    return FOREVER if _FINGERPRINTED.fullmatch(path) else PAGE
