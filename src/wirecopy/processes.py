"""Pools of processes beside this one, which end when it does, however it ends."""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

_Work = TypeVar("_Work")
_Result = TypeVar("_Result")


def begin_pool(
    processes: int, initializer: Callable[..., None], initargs: tuple[Any, ...]
) -> ProcessPoolExecutor:
    """A pool whose processes run `initializer` first. They share nothing with this one."""
    return ProcessPoolExecutor(
        processes,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(initializer, initargs),
    )


def begin_work(
    pool: ProcessPoolExecutor, work: Callable[[_Work], _Result], piece: _Work
) -> Future[_Result]:
    """What the pool will make of it; of a broken pool, a future that says so."""
    try:
        return pool.submit(work, piece)
    except BrokenProcessPool as error:
        failed: Future[_Result] = Future()
        failed.set_exception(error)
        return failed


def _begin(initializer: Callable[..., None], initargs: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    initializer(*initargs)
    settle_memory()


def settle_memory() -> None:
    """Take what stands in this process now out of every later search for garbage.

    Modules, settings and templates stay for good; to walk through them all takes a tenth of a
    second, for which copy would have to wait.
    """
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    """End this process as soon as the one that takes its results is gone.

    A pool's processes hold both ends of their pipe: killed without a word, their parent would
    leave them waiting for ever.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def shared_out(
    there: Callable[[_Work], Future[_Result]],
    here: Callable[[_Work], _Result],
    pieces: Iterable[_Work],
    ahead: int,
) -> Iterator[_Result]:
    """What is made of each piece, in any order: `there` in a pool, `here` in this process.

    This process takes a piece whenever `ahead` of them wait for the pool, so it is at work
    while the pool begins, and takes back at the end what nobody has begun, or what was in the
    hands of a process that was killed. However it ends, nothing is under way any more.
    """

    def made(piece: _Work, begun: Future[_Result]) -> _Result:
        try:
            return here(piece) if begun.cancel() else begun.result()
        except BrokenProcessPool:
            return here(piece)

    waiting: deque[tuple[_Work, Future[_Result]]] = deque()
    try:
        for piece in pieces:
            if len(waiting) == ahead and waiting[0][1].done():
                yield made(*waiting.popleft())
            if len(waiting) < ahead:
                waiting.append((piece, there(piece)))
            else:
                yield here(piece)
        while waiting:
            yield made(*waiting.pop())
    finally:
        wait([begun for _, begun in waiting if not begun.cancel()])
