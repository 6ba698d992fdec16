"""A stranger at the terminal: slips, hostile folders, damaged files; nothing is lost by them."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.wires import BROKEN, CONFIG, FERRY, KILL, dropped, g2, newsroom

from wirecopy.cli import main, wirecopy
from wirecopy.errors import ConfigError, OrderError, SourceError, ThemeError, WirecopyError
from wirecopy.wiring import open_newsroom

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom of one invented agency."""
    return newsroom(tmp_path / "post")


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command in that newsroom at some minute; what it refuses is raised."""

    def type_(*words: object, now: str = "2026-03-05T02:36:00Z", code: int = 0) -> Result:
        monkeypatch.setenv("WIRECOPY_NOW", now)
        result = CliRunner().invoke(
            wirecopy, ["-C", str(folder), *map(str, words)], standalone_mode=False
        )
        if isinstance(result.exception, WirecopyError):
            raise result.exception
        assert result.exception is None, result.output
        assert (result.return_value or 0) == code, result.output
        return result

    return type_


def taken(run: Run, folder: Path, body: bytes = FERRY) -> str:
    """The id of the story that this wire file made."""
    rows = json.loads(run("ingest", dropped(folder, "wire.xml", body), "--json").output)["results"]
    return str(rows[-1]["story"])


def site(folder: Path) -> str:
    """Every page and feed of the site in one string."""
    every = sorted((folder / "site").rglob("*"))
    files = (path for path in every if path.is_file() and path.suffix != ".woff2")
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


# -- taking in --------------------------------------------------------------------------


def test_what_was_not_read_is_named_by_its_file(run: Run, folder: Path) -> None:
    """Who takes a folder in sees which of its files went to quarantine."""
    dropped(folder, "good.xml", FERRY)
    dropped(folder, "bad.xml", BROKEN)
    shown = run("ingest", folder / "inbox", code=1).output
    assert "bad.xml: " in shown
    assert "good.xml: " not in shown
    replay = json.loads(run("ingest", folder / "inbox", "--json", code=1).output)
    assert {row["name"] for row in replay["results"]} == {"bad.xml", "good.xml"}


def test_a_link_in_a_folder_is_not_followed(run: Run, folder: Path, tmp_path: Path) -> None:
    """A sender who can put a link into the folder cannot have another file of the machine read."""
    secret = tmp_path / "secret.xml"
    secret.write_bytes(FERRY)
    (folder / "inbox" / "norlin" / "link.xml").symlink_to(secret)
    assert json.loads(run("ingest", folder / "inbox", "--json").output)["deliveries"] == 0


def test_a_file_that_cannot_be_read_costs_its_neighbours_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of the folder is taken in, the file is told of, the exit code says so."""
    dropped(folder, "good.xml", FERRY)
    locked = dropped(folder, "locked.xml", KILL)
    plain = Path.open

    def refusing(self: Path, *words: str, **named: str) -> object:
        if self == locked:
            raise PermissionError(13, "Permission denied")
        return plain(self, *words, **named)  # type: ignore[call-overload] # as it was called

    monkeypatch.setattr(Path, "open", refusing)
    shown = run("ingest", folder / "inbox", code=1).output
    assert "locked.xml cannot be read: Permission denied." in shown
    assert "1 published" in shown
    with pytest.raises(SourceError, match="Permission denied"):
        run("ingest", locked)


def test_a_topic_named_like_a_device_stops_nothing(run: Run, folder: Path) -> None:
    """A topic of the wire called CON gets a page under a name that every disk takes."""
    taken(run, folder, g2("urn:norlin:con", 1, "Con artists", "Two were held.", keyword="CON"))
    assert (folder / "site" / "topics" / "con_.html").exists()
    assert 'href="/topics/con_.html"' in site(folder)


def test_a_rule_may_add_a_topic_in_any_script(run: Run, folder: Path) -> None:
    """A topic without a Latin spelling has a page too, whether agency or rule names it."""
    rule = '\n[[rules]]\nname = "island"\nthen = { add_topic = "日本" }\n'
    (folder / "wirecopy.toml").write_text(CONFIG + rule, encoding="utf-8")
    taken(run, folder)
    assert (folder / "site" / "topics" / "u65e5-u672c.html").exists()


# -- time goes on between two commands ----------------------------------------------------


def test_bake_carries_out_what_has_fallen_due(run: Run, folder: Path) -> None:
    """Where only commands run, the end of an embargo and an expiry come with the next bake."""
    meta = "<embargoed>2026-03-05T08:00:00Z</embargoed><expires>2026-03-05T09:00:00Z</expires>"
    taken(run, folder, g2("urn:norlin:e", 1, "Quiet until eight", "Nothing yet.", meta=meta))
    run("bake", now="2026-03-05T07:59:59Z")
    assert "Quiet until eight" not in site(folder)
    run("bake", now="2026-03-05T08:00:00Z")
    assert "Quiet until eight" in site(folder)
    run("bake", "--all", now="2026-03-05T09:00:00Z")
    assert "Quiet until eight" not in site(folder)


