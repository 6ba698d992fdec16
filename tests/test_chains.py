"""One living story: what arrives under many ids is one page, in whatever order it comes."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from tests.any_order import assert_any_order, at, told
from tests.newsdesk import CONFIG, Desk, ninjs

from wirecopy.config import Chains

LEAD = (
    "<p>A ferry with 140 people ran aground off Tarnwick, the harbour office said.</p>"
    "<p>Nobody was hurt, and the sea was calm.</p>"
    "<p>The owner said the engine had failed.</p>"
)


def wire(number: int, headline: str, minutes: float, **fields: Any) -> bytes:
    """An item of its own id under the ferry's slug."""
    fields = {"slugline": "Tarnwick-Ferry", "versioncreated": at(minutes)} | fields
    return ninjs(f"urn:nrn:{number}", headline, **fields)


# -- chains ----------------------------------------------------------------------------

LIFE = (
    wire(1, "FLASH: Ferry aground off Tarnwick", 0, body="<p>Ferry aground off Tarnwick.</p>"),
    wire(2, "URGENT: Ferry aground, 140 on board", 4, body="<p>A ferry ran aground.</p>"),
    wire(3, "Ferry with 140 aground off Tarnwick", 20, body=LEAD),
    wire(4, "2nd LD: Ferry towed off", 90, body=LEAD + "<p>A tug came.</p>"),
    wire(5, "CORRECTED: Ferry towed off", 95, body=LEAD.replace("140", "104")),
    wire(6, "3rd LD: Ferry in port", 130, body=LEAD.replace("140", "104") + "<p>It is home.</p>"),
)


def test_a_flash_grows_into_its_final_lead() -> None:
    """Flash, urgent, report, leads and correction are one page, whatever comes first."""
    (story,) = assert_any_order(LIFE)
    assert story[:2] == ("live", "Ferry in port")
    assert story[2][-1] == "It is home."


def test_the_page_tells_its_life(desk: Desk) -> None:
    """One address from the flash on; each change is told, the correction with its box."""
    assert [desk.take(body) for body in LIFE] == [["published"], *[["updated"]] * 5]
    story = desk.story("urn:nrn:1")
    assert [change.kind for change in story.changes] == [
        "published", "updated", "updated", "updated", "corrected", "updated",
    ]  # fmt: skip
    page = desk.site()[story.path].decode()
    assert 'data-part="correction"' in page
    assert story.path.startswith("world/ferry-aground-off-tarnwick-")


def test_ordinals_beat_times() -> None:
    """A lead that says it is the second stands above a first lead that was sent later."""
    (story,) = assert_any_order(
        (
            wire(1, "Ferry aground", 0),
            wire(2, "2nd LD: Ferry towed", 30),
            wire(3, "1st LD: Ferry stuck", 40),
        )
    )
    assert story[1] == "Ferry towed"


AP = msgspec.structs.replace(
    CONFIG, sources=(msgspec.structs.replace(CONFIG.sources[0], agency="AP"),)
)


def test_the_top_of_a_lead_waits_for_a_person() -> None:
    """AP's new lead, far shorter than the text before it, replaces nothing; the whole one does."""
    whole = wire(1, "Ferry aground", 0, body=LEAD * 3)
    top = wire(2, "2nd Ld: Ferry towed", 30, body="<p>A tug has reached the ferry.</p>")
    (story,) = assert_any_order((whole, top), AP)
    assert story[1] == "Ferry aground"
    (story,) = assert_any_order((whole, top, wire(3, "3rd Ld: Ferry home", 60, body=LEAD * 2)), AP)
    assert story[1] == "Ferry home"


