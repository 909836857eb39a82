"""Placing by headings and sentences alone."""

from __future__ import annotations

import pytest

from summarywriter import loads_facts
from summarywriter.extract import extract, to_data, to_yaml

TEXT = """柳溪镇2025年消防宣传月活动总结
根据县消防救援大队《关于开展2025年消防宣传月活动的通知》（柳消〔2025〕3号）要求，我镇于11月1日至30日开展了以“全民消防、生命至上”为主题的宣传月活动。
一、加强领导，落实责任
镇政府成立了由副镇长王明任组长的领导小组，制定了活动方案。
二、主要活动
（一）启动仪式
11月1日上午，镇政府在文化广场举行启动仪式，260余人参加，副镇长王明讲话。现场发放宣传手册1500份，展出展板24块。
（二）应急疏散演练
11月9日，在镇中心学校组织应急疏散演练，840名师生参与，用时2分40秒。
据统计，活动期间全镇共发放宣传资料4200余份，悬挂横幅36条。
三、存在的问题
一是个别商铺用电线路老化；二是宣传覆盖面不够广。
四、下一步打算
下一步，我镇将继续抓好消防宣传工作。
"""


@pytest.fixture(scope="module")
def sheet():
    (taken,) = extract(TEXT)
    return loads_facts(to_yaml(taken, name="旧总结.txt"))


def test_the_head_of_the_sheet(sheet):
    assert sheet.title == "柳溪镇2025年消防宣传月活动总结"
    assert sheet.theme == "全民消防、生命至上"
    assert sheet.period.surface == "11月1日至30日"
    assert (sheet.basis[0].title, sheet.basis[0].number) == (
        "关于开展2025年消防宣传月活动的通知",
        "柳消〔2025〕3号",
    )
    assert sheet.basis[0].issuers == ("县消防救援大队",)


def test_figures_stand_under_their_activity(sheet):
    figures = {a.name: [f"{f.label} {f.quantity.surface}" for f in a.figures] for a in sheet.activities}
    assert figures == {
        "启动仪式": ["参加 260余人", "发放宣传手册 1500份", "展出展板 24块"],
        "应急疏散演练": ["参与师生 840名", "用时 2分40秒"],
    }


def test_time_place_and_people_of_an_activity(sheet):
    opening = sheet.activities[0]
    assert (opening.date.surface, opening.time, opening.place) == ("11月1日", "上午", "文化广场")
    assert [(p.name, p.post, p.role) for p in opening.people] == [("王明", "副镇长", "讲话")]


def test_totals_problems_and_plans(sheet):
    assert [f.quantity.surface for f in sheet.totals] == ["4200余份", "36条"]
    assert [p.text for p in sheet.problems] == ["个别商铺用电线路老化", "宣传覆盖面不够广"]
    assert len(sheet.next_steps) == 1
    assert sheet.next_steps[0].text.endswith("继续抓好消防宣传工作")


def test_ids_are_written(sheet):
    assert [a.id for a in sheet.activities] == ["a1", "a2"]
    assert [f.id for f in sheet.activities[0].figures] == ["f1", "f2", "f3"]


def test_every_entry_of_the_sheet_has_its_place(sheet):
    (taken,) = extract(TEXT)
    for line in to_yaml(taken, name="x").split("\n"):
        if "quantity:" in line:
            start, end = map(int, line.rsplit("# ", 1)[1].split("-"))
            assert TEXT[start:end] in line


def test_what_finds_no_place_is_listed_with_the_words_around_it():
    (taken,) = extract("会议通知\n请各单位于3月2日前报送材料，联系电话见附件。已收到25家单位回执。")
    data = to_data(taken)
    said = "\n".join(map(str, data.get("unplaced", [])))
    placed = str(data)
    assert "25家" in placed
    assert "3月2日" in said or "3月2日" in placed


@pytest.mark.parametrize(
    "text", ["", "。", "\n\n\n", "(((", "》《”“", "1", "xx", "一、\n二、\n三、", "篇1\n篇2\n篇3"]
)
def test_scraps_do_no_harm(text):
    for taken in extract(text):
        assert to_yaml(taken, name="x")


