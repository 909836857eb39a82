"""The page of rules says what the rules do: each example on it is run against the sheet that it shows."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from summarywriter.facts.load import load_facts
from summarywriter.facts.model import EventFacts
from summarywriter.messages import keys, render
from summarywriter.verify import RULES, Severity, verify_text

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## (SW\d{3}) .*?（(.+?)）\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = {match[1]: match for match in SECTION.finditer(PAGE)}
EXAMPLE = re.compile(r"^- (報|不報)：`(.+)`$", re.MULTILINE)
#: Shown in words: they need a year unknown, a slotted draft, a ceiling of length.
IN_WORDS = {"SW206", "SW413", "SW510"}
EXAMPLES = [
    (code, *found)
    for code, section in SECTIONS.items()
    if code not in IN_WORDS
    for found in EXAMPLE.findall(section[3])
]
GRAVITY = {"錯誤": Severity.ERROR, "警告": Severity.WARNING, "無法核對": Severity.UNVERIFIABLE}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> EventFacts:
    return _sheet(tmp_path_factory.mktemp("rules") / "sheet.yaml")


@cache
def _sheet(path: Path) -> EventFacts:
    found = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    path.write_text(found[1], encoding="utf-8")
    return load_facts(path)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_section_and_a_message(code: str) -> None:
    section = SECTIONS[code]

    assert GRAVITY[section[2]] is RULES[code]
    assert "- 為什麼：" in section[3]
    assert "- 不想報：" in section[3]
    assert code in keys()
    assert f"rule.{code}" in keys()
    params = dict.fromkeys(("text", "stated", "label", "expected", "characters", "length"), "某")
    assert render(code, **params)
    assert render(code, lang="en", **params)


def test_page_has_both_examples_of_every_rule() -> None:
    shown = {(code, kind) for code, kind, _ in EXAMPLES}

    assert {code for code, _ in shown} == set(RULES) - IN_WORDS
    assert len(shown) == 2 * (len(RULES) - len(IN_WORDS))


@pytest.mark.parametrize(("code", "kind", "text"), EXAMPLES, ids=lambda value: str(value)[:12])
def test_example_does_what_the_page_says(code: str, kind: str, text: str, sheet: EventFacts) -> None:
    findings = verify_text(text.replace("⏎", "\n"), sheet).findings
    codes = {finding.code for finding in findings}

    if kind == "報":
        assert code in codes, [(f.code, f.text) for f in findings]
    else:
        loud = [(f.code, f.text) for f in findings if f.severity is not Severity.UNVERIFIABLE]
        assert code not in codes
        assert loud == []


def test_a_weekday_of_an_unknown_year_cannot_be_checked() -> None:
    facts = EventFacts.model_validate(
        {"title": "小結", "activities": [{"name": "開幕式", "date": "5月18日"}]}
    )

    (finding,) = verify_text("5月18日（星期五），開幕式舉行。", facts).findings

    assert (finding.code, finding.severity) == ("SW206", Severity.UNVERIFIABLE)


def test_length_is_held_to_a_ceiling() -> None:
    facts = EventFacts.model_validate({"title": "小結", "totals": ["發放手冊 300冊"]})
    text = "共發放手冊300冊。"

    assert verify_text(text, facts, length=len(text)).findings == ()
    assert [f.code for f in verify_text(text, facts, length=5).findings] == ["SW510"]


def test_a_sheet_can_allow_a_rule() -> None:
    sheet = {"title": "小結", "totals": ["發放手冊 300冊"]}
    text = "活動取得圓滿成功。共發放手冊300冊。"

    assert [f.code for f in verify_text(text, EventFacts.model_validate(sheet)).warnings] == ["SW401"]
    assert verify_text(text, EventFacts.model_validate({**sheet, "allow": ["SW401"]})).warnings == ()
