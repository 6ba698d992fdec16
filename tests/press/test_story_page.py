"""The story page, part by part."""

import json
import os
from pathlib import Path

import msgspec
import pytest
from lxml import html
from tests.press.copy_desk import (
    ASSET_FILES,
    AT,
    FILES,
    PARAGRAPHS,
    PICTURE,
    TOPICS,
    brief,
    item,
    paragraphs,
    part,
    parts,
    press,
    settings,
    story,
    teaser,
)

from wirecopy.briefs import ListBrief, StoryBrief
from wirecopy.config import Strap
from wirecopy.model import Block, Change, Dateline, Marker, Media, Rendition, Rights, Story, Topic
from wirecopy.press import Press
from wirecopy.press.stories import length, middle

GOLDEN = Path(__file__).parent / "goldens" / "story.html"
PRESS = press()
ORDER = [
    "strap",
    "breadcrumb",
    "headline",
    "standfirst",
    "picture",
    "caption",
    "credit",
    "byline",
    "reading-time",
    "updated",
    "body",
    "also-read",
    "sign-off",
    "notice",
    "more-from-section",
    "topics",
    "first-published",
    "next-story",
]


def page(told: Story | None = None, **fields: object) -> bytes:
    """The bytes of a story page."""
    return PRESS.story(brief(told, **fields)).body


def test_the_worked_example_is_the_golden_page() -> None:
    """The worked example comes out byte for byte as the golden file, every time."""
    made = press().story(brief())
    if os.environ.get("WIRECOPY_GOLDENS"):
        GOLDEN.write_bytes(made.body)
    assert made.path == "world/merrow-ferry-to-sail-again-k3m9.html"
    assert made.body == GOLDEN.read_bytes()
    assert made.body == PRESS.story(brief()).body


def test_all_parts_stand_in_their_order() -> None:
    """The fifteen parts of the worked example stand in the order of the specification."""
    assert parts(page()) == ORDER


def test_what_was_taken_out_stands_once_in_its_place() -> None:
    """Marker, dateline and sign-off stand once each and nowhere in the body."""
    made = page()
    text = made.decode()
    for words in ("2nd Ld", "PORT ELLERY, Jan 7 (Corvid News)", "--Corvid News", "ilt/pe"):
        shown = words.replace("/", "&#x2f;")
        assert text.count(words) + (text.count(shown) if shown != words else 0) == 1, words
        assert words not in part(made, "body")
    assert part(made, "sign-off") == "--Corvid News ilt/pe"


def test_body_is_exactly_the_agencys_text() -> None:
    """Without Also Read the text inside the body is the agency's paragraphs and nothing else."""
    (body,) = html.fromstring(page().decode()).xpath("//*[@data-part='body']")
    (also,) = body.xpath(".//*[@data-part='also-read']")
    assert also.getprevious().tag == also.getnext().tag == "p"
    also.drop_tree()
    assert body.text_content().split() == " ".join(PARAGRAPHS).split()


def test_the_article_names_story_version_and_state() -> None:
    """Machines read our id, the version and the state off the article element."""
    (article,) = html.fromstring(page().decode()).xpath("//article[@data-story]")
    assert dict(article.attrib) | {"class": ""} == {
        "class": "",
        "data-story": "k3m9",
        "data-version": "3",
        "data-state": "live",
        "lang": "en",
        "dir": "ltr",
    }


BARE = {
    "standfirst": (story(item(standfirst="")), {"standfirst"}),
    "headline again": (
        story(item(standfirst="Merrow ferry to sail again on Monday.")),
        {"standfirst"},
    ),
    "caption": (
        story(item(media=(Media(credit="C", renditions=PICTURE.renditions),))),
        {"caption"},
    ),
    "credit": (
        story(item(media=(Media(caption="C", renditions=PICTURE.renditions),))),
        {"credit"},
    ),
    "card": (story(item(media=())), {"caption", "credit"}),
    "body": (story(item(body=())), {"body", "also-read", "reading-time"}),
    "short body": (story(item(body=paragraphs(*PARAGRAPHS[:4]))), {"also-read"}),
    "sign-off": (story(item(sign_off="")), {"sign-off"}),
    "topics": (story(topics=()), {"topics"}),
    "times": (story(first_published=None, updated=None), {"first-published", "updated"}),
}


@pytest.mark.parametrize("case", BARE)
def test_an_empty_part_is_left_out_whole(case: str) -> None:
    """A part whose source is empty is not there at all; the others are, in their order."""
    told, gone = BARE[case]
    assert parts(page(told)) == [name for name in ORDER if name not in gone]


