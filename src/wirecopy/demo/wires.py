"""The agency formats of three agencies: NewsML-G2, NITF and ninjs 3, one document per sending."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from wirecopy.demo.feeds import address, picture_url, stamp
from wirecopy.demo.markup import el, html, plain_words, said
from wirecopy.demo.stories import Picture, Piece, dateline, sign_off, span

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAR = "http://iptc.org/std/nar/2006-10-01/"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
_MEDTOP = "http://cv.iptc.org/newscodes/mediatopic/"


def _uri(piece: Piece) -> str:
    """The id of the story, the same for all of its versions."""
    return f"urn:newsml:{piece.agency.domain}:{piece.created:%Y%m%d}:{piece.id}"


# --------------------------------------------------------------------------------------
# NewsML-G2: a news item, or a message with the text, its picture and the package of both
# --------------------------------------------------------------------------------------


def newsml_g2(piece: Piece, base: str) -> bytes:
    """A newsItem; with a picture, a newsMessage that holds text, picture and package."""
    if not piece.picture:
        return (_DECLARATION + _text_item(piece, xmlns=_NAR)).encode()
    message = el(
        "newsMessage",
        el(
            "header",
            el("sent", stamp(piece.time)),
            el("sender", piece.agency.domain),
            el("transmitId", f"{piece.id}-{piece.version}"),
        ),
        el(
            "itemSet",
            _text_item(piece),
            _picture_item(piece, piece.picture, base),
            _package(piece, piece.picture),
        ),
        xmlns=_NAR,
    )
    return (_DECLARATION + message).encode()


def _item(name: str, piece: Piece, guid: str, *children: str, **extra: str) -> str:
    """A newsItem or packageItem with the attributes and the catalog that all of them share."""
    return el(
        name,
        el("catalogRef", href=_CATALOG),
        _rights(piece),
        *children,
        guid=guid,
        version=str(piece.version),
        standard="NewsML-G2",
        standardversion="2.35",
        conformance="power",
        xml__lang=piece.lang,
        **extra,
    )


def _rights(piece: Piece) -> str:
    agency = piece.agency
    return el(
        "rightsInfo",
        el("copyrightHolder", el("name", said(agency.long)), uri=f"https://{agency.domain}/"),
        el("copyrightNotice", said(f"(c) {piece.time.year} {agency.long}")),
        el("usageTerms", said(agency.terms)),
    )


def _meta(piece: Piece, kind: str, *more: str) -> str:
    """The itemMeta of an item: class, provider, times, embargo, status and what comes after."""
    provider = el("name", said(piece.agency.name))
    return el(
        "itemMeta",
        el("itemClass", qcode=f"ninat:{kind}"),
        el("provider", provider, uri=f"https://{piece.agency.domain}/"),
        el("versionCreated", stamp(piece.time)),
        el("firstCreated", stamp(piece.created)),
        el("embargoed", stamp(piece.embargo)) if piece.embargo else "",
        el("pubStatus", qcode=f"stat:{piece.status}"),
        *more,
    )


def _notes(piece: Piece) -> list[str]:
    """Notes to desks and to readers, the closing line under its role, and the signal."""
    roles = f"https://{piece.agency.domain}/roles/"
    desk, readers = piece.get("ednote"), piece.get("correction")
    closing = " ".join(sign_off(piece)) if piece.status == "usable" else ""
    signal = piece.get("signal")
    return [
        el("edNote", said(desk)) if desk else "",
        el("edNote", said(readers), roleuri=f"{roles}correction_consumerready") if readers else "",
        el("edNote", said(closing), roleuri=f"{roles}closingline") if closing else "",
        el("signal", qcode=f"sig:{signal}") if signal in ("update", "correction") else "",
    ]


def _text_item(piece: Piece, **extra: str) -> str:
    canceled = piece.status == "canceled"
    body = f"<p>{said(piece.get('ednote'))}</p>" if canceled else html(piece, signed=False)
    page = el(
        "html",
        el("head", el("title", said(piece.get("head")))),
        el("body", body),
        xmlns="http://www.w3.org/1999/xhtml",
    )
    return _item(
        "newsItem",
        piece,
        _uri(piece),
        _meta(piece, "text", *_notes(piece)),
        _content_meta(piece),
        el(
            "contentSet",
            el(
                "inlineXML",
                page,
                contenttype="application/xhtml+xml",
                wordcount=str(plain_words(piece)),
            ),
        ),
        **extra,
    )


def _content_meta(piece: Piece) -> str:
    by = piece.get("by")
    return el(
        "contentMeta",
        el("urgency", piece.get("urgency") or "5"),
        el("located", el("name", said(piece.get("place"))), type="cpnat:geoArea"),
        el("creator", el("name", said(by)), role="crol:author") if by else "",
        el("infoSource", el("name", said(piece.agency.name)), role="isrol:originfo"),
        *(el("keyword", said(key)) for key in piece.names("keys")),
        el("language", tag=piece.lang),
        *_subjects(piece),
        el("slugline", said(piece.get("slug")), separator="/"),
        el("headline", said(piece.get("head"))),
        el("dateline", said(dateline(piece).rstrip(" -"))),
        el("by", said(f"By {by}")) if by else "",
        el("creditline", said(piece.agency.name)),
        el("description", said(piece.get("stand")), role="drol:summary")
        if piece.get("stand")
        else "",
    )


def _subjects(piece: Piece) -> list[str]:
    coded = [
        el("subject", el("name", said(s.label)), type="cpnat:abstract", qcode=f"medtop:{s.code}")
        for s in piece.subjects
    ]
    kinds = (("people", "person"), ("orgs", "organisation"), ("places", "geoArea"))
    named = [
        el("subject", el("name", said(name)), type=f"cpnat:{kind}", literal=name)
        for key, kind in kinds
        for name in piece.names(key)
    ]
    return coded + named


def _picture_uri(piece: Piece, picture: Picture) -> str:
    return f"{_uri(piece)}:picture:{picture.name}"


def _picture_item(piece: Piece, picture: Picture, base: str) -> str:
    return _item(
        "newsItem",
        piece,
        _picture_uri(piece, picture),
        _meta(piece, "picture"),
        el(
            "contentMeta",
            el("creditline", said(picture.credit)),
            el("headline", said(piece.get("head"))),
            el("description", said(picture.caption), role="drol:caption"),
            el("description", said(picture.alt), role="drol:altText"),
        ),
        _region(picture),
        el(
            "contentSet",
            el(
                "remoteContent",
                rendition="rnd:highRes",
                href=picture_url(picture, base),
                contenttype="image/jpeg",
                width=str(picture.width),
                height=str(picture.height),
            ),
        ),
    )


def _region(picture: Picture) -> str:
    """What no crop may lose: a square of a hundred pixels around the focal point."""
    if not picture.point:
        return ""
    corner = {axis: str(at - 50) for axis, at in zip("xy", picture.point, strict=True)}
    return el("partMeta", el("regionDelim", width="100", height="100", **corner))


def _package(piece: Piece, picture: Picture) -> str:
    def reference(uri: str, kind: str) -> str:
        item_class = el("itemClass", qcode=f"ninat:{kind}")
        return el("itemRef", item_class, residref=uri, version=str(piece.version))

    group = el(
        "group",
        reference(_uri(piece), "text"),
        reference(_picture_uri(piece, picture), "picture"),
        id="root",
        role="group:main",
    )
    return _item(
        "packageItem",
        piece,
        f"{_uri(piece)}:package",
        _meta(piece, "composite"),
        el("contentMeta", el("headline", said(piece.get("head")))),
        el("groupSet", group, root="root"),
    )


# --------------------------------------------------------------------------------------
# NITF 3.6
# --------------------------------------------------------------------------------------


def nitf(piece: Piece, base: str) -> bytes:
    """An NITF 3.6 document; du-key carries the story's key and its version."""
    document = el(
        "nitf",
        el("head", el("title", said(piece.get("head"))), _docdata(piece)),
        el("body", _body_head(piece), _body_content(piece, base), _body_end(piece)),
        xmlns="http://iptc.org/std/NITF/2006-10-18/",
        version="-//IPTC//DTD NITF 3.6//EN",
        change_date="September 11, 2009",
        baselang=piece.lang,
    ).replace(" change-date=", " change.date=")
    return (_DECLARATION + document).encode()


