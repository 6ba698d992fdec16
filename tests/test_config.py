"""wirecopy.toml: what is read, what the environment changes, and how mistakes are answered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy import config
from wirecopy.errors import ConfigError
from wirecopy.settings import read_config

SITE = '[site]\nname = "The Tarnwick Post"\nurl = "https://post.example"\n'
SOURCE = '[[sources]]\nname = "tna-main"\nagency = "TNA"\n'
LISTENS = 'listen = "127.0.0.1:7901"\n'
RULE = '[[rules]]\nname = "flash"\n'


def refusal(text: str, environ: dict[str, str] | None = None) -> str:
    """The sentence with which the configuration is refused."""
    with pytest.raises(ConfigError) as error:
        config.parse(text, environ)
    return str(error.value)


def test_the_least_file_is_enough() -> None:
    """A name and an address make a newsroom; all else has a sane default."""
    parsed = config.parse(SITE)
    assert parsed.site.timezone == "UTC"
    assert parsed.sections == config.DEFAULT_SECTIONS
    assert parsed.sources == ()
    assert parsed.desk.default == "publish"
    assert parsed.web.host == "127.0.0.1"


def test_a_full_file_is_read() -> None:
    """Every kind of table is read into typed values."""
    parsed = config.parse(
        SITE
        + '[site.strap]\ntext = "Sign up"\nurl = "https://post.example/letter"\n'
        + '[[sections]]\nkey = "ports"\nname = "Ports"\ntopics = ["medtop:04000000"]\n'
        + SOURCE
        + 'section = "ports"\nevery = "90s"\nurl = "https://wire.example/rss"\n'
        + RULE
        + 'when = { source = ["tna-main"], urgency = [1, "<=3"], has_picture = true }\n'
        + 'then = { action = "publish", publish_after = "10m", add_topic = "Ports" }\n'
    )
    assert parsed.site.strap.text == "Sign up"
    assert [section.key for section in parsed.sections] == ["ports"]
    assert parsed.source("tna-main").every == "90s"
    assert parsed.rules[0].when.urgency == (1, "<=3")
    assert parsed.rules[0].then.publish_after == "10m"


@pytest.mark.parametrize(
    ("wrong", "end"),
    [
        ('every = "0s"', "\"1s\" is the least. (sources[1] is 'tna-sport'.)"),
        ("pages = 0", "must be 1 or more. (sources[1] is 'tna-sport'.)"),
        ("[[sources]]\nagency = 'x'", "the key 'name'. (sources[2] stands behind 'tna-sport'.)"),
    ],
)
def test_one_of_many_tables_is_named(wrong: str, end: str) -> None:
    """Nobody counts tables to find the one that is wrong."""
    assert refusal(SITE + SOURCE + SOURCE.replace("main", "sport") + wrong).endswith(end)


def test_the_sites_address_has_no_slash_at_its_end() -> None:
    """Links are made by joining with a slash, so the file's own is taken off."""
    assert config.parse(SITE.replace(".example", ".example/")).site.url == "https://post.example"


def test_an_unknown_source_is_answered_with_the_nearest_name() -> None:
    """--source with a slip of the finger gets a suggestion."""
    with pytest.raises(ConfigError, match=r"no source 'tna-mian'\. Did you mean 'tna-main'"):
        config.parse(SITE + SOURCE).source("tna-mian")


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """Editors of Windows begin a file with one; the newsroom is read all the same."""
    (tmp_path / "wirecopy.toml").write_text(SITE, "utf-8-sig")
    assert read_config(tmp_path, {}).site.name == config.parse(SITE).site.name
    assert config.parse(f"\ufeff{SITE}") == config.parse(SITE)


def test_a_file_in_another_encoding_is_told_what_to_do(tmp_path: Path) -> None:
    """Whoever saved it as Latin-1 is told the line and to save it as UTF-8."""
    (tmp_path / "wirecopy.toml").write_bytes(f"{SITE}# f\xfcr\n".encode("latin-1"))
    line = SITE.count("\n") + 1
    wanted = rf"wirecopy\.toml is not in UTF-8 \(line {line}\): save it as UTF-8 in your editor\.$"
    with pytest.raises(ConfigError, match=wanted):
        read_config(tmp_path, {})


