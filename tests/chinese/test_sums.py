"""What figures may be added, and what their sum may claim."""
# ruff: noqa: E501  a case on one line is read as one

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarywriter.chinese.quantities import Modifier, Quantity, format_quantity, parse_quantity
from summarywriter.chinese.script import Script
from summarywriter.chinese.sums import add


def total(*terms: str) -> str | None:
    found = add([quantity for text in terms if (quantity := parse_quantity(text)) is not None])
    return None if found is None else format_quantity(found, Script.HANT)


@pytest.mark.parametrize(("terms", "expected"), [
    (("500餘份", "300份"), "800餘份"), (("300份", "200份"), "500份"), (("30人", "20名", "15位"), "65人"),
    (("1萬多份", "1.2萬份"), "2.2萬餘份"), (("近500份", "300份"), "近800份"), (("約500份", "300餘份"), "約800份"),
    (("近500份", "300餘份"), "約800份"), (("上千人次", "300人次"), "至少1300人次"),
    (("至少200冊", "300餘冊"), "至少500冊"), (("5萬—10萬冊", "3萬冊"), "8萬—13萬冊"), (("至多500冊", "30冊"), "不超過530冊"),
    (("36.5萬元", "1.27億元"), "12736.5萬元"), (("813份", "200餘份"), "超過1013份"),
])  # fmt: skip
def test_what_blurs_the_terms_blurs_the_sum(terms, expected):
    assert total(*terms) == expected


def test_a_lost_figure_leaves_what_is_certain():
    assert total("300冊", "20xx餘冊") == "至少300冊"
    assert total("近500冊", "20xx餘冊", "100冊") == "至少500冊"  # a fifth off what 近 may lack
    assert total("20xx餘冊", "xx冊") is None


@pytest.mark.parametrize("terms", [
    ("500人", "300人次"), ("500份", "300冊"), ("85%", "90%"), ("第3屆", "第5屆"), ("30天", "12天"), ("2倍", "3倍"), ("300", "200"),
])  # fmt: skip
def test_what_may_not_be_added_is_not(terms):
    assert total(*terms) is None


figures = st.builds(
    lambda value, modifier: Quantity(Decimal(value), "份", modifier),
    st.integers(1, 10**6),
    st.sampled_from([Modifier.EXACT, Modifier.OVER, Modifier.AT_LEAST, Modifier.VAGUE]),
)


@given(st.lists(figures, min_size=1, max_size=12), st.integers(0, 12))
def test_sums_stack(terms, cut):
    """County by county and then for the city, or all at once: the same."""
    left, right = terms[:cut], terms[cut:]
    halves = [half for half in (add(left), add(right)) if half is not None]
    assert add(halves) == add(terms)


@given(st.lists(figures, min_size=1, max_size=8))
def test_a_written_sum_reads_as_itself(terms):
    found = add(terms)
    assert found is not None
    again = parse_quantity(format_quantity(found, Script.HANT))
    assert again is not None
    assert again.same_value(found)
