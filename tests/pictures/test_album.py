"""From a wire's picture address to a page with a picture of our own, and away again."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvloop
from lxml import html
from tests.intake.houses import turns
from tests.pictures.room import SETTINGS, URL, Room, full_bake
from tests.pictures.torture import JPEG, saved, scene
from tests.press.copy_desk import ASSET_FILES

from wirecopy.config import Config, parse
from wirecopy.errors import ConfigError, SourceError
from wirecopy.model import Order
from wirecopy.pictures.desk import TRIES, PictureDesk
from wirecopy.pictures.ledger import _AGAIN, _DUE, _NEW, _NEXT_DUE
from wirecopy.pictures.lettering import can_shape
from wirecopy.pictures.metadata import iim, xmp
from wirecopy.pictures.nouns import NO_LABEL, Facts, Label, Said
from wirecopy.settings import card_font

WHOLE = saved(scene(900, 600), "JPEG")
JPEG_WITH, REST = WHOLE[:2], WHOLE[2:]
"""A picture, open where a block of metadata goes."""


def test_a_page_goes_out_at_once_and_again_with_its_own_picture(room: Room) -> None:
    """Until the picture is here the agency's file is linked; then ours is, in every list too."""
    room.take()
    assert URL in room.page()
    room.see_to_pictures()
    page = room.page()
    assert URL not in page
    assert 'src="/pictures/' in page
    assert ".webp 800w" in page
    assert 'width="900" height="600"' in page
    assert "Corvid/A. P." in page
    files = room.files()
    assert len([path for path in files if path.startswith("pictures/")]) == 8
    for path in ("index.html", "world/index.html", "rss.xml"):
        assert b"/pictures/" in files[path]
        assert URL.encode() not in files[path]


@pytest.mark.parametrize(
    "url",
    ["http://pictures.example/old.jpg", "http://192.168.7.20/in/4711.jpg", "http://nas:8080/1.jpg"],
)
def test_what_a_page_may_not_link_is_fetched_all_the_same(room: Room, url: str) -> None:
    """Plain http, or a receiver on the newsroom's own network: readers get our file of it."""
    room.server[url] = WHOLE
    room.take(url=url)
    assert url not in b"".join(room.files().values()).decode(errors="replace")
    room.see_to_pictures()
    assert room.asked == [url]
    assert 'src="/pictures/' in room.page()
    assert url not in b"".join(room.files().values()).decode(errors="replace")
    assert room.files() == full_bake(room)


def test_a_picture_is_fetched_once(room: Room) -> None:
    """Two stories with the same picture ask for it one time."""
    room.take(1)
    room.take(2)
    room.see_to_pictures()
    assert room.asked == [URL]
    assert room.page().count("/pictures/") > 1


def test_the_same_facts_give_the_same_site(room: Room) -> None:
    """What grew, what a full bake writes, and what is rebuilt from log and ledger are one."""
    room.take(1)
    room.take(2, url="https://pictures.example/dead.jpg")
    room.see_to_pictures()
    grown = room.files()
    room.newsroom.bake_all()
    assert room.files() == grown
    for path in list(grown):
        (room.newsroom.site_path / path).unlink()
    room.newsroom.bake_all()
    assert room.files() == grown
    assert room.asked.count(URL) == 1


def test_a_dead_picture_leaves_a_card(room: Room) -> None:
    """After the first try the page shows the section's card and links nothing, for good."""
    room.server.clear()
    room.take()
    room.see_to_pictures()
    assert URL not in b"".join(room.files().values()).decode(errors="replace")
    assert 'class="plate"' in room.page()
    assert room.files() == full_bake(room)
    room.asked.clear()
    room.now += timedelta(hours=6)
    for _ in range(TRIES):
        room.see_to_pictures()
        room.now += timedelta(hours=6)
    assert room.asked == [URL] * (TRIES - 1)
    assert URL not in room.page()
    assert 'class="plate"' in room.page()


def test_a_picture_that_is_late_is_not_waited_for(room: Room) -> None:
    """Networks are shown the card from the first failure on, and the picture once it is there."""
    picture = room.server.pop(URL)
    room.take()
    for _ in range(2):  # the page without its picture asks for the card
        room.see_to_pictures()
    (card,) = re.findall(r'og:image" content="https://ledger.example/(\S+)"', room.page())
    assert card.endswith(".png")
    assert card in room.files()
    room.server[URL] = picture
    room.now += timedelta(minutes=1)
    room.see_to_pictures()
    (shown,) = re.findall(r'og:image" content="https://ledger.example/(\S+)"', room.page())
    assert shown.endswith(".jpg")
    assert card not in room.files()


