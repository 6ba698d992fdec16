"""Trimming the log: a snapshot and the rest of the log give what the whole log would give."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, note
from hypothesis import strategies as st
from tests.cli.wires import CONFIG as POST
from tests.cli.wires import FERRY, FERRY_2, KILL, newsroom
from tests.newsdesk import CONFIG, START, Desk, ninjs, notice
from tests.properties.wires import Log, examples, logs, tell

from wirecopy import retention
from wirecopy.cli import wirecopy
from wirecopy.config import Config, Retention, parse
from wirecopy.errors import ConfigError, SourceError, WirecopyError
from wirecopy.model import Delivery, Tick
from wirecopy.pressroom import ARCHIVE
from wirecopy.recovery import SNAPSHOT, check_log
from wirecopy.retention import Trimmed, trim

MONTH = msgspec.structs.replace(CONFIG, log=Retention(keep="30d"))


def trimmed(desk: Desk, config: Config = MONTH) -> Trimmed:
    """What goes out of the desk's log, at its own time."""
    return trim(desk.folder, config, desk.now)


def sequence(desk: Desk) -> list[int]:
    """The numbers of the entries that the log holds."""
    return [entry.seq for entry in desk.newsroom.log.after(0, 10**9)]


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A newsroom in hand."""
    with Desk() as made:
        made.newsroom.bake_all()
        yield made


def later(desk: Desk) -> None:
    """Let forty days pass, and one more entry come that is young."""
    desk.now += timedelta(days=40)
    desk.take(ninjs("urn:nrn:young", "Harbour wall is finished", version="1"))


# -- the promise -------------------------------------------------------------------------


@examples(25)
@given(st.data())
def test_a_snapshot_and_the_rest_give_what_the_whole_log_gives(data: st.DataObject) -> None:
    """Trimmed at any places, once and again, a rebuild gives the same archive and bytes."""
    log: Log = data.draw(logs())
    cuts = sorted(data.draw(st.lists(st.integers(1, len(log)), min_size=1, max_size=3)))
    note(tell(log))
    with Desk() as desk:
        desk.newsroom.bake_all()
        for start, end in zip([0, *cuts], [*cuts, len(log)], strict=True):
            desk.log(log[start:end])
            desk.carry()
            if start:
                config = msgspec.structs.replace(CONFIG, log=Retention(keep="1d"))
                trim(desk.folder, config, log[start - 1][0] + timedelta(days=1, microseconds=1))
        archive, site = desk.archive(), desk.site()
        desk.rebuild()
        assert desk.archive() == archive
        assert desk.site() == site == desk.full_bake()


def test_what_is_old_goes_and_comes_back_by_a_rebuild(desk: Desk) -> None:
    """Old entries leave the log, the archive knows of them, and without it they are all there."""
    desk.take(*(ninjs(f"urn:nrn:{n}", f"Ferry {n} sails", version="1") for n in range(5)))
    later(desk)
    assert trimmed(desk) == Trimmed(upto=5, dropped=5, kept=0)
    assert sequence(desk) == [6]
    archive, site = desk.archive(), desk.site()
    desk.rebuild()
    assert desk.archive() == archive
    assert desk.site() == site
    assert trimmed(desk).dropped == 0


def test_a_kill_that_came_before_its_story_outlives_the_log(desk: Desk) -> None:
    """A kill whose entry has been dropped holds when its story comes, after a rebuild too."""
    desk.take(notice("urn:nrn:killed", version="3"))
    later(desk)
    assert trimmed(desk).upto == 1
    desk.rebuild()
    assert desk.take(ninjs("urn:nrn:killed", "Mayor steps down", version="2")) == ["superseded"]
    assert "Mayor" not in "".join(map(repr, desk.site().values()))


def test_old_ids_still_find_their_story(desk: Desk) -> None:
    """A new version of a story whose entry has been dropped changes its page, not its address."""
    desk.take(ninjs("urn:nrn:old", "Bridge is closed", version="1"))
    path = desk.story("urn:nrn:old").path
    later(desk)
    trimmed(desk)
    desk.rebuild()
    assert desk.take(ninjs("urn:nrn:old", "Bridge is open again", version="2")) == ["updated"]
    assert desk.story("urn:nrn:old").path == path


def test_what_a_person_waits_for_stays(desk: Desk) -> None:
    """Quarantined, held and embargoed copy keeps its bytes in the log until it is settled."""
    desk.take(b"<rss", ninjs("urn:nrn:held", "Court hears a case", keywords=["court"]))
    desk.take(ninjs("urn:nrn:soon", "Budget grows", embargoed=START + timedelta(days=90)))
    desk.take(ninjs("urn:nrn:plain", "Ferry sails"))
    later(desk)
    assert trimmed(desk) == Trimmed(upto=4, dropped=1, kept=3)
    assert sequence(desk) == [1, 2, 3, 5]
    archive = desk.archive()
    desk.rebuild()
    assert desk.archive() == archive
    desk.order("release", desk.story("urn:nrn:held").id)
    again = Delivery(source="norrane", body=ninjs("urn:nrn:2", "Read"), how="replay", replays=1)
    desk.pipeline.take([again])
    desk.carry()
    desk.now += timedelta(days=60)
    desk.pipeline.tick()
    desk.take(ninjs("urn:nrn:last", "Ferry sails again"))
    assert trimmed(desk).kept == 0
    assert not {1, 2, 3} & set(sequence(desk))


def test_what_is_not_filed_stays(desk: Desk) -> None:
    """However old, an entry that the archive does not know yet is never dropped."""
    desk.take(ninjs("urn:nrn:1", "Ferry sails"))
    desk.pipeline.take([Delivery(source="norrane", body=ninjs("urn:nrn:2", "Ferry waits"))])
    desk.now += timedelta(days=400)
    desk.pipeline.take([Delivery(source="norrane", body=ninjs("urn:nrn:3", "Ferry is late"))])
    assert trimmed(desk).upto == 1
    desk.carry()
    assert desk.story("urn:nrn:2").state == "live"


def test_the_last_entry_stays(desk: Desk) -> None:
    """The log's time goes on from its last entry, so it keeps one, however old."""
    desk.take(ninjs("urn:nrn:1", "Ferry sails"), ninjs("urn:nrn:2", "Ferry lands"))
    was = desk.now
    desk.now += timedelta(days=400)
    assert trimmed(desk).upto == 1
    assert desk.newsroom.log.append([Tick()], was - timedelta(days=9)) == [3]
    assert [entry.received for entry in desk.newsroom.log.after(0, 9)] == [was, was]


