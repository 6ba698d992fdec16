"""Checks of how a source's copy comes: addresses, ports, networks, and where secrets stand."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from wirecopy.config.house import Watch
from wirecopy.config.sources import Login, Push, Source
from wirecopy.config.values import duration
from wirecopy.errors import ConfigError

FEEDS = ("https", "http")
_SCHEMES = (*FEEDS, "imaps", "sftp", "ftps")
"""What a source's `url` may begin with."""


def web_address(where: str, url: str, also: str = "", schemes: tuple[str, ...] = FEEDS) -> None:
    """Return when `url` is an address of one of the schemes; ConfigError says what to type."""
    if not re.fullmatch(rf"(?:{'|'.join(schemes)})://[^/\s?#\"'<>]+[^\s\"'<>]*", url):
        *others, last = (f'"{scheme}://"' for scheme in schemes)
        raise ConfigError(
            f"wirecopy.toml: {where} is {url!r}: it must start with {also}{', '.join(others)} or "
            f"{last} and hold neither spaces nor quotes."
        )
    try:
        port = urlsplit(url).port
    except ValueError as error:
        raise ConfigError(f"wirecopy.toml: {where} is {url!r}: {error}.") from error
    if port == 0:
        raise ConfigError(f"wirecopy.toml: {where} is {url!r}: there is no port 0.")


def check_way(source: Source, where: str) -> None:
    """Return when the source's way in can be gone; ConfigError says what to type."""
    where = f"wirecopy.toml: {where}"
    if source.url:
        _check_url(source, where)
    if source.listen and not re.fullmatch(r".+:[0-9]{1,5}", source.listen):
        raise ConfigError(
            f'{where}.listen is {source.listen!r}: write an address and a port, "127.0.0.1:7901".'
        )
    duration(source.slowest, f"{where}.slowest")
    for text in source.networks:
        try:
            ipaddress.ip_network(text, strict=False)
        except ValueError as error:
            raise ConfigError(
                f'{where}.networks holds {text!r}: write a network as "198.18.0.0/15".'
            ) from error
    for port in source.ports:
        if not 0 < port < 65536:
            raise ConfigError(f"{where}.ports holds {port}: a port is a number from 1 to 65535.")
    _check_secrets(source.login, source.push, where.removeprefix("wirecopy.toml: "))


def _check_url(source: Source, where: str) -> None:
    name = where.removeprefix("wirecopy.toml: ")
    web_address(f"{name}.url", source.url, schemes=_SCHEMES)
    scheme = source.url.partition(":")[0]
    if scheme == "sftp" and not source.login.host_key:
        raise ConfigError(
            f"{where}.login.host_key is missing: without the server's public key nobody can tell "
            'it from an impostor. Ask the agency for it, and write it as "ssh-ed25519 AAAA...".'
        )
    if scheme in ("imaps", "sftp", "ftps") and not source.login.user:
        raise ConfigError(f"{where}.login.user is missing: write the name to log in with.")
    if source.websub and scheme not in FEEDS:
        raise ConfigError(f"{where}.websub is for feeds; take it out.")


def _check_secrets(login: Login, push: Push, where: str) -> None:
    for key in ("password", "token", "key"):
        check_secret(getattr(login, key), f"{where}.login.{key}")
    for key in ("token", "secret"):
        check_secret(getattr(push, key), f"{where}.push.{key}")
    for table, header in (("login", login.header), ("push", push.header)):
        if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", header):
            raise ConfigError(
                f'wirecopy.toml: {where}.{table}.header is {header!r}: write it as "X-Api-Key".'
            )


def check_secret(place: str, where: str) -> None:
    """Return when `place` names where a secret stands; never says what stands there instead."""
    if place and not re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]*|file:.+", place):
        raise ConfigError(
            f"wirecopy.toml: {where} must not hold the secret itself: put it into the environment "
            'or a file, and write "env:NAME" or "file:PATH".'
        )


def check_watch(watch: Watch) -> None:
    """Return when alerts can be sent as asked; ConfigError says what to type."""
    check_secret(watch.password, "watch.password")
    if watch.webhook:
        web_address("watch.webhook", watch.webhook)
    for key, value in (("mail", watch.mail), ("sender", watch.sender)):
        if value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value):
            raise ConfigError(
                f'wirecopy.toml: watch.{key} is {value!r}: write it as "desk@news.example".'
            )
    if not re.fullmatch(r"[^\s:/]+(:[0-9]{1,5})?", watch.smtp):
        raise ConfigError(
            f'wirecopy.toml: watch.smtp is {watch.smtp!r}: write it as "mail.example:587".'
        )
