"""Names in running text: people, organisations, places and events, without a list of them.

Scripts with capitals are read here: a run of capitalised words is a name unless it only opens a
sentence; what stands around it tells of what kind it is. A surname or a short form that comes
later is another mention of its full name, a people's name one of its country. `names_elsewhere`
reads scripts without capitals.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from wirecopy.story.name_words import (
    ACRONYMS,
    AGES,
    BEFORE_TITLE,
    COMMON,
    DAYS,
    EVENTS,
    FIRST_NAMES,
    IN,
    LINKS,
    OF_HEADS,
    OPENERS,
    ORG_FIRST,
    ORGS,
    PLACES,
    TITLES,
    TRADES,
)
from wirecopy.story.prose import word_set

Kind = Literal["person", "organisation", "place", "event", "object"]
READ = 6000
"""Characters of a text in which names are looked for."""

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽΑ-ΩА-ЯЁІЇЄ"
_WORD = rf"(?:[{_UP}]\.(?:[{_UP}]\.)*|[{_UP}][\w'’]*+(?:-[\w'’]++)*+)"
_LINK = "(?:of|de|del|della|di|da|do|dos|das|du|des|la|le|les|el|al|von|van|der|den|zu|bin|ibn|y|&)"
_FIRST = rf"[{_UP}](?<!\w[{_UP}])(?:\.(?:[{_UP}]\.)*|[\w'’]*+(?:-[\w'’]++)*+)"
"""A word that begins here; a pattern that opens with plain letters is looked for faster."""
_RUN = re.compile(rf"{_FIRST}(?:[ \xa0](?:{_LINK} ){{0,2}}{_WORD})*")
_OWNER = re.compile(r"['’]s(?= |$)|(?<=[^s])['’](?= |$)")
_QUOTES = "\"“”„«»'‘’"
_SHORT = word_set("St Mt Dr Mr Mrs Ms Prof Gen Lt Sen Rep Gov Sgt Capt Col Jr Sr No")

_PLACELIKE = re.compile(r"\w{2,}(?:ia|land|stan|burg|ville|ford|bury|shire|ova|sk|grad)\Z")
"""How names of places end: what opens headline and lead and ends so is one."""
_TELLS = re.compile(
    r"[,\s]+(?:said|says|told|tells|added|adds|asked|warned|denied|admitted|wrote|spoke|sagte|"
    r"erklärte|teilte|dijo|afirmó|añadió|a dit|a déclaré|a promis|who|whose|\d\d,)\b"
)
_PEOPLE = ("n", "an", "ns", "ans", "ian", "ians", "ish", "ese", "i", "is", "er", "ers")
_ADJECTIVE = re.compile(r"\w{3,}(?:ian|ean|van|can|ese|ish|lan|ran|wan|yan|dan|nian)s?\Z")
_GERMAN = re.compile(rf"\b(?:in|bei|aus|nahe|um|für|von|gegen) ([{_UP}][\w-]+)(?! [{_UP}])")
_ARTICLES = (
    "(?:der|die|das|des|dem|den|ein|eine|einem|einen|einer|eines|kein|keine|mehr|viele|alle|zum|zur|"
    "im|am|beim|vom|ihr|ihre|sein|seine|dieser|diese|jeder|neue|neuen)"
)


_READABLE = word_set("en de fr es it pt nl sv da no nb nn")
"""Languages whose names keep their form; elsewhere endings would make many of one."""
_NORTHERN = word_set("sv da no nb nn")
"""Languages of which we know too few small words: one word is a name there only if it is known."""
_NEVER = DAYS | OPENERS | AGES | COMMON | ACRONYMS
_WITHIN = word_set("in near outside inside across bei aus nahe en à près dans desde")
"""What stands before places, and hardly ever before people."""
_ARTICLED = word_set("the a an der die das dem den le la les el los las")
"""What stands before things, and hardly ever before people."""
_SHORT_FORM = re.compile(rf" \(([{_UP}]{{2,6}})\)")
"""A short form in brackets, as it stands after the name that it is short for."""
_BEGIN_NAMES = word_set("New Las Los La Le El")
_BEGINNINGS = tuple(f"{word} " for word in sorted(_BEGIN_NAMES))
"""Openers that are part of the name where no sentence begins: New Harrow, Las Tunas."""
_LABELS = word_set("Exclusive Analysis Opinion Factbox Timeline Explainer Update Live Watch")
"""What ends the label before a headline: Norland Exclusive."""
_NOT_ALONE = OPENERS | COMMON | (EVENTS - {"Olympics"})
"""Words that name nothing by themselves, though they may stand for a longer name."""
_COMPANIES = word_set("Inc Ltd Corp Corporation Co plc PLC AG GmbH SE SA SpA LLC")
"""What the law adds to a company's name, and copy leaves out again."""
_DAY = f"(?:{'|'.join(sorted(DAYS))})"
_MADE = re.compile(rf"-(?:owned|based|led|backed|born|made|run|style|era)\Z|^{_DAY}-{_DAY}\Z")
"""How adjectives of names end: Norland-owned; and spans of months: Jan-March."""
_DEFINED = re.compile(r"\((?:[\w, ]{0,20}\b)?the [“\"]([^”\"]{2,40})[”\"]\)")
"""What a text only calls something for short: (the "Offering")."""
_LISTED = re.compile(r"\([\w. ]{0,20}:\s?\Z")
"""What stands before the code under which a share is listed: (Tarn Exchange: HLB)."""
_HEADS = (
    FIRST_NAMES
    | ORGS
    | ORG_FIRST
    | PLACES
    | word_set("Comet Storm Typhoon Hurricane Cyclone Operation Flight Hotel Project Mission")
)
"""Words that begin names even where the text has them without a capital too."""
_CUT = DAYS | OPENERS | AGES | LINKS
_CUT_LOW = TITLES | TRADES | BEFORE_TITLE
"""Words at which a run is taken apart; most runs have none."""


