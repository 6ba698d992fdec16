"""Why a server gave no feed, in an operator's words; never with the address: it may hold a key."""

from __future__ import annotations

import re
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from wirecopy.errors import SourceError
from wirecopy.guard import LEADS_TO
from wirecopy.guard.web import HopError
from wirecopy.intake.rhythm import LONGEST_WISH

_STATUSES = {
    400: "does not understand the request; check the url of this source",
    401: "asks for a login; check the address and the key of this source",
    403: "refuses us; check with the agency that this address may be fetched",
    404: "has no feed at this address; check the url of this source",
    410: "has closed this feed for good; ask the agency for the new address",
    500: "has a fault of its own; ask the agency if it stays",
    502: "has a fault of its own; ask the agency if it stays",
    504: "has a fault of its own; ask the agency if it stays",
    429: "asks us to come less often",
    503: "is out of service for the moment",
}


_FOREIGN = "its certificate is not right"
_NO_TLS = "check that its url names a port at which it speaks TLS"


class FetchError(SourceError):
    """A feed could not be fetched; nothing was lost.

    `retry_after` is the server's own wish; `gone` says that it has closed the feed for good, and
    `absent` that it has nothing there (any more).
    """

    def __init__(
        self, sentence: str, retry_after: timedelta | None = None, *, status: int = 0
    ) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
        self.gone = status == 410
        self.absent = status in (404, 410)


def unwelcome(source: str, response: aiohttp.ClientResponse, now: datetime) -> FetchError:
    """The error for an answer that is no feed, with the server's own wish when to come again."""
    what = _STATUSES.get(response.status, "gives no feed")
    wait = None
    if response.status in (429, 503):
        wait = retry_after(response.headers.get("Retry-After", ""), now)
    return FetchError(
        f"Source {source}: the server {what} (status {response.status}).",
        wait,
        status=response.status,
    )


def retry_after(text: str, now: datetime) -> timedelta | None:
    """How long a Retry-After field asks to wait (RFC 9110, 10.2.3); None when it says nothing."""
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        wait = timedelta(seconds=int(text))
    else:
        try:
            date = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
        wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), LONGEST_WISH)


_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, "the server took too long to answer"),
    (
        aiohttp.ClientConnectorDNSError,
        "the server's name is not known; check the url of this source",
    ),
    (aiohttp.ClientConnectorCertificateError, f"no secure connection could be made; {_FOREIGN}"),
    (aiohttp.ClientSSLError, f"no secure connection could be made; {_NO_TLS}"),
    (aiohttp.ClientConnectorError, "no connection could be made to the server"),
    (aiohttp.ClientPayloadError, "its answer broke off or could not be unpacked"),
    (ValueError, "an address is not valid; check the url of this source"),
    (BaseException, "the server's answer could not be read"),
)


def explain(error: BaseException) -> str:
    """A few plain words for the error, without the address."""
    if isinstance(error, HopError):
        return str(error)
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    return _guarded(cause) or next(words for kind, words in _WORDS if isinstance(error, kind))


def _guarded(cause: BaseException) -> str:
    """What to do where the guard lets nobody to that address; "" where it is not in the way."""
    # Several refused addresses of one name come as one OSError with their texts joined.
    refused = re.search(rf"{LEADS_TO} an?[\w' -]+", str(cause))
    if refused is None or not isinstance(cause, OSError):
        return ""
    return (
        f"its address is not fetched, {refused[0]}; if that is meant, set "
        "allow_private = true for this source, or name the network in networks"
    )


class EndlessError(OSError):
    """A server's list of a folder goes on beyond what can be held."""


_OF_SERVERS: tuple[tuple[type[BaseException], str], ...] = (
    (EndlessError, "its server's folder lists more files than can be looked through"),
    (ConnectionRefusedError, "nobody answers at that port of its server; check the url"),
    (socket.gaierror, "its server's name is not known; check the url"),
    (TimeoutError, "its server took too long to answer"),
    (ssl.SSLCertVerificationError, f"no secure connection could be made; {_FOREIGN}"),
    (ssl.SSLError, f"no secure connection could be made; {_NO_TLS}"),
    (ConnectionError, "its server broke the connection off"),
    (EOFError, "its server broke the connection off"),
)


def unreached(error: BaseException) -> str:
    """A few plain words for what keeps us from a server of files or mail."""
    known = next((words for kind, words in _OF_SERVERS if isinstance(error, kind)), "")
    return _guarded(error) or known or f"its server cannot be used ({type(error).__name__})"
