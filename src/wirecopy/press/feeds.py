"""Our own feeds: RSS 2.0 (Best Practices Profile), Atom 1.0 (RFC 4287), JSON Feed 1.1.

How much of an agency's copy a feed passes on is the source's `redistribution`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import msgspec

from wirecopy.briefs import Ended, File, ListBrief
from wirecopy.model import Rendition, Teaser
from wirecopy.press import licensing, paths, plan
from wirecopy.press.addresses import without_inside_links
from wirecopy.press.forms import label_in
from wirecopy.press.house import House
from wirecopy.press.pictures import shot_of
from wirecopy.press.tags import DECLARATION, rfc822, tag, text, w3c
from wirecopy.press.told import people_of

_Told = TypeVar("_Told")
_GENERATOR = "wirecopy"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
"""RFC 6721: what has ended is said to be deleted, by its id alone."""
_NEVER = "1970-01-01T00:00:00Z"
"""`updated` of an Atom feed in which nothing ever stood, which RFC 4287 demands all the same."""


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """One list as its feeds tell it."""

    title: str
    page: str
    """Path of the HTML page."""
    paths: paths.FeedPaths
    teasers: tuple[Teaser, ...]
    """Newest first, without those whose source allows no redistribution."""
    ended: tuple[Ended, ...] = ()
    """Stories that were in the feed once and are withdrawn or expired, newest first."""
    bodies: Mapping[str, str] = {}
    """The whole text of those that go out with it, by id."""


def feeds(brief: ListBrief, house: House) -> tuple[File, ...]:
    """The feeds that the list's paths name: three of a home page or front, one of a topic."""
    channel = _channel_of(brief, house)
    if channel is None:
        return ()
    kinds = zip(channel.paths, (_rss, _atom, _json_feed), strict=True)
    return tuple(File(path, kind(channel, house)) for path, kind in kinds if path)


def _channel_of(brief: ListBrief, house: House) -> Channel | None:
    """The list as a channel, or None where it has no feeds."""
    named = _place(brief, house)
    if named is None:
        return None
    listed = brief.fed or brief.teasers
    passed = [t for t in listed if house.redistribution(t.source) != "none"]
    most = house.config.site.feed_items
    teasers = tuple(passed[: min(most, plan.TOPIC_FED) if brief.kind == "topic" else most])
    bodies = {story: without_inside_links(html, house.url) for story, html in brief.bodies}
    ended = tuple(k for k in brief.ended if house.redistribution(k.source) != "none")
    title, page, feed_paths = named
    return Channel(
        title=title, page=page, paths=feed_paths, teasers=teasers, ended=ended, bodies=bodies
    )


def _place(brief: ListBrief, house: House) -> tuple[str, str, paths.FeedPaths] | None:
    """What the list's channel is called, where its page lies and where its feeds."""
    name = house.config.site.name
    if brief.kind == "home":
        return name, paths.HOME, paths.home_feeds()
    if brief.kind == "front":
        title = f"{house.section(brief.section).name} | {name}"
        return title, paths.front_path(brief.section), paths.front_feeds(brief.section)
    if brief.kind == "topic" and brief.topic:
        slug = brief.topic.slug
        return f"{brief.topic.name} | {name}", paths.topic_path(slug), paths.topic_feeds(slug)
    return None


def _told(
    channel: Channel, house: House, tell: Callable[[Teaser, str, House], _Told]
) -> list[_Told]:
    """The stories of a channel as one kind of feed tells them.

    Each is told once for all channels, unless its full text goes out, which may change alone.
    """
    return [
        tell(teaser, body, house)
        if (body := channel.bodies.get(teaser.id, ""))
        else house.once(tell, teaser, partial(tell, teaser, "", house))
        for teaser in channel.teasers
    ]


def _summary(teaser: Teaser, house: House) -> str:
    """The standfirst where the source allows it, else ""."""
    return teaser.standfirst if house.redistribution(teaser.source) in ("summary", "full") else ""


def _newest(channel: Channel) -> datetime | None:
    """When the channel last changed: with a story's change, or with its end; None for never."""
    changed = [teaser.updated for teaser in channel.teasers]
    return max((*changed, *(gone.at for gone in channel.ended)), default=None)


def _credit(teaser: Teaser) -> str:
    """The agencies that must be named with the story."""
    return teaser.credit or teaser.agency


def _authors(teaser: Teaser) -> tuple[str, ...]:
    """The people who wrote the story, where the agency names any; else the agency."""
    return people_of(teaser.authors, _credit(teaser), teaser.agency) or (_credit(teaser),)


