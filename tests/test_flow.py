"""The flow: waves in order, what is kept of their answers, and that a document always comes out."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarywriter.assemble import Checked, check
from summarywriter.chat import Failure, FailureKind, Reply, Request
from summarywriter.draft import Brief, draft_request, number, written
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.flow import Answer, Limits, Wave, flow
from summarywriter.plan import DocumentPlan, make_plan
from summarywriter.plan.split import divided, halves
from summarywriter.prompts import Prompts
from summarywriter.realise import realise
from summarywriter.summary import Trace
from summarywriter.testing import CharCounter
from summarywriter.tracing import TraceLog

EVENT = EventFacts.model_validate(
    {
        "title": "臨江鎮消防宣傳月活動總結",
        "level": "township",
        "unit": "臨江鎮人民政府",
        "period": "2025-11-01/2025-11-30",
        "activities": [
            {
                "name": "啟動儀式",
                "date": "2025-11-01",
                "place": "鎮文化廣場",
                "figures": ["參加 260餘人", "發放宣傳手冊 1500份"],
            },
            {
                "name": "應急疏散演練",
                "date": "2025-11-09",
                "place": "鎮中心學校",
                "details": ["演示滅火器使用方法"],
            },
        ],
        "totals": ["發放宣傳資料 4200餘份"],
        "problems": ["個別商鋪用電線路老化"],
    }
)
INDEX = FactIndex.of(EVENT)
PLAN = make_plan(INDEX)
TABLES = {section.id: number(section, INDEX) for section in PLAN.sections}
GOOD = {draft.section: written(draft, TABLES[draft.section]) for draft in realise(PLAN, INDEX)}
ASKED = [section.id for section in PLAN.sections if section.units]
NO_REMARKS = '{"remarks": []}'

Respond = Callable[[Request], "Answer | str"]


def good(request: Request) -> str:
    """What a model that does everything right would say."""
    return NO_REMARKS if request.stage == "critique" else GOOD[request.section]


def run(
    respond: Respond, *, limits: Limits | None = None, plan: DocumentPlan = PLAN, privacy: str = "open"
) -> tuple[Checked, list[Wave], Trace]:
    log = TraceLog()
    brief = Brief(plan, INDEX, Prompts(script=plan.script), privacy)  # type: ignore[arg-type]
    waves: list[Wave] = []
    running: Generator[Wave, tuple[Answer, ...], Checked] = flow(brief, limits or Limits(), log)
    try:
        wave = next(running)
        while True:
            waves.append(wave)
            answers = [respond(request) for request in wave]
            wave = running.send(tuple(Reply(a) if isinstance(a, str) else a for a in answers))
    except StopIteration as end:
        return end.value, waves, log.trace("scripted")


def stages(waves: list[Wave]) -> list[list[str]]:
    return [[request.stage for request in wave] for wave in waves]


def sections(wave: Wave) -> list[str]:
    return [request.section for request in wave]


def test_all_drafts_are_asked_for_at_once_then_one_critique() -> None:
    document, waves, trace = run(good)
    assert sections(waves[0]) == ASKED
    assert stages(waves)[1] == ["critique"]
    assert document.rank[:2] == (0, 0)
    assert trace.fallbacks == {}
    assert all(draft.origin == "model" for draft in document.drafts if draft.section in ASKED)
    assert "260餘人" in document.filled.text


def test_an_invented_figure_is_put_to_the_model_and_its_revision_is_taken() -> None:
    victim = ASKED[-1]

    def respond(request: Request) -> str:
        spoilt = request.stage == "draft" and request.section == victim
        return GOOD[victim] + "共培訓987人。" if spoilt else good(request)

    document, waves, trace = run(respond)
    assert sections(waves[2]) == [victim]
    asked = waves[2][0].messages[1].content
    assert "987人" in asked
    assert "987人" not in document.filled.text
    accepted = [e.data["accepted"] for e in trace.events if e.kind == "decision" and e.stage == "revise"]
    assert accepted == [True]
    assert trace.fallbacks == {}


def test_a_revision_is_asked_for_with_all_that_the_draft_was_asked_for() -> None:
    victim = ASKED[-1]

    def respond(request: Request) -> str:
        return good(request) + ("共培訓987人。" if request.stage == "draft" else "")

    _, waves, _ = run(respond)
    drafted = next(r for r in waves[0] if r.section == victim).messages[1].content
    revised = next(r for r in waves[2] if r.section == victim).messages[1].content
    assert "字。" in drafted.split("<facts>")[0]
    assert revised.startswith(drafted)


def test_a_revision_has_the_examples_only_where_the_drafts_slots_were_wrong() -> None:
    """The rules are the same to the letter, so that a service has them cached."""
    first, second, *_ = ASKED

    def respond(request: Request) -> str:
        if request.stage == "draft" and request.section == first:
            return good(request) + "另有{77}。"
        return good(request) + ("共培訓987人。" if request.stage == "draft" else "")

    _, waves, _ = run(respond)
    drafted = waves[0][0].messages[0].content
    revised = {request.section: request.messages[0].content for request in waves[2]}
    assert revised[first] == drafted
    assert "例一" not in revised[second]
    assert revised[second].partition("\n\n本文")[0] == drafted.partition("\n例一")[0]
    assert drafted.endswith(revised[second].partition("\n\n本文")[2])


def test_the_critic_is_not_shown_a_heading_as_a_section_without_text() -> None:
    first, *others = PLAN.sections
    above = replace(first, id="s0", heading="活動情況", number="一、", level=1, units=())
    plan = replace(PLAN, sections=(above, first, *others))
    _, waves, _ = run(good, plan=plan)
    asked = waves[1][0].messages[1].content
    assert "[s0]" not in asked
    assert f"[{first.id}] 一、活動情況 " in asked


def test_a_lost_fact_is_named_by_its_number() -> None:
    victim = next(s for s in ASKED if "a2.d1" in TABLES[s].facts)
    n = TABLES[victim].number("a2.d1")

    def respond(request: Request) -> str:
        if request.stage == "draft" and request.section == victim:
            return (
                GOOD[victim]
                .replace("演示滅火器使用方法", "")
                .replace(f"{{{n}}}", "")
                .replace(f"{{^{n}}}", "")
            )
        return good(request)

    _, waves, _ = run(respond)
    assert f"漏寫：{{^{n}}}" in waves[2][0].messages[1].content


def test_a_revision_that_makes_things_worse_is_dropped() -> None:
    victim = ASKED[0]

    def respond(request: Request) -> str:
        if request.stage == "critique":
            return json.dumps({"remarks": [{"section": victim, "quote": "", "kind": "flow", "advice": "改"}]})
        return GOOD[request.section] + ("培訓555人。" if request.stage == "revise" else "")

    document, waves, trace = run(respond)
    assert victim in sections(waves[2])
    assert "555人" not in document.filled.text
    assert [e.data["accepted"] for e in trace.events if e.kind == "decision" and e.section == victim] == [
        False
    ]


def test_a_section_with_errors_after_all_rounds_is_realised() -> None:
    victim = ASKED[-1]

    def respond(request: Request) -> str:
        return good(request) + ("共培訓987人。" if request.section == victim else "")

    document, _, trace = run(respond)
    assert "987人" not in document.filled.text
    assert list(trace.fallbacks) == [victim]
    assert "SW101" in trace.fallbacks[victim]
    assert document.rank[:2] == (0, 0)


def test_sections_that_are_realised_in_the_end_are_verified_once_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a deadline nothing else may take time."""
    verified: list[object] = []

    def counted(*args: Any, **options: Any) -> Checked:
        verified.append(args)
        return check(*args, **options)

    monkeypatch.setattr("summarywriter.manuscript.check", counted)

    def respond(request: Request) -> Answer | str:
        late = Failure(FailureKind.TIMEOUT, "late")
        return good(request) + "共培訓987人。" if request.stage == "draft" else late

    document, _, trace = run(respond)
    assert sorted(trace.fallbacks) == sorted(ASKED)
    assert len(ASKED) > 2
    assert len(verified) == 2  # the drafts, and the document that is delivered
    assert document.rank[:2] == (0, 0)
    assert "987" not in document.filled.text


