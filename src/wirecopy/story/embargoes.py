"""Embargoes in prose: "EMBARGOED UNTIL 00:01 GMT, Friday 8 January", "Sperrfrist 18.00 Uhr".

They stand before the headline or in brackets behind it, in the slug, on a line of their own at
either end of the body or at its front, in a note to desks, and in any other text that comes with
the story: standfirst, byline, usage terms, caption. In a sentence the same words are copy ("the
arms embargo until 2030"). Whatever is doubtful holds longer: of two readings the later counts, and
what cannot be read as an instant is kept in words, which hold the story until the agency says more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from wirecopy.story import clocks
from wirecopy.story.agencies import KNOWN

_LONGEST = 300
"""A longer line is a paragraph and no notice."""


class Embargo(NamedTuple):
    """What a notice says: its end where it can be read, its words, whether it gives no time."""

    until: datetime | None
    text: str
    bare: bool = False
    lifted: bool = False
    plain: bool = True
    """Whether it says nothing but when."""


_UNTIL = (
    r"(?:\s*[:=]\s*|\s+)(?:(?:for (?:release|publication|use|broadcast)\s+)?(?:until|till|til|to"
    r"|before|at|from|on|not before|after|bis|ab|jusqu['’]?\s?(?:à|au|a)?|avant|hasta(?: el| las"
    r"| la)*|antes de(?:l| las)?|fino a(?:lle|l)?|até(?: às)?|tot|до|for))?"
)
_EMBARGOED = (
    r"(?:this (?:story|report|item|release) is\s+|achtung[:,!]?\s+|bitte\s+|please note:?\s+"
    r"|(?:(?:(?:the (?:following|above)|all) )?"
    r"(?:story|stories|material|copy|content|text|information)"
    r"|(?:the (?:following|above)|all) (?:report|item|release)s?) (?:(?:is|are)\s+)?"
    r"|(?:news|press|media|online)\s+)?"
    r"(?:strictly\s+|strikt\s+|under\s+(?:strict\s+)?|sous\s+|bajo\s+|sotto\s+|sob\s+|onder\s+|unter\s+)?"
    r"(?:embargoed|embargad[oa]s?|embargo|(?:sende)?sperrfrist|sperrvermerk|эмбарго|एम्बार्गो|एंबार्गो)"
    r"(?![\w\u0900-\u0963])"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
_PAPERS = rf"(?:the )?{_WEEKDAY}(?:['’]?s)? (?:(?:news)?papers|editions?)\b"
_ORDERED = (
    rf"(?<!\w\s)for(?= {_PAPERS})|hold for(?= \d| {_WEEKDAY})|"
    r"hold (?:for release|until|till)|not for (?:use|publication|publishing|release|broadcast)"
    r"(?:,? (?:or|and) \w+)? (?:before|until|till|prior to)"
    r"|(?:do not|not to be) (?:use|publish|release|used|published|released|broadcast)"
    r"(?:, \w+)?(?:,? (?:or|and) \w+)? (?:before|until|till)|(?:publication )?not before"
    r"|for (?:release|use|publication) (?:at|on|after|from|not before)"
    r"|nicht (?:zur veröffentlichung )?vor|veröffentlichung erst ab"
    r"|frei(?:gegeben)? (?:ab|für)|zur veröffentlichung frei ab"
    r"|(?:à )?ne pas (?:publier|diffuser|utiliser) avant"
    r"|no (?:publicar|difundir|usar) (?:antes del?|hasta)(?: las| el| la)?"
    r"|prohibida (?:su|la) (?:difusión|publicación) (?:hasta|antes del?)(?: las| el| la)?"
    r"|(?:da )?non (?:pubblicare|diffondere|usare|utilizzare) prima d(?:i|el|elle)"
    r"|niet (?:publiceren|gebruiken) (?:voor|vóór)"
    r"|(?:محظور|ممنوع|يحظر|يمنع) (?:من )?النشر (?:حتى|قبل)"
    r"|não (?:publicar|divulgar|usar|difundir) (?:antes d[aeo]s?|até)(?: às)?"
    r"|не (?:публиковать|использовать|распространять) (?:до|ранее|раньше)"
)
_BEHIND = re.compile(
    r"[\s(\[*]*(?P<when>[^।!?]{4,150}?)\s+(?:(?:से|के) (?:पहले|पूर्व)|तक)\s+"
    r"(?:इसे |(?:यह|इस) (?:खबर|ख़बर|समाचार) (?:को )?)?"
    r"(?:प्रकाशित|प्रसारित|जारी|उपयोग|प्रयोग|इस्तेमाल)\s+(?:न|ना|नहीं)\s+(?:करें|करे|किया जाए)[\s।.!)\]]*\Z"
)
"""The order as Hindi words it: the hour stands before the verb that forbids."""
_FORBIDS = re.compile(r"(?:न|ना|नहीं) (?:करें|करे\b|किया जाए)")
_DAILY = rf"(?<!\w\s)for (?:use|release)(?: on)?(?= {_WEEKDAY})"
_ADVANCE = rf"adv(?:ance)?\.? for(?: (?:release|use)(?: on)?)?|{_DAILY}|for release"
_LEAD = re.compile(
    rf"[\s(\[*+=_#>«–—-]{{0,6}}(?P<lead>(?P<word>{_EMBARGOED})(?P<until>{_UNTIL})?(?!\w)"
    rf"|(?:(?:please|strictly|bitte|strikt) )?(?P<order>{_ORDERED})(?!\w)"
    rf"|(?P<advance>{_ADVANCE})(?!\w))",
    re.IGNORECASE,
)
_IN_NOTE = re.compile(
    rf"\b(?P<lead>(?P<word>embargoed|embargad[oa]s?|sperrfrist"
    rf"|(?:under|sous|bajo|sotto|sob|onder) embargo"
    r"|embargo(?=\s*:|\s+(?:until|till|to|bis|jusqu|hasta|fino|até|tot|\d)))\b"
    rf"(?P<until>{_UNTIL})?(?!\w)|(?P<order>{_ORDERED})(?!\w)"
    rf"|(?P<advance>adv(?:ance)?\.? for|{_DAILY})(?!\w))",
    re.IGNORECASE,
)
_LIFTED = re.compile(
    r"\b(?:embargo|sperrfrist|sperrvermerk)\b[^.;]{0,30}\b(?:lifted|over|ended|expired|removed"
    r"|cancell?ed|aufgehoben|abgelaufen|entfällt|levée?|levantado|rimosso|opgeheven)\b"
    r"|\b(?:no longer|nicht mehr) (?:under )?embargo(?:ed)?\b"
    r"|\b(?:no|kein\w*|ohne|without|sans|sin) (?:embargo|sperrfrist)\b|эмбарго снято"
    r"|\b(?:embargo|sperrfrist)[ -]?(?:free\b|\s*[:=]\s*(?:none|nil|keine?|entfällt)\b)",
    re.IGNORECASE,
)
_NOT_LIFTED = re.compile(
    r"\b(?:is|be|over|lifts|ends)\b.{0,60}\d|\b(?:will|shall|must|not|never|until|till|before|only|once|when|unless|breaks?|wird|erst"
    r"|noch|nicht(?! mehr)|sera|pas|será|sarà)\b",
    re.IGNORECASE,
)
"""What makes a promise or a ban of the word that an embargo ends, or names its hour."""
_OF_TRADE = re.compile(
    r"\bembargo\s+(?:on|against|of|over|gegen|auf|für|sur|contre|sobre|contra|su|contro|op|tegen)\s"
    r"+[^\W\d]",
    re.IGNORECASE,
)
"""An embargo on goods or on a country, which news is about."""
_SIGNS = re.compile(r"\W{0,3}(?:no|kein|ohne|without|sans|sin|эмбарго)", re.IGNORECASE)
_SLUG = re.compile(r"(?:^|[\s,/_-]+)EMBARGOED\b(?P<tail>[^/]*)")
_ADVANCE_DAY = re.compile(r"\W{0,2}A(?:dv|DV)\.?\s?\d{1,2}\W{0,2}")
"""An advance for a day of the month ("Adv 29"), which says the day's number and nothing else."""
_SHORT = 16
_ADVANCE_TOKEN = re.compile(r"(?:^|[\s,/_-]+)(A(?:dv|DV)\.?\s?\d{1,2})(?=$|[\s,/_-])")
_CLOSE = re.compile(r"\s*[)\]]\s*[:–—-]?\s*|\s+[-–—|]+\s+|\s*[:|]\s+(?!\d)|(?<!\d)\s*//?\s*(?!\d)")
_GOES_ON = (
    rf"(?i:{'|'.join(sorted(clocks.NAMES, key=len, reverse=True))})|[A-Z]{{2,4}}"
    r"|(?i:eastern|central|mountain|pacific|london|paris|berlin|local)"
)
_SENTENCE = re.compile(rf"(?!(?<=[\dmM])\.\s+(?:{_GOES_ON})(?!\w))[.!?;]\s+(?=[^\W\d_a-z])|\n")
"""The end of a sentence; in "6 a.m. EST Sunday" and "29. November" is none."""
_DIGIT = re.compile(r"\d")
_CLOCK_SIGN = re.compile(r"\d\s?[:.hH]\s?\d\d|\d\s?(?:h|GMT|UTC|Uhr|[ap]\.?m)\b")
_STRONG = re.compile(r"until|till?\b|bis|jusqu|hasta|fino|até|tot\b|до|[:=]", re.IGNORECASE)
_PLAIN = frozenset({"embargoed", "sperrfrist", "sperrvermerk", "embargado", "embargada"})
"""Words that open no title."""
_BOX = r"(?P<box>[(\[][^()\[\]]{5,200}[)\]])"
_BOX_BEFORE = re.compile(rf"\s*{_BOX}\s*[:–—-]?\s*")
_BOX_BEHIND = re.compile(rf"\s*{_BOX}[\s.]*\Z")
_PARTED = re.compile(r"[.!?;]\s+(?=[^\W\d_a-z])|\s(?:[-–—|]+|//?)\s+")
_SOFT = re.compile(
    r"embargo\b|not before|for (?:release|use|publication)|nicht vor|frei|adv", re.IGNORECASE
)
"""Words with which copy may begin, too: "for release in May"."""
_MILD = re.compile(r"[Nn]ot before|[Nn]icht vor|[Ff]rei |[Ff]or use|[Dd]o not use")
"""Words of copy ("Not before Friday.", a film's "Frei ab 12") that want an hour, or capitals."""
_SURE = re.compile(
    rf"[\W_]*(?:F(?:or|OR) (?i:(?:use|release) (?:on )?{_WEEKDAY})|(?i:for {_PAPERS})"
    r"|(?i:frei(?:gegeben)? (?:für (?:die )?\w{6,10}?(?:ausgaben?|zeitungen|presse)\b|ab \d\d?/)))"
)
"""What names papers by their day, or an hour that is cut off ("Frei ab 12/"): no copy begins so."""
_A_YEAR = re.compile(r"\D*(?:19|20)\d\d\W*")
_MOST_CLOSES = 8
"""Signs at which the notice before a headline may end."""