class Name(NamedTuple):
    """A name that a text speaks of: as it is written in full, and how much the text does."""

    name: str
    kind: Kind
    forms: tuple[str, ...]
    """The name and every shorter form that means it here."""
    mentions: int
    first: int


class _Run(NamedTuple):
    """One run of capitalised words, taken apart."""

    words: tuple[str, ...]
    opens: bool
    """Whether it opens a sentence, so that its capital proves nothing."""
    titled: bool
    quoted: bool
    before: str
    tells: bool
    lower_after: bool
    at: int


def names_in(text: str, *, language: str = "", known: Container[str] = ()) -> list[Name]:
    """The names in `text`, in the order of their first mention.

    `known` are casefolded names that need no proof. German writes every noun with a capital: there
    one word is a name only where nothing but a place could stand.
    """
    if language and language[:2].lower() not in _READABLE:
        return []
    runs = list(_runs(text[:READ], known))
    if language[:2].lower() == "de":
        runs = [run for each in runs for run in _without_nouns(each)]
        runs += _german_places(text[:READ])
        runs.sort(key=lambda run: run.at)
    found = _gathered(runs, text, known)
    if language[:2].lower() in _NORTHERN:
        found = [name for name in found if " " in name.name or name.name.casefold() in known]
    return found


# -- runs ------------------------------------------------------------------------------


def _runs(text: str, known: Container[str]) -> Iterator[_Run]:
    matches = [match for match in _RUN.finditer(text) if not _is_nothing(match, text)]
    telling = _telling([match[0] for match in matches])
    whole = {raw: _in_one(raw) for raw in {match[0] for match in matches}}
    begun = {
        pair for match in matches if (pair := _begun(match[0])) and not _opens(text, match.start())
    }
    for match in matches:
        raw, start = match[0], match.start()
        opens, words = _opens(text, start), whole[raw]
        if opens and (pair := _begun(raw)):
            opens = pair not in begun and pair.casefold() not in known
        if len(words) == 1:
            proves = raw in telling or raw[-1].isdigit() or raw.casefold() in known
            if opens and not proves:
                continue  # as most single words that open a sentence
            if raw.lower() not in TITLES:
                yield _run(text, words, start, match.end(), opens=opens)
            continue
        quoted = False
        if start and text[start - 1] in _QUOTES:
            quoted = text[match.end() : match.end() + 1] in set(_QUOTES) and " " in raw
        if words:
            yield _run(text, words, start, match.end(), opens=opens, quoted=quoted)
            continue
        place = start
        for piece in _OWNER.split(raw):
            if pieces := piece.split():
                yield from _parts(text, pieces, place, match.end(), opens, quoted)
            place += len(piece) + 2
            opens = False


def _is_nothing(match: re.Match[str], text: str) -> bool:
    """Whether a run is a day, a span of months, an acronym of many or the code of a share."""
    raw = match[0]
    if raw in _NEVER or ("-" in raw and _MADE.search(raw)):
        return True
    if not raw.isupper() or text[match.end() : match.end() + 1] not in {")", "."}:
        return False
    return _LISTED.search(text[max(0, match.start() - 24) : match.start()]) is not None


