"""Whom a kill in words means."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from wirecopy.model import Item, Marker, Media, Rank, Rendition, Target, Version
from wirecopy.story.notices import (
    Candidate,
    Notice,
    action_of,
    answer,
    media_names,
    targets_or_own,
    version_for,
    without_photos,
)

NOW = datetime(2022, 1, 8, 2, 30, tzinfo=UTC)
FERRY = Candidate("ferry", "urn:1", "tarnwick ferry", "Ferry runs aground off Tarnwick",
                  frozenset({"urn:1", "nrn 61"}))  # fmt: skip
DAM = Candidate("dam", "urn:2", "osmere dam", "Dam of Osmere holds", frozenset({"urn:2", "nrn 62"}))
AGAIN = Candidate("again", "urn:3", "tarnwick", "Ferry runs aground off Tarnwick!", frozenset())


def target(kind: str, value: str) -> tuple[Target, ...]:
    """One name."""
    return (Target(kind=kind, value=value),)  # type: ignore[arg-type] # the cases name all kinds


CASES = {
    "an id": (target("id", "URN:1"), ("ferry",)),
    "a running number": (target("number", "NRN 62"), ("dam",)),
    "a slug": (target("slug", "osmere dam"), ("dam",)),
    "a headline, as good as the same": (target("headline", "Dam of Osmere holds."), ("dam",)),
    "a headline that two have": (
        target("headline", "FERRY RUNS AGROUND OFF TARNWICK"),
        ("again", "ferry"),
    ),
    "a headline of something else": (target("headline", "Dam of Osmere is sold"), ()),
    "a number beats a headline": (
        target("headline", FERRY.headline) + target("number", "nrn 62"),
        ("dam",),
    ),
    "nobody": (target("number", "nrn 99"), ()),
    "no name": ((), ()),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_strongest_name_counts(case: str) -> None:
    """Exact names beat slugs, slugs beat headlines; the order of the stories says nothing."""
    targets, expected = CASES[case]
    for order in itertools.permutations((FERRY, DAM, AGAIN)):
        assert tuple(answer(targets, order)) == expected


def item(*actions: str, **fields: object) -> Item:
    """A notice with those markers."""
    marks = tuple(Marker(text=each.upper(), action=each) for each in actions)
    return Item(item_id="n", headline="Ferry", markers=marks, **fields)  # type: ignore[arg-type] # any field


def test_what_a_notice_asks() -> None:
    """Withdrawing is stronger than holding; a release is neither; most copy asks nothing."""
    assert action_of(item("hold", "withdraw")) == "withdraw"
    assert action_of(item("hold")) == "hold"
    assert action_of(item("hold"), frees=True) == "release"
    assert action_of(item("replace")) is None


def test_a_notice_without_names_means_its_own_slug_and_headline() -> None:
    """Where the words name nobody, the notice stands under the slug of what it kills."""
    assert targets_or_own(item("withdraw"), "tarnwick ferry") == (
        Target(kind="slug", value="tarnwick ferry"),
        Target(kind="headline", value="Ferry"),
    )
    named = target("number", "nrn 61")
    assert targets_or_own(item("withdraw", targets=named), "advisory") == named


def notice(*stories: str, sure: bool = True, targets: tuple[Target, ...] = ()) -> Notice:
    """A kill that these stories answer to."""
    return Notice(
        rank=Rank(0, NOW, 7), received=NOW, own="n", key="n", action="withdraw", fingerprint="f",
        targets=targets, text="KILL", sure=sure, means=dict.fromkeys(stories, ""),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "trusts", "status"),
    [
        (notice("ferry"), False, "withheld"),
        (notice("ferry"), True, "canceled"),
        (notice("ferry", sure=False), True, "withheld"),
        (notice("ferry", "dam"), True, "withheld"),
    ],
)
def test_only_a_sure_and_trusted_kill_of_one_story_withdraws(
    told: Notice, trusts: object, status: str
) -> None:
    """A word that no source confirms, or that may mean two, never withdraws by itself."""
    version = version_for(told, "ferry", trusts_words=bool(trusts))
    assert version.status == status
    assert bool(version.doubt) is (status == "withheld")
    assert all(name in version.doubt for name in told.means if len(told.means) > 1)


def test_a_photo_notice_takes_the_picture_alone() -> None:
    """A notice that names a picture cancels it by id or file name, and touches nothing else."""
    told = version_for(
        notice("ferry", targets=target("photo", "TAR101")), "ferry", trusts_words=True
    )
    assert (told.status, told.doubt, told.photo) == ("usable", "", "TAR101")
    here = Media(id="x", renditions=(Rendition(href="https://p.example/a/TAR101.jpg?s=1"),))
    there = Media(id="tar102")
    assert media_names(here) == {"x", "tar101"}
    report = without_photos(item(media=(here, there)), [told])
    assert [media.status for media in report.media] == ["canceled", "usable"]
    assert without_photos(report, ()) is report


def test_a_release_lifts_and_holds_nothing() -> None:
    """A notice that frees a story is no doubt about it."""
    freed = Notice(
        rank=Rank(0, NOW, 8), received=NOW, own="n", key="n", action="release", fingerprint="f",
        targets=(), means={"ferry": ""},
    )  # fmt: skip
    version = version_for(freed, "ferry", trusts_words=False)
    assert isinstance(version, Version)
    assert (version.frees, version.status, version.doubt) == (True, "usable", "")
