"""What stands under a heading, a label or a unit's name is of that; sums are of the whole."""

from __future__ import annotations

import pytest

from summarywriter.extract import extract, to_data
from summarywriter.extract.counts import counts_in


def placed(*lines: str) -> tuple[dict[str, list[str]], list[str]]:
    """The figures of each activity, and the totals."""
    (taken,) = extract("\n".join(lines))
    sheet = taken.sheet
    activities = {doing.name.text: [f.value.text for f in doing.figures] for doing in sheet.activities}
    return activities, [figure.value.text for figure in sheet.totals]


def test_the_smallest_part_of_a_text_is_about_its_heading():
    activities, _ = placed(
        "某局宣傳周工作總結",
        "一、進校園，播種理念",
        "3月24日，宣講隊走進3所學校，為480名學生上課。課後收回手抄報215幅。",
        "二、進企業，查找漏點",
        "3月27日，技術人員到2家企業做測試，查出漏點17處。",
    )
    assert activities == {
        "進校園，播種理念": ["3所", "480名", "215幅"],
        "進企業，查找漏點": ["2家", "17處"],
    }


def test_what_was_done_may_stand_under_a_heading_of_measures():
    activities, _ = placed(
        "某鎮惠民月總結",
        "一、主要做法",
        "（一）送戲下鄉",
        "縣劇團深入8個村演出16場，觀眾最多的一場達1200人。",
        "（二）加強組織領導",
        "成立了由鎮長任組長的領導小組，召開部署會2次。",
    )
    assert activities["送戲下鄉"] == ["8個", "16場", "1200人"]
    assert "加強組織領導" not in activities


def test_marked_lines_are_headings_and_their_items_are_theirs():
    activities, totals = placed(
        "平安社區消防簡報",
        "★ 數字速覽",
        "· 開展活動9場，參與居民1730人次",
        "● 11月3日 消防演練",
        "1、消防站出動消防車2輛。",
        "2、居民試用滅火器，共用掉18具。",
        "● 11月22日 兒童繪畫展",
        "1、收到作品77幅。",
        "2、評審說：今年的畫好。選出優秀作品15幅。",
    )
    assert activities == {"消防演練": ["2輛", "18具"], "兒童繪畫展": ["77幅", "15幅"]}
    assert totals == ["9場", "1730人次"]


def test_a_paragraph_in_a_chat_says_first_what_it_is_about():
    activities, totals = placed(
        "群聊：家庭日回顧（7）",
        "小吳 09:05",
        "簽到組：員工186人，家屬241人",
        "老陳 09:20",
        "開放參觀：分8批帶，總共接待152人",
        "Kiki 09:24",
        "義賣攤位🎈 11個攤，賣了6830元",
        "周敏 09:40",
        "費用我匯總了：總預算5萬元",
    )
    assert activities == {
        "簽到組": ["186人", "241人"],
        "開放參觀": ["8批", "152人"],
        "義賣攤位": ["11個", "6830元"],
    }
    assert totals == ["5萬元"]


def test_units_told_of_in_one_sentence_have_their_own_figures():
    activities, totals = placed(
        "街道鄰里節情況小結",
        "9月20日至10月8日，街道組織了第四屆鄰里節。",
        "紅衛社區舉辦廚藝比拼，18戶參賽；工人村社區組織舊物交換，交換240件；柳蔭社區給老人過生日，到場15位。",
        "據統計，鄰里節期間累計發動志願者128人。",
    )
    assert activities["紅衛社區舉辦廚藝比拼"] == ["18戶"]
    assert activities["工人村社區組織舊物交換"] == ["240件"]
    assert activities["柳蔭社區給老人過生日"] == ["15位"]
    assert totals == ["128人"]


def test_the_points_of_a_list_have_their_own_figures():
    activities, _ = placed(
        "街道鄰里節情況小結",
        "9月20日，街道組織了鄰里節。一是開展“鄰里課堂”，開課12節；二是評選好鄰居，評出30戶。",
    )
    assert activities["評選好鄰居"] == ["30戶"]


