"""The words of a text for comparing: without what agencies, formats and house styles put on them.

Two desks write one sentence as `"We lost 1,200 homes," he told Reuters` and `«We lost 1.200
homes», he told AFP`. Here both have the same words: compatibility forms, case, quotes, dashes and
the marks inside numbers are gone, and so are the names of the agencies that carry the copy.
Pure; nothing here ever reaches a reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import chain

import msgspec

from wirecopy.model import Item
from wirecopy.scripts import UNSPACED
from wirecopy.story.agencies import KNOWN, names_of
from wirecopy.story.prose import block_text, word_set

_MOST_SIGNS = 30_000
"""Signs of a body that are compared; a longer text is known by its first five thousand words."""

_MARKS = (
    "\\s\x00-/:-@\\[-`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\u02b9-\u02ff\u0589\u05be\u060c\u061b"
    "\u061f\u066a-\u066d\u06d4\u0964\u0965\u0970\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff"
    "\u3000-\u3004\u3008-\u3020\u3030\u30a0\u30fb\ufe10-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff5b-\uff65"
)
"""What parts words. A word is a run of anything else: `\\w` would cut Devanagari at each vowel."""
_WORD = re.compile(f"[^{_MARKS}]+")
_SIGN = re.compile(f"[{UNSPACED}]|[^{_MARKS}{UNSPACED}]+")
_SPACELESS = re.compile(f"[{UNSPACED}]")
_IN_NUMBER = re.compile("[.,'’\xa0\u202f](?<=\\d.)(?=\\d)")
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?:\s+|\Z)|[。！？｡।॥۔؟]++[」』”’）)\"]*+\s*|\n+"
)
_UNREAD = frozenset({"figure", "embed", "hr"})
_UNTOLD = word_set("agency agencia agentur agence agenzia newswire एजेंसी")
"""Words for an agency; "told the news agency ANI" says as much as "told ANI"."""
_SINGLE = _UNTOLD | {name for name in KNOWN if " " not in name and name.isalpha()}
_LONG = tuple(sorted((name for name in KNOWN if name not in _SINGLE), key=len, reverse=True))
_LONG_GATE = ("press", "news", "agenc", "wire", "prensa", "thomson", "社", "-media", "-afx")
_TYPOGRAPHIC = "“”‘’–—…•"
_APART = {sign: " " for sign in range(128) if not (chr(sign).isalnum())}
"""ASCII without marks; translating and splitting is four times as fast as matching."""


def own_names(*items: Item) -> frozenset[str]:
    """Names of the agencies that carry these items; in their text they say nothing."""
    names: set[str] = set()
    for item in items:
        names.update(names_of(item))
        names.update(name.casefold() for name in item.credit_sources)
    return frozenset(names - {""})


def body_of(item: Item) -> str:
    """What a reader reads of the body, evened, a line for each paragraph, item or row."""
    lines = [block_text(block) for block in item.body if block.kind not in _UNREAD]
    return _evened("\n".join(lines)[:_MOST_SIGNS])


def _evened(text: str) -> str:
    """`text` in compatibility form, with the marks inside numbers gone; case is kept."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _IN_NUMBER.sub("", text).replace("per cent", "percent")


def is_spaceless(text: str) -> bool:
    """Whether most of the text is in a script that does not part words by spaces."""
    head = text[:400]
    return not head.isascii() and len(_SPACELESS.findall(head)) * 3 > len(head)


def words_of(text: str, names: frozenset[str]) -> list[str]:
    """The casefolded words (signs, where no space parts words) of an evened text.

    Names of agencies, those of `names` among them, are left out.
    """
    folded = _unnamed(text.casefold(), names)
    if not folded.isascii():
        for sign in _TYPOGRAPHIC:
            folded = folded.replace(sign, " ")
    if folded.isascii():
        found = folded.translate(_APART).split()
    else:
        found = (_SIGN if is_spaceless(folded) else _WORD).findall(folded)
    if _SINGLE.isdisjoint(found) and names.isdisjoint(found):
        return found
    return [word for word in found if word not in _SINGLE and word not in names]


def _unnamed(text: str, names: frozenset[str]) -> str:
    """A casefolded text without those names of agencies that are several words."""
    for name in names:
        if not name.isalpha() and name in text:
            text = text.replace(name, " ")
    if any(gate in text for gate in _LONG_GATE):
        for name in _LONG:
            if name in text:
                text = text.replace(name, " ")
    return text


# --------------------------------------------------------------------------------------
# A whole text for comparing
# --------------------------------------------------------------------------------------

