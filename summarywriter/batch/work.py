"""One sheet of a batch, from the bytes of its file to the bytes of the files it becomes."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from summarywriter.batch.job import Job, Outcome, State
from summarywriter.batch.setting import Setting
from summarywriter.chat import ChatModel, Failure, Reply, Request
from summarywriter.errors import FactsError, ModelConfigError, SummaryWriterError
from summarywriter.messages import render, role_name

if TYPE_CHECKING:
    from summarywriter.facts.model import EventFacts
    from summarywriter.models.store import ReplyStore
    from summarywriter.summary import Summary
    from summarywriter.writer import SummaryWriter

_SHOWN = 20
"""Findings told of one sheet; their number is told in full."""


class AtMost:
    """A model of which no more than so many requests are under way at once.

    Args:
        model: Who answers.
        limit: How many at once.
    """

    def __init__(self, model: ChatModel, limit: int) -> None:
        self._model = model
        self._free = asyncio.Semaphore(max(1, limit))

    @property
    def name(self) -> str:
        """Name of the model that answers."""
        return self._model.name

    def __getattr__(self, name: str) -> Any:
        """What else the model that is asked tells of itself, e.g. its endpoint."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._model, name)

    def complete(self, request: Request) -> Reply | Failure:
        """Answer, blocking: one at a time needs no turn."""
        return self._model.complete(request)

    async def acomplete(self, request: Request) -> Reply | Failure:
        """Answer when there is room."""
        async with self._free:
            return await self._model.acomplete(request)


def open_writer(setting: Setting, store: ReplyStore | None, limit: int) -> SummaryWriter:
    """A writer whose model keeps its replies.

    Args:
        setting: The options.
        store: Where replies are kept.
        limit: Requests under way at once.

    Raises:
        SummaryWriterError: The options cannot work.
    """
    asked = setting.asked()
    model: ChatModel | None = asked
    if asked is not None:
        model = AtMost(asked, limit)
        if store is not None:
            from summarywriter.models.store import StoredModel

            model = StoredModel(model, store)
    return setting.writer(model)


async def write_one(job: Job, writer: SummaryWriter, setting: Setting) -> Outcome:
    """Write one sheet; whatever is wrong with it is its outcome, and no exception."""
    start = time.perf_counter()
    try:
        facts = read_sheet(job, setting)
        summary = await writer.awrite(facts, pins=job.pins)
        return finished(job, summary, setting, time.perf_counter() - start)
    except Exception as error:  # noqa: BLE001  one bad sheet never stops the rest
        return failed(job, error)


def read_sheet(job: Job, setting: Setting) -> EventFacts:
    """The facts of a job.

    Raises:
        FactsError: The sheet is wrong.
    """
    from summarywriter.facts.load import read_facts

    return read_facts(job.content, file=job.name, lang=setting.lang)


def finished(job: Job, summary: Summary, setting: Setting, seconds: float) -> Outcome:
    """The outcome of a sheet that was written.

    Raises:
        RenderError: A format is unknown.
    """
    from summarywriter.chinese.script import Script
    from summarywriter.render import rendered
    from summarywriter.slots.surface import gap
    from summarywriter.verify.report import Severity

    report = summary.report
    findings = [f for f in report.findings if f.severity is not Severity.UNVERIFIABLE]
    errors = len(report.errors)
    script = setting.script or summary.plan.script
    titles = {
        section.id: section.heading or role_name(section.role, lang=setting.lang, script=script)
        for section in summary.plan.sections
    }
    return Outcome(
        name=job.name,
        state=State.DONE,
        outputs={
            name: rendered(summary, name, draft=setting.draft, lang=setting.lang) for name in setting.formats
        },
        title=summary.plan.title,
        genre=summary.plan.genre,
        errors=errors,
        warnings=len(findings) - errors,
        untold=len(report.untold),
        gaps=sum(summary.text.count(gap(script)) for script in Script),
        replies=sum(event.kind in ("reply", "failure") for event in summary.trace.events),
        fallbacks=tuple(f"{titles.get(id_, id_)}: {why}" for id_, why in summary.trace.fallbacks.items()),
        findings=tuple(
            f"{f.code} {render(f.code, lang=setting.lang, script=str(script), **f.params)}"
            for f in findings[:_SHOWN]
        ),
        seconds=seconds,
    )


def failed(job: Job, error: Exception) -> Outcome:
    """The outcome of a sheet that could not be written."""
    if isinstance(error, ModelConfigError):
        return Outcome(job.name, State.REFUSED, message=str(error))
    if isinstance(error, FactsError):
        return Outcome(job.name, State.FAILED, message="\n".join(map(str, error.problems)))
    if isinstance(error, SummaryWriterError):
        return Outcome(job.name, State.FAILED, message=str(error))
    reason = f"{type(error).__name__}: {error}".splitlines()[0]
    return Outcome(job.name, State.FAILED, message=reason)
