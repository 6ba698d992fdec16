"""Full-text search over the live stories: the newest first, or the best among the newest."""

from __future__ import annotations

import re
import sqlite3
import threading
from pathlib import Path

from wirecopy.archive.codec import read_teaser
from wirecopy.briefs import Hit, SearchBrief
from wirecopy.errors import SourceError

PAGE = 20
COUNTED_TO = 1000
"""Counting stops here; a reader does not care whether it is 4,000 or 40,000."""
_RANKED = 2000
"""Relevance ranks the newest matches; older ones would cost more than they are worth."""

_PART = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


def match_of(query: str) -> str:
    """The FTS5 expression for a reader's words: all must match; "a phrase"; -without; prefix*.

    Whatever the reader types becomes quoted strings, so nothing of FTS5's own language gets in.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for part in _PART.finditer(query[:300]):
        text = part["phrase"] if part["phrase"] is not None else part["word"]
        star = "*" if part["word"] and text.endswith("*") else ""
        text = text.replace('"', " ").replace("\0", " ").strip("* ")
        if re.search(r"\w", text):
            (unwanted if part["not"] else wanted).append(f'"{text}"{star}')
    if not wanted:
        return ""
    return " ".join(wanted) + "".join(f" NOT {term}" for term in unwanted)


def _writable(text: str) -> str:
    """The text without halves of characters, which neither SQLite nor a page can take."""
    return text.encode("utf-8", "replace").decode()


class SqliteSearch:
    """`ports.Search` over the archive's index; a reader's connection of its own."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, check_same_thread=False, timeout=5
        )
        self._lock = threading.Lock()

    def search(
        self, query: str, *, page: int = 1, sort: str = "newest", section: str = ""
    ) -> SearchBrief:
        """The results page asked for; an empty query has no hits. Never raises on any query.

        Raises SourceError when the archive cannot be read.
        """
        query, section = _writable(query), _writable(section)
        relevance = sort == "relevance"
        page = min(max(page, 1), COUNTED_TO // PAGE)
        match = match_of(query)
        hits, total = self._find(match, page, section, relevance=relevance) if match else ([], 0)
        return SearchBrief(
            query=query,
            hits=tuple(hits[:PAGE]),
            total=min(total, COUNTED_TO),
            at_least=total > COUNTED_TO,
            page=page,
            sort="relevance" if relevance else "newest",
            section=section,
            more=len(hits) > PAGE,
        )

    def _find(
        self, match: str, page: int, section: str, *, relevance: bool
    ) -> tuple[list[Hit], int]:
        within = " AND search.section = :section" if section else ""
        newest = (
            f"SELECT rowid FROM search WHERE search MATCH :match{within} "
            "ORDER BY rowid DESC LIMIT :ranked"
        )
        order = "bm25(search, 10, 4, 1, 6, 2)" if relevance else "search.rowid DESC"
        only = f" AND search.rowid IN ({newest})" if relevance else ""
        statement = (
            "SELECT stories.teaser, snippet(search, 2, '', '', '…', 28) FROM search "
            "JOIN stories ON stories.id = search.story "
            f"WHERE search MATCH :match{within}{only} AND stories.state = 'live' "
            f"ORDER BY {order} LIMIT :limit OFFSET :offset"
        )
        count = (
            f"SELECT COUNT(*) FROM (SELECT 1 FROM search WHERE search MATCH :match{within} "
            "LIMIT :most)"
        )
        values = {
            "match": match,
            "section": section,
            "ranked": _RANKED,
            "limit": PAGE + 1,
            "offset": (page - 1) * PAGE,
            "most": COUNTED_TO + 1,
        }
        try:
            with self._lock:
                rows = self._connection.execute(statement, values).fetchall()
                total = self._connection.execute(count, values).fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise SourceError(
                f"The archive cannot be searched: {error}. If its file has been deleted or "
                "damaged, stop `wirecopy run`, then type `wirecopy rebuild`."
            ) from error
        return [Hit(teaser=read_teaser(row[0]), snippet=row[1]) for row in rows], total

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        self._connection.close()