def zone_of(timezone: str, *agencies: str) -> str:
    """The clock of a source's notices: its own setting, else its agency's home, else ""."""
    homes = (clocks.HOMES.get(KNOWN.get(name.strip().casefold(), "")) for name in agencies)
    return timezone or next(filter(None, homes), "")


def in_line(line: str, reference: datetime, zone: str = "") -> Embargo | None:
    """The notice that a whole line is, None for any other line.

    `reference` is when the item was sent, `zone` the IANA name of the clock its times follow; where
    it is "" and the line names none, no instant is read.
    """
    if len(line) > _LONGEST:
        return None
    if len(line) < _SHORT and _ADVANCE_DAY.fullmatch(line):
        return Embargo(None, line, bare=True)
    if not line.isascii() and _FORBIDS.search(line) and (behind := _BEHIND.match(line)):
        said = clocks.read(behind["when"])
        if said.days or said.clocks or said.unreadable:
            return _embargo(line, said, None, reference, zone)._replace(plain=True)
    match = _LEAD.match(line)
    if (match or _SIGNS.match(line)) and _is_lifted(line) and not _OF_TRADE.search(line):
        return Embargo(None, line, lifted=True)
    if not match or (_MILD.match(match["order"] or "") and not _is_timed(line)):
        return None
    said = clocks.read(line[match.end() :])
    return _embargo(line, said, match, reference, zone) if _is_notice(line, match, said) else None