_TOLL = word_set(
    """killed kill kills killing dead die died dies dying deaths death toll fatalities casualties
    bodies victims drown drowned drowning perish perished lives injured wounded
    hurt missing rescued evacuated displaced homeless arrested detained magnitude hectares acres
    infected cases homes houses customers
    tote toten toter tot todesopfer opfer sterben starben gestorben getötet töten tötet verletzte
    verletzten verletzt vermisste vermisst vermissten gerettet evakuiert festgenommen stärke hektar
    muertos muertas muerto muere mueren murió murieron fallecidos fallecidas fallecen fallecieron
    víctimas heridos heridas desaparecidos
    desaparecidas evacuados evacuadas detenidos detenidas rescatados magnitud hectáreas
    morts mort mortes tué tués tuée tuées tuent meurent décès blessés disparus évacués arrêtés
    victimes
    morti morto muoiono feriti dispersi evacuati vittime mortos morrem morreram feridos
    desaparecidos desalojados
    मौत मौतें मृत मृतकों मारे मृत्यु घायल घायलों लापता ज़ख्मी जख्मी गिरफ्तार तीव्रता
    死亡 死者 遇难 遇難 受伤 受傷 負傷 失踪 失蹤 不明 軽傷 重傷 被困 震度"""
)
"""Words beside which a figure grows with the news."""
_IN_WORDS = word_set(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    several dozen dozens scores hundred hundreds thousands
    ein eine einen zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn
    fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig mehrere dutzend
    dutzende hundert hunderte tausende
    un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
    dieciséis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta varios varias
    decena decenas docena docenas cien cientos centenares miles
    une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt
    trente quarante cinquante plusieurs dizaine dizaines douzaine cent centaine centaines milliers
    due tre quattro cinque sei sette otto nove dieci undici dodici decine centinaia
    dois três quatro sete oito dez doze dezenas centenas
    एक दो तीन चार पांच पाँच छह सात आठ नौ दस ग्यारह बारह दर्जन दर्जनों सैकड़ों"""
)
"""Numbers that are written out: agencies spell those up to nine or twelve, and any that begins a
sentence. They count as tolls beside a toll's words, and nowhere else: "one" is a word as well."""
_HOUR = word_set(
    "noon midday midnight mittag mitternacht mediodía medianoche midi minuit mezzogiorno mezzanotte"
)
"""Hours that are written as words: a fixing at noon is not the one at 4:30 p.m."""
_DIGIT = re.compile(r"\d")
_NEAR = 3
_DATE = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz juni
    juli oktober dezember
    lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio
    agosto septiembre octubre noviembre diciembre
    lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril juin juillet août
    septembre octobre novembre décembre
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार जनवरी फरवरी मार्च अप्रैल जून जुलाई
    अगस्त सितंबर अक्टूबर नवंबर दिसंबर
    月曜 火曜 水曜 木曜 金曜 土曜 日曜 周一 周二 周三 周四 周五 周六 周日"""
)
"""Days and months; "may" is left out, it is a verb more often."""
_MOST_SENTENCES = 400
_NOUNS_TALL = 0.25
"""Share of tall words from which a language writes its nouns tall, and names cannot be told."""


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """A headline and a body as words, and which of the words tell this story from others."""

    words: tuple[str, ...]
    """Words of the body; in scripts without spaces, pairs of signs."""
    sentences: tuple[tuple[str, ...], ...]
    known: frozenset[str]
    """Every word of body and headline."""
    lead: frozenset[str]
    """Words of headline and first sentence."""
    head: frozenset[str]
    names: frozenset[str]
    """Words of the body that are never written small; none where a script has no capitals."""
    figures: frozenset[str]
    """Words with digits, apart from tolls."""
    tolls: frozenset[str]
    """Numbers beside words of a toll, in digits or written out."""
    dates: frozenset[str]
    """Days and months of the lead."""
    subjects: frozenset[str]
    """Who or what headline or first sentence name and the body speaks of again."""
    things: frozenset[str]
    """Words of the headline that the body has, apart from figures, days and tolls."""
    opening: tuple[str, ...]
    """The first sentence."""
    tall: bool
    """Whether nouns, or all words, are written tall, so that names cannot be told from them."""

    @property
    def size(self) -> int:
        """Words of the body."""
        return len(self.words)


def wording_of(item: Item, names: frozenset[str]) -> Wording:
    """An item's text as words, without the names of agencies."""
    body = body_of(item)
    spaceless = is_spaceless(body)
    lines = [_line(sentence, names, spaceless=spaceless) for sentence in _split(body, names)]
    lines = [line for line in lines if line[0]]
    sentences = tuple(folded for _, folded in lines)
    _, heading = _line(_evened(item.headline), names, spaceless=spaceless)
    head = frozenset(heading)
    tolls, figures = _figures((*sentences, heading))
    share, called = _called(lines)
    numbers = frozenset(word for word in tolls if word.isdigit() or word in _IN_WORDS)
    called -= numbers
    words = tuple(chain.from_iterable(sentences))
    counted = Counter(words)
    lead = head.union(*sentences[: 1 if sentences and len(sentences[0]) > 5 else 2])
    tall = share >= _NOUNS_TALL
    return Wording(
        words=words,
        sentences=sentences,
        known=head.union(counted),
        lead=lead,
        head=head,
        names=called,
        figures=figures - tolls,
        tolls=tolls,
        dates=lead & _DATE,
        subjects=_subjects(head, lead, counted, frozenset() if tall else called) - numbers,
        things=frozenset(
            word
            for word in (head - _DATE - _TOLL - numbers).intersection(counted)
            if len(word) > 1 and not _DIGIT.search(word)
        ),
        opening=sentences[0] if sentences else (),
        tall=tall,
    )


Line = tuple[list[str], tuple[str, ...]]
"""The words of a sentence as they are written, and casefolded."""


def _split(body: str, names: frozenset[str]) -> list[str]:
    folded = body.casefold()
    if _unnamed(folded, names) != folded:
        body = _without(body, names)
    return _SENTENCE_END.split(body)[:_MOST_SENTENCES]


def _without(body: str, names: frozenset[str]) -> str:
    """A text in its own case without those names of agencies that are several words."""
    several = [name for name in names if not name.isalpha()]
    folded = body.casefold()
    here = sorted({name for name in (*several, *_LONG) if name in folded}, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, here)), " ", body, flags=re.IGNORECASE)


