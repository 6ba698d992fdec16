"""Targets: which item a kill, a hold or a correction in prose means, and which story that is.

    targets_of   the words of a notice  ─▶ numbers, ids, slugs, headlines, pictures it names
    resolve      those and the stories that are there ─▶ one story, none, or several to ask about
    releases     whether a notice frees what an earlier one held

Nothing is guessed: what fits two stories is reported as two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from wirecopy.model import Item, Marker, Target
from wirecopy.story import chains, markers
from wirecopy.story.agencies import KNOWN
from wirecopy.story.identity import normal_key
from wirecopy.story.prose import block_text

_SHORTEST = 3
"""Words of the shortest headline that speaks to desks."""
STOPPING = frozenset({"withdraw", "hold"})
"""What a marker asks for that keeps copy from readers; its item may name another one."""
_LONGEST = 4000
"""Characters of a notice that are looked through."""
_MOST = 12
"""Targets of one notice; a longer list is a report about kills and none itself."""

_QUOTED = (
    r"(?:“(?P<q1>[^”“]{4,300})”|\"(?P<q2>[^\"]{4,300})\"|„(?P<q3>[^“”„]{4,300})[“”]"
    r"|[«»]\s?(?P<q4>[^«»]{4,300}?)\s?[«»]|‘(?P<q5>[^‘]{4,300}?)’(?!\w)|「(?P<q6>[^」]{2,200})」)"
)
_HEADLINED = re.compile(
    r"\b(?:headlined?|entitled|titled|under the (?:headline|title)"
    r"|(?:mit der |unter der )?(?:Überschrift|Schlagzeile)|mit dem Titel|betitelt"
    r"|intitulée?s?|titrée?s?|sous le titre|titulad[ao]s?|con el título|título|titular|titre"
    r"|intitulad[ao]s?|dal titolo|intitolat[ao]|titolo|getiteld|met de kop|заголовок\w*"
    r"|शीर्षक(?: वाली)?|वाली खबर|story|item|report|article|dispatch|Meldung|dépêche|noticia)\s*:?\s*"
    + _QUOTED,
    re.IGNORECASE,
)
_SLUG_ENDS = (
    r"(?!(?i:the|an?|it|this|these|we|please|eds?|story|item|report|sent|moved|filed|dated|slugged"
    r"|which|that|because|since|as|and|or|of|from|on|at|for|by|in|with|to|under|due|is|was|has|had"
    r"|were|are|will|must|should|headlined?|there|not|kill|hold|do)\b)"
)
"""Words that no slug goes on with: behind a slug in prose they begin what is said of it."""
_SLUGGED = re.compile(
    r"\b(?i:slug(?:ged|[- ]?line)?|keywords?|catchline|Stichwort(?:zeile)?|Stichworten|mot-clés?"
    r"|palabras? clave)\s*:?\s*(?:" + _QUOTED + r"|(?P<bare>[A-Z][\w&/-]{0,60}"
    r"(?:[ ]" + _SLUG_ENDS + r"[\w&/-]{1,40}){0,5}))"
)
_CYCLED = re.compile(
    r"\b(?:BC|AM|PM)-{1,2}[A-Z][\w&/-]{2,60}(?: " + _SLUG_ENDS + r"[A-Z][\w&/-]{0,60}){0,4}"
)
_ID = re.compile(
    r"(?P<id>\b(?:urn|tag):[A-Za-z0-9][\w.:,;/@+~%#-]{5,200}"
    r"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b|\b[0-9a-fA-F]{24,64}\b)"
)
_NAMED_ID = re.compile(
    r"\b(?i:guid|item[- ]?id|story[- ]?id|news[- ]?item|id|item|USN)"
    r"\s*(?i:no\.?|number)?\s*[:=#]?\s*(?P<id>(?=[\w.:/-]{0,200}\d)[A-Za-z0-9][\w.:/@-]{5,200})"
)
_THING = (
    r"(?:item|story|report|take|dispatch|text|number|no|nr|Meldung|Bericht|Text|dépêche|nota|noticia"
    r"|lancio|bericht|корреспонденция)"
)
_NUMBERED = re.compile(
    rf"\b(?i:{_THING}s?)\.?\s+(?:(?i:no|nr|number|Nummer|núm|n°)\.?\s*)?"
    r"(?:(?P<agency>[A-Za-z]{2,8})[ -]?)?(?P<number>\d{2,5})\b"
    r"(?![.,:]\d|\s*(?:%|Uhr\b|GMT\b|hrs\b|words\b|Wörter\b))"
)
_BY_AGENCY = re.compile(r"\b(?P<agency>[A-Za-z]{2,8})[ -](?P<number>\d{2,5})\b(?![.,:]\d)")
_ALSO_NUMBER = re.compile(r"\s*(?:,|and|und|et|y|e|en|/|&)\s*(?P<number>\d{2,5})\b(?![.,:]\d)")
_CORRECTS = re.compile(r"\bCOR\s+(?P<number>\d{1,5})\b")
_SERVICE = re.compile(r"\b(?P<letter>[abcdfhkpstvwz])(?P<number>\d{4})\b")
"""A number of the ANPA wires: the letter of a service and four figures."""
_PHOTO = re.compile(r"\b[A-Z]{2,5}\d{3,12}\b")
_PICTURED = re.compile(
    r"\b(?:photos?|pictures?|images?|captions?|graphics?|videos?|audio|fotos?|bild(?:er)?"
    r"|photographies?|imágen(?:es)?|imagen)\b",
    re.IGNORECASE,
)
_SUBSTITUTE = re.compile(
    r"\b(?:substitut|replacement|(?:replaced|superseded) by|ersetzt durch|Ersatz|Neufassung"
    r"|neue Fassung|remplacée? par|sustituid[ao]s? por|sostituit[ao] da"
    r"|use\b(?=[^.;]{0,80}\binstead\b))[^.;]*",
    re.IGNORECASE,
)
"""The clause that names what to use instead."""
_TRAIL = ".,;:)]}>\"'”’"


# --------------------------------------------------------------------------------------
# What the words name
# --------------------------------------------------------------------------------------


def number_name(agency: str, number: str) -> str:
    """How a running number is written in `Item.numbers` and in targets: "dpa 61"."""
    return f"{KNOWN.get(agency.casefold(), agency).casefold()} {int(number)}".strip()


def targets_of(texts: Iterable[str], agency: str = "") -> tuple[Target, ...]:
    """What the texts of a notice name: ids, numbers, slugs, headlines and pictures, in that order.

    `agency` is whose notice it is; its name stands in front of numbers that come bare.
    """
    said = [_SUBSTITUTE.sub("", " ".join(text[:_LONGEST].split())) for text in texts]
    found: dict[Target, None] = {}
    for read in (_ids, _numbers, _slugs, _headlines, _photos):
        for text in said:
            found |= dict.fromkeys(read(text, agency))
    return tuple(found)[:_MOST]


def _ids(text: str, agency: str) -> list[Target]:  # noqa: ARG001 - all readers are asked alike
    found = [match["id"].rstrip(_TRAIL) for match in _ID.finditer(text)]
    found += [
        token
        for match in _NAMED_ID.finditer(text)
        if not _ID.match(token := match["id"].rstrip(_TRAIL)) and not _is_word_id(token)
    ]
    return [Target(kind="id", value=value) for value in found]


def _is_word_id(token: str) -> bool:
    """Whether a token behind "item" is a number, date or slug and no id."""
    return bool(re.fullmatch(r"[\d.:/-]+|(?:BC|AM|PM)-.*|[a-z]\d{4}|[A-Za-z]{2,8}-?\d{2,5}", token))


def _numbers(text: str, agency: str) -> list[Target]:
    found = [match[0].casefold() for match in _SERVICE.finditer(text)]
    found += [number_name(agency, match["number"]) for match in _CORRECTS.finditer(text)]
    for match in (*_NUMBERED.finditer(text), *_BY_AGENCY.finditer(text)):
        sender = _sender(match["agency"] or "", agency)
        if sender is None:
            continue
        found.append(number_name(sender, match["number"]))
        place = match.end()
        while more := _ALSO_NUMBER.match(text, place):
            found.append(number_name(sender, more["number"]))
            place = more.end()
    return [Target(kind="number", value=value) for value in found]


def _sender(token: str, agency: str) -> str | None:
    """The agency that a number belongs to: the one it names, else the notice's own."""
    if not token:
        return agency or None
    known = token.casefold() in KNOWN or token.casefold() == agency.casefold()
    return token if known else None