def test_staff_are_told_of_a_top_that_waits() -> None:
    """Its outcome is held, with the reason; a writethru of any length ends that."""
    with Desk(AP) as desk:
        desk.newsroom.bake_all()
        desk.take(wire(1, "Ferry aground", 0, body=LEAD * 3))
        short = "<p>A tug has reached the ferry.</p>"
        assert desk.take(wire(2, "2nd Ld: Ferry towed", 30, body=short)) == ["held"]
        assert "far shorter" in desk.story("urn:nrn:1").waits[0]
        later = wire(3, "3rd Ld-Writethru: Ferry towed home", 50, body=short)
        assert desk.take(later) == ["updated"]
        assert desk.story("urn:nrn:1").waits == ()


def test_other_agencies_leads_are_whole_at_any_length() -> None:
    """Only an agency that moves tops alone is asked; what is short is a setting."""
    whole = wire(1, "Ferry aground", 0, body=LEAD * 3)
    top = wire(2, "2nd Ld: Ferry towed", 30, body="<p>A tug has reached the ferry.</p>")
    anything = msgspec.structs.replace(AP, chains=Chains(whole_lead=0))
    for config in (CONFIG, anything):
        (story,) = assert_any_order((whole, top), config)
        assert story[1] == "Ferry towed"


def test_a_repeat_changes_nothing(desk: Desk) -> None:
    """RPT with the same words is a duplicate; with other words it is the text that stands."""
    desk.take(wire(1, "Ferry aground", 0, body=LEAD))
    assert desk.take(wire(2, "RPT-Ferry aground", 9, body=LEAD)) == ["duplicate"]
    assert desk.story("urn:nrn:1").changes[-1].kind == "published"
    other = LEAD.replace("140", "141")
    assert desk.take(wire(3, "RPT-Ferry aground", 19, body=other)) == ["updated"]


def test_the_same_slug_tomorrow_is_a_new_story() -> None:
    """An unmarked item under yesterday's slug begins anew, and so do tomorrow's leads."""
    day = 24 * 60
    stories = assert_any_order(
        (
            wire(1, "Ferry aground", 0),
            wire(2, "1st LD: Ferry towed", 60),
            wire(3, "Ferry inquiry opens", day),
            wire(4, "1st LD: Ferry inquiry adjourned", day + 60),
        )
    )
    assert [story[1] for story in stories] == ["Ferry inquiry adjourned", "Ferry towed"]


def test_a_lead_after_midnight_goes_on() -> None:
    """A chain that runs past midnight stays one story while it counts on."""
    night = 20 * 60  # the agency's day ends in UTC
    (story,) = assert_any_order(
        (
            wire(1, "Ferry aground", night),
            wire(2, "1st LD: Ferry towed", night + 60),
            wire(3, "2nd LD: Ferry in port", night + 8 * 60),
        )
    )
    assert story[1] == "Ferry in port"


def test_two_reports_under_one_slug_stay_two(desk: Desk) -> None:
    """A busy slug has several reports a day; the lead goes to the one it is about."""
    desk.take(
        wire(1, "Ferry aground off Tarnwick", 0, body=LEAD),
        wire(2, "Ferry owner sells two ships to Osmere", 10),
        wire(3, "UPDATE 1-Ferry owner sells two ships to Osmere bank", 60),
    )
    assert [story[1] for story in told(desk)] == [
        "Ferry aground off Tarnwick",
        "Ferry owner sells two ships to Osmere bank",
    ]


def short(number: int, headline: str, minutes: float, **fields: Any) -> bytes:
    """An item of its own id without a slug, as feeds send it; its text is like no other's."""
    body = f"<p>Message number {number} tells this in words of its own: {headline.lower()}.</p>"
    return ninjs(f"urn:nrn:{number}", headline, **{"body": body, "versioncreated": at(minutes)}
                 | fields)  # fmt: skip


