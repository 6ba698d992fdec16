"""The guard: every outgoing connection, to whomever, passes it.

`addresses` is the table, `sockets` asks it in the very call that connects, `web` asks over HTTP
hop by hop. Whoever needs something from another server uses `web.ask` or `sockets.connect`.
"""

from __future__ import annotations

from wirecopy.guard.addresses import PORTS, PUBLIC, Passage, address_refusal, refusal, within
from wirecopy.guard.sockets import LEADS_TO, RefusedError, connect, guarded_socket

__all__ = [
    "LEADS_TO",
    "PORTS",
    "PUBLIC",
    "Passage",
    "RefusedError",
    "address_refusal",
    "connect",
    "guarded_socket",
    "refusal",
    "within",
]
