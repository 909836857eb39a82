"""Linting: what is wrong, doubtful or missing in the facts themselves, before anything is written.

A sheet that loads is well formed; it may still contradict itself, and a summary would repeat the
contradiction faithfully. Rules stand in `rules`, by family; their words in lint.yaml, their severity
in the table of `diagnostic`.
"""

from __future__ import annotations

from summarywriter.facts.diagnostic import RULES, Diagnostic, Gravity
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.facts.rules import dates, figures, names, questions, texts

__all__ = ["RULES", "Diagnostic", "Gravity", "lint"]

_ORDER: dict[Gravity, int] = {"error": 0, "warning": 1, "question": 2}


def lint(facts: EventFacts) -> tuple[Diagnostic, ...]:
    """What is wrong in a sheet, and what a reader would ask for.

    A code listed under ``allow`` at the top of the sheet (``allow: [FL202]``) is not reported; one under
    ``allow`` of a figure or an entry, not for that fact.

    Args:
        facts: The sheet.

    Returns:
        Errors first, then warnings, then questions; each group in the order of the sheet.
    """
    index = FactIndex.of(facts)
    every = [
        diagnostic
        for family in (figures, dates, names, texts, questions)
        for diagnostic in family.check(index)
    ]
    allowed = set(facts.allow)
    kept = [
        diagnostic
        for diagnostic in every
        if diagnostic.code not in allowed and not _allowed_by_fact(diagnostic, index)
    ]
    place = {fact_id: number for number, fact_id in enumerate(index.facts)}
    return tuple(
        sorted(
            kept,
            key=lambda diagnostic: (
                _ORDER[diagnostic.severity],
                min((place[fact] for fact in diagnostic.facts[:1]), default=-1),
                diagnostic.code,
            ),
        )
    )


def _allowed_by_fact(diagnostic: Diagnostic, index: FactIndex) -> bool:
    """Whether the first fact concerned allows this code itself."""
    if not diagnostic.facts:
        return False
    return diagnostic.code in index.allowed(diagnostic.facts[0])
