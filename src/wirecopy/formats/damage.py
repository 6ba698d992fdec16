"""What happened to characters on their way, seen in items that were read.

Text that somebody read as Windows-1252 although it was UTF-8 looks like "itâ€™s": it is put right
where that is certain, by going the way back. What is lost cannot be put right: an item with
replacement characters is spoiled, so no reader sees half a word. See decision 12.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

import msgspec

from wirecopy.formats.glance import all_of
from wirecopy.model import Block, Item, Media, Reading

_BACK = {ord(bytes([n]).decode("cp1252")): n for n in range(0x80, 0xA0) if n not in (
    0x81, 0x8D, 0x8F, 0x90, 0x9D
)}  # fmt: skip
"""The characters that Windows-1252 has where Latin-1 has controls, and their bytes."""
_LATER = "\x80-\xbf" + "".join(map(chr, _BACK))
"""What the later bytes of a character of UTF-8 look like in Windows-1252."""
_SIGNS = ("Ã", "Â", "â", "Ð", "Ñ", "Î", "Ï", "Ø", "Ù", "×", "à", "ã", "å", "æ", "ç", "ð")
"""What nearly every character of UTF-8 begins with in Windows-1252."""
_PAIR = re.compile(f"[\xc2-\xf4][{_LATER}]")
_SURE = re.compile(
    "(?:"
    f"â€[{_LATER}]"  # quotes, dashes, the ellipsis
    "|â‚¬|â„¢"
    "|Ã[¡-ª¬-º¼-¿ŸœŒžŽšŠ˜™ˆ‰‡†€ƒ]"  # accented letters
    "|Â[¡-ª¬-º¼-¿]"  # signs
    f"|ðŸ[{_LATER}][{_LATER}]"  # pictograms
    ")+"
)
"""What no language writes; a quote or a dash behind a capital Ã could be Portuguese."""
_CUT_QUOTE = re.compile("â€[\ufffd\x9d](?!\\w)")
"""A closing quote whose last byte Windows-1252 does not have."""
_FOREIGN = re.compile(f"(?:[ÐÑØÙ][{_LATER}]){{3,}}")
"""Cyrillic or Arabic that was read as Windows-1252."""
_LOST = re.compile("[\ufffd\x80-\x9f\ud800-\udfff]")
_STOPS = re.compile(
    r"kill|withdr|eliminat|retract|annul|zurückgezogen|zurückzieh|streich|rückruf|rückzug|retir"
    r"|anula|suprim|ritir|intrek|correct|corrig|korrektur|berichtig|embargo|sperrfrist|advisory",
    re.IGNORECASE,
)
"""Words of copy that takes other copy back: it may have scars, but it may not get lost."""
MENDED = "Some of its text had been read in the wrong character set on its way; it was put right."


def looked_over(reading: Reading) -> Reading:
    """The reading with wrongly read text put right and items with lost characters spoiled."""
    items: list[Item] = []
    spoiled: list[str] = []
    for item in reading.items:
        whole = _put_right(item) if is_suspect(all_of(item)) else item
        scar = _scar(whole)
        if scar and not _takes_back(whole):
            spoiled.append(f"{item.headline[:80] or item.item_id!r}: {scar}")
        else:
            items.append(warned(whole, scar) if scar else whole)
    return msgspec.structs.replace(
        reading, items=tuple(items), spoiled=(*reading.spoiled, *spoiled)
    )


def warned(item: Item, warning: str) -> Item:
    """`item` with one more warning, unless it has it."""
    if warning in item.warnings:
        return item
    return msgspec.structs.replace(item, warnings=(*item.warnings, warning))


def put_right(words: str) -> str:
    """`words` the way they were before they were read in the wrong character set.

    Unchanged where that is not certain.
    """
    for _ in range(2):  # some copy went the wrong way twice
        if words.isascii() or not _PAIR.search(words):
            break
        back = _all_back(words)
        words = back if back is not None else _CUT_QUOTE.sub("”", _SURE.sub(_back, words))
    return words


def _all_back(words: str) -> str | None:
    """All of `words` on the way back; None unless every part of it goes and it makes sense."""
    bare = words.replace("&nbsp;", "\xa0")
    back = _bytes_back(bare)
    if back is None:
        return None
    told = [sign for sign in back if not sign.isascii()]
    sensible = all(
        unicodedata.category(sign)[0] != "C" or sign in "\xad\u200b\u200d" for sign in told
    )
    if not sensible or not (len(told) > 1 or _SURE.search(bare)):
        return None
    return back.replace("\xa0", "&nbsp;") if bare != words else back


def _bytes_back(words: str) -> str | None:
    try:
        return words.translate(_BACK).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None


def _back(match: re.Match[str]) -> str:
    return _bytes_back(match[0]) or match[0]


def is_suspect(words: str) -> bool:
    """Whether something in a text may have been read wrongly; quick, and mostly no."""
    if words.isascii():
        return False
    return "\ufffd" in words or any(map(words.__contains__, _SIGNS)) or bool(_LOST.search(words))


def _small_print(item: Item) -> list[str]:
    """What readers see of an item besides its headline and text."""
    rights = item.rights
    texts = [
        item.subheadline, item.kicker, item.byline_title, item.credit_line, item.provider,
        rights.copyright_holder, rights.copyright_notice, *rights.usage_terms, *item.keywords,
    ]  # fmt: skip
    for media in item.media:
        texts += (media.caption, media.credit, media.alt, media.headline)
    if item.subjects:
        texts += [subject.name for subject in item.subjects]
    if item.places:
        texts += [place.name for place in item.places]
    return texts


def _put_right(item: Item) -> Item:
    """`item` with every text that readers see put right."""
    changed = msgspec.structs.replace(
        item,
        headline=put_right(item.headline),
        subheadline=put_right(item.subheadline),
        kicker=put_right(item.kicker),
        standfirst=put_right(item.standfirst),
        byline=put_right(item.byline),
        authors=_each(item.authors),
        keywords=_each(item.keywords),
        body=tuple(Block(block.kind, put_right(block.html)) for block in item.body),
        byline_title=put_right(item.byline_title),
        credit_line=put_right(item.credit_line),
        provider=put_right(item.provider),
        media=tuple(_pictured(media) for media in item.media),
        subjects=tuple(msgspec.structs.replace(s, name=put_right(s.name)) for s in item.subjects),
        places=tuple(msgspec.structs.replace(p, name=put_right(p.name)) for p in item.places),
        rights=msgspec.structs.replace(
            item.rights,
            copyright_holder=put_right(item.rights.copyright_holder),
            copyright_notice=put_right(item.rights.copyright_notice),
            usage_terms=_each(item.rights.usage_terms),
        ),
    )
    return item if changed == item else warned(changed, MENDED)


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(put_right(each) for each in words)


def _pictured(media: Media) -> Media:
    return msgspec.structs.replace(
        media,
        headline=put_right(media.headline),
        caption=put_right(media.caption),
        alt=put_right(media.alt),
        credit=put_right(media.credit),
    )


def _scar(item: Item) -> str:
    """Why an item cannot be shown to readers, "" if it can."""
    texts = (item.headline, item.standfirst, item.byline, *[block.html for block in item.body])
    for words in chain(texts, _small_print(item)):
        if words.isascii():
            continue
        if lost := _LOST.search(words):
            near = words[max(0, lost.start() - 20) : lost.end() + 20]
            return f"Characters were lost before the text came here, near {near!r}."
        if _FOREIGN.search(words):
            return "Its text was read in the wrong character set before it came here."
    return ""


def _takes_back(item: Item) -> bool:
    """Whether an item may stop or change another: such an item is kept, scars and all."""
    if item.status != "usable" or any(link.rel in ("withdraws", "holds") for link in item.links):
        return True
    said = (item.headline, item.slug, item.kicker, *[block.html[:400] for block in item.body[:2]])
    notes = [note.text for note in item.ed_notes]
    return any(_STOPS.search(words) for words in (*said, *item.signals, *notes))
