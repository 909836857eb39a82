"""Mending a text: only what is certain, and only where the text is the better for it.

A suggestion is certain where one fact alone is meant: a figure, a modifier, a date, a name, a quotation. Each
is tried by itself and kept if the errors become fewer and no fact is told less; all else is left to a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarywriter.facts.model import EventFacts
from summarywriter.verify.policy import DEFAULT, Policy
from summarywriter.verify.report import Finding, Severity, VerificationReport

#: Codes whose suggestion may stand in the place of the span.
CERTAIN = frozenset(
    (
        "SW102",
        "SW103",
        "SW104",
        "SW108",
        "SW202",
        "SW203",
        "SW302",
        "SW304",
        "SW308",
        "SW309",
        "SW310",
        "SW312",
    )
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One mend.

    Attributes:
        start: First character in the text as it was, from 0.
        end: One past the last.
        text: What now stands there.
        finding: What it mends.
    """

    start: int
    end: int
    text: str
    finding: Finding


def mends(
    text: str, facts: EventFacts, *, length: int | None = None, policy: Policy = DEFAULT
) -> tuple[Edit, ...]:
    """The mends that make a text better, in order of position, none overlapping.

    Args:
        text: The text.
        facts: The sheet.
        length: Ceiling in characters.
        policy: What the house lets pass.
    """
    from summarywriter.verify import verify_text

    def judged(draft: str) -> VerificationReport:
        return verify_text(draft, facts, length=length, policy=policy)

    before = judged(text)
    kept: list[Edit] = []
    for finding in before.findings:
        if not _is_certain(finding) or any(finding.start < e.end and e.start < finding.end for e in kept):
            continue
        edit = Edit(finding.start, finding.end, finding.suggestion, finding)
        after = judged(applied(text, (*kept, edit)))
        if len(after.errors) < len(before.errors) and len(after.untold) <= len(before.untold):
            kept.append(edit)
            before = after
    return tuple(sorted(kept, key=lambda edit: edit.start))


def _is_certain(finding: Finding) -> bool:
    sure = finding.code in CERTAIN and finding.severity is Severity.ERROR and finding.facts
    return bool(sure and finding.suggestion and finding.suggestion != finding.text)


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with its mends in place."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
