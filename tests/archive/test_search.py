"""Search over the live stories: whatever a reader types, and nothing that is not live."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsdesk import START, Desk, ninjs, notice

from wirecopy.archive.search import COUNTED_TO, PAGE, SqliteSearch, _snippet, match_of
from wirecopy.archive.spelling import _slips
from wirecopy.briefs import Filters


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A newsroom with stories of two sections."""
    with Desk() as desk:
        desk.take(
            ninjs("urn:nrn:1", "Ferry sails from Osmere", body="<p>The harbour was quiet.</p>"),
            ninjs("urn:nrn:2", "Harbour closed", body="<p>A ferry, and nothing else.</p>"),
            ninjs("urn:nrn:3", "Orchestra plays in Tarnwick", body="<p>Café música.</p>"),
            ninjs("urn:nrn:4", "Embargoed ferry", embargoed=START + timedelta(days=9)),
            ninjs("urn:nrn:5", "Killed ferry", version="1"),
            notice("urn:nrn:5", version="2"),
        )
        desk.take(
            ninjs("urn:qmk:6", "Ferry race won", body="<p>By a length.</p>"), source="quaymark"
        )
        yield desk


@pytest.fixture(scope="module")
def search(desk: Desk) -> Iterator[SqliteSearch]:
    """A reader's search."""
    search = desk.newsroom.search()
    yield search
    search.close()


def found(search: SqliteSearch, query: str, sort: str = "newest", section: str = "") -> list[str]:
    """Headlines of the hits."""
    brief = search.search(query, sort=sort, section=section)
    assert brief.total == len(brief.hits)
    return [hit.teaser.headline for hit in brief.hits]


def test_newest_first(search: SqliteSearch) -> None:
    """All words must match; the story that was published last comes first."""
    assert found(search, "ferry") == [
        "Ferry race won",
        "Harbour closed",
        "Ferry sails from Osmere",
    ]
    assert found(search, "ferry harbour") == ["Harbour closed", "Ferry sails from Osmere"]
    assert found(search, "ferry volcano") == []


def test_relevance_prefers_headlines(search: SqliteSearch) -> None:
    """By relevance, a word in the headline counts for more than one in the text."""
    assert found(search, "harbour", "relevance")[0] == "Harbour closed"
    assert found(search, "osmere ferry", "relevance") == ["Ferry sails from Osmere"]