def _line(sentence: str, names: frozenset[str], *, spaceless: bool) -> Line:
    """The words of a sentence without names of agencies."""
    if sentence.isascii():
        found = sentence.translate(_APART).split()
    else:
        found = (_SIGN if spaceless else _WORD).findall(sentence)
    folded = tuple(map(str.casefold, found))
    if not (_SINGLE.isdisjoint(folded) and names.isdisjoint(folded)):
        found = [
            word
            for word, low in zip(found, folded, strict=True)
            if low not in _SINGLE and low not in names
        ]
        folded = tuple(map(str.casefold, found))
    if spaceless:
        found = _pairs(found)
        folded = tuple(map(str.casefold, found))
    return found, folded


def _pairs(signs: list[str]) -> list[str]:
    """Neighbouring signs as pairs; figures and words in other scripts stand alone."""
    paired = []
    for sign, after in zip(signs, [*signs[1:], ""], strict=False):
        if not _SPACELESS.match(sign):
            paired.append(sign)
        elif _SPACELESS.match(after):
            paired.append(sign + after)
    return paired


def _figures(sentences: Iterable[tuple[str, ...]]) -> tuple[frozenset[str], frozenset[str]]:
    """Numbers beside words of a toll, and all other figures."""
    tolls: set[str] = set()
    figures: set[str] = set()
    for sentence in sentences:
        figures |= _HOUR.intersection(sentence)
        if _IN_WORDS.isdisjoint(sentence) and not _DIGIT.search(" ".join(sentence)):
            continue
        for place, word in enumerate(sentence):
            counted = word[0].isdigit() or word[-1].isdigit()
            if counted or word in _IN_WORDS:
                near = sentence[max(0, place - _NEAR) : place + _NEAR + 1]
                if not _TOLL.isdisjoint(near):
                    tolls.add(word)
                elif counted:
                    figures.add(word)
    return frozenset(tolls), frozenset(figures)


def _called(lines: Iterable[Line]) -> tuple[float, frozenset[str]]:
    """The share of tall words, and the words that are never written small.

    The first word of a sentence is tall anyway; it counts if the next one is tall as well.
    """
    tall: set[str] = set()
    small: set[str] = set()
    count = total = 0
    for written, folded in lines:
        total += len(folded)
        small.update(set(written).intersection(folded))
        high = [place for place, word in enumerate(written) if word != folded[place]]
        count += len(high)
        if high[:1] == [0] and high[1:2] != [1]:
            del high[0]
        tall.update(folded[place] for place in high)
    called = frozenset(word for word in tall - small - _DATE if not word[0].isdigit())
    return count / (total or 1), called


def _subjects(
    head: frozenset[str], lead: frozenset[str], counted: Counter[str], called: frozenset[str]
) -> frozenset[str]:
    """Names of the headline that the body knows, and of the lead that come again.

    Where no names can be told it is any word of the lead that comes again.
    """
    again = {word for word in lead if counted[word] > 1 and len(word) > 1 and word not in _DATE}
    return (head & called) | (again & called) if called else frozenset(again)
