"""The timeline of a developing story: on its page, and for machines."""

from datetime import timedelta
from typing import Any

import msgspec
from lxml import html
from tests.newsdesk import Desk, ninjs
from tests.press.copy_desk import AT, brief, item, paragraphs, part, parts, press, story, teaser
from tests.press.test_past import change, text, version

from wirecopy.briefs import StoryBrief
from wirecopy.model import Rework

STANDS = ("Six boats sail.", "The council has met.", "Two boats turned back.")
PAST = (
    text(STANDS[0], headline="Ferry to sail"),
    text(*STANDS[:2], hours=1, headline="Ferry sails"),
    text(*STANDS, hours=2, headline="Ferry sails"),
)
CHANGES = (change("published", 0), change("updated", 1), change("updated", 2))


def developing(**fields: Any) -> StoryBrief:
    """A story of three texts."""
    made = {"changes": CHANGES, "standing": item(headline="Ferry sails", body=paragraphs(*STANDS))}
    chosen = {key: fields.pop(key) for key in ("past", "chain") if key in fields}
    return brief(story(**(made | fields)), **({"past": PAST} | chosen))


def told(made: StoryBrief, extra: str = "") -> list[str]:
    """The timeline's lines, as readers see them."""
    page = press(extra=extra).story(made).body
    found = html.fromstring(page.decode()).xpath("//*[@data-part='timeline']//li/span")
    return [line.text_content() for line in found]


def article(made: StoryBrief) -> dict[str, Any]:
    """The article of a page's graph."""
    page = html.fromstring(press().story(made).body.decode())
    graph = msgspec.json.decode(page.xpath("//script[@type='application/ld+json']")[0].text)
    node: dict[str, Any] = next(n for n in graph["@graph"] if n.get("headline"))
    return node


def test_a_timeline_tells_what_each_text_brought() -> None:
    """Newest first: a new headline, else the first new paragraph; each with its time."""
    page = press().story(developing()).body
    assert told(developing()) == ["Two boats turned back.", "Ferry sails", "Ferry to sail"]
    times = html.fromstring(page.decode()).xpath("//*[@data-part='timeline']//time/@datetime")
    assert times[-1] == "2022-01-08T08:06:00+05:30"
    assert times == sorted(times, reverse=True)
    assert parts(page).index("notice") < parts(page).index("timeline")
    assert b'<a href="#timeline">2 updates so far</a>' in page
    assert part(page, "timeline").startswith("How this story developed")


def test_the_chain_has_its_place_in_it() -> None:
    """The wrap-ups and sidebars of its chain stand at their time, as links."""
    beside = teaser(0, headline="Analysis: who pays", first_published=AT + timedelta(minutes=90))
    made = developing(chain=(beside,))
    assert told(made)[:2] == ["Two boats turned back.", "Analysis: who pays"]
    page = html.fromstring(press().story(made).body.decode())
    assert page.xpath("//*[@data-part='timeline']//a/@href") == ["/world/story-t0.html"]


def test_a_story_that_hardly_changed_has_none() -> None:
    """One update, or one sidebar, makes no timeline."""
    assert told(developing(past=PAST[:2], changes=CHANGES[:2])) == []
    assert told(brief(chain=(teaser(1),))) == []
    assert len(told(brief(chain=(teaser(1), teaser(2))))) == 3


def test_what_was_corrected_is_not_said_again() -> None:
    """Nothing from before the last correction is told, unless the newsroom shows all."""
    corrected = (*CHANGES[:2], change("corrected", 2))
    two = (teaser(3), teaser(4))
    assert told(developing(changes=corrected, chain=two))[0] == "Two boats turned back."
    assert "Ferry to sail" not in told(developing(changes=corrected, chain=two))
    everything = told(developing(changes=corrected), '[press]\ndifferences = "all"\n')
    assert "Ferry to sail" in everything


def test_only_paragraphs_that_stand_are_told() -> None:
    """A paragraph that the agency has taken out again is not brought back by the timeline."""
    past = (PAST[0], text(STANDS[0], "A rumour.", hours=1), PAST[2], PAST[2])
    assert "A rumour." not in told(developing(past=past))


def test_staffs_headline_covers_the_agencys() -> None:
    """Where staff's own headline stands over the story, the agency's are not told."""
    lines = told(developing(rework=Rework(headline="Boats at last")))
    assert lines == [STANDS[2], STANDS[1], STANDS[0]]


def test_a_long_paragraph_is_cut_at_a_sentence_or_a_word() -> None:
    """A line of the timeline stays short and ends whole."""
    long = "The council met all night. " + "It spoke of piers and boats and tides " * 9
    endless = "boats and " * 60
    for paragraph, ending in ((long, "night."), (endless, "…")):
        body = (STANDS[0], paragraph.strip())
        past = (PAST[0], text(*body, hours=1, headline="Ferry to sail"), text(*body, hours=2))
        standing = item(body=paragraphs(*body))
        lines = told(developing(past=past, standing=standing, chain=(teaser(1), teaser(2))))
        line = next(line for line in lines if line.startswith(paragraph[:20]))
        assert line.endswith(ending)
        assert len(line) <= 181


def test_machines_read_a_chain_as_dated_parts() -> None:
    """Leads and updates are parts of a news article; nobody says that they are a live blog."""
    node = article(developing())
    assert node["@type"] == "NewsArticle"
    assert [each["headline"] for each in node["hasPart"]] == told(developing())
    assert node["hasPart"][0]["datePublished"] == "2022-01-08T10:06:00+05:30"
    assert "hasPart" not in article(brief())


def test_live_coverage_is_said_to_be_live() -> None:
    """What the agency flags as live is a LiveBlogPosting; it has an end once the flag has gone."""
    live = [version(n, n - 1, marker="LIVE") for n in (1, 2, 3)]
    node = article(developing(versions=tuple(live)))
    assert node["@type"] == "LiveBlogPosting"
    assert node["coverageStartTime"] == "2022-01-08T08:06:00+05:30"
    assert "coverageEndTime" not in node
    updates = node["liveBlogUpdate"]
    assert {each["@type"] for each in updates} == {"BlogPosting"}
    assert all(
        each["headline"] and each["articleBody"] and each["datePublished"] for each in updates
    )
    ended = article(developing(versions=(*live[:2], version(3, 2))))
    assert ended["coverageEndTime"] == "2022-01-08T10:06:00+05:30"


def test_a_chain_on_the_wire_becomes_a_timeline() -> None:
    """Three leads of one slug make one page whose timeline has them all, incrementally too."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        body = "<p>A ferry ran aground off Tarnwick.</p>"
        desk.take(ninjs("urn:nrn:1", "Ferry aground", version="1", body=body))
        for number, more in ((2, "A tug is on its way."), (3, "All are ashore.")):
            desk.wait(minutes=20)
            body += f"<p>{more}</p>"
            desk.take(ninjs("urn:nrn:1", "Ferry aground", version=str(number), body=body))
        page = desk.site()[desk.story("urn:nrn:1").path]
        lines = html.fromstring(page.decode()).xpath("//*[@data-part='timeline']//li/span/text()")
        assert lines == ["All are ashore.", "A tug is on its way.", "Ferry aground"]
        assert desk.site() == desk.full_bake()