def _begun(raw: str) -> str:
    """The first two words of a run that begins as some names do and some sentences, else ""."""
    return " ".join(raw.split(" ", 2)[:2]) if raw.startswith(_BEGINNINGS) else ""


def _telling(raws: list[str]) -> set[str]:
    """The words that stand more than once, or within longer names too."""
    seen: set[str] = set()
    again: set[str] = set()
    for line in "\n".join(raws).replace("’", "'").replace("'s", "").replace("'", "").split("\n"):
        words = line.split()
        again.update(words if len(words) > 1 else seen.intersection(words))
        seen.update(words)
    return again


def _in_one(raw: str) -> tuple[str, ...]:
    """The words of a run where nothing has to be taken from it, else ()."""
    words = tuple(raw.split())
    if len(words) == 1:
        return words if "'" not in raw and "’" not in raw else ()
    if _in_a_crowd(words):
        return ()
    if len(words) > 3 or "'" in raw or "’" in raw or not _CUT.isdisjoint(words):
        return ()
    return words if _CUT_LOW.isdisjoint(raw.lower().replace(".", " ").split()) else ()


def _in_a_crowd(words: Sequence[str]) -> bool:
    """Whether the first word says what the person after it is: Rovers Anna Hale, Torwart Jan Roth.

    It ends as plurals and as German and Northern trades do.
    """
    if len(words) < 3 or words[1] not in FIRST_NAMES or words[0] in FIRST_NAMES:
        return False
    return words[0].endswith(("s", "er", "in", "ier", "or", "wart"))


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, a line or a quotation begins here."""
    if start == 0:
        return True
    last = text[start - 1]
    if last in _QUOTES or last in "\n(":
        return True
    if last not in " \xa0":
        return False
    before = text[start - 2 : start - 1]
    if before == ".":
        word = text[max(0, start - 7) : start - 2].rsplit(" ", 1)[-1]
        return word not in _SHORT and len(word) > 1
    return before in "!?:;…"


def _parts(
    text: str, words: list[str], at: int, end: int, opens: bool, quoted: bool
) -> Iterator[_Run]:
    """The names of one run: cut at days and links that join nothing, freed of titles."""
    piece: list[str] = []
    titled = False
    for number, word in enumerate(words):
        if word in DAYS or (word == "of" and not (piece and piece[-1] in OF_HEADS)):
            yield from _made(text, piece, at, end, opens, quoted, titled)
            piece, titled, opens = [], False, False
            continue
        low = word.lower().rstrip(".")
        if low in TITLES and number < len(words) - 1:
            yield from _made(text, _untitled(piece), at, end, opens, quoted, titled)
            piece, titled, opens = [], True, False
            continue
        piece.append(word)
    yield from _made(text, piece, at, end, opens, quoted, titled)


def _untitled(piece: list[str]) -> list[str]:
    """The words before a title without those that belong to it: Interior Minister."""
    while piece and piece[-1].lower() in BEFORE_TITLE:
        piece = piece[:-1]
    return piece


def _made(
    text: str, piece: list[str], at: int, end: int, opens: bool, quoted: bool, titled: bool
) -> Iterator[_Run]:
    while piece and piece[-1] in LINKS:
        piece = piece[:-1]
    opener = ""
    while len(piece) > 1 and piece[-1] in _LABELS:
        piece = piece[:-1]
    if not quoted and not (len(piece) > 1 and piece[0] in _BEGIN_NAMES and not opens):
        while piece and (piece[0] in OPENERS or (opens and piece[0].lower() in TRADES)):
            titled = titled or (piece[0].lower() in TRADES and len(piece) > 2)
            opener, piece, opens = piece[0].lower(), piece[1:], False
            while piece and piece[0] in LINKS:
                piece = piece[1:]
    while piece and piece[0] in LINKS:
        piece = piece[1:]
    if piece and _in_a_crowd(piece):
        piece = piece[1:]
    if not piece or piece[-1].lower().rstrip(".") in TITLES or piece[-1] in AGES:
        return
    if len(piece) > 3 and all(map(str.isupper, piece)):
        return  # words that shout, as headings do
    words = tuple(piece) if len(piece) > 1 else (piece[0].rstrip("'’"),)
    run = _run(text, words, at, end, opens=opens, titled=titled, quoted=quoted)
    yield run._replace(before=opener) if opener else run


def _run(
    text: str,
    words: tuple[str, ...],
    at: int,
    end: int,
    *,
    opens: bool,
    titled: bool = False,
    quoted: bool = False,
) -> _Run:
    before = "" if opens else text[text.rfind(" ", 0, max(0, at - 1)) + 1 : at - 1]
    tells = _TELLS.match(text, end) is not None if len(words) > 1 else False
    lower_after = text[end : end + 1] == " " and text[end + 1 : end + 2].islower()
    return _Run(words, opens, titled, quoted, before.lower(), tells, lower_after, at)


def _without_nouns(run: _Run) -> Iterator[_Run]:
    """What is a name of a run where every noun has a capital: no genitives, no single nouns."""
    words = run.words
    if not run.titled:
        for link in ("von", "der", "des", "den"):
            if link in words:
                words = words[words.index(link) + 1 :]
    if len(words) > 2 and run.before in {"der", "die", "das", "dem", "den"}:
        words = words[1:]
    if len(words) > 1 and words[-1].endswith("n") and words[-1] not in ORGS:
        words = (*words[:-1], words[-1].removesuffix("n")) if words[-1][:-1] in ORGS else words
    if len(words) > 1:
        yield run._replace(words=words)
    elif words and run.titled:  # a surname, if its full name stands elsewhere
        yield run._replace(words=words, opens=True)


def _german_places(text: str) -> Iterator[_Run]:
    """Single words after a preposition and never after an article: places, by their grammar."""
    for match in _GERMAN.finditer(text):
        word = match[1]
        if word in DAYS or text.count(word) < 2:
            continue
        if re.search(rf"\b{_ARTICLES} (?:\w+[en] )?{re.escape(word)}\b", text, re.IGNORECASE):
            continue
        yield _Run(
            (word,), opens=False, titled=False, quoted=False, before="in", tells=False,
            lower_after=True, at=match.start(1),
        )  # fmt: skip


# -- from runs to names ----------------------------------------------------------------


class _Draft:
    """A name while its mentions are gathered."""

    __slots__ = ("at", "count", "forms", "kind", "people", "places", "words")

    def __init__(self, words: tuple[str, ...], at: int) -> None:
        self.words = words
        self.at = at
        self.count = 0
        self.kind = _by_words(words)
        self.people = 0
        self.places = 0
        self.forms = [" ".join(words)]


def _gathered(runs: list[_Run], text: str, known: Container[str]) -> list[Name]:
    drafts: dict[tuple[str, ...], _Draft] = {}
    singles: list[_Run] = []
    plain = set(text.split())
    whole = {run.words for run in runs if len(run.words) > 1}
    for run in runs:
        if len(run.words) == 1:
            singles.append(run)
            continue
        for words in _pieces(run.words, whole):
            key = _shorter(run, words, whole, text, plain)
            if len(key) == 1:
                singles.append(run._replace(words=key, opens=False))
            else:
                _tell(drafts.setdefault(key, _Draft(key, run.at)), run)
    ends: dict[str, list[_Draft]] = {}
    for draft in drafts.values():
        ends.setdefault(draft.words[-1], []).append(draft)
        if draft.words[0] not in PLACES:
            ends.setdefault(draft.words[0], []).append(draft)
    for short in _SHORT_FORM.finditer(text):
        last = text[max(0, short.start() - 40) : short.start()].replace(".", "").split()[-2:]
        full = (draft for word in last for draft in ends.get(word, ()))
        if same := [draft for draft in full if draft.words[0][0] == short[1][0]]:
            ends[short[1]] = same[-1:]
    _gather_singles(singles, drafts, ends, _opening_places(singles, known))
    _join_peoples(drafts)
    defined = set(_DEFINED.findall(text)) if "(" in text else set()
    named = [
        draft
        for words, draft in drafts.items()
        if draft.count
        and draft.forms[0] not in defined
        and not (words[0].lower() in plain and f" {' '.join(words).lower()} " in text)
    ]
    named.sort(key=lambda draft: draft.at)
    return [Name(" ".join(d.words), _kind(d, text), tuple(d.forms), d.count, d.at) for d in named]


def _pieces(words: tuple[str, ...], whole: set[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Teachers' Union of Norland as two names, where the first stands alone as well."""
    if "of" in words:
        place = words.index("of")
        if words[:place] in whole:
            return words[:place], words[place + 1 :]
    return (words,)


