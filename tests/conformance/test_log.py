"""What every implementation of ports.Log promises; the fake is held to the same."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wirecopy.errors import SourceError
from wirecopy.log.sqlite import SqliteLog
from wirecopy.model import Delivery, LogEntry, Media, Order, Rendition, Tick
from wirecopy.ports import Log

NOW = datetime(2022, 1, 8, 2, 30, 0, 123456, tzinfo=UTC)
ENTRIES = (
    Delivery(source="norrane", body=b"\x00\xff<rss>", name="a.xml", media_type="text/xml"),
    Order(
        action="rework",
        story="abc234",
        by="mira",
        headline="",
        picture=Media(id="p", renditions=(Rendition(href="/p.jpg", width=3),)),
    ),
    Tick(),
    Delivery(source="quaymark", body=b"", how="replay", replays=1),
)


class Memory:
    """A log in memory."""

    def __init__(self) -> None:
        self.entries: list[LogEntry] = []

    def append(self, entries: Sequence[Delivery | Order | Tick], now: datetime) -> list[int]:
        """The sequence numbers given."""
        received = max([now, *(known.received for known in self.entries[-1:])])
        for entry in entries:
            last = self.entries[-1].seq if self.entries else 0
            clock = now if now < received else None
            made = LogEntry(seq=last + 1, received=received, clock=clock, entry=entry)
            self.entries.append(made)
        return [known.seq for known in self.entries[len(self.entries) - len(entries) :]]

    def after(self, seq: int, limit: int) -> list[LogEntry]:
        """Up to `limit` entries above `seq`."""
        return [known for known in self.entries if known.seq > seq][:limit]

    def last(self) -> int:
        """The highest sequence number, 0 when the log is empty."""
        return self.entries[-1].seq if self.entries else 0

    def close(self) -> None:
        """Nothing to release."""


MAKERS: dict[str, Callable[[Path], Log]] = {
    "sqlite": lambda path: SqliteLog(path / "log.db"),
    "memory": lambda _path: Memory(),
}


@pytest.fixture(params=MAKERS)
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Log]:
    """One empty log of each kind."""
    made = MAKERS[request.param](tmp_path)
    yield made
    made.close()
    made.close()


def test_what_is_appended_comes_back(log: Log) -> None:
    """Entries come back as they were put in, in sequence, to the byte and the microsecond."""
    assert log.last() == 0
    assert log.after(0, 10) == []
    given = log.append(ENTRIES, NOW)
    assert given == sorted(set(given))
    assert log.last() == given[-1]
    found = log.after(0, 10)
    assert [known.seq for known in found] == given
    assert tuple(known.entry for known in found) == ENTRIES
    assert {known.received for known in found} == {NOW}


def test_after_gives_the_next_ones_and_no_more(log: Log) -> None:
    """`after` begins behind its number and stops at its limit."""
    given = log.append(ENTRIES, NOW)
    assert [known.seq for known in log.after(given[0], 2)] == given[1:3]
    assert log.after(given[-1], 5) == []
    assert log.append([], NOW) == []
    assert log.last() == given[-1]


def test_time_never_runs_backwards(log: Log) -> None:
    """Where the clock is set back, entries carry the last time that the log knew, and its own."""
    back, on = timedelta(days=-300), timedelta(microseconds=1)
    for by in (timedelta(), back, on):
        log.append([Tick()], NOW + by)
    known = log.after(0, 9)
    assert [entry.received - NOW for entry in known] == [timedelta(), timedelta(), on]
    assert [entry.now - NOW for entry in known] == [timedelta(), back, on]


def test_the_log_outlives_its_process(tmp_path: Path) -> None:
    """A log that is opened again has every entry, and goes on from the last number."""
    first = SqliteLog(tmp_path / "log.db")
    given = first.append(ENTRIES, NOW)
    second = SqliteLog(tmp_path / "log.db")  # a crash: the first was never closed
    assert [known.seq for known in second.after(0, 9)] == given
    assert second.append([Tick()], NOW) == [given[-1] + 1]
    first.close()
    second.close()


def test_every_append_is_on_disk(tmp_path: Path) -> None:
    """Before `append` returns, the entry is synced: SQLite's journal is set to FULL."""
    log = SqliteLog(tmp_path / "log.db")
    assert log._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert log._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    log.close()


