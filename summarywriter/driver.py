"""Drives a flow with a model: one driver that blocks, with threads, and one that awaits.

Each wave's requests are under way side by side. The clock is here, and only here: a wave that is not
answered by the document's deadline is answered with failures, so that the flow ends and delivers.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import queue
import threading
import time
import weakref
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from summarywriter.chat import ChatModel, Failure, FailureKind, Reply, Request, Terms
from summarywriter.summary import TraceEvent

if TYPE_CHECKING:
    from summarywriter.flow import Answer, Wave

_log = logging.getLogger(__name__)

T = TypeVar("T")
"""What a flow ends in: a document, or facts."""

AnswerT = TypeVar("AnswerT", Reply, Failure, Reply | Failure)

_SIDE_BY_SIDE = 8
"""Requests of a wave that are under way at once from threads; a local server queues them anyway."""

_STEPS_LEFT, _MOST_KEPT = 3, 0.25
"""What is kept of a deadline for what follows the last answer: some of the longest steps, or this share."""

LIVE = frozenset({"text", "answered"})
"""Kinds of events that are told as they happen, and are no part of the trace."""


class Driver:
    """One document's way to its model.

    Args:
        model: Who answers.
        deadline: Seconds for the whole document, from now; ``None`` for no limit.
        hears: Called with live events, from the thread that drives.
        stream: Ask for replies piece by piece, and tell of each.
    """

    def __init__(
        self,
        model: ChatModel,
        *,
        deadline: float | None = None,
        hears: Callable[[TraceEvent], None] | None = None,
        stream: bool = False,
    ) -> None:
        self._model = model
        self._seconds = deadline
        self._moment = None if deadline is None else time.monotonic() + deadline
        self._longest = 0.0
        self._turns: _Turns | None = None
        self._hears = hears
        self._stream = stream and hears is not None

    def run(self, waves: Generator[Wave, tuple[Answer, ...], T]) -> T:
        """Drive a flow to its end, blocking.

        Raises:
            ModelConfigError: The model's endpoint refuses us for good.
        """
        answers: Any = None
        try:
            while True:
                begun = time.monotonic()
                wave = waves.send(answers)
                self._worked(begun)
                answers = self._answered(wave)
        except StopIteration as end:
            done: T = end.value
            return done

    async def arun(self, waves: Generator[Wave, tuple[Answer, ...], T]) -> T:
        """As `run`, awaiting; cancelled, it leaves no request running."""
        turns = self._turns = _turns()
        turns.documents += 1
        answers: Any = None
        try:
            while True:
                async with turns.lock:
                    begun = time.monotonic()
                    wave = waves.send(answers)
                    self._worked(begun)
                    await asyncio.sleep(0)
                answers = await self._awaited(wave)
        except StopIteration as end:
            done: T = end.value
            return done
        finally:
            turns.documents -= 1

    # --- blocking ------------------------------------------------------------------------------------

    def _answered(self, wave: Wave) -> tuple[Answer, ...]:
        """A wave's answers, from threads that the interpreter need not wait for."""
        begun: dict[int, float] = {}
        todo: queue.SimpleQueue[tuple[int, Request]] = queue.SimpleQueue()
        said: queue.SimpleQueue[tuple[int, Answer | BaseException | TraceEvent]] = queue.SimpleQueue()
        for number, request in enumerate(wave):
            todo.put((number, request))

        def hear(number: int, event: TraceEvent) -> None:
            said.put((number, event))

        def work() -> None:
            while True:
                try:
                    number, request = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    told = self._under_terms(request, functools.partial(hear, number))
                    begun[number] = time.monotonic()
                    answer = self._late() or self._model.complete(told)
                    said.put((number, _timed(answer, begun[number])))
                except BaseException as error:  # noqa: BLE001  it is raised where the document is written
                    said.put((number, error))

        for _ in range(min(len(wave), _SIDE_BY_SIDE)):
            threading.Thread(target=work, name="summarywriter", daemon=True).start()
        answers: dict[int, Answer] = {}
        try:
            while len(answers) < len(wave):
                self._take(*said.get(timeout=self._left()), wave, answers)
        except queue.Empty:
            pass  # the deadline
        finally:
            while not todo.empty():  # a wrong key shows in the first answer: the rest is not sent
                try:
                    todo.get_nowait()
                except queue.Empty:
                    break
        return tuple(
            answers.get(number) or _timed(self._too_late(), begun.get(number)) for number in range(len(wave))
        )

    def _take(
        self, number: int, what: Answer | BaseException | TraceEvent, wave: Wave, answers: dict[int, Answer]
    ) -> None:
        if isinstance(what, BaseException):
            raise what
        if isinstance(what, TraceEvent):
            self._hear(what)
            return
        answers[number] = what
        self._hear_answer(wave[number], what)

    # --- awaiting ------------------------------------------------------------------------------------

    async def _awaited(self, wave: Wave) -> tuple[Answer, ...]:
        if len(wave) == 1:
            return (await self._one(wave[0]),)
        tasks = [asyncio.ensure_future(self._one(request)) for request in wave]
        try:
            return tuple(await asyncio.gather(*tasks))
        finally:
            if not all(task.done() for task in tasks):
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, request: Request) -> Answer:
        begun = time.monotonic()
        answer = self._late() or await self._in_time(self._under_terms(request, self._hear))
        self._hear_answer(request, answer)
        return _timed(answer, begun)

    async def _in_time(self, request: Request) -> Answer:
        left = self._left()
        if left is None:
            return await self._model.acomplete(request)
        try:
            async with asyncio.timeout(left) as limit:
                return await self._model.acomplete(request)
        except TimeoutError:
            if not limit.expired():
                raise
            return self._too_late()

    # --- what they share -----------------------------------------------------------------------------

    def _under_terms(self, request: Request, hear: Callable[[TraceEvent], None]) -> Request:
        """The request with its deadline, and with a listener where one wants to hear it come."""
        latest = self._latest()
        if latest is None and not self._stream:
            return request
        if not self._stream:
            return replace(request, terms=Terms(latest))
        characters = 0

        def on_text(piece: str) -> None:
            nonlocal characters
            characters += len(piece)
            hear(TraceEvent("text", request.stage, request.section, {"characters": characters}))

        return replace(request, terms=Terms(latest, on_text))

    def _worked(self, begun: float) -> None:
        """A step of the flow was worked out."""
        self._longest = max(self._longest, time.monotonic() - begun)

    def _latest(self) -> float | None:
        """The moment after which no answer is waited for, so that the rest can be written by the deadline.

        How long that takes is not known beforehand, so it is measured by what the steps so far took; and all
        documents of the loop may want their turn at the deadline.
        """
        if self._moment is None or self._seconds is None:
            return None
        documents = 1 if self._turns is None else self._turns.documents
        kept = _STEPS_LEFT * self._longest * documents
        return self._moment - min(kept, self._seconds * _MOST_KEPT)

    def _left(self) -> float | None:
        latest = self._latest()
        return None if latest is None else max(0.0, latest - time.monotonic())

    def _late(self) -> Failure | None:
        return self._too_late() if self._left() == 0 else None

    def _too_late(self) -> Failure:
        return Failure(FailureKind.TIMEOUT, f"no answer in time for the deadline of {self._seconds:g} s")

    def _hear_answer(self, request: Request, answer: Answer) -> None:
        whole = isinstance(answer, Reply)
        _log.debug("%s %s: %s", request.stage, request.section, "answered" if whole else "failed")
        if self._hears is not None:
            self._hears(TraceEvent("answered", request.stage, request.section, {"whole": whole}))

    def _hear(self, event: TraceEvent) -> None:
        if self._hears is not None:
            self._hears(event)


class _Turns:
    """Documents on one loop take turns at what they have to work out, one each time that the loop goes round.

    Answers that come together would else all be worked through before the next request of any document is
    sent: the service would stand idle meanwhile, and all would wait for it together again.

    Attributes:
        lock: Held by the document whose turn it is.
        documents: Documents under way on the loop.
    """

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.documents = 0


_by_loop: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Turns] = weakref.WeakKeyDictionary()


def _turns() -> _Turns:
    """Those of the running loop."""
    return _by_loop.setdefault(asyncio.get_running_loop(), _Turns())


def _timed(answer: AnswerT, begun: float | None) -> AnswerT:
    """An answer with the seconds since its call began, where the model has not said that it called nobody."""
    if answer.seconds is not None or begun is None:
        return answer
    return replace(answer, seconds=round(time.monotonic() - begun, 3))
