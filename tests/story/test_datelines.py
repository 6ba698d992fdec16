from datetime import UTC, datetime

import pytest

from wirecopy.model import Item
from wirecopy.story.agencies import names_of
from wirecopy.story.datelines import find, repeated, resolve, same_place, split

OWN = names_of(Item(item_id="x", provider="Coastwire"), "Harbour News Agency")

# What each row holds: the line, its place, its day, its agencies, the report behind it
STYLES = [
    # PTI, IANS, UNI
    ("Port Sel, Nov 21 (PTI) The ferry", "Port Sel", (None, 11, 21), ("PTI",), "The ferry"),
    ("New Sel, Nov 21 (IANS) The ferry", "New Sel", (None, 11, 21), ("IANS",), "The ferry"),
    ("Port Sel, Jan 7 (UNI) The ferry", "Port Sel", (None, 1, 7), ("UNI",), "The ferry"),
    ("Port Sel, Sept. 3 (PTI): The", "Port Sel", (None, 9, 3), ("PTI",), "The"),
    ("PORT SEL, December 31 (IANS) — The", "PORT SEL", (None, 12, 31), ("IANS",), "The"),
    ("Port Sel/Old Quay, Feb 2 (PTI) A", "Port Sel/Old Quay", (None, 2, 2), ("PTI",), "A"),
    ("Old Quay (Norland), Feb 2 (PTI) A", "Old Quay (Norland)", (None, 2, 2), ("PTI",), "A"),
    ("Port Sel, Nov 21, 2021 (PTI) The", "Port Sel", (2021, 11, 21), ("PTI",), "The"),
    ("Port Sel, 21 Nov (IANS) The", "Port Sel", (None, 11, 21), ("IANS",), "The"),
    ("नया सेल, 21 नवंबर (भाषा) नाव", "नया सेल", (None, 11, 21), ("PTI",), "नाव"),
    ("PORT SEL 21 Kasım (AFP) - The", "PORT SEL", (None, 11, 21), ("AFP",), "The"),
    ("نورفال 21 نوفمبر (AFP) - نقل", "نورفال", (None, 11, 21), ("AFP",), "نقل"),
    # ANI
    (
        "Port Sel (Westmark) [Norland], November 21 (ANI): The",
        "Port Sel (Westmark) [Norland]",
        (None, 11, 21),
        ("ANI",),
        "The",
    ),
    ("Old Quay [Norland], May 4 (ANI): A", "Old Quay [Norland]", (None, 5, 4), ("ANI",), "A"),
    ("Port Sel (Westmark), May 4 (ANI/Coastwire): A", "Port Sel (Westmark)", (None, 5, 4),
     ("ANI", "Coastwire"), "A"),
    # AP, Reuters, AFP
    ("PORT SEL, Norland (AP) — The", "PORT SEL, Norland", None, ("AP",), "The"),
    ("PORT SEL (AP) _ The", "PORT SEL", None, ("AP",), "The"),
    ("PORT SEL (AP) -- The", "PORT SEL", None, ("AP",), "The"),
    ("PORT SEL, Nov 21 (Reuters) - The", "PORT SEL", (None, 11, 21), ("Reuters",), "The"),
    ("OLD QUAY/PORT SEL (Reuters) - The", "OLD QUAY/PORT SEL", None, ("Reuters",), "The"),
    ("PORT SEL, Nov 21 (Thomson Reuters Foundation) - The", "PORT SEL", (None, 11, 21),
     ("Reuters",), "The"),
    ("Nov 21 (Reuters) - The", "", (None, 11, 21), ("Reuters",), "The"),
    ("(Reuters) - The", "", None, ("Reuters",), "The"),
    ("Port Sel (AFP) - The", "Port Sel", None, ("AFP",), "The"),
    ("Port Sel (AFP) – The", "Port Sel", None, ("AFP",), "The"),
    ("PORT SEL, 15 juin 2022 (AFP) - Le", "PORT SEL", (2022, 6, 15), ("AFP",), "Le"),
    ("St. Sel (AFP) - The", "St. Sel", None, ("AFP",), "The"),
    ("The Hague (AP) — The", "The Hague", None, ("AP",), "The"),
    ("PORT SEL D.C. (AP) — The", "PORT SEL D.C.", None, ("AP",), "The"),
    ("ABOARD THE NORDWIND (AP) — The", "ABOARD THE NORDWIND", None, ("AP",), "The"),
    ('PORT SEL (AP) — "We', "PORT SEL", None, ("AP",), '"We'),
    ("Port Sel (AFP)", "Port Sel", None, ("AFP",), ""),
    # Xinhua, Kyodo, Yonhap and neighbours
    ("PORT SEL, Nov. 21 (Xinhua) -- The", "PORT SEL", (None, 11, 21), ("Xinhua",), "The"),
    ("PORT SEL, Nov. 21 (Yonhap) -- The", "PORT SEL", (None, 11, 21), ("Yonhap",), "The"),
    ("PORT SEL, Norland, Dec. 9 Kyodo - A", "PORT SEL, Norland", (None, 12, 9), ("Kyodo",), "A"),
    ("PORT SEL, Dec. 9, Kyodo - The", "PORT SEL", (None, 12, 9), ("Kyodo",), "The"),
    ("PORT SEL, Feb 19 AP - The", "PORT SEL", (None, 2, 19), ("AP",), "The"),
    ("Port Sel, Nov. 21 (Jiji Press)--The", "Port Sel", (None, 11, 21), ("Jiji",), "The"),
    ("新华社海港1月7日电 渡轮", "海港", (None, 1, 7), ("Xinhua",), "渡轮"),
    ("新华社海港1月7日电（记者王某）渡轮", "海港", (None, 1, 7), ("Xinhua",), "渡轮"),
    ("PORT SEL, Nov 21 (Bernama) -- The", "PORT SEL", (None, 11, 21), ("Bernama",), "The"),
    ("Port Sel, November 21 (VNA) – The", "Port Sel", (None, 11, 21), ("VNA",), "The"),
    # dpa, ANSA, APA
    ("Port Sel (dpa) - Die", "Port Sel", None, ("dpa",), "Die"),
    ("Port Sel (dpa/lno) - Die", "Port Sel", None, ("dpa",), "Die"),
    ("Port Sel/Alt Kai (dpa) - Die", "Port Sel/Alt Kai", None, ("dpa",), "Die"),
    ("Sel am See (dpa) - Die", "Sel am See", None, ("dpa",), "Die"),
    ("Port Sel (APA/dpa) - Die", "Port Sel", None, ("APA", "dpa"), "Die"),
    ("Port Sel (dpa-AFX) - Die", "Port Sel", None, ("dpa",), "Die"),
    ("(ANSA) - PORTO SELLA, 21 NOV - Il", "PORTO SELLA", (None, 11, 21), ("ANSA",), "Il"),
    ("(ANSA) - PORTO SELLA, NOV 21 - The", "PORTO SELLA", (None, 11, 21), ("ANSA",), "The"),
    ("(ANSA) - PORTO SELLA 21 NOV - El", "PORTO SELLA", (None, 11, 21), ("ANSA",), "El"),
    ("Porto Sella, 21 NOV (ANSA) - O", "Porto Sella", (None, 11, 21), ("ANSA",), "O"),
    ("PORTO SELLA, 21 GEN - Il", "PORTO SELLA", (None, 1, 21), (), "Il"),
    # EFE, Belga, Lusa, and others
    ("Puerto Sel, 21 nov (EFE).- El", "Puerto Sel", (None, 11, 21), ("EFE",), "El"),
    ("Puerto Sel, 3 ene (EFE).- El", "Puerto Sel", (None, 1, 3), ("EFE",), "El"),
    ("PORT SEL 23/07 (AFP-DPA-REUTER) = Le", "PORT SEL", (None, 7, 23),
     ("AFP", "dpa", "Reuters"), "Le"),
    ("PORT SEL 15/06 (AFP) = Le", "PORT SEL", (None, 6, 15), ("AFP",), "Le"),
    ("Porto Sel, 21 de nov de 2022 (Lusa) – O", "Porto Sel", (2022, 11, 21), ("Lusa",), "O"),
    ("MOSCOW SEL, November 21. /TASS/. The", "MOSCOW SEL", (None, 11, 21), ("TASS",), "The"),
    ("PORT SEL. Nov 21 (Interfax) - The", "PORT SEL", (None, 11, 21), ("Interfax",), "The"),
    ("PORT SEL, 21st November, 2022 (WAM) -- The", "PORT SEL", (2022, 11, 21), ("WAM",), "The"),
    ("PORT SEL, Nov 21, SPA -- The", "PORT SEL", (None, 11, 21), ("SPA",), "The"),
    ("PORT SEL, Nov 21, 2022 /PRNewswire/ -- The", "PORT SEL", (2022, 11, 21),
     ("PR Newswire",), "The"),
    ("PORT SEL, 2022-11-21 (AFP) - The", "PORT SEL", (2022, 11, 21), ("AFP",), "The"),
    # Hindi and Arabic: days in words, a danda behind the agency, two calendars, no comma
    ("पोर्ट सेल, सात जनवरी (भाषा) नौका", "पोर्ट सेल", (None, 1, 7), ("PTI",), "नौका"),
    ("पोर्ट सेल, 7 जनवरी (आईएएनएस)। नौका", "पोर्ट सेल", (None, 1, 7), ("IANS",), "नौका"),
    ("بورت سيل 7 يناير (كونا) -- عادت", "بورت سيل", (None, 1, 7), ("KUNA",), "عادت"),
    ("بورت سيل في 7 يناير / وام / عادت", "بورت سيل", (None, 1, 7), ("WAM",), "عادت"),
    ("بورت سيل 7 يناير كانون الثاني (رويترز) - عادت", "بورت سيل", (None, 1, 7),
     ("Reuters",), "عادت"),
    ("بورت سيل (أ ف ب) - عادت", "بورت سيل", None, ("AFP",), "عادت"),
    ("بورت سيل 04 جمادى الآخرة 1443 هـ الموافق 07 يناير 2022 م واس", "بورت سيل",
     (2022, 1, 7), ("SPA",), ""),
    # A publication that is named by its address
    ("PORT SEL (Screensite.com) - The", "PORT SEL", None, (), "The"),
    # An agency nobody has heard of: the source's name, its initials, the provider
    ("Port Sel, Nov 21 (HNA) The", "Port Sel", (None, 11, 21), ("Harbour News Agency",), "The"),
    ("PORT SEL (Harbour News) — The", "PORT SEL", None, ("Harbour News Agency",), "The"),
    ("Port Sel (Harbour News Agency) - The", "Port Sel", None, ("Harbour News Agency",), "The"),
    ("PORT SEL, Nov 21 (Coastwire) -- The", "PORT SEL", (None, 11, 21), ("Coastwire",), "The"),
    ("Port Sel (HNA/Coastwire) - The", "Port Sel", None,
     ("Harbour News Agency", "Coastwire"), "The"),
    ("Port Sel /ritzau/: Det", "Port Sel", None, ("Ritzau",), "Det"),
    ("Jan. 12 (HarbourDesk) - The", "", (None, 1, 12), (), "The"),
    ("Port Sel, Nov 21 (QQX) - The", "Port Sel", (None, 11, 21), (), "The"),
    ("PORT SEL, Nov 21 HNA - The", "PORT SEL", (None, 11, 21), ("Harbour News Agency",), "The"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "place", "day", "sources", "rest"), STYLES)
