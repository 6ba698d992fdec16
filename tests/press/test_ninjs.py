"""A story as ninjs 3: what partners read, and what they must not."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.press.copy_desk import ASSET_FILES, AT, FILES, PICTURE, brief, item, press, story

from wirecopy import formats
from wirecopy.config import parse
from wirecopy.model import Rights, Subject
from wirecopy.press import Press

SCHEMA = (
    Path(__file__).resolve().parents[2] / "../shared/standards/ninjs/schema/ninjs-schema_3.0.json"
)
"""IPTC's own schema, where a developer keeps it beside the repository."""
SOURCE = """
[site]
name = "The Harbour Ledger"
url = "https://ledger.example"
[[sources]]
name = "corvid"
agency = "Corvid News"
section = "news"
redistribution = "{passed}"
[press]
ninjs = "{rule}"
"""


def beside(passed: str, rule: str = "full", told: Any = None) -> dict[str, Any]:
    """The story's ninjs under these settings; empty where there is none."""
    made = Press(parse(SOURCE.format(passed=passed, rule=rule)), FILES, ASSET_FILES)
    files = made.beside(brief(told))
    assert [file.path for file in files] == ["world/merrow-ferry-to-sail-again-k3m9.json"] * len(
        files
    )
    page = made.story(brief(told)).body.decode()
    assert ("k3m9.json" in page) == bool(files)
    return json.loads(files[0].body) if files else {}


def test_the_full_story_goes_out_where_its_source_allows_it() -> None:
    """Headline, text, picture, rights and subjects, under the names of ninjs 3."""
    news = beside("full")
    assert news["uri"] == "https://ledger.example/world/merrow-ferry-to-sail-again-k3m9.html"
    assert news["representationType"] == "full"
    assert "dredgers cleared forty thousand" in news["bodies"][0]["value"]
    assert news["infoSources"][0]["name"] == "Corvid News"
    assert {"name": "maritime transport", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000343"
            } in news["subjects"]  # fmt: skip
    assert news["people"] == [{"name": "Ilse Tamsin"}]
    assert news["associations"][0]["renditions"][0]["href"] == "https://pictures.example/a.jpg"


def test_a_partner_who_reads_it_knows_whom_to_credit_and_on_which_terms() -> None:
    """Credits and terms of the text and of its picture are read again by a newsroom like ours."""
    end = AT + timedelta(days=20)
    terms = ("Editorial use only", "No sales")
    shown = msgspec.structs.replace(PICTURE, usage_terms=terms, expires_at=end)
    sent = json.dumps(beside("full", told=story(item(media=(shown,), credit_line="Corvid / TPA"))))
    (read,) = formats.read(sent.encode()).items
    assert read.credit_line == "Corvid / TPA"
    (picture,) = read.media
    assert picture.credit == PICTURE.credit
    assert picture.caption == PICTURE.caption
    assert "; ".join(picture.usage_terms) == "; ".join(terms)
    assert picture.expires_at == end


@pytest.mark.parametrize(
    ("passed", "rule", "there"),
    [
        ("none", "all", False), ("headline", "full", False), ("summary", "full", False),
        ("full", "none", False), ("full", "full", True), ("summary", "all", True),
        ("headline", "all", True),
    ],
)  # fmt: skip
def test_it_lies_there_only_where_the_rules_say_so(passed: str, rule: str, there: bool) -> None:
    """The source's redistribution and the newsroom's switch decide together."""
    assert bool(beside(passed, rule)) == there


def test_no_more_is_passed_on_than_the_source_allows() -> None:
    """A headline is a headline, a summary no text, and neither carries the picture."""
    headline, summary = beside("headline", "all"), beside("summary", "all")
    assert [said["role"] for said in headline["descriptions"]] == ["creditline"]
    assert summary["descriptions"][0]["value"].startswith("Nine weeks")
    for news in (headline, summary):
        assert news["representationType"] == "partial"
        assert not {"bodies", "associations"} & set(news)


def test_a_source_that_has_left_the_settings_passes_no_text_on() -> None:
    """Nobody says any more what its contract allows: nothing goes out."""
    gone = story(source="gone")
    assert beside("full", "full", told=gone) == {}
    assert beside("full", "all", told=gone) == {}


def test_it_keeps_to_the_schema() -> None:
    """IPTC's own schema finds nothing wrong, with every part and with as few as can be."""
    jsonschema = pytest.importorskip("jsonschema", reason="no jsonschema to check it with")
    if not SCHEMA.is_file():
        pytest.skip("IPTC's schema does not lie beside this repository")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    schema["$defs"]["ninjsType"]["properties"]["places"]["items"]["properties"].pop(
        "geoJSON", None
    )  # a schema on another server, which we do not use
    validator = jsonschema.Draft202012Validator(schema)
    kinds = ("subject", "person", "organisation", "place", "event", "object", "genre")
    named = tuple(Subject(name=f"A {kind}", type=kind, relevance=70) for kind in kinds)
    rich = story(
        item(
            genre="Analysis",
            expires_at=AT + timedelta(days=9),
            byline="By A. Name",
            subjects=(*item().subjects, *named),
            rights=Rights(license="https://creativecommons.org/licenses/by/4.0/"),
        )
    )
    assert beside("full", told=rich)["rightsInfo"] == {
        "linkedRights": "https://creativecommons.org/licenses/by/4.0/"
    }
    bare = story(item(media=(), subjects=(), body=(), standfirst="", dateline=None))
    for told in (rich, bare):
        assert [error.message for error in validator.iter_errors(beside("full", told=told))] == []


def test_only_subjects_are_weighed() -> None:
    """The standard has a relevance for subjects; one of a person or a body makes it invalid."""
    kinds = ("subject", "person", "organisation", "place")
    named = tuple(Subject(name=f"A {kind}", type=kind, relevance=70) for kind in kinds)
    news = beside("full", told=story(item(subjects=named)))
    assert news["subjects"] == [{"name": "A subject", "relevance": 70}]
    assert [news[kind] for kind in ("people", "organisations", "places")] == [
        [{"name": f"A {kind}"}] for kind in kinds[1:]
    ]


def test_the_default_newsroom_writes_none() -> None:
    """Agencies whose contract is silent lend us a summary: nothing lies beside the page."""
    assert press().beside(brief()) == ()
