"""What a person must look at is named: double reports, missing units, outliers, and the rest."""
# ruff: noqa: E501  a sheet or a case on one line is read as one

from __future__ import annotations

import pytest

from summarywriter.facts.load import facts_from, loads_facts
from summarywriter.messages import keys
from summarywriter.rollup import RULES, roll_up

NAMES = ["東嶺縣", "西塘縣", "南埠縣", "北坪縣", "上灣縣", "下渡縣"]


def county(name, *totals, **more):
    sheet = {"title": f"{name}讀書月活動總結", "level": "district", "unit": f"{name}文化局", "script": "hant"}
    return sheet | {"totals": list(totals)} | more


def rolled(*data, **options):
    return roll_up([facts_from(sheet) for sheet in data], unit="雲江市文化局", **options)


def told(result, code):
    return [notice.told() for notice in result.notices if notice.code == code]


def test_three_planted_faults_among_21_counties_are_each_named_and_nothing_else_of_their_kind(data, sheets):
    made = data()
    clean = roll_up(sheets(made), expected=[sheet["unit"][:3] for sheet in made])
    assert [n.code for n in clean.notices if n.code in ("RU101", "RU102", "RU105")] == []
    launch = {
        "name": "科普嘉年華",
        "date": "2025-05-13",
        "place": "雲江市體育中心",
        "figures": ["參加群眾 860人"],
    }
    made[3]["activities"].append(dict(launch))
    made[8]["activities"].append(dict(launch, name="科普嘉年華活動"))
    number, text = next(
        (n, text) for n, text in enumerate(made[12]["totals"]) if text.startswith("發放宣傳資料")
    )
    digits = "".join(c for c in text if c.isdigit())
    made[12]["totals"][number] = f"發放宣傳資料 {int(digits) * 10 * (10000 if '萬' in text else 1)}份"
    expected = [sheet["unit"][:3] for sheet in made] + ["無聲縣"]
    result = roll_up(sheets(made), expected=expected)
    (double,) = told(result, "RU101")
    assert made[3]["unit"][:3] in double
    assert made[8]["unit"][:3] in double
    assert "科普嘉年華" in double
    assert told(result, "RU102") == ["應報的單位沒有報：無聲縣"]
    (outlier,) = told(result, "RU105")
    assert made[12]["unit"][:3] in outlier
    assert "發放宣傳資料" in outlier
    assert "請核對 RU105" in result.text


def test_ten_times_too_much_is_seen_in_most_counties_and_no_other_is_accused(data, sheets):
    """A county that had a third of what is usual has but three times as much after the slip: not seen."""
    tried = seen = 0
    for place in range(0, 21, 2):
        made = data(kind="reading")
        totals = made[place]["totals"]
        number = next((n for n, text in enumerate(totals) if text.startswith("參與群眾")), None)
        if number is None:
            continue
        digits = "".join(c for c in totals[number] if c.isdigit() or c == "萬").replace("萬", "0000")
        totals[number] = f"參與群眾 {int(digits) * 10}人次"
        found = [n.units for n in roll_up(sheets(made)).notices if n.code == "RU105"]
        tried += 1
        seen += bool(found)
        assert found in ([], [(made[place]["unit"][:3],)])
    assert tried >= 9
    assert seen >= 0.7 * tried


def test_a_lost_figure_makes_the_total_at_least():
    result = rolled(county("東嶺縣", "贈送圖書 500冊"), county("西塘縣", "贈送圖書 20xx餘冊"))
    assert result.facts.totals[0].quantity.surface == "至少500冊"
    assert told(result, "RU106") == [
        "西塘縣「贈送圖書20xx餘冊」的數字已被遮去：匯總只能寫「贈送圖書至少500冊」"
    ]


def test_persons_and_visits_are_totalled_apart():
    result = rolled(
        county("東嶺縣", "參與群眾 500人次"), county("西塘縣", "參與群眾 300人"),
        county("南埠縣", "參與群眾 200人次"), county("北坪縣", "參與群眾 100人"),
    )  # fmt: skip
    assert {t.quantity.surface for t in result.facts.totals} == {"700人次", "400人"}
    assert len(told(result, "RU107")) == 1


def test_persons_of_several_activities_are_not_added():
    twice = [{"name": "義診", "figures": ["服務老人 300人"]}, {"name": "體檢", "figures": ["服務老人 200人"]}]
    result = rolled(county("東嶺縣", activities=twice), county("西塘縣", "服務老人 100人"))
    assert result.facts.totals == ()
    assert len(told(result, "RU109")) == 1


