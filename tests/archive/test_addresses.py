"""Where public stories lie, by their ids, and nothing of any other story."""

from __future__ import annotations

from datetime import timedelta

from tests.newsdesk import START, Desk, ninjs, notice


def test_only_public_stories_have_an_address() -> None:
    """A live story is found; one embargoed, held or killed is as unknown as one that never was."""
    with Desk() as desk:
        desk.take(
            ninjs("urn:nrn:1", "Ferry sails from Osmere"),
            ninjs("urn:nrn:2", "Prize goes to Osmere", embargoed=START + timedelta(days=9)),
            ninjs("urn:nrn:3", "Killed ferry", version="1"),
            ninjs("urn:nrn:4", "Held ferry"),
        )
        desk.take(notice("urn:nrn:3", version="2"))
        desk.order("hold", desk.story("urn:nrn:4").id)
        live = desk.story("urn:nrn:1")
        addresses = desk.newsroom.addresses()
        assert addresses(live.id) == live.path != ""
        others = (desk.story(f"urn:nrn:{number}").id for number in (2, 3, 4))
        assert [addresses(story) for story in (*others, "abcdefghij12", "' OR 1 --")] == [""] * 5
        # The page of one that another tells says where to go.
        desk.rows("UPDATE stories SET state = 'merged' WHERE id = ?", live.id)
        assert addresses(live.id) == live.path
        addresses.close()
        assert addresses(live.id) == ""
        addresses.close()
