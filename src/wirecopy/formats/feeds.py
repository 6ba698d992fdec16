"""What RSS, Atom and JSON Feed share: the extensions that ride in both, and a draft of an item."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from html import unescape
from typing import Literal
from urllib.parse import unquote, urljoin

import msgspec
from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import lines
from wirecopy.formats.caches import cached_if_short
from wirecopy.formats.dates import instant
from wirecopy.formats.hints import Hints
from wirecopy.formats.markup import (
    blocks_from_text,
    body_from_html,
    looks_like_html,
    plain,
    words_of,
)
from wirecopy.formats.shortcodes import carried_out
from wirecopy.formats.xml import tidy
from wirecopy.model import Block, Channel, Item, Link, Media, Place, Reading, Rights, Subject

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
UNREADABLE = (FormatError, ValueError, OverflowError, LookupError)
"""What one spoiled item may raise without costing its neighbours anything."""

_SPACES: tuple[tuple[str, str], ...] = (
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/dc/elements", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("search.yahoo.com/mrss", "media"),
    ("video.search.yahoo.com/mrss", "media"),
    ("www.w3.org/2005/atom", "atom"),
    ("purl.org/atom/ns", "atom"),
    ("www.w3.org/2007/app", "app"),
    ("purl.org/atom/app", "app"),
    ("www.georss.org/georss", "georss"),
    ("www.w3.org/2003/01/geo/wgs84_pos", "geo"),
    ("www.opengis.net/gml", "gml"),
    ("backend.userland.com/creativecommonsrssmodule", "cc"),
    ("web.resource.org/cc", "cc"),
    ("creativecommons.org/ns", "cc"),
    ("cyber.law.harvard.edu/rss/creativecommonsrssmodule", "cc"),
    ("rslstandard.org", "rsl"),
    ("purl.org/atompub/tombstones", "at"),
    ("purl.org/syndication/thread", "thr"),
    ("www.itunes.com/dtds/podcast", "itunes"),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
    ("www.w3.org/1999/xhtml", "xhtml"),
    ("rssnamespace.org/feedburner", "feedburner"),
)
"""Namespaces by how their URIs begin, after scheme and case are dropped: feeds spell the rest
with and without a slash, with http and https, with other years and versions."""
_RSS = (
    "purl.org/rss/1.0",
    "my.netscape.com/rdf/simple",
    "channel.netscape.com/rdf",
    "purl.org/net/rss",
    "backend.userland.com/rss",
)
_RSS_END = re.compile(r"(?:^|/)rss[\d./#-]*$")
_WORDS = {"content", "dc", "dcterms", "media", "georss", "geo", "gml", "cc"}


def name_of(element: etree._Element) -> str:
    """A tag as "prefix:local" with the usual prefix of its namespace, "local" for feeds' own.

    Where the namespace is wrong, the prefix that the feed itself uses decides.
    """
    name = tag_name(str(element.tag))
    if name[0] == "?" and element.prefix in _WORDS:
        return f"{element.prefix}{name[1:]}"
    return name


@cached_if_short(2048)
def tag_name(tag: str) -> str:
    """What `name_of` says by the tag alone: "?:local" where its namespace says nothing."""
    uri, _, local = tag.rpartition("}")
    if not uri:
        return local
    bare = re.sub(r"^\{(?:https?://)?", "", uri).strip().lower()
    for start, prefix in _SPACES:
        if bare.startswith(start) or (bare == prefix and prefix in _WORDS):
            return f"{prefix}:{local}"
    own = bare.startswith(_RSS) and "/modules/" not in bare
    return local if own or _RSS_END.search(bare) else f"?:{local}"


_CUT = re.compile(r"\s*(?:\[\s*(?:…|\.{2,3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,})\s*$")
_MORE = re.compile(
    r"(?:read (?:more|on|full (?:story|article)|the full (?:story|article))"
    r"|continue reading|weiterlesen|lire la suite|leer más|seguir leyendo|leggi tutto|leia mais)"
    r"\W*$",
    re.IGNORECASE,
)
_MORE_SIGN = re.compile("more|full|reading|lesen|suite|más|leyendo|tutto|mais")
_OWN_NAME = 24
"""Characters of a file's name that no two pictures of one story share ("image.jpg")."""
_MOST_CALLS = 1_000_000
"""Characters of a text from which on nobody looks for calls in it; no report is as long."""
_TAIL = 32
"""Characters at the end of a summary in which a mark that it was cut is looked for."""
_POSTED = re.compile(r"\s*The post .{1,300} appeared first on .{1,120}$")
_ACCOUNTS = frozenset({
    "admin", "administrator", "unknown", "anonymous", "webmaster", "webadmin", "wpadmin",
    "siteadmin", "superadmin", "root", "no-reply", "noreply", "nobody", "newsdesk", "super user",
    "editor", "redaktion", "red", "redacción", "redaccion", "rédaction", "la rédaction",
    "redazione", "redação", "redacao",
})  # fmt: skip
_ACCOUNT = re.compile(r"[a-z]+(?:[_.][a-z]+)+[0-9]{0,6}|[a-z]+_?[0-9]{1,6}")
"""One word in small letters that no name is: "editor_anna", "j.doe", "user12"."""
_SENTENCES = re.compile(r"""^.*[.!?。]["”’»)]*(?=\s|$)""", re.DOTALL)
_MAILBOX = re.compile(r"^\s*[^\s@]+@[^\s@]+\s*(?:\((.+)\))?\s*$|^\s*(.+?)\s*<[^\s@]+@[^>]+>\s*$")