def _is_timed(line: str) -> bool:
    """Whether a line has an hour, or names a day as only notices do."""
    return bool(_CLOCK_SIGN.search(line) or _SURE.match(line))


_BREAK = re.compile(r"<br\s*/?>|\n")
_FRONT = re.compile(r"(?:<[^<>]*>|[\s(\[*+=_#>«–—-])+")
_OPENINGS = (
    "strict", "strikt", "under ", "sous ", "bajo ", "sotto ", "sob ", "onder ", "unter ", "embarg",
    "sperr", "achtung", "this ", "da non ", "hold ", "not ", "do not", "for ", "nicht ", "frei",
    "zur ", "ne pas", "no ", "non ",
    "niet ", "não ", "не ", "محظور ", "ممنوع ", "يحظر ", "يمنع ",
    "adv", "please do ", "please not", "please hol", "the follow", "the above ", "all ",
    "story emb", "story is e", "stories em", "material e", "material i", "copy embar", "copy is em",
    "content em", "text embar", "informatio", "press emb", "news emb", "media emb", "online emb",
    "bitte ", "sendesperr", "veröffentl", "publicatio", "à ne pas ", "prohibida ",
    "kein", "ohne ", "without", "sans ", "sin ", "эмбарго", "एम्बार्गो", "एंबार्गो",
)  # fmt: skip
"""How every notice begins, in small letters."""
_INITIALS = frozenset(opening[0] for opening in _OPENINGS)


