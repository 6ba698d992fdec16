"""The feeds that are taken: how they come, and what may be done with their copy."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from wirecopy.config.values import Key, Table
from wirecopy.model import Syndication


class Login(Table, frozen=True):
    """How a source's server is told who we are.

    Secrets stand elsewhere: "env:NAME" is taken from the environment, "file:PATH" from a file (a
    relative path begins at the newsroom folder).
    """

    user: str = ""
    """Name for basic authentication, a mailbox, SFTP or FTPS."""
    password: str = ""
    """Its password, as "env:NAME" or "file:PATH"."""
    token: str = ""
    """Bearer token, as "env:NAME" or "file:PATH"."""
    key: str = ""
    """API key, as "env:NAME" or "file:PATH"; it goes into `header`. For SFTP, the private key."""
    header: str = "X-Api-Key"
    """Header field that carries the API key."""
    certificate: str = ""
    """File with our client certificate and its key (PEM)."""
    authority: str = ""
    """File with the certificates (PEM) that the server's must come from; "" trusts the system's."""
    host_key: str = ""
    """The SFTP server's public key, such as "ssh-ed25519 AAAA..."; SFTP needs it."""


class Push(Table, frozen=True):
    """Copy that the agency sends to us: POST /intake/NAME, with one of these."""

    token: str = ""
    """Bearer token that the sender shows, as "env:NAME" or "file:PATH"."""
    secret: str = ""
    """Secret with which the sender signs the body (HMAC SHA-256), as "env:NAME" or "file:PATH"."""
    header: str = "X-Signature-256"
    """Header field with the signature: hexadecimal, "sha256=" before it or not."""


class Source(Table, frozen=True):
    """One feed of one agency: transport, format, rights."""

    name: Key
    """The source's name in the log, in rules and for `ingest --source`; never change it later:
    a story's identity is its source and the agency's id."""
    agency: str
    """The agency that is credited on every story."""
    section: str = ""
    """Key of the section its stories go to when neither rule nor topic says otherwise."""
    path: str = ""
    """Folder that is watched, relative to the newsroom folder."""
    keep: bool = False
    """Leave files where they are and remember them, in place of moving them to done/."""
    url: str = ""
    """Feed that is polled (https://), mailbox (imaps://host/INBOX) or folder of a server
    (sftp://host/path, ftps://host/path)."""
    listen: str = ""
    """Address and port ("127.0.0.1:7901") at which a serial line's bytes are taken."""
    every: str = "2m"
    """How often the feed is asked or the folder is looked through."""
    slowest: str = "15m"
    """The longest pause to which a feed's own rhythm and wishes may stretch `every`."""
    pages: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    """Pages of a paged feed that are read at most; further ones while there may be a gap."""
    websub: bool = False
    """Whether the feed's hub is asked to send its news at once; `site.url` must reach us."""
    login: Login = Login()
    """How its server is told who we are."""
    push: Push = Push()
    """Copy that the agency sends to us."""
    format: str = ""
    """Forces a format; "" reads it from the bytes."""
    language: str = ""
    """Language of copy that does not say (a tag such as "en-IN")."""
    timezone: str = ""
    """Zone of times without one; "" means UTC. It also tells whether 3/10 is March or October."""
    priority: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50
    """Which agency's copy is preferred where two tell the same story; higher wins."""
    show_initials: bool = True
    """Whether desk initials of the sign-off (int/shs) are shown to readers."""
    syndication: Syndication = "self"
    """What search engines are told: "self" (our page is the one to index), "noindex", or
    "canonical-source" (the agency's own page is); of copy that is filed from then on."""
    redistribution: Literal["none", "headline", "summary", "full"] = "summary"
    """How much of its copy our own feeds pass on."""
    picture_credit: Literal["optional", "required"] = "optional"
    """Whether a picture of this source is shown only with a credit beside it."""
    recordings: Literal["link", "none"] = "link"
    """Whether films and sound that come beside its copy are links to the agency's address."""
    mining: Literal["reserved", "allowed"] = "reserved"
    """Whether machines may learn from its copy; pages of several sources take the strictest."""
    allow_private: bool = False
    """Whether `url`, and the pictures of its copy, may lead to a private or loopback address."""
    networks: tuple[str, ...] = ()
    """Networks ("198.18.0.0/15") that may be reached although they are refused else."""
    ports: tuple[int, ...] = ()
    """Ports, beside that of `url` and the usual ones, to which the feed may lead."""
    copyright: str = ""
    """Copyright line where the wire carries none."""
    profile: str = ""
    """Name of the profile its copy is read by; "" finds it by the sender's marks in the copy, then
    by the agency. `wirecopy profile list` shows them."""
    trust_text_kills: bool | None = None
    """Whether a kill in prose that names one story takes it down without staff; left out, its
    profile says."""
    kill_ambiguous: Literal["hold", "alert"] | None = None
    """What a kill does that may mean several stories: hold them all, or only tell staff; left out,
    its profile says."""
