"""Edges of the grammars, one case for each way in which a reader that is nearly right would go wrong."""

# ruff: noqa: E501 - tables of short cases read better in wide rows
from dataclasses import replace
from decimal import Decimal

import pytest

from summarywriter.chinese.dates import (
    DateError,
    DatePoint,
    DateValue,
    date_spans,
    find_dates,
    find_impossible_dates,
    format_date,
    parse_date,
)
from summarywriter.chinese.numerals import format_arabic, format_chinese, parse_number
from summarywriter.chinese.quantities import (
    Modifier,
    Quantity,
    find_quantities,
    format_quantity,
    parse_quantity,
)
from summarywriter.chinese.script import Script

# --- numerals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一点五亿", "150000000"), ("一点五万亿", "1500000000000"), ("零点零五", "0.05"), ("三千零二十", "3020"), ("廿五", "25"),
        ("一百廿五", "125"), ("一百一十五", "115"), ("二百百", None), ("十十", None), ("三十廿", None), ("廿十", None),
        ("一万二千亿", "1200000000000"), ("三万亿", "3000000000000"), ("一亿万", None), ("万亿", "1000000000000"),
        ("一亿二千万", "120000000"), ("三点", None), ("点五", None), ("一点五点二", None),
        ("1500.0", "1500"), ("1.50", "1.5"), ("100", "100"), ("三千五", "3500"), ("三千零五", "3005"), ("一百万零五", "1000005"),
    ],
)  # fmt: skip
def test_a_number_is_read_whole_or_not_at_all(text, value):
    read = parse_number(text)
    assert read == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("value", "hans", "hant"),
    [
        ("2.05", "二点零五", "二點零五"), ("0.5", "零点五", "零點五"), ("12.5", "十二点五", "十二點五"), ("10000", "一万", "一萬"),
        ("10001", "一万零一", "一萬零一"), ("11000", "一万一千", "一萬一千"), ("10999", "一万零九百九十九", "一萬零九百九十九"),
        ("100010000", "一亿零一万", "一億零一萬"), ("1000000000000", "一万亿", "一萬億"), ("1200000000000", "一万两千亿", "一萬兩千億"),
        ("1001", "一千零一", "一千零一"), ("1010", "一千零一十", "一千零一十"), ("2000", "两千", "兩千"), ("20000", "两万", "兩萬"),
        ("222", "二百二十二", "二百二十二"), ("0", "零", "零"), ("1000100010000", "一万零一亿零一万", None),
    ],
)  # fmt: skip
def test_chinese_figures_in_full(value, hans, hant):
    assert format_chinese(Decimal(value), Script.HANS) == hans
    assert hant is None or format_chinese(Decimal(value), Script.HANT) == hant
    assert parse_number(hans) == Decimal(value)


def test_arabic_figures_keep_the_zeros_that_count():
    assert [format_arabic(Decimal(v)) for v in ("100", "1.50", "0.0", "1E+3", "20.00")] == [
        "100", "1.5", "0", "1000", "20",
    ]  # fmt: skip


# --- quantities -------------------------------------------------------------------------------------


def _told(text):
    quantity = parse_quantity(text)
    if quantity is None:
        return None
    high = "" if quantity.high is None else f"—{quantity.high}"
    return f"{quantity.value}{high}", quantity.unit, quantity.modifier.value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Halves, inside the measure word and after it.
        ("两个半小时", ("2.5", "小时", "exact")), ("兩個半星期", ("2.5", "星期", "exact")), ("三天半", ("3.5", "天", "exact")),
        ("5公里半", ("5.5", "公里", "exact")), ("2小时半", ("2.5", "小时", "exact")), ("四成五", ("4.5", "成", "exact")),
        ("两个半月", ("2.5", "个月", "exact")), ("一個半月", ("1.5", "个月", "exact")), ("两个多月", ("2", "个月", "over")),
        ("两个多小时", ("2", "小时", "over")), ("三天多", ("3", "天", "over")), ("5公里多", ("5", "公里", "over")),
        # What two units make.
        ("9分40秒", ("580", "秒", "exact")), ("3天12小時", ("84", "小時", "exact")), ("11秒82", ("11.82", "秒", "exact")),
        # Ranges: who is scaled, and who is none.
        ("5—10萬人", ("50000—100000", "人", "exact")), ("5萬—10萬人", ("50000—100000", "人", "exact")),
        ("3至5萬餘人", ("30000—50000", "人", "over")), ("5万余—10万人", ("50000—100000", "人", "over")),
        ("1—3亿元", ("100000000—300000000", "元", "exact")), ("2万—3.5万人", ("20000—35000", "人", "exact")),
        ("30人至50人", ("30—50", "人", "exact")), ("30人至50余人", ("30—50", "人", "over")), ("30余人至50人", ("30—50", "人", "over")),
        ("10—5人", None), ("5—5人", None), ("30人至30人", None), ("50人至30人", None), ("30人至50册", None), ("xx至30人", None),
        ("第3屆", ("3", "屆", "exact")), ("十五六人", ("15—16", "人", "about")), ("五六百人", ("500—600", "人", "about")),
    ],
)  # fmt: skip
def test_a_quantity_is_read_with_all_that_belongs_to_it(text, told):
    assert _told(text) == told


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("20xx余册", "20XX餘冊", True), ("20xx余册", "xx余册", False), ("20xx余册", "2000余册", False), ("2000余册", "20xx余册", False),
        ("第3屆", "3屆", False), ("第3屆", "第三届", True), ("1.5万人", "15000名", True), ("15000余人", "15000人", False),
        ("30—50人", "30人", False), ("30—50人", "30人至50人", True),
    ],
)  # fmt: skip
def test_when_two_quantities_state_the_same_figure(a, b, same):
    a, b = map(parse_quantity, (a, b))
    assert a.same_value(b) is same