@pytest.mark.parametrize(
    "headlines",
    [
        ("Norland PM resigns", "UPDATE 1-Norland PM resigns", "CORRECTED-Norland PM resigns"),
        ("Urgent: Quake hits Velta", "1st LD: Quake hits Velta", "Update 2: Quake hits Velta"),
        ("FLASH: Norland Pope dies", "Norland Pope dies", "2nd LD: Norland Pope dies"),
    ],
)
def test_a_marker_carries_a_short_headline_on(headlines: tuple[str, ...]) -> None:
    """Flashes have short headlines: marked copy under an equal one is one story, in any order."""
    wires = [short(number, headline, number) for number, headline in enumerate(headlines)]
    (story,) = assert_any_order(wires)
    assert story[:2] == ("live", headlines[0].rpartition(": ")[2])
    assert "number 2" in story[2][0]


@pytest.mark.parametrize(
    "headlines",
    [
        ("Quake hits Velta", "Quake hits Velta"),
        ("Sports briefs", "UPDATE 1-Sports briefs", "CORRECTED-Sports briefs"),
        ("URGENT: Weather", "1st LD: Weather"),
        ("Obituary", "Correction: Obituary"),
        ("Quake hits Velta", "UPDATE 1-Quake hits Kolma"),
        ("Quake hits Velta", "WRAPUP 2-Quake hits Velta"),
        ("Strong quake hits Velta coast", "WRAPUP 2-Strong quake hits Velta coast"),
    ],
)
def test_short_headlines_stay_apart(headlines: tuple[str, ...]) -> None:
    """Unmarked, of another place or form, or under a column's name they are stories apart."""
    wires = [short(number, headline, number) for number, headline in enumerate(headlines)]
    assert len(assert_any_order(wires)) == len(headlines)


def test_headlines_alone_are_no_flashes_of_one_another() -> None:
    """Two short headlines without text and marker are two; a marked text goes with its day's."""
    day = 24 * 60
    first, second = (short(number, "Quake hits Velta", number, body="") for number in (1, 2))
    assert len(assert_any_order((first, second))) == 2
    tomorrow = short(3, "Quake hits Velta", day)
    later = short(4, "UPDATE 1-Quake hits Velta", day + 9)
    assert [len(story[2]) for story in assert_any_order((first, tomorrow, later))] == [0, 1]


def test_a_wrap_up_is_a_page_beside(desk: Desk) -> None:
    """A wrap-up overwrites nothing: it is a page of its own, each linked from the other."""
    for order in ((0, 1), (1, 0)):
        with Desk() as each:
            each.newsroom.bake_all()
            parts = (wire(1, "Ferry aground", 0), wire(2, "WRAPUP 1-A bad day at sea", 60))
            each.take(*(parts[n] for n in order))
            report, wrap = each.story("urn:nrn:1"), each.story("urn:nrn:2")
            assert wrap.path.encode() in each.site()[report.path]
            assert report.path.encode() in each.site()[wrap.path]
            assert each.site() == each.full_bake()


# -- takes, inserts, substitutes ---------------------------------------------------------


def test_takes_are_appended_in_their_order() -> None:
    """A lead and its adds are one text, in the order of the takes."""
    (story,) = assert_any_order(
        (
            wire(1, "Ferry aground", 0, body=LEAD + "<p>(more)</p>"),
            wire(2, "Ferry aground", 2, slugline="Tarnwick-Ferry, 1st Add", body="<p>One.</p>"),
            wire(3, "Ferry aground", 3, slugline="Tarnwick-Ferry, 2nd Add", body="<p>Two.</p>"),
        )
    )
    assert story[2] == (
        "A ferry with 140 people ran aground off Tarnwick, the harbour office said.",
        "Nobody was hurt, and the sea was calm.",
        "The owner said the engine had failed.",
        "One.",
        "Two.",
    )


def test_a_writethru_replaces_the_takes_before_it() -> None:
    """A complete new version takes the place of lead and adds; later adds go under it."""
    (story,) = assert_any_order(
        (
            wire(1, "Ferry aground", 0, body=LEAD),
            wire(2, "Ferry aground", 2, slugline="Tarnwick-Ferry, 1st Add", body="<p>One.</p>"),
            wire(
                3, "Ferry towed", 9, slugline="Tarnwick-Ferry, 1st Ld-Writethru", body="<p>All.</p>"
            ),
            wire(4, "Ferry towed", 12, slugline="Tarnwick-Ferry, 1st Add", body="<p>New.</p>"),
        )
    )
    assert story[1:] == ("Ferry towed", ("All.", "New."))


