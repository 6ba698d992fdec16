"""Which version of a story stands: a function of the set of its versions, not of their arrival.

A story is a chain: items under one id or several, each with versions of its own. Inside one id
the machine's number decides; across ids the ordinal of the marker ("2nd Ld", "UPDATE 3"), else
the agency's time. Nothing here depends on the order in which versions came, except where the
wire itself leaves only arrival to tell them apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from wirecopy.model import (
    Change,
    ChangeKind,
    Item,
    Marker,
    Rank,
    Sheet,
    Story,
    Version,
    VersionKind,
)
from wirecopy.story.identity import normal_key
from wirecopy.story.prose import block_text
from wirecopy.story.takes import picks_up

KEPT_VERSIONS = 200
"""Versions remembered per story; kills and holds are remembered for ever."""
KEPT_CHANGES = 60
_REPLACES = frozenset({"replace", "replace+correct", "replace+silent"})

FiledAs = Literal["new", "newer", "older", "same", "repeat"]


def rank_of(item: Item, *, received: datetime, seq: int, part: int) -> Rank:
    """When and under which number the agency made this version; an undated one when it came."""
    time = item.version_created or item.first_created or received
    return Rank(version=item.version or 0, time=time, seq=seq, part=part)


def version_of(
    sheet: Sheet,
    rank: Rank,
    received: datetime,
    *,
    internal: bool = False,
    trusts_words: bool = False,
    whole_lead: int = 0,
) -> Version:
    """What a story remembers of one item.

    `internal` is the desk's word that it is no copy; `trusts_words` says that the agency's kills in
    words need no person, where a source confirms what the word means. Below `whole_lead` percent
    of the text before it a lead may be its top alone.
    """
    item = sheet.item
    stops = holding_marks(item)
    kind = "internal" if internal else kind_of(item)
    if stops and kind == "text":
        kind = "doubt"
        if trusts_words and any(m.action == "withdraw" and m.sure == "S" for m in stops):
            item = msgspec.structs.replace(item, status="canceled")
    return Version(
        rank=rank,
        fingerprint=sheet.fingerprint,
        status=item.status,
        received=received,
        headline=item.headline,
        marker=" ".join(marker.text for marker in item.markers),
        key=normal_key(item.item_id),
        kind=kind,
        ordinal=ordinal_of(item),
        numbers=tuple(number.casefold() for number in item.numbers),
        doubt=_doubt(stops) if kind == "doubt" and item.status != "canceled" else "",
        length=sum(len(block_text(block)) for block in item.body),
        whole_from=whole_lead if any(marker.partial for marker in item.markers) else 0,
    )


def holding_marks(item: Item) -> tuple[Marker, ...]:
    """The markers by which an item's own words kill it or hold it back."""
    return tuple(marker for marker in item.markers if marker.action in {"withdraw", "hold"})


def _doubt(stops: Sequence[Marker]) -> str:
    said = ", ".join(marker.text for marker in stops)
    return f"it is marked {said}: waits for staff to confirm"


def kind_of(item: Item) -> VersionKind:
    """What a version brings: the whole text, more of it, a part of it, or only a word."""
    if item.edits:
        return "edits"
    if item.status == "canceled" or is_notice(item):
        return "notice"
    actions = {marker.action for marker in item.markers}
    if "replace+correct" in actions and erratum(item):
        return "erratum"
    if "append" in actions:
        return "take"
    return "patch" if "patch" in actions or picks_up(item) else "text"


def is_notice(item: Item) -> bool:
    """Whether the item only holds a story back, without telling it anew."""
    return item.status == "withheld" and not item.headline and not item.body


def ordinal_of(item: Item) -> int | None:
    """Which lead or update an item calls itself; of a take, which take; None for neither.

    Undated copy without a marker is the first: its arrival must not beat an earlier lead's word.
    """
    wanted = {"append"} if any(m.action == "append" for m in item.markers) else _REPLACES
    said = [m.ordinal for m in item.markers if m.action in wanted and m.ordinal is not None]
    if said:
        return max(said)
    dated = item.version_created or item.first_created
    return None if dated or item.markers else 0


# --------------------------------------------------------------------------------------
# Order
# --------------------------------------------------------------------------------------


def ordered(versions: Sequence[Version]) -> list[Version]:
    """The versions of a chain, oldest first, whatever the order in which they came."""
    return [version for _, version in _placed(versions)]


def places(versions: Sequence[Version]) -> dict[Rank, tuple[int, datetime]]:
    """Where each version stands in its chain: (ordinal in force, agency time)."""
    return {version.rank: place for place, version in _placed(versions)}


