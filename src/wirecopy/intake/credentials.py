"""Secrets, read from the environment or a file when they are needed, and never kept.

A secret that is changed on disk is used from the next request on. No error here says more of a
secret than where it should stand.
"""

from __future__ import annotations

import os
import ssl
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from yarl import URL

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.guard.web import same_origin


class Vault:
    """Where secrets stand: `environ`, and files whose paths begin at the newsroom's folder."""

    def __init__(self, folder: Path = Path(), environ: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._environ = os.environ if environ is None else environ

    def secret(self, place: str) -> str:
        """The secret that stands at "env:NAME" or "file:PATH"; "" for no place.

        Raises SourceError with the place, when nothing is there.
        """
        kind, _, name = place.partition(":")
        if not place:
            return ""
        found = self._environ.get(name, "") if kind == "env" else self._read(name)
        if not found:
            raise SourceError(f"The secret at {place} is missing; put it there.")
        return found

    def _read(self, name: str) -> str:
        try:
            return (self._folder / name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(
                f"The secret at file:{name} cannot be read; make the file, for this user only."
            ) from error

    def headers(self, source: Source, url: URL) -> dict[str, str]:
        """The header fields that log us in, for requests to the source's own server only."""
        login = source.login
        if not same_origin(URL(source.url), url):
            return {}
        found = {}
        if login.token:
            found["Authorization"] = f"Bearer {_plain(self.secret(login.token), login.token)}"
        elif login.user:
            pair = f"{login.user}:{self.secret(login.password)}".encode()
            found["Authorization"] = f"Basic {b64encode(pair).decode()}"
        if login.key:
            found[login.header] = _plain(self.secret(login.key), login.key)
        return found

    def tls(self, source: Source) -> ssl.SSLContext | None:
        """How the source's server is trusted and what certificate it is shown; None: as usual."""
        login = source.login
        if not login.certificate and not login.authority:
            return None
        try:
            authority = str(self._folder / login.authority) if login.authority else None
            context = ssl.create_default_context(cafile=authority)
            if login.certificate:
                context.load_cert_chain(self._folder / login.certificate)
        except (OSError, ssl.SSLError) as error:
            raise SourceError(
                f"Source {source.name}: the certificate in login.certificate or login.authority "
                "cannot be used; it must be a PEM file, ours with its key."
            ) from error
        return context


def _plain(secret: str, place: str) -> str:
    """The secret, when it can stand in a header field."""
    if not secret.isascii() or not secret.isprintable():
        raise SourceError(f"The secret at {place} holds characters that no header may carry.")
    return secret
