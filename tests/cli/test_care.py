"""Backups, what doctor sees, and a newsroom in trouble: full, read-only, locked, damaged."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.cli.test_doors import PUSH, send
from tests.cli.test_run import Running
from tests.cli.wires import CONFIG, FERRY, FERRY_2, newsroom

from wirecopy import pressroom, wiring
from wirecopy.cli import wirecopy
from wirecopy.database import checkpoint
from wirecopy.errors import ConfigError, SourceError, WirecopyError
from wirecopy.processes import begin_pool

BEARER = {"Authorization": "Bearer lantern-9"}
Type = Callable[..., Result]


@pytest.fixture
def type_(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type a command for a newsroom's folder; errors of ours are raised."""
    monkeypatch.setenv("WIRECOPY_NOW", "2026-03-05T02:36:00Z")

    def go(folder: Path, *words: object, code: int = 0) -> Result:
        result = CliRunner().invoke(
            wirecopy, ["-C", str(folder), *map(str, words)], standalone_mode=False
        )
        if isinstance(result.exception, WirecopyError):
            raise result.exception
        assert result.exception is None, result.output
        assert (result.return_value or 0) == code, result.output
        return result

    return go


@pytest.fixture
def post(tmp_path: Path, type_: Type) -> Path:
    """A newsroom with a story."""
    folder = newsroom(tmp_path / "post")
    (folder / "theme").mkdir()
    (folder / "theme" / "extra.css").write_text("p { color: navy }")
    (folder / "ferry.xml").write_bytes(FERRY)
    type_(folder, "ingest", folder / "ferry.xml", "--source", "norlin")
    return folder


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Running]]:
    """Starts the newsroom in a folder; whatever is left running is killed."""
    monkeypatch.setenv("PUSH_TOKEN", "lantern-9")
    started: list[Running] = []

    def go(folder: Path) -> Running:
        started.append(Running(folder))
        return started[-1]

    yield go
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def pushing(folder: Path) -> Path:
    """A newsroom that copy may be pushed to."""
    return newsroom(folder, CONFIG + PUSH)


def push(running: Running, body: bytes) -> int:
    """The status of the answer to a pushed story."""
    return send(f"http://127.0.0.1:{running.port}/intake/pushed", body, BEARER)[0]


def pages(folder: Path) -> dict[str, bytes]:
    """Every page of a site, by its path."""
    site = folder / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_what_is_backed_up_comes_back(post: Path, tmp_path: Path, type_: Type) -> None:
    """A restored newsroom has the same stories at the same addresses, and the same pages."""
    (post / "profiles").mkdir()
    (post / "profiles" / "tidewire.toml").write_text('why = "Invented."\n', "utf-8")
    (post / "vocabulary.toml").write_text("# Made by hand.\n", "utf-8")
    type_(post, "backup", tmp_path / "copy")
    new = tmp_path / "new"
    assert "Put back 1 log entries" in type_(new, "restore", tmp_path / "copy").output
    type_(new, "bake")
    assert pages(new) == pages(post)
    assert (new / "theme" / "extra.css").exists()
    for name in ("profiles/tidewire.toml", "vocabulary.toml"):
        assert (new / name).read_bytes() == (post / name).read_bytes()
    type_(new, "rebuild")
    assert pages(new) == pages(post)


def test_a_running_newsroom_is_backed_up_whole(
    tmp_path: Path, start: Callable[[Path], Running], type_: Type
) -> None:
    """While stories come in a copy is made; it is one moment of it all, and nothing has waited."""
    folder = pushing(tmp_path / "post")
    running = start(folder)
    over = threading.Event()
    taken = []

    def sender() -> None:
        while not over.is_set():
            taken.append(push(running, FERRY.replace(b":ferry", b":ferry%d" % len(taken))))

    thread = threading.Thread(target=sender)
    thread.start()
    try:
        running.until(lambda: len(taken) > 20)
        for number in range(3):
            type_(folder, "backup", tmp_path / f"copy{number}")
    finally:
        over.set()
        thread.join()
    running.stop()
    assert set(taken) == {202}
    for number in range(3):
        new = tmp_path / f"new{number}"
        type_(new, "restore", tmp_path / f"copy{number}")
        assert "bad" not in type_(new, "doctor").output
        type_(new, "bake")
        ledger = json.loads(type_(new, "status", "--json").output)
        assert ledger["waiting_entries"] == 0
        assert ledger["ledger"]["deliveries"] == ledger["log_entries"] > 0


