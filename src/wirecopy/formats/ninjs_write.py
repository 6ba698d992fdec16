"""Items as ninjs 3.0: what wirecopy read, for programs that read ninjs.

The standard allows no keys of one's own, so everything stands under its own: what ninjs has no key
for (keywords, a credit line, an address, ids that are no URIs) goes by a role or relation that our
reader knows again, and that others may pass over. Reading what is written here gives the same item,
but for what ninjs cannot say: markers, signals, desk numbers, a sign-off, a dateline's line.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote

from wirecopy.formats import catalogs, lines, markup
from wirecopy.formats.ninjs_values import ITEM_ID, KEYWORD, MEDIA, PARTS, URL, named
from wirecopy.model import Item, Link, Media, Place, Rendition, Rights, Subject

_STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}
_PICTURED = frozenset({"picture", "video", "audio", "graphic"})
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`%]+")
_LISTS = {
    "subject": "subjects",
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "event": "events",
    "object": "objects",
}
Json = dict[str, Any]


def to_ninjs(item: Item) -> Json:
    """The item as an object of ninjs 3.0, valid against its schema, without empty values."""
    pictured = item.type in _PICTURED
    own = item.media[0] if pictured and item.media else None
    notes = _notes(item)
    secret = item.embargo_text and item.status == "usable" and not _holds(notes)
    return _filled(
        {
            "standard": _STANDARD,
            **_named_as(item.item_id, item.alt_ids, item.url),
            "type": item.type,
            "version": "" if item.version is None else str(item.version),
            "firstCreated": _instant(item.first_created),
            "versionCreated": _instant(item.version_created),
            "embargoedUntil": _instant(item.embargo_until),
            "expires": _instant(item.expires_at),
            "pubStatus": "withheld" if secret else item.status,
            "urgency": item.urgency,
            "language": item.language,
            "slugline": item.slug,
            "by": _text(item.byline),
            "located": _text(item.dateline.place) if item.dateline else "",
            "headlines": _headlines(item),
            "descriptions": _descriptions(item, pictured=pictured),
            "bodies": _bodies(item),
            "edNote": PARTS.join(map(_text, notes)),
            "genres": [{"name": _text(item.genre)}] if item.genre else [],
            "infoSources": _sources(item),
            **_rights(item.rights),
            **_concepts(item),
            "renditions": _renditions(own.renditions) if own else [],
            "associations": [
                *(_medium(each) for each in item.media if each is not own),
                *(_link(each) for each in item.links),
            ],
        }
    )


def _filled(values: Json) -> Json:
    """The values without the empty ones; a zero is none of them."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}


def _instant(moment: datetime | None) -> str:
    return moment.isoformat().replace("+00:00", "Z") if moment else ""


def _text(words: str) -> str:
    """Words as a reader that takes tags and entities for such gives them back."""
    return words if markup.plain(words) == words else escape(words, quote=False)


def _named_as(item_id: str, alt_ids: tuple[str, ...], url: str) -> Json:
    """`uri`, and in `altIds` the exact id where the URI cannot be it, other ids, the address."""
    uri = item_id if _URI.fullmatch(item_id) else f"urn:wirecopy:{quote(item_id, safe='')}"
    others = [] if uri == item_id == named(item_id) else [{"role": ITEM_ID, "value": item_id}]
    others += [{"role": "guid", "value": each} for each in alt_ids]
    others += [{"role": URL, "value": url}] if url else []
    return {"uri": uri, "altIds": others}


def _headlines(item: Item) -> list[Json]:
    said = (("main", item.headline), ("subheadline", item.subheadline), ("kicker", item.kicker))
    return [
        {"role": role, "contentType": "text/plain", "value": _text(words)}
        for role, words in said
        if words
    ]


def _descriptions(item: Item, *, pictured: bool) -> list[Json]:
    """The standfirst (a picture's caption) and the credit line."""
    said = (
        ("caption" if pictured else "summary", item.standfirst),
        ("creditline", item.credit_line),
    )
    return [
        {"role": role, "contentType": "text/plain", "value": _text(words)}
        for role, words in said
        if words
    ]


def _bodies(item: Item) -> list[Json]:
    html = "".join(block.html for block in item.body)
    words = markup.words_of(item.body)
    body = {
        "role": "main",
        "contentType": "text/html",
        "charCount": len(words),
        "wordCount": len(words.split()),
        "value": html,
    }
    return [body] if html else []


