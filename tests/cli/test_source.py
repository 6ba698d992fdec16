"""`source`: found, shown, and written down without touching what stands there."""

from __future__ import annotations

import asyncio
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvloop
from aiohttp import web
from aiohttp.test_utils import TestServer
from click.testing import CliRunner, Result
from tests.cli.test_run import RSS
from tests.cli.wires import CONFIG, FERRY, newsroom

from wirecopy.cli import wirecopy
from wirecopy.config import parse
from wirecopy.config.writing import free_name, with_source
from wirecopy.errors import ConfigError, FormatError, SourceError, WirecopyError
from wirecopy.intake import opml

COMMENTED = CONFIG.replace(
    "\n[[rules]]", "\n\n# Rules come here.\n# They run in order.\n[[rules]]"
).replace('agency = "Norlin"', 'agency   =  "Norlin"   # as they spell it')
PAGE = """<!doctype html><html><head><title>Sarrow</title>
<link rel="stylesheet" href="/a.css"><link rel="alternate" type="text/calendar" href="/cal">
<link rel="Alternate" type="application/rss+xml" title="News" href="/news/rss">
<link rel="alternate" type="application/atom+xml" href="/other.atom">
</head><body><p>Hello</p></body></html>"""
Type = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom whose settings have comments."""
    return newsroom(tmp_path / "post", COMMENTED)


@pytest.fixture
def type_(folder: Path) -> Type:
    """Type `source` and these words; errors are raised."""

    def go(*words: object) -> Result:
        result = CliRunner().invoke(
            wirecopy, ["-C", str(folder), "source", *map(str, words)], standalone_mode=False
        )
        if isinstance(result.exception, WirecopyError):
            raise result.exception
        assert result.exception is None, result.output
        return result

    return go


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a site with a page, and a feed that the page names."""
    answers = {"/": (PAGE, "text/html"), "/news/rss": (RSS, "application/rss+xml")}
    quiet = json.dumps({"data": {"items": [], "next_page": "/wire?from=1"}})
    answers["/quiet"] = (quiet, "application/json")
    answers["/bare"] = ("<html><body>nothing</body></html>", "text/html")
    ready, over = threading.Event(), threading.Event()
    address: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        if request.path not in answers:
            return web.Response(status=404)
        text, kind = answers[request.path]
        return web.Response(text=text, content_type=kind)

    async def serve() -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        async with TestServer(app) as server:
            address.append(str(server.make_url("/")).rstrip("/"))
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: uvloop.run(serve()))
    thread.start()
    ready.wait(20)
    yield address[0]
    over.set()
    thread.join()


@pytest.mark.parametrize("path", ["/", "/news/rss"])
def test_a_feed_is_found_shown_and_added(site: str, folder: Path, type_: Type, path: str) -> None:
    """By its own address or its site's: its stories are shown, and the source is in the file."""
    said = type_("add", f"{site}{path}", "--agency", "Sarrow Wire", "--allow-private").output
    assert "Lighthouse of Tarn is lit again" in said
    assert "Added sarrow-wire" in said
    assert ("other.atom" in said) is (path == "/")
    text = (folder / "wirecopy.toml").read_text()
    source = parse(text).source("sarrow-wire")
    assert (source.url, source.agency, source.allow_private) == (
        f"{site}/news/rss",
        "Sarrow Wire",
        True,
    )


def test_what_stands_in_the_file_stays(folder: Path, type_: Type, site: str) -> None:
    """Comments, spacing and order are kept to the byte; the new table stands behind the sources."""
    type_("add", f"{site}/news/rss", "--agency", "Sarrow", "--allow-private")
    text = (folder / "wirecopy.toml").read_text()
    begin = text.index('\n[[sources]]\nname = "sarrow"')
    end = text.index("\n\n# Rules come here.")
    assert begin < end
    assert text[:begin] + text[end:] == COMMENTED


def test_a_dry_run_writes_nothing(folder: Path, type_: Type, site: str) -> None:
    """With --dry-run the stories are shown and the file stays as it is."""
    said = type_("add", f"{site}/", "--allow-private", "--dry-run").output
    assert "Lighthouse" in said
    assert "Nothing was written" in said
    assert (folder / "wirecopy.toml").read_text() == COMMENTED


def test_a_feed_is_added_once(folder: Path, type_: Type, site: str) -> None:
    """By its own address or its site's: the second time its source is named."""
    type_("add", f"{site}/", "--agency", "Sarrow", "--allow-private")
    before = (folder / "wirecopy.toml").read_text()
    with pytest.raises(ConfigError, match="source 'sarrow' is this feed already"):
        type_("add", f"{site}/news/rss", "--agency", "Sarrow Again", "--allow-private")
    assert (folder / "wirecopy.toml").read_text() == before


def test_a_page_without_a_feed_is_told(folder: Path, type_: Type, site: str) -> None:
    """No feed, no source; and nothing of the kind without leave for the private address."""
    with pytest.raises(SourceError, match="no feed"):
        type_("add", f"{site}/bare", "--allow-private")
    with pytest.raises(SourceError, match=r"nothing at .*/quiet just now"):
        type_("add", f"{site}/quiet", "--allow-private")
    with pytest.raises(SourceError, match=r"^Its address .* loopback .* add --allow-private\.$"):
        type_("add", f"{site}/")
    assert (folder / "wirecopy.toml").read_text() == COMMENTED


def test_a_folder_is_read_and_added(folder: Path, type_: Type) -> None:
    """Files that lie there are shown as they would be published, and stay where they are."""
    inbox = folder / "inbox" / "quaymark"
    inbox.mkdir()
    (inbox / "1.xml").write_bytes(FERRY)
    (inbox / "2.xml").write_bytes(b"\x00 no copy")
    said = type_("add", inbox, "--agency", "Quaymark", "--section", "world").output
    assert "Ferry crews" in said
    assert "Cannot be read" in said
    assert parse((folder / "wirecopy.toml").read_text()).source("quaymark-world").path == (
        "inbox/quaymark"
    )
    assert (inbox / "1.xml").exists()


