"""What the rights of a picture mean for a page: until when it is shown, and where it is not."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from wirecopy.model import Media

_NO_ARCHIVE = re.compile(
    r"\bno[ -]?archiv(?:e|es|ing|al)?\b|\bnot? (?:for|to be) archiv|\bkein archiv|"
    r"\bpas d.archiv|\bsin archivo",
    re.IGNORECASE,
)
_NO_SOCIAL = re.compile(
    r"\b(?:no|not for|not on|except|excluding|without)\b[^.;]{0,40}\bsocial\b|\bno[ -]?social\b|"
    r"\bkeine? (?:sozialen|social)",
    re.IGNORECASE,
)


def forbids_archive(media: Media) -> bool:
    """Whether its terms let the picture stand for a while only."""
    return any(_NO_ARCHIVE.search(term) for term in media.usage_terms)


def forbids_social(media: Media) -> bool:
    """Whether its terms keep the picture from social networks, and so from their previews."""
    return any(_NO_SOCIAL.search(term) for term in media.usage_terms)


def shown_until(media: Media, published: datetime | None, archive_days: int) -> datetime | None:
    """When the picture must be taken down; None where nothing says so."""
    until = media.expires_at
    if forbids_archive(media) and published is not None:
        latest = published + timedelta(days=archive_days)
        until = min(until, latest) if until else latest
    return until


def credited(media: Media) -> bool:
    """Whether there is a credit that can stand beside the picture."""
    return bool(media.credit.strip() or media.copyright.strip())
