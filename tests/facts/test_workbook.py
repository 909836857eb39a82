"""Fact sheets in Excel."""
# ruff: noqa: E501, DTZ001  a row on one line is read as one; cells have no time zone

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest

from summarywriter.errors import FactsError
from summarywriter.facts.figures_csv import with_figures
from summarywriter.facts.keys import Context, canonical
from summarywriter.facts.lint import lint
from summarywriter.facts.load import load_facts, loads_facts, loads_workbook
from summarywriter.facts.workbook_out import blank_workbook, sheet_workbook
from summarywriter.facts.write import facts_to_data, sheet_text

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
    ("script", "names"), [("hant", ["基本信息", "活動", "數據"]), ("hans", ["基本信息", "活动", "数据"])]
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


EVENTS = Path(__file__).parents[2] / "fixtures" / "events"


@pytest.mark.parametrize(
    "event",
    [p for p in sorted(EVENTS.glob("*.*")) if p.stem not in {"hostile-dates", "hostile-controls"}],
    ids=lambda path: path.stem,
)
def test_a_sheet_goes_to_excel_and_to_yaml_and_back_without_loss(event, tmp_path):
    facts = load_facts(event)
    if any(figure.derived for figure in facts.totals):
        pytest.skip("figures that are sums have no place in a workbook, and export says so")
    workbook = sheet_workbook(facts_to_data(facts), facts.script)
    again = loads_workbook(workbook)
    assert again == facts
    assert loads_facts(sheet_text(again)) == facts


def filled(tmp_path, script="hant"):
    """The blank workbook as a clerk fills it in, by the heads that they see."""
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(script, genres=["general"])))

    def put(sheet, row, **values):
        heads = [cell.value for cell in book[sheet][1]]
        for name, value in values.items():
            book[sheet].cell(row, heads.index(name) + 1, value)

    basic = {row[0].value: row for row in book["基本信息"].iter_rows()}
    for name, value in {
        "標題": "防溺水宣傳月總結",
        "單位": "柳溪鎮人民政府",
        "層級": "鄉鎮街道",
        "主題": "珍愛生命",
    }.items():
        basic[name][1].value = value
    basic["組織單位"][1].value = "鎮中心學校、鎮水利站"
    put(
        "活動",
        2,
        名稱="啟動儀式",
        日期=dt.datetime(2025, 6, 3),
        地點="文化廣場",
        詳情="擺放展板\n演示救生圈拋投方法",
    )
    put("活動", 3, 名稱="水域巡查")
    put("數據", 2, 活動="啟動儀式", 動作="參加", 數值=320, 修飾="餘", 量詞="人")
    put("數據", 3, 活動="水域巡查", 動作="排查", 對象="水塘", 數值=46, 量詞="口")
    put("數據", 4, 動作="受教育", 對象="師生", 數值=3600, 量詞="人次")
    put("問題與打算", 2, 類別="存在問題", 文字="個別水塘地處偏僻")
    put("問題與打算", 3, 類別="下一步打算", 文字="安排專人值守")
    return book, put


def saved(book, tmp_path):
    path = tmp_path / "事實表.xlsx"
    book.save(path)
    return path


def test_a_clerk_fills_in_the_four_worksheets(tmp_path):
    book, _ = filled(tmp_path)
    facts = load_facts(saved(book, tmp_path))
    assert facts == loads_facts("""\
標題: 防溺水宣傳月總結
單位: 柳溪鎮人民政府
層級: 鄉鎮
主題: 珍愛生命
組織單位: 鎮中心學校、鎮水利站
活動:
  - {名稱: 啟動儀式, 日期: 2025-06-03, 地點: 文化廣場, 詳情: [擺放展板, 演示救生圈拋投方法],
     數據: [{動作: 參加, 數值: 320, 修飾: 餘, 量詞: 人}]}
  - {名稱: 水域巡查, 數據: [{動作: 排查, 對象: 水塘, 數值: 46, 量詞: 口}]}
匯總: [{動作: 受教育, 對象: 師生, 數值: 3600, 量詞: 人次}]
存在問題: [個別水塘地處偏僻]
下一步打算: [安排專人值守]
""")


