"""Names that everybody knows: countries, towns and unions, with their other names.

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
Albania=Albanian|Albanians|Albanien|Albanie
Algeria=Algerian|Algerians|Algerien|Algérie|Argelia|الجزائر
Angola=Angolan|Angolans
Armenia=Armenian|Armenians|Armenien|Arménie
Azerbaijan=Azerbaijani|Azerbaijanis|Aserbaidschan|Azerbaïdjan
Bahrain=Bahraini|Bahrainis|البحرين
Belarus=Belarusian|Belarusians|Weißrussland|Biélorussie|Bielorrusia
Belgium=Belgian|Belgians|Belgien|Belgique|Bélgica|België
Bolivia=Bolivian|Bolivians|Bolivien|Bolivie
Bosnia and Herzegovina=Bosnia|Bosnian|Bosnians|Bosnien-Herzegowina
Botswana=Botswanan
Bulgaria=Bulgarian|Bulgarians|Bulgarien|Bulgarie
Burkina Faso=Burkinabe
Cambodia=Cambodian|Cambodians|Kambodscha|Cambodge|Camboya
Cameroon=Cameroonian|Cameroonians|Kamerun|Cameroun|Camerún
Congo=Congolese|Kongo
Costa Rica=Costa Rican|Costa Ricans
Croatia=Croatian|Croatians|Croats|Kroatien|Croatie|Croacia
Cuba=Cuban|Cubans|Kuba
Cyprus=Cypriot|Cypriots|Zypern|Chypre|Chipre
Dominican Republic=Dominicans|República Dominicana
Ecuador=Ecuadorian|Ecuadorians|Équateur
El Salvador=Salvadoran|Salvadorans
Eritrea=Eritrean|Eritreans
Estonia=Estonian|Estonians|Estland|Estonie
Fiji=Fijian|Fijians
Finland=Finnish|Finns|Finnland|Finlande|Finlandia|Suomi
Ghana=Ghanaian|Ghanaians
Greenland=Greenlanders|Grönland
Guatemala=Guatemalan|Guatemalans
Guinea=Guinean|Guineans
Haiti=Haitian|Haitians|Haïti|Haití
Honduras=Honduran|Hondurans
Hong Kong=Hongkong|Hongkongers|हांगकांग
Iceland=Icelandic|Icelanders|Islande|Islandia
Ivory Coast=Ivorian|Ivorians|Côte d'Ivoire|Elfenbeinküste
Jamaica=Jamaican|Jamaicans|Jamaika
Kazakhstan=Kazakh|Kazakhs|Kasachstan
Kosovo=Kosovar|Kosovars
Kuwait=Kuwaiti|Kuwaitis|الكويت
Kyrgyzstan=Kyrgyz|Kirgisistan
Laos=Laotian|Laotians
Latvia=Latvian|Latvians|Lettland|Lettonie|Letonia
Liberia=Liberian|Liberians
Libya=Libyan|Libyans|Libyen|Libye|Libia|ليبيا
Lithuania=Lithuanian|Lithuanians|Litauen|Lituanie|Lituania
Luxembourg=Luxemburg|Luxemburgo
Madagascar=Malagasy|Madagaskar
Malawi=Malawian|Malawians
Maldives=Maldivian|Maldivians|Malediven|मालदीव
Mali=Malian|Malians
Malta=Maltese
Mauritius=Mauritian|Mauritians
Moldova=Moldovan|Moldovans|Moldau|Moldavie|Moldavia
Mongolia=Mongolian|Mongolians|Mongolei|Mongolie
Montenegro=Montenegrin|Montenegrins
Morocco=Moroccan|Moroccans|Marokko|Maroc|Marruecos|المغرب
Mozambique=Mozambican|Mozambicans|Mosambik
Myanmar=Burma|Burmese|Birma|Birmanie|Birmania|म्यांमार
Namibia=Namibian|Namibians
Nicaragua=Nicaraguan|Nicaraguans
Niger=Nigerien|Nigeriens
North Macedonia=Macedonia|Macedonian|Macedonians|Nordmazedonien
Oman=Omani|Omanis
Palestine=Palestinian|Palestinians|Palästina|Palestina|Palästinenser|Palestiniens|Palestinos|फिलिस्तीन|فلسطين
Panama=Panamanian|Panamanians|Panamá
Papua New Guinea=Papua-Neuguinea
Paraguay=Paraguayan|Paraguayans
Peru=Peruvian|Peruvians|Pérou|Perú
Puerto Rico=Puerto Rican|Puerto Ricans
Rwanda=Rwandan|Rwandans|Ruanda
Senegal=Senegalese|Sénégal
Serbia=Serbian|Serbians|Serbs|Serbien|Serbie
Sierra Leone=Sierra Leonean
Singapore=Singaporean|Singaporeans|Singapur|Singapour|सिंगापुर
Slovakia=Slovak|Slovaks|Slowakei|Slovaquie|Eslovaquia
Slovenia=Slovenian|Slovenians|Slovenes|Slowenien|Slovénie|Eslovenia
Somalia=Somali|Somalis|Somalie|الصومال
South Sudan=South Sudanese|Südsudan
Taiwan=Taiwanese|Taïwan|Taiwán|ताइवान
Tajikistan=Tajik|Tajiks|Tadschikistan
Tanzania=Tanzanian|Tanzanians|Tansania|Tanzanie
Tibet=Tibetan|Tibetans
Tunisia=Tunisian|Tunisians|Tunesien|Tunisie|Túnez|تونس
Turkmenistan=Turkmen
Uganda=Ugandan|Ugandans|Ouganda
United Arab Emirates=UAE|U.A.E.|Emirati|Emiratis|Émirats arabes unis|الإمارات
Uruguay=Uruguayan|Uruguayans
Uzbekistan=Uzbek|Uzbeks|Usbekistan
Zambia=Zambian|Zambians|Sambia
Zimbabwe=Zimbabwean|Zimbabweans|Simbabwe
Scotland=Scottish|Scots|Schottland|Écosse|Escocia
Wales=Welsh
England=Angleterre|Inglaterra
Northern Ireland=Nordirland|Irlande du Nord
Europe=Europeans|Europa|यूरोप|أوروبا
Africa=Africans|Afrika|Afrique|África|अफ्रीका|أفريقيا
Asia=Asien|Asie|एशिया|آسيا
Middle East=Mideast|Naher Osten|Nahost|Proche-Orient|Moyen-Orient|Oriente Medio|मध्य पूर्व|الشرق الأوسط
Gaza=Gaza Strip|Gazastreifen|गाजा|غزة
West Bank=Westjordanland|Cisjordanie|Cisjordania|الضفة الغربية
Crimea=Crimean|Krim|Crimée
"""
_TOWNS = """
New York=New York City|NYC|Nueva York|न्यूयॉर्क|نيويورك
Los Angeles
San Francisco
Washington D.C.=Washington DC|Washington, D.C.
Hawaii
Alaska
Alabama
Arizona
Arkansas
California
Colorado
Connecticut
Delaware
Florida
Idaho
Illinois
Indiana
Iowa
Kansas
Kentucky
Louisiana
Maryland
Massachusetts
Michigan
Minnesota
Mississippi
Missouri
Montana
Nebraska
Nevada
New Hampshire
New Jersey
New Mexico
New Orleans
North Carolina
North Dakota
Ohio
Oklahoma
Oregon
Pennsylvania
Rhode Island
South Carolina
South Dakota
Tennessee
Texas
Utah
Vermont
West Virginia
Wisconsin
Wyoming
Delhi=New Delhi|Neu-Delhi|Nueva Delhi|दिल्ली|नई दिल्ली
New South Wales=NSW
British Columbia
Nova Scotia
Ontario
Quebec=Québec
Amsterdam
Ankara
Athens=Athen
Atlanta
Auckland
Baghdad=Bagdad|بغداد
Bangkok=बैंकॉक
Barcelona
Beijing=Peking|Pékin|Pekín|बीजिंग|بكين
Beirut=Beyrouth|بيروت
Belfast
Belgrade=Belgrad
Bengaluru=Bangalore|बेंगलुरु
Berlin
Boston
Bratislava
Brisbane
Brussels=Brüssel|Bruxelles|Bruselas|Brussel
Bucharest=Bukarest|Bucarest
Budapest
Buenos Aires
Cairo=Kairo|Le Caire|القاهرة
Cape Town=Kapstadt
Caracas
Chennai=Madras|चेन्नई
Chicago
Copenhagen=Kopenhagen|Copenhague|København
Dallas
Damascus=Damaskus|Damas|Damasco|دمشق
Detroit
Dhaka
Doha=الدوحة
Dubai=Dubaï|دبي
Dublin
Edinburgh
Frankfurt
Geneva=Genf|Genève|Ginebra
Glasgow
Hamburg
Hanoi
Havana=La Habana
Helsinki
Houston
Hyderabad
Islamabad
Istanbul=Estambul
Jakarta
Jerusalem=Jérusalem|Jerusalén|القدس
Johannesburg
Kabul
Karachi
Kathmandu=काठमांडू
Khartoum
Kolkata=Calcutta|कोलकाता
Kuala Lumpur
Kyiv=Kiev|Kiew
Lagos
Lahore
Las Vegas
Lisbon=Lissabon|Lisbonne|Lisboa
London=Londres|लंदन|لندن
Lyon
Madrid
Manchester
Manila
Marseille
Melbourne
Mexico City=Ciudad de México|Mexiko-Stadt
Miami
Milan=Mailand|Milano
Minsk
Montreal=Montréal
Moscow=Moskau|Moscou|Moscú|मॉस्को|موسكو
Mumbai=Bombay|मुंबई
Munich=München
Nairobi
Oslo
Ottawa
Paris
Philadelphia
Prague=Prag|Praga
Pyongyang
Rio de Janeiro
Riyadh=Riad|Riyad|الرياض
Rome=Rom|Roma
Sao Paulo=São Paulo
Seattle
Seoul=Séoul|Seúl
Shanghai
St. Petersburg=Sankt Petersburg|Saint-Pétersbourg
Stockholm
Sydney
Taipei
Tallinn
Tehran=Teheran|Téhéran|طهران
Tel Aviv
Tokyo=Tokio|टोक्यो|طوكيو
Toronto
Tripoli
Vancouver
Vienna=Wien|Vienne|Viena
Vilnius
Warsaw=Warschau|Varsovie|Varsovia
Wellington
Zagreb
Zurich=Zürich
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
    for row in _TOWNS.strip().splitlines():
        name, _, others = row.partition("=")
        _learn(known, name, filter(None, others.split("|")), "place")
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