@cached_if_short(4096)
def term(words: str) -> str:
    """The text of a few words that come with item after item: a category, a name."""
    return plain(words)


@cached_if_short(2048)
def _person(line: str) -> str:
    """The name in a line that may be a mail address or hold one."""
    name = term(line)
    if "@" in name and (match := _MAILBOX.match(name)):
        name = match[1] or match[2] or ""
    return "" if _is_login(name) else name


def _is_login(name: str) -> bool:
    """Whether a name is an account of the agency's machine and nobody's name."""
    return name.casefold() in _ACCOUNTS or _ACCOUNT.fullmatch(name) is not None


class Draft(msgspec.Struct, kw_only=True, gc=False):
    """An item while it is put together; `finish` gives the finished value."""

    timezone: str = ""
    language: str = ""
    base: str = ""
    """What links are relative to."""
    xml_base: str = ""
    """What links in the text are relative to, if it is something else."""
    guid: str = ""
    link: str = ""
    headline: str = ""
    summary: str = ""
    body: str = ""
    provider: str = ""
    date_text: str = ""
    licence: str = ""
    notice: str = ""
    holder: str = ""
    status: Literal["usable", "withheld", "canceled"] = "usable"
    created: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    embargo: datetime | None = None
    embargo_text: str = ""
    bylines: list[str] = []
    alt_ids: list[str] = []
    keywords: list[str] = []
    subjects: list[Subject] = []
    places: list[Place] = []
    geo: dict[str, str] = {}
    links: list[Link] = []
    credit_sources: list[str] = []
    terms: list[str] = []
    restrictions: list[str] = []
    media: list[Media] = []
    warnings: list[str] = []
    rights: Rights = Rights()
    """What the feed says for all of its items."""

    def url(self, href: str | None) -> str:
        """`href` made absolute against the item's base; "" for what is no web address."""
        href = (href or "").strip()
        if href and not href.startswith(("http://", "https://")):
            try:
                href = urljoin(self.base, href)
            except ValueError:
                return ""
        return href if href.startswith(("http://", "https://")) else ""

    def instant(self, value: str | None) -> datetime | None:
        """The instant of a date in the feed's own words; a date nobody can read is a warning."""
        if not value or not value.strip():
            return None
        moment = instant(value, self.timezone)
        if moment is None:
            self.warnings.append(f"The date {tidy(value)[:60]!r} could not be read.")
        return moment

    def person(self, line: str | None) -> None:
        """Adds a byline: "a@b (Name)" gives the name, an address alone gives nothing."""
        name = _person(line or "")
        if name and name not in self.bylines:
            self.bylines.append(name)

    def place(self, name: str = "", point: str = "") -> None:
        """Adds a place by its name, by "lat lon", or both in two calls."""
        if name:
            self.geo["name"] = tidy(name)
        numbers = point.replace(",", " ").split()
        if len(numbers) >= 2:
            self.geo["lat"], self.geo["lon"] = numbers[0], numbers[1]