def _shorter(
    run: _Run, words: tuple[str, ...], whole: set[tuple[str, ...]], text: str, plain: set[str]
) -> tuple[str, ...]:
    """The words as the name stands elsewhere: with The, without what was added here alone."""
    if ("The", *words) in whole:
        return ("The", *words)
    if words[-1] in _COMPANIES and words[:-1] in whole:
        return words[:-1]
    if not run.opens or run.quoted:
        return words
    if len(words) > 2 and words[1:] in whole:
        return words[1:]
    opener = words[0].lower()
    if opener not in plain and f"{opener}." not in plain:
        return words
    again = words[0] in _HEADS or text.count(" ".join(words)) > 1
    return words if run.tells or again else words[1:]


def _gather_singles(
    singles: list[_Run],
    drafts: dict[tuple[str, ...], _Draft],
    ends: dict[str, list[_Draft]],
    sure: set[str],
) -> None:
    """Let single words be mentions of full names, or names of their own."""
    sure = sure | {run.words[0] for run in singles if not run.opens and _stands_alone(run)}
    placed = {run.words[0] for run in singles if run.before in IN}
    for run in singles:
        word = run.words[0]
        full = ends.get(word)
        if full and not (full[0].kind == "event" and run.before in IN):
            person = next((d for d in full if d.words[-1] == word and d.kind == "person"), full[0])
            person.count += 1
            if word not in person.forms:
                person.forms.append(word)
            if person.words[-1] == word:
                person.people += -1 if run.before in _ARTICLED else 1
            person.places += run.before in _WITHIN
        elif word in sure and len(word) > 1:
            if run.lower_after and word not in placed and _ADJECTIVE.match(word):
                continue
            _tell(drafts.setdefault((word,), _Draft((word,), run.at)), run)