def test_a_backup_holds_the_font_for_cards(post: Path, tmp_path: Path, type_: Type) -> None:
    """A newsroom whose settings name a font does not start without it."""
    settings = post / "wirecopy.toml"
    named = CONFIG + '[pictures]\ncard_font = "fonts/script.ttf"\n'
    settings.write_text(named, encoding="utf-8")
    (post / "fonts").mkdir()
    (post / "fonts" / "script.ttf").write_bytes(b"a font")
    type_(post, "backup", tmp_path / "copy")
    type_(tmp_path / "new", "restore", tmp_path / "copy")
    assert (tmp_path / "new" / "fonts" / "script.ttf").read_bytes() == b"a font"
    settings.write_text("[site", encoding="utf-8")
    type_(post, "backup", tmp_path / "broken")
    assert (tmp_path / "broken" / "wirecopy.toml").read_text(encoding="utf-8") == "[site"


def test_a_backup_is_whole_or_not_there(post: Path, tmp_path: Path, type_: Type) -> None:
    """Nothing is overwritten; a damaged log is told of and leaves no copy behind."""
    (tmp_path / "copy").mkdir()
    with pytest.raises(ConfigError, match="already exists"):
        type_(post, "backup", tmp_path / "copy")
    damage(post / "data" / "log.db")
    with pytest.raises(SourceError, match="could not be made"):
        type_(post, "backup", tmp_path / "other")
    assert not (tmp_path / "other").exists()
    assert list(tmp_path.glob(".*.part")) == []


@pytest.mark.parametrize(
    "inside", ["data/copy", "data/deep/copy", "site/copy", "theme/copy", "profiles/copy"]
)
def test_a_backup_is_no_part_of_what_it_keeps(post: Path, type_: Type, inside: str) -> None:
    """A copy among the newsroom's own files would be lost, swept or served with them: refused."""
    before = sorted(post.rglob("*"))
    with pytest.raises(ConfigError, match=r"own files.*name a folder outside of it"):
        type_(post, "backup", post / inside)
    assert sorted(post.rglob("*")) == before


def test_a_changed_backup_is_not_put_back(post: Path, tmp_path: Path, type_: Type) -> None:
    """A file that is not what was backed up, or leads elsewhere, stops it before it begins."""
    type_(post, "backup", tmp_path / "copy")
    with pytest.raises(ConfigError, match="holds a newsroom already"):
        type_(post, "restore", tmp_path / "copy")
    with pytest.raises(ConfigError, match="not a backup"):
        type_(tmp_path / "new", "restore", post)
    manifest = tmp_path / "copy" / "backup.json"
    text = manifest.read_text()
    manifest.write_text(text.replace("data/log.db", "../../log.db"))
    with pytest.raises(ConfigError, match="outside of itself"):
        type_(tmp_path / "new", "restore", tmp_path / "copy")
    manifest.write_text(text)
    with (tmp_path / "copy" / "data" / "log.db").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ConfigError, match="is not what was backed up"):
        type_(tmp_path / "new", "restore", tmp_path / "copy")
    assert not (tmp_path / "new" / "data" / "log.db").exists()