def test_a_log_may_have_a_size(desk: Desk) -> None:
    """Beyond so many megabytes the oldest go, but nothing of the last day."""
    large = [ninjs(f"urn:nrn:{n}", f"Ferry {n} sails", note="x" * 400_000) for n in range(4)]
    desk.take(*large)
    sized = msgspec.structs.replace(CONFIG, log=Retention(most_mb=1))
    assert trimmed(desk, sized).dropped == 0
    desk.now += timedelta(days=2)
    assert trimmed(desk, sized) == Trimmed(upto=2, dropped=2, kept=0)
    assert sequence(desk) == [3, 4]


@examples(30)
@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=12),
    st.sets(st.integers(1, 12)),
    st.integers(-1, 40),
)
def test_what_came_before_a_moment_is_found(pauses: list[int], gone: set[int], at: int) -> None:
    """Whatever has been dropped, however many came at once: all is older, and no more is."""
    with Desk() as desk:
        log, times = desk.newsroom.log, list(itertools.accumulate(pauses))
        for time in times:
            log.append([Tick()], START + timedelta(hours=time))
        going = gone - {len(times)}
        log.drop(len(times) - 1, set(range(1, len(times))) - going, desk.now)
        kept = [(seq, time) for seq, time in enumerate(times, 1) if seq not in going]
        young = min((seq for seq, time in kept if time >= at), default=len(times) + 1)
        assert log.before(START + timedelta(hours=at)) == young - 1


def test_the_room_of_what_was_dropped_is_used_again(desk: Desk) -> None:
    """A log that is trimmed does not grow with the years, and the bytes that went are gone."""
    sizes = []
    for year in range(6):
        mark = f"secret-{year}-"
        bodies = (ninjs(f"urn:{year}:{n}", f"Ferry {n}", note=mark * 5000) for n in range(9))
        desk.take(*bodies)
        desk.now += timedelta(days=40)
        trimmed(desk)
        with closing(sqlite3.connect(desk.folder / "data" / "log.db")) as log:
            log.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sizes.append((desk.folder / "data" / "log.db").stat().st_size)
    assert sizes[-1] <= sizes[1]
    assert (desk.folder / "data" / "log.db").read_bytes().count(b"secret-0-") == 0


