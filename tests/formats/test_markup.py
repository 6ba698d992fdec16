"""Bodies: sanitised, flat, and the same again when read again."""

from __future__ import annotations

import time
from collections.abc import Callable

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from wirecopy.formats import markup
from wirecopy.formats.markup import (
    blocks_from_element,
    blocks_from_html,
    blocks_from_text,
    body_from_html,
    looks_like_html,
    plain,
    words_of,
)
from wirecopy.model import Block

BASE = "https://wire.example/s/1"
VIDEO = "https://www.youtube.com/watch?v=abc123"
KINDS = {"p", "h2", "h3", "ul", "ol", "quote", "table", "pre", "hr", "embed", "figure"}


def _player(href: str, kind: str, words: str) -> str:
    """The link that stands for a player."""
    return f'<p><a href="{href}" type="{kind}" rel="nofollow noopener">{words}</a></p>'


STORM = '<a href="https://x.example/2" rel="nofollow noopener">Storm</a>'
CASES = {
    "bare text": ("plain text", ["<p>plain text</p>"]),
    "divs": ("<div>one</div><div>two</div>", ["<p>one</p>", "<p>two</p>"]),
    "double br": ("one<br><br>two<br>three", ["<p>one</p>", "<p>two<br>three</p>"]),
    "blank lines": ("one\n\ntwo <b>x</b>", ["<p>one</p>", "<p>two <b>x</b></p>"]),
    "empty": ("<p>&nbsp;</p><p> </p><div></div>", []),
    "headings": ("<h1>a</h1><h5>b</h5>", ["<h2>a</h2>", "<h3>b</h3>"]),
    "list": ("<ul><li><p>a</p><p>b</p></li>loose</ul>", ["<ul><li>a<br>b</li><li>loose</li></ul>"]),
    "nested list": (
        "<ol><li>a<ul><li>b</li></ul></li></ol>",
        ["<ol><li>a<ul><li>b</li></ul></li></ol>"],
    ),
    "quote": (
        "<blockquote>a<p>b</p></blockquote>",
        ["<blockquote><p>a</p><p>b</p></blockquote>"],
    ),
    "table": (
        "<table><tr><th>a</th><td colspan=2>b</td></tr></table>",
        ['<table><tbody><tr><th>a</th><td colspan="2">b</td></tr></tbody></table>'],
    ),
    "layout table": ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", ["<p>a</p>", "<p>b</p>"]),
    "pre": ("<pre>\n a  b\n c</pre>", ["<pre> a  b\n c</pre>"]),
    "rules at the edges": ("<hr><p>a</p><hr><hr><p>b</p><hr>", ["<p>a</p>", "<hr>", "<p>b</p>"]),
    "emphasis around blocks": ("<b><p>a</p><p>b</p></b>", ["<p>a</p>", "<p>b</p>"]),
    "hidden": ('<p style="display: none">a</p><p hidden>b</p><p>c</p>', ["<p>c</p>"]),
    "hidden in a line": (
        '<p>a<span style="display:none">b</span> c<SPAN hidden>d</SPAN><span>e</span></p>',
        ["<p>a ce</p>"],
    ),
    "boxes of a blog engine": (
        (
            '<p>a</p><div class="sharedaddy sd-sharing"><h3>Share it:</h3><ul><li>X</li></ul></div>'
            '<p class="button-wrapper"><a href="https://x.example/">Subscribe now</a></p><p>b</p>'
            '<div id="jp-relatedposts" class="jp-relatedposts"><h3><em>Related</em></h3></div>'
        ),
        ["<p>a</p>", "<p>b</p>"],
    ),
    "fields of a page": (
        (
            '<span class="field field--name-title field--type-string">Morna</span>\n'
            '<span class="field field--name-uid"><span lang="">editor_anna</span></span>'
            '<div class="clearfix field field--name-body"><p class="share">a</p></div>'
            '<div class="field field--name-field-tags"><div class="field__label">Tags</div></div>'
        ),
        ["<p>a</p>"],
    ),
    "invitations below": (
        (
            "<p>a</p><p><em>Sign up for our newsletter and follow us on Facebook.</em></p>"
            "<p>Thanks for reading The Quay! Subscribe for free to receive new posts and support "
            "my work.</p>"
        ),
        ["<p>a</p>"],
    ),
    "follow us": (
        (
            '<p>a</p><p>Síguenos en <a href="https://x.example/a">Twitter</a> y suscríbete.</p>'
            "<p>Join us on WhatsApp.</p>"
        ),
        ["<p>a</p>"],
    ),
    "where it was published": (
        (
            '<p>a</p><hr><p><a href="https://x.example/1">Ferries</a> was originally published in '
            '<a href="https://x.example/">Tide</a> on Medium, where people are continuing the '
            "conversation by highlighting and responding to this story.</p>"
        ),
        ["<p>a</p>"],
    ),
    "layout beside a picture": (
        '<table><tr><td><img src="https://x.example/a.jpg"></td><td>a<br><br>b</td></tr></table>',
        ["<p>a</p>", "<p>b</p>"],
    ),
    "a table with an empty cell": (
        "<table><tr><td></td><td>a</td></tr><tr><td>b</td><td></td></tr></table>",
        [
            "<table><tbody><tr><td></td><td>a</td></tr><tr><td>b</td><td></td></tr></tbody></table>",
        ],
    ),
    "words above adverts": (
        "<p>a</p><p>Advertisement</p><p>b</p><p>ANZEIGE</p>",
        ["<p>a</p>", "<p>b</p>"],
    ),
    "words above adverts among other markup": (
        "<div><p>a</p><p> Publicité </p><p>Anzeige gegen <b>b</b></p></div>",
        ["<p>a</p>", "<p>Anzeige gegen <b>b</b></p>"],
    ),
    "a sentence on a newsletter": (
        "<p>Sign up to our newsletter, he told them. They did.</p>",
        ["<p>Sign up to our newsletter, he told them. They did.</p>"],
    ),
    "script": ("<p>a</p><script>b</script><style>c</style><form>d</form>", ["<p>a</p>"]),
    "script link": ('<p><a href="javascript:x()">a</a></p>', ["<p>a</p>"]),
    "relative link": (
        '<p><a href="/m?a=1&b=2">a</a></p>',
        ['<p><a href="https://wire.example/m?a=1&amp;b=2" rel="nofollow noopener">a</a></p>'],
    ),
    "figure": (
        '<figure><img src="/p.jpg"><figcaption>c</figcaption></figure><p>a</p>',
        ["<p>a</p>"],
    ),
    "player": (
        '<iframe src="https://www.youtube.com/embed/abc123?x=1"></iframe>',
        [_player(VIDEO, "video/*", "youtube.com")],
    ),
    "titled player": (
        '<iframe src="https://youtu.be/abc123" title="“Aube” &amp; crew"></iframe>',
        [_player(VIDEO, "video/*", "“Aube” &amp; crew")],
    ),
    "bare player": (
        f"<figure><div>\n{VIDEO}\n</div></figure>",
        [_player(VIDEO, "video/*", "youtube.com")],
    ),
    "film": (
        '<p>a</p><video autoplay title="The tow"><source src="/v.mp4" type="video/mp4">?</video>',
        [
            "<p>a</p>",
            _player("https://wire.example/v.mp4", "video/*", "The tow"),
        ],
    ),
    "sound with caption": (
        '<figure><audio src="//a.example/s"></audio><figcaption>A <b>h</b> &amp; b</figcaption>',
        [
            _player("https://a.example/s", "audio/*", "A h &amp; b"),
        ],
    ),
    "film on no secure address": (
        '<video src="http://a.example/v.mp4"></video><p>a</p>',
        ["<p>a</p>"],
    ),
    "titled frame": (
        '<iframe src="https://charts.example/1/" title="Map of the floods" height="400"></iframe>',
        [
            _player("https://charts.example/1/", "*/*", "Map of the floods"),
        ],
    ),
    "frame of an advertisement": (
        '<iframe src="https://b.example/" title="3rd party ad content"></iframe><p>a</p>',
        ["<p>a</p>"],
    ),
    "list that goes on": (
        '<ol start="3" type="a"><li>a</li></ol><ol start="x"><li>b</li></ol>',
        ['<ol start="3"><li>a</li></ol>', "<ol><li>b</li></ol>"],
    ),
    "definitions": (
        "<dl><dt>Morna</dt><dd>of <i>1990</i></dd><dd>for 9</dd><div><dt><b>L</b></dt></div></dl>",
        ["<ul><li><strong>Morna</strong><br>of <i>1990</i><br>for 9</li><li><b>L</b></li></ul>"],
    ),
    "definitions that lay out a page": (
        "<dl><dt>Morna</dt><dd><p>She sailed.</p><p>She came back.</p></dd></dl>",
        ["<p>Morna</p>", "<p>She sailed.</p>", "<p>She came back.</p>"],
    ),
    "definitions of pictures": (
        '<dl><dt><img src="https://a.example/a.jpg"></dt><dd>The ferry</dd></dl>',
        ["<p>The ferry</p>"],
    ),
    "words between definitions": (
        "<dl>Ferries<dt>Morna</dt><dd>1990</dd></dl>",
        ["<p>Ferries</p>", "<p>Morna</p>", "<p>1990</p>"],
    ),
    "rules as they are typed": (
        "<p>a</p><p>___</p><p>b</p><p>* * *</p><p>c</p><p>_____</p>",
        ["<p>a</p>", "<hr>", "<p>b</p>", "<hr>", "<p>c</p>"],
    ),
    "blank line of a hard space": ("a<br>b<br/>&nbsp;<br/>c", ["<p>a<br>b</p>", "<p>c</p>"]),
    "type of a link": (
        '<p><a type="text/html" href="https://a.example/">a</a></p>',
        ['<p><a href="https://a.example/" rel="nofollow noopener">a</a></p>'],
    ),
    "other frame": ('<iframe src="https://ads.example/"></iframe><p>a</p>', ["<p>a</p>"]),
    "read more": ('<p>a</p><p><a href="https://x.example/">Read more »</a></p>', ["<p>a</p>"]),
    "read more behind text": ('<p>a <a href="https://x.example/">Read more</a></p>', ["<p>a</p>"]),
    "other stories of its site": (
        f"<p>a</p><p><b>ALSO READ: </b>{STORM}</p><p>यह भी पढ़ें: <b>{STORM}</b></p><p>b</p>",
        ["<p>a</p>", "<p>b</p>"],
    ),
    "other stories of its site inside the link": (
        '<p>a</p><p><a href="https://x.example/2">Lire aussi : Tempête</a></p><p>b</p>',
        ["<p>a</p>", "<p>b</p>"],
    ),
    "other stories of its site below": (
        f"<p>a</p><h4>Related stories</h4><ul><li>{STORM}</li></ul><p>{STORM}</p>",
        ["<p>a</p>"],
    ),
    "links in a text": (
        f"<p>Also read: the {STORM} of the board.</p><h3>Related</h3><p>b</p>",
        [f"<p>Also read: the {STORM} of the board.</p>", "<h3>Related</h3>", "<p>b</p>"],
    ),
    "a sentence that reads more": (
        "<p>Read more books, she said.</p>",
        ["<p>Read more books, she said.</p>"],
    ),
    "control characters": ("<p>a&#8;b&#146;c</p>", ["<p>ab’c</p>"]),
    "hard spaces": ("<p>a&nbsp;&nbsp; b&nbsp;c&nbsp;</p>", ["<p>a b&nbsp;c</p>"]),
    "struck out": ("<p><s>5</s> 7 <q>x</q></p>", ["<p><s>5</s> 7 <q>x</q></p>"]),
    "smiley": ('<p>a <img class="emoji" alt="☀" src="/x.png"></p>', ["<p>a ☀</p>"]),
}