@pytest.mark.parametrize(
    "query",
    [
        '"sails from"',
        "harb*",
        "ferry -race",
        '"ferry race" won',
        '"a ferry" nothing',
        "Cafe* musica",
    ],
)
def test_both_ways_to_rank_agree(
    search: SqliteSearch, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Headlines that we look over ourselves are ranked as the index would rank them."""
    looked_over = found(search, query, "relevance")
    monkeypatch.setattr("wirecopy.archive.search._FEW", -1)
    assert looked_over == found(search, query, "relevance") != []


def test_what_readers_may_type(search: SqliteSearch) -> None:
    """Phrases, words to leave out, beginnings, other cases and missing accents are understood."""
    assert found(search, '"ferry race"') == ["Ferry race won"]
    assert found(search, '"race ferry"') == []
    assert found(search, "ferry -race -osmere") == ["Harbour closed"]
    assert found(search, 'ferry -"was quiet" -won') == ["Harbour closed"]
    assert found(search, "orch*") == ["Orchestra plays in Tarnwick"]
    assert found(search, "CAFE musica") == ["Orchestra plays in Tarnwick"]
    assert found(search, "qmk") == ["Ferry race won"]


def test_sections_narrow(search: SqliteSearch) -> None:
    """With a section, only its stories are found; an unknown one has none."""
    assert found(search, "ferry", section="sport") == ["Ferry race won"]
    assert found(search, "ferry", section="' OR 1=1 --") == []


@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_only_the_living_are_found(search: SqliteSearch, sort: str) -> None:
    """Killed and embargoed stories are found under no word."""
    assert found(search, "killed", sort) == found(search, "embargoed", sort) == []


HOSTILE = [
    "", " ", '"', '""', '"""', "'", "-", "--", "- -", "*", "**", '"*"', "-*", "a*b", "^a", "a:b",
    "headline:ferry", "NEAR(a b)", "a AND", "OR", "NOT", "NOT a", "a NOT", "(", ")", "{a b}: c",
    "a + b", "\0", "a\0b", "\ud800", "ferry \udfff", "_", '"_"*', "🛳", "%", "\\", "a" * 5000,
    "-a " * 200, '"a" ' * 200, "(" * 300, "ferry; DROP TABLE stories", "\u202e", "ﬁ", "0", "-0",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries(desk: Desk, search: SqliteSearch, query: str) -> None:
    """No query breaks the search or its page, nor reaches the language beneath."""
    for sort in ("newest", "relevance", "'"):
        brief = search.search(query, sort=sort, section=query[:50])
        assert desk.newsroom.render_search(brief).rstrip().endswith(b"</html>")
    assert found(search, "ferry") != []


@given(st.text(max_size=60), st.integers(), st.sampled_from(["newest", "relevance"]))
def test_any_query(search: SqliteSearch, query: str, page: int, sort: str) -> None:
    """Any text and any page number has an answer."""
    brief = search.search(query, page=page, sort=sort)
    assert 1 <= brief.page <= COUNTED_TO // PAGE
    assert len(brief.hits) <= PAGE


def test_only_quoted_strings_reach_the_index() -> None:
    """What goes to FTS5 is quoted words, joined by nothing but our own NOT."""
    assert match_of('a OR "b c" -d eels*') == '"a" AND "OR" AND "b c" AND "eels"* NOT "d"'
    assert match_of("-a") == match_of("-- ??") == ""


def test_pages_follow_each_other() -> None:
    """Results come in pages that overlap nowhere and end where there are no more."""
    with Desk() as desk:
        desk.take(*(ninjs(f"urn:nrn:{n}", f"Ferry {n} sails") for n in range(PAGE + 3)))
        search = desk.newsroom.search()
        for sort in ("newest", "relevance"):
            first = search.search("ferry", sort=sort)
            second = search.search("ferry", page=2, sort=sort)
            assert (first.more, second.more) == (True, False)
            ids = [hit.teaser.id for hit in (*first.hits, *second.hits)]
            assert len(ids) == len(set(ids)) == PAGE + 3
            assert first.total == PAGE + 3
        search.close()


def test_words_of_the_language_beneath(search: SqliteSearch) -> None:
    """AND, NOT, NEAR and brackets are words like others, whatever the order of results."""
    for sort in ("newest", "relevance"):
        for query in (
            '"a NOT b"',
            "x AND NOT y",
            "NEAR(a b)",
            '-"NOT" ferry',
            "{headline} : a",
            "a NOT",
        ):
            search.search(query, sort=sort)
        assert found(search, 'ferry -"NOT race"', sort) != []


# -- filters, spelling, scripts without spaces --------------------------------------------


def headlines(search: SqliteSearch, query: str, **filters: str) -> set[str]:
    """Headlines of what is found inside the filters."""
    brief = search.search(query, filters=Filters(**filters))
    return {hit.teaser.headline for hit in brief.hits}


def test_filters_narrow() -> None:
    """Agency, topic and local days of publication narrow the results, each and together."""
    with Desk() as desk:
        desk.take(ninjs("urn:a", "Ferry one", place=[{"name": "Port Sel"}]))
        desk.wait(days=2)
        desk.take(ninjs("urn:b", "Ferry two", place=[{"name": "Port Sel"}]), source="quaymark")
        desk.wait(days=2)
        desk.take(ninjs("urn:c", "Ferry three"), source="quaymark")
        search = desk.newsroom.search()
        assert headlines(search, "ferry", agency="QMK") == {"Ferry two", "Ferry three"}
        assert headlines(search, "ferry", topic="port-sel") == {"Ferry one", "Ferry two"}
        assert headlines(search, "ferry", topic="port-sel", agency="NRN") == {"Ferry one"}
        assert headlines(search, "ferry", since="2022-01-10") == {"Ferry two", "Ferry three"}
        assert headlines(search, "ferry", until="2022-01-10") == {"Ferry one", "Ferry two"}
        assert headlines(search, "ferry", since="2022-01-09", until="2022-01-11") == {"Ferry two"}
        assert headlines(search, "ferry", since="2023-01-01") == set()
        assert headlines(search, "ferry", until="2021-01-01") == set()
        assert headlines(search, "ferry", since="no day", until='"', agency='" OR "') == set()
        whole = headlines(search, "ferry")
        assert headlines(search, "ferry", since="0001-01-01", until="9999-12-31") == whole
        search.close()


def test_did_you_mean() -> None:
    """A word that no story has is put right by one that stories have; killed words never help."""
    with Desk() as desk:
        desk.take(ninjs("urn:a", "Harbour pilots strike"), ninjs("urn:b", "Zebulon quits"))
        search = desk.newsroom.search()
        assert search.search("habrour pilots").suggestion == "harbour pilots"
        assert search.search('"pilots of harbuor"').suggestion == '"pilots of harbour"'
        assert search.search("harbour").suggestion == ""
        assert search.search("xylophone").suggestion == ""
        assert search.search("zebulom").suggestion == "zebulon"
        desk.order("kill", desk.story("urn:b").id)
        assert search.search("zebulom").suggestion == ""
        page = desk.newsroom.render_search(search.search("habrour"))
        assert b"Did you mean harbour?" in page
        search.close()


def test_scripts_without_spaces() -> None:
    """Chinese, Japanese and Thai are found by any part of a sentence, Hindi by its words."""
    with Desk() as desk:
        desk.take(
            ninjs("urn:zh", "渡轮在港口外搁浅", body="<p>无人受伤。</p>"),
            ninjs("urn:ja", "港で連絡船が座礁", body="<p>けが人はいない。</p>"),
            ninjs("urn:th", "เรือเฟอร์รี่เกยตื้น", body="<p>ไม่มีผู้บาดเจ็บ</p>"),
            ninjs("urn:hi", "रतनपुरी में पुल गिरा", body="<p>पांच घायल।</p>"),
        )
        search = desk.newsroom.search()
        assert headlines(search, "港口") == {"渡轮在港口外搁浅"}
        assert headlines(search, "口港") == set()
        assert headlines(search, "連絡船") == {"港で連絡船が座礁"}
        assert headlines(search, "港") == {"渡轮在港口外搁浅", "港で連絡船が座礁"}
        assert headlines(search, "เฟอร์รี่") == {"เรือเฟอร์รี่เกยตื้น"}
        assert headlines(search, "ผู้บาดเจ็บ") == {"เรือเฟอร์รี่เกยตื้น"}
        assert headlines(search, "रतनपुरी पुल") == {"रतनपुरी में पुल गिरा"}
        assert headlines(search, "रतनपुर") == set()
        search.close()


def test_a_snippet_is_the_text_around_what_was_asked() -> None:
    """From whole word to whole word, with a sign for what is left out on either side."""
    before, after = "word " * 60, " more" * 60
    assert _snippet(f"{before}harbour{after}", ["harbour"]).startswith("…word word")
    shown = _snippet(f"{before}harbour{after}", ["harbour"])
    assert "harbour" in shown
    assert shown.endswith("more…")
    assert len(shown) <= 192
    assert _snippet("The harbour.", ["harbour"]) == "The harbour."
    for dense in ("字" * 400, f"{'字' * 350} {'字' * 50}"):
        shown = _snippet(f"{dense}港{dense[::-1]}", ["港"])
        assert "港" in shown
        assert 100 < len(shown) <= 192


def test_two_letters_exchanged_are_one_slip() -> None:
    """As one left out, put in or replaced is; short words are allowed no more."""
    written = ("quya", "quy", "quayy", "quan", "quay")
    assert [_slips(word, "quay", 1) for word in written] == [1, 1, 1, 1, 0]
    assert _slips("yauq", "quay", 1) is None
