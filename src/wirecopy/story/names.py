"""Names in running text: people, organisations, places and events, without a list of them.

Scripts with capitals are read here: a run of capitalised words is a name unless it only opens a
sentence; what stands around it tells of what kind it is. A surname or a short form that comes
later is another mention of its full name, a people's name one of its country. `names_elsewhere`
reads scripts without capitals.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Literal, NamedTuple

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
_LINKS = word_set(
    "of de del della di da do dos das du des la le les el al von van der den zu bin ibn y &"
)
_QUOTES = "\"“”„«»'‘’"
_SHORT = word_set("St Mt Dr Mr Mrs Ms Prof Gen Lt Sen Rep Gov Sgt Capt Col Jr Sr No")

_DAYS = word_set(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
    June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep
    Oct Nov Dec Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Januar
    Februar März Mai Juni Juli Oktober Dezember I Christmas Easter Ramadan Internet GMT UTC
    CET EST AM PM Mittwochabend Montagabend Dienstagabend Donnerstagabend Freitagabend
    Samstagabend"""
)
_TITLES = word_set(
    """minister president premier chancellor governor senator mayor mayoress king queen prince
    princess pope general colonel captain judge justice sir dame lord lady mr mrs ms miss dr
    prof professor rev reverend bishop archbishop chairman chairwoman director secretary
    ambassador sergeant officer inspector commissioner lieutenant admiral major doctor sheikh
    imam rabbi representative rep sen gov gen councillor congressman congresswoman deputy
    speaker emperor sheriff m herr frau bürgermeister bürgermeisterin oberbürgermeister
    oberbürgermeisterin landrat landrätin kanzler kanzlerin bundeskanzler bundeskanzlerin
    ministerin präsident präsidentin trainer trainerin innenminister innenministerin
    außenminister außenministerin finanzminister finanzministerin ministerpräsident
    ministerpräsidentin vorstandschef vorstandschefin sprecher sprecherin direktor direktorin
    monsieur madame président présidente ministre maire roi reine señor señora presidente
    presidenta ministro ministra alcalde alcaldesa rey reina don doña juez jueza gobernador
    gobernadora"""
)
_BEFORE_TITLE = word_set(
    """prime interior foreign finance defence defense education health justice vice deputy former
    acting chief home first lieutenant major brigadier attorney culture sports energy
    transport environment trade labour labor economy agriculture social ex-"""
)
_TRADES = word_set(
    """striker keeper goalkeeper midfielder defender captain coach astronomer engineer poet
    singer actor actress painter author writer director novelist baker nurse teacher guide
    sprinter scientist researcher activist lawyer prosecutor founder owner chairman skipper
    pilot chef conductor composer musician artist photographer journalist spokesman
    spokeswoman economist analyst doctor surgeon professor historian driver farmer councillor
    lawmaker leader premier president minister clerk cox champion veteran opener batsman
    bowler winger forward rival pop star billionaire tycoon newcomer retailer carmaker
    chipmaker airline charity"""
)
_OPENERS = word_set(
    """A An The This That These Those In On At By For From With Without After Before During While
    When Where Who Why What How If As But And Or So Yet It Its He She They We You His Her
    Their Our My There Here Not No Nor All Both Each Every Some Many Most Few Several One Two
    Three Four Five Six Seven Eight Nine Ten Dozens Hundreds Thousands Tens Under Over Since
    Until Because Although Though Despite Among Between Against About Above Across Around Into
    Near Once Now Then Than Two- Also However Meanwhile Earlier Later Last Next New Old Former
    First Second Third Another Other More Less Only Even Still Just Like Such Police Officials
    Former Yesterday Today Tomorrow Update Breaking Live Exclusive Watch Analysis Opinion
    Factbox Timeline Explainer Correction Urgent Inside Outside Within Ex Der Die Das Ein Eine
    Einen Einem Einer Im Am Bei Beim Nach Vor Mit Von Vom Zum Zur Auf Aus Für Durch Gegen Ohne
    Um Zwischen Über Unter Seit Wegen Trotz Als Wenn Weil Dass Ob Und Oder Aber Auch Noch Nur
    Schon Er Sie Es Wir Ihr Man Wer Was Wie Wo Mehr Viele Alle Tausende Hunderte Zwei Drei
    Vier Fünf Sechs Sieben Acht Neun Zehn Twenty Thirty Forty Fifty Sixty Seventy Eighty
    Ninety Hundred Thousand Le La Les Un Une Des Du De Au Aux En Et Ou Mais Il Elle Ils Elles
    On Nous Vous Ce Cet Cette Ces Son Sa Ses Leur Dans Sur Sous Par Pour Avec Sans Après Avant
    Selon Plus Fin El Los Las Una Unos Unas Del Al Con Sin Por Para Según Tras Ante Desde
    Hasta Entre Pero Su Sus Este Esta Estos Estas Lo Se No Más Detenido Dos Tres Je Tu J'ai
    C'est"""
)
_ORGS = word_set(
    """Group Bank Council Union University College Hospital Clinic Institute Party Court Rovers
    United FC SC Athletic Wanderers Museum Board Office Authority Federation Association
    Ministry Department Agency Airlines Air Airways Inc Ltd Corp Corporation Company Co plc
    PLC AG GmbH SE SA SpA LLC Holdings Capital Foods Circuits Motors Steel Oil Energy Ropes
    Rail Railways Savings Senate Parliament Congress Commission Committee Police Army Navy
    Institution Foundation Trust Society School Academy Orchestra Philharmonic Opera Theatre
    Theater Church Observatory Relief Service Services Industries Systems Technologies Pharma
    Laboratories Partners Ventures Media League Division List Club Treasury House Exchange
    Bourse Werke Klinik Partei Verband Gewerkschaft Bundestag Bundesrat Hochschule Universität
    Marienklinik Parti Banque Université Banco Partido Universidad Ayuntamiento Front Movement
    Alliance Coalition Assembly Network Team Unit"""
)
_PLACES = word_set(
    """Valley Bay Islands Island Lake River Mount Mountains Mountain Port Cape Dam Canal Pass
    Airport Bridge Street Park Mine Pit Alps Sea Ocean Gulf Strait Desert Forest Beach Harbour
    Harbor City Town County Province District State Republic Kingdom Isle Isles Coast
    Peninsula Square Avenue Road Station Rock Shoal Point Hills Heights Falls Springs Col Lac
    Mont Puerto Valle Río Isla Saint Fort Camp Palace Castle Tower Stadium Reef Volcano
    Glacier"""
)
_EVENTS = word_set(
    """Cup Open Summit Festival Games Prize Race War Conference Marathon Championship
    Championships Olympics Derby Tournament Awards Award Election Expo Fair Lotto Draw Prix
    Masters Forum"""
)
_OF_HEADS = word_set(
    """Bank University Ministry Department Court House Republic City Port Bay Gulf Lake Isle Cape
    Museum Institute Church Bureau Council Board Office Order Knights College School Union
    League Federation Strait Province State Kingdom Board Academy Chamber Duchess Duke
    Archbishop Gulf"""
)
_IN = word_set(
    """in at near from of to across off outside inside around through into over towards toward
    north south east west bei aus nahe nach à en vers près dans desde hacia um"""
)
_PLACELIKE = re.compile(r"\w{2,}(?:ia|land|stan|burg|ville|ford|bury|shire|ova|sk|grad)\Z")
"""How names of places end: what opens headline and lead and ends so is one."""
_COMMON = word_set(
    """Government Parliament Police State Ministry Court Island Church Army Council Cabinet
    Opposition Gobierno Congreso Policía Estado Regierung Polizei Feuerwehr Kommission
    Gouvernement Assemblée République État Earth God North South East West Centre Center Court
    House Act Bill Company"""
)
"""Words that have a capital in many places and name nothing by themselves."""
_AGES = word_set("Age Ages Era Century Day Week Month Year Time")
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