@pytest.mark.parametrize(
    ("instruction", "body", "expected"),
    [
        ('Insert after 2nd graf, "Nobody was hurt"', "<p>In.</p>", (0, 1, "In.", 2)),
        ("INSERTS 1 graf before 3rd graf bgng The owner said", "<p>In.</p>", (0, 1, "In.", 2)),
        ('Subs 2nd graf, "Nobody was hurt, and" to CORRECT', "<p>One was hurt.</p>",
         (0, "One was hurt.", 2)),
        ('Subs grafs 2-3, "Nobody was hurt" through "The owner said"', "<p>S.</p>", (0, "S.")),
        ('UPDATES with tug. Picks up 2nd graf: "Nobody was hurt ..."', "<p>A tug came.</p>",
         ("A tug came.", 1, 2)),
    ],
)  # fmt: skip
def test_parts_go_where_their_anchors_match(
    instruction: str, body: str, expected: tuple[object, ...]
) -> None:
    """Inserts, substitutes and new tops go in at the paragraph whose first words they quote."""
    slug = "Tarnwick-Ferry, 1st Ld" if "Picks" in instruction else "Tarnwick-Ferry, Insert"
    part = wire(2, "Ferry aground", 5, slugline=slug, ednote=instruction, body=body)
    (story,) = assert_any_order((wire(1, "Ferry aground", 0, body=LEAD), part))
    lead = (
        "A ferry with 140 people ran aground off Tarnwick, the harbour office said.",
        "Nobody was hurt, and the sea was calm.",
        "The owner said the engine had failed.",
    )
    assert story[2] == tuple(lead[each] if isinstance(each, int) else each for each in expected)


def test_a_part_without_its_place_waits_for_a_person(desk: Desk) -> None:
    """Where no paragraph begins with the quoted words, the text stays and the outcome says why."""
    desk.take(wire(1, "Ferry aground", 0, body=LEAD))
    part = wire(
        2, "Ferry aground", 5, slugline="Tarnwick-Ferry, Insert",
        ednote='Insert after 4th graf, "The mayor said"', body="<p>In.</p>",
    )  # fmt: skip
    assert desk.take(part) == ["held"]
    (reason,) = desk.rows("SELECT reason FROM outcomes WHERE kind = 'held'")[0]
    assert "no paragraph begins with 'The mayor said'" in reason
    story = desk.story("urn:nrn:1")
    assert (story.state, len(told(desk)[0][2])) == ("live", 3)
    assert story.waits


def test_an_add_waits_for_its_lead(desk: Desk) -> None:
    """A take that comes before its lead is held, and never a page of its own."""
    add = wire(2, "Ferry aground", 2, slugline="Tarnwick-Ferry, 1st Add", body="<p>One.</p>")
    assert desk.take(add) == ["held"]
    assert told(desk)[0][0] == "held"
    assert desk.take(wire(1, "Ferry aground", 0, body=LEAD)) == ["published"]
    assert told(desk)[0][2][-1] == "One."


# -- kills and holds in words ------------------------------------------------------------


def kill(number: int, says: str, minutes: float, **fields: Any) -> bytes:
    """A notice in words, under an id and a slug of its own."""
    return wire(number, says, minutes, slugline="Advisory", **fields)


def test_a_kill_in_words_holds_its_one_target() -> None:
    """A kill that names a report by its headline holds it at once, before or after it came."""
    stories = assert_any_order(
        (
            wire(1, "Ferry aground off Tarnwick", 0, body=LEAD),
            wire(2, "Orchestra opens in Osmere", 3, slugline="Osmere-Orchestra"),
            kill(9, "KILL: Ferry aground off Tarnwick", 30, body="<p>Please do not use.</p>"),
        )
    )
    assert [story[:2] for story in stories] == [
        ("held", "Ferry aground off Tarnwick"),
        ("ignored", "Ferry aground off Tarnwick"),
        ("live", "Orchestra opens in Osmere"),
    ]


