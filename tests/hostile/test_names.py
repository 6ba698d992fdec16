"""Names from the wire: none leaves the site, none takes a place that is somebody else's."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsdesk import Desk, ninjs

from wirecopy.briefs import File
from wirecopy.config import RESERVED, parse
from wirecopy.errors import ConfigError, OutletError
from wirecopy.newsroom.static import Static
from wirecopy.outlets.folder import Folder, _safe
from wirecopy.press import paths
from wirecopy.story.identity import normal_key, story_id
from wirecopy.story.slugs import slugify
from wirecopy.story.topics import topic_slug

NAMES = (
    "..", "../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\autoexec.bat",
    "file:///etc/passwd", "%2e%2e%2f%2e%2e%2findex", "..%c0%af..%c0%afindex", "....//....//index",
    "index", "Index.html", "INDEX", "404", "410", "rss.xml", "atom", "feed.json", "sitemap.xml",
    "news-sitemap", "robots.txt", "assets", "Assets/site.css", "pictures", "search", "gone",
    ".well-known", ".well-known/security.txt", ".htaccess", ".incoming", ".git/config", "topics",
    "CON", "con.html", "NUL", "nul.", "COM1", "COM1.", "com\u00b9", "LPT9 ", "AUX", "PRN.txt", "CONIN$",
    "trailing.", "trailing ", "trailing...   ", " . ", ".", "", "~", "-", "--help", "-rf",
    "a:b", "a::$DATA", "a|b", "a?b", "a*b", "a<b>", 'a"b', "a\0b", "a\nb", "a\rb", "a\x7fb",
    "x" * 255, "x" * 256, "x" * 5000, "\u00e9" * 255, "\U0001f600" * 200, "\u4e00" * 300, "\u0928" * 200,
    "Caf\u00e9", "Cafe\u0301", "CAF\u00c9", "cafe", "\u212b", "\u00c5", "A\u030a", "\ufb01n", "fin", "FIN",
    "\u0131stanbul", "Istanbul", "\u0130stanbul", "stra\u00dfe", "STRASSE", "\u017fun", "sun", "\uff41\uff42c",
    "\u202egnp.exe", "\u200bferry", "ferry\u200b", "\u2024\u2024/\u2024\u2024", "\uff0e\uff0e\uff0f", "\u2215etc",
    "\ud800", "\ufffe", "{{7*7}}", "${x}", "$(id)", "`id`", "; rm -rf", "| id", "&& id", "%s%n", "%00",
)  # fmt: skip
"""Names that were something to one file system, server or program or another."""

WORDS = st.one_of(st.sampled_from(NAMES), st.text(max_size=300))


def _storable(path: str) -> None:
    """AssertionError unless every file system in use can hold the path as it stands."""
    assert _safe(path) == path
    assert path == path.lower()
    assert path.isascii()
    assert re.fullmatch(r"[a-z0-9./_-]+", path)
    assert len(path) < 200
    assert all(name and not name.startswith((".", "-")) for name in path.split("/"))


@given(WORDS)
def test_a_slug_is_letters_figures_and_hyphens(words: str) -> None:
    """Whatever a story is called, its slug names nothing but itself."""
    for slug in (slugify(words), topic_slug(words)):
        assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
        assert len(slug) <= 80


@given(WORDS, WORDS)
def test_a_story_has_a_place_of_its_own(headline: str, item_id: str) -> None:
    """Its page and its JSON can be stored anywhere, and no page of the house has such a name."""
    own = story_id("corvid", normal_key(item_id))
    assert re.fullmatch(r"[a-z2-7]{12}", own)
    path = f"world/{slugify(headline) or 'story'}-{own}.html"
    for each in (path, paths.ninjs_path(path), paths.gone_path(own)):
        _storable(each)
    assert path not in {paths.front_path("world"), *paths.front_feeds("world")}
    assert paths.url_of(path) == f"/{path}"


@given(WORDS, WORDS)
def test_two_ids_are_two_stories_however_they_are_spelled(one: str, other: str) -> None:
    """Only ids that are one and the same, NFC and NFD alike, share a page."""
    keys = [normal_key(name) for name in (one, other)]
    assert normal_key(unicodedata.normalize("NFD", one)) == normal_key(
        unicodedata.normalize("NFC", one)
    )
    same = story_id("corvid", keys[0]) == story_id("corvid", keys[1])
    assert same == (keys[0] == keys[1])
    assert story_id("corvid", keys[0]) != story_id("tern", keys[0])


@given(WORDS)
def test_a_topic_has_a_place_of_its_own(name: str) -> None:
    """A topic may be called Con, Index or Rss: its page and feeds can be stored and are no other's."""
    slug = topic_slug(name)
    if not slug:
        return
    _storable(paths.topic_path(slug))
    assert paths.topic_path(slug) != "topics/index.html"
    _storable(paths.topic_feeds(slug).atom)