def may_begin(markup: str) -> bool:
    """Whether some line of a block can begin with a notice; cheap, and never wrong with a no."""
    if "<br" not in markup and "\n" not in markup:
        return opens(markup[3:60]) or ("कर" in markup and opens(markup[:_LONGEST]))
    return len(markup) <= 20 * _LONGEST and any(map(opens, _BREAK.split(markup)))


def opens(text: str) -> bool:
    """Whether a line, with or without markup, begins as notices do."""
    if not text[:1].isalpha():
        text = text[front.end() :] if (front := _FRONT.match(text)) else text
    head = text[:10].lower()
    if head[:1] in _INITIALS and head.startswith(_OPENINGS):
        return True
    return not text.isascii() and _FORBIDS.search(text, 0, _LONGEST) is not None


def at_front(text: str, reference: datetime, zone: str = "") -> tuple[int, Embargo] | None:
    """Where a text begins behind the notice that is its first sentence or stands in brackets there.

    None where there is none. Of "EMBARGOED UNTIL 6 p.m. EST Friday. The ferry ..." all up to "The"
    is the notice: of several that can be read so, the longest.
    """
    boxed = _BOX_BEFORE.match(text)
    if boxed and (found := _boxed(boxed["box"], reference, zone)):
        return boxed.end(), found
    best = None
    for end in islice(_SENTENCE.finditer(text, 0, _LONGEST), _MOST_CLOSES):
        line = text[: end.start()]
        found = in_line(line, reference, zone)
        if found and found.plain and _is_loud(line, found):
            best = end.end(), found._replace(text=line)
    return best or _run_together(text, reference, zone)


_ARTICLE = re.compile(
    r"\s(?:The|A|An|In|On|At|By|It|No|All|This|That|From|To|Of|And|Der|Die|Das|Am|Im|Le|La|Les"
    r"|El|Los|Las|Il)(?:\s+(?:the|a|an))?\s*\Z"
)
"""Small words that a notice may have, too, and that begin the sentence behind it."""


def _run_together(text: str, reference: datetime, zone: str) -> tuple[int, Embargo] | None:
    """The notice that the text follows without a sign, as where a line's end was lost.

    It must name both day and hour, and what follows must begin as sentences do.
    """
    match = _LEAD.match(text)
    if not match or not match["until"] or not _is_no_title(match["word"]):
        return None
    said = clocks.read(text[match.end() : _LONGEST], whole=False)
    end = match.end() + said.end
    if article := _ARTICLE.search(text, match.end(), end):
        end = article.start()
    rest = text[end:].lstrip(" .,;:)]–—-")
    if not (said.days and said.clocks) or not rest[:1].isupper():
        return None
    return len(text) - len(rest), _embargo(text[:end], said, match, reference, zone)


def _boxed(box: str, reference: datetime, zone: str) -> Embargo | None:
    """The notice that words in brackets are; "(embargo until 2030)" is a title's own."""
    found = in_line(box, reference, zone)
    if not found or box.isupper() or _ADVANCE_DAY.fullmatch(box):
        return found
    soft = _SOFT.match(box.strip("([ "))
    title = soft and (_A_YEAR.fullmatch(box) or not _is_timed(box))
    return None if found.lifted or title else found