def test_lists_without_stories_are_left_out() -> None:
    """Without related, older and next stories there is no label for them either."""
    made = PRESS.story(StoryBrief(story=story())).body
    gone = {"also-read", "more-from-section", "next-story"}
    assert parts(made) == [name for name in ORDER if name not in gone]
    assert "Also read" not in made.decode()


def test_the_strap_is_left_out_when_there_is_none() -> None:
    """A newsroom without a newsletter has no strap."""
    usual = settings()
    site = msgspec.structs.replace(usual.site, strap=Strap())
    bare = Press(msgspec.structs.replace(usual, site=site), FILES, ASSET_FILES)
    assert parts(bare.story(brief()).body) == ORDER[1:]


def test_no_story_is_offered_twice() -> None:
    """More From This Section leaves out what Also Read shows, the story itself, and ends at 5."""
    older = (teaser(1), teaser(0, id="k3m9"), *(teaser(number) for number in range(2, 12)))
    made = page(older=older)
    assert "Headline 1" not in part(made, "more-from-section")
    assert part(made, "more-from-section").count("Headline") == 5
    short = page(story(item(body=paragraphs("One."))), older=older)
    assert "Headline 1 " in part(short, "more-from-section")


def test_topics_end_at_eight() -> None:
    """At most eight topics are shown, the most salient first, each with a page of its own."""
    topics = tuple(Topic(slug=f"t-{n}", name=f"Topic {n}") for n in range(12))
    (found,) = html.fromstring(page(story(topics=topics)).decode()).xpath(
        "//*[@data-part='topics']"
    )
    assert found.xpath(".//a/@href") == [f"/topics/t-{n}.html" for n in range(8)]


def test_also_read_stands_between_two_paragraphs_near_the_middle() -> None:
    """Also Read never stands behind a heading or beside a list, a quote or a table."""
    p, h2, ul = Block("p", "<p>x</p>"), Block("h2", "<h2>x</h2>"), Block("ul", "<ul></ul>")
    assert middle((p,) * 4) == 0
    assert middle((p,) * 5) == 3
    assert middle((p,) * 9) == 5
    assert middle((p, p, p, ul, p, p)) in (2, 5)
    assert middle((p, p, p, h2, p, p, p)) in (2, 5)
    assert middle((p, h2, p, h2, p, h2, p, h2, p)) in (1, 3, 5, 7)


def test_reading_time_is_rounded_up() -> None:
    """238 words are one minute, one more is two; scripts without spaces count their signs."""
    assert length("<p>" + "word " * 238 + "</p>") == (238, 1)
    assert length("<p>" + "word " * 239 + "</p>") == (239, 2)
    assert length("<p>word</p>") == (1, 1)
    assert length("<p>" + "海" * 501 + "</p>") == (501, 2)
    assert length("<p></p>") == (0, 0)


BYLINES = {
    "Corvid News Port Ellery": item(),
    "Corvid News": item(dateline=None),
    "By Jory Vane, Corvid News Port Ellery": item(byline="By Jory Vane"),
    "By Ada Byrne, Corvid News": item(byline="Ada Byrne", dateline=Dateline(place="")),
    "Corvid News / Tern Wire Port Ellery": item(credit_sources=("Corvid News", "Tern Wire")),
    "(CN) Port Ellery": item(credit_line="(CN)"),
    "By Von Hald, Corvid News": item(byline="Von Hald", dateline=None),
    "By Ada Byrne, Corvid News Port Ellery": item(byline="By Ada Byrne, CORVID NEWS"),
    "By Cass Orme, Corvid News": item(byline="Cass Orme | Corvid News", dateline=None),
    "By A. Byrne/The Post, Corvid News": item(byline="A. Byrne/The Post", dateline=None),
    "By Karl Hald, Corvid News": item(byline="Von Karl Hald", dateline=None, language="de"),
}


