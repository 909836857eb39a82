"""The engine of a Ray cluster: writers on every node, the journal and the replies with the driver.

A writer is an actor with one processor and many sheets under way. What it asks a model goes through the
store of replies, which an actor beside the driver holds: a node that dies takes no reply with it but
those on the wire. Its sheets are given to other writers. Every node needs this library (with its extra
``ray``), a way to the model's service, and the variable that holds the key.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarywriter.batch.job import Job, Outcome, State
from summarywriter.batch.setting import Setting
from summarywriter.batch.work import AtMost, failed, write_one
from summarywriter.errors import BatchError, SummaryWriterError
from summarywriter.messages import render

if TYPE_CHECKING:
    from summarywriter.chat import ChatModel, Failure, Reply, Request
    from summarywriter.writer import SummaryWriter

_TRIES = 5
"""Writers that may die of one sheet before it is given up; a node's end is seldom a sheet's fault."""
_AHEAD = 2
_STARTING = 120.0
"""Seconds that the first writer may take to start."""


class Replies:
    """The store of replies, beside the driver; every writer asks here before it asks the model."""

    def __init__(self, file: str) -> None:
        from summarywriter.models.store import ReplyStore

        self._store = ReplyStore(file)

    def get(self, request: Request, model: str) -> Reply | None:
        """The reply that is kept, if one is."""
        return self._store.get(request, model=model)

    def put(self, request: Request, reply: Reply, model: str) -> None:
        """Keep a reply."""
        self._store.put(request, reply, model=model)


class SharedModel:
    """A model whose replies are kept by an actor.

    Args:
        model: Who is asked for what is not kept.
        replies: The actor.
        identity: What makes the model's replies its own.
    """

    shaped = True
    """Tells the writer to give each request its shape."""

    def __init__(self, model: ChatModel, replies: Any, identity: str) -> None:
        self._model, self._replies, self._identity = model, replies, identity

    @property
    def name(self) -> str:
        """Name of the model that is asked."""
        return self._model.name

    def __getattr__(self, name: str) -> Any:
        """What else the model that is asked tells of itself, e.g. its endpoint."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._model, name)

    def complete(self, request: Request) -> Reply | Failure:
        """Answer, blocking."""
        return asyncio.run(self.acomplete(request))

    async def acomplete(self, request: Request) -> Reply | Failure:
        """Answer from what is kept, else ask, and have it kept before it is used."""
        from summarywriter.chat import Reply

        kept: Reply | None = await self._replies.get.remote(request, self._identity)
        if kept is not None:
            return kept
        answer = await self._model.acomplete(request)
        if isinstance(answer, Reply):
            await self._replies.put.remote(request, answer, self._identity)
        return answer


class Writer:
    """An actor that writes."""

    def __init__(self, setting: Setting, replies: Any, limit: int) -> None:
        self._setting = setting
        self._fault: SummaryWriterError | None = None
        self._writer: SummaryWriter | None = None
        try:
            asked = setting.asked()
            model: ChatModel | None = asked
            if asked is not None:
                model = SharedModel(AtMost(asked, limit), replies, asked.identity)
            self._writer = setting.writer(model)
        except SummaryWriterError as error:
            self._fault = error

    async def ready(self) -> bool:
        """Answer, to show that it is there."""
        return True

    async def write(self, job: Job) -> Outcome:
        """Write one sheet."""
        if self._writer is None:
            return failed(job, self._fault or SummaryWriterError())
        return await write_one(job, self._writer, self._setting)


@dataclass(slots=True, eq=False)
class _Hand:
    """A writer as the driver knows it."""

    actor: Any
    ready: Any
    is_ready: bool = False
    under_way: dict[Any, Job] = field(default_factory=dict)