def test_a_file_that_is_no_toml_is_refused_with_the_place() -> None:
    """The parser's own line and column are passed on."""
    assert "not valid TOML" in refusal("[site]\nname = \n")
    assert "line 2" in refusal("[site]\nname = \n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the top level needs the table 'site'."),
        ('[site]\nname = "N"', "[site] needs the key 'url'."),
        (SITE + "[rulse]\n", "unknown key 'rulse' at the top level. Did you mean 'rules'?"),
        (SITE + 'tagine = ""', "unknown key 'tagine' at [site]. Did you mean 'tagline'?"),
        (SITE + "zzz = 1", "unknown key 'zzz' at [site]. Known: name, url, timezone,"),
        (SITE + '[site.strap]\ntxt = ""', "'txt' at [site.strap]. Did you mean 'text'?"),
        (SITE + '[site.notice]\nbot = ""', "'bot' at [site.notice]. Did you mean 'both'?"),
        (SITE + "[web]\nprot = 1", "'prot' at [web]. Did you mean 'port'?"),
        (SITE + "[desk]\ndefalt = 1", "'defalt' at [desk]. Did you mean 'default'?"),
        (SITE + "[press]\nrelate = 1", "'relate' at [press]. Did you mean 'related'?"),
        (SITE + "[pipeline]\nbatches = 1", "at [pipeline]. Did you mean 'batch'?"),
        (
            SITE + '[[sections]]\nkey = "a"\nname = "A"\n' * 2 + '[[sections]]\nkye = "c"',
            "unknown key 'kye' at [sections[2]]. Did you mean 'key'?",
        ),
        (SITE + "[[sources]]\nname = 'a'", "[sources[0]] needs the key 'agency'."),
        (SITE + SOURCE + 'pth = ""', "unknown key 'pth' at [sources[0]]. Did you mean 'path'?"),
        (
            SITE + RULE + RULE.replace("flash", "b") + "when = { urgncy = 3 }",
            "unknown key 'urgncy' at [rules[1].when]. Did you mean 'urgency'?",
        ),
        (
            SITE + RULE + "then = { addtopic = 'a' }",
            "unknown key 'addtopic' at [rules[0].then]. Did you mean 'add_topic'?",
        ),
    ],
)
def test_a_wrong_key_is_refused_with_its_path_and_a_suggestion(text: str, sentence: str) -> None:
    """In every table, nested ones too, the message says where and what was probably meant."""
    message = refusal(text)
    assert message.startswith("wirecopy.toml: ")
    assert sentence in message


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (SITE + "feed_items = 0", "site.feed_items must be 1 or more."),
        (SITE + "front_items = 4", "site.front_items must be 5 or more."),
        (SITE + "[web]\nport = 65536", "web.port must be 65535 or less."),
        (SITE + '[web]\nport = "80"', "web.port must be a whole number, not text in quotes."),
        (
            SITE + "[log]\nmost_mb = 99999999999999999999",
            "log.most_mb is 99999999999999999999, which",
        ),
        (SITE + SOURCE + 'path = "in\\u0000box"', "sources[0].path holds the character NUL"),
        (SITE.replace("post.example", "[::1"), "site.url is 'https://[::1': Invalid IPv6 URL."),
        (SITE.replace("post.example", "post.example:99999"), "Port out of range"),
        (SITE.replace("post.example", "a:b@post.example"), "site.url must be an address without"),
        (SITE + "[[web]]\nport = 1", "web must be written as [web]."),
        (SITE + "[sources]\nname = 'a'", "sources must be written as [[sources]]."),
        (SITE + "sections = 3", "[site]. Did you mean"),
        (SITE + SOURCE + "priority = 101", "sources[0].priority must be 100 or less."),
        (SITE + SOURCE + "show_initials = 1", "must be true or false, not a whole number."),
        (
            SITE + SOURCE + 'syndication = "no-index"',
            'must be one of "self", "noindex", "canonical-source", not \'no-index\'; did you mean',
        ),
        (SITE + SOURCE + 'redistribution = "all"', 'one of "none", "headline", "summary", "full"'),
        (SITE + SOURCE.replace("tna-main", "TNA Main"), "sources[0].name must be lower-case"),
        (SITE + SOURCE.replace('"TNA"', '" "'), "sources[0].agency is empty"),
        (SITE + SOURCE + 'every = "2 minutes"', "sources[0].every is '2 minutes': write it as"),
        (SITE + SOURCE + 'every = "0s"', "sources[0].every is '0s': \"1s\" is the least."),
        (SITE + SOURCE + 'timezone = "Asia/Kolkta"', "Did you mean 'Asia/Kolkata'?"),
        (SITE + SOURCE + 'url = "wire.example"', "sources[0].url is 'wire.example': it must"),
        (SITE + SOURCE + 'url = "ftp://wire.example"', '"imaps://", "sftp://" or "ftps://"'),
        (SITE + SOURCE + 'timezone = "IST"', 'not a time zone. Write it as "Europe/Lisbon"'),
        (SITE + SOURCE + 'section = "wrld"', "sources[0].section names 'wrld'"),
        (
            SITE + SOURCE + LISTENS + SOURCE.replace("main", "b") + LISTENS,
            "[[sources]] has listen = '127.0.0.1:7901' twice.",
        ),
        (SITE + SOURCE + SOURCE, "[[sources]] has name = 'tna-main' twice."),
        (SITE + RULE + RULE, "[[rules]] has name = 'flash' twice."),
        (SITE + '[[sections]]\nkey = "a"\nname = "A"\n' * 2, "[[sections]] has key = 'a' twice."),
        (SITE + '[[sections]]\nkey = "a"\nname = ""\n', "sections[0].name is empty"),
        (
            SITE + '[[sections]]\nkey = "a"\nname = "A"\ntopics = "b"',
            "sections[0].topics must be a list in square brackets, not text in quotes.",
        ),
        (SITE.replace("https", "ftp"), "site.url is 'ftp://post.example': it must start with"),
        (SITE.replace(".example", ".example/?a=1"), "without ?, # and @"),
        (SITE.replace("The Tarnwick Post", ""), "site.name is empty"),
        (SITE + 'timezone = "Mars"', 'is not a time zone. Write it as "Europe/Lisbon", or "UTC".'),
        (SITE + 'timezone = "Asia"', "'Asia' is not a time zone."),
        (SITE + 'timezone = "../etc/passwd"', "is not a time zone."),
        (SITE + 'timezone = ""', "is not a time zone."),
        (SITE + 'timezone = "localtime"', "'localtime' is not a time zone."),
        (SITE + 'locale = "english"', 'site.locale is \'english\': write it as "en" or "en_IN".'),
        (SITE + 'contact = "desk@post.example"', 'must start with "mailto:", "https://"'),
        (SITE + 'logo = "/logo.png"', "site.logo is '/logo.png': it must start with"),
        (SITE + '[site.strap]\nurl = "javascript:x"', "site.strap.url is 'javascript:x'"),
        (SITE + '[desk]\ndefault = "ignore"', 'must be one of "publish", "hold"'),
    ],
)
def test_a_wrong_value_is_refused_with_its_path_and_what_to_type(text: str, sentence: str) -> None:
    """Types, limits, choices, durations, zones, addresses: each has its plain sentence."""
    message = refusal(text)
    assert message.startswith("wirecopy.toml: ")
    assert sentence in message
    assert len(message) < 400


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('then = { action = "pubish" }', "rules[0].then.action must be one of"),
        ('then = { section = "sprot" }', "names 'sprot', which is not in [[sections]]. Did you"),
        ('then = { publish_after = "10" }', "rules[0].then.publish_after is '10': write it as"),
        ('then = { publish_after = "99999999d" }', "rules[0].then.publish_after is"),
        ('when = { section = ["world", "sprot"] }', "rules[0].when.section names 'sprot'"),
        ('when = { source = "tna-mian" }', "[[sources]]. Did you mean 'tna-main'?"),
        ("when = { source = 3 }", "must be text in quotes or a list in square brackets, not"),
        ("when = { keyword = [1] }", "rules[0].when.keyword[0] must be text in quotes, not"),
        ("when = { urgency = true }", "rules[0].when.urgency must be"),
        ('when = { headline = "(" }', "rules[0].when.headline is not a regular expression"),
        ('when = { rights = "[" }', "rules[0].when.rights is not a regular expression"),
        ("when = { headline = '(a+)+b' }", "rules[0].when.headline has a repeat inside a repeat"),
        ("when = { slug = 'a.*b.*c.*d' }", "rules[0].when.slug can be read in too many ways"),
        ("when = { rights = '(?=(a*)*)b' }", "rules[0].when.rights has a repeat inside a repeat"),
        ('name = ""', "Cannot overwrite a value"),
    ],
)
def test_a_wrong_rule_is_refused(body: str, sentence: str) -> None:
    """A rule that could not work is found when the file is read, not when a story comes."""
    assert sentence in refusal(SITE + SOURCE + RULE + body)


