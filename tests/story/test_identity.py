"""Which story an item belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.model import Item
from wirecopy.story.identity import keys_of, normal_key, story_id


@pytest.mark.parametrize(
    "alike",
    [
        "http://wire.example/2022/ferry",
        "https://wire.example/2022/ferry/",
        "HTTPS://Wire.Example/2022/ferry",
        "  https://wire.example/2022/ferry\n",
    ],
)
def test_forms_of_one_address_are_one_key(alike: str) -> None:
    """Scheme, case of the host, a last slash and space around do not part stories."""
    assert normal_key(alike) == normal_key("https://wire.example/2022/ferry")


@pytest.mark.parametrize(
    "other",
    [
        "https://wire.example/2022/Ferry",
        "https://wire.example/2022/ferry?id=1",
        "https://wire.example/2022/ferry#1",
        "https://wire.example:8080/2022/ferry",
        "https://www.wire.example/2022/ferry",
        "wire.example/2022/ferries",
        "urn:wire.example:2022:ferry",
    ],
)
def test_other_ids_are_other_keys(other: str) -> None:
    """Nothing else is folded together: path, query, fragment, port and host tell stories apart."""
    assert normal_key(other) != normal_key("https://wire.example/2022/ferry")


@pytest.mark.parametrize("opaque", ["NRN-7", "tag:wire.example,2022:7", "urn:nrn:A/7/", "7 8"])
def test_opaque_ids_stay_as_they_are(opaque: str) -> None:
    """An id that is no address is never changed."""
    assert normal_key(opaque) == opaque


@given(st.text())
def test_a_key_is_made_of_any_id(text: str) -> None:
    """Any text at all has a key, the key of a key is itself, and it has an id."""
    key = normal_key(text)
    assert len(story_id("norrane", key)) == 12
    if not key.lower().startswith("http"):
        assert normal_key(key) == key


def test_an_id_is_the_same_on_every_machine() -> None:
    """The id in a story's address never changes: it is written down here."""
    assert story_id("norrane", "urn:nrn:1") == "5bczufc4ctvn"


def test_sources_do_not_share_stories() -> None:
    """The same id from two sources names two stories."""
    assert story_id("norrane", "7") != story_id("quaymark", "7")


def test_ids_are_fit_for_addresses() -> None:
    """An id is twelve of a to z and 2 to 7."""
    ids = {story_id("norrane", str(number)) for number in range(500)}
    assert len(ids) == 500
    assert all(set(one) <= set("abcdefghijklmnopqrstuvwxyz234567") for one in ids)


def test_the_own_key_comes_first_and_links_to_no_page_are_none() -> None:
    """An item's own key leads; a link to a whole site is nobody's key."""
    item = Item(
        item_id="urn:nrn:1",
        alt_ids=("https://wire.example/", "https://wire.example", "https://wire.example/1"),
    )
    assert keys_of(item) == ("urn:nrn:1", "wire.example/1")


def test_a_link_that_is_the_id_is_named_once() -> None:
    """A permalink that stands as guid and as link is one key."""
    item = Item(item_id="http://wire.example/1", alt_ids=("https://wire.example/1/",))
    assert keys_of(item) == ("wire.example/1",)