@pytest.mark.parametrize(("given_html", "expected"), CASES.values(), ids=list(CASES))
def test_body_is_shaped(given_html: str, expected: list[str]) -> None:
    """Each kind of agency markup becomes the blocks a page can carry."""
    blocks, _ = body_from_html(given_html, base_url=BASE)
    assert [block.html for block in blocks] == expected


ATTACKS = [
    "<svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<iframe src='https://www.youtube.com/embed/abc'><img title=\"</iframe><img src=x onload=a>\">",
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    "<p style=\"background:url('javascript:a')\">x</p>",
    "<noscript><p title='</noscript><img src=x onerror=a>'>",
    "<blockquote cite='javascript:a'>x</blockquote>",
    '<table background="javascript:a"><tr><td>x<td>y</table>',
    "<p><a href='//x.example/\" onclick=\"a'>x</a></p>",
]


def _is_safe(markup: str) -> None:
    for element in html.fragment_fromstring(markup, create_parent=True).iter():
        assert element.tag not in {"script", "img", "iframe", "svg", "style", "form", "object"}
        for name, value in element.items():
            assert name in {"href", "type", "rel", "colspan", "rowspan", "start"}
            assert name != "type" or value in {"video/*", "audio/*", "*/*"}
            assert not value.lower().strip().startswith(("javascript", "data", "vbscript"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_leave_nothing_active(attack: str) -> None:
    """No attribute but a link's address, no active tag, whatever comes in."""
    _is_safe("".join(block.html for block in body_from_html(attack, base_url=BASE)[0]))


SNIPPETS = st.lists(
    st.sampled_from([
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<ul>", "</ul>", "<li>",
        "<table>", "</table>", "<tr>", "<td>", "<blockquote>", "</blockquote>", "<br>", "<hr>",
        "<h2>", "</h2>", "<pre>", "</pre>", "<a href='/x'>", "</a>", "text", " ", "\n\n", "&amp;",
        "&nbsp;", "&lt;p&gt;", "<iframe src='https://vimeo.com/12345'>", "</iframe>", "<img src=/>",
        "<figure>", "</figure>", "<figcaption>", "<script>", "</script>", "<q>", "</q>", '"', "<",
        "<th>", "<dl><dt>", "<dd>", "<span style='display:none'>", "</span>", "<sub>", "ä", ">",
    ]),
    max_size=25,
)  # fmt: skip


@given(SNIPPETS)
def test_reading_blocks_again_changes_nothing(pieces: list[str]) -> None:
    """Blocks are canonical: safe, of known kinds, never empty, stable under a second reading."""
    blocks, _ = body_from_html("".join(pieces), base_url=BASE)
    joined = "".join(block.html for block in blocks)
    assert blocks_from_html(joined) == blocks
    assert {block.kind for block in blocks} <= KINDS
    assert all(block.kind == "hr" or words_of((block,)) for block in blocks)
    if joined:
        _is_safe(joined)


WORDS = st.text(
    st.sampled_from("ab .,\"'-/=;é€ॐ漢\u2003\u200d\x85\ufeff") | st.characters(codec="utf-8"),
    max_size=20,
)
STRAYS = st.sampled_from([
    "", "&", "&amp;", "&#8217;", "&nbsp;", "&nbsp", "<", ">", "]]>", "\0", "\x01", "\x0c", "\r",
    "\n", "\t", "\xa0", "  ", "<p>", "</p>", "<P>", "<p >", "<p/>", "<b>", "</b>", "<br>", "<!--",
    "-->", "<pre>", "<plaintext>", "<p></p>", "<p> a </p>", "--NW", "Read more",
])  # fmt: skip


@given(
    st.lists(WORDS.map("a{}b".format) | STRAYS, min_size=1, max_size=4),
    st.sampled_from(["", "\n", "\n\n", "\r\n", " ", "\n\t", "\xa0", "x", "<hr>"]),
    st.just("") | STRAYS,
    st.integers(0, 60),
)
def test_sanitising_is_left_out_only_where_it_changes_nothing(
    texts: list[str], gap: str, stray: str, place: int
) -> None:
    """Markup that nh3 is not asked about is markup that nh3 hands back as it came."""
    html = gap.join(f"<p>{text}</p>" for text in texts)
    html = html[:place] + stray + html[place:]
    bare = markup._bare(html)
    if bare is not None:
        assert markup._WIDE.clean(html) == html.replace("\r\n", "\n").replace("\r", "\n")
        assert bare == markup._simple(markup._sanitised(html))


def test_bare_paragraphs_need_no_sanitising() -> None:
    """The commonest body of all is known as such, however its paragraphs are set apart."""
    for gap in ("", "\n", "\r\n\r\n", "\n  "):
        assert markup._bare(f" <p>One, “two”.</p>{gap}<p>Three.</p>{gap}<p>Four.</p>\n") is not None
    for other in ("a", "<p>", "<p>a</p>b<p>c</p>", "<p>a & b</p>", "<p>a<p>b</p>", "<p>a\nb</p>"):
        assert markup._bare(other) is None


@given(st.text())
def test_any_text_becomes_safe_blocks(text: str) -> None:
    """Plain text never turns into markup."""
    blocks = blocks_from_text(text)
    assert blocks_from_html("".join(block.html for block in blocks)) is not None
    assert all("<script" not in block.html for block in blocks)


def test_wire_text_is_unwrapped() -> None:
    """Hard-wrapped lines are joined; indents, bullets and columns are kept as structure."""
    text = (
        "PORT ELLERY, Jan 7 (HX) - The harbour stayed\nclosed after two cranes\n"
        "broke.\n   The council met.\n\n* one\n* two\n\nA | B | C\n1 | 2 | 3\n"
    )
    assert [(block.kind, block.html) for block in blocks_from_text(text)] == [
        (
            "p",
            "<p>PORT ELLERY, Jan 7 (HX) - The harbour stayed closed after two cranes broke.</p>",
        ),
        ("p", "<p>The council met.</p>"),
        ("ul", "<ul><li>one</li><li>two</li></ul>"),
        ("pre", "<pre>A | B | C\n1 | 2 | 3</pre>"),
    ]


def test_long_lines_are_paragraphs() -> None:
    """Where lines are longer than a wire's, each line is a paragraph."""
    text = "word " * 30 + "end.\n" + "Second paragraph."
    assert len(blocks_from_text(text)) == 2


@pytest.mark.parametrize(
    "read",
    [blocks_from_text, lambda text: blocks_from_html(f"<p>{text}</p>\n<p>{text}</p>")],
    ids=["text", "markup"],
)
def test_the_spaces_of_french_signs_stay(read: Callable[[str], tuple[Block, ...]]) -> None:
    """A narrow or a wide no-break space stays where it was set, whatever way a body comes."""
    block = read("Le navire «\xa0Aube\xa0» a\ncoulé\u202f: huit personnes sauvées\xa0!")[0]
    said = "Le navire «&nbsp;Aube&nbsp;» a coulé\u202f: huit personnes sauvées&nbsp;!"
    assert block.html == f"<p>{said}</p>"
    assert blocks_from_html(block.html) == (block,)


def test_copy_as_it_was_typed_has_its_paragraphs() -> None:
    """One element with a telex in it is paragraphs and points; indented markup is one paragraph."""
    copy = (
        "(Adds detail)\n    * Ferry is towed in\n    * Crew of eight &amp; dog well\n\n"
        "    NORLAND (HNA) - The ferry was towed in on Thursday after a\nnight in the strait.\n"
        "    The crew of eight is well, and so is the dog, the port of\nNorland said."
    )
    assert [block.kind for block in blocks_from_html(f"<p>{copy}</p>")] == ["p", "ul", "p", "p"]
    blocks = blocks_from_html(f"<p>{copy}</p><p><b>x</b></p>")
    assert blocks[1].html.endswith("<li>Crew of eight &amp; dog well</li></ul>")
    assert blocks[2].html.endswith("after a night in the strait.</p>")
    indented = "\n    ".join(copy.split())
    assert len(blocks_from_html(f"<p>\n    {indented}\n  </p>")) == 1


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("o&amp;#39;clock, &amp;quot;no&amp;quot;", 'o\'clock, "no"'),
        ("AT&amp;amp;T &amp;nbsp;&amp;eacute;", "AT&amp;T é"),
        ("Q&amp;A; R&amp;D &amp;lt;b&amp;gt;", "Q&amp;A; R&amp;D &amp;lt;b&amp;gt;"),
    ],
)
def test_signs_that_were_encoded_twice_are_signs(sent: str, shown: str) -> None:
    """Readers never see "&#39;"; what would open a tag stays as it came."""
    (block,) = blocks_from_html(f"<p>{sent}</p>")
    assert block.html == f"<p>{shown}</p>"
    assert blocks_from_html(block.html) == (block,)


