"""Profiles are data: the shipped ones are sound, a newsroom's own lie over them key by key."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from wirecopy import formats
from wirecopy.config import Config, Profile, Source, parse
from wirecopy.config.patterns import fault_of
from wirecopy.errors import ConfigError
from wirecopy.formats import dialects, profiles
from wirecopy.formats.hints import Hints
from wirecopy.model import Dateline, Delivery, Item
from wirecopy.reading import read_delivery
from wirecopy.story.agencies import KNOWN

SITE = '[site]\nname = "N"\nurl = "https://post.example"\n'
SOURCE = SITE + '[[sources]]\nname = "m"\nagency = "Meridian Press"\n'
RECEIVED = datetime(2026, 1, 5, 12, tzinfo=UTC)
OWN = """
name = "Meridian Press"
why = "It counts its own way."
marks = ["meridian.example"]
timezone = "Asia/Tokyo"
urgency = {4 = 2}
"""


def own(**texts: str) -> tuple[Profile, ...]:
    """A newsroom's own profiles; _ in a name stands for a hyphen."""
    return profiles.own_profiles({key.replace("_", "-"): text for key, text in texts.items()})


def hints(*known: Profile, **more: Any) -> Hints:
    """What a newsroom with these profiles of its own knows of a delivery."""
    return Hints(profiles=known, **more)


# --------------------------------------------------------------------------------------
# The shipped ones
# --------------------------------------------------------------------------------------

SHIPPED = list(profiles.shipped().items())


@pytest.mark.parametrize(("key", "profile"), SHIPPED, ids=[key for key, _ in SHIPPED])
def test_a_shipped_profile_says_who_and_why(key: str, profile: Profile) -> None:
    """Each is named like its file, names its agency and gives its reason in a sentence."""
    assert profile.key == key
    assert profile.name
    assert profile.why.endswith(".")


@pytest.mark.parametrize(("key", "profile"), SHIPPED, ids=[key for key, _ in SHIPPED])
def test_a_shipped_profile_spells_its_agency_as_the_text_rules_do(
    key: str, profile: Profile
) -> None:
    """A name that datelines know leads to the same agency there and here."""
    for name in (profile.name, *profile.names):
        assert KNOWN.get(name.casefold(), profile.name).casefold() == profile.name.casefold()


def test_no_mark_is_claimed_twice() -> None:
    """A mark leads to one profile."""
    marks = [mark for _, profile in SHIPPED for mark in profile.marks]
    assert marks == list(dict.fromkeys(marks))


def test_every_pattern_is_harmless() -> None:
    """No shipped pattern repeats inside a repeat, and all compile."""
    patterns = [
        pattern
        for _, profile in SHIPPED
        for part in (profile.dateline, profile.byline, profile.signoff)
        for pattern in part.patterns
    ]
    assert patterns
    assert [fault for pattern in patterns if (fault := fault_of(pattern))] == []


def test_no_reader_of_a_standard_names_an_agency() -> None:
    """What is one agency's stands in its profile: the frames' readers hold none of their names."""
    folder = Path(str(formats.__file__)).parent
    for name in ("iptc7901", "newsml1", "newsml1_meta", "newsml_g2", "newsml_g2_meta", "atom"):
        code = (folder / f"{name}.py").read_text("utf-8")
        told = [mark for _, each in SHIPPED for mark in each.marks if f'"{mark}"' in code]
        assert told == []


# --------------------------------------------------------------------------------------
# Patterns
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        r"(?:\w+\s?)*x",
        "(?:a{1,9}){2,5}",
        "(?:(?:ab)*c)+",
        "(?:ab|a|b)+c",
        "(?:a?){40}b",
        ".*.*.*b",
        r"\w{0,16}" * 8,
        "(?=.*.*.*b)",
        "(a",
        "a" * 401,
    ],
)
def test_a_pattern_that_can_crawl_is_refused(pattern: str) -> None:
    """A repeat or choice inside a repeat, too many ways, a torn or endless one: all are refused."""
    assert fault_of(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:ab{2}){1,4}",
        r"(?P<place>[A-Z][\w ]{1,40}?), \d{1,2}",
        r"(?:\(EX\))?x",
        ".*x.*",
        "(?:Mon|Tue|Wed)day",
        "",
    ],
)
def test_a_pattern_that_cannot_is_taken(pattern: str) -> None:
    """Fixed repeats, options and bounded sets are fine."""
    assert not fault_of(pattern)


