from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.model import Block, Item, Place, Subject, Topic
from wirecopy.story.credit import credit_of, sources_of
from wirecopy.story.topics import topics_of

BODY = (
    Block("p", "<p>Mayor Jane Roe of Port Sel met the harbour council on Monday.</p>"),
    Block("p", "<p>Norland has seen unrest. Norland votes in May, Norland’s minister said.</p>"),
)


def story(**fields: Any) -> Item:
    """A story with those fields, in a language whose text is not read for names."""
    return Item(item_id="x", body=BODY, language="fi", **fields)


def names(item: Item, **options: Any) -> list[str]:
    """The names of the item's topics."""
    return [topic.name for topic in topics_of(item, **options)]


def test_order() -> None:
    """Headline before lead before the rest of the text, entities before abstract subjects."""
    item = story(
        headline="Roe opens talks in Old Quay",
        subjects=(
            Subject(name="politics and government", code="medtop:11000000"),
            Subject(name="Norland", type="place"),
            Subject(name="Port Sel", type="place"),
            Subject(name="Elsewhere", type="place"),
            Subject(name="Jane Roe", type="person"),
        ),
        keywords=("council",),
        places=(Place(name="Old Quay"), Place(name="Far Town", role="dateline")),
    )
    assert names(item) == [
        "Jane Roe", "Old Quay", "Port Sel", "Norland", "Elsewhere", "Council",
        "Politics and government",
    ]  # fmt: skip
    assert names(item, most=2) == ["Jane Roe", "Old Quay"]
    assert names(item, most=0) == []


def test_no_duplicates() -> None:
    """One topic per slug, an entity's kind before a keyword's."""
    item = story(
        keywords=("port sel", "Port-Sel"), subjects=(Subject(name="Port Sel", type="place"),)
    )
    assert topics_of(item) == (Topic(slug="port-sel", name="Port Sel", type="place"),)


@pytest.mark.parametrize(
    "keyword",
    ["IANS", "AFP-DPA", "Harbour News", "HNA", "medtop:15000000", "20001065", "2022", "---", "x",
     "Top News", "uncategorized", "https://a.example/b", "word " * 9, "y" * 61, "LD", "<b>", "",
     "FERRY-SLUG", "N24/1234/x", "Port Exchange:NWND"],
)  # fmt: skip
def test_junk_is_no_topic(keyword: str) -> None:
    """Agencies' names, codes, house words and over-long strings are no topics."""
    item = story(
        keywords=(keyword,),
        credit_sources=("Harbour News Agency",),
        slug="ferry-slug",
        headline="H",
    )
    assert names(item) == []


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        (Subject(name="Roe, Jane", type="person"), "Jane Roe"),
        (Subject(name="JANE ROE", type="person"), "Jane Roe"),
        (Subject(name="norland", type="place"), "Norland"),
        (Subject(name="NATO", type="organisation"), "NATO"),
        (Subject(name="environment"), "Environment"),
        (Subject(name="Markets\\Bonds"), "Bonds"),
        (Subject(code="medtop:15000000"), "Sport"),
        (Subject(name="渡轮", type="object"), "渡轮"),
    ],
)
def test_shown_names(subject: Subject, shown: str) -> None:
    """Names are shown as a reader would write them."""
    assert names(story(subjects=(subject,))) == [shown]


def test_slug_without_latin_spelling() -> None:
    """A name without Latin letters still has a slug, the same every time."""
    assert topics_of(story(keywords=("渡轮",)))[0].slug == "u6e21-u8f6e"


def test_keyword_lists_are_split() -> None:
    """Several keywords in one string are several topics."""
    assert sorted(names(story(keywords=("ferry, council; Norland",)))) == [
        "Council", "Ferry", "Norland",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=30), max_size=8), st.integers(0, 8))
def test_any_keywords(keywords: list[str], most: int) -> None:
    """Whatever the wire calls a keyword, topics have names, distinct slugs and their number."""
    topics = topics_of(story(keywords=tuple(keywords)), most=most)
    slugs = [topic.slug for topic in topics]
    assert len(slugs) == len(set(slugs)) <= most
    assert all(slug and topic.name for slug, topic in zip(slugs, topics, strict=True))


def test_credit() -> None:
    """The credit names all agencies, the source's first."""
    assert credit_of(story(credit_sources=("AFP", "dpa")), "AFP") == "AFP / dpa"
    assert credit_of(story(credit_sources=("dpa",)), "AFP") == "AFP / dpa"
    assert credit_of(story(), "PTI") == "PTI"
    assert credit_of(story(provider="Coastwire")) == "Coastwire"
    assert credit_of(story()) == ""
    assert sources_of({}, agency="", known=("Coast, LLC", "Coast")) == ("Coast",)
    assert sources_of({}, agency="PTI", known=("pti", "AFP"), more=("AFP", "X")) == (
        "PTI", "AFP", "X",
    )  # fmt: skip