@pytest.mark.parametrize("action", ["hold", "ignore"])
def test_a_delay_beside_an_action_that_never_publishes_is_refused(action: str) -> None:
    """publish_after publishes by itself; beside hold or ignore nobody could say what is meant."""
    body = f'then = {{ action = "{action}", publish_after = "10m" }}'
    assert "take one of them out" in refusal(SITE + RULE + body)


@pytest.mark.parametrize("then", ['publish_after = "10m"', 'action = "publish"', 'add_topic = "a"'])
def test_a_delay_or_an_action_alone_is_taken(then: str) -> None:
    """A rule needs no action to be of use."""
    assert config.parse(SITE + RULE + f"then = {{ {then} }}").rules[0].name == "flash"


def test_the_environment_overrides_the_file() -> None:
    """Numbers become numbers, text stays text, and tables that the file lacks are made."""
    parsed = config.parse(
        SITE,
        {
            "WIRECOPY_WEB_PORT": "9090",
            "WIRECOPY_SITE_NAME": "2022",
            "WIRECOPY_SITE_URL": "https://staging.example/",
            "WIRECOPY_SITE_STRAP_TEXT": "Sign up",
            "WIRECOPY_DESK_DEFAULT": "hold",
            "WIRECOPY_PIPELINE_MAX_BYTES": "2048",
        },
    )
    assert parsed.web.port == 9090
    assert parsed.site.name == "2022"
    assert parsed.site.url == "https://staging.example"
    assert parsed.site.strap.text == "Sign up"
    assert parsed.desk.default == "hold"
    assert parsed.pipeline.max_bytes == 2048


