"""What verification finds: findings, matches, coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How sure and how grave: never a score."""

    ERROR = "error"
    WARNING = "warning"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, or not to be judged by code, in a text.

    Attributes:
        code: ``SW101`` …; stable.
        severity: From the one table of rules.
        start: First character of the span in the text checked, from 0.
        end: One past the last.
        line: From 1.
        column: In characters, from 1.
        text: The span's text.
        facts: Ids of the facts concerned.
        params: Values for the message of the catalogue.
        suggestion: What would be right, as text to put in the span's place; ``""`` if not certain.
    """

    code: str
    severity: Severity
    start: int
    end: int
    line: int
    column: int
    text: str
    facts: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict, hash=False)
    suggestion: str = ""

    @property
    def message(self) -> str:
        """The message in Traditional Chinese; `render` of `summarywriter.messages` gives others."""
        from summarywriter.messages import render

        return render(self.code, **self.params)


@dataclass(frozen=True, slots=True)
class Match:
    """A figure, date, name or clause of the text and the facts that ground it.

    Attributes:
        start: First character.
        end: One past the last.
        kind: ``figure``, ``date``, ``name``, ``quotation``, ``clause``.
        facts: Ids, best first.
    """

    start: int
    end: int
    kind: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Facts of one kind: how many are told, and which are not.

    Attributes:
        told: Number told.
        total: Number required.
        untold: Ids of required facts not told.
    """

    told: int
    total: int
    untold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """The outcome of verifying one text against one sheet.

    Attributes:
        findings: In order of position.
        coverage: By kind of fact.
        matches: What grounds what, in order of position.
    """

    findings: tuple[Finding, ...]
    coverage: Mapping[str, Coverage]
    matches: tuple[Match, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are certain."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that a person should look at."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    @property
    def untold(self) -> tuple[str, ...]:
        """Required facts that the text does not tell."""
        return tuple(fact for part in self.coverage.values() for fact in part.untold)

    @property
    def told(self) -> int:
        """Number of required facts told."""
        return sum(part.told for part in self.coverage.values())

    @property
    def total(self) -> int:
        """Number of required facts."""
        return sum(part.total for part in self.coverage.values())

    @property
    def rank(self) -> tuple[int, int, int]:
        """What a revision must not make worse, compared in this order: errors, untold, warnings."""
        return len(self.errors), len(self.untold), len(self.warnings)

    def _repr_html_(self) -> str:
        """A notebook's view: findings, and what is told of each kind of fact."""
        from summarywriter.chinese.script import detect_script
        from summarywriter.messages import render as words
        from summarywriter.tables import html_table

        text = "".join(finding.text for finding in self.findings)
        facts = "".join(value for finding in self.findings for value in finding.params.values())
        script = detect_script(text) or detect_script(facts) or "hant"

        def render(key: str, **params: Any) -> str:
            return words(key, script=str(script), **params)

        found = [
            (
                f.code,
                render(f"cli.severity.{f.severity.value}"),
                f"{f.line}:{f.column}",
                f.text,
                render(f.code, **f.params),
                f.suggestion,
            )
            for f in self.findings
        ]
        told = [
            (render(f"review.kind.{kind}"), f"{part.told}/{part.total}", ", ".join(part.untold))
            for kind, part in self.coverage.items()
        ]
        names = ("code", "severity", "place", "text", "message", "suggestion")
        coverage = ("kind", "told", "untold")
        return html_table(
            render("table.findings", count=len(found)), [render(f"table.{name}") for name in names], found
        ) + html_table(render("table.coverage"), [render(f"table.{name}") for name in coverage], told)