_READABLE = word_set("en de fr es it pt nl")
"""Languages whose names keep their form; elsewhere endings would make many of one."""
_NEVER = _DAYS | _OPENERS | _AGES | _COMMON
_CUT = _DAYS | _OPENERS | _AGES | _LINKS
_CUT_LOW = _TITLES | _TRADES | _BEFORE_TITLE
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
    return _gathered(runs, text, known)


# -- runs ------------------------------------------------------------------------------


def _runs(text: str, known: Container[str]) -> Iterator[_Run]:
    matches = [match for match in _RUN.finditer(text) if match[0] not in _NEVER]
    telling = _telling([match[0] for match in matches])
    whole = {raw: _in_one(raw) for raw in {match[0] for match in matches}}
    for match in matches:
        raw, start = match[0], match.start()
        opens, words = _opens(text, start), whole[raw]
        if len(words) == 1:
            proves = raw in telling or raw[-1].isdigit() or raw.casefold() in known
            if opens and not proves:
                continue  # as most single words that open a sentence
            if raw.lower() not in _TITLES:
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
    if len(words) > 3 or "'" in raw or "’" in raw or not _CUT.isdisjoint(words):
        return ()
    return words if _CUT_LOW.isdisjoint(raw.lower().replace(".", " ").split()) else ()


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
        if word in _DAYS or (word == "of" and not (piece and piece[-1] in _OF_HEADS)):
            yield from _made(text, piece, at, end, opens, quoted, titled)
            piece, titled, opens = [], False, False
            continue
        low = word.lower().rstrip(".")
        if low in _TITLES and number < len(words) - 1:
            yield from _made(text, _untitled(piece), at, end, opens, quoted, titled)
            piece, titled, opens = [], True, False
            continue
        piece.append(word)
    yield from _made(text, piece, at, end, opens, quoted, titled)