def test_text_cannot_break_out_of_the_sheet():
    text = (
        '活動總結\n一、"演練"活動: {x}\n5月3日，在“a: b\\n- c”廣場舉行# 演練，30人參加，發放“}]\'”手冊5本。'
    )
    (taken,) = extract(text)
    sheet = loads_facts(to_yaml(taken, name="a\nb: c.txt"))
    assert {f.quantity.surface for a in sheet.activities for f in a.figures} == {"30人", "5本"}


def taken_from(*lines: str):
    (taken,) = extract("\n".join(("安全月總結", "一、隱患排查", *lines)))
    return loads_facts(to_yaml(taken, name="x"))


def test_a_plan_among_figures_is_planned():
    sheet = taken_from("6月5日，公司組織隱患排查，發現隱患73項，已整改71項，其餘2項計劃於7月15日前完成整改。")
    status = {f.quantity.surface: f.status for a in sheet.activities for f in a.figures}
    assert status == {"73項": "done", "71項": "done", "2項": "planned"}


def test_a_term_is_not_the_day_of_an_activity():
    sheet = taken_from("公司組織隱患排查4次，其餘計劃於7月15日前完成整改。")
    assert [a.date for a in sheet.activities] == [None]
    assert "7月15日" in str(sheet.activities[0].details)


def test_a_problem_that_no_list_of_words_knows_is_kept():
    (taken,) = extract(
        "總結\n一、存在的問題\n工作中還存在以下問題：\n一是個別班組培訓流於形式；二是臺賬記錄潦草。"
    )
    assert [p.text for p in taken.sheet.texts["problems"]] == ["個別班組培訓流於形式", "臺賬記錄潦草"]


def test_a_title_that_a_figure_counts_is_told_once():
    sheet = taken_from("6月5日，公司舉辦安全講座，發放《員工安全手冊》500冊。")
    assert [f.object for f in sheet.activities[0].figures] == ["《員工安全手冊》"]
    assert sheet.activities[0].quotes == ()


def test_two_figures_side_by_side_share_their_verb():
    sheet = taken_from("6月26日，公司舉辦知識競賽，14支隊伍42名選手參賽。")
    told = [(f.action, f.quantity.surface) for f in sheet.activities[0].figures]
    assert told == [("參賽", "14支隊伍"), ("參賽", "42名")]


def test_whose_text_it_is_stands_at_the_titles_head():
    (taken,) = extract("恒昌機械有限公司安全生產月活動總結\n6月3日，公司舉行啟動儀式，480人參加。")
    assert taken.sheet.unit is not None
    assert taken.sheet.unit.text == "恒昌機械有限公司"


def activities_of(*lines: str) -> dict[str, list[str]]:
    (taken,) = extract("\n".join(lines))
    return {d.name.text: [f.value.text for f in d.figures] for d in taken.sheet.activities}


def test_news_without_headings_opens_an_activity_at_each_day():
    assert activities_of(
        "鎮裡開展敬老系列活動",
        "10月9日上午，鎮團委組織志願者走進敬老院，為58位老人理髮。",
        "10月10日，鎮衛生院在各村巡迴義診，為216名老人體檢。",
        "10月11日，文化站舉辦“夕陽紅”文藝演出，15個節目上演。",
    )["巡迴義診"] == ["216名"]


def test_numbered_paragraphs_without_headings_are_an_activity_each():
    told = activities_of(
        "無煙日活動報告",
        "一、5月28日上午，在新華廣場設置宣傳臺，擺放展板8塊。",
        "二、利用公眾號推送控煙文章5篇。",
    )
    assert list(told.values()) == [["8塊"], ["5篇"]]


