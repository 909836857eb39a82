"""Ids and references of a sheet: every id once, every ``of`` leading to a figure."""

from __future__ import annotations

import re

from summarywriter.facts.flatten import flatten
from summarywriter.facts.index import FactIndex, FactKind, whole_of
from summarywriter.facts.model import EventFacts
from summarywriter.facts.rename import Renamer

_ID = re.compile(r"\w[\w.\-]{0,63}")


def check_references(event: EventFacts, renamer: Renamer) -> None:
    """Report ids that are malformed or given twice, and ``of`` that leads nowhere or in a circle."""
    problems = renamer.problems
    for given, path in _given_ids(event):
        line, written = renamer.place((*path, "id"))
        if not _ID.fullmatch(given):
            problems.add("facts.bad_id", line, written, id=given)
    first: dict[str, tuple[str | int, ...]] = {}
    for fact in flatten(event):
        if fact.id in first:
            line, written = renamer.place((*fact.path, "id"))
            other, _ = renamer.place(first[fact.id])
            problems.add("facts.duplicate_id", line, written, id=fact.id, line=other or "?")
        first.setdefault(fact.id, fact.path)
    index = FactIndex.of(event)
    for fact in index:
        if fact.kind not in (FactKind.FIGURE, FactKind.TOTAL) or fact.figure is None or not fact.figure.of:
            continue
        line, written = renamer.place((*fact.path, "of"))
        seen, current = {fact.id}, whole_of(index, fact)
        if current is None:
            known = "、".join(other.id for other in index if other.figure is not None and other.id != fact.id)
            problems.add("facts.of_nowhere", line, written, id=fact.figure.of, known=known or "—")
        while current is not None:
            if current.id in seen:
                problems.add("facts.of_circle", line, written, id=fact.figure.of)
                break
            seen.add(current.id)
            current = whole_of(index, current)


def _given_ids(event: EventFacts) -> list[tuple[str, tuple[str | int, ...]]]:
    found: list[tuple[str, tuple[str | int, ...]]] = []
    for name in ("basis", "organisers", "people", "activities", "totals", "measures", "results", "media",
                 "problems", "next_steps"):  # fmt: skip
        for number, item in enumerate(getattr(event, name)):
            found.append((item.id, (name, number)))
    for number, activity in enumerate(event.activities):
        for name in ("organisers", "people", "details", "quotes", "figures"):
            found.extend(
                (item.id, ("activities", number, name, place))
                for place, item in enumerate(getattr(activity, name))
            )
    return [(given, path) for given, path in found if given]
