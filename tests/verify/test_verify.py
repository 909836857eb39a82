"""What a caller sees: coverage, suggestions, filled texts, speed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from summarywriter.facts.index import FactIndex
from summarywriter.facts.load import load_facts
from summarywriter.facts.model import EventFacts
from summarywriter.plan.make import make_plan
from summarywriter.slots import Block, Cite, Draft, Filled, Slot
from summarywriter.slots.filling import fill
from summarywriter.verify import Severity, verify, verify_text

EVENTS = Path(__file__).parents[2] / "fixtures" / "events"


@pytest.fixture(scope="module")
def fire() -> EventFacts:
    return load_facts(EVENTS / "township-fire-month.yaml")


def _filled(facts: EventFacts, *pieces: str | Slot | Cite) -> Filled:
    draft = Draft("s1", (Block("paragraph", pieces),), "model")
    return fill((draft,), FactIndex.of(facts), script=facts.script)


def test_altered_figure_comes_with_what_to_write(fire: EventFacts) -> None:
    text = "全镇共发放宣传单3800余份。"

    (finding,) = verify_text(text, fire).errors

    assert (finding.code, finding.text, finding.suggestion) == ("SW102", "3800余份", "3600余份")
    assert finding.facts == ("t1",)
    assert text[: finding.start] + finding.suggestion + text[finding.end :] == "全镇共发放宣传单3600余份。"


def test_position_is_in_the_text_as_written() -> None:
    facts = EventFacts.model_validate({"title": "小结", "totals": ["发放手册 300册"]})
    text = "开头。\n共發放手冊３５０冊。"

    (finding,) = verify_text(text, facts).errors

    assert text[finding.start : finding.end] == "３５０冊"
    assert (finding.line, finding.column) == (2, 6)


def test_coverage_names_what_is_untold(fire: EventFacts) -> None:
    report = verify_text("全镇共发放宣传单3600余份。", fire)

    assert report.coverage["total"].told == 1
    assert report.coverage["total"].untold == ("t2", "t3")
    assert "t1" not in report.untold
    assert "m2" not in report.untold  # not required


def test_empty_text_tells_nothing(fire: EventFacts) -> None:
    report = verify_text("", fire)

    assert report.findings == ()
    assert report.told == 0
    assert report.total > 0


def test_figure_of_a_slot_is_right_by_construction_and_its_words_are_not(fire: EventFacts) -> None:
    right = verify(_filled(fire, "启动仪式", Slot("a1.f1"), "参加。"), FactIndex.of(fire))
    wrong = verify(_filled(fire, "共安装独立式烟感报警器", Slot("a4.f3"), "。"), FactIndex.of(fire))

    assert not right.errors
    assert [(f.code, f.text) for f in wrong.errors] == [("SW105", "80多个")]


def test_figure_of_a_slot_can_still_be_denied(fire: EventFacts) -> None:
    report = verify(_filled(fire, "其中尚未当场整改", Slot("a2.f3"), "。"), FactIndex.of(fire))

    assert "SW414" in {f.code for f in report.errors}


def test_cited_clause_that_says_something_else(fire: EventFacts) -> None:
    told = verify(_filled(fire, "现场播放火灾案例短片", Cite(("a1.d1",)), "。"), FactIndex.of(fire))
    not_told = verify(_filled(fire, "现场气温回升", Cite(("a1.d1",)), "。"), FactIndex.of(fire))

    assert "a1.d1" not in told.untold
    assert "SW413" not in {f.code for f in told.findings}
    assert "SW413" in {f.code for f in not_told.findings}


def test_lost_figure_is_told_by_a_gap() -> None:
    facts = EventFacts.model_validate({"title": "小结", "totals": ["赠送科普书籍 20xx余册"]})

    assert verify_text("共赠送科普书籍〔待补〕。", facts).untold == ()
    assert [f.code for f in verify_text("共赠送科普书籍2100余册。", facts).errors] == ["SW108"]


def test_words_of_a_fact_are_never_held_against_the_text() -> None:
    facts = EventFacts.model_validate(
        {"title": "小结", "results": ["首次实现全镇覆盖，受到群众一致好评"], "totals": ["发放手册 300册"]}
    )

    report = verify_text("首次实现全镇覆盖，受到群众一致好评。发放手册300册。", facts)

    assert report.findings == ()


@pytest.mark.parametrize("path", sorted(EVENTS.glob("*.yaml")), ids=lambda path: path.stem)
def test_own_prose_is_grounded_and_whole(path: Path) -> None:
    if path.stem.startswith("hostile"):
        pytest.skip("sheets that are meant to be wrong")
    realise = pytest.importorskip("summarywriter.realise").realise
    facts = load_facts(path)
    index = FactIndex.of(facts)
    plan = make_plan(facts)

    report = verify(fill(realise(plan, index), index, script=facts.script), index, plan)

    assert [(f.code, f.text) for f in report.errors] == []


def test_long_text_takes_a_tenth_of_a_second() -> None:
    facts = load_facts(EVENTS / "city-science-week.yaml")
    text = (EVENTS.parent / "drafts" / "controls" / "complete-city-science-week.txt").read_text(
        encoding="utf-8"
    ) * 5
    verify_text(text, facts)

    started = time.perf_counter()
    report = verify_text(text, facts)
    taken = time.perf_counter() - started

    assert report.total > 100
    assert taken < 1.0  # a tenth on an idle machine; the margin is for a busy one


def test_unverifiable_findings_do_not_count_against_a_text(fire: EventFacts) -> None:
    report = verify_text("大家说说笑笑，十分开心。", fire)

    assert [f.severity for f in report.findings] == [Severity.UNVERIFIABLE]
    assert report.rank[0] == report.rank[2] == 0


def test_a_list_of_days_is_told_when_every_day_is() -> None:
    facts = EventFacts.model_validate(
        {"title": "小結", "activities": [{"name": "集市", "date": "9月7日、14日", "figures": ["參加 30人"]}]}
    )
    whole = verify_text("9月7日、14日，舉辦集市，30人參加。", facts)
    assert whole.errors == ()
    assert "a1.date" not in whole.untold
    assert "a1.date" in verify_text("9月7日，舉辦集市，30人參加。", facts).untold
    assert [f.code for f in verify_text("9月7日、15日，舉辦集市，30人參加。", facts).errors] == ["SW202"]


def test_a_recurring_day_is_told_in_its_own_words() -> None:
    facts = EventFacts.model_validate({"title": "小結", "activities": [{"name": "清掃", "date": "每周六"}]})
    assert "a1.date" not in verify_text("每周六開展清掃。", facts).untold
    assert "a1.date" in verify_text("開展清掃。", facts).untold


def test_a_figure_that_the_sheet_itself_calls_small_may_be_called_so() -> None:
    facts = EventFacts.model_validate({"title": "小結", "problems": ["經費偏緊，每人每天標準僅60元"]})
    assert verify_text("經費偏緊，每人每天標準僅60元。", facts).errors == ()


def test_a_next_step_in_the_sheets_words_does_not_turn_the_problem_round() -> None:
    facts = EventFacts.model_validate(
        {
            "title": "小结",
            "problems": ["各分公司失物登记系统未联网"],
            "next_steps": ["拟将失物登记系统联网"],
        }
    )

    planned = verify_text("三是各分公司失物登记系统未联网。我公司拟将失物登记系统联网。", facts)
    turned = verify_text("各分公司失物登记系统联网。我公司拟将失物登记系统联网。", facts)

    assert not [finding for finding in planned.findings if finding.code == "SW406"]
    assert [finding.code for finding in turned.errors if finding.code == "SW406"] == ["SW406"]


def test_a_text_planned_here_and_done_there_is_no_plan_told_as_done() -> None:
    facts = EventFacts.model_validate(
        {
            "title": "小结",
            "activities": [
                {"name": "义诊", "date": "3月5日", "place": "东湖", "details": ["为老人测量血压"]},
                {"name": "庙会", "status": "planned", "place": "东湖", "details": ["为老人测量血压"]},
                {"name": "清淤", "status": "planned", "place": "西湖"},
            ],
        }
    )

    report = verify_text("3月5日，义诊在东湖开展，为老人测量血压。拟在东湖举办庙会，为老人测量血压。", facts)
    told = verify_text("清淤已在西湖开展。", facts)

    assert not [finding for finding in report.findings if finding.code == "SW408"]
    assert [finding for finding in told.findings if finding.code == "SW408"]


def test_a_figures_own_actor_is_no_stranger_though_it_hosts_another_activity() -> None:
    facts = EventFacts.model_validate(
        {
            "title": "小结",
            "activities": [
                {
                    "name": "防汛演练",
                    "organisers": {"names": ["县水利局"]},
                    "figures": [
                        "转移群众 153人",
                        {"actor": "县公安局", "action": "出动", "object": "警车", "value": 5, "unit": "辆"},
                    ],
                },
                {"name": "反诈宣讲", "organisers": {"names": ["县公安局"]}, "figures": ["宣讲 3场"]},
            ],
        }
    )

    report = verify_text("县水利局组织防汛演练。转移群众153人，县公安局出动警车5辆。", facts)

    assert not [finding for finding in report.findings if finding.code == "SW306"]