def _placed(versions: Sequence[Version]) -> list[tuple[tuple[int, datetime], Version]]:
    """Every version with its place, in order.

    A version without an ordinal is as far on as the last one before it in time that has one. A
    later number under the same id is never further back than an earlier one.
    """
    told = [
        (v.rank.time, v.ordinal) for v in versions if v.ordinal is not None and v.kind == "text"
    ]
    by_key: defaultdict[str, list[tuple[int, Version]]] = defaultdict(list)
    for version in versions:
        by_key[version.key].append((_ordinal_in_force(version, told), version))
    placed = []
    for key, own in by_key.items():
        own.sort(key=lambda pair: (pair[1].rank.version, pair[0], pair[1].rank))
        ordinal, time = 0, own[0][1].rank.time
        for nth, (said, version) in enumerate(own):
            ordinal, time = max(ordinal, said), max(time, version.rank.time)
            placed.append(((ordinal, time), key, nth, version))
    placed.sort(key=lambda row: row[:3])
    return [(place, version) for place, _, _, version in placed]


def _ordinal_in_force(version: Version, told: Sequence[tuple[datetime, int]]) -> int:
    if version.ordinal is not None and version.kind == "text":
        return version.ordinal
    return max((nth for time, nth in told if time <= version.rank.time), default=0)


def standing_of(versions: Sequence[Version]) -> Version | None:
    """The version whose text stands: the newest whole one, or None where there is none.

    An erratum stands where there is no text, what its own words kill or hold only where there is
    neither, and what is for desks alone only where nothing else was ever sent.
    """
    for kind in ("text", "erratum", "doubt", "internal"):
        texts = [version for version in versions if version.kind == kind]
        if texts:
            return _apart(ordered(texts))[0] if len(texts) > 1 else texts[0]
    return None


def tops_of(versions: Sequence[Version]) -> tuple[Version, ...]:
    """The new leads that came after the text that stands and may be no more than its top.

    They are far shorter than it, and do not say where it goes on: a person has to look.
    """
    texts = [version for version in ordered(versions) if version.kind == "text"]
    return _apart(texts)[1] if texts else ()


def _apart(texts: Sequence[Version]) -> tuple[Version, tuple[Version, ...]]:
    """The newest whole one of some texts, oldest first, and the tops after it."""
    stands, tops = texts[0], []
    for version in texts[1:]:
        if 100 * version.length < version.whole_from * stands.length:
            tops.append(version)
        else:
            stands, tops = version, []
    return stands, tuple(tops)


# --------------------------------------------------------------------------------------
# Filing
# --------------------------------------------------------------------------------------


def is_repeat(story: Story, version: Version, item: Item) -> bool:
    """Whether this version was filed before; arrival alone never makes a version new."""
    dated = item.version_created is not None or item.first_created is not None
    return any(
        known.fingerprint == version.fingerprint
        and known.key == version.key
        and known.rank.version == version.rank.version
        and (known.rank.time == version.rank.time or not dated)
        for known in story.versions
    )


def remember(versions: tuple[Version, ...], version: Version) -> tuple[Version, ...]:
    """The versions in rank order with one more, without the oldest texts beyond the limit."""
    kept = sorted((*versions, version), key=lambda known: known.rank)
    surplus = len(kept) - KEPT_VERSIONS
    if surplus <= 0:
        return tuple(kept)
    drop = [known for known in kept if known.status == "usable"][:surplus]
    return tuple(known for known in kept if known not in drop)


def filed_as(before: Story | None, story: Story, version: Version) -> FiledAs:
    """How a version was filed: by what stood before it and what stands now.

    new: its first text; newer: it changed what stands; older: another stands; same: it stands,
    but its text is that of the version before.
    """
    if version.kind == "notice":
        return "newer"
    if story.standing_rank != version.rank:
        changed = before is not None and before.standing_print != story.standing_print
        return "newer" if changed else "older"
    if before is None or not before.standing_print:
        return "new"
    return "same" if before.standing_print == story.standing_print else "newer"


def corrects(item: Item) -> bool:
    """Whether the agency calls this version a correction (signal, link, marker or public note)."""
    return (
        any("correction" in signal.lower() for signal in item.signals)
        or any(link.rel == "corrects" for link in item.links)
        or any(marker.action == "replace+correct" for marker in item.markers)
    )


def is_silent(item: Item) -> bool:
    """Whether the agency sent this version again for a change readers need not be told of."""
    silent = any(marker.action == "replace+silent" for marker in item.markers)
    return silent or bool(_confession(item, _REFILED))


