"""Whom a kill in words means."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from wirecopy.model import Item, Marker, Media, Rank, Rendition, Target, Version
from wirecopy.story.notices import (
    Known,
    Meant,
    Notice,
    action_of,
    known,
    media_names,
    names_another,
    version_for,
    whom,
    without_photos,
)

NOW = datetime(2022, 1, 8, 2, 30, tzinfo=UTC)


def told(story: str, headline: str, stem: str, *numbers: str, minutes: int = -9) -> Known:
    """An item of that story, sent so many minutes after the notice."""
    told = Item(item_id=f"urn:{story}", headline=headline, numbers=numbers)
    return known(story, told, stem, NOW + timedelta(minutes=minutes))


FERRY = told("ferry", "Ferry runs aground off Tarnwick", "tarnwick-ferry", "nrn 61")
DAM = told("dam", "Dam of Osmere holds", "osmere-dam", "nrn 62")
AGAIN = told("again", "Ferry runs aground off Tarnwick!", "tarnwick")
OLD = told("old", "Bread is dearer", "osmere-bread", "nrn 61", minutes=-3 * 24 * 60)


def target(kind: str, value: str) -> tuple[Target, ...]:
    """One name."""
    return (Target(kind=kind, value=value),)  # type: ignore[arg-type] # the cases name all kinds


CASES: dict[str, tuple[tuple[Target, ...], tuple[str, ...]]] = {
    "an id": (target("id", "urn:ferry"), ("ferry",)),
    "a running number of today": (target("number", "nrn 61"), ("ferry",)),
    "a slug": (target("slug", "BC-Osmere-Dam"), ("dam",)),
    "a headline, as good as the same": (target("headline", "Dam of Osmere holds."), ("dam",)),
    "a headline that two have": (
        target("headline", "FERRY RUNS AGROUND OFF TARNWICK"),
        ("again", "ferry"),
    ),
    "a headline of something else": (target("headline", "Dam of Osmere is sold"), ()),
    "a number beats a headline": (
        target("headline", "Ferry runs aground off Tarnwick") + target("number", "nrn 62"),
        ("dam",),
    ),
    "nobody": (target("number", "nrn 99"), ()),
    "no name": ((), ()),
}


@pytest.mark.parametrize("case", CASES)
def test_the_strongest_name_counts(case: str) -> None:
    """Exact names beat slugs, slugs beat headlines; the order of the stories says nothing."""
    targets, expected = CASES[case]
    for order in itertools.permutations((FERRY, DAM, AGAIN, OLD)):
        meant = whom(notice(targets=targets), order)
        assert tuple(meant.stories) == expected
        assert meant.several is (len(expected) > 1)


def test_a_number_names_its_message() -> None:
    """Whom a running number means is remembered with the number, a slug's story without one."""
    by_number = whom(notice(targets=target("number", "nrn 62")), [DAM])
    assert by_number.stories == {"dam": "nrn 62"}
    assert version_for(notice(meant=by_number), "dam", trusts_words=False).means == "nrn 62"
    assert whom(notice(targets=target("slug", "Osmere-Dam")), [DAM]).stories == {"dam": ""}


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


def test_a_notice_without_names_speaks_of_itself() -> None:
    """A notice that bears its target's own slug and headline names no other."""
    own = target("slug", "Tarnwick-Ferry") + target("headline", "Ferry")
    assert not names_another(item("withdraw", slug="Tarnwick-Ferry", targets=own), "tarnwick-ferry")
    assert names_another(item("withdraw", targets=target("number", "nrn 61")), "advisory")


def notice(
    *stories: str,
    sure: bool = True,
    targets: tuple[Target, ...] = (),
    meant: Meant | None = None,
    action: Any = "withdraw",
) -> Notice:
    """A kill that these stories answer to."""
    return Notice(
        rank=Rank(0, NOW, 7), received=NOW, own="n", key="n", action=action, fingerprint="f",
        targets=targets, text="KILL", sure=sure,
        meant=meant or Meant(dict.fromkeys(stories, ""), len(stories) > 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "trusts", "status"),
    [
        (notice("ferry"), False, "withheld"),
        (notice("ferry"), True, "canceled"),
        (notice("ferry", sure=False), True, "withheld"),
        (notice("ferry", "dam"), True, "withheld"),
    ],
)
def test_only_a_sure_and_trusted_kill_of_one_story_withdraws(
    asked: Notice, trusts: object, status: str
) -> None:
    """A word that no source confirms, or that may mean two, never withdraws by itself."""
    version = version_for(asked, "ferry", trusts_words=bool(trusts))
    assert version.status == status
    assert bool(version.doubt) is (status == "withheld")
    assert all(name in version.doubt for name in asked.meant.stories if asked.meant.several)


def test_a_photo_notice_takes_the_picture_alone() -> None:
    """A notice that names a picture cancels it by id or file name, and touches nothing else."""
    asked = notice("ferry", targets=target("photo", "TAR101"))
    withdrawn = version_for(asked, "ferry", trusts_words=True)
    assert (withdrawn.status, withdrawn.doubt, withdrawn.photo) == ("usable", "", "TAR101")
    here = Media(id="x", renditions=(Rendition(href="https://p.example/a/TAR101.jpg?s=1"),))
    there = Media(id="tar102")
    assert media_names(here) == {"x", "tar101"}
    shown = item(media=(here, there))
    assert whom(asked, [known("ferry", shown, "", NOW)]).stories == {"ferry": ""}
    report = without_photos(shown, [withdrawn])
    assert [media.status for media in report.media] == ["canceled", "usable"]
    assert without_photos(report, ()) is report


def test_a_release_lifts_and_holds_nothing() -> None:
    """A notice that frees a story is no doubt about it."""
    freed = notice("ferry", action="release")
    version = version_for(freed, "ferry", trusts_words=False)
    assert isinstance(version, Version)
    assert (version.frees, version.status, version.doubt) == (True, "usable", "")