def test_a_backup_that_cannot_be_read_is_told(
    post: Path, tmp_path: Path, type_: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where another user of the machine made it: a sentence, and nothing is put back."""
    type_(post, "backup", tmp_path / "copy")
    read = Path.open

    def refuse(path: Path, *rest: Any, **more: Any) -> Any:
        if path.name == "log.db":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path, *rest, **more)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ConfigError, match=r"log\.db cannot be read \(Permission denied\)"):
        type_(tmp_path / "new", "restore", tmp_path / "copy")
    assert not (tmp_path / "new" / "wirecopy.toml").exists()


@pytest.mark.parametrize("words", [("status",), ("bake",), ("run",), ("rebuild",), ("log", "trim")])
def test_a_look_into_a_backup_does_not_spoil_it(
    post: Path, tmp_path: Path, type_: Type, words: tuple[str, ...]
) -> None:
    """A command typed for the backup's folder says how it is put back, and leaves it whole."""
    type_(post, "backup", tmp_path / "copy")
    with pytest.raises(ConfigError, match=r"is a backup.*restore"):
        type_(tmp_path / "copy", *words)
    type_(tmp_path / "new", "restore", tmp_path / "copy")
    assert "live" in type_(tmp_path / "new", "status").output


def damage(path: Path) -> None:
    """Write over the middle of a database."""
    with closing_wal(path), path.open("r+b") as file:
        size = path.stat().st_size
        for at in range(4096, size, 4096):
            file.seek(at)
            file.write(b"\xff" * 2000)


class closing_wal:  # noqa: N801 - reads as a verb
    """Put what stands in the journal into the file first."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        database = sqlite3.connect(self._path)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    def __exit__(self, *_error: object) -> None:
        """Nothing to do."""


def test_doctor_finds_nothing_in_a_healthy_newsroom(post: Path, type_: Type) -> None:
    """All is well, and each thing that was looked at is named."""
    found = json.loads(type_(post, "doctor", "--json").output)
    assert {one["state"] for one in found} == {"ok"}
    assert {"settings", "disk", "log.db", "archive.db", "log and archive", "clock"} < {
        one["what"] for one in found
    }


def test_a_folder_may_have_any_name(tmp_path: Path, type_: Type, start: Any) -> None:
    """Signs that mean something in addresses do not: all that is looked at is what lies there."""
    folder = newsroom(tmp_path / "News #1, 50%3F?")
    (folder / "ferry.xml").write_bytes(FERRY)
    type_(folder, "ingest", folder / "ferry.xml", "--source", "norlin")
    found = json.loads(type_(folder, "doctor", "--json").output)
    assert "log and archive" in {one["what"] for one in found}
    type_(folder, "backup", tmp_path / "copy")
    type_(folder, "bake", "--all", "--out", tmp_path / "out")
    running = start(folder)
    assert json.loads(running.get("/search.json?q=harbour")[1])["total"] == 1
    running.process.terminate()
    running.process.communicate()
    checkpoint(folder / "data" / "archive.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == [folder.name, "copy", "out"]


def _no_secret(folder: Path) -> None:
    with (folder / "wirecopy.toml").open("a") as file:
        file.write('\n[[sources]]\nname = "q"\nagency = "Q"\npush = { token = "env:NOT_SET" }\n')


def _dumb(folder: Path) -> None:
    with (folder / "wirecopy.toml").open("a") as file:
        file.write('\n[watch]\nmail = "desk@news.example"\npassword = "env:NO_MAIL_WORD"\n')


def _unmeasured(folder: Path) -> None:
    with (folder / "wirecopy.toml").open("a") as file:
        file.write('\n[web]\nmetrics = "file:no-such-file"\n')


def _tomorrow(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "data" / "log.db")) as log, log:
        log.execute("UPDATE entries SET received = received + 864000000000")
    log.close()


def _gap(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "data" / "log.db")) as log, log:
        log.execute("UPDATE entries SET seq = 7")
    log.close()


def _short(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "data" / "log.db")) as log, log:
        log.execute("DELETE FROM entries")
    log.close()


def _illegible(path: Path) -> None:
    """Spoil the letters of the file's schema, and what each statement begins with."""
    spoilt = path.read_bytes().replace(b"CREATE TABLE", b"CREATE \x96ABLE")
    path.write_bytes(spoilt)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: (folder / "wirecopy.toml").write_text("["), "not valid TOML"),
        (lambda folder: _illegible(folder / "data" / "log.db"), "wirecopy restore"),
        (lambda folder: _illegible(folder / "data" / "archive.db"), "wirecopy rebuild"),
        (lambda folder: (folder / "data" / "log.db").write_bytes(b""), "put the right log back"),
        (lambda folder: damage(folder / "data/pictures/pictures.db"), "delete data/pictures"),
        (lambda folder: damage(folder / "data" / "log.db"), "wirecopy restore"),
        (lambda folder: damage(folder / "data" / "archive.db"), "wirecopy rebuild"),
        (_no_secret, "env:NOT_SET is missing"),
        (_dumb, "env:NO_MAIL_WORD is missing"),
        (_unmeasured, "file:no-such-file cannot be read"),
        (_tomorrow, "set the machine's clock"),
        (_gap, "entries are missing in the log"),
        (_short, "put the right log back"),
    ],
)
def test_doctor_says_what_helps(
    post: Path, type_: Type, harm: Callable[[Path], object], words: str
) -> None:
    """Each trouble is found, and the sentence says what to do; nothing is changed by looking."""
    harm(post)
    before = {path: path.stat().st_mtime_ns for path in (post / "data").rglob("*.db")}
    said = type_(post, "doctor", code=1).output
    assert words in said
    after = {path: path.stat().st_mtime_ns for path in (post / "data").rglob("*.db")}
    assert after == before