@pytest.mark.parametrize(
    ("quantity", "hans", "hant"),
    [
        (Quantity(None, "册", masked=True), "xx册", "xx冊"), (Quantity(None, "册", Modifier.VAGUE), "若干册", "若干冊"),
        (Quantity(Decimal(3), "届", ordinal=True), "第3届", "第3屆"), (Quantity(Decimal(10), "册", Modifier.OVER), "10余册", "10餘冊"),
        (Quantity(Decimal(9), "册", Modifier.OVER), "超过9册", "超過9冊"), (Quantity(Decimal(85), "册", Modifier.OVER), "超过85册", "超過85冊"),
        (Quantity(Decimal(90), "%", Modifier.OVER), "超过90%", "超過90%"), (Quantity(Decimal(90), "", Modifier.OVER), "超过90", "超過90"),
        (Quantity(Decimal(90), "‰", Modifier.OVER), "超过90‰", "超過90‰"), (Quantity(Decimal(100), "人", Modifier.VAGUE), "数百人", "數百人"),
        (Quantity(Decimal(120), "人", Modifier.VAGUE), "上120人", "上120人"), (Quantity(Decimal(10000), "人"), "1万人", "1萬人"),
        (Quantity(Decimal(15000), "人"), "1.5万人", "1.5萬人"), (Quantity(Decimal(10001), "人"), "10001人", "10001人"),
        (Quantity(Decimal(20000), "人", high=Decimal(30000)), "2万—3万人", "2萬—3萬人"),
        (Quantity(Decimal(3), "人", surface="三人"), "三人", "三人"), (Quantity(Decimal(3), "项", surface="三项"), "三项", "三項"),
    ],
)  # fmt: skip
def test_a_quantity_in_words(quantity, hans, hant):
    assert (format_quantity(quantity, Script.HANS), format_quantity(quantity, Script.HANT)) == (hans, hant)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("用A4紙5張印製", ["5張"]), ("共H5頁", []), ("網上百人參與", []), ("會上百人發言", []), ("現場上百人參與", ["上百人"]),
        ("《三十人論壇》有40人、“50人計劃”有60人", ["40人", "60人"]), ("5月1日3人，6月2日4人，7月3日5人", ["3人", "4人", "5人"]),
        ("（共30人）另有40人", ["30人", "40人"]), ("約 30 人", ["約30人"]), ("1 . 5", []), ("歷時兩個半月，", ["兩個半月"]),
        ("一百人和一人", ["一百人"]), ("增長一倍", ["一倍"]), ("數以千計，成千上萬", ["數以千計", "成千上萬"]),
    ],
)  # fmt: skip
def test_what_counts_in_a_text(text, found):
    assert [mention.quantity.surface for mention in find_quantities(text)] == found


