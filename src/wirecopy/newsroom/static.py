"""Answers for the files of the site: 200, 206, 301, 304, 404, 405, 410, 412, 416. No socket here.

Whatever the path, the answer is one of these and never a traceback; nothing outside the folder
and nothing hidden (a name that opens with a dot, but for .well-known) is ever served.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import quote

from wirecopy.newsroom.conditions import changed, encoding, part, unchanged
from wirecopy.newsroom.shelf import BROTLI, Headers, Leaf, Shelf

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' https: http: data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY: Headers = [
    (
        "content-security-policy",
        _POLICY,
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ("cross-origin-opener-policy", "same-origin"),
]
"""Headers of every answer: no script runs, nobody frames us, nothing is guessed."""
SHORT = "public, max-age=10"
"""For pages that are not there: one that is embargoed looks the same, and may appear any second."""

_STORY = re.compile(r"(?:.*-)?([a-z0-9]{12})(?:\.(?:html|json))?")
"""A name at whose end a story's id stands: the id decides, whatever words are before it."""
_GONE = re.compile(r"gone/[a-z0-9]{12}\.html")
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f\\\ufffd\ud800-\udfff]|(?:^|/)\.\.?(?:/|$)")
_HIDDEN = re.compile(r"(?:^|/)\.(?!well-known/)|//")
_LONGEST = 1024


class Asked(Protocol):
    """The header fields of a request, by name in lower case."""

    def get(self, key: str, default: str | None = None) -> str | None:
        """The field's value; `default` where it was not sent."""
        ...


class Answer(NamedTuple):
    """One answer; when `leaf` is given, the body is `wanted` of that file, still to be read."""

    status: int
    headers: Headers
    body: bytes
    leaf: Leaf | None = None
    wanted: range = range(0)


class Static:
    """The baked folder as answers to requests.

    `prefix` is the path that readers see in front of the site's own ("/news", or ""). `headers`
    names those that a file at a path is answered with, beside what all files are. `address` gives
    the path of the page of a public story by its id, else "".
    """

    def __init__(
        self,
        root: Path,
        prefix: str = "",
        headers: Callable[[str], Iterable[tuple[str, str]]] = lambda _: (),
        address: Callable[[str], str] = lambda _: "",
    ) -> None:
        self._address = address
        self.shelf = Shelf(root, SECURITY, headers)
        self._prefix = prefix

    def answer(self, method: str, path: str, asked: Asked) -> Answer:
        """The answer to a request for `path`: percent-decoded, with its leading slash, no query."""
        if method not in ("GET", "HEAD"):
            return plain(405, "Only GET and HEAD are allowed here.", [("allow", "GET, HEAD")])
        # What is too long is not remembered: strangers could fill the memory with it.
        name = _name(path) if len(path) <= _LONGEST else ""
        if name is None:
            return plain(400, "This address cannot be read.", [("cache-control", SHORT)])
        if not name:
            return self.missing()
        if name.startswith("gone/") and _GONE.fullmatch(name):
            return self._gone(name) or self.missing()
        leaf = self.shelf.leaf(name)
        return self._absent(name) if leaf is None else _present(leaf, method, asked)

    def missing(self) -> Answer:
        """404, with the site's own page where it has one."""
        leaf = self.shelf.leaf("404.html")
        if leaf is None or leaf.large:
            return plain(404, "There is no such page.", [("cache-control", SHORT)])
        return _page(404, leaf, [("cache-control", SHORT)])

    def _absent(self, name: str) -> Answer:
        """410 for a story that was withdrawn, 301 to where a page lies now, else 404."""
        story = _STORY.fullmatch(name.rpartition("/")[2].lower())
        if story:
            if gone := self._gone(f"gone/{story[1]}.html"):
                return gone
            if lies := self._lies(name, story[1]):
                return self._moved(lies)
        if not name.endswith(".html") and self.shelf.folder(name):
            return self._moved(f"{name}/")
        return self.missing()

    def _lies(self, name: str, story: str) -> str:
        """The file that was meant by a name with the id of a public story; "" for none.

        Only what lies in the folder is named: readers are sent to nothing that they may not see.
        """
        path = self._address(story)
        if name.lower().endswith(".json"):
            path = f"{path.removesuffix('.html')}.json"
        return path if path != name and self.shelf.leaf(path) is not None else ""

    def _moved(self, path: str) -> Answer:
        location = f"{self._prefix}/{quote(path)}"
        return plain(301, "", [("location", location), ("cache-control", SHORT)])

    def _gone(self, name: str) -> Answer | None:
        leaf = self.shelf.leaf(name)
        if leaf is None or leaf.large:
            return None
        no_trace = [("cache-control", "no-store"), ("x-robots-tag", "noindex, noarchive")]
        return _page(410, leaf, no_trace)