def test_doctor_mends_what_costs_nothing(post: Path, type_: Type) -> None:
    """With --repair folders are made, leftovers removed, a damaged notebook set aside."""
    (post / "data" / "intake.db").write_bytes(b"no database at all" * 99)
    (post / "data" / ".x.part").write_bytes(b"half")
    shutil.rmtree(post / "inbox")
    type_(post, "doctor", code=1)
    assert not (post / "inbox").exists()
    said = type_(post, "doctor", "--repair").output
    assert said.count("mended") == 3
    assert (post / "inbox" / "norlin").is_dir()
    assert (post / "data" / "intake.db.damaged").exists()
    assert {one["state"] for one in json.loads(type_(post, "doctor", "--json").output)} == {"ok"}


def test_a_damaged_log_entry_costs_no_neighbour(post: Path, type_: Type, tmp_path: Path) -> None:
    """It is in quarantine under its number, with what to do; what comes after it is published."""
    (post / "two.xml").write_bytes(FERRY_2)
    with closing(sqlite3.connect(post / "data" / "log.db")) as log, log:
        log.execute(
            "INSERT INTO entries (received, kind, entry) "
            "SELECT received, kind, x'93ff00' FROM entries"
        )
    log.close()
    type_(post, "ingest", post / "two.xml", "--source", "norlin")
    listed = json.loads(type_(post, "quarantine", "list", "--json").output)
    assert [one["seq"] for one in listed] == [2]
    assert "put the last copy of the log back" in listed[0]["name"]
    ledger = json.loads(type_(post, "status", "--json").output)["ledger"]
    assert sum(ledger["by_outcome"].values()) == ledger["deliveries"] == 3
    assert ledger["by_outcome"]["updated"] == 1


