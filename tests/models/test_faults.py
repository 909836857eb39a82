"""Every fault of docs/models.md, on a real server: a whole, grounded document or the documented error."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faultserver import FAULTS, FaultServer

from summarywriter import EventFacts, ModelConfigError, OpenAIModel, Summary, SummaryWriter
from summarywriter.draft import Brief, number, written
from summarywriter.facts.index import FactIndex
from summarywriter.plan import DocumentPlan, make_plan
from summarywriter.plan.split import divided, halves
from summarywriter.prompts import Prompts
from summarywriter.realise import realise

PAGE = Path(__file__).resolve().parents[2] / "docs" / "models.md"
ROWS = re.findall(
    r"^\| `([\w-]+)` \| (.+?) \| (.+?) \|$", PAGE.read_text("utf-8").split("## When a")[1], re.MULTILINE
)
FACTS = EventFacts.model_validate(
    {
        "title": "臨江鎮消防宣傳月活動總結",
        "level": "township",
        "unit": "臨江鎮人民政府",
        "period": "2025-11-01/2025-11-30",
        "activities": [
            {"name": "啟動儀式", "date": "2025-11-01", "place": "鎮文化廣場", "figures": ["參加 260餘人"]},
            {"name": "應急疏散演練", "date": "2025-11-09", "details": ["演示滅火器使用方法"]},
        ],
        "totals": ["發放宣傳資料 4200餘份"],
    }
)
INDEX = FactIndex.of(FACTS)
DEADLINE = 6.0
TIMEOUT = 0.4


def replies_for(plan: DocumentPlan) -> dict[str, str]:
    """What a model that does everything right says to each list of facts."""
    brief = Brief(plan, INDEX, Prompts(script=plan.script))
    texts = {draft.section: draft for draft in realise(plan, INDEX)}
    return {brief.facts(s): written(texts[s.id], number(s, INDEX)) for s in plan.sections if s.units}


def all_replies() -> dict[str, str]:
    """Of the whole sections, and of their parts."""
    plan = make_plan(INDEX)
    replies = replies_for(plan)
    for section in plan.sections:
        if (parts := halves(section, INDEX)) is not None:
            replies |= replies_for(divided(plan, parts))
    return replies


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer(all_replies()) as running:
        yield running


def write(server: FaultServer, fault: str, document: str, *, awaited: bool) -> Summary:
    model = OpenAIModel("loopback", base_url=server.url(fault, document), timeout=TIMEOUT, backoff=0.01)
    hears = (lambda _: None) if fault.startswith("stream") else None
    writer = SummaryWriter(model, deadline=DEADLINE, stream=hears is not None, on_event=hears)
    return asyncio.run(writer.awrite(FACTS)) if awaited else writer.write(FACTS)


def test_the_table_has_a_row_for_every_fault_of_the_server() -> None:
    assert [name for name, *_ in ROWS] == list(FAULTS)


@pytest.mark.parametrize("awaited", [False, True], ids=["blocking", "awaited"])
@pytest.mark.parametrize(("fault", "seen"), [(name, seen) for name, _, seen in ROWS])
def test_a_fault_does_what_its_row_says(server: FaultServer, fault: str, seen: str, awaited: bool) -> None:
    asked = len(server.bodies)
    start = time.monotonic()
    if seen == "ModelConfigError":
        with pytest.raises(ModelConfigError, match=fault.split("-", maxsplit=1)[0]):
            write(server, fault, f"{awaited}", awaited=awaited)
        assert time.monotonic() - start < DEADLINE
        return
    summary = write(server, fault, f"{awaited}", awaited=awaited)
    assert time.monotonic() - start < DEADLINE + 0.5
    assert summary.report.errors == ()
    assert summary.report.untold == ()
    drafted = {
        draft.section: draft.origin for draft in summary.drafts if draft.section not in ("front", "back")
    }
    if seen == "by the model":
        assert summary.trace.fallbacks == {}
        assert set(drafted.values()) == {"model"}
    else:
        kind = seen.removeprefix("realised: ")
        assert summary.trace.fallbacks
        assert {reason.split(":")[0] for reason in summary.trace.fallbacks.values()} == {kind}
        assert set(drafted.values()) == {"realiser"}
    if "not asked again" in next(done for name, done, _ in ROWS if name == fault):
        sent = [body["messages"][-1]["content"] for name, body in server.bodies[asked:] if name == fault]
        assert len(sent) == len(set(sent))


@pytest.mark.parametrize("most", [None, 400])
def test_a_draft_that_is_always_cut_off_is_asked_for_again_only_with_more_room(
    server: FaultServer, most: int | None
) -> None:
    asked = len(server.bodies)
    model = OpenAIModel("loopback", base_url=server.url("length-always", f"most-{most}"), max_tokens=most)
    summary = SummaryWriter(model).write(FACTS)
    assert summary.report.rank[:2] == (0, 0)
    sent = [(b["messages"][-1]["content"], b.get("max_tokens")) for _, b in server.bodies[asked:]]
    assert len(sent) == len(set(sent))
    assert {room for _, room in sent} == ({most} if most else {None, 4096})


def test_partial_text_is_never_printed(server: FaultServer) -> None:
    """Half a text is a text too, and would pass many a check: the model's own words must be gone."""
    expected = SummaryWriter().write(FACTS).text
    for fault in ("content-filter", "stream-broken-always"):
        assert write(server, fault, "partial", awaited=False).text == expected


