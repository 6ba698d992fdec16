"""Values out of ninjs objects, whatever their generation's spelling and however loosely typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wirecopy.formats import dates, lines, markup, prose, xml
from wirecopy.model import Block, Focus, Media, Rendition

Node = dict[str, Any]
"""A JSON object with keys in lower case."""

ITEM_ID = "wirecopy:item_id"
"""Role of the other id that is an item's exact id here, where its `uri` cannot be that."""
URL = "canonicalUrl"
"""Role of the other id that is the address of the agency's own page."""
KEYWORD = "keyword"
"""Relation of a subject that is a mere keyword; ninjs 3 has no key for them."""
MEDIA = "media"
"""Relation of an association that goes with an item and is no item of a package."""
PARTS = "\n\n"
"""What stands between several notes, or terms, in the one text that ninjs has for them."""
_ADDRESS = re.compile(
    r"https?://(?P<host>[^/:@?#\s]+)(?P<path>/[^:?#\s]*[^:?#\s/]/?)", re.IGNORECASE
)
_KINDS: dict[str, Any] = {"video": "video", "audio": "audio", "graphic": "graphic"}


def node_of(found: object) -> Node:
    """The object with its own keys in lower case; {} for anything that is no object."""
    if not isinstance(found, dict):
        return {}
    return {str(key).casefold(): value for key, value in found.items()}


def string(node: Node, *keys: str) -> str:
    """The first of these keys that holds text (or a number), as tidy plain text."""
    for key in keys:
        value = node.get(key)
        if isinstance(value, str):
            said = markup.plain(value) if "<" in value or "&" in value else xml.tidy(value)
            if said:
                return said
        elif isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def spoken(node: Node, *keys: str) -> list[str]:
    """All texts under these keys, each a string or a list of strings or of {name|value}."""
    found: list[str] = []
    for key in keys:
        value = node.get(key)
        for each in value if isinstance(value, list) else [value]:
            said = string(node_of(each), "value", "name") if isinstance(each, dict) else ""
            found.append(said or string({"it": each}, "it"))
    return [said for said in found if said]


def parted(node: Node, *keys: str) -> list[str]:
    """All texts under these keys, those of one string parted at its blank lines."""
    found: list[str] = []
    for key in keys:
        value = node.get(key)
        for each in value.split(PARTS) if isinstance(value, str) else [value]:
            found += spoken({key: each}, key)
    return found


def other_id(node: Node, role: str) -> str:
    """The other id with that role in the list that ninjs 2 and 3 have, "" without one."""
    found = node.get("altids")
    for each in found if isinstance(found, list) else ():
        one = node_of(each)
        if string(one, "role").casefold() == role.casefold():
            value = one.get("value")
            return value if isinstance(value, str) else ""
    return ""


def id_of(node: Node) -> str:
    """The id of an object: the exact one where the writer gave it, else its URI as a name."""
    return other_id(node, ITEM_ID) or named(string(node, "uri", "guid"))


def listed(node: Node, *keys: str) -> Iterator[Node]:
    """The objects under these keys; null, strings and lists of strings hold none."""
    for key in keys:
        value = node.get(key)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield node_of(each)


def shown(node: Node) -> str:
    """What to call a concept: its name, else its code."""
    return string(node, "name", "literal", "code", "uri")


def variants(node: Node, stem: str) -> Iterator[tuple[str, str, str]]:
    """Role, content type and raw value of every form of a text.

    1.x spells them as keys (headline, headline_short, body_html), 2.x and 3.x as lists of
    {role, contenttype, value} (headlines, bodies).
    """
    for key, value in node.items():
        if key == stem and isinstance(value, str):
            yield "", "", value
        elif key.startswith(f"{stem}_") and isinstance(value, str):
            yield key[len(stem) + 1 :], "", value
        elif key == f"{stem}s" and isinstance(value, list):
            for each in (node_of(each) for each in value):
                said = each.get("value")
                if isinstance(said, str):
                    yield string(each, "role"), string(each, "contenttype"), said