def _is_loud(line: str, found: Embargo) -> bool:
    """Whether a sentence that may be a notice is none of the copy's own ("Not before Friday.")."""
    match = _LEAD.match(line)
    word = line.split(maxsplit=1)[0].strip("([*:")
    if found.lifted or not match or match["order"] or match["advance"]:
        return word.isupper() or bool(_SURE.match(line))
    return word.isupper() or word.casefold() != "embargo" or bool(_CLOCK_SIGN.search(line))


def in_text(text: str, reference: datetime, zone: str = "") -> tuple[str, tuple[Embargo, ...]]:
    """A standfirst, byline, usage term or the like without the notices in it, and the notices.

    They are a line or a sentence, stand before the text as before a headline, or in brackets behind
    it. The same text for none.
    """
    notices: list[Embargo] = []
    kept = [_without(line, reference, zone, notices) for line in text.split("\n")]
    return ("\n".join(filter(None, kept)) if notices else text), tuple(notices)


def around(headline: str, reference: datetime, zone: str = "") -> tuple[str, tuple[Embargo, ...]]:
    """The headline without the notices before and behind it, and the notices.

    A headline that is nothing but a notice stays, and counts. One of several lines may have a
    notice among them (a head block of a text wire).
    """
    notices: list[Embargo] = []
    lines = headline.split("\n")
    for index in range(len(lines) - 1, 0, -1):  # a notice may be broken as well
        said = f"{lines[index - 1]} {lines[index]}"
        if opens(said) and (found := in_line(said, reference, zone)) and found.plain:
            lines[index - 1 : index + 1] = [said]
    kept = [_without(line, reference, zone, notices) for line in lines]
    rest = "\n".join(filter(None, kept))
    if not rest:
        told = _is_no_title(headline) or any(not notice.bare for notice in notices)
        return headline, tuple(notices) if told else ()
    return rest, tuple(notices)


def _without(line: str, reference: datetime, zone: str, notices: list[Embargo]) -> str:
    """A line without its notices, which go to `notices`; the same line for none."""
    for _ in range(_MOST_CLOSES):
        span = _span(line, reference, zone)
        if not span:
            break
        start, end, found = span
        notices.append(found)
        line = f"{line[:start].rstrip(' –—-|/')} {line[end:].lstrip()}".strip()
    return line


def _span(line: str, reference: datetime, zone: str) -> tuple[int, int, Embargo] | None:
    """Where one notice of a line begins and ends, and the notice."""
    if opens(line):
        whole = in_line(line, reference, zone)
        news = whole is not None and not _counts(whole)
        if whole and whole.plain and not news:
            return 0, len(line), whole
        front = None if news else at_front(line, reference, zone)
        if front and _counts(front[1]):
            return 0, *front
        rest, found = in_headline(line, reference, zone)
        if found and rest != line and _counts(found) and found.lifted >= news:
            return 0, len(line.rstrip()) - len(rest), found
        if news:
            return None
        if whole:
            return 0, len(line), whole
    return _span_behind(line, reference, zone)


def _counts(found: Embargo) -> bool:
    """Whether a notice in a text is meant for desks: readers are told of embargoes that end."""
    return not found.lifted or found.text.isupper()


def _span_behind(line: str, reference: datetime, zone: str) -> tuple[int, int, Embargo] | None:
    """The notice in brackets or behind a dash at the end, or in a sentence behind the first."""
    at = max(0, len(line) - _LONGEST)
    boxed = _BOX_BEHIND.search(line, at) if line.rstrip(" .")[-1:] in {")", "]"} else None
    if boxed and (found := _boxed(boxed["box"], reference, zone)):
        return boxed.start(), len(line), found
    for gap in islice(_PARTED.finditer(line), 2 * _MOST_CLOSES):
        rest = line[gap.end() :]
        if not opens(rest):
            continue
        whole = in_line(rest, reference, zone)
        if whole and whole.plain and _is_loud(rest, whole) and not _A_YEAR.fullmatch(rest):
            return gap.start() + 1, len(line), whole
        if front := at_front(rest, reference, zone):
            return gap.start() + 1, gap.end() + front[0], front[1]
    return None