def test_a_number_that_no_fact_has_is_told_to_the_model() -> None:
    victim = ASKED[0]

    def respond(request: Request) -> str:
        return good(request) + (
            "共{77}參加。" if (request.stage, request.section) == ("draft", victim) else ""
        )

    document, waves, trace = run(respond)
    assert "編號（77）不在事實中" in waves[2][0].messages[1].content
    assert trace.fallbacks == {}
    assert document.slips == {}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Failure(FailureKind.REFUSED, "content filter"), "refused: content filter"),
        (Reply("<think>沒想完"), "format: no text in the reply"),
        (Reply(""), "format: no text in the reply"),
    ],
)
def test_a_draft_that_cannot_be_used_is_realised(answer: Answer, reason: str) -> None:
    victim = ASKED[0]

    def respond(request: Request) -> Answer | str:
        return answer if (request.stage, request.section) == ("draft", victim) else good(request)

    document, _, trace = run(respond)
    assert trace.fallbacks == {victim: reason}
    assert document.rank[:2] == (0, 0)


def test_a_service_that_is_down_still_gives_a_whole_document_and_is_not_asked_again() -> None:
    document, waves, trace = run(lambda _: Failure(FailureKind.SERVER, "503"))
    assert len(waves) == 1
    assert list(trace.fallbacks) == ASKED
    assert document.rank[:2] == (0, 0)
    assert document.drafts[1:-1] == realise(PLAN, INDEX)


