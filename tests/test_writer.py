"""The front door: with a model, without one, blocking and awaited."""

from __future__ import annotations

import asyncio
import logging
import re
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import summarywriter
from summarywriter import (
    EmptyFactsError,
    EventFacts,
    ModelConfigError,
    SummaryWriter,
    UngroundedError,
    load_facts,
)
from summarywriter.chat import Failure, FailureKind, Reply, Request
from summarywriter.draft import number, written
from summarywriter.driver import LIVE, Driver
from summarywriter.facts.index import FactIndex
from summarywriter.flow import Answer, Wave
from summarywriter.plan import make_plan
from summarywriter.realise import realise
from summarywriter.summary import TraceEvent
from summarywriter.testing import CharCounter, ScriptedModel

SHEETS = sorted((Path(__file__).parent.parent / "fixtures" / "events").glob("*.yaml"))
SHEETS = [path for path in SHEETS if not path.stem.startswith("hostile")]
TOWNSHIP = load_facts(next(path for path in SHEETS if path.stem == "township-fire-month"))


def good_model(facts: EventFacts) -> ScriptedModel:
    index = FactIndex.of(facts)
    plan = make_plan(index)
    tables = {section.id: number(section, index) for section in plan.sections}
    texts = {draft.section: written(draft, tables[draft.section]) for draft in realise(plan, index)}
    return ScriptedModel(lambda r: '{"remarks": []}' if r.stage == "critique" else texts[r.section])


def test_without_a_model_the_realiser_writes() -> None:
    summary = SummaryWriter().write(TOWNSHIP)
    assert summary.text.startswith(TOWNSHIP.title)
    assert summary.trace.model == ""
    assert {draft.origin for draft in summary.drafts} == {"realiser"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_what_the_realiser_writes_can_be_read_back_from_a_model(sheet: Path) -> None:
    """Slots out and slots in: a model that follows the rules loses nothing on the way."""
    facts = load_facts(sheet)
    model = good_model(facts)
    summary, own = SummaryWriter(model).write(facts), SummaryWriter().write(facts)
    assert summary.text == own.text
    assert summary.report.rank == own.report.rank
    assert summary.trace.fallbacks == {}


def test_every_sentence_knows_its_facts_and_its_place() -> None:
    summary = SummaryWriter(good_model(TOWNSHIP)).write(TOWNSHIP)
    for sentence in summary.sentences:
        assert summary.text[sentence.start : sentence.end] == sentence.text
    opening = next(s for s in summary.sentences if "溪" in s.text)
    assert {"b1", "b1.issuers"} <= set(opening.fact_ids)
    assert opening.section == "s1"


def test_awaited_and_blocking_give_the_same_summary() -> None:
    blocking = SummaryWriter(good_model(TOWNSHIP)).write(TOWNSHIP)
    awaited = asyncio.run(SummaryWriter(good_model(TOWNSHIP)).awrite(TOWNSHIP))
    assert awaited == blocking
    assert asyncio.run(SummaryWriter().awrite(TOWNSHIP)) == SummaryWriter().write(TOWNSHIP)


def test_the_requests_of_a_wave_are_awaited_together() -> None:
    under_way, most = 0, 0
    good = good_model(TOWNSHIP)

    class Slow:
        name = "slow"

        def complete(self, request: Request) -> Reply | Failure:
            raise NotImplementedError

        async def acomplete(self, request: Request) -> Reply | Failure:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0)
            under_way -= 1
            return good.complete(request)

    asyncio.run(SummaryWriter(Slow(), rounds=0).awrite(TOWNSHIP))
    assert most == len(good.requests) > 1


def test_documents_on_one_loop_take_turns() -> None:
    """Answers that come together: the first next request is out before the last is worked through."""
    documents, happened = 12, []
    drafts = sum(bool(section.units) for section in SummaryWriter().plan(TOWNSHIP).sections)
    good = good_model(TOWNSHIP)
    asked = 0
    all_asked = asyncio.Event()

    class Together:
        name = "together"

        async def acomplete(self, request: Request) -> Reply | Failure:
            nonlocal asked
            if request.stage == "draft":
                asked += 1
                if asked == documents * drafts:
                    all_asked.set()
                await all_asked.wait()
            else:
                for _ in range(6):  # as a client does between taking a request and writing it to its socket
                    await asyncio.sleep(0)
                happened.append("sent")
            return good.complete(request)

    def hear(event: TraceEvent) -> None:
        if event.kind == "request" and event.stage == "critique":
            happened.append("worked out")

    async def all_of_them() -> None:
        writer = SummaryWriter(Together(), on_event=hear)
        await asyncio.gather(*(writer.awrite(TOWNSHIP) for _ in range(documents)))

    asyncio.run(all_of_them())
    assert happened.count("worked out") == happened.count("sent") == documents
    last = len(happened) - 1 - happened[::-1].index("worked out")
    assert "sent" in happened[:last]


