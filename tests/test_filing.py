"""Filing and baking together: what each kind of entry does, and what a broken part costs."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.newsdesk import CONFIG, START, Desk, ninjs, notice, open_files, reference

from wirecopy import readers, verdicts
from wirecopy.archive import listings, marks
from wirecopy.config import Section
from wirecopy.errors import ConfigError, SourceError
from wirecopy.filing import Filer
from wirecopy.leases import Lease
from wirecopy.log.sqlite import SqliteLog
from wirecopy.model import Delivery, LogEntry, Media, Order, Rendition, Tick
from wirecopy.press import plan
from wirecopy.readers import OwnReader, PoolReader
from wirecopy.recovery import forget

ONE = "urn:nrn:1"


def rss(*items: str) -> bytes:
    """An RSS feed of these items."""
    return (
        f'<rss version="2.0"><channel><title>NRN</title>{"".join(items)}</channel></rss>'.encode()
    )


def test_authors_reach_the_lists_and_change_with_the_story(desk: Desk) -> None:
    """Feeds name who wrote a story as it stands, incrementally as in a full bake and a rebuild."""
    desk.take(ninjs(ONE, version="1", byline="By Ana Roe"))
    assert b"<dc:creator>Ana Roe</dc:creator>" in desk.site()["rss.xml"]
    desk.take(ninjs(ONE, version="2", byline="By Ana Roe and Ben Ash"))
    site = desk.site()
    assert b"<dc:creator>Ben Ash</dc:creator>" in site["world/rss.xml"]
    assert b"<name>Ben Ash</name>" in site["world/atom.xml"]
    assert site == desk.full_bake()
    desk.rebuild()
    assert desk.site() == site


# -- outcomes --------------------------------------------------------------------------


def test_each_outcome_has_its_delivery(desk: Desk) -> None:
    """Every outcome that the product knows is reached, and the ledger adds up."""
    one = ninjs(ONE, version="1")
    assert desk.take(one) == ["published"]
    assert desk.take(ninjs(ONE, "Ferry towed off", version="3")) == ["updated"]
    assert desk.take(ninjs(ONE, "Ferry still there", version="2")) == ["superseded"]
    assert desk.take(one) == ["duplicate"]
    assert desk.take(ninjs(ONE, "Ferry towed off", version="4")) == ["duplicate"]
    assert desk.take(ninjs("urn:nrn:2", embargoed=START + timedelta(hours=1))) == ["held"]
    assert desk.take(ninjs("urn:nrn:3", type="planning")) == ["internal"]
    assert desk.take(notice(ONE, version="5")) == ["withdrawn"]
    assert desk.take(ninjs(ONE, "Late", version="4.0", byline="x")) == ["superseded"]
    assert desk.take(ninjs(ONE, "Ferry, all new", version="6")) == ["held"]
    assert desk.take(b"<rss", b"") == ["quarantined", "quarantined"]
    kinds = dict(desk.rows("SELECT kind, SUM(n) FROM counts WHERE ledger='items' GROUP BY kind"))
    assert len(kinds) == 8
    assert sum(kinds.values()) == 12


def test_one_bad_item_costs_its_neighbours_nothing(desk: Desk) -> None:
    """A delivery with a spoiled item publishes the others and is shown as quarantined."""
    both = [json.loads(ninjs(ONE)), "nothing", json.loads(ninjs("urn:nrn:2"))]
    assert desk.take(json.dumps(both).encode()) == ["published", "published", "quarantined"]
    assert desk.rows("SELECT kind, items FROM deliveries") == [("quarantined", 3)]


def test_an_item_that_breaks_filing_is_quarantined(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours in one item is its quarantine: nothing of it is kept, the rest is filed."""
    real = verdicts.decide

    def faulty(story: Any, *args: Any, **named: Any) -> Any:
        if story.key == "urn:nrn:2":
            raise ZeroDivisionError("told")
        return real(story, *args, **named)

    monkeypatch.setattr(verdicts, "decide", faulty)
    items = [json.loads(ninjs(f"urn:nrn:{n}", f"Ferry {n} sails off Osmere")) for n in (1, 2, 3)]
    assert desk.take(json.dumps(items).encode()) == ["published", "quarantined", "published"]
    assert desk.rows("SELECT key FROM stories ORDER BY key") == [(ONE,), ("urn:nrn:3",)]
    (reason,) = desk.rows("SELECT reason FROM outcomes WHERE kind = 'quarantined'")[0]
    assert "ZeroDivisionError: told" in reason
    assert "report" in reason
    monkeypatch.undo()
    desk.rebuild()
    assert len(desk.rows("SELECT id FROM stories WHERE state = 'live'")) == 3