# --- dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025-06-10T24:30", "impossible"), ("2025-06-10T25:00", "impossible"), ("2025-06-10T09:60", "impossible"),
        ("2025-06-10T9:05", "format"), ("2025-6-1x", "format"), ("2025-12-28/2025-01-03", "reversed"),
        ("2025年12月28日至2025年1月3日", "reversed"), ("2025-05-21/2025-05-14", "reversed"), ("05-21/05-14", "reversed"),
        ("20XX-05-21/20XX-05-14", "reversed"), ("2025-02-29", "impossible"), ("2025-04-31", "impossible"), ("2025-13-01", "impossible"),
    ],
)  # fmt: skip
def test_what_is_no_date_says_why(text, reason):
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.reason == reason
    assert str(caught.value) not in ("", "None")


@pytest.mark.parametrize(
    ("text", "start", "end", "time", "days"),
    [
        ("2025-06-10T24:00", (2025, 6, 10), None, "24:00", 1), ("2025-06-10T23:59", (2025, 6, 10), None, "23:59", 1),
        ("05-17/2025-05-20", (2025, 5, 17), (2025, 5, 20), None, 4), ("XXXX-05-14/2025-05-16", (2025, 5, 14), (2025, 5, 16), None, 3),
        ("20XX-05-14/20XX-05-21", ("20XX", 5, 14), ("20XX", 5, 21), None, 8), ("2025-05-14/05-16", (2025, 5, 14), (2025, 5, 16), None, 3),
        ("2025-05-14T09:00/2025-05-16", (2025, 5, 14), (2025, 5, 16), "9:00", 3), ("12-28/01-03", (None, 12, 28), (None, 1, 3), None, 7),
        ("2025-12-28/01-03", (2025, 12, 28), (None, 1, 3), None, 7), ("2025-12-28/2026-01-03", (2025, 12, 28), (2026, 1, 3), None, 7),
        ("02-28/03-01", (None, 2, 28), (None, 3, 1), None, None), ("2024-02-28/2024-03-01", (2024, 2, 28), (2024, 3, 1), None, 3),
        ("2025-02-28/2025-03-01", (2025, 2, 28), (2025, 3, 1), None, 2), ("2025-05/2025-06", (2025, 5, None), (2025, 6, None), None, None),
        ("2025-05-14/2025-06", (2025, 5, 14), (2025, 6, None), None, None), ("02-20/02-25", (None, 2, 20), (None, 2, 25), None, 6),
    ],
)  # fmt: skip
def test_edtf_in_full(text, start, end, time, days):
    value = parse_date(text)

    def point(p):
        return None if p is None else (p.masked_year or p.year, p.month, p.day)

    assert (point(value.start), point(value.end), value.time, value.days()) == (start, end, time, days)


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        ("2025-05-14/2025-05-21", "2025-05-14", True), ("2025-05-14/2025-05-21", "2025-05-21", True),
        ("2025-05-14/2025-05-21", "2025-05-13", False), ("2025-05-14/2025-05-21", "2025-05-22", False),
        ("2025-05-14/2025-05-21", "2025-05-14/2025-05-21", True), ("2025-05-14/2025-05-21", "2025-05-20/2025-05-22", None),
        ("2025-05-14/2025-05-21", "2025-05-12/2025-05-14", None), ("2025-05-14/2025-05-21", "2025-05", None),
        ("2025-05", "2025-05-14", True), ("2025-05-14/2025-05-21", "05-15", True), ("20XX-05-14/20XX-05-21", "20XX-05-15", True),
        ("20XX-05-14/20XX-05-21", "2025-05-15", None), ("2025-05-14/2025-05-21", "20XX-05-15", None),
        ("12-28/01-03", "01-02", None), ("12-28/01-03", "12-30", True), ("05-14/05-21", "06-01", False),
    ],
)  # fmt: skip
def test_what_a_period_holds(outer, inner, inside):
    assert parse_date(outer).contains(parse_date(inner)) is inside
    if parse_date(inner).end is None:
        assert parse_date(outer).contains(parse_date(inner).start) is inside


def test_a_list_has_the_days_of_all_and_no_weekday():
    days = parse_date("2025年9月7日、14日")
    assert (days.days(), days.weekday()) == (2, None)
    vague = replace(days, more=(DateValue(DatePoint(2025, None, 10)),))
    assert vague.days() is None
    assert parse_date("2025-09-07/2025-09-09").weekday() is None
    assert parse_date("2025-09-07").weekday() == 6


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025年5月14日開幕、5月15日和16日閉幕", ["2025-5-14", "None-5-15", "None-5-16"]), ("20xx年5月14日、18日至20日巡展", ["20xx-5-14", "20xx-5-18/20xx-5-20"]),
        ("《5月1日的信》在5月2日發布，“5月3日計劃”5月4日結束", ["None-5-2", "None-5-3", "None-5-4"]),
        ("（5月1日）（5月2日）", ["None-5-1", "None-5-2"]), ("5月1日，5月32日，5月3日", ["None-5-1", "None-5-3"]),
    ],
)  # fmt: skip
def test_dates_of_a_text_in_full(text, found):
    def point(p):
        return f"{p.masked_year or p.year}-{p.month}-{p.day}"

    told = [
        point(m.value.start) + (f"/{point(m.value.end)}" if m.value.end else "") for m in find_dates(text)
    ]
    assert told == found


