"""Why a text passes: every figure, date and name of it beside the fact that grounds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarywriter.chinese.text import folded
from summarywriter.facts.index import FREE_TEXT, Fact, FactIndex, FactKind
from summarywriter.facts.model import EventFacts
from summarywriter.verify.analysis import Analysis, analyse
from summarywriter.verify.binding import bind
from summarywriter.verify.context import contexts
from summarywriter.verify.dates import bind_dates
from summarywriter.verify.known import know


@dataclass(frozen=True, slots=True)
class Grounding:
    """One figure, date or name of a text, and what it was matched to.

    Attributes:
        start: First character in the text, from 0.
        end: One past the last.
        kind: ``figure``, ``date`` or ``name``.
        text: The span's text.
        facts: Ids of the facts, best first; empty where it needs none or none was found.
        verdict: ``""`` where it passed, else the code of what is wrong with it.
        free: It needs no fact: it counts a list just given, or is a part of a name.
    """

    start: int
    end: int
    kind: str
    text: str
    facts: tuple[str, ...] = ()
    verdict: str = ""
    free: bool = False


def explain_text(text: str, facts: EventFacts) -> tuple[Grounding, ...]:
    """Every figure, date and name of a text with the fact that it was matched to, in order.

    Args:
        text: The text, in either script.
        facts: The sheet.
    """
    analysis, index = analyse(text), FactIndex.of(facts)
    if not analysis.sentences:
        return ()
    found = [*_counted(analysis, index), *_named(analysis, index)]
    return tuple(sorted(found, key=lambda grounding: (grounding.start, grounding.end, grounding.kind)))


def _counted(analysis: Analysis, index: FactIndex) -> Iterator[Grounding]:
    known = know(index)
    context = contexts(analysis, known)
    bound = {binding.mention.span: binding for binding in bind(analysis, known, context)}
    for mention in analysis.quantities:
        binding = bound.get(mention.span)
        counted = binding.counted if binding else None
        ids = counted.facts if counted else ()
        verdict = binding.verdict if binding else ""
        yield _grounding(analysis, mention.span, "figure", ids, verdict=verdict, free=not ids and not verdict)
    for dated in bind_dates(analysis, known, context):
        ids = tuple(dict.fromkeys(fact for d in dated.dated[:1] for fact in d.facts))
        free = not ids and not dated.verdict
        yield _grounding(analysis, dated.mention.span, "date", ids, verdict=dated.verdict, free=free)


def _grounding(
    analysis: Analysis, span: tuple[int, int], kind: str, facts: tuple[str, ...] = (),
    *, verdict: str = "", free: bool = False,
) -> Grounding:  # fmt: skip
    first, last = analysis.folded.source(*span)
    return Grounding(first, last, kind, analysis.source[first:last], facts, verdict, free)


def _named(analysis: Analysis, index: FactIndex) -> Iterator[Grounding]:
    """Stated names wherever they stand, longest first; then what looks like a name and is none stated."""
    taken: list[tuple[int, int]] = []

    def is_free(start: int, end: int) -> bool:
        return all(end <= a or b <= start for a, b in taken)

    names: dict[str, list[str]] = {}
    for fact in index:
        for name in _names_of(fact):
            if len(name) > 1:
                names.setdefault(name, []).append(fact.id)
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), analysis.form):
            if is_free(*match.span()):
                taken.append(match.span())
                yield _grounding(analysis, match.span(), "name", tuple(dict.fromkeys(names[name])))
    hay = {fact.id: folded(fact.text) for fact in index}
    for mention in (*analysis.titles, *analysis.quotations, *analysis.documents,
                    *analysis.persons, *analysis.organisations):  # fmt: skip
        if not is_free(*mention.span):
            continue
        taken.append((mention.span.start, mention.span.end))
        ids = tuple(key for key, said in hay.items() if folded(mention.text) in said)
        yield _grounding(analysis, mention.span, "name", ids)


_WHOLE_NAMES = frozenset({
    FactKind.UNIT, FactKind.THEME, FactKind.BASIS, FactKind.DOCNUMBER, FactKind.PLACE, FactKind.ACTIVITY,
    FactKind.QUOTE, FactKind.QUOTATION,
})  # fmt: skip


def _names_of(fact: Fact) -> Iterable[str]:
    if fact.organisers is not None:
        yield from map(folded, fact.organisers.names)
    elif fact.person is not None:
        yield folded(fact.person.name)
    elif fact.kind in _WHOLE_NAMES and fact.kind not in FREE_TEXT:
        yield folded(fact.text).strip("《》“”")
