"""``async for … in writer.write_many(…)``: in the order of finishing, and never far ahead."""

from __future__ import annotations

import asyncio

import pytest

from summarywriter import Failure, FailureKind, ModelConfigError, SummaryWriter, loads_facts
from summarywriter.facts.model import EventFacts

SHEET = "標題: 讀書日活動小結{n}\n活動: [{{名稱: 讀書會, 地點: 禮堂, 數據: [參加 {n}人]}}]"


def sheet(n: int) -> EventFacts:
    return loads_facts(SHEET.format(n=n + 10))


class Slow:
    """A model that answers after a turn of the loop, and counts."""

    name = "slow"

    def __init__(self, fault=None):
        self.fault, self.now, self.most = fault, 0, 0

    async def acomplete(self, request):
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.002)
        self.now -= 1
        if self.fault:
            raise self.fault
        return Failure(FailureKind.SERVER, "down")

    def complete(self, request):
        raise AssertionError


def test_all_are_written_and_told_with_their_sheets():
    async def main():
        return [w async for w in SummaryWriter(Slow()).write_many(map(sheet, range(20)), limit=5)]

    found = asyncio.run(main())
    assert sorted(w.facts.title for w in found) == sorted(sheet(n).title for n in range(20))
    assert all(w.summary is not None and w.summary.text.startswith(w.facts.title) for w in found)
    assert all(w.error is None for w in found)


def test_the_source_is_never_far_ahead_of_the_consumer():
    taken = []

    def source():
        for n in range(50):
            taken.append(n)
            yield sheet(n)

    async def main():
        ahead = []
        got = 0
        async for _ in SummaryWriter(Slow()).write_many(source(), limit=4):
            got += 1
            await asyncio.sleep(0.003)  # a slow consumer
            ahead.append(len(taken) - got)
        return ahead

    ahead = asyncio.run(main())
    assert len(ahead) == 50
    assert max(ahead) <= 4


def test_an_async_source_and_a_sheet_that_cannot_be_written():
    async def source():
        yield sheet(1)
        yield EventFacts.model_validate({"title": "空"})
        yield sheet(2)

    async def main():
        return [w async for w in SummaryWriter(genre="nowhere").write_many(source())]

    found = asyncio.run(main())
    assert len(found) == 3
    assert all(w.summary is None and w.error is not None for w in found)
    assert sum("nowhere" in str(w.error) for w in found) == 2


def test_leaving_early_cancels_what_is_under_way():
    model = Slow()

    async def main():
        writing = SummaryWriter(model).write_many(map(sheet, range(100)), limit=10)
        async for _ in writing:
            break
        await writing.aclose()
        before = model.now
        await asyncio.sleep(0.02)
        return before, len(asyncio.all_tasks())

    _, tasks = asyncio.run(main())
    assert tasks == 1


def test_a_misconfigured_model_raises():
    async def main():
        async for _ in SummaryWriter(Slow(ModelConfigError("401"))).write_many([sheet(1)]):
            pass

    with pytest.raises(ModelConfigError):
        asyncio.run(main())
    with pytest.raises(ValueError, match="limit"):
        asyncio.run(anext(SummaryWriter().write_many([], limit=0)))