def _norm(piece: Piece) -> dict[str, str]:
    """ISO 8601 basic times of issue, release and expiry."""
    form = "%Y%m%dT%H%M%S%z"
    times = {"issue": piece.time, "release": piece.created, "expire": piece.expires}
    return {key: moment.strftime(form) for key, moment in times.items() if moment}


def _docdata(piece: Piece) -> str:
    agency = piece.agency
    keys = [el("keyword", key=key) for key in piece.names("keys")]
    doc_copyright = f'<doc.copyright year="{piece.time.year}" holder="{said(agency.long)}"/>'
    return el(
        "docdata",
        el("doc-id", id_string=f"{piece.id}.{piece.version}", regsrc=agency.domain),
        el("urgency", ed_urg=piece.get("urgency") or "5"),
        *(f'<date.{key} norm="{norm}"/>' for key, norm in _norm(piece).items()),
        el("du-key", key=_uri(piece), version=str(piece.version)),
        doc_copyright,
        f'<doc.rights owner="{said(agency.long)}" limitations="{said(agency.terms)}"/>',
        el("fixture", fix_id=piece.get("slug")),
        el("key-list", *keys),
        _identified(piece),
        management_status=piece.status,
    )


def _identified(piece: Piece) -> str:
    coded = [
        el("classifier", type="medtop", value=f"medtop:{s.code}", idsrc=_MEDTOP).replace(
            "/>", f">{said(s.label)}</classifier>"
        )
        for s in piece.subjects
    ]
    kinds = (("people", "person"), ("orgs", "org"), ("places", "location"))
    named = [el(tag, said(name)) for key, tag in kinds for name in piece.names(key)]
    return el("identified-content", *named, *coded)


