"""WordPress eXtended RSS (WXR): the export of a WordPress site, with which an archive moves in.

The file is read as it comes: an item is adapted as soon as its end tag has been seen, and its tree
is thrown away. Only what posts need of items behind them is kept, the attachments and who is who
by log-in. An export that breaks off (they do, where the server ran out of time) gives all that
stands before the break, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import dates, lines, markup, xml
from wirecopy.formats.hints import Hints, Score
from wirecopy.formats.wxr_text import text_of
from wirecopy.model import Item, Marker, Media, Reading, Rendition, Status, Subject

NAME = "wxr"

_EXPORT = re.compile(rb"""xmlns:wp\s*=\s*["']https?://wordpress\.org/export/""")
_CHUNK = 1 << 16
_ILLEGAL = bytes(n for n in range(32) if n not in (9, 10, 13))
_TOO_DEEP = 60
_IN_CHANNEL = 2
"""Depth of what stands in the channel, which stands in the root."""
_STORIES = frozenset({"post", "article", "news", "story"})
"""Post types that are stories; a newsroom's own ones bear such names."""
_FURNITURE = frozenset({
    "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache",
    "user_request", "wp_block", "wp_template", "wp_template_part", "wp_global_styles",
    "wp_navigation", "wp_font_family", "wp_font_face",
})  # fmt: skip
"""Post types by which WordPress keeps its own things."""
_STATUS: dict[str, Status] = {
    "publish": "usable",
    "future": "usable",
    "inherit": "usable",
    "draft": "withheld",
    "auto-draft": "withheld",
    "pending": "withheld",
    "private": "withheld",
    "trash": "canceled",
}
_NEVER = "0000-00-00"
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)|-scaled(?=\.\w{2,5}$)")
_KINDS: dict[str, Any] = {
    "jpg": "picture", "jpeg": "picture", "png": "picture", "gif": "picture", "webp": "picture",
    "avif": "picture", "svg": "graphic", "mp4": "video", "mov": "video", "webm": "video",
    "m4v": "video", "mp3": "audio", "m4a": "audio", "ogg": "audio", "wav": "audio",
}  # fmt: skip


class Site(msgspec.Struct, kw_only=True):
    """What the export says of the site, and what posts need of items that may stand behind them."""

    title: str = ""
    base: str = ""
    language: str = ""
    names: dict[str, str] = msgspec.field(default_factory=dict)
    """What each author is called, by log-in."""
    files: dict[str, Media] = msgspec.field(default_factory=dict)
    """The attachments by their post id."""
    children: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """The attachments' ids by the post that they were uploaded to."""


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A post as it was read, and the attachments that it names."""

    item: Item
    post_id: str
    login: str
    thumbnail: str
    gallery: tuple[str, ...]


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN for RSS that declares WordPress' export namespace, else NO."""
    if xml.sniff_root(head)[1] != "rss":
        return Score.NO
    return Score.CERTAIN if _EXPORT.search(head) else Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The posts of an export in its order; pages and the like are items for the desk alone.

    A post that cannot be read, and the place where an export breaks off, are named in `spoiled`.
    Raises FormatError for what is no export, or one that breaks off before its first item.
    """
    site = Site()
    posts: list[Post] = []
    spoiled: list[str] = []
    seen = 0
    try:
        for element in _elements(body):
            if element.tag != "item":
                _learn(site, element)
                continue
            seen += 1
            try:
                posts += _post(element, site, hints)
            except (FormatError, ValueError, OverflowError) as error:
                spoiled.append(f"Item {seen}: {error}")
    except etree.XMLSyntaxError as error:
        why = " ".join(str(error.msg).split())[:160]
        if not seen:
            raise FormatError(f"The export cannot be read: {why}.") from error
        spoiled.append(f"The export breaks off, or is broken, behind item {seen}: {why}.")
    if not (seen or site.title or site.base):
        raise FormatError("The file is no WordPress export: it has neither a channel nor an item.")
    return Reading(
        items=tuple(_illustrated(post, site) for post in posts), format=NAME, spoiled=tuple(spoiled)
    )


# --------------------------------------------------------------------------------------
# The file, piece by piece
# --------------------------------------------------------------------------------------


def _elements(body: bytes) -> Iterator[etree._Element]:
    """Each element directly in the channel, whole, and gone as soon as the next is asked for."""
    parser = xml.in_pieces()
    if b"<!doctype" in body[:_CHUNK].lower():
        raise FormatError("It has a DOCTYPE, which no WordPress export has, and is not read.")
    depth = 0
    for start in range(max(body.find(b"<"), 0), len(body), _CHUNK):
        fault = _fed(parser, body[start : start + _CHUNK])
        for event, element in parser.read_events():
            depth += 1 if event == "start" else -1
            if depth > _TOO_DEEP:
                raise FormatError(f"The export is nested deeper than {_TOO_DEEP} elements.")
            if event == "end" and depth == _IN_CHANNEL and isinstance(element, etree._Element):
                yield element
                _forget(element)
        if fault:
            raise fault
    parser.close()


def _fed(parser: etree.XMLPullParser, chunk: bytes) -> etree.XMLSyntaxError | None:
    """What is wrong with a chunk, kept back until all that stands in front of it was read."""
    try:
        parser.feed(chunk.translate(None, _ILLEGAL))
    except etree.XMLSyntaxError as error:
        return error
    return None


def _forget(element: etree._Element) -> None:
    """Drop an element and all in front of it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _values(element: etree._Element) -> dict[str, str]:
    """The text of each child by its name without the export's version: wp:post_id, title."""
    found: dict[str, str] = {}
    for each in element:
        name = _name(each)
        if len(each) == 0 and each.text and name not in found:
            found[name] = each.text
    return found


