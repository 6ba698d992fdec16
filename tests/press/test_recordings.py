"""Films and sound: in the text, and beside it."""

from typing import Any

import pytest
from lxml import html
from tests.press.copy_desk import ASSET_FILES, FILES, brief, item, paragraphs, press, story

from wirecopy import config
from wirecopy.model import Block, Media, Rendition, Rights, Story
from wirecopy.press import Press

PRESS = press()
EMBED = '<p><a href="https://a.example/{file}" type="{kind}" rel="nofollow noopener">Tow</a></p>'


def body_of(told: Story) -> bytes:
    """The bytes of the story's page."""
    return PRESS.story(brief(told)).body


@pytest.mark.parametrize(
    ("kind", "said"),
    [("video/*", "Video: Tow"), ("audio/*", "Audio: Tow"), ("*/*", "Embedded content: Tow")],
)
def test_a_player_in_the_text_is_a_link_with_a_label(kind: str, said: str) -> None:
    """Readers are told what stood there, and where to find it; nothing is loaded."""
    block = Block("embed", EMBED.format(file="v", kind=kind))
    told = body_of(story(item(body=(block,))))
    (link,) = html.fromstring(told.decode()).xpath("//*[@data-part='body']//a")
    assert link.text_content() == said
    assert dict(link.attrib) == {"href": "https://a.example/v", "rel": "nofollow noopener"}


def film(href: str = "https://a.example/v.mp4", **fields: Any) -> Media:
    """A film that comes beside a text."""
    still = Rendition(href="https://a.example/v.jpg", mime="image/jpeg", width=900)
    usual: dict[str, Any] = {"type": "video", "caption": "The tow", "credit": "Corvid/Roe"}
    files = {"renditions": (still, Rendition(href=href, mime="video/mp4"))}
    return Media(**(files | usual | fields))


def recordings(body: str = "", **fields: Any) -> list[tuple[str, str]]:
    """The links to films and sound behind the text: what they say, and where they lead."""
    rights = fields.pop("rights", Rights())
    text = (*paragraphs("The ferry."), *((Block("embed", body),) if body else ()))
    told = body_of(story(item(body=text, media=(film(**fields),), rights=rights)))
    links = html.fromstring(told.decode()).xpath("//*[@data-part='recordings']//a")
    return [(link.text_content(), link.get("href")) for link in links]


def test_a_film_beside_the_text_is_a_link() -> None:
    """It is named, credited and led to behind the text; its still is no picture of the story."""
    assert recordings() == [("Video: The tow", "https://a.example/v.mp4")]
    assert recordings(type="audio", caption="") == [], "a film is no sound"
    assert recordings(headline="At sea", caption="SHOWS: " * 99)[0][0] == "Video: At sea"


def test_a_still_is_no_film() -> None:
    """Of files that name no kind those are passed over whose role says that they are small ones."""
    still = Rendition(href="https://a.example/s", role="Thumbnail", width=1280)
    film = Rendition(href="https://a.example/v", role="main", width=640)
    for files in ((still, film), (film, still)):
        assert recordings(renditions=files) == [("Video: The tow", "https://a.example/v")]
    assert recordings(renditions=(still,)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"href": "http://a.example/v.mp4"},
        {"href": "v.mp4"},
        {"href": "https://10.0.0.4/v.mp4"},
        {"href": "https://a.example/v.mp4?access_token=x"},
        {"href": "https://a.example/v.mp4?X-Amz-Signature=x"},
        {"status": "withheld"},
        {"usage_terms": ("No access Internet",)},
        {"usage_terms": ("Broadcast use only",)},
        {"usage_terms": ("Access only for Skua Members and their licensees.",)},
        {"rights": Rights(restrictions=("Online use prohibited",))},
        {"body": EMBED.format(file="v.mp4", kind="video/*")},
    ],
    ids=str,
)
def test_no_link_to_what_readers_may_not_or_cannot_see(fields: dict[str, Any]) -> None:
    """Nor to what the text links already, nor with a key that was meant for us."""
    assert recordings(**fields) == []


def test_a_source_may_keep_its_films() -> None:
    """Where a source's `recordings` is "none", or it has left the settings, nothing is linked."""
    quiet = 'url = "https://ledger.example"\n[[sources]]\nname = "skua"\nagency = "Skua"\n'
    told = brief(story(item(media=(film(),)), source="skua"))
    for kept, shown in (("link", True), ("none", False), ("gone", False)):
        text = f'[site]\nname = "L"\n{quiet}recordings = "{kept}"\n'
        settled = config.parse(
            text if kept != "gone" else '[site]\nname = "L"\nurl = "https://l.example"'
        )
        body = Press(settled, FILES, ASSET_FILES).story(told).body
        assert (b'data-part="recordings"' in body) is shown
