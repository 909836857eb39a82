# ruff: noqa: E501 - tables of short cases read better in wide rows
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarywriter.chinese.numerals import find_numbers, format_arabic, format_chinese, parse_number
from summarywriter.chinese.script import Script


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", "1234"), ("1.5万", "15000"), ("５０", "50"), ("十五", "15"), ("二〇一八", "2018"), ("兩千三百", "2300"),
        ("4萬", "40000"), ("1.2亿", "120000000"), ("三百零五", "305"), ("廿", "20"), ("廿五", "25"), ("壹佰", "100"),
        ("一百二", "120"), ("一百零二", "102"), ("1万2千", "12000"), ("一万亿", "1000000000000"), ("三点五", "3.5"),
        ("一點二億", "120000000"), ("一千200", "1200"), ("1亿2000万", "120000000"), ("百", "100"), ("零", "0"), ("3 000", "3000"),
    ],
)  # fmt: skip
def test_numbers(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "十四五", "1.", "abc", "10,5", "三个", "一一十", "百十千", "1.2.3", "1" * 41]
)
def test_no_numbers(text):
    assert parse_number(text) is None


@given(st.integers(0, 10**15), st.sampled_from(Script))
def test_chinese_reads_back(value, script):
    assert parse_number(format_chinese(Decimal(value), script)) == value


@given(st.decimals(0, 10**9, places=2))
def test_arabic_reads_back(value):
    assert parse_number(format_arabic(value)) == value


def test_liang():
    assert format_chinese(Decimal(22002), Script.HANT) == "兩萬兩千零二"
    assert format_chinese(Decimal(20000), Script.HANT) == "兩萬"
    assert format_chinese(Decimal(12), Script.HANS) == "十二"


def test_find_numbers():
    assert [(s, int(v)) for s, v in find_numbers("共5場，參加兩千人")] == [((1, 2), 5), ((6, 8), 2000)]


@pytest.mark.parametrize("text", ["1" * 10**6, "萬" * 10**6, "1," * 500_000, "1,111" * 200_000, "〇" * 10**6])
def test_a_megabyte_of_figures_is_read_once(text):
    list(find_numbers(text))


@pytest.mark.parametrize(
    ("text", "value"), [("186萬4,200", 1864200), ("7萬9,350", 79350), ("48萬5千", 485000)]
)
def test_thousands_commas_after_ten_thousands(text, value):
    assert parse_number(text) == value
    assert [found for _, found in find_numbers(f"收入{text}元")] == [value]