def test_the_environment_can_give_what_the_file_leaves_out() -> None:
    """A file without an address is completed by its variable."""
    text = '[site]\nname = "The Tarnwick Post"\n'
    parsed = config.parse(text, {"WIRECOPY_SITE_URL": "https://post.example"})
    assert parsed.site.url == "https://post.example"


def test_other_variables_are_left_alone() -> None:
    """Only variables of a table are settings; the clock's and other programs' are not."""
    environ = {"WIRECOPY_NOW": "2022-01-08T02:36:00Z", "HOME": "/tmp", "SITE_NAME": "x"}  # noqa: S108 - a value that is never opened
    assert config.parse(SITE, environ) == config.parse(SITE)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("WIRECOPY_WEB_PROT", "1", "is not a setting. Did you mean 'WIRECOPY_WEB_PORT'?"),
        ("WIRECOPY_SITE_STRAP", "x", "is not a setting."),
        ("WIRECOPY_WEB_PORT", "abc", "WIRECOPY_WEB_PORT is 'abc': must be a whole number"),
        ("WIRECOPY_WEB_PORT", "0", "must be 1 or more"),
        ("WIRECOPY_WEB_PORT", "²", "must be a whole number"),
        ("WIRECOPY_DESK_DEFAULT", "hodl", "did you mean 'hold'"),
    ],
)
def test_a_wrong_variable_is_refused_by_its_name(name: str, value: str, sentence: str) -> None:
    """The message names the variable, not a line of a file that is right."""
    message = refusal(SITE, {name: value})
    assert name in message
    assert sentence in message
    assert "wirecopy.toml" not in message


