"""The codes of IPTC's NewsCodes, however a wire spells them."""

from __future__ import annotations

import re

MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
"""The address of the Media Topics; a topic's own is this and its eight figures."""
SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/"
"""The address of the Subject Codes, which came before them."""

_EIGHT = re.compile(r"(?<!\d)([0-9]{8})(?!\d)")


def figures_of(code: str) -> str:
    """The eight figures of a code of IPTC's lists of subjects, "" where there are none."""
    found = _EIGHT.search(code)
    return found[1] if found else ""


def media_topic(code: str, scheme: str = "") -> str:
    """The Media Topic of a code as "medtop:20000822", "" for a code of another vocabulary.

    Wires send qcodes, addresses, and bare figures with the vocabulary beside them.
    """
    where = f"{scheme} {code}".casefold()
    if "medtop" not in where and "mediatopic" not in where:
        return ""
    figures = figures_of(code)
    return f"medtop:{figures}" if figures else ""
