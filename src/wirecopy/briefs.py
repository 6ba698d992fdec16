"""Briefs: everything that one page is a function of, and the file it becomes."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from wirecopy.model import Story, Teaser, Topic


class File(msgspec.Struct, frozen=True):
    """One file of the site: its path from the site's root (no leading slash) and its bytes."""

    path: str
    body: bytes


class PastText(msgspec.Struct, frozen=True, kw_only=True):
    """A text as it stood at one public change of its story."""

    at: datetime
    headline: str
    standfirst: str
    body: tuple[str, ...]
    """Its blocks as HTML."""


class Dressed(msgspec.Struct, frozen=True, kw_only=True):
    """A live story with its pictures as readers may see them now."""

    story: Story
    files: tuple[File, ...] = ()
    """The picture files that its page needs, of our own."""
    card: str = ""
    """Path of the card that was drawn for it, or ""."""


class Translation(msgspec.Struct, frozen=True, kw_only=True):
    """A live story that tells the same report in another language."""

    teaser: Teaser
    original: bool
    """Whether it names no other as what it was translated from."""


class StoryBrief(msgspec.Struct, frozen=True, kw_only=True):
    """All that a story page depends on."""

    story: Story
    related: tuple[Teaser, ...] = ()
    """Live picks among story.related, best first."""
    older: tuple[Teaser, ...] = ()
    """The newest older stories of its section, newest first."""
    coverage: str = ""
    """Path of the page on its event, "" where no other agency tells it."""
    developing: bool = False
    """Whether stories of its event come fast just now, by the archive's clock."""
    past: tuple[PastText, ...] = ()
    """The texts readers have seen at this address, oldest first, the one that stands included;
    empty while there has been only one."""
    files: tuple[File, ...] = ()
    """Picture files of our own that lie beside the page."""
    card: str = ""
    """Path of the card that was drawn for it, or ""."""
    translations: tuple[Translation, ...] = ()
    """The stories that tell its report in other languages."""
    chain: tuple[Teaser, ...] = ()
    """The live stories of its chain: wrap-ups, sidebars, analyses, or the report they go with."""
    original: bool = False
    """Whether others say that they are translations, and it does not."""
    next: Teaser | None = None
    """The next newer story in its section's order, or None for the newest."""


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """A story that was public and is withdrawn or expired: what feeds need to say so."""

    id: str
    source: str
    first_published: datetime
    at: datetime


class ListBrief(msgspec.Struct, frozen=True, kw_only=True):
    """All that a list page (home, front, day, topic) and its feeds depend on."""

    kind: Literal["home", "front", "day", "topic"]
    teasers: tuple[Teaser, ...]
    """Newest first in the section's order; a day part is oldest part first, newest first inside."""
    section: str = ""
    topic: Topic | None = None
    more: bool = False
    """Whether the topic has older stories than these."""
    day: str = ""
    """Local date of a day page, YYYY-MM-DD."""
    part: int = 0
    parts: int = 1
    days: tuple[str, ...] = ()
    """For a front: the newest days that have a page, newest first. For a day page: the day
    before and the day after that have a page ("" where there is none)."""
    by_section: tuple[tuple[str, tuple[Teaser, ...]], ...] = ()
    """For home: each section's newest stories, in the order of the navigation."""
    ended: tuple[Ended, ...] = ()
    """Of lists with feeds: stories that were withdrawn or have expired, the newest
    first."""
    fed: tuple[Teaser, ...] = ()
    """The newest that its feeds pass on, where those reach beyond `teasers`; else empty."""
    bodies: tuple[tuple[str, str], ...] = ()
    """(id, body as HTML) of stories whose source lets feeds pass the full text on."""


class CoverageBrief(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page on one event depends on."""

    event: str
    slug: str
    name: str
    developing: bool = False
    teasers: tuple[Teaser, ...] = ()
    """Its live stories, newest first."""


class CorrectionNote(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the corrections page; of a withdrawn story it has neither headline nor path."""

    at: datetime
    kind: Literal["corrected", "withdrawn"]
    agency: str
    headline: str = ""
    path: str = ""
    note: str = ""


class MapEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One URL of a day's sitemap."""

    path: str
    updated: datetime
    picture: str = ""
    """Absolute URL of the picture, or ""."""
    tongues: tuple[Teaser, ...] = ()
    """All live stories that tell its report, itself first; none while there is one language."""


class CorrectionsBrief(msgspec.Struct, frozen=True, kw_only=True):
    """All that the corrections page depends on, newest first."""

    notes: tuple[CorrectionNote, ...] = ()


class MapBrief(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a day's sitemap."""

    day: str
    part: int
    entries: tuple[MapEntry, ...]


class MapsBrief(msgspec.Struct, frozen=True, kw_only=True):
    """The sitemap index: (local date, part, newest change) of every part, oldest first."""

    maps: tuple[tuple[str, int, datetime], ...]


class NewsMapBrief(msgspec.Struct, frozen=True, kw_only=True):
    """The news sitemap: stories of the last two days before the archive's time."""

    teasers: tuple[Teaser, ...]


class Absent(msgspec.Struct, frozen=True, kw_only=True):
    """A page that must not be there."""

    paths: tuple[str, ...] = ()
    """Site paths to remove, where the page's name does not tell them."""


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A story whose report another page tells since it was found to be the same."""

    id: str
    path: str
    """Where the story's page was, and where a page still says where it is told."""
    agency: str
    to: Teaser


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a story that is no longer there; nothing of its text."""

    id: str
    agency: str
    state: Literal["withdrawn", "expired"]
    at: datetime
    path: str = ""
    """Where the story's page was; for the press's broom, never for a template."""


Brief = (
    StoryBrief
    | ListBrief
    | CoverageBrief
    | CorrectionsBrief
    | MapBrief
    | MapsBrief
    | NewsMapBrief
    | Moved
    | Gone
    | Absent
)


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One search result: the story's teaser and a plain-text snippet around the match."""

    teaser: Teaser
    snippet: str = ""


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What narrows a search beside its section; "" leaves it wide."""

    agency: str = ""
    """The agency as its source names it."""
    topic: str = ""
    """A topic's slug."""
    since: str = ""
    """The first local day of publication, YYYY-MM-DD."""
    until: str = ""
    """The last."""


class SearchBrief(msgspec.Struct, frozen=True, kw_only=True):
    """All that a page of search results depends on."""

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    """Number of matches."""
    at_least: bool = False
    """Whether there are more than `total`: counting has stopped there."""
    page: int = 1
    sort: Literal["newest", "relevance"] = "newest"
    section: str = ""
    filters: Filters = Filters()
    topic_name: str = ""
    """The name of the topic that narrows it."""
    suggestion: str = ""
    """What the reader may have meant, where nothing was found."""
    more: bool = False
