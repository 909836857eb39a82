"""Slips of people who do not write YAML every day: each has a message of its own, and the line."""

from __future__ import annotations

import pytest

from summarywriter.errors import FactsError
from summarywriter.facts.load import loads_facts


def problems(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(FactsError) as caught:
        loads_facts(text)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_full_width_colons_are_told_line_by_line_with_all_else():
    found = problems("標題：小結\n單位：柳塘社區\n活動:\n  - 名稱：換書\n    日期: 2月30日\n")
    assert [line for line, _ in found] == [1, 2, 4, 5]
    assert all("半角冒號" in message for _, message in found[:3])
    assert "2月30日" in found[3][1]


def test_a_half_width_colon_without_its_blank():
    assert problems("title: 小結\nunit:柳塘\nactivities: [換書]\n") == [
        (2, "「unit」後面要用半角冒號加一個空格，寫成「unit: ……」")
    ]


def test_a_full_width_colon_swallowed_by_the_text_above():
    found = problems("title: 小結\n  單位：柳塘\nactivities: [換書]\n")
    assert found[0][0] == 2
    assert "單位" in found[0][1]


def test_a_full_width_colon_in_a_list_of_activities():
    found = problems("title: 小結\nactivities:\n  - 名稱：換書\n")
    assert found[0][0] == 3


def test_a_full_width_colon_in_a_text_is_good():
    assert loads_facts("title: 小結\nmeasures:\n  - 主題：安全\n").measures[0].text == "主題：安全"


def test_a_colon_that_makes_a_table_of_a_text():
    [(line, message)] = problems("title: 小結\nmeasures:\n  - 主題: 安全\n")
    assert line == 3
    assert '"主題: 安全"' in message
    assert "主題：安全" in message


def test_tabs():
    found = problems("title: 小結\nactivities:\n\t- name: 換書\n\t  date: 2月30日\n")
    assert [line for line, _ in found] == [3, 4, 4]
    assert "Tab" in found[0][1]


def test_full_width_blanks_before_a_key():
    found = problems("title: 小結\nactivities:\n　- name: 換書\n　　place：廣場\n")
    assert any("全角空格" in message for _, message in found)


@pytest.mark.parametrize(("line", "says"), [
    ('- "科學春天"節目', "引號後還有字"),
    ("- @全體人員", "另有用處"),
    ("- >50人參加", "另有用處"),
    ("- *重要", "錨"),
    ("- &重要 內容", "錨"),
    ("- !重要 內容", "引號"), ("- !important 內容", "標籤"),
    ("- [甲, 乙", "沒有關上"),
    ("- '未完", "沒有關上"),
    ("- 甲: 乙: 丙", "兩個冒號"),
    ("- - 甲", "列表裏又套了列表"),
    ("- [甲, 乙]", "列表裏又套了列表"),
])  # fmt: skip
def test_yaml_s_own_marks_are_explained(line, says):
    found = problems(f"title: 小結\nmeasures:\n  {line}\n")
    assert any(says in message for _, message in found), found
    assert found[0][0] == 3


def test_items_without_their_dash():
    [(line, message)] = problems("title: 小結\nmeasures:\n  包片到戶\n  每週通報\n")
    assert line == 3
    assert "每條單獨一行" in message


def test_two_sheets_in_a_file():
    assert "只放一張" in problems("title: 甲\nmeasures: [乙]\n---\ntitle: 丙\n")[0][1]


def test_a_control_character():
    assert problems("title: 甲\nmeasures: [乙\x00]\n")[0] == (2, "檔案裏有不能用的控制字符U+0000：請刪去")


def test_aliases_do_not_multiply():
    bomb = "a: &a [甲, 甲]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert any("錨" in message for _, message in problems(bomb))


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 3000, "- " * 3000 + "a", "{" * 20000])
def test_deep_nesting_is_refused(text):
    assert problems(text)


def test_a_list_where_a_text_is_wanted():
    [(line, message)] = problems("title: 小結\nactivities: [換書]\ntheme: [甲, 乙]\n")
    assert line == 3
    assert "一個詞或一句話" in message


def test_what_counts_and_a_colon_is_a_figure_all_the_same():
    facts = loads_facts("title: 小結\ntotals:\n  - 參加: 600多人\n  - 發放資料：500份\n")
    assert [(f.label, f.quantity.surface) for f in facts.totals] == [
        ("參加", "600多人"),
        ("發放資料", "500份"),
    ]


def test_modifiers_that_contradict():
    found = problems("title: 小結\ntotals:\n  - {action: 參加, value: 近600, unit: 人, modifier: over}\n")
    assert "只留一個" in found[0][1]


def test_a_number_that_counts_nothing():
    assert "太長" in problems("title: 小結\ntotals: [發放資料 " + "9" * 33 + "份]\n")[0][1]
