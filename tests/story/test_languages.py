"""Language tags as the wire writes them."""

from __future__ import annotations

import pytest

from wirecopy.story.languages import language_tag


@pytest.mark.parametrize(
    ("sent", "tag"),
    [
        ("en", "en"),
        (" en-IN ", "en-IN"),
        ("en_US", "en-US"),
        ("NL", "NL"),
        ("zh-Hans-CN", "zh-Hans-CN"),
        ("en us", "en"),
        ("de-toolongasubtag", "de"),
        ("English", ""),
        ("und", ""),
        ("", ""),
        ("../..", ""),
        ('"><script>', ""),
        ("x-klingon", ""),
    ],
)
def test_only_well_formed_tags_reach_a_page(sent: str, tag: str) -> None:
    """What a browser can read of a tag stays, the rest is left out (RFC 5646, section 2.1)."""
    assert language_tag(sent) == tag