def _slugs(text: str, agency: str) -> list[Target]:  # noqa: ARG001 - all readers are asked alike
    found = [_quoted(match) or (match["bare"] or "") for match in _SLUGGED.finditer(text)]
    found += [match[0] for match in _CYCLED.finditer(text)]
    found = [value.rstrip(_TRAIL).strip() for value in found]
    return [Target(kind="slug", value=value) for value in found if value]


def _headlines(text: str, agency: str) -> list[Target]:  # noqa: ARG001 - all readers are asked alike
    return [
        Target(kind="headline", value=_quoted(match).rstrip(",;").strip())
        for match in _HEADLINED.finditer(text)
    ]


def _photos(text: str, agency: str) -> list[Target]:  # noqa: ARG001 - all readers are asked alike
    """Ids of pictures, which only a notice that speaks of pictures can name."""
    if not _PICTURED.search(text):
        return []
    return [Target(kind="photo", value=match[0]) for match in _PHOTO.finditer(text)]


def _quoted(match: re.Match[str]) -> str:
    return next((part for name, part in match.groupdict().items() if name[0] == "q" and part), "")


def stopped(headline: str, agency: str) -> tuple[Marker, ...]:
    """What a headline says that is a whole sentence to desks ("Please do not use this report")."""
    marker = markers.in_line(headline, agency) if len(headline.split()) >= _SHORTEST else None
    return (marker,) if marker is not None and marker.action in STOPPING else ()


