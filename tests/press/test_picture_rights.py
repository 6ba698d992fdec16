"""What a picture's terms mean for the page: where it may stand, and until when."""

from datetime import datetime, timedelta

import pytest
from tests.press.copy_desk import AT

from wirecopy.model import Media
from wirecopy.press.picture_rights import (
    bars_the_web,
    credited,
    for_other_media,
    forbids_archive,
    forbids_social,
    shown_until,
)


def picture(*terms: str, expires: datetime | None = None) -> Media:
    """A picture with these terms."""
    return Media(usage_terms=terms, expires_at=expires)


@pytest.mark.parametrize(
    ("term", "archive", "social"),
    [
        ("NO ARCHIVE", True, False),
        ("No archiving. No sales.", True, False),
        ("not for archival use", True, False),
        ("The archive of the port", False, False),
        ("DO NOT ARCHIVE", True, False),
        ("May not be archived", True, False),
        ("NO SALES OR ARCHIVE USE", True, False),
        ("ARCHIVES OUT", True, False),
        ("Archiving is not permitted", True, False),
        ("Keine Archivierung", True, False),
        ("Archivierung nicht gestattet", True, False),
        ("Archivage interdit", True, False),
        ("Ne pas archiver", True, False),
        ("Prohibido su archivo", True, False),
        ("Free to archive", False, False),
        ("ARCHIVE PHOTO - NOT FOR SALE", False, False),
        ("SOCIAL MEDIA OUT", False, True),
        ("Social media use prohibited", False, True),
        ("Keine Nutzung in sozialen Medien", False, True),
        ("Nicht für soziale Netzwerke", False, True),
        ("Pas de réseaux sociaux", False, True),
        ("Réseaux sociaux interdits", False, True),
        ("Prohibido su uso en redes sociales", False, True),
        ("Social media allowed", False, False),
        ("No social media use", False, True),
        ("Not for use on social networks", False, True),
        ("Free for social media", False, False),
        ("No resale. For social pages only.", False, False),
    ],
)
def test_terms_in_prose_are_understood(term: str, archive: bool, social: bool) -> None:
    """The two phrases that decide where a picture may stand are found in running text."""
    assert forbids_archive(picture(term)) == archive
    assert forbids_social(picture(term)) == social


@pytest.mark.parametrize(
    ("term", "barred"),
    [
        ("No internet use", True),
        ("Not for web or online use", True),
        ("ONLINE OUT", True),
        ("Digital use not permitted", True),
        ("Keine Nutzung im Internet", True),
        ("Broadcast use only", True),
        ("For newspapers only", True),
        ("AP members only", True),
        ("Available only to AP broadcast clients", True),
        ("Nur für Fernsehen", True),
        ("Mandatory credit on web pages", False),
        ("No sales. Free for web use.", False),
        ("Print and online use", False),
    ],
)
def test_what_is_for_other_media_alone_is_kept_from_the_web(term: str, barred: bool) -> None:
    """A ban of web use, or a leave for other media and no more, each by itself is enough."""
    assert bars_the_web(["Mandatory credit", term]) == barred


@pytest.mark.parametrize(
    ("term", "barred"),
    [
        ("NO SALES - INTERNET OUT", True),
        ("MAGS OUT; ONLINE OUT; TV OUT", True),
        ("Not for use on the internet", True),
        ("Not for print, web or broadcast", True),
        ("Print use only", True),
        ("For newspapers only. No sales.", True),
        ("NO DIGITAL USE", True),
        ("Keine digitale Nutzung", True),
        ("Keine Online-Nutzung", True),
        ("Internetnutzung untersagt", True),
        ("Nur für Print", True),
        ("Editorial use only. No sales, no archive.", False),
        ("No digital alteration", False),
        ("Not to be digitally altered", False),
        ("Digital manipulation prohibited", False),
        ("Keine digitale Veränderung", False),
        ("For print and web only, not TV only", False),
        ("No restrictions on online use", False),
        ("Not for sale. Web use allowed.", False),
        ("Online in-match use limited to 120 images, no video emulation", False),
        ("For use by subscribers only", False),
    ],
)
def test_what_is_for_other_media_alone_is_understood(term: str, barred: bool) -> None:
    """A ban on the web is one, whoever words it; a ban on touching up is none."""
    assert for_other_media((term,)) == barred
    assert for_other_media(("Mandatory credit.", term)) == barred


def test_what_is_for_clients_may_stand_but_leads_no_reader_to_them() -> None:
    """A newsroom is a client itself; its readers are none, so that nothing is linked for them."""
    assert bars_the_web(["For use by subscribers only"])
    assert not bars_the_web(["Editorial use only"])


def test_one_term_of_several_is_enough() -> None:
    """What one of a picture's terms forbids is forbidden, whatever the others say."""
    among = picture("Mandatory credit.", "NO ARCHIVE", "No social media use", "No sales.")
    assert forbids_archive(among)
    assert forbids_social(among)


def test_the_earlier_end_counts() -> None:
    """Of an expiry and a ban on archiving the earlier takes the picture down."""
    early, late = AT + timedelta(days=1), AT + timedelta(days=9)
    assert shown_until(picture("NO ARCHIVE", expires=early), AT, 3) == early
    assert shown_until(picture("NO ARCHIVE", expires=late), AT, 3) == AT + timedelta(days=3)
    assert shown_until(picture("NO ARCHIVE"), AT, 3) == AT + timedelta(days=3)
    assert shown_until(picture("No sales.", expires=late), AT, 3) == late
    assert shown_until(picture(), AT, 3) is None


def test_the_days_of_an_archive_begin_with_publication() -> None:
    """A story that is not public yet has no days to count; an expiry stands all the same."""
    end = AT + timedelta(days=9)
    assert shown_until(picture("NO ARCHIVE"), None, 3) is None
    assert shown_until(picture("NO ARCHIVE", expires=end), None, 3) == end


@pytest.mark.parametrize(
    ("credit", "notice", "stands"),
    [("A. P.", "", True), ("", "© Corvid", True), ("A. P.", "© Corvid", True), (" ", "\t", False)],
)
def test_a_name_or_a_copyright_line_is_a_credit(credit: str, notice: str, stands: bool) -> None:
    """Either can stand beside the picture; blanks are neither."""
    assert credited(Media(credit=credit, copyright=notice)) == stands
