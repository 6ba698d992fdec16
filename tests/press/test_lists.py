"""Home, fronts, days, topics, corrections, search, and what is gone."""

import re
from itertools import pairwise

import msgspec
import pytest
from lxml import html
from tests.press.copy_desk import (
    ASSET_FILES,
    AT,
    FILES,
    PICTURE,
    TOPICS,
    brief,
    front,
    press,
    settings,
    teaser,
)

from wirecopy.briefs import CorrectionNote, Gone, Hit, ListBrief, Moved, SearchBrief
from wirecopy.config import Config
from wirecopy.press import Press, paths
from wirecopy.press.plain_pages import about_page
from wirecopy.story import clean

PRESS = press()
ABOUT = next(file for file in PRESS.fixed() if file.path == paths.ABOUT)


def tree(body: bytes) -> html.HtmlElement:
    """The page as a tree."""
    return html.fromstring(body.decode())


@pytest.mark.parametrize(("syndication", "named"), [("self", True), ("noindex", False)])
def test_a_page_that_has_moved_names_the_one_that_counts(syndication: str, named: bool) -> None:
    """Search engines give the old address's weight to the page that tells the report now."""
    to = teaser(0, syndication=syndication)
    body = PRESS.moved(Moved(id="m", path="world/m.html", agency="Tern Wire", to=to)).body
    head = html.fromstring(body).find("head")
    canonical = [link.get("href") for link in head.findall("link[@rel='canonical']")]
    robots = [meta.get("content") for meta in head.findall("meta[@name='robots']")]
    address = f"https://ledger.example/{to.path}"
    assert (canonical, robots) == (([address], []) if named else ([], ["noindex"]))


@pytest.mark.parametrize(
    ("genre", "form", "words"),
    [("Opinion", "opinion", "Opinion"), ("Press Release", "press_release", "Press release"),
     ("Satire", "satire", "Satire"), ("Advertorial", "sponsored", "Sponsored")],
)  # fmt: skip
def test_readers_are_told_what_is_no_news_before_they_follow_a_link(
    genre: str, form: str, words: str
) -> None:
    """Opinion, and what somebody has paid for, is named so wherever its headline stands."""
    told, day = teaser(1, genres=("Current", genre), flag="BREAKING"), f"{AT:%Y-%m-%d}"
    listed = (teaser(0), told)
    home = ListBrief(kind="home", teasers=listed, by_section=(("world", listed),))
    pages = [
        PRESS.story(brief(related=(told,), older=(), next=None)).body,
        PRESS.story(brief(related=(), older=(told,), next=None)).body,
        PRESS.story(brief(related=(), older=(), next=told)).body,
        PRESS.lists(home)[0].body,
        PRESS.lists(ListBrief(kind="front", section="world", teasers=listed))[0].body,
        PRESS.lists(ListBrief(kind="day", section="world", day=day, teasers=listed))[0].body,
        PRESS.lists(ListBrief(kind="topic", topic=TOPICS[0], teasers=listed))[0].body,
        PRESS.search(SearchBrief(query="ferry", hits=(Hit(teaser=told),), total=1)),
    ]
    for page in pages:
        links = tree(page).xpath("//a[contains(@href, 'story-t1')]")
        assert links
        for link in links:
            (mark,) = link.xpath(
                f"(ancestor::li|ancestor::article|ancestor::p)[last()]"
                f"//span[contains(@class, 'mark {form}')]"
            )
            assert mark.text == words
    feeds = [file.body.decode() for file in PRESS.lists(home) if file.path in paths.home_feeds()]
    assert len(feeds) == 3
    assert all(words in feed for feed in feeds)


