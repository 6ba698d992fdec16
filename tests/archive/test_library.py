"""What the archive remembers for related stories, coverage and sections."""

from __future__ import annotations

import sqlite3
from array import array
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.newsdesk import CONFIG, START, Desk, ninjs

from wirecopy.archive import library
from wirecopy.config import KnownTopic
from wirecopy.model import Delivery
from wirecopy.story.related import Recall

DAM = "Dam bursts above Tarn Valley"
_ENDINGS = {
    "norrane": "Ilsa Korvane sent soldiers to the Tarn Valley. The dam burst at dawn.",
    "quaymark": "Soldiers took families off roofs in the Tarn Valley, Ilsa Korvane said.",
}


def dam(uri: str, source: str, at: datetime = START, **fields: object) -> bytes:
    """How one agency tells that a dam has burst."""
    body = f"<p>{_ENDINGS[source]}</p><p>Nine are missing.</p>"
    headline = str(fields.pop("headline", DAM if source == "norrane" else f"Nine missing: {DAM}"))
    return ninjs(uri, headline, body=body, language="en", versioncreated=at, **fields)


def covered(desk: Desk) -> list[str]:
    """The coverage pages of the site."""
    return sorted(path for path in desk.site() if path.startswith("coverage/"))


def test_an_event_has_a_page_once_two_agencies_tell_it() -> None:
    """The second agency's story opens a page with both; it has one address for ever."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(dam("urn:a", "norrane"))
        assert covered(desk) == []
        desk.now += timedelta(minutes=1)
        desk.take(dam("urn:b", "quaymark"), source="quaymark")
        [path] = covered(desk)
        assert path.startswith("coverage/tarn-valley")
        page = desk.site()[path].decode()
        assert page.index("Nine missing") < page.index(f">{DAM}")
        assert "NRN (1)" in page
        for name in ("a", "b"):
            assert path.encode() in desk.site()[desk.story(name).path]
        desk.take(
            dam("urn:c", "quaymark", headline="Tarn Valley dam bursts again"), source="quaymark"
        )
        assert covered(desk) == [path]
        assert desk.site() == desk.full_bake()


def test_a_kill_mends_coverage() -> None:
    """Where a kill leaves one agency, the page and every link to it go."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(dam("urn:a", "norrane"))
        desk.take(dam("urn:b", "quaymark"), source="quaymark")
        desk.order("kill", desk.story("urn:a").id)
        assert covered(desk) == []
        assert b"coverage/" not in desk.site()[desk.story("urn:b").path]
        assert desk.site() == desk.full_bake()