@lru_cache(maxsize=8192)
def _name(path: str) -> str | None:
    """The file that a path means; "" when there can be none, None when it cannot be read."""
    if not path.startswith("/"):
        return ""
    name = path[1:]
    if _UNREADABLE.search(name):
        return None
    if _HIDDEN.search(name):
        return ""
    return f"{name}index.html" if not name or name.endswith("/") else name


def plain(status: int, sentence: str, more: Headers) -> Answer:
    """An answer of one line of plain text, with the security headers and `more`."""
    body = f"{sentence}\n".encode() if sentence else b""
    first = [("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(body)))]
    return Answer(status, [*first, *more, *SECURITY], body)


def _page(status: int, leaf: Leaf, more: Headers) -> Answer:
    """An answer with a page's body that is no representation of the address: no validators."""
    first = [("content-type", leaf.kind), ("content-length", str(leaf.size))]
    return Answer(status, [*first, *more, *SECURITY], leaf.plain.body)


def _present(leaf: Leaf, method: str, asked: Asked) -> Answer:
    # A range is defined for GET alone (RFC 9110, 14.2); any other request is answered whole.
    wanted = asked.get("range") if method == "GET" else None
    accepted = asked.get("accept-encoding") if wanted is None else None
    variant = leaf.variant(encoding(accepted, brotli=BROTLI)) if accepted else leaf.plain
    wished, still = asked.get("if-match"), asked.get("if-unmodified-since")
    if (wished is not None or still is not None) and changed(
        variant.tag, leaf.modified, wished, still
    ):
        return plain(412, "The file is another version by now.", [("cache-control", "no-store")])
    known, since = asked.get("if-none-match"), asked.get("if-modified-since")
    if (known is not None or since is not None) and unchanged(
        variant.tag, leaf.modified, known, since
    ):
        return Answer(304, [("etag", variant.tag), *leaf.shared], b"")
    if wanted is not None:
        return _partial(leaf, wanted, asked)
    if leaf.large:
        return Answer(200, variant.headers, b"", leaf, range(leaf.size))
    return Answer(200, variant.headers, variant.body)


def _partial(leaf: Leaf, asked: str, fields: Asked) -> Answer:
    """206 or 416; the whole file where the range is not to be heeded."""
    size, (body, tag, headers) = leaf.size, leaf.plain
    modified = leaf.shared[0][1]
    wanted = part(asked, size, fields.get("if-range"), tag, modified)
    if wanted is None:
        return Answer(200, headers, body, leaf if leaf.large else None, range(size))
    if not wanted:
        return plain(416, "There are no such bytes.", [("content-range", f"bytes */{size}")])
    kept = [field for field in headers if field[0] != "content-length"]
    span = [
        ("content-range", f"bytes {wanted.start}-{wanted.stop - 1}/{size}"),
        ("content-length", str(len(wanted))),
    ]
    if leaf.large:
        return Answer(206, [*kept, *span], b"", leaf, wanted)
    return Answer(206, [*kept, *span], body[wanted.start : wanted.stop])