def test_home_has_a_lead_and_a_block_for_each_section() -> None:
    """Home shows lead, seconds, latest and section blocks, none of them twice above the blocks."""
    world = tuple(teaser(number) for number in range(12))
    sport = tuple(teaser(n, section="sport", path=f"sport/{n}.html") for n in (20, 21, 22))
    brief = ListBrief(
        kind="home", teasers=world, by_section=(("world", world), ("sport", sport), ("x", ()))
    )
    page = tree(PRESS.lists(brief)[0].body)
    assert page.xpath("//section[contains(@class,'block')]/h2/a/@href") == ["/world/", "/sport/"]
    top = page.xpath("//section[contains(@class,'top')]//a/@href[contains(., 'story-')]")
    assert len(top) == len(set(top)) == 10
    assert page.xpath("//h1")[0].text_content().strip() == "The Harbour Ledger"


def headlines(page: html.HtmlElement, place: str) -> list[str]:
    """The headlines in the places of that class, in their order."""
    found = page.xpath(f"//section[starts-with(@class, '{place}')]//*[self::li or self::h3]/a")
    return [link.text_content() for link in found]


def test_the_blocks_of_home_say_what_the_latest_do_not() -> None:
    """A block repeats what stands among the latest only where its section has too little else."""
    world = tuple(teaser(number) for number in range(20))
    sport = tuple(teaser(n, section="sport", headline=f"Match {n}") for n in (1, 2))
    brief = ListBrief(
        kind="home",
        teasers=tuple(sorted((*world, *sport), key=lambda t: t.first_published, reverse=True)),
        by_section=(("world", world), ("sport", sport)),
    )
    page = tree(PRESS.lists(brief)[0].body)
    latest = headlines(page, "latest")
    blocks = headlines(page, "block")
    assert len(latest) == 8
    assert len(blocks) == 5, "both matches stand at the top"
    assert not set(latest) & set(blocks)
    alone = tree(PRESS.lists(msgspec.structs.replace(brief, teasers=world[:9], by_section=(
        ("world", world[:9]),)))[0].body)  # fmt: skip
    assert headlines(alone, "block") == headlines(alone, "latest")


def test_home_shows_one_of_a_series() -> None:
    """Nine pictured reports of one index are one line of the page, be they all of a section."""
    series = tuple(
        teaser(n, headline=f"Ellery index at {n}00 points", picture=PICTURE, section="sport")
        for n in range(9)
    )
    others = tuple(teaser(n, headline=f"Report {chr(65 + n)} of the harbour") for n in range(9, 20))
    brief = ListBrief(kind="home", teasers=(*series, *others), by_section=(("sport", series),))
    page = tree(PRESS.lists(brief)[0].body)
    shown = page.xpath("//main//article//a[contains(., 'Ellery index')]")
    assert len(shown) == 2, "one at the top, and one because every section has its block"
    assert headlines(page, "cards") == []


def test_a_front_runs_day_by_day() -> None:
    """The river is grouped by local day, and earlier days are linked."""
    many = tuple(teaser(number) for number in range(30))
    page = tree(PRESS.lists(front(*many, days=("2022-01-06",)))[0].body)
    days = page.xpath("//section[@class='river']/h2/time/@datetime")
    assert days == ["2022-01-08", "2022-01-07"]
    assert page.xpath("//nav[@class='days']//a/@href") == ["/world/2022/01/06/"]
    assert page.xpath("//nav//a[@aria-current]/@href") == ["/world/"]


def test_a_day_page_links_its_neighbours_and_parts() -> None:
    """A day has its parts and the days before and after that have a page."""
    brief = ListBrief(
        kind="day",
        teasers=(teaser(0),),
        section="world",
        day="2022-01-08",
        part=2,
        parts=3,
        days=("2022-01-07", ""),
    )
    (file,) = PRESS.lists(brief)
    assert file.path == "world/2022/01/08/2.html"
    page = tree(file.body)
    assert page.xpath("//a[@rel='prev']/@href") == ["/world/2022/01/07/"]
    assert page.xpath("//a[@rel='next']") == []
    assert page.xpath("//a[@aria-current='page']/@href") == ["/world/2022/01/08/2.html"]


