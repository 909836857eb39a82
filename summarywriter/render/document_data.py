"""The parts of a summary as plain data and back, for the JSON file that `refill` reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from summarywriter.messages import render
from summarywriter.plan import DocumentPlan, SectionPlan, Unit
from summarywriter.verify.report import Finding, VerificationReport


def plain(value: Any) -> Any:
    """Turn dataclasses, mappings, tuples and enums into what JSON knows; anything else into text."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value)


def plan_to_data(plan: DocumentPlan) -> dict[str, Any]:
    """The plan as plain data; `plan_from_data` reads it."""
    data = plain(plan)
    assert isinstance(data, dict)  # noqa: S101  a dataclass is a mapping now, which mypy cannot know
    return data


def plan_from_data(data: Mapping[str, Any]) -> DocumentPlan:
    """The inverse of `plan_to_data`.

    Raises:
        ValueError: ``data`` is no plan.
    """
    try:
        sections = tuple(
            SectionPlan(
                **section
                | {
                    "units": tuple(
                        Unit(**unit | {"facts": tuple(unit["facts"])}) for unit in section["units"]
                    ),
                    "formulas": tuple(section["formulas"]),
                }
            )
            for section in data["sections"]
        )
        lists = {key: tuple(data[key]) for key in ("left_out", "gaps") if key in data}
        return DocumentPlan(**{**data, **lists, "sections": sections})
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a plan: {error}") from error


def report_to_data(report: VerificationReport, *, lang: str = "zh", script: str = "hant") -> dict[str, Any]:
    """Findings and coverage as ``check --format json`` prints them, messages in the user's language."""
    return {
        "version": 1,
        "findings": [_finding_data(finding, lang, script) for finding in report.findings],
        "coverage": {
            str(kind): {"told": part.told, "total": part.total, "untold": list(part.untold)}
            for kind, part in report.coverage.items()
        },
    }


def _finding_data(finding: Finding, lang: str, script: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": render(finding.code, lang=lang, script=script, **finding.params),
        "line": finding.line,
        "column": finding.column,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "facts": list(finding.facts),
        "suggestion": finding.suggestion,
    }