def _stops(mark: Marker) -> bool:
    """Whether a marker may be a notice on another item."""
    return mark.action in STOPPING and not markers.speaks_of_itself(mark)


def targets_in(item: Item, agency: str = "") -> tuple[Target, ...]:
    """What a clean item says it kills, holds, frees or corrects, itself left out.

    A report's own text is never read for targets, only a notice's: a correction names what it
    corrects in its notes.
    """
    stops = item.status != "usable" or any(map(_stops, item.markers))
    names = stops or any(mark.action == "replace+correct" for mark in item.markers)
    if not names and not any(link.rel in _STATED for link in item.links) and not releases(item):
        return ()
    notes = (note.text for note in item.ed_notes if note.role not in ELSEWHERE)
    texts = [item.headline, *notes]
    if stops or not names:
        texts += [block_text(block) for block in item.body[:_NOTICE]]
    whose = _numbered_by(item)
    own = {*map(str.casefold, item.numbers), item.item_id, *item.alt_ids}
    found = targets_of(texts, whose or item.provider or agency)
    found = tuple(target for target in found if target.value not in own)
    exact = any(target.kind in ("id", "number", "photo") for target in found)
    return (*found, *_by_its_own_name(item, agency)) if stops and not exact else found


def _by_its_own_name(item: Item, agency: str) -> tuple[Target, ...]:
    """Slug and headline of a notice: "KILL: Ferry sinks" means that story, if it names no other.

    A kill by status alone means its own id and names nobody.
    """
    if not any(map(_stops, item.markers)):
        return ()
    found = []
    if chains.stem(item.slug, agency or item.provider):
        found.append(Target(kind="slug", value=item.slug, own=True))
    bare, _, marks = markers.find(item.headline, "", agency or item.provider)
    if not marks and len(bare.split()) > 1:
        found.append(Target(kind="headline", value=bare, own=True))
    return tuple(found)


ELSEWHERE = frozenset({"notebook", "closed", "footer", "picture", "embargo"})
"""Notes that tell desks of other things; related stories and contacts stand in them."""
_STATED = frozenset({"withdraws", "holds", "corrects"})
_NOTICE = 3
"""Blocks of a body in which a notice says what it is about."""


# --------------------------------------------------------------------------------------
# Which story that is
# --------------------------------------------------------------------------------------

