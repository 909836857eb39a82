"""Single facts: ids, what they take over, and what stands inside free text."""
# ruff: noqa: E501  a sheet or a case on one line is read as one

from __future__ import annotations

import pytest

from summarywriter.chinese.dates import format_date
from summarywriter.chinese.script import Script
from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.facts.load import loads_facts
from summarywriter.facts.model import Status


def index(text: str) -> FactIndex:
    return FactIndex.of(loads_facts("title: 小結\n" + text))


def test_ids_go_by_position_or_as_given():
    facts = index("""\
basis: [{title: 通知, issuers: [甲局], number: 甲〔2025〕1號}]
organisers: [{role: 主辦, names: [甲局]}]
people: [{name: 李露萍}]
activities:
  - name: 開幕式
    place: 廣場
    people: [{name: 李露萍, role: 講話}]
    details: [擺放展板]
    quotes: [科學春天]
    figures: [{id: big, action: 參加, value: 600, unit: 人}, {action: 參加, object: 學生, value: 60, unit: 人, of: big}]
  - {id: x, name: 講座, figures: [{id: 1, action: 聽講, value: 30, unit: 人}]}
totals: [發放資料 500份]
measures: [包片]
""")
    assert list(facts.facts) == [
        "b1", "b1.issuers", "b1.number", "o1", "p1", "a1", "a1.place", "a1.p1", "a1.d1", "a1.s1", "a1.big", "a1.f2",
        "x", "x.f1", "t1", "m1",
    ]  # fmt: skip
    assert facts.whole("a1.f2") is facts["a1.big"]
    assert facts.whole("t1") is None


@pytest.mark.parametrize(("date", "time", "told"), [
    ("2018-05-19", "上午", "2018年5月19日上午"),
    ("5月19日", "上午9時", "5月19日上午9時"),
    ("5月19日上午", "9時", "5月19日上午9時"),
    ("5月19日上午9時", "上午9時", "5月19日上午9時"),
    ("5月19日上午", "上午9時", "5月19日上午9時"),
    ("20XX-05-17", "晚上", "20XX年5月17日晚上"),
])  # fmt: skip
def test_time_of_day_is_told_with_the_date(date, time, told):
    facts = index(f"activities: [{{name: 開幕式, date: {date}, time: {time}}}]\n")
    value = facts["a1.date"].date
    assert value is not None
    assert format_date(value, script=Script.HANT) == told


def test_a_time_with_no_date_is_a_fact():
    fact = index("activities: [{name: 開幕式, time: 上午9時}]\n")["a1.date"]
    assert fact.kind is FactKind.DATE
    assert fact.text == "上午9時"
    assert fact.date is not None
    assert fact.date.time == "上午9時"


def test_required_and_status_are_taken_over():
    facts = index("""\
activities:
  - {name: 觀星夜, status: planned, required: false, details: [請家長到校, {text: 因雨改期, status: done}], figures: [參加 60人]}
""")
    assert {fact.id for fact in facts if fact.required} == set()
    assert facts["a1.d1"].status is Status.PLANNED
    assert facts["a1.d2"].status is Status.DONE
    assert facts["a1.f1"].status is Status.PLANNED


@pytest.mark.parametrize(("clause", "status"), [
    ("擬在商圈設立諮詢點", "planned"), ("拟请天文爱好者到校", "planned"), ("計劃添置便攜超聲儀", "planned"),
    ("鎮政府計劃年內修繕祠堂", "planned"), ("即將開放二樓展廳", "planned"), ("將於6月舉辦決賽", "planned"),
    ("正在調試第二條生產線", "ongoing"), ("目前正分批改造", "ongoing"), ("下一步，向村組推廣", "planned"),
    ("模擬上游水位驟漲", "done"), ("擬定活動方案", "done"), ("按計劃完成植樹", "done"), ("草擬倡議書", "done"),
    ("將書籍送給學生", "done"), ("將資料發到戶", "done"), ("宣傳計劃生育政策", "done"), ("制定三年行動計劃", "done"),
    ("公布招生計劃", "done"), ("糾正在職人員違規", "done"), ("開展虛擬實驗", "done"),
])  # fmt: skip
def test_words_say_whether_a_thing_is_done(clause, status):
    assert index(f"activities: [{{name: 活動, details: [{clause}]}}]\n")["a1.d1"].status == status


def test_a_status_given_overrides_the_words():
    facts = index(
        "measures: [{text: 擬設諮詢點, status: done}]\nnext_steps: [補設路燈, {text: 已補設路燈, status: done}]\n"
    )
    assert [facts[key].status for key in ("m1", "n1", "n2")] == [Status.DONE, Status.PLANNED, Status.DONE]


def test_what_stands_in_free_text_is_a_fact_with_its_place():
    facts = index("media: [5月3日《東瀾新報》刊發稿件64篇]\n")
    found = {fact.kind: fact for fact in facts.parts("v1")}
    assert found[FactKind.QUANTITY].text == "64篇"
    assert found[FactKind.TEXT_DATE].text == "5月3日"
    assert found[FactKind.QUOTATION].text == "東瀾新報"
    assert all(fact.span is not None and fact.text in facts["v1"].text for fact in found.values())


def test_every_fact_knows_its_line():
    event = loads_facts(
        "title: 小結\nactivities:\n  - name: 換書\n    place: 廣場\n    figures:\n      - 換書 120冊\n"
    )
    lines = {fact.id: event.origin.line(fact.path) for fact in FactIndex.of(event)}
    assert lines == {"a1": 3, "a1.place": 4, "a1.f1": 6}


def test_a_figure_among_results_becomes_a_clause():
    facts = index("results: [{action: 轉診, object: 重症患者, value: 23, unit: 人}]\n")
    assert facts["r1"].text == "轉診重症患者23人"
    assert facts["r1.q1"].text == "23人"


def test_an_enumeration_is_read_with_its_total():
    [group] = loads_facts("title: 小結\n組織單位: 市科協、市司法局等15個單位\n活動: [換書]\n").organisers
    assert (group.names, group.total, group.complete) == (("市科協", "市司法局"), "15個單位", False)
