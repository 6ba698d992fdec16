"""An embargo in words holds a story in whatever text of the item it stands, and is never shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest

from wirecopy import config
from wirecopy.model import Delivery, Item
from wirecopy.reading import read_delivery

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
END = datetime(2026, 11, 27, 18, tzinfo=UTC)
SAID = "EMBARGOED UNTIL 1800 GMT FRIDAY"
PARSED = config.parse(
    '[site]\nname = "N"\nurl = "https://post.example"\n[[sources]]\nname = "harbour"\n'
    'agency = "Harbour News"\n'
)


def item_of(body: str) -> Item:
    """The one item of a delivery, as it is filed."""
    galley = read_delivery(Delivery(source="harbour", body=body.encode()), NOW, PARSED)
    (sheet,) = galley.sheets
    return sheet.item


def shown(item: Item) -> str:
    """Everything of an item but its notes to desks."""
    return msgspec.json.encode(msgspec.structs.replace(item, ed_notes=())).decode()


def holds(item: Item) -> None:
    """The item waits for its hour, and its words stand in the notes alone."""
    assert (item.embargo_until, item.embargo_text) == (END, "")
    assert "EMBARGO" not in shown(item)
    assert any(SAID in note.text for note in item.ed_notes)
    assert item.headline == "Ferry sinks"


G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g7" version="1" xml:lang="en">'
    "{rights}<itemMeta><versionCreated>2026-11-27T09:00:00Z</versionCreated>{managed}</itemMeta>"
    "<contentMeta>{headline}{about}</contentMeta><contentSet><inlineXML "
    'contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>'
    "<p>The ferry sank off Port Sel.</p></body></html></inlineXML></contentSet></newsItem>"
)
HEAD = "<headline>Ferry sinks</headline>"


def g2(about: str = "", managed: str = "", rights: str = "", headline: str = HEAD) -> str:
    """A news item with these elements."""
    return G2.format(about=about, managed=managed, rights=rights, headline=headline)


@pytest.mark.parametrize(
    "wire",
    [
        g2(f'<description role="drol:summary">{SAID}</description>'),
        g2(f'<description role="drol:summary">{SAID}. A ferry is lost.</description>'),
        g2(f'<description role="drol:other">{SAID}</description>'),
        g2(f'<description role="drol:summary" xml:lang="de">{SAID}</description>'
           '<description role="drol:summary" xml:lang="en">A ferry is lost.</description>'),
        g2(f'<headline role="hld:subHeadline">{SAID}</headline>'),
        g2(headline=f"<headline>Ferry sinks ({SAID})</headline>"),
        g2(headline=f"<headline>Ferry sinks - {SAID}</headline>"),
        g2(headline=f"<headline>URGENT: {SAID} - Ferry sinks</headline>"),
        g2(headline=f"<headline>{SAID}. Ferry sinks</headline>"),
        g2(f"<by>{SAID}</by>"),
        g2(f"<by>By Ann Tarn ({SAID})</by>"),
        g2(f"<creditline>{SAID}</creditline>"),
        g2(f"<dateline>{SAID}</dateline>"),
        g2(managed=f"<title>{SAID}</title>"),
        g2(managed=f"<title>Ferry sinks ({SAID})</title>"),
        g2(rights=f"<rightsInfo><usageTerms>{SAID}</usageTerms></rightsInfo>"),
        g2(rights=f"<rightsInfo><usageTerms>For editorial use only. {SAID}. No archive."
           "</usageTerms></rightsInfo>"),
    ],
)  # fmt: skip
def test_newsml_g2(wire: str) -> None:
    """Description, headlines, byline, credit, title, usage terms."""
    holds(item_of(wire))


NITF = (
    "<nitf><head>{title}<docdata><doc-id id-string='n7'/><date.issue norm='20261127T090000Z'/>"
    "</docdata></head><body><body.head><hedline><hl1>Ferry sinks</hl1>{heads}</hedline>{lines}"
    "</body.head><body.content><p>The ferry sank off Port Sel.</p></body.content><body.end>{ends}"
    "</body.end></body></nitf>"
)


def nitf(heads: str = "", lines: str = "", ends: str = "", title: str = "") -> str:
    """A document with these elements."""
    return NITF.format(heads=heads, lines=lines, ends=ends, title=title)


@pytest.mark.parametrize(
    "wire",
    [
        nitf(f"<hl2>{SAID}</hl2>"),
        nitf(f"<hl2>A ferry is lost</hl2><hl2>{SAID}</hl2>"),
        nitf(f"<hl2 id='originalHeadline'>{SAID}</hl2>"),
        nitf(lines=f"<abstract>{SAID}</abstract>"),
        nitf(lines=f"<abstract><p>{SAID}</p><p>A ferry is lost.</p></abstract>"),
        nitf(lines=f"<byline>{SAID}</byline>"),
        nitf(lines=f"<byline>By Ann Tarn<byttl>{SAID}</byttl></byline>"),
        nitf(lines=f"<distributor>{SAID}</distributor>"),
        nitf(lines=f"<rights>{SAID}</rights>"),
        nitf(ends=f"<tagline>{SAID}</tagline>"),
        nitf(ends=f"<bibliography>{SAID}</bibliography>"),
        nitf(title=f"<title>Ferry sinks ({SAID})</title>"),
    ],
)
def test_nitf(wire: str) -> None:
    """Second headlines, abstract, byline, distributor, rights, tagline, the document's title."""
    holds(item_of(wire))


