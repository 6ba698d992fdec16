"""Hostile words in every field of every wire: no file of the site is anything but plain copy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.hostile import grammar
from tests.hostile.dressing import dressed, wires
from tests.hostile.series import deliveries
from tests.hostile.site import faults_of
from tests.hostile.vectors import ALL, TRICKS
from tests.newsdesk import Desk, ninjs

from wirecopy.formats import markup
from wirecopy.formats.unseen import straightened


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A newsroom of two invented agencies."""
    with Desk() as desk:
        yield desk


@pytest.mark.parametrize("half", [0, 1])
def test_every_vector_in_every_field_leaves_plain_pages(desk: Desk, half: int) -> None:
    """A story for each vector, in two formats: each is published, and every file is plain."""
    outcomes = desk.take(*deliveries()[half::2])
    assert len(outcomes) == len(ALL)
    assert outcomes.count("published") > 0.9 * len(ALL)
    site = desk.site()
    assert list(faults_of(site)) == []
    assert len(site) > len(ALL)


@pytest.mark.parametrize("raw", [False, True])
def test_every_wire_with_hostile_words_leaves_plain_pages(desk: Desk, *, raw: bool) -> None:
    """Whatever field of whatever format: each delivery has an outcome, and every file is plain."""
    every = [dressed(path, 0, raw=raw) for path in wires()]
    assert len(desk.take(*every, source="quaymark")) >= len(every)
    quarantined = desk.rows("SELECT reason FROM outcomes WHERE kind = 'quarantined'")
    assert all(reason for (reason,) in quarantined)
    assert not [reason for (reason,) in quarantined if "inside wirecopy" in reason]
    assert list(faults_of(desk.site())) == []


@pytest.mark.parametrize("vector", ALL)
def test_the_body_of_every_vector_is_plain_and_settled(vector: str) -> None:
    """Read once or twice, alone or between words, a vector leaves a body's few tags and no more."""
    for html in (vector, f"<p>Words {vector} words</p>", f"<table><td>{vector}</table>{vector}"):
        blocks = markup.blocks_from_html(html)
        for block in blocks:
            assert grammar.fault_of_body(block.html) == ""
        joined = "".join(block.html for block in blocks)
        assert "".join(block.html for block in markup.blocks_from_html(joined)) == joined


@pytest.mark.parametrize(
    "html",
    [
        "<p>words", "<p onclick=x>words</p>", '<p onclick="x">words</p>', "<p>a < b</p>",
        '<a href="javascript:x">words</a>', "<script>x</script>", "<p><!-- x --></p>",
        '<img src="x">', "<svg></svg>", '<a href="//canary.example/">words</a>', "<p>\0</p>",
        '<p style="x">words</p>', "<em><p>words</em></p>", '<p title=">">words</p>',
    ],
)  # fmt: skip
def test_the_grammar_sees_what_it_is_there_for(html: str) -> None:
    """What a page may not carry does not pass for plain markup."""
    assert grammar.fault_of_body(html)
    assert grammar.fault_of_page(f"<!doctype html>\n<html>{html}</html>".encode()) or html[1] == "e"


def test_words_that_turn_round_what_follows_are_put_straight(desk: Desk) -> None:
    """No override, unclosed direction, hidden tag or NUL comes from the wire onto any page."""
    desk.take(
        *(
            ninjs(f"urn:t:{number}", f"Trick {said}", byline=said, body=f"<p>{said}</p>" * 2)
            for number, said in enumerate(TRICKS)
        )
    )
    site = desk.site()
    assert sum(b"Trick" in body for body in site.values()) > len(TRICKS), "they are published"
    for path, body in site.items():
        text = body.decode()
        found = [sign for sign in "\0\x07\x1b\u202d\u202e\U000e0041\ufffe" if sign in text]
        assert not found, f"{path} has {found}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("\u2067שלום\u2069 says", "\u2067שלום\u2069 says"),
        ("\u202bسلام\u202c says", "\u202bسلام\u202c says"),
        ("\u2067never closed", "never closed"),
        ("closed\u2069 too soon\u2067", "closed too soon"),
        ("\u2067crossed \u202b\u2069\u202c", "crossed "),
        ("a\u202egpj.exe\u202c", "agpj.exe"),
        ("Vi\u1ec7t Nam, نمی\u200cخواهم, क्\u200dष", "Vi\u1ec7t Nam, نمی\u200cخواهم, क्\u200dष"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f wins",
         "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f wins"),
        ("Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306algo", "Z\u0300\u0301\u0302\u0303algo"),
    ],
)  # fmt: skip
def test_what_a_script_needs_stays(words: str, expected: str) -> None:
    """Closed directions, joiners, marks and flags are an agency's words; what misleads is not."""
    assert straightened(words) == expected
