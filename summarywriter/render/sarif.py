"""SARIF 2.1.0, so that findings show up in editors and code hosts (OASIS standard, March 2020).

One run for all texts. Columns count Unicode code points; a suggestion becomes a fix; the fact's line in the
sheet is a related location.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.messages import render
from summarywriter.verify import RULES, Finding, Severity, VerificationReport

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_CODES = tuple(RULES)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.UNVERIFIABLE: "note"}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One text that was checked.

    Attributes:
        file: Its path as the user gave it.
        source: The file's own text, which the findings' positions are in.
        report: What was found.
    """

    file: str
    source: str
    report: VerificationReport


def sarif(
    checked: Sequence[CheckedFile], facts: EventFacts, *, version: str, lang: str = "zh", script: str = "hant"
) -> dict[str, Any]:
    """A SARIF log of all findings.

    Args:
        checked: The texts with their reports.
        facts: The sheet, whose origin gives the lines of facts.
        version: The library's version.
        lang: Language of messages.
        script: Script of Chinese messages.
    """
    index = FactIndex.of(facts)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "summarywriter",
                        "semanticVersion": version,
                        "rules": [_rule(code, lang, script) for code in _CODES],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "artifacts": [{"location": {"uri": _uri(one.file)}} for one in checked],
                "results": [
                    _result(
                        finding, one, index, render(finding.code, lang=lang, script=script, **finding.params)
                    )
                    for one in checked
                    for finding in one.report.findings
                ],
            }
        ],
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _rule(code: str, lang: str, script: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": render(f"rule.{code}", lang=lang, script=script)},
        "defaultConfiguration": {"level": _LEVELS[RULES[code]]},
        "help": {"text": f"docs/rules.md#{code.lower()}"},
    }


def _result(finding: Finding, one: CheckedFile, index: FactIndex, message: str) -> dict[str, Any]:
    region = _region(finding, one.source)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _CODES.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(one.file)}, "region": region}}],
    }
    if related := [found for fact in finding.facts if (found := _origin(fact, index)) is not None]:
        result["relatedLocations"] = related
    if finding.suggestion:
        change = {"deletedRegion": region, "insertedContent": {"text": finding.suggestion}}
        result["fixes"] = [
            {"artifactChanges": [{"artifactLocation": {"uri": _uri(one.file)}, "replacements": [change]}]}
        ]
    return result


def _region(finding: Finding, source: str) -> dict[str, int]:
    """Where a finding stands; its end is on the line where its last character is."""
    length = max(finding.end - finding.start, 0)
    inside = source[finding.start : finding.end]
    line = finding.line + inside.count("\n")
    last = inside.rfind("\n")
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": line,
        "endColumn": finding.column + length if last < 0 else length - last,
        "charOffset": finding.start,
        "charLength": length,
    }


def _origin(fact_id: str, index: FactIndex) -> dict[str, Any] | None:
    origin = index.event.origin
    if fact_id not in index or not origin.file:
        return None
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(origin.file)}}
    if line := origin.line(index[fact_id].path):
        location["region"] = {"startLine": line}
    return {"physicalLocation": location, "message": {"text": f"{fact_id}: {index[fact_id].text}"}}
