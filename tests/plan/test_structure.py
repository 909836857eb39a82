"""The structure that a reader sees: sections, numerals, parts, what is missing, and length."""

from __future__ import annotations

import pytest

from summarywriter.errors import EmptyFactsError, GenreError
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.plan import make_plan
from summarywriter.plan.length import estimate


def event(**sheet) -> EventFacts:
    return EventFacts.model_validate({"title": "測試鎮消防宣傳月活動總結", "unit": "測試鎮人民政府", **sheet})


def activity(name: str, *figures: str, **more: object) -> dict[str, object]:
    return {"name": name, "figures": list(figures), **more}


TOWNSHIP = {
    "level": "township",
    "theme": "全民消防",
    "period": "2025-11",
    "activities": [
        activity(
            "啟動儀式",
            "參加 260人",
            "擺放展板 32塊",
            place="鎮文化廣場",
            people=[{"name": "周立", "role": "講話"}],
        ),
        activity("應急疏散演練", "參與師生 840名", place="鎮中心學校", date="2025-11-09"),
        activity("入戶排查", "走訪住戶 612戶", "排查商鋪 143家"),
        activity("志願宣講", "宣講 14場", "覆蓋村組 9個"),
    ],
    "people": [{"name": "周立", "post": "副鎮長"}, {"name": "何山", "post": "站長"}],
    "totals": ["發放資料 4200份"],
    "problems": ["個別商鋪線路老化"],
    "next_steps": ["開展敬老院檢查"],
}


def headings(plan):
    return [f"{section.number}{section.heading}" for section in plan.sections if section.heading]


def test_a_township_is_told_under_themed_headings_with_the_totals_after_the_activities():
    plan = make_plan(event(**TOWNSHIP))
    assert plan.genre == "general"
    assert [section.role for section in plan.sections] == [
        "opening", "activities", "activities", "totals", "problems", "next_steps",
    ]  # fmt: skip
    first, second, *rest = headings(plan)
    assert first.startswith("一、")
    assert "以練促防" in first
    assert "入戶排查" in second
    assert rest == ["三、存在的問題", "四、下一步打算"]
    assert plan.sections[0].formulas == ("現將有關情況總結如下。",)


def test_a_person_is_told_where_they_act_and_the_others_at_the_opening():
    plan = make_plan(event(**TOWNSHIP))
    launch = next(unit for section in plan.sections for unit in section.units if unit.facts[0] == "a1")
    assert launch.facts.index("p1") + 1 == launch.facts.index("a1.p1")
    assert [unit.facts for unit in plan.sections[0].units if unit.kind == "people"] == [("p2",)]


def test_a_person_named_in_a_measure_stands_beside_it():
    plan = make_plan(event(**{**TOWNSHIP, "measures": ["站長何山帶隊落實責任", "每月通報"]}))
    unit = next(unit for section in plan.sections for unit in section.units if "m1" in unit.facts)
    assert unit.facts[:2] == ("m1", "p2")


def test_sections_without_facts_are_left_out_and_named():
    plan = make_plan(event(**TOWNSHIP))
    assert set(plan.gaps) == {"measures", "results"}
    assert all(section.units for section in plan.sections)


def test_parts_of_a_figure_follow_their_whole():
    acts = [
        activity("排查", activity) if isinstance(activity, str) else activity
        for activity in (
            {
                "name": "排查",
                "figures": [
                    {"action": "整改", "object": "隱患", "value": "52", "unit": "處", "of": "a1.f2"},
                    {"id": "f2", "action": "發現", "object": "隱患", "value": "57", "unit": "處"},
                    "檢查商鋪 12家",
                ],
            },
        )
    ]
    (section,) = make_plan(event(activities=acts)).sections
    assert section.units[-1].facts == ("a1", "a1.f2", "a1.f1", "a1.f3")


def test_three_facts_are_one_paragraph_without_heading_or_announcement():
    plan = make_plan(event(activities=[activity("舊衣回收", "回收舊衣 376件", date="2025-04-12")]))
    (section,) = plan.sections
    assert (section.heading, section.number, section.formulas) == (None, "", ())
    assert plan.genre == "bulletin"