def in_headline(headline: str, reference: datetime, zone: str = "") -> tuple[str, Embargo | None]:
    """The headline without the notice before it, and the notice; the same headline for none.

    A headline that is nothing but a notice stays, and counts.
    """
    match = _LEAD.match(headline[:_LONGEST]) if opens(headline) else None
    if not match:
        return headline, None
    best: tuple[str, Embargo] | None = None
    closes = _CLOSE.finditer(headline, match.start("lead") + 5, _LONGEST)
    for close in islice(closes, _MOST_CLOSES):
        line = headline[: close.start()].strip(" ([")
        boxed = headline[: close.end()].strip()[-1:] in {")", "]"}
        found = in_line(f"({line})" if boxed else line, reference, zone)
        if not found or close.end() >= len(headline) or not _stands_before(line, found):
            continue
        if best is None or (best[1].bare and found.plain and not found.bare):
            best = headline[close.end() :].strip(), found._replace(text=line)
    if best:
        return best
    whole = in_line(headline, reference, zone)
    return headline, whole if whole and (headline.isupper() or not whole.bare) else None


def _stands_before(line: str, found: Embargo) -> bool:
    """Whether a notice is none of the headline's own words ("Embargo: what comes next")."""
    word = line.split(maxsplit=1)[0].strip(":")
    return (
        word.isupper()
        or word.casefold() not in {"embargo", "frei"}
        or bool(_SURE.match(line))
        or (found.plain and bool(_CLOCK_SIGN.search(line)))
    )


def in_slug(slug: str, reference: datetime, zone: str = "") -> tuple[str, tuple[Embargo, ...]]:
    """The slug without the notices in it, and the notices; the same slug for none."""
    notices: list[Embargo] = []
    if "dv" in slug or "DV" in slug:
        slug, advances = _without_advance(slug)
        notices += advances
    for _ in range(_MOST_CLOSES):
        shorter, found = _one_in_slug(slug, reference, zone)
        notices += [found] if found else []
        if shorter == slug:
            break
        slug = shorter
    return slug, tuple(notices)


def _without_advance(slug: str) -> tuple[str, list[Embargo]]:
    """The slug without "Adv 29", and that as a notice; a slug that says nothing else stays."""
    found = [Embargo(None, text, bare=True) for text in _ADVANCE_TOKEN.findall(slug[:_LONGEST])]
    rest = _ADVANCE_TOKEN.sub("", slug).strip(" ,/_-") if found else slug
    return rest or slug, found


def _one_in_slug(slug: str, reference: datetime, zone: str) -> tuple[str, Embargo | None]:
    match = _SLUG.search(slug, 0, _LONGEST) if "EMBARGOED" in slug else None
    if not match:
        return slug, None
    said = clocks.read(match["tail"], whole=False)
    end = match.start("tail") + said.end
    found = _embargo(slug[match.start() : end].strip(" ,/_-"), said, None, reference, zone)
    return (slug[: match.start()] + slug[end:]).strip(" ,/_-") or slug, found


def in_note(text: str, reference: datetime, zone: str = "") -> Embargo | None:
    """What a note to desks says of an embargo, None when it speaks of none.

    A note may say it in a sentence, because no note is copy.
    """
    line = in_line(" ".join(text.split()), reference, zone) if len(text) <= _LONGEST else None
    if line and (line.lifted or line.plain):
        return line
    text = text[: 10 * _LONGEST]
    match = _IN_NOTE.search(text)
    if not match or any(map(_lifts, _SENTENCE.split(text))):
        return None
    end = _SENTENCE.search(text, match.end())
    said = clocks.read(text[match.end() : end.start() if end else match.end() + _LONGEST])
    if match["advance"] and not (said.days or said.clocks):
        return None
    return _embargo(" ".join(text.split()), said, match, reference, zone)


def _is_lifted(line: str) -> bool:
    return len(line) <= 90 and _lifts(line) and not line.rstrip().endswith((".”", '."'))


def _lifts(sentence: str) -> bool:
    """Whether a sentence says as a fact that there is no embargo, or no longer."""
    return _LIFTED.search(sentence) is not None and not _NOT_LIFTED.search(sentence)


