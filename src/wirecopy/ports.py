"""The seams: one small protocol each, one file per implementation, one conformance suite each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from wirecopy.briefs import Dressed, File, Filters, SearchBrief
from wirecopy.model import Delivery, Galley, LogEntry, Order, Story, Teaser, Tick


class Clock(Protocol):
    """Tells the time at the edges; the pure middle gets `now` as an argument."""

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""
        ...


class Log(Protocol):
    """The wire log: all that came in, in sequence; the only truth."""

    def append(self, entries: Sequence[Delivery | Order | Tick], now: datetime) -> list[int]:
        """The sequence numbers given, once all entries are durable on disk.

        `received` is `now`, or the last entry's time where the clock has run backwards; `clock`
        then is `now`.
        Raises SourceError when the disk refuses (full, read-only, locked).
        """
        ...

    def after(self, seq: int, limit: int) -> list[LogEntry]:
        """Up to `limit` entries with a sequence number above `seq`, in sequence."""
        ...

    def last(self) -> int:
        """The highest sequence number, 0 when the log is empty."""
        ...

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        ...


class Site(Protocol):
    """Where pages go: a folder, an object store."""

    def write(self, files: Iterable[File]) -> int:
        """Number of files changed; each appears whole or not at all, equal ones are left alone.

        Raises OutletError when a file cannot be written.
        """
        ...

    def remove(self, paths: Iterable[str]) -> int:
        """Number of files that were there and are gone now."""
        ...

    def sync(self) -> None:
        """Return once all that was written survives a power cut."""
        ...

    def paths(self) -> Iterator[str]:
        """Every file of the site, as a path from its root."""
        ...


class Reader(Protocol):
    """Reads deliveries into galleys, in this process or in several."""

    def get_ready(self) -> None:
        """Begin what takes long to begin; returns at once."""
        ...

    def read(self, entries: Sequence[LogEntry]) -> Iterator[Galley | None]:
        """One galley per entry, in order; None for entries that are not deliveries."""
        ...

    def close(self) -> None:
        """End the reading processes. Safe to call twice."""
        ...


class Album(Protocol):
    """The pictures of the site: which may be shown now, and which are of our own."""

    def dress(self, story: Story, now: datetime | None) -> Dressed:
        """The story with the pictures that may be shown at `now`, the archive's own time."""
        ...

    def show(self, teaser: Teaser, now: datetime | None) -> Teaser:
        """The teaser with the picture that may be shown at `now`."""
        ...

    def put(self, story: str, paths: Sequence[str]) -> None:
        """Note which picture files the story's page shows."""
        ...

    def unshown(self) -> tuple[str, ...]:
        """The picture files that no page shows any more, and whose removal has not been noted."""
        ...

    def swept(self, paths: Sequence[str]) -> None:
        """Note that these are gone from the site, for good."""
        ...

    def write_wants(self) -> None:
        """Write down which pictures the stories that were dressed want; SourceError if it fails."""
        ...

    def changed(self, now: datetime | None) -> Mapping[str, bool]:
        """Stories whose pictures have come, gone or run out, and whether lists show the change."""
        ...

    def forget_changes(self, stories: Sequence[str], now: datetime | None) -> None:
        """Let go of what `changed` said of these stories: their pages have been marked."""
        ...


class Search(Protocol):
    """Full-text search over the live stories."""

    def search(
        self,
        query: str,
        *,
        page: int = 1,
        sort: str = "newest",
        section: str = "",
        filters: Filters | None = None,
    ) -> SearchBrief:
        """The results page asked for; an empty query has no hits. Never raises on any query."""
        ...
