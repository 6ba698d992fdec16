"""ninjs 1.x, 2.x and 3.x (spec section 7), read leniently, with the keys that Superdesk adds.

The three generations differ in spelling: `bodies` for `body_html`, `versionCreated` for
`versioncreated`. Keys are compared in lower case, plural and singular alike, so one reader serves
all of them. Loose values and pictures are read by `ninjs_values`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from wirecopy.errors import FormatError
from wirecopy.formats import (
    catalogs,
    dates,
    dialects,
    jsons,
    lines,
    markup,
    nitf_body,
    packages,
    xml,
)
from wirecopy.formats.hints import Hints, Score
from wirecopy.formats.ninjs_values import (
    KEYWORD,
    MEDIA,
    URL,
    Node,
    as_html,
    id_of,
    listed,
    media_of,
    named,
    node_of,
    other_id,
    parted,
    shown,
    spoken,
    string,
    variants,
)
from wirecopy.model import Block, Dateline, Item, Link, Media, Place, Reading, Rights, Subject
from wirecopy.newscodes import MEDIA_TOPICS, SUBJECT_CODES

NAME = "ninjs"

_STANDARD = re.compile(rb'"\$?standard"\s*:\s*(?:\{[^}]*|")ninjs', re.IGNORECASE)
_NAMED = re.compile(rb'"(?:uri|guid)"\s*:', re.IGNORECASE)
_TELLING = re.compile(
    rb'"(?:versioncreated|pubstatus|body_[a-z0-9]+|bodies|headlines|representationtype|altids'
    rb'|copyrightholder|usageterms|ednote)"\s*:',
    re.IGNORECASE,
)
_OTHERS = re.compile(rb'jsonfeed\.org/version|"format"\s*:\s*"digitalwires|"api_version"\s*:')
_TYPES = {"text", "audio", "video", "picture", "graphic", "composite", "event", "planning"}
_PICTURED = {"picture", "video", "audio", "graphic"}
_SUBJECTS = {
    "subject": "subject",
    "person": "person",
    "people": "person",
    "organisation": "organisation",
    "place": "place",
    "event": "event",
    "object": "object",
}
_DAT = re.compile(r'<div class="dat">[^\n]{0,400}?</div>')
"""TT puts the dateline into the text as a box of its own."""
_TT_LEAD = (("<h4><p>", "<p>"), ("</p></h4>", "</p>"), ("</blockquote></h4>", "</blockquote>"))
"""TT wraps the lead paragraphs into a heading."""
_HEAD = re.compile(r"<head\b.*?</head>|<title\s*/>", re.IGNORECASE | re.DOTALL)
"""The head of XHTML: an HTML parser takes all behind its empty title for the title."""
_BODY_RANK = ("html", "xhtml", "html5", "text")
_LINKS = {
    "evolvedfrom": "previous",
    "replacing": "replaces",
    "replaces": "replaces",
    "corrects": "corrects",
    "translationof": "translation",
    "rewriteof": "previous",
    "rewrite_of": "previous",
}
_RELATIONS = frozenset({
    "previous", "replaces", "corrects", "derived", "see-also", "translation", "member",
    "withdraws", "holds",
})  # fmt: skip
"""Relations of associations that are those of our own links."""
_OWN_IDS = ("itemid", "guid", "usn")


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN where the standard names itself, LIKELY for its keys; NO for other JSON formats."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] not in (b"{", b"[") or _OTHERS.search(text):
        return Score.NO
    if _STANDARD.search(text):
        return Score.CERTAIN
    telling = len({match.lower() for match in _TELLING.findall(text)})
    if _NAMED.search(text):
        return Score.LIKELY if telling else Score.NO
    return Score.WEAK if telling > 1 else Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The item of a ninjs object, or the items of a list of them.

    Raises FormatError for what is no JSON object. In a list, an entry that cannot be read is named
    in `spoiled` and its neighbours stay.
    """
    loaded = jsons.load(body, hints)
    found = loaded.value
    if isinstance(found, dict):
        item = _item(node_of(found), hints)
        return Reading(items=(item,), format=NAME, mended=loaded.mended)
    if not isinstance(found, list):
        raise FormatError("The JSON holds neither an object nor a list of objects.")
    items, spoiled = [], []
    for number, each in enumerate(found, 1):
        if isinstance(each, dict):
            items.append(_item(node_of(each), hints))
        else:
            spoiled.append(f"Item {number} of {len(found)} is no JSON object.")
    return Reading(
        items=tuple(items),
        format=NAME,
        spoiled=(*spoiled, *loaded.spoiled),
        mended=loaded.mended,
    )