_TEXT = r"(?:story|report|article|item|dispatch|headline|version|copy)"
_THIS = rf"this (?:[\w.]+ \d{{1,2}},? )?{_TEXT}"
_CORRECTED = (
    rf"(?:(?:editor[’']?s? |ed(?:itor)?s?[’']? )?note:\s*)?{_THIS} "
    r"(?:(?:has been|was) (?:corrected|amended|updated to correct)|corrects)\b"
)
_OWNS_UP = re.compile(
    rf"\W{{0,2}}(?:(?:in )?an (?:earlier|previous) version|{_CORRECTED}"
    r"|correction(?:,? [^:.]{3,30})?:)",
    re.IGNORECASE,
)
"""How a paragraph begins in which a report says itself what was wrong with it."""
_OWNS_UP_SURELY = re.compile(
    rf"\W{{0,2}}(?:(?:in )?an (?:earlier|previous) version of th(?:is|e) {_TEXT}\b|{_CORRECTED}"
    r"|dies(?:e|er) (?:meldung|artikel|bericht|text) wurde (?:korrigiert|berichtigt)"
    r"|(?:in einer )?früheren (?:version|fassung) die(?:ser|ses) (?:meldung|artikels|berichts"
    r"|textes)|cet(?:te)? (?:dépêche|article) a été (?:corrigé|rectifié)e?"
    r"|une version précédente de cet"
    r"|est[ae] (?:noticia|nota|artículo|información) (?:ha sido|fue) corregid[oa])",
    re.IGNORECASE,
)
"""The same where nothing else says that the version is a correction."""


_REFILED = re.compile(
    rf"\W{{0,2}}{_THIS} (?:has been|was|is being) (?:refiled|resent)\b", re.IGNORECASE
)
"""The sentence of a refile: what it mends is no error of fact."""
_ERRED = re.compile(
    r"(?:in|on|dans|en|na|nella) (?:(?:an?|its|our|the|some|one|earlier|der|unserer|notre|la|el)"
    r"\b.{0,40}?)?\b(?:story|stories|reports?|items?|articles?|dispatch(?:es)?|versions?|meldung"
    r"|dépêche|nota|noticia|notícia|notizia)\b.{0,400}?"
    r"\b(?:erroneously|incorrectly|wrongly|mistakenly|inaccurately|in error|misstated|misspelled"
    r"|misidentified|misreported|should (?:be |have )?(?:said|read)|gave (?:the|an?) (?:wrong"
    r"|incorrect)|(?:please|pls) read|muss es .{0,40}heißen|il (?:faut|fallait) lire"
    r"|(?:debe|debió) (?:decir|leerse)|léase|leia-se|si legga)\b",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_ERRATUM = 700
"""Characters of the longest text that says no more than what was wrong with another."""


def erratum(item: Item) -> str:
    """What a text says was wrong with a story, where it says nothing else; "" for any other."""
    if not item.body or len(item.body) > 3:
        return ""
    told = " ".join(" ".join(map(block_text, item.body)).split())
    return told if len(told) <= _LONGEST_ERRATUM and _ERRED.match(told) else ""


def owns_up(item: Item) -> str:
    """The paragraph in which a report tells readers that it has been corrected, "" for none.

    Only words that can mean nothing else count: a plan has earlier versions, too.
    """
    return _confession(item, _OWNS_UP_SURELY)


def _confession(item: Item, pattern: re.Pattern[str]) -> str:
    for block in (*item.body[-2:], *item.body[:1]):
        text = block_text(block)
        if block.kind == "p" and pattern.match(text):
            return text.strip("()[] ")
    return ""


def public_note(item: Item) -> str:
    """What the agency tells readers of a correction, or "".

    That is its note for readers; where the format has no place for one, the paragraph of the
    report that says it (it stays where it stands).
    """
    for note in item.ed_notes:
        if note.publishable:
            return note.text
    return _confession(item, _OWNS_UP) or erratum(item)


def with_change(
    story: Story, at: datetime, kind: ChangeKind, *, by: str = "agency", note: str = ""
) -> Story:
    """The story with one more line in its public history, the oldest beyond the limit dropped."""
    change = msgspec.convert({"at": at, "kind": kind, "by": by, "note": note}, Change)
    changes = (*story.changes, change)
    if len(changes) > KEPT_CHANGES:  # the first line, the publication, always stays
        changes = (changes[0], *changes[-(KEPT_CHANGES - 1) :])
    return msgspec.structs.replace(story, changes=changes)