@pytest.mark.parametrize("body", [b"<html>gone</html>", JPEG[:200], saved(scene(20, 20), "PNG")])
def test_a_poisonous_picture_leaves_a_card(room: Room, body: bytes) -> None:
    """What is no picture is refused once and for all, and the page stands without it."""
    room.server[URL] = body
    room.take()
    room.see_to_pictures()
    room.see_to_pictures()
    assert room.asked == [URL]
    assert 'class="plate"' in room.page()


def test_a_busy_machine_costs_no_picture(room: Room) -> None:
    """What took too long is tried again later, and given up only when it does so every time."""
    room.darkroom._patience = 0.0
    room.take()
    room.see_to_pictures()
    assert 'class="plate"' in room.page()
    room.darkroom._patience = 60.0
    room.now += timedelta(hours=1)
    room.see_to_pictures()
    assert 'src="/pictures/' in room.page()
    room.darkroom._patience = 0.0
    room.take(2, url=URL + "?2")
    room.server[URL + "?2"] = saved(scene(800, 500), "PNG")
    for _ in range(TRIES + 2):
        room.see_to_pictures()
        room.now += timedelta(hours=6)
    assert room.asked.count(URL + "?2") == TRIES
    assert URL not in b"".join(room.files().values()).decode(errors="replace")


def test_a_story_without_a_picture_has_a_card_for_networks(room: Room) -> None:
    """Its og:image is drawn from its headline, section and agency."""
    room.server[URL] = b""
    room.take()
    room.see_to_pictures()
    room.see_to_pictures()
    page = room.page()
    assert 'property="og:image" content="https:' in page
    assert 'property="og:image:secure_url" content="https:' in page
    assert 'property="og:image:width" content="1200"' in page
    assert [path for path in room.files() if path.endswith("-1200.png")]


def with_card_font() -> Config:
    """Settings that name a font for cards."""
    config = parse(SETTINGS.format(keep="fetch", credit="optional", avif="false"))
    pictures = msgspec.structs.replace(config.pictures, card_font="script.ttf")
    return msgspec.structs.replace(config, pictures=pictures)


def test_a_font_that_cannot_be_set_is_refused_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without the library that joins letters would draw none of them."""
    monkeypatch.setattr("wirecopy.settings.can_shape", lambda: False)
    with pytest.raises(ConfigError, match="libfribidi0"):
        card_font(tmp_path, with_card_font())


@pytest.mark.skipif(not can_shape(), reason="FriBidi is not installed")
def test_a_font_that_is_none_is_refused_at_the_start(tmp_path: Path) -> None:
    """Cards in the newsroom's script do not stay empty because of a slip in a path."""
    config = with_card_font()
    with pytest.raises(ConfigError, match=r"pictures\.card_font.*script\.ttf"):
        card_font(tmp_path, config)
    (tmp_path / "script.ttf").write_bytes(b"no font")
    with pytest.raises(ConfigError, match=r"not a font that can be read"):
        card_font(tmp_path, config)
    (tmp_path / "script.ttf").write_bytes(ASSET_FILES["newsreader.woff2"])
    assert card_font(tmp_path, config) == tmp_path / "script.ttf"


def test_a_killed_story_takes_its_picture_with_it(room: Room) -> None:
    """Within the same bake the files are gone, unless another page shows them."""
    room.take(1)
    room.take(2)
    room.see_to_pictures()
    ids = [row[0] for row in room.newsroom.archive.connection.execute("SELECT id FROM stories")]
    for number, left in enumerate((True, False)):
        room.newsroom.pipeline.order(Order(action="kill", story=ids[number], by="mira"))
        room.newsroom.pipeline.drain()
        shown = [path for path in room.files() if path.startswith("pictures/")]
        assert bool(shown) == left
    assert room.files() == full_bake(room)


def test_a_picture_that_has_run_out_is_taken_down(room: Room) -> None:
    """At the moment its rights end it leaves the page and the lists, by itself."""
    room.take(expires="2026-03-05T12:00:00Z")
    room.see_to_pictures()
    assert "/pictures/" in room.page()
    room.wait(hours=4)
    assert "/pictures/" not in room.page()
    assert not [path for path in room.files() if path.endswith((".jpg", ".webp"))]
    assert b"/pictures/" not in room.files()["world/index.html"]


def pictures_of(files: dict[str, bytes]) -> list[str]:
    """The picture files of a site, cards left out, and every page, feed and map that names one."""
    named = [p for p, b in files.items() if re.search(rb"/pictures/[0-9a-f]{20}-\d+(?!\.png)\.", b)]
    return [p for p in files if p.startswith("pictures/") and not p.endswith(".png")] + named