def test_an_order_for_nobody_is_passed_over(desk: Desk) -> None:
    """An order that names no story, as an old log may hold one, changes nothing."""
    desk.pipeline.order(Order(action="kill", story="nobody", by="mira"))
    desk.carry()
    assert desk.newsroom.archive.position() == desk.newsroom.log.last()
    assert desk.take(ninjs(ONE)) == ["published"]


# -- identity --------------------------------------------------------------------------

LINKED = "<item><title>Ferry sails</title><link>https://wire.example/a/1</link></item>"
NAMED = (
    '<item><title>Ferry sails late</title><guid isPermaLink="false">NRN-1</guid>'
    "<link>https://wire.example/a/1</link></item>"
)


@pytest.mark.parametrize("order", [(LINKED, NAMED), (NAMED, LINKED)])
def test_a_link_stands_in_for_an_id(desk: Desk, order: tuple[str, str]) -> None:
    """Copy with an id and copy with only the link are one story, whichever came first."""
    desk.take(rss(order[0]), rss(order[1]))
    assert len(desk.rows("SELECT id FROM stories")) == 1


def test_an_id_learned_later_is_the_storys(desk: Desk) -> None:
    """A kill that bears only the id finds a story that was opened under its link."""
    desk.take(rss(LINKED), rss(NAMED))
    assert desk.take(reference("NRN-1", at=START + timedelta(days=1))) == ["withdrawn"]
    assert desk.rows("SELECT state FROM stories") == [("withdrawn",)]
    desk.take(ninjs("NRN-1", "Ferry sails after all"))
    assert desk.rows("SELECT state FROM stories") == [("withdrawn",)]


@pytest.mark.parametrize("name", ["https://wire.example/a/1", "http://wire.example/a/1/"])
@pytest.mark.parametrize("first", ["kill", "story"])
def test_a_kill_may_name_a_story_by_its_link(desk: Desk, name: str, first: str) -> None:
    """A kill by reference finds its story under any of its names, before or after it came."""
    parts = [reference(name, at=START + timedelta(days=1)), rss(NAMED)]
    desk.take(*(parts if first == "kill" else reversed(parts)))
    assert desk.rows("SELECT state FROM stories") == [("withdrawn",)]


def test_stories_that_share_a_link_stay_apart(desk: Desk) -> None:
    """Two ids under one link are two stories: a feed that links to one page joins nothing."""
    other = NAMED.replace("NRN-1", "NRN-2").replace("late", "early")
    desk.take(rss(NAMED), rss(other))
    assert len(desk.rows("SELECT id FROM stories")) == 2
    desk.take(reference("NRN-2", at=START + timedelta(days=1)))
    states = dict(desk.rows("SELECT key, state FROM stories"))
    assert states == {"NRN-1": "live", "NRN-2": "withdrawn"}


def test_items_without_id_and_title_are_stories_of_their_own(desk: Desk) -> None:
    """What an item says tells it from others, poll after poll; the same again is a duplicate."""
    texts = ("The bridge of Norstad opened.", "A bear was seen.", "Shares of Selline fell.")
    bridge, bear, shares = (f"<item><description>{text}</description></item>" for text in texts)
    assert desk.take(rss(bridge, bear)) == ["published"] * 2
    assert desk.take(rss(shares, bridge)) == ["published", "duplicate"]
    assert desk.rows("SELECT count(*) FROM stories WHERE path <> ''") == [(3,)]


def test_sources_have_stories_of_their_own(desk: Desk) -> None:
    """One id from two sources is two stories, and the kill of one leaves the other."""
    desk.take(ninjs(ONE))
    desk.take(ninjs(ONE), source="quaymark")
    desk.take(notice(ONE, version="9"))
    assert dict(desk.rows("SELECT source, state FROM stories")) == {
        "norrane": "withdrawn",
        "quaymark": "live",
    }


# -- a story's life --------------------------------------------------------------------


