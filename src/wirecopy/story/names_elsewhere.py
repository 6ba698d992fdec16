"""Names in scripts without capitals: Hindi and Arabic, by the words that stand before and after.

A title goes before a person's two names; a kind of place before or after its name, or the place
opens headline and lead. What is found so is counted wherever it comes again, a surname alone
included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirecopy.story.names import READ, Kind, Name
from wirecopy.story.prose import word_set

_DEVANAGARI = re.compile(r"[\u0904-\u0939\u0958-\u0961\u0900-\u0903\u093a-\u094f]+")
_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3]+")
_HINDI_TITLES = word_set(
    """मंत्री प्रधानमंत्री राष्ट्रपति मुख्यमंत्री उपमुख्यमंत्री गृहमंत्री विदेशमंत्री
    वित्तमंत्री जिलाधिकारी विधायक सांसद न्यायाधीश न्यायमूर्ति अध्यक्ष सभापति अभिनेता
    अभिनेत्री कप्तान कोच गायक गायिका लेखक श्री श्रीमती डॉ प्रोफेसर राज्यपाल महापौर
    आयुक्त अधीक्षक निदेशक प्रवक्ता सचिव नेता"""
)
_HINDI_ENDS = word_set(
    """ने के को की का से में पर और या तथा एवं व भी ही तो है हैं था थे थी रहे रही कहा
    बताया सहित द्वारा इस उस यह वह कि जो जिन्होंने किया की गई गए"""
)
_HINDI_PLACES = word_set(
    "नदी जिला जिले जिलों शहर नगर गांव राज्य घाटी झील मंडी स्टेशन हवाईअड्डा विश्वविद्यालय अस्पताल"
)
_HINDI_IN = word_set("में के की का से को पर")
_HINDI_COMMON = word_set(
    """देश राज्य शहर सरकार पुलिस मामले भारत दिल्ली संसद सदन बैठक क्षेत्र इलाके घटना
    हादसे जिले गांव सोमवार मंगलवार बुधवार बृहस्पतिवार गुरुवार शुक्रवार शनिवार रविवार
    साल महीने पहले बाद केंद्र अदालत न्यायालय चुनाव सभी कई कुछ लोग लोगों इन उन इनमें उनके इसके
    अब आज कल जब तब वहीं यहां वहां लेकिन मगर साथ दो तीन चार पांच नए नई नया अपने हम हमारे कोई
    सबसे बड़ा बड़ी बड़े अन्य एक इसी उसी ऐसे जैसे"""
)
_ARABIC_TITLES = word_set(
    """الرئيس الوزير الأمير الملك السيد السيدة النائب القاضي المدرب الدكتور المتحدث
    السفير الجنرال اللاعب رئيس وزير الشيخ المحافظ العمدة"""
)
_ARABIC_PLACES = word_set(
    "ميناء مدينة محافظة ولاية منطقة جزيرة نهر مطار بلدة قرية بحيرة جبل إقليم جامعة"
)


def names_by_context(headline: str, text: str) -> list[Name]:
    """The names in a Hindi or Arabic text, in the order of their first mention."""
    whole = f"{headline}\n{text}"[:READ]
    if _ARABIC.search(headline):
        return _counted(_arabic(whole), whole)
    if _DEVANAGARI.search(headline):
        return _counted(_hindi(headline, whole), whole)
    return []


def _hindi(headline: str, whole: str) -> Iterator[tuple[str, Kind]]:
    words = _DEVANAGARI.findall(whole)
    for number, word in enumerate(words):
        if word in _HINDI_TITLES:
            name: list[str] = []
            for follower in words[number + 1 : number + 4]:
                if follower in _HINDI_ENDS or follower in _HINDI_TITLES:
                    break
                name.append(follower)
            ended = words[number + 1 + len(name) : number + 2 + len(name)]
            if 2 <= len(name) <= 3 and ended and ended[0] in _HINDI_ENDS:
                yield " ".join(name), "person"
        elif word in _HINDI_PLACES and number and words[number - 1] not in _HINDI_COMMON:
            before = words[number - 1]
            if before not in _HINDI_ENDS and words.count(before) > 1:
                yield before, "place"
    yield from _opening(headline, whole)


def _opening(headline: str, whole: str) -> Iterator[tuple[str, Kind]]:
    """The word that opens the headline and comes again in the text before a postposition."""
    first = _DEVANAGARI.match(headline)
    if first is None or first[0] in _HINDI_COMMON or len(first[0]) < 3:
        return
    again = re.findall(rf"(?<!\S){first[0]} (\S+)", whole)
    if len(again) > 1 and (set(again) & (_HINDI_IN | _HINDI_PLACES)):
        yield first[0], "place"


def _arabic(whole: str) -> Iterator[tuple[str, Kind]]:
    words = _ARABIC.findall(whole)
    for number, word in enumerate(words):
        pair = words[number + 1 : number + 3]
        if len(pair) < 2:
            continue
        if word in _ARABIC_TITLES and pair[1].startswith("ال"):
            yield " ".join(pair), "person"
        elif word in _ARABIC_PLACES:
            both = " ".join(pair)
            if whole.count(both) > 1:
                yield both, "place"
            elif whole.count(pair[0]) > 1:
                yield pair[0], "place"


def _counted(found: Iterator[tuple[str, Kind]], whole: str) -> list[Name]:
    names: dict[str, Name] = {}
    for name, kind in found:
        if name in names:
            continue
        last = name.rsplit(" ", 1)[-1]
        forms = (name, last) if kind == "person" and last != name else (name,)
        names[name] = Name(name, kind, forms, whole.count(last), whole.find(name))
    return sorted(names.values(), key=lambda each: each.first)
