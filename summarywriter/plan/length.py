"""How long a plan will read, and what may be left out to make it shorter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from summarywriter.facts.index import Fact, FactIndex, FactKind
from summarywriter.plan.document import SectionPlan

_AROUND = {
    FactKind.UNIT: 2,
    FactKind.THEME: 8,
    FactKind.PERIOD: 3,
    FactKind.BASIS: 8,
    FactKind.ISSUERS: 0,
    FactKind.DOCNUMBER: 2,
    FactKind.ORGANISERS: 4,
    FactKind.PERSON: 3,
    FactKind.ACTIVITY: 4,
    FactKind.DATE: 1,
    FactKind.PLACE: 1,
    FactKind.FIGURE: 2,
    FactKind.TOTAL: 2,
    FactKind.QUOTE: 2,
}
"""Characters that a sentence needs around a fact: 在…舉行, a comma, 其中. Others need a mark."""
_INSIDE = frozenset({FactKind.QUANTITY, FactKind.TEXT_DATE, FactKind.QUOTATION})
"""Told within their owner: they cost nothing of their own."""
_SLACK = 1.3
"""A target's room above the estimate, for the words that join sentences."""

_EXPENDABLE = (
    FactKind.DETAIL,
    FactKind.QUOTE,
    FactKind.MEASURE,
    FactKind.MEDIA,
    FactKind.RESULT,
    FactKind.FIGURE,
    FactKind.PLACE,
    FactKind.DATE,
    FactKind.PERSON,
    FactKind.ORGANISERS,
    FactKind.TOTAL,
    FactKind.ACTIVITY,
    FactKind.NEXT_STEP,
    FactKind.PROBLEM,
)
"""What goes first where something must: colour before figures, figures before who, problems last."""


def cost(fact: Fact) -> int:
    """Characters that telling ``fact`` takes, about."""
    if fact.kind in _INSIDE:
        return 0
    around = _AROUND.get(fact.kind, 1)
    if fact.figure is not None:
        around += len(fact.figure.label) + len(fact.figure.actor or "") + len(fact.figure.scope or "")
    if fact.person is not None:
        around += len(fact.person.post or "") + len(fact.person.role or "")
    if fact.organisers is not None and fact.kind is FactKind.ORGANISERS:
        around += len(fact.organisers.role or "")
    return len(fact.text) + around


def estimate(index: FactIndex, section: SectionPlan) -> int:
    """Characters that a section takes, about, its heading and its ready sentence included."""
    head = len(section.heading or "") + len(section.number)
    formula = len(section.formulas[0]) if section.formulas else 0
    return head + formula + sum(cost(index[fact]) for fact in section.facts)


def leave_out(index: FactIndex, excess: int) -> tuple[str, ...]:
    """Facts to leave out so that the text is ``excess`` characters shorter, in sheet order.

    Only what the sheet marks ``required: false`` may go; a whole goes with its parts, and no whole goes
    that something required stands on. There may not be enough of it.
    """
    gone: set[str] = set()
    for fact in _candidates(index):
        if excess <= 0:
            break
        if fact.id in gone:
            continue
        going = tuple(_with_dependants(index, fact))
        if any(other.required for other in going):
            continue
        excess -= sum(cost(other) for other in going if other.id not in gone)
        gone.update(other.id for other in going)
    return tuple(fact.id for fact in index if fact.id in gone)


def _candidates(index: FactIndex) -> Iterable[Fact]:
    """Facts that may go, the most expendable first, the later first among equals."""
    rank = {kind: n for n, kind in enumerate(_EXPENDABLE)}
    free = [fact for fact in index if not fact.required and fact.kind not in _INSIDE]
    place = {fact.id: n for n, fact in enumerate(free)}
    return sorted(free, key=lambda fact: (rank.get(fact.kind, len(rank)), -place[fact.id]))


def _with_dependants(index: FactIndex, fact: Fact) -> Iterator[Fact]:
    """``fact``, its parts, and the figures that are part of it."""
    yield fact
    for part in index.parts(fact.id):
        yield from _with_dependants(index, part)
    if fact.figure is not None:
        for other in index:
            if other.id != fact.id and _is_part(other, fact):
                yield from _with_dependants(index, other)


def _is_part(other: Fact, whole: Fact) -> bool:
    """Whether ``other`` says that it is part of ``whole``: by its full id, or by its id in the activity."""
    named = other.figure.of if other.figure is not None else None
    return named == whole.id or (
        named is not None and other.owner == whole.owner and f"{whole.owner}.{named}" == whole.id
    )


def targets(
    index: FactIndex, sections: Iterable[SectionPlan], shares: Collection[float], ceiling: int
) -> Iterator[int]:
    """A target for each section: its share of the ceiling, but never more than its facts can fill.

    A target that is larger than its facts asks a writer to pad.
    """
    told = list(zip(sections, shares, strict=True))
    whole = sum(share for _, share in told) or 1.0
    for section, share in told:
        room = ceiling * share / whole
        need = estimate(index, section)
        yield max(need, min(round(room), round(need * _SLACK))) if section.units else 0
