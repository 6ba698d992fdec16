"""What the rights of a picture mean for a page: whether, until when and where it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from wirecopy.model import Media

_NO = (
    r"(?:not?|never|without|except|excluding|kein\w*|nicht|ohne|pas|sans|sin|prohib\w+|interdi\w*)"
)
_OUT = (
    r"(?:out|prohibited|forbidden|excluded|not (?:allowed|permitted|authori[sz]ed)|verboten|"
    r"untersagt|ausgeschlossen|nicht (?:gestattet|erlaubt|zulässig)|interdi\w*|prohibid\w*)"
)


def _barred(use: str) -> re.Pattern[str]:
    """What bars a use in a sentence: a "no" before it, or an "out" behind it."""
    return re.compile(
        rf"\b{_NO}\b[^.;!]{{0,40}}\b{use}|\b{use}\w*\b[^.;!]{{0,25}}\b{_OUT}\b", re.IGNORECASE
    )


_NO_ARCHIVE = _barred("archiv")
_NO_SOCIAL = _barred("so[cz]ia[lu]")
_WEB = (
    r"(?:internet|online|web|"
    r"digital(?!ly|(?:e[nrs]?)?\s+(?:alter|manip|edit|enhanc|modif|chang|retouch|veränd|bearb)))"
)
"""The web; what must not be done to a picture by digital means says nothing of it."""
_NO_WEB = _barred(_WEB)
_ON_THE_WEB = re.compile(rf"\b{_WEB}", re.IGNORECASE)
_UNBARRED = re.compile(r"\b(?:no|without(?: any)?) (?:restriction|limit)\w*", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:broadcast|television|tv|radio|print|newspapers?)(?: use)? only\b"
    r"|\bnur für (?:fernsehen|tv|radio|print)",
    re.IGNORECASE,
)
_FOR_CLIENTS = re.compile(
    r"\b(?:access|members|subscribers|clients|licensees) only\b"
    r"|\bonly (?:for|to) (?:\w+ ){0,3}(?:members|subscribers|clients|licensees)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;!]")


def forbids_archive(media: Media) -> bool:
    """Whether its terms let the picture stand for a while only."""
    return any(_NO_ARCHIVE.search(term) for term in media.usage_terms)


def forbids_social(media: Media) -> bool:
    """Whether its terms keep the picture from social networks, and so from their previews."""
    return any(_NO_SOCIAL.search(term) for term in media.usage_terms)


def bars_the_web(terms: Iterable[str]) -> bool:
    """Whether terms keep something from web sites and their readers, or for other media alone."""
    told = tuple(terms)
    return for_other_media(told) or any(_FOR_CLIENTS.search(term) for term in told)


@lru_cache(maxsize=1024)
def for_other_media(terms: tuple[str, ...]) -> bool:
    """Whether terms keep something from web sites, or for print, radio and television alone."""
    return any(_elsewhere(each) for term in terms for each in _SENTENCE.split(term))


def _elsewhere(sentence: str) -> bool:
    told = _UNBARRED.sub("", sentence)
    if _NO_WEB.search(told):
        return True
    return bool(_ELSEWHERE.search(told)) and not _ON_THE_WEB.search(told)


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