def _waiting(brief: ListBrief) -> list[bool]:
    """Of each picture of a list, in the page's order, whether the browser puts it off."""
    page = tree(PRESS.lists(brief)[0].body)
    return [image.get("loading") == "lazy" for image in page.xpath("//img")]


@pytest.mark.parametrize("bare", [0, 1, 2])
def test_the_first_picture_of_a_list_does_not_wait(bare: int) -> None:
    """It is asked for at once, whichever story has it; all others wait until they come near."""
    many = tuple(teaser(number, picture=None if number < bare else PICTURE) for number in range(4))
    day = ListBrief(kind="day", teasers=many, section="world", day="2022-01-08")
    topic = ListBrief(kind="topic", teasers=many, topic=TOPICS[0])
    home = ListBrief(kind="home", teasers=many, by_section=(("world", many),))
    for made in (day, topic, front(*many), home, day):  # a teaser is printed once for all lists
        waiting = _waiting(made)
        assert len(waiting) == len(many) - bare, made.kind
        assert waiting == [False, *[True] * (len(waiting) - 1)], made.kind


def test_a_topic_page_lists_its_stories() -> None:
    """A topic has a page of its own with every story it was given."""
    brief = ListBrief(kind="topic", teasers=(teaser(0), teaser(1)), topic=TOPICS[0])
    page = tree(PRESS.lists(brief)[0].body)
    assert page.xpath("//h1")[0].text_content() == "Merrow Strait"
    assert len(page.xpath("//article")) == 2
    assert not page.xpath("//nav[@class='days']"), "there are no older ones"
    with pytest.raises(ValueError, match="needs its topic"):
        PRESS.lists(ListBrief(kind="topic", teasers=()))


def test_a_list_is_shared_with_the_sites_logo() -> None:
    """A preview of a front shows the logo where there is one."""
    ours = Press(settings_with_logo(), FILES, ASSET_FILES)
    shown = tree(ours.lists(front(teaser(1)))[0].body).xpath(
        "//meta[@property='og:image']/@content"
    )
    assert shown == ["https://ledger.example/logo.png"]
    assert not tree(PRESS.lists(front(teaser(1)))[0].body).xpath("//meta[@property='og:image']")


def settings_with_logo() -> Config:
    """The newsroom with a logo."""
    ours = settings()
    site = msgspec.structs.replace(ours.site, logo="https://ledger.example/logo.png")
    return msgspec.structs.replace(ours, site=site)


def test_the_title_of_a_search_says_what_was_sought() -> None:
    """Two searches in two tabs are told apart by their titles."""
    assert tree(PRESS.search(SearchBrief(query="ferry"))).findtext(".//title") == (
        "ferry: Search | The Harbour Ledger"
    )
    assert tree(PRESS.search(SearchBrief(query=""))).findtext(".//title").startswith("Search |")


def test_the_pages_about_the_site_describe_themselves() -> None:
    """A search engine shows what the page is about, not what every other page says too."""
    about, corrections = (
        html.fromstring(file.body.decode()).xpath("//meta[@name='description']/@content")[0]
        for file in (ABOUT, PRESS.corrections(()))
    )
    assert about.startswith("Reports on this site come from news agencies.")
    assert corrections.startswith("Corrections that the agencies sent")


def test_the_corrections_page_says_nothing_of_withdrawn_text() -> None:
    """A withdrawn story has neither headline nor link, whatever the note carries."""
    notes = (
        CorrectionNote(at=AT, kind="corrected", agency="A", headline="Kept", path="w/a.html"),
        CorrectionNote(
            at=AT, kind="withdrawn", agency="Tern Wire", headline="Killed", path="w/b.html"
        ),
    )
    body = PRESS.corrections(notes).body
    assert b"Killed" not in body
    assert b"w/b.html" not in body
    assert b"A report by Tern Wire was withdrawn." in body
    assert tree(body).xpath("//h2/a/@href") == ["/w/a.html"]