def test_one_address_for_ever(desk: Desk) -> None:
    """Updates, new headlines, reworks and new sections change the page, never its address."""
    desk.take(ninjs(ONE, "Ferry sails", version="1"))
    path = desk.story(ONE).path
    desk.take(ninjs(ONE, "Ship gone", version="2", subject=[{"name": "Sport"}]))
    desk.order("rework", desk.story(ONE).id, headline="Elsewhere")
    desk.order("reroute", desk.story(ONE).id, section="news")
    assert desk.story(ONE).path == path
    assert path.startswith("world/ferry-sails-")
    assert desk.story(ONE).section == "news"
    assert b"Elsewhere" in desk.site()[path]
    assert desk.site() == desk.full_bake()


def test_a_section_changed_while_held_has_its_day_page(desk: Desk) -> None:
    """A story that moved while it was away is on its new section's day page when it is back."""
    desk.take(ninjs(ONE, version="1"))
    name = desk.story(ONE).id
    desk.order("hold", name)
    desk.order("reroute", name, section="sport")
    assert "sport/2022/01/08/index.html" not in desk.site()
    desk.order("release", name)
    assert desk.story(ONE).state == "live"
    assert name.encode() in desk.site()["sport/2022/01/08/index.html"]
    assert "world/2022/01/08/index.html" not in desk.site()
    assert desk.site() == desk.full_bake()


def test_staff_take_their_kill_back(desk: Desk) -> None:
    """A story that staff killed and released is at its address again, and no longer gone."""
    desk.take(ninjs(ONE))
    story = desk.order("kill", desk.story(ONE).id)
    assert f"gone/{story.id}.html" in desk.site()
    assert story.path not in desk.site()
    desk.order("release", story.id)
    assert f"gone/{story.id}.html" not in desk.site()
    assert story.path in desk.site()
    assert [change.kind for change in desk.story(ONE).changes] == [
        "published",
        "withdrawn",
        "restored",
    ]
    assert desk.site() == desk.full_bake()


def test_a_hold_leaves_the_text_that_it_holds(desk: Desk) -> None:
    """The agency holds and frees a story: the text comes back as it was, or newer."""
    one = ninjs(ONE, version="3", versioncreated=START)
    desk.take(one)
    assert desk.take(reference(ONE, "withheld", START + timedelta(minutes=5))) == ["held"]
    story = desk.story(ONE)
    assert (story.state, story.path in desk.site()) == ("held", False)
    assert story.standing is not None
    assert story.standing.headline == "Ferry runs aground off Tarnwick"
    assert desk.take(one) == ["duplicate"]
    assert desk.story(ONE).state == "held"
    freed = ninjs(ONE, version="4", versioncreated=START + timedelta(minutes=9))
    assert desk.take(freed) == ["duplicate"], "the same text under a newer version"
    assert desk.story(ONE).state == "live"
    late = reference(ONE, "withheld", START + timedelta(minutes=1))
    assert desk.take(late) == ["superseded"]
    assert desk.site() == desk.full_bake()


def test_what_frees_a_story_publishes_it(desk: Desk) -> None:
    """Its text had come before, under an embargo; readers see it for the first time."""
    assert desk.take(ninjs(ONE, version="1", embargoed=START + timedelta(hours=1))) == ["held"]
    assert desk.take(ninjs(ONE, version="2")) == ["published"]
    assert desk.take(ninjs(ONE, version="3")) == ["duplicate"]


def test_times_are_the_logs(desk: Desk) -> None:
    """What a reader sees is dated by the log and by schedules, never by who processed it when."""
    embargo = START + timedelta(minutes=30)
    expiry = START + timedelta(hours=3)
    desk.log(
        [
            (START, Delivery(source="norrane", body=ninjs(ONE, embargoed=embargo, expires=expiry))),
            (START + timedelta(days=2), Tick()),
        ]
    )
    desk.now += timedelta(days=400)
    desk.carry()
    story = desk.story(ONE)
    assert [(change.kind, change.at) for change in story.changes] == [
        ("published", embargo),
        ("expired", expiry),
    ]
    assert story.first_published == embargo


def test_a_tick_is_told_to_the_log_when_something_falls_due(desk: Desk) -> None:
    """The log hears of the time when a schedule falls due, and only then."""
    desk.take(ninjs(ONE, embargoed=START + timedelta(minutes=30)))
    assert not desk.pipeline.tick()
    desk.now += timedelta(minutes=30)
    assert desk.pipeline.tick()
    desk.carry()
    assert desk.story(ONE).state == "live"
    assert not desk.pipeline.tick()


