"""Names that everybody knows: countries and unions with their other names and peoples' names.

Facts in a row each: the name a topic has, then what else means it, in the languages the wires use.
A row here is what a `[[topics]]` table in wirecopy.toml is for a newsroom's own world; the
newsroom's wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from wirecopy.config import KnownTopic
from wirecopy.story.names import Kind
from wirecopy.story.slugs import slugify

_PLACES = """
United States=US|U.S.|USA|U.S.A.|America|American|Americans|USA|Vereinigte Staaten|Vereinigten Staaten|États-Unis|Estados Unidos|अमेरिका|الولايات المتحدة
United Kingdom=UK|U.K.|Britain|British|Britons|Great Britain|Großbritannien|Royaume-Uni|Reino Unido|ब्रिटेन|بريطانيا
China=Chinese|chinesisch|चीन|الصين
India=Indian|Indians|Indien|Inde|भारत|الهند
Russia=Russian|Russians|Russland|Russie|Rusia|रूस|روسيا
Ukraine=Ukrainian|Ukrainians|Ucrania|यूक्रेन|أوكرانيا
Germany=German|Germans|Deutschland|Allemagne|Alemania|जर्मनी|ألمانيا
France=French|Frankreich|Francia|फ्रांस|فرنسا
Spain=Spanish|Spaniards|Spanien|Espagne|España|स्पेन|إسبانيا
Italy=Italian|Italians|Italien|Italie|Italia|इटली|إيطاليا
Japan=Japanese|Japon|Japón|जापान|اليابان
Israel=Israeli|Israelis|Israël|इजराइल|إسرائيل
Iran=Iranian|Iranians|Irán|ईरान|إيران
Iraq=Iraqi|Iraqis|Irak|इराक|العراق
Pakistan=Pakistani|Pakistanis|पाकिस्तान|باكستان
Bangladesh=Bangladeshi|Bangladeshis|बांग्लादेश|بنغلاديش
Sri Lanka=Sri Lankan|Sri Lankans|श्रीलंका|سريلانكا
Nepal=Nepali|Nepalese|नेपाल|نيبال
Afghanistan=Afghan|Afghans|अफगानिस्तान|أفغانستان
Turkey=Turkish|Turks|Türkiye|Türkei|Turquie|Turquía|तुर्की|تركيا
Egypt=Egyptian|Egyptians|Ägypten|Égypte|Egipto|मिस्र|مصر
Saudi Arabia=Saudi|Saudis|Saudi-Arabien|Arabie saoudite|सऊदी अरब|السعودية
Syria=Syrian|Syrians|Syrien|Syrie|Siria|सीरिया|سوريا
Canada=Canadian|Canadians|Kanada|कनाडा|كندا
Mexico=Mexican|Mexicans|Mexiko|Mexique|México|मेक्सिको|المكسيك
Brazil=Brazilian|Brazilians|Brasilien|Brésil|Brasil|ब्राजील|البرازيل
Argentina=Argentine|Argentines|Argentinien|Argentine|अर्जेंटीना|الأرجنتين
Australia=Australian|Australians|Australien|Australie|ऑस्ट्रेलिया|أستراليا
New Zealand=New Zealander|New Zealanders|Neuseeland|Nouvelle-Zélande|न्यूजीलैंड
South Africa=South African|South Africans|Südafrika|Afrique du Sud|Sudáfrica|दक्षिण अफ्रीका|جنوب أفريقيا
Nigeria=Nigerian|Nigerians|नाइजीरिया|نيجيريا
Kenya=Kenyan|Kenyans|Kenia|केन्या|كينيا
South Korea=South Korean|South Koreans|Südkorea|Corée du Sud|Corea del Sur|दक्षिण कोरिया
North Korea=North Korean|North Koreans|Nordkorea|Corée du Nord|Corea del Norte|उत्तर कोरिया
Poland=Polish|Poles|Polen|Pologne|Polonia|पोलैंड|بولندا
Netherlands=Dutch|Holland|Niederlande|Pays-Bas|Países Bajos|नीदरलैंड|هولندا
Switzerland=Swiss|Schweiz|Suisse|Suiza|स्विट्जरलैंड|سويسرا
Austria=Austrian|Austrians|Österreich|Autriche|ऑस्ट्रिया|النمسا
Greece=Greek|Greeks|Griechenland|Grèce|Grecia|यूनान|اليونان
Sweden=Swedish|Swedes|Schweden|Suède|Suecia|स्वीडन|السويد
Norway=Norwegian|Norwegians|Norwegen|Norvège|Noruega|नॉर्वे|النرويج
Denmark=Danish|Danes|Dänemark|Danemark|Dinamarca|डेनमार्क
Ireland=Irish|Irland|Irlande|Irlanda|आयरलैंड
Portugal=Portuguese|पुर्तगाल|البرتغال
Indonesia=Indonesian|Indonesians|Indonesien|Indonésie|इंडोनेशिया
Malaysia=Malaysian|Malaysians|मलेशिया|ماليزيا
Philippines=Filipino|Filipinos|Philippine|Philippinen|Filipinas|फिलीपींस
Vietnam=Vietnamese|वियतनाम
Thailand=Thai|Thais|थाईलैंड
Qatar=Qatari|Katar|कतर|قطر
Lebanon=Lebanese|Libanon|Liban|Líbano|लेबनान|لبنان
Jordan=Jordanian|Jordanians|Jordanien|जॉर्डन|الأردن
Yemen=Yemeni|Yemenis|Jemen|यमन|اليمن
Sudan=Sudanese|Soudan|सूडान|السودان
Ethiopia=Ethiopian|Ethiopians|Äthiopien|Éthiopie|इथियोपिया
Venezuela=Venezuelan|Venezuelans|वेनेजुएला
Colombia=Colombian|Colombians|Kolumbien|Colombie|कोलंबिया
Chile=Chilean|Chileans|चिली
Hungary=Hungarian|Hungarians|Ungarn|Hongrie|Hungría|हंगरी
Romania=Romanian|Romanians|Rumänien|Roumanie|रोमानिया
Czech Republic=Czech|Czechs|Czechia|Tschechien|Tchéquie
"""
_UNIONS = """
United Nations=UN|U.N.|Vereinte Nationen|Vereinten Nationen|Nations unies|Naciones Unidas|ONU|संयुक्त राष्ट्र|الأمم المتحدة
European Union=EU|E.U.|Europäische Union|Europäischen Union|Union européenne|Unión Europea|UE|यूरोपीय संघ|الاتحاد الأوروبي
NATO=Nato|OTAN|North Atlantic Treaty Organization|नाटो|حلف شمال الأطلسي
World Health Organization=WHO|Weltgesundheitsorganisation|OMS|World Health Organisation
International Monetary Fund=IMF|I.M.F.|IWF|FMI
African Union=AU
World Bank=Weltbank|Banque mondiale|Banco Mundial|विश्व बैंक
International Olympic Committee=IOC|I.O.C.
"""


class Known(dict[str, tuple[str, Kind]]):
    """Folded name -> (the topic's name, its kind); `merged` by slug in the same way."""

    merged: dict[str, tuple[str, Kind]]


@lru_cache(maxsize=8)
def known_names(own: tuple[KnownTopic, ...] = ()) -> Known:
    """What names mean here: the world's, and over them the newsroom's own table."""
    known = Known()
    for row in _PLACES.strip().splitlines():
        name, _, others = row.partition("=")
        _learn(known, name, others.split("|"), "place")
    for row in _UNIONS.strip().splitlines():
        name, _, others = row.partition("=")
        _learn(known, name, others.split("|"), "organisation")
    known.merged = {}
    for topic in own:
        _learn(known, topic.name, topic.aliases, topic.kind)
        for other in topic.merge:
            _learn(known, topic.name, (other,), topic.kind)
            known.merged[slugify(other) or other] = (topic.name, topic.kind)
    return known


def _learn(known: Known, name: str, others: Iterable[str], kind: Kind) -> None:
    for each in (name, *others):
        known[each.casefold()] = (name, kind)


def means(name: str, known: Known) -> tuple[str, Kind] | None:
    """(the topic's name, its kind) that this name stands for, None where nobody says."""
    return known.get(name.casefold())
