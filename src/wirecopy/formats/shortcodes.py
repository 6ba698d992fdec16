"""Shortcodes: words in square brackets that call programs of a content system.

WordPress carries them out when a page is shown; its exports hold them as they were typed, and so
do feeds of sites where nobody carried them out. The ones that come with WordPress are carried out
here; the calls of plugins are taken out, with what they enclose left standing, and named in a
warning.
"""

from __future__ import annotations

import re
from html import escape

import msgspec

_ATTRIBUTES = r"(?:\s[^\[\]]{0,1500})?"
_CAPTION = re.compile(
    rf"(?<!\[)\[(?:wp_)?caption({_ATTRIBUTES})\]((?:(?!\[(?:wp_)?caption\b).){{0,6000}}?)"
    r"\[/(?:wp_)?caption\]",
    re.DOTALL | re.IGNORECASE,
)
"""Up to the next call of its kind, so that calls without an end cost no more than others."""
_EMBED = re.compile(
    rf"(?<!\[)\[embed{_ATTRIBUTES}\]\s*(https?://[^\s\[\]<>\"]{{1,500}})\s*\[/embed\]",
    re.IGNORECASE,
)
_GALLERY = re.compile(rf"(?<!\[)\[(?:gallery|playlist)({_ATTRIBUTES})/?\](?!\])", re.IGNORECASE)
_PLAYER = re.compile(
    rf"(?<!\[)\[(audio|video)({_ATTRIBUTES})/?\](?:[^\[\]]{{0,200}}\[/\1\])?", re.IGNORECASE
)
_CALL = re.compile(r"(?<!\[)\[(/?)([A-Za-z][\w-]{0,60})((?:\s[^\[\]]{0,1500})?)\](?!\])")
_NAMED = re.compile(r"""\s[A-Za-z_][\w-]*\s*=\s*["'“”″&\w]""")
_DOUBLED = re.compile(r"\[(\[[^\[\]]{1,200}\])\]")
_VALUE = re.compile(r"""([A-Za-z_][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_PICTURE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_KNOWN = frozenset({"caption", "wp_caption", "embed", "gallery", "playlist", "audio", "video"})


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """HTML whose shortcodes have been carried out, and what they asked for."""

    html: str
    gallery: tuple[str, ...] = ()
    """Ids of the attachments that its galleries show."""
    players: tuple[tuple[str, str], ...] = ()
    """Kind (audio, video) and address of the files that it plays."""
    warnings: tuple[str, ...] = ()


def carried_out(html: str) -> Carried:
    """`html` with its shortcodes carried out or taken out; where a gallery was, a line is blank."""
    if "[" not in html:
        return Carried(html=html)
    gallery: list[str] = []
    players: list[tuple[str, str]] = []
    html = _EMBED.sub(_linked, _CAPTION.sub(_figure, html))
    for found in _GALLERY.finditer(html):
        gallery += re.findall(r"\d+", _values(found[1]).get("ids", ""))
    for found in _PLAYER.finditer(html):
        players += _played(found[1].casefold(), _values(found[2]))
    html, warnings = _without_calls(_PLAYER.sub("", _GALLERY.sub("\n\n", html)))
    return Carried(
        html=html,
        gallery=tuple(dict.fromkeys(gallery)),
        players=tuple(dict.fromkeys(players)),
        warnings=warnings,
    )


def _values(said: str) -> dict[str, str]:
    """The attributes of a call, their names in lower case."""
    return {m[1].casefold(): m[2] or m[3] or m[4] or "" for m in _VALUE.finditer(said)}


def _figure(match: re.Match[str]) -> str:
    """A captioned picture: the words stand behind it, in old exports in an attribute."""
    picture = _PICTURE.search(match[2])
    if picture is None:
        return match[2]
    behind = (match[2][: picture.start()] + match[2][picture.end() :]).strip()
    words = behind or escape(_values(match[1]).get("caption", ""), quote=False)
    words = " ".join(words.split())
    return f"\n\n<figure>{picture[0]}<figcaption>{words}</figcaption></figure>\n\n"


def _linked(match: re.Match[str]) -> str:
    href = escape(match[1])
    return f'\n\n<p><a href="{href}">{href}</a></p>\n\n'


def _played(kind: str, values: dict[str, str]) -> list[tuple[str, str]]:
    names = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav")
    files = [values[name] for name in names if values.get(name, "").startswith("http")]
    return [(kind, files[0])] if files else []


def _without_calls(html: str) -> tuple[str, tuple[str, ...]]:
    """`html` without the calls of plugins, and a warning that names them.

    A word in brackets that is none (a desk's "[sic]") stays: a call has named values, an end of its
    own, or a name that no word of a language has.
    """
    ended = {m[2].casefold() for m in _CALL.finditer(html) if m[1]}
    dropped: dict[str, None] = {}

    def taken(match: re.Match[str]) -> str:
        name = match[2].casefold()
        odd = "_" in name or bool(re.search(r"\d", name))
        if not (name in ended or name in _KNOWN or odd or _NAMED.search(match[3])):
            return match[0]
        if name not in _KNOWN:
            dropped[name] = None
        return ""

    html = _DOUBLED.sub(r"\1", _CALL.sub(taken, html))
    if not dropped:
        return html, ()
    names = ", ".join(list(dropped)[:12])
    return html, (f"Shortcodes of plugins were taken out: {names}.",)