WINDOW = timedelta(days=7)
"""How far from a notice its item may lie, on either side."""
_CYCLE = timedelta(hours=24)
"""Running numbers begin again every day: one within a day before the notice is meant."""
_ALIKE = 0.9
"""Likeness (difflib's ratio over the letters alone) from which on two headlines are one."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One story that a notice may mean, in plain values."""

    story: str
    """Whatever the caller knows it by; it comes back in the verdict."""
    time: datetime
    names: tuple[str, ...] = ()
    """Its item's ids."""
    numbers: tuple[str, ...] = ()
    stem: str = ""
    """As `chains.stem_of` gives it."""
    headline: str = ""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a notice's targets lead to. unique: every name that fits anything fits one story."""

    kind: Literal["unique", "none", "several"]
    hits: tuple[Candidate, ...] = ()
    """The stories, oldest first; of a unique verdict more than one only if it named several."""
    by: Literal["", "id", "number", "slug", "headline"] = ""


def resolve(
    targets: Sequence[Target],
    candidates: Iterable[Candidate],
    *,
    at: datetime,
    agency: str = "",
) -> Verdict:
    """Which stories the targets of a notice sent `at` mean; the candidates' order is no matter.

    Exact id, then number, then slug, then headline: the first that fits anything decides, and the
    ones behind it only choose among several. The notice's own slug and headline are asked where
    nothing that it names fits. Only candidates within `WINDOW` count.
    Pictures are no stories and are passed over.
    """
    near = sorted(
        (each for each in candidates if _is_near(each, at)),
        key=lambda each: (each.time, each.story),
    )
    named = _resolved([target for target in targets if not target.own], near, at, agency)
    if named.kind != "none":
        return named
    return _resolved([target for target in targets if target.own], near, at, agency)


def _resolved(
    targets: Sequence[Target], near: list[Candidate], at: datetime, agency: str
) -> Verdict:
    levels = []
    for kind in _LEVELS:
        wanted = [target.value for target in targets if target.kind == kind]
        groups = [hits for value in wanted if (hits := _hits(kind, value, near, at, agency))]
        if groups:
            levels.append((kind, groups))
    if not levels:
        return Verdict(kind="none")
    kind, groups = levels[0]
    for _, others in levels[1:]:
        also = {each.story for group in others for each in group}
        groups = [_narrowed(group, also) for group in groups]
    stories = {each.story: each for group in groups for each in group}
    single = all(len({each.story for each in group}) == 1 for group in groups)
    meant = tuple(sorted(stories.values(), key=lambda each: (each.time, each.story)))
    return Verdict(kind="unique" if single else "several", hits=meant, by=kind)


_LEVELS: tuple[Literal["id", "number", "slug", "headline"], ...] = (
    "id",
    "number",
    "slug",
    "headline",
)


def _is_near(candidate: Candidate, at: datetime) -> bool:
    return abs(candidate.time - at) <= WINDOW


def _narrowed(group: list[Candidate], also: set[str]) -> list[Candidate]:
    """The group's members that another name fits too, the whole group when none is."""
    return [each for each in group if each.story in also] or group


def _hits(
    kind: str, value: str, near: list[Candidate], at: datetime, agency: str
) -> list[Candidate]:
    if kind == "id":
        key = normal_key(value)
        return [each for each in near if key in map(normal_key, each.names)]
    if kind == "number":
        number = value.casefold()
        return _latest([each for each in near if number in each.numbers], at)
    if kind == "slug":
        return _by_slug(value, near, agency)
    return _by_headline(_letters(value), near)


def _latest(hits: list[Candidate], at: datetime) -> list[Candidate]:
    """Those of the day before the notice, else of the day after it, else all."""
    before = [each for each in hits if timedelta(0) <= at - each.time <= _CYCLE]
    after = [each for each in hits if timedelta(0) < each.time - at <= _CYCLE]
    return before or after or hits


def _by_slug(slug: str, near: list[Candidate], agency: str) -> list[Candidate]:
    """Those of the slug; else of its first words, two at least: prose may go on behind a slug."""
    words = slug.split(" ")
    for count in range(len(words), 0, -1):
        stem = chains.stem(" ".join(words[:count]), agency)
        if (count == len(words) or "-" in stem) and (hits := _by_stem(stem, near)):
            return hits
    return []


def _by_stem(stem: str, near: list[Candidate]) -> list[Candidate]:
    """Those of the same stem, else those that are the same but for a region one does not say."""
    if not stem:
        return []
    same = [each for each in near if each.stem == stem]
    topic = chains.topic_of(stem)
    return same or [
        each
        for each in near
        if chains.topic_of(each.stem) == topic and ("--" in each.stem) != ("--" in stem)
    ]