def test_a_variable_does_not_hide_a_broken_table() -> None:
    """A file with web = 3 is refused as such, with or without a variable for the web."""
    assert "web must be written as [web]" in refusal("web = 3\n" + SITE, {"WIRECOPY_WEB_PORT": "1"})


def test_every_single_key_has_a_variable() -> None:
    """What stands once in the file can be set from outside; lists of tables cannot."""
    assert config.VARIABLES["WIRECOPY_SITE_NOTICE_BOTH"] == ("site", "notice", "both")
    assert "WIRECOPY_SITE_NOTICE" not in config.VARIABLES
    assert not [
        name for name in config.VARIABLES if name.startswith(("WIRECOPY_SOURCES", "WIRECOPY_RULES"))
    ]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("10m", 600), ("2h", 7200), ("1d", 86400), (" 5 m ", 300), ("0s", 0)],
)
def test_durations(text: str, seconds: int) -> None:
    """A whole number and a unit."""
    assert config.duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "10", "m", "1.5h", "-1s", "1w", "10m30s", "٣m", "1234567s"])
def test_other_durations_are_refused(text: str) -> None:
    """Whatever is no duration is refused with an example."""
    with pytest.raises(ConfigError, match='write it as "90s"'):
        config.duration(text)


def test_zones() -> None:
    """No zone means UTC."""
    assert config.zone("") == ZoneInfo("UTC")
    assert config.zone("Asia/Kolkata") == ZoneInfo("Asia/Kolkata")


def test_a_configuration_cannot_be_changed() -> None:
    """Values are frozen, so that every process sees the same newsroom."""
    parsed = config.parse(SITE)
    with pytest.raises(AttributeError):
        parsed.site.name = "Other"  # type: ignore[misc] # the assignment is the test
    assert msgspec.json.encode(parsed)


TOML_VALUES = st.sampled_from(
    ['""', '"a"', "0", "-1", "3.5", "true", "[]", "[1]", '["a"]', "{}", "{ a = 1 }", "2022-01-08"]
)
KEYS = st.sampled_from(
    [".".join(path) for path in config.VARIABLES.values()]
    + ["rules", "sources", "sections", "site", "web", "site.strap", "nothing", "web.nothing"]
)


def _answer(text: str) -> str:
    """The refusal of the configuration, or "" if it is taken."""
    try:
        config.parse(text)
    except ConfigError as error:
        return str(error)
    return ""


@given(KEYS, TOML_VALUES)
def test_any_toml_is_taken_or_refused_in_words(key: str, value: str) -> None:
    """No value of any key makes anything but a configuration or a sentence without jargon."""
    lines = {"site.name": '"N"', "site.url": '"https://post.example"', key: value}
    if key == "site":
        lines = {key: value}
    answer = _answer("".join(f"{name} = {text}\n" for name, text in lines.items()))
    assert not answer or answer.startswith("wirecopy.toml: ")
    assert "`" not in answer
    assert "regex" not in answer


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            RULE + 'when = { keyword = [] }\nthen = { action = "hold" }',
            "rules[0].when.keyword is empty",
        ),
        (
            RULE + 'when = { headline = "" }\nthen = { action = "hold" }',
            "rules[0].when.headline is empty",
        ),
        (
            RULE + 'when = { place = ["Tarn", ""] }\nthen = { action = "hold" }',
            "rules[0].when.place is empty",
        ),
        ('[[sections]]\nkey = "lpt1"\nname = "Lines"', "sections[0].key 'lpt1' is the address"),
        (SOURCE + 'language = "../.."', 'write it as "en" or "en-IN"'),
        ('[site.notice]\nboth = "By {agncy}"', "site.notice.both holds '{agncy}'"),
        ('[site.notice]\nboth = "By {agency"', "site.notice.both holds '{agency'"),
        ('[site.strap]\nurl = "https://a.example/\\"x"', "site.strap.url"),
        (SOURCE + 'url = "https://a.example:0/rss"', "there is no port 0"),
    ],
)
def test_what_could_only_be_a_slip_is_refused(text: str, sentence: str) -> None:
    """A key without a value, a device's name, a word the notice does not know: each is named."""
    assert sentence in refusal(SITE + text)
