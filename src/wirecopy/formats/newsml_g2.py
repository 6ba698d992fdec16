"""NewsML-G2 2.x (spec section 5): news items, packages, and messages full of both.

Read top to bottom: sniff, read, adapt. Values come from `newsml_g2_meta`, the text and the files
from `newsml_g2_content`. A message without items is a heartbeat and gives an empty reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import lines, markup, newsml_g2_content, packages, xml
from wirecopy.formats import newsml_g2_meta as meta
from wirecopy.formats.hints import Hints, Score, most_items
from wirecopy.formats.newsml_g2_content import Content
from wirecopy.formats.newsml_g2_meta import Frame
from wirecopy.formats.trees import attribute, bare, child, children, root_of, words
from wirecopy.model import Block, Dateline, Item, Link, Media, Reading, Status

NAME = "newsml-g2"

_NS = "http://iptc.org/std/nar/2006-10-01/"
_INTERNAL = {
    "conceptItem": "event",
    "knowledgeItem": "event",
    "planningItem": "planning",
    "catalogItem": "planning",
}
_ITEMS = frozenset({"newsItem", "packageItem", *_INTERNAL})
_PICTURED = frozenset({"picture", "video", "audio", "graphic"})
_CLASSES = {"text", "composite", *_PICTURED}
_DEEPEST = 100
"""Groups of a package that are followed into each other; the rest is taken as it stands."""
_EXTENSION = {"image": "picture", "video": "video", "audio": "audio"}


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN for a G2 root in its namespace, LIKELY without it, else NO."""
    namespace, local = xml.sniff_root(head)
    if local not in _ITEMS and local != "newsMessage":
        return Score.NO
    return Score.CERTAIN if namespace == _NS else Score.LIKELY


def read(body: bytes, hints: Hints) -> Reading:
    """The items of a G2 document in its order; FormatError if it is none.

    An item that cannot be read is named in `spoiled`; alone in its document it is a FormatError.
    """
    root, warnings = root_of(body, hints)
    if bare(root).tag not in _ITEMS and root.tag != "newsMessage":
        raise FormatError(f"The root element is {root.tag}, not a NewsML-G2 item or message.")
    if root.tag != "newsMessage":
        return Reading(items=(_item(root, None, hints, warnings),), format=NAME)
    items, spoiled = [], []
    header = child(root, "header")
    elements = [each for each in _members(root) if not _is_wrapper(each)]
    if len(elements) > most_items(body):
        raise FormatError(f"The message has {len(elements)} items, too many for its length.")
    for number, element in enumerate(elements, 1):
        try:
            items.append(_item(element, header, hints, warnings))
        except (FormatError, ValueError, OverflowError) as error:
            spoiled.append(f"Item {number} of {len(elements)}: {error}")
    return Reading(
        items=tuple(_illustrated(items, _packages(root))), format=NAME, spoiled=tuple(spoiled)
    )


def _members(message: etree._Element) -> Iterator[etree._Element]:
    for item_set in children(message, "itemSet"):
        yield from (each for each in item_set if each.tag in _ITEMS)


def _is_wrapper(element: etree._Element) -> bool:
    """Whether a package has no id of its own and only ties its message together."""
    return element.tag == "packageItem" and not attribute(element, "guid")


# --------------------------------------------------------------------------------------
# One item
# --------------------------------------------------------------------------------------


def _item(
    element: etree._Element, header: etree._Element | None, hints: Hints, warnings: tuple[str, ...]
) -> Item:
    frame = meta.frame_of(element, header, hints)
    about = child(element, "contentMeta")
    managed = child(element, "itemMeta")
    heads = meta.headlines(about, frame)
    headline = heads.get("headline", "")
    content = newsml_g2_content.read(element, headline=headline, timezone=frame.timezone)
    kind = _type(element, managed, frame, content)
    fields = _lines(element, frame, content, kind) | _management(element, frame, content)
    fields["headline"] = headline or content.headline or _title(element, managed, frame)
    fields["warnings"] = warnings + fields["warnings"] + newsml_g2_content.embedded(element)
    fields |= _identity(element, fields["headline"], content)
    fields["links"] = _links(element, managed, about, fields)
    fields["media"] = _media(kind, fields, content)
    item = Item(
        type=kind,
        subheadline=heads.get("subheadline", "") or content.subheadline,
        kicker=heads.get("kicker", ""),
        body=() if kind in _PICTURED else _body(content, fields),
        subjects=tuple(s for s in meta.subjects(about, frame) if s.name != fields["headline"]),
        keywords=meta.keywords(about),
        places=meta.places(about, frame),
        urgency=meta.urgency(about, frame),
        language=frame.language,
        alt_ids=meta.alt_ids(about),
        format=NAME,
        **fields,
    )
    return lines.with_unshown(item, meta.texts(managed, about))


