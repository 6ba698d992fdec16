"""What one stranger said is not kept: no text from outside, however long, stays in a cache."""

from __future__ import annotations

import functools
import gc
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.newsdesk import START, Desk

from wirecopy.config import parse
from wirecopy.model import Delivery
from wirecopy.newsroom.static import Static
from wirecopy.reading import read_delivery

LONG = 20_000
"""Characters of each text; some thousands of them, remembered, would be gigabytes in earnest."""
MAY_BE = 2500
"""The longest key of a cache: addresses have up to 2,048 characters."""
OURS = {"wirecopy.pictures.lettering.given"}
"""Caches of what the operator gives: a font for cards is remembered by its bytes."""
CONFIG = parse(
    '[site]\nname = "P"\nurl = "https://p.example"\n[[sources]]\nname = "s"\nagency = "Corvid"\n'
)
RSS = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:o="urn:o:{0}">'
    "<channel><language>{0}</language><item><guid>{0}</guid><title>Ferry {0}</title>"
    "<pubDate>{0}</pubDate><author>{0}</author><dc:creator>{0}, {1}</dc:creator>"
    '<category domain="{0}">{0}</category><category>{0}</category><link>https://w.example/{0}</link>'
    '<o:embargo>{0}</o:embargo><source url="https://{0}.example/">{0}</source>'
    '<description>&lt;a href="https://{0}.example/"&gt;It&lt;/a&gt; ran.</description></item></channel></rss>'
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>{0}</id><title>Ferry</title>'
    "<updated>{0}</updated><author><name>{0}</name><uri>{0}</uri></author>"
    '<category term="{0}" scheme="{0}" label="{0}"/><link rel="{0}" hreflang="{0}" href="{0}"/>'
    '<x xmlns="urn:{0}">{0}</x><content>It ran.</content></entry></feed>'
)
NITF = (
    '<nitf><head><docdata><doc-id id-string="{0}"/><date.issue norm="{0}"/></docdata></head><body>'
    "<body.head><hedline><hl1>Ferry</hl1></hedline><byline>{0}</byline></body.head><body.content>"
    '<p>It ran.</p><x xmlns="urn:{0}">{0}</x></body.content></body></nitf>'
)


def _copy() -> Iterator[bytes]:
    """Files whose every field is long, by one character and by words."""
    for letters in ("x", "word ", "9"):
        said = letters * (LONG // len(letters))
        for form in (RSS, ATOM, NITF):
            yield form.format(said.replace(" ", "-"), said).encode()
            yield form.replace("urn:{0}", "urn:o").format(said, said).encode()
        yield _ninjs(said)


def _ninjs(said: str) -> bytes:
    named = [{"name": said, "code": said, "scheme": said, "rel": said}]
    texts = ("uri", "headline", "byline", "located", "slugline", "language", "versioncreated",
             "embargoed", "ednote", "usageterms", "copyrightholder", "pubstatus")  # fmt: skip
    item: dict[str, Any] = {"$standard": {"name": "ninjs", "version": "1.4"}, "type": "text"}
    item |= dict.fromkeys(texts, said)
    item |= dict.fromkeys(("subject", "person", "place", "organisation", "infosource"), named)
    return json.dumps(item | {"body_html": f"<p>{said}</p>"}).encode()


def _caches() -> Iterator[tuple[str, int]]:
    """Each large cache of the program, and the characters of its longest key."""
    for found in gc.get_objects():
        if not isinstance(found, functools._lru_cache_wrapper):
            continue
        most = found.cache_info().maxsize
        name = (
            f"{found.__module__}.{getattr(found, '__name__', '')}"  # libraries wrap nameless ones
        )
        if name.startswith("wirecopy") and name not in OURS and (most is None or most > 64):
            keys = [each for each in gc.get_referents(found) if isinstance(each, dict)]
            longest = max((_letters(key) for each in keys for key in each), default=0)
            yield name, longest


def _letters(key: object) -> int:
    if isinstance(key, (str, bytes)):
        return len(key)
    return sum(map(_letters, key)) if isinstance(key, (tuple, list)) else 0


def test_no_cache_keeps_long_texts_of_agencies() -> None:
    """Read, filed and baked, a file leaves nothing long in memory."""
    with Desk() as desk:
        for body in _copy():
            read_delivery(Delivery(source="s", body=body), START, CONFIG)
            desk.take(body)
    caches = dict(_caches())
    assert len(caches) > 20
    assert {name: longest for name, longest in caches.items() if longest > MAY_BE} == {}


def test_no_cache_keeps_long_texts_of_readers(tmp_path: Path) -> None:
    """Paths and header fields of requests are bytes of strangers too."""
    (tmp_path / "index.html").write_bytes(b"home" * 100)
    static = Static(tmp_path)
    said = "x" * LONG
    for path in (f"/{said}", f"/{said}.html", "/"):
        for field in ("accept-encoding", "if-modified-since", "if-unmodified-since", "range"):
            assert static.answer("GET", path, {field: said}).status in (200, 404)
    assert {name: longest for name, longest in _caches() if longest > MAY_BE} == {}
