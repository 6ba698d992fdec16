"""Names of news agencies as tokens: what may stand in the brackets of a dateline or a sign-off.

Data, not classes: a row is the name we show and every spelling agencies use for it. A source's own
agency need not be listed; its configured name, that name's initials and the provider's name are
tokens of the item as well, so a small agency's copy is read like a big one's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from wirecopy.model import Item

_TABLE = """
AAP=AAP|Australian Associated Press
AFP=AFP|Agence France-Presse|AFP News|أ ف ب|ا ف ب|فرانس برس|एएफपी
Agerpres=Agerpres
AKI=AKI|Adnkronos
ANI=ANI|Asian News International|एएनआई
ANP=ANP
ANSA=ANSA
Antara=ANTARA
AP=AP|Associated Press|The Associated Press|أسوشيتد برس|एपी
APA=APA
ATS=ATS|Keystone-ATS|SDA|Keystone-SDA
Belga=BELGA
Bernama=BERNAMA
Bloomberg=Bloomberg
BSS=BSS
Business Wire=BUSINESS WIRE|BusinessWire
CTK=CTK|ČTK
Prensa Latina=Prensa Latina
dpa=dpa|dpa-AFX|Deutsche Presse-Agentur|dpa International|د ب أ|د.ب.أ
EFE=EFE|EFEVERDE
Europa Press=Europa Press|EUROPA PRESS
GlobeNewswire=GLOBE NEWSWIRE|GlobeNewswire
HINA=HINA
IANS=IANS|IANSlife|Indo-Asian News Service|आईएएनएस
Interfax=Interfax|Interfax-Ukraine
IRNA=IRNA
ITAR-TASS=ITAR-TASS
Jiji=Jiji|Jiji Press
KCNA=KCNA
KUNA=KUNA|كونا
Kyodo=Kyodo|Kyodo News
LETA=LETA
Lusa=Lusa
MTI=MTI
NNA=NNA
NTB=NTB
PAP=PAP
PR Newswire=PRNewswire|PR Newswire
PTI=PTI|Press Trust of India|PTI-Bhasha|भाषा|पीटीआई
Reuters=Reuters|Reuter|Thomson Reuters|Thomson Reuters Foundation|رويترز|रॉयटर्स|रायटर
RIA Novosti=RIA Novosti|Sputnik|RIA
Ritzau=Ritzau
STA=STA
STT=STT
TASS=TASS|ТАСС
Telam=Télam|Telam
Ukrinform=Ukrinform
UNB=UNB
UNI=UNI|United News of India|Univarta|वार्ता|यूनीवार्ता
UPI=UPI|United Press International
VNA=VNA|Vietnam News Agency
WAM=WAM|وام
Xinhua=Xinhua|Xinhua News Agency|新华社|新華社|شينخوا
Yonhap=Yonhap|Yonhap News Agency
AA=AA|Anadolu|Anadolu Agency|الأناضول
ANA=ANA|ANA-MPA
APS=APS|وأج|واج
BTA=BTA
CNA=CNA|Central News Agency
CP=CP|The Canadian Press|Canadian Press
MAP=MAP|و م ع
MENA=MENA|أ ش أ|أ.ش.أ
PA=PA|PA Media|Press Association
SPA=SPA|Saudi Press Agency|واس
TT=TT
"""
_DOUBTFUL = frozenset({"aa", "ana", "aps", "bta", "cna", "cp", "map", "mena", "pa", "spa", "tt"})
"""Short tokens that are also states, regions or words: they count only beside a date."""

KNOWN: Mapping[str, str] = {
    token.casefold(): name
    for name, _, tokens in (row.partition("=") for row in _TABLE.strip().splitlines())
    for token in (name, *tokens.split("|"))
}
"""Casefolded token -> the name we show."""

_TAIL = re.compile(r"\s+(?:News|Agency|Wire|Service|Feed|Network|Ltd|Inc|Press)\.?$")
_PARTS = re.compile(r"\s*[/&+,;]\s*|\s+(?:and|und|et|y|with)\s+|\s+[-–—]\s+")
_HYPHEN = re.compile(r"\s*[-–]\s*")
_SHORT = re.compile(r"([^()]{3,50}\S) \(([\w.-]{2,12})\)")
_DESK = re.compile(r"[A-Za-z]{2,5}\Z")
_PREFIX = re.compile(r"^(?:[a-z][\w.-]*:|https?://(?:www\.)?)", re.IGNORECASE)

Names = Mapping[str, str]
"""The tokens of one source beside `KNOWN`: casefolded token -> the name we show."""


def names_of(item: Item, agency: str = "", spellings: tuple[str, ...] = ()) -> Names:
    """The item's own agency tokens, from its source's agency, its provider and its credit.

    `spellings` are other names of that agency (or of the provider), as its profile has them.
    """
    provider, credit = item.provider[:80].strip(), item.credit_line[:80].strip()
    return _own(agency.strip(), provider, credit, spellings)


@lru_cache(maxsize=512)
def _own(agency: str, provider: str, credit: str, spellings: tuple[str, ...] = ()) -> Names:
    own: dict[str, str] = {}
    for spelling in spellings:
        key = spelling.casefold()
        own[key] = agency or KNOWN.get(key) or provider or spelling
    for given in (agency, _PREFIX.sub("", provider), credit):
        if given and given != agency and agencies_in(given, own):
            continue  # "AFP-DPA" names two agencies and is none itself
        if short := _SHORT.fullmatch(given):  # "Coastal Press (CP)"
            own |= {name.casefold(): given for name in short.groups()}
        for name in (given, *_PARTS.split(given)):
            _add(own, name.strip(" .©()"), agency)
    return own


def _add(own: dict[str, str], name: str, agency: str) -> None:
    """Every spelling of `name`, all leading to one name to show."""
    if not 2 <= len(name) <= 50 or not any(map(str.isalpha, name)):
        return
    shown = KNOWN.get(name.casefold(), name)
    if name == agency:
        shown = agency
        own |= {t: agency for t, known in KNOWN.items() if known == KNOWN.get(name.casefold())}
    own.setdefault(name.casefold(), shown)
    short = name
    while (shorter := _TAIL.sub("", short)) != short and len(shorter) > 2:
        short = shorter
        own.setdefault(short.casefold(), shown)
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    if len(initials) > 1:
        own.setdefault(initials.casefold(), shown)


def name_for(token: str, own: Names) -> str:
    """The name to show for one agency token, "" when it is none."""
    key = token.strip(" .©").casefold()
    return own.get(key) or KNOWN.get(key, "")


def agencies_in(text: str, own: Names, *, dated: bool = True) -> tuple[str, ...]:
    """The agencies that `text` ("AFP-DPA", "dpa/lno", "Xinhua and AP") names and nothing else.

    Empty as soon as one part is no agency; desk codes behind a slash do no harm. A doubtful short
    token counts only where the line is `dated` or it is the source's own.
    """
    if len(text) > 80:
        return ()
    key = text.strip(" .©").casefold()
    if not dated and key in _DOUBTFUL and key not in own:
        return ()
    whole = name_for(text, own)
    if whole:
        return (whole,)
    found: list[str] = []
    for part in _PARTS.split(text):
        names = _joined(part, own)
        if not names and not (found and _DESK.match(part)):
            return ()
        found.extend(names)
    return tuple(dict.fromkeys(found))


def _joined(part: str, own: Names) -> list[str]:
    """The agencies of one part, which a hyphen may join; none if one of them is unknown."""
    whole = name_for(part, own)
    if whole:
        return [whole]
    names = [name_for(piece, own) for piece in _HYPHEN.split(part)]
    return names if all(names) else []


def is_agency(text: str, own: Names) -> bool:
    """Whether `text` is nothing but the name of an agency."""
    return bool(name_for(text, own))
