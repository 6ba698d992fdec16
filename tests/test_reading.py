"""Reading: what a source's settings say reaches the reading of its copy."""

from datetime import UTC, datetime

import msgspec
import pytest

from wirecopy import config
from wirecopy.model import Delivery
from wirecopy.reading import read_delivery

RECEIVED = datetime(2022, 7, 7, 9, tzinfo=UTC)
COPY = """EMBARGOED UNTIL 18:00

Ferries return to Port Sel

PORT SEL, July 7 (HNA) - The ferries are back in the harbour, the company said.
"""


def _until(settings: str) -> tuple[datetime | None, str]:
    parsed = config.parse(
        f'[site]\nname = "N"\nurl = "https://post.example"\n[[sources]]\nname = "harbour"\n'
        f'format = "plain"\n{settings}\n'
    )
    (sheet,) = read_delivery(
        Delivery(source="harbour", body=COPY.encode()), RECEIVED, parsed
    ).sheets
    assert sheet.item.headline == "Ferries return to Port Sel"
    assert "EMBARGO" not in "".join(block.html for block in sheet.item.body)
    return sheet.item.embargo_until, sheet.item.embargo_text


@pytest.mark.parametrize(
    ("settings", "hour"),
    [
        ('agency = "Harbour News"\ntimezone = "Europe/Lisbon"', 17),
        ('agency = "Harbour News"\ntimezone = "UTC"', 18),
        ('agency = "PTI"', 12),
        ('agency = "PTI"\ntimezone = "Europe/Lisbon"', 17),
    ],
)
def test_an_embargo_follows_the_sources_clock(settings: str, hour: int) -> None:
    """The source's `timezone` decides, else the home of an agency that has one."""
    until, words = _until(settings)
    assert until is not None
    assert (until.hour, words) == (hour, "")


def test_an_embargo_of_no_known_clock_holds() -> None:
    """Where nobody says whose clock it is, the words hold the story."""
    assert _until('agency = "Harbour News"') == (None, "EMBARGOED UNTIL 18:00")


def test_half_a_text_is_never_read() -> None:
    """What was cut off behind the cap stays in quarantine, however high that is set later."""
    parsed = config.parse(
        '[site]\nname = "N"\nurl = "https://post.example"\n[[sources]]\nname = "harbour"\n'
        'agency = "Harbour News"\nformat = "plain"\n'
    )
    whole = Delivery(source="harbour", body=COPY.removeprefix("EMBARGOED UNTIL 18:00").encode())
    assert read_delivery(whole, RECEIVED, parsed).sheets
    galley = read_delivery(msgspec.structs.replace(whole, cut=True), RECEIVED, parsed)
    assert not galley.sheets
    assert "Only its beginning was kept" in galley.error


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("The council closes the harbour. Ferries stop at noon.", "The council closes the harbour"),
        ("It rains. Ferries stop at noon.", "It rains. Ferries stop at noon"),
        (f"The council {'surely ' * 20}closes the harbour.", f"The council {'surely ' * 14}…"),
    ],
)
def test_copy_without_a_headline_has_its_first_sentence(text: str, headline: str) -> None:
    """Alerts and briefs name themselves: one whole sentence, unless it says next to nothing."""
    wire = f"PORT SEL, Jan 7 (Quaymark) - {text}\n\n--Quaymark\n"
    parsed = config.parse(
        '[site]\nname = "N"\nurl = "https://post.example"\n[[sources]]\nname = "quay"\n'
        'agency = "Quaymark"\n'
    )
    delivery = Delivery(source="quay", body=wire.encode(), name="alert.txt")
    assert read_delivery(delivery, RECEIVED, parsed).sheets[0].item.headline == headline