def test_three_facts_are_one_paragraph_in_a_genre_of_headings_too():
    plan = make_plan(event(activities=[activity("舊衣回收", "回收舊衣 376件")]), "city-report")
    assert len(plan.sections) == 1


def test_an_empty_sheet_is_refused():
    with pytest.raises(EmptyFactsError):
        make_plan(event())


def test_an_unknown_genre_is_refused():
    with pytest.raises(GenreError):
        make_plan(event(**TOWNSHIP, genre="沒有這種"))


THEMES = ["知識競賽", "入戶排查", "應急演練", "集中宣講"]


def many(count: int, **more: object) -> EventFacts:
    names = [f"第{n + 1}次{THEMES[n % 4]}" for n in range(count)]
    return event(
        activities=[activity(name, "參加 30人") for name in names], level="township", theme="平安", **more
    )


@pytest.mark.parametrize(
    "genre", [None, "city-report", "district-report", "numbered-brief", "department-report"]
)
def test_twenty_four_activities_do_not_make_twenty_four_headings(genre):
    plan = make_plan(many(24), genre)
    assert 2 <= len(headings(plan)) <= 9
    kinds = [unit.kind for section in plan.sections for unit in section.units]
    assert "group" in kinds
    assert len(kinds) <= 16


def test_many_activities_of_no_theme_are_told_without_headings_that_lie():
    plan = make_plan(
        event(activities=[activity(f"第{n}件", "參加 30人") for n in range(20)], theme="平安"), "city-report"
    )
    told = [unit for section in plan.sections for unit in section.units if unit.kind in ("group", "activity")]
    assert len(told) <= 7
    assert headings(plan) == []  # one heading alone is no structure


def test_fields_make_subsections_in_the_order_of_the_sheet():
    acts = [
        activity("甲", "參加 30人", field="農村"),
        activity("乙", "參加 31人", field="校園閱讀"),
        activity("丙", "參加 32人", field="農村"),
        activity("丁會", "參加 33人"),
    ]
    plan = make_plan(event(activities=acts, level="city", problems=["甲處無水"], theme="平安"))
    assert plan.genre == "city-report"
    assert headings(plan) == [
        "一、基本情況", "（一）農村活動", "（二）校園閱讀", "（三）丁會", "二、存在的問題和不足",
    ]  # fmt: skip
    assert plan.sections[2].facts == ("a1", "a1.f1", "a3", "a3.f1")
    assert [section.level for section in plan.sections if section.heading] == [1, 2, 2, 2, 1]


def test_a_lone_heading_gives_its_place_to_its_subsections():
    acts = [
        activity("甲", "參加 30人", "贈書 2本", field="農村"),
        activity("乙", "參加 31人", "贈書 3本", field="企業"),
    ]
    plan = make_plan(event(activities=acts), "city-report")
    assert headings(plan) == ["一、農村活動", "二、企業活動"]
    assert all(section.level == 1 for section in plan.sections if section.heading)


def test_a_numbered_brief_has_run_in_heads_and_signs_instead_of_opening():
    plan = make_plan(event(activities=TOWNSHIP["activities"], level="district"))
    assert plan.genre == "numbered-brief"
    assert plan.signature == "測試鎮人民政府"
    assert [(section.number, section.run_in, section.mark) for section in plan.sections] == [
        (f"{n}.", True, "：") for n in range(1, 5)
    ]


def test_a_numbered_brief_opens_where_there_is_something_to_open_with():
    plan = make_plan(event(**TOWNSHIP), "numbered-brief")
    assert plan.sections[0].role == "opening"
    assert {"unit", "theme", "period"} <= set(plan.sections[0].facts)


def test_meetings_that_prepare_are_told_with_the_organisation():
    acts = [activity("籌備工作會議", details=["部署任務"]), *TOWNSHIP["activities"]]
    plan = make_plan(event(**{**TOWNSHIP, "activities": acts, "level": "district", "measures": ["制定方案"]}))
    organisation = next(section for section in plan.sections if section.role == "organisation")
    assert "a1" in organisation.facts
    assert "m1" in organisation.facts


