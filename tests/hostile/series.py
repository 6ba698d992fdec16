"""One story for each vector, told in ninjs and in RSS, with the vector in every field."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.hostile.vectors import ALL, CANARY


def _picture(number: int, vector: str, said: str) -> dict[str, Any]:
    return {
        "uri": f"urn:corvid:p{number}",
        "type": "picture",
        "headline": said,
        "description_text": said,
        "body_text": said,
        "byline": said,
        "copyrightholder": said,
        "renditions": {
            "main": {
                "href": f"https://{CANARY}/{vector}.jpg",
                "mimetype": "image/jpeg",
                "width": 800,
                "height": 600,
                "title": said,
            },
            vector: {"href": vector, "mimetype": vector},
        },
    }


def ninjs(number: int, vector: str) -> bytes:
    """A ninjs item whose every text is, or ends in, the vector."""
    said = f"Ferry {number} {vector}"
    picture = _picture(number, vector, said)
    item: dict[str, Any] = {
        "$standard": {"name": "ninjs", "version": "1.4"},
        "uri": f"urn:corvid:vector:{number}",
        "type": "text",
        "pubstatus": "usable",
        "version": "1",
        "versioncreated": "2022-01-08T02:00:00Z",
        "language": "en",
        "headline": said,
        "subheadline": said,
        "slugline": said,
        "byline": said,
        "located": said,
        "dateline": said,
        "description_text": said,
        "description_summary": said,
        "body_html": f"<p>PORT ELLERY, Jan 8 (Corvid) - The ferry ran.</p>{vector}<p>It was late {vector}.</p>",
        "body_text": said,
        "ednote": said,
        "usageterms": said,
        "copyrightholder": said,
        "copyrightnotice": said,
        "keywords": [vector[:50], f"Harbour {number}", said],
        "subject": [{"name": said, "code": vector, "scheme": vector, "rel": vector}],
        "person": [{"name": vector[:55], "rel": vector, "code": vector}],
        "organisation": [{"name": f"Board {vector}"[:55], "code": vector}],
        "place": [{"name": f"Ellery {vector}"[:55], "code": vector}],
        "event": [{"name": vector[:55]}],
        "object": [{"name": vector[:55]}],
        "infosource": [{"name": said}],
        "genre": [{"name": said}],
        "associations": {"main": picture, vector: picture | {"uri": vector}},
        "link": [{"href": vector, "rel": vector, "title": said}],
        "altids": {"x": vector},
        "representationtype": "complete",
        "profile": said,
        "signal": said,
    }
    return json.dumps(item).encode()


def rss(number: int, vector: str) -> bytes:
    """An RSS feed of one item whose every text and address is, or ends in, the vector."""
    vector = "".join(c for c in vector if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    said = escape(f"Buoy {number} {vector}")
    where = quoteattr(f"https://{CANARY}/{vector}")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>{said}</title><link>{said}</link><description>{said}</description><copyright>{said}</copyright>
<image><url>{said}</url><title>{said}</title></image>
<item><guid isPermaLink="false">vector-{number}</guid><title>{said}</title>
<link>{escape(vector)}</link><pubDate>Sat, 08 Jan 2022 01:00:00 GMT</pubDate>
<author>{said}</author><dc:creator>{said}</dc:creator><dc:rights>{said}</dc:rights>
<category domain={quoteattr(vector)}>{said[:50].rsplit("&", 1)[0]}</category><comments>{said}</comments>
<source url={where}>{said}</source>
<description>{said}</description>
<content:encoded>&lt;p&gt;TARN (Corvid) - The buoy was lit.&lt;/p&gt;{escape(vector)}
&lt;p title={escape(quoteattr(vector))}&gt;It was found {escape(vector)} adrift.&lt;/p&gt;
&lt;img src="https://{CANARY}/q.jpg" alt={escape(quoteattr(vector))} title={escape(quoteattr(vector))}&gt;
</content:encoded>
<enclosure url={where} type="image/jpeg" length="9"/>
<media:content url={where} medium="image"><media:title>{said}</media:title>
<media:description>{said}</media:description><media:credit role={quoteattr(vector)}>{said}</media:credit>
<media:text>{said}</media:text></media:content>
</item></channel></rss>""".encode()


def deliveries() -> list[bytes]:
    """Both tellings of every vector."""
    return [tell(number, vector) for number, vector in enumerate(ALL) for tell in (ninjs, rss)]