# -- when something fails ------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["copying", "filing", "renaming", "dropping"])
def test_a_crash_while_trimming_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Wherever it stops, snapshot and log together are whole, and the next time goes on."""
    desk.take(*(ninjs(f"urn:nrn:{n}", f"Ferry {n} sails", version="1") for n in range(3)))
    later(desk)
    trimmed(desk)
    desk.take(ninjs("urn:nrn:b", "Barge sails", version="1"))
    later(desk)
    archive, site = desk.archive(), desk.site()

    class Crash(BaseException):
        """The process is killed here."""

    def crash(*_words: object, **_more: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        if moment == "copying":
            patched.setattr(retention.shutil, "copyfile", crash)
        elif moment == "filing":
            patched.setattr(retention.Filer, "file", crash)
        elif moment == "renaming":
            patched.setattr(retention, "synced", crash)
        else:
            patched.setattr(retention.SqliteLog, "drop", crash)
        with pytest.raises(Crash):
            trimmed(desk)
    desk.rebuild()
    assert desk.archive() == archive
    assert desk.site() == site
    assert trimmed(desk).dropped == 2
    desk.rebuild()
    assert desk.archive() == archive


def test_a_full_disk_while_trimming_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot that does not fit is a sentence; nothing has been dropped, nothing is left."""
    desk.take(ninjs("urn:nrn:1", "Ferry sails"))
    later(desk)

    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(retention, "synced", full)
    with pytest.raises(SourceError, match="Nothing was dropped"):
        trimmed(desk)
    assert sequence(desk) == [1, 2]
    assert not (desk.folder / SNAPSHOT).exists()
    assert list((desk.folder / "data").glob(".*.part*")) == []


def test_an_entry_that_is_missing_stops_it(desk: Desk) -> None:
    """A log that is damaged is not trimmed: what it lacks could not be in the snapshot."""
    desk.take(ninjs("urn:nrn:1", "Ferry sails"), ninjs("urn:nrn:2", "Ferry lands"))
    later(desk)
    with closing(sqlite3.connect(desk.folder / "data" / "log.db")) as log, log:
        log.execute("DELETE FROM entries WHERE seq = 2")
    with pytest.raises(SourceError, match="lacks entries"):
        trimmed(desk)
    assert sequence(desk) == [1, 3]


def _gone(folder: Path) -> None:
    (folder / SNAPSHOT).unlink()


def _damaged(folder: Path) -> None:
    (folder / SNAPSHOT).write_bytes(b"no database" * 1000)


def _older(folder: Path) -> None:
    with closing(sqlite3.connect(folder / SNAPSHOT)) as snapshot, snapshot:
        snapshot.execute("UPDATE meta SET value = '1' WHERE name = 'position'")


@pytest.mark.parametrize(
    ("harm", "words"),
    [(_gone, "is not there"), (_damaged, "is damaged"), (_older, "is older than the log")],
)
def test_nothing_is_forgotten_for_a_snapshot_that_does_not_hold(
    desk: Desk, harm: Callable[[Path], None], words: str
) -> None:
    """A rebuild first looks whether the snapshot is whole; if not, archive and site stay."""
    desk.take(ninjs("urn:nrn:1", "Ferry sails"), ninjs("urn:nrn:2", "Ferry lands"))
    later(desk)
    trimmed(desk)
    harm(desk.folder)
    with pytest.raises(SourceError, match=words):
        check_log(desk.folder, CONFIG)


def test_days_that_were_cut_cannot_be_cut_anew(desk: Desk) -> None:
    """Another time zone needs the whole log; it is refused before anything is forgotten."""
    desk.take(ninjs("urn:nrn:1", "Ferry sails"))
    later(desk)
    trimmed(desk)
    site = msgspec.structs.replace(CONFIG.site, timezone="UTC")
    with pytest.raises(ConfigError, match="Set it back"):
        check_log(desk.folder, msgspec.structs.replace(CONFIG, site=site))