def _by_headline(wanted: str, near: list[Candidate]) -> list[Candidate]:
    """Those of the very headline, else those of one that is alike."""
    same = [each for each in near if wanted and _letters(each.headline) == wanted]
    return same or [each for each in near if _alike(wanted, _letters(each.headline))]


def _letters(headline: str) -> str:
    """The headline's words in small letters, one space between them, 300 characters at most."""
    text = unicodedata.normalize("NFKC", headline).casefold()
    return " ".join(re.findall(r"[^\W_]+", text))[:300]


def _alike(one: str, other: str) -> bool:
    if not one or not other or 2 * min(len(one), len(other)) < _ALIKE * (len(one) + len(other)):
        return False
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE


# --------------------------------------------------------------------------------------
# What frees a hold
# --------------------------------------------------------------------------------------

_FREED = re.compile(
    r"\b(?:may|can) (?:now |again )?be (?:used|published|run)\b"
    r"|\b(?:is|are) (?:now )?free for use\b"
    r"|\b(?:is|are|has been|have been|was|were) (?:now )?(?:released|cleared|freed)"
    r"(?: for (?:use|publication))?\b"
    r"|\b(?:hold|withhold) (?:on \S+(?: \S+)? )?(?:is |has been |was )?"
    r"(?:lifted|released|removed|cancell?ed)\b|\bRELEASE(?: RELEASE)+\b"
    r"|\b(?:we )?(?:release|lift) the hold\b"
    r"|\b(?:wieder|jetzt|nun) (?:frei(?:gegeben)?\b|verwende[tn]\b)"
    r"|\bfreigegeben\b|\bSperrung (?:ist |wird |wurde )?aufgehoben\b"
    r"|\bpe(?:ut|uvent) (?:de nouveau |à nouveau )?être (?:utilisée?s?|publiée?s?|diffusée?s?)\b"
    r"|\bpuede[n]? (?:volver a )?(?:usarse|utilizarse|publicarse)\b|\bqueda[n]? liberad[ao]s?\b"
    r"|\bpuò essere (?:utilizzat[ao]|pubblicat[ao])\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:not|never|cannot|until|unless|before|if|once|when|whether|later|pending|after"
    r"|nicht|bis|erst|sobald|wenn|falls|später|pas|avant|jusqu\w*|si|quand|hasta|antes|cuando|non"
    r"|finché|se)\b",
    re.IGNORECASE,
)
_DESKS = re.compile(
    r"\b(?:HOLD|held|hold|withheld|desks?|editors?|Eds|subscribers|clients|Redaktionen|Sperre"
    r"|Sperrung|rédactions|abonados|redazioni)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_SHORT_NOTICE = 800
"""Characters of markup above which a text is a report and no notice."""


def releases(item: Item) -> bool:
    """Whether the item is a notice that frees what an earlier one held.

    It must say so as a fact: "later advisory may free it", "not until it is released" do not.
    """
    if item.status == "canceled" or any(mark.action == "withdraw" for mark in item.markers):
        return False
    if len(item.body) > _NOTICE or sum(len(block.html) for block in item.body) > _SHORT_NOTICE:
        return False
    texts = [item.headline, *(note.text for note in item.ed_notes), *map(block_text, item.body)]
    freed = any(
        _FREED.search(sentence) and not _NOT_YET.search(sentence)
        for text in texts
        for sentence in _SENTENCE.split(text[:_LONGEST])
    )
    return freed and _speaks_of_copy(texts, _numbered_by(item) or "-")


def _numbered_by(item: Item) -> str:
    """Whose numbers an item bears, "" for none: "mer" of "mer 103", whoever that is."""
    return next((n.rpartition(" ")[0] for n in item.numbers if " " in n), "")


def _speaks_of_copy(texts: list[str], agency: str) -> bool:
    """Whether a notice names copy: films are released too, and titles are quoted in reports."""
    kinds = {target.kind for target in targets_of(texts, agency)}
    return bool(kinds & {"id", "number", "slug"}) or (
        "headline" in kinds and any(map(_DESKS.search, texts))
    )
