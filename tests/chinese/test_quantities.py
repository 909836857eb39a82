# ruff: noqa: E501 - tables of short cases read better in wide rows
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarywriter.chinese.quantities import (
    Modifier,
    Quantity,
    find_quantities,
    format_quantity,
    parse_quantity,
)
from summarywriter.chinese.script import Script, to_script

M = Modifier


@pytest.mark.parametrize(
    ("text", "value", "unit", "modifier"),
    [
        ("600多人", 600, "人", M.OVER), ("1万多份", 10000, "份", M.OVER), ("1.5萬人次", 15000, "人次", M.EXACT),
        ("36.5萬元", 365000, "元", M.EXACT), ("85%", 85, "%", M.EXACT), ("百分之八十五", 85, "%", M.EXACT),
        ("85个百分点", 85, "个百分点", M.EXACT), ("上千人次", 1000, "人次", M.VAGUE), ("22萬多冊(盤、幅)", 220000, "冊(盤、幅)", M.OVER),
        ("70余块（幅）", 70, "块（幅）", M.OVER), ("两千余名", 2000, "名", M.OVER), ("４００００张", 40000, "张", M.EXACT),
        ("15个单位", 15, "个", M.EXACT), ("八成", 8, "成", M.EXACT), ("十几个", 10, "个", M.OVER), ("几十场", 10, "场", M.VAGUE),
        ("数以万计", 10000, "", M.VAGUE), ("两个多小时", 2, "小时", M.OVER), ("至少3次", 3, "次", M.AT_LEAST),
        ("百余人", 100, "人", M.OVER), ("近百人", 100, "人", M.NEAR), ("百人左右", 100, "人", M.ABOUT), ("上百万元", 1000000, "元", M.VAGUE),
        ("十余万人次", 100000, "人次", M.OVER), ("600 多 人", 600, "人", M.OVER), ("不超过5人", 5, "人", M.AT_MOST),
        ("1,234人", 1234, "人", M.EXACT), ("四次", 4, "次", M.EXACT), ("300", 300, "", M.EXACT), ("5垧", 5, "垧", M.EXACT),
        ("八成以上", 8, "成", M.AT_LEAST), ("50㎡", 50, "㎡", M.EXACT), ("三年多", 3, "年", M.OVER),
    ],
)  # fmt: skip
def test_quantities(text, value, unit, modifier):
    quantity = parse_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.modifier) == (value, unit, modifier)
    assert quantity.surface == text.replace(" ", "")
    assert not quantity.blurred
    for script in Script:
        other = parse_quantity(to_script(text, script))
        assert other is not None
        assert other.same_value(quantity)
        assert other.same_unit(quantity)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("5萬—10萬人", 50000, 100000), ("5-10万人", 50000, 100000), ("30人至50人", 30, 50), ("5%—10%", 5, 10), ("五六百人", 500, 600), ("3—5年", 3, 5)],
)  # fmt: skip
def test_ranges(text, low, high):
    quantity = parse_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.high) == (low, high)


@pytest.mark.parametrize("text", ["20xx余冊", "xx人", "**份", "20XX余册"])
def test_a_masked_figure_is_never_guessed(text):
    quantity = parse_quantity(text)
    assert quantity is not None
    assert quantity.masked
    assert quantity.value is None


@pytest.mark.parametrize("text", ["近两千余名", "约300人左右", "近10万余元", "超过300余人"])
def test_blurred_at_both_ends(text):
    quantity = parse_quantity(text)
    assert quantity is not None
    assert quantity.blurred


@pytest.mark.parametrize(
    "text", ["", "冊", "5月19日", "2018年", "上午9时", "百", "人", "600多人，300份", "1" * 10**6]
)
def test_no_quantities(text):
    assert parse_quantity(text) is None


def test_units():
    def unit(text):
        quantity = parse_quantity(text)
        assert quantity is not None
        return quantity

    assert unit("3人").same_unit(unit("3名")) and unit("3位").unit_key == "人"  # noqa: PT018
    assert not unit("3人").same_unit(unit("3人次"))
    assert unit("500余冊").same_value(unit("500餘册"))
    assert not unit("500余冊").same_value(unit("500冊"))


SILENT = """三個方面 四位一體 兩學一做 推進第三次創業 十八屆四中全會 一系列活動 進一步 一批 一定 一些 一起 一致 统一 唯一 千家万户 万家灯火
千方百计 四川 一民公司 三八妇女节 五四青年节 六一儿童节 十四五 三农 两山 百年 双百 四套班子 第九届 119 拨打12345热线 一是 二是 第一，
一、加强 （一）领导 1.开展 1、开展 2018年5月19日上午9时 〔2025〕12号 国办发[2015]12号 十分重视 一个 一次 一名 三年行动计划 三年级 5G XX部 二十大
《三百个故事》 “四个一百人” 四化两型 两手抓 三是 5月17日、18日 零距离 八项规定 9:30 三级联动 五个一工程 四个意识 2018-2020年 全市一盘棋 A4纸""".split()  # noqa: SIM905  as the list it would be, it is unreadable


