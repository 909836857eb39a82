"""What a chief would strike out, and the realiser does not write."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from summarywriter.facts.index import FactIndex
from summarywriter.facts.load import loads_facts
from summarywriter.plan import DocumentPlan, SectionPlan, Unit
from summarywriter.realise import realise
from summarywriter.slots import fill

HEAD = "title: 試驗\nscript: hant\n"
WORDS = {"whole": "全鎮", "our": "我鎮", "event": "宣傳月", "locality": "臨水鎮"}


@pytest.mark.parametrize(
    ("sheet", "clause"),
    [
        # a free text and the figure that counts what it ends with are one clause
        (
            "{name: 動員會, date: 3月1日, details: [與各村簽訂責任書], figures: [簽訂責任書 14份]}",
            "與各村簽訂責任書14份",
        ),
        (
            "{name: 起龍, details: [從湖底起出沉水老龍舟], figures: [起出老龍舟 4條]}",
            "從湖底起出沉水老龍舟4條",
        ),
        # the title of what was sung or taught stands with the verb
        (
            "{name: 講座, date: 3月1日, people: [{name: 王敏, role: 主講}], quotes: [《古城》]}",
            "王敏主講《古城》",
        ),
        ("{name: 開幕式, details: [合唱隊演唱校園歌曲], quotes: [《燈還亮著》]}", "演唱校園歌曲《燈還亮著》"),
        ("{name: 攝影展, date: 3月1日, quotes: [《走廊》], figures: [展出照片 9幅]}", "展品有《走廊》"),
        # a deed that the name ends in is said once
        (
            "{name: 企業走訪, date: 8月6日, organisers: {role: 聯合走訪, names: [市婦聯, 市總工會]}}",
            "聯合開展企業走訪",
        ),
        (
            "{name: 匯報演出, place: 劇場, organisers: {role: 演出, names: [民樂隊]}}",
            "民樂隊在劇場舉行匯報演出",
        ),
        # those who come of themselves stand before what they do
        (
            "{name: 課堂, figures: [{actor: 上午班, action: 聽課, object: 孕婦, value: 168, unit: 人次}]}",
            "上午班孕婦168人次聽課",
        ),
        # verbs and their nouns
        ("{name: 徑賽, date: 2025-10-03/2025-10-05, place: 操場}", "徑賽在操場舉行"),
        ("{name: 漆器特展, date: 2025-05-03/2025-05-09, place: 二號廳}", "漆器特展在二號廳舉辦"),
        ("{name: 網箱清退, date: 5月3日}", "開展網箱清退。"),
        ("{name: 開幕式暨成果發布, date: 5月3日, place: 廣場}", "開幕式暨成果發布在廣場舉行"),
        ("{name: 培訓班, date: 5月3日, people: [{name: 王敏, role: 開班動員}]}", "王敏作開班動員"),
        ("{name: 徵集, figures: [初篩不合格率 9.3%]}", "不合格率為9.3%"),
        ("{name: 庭審, figures: [庭審時長 95分鐘, 挽回損失 26.8萬元]}", "庭審時長95分鐘，挽回損失26.8萬元"),
        ("{name: 龍舟賽, date: 5月3日, figures: [參賽龍舟 22條]}", "22條龍舟參賽"),
        ("{name: 開幕式, date: 5月3日, figures: [入場方陣 36個]}", "36個方陣入場"),
        ("{name: 體驗日, date: 5月3日, figures: [體驗盲區市民 315人次]}", "體驗盲區市民315人次"),
        ("{name: 修訂, date: 5月3日, figures: [修訂村規民約 約13份]}", "修訂約13份村規民約"),
        (
            "{name: 演練, date: 5月3日, figures: [{object: 組成工作組, value: 6, unit: 個}]}",
            "，組成工作組6個",
        ),
        # a name that what stands below says again
        ("{name: 園藝角改造, status: ongoing, details: [園藝角正在改造]}", "園藝角正在改造。"),
        ("{name: 師徒結對, figures: [結對師徒 118對, 簽訂協議 118份]}", "結對師徒118對，簽訂協議118份"),
        ("{name: 校史館參觀, figures: [參觀校史館 約3200人次]}", "約3200人次參觀校史館。"),
        ("{name: 通用培訓, date: 2025-09-08/2025-10-02, figures: [舉辦培訓 12場]}", "舉辦通用培訓12場"),
        ("{name: 絲網清退, status: ongoing, figures: [清退絲網 110隻]}", "正在開展絲網清退"),
        # what goes on, and what became of things, comes last
        (
            "{name: 評選, details: [{text: 結果正在公示, status: ongoing}], figures: [推薦家庭 65戶]}",
            "推薦家庭65戶，結果正在公示",
        ),
        (
            "{name: 擂台, details: [粽子送給環衛工人], figures: [包粽子 1750只]}",
            "包粽子1750只，粽子送給環衛工人",
        ),
        ("{name: 線索核查, details: [正在核查4條線索]}", "正在核查4條線索。"),
        (
            "{name: 演練, date: 5月3日, figures: [疏散人員 1100人, 疏散用時 6分鐘]}",
            "疏散人員1100人，疏散用時6分鐘",
        ),
        ("{name: 理髮, place: 各社區, time: 每周三}", "每週三，理髮活動在各社區"),
        ("{name: 繪本夜, time: 晚上, details: [每周五晚講讀繪本]}", "每周五晚講讀繪本。"),
        ("{name: 急救知識進課堂, date: 5月2日, place: 三中}", "急救知識進課堂活動在三中開展"),
        (
            "{name: 歌會, date: 5月2日, quotes: [《秧》], people: [{name: 楊昌, role: 領唱}, {name: 韋田}]}",
            "楊昌領唱《秧》，韋田參加",
        ),
        ("{name: 匯演, date: 5月2日, quotes: [《回家》], figures: [演出節目 11個]}", "節目有《回家》"),
        (
            "{name: 公開課, date: 5月2日, details: [學員動手揭裱], figures: [學員 24名]}",
            "學員24名，學員動手揭裱",
        ),
        # a time of day with no day
        ("{name: 夜校, time: 晚上7時, details: [每周三開課]}", "每周三開課，時間為晚上7時"),
    ],
)
def test_a_clause_says_what_it_means(written: Callable[..., str], sheet: str, clause: str) -> None:
    text = written(f"activities: [{sheet}]")
    assert clause in text
    assert not text.startswith(("開展園藝角", "開展線索"))


def test_a_title_in_a_figures_noun_is_told_once(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 入戶, quotes: [《明白卡》], figures: [入戶 2100戶, 發放《明白卡》 2300張]}]"
    )
    assert text.count("明白卡") == 1


def test_two_nouns_of_a_free_text_take_no_number_of_one(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 賽道服務, details: [沿線設置補給點和醫療點],"
        "figures: [設置補給點 18個, 設置醫療點 26個]}]"
    )
    assert "沿線設置補給點和醫療點（補給點18個、醫療點26個）" in text
    one = written("activities: [{name: 賽道服務, details: [設置補給點和醫療點], figures: [設置醫療點 26個]}]")
    assert "設置補給點和醫療點，" in one


def test_parts_share_a_verb_and_parts_of_a_part_stand_in_brackets(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 採血, date: 2025-04-05/2025-04-07, figures: ["
        "{id: f1, action: 報名, object: 師生, value: 1124, unit: 人},"
        "{id: f2, action: 成功獻血, object: 師生, value: 918, unit: 人, of: f1},"
        "{actor: 文學院, action: 成功獻血, object: 師生, value: 156, unit: 人, of: f2},"
        "{actor: 體育學院, action: 成功獻血, object: 師生, value: 203, unit: 人, of: f2}]},"
        "{name: 徵文, figures: [{id: g1, action: 收到, object: 徵文, value: 216, unit: 篇},"
        "{action: 評出, object: 一等獎, value: 5, unit: 篇, of: g1},"
        "{action: 評出, object: 二等獎, value: 12, unit: 篇, of: g1}]},"
        "{name: 市集, figures: [{id: h1, action: 設置, object: 攤位, value: 35, unit: 個},"
        "{action: 設置, object: 非遺攤位, value: 12, unit: 個, of: h1}]}]"
    )
    assert "師生1124人報名，其中成功獻血918人（文學院156人、體育學院203人）" in text
    assert "其中評出一等獎5篇、二等獎12篇" in text
    assert "設置攤位35個，其中非遺攤位12個" in text


def test_a_part_of_a_part_by_kind_is_contained_in_it(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 招募, date: 2025-08-20/2025-09-10, figures: ["
        "{id: f1, action: 報名, object: 志願者, value: 5326, unit: 人},"
        "{id: f2, action: 錄用, object: 志願者, value: 2180, unit: 名, of: f1},"
        "{action: 錄用, object: 高校學生, value: 1765, unit: 名, of: f2}]}]"
    )
    assert "其中錄用2180名，含高校學生1765名" in text


def test_figures_of_one_actor_stand_together(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 勸阻, figures: ["
        "{actor: 東支行, action: 勸阻, object: 匯款, value: 4, unit: 筆},"
        "{actor: 西支行, action: 勸阻, object: 匯款, value: 3, unit: 筆},"
        "{actor: 東支行, action: 挽回, object: 損失, value: 26.8萬, unit: 元},"
        "{actor: 西支行, action: 挽回, object: 損失, value: 9.5萬, unit: 元}]}]"
    )
    assert "東支行勸阻匯款4筆，挽回損失26.8萬元；西支行勸阻匯款3筆，挽回損失9.5萬元" in text


def test_a_slogan_belongs_to_the_activity_not_to_who_spoke(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 座談會, date: 7月2日, place: 會議室, quotes: [守法便利],"
        "people: [{name: 駱海平, role: 主持}]},"
        "{name: 趣味賽, date: 7月3日, quotes: [慢一點也是冠軍],"
        "organisers: [{role: 聯合組織, names: [學生會, 團委]}]}]"
    )
    assert "座談會圍繞“守法便利”" in text
    assert "圍繞“慢一點也是冠軍”聯合組織舉行趣味賽" in text


def test_guests_see_what_the_sheet_says_they_saw(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 開放日, date: 4月2日, place: 法院, people: [{name: 聞人澈, role: 致辭}],"
        "details: [參觀訴訟服務窗口], figures: [到場市民 230人]}]"
    )
    assert "聞人澈致辭，市民230人到場，參觀訴訟服務窗口" in text


def test_a_detail_of_marks_alone_prints_nothing(written: Callable[..., str]) -> None:
    text = written("activities: [{name: 集市, date: 4月2日, details: ['，'], figures: [發放資料 5份]}]")
    assert "，，" not in text
    assert "發放資料5份" in text


def test_days_divide_the_paragraphs_of_many_activities(written: Callable[..., str]) -> None:
    row = ",".join(
        f"{{name: 第{n}項比賽, date: 10月{2 + n // 2}日, place: 學校田徑場,"
        "figures: [參賽運動員 275人次, 設項目 12個, 打破紀錄 3項]}"
        for n in range(6)
    )
    paragraphs = [part for part in written(f"activities: [{row}]").split("\n") if part]
    assert len(paragraphs) > 1
    for left, right in pairwise(paragraphs):
        assert {f"10月{n}日" for n in range(2, 6) if f"10月{n}日" in left}.isdisjoint(
            {f"10月{n}日" for n in range(2, 6) if f"10月{n}日" in right}
        )


def test_what_is_to_come_shares_no_sentence_with_what_is_done(written: Callable[..., str]) -> None:
    text = written("activities: [{name: 講座, date: 4月2日}, {name: 攝影展, status: planned, date: 5月}]")
    assert "。擬於5月" in text


def test_the_verb_goes_with_the_event_and_two_bases_do_not_open_alike() -> None:
    index = FactIndex.of(
        loads_facts(
            HEAD + "unit: 鷺汀中學\nperiod: 2025-10-29/2025-10-31\n"
            "basis: [{title: 甲通知, issuers: [甲局]}, {issuers: [區委]}]\n"
        )
    )
    section = SectionPlan("s1", "opening", units=(Unit("opening", tuple(fact.id for fact in index)),))
    for event, verb in (("田徑運動會", "舉辦了"), ("清漂行動", "開展了"), ("應急演練", "組織")):
        plan = DocumentPlan(
            "試驗",
            "general",
            "given",
            "hant",
            (section,),
            words={**WORDS, "event": event, "event_full": event},
        )
        text = fill(realise(plan, index), index, script="hant").text
        assert f"{verb}" in text.split("31日")[1]
        assert not any(text.count(word) > 1 for word in ("根據", "按照", "依據"))


def test_long_problems_are_sentences_and_a_single_one_needs_no_lead(written: Callable[..., str]) -> None:
    two = "problems: ['鄉鎮網點微課堂照本宣科，老年客戶聽不進', '兩名櫃員對新型話術不熟，勸阻不及時']"
    assert "聽不進。二是" in written(two, "problems", "problems", heading="問題")
    one = written("problems: [低年級學生使用剪刀時看護人手不足]", "problems", "problems", heading="問題")
    assert one.endswith("\n低年級學生使用剪刀時看護人手不足。")


def test_a_plan_with_an_agent_of_its_own_is_by_that_agent(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 集市, date: 4月2日, details: [{text: 專家解答疑難, status: planned},"
        "{text: 增設攤位, status: planned}]}]"
    )
    assert "計劃由專家解答疑難" in text
    assert "計劃增設攤位" in text


@pytest.mark.parametrize("kind", ["measures", "problems", "next_steps"])
def test_an_entry_of_marks_alone_leaves_no_trace(written: Callable[..., str], kind: str) -> None:
    told = "entries" if kind == "measures" else kind
    text = written(f"{kind}: ['，', 加強巡查, 更換喇叭]", told, kind, heading="標題")
    assert "加強巡查" in text
    assert "更換喇叭" in text
    assert not any(marks in text for marks in ("；；", "；。", "，，", "三是"))
    assert "標題" in written(f"{kind}: ['，']", told, kind, heading="標題")


def test_one_total_is_no_reckoning(written: Callable[..., str]) -> None:
    text = written("totals: [發放資料 4200份]", "figures", "totals")
    assert text in {"全鎮共發放資料4200份。", "全鎮累計發放資料4200份。"}


def test_a_certificate_is_no_book_and_a_donor_hands_out_nothing(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 鄉土瓷器特展開幕式, date: 2025-05-18, quotes: [《窯火三百年》],"
        " details: [向三位捐贈人頒發收藏證書]}]"
    )
    assert "《窯火三百年》" in text
    assert "書目" not in text


def test_a_noun_for_what_is_under_way_is_not_told_as_done(written: Callable[..., str]) -> None:
    sheet = "activities: [{{name: 老船員口述史, date: 2025-05-18, details: [{{text: {}, status: ongoing}}]}}]"
    assert "正在進行錄音整理" in written(sheet.format("錄音整理"))
    assert "正在鋪設步道" in written(sheet.format("鋪設步道"))
    assert "進行學生" not in written(sheet.format("學生每日輪流記錄雨量"))