def test_measures_stand_under_run_in_heads_that_they_bear_out():
    measures = ["市委宣傳部牽頭制定方案，各縣（區）分頭組織實施", "每週調度一次，月底通報進度"]
    acts = [activity("甲", "參加 30人", field="農村"), activity("乙", "參加 31人", field="企業")]
    plan = make_plan(event(activities=acts, measures=measures, level="city", theme="平安"))
    heads = [(s.number, s.heading, s.mark) for s in plan.sections if s.role == "measures" and s.run_in]
    assert heads == [("（一）", "統一部署，分頭落實", "。"), ("（二）", "按周調度，按月通報", "。")]


OPTIONAL = [{"text": f"可寫可不寫的細節第{n}條，寫了也無妨", "required": False} for n in range(6)]


def test_only_what_may_go_is_left_out_and_only_as_much_as_needed():
    sheet = event(**{**TOWNSHIP, "measures": OPTIONAL})
    index = FactIndex.of(sheet)
    full = make_plan(index)
    size = sum(estimate(index, section) for section in full.sections)
    assert full.left_out == ()
    shorter = make_plan(index, length=size - 30)
    assert set(shorter.left_out) == {"m5", "m6"}
    shortest = make_plan(index, length=100)
    assert {f"m{n}" for n in range(1, 7)} == {fact for fact in shortest.left_out if "." not in fact}
    assert shortest.length == 100


def test_a_part_does_not_outlive_its_whole():
    figures = [
        {"id": "f1", "action": "發現", "object": "隱患", "value": "57", "unit": "處", "required": False},
        {"action": "整改", "object": "隱患", "value": "52", "unit": "處", "of": "a1.f1"},
    ]
    sheet = event(activities=[{"name": "排查", "figures": figures}, *TOWNSHIP["activities"]])
    assert make_plan(sheet, length=50).left_out == ()  # the part is required, and needs the whole


def test_targets_never_ask_for_padding():
    index = FactIndex.of(event(**TOWNSHIP))
    for section in make_plan(index).sections:
        assert section.length is not None
        assert section.length <= estimate(index, section) * 1.4


@pytest.mark.parametrize(
    ("sheet", "genre"),
    [
        (
            {"level": "city", "theme": "平安", "basis": ["關於開展平安周的通知"], "period": "2025-05"},
            "department-report",
        ),
        ({"level": "city", "organisers": ["市委宣傳部", "市教育局"]}, "city-report"),
        ({"level": "province"}, "city-report"),
        ({"level": "district", "theme": "平安"}, "district-report"),
        ({"level": "district"}, "numbered-brief"),
        ({"level": "school"}, "general"),
        ({"level": "district", "genre": "簡報"}, "bulletin"),
    ],
)
def test_the_genre_follows_level_and_facts_and_says_why(sheet, genre):
    plan = make_plan(event(activities=TOWNSHIP["activities"], **sheet))
    assert plan.genre == genre
    assert "體裁" in plan.reason


def test_the_reason_and_the_headings_are_in_the_sheets_script():
    plan = make_plan(event(**{**TOWNSHIP, "script": "hans"}))
    assert "体裁采用“活动总结”" in plan.reason
    assert "三、存在的问题" in headings(plan)
    assert plan.sections[0].formulas == ("现将有关情况总结如下。",)


@pytest.mark.parametrize(
    "names",
    [
        ["義診進村", "健康講座", "免費測血壓"],
        ["全民植樹", "古樹養護", "認養樹苗"],
        ["反詐宣傳進社區", "反詐知識競賽", "銀行網點勸阻"],
        ["汛前巡查", "防汛演練", "轉移群眾"],
        ["慰問獨居老人", "上門理髮", "長者合唱"],
        ["運動會開幕式", "拔河比賽", "接力賽"],
        ["聽雨", "數星星", "看雲"],
    ],
)
def test_topics_never_seen_get_a_structure_without_praise(names):
    acts = [activity(name, "參加 30人", place="廣場") for name in names]
    plan = make_plan(event(activities=acts, problems=["人手不足"], theme="平安", level="township"))
    found = headings(plan)
    assert found
    assert not any(word in heading for heading in found for word in ("圓滿", "顯著", "精彩", "豐富", "高度"))