def _contributor(teaser: Teaser) -> str:
    """The agency beside its authors, "" where it is the author itself: it is always named."""
    credit = _credit(teaser)
    return "" if _authors(teaser) == (credit,) else credit


def _tag_uri(teaser: Teaser | Ended, house: House) -> str:
    """An id that never changes (RFC 4151): host, day of first publication in UTC, our id."""
    return f"tag:{house.host},{w3c(teaser.first_published)[:10]}:{teaser.id}"


def _description(house: House) -> str:
    site = house.config.site
    return site.description or site.tagline or site.name


_RSS_OPENED = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/"'
    f' xmlns:rsl="{licensing.RSL}">\n<channel>\n'
)

# -- RSS ----------------------------------------------------------------------------------


def _rss(channel: Channel, house: House) -> bytes:
    """The channel as RSS 2.0."""
    newest = _newest(channel)
    own = house.absolute(channel.paths.rss)
    return "".join(
        [
            DECLARATION,
            _RSS_OPENED,
            tag("title", channel.title),
            tag("link", house.absolute(channel.page)),
            tag("description", _description(house)),
            tag("language", house.language.lower()),
            tag("copyright", house.words.credit_line),
            tag("lastBuildDate", rfc822(newest)) if newest else "",
            tag("generator", _GENERATOR),
            tag("ttl", "5"),
            tag("atom:link", href=own, rel="self", type_="application/rss+xml"),
            tag("atom:link", href=hub, rel="hub") if (hub := _hub(house)) else "",
            *_told(channel, house, _rss_item),
            "</channel>\n</rss>\n",
        ]
    ).encode()


def _rss_item(teaser: Teaser, body: str, house: House) -> str:
    return "".join(
        [
            "<item>\n",
            tag("title", teaser.headline),
            tag("link", house.absolute(teaser.path)),
            tag("guid", _tag_uri(teaser, house), isPermaLink="false"),
            tag("pubDate", rfc822(teaser.first_published)),
            *(tag("dc:creator", name) for name in _authors(teaser)),
            tag("dc:contributor", _contributor(teaser)),
            tag("category", house.section(teaser.section).name),
            tag("category", house.mark(label_in(teaser.genres))),
            *(tag("category", t.name, domain=_topics(house)) for t in teaser.topics),
            tag("description", _summary(teaser, house)),
            tag("content:encoded", body),
            _rss_picture(teaser, house),
            _rss_licence(teaser, house),
            "</item>\n",
        ]
    )


def _rss_licence(teaser: Teaser, house: House) -> str:
    """What machines may do with the story, as RSL says it inside a feed."""
    reserved = house.reserves(teaser.source)
    terms = licensing.terms(reserved=reserved, prefix="rsl:")
    return f'<rsl:content url="{text(house.absolute(teaser.path))}">{terms.strip()}</rsl:content>\n'


def _hub(house: House) -> str:
    return house.config.site.files.hub


def _topics(house: House) -> str:
    return f"{house.url}/topics/"


def _rss_picture(teaser: Teaser, house: House) -> str:
    """The picture with its credit; an enclosure too where its length is known (RSS demands it)."""
    found = _picture(teaser, house)
    if found is None or teaser.picture is None:
        return ""
    address, best = found
    mime = best.mime or "image/jpeg"
    sizes = {"width": best.width, "height": best.height, "fileSize": best.size}
    attributes = {"url": address, "medium": "image", "type": mime}
    attributes |= {key: str(value) for key, value in sizes.items() if value}
    inside = tag("media:credit", teaser.picture.credit) + tag(
        "media:description", teaser.picture.caption
    )
    opened = "".join(f' {key}="{text(value)}"' for key, value in attributes.items())
    content = f"<media:content{opened}>\n{inside}</media:content>\n"
    if best.size:
        return tag("enclosure", url=address, length=str(best.size), type_=mime) + content
    return content


def _picture(teaser: Teaser, house: House) -> tuple[str, Rendition] | None:
    """The picture's whole address and its file, or None when none may be shown or passed on."""
    if house.redistribution(teaser.source) == "headline":
        return None
    shot = shot_of(teaser.picture, house.url)
    return (house.whole(shot.src), shot.best) if shot else None


_ATOM_OPENED = f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="{_TOMBSTONES}"'

# -- Atom ---------------------------------------------------------------------------------


