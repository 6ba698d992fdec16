"""A picture's bytes, through the guard that every connection passes."""

from __future__ import annotations

import aiohttp
from yarl import URL

from wirecopy.errors import SourceError
from wirecopy.guard.addresses import PORTS, Passage
from wirecopy.guard.web import ask, open_session
from wirecopy.pictures.nouns import MAX_BYTES

_CHUNK = 65536


async def fetch_picture(url: str, private: bool) -> bytes:
    """The bytes at a picture's address; SourceError where there are none, or too many.

    `private` says whether its source may lead to the newsroom's own network.
    """
    try:
        address = URL(url)
        ports = (*PORTS, address.port) if private and address.port else PORTS
        passage = Passage(allow_private=private, ports=ports)
        async with open_session(passage) as session, ask(session, address, passage) as answer:
            return await _body(url, answer[0])
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise SourceError(f"The picture {url} cannot be fetched: {error}.") from error


async def _body(url: str, response: aiohttp.ClientResponse) -> bytes:
    if response.status != 200:
        raise SourceError(f"The picture {url} cannot be fetched: status {response.status}.")
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise SourceError(f"The picture {url} has more than {MAX_BYTES} bytes.")
    return bytes(body)
