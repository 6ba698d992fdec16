import json
from pathlib import Path

import pytest

from wirecopy.story.mediatopics import (
    NAMES,
    PARENTS,
    TOPS,
    chain,
    code_named,
    topic_code,
)

EXPORT = (
    Path(__file__).resolve().parents[2]
    / "../shared/standards/newscodes/mediatopic/mediatopic-compact-2025-10-09-en-GB.json"
)


@pytest.mark.parametrize(
    ("code", "scheme", "topic"),
    [
        ("medtop:20001065", "", "medtop:20001065"),
        ("20001065", "http://cv.iptc.org/newscodes/mediatopic/", "medtop:20001065"),
        ("http://cv.iptc.org/newscodes/mediatopic/15000000", "", "medtop:15000000"),
        ("15000000", "medtop", "medtop:15000000"),
        ("15000000", "", "medtop:15000000"),
        ("subj:15054000", "", "medtop:20001065"),
        ("15054001", "http://cv.iptc.org/newscodes/subjectcode/", "medtop:20001065"),
        ("04999000", "IptcSubjectCodes", "medtop:04000000"),
        ("medtop:29999999", "", ""),
        ("15000000", "https://agency.example/desk/", ""),
        ("99000000", "subj", ""),
        ("sport", "", ""),
        ("", "", ""),
    ],
)
def test_codes(code: str, scheme: str, topic: str) -> None:
    """Qcodes, addresses, figures and the older Subject Codes all lead to a Media Topic."""
    assert topic_code(code, scheme) == topic


def test_chain() -> None:
    """A deep code leads up to its top level."""
    assert chain("medtop:20001065") == ("medtop:20001065", "medtop:20000822", "medtop:15000000")
    assert (chain("medtop:1"), chain("")) == ((), ())
    assert all(chain(code)[-1] in TOPS for code in PARENTS)


def test_names() -> None:
    """The two upper levels have names, and a name leads back to its code."""
    assert len(TOPS & NAMES.keys()) == 17
    assert code_named("Sport") == "medtop:15000000"
    assert code_named("no such topic") == ""


def test_table_equals_the_export() -> None:
    """Codes, parents and names are those of IPTC's own list."""
    if not EXPORT.exists():
        pytest.skip("IPTC's export of the Media Topics is not beside this checkout")
    concepts = json.loads(EXPORT.read_text("utf-8"))["concepts"]
    for concept in concepts:
        code = concept["qcode"]
        assert PARENTS.get(code, "") == (concept.get("parent") or [""])[0]
        assert NAMES.get(code, concept["name"]) == concept["name"]
    assert len(concepts) == len(PARENTS) + len(TOPS)
