"""The names by which a story is known again when its guid or its address changes."""

from __future__ import annotations

import pytest

from wirecopy.model import Item
from wirecopy.story.aliases import aliases_of, canonical

HOST = "https://www.harbour.example"


def item(item_id: str, url: str = "", *alt_ids: str) -> Item:
    """An item with that id and link."""
    return Item(item_id=item_id, url=url, alt_ids=alt_ids)


def meet(one: Item, two: Item) -> bool:
    """Whether two items of one source share an alias."""
    return bool(set(aliases_of(one)) & set(aliases_of(two)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{HOST}/2026/03/05/ferry-late-123457", f"{HOST}/2026/03/05/ferry-stops-123457"),
        (f"{HOST}/news/ferry-late-b2934571.html", f"{HOST}/news/ferry-back-at-pier-b2934571.html"),
        (f"{HOST}/article/7345611/ferry-late", f"{HOST}/article/7345611/ferry-stops"),
        (f"{HOST}/7345611-ferry-late.html", f"{HOST}/7345611-ferry-stops.html"),
        (
            f"{HOST}/article/ferry-late-0a1b2c3d4e5f60718293a4b5c6d7e8f9",
            f"{HOST}/article/ferry-back-0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        ),
        (f"{HOST}/news.php?id=8812", f"{HOST}/news.php?utm_source=rss&id=8812&at_medium=RSS"),
        (f"{HOST}/?p=8812", "http://harbour.example/?p=8812&fbclid=Iw"),
        (
            f"{HOST}/2026/03/05/ferry-stops-for-winter/",
            "https://m.harbour.example/2026/03/05/ferry-stops-for-winter",
        ),
        (
            f"{HOST}/2026/03/05/ferry-stops-for-winter",
            f"{HOST}/2026/03/05/ferry-stops-for-winter/amp/",
        ),
        (
            f"{HOST}/2026/03/05/ferry-stops-for-winter",
            "https://newharbour.example/2026/03/05/ferry-stops-for-winter",
        ),
        (f"{HOST}/ferry-stops-for-winter?ref=rss", f"{HOST}/ferry-stops-for-winter?xtor=RSS-1"),
        (f"{HOST}/f%C3%A4hre-stops-for-winter", f"{HOST}/fähre-stops-for-winter#comments"),
    ],
)
def test_a_story_is_known_again(before: str, after: str) -> None:
    """A permalink as guid that changes with its slug, its door or its tracking joins its story."""
    assert meet(item(before), item(after))
    assert meet(item("urn:a", before), item("urn:b", after))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HOST, HOST),
        (f"{HOST}/", f"{HOST}/?utm_source=rss"),
        (f"{HOST}/news/", f"{HOST}/news"),
        (f"{HOST}/live/election", f"{HOST}/live/election"),
        (f"{HOST}/news.php?id=8812", f"{HOST}/news.php?id=8813"),
        (f"{HOST}/news.php?id=8812", f"{HOST}/sport.php?id=8812"),
        (f"{HOST}/2026/03/05/ferry-late-123457", f"{HOST}/2026/03/05/ferry-late-123458"),
        (f"{HOST}/2026/03/05/lottery-pays-100000", f"{HOST}/2026/03/05/club-sold-for-100000"),
        (f"{HOST}/markets/close-of-trade-050326", f"{HOST}/markets/the-fixing-050326"),
        (f"{HOST}/markets/close-20260305", f"{HOST}/markets/opening-20260305"),
        (f"{HOST}/2026/03/05/", f"{HOST}/2026/03/05/"),
        (f"{HOST}/pictures/20260305/123457.jpg", f"{HOST}/pictures/20260305/123457.jpg"),
        (
            f"{HOST}/live/2026/03/05/storm-hits-the-coast",
            f"{HOST}/live/2026/03/05/storm-hits-the-coast",
        ),
        (f"{HOST}/topics/1234567/ferry-late", f"{HOST}/topics/1234567/pier-closed"),
        (f"{HOST}/world/1234567/ferry-late", f"{HOST}/world/1234567/pier-closed"),
        ("https://[broken", "https://[broken/x"),
    ],
)
def test_what_stories_share_joins_none(one: str, other: str) -> None:
    """Home pages, sections, other ids, sums, dates and pictures never join two stories."""
    assert not meet(item("urn:a", one), item("urn:b", other))


def test_the_own_id_is_an_alias_unless_it_is_made_of_content() -> None:
    """An item's own id is its first alias; a hash of its content or a home page is none."""
    assert aliases_of(item("tag:harbour.example,2026:1")) == ("id:tag:harbour.example,2026:1",)
    assert aliases_of(Item(item_id="sha256:00", id_from="content")) == ()
    assert aliases_of(item("urn:issn:1234-5678")) == ()
    assert aliases_of(item(f"{HOST}/")) == ()


def test_endless_addresses_give_no_alias() -> None:
    """An address longer than any page needs is not looked at."""
    assert aliases_of(item("1", f"{HOST}/2026/03/05/" + "a-" * 1000)) == ("id:1",)


def test_ids_beside_the_own_one_join_only_where_they_are_of_one_story() -> None:
    """A UUID or tag beside the id is an alias; a series' number is none."""
    beside = item("1", "", "urn:uuid:0a1b", "1234-5678", "urn:issn:1234-5678")
    assert aliases_of(beside) == ("id:1", "id:urn:uuid:0a1b")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://WWW.Harbour.example:80/a/?utm_source=x", "harbour.example/a"),
        ("https://amp.harbour.example/a.amp.html", "harbour.example/a"),
        (
            "https://harbour.example/amp/a?b=2&a=1&source=politics",
            "harbour.example/a?a=1&b=2&source=politics",
        ),
        ("mailto:desk@harbour.example", ""),
    ],
)
def test_addresses_are_compared_without_what_readers_bring(address: str, expected: str) -> None:
    """Tracking, doors and order of parameters do not make another address."""
    assert canonical(address) == expected