def _untitled(piece: list[str]) -> list[str]:
    """The words before a title without those that belong to it: Interior Minister."""
    while piece and piece[-1].lower() in _BEFORE_TITLE:
        piece = piece[:-1]
    return piece


def _made(
    text: str, piece: list[str], at: int, end: int, opens: bool, quoted: bool, titled: bool
) -> Iterator[_Run]:
    while piece and piece[-1] in _LINKS:
        piece = piece[:-1]
    if not quoted:
        while piece and (piece[0] in _OPENERS or (opens and piece[0].lower() in _TRADES)):
            titled = titled or (piece[0].lower() in _TRADES and len(piece) > 2)
            piece, opens = piece[1:], False
            while piece and piece[0] in _LINKS:
                piece = piece[1:]
    while piece and piece[0] in _LINKS:
        piece = piece[1:]
    if not piece or piece[-1].lower().rstrip(".") in _TITLES or piece[-1] in _AGES:
        return
    if len(piece) > 3 and all(map(str.isupper, piece)):
        return  # words that shout, as headings do
    words = tuple(piece) if len(piece) > 1 else (piece[0].rstrip("'’"),)
    yield _run(text, words, at, end, opens=opens, titled=titled, quoted=quoted)


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
    if len(words) > 1 and words[-1].endswith("n") and words[-1] not in _ORGS:
        words = (*words[:-1], words[-1].removesuffix("n")) if words[-1][:-1] in _ORGS else words
    if len(words) > 1:
        yield run._replace(words=words)
    elif words and run.titled:  # a surname, if its full name stands elsewhere
        yield run._replace(words=words, opens=True)


def _german_places(text: str) -> Iterator[_Run]:
    """Single words after a preposition and never after an article: places, by their grammar."""
    for match in _GERMAN.finditer(text):
        word = match[1]
        if word in _DAYS or text.count(word) < 2:
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

    __slots__ = ("at", "count", "forms", "kind", "words")

    def __init__(self, words: tuple[str, ...], at: int) -> None:
        self.words = words
        self.at = at
        self.count = 0
        self.kind: Kind | None = None
        self.forms = [" ".join(words)]