def test_a_wrong_configuration_raises_at_once() -> None:
    def refuse(request: Request) -> Reply:
        raise ModelConfigError("401")

    with pytest.raises(ModelConfigError):
        SummaryWriter(ScriptedModel(refuse)).write(TOWNSHIP)
    with pytest.raises(ModelConfigError):
        asyncio.run(SummaryWriter(ScriptedModel(refuse)).awrite(TOWNSHIP))


def test_events_are_told_as_they_happen() -> None:
    events: list[TraceEvent] = []
    summary = SummaryWriter(good_model(TOWNSHIP), on_event=events.append).write(TOWNSHIP)
    assert tuple(event for event in events if event.kind not in LIVE) == summary.trace.events
    kinds = [event.kind for event in events]
    drafts = sum(1 for event in events if event.kind == "request" and event.stage == "draft")
    assert kinds[: drafts + 1] == ["wave"] + ["request"] * drafts
    assert kinds[drafts + 1 : 2 * drafts + 1] == ["answered"] * drafts  # each as it comes, not with the wave
    assert [e.section for e in events if e.kind == "section"] == [s.id for s in summary.plan.sections]


def test_strict_raises_where_errors_are_left() -> None:
    wrong = EventFacts.model_validate(
        {"title": "總結", "activities": [{"name": "讀書會", "figures": ["參加 30人"]}]}
    )
    assert SummaryWriter(strict=True).write(wrong).report.errors == ()
    lying = EventFacts.model_validate(
        {"title": "共986人參加的總結", "activities": [{"name": "讀書會", "figures": ["參加 30人"]}]}
    )
    report = SummaryWriter().write(lying).report
    if report.errors:
        with pytest.raises(UngroundedError, match="986人") as error:
            SummaryWriter(strict=True).write(lying)
        assert error.value.report == report


def test_a_sheet_with_nothing_to_tell_is_refused() -> None:
    with pytest.raises(EmptyFactsError):
        SummaryWriter().write(EventFacts.model_validate({"title": "總結", "unit": "某局"}))


def test_another_script_keeps_names_and_quotations_as_the_sheet_has_them() -> None:
    facts = EventFacts.model_validate(
        {
            "title": "潯陽區讀書周總結",
            "unit": "潯陽區文廣局",
            "level": "district",
            "theme": "書香潤萬家",
            "people": [{"name": "吳鍾麗", "post": "副區長"}],
            "activities": [
                {
                    "name": "開幕",
                    "date": "2018-05-19",
                    "people": [{"name": "吳鍾麗", "role": "講話"}],
                    "figures": ["發放宣傳資料 500餘份"],
                }
            ],
        }
    )
    plain, converted = SummaryWriter().write(facts), SummaryWriter(script="hans").write(facts)
    assert "“書香潤萬家”" in converted.text
    assert "潯陽區文廣局" in converted.text
    assert "吳鍾麗" in converted.text
    assert "500余份" in converted.text
    assert "宣传资料" in converted.text
    assert [s.fact_ids for s in converted.sentences] == [s.fact_ids for s in plain.sentences]
    assert converted.drafts == plain.drafts
    assert converted.filled.claims == plain.filled.claims
    assert all(converted.text[f.start : f.end] == f.text for f in converted.report.findings)


@pytest.mark.parametrize(
    "wrong", [{"rounds": -1}, {"script": "pinyin"}, {"privacy": "none"}, {"deadline": 0}]
)
def test_options_that_mean_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        SummaryWriter(**wrong)  # type: ignore[arg-type]


def test_the_plan_can_be_seen_without_writing() -> None:
    assert SummaryWriter(length=400).plan(TOWNSHIP).length == 400