@pytest.mark.parametrize(
    "said",
    [
        {"usageterms": SAID},
        {"usageterms": ["No archive", f"{SAID}"]},
        {"headline_sub": SAID},
        {"headline_short": f"Ferry ({SAID})"},
        {"subheadline": SAID},
        {"kicker": SAID},
        {"description_text": SAID},
        {"description_text": f"({SAID}) A ferry is lost."},
        {"description_text": "A ferry is lost.", "description_extra": SAID},
        {"byline": SAID},
        {"byline": "Ann Tarn", "by": f"{SAID}"},
        {"creditline": SAID},
        {"copyrightnotice": SAID},
        {"title": SAID},
        {"title": f"Ferry ({SAID})"},
        {"headline": f"Ferry sinks ({SAID})"},
        {"headline": f"Ferry sinks ({SAID}) (2nd Lead)"},
        {"body_html": f"<p>{SAID}. The ferry sank off Port Sel.</p>"},
        {"body_html": f"<p>({SAID}) {'The ferry sank off Port Sel. ' * 20}</p>"},
        {"associations": {"one": {
            "uri": "p7", "type": "picture", "description_text": f"{SAID}. A ferry.",
            "renditions": {"main": {"href": "https://p.example/7.jpg"}}}}},
    ],
)  # fmt: skip
def test_ninjs(said: dict[str, object]) -> None:
    """Every text of the object, and of its pictures."""
    story = {"uri": "j7", "type": "text", "headline": "Ferry sinks"}
    story |= {"versioncreated": "2026-11-27T09:00:00Z", "body_html": "<p>The ferry sank.</p>"}
    holds(item_of(json.dumps(story | said)))