def test_styles(
    line: str,
    place: str,
    day: tuple[int | None, int, int] | None,
    sources: tuple[str, ...],
    rest: str,
) -> None:
    """Every style of dateline gives its place, day and agencies, and the report after it."""
    found = find(line, OWN)
    assert found is not None
    assert (found.place, found.day, found.sources) == (place, day, sources)
    assert line[found.end :] == rest


SENTENCES = [
    "Paris (France) is a city on a river.",
    "The Associated Press (AP) — which reported it first — said so.",
    "Press Trust of India (PTI) - the agency - said so.",
    "Agence France-Presse (AFP) - founded long ago - said so.",
    "On Monday, Nov 21 (Reuters) reported the landing.",
    "In Port Sel, Nov 21 (PTI) was a holiday.",
    "The council told AFP - and others - that it would vote.",
    "The council said (AFP) - and others agreed.",
    "He joined the harbour board (HNA) - a rare honour.",
    "Reading (PA) - a town - grows.",
    "Growth slowed to 2.1 per cent, Nov 21 data showed - a surprise.",
    "Norland (pop. 3,000) - a small state - voted.",
    "The Norland Harbour Board (NHB) - the owner - will pay.",
    "A ferry, the Nordwind (AP) — sank.",
    "Mayor Jane Roe (Harbour Party) - said no.",
    '"Port Sel (AFP) - is where I live," he said.',
    "Who won? Port Sel (AFP) - did.",
    "Port Sel: the town that (AP) — sleeps.",
    "According to Port Sel (AFP) - the town - it rains.",
    "From Port Sel, Nov 21 (PTI) to Old Quay.",
    "Shares of Nordwind (NWND) - rose.",
    "Nordwind - the ferry - left on Nov 21.",
    "By Nov 21 (PTI) reports had come in.",
    "Photo by Jane Roe (AFP) - all rights reserved.",
    "Ministers met in Port Sel, Nov 21 (PTI) and left.",
    "Version 2 - what is new.",
    "It was 21 NOV - the day of the storm.",
    "News agency Xinhua (AP) - said.",
    "Image (AFP) - the harbour.",
    "1 Nov (AFPX) was dull.",
    "",
    "(see page 3) - The report",
    "(PTI) said so.",
    "Port Sel, Nov 21 (Monday) - the day of the vote.",
    "Port Sel and/or Old Quay/ - who knows.",
    "Port Sel / Old Quay / and back.",
    "Screensite (Screensite.com) - the site - opens.",
    "NHB (norlandharbour.com) - the owner - will pay.",
    "The site (Screensite.com) - opens.",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_are_no_datelines(line: str) -> None:
    """A sentence that only looks like a dateline stays a sentence."""
    assert find(line, OWN) is None


@pytest.mark.parametrize(
    ("day", "reference", "date"),
    [
        ((None, 11, 21), datetime(2022, 11, 21, tzinfo=UTC), "2022-11-21"),
        ((None, 12, 31), datetime(2023, 1, 1, tzinfo=UTC), "2022-12-31"),
        ((None, 1, 1), datetime(2022, 12, 31, 23, tzinfo=UTC), "2023-01-01"),
        ((None, 11, 24), datetime(2022, 11, 21, tzinfo=UTC), "2022-11-24"),
        ((None, 12, 24), datetime(2022, 11, 21, tzinfo=UTC), "2021-12-24"),
        ((None, 2, 29), datetime(2021, 3, 1, tzinfo=UTC), "2020-02-29"),
        ((None, 2, 30), datetime(2021, 3, 1, tzinfo=UTC), ""),
        ((2019, 5, 4), datetime(2022, 11, 21, tzinfo=UTC), "2019-05-04"),
        ((2030, 5, 4), datetime(2022, 11, 21, tzinfo=UTC), "2030-05-04"),
        (None, datetime(2022, 11, 21, tzinfo=UTC), ""),
    ],
)
def test_date_without_year(
    day: tuple[int | None, int, int] | None, reference: datetime, date: str
) -> None:
    """A date without a year is the nearest one that the story's own time allows."""
    assert resolve(day, reference) == date


def test_numbers_are_day_and_month() -> None:
    """Figures are day first, unless only the other order is a date."""
    assert split("PORT SEL 23/07") == ("PORT SEL", (None, 7, 23))
    assert split("PORT SEL 07/23/22") == ("PORT SEL", (2022, 7, 23))
    assert split("PORT SEL 45/99") == ("PORT SEL 45/99", None)


def test_weekday_is_no_place() -> None:
    """A weekday between place and date belongs to the date."""
    found = find("Port Sel, Monday, Nov 21 (PTI) The", OWN)
    assert found is not None
    assert found.place == "Port Sel"


def test_repeats() -> None:
    """A dateline the format carried is recognised in front of the text, and nowhere else."""
    assert repeated("PORT SEL — The ferry", "Port Sel", "") == 11
    assert repeated("Port Sel, Nov 21: The", "", "Port Sel, Nov 21") == 18
    assert repeated("Port Sel is a town", "Port Sel", "") == 0
    assert repeated("Port Selwyn - The", "Port Sel", "") == 0
    assert repeated("Port Sel", "Port Sel", "") == 8


def test_same_place() -> None:
    """Two spellings of one place are one place."""
    assert same_place("London", "LONDON, England")
    assert not same_place("London", "Londonderry")
    assert not same_place("", "")


@pytest.mark.parametrize("line", ["Port Sel (kd) - The", "PORT SEL (Küstendienst) - The"])
def test_an_agency_with_its_short_form(line: str) -> None:
    """An agency that is written with its short form in brackets is known by both."""
    found = find(line, names_of(Item(item_id="a"), "Küstendienst (kd)"))
    assert found is not None
    assert found.sources == ("Küstendienst (kd)",)


def test_the_canadian_press_names_no_agency() -> None:
    """A town in capitals before a long dash is a dateline in its copy, and in no other's."""
    own = names_of(Item(item_id="x"), "The Canadian Press")
    found = find("PORT SEL, N.L. — The ferry", own)
    assert found is not None
    assert (found.place, found.sources) == ("PORT SEL, N.L.", ())
    assert find("PORT SEL, N.L. — The ferry", OWN) is None
    for line in ("WATCH — The ferry", "NEWS — The ferry", "Port Sel — The ferry", "ST — the"):
        assert find(line, own) is None, line
