"""XML that is always well-formed, whatever the wire put into the words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not know (section 2.2)."""
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


_SPECIAL = re.compile("[^ !#$%'-;=?-~\u00a0-\ud7ff]")
"""Characters that may need a second look; most text has none, and is then handed back as it is."""


def text(value: str) -> str:
    """`value` as character data or attribute value: escaped, without what XML cannot hold."""
    if not _SPECIAL.search(value):
        return value
    return _ILLEGAL.sub("", value).translate(_ESCAPES)


def tag(name: str, content: str = "", **attributes: str) -> str:
    """An element around text, or "" when it would have neither text nor attributes.

    An underscore in an attribute's name stands for nothing: `type_` is `type`.
    """
    if not attributes:  # most elements of a feed: no attribute, no loop
        return f"<{name}>{text(content)}</{name}>\n" if content else ""
    inside = "".join(f' {key.rstrip("_")}="{text(value)}"' for key, value in attributes.items())
    if not content:
        return f"<{name}{inside}/>\n"
    return f"<{name}{inside}>{text(content)}</{name}>\n"


def rfc822(moment: datetime) -> str:
    """`moment` as RSS wants it, in GMT."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def w3c(moment: datetime) -> str:
    """`moment` as W3C datetime and RFC 3339 want it, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
