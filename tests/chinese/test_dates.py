# ruff: noqa: E501 - tables of short cases read better in wide rows
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarywriter.chinese.dates import (
    DateError,
    DatePoint,
    DateValue,
    find_dates,
    find_impossible_dates,
    format_date,
    parse_date,
)
from summarywriter.chinese.script import Script

P = DatePoint


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018-05-19", P(2018, None, 5, 19), None), ("2018-05", P(2018, None, 5), None), ("2018", P(2018), None),
        ("20XX-05-17", P(None, "20XX", 5, 17), None), ("XXXX-05-17", P(None, None, 5, 17), None),
        ("--05-17", P(None, None, 5, 17), None), ("05-17", P(None, None, 5, 17), None),
        ("2018-05-19/2018-05-26", P(2018, None, 5, 19), P(2018, None, 5, 26)),
        ("2018年5月19日", P(2018, None, 5, 19), None), ("５月１９日", P(None, None, 5, 19), None),
        ("20xx年5月17日至24日", P(None, "20xx", 5, 17), P(None, "20xx", 5, 24)),
        ("5月14日—21日", P(None, None, 5, 14), P(None, None, 5, 21)), ("5月14-21日", P(None, None, 5, 14), P(None, None, 5, 21)),
        ("4月10日至5月10日", P(None, None, 4, 10), P(None, None, 5, 10)), ("二〇一八年", P(2018), None),
        ("二O一八年五月", P(2018, None, 5), None), ("5月中旬", P(None, None, 5, None, "中旬"), None),
        ("3月初", P(None, None, 3, None, "初"), None), ("2025年底", P(2025, None, None, None, "底"), None),
        ("3—5月", P(None, None, 3), P(None, None, 5)), ("2018-2020年", P(2018), P(2020)),
        ("12月28日至1月3日", P(None, None, 12, 28), P(None, None, 1, 3)), ("9月份", P(None, None, 9), None),
    ],
)  # fmt: skip
def test_dates(text, start, end):
    value = parse_date(text)
    assert (value.start, value.end) == (start, end)
    assert value.surface == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2月30日", "impossible"), ("2023-02-29", "impossible"), ("13月", "impossible"), ("5月21日至14日", "reversed"),
        ("2018-05-26/2018-05-19", "reversed"), ("abc", "format"), ("", "format"), ("上午", "format"), ("600人", "format"),
        ("5月19日开会", "format"), ("1" * 10**6, "format"),
    ],
)  # fmt: skip
def test_errors(text, reason):
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "time", "key"),
    [
        ("5月19日上午", "上午", "上午"), ("5月17日上午9時", "上午9时", "上午9:00"), ("5月17日9：30", "9:30", "9:30"),
        ("2018-05-19T09:00", "9:00", "9:00"), ("5月17日上午九时三十分", "上午九时三十分", "上午9:30"),
        ("5月17日下午2时至5时半", "下午2时至5时半", "下午2:00—下午5:30"), ("5月17日（星期四）上午", "上午", "上午"),
    ],
)  # fmt: skip
def test_times(text, time, key):
    value = parse_date(text)
    assert (value.time, value.time_key) == (time, key)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("2018年5月19日", "5月19日", True), ("2018年5月19日", "2019年5月19日", False), ("20xx年5月19日", "20XX-05-19", True),
        ("20xx年5月19日", "5月19日", True), ("20xx年5月19日", "2018年5月19日", False), ("5月19日", "5月18日", False),
        ("5月19日", "5月19日至26日", False), ("5月19日上午", "5月19日", True), ("5月19日上午", "5月19日下午", False),
        ("5月19日上午9時", "5月19日上午", True), ("5月19日下午3时", "5月19日15:00", True), ("5月19日下午3时", "5月19日上午", False),
        ("3月底", "3月末", True), ("9:30", "9时30分", True), ("9:30", "10:30", False),
    ],
)  # fmt: skip
def test_same(a, b, same):
    assert parse_date(a).same(parse_date(b)) is same
    assert parse_date(b).same(parse_date(a)) is same


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        ("2018-05-19/2018-05-26", "5月22日", True), ("2018-05-19/2018-05-26", "5月15日", False),
        ("2018-05-19/2018-05-26", "2018年5月", None), ("5月14日至21日", "5月17日至21日", True), ("2018", "5月19日", True),
        ("20xx年5月14日至21日", "5月17日", True), ("20xx年5月14日至21日", "2018年5月17日", None),
        ("20xx年5月14日至21日", "2018年6月17日", False), ("5月", "5月中旬", True), ("5月14日至21日", "17日", None),
    ],
)  # fmt: skip
def test_contains(outer, inner, inside):
    assert parse_date(outer).contains(parse_date(inner)) is inside


def test_days_and_weekday():
    assert parse_date("2018-05-19/2018-05-26").days() == 8
    assert parse_date("4月10日至5月10日").days() == 31
    assert parse_date("2月20日至3月1日").days() is None
    assert parse_date("5月").days() is None
    given_ = parse_date("2018年5月19日（星期六）")
    assert given_.weekday() == given_.weekday_given == 5
    assert parse_date("5月19日").weekday() is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5月19日上午，在廣場舉行", ["5月19日上午"]), ("於5月14日—21日在全市", ["5月14日—21日"]),
        ("行動,5月17日啟動", ["5月17日"]), ("5月17日、18日和21日", ["5月17日", "18日", "21日"]), ("9月前完成", ["9月"]),
        ("每月，5个月，3日内，第8号，上午，一时，三点意见，同时", []), ("〔2018〕8號", []), ("20xx余冊", []),
        ("《關於舉辦20xx年活動的通知》", []), ("2018年度", ["2018年"]), ("80年代", []), ("5月19日晚会", ["5月19日"]),
        ("下午3时开会", ["下午3时"]), ("2018.5.19召开", ["2018.5.19"]), ("5.19万元，3:2", []),
    ],
)  # fmt: skip
def test_find(text, found):
    assert [m.value.surface for m in find_dates(text)] == found
    assert [text[m.span.start : m.span.end] for m in find_dates(text)] == found


