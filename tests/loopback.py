"""A server of the tests on this machine's loopback, for as long as a `with` block lasts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[int]:
    """The port on which requests are answered by `handler`, each in a thread of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    polled: dict[str, Any] = {"poll_interval": 0.05}
    thread = threading.Thread(target=server.serve_forever, kwargs=polled)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