@given(st.lists(WORDS, max_size=8))
def test_topics_of_different_slugs_never_meet(names: list[str]) -> None:
    """One page for each slug, on disks that fold case and Unicode forms too."""
    slugs = {slug for name in names if (slug := topic_slug(name))}
    places = Counter(
        unicodedata.normalize("NFKC", path).casefold()
        for slug in slugs
        for path in (paths.topic_path(slug), paths.topic_feeds(slug).atom)
    )
    assert all(count == 1 for count in places.values())


@pytest.mark.parametrize(
    "key",
    [
        "assets",
        "pictures",
        "search",
        "sitemaps",
        "topics",
        "gone",
        "intake",
        "websub",
        "con",
        "lpt1",
    ],
)
def test_no_section_takes_a_reserved_place(key: str) -> None:
    """Not even the operator can put a section where the site keeps something else."""
    assert key in RESERVED
    settings = (
        f'[site]\nname = "P"\nurl = "https://p.example"\n[[sections]]\nkey = "{key}"\nname = "X"\n'
    )
    with pytest.raises(ConfigError, match="address of something else"):
        parse(settings)


@given(WORDS)
def test_the_folder_writes_nothing_outside_itself(name: str) -> None:
    """Whatever path the folder is given, it is inside, or it is refused."""
    try:
        path = _safe(f"world/{name}.html")
    except Exception as error:  # noqa: BLE001 - whatever it is, it must be the one below
        assert type(error).__name__ == "OutletError"  # noqa: PT017 - as above
        return
    assert ".." not in path.split("/")
    assert len(max(path.split("/"), key=len).encode()) <= 255


def test_hostile_names_keep_to_their_places(tmp_path: Path) -> None:
    """Every name as id, headline, slug, section, topic and picture: one page each, all inside."""
    with Desk(folder=tmp_path / "room") as desk:
        desk.take(ninjs("urn:first", "First of all"))
        desk.newsroom.bake_all()
        house = desk.site()
        names = [name for name in NAMES if name != "\ud800"]
        bodies = [
            ninjs(
                name or "urn:nameless",
                f"{name} {number}",
                slugline=name,
                language="en",
                keywords=[name],
                genre=[{"name": name}],
                subject=[{"name": name, "code": name}],
                place=[{"name": name}],
                service=[{"name": name, "code": name}],
                associations={
                    "m": {"uri": name, "type": "picture", "renditions": {"m": {"href": name}}}
                },
            )
            for number, name in enumerate(names)
        ]
        desk.take(*bodies)
        site = desk.site()
        live = desk.rows("SELECT path FROM stories WHERE state = 'live'")
        folded = Counter(unicodedata.normalize("NFKC", path).casefold() for path in site)
        assert [path for path, count in folded.items() if count > 1] == []
        assert len({path for (path,) in live}) == len(live)
        for (path,) in live:
            _storable(path)
            assert path in site
        for path in ("404.html", "410.html", "about.html", "corrections.html", "license.xml"):
            assert site[path] == house[path]
        assert b"The Tarnwick Post" in site["index.html"]
        assert not Path(desk.folder / "site/topics/index.html").exists()
        outside = {p.name for p in tmp_path.iterdir()} | {p.name for p in desk.folder.iterdir()}
        assert outside <= {"room", "data", "site"}


def test_no_request_reads_a_file_outside_the_site(tmp_path: Path) -> None:
    """The server answers hostile addresses with the site's files or not at all."""
    (tmp_path / "secret.html").write_text("secret words")
    (tmp_path / "site/.hidden").mkdir(parents=True)
    (tmp_path / "site/.hidden/a.html").write_text("secret words")
    (tmp_path / "site/link.html").symlink_to(tmp_path / "secret.html")
    static = Static(tmp_path / "site")
    asked = [
        *NAMES,
        "../secret.html",
        "..%2fsecret.html",
        ".hidden/a.html",
        "link.html",
        "a/../../secret.html",
    ]
    for name in asked:
        answer = static.answer("GET", f"/{name}", {})
        assert answer.status in (301, 400, 404, 410), name
        assert b"secret words" not in answer.body
        assert answer.leaf is None


def test_links_in_the_site_are_not_followed(tmp_path: Path) -> None:
    """A link that somebody put into the site's folder does not lead a page out of it."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/world").symlink_to(tmp_path / "outside")
    folder = Folder(tmp_path / "site")
    with pytest.raises(OutletError, match="leads out"):
        folder.write([File("world/a.html", b"words")])
    folder.close()
    assert list((tmp_path / "outside").iterdir()) == []
