"""Topics that no wire names: they are read from the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.config import KnownTopic
from wirecopy.model import Block, Item, Subject, Topic
from wirecopy.story.names import names_in
from wirecopy.story.names_elsewhere import names_by_context
from wirecopy.story.topics import topics_of


def topics(headline: str, *paragraphs: str, language: str = "en", **fields: object) -> list[Topic]:
    """The topics of a story of which the wire says nothing more than its text."""
    own = fields.pop("own_topics", ())
    body = tuple(Block("p", f"<p>{text}</p>") for text in paragraphs)
    item = Item(item_id="x", headline=headline, body=body, language=language, **fields)
    return list(topics_of(item, own_topics=own))


def named(headline: str, *paragraphs: str, language: str = "en") -> set[str]:
    """The names of those topics."""
    return {topic.name for topic in topics(headline, *paragraphs, language=language)}


@pytest.mark.parametrize(
    ("language", "headline", "text", "expected"),
    [
        ("en", "Dam bursts above Tarn Valley", "Ilsa Korvane called troops to the Tarn Valley.",
         {"Tarn Valley", "Ilsa Korvane"}),
        ("en", "SENATE PASSES GRAIN BILL", "The Senate passed a bill by Senator Harlan Creed.",
         {"Harlan Creed", "Senate"}),
        ("de", "Bombe in Wexholz entschärft", "In Wexholz ist eine Bombe entschärft worden. "
         "Bürgermeisterin Karla Reese dankte den Helfern.", {"Wexholz", "Karla Reese"}),
        ("es", "Un incendio amenaza Puerto Almena", "La alcaldesa Rosa Quintero pidió ayuda.",
         {"Puerto Almena", "Rosa Quintero"}),
        ("fr", "Grève à Port-Vaurel", "La maire Solène Jacquemin a promis une prime.",
         {"Port-Vaurel", "Solène Jacquemin"}),
        ("hi", "रतनपुरी में पुल गिरा", "रतनपुरी में पुल गिर गया। जिलाधिकारी विमला देशवाल ने जांच के आदेश दिए।",
         {"रतनपुरी", "विमला देशवाल"}),
        ("ar", "عاصفة تغلق ميناء مرسى الهلال", "أغلق ميناء مرسى الهلال. وقال الوزير سليم الحارثي إن السفن ستنتظر.",
         {"مرسى الهلال", "سليم الحارثي"}),
    ],
)  # fmt: skip
def test_names_are_found(language: str, headline: str, text: str, expected: set[str]) -> None:
    """People and places are topics in every supported language, whatever the headline's case."""
    assert named(headline, text, language=language) == expected