# -- orders -------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["a", "abcde", "x-ab", "/world/some-page-ab.html"])
def test_a_slip_of_the_finger_kills_no_story(run: Run, folder: Path, typed: str) -> None:
    """A few characters name no story, even where only one story's id begins so."""
    name = taken(run, folder)
    for short in (typed, name[:5]):
        with pytest.raises(OrderError, match="too short"):
            run("story", "kill", short)
    assert "live" in run("story", "show", name[:6]).output


def test_a_headline_by_staff_is_one_clean_line(run: Run, folder: Path) -> None:
    """Line ends and control characters are taken out; blank and endless headlines are refused."""
    name = taken(run, folder)
    run("story", "rework", name, "--headline", " Ferries\n\x1b[31m stop\t<b>now</b> ")
    pages = site(folder)
    assert '<h1 data-part="headline">Ferries [31m stop &lt;b&gt;now&lt;' in pages
    assert "\x1b" not in pages
    for wrong in ("   ", "\x1b", "x" * 301):
        with pytest.raises(OrderError, match="headline"):
            run("story", "rework", name, "--headline", wrong)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://pics.example/a.jpg",
        "https://10.0.0.1/a.jpg",
        "https://localhost/a.jpg",
        "https://user:word@pics.example/a.jpg",
        "//pics.example/a.jpg",
    ],
)
def test_a_picture_that_no_page_could_show_is_refused(run: Run, folder: Path, address: str) -> None:
    """The notice never says that staff chose a picture which readers do not see."""
    name = taken(run, folder)
    with pytest.raises(OrderError, match="cannot be shown"):
        run("story", "rework", name, "--picture", address, "--credit", "Ana Tern")
    with pytest.raises(OrderError, match="credit"):
        run("story", "rework", name, "--picture", "https://pics.example/a.jpg", "--credit", " ")


# -- what can be thrown away, and what cannot ---------------------------------------------


def test_rebuild_throws_nothing_away_for_a_log_that_is_lost(run: Run, folder: Path) -> None:
    """Without its log, archive and site are all there is: they stay, and the error says so."""
    taken(run, folder)
    before = site(folder)
    (folder / "data" / "log.db").unlink()
    with pytest.raises(ConfigError, match="left as they are"):
        run("rebuild")
    assert site(folder) == before
    assert (folder / "data" / "archive.db").exists()


def test_rebuild_throws_nothing_away_for_a_log_that_is_damaged(run: Run, folder: Path) -> None:
    """A log that can be opened but not read to its end is found out before anything goes."""
    for number in range(1, 9):
        words = f"{number} boats went out. " * 400
        taken(run, folder, g2(f"urn:norlin:{number}", 1, f"Boat {number}", words))
    log = folder / "data" / "log.db"
    body = bytearray(log.read_bytes())
    body[8192:40960] = b"\xff" * (40960 - 8192)
    log.write_bytes(body)
    before = site(folder)
    with pytest.raises(SourceError, match="last copy of it back"):
        run("rebuild")
    assert site(folder) == before


def test_a_damaged_archive_says_what_to_type(run: Run, folder: Path) -> None:
    """The archive can be made again, and the error says how; the log is a copy's business."""
    name = taken(run, folder)
    (folder / "data" / "archive.db").write_bytes(b"no database at all" * 400)
    with pytest.raises(SourceError, match="`wirecopy rebuild` makes it anew"):
        run("status")
    run("rebuild")
    assert "live" in run("story", "show", name).output


def test_a_deleted_archive_is_made_again(run: Run, folder: Path) -> None:
    """Deleting the archive between two commands costs nothing."""
    name = taken(run, folder)
    before = site(folder)
    (folder / "data" / "archive.db").unlink()
    run("bake")
    assert "live" in run("story", "show", name).output
    assert site(folder) == before


def test_a_search_of_an_archive_that_is_gone_is_explained(run: Run, folder: Path) -> None:
    """What readers' questions cannot reach is an error of the family, with what to do."""
    taken(run, folder)
    parts = open_newsroom(folder)
    search = parts.search()
    try:
        search._connection.execute("PRAGMA query_only = 0")
        parts.archive.connection.execute("DROP TABLE search")
        with pytest.raises(SourceError, match="cannot be searched"):
            search.search("ferry")
    finally:
        search.close()
        parts.close()