@pytest.mark.parametrize("text", SILENT)
def test_what_counts_nothing(text):
    for variant in (text, *(to_script(text, s) for s in Script)):
        assert find_quantities(f"全區{variant}工作") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("當天共展出圖片、展板85塊，接受各類咨詢2500余人次", ["85塊", "2500余人次"]), ("培訓四次,培訓200余人次", ["四次", "200余人次"]),
        ("三家联合举办两场，十五个单位", ["三家", "两场", "十五个"]), ("以科技局、宣傳部三家聯合發文", ["三家"]),
        ("全市有100多所中小學校的54637名師生", ["100多所", "54637名"]), ("贈書20xx余冊，受宣群眾上千人次", ["20xx余冊", "上千人次"]),
        ("近兩千余名師生", ["近兩千余名"]), ("最近3次，附近20户，预约5人", ["3次", "20户", "5人"]), ("十分钟、2个小时", ["十分钟", "2个小时"]),
        ("会上百余名代表", ["百余名"]), ("成千上万的群众", ["成千上万"]), ("5246万。", ["5246万"]), ("占85%以上", ["85%以上"]),
        ("一百余场、一万人", ["一百余场", "一万人"]), ("5萬—10萬人參加", ["5萬—10萬人"]), ("每3人一组", ["3人"]),
        ("发放资料 1.5 万份", ["1.5 万份"]), ("1 人", ["1 人"]), ("22萬多冊(盤、幅)，", ["22萬多冊(盤、幅)"]),
    ],
)  # fmt: skip
def test_find(text, found):
    mentions = find_quantities(text)
    assert [text[m.span.start : m.span.end] for m in mentions] == found


def test_tail_and_ordinals():
    (mention,) = find_quantities("市衛生局等15個單位，在廣場")
    assert mention.tail == "單位"
    (mention,) = find_quantities("第九届活动", ordinals=True)
    assert mention.quantity.ordinal
    assert mention.quantity.value == 9


units = st.sampled_from(
    ["人", "人次", "份", "冊", "场", "个", "元", "%", "个百分点", "平方米", "塊（幅）", "小时"]
)
numbers = st.one_of(st.integers(2, 10**9).map(Decimal), st.decimals("1.1", 10**6, places=1))


@st.composite
def quantities(draw):
    value, modifier = draw(numbers), draw(st.sampled_from(Modifier))
    if modifier is M.VAGUE:
        value = Decimal(10) ** draw(st.integers(1, 10))
    high = None
    if modifier is not M.VAGUE and draw(st.booleans()):
        high = value + draw(st.integers(1, 10**6))
    return Quantity(value.normalize(), draw(units), modifier, high)


@given(quantities(), st.sampled_from(Script))
def test_what_is_written_reads_back(quantity, script):
    back = parse_quantity(format_quantity(quantity, script))
    assert back is not None
    assert back.same_value(quantity), back
    assert back.same_unit(quantity)
    assert not back.blurred


@pytest.mark.parametrize(
    "text",
    ["1" * 10**6, "萬" * 10**6, "五" * 10**6, "x" * 10**6, "近" * 10**6, "一个" * 50_000, "3人(" * 50_000],
)
def test_long_debris_is_read_once(text):
    find_quantities(text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("9分40秒", "580", "秒"),
        ("2小時30分", "150", "分"),
        ("1小时20分钟", "80", "分钟"),
        ("11秒82", "11.82", "秒"),
    ],
)
def test_a_length_of_time_in_two_units_is_one_quantity(text: str, value: str, unit: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.surface) == (Decimal(value), unit, text)
    assert [mention.quantity.surface for mention in find_quantities(f"堵漏用時{text}完成")] == [text]


@pytest.mark.parametrize(
    ("low", "high"), [(2, 22300), (3, 22300), (9999, 10000), (50000, 200000000), (10000, 20000)]
)
def test_a_range_is_written_so_that_its_lower_end_is_not_scaled(low, high):
    quantity = Quantity(Decimal(low), "人", Modifier.EXACT, Decimal(high))
    back = parse_quantity(format_quantity(quantity, Script.HANS))
    assert back is not None
    assert (back.value, back.high) == (low, high)


def test_singles_are_counted_and_sections_are_not():
    assert [m.quantity.surface for m in find_quantities("132名单身职工参加，活动分三个板块进行。")] == [
        "132名"
    ]
