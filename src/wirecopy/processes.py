"""Pools of processes beside this one, which end when it does, however it ends."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
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


def _begin(initializer: Callable[..., None], initargs: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    initializer(*initargs)


def _end_with_parent() -> None:
    """End this process as soon as the one that takes its results is gone.

    A pool's processes hold both ends of their pipe: killed without a word, their parent would
    leave them waiting for ever.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def in_order(
    pool: ProcessPoolExecutor,
    work: Callable[[_Work], _Result],
    pieces: Iterable[_Work],
    ahead: int,
) -> Iterator[_Result]:
    """What `work` makes of each piece, in order; no more than `ahead` pieces wait at a time."""
    waiting: deque[Future[_Result]] = deque()
    for piece in pieces:
        waiting.append(pool.submit(work, piece))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