def _name(element: etree._Element) -> str:
    """The tag with the usual prefix in the place of its namespace, whatever its version."""
    space, _, local = str(element.tag).rpartition("}")
    if "wordpress.org/export/" in space:
        return f"excerpt:{local}" if space.rstrip("/").endswith("excerpt") else f"wp:{local}"
    if "purl.org/rss/1.0/modules/content" in space:
        return f"content:{local}"
    return f"dc:{local}" if "purl.org/dc/" in space else local


def _learn(site: Site, element: etree._Element) -> None:
    """Take in what an element of the channel says of the site."""
    name, said = _name(element), xml.tidy(element.text or "")
    if name == "title":
        site.title = markup.plain(said)
    elif name in ("wp:base_blog_url", "link") and said.startswith("http"):
        site.base = said
    elif name == "language":
        site.language = said
    elif name == "wp:author":
        values = _values(element)
        login = values.get("wp:author_login", "").strip()
        whole = f"{values.get('wp:author_first_name', '')} {values.get('wp:author_last_name', '')}"
        shown = xml.tidy(values.get("wp:author_display_name", "")) or xml.tidy(whole)
        if login and shown:
            site.names[login] = shown


# --------------------------------------------------------------------------------------
# One item
# --------------------------------------------------------------------------------------


def _post(element: etree._Element, site: Site, hints: Hints) -> list[Post]:
    """The post of an item; none for an attachment, which is kept for its post, and furniture."""
    said = _values(element)
    kind = said.get("wp:post_type", "post").strip()
    if kind == "attachment":
        _keep(said, _meta(element), site)
        return []
    if kind in _FURNITURE:
        return []
    text = text_of(said.get("content:encoded", ""))
    body, pictures = markup.body_from_html(text.html, base_url=said.get("link", ""))
    headline = markup.plain(said.get("title", ""))
    if not (headline or body):
        raise FormatError("The post has neither a title nor a text.")
    meta = _meta(element)
    subjects, keywords, writers = _terms(element)
    status, until, doubts = _status(said, hints)
    item = Item(
        **_identity(said, site),
        status=status,
        headline=headline,
        slug=said.get("wp:post_name", "").strip(),
        standfirst=markup.plain(said.get("excerpt:encoded", "")),
        authors=writers,
        body=lines.without_headline(body, headline),
        media=pictures + tuple(_player(*each) for each in text.players),
        subjects=subjects,
        keywords=keywords,
        signals=("sticky",) if said.get("wp:is_sticky", "").strip() == "1" else (),
        markers=() if kind in _STORIES else (Marker(text=kind, action="internal"),),
        language=site.language or hints.language,
        **_times(said, hints),
        embargo_until=until,
        provider=site.title,
        format=NAME,
        warnings=(*text.warnings, *doubts),
    )
    return [
        Post(
            item=item,
            post_id=said.get("wp:post_id", "").strip(),
            login=said.get("dc:creator", "").strip(),
            thumbnail=meta.get("_thumbnail_id", "").strip(),
            gallery=text.gallery,
        )
    ]


def _identity(said: dict[str, str], site: Site) -> dict[str, Any]:
    """The guid, else the post's number on its site; the link is another name of it."""
    number, link = said.get("wp:post_id", "").strip(), said.get("link", "").strip()
    own = said.get("guid", "").strip()
    if not own and number and site.base:
        own = f"{site.base.rstrip('/')}/?p={number}"
    found = own or link
    if not found:
        raise FormatError("The post has neither a guid nor a number nor a link.")
    url = link if link.startswith(("https://", "http://")) else ""
    return {
        "item_id": found,
        "id_from": "id" if own else "link",
        "alt_ids": (url,) if url and url != found else (),
        "url": url,
    }


def _status(said: dict[str, str], hints: Hints) -> tuple[Status, datetime | None, tuple[str, ...]]:
    """The status, when a scheduled post may run, and doubts; what is not known is withheld."""
    word = said.get("wp:status", "publish").strip()
    status = _STATUS.get(word)
    if status is None:
        return "withheld", None, (f"The post's status {word!r} is unknown; it is held.",)
    if status == "usable" and said.get("wp:post_password", "").strip():
        return "withheld", None, ("The post has a password on its site; it is held.",)
    if word != "future":
        return status, None, ()
    until = _moment(said, "wp:post_date", hints)
    if until is None:
        return "withheld", None, ("The post was scheduled, but not for when; it is held.",)
    return status, until, ()