def _is_notice(line: str, match: re.Match[str], said: clocks.Said) -> bool:
    """Whether a line that begins like a notice is one, and no sentence or title.

    Without a word too many it is; with some it must be in capitals, in brackets or behind a colon.
    """
    words = [word for word in said.strange if not word.isdigit()]
    timed = bool(said.days or said.clocks or said.unreadable or len(words) < len(said.strange))
    lead = (match["word"] or match["lead"]).strip(" :=")
    if not words:
        quiet = match["advance"] or not _is_no_title(lead)
        return timed or not quiet or bool(match["order"] and lead.lower().startswith("hold for"))
    until = (match["until"] or "").strip()
    adjective = lead.startswith(("EMBARGOED", "STRICTLY"))
    strong = bool(match["order"] or _STRONG.search(until) or (adjective and until))
    if lead.isupper() or (match["order"] and lead.lower() == lead.upper()):  # Arabic has no case
        return strong and (timed or adjective) if line.isupper() else strong or timed
    boxed = line.lstrip()[:1] in "([" and line.rstrip()[-1:] in ")]"
    return timed and (boxed or ":" in until)


def _is_no_title(words: str) -> bool:
    """Whether words about an embargo are none of readers' copy: in capitals, or "Sperrfrist"."""
    return words.isupper() or not _PLAIN.isdisjoint(words.lower().split())


def _embargo(
    text: str, said: clocks.Said, match: re.Match[str] | None, reference: datetime, zone: str
) -> Embargo:
    bare = not (said.days or said.clocks or said.strange)
    doubtful = said.unreadable or any(map(_DIGIT.search, said.strange))
    until = None
    if not bare and not doubtful:
        # Only an advance may be used when a day begins; else a day without a clock is too little.
        times = said.clocks or ((clocks.START,) if match and match["advance"] and zone else ())
        until = _end(said.days, times, reference, zone)
    return Embargo(until, text.strip(), bare=bare, plain=not said.strange)


def _end(
    days: tuple[clocks.Day, ...], times: tuple[clocks.Clock, ...], reference: datetime, zone: str
) -> datetime | None:
    """The latest instant that the notice can mean; None when it means none surely."""
    found = [_instants(days, clock, reference, zone) for clock in times]
    return max(map(max, found)) if found and all(found) else None


def _instants(
    days: tuple[clocks.Day, ...], clock: clocks.Clock, reference: datetime, zone: str
) -> list[datetime]:
    """Every instant that days and clock can mean together, none when one of them is no time."""
    found = []
    for where in clocks.zones(clock.zone, zone, reference):
        here = reference.astimezone(where)
        if days:
            dates = clocks.all_resolved(days, here.date())
        else:  # the next time that the clock shows it
            over = _on(here.date(), clock).replace(tzinfo=where) < here
            dates = [here.date() + timedelta(days=over)]
        if not dates:
            return []
        # An hour that the change of clocks brings twice, or never, is the later one.
        found += [
            _on(day, clock).replace(tzinfo=where, fold=fold).astimezone(UTC)
            for day in dates
            for fold in (0, 1)
        ]
    return found


def _on(day: date, clock: clocks.Clock) -> datetime:
    """Day and clock as a local time; 24.00 and midnight are the day's end."""
    if clock.hour == clocks.END:
        return datetime.combine(day + timedelta(days=1), time())
    return datetime.combine(day, time(clock.hour, clock.minute))


def settled(
    notices: Iterable[Embargo], until: datetime | None, text: str
) -> tuple[datetime | None, str]:
    """`embargo_until` and `embargo_text` of an item: what its format says, and its notices.

    The format's instant stands unless a notice is later. Its words stand too, unless they are a
    notice that has now been read. A notice that lifts an embargo takes other notices back, never
    what the format says.
    """
    given = list(notices)
    told = {" ".join(notice.text.split()) for notice in given}
    stated = text and not any(_is_same(text, notice) for notice in told)
    live = [] if any(notice.lifted for notice in given) else given
    ends = [notice.until for notice in live if notice.until]
    latest = max([*ends, *([until] if until else [])], default=None)
    if stated or (until and not text):
        return latest, text
    unread = [notice.text for notice in live if not notice.until and not notice.bare]
    if not ends:
        unread += [notice.text for notice in live if notice.bare]
    if text and not live:
        return latest, text
    return latest, unread[0].strip() if unread else ""


def _is_same(text: str, notice: str) -> bool:
    one, other = (" ".join(each.split()).strip("()[] ") for each in (text, notice))
    return one == other or one in other or other in one
