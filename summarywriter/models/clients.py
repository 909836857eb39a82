"""One client of the SDK for each event loop, and the loop that blocking calls run on.

A client's connections belong to the loop that made them. It is closed with its loop, by the loop itself
(`loop.shutdown_asyncgens`, which `asyncio.run` calls), so that nobody has to think of it.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
import weakref
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
_Kept = tuple[asyncio.AbstractEventLoop, Any, AsyncGenerator[Any, None]]


class Clients:
    """The clients of one model, opened when they are first asked for.

    Args:
        open_client: Opens one.
    """

    def __init__(self, open_client: Callable[[], Any]) -> None:
        self._open = open_client
        self._lock = threading.Lock()
        self._kept: dict[int, _Kept] = {}
        # Not from within a cycle that is collected: a socket in it would say that nobody closed it.
        _all[id(self)] = self._kept
        weakref.finalize(self, _close_all, id(self))

    async def get(self) -> Any:
        """The client of the running loop."""
        loop = asyncio.get_running_loop()
        kept = self._kept.get(id(loop))
        if kept is not None and kept[0] is loop:
            return kept[1]
        client = self._open()
        keeper = _keeping(client, self._kept, id(loop))
        await anext(keeper)
        with self._lock:
            for number, (other, *_) in tuple(self._kept.items()):
                if other.is_closed():
                    del self._kept[number]
            self._kept[id(loop)] = (loop, client, keeper)
        return client


_all: dict[int, dict[int, _Kept]] = {}


async def _keeping(client: Any, kept: dict[int, _Kept], number: int) -> AsyncGenerator[Any, None]:
    """Wait for the loop's end, or the model's, with the client in hand."""
    try:
        yield client
    finally:
        kept.pop(number, None)
        await client.close()


def _close_all(number: int) -> None:
    """Close the clients of a model that is gone, each on its own loop."""
    for loop, _, keeper in tuple(_all.pop(number, {}).values()):
        if loop.is_running():
            loop.call_soon_threadsafe(_closed, loop, keeper)


def _closed(loop: asyncio.AbstractEventLoop, keeper: AsyncGenerator[Any, None]) -> None:
    task = loop.create_task(keeper.aclose())
    _closing.add(task)
    task.add_done_callback(_closing.discard)


_closing: set[asyncio.Task[Any]] = set()


class _Background:
    """A loop in a thread of its own."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="summarywriter-calls", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End what runs, close what is open."""
        if self.process != os.getpid() or self.loop.is_closed():
            return
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(1.0)
        if not self.loop.is_running():
            self.loop.run_until_complete(_ended(asyncio.all_tasks(self.loop)))
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.close()


async def _ended(tasks: set[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


_lock = threading.Lock()
_background: _Background | None = None


def blocking(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end from a thread that has no loop, and leave nothing of it running."""
    global _background  # noqa: PLW0603  one for the process
    with _lock:
        if _background is None or _background.process != os.getpid():
            _background = _Background()
            atexit.register(_background.stop)
    future = asyncio.run_coroutine_threadsafe(work, _background.loop)
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise
