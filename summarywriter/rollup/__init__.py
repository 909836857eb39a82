"""Rolling up: many units' sheets into the sheet of the office above them.

`roll_up` gathers the reports, adds what may be added, chooses what is worth telling, and says what a
person must look at. What it makes is a fact sheet like any other: it is written, verified, and rolled up
again one level higher. Every total names the figures that it is the sum of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summarywriter.chinese.script import Script
from summarywriter.facts.model import EventFacts, Level
from summarywriter.facts.write import Notes, sheet_text
from summarywriter.rollup.checks import contradictions, joint_events, joint_notices, outliers
from summarywriter.rollup.choose import chosen
from summarywriter.rollup.merge import merged
from summarywriter.rollup.notice import RULES, Notice
from summarywriter.rollup.report import Report, gather, missing
from summarywriter.rollup.sheet import Draft, period
from summarywriter.rollup.totals import totals

__all__ = ["RULES", "Notice", "Report", "RollUp", "roll_up"]

NOTABLE = 3
"""Activities of a field that are told; the others are listed."""


@dataclass(frozen=True, slots=True)
class RollUp:
    """A rolled-up sheet.

    Attributes:
        facts: The sheet of the office above.
        notices: What a person must look at.
        notes: Why things stand as they do, by path, as `sheet_text` takes them.
    """

    facts: EventFacts
    notices: tuple[Notice, ...]
    notes: Notes

    @property
    def text(self) -> str:
        """The sheet as YAML, with derivations, choices and doubts as comments."""
        return sheet_text(self.facts, notes=self.notes)


def roll_up(
    sheets: Iterable[EventFacts],
    *,
    unit: str | None = None,
    title: str | None = None,
    level: Level | str | None = None,
    expected: Iterable[str] = (),
    script: Script | str | None = None,
    notable: int = NOTABLE,
) -> RollUp:
    """Roll the sheets of many units up into the one of the office above.

    Args:
        sheets: The units' sheets; of several by one unit the newest counts.
        unit: The office above; a blank to fill in where none is given.
        title: The title; made from the unit and the event where none is given.
        level: The level of the office above; the one above the sheets' where none is given.
        expected: Units that should report.
        script: Script of the sheet; that of most sheets where none is given.
        notable: Activities to tell of each field.

    Raises:
        ValueError: There is no sheet at all.
    """
    reports, superseded = gather(sheets)
    if not reports:
        raise ValueError("no sheet to roll up")
    scripts = [report.facts.script for report in reports]
    own = Script(script) if script is not None else max(Script, key=scripts.count)
    found, doubts = totals(reports, own)
    joints = joint_events(reports)
    notices = (
        *(Notice("RU102", (name,), {"unit": name}) for name in missing(reports, expected)),
        *superseded,
        *joint_notices(joints),
        *outliers(found),
        *contradictions(reports),
        *doubts,
        *_differences(reports),
    )
    draft = Draft(reports, own, unit=unit, title=title, level=Level(level) if level else None)
    facts = draft.write(
        found,
        chosen(reports, joints, most=notable),
        {
            field: merged(reports, field)
            for field in ("measures", "results", "media", "problems", "next_steps")
        },
        notices,
    )
    return RollUp(facts, notices, draft.notes)


def _differences(reports: tuple[Report, ...]) -> Iterable[Notice]:
    """RU108: themes that differ, periods that cannot be put in one row."""
    themes: dict[str, list[str]] = {}
    for report in reports:
        if report.facts.theme:
            themes.setdefault(report.facts.theme, []).append(report.name)
    if len(themes) > 1:
        told = "；".join(f"{theme}（{'、'.join(names[:5])}）" for theme, names in themes.items())
        yield Notice("RU108", tuple(name for names in themes.values() for name in names), {"said": told})
    given = [report for report in reports if report.facts.period is not None]
    if given and period(reports) is None:
        told = "；".join(f"{r.name} {r.facts.period.surface}" for r in given if r.facts.period)
        yield Notice("RU108", tuple(report.name for report in given), {"said": told})