LINES = (
    "SubHeadLine", "ByLine", "ByLineTitle", "CreditLine", "CopyrightLine", "RightsLine",
    "SeriesLine", "KickerLine",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_newsml1(line: str) -> None:
    """Every line of the news lines."""
    wire = (
        "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>x.example</ProviderId>"
        "<DateId>20261127</DateId><NewsItemId>m7</NewsItemId></NewsIdentifier></Identification>"
        '<NewsManagement><Status FormalName="Usable"/><ThisRevisionCreated>20261127T090000Z'
        "</ThisRevisionCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry sinks"
        f"</HeadLine><{line}>{SAID}</{line}></NewsLines><ContentItem><DataContent><p>The ferry "
        "sank.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    )
    holds(item_of(wire))


@pytest.mark.parametrize(
    "said",
    [
        f"<description>{SAID}</description>",
        f"<description>PORT SEL, Nov 27 (dpa) - {SAID}. The ferry sank.</description>",
        f"<dc:creator>{SAID}</dc:creator>",
        f"<dc:rights>{SAID}</dc:rights>",
        f"<category>{SAID}</category>",
        f"<media:content url='https://p.ex/7'><media:title>{SAID}</media:title></media:content>",
    ],
)
def test_rss(said: str) -> None:
    """What feeds have for a standfirst, a byline, rights, a keyword, a picture's title."""
    holds(item_of(
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content="
        "'http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/'>"
        "<channel><item><guid>r7</guid><title>Ferry sinks</title><pubDate>Fri, 27 Nov 2026 "
        f"09:00:00 GMT</pubDate>{said}<content:encoded>The ferry sank off Port Sel."
        "</content:encoded></item></channel></rss>"
    ))  # fmt: skip


def iptc7901(*lines: str) -> str:
    """A message of dpa's wire with that head block."""
    head = "\r\n".join(lines)
    return (
        f"\x01bdt0123 4 pl 114 dpa 0456\r\nFerry/Port Sel/\r\n\x02{head} =\r\n\r\n   Port Sel "
        "(dpa) - The ferry sank off the harbour on Friday.\r\n\x03270900 nov 26\r\n\x04"
    )


def plain(*lines: str) -> str:
    """The same report as plain copy."""
    head = "\n\n".join(lines)
    return f"{head}\n\nPORT SEL, Nov 27 (dpa) - The ferry sank on Friday.\n\ndpa ab cd\n"


def anpa(*lines: str) -> str:
    """The same report on AP's wire."""
    head = "".join(f"^{line}<\r\n" for line in lines)
    return (
        f"\x16\x16\x01a0123\x1f\r\nd a \x13bc-Ferry   11-27 0123\r\n\x02^BC-Ferry,100<\r\n{head}"
        "   PORT SEL (AP) _ The ferry sank on Friday.\r\n\x03\r\nAP-WF-11-27-26 0900GMT\x04"
    )


TEXTS = pytest.mark.parametrize("wire", [iptc7901, plain, anpa])


@TEXTS
@pytest.mark.parametrize(
    "line",
    [
        "Sperrfrist: 27.11.2026, 19.00 Uhr MEZ",
        "SPERRFRIST: Freitag, 27. November 2026, 19.00 Uhr MEZ",
        "Sperrfrist 19.00 Uhr MEZ",
        "(Sperrfrist 19.00 Uhr MEZ)",
        "Embargo: 1800 GMT",
        "Embargoed until 1800 GMT Friday",
        "EMBARGOED UNTIL 1800 GMT FRIDAY",
        "Sous embargo jusqu'à 18h00 GMT",
        "Embargo hasta las 18.00 GMT",
        "Embargo fino alle ore 18.00 GMT",
    ],
)
def test_a_line_of_a_text_wires_head(wire: Callable[..., str], line: str) -> None:
    """It is no part of the headline, before it or behind it, and holds in every language."""
    for lines in ((line, "Ferry sinks"), ("Ferry sinks", line)):
        item = item_of(wire(*lines))
        assert (item.headline, item.embargo_until, item.embargo_text) == ("Ferry sinks", END, "")
        told = shown(item).casefold()
        assert "embargo:" not in told
        assert "sperrfrist" not in told
        assert "1800" not in told
    alone = item_of(wire(line))
    assert (alone.headline[:14], alone.embargo_until) == ("The ferry sank", END)


def test_a_headline_of_several_lines() -> None:
    """A notice may be broken itself, stand behind a mark, and give no time."""
    broken = ("SPERRFRIST: Freitag, 27. November,", "19.00 Uhr MEZ", "Ferry", "sinks")
    for lines in (broken, ("EIL", *broken), ("Ferry", "sinks", *broken[:2])):
        item = item_of(iptc7901(*lines))
        assert (item.headline, item.embargo_until) == ("Ferry sinks", END)
    item = item_of(iptc7901("EMBARGOED UNTIL DELIVERY", "Ferry sinks"))
    assert (item.headline, item.embargo_text) == ("Ferry sinks", "EMBARGOED UNTIL DELIVERY")


@pytest.mark.parametrize("wire", [iptc7901, anpa])
def test_a_headline_about_an_embargo_stays_whole(wire: Callable[..., str]) -> None:
    """Lines that only begin so are the headline's own."""
    for line in (
        "Embargo on grain lifted",
        "Embargoed goods found in Port Sel",
        "Sperrfristen im Hafen",
        "Embargo until 2030 extended, ministers say",
    ):
        item = item_of(wire(line))
        assert (item.headline, item.embargo_until, item.embargo_text) == (line, None, "")
    item = item_of(iptc7901("Embargo until 2030 extended,", "ministers say"))
    assert (item.headline, item.embargo_text) == (
        "Embargo until 2030 extended, ministers say", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "EU agrees arms embargo until 2027",
        "Embargo on grain lifted",
        "No embargo, minister says",
        "Embargo until 2030 was extended.",
        "Norland extends embargo (embargo until 2030)",
        "New bridge for Port Sel (not before 2030)",
        "A film of the ferry (for release on Friday)",
        "For use on websites only. Not for use before consent is given.",
        "The embargo held. Embargoed goods worth 2 million were found on Friday.",
        "Ann Tarn - Embargo: what next",
        "Not before Friday. That is when the ferry will run.",
    ],
)
def test_a_report_about_an_embargo_is_none(said: str) -> None:
    """The same words as copy hold nothing, and stay, wherever they stand."""
    story = {"uri": "j8", "type": "text", "headline": said, "description_text": f"Tarn: {said}"}
    story |= {"subheadline": said, "kicker": said, "byline": said, "usageterms": said}
    story |= {"title": said, "creditline": said, "headline_short": said}
    item = item_of(json.dumps(story | {"body_html": f"<p>Text.</p><p>{said} Text.</p>"}))
    assert (item.embargo_until, item.embargo_text) == (None, "")
    assert (item.headline, item.subheadline, item.byline) == (said, said, said)
    assert item.rights.usage_terms == (said,)


DAILY = [
    "Frei für Montagsausgaben",
    "Frei ab 12/",
    "FOR USE SUNDAY",
    "For release Sunday",
    "FOR SUNDAY PAPERS",
    "for Monday's editions",
    "ACHTUNG Sperrfrist",
]


@TEXTS
@pytest.mark.parametrize("line", DAILY)
def test_a_line_that_names_the_papers_of_a_day(wire: Callable[..., str], line: str) -> None:
    """No moment can be read from it surely, or only the day's first: it holds, and is not shown."""
    before = () if wire is anpa else ((f"{line}: Ferry sinks",),)
    for lines in ((line, "Ferry sinks"), ("Ferry sinks", line), *before):
        item = item_of(wire(*lines))
        assert item.headline == "Ferry sinks"
        assert item.embargo_text or item.embargo_until
        assert line.casefold() not in shown(msgspec.structs.replace(item, embargo_text=""))


@pytest.mark.parametrize("line", DAILY)
@pytest.mark.parametrize("place", ["headline", "before", "behind", "text", "note", "terms"])
def test_a_day_of_papers_in_every_place(line: str, place: str) -> None:
    """It waits for a person, wherever it stands."""
    told = {
        "headline": {"headline": f"{line}: Ferry sinks"},
        "before": {"headline": f"({line}) Ferry sinks"},
        "behind": {"headline": f"Ferry sinks ({line})"},
        "text": {"body_html": f"<p>{line}</p><p>The ferry sank.</p>"},
        "note": {"ednote": f"Eds: {line}."},
        "terms": {"usageterms": line},
    }
    story = {"uri": "j9", "type": "text", "headline": "Ferry sinks"}
    item = item_of(json.dumps(story | {"body_html": "<p>The ferry sank.</p>"} | told[place]))
    assert (item.headline, len(item.body)) == ("Ferry sinks", 1)
    assert item.embargo_text


TRADE = [
    "Embargo bis 4. Mai: Norland bittet um Aufschub",
    "Embargo until May 4: Norland asks for a delay",
    "Embargo until 2030 extended, ministers say",
    "Embargo bis 2030 verlängert: Norland klagt",
    "Embargo jusqu'au 4 mai: le Norland demande un délai",
    "For Sunday papers, a crisis of trust deepens",
    "Frei ab Montag: das Freibad öffnet wieder",
    "Frei für Kinder: die Fähre am Sonntag",
    "Achtung, Sperrfristen im Hafen von Tarn",
]


@TEXTS
@pytest.mark.parametrize("line", TRADE)
def test_a_headline_that_only_begins_so(wire: Callable[..., str], line: str) -> None:
    """Ordinary copy about embargoes, papers and days has its headline and waits for nobody."""
    item = item_of(wire(line))
    assert (item.headline, item.embargo_until, item.embargo_text) == (line, None, "")


@pytest.mark.parametrize("wire", [iptc7901, plain])
def test_a_broken_line_about_an_embargo_holds_nothing(wire: Callable[..., str]) -> None:
    """The wire breaks its lines anywhere."""
    text = "asked for more time for the\nembargo until May 2030, the ministry said"
    item = item_of(wire("Ferry sinks").replace("sank", text))
    assert (item.headline, item.embargo_until, item.embargo_text) == ("Ferry sinks", None, "")
