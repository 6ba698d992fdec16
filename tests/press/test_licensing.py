"""What machines are told they may do: never more than the sources allow."""

import json
import re
from email.parser import Parser

import pytest
from lxml import etree, html
from tests.press.copy_desk import ASSET_FILES, FILES, brief, item, press, settings, story

from wirecopy import config
from wirecopy.errors import ConfigError
from wirecopy.model import Rights
from wirecopy.press import Press

ALLOWED = """
[site]
name = "The Open Ledger"
url = "https://ledger.example/news"
contact = "mailto:desk@ledger.example"
[[sources]]
name = "corvid"
agency = "Corvid News"
section = "news"
mining = "allowed"
"""
FILED = """
[site.files]
security_contact = ["mailto:security@ledger.example", "https://ledger.example/report"]
security_expires = "2027-06-30T00:00:00Z"
security_policy = "https://ledger.example/security"
trust = ["member=https://journalists.example/"]
mining_policy = "https://ledger.example/mining"
hub = "https://hub.example/"
"""


def fixed(made: Press) -> dict[str, str]:
    """The site's fixed files of words, by path."""
    return {
        file.path: file.body.decode()
        for file in made.fixed()
        if not file.path.startswith("assets/")
    }


def test_mining_is_reserved_unless_every_source_allows_it() -> None:
    """RSL, TDMRep, trust.txt and the pages say the same, and reserve by default."""
    files = fixed(press())
    assert json.loads(files[".well-known/tdmrep.json"]) == [
        {"location": "/*", "tdm-reservation": 1}
    ]
    assert "datatrainingallowed=no" in files["trust.txt"]
    assert 'prohibits type="usage">ai-all<' in files["license.xml"]
    assert '<meta name="tdm-reservation" content="1">' in files["about.html"]
    assert "License: https://ledger.example/license.xml\n" in files["robots.txt"]


def test_a_source_that_allows_it_is_taken_at_its_word() -> None:
    """Where all sources allow mining, nothing is prohibited any more."""
    made = Press(config.parse(ALLOWED), FILES, ASSET_FILES)
    files = fixed(made)
    assert json.loads(files[".well-known/tdmrep.json"]) == [
        {"location": "/news/*", "tdm-reservation": 0}
    ]
    assert "datatrainingallowed=yes" in files["trust.txt"]
    assert "prohibits" not in files["license.xml"]
    assert b'name="tdm-reservation" content="0"' in made.story(brief()).body


def test_pages_of_mixed_rights_take_the_strictest() -> None:
    """One source that reserves is enough for lists and the whole site; a story has its own."""
    extra = ALLOWED + '[[sources]]\nname = "tern"\nagency = "Tern Wire"\nsection = "news"\n'
    made = Press(config.parse(extra), FILES, ASSET_FILES)
    assert "datatrainingallowed=no" in fixed(made)["trust.txt"]
    assert b'name="tdm-reservation" content="0"' in made.story(brief()).body
    assert ("tdm-reservation", "1") in made.headers("index.html")


def test_copy_of_a_source_that_has_left_the_settings_is_reserved() -> None:
    """Where nobody says any more what its contract allows, machines may not learn from it."""
    gone = brief(story(source="gone"))
    made = Press(config.parse(ALLOWED), FILES, ASSET_FILES)
    assert b'name="tdm-reservation" content="1"' in made.story(gone).body


def test_the_rsl_file_is_well_formed_and_of_its_namespace() -> None:
    """An RSL document has content with an address, and a licence inside."""
    root = etree.fromstring(fixed(press(extra=FILED))["license.xml"].encode())
    space = "{https://rslstandard.org/rsl}"
    assert root.tag == f"{space}rsl"
    (content,) = root
    assert content.get("url") == "https://ledger.example/"
    assert [child.tag for child in content] == [
        f"{space}license", f"{space}copyright", f"{space}terms",
    ]  # fmt: skip


