"""Small invented wires for driving the commands from outside."""

from __future__ import annotations

from pathlib import Path

CONFIG = """
[site]
name = "The Tarnwick Post"
url = "https://post.example"
timezone = "Asia/Kolkata"

[[sources]]
name = "norlin"
agency = "Norlin"
section = "world"
path = "inbox/norlin"

[[rules]]
name = "lawyers first"
when = { keyword = "libel" }
then = { action = "hold" }
"""


def newsroom(folder: Path, config: str = CONFIG) -> Path:
    """A newsroom folder with this configuration."""
    (folder / "inbox" / "norlin").mkdir(parents=True)
    (folder / "wirecopy.toml").write_text(config, encoding="utf-8")
    return folder


def dropped(folder: Path, name: str, body: bytes) -> Path:
    """A wire file in the source's folder."""
    path = folder / "inbox" / "norlin" / name
    path.write_bytes(body)
    return path


def g2(
    guid: str,
    version: int,
    headline: str,
    text: str,
    *,
    status: str = "usable",
    meta: str = "",
    keyword: str = "",
) -> bytes:
    """A NewsML-G2 text item as an invented agency sends it."""
    words = f"<keyword>{keyword}</keyword>" if keyword else ""
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}"
 standard="NewsML-G2" standardversion="2.35" conformance="power" xml:lang="en">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="Norlin"/>
<versionCreated>2026-03-0{version}T06:00:00+00:00</versionCreated>
<pubStatus qcode="stat:{status}"/>{meta}</itemMeta>
<contentMeta><headline>{headline}</headline>{words}</contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html></inlineXML></contentSet>
</newsItem>""".encode()


FERRY = g2(
    "urn:newsml:norlin.example:2026:ferry-1",
    1,
    "Ferry crews of Velmore vote for a strike",
    "VELMORE, March 1 (Norlin) -- Ferry crews voted on Sunday to stop work from Tuesday.\n"
    "The union said 812 of 960 members had voted for the strike.\n"
    "The harbour company called the vote regrettable.\n--NORLIN\nab/cd",
)
FERRY_2 = g2(
    "urn:newsml:norlin.example:2026:ferry-1",
    2,
    "Ferry strike of Velmore begins a day early",
    "VELMORE, March 2 (Norlin) -- Ferry crews stopped work on Monday, a day early.\n"
    "No boat had left the harbour by noon.\n--NORLIN\nab/cd",
)
KILL = g2(
    "urn:newsml:norlin.example:2026:ferry-1",
    3,
    "Ferry",
    "Please do not use.",
    status="canceled",
)
LIBEL = g2(
    "urn:newsml:norlin.example:2026:court-7",
    1,
    "Court hears the quarrel of two shipowners",
    "VELMORE, March 1 (Norlin) -- Two shipowners met in court.\nThe judge adjourned.",
    keyword="libel",
)
BROKEN = b"<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'><itemMeta><<<\x00 not a wire"