@pytest.mark.parametrize("where", ["on the wire", "in its file"])
def test_no_archive_means_a_few_days(room: Room, where: str) -> None:
    """A picture that may not be archived stands for so long, then page, lists and files let go."""
    terms = "NO ARCHIVE"
    if where == "in its file":
        terms = ""
        room.server[URL] = saved(
            scene(900, 600), "JPEG", xmp=xmp(Said(terms="NO ARCHIVE, NO SALES"))
        )
    room.take(terms=terms)
    room.see_to_pictures()
    room.wait(days=2)
    before = pictures_of(room.files())
    assert {"index.html", "rss.xml", "world/index.html"} < set(before)
    assert any(path.startswith("sitemaps/") for path in before)
    room.wait(days=2)
    assert pictures_of(room.files()) == []
    assert room.files() == full_bake(room)
    assert 'class="plate"' in room.page()


@pytest.mark.parametrize("where", ["on the wire", "in its file"])
@pytest.mark.parametrize("keep", ["fetch", "own", "link"])
def test_a_picture_for_other_media_is_on_no_page(tmp_path: Path, keep: str, where: str) -> None:
    """What its terms keep from web sites, or for print alone, stands on none; the story does."""
    room = Room(tmp_path, keep=keep)
    try:
        terms = "MANDATORY CREDIT. NO SALES - INTERNET OUT"
        if where == "in its file":
            room.server[URL] = saved(scene(900, 600), "JPEG", xmp=xmp(Said(terms=terms)))
        room.take(terms="" if where == "in its file" else terms)
        room.see_to_pictures()
        if keep == "link" and where == "in its file":
            assert URL in room.page(), "nobody has looked into the file"
            return
        assert 'class="plate"' in room.page()
        assert pictures_of(room.files()) == []
        assert not [path for path, body in room.files().items() if URL.encode() in body]
        assert (URL in room.asked) == (where == "in its file")
    finally:
        room.close()


def test_a_picture_has_an_embargo_of_its_own(room: Room) -> None:
    """A picture that is embargoed longer than its story comes by itself when its time has come."""
    room.take(embargoed="2026-03-05T12:00:00Z")
    room.see_to_pictures()
    assert 'class="plate"' in room.page()
    assert pictures_of(room.files()) == []
    room.wait(hours=4)
    assert "/pictures/" in room.page()
    assert {"index.html", "rss.xml", "world/index.html"} < set(pictures_of(room.files()))
    assert room.files() == full_bake(room)


def test_a_picture_whose_embargo_nobody_can_read_stays_off(room: Room) -> None:
    """Words that say no end say that it must not be shown now."""
    room.take(embargoed="until the minister has spoken")
    room.see_to_pictures()
    room.wait(days=9)
    assert 'class="plate"' in room.page()
    assert pictures_of(room.files()) == []


def test_an_end_in_a_pictures_terms_counts(room: Room) -> None:
    """A day after which there is "no use" is an end, of a picture as of a story."""
    room.take(terms="Editorial use only. No use after 05/Mar/2026")
    room.see_to_pictures()
    assert "/pictures/" in room.page()
    room.wait(days=1)
    assert "/pictures/" not in room.page()
    assert pictures_of(room.files()) == []


@pytest.mark.parametrize("keep", ["fetch", "own", "link"])
def test_no_social_means_the_card_in_previews(tmp_path: Path, keep: str) -> None:
    """The page shows the picture, the networks' preview does not, whoever serves it."""
    room = Room(tmp_path, keep=keep)
    try:
        room.take(terms="Editorial use only. Not for use on social media.")
        room.see_to_pictures()
        room.see_to_pictures()
        page = unescape(room.page())
        assert ('src="/pictures/' in page) == (keep != "link")
        assert 'class="plate"' not in page
        (card,) = re.findall(r'property="og:image" content="https://[^/]+/([^"]+)"', page)
        assert card.endswith("-1200.png")
        assert room.files()[card].startswith(b"\x89PNG")
    finally:
        room.close()


def test_a_credit_in_its_file_is_one(tmp_path: Path) -> None:
    """A source that wants a name gets it from the picture's own IPTC where the wire has none."""
    room = Room(tmp_path, credit="required")
    try:
        room.server[URL] = JPEG_WITH + iim(Said(credit="Corvid/T. Brandreth")) + REST
        room.take(credit="")
        assert URL not in room.page()
        room.see_to_pictures()
        assert "Corvid/T. Brandreth" in room.page()
        assert 'src="/pictures/' in room.page()
        room.server[URL + "?2"] = saved(scene(901, 600), "JPEG")
        room.take(2, credit="", url=URL + "?2")
        room.see_to_pictures()
        assert not [path for path in room.files() if "-901" in path]
    finally:
        room.close()