def test_the_newer_report_of_a_unit_counts():
    old = county("東嶺縣", "贈送圖書 500冊", date="2025-06-01")
    new = county("東嶺縣", "贈送圖書 800冊", date="2025-06-09")
    result = rolled(new, old, county("西塘縣", "贈送圖書 100冊"))
    assert result.facts.totals[0].quantity.surface == "900冊"
    assert len(told(result, "RU104")) == 1


def test_a_unit_that_contradicts_itself_is_named():
    bad = county("東嶺縣", "贈送圖書 50冊", activities=[{"name": "送書", "figures": ["贈送圖書 500冊"]}])
    result = rolled(bad, county("西塘縣", "贈送圖書 100冊"))
    assert "東嶺縣的匯總與分項矛盾" in told(result, "RU103")[0]


def test_themes_that_differ_are_told_and_the_most_common_stands():
    sheets = [county(name, "贈送圖書 10冊", theme="書香") for name in NAMES[:3]]
    result = rolled(*sheets, county("北坪縣", "贈送圖書 9冊", theme="讀書"))
    assert result.facts.theme == "書香"
    assert "北坪縣" in told(result, "RU108")[0]


def test_launches_of_one_campaign_on_one_day_are_not_one_event():
    launch = {
        "name": "讀書月啟動儀式",
        "date": "2025-05-12",
        "place": "縣文化廣場",
        "figures": ["參加 300人"],
    }
    result = rolled(*(county(name, activities=[launch]) for name in NAMES[:3]))
    assert told(result, "RU101") == []


def test_planned_figures_single_days_and_shares_are_no_totals():
    sheets = [
        county(
            name, "參與率 95%", {"action": "發放", "object": "資料", "value": 9, "unit": "份", "scope": "當天"},
            {"action": "建設", "object": "書屋", "value": 3, "unit": "個", "status": "planned"}, "場均參與 30人",
        )
        for name in NAMES
    ]  # fmt: skip
    assert rolled(*sheets).facts.totals == ()


def test_a_part_is_totalled_as_part_of_its_whole():
    sheets = [
        county(name, {"id": "t1", "action": "發現", "object": "隱患", "value": 20, "unit": "處"},
               {"action": "整改", "object": "隱患", "value": 15, "unit": "處", "of": "t1"})
        for name in NAMES
    ]  # fmt: skip
    whole, part = rolled(*sheets).facts.totals
    assert (whole.quantity.surface, part.quantity.surface) == ("120處", "90處")
    assert part.of == whole.id


def test_problems_that_say_the_same_are_counted_once_and_shown_for_confirmation():
    said = [
        "活動經費投入不足",
        "經費投入偏少",
        "部分村覆蓋不夠",
        "經費投入充足，但使用慢",
        "活動經費投入不足",
        "有3個村覆蓋不夠",
    ]
    sheets = [county(name, "贈書 9冊", problems=[text]) for name, text in zip(NAMES, said, strict=True)]
    result = rolled(*sheets)
    assert [entry.text for entry in result.facts.problems] == [
        "有3個縣（區）反映活動經費投入不足",
        "南埠縣反映部分村覆蓋不夠",
        "北坪縣反映經費投入充足，但使用慢",
        "下渡縣反映有3個村覆蓋不夠",
    ]
    assert "另作「經費投入偏少」" in result.text
    assert "東嶺縣、西塘縣、上灣縣" in result.text


def test_choices_are_explained_and_what_was_not_chosen_is_listed(data, sheets):
    result = roll_up(sheets(data()), notable=2)
    assert "# 選入理由：領導到場" in result.text
    assert "未選：" in result.text
    by_field: dict = {}
    for activity in result.facts.activities:
        by_field.setdefault(activity.field, []).append(activity.organisers[0].names[0])
    assert all(len(units) <= 2 for field, units in by_field.items() if field != "各縣（區）情況")


def test_names_are_clear_one_level_up():
    launch = {"name": "啟動儀式", "date": "2025-05-12", "place": "縣文化廣場", "field": "集中",
              "people": [{"name": "陳遠", "post": "副縣長", "role": "講話"}], "details": ["全縣統一開展"]}  # fmt: skip
    activity = rolled(county("東嶺縣", activities=[launch])).facts.activities[0]
    assert activity.place == "東嶺縣文化廣場"
    assert activity.people[0].post == "東嶺縣副縣長"
    assert activity.details == ()


def test_an_unknown_office_is_a_blank_to_fill_in():
    result = roll_up([facts_from(county("東嶺縣", "贈書 9冊")), facts_from(county("西塘縣", "贈書 8冊"))])
    assert "〔填寫：匯總單位〕" in result.text
    assert loads_facts(result.text) == result.facts


def test_every_notice_has_words():
    assert set(RULES) <= set(keys())


def test_nothing_to_roll_up():
    with pytest.raises(ValueError, match="no sheet"):
        roll_up([])