@pytest.mark.parametrize(
    "notice",
    [
        "EMBARGOED UNTIL 0600 GMT SUNDAY NOV 29",
        "Embargoed until 6 a.m. GMT Sunday",
        "SPERRFRIST SONNTAG 6 UHR",
        "रविवार, 29 नवंबर, सुबह 6 बजे से पहले प्रकाशित न करें",
    ],
)
def test_a_notice_above_a_line_is_a_paragraph(notice: str) -> None:
    """The text must not go into the notice with it, nor the day of the notice into the text."""
    kept = [
        plain(block.html) for block in blocks_from_text(f"{notice}\nThe council of the town met.")
    ]
    assert kept == [notice, "The council of the town met."]
    (one,) = blocks_from_text("EMBARGOED UNTIL 0600 GMT\nSunday, for the papers of the day")
    assert "GMT Sunday" in one.html


@pytest.mark.parametrize("minute", ["0830 GMT", "08:30", "8.30 a.m.", "08.30 Uhr", "0830GMT"])
def test_the_minute_above_an_entry_is_a_line(minute: str) -> None:
    """A running report's entries are alike, however long they are."""
    entries = ["The council of the town met at length, and nobody left.", "Nobody spoke."]
    text = "\n\n".join(f"{minute}\n{entry}" for entry in (*entries, *entries))
    told = [plain(block.html) for block in blocks_from_text(text)]
    assert told == [minute, entries[0], minute, entries[1]] * 2
    (one,) = blocks_from_text("The ferry left at the hour that it was to leave and that was\n0830")
    assert "was 0830" in one.html


