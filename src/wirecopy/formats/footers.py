"""What blog engines and feeds hang under a text: where it appeared first, and "Read more"."""

from __future__ import annotations

import re
from html import unescape

_TAGS = re.compile(r"<[^>]*>")
_MORE = (
    r"(?:read (?:more|on|full (?:story|article)|the (?:full|whole|rest of the) (?:story|article))"
    r"|continue reading|weiterlesen|mehr lesen|lire la suite|lire plus|leer más|seguir leyendo"
    r"|leggi tutto|continua a leggere|leia mais|saiba mais|ler mais)"
)
_FOOTER = re.compile(
    rf"(?:The post .{{1,300}} (?:first )?appeared (?:first )?on .{{1,120}}"
    rf"|L’article .{{1,300}} est apparu en premier sur .{{1,120}}"
    rf"|Der Beitrag .{{1,300}} erschien zuerst auf .{{1,120}}"
    rf"|\W*{_MORE}\W*)",
    re.IGNORECASE,
)
_FOOTER_SIGN = re.compile("the post|l’article|der beitrag|read|lesen|lire|leer|leyendo|legg|mais")
"""What every footer has in it: looked for first, as nearly every last paragraph is none."""
_FOOTERS = ("<p>The post ", "<p>L’article ", "<p>Der Beitrag ")
_LINKED_MORE = re.compile(
    rf"<p>\W*(?:<(?:strong|b|em|i)>)?<a [^>]*>\W*{_MORE}\b.{{0,200}}</a>\W*(?:</\w+>)*\W*</p>",
    re.IGNORECASE | re.DOTALL,
)
_TRAILING_MORE = re.compile(
    rf"\s*<a [^>]*>(?:[^<\w]|&\w+;)*{_MORE}(?:[^<\w]|&\w+;)*</a>\s*(?=</p>$)", re.IGNORECASE
)


def is_footer(html: str) -> bool:
    """Whether a paragraph is what a blog engine hangs under a feed item."""
    if not html.startswith("<p>") or len(html) > 3000:
        return False
    if len(html) > 90 and "<a " not in html and not html.startswith(_FOOTERS):
        return False
    if "<a " in html and _LINKED_MORE.fullmatch(html):
        return True
    words = html[3:-4] if len(html) < 900 else ""
    if "<" in words or "&" in words:
        words = unescape(_TAGS.sub("", words)).strip()
    return _FOOTER_SIGN.search(words.casefold()) is not None and bool(_FOOTER.fullmatch(words))


def without_more(html: str) -> str:
    """A paragraph without the link "Read more" at its end."""
    return _TRAILING_MORE.sub("", html)