def test_a_rework_is_taken_back(desk: Desk) -> None:
    """An empty headline and a picture without files give the agency's back."""
    desk.take(ninjs(ONE))
    name = desk.story(ONE).id
    picture = Media(id="d", renditions=(Rendition(href="/m/1.jpg"),))
    desk.order("rework", name, headline="Other", picture=picture)
    assert desk.order("rework", name, picture=Media()).rework.headline == "Other"
    rework = desk.order("rework", name, headline="").rework
    assert (rework.headline, rework.picture, rework.by) == ("", None, "")


def test_a_rework_goes_with_the_text_that_its_agency_kills(desk: Desk) -> None:
    """What staff wrote over a text that was killed does not come back with the next one."""
    desk.take(ninjs(ONE, "Mate held over wreck", version="1"))
    name = desk.story(ONE).id
    picture = Media(id="d", renditions=(Rendition(href="/m/mate.jpg"),))
    desk.order("rework", name, headline="Mate is in prison", picture=picture)
    assert b"Mate is in prison" in desk.site()[desk.story(ONE).path]
    desk.take(notice(ONE, version="2"))
    desk.take(ninjs(ONE, "Nobody held over wreck", version="3"))
    story = desk.order("release", name)
    site = desk.site()
    assert story.state == "live"
    assert b"Nobody held over wreck" in site[story.path]
    assert not [p for p, b in site.items() if b"in prison" in b or b"mate.jpg" in b]
    assert b"not edited by" in site[story.path]


def test_a_rework_outlives_a_kill_that_staff_take_back(desk: Desk) -> None:
    """Staff who kill a story by mistake get it back as it was."""
    desk.take(ninjs(ONE, version="1"))
    name = desk.story(ONE).id
    desk.order("rework", name, headline="Stranded at sea")
    desk.order("kill", name)
    story = desk.order("release", name)
    assert b"Stranded at sea" in desk.site()[story.path]