def test_short_lines_among_wrapped_ones_stand_alone() -> None:
    """Results, speakers and numbers are lines; cut lines are one paragraph, in any mixture."""
    prose = (
        "Norval won the league on Friday with a win at Skell, who had led\nit since the summer and "
        "were beaten for the first time since the\nspring. The crowd sang until the ferry left.\n\n"
    )
    lines = "Norval 2 Skell 1\nEllery 0 Gannet 0\n\nROE: Were you never nervous at all that day?"
    lines += (
        "\nVANE: Never. We knew.\n\n1. Norval won the first half, and how they did so, said Roe."
    )
    lines += "\n2. Skell won the other.\n"
    for text in (prose + lines, prose * 3 + lines, lines + prose):
        said = [block.html for block in blocks_from_text(text)]
        assert "<p>Ellery 0 Gannet 0</p>" in said
        assert "<p>VANE: Never. We knew.</p>" in said
        assert "<p>2. Skell won the other.</p>" in said
        assert any(html.endswith("sang until the ferry left.</p>") for html in said)
        assert sum("Norval won the league" in html for html in said) == text.count("won the league")
        assert all("since the spring" in html for html in said if "won the league" in html)


def test_pictures_come_with_captions_and_without_pixels() -> None:
    """Pictures of a body are media, absolute and captioned; tracking pixels are not."""
    body = (
        '<figure><img src="/p.jpg" width="640" height="480" alt="Pier"><figcaption>The <b>pier</b>.'
        '</figcaption></figure><img src="https://t.example/x" width=1 height=1>'
        '<img src="https://t.example/pixel.gif"><img src="data:image/gif;base64,R0">'
    )
    (picture,) = body_from_html(body, base_url=BASE)[1]
    assert (picture.id, picture.caption, picture.alt) == (
        "https://wire.example/p.jpg",
        "The pier.",
        "Pier",
    )
    assert (picture.renditions[0].width, picture.renditions[0].height) == (640, 480)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("AT&amp;amp;T", "AT&T"),
        ("&lt;b&gt;Bold&lt;/b&gt; claim", "Bold claim"),
        ("<p>a</p><p>b</p>", "a b"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("a<script>b</script>c", "a c"),
        ("e\u0301\u00a0 x", "é x"),
        ("Ferry sinks <!-- off Norland", "Ferry sinks off Norland"),
        ("A <!-- desks --> ferry &lt;!-- sinks", "A ferry sinks"),
        ("A <b>ferry</b> <!-- for desks", "A ferry"),
    ],
)
def test_plain_is_the_text(markup: str, text: str) -> None:
    """Tags go, entities are decoded (twice where they were encoded twice), the rest stays."""
    assert plain(markup) == text