def test_a_full_disk_is_told_and_survived(tmp_path: Path) -> None:
    """When the disk is full nothing of the append is kept, the error says so, and it goes on."""
    log = SqliteLog(tmp_path / "log.db")
    log.append([Tick()], NOW)
    (pages,) = log._connection.execute("PRAGMA page_count").fetchone()
    log._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    large = Delivery(source="norrane", body=bytes(100_000))
    with pytest.raises(SourceError, match=r"full.*Nothing was"):
        log.append([Delivery(source="norrane", body=b"small"), large], NOW)
    assert log.last() == 1
    log._connection.execute("PRAGMA max_page_count = 1000000")
    assert log.append([large], NOW) == [2]
    log.close()


def test_a_locked_log_is_told(tmp_path: Path) -> None:
    """When somebody else holds the file for too long, the error says so and nothing is kept."""
    log = SqliteLog(tmp_path / "log.db")
    log._connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(SourceError, match="locked"):
        log.append([Tick()], NOW)
    other.execute("ROLLBACK")
    other.close()
    assert log.append([Tick()], NOW) == [1]
    log.close()


def test_a_name_that_is_no_text_is_kept_as_far_as_it_is(tmp_path: Path) -> None:
    """A file name that is not UTF-8 never keeps its delivery out."""
    log = SqliteLog(tmp_path / "log.db")
    log.append([Delivery(source="norrane", body=b"x", name="ferry-\udcff.xml")], NOW)
    found = log.after(0, 1)[0].entry
    assert isinstance(found, Delivery)
    assert found.name == "ferry-?.xml"
    log.close()


def test_threads_may_append_at_once(tmp_path: Path) -> None:
    """Appends from several threads all get numbers of their own."""
    log = SqliteLog(tmp_path / "log.db")
    given: list[int] = []

    def work() -> None:
        for _ in range(20):
            given.extend(log.append([Tick(), Tick()], NOW))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()
    assert sorted(given) == list(range(1, 161))


def refusing(path: Path, when: str, what: str) -> SqliteLog:
    """A log in which one statement fails midway, as on a failing disk: nothing is undone by itself.

    `when` is the statement ("INSERT", "DELETE"), `what` the condition on the row.
    """
    log = SqliteLog(path / "log.db")
    log._connection.execute(
        f"CREATE TEMP TRIGGER refused BEFORE {when} ON main.entries WHEN {what} "
        "BEGIN SELECT RAISE(FAIL, 'the disk failed'); END"
    )
    return log


def test_an_append_is_whole_or_not_there(tmp_path: Path) -> None:
    """What had been written when a later entry failed is gone, and the log goes on."""
    log = refusing(tmp_path, "INSERT", "NEW.kind = 'order'")
    with pytest.raises(SourceError, match="the disk failed"):
        log.append(ENTRIES, NOW)
    assert log.last() == 0
    log._connection.execute("DROP TRIGGER refused")
    assert log.append(ENTRIES, NOW) == [1, 2, 3, 4]
    log.close()


def test_a_trim_that_fails_can_be_tried_again(tmp_path: Path) -> None:
    """It says that nothing was lost, the entries are still there, and the next try works."""
    log = refusing(tmp_path, "DELETE", "OLD.seq = 2")
    log.append(ENTRIES, NOW)
    with pytest.raises(SourceError, match="the disk failed"):
        log.drop(3, (), NOW)
    assert [entry.seq for entry in log.after(0, 10)] == [1, 2, 3, 4]
    assert log.append([Tick()], NOW) == [5]
    log._connection.execute("DROP TRIGGER refused")
    assert log.drop(3, (), NOW) == 3
    assert [entry.seq for entry in log.after(0, 10)] == [4, 5]
    log.close()


def test_what_is_dropped_is_overwritten(tmp_path: Path) -> None:
    """A contract may want bytes erased: none of them is left in the file."""
    log = SqliteLog(tmp_path / "log.db")
    log.append([Delivery(source="norrane", body=b"erase me " * 50_000), Tick()], NOW)
    log.drop(1, (), NOW)
    log.close()  # the write-ahead log is carried into the file, and goes
    assert [path.name for path in tmp_path.iterdir()] == ["log.db"]
    assert b"erase me" not in (tmp_path / "log.db").read_bytes()


def test_the_oldest_go_for_the_newest_to_fit(tmp_path: Path) -> None:
    """What fits to the byte stays; one byte less, and the oldest entry must go."""
    log = SqliteLog(tmp_path / "log.db")
    log.append(ENTRIES, NOW)
    (size,) = log._connection.execute("SELECT SUM(LENGTH(entry)) FROM entries").fetchone()
    assert log.beyond(size) == 0
    assert log.beyond(size - 1) == 1
    assert log.beyond(0) == 4
    log.close()
