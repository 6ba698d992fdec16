"""JSON of agencies' own (spec section 7, end): AP Media API, dpa digitalwires, Reuters Connect.

All three say what ninjs says under keys of their own. Each object is put into ninjs' words here and
read by the reader of ninjs; what ninjs has no words for is added to the item afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from wirecopy.config.profile import Profile
from wirecopy.errors import FormatError
from wirecopy.formats import dialects, jsons, lines, markup, ninjs, nitf_body
from wirecopy.formats.hints import Hints, Score
from wirecopy.formats.ninjs_values import Node, listed, node_of, spoken, string
from wirecopy.model import Dateline, EdNote, Item, Marker, Place, Reading, Rights

NAME = "vendor-json"

_DIGITALWIRES = re.compile(rb'"format"\s*:\s*"digitalwires')
_AP = re.compile(rb'"api_version"\s*:|"item"\s*:\s*\{[^{}]{0,400}"altids"\s*:')
_REUTERS = re.compile(rb'"(?:bodyXhtml|headLine|byLine|usn)"\s*:')
_TAGGED = re.compile(rb'"tag:reuters\.com,')
_OTHERS = re.compile(rb"jsonfeed\.org/version")

_TYPES = {"image": "picture", "composite": "text", "story": "text"}
_NO_PICTURE = re.compile(r"nitf|anpa|script|shotlist|transcript|text|story", re.IGNORECASE)
_HOLDERS = frozenset({"data", "item", "items", "entries", "search"})
"""Keys under which the interfaces hand out items."""
_DPA_SAME = (
    "version", "pubstatus", "signal", "language", "urgency", "kicker", "headline",
    "subhead", "byline", "creditline", "copyrightnotice", "usageterms", *sorted(lines.EMBARGO_KEYS),
)  # fmt: skip
"""Keys that digitalwires and ninjs share."""
_DPA_BOXES = ("article_html", "infobox_html", "linkbox_html")


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN for marks that only one vendor leaves, LIKELY for keys alone, else NO."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] not in (b"{", b"[") or _OTHERS.search(text):
        return Score.NO
    if _DIGITALWIRES.search(text):
        return Score.CERTAIN
    if _REUTERS.search(text) and _TAGGED.search(text):
        return Score.CERTAIN
    return Score.LIKELY if _AP.search(text) else Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The items of an object, of a list, or of what the vendor's interface answered.

    Raises FormatError for what is no JSON, or holds no item of these vendors. An item that cannot
    be read is named in `spoiled`; alone it is a FormatError.
    """
    loaded = jsons.load(body, hints)
    found = loaded.value
    nodes = list(_objects(found))
    if not nodes:
        raise FormatError("The JSON holds no item of AP, dpa or Reuters.")
    items, spoiled = [], []
    for number, node in enumerate(nodes, 1):
        try:
            items.append(_item(node, hints))
        except FormatError as error:
            if len(nodes) == 1:
                raise
            spoiled.append(f"Item {number} of {len(nodes)}: {error}")
    return Reading(
        items=tuple(items),
        format=NAME,
        spoiled=(*spoiled, *loaded.spoiled),
        mended=loaded.mended,
    )


def _objects(found: object, depth: int = 0) -> Iterator[Node]:
    """The items in an answer: bare, in a list, under one of the holders' keys."""
    if isinstance(found, list):
        for each in found if depth < 6 else ():
            yield from _objects(each, depth + 1)
        return
    node = node_of(found)
    if _vendor(node):
        yield node
    elif depth < 6:
        for key in sorted(node.keys() & _HOLDERS):
            yield from _objects(node[key], depth + 1)


def _vendor(node: Node) -> Callable[[Node, Hints], Item] | None:
    """Who made an object, by the keys that only they write."""
    if string(node, "format").startswith("digitalwires") or ("urn" in node and "headline" in node):
        return _dpa
    if "altids" in node and ("pubstatus" in node or "versioncreated" in node):
        return _ap
    own = {"usn", "bodyxhtml"} & node.keys() or string(node, "uri").startswith("tag:reuters.com")
    return _reuters if own and "uri" in node else None