def _item(node: Node, hints: Hints) -> Item:
    ways = dialects.of(_sender(node), string(node, "uri"), hints)
    zone = hints.timezone or ways.timezone
    kind = string(node, "type").casefold()
    kind = kind if kind in _TYPES else "text"
    heads = _headlines(node)
    media = (media_of(node, zone), *_pictures(node, zone))
    if kind not in _PICTURED:
        media = media[1:] or _in_text(node)
    status, doubts = lines.status_said(node.get("pubstatus"))
    notes = tuple(lines.note(note) for note in parted(node, "ednote", "ednotes"))
    until, embargo = _embargo(node, zone, tuple(note.text for note in notes))
    rights = _rights(node)
    urgency = lines.urgency_of(node.get("urgency"))
    by = string(node, "by", "byline")
    created = _time(node, zone, "firstcreated", "contentcreated")
    version = _time(node, zone, "versioncreated", "datetime")
    standfirst, credit = _descriptions(node, kind)
    item = Item(
        **_identity(node, ways.ids.ninjs),
        version=lines.whole(node.get("version")),
        status=status,
        type=kind,
        **heads,
        slug=string(node, "slugline", "slug"),
        standfirst=standfirst,
        byline=by,
        authors=_authors(node, by),
        dateline=_dateline(node),
        body=() if kind in _PICTURED else _body(node, heads["headline"]),
        media=tuple({each.id: each for each in media if each.renditions}.values()),
        subjects=_subjects(node),
        keywords=_keywords(node),
        places=_places(node),
        genre=next((shown(each) for each in listed(node, "genre", "genres")), ""),
        rights=rights,
        ed_notes=notes,
        links=_links(node),
        signals=_signals(node),
        urgency=ways.urgency.get(urgency, urgency),
        language=dialects.language_of(ways, string(node, "language"), "") or hints.language,
        first_created=created or version,
        version_created=version or created,
        embargo_until=until,
        embargo_text=embargo,
        expires_at=min(
            filter(
                None,
                (_time(node, zone, "expires", "expiry"), lines.use_ends(rights.usage_terms)),
            ),
            default=None,
        ),
        credit_line=string(node, "creditline") or credit,
        url=string(node, "canonicalurl", "url") or other_id(node, URL),
        format=NAME,
        warnings=doubts,
        **_sources(node),
    )
    return lines.with_unshown(item, _texts(node))


def _texts(node: Node) -> Iterator[str]:
    """Every headline, description, byline and title, those that are not chosen among them."""
    for stem in ("headline", "description"):
        yield from (markup.plain(said) for _, _, said in variants(node, stem))
    yield from spoken(node, "title", "name", "by", "byline", "subheadline", "subhead")


def _sender(node: Node) -> Iterator[str]:
    """By what the object's sender may be known."""
    yield from (string(node, key) for key in ("provider", "source") if node.get(key))


def _identity(node: Node, by: str = "uri") -> dict[str, Any]:
    """The id that the agency keeps (uri or one of altids), else a guid, else a hash of it all."""
    kept = by.removeprefix("altids.")
    other = dict(_other_ids(node)).get(kept, "") if kept != by else ""
    own = other or string(node, "uri", "guid")
    if own:
        name = named(other) if other else id_of(node)
        return {
            "item_id": name,
            "alt_ids": tuple(each for each in _alt_ids(node, own) if each != name),
        }
    said = msgspec.json.encode(node, order="sorted").decode()
    made = lines.content_id(said)
    return {"item_id": made, "id_from": "content", "alt_ids": _alt_ids(node, "")}