def test_parts_of_a_day_count_what_came_and_went(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story that came and was killed in one batch still counts as having begun a part."""
    for module in (plan, listings, marks):
        monkeypatch.setattr(module, "DAY_PART", 2)
    desk.take(ninjs(ONE), ninjs("urn:nrn:2"))
    desk.log(
        [
            (START, Delivery(source="norrane", body=ninjs("urn:nrn:3", version="1"))),
            (START, Delivery(source="norrane", body=notice("urn:nrn:3", version="2"))),
        ]
    )
    desk.carry()
    assert desk.site() == desk.full_bake()


def test_a_section_that_is_configured_no_more_keeps_its_front() -> None:
    """Stories of a section that left the settings keep the front that their pages lead to."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(ninjs(ONE), ninjs("urn:nrn:2"))
        fewer = tuple(section for section in CONFIG.sections if section.key != "world")
        assert all(isinstance(section, Section) for section in fewer)
        sources = tuple(msgspec.structs.replace(one, section="news") for one in CONFIG.sources)
        desk.config = msgspec.structs.replace(CONFIG, sections=fewer, sources=sources)
        desk.reopen()
        assert desk.newsroom.renew_if_changed()
        desk.order("hold", desk.story(ONE).id)
        assert desk.story("urn:nrn:2").id.encode() in desk.site()["world/index.html"]
        assert desk.site() == desk.full_bake()


# -- parts that break ------------------------------------------------------------------


def test_a_full_disk_costs_nothing(desk: Desk) -> None:
    """While the archive's disk is full the error says so; afterwards everything is filed."""
    desk.take(ninjs(ONE))
    connection = desk.newsroom.archive.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    text = "<p>" + "A long report from the harbour of Osmere. " * 4000 + "</p>"
    desk.pipeline.take([Delivery(source="norrane", body=ninjs("urn:nrn:2", body=text))])
    for _ in range(3):
        with pytest.raises(SourceError, match=r"full.*Nothing was lost"):
            desk.pipeline.step()
    assert desk.newsroom.archive.position() == 1
    connection.execute("PRAGMA max_page_count = 1000000")
    desk.carry()
    assert desk.story("urn:nrn:2").state == "live"
    assert desk.site() == desk.full_bake()


def test_a_busy_archive_is_told(desk: Desk) -> None:
    """When somebody else holds the archive for too long, the error says so and it goes on later."""
    desk.newsroom.archive.connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(desk.newsroom.archive.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    desk.pipeline.take([Delivery(source="norrane", body=ninjs(ONE))])
    with pytest.raises(SourceError, match="locked"):
        desk.pipeline.step()
    other.execute("ROLLBACK")
    other.close()
    desk.carry()
    assert desk.story(ONE).state == "live"


def test_an_archive_from_elsewhere_is_refused(tmp_path: Path) -> None:
    """An archive that knows more than its log is refused: new entries would be passed over."""
    with Desk(folder=tmp_path) as desk:
        desk.take(ninjs(ONE))
        desk.newsroom.close()
        for path in (tmp_path / "data").glob("log.db*"):
            path.unlink()
        SqliteLog(tmp_path / "data" / "log.db").close()
        with pytest.raises(ConfigError, match="wirecopy rebuild") as refused:
            desk.reopen()
        assert open_files(tmp_path) == [], f"{refused.value} - and all is closed again"
        forget(tmp_path)
        desk.reopen()
        assert desk.take(ninjs(ONE)) == ["published"]


def test_another_time_zone_needs_a_rebuild(tmp_path: Path) -> None:
    """Days begin elsewhere in another zone, so an archive made with another one is refused."""
    with Desk(folder=tmp_path) as desk:
        site = msgspec.structs.replace(CONFIG.site, timezone="Europe/Lisbon")
        desk.config = msgspec.structs.replace(CONFIG, site=site)
        with pytest.raises(ConfigError, match="wirecopy rebuild") as refused:
            desk.reopen()
        assert open_files(tmp_path) == [], f"{refused.value} - and all is closed again"
        desk.config = CONFIG
        desk.reopen()


def test_only_one_files_at_a_time(tmp_path: Path) -> None:
    """The lease lets one in at a time, threads of one process included."""
    lease = Lease(tmp_path / "data" / "lease")
    inside, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal inside, most
        for _ in range(50):
            with lease:
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


def test_filing_begins_where_the_last_one_ended(desk: Desk) -> None:
    """A batch that does not follow the archive's position is not filed."""
    desk.take(ninjs(ONE))
    entries = desk.newsroom.log.after(0, 9)
    galleys = list(OwnReader(CONFIG).read(entries))
    before = desk.archive()
    assert not Filer(desk.newsroom.archive, CONFIG).file(entries, galleys, after=0)
    assert desk.archive() == before


def test_a_kill_by_another_name_comes_before_its_story(desk: Desk) -> None:
    """A notice that names a story by one of its other ids holds it, whichever comes first."""
    desk.take(notice("urn:other:1"))
    told = desk.take(ninjs(ONE, "Ferry sails", altids={"guid": "urn:other:1"}))
    assert told in (["superseded"], ["held"])
    assert not any("ferry" in path for path in desk.site())
    desk.take(ninjs("urn:nrn:2", "Tug sails", altids={"guid": "urn:shared"}))
    desk.take(ninjs("urn:nrn:3", "Barge sails", altids={"guid": "urn:shared"}))
    shown = [path for path in desk.site() if "sails" in path]
    assert len(shown) == 2, "an id that two stories share makes them no one story"


def test_a_kill_does_not_wait_for_the_end_of_a_backlog(desk: Desk) -> None:
    """While much is still to be filed, a killed story is off the lists with its own batch."""
    desk.take(ninjs(ONE, "Ferry sails"))
    desk.carry()
    backlog = [notice(ONE), *(ninjs(f"urn:nrn:{n}", f"Tug {n} sails") for n in range(450))]
    desk.newsroom.pipeline.take([Delivery(source="norrane", body=body) for body in backlog])
    seen: list[bool] = []

    def look(_seq: int) -> None:
        home = desk.newsroom.site_path / "index.html"
        seen.append("Ferry" in home.read_text("utf-8"))

    desk.newsroom.pipeline.drain(look)
    assert len(seen) == 3
    assert seen == [True, False, False], "told before the first batch is baked, then after it"


def test_a_story_that_cannot_be_decided_is_held(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in deciding one story hides that story and says why; the wire goes on."""
    desk.take(ninjs(ONE, "Ferry sails"))
    desk.carry()
    story = desk.newsroom.archive.connection.execute("SELECT id FROM stories").fetchone()[0]

    def fail(*_args: object, **_how: object) -> None:
        raise ZeroDivisionError("by nought")

    with monkeypatch.context() as patch:
        patch.setattr(verdicts, "decide", fail)
        desk.order("kill", story)
    held = desk.newsroom.archive.story(story)
    assert held is not None
    assert (held.state, held.due) == ("held", None)
    assert "by nought" in held.reason
    assert not any("ferry" in path for path in desk.site())
    desk.take(ninjs("urn:nrn:2", "Tug sails"))
    desk.carry()
    assert any("tug-sails" in path for path in desk.site())


# -- reading processes -----------------------------------------------------------------


def entries_of(*bodies: bytes) -> list[LogEntry]:
    """A log of these deliveries with a tick between them."""
    found: list[LogEntry] = []
    for body in bodies:
        for entry in (Delivery(source="norrane", body=body), Tick()):
            found.append(LogEntry(seq=len(found) + 1, received=START, entry=entry))
    return found


def test_reading_processes_give_what_one_would() -> None:
    """Several processes give the galleys of one, in order; a killed one costs a repetition."""
    bodies = [ninjs(f"urn:nrn:{n}", f"Ferry {n} sails") for n in range(40)]
    entries = entries_of(*bodies, b"<rss", b"", bodies[0])
    own = list(OwnReader(CONFIG).read(entries))
    pool = PoolReader(CONFIG, 2)
    try:
        assert list(pool.read(entries)) == own
        assert list(pool.read([])) == []
        for process in list(pool._pool._processes):
            os.kill(process, signal.SIGKILL)
        assert list(pool.read(entries)) == own
        assert list(pool.read(entries)) == own
    finally:
        pool.close()
        pool.close()


def test_reading_processes_begin_before_copy_comes() -> None:
    """Begun by the first delivery they would keep it waiting for most of a second."""
    pool = PoolReader(CONFIG, 2)
    try:
        pool.get_ready()
        assert len(pool._pool._processes) == 2
    finally:
        pool.close()


class _DeadlyPool:
    """A pool whose processes die of one delivery, as they would of a fault in a C library."""

    def map(self, work: Any, chunks: list[bytes]) -> Iterator[bytes]:
        """What `work` makes of the chunks, until one of them is deadly."""
        return (self._do(work, chunk) for chunk in chunks)

    def submit(self, work: Any, chunk: bytes) -> Future[bytes]:
        """The same of one chunk, later."""
        future: Future[bytes] = Future()
        try:
            future.set_result(self._do(work, chunk))
        except BrokenProcessPool as error:
            future.set_exception(error)
        return future

    @staticmethod
    def _do(work: Any, chunk: bytes) -> bytes:
        if b"deadly" in chunk:
            raise BrokenProcessPool
        readers._begin(msgspec.msgpack.encode(CONFIG))
        return bytes(work(chunk))

    def shutdown(self, **_how: Any) -> None:
        """There is nothing to end."""


def test_a_deadly_delivery_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that kill the process that reads them are quarantined; the wire goes on."""
    monkeypatch.setattr(readers, "begin_pool", lambda *_how: _DeadlyPool())
    monkeypatch.setattr(readers, "_config", None)
    entries = entries_of(ninjs("urn:nrn:1", "Ferry sails"), b"deadly", ninjs("urn:nrn:2", "Tug"))
    galleys = list(PoolReader(CONFIG, 1).read(entries))
    read = [galley for galley in galleys if galley is not None]
    assert [len(galley.sheets) for galley in read] == [1, 0, 1]
    assert "ended the process" in read[1].error


def test_the_same_site_with_reading_processes() -> None:
    """A newsroom that reads in processes beside it gives the same archive and the same bytes."""
    bodies = [ninjs(f"urn:nrn:{n % 30}", f"Ferry {n} sails", version=str(n)) for n in range(60)]
    log = [(START, Delivery(source="norrane", body=body)) for body in (*bodies, b"<rss")]
    with Desk() as own, Desk(readers=2) as pool:
        for desk in (own, pool):
            desk.newsroom.bake_all()
            desk.log(log)
            desk.pipeline.drain()
        assert pool.archive() == own.archive()
        assert pool.site() == own.site()
