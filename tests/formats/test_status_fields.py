"""The field of the publication status: nothing means usable, what nobody can read holds."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.formats.test_embargo_fields import Make, ap, dpa, jsonfeed, ninjs, only, reuters
from tests.newsdesk import Desk

UNREADABLE = [["canceled"], [], {"code": "stat:canceled"}, {}, 1, 0, True, False, "", "resting"]

JSONS = pytest.mark.parametrize("make", [ninjs, dpa, ap, reuters, jsonfeed])


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A newsroom that publishes whatever it may."""
    with Desk() as desk:
        yield desk


@JSONS
@pytest.mark.parametrize("status", UNREADABLE, ids=str)
def test_an_unreadable_status_holds(make: Make, status: object) -> None:
    """A status that is no word, or one that nobody knows, withholds the item."""
    assert only(make(pubstatus=status)).status == "withheld"


@JSONS
@pytest.mark.parametrize(
    ("status", "meant"),
    [
        (None, "usable"),
        ("stat:usable", "usable"),
        ("Usable", "usable"),
        ("stat:canceled", "canceled"),
    ],
)
def test_a_status_may_be_missing_or_coded(make: Make, status: object, meant: str) -> None:
    """Null is no status, and a code means what the word alone does."""
    assert only(make(pubstatus=status)).status == meant


@pytest.mark.parametrize("others", [{"status": "hold"}, {"pubstatus": "resting"}], ids=str)
@pytest.mark.parametrize("key", ["_desk", "_zone"])
def test_a_kill_in_one_object_is_not_taken_back_by_another(
    others: dict[str, str], key: str
) -> None:
    """A feed's item may have several objects of its agency: the worst that one says stands."""
    feed = jsonfeed(**others)
    (item,) = feed["items"]
    item[key] = {"pubstatus": "canceled"}
    feed["items"] = [dict(sorted(item.items()))]
    assert only(feed).status == "canceled"


@pytest.mark.parametrize("make", [ninjs, ap])
@pytest.mark.parametrize("status", UNREADABLE, ids=str)
def test_a_picture_with_an_unreadable_status_is_not_used(make: Make, status: object) -> None:
    """A picture that goes with a text has a status of its own, and the same rule."""
    renditions = {"main": {"href": "https://wire.example/p.jpg", "mimetype": "image/jpeg"}}
    picture = {"uri": "p6", "type": "picture", "renditions": renditions, "pubstatus": status}
    (media,) = only(make(associations={"one": picture})).media
    assert media.status == "withheld"


@pytest.mark.parametrize("status", UNREADABLE, ids=str)
def test_an_unreadable_status_takes_a_live_story_down(desk: Desk, status: object) -> None:
    """Readers no longer see a story whose next version has a status that cannot be read."""
    story = ninjs(body_html="<p>The ferry Aurora sank off Port Sel.</p>")
    assert desk.take(json.dumps(story).encode()) == ["published"]
    later = story | {"version": "2", "pubstatus": status}
    assert desk.take(json.dumps(later).encode()) == ["held"]
    assert not [path for path, body in desk.site().items() if b"Aurora" in body]