def test_staff_confirm_a_kill_in_words_or_put_it_aside(desk: Desk) -> None:
    """What a notice in words holds is live again when staff release it, gone when they kill it."""
    desk.take(wire(1, "Ferry aground off Tarnwick", 0, body=LEAD))
    assert desk.take(kill(9, "KILL: Ferry aground off Tarnwick", 30)) == ["held"]
    story = desk.story("urn:nrn:1")
    assert "waits for staff" in story.reason
    assert story.path not in desk.site()
    assert desk.order("release", story.id).state == "live"
    assert desk.order("kill", story.id).state == "withdrawn"


def test_a_kill_that_may_mean_two_holds_both(desk: Desk) -> None:
    """Nobody guesses which of two stories an agency wants killed: both wait, and say so."""
    stories = assert_any_order(
        (
            wire(1, "Ferry aground off Tarnwick", 0, body=LEAD, slugline="A"),
            wire(2, "Ferry aground off Tarnwick", 9, body="<p>Again, a year on.</p>", slugline="B"),
            kill(9, "KILL: Ferry aground off Tarnwick", 30),
        )
    )
    assert [story[0] for story in stories].count("held") == 2


def test_a_trusted_kill_in_words_withdraws() -> None:
    """Where the source's word is trusted and the marker is confirmed, no person is needed."""
    trusted = msgspec.structs.replace(
        CONFIG,
        sources=(
            msgspec.structs.replace(CONFIG.sources[0], agency="Reuters", trust_text_kills=True),
            *CONFIG.sources[1:],
        ),
    )
    bodies = (
        wire(1, "Ferry aground off Tarnwick", 0, body=LEAD),
        kill(9, "STORY WITHDRAWN-Ferry aground off Tarnwick", 30),
    )
    assert [story[0] for story in assert_any_order(bodies, trusted)] == ["ignored", "withdrawn"]


# -- packages ----------------------------------------------------------------------------


def g2(guid: str, kind: str, meta: str = "", content: str = "", minutes: float = 0) -> bytes:
    """A NewsML-G2 item of that kind; a package's members are its content."""
    root = "packageItem" if kind == "composite" else "newsItem"
    return f"""<?xml version="1.0"?><{root} xmlns="http://iptc.org/std/nar/2006-10-01/"
 guid="{guid}" version="1" standard="NewsML-G2" standardversion="2.30"><itemMeta>
<itemClass qcode="ninat:{kind}"/><versionCreated>{at(minutes).isoformat()}</versionCreated>
</itemMeta><contentMeta>{meta}</contentMeta>{content}</{root}>""".encode()


REPORT = g2(
    "urn:nrn:report", "text", "<headline>Ferry aground off Tarnwick</headline>",
    '<contentSet><inlineXML contenttype="application/xhtml+xml">'
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>A ferry ran aground.</p></body></html>'
    "</inlineXML></contentSet>",
)  # fmt: skip
PICTURE = g2(
    "urn:nrn:picture", "picture",
    "<creditline>NRN</creditline><headline>The ferry</headline>",
    '<contentSet><remoteContent href="https://pics.example/ferry.jpg" rendition="rnd:web" '
    'contenttype="image/jpeg" width="800" height="600"/></contentSet>',
)  # fmt: skip
PACKAGE = g2(
    "urn:nrn:package", "composite", "<headline>Ferry: all</headline>",
    '<groupSet root="G"><group id="G" role="group:main"><itemRef residref="urn:nrn:report"/>'
    '<itemRef residref="urn:nrn:picture"/></group></groupSet>',
)  # fmt: skip


