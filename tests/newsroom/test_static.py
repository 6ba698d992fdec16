"""The baked folder as readers get it: states, validators, ranges, and nothing else on the disk."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wirecopy.newsroom import shelf
from wirecopy.newsroom.media_types import DAY, FOREVER, PAGE
from wirecopy.newsroom.shelf import SMALL
from wirecopy.newsroom.static import SECURITY, SHORT, Answer, Static

PAGE_BODY = b"<!doctype html><p>" + b"The harbour reopens on Monday. " * 100
STORY = "world/harbour-reopens-abcdefghij12.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small baked site."""
    site = tmp_path / "site"
    for path, body in {
        "index.html": b"home",
        "404.html": b"no such page",
        STORY: PAGE_BODY,
        "world/index.html": b"world front",
        "gone/zzzzzzzzzz99.html": b"This story was withdrawn.",
        "assets/site-0a1b2c3d.css": b"p{}",
        ".incoming/1-2": b"half a page",
        ".well-known/security.txt": b"Contact: mailto:desk@news.example",
        "big.txt": b"0123456789" * (SMALL // 10 + 1),
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(body)
    return site


@pytest.fixture
def static(root: Path) -> Static:
    """Answers over it."""
    return Static(root)


def ask(
    static: Static, path: str, method: str = "GET", **fields: str
) -> tuple[Answer, dict[str, str]]:
    """The answer and its headers by name."""
    asked = {name.replace("_", "-"): value for name, value in fields.items()}
    answer = static.answer(method, path, asked)
    names = [name for name, _ in answer.headers]
    assert len(names) == len(set(names)), "no header twice"
    assert set(SECURITY) <= set(answer.headers), "security headers on everything"
    return answer, dict(answer.headers)


def test_a_page_has_all_its_headers(static: Static) -> None:
    """A published page is 200 with type, length, strong tag, date and the caching of its state."""
    answer, headers = ask(static, f"/{STORY}")
    assert (answer.status, answer.body) == (200, PAGE_BODY)
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-length"] == str(len(PAGE_BODY))
    assert headers["cache-control"] == PAGE
    assert headers["vary"] == "accept-encoding"
    assert headers["accept-ranges"] == "bytes"
    assert headers["etag"].startswith('"')
    assert headers["last-modified"].endswith("GMT")
    assert "script" not in headers["content-security-policy"]


def test_the_tag_is_of_the_bytes(static: Static, root: Path) -> None:
    """The same bytes baked again keep their tag; other bytes show at once, with another tag."""
    before = ask(static, f"/{STORY}")[1]["etag"]
    (root / STORY).unlink()
    (root / STORY).write_bytes(PAGE_BODY)
    os.utime(root / STORY, (5, 5))
    answer, headers = ask(static, f"/{STORY}", if_none_match=before)
    assert answer.status == 304
    assert headers["etag"] == before
    (root / STORY).write_bytes(b"updated")
    answer, headers = ask(static, f"/{STORY}", if_none_match=before)
    assert (answer.status, answer.body) == (200, b"updated")
    assert headers["etag"] != before


def test_unchanged_since(static: Static, root: Path) -> None:
    """If-Modified-Since is answered 304 from the file's time on, without a body or a type."""
    os.utime(root / STORY, (1641609360, 1641609360))
    answer, headers = ask(static, f"/{STORY}", if_modified_since="Sat, 08 Jan 2022 02:36:00 GMT")
    assert (answer.status, answer.body) == (304, b"")
    assert "content-type" not in headers
    assert headers["cache-control"] == PAGE
    answer, _ = ask(static, f"/{STORY}", if_modified_since="Sat, 08 Jan 2022 02:35:59 GMT")
    assert answer.status == 200


def test_another_version_is_412(static: Static, root: Path) -> None:
    """Who asks for one version alone gets that or 412, before anything else is looked at."""
    os.utime(root / STORY, (1641609360, 1641609360))
    tag = ask(static, f"/{STORY}")[1]["etag"]
    early, date = "Sat, 08 Jan 2022 02:35:59 GMT", "Sat, 08 Jan 2022 02:36:00 GMT"
    for method in ("GET", "HEAD"):
        for fields in ({"if_match": '"x"'}, {"if_unmodified_since": early}):
            answer, headers = ask(static, f"/{STORY}", method, if_none_match=tag, **fields)
            assert (answer.status, headers["cache-control"]) == (412, "no-store")
            assert "etag" not in headers
        for fields in ({"if_match": tag}, {"if_match": "*"}, {"if_unmodified_since": date}):
            assert ask(static, f"/{STORY}", method, **fields)[0].status == 200
    assert ask(static, f"/{STORY}", if_match=f"W/{tag}")[0].status == 412
    assert ask(static, f"/{STORY}", if_match=tag, if_unmodified_since=early)[0].status == 200
    assert ask(static, f"/{STORY}", if_match=tag, range="bytes=0-4")[0].status == 206
    assert ask(static, f"/{STORY}", if_match='"x"', range="bytes=0-4")[0].status == 412
    assert ask(static, "/never.html", if_match='"x"')[0].status == 404


def test_packed_pages_have_their_own_tag(static: Static) -> None:
    """A gzip answer unpacks to the page, has its own strong tag, and 304 goes by that tag."""
    plain = ask(static, f"/{STORY}")[1]["etag"]
    answer, headers = ask(static, f"/{STORY}", accept_encoding="gzip")
    assert gzip.decompress(answer.body) == PAGE_BODY
    assert headers["content-encoding"] == "gzip"
    assert headers["content-length"] == str(len(answer.body))
    assert headers["etag"] != plain
    again, _ = ask(static, f"/{STORY}", accept_encoding="gzip", if_none_match=headers["etag"])
    assert again.status == 304
    assert "content-encoding" not in ask(static, "/index.html", accept_encoding="gzip")[1]


@pytest.mark.parametrize(
    ("asked", "status", "start", "stop"),
    [
        ("bytes=0-4", 206, 0, 5),
        ("bytes=-5", 206, -5, None),
        ("bytes=3-", 206, 3, None),
        ("bytes=1-2,4-5", 200, 0, None),
    ],
)
def test_ranges_of_a_page(
    static: Static, asked: str, status: int, start: int, stop: int | None
) -> None:
    """One range is cut from the plain bytes, whatever else is accepted; several come whole."""
    answer, headers = ask(static, f"/{STORY}", range=asked, accept_encoding="gzip")
    assert answer.status == status
    assert answer.body == PAGE_BODY[start:stop]
    assert headers["content-length"] == str(len(answer.body))
    assert ("content-range" in headers) is (status == 206)


def test_a_range_is_for_get_alone(static: Static) -> None:
    """HEAD with a range is told of the whole page (RFC 9110, 14.2), its packed form included."""
    for asked in ("bytes=0-4", "bytes=99999-"):
        answer, headers = ask(static, f"/{STORY}", "HEAD", range=asked)
        assert (answer.status, headers["content-length"]) == (200, str(len(PAGE_BODY)))
        assert "content-range" not in headers
    _, headers = ask(static, f"/{STORY}", "HEAD", range="bytes=0-4", accept_encoding="gzip")
    assert headers["content-encoding"] == "gzip"


def test_a_range_outside_is_416(static: Static) -> None:
    """A range behind the end is 416 and says how long the file is."""
    answer, headers = ask(static, f"/{STORY}", range="bytes=99999-")
    assert (answer.status, headers["content-range"]) == (416, f"bytes */{len(PAGE_BODY)}")


def test_a_large_file_is_read_piece_by_piece(static: Static, root: Path) -> None:
    """A large file is not kept in memory; its ranges are read, unless it has been replaced."""
    answer, headers = ask(static, "/big.txt", range="bytes=5-14")
    assert answer.status == 206
    assert answer.leaf is not None
    assert static.shelf.read(answer.leaf, answer.wanted) == b"5678901234"
    whole, _ = ask(static, "/big.txt", accept_encoding="gzip")
    assert (whole.body, len(whole.wanted)) == (b"", (root / "big.txt").stat().st_size)
    assert ask(static, "/big.txt", if_none_match=headers["etag"])[0].status == 304
    (root / "big.txt").write_bytes(b"replaced")
    assert static.shelf.read(answer.leaf, answer.wanted) is None


def test_folders_have_an_index(static: Static) -> None:
    """/ and /world/ are their index; /world is sent on to /world/."""
    assert ask(static, "/")[0].body == b"home"
    assert ask(static, "/world/")[0].body == b"world front"
    answer, headers = ask(static, "/world")
    assert (answer.status, headers["location"]) == (301, "/world/")


def test_other_methods_are_refused(static: Static) -> None:
    """Anything but GET and HEAD is 405 and says what is allowed."""
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "BREW"):
        answer, headers = ask(static, "/", method)
        assert (answer.status, headers["allow"]) == (405, "GET, HEAD")
    head, headers = ask(static, f"/{STORY}", "HEAD")
    assert (head.status, headers["content-length"]) == (200, str(len(PAGE_BODY)))


def test_a_missing_page_is_404(static: Static, root: Path) -> None:
    """What is not there has the site's own page, kept for seconds only, with no validators."""
    answer, headers = ask(static, "/never.html", if_none_match="*", range="bytes=0-1")
    assert (answer.status, answer.body) == (404, b"no such page")
    assert headers["cache-control"] == SHORT
    assert "etag" not in headers
    (root / "404.html").unlink()
    assert ask(static, "/never.html")[0].status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/world/old-words-zzzzzzzzzz99.html",
        "/gone/zzzzzzzzzz99.html",
        "/a/b/c-zzzzzzzzzz99.html",
        "/World/Old-Words-ZZZZZZZZZZ99.html",
        "/world/zzzzzzzzzz99.html",
        "/zzzzzzzzzz99",
    ],
)
def test_a_killed_story_is_410(static: Static, path: str) -> None:
    """A withdrawn story is 410 at every address of its id, never kept and never indexed."""
    answer, headers = ask(
        static, path, if_none_match="*", range="bytes=0-1", accept_encoding="gzip"
    )
    assert (answer.status, answer.body) == (410, b"This story was withdrawn.")
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex, noarchive"
    assert not {"etag", "last-modified", "content-encoding"} & set(headers)


