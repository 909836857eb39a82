"""A section in two, where one request cannot hold it: what is printed stays one section."""

from __future__ import annotations

from dataclasses import replace

from summarywriter.facts.index import FactIndex
from summarywriter.plan.document import DocumentPlan, SectionPlan, Unit
from summarywriter.plan.length import cost


def halves(section: SectionPlan, index: FactIndex) -> tuple[SectionPlan, SectionPlan] | None:
    """A section as two of about the same length, cut between units (activities, totals, problems).

    The second has no heading of its own, so that its paragraphs follow the first's.

    Args:
        section: The section.
        index: The facts.

    Returns:
        The two; ``None`` for a section of one unit, which is told whole or not at all.
    """
    if len(section.units) < 2:  # noqa: PLR2004
        return None
    costs = [_cost(unit, index) for unit in section.units]
    whole = sum(costs) or 1
    at = min(range(1, len(costs)), key=lambda n: (abs(whole - 2 * sum(costs[:n])), n))
    share = sum(costs[:at]) / whole
    length = section.length
    first_length = None if length is None else max(1, round(length * share))
    # An opening's ready sentence stands at its end, any other section's at its beginning.
    ends = section.role == "opening"
    first = replace(
        section, units=section.units[:at], length=first_length, formulas=() if ends else section.formulas
    )
    second = SectionPlan(
        f"{section.id}.2",
        section.role,
        units=section.units[at:],
        formulas=section.formulas if ends else (),
        length=None if length is None or first_length is None else max(1, length - first_length),
    )
    return first, second


def divided(plan: DocumentPlan, parts: tuple[SectionPlan, SectionPlan]) -> DocumentPlan:
    """A plan with one section (that of the first part's id) as two."""
    sections = (part for s in plan.sections for part in (parts if s.id == parts[0].id else (s,)))
    return replace(plan, sections=tuple(sections))


def _cost(unit: Unit, index: FactIndex) -> int:
    return sum(cost(index[fact]) for fact in unit.facts if fact in index)
