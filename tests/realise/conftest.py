"""Sections written from a few lines of a sheet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from summarywriter.facts.index import FactIndex, FactKind
from summarywriter.facts.load import loads_facts
from summarywriter.plan import DocumentPlan, SectionPlan, Unit
from summarywriter.realise import realise
from summarywriter.slots import fill

HEAD = "title: 試驗\nscript: hant\n"
WORDS = {"whole": "全鎮", "our": "我鎮", "event": "宣傳月", "locality": "臨水鎮"}


@pytest.fixture
def written() -> Callable[..., str]:
    """Writes one section: ``written(sheet, kind, role, heading=…)``."""
    return _written


def _written(
    sheet: str, kind: str = "activity", role: str = "activities", *, heading: str | None = None
) -> str:
    """The text of one section that tells all facts of ``sheet`` of the kind asked for."""
    index = FactIndex.of(loads_facts(HEAD + sheet))
    units: list[Unit] = []
    if kind == "activity":
        units.extend(
            Unit("activity", (fact.id, *(part.id for part in index.parts(fact.id))))
            for fact in index
            if fact.kind is FactKind.ACTIVITY
        )
    else:
        units.append(Unit(kind, tuple(fact.id for fact in index)))  # type: ignore[arg-type]
    section = SectionPlan("s1", role, heading=heading, level=1 if heading else 0, units=tuple(units))
    plan = DocumentPlan("試驗", "general", "given", "hant", (section,), words=WORDS)
    return fill(realise(plan, index), index, script="hant").text
