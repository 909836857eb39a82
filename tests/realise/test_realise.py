"""What a reader sees of the realiser: whole sentences, from sheets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from summarywriter.facts.index import FactIndex
from summarywriter.facts.load import loads_facts
from summarywriter.plan import DocumentPlan, SectionPlan, Unit
from summarywriter.realise import realise, realise_section
from summarywriter.slots import fill

HEAD = "title: 試驗\nscript: hant\n"
WORDS = {"whole": "全鎮", "our": "我鎮", "event": "宣傳月", "locality": "臨水鎮"}


# --- figures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "clause"),
    [
        ("[參加 260餘人]", "260餘人參加"),
        ("[參與師生 840名]", "840名師生參與"),
        ("[參加群眾 300人]", "群眾300人參加"),
        ("[報名住戶 1200戶]", "住戶1200戶報名"),
        ("[發放宣傳手冊 1500份]", "發放宣傳手冊1500份"),
        ("[覆蓋村組 9個]", "覆蓋9個村組"),
        ("[設諮詢臺 至少26個]", "設諮詢臺至少26個"),
        ("[滿意率 98.5%]", "滿意率達98.5%"),
        ("[合格率 不低於95%]", "合格率不低於95%"),
        ("[安全帽 40頂]", "安全帽40頂"),
        (
            "[{action: 組織參觀科技館, object: 中小學生, value: 1700, unit: 名}]",
            "組織1700名中小學生參觀科技館",
        ),
        ("[{action: 完成, object: 水帶連接, value: 17.8, unit: 秒}]", "完成水帶連接用時17.8秒"),
        ("[{action: 送書, object: 圖書, value: 500, unit: 冊}]", "送書500冊"),
        ("[{actor: 各諮詢點, action: 發放, object: 資料, value: 50, unit: 份}]", "各諮詢點發放資料50份"),
        ("[{action: 接受, object: 諮詢, value: 96, unit: 人次, scope: 當天}]", "當天接受諮詢96人次"),
    ],
)
def test_a_figure_takes_the_order_of_words_that_its_noun_wants(
    written: Callable[..., str], figures: str, clause: str
) -> None:
    text = written(f"activities: [{{name: 開放日, date: 2025-03-01, place: 廣場, figures: {figures}}}]")
    assert clause in text


def test_figures_with_one_verb_share_it(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 集市, date: 2025-03-01, figures: [發放單頁 40張, 發放書籍 5冊, 展出展板 9塊]}]"
    )
    assert "發放單頁40張、書籍5冊，展出展板9塊" in text


def test_a_noun_takes_its_verb_only_with_its_measure_word(written: Callable[..., str]) -> None:
    totals = written("totals: [安全講座 18場, 入選展覽 150枚]", "figures", "totals")
    assert "舉辦安全講座18場" in totals
    assert "入選展覽150枚" in totals


def test_parts_stand_right_after_their_whole(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 排查, date: 2025-03-01/2025-03-05, figures: ["
        "{id: f1, action: 發現, object: 隱患, value: 57, unit: 處},"
        "{action: 整改, object: 隱患, value: 52, unit: 處, of: a1.f1}, 檢查商戶 80家]}]"
    )
    assert "發現隱患57處，其中整改52處" in text


def test_a_lost_figure_is_a_gap(written: Callable[..., str]) -> None:
    assert "〔待補〕冊" in written("activities: [{name: 集市, figures: [贈送書籍 20xx餘冊]}]")


# --- activities ----------------------------------------------------------------------------------


def test_day_place_people_and_numbers_share_a_sentence(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 啟動儀式, date: 2025-11-01, time: 上午, place: 文化廣場,"
        "people: [{name: 周立, post: 副鎮長, role: 講話}], figures: [參加 260餘人]}]"
    )
    assert text == "2025年11月1日上午，啟動儀式在文化廣場舉行，260餘人參加，副鎮長周立講話。"


@pytest.mark.parametrize(
    ("sheet", "clause"),
    [
        ("{name: 動員會, date: 2025-03-01}", "召開動員會"),
        ("{name: 科普講座, organisers: {names: [科協]}}", "科協舉辦科普講座"),
        ("{name: 編發普法讀本, organisers: {names: [司法局]}}", "司法局編發普法讀本"),
        ("{name: 村口一棵樹, place: 東嶺村}", "村口一棵樹活動"),
        ("{name: 送戲下鄉, organisers: [{role: 組織, names: [文化館]}]}", "文化館組織"),
        ("{name: 誌願宣講, figures: [宣講 14場]}", "宣講14場"),
        ("{name: 清倉走訪, date: 2025-03-01/2025-03-09}", "走訪"),
    ],
)
def test_an_activity_is_brought_in_by_what_its_name_is(
    written: Callable[..., str], sheet: str, clause: str
) -> None:
    assert clause in written(f"activities: [{sheet}]")


def test_what_is_planned_is_never_told_as_done(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 書市, status: planned, date: 2025-12-01, place: 東湖, figures: [設攤位 30個]}]"
    )
    assert text.startswith("擬於2025年12月1日在東湖開展書市活動")


def test_what_is_under_way_says_so(written: Callable[..., str]) -> None:
    assert "正在" in written("activities: [{name: 清淤, status: ongoing, place: 上塘}]")


def test_neighbouring_activities_do_not_open_alike(written: Callable[..., str]) -> None:
    text = written(
        "activities: ["
        "{name: 啟動儀式, date: 2025-03-01, place: 廣場, "
        "figures: [參加 300人, 發放資料 500份, 展出展板 40塊]},"
        "{name: 應急演練, date: 2025-03-05, place: 小學, "
        "figures: [參加師生 800名, 出動車輛 6輛, 設觀摩點 3個]},"
        "{name: 防火講座, date: 2025-03-09, place: 村委會, "
        "figures: [參加村民 120名, 發放手冊 200冊, 解答問題 30個]}]"
    )
    openings = [line[:9] for line in text.replace("。", "。\n").split("\n") if "3月" in line[:12]]
    assert openings
    assert not all(opening.startswith(("2025年3月", "3月")) for opening in openings) or len(openings) < 3


def test_books_that_were_given_follow_the_giving(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 下鄉活動, place: 東嶺村, "
        "details: [向農民贈送書籍, 解答疑難], quotes: [《養豬》, 《栽樹》]}]"
    )
    assert text.index("贈送書籍") < text.index("《養豬》《栽樹》") < text.index("解答疑難")


def test_a_quotation_inside_a_detail_is_not_told_again(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 集市, place: 廣場, details: [張掛“人人防火”橫幅], quotes: [人人防火]}]"
    )
    assert text.count("人人防火") == 1


# --- opening, totals, problems, next steps -------------------------------------------------------

OPENING = """
unit: 臨水鎮人民政府
theme: 全民消防
period: 2025-11-01/2025-11-30
basis: [{title: 關於開展宣傳月的通知, issuers: [縣消安委], number: 臨消〔2025〕2號}]
organisers: [{role: 主辦, names: [應急辦]}, {role: 協辦, names: [派出所, 中心學校]}]
"""


def test_the_opening_gives_basis_unit_period_theme_and_organisers(written: Callable[..., str]) -> None:
    text = written(OPENING, "opening", "opening")
    assert "縣消安委《關於開展宣傳月的通知》（臨消〔2025〕2號）" in text
    assert "臨水鎮人民政府於2025年11月1日至30日" in text
    assert "“全民消防”" in text
    assert "由應急辦主辦，派出所、中心學校協辦。" in text


def test_a_basis_without_a_title_is_an_order(written: Callable[..., str]) -> None:
    text = written("basis: [{issuers: [市科技局, 市科協]}]\nunit: 區科技局\n", "opening", "opening")
    assert "市科技局、市科協" in text
    assert "部署" in text


def test_totals_come_once_with_one_cumulative_word(written: Callable[..., str]) -> None:
    text = written("totals: [發放資料 4200餘份, 舉辦講座 12場, 受教育群眾 5000餘人次]", "figures", "totals")
    assert text.count("共") + text.count("累計") == 1
    assert text.endswith("受教育群眾5000餘人次。")


def test_several_problems_are_numbered_and_one_is_not(written: Callable[..., str]) -> None:
    many = written("problems: [線路老化, 宣傳不夠]", "problems", "problems", heading="問題")
    assert many.endswith("一是線路老化；二是宣傳不夠。")
    one = written("problems: [線路老化]", "problems", "problems", heading="問題")
    assert "一是" not in one
    assert "線路老化" in one


def test_next_steps_are_told_as_to_come(written: Callable[..., str]) -> None:
    text = written("next_steps: [對隱患掛賬督辦, 擬增設崗哨]", "next_steps", "next_steps", heading="打算")
    assert text.endswith("我鎮將對隱患掛賬督辦，擬增設崗哨。")


def test_the_same_sheet_gives_the_same_text_and_a_section_the_same_draft() -> None:
    index = FactIndex.of(loads_facts(HEAD + OPENING))
    section = SectionPlan("s1", "opening", units=(Unit("opening", tuple(fact.id for fact in index)),))
    plan = DocumentPlan("試驗", "general", "given", "hant", (section,), words=WORDS)
    assert realise(plan, index) == realise(plan, index)
    assert realise_section(section, plan, index) == realise(plan, index)[0]


def test_a_simplified_sheet_is_written_in_simplified_words() -> None:
    index = FactIndex.of(loads_facts("title: 试验\nscript: hans\ntotals: [发放资料 10份]\n"))
    section = SectionPlan("s1", "totals", units=(Unit("figures", ("t1",)),))
    plan = DocumentPlan("试验", "general", "given", "hans", (section,), words={"whole": "全镇"})
    text = fill(realise(plan, index), index, script="hans").text
    assert "发放资料10份" in text
    assert not set(text) & set("據統計經總況發資開")


# --- what sheets of clerks bring -----------------------------------------------------------------


def test_a_part_is_told_by_the_short_id_of_its_whole_and_one_of_a_whole_told_elsewhere_as_a_whole(
    written: Callable[..., str],
) -> None:
    text = written(
        "activities: [{name: 排查, figures: [{id: f1, action: 發現, object: 隱患, value: 57, unit: 處},"
        "{action: 整改, object: 隱患, value: 52, unit: 處, of: f1},"
        "{action: 上報, object: 隱患, value: 5, unit: 處, of: t1}]}]\n"
        "totals: [發現隱患 90處]"
    )
    assert "發現隱患57處，其中整改52處" in text
    assert "上報隱患5處" in text


def test_set_ups_stand_before_those_who_came_and_outcomes_last(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 田徑比賽, date: 10月3日, details: [陳志奪冠, 裁判組逐項檢錄],"
        "figures: [設項目 18個, 參賽運動員 642人次, 打破校紀錄 4項]}]"
    )
    order = [
        text.index(word) for word in ("設項目18個", "運動員642人次參賽", "逐項檢錄", "打破校紀錄", "奪冠")
    ]
    assert order == sorted(order)


def test_a_deed_is_told_with_its_number(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 頭盔進校園, date: 3月27日, people: [{name: 羅強, post: 大隊長, role: 贈送頭盔}],"
        "figures: [贈送頭盔 500頂]}]"
    )
    assert "大隊長羅強贈送頭盔500頂" in text
    assert text.count("贈送頭盔") == 1


@pytest.mark.parametrize(
    ("sheet", "clause"),
    [
        ("{name: 與派出所開展聯合演練, date: 9月18日}", "9月18日，與派出所開展聯合演練"),
        ("{name: 勸導進村, details: [依託勸導站上崗]}", "開展勸導進村活動，依託勸導站上崗"),
        ("{name: 清理房前屋後, figures: [清運垃圾 12車]}", "開展清理房前屋後活動，清運垃圾12車"),
        ("{name: 表彰, date: 3月8日, details: [表彰紅旗手20名]}", "3月8日，表彰紅旗手20名"),
        (
            "{name: 夏令營, date: 7月下旬, figures: [舉辦 3期, 參加少年 126名]}",
            "舉辦夏令營3期，126名少年參加",
        ),
        ("{name: 集市, date: 9月7日、14日, place: 市場}", "9月7日、14日，集市在市場舉行"),
        ("{name: 啟動儀式, theme: 安全第一, date: 9月7日}", "9月7日，舉行以“安全第一”為主題的啟動儀式"),
        ("{name: 觀影, details: [組織觀看影片], figures: [觀看 512人次]}", "組織觀看影片，512人次觀看"),
        ("{name: 無人機測繪, figures: [測繪村莊 7個]}", "開展無人機測繪，測繪村莊7個"),
        ("{name: 舊衣回收, date: 4月12日, figures: [回收舊衣 376件]}", "4月12日，回收舊衣376件"),
    ],
)
def test_names_and_dates_as_clerks_write_them(written: Callable[..., str], sheet: str, clause: str) -> None:
    assert clause in written(f"activities: [{sheet}]")


def test_measures_share_their_subject_and_are_joined_as_one_sentence(written: Callable[..., str]) -> None:
    text = written("measures: [5月28日制定方案, 6月1日成立領導小組, 各部門每週五上報]", "entries", "measures")
    assert text.startswith("我鎮於5月28日制定方案，6月1日成立領導小組；各部門每週五上報")


def test_the_last_of_several_steps_takes_and(written: Callable[..., str]) -> None:
    steps = "next_steps: [更換老化喇叭, 推動產權登記]"
    assert written(steps, "next_steps", "next_steps", heading="打算").endswith(
        "我鎮將更換老化喇叭，並推動產權登記。"
    )
    dated = written("next_steps: [更換喇叭, 12月開展檢查]", "next_steps", "next_steps", heading="打算")
    assert dated.endswith("我鎮將更換喇叭，12月開展檢查。")


def test_a_name_that_stands_in_the_heading_is_not_said_again(written: Callable[..., str]) -> None:
    sheet = "activities: [{name: 防震減災應急演練, date: 5月18日, place: 小學, figures: [參加師生 80名]}]"
    text = written(sheet, heading="防震減災應急演練")
    assert text.split("\n")[1] == "5月18日，演練在小學舉行，80名師生參加。"


def test_a_planned_activity_says_so_in_each_of_its_sentences(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 環鎮健步走, status: planned, date: 11月3日, place: 環鎮綠道,"
        "details: [沿途設補給點並安排專人照看, 為每一名完賽者發放紀念章, 組織志願者維持秩序],"
        "figures: [參加 300人, 設醫療點 5個, 發放礦泉水 600瓶, 行程 8公里]}]"
    )
    sentences = [part for part in text.split("。") if part]
    assert len(sentences) > 1
    assert all("擬" in part or part.startswith("計劃") for part in sentences)


def test_how_often_is_said_once_and_a_recurring_day_takes_no_preposition(written: Callable[..., str]) -> None:
    text = written(
        "activities: [{name: 植樹, organisers: [{role: 聯合, names: [科協, 團委]}], figures: [開展 3期]},"
        "{name: 義診, date: 5月2日, place: 東街}, {name: 家電維修, date: 每周三下午, place: 西街}]"
    )
    assert text.count("3期") == 1
    assert "於每周三" not in text