@pytest.mark.parametrize(
    "path",
    [
        "/world/other-words-abcdefghij12.html",
        "/World/Harbour-Reopens-ABCDEFGHIJ12.HTML",
        "/sport/harbour-reopens-abcdefghij12.html",
        "/world/harbour-reopens-abcdefghij12",
        "/world/abcdefghij12.html",
        "/abcdefghij12",
        "/-abcdefghij12.html",
    ],
)
def test_the_id_decides_which_story_is_meant(root: Path, path: str) -> None:
    """Whatever stands before a public story's id, readers are sent to its page, and no further."""
    asked: list[str] = []

    def address(story: str) -> str:
        asked.append(story)
        return STORY

    static = Static(root, "/daily", address=address)
    for method in ("GET", "HEAD"):
        answer, headers = ask(static, path, method, if_none_match="*", range="bytes=0-1")
        assert (answer.status, answer.body) == (301, b"")
        assert headers["location"] == f"/daily/{STORY}"
        assert headers["cache-control"] == SHORT
    assert asked == ["abcdefghij12"] * 2
    data = path.removesuffix(".html") + ".json"
    assert ask(static, data)[0].status == 404
    (root / STORY).with_suffix(".json").write_bytes(b"{}")
    assert ask(static, "/x-abcdefghij12.json")[1]["location"] == f"/daily/{STORY[:-5]}.json"