def test_an_archive_that_lacks_what_was_dropped_is_refused(desk: Desk) -> None:
    """An old copy of the archive beside a trimmed log is told of: nothing is passed over."""
    desk.take(ninjs("urn:nrn:1", "Ferry sails"))
    desk.newsroom.close()
    shutil.copy(desk.folder / ARCHIVE, desk.folder / "old.db")
    desk.reopen()
    desk.take(ninjs("urn:nrn:2", "Ferry lands"))
    later(desk)
    trimmed(desk)
    desk.newsroom.close()
    shutil.copy(desk.folder / "old.db", desk.folder / ARCHIVE)
    with pytest.raises(ConfigError, match="wirecopy rebuild"):
        desk.reopen()
    (desk.folder / ARCHIVE).unlink()
    desk.reopen()
    desk.pipeline.drain()
    assert desk.story("urn:nrn:2").state == "live"


@pytest.mark.parametrize("keep", ["23h", "1400m", "soon"])
def test_a_day_is_the_least(keep: str) -> None:
    """A log that would be kept for less than a day, or for no time at all, is refused by name."""
    with pytest.raises(ConfigError, match=r"log\.keep"):
        parse(f'[site]\nname = "A"\nurl = "https://a.example"\n[log]\nkeep = "{keep}"\n')


# -- by command ----------------------------------------------------------------------------


@pytest.fixture
def type_(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Type a command for a newsroom's folder at a day of March; errors of ours are raised."""

    def go(folder: Path, day: str, *words: object) -> Result:
        monkeypatch.setenv("WIRECOPY_NOW", f"{day}T02:36:00Z")
        result = CliRunner().invoke(
            wirecopy, ["-C", str(folder), *map(str, words)], standalone_mode=False
        )
        if isinstance(result.exception, WirecopyError):
            raise result.exception
        assert result.exception is None, result.output
        return result

    return go


def test_an_operator_trims_backs_up_and_brings_back(
    tmp_path: Path, type_: Callable[..., Result]
) -> None:
    """`log trim`, `doctor`, `backup`, `restore` and `rebuild` know of the snapshot."""
    folder = newsroom(tmp_path / "post", POST)
    with pytest.raises(ConfigError, match="keeps everything"):
        type_(folder, "2026-03-05", "log", "trim")
    for keep, said in (
        ("banana", r'^--keep is \'banana\': write it as "90s", "10m", "2h" or "400d"\.$'),
        ("5h", r"^--keep is '5h': a day is the least"),
    ):
        with pytest.raises(ConfigError, match=said):
            type_(folder, "2026-03-05", "log", "trim", "--keep", keep)
    for name, body, day in (
        ("1.xml", FERRY, "2026-03-05"),
        ("2.xml", FERRY_2, "2026-03-06"),
        ("3.xml", KILL, "2026-06-01"),
    ):
        (folder / name).write_bytes(body)
        type_(folder, day, "ingest", folder / name, "--source", "norlin")
    said = type_(folder, "2026-06-01", "log", "trim", "--keep", "30d").output
    assert said.startswith("Dropped 2 entries up to number 2")
    status = json.loads(type_(folder, "2026-06-01", "status", "--json").output)
    found = json.loads(type_(folder, "2026-06-01", "doctor", "--json").output)
    assert {one["state"] for one in found} == {"ok"}
    assert "2 before them in the snapshot" in str(found)
    with pytest.raises(SourceError, match="too old"):
        type_(folder, "2026-06-01", "quarantine", "show", "1")
    type_(folder, "2026-06-01", "backup", tmp_path / "copy")
    new = tmp_path / "new"
    type_(new, "2026-06-02", "restore", tmp_path / "copy")
    type_(new, "2026-06-02", "rebuild")
    again = json.loads(type_(new, "2026-06-02", "status", "--json").output)
    assert again["ledger"]["deliveries"] == again["log_entries"] == 3
    assert again["ledger"]["by_outcome"] == status["ledger"]["by_outcome"]
    (new / SNAPSHOT).unlink()
    found = json.loads(type_(new, "2026-06-02", "doctor", "--json").output)
    assert "is not there" in str([one for one in found if one["state"] == "bad"])
