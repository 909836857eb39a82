"""The review page tells how long each call of the model took."""

from __future__ import annotations

import asyncio
import re

import pytest

from summarywriter import SummaryWriter, loads_facts
from summarywriter.chat import Failure, FailureKind, Reply, Request
from summarywriter.render.review.summaries import review_of
from summarywriter.summary import Summary

FACTS = loads_facts("標題: 讀書日活動總結\n活動: [{名稱: 讀書會, 數據: [參加 30人]}]")
SECONDS = 0.06


class SlowModel:
    """Takes its time, and then says what it is told to."""

    name = "slow"

    def __init__(self, answer: Reply | Failure) -> None:
        self._answer = answer

    def complete(self, request: Request) -> Reply | Failure:
        return asyncio.run(self.acomplete(request))

    async def acomplete(self, request: Request) -> Reply | Failure:
        await asyncio.sleep(SECONDS)
        return Reply('{"remarks": []}') if request.stage == "critique" else self._answer


def written(answer: Reply | Failure, *, awaited: bool) -> Summary:
    writer = SummaryWriter(SlowModel(answer))
    return asyncio.run(writer.awrite(FACTS)) if awaited else writer.write(FACTS)


@pytest.mark.parametrize("awaited", [False, True], ids=["blocking", "awaited"])
@pytest.mark.parametrize(
    "answer",
    [Reply("{1}於近日舉行，{2}參加。"), Failure(FailureKind.SERVER, "down")],
    ids=["reply", "failure"],
)
def test_each_answer_of_the_trace_has_its_seconds(answer: Reply | Failure, awaited: bool) -> None:
    events = [e for e in written(answer, awaited=awaited).trace.events if e.kind in ("reply", "failure")]
    assert events
    assert all(SECONDS * 0.9 <= event.data["seconds"] < 5 for event in events)


def test_the_page_shows_the_seconds_of_each_call_and_of_all() -> None:
    summary = written(Reply("{1}於近日舉行，{2}參加。", seconds=2.46), awaited=True)
    page = review_of(summary)
    (table,) = (fold.rows for fold in page.folds if fold.rows and "秒" in fold.rows[0])
    column = table[0].index("秒")
    assert table[1][column] == "2.5"
    assert all(re.fullmatch(r"\d+(\.\d)?", row[column]) for row in table[1:])
    told = next(line for line in page.status if "秒" in line)
    assert float(re.search(r"[\d.]+", told)[0]) >= 2.5
    (section,) = (fold for fold in page.folds if fold.rounds)
    assert section.flag == "2.5 秒"
    assert [one.title for one in section.rounds] == ["起草 · 2.5 秒"]


def test_a_call_that_missed_the_deadline_has_the_time_that_was_waited() -> None:
    class Hanging(SlowModel):
        async def acomplete(self, request: Request) -> Reply | Failure:
            await asyncio.sleep(5)
            raise AssertionError

    for write in ("blocking", "awaited"):
        writer = SummaryWriter(Hanging(Reply("")), deadline=0.1)
        summary = asyncio.run(writer.awrite(FACTS)) if write == "awaited" else writer.write(FACTS)
        (event,) = (e for e in summary.trace.events if e.kind == "failure")
        assert 0.05 <= event.data["seconds"] < 3


def test_what_called_nobody_has_no_seconds(tmp_path) -> None:
    from summarywriter.models.replay import RecordedModel, RecordingModel

    model = RecordingModel(SlowModel(Reply("{1}於近日舉行，{2}參加。")), tmp_path)
    SummaryWriter(model).write(FACTS)
    first, again = (SummaryWriter(RecordedModel(tmp_path)).write(FACTS) for _ in range(2))
    assert not [e for e in first.trace.events if "seconds" in e.data]
    assert first.trace == again.trace