def test_terms_of_mining_are_named_where_there_are_any() -> None:
    """The mining file leads to the same page as the licence."""
    (rule,) = json.loads(fixed(press(extra=FILED))[".well-known/tdmrep.json"])
    assert rule["tdm-policy"] == "https://ledger.example/mining"


def test_security_txt_has_its_required_fields() -> None:
    """RFC 9116: contacts, one expiry, the canonical address."""
    text = fixed(press(extra=FILED))[".well-known/security.txt"]
    fields = Parser().parsestr(text)
    assert len(fields.get_all("Contact", [])) == 2
    assert fields.get_all("Expires") == ["2027-06-30T00:00:00Z"]
    assert fields["Canonical"] == "https://ledger.example/.well-known/security.txt"
    assert fields["Policy"] == "https://ledger.example/security"
    assert fields["Preferred-Languages"] == "en-IN, en"
    assert ".well-known/security.txt" not in fixed(press())


def test_security_txt_of_a_newsroom_without_a_policy() -> None:
    """What the settings do not name has no empty line; English is read beside its own language."""
    spare = FILED.replace('security_policy = "https://ledger.example/security"\n', "")
    fields = Parser().parsestr(fixed(press(locale="de", extra=spare))[".well-known/security.txt"])
    assert "Policy" not in fields
    assert fields["Preferred-Languages"] == "de, en"


def test_trust_txt_holds_lines_of_its_words_alone() -> None:
    """Every line is a comment or one of the format's words with a value."""
    files = fixed(press(extra=FILED))
    assert files["trust.txt"] == files[".well-known/trust.txt"]
    lines = files["trust.txt"].splitlines()
    assert all(re.fullmatch(r"#.*|[a-z]+=\S+", line) for line in lines)
    assert "member=https://journalists.example/" in lines
    assert "disclosure=https://ledger.example/about.html" in lines


def test_trust_txt_names_one_contact() -> None:
    """The site's contact is one unless the newsroom's own lines name another."""

    def contacts(extra: str = "") -> list[str]:
        made = Press(config.parse(ALLOWED + extra), FILES, ASSET_FILES)
        lines = fixed(made)["trust.txt"].splitlines()
        return [line for line in lines if line.startswith("contact=")]

    others = '[site.files]\ntrust = ["member=https://a.example/", "contact=https://b.example/"]\n'
    assert contacts() == ["contact=mailto:desk@ledger.example"]
    assert contacts(others) == ["contact=https://b.example/"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('security_contact = ["ring us"]', "security_contact holds 'ring us'"),
        ('security_contact = ["mailto:a@b.example"]', "a moment less than a year ahead"),
        ('trust = ["friends=https://a.example/"]', "trust holds"),
        ('hub = "hub.example"', "site.files.hub"),
    ],
)
def test_a_wrong_line_is_refused(line: str, said: str) -> None:
    """The settings say what to type."""
    with pytest.raises(ConfigError, match=said):
        settings(extra=f"[site.files]\n{line}\n")


def test_feeds_are_answered_with_hub_self_and_licence() -> None:
    """WebSub and RSL are found from the headers alone."""
    link = dict(press(extra=FILED).headers("world/atom.xml"))["link"]
    assert '<https://ledger.example/world/atom.xml>; rel="self"' in link
    assert '<https://hub.example/>; rel="hub"' in link
    assert 'rel="license"; type="application/rsl+xml"' in link


def test_a_story_for_partners_is_not_for_search_engines() -> None:
    """What lies beside a page as ninjs is listed nowhere; all else is as its own head says."""
    assert dict(press().headers("world/ferry-abcdefghij23.json"))["x-robots-tag"] == "noindex"
    for path in ("world/ferry-abcdefghij23.html", "feed.json", "world/feed.json", "index.html"):
        assert "x-robots-tag" not in dict(press().headers(path))


