"""How the files are opened, and how their schema grows."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsdesk import open_files

from wirecopy import database
from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.database import HEADS, Kind, micros, moment, open_database
from wirecopy.errors import SourceError

KINDS: tuple[Kind, ...] = ("log", "archive", "pictures")


_SEALED = """
set -e
mount --make-rprivate /
mkdir "$1/data"
for each in /tmp /var/tmp /usr/tmp; do
    test -d $each || continue
    mount --bind $each $each
    mount -o remount,ro,bind $each
done
mount --bind "$1/data" "$1/data"
mount -o remount,rw,bind "$1/data"
shift
cd /proc
exec "$@"
"""
"""Runs words where no folder for temporary files can be written, nor the current one."""
_MADE_ANEW = """
import sys
from pathlib import Path
from wirecopy.database import open_database
for kind in ("log", "archive", "pictures"):
    open_database(Path(sys.argv[1]) / f"{kind}.db", kind).close()
print("made")
"""


def schema(path: Path) -> list[tuple[str, ...]]:
    """Everything that the file's schema says."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
    connection.close()
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_a_fresh_file_stands_at_the_head(kind: Kind, tmp_path: Path) -> None:
    """A new file, in a folder that is not there yet, is at the newest migration."""
    path = tmp_path / "data" / "file.db"
    connection = open_database(path, kind)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (
        HEADS[kind],
    )
    connection.close()
    migrations = Path(database.__file__).parent / "migrations" / kind
    assert max(one.stem.split("_")[0] for one in migrations.glob("0*.py")) == HEADS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_opening_again_changes_nothing(
    kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is up to date is opened as it is, without a migration."""
    path = tmp_path / "file.db"
    open_database(path, kind).close()
    before = schema(path)
    monkeypatch.setattr(database, "_migrate", lambda *_: pytest.fail("migrated again"))
    open_database(path, kind).close()
    assert schema(path) == before


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    """A file of no bytes, as a crash may leave one, becomes a database."""
    (tmp_path / "file.db").touch()
    connection = open_database(tmp_path / "file.db", "log")
    assert connection.execute("SELECT COUNT(*) FROM entries").fetchone() == (0,)
    connection.close()


def _text(path: Path) -> None:
    path.write_text("Ferry timetable, winter. " * 100)


def _other(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE ferries (name TEXT)")
    connection.close()


def _swapped(path: Path) -> None:
    open_database(path, "log").close()


def _newer(path: Path) -> None:
    connection = open_database(path, "archive")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


@pytest.mark.parametrize("stranger", [_text, _other, _swapped, _newer])
def test_a_stranger_is_refused_and_left_alone(stranger: object, tmp_path: Path) -> None:
    """Text, another program's database, the log itself and a newer file are no archive of ours."""
    assert callable(stranger)
    path = tmp_path / "archive.db"
    stranger(path)
    before = path.read_bytes()
    with pytest.raises(SourceError, match=r"archive\.db") as refused:
        open_database(path, "archive")
    assert open_files(tmp_path) == [], f"{refused.value} - and the file is closed again"
    if stranger is not _newer:
        assert path.read_bytes()[100:] == before[100:], "nothing was written into it"


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    """Where a folder stands in the file's place, the error names it."""
    (tmp_path / "log.db").mkdir()
    with pytest.raises(SourceError, match=r"log\.db cannot be opened"):
        open_database(tmp_path / "log.db", "log")


def test_a_schema_without_its_letters_is_damaged(tmp_path: Path) -> None:
    """SQLite quotes the spoilt schema, which is no text; it is told as any other damage."""
    path = tmp_path / "log.db"
    open_database(path, "log").close()
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE", b"CREATE \x96ABLE"))
    with pytest.raises(SourceError, match="put the last copy of it back"):
        open_database(path, "log")


def test_a_migration_that_fails_is_told_and_undone(tmp_path: Path) -> None:
    """A file that cannot be brought up to date is named in a sentence, and stays as it is."""
    path = tmp_path / "archive.db"
    connection = open_database(path, "archive")
    connection.execute("UPDATE alembic_version SET version_num = '0003'")  # its tables are there
    connection.close()
    with pytest.raises(SourceError, match="wirecopy rebuild"):
        open_database(path, "archive")
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0003",)
    connection.close()


def test_an_archive_that_turns_out_damaged_says_what_to_type(tmp_path: Path) -> None:
    """Neither disk space nor permissions would help, so they are not what is asked for."""
    archive = SqliteArchive(tmp_path / "archive.db", datetime.date, "UTC")
    with pytest.raises(SourceError, match="wirecopy rebuild"), archive.filing():
        # As SQLite says it of a page that it meets on its way.
        raise sqlite3.DatabaseError("database disk image is malformed")
    assert not archive.connection.in_transaction
    archive.close()


def test_no_other_folder_is_written_to(tmp_path: Path) -> None:
    """A file is made and brought up to date where only its own folder can be written."""
    words = [sys.executable, "-B", "-c", _MADE_ANEW, str(tmp_path / "data")]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", _SEALED, "sh", str(tmp_path), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    if os.geteuid() != 0 or done.stderr.startswith(("unshare:", "mount:")):
        pytest.skip("folders can only be sealed by root with the right to mount")
    assert (done.returncode, done.stdout) == (0, "made\n"), done.stderr


def test_two_that_start_together_migrate_once(tmp_path: Path) -> None:
    """Two connections opened on one new file find the same tables."""
    first = open_database(tmp_path / "file.db", "archive")
    second = open_database(tmp_path / "file.db", "archive")
    first.execute("INSERT INTO meta VALUES ('a', 'b')")
    assert second.execute("SELECT value FROM meta").fetchone() == ("b",)
    first.close()
    second.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_at_any_statement_leaves_a_file_that_opens(
    kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Migrations run all together: what a kill would leave is a new file or a finished one."""
    path = tmp_path / "file.db"
    real = sqlite3.connect
    found: list[tuple[str, ...]] = []

    def look(_statement: str) -> None:
        other = real(path)
        rows = other.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
        found.append(tuple(row[0] for row in rows))
        other.close()

    def watched(*args: Any, **named: Any) -> sqlite3.Connection:
        connection = real(*args, **named)
        connection.set_trace_callback(look)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    open_database(path, kind).close()
    monkeypatch.undo()
    whole = tuple(sorted(name for _, name, _ in schema(path)))
    assert len(found) > len(whole), "every statement was looked at"
    assert set(found) <= {(), whole}


@pytest.mark.parametrize("kind", KINDS)
def test_every_commit_is_synced(kind: Kind, tmp_path: Path) -> None:
    """Log and archive commit to the disk, so that the site is never ahead of the archive."""
    connection = open_database(tmp_path / "file.db", kind)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.close()


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_survive(when: datetime) -> None:
    """Every moment comes back to the microsecond."""
    assert moment(micros(when)) == when


def test_a_checkpoint_brings_the_file_up_to_date(tmp_path: Path) -> None:
    """What was committed stands in the file itself, while a reader and a writer have it open."""
    path, alone = tmp_path / "archive.db", tmp_path / "alone" / "archive.db"
    writer = open_database(path, "archive")
    reader = sqlite3.connect(path)
    writer.execute("INSERT INTO meta VALUES ('position', '7')")
    assert reader.execute("SELECT value FROM meta WHERE name = 'position'").fetchall() == [("7",)]
    database.checkpoint(path)
    alone.parent.mkdir()
    alone.write_bytes(path.read_bytes())  # without its write-ahead log
    copied = sqlite3.connect(alone)
    assert copied.execute("SELECT value FROM meta WHERE name = 'position'").fetchall() == [("7",)]
    for connection in (copied, reader, writer):
        connection.close()


def test_a_checkpoint_that_fails_says_what_to_do(tmp_path: Path) -> None:
    """A file that is not there, or is none of ours, is a sentence for the operator."""
    with pytest.raises(SourceError, match="free disk space"):
        database.checkpoint(tmp_path / "archive.db")
    assert not (tmp_path / "archive.db").exists()
