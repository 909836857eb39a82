"""A sheet as its user wrote it, and every problem of a sheet at once."""
# ruff: noqa: E501  a sheet or a case on one line is read as one

from __future__ import annotations

from pathlib import Path

import pytest

from summarywriter.errors import EmptyFactsError, FactsError
from summarywriter.facts.index import FactIndex
from summarywriter.facts.load import MAX_BYTES, facts_from, load_facts, loads_facts
from summarywriter.facts.model import Activity, EventFacts, Level, Status

EVENTS = Path(__file__).parents[2] / "fixtures" / "events"

SMALL = """\
title: 讀書日小結
unit: 柳塘社區
activities:
  - name: 換書
    figures: [換書 120冊]
"""


def problems(text: str, **options: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(FactsError) as caught:
        loads_facts(text, **options)
    return [(problem.line, problem.key, problem.message) for problem in caught.value.problems]


def only_problem(text: str) -> tuple[int | None, str, str]:
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("sheet", sorted(EVENTS.iterdir()), ids=lambda path: path.name)
def test_every_shipped_sheet_loads_or_says_why(sheet):
    if sheet.name == "hostile-dates.yaml":
        with pytest.raises(FactsError) as caught:
            load_facts(sheet)
        lines = [problem.line for problem in caught.value.problems]
        assert lines == [6, 7, 9, 10, 11, 13, 16]
    else:
        assert len(FactIndex.of(load_facts(sheet))) > 2


# --- scalars stay text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["1.50", "yes", "on", "0755", "2018-05-19", "1:30", "1e3", "0x1F", "true", "12_000", ".5", "否"],
)
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_scalar_is_what_was_written(written, quote):
    facts = loads_facts(f"title: 小結\nactivities:\n  - name: {quote}{written}{quote}\n")
    assert facts.activities[0].name == written


def test_a_quantity_keeps_its_surface():
    facts = loads_facts("title: 小結\ntotals:\n  - {action: 清運, object: 垃圾, value: 4.50, unit: 噸}\n")
    assert facts.totals[0].quantity.surface == "4.50噸"


def test_json_numbers_keep_their_zeros_and_tabs_may_indent():
    text = '{\n\t"title": "小結",\n\t"totals": [{"action": "清運", "object": "垃圾", "value": 4.50, "unit": "噸"}]\n}'
    assert loads_facts(text).totals[0].quantity.surface == "4.50噸"


def test_json_escapes_are_read():
    facts = loads_facts('{"title": "\\u5c0f\\u7d50\\ud83c\\udfee", "activities": [{"name": "a\\/b"}]}')
    assert facts.title == "小結🏮"
    assert facts.activities[0].name == "a/b"


def test_json_problems_have_lines():
    line, key, message = only_problem(
        '{\n "title": "小結",\n "activities": [\n  {"name": "換書", "date": "2月30日"}]}'
    )
    assert (line, key) == (4, "activities[0].date")
    assert "2月30日" in message


@pytest.mark.parametrize("blank", ["", "null", "~", '""', "''", "'  '"])
def test_blank_values_are_absent(blank):
    facts = loads_facts(SMALL + f"theme: {blank}\nperiod: {blank}\nproblems: {blank}\n")
    assert facts.theme is None
    assert facts.period is None
    assert facts.problems == ()


@pytest.mark.parametrize("nothing", ["無", "无", "暫無", "——", "n/a"])
def test_a_field_answered_with_none_is_absent(nothing):
    assert loads_facts(SMALL + f"problems: {nothing}\n").problems == ()


def test_blank_items_of_a_list_are_left_out():
    assert [entry.text for entry in loads_facts(SMALL + "measures:\n  - 包片\n  -\n").measures] == ["包片"]


def test_a_text_over_two_lines_gets_no_blank_between_characters():
    facts = loads_facts(SMALL + "measures:\n  - 成立領導小組，\n    分管領導任組長\n")
    assert facts.measures[0].text == "成立領導小組，分管領導任組長"