def _time(node: Node, zone: str, *keys: str) -> Any:
    found = (dates.instant(string(node, key), zone) for key in keys if string(node, key))
    return next(filter(None, found), None)


def _embargo(node: Node, zone: str, notes: tuple[str, ...]) -> tuple[Any, str]:
    said = lines.embargo_said((node[key] for key in sorted(lines.EMBARGO_KEYS & node.keys())), zone)
    return said if said != (None, "") else lines.embargo_in(notes)


def _headlines(node: Node) -> dict[str, Any]:
    """Headline, subheadline and kicker from the list (2.x), the keys (1.x) or the title."""
    found = {"headline": "", "subheadline": "", "kicker": ""}
    for role, _, value in variants(node, "headline"):
        kind = "subheadline" if "sub" in role else "kicker" if "kicker" in role else "headline"
        if role in ("", "main", "headline") or not found[kind]:
            found[kind] = markup.plain(value)
    found["headline"] = found["headline"] or string(node, "title", "name")
    found["subheadline"] = found["subheadline"] or string(node, "subheadline", "subhead")
    found["kicker"] = found["kicker"] or string(node, "kicker")
    return found


def _descriptions(node: Node, kind: str) -> tuple[str, str]:
    """Standfirst (a picture's caption) and a credit line that comes as a description."""
    by_role: dict[str, str] = {}
    for role, _, value in variants(node, "description"):
        by_role.setdefault(role, markup.plain(value))
    credit = by_role.pop("creditline", "")
    order = ["summary", "abstract", "teaser", "", "text", "main", "html", "xhtml", "caption"]
    if kind in _PICTURED:
        order.insert(0, order.pop())
    standfirst = next((by_role[role] for role in order if by_role.get(role)), "")
    return standfirst or next(iter(by_role.values()), ""), credit


def _body(node: Node, headline: str) -> tuple[Block, ...]:
    """The best of the bodies: HTML before XHTML before text, NITF where there is nothing else."""
    found = [*variants(node, "body"), *variants(node, "bodie")]

    def rank(body: tuple[str, str, str]) -> tuple[bool, int]:
        role, kind, _ = body
        form = "html" if "html" in kind else "text" if "plain" in kind else role
        known = form in _BODY_RANK
        return "xml" in kind and "html" not in kind, (
            _BODY_RANK.index(form) if known else len(_BODY_RANK)
        )

    for role, kind, value in sorted(found, key=rank):
        blocks = _blocks(role, kind, value)
        if blocks:
            return lines.without_headline(blocks, headline)
    return ()


def _in_text(node: Node) -> tuple[Media, ...]:
    """The pictures that stand in the text, for senders who associate none with it."""
    for stem in ("body", "bodie"):
        for _, kind, value in variants(node, stem):
            if "<img" in value.lower() and "nitf" not in kind:
                return markup.body_from_html(value)[1]
    return ()


def _blocks(role: str, kind: str, value: str) -> tuple[Block, ...]:
    if "nitf" in kind or role == "nitf":
        try:
            root = xml.parse(value.encode(), Hints())
        except FormatError:
            return ()
        return nitf_body.read(root).blocks if xml.localname(root) == "nitf" else ()
    if "xml" in kind and "html" not in kind:
        return ()
    if role == "html5":
        value = _DAT.sub("", value)
        for wrapped, bare in _TT_LEAD:
            value = value.replace(wrapped, bare)
    if "<head" in value or "<title" in value:
        value = _HEAD.sub("", value)
    return as_html(value, plain_text="plain" in kind or role == "text")


def _authors(node: Node, byline: str) -> tuple[str, ...]:
    named = [string(each, "name") for each in listed(node, "author", "authors")]
    return tuple(filter(None, named)) or lines.authors_of(byline)