def test_sums_after_the_last_heading_are_of_the_whole():
    activities, totals = placed(
        "第三小學運動會簡報",
        "▶ 田徑賽",
        "設12個項目，586人次參賽。",
        "▶ 後勤保障",
        "校醫室處理擦傷11人次。",
        "",
        "本次運動會共頒發獎牌96枚，投入經費1.1萬元。",
    )
    assert activities == {"田徑賽": ["12個", "586人次"], "後勤保障": ["11人次"]}
    assert totals == ["96枚", "1.1萬元"]


def test_what_the_head_of_a_house_says_is_of_the_whole():
    _, totals = placed(
        "百年車站變身展覽館",
        "【本報訊】昨天開館典禮舉行，200餘人出席。",
        "「從汽笛說起」特展展出文物268件。",
        "館長方慧珍表示，修復工程總經費1.65億元。",
    )
    assert totals == ["1.65億元"]


def test_what_people_thought_is_of_the_whole():
    _, totals = placed(
        "家庭日籌備回顧",
        "親子運動會：24個家庭參賽。",
        "開放參觀：接待152人。",
        "滿意度問卷收回298份。",
    )
    assert totals == ["298份"]


def test_a_sentence_says_what_was_wanting():
    (taken,) = extract("鄰里節小結\n街道組織了鄰里節，居民450人參加。\n活動也有不足：青年參與率只有14%。\n")
    assert [passage.text for passage in taken.sheet.texts["problems"]] == ["活動也有不足：青年參與率只有14%"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("義工留宿一晚，送來錦旗一面。", [("一晚", 1, "exact"), ("一面", 1, "exact")]),
        ("打撈漂浮物一船，倒塌圍牆一堵，一船人平安。", [("一船", 1, "exact"), ("一堵", 1, "exact")]),
        ("一系列活動進一步豐富，一年一度，每月一次。", []),
        ("每季度至少開展2次，每人最多報2項。", [("2次", 2, "at_least"), ("2項", 2, "at_most")]),
        ("觀眾最多的一場達1200人。", [("1200人", 1200, "exact")]),
        ("20秒內撤離，4分半鐘到齊。", [("20秒內", 20, "at_most"), ("4分半鐘", 4.5, "exact")]),
        ("3天內容豐富。", [("3天", 3, "exact")]),
        ("8省選手到場，8省級單位。", [("8省", 8, "exact")]),
        ("同意36票，分兩路排查。", [("36票", 36, "exact"), ("兩路", 2, "exact")]),
        ("以上三項合計5萬元。", [("5萬元", 50000, "exact")]),
        ("三人籃球賽、兩人三足各設12個組。", [("12個", 12, "exact")]),
    ],
)
def test_counts_that_the_verifier_leaves_alone(text, counts):
    found = [(text[s.start : s.end], float(q.value or 0), q.modifier.value) for s, q in counts_in(text)]
    assert found == counts


def test_a_bound_before_the_verb_stands_in_the_sheet():
    (taken,) = extract("宣傳周小結\n4月2日，區局舉辦宣講會，要求各村至少開展2次。\n")
    assert [figure["quantity"] for a in to_data(taken)["activities"] for figure in a["figures"]] == [
        "至少2次"
    ]


def test_a_period_whose_years_are_only_named():
    (taken,) = extract("暖冬總結\n一、情況\n去年11月1日至今年1月15日，收到善款8萬元。\n")
    assert [v.text for v in taken.values if v.date is not None] == ["去年11月1日至今年1月15日"]
    assert "11月1日至1月15日" in str(to_data(taken))


def test_a_sum_after_a_list_in_bold_is_of_all():
    activities, totals = placed(
        "# 環保周工作小結",
        "",
        "- **河道清淤**：出動挖機4台，清淤800立方米",
        "- **舊衣回收**：設點5處，收舊衣1.6噸",
        "",
        "合計：投入資金23萬元，志願者參與350人次。",
    )
    assert activities == {"河道清淤": ["4台", "800立方米"], "舊衣回收": ["5處", "1.6噸"]}
    assert totals == ["23萬元", "350人次"]