def test_a_heading_in_bold_and_the_sum_after_it():
    (taken,) = extract(
        "# 反詐簡報\n\n**一、走進學校**\n\n9月12日，在白馬中學開展“反詐第一課”，1020名學生收看。\n\n"
        "活動期間，成功勸阻被騙群眾9人。"
    )
    assert [f.value.text for f in taken.sheet.totals] == ["9人"]


def test_what_is_only_planned_is_a_next_step():
    (taken,) = extract(
        "聯誼會新聞\n3月16日，工會舉辦聯誼會，132名職工參加。\n5月，工會還將舉辦集體婚禮，預計50對新人參加。"
    )
    assert "集體婚禮" in taken.sheet.texts["next_steps"][0].text
    assert "50對" not in [f.value.text for d in taken.sheet.activities for f in d.figures]


def test_a_label_within_the_text_is_a_heading():
    (taken,) = extract(
        "小結\n6月1日，我園舉行文藝匯演，268名幼兒參加。\n存在的不足：場地較小；音響設備出現故障1次。"
    )
    assert "音響設備出現故障1次" in "".join(p.text for p in taken.sheet.texts["problems"])


def test_points_with_their_own_heads_are_headings():
    told = activities_of(
        "水日宣傳總結",
        "我局開展了系列宣傳活動。",
        "一是現場宣傳。3月22日，在濱河公園設立宣傳點，懸掛橫幅6條。",
        "二是進校宣傳。3月25日，在實驗小學舉辦節水知識講座，350名學生聽講。",
    )
    assert told == {"現場宣傳": ["6條"], "進校宣傳": ["350名"]}


def test_a_notices_lines_tell_of_what_it_announces():
    told = activities_of(
        "關於舉辦“小小管理員”體驗活動的公告",
        "一、活動時間：7月10日至8月20日，共6期",
        "二、活動對象：適齡兒童，每期招募15名",
    )
    assert [figure for figures in told.values() for figure in figures] == ["6期", "15名"]
    assert all("體驗活動" in name for name in told)


def sheet_of(*lines: str):
    (taken,) = extract("\n".join(lines))
    return loads_facts(to_yaml(taken, name="x"))


def test_what_a_notice_announces_is_planned():
    sheet = sheet_of(
        "關於舉辦消防技能競賽的通知",
        "各單位：",
        "一、時間：11月9日上午9:00",
        "二、參加人員：每單位選派3名，共60人。",
    )
    assert [(a.name, a.status, [f.quantity.surface for f in a.figures]) for a in sheet.activities] == [
        ("消防技能競賽", "planned", ["3名", "60人"])
    ]


def test_a_tables_rows_are_activities_and_its_columns_their_figures():
    sheet = sheet_of(
        "三下鄉活動統計",
        "序號\t活動名稱\t時間\t地點\t參加人數\t發放資料（份）\t備註",
        "1\t送戲下鄉\t10月12日\t孫家村\t680\t\t演出2場",
        "2\t健康義診\t11月20日\t雙橋村\t210人\t400\t送藥價值6000元",
        "合計\t\t\t\t890\t400\t",
    )
    told = {
        a.name: (a.date.surface, a.place, [f.quantity.surface for f in a.figures]) for a in sheet.activities
    }
    assert told == {
        "送戲下鄉": ("10月12日", "孫家村", ["680人", "2場"]),
        "健康義診": ("11月20日", "雙橋村", ["210人", "400份", "6000元"]),
    }
    assert [f.quantity.surface for f in sheet.totals] == ["890人", "400份"]
    assert sheet.activities[0].figures[0].label == "參加"


def test_a_table_in_markdown_whose_columns_are_the_activities():
    told = activities_of(
        "# 兩場活動",
        "| 項目 | 講座 | 義診 |",
        "|---|---|---|",
        "| 參加人數 | 80 | 120 |",
        "| 時間 | 5月3日 | 5月4日 |",
    )
    assert told == {"講座": ["80"], "義診": ["120"]}