def _type(
    element: etree._Element, managed: etree._Element | None, frame: Frame, content: Content
) -> str:
    """The item's class: what it says itself, else what it carries."""
    if element.tag in _INTERNAL:
        return _INTERNAL[element.tag]
    if element.tag == "packageItem":
        return "composite"
    said = meta.concept(child(managed, "itemClass"), frame)[1].casefold()
    if said in _CLASSES:
        return said
    if not content.blocks:
        for each in content.renditions:
            return _EXTENSION.get(each.mime.partition("/")[0], "text")
    return "text"


def _lines(element: etree._Element, frame: Frame, content: Content, kind: str) -> dict[str, Any]:
    """The lines that readers see; what the text itself says fills in where the metadata is mute."""
    about, managed = child(element, "contentMeta"), child(element, "itemMeta")
    summary, caption = meta.descriptions(about, frame)
    by = meta.byline(about, frame)
    standfirst = (caption or summary) if kind in _PICTURED else content.standfirst or summary
    titles = (attribute(each, "jobtitle") for each in children(about, "creator"))
    return {
        "slug": meta.slugline(element, frame),
        "standfirst": standfirst,
        "byline": by or content.byline,
        "byline_title": content.byline_title if not by else next(_spoken(titles), ""),
        "authors": meta.authors(about, frame, by) or content.authors,
        "dateline": _dateline(meta.dateline(about, frame), content.dateline) or _home(frame, kind),
        "genre": next(iter(meta.labels(about, frame, "genre")), ""),
        "provider": frame.dialect.provider or meta.label(child(managed, "provider"), frame),
        "credit_line": meta.line(about, "creditline", frame).strip(" –-") or content.credit,
        "credit_sources": meta.labels(about, frame, "infoSource"),
    }


def _dateline(said: Dateline | None, inside: Dateline | None) -> Dateline | None:
    """The metadata's dateline, unless only the text has it as a line."""
    return inside if inside and not (said and said.text) else said


def _body(content: Content, fields: dict[str, Any]) -> tuple[Block, ...]:
    """The text, without a lead that the standfirst says already."""
    return lines.without_lead(
        content.blocks, content.lead, fields["standfirst"], fields["headline"]
    )


def _home(frame: Frame, kind: str) -> Dateline | None:
    """The place its agency files from without saying so; a place in the text itself beats it."""
    home = frame.dialect.home if kind == "text" else ""
    return Dateline(place=home) if home else None


def _spoken(values: Iterable[str]) -> Iterator[str]:
    """Values that are words and no codes."""
    return (value for value in values if value and ":" not in value)


def _management(element: etree._Element, frame: Frame, content: Content) -> dict[str, Any]:
    """Status, times, embargo, rights, notes, signals."""
    managed = child(element, "itemMeta")
    about = child(element, "contentMeta")
    status, doubts = _status(managed, frame)
    notes, sign_off = meta.notes(managed)
    notes += content.ed_notes
    until, embargo = meta.embargo(managed, frame, (note.text for note in notes))
    rights = meta.rights(element, frame)
    created = _time(managed, "firstCreated", frame) or _time(about, "contentCreated", frame)
    version = _time(managed, "versionCreated", frame)
    sent = meta.instant(frame.sent, frame)
    return {
        "status": status,
        "first_created": created or version or sent,
        "version_created": version or _time(about, "contentModified", frame) or created or sent,
        "embargo_until": until,
        "embargo_text": embargo,
        "expires_at": meta.expiry(element, frame, rights.usage_terms),
        "rights": rights,
        "ed_notes": notes,
        "sign_off": sign_off or content.sign_off,
        "signals": tuple(
            dict.fromkeys(filter(None, (meta.qcode(e, frame) for e in children(managed, "signal"))))
        ),
        "warnings": doubts,
    }


def _status(managed: etree._Element | None, frame: Frame) -> tuple[Status, tuple[str, ...]]:
    """Status from pubStatus under any alias; absent means usable, an empty one is unknown."""
    element = child(managed, "pubStatus")
    if element is None:
        return "usable", ()
    code = meta.concept(element, frame)[1]
    return lines.status_of(code or "(empty)")


def _time(parent: etree._Element | None, name: str, frame: Frame) -> Any:
    return meta.instant(words(child(parent, name)), frame)


def _title(element: etree._Element, managed: etree._Element | None, frame: Frame) -> str:
    """The item's title or, for concepts, its name, where no headline was sent."""
    for each in children(managed, "title"):
        if not each.get("role"):
            return words(each)
    concept = next(element.iter("concept"), None)
    return meta.name_of(concept, frame)


def _identity(element: etree._Element, headline: str, content: Content) -> dict[str, Any]:
    """@guid and @version (absent means 1; one that is no number orders nothing)."""
    version = element.get("version")
    number = 1 if version is None else lines.whole(version)
    guid = attribute(element, "guid")
    if guid:
        return {"item_id": guid, "version": number}
    said = markup.words_of(content.blocks)
    if not (headline or said):
        raise FormatError(f"The {element.tag} has no guid, no headline and no text.")
    made = lines.content_id(headline, said)
    return {"item_id": made, "version": number, "id_from": "content"}


