"""Blocking work in a thread of its own: whatever hangs in it keeps nobody else waiting.

A pool would not do: a few servers that hang would fill it, and the program could not end before
they answer. These threads are left behind at the end.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


async def apart(
    work: Callable[Given, Answer], /, *args: Given.args, **kwargs: Given.kwargs
) -> Answer:
    """What `work` returns or raises. When the wait is cancelled the thread is left to itself."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Answer] = loop.create_future()

    def settle(answer: Answer | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(answer)  # type: ignore[arg-type]  # None is what `work` returned then

    def run() -> None:
        answer, problem = None, None
        try:
            answer = work(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            problem = error
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            loop.call_soon_threadsafe(settle, answer, problem)

    threading.Thread(target=run, name=f"apart-{work.__name__}", daemon=True).start()
    return await done