def test_every_problem_names_worksheet_and_cell(tmp_path):
    book, put = filled(tmp_path)
    put("活動", 4, 名稱="燈會", 日期="2月30日")
    put("數據", 5, 活動="廟會", 對象="書", 數值=3)
    put("數據", 6, 活動="燈會", 對象="書", 數值="很多")
    put("問題與打算", 4, 類別="體會", 文字="很好")
    with pytest.raises(FactsError) as caught:
        load_facts(saved(book, tmp_path))
    places = {str(problem.line) for problem in caught.value.problems}
    assert {"數據!A5", "問題與打算!A4"} <= places
    told = str(caught.value)
    assert "事實表.xlsx:數據!A5" in told
    book, put = filled(tmp_path)
    put("活動", 4, 名稱="燈會", 日期="2月30日")
    with pytest.raises(FactsError) as caught:
        load_facts(saved(book, tmp_path))
    heads = [cell.value for cell in book["活動"][1]]
    column = openpyxl.utils.get_column_letter(heads.index("日期") + 1)
    assert [str(problem.line) for problem in caught.value.problems] == [f"活動!{column}4"]


def test_the_blank_workbook_helps_the_one_who_fills_it_in():
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook("hans", genres=["general", "bulletin"])))
    assert book.sheetnames == ["基本信息", "活动", "数据", "问题与打算", "填写示例"]
    lists = {}
    for sheet in book.worksheets[:4]:
        assert sheet.freeze_panes
        for choice in sheet.data_validations.dataValidation:
            lists[f"{sheet.title}!{str(choice.sqref).split(':')[0]}"] = choice.formula1
        heads = [row[0] for row in sheet.iter_rows()] if sheet.title == "基本信息" else list(sheet[1])
        assert all(cell.comment and cell.comment.text for cell in heads if cell.value)
    assert '"general,bulletin"' in lists.values()
    assert any("乡镇街道" in source or "乡镇" in source for source in lists.values())
    assert any("人次" in source for name, source in lists.items() if name.startswith("数据"))
    assert "'活动'!$B$2:$B$500" in lists.values()
    assert any("存在问题" in source for name, source in lists.items() if name.startswith("问题与打算"))
    example = [cell.value for row in book["填写示例"].iter_rows() for cell in row if cell.value]
    assert "柳溪镇2025年防溺水宣传月活动总结" in example


def test_the_example_in_the_workbook_is_itself_a_good_sheet(tmp_path):
    """Its four parts, put where they belong, load and lint without an error."""
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook()))
    parts, current = {}, None
    for row in book["填寫示例"].iter_rows(values_only=True):
        if row[0] and str(row[0]).startswith("【"):
            current = parts.setdefault(str(row[0]).strip("【】"), [])
        elif current is not None and any(row):
            current.append(list(row))
    facts = load_facts(save(tmp_path, parts))
    assert [activity.name for activity in facts.activities] == ["啟動儀式", "救生技能演練"]
    assert len(facts.activities[0].figures) == 2
    assert [d.code for d in lint(facts) if d.severity == "error"] == []


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ","), ("gb18030", "\t"), ("big5", ";")])
def test_a_csv_of_figures_goes_into_the_sheet(tmp_path, encoding, separator):
    book, _ = filled(tmp_path)
    facts = load_facts(saved(book, tmp_path))
    rows = [
        ["活動", "動作", "對象", "數量"],
        ["水域巡查", "增設", "警示牌", "39塊"],
        ["", "發放", "資料", "約4000份"],
    ]
    path = tmp_path / "統計.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    more = with_figures(facts, path)
    assert [f.quantity.surface for f in more.activities[1].figures] == ["46口", "39塊"]
    assert [f.quantity.surface for f in more.totals] == ["3600人次", "約4000份"]


def test_a_csv_s_problems_name_its_lines(tmp_path):
    book, _ = filled(tmp_path)
    facts = load_facts(saved(book, tmp_path))
    path = tmp_path / "統計.csv"
    path.write_text("活動,對象,數量,備註\n廟會,警示牌,39塊,\n水域巡查,警示牌,很多,\n", "utf-8")
    with pytest.raises(FactsError) as caught:
        with_figures(facts, path)
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]
    assert all(problem.file == str(path) for problem in caught.value.problems)