# --------------------------------------------------------------------------------------
# A newsroom's own
# --------------------------------------------------------------------------------------


def test_an_own_file_lies_over_the_shipped_one() -> None:
    """A key that it has is its own, one that it leaves out is the shipped profile's."""
    (mine,) = own(ansa='home = "Roma"\n[language.tags]\nxx = "it"\n')
    assert (mine.home, mine.timezone, mine.zone_lies) == ("Roma", "Europe/Rome", True)
    assert mine.marks == profiles.shipped()["ansa"].marks
    assert mine.language.tags == {"xx": "it"}
    assert dialects.of(("ansa.it",), hints=hints(mine)) is mine


def test_tables_are_joined_key_by_key() -> None:
    """Of a table only the keys that the own file names are replaced."""
    (mine,) = own(ap="[priorities]\nr = 6\n")
    assert mine.priorities == {**profiles.shipped()["ap"].priorities, "r": 6}
    assert mine.urgency == {4: 5}


def test_a_variant_extends_another_and_waits_to_be_named() -> None:
    """It has all of the other but its marks, so the other's copy is still read by the other."""
    (mine,) = own(ansa_sport='extends = "ansa"\nzone_lies = false\n')
    assert (mine.timezone, mine.zone_lies, mine.marks) == ("Europe/Rome", False, ())
    assert dialects.of(("ansa.it",), hints=hints(mine)).key == "ansa"
    assert dialects.of(("ansa.it",), hints=hints(mine, profile=mine)) is mine


def test_own_profiles_extend_each_other() -> None:
    """A chain of them ends in the one that says most."""
    found = {each.key: each for each in own(a='extends = "b"\nhome = "A"\n', b=OWN)}
    assert (found["a"].home, found["a"].timezone) == ("A", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "M"', "profiles/m.toml: why is empty"),
        ('why = "W."\nurgncy = 1', r"profiles/m.toml: unknown key urgncy. Did you mean 'urgency'"),
        ('why = "W."\n[urgency]\n4 = 11', r"profiles/m.toml: \[urgency\]: expected int <= 9"),
        ('why = "W."\nmarks = ["M.example"]', "marks holds 'M.example'; write it in lower case"),
        ('why = "W."\ntimezone = "Asia/Tokio"', "timezone 'Asia/Tokio' is not a time zone"),
        ('why = "W."\ncharset = "klingon"', "charset 'klingon' is not known"),
        ('why = "W."\nkey = "m"', "leave out `key`"),
        ('why = "W."\n[signoff]\npatterns = ["(a+)+"]', r"signoff.patterns .* repeat inside"),
        ('why = "W."\n[[markers]]\npattern = "("\nat = "front"\naction = "flag"', "markers.0.*reg"),
        ('why = "W."\n[[markers]]\npattern = "N"\nat = "top"\naction = "flag"', r"\[markers"),
        ('why = "W."\n[xml]\nroot = "r"\n[xml.fields]\nheadline = "a|b"', r"the step 'a\|b'"),
        ('why = "W."\n[xml]\nroot = "r"\n[xml.fields]\nheading = "a"', r"\[xml.fields\]"),
        (
            'why = "W."\n[xml]\nroot = "r"\n[xml.fields]\nfirst_created = {path="a", date="%c"}',
            "xml.fields.first_created.date is '%c'",
        ),
        ('extends = "ansaa"\nwhy = "W."', "extends names 'ansaa', .* Did you mean 'ansa'"),
        ('extends = "m"\nwhy = "W."', "extends names 'm', which is not a profile"),
        ("why = ", "profiles/m.toml is not valid TOML"),
    ],
)
def test_a_wrong_profile_is_refused_with_its_place(text: str, said: str) -> None:
    """The operator reads which file and which key is wrong, and what to do."""
    with pytest.raises(ConfigError, match=said):
        own(m=text)


def test_profiles_that_extend_each_other_in_a_circle_are_refused() -> None:
    """A chain must end somewhere."""
    with pytest.raises(ConfigError, match="circle"):
        own(a='extends = "b"\nwhy = "W."', b='extends = "a"\nwhy = "W."')


# --------------------------------------------------------------------------------------
# Sources
# --------------------------------------------------------------------------------------