def test_every_answer_says_with_whom_to_speak_about_mining() -> None:
    """TDMRep's two headers go together where the newsroom has a page on it."""
    said = dict(press(extra=FILED).headers("pictures/0123456789abcdef0123-400.webp"))
    assert said["tdm-reservation"] == "1"
    assert said["tdm-policy"] == "https://ledger.example/mining"
    assert "tdm-policy" not in dict(press().headers("index.html"))


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("world/ferry-abcdefghij23.html", "site story-abcdefghij23 section-world"),
        ("world/ferry-abcdefghij23.json", "site story-abcdefghij23 section-world"),
        ("world/index.html", "site list section-world"),
        ("world/rss.xml", "site feed section-world"),
        ("index.html", "site list home"),
        ("topics/ferries.html", "site list topic-ferries"),
        ("topics/ferries.atom", "site feed topic-ferries"),
        ("sitemaps/2022-01-08-1.xml", "site map"),
        ("pictures/9c19c2c9b883e06634cf-1200.webp", "site media-9c19c2c9b883e06634cf"),
        ("pictures/9c19c2c9b883e06634cf-1200x675.50x50.jpg", "site media-9c19c2c9b883e06634cf"),
    ],
)
def test_caches_are_given_names_to_let_go_by(path: str, keys: str) -> None:
    """Each file carries its surrogate keys, for Fastly, Varnish and Cloudflare alike."""
    headers = dict(press().headers(path))
    assert headers["surrogate-key"] == keys
    assert headers["cache-tag"] == keys.replace(" ", ",")


@pytest.mark.parametrize("path", ["assets/site-0a1b2c3d.css", ".well-known/security.txt"])
def test_what_no_story_changes_has_no_name_to_let_go_by(path: str) -> None:
    """A change of the settings makes it anew, and a cache lets go of it by its time alone."""
    assert not {"surrogate-key", "cache-tag"} & set(dict(press().headers(path)))


def test_policies_are_named_only_where_their_page_exists() -> None:
    """What the settings leave empty is claimed neither in the foot nor in the data."""
    extra = """
[site.publisher]
ethics = "https://ledger.example/ethics"
founded = "1887"
grievance = "Grievance officer: desk@ledger.example"
"""
    page = press(extra=extra).story(brief()).body.decode()
    assert '"ethicsPolicy":"https://ledger.example/ethics"' in page
    assert '"foundingDate":"1887"' in page
    assert '<a href="https://ledger.example/ethics">Code of ethics</a>' in page
    assert "Grievance officer" in page
    for absent in ("diversityPolicy", "ownershipFundingInfo", "Ownership and funding"):
        assert absent not in page
    with pytest.raises(ConfigError, match=r"site\.publisher\.ethics"):
        settings(extra='[site.publisher]\nethics = "/ethics"\n')


LICENCES = {
    "https://creativecommons.org/licenses/by-nd/4.0/": "CC BY-ND 4.0",
    "http://www.creativecommons.org/licenses/by/3.0/deed.de": "CC BY 3.0",
    "https://creativecommons.org/licenses/by-nc-sa/2.5/in/": "CC BY-NC-SA 2.5",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    "https://wire.example/free-to-use/": "wire.example/free-to-use",
    "https://wire.example/" + "x" * 80: "wire.example/" + "x" * 46 + "…",
}


@pytest.mark.parametrize("address", LICENCES)
def test_the_licence_of_free_copy_is_named_and_linked(address: str) -> None:
    """Readers, machines and partners learn under which licence the agency's copy stands."""
    told = story(item(rights=Rights(license=address)))
    tree = html.fromstring(press().story(brief(told)).body.decode())
    (link,) = tree.xpath("//article//a[contains(@rel, 'license')]")
    assert (link.get("href"), link.text) == (address, LICENCES[address])
    assert json.loads(tree.xpath("//script")[0].text)["@graph"][0]["license"] == address


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "https://10.0.0.1/free", "CC BY"])
def test_no_licence_is_named_that_a_page_may_not_lead_to(address: str) -> None:
    """Only an address on the open web is linked."""
    told = story(item(rights=Rights(license=address)))
    tree = html.fromstring(press().story(brief(told)).body.decode())
    assert tree.xpath("//article//a[contains(@rel, 'license')]") == []
