"""The engine of a service's batch queue: each wave of many sheets is one batch of requests.

The flows of several hundred sheets are held here, each waiting for its wave. Their requests go into one
file, which the service works off in its own time, at its lower price. What is on its way is in the
journal: a run that was ended waits for the same batches again and hands in nothing twice. Lines that failed,
and those of a batch that expired, are handed in again; what fails too often is the flow's to cope with.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarywriter.batch.job import Job, Outcome
from summarywriter.batch.journal import Journal
from summarywriter.batch.setting import Setting
from summarywriter.batch.work import failed, finished, read_sheet
from summarywriter.chat import Failure, FailureKind, Reply, Request
from summarywriter.errors import ModelConfigError, ModelError
from summarywriter.models.batch_queue import Batch, BatchQueue
from summarywriter.models.store import ReplyStore, StoredModel
from summarywriter.summary import Summary

Answer = Reply | Failure

_LINES, _BYTES = 20_000, 90 * 2**20
"""Of one batch; OpenAI takes 50,000 lines and 200 MB."""
_TRIES = 4
"""Times that a request is handed in before its failure counts."""
_PASSING = frozenset({FailureKind.TIMEOUT, FailureKind.RATE, FailureKind.SERVER})
_PATIENCE = 20
"""Looks at a batch in a row that may find the service down."""


@dataclass(slots=True)
class _Sheet:
    """A sheet in the making."""

    job: Job
    waves: Generator[tuple[Request, ...], tuple[Answer, ...], Summary]
    wave: tuple[Request, ...]
    start: float


class BatchQueueEngine:
    """Writes through a service's batch queue.

    Args:
        setting: How to write; names the model.
        journal: Where batches under way are kept.
        window: Sheets under way at once.
        poll: Seconds between two looks at a batch.
        sleep: How to wait.
    """

    def __init__(
        self,
        setting: Setting,
        journal: Journal,
        *,
        window: int = 500,
        poll: float = 30.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._setting = setting
        self._journal = journal
        self._window = window
        self._poll, self._sleep = poll, sleep

    def outcomes(self, jobs: Iterator[Job]) -> Iterator[Outcome]:
        """Write sheets; see `Engine`."""
        model = self._setting.asked()
        if model is None:
            raise ModelConfigError("a batch queue needs a model")
        store = ReplyStore(self._journal.store)
        queue = BatchQueue(model, self._journal.token)
        self._adopt(queue)
        writer = self._setting.writer(StoredModel(model, store))
        under_way: list[_Sheet] = []
        more = True
        try:
            while True:
                while more and len(under_way) < self._window:
                    job = next(jobs, None)
                    if job is None:
                        more = False
                        break
                    try:
                        waves = writer.waves(read_sheet(job, self._setting), pins=job.pins)
                        under_way.append(_Sheet(job, waves, next(waves), time.perf_counter()))
                    except StopIteration as end:
                        yield finished(job, end.value, self._setting, 0.0)
                    except Exception as error:  # noqa: BLE001  one bad sheet never stops the rest
                        yield failed(job, error)
                if not under_way:
                    return
                wanted = {self._name(r, model.identity): r for sheet in under_way for r in sheet.wave}
                answers = self._answers(wanted, queue, store, model.identity)
                left = []
                for sheet in under_way:
                    outcome = self._sent(sheet, answers, model.identity)
                    if outcome is None:
                        left.append(sheet)
                    else:
                        yield outcome
                under_way = left
        finally:
            store.close()

    def _sent(self, sheet: _Sheet, answers: Mapping[str, Answer], identity: str) -> Outcome | None:
        """Give a sheet the answers to its wave; what became of it, if that was the last."""
        try:
            given = tuple(answers[self._name(request, identity)] for request in sheet.wave)
            sheet.wave = sheet.waves.send(given)
        except StopIteration as end:
            return finished(sheet.job, end.value, self._setting, time.perf_counter() - sheet.start)
        except Exception as error:  # noqa: BLE001
            return failed(sheet.job, error)
        return None

    def _name(self, request: Request, identity: str) -> str:
        """The name of a request's line: the same in every run."""
        said = f"{identity}\n{request.key}\n{request.temperature:g}"
        return hashlib.sha256(said.encode()).hexdigest()[:40]

    def _answers(
        self, wanted: Mapping[str, Request], queue: BatchQueue, store: ReplyStore, identity: str
    ) -> dict[str, Answer]:
        """Every answer: kept ones, those on their way, and those still to be asked for."""
        found: dict[str, Answer] = {}
        tries: Counter[str] = Counter()
        while True:
            waiting: dict[str, None] = {}
            fresh: list[str] = []
            for name in wanted.keys() - found.keys():
                kept = store.get(wanted[name], model=identity)
                if kept is not None:
                    found[name] = kept
                elif (batch := self._journal.batch_of(name)) is not None:
                    waiting[batch] = None
                else:
                    fresh.append(name)
            if not waiting and not fresh:
                return found
            for names, lines in self._files(sorted(fresh), wanted, queue):
                batch = queue.submit(lines)
                self._journal.submitted(batch, iter(names))
                waiting[batch] = None
            for batch in waiting:
                for name, answer in self._collected(queue, batch):
                    if name not in wanted:
                        continue  # a sheet was edited while its batch was under way
                    if isinstance(answer, Reply):
                        store.put(wanted[name], answer, model=identity)
                    if isinstance(answer, Reply) or answer.kind not in _PASSING:
                        found[name] = answer
                self._journal.collected(batch)
            tries.update(wanted.keys() - found.keys())
            worn = Failure(FailureKind.TIMEOUT, f"no answer in {_TRIES} batches")
            found.update(
                {name: worn for name, count in tries.items() if count >= _TRIES and name not in found}
            )

    def _collected(self, queue: BatchQueue, name: str) -> Iterator[tuple[str, Answer]]:
        """The answers of a batch, once it is over.

        Raises:
            ModelConfigError: The service took the whole batch for wrong.
        """
        batch = self._waited(queue, name)
        if batch.state == "failed":
            self._journal.collected(name)
            raise ModelConfigError(f"the service refused the batch: {batch.reason or batch.id}")
        yield from queue.answers(batch)

    def _files(
        self, names: Sequence[str], wanted: Mapping[str, Request], queue: BatchQueue
    ) -> Iterator[tuple[list[str], list[bytes]]]:
        """The requests in files of a size that services take."""
        some: list[str] = []
        lines: list[bytes] = []
        size = 0
        for name in names:
            line = queue.line(name, wanted[name])
            if some and (len(some) >= _LINES or size + len(line) > _BYTES):
                yield some, lines
                some, lines, size = [], [], 0
            some.append(name)
            lines.append(line)
            size += len(line)
        if some:
            yield some, lines

    def _waited(self, queue: BatchQueue, name: str) -> Batch:
        """Wait until a batch is over; a service that is down for a while is waited for too."""
        down = 0
        while True:
            try:
                batch = queue.look(name)
                down = 0
                if batch.over:
                    return batch
            except ModelConfigError:
                raise
            except ModelError:
                down += 1
                if down >= _PATIENCE:
                    raise
            self._sleep(self._poll)

    def _adopt(self, queue: BatchQueue) -> None:
        """Take down batches that an earlier run handed in and had no time to take down."""
        for name, lines in queue.lost(frozenset(self._journal.known_batches())):
            self._journal.submitted(name, iter(lines))