@pytest.mark.parametrize(
    "answer", [Failure(FailureKind.TIMEOUT, "60 s"), Reply("沒有意見"), Reply("{", "length")]
)
def test_a_critique_that_failed_is_no_critique(answer: Answer) -> None:
    document, _, trace = run(lambda request: answer if request.stage == "critique" else good(request))
    assert trace.fallbacks == {}
    assert [e.data["remarks"] for e in trace.events if e.kind == "remarks"] == [[]]
    assert document.rank[:2] == (0, 0)


def test_rounds_are_as_many_as_asked_for() -> None:
    assert [s for s in stages(run(good, limits=Limits(rounds=0))[1]) if "critique" in s] == []
    assert [s for s in stages(run(good, limits=Limits(rounds=2))[1]) if "critique" in s] == [["critique"]] * 2


def test_a_request_that_does_not_fit_the_window_is_not_sent() -> None:
    document, waves, trace = run(good, limits=Limits(window=600, counter=CharCounter()))
    assert waves == []
    assert all(reason.startswith("budget:") for reason in trace.fallbacks.values())
    assert {section.split(".")[0] for section in trace.fallbacks} == set(ASKED)
    assert document.rank[:2] == (0, 0)


BIG = next(section for section in PLAN.sections if len(section.units) > 1)


def test_a_section_larger_than_the_window_is_asked_for_in_parts() -> None:
    """As its parts are printed, they are one section still: one heading, its paragraphs in order."""
    brief = Brief(PLAN, INDEX, Prompts(script=PLAN.script))
    sizes = [
        len("".join(m.content for m in draft_request(s, brief).messages)) for s in PLAN.sections if s.units
    ]
    window = max(sizes) + 2 * 8 + 512 - 20

    def respond(request: Request) -> str:
        return NO_REMARKS if request.stage == "critique" else answers[request.section]

    parts = halves(BIG, INDEX)
    assert parts is not None
    plan = divided(PLAN, parts)
    answers = {
        d.section: written(d, number(s, INDEX))
        for d, s in zip(realise(plan, INDEX), plan.sections, strict=True)
    }
    document, waves, trace = run(respond, limits=Limits(window=window, counter=CharCounter()))
    assert [s for s in sections(waves[0]) if s.startswith(BIG.id)] == [BIG.id, f"{BIG.id}.2"]
    assert trace.fallbacks == {}
    assert document.rank[:2] == (0, 0)
    assert [line.kind for line in document.filled.lines].count("heading") == sum(
        bool(section.heading) and not section.run_in for section in PLAN.sections
    )
    assert document.plan.sections[0] == PLAN.sections[0]


def test_a_draft_that_was_cut_off_is_asked_for_with_more_room_once_then_in_parts() -> None:
    parts = halves(BIG, INDEX)
    assert parts is not None
    plan = divided(PLAN, parts)
    answers = {
        d.section: written(d, number(s, INDEX))
        for d, s in zip(realise(plan, INDEX), plan.sections, strict=True)
    }
    whole = len(BIG.facts)

    def respond(request: Request) -> Answer | str:
        if request.section == BIG.id and request.messages[1].content.count("\n") > whole - 2:
            return Reply("寫到一半", "length")
        return good(request) if request.section not in (BIG.id, f"{BIG.id}.2") else answers[request.section]

    document, waves, trace = run(respond)
    assert [(sections(wave), wave[0].max_tokens) for wave in waves[1:3]] == [
        ([BIG.id], 4096),
        ([BIG.id, f"{BIG.id}.2"], 4096),
    ]
    assert stages(waves)[3] == ["critique"]
    assert trace.fallbacks == {}
    assert document.rank[:2] == (0, 0)
    assert "寫到一半" not in document.filled.text