def test_a_fast_event_is_developing_until_it_is_calm() -> None:
    """Three fresh stories within two hours mark their pages; two hours later the mark goes."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(dam("urn:a", "norrane"))
        desk.take(dam("urn:b", "quaymark"), source="quaymark")
        [path] = covered(desk)
        assert b"Developing" not in desk.site()[path]
        desk.now += timedelta(minutes=20)
        desk.take(dam("urn:c", "quaymark", desk.now, headline=f"Again: {DAM}"), source="quaymark")
        page = desk.story("urn:a").path
        assert b"Developing" in desk.site()[path]
        assert b"Developing" in desk.site()[page]
        assert desk.site() == desk.full_bake()
        desk.wait(hours=3)
        assert b"Developing" not in desk.site()[path]
        assert b"Developing" not in desk.site()[page]
        assert desk.site() == desk.full_bake()


@pytest.mark.parametrize("batch", [1, 2, 50])
def test_coverage_does_not_depend_on_batches(batch: int) -> None:
    """However the log is cut into batches, coverage, terms and the site end the same."""
    config = msgspec.structs.replace(
        CONFIG, pipeline=msgspec.structs.replace(CONFIG.pipeline, batch=batch)
    )
    found = []
    for settings in (CONFIG, config):
        with Desk(settings) as desk:
            desk.newsroom.bake_all()
            desk.log(
                (
                    START + timedelta(minutes=9 * number),
                    Delivery(
                        source=source,
                        body=dam(f"urn:{number}", source, START + timedelta(minutes=8 * number)),
                    ),
                )
                for number, source in enumerate(("norrane", "quaymark") * 4)
            )
            desk.pipeline.drain()
            found.append((desk.archive(), desk.site(), desk.full_bake()))
    assert found[0] == found[1]
    assert found[1][1] == found[1][2]


def test_what_failed_teaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An item whose filing fails leaves no term, profile or lesson behind."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(dam("urn:a", "norrane"))
        before = desk.rows("SELECT * FROM terms ORDER BY term")

        def fail(*_: object) -> None:
            raise ValueError("broken on purpose")

        monkeypatch.setattr(library.Library, "join", fail)
        assert desk.take(dam("urn:b", "quaymark"), source="quaymark") == ["quarantined"]
        assert desk.rows("SELECT * FROM terms ORDER BY term") == before
        assert len(desk.rows("SELECT * FROM profiles")) == 1


def test_routed_stories_teach_where_others_belong() -> None:
    """Copy whose wire says no section goes where copy of its kind was routed, and says why."""
    games = ("striker", "keeper", "penalty", "league", "referee", "goal")
    votes = ("ballot", "premier", "parliament", "coalition", "minister", "treaty")
    with Desk() as desk:
        for number in range(31):
            for section, words in (("Sport", games), ("World", votes)):
                said = " ".join(words[number % 3 :])
                desk.take(
                    ninjs(
                        f"urn:{section}{number}",
                        f"{said} {number}",
                        body=f"<p>{said}.</p>",
                        versioncreated=START - timedelta(days=number),
                        subject=[{"name": section}],
                    )
                )
        desk.take(ninjs("urn:new", "Keeper saves penalty", body="<p>The referee and the goal.</p>"))
        story = desk.story("urn:new")
        assert story.section == "sport"
        assert "sure" in story.section_why
        desk.take(ninjs("urn:odd", "Whales strand", body="<p>Forty whales lay on sand.</p>"))
        assert desk.story("urn:odd").section_why == "the source's own section"


def test_what_others_write_is_read_anew(tmp_path: Path) -> None:
    """Terms at hand are forgotten once another process has written to the archive."""
    ours, theirs = (sqlite3.connect(tmp_path / "a.db") for _ in range(2))
    theirs.execute("CREATE TABLE t (n)")
    theirs.commit()
    shelf = library.Shelf()
    shelf.ready(ours).terms["ferry"] = Recall(1, array("q"), {})
    assert "ferry" in shelf.ready(ours).terms
    theirs.execute("INSERT INTO t VALUES (1)")
    theirs.commit()
    assert not shelf.ready(ours).terms
    ours.close()
    theirs.close()


def test_a_topic_has_a_feed_from_its_second_story_on() -> None:
    """One story gives a topic its page, the second its feed; a kill is told in it."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(ninjs("urn:a", "Ferry one", place=[{"name": "Port Sel"}]))
        assert "topics/port-sel.html" in desk.site()
        assert "topics/port-sel.atom" not in desk.site()
        desk.take(ninjs("urn:b", "Orchestra two", place=[{"name": "Port Sel"}]))
        assert "topics/port-sel.atom" in desk.site()
        desk.order("kill", desk.story("urn:b").id)
        feed = desk.site()["topics/port-sel.atom"]
        assert b"deleted-entry" in feed
        assert b"Orchestra" not in feed
        assert desk.site() == desk.full_bake()


def test_a_section_that_is_renamed_is_so_on_every_page() -> None:
    """A new name of a section stands on stories, topics and coverage; addresses stay."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(dam("urn:a", "norrane"))
        desk.take(dam("urn:b", "quaymark"), source="quaymark")
        before = set(desk.site())
        key = desk.story("urn:a").section
        sections = tuple(
            msgspec.structs.replace(one, name="Upper Lands") if one.key == key else one
            for one in CONFIG.sections
        )
        desk.config = msgspec.structs.replace(CONFIG, sections=sections)
        desk.reopen()
        assert desk.newsroom.renew_if_changed()
        desk.carry()
        assert set(desk.site()) == before
        [page] = covered(desk)
        for path in (page, desk.story("urn:a").path, "topics/tarn-valley.html"):
            assert b"Upper Lands" in desk.site()[path]
        assert desk.site() == desk.full_bake()


def test_topics_that_are_merged_share_one_page() -> None:
    """After a rebuild what `[[topics]]` merges has one page, and the other name leads nowhere."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(ninjs("urn:a", "Ferry one", place=[{"name": "Port Sel"}]))
        desk.take(ninjs("urn:b", "Orchestra two", place=[{"name": "Sel Harbour"}]))
        assert "topics/sel-harbour.html" in desk.site()
        merged = KnownTopic(name="Port Sel", kind="place", merge=("Sel Harbour",))
        desk.config = msgspec.structs.replace(CONFIG, topics=(merged,))
        desk.rebuild()
        assert "topics/sel-harbour.html" not in desk.site()
        page = desk.site()["topics/port-sel.html"]
        assert b"Ferry one" in page
        assert b"Orchestra two" in page
        assert not any(b"sel-harbour" in body for body in desk.site().values())
        assert desk.site() == desk.full_bake()