def reading_of(
    drafts: Iterable[Draft | Item | str], form: str, channel: Channel, called: str = "Item"
) -> Reading:
    """The items of a feed, finished; where one could not be read, its reason stands for it.

    All are drafted before any is finished: each of the two steps is quicker by itself.
    """
    items: list[Item] = []
    spoiled: list[str] = []
    for number, draft in enumerate(drafts, 1):
        try:
            if isinstance(draft, str):
                raise FormatError(draft)
            items.append(draft if isinstance(draft, Item) else finish(draft, form))
        except UNREADABLE as error:
            spoiled.append(f"{called} {number}: {error}")
    return Reading(items=tuple(items), format=form, spoiled=tuple(spoiled), channel=channel)


def document_url(hints: Hints) -> str:
    """The address a feed came from, which its relative links are relative to; "" for a file."""
    return hints.name if hints.name.startswith(("http://", "https://")) else ""


def finish(draft: Draft, form: str) -> Item:
    """The item that `draft` describes; FormatError if it says nothing at all."""
    says_nothing = not (draft.headline or draft.summary or draft.body or draft.media)
    stops = draft.status != "usable" and (draft.guid or draft.link)
    if says_nothing and not stops:
        raise FormatError("It has neither a headline nor a text.")
    base = draft.xml_base or draft.link or draft.base
    standfirst, blocks, pictures = _texts(draft, base)
    if pictures:
        draft.media = _beside_text(draft.media, pictures)
    item_id, id_from = _identity(draft)
    link = (draft.link,) if draft.link and id_from == "id" else ()
    byline = ", ".join(draft.bylines)
    return Item(
        item_id=item_id,
        id_from=id_from,
        alt_ids=tuple([alias for alias in (*link, *draft.alt_ids) if alias != item_id]),
        status=draft.status,
        headline=draft.headline,
        standfirst=standfirst,
        byline=byline,
        authors=_authors(byline),
        body=blocks,
        media=tuple(draft.media),
        subjects=tuple(draft.subjects),
        keywords=tuple(dict.fromkeys(draft.keywords)),
        places=_places(draft) if draft.geo else tuple(draft.places),
        rights=_rights(draft),
        links=tuple(draft.links),
        language=draft.language,
        first_created=draft.created,
        version_created=draft.updated,
        embargo_until=draft.embargo,
        embargo_text=draft.embargo_text,
        expires_at=draft.expires,
        provider=draft.provider,
        credit_sources=tuple(dict.fromkeys(draft.credit_sources)) if draft.credit_sources else (),
        url=draft.link,
        format=form,
        warnings=tuple(draft.warnings),
    )


def _beside_text(named: list[Media], shown: tuple[Media, ...]) -> list[Media]:
    """The media that an item names, and behind them the pictures that its text shows.

    A picture that is both has the caption that stands under it in the text, and one that is named
    as a thumbnail only gives way to what the text shows.
    """
    if all(map(_is_bare_thumbnail, named)):
        return list(shown)
    told = {_file_of(picture.id): picture for picture in shown}
    media = [_told(one, told) for one in named]
    known = {rendition.href for one in named for rendition in one.renditions}
    known |= {_file_of(href) for href in known}
    return media + [one for one in shown if one.id not in known and _file_of(one.id) not in known]