def _body_head(piece: Piece) -> str:
    by = piece.get("by")
    date = f'<story.date norm="{piece.time:%Y%m%d}">{piece.time:%b} {piece.time.day}</story.date>'
    return el(
        "body.head",
        el("hedline", el("hl1", said(piece.get("head")))),
        el("byline", "By ", el("person", said(by))) if by else "",
        el("distributor", el("org", said(piece.agency.name))),
        el("dateline", el("location", said(piece.get("place").upper())), date),
        el("abstract", el("p", said(piece.get("stand")))),
    )


def _body_content(piece: Piece, base: str) -> str:
    media = _nitf_media(piece.picture, base) if piece.picture else ""
    text = html(piece, heading="hl2", signed=False)
    return el("body.content", el("block", media, text, id="main"))


def _nitf_media(picture: Picture, base: str) -> str:
    reference = el(
        "media-reference",
        source=picture_url(picture, base),
        mime_type="image/jpeg",
        width=str(picture.width),
        height=str(picture.height),
        alternate_text=picture.alt,
    )
    caption = el("media-caption", el("p", said(picture.caption)))
    producer = el("media-producer", said(picture.credit))
    return el("media", reference, caption, producer, media_type="image")


def _body_end(piece: Piece) -> str:
    signed = " ".join(sign_off(piece))
    return el("body.end", el("tagline", said(signed), type="std")) if signed else ""


# --------------------------------------------------------------------------------------
# ninjs 3.0
# --------------------------------------------------------------------------------------


def ninjs(piece: Piece, base: str) -> bytes:
    """A ninjs 3.0 object; an embargo stands in embargoedUntil."""
    agency = piece.agency
    document = {
        "standard": {
            "name": "ninjs",
            "version": "3.0",
            "schema": "https://iptc.org/std/ninjs/ninjs-schema_3.0.json",
        },
        "uri": _uri(piece),
        "type": "text",
        "version": str(piece.version),
        "firstCreated": stamp(piece.created),
        "versionCreated": stamp(piece.time),
        "pubStatus": piece.status,
        "urgency": int(piece.get("urgency") or "5"),
        "language": piece.lang,
        "copyrightHolder": agency.long,
        "copyrightNotice": f"(c) {piece.time.year} {agency.long}",
        "usageTerms": agency.terms,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": piece.get("head")}],
        "descriptions": [
            {"role": "summary", "contentType": "text/plain", "value": piece.get("stand")}
        ],
        "bodies": [_ninjs_body(piece)],
        "slugline": piece.get("slug"),
        "located": piece.get("place"),
        "infoSources": [{"name": agency.name, "uri": f"https://{agency.domain}/"}],
        "altIds": [{"role": "web", "value": address(piece)}],
        **_ninjs_optional(piece, base),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _ninjs_body(piece: Piece) -> dict[str, Any]:
    return {
        "role": "main",
        "contentType": "text/html",
        "wordCount": plain_words(piece),
        "value": html(piece),
    }


def _ninjs_optional(piece: Piece, base: str) -> dict[str, Any]:
    """What only some items have; lists that would be empty are left out."""
    subjects = [
        {"name": s.label, "rel": "about", "uri": f"{_MEDTOP}{s.code}"} for s in piece.subjects
    ]
    fields: dict[str, Any] = {
        "by": piece.get("by") and f"By {piece.get('by')}",
        "embargoedUntil": piece.embargo and stamp(piece.embargo),
        "expires": piece.expires and stamp(piece.expires),
        "subjects": subjects + [{"name": key, "rel": "mentions"} for key in piece.names("keys")],
        "people": [{"name": name, "rel": "mentions"} for name in piece.names("people")],
        "organisations": [{"name": name, "rel": "mentions"} for name in piece.names("orgs")],
        "places": [{"name": name, "rel": "mentions"} for name in piece.names("places")],
        "genres": [{"name": piece.get("genre")}] if piece.get("genre") else [],
        "associations": [
            *([_association(piece, piece.picture, base)] if piece.picture else []),
            *([_original(piece)] if piece.get("translates") else []),
        ],
    }
    return {key: value for key, value in fields.items() if value}


def _original(piece: Piece) -> dict[str, Any]:
    """The story that this one is a translation of, sent that long before it."""
    name, before = piece.get("translates").split()
    original = replace(piece, id=name, created=piece.created - span(before))
    return {"name": "original", "uri": _uri(original), "type": "text", "rel": "translation"}


def _association(piece: Piece, picture: Picture, base: str) -> dict[str, Any]:
    return {
        "name": "mainPicture",
        "uri": f"urn:picture:{piece.agency.domain}:{picture.name}",
        "type": "picture",
        "pubStatus": "usable",
        "by": picture.credit,
        "copyrightHolder": picture.credit,
        "descriptions": [
            {"role": "caption", "contentType": "text/plain", "value": picture.caption},
            {"role": "altText", "contentType": "text/plain", "value": picture.alt},
        ],
        "renditions": [
            {
                "name": "main",
                "href": picture_url(picture, base),
                "contentType": "image/jpeg",
                "width": picture.width,
                "height": picture.height,
                **({"poi": dict(zip("xy", picture.point, strict=True))} if picture.point else {}),
            }
        ],
    }