def _item(node: Node, hints: Hints) -> Item:
    make = _vendor(node)
    if make is None:
        raise FormatError("The object is not an item of AP, dpa or Reuters.")
    return msgspec.structs.replace(make(node, hints), format=NAME)


def _read(node: Mapping[str, Any], hints: Hints) -> Item:
    """The item of an object that is ninjs now; FormatError where it gives no id."""
    if not string(dict(node), "uri"):
        raise FormatError("The item has no id.")
    body = msgspec.json.encode({key: value for key, value in node.items() if value is not None})
    return ninjs.read(body, hints).items[0]


def _moved(node: Node, **names: str) -> Node:
    """The object with some values under other keys too."""
    return node | {new: node[old] for new, old in names.items() if node.get(old) is not None}


# --------------------------------------------------------------------------------------
# AP Media API
# --------------------------------------------------------------------------------------


def _ap(node: Node, hints: Hints) -> Item:
    """One AP item: its own id is altids.itemid; its text lies behind a link unless sent along."""
    ids = node_of(node.get("altids"))
    ways = dialects.of(("ap.org",), hints=hints)
    bylines = list(listed(node, "bylines"))
    text = _ap_text(node)
    said = (
        node
        | text
        | {
            "by": ", ".join(filter(None, (string(each, "by", "byline") for each in bylines))),
            "located": string(node_of(node.get("datelinelocation")), "city"),
            "dateline": string(node, "located"),
            "urgency": _ap_urgency(node, ways),
            "renditions": _pictures(node.get("renditions")),
            "associations": _ap_associations(node),
            "altids": None,
            "uri": string(ids, "itemid") or string(node, "uri"),
        }
    )
    counted = msgspec.structs.replace(ways, urgency={})
    item = _read(said, msgspec.structs.replace(hints, profile=counted))
    links = {each for each in (string(node, "uri"),) if each and each != item.item_id}
    return msgspec.structs.replace(
        item,
        alt_ids=tuple(links),
        byline_title=", ".join(filter(None, (string(each, "title") for each in bylines))),
        provider=item.provider if item.provider != item.rights.copyright_holder else "AP",
        **_without_text(node, item),
    )


def _ap_urgency(node: Node, ways: Profile) -> int:
    """The urgency by AP's own way of counting, else by its letter."""
    number = lines.urgency_of(node.get("urgency"))
    if node.get("urgency"):
        return ways.urgency.get(number, number)
    told = dialects.priority_of(string(node, "editorialpriority")[:1], ways)
    return number if told is None else told


def _ap_text(node: Node) -> dict[str, Any]:
    """The text where it was sent along, as NITF or HTML, in the item or in its rendition."""
    rendition = node_of(node_of(node.get("renditions")).get("nitf"))
    for holder, keys in ((node, ("body_nitf", "nitf")), (rendition, ("content", "value", "text"))):
        for key in keys:
            value = holder.get(key)
            if isinstance(value, str) and "<" in value:
                return {"body_nitf": value}
    return {}


def _without_text(node: Node, item: Item) -> dict[str, Any]:
    """What an item whose text lies elsewhere is marked with: it waits, a headline is no report."""
    if item.type != "text" or item.body or item.status != "usable":
        return {}
    href = string(node_of(node_of(node.get("renditions")).get("nitf")), "href")
    where = f" ({href.partition('?')[0]})" if href else ""
    doubt = f"The text was not sent with the item; it lies at its NITF rendition{where}."
    mark = Marker(text="sent without its text", action="hold")
    return {"warnings": (*item.warnings, doubt), "markers": (*item.markers, mark)}


def _pictures(renditions: object) -> Any:
    """The files that are pictures, sound or film; texts among them are none."""
    if isinstance(renditions, list):
        return [_size(node_of(e)) for e in renditions if not _is_text("", node_of(e))]
    files = {str(name): node_of(each) for name, each in _pairs(renditions)}
    return {name: _size(each) for name, each in files.items() if not _is_text(name, each)}