@pytest.mark.parametrize("line", BYLINES)
def test_byline_names_author_agencies_and_place(line: str) -> None:
    """The byline is `AGENCY PLACE`, or `By NAME, AGENCY PLACE`, with every agency in it."""
    assert part(page(story(BYLINES[line])), "byline") == line


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("VELMORE", "Velmore"),
        ("NEW VELMORE", "New Velmore"),
        ("LOS ARENALES", "Los Arenales"),
        ("LA PAZ DE ARENA", "La Paz de Arena"),
        ("TEL MAR", "Tel Mar"),
        ("PORT-AU-SEL", "Port-au-Sel"),
        ("ST. ORLA UPON TEYRE", "St. Orla upon Teyre"),
        ("L'ORME", "L'Orme"),
        ("VELMORE, Norland", "Velmore, Norland"),
        ("PORT SEL, UK", "Port Sel, UK"),
        ("VELMORE DC", "Velmore DC"),
        ("UN", "UN"),
        ("EU, UAE", "EU, UAE"),
        ("Port Ellery", "Port Ellery"),
        ("МОРСК", "Морск"),
        ("दिल्ली", "दिल्ली"),
    ],
)
def test_a_place_in_capitals_is_written_as_on_a_map(sent: str, shown: str) -> None:
    """Each word of a name is told for itself; initials stay."""
    made = page(story(item(dateline=Dateline(place=sent))))
    assert part(made, "byline") == f"Corvid News {shown}"


SIGN_OFFS = {
    "--Tern Wire\nab/cd": "--Tern Wire",
    "(Tern Wire) AB CD": "(Tern Wire)",
    "Tern Wire ABC DEF": "Tern Wire",
    "ab/cd": "--Tern Wire",
}


@pytest.mark.parametrize("sent", SIGN_OFFS)
def test_initials_are_shown_only_where_the_source_allows(sent: str) -> None:
    """The agency always signs; its desk's initials only where the source's rule says so."""
    told = story(
        item(sign_off=sent, provider="", credit_sources=()), source="tern", agency="Tern Wire"
    )
    assert part(page(told), "sign-off") == SIGN_OFFS[sent]


def test_a_correction_stands_above_the_body_and_in_the_history() -> None:
    """A correction shows its box with the agency's note; the history shows what happened when."""
    told = story(
        changes=(
            Change(at=AT, kind="published"),
            Change(at=AT.replace(hour=4), kind="corrected", note="It is Monday, not Sunday."),
        )
    )
    made = page(told)
    assert "It is Monday, not Sunday." in part(made, "correction")
    assert parts(made).index("correction") == parts(made).index("body") - 1
    assert "Corrected by Corvid News" in part(made, "history")
    assert "Published" in part(made, "history")


def test_no_picture_means_the_sections_card() -> None:
    """A story without a picture that may be shown has its section's card, never a broken image."""
    hostile = (
        Media(renditions=(Rendition(href="javascript:alert(1)"),)),
        Media(renditions=(Rendition(href="http://plain.example/a.jpg"),)),
        Media(renditions=(Rendition(href="//other.example/a.jpg"),)),
        Media(status="withheld", renditions=PICTURE.renditions),
        Media(type="video", renditions=PICTURE.renditions),
    )
    made = page(story(item(media=hostile)))
    assert part(made, "picture") == "World Corvid News"
    assert b"javascript:" not in made
    assert b"<img" not in made


def test_the_picture_is_complete() -> None:
    """The first picture is loaded at once, in its size, with description, caption and credit."""
    (image,) = html.fromstring(page().decode()).xpath("//*[@data-part='picture']//img")
    assert image.get("src") == "https://pictures.example/a.jpg"
    assert image.get("srcset") == (
        "https://pictures.example/b.jpg 600w, https://pictures.example/a.jpg 1200w"
    )
    assert (image.get("width"), image.get("height")) == ("1200", "800")
    assert (image.get("alt"), image.get("fetchpriority")) == (PICTURE.alt, "high")
    assert part(page(), "credit") == "Photo: Corvid News/A. Penhallow"


@pytest.mark.parametrize(
    "credit",
    ["Photo by A. Penhallow", "(Photo by A. Penhallow/Corvid)", "Foto von A. Penhallow",
     "Corvid Photo/A. Penhallow", "Illustration by A. Penhallow", "Illustration: A. Penhallow",
     "Photograph courtesy of the harbour", "Photo: A. Penhallow"],
)  # fmt: skip
def test_a_credit_that_names_its_kind_is_not_called_a_photo_again(credit: str) -> None:
    """No "Photo: Photo by"; agencies and papers that have the word in their name get it."""
    shown = msgspec.structs.replace(PICTURE, credit=credit)
    assert part(page(story(item(media=(shown,)))), "credit") == credit
    for name in ("picture house/TPA", "Bild der Woche", "Image Source", "Foto Orme"):
        named = msgspec.structs.replace(PICTURE, credit=name)
        assert part(page(story(item(media=(named,)))), "credit") == f"Photo: {name}"