def test_a_service_that_is_down_delivers_and_says_so() -> None:
    model = ScriptedModel(lambda _: Failure(FailureKind.TIMEOUT, "no answer in 60 s"))
    summary = SummaryWriter(model).write(TOWNSHIP)
    assert summary.text == SummaryWriter().write(TOWNSHIP).text
    assert set(summary.trace.fallbacks.values()) == {"timeout: no answer in 60 s"}


def test_the_public_names_are_these_and_each_is_there() -> None:
    assert set(summarywriter.__all__) == {
        "BudgetError", "ChatModel", "DocxLook", "EmptyFactsError", "EventFacts", "FactsError", "Failure",
        "FailureKind", "Finding", "GenreError", "Message", "ModelConfigError", "ModelError", "OpenAIModel",
        "PricesError", "PrivacyError", "PromptError",
        "RecordedModel", "RecordingError", "RecordingModel", "RenderError", "Reply", "Request", "Sentence",
        "Severity", "StoreError", "StoredModel",
        "Summary", "SummaryWriter", "SummaryWriterError", "TokenCounter", "Trace", "TraceEvent",
        "UngroundedError", "Usage", "VerificationReport", "__version__", "load_facts", "loads_facts",
        "Extractor", "roll_up",
        "PinnedText", "load_pins",
        "Grounding", "Policy", "PolicyError", "Ruling", "explain_text", "load_policy", "verify_text",
    }  # fmt: skip
    for name in summarywriter.__all__:
        assert getattr(summarywriter, name) is not None
    assert dir(summarywriter) == sorted(summarywriter.__all__)
    with pytest.raises(AttributeError, match="Summarizer"):
        _ = summarywriter.Summarizer


