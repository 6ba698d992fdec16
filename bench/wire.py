"""The invented wire of every bench: stories by number, and each as the formats would send it.

Story N is the same story in every run and in every format. Agencies, people and towns are made
of syllables; words are drawn as language draws them (few often, many rarely), because what full
text search and relatedness cost depends on that.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from itertools import accumulate
from random import Random

import msgspec

START = datetime(2031, 3, 3, 5, 0, tzinfo=UTC)
EVERY = timedelta(seconds=40)
"""Time between two stories: a little over two thousand a day, what a dozen agencies send."""
BODY = 2100
"""Least characters of a body; with its markup and fields a story is about 3 KB."""
TOPICS = 400
_PICTURES = "https://127.0.0.1"
"""Where pictures are said to lie: no server of names is asked, and a newsroom asks nobody there."""

_COMMON = """
    the of to and in a for that on was with it by as at is from be said an he were has will had
    not its are which have but they this their more after who one would when been also about
    two up out over other new there than into some could all against under last before between
    during while where next three still only since most both through because
"""
_SYLLABLES = """
    ba be co da der el fen gar hol in jor ka lin mar nor ol pen quil ran sel tor ul ven wes yor zan
"""
_SECTIONS = {
    "world": ("Northwire", "medtop:11000000", "politics and government"),
    "business": ("Meridian Press", "medtop:04000000", "economy, business and finance"),
    "science": ("Northwire", "medtop:13000000", "science and technology"),
    "health": ("Harbour News Service", "medtop:07000000", "health"),
    "environment": ("Harbour News Service", "medtop:06000000", "environment"),
    "culture": ("Meridian Press", "medtop:01000000", "arts, culture, entertainment and media"),
    "sport": ("Northwire", "medtop:15000000", "sport"),
    "news": ("Meridian Press", "medtop:14000000", "society"),
}
SECTIONS = tuple(_SECTIONS)


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """One invented story, in no format yet."""

    number: int
    id: str
    section: str
    agency: str
    headline: str
    standfirst: str
    byline: str
    place: str
    paragraphs: tuple[str, ...]
    topics: tuple[str, ...]
    created: datetime
    picture: str
    """Address of a picture, "" for two stories of three."""

    @property
    def source(self) -> str:
        """Name of the source that sends it: one for each section."""
        return f"wire-{self.section}"

    @property
    def sign_off(self) -> str:
        """The last line, as agencies sign."""
        return f"--{self.agency}"


class _Lexicon:
    """The words, names and topics that all stories are made of."""

    def __init__(self) -> None:
        chance = _chance(0)
        coined = {_coined(chance) for _ in range(9000)}
        self.words = (*_COMMON.split(), *sorted(coined, key=lambda word: (len(word), word)))
        self.weights = tuple(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.names = tuple(_named(chance, 2) for _ in range(1500))
        self.towns = tuple(_named(chance, 1) for _ in range(300))
        topics = dict.fromkeys(_named(chance, 1 + n % 2) for n in range(TOPICS * 2))
        self.topics = tuple(topics)[:TOPICS]
        self.topic_weights = tuple(accumulate(1 / (rank + 8) for rank in range(TOPICS)))


def _chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - repeatable copy is the point, not secrecy


def _coined(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES.split(), k=chance.choice((2, 2, 3, 3, 4))))


def _named(chance: Random, words: int) -> str:
    return " ".join(_coined(chance).capitalize() for _ in range(words))


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


def story(number: int) -> Copy:
    """Story `number`, always the same."""
    lexicon, chance = _lexicon(), _chance(number + 1)
    section = SECTIONS[number % len(SECTIONS)]
    place = chance.choice(lexicon.towns)
    cast = chance.sample(lexicon.names, 3)
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < BODY:
        paragraphs.append(_paragraph(lexicon, chance, (*cast, place)))
    topics = chance.choices(lexicon.topics, cum_weights=lexicon.topic_weights, k=4)
    return Copy(
        number=number,
        id=f"urn:newsml:wire.example:20310303:{number:08d}",
        section=section,
        agency=_SECTIONS[section][0],
        headline=_sentence(lexicon, chance, 8, cast[0])[:-1],
        standfirst=_sentence(lexicon, chance, 18, place),
        byline=cast[2],
        place=place,
        paragraphs=tuple(paragraphs),
        topics=tuple(dict.fromkeys(topics)),
        created=START + EVERY * number,
        picture=f"{_PICTURES}/{number:08d}.jpg" if number % 3 == 0 else "",
    )


def stories(first: int, count: int) -> list[Copy]:
    """`count` stories from number `first` on."""
    return [story(number) for number in range(first, first + count)]


def _paragraph(lexicon: _Lexicon, chance: Random, names: tuple[str, ...]) -> str:
    lengths = (chance.randint(9, 24) for _ in range(chance.randint(1, 3)))
    return " ".join(_sentence(lexicon, chance, n, chance.choice(names)) for n in lengths)


def _sentence(lexicon: _Lexicon, chance: Random, length: int, name: str) -> str:
    words = chance.choices(lexicon.words, cum_weights=lexicon.weights, k=length)
    words[chance.randrange(1, length)] = name
    words[0] = words[0].capitalize()
    return " ".join(words) + "."


# --------------------------------------------------------------------------------------
# As agencies would send it
# --------------------------------------------------------------------------------------


def _lines(copy: Copy) -> list[str]:
    """The paragraphs with dateline and sign-off, as text."""
    first, *others = copy.paragraphs
    day = f"{copy.created:%b} {copy.created.day}"
    return [f"{copy.place.upper()}, {day} ({copy.agency}) - {first}", *others, copy.sign_off]


def _html(copy: Copy) -> str:
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in _lines(copy))


def _document(*parts: str) -> bytes:
    return '<?xml version="1.0" encoding="UTF-8"?>\n{}\n'.format("\n".join(parts)).encode()


def rss(copies: list[Copy]) -> bytes:
    """An RSS 2.0 feed with full text in content:encoded."""
    return _document(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"',
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">',
        "<channel><title>The invented wire</title><link>https://wire.example/</link>",
        "<description>Copy for a bench</description><language>en-GB</language>",
        *map(_rss_item, copies),
        "</channel></rss>",
    )


def _rss_item(copy: Copy) -> str:
    media = (
        f'<media:content url="{copy.picture}" type="image/jpeg" medium="image" width="1200" '
        f'height="800"><media:title>{copy.place}</media:title>'
        f"<media:credit>{copy.byline}</media:credit></media:content>"
    )
    return "\n".join(
        (
            f"<item><title>{copy.headline}</title>",
            f"<link>https://wire.example/{copy.number}.html</link>",
            f'<guid isPermaLink="false">{copy.id}</guid>',
            f"<pubDate>{copy.created:%a, %d %b %Y %H:%M:%S} +0000</pubDate>",
            f"<dc:creator>{copy.byline}</dc:creator>",
            *(f"<category>{topic}</category>" for topic in copy.topics),
            f"<description>{copy.standfirst}</description>",
            *([media] if copy.picture else []),
            f"<content:encoded><![CDATA[{_html(copy)}]]></content:encoded></item>",
        )
    )


def atom(copies: list[Copy]) -> bytes:
    """An Atom feed with escaped HTML content."""
    return _document(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
        "<title>The invented wire</title><id>https://wire.example/feed</id>",
        f"<updated>{START.isoformat()}</updated>",
        *map(_atom_entry, copies),
        "</feed>",
    )


def _atom_entry(copy: Copy) -> str:
    stamp = copy.created.isoformat()
    return "\n".join(
        (
            f"<entry><title>{copy.headline}</title><id>{copy.id}</id>",
            f'<link rel="alternate" href="https://wire.example/{copy.number}.html"/>',
            f"<published>{stamp}</published><updated>{stamp}</updated>",
            f"<author><name>{copy.byline}</name></author>",
            *(f'<category term="{topic}"/>' for topic in copy.topics),
            f"<summary>{copy.standfirst}</summary>",
            f'<content type="html">{escape(_html(copy), quote=False)}</content></entry>',
        )
    )


def jsonfeed(copies: list[Copy]) -> bytes:
    """A JSON Feed 1.1 with HTML content."""
    items = [
        {
            "id": copy.id,
            "url": f"https://wire.example/{copy.number}.html",
            "title": copy.headline,
            "summary": copy.standfirst,
            "content_html": _html(copy),
            "date_published": copy.created.isoformat(),
            "authors": [{"name": copy.byline}],
            "tags": list(copy.topics),
            "language": "en-GB",
        }
        for copy in copies
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The invented wire"}
    return json.dumps(feed | {"items": items}).encode()


def newsml_g2(copies: list[Copy]) -> bytes:
    """A NewsML-G2 newsMessage, or a single newsItem for one story; the body is inline XHTML."""
    if len(copies) == 1:
        return _document(_g2_item(copies[0]))
    return _document(
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header>',
        f"<sent>{START.isoformat()}</sent></header><itemSet>",
        *map(_g2_item, copies),
        "</itemSet></newsMessage>",
    )


def _g2_item(copy: Copy) -> str:
    stamp = copy.created.isoformat()
    _, code, name = _SECTIONS[copy.section]
    subjects = "".join(
        f'<subject type="cpnat:abstract"><name>{topic}</name></subject>' for topic in copy.topics
    )
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{copy.id}" version="1"
 standard="NewsML-G2" standardversion="2.29" conformance="power" xml:lang="en-GB">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_39.xml"/>
<rightsInfo><copyrightHolder literal="{copy.agency}"/></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="{copy.agency}"/>
<versionCreated>{stamp}</versionCreated><firstCreated>{stamp}</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><urgency>4</urgency><contentCreated>{stamp}</contentCreated>
<located type="cptype:city"><name>{copy.place}</name></located>
<creator><name>{copy.byline}</name></creator><language tag="en-GB"/>
<subject qcode="{code}"><name>{name}</name></subject>{subjects}
<headline>{copy.headline}</headline><by>{copy.byline}</by>
<description role="drol:summary">{copy.standfirst}</description></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{copy.headline}</title></head>
<body>{_html(copy)}</body></html></inlineXML></contentSet></newsItem>"""