def test_meetings_keep_their_place_where_they_have_no_section_of_their_own():
    acts = [*TOWNSHIP["activities"][:2], activity("推進會"), *TOWNSHIP["activities"][2:]]
    plan = make_plan(event(**{**TOWNSHIP, "activities": acts}))
    told = [
        fact for section in plan.sections for fact in section.facts if fact in ("a1", "a2", "a3", "a4", "a5")
    ]
    assert told == ["a1", "a2", "a3", "a4", "a5"]


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (("2025-05-09", "2025-05-08"), ["a3", "a1"]),
        (("2025-05-09", "5月上旬"), ["a1", "a3"]),
        (("2025-05-09", None), ["a1", "a3"]),
    ],
)
def test_a_field_is_told_by_day_only_where_every_day_is_known(days, order):
    acts = [
        activity("甲", "參加 30人", field="農村", date=days[0]),
        activity("乙", "參加 31人", field="企業"),
        activity("丙", "參加 32人", field="農村", **({"date": days[1]} if days[1] else {})),
    ]
    plan = make_plan(event(activities=acts, level="city", theme="平安"))
    farms = next(section for section in plan.sections if section.heading == "農村活動")
    assert [fact for fact in farms.facts if fact in ("a1", "a3")] == order


LONG = [f"在第{n}個點上把準備好的材料逐件向到場的每一位居民作了細緻說明" for n in "一二三四"]


def test_small_activities_have_no_headings_of_their_own():
    acts = [
        activity("反詐宣傳進社區", "發放宣傳單 30份"),
        activity("防汛演練", "參加 9人"),
        activity("義診", "接診 8人"),
    ]
    plan = make_plan(event(activities=acts, level="district", theme="平安", problems=["人手不足"]))
    assert plan.genre == "district-report"
    assert not any(heading[:1].isdigit() for heading in headings(plan))


def test_a_composed_heading_does_not_repeat_a_heading_below_it():
    acts = [
        activity("反詐宣傳進社區", "發放宣傳單 30份", details=LONG),
        activity("防汛演練", "參加 9人", details=LONG),
        activity("義診", "接診 8人", details=LONG),
    ]
    plan = make_plan(event(activities=acts, level="district", theme="平安", problems=["人手不足"]))
    assert plan.genre == "district-report"
    assert "反詐宣傳" not in headings(plan)[0]
    assert headings(plan)[1:4] == ["1.反詐宣傳進社區", "2.防汛演練", "3.義診"]


def test_measures_stand_by_date_after_who_led():
    measures = ["6月1日召開動員會", "書記任組長", "5月28日印發方案", "每週五通報進度"]
    given = ["書記任組長", *measures[:1], *measures[2:]]
    for entries, order in ((given, ["m1", "m3", "m2", "m4"]), (measures, ["m3", "m1", "m2", "m4"])):
        plan = make_plan(event(**{**TOWNSHIP, "measures": entries}))
        told = [
            fact for section in plan.sections for fact in section.facts if fact[0] == "m" and "." not in fact
        ]
        assert told == order


def test_what_opened_the_event_stands_before_its_fields():
    acts = [
        activity("義診", "接診 30人", field="醫療"),
        activity("支教", "派出教師 31人", field="教育"),
        activity("出征儀式", "參加 32人"),
    ]
    plan = make_plan(event(activities=acts, level="city", theme="平安", problems=["人手不足"]))
    assert [s.heading for s in plan.sections if s.level == 2] == ["出征儀式", "醫療活動", "教育活動"]


def test_a_title_that_says_bulletin_is_one():
    plan = make_plan(event(**{**TOWNSHIP, "title": "測試鎮消防宣傳月簡報"}))
    assert plan.genre == "bulletin"
    assert "簡報" in plan.reason


def test_a_heading_says_what_was_done_and_not_what_was_handed_out():
    acts = [
        activity("路面整治", "查處違法 30起"),
        activity("騎手約談", "培訓騎手 30名", "約談站點 7家"),
        activity("曝光台", "曝光 9起"),
    ]
    plan = make_plan(event(activities=acts, level="township", theme="平安", problems=["人手不足"]))
    assert not any("培訓" in heading for heading in headings(plan))