def test_a_day_shares_the_month_it_is_joined_to():
    joined = find_dates("2018年5月17日、18日，21日")
    assert [(m.value.start.month, m.value.start.day) for m in joined] == [(5, 17), (5, 18), (None, 21)]


def test_impossible_dates_are_found_apart():
    text = "于2月30日召开，5月21日至14日举行，5月3日结束"
    assert [(text[s.start : s.end], e.reason) for s, e in find_impossible_dates(text)] == [
        ("2月30日", "impossible"),
        ("5月21日至14日", "reversed"),
    ]


points = st.dates().filter(lambda d: 1800 <= d.year < 2200)
years = st.sampled_from(["known", "masked", "unstated"])


@st.composite
def values(draw):
    first, kind = draw(points), draw(years)
    year = first.year if kind == "known" else None
    masked = "20xx" if kind == "masked" else None
    time = draw(st.sampled_from([None, "上午", "下午3时", "9:30"]))
    shape = draw(st.sampled_from(["day", "month", "period", "part"]))
    if shape == "month":
        return DateValue(P(year, masked, first.month))
    if shape == "part":
        return DateValue(
            P(year, masked, first.month, None, draw(st.sampled_from(["初", "中旬", "下旬", "底"])))
        )
    day = min(first.day, 28)
    start = P(year, masked, first.month, day)
    if shape == "day":
        return DateValue(start, None, time)
    month = draw(st.integers(first.month, 12))
    last = draw(st.integers(day if month == first.month else 1, 28))
    return DateValue(start, P(year, masked, month, last), time)


@given(values(), st.sampled_from(Script))
def test_what_is_written_reads_back(value, script):
    back = parse_date(format_date(value, script=script))
    assert (back.start, back.end) == (value.start, value.end)
    assert back.same(value)
    assert back.time_key == value.time_key


@pytest.mark.parametrize(
    ("text", "days", "written"),
    [
        ("9月7日、9月14日、9月21日", [(9, 7), (9, 14), (9, 21)], "9月7日、14日、21日"),
        ("5月17日、24日", [(5, 17), (5, 24)], "5月17日、24日"), ("2025年9月17、18日", [(9, 17), (9, 18)], "2025年9月17日、18日"),
        ("2025-09-07、2025-10-14", [(9, 7), (10, 14)], "2025年9月7日、10月14日"), ("5月3日和6月4日", [(5, 3), (6, 4)], "5月3日、6月4日"),
    ],
)  # fmt: skip
def test_a_list_of_days_is_one_date(text, days, written):
    value = parse_date(text)
    assert [(day.start.month, day.start.day) for day in value.each] == days
    assert format_date(value, script=Script.HANT) == written
    assert parse_date(written).same(value)
    assert len(value.each) == value.days()


def test_a_list_keeps_periods_years_and_times_of_its_own():
    value = parse_date("2025年12月30日上午、2026年1月3日至5日")
    assert format_date(value, script=Script.HANT) == "2025年12月30日上午、2026年1月3日至5日"
    assert value.bounds(2000) == (date(2025, 12, 30), date(2026, 1, 5))
    assert not parse_date("5月3日、4日").same(parse_date("5月3日、5日"))


@pytest.mark.parametrize(
    ("text", "reason"), [("2月3日、30日", "impossible"), ("5月3日、改天", "format"), ("5月3日4日", "format")]
)
def test_a_wrong_list_is_no_date(text, reason):
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.reason == reason


def test_format():
    value = parse_date("2018-05-19/2018-05-26")
    assert format_date(value, script=Script.HANT, year=False) == "5月19日至26日"
    assert format_date(value, script=Script.HANT, elide_month=False) == "2018年5月19日至5月26日"
    assert format_date(parse_date("5月17日上午9时"), script=Script.HANT) == "5月17日上午9時"
    assert format_date(parse_date("5月17日上午9时"), script=Script.HANT, time=False) == "5月17日"
    assert format_date(parse_date("2018"), script=Script.HANS, year=False) == "2018年"


@pytest.mark.parametrize(
    "text", ["1" * 10**6, "五" * 10**6, "x" * 10**6, "1至" * 200_000, "5月1日至" * 50_000]
)
def test_long_debris_is_read_once(text):
    find_dates(text)


def test_a_clock_before_a_colon_and_one_before_what_happens_then():
    said = "小梅 8:07：收到。9点在石板桥集合，谈了3点意见，比分3:2:1。"
    assert [said[m.span.start : m.span.end] for m in find_dates(said)] == ["8:07", "9点"]


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("發文日期：113年11月4日", 2024, 11, 4),
        ("中華民國113年10月28日", 2024, 10, 28),
        ("民國85年3月成立", 1996, 3, None),
        ("114年1月至3月收支", 2025, 1, None),
        ("2025/09/27（六）集合", 2025, 9, 27),
        ("帳目10/5前公布", None, 10, 5),
    ],
)
def test_years_of_the_republic_and_slashed_days(text, year, month, day):
    start = find_dates(text)[0].value.start
    assert (start.year, start.month, start.day) == (year, month, day)


def test_a_length_of_time_is_no_year_of_the_republic():
    assert find_dates("建校113年，比例為3/5") == []


def test_a_clock_time_after_a_colon():
    assert find_dates("肆、散會：17時10分")[0].value.surface == "17時10分"