def _notes(item: Item) -> list[str]:
    """The notes to desks; an embargo without an instant has no key, and stands among them.

    Where nothing there says that it is one, the word does: it must hold whoever reads it.
    """
    notes = [note.text for note in item.ed_notes]
    if item.embargo_text and not _holds(notes):
        notes.append(item.embargo_text)
        if not _holds(notes):
            notes[-1] = f"Embargo: {item.embargo_text}"
    return notes


def _holds(notes: list[str]) -> bool:
    """Whether a reader sees an embargo in notes."""
    return lines.embargo_in(notes) != (None, "")


def _sources(item: Item) -> list[Json]:
    sender = [{"role": "provider", "name": _text(item.provider)}] if item.provider else []
    return sender + [{"name": _text(name)} for name in item.credit_sources if name]


def _rights(rights: Rights) -> Json:
    said = _filled(
        {
            "linkedRights": rights.license,
            "encodedRights": PARTS.join(rights.restrictions),
        }
    )
    if said:
        said["langId"] = "urn:wirecopy:rights:prose"
    return {
        "copyrightHolder": _text(rights.copyright_holder),
        "copyrightNotice": _text(rights.copyright_notice),
        "usageTerms": PARTS.join(map(_text, rights.usage_terms)),
        "rightsInfo": said,
    }


# --------------------------------------------------------------------------------------
# Concepts
# --------------------------------------------------------------------------------------


def _concepts(item: Item) -> Json:
    """Subjects by their kinds, keywords among them, and places with where they lie."""
    found: dict[str, list[Json]] = {name: [] for name in _LISTS.values()}
    mapped = {(place.name, place.code) for place in item.places}
    for subject in item.subjects:
        known = subject.type == "place" and (subject.name, subject.code) in mapped
        if subject.type in _LISTS and not known:
            found[_LISTS[subject.type]].append(_subject(subject))
    found["subjects"] += [{"name": _text(word), "rel": KEYWORD} for word in item.keywords]
    found["places"] += [_place(each) for each in item.places]
    return found


def _subject(subject: Subject) -> Json:
    said: Json = {"name": _text(subject.name), "rel": subject.rel}
    said |= _coded(subject.scheme, subject.code)
    if subject.type == "subject":
        said |= {"confidence": subject.confidence, "relevance": subject.relevance}
    return _filled(said)


def _coded(scheme: str, code: str) -> Json:
    """A code by its URI where its scheme is a known one, else as the agency's own word."""
    if scheme and catalogs.split(scheme + code) == (scheme, code):
        return {"uri": scheme + code}
    if scheme and code and catalogs.resolve(f"{scheme}:{code}") == (scheme, code):
        return {"literal": f"{scheme}:{code}"}
    return {"literal": code}


def _place(place: Place) -> Json:
    said: Json = {"name": _text(place.name)} | _coded(place.scheme, place.code)
    if place.lat is not None and place.lon is not None:
        said["geoJSON"] = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return _filled(said)


# --------------------------------------------------------------------------------------
# What goes with the item
# --------------------------------------------------------------------------------------


def _medium(media: Media) -> Json:
    said = (("caption", media.caption), ("alt", media.alt), ("creditline", media.credit))
    return _filled(
        {
            "rel": MEDIA,
            "type": media.type,
            "pubStatus": media.status,
            "embargoedUntil": _instant(media.embargo_until),
            "expires": _instant(media.expires_at),
            "headlines": [{"role": "main", "value": _text(media.headline)}]
            if media.headline
            else [],
            "descriptions": [
                {"role": role, "value": _text(words)} for role, words in said if words
            ],
            "copyrightNotice": _text(media.copyright),
            "usageTerms": PARTS.join(map(_text, media.usage_terms)),
            "renditions": _renditions(media.renditions),
        }
    ) | {"name": media.id, "uri": media.id}


def _renditions(renditions: tuple[Rendition, ...]) -> list[Json]:
    return [
        {"name": each.role}
        | _filled(
            {
                "href": each.href,
                "contentType": each.mime,
                "width": each.width,
                "height": each.height,
                "sizeInBytes": each.size,
                "poi": _point(each),
            }
        )
        for each in renditions
    ]


def _point(file: Rendition) -> Json:
    """The focal point in pixels, which is how ninjs counts it."""
    if not (file.focus and file.width and file.height):
        return {}
    return {"x": round(file.focus.x * file.width), "y": round(file.focus.y * file.height)}


def _link(link: Link) -> Json:
    """A relation as an association; `name` is what a member of a package is there."""
    ids = _named_as(link.target, (), "")
    version = {} if link.version is None else {"version": str(link.version)}
    return {"name": link.role, "rel": link.rel} | _filled(ids) | version