def as_html(value: str, *, plain_text: bool) -> tuple[Block, ...]:
    """The blocks of a body that is HTML, or plain text, or HTML that calls itself text."""
    if markup.looks_like_html(value):
        return markup.blocks_from_html(value)
    if plain_text or "<" not in value:
        return prose.blocks_from_text(value)
    return markup.blocks_from_html(value)


def named(uri: str) -> str:
    """The id as a name: an address that only names an item becomes the URN of its host and path.

    http://wire.example/items/7 gives urn:wire.example:items:7, as the ninjs readers in use file it.
    An address with a query, a port or a colon in its path stays as it is: it might not be told
    apart from another.
    """
    found = _ADDRESS.fullmatch(uri)
    if found is None:
        return uri
    path = found["path"].removeprefix("/").removesuffix("/")
    return f"urn:{found['host'].lower()}:{path.replace('/', ':')}"


def media_of(node: Node, zone: str = "", name: str = "") -> Media:
    """The picture, video or graphic an object is, with caption, credit and rights."""
    status, _ = lines.status_said(node.get("pubstatus"))
    terms = tuple(dict.fromkeys(parted(node, "usageterms")))
    fields = (node[key] for key in sorted(lines.EMBARGO_KEYS & node.keys()))
    until, unread = lines.embargo_said(fields, zone)
    said = string(node, "expires", "expiry")
    ends = (dates.instant(said, zone) if said else None, lines.use_ends(terms))
    captions = {role: markup.plain(value) for role, _, value in variants(node, "description")}
    order = ("caption", "text", "", "summary", "html", "xhtml")
    caption = next((captions[role] for role in order if captions.get(role)), "")
    headline = next((markup.plain(value) for _, _, value in variants(node, "headline")), "")
    renditions = tuple(_renditions(node))
    return Media(
        id=string(node, "uri", "guid") or name or (renditions[0].href if renditions else ""),
        type=_KINDS.get(string(node, "type"), "picture"),
        headline=headline,
        caption=caption,
        alt=string(node, "alt_text", "alttext", "alt") or captions.pop("alt", ""),
        credit=_credit(node, captions.get("creditline", "")),
        copyright=string(node, "copyrightnotice", "copyrightholder"),
        usage_terms=terms,
        renditions=renditions,
        status="withheld" if unread and status == "usable" else status,
        expires_at=min(filter(None, ends), default=None),
        embargo_until=until,
    )


def _credit(node: Node, described: str) -> str:
    """Photographer and agency as one line: A Name/Agency."""
    by = string(node, "by", "byline")
    line = string(node, "creditline") or described or string(node, "source", "copyrightholder")
    if not by or by.casefold() in line.casefold():
        return line or by
    return by if not line or line.casefold() in by.casefold() else f"{by}/{line}"


def _renditions(node: Node) -> Iterator[Rendition]:
    """The files, without watermarked samples where there are clean ones."""
    value = node.get("renditions")
    if isinstance(value, dict):
        named = [(str(name), node_of(each)) for name, each in value.items()]
    else:
        found = value if isinstance(value, list) else []
        named = [(string(node_of(each), "name"), node_of(each)) for each in found]
    whole = _focus(node_of(node.get("poi")), None, None)
    clean = [pair for pair in named if string(pair[1], "variant").casefold() != "watermark"]
    for name, each in clean or named:
        href = string(each, "href")
        if href:
            width, height = lines.whole(each.get("width")), lines.whole(each.get("height"))
            yield Rendition(
                href=href.replace(" ", "%20"),
                role=string(each, "usage") or name,
                mime=string(each, "mimetype", "contenttype"),
                width=width,
                height=height,
                size=lines.whole(each.get("sizeinbytes")),
                focus=_focus(node_of(each.get("poi")), width, height) or whole,
            )


def _focus(point: Node, width: int | None, height: int | None) -> Focus | None:
    """A `poi`: in pixels of its file (ninjs), or in shares of the whole picture (Superdesk)."""
    x, y = point.get("x"), point.get("y")
    if not (isinstance(x, int | float) and isinstance(y, int | float)):
        return None
    if max(x, y) > 1 or (isinstance(x, int) and isinstance(y, int)):
        if not (width and height):
            return None
        x, y = x / width, y / height
    return Focus(round(x, 3), round(y, 3)) if 0 <= x <= 1 and 0 <= y <= 1 else None