def test_nobody_is_sent_to_what_is_not_there(root: Path) -> None:
    """A page that is not baked, not in the folder, or the very one that is missing is a 404."""
    for lies in ("", "world/not-baked-abcdefghij12.html", "//evil.example", "../secret", STORY):
        (root / STORY).unlink(missing_ok=True)
        assert ask(Static(root, address=lambda _, to=lies: to), f"/{STORY}")[0].status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/world/harbour.html",
        "/abcdefghij12/",
        "/abcdefghij123",
        "/xabcdefghij12.html",
        "/x.abcdefghij12.html",
        "/abcdefghij12.xml",
        "/abcdefghij12/index.html",
        "/gone/abcdefghij12.html",
        "/.git/abcdefghij12",
    ],
)
def test_an_ordinary_missing_page_costs_no_look_up(root: Path, path: str) -> None:
    """The archive is asked only for what looks like an id at the end of an address."""
    asked: list[str] = []
    static = Static(root, address=lambda story: str(asked.append(story)))
    assert ask(static, path)[0].status == 404
    assert asked == []


def test_a_kill_shows_with_the_next_request(static: Static, root: Path) -> None:
    """A page that was served from memory a moment ago is 410 as soon as it is taken away."""
    assert ask(static, f"/{STORY}")[0].status == 200
    (root / "gone/abcdefghij12.html").write_bytes(b"withdrawn")
    (root / STORY).unlink()
    assert ask(static, f"/{STORY}")[0].status == 410
    (root / "gone/abcdefghij12.html").unlink()
    assert ask(static, f"/{STORY}")[0].status == 404


