# ruff: noqa: E501 - tables of short cases read better in wide rows
import pytest

from summarywriter.chinese.names import (
    find_document_numbers,
    find_organisations,
    find_persons,
    find_quotations,
    find_titles,
    near_name,
    same_name,
)


def texts(mentions):
    return [m.text for m in mentions]


def test_titles_and_quotations():
    text = "根據《關於舉辦“科技周”的通知》，以“攜手創新”為主題，「安全」"
    assert texts(find_titles(text)) == ["關於舉辦“科技周”的通知"]
    assert texts(find_quotations(text)) == ["攜手創新", "安全"]
    (title,) = find_titles(text)
    assert text[title.span.start : title.span.end] == "《關於舉辦“科技周”的通知》"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三家聯合發文(潯科發[20xx]8號)至各單位", "潯科發[20xx]8號"), ("（黑安監發〔20xx〕35號）文件", "黑安監發〔20xx〕35號"),
        ("按照国办发[2015]12号文件", "国办发[2015]12号"), ("根据科发〔2018〕第8号", "科发〔2018〕第8号"),
    ],
)  # fmt: skip
def test_document_numbers(text, number):
    assert texts(find_document_numbers(text)) == [number]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由區科技局、區委宣傳部、區科協聯合牽頭", ["區科技局", "區委宣傳部", "區科協"]), ("会同市农业局在黑竹镇举行", ["市农业局", "黑竹镇"]),
        ("各部门、乡镇和农村干部", []), ("工作格局", []),
    ],
)  # fmt: skip
def test_organisations(text, names):
    assert texts(find_organisations(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由區委常委、宣傳部長李露萍同志主持", ["李露萍"]), ("區政府吳正發副區長參加", ["吳正發"]), ("刘江局长亲自挂帅", ["刘江"]),
        ("副区长吴正发出席", ["吴正发"]), ("全体同志", []), ("各位领导", []),
    ],
)  # fmt: skip
def test_persons(text, names):
    assert texts(find_persons(text)) == names


def test_comparison():
    assert same_name("區科技局", "区科技局")
    assert not same_name("区科技局", "市科技局")
    assert near_name("李露萍", "李露平")
    assert near_name("市科協", "市科协会")
    assert not near_name("區科技局", "区科技局")
    assert not near_name("科协", "妇联")


def test_a_workshop_is_nobody():
    assert [m.text for m in find_persons("冲压车间代表队获得一等奖，车间主任刘平讲话。")] == ["刘平"]


def test_a_limited_company_is_named_whole():
    assert [
        m.text for m in find_organisations("恒昌机械有限公司安全生产月活动，由丰源股份有限公司承办。")
    ] == [
        "恒昌机械有限公司",
        "丰源股份有限公司",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("依《條例》及晟福字第1140017號函辦理", "晟福字第1140017號"),
        ("發文字號：豐德學字第1130006215號", "豐德學字第1130006215號"),
        ("依府教終字第11300123號函", "府教終字第11300123號"),
        ("依據本府113年3月2日府民字第1130012345號函", "府民字第1130012345號"),
    ],
)
def test_serial_numbers_of_letters(text, number):
    assert texts(find_document_numbers(text)) == [number]