def test_labelled_lines_are_each_of_their_own_unit():
    (taken,) = extract(
        "各鄉鎮重陽節活動\n大橋鎮：舉辦文藝演出，200餘名老人觀看；走訪慰問百歲老人3名。\n"
        "石塘鎮：組織義剪，服務老人136人次。\n全縣合計開展活動64場。"
    )
    told = {d.name.text: [f.value.text for f in d.figures] for d in taken.sheet.activities}
    assert told["文藝演出"] == ["200餘名"]
    assert ["3名"] in told.values()
    assert ["136人次"] in told.values()
    assert [f.value.text for f in taken.sheet.totals] == ["64場"]


def test_a_log_by_days():
    (taken,) = extract(
        "工作日誌\n3月3日 星期一 晴\n上午走訪脫貧戶12戶。下午在村部開黨員大會，到會31人。\n"
        "3月5日 星期三 陰\n清理河道垃圾，裝了46袋。\n本月小結：共走訪67戶。"
    )
    told = [
        (d.name.text, d.date.text if d.date else "", [f.value.text for f in d.figures])
        for d in taken.sheet.activities
    ]
    assert told == [
        ("走訪脫貧戶", "3月3日 星期一", ["12戶"]),
        ("黨員大會", "3月3日 星期一", ["31人"]),
        ("清理河道垃圾", "3月5日 星期三", ["46袋"]),
    ]
    assert [f.value.text for f in taken.sheet.totals] == ["67戶"]


def test_a_chat_turns_from_one_thing_to_another_and_back():
    told = activities_of(
        "工作群",
        "趙科長 10:02",
        "昨天的產業對接會數據報一下",
        "小孫 10:05",
        "來了142家企業",
        "小周 10:20",
        "上周五的銀企座談會紀要發了，到會銀行11家",
        "老錢 10:22",
        "產業對接會另外簽約19個",
    )
    assert told == {"產業對接會": ["142家", "19個"], "銀企座談會": ["11家"]}


def test_news_returns_to_what_it_is_about():
    told = activities_of(
        "我校舉行第二十三屆田徑運動會",
        "11月13日，我校第二十三屆田徑運動會舉行，2150名學生參加。",
        "開幕式上，各班入場，500人表演團體操。",
        "比賽設26個小項。",
    )
    assert told == {"第二十三屆田徑運動會": ["2150名", "26個"], "開幕式": ["500人"]}


def test_the_parts_of_a_campaign_are_told_one_a_paragraph():
    told = activities_of(
        "反詐宣傳趕大集",
        "縣公安局開展反詐宣傳活動。",
        "第一站，雙橋集。民警發放扭蛋300個。",
        "第二站，馬頭集。演出快板6場。",
    )
    assert [figures for figures in told.values() if figures] == [["300個"], ["6場"]]


def test_wrapped_lines_are_one_paragraph():
    told = activities_of("簡訊", "5月3日，鎮裡舉辦健康講座，邀請市醫院專家，", "80名村民到場聽講。")
    assert told == {"健康講座": ["80名"]}


def test_the_cells_quantity_has_its_columns_measure_word_in_the_sheet():
    (taken,) = extract("統計\n單位\t班次\n柳溝村\t2\n北塬村\t1")
    assert [f["quantity"] for a in to_data(taken)["activities"] for f in a["figures"]] == ["2班次", "1班次"]


def test_a_tables_other_columns_and_a_row_that_goes_on():
    sheet = sheet_of(
        "講座情況表",
        "單位\t活動名稱\t主講人\t聽眾（人）\t備註",
        "農業局\t柑橘栽培講座\t高級農藝師周敏\t80\t宣講《柑橘栽培》",
        "\t\t\t45\t第二場加講",
        "衛生院\t急救講座\t陳醫生\t60\t",
    )
    first, second = sheet.activities
    assert (first.name, first.field, [f.quantity.surface for f in first.figures]) == (
        "柑橘栽培講座",
        "農業局",
        ["80人", "45人"],
    )
    assert "高級農藝師周敏" in "".join(d.text for d in first.details) + "".join(p.name for p in first.people)
    assert (second.name, second.field) == ("急救講座", "衛生院")
