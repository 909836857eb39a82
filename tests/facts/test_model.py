"""Sheets built in Python, without a file: the same shorthands, and pydantic's own errors."""
# ruff: noqa: E501  a case on one line is read as one

from __future__ import annotations

import pytest
from pydantic import ValidationError

from summarywriter.chinese.dates import parse_date
from summarywriter.chinese.quantities import Modifier
from summarywriter.errors import FactsError
from summarywriter.facts.index import FactIndex
from summarywriter.facts.load import facts_from
from summarywriter.facts.model import Activity, Basis, EventFacts, Organisers


def test_shorthands_work_in_python():
    event = EventFacts(
        title="小結",
        period="2018-05-19/2018-05-26",
        basis=["關於換書的通知"],
        organisers="市科協、市司法局等15個單位",
        activities=["換書", {"name": "講座", "organisers": ["甲局", "乙局"], "figures": ["聽講 60餘人"]}],
    )
    assert event.period == parse_date("2018-05-19/2018-05-26")
    assert event.basis == (Basis(title="關於換書的通知"),)
    assert event.organisers == (Organisers(names=("市科協", "市司法局"), total="15個單位", complete=False),)
    assert event.activities[1].organisers == (Organisers(names=("甲局", "乙局")),)
    assert event.activities[1].figures[0].quantity.modifier is Modifier.OVER
    index = FactIndex.of(event)
    assert "a2.f1" in index
    assert len(index) == len(list(index))
    assert index.activity("a2") is event.activities[1]
    assert {fact.id for fact in index.required()} == set(index.facts)


@pytest.mark.parametrize(("number", "unit", "modifier", "surface"), [
    ("300", "塊", "over", "300余塊"), ("300", "塊", "near", "近300塊"), ("300", "塊", "about", "約300塊"),
    ("300", "塊", "at_least", "至少300塊"), ("300", "塊", "at_most", "至多300塊"), ("300", "塊", "exact", "300塊"),
    ("300多", "塊", "over", "300多塊"), ("5萬—10萬", "元", None, "5萬—10萬元"), ("85%", None, None, "85%"),
])  # fmt: skip
def test_the_long_form_prints_as_people_write(number, unit, modifier, surface):
    figure = Activity(
        name="甲", figures=[{"object": "展板", "value": number, "unit": unit, "modifier": modifier}]
    ).figures[0]
    assert figure.quantity.surface == surface


def test_a_whole_quantity_may_be_given_in_one_key():
    [figure] = Activity(
        name="甲", figures=[{"action": "發放", "object": "資料", "quantity": "1500份"}]
    ).figures
    assert (figure.label, figure.quantity.value, figure.quantity.unit) == ("發放資料", 1500, "份")
    with pytest.raises(ValidationError, match="很多"):
        Activity(name="甲", figures=[{"object": "資料", "quantity": "很多"}])


@pytest.mark.parametrize(
    "wrong", [{"title": "小結", "period": 2018}, {"title": "小結", "period": "2月30日"}, {"title": "  "}]
)
def test_what_is_wrong_is_refused(wrong):
    with pytest.raises(ValidationError):
        EventFacts(**wrong)


def test_a_basis_must_say_something():
    with pytest.raises(FactsError, match="至少要有標題"):
        facts_from({"title": "小結", "basis": [{"required": False}], "measures": ["包片"]})


def test_facts_are_frozen():
    event = EventFacts(title="小結")
    with pytest.raises(ValidationError):
        event.title = "另一個"  # type: ignore[misc]
