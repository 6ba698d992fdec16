"""`story`: look at a story's record, and give the orders that staff may give."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import click
import msgspec

from wirecopy.archive.coverage import coverage_of
from wirecopy.archive.ledger import find_stories, newest_stories
from wirecopy.cli import show
from wirecopy.config import Config, zone
from wirecopy.errors import OrderError
from wirecopy.model import Media, Order, OrderAction, Rendition, State, Story
from wirecopy.press.pictures import address_of
from wirecopy.settings import read_config
from wirecopy.story.flags import flags_of
from wirecopy.story.teaser import headline_of, picture_of
from wirecopy.wiring import Newsroom, open_newsroom

_LONGEST = 300
"""Characters of a headline."""
_SHORTEST = 6
"""Characters of an id that are enough to name a story."""


@click.group()
def story() -> None:
    """Show a story, or order what becomes of it. Orders go through the log, with who and why."""


def _order_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--why", default="", help="The reason, kept with the order.")(command)
    command = click.option("--by", default="", help="Who orders it; default: your login name.")(
        command
    )
    return click.argument("story_id", metavar="ID")(click.pass_obj(command))


@story.command("list")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(get_args(State)),
    help="Only stories of this state; may be given again.",
)
@click.option("--source", default="", help="Only stories of this source.")
@click.option("--section", default="", help="Only stories of this section.")
@click.option("--last", default=20, show_default=True, type=click.IntRange(1), help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_obj
def list_(
    folder: Path, states: tuple[State, ...], source: str, section: str, last: int, *, as_json: bool
) -> None:
    """List the stories that came last, newest first, each with its page or why it has none.

    `--state held` gives those that wait for a person or for their hour.
    """
    with closing(open_newsroom(folder, readers=0)) as newsroom:
        config = newsroom.config
        if source:
            source = config.source(source).name
        if section:
            _require_section(section, config)
        found = newest_stories(
            newsroom.archive.connection, last, states=states, source=source, section=section
        )
        rows = [_Listed.of(record) for record in found]
        if as_json:
            show.json(rows)
        else:
            _print_list(rows, zone(config.site.timezone))


@story.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print the whole record as JSON.")
@click.argument("story_id", metavar="ID")
@click.pass_obj
def show_(folder: Path, story_id: str, *, as_json: bool) -> None:
    """Show where a story stands and why, its versions, orders and changes."""
    with closing(open_newsroom(folder, readers=0)) as newsroom:
        record = _find(newsroom, story_id)
        if as_json:
            show.json(record)
        else:
            _print(record, newsroom)


@story.command()
@_order_options
def kill(folder: Path, story_id: str, by: str, why: str) -> None:
    """Take a story off the site for good; its page says that it is gone."""
    _give(folder, story_id, "kill", by, why)


@story.command()
@_order_options
def hold(folder: Path, story_id: str, by: str, why: str) -> None:
    """Take a story off the site until it is released."""
    _give(folder, story_id, "hold", by, why)


@story.command()
@_order_options
def release(folder: Path, story_id: str, by: str, why: str) -> None:
    """Publish a story that is held. What the agency forbids stays forbidden.

    An embargo that no program can read is over when you say so: read it before you do.
    """
    _give(folder, story_id, "release", by, why)


@story.command()
@click.option("--headline", help='The new headline; "" gives the agency\'s back.')
@click.option("--picture", help='Address of the new picture; "" gives the agency\'s back.')
@click.option("--caption", default="", help="The picture's caption.")
@click.option("--credit", default="", help="The picture's credit; a picture needs one.")
@click.option("--alt", default="", help="What the picture shows, for those who cannot see it.")
@_order_options
def rework(folder: Path, story_id: str, by: str, why: str, **given: str | None) -> None:
    """Give a story another headline or picture. Nothing else of it can be changed."""
    if given["headline"] is None and given["picture"] is None:
        raise OrderError("Say what to rework: --headline TEXT, --picture ADDRESS, or both.")
    headline = _headline(given["headline"])
    _give(folder, story_id, "rework", by, why, headline=headline, picture=_picture(folder, given))


@story.command()
@click.argument("section")
@_order_options
def reroute(folder: Path, story_id: str, section: str, by: str, why: str) -> None:
    """Move a story to another section; its address stays."""
    _require_section(section, read_config(folder, os.environ))
    _give(folder, story_id, "reroute", by, why, section=section)


def _require_section(section: str, config: Config) -> None:
    """OrderError for a section that the site does not have."""
    known = [known.key for known in config.sections]
    if section not in known:
        raise OrderError(f"There is no section {section!r}. Known: {', '.join(known)}.")


def _headline(given: str | None) -> str | None:
    """The headline on one line, as it will stand; "" and None as they are."""
    if not given:
        return given
    line = " ".join(show.printable(given).split())
    if not line:
        raise OrderError('This headline is blank. --headline "" gives the agency\'s back.')
    if len(line) > _LONGEST:
        raise OrderError(f"This headline has {len(line)} characters; {_LONGEST} are the most.")
    return line


def _picture(folder: Path, given: dict[str, str | None]) -> Media | None:
    address = given["picture"]
    if address is None:
        return None
    if not address:
        return Media()
    home = read_config(folder, os.environ).site.url
    if not address_of(address, home):
        raise OrderError(
            f"{address!r} cannot be shown on a page of {home}: --picture takes the whole "
            'https:// address of a picture on the open web, or a path of the site ("/...").'
        )
    if not (given["credit"] or "").strip():
        raise OrderError("A picture is shown with its credit: add --credit.")
    return Media(
        caption=given["caption"] or "",
        credit=given["credit"] or "",
        alt=given["alt"] or "",
        renditions=(Rendition(href=address),),
    )


def _give(
    folder: Path, story_id: str, action: OrderAction, by: str, why: str, **fields: Any
) -> None:
    """Put the order into the log, carry it out, and say where the story stands now."""
    with closing(open_newsroom(folder, readers=0)) as newsroom:
        newsroom.pipeline.drain()
        record = _find(newsroom, story_id)
        order = Order(action=action, story=record.id, by=by or _login(), why=why, **fields)
        newsroom.pipeline.order(order)
        newsroom.pipeline.drain()
        newsroom.renew_if_changed()
        show.pages_left(newsroom)
        now = newsroom.archive.story(record.id) or record
        click.echo(f"{now.id} is {now.state}: {show.printable(now.reason)}.")
        if action == "release" and now.state != "live":
            raise OrderError(
                "The order is kept, but it does not publish the story; see the reason."
            )


def _login() -> str:
    """The login name of whoever types; the user's number where the machine has no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def _find(newsroom: Newsroom, story_id: str) -> Story:
    """The story of that id, or of an id that begins so, or of that page's address."""
    wanted = story_id.rsplit("/", 1)[-1].removesuffix(".html").rsplit("-", 1)[-1]
    if 0 < len(wanted) < _SHORTEST:  # a slip of the finger must not kill another story
        raise OrderError(f"{wanted!r} is too short: give {_SHORTEST} characters of the id or more.")
    found = find_stories(newsroom.archive.connection, wanted)
    if len(found) == 1:
        record = newsroom.archive.story(found[0])
        if record is not None:
            return record
    if not found:
        raise OrderError(f"There is no story {story_id!r}. `wirecopy story list` shows them.")
    raise OrderError(f"{story_id!r} may be {', '.join(found[:5])}: give more of the id.")


