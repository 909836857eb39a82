"""SARIF: valid by the published schema (beside this file, MIT, white space taken out)."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from summarywriter.facts.load import loads_facts
from summarywriter.render.sarif import CheckedFile, sarif
from summarywriter.verify import RULES, verify_text

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.schema.json").read_text("utf-8"))
SHEET = """\
title: 臨江鎮消防宣傳月活動總結
level: township
activities:
  - {id: a1, name: 啟動儀式, date: 2025-11-01, figures: [參加 260餘人, 發放宣傳手冊 1500份]}
problems: [個別商鋪用電線路老化]
"""
TEXT = "11月1日，啟動儀式舉行，260人參加，\n發放宣傳手冊1600份。活動取得圓滿成功。"


@pytest.fixture(scope="module")
def log():
    facts = loads_facts(SHEET, file="facts.yaml")
    checked = [
        CheckedFile("甲 稿.txt", TEXT, verify_text(TEXT, facts)),
        CheckedFile("ok.txt", "發放宣傳手冊1500份。", verify_text("發放宣傳手冊1500份。", facts)),
    ]
    return sarif(checked, facts, version="1.2.3", lang="en")


def test_log_is_valid_by_the_published_schema(log) -> None:
    jsonschema.Draft4Validator(SCHEMA).validate(log)


def test_every_rule_is_described(log) -> None:
    driver = log["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == list(RULES)
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert driver["semanticVersion"] == "1.2.3"


def test_a_finding_points_at_its_characters_its_fact_and_its_mend(log) -> None:
    result = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "SW102")
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E7%94%B2%20%E7%A8%BF.txt"
    region = place["region"]
    assert TEXT[region["charOffset"] : region["charOffset"] + region["charLength"]] == "1600份"
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (2, 7, 12)
    related = result["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "facts.yaml"
    assert related["physicalLocation"]["region"]["startLine"] == 4
    fix = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert fix["insertedContent"]["text"] == "1500份"


def test_only_the_text_with_findings_has_results(log) -> None:
    uris = {
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["runs"][0]["results"]
    }
    assert uris == {"%E7%94%B2%20%E7%A8%BF.txt"}
