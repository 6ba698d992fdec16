"""NITF 3.x and older (spec section 6): one document, one item.

Head lines and text are read by `nitf_body`; this file reads what the document says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import dates, dialects, lines, markup, nitf_body, xml
from wirecopy.formats.hints import Hints, Score
from wirecopy.formats.nitf_body import NitfBody
from wirecopy.formats.trees import (
    attribute,
    attributes_of,
    bare,
    child,
    children,
    local_name,
    root_of,
    words,
)
from wirecopy.model import EdNote, Item, Link, Place, Reading, Rights, Status, Subject
from wirecopy.newscodes import SUBJECT_CODES

NAME = "nitf"

_NS = "http://iptc.org/std/NITF/2006-10-18/"
_KILL = re.compile(r"(?:MANDATORY )?KILL")
_CYCLED = re.compile(r"(?:BC|AM|PM)-{1,2}\w[\w&/ ,-]{2,80}")
_SLUG_METAS = ("anpa-keyword", "slug", "slugline", "ntbstikkord", "ntbstikkord-slug")
_ENTITIES = {
    "person": "person",
    "org": "organisation",
    "location": "place",
    "event": "event",
    "object.title": "object",
    "classifier": "subject",
}
_BY_REFERENCE = {"canceled": "withdraws", "withheld": "holds"}


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN for a root element nitf, else NO."""
    _, local = xml.sniff_root(head)
    return Score.CERTAIN if local.casefold() == "nitf" else Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The one item of an NITF document; FormatError if it is none or says nothing at all."""
    root, warnings = root_of(body, hints)
    if bare(root).tag.casefold() != "nitf":
        raise FormatError(f"The root element is {root.tag}, not nitf.")
    return Reading(items=(_item(root, hints, warnings),), format=NAME)


def _item(root: etree._Element, hints: Hints, warnings: tuple[str, ...]) -> Item:
    head = root.find("head")
    doc = child(head, "docdata")
    ways = dialects.of(_senders(doc), hints=hints)
    zone = hints.timezone or ways.timezone
    text = nitf_body.read(root, zone)
    metas = _metas(head)
    headline = text.headline or _title(head, doc)
    issued = _instant(doc, "date.issue", zone) or dates.instant(
        attribute(child(doc, "pubdata"), "date.publication"), zone
    )
    keywords = _keywords(doc)
    status, until, embargo, doubts = _status(doc, words(child(head, "title")), issued, zone)
    notes = (*_notes(doc), *text.ed_notes)
    urgency = lines.urgency_of(attribute(child(doc, "urgency"), "ed-urg"))
    if not until and not embargo:
        until, embargo = lines.embargo_in(note.text for note in notes)
    item = Item(
        **_identity(doc, hints, headline, text, by=ways.ids.nitf),
        version=lines.whole(attribute(child(doc, "du-key"), "version")),
        status=status,
        headline=headline,
        subheadline=text.subheadline,
        slug=_slug(metas, doc, keywords) or _slug_in(words(child(head, "title"))),
        standfirst=text.standfirst,
        byline=text.byline,
        byline_title=text.byline_title,
        authors=text.authors,
        dateline=text.dateline,
        body=lines.without_lead(text.blocks, text.lead, text.standfirst, headline),
        media=text.media,
        subjects=_subjects(head, doc),
        keywords=keywords,
        places=_places(doc),
        genre=attribute(child(head, "tobject", "tobject.property"), "tobject.property.type"),
        rights=_rights(doc, child(root, "body", "body.head")),
        ed_notes=notes,
        sign_off=text.sign_off,
        links=_links(doc),
        signals=_signals(doc),
        urgency=ways.urgency.get(urgency, urgency),
        language=dialects.language_of(ways, _language(root, metas), "") or hints.language,
        first_created=issued,
        version_created=issued,
        embargo_until=until,
        embargo_text=embargo,
        expires_at=_expiry(doc, child(root, "body", "body.head"), zone),
        credit_line=text.distributor,
        format=NAME,
        warnings=warnings + doubts + _embedded(root),
        **_credit(doc, text),
    )
    return lines.with_unshown(item, _texts(root))


def _texts(root: etree._Element) -> Iterator[str]:
    """Titles, headlines and closing lines, those among them that an item has no field for."""
    yield words(child(root, "head", "title"))
    for holder in (child(root, "body", "body.head"), child(root, "body", "body.end")):
        for each in (
            holder.iter("hl1", "hl2", "abstract", "tagline", "bibliography")
            if holder is not None
            else ()
        ):
            yield words(each)


def _embedded(root: etree._Element) -> tuple[str, ...]:
    """A warning for files that lie in the text as base64."""
    kinds = (
        attribute(child(each.getparent(), "media-reference"), "mime-type")
        for each in root.iter("media-object")
        if each.get("encoding")
    )
    return tuple(dict.fromkeys(map(lines.embedded_file, kinds)))


def _identity(
    doc: etree._Element | None, hints: Hints, headline: str, text: NitfBody, *, by: str
) -> dict[str, Any]:
    """The id that the agency keeps, else the other one, else the file's name, else the content.

    AP leaves both doc-id and du-key out.
    """
    told = (attribute(child(doc, "doc-id"), "id-string"), attribute(child(doc, "du-key"), "key"))
    for found in (
        *(reversed(told) if by == "du-key" else told),
        re.split(r"[/\\?#]", hints.name)[-1],
    ):
        if found:
            return {"item_id": found}
    said = markup.words_of(text.blocks)
    if not (headline or said):
        raise FormatError("The NITF document has neither an id nor a headline nor a text.")
    return {"item_id": lines.content_id(headline, said), "id_from": "content"}


def _status(
    doc: etree._Element | None, title: str, issued: datetime | None, zone: str
) -> tuple[Status, datetime | None, str, tuple[str, ...]]:
    """Status, embargo end, embargo in words, and warnings.

    The title KILL is a kill, whatever the status says (spec section 6). A release date after the
    issue date is an embargo, whatever the status says; "embargoed" without a date stays withheld.
    """
    word = attribute(doc, "management-status")
    status, doubts = lines.status_of(word)
    if _KILL.fullmatch(title):
        status = "canceled"
    date = child(doc, "date.release")
    norm = attribute(date, "norm") or words(date)
    release = dates.instant(norm, zone) if norm else None
    norm = norm or " ".join(attributes_of(date).values())
    if word.casefold() == "embargoed":
        return ("usable", release, "", doubts) if release else (status, None, "embargoed", doubts)
    if norm and not release:
        return status, None, f"Release date {norm}", doubts
    until = release if release and (issued is None or release > issued) else None
    return status, until, "", doubts


def _instant(doc: etree._Element | None, name: str, zone: str) -> datetime | None:
    element = child(doc, name)
    value = attribute(element, "norm") or words(element)
    return dates.instant(value, zone) if value else None


def _metas(head: etree._Element | None) -> dict[str, str]:
    return {
        meta.get("name", "").casefold(): attribute(meta, "content")
        for meta in children(head, "meta")
    }


def _title(head: etree._Element | None, doc: etree._Element | None) -> str:
    """head/title as the headline, without the take number and shouted scope that PA puts there."""
    title = words(child(head, "title"))
    part = attribute(child(doc, "series"), "series.part")
    if part and title.startswith(f"{part} "):
        title = title[len(part) + 1 :]
    scope = attribute(child(doc, "doc-scope"), "scope")
    if scope and scope.isupper() and title.startswith(f"{scope} "):
        title = scope.capitalize() + title[len(scope) :]
    return title


def _slug(metas: dict[str, str], doc: etree._Element | None, keywords: tuple[str, ...]) -> str:
    for name in _SLUG_METAS:
        if metas.get(name):
            return metas[name]
    fixture = attribute(child(doc, "fixture"), "fix-id")
    return fixture or (keywords[0] if len(keywords) == 1 else "")


def _slug_in(title: str) -> str:
    """The title where it is a slug with its cycle ("BC-Mill-Kill"), as American wires set it."""
    return title if _CYCLED.fullmatch(title) else ""


def _keywords(doc: etree._Element | None) -> tuple[str, ...]:
    found = [attribute(each, "key") for each in children(child(doc, "key-list"), "keyword")]
    return tuple(dict.fromkeys(word for word in found if word))


def _language(root: etree._Element, metas: dict[str, str]) -> str:
    xml_lang = root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return root.get("baselang") or xml_lang or metas.get("language") or root.get("lang") or ""


def _subjects(head: etree._Element | None, doc: etree._Element | None) -> tuple[Subject, ...]:
    found = []
    for each in children(child(head, "tobject"), "tobject.subject"):
        owner = attribute(each, "tobject.subject.ipr")
        name = next(
            (
                attribute(each, f"tobject.subject.{part}")
                for part in ("detail", "matter", "type")
                if attribute(each, f"tobject.subject.{part}")
            ),
            "",
        )
        code = attribute(each, "tobject.subject.refnum") or attribute(each, "tobject.subject.code")
        scheme = SUBJECT_CODES if owner in ("", "IPTC") else owner
        if name or code:
            found.append(Subject(name=name, code=code, scheme=scheme))
    for each in children(child(doc, "identified-content"), *_ENTITIES):
        value = attribute(each, "value")
        subject = Subject(
            name=words(each) or value,
            code=value,
            scheme=attribute(each, "idsrc") or attribute(each, "type"),
            type=_ENTITIES[local_name(each.tag)],  # type: ignore[arg-type] # the table holds no other words
        )
        if subject.name:
            found.append(subject)
    return tuple(dict.fromkeys(found))


def _places(doc: etree._Element | None) -> tuple[Place, ...]:
    """Event locations, and the locations that the text is said to name."""
    found = []
    for each in children(doc, "evloc"):
        names = (attribute(each, key) for key in ("city", "county-dist", "state-prov"))
        name = next(filter(None, names), "") or words(each) or attribute(each, "iso-cc")
        if name:
            found.append(Place(name=name, code=attribute(each, "iso-cc")))
    found += [
        Place(name=words(each), code=attribute(each, "value"))
        for each in children(child(doc, "identified-content"), "location")
        if words(each)
    ]
    return tuple(dict.fromkeys(found))


def _rights(doc: etree._Element | None, head: etree._Element | None) -> Rights:
    copyright_, terms, shown = child(doc, "doc.copyright"), child(doc, "doc.rights"), None
    shown = child(head, "rights")
    holder = attribute(copyright_, "holder") or attribute(terms, "owner")
    loose = xml.tidy(shown.text or "") if shown is not None else ""
    return Rights(
        copyright_holder=holder or words(child(shown, "rights.owner")),
        copyright_year=lines.year_in(attribute(copyright_, "year")),
        usage_terms=_some(attribute(terms, "type"), words(child(shown, "rights.type")), loose),
        restrictions=_some(
            attribute(terms, "limitations"), words(child(shown, "rights.limitations"))
        ),
        geography=_some(attribute(terms, "geography"), words(child(shown, "rights.geography"))),
    )


def _some(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _expiry(doc: etree._Element | None, head: etree._Element | None, zone: str) -> datetime | None:
    """The earliest of the dates after which the document may not be shown."""
    values = (
        attribute(child(doc, "date.expire"), "norm"),
        attribute(child(doc, "doc.rights"), "enddate"),
        attribute(child(head, "rights", "rights.enddate"), "norm"),
    )
    return min(filter(None, (dates.instant(v, zone) for v in values if v)), default=None)


def _notes(doc: etree._Element | None) -> tuple[EdNote, ...]:
    found = [
        lines.note(attribute(each, "info"), attribute(each, "msg-type"), closed=True)
        for each in children(doc, "ed-msg")
        if attribute(each, "info")
    ]
    found += [
        lines.note(attribute(each, "info"), "correction", closed=True)
        for each in children(doc, "correction")
        if attribute(each, "info")
    ]
    return tuple(found)


def _links(doc: etree._Element | None) -> tuple[Link, ...]:
    """What this document does to others: kills or holds by reference, corrections."""
    found = []
    target = attribute(doc, "management-doc-idref")
    status, _ = lines.status_of(attribute(doc, "management-idref-status"))
    if target and status in _BY_REFERENCE:
        found.append(Link(rel=_BY_REFERENCE[status], target=target))
    found += [
        Link(rel="corrects", target=attribute(each, "id-string"))
        for each in children(doc, "correction")
        if attribute(each, "id-string")
    ]
    return tuple(found)


def _signals(doc: etree._Element | None) -> tuple[str, ...]:
    found = ["sig:correction"] if child(doc, "correction") is not None else []
    part = attribute(child(doc, "series"), "series.part")
    if part.isdigit() and int(part) > 1:
        found.append(f"series.part:{part}")
    return tuple(found)


def _senders(doc: etree._Element | None) -> Iterator[str]:
    """By what the document's sender may be known."""
    for path in (("doc-id",), ("del-list", "from-src"), ("doc.copyright",)):
        found = child(doc, *path)
        if found is not None:
            yield found.get("regsrc") or found.get("src-name") or found.get("holder") or ""


def _credit(doc: etree._Element | None, text: NitfBody) -> dict[str, Any]:
    """The provider and all who had a hand in it, first sender first."""
    senders = sorted(
        children(child(doc, "del-list"), "from-src"),
        key=lambda each: lines.whole(each.get("level-number")) or 0,
    )
    chain = [attribute(each, "src-name") for each in senders if each.get("src-name")]
    owners = (
        attribute(child(doc, "doc-id"), "regsrc"),
        *chain,
        attribute(child(doc, "doc.copyright"), "holder"),
        text.distributor,
    )
    return {"provider": next(filter(None, owners), ""), "credit_sources": _some(*chain)}
