"""Blocks as text: the short ways give what the long ones give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wirecopy.model import Block
from wirecopy.story import prose

TEXT = st.text(st.sampled_from("ab .\n\t\r\xa0\u2003\u2028é>\"'") | st.characters(codec="utf-8"))


@given(TEXT.filter(lambda text: "<" not in text and "&" not in text))
def test_a_bare_paragraph_is_read_like_any_other(text: str) -> None:
    """A paragraph without other markup gives the text that it gives with a hollow tag in it."""
    bare, other = Block("p", f"<p>{text}</p>"), Block("p", f"<p>{text}<b></b></p>")
    assert prose.block_text(bare) == prose.block_text(other)
    assert prose.plain(bare.html) == prose.plain(other.html)


@given(TEXT, st.integers(1, 5))
def test_the_last_lines_are_the_last_of_all_lines(text: str, most: int) -> None:
    """What is read from the end is what reading all of the text ends with."""
    assert prose.last_lines(text, 7, most) == prose.lines_in(text, 7)[-most:]
