# ruff: noqa: E501 - tables of short cases read better in wide rows
import pytest

from summarywriter.chinese.script import (
    Script,
    detect_script,
    foreign_characters,
    to_script,
    to_script_mapped,
)
from summarywriter.chinese.text import Span


@pytest.mark.parametrize(
    ("text", "script"),
    [("發放資料", Script.HANT), ("发放资料", Script.HANS), ("科技活周", None), ("", None), ("发發", None)],
)
def test_detect(text, script):
    assert detect_script(text) is script


@pytest.mark.parametrize(
    "text", ["皇后在後面", "至于天干", "余先生，周女士，范里長，系統，制度", "公里，干涉"]
)
def test_characters_good_in_both_are_not_foreign(text):
    assert [text[a:b] for a, b in foreign_characters(text, Script.HANT)] == []


@pytest.mark.parametrize(
    ("text", "script", "expected"),
    [
        ("发放資料", Script.HANT, ["发"]), ("發放资料", Script.HANS, ["發"]), ("乾隆與乾淨", Script.HANS, ["與", "淨"]),
        ("剩餘于此", Script.HANS, ["餘"]), ("與体育", Script.HANT, ["体"]),
    ],
)  # fmt: skip
def test_foreign(text, script, expected):
    assert [text[a:b] for a, b in foreign_characters(text, script)] == expected


def test_conversion_protects_spans_and_carries_them():
    text = "由于里发同志发放资料"
    name = Span(1, 4)
    converted, offsets = to_script_mapped(text, Script.HANT, [name])
    assert converted == "由于里发同志發放資料"
    assert converted[offsets[name.start] : offsets[name.end]] == "于里发"
    assert len(offsets) == len(text) + 1


def test_taiwan_forms():
    assert to_script("群众为里面", Script.HANT) == "群眾為裡面"
    assert to_script("羣衆諮詢", Script.HANS) == "群众咨询"
