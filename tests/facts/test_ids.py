"""Ids by position give way to ids that the sheet gives."""

from __future__ import annotations

from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.facts.load import loads_facts


def test_an_activity_may_have_the_id_that_a_person_would_get_by_position() -> None:
    sheet = (
        "title: 試\npeople: [{name: 周立, post: 鎮長}]\nactivities: [{id: p1, name: 動員會, place: 禮堂}]\n"
    )
    index = FactIndex.of(loads_facts(sheet))
    assert index["p1"].kind is FactKind.ACTIVITY
    assert index["p1x"].text == "周立"
    assert index["p1.place"].text == "禮堂"


def test_a_later_figure_may_have_the_id_that_an_earlier_one_would_get_by_position() -> None:
    sheet = """
title: 試
activities:
  - {id: a2, name: 徑賽, figures: [參賽運動員 612人次,
     {id: f1, action: 決出, object: 項目, value: 18, unit: 項},
     {action: 打破紀錄, object: 項目, value: 4, unit: 項, of: a2.f1}]}
  - {name: 跳遠, place: 沙坑}
"""
    index = FactIndex.of(loads_facts(sheet))
    assert index["a2.f1"].text.endswith("18項")
    assert index["a2.f1x"].text.endswith("612人次")
    whole = index.whole("a2.f3")
    assert whole is not None
    assert whole.id == "a2.f1"
    assert (activity := index.activity("a2x")) is not None
    assert activity.name == "跳遠"
