"""Many summaries side by side, as they are asked for: neither all sheets nor all summaries at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarywriter.errors import ModelConfigError, SummaryWriterError

if TYPE_CHECKING:
    from summarywriter.facts.model import EventFacts
    from summarywriter.summary import Summary

Write = Callable[["EventFacts"], Awaitable["Summary"]]


@dataclass(frozen=True, slots=True)
class Written:
    """One of many summaries.

    Attributes:
        facts: The sheet.
        summary: Its summary, or ``None``.
        error: Why there is none.
    """

    facts: EventFacts
    summary: Summary | None
    error: SummaryWriterError | None


async def written(
    write: Write, facts: Iterable[EventFacts] | AsyncIterable[EventFacts], *, limit: int
) -> AsyncIterator[Written]:
    """As `SummaryWriter.write_many`, with ``write`` for each sheet."""
    if limit < 1:
        raise ValueError(f"limit must be at least 1: {limit}")
    source = aiter(facts) if isinstance(facts, AsyncIterable) else _awaitable(facts)
    under_way: set[asyncio.Task[Written]] = set()
    more = True
    try:
        while more or under_way:
            while more and len(under_way) < limit:
                try:
                    sheet = await anext(source)
                except StopAsyncIteration:
                    more = False
                else:
                    under_way.add(asyncio.ensure_future(_one(write, sheet)))
            if under_way:
                done, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    under_way.discard(task)
                    yield task.result()
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def _one(write: Write, facts: EventFacts) -> Written:
    try:
        return Written(facts, await write(facts), None)
    except ModelConfigError:
        raise
    except SummaryWriterError as error:
        return Written(facts, None, error)


async def _awaitable(facts: Iterable[EventFacts]) -> AsyncIterator[EventFacts]:
    for sheet in facts:
        yield sheet
