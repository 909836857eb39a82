"""The local engine: processes on this machine, each with many sheets under way.

The realiser is all arithmetic, so processes share it out; a model is all waiting, so each process keeps
many sheets waiting at once. The driver hands each process a few sheets and one more for each that comes
back: there is never more in memory than is under way.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from summarywriter.batch.job import Job, Outcome, State
from summarywriter.batch.setting import Setting
from summarywriter.batch.work import failed, open_writer, write_one
from summarywriter.errors import SummaryWriterError
from summarywriter.messages import render

_AHEAD = 2
"""Sheets that a process without a model has at hand: one to write, one to go on with."""
_TRIES = 2
"""Processes that may die of one sheet before it is given up."""


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    under_way: dict[str, Job] = field(default_factory=dict)


class LocalEngine:
    """Writes with processes of this machine.

    Args:
        setting: How to write.
        jobs: Processes.
        store: The store of replies, for a model's.
    """

    def __init__(self, setting: Setting, *, jobs: int = 1, store: Path | None = None) -> None:
        self._setting = setting
        self._jobs = max(1, jobs)
        self._store = store
        share = -(-setting.parallel // self._jobs)
        self._room = share if setting.model is not None else _AHEAD
        self._share = share
        self._context = multiprocessing.get_context("spawn")

    def outcomes(self, jobs: Iterator[Job]) -> Iterator[Outcome]:
        """Write sheets; see `Engine`."""
        if self._store is not None and self._setting.model is not None:
            from summarywriter.models.store import ReplyStore

            ReplyStore(self._store).close()  # made here, so that processes do not race to make it
        workers: list[_Worker] = []
        deaths: dict[str, int] = {}
        returned: list[Job] = []
        try:
            while True:
                self._hand_out(jobs, returned, workers)
                busy = {worker.pipe: worker for worker in workers if worker.under_way}
                if not busy:
                    return
                for pipe in wait(list(busy)):
                    worker = busy[pipe]  # type: ignore[index]
                    try:
                        outcome: Outcome = worker.pipe.recv()
                    except (EOFError, OSError):
                        workers.remove(worker)
                        yield from self._lost(worker, deaths, returned)
                        continue
                    worker.under_way.pop(outcome.name, None)
                    yield outcome
        finally:
            for worker in workers:
                worker.pipe.close()  # a process whose driver is gone ends at once
            for worker in workers:
                worker.process.join(5)
                if worker.process.is_alive():
                    worker.process.kill()

    def _hand_out(self, jobs: Iterator[Job], returned: list[Job], workers: list[_Worker]) -> None:
        """Give every process as many sheets as it has room for; start processes while there are sheets."""
        while True:
            free = [worker for worker in workers if len(worker.under_way) < self._room]
            if not free and len(workers) >= self._jobs:
                return
            job = returned.pop() if returned else next(jobs, None)
            if job is None:
                return
            if len(workers) < self._jobs:
                workers.append(self._started())
                free = workers[-1:]
            worker = min(free, key=lambda worker: len(worker.under_way))
            worker.under_way[job.name] = job
            try:
                worker.pipe.send(job)
            except OSError:
                return  # it is dead, which the next reading of its pipe shows

    def _started(self) -> _Worker:
        mine, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._setting, self._store, self._share), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, mine)

    def _lost(self, worker: _Worker, deaths: dict[str, int], returned: list[Job]) -> Iterator[Outcome]:
        """A process died: its sheets are given to another, but for those that another died of too."""
        worker.process.join()
        for name, job in worker.under_way.items():
            deaths[name] = deaths.get(name, 0) + 1
            if deaths[name] < _TRIES:
                returned.append(job)
            else:
                reason = render("batch.died", lang=self._setting.lang, code=str(worker.process.exitcode))
                yield Outcome(name, State.FAILED, message=f"{name}: {reason}")


def _serve(pipe: Connection, setting: Setting, store: Path | None, limit: int) -> None:
    """What a process does: write what comes down the pipe until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the driver's, who lets us finish
    gc.set_threshold(20_000)  # trees of facts and drafts come and go by the thousand
    asyncio.run(_written(pipe, setting, store, limit))


async def _written(pipe: Connection, setting: Setting, store: Path | None, limit: int) -> None:
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[Job] = asyncio.Queue()

    def listen() -> None:
        while True:
            try:
                job = pipe.recv()
            except (EOFError, OSError):
                os._exit(0)  # the driver is gone: nobody is waiting for what is under way
            loop.call_soon_threadsafe(arrived.put_nowait, job)

    threading.Thread(target=listen, daemon=True).start()
    replies = None
    if store is not None and setting.model is not None:
        from summarywriter.models.store import ReplyStore

        replies = ReplyStore(store)
    under_way: set[asyncio.Task[None]] = set()
    try:
        writer = open_writer(setting, replies, limit)

        async def answer(job: Job) -> None:
            pipe.send(await write_one(job, writer, setting))

        while True:
            task = asyncio.create_task(answer(await arrived.get()))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
    except SummaryWriterError as error:
        while True:  # the options cannot work: so it is told of every sheet
            pipe.send(failed(await arrived.get(), error))
