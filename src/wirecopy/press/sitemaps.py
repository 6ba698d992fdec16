"""Sitemaps (sitemaps.org 0.9, with the image and news extensions), and robots.txt."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from textwrap import shorten

from wirecopy.briefs import MapEntry
from wirecopy.model import Teaser
from wirecopy.press import paths, translations, view
from wirecopy.press.forms import is_paid_for
from wirecopy.press.house import House
from wirecopy.press.pictures import address_of
from wirecopy.press.tags import DECLARATION, tag, text, w3c

_NEWS_MOST = 1000
"""Entries a news sitemap may hold."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_LINKS = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def sitemap(entries: tuple[MapEntry, ...], house: House) -> str:
    """One part of a day's sitemap; the caller keeps it under 50,000 entries."""
    urls = (
        "<url>\n"
        + tag("loc", house.absolute(entry.path))
        + tag("lastmod", w3c(entry.updated))
        + (
            f"<image:image>\n{tag('image:loc', house.whole(picture))}</image:image>\n"
            if (picture := address_of(entry.picture, house.url))
            else ""
        )
        + _alternates(entry, house)
        + "</url>\n"
        for entry in entries
    )
    opened = f'<urlset xmlns="{_SITEMAP}" xmlns:image="{_IMAGE}"{_LINKS}>\n'
    return DECLARATION + opened + "".join(urls) + "</urlset>\n"


def _alternates(entry: MapEntry, house: House) -> str:
    """The same report in other languages, as links beside its address."""
    if not entry.tongues:
        return ""
    own, *others = (translations.edition_of(teaser, house) for teaser in entry.tongues)
    return _links(translations.alternates(own, others, house))


def _links(alternates: tuple[view.Alternate, ...]) -> str:
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{text(each.lang)}" href="{each.url}"/>\n'
        for each in alternates
    )


def sections_sitemap(house: House) -> str:
    """The pages that are always there: home, fronts, how the site is made, corrections."""
    fixed = [paths.HOME, paths.ABOUT, paths.CORRECTIONS]
    urls = [f"<url>\n{tag('loc', house.absolute(path))}</url>\n" for path in fixed]
    for section in house.config.sections:
        links = _links(translations.front_alternates(section.key, house))
        front = tag("loc", house.absolute(paths.front_path(section.key)))
        urls.append(f"<url>\n{front}{links}</url>\n")
    return DECLARATION + f'<urlset xmlns="{_SITEMAP}"{_LINKS}>\n' + "".join(urls) + "</urlset>\n"


def sitemap_index(maps: tuple[tuple[str, int, datetime], ...], house: House) -> str:
    """The index of all sitemaps: (local date, part, newest change) of each."""
    first = f"<sitemap>\n{tag('loc', house.absolute(paths.SECTIONS_SITEMAP))}</sitemap>\n"
    others = (
        "<sitemap>\n"
        + tag("loc", house.absolute(paths.sitemap_path(day, part)))
        + tag("lastmod", w3c(changed))
        + "</sitemap>\n"
        for day, part, changed in maps
    )
    opened = f'<sitemapindex xmlns="{_SITEMAP}">\n'
    return DECLARATION + opened + first + "".join(others) + "</sitemapindex>\n"


def news_sitemap(teasers: tuple[Teaser, ...], house: House) -> str:
    """The newest stories for news search: at most a thousand, only those whose page is indexed.

    What somebody has written or paid for himself is no news: search engines take a site for it out.
    """
    listed = [t for t in teasers if t.syndication == "self" and not is_paid_for(t)][:_NEWS_MOST]
    opened = f'<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">\n'
    urls = (house.once("news", teaser, partial(_news, teaser, house)) for teaser in listed)
    return DECLARATION + opened + "".join(urls) + "</urlset>\n"


def _news(teaser: Teaser, house: House) -> str:
    name = house.kept("name in XML", lambda: text(house.config.site.name))
    language = text(_iso639(teaser.language or house.language))
    return (
        f"<url>\n<loc>{text(house.absolute(teaser.path))}</loc>\n<news:news>\n"
        f"<news:publication>\n<news:name>{name}</news:name>\n"
        f"<news:language>{language}</news:language>\n</news:publication>\n"
        f"<news:publication_date>{house.calendar.iso(teaser.first_published)}"
        "</news:publication_date>\n"
        f"<news:title>{text(teaser.headline)}</news:title>\n</news:news>\n</url>\n"
    )


def _iso639(language: str) -> str:
    """The language's ISO 639 code; Chinese alone names its script, as zh-cn or zh-tw."""
    tags = language.replace("_", "-").lower().split("-")
    if tags[0] != "zh":
        return tags[0]
    return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(tags[1:]) else "zh-cn"


def robots(house: House) -> str:
    """robots.txt (RFC 9309): everything but the search may be read; both maps are named."""
    return (
        "User-agent: *\n"
        f"Disallow: {house.prefix}/{paths.SEARCH}$\n"
        f"Disallow: {house.prefix}/{paths.SEARCH}?\n"
        f"Disallow: {house.prefix}/gone/\n"
        "\n"
        f"Sitemap: {house.absolute(paths.SITEMAP_INDEX)}\n"
        f"Sitemap: {house.absolute(paths.NEWS_SITEMAP)}\n"
        f"License: {house.absolute(paths.LICENCE)}\n"
    )


def _short_name(name: str) -> str:
    """A name as short as OpenSearch wants it, cut between words where it has several."""
    return shorten(name, 16, placeholder="") or name[:16]


def opensearch(house: House) -> str:
    """The OpenSearch 1.1 description that lets browsers search the site."""
    target = f"{house.absolute(paths.SEARCH)}?q={{searchTerms}}"
    return (
        DECLARATION
        + '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        + tag("ShortName", _short_name(house.config.site.name))
        + tag("Description", house.words.search_label)
        + tag("InputEncoding", "UTF-8")
        + tag("Url", type_="text/html", template=target)
        + tag("Url", type_="application/json", template=target.replace("?", ".json?", 1))
        + "</OpenSearchDescription>\n"
    )
