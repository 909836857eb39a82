"""Twenty-one counties become a city: every total is worked out again by another path."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction

import pytest

from summarywriter import SummaryWriter, loads_facts
from summarywriter.facts.derivation import is_sum
from summarywriter.facts.lint import lint
from summarywriter.rollup import roll_up

KINDS = ["science", "reading", "fire", "law", "health", "trees"]
SHORTHAND = re.compile(
    r"(?P<label>\S+) (?P<blur>近|約|至少)?(?P<number>[0-9.]+)(?P<wan>萬)?(?P<over>餘)?(?P<unit>\D+)"
)


def plain_sums(data):
    """Sums by label and unit, worked out of the sheets' own text with other arithmetic.

    Value, and how it is blurred: by the rules that 余 goes up, 近 goes down, both together are 約.
    """
    own: dict[tuple[str, str], list[tuple[Fraction, str]]] = defaultdict(list)
    for sheet in data:
        told = {}
        for text in sheet["totals"]:
            match = SHORTHAND.fullmatch(text)
            assert match, text
            wan_money = match["unit"] == "萬元"
            value = Fraction(match["number"]) * (10000 if match["wan"] or wan_money else 1)
            unit = "元" if wan_money else match["unit"]
            told[match["label"], unit] = (value, match["blur"] or match["over"] or "")
        for key, value in told.items():
            own[key].append(value)
    sums = {}
    for key, values in own.items():
        blurs = {blur for _, blur in values} - {""}
        sums[key] = (sum(value for value, _ in values), blurs, len(values))
    return sums


def three_digits(value: Fraction) -> int:
    whole = int(value + Fraction(1, 2))
    step = 10 ** max(len(str(whole)) - 3, 0)
    return (whole + step // 2) // step * step


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1])
def test_every_total_is_what_another_path_gives(data, sheets, kind, seed):
    made = data(seed=seed, kind=kind)
    city = roll_up(sheets(made), unit="雲江市政府").facts
    totals = {(t.label, t.quantity.unit): t for t in city.totals}
    compared = 0
    for (label, unit), (value, blurs, count) in plain_sums(made).items():
        if count == 1:
            continue
        total = totals[label, unit]
        if len(total.derived) != count:
            continue  # some report it by their activities only: compared below
        compared += 1
        if blurs == {"餘"}:
            assert (total.quantity.value, total.quantity.modifier.value) == (value, "over")
        elif blurs == {"近"}:
            assert (total.quantity.value, total.quantity.modifier.value) == (value, "near")
        elif not blurs:
            assert (total.quantity.value, total.quantity.modifier.value) == (value, "exact")
        else:
            assert (total.quantity.value, total.quantity.modifier.value) == (three_digits(value), "about")
    assert compared >= 1
    for total in city.totals:
        stated = sum(
            Fraction(term.quantity.value) for term in total.derived if term.quantity.value is not None
        )
        assert abs(Fraction(total.quantity.value) - stated) <= stated / 200
        assert is_sum(total)


@pytest.mark.parametrize("kind", KINDS)
def test_the_written_city_has_no_error_and_loses_nothing(data, sheets, kind):
    rolled = roll_up(sheets(data(kind=kind)), unit="雲江市政府")
    city = loads_facts(rolled.text)
    assert city == rolled.facts
    assert [d.message for d in lint(city) if d.severity == "error"] == []
    summary = SummaryWriter().write(city)
    assert summary.plan.genre == "city-report"
    assert [(f.code, f.text) for f in summary.report.errors] == []
    assert summary.report.untold == ()
    headings = [section.heading for section in summary.plan.sections]
    assert "基本情況" in headings
    assert "各縣（區）情況" in headings


def test_the_sheet_says_where_every_total_comes_from(data, sheets):
    text = roll_up(sheets(data()), unit="雲江市科技局").text
    assert re.search(r"# \d+條事實之和；21個單位中\d+個報送", text)
    assert re.search(r"加總自:\n\s+- 東嶺縣科技局 t\d \S+", text)


def test_levels_stack(data, sheets):
    """Township, county, city, province: what all report comes to the same as if added at once."""
    province: list = []
    everything: list = []
    for city in range(2):
        counties = []
        for number in range(3):
            towns = data(count=4, seed=10 * city + number, kind="fire", level="township")
            for place, town in enumerate(towns):
                blurred = "餘" if place % 2 else ""
                town["totals"].append(f"走訪商鋪 {(7 * city + 3 * number + place + 2) * 10}{blurred}家")
            everything += towns
            counties.append(
                roll_up(
                    sheets(towns),
                    unit=f"第{'甲乙丙丁戊己'[3 * city + number]}縣應急管理局".removeprefix("第"),
                ).facts
            )
        assert {sheet.level.value for sheet in counties} == {"district"}
        province.append(roll_up(counties, unit=f"{'金銀'[city]}江市應急管理局").facts)
    top = roll_up(province, unit="東瀾省應急管理廳").facts
    assert top.level.value == "province"
    by_label = {(t.label, t.quantity.unit): t for t in top.totals}
    sums = plain_sums(everything)
    assert len(by_label) >= 3
    checked = 0
    for key, (value, _, count) in sums.items():
        if count == len(everything):
            checked += 1
            assert by_label[key].quantity.value == value, key
    assert checked == 1
    assert SummaryWriter().write(top).report.errors == ()


def test_the_review_page_shows_what_a_total_was_added_up_from(data, sheets, tmp_path):
    city = roll_up(sheets(data()), unit="雲江市科技局").facts
    page = SummaryWriter().write(city).save(tmp_path / "city.html").read_text(encoding="utf-8")
    total = city.totals[0]
    assert f"{total.quantity.surface} = {len(total.derived)}條事實之和（東嶺縣科技局 " in page