def test_a_long_wait_is_kept_to_where_the_deadline_allows(server: FaultServer) -> None:
    model = OpenAIModel("loopback", base_url=server.url("429-retry-after-1", "patient"), backoff=0.01)
    start = time.monotonic()
    summary = SummaryWriter(model).write(FACTS)
    assert 1.0 <= time.monotonic() - start < 6.0  # two waves, each told to wait a second
    assert summary.trace.fallbacks == {}


def test_a_slow_document_keeps_its_deadline(server: FaultServer) -> None:
    model = OpenAIModel("loopback", base_url=server.url("hang-always", "slow"))
    for awaited in (False, True):
        start = time.monotonic()
        writer = SummaryWriter(model, deadline=0.5)
        summary = asyncio.run(writer.awrite(FACTS)) if awaited else writer.write(FACTS)
        assert time.monotonic() - start < 1.5
        assert summary.report.rank[:2] == (0, 0)
        assert set(summary.trace.fallbacks.values()) <= {
            "timeout: no answer before the deadline",
            "timeout: no answer in time for the deadline of 0.5 s",
        }


def test_cancelling_cancels_the_requests(server: FaultServer) -> None:
    async def cancelled() -> None:
        model = OpenAIModel("loopback", base_url=server.url("hang-always", "cancelled"))
        task = asyncio.ensure_future(SummaryWriter(model).awrite(FACTS))
        await asyncio.sleep(0.3)
        open_before = len(server._open)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert {t for t in asyncio.all_tasks() if not t.done()} == {asyncio.current_task()}
        for _ in range(50):
            if len(server._open) < open_before:
                break
            await asyncio.sleep(0.02)

    asyncio.run(cancelled())


def test_many_writers_share_one_client(server: FaultServer) -> None:
    opened: list[object] = []

    class Counting(OpenAIModel):
        def _opened(self) -> object:
            client = super()._opened()
            opened.append(client)
            return client

    async def many() -> list[Summary]:
        model = Counting("loopback", base_url=server.url("none", "shared"))
        writer = SummaryWriter(model)
        return await asyncio.gather(*(writer.awrite(FACTS) for _ in range(6)))

    texts = {summary.text for summary in asyncio.run(many())}
    assert len(texts) == 1
    assert len(opened) == 1
    assert opened[0].is_closed()  # type: ignore[attr-defined]  # with its loop


def test_a_streamed_reply_is_told_as_it_comes(server: FaultServer) -> None:
    events = []
    model = OpenAIModel("loopback", base_url=server.url("none", "streamed"))
    summary = SummaryWriter(model, stream=True, on_event=events.append).write(FACTS)
    assert summary.trace.fallbacks == {}
    counts = [e.data["characters"] for e in events if e.kind == "text" and e.section == "s1"]
    assert counts == sorted(counts)
    assert len(counts) > 1