def settings(source: str = SOURCE, **texts: str) -> Config:
    """A newsroom's settings with its own profiles."""
    return dialects.with_profiles(parse(source), {k.replace("_", "-"): t for k, t in texts.items()})


def test_a_source_names_its_profile() -> None:
    """What the source says stands; a profile that is not there is refused with a near name."""
    config = settings(SOURCE + 'profile = "meridian"\n', meridian=OWN)
    assert dialects.profile_of(config.sources[0], config).key == "meridian"
    with pytest.raises(ConfigError, match=r"sources\[0\].profile: .*Did you mean 'meridian'"):
        settings(SOURCE + 'profile = "meridan"\n', meridian=OWN)


def test_a_source_without_one_has_its_agencys() -> None:
    """The agency's name finds the profile, and nobody's leads to the plain standard."""
    config = settings(meridian=OWN)
    assert dialects.profile_of(config.sources[0], config).timezone == "Asia/Tokyo"
    stranger = Source(name="s", agency="Norlin")
    assert dialects.profile_of(stranger, config).key == ""


def test_a_sources_word_on_kills_beats_its_profiles() -> None:
    """Left out, the profile says; said, the source does."""
    trusting = OWN + "trust_text_kills = true\n"
    config = settings(m=trusting)
    first = dialects.profile_of(config.sources[0], config)
    assert (first.trust_text_kills, first.kill_ambiguous) == (True, "hold")
    config = settings(SOURCE + 'trust_text_kills = false\nkill_ambiguous = "alert"\n', m=trusting)
    second = dialects.profile_of(config.sources[0], config)
    assert (second.trust_text_kills, second.kill_ambiguous) == (False, "alert")


def test_own_profiles_reach_the_reading_processes() -> None:
    """They travel inside the settings, and come out as they went in."""
    config = settings(meridian=OWN, ritzau='home = "Aarhus"\n')
    packed = msgspec.msgpack.encode(config)
    assert msgspec.msgpack.decode(packed, type=Config) == config


def test_profiles_are_no_table_of_the_settings() -> None:
    """Whoever writes them into wirecopy.toml is told where they belong."""
    with pytest.raises(ConfigError, match="in the folder profiles/"):
        parse(SITE + '[[profiles]]\nname = "M"\n')


# --------------------------------------------------------------------------------------
# What readers ask
# --------------------------------------------------------------------------------------


def nitf(docdata: str, known: Hints) -> Item:
    """The item of an invented NITF document."""
    text = (
        f"<nitf><head><docdata>{docdata}</docdata></head><body><body.head><hedline><hl1>Mill burns"
        "</hl1></hedline></body.head><body.content><p>It burned.</p></body.content></body></nitf>"
    )
    return formats.read(text.encode(), known).items[0]


NITF = (
    '<doc-id regsrc="meridian.example" id-string="today-7"/><du-key key="mill" version="2"/>'
    '<urgency ed-urg="4"/><date.issue norm="20260105T120000"/>'
)


def test_nitf_is_named_by_the_field_that_stays() -> None:
    """doc-id is the id unless the agency's profile says that the key is."""
    (mine,) = own(m=OWN + '[ids]\nnitf = "du-key"\n')
    assert nitf(NITF, hints()).item_id == "today-7"
    assert nitf(NITF, hints(mine)).item_id == "mill"


def test_nitf_follows_its_agencys_clock_and_scale() -> None:
    """Zone and urgency come from the profile; the source's own zone wins."""
    (mine,) = own(m=OWN)
    item = nitf(NITF, hints(mine))
    assert item.version_created is not None
    assert (item.urgency, item.version_created.hour) == (2, 3)
    zoned = nitf(NITF, hints(mine, timezone="UTC"))
    assert zoned.version_created is not None
    assert zoned.version_created.hour == 12


def test_ninjs_is_named_by_the_id_that_stays() -> None:
    """The uri is the id unless the agency's profile names another."""
    said = (
        b'{"uri":"urn:today:7","provider":"meridian.example","urgency":4,"headline":"Mill burns",'
        b'"altids":{"story":"mill"},"versioncreated":"2026-01-05T12:00:00Z","body_text":"It."}'
    )
    (mine,) = own(m=OWN + '[ids]\nninjs = "altids.story"\n')
    assert formats.read(said, hints()).items[0].item_id == "urn:today:7"
    item = formats.read(said, hints(mine)).items[0]
    assert (item.item_id, item.urgency) == ("mill", 2)