def mounted(folder: Path, size: str) -> None:
    """A small disk at the folder; skips where this machine does not let us make one."""
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can only be made by root with the right to mount")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted(folder, "12m")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(path: Path) -> None:
    """Write a file until the disk holds no more."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass


def test_a_full_disk_loses_nothing(
    small_disk: Path, start: Callable[[Path], Running], type_: Type
) -> None:
    """Senders are refused while the disk is full; what was acknowledged is there; it goes on."""
    folder = pushing(small_disk / "post")
    running = start(folder)
    assert push(running, FERRY) == 202
    ballast = small_disk / "ballast"
    fill(ballast)
    statuses = [push(running, FERRY_2 + b" " * 200_000 + b"\n") for _ in range(3)]
    assert set(statuses) == {503}
    assert running.get("/healthz")[0] == 200
    ballast.unlink()
    running.until(lambda: push(running, FERRY_2) == 202)
    running.until(lambda: running.get("/readyz")[0] == 200)
    running.until(lambda: "begins a day early" in running.get("/")[1])
    said = running.stop()
    assert "free disk space" in said
    ledger = json.loads(type_(folder, "status", "--json").output)
    assert ledger["waiting_entries"] == 0
    assert ledger["ledger"]["deliveries"] == 2


def test_a_locked_log_refuses_and_goes_on(
    tmp_path: Path, start: Callable[[Path], Running], type_: Type
) -> None:
    """While another program holds the log, senders wait or are refused; afterwards all is well."""
    folder = pushing(tmp_path / "post")
    running = start(folder)
    holder = sqlite3.connect(folder / "data" / "log.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(push(running, FERRY)))
    thread.start()
    running.until(lambda: running.get("/healthz")[0] == 200)
    assert answers == [], "it waits for the lock"
    holder.execute("ROLLBACK")
    holder.close()
    thread.join()
    assert answers == [202]
    running.until(lambda: "Ferry crews" in running.get("/")[1])
    running.stop()


def test_a_read_only_disk_is_told(small_disk: Path, type_: Type) -> None:
    """A newsroom on a disk that has become read-only says so in a sentence."""
    folder = newsroom(small_disk / "post")
    (folder / "ferry.xml").write_bytes(FERRY)
    type_(folder, "ingest", folder / "ferry.xml", "--source", "norlin")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(SourceError) as info:
        type_(folder, "ingest", folder / "ferry.xml", "--source", "norlin")
    assert "Check its permissions" in str(info.value)


def test_a_damaged_page_is_made_again(post: Path, type_: Type) -> None:
    """A page that a disk has spoiled or lost is whole after `bake --all`, which says so."""
    before = pages(post)
    whole = [path for path in (post / "site" / "world").glob("*.html") if path.name != "index.html"]
    whole[0].write_bytes(b"\0" * 4096)
    (post / "site" / "index.html").write_bytes(before["index.html"][:100])
    (post / "site" / "atom.xml").unlink()
    (post / "site" / "stray.html").write_bytes(b"left by somebody")
    assert "4 files were not as they should be" in type_(post, "bake", "--all").output
    assert pages(post) == before
    assert "0 files were not" in type_(post, "bake", "--all").output


@pytest.mark.parametrize("at_work", [False, True])
def test_a_killed_baking_process_costs_nothing(
    post: Path, type_: Type, monkeypatch: pytest.MonkeyPatch, *, at_work: bool
) -> None:
    """When the system kills a process that bakes, the one beside it bakes what it had in hand."""
    before = pages(post)
    (post / "site/index.html").unlink()

    def killed(*words: Any) -> ProcessPoolExecutor:
        pool = begin_pool(*words)
        process = pool.submit(os.getpid).result()
        if at_work:
            pool.submit(time.sleep, 60)
            submit = pool.submit

            def once(*piece: Any) -> Future[Any]:
                begun = submit(*piece)
                os.kill(process, signal.SIGKILL)
                monkeypatch.setattr(pool, "submit", submit)
                return begun

            monkeypatch.setattr(pool, "submit", once)
        else:
            os.kill(process, signal.SIGKILL)
        return pool

    with monkeypatch.context() as patched:
        patched.setattr(wiring, "_MANY", 0)
        patched.setattr(wiring.os, "cpu_count", lambda: 2)
        patched.setattr(pressroom, "begin_pool", killed)
        assert "1 file" in type_(post, "bake", "--all").output
    assert pages(post) == before


def readers_of(process: int) -> list[int]:
    """The reading processes that a newsroom has begun; threads and processes end as we look."""
    children: list[str] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            children += (task / "children").read_text().split()
    found = []
    for child in children:
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found


def test_killed_children_lose_nothing(
    tmp_path: Path, start: Callable[[Path], Running], type_: Type
) -> None:
    """Whatever reading processes are killed, each delivery has its outcome and is read again."""
    folder = newsroom(tmp_path / "post", f"{CONFIG}{PUSH}\n[pipeline]\nreaders = 1\n")
    running = start(folder)
    for number in range(12):
        assert push(running, FERRY.replace(b":ferry", b":ferry%d" % number)) == 202
        for child in readers_of(running.process.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    running.until(lambda: running.get("/readyz")[0] == 200)
    running.until(lambda: json.loads(running.get("/search.json?q=ferry")[1])["total"] > 0)
    running.stop()
    type_(folder, "bake")
    told = json.loads(type_(folder, "status", "--json").output)
    assert told["ledger"]["deliveries"] == told["log_entries"] == 12
    type_(folder, "quarantine", "replay", "--all")
    assert json.loads(type_(folder, "quarantine", "list", "--json").output) == []
    stories = json.loads(type_(folder, "status", "--json").output)["ledger"]["stories"]
    assert sum(stories.values()) == 12


def test_a_clock_that_jumps_loses_nothing(
    post: Path, type_: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten years forward and back again: the log's times never run backwards, all is filed."""
    (post / "two.xml").write_bytes(FERRY_2)
    for year in ("2036", "2016", "2026"):
        monkeypatch.setenv("WIRECOPY_NOW", f"{year}-03-05T02:36:00Z")
        type_(post, "ingest", post / "two.xml", "--source", "norlin")
    with closing(sqlite3.connect(post / "data" / "log.db")) as log, log:
        times = [row[0] for row in log.execute("SELECT received FROM entries ORDER BY seq")]
    log.close()
    assert times == sorted(times)
    ledger = json.loads(type_(post, "status", "--json").output)
    assert ledger["waiting_entries"] == 0
    assert sum(ledger["ledger"]["by_outcome"].values()) == ledger["ledger"]["deliveries"] == 4
    assert "set the machine's clock" in type_(post, "doctor", code=1).output


def test_what_has_no_settings_any_more_is_passed_on_to_nobody(post: Path, type_: Type) -> None:
    """Copy of a source that was taken out has the strictest terms; doctor and rebuild say so."""
    path, feed = post / "wirecopy.toml", post / "site" / "rss.xml"
    assert "Ferry" in feed.read_text(encoding="utf-8")
    path.write_text(CONFIG.replace('name = "norlin"', 'name = "other"'), encoding="utf-8")
    findings = {row["what"]: row for row in json.loads(type_(post, "doctor", "--json").output)}
    assert "does not have norlin any more" in findings["sources"]["said"]
    type_(post, "bake")
    assert "Ferry" not in feed.read_text(encoding="utf-8")
    assert "Put its table back" in type_(post, "rebuild").output
    assert "Ferry" not in feed.read_text(encoding="utf-8")
    (page,) = (post / "site").glob("*/*ferry*.html")
    assert '<meta name="robots" content="noindex">' in page.read_text(encoding="utf-8")
