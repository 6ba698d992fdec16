"""IPTC's codes, however a wire spells them."""

from __future__ import annotations

import pytest

from wirecopy.newscodes import MEDIA_TOPICS, SUBJECT_CODES, figures_of, media_topic


@pytest.mark.parametrize(
    ("code", "scheme"),
    [
        ("medtop:20000822", ""),
        ("MEDTOP:20000822", ""),
        ("20000822", "medtop"),
        ("20000822", MEDIA_TOPICS),
        ("20000822", "IptcMediaTopic"),
        (MEDIA_TOPICS + "20000822", ""),
        ("https://cv.iptc.org/newscodes/mediatopic/20000822", ""),
        ("medtop:20000822", MEDIA_TOPICS),
    ],
)
def test_a_media_topic_is_read_however_it_is_spelt(code: str, scheme: str) -> None:
    """Qcodes, addresses, and figures beside a vocabulary are one code."""
    assert media_topic(code, scheme) == "medtop:20000822"


@pytest.mark.parametrize(
    ("code", "scheme"),
    [
        ("20000822", ""),
        ("20000822", "urn:tna:desk"),
        ("15054000", SUBJECT_CODES),
        ("medtop:2000082", ""),
        ("medtop:200008221", ""),
        ("medtop:sport", ""),
        ("", "medtop"),
    ],
)
def test_another_vocabularys_code_is_no_media_topic(code: str, scheme: str) -> None:
    """Figures alone, of another list or of another length, say nothing."""
    assert media_topic(code, scheme) == ""


def test_figures() -> None:
    """The figures of a code stand alone; longer numbers hold none."""
    assert figures_of("subj:15054000") == "15054000"
    assert figures_of("urn:151234567:x") == ""