@pytest.mark.parametrize(
    ("headline", "text", "expected"),
    [
        # Words that open sentences, and names that open as they do.
        ("Ferry strike ends", "Crews in New Harrow voted. New Harrow had waited.", {"New Harrow"}),
        ("New Harrow waits", "Ferries to New Harrow are late.", {"New Harrow"}),
        ("Harbour reopens", "New Minister Anna Tolle came. Tolle spoke.", {"Anna Tolle"}),
        # Labels, headlines in title case, and keywords tied to the first word.
        ("NRN Exclusive: Creed resigns", "Harlan Creed went. Creed said so.", {"Harlan Creed"}),
        ("Ten Things to Know About Tarn", "Nobody knows them.", set()),
        ("METALS-Copper falls as Orvane digs", "Mines in Orvane dig. Copper fell.", {"Orvane"}),
        # Codes of shares, short forms, companies with and without what the law adds.
        ("Halbrook earns more", "Halbrook Mills Ltd. (HBM) did well. HBM said so. Halbrook Mills "
         "sells flour.", {"Halbrook Mills"}),
        ("Kellan Tin rises", "Kellan Tin (TSE: KTN) rose. KTN gained. The CEO and the CFO of "
         "Kellan Tin spoke. A CEO smiled.", {"Kellan Tin"}),
        ("Orvane Gas sells notes", "Orvane Gas sold paper (the “Second Tranche”). The Second "
         "Tranche ends in May.", {"Orvane Gas"}),
        # Spans of months, degrees, adjectives of names.
        ("Jobs grow in Jan-March", "Jobs grew in Jan-March, at 20 Celsius. Celsius rose.", set()),
        ("Mill closes", "The Norland-owned mill closes. Norland-owned mills lose money.", set()),
        ("Rovers win", "Rovers won the Emperor's Cup. The Cup was heavy.", set()),
        # What a person is, before the name.
        ("Rovers win", "All-Stars Daniel Roe and Ben Hale scored. Roe and Hale ran.",
         {"Daniel Roe", "Ben Hale"}),
        ("Smiling Tolle pleads", "The coach Anna Tolle pleads, smiling. Tolle smiled.",
         {"Anna Tolle"}),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name(headline: str, text: str, expected: set[str]) -> None:
    """Capitals that other agencies' copy uses for other things make no topic."""
    assert named(headline, text) == expected


@pytest.mark.parametrize(
    ("headline", "text", "name", "kind"),
    [
        ("Deal with Tolle", "Nobody spoke of Tolle. Ferries wait for Tolle.", "Tolle", "object"),
        ("Court hears Anna Tolle", "The lawyer of Anna Tolle spoke.", "Anna Tolle", "person"),
        ("Tarn Heat win", "The Tarn Heat beat all. The Heat ran. The Heat sang.", "Tarn Heat",
         "object"),
        ("Towns vote in Orvane", "In Orvane all is quiet.", "Orvane", "place"),
        ("Pipes burst", "The Tarn Department of Water came. The Tarn Department of Water left.",
         "Tarn Department of Water", "organisation"),
    ],
)  # fmt: skip
def test_kinds_need_evidence(headline: str, text: str, name: str, kind: str) -> None:
    """A name is a person or a place where the copy says so more often than not, else a thing."""
    found = {topic.name: topic.type for topic in topics(headline, text)}
    assert found.get(name) == kind, found


def test_northern_names_of_one_word_are_left() -> None:
    """Swedish and its kin: full names and known places; a single word may be any word."""
    text = "Dette sier Anna Tolle i Norge. Forslaget fra Tolle kom sent. Forslaget er nytt."
    assert named("Forslaget kom", text, language="nb") == {"Anna Tolle"}


def test_surnames_join_full_names() -> None:
    """A surname later on is its full name, and makes the person salient."""
    found = topics(
        "Creed wins vote", "The bill passed on Monday.", "Harlan Creed wrote it.", "Creed slept."
    )
    assert [(topic.name, topic.type) for topic in found] == [("Harlan Creed", "person")]


def test_peoples_join_their_countries() -> None:
    """Demonyms are mentions of their country: those of the world, and those a text explains."""
    assert named("American farmers worry", "The U.S. imports less. American farms suffer.") == {
        "United States"
    }
    assert named("Kestria votes", "People in Kestria vote. A Kestrian judge watches.") == {
        "Kestria"
    }


def test_no_names() -> None:
    """Sentence openings, days, titles, agencies and what is named once and late are no topics."""
    assert (
        named(
            "Fire destroys barn",
            "Fire destroyed a barn on Monday, Reuters reported. Police and the Prime Minister came.",
            "Nobody was hurt.",
            "A neighbour, Orla Penn, had called.",
        )
        == set()
    )


def test_newsrooms_table() -> None:
    """Aliases and merges of the newsroom's own table lead to its topic, whoever named them."""
    own = (KnownTopic(name="Tarn Valley Works", aliases=("TVW", "Works"), merge=("Old Works",)),)
    text = "Shares in TVW fell. Nobody at the Works spoke."
    [topic] = topics("TVW cuts jobs", text, own_topics=own)
    assert (topic.slug, topic.name, topic.type) == (
        "tarn-valley-works", "Tarn Valley Works", "organisation",
    )  # fmt: skip
    wired = topics("Jobs go", "Many.", own_topics=own, subjects=(Subject(name="Old Works"),))
    assert [each.slug for each in wired] == ["tarn-valley-works"]


def test_names_of_other_languages_are_left() -> None:
    """Where endings change names the text is not read: one town would have six topics."""
    assert named("Turussa tapahtui", "Turun satama. Turkuun tuli laiva.", language="fi") == set()


@given(st.text(max_size=400), st.sampled_from(["", "en", "de", "hi"]))
def test_any_text(text: str, language: str) -> None:
    """No text stops the reading, and every name stands in it or is made of its words."""
    for name in (*names_in(text, language=language), *names_by_context(text[:80], text)):
        assert name.mentions > 0
        assert all(word.rstrip("'’") in text for word in name.name.split())


def test_long_runs_cost_little() -> None:
    """Endless capitals, quotes and apostrophes are read in linear time."""
    for text in ("A" * 50_000, "A " * 25_000, "O'Neil's " * 5000, '"A. ' * 9000, "Bank of " * 9000):
        assert len(names_in(text)) < 3
