"""A fact sheet as rows to look at: what it says, in its own order, each fact by its id."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal

from summarywriter.facts.index import Fact, FactIndex, FactKind
from summarywriter.facts.model import Status
from summarywriter.render.review.data import PageFact, PageGroup

Words = Callable[..., str]
"""A message of the catalogue by key, its values by name, in the reader's language and script."""

_WHOLE = "whole"
_GROUP = {
    FactKind.TOTAL: "total",
    FactKind.MEASURE: "measure",
    FactKind.RESULT: "result",
    FactKind.MEDIA: "media",
    FactKind.PROBLEM: "problem",
    FactKind.NEXT_STEP: "next_step",
}


def sheet_groups(
    index: FactIndex,
    words: Words,
    *,
    told: Collection[str] = (),
    untold: Collection[str] = (),
) -> tuple[PageGroup, ...]:
    """The sheet in groups: what is said of the whole, each activity, the totals and the rest.

    Args:
        index: The facts.
        words: The catalogue.
        told: Ids of facts that the text tells somewhere.
        untold: Ids of required facts that it does not tell.
    """
    groups: dict[str, list[PageFact]] = {}
    titles: dict[str, str] = {}
    for fact in index:
        key, depth = _place(fact, index)
        if key not in titles:
            activity = index.activity(key)
            titles[key] = activity.name if activity is not None else words(f"review.group.{key}")
        row = PageFact(
            id=fact.id,
            label=_label(fact, words),
            text=_text(fact, words),
            depth=depth,
            state=_state(fact, told, untold),
            badge=_badge(fact, words),
        )
        groups.setdefault(key, []).append(row)
    return tuple(PageGroup(titles[key], tuple(rows)) for key, rows in groups.items())


def _place(fact: Fact, index: FactIndex) -> tuple[str, int]:
    """The group of a fact, and how deep it stands in it."""
    depth, top = 0, fact
    while top.owner is not None and top.owner in index:
        top = index[top.owner]
        depth += 1
    if top.kind is FactKind.ACTIVITY:
        return top.id, max(depth - 1, 0)
    return _GROUP.get(top.kind, _WHOLE), depth


def _label(fact: Fact, words: Words) -> str:
    kind = words(f"review.kind.{fact.kind.value}")
    if fact.figure is not None:
        scoped = (fact.figure.actor, fact.figure.scope, fact.figure.label)
        return " ".join(part for part in scoped if part) or kind
    if fact.person is not None:
        return fact.person.role or kind
    if fact.organisers is not None and fact.kind is FactKind.ORGANISERS:
        return fact.organisers.role or kind
    return kind


def _text(fact: Fact, words: Words) -> str:
    if fact.person is not None and fact.person.post:
        return f"{fact.person.post} {fact.person.name}"
    if fact.figure is not None and fact.figure.derived:
        terms = "、".join(f"{t.unit} {t.quantity.surface}" for t in fact.figure.derived)
        derived = words("facts.derived", count=len(fact.figure.derived))
        return f"{fact.text} = {derived}（{terms}）"
    return fact.text


def _state(
    fact: Fact, told: Collection[str], untold: Collection[str]
) -> Literal["told", "untold", "optional", "silent"]:
    if fact.id in untold:
        return "untold"
    if fact.id in told:
        return "told"
    return "silent" if fact.required else "optional"


def _badge(fact: Fact, words: Words) -> str:
    if fact.span is not None:
        return ""
    if fact.status is not Status.DONE:
        return words(f"review.status.{fact.status.value}")
    return "" if fact.required else words("review.status.optional")