def _pairs(found: object) -> Any:
    return found.items() if isinstance(found, dict) else ()


def _is_text(name: str, rendition: Node) -> bool:
    kind = f"{name} {string(rendition, 'type')} {string(rendition, 'mimetype', 'contenttype')}"
    return bool(_NO_PICTURE.search(kind))


def _size(rendition: Node) -> Node:
    return _moved(rendition, sizeinbytes="filesize", href="href" if "href" in rendition else "url")


def _ap_associations(node: Node) -> dict[str, Node]:
    """The linked pictures and stories, each under its short id."""
    found = {}
    for name, each in _pairs(node.get("associations")):
        part = node_of(each)
        own = string(node_of(part.get("altids")), "itemid") or string(part, "uri")
        found[str(name)] = part | {"uri": own, "renditions": _pictures(part.get("renditions"))}
    return found


# --------------------------------------------------------------------------------------
# Reuters
# --------------------------------------------------------------------------------------


def _reuters(node: Node, hints: Hints) -> Item:
    """One item of Reuters' interface; a text's caption belongs to its picture and not to it."""
    kind = string(node, "type").casefold()
    said = _moved(node, description_summary="fragment")
    said["body_xhtml"] = str(node.get("bodyxhtml") or "")
    if kind not in ("", "text"):
        said = _moved(said, description_caption="caption")
    files = _pictures(node.get("renditions"))
    parts = [_reuters_part(each) for each in listed(node, "associations")]
    item = _read(said | {"renditions": files, "associations": parts}, hints)
    return msgspec.structs.replace(item, provider=item.provider or "Reuters")


def _reuters_part(node: Node) -> Node:
    return _moved(node, description_caption="caption") | {
        "type": _TYPES.get(string(node, "type").casefold(), string(node, "type").casefold()),
        "renditions": _pictures(node.get("renditions")),
    }


# --------------------------------------------------------------------------------------
# dpa digitalwires
# --------------------------------------------------------------------------------------


def _dpa(node: Node, hints: Hints) -> Item:
    """One digitalwires object: article and boxes are its body, categories say what it is about."""
    categories = list(listed(node, "categories"))
    boxes = (node.get(key) for key in _DPA_BOXES)
    said = {
        "uri": string(node, "urn"),
        "type": _dpa_type(node),
        "body_html": "".join(box for box in boxes if isinstance(box, str)),
        "description_summary": node.get("teaser"),
        "versioncreated": node.get("version_created") or node.get("updated"),
        "contentcreated": node.get("content_created"),
        "subject": [e for e in categories if _kind(e) in ("dpasubject", "subject")],
        "person": [e for e in categories if _kind(e) == "person"],
        "organisation": [e for e in categories if _kind(e) in ("organisation", "company")],
        "genre": [e for e in categories if _kind(e) == "genre"],
        "keyword": [string(e, "name") for e in categories if _kind(e) == "keyword"],
        "infosource": [e for e in categories if _kind(e) == "provider"],
        "associations": [_dpa_picture(e) for e in _ranked(node)],
    }
    item = _read(said | {key: node.get(key) for key in _DPA_SAME}, hints)
    notes, sign_off = _dpa_notes(node)
    until, words = item.embargo_until, item.embargo_text
    if not until and not words:
        until, words = lines.embargo_in(note.text for note in notes)
    return msgspec.structs.replace(
        item,
        dateline=_dpa_dateline(node),
        places=tuple(_dpa_places(categories)),
        rights=_dpa_rights(node, item.rights),
        ed_notes=notes,
        sign_off=sign_off,
        embargo_until=until,
        embargo_text=words,
        provider=item.provider or "dpa",
    )


