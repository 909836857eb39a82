# ruff: noqa: E501 - tables of short cases read better in wide rows
import pytest

from summarywriter.chinese.punctuation import find_numeral_faults, find_punctuation_faults


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("你好,世界。", ["half-width"]), ("市政府(區)。", ["half-width"] * 2), ("完成。。", ["doubled"]), ("說“好。", ["unpaired"]),
        ("說好”。", ["unpaired"]), ("《科普法。", ["unpaired"]), ("全市各部门高度重视，" * 5 + "取得良好成效", ["no-end"]),
    ],
)  # fmt: skip
def test_faults(text, codes):
    assert [f.code for f in find_punctuation_faults(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "会议9:30开始，发放1,234份、占85.5%。", "1.加强领导", "(1)加强领导", "一、加强领导，落实责任", "（一）加强", "什么？！", "OA, v1.2",
        "市科技局\n2018年5月30日", "他说：“好。”", "等等……", "",
    ],
)  # fmt: skip
def test_no_faults(text):
    assert find_punctuation_faults(text) == []


@pytest.mark.parametrize(
    ("text", "found", "code", "suggestion"),
    [
        ("约5-10万人", "5-10万", "range-scale", "5万-10万"), ("一千200人", "一千200", "mixed", ""), ("近两千余名", "近两千余", "blurred-twice", ""),
        ("約300人左右", "約300人左右", "blurred-twice", ""), ("二O一八年", "二O一八", "latin-zero", "二〇一八"),
    ],
)  # fmt: skip
def test_numerals(text, found, code, suggestion):
    (fault,) = find_numeral_faults(text)
    assert text[fault.span.start : fault.span.end] == found
    assert (fault.code, fault.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    "text", ["5万—10万人", "1.5万人", "近百人", "两千余名", "二〇一八年", "最近3次左右", "约300人"]
)
def test_good_numerals(text):
    assert find_numeral_faults(text) == []