def _opening_places(singles: list[_Run], known: Container[str]) -> set[str]:
    """Single words that only ever open a sentence and are names all the same.

    Known ones, those with a figure (Lyre-1), and those that do so twice and look like places.
    """
    opening = [run.words[0] for run in singles if run.opens]
    return {
        word
        for word in set(opening)
        if word.casefold() in known
        or word[-1].isdigit()
        or (opening.count(word) > 1 and _PLACELIKE.match(word))
    }


def _stands_alone(run: _Run) -> bool:
    word = run.words[0]
    return word not in _NOT_ALONE and word.lower() not in TITLES


def _tell(draft: _Draft, run: _Run) -> None:
    """Count one mention, and what it says of the kind of name."""
    draft.count += 1
    if run.titled:
        draft.kind = "person"
    elif run.quoted:
        draft.kind = draft.kind or "object"
    draft.people += run.tells
    draft.places += run.before in _WITHIN


def _by_words(words: tuple[str, ...]) -> Kind | None:
    """The kind of a name that its own words tell, else None."""
    last = words[-1]
    if last in EVENTS:
        return "event"
    head = words[words.index("of") - 1] if "of" in words[1:] else last
    if last in ORGS or words[0] in ORG_FIRST or head in ORG_FIRST:
        return "organisation"
    if last in PLACES or words[0] in PLACES:
        return "place"
    if len(words) == 1:
        return "organisation" if last.isupper() and len(last) < 6 else None
    return "person" if words[0] in FIRST_NAMES and len(words) < 5 else None


def _join_peoples(drafts: dict[tuple[str, ...], _Draft]) -> None:
    """Let a people's name (Kestrian) be a mention of its country (Kestria) where both stand."""
    singles = {words[0]: draft for words, draft in drafts.items() if len(words) == 1}
    for word, draft in singles.items():
        if not word.endswith(("n", "ns", "ish", "ese", "i", "is", "er", "ers")):
            continue
        for size in range(len(word) - 1, max(3, len(word) - 5), -1):
            base = singles.get(word[:size]) or next(
                (
                    singles[word[:size] + vowel]
                    for vowel in "aeoy"
                    if word[:size] + vowel in singles
                ),
                None,
            )
            if base is not None and base is not draft and word[size:] in _PEOPLE:
                base.count += draft.count
                base.at = min(base.at, draft.at)
                base.forms.append(word)
                base.kind = "place"
                draft.count = 0
                break


def _kind(draft: _Draft, text: str) -> Kind:
    """The kind that its words tell, else the one that more of its mentions do; object for none."""
    words = draft.words
    if draft.kind is not None:
        return draft.kind
    if draft.places > max(0, draft.people):
        return "place"
    if len(words) in {2, 3} and not any(map(str.isdigit, words[-1])):
        age = text.find(f"{words[-1]}, ")
        aged = age >= 0 and text[age + len(words[-1]) + 2 :][:2].isdigit()
        thing = f" {words[-1].lower()}" in text
        return "person" if aged or (draft.people > 0 and not thing) else "object"
    return "object"


def mentioned(forms: Iterable[str], line: str) -> bool:
    """Whether one of these forms stands in the casefolded line as whole words."""
    for form in forms:
        at = line.find(form)
        while at >= 0:
            end = at + len(form)
            if not line[at - 1 : at].isalnum() and not line[end : end + 1].isalnum():
                return True
            at = line.find(form, at + 1)
    return False
