"""What a reader will ask: not faults, but gaps that only the writer can fill."""

from __future__ import annotations

from collections.abc import Iterator

from summarywriter.chinese.text import folded
from summarywriter.facts.diagnostic import Diagnostic, about, found, listed, words
from summarywriter.facts.index import Fact, FactIndex, FactKind
from summarywriter.facts.model import Activity, EventFacts, Status
from summarywriter.facts.rules.dates import event_year


def check(index: FactIndex) -> Iterator[Diagnostic]:
    """Every question, one of a kind, each naming all it is about."""
    event = index.event
    told = [
        (index[fact.id], activity)
        for fact, activity in zip(
            (fact for fact in index if fact.kind is FactKind.ACTIVITY), event.activities, strict=False
        )
        if activity.status is not Status.PLANNED
    ]
    yield from _asked(index, "FL501", [fact for fact, activity in told if _nobody_spoke(activity)])
    yield from _asked(index, "FL502", [fact for fact, activity in told if not activity.figures])
    yield from _asked(index, "FL503", [fact for fact, activity in told if not activity.place])
    yield from _asked(
        index, "FL504", [fact for fact, activity in told if not (activity.date or activity.time)]
    )
    yield from _missing(index, event)


def _asked(index: FactIndex, code: str, facts: list[Fact]) -> Iterator[Diagnostic]:
    if facts:
        yield found(index, code, *facts, names=listed(fact.text for fact in facts))


def _nobody_spoke(activity: Activity) -> bool:
    """A ceremony or a meeting at which nobody is said to have been in the chair."""
    name = folded(activity.name)
    if not any(word in name for word in words("ceremonies")):
        return False
    said = folded("".join(
        [*(f"{person.role or ''}{person.post or ''}" for person in activity.people),
         *(group.role or "" for group in activity.organisers),
         *(entry.text for entry in activity.details)]
    ))  # fmt: skip
    return not any(word in said for word in words("chairing"))


def _missing(index: FactIndex, event: EventFacts) -> Iterator[Diagnostic]:
    counted = [activity for activity in event.activities if activity.figures]
    if not event.totals and len(counted) >= words("many"):
        yield about(index, "FL505", (), count=len(counted))
    level = event.level.value if event.level else ""
    if not event.problems and level in words("expect")["problems"]:
        yield about(index, "FL506", ())
    if not event.basis and level in words("expect")["basis"]:
        yield about(index, "FL507", ())
    masked = any(
        value.is_masked for value in (event.period, *(a.date for a in event.activities)) if value is not None
    )
    if event_year(index) is None and not masked:
        yield about(index, "FL508", ())
    if event.period is None and not all(activity.date for activity in event.activities):
        yield about(index, "FL509", ())
    if not event.results and level in words("expect")["results"]:
        yield about(index, "FL510", ())
    if not event.unit and not event.organisers:
        yield about(index, "FL511", ())
    if event.problems and not event.next_steps:
        yield about(index, "FL512", ())