@pytest.mark.parametrize(
    ("alt", "headline", "said"),
    [
        ("Two boats", "Boats", "Two boats"),
        (PICTURE.caption, "Boats", "Boats"),
        (PICTURE.caption, PICTURE.caption, "Picture with the report: "),
        ("", "", "Picture with the report: "),
    ],
)
def test_no_caption_is_said_twice(alt: str, headline: str, said: str) -> None:
    """Whoever does not see the picture hears what it shows, and then its caption."""
    media = msgspec.structs.replace(PICTURE, alt=alt, headline=headline)
    (image,) = html.fromstring(page(story(item(media=(media,)))).decode()).xpath(
        "//*[@data-part='picture']//img"
    )
    assert image.get("alt").startswith(said)


def test_the_graph_tells_what_the_page_tells() -> None:
    """The source's copyright line; who corrected it where nobody says what was wrong."""
    told = story(changes=(Change(at=AT, kind="published"), Change(at=AT, kind="corrected")))
    made = page(told)
    graph = msgspec.json.decode(html.fromstring(made.decode()).xpath("//script")[0].text)
    article = graph["@graph"][0]
    assert article["copyrightNotice"] == "© Corvid News"
    assert [one["text"] for one in article["correction"]] == ["Corrected by Corvid News"]


def test_a_picture_on_a_secure_site_says_so() -> None:
    """Networks that ask for the secure address of the picture are given it."""
    tree = html.fromstring(page().decode())
    assert tree.xpath("//meta[@property='og:image:secure_url']/@content") == tree.xpath(
        "//meta[@property='og:image']/@content"
    )


HEADS = {
    "self": ("https://ledger.example/world/merrow-ferry-to-sail-again-k3m9.html", "max-image"),
    "noindex": ("https://ledger.example/world/merrow-ferry-to-sail-again-k3m9.html", "noindex"),
    "canonical-source": ("https://corvid.example/1", "max-image"),
}


@pytest.mark.parametrize("policy", HEADS)
def test_the_head_obeys_the_syndication_policy(policy: str) -> None:
    """Canonical and robots follow the source's policy, and never contradict each other."""
    told = story(item(url="https://corvid.example/1"), syndication=policy)
    tree = html.fromstring(page(told).decode())
    assert tree.xpath("//link[@rel='canonical']/@href") == [HEADS[policy][0]]
    assert tree.xpath("//meta[@name='robots']/@content")[0].startswith(HEADS[policy][1])


@pytest.mark.parametrize(
    ("genre", "kept"),
    [("Press Release", ["noindex"]), ("Advertorial", ["noindex"]), ("Opinion", [])],
)
def test_what_is_paid_for_is_kept_out_of_news_search(genre: str, kept: list[str]) -> None:
    """Search engines ask it of a site whose news they list; any other search may find the page."""
    tree = html.fromstring(page(story(item(genre=genre))).decode())
    assert tree.xpath("//meta[@name='googlebot-news']/@content") == kept
    assert tree.xpath("//meta[@name='robots']/@content")[0].startswith("max-image")


def test_an_unknown_source_page_is_not_indexed() -> None:
    """Where the agency's page should be indexed but is unknown, ours is kept out."""
    tree = html.fromstring(page(story(syndication="canonical-source")).decode())
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_open_graph_says_what_the_page_says() -> None:
    """Cards get headline, standfirst, picture with its size, section, topics and times."""
    tree = html.fromstring(page().decode())
    got = {m.get("property") or m.get("name"): m.get("content") for m in tree.xpath("//meta")}
    assert got["og:type"] == "article"
    assert got["og:title"] == "Merrow ferry to sail again on Monday"
    assert got["og:image"] == "https://pictures.example/a.jpg"
    assert got["og:image:alt"] == PICTURE.alt
    assert got["article:section"] == "World"
    assert got["article:published_time"] == "2022-01-08T08:06:00+05:30"
    assert got["twitter:card"] == "summary_large_image"
    assert tree.xpath("//meta[@property='article:tag']/@content") == [t.name for t in TOPICS]


AUTHORS = {
    "Corvid News": item(),
    "Corvid News / Tern Wire": item(credit_sources=("Corvid News", "Tern Wire")),
    "Jory Vane": item(byline="By Jory Vane", authors=("Jory Vane",)),
    "Jory Vane, Ada Byrne": item(
        byline="By J. Vane and A. Byrne", authors=("Jory Vane", "Ada Byrne")
    ),
    "Ada Byrne": item(byline="Ada Byrne", authors=("CORVID NEWS", "Ada Byrne")),
    "Cass Orme": item(
        credit_sources=("Corvid News", "Tern Wire"), authors=("Cass Orme", "Tern Wire")
    ),
}