# --- keys in Chinese ----------------------------------------------------------------------------------


def test_chinese_keys_of_both_scripts_are_one_sheet():
    traditional = """\
標題: 廟會總結
層級: 鄉鎮
單位: 白沙鎮
時間: 2025-03-01/2025-03-05
組織單位: {角色: 主辦, 名單: [鎮文化站], 總數: 5個單位, 完整: 否}
活動:
  - 編號: a1
    名稱: 巡查
    狀態: 進行中
    人員: [{姓名: 駱知微, 職務: 鎮長, 角色: 帶隊}]
    詳情: [{文字: 查看用電, 必寫: 否}]
    數據: [{動作: 檢查, 對象: 攤位, 數值: 268, 修飾: 餘, 量詞: 個, 範圍: 當天}]
下一步打算: [補設路燈]
"""
    simplified = """\
标题: 廟會總結
层级: 乡镇
单位: 白沙鎮
时间: 2025-03-01/2025-03-05
组织单位: {角色: 主辦, 名单: [鎮文化站], 总数: 5個單位, 完整: 否}
活动:
  - 编号: a1
    名称: 巡查
    状态: 进行中
    人员: [{姓名: 駱知微, 职务: 鎮長, 角色: 帶隊}]
    详情: [{文字: 查看用電, 必写: 否}]
    数据: [{动作: 檢查, 对象: 攤位, 数值: 268, 修饰: 余, 量词: 個, 范围: 當天}]
下一步打算: [補設路燈]
字形: 繁
"""
    facts = loads_facts(traditional)
    assert facts.level is Level.TOWNSHIP
    assert facts.activities[0].status is Status.ONGOING
    assert not facts.activities[0].details[0].required
    assert not facts.organisers[0].complete
    other = loads_facts(simplified)
    assert facts.model_copy(update={"totals": ()}).activities[0].people == other.activities[0].people
    assert facts.organisers == other.organisers
    assert (
        facts.activities[0].figures[0].quantity.value == other.activities[0].figures[0].quantity.value == 268
    )


@pytest.mark.parametrize(("word", "level"), [
    ("鄉鎮", "township"), ("街道", "township"), ("学校", "school"), ("企業", "enterprise"), ("医院", "institution"),
    ("事業單位", "institution"), ("縣", "district"), ("区县", "district"), ("市直部門", "city"), ("省", "province"),
    ("city", "city"), ("District", "district"),
])  # fmt: skip
def test_levels_have_their_chinese_names(word, level):
    assert loads_facts(SMALL + f"level: {word}\n").level == level


def test_a_role_in_the_key_goes_to_the_group():
    facts = loads_facts(SMALL + "主辦單位: [市科協, 市教育局]\n承辦單位: 市科技館、市圖書館\n")
    assert [(group.role, group.names) for group in facts.organisers] == [
        ("主辦", ("市科協", "市教育局")),
        ("承辦", ("市科技館", "市圖書館")),
    ]


def test_the_script_is_the_sheets_own_unless_given():
    assert loads_facts("标题: 读书总结\n活动: [换书]\n").script == "hans"
    assert loads_facts("標題: 讀書總結\n活動: [換書]\n").script == "hant"
    assert loads_facts("標題: 讀書總結\n活動: [換書]\n字形: 简体\n").script == "hans"


def test_marks_around_a_theme_or_a_title_are_the_printers():
    facts = loads_facts(SMALL + "theme: “安全第一”\nbasis: [《關於換書的通知》, 關於《書》與《報》的通知]\n")
    assert facts.theme == "安全第一"
    assert [basis.title for basis in facts.basis] == ["關於換書的通知", "關於《書》與《報》的通知"]


def test_several_in_one():
    facts = loads_facts(SMALL + "people: 李露萍、吳正發\ntotals:\n  參加: 120人\n  講座: 3場\n")
    assert [person.name for person in facts.people] == ["李露萍", "吳正發"]
    assert [(figure.label, figure.quantity.surface) for figure in facts.totals] == [
        ("參加", "120人"),
        ("講座", "3場"),
    ]


