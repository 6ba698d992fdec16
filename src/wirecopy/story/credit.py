"""Who a story is credited to: every agency that its dateline, credit line or sign-off names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wirecopy.model import Item
from wirecopy.story.agencies import Names, agencies_in, name_for

_SEPARATOR = " / "
_LEGAL = re.compile(r",?\s+(?:LLC|Inc|Ltd|GmbH|Corp|AG|SA|plc)\.?$")


def sources_of(
    own: Names,
    *,
    agency: str,
    provider: str = "",
    known: Iterable[str] = (),
    more: Iterable[str] = (),
) -> tuple[str, ...]:
    """The agencies of an item, each once: its source's first, then `known`, then `more`."""
    first = agency or name_for(provider, own) or ""
    names = [first, *known, *more]
    shown = [_LEGAL.sub("", name_for(name, own) or name.strip()) for name in names if name.strip()]
    return tuple(
        {name.casefold(): name for name in reversed(shown)}[key]
        for key in dict.fromkeys(name.casefold() for name in shown)
    )


def named_in(credit_line: str, own: Names) -> tuple[str, ...]:
    """The agencies of a credit line that is nothing but agencies ("AFP-DPA"), else none."""
    return agencies_in(credit_line.strip(" ()[]©"), own) if credit_line else ()


def credit_of(item: Item, agency: str = "") -> str:
    """The agencies as readers see them, " / " between them: "PTI", "AFP / dpa"; "" for none."""
    names = item.credit_sources or ((agency,) if agency else ())
    if agency and agency.casefold() not in {name.casefold() for name in names}:
        names = (agency, *names)
    return _SEPARATOR.join(names) or item.provider