def _print(record: Story, newsroom: Newsroom) -> None:
    local = zone(newsroom.config.site.timezone)

    def at(moment: Any) -> str:
        return moment.astimezone(local).strftime("%Y-%m-%d %H:%M:%S %Z") if moment else "-"

    for name, value in _facts(record, newsroom, at).items():
        click.echo(f"{name:>16}  {show.printable(value)}")
    if record.related:
        click.echo("\nrelated (best first)")
        show.table(("story", "why"), list(zip(record.related, record.related_why, strict=True)))
    click.echo("\nversions (lowest first; * stands)")
    show.table(
        ("", "version", "agency time", "received", "status", "kind", "marker", "headline"),
        [
            (
                "*" if version.rank == record.standing_rank else "",
                version.rank.version or "-",
                at(version.rank.time),
                at(version.received),
                version.status,
                version.kind,
                version.marker or "-",
                version.headline[:60],
            )
            for version in record.versions
        ],
    )
    if record.orders:
        click.echo("\norders")
        show.table(
            ("at", "by", "order", "what", "why"),
            [
                (at(note.at), note.order.by, note.order.action, _what(note.order), note.order.why)
                for note in record.orders
            ],
        )
    click.echo("\nwhat readers saw change")
    show.table(
        ("at", "change", "by", "note"),
        [(at(change.at), change.kind, change.by, change.note) for change in record.changes],
    )


class _Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A story in the list of stories."""

    story: str
    state: State
    section: str
    source: str
    received: datetime | None
    headline: str
    path: str
    """The page's path in the site; "" for a story that readers cannot see."""
    reason: str

    @classmethod
    def of(cls, record: Story) -> _Listed:
        """What the list says of the story."""
        return cls(
            story=record.id,
            state=record.state,
            section=record.section,
            source=record.source,
            received=record.first_received,
            headline=headline_of(record),
            path=record.path if record.state == "live" else "",
            reason=record.reason,
        )


def _print_list(rows: list[_Listed], local: ZoneInfo) -> None:
    show.table(
        ("story", "state", "came", "section", "headline", "page, or why it has none"),
        [
            (
                row.story,
                row.state,
                f"{row.received.astimezone(local):%Y-%m-%d %H:%M}" if row.received else "-",
                row.section or "-",
                row.headline[:60] or "-",
                f"/{row.path}" if row.path else row.reason,
            )
            for row in rows
        ],
    )


def _facts(record: Story, newsroom: Newsroom, at: Callable[[Any], str]) -> dict[str, str]:
    picture = picture_of(record)
    return {
        "story": record.id,
        "state": f"{record.state}: {record.reason}",
        "rule": record.rule or "-",
        "changes at": at(record.due),
        "headline": headline_of(record) or "-",
        "headline by": "staff" if record.rework.headline else record.agency,
        "picture by": "staff" if record.rework.picture else (record.agency if picture else "-"),
        "source": f"{record.source} ({record.agency}), id {record.key}",
        "section": f"{record.section or '-'} ({record.section_why or 'not read yet'})",
        "page": f"/{record.path}" if record.path else "not public yet",
        "first published": at(record.first_published),
        "last updated": at(record.updated),
        "topics": ", ".join(topic.name for topic in record.topics) or "-",
        "goes with": ", ".join(record.linked) or "-",
        "coverage": _coverage(newsroom, record.id),
        "the same from": ", ".join(f"{kin.story} ({kin.kinship})" for kin in record.kin) or "-",
        "text shown": record.voice or "its own",
        "to look at": "; ".join(flags_of(record)) or "-",
    }


def _coverage(newsroom: Newsroom, story: str) -> str:
    """The event that the story tells with others, and why it was put there."""
    found = coverage_of(newsroom.archive.connection, story)
    return f"{found[0] or found[1]}: {found[2]}" if found else "-"


def _what(order: Order) -> str:
    """What a rework or a reroute changes, in a few words."""
    if order.action == "rework":
        fields = msgspec.structs.asdict(order)
        return ", ".join(name for name in ("headline", "picture") if fields[name] is not None)
    return order.section or "-"
