"""``summarywriter rollup`` as its users meet it."""

from __future__ import annotations

import pytest

from summarywriter import load_facts

COUNTY = """\
標題: {name}讀書月活動總結
層級: 區縣
單位: {name}文化局
匯總: [贈送圖書 {books}冊, 參與群眾 {people}人次]
"""


@pytest.fixture
def counties(tmp_path):
    files = []
    for name, books, people in (("東嶺縣", "500餘", "3000"), ("西塘縣", "300", "近5000")):
        file = tmp_path / f"{name}.yaml"
        file.write_text(COUNTY.format(name=name, books=books, people=people), encoding="utf-8")
        files.append(file)
    return files


def test_a_sheet_is_made_and_can_be_written(sw, counties, tmp_path):
    city = tmp_path / "city.yaml"
    made = sw("rollup", *counties, "-o", city, "--unit", "雲江市文化局", "--expect", "東嶺縣、西塘縣、南埠縣")
    assert made.code == 0
    assert "RU102 應報的單位沒有報：南埠縣" in made.err
    assert "匯總 2 張表 · 2 個匯總數 · 1 處請核對" in made.err
    facts = load_facts(city)
    assert [t.quantity.surface for t in facts.totals] == ["800餘冊", "近8000人次"]
    assert facts.title == "雲江市讀書月工作總結"
    written = sw("write", city)
    assert written.code == 0
    assert "贈送圖書800餘冊" in written.out


def test_a_sheet_that_a_person_may_have_edited_is_not_overwritten(sw, counties, tmp_path):
    city = tmp_path / "city.yaml"
    city.write_text("mine", encoding="utf-8")
    assert sw("rollup", *counties, "-o", city).code == 2
    assert city.read_text(encoding="utf-8") == "mine"
    assert sw("rollup", *counties, "-o", city, "--force").code == 0


def test_sheets_that_cannot_be_read_are_all_named_and_nothing_is_made(sw, counties, tmp_path):
    for file in counties:
        file.write_text("標題: 小結\n匯總: [很多]\n", encoding="utf-8")
    made = sw("rollup", *counties, "-o", tmp_path / "city.yaml")
    assert made.code == 2
    assert all(str(file) in made.err for file in counties)
    assert not (tmp_path / "city.yaml").exists()


def test_expected_units_may_stand_in_a_file(sw, counties, tmp_path):
    names = tmp_path / "expected.txt"
    names.write_text("# 應報\n東嶺縣\n- 北坪縣\n", encoding="utf-8")
    made = sw("rollup", *counties, "--expect", names, "--lang", "en")
    assert "RU102 expected, but no report: 北坪縣" in made.err
    assert made.err.count("RU102") == 1


@pytest.mark.parametrize(
    "words", [("--level", "星球"), ("--expect", "nowhere.txt"), ("-o", "nowhere/city.yaml")]
)
def test_bad_arguments(sw, counties, words):
    assert sw("rollup", *counties, *words).code == 2