@pytest.mark.parametrize("names", AUTHORS)
def test_the_author_is_named_and_nothing_else(names: str) -> None:
    """The graph is told the authors' names alone, the head the agencies behind them."""
    told = AUTHORS[names]
    tree = html.fromstring(page(story(told)).decode())
    credit = " / ".join(told.credit_sources)
    line = names if names == credit else f"{names}, {credit}"
    assert tree.xpath("//meta[@name='author']/@content") == [line]
    written = json.loads(tree.xpath("//script")[0].text)["@graph"][0]["author"]
    if AUTHORS[names].authors:
        assert written == [{"@type": "Person", "name": name} for name in names.split(", ")]
    else:
        assert written == [{"@type": "Organization", "name": "Corvid News"}]


@pytest.mark.parametrize(
    ("site", "copy", "told"),
    [
        ("en_IN", "en", "en_IN"),
        ("en_IN", "", "en_IN"),
        ("en_IN", "en-GB", "en_GB"),
        ("en_IN", "hi", "hi_IN"),
        ("en_IN", "zh-Hant", "zh_TW"),
        ("en_IN", "sr-Latn", "sr_RS"),
        ("en_IN", "xx", "en_IN"),
        ("en_IN", "no such tag", "en_IN"),
        ("en", "en", "en_US"),
        ("de", "de", "de_DE"),
    ],
)
def test_open_graph_names_language_and_territory(site: str, copy: str, told: str) -> None:
    """og:locale is language_TERRITORY on stories and lists, as networks read no other form."""
    made = press(locale=site)
    tree = html.fromstring(made.story(brief(story(item(language=copy)))).body.decode())
    assert tree.xpath("//meta[@property='og:locale']/@content") == [told]
    home = html.fromstring(made.lists(ListBrief(kind="home", teasers=()))[0].body.decode())
    (of_lists,) = home.xpath("//meta[@property='og:locale']/@content")
    assert of_lists == {"en": "en_US", "de": "de_DE"}.get(site, site)


@pytest.mark.parametrize("year", ["9" * 5000, "9" * 30, "MMXXII"])
def test_a_year_that_is_none_is_left_out(year: str) -> None:
    """What an archive has of older copy costs no page."""
    told = story(item(rights=Rights(copyright_year=year)))
    assert b"copyrightYear" not in page(told)


def test_json_ld_holds_what_is_owed() -> None:
    """The graph names agency, publisher, rights, picture, correction and subjects."""
    told = story(
        item(
            rights=Rights(copyright_holder="Corvid News", copyright_year="2022"),
            authors=("Jory Vane",),
            genre="Analysis",
        ),
        changes=(Change(at=AT, kind="corrected", note="It is Monday."),),
    )
    (script,) = html.fromstring(page(told).decode()).xpath("//script")
    article, publisher, _, way = json.loads(script.text)["@graph"]
    assert article["@type"] == "AnalysisNewsArticle"
    assert article["author"] == [{"@type": "Person", "name": "Jory Vane"}]
    assert article["sourceOrganization"]["name"] == "Corvid News"
    assert article["publisher"]["@id"] == publisher["@id"]
    assert article["datePublished"] == "2022-01-08T08:06:00+05:30"
    assert article["image"]["creditText"] == PICTURE.credit
    assert article["copyrightYear"] == 2022
    assert article["correction"][0]["text"] == "It is Monday."
    assert article["about"][0]["url"] == "http://cv.iptc.org/newscodes/mediatopic/20000343"
    assert article["dateline"] == "PORT ELLERY, Jan 7 (Corvid News)"
    assert article["locationCreated"]["name"] == "Port Ellery"
    assert [step["name"] for step in way["itemListElement"]][:2] == ["Home", "World"]


def test_machines_are_told_once_what_a_version_is() -> None:
    """A headline's marker and the desk note's say one thing; leads and flags are others."""
    told = item(
        markers=(
            Marker(text="CORRECTED", action="replace+correct"),
            Marker(text="Corrects", action="replace+correct"),
            Marker(text="URGENT", action="flag"),
        )
    )
    (script,) = html.fromstring(page(story(told)).decode()).xpath("//script")
    article = json.loads(script.text)["@graph"][0]
    assert article["creativeWorkStatus"] == "CORRECTED, URGENT"


