"""What a desk typed as the bytes that its wire sends: one function per format.

The copy is people's; the frames around it are a machine's, as on a real wire.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from tests.agency.sheets import HOME, Copy, clock


def printed(copy: Copy, number: int) -> bytes:
    """The bytes of one delivery; `number` is its running number on the wire."""
    return _PRESSES[copy.format](copy, number)


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _when(hours: str) -> str:
    """A header's time as ISO 8601; words that are no time stay as they are."""
    return _iso(clock(hours)) if hours.replace(":", "").lstrip("-").isdigit() else hours


# --------------------------------------------------------------------------------------
# The teleprinter's frames
# --------------------------------------------------------------------------------------


def _anpa(copy: Copy, number: int) -> bytes:
    """ANPA 1312, as American wires frame it."""
    sent = copy.sent
    day = sent.astimezone(HOME).strftime("%m-%d")
    service = copy["service"] or "a"
    words = sum(len(paragraph.split()) for paragraph in copy.paragraphs)
    slug = f"{copy['cycle'] or 'BC'}-{copy['slug']}"
    short = " ".join(filter(None, (slug[:24], copy["version"].replace(" ", ""))))
    full = ", ".join(filter(None, (slug, copy["version"], f"{words}")))
    heads = [f"^{full}<", f"^{copy['head']}<" if copy["head"] else ""]
    heads += [f"^{line}<" for key in ("pictures", "eds") for line in copy.all(key)]
    heads += [f"^{copy[key]}=" for key in ("by", "title") if copy[key]]
    tabular = copy["control"] == "table"
    body = [_anpa_table(p) if p.startswith("|") else f"\t   {p}" for p in copy.paragraphs]
    text = "\n".join([*filter(None, heads), *body])
    control = "\x14\x12" if tabular else "\x13\x11"
    framed = (
        f"\x16\x16\x01{service}{number % 10000:04d}\x1f-----\n"
        f"{copy['prio'] or 'r'} {copy['cat'] or 'i'}{control} {short}   {day} {words:04d}\n"
        f"\x02{text}\n\t   ^\x03HNA-WF-{sent:%m-%d-%y} {sent:%H%M}GMT<\n\n\x0c\n\x04"
    )
    return framed.encode("cp1252")


def _anpa_table(paragraph: str) -> str:
    rows = [line.strip("| ").split("|") for line in paragraph.split("\n")]
    return "\n".join(";".join(cell.strip() for cell in row) for row in rows)


def _iptc7901(copy: Copy, number: int) -> bytes:
    """IPTC 7901, as continental wires frame it."""
    sent = copy.sent
    own = copy["no"] or f"{number % 1000}"
    words = sum(len(paragraph.split()) for paragraph in copy.paragraphs)
    heads = [*copy.all("mark"), copy["head"], *copy.all("note"), copy["by"]]
    head = "\n".join(line for line in heads if line)
    field = f"hna {own} COR {copy['corrects']}" if copy["corrects"] else f"hna {own}"
    body = "\n\n".join(_wrapped(paragraph) for paragraph in copy.paragraphs)
    text = f"{head} =\n\n{body}" if head else body
    zone = copy["zone"]
    group = f"{sent:%d%H%M} GMT" if not zone else f"{sent.astimezone(HOME):%d%H%M} {zone}"
    framed = (
        f"\x01hna{int(own):04d} {copy['prio'] or '4'} {copy['cat'] or 'pl'} {words:4d}  {field}\n"
        f"{copy['slug']}/\n\x02{text}\n\x03{group} Mar 26\n\x04"
    )
    return framed.replace("\n", "\r\n").encode(copy["charset"] or "utf-8")


def _wrapped(paragraph: str, width: int = 69) -> str:
    if paragraph.startswith("|"):
        return paragraph
    return textwrap.fill(paragraph, width, break_on_hyphens=False, break_long_words=False)


# --------------------------------------------------------------------------------------
# XML
# --------------------------------------------------------------------------------------


def _tag(name: str, text: str, **attributes: str) -> str:
    """An element, "" when it would say nothing."""
    said = "".join(f' {key.replace("_", "-")}="{escape(v)}"' for key, v in attributes.items() if v)
    return f"<{name}{said}>{escape(text, quote=False)}</{name}>" if text else ""


def _html(copy: Copy) -> str:
    """The paragraphs in markup, tables as tables."""
    return "\n".join(map(_block, copy.paragraphs))


