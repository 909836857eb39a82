"""Fact sheets in Excel."""
# ruff: noqa: E501, DTZ001  a row on one line is read as one; cells have no time zone

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from summarywriter.errors import FactsError
from summarywriter.facts.keys import Context, canonical
from summarywriter.facts.load import load_facts, loads_facts
from summarywriter.facts.workbook import blank_workbook

SHEETS = {
    "基本": [["標題", "讀書日小結"], ["單位", "柳塘社區"], ["時間", "2025-04-12/2025-04-13"], ["主題"], [], ["層級", "鄉鎮"]],
    "活動": [["編號", "名稱", "日期", "地點", "詳情"], ["a1", "換書", dt.datetime(2025, 4, 12), "文化站", "擺放書架\n登記換書"],
             [], ["a2", "講座", None, None, "講解家教"]],
    "數據": [["活動", "動作", "對象", "數值", "量詞", "屬於"], ["a1", "換", "舊書", 120.0, "冊"], ["講座", "滿意率", None, 0.964],
             ["換書", "換出", "繪本", 30, "冊", 1]],
    "詳情": [["活動", "文字", "必寫"], ["a1", "贈送書籤", False]],
    "人員": [["活動", "姓名", "職務", "角色"], [None, "李露萍", "館長"], ["a2", "李露萍", None, "主講"]],
    "匯總": [["動作", "對象", "數值", "量詞"], ["參加", "居民", 260, "人"]],
    "存在問題": [["文字"], ["書架不足"]],
}  # fmt: skip


def save(tmp_path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title == "數據":
            sheet["D3"].number_format = "0.0%"
    path = tmp_path / "sheet.xlsx"
    book.save(path)
    return path


def test_a_workbook_reads_as_the_same_sheet_in_yaml(tmp_path):
    assert load_facts(save(tmp_path, SHEETS)) == loads_facts("""\
標題: 讀書日小結
單位: 柳塘社區
時間: 2025-04-12/2025-04-13
層級: 鄉鎮
人員: [{姓名: 李露萍, 職務: 館長}]
活動:
  - 編號: a1
    名稱: 換書
    日期: 2025-04-12
    地點: 文化站
    詳情: [擺放書架, 登記換書, {文字: 贈送書籤, 必寫: 否}]
    數據: [{動作: 換, 對象: 舊書, 數值: 120, 量詞: 冊}, {動作: 換出, 對象: 繪本, 數值: 30, 量詞: 冊, 屬於: 1}]
  - 編號: a2
    名稱: 講座
    詳情: [講解家教]
    數據: [{動作: 滿意率, 數值: 96.4%}]
    人員: [{姓名: 李露萍, 角色: 主講}]
匯總: [參加居民 260人]
存在問題: [書架不足]
""")


def test_problems_name_the_row(tmp_path):
    sheets = {
        **SHEETS,
        "活動": [["名稱", "日期"], ["換書", "2月30日"]],
        "數據": [["活動", "對象", "數值"], ["燈會", "書", 3]],
    }
    del sheets["詳情"], sheets["人員"]
    with pytest.raises(FactsError) as caught:
        load_facts(save(tmp_path, {**sheets, "雜項": [["甲"]]}))
    assert [(problem.line, problem.key) for problem in caught.value.problems] == [
        (None, ""), (2, ""), (2, "activities[0].日期"),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"\0" * 40, b"\xd0\xcf\x11\xe0" + b"\0" * 40])
def test_what_is_no_workbook_is_refused(tmp_path, data):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(data)
    with pytest.raises(FactsError, match="只認"):
        load_facts(path)


@pytest.mark.parametrize(
    ("script", "names"), [("hant", ["基本", "活動", "數據"]), ("hans", ["基本", "活动", "数据"])]
)
def test_a_blank_workbook_is_filled_in_and_read(tmp_path, script, names):
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(script)))
    assert set(names) <= set(book.sheetnames)
    activities, figures = book[names[1]], book[names[2]]
    heads = [cell.value for cell in activities[1]]
    activities.cell(2, heads.index("名稱" if script == "hant" else "名称") + 1, "換書")
    heads = [canonical(Context.FIGURE, cell.value) or "owner" for cell in figures[1]]
    for name, value in {"owner": "換書", "object": "舊書", "value": 12, "unit": "冊"}.items():
        figures.cell(2, heads.index(name) + 1, value)
    path = tmp_path / "sheet.xlsx"
    book.save(path)
    facts = load_facts(path)
    assert facts.activities[0].figures[0].quantity.surface == "12冊"
    assert facts.script == script
