"""The tables of a body, so that those who hear them know what each figure stands under."""

from __future__ import annotations

import re

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<th(?=[ >])")


def with_scopes(html: str) -> str:
    """`html` with every head of its tables saying whether it heads a column or a row."""
    return _TABLE.sub(_scoped, html) if "<th" in html else html


def _scoped(table: re.Match[str]) -> str:
    """The table: heads above its body, or of a first row of nothing but heads, head columns."""
    heads, end, rest = table[0].rpartition("</thead>")
    if not end:
        heads, end, rest = table[0].partition("</tr>")
        if "<td" in heads:
            heads, end, rest = "", "", table[0]
    return _HEAD.sub('<th scope="col"', heads) + end + _HEAD.sub('<th scope="row"', rest)