def _block(paragraph: str) -> str:
    if not paragraph.startswith("|"):
        return f"<p>{escape(paragraph, quote=False)}</p>"
    rows = [line.strip("| ").split("|") for line in paragraph.split("\n")]
    made = "".join(
        f"<tr>{''.join(f'<td>{escape(c.strip(), quote=False)}</td>' for c in r)}</tr>" for r in rows
    )
    return f"<table>{made}</table>"


def _nitf(copy: Copy, number: int) -> bytes:
    """NITF 3, with the key of the story in du-key or of the document in doc-id."""
    meta = [
        f'<doc-id regsrc="hallard.example" id-string="{copy["doc"]}"/>' if copy["doc"] else "",
        f'<du-key key="{copy["key"]}" version="{copy["edition"] or 1}"/>' if copy["key"] else "",
        f'<urgency ed-urg="{copy["urgency"] or 4}"/>',
        f'<date.issue norm="{_iso(copy.sent)}"/>',
        f'<date.release norm="{_when(copy["embargo"])}"/>' if copy["embargo"] else "",
        f'<date.expire norm="{_when(copy["expires"])}"/>' if copy["expires"] else "",
    ]
    if copy["corrects"]:
        told = escape(copy["correction"])
        meta.append(f'<correction info="{told}" id-string="{copy["corrects"]}"/>')
    meta += [f'<ed-msg info="{escape(line)}"/>' for line in copy.all("eds")]
    if copy["slug"]:
        meta.append(f'<key-list><keyword key="{escape(copy["slug"])}"/></key-list>')
    states = f' management-status="{copy["status"] or "usable"}"'
    if copy["target"]:
        states += (
            f' management-doc-idref="{copy["target"]}" management-idref-status="{copy["does"]}"'
        )
    notes = "".join(
        f'<note noteclass="editorsnote" type="std"><body.content><p>{escape(line)}</p>'
        f"</body.content></note>"
        for line in copy.all("public")
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf version="-//IPTC//DTD NITF 3.3//EN"><head>{_tag("title", copy["slug"])}
<docdata{states}>{"".join(filter(None, meta))}</docdata></head>
<body><body.head><hedline>{_tag("hl1", copy["head"])}{_tag("hl2", copy["sub"])}</hedline>
{notes}{_tag("byline", copy["by"])}{_tag("abstract", copy["summary"])}</body.head>
<body.content>{_html(copy)}</body.content></body></nitf>
""".encode()


_G2 = "http://iptc.org/std/nar/2006-10-01/"


def _g2(copy: Copy, number: int) -> bytes:
    """NewsML-G2: one item, or a news message where there are several or pictures with them."""
    items = [_g2_item(each) for each in (copy, *copy.more)]
    if len(items) == 1 and not copy["message"]:
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{items[0]}'.encode()
    inner = "" if copy["message"] == "empty" else "".join(items)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="{_G2}"><header><sent>{_iso(copy.sent)}</sent>
<sender>hallard.example</sender><transmitId>{number}</transmitId></header>
<itemSet>{inner}</itemSet></newsMessage>""".encode()


def _g2_guid(name: str) -> str:
    return f"urn:newsml:hallard.example:20260310:{name}"


def _g2_item(copy: Copy) -> str:
    kind = copy["class"] or "text"
    links = "".join(
        f'<link rel="irel:{rel}" residref="{_g2_guid(target)}"/>'
        for line in copy.all("link")
        for rel, _, target in [line.partition(" ")]
    )
    public = "".join(
        f'<edNote role="dpaednoterole:correction_consumerready">{escape(line)}</edNote>'
        for line in copy.all("public")
    )
    signals = "".join(f'<signal qcode="{line}"/>' for line in copy.all("signal"))
    notes = "".join(_tag("edNote", line) for line in copy.all("eds"))
    embargo = f"<embargoed>{_when(copy['embargo'])}</embargoed>" if copy["embargo"] else ""
    root = "packageItem" if kind == "composite" else "newsItem"
    expires = f' validto="{_when(copy["expires"])}"' if copy["expires"] else ""
    rights = f"<rightsInfo{expires}>{_tag('usageTerms', copy['terms'])}</rightsInfo>"
    return f"""<{root} xmlns="{_G2}" guid="{_g2_guid(copy["guid"] or copy.id)}" \
version="{copy["edition"] or 1}" standard="NewsML-G2" standardversion="2.29" conformance="power" \
xml:lang="{copy["lang"] or "en"}">
{rights if copy["terms"] or expires else ""}
<itemMeta><itemClass qcode="ninat:{kind}"/><provider literal="Hallard"/>
<versionCreated>{_iso(copy.sent)}</versionCreated>{embargo}
<pubStatus qcode="stat:{copy["status"] or "usable"}"/>{notes}{public}{signals}{links}</itemMeta>
<contentMeta>{_tag("urgency", copy["urgency"])}{_g2_topic(copy)}{_tag("slugline", copy["slug"])}
{_tag("headline", copy["head"])}{_tag("by", copy["by"])}{_tag("creditline", copy["credit"])}
<language tag="{copy["lang"] or "en"}"/>{_tag("description", copy["summary"], role="drol:summary")}
{_tag("description", copy["caption"], role="drol:caption")}</contentMeta>
{_g2_content(copy, kind)}</{root}>"""


def _g2_topic(copy: Copy) -> str:
    return "".join(
        f'<subject qcode="medtop:{code}"><name>{escape(name)}</name></subject>'
        for line in copy.all("topic")
        for code, _, name in [line.partition(" ")]
    )


def _g2_content(copy: Copy, kind: str) -> str:
    if kind == "composite":
        members = "".join(
            f'<itemRef residref="{_g2_guid(name)}"/>' for name in copy["members"].split()
        )
        return f'<groupSet root="g1"><group id="g1" role="group:main">{members}</group></groupSet>'
    if kind == "picture":
        return (
            f'<contentSet><remoteContent rendition="rnd:web" contenttype="image/jpeg" width="1200" '
            f'height="800" href="https://pictures.hallard.example/{copy.id}.jpg"/></contentSet>'
        )
    if not copy.paragraphs:
        return ""
    return (
        '<contentSet><inlineXML contenttype="application/xhtml+xml">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        f"<body>{_html(copy)}</body></html></inlineXML></contentSet>"
    )


def _newsml1(copy: Copy, number: int) -> bytes:
    """NewsML 1.2: a whole item, an update of parts (U), or its management alone (A)."""
    update = copy["update"] or "N"
    basic = copy.sent.strftime("%Y%m%dT%H%M%S+0000")
    edition = int(copy["edition"] or 1)
    content = {"N": _newsml1_story, "U": _newsml1_update, "A": lambda _: ""}[update](copy)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<NewsML Version="1.2"><NewsEnvelope><DateAndTime>{basic}</DateAndTime>
<NewsService FormalName="Hallard"/><Priority FormalName="4"/></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><ProviderId>hallard.example</ProviderId>
<DateId>20260310</DateId><NewsItemId>{copy["guid"] or copy.id}</NewsItemId>
<RevisionId PreviousRevision="{edition - 1}" Update="{update}">{edition}</RevisionId>
<PublicIdentifier>urn:newsml:hallard.example:20260310:{copy["guid"] or copy.id}:{edition}{update}\
</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20260310T050000+0000</FirstCreated>
<ThisRevisionCreated>{basic}</ThisRevisionCreated>
<Status FormalName="{copy["status"] or "Usable"}"/></NewsManagement>
{content}</NewsItem></NewsML>
""".encode()


def _newsml1_story(copy: Copy) -> str:
    return f"""<NewsComponent Duid="story"><NewsLines Duid="lines">
<HeadLine Duid="headline">{escape(copy["head"])}</HeadLine>{_tag("ByLine", copy["by"])}
{_tag("SlugLine", copy["slug"])}</NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Hallard"/></Provider></AdministrativeMetadata>
<ContentItem Duid="text"><DataContent>{_html(copy)}</DataContent></ContentItem></NewsComponent>"""


def _newsml1_update(copy: Copy) -> str:
    """The headline and the text replaced where they are given."""
    headline, text = "", ""
    if copy["head"]:
        made = f'<HeadLine Duid="headline">{escape(copy["head"])}</HeadLine>'
        headline = f'<Replace DuidRef="headline">{made}</Replace>'
    if copy.paragraphs:
        made = f'<ContentItem Duid="text"><DataContent>{_html(copy)}</DataContent></ContentItem>'
        text = f'<Replace DuidRef="text">{made}</Replace>'
    return f"<Update>{headline}{text}</Update>"


# --------------------------------------------------------------------------------------
# JSON, feeds, text and mail
# --------------------------------------------------------------------------------------


def _ninjs(copy: Copy, number: int) -> bytes:
    """One ninjs item, or a list of them; an item typed as "spoiled" is no object at all."""
    items = [_ninjs_item(each) for each in (copy, *copy.more)]
    return json.dumps(items[0] if len(items) == 1 else items, ensure_ascii=False).encode()


def _ninjs_item(copy: Copy) -> Any:
    if copy["spoiled"]:
        return copy["spoiled"]
    item = {
        "$standard": {"name": "ninjs", "version": "1.4"},
        "uri": f"tag:hallard.example,2026:{copy['guid'] or copy.id}",
        "type": "text",
        "version": copy["edition"],
        "versioncreated": _iso(copy.sent),
        "pubstatus": copy["status"] or "usable",
        "urgency": int(copy["urgency"] or 5),
        "headline": copy["head"],
        "slugline": copy["slug"],
        "byline": copy["by"],
        "language": copy["lang"] or "en",
        "ednote": "\n".join(copy.all("eds")),
        "description_text": copy["summary"],
        "body_html": _html(copy),
        "embargoed": _when(copy["embargo"]) if copy["embargo"] else "",
        "expires": _when(copy["expires"]) if copy["expires"] else "",
        "subject": [
            {"scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": code, "name": name}
            for line in copy.all("topic")
            for code, _, name in [line.partition(" ")]
        ],
    }
    return {key: value for key, value in item.items() if value not in ("", [])}


def _rss(copy: Copy, number: int) -> bytes:
    """RSS 2.0: the feed as it is fetched at that minute."""
    items = "".join(map(_rss_item, (copy, *copy.more)))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kestrel Press</title>
<link>https://kestrel.example/</link><description>All reports</description>
<language>{copy["lang"] or "en"}</language>{items}</channel></rss>""".encode()


def _rss_item(copy: Copy) -> str:
    guid = copy["guid"] or copy.id
    body = _html(copy).replace("]]>", "")
    return f"""<item>{_tag("title", copy["head"])}
<link>https://kestrel.example/{copy["link"] or guid}</link><guid isPermaLink="false">{guid}</guid>
<pubDate>{format_datetime(copy.sent.astimezone(UTC), usegmt=True)}</pubDate>
{_tag("dc:creator", copy["by"])}{_tag("description", copy["summary"])}
<content:encoded><![CDATA[{body}]]></content:encoded></item>"""


def _atom(copy: Copy, number: int) -> bytes:
    """Atom 1.0, with tombstones (RFC 6721) for what was withdrawn."""
    entries = "".join(map(_atom_entry, (copy, *copy.more)))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" \
xml:lang="{copy["lang"] or "en"}"><id>tag:kestrel.example,2026:all</id><title>Kestrel Press</title>
<updated>{_iso(copy.sent)}</updated>{entries}</feed>""".encode()


def _atom_entry(copy: Copy) -> str:
    name = f"tag:kestrel.example,2026:{copy['guid'] or copy.id}"
    if copy["deleted"]:
        note = _tag("at:comment", copy["eds"])
        return f'<at:deleted-entry ref="{name}" when="{_iso(copy.sent)}">{note}</at:deleted-entry>'
    return f"""<entry><id>{name}</id>{_tag("title", copy["head"])}
<updated>{_iso(copy.sent)}</updated>
<author><name>{escape(copy["by"] or "Kestrel Press")}</name></author>
{_tag("summary", copy["summary"])}
<content type="html">{escape(_html(copy), quote=False)}</content></entry>"""


def _text(copy: Copy, number: int) -> bytes:
    """Plain text as it comes by FTP."""
    heads = [copy["slug"], *copy.all("mark"), copy["head"], *copy.all("eds"), copy["by"]]
    parts = [*filter(None, heads), *map(_wrapped, copy.paragraphs), copy["signoff"]]
    return ("\n\n".join(filter(None, parts)) + "\n").encode(copy["charset"] or "utf-8")


def _mail(copy: Copy, number: int) -> bytes:
    """Plain text in an e-mail."""
    heads = [*copy.all("mark"), copy["head"], *copy.all("eds"), copy["by"]]
    parts = [*filter(None, heads), *map(_wrapped, copy.paragraphs), copy["signoff"]]
    body = "\n\n".join(filter(None, parts))
    return f"""From: Desk <desk@{copy["domain"] or "hallard.example"}>
To: wire@courier.example
Subject: {copy["subject"] or copy["slug"]}
Date: {format_datetime(copy.sent.astimezone(HOME))}
Message-ID: <{copy.id}@{copy["domain"] or "hallard.example"}>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{body}
""".encode()


def _raw(copy: Copy, number: int) -> bytes:
    """Bytes as typed; what no desk can type is typed as an escape."""
    said = "\n".join(copy.paragraphs)
    return said.encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1")


_PRESSES: dict[str, Callable[[Copy, int], bytes]] = {
    "anpa1312": _anpa,
    "iptc7901": _iptc7901,
    "nitf": _nitf,
    "newsml-g2": _g2,
    "newsml1": _newsml1,
    "ninjs": _ninjs,
    "rss": _rss,
    "atom": _atom,
    "plain": _text,
    "mail": _mail,
    "raw": _raw,
}