def _is_bare_thumbnail(media: Media) -> bool:
    """Whether nothing is said of a picture but where a small one of it lies."""
    small = bool(media.renditions) and all(one.role == "thumbnail" for one in media.renditions)
    return small and media == Media(
        id=media.id, headline=media.headline, renditions=media.renditions
    )


def _told(media: Media, shown: dict[str, Media]) -> Media:
    """The picture with the caption and the description of the same one in the text."""
    same = next((shown[f] for r in media.renditions if (f := _file_of(r.href)) in shown), None)
    if same is None:
        return media
    return msgspec.structs.replace(
        media, caption=media.caption or same.caption, alt=media.alt or same.alt
    )


def _file_of(href: str) -> str:
    """What two addresses of one picture share: the end of its name, where that is no usual one."""
    name = unquote(href.partition("?")[0]).rpartition("/")[2]
    return name if len(name) >= _OWN_NAME else href


_authors = cached_if_short(1024)(lines.authors_of)


def _identity(draft: Draft) -> tuple[str, Literal["id", "link", "content"]]:
    """The item's id and where it came from: its own, its link, a hash of what it says."""
    if draft.guid:
        return draft.guid, "id"
    if draft.link:
        return draft.link, "link"
    return content_id(draft.headline, draft.date_text, _said(draft)), "content"


def content_id(headline: str, date: str, said: str) -> str:
    """The id of an item that has neither id nor link: SHA-256 of its title and date.

    Where it has no title, as RSS allows, what it says stands in: a date, or nothing at all, would
    be the id of other stories as well.
    """
    told = (headline, tidy(date)) if headline else ("", tidy(date), tidy(said))
    return "sha256:" + hashlib.sha256("\n".join(told).encode()).hexdigest()


def _said(draft: Draft) -> str:
    """What an item without a title is told by: its text, else its pictures, else its markup."""
    sent = draft.body or draft.summary
    return plain(sent) or " ".join(media.id for media in draft.media) or sent


Body = tuple[tuple[Block, ...], tuple[Media, ...]]


def body_of(words: str, base: str = "") -> Body:
    """Blocks and pictures of markup or plain text, whichever `words` turns out to be."""
    if looks_like_html(words):
        return body_from_html(words, base_url=base)
    return blocks_from_text(unescape(words) if "&" in words else words), ()


_ENCODED_TWICE = re.compile(r"&lt;/?(?:p|div|br|h[1-6]|ul|ol|li|figure|img|blockquote|table)\b")


def _decoded(words: str) -> str:
    """The markup of a text whose tags were encoded twice; any other text as it is.

    Copy about markup has tags of its own around those that it speaks of.
    """
    # One sign is found many times as fast as four.
    if "<" in words or "&" not in words or not _ENCODED_TWICE.search(words):
        return words
    return unescape(words)


def _texts(draft: Draft, base: str) -> tuple[str, tuple[Block, ...], tuple[Media, ...]]:
    """Standfirst, body, pictures. A summary alone is the body, unless it says that it was cut.

    Without a title it is the body all the same: the page has nothing else to take a headline from.
    """
    draft.summary, draft.body = _decoded(draft.summary), _decoded(draft.body)
    draft.summary = _without_more_link(draft.summary)
    if _holds_calls(draft.body) or _holds_calls(draft.summary):
        _carry_out_calls(draft)
    if draft.body:
        blocks, pictures = body_of(draft.body, base)
        standfirst = _standfirst(plain(draft.summary), blocks) if draft.summary else ""
        return standfirst, blocks, pictures
    summary = plain(draft.summary)
    blocks, pictures = body_of(draft.summary, base)
    short = _without_more(summary)
    if short != summary or _is_cut(summary):
        draft.warnings.append("Only a summary was sent.")
        return (short, (), pictures) if draft.headline else ("", blocks_from_text(short), pictures)
    return "", blocks, pictures