def test_bake_out_deletes_nothing_of_anybody(run: Run, folder: Path, tmp_path: Path) -> None:
    """A copy of the site goes into an empty folder or over an older copy, nowhere else."""
    taken(run, folder)
    other = tmp_path / "home"
    other.mkdir()
    (other / "letters.txt").write_text("keep", encoding="utf-8")
    (other / "404.html").write_text("keep", encoding="utf-8")
    (folder / "theme").mkdir()
    for wrong in (other, folder, folder / "data", folder / "site", folder / "theme", tmp_path):
        with pytest.raises(ConfigError, match="choose another folder"):
            run("bake", "--out", wrong)
    assert (other / "letters.txt").read_text(encoding="utf-8") == "keep"
    assert (folder / "data" / "log.db").exists()
    copy = tmp_path / "copy"
    for _ in range(2):
        run("bake", "--out", copy)
    shutil.rmtree(folder / "site" / ".incoming")
    shutil.rmtree(copy / ".incoming")
    pages = {path.relative_to(folder / "site") for path in (folder / "site").rglob("*")}
    assert {path.relative_to(copy) for path in copy.rglob("*")} == pages


def test_a_template_that_is_no_text_is_named(run: Run, folder: Path) -> None:
    """A template saved in another encoding is answered with its name, not with a traceback."""
    (folder / "theme").mkdir()
    (folder / "theme" / "story.html").write_bytes(b"\xff\xfe{\x00")
    with pytest.raises(ThemeError, match=r"theme/story\.html cannot be read"):
        run("bake")


# -- settings that cannot be meant --------------------------------------------------------


@pytest.mark.parametrize("path", [".", "..", "/", "site", "data", "data/in", "site/world"])
def test_a_watched_folder_never_holds_our_own_files(run: Run, folder: Path, path: str) -> None:
    """A watched folder is emptied, so the newsroom, its log and its site are refused as one."""
    text = CONFIG.replace('path = "inbox/norlin"', f'path = "{path}"')
    (folder / "wirecopy.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r'sources\[0\]\.path .* Write "inbox/norlin"'):
        run("status")


@pytest.mark.parametrize("path", [".", "..", "site", "data"])
def test_our_own_files_are_no_wire_copy(run: Run, folder: Path, path: str) -> None:
    """`ingest .` typed in the newsroom would fill its log with its own pages for ever."""
    run("status")
    with pytest.raises(ConfigError, match="holds wirecopy's own files"):
        run("ingest", folder / path)
    assert json.loads(run("status", "--json").output)["log_entries"] == 0


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ('\n[[sources]]\nname = "b"\nagency = "B"\npath = "inbox/./norlin"', "of 'norlin' already"),
        ('\n[[sources]]\nname = "b"\nagency = "B"\npath = "inbox"', "'norlin' lie in each other"),
        ('\n[[sources]]\nname = "b"\nagency = "B"\npath = "inbox/norlin/b"', "lie in each other"),
        ('\n[[sources]]\nname = "b"\nagency = "B"\nformat = "rss2"', "format 'rss2' is unknown"),
        ('\n[press]\ntheme = "."', "all of a theme is published"),
        ('\n[press]\ntheme = "data"', "all of a theme is published"),
        ('\n[press]\ntheme = "nope"', "there is no folder"),
    ],
)
def test_parts_that_cannot_be_meant_are_refused(
    run: Run, folder: Path, extra: str, sentence: str
) -> None:
    """A format, an inbox or a theme that cannot work is refused at the start, by its path."""
    with (folder / "wirecopy.toml").open("a", encoding="utf-8") as file:
        file.write(extra)
    with pytest.raises(ConfigError, match=sentence):
        run("status")


def test_a_database_that_fails_under_way_is_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Damage that shows only while a command works ends in a sentence and exit code 2."""
    with closing(open_newsroom(folder)) as newsroom:
        newsroom.archive.connection.execute("DROP TABLE counts")
    monkeypatch.setattr("sys.argv", ["wirecopy", "-C", str(folder), "status"])
    monkeypatch.delitem(sys.modules, "granian", raising=False)  # no server ever ran here
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "wirecopy rebuild" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [("theme", "init"), ("source", "export", "held/list.opml"), ("demo", "--once", "held/x")],
)
def test_what_the_disk_refuses_is_a_sentence(
    folder: Path,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where a file stands in the place of a folder, the command names it and ends with 2."""
    (folder / "theme").write_bytes(b"")
    (folder / "held").write_bytes(b"")
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["wirecopy", *words])
    monkeypatch.delitem(sys.modules, "granian", raising=False)  # no server ever ran here
    with pytest.raises(SystemExit, match="2"):
        main()
    said = capsys.readouterr().err
    assert said.startswith("Error: ")
    assert ("theme" if words[0] == "theme" else "held") in said
