"""What every page of one site shares: its links, its times, its words, its sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar, cast
from urllib.parse import urlsplit

from wirecopy import model
from wirecopy.config import Config
from wirecopy.config.editions import editions, tag_of
from wirecopy.press import paths, view
from wirecopy.press.forms import label_in
from wirecopy.press.locale import Calendar, direction, primary, territorial
from wirecopy.press.once import Once
from wirecopy.press.pictures import picture_of
from wirecopy.press.tongues import words_of
from wirecopy.press.words import bound

_Made = TypeVar("_Made")
_REMEMBERED = 6000
"""Things made of teasers that are remembered, a kilobyte or two each."""
_TONES = 8
_ACCOUNT = re.compile(r"https://(?:www\.)?(?:x|twitter)\.com/(\w{1,15})/?")
INDEXED = "max-image-preview:large, max-snippet:-1, max-video-preview:-1"
"""What search engines may show of a page that they may list."""
_LANGUAGES = 512
"""Language tags remembered; the wire names them, so there is an end to it."""


class House:
    """One site's ways: how it links, tells the time, names its sections and shows a story."""

    def __init__(
        self,
        config: Config,
        assets: Mapping[str, str],
        catalogues: Mapping[str, str] | None = None,
        site_locale: str = "",
    ) -> None:
        self.config = config
        self.url = config.site.url.rstrip("/")
        self.host = urlsplit(self.url).hostname or "localhost"
        self.prefix = urlsplit(self.url).path
        self.calendar = Calendar(config.site.timezone, config.site.locale)
        self.language = self.calendar.language
        self._open_graph = territorial(self.language) or self.language.replace("-", "_")
        self.site_language = (site_locale or config.site.locale).replace("_", "-")
        """The site's own language, whatever section this house is of."""
        self.words = words_of(self.language, catalogues)
        self.handle = _handle(config.site.publisher.same_as)
        """The site's account on X, "" where none is among the publisher's addresses."""
        self.publisher = config.site.publisher.legal_name or config.site.name
        self.sources = {source.name: source for source in config.sources}
        self.reserved = not config.sources or any(s.mining == "reserved" for s in config.sources)
        self._tags = {s.key: tag_of(s, self.site_language) for s in config.sections}
        self._translated = {s.key for s in config.sections if s.translation_of}
        self._sections = self._links()
        self._languages: dict[str, tuple[str, str]] = {}
        self._once: Once[object] = Once(_REMEMBERED)
        self._kept: dict[str, object] = {}
        self._feeds: dict[str, tuple[view.Feed, ...]] = {}
        self.site = self._site(assets)

    # -- links ------------------------------------------------------------------------

    def href(self, path: str) -> view.Html:
        """The address of a file of the site, from the root of its host, fit for an attribute."""
        return view.url(self.prefix + paths.url_of(path))

    def absolute(self, path: str) -> str:
        """The whole address of a file of the site."""
        return self.url + paths.url_of(path)

    def whole(self, href: str) -> str:
        """The whole address of `href`, which may start at the root of the site's host."""
        if href.startswith("/"):
            return self.url[: len(self.url) - len(self.prefix)] + href
        return href

    def front(self, section: str) -> view.Html:
        """The address of a section's front."""
        return self.href(paths.front_path(section))

    # -- sections ---------------------------------------------------------------------

    def section(self, key: str) -> view.Link:
        """A section's name and front; of one that is no longer configured, its key."""
        known = self._sections.get(key)
        if known is None:
            return view.Link(name=key.replace("-", " ").capitalize(), url=self.front(key))
        return known[0]

    def _links(self) -> dict[str, tuple[view.Link, int]]:
        """Each section's link, and its number; a translation has the number of its first."""
        sections = self.config.sections
        numbers = {section.key: number for number, section in enumerate(sections)}
        return {
            section.key: (
                view.Link(
                    name=section.name,
                    url=self.front(section.key),
                    lang="" if self._speaks(section.key) else self.tag_of(section.key),
                ),
                numbers[section.translation_of or section.key],
            )
            for section in sections
        }

    def tag_of(self, key: str) -> str:
        """The language of a section's pages, as a tag of the web."""
        return self._tags.get(key, self.site_language)

    def at_home(self, key: str) -> bool:
        """Whether a section's stories stand on the home page: not those of its translations."""
        return key not in self._translated

    def navigation(self) -> tuple[view.Link, ...]:
        """The sections, each in the language of this house where it has a translation, else as is.

        A name in another language than the house's says so.
        """
        groups = editions(self.config.sections)
        firsts = (s for s in self.config.sections if self.at_home(s.key))
        shown = (
            next((one for one in groups.get(first.key, ()) if self._speaks(one.key)), first)
            for first in firsts
        )
        return tuple(self.section(one.key) for one in shown)

    def _speaks(self, key: str) -> bool:
        return primary(self.tag_of(key)) == primary(self.language)

    def tone(self, key: str) -> int:
        """The section's colour number, 1 to 8."""
        known = self._sections.get(key)
        return known[1] % _TONES + 1 if known else _TONES

    def breadcrumb(self, *links: view.Link) -> tuple[view.Link, ...]:
        """The way from the home page."""
        return (view.Link(name=self.words.home, url=self.site.home), *links)

    def feeds(self, name: str, feeds: paths.FeedPaths) -> tuple[view.Feed, ...]:
        """Links to the feeds of a list, for the head of a page."""
        kinds = (
            ("RSS", "application/rss+xml", feeds.rss),
            ("Atom", "application/atom+xml", feeds.atom),
            ("JSON Feed", "application/feed+json", feeds.json),
        )
        return tuple(
            view.Feed(
                title=f"{name}: {kind}",
                type=view.Html(mime),
                url=view.url(self.absolute(path)),
            )
            for kind, mime, path in kinds
            if path
        )

    def section_feeds(self, key: str) -> tuple[view.Feed, ...]:
        """Links to a section's feeds; made once for each section that is configured."""
        known = self._feeds.get(key)
        if known is None:
            known = self.feeds(self.section(key).name, paths.front_feeds(key))
            if key in self._sections:
                self._feeds[key] = known
        return known

    # -- sources ----------------------------------------------------------------------

    def redistribution(self, source: str) -> str:
        """How much of a story our feeds pass on, as its source's settings say.

        Nothing where it has none any more: nobody knows then what its contract allowed.
        """
        known = self.sources.get(source)
        return known.redistribution if known else "none"

    def shares(self, source: str) -> bool:
        """Whether stories of this source lie beside their page as ninjs."""
        passed, rule = self.redistribution(source), self.config.press.ninjs
        return rule != "none" and (passed == "full" or (rule == "all" and passed != "none"))

    def reserves(self, source: str) -> bool:
        """Whether machines may not learn from this source's copy; so it is where none is known."""
        known = self.sources.get(source)
        return known is None or known.mining == "reserved"

    # -- languages --------------------------------------------------------------------

    def tongue(self, language: str) -> tuple[str, str]:
        """Language and direction of copy; the first is "" where it is the site's own."""
        known = self._languages.get(language)
        if known is None:
            foreign = bool(language) and primary(language) != primary(self.language)
            known = (language, direction(language)) if foreign else ("", self.site.dir)
            if len(self._languages) < _LANGUAGES:
                self._languages[language] = known
        return known

    def open_graph(self, language: str = "") -> str:
        """Language and territory as Open Graph writes them, of copy in `language`: en_IN.

        Copy in the site's language is told of as the site itself is, whose readers it is for.
        """
        foreign = bool(self.tongue(language)[0]) or "-" in language.replace("_", "-")
        return (territorial(language) if foreign else "") or self._open_graph

    # -- stories ----------------------------------------------------------------------

    def once(self, kind: Hashable, teaser: model.Teaser, make: Callable[[], _Made]) -> _Made:
        """What `make` makes of this very teaser, made once: many lists show the same story."""
        return cast("_Made", self._once.of(teaser, kind, make))

    def kept(self, kind: str, make: Callable[[], _Made]) -> _Made:
        """What `make` makes, made once: the same for every page of the house."""
        if kind not in self._kept:
            self._kept[kind] = make()
        return cast("_Made", self._kept[kind])

    def teaser(self, teaser: model.Teaser, *, pictured: bool = True, mark: str = "") -> view.Teaser:
        """A story as lists and links show it; links in a story's page are not pictured.

        `mark` is what is fresh about it; what kind of text it is goes before, wherever it is named.
        """
        kind = f"{'pictured' if pictured else 'plain'}{mark}"
        return self.once(kind, teaser, lambda: self._teaser(teaser, pictured, mark))

    def mark(self, mark: str) -> str:
        """A mark in words; "" for none."""
        return getattr(self.words, mark) if mark else ""

    def _teaser(self, teaser: model.Teaser, pictured: bool, mark: str) -> view.Teaser:
        lang, script = self.tongue(teaser.language)
        stamp = self.calendar.stamp(teaser.first_published)
        same = teaser.updated == teaser.first_published
        mark = label_in(teaser.genres) or mark
        return view.Teaser(
            id=teaser.id,
            url=self.href(teaser.path),
            headline=bound(teaser.headline, teaser.language),
            standfirst=bound(teaser.standfirst, teaser.language),
            section=self.section(teaser.section),
            tone=self.tone(teaser.section),
            credit=teaser.credit or teaser.agency,
            published=stamp,
            updated=stamp if same else self.calendar.stamp(teaser.updated),
            picture=picture_of(teaser.picture, teaser.headline, self.words, self.url)
            if pictured
            else None,
            corrected=teaser.corrected,
            mark=mark,
            mark_text=self.mark(mark),
            lang=lang,
            dir=script,
        )

    def _policies(self) -> tuple[view.Link, ...]:
        """The publisher's pages of policies that exist, for the foot of every page."""
        words, about = self.words, self.config.site.publisher
        named = (
            (words.masthead, about.masthead),
            (words.ethics, about.ethics),
            (words.ownership, about.ownership),
            (words.feedback, about.feedback),
            (words.privacy, about.privacy),
            (words.accessibility, about.accessibility),
        )
        return tuple(view.Link(name=name, url=view.url(url)) for name, url in named if url)

    def _site(self, assets: Mapping[str, str]) -> view.Site:
        site, addresses = self.config.site, {name: self.href(path) for name, path in assets.items()}
        return view.Site(
            name=site.name,
            tagline=site.tagline,
            description=site.description,
            lang=self.language,
            dir=direction(self.language),
            home=self.href(paths.HOME),
            search=self.href(paths.SEARCH),
            about=self.href(paths.ABOUT),
            corrections=self.href(paths.CORRECTIONS),
            opensearch=self.href(paths.OPENSEARCH),
            sitemap=self.href(paths.SITEMAP_INDEX),
            own_lang=""
            if primary(self.language) == primary(self.site_language)
            else self.site_language,
            rss=self.href(paths.home_feeds().rss),
            sections=self.navigation(),
            strap_text=site.strap.text,
            strap_url=view.url(site.strap.url),
            contact=view.url(site.contact),
            licence=self.href(paths.LICENCE),
            mining_policy=view.url(site.files.mining_policy),
            policies=self._policies(),
            grievance=site.publisher.grievance,
            stylesheet=addresses.get("site.css", view.Html()),
            icon=addresses.get("icon.svg", view.Html()),
            assets=addresses,
        )


def _handle(addresses: Iterable[str]) -> str:
    found = (_ACCOUNT.fullmatch(address) for address in addresses)
    return next((f"@{match[1]}" for match in found if match), "")
