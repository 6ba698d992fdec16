"""What a feed says of itself: its title, its page, its rights, where else it can be had."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from wirecopy.formats import xml
from wirecopy.formats.feeds import Draft, name_of
from wirecopy.formats.markup import markup_of, plain
from wirecopy.model import Channel, Link

_TITLE = ("title", "dc:title")
_DESCRIPTION = ("description", "subtitle", "tagline", "dc:description", "itunes:subtitle")
_COPYRIGHT = ("copyright", "rights", "dc:rights")
_PUBLISHED = ("pubDate", "published", "issued", "dcterms:issued")
_UPDATED = ("lastBuildDate", "updated", "modified", "dc:date", "dcterms:modified")
_LANGUAGE = ("language", "dc:language")


def channel_of(
    elements: Iterable[etree._Element], draft: Draft, words: Callable[[etree._Element], str]
) -> Channel:
    """What the children of a channel or feed say that is not an item.

    `draft` knows the base of links and the zone of times; `words` gives the content of a text.
    """
    told: dict[str, etree._Element] = {}
    links: list[Link] = []
    pages: list[str] = []
    for element in elements:
        name = name_of(element).removeprefix("atom:")
        if name == "link":
            _link(element, draft, pages, links)
        else:
            told.setdefault(name, element)

    def said(names: tuple[str, ...]) -> str:
        texts = (words(told[name]) for name in names if name in told)
        return next((text for text in texts if text.strip()), "")

    return Channel(
        title=plain(said(_TITLE)),
        url=pages[0] if pages else "",
        description=plain(said(_DESCRIPTION)),
        language=said(_LANGUAGE).strip() or draft.language,
        copyright=plain(said(_COPYRIGHT)),
        published=draft.instant(said(_PUBLISHED)),
        updated=draft.instant(said(_UPDATED)),
        links=tuple(links),
    )


def _link(element: etree._Element, draft: Draft, pages: list[str], links: list[Link]) -> None:
    """A link of RSS (its text) or of Atom (its attributes)."""
    given = element.get("href")
    href = draft.url(given if given is not None else xml.text(element))
    rel = (element.get("rel") or "alternate").strip().lower()
    if not href:
        return
    if rel == "alternate":
        pages.append(href)
    else:
        links.append(Link(rel=rel, target=href))


def inner_of(element: etree._Element) -> str:
    """The content: text (often encoded markup), or the markup itself where it was not encoded."""
    if len(element) == 0:
        words = element.text or ""
        return unwrapped(words) if "![CDATA[" in words else words
    return markup_of(element)


def unwrapped(words: str) -> str:
    """`words` without marks of CDATA, which a second writer has put around a first one's."""
    return words.replace("<![CDATA[", "").replace("]]>", "")
