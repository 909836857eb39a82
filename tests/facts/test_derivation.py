"""A derived total: written in the sheet with its terms, linted, verified in a text."""
# ruff: noqa: E501  a case on one line is read as one

from __future__ import annotations

import pytest

from summarywriter import FactsError, loads_facts, verify_text
from summarywriter.facts.derivation import derivation
from summarywriter.facts.lint import lint

SHEET = """\
title: 青陽市讀書月活動總結
unit: 青陽市文化局
totals:
  - {{action: 發放, object: 資料, quantity: {quantity}, derived: [東嶺縣 t1 500餘份, 西塘縣 t2 300份]}}
"""


def sheet(quantity: str):
    return loads_facts(SHEET.format(quantity=quantity))


def test_terms_are_read_in_short_and_in_long():
    short = sheet("800餘份").totals[0]
    long = loads_facts(
        "標題: 小結\n匯總: [{動作: 發放, 對象: 資料, 數量: 800餘份, 加總自:"
        " [{單位: 東嶺縣, 編號: t1, 數量: 500餘份}, {單位: 西塘縣, 編號: t2, 數量: 300份}]}]"
    ).totals[0]
    assert short.derived == long.derived
    assert [(t.unit, t.fact, t.quantity.surface) for t in short.derived] == [
        ("東嶺縣", "t1", "500餘份"),
        ("西塘縣", "t2", "300份"),
    ]
    assert derivation(short) == "2條事實之和"
    assert derivation(short, lang="en") == "sum of 2 facts"


@pytest.mark.parametrize("bad", ["東嶺縣", "東嶺縣 t1 很多"])
def test_a_term_that_cannot_be_read_is_told_with_its_line(bad):
    with pytest.raises(FactsError, match=r"4: .*derived"):
        loads_facts(f"title: 小結\ntotals:\n  - object: 資料\n    derived: [{bad}]\n    quantity: 3份\n")


@pytest.mark.parametrize("quantity", ["800餘份", "至少800份"])
def test_a_total_that_its_terms_come_to_is_grounded(quantity):
    facts = sheet(quantity)
    assert "FL112" not in {d.code for d in lint(facts)}
    report = verify_text(f"據統計，全市共發放資料{quantity}。", facts)
    assert [f.code for f in report.findings] == []


@pytest.mark.parametrize(
    ("quantity", "reason"),
    [
        ("900餘份", "not the sum"),
        ("800份", "blurred terms make no exact sum"),
        ("800餘冊", "another measure word"),
    ],
)
def test_any_other_is_an_error_in_the_sheet_and_in_the_text(quantity, reason):
    facts = sheet(quantity)
    assert "FL112" in {d.code for d in lint(facts)}, reason
    report = verify_text(f"據統計，全市共發放資料{quantity}。", facts)
    assert [f.code for f in report.errors] == ["SW115"], reason
    assert report.errors[0].suggestion == "800餘份"


def test_persons_and_visits_are_no_sum():
    facts = loads_facts(
        "title: 小結\ntotals: [{action: 參與, object: 群眾, quantity: 800人次, derived: [甲縣 t1 500人次, 乙縣 t1 300人]}]"
    )
    assert [d.code for d in lint(facts) if d.severity == "error"] == ["FL112"]