def test_without_a_byline_the_agency_is_the_author() -> None:
    """Untouched copy is never credited to our staff."""
    (script,) = html.fromstring(page().decode()).xpath("//script")
    article = json.loads(script.text)["@graph"][0]
    assert article["author"] == [{"@type": "Organization", "name": "Corvid News"}]


def test_the_page_runs_and_fetches_nothing() -> None:
    """No script runs, no style is inline, and nothing is loaded from others but pictures."""
    tree = html.fromstring(page().decode())
    assert tree.xpath("//script/@type") == ["application/ld+json"]
    assert tree.xpath("//@style | //style | //iframe | //@onclick") == []
    assert [s for s in tree.xpath("//link[@rel='stylesheet']/@href") if "://" in s] == []


def test_a_story_in_another_language_says_so() -> None:
    """The article carries its own language and direction; our words inside keep the site's."""
    tree = html.fromstring(page(story(item(language="ar"))).decode())
    (article,) = tree.xpath("//article[@data-story]")
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")
    (facts,) = tree.xpath("//*[@data-part='byline']/..")
    assert (facts.get("lang"), facts.get("dir")) == ("en-IN", "ltr")


def test_a_story_of_which_nothing_stands_has_no_page() -> None:
    """A kill that came before its story leaves nothing to print, and the press says so."""
    with pytest.raises(ValueError, match="no version that stands"):
        PRESS.story(StoryBrief(story=Story(id="x", source="s", agency="A", key="k")))


def test_the_next_story_is_no_other_offer() -> None:
    """Also Read, More From This Section and Next Story never repeat one another."""
    ones = tuple(teaser(number) for number in range(6))
    told = brief(related=ones[:3], older=(ones[1], *ones[3:]), next=ones[2])
    made = PRESS.story(told).body
    shown = [
        link
        for name in ("also-read", "more-from-section", "next-story")
        for link in html.fromstring(made.decode()).xpath(f"//*[@data-part='{name}']//h3/a/@href")
        or html.fromstring(made.decode()).xpath(f"//*[@data-part='{name}']//a/@href")
    ]
    assert len(shown) == len(set(shown))
    assert any(ones[2].path in link for link in shown)


def test_a_story_leads_to_the_coverage_of_its_event() -> None:
    """Where other agencies tell its event a story links there, and says when it is developing."""
    made = PRESS.story(brief(coverage="coverage/dam-x.html", developing=True)).body
    assert b'href="/coverage/dam-x.html"' in made
    assert b"mark developing" in made
    assert b"mark developing" not in PRESS.story(brief()).body


@pytest.mark.parametrize(
    ("genre", "marked", "label"),
    [
        ("Opinion", "", "Opinion"),
        ("Kommentar", "", "Opinion"),
        ("Analysis", "", "Analysis"),
        ("Fact check", "", "Fact check"),
        ("Current", "Opinion", "Opinion"),
        ("press-release", "", "Press release"),
        ("Satire", "", "Satire"),
        ("Interview", "", ""),
        ("", "", ""),
    ],
)
def test_readers_are_told_what_is_no_report(genre: str, marked: str, label: str) -> None:
    """The word before the headline ("COLUMN-") is taken off it, so its label stands above."""
    markers = (Marker(text="COLUMN", action="new-linked", genre=marked),) if marked else ()
    told = item(genre=genre, markers=markers)
    made = html.fromstring(PRESS.story(brief(story=story(told), developing=True)).body.decode())
    assert [mark.text for mark in made.xpath("//p[contains(@class, 'mark')]")] == [
        label or "Developing"
    ]


def test_the_heads_of_a_table_say_what_they_head() -> None:
    """A head in the first row heads its column, one in a later row that row (WCAG, H63)."""
    table = (
        "<table><thead><tr><th>Day</th><th>Boats</th></tr></thead><tbody>"
        '<tr><th rowspan="2">Monday</th><td>4</td></tr><tr><td>5</td></tr></tbody></table>'
    )
    bare = "<table><tbody><tr><th>Day</th><th>Boats</th></tr><tr><th>Monday</th><td>4</td></tr>"
    body = (Block("table", table), Block("table", f"{bare}</tbody></table>"))
    page = PRESS.story(brief(story(item(body=body)))).body
    heads = html.fromstring(page.decode()).xpath("//table//th")
    assert [(head.text, head.get("scope")) for head in heads] == [
        ("Day", "col"), ("Boats", "col"), ("Monday", "row"),
        ("Day", "col"), ("Boats", "col"), ("Monday", "row"),
    ]  # fmt: skip