def _dateline(node: Node) -> Dateline | None:
    located = node.get("located")
    place = shown(node_of(located)) if isinstance(located, dict) else string(node, "located")
    line = node.get("dateline")
    text = string(node_of(line), "text") if isinstance(line, dict) else string(node, "dateline")
    if not (place or text):
        return None
    return Dateline(place=place or nitf_body.place_of(text), text=text)


def _keywords(node: Node) -> tuple[str, ...]:
    """Keywords under their own key (1.x, 2.x), and subjects that are nothing more (3.x)."""
    found = spoken(node, "keyword", "keywords")
    found += [string(e, "name") for e in listed(node, "subject", "subjects") if _is_keyword(e)]
    return tuple(dict.fromkeys(filter(None, found)))


def _is_keyword(subject: Node) -> bool:
    return string(subject, "rel") == KEYWORD


def _subjects(node: Node) -> tuple[Subject, ...]:
    found: dict[Subject, None] = {}
    for key, kind in _SUBJECTS.items():
        for each in listed(node, key, f"{key}s"):
            scheme, code = _code(each)
            subject = Subject(
                name=string(each, "name"),
                code=code,
                scheme=scheme,
                type=kind,  # type: ignore[arg-type] # the table holds no other words
                rel=string(each, "rel") if "/" not in string(each, "rel") else "",
                confidence=lines.whole(each.get("confidence")),
                relevance=lines.whole(each.get("relevance")),
            )
            if (subject.name or subject.code) and not _is_keyword(each):
                found[subject] = None
    for each in listed(node, "service", "services"):
        found[Subject(name=string(each, "name"), code=string(each, "code"), scheme="service")] = (
            None
        )
    return tuple(found)


def _code(node: Node) -> tuple[str, str]:
    """Scheme and code of a concept: by URI, by scheme and code, or as bare IPTC digits."""
    code, scheme = string(node, "code", "qcode", "literal"), string(node, "scheme")
    known, inside = catalogs.split(string(node, "uri"))
    if known:
        return known, inside
    if not scheme and ":" in code:
        return catalogs.resolve(code)
    if re.fullmatch(r"\d{8}", code) and (not scheme or "subref" in scheme):
        return (MEDIA_TOPICS if code.startswith("2") else SUBJECT_CODES), code
    return scheme, code or inside


def _places(node: Node) -> tuple[Place, ...]:
    found = []
    for each in listed(node, "place", "places"):
        scheme, code = _code(each)
        lat, lon = _point(each)
        if string(each, "name"):
            place = Place(name=string(each, "name"), code=code, scheme=scheme, lat=lat, lon=lon)
            found.append(place)
    return tuple(dict.fromkeys(found))


def _point(node: Node) -> tuple[float | None, float | None]:
    """Latitude and longitude of a GeoJSON point, which has them the other way round."""
    for key in ("geojson", "geometry_geojson"):
        shape = node.get(key)
        point = node_of(shape).get("coordinates") if isinstance(shape, dict) else None
        if isinstance(point, list) and len(point) >= 2:
            lon, lat = point[0], point[1]
            if all(isinstance(n, int | float) for n in (lat, lon)) and abs(lat) <= 90:
                return float(lat), float(lon)
    return None, None


def _rights(node: Node) -> Rights:
    terms = node_of(node.get("rightsinfo"))
    notice = string(node, "copyrightnotice")
    return Rights(
        copyright_holder=string(node, "copyrightholder"),
        copyright_notice=notice,
        copyright_year=lines.year_in(notice),
        usage_terms=tuple(dict.fromkeys(parted(node, "usageterms"))),
        license=string(terms, "linkedrights"),
        restrictions=tuple(parted(terms, "encodedrights")),
    )


