"""A story as IPTC ninjs 3.0, for partners: what its page says, as far as its source lets it go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from wirecopy import model
from wirecopy.newscodes import MEDIA_TOPICS, figures_of, media_topic
from wirecopy.press.addresses import without_inside_links
from wirecopy.press.house import House
from wirecopy.press.pictures import alt_of
from wirecopy.press.places import as_written
from wirecopy.press.stories import length
from wirecopy.press.tags import w3c
from wirecopy.press.told import Told, licence_of, tell

_STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}
_LISTS = {"person": "people", "organisation": "organisations", "place": "places"}


def ninjs(story: model.Story, house: House) -> bytes:
    """The story as a ninjs object. ValueError when no version of it stands."""
    told = tell(story, house)
    item, passed = told.item, house.redistribution(story.source)
    news: dict[str, Any] = {
        "standard": _STANDARD,
        "uri": house.absolute(story.path),
        "type": "text",
        "representationType": "full" if passed == "full" else "partial",
        "version": str(item.version if item.version is not None else max(len(story.versions), 1)),
        "pubStatus": "usable",
        "urgency": item.urgency,
        "language": item.language or house.language,
        "firstCreated": _moment(story.first_published),
        "versionCreated": _moment(story.updated or story.first_published),
        "expires": _moment(item.expires_at),
        "headlines": [{"role": "main", "value": told.headline}],
        "title": told.headline,
        "descriptions": _values("summary", told.standfirst if passed != "headline" else "")
        + _values("creditline", told.credit),
        "bodies": _bodies(item, house) if passed == "full" else [],
        "by": " ".join(item.byline.split()),
        "located": as_written(item.dateline.place) if item.dateline else "",
        "infoSources": [{"name": story.agency, "role": "creditline", "literal": told.credit}],
        "copyrightHolder": item.rights.copyright_holder,
        "copyrightNotice": item.rights.copyright_notice,
        "usageTerms": "; ".join(item.rights.usage_terms),
        "rightsInfo": {"linkedRights": licence} if (licence := licence_of(told, house)) else {},
        "altIds": [{"role": "wirecopy", "value": story.id}],
        "subjects": [],
        "genres": [{"name": item.genre}] if item.genre else [],
        "associations": _picture(told, house) if passed == "full" else [],
    }
    for subject in item.subjects:
        if subject.name:
            kind = _LISTS.get(subject.type, "subjects")
            news.setdefault(kind, []).append(_named(subject, weighed=kind == "subjects"))
    kept = {key: value for key, value in news.items() if value not in ("", [], {}, None)}
    return msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"


def _moment(moment: datetime | None) -> str:
    return w3c(moment) if moment else ""


def _values(role: str, value: str) -> list[dict[str, str]]:
    return [{"role": role, "contentType": "text/plain", "value": value}] if value else []


def _bodies(item: model.Item, house: House) -> list[dict[str, Any]]:
    html = without_inside_links("\n".join(block.html for block in item.body), house.url)
    if not html:
        return []
    return [
        {
            "role": "main",
            "contentType": "text/html",
            "wordCount": length(html)[0],
            "charCount": len(html),
            "value": html,
        }
    ]


def _named(subject: model.Subject, *, weighed: bool) -> dict[str, Any]:
    """The subject as its list names it; the standard weighs subjects alone."""
    found: dict[str, Any] = {"name": subject.name}
    if media_topic(subject.code, subject.scheme):
        found["uri"] = MEDIA_TOPICS + figures_of(subject.code)
    if weighed and subject.relevance is not None:
        found["relevance"] = subject.relevance
    return found


def _picture(told: Told, house: House) -> list[dict[str, Any]]:
    """The picture with its credit, as an associated object."""
    shot = told.shot
    if shot is None:
        return []
    media, address = shot.media, house.whole(shot.src)
    rendition: dict[str, Any] = {"name": "main", "href": address, "contentType": shot.best.mime}
    if shot.best.width and shot.best.height:
        rendition |= {"width": shot.best.width, "height": shot.best.height}
        if focus := shot.best.focus:
            across, down = round(focus.x * shot.best.width), round(focus.y * shot.best.height)
            rendition["poi"] = {"x": across, "y": down}
    picture = {
        "name": "main",
        "uri": address,
        "type": "picture",
        "headlines": [{"value": alt_of(media, told.headline, house.words)}],
        "descriptions": _values("caption", media.caption) + _values("creditline", media.credit),
        "infoSources": [{"name": media.credit, "role": "creditline"}] if media.credit else [],
        "copyrightNotice": media.copyright,
        "usageTerms": "; ".join(media.usage_terms),
        "expires": _moment(media.expires_at),
        "renditions": [{key: value for key, value in rendition.items() if value}],
    }
    return [{key: value for key, value in picture.items() if value not in ("", [])}]