def _atom(channel: Channel, house: House) -> bytes:
    """The channel as Atom 1.0; an entry's `updated` moves with every public change."""
    newest = _newest(channel)
    own = house.absolute(channel.paths.atom)
    language = text(house.language)
    return "".join(
        [
            DECLARATION,
            f'{_ATOM_OPENED} xml:lang="{language}">\n',
            tag("id", own),
            tag("title", channel.title),
            tag("subtitle", _description(house)),
            tag("updated", w3c(newest) if newest else _NEVER),
            tag("link", rel="self", type_="application/atom+xml", href=own),
            tag("link", rel="alternate", type_="text/html", href=house.absolute(channel.page)),
            tag("link", rel="hub", href=hub) if (hub := _hub(house)) else "",
            tag(
                "link",
                rel="license",
                type_=licensing.RSL_TYPE,
                href=house.absolute(paths.LICENCE),
            ),
            f"<author>\n{tag('name', house.config.site.name)}</author>\n",
            tag("rights", house.words.credit_line),
            tag("generator", _GENERATOR),
            *_told(channel, house, _atom_entry),
            *(
                f'<at:deleted-entry ref="{text(_tag_uri(gone, house))}" when="{w3c(gone.at)}"/>\n'
                for gone in channel.ended
            ),
            "</feed>\n",
        ]
    ).encode()


def _atom_entry(teaser: Teaser, body: str, house: House) -> str:
    """The story as Atom tells it, in one piece: every topic's feed has twenty of them."""
    published = w3c(teaser.first_published)
    same = teaser.updated == teaser.first_published
    scheme = house.kept("scheme of topics", lambda: text(_topics(house)))
    categories = "".join(
        [
            f'<category term="{text(t.slug)}" scheme="{scheme}" label="{text(t.name)}"/>\n'
            for t in teaser.topics
        ]
    )
    section = house.section(teaser.section).name
    return (
        f'<entry xml:lang="{text(teaser.language or house.language)}">\n'
        f"<id>{text(_tag_uri(teaser, house))}</id>\n"
        f"<title>{text(teaser.headline)}</title>\n"
        f'<link rel="alternate" type="text/html" href="{text(house.absolute(teaser.path))}"/>\n'
        f"<published>{published}</published>\n"
        f"<updated>{published if same else w3c(teaser.updated)}</updated>\n"
        f"{_named('author', *_authors(teaser))}{_named('contributor', _contributor(teaser))}"
        f'<category term="{text(teaser.section)}" label="{text(section)}"/>\n'
        f"{_form(teaser, house)}{categories}{tag('summary', _summary(teaser, house))}"
        f"{tag('content', body, type_='html') if body else ''}</entry>\n"
    )


def _form(teaser: Teaser, house: House) -> str:
    """What kind of text it is (opinion, a press release), as a category; "" for news."""
    label = label_in(teaser.genres)
    return tag("category", term=label, label=house.mark(label)) if label else ""


def _named(element: str, *names: str) -> str:
    """An Atom person construct for each of the names."""
    return "".join(
        [f"<{element}>\n<name>{text(name)}</name>\n</{element}>\n" for name in names if name]
    )


# -- JSON Feed ----------------------------------------------------------------------------


def _json_feed(channel: Channel, house: House) -> bytes:
    """The channel as JSON Feed 1.1."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": house.absolute(channel.page),
        "feed_url": house.absolute(channel.paths.json),
        "description": _description(house),
        "language": house.language,
        "authors": [{"name": house.config.site.name, "url": f"{house.url}/"}],
        "items": _told(channel, house, _json_item),
    }
    if hub := _hub(house):
        feed["hubs"] = [{"type": "WebSub", "url": hub}]
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


def _json_item(teaser: Teaser, body: str, house: House) -> msgspec.Raw:
    picture = _picture(teaser, house)
    told = _summary(teaser, house)
    form = house.mark(label_in(teaser.genres))
    names = [house.section(teaser.section).name, form, *(topic.name for topic in teaser.topics)]
    item: dict[str, Any] = {
        "id": _tag_uri(teaser, house),
        "url": house.absolute(teaser.path),
        "title": teaser.headline,
        "content_html": body,
        "content_text": "" if body else told or teaser.headline,
        "summary": told,
        "image": picture[0] if picture else "",
        "date_published": house.calendar.iso(teaser.first_published),
        "date_modified": house.calendar.iso(teaser.updated),
        "authors": [{"name": name} for name in _authors(teaser)],
        "tags": list(dict.fromkeys(filter(None, names))),
        "language": teaser.language or house.language,
        "_wirecopy": {
            "status": "corrected" if teaser.corrected else "published",
            "version": teaser.updates + 1,
            "agency": teaser.agency,
            "credit": _credit(teaser),
        },
    }
    told_of = {key: value for key, value in item.items() if value != ""}
    return msgspec.Raw(msgspec.json.encode(told_of))