def test_dates_in_titles_are_found_when_asked_for():
    text = "《5月1日的信》，2月30日，5月2日"
    assert [m.value.surface for m in find_dates(text)] == ["5月2日"]
    assert [m.value.surface for m in find_dates(text, titles=True)] == ["5月1日", "5月2日"]
    assert [text[a:b] for (a, b), *_ in find_impossible_dates(text)] == ["2月30日"]
    assert list(find_impossible_dates("《2月30日的信》")) == []
    assert [text[a:b] for a, b in date_spans(text)] == ["5月1日", "2月30日", "5月2日"]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("于 2025 年 5 月 14 日 上午 举行", "2025年5月14日上午"), ("2025 年 5 月 14 日至 21 日", "2025年5月14日至21日"),
        ("5 月 14—21 日", "5月14—21日"), ("20xx 年 5 月 14 日", "20xx年5月14日"), ("5 月 14 日上午 9 时 30 分", "5月14日上午9时30分"),
        ("3 — 5 月", "3—5月"), ("14 日，", "14日"), ("2025 年上半年", "2025年上半年"), ("5 月 14 日（星期三）", "5月14日（星期三）"),
    ],
)  # fmt: skip
def test_blanks_beside_figures_are_no_part_of_a_date(text, surface):
    (mention,) = find_dates(text)
    assert mention.value.surface == surface
    assert mention.value.same(parse_date(surface))
    assert parse_date(text.strip("于，举行 ")).same(mention.value)
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "year", "written"),
    [
        ("2025-12-28/2026-01-03", True, "2025年12月28日至2026年1月3日"), ("2025-12-28/2026-01-03", False, "12月28日至1月3日"),
        ("2025-05/2025-06", True, "2025年5月至6月"), ("2025-05-14/2025-06-02", True, "2025年5月14日至6月2日"),
        ("2025-05-14/2025-05-21", False, "5月14日至21日"), ("2024/2025", True, "2024年至2025年"), ("2024/2025", False, "2024年至2025年"),
    ],
)  # fmt: skip
def test_a_period_is_written_with_no_more_than_it_needs(text, year, written):
    assert format_date(parse_date(text), script=Script.HANS, year=year) == written


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        # Minutes, however written.
        ("上午9时一刻", "9:15", True), ("上午9时三刻", "9:45", True), ("上午9时半", "9:30", True), ("上午9时整", "9:00", True),
        ("上午9点零五分", "9:05", True), ("上午09:05", "9时5分", True), ("上午9时05分", "9:50", False), ("上午9时30分", "9:31", False),
        ("0时", "24时", False), ("上午10:00", "上午1时", False),
        # The dial is gone round twice; the part of the day tells which time it is.
        ("下午3时", "15:00", True), ("下午1时", "13:00", True), ("下午3时", "上午3时", False), ("下午3:30", "3:30", True), ("3:30", "15:30", True),
        ("中午12时", "12:00", True), ("中午1时", "13:00", True), ("中午5时", "17:00", True), ("中午11时", "11:00", True), ("中午6时", "18:00", False),
        ("中午11时", "23:00", False), ("上午9时", "21:00", False), ("晚上8时", "20:00", True), ("晚上11时", "23:00", True), ("下午12时", "12:00", True), ("下午2时", "傍晚2时", True),
        # A part of the day and a clock, two parts of the day.
        ("上午", "9:00", True), ("上午", "5:00", True), ("上午", "12:00", True), ("上午", "13:00", False), ("上午", "4:00", False), ("下午", "19:00", True),
        ("早上", "早晨", True), ("晚上", "夜间", True), ("上午", "早上", False), ("上午", "下午", False),
        # Two times told of which one is stated.
        ("下午2时至5时", "下午2时", True), ("下午2时至5时半", "下午2时至5时30分", True), ("下午2时至5时", "下午2时至6时", False),
    ],
)  # fmt: skip
def test_times_of_day_agree_or_not(a, b, same):
    mine, theirs = (DateValue(DatePoint(2025, None, 6, 10), time=time) for time in (a, b))
    assert mine.same(theirs) is same
    assert theirs.same(mine) is same


