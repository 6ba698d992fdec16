"""What machines may do with the site, and whom to ask: RSL, TDMRep, trust.txt, security.txt.

An agency's text is not ours to license. So mining is reserved and training prohibited unless the
settings of every source of a page say otherwise; no file ever grants more than they do.
"""

from __future__ import annotations

import re

import msgspec

from wirecopy.briefs import File
from wirecopy.press import paths
from wirecopy.press.house import House
from wirecopy.press.tags import DECLARATION, tag, text

RSL = "https://rslstandard.org/rsl"
RSL_TYPE = "application/rsl+xml"
_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/"
    r"(?:licenses/(by(?:-[a-z]{2}){0,2})/([0-9.]{3})|publicdomain/zero/([0-9.]{3}))(?:/.*)?",
    re.IGNORECASE,
)
_LONGEST = 60
"""Characters of an address that stands for a licence's name."""


def files(house: House) -> tuple[File, ...]:
    """All of them; security.txt only where there is somebody to write to."""
    told = _trust(house).encode()
    made = [
        File(paths.LICENCE, _rsl(house).encode()),
        File(paths.MINING, _tdmrep(house)),
        *(File(path, told) for path in paths.TRUST),
    ]
    if house.config.site.files.security_contact:
        made.append(File(paths.SECURITY, _security(house).encode()))
    return tuple(made)


def _rsl(house: House) -> str:
    """The site's licence as RSL 1.0: search and reading are free, the rest where all allow it."""
    return (
        f'{DECLARATION}<rsl xmlns="{RSL}">\n<content url="{text(house.url)}/">\n'
        + terms(reserved=house.reserved)
        + f"<copyright>{text(house.publisher)}</copyright>\n"
        + tag("terms", house.config.site.files.mining_policy)
        + "</content>\n</rsl>\n"
    )


def terms(*, reserved: bool, prefix: str = "") -> str:
    """The licence element alone."""
    usage = f'{prefix}prohibits type="usage">ai-all</{prefix}prohibits'
    return (
        f'<{prefix}license><{prefix}permits type="usage">search</{prefix}permits>'
        + (f"<{usage}>" if reserved else "")
        + f"</{prefix}license>\n"
    )


def licence_name(address: str) -> str:
    """What a reader knows the licence at that address by: CC BY-ND 4.0, else host and path."""
    if known := _COMMONS.fullmatch(address):
        return f"CC {known[1].upper()} {known[2]}" if known[1] else f"CC0 {known[3]}"
    name = address.partition("://")[2].rstrip("/")
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _tdmrep(house: House) -> bytes:
    """The TDM Reservation Protocol's file: whether mining is reserved, and where to ask."""
    rule: dict[str, object] = {
        "location": f"{house.prefix}/*",
        "tdm-reservation": int(house.reserved),
    }
    if policy := house.config.site.files.mining_policy:
        rule["tdm-policy"] = policy
    return msgspec.json.format(msgspec.json.encode([rule]), indent=1) + b"\n"


def _trust(house: House) -> str:
    """trust.txt: the newsroom's own lines, whom to write to, and whether one may train on it."""
    site = house.config.site
    lines = list(site.files.trust)
    if site.contact and not any(line.startswith("contact=") for line in lines):
        lines.append(f"contact={site.contact}")
    lines.append(f"disclosure={house.absolute(paths.ABOUT)}")
    lines.append(f"datatrainingallowed={'no' if house.reserved else 'yes'}")
    return f"# {site.name}\n" + "".join(f"{line}\n" for line in lines)


def _security(house: House) -> str:
    """security.txt (RFC 9116)."""
    said = house.config.site.files
    lines = [f"Contact: {contact}" for contact in said.security_contact]
    lines.append(f"Expires: {said.security_expires}")
    lines.append(f"Canonical: {house.absolute(paths.SECURITY)}")
    if said.security_policy:
        lines.append(f"Policy: {said.security_policy}")
    lines.append(f"Preferred-Languages: {', '.join(dict.fromkeys((house.language, 'en')))}")
    return "".join(f"{line}\n" for line in lines)
