"""The exported schema accepts what the loader accepts, and the blank sheets load."""
# ruff: noqa: E501  a sheet or a case on one line is read as one

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from summarywriter.facts.keys import Context, aliases, keys, plain, value_aliases
from summarywriter.facts.lint import lint
from summarywriter.facts.load import loads_facts
from summarywriter.facts.model import Activity, Basis, Entry, EventFacts, Figure, Organisers, Person
from summarywriter.facts.new import blank_sheet
from summarywriter.facts.schema import json_schema

EVENTS = Path(__file__).parents[2] / "fixtures" / "events"
GENRES = [
    None,
    "general",
    "district-report",
    "numbered-brief",
    "city-report",
    "department-report",
    "bulletin",
    "mine",
]


@pytest.fixture(scope="module")
def validator():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("sheet", sorted(EVENTS.iterdir()), ids=lambda path: path.name)
def test_shipped_sheets_are_valid(validator, sheet):
    data = YAML(typ="base", pure=True).load(sheet.read_text(encoding="utf-8"))
    assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize("data", [
    {"標題": "小結", "活动": [{"名称": "換書", "数据": ["換書 120冊", {"參加": "600多人"}]}]},
    {"title": "小結", "activities": "換書", "people": ["甲", {"姓名": "乙"}], "theme": None},
    {"title": "小結", "organisers": "市科協、市司法局等15個單位", "totals": [{"object": "資料", "value": 4.5, "unit": "份"}]},
    {"title": "小結", "results": [{"action": "轉診", "value": 23, "unit": "人"}], "level": "鄉鎮"},
])  # fmt: skip
def test_shorthands_are_valid(validator, data):
    assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize("data", [
    {}, {"title": "小結", "colour": "紅"}, {"title": "小結", "level": "星球"}, {"title": "小結", "theme": ["甲"]},
    {"title": "小結", "activities": [{"place": "廣場"}]}, {"title": "小結", "activities": [{"name": "甲", "顏色": "紅"}]},
    [], "一段文字",
])  # fmt: skip
def test_what_the_loader_refuses_is_invalid(validator, data):
    assert not validator.is_valid(data)


def test_every_key_of_the_model_has_names_and_a_note():
    models = {
        Context.EVENT: EventFacts, Context.ACTIVITY: Activity, Context.ENTRY: Entry, Context.BASIS: Basis,
        Context.ORGANISERS: Organisers, Context.PERSON: Person,
    }  # fmt: skip
    for context, model in models.items():
        assert set(keys(context)) == set(model.model_fields), context
    assert set(keys(Context.FIGURE)) == {*Figure.model_fields, "value", "unit", "modifier"}
    described = json_schema()
    for key in keys(Context.EVENT):
        assert described["properties"][key]["description"]
        assert described["properties"][key]["x-aliases"]


@pytest.mark.parametrize("context", list(Context))
def test_no_name_stands_for_two_keys(context):
    owners: dict[str, set[str]] = {}
    for key in keys(context):
        for name in (key, *aliases(context, key)):
            owners.setdefault(plain(name), set()).add(key)
    assert {name: own for name, own in owners.items() if len(own) > 1} == {}


@pytest.mark.parametrize("kind", ["script", "level", "modifier", "status", "boolean"])
def test_no_name_stands_for_two_values(kind):
    owners: dict[str, set[str]] = {}
    for value, names in value_aliases(kind).items():
        for name in (value, *names):
            owners.setdefault(plain(name), set()).add(value)
    assert {name: own for name, own in owners.items() if len(own) > 1} == {}


@pytest.mark.parametrize("script", ["hant", "hans"])
@pytest.mark.parametrize("genre", GENRES)
def test_a_blank_sheet_loads_and_lint_says_what_to_fill_in(genre, script):
    sheet = blank_sheet(genre, script)
    facts = loads_facts(sheet)
    assert facts.script == script
    assert facts.genre == genre
    unfilled = [diagnostic for diagnostic in lint(facts) if diagnostic.code == "FL408"]
    assert len(unfilled) == 2


@pytest.mark.parametrize("genre", GENRES)
def test_the_examples_of_a_blank_sheet_are_right(genre):
    """Uncommented, each example is read without a problem."""
    lines = []
    for line in blank_sheet(genre).split("\n"):
        head, mark, rest = line.partition("# - ")
        keep = mark and not head.strip() and "編號: a2" not in rest
        lines.append(f"{head}  - {rest}" if keep else line)
    facts = loads_facts("\n".join(lines))
    assert facts.people[0].name == "李某某"
    assert facts.activities[0].figures[0].quantity.unit == "人"


def test_a_bulletin_asks_for_less_than_a_city_report():
    assert len(blank_sheet("bulletin")) < len(blank_sheet("city-report"))
    assert "主送:" in blank_sheet("city-report")
    assert "主送:" not in blank_sheet("bulletin")
