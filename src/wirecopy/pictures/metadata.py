"""IPTC and XMP of a picture: read from the original, and written into every rendition.

Only what is meant for the public is carried on. Places and serial numbers of cameras (EXIF GPS,
BodySerialNumber) are never read, so no rendition has them.
"""

from __future__ import annotations

from html import escape
from typing import Any

import msgspec
from lxml import etree
from PIL import IptcImagePlugin
from PIL.ImageFile import ImageFile

from wirecopy.model import Focus
from wirecopy.pictures.nouns import Label, Said
from wirecopy.pictures.regions import focus_of, turned

_ORIENTATION = 0x0112
_LONGEST = 4000
"""Characters of one field that are kept."""
_SHORTER = 1000
"""Characters of one field where all of them together are too many to be written."""
_SEGMENT = 65_000
"""Bytes of a packet that a segment of a JPEG holds, its own name taken off."""
_LARGEST = 512 * 1024
"""Bytes of an XMP packet that is read."""

_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XMP: dict[str, tuple[str, str]] = {
    "caption": ("dc:description", "Alt"),
    "alt": ("Iptc4xmpCore:AltTextAccessibility", "Alt"),
    "headline": ("photoshop:Headline", ""),
    "creator": ("dc:creator", "Seq"),
    "credit": ("photoshop:Credit", ""),
    "source": ("photoshop:Source", ""),
    "copyright": ("dc:rights", "Alt"),
    "instructions": ("photoshop:Instructions", ""),
    "terms": ("xmpRights:UsageTerms", "Alt"),
    "web_statement": ("xmpRights:WebStatement", ""),
    "licensor": ("plus:LicensorURL", ""),
    "data_mining": ("plus:DataMining", ""),
    "digital_source": ("Iptc4xmpExt:DigitalSourceType", ""),
}
"""Field -> its XMP property, and the container its value stands in."""
_IIM = {
    "caption": (2, 120), "headline": (2, 105), "creator": (2, 80), "credit": (2, 110),
    "source": (2, 115), "copyright": (2, 116), "instructions": (2, 40),
}  # fmt: skip
"""Field -> its dataset in the older IIM block."""
_INTERNAL = ("instructions",)
"""Read for the rules, but not written into what readers get."""


def read(image: ImageFile) -> Said:
    """What the picture's file says; XMP wins over IIM, and nothing unreadable is an error."""
    root = _packet(image.info.get("xmp"))
    found = _from_iim(image)
    if root is not None:
        found |= {
            field: said for field, (name, _) in _XMP.items() if (said := _property(root, name))
        }
    return Said(**{field: value[:_LONGEST] for field, value in found.items() if value})


def focus(image: ImageFile) -> Focus | None:
    """The focal point that the picture's file names, once the picture stands upright."""
    root = _packet(image.info.get("xmp"))
    found = focus_of(root, image.size) if root is not None else None
    return turned(found, image.getexif().get(_ORIENTATION)) if found else None


def written(said: Said, label: Label) -> Said:
    """What a rendition is to say: its file's own words, the wire's where the file has none.

    Caption and description are the file's alone: those of the wire may be corrected tomorrow,
    and a rendition is not made again.
    """
    return msgspec.structs.replace(
        said,
        credit=said.credit or label.credit,
        copyright=said.copyright or label.copyright,
    )


def _from_iim(image: ImageFile) -> dict[str, str]:
    try:
        block: dict[Any, Any] = IptcImagePlugin.getiptcinfo(image) or {}
    except (SyntaxError, ValueError, OSError, IndexError, TypeError, AttributeError):
        return {}  # a damaged block says nothing; the picture itself may be sound
    return {field: _words(block.get(place)) for field, place in _IIM.items()}


def _words(value: Any) -> str:
    """An IIM value as text: a list is joined, bytes are UTF-8 or else Latin-1."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    if not isinstance(value, bytes):
        return ""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    return _plain(text)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _packet(packet: Any) -> etree._Element | None:
    """The XMP packet as a tree; None where there is none that can be read."""
    if not isinstance(packet, bytes | str) or len(packet) > _LARGEST:
        return None
    raw = packet.encode() if isinstance(packet, str) else packet
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        return etree.fromstring(raw.strip(b"\0 \n\r\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _property(root: etree._Element, name: str) -> str:
    """A property's value: an attribute, an element's text, or the items of its container."""
    prefix, _, local = name.partition(":")
    qualified = f"{{{_SPACES[prefix]}}}{local}"
    for description in root.iter(f"{{{_RDF}}}Description"):
        if value := description.get(qualified):
            return _plain(value)
    element = next(root.iter(qualified), None)
    if element is None:
        return ""
    items = list(element.iter(f"{{{_RDF}}}li"))
    default = [one for one in items if one.get(_LANG) == "x-default"]
    texts = [one.text or "" for one in default or items] or [element.text or ""]
    return _plain(", ".join(texts)) or _plain(element.get(f"{{{_RDF}}}resource", ""))


def xmp(said: Said) -> bytes:
    """The XMP packet of a rendition; empty where there is nothing to say.

    Words that no segment of a JPEG would hold are cut: better than none, and than no picture.
    """
    packet = _packed(said)
    return packet if len(packet) <= _SEGMENT else _packed(_shortened(said))


def _shortened(said: Said) -> Said:
    return Said(**{field: getattr(said, field)[:_SHORTER] for field in said.__struct_fields__})


def _packed(said: Said) -> bytes:
    parts = []
    for field, (name, container) in _XMP.items():
        value = getattr(said, field)
        if value and field not in _INTERNAL:
            parts.append(f"<{name}>{_inside(escape(value), container)}</{name}>")
    if not parts:
        return b""
    spaces = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
        f'<rdf:Description rdf:about=""{spaces}>{"".join(parts)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _inside(value: str, container: str) -> str:
    if not container:
        return value
    lang = ' xml:lang="x-default"' if container == "Alt" else ""
    return f"<rdf:{container}><rdf:li{lang}>{value}</rdf:li></rdf:{container}>"


def iim(said: Said) -> bytes:
    """The APP13 segment of a JPEG with the same in IIM, for readers that know no XMP."""
    sets = b""
    for field, (record, dataset) in sorted(_IIM.items(), key=lambda one: one[1]):
        value = getattr(said, field).encode()[:2000].decode(errors="ignore").encode()
        if value and field not in _INTERNAL:
            sets += b"\x1c" + bytes((record, dataset)) + len(value).to_bytes(2, "big") + value
    if not sets:
        return b""
    block = b"\x1c\x01\x5a\x00\x03\x1b%G" + sets  # 1:90: what follows is UTF-8
    body = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + len(block).to_bytes(4, "big") + block
    body += b"\x00" * (len(block) % 2)
    return b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body