def _holds_calls(words: str) -> bool:
    """Whether a blog engine's shortcodes may stand there, as [caption]...[/caption]."""
    # One sign is found many times as fast as two.
    return len(words) < _MOST_CALLS and "[" in words and "[/" in words


def _carry_out_calls(draft: Draft) -> None:
    """Carries out what a blog engine's programs should have done to the draft's texts."""
    body, summary = carried_out(draft.body), carried_out(draft.summary)
    draft.body, draft.summary = body.html, summary.html
    draft.warnings += [*body.warnings, *summary.warnings]


def _standfirst(summary: str, blocks: tuple[Block, ...]) -> str:
    """The summary as a standfirst: whole sentences if it was cut, "" if it is the body itself."""
    if "The post " in summary:
        summary = _POSTED.sub("", summary)
    short = _without_more(summary)
    if _is_cut(short):
        whole = _CUT.sub("", short)
        sentences = _SENTENCES.match(whole)
        short = sentences[0] if sentences else short
    repeats = len(short) > 300 and len(short) * 2 > len(said := words_of(blocks))
    return "" if repeats and said[:200] == short[:200] else short


def _without_more(summary: str) -> str:
    """`summary` without the "Read more" that hangs on its end."""
    if not _MORE_SIGN.search(summary[-_TAIL:].casefold()):
        return summary
    tail = _MORE.search(summary, max(0, len(summary) - _TAIL))
    return summary[: tail.start()].rstrip(" \t\n[(«»…-–—>") if tail else summary


def _without_more_link(summary: str) -> str:
    """The markup of a summary without the link by which WordPress leads on from its end."""
    at = summary.rfind("more-link")
    start = summary.rfind("<a ", 0, at) if at > 0 else -1
    end = summary.find("</a>", at) if start >= 0 and ">" not in summary[start:at] else -1
    return summary[:start] + summary[end + len("</a>") :] if end > 0 else summary


def _is_cut(summary: str) -> bool:
    """Whether `summary` says by its last sign that it goes on elsewhere."""
    if not summary.endswith(("…", "...", "]", ")")):
        return False
    return _CUT.search(summary, max(0, len(summary) - _TAIL)) is not None


def _places(draft: Draft) -> tuple[Place, ...]:
    """The places of a draft; coordinates outside of the globe are dropped."""
    try:
        lat, lon = float(draft.geo.get("lat", "")), float(draft.geo.get("lon", ""))
    except ValueError:
        lat, lon = 999.0, 999.0
    name = draft.geo.get("name", "")
    if -90 <= lat <= 90 and -180 <= lon <= 180:
        return (*draft.places, Place(name=name, lat=lat, lon=lon))
    return (*draft.places, Place(name=name)) if name else tuple(draft.places)


def _rights(draft: Draft) -> Rights:
    """What the item says of rights, over what its feed says."""
    default = draft.rights
    if not (draft.notice or draft.terms or draft.holder or draft.licence or draft.restrictions):
        return default
    countries = tuple(r for r in draft.restrictions if r.startswith(("allow ", "deny ")))
    others = tuple(r for r in draft.restrictions if r not in countries)
    return Rights(
        copyright_holder=draft.holder or default.copyright_holder,
        copyright_notice=draft.notice or default.copyright_notice,
        usage_terms=tuple(dict.fromkeys((*draft.terms, *default.usage_terms))),
        restrictions=others or default.restrictions,
        geography=countries or default.geography,
        license=draft.licence or default.license,
    )


def rights_of(words: str) -> tuple[str, str]:
    """Copyright notice and usage terms in a line of rights: it is one or the other."""
    line = plain(words)
    is_notice = re.match(r"(?:©|\(c\)|copyright|℗)", line, re.IGNORECASE)
    return (line, "") if is_notice else ("", line)