def _dpa_type(node: Node) -> str:
    """A text where there is an article, else what its one association is."""
    parts = list(listed(node, "associations"))
    if string(node, "article_html") or len(parts) != 1:
        return "text"
    kind = string(parts[0], "type").casefold()
    return _TYPES.get(kind, kind)


def _kind(category: Node) -> str:
    return string(category, "type").rpartition(":")[2].casefold()


def _ranked(node: Node) -> list[Node]:
    """The associations, the feature picture first, the others by their rank."""

    def rank(each: Node) -> tuple[bool, int]:
        return each.get("is_featureimage") is not True, lines.whole(each.get("rank")) or 0

    return sorted(listed(node, "associations"), key=rank)


def _dpa_picture(node: Node) -> Node:
    """An association as ninjs has it; `size` there is a length in pixels, not of the file."""
    kind = string(node, "type").casefold()
    files = [
        {
            "name": f"{string(each, 'width')}px" if string(each, "width") else "",
            "href": string(each, "url", "href"),
            "mimetype": string(each, "mimetype"),
            "width": each.get("width"),
            "height": each.get("height"),
        }
        for each in listed(node, "renditions")
    ]
    return {
        "uri": string(node, "urn", "uri"),
        "type": _TYPES.get(kind, kind),
        "headline": node.get("headline") or "",
        "description_caption": node.get("caption") or "",
        "creditline": node.get("creditline") or "",
        "pubstatus": node.get("pubstatus"),
        "renditions": files,
    }


def _dpa_dateline(node: Node) -> Dateline | None:
    """The agency's line with its place: "Tarn (xyz) - " gives Tarn."""
    text = string(node, "dateline").rstrip(" -–—:")
    return Dateline(place=nitf_body.place_of(text), text=text) if text else None


def _dpa_places(categories: list[Node]) -> Iterator[Place]:
    """What the story is about on the map, and the spots in it with their position."""
    found: dict[Place, None] = {}
    for each in categories:
        if _kind(each) not in ("geosubject", "poi") or not string(each, "name"):
            continue
        scheme, _, code = string(each, "qcode").rpartition(":")
        lat, lon = _point(node_of(node_of(each.get("geojson")).get("geometry")))
        place = Place(name=string(each, "name"), code=code, scheme=scheme, lat=lat, lon=lon)
        found[place] = None
    yield from found


def _point(geometry: Node) -> tuple[float | None, float | None]:
    point = geometry.get("coordinates")
    if not (isinstance(point, list) and len(point) >= 2):
        return None, None
    lon, lat = point[:2]
    if not all(isinstance(n, int | float) and abs(n) <= 180 for n in (lat, lon)) or abs(lat) > 90:
        return None, None
    return float(lat), float(lon)


def _dpa_rights(node: Node, rights: Rights) -> Rights:
    """The rights with the copyright line that is meant for copy published by machines."""
    line = string(node, "autopublishnotice")
    return msgspec.structs.replace(rights, copyright_notice=line) if _is_copyright(line) else rights


def _is_copyright(line: str) -> bool:
    return line.startswith("©") or line.casefold().startswith(("copyright", "(c)"))


def _dpa_notes(node: Node) -> tuple[tuple[EdNote, ...], str]:
    """Notes to desks with what dpa lets readers see of them, and the closing line."""
    found, sign_off = [], ""
    for each in listed(node, "ednotes"):
        role, text = string(each, "role"), string(each, "ednote", "text")
        if role.casefold().endswith("closingline"):
            sign_off = sign_off or text
        elif text:
            public = each.get("is_publishable") is True
            found.append(EdNote(text=text, role=role, publishable=public))
    pad = node_of(node.get("notepad"))
    for key, role in (("public_html", "notepad:public"), ("nonpublic_html", "notepad:nonpublic")):
        if said := markup.plain(string(pad, key)):
            found.append(EdNote(text=said, role=role))
    told = [line for line in spoken(node, "autopublishnotice") if not _is_copyright(line)]
    found += [EdNote(text=line, role="autopublish") for line in told]
    return tuple(found), sign_off
