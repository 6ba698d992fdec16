"""The headers that a file of the site is answered with, by its path: what caches may do with it.

Used by the built-in server; docs/deploy/ says the same to nginx and Caddy.
"""

from __future__ import annotations

import re

from wirecopy.press import paths
from wirecopy.press.house import House
from wirecopy.press.licensing import RSL_TYPE

Headers = tuple[tuple[str, str], ...]

_STORY = re.compile(r"([^/]+)/[^/]+-([a-z2-7]{12})\.(?:html|json)")
_NINJS = re.compile(r"[^/]+/[^/]+-[a-z2-7]{12}\.json")
_PICTURE = re.compile(r"pictures/([0-9a-f]+)-.+")
_FEED = re.compile(r"(?:.*/)?(?:rss\.xml|atom\.xml|feed\.json|[^/]+\.atom)")


def headers_of(path: str, house: House) -> Headers:
    """Link, tdm-reservation and surrogate keys of a file that is there."""
    licence = f'<{house.absolute(paths.LICENCE)}>; rel="license"; type="{RSL_TYPE}"'
    links = [licence]
    if _FEED.fullmatch(path):
        links.append(f'<{house.absolute(path)}>; rel="self"')
        if hub := house.config.site.files.hub:
            links.append(f'<{hub}>; rel="hub"')
    # The text for partners is no second page for search engines, whose policy is the page's alone.
    beside = (("x-robots-tag", "noindex"),) if _NINJS.fullmatch(path) else ()
    keys = _surrogate_keys(path)
    tagged = (("surrogate-key", " ".join(keys)), ("cache-tag", ",".join(keys))) if keys else ()
    return (("link", ", ".join(links)), *_mining(house), *beside, *tagged)


def _mining(house: House) -> Headers:
    """Whether mining is reserved and where to ask (TDMRep), for files that have no head of HTML."""
    reserved = (("tdm-reservation", "1" if house.reserved else "0"),)
    policy = house.config.site.files.mining_policy
    return (*reserved, ("tdm-policy", policy)) if policy else reserved


def _surrogate_keys(path: str) -> tuple[str, ...]:
    """The names by which a cache in front is told to let go of a file; none for assets."""
    if path.startswith(("assets/", ".well-known/")):
        return ()
    if story := _STORY.fullmatch(path):
        return ("site", f"story-{story[2]}", f"section-{story[1]}")
    if picture := _PICTURE.fullmatch(path):
        return ("site", f"media-{picture[1]}")
    folder, _, name = path.rpartition("/")
    kind = "feed" if _FEED.fullmatch(path) else "map" if "sitemap" in path else "list"
    if folder == "topics":
        return ("site", kind, f"topic-{name.partition('.')[0]}")
    if folder and folder != "sitemaps":
        return ("site", kind, f"section-{folder.partition('/')[0]}")
    return ("site", kind, "home") if name == paths.HOME else ("site", kind)
