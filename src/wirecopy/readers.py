"""`ports.Reader`: reading in this process, or in several beside it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from hashlib import blake2b

import msgspec

from wirecopy.config import Config, Source
from wirecopy.model import Delivery, Galley, Item, LogEntry, Sheet
from wirecopy.processes import begin_pool, begin_work
from wirecopy.reading import SheetOf, read_delivery, sheet_of

_CHUNK = 16
"""Deliveries handed to a reading process at once; larger amortises the hand-over."""

_REMEMBERED = 8_000_000
"""Bytes of the sheets that are kept to be used again; some 3,000 of them."""

_encode = msgspec.msgpack.Encoder().encode
_decode_sheet = msgspec.msgpack.Decoder(Sheet).decode
_decode_galleys = msgspec.msgpack.Decoder(list[Galley]).decode
_decode_work = msgspec.msgpack.Decoder(list[tuple[datetime, Delivery]]).decode


def read_safely(
    delivery: Delivery, received: datetime, config: Config, make: SheetOf = sheet_of
) -> Galley:
    """The galley of one delivery; a fault of ours costs that delivery, never its neighbours."""
    try:
        return read_delivery(delivery, received, config, make)
    except Exception as error:  # noqa: BLE001 - one delivery's failure becomes its quarantine
        return Galley(
            error=f"Reading it failed inside wirecopy ({type(error).__name__}: {error}). The bytes "
            "are kept; please report it, and replay the delivery after the next release."
        )


class Remembered:
    """The sheets of what each source's feed showed last: it shows most of it again next time.

    To make a sheet takes far longer than to read its item from the feed.
    """

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._size = 0
        self._shown: dict[str, dict[bytes, bytes]] = {}

    def read(self, delivery: Delivery, received: datetime, config: Config) -> Galley:
        """As `read_safely`; nothing that was in the source's last delivery is made anew."""
        before = self._shown.get(delivery.source, {})
        shown: dict[bytes, bytes | Sheet] = {}

        def make(item: Item, source: Source, received: datetime, config: Config) -> Sheet:
            dated = item.version_created or item.first_created
            key = blake2b(_encode((item, None if dated else received)), digest_size=16).digest()
            if kept := before.get(key):
                shown[key] = kept
                return _decode_sheet(zlib.decompress(kept))
            shown[key] = sheet = sheet_of(item, source, received, config)
            return sheet

        galley = read_safely(delivery, received, config, make)
        if len(shown) > 1:  # one story by itself is no feed
            self._keep(delivery.source, {key: _packed(one) for key, one in shown.items()})
        return galley

    def _keep(self, source: str, shown: dict[bytes, bytes]) -> None:
        """Keep these in place of what the source showed before, as far as there is room.

        What has a place is never pushed out by another source: all come round in turn, and each
        would find that its own had just gone.
        """
        self._size -= sum(map(len, self._shown.pop(source, {}).values()))
        size = sum(map(len, shown.values()))
        if self._size + size <= self._most:
            self._size += size
            self._shown[source] = shown


def _packed(sheet: bytes | Sheet) -> bytes:
    return sheet if isinstance(sheet, bytes) else zlib.compress(_encode(sheet), 1)


class OwnReader:
    """Reads in the calling process."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._remembered = Remembered()

    def get_ready(self) -> None:
        """Nothing to begin."""

    def read(self, entries: Sequence[LogEntry]) -> Iterator[Galley | None]:
        """One galley per entry, in order; None for entries that are not deliveries."""
        for entry in entries:
            if isinstance(entry.entry, Delivery):
                yield self._remembered.read(entry.entry, entry.received, self._config)
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

    def get_ready(self) -> None:
        """Begin the reading processes now, else the first copy waits until they have begun."""
        for _ in range(self._processes):  # one begins with each piece that finds none at rest
            begin_work(self._pool, _read_chunk, _encode([]))

    def _begun(self) -> ProcessPoolExecutor:
        return begin_pool(self._processes, _begin, (self._config,))

    def read(self, entries: Sequence[LogEntry]) -> Iterator[Galley | None]:
        """One galley per entry, in order; None for entries that are not deliveries.

        A delivery whose reading ends its process (twice: together with others, then alone) is
        quarantined; the others are read by fresh processes.
        """
        work = [
            (entry.received, entry.entry) for entry in entries if isinstance(entry.entry, Delivery)
        ]
        chunks = [_encode(work[start : start + _CHUNK]) for start in range(0, len(work), _CHUNK)]
        # Handed over now, before anybody asks: the next batch is read while this one is filed.
        try:
            results = self._pool.map(_read_chunk, chunks)
        except BrokenProcessPool:
            self._renew()
            return self._one_by_one(entries)
        return self._in_order(entries, results)

    def _in_order(
        self, entries: Sequence[LogEntry], results: Iterator[bytes]
    ) -> Iterator[Galley | None]:
        galleys = (galley for result in results for galley in _decode_galleys(result))
        for index, entry in enumerate(entries):
            if not isinstance(entry.entry, Delivery):
                yield None
                continue
            try:
                galley = next(galleys)
            except (BrokenProcessPool, CancelledError):
                self._renew()
                yield from self._one_by_one(entries[index:])
                return
            yield galley

    def _one_by_one(self, entries: Sequence[LogEntry]) -> Iterator[Galley | None]:
        for entry in entries:
            if isinstance(entry.entry, Delivery):
                yield self._alone(entry.received, entry.entry)
            else:
                yield None

    def _alone(self, received: datetime, delivery: Delivery) -> Galley:
        """The galley of one delivery, read with nothing beside it that could be to blame."""
        try:
            result = self._pool.submit(_read_chunk, _encode([(received, delivery)])).result()
        except BrokenProcessPool:
            self._renew()
            return Galley(
                error="Reading it ended the process that read it, twice. The bytes are kept; "
                "please report it, and replay the delivery after the next release."
            )
        return _decode_galleys(result)[0]

    def _renew(self) -> None:
        """Put fresh processes in the places of those that have died."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._begun()

    def close(self) -> None:
        """End the reading processes. Safe to call twice."""
        self._pool.shutdown(wait=True, cancel_futures=True)