FRAME = b"\x01n0071 4 zz 90 mdn 071\r\nMill/Fire/\x02\r\nMill burns =\r\n\r\n   Port Vell - It burned.\x03\r\n05JAN26 1200\x04"  # noqa: E501 - a frame is one line


def test_a_frame_asks_its_agencys_categories() -> None:
    """Category, priority and internal copy are read by the profile of the agency in the header."""
    ways = (
        'why = "W."\nmarks = ["mdn"]\n[categories]\nzz = "medtop:17000000 weather"\n'
        "[priorities]\n4 = 7\n"
    )
    item = formats.read(FRAME, hints(*own(m=ways))).items[0]
    assert [(each.code, each.name) for each in item.subjects] == [("17000000", "weather")]
    assert item.urgency == 7
    kept = formats.read(FRAME, hints(*own(m=ways + '[internal]\nwords = ["mill"]\n'))).items[0]
    assert [(each.text, each.action) for each in kept.markers] == [("Mill", "internal")]
    assert not formats.read(FRAME, hints()).items[0].subjects


def test_bytes_that_say_nothing_are_read_in_the_agencys_charset() -> None:
    """A profile that the source names says which letters the bytes stand for."""
    body = "Zażółć, Jan 5 (MP) - Młyn spłonął w poniedziałek rano.\n\nPożar trwał.".encode("cp1250")
    text = str(formats.read(body, Hints(charset="cp1250", format="plain")).items[0].body)
    assert "Młyn spłonął" in text


def test_no_mark_beats_the_profile_that_a_source_names() -> None:
    """A named profile reads everything of that source."""
    (mine,) = own(m=OWN)
    found = dialects.of(("ansa.it",), "tag:ap.org,2026:1", hints(mine, profile=mine))
    assert found is mine


def test_a_mark_beats_the_sources_agency() -> None:
    """Copy that is passed on is read by who wrote it."""
    assert dialects.of(("ansa.it",), hints=hints(agency="AP")).key == "ansa"
    assert dialects.of(("",), hints=hints(agency="AP World")).key == "ap"
    assert dialects.of(("",), hints=hints(agency="Ap World")).key == ""


def sheet(text: str, provider: str = "meridian.example", **said: Any) -> Item:
    """The item of an invented ninjs object as it is filed, with that profile of its source."""
    node = {"uri": "urn:m:7", "provider": provider, "headline": "Mill burns"}
    node |= {"body_text": "It burned.", **said}
    config = settings(meridian=text)
    body = msgspec.json.encode(node)
    (made,) = read_delivery(Delivery(source="m", body=body), RECEIVED, config).sheets
    return made.item


def test_what_the_wire_leaves_out_is_filled_in() -> None:
    """Credit line, language, home and the agency's name come from the profile, and only then."""
    ways = OWN + 'credit = "(c) Meridian"\nlanguages = ["nl"]\nhome = "Norlin"\nprovider = "MP"\n'
    item = sheet(ways)
    assert (item.credit_line, item.language, item.provider) == ("(c) Meridian", "nl", "MP")
    assert item.dateline == Dateline(place="Norlin")
    item = sheet(ways, provider="Others", creditline="Theirs", language="fr", located="Ostland")
    assert (item.credit_line, item.language, item.provider) == ("Theirs", "fr", "Others")
    assert item.dateline == Dateline(place="Ostland")


def test_copy_for_desks_alone_is_marked_in_every_format() -> None:
    """A genre that the profile names as internal marks the item, whoever carried it."""
    item = sheet(OWN + '[internal]\ngenres = ["Planner"]\n', genre=[{"name": "Planner"}])
    assert [(each.text, each.action) for each in item.markers] == [("Planner", "internal")]


def test_a_marker_language_reads_as_another_agency() -> None:
    """A regional service that marks its copy like a big one says so in one line."""
    marked = {"headline": "Mill burns (2)"}
    assert not sheet(OWN, **marked).markers
    item = sheet(OWN + 'marker_language = "Belga"\n', **marked)
    assert (item.headline, [each.action for each in item.markers]) == ("Mill burns", ["replace"])