def test_archives_of_a_folder_are_shown_unpacked(folder: Path, type_: Type) -> None:
    """What is shown of a folder's archive is what its files will be once it is watched."""
    inbox = folder / "inbox" / "quaymark"
    inbox.mkdir()
    with zipfile.ZipFile(inbox / "day.zip", "w") as archive:
        archive.writestr("1.xml", FERRY)
    said = type_("add", inbox, "--agency", "Quaymark", "--dry-run").output
    assert "Ferry crews" in said
    assert "Cannot be read" not in said


def test_a_file_that_is_too_large_is_not_read_whole(folder: Path, type_: Type) -> None:
    """It is shown as the quarantine will have it: no copy, and why."""
    inbox = folder / "inbox" / "quaymark"
    inbox.mkdir()
    with (inbox / "film.bin").open("wb") as file:
        file.truncate(8_000_000_000)  # a hole in the disk: it takes no room
    said = type_("add", inbox, "--agency", "Quaymark", "--dry-run").output
    assert "max_bytes" in said


def test_the_sources_are_listed(type_: Type) -> None:
    """Each with how it comes and how it stands; nothing of its address."""
    assert "norlin" in type_("list").output
    listed = json.loads(type_("list", "--json").output)
    assert [(one["source"], one["state"]) for one in listed] == [("norlin", "new")]


OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="World"><outline type="rss" text="Sarrow &amp; Sons" xmlUrl="https://s.example/f"/>
<outline type="rss" text="Sarrow &amp; Sons" xmlUrl="https://s.example/g"/></outline>
<outline text="Elsewhere"><outline text="Tarn" xmlUrl="http://t.example/f?a=1&amp;b=2"/></outline>
<outline text="bad" xmlUrl="javascript:alert(1)"/><outline text="no feed"/></body></opml>"""


def test_lists_of_feeds_come_in_and_go_out(folder: Path, type_: Type, tmp_path: Path) -> None:
    """OPML is taken once, with folders as sections; what is exported is taken back the same."""
    file = tmp_path / "feeds.opml"
    file.write_text(OPML)
    assert "Added 3" in type_("import", file).output
    assert "Added 0" in type_("import", file).output
    config = parse((folder / "wirecopy.toml").read_text())
    assert [(one.name, one.agency, one.section, one.url) for one in config.sources[1:]] == [
        ("sarrow-sons", "Sarrow & Sons", "world", "https://s.example/f"),
        ("sarrow-sons-2", "Sarrow & Sons", "world", "https://s.example/g"),
        ("tarn", "Tarn", "", "http://t.example/f?a=1&b=2"),
    ]
    type_("export", tmp_path / "out.opml")
    listed = opml.read((tmp_path / "out.opml").read_bytes())
    assert {(one.title, one.url) for one in listed} == {
        (one.agency, one.url) for one in config.sources[1:]
    }


def test_an_export_holds_no_login(folder: Path, type_: Type) -> None:
    """Name and password of an address stay in the settings, and the key by which it is asked."""
    with (folder / "wirecopy.toml").open("a") as file:
        file.write(
            '\n[[sources]]\nname = "x"\nagency = "X"\nurl = "https://me:quar-secret@x.example/f"\n'
            '\n[[sources]]\nname = "y"\nagency = "Y"\n'
            'url = "https://y.example/f?api_key=quar-secret&topic=sea"\n'
        )
    assert "quar-secret" not in type_("export").output
    assert "https://x.example/f" in type_("export").output
    assert "https://y.example/f?topic=sea" in type_("export").output


def test_hostile_lists_are_refused() -> None:
    """No entity is expanded, nothing is fetched, and what is no OPML is told."""
    bomb = (
        '<!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hosts">]>'
        '<opml><body><outline text="&b;&f;" xmlUrl="https://x.example/"/></body></opml>'
    )
    with pytest.raises(FormatError, match="not well-formed"):
        opml.read(bomb.encode())
    with pytest.raises(FormatError):
        opml.read(b"<opml><body>")


@pytest.mark.parametrize(
    "text",
    [
        CONFIG,
        COMMENTED,
        CONFIG.split("[[sources]]")[0],
        CONFIG + "\n[web]\nport = 9000",
        CONFIG + '\n[[sources]]\nname = "b"\nagency = "B"\n[sources.login]\nuser = "u"\n\n# end\n',
        'sources = [{ name = "a", agency = "A" }]\n[site]\nname = "N"\nurl = "https://n.example"\n',
    ],
)
def test_a_source_is_added_to_any_file(text: str) -> None:
    """Whatever the file's shape, one source more is read from it and all others as before."""
    fields = {"name": "new", "agency": 'The "Quay" \\ Co', "url": "https://q.example/"}
    try:
        after = parse(with_source(text, fields))
    except ConfigError:
        assert text.startswith("sources = [")  # written as a list: TOML cannot add to it
        return
    assert after.sources[:-1] == parse(text).sources
    assert after.sources[-1].agency == 'The "Quay" \\ Co'
    assert after.rules == parse(text).rules


def test_names_are_free_and_plain() -> None:
    """A name is made of what a source calls itself; a second one gets a number."""
    sources = parse(CONFIG).sources
    assert free_name("Norlin", sources) == "norlin-2"
    assert free_name("Agência Ünd & Co!", sources) == "ag-ncia-nd-co"
    assert free_name("***", sources) == "source"
    assert len(free_name("x" * 200, sources)) <= 64