def _gathered(runs: list[_Run], text: str, known: Container[str]) -> list[Name]:
    drafts: dict[tuple[str, ...], _Draft] = {}
    singles: list[_Run] = []
    whole = {run.words for run in runs if len(run.words) > 1}
    for run in runs:
        if len(run.words) == 1:
            singles.append(run)
            continue
        for words in _pieces(run.words, whole):
            if len(words) == 1:
                singles.append(run._replace(words=words, opens=False))
            else:
                key = _shorter(words, whole, opens=run.opens)
                _tell(drafts.setdefault(key, _Draft(key, run.at)), run)
    ends: dict[str, list[_Draft]] = {}
    for draft in drafts.values():
        ends.setdefault(draft.words[-1], []).append(draft)
        if draft.words[0] not in _PLACES:
            ends.setdefault(draft.words[0], []).append(draft)
    _gather_singles(singles, drafts, ends, _opening_places(singles, known))
    _join_peoples(drafts)
    named = [
        draft
        for words, draft in drafts.items()
        if draft.count and (len(words) > 1 or f" {words[0].lower()} " not in text)
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
    words: tuple[str, ...], whole: set[tuple[str, ...]], *, opens: bool
) -> tuple[str, ...]:
    """The words as the name stands elsewhere: without what only opens a sentence, with The."""
    if ("The", *words) in whole:
        return ("The", *words)
    if opens and len(words) > 2 and words[1:] in whole:
        return words[1:]
    return words


def _gather_singles(
    singles: list[_Run],
    drafts: dict[tuple[str, ...], _Draft],
    ends: dict[str, list[_Draft]],
    sure: set[str],
) -> None:
    """Let single words be mentions of full names, or names of their own."""
    sure = sure | {run.words[0] for run in singles if not run.opens and _stands_alone(run)}
    placed = {run.words[0] for run in singles if run.before in _IN}
    for run in singles:
        word = run.words[0]
        full = ends.get(word)
        if full and not (full[0].kind == "event" and run.before in _IN):
            person = next((d for d in full if d.words[-1] == word and d.kind == "person"), full[0])
            person.count += 1
            if word not in person.forms:
                person.forms.append(word)
            if person.kind is None and person.words[-1] == word and not _headed(person.words):
                person.kind = "person"
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
    return word not in _OPENERS and word not in _COMMON and word.lower() not in _TITLES


def _tell(draft: _Draft, run: _Run) -> None:
    """Count one mention, and learn of what kind the name is."""
    draft.count += 1
    if run.titled:
        draft.kind = "person"
    elif draft.kind is None:
        draft.kind = _by_words(draft.words, run)


def _by_words(words: tuple[str, ...], run: _Run) -> Kind | None:
    last = words[-1]
    if last in _EVENTS:
        return "event"
    if last in _ORGS or words[0] in {"Bank", "University", "Ministry"}:
        return "organisation"
    if last in _PLACES or words[0] in _PLACES:
        return "place"
    if run.quoted:
        return "object"
    if run.tells:
        return "person" if len(words) > 1 else None
    if run.before in _IN:
        return "place"
    return "organisation" if run.before in {"the", "der", "die", "dem", "den"} else None


def _headed(words: tuple[str, ...]) -> bool:
    return words[-1] in _ORGS or words[-1] in _PLACES or words[-1] in _EVENTS


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
    if draft.kind is not None:
        return draft.kind
    words = draft.words
    if len(words) == 1:
        return "organisation" if words[0].isupper() and len(words[0]) < 6 else "object"
    if len(words) in {2, 3} and not any(map(str.isdigit, words[-1])):
        age = text.find(f"{words[-1]}, ")
        if age >= 0 and text[age + len(words[-1]) + 2 :][:2].isdigit():
            return "person"
    return "person" if len(words) == 2 and len(draft.forms) > 1 else "object"


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