def _sources(node: Node) -> dict[str, Any]:
    """Who sent it, and all agencies it names as sources."""
    told = list(listed(node, "infosource", "infosources"))
    sender = next((shown(each) for each in told if string(each, "role") == "provider"), "")
    chain = [shown(each) for each in told if string(each, "role") != "provider"]
    chain += spoken(node, "infosource") if not told else []
    said = string(node, "provider", "source")
    names = (sender, said, *chain, string(node, "copyrightholder"))
    return {
        "provider": next(filter(None, names), ""),
        "credit_sources": tuple(dict.fromkeys(filter(None, (string(node, "source"), *chain)))),
    }


def _links(node: Node) -> tuple[Link, ...]:
    """Earlier items that this one goes on from or replaces, members, and related stories."""
    found = [
        Link(rel=rel, target=named(target))
        for key, rel in _LINKS.items()
        for target in spoken(node, key)
    ]
    package = string(node, "type").casefold() == "composite"
    for name, each in _associated(node):
        kind, target = string(each, "type").casefold(), id_of(each)
        rel = string(each, "rel")
        if not target or rel == MEDIA or (kind in _PICTURED and not package):
            continue
        version = lines.whole(each.get("version"))
        if rel in _RELATIONS:
            found.append(Link(rel=rel, target=target, version=version, role=name))
        elif package:
            role = packages.role_of(name, kind)
            found.append(Link(rel="member", target=target, version=version, role=role))
        else:
            found.append(Link(rel="see-also", target=target, version=version))
    return tuple(dict.fromkeys(found))


def _signals(node: Node) -> tuple[str, ...]:
    found = [
        string(each, "qcode", "code", "name") for each in listed(node, "signal", "signals")
    ] + list(spoken(node, "signal", "signals"))
    if lines.whole(node.get("correction_sequence")):
        found.append("sig:correction")
    source = string(node, "digitalsourcetype")
    if source:
        found.append("digsrctype:" + re.split(r"[:/#]", source)[-1])
    return tuple(dict.fromkeys(filter(None, found)))


def _alt_ids(node: Node, own: str) -> tuple[str, ...]:
    """Other ids that name the same story in full, the address it was named by first."""
    others = (value for role, value in _other_ids(node) if role in _OWN_IDS and value)
    address = own if own != named(own) else ""
    return tuple(dict.fromkeys(filter(None, (address, *others))))


def _other_ids(node: Node) -> Iterator[tuple[str, str]]:
    """The other ids by what they are called, whichever way the generation writes them."""
    ids = node.get("altids")
    if isinstance(ids, dict):
        yield from ((str(key).casefold(), string(node_of(ids), str(key))) for key in ids)
    elif isinstance(ids, list):
        nodes = (node_of(each) for each in ids if isinstance(each, dict))
        yield from ((string(each, "role").casefold(), string(each, "value")) for each in nodes)


def _associated(node: Node) -> Iterator[tuple[str, Node]]:
    """The associations with their names, whichever way the generation writes them."""
    found = node.get("associations")
    if isinstance(found, dict):
        pairs = [(str(name), each) for name, each in found.items()]
        first = ("featuremedia", "mainmedia", "main")
        pairs.sort(key=lambda pair: pair[0].casefold() not in first)
    else:
        rows = found if isinstance(found, list) else []
        pairs = [(string(node_of(each), "name"), each) for each in rows]
    for name, each in pairs:
        if isinstance(each, dict):
            yield name, node_of(each)


def _pictures(node: Node, zone: str, depth: int = 0) -> Iterator[Media]:
    """The pictures that go with an item, those inside its galleries too, the lead picture first.

    A related text keeps its own pictures for itself.
    """
    for name, each in _associated(node):
        kind = string(each, "type")
        if kind in _PICTURED or (not kind and each.get("renditions")):
            # In a list a name says what a picture is there for; only in an object it is one's own.
            yield media_of(each, zone, name if isinstance(node.get("associations"), dict) else "")
        elif kind in ("composite", "component", "") and depth < 5:
            yield from _pictures(each, zone, depth + 1)