def nitf(copy: Copy) -> bytes:
    """One NITF document."""
    stamp = f"{copy.created:%Y%m%dT%H%M%SZ}"
    first, *others = copy.paragraphs
    paragraphs = "\n".join(f"<p>{line}</p>" for line in (first, *others))
    keywords = "".join(f'<keyword key="{topic}"/>' for topic in copy.topics)
    return _document(
        f'<nitf><head><title>{copy.headline}</title><docdata><doc-id id-string="{copy.id}"/>',
        f'<urgency ed-urg="4"/><date.issue norm="{stamp}"/><doc.copyright holder="{copy.agency}"/>',
        f"<key-list>{keywords}</key-list></docdata></head><body><body.head>",
        f"<hedline><hl1>{copy.headline}</hl1></hedline><byline>By {copy.byline}</byline>",
        f"<distributor>{copy.agency}</distributor><dateline><location>{copy.place}</location>",
        f"<story.date>{copy.created:%B} {copy.created.day}</story.date></dateline>",
        f"<abstract><p>{copy.standfirst}</p></abstract></body.head>",
        f"<body.content><block>{paragraphs}</block></body.content>",
        f"<body.end><tagline>{copy.sign_off}</tagline></body.end></body></nitf>",
    )


def ninjs(copy: Copy) -> bytes:
    """One ninjs 1.4 object."""
    _, code, name = _SECTIONS[copy.section]
    stamp = copy.created.isoformat()
    item = {
        "uri": copy.id,
        "type": "text",
        "pubstatus": "usable",
        "urgency": 4,
        "version": "1",
        "language": "en-GB",
        "versioncreated": stamp,
        "firstcreated": stamp,
        "headline": copy.headline,
        "byline": copy.byline,
        "description_text": copy.standfirst,
        "copyrightholder": copy.agency,
        "located": copy.place,
        "subject": [{"code": code, "name": name}, *({"name": topic} for topic in copy.topics)],
        "body_xhtml": _html(copy),
    }
    return json.dumps(item).encode()
