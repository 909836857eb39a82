from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarywriter import SummaryWriter, load_facts
from summarywriter.errors import FactsError
from summarywriter.facts.model import EventFacts
from summarywriter.render import facts_to_data, load_summary_json, plan_from_data, plan_to_data, render_json

EVENTS = Path(__file__).parents[2] / "fixtures" / "events"


def test_everything_known_is_there(make_summary):
    data = json.loads(render_json(make_summary(), draft=True))
    assert data["version"] == 1
    assert data["draft"] is True
    assert data["script"] == "hans"
    assert data["genre"] == "township"
    assert data["sentences"] == [
        {"text": "临江镇20", "start": 0, "end": 5, "facts": ["a1", "a1.f1"], "section": "s1"}
    ]
    assert data["report"]["coverage"] == {"figure": {"told": 1, "total": 2, "untold": ["a1.f2"]}}
    finding = data["report"]["findings"][0]
    assert set(finding) == {
        "code", "severity", "message", "line", "column", "start", "end", "text", "facts", "suggestion"
    }  # fmt: skip
    assert finding["message"]
    assert data["trace"]["model"] == "qwen3"
    assert data["trace"]["fallbacks"] == {"s2": "timeout"}
    assert data["trace"]["events"][0]["data"] == {"usage": {"prompt_tokens": 7}}


def test_chinese_is_readable_in_the_file(make_summary):
    assert "临江镇人民政府" in render_json(make_summary())


def test_read_back_for_refilling(make_summary, tmp_path):
    summary = make_summary()
    file = tmp_path / "out.json"
    file.write_text(render_json(summary), encoding="utf-8")
    saved = load_summary_json(file)
    assert (saved.text, saved.plan, saved.drafts, saved.facts) == (
        summary.text, summary.plan, summary.drafts, summary.facts,
    )  # fmt: skip
    assert (saved.model, saved.draft, saved.script) == ("qwen3", False, "hans")


@pytest.mark.parametrize(
    "name", ["district-science-week", "hostile", "province-reading-rollup", "three-facts-note"]
)
def test_any_sheet_survives_the_round_trip(name):
    facts = load_facts(EVENTS / f"{name}.yaml")
    assert EventFacts.model_validate(json.loads(json.dumps(facts_to_data(facts)))) == facts
    plan = SummaryWriter().plan(facts)
    assert plan_from_data(json.loads(json.dumps(plan_to_data(plan)))) == plan


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Expecting value"),
        (b"[]", "list indices"),
        (b'"text"', "string indices"),
        (b"{}", "'version'"),
        (b'{"version": 2}', "version 2"),
        (b'{"version": 1, "text": "", "facts": {}, "plan": {}}', "title"),
        (b'{"version": 1, "text": "", "facts": {"title": "t"}, "plan": {}}', "sections"),
        (b"\xff\xfe", "utf-8"),
    ],
)
def test_what_is_no_summary_is_refused_by_name(tmp_path, content, told):
    file = tmp_path / "no.json"
    file.write_bytes(content)
    with pytest.raises(FactsError) as caught:
        load_summary_json(file, lang="en")
    assert str(file) in str(caught.value)
    assert told in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FactsError, match=r"absent\.json"):
        load_summary_json(tmp_path / "absent.json")


def test_what_is_no_plan_is_refused():
    with pytest.raises(ValueError, match="not a plan"):
        plan_from_data({"sections": [{}]})
