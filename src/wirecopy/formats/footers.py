"""What leads away from a text: where it appeared first, "Read more", "ALSO READ: ..." and its like.

Blog engines and feeds hang it under a text, agencies set it between paragraphs.
"""

from __future__ import annotations

import re
from html import unescape

from wirecopy.model import Block

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
    r"|(?:Sign up (?:here )?(?:for|to)|Subscribe to) (?:our|my|the) [^.]{0,60}\bnewsletters?\b"
    r"[^.]{0,80}[.!]?"
    r"|(?:Follow us|Join us|Síguenos|Siga-nos|Suivez[- ]nous|Folgen Sie uns|Seguici) .{0,100}"
    r"\b(?:Twitter|X|Facebook|Instagram|Telegram|WhatsApp|YouTube|TikTok|LinkedIn|Google News)\b"
    r".{0,100}"
    r"|.{1,300} was originally published in .{1,120} on Medium, where people are continuing the "
    r"conversation by highlighting and responding to this story\."
    r"|Thanks for reading .{1,100}! Subscribe for free to receive new posts and support my work\."
    rf"|\W*{_MORE}\W*)",
    re.IGNORECASE,
)
_FOOTER_SIGNS = (
    "the post", "l’article", "der beitrag", "newsletter", "read", "lesen", "lire", "leer",
    "leyendo", "legg", "mais", "originally", "follow us", "join us", "síguenos", "siga-nos",
    "suivez", "folgen", "seguici",
)  # fmt: skip
"""What every footer has in it: looked for first, as nearly every last paragraph is none."""
_FOOTERS = ("<p>Thanks for reading ", "<p>The post ", "<p>L’article ", "<p>Der Beitrag ")
_LINKED_MORE = re.compile(
    rf"<p>\W*(?:<(?:strong|b|em|i)>)?<a [^>]*>\W*{_MORE}\b.{{0,200}}</a>\W*(?:</\w+>)*\W*</p>",
    re.IGNORECASE | re.DOTALL,
)
_TRAILING_MORE = re.compile(
    rf"\s*<a [^>]*>(?:[^<\w]|&\w+;)*{_MORE}(?:[^<\w]|&\w+;)*</a>\s*(?=</p>$)", re.IGNORECASE
)


_ASIDE = (
    r"(?:also read|read also|read more|related(?: (?:stor(?:y|ies)|articles?|news|coverage))?"
    r"|lire aussi|à lire aussi|lisez aussi|lesen sie auch|lea también|lee también|leggi anche"
    r"|leia também|leia mais|यह भी पढ़ें|ये भी पढ़ें|यह भी पढ़े|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا)"
)
ADVERTS = frozenset({
    "Advertisement", "ADVERTISEMENT", "Advertisements", "Anzeige", "ANZEIGE", "Werbung",
    "Publicité", "PUBLICITÉ", "Publicidad", "PUBLICIDAD", "Publicidade", "Pubblicità", "विज्ञापन",
    "إعلان",
})  # fmt: skip
"""Paragraphs that only say that something stood there which is no part of the copy."""
_ADVERTS = frozenset(f"<p>{words}</p>" for words in ADVERTS)
_LONGEST = 1500
"""Characters of markup that no such line has."""
_EMPHASIS = r"(?:</?(?:strong|b|em|i)>|\s|&nbsp;)*+"
_LINKED_ASIDE = re.compile(
    rf"<p>{_EMPHASIS}[^\w<]{{0,3}}{_EMPHASIS}(?:<a [^<>]*>{_EMPHASIS})?{_ASIDE}{_EMPHASIS}[:|»–—-]+"
    rf"{_EMPHASIS}(?:<a [^<>]*>)?[^<>]{{1,300}}{_EMPHASIS}</a>{_EMPHASIS}\W{{0,3}}{_EMPHASIS}</p>",
    re.IGNORECASE,
)
_ASIDE_HEAD = re.compile(
    rf"<(p|h2|h3)>{_EMPHASIS}{_ASIDE}{_EMPHASIS}:?{_EMPHASIS}</\1>", re.IGNORECASE
)
_ONLY_LINKS = re.compile(
    r"<p><a [^<>]*>[^<>]{1,300}</a></p>|<[uo]l>(?:<li><a [^<>]*>[^<>]{1,300}</a></li>)+</[uo]l>"
)


def without_asides(blocks: list[Block]) -> list[Block]:
    """`blocks` without lines that are nothing but a link to another story of the same site.

    A last heading "Related stories" goes with the links below it; so do words above adverts.
    """
    if not _ADVERTS.isdisjoint([block.html for block in blocks]):
        blocks = [block for block in blocks if block.html not in _ADVERTS]
    if not any("<a " in block.html for block in blocks):
        return blocks
    kept = [b for b in blocks if not _is_aside(b.html)]
    last = len(kept)
    while last and _ONLY_LINKS.fullmatch(kept[last - 1].html):
        last -= 1
    if 0 < last < len(kept) and _ASIDE_HEAD.fullmatch(kept[last - 1].html):
        return kept[: last - 1]
    return kept


def _is_aside(html: str) -> bool:
    linked = "<a " in html and len(html) <= _LONGEST
    return linked and _LINKED_ASIDE.fullmatch(html) is not None


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
    said = words.casefold()
    return any(sign in said for sign in _FOOTER_SIGNS) and bool(_FOOTER.fullmatch(words))


def without_more(html: str) -> str:
    """A paragraph without the link "Read more" at its end."""
    return _TRAILING_MORE.sub("", html)
