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
