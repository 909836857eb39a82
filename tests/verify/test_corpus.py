"""Every draft of the corpus: the planted fault is found where it stands, and faithful text is left alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from summarywriter.facts.load import load_facts
from summarywriter.facts.model import EventFacts
from summarywriter.messages import render
from summarywriter.verify import RULES, Severity, VerificationReport, verify_text

FIXTURES = Path(__file__).parents[2] / "fixtures"
DRAFTS = FIXTURES / "drafts"
MANIFEST: dict[str, list[dict[str, Any]]] = YAML(typ="safe", pure=True).load(
    (DRAFTS / "manifest.yaml").read_text(encoding="utf-8")
)


@cache
def facts(event: str) -> EventFacts:
    return load_facts(FIXTURES / "events" / f"{event}.yaml")


def report(case: dict[str, Any]) -> VerificationReport:
    text = (DRAFTS / case["file"]).read_text(encoding="utf-8")
    return verify_text(text, facts(case["event"]))


@pytest.mark.parametrize("case", MANIFEST["faults"], ids=lambda case: Path(case["file"]).stem)
def test_planted_fault_is_found_where_it_stands(case: dict[str, Any]) -> None:
    found = [f for f in report(case).findings if f.code == case["code"] and f.text == case["span"]]

    assert found, [(f.code, f.text) for f in report(case).findings]
    text = (DRAFTS / case["file"]).read_text(encoding="utf-8")
    first = found[0]
    assert text[first.start : first.end] == case["span"]
    line = text.splitlines()[first.line - 1]
    assert line[first.column - 1 :].startswith(case["span"].split("\n")[0])


@pytest.mark.parametrize("case", MANIFEST["controls"], ids=lambda case: Path(case["file"]).stem)
def test_faithful_draft_is_left_alone(case: dict[str, Any]) -> None:
    result = report(case)

    loud = [(f.code, f.text) for f in result.findings if f.severity is not Severity.UNVERIFIABLE]
    assert loud == []
    if case.get("complete"):
        assert result.untold == ()
        assert result.told == result.total > 0


def test_corpus_has_every_event_and_most_rules() -> None:
    assert len({case["event"] for case in MANIFEST["faults"]}) >= 6
    assert len(MANIFEST["faults"]) >= 60
    assert len(MANIFEST["controls"]) >= 60
    assert all(case["code"] in RULES for case in MANIFEST["faults"])


@pytest.mark.parametrize("case", MANIFEST["faults"], ids=lambda case: Path(case["file"]).stem)
def test_message_can_be_shown_in_both_languages(case: dict[str, Any]) -> None:
    for finding in report(case).findings:
        assert finding.message
        assert render(finding.code, lang="en", **finding.params)