def test_machines_are_told_who_made_a_picture_and_how(room: Room) -> None:
    """The graph names the picture's maker, terms, seller and digital source, as its file does."""
    kinds = "http://cv.iptc.org/newscodes/digitalsourcetype/"
    said = Said(
        creator="T. Brandreth",
        web_statement="https://corvid.example/terms",
        licensor="https://corvid.example/buy",
        digital_source=f"{kinds}trainedAlgorithmicMedia",
    )
    room.server[URL] = saved(scene(900, 600), "JPEG", xmp=xmp(said))
    room.take()
    room.see_to_pictures()
    for image in image_nodes(room.page()):
        assert image["creator"] == {"@type": "Person", "name": "T. Brandreth"}
        assert image["license"] == "https://corvid.example/terms"
        assert image["acquireLicensePage"] == "https://corvid.example/buy"
        assert image["digitalSourceType"] == f"{kinds}trainedAlgorithmicMedia"


def test_a_pictures_file_leads_nobody_astray(room: Room) -> None:
    """What is no address of the web, and no digital source of the IPTC's, is not passed on."""
    said = Said(
        web_statement="javascript:alert(1)", licensor="call us", digital_source="http://x.example/"
    )
    room.server[URL] = saved(scene(900, 600), "JPEG", xmp=xmp(said))
    room.take()
    room.see_to_pictures()
    for image in image_nodes(room.page()):
        assert not {"license", "acquireLicensePage", "digitalSourceType"} & set(image)


def image_nodes(page: str) -> list[dict[str, Any]]:
    """The pictures of a page's graph."""
    (script,) = html.fromstring(page).xpath("//script")
    nodes = json.loads(script.text)["@graph"]
    images = next(node for node in nodes if node["@type"] == "NewsArticle")["image"]
    assert len(images) > 1, "the whole picture and its crops"
    return list(images)


@pytest.mark.parametrize(("credit", "shown"), [("", False), ("Corvid/A. P.", True)])
def test_no_credit_where_it_is_demanded_means_no_picture(
    tmp_path: Path, credit: str, shown: bool
) -> None:
    """A source may demand that no picture of it stands without a name."""
    room = Room(tmp_path, keep="link", credit="required")
    try:
        room.take(credit=credit)
        assert (URL in room.page()) == shown
    finally:
        room.close()


def test_a_newsroom_may_show_nothing_but_its_own(tmp_path: Path) -> None:
    """With keep = "own" no reader is ever sent to the agency's server."""
    room = Room(tmp_path, keep="own")
    try:
        room.take()
        assert URL not in b"".join(room.files().values()).decode(errors="replace")
        room.see_to_pictures()
        assert 'src="/pictures/' in room.page()
    finally:
        room.close()


def test_a_newsroom_may_fetch_nothing(tmp_path: Path) -> None:
    """With keep = "link" nothing is asked of anybody."""
    room = Room(tmp_path, keep="link")
    try:
        room.take()
        room.see_to_pictures()
        assert room.asked == []
        assert URL in room.page()
        room.newsroom.ledger.want("of-before", URL, private=False)
        room.newsroom.ledger.write_wants()
        room.see_to_pictures()
        assert room.asked == []
    finally:
        room.close()


def test_a_ledger_that_refuses_says_so_and_goes_on(room: Room) -> None:
    """A full disk is a sentence for the operator; nothing is left half done, the next try works."""
    ledger = room.newsroom.ledger
    ledger._connection.execute("PRAGMA query_only = ON")
    ledger.want("story", URL, private=False)
    with pytest.raises(SourceError, match="picture ledger"):
        ledger.write_wants()
    assert ledger.wanted(room.now) == []
    ledger._connection.execute("PRAGMA query_only = OFF")
    ledger.write_wants()
    assert ledger.wanted(room.now) == [URL]


