"""Why a text passes, and what is mended in one that does not."""

from __future__ import annotations

import pytest

from summarywriter.facts.load import loads_facts
from summarywriter.verify import verify_text
from summarywriter.verify.explain import explain_text
from summarywriter.verify.mend import applied, mends

SHEET = """\
title: 柳溪镇防溺水宣传月活动总结
script: hans
level: township
unit: 柳溪镇人民政府
theme: 珍爱生命、预防溺水
period: 2025-06-01/2025-06-30
basis: [{title: 关于开展防溺水宣传月活动的通知, number: 柳教〔2025〕9号}]
activities:
  - {id: a1, name: 启动仪式, date: 2025-06-03, place: 镇文化广场,
     people: [{name: 陈远航, post: 副镇长, role: 讲话}],
     figures: [参加 320余人, 发放告家长书 1500份]}
  - {id: a2, name: 水域巡查, figures: [排查水塘 46口]}
"""
FACTS = loads_facts(SHEET)


def test_every_figure_date_and_name_stands_beside_its_fact() -> None:
    text = "6月3日，启动仪式在镇文化广场举行，副镇长陈远航讲话，320余人参加，发放告家长书1500份。"
    found = {g.text: g for g in explain_text(text, FACTS)}
    assert found["6月3日"].facts == ("a1.date",)
    assert found["320余人"].facts == ("a1.f1",)
    assert found["1500份"].facts == ("a1.f2",)
    assert found["陈远航"].facts == ("a1.p1",)
    assert found["镇文化广场"].facts == ("a1.place",)
    assert all(not g.verdict and text[g.start : g.end] == g.text for g in found.values())


def test_what_is_wrong_or_needs_no_fact_says_so() -> None:
    found = {g.text: g for g in explain_text("排查水塘64口，有镇政府、村委会两家单位参加。", FACTS)}
    assert found["64口"].verdict == "SW102"
    assert found["两家"].free


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("排查水塘46口。", "排查水塘64口。"),
        ("启动仪式320余人参加。", "启动仪式320人参加。"),
        ("6月3日，启动仪式在镇文化广场举行。", "6月13日，启动仪式在镇文化广场举行。"),
        ("副镇长陈远航讲话。", "副镇长陈远行讲话。"),
        ("以“珍爱生命、预防溺水”为主题开展宣传月活动。", "以“珍惜生命、预防溺水”为主题开展宣传月活动。"),
        (
            "根据通知（柳教〔2025〕9号）要求，开展宣传月活动。",
            "根据通知（柳教〔2025〕6号）要求，开展宣传月活动。",
        ),
    ],
)
def test_what_is_certain_is_mended(right: str, wrong: str) -> None:
    assert verify_text(right, FACTS).errors == ()
    edits = mends(wrong, FACTS)
    assert applied(wrong, edits) == right


@pytest.mark.parametrize(
    "text",
    ["活动中发放雨伞75把。", "排查水塘46口。", "经县政府批准，排查水塘46口。"],
)
def test_what_is_not_certain_is_left_to_a_person(text: str) -> None:
    assert mends(text, FACTS) == ()


def test_a_mend_is_in_the_script_of_the_text() -> None:
    wrong = "啟動儀式320人參加。"
    assert applied(wrong, mends(wrong, FACTS)) == "啟動儀式320餘人參加。"


def test_only_the_wrong_figure_changes() -> None:
    wrong = "启动仪式参加320余人，发放告家长书1050份。水域巡查排查水塘46口，第46口在村东。"
    assert applied(wrong, mends(wrong, FACTS)) == wrong.replace("1050份", "1500份")
