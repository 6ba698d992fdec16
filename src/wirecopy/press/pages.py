"""The press itself: briefs in, files out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from wirecopy.briefs import (
    CorrectionNote,
    CoverageBrief,
    File,
    Gone,
    ListBrief,
    MapEntry,
    Moved,
    SearchBrief,
    StoryBrief,
)
from wirecopy.config import Config
from wirecopy.errors import ThemeError
from wirecopy.model import Teaser
from wirecopy.press import feeds, licensing, lists, ninjs, paths, proof, sitemaps
from wirecopy.press.coverage import coverage_page
from wirecopy.press.found import search_page
from wirecopy.press.headers import Headers, headers_of
from wirecopy.press.house import House
from wirecopy.press.plain_pages import (
    about_page,
    corrections_page,
    gone_page,
    moved_page,
    plain_page,
)
from wirecopy.press.stories import story_page
from wirecopy.press.theme import Theme, fingerprinted
from wirecopy.press.view import Page


class Press:
    """Writes every page of one site. The same brief always gives the same bytes.

    `templates` and `assets` are the theme's files by name, the newsroom's own laid over ours.
    `catalogues` are its own words, PO text by language tag. `ours` are the templates without the
    newsroom's own: with them a page is printed that the theme turns out not to be able to print.
    Raises ThemeError naming the file, the line and the variable when a template is broken, and
    ConfigError when the site's locale is unknown.
    """

    def __init__(
        self,
        config: Config,
        templates: Mapping[str, str],
        assets: Mapping[str, bytes],
        catalogues: Mapping[str, str] | None = None,
        ours: Mapping[str, str] | None = None,
    ) -> None:
        files = fingerprinted(assets)
        names = {name: file.path for name, file in files.items()}
        self._house = House(config, names, catalogues)
        self._houses = _houses(config, names, catalogues)
        self._theme = Theme(templates)
        self._assets = tuple(files[name] for name in sorted(files))
        self._spare: Theme | None = None
        self._troubles: dict[str, None] = {}
        self._prove()
        if ours is not None and ours != templates:
            self._spare = Theme(ours)

    def troubles(self) -> tuple[str, ...]:
        """What the theme could not print since this was last asked, each once, in words."""
        troubles, self._troubles = self._troubles, {}
        return tuple(troubles)

    def _prove(self) -> None:
        """Pull one proof of every template, so that a broken one is found before any news is.

        One for each language: what a page says of another's language has branches of its own.
        """
        config = self._house.config
        sections = {one.language: one.key for one in reversed(config.sections)}
        for section in sections.values():
            self._prove_in(section, config.sources[0].agency if config.sources else "")
        self.corrections(proof.CORRECTIONS)
        self.corrections(())
        self.gone(proof.GONE)
        self.fixed()

    def _prove_in(self, section: str, agency: str) -> None:
        sources = self._house.sources.values()
        linking = next((one.name for one in sources if one.recordings == "link"), "")
        for story in proof.stories(section, linking):
            self.story(story)
            ninjs.ninjs(story.story, self._house)
        for brief in proof.lists(section):
            self.lists(brief)
        self.coverage(proof.coverage(section))
        self.moved(proof.moved(section))
        self.search(proof.search(section, agency))

    def _html(self, template: str, page: Page, house: House | None = None) -> bytes:
        house = house or self._house
        try:
            return self._theme.render(template, house.site, house.words, page)
        except ThemeError as error:
            if self._spare is None:
                raise
            self._troubles[f"{error} Pages on which that fails are printed with ours."] = None
            return self._spare.render(template, house.site, house.words, page)

    def _at(self, section: str) -> House:
        """The house in the language of a section's pages."""
        return self._houses.get(section, self._house)

    def story(self, brief: StoryBrief) -> File:
        """The page of one story. ValueError when no version of it stands."""
        house = self._at(brief.story.section)
        page = story_page(brief, house)
        return File(brief.story.path, self._html("story.html", page, house))

    def beside(self, brief: StoryBrief) -> tuple[File, ...]:
        """What lies beside a story's page: the story as ninjs, where that may be passed on."""
        if not self._house.shares(brief.story.source):
            return ()
        return (File(paths.ninjs_path(brief.story.path), ninjs.ninjs(brief.story, self._house)),)

    def lists(self, brief: ListBrief) -> tuple[File, ...]:
        """A list's page, and after it its feeds (RSS, Atom, JSON Feed).

        A day has none, nor has a topic of one story: see `lists.has_feeds`.
        """
        house = self._at(brief.section)
        page: Page
        if brief.kind == "home":
            path, page = paths.HOME, lists.home_page(brief, house)
        elif brief.kind == "front":
            path, page = paths.front_path(brief.section), lists.front_page(brief, house)
        elif brief.kind == "day":
            path = paths.day_path(brief.section, brief.day, brief.part)
            page = lists.day_page(brief, house)
        else:
            page = lists.topic_page(brief, house)
            path = paths.topic_path(brief.topic.slug if brief.topic else "")
        html = File(path, self._html(f"{brief.kind}.html", page, house))
        return (html, *(feeds.feeds(brief, house) if lists.has_feeds(brief) else ()))

    def coverage(self, brief: CoverageBrief) -> File:
        """The page on one event. ValueError when no story of it is live."""
        house = self._house
        page = coverage_page(brief, house)
        path = paths.coverage_path(brief.event, brief.slug)
        return File(path, self._html("coverage.html", page, house))

    def corrections(self, notes: tuple[CorrectionNote, ...]) -> File:
        """The corrections page, in the order of `notes` (newest first)."""
        page = corrections_page(notes, self._house)
        return File(paths.CORRECTIONS, self._html("corrections.html", page))

    def moved(self, moved: Moved) -> File:
        """The page at the address of a story that another page tells."""
        return File(moved.path, self._html("moved.html", moved_page(moved, self._house)))

    def gone(self, gone: Gone) -> File:
        """The neutral page that answers 410 for one story; it says nothing of its text."""
        page = gone_page(gone, self._house)
        return File(paths.gone_path(gone.id), self._html("gone.html", page))

    def sitemap(self, day: str, part: int, entries: tuple[MapEntry, ...]) -> File:
        """One part of a day's sitemap; at most 50,000 entries."""
        body = sitemaps.sitemap(entries, self._house)
        return File(paths.sitemap_path(day, part), body.encode())

    def sitemap_index(self, maps: tuple[tuple[str, int, datetime], ...]) -> File:
        """The index of all sitemaps: (local date, part, newest change) of each."""
        return File(paths.SITEMAP_INDEX, sitemaps.sitemap_index(maps, self._house).encode())

    def news_sitemap(self, teasers: tuple[Teaser, ...]) -> File:
        """The news sitemap of the stories of the last two days, which the caller chose."""
        return File(paths.NEWS_SITEMAP, sitemaps.news_sitemap(teasers, self._house).encode())

    def fixed(self) -> tuple[File, ...]:
        """Everything that depends on the configuration and the theme alone."""
        house, words = self._house, self._house.words
        missing = plain_page(words.missing_title, words.missing_text, house)
        gone = plain_page(words.gone_title, "", house)
        return (
            File(paths.ROBOTS, sitemaps.robots(house).encode()),
            File(paths.OPENSEARCH, sitemaps.opensearch(house).encode()),
            File(paths.SECTIONS_SITEMAP, sitemaps.sections_sitemap(house).encode()),
            File(paths.NOT_FOUND, self._html("404.html", missing)),
            File(paths.GONE, self._html("410.html", gone)),
            File(paths.ABOUT, self._html("about.html", about_page(house))),
            *licensing.files(house),
            *self._assets,
        )

    def headers(self, path: str) -> Headers:
        """What a server answers with a file of the site, beside what every server says itself."""
        return headers_of(path, self._house)

    def search(self, brief: SearchBrief) -> bytes:
        """The page of search results, rendered on request by the server."""
        return self._html("search.html", search_page(brief, self._house))


def _houses(
    config: Config, assets: Mapping[str, str], catalogues: Mapping[str, str] | None
) -> dict[str, House]:
    """The house of each section whose pages speak another language than the site's."""
    tongues: dict[str, House] = {}
    for section in config.sections:
        if section.language and section.language not in tongues:
            site = msgspec.structs.replace(config.site, locale=section.language)
            speaking = msgspec.structs.replace(config, site=site)
            tongues[section.language] = House(speaking, assets, catalogues, config.site.locale)
    return {s.key: tongues[s.language] for s in config.sections if s.language}