def _times(said: dict[str, str], hints: Hints) -> dict[str, Any]:
    first = _moment(said, "wp:post_date", hints)
    if first is None and said.get("pubDate"):
        first = dates.instant(said["pubDate"], "UTC")
    latest = _moment(said, "wp:post_modified", hints)
    return {"first_created": first or latest, "version_created": latest or first}


def _moment(said: dict[str, str], name: str, hints: Hints) -> datetime | None:
    """A time of a post, by Greenwich where it says so; drafts have year 0 there."""
    for key, zone in ((f"{name}_gmt", "UTC"), (name, hints.timezone)):
        value = said.get(key, "").strip()
        if value and not value.startswith(_NEVER):
            return dates.instant(value, zone)
    return None


def _terms(
    element: etree._Element,
) -> tuple[tuple[Subject, ...], tuple[str, ...], tuple[str, ...]]:
    """Categories as subjects, tags as keywords, and the writers whom a plugin files as terms."""
    subjects: dict[Subject, None] = {}
    keywords: dict[str, None] = {}
    writers: dict[str, None] = {}
    for each in element.iterchildren("category"):
        name, domain = markup.plain(each.text or ""), each.get("domain", "category")
        if not name or domain in ("post_format", "nav_menu"):
            continue
        if domain == "author":
            writers[name] = None
        elif domain in ("post_tag", "tag"):
            keywords[name] = None
        else:
            code = each.get("nicename", "").strip()
            subjects[Subject(name=name, code=code, scheme=domain)] = None
    return tuple(subjects), tuple(keywords), tuple(writers)


def _meta(element: etree._Element) -> dict[str, str]:
    """The custom fields of a post; of one that is there twice, the first."""
    found: dict[str, str] = {}
    for each in element:
        if _name(each) == "wp:postmeta":
            values = _values(each)
            found.setdefault(values.get("wp:meta_key", ""), values.get("wp:meta_value", ""))
    return found


# --------------------------------------------------------------------------------------
# Attachments
# --------------------------------------------------------------------------------------


def _keep(said: dict[str, str], meta: dict[str, str], site: Site) -> None:
    """Keep an attachment that readers could see for the posts that show it."""
    href = said.get("wp:attachment_url", "").strip() or said.get("guid", "").strip()
    own = said.get("wp:post_id", "").strip()
    kind = _kind(href)
    if not kind or not own or not href.startswith(("https://", "http://")):
        return
    site.files[own] = Media(
        id=href,
        type=kind,
        caption=markup.plain(said.get("excerpt:encoded", "")),
        alt=xml.tidy(meta.get("_wp_attachment_image_alt", "")),
        renditions=(Rendition(href=href.replace(" ", "%20")),),
    )
    parent = said.get("wp:post_parent", "").strip()
    if parent not in ("", "0"):
        site.children.setdefault(parent, []).append(own)


def _kind(href: str) -> Any:
    ending = re.split(r"[?#]", href)[0].rpartition(".")[2].casefold()
    return _KINDS.get(ending, "")


def _player(kind: Any, href: str) -> Media:
    return Media(id=href, type=kind, renditions=(Rendition(href=href.replace(" ", "%20")),))


def _illustrated(post: Post, site: Site) -> Item:
    """The item with its writer's name and its pictures.

    Its thumbnail stands first, then what its text shows, its galleries, and what else was uploaded
    to it. A size of a picture that stands in the text is that picture, with its caption there.
    """
    item = post.item
    named = (post.thumbnail, *post.gallery, *site.children.get(post.post_id, ()))
    files = {_whole(site.files[name].id): site.files[name] for name in named if name in site.files}
    shown = {_whole(each.id): each for each in item.media}
    ordered: dict[str, Media] = {}
    if post.thumbnail in site.files:
        ordered[_whole(site.files[post.thumbnail].id)] = site.files[post.thumbnail]
    for key, medium in (*shown.items(), *files.items()):
        ordered.setdefault(key, medium)
    media = tuple(
        _joined(files[key], shown[key]) if key in files and key in shown else medium
        for key, medium in ordered.items()
    )
    writers = item.authors or tuple(filter(None, (site.names.get(post.login, post.login),)))
    return msgspec.structs.replace(item, media=media, authors=writers, byline=", ".join(writers))


def _whole(href: str) -> str:
    """The address of the picture that a resized one was made of."""
    return _SIZE.sub("", re.split(r"[?#]", href)[0]).partition("://")[2]


def _joined(file: Media, shown: Media) -> Media:
    """A picture with the words under it in the text, which were written for this story."""
    return msgspec.structs.replace(
        file, caption=shown.caption or file.caption, alt=shown.alt or file.alt
    )