def test_with_a_ceiling_on_replies_a_draft_that_was_cut_off_is_asked_for_in_parts_at_once() -> None:
    """More room than the ceiling is not to be had: the same request again would be cut off again."""
    met: list[Request] = []

    def respond(request: Request) -> Answer | str:
        if request.section.startswith(BIG.id):
            met.append(request)
            return Reply("寫到一半", "length") if len(met) == 1 else "x"
        return good(request)

    _, waves, _ = run(respond, limits=Limits(ceiling=200))
    assert sections(waves[1]) == [BIG.id, f"{BIG.id}.2"]
    assert [request.max_tokens for request in waves[1]] == [None, None]


def test_one_that_is_cut_off_however_small_is_realised() -> None:
    document, waves, trace = run(
        lambda r: (
            good(r)
            if r.section != BIG.id and not r.section.startswith(f"{BIG.id}.")
            else Reply("半", "length")
        )
    )
    assert {section.split(".")[0] for section in trace.fallbacks} == {BIG.id}
    assert all("truncated" in reason for reason in trace.fallbacks.values())
    assert len(waves) < 8
    assert document.rank[:2] == (0, 0)


def test_what_is_too_long_for_the_service_is_asked_for_in_parts_at_once() -> None:
    def respond(request: Request) -> Answer | str:
        big = request.section == BIG.id and not sent.append(request) and len(sent) == 1
        return Failure(FailureKind.TOO_LONG, "413") if big else good_or_raw(request)

    def good_or_raw(request: Request) -> str:
        return "x" if request.section.startswith(BIG.id) else good(request)

    sent: list[Request] = []
    _, waves, _ = run(respond)
    assert sections(waves[1]) == [BIG.id, f"{BIG.id}.2"]
    assert waves[1][0].max_tokens is None


@pytest.mark.parametrize(
    "said",
    [
        "很抱歉，我無法協助撰寫這類內容。",
        "作為一個AI語言模型，我不能提供。",
        "I'm sorry, but I can't help with that.",
    ],
)
def test_a_refusal_in_words_is_not_asked_again(said: str) -> None:
    victim = ASKED[0]
    document, waves, trace = run(lambda r: said if r.section == victim else good(r))
    assert trace.fallbacks[victim].startswith("refused: ")
    assert [r.section for wave in waves for r in wave].count(victim) == 1
    assert document.rank[:2] == (0, 0)


def test_a_filter_that_stops_a_text_is_a_refusal() -> None:
    victim = ASKED[0]
    answer = Reply(f"{GOOD[victim][:9]}", "content_filter")
    _, waves, trace = run(lambda r: answer if r.section == victim else good(r))
    assert trace.fallbacks == {victim: "refused: finish_reason content_filter"}
    assert stages(waves)[1] == ["critique"]


def test_the_same_answers_give_the_same_document_and_trace() -> None:
    first, second = run(good), run(good)
    assert first[0] == second[0]
    assert first[2] == second[2]


def test_a_masked_model_is_shown_no_figure_in_any_wave() -> None:
    victim = ASKED[-1]

    def respond(request: Request) -> str:
        if request.stage == "critique":
            return json.dumps({"remarks": [{"section": victim, "kind": "flow", "advice": "順一下"}]})
        return good(request) + (
            "培訓987人。" if request.stage == "draft" and request.section == victim else ""
        )

    _, waves, _ = run(respond, privacy="mask")
    sent = "".join(m.content for wave in waves for request in wave for m in request.messages)
    for secret in ("260", "1500", "4200", "臨江鎮", "11月1日", "鎮文化廣場"):
        assert secret not in sent
    assert "SW101" in sent
    assert "順一下" in sent


def test_the_trace_tells_every_step_as_plain_data() -> None:
    _, waves, trace = run(good)
    kinds = [event.kind for event in trace.events]
    assert kinds.count("request") == kinds.count("reply") == sum(map(len, waves))
    assert json.loads(json.dumps([dict(event.data) for event in trace.events], ensure_ascii=False))
    assert trace.events[0].data == {"requests": len(ASKED)}
    assert trace.events[1].data["key"] == waves[0][0].key


@settings(max_examples=40)
@given(
    st.lists(
        st.text(alphabet="{}^1239:名｛｝【】《》“”。，\n#*`<think>/5月600人甲乙", max_size=80),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_a_model_says_a_whole_document_without_errors_comes_out(replies: list[str]) -> None:
    said = itertools.cycle(replies)
    document, _, _ = run(lambda _: next(said))
    assert document.rank[:2] == (0, 0)
    assert document.filled.text.startswith(EVENT.title)
    for claim in document.filled.claims:
        assert 0 <= claim.start < claim.end <= len(document.filled.text)