def test_importing_is_quick_and_brings_no_sdk() -> None:
    code = (
        "import sys, summarywriter; from summarywriter import SummaryWriter, OpenAIModel; "
        "heavy = {'openai', 'tiktoken', 'docx', 'httpx', 'httpx2', 'tenacity'} & set(sys.modules); "
        "print(*sorted(heavy))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert loaded.strip() == ""
    bare = "import sys, summarywriter; print(len([m for m in sys.modules if m.startswith('summarywriter')]))"
    shown = subprocess.run([sys.executable, "-c", bare], check=True, capture_output=True, text=True).stdout
    assert shown.strip() == "1"


def test_scripted_answers_come_in_order_and_then_fail_loudly() -> None:
    model = ScriptedModel(["一", Reply("二")])
    ask = Request("draft", "s1", ())
    assert [model.complete(ask).text, asyncio.run(model.acomplete(ask)).text] == ["一", "二"]  # type: ignore[union-attr]
    with pytest.raises(AssertionError, match="no answer left for draft s1"):
        model.complete(ask)
    assert model.requests == [ask] * 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_prompts_are_short_beside_their_sheet(sheet: Path) -> None:
    """Even with every section revised. Counted in characters: both are Chinese, so the ratio holds."""
    source = sheet.read_text(encoding="utf-8")
    facts = load_facts(sheet)
    good = good_model(facts)

    def wordy(request: Request) -> Reply | Failure:
        reply = good.complete(request)
        return (
            Reply(f"{reply.text}培訓987人。")
            if isinstance(reply, Reply) and request.schema is None
            else reply
        )

    model = ScriptedModel(wordy)
    SummaryWriter(model).write(facts)
    sent = sum(len(message.content) for request in model.requests for message in request.messages)
    if len(source) > 300:  # a note of three facts is shorter than the rules for telling them
        assert sent <= 12 * len(source)
    assert sent <= 3000 + 12 * len(source)


def test_a_document_larger_than_the_window_is_critiqued_in_parts() -> None:
    city = load_facts(next(path for path in SHEETS if path.stem == "city-science-week"))
    model = good_model(city)
    SummaryWriter(model).write(city)
    whole = next(request for request in model.requests if request.stage == "critique")
    window = sum(len(message.content) for message in whole.messages) + 512
    model = good_model(city)
    summary = SummaryWriter(model, window=window, counter=CharCounter()).write(city)
    parts = [request for request in model.requests if request.stage == "critique"]
    assert len(parts) == 2
    shown = [
        re.findall(r"^\[(\S+)\]", part.messages[1].content.split("<text>")[1], re.MULTILINE) for part in parts
    ]
    told = [section.id for section in summary.plan.sections if section.units]
    assert [section for part in shown for section in part] == told
    assert summary.trace.fallbacks == {}


class Hanging:
    """Answers nothing, ever."""

    name = "hanging"

    def __init__(self) -> None:
        self.running = 0
        self.asked = 0

    def complete(self, request: Request) -> Reply | Failure:
        self.asked += 1
        threading.Event().wait(30)
        return Reply("")

    async def acomplete(self, request: Request) -> Reply | Failure:
        self.asked += 1
        self.running += 1
        try:
            await asyncio.sleep(30)
        finally:
            self.running -= 1
        return Reply("")


@pytest.mark.parametrize("awaited", [False, True])
def test_a_document_is_delivered_by_its_deadline_whatever_the_model_does(awaited: bool) -> None:
    model = Hanging()
    writer = SummaryWriter(model, deadline=0.3)
    start = time.monotonic()
    summary = asyncio.run(writer.awrite(TOWNSHIP)) if awaited else writer.write(TOWNSHIP)
    assert 0.2 <= time.monotonic() - start < 2.0
    assert summary.text == SummaryWriter().write(TOWNSHIP).text
    assert set(summary.trace.fallbacks.values()) == {"timeout: no answer in time for the deadline of 0.3 s"}
    assert model.running == 0


def slowly(step: float) -> Generator[Wave, tuple[Answer, ...], float]:
    """A flow whose every step takes the processor for a while; in the end, the moment of it."""
    for _ in range(2):
        time.sleep(step)
        yield (Request("draft", "s1", ()),)
    time.sleep(step)
    return time.monotonic()


@pytest.mark.parametrize("awaited", [False, True])
def test_time_is_kept_for_what_follows_the_last_answer(awaited: bool) -> None:
    start = time.monotonic()
    driver = Driver(Hanging(), deadline=1.2)
    end = asyncio.run(driver.arun(slowly(0.06))) if awaited else driver.run(slowly(0.06))
    assert 0.5 < end - start < 1.2


def test_documents_that_share_a_processor_keep_their_deadline_all_of_them() -> None:
    start = time.monotonic()

    async def all_of_them() -> list[float]:
        drivers = [Driver(Hanging(), deadline=2.0) for _ in range(6)]
        return await asyncio.gather(*(driver.arun(slowly(0.015)) for driver in drivers))

    assert max(asyncio.run(all_of_them())) - start < 2.0


COLD = """
import asyncio, sys, time
from summarywriter import SummaryWriter, load_facts

class Hanging:
    name = "hanging"
    async def acomplete(self, request):
        await asyncio.sleep(60)

facts = load_facts(sys.argv[1])
start = time.monotonic()
asyncio.run(SummaryWriter(Hanging(), deadline=3.0).awrite(facts))
print(time.monotonic() - start)
"""


def test_the_first_document_of_a_process_keeps_its_deadline_too() -> None:
    """The lexicons are not read when there is no time left."""
    sheet = next(path for path in SHEETS if path.stem == "township-fire-month")
    done = subprocess.run([sys.executable, "-c", COLD, sheet], check=True, capture_output=True, text=True)
    assert float(done.stdout) < 3.1


def test_a_document_that_is_cancelled_leaves_nothing_running() -> None:
    model = Hanging()

    async def cancelled() -> None:
        task = asyncio.ensure_future(SummaryWriter(model).awrite(TOWNSHIP))
        await asyncio.sleep(0.1)
        assert model.running > 1
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert model.running == 0
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(cancelled())


def test_one_writer_serves_many_threads() -> None:
    good = good_model(TOWNSHIP)
    writer = SummaryWriter(good)
    expected = writer.write(TOWNSHIP).text
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: writer.write(TOWNSHIP).text, range(16))) == {expected}


def test_nothing_is_logged_but_under_the_librarys_name(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    SummaryWriter(good_model(TOWNSHIP)).write(TOWNSHIP)
    assert {record.name.split(".")[0] for record in caplog.records} == {"summarywriter"}
    handlers = logging.getLogger("summarywriter").handlers
    assert {type(handler) for handler in handlers} <= {logging.NullHandler}