# --- keys that are wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(("line", "meant"), [
    ("tiltle: x", "title"), ("活动清但: x", "活動清單"), ("主要做發: [x]", "主要做法"), ("匯縱: [x]", "匯總"),
])  # fmt: skip
def test_an_unknown_key_is_told_with_the_nearest(line, meant):
    number, _, message = problems(SMALL + line + "\n")[0]
    assert number == 6
    assert "是否指" in message
    assert meant in message


def test_a_key_in_the_wrong_place_is_told_where_it_belongs():
    line, key, message = only_problem(SMALL + "地點: 廣場\n")
    assert (line, key) == (6, "地點")
    assert "是活動的鍵" in message


def test_a_key_with_two_meanings_is_not_guessed():
    assert "時間" in only_problem(SMALL + "日期: 2018-05-19\n")[2]


def test_two_names_of_one_key_are_a_duplicate():
    line, _, message = only_problem(SMALL + "標題: 另一個\n")
    assert line == 6
    assert "第1行" in message


def test_a_key_twice_in_an_activity():
    assert only_problem("title: 小結\nactivities:\n  - name: 甲\n    place: 乙\n    place: 丙\n")[0] == 5


# --- every problem at once ----------------------------------------------------------------------------


def test_all_problems_come_together_with_line_and_key():
    found = problems("""\
level: 星球
period: 2025-05-24/2025-05-17
activities:
  - {id: a 1, name: 甲, date: 2月30日}
  - name: 乙
    figures:
      - 參加群眾
      - {action: 檢查, object: 攤位, value: 很多, unit: 個}
      - {id: f9, action: 整改, object: 攤位, value: 3, unit: 個, of: f7}
    details:
      - 主題: 安全
    colour: 紅
  - place: 廣場
""")
    assert [(line, key) for line, key, _ in found] == [
        (1, "level"), (1, "title"), (2, "period"), (4, "activities[0].date"), (7, "activities[1].figures[0]"),
        (8, "activities[1].figures[1]"), (11, "activities[1].details[0]"), (12, "activities[1].colour"),
        (13, "activities[2].name"),
    ]  # fmt: skip


def test_ids_and_references_are_checked_together():
    found = problems("""\
title: 小結
activities:
  - {id: a 1, name: 甲}
  - id: a3
    name: 乙
    figures:
      - {id: f1, action: 檢查, object: 攤位, value: 30, unit: 個, of: f1}
      - {id: f1, action: 查看, object: 攤位, value: 3, unit: 個}
      - {id: f3, action: 整改, object: 攤位, value: 3, unit: 個, of: f7}
""")
    assert [line for line, _, _ in found] == [3, 7, 8, 9]
    assert "f7" in found[3][2]
    assert "a3.f1" in found[3][2]


def test_a_missing_title_is_told_by_its_name():
    assert "標題（title）" in only_problem("單位: 乙\n活動: [{名稱: 換書, 數據: [換書 120冊]}]\n")[2]


def test_problems_in_english_and_in_simplified():
    assert problems(SMALL + "tiltle: x\n", lang="en")[0][2].startswith("the top of the sheet has no key")
    assert "这个键" in problems("标题: 读书总结\n活动: [换书]\n单住: 社区\n")[0][2]


def test_a_problem_prints_as_file_line_key():
    with pytest.raises(FactsError) as caught:
        loads_facts(SMALL + "date: 2月30日\n", file="x.yaml")
    assert str(caught.value).startswith("x.yaml:6: date: ")


# --- nothing to tell ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# 只有註釋\n", "title: 小結\n", "title: 小結\nunit: 甲\nactivities:\n", "---\n"]
)
def test_an_empty_sheet_is_refused(text):
    with pytest.raises(EmptyFactsError) as caught:
        loads_facts(text)
    assert caught.value.problems