def test_html_is_told_from_text() -> None:
    """A tag makes markup; a lone angle bracket or an unknown word in brackets does not."""
    assert looks_like_html("a <b>c</b>")
    assert not looks_like_html("5 < 6 and 7 > 3")
    assert not looks_like_html("an <unknown> word")


def test_parsed_elements_take_the_same_road() -> None:
    """NITF and prefixed XHTML elements give the blocks their HTML twins give."""
    element = etree.fromstring(
        '<block xmlns:h="http://www.w3.org/1999/xhtml"><hl2>Head</hl2><p lede="true">A &amp; '
        "<em>b</em></p><media><media-caption>no</media-caption></media>tail<h:p>c</h:p></block>"
    )
    assert [block.html for block in blocks_from_element(element)] == [
        "<h3>Head</h3>",
        "<p>A &amp; <em>b</em></p>",
        "<p>tail</p>",
        "<p>c</p>",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 50_000,
        "<ul><li>" * 20_000,
        "<" * 100_000,
        ("<br>" + " " * 500) * 500,
        "<table><tr><td>" * 3_000,
        "<p><b>x" * 3_000,
    ],
    ids=["div", "list", "brackets", "breaks", "tables", "bold"],
)
@pytest.mark.timeout(20)
def test_hostile_markup_costs_no_time(hostile: str) -> None:
    """Markup that never closes cannot stall the reader, and still gives stable blocks."""
    blocks = blocks_from_html(hostile)
    assert blocks_from_html("".join(block.html for block in blocks)) == blocks


@pytest.mark.bench
def test_plain_paragraphs_cost_one_pass() -> None:
    """A body of plain paragraphs costs no more than a few passes of the sanitiser alone."""
    body = "".join(f"<p>{'word ' * 80}</p>" for _ in range(5))
    cleaner = nh3.Cleaner()

    def cost(read: Callable[[str], object]) -> float:
        begin = time.process_time()
        for _ in range(300):
            read(body)
        return time.process_time() - begin

    ours, theirs = (min(cost(read) for _ in range(5)) for read in (blocks_from_html, cleaner.clean))
    assert ours < 5 * theirs


@pytest.mark.parametrize("tag", ["div", "ul", "blockquote", "table"])
def test_depth_costs_no_time(tag: str) -> None:
    """Tags nested by the ten thousand, closed as they should be, still give their text at once."""
    began = time.process_time()
    deep = f"<{tag}>" * 40_000 + "The tide came." + f"</{tag}>" * 40_000
    assert words_of(blocks_from_html(deep)) == "The tide came."
    assert time.process_time() - began < 10, "it took more than minutes when it crawled"
