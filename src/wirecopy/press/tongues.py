"""The press's words in other languages, out of the gettext catalogues in locale/.

    locale/fr/LC_MESSAGES/wirecopy.po ─▶ Babel ─▶ gettext ─▶ Words

A catalogue is read once for each site and language, and never compiled ahead of that: nothing can
be stale. What comes out is `Words`, so that the press asks for its words by name and type.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from gettext import GNUTranslations
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from wirecopy.errors import ThemeError
from wirecopy.press.words import ENGLISH, Plural, Words

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LANGUAGES = ("ar", "de", "es", "fr", "hi")
"""The languages that the press brings along, beside English."""

_NAME = re.compile(r"\{\w+\}")


def words_of(language: str, own: Mapping[str, str] | None = None) -> Words:
    """The words of a BCP 47 tag's language; English where nobody speaks it.

    `own` are the newsroom's own catalogues (PO text by tag): what they say goes before ours, and
    what they leave out is ours, else English. ThemeError says what is wrong with one of them.
    """
    primary = _plain(language).partition("-")[0]
    ours = _of_ours(primary) if primary in LANGUAGES else ENGLISH
    found = _nearest(_plain(language), own or {})
    return _said(read(*found), ours) if found else ours


def _plain(language: str) -> str:
    return language.replace("_", "-").lower()


def _nearest(tag: str, own: Mapping[str, str]) -> tuple[str, str] | None:
    """Name and text of the catalogue of the tag itself (pt-BR), else of its language (pt)."""
    by_tag = {_plain(name): (name, text) for name, text in own.items()}
    return by_tag.get(tag) or by_tag.get(tag.partition("-")[0])


@cache
def _of_ours(language: str) -> Words:
    return _said(read(language, shipped(language)), ENGLISH)


def shipped(language: str) -> str:
    """The catalogue of one of `LANGUAGES`, as PO text."""
    path = files("wirecopy.press") / "locale" / language / "LC_MESSAGES" / "wirecopy.po"
    return path.read_text(encoding="utf-8")


def read(name: str, text: str) -> Catalog:
    """The catalogue of a language; ThemeError when it cannot be read or has lost a name."""
    # Imported here because an English site, the usual case, does not pay for it at its start.
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - see above

    try:
        catalogue = read_po(io.BytesIO(text.encode()), abort_invalid=True)
        lost = [told for message in catalogue if message.id and (told := _lost(message))]
    except (PoFileError, ValueError, LookupError) as error:
        raise ThemeError(
            f"The catalogue {name}.po cannot be read: {error}. `msgfmt --check` shows where."
        ) from error
    if lost:
        raise ThemeError(f"The catalogue {name}.po: {lost[0]}")
    return catalogue


def _lost(message: Message) -> str:
    """Which names in braces a message has lost or invented, as a sentence; "" for none.

    A form that stands for one number alone may leave {n} out: "two minutes" has it in its noun.
    """
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    wanted = set(_NAME.findall(ids[-1]))
    for form in filter(None, _forms(message)):
        has = set(_NAME.findall(form))
        if has != wanted and not (len(ids) > 1 and has == wanted - {"{n}"}):
            names = ", ".join(sorted(wanted)) or "no names in braces"
            return f"{form!r} must have {names}, as {ids[-1]!r} has."
    return ""


def _said(catalogue: Catalog, base: Words) -> Words:
    """The words that a catalogue says, and those of `base` where it says nothing."""
    translations = _translations(catalogue)
    said = {
        name: _one(name, getattr(ENGLISH, name), catalogue, translations)
        for name in Words.__struct_fields__
    }
    return msgspec.structs.replace(base, **{name: one for name, one in said.items() if one})


def _one(
    name: str, english: str | Plural, catalogue: Catalog, translations: GNUTranslations
) -> str | Plural | None:
    """One message as the catalogue has it; None where it is not translated."""
    first = english if isinstance(english, str) else english.one
    message = catalogue.get(first, context=name)
    if message is None or not all(_forms(message)):
        return None
    if isinstance(english, str):
        return translations.pgettext(name, english)
    told = partial(translations.npgettext, name, english.one, english.many)
    return Plural(english.one, english.many, told)


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ())


def _translations(catalogue: Catalog) -> GNUTranslations:
    """The catalogue as gettext reads it, with its rule for plural forms."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - see `read`

    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


# -- for translators ------------------------------------------------------------------------

_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
"""Date of the template, the same on every day: whoever writes it anew changes nothing else."""


def template() -> str:
    """The catalogue of all messages without a translation (POT)."""
    return _written(_blank())


def merged(text: str) -> str:
    """A catalogue with every message that there is now, and none that has gone.

    A message whose English has changed keeps its translation, marked as fuzzy, until somebody has
    looked at it.
    """
    catalogue = read("the catalogue", text)
    catalogue.update(_blank(), no_fuzzy_matching=False, update_creation_date=False)
    catalogue.obsolete.clear()
    return _written(catalogue)


def _blank() -> Catalog:
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - see `read`

    catalogue = Catalog(
        domain="wirecopy",
        project="wirecopy",
        version="1",
        msgid_bugs_address="wirecopy",
        header_comment="# Words of wirecopy's pages.",
        creation_date=_BEGAN,
        fuzzy=False,
    )
    for name in Words.__struct_fields__:
        english: str | Plural = getattr(ENGLISH, name)
        ids = english if isinstance(english, str) else (english.one, english.many)
        catalogue.add(ids, context=name)
    return catalogue


def _written(catalogue: Catalog) -> str:
    from babel.messages.pofile import write_po  # noqa: PLC0415 - see `read`

    written = io.BytesIO()
    write_po(written, catalogue, width=100)
    return written.getvalue().decode()