def test_units_labelled_under_a_heading_have_their_own_figures():
    activities, _ = placed(
        "紅星廠例會記錄",
        "一、各車間匯報",
        "鑄造車間：檢修天車3台，更換鋼絲繩6根。",
        "裝配車間：整理工具櫃35個。",
    )
    assert [figures for figures in activities.values() if figures] == [["3台", "6根"], ["35個"]]


def test_a_chats_turn_says_whose_figures_it_gives():
    activities, _ = placed(
        "家長志願者群（記錄）",
        "李老師 8:30",
        "各位家長，上周五義賣的賬目出來了，公布一下：",
        "三年級攤位8個，賣了2460元。",
        "王爸爸 8:35",
        "👏👏 護學崗上個月的統計：每天4人，共排班22天。",
        "張媽 8:41",
        "圖書角那邊，家長捐書312本。",
    )
    assert activities == {"義賣": ["8個", "2460元"], "護學崗": ["4人", "22天"], "圖書角": ["312本"]}


def test_a_letter_is_about_what_its_first_paragraph_is_about():
    activities, _ = placed(
        "各位校友：",
        "母校校慶已於10月18日圓滿結束，返校校友2860人。",
        "校友論壇分3個會場，聽眾900人。",
        "志願者210名，校慶支出147萬元。",
    )
    assert activities == {
        "母校校慶": ["2860人", "210名", "147萬元"],
        "校友論壇": ["3個", "900人"],
    }


def test_who_took_part_in_all_is_of_the_whole():
    _, totals = placed("關於服務周開展情況的函", "一、參與情況。共有9個科室、132名職工參加。")
    assert totals == ["9個", "132名"]


def test_days_in_words_are_parts_of_the_whole():
    activities, _ = placed(
        "夏季營會記",
        "七月十八日，三十六位營員在碼頭集合。",
        "頭一天，保育員帶大家認樹，認出紅樹九種。",
        "第二天一早下灘種樹，種下秋茄苗八百株。",
    )
    assert activities["保育員帶大家認樹"] == ["九種"]
    assert activities["第二天一早下灘種樹"] == ["八百株"]


def test_a_log_of_weekdays():
    activities, totals = placed(
        "衛生院下鄉周記",
        "周一",
        "早上8點出發，去上坪村。看了64個病人，量血壓51人。",
        "周五",
        "回院開會，總結一周：看診累計165人次。",
    )
    assert list(activities.values()) == [["64個", "51人"]]
    assert totals == ["165人次"]


def test_points_that_are_called_points_are_headings():
    activities, totals = placed(
        "中學家校共育月匯報",
        "二、活動亮點",
        "亮點一：家長課堂進班級。邀請31位家長走上講臺，講消防、講航天、講刺繡。",
        "亮點二：親子長跑。全程5公里，320個家庭參加，每個家庭都拿到了獎牌。",
        "三、家長反饋",
        "發放問卷2100份。",
    )
    assert activities == {"家長課堂進班級": ["31位"], "親子長跑": ["5公里", "320個"]}
    assert totals == ["2100份"]


def test_a_gap_after_what_a_numbered_line_is_about():
    activities, totals = placed(
        "遊樂日活動報告書",
        "一．活動內容",
        "1．攤位遊戲 8個攤位，參加者210人。",
        "2．猜燈謎 燈謎100條，猜中88條。",
        "二．財政報告",
        "收入：會費撥款15,000元。",
    )
    assert activities == {"攤位遊戲": ["8個", "210人"], "猜燈謎": ["100條", "88條"]}
    assert totals == ["15,000元"]


def test_a_running_sum_under_a_heading_is_of_what_it_names():
    activities, _ = placed("服務站11月服務通報", "四、志願服務", "新註冊志願者18名，累計達236名。")
    assert activities == {"志願服務": ["18名", "236名"]}


def test_what_was_learnt_and_what_comes_are_texts():
    (taken,) = extract(
        "健康週報告\n(1) 運動班\n太極班四節。\n檢討：名額不足，輪候二十人。\n明年目標：開運動班八次。\n"
    )
    assert [p.text for p in taken.sheet.texts["problems"]] == ["名額不足，輪候二十人"]
    assert [p.text for p in taken.sheet.texts["next_steps"]] == ["開運動班八次"]
