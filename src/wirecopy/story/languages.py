"""Language tags: what a page may say of its copy's language."""

from __future__ import annotations

import re

_TAG = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{1,8})*)(?![A-Za-z0-9])")


def language_tag(sent: str) -> str:
    """The well-formed BCP 47 tag that `sent` is or begins with, "" where it is none.

    RFC 5646, section 2.1. The wire writes en_US, English and worse; what a browser cannot read
    must not reach a lang attribute. Tags that name no language (und, mul, zxx) are "".
    """
    match = _TAG.match(sent.strip().replace("_", "-"))
    if not match or match[1].lower() in ("und", "mul", "mis", "zxx"):
        return ""
    return match[0]