def test_what_waits_is_not_gone_through(room: Room) -> None:
    """The next are found along an index, however many wait: whoever bakes would wait for that."""
    ledger = room.newsroom.ledger
    for number in range(40):
        ledger.want(f"s{number}", f"https://p.example/{number:02}", private=False)
        ledger.want(f"s{number}", f"card:{number:02}", private=False)
    ledger.want("odd", "HTTPS://p.example/", private=False)
    ledger.write_wants()
    ledger.record("https://p.example/07", Facts(outcome="failed", tries=1), room.now)
    ledger.record("card:03", Facts(outcome="failed", tries=1), room.now)
    found = ledger.wanted(room.now, 99)
    assert found[:2] == ["https://p.example/00", "https://p.example/01"]
    assert found[39:41] == ["https://p.example/07", "HTTPS://p.example/"]
    assert found[41] == "card:00"
    assert found[-1] == "card:03"
    assert len(found) == 81
    assert ledger.wanted(room.now, 1, cards_alone=True) == ["card:00"]
    for statement, values, index in (
        (_NEW, ("", "card:", 9), "facts_again"),
        (_AGAIN, (1, "", "card:", 9), "facts_again"),
        (_DUE, (1,), "dues_at"),
        (_NEXT_DUE, (), "dues_at"),
    ):
        [plan] = ledger._all(f"EXPLAIN QUERY PLAN {statement}", *values)
        assert f"INDEX {index}" in str(plan)


def test_a_time_is_noted_once_and_taken_back(room: Room) -> None:
    """What a story's picture is due for is the last that was said of it, or nothing."""
    ledger, later = room.newsroom.ledger, room.now + timedelta(hours=1)
    for at in (later, room.now, room.now):
        ledger.due("story", at)
        assert ledger.next_due() == at
    assert ledger.changed(room.now) == {"story": True}
    ledger.due("story", None)
    assert (ledger.next_due(), ledger.changed(later)) == (None, {})


def test_a_closed_address_is_opened_by_all_who_show_it_or_by_none(room: Room) -> None:
    """One source that may not lead to the newsroom's own network keeps the picture's address shut.

    What the wire says of it is the word of the first story that says anything.
    """
    ledger, label = room.newsroom.ledger, Label(credit="Corvid")
    ledger.want("b", URL, private=True, label=label)
    ledger.want("c", URL, private=True, label=Label(credit="Quaymark"))
    ledger.write_wants()
    assert ledger.use_of(URL) == (True, label)
    ledger.want("a", URL, private=False)
    ledger.write_wants()
    assert ledger.use_of(URL) == (False, label)


def test_a_picture_that_fails_again_changes_no_page_again(room: Room) -> None:
    """The first failure brings the card; the next ones say nothing new."""
    ledger = room.newsroom.ledger
    ledger.want("story", URL, private=False)
    ledger.write_wants()
    for tries, changed in ((1, {"story": True}), (2, {})):
        ledger.record(URL, Facts(outcome="failed", tries=tries), room.now)
        assert ledger.changed(room.now) == changed
        ledger.forget_changes(["story"], room.now)


def test_a_dead_server_keeps_two_hands_busy_and_no_more(room: Room) -> None:
    """Pictures of others are fetched meanwhile; its own wait until a hand is free."""
    ledger, hung, asked = room.newsroom.ledger, asyncio.Event(), list[str]()

    async def fetch(url: str, _private: bool) -> bytes:
        asked.append(url)
        await hung.wait()
        raise SourceError("It is dead.")

    for host, number in (("dead", 1), ("dead", 2), ("dead", 3), ("well", 1), ("well", 2)):
        ledger.want("story", f"https://{host}.example/{number}", private=False)
    ledger.write_wants()

    async def at_once() -> None:
        desk = PictureDesk(ledger, room.darkroom, fetch, lambda: room.now)
        hands = [asyncio.create_task(desk.work()) for _ in range(6)]
        await turns(lambda: sum(hand.done() for hand in hands) == 2)  # who find nothing to take
        hung.set()
        assert sorted(await asyncio.gather(*hands)) == [False, False, True, True, True, True]

    uvloop.run(at_once())
    both = ("dead", "well")
    assert sorted(asked) == [f"https://{host}.example/{n}" for host in both for n in (1, 2)]


def test_pictures_go_before_cards(room: Room) -> None:
    """Whatever cards are waiting, a picture is fetched first; a card touches its own page alone."""
    ledger = room.newsroom.ledger
    ledger.want("a", "card:{}", private=False)
    ledger.want("b", URL, private=False)
    ledger.write_wants()
    assert ledger.wanted(room.now, 9) == [URL, "card:{}"]
    assert ledger.use_of(URL) == (False, NO_LABEL)
    ledger.record("card:{}", Facts(outcome="kept"), room.now)
    ledger.record(URL, Facts(outcome="kept"), room.now)
    assert ledger.changed(room.now) == {"a": False, "b": True}