@pytest.mark.parametrize("text", ["一段文字", "- 甲\n- 乙\n", "[]", "甲\n乙：丙\n"])
def test_what_is_no_sheet_is_refused(text):
    assert problems(text)


# --- files --------------------------------------------------------------------------------------------


def test_a_missing_file(tmp_path):
    with pytest.raises(FactsError, match="沒有這個檔案"):
        load_facts(tmp_path / "沒有.yaml")


def test_a_folder(tmp_path):
    with pytest.raises(FactsError, match="資料夾"):
        load_facts(tmp_path)


def test_a_huge_file(tmp_path):
    sheet = tmp_path / "x.yaml"
    sheet.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(FactsError, match="超過4MB"):
        load_facts(sheet)


def test_an_impossible_name():
    with pytest.raises(FactsError):
        load_facts("a\0b.yaml")


# --- from Python --------------------------------------------------------------------------------------


def test_plain_data_reads_as_a_file_does():
    facts = facts_from({
        "標題": "小結",
        "period": "2018-05-19/2018-05-26",
        "activities": [
            {"name": "換書", "required": False, "figures": ["換書 120冊", {"object": "參加人數", "value": 35, "unit": "人"}]},
            Activity(name="講座"),
        ],
    })  # fmt: skip
    assert isinstance(facts, EventFacts)
    assert not facts.activities[0].required
    assert facts.activities[0].figures[1].quantity.value == 35
    assert facts.activities[1].name == "講座"


def test_plain_data_that_is_wrong_raises_ours():
    with pytest.raises(FactsError) as caught:
        facts_from({"title": "小結", "activities": [{"name": "甲", "date": "2月30日", "color": 1}]})
    assert [problem.key for problem in caught.value.problems] == ["activities[0].color", "activities[0].date"]


def test_data_that_contains_itself():
    data = {"title": "小結"}
    data["activities"] = data
    with pytest.raises(FactsError):
        facts_from(data)


def test_where_a_sheet_was_read_is_no_part_of_it(tmp_path):
    sheet = tmp_path / "x.yaml"
    sheet.write_text("\n\n" + SMALL, encoding="utf-8")
    facts = load_facts(sheet)
    assert facts == loads_facts(SMALL)
    assert hash(facts) == hash(loads_facts(SMALL))
    assert facts.origin.file == str(sheet)
    assert facts.origin.line(("activities", 0, "figures", 0)) == 7


def test_a_date_and_a_time_of_one_activity_may_both_be_called_so():
    activity = loads_facts("標題: 小結\n活動:\n  - {名稱: 換書, 日期: 5月3日, 時間: 上午}\n").activities[0]
    assert activity.date is not None
    assert (activity.date.surface, activity.time) == ("5月3日", "上午")
    alone = loads_facts("標題: 小結\n活動:\n  - {名稱: 換書, 時間: 5月3日}\n").activities[0]
    assert alone.date is not None


def test_a_recurring_day_is_a_time_and_days_of_a_list_are_one_date():
    sheet = "title: 小結\nactivities:\n  - {name: 換書, date: 每周六}\n  - {name: 讀書, date: 5月3日、10日, time: 下午}\n"
    index = FactIndex.of(loads_facts(sheet))
    assert index["a1.date"].text == "每周六"
    assert [day.start.day for day in index["a2.date"].date.each] == [3, 10]
    assert index["a2.date"].text == "5月3日、10日下午"


def test_an_activity_may_have_a_theme_of_its_own():
    index = FactIndex.of(loads_facts("title: 小結\nactivities:\n  - {name: 換書, 主題: “書香”}\n"))
    assert (index["a1.theme"].text, index["a1.theme"].owner) == ("書香", "a1")


def test_blanks_inside_a_shorthand_are_the_clerks():
    figure = (
        loads_facts("title: 小結\nactivities: [{name: 清掃, figures: [出動 村民 85人次]}]\n")
        .activities[0]
        .figures[0]
    )
    assert (figure.action, figure.object) == ("出動", "村民")