def test_a_time_alone_agrees_with_a_time_and_with_no_day():
    time, day = DateValue(DatePoint(), time="上午9时"), DateValue(DatePoint())
    assert time.same(DateValue(DatePoint(), time="9:00"))
    assert not time.same(day)
    assert day.same(day)


@pytest.mark.parametrize(
    ("a", "b", "default", "same"),
    [
        ("5月14日至21日", "2025年5月14日至21日", 2025, True), ("5月14日至21日", "2025年5月14日至21日", 2024, False),
        ("5月14日至21日", "5月14日至22日", None, False), ("5月14日至21日", "5月15日至21日", None, False), ("5月14日至21日", "5月14日", None, False),
        ("9月7日、14日", "9月7日、14日", None, True), ("9月7日、14日", "9月7日、15日", None, False), ("9月7日、14日", "9月7日", None, False),
        ("9月7日、14日", "9月7日、14日、21日", None, False), ("9月7日、14日", "2025年9月7日、14日", 2024, False), ("5月底", "5月末", None, True),
    ],
)  # fmt: skip
def test_periods_and_lists_agree_in_every_day(a, b, default, same):
    assert parse_date(a).same(parse_date(b), default_year=default) is same


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025年", "2025-01-01", "2025-12-31"), ("20xx年", "2020-01-01", "2020-12-31"), ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("2025年底", "2025-10-01", "2025-12-31"), ("2025年2月", "2025-02-01", "2025-02-28"), ("2025年2月下旬", "2025-02-21", "2025-02-28"),
        ("2025年5月上旬", "2025-05-01", "2025-05-10"), ("5月中旬", "2020-05-11", "2020-05-20"), ("2月29日", "2020-02-29", "2020-02-29"),
        ("12月28日至1月3日", "2020-12-28", "2021-01-03"), ("2025年12月28日至1月3日", "2025-12-28", "2026-01-03"),
        ("5月14日至5月14日", "2020-05-14", "2020-05-14"), ("5月至6月", "2020-05-01", "2020-06-30"), ("9月7日、14日", "2020-09-07", "2020-09-14"),
    ],
)  # fmt: skip
def test_the_days_that_a_date_may_mean(text, first, last):
    assert tuple(map(str, parse_date(text).bounds(2020))) == (first, last)


def test_a_day_without_its_month_has_no_bounds():
    assert DatePoint(day=14).bounds(2020) is None
    assert DatePoint().bounds(2020) is None
    assert DateValue(DatePoint(2025, None, 9, 7), more=(DateValue(DatePoint(day=14)),)).bounds(2020) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10月28日至3月3日", None), ("9月28日至3月3日", "reversed"), ("10月28日至4月3日", "reversed"), ("11月至2月", None), ("6月至5月", "reversed"),
        ("5月21日至5月14日", "reversed"), ("5月14日至14日", None), ("9999年1月1日", "format"), ("5月32日", "impossible"), ("0月5日", "impossible"),
        ("13月5日", "impossible"), ("2月29日", None), ("5月0日", "impossible"), ("2025年6月至2024年5月", "reversed"), ("2024年2月29日", None),
    ],
)  # fmt: skip
def test_which_periods_end_before_they_start(text, reason):
    if reason is None:
        assert parse_date(text).surface == text
        return
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("约 30人", ("30", "人", "about")), ("近 百人", ("100", "人", "near")), ("大约30人", ("30", "人", "about")), ("最近30人", None),
        ("上百人", ("100", "人", "vague")), ("上30人", ("30", "人", "vague")), ("若干人", ("None", "人", "vague")), ("几个小时", ("None", "个小时", "vague")),
        ("数百人", ("100", "人", "vague")), ("15个单位", ("15", "个", "exact")), ("15栏目", ("15", "栏目", "exact")), ("15人三十", None), ("", None),
        ("2018年5月", None), ("人", None), ("三" * 61, None),
    ],
)  # fmt: skip
def test_a_quantity_of_the_sheet_is_one_or_none(text, told):
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("最近30人参加", "30人"),
        ("附近30人", "30人"),
        ("将近30人", "将近30人"),
        ("约 30 人", "约30人"),
        ("到场近30人", "近30人"),
    ],
)
def test_a_modifier_is_one_only_where_it_is_a_word(text, found):
    assert [mention.quantity.surface for mention in find_quantities(text)] == [found]