def test_caching_of_assets(static: Static, root: Path) -> None:
    """Files named by their fingerprint may be kept for a year, pictures in no shared cache so long.

    What is killed, or has run out, must leave every cache as fast as its page does.
    """
    assert ask(static, "/assets/site-0a1b2c3d.css")[1]["cache-control"] == FOREVER
    (root / "pictures").mkdir()
    (root / "pictures/0123456789abcdef0123-400.jpg").write_bytes(b"\xff\xd8picture")
    answer, headers = ask(static, "/pictures/0123456789abcdef0123-400.jpg", accept_encoding="gzip")
    assert (answer.body, headers["content-type"]) == (b"\xff\xd8picture", "image/jpeg")
    assert headers["cache-control"] == DAY
    assert "s-maxage=300" in DAY
    assert "vary" not in headers


HOSTILE = [
    "/../secret",
    "/world/../../secret",
    "/..\\secret",
    "/\x00",
    "/\ufffd",
    "/a\nb",
    "/./index.html",
    "/..",
    "//index.html",
    "//evil.example/",
    "/world//",
    "/.incoming/1-2",
    "/.git/config",
    "/.well-known/../.git",
    "*",
    "",
    "secret",
    "http://evil.example/",
    "/" + "a" * 5000,
    "/" + "a" * 300,
    "/\udcff",
    "/index.html/x",
    "/index.html/",
    "/link/secret",
    "/link.html",
    "/pipe",
    "/world/link/x.html",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_nothing_else_is_served(static: Static, root: Path, path: str) -> None:
    """No traversal, link, hidden file or nonsense gets anything but 400 or 404."""
    (root.parent / "secret").write_bytes(b"secret")
    (root / "link").symlink_to(root.parent)
    (root / "link.html").symlink_to(root.parent / "secret")
    (root / "world" / "link").symlink_to("/etc")
    os.mkfifo(root / "pipe")
    assert ask(static, path)[0].status in (400, 404)


def test_well_known_is_served(static: Static) -> None:
    """The one hidden folder that is public."""
    assert ask(static, "/.well-known/security.txt")[0].status == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60))
def test_every_path_has_an_answer(static: Static, root: Path, path: str) -> None:
    """Whatever the path, the answer has a status of ours and never the secret next door."""
    (root.parent / "secret").write_bytes(b"secret")
    answer, _ = ask(static, f"/{path}")
    assert answer.status in (200, 301, 400, 404)
    assert answer.body != b"secret"


def test_memory_is_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages are asked for, the shelf holds no more than its capacity."""
    static = Static(root)
    monkeypatch.setattr(shelf, "CAPACITY", 100_000)
    for number in range(60):
        (root / f"{number}.html").write_bytes(PAGE_BODY + str(number).encode())
        assert ask(static, f"/{number}.html", accept_encoding="gzip")[0].status == 200
    assert static.shelf._weight <= 100_000
    assert static.shelf._weight == sum(s.weight() for s in static.shelf._leaves.values())


def test_a_killed_storys_data_are_410_too(static: Static) -> None:
    """What lay beside the page as ninjs is gone with it."""
    answer, headers = ask(static, "/world/anything-zzzzzzzzzz99.json")
    assert (answer.status, headers["cache-control"]) == (410, "no-store")


def test_each_file_is_answered_with_the_headers_of_its_path(root: Path) -> None:
    """Link, reservation and surrogate keys stand on every answer with the file, 304 included."""
    static = Static(root, headers=lambda path: (("surrogate-key", f"file {path}"),))
    _, headers = ask(static, "/")
    assert headers["surrogate-key"] == "file index.html"
    answer, again = ask(static, "/", if_none_match=headers["etag"])
    assert (answer.status, again["surrogate-key"]) == (304, "file index.html")
    assert "surrogate-key" not in ask(static, "/nothing.html")[1]
