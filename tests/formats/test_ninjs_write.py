"""Items as ninjs 3.0: valid by the standard's own schema, and read again as the same item."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import WIRES

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.formats import Hints, markup, ninjs, xml
from wirecopy.formats.ninjs_write import to_ninjs
from wirecopy.model import (
    Dateline,
    EdNote,
    Item,
    Link,
    Media,
    Place,
    Rendition,
    Rights,
    Subject,
)

SHARED = next(
    (each / "shared" for each in Path(__file__).parents if (each / "shared/standards").is_dir()),
    Path("shared"),
)
SCHEMAS = sorted(SHARED.glob("standards/ninjs/schema/ninjs-schema_3.*.json"))
FILES = sorted(
    path
    for path in (*WIRES.rglob("*"), *(SHARED / "samples").rglob("*"))
    if (path.is_file() and path.suffix not in (".json", ".md")) or path.suffix == ".jsonfeed"
)
SAME = (
    "item_id", "version", "status", "type", "headline", "subheadline", "kicker", "slug",
    "standfirst", "byline", "body", "genre", "url", "urgency", "language", "embargo_until",
    "expires_at", "provider", "credit_line", "credit_sources", "keywords", "alt_ids",
)  # fmt: skip
"""Fields that come back exactly."""


def _read(path: Path) -> tuple[Item, ...]:
    try:
        return formats.read(path.read_bytes(), Hints(name=path.name)).items
    except FormatError:
        return ()


def _again(item: Item) -> Item:
    (found,) = ninjs.read(json.dumps(to_ninjs(item)).encode(), Hints()).items
    return found


def _carried(item: Item) -> dict[str, Any]:
    """What ninjs has a place for, spelled as it can be."""
    said = {name: getattr(item, name) for name in SAME}
    said["notes"] = [" ".join(note.text.split()) for note in item.ed_notes]
    said["place"] = item.dateline.place if item.dateline else ""
    said["rights"] = msgspec.structs.replace(item.rights, copyright_year="", geography=())
    said["links"] = set(item.links)
    said["subjects"] = {each for each in item.subjects if each.type not in ("place", "genre")}
    said["renditions"] = [m.renditions for m in item.media if m.renditions]
    return said


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_what_is_written_is_read_again(path: Path) -> None:
    """Read, written and read again, an item says the same; written again, it is the same ninjs."""
    for item in _read(path):
        if item.edits:
            continue
        once = _again(item)
        for field in ("item_id", "version", "headline", "body", "status", "type", "byline"):
            assert getattr(once, field) == getattr(item, field), field
        assert (once.first_created, once.version_created) == (
            item.first_created or item.version_created,
            item.version_created or item.first_created,
        )
        assert once.embargo_until == item.embargo_until
        assert bool(once.embargo_text) >= bool(item.embargo_text)
        twice = _again(once)
        assert _carried(twice) == _carried(once)
        assert [m.renditions for m in twice.media] == [m.renditions for m in once.media]


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8).map(
    xml.tidy
)
LINE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join).map(markup.plain).filter(bool)
MAYBE = st.one_of(st.just(""), LINE)
MOMENT = st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
NAMES = st.one_of(
    LINE,
    st.sampled_from([
        "urn:mw:7", "https://mw.example/a/b", "https://mw.example/?p=7", "tag:mw.example,2026:7",
        "Ellery: dyke %7", "a" * 300,
    ]),
)  # fmt: skip
ADDRESS = st.integers(1, 99).map("https://mw.example/{}.jpg".format)


def _media() -> st.SearchStrategy[Media]:
    files = st.builds(
        Rendition,
        href=ADDRESS,
        role=st.sampled_from(["", "web", "main"]),
        mime=st.sampled_from(["", "image/jpeg"]),
        width=st.one_of(st.none(), st.integers(1, 9999)),
        size=st.one_of(st.none(), st.integers(1, 10**9)),
    )
    return st.builds(
        Media,
        id=NAMES,
        caption=MAYBE,
        alt=MAYBE,
        credit=MAYBE,
        copyright=MAYBE,
        usage_terms=st.lists(LINE, max_size=2, unique=True).map(tuple),
        renditions=st.lists(files, min_size=1, max_size=2, unique=True).map(tuple),
        status=st.sampled_from(["usable", "withheld", "canceled"]),
        expires_at=st.one_of(st.none(), MOMENT),
        embargo_until=st.one_of(st.none(), MOMENT),
    )


def _subjects() -> st.SearchStrategy[Subject]:
    return st.builds(
        Subject,
        name=LINE,
        code=st.sampled_from(["", "04000000", "x7"]),
        scheme=st.just(""),
        type=st.sampled_from(["subject", "person", "organisation", "event", "object"]),
        rel=MAYBE,
    )


def _links() -> st.SearchStrategy[Link]:
    return st.builds(
        Link,
        rel=st.sampled_from(["previous", "replaces", "corrects", "member", "see-also"]),
        target=NAMES,
        version=st.one_of(st.none(), st.integers(1, 99)),
        role=st.sampled_from(["", "main", "sidebar"]),
    )


def _items() -> st.SearchStrategy[Item]:
    body = st.lists(LINE.map("<p>{}.</p>".format), max_size=3).map("".join)
    return st.builds(
        Item,
        item_id=NAMES,
        version=st.one_of(st.none(), st.integers(0, 10**9)),
        status=st.sampled_from(["usable", "withheld", "canceled"]),
        type=st.sampled_from(["text", "composite", "event", "planning"]),
        headline=LINE,
        subheadline=MAYBE,
        kicker=MAYBE,
        slug=MAYBE,
        standfirst=MAYBE,
        byline=MAYBE,
        dateline=st.one_of(st.none(), LINE.map(lambda place: Dateline(place=place))),
        body=body.map(markup.blocks_from_html),
        media=st.lists(_media(), max_size=2, unique_by=lambda medium: medium.id).map(tuple),
        subjects=st.lists(_subjects(), max_size=3).map(tuple),
        keywords=st.lists(LINE, max_size=3, unique=True).map(tuple),
        places=st.lists(
            st.builds(Place, name=LINE, lat=st.floats(-90, 90), lon=st.floats(-180, 180)),
            max_size=2,
        ).map(tuple),
        genre=MAYBE,
        rights=st.builds(
            Rights,
            copyright_holder=MAYBE,
            copyright_notice=MAYBE,
            usage_terms=st.lists(LINE, max_size=3, unique=True).map(tuple),
            restrictions=st.lists(LINE, max_size=2, unique=True).map(tuple),
            license=st.one_of(st.just(""), ADDRESS),
        ),
        ed_notes=st.lists(LINE.map(lambda text: EdNote(text=text)), max_size=2).map(tuple),
        links=st.lists(_links(), max_size=3, unique=True).map(tuple),
        urgency=st.integers(1, 9),
        language=st.sampled_from(["", "en", "pt-BR"]),
        version_created=st.one_of(st.none(), MOMENT),
        embargo_until=st.one_of(st.none(), MOMENT),
        expires_at=st.one_of(st.none(), MOMENT),
        provider=LINE,
        credit_line=MAYBE,
        credit_sources=st.lists(LINE, max_size=2, unique=True).map(tuple),
        url=st.one_of(st.just(""), ADDRESS),
        alt_ids=st.lists(WORDS, max_size=2, unique=True).map(tuple),
    )


@given(_items())
def test_any_item_comes_back(item: Item) -> None:
    """Whatever an item says that ninjs has a place for is read again just so."""
    once = _again(item)
    assert _carried(once) == _carried(item) | {
        "alt_ids": once.alt_ids,
        "subjects": _carried(once)["subjects"],
    }
    assert set(item.alt_ids) <= {*once.alt_ids, item.item_id}
    said = {(s.name, s.code, s.type, s.rel) for s in item.subjects}
    assert {(s.name, s.code, s.type, s.rel) for s in once.subjects if s.type != "place"} == said
    assert [(p.name, p.lat, p.lon) for p in once.places] == list(
        dict.fromkeys((p.name, p.lat, p.lon) for p in item.places)
    )
    assert [msgspec.structs.replace(m, type="picture") for m in once.media] == [
        m for m in item.media if m.renditions
    ]


@pytest.mark.parametrize("text", ["noon on Friday", "EMBARGOED until the speech ends"])
def test_an_embargo_in_words_still_holds(text: str) -> None:
    """An embargo that is no instant stands in the note for desks, and holds whoever reads it."""
    once = _again(Item(item_id="urn:mw:1", headline="H", embargo_text=text))
    assert text in once.embargo_text


def _valid(schema: Path) -> Any:
    """A validator of the standard's schema; what it says of GeoJSON lies elsewhere."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    referencing = pytest.importorskip("referencing", reason="jsonschema is not installed")
    nothing = referencing.jsonschema.DRAFT202012.create_resource({})
    registry = referencing.Registry().with_resource(
        "https://geojson.org/schema/GeoJSON.json", nothing
    )
    return jsonschema.Draft202012Validator(json.loads(schema.read_text("utf-8")), registry=registry)


@pytest.mark.skipif(not SCHEMAS, reason="the ninjs schemas do not lie beside the repository")
@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_what_is_written_is_valid(schema: Path) -> None:
    """Every item of every wire and sample is valid ninjs by the standard's schemas."""
    validator = _valid(schema)
    seen = 0
    for path in FILES:
        for item in _read(path):
            validator.validate(to_ninjs(item))
            seen += 1
    assert seen > 100