def _links(
    element: etree._Element,
    managed: etree._Element | None,
    about: etree._Element | None,
    fields: dict[str, Any],
) -> tuple[Link, ...]:
    own = fields["item_id"]
    found = meta.links(managed, own) + meta.replaced(about, own, fields["signals"])
    if element.tag == "packageItem":
        found += _held(element)
    return tuple(dict.fromkeys(found))


def _media(kind: str, fields: dict[str, Any], content: Content) -> tuple[Media, ...]:
    """A picture item is its own medium; a text keeps the files that are sent beside it."""
    if kind not in _PICTURED:
        files = tuple(each for each in content.renditions if not each.mime.startswith("text/"))
        beside = (_medium("picture", fields, files, lean=True),) if _is_image(files) else ()
        return content.media + beside
    return (_medium(kind, fields, content.renditions),)


def _is_image(files: tuple[Any, ...]) -> bool:
    return bool(files) and files[0].mime.startswith("image/")


def _medium(kind: Any, fields: dict[str, Any], files: Any, *, lean: bool = False) -> Media:
    rights = fields["rights"]
    by = fields["byline"] or ", ".join(fields["authors"])
    if lean:
        return Media(id=files[0].href, type=kind, renditions=files, credit=fields["credit_line"])
    return Media(
        id=fields["item_id"],
        type=kind,
        headline=fields["headline"],
        caption=fields["standfirst"],
        credit=lines.picture_credit(by, fields["credit_line"] or fields["provider"]),
        copyright=rights.copyright_notice or rights.copyright_holder,
        usage_terms=rights.usage_terms,
        renditions=files,
        status=fields["status"],
        expires_at=fields["expires_at"],
    )


# --------------------------------------------------------------------------------------
# Packages: which items belong together
# --------------------------------------------------------------------------------------


def _held(package: etree._Element) -> tuple[Link, ...]:
    """The items a package holds, in its order from the root group on, each once, with its role."""
    groups = {each.get("id", ""): each for each in package.iter("group")}
    root_id = attribute(child(package, "groupSet"), "root")
    found: list[Link] = []
    seen: set[str] = set()
    if root_id in groups:
        _gather(groups[root_id], "", groups, seen, found)
    for name, group in groups.items():
        if name not in seen:
            _gather(group, "", groups, seen, found)
    return packages.unique(found)


def _gather(
    group: etree._Element,
    role: str,
    groups: dict[str, etree._Element],
    seen: set[str],
    found: list[Link],
) -> None:
    """Add a group's members; a group without a role of its own has that of the one it stands in."""
    seen.add(group.get("id", ""))
    role = meta.tail(group, "role") or role
    alternatives = meta.tail(group, "mode") == "alt"
    for each in group:
        if each.tag == "itemRef" and (target := _target(each)):
            sort = child(each, "itemClass")
            named = packages.role_of(role, "" if sort is None else meta.tail(sort, "qcode"))
            if alternatives and any(_target(other) for other in each.itersiblings(preceding=True)):
                named = "alternative"
            version = lines.whole(each.get("version"))
            found.append(Link(rel="member", target=target, version=version, role=named))
        elif each.tag == "groupRef" and len(seen) < _DEEPEST:
            name = each.get("idref", "")
            if name in groups and name not in seen:
                _gather(groups[name], role, groups, seen, found)


def _target(ref: etree._Element) -> str:
    """The id of the item that a reference means."""
    named = (attribute(ref, key) for key in ("residref", "guidref", "href"))
    return next(filter(None, named), "")


def _packages(message: etree._Element) -> dict[str, tuple[str, ...]]:
    """For each package of a message, its id (or a number) and what it holds."""
    found = [each for each in _members(message) if each.tag == "packageItem"]
    return {
        attribute(p, "guid") or str(n): tuple(link.target for link in _held(p))
        for n, p in enumerate(found)
    }


def _illustrated(items: list[Item], holders: dict[str, tuple[str, ...]]) -> Iterator[Item]:
    """The items, with pictures of the same message on the texts and packages they belong to.

    A text gets the pictures it links to, and those of a package in which it is the only text.
    """
    media = {
        key: item.media for item in items if item.type in _PICTURED for key in _keys(item.item_id)
    }
    texts = {key for item in items if item.type == "text" for key in _keys(item.item_id)}
    known = {key: item for item in items for key in _keys(item.item_id)}
    for item in (packages.pointed(item, known) for item in items):
        wanted = [link.target for link in item.links] if item.type not in _PICTURED else []
        for held in holders.values():
            alone = [ref for ref in held if ref in texts]
            if item.type == "text" and len(alone) == 1 and alone[0] in _keys(item.item_id):
                wanted += held
        more = {m.id: m for target in wanted for m in media.get(target, ()) if m.renditions}
        for own in item.media:
            more.pop(own.id, None)
        yield msgspec.structs.replace(item, media=(*item.media, *more.values())) if more else item


def _keys(item_id: str) -> tuple[str, ...]:
    """An id and the short form that messages refer to it by ("BD-2016..." as "2016...")."""
    plain = re.sub(r"^[A-Z]{2,5}-(?=\d{8})", "", item_id)
    return (item_id,) if plain == item_id else (item_id, plain)