class RayEngine:
    """Writes on a Ray cluster.

    Args:
        setting: How to write.
        store: The store of replies, beside the driver.
        address: The cluster's; ``None`` starts one on this machine.
        writers: How many; one a processor of the cluster where none is given.

    Raises:
        BatchError: Ray is not installed.
    """

    def __init__(
        self, setting: Setting, *, store: Path, address: str | None = None, writers: int | None = None
    ) -> None:
        self._setting, self._store, self._address, self._writers = setting, store, address, writers
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves the machine unasked
        try:
            import ray
        except ImportError as error:
            raise BatchError(render("batch.no_ray", lang=setting.lang)) from error
        self._ray: Any = ray

    def outcomes(self, jobs: Iterator[Job]) -> Iterator[Outcome]:
        """Write sheets; see `Engine`."""
        ray = self._ray
        mine = not ray.is_initialized()
        if mine:
            local: dict[str, Any] = {} if self._address else {"include_dashboard": False}
            try:
                ray.init(address=self._address, log_to_driver=False, logging_level="error", **local)
            except (ConnectionError, RuntimeError, ValueError) as error:
                reason = str(error).split("\n", 1)[0]
                raise BatchError(
                    render("batch.no_cluster", lang=self._setting.lang, reason=reason)
                ) from error
        hands: list[_Hand] = []
        try:
            yield from self._written(jobs, hands)
        finally:
            for hand in hands:
                ray.kill(hand.actor)
            if mine:
                ray.shutdown()

    def _written(self, jobs: Iterator[Job], hands: list[_Hand]) -> Iterator[Outcome]:
        ray = self._ray
        count = self._writers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        limit = -(-self._setting.parallel // count)
        room = limit if self._setting.model is not None else _AHEAD
        replies = self._beside_driver()
        hands += [self._started(replies, limit, room) for _ in range(count)]
        deaths: Counter[str] = Counter()
        returned: list[Job] = []
        while True:
            self._hand_out(jobs, returned, hands, room)
            waiting = [hand.ready for hand in hands if not hand.is_ready]
            refs = {ref: hand for hand in hands for ref in hand.under_way}
            if not refs and not returned and any(hand.is_ready for hand in hands):
                return
            done, _ = ray.wait([*refs, *waiting], num_returns=1, timeout=_STARTING)
            if not done:
                if refs:
                    continue  # a slow model
                raise BatchError(
                    render("batch.no_cluster", lang=self._setting.lang, reason="no writer starts")
                )
            yield from self._looked(done[0], refs.get(done[0]), hands, returned, deaths)

    def _looked(
        self,
        ref: Any,
        hand: _Hand | None,
        hands: list[_Hand],
        returned: list[Job],
        deaths: Counter[str],
    ) -> Iterator[Outcome]:
        """See what a reference that is there holds: a writer that is ready, an outcome, or a death."""
        ray = self._ray
        try:
            value = ray.get(ref)
        except ray.exceptions.RayError as error:
            hand = hand or next(h for h in hands if h.ready == ref)
            hands.remove(hand)
            yield from self._lost(hand, returned, deaths, error)
            if not hands:
                raise BatchError(
                    render("batch.no_cluster", lang=self._setting.lang, reason="every writer is gone")
                ) from error
            return
        if hand is None:
            next(h for h in hands if h.ready == ref).is_ready = True
            return
        del hand.under_way[ref]
        yield value

    def _lost(
        self, hand: _Hand, returned: list[Job], deaths: Counter[str], error: Exception
    ) -> Iterator[Outcome]:
        """A writer died: its sheets go to others, but for those that too many died of."""
        for job in hand.under_way.values():
            deaths[job.name] += 1
            if deaths[job.name] < _TRIES:
                returned.append(job)
            else:
                reason = render("batch.died", lang=self._setting.lang, code=type(error).__name__)
                yield Outcome(job.name, State.FAILED, message=f"{job.name}: {reason}")

    def _hand_out(self, jobs: Iterator[Job], returned: list[Job], hands: list[_Hand], room: int) -> None:
        while True:
            free = [hand for hand in hands if hand.is_ready and len(hand.under_way) < room]
            if not free:
                return
            job = returned.pop() if returned else next(jobs, None)
            if job is None:
                return
            hand = min(free, key=lambda hand: len(hand.under_way))
            hand.under_way[hand.actor.write.remote(job)] = job

    def _beside_driver(self) -> Any:
        """The actor that keeps replies, on the driver's own node; none is needed without a model."""
        if self._setting.model is None:
            return None
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        node = self._ray.get_runtime_context().get_node_id()
        here = NodeAffinitySchedulingStrategy(node_id=node, soft=False)
        actor = self._ray.remote(Replies).options(num_cpus=0, scheduling_strategy=here, max_concurrency=1)
        return actor.remote(str(self._store.resolve()))

    def _started(self, replies: Any, limit: int, room: int) -> _Hand:
        options = {"num_cpus": 1, "max_concurrency": room + 1, "scheduling_strategy": "SPREAD"}
        actor = self._ray.remote(Writer).options(**options).remote(self._setting, replies, limit)
        return _Hand(actor, actor.ready.remote())
