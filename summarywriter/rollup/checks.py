"""What only shows when the reports lie side by side: one event told twice, a figure of another size."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarywriter.chinese.quantities import Modifier, Quantity
from summarywriter.chinese.text import folded
from summarywriter.facts.index import Fact
from summarywriter.facts.lint import lint
from summarywriter.facts.model import Activity
from summarywriter.rollup.notice import Notice
from summarywriter.rollup.report import Report
from summarywriter.rollup.totals import Total

_SAME_NAME = 80
"""Likeness of two names (0 to 100) from which they may be one event's."""
_SAME_PLACE = 90
_FEW = 20
"""Figures below this agree by chance."""
_ENOUGH = 4
"""Units that must report a kind of figure before one of them can stand out."""
_DECADE = 0.85
"""Powers of ten from what is expected: seven times as much, or a seventh."""

_CONTRADICTIONS = frozenset({"FL101", "FL102", "FL103", "FL105"})


@dataclass(frozen=True, slots=True)
class Joint:
    """One event that two units report.

    Attributes:
        first: Report, and position of its activity.
        second: The same, for the other unit.
        figures: Figures that both state.
    """

    first: tuple[Report, int]
    second: tuple[Report, int]
    figures: tuple[str, ...]


def joint_events(reports: Sequence[Report]) -> tuple[Joint, ...]:
    """Activities that two units report as their own: the same name, day, and place or figures.

    Each unit's launch of one campaign has the same name and often the same day: without the place or
    figures in common, or the other's name in it, two are two.
    """
    from rapidfuzz import fuzz

    found = []
    by_day: dict[str, list[tuple[Report, int]]] = {}
    for report in reports:
        for number, activity in enumerate(report.facts.activities):
            if activity.date is not None and activity.date.start.day is not None:
                start = activity.date.start
                by_day.setdefault(f"{start.month}-{start.day}", []).append((report, number))
    for same_day in by_day.values():
        for place, first in enumerate(same_day):
            for second in same_day[place + 1 :]:
                if first[0] is second[0]:
                    continue
                mine, theirs = _activity(first), _activity(second)
                if fuzz.ratio(folded(mine.name), folded(theirs.name)) < _SAME_NAME:
                    continue
                shared = _shared_figures(mine, theirs)
                apart = mine.place and theirs.place
                if _one_place(first[0], mine, second[0], theirs) or (not apart and len(shared) > 1):
                    found.append(Joint(first, second, shared))
    return tuple(found)


def _activity(where: tuple[Report, int]) -> Activity:
    return where[0].facts.activities[where[1]]


def _shared_figures(mine: Activity, theirs: Activity) -> tuple[str, ...]:
    stated = {(folded(f.label), f.quantity.unit_key, f.quantity.value) for f in theirs.figures}
    return tuple(
        f"{f.label}{f.quantity.surface}"
        for f in mine.figures
        if f.quantity.value is not None
        and f.quantity.value >= _FEW
        and (folded(f.label), f.quantity.unit_key, f.quantity.value) in stated
    )


def _one_place(first: Report, mine: Activity, second: Report, theirs: Activity) -> bool:
    """Whether both name one place, or one of them names the other unit."""
    from rapidfuzz import fuzz

    if mine.place and theirs.place:
        ours, other = folded(first.locally(mine.place)), folded(second.locally(theirs.place))
        return fuzz.ratio(ours, other) >= _SAME_PLACE
    return folded(second.name) in _said(mine) or folded(first.name) in _said(theirs)


def _said(activity: Activity) -> str:
    names = [name for group in activity.organisers for name in group.names]
    return folded("，".join((activity.name, activity.place or "", *names)))


def joint_notices(joints: Sequence[Joint]) -> Iterator[Notice]:
    """RU101 for each."""
    for joint in joints:
        (one, first), (other, _) = joint.first, joint.second
        figures = "、".join(joint.figures) or "—"
        name = one.facts.activities[first].name
        yield Notice(
            "RU101",
            (one.name, other.name),
            {"name": name, "one": one.name, "other": other.name, "figures": figures},
        )


def contradictions(reports: Sequence[Report]) -> Iterator[Notice]:
    """RU103: what linting finds wrong between a unit's totals and its own items."""
    for report in reports:
        for diagnostic in lint(report.facts):
            if diagnostic.code in _CONTRADICTIONS:
                script = report.facts.script.value
                yield Notice(
                    "RU103", (report.name,), {"unit": report.name, "said": diagnostic.told(script=script)}
                )


def outliers(totals: Sequence[Total]) -> Iterator[Notice]:
    """RU105: figures that are an order of magnitude from what the other units and kinds suggest.

    What is expected of a unit is the median of its kind, moved by how large the unit is in its other
    figures: ten times as much is seen in a small county too, and a large one is not accused.
    """
    logs = [
        {
            share.report.name: math.log10(value)
            for share in total.shares
            # The figures of a single activity are no smaller total: they are compared with their like.
            if share.is_total is total.by_totals and (value := _value(share.facts)) > 0
        }
        for total in totals
    ]
    kinds = [number for number, values in enumerate(logs) if len(values) >= _ENOUGH]
    centre = {number: statistics.median(logs[number].values()) for number in kinds}
    names = {name for number in kinds for name in logs[number]}
    size = {
        name: statistics.median(logs[n][name] - centre[n] for n in kinds if name in logs[n]) for name in names
    }
    for number in kinds:
        total = totals[number]
        for share in total.shares:
            name = share.report.name
            if name not in logs[number]:
                continue
            others = [logs[number][other] - size[other] for other in logs[number] if other != name]
            # With hardly any other figure of its own, a unit's size says nothing but this very figure.
            scale = size[name] if sum(name in logs[n] for n in kinds) > 2 else 0.0  # noqa: PLR2004
            off = logs[number][name] - scale - statistics.median(others)
            if abs(off) >= _DECADE:
                yield _outlier(total, share.facts, name, 10 ** (logs[number][name] - off), off)


def _outlier(total: Total, facts: Sequence[Fact], name: str, expected: float, off: float) -> Notice:
    told = "、".join(fact.text for fact in facts)
    digits = 10 ** max(0, len(str(round(expected))) - 2)
    return Notice(
        "RU105",
        (name,),
        {
            "unit": name,
            "figure": f"{total.figure.label}{told}",
            "times": f"{10 ** abs(off):.0f}",
            "way": "↑" if off > 0 else "↓",
            "expected": f"{round(expected / digits) * digits}{total.figure.quantity.unit}",
        },
    )


def _value(facts: Sequence[Fact]) -> float:
    return float(sum(_middle(fact.quantity) for fact in facts if fact.quantity is not None))


def _middle(quantity: Quantity) -> float:
    if quantity.value is None or quantity.masked or quantity.modifier is Modifier.VAGUE:
        return 0.0
    high = quantity.high if quantity.high is not None else quantity.value
    return float(quantity.value + high) / 2
