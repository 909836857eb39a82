"""Headings: true of what stands below them, parallel, never said twice, never praise."""

from __future__ import annotations

import pytest

from summarywriter.chinese.script import Script
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts, Level
from summarywriter.genres.headings import Headings, bank, evidence, groups, is_group, theme_of

PRAISE = (
    "顯著",
    "圓滿",
    "成功",
    "熱烈",
    "隆重",
    "新穎",
    "精彩",
    "豐富",
    "高度",
    "精心",
    "深受",
    "歡迎",
    "狠抓",
    "有力",
    "扎實",
)


def items(*activities, **sheet):
    index = FactIndex.of(
        EventFacts.model_validate({"title": "總結", "activities": list(activities), **sheet})
    )
    heads = [fact.id for fact in index if fact.owner is None]
    return [evidence(index, head) for head in heads]


def test_every_group_has_four_characters_a_condition_and_no_praise():
    for group in groups():
        assert is_group(group.say), group.say
        assert group.words, group.say
        assert not any(word in group.say for word in PRAISE), group.say
    assert not any(
        word in theme["say"] for table in bank()["themes"].values() for theme in table for word in PRAISE
    )


def test_no_group_stands_twice_in_the_bank():
    says = [group.say for group in groups()]
    assert len(says) == len(set(says))


def test_a_heading_says_what_was_done():
    found = Headings(Script.HANT).composed(
        items(
            {"name": "啟動儀式", "place": "鎮文化廣場", "figures": ["摆放展板 32塊"]},
            {"name": "應急疏散演練", "place": "鎮中心學校"},
        ),
        "activities",
    )
    assert found is not None
    assert "以練促防" in found.split("，")


@pytest.mark.parametrize(
    ("activities", "never"),
    [
        ([{"name": "知識講座"}], "入戶排查"),
        ([{"name": "商戶走訪", "figures": ["走訪商戶 540家"]}], "入戶走訪"),
        ([{"name": "知識競賽", "figures": ["參賽隊伍 12支"]}], "同場競技"),
        ([{"name": "拔河比賽", "figures": ["參賽隊伍 12支"]}], "以賽促學"),
        ([{"name": "入戶走訪"}, {"name": "企業隱患排查"}], "入戶排查"),  # of two facts, not of one
        ([{"name": "動員會", "status": "planned"}], "集中動員"),
        ([{"name": "啟動儀式", "place": "廣場", "organisers": ["市宣傳部", "普法辦"]}], "普法宣傳"),
        ([{"name": "協調會", "organisers": ["鄉村振興局"], "details": ["宣講政策"]}], "送講到村"),
    ],
)
def test_a_heading_promises_nothing_that_no_fact_below_bears_out(activities, never):
    found = Headings(Script.HANT).composed(items(*activities), "activities") or ""
    assert never not in found


def test_a_school_does_not_go_into_schools():
    lecture = items({"name": "防溺水宣講", "place": "本校小學部"})
    assert "宣講進校" in (Headings(Script.HANT, Level.DISTRICT).composed(lecture, "activities") or "")
    assert "宣講進校" not in (Headings(Script.HANT, Level.SCHOOL).composed(lecture, "activities") or "")


def test_no_heading_repeats_a_group_nor_a_word_in_its_two_groups():
    headings = Headings(Script.HANT)
    some = items(
        {"name": "入戶排查隱患", "figures": ["整改隱患 3處"]}, {"name": "應急演練"}, {"name": "專題培訓"}
    )
    said: list[str] = []
    while (found := headings.composed(some, "activities")) is not None:
        parts = found.split("，")
        said.extend(parts)
        if len(parts) == 2:
            assert not {parts[0][n : n + 2] for n in range(3)} & {parts[1][n : n + 2] for n in range(3)}
    assert said
    assert len(said) == len(set(said))


def test_fields_of_four_characters_are_groups_that_the_sheet_bears_out():
    some = items({"name": "甲", "field": "隱患排查"}, {"name": "乙", "field": "上門服務"})
    assert (
        Headings(Script.HANT).composed(some, "activities", first=("隱患排查", "上門服務"))
        == "隱患排查，上門服務"
    )


def test_what_is_unheard_of_gets_no_composed_heading():
    assert Headings(Script.HANT).composed(items({"name": "聽雨"}, {"name": "數星星"}), "activities") is None


def test_a_short_field_says_that_it_is_activities_in_the_sheets_script():
    assert Headings(Script.HANT).own("農村", of_field=True) == "農村活動"
    assert Headings(Script.HANS).own("农村", of_field=True) == "农村活动"
    assert Headings(Script.HANT).own("校園閱讀", of_field=True) == "校園閱讀"


def test_headings_are_in_the_sheets_script():
    found = Headings(Script.HANS).composed(items({"name": "应急演练"}, {"name": "入户排查"}), "activities")
    assert found is not None
    assert set(found.split("，")) == {"以练促防", "入户排查"}


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("消防安全知識競賽", "競賽評比"),
        ("敬老院走訪慰問", "走訪服務"),
        ("地震應急演練", "演練培訓"),
        ("聽雨", None),
    ],
)
def test_a_theme_is_found_by_the_name(name, theme):
    assert theme_of(items({"name": name})[0], "activities") == theme