def test_a_gone_page_is_neutral() -> None:
    """The page of a story that is gone names no story and is kept out of search engines."""
    file = PRESS.gone(Gone(id="k3m9", agency="Tern Wire", state="withdrawn", at=AT))
    assert file.path == "gone/k3m9.html"
    assert b"noindex, noarchive" in file.body
    assert b"ld+json" not in file.body
    assert b"og:" not in file.body


def test_search_keeps_what_was_asked() -> None:
    """Results keep query, order and section in every link, and page with rel links."""
    brief = SearchBrief(
        query="tide & ebb",
        hits=(Hit(teaser=teaser(0), snippet="… the tide …"),),
        total=1234,
        page=2,
        more=True,
        section="world",
    )
    page = tree(PRESS.search(brief))
    assert page.xpath("//p[@role='status']")[0].text_content() == "1,234 results"
    assert page.xpath("//a[@rel='next']/@href") == ["/search?q=tide+%26+ebb&section=world&page=3"]
    assert page.xpath("//a[@rel='prev']/@href") == ["/search?q=tide+%26+ebb&section=world"]
    empty = tree(PRESS.search(SearchBrief(query="")))
    assert empty.xpath("//p[@role='status']") == []
    nothing = tree(PRESS.search(SearchBrief(query="x")))
    assert "Nothing was found" in nothing.xpath("//p[@role='status']")[0].text_content()
    assert not nothing.xpath("//main//ol"), "there is no list of nothing"
    assert not nothing.xpath("//nav[@aria-label='Order']"), "nor an order of it"


def test_no_list_says_how_long_ago() -> None:
    """Times on lists are moments, never spans: the page is true whenever it is read."""
    body = PRESS.lists(front(*(teaser(number) for number in range(9))))[0].body.decode()
    assert " ago" not in body
    times = tree(body.encode()).xpath("//time/@datetime")
    assert times
    assert all(time[:4] == "2022" for time in times)


def test_headings_are_in_order() -> None:
    """Each page has one h1 and never skips a level."""
    many = tuple(teaser(number) for number in range(12))
    bodies = [
        PRESS.lists(b)[0].body
        for b in (ListBrief(kind="home", teasers=many, by_section=(("world", many),)), front(*many))
    ]
    bodies += [file.body for file in PRESS.fixed() if file.path.endswith(".html")]
    for body in bodies:
        levels = [int(e.tag[1]) for e in tree(body).xpath("//h1|//h2|//h3|//h4")]
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_site_below_a_path_links_below_it() -> None:
    """Where the site's address has a path, every link of the site begins with it."""
    base = settings()
    below = msgspec.structs.replace(base.site, url="https://ledger.example/news")
    made = Press(msgspec.structs.replace(base, site=below), FILES, ASSET_FILES)
    page = tree(made.lists(front(teaser(0)))[0].body)
    links = [a for a in page.xpath("//a/@href | //link/@href") if a.startswith("/")]
    assert links
    assert all(link.startswith("/news/") for link in links)
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://ledger.example/news/world/"]
    assert isinstance(base, Config)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("index.html", "/"),
        ("world/index.html", "/world/"),
        ("world/a-b.html", "/world/a-b.html"),
        ("topics/नौका.html", "/topics/%E0%A4%A8%E0%A5%8C%E0%A4%95%E0%A4%BE.html"),
        ("myindex.html", "/myindex.html"),
    ],
)
def test_paths_become_urls(path: str, url: str) -> None:
    """An index page is its folder; what a URL cannot hold is percent-encoded."""
    assert paths.url_of(path) == url


def test_readers_are_told_every_step() -> None:
    """The page says as many things are done to a report as the list that the code begins with."""
    steps = re.findall(r"(?m)^(\d+)\. ", clean.__doc__ or "")
    assert steps == [str(number) for number in range(1, len(steps) + 1)]
    told = about_page(PRESS._house).treatment
    assert len(set(told)) == len(told) == len(steps)
