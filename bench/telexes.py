"""The invented wire in formats that only their own bench asks for: telexes, mails, archives."""

from __future__ import annotations

import json
from textwrap import fill
from xml.sax.saxutils import escape

from wire import Copy


def newsml1(copies: list[Copy]) -> bytes:
    """One NewsML 1.2 file with every story as an item."""
    items = "".join(map(_newsml1_item, copies))
    return f'<?xml version="1.0"?><NewsML Version="1.2"><NewsEnvelope/>{items}</NewsML>'.encode()


def _newsml1_item(copy: Copy) -> str:
    stamp = f"{copy.created:%Y%m%dT%H%M%SZ}"
    lines = "".join(f"<p>{line}</p>" for line in copy.paragraphs)
    topics = "".join(f"<KeywordLine>{topic}</KeywordLine>" for topic in copy.topics)
    return "".join(
        (
            "<NewsItem><Identification><NewsIdentifier><ProviderId>wire.example</ProviderId>",
            f"<DateId>{copy.created:%Y%m%d}</DateId><NewsItemId>{copy.number}</NewsItemId>",
            '<RevisionId PreviousRevision="0" Update="N">1</RevisionId></NewsIdentifier>',
            f"</Identification><NewsManagement><FirstCreated>{stamp}</FirstCreated>",
            f"<ThisRevisionCreated>{stamp}</ThisRevisionCreated>",
            '<Status FormalName="Usable"/><Urgency FormalName="4"/></NewsManagement>',
            f"<NewsComponent><NewsLines><HeadLine>{copy.headline}</HeadLine>",
            f"<ByLine>By {copy.byline}</ByLine>{topics}</NewsLines>",
            f"<ContentItem><DataContent>{lines}</DataContent></ContentItem>",
            "</NewsComponent></NewsItem>",
        )
    )


def wxr(copies: list[Copy]) -> bytes:
    """A WordPress export with every story as a post."""
    posts = "".join(map(_wxr_item, copies))
    return "".join(
        (
            '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"',
            ' xmlns:content="http://purl.org/rss/1.0/modules/content/"',
            ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"',
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Archive</title>',
            f"<wp:base_blog_url>https://archive.example</wp:base_blog_url>{posts}</channel></rss>",
        )
    ).encode()


def _wxr_item(copy: Copy) -> str:
    text = "\n\n".join(copy.paragraphs)
    tags = "".join(f'<category domain="post_tag">{escape(t)}</category>' for t in copy.topics)
    return "".join(
        (
            f"<item><title>{copy.headline}</title><link>https://archive.example/{copy.number}</link>",
            f"<guid>https://archive.example/?p={copy.number}</guid>",
            f"<dc:creator>{copy.byline}</dc:creator>",
            f"<content:encoded><![CDATA[{text}]]></content:encoded>",
            f"<excerpt:encoded><![CDATA[{copy.standfirst}]]></excerpt:encoded>",
            f"<wp:post_id>{copy.number}</wp:post_id><wp:status>publish</wp:status>",
            f"<wp:post_date_gmt>{copy.created:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>",
            f"<wp:post_type>post</wp:post_type>{tags}</item>",
        )
    )


def digitalwires(copy: Copy) -> bytes:
    """One object in the way of dpa's digitalwires."""
    item = {
        "format": "digitalwires@1",
        "urn": copy.id,
        "version": 1,
        "pubstatus": "usable",
        "headline": copy.headline,
        "teaser": copy.standfirst,
        "byline": copy.byline,
        "language": "en",
        "urgency": 4,
        "version_created": copy.created.isoformat(),
        "dateline": f"{copy.place} ({copy.agency}) - ",
        "article_html": "".join(f"<p>{line}</p>" for line in copy.paragraphs),
        "categories": [{"type": "dnltype:keyword", "name": topic} for topic in copy.topics],
    }
    return json.dumps(item).encode()


def iptc7901(copy: Copy) -> bytes:
    """One IPTC 7901 message."""
    lines = [f"{copy.place} (dpa) - {copy.paragraphs[0]}", *copy.paragraphs[1:]]
    text = "\r\n\r\n".join(fill(line, 69).replace("\n", "\r\n") for line in lines)
    head = f"\x01bdt{copy.number % 10000:04} 3 pl 300  dpa {copy.number % 1000:03}\r\n"
    said = f"{head}Harbour/Ferries {copy.number}/\r\n\x02{copy.headline} =\r\n\r\n{text}\r\n"
    return f"{said}\x03{copy.created:%d%H%M} GMT {copy.created:%b %y}\r\n\x04".encode("latin-1")


def anpa1312(copy: Copy) -> bytes:
    """One ANPA 1312 message."""
    lines = [f"{copy.place.upper()} (AP) _ {copy.paragraphs[0]}", *copy.paragraphs[1:]]
    text = "\r\n".join("\t" + fill(line, 69).replace("\n", "\r\n") for line in lines)
    day = f"{copy.created:%m-%d}"
    head = (
        f"\x16\x16\x01a{copy.number % 10000:04}\x1f-----\r\nr i\x13\x11 BC-Ferries {day} 0300\r\n"
    )
    said = f"{head}\x02^BC-Ferries-{copy.number},300<\r\n^{copy.headline}<\r\n{text}\r\n"
    return f"{said}\t\x03AP-WF-{copy.created:%m-%d-%y %H%M}GMT<\r\n\x0c\x04".encode("latin-1")


def plain(copy: Copy) -> bytes:
    """One story as a file of lines."""
    day = f"{copy.created:%B} {copy.created.day}"
    first = f"{copy.place}, {day} (PTI) {copy.paragraphs[0]}"
    return "\n\n".join((copy.headline, first, *copy.paragraphs[1:], "--PTI")).encode()


def mail(copy: Copy) -> bytes:
    """The same, in a mail."""
    head = (
        f"From: wire@wire.example\nSubject: {copy.headline}\n"
        f"Message-ID: <{copy.number}@wire.example>\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    )
    return head.encode() + plain(copy)
