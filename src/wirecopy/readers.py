"""`ports.Reader`: reading in this process, or in several beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime

import msgspec

from wirecopy.config import Config
from wirecopy.errors import SourceError
from wirecopy.model import Delivery, Galley, LogEntry
from wirecopy.processes import begin_pool
from wirecopy.reading import read_delivery

_CHUNK = 16
"""Deliveries handed to a reading process at once; larger amortises the hand-over."""

_encode = msgspec.msgpack.Encoder().encode
_decode_galleys = msgspec.msgpack.Decoder(list[Galley]).decode
_decode_work = msgspec.msgpack.Decoder(list[tuple[datetime, Delivery]]).decode


def read_safely(delivery: Delivery, received: datetime, config: Config) -> Galley:
    """The galley of one delivery; a fault of ours costs that delivery, never its neighbours."""
    try:
        return read_delivery(delivery, received, config)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one delivery's failure becomes its quarantine
        return Galley(
            error=f"Reading it failed inside wirecopy ({type(error).__name__}: {error}). The bytes "
            "are kept; please report it, and replay the delivery after the next release."
        )


class OwnReader:
    """Reads in the calling process."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def read(self, entries: Sequence[LogEntry]) -> Iterator[Galley | None]:
        """One galley per entry, in order; None for entries that are not deliveries."""
        for entry in entries:
            if isinstance(entry.entry, Delivery):
                yield read_safely(entry.entry, entry.received, self._config)
            else:
                yield None

    def close(self) -> None:
        """Nothing to release."""


_config: Config | None = None
"""Set once in each reading process."""


def _begin(config: bytes) -> None:
    global _config  # noqa: PLW0603 - the way a process pool hands something to its processes
    _config = msgspec.msgpack.decode(config, type=Config)


def _read_chunk(work: bytes) -> bytes:
    if _config is None:
        raise RuntimeError("the reading process was not set up")
    galleys = [
        read_safely(delivery, received, _config) for received, delivery in _decode_work(work)
    ]
    return _encode(galleys)


class PoolReader:
    """Reads in several processes; what comes back is in order, whatever finished first."""

    def __init__(self, config: Config, processes: int) -> None:
        self._processes = processes
        self._config = _encode(config)
        self._pool = self._begun()

    def _begun(self) -> ProcessPoolExecutor:
        return begin_pool(self._processes, _begin, (self._config,))

    def read(self, entries: Sequence[LogEntry]) -> Iterator[Galley | None]:
        """One galley per entry, in order; None for entries that are not deliveries."""
        work = [
            (entry.received, entry.entry) for entry in entries if isinstance(entry.entry, Delivery)
        ]
        chunks = [_encode(work[start : start + _CHUNK]) for start in range(0, len(work), _CHUNK)]
        # Handed over now, before anybody asks: the next batch is read while this one is filed.
        try:
            results = self._pool.map(_read_chunk, chunks)
        except BrokenProcessPool as error:
            raise self._renewed() from error
        return self._in_order(entries, results)

    def _in_order(
        self, entries: Sequence[LogEntry], results: Iterator[bytes]
    ) -> Iterator[Galley | None]:
        galleys = (galley for result in results for galley in _decode_galleys(result))
        try:
            for entry in entries:
                yield next(galleys) if isinstance(entry.entry, Delivery) else None
        except BrokenProcessPool as error:
            raise self._renewed() from error

    def _renewed(self) -> SourceError:
        """What to raise when a process has died; fresh ones have taken their places."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._begun()
        return SourceError(
            "A reading process was killed. Nothing was lost: what it was reading is in the "
            "log and will be read again. If it happens often, give the machine more memory."
        )

    def close(self) -> None:
        """End the reading processes. Safe to call twice."""
        self._pool.shutdown(wait=True, cancel_futures=True)
