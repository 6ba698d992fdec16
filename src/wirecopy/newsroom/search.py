"""Answers for /search: a page for readers, JSON for programs; in threads, a few at a time."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from urllib.parse import parse_qsl

import msgspec

from wirecopy import ports
from wirecopy.briefs import Filters, Hit, SearchBrief
from wirecopy.errors import WirecopyError
from wirecopy.newsroom.static import SECURITY, Answer, Asked, plain
from wirecopy.press.paths import url_of

logger = logging.getLogger(__name__)

PATHS = frozenset({"/search", "/search.json"})
LONGEST = 200
"""Characters of a query that are looked at."""

_THREADS = 2
_WAITING = 64
"""Questions that are asked at once, and that may wait; more readers are asked to come again."""
_NO_STORE = [
    ("cache-control", "no-store"),
    ("x-robots-tag", "noindex, noarchive"),
    ("vary", "accept"),
]


class Question(msgspec.Struct, frozen=True):
    """What a reader asks the archive."""

    query: str = ""
    page: int = 1
    sort: str = "newest"
    section: str = ""
    filters: Filters = Filters()


def question(query_string: str) -> Question:
    """The question in a query string; what cannot be read is left at its default."""
    try:
        fields = dict(parse_qsl(query_string[:4096], errors="replace", max_num_fields=20))
    except ValueError:
        return Question()
    page, section = fields.get("page", ""), fields.get("section", "")
    return Question(
        query=re.sub(r"[\x00-\x1f\x7f\s]+", " ", fields.get("q", ""))[:LONGEST].strip(),
        page=max(int(page), 1) if re.fullmatch(r"[0-9]{1,6}", page) else 1,
        sort="relevance" if fields.get("sort") == "relevance" else "newest",
        section=section if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", section) else "",
        filters=_filters(fields),
    )


def _filters(fields: dict[str, str]) -> Filters:
    """What narrows the search; what cannot be read is left out."""
    agency = re.sub(r"[\x00-\x1f\x7f\s]+", " ", fields.get("agency", ""))[:100].strip()
    topic = fields.get("topic", "")
    days = {
        name: fields.get(name, "") if _is_day(fields.get(name, "")) else ""
        for name in ("since", "until")
    }
    return Filters(
        agency=agency, topic=topic if re.fullmatch(r"[a-z0-9-]{1,120}", topic) else "", **days
    )


def _is_day(text: str) -> bool:
    """Whether it is a day of the calendar, YYYY-MM-DD."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        return date.fromisoformat(text).year > 1900
    except ValueError:
        return False


def _as_json(brief: SearchBrief, prefix: str = "") -> bytes:
    """The results for programs; times as ISO 8601 with offset, addresses from the host's root.

    `prefix` is the path of the site's own address ("/news", or "").
    """
    return msgspec.json.encode(
        {
            "query": brief.query,
            "page": brief.page,
            "sort": brief.sort,
            "section": brief.section,
            "filters": brief.filters,
            "suggestion": brief.suggestion,
            "total": brief.total,
            "at_least": brief.at_least,
            "more": brief.more,
            "hits": [_hit(hit, prefix) for hit in brief.hits],
        }
    )


def _hit(hit: Hit, prefix: str) -> dict[str, object]:
    teaser = hit.teaser
    return {
        "id": teaser.id,
        "url": prefix + url_of(teaser.path),
        "headline": teaser.headline,
        "standfirst": teaser.standfirst,
        "snippet": hit.snippet,
        "section": teaser.section,
        "agency": teaser.agency,
        "credit": teaser.credit,
        "language": teaser.language,
        "first_published": teaser.first_published,
        "updated": teaser.updated,
    }


class SearchDesk:
    """Takes readers' questions to the archive without ever holding up the pages."""

    def __init__(
        self,
        search: ports.Search,
        render: Callable[[SearchBrief], bytes] | None,
        prefix: str = "",
    ) -> None:
        self._search = search
        self._prefix = prefix
        self._render = render
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="search")
        self._waiting = 0

    async def answer(self, method: str, path: str, query_string: str, asked: Asked) -> Answer:
        """The results asked for; 503 while too many ask at once or the archive is busy."""
        if method not in ("GET", "HEAD"):
            return plain(405, "Only GET and HEAD are allowed here.", [("allow", "GET, HEAD")])
        if self._waiting >= _WAITING:
            return _busy()
        json = path.endswith(".json") or self._render is None or _prefers_json(asked)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            work = loop.run_in_executor(self._threads, self._body, question(query_string), json)
            body = await work
        except WirecopyError as error:
            logger.warning("search_failed: %s", error)
            return _busy()
        finally:
            self._waiting -= 1
        kind = "application/json; charset=utf-8" if json else "text/html; charset=utf-8"
        first = [("content-type", kind), ("content-length", str(len(body)))]
        return Answer(200, [*first, *_NO_STORE, *SECURITY], body)

    def close(self) -> None:
        """Take no more questions; those that wait are dropped. Safe to call twice."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _body(self, asked: Question, json: bool) -> bytes:
        brief = self._search.search(
            asked.query,
            page=asked.page,
            sort=asked.sort,
            section=asked.section,
            filters=asked.filters,
        )
        if json or self._render is None:
            return _as_json(brief, self._prefix)
        return self._render(brief)


def _prefers_json(asked: Asked) -> bool:
    accepted = (asked.get("accept") or "").lower()
    return "application/json" in accepted and "text/html" not in accepted


def _busy() -> Answer:
    return plain(503, "Search is busy; try again in a moment.", [*_NO_STORE, ("retry-after", "5")])