def test_a_package_brings_report_and_picture_together() -> None:
    """Report, picture and package in any order are one page with its picture."""
    for order in itertools.permutations((REPORT, PICTURE, PACKAGE)):
        with Desk() as desk:
            desk.newsroom.bake_all()
            for body in order:
                desk.take(body)
            story = desk.story("urn:nrn:report")
            page = desk.site()[story.path].decode()
            assert "https://pics.example/ferry.jpg" in page
            assert desk.site() == desk.full_bake()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_a_package_under_its_reports_slug_is_no_lead_of_it(order: tuple[int, ...]) -> None:
    """Package and picture may bear the report's slug and headline: neither takes its place."""
    named = [
        part.replace(b"<contentMeta>", b"<contentMeta><slugline>Tarnwick-Ferry</slugline>")
        .replace(b"Ferry: all", b"Ferry aground off Tarnwick")
        .replace(b"The ferry<", b"Ferry aground off Tarnwick<")
        for part in (REPORT, PICTURE, PACKAGE)
    ]
    with Desk() as desk:
        desk.newsroom.bake_all()
        for number in order:
            desk.take(named[number])
        story = desk.story("urn:nrn:report")
        assert (story.state, len(desk.rows("SELECT id FROM stories"))) == ("live", 3)
        assert "A ferry ran aground." in desk.site()[story.path].decode()


def test_a_killed_picture_leaves_its_report(desk: Desk) -> None:
    """When the agency kills a picture of a package, the report stays and the picture goes."""
    desk.take(REPORT, PICTURE, PACKAGE)
    kill = PICTURE.replace(b'version="1" st', b'version="2" st').replace(
        b"</versionCreated>", b'</versionCreated><pubStatus qcode="stat:canceled"/>'
    )
    assert desk.take(kill) == ["withdrawn"]
    story = desk.story("urn:nrn:report")
    assert story.state == "live"
    assert "pics.example" not in desk.site()[story.path].decode()


def bounded(field: str) -> bytes:
    """The picture's item with that field among its own."""
    return PICTURE.replace(b"</versionCreated>", f"</versionCreated>{field}".encode())


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0)])
def test_an_embargoed_picture_joins_its_report_later(desk: Desk, order: tuple[int, ...]) -> None:
    """A picture sent apart has its own embargo: it comes to the report's page when that ends."""
    until = (desk.now + timedelta(hours=2)).isoformat()
    parts = (REPORT, bounded(f"<embargoed>{until}</embargoed>"), PACKAGE)
    for number in order:
        desk.take(parts[number])
    assert not [p for p, body in desk.site().items() if b"pics.example" in body]
    desk.wait(hours=3)
    story = desk.story("urn:nrn:report")
    assert "pics.example" in desk.site()[story.path].decode()
    assert desk.site() == desk.full_bake()


def test_a_picture_with_an_unreadable_embargo_joins_no_report(desk: Desk) -> None:
    """Nobody can say when it may be shown, so it is not."""
    desk.take(REPORT, bounded("<embargoed>until further notice</embargoed>"), PACKAGE)
    desk.wait(days=2)
    assert not [p for p, body in desk.site().items() if b"pics.example" in body]


def test_a_rework_stays_and_is_flagged(desk: Desk) -> None:
    """A staff rework survives later versions, and is flagged where the agency's headline moves."""
    desk.take(wire(1, "Ferry aground", 0, body=LEAD))
    story = desk.order("rework", desk.story("urn:nrn:1").id, headline="Stranded at sea")
    desk.take(wire(2, "1st LD: Ferry towed off", 20, body=LEAD))
    page = desk.site()[story.path].decode()
    assert "Stranded at sea" in page
    flags = desk.rows("SELECT flags FROM stories WHERE id = ?", story.id)[0][0]
    assert "new headline since staff reworked it: 'Ferry towed off'" in flags
    desk.order("kill", story.id)
    assert desk.rows("SELECT flags FROM stories WHERE id = ?", story.id) == [("",)], "it is gone"


# -- the same report twice ---------------------------------------------------------------
