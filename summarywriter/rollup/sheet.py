"""The sheet of the office above: totals with their derivation, activities by field, figures by unit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from summarywriter.chinese.dates import DateValue, parse_date
from summarywriter.chinese.script import Script
from summarywriter.chinese.text import folded
from summarywriter.facts.derivation import derivation
from summarywriter.facts.model import Activity, Basis, Entry, EventFacts, Figure, Level, Organisers
from summarywriter.facts.write import Path
from summarywriter.genres.words import words as words_of
from summarywriter.messages import render
from summarywriter.rollup.choose import Candidate, Field, told_above
from summarywriter.rollup.merge import Merged
from summarywriter.rollup.notice import Notice
from summarywriter.rollup.report import Report, called, level_above
from summarywriter.rollup.totals import Kind, Total, label_variants
from summarywriter.rollup.words import table, text

_OF_EACH_UNIT = 3
"""Figures told of every unit, those that most units report."""
_LISTED = 60
"""Activities and entries that are listed as not chosen; a longer list is cut."""


@dataclass(slots=True)
class Draft:
    """A sheet in the making, and the notes on it.

    Attributes:
        reports: What it is made of.
        script: Its script, and that of the notes.
        unit: Who rolls up, or ``None`` for a blank to fill in.
        title: The title, or ``None`` to work it out.
        level: Its level, or ``None`` for the one above the reports'.
        notes: Comments by the path of what they are about.
    """

    reports: Sequence[Report]
    script: Script
    unit: str | None = None
    title: str | None = None
    level: Level | None = None
    notes: dict[Path, list[str]] = field(default_factory=dict)

    def note(self, path: Path, key: str, **params: Any) -> None:
        """Put a message of the catalogue above what stands at ``path``."""
        self.notes.setdefault(path, []).append(render(key, script=self.script.value, **params))

    def write(
        self,
        totals: Sequence[Total],
        fields: Sequence[Field],
        entries: dict[str, tuple[Merged, ...]],
        notices: Sequence[Notice],
    ) -> EventFacts:
        """Put everything in its place."""
        names = "、".join(report.name for report in self.reports)
        self.note((), "rollup.head", count=len(self.reports), names=names)
        for notice in notices:
            told = notice.told(script=self.script.value)
            self.note((), "rollup.look", code=notice.code, said=told)
        kept = self._totals(totals)
        return EventFacts(
            title=self._title(),
            script=self.script,
            level=self.level or level_above(self.reports),
            unit=self.unit or text("unit_blank", self.script),
            theme=_most(report.facts.theme for report in self.reports),
            period=period(self.reports),
            basis=_basis(self.reports),
            organisers=self._organisers(),
            activities=(*self._activities(fields), *self._by_unit(kept)),
            totals=tuple(figure for _, figure in kept),
            measures=self._counted(entries["measures"], "measures", "counted", least=_third(self.reports)),
            results=self._counted(entries["results"], "results", "counted", least=_third(self.reports)),
            problems=self._counted(entries["problems"], "problems", "reported", least=1),
            media=self._offered(entries["media"], "media"),
            next_steps=self._offered(entries["next_steps"], "next_steps"),
        )

    @property
    def event(self) -> str:
        """What most units call the event."""
        return Counter(words_of(report.facts)["event"] for report in self.reports).most_common(1)[0][0]

    # --- the head -----------------------------------------------------------------------------------

    def _title(self) -> str:
        if self.title:
            return self.title
        years = {point.start.year for r in self.reports if (point := r.facts.period) and point.start.year}
        year = f"{years.pop()}年" if len(years) == 1 else ""
        if not self.unit:
            return text("title_blank", self.script)
        probe = EventFacts(title=self.unit, unit=self.unit, level=self.level, script=self.script)
        place = words_of(probe)["locality"] or self.unit
        return text("title", self.script, place=place, year=year, event=self.event)

    def _organisers(self) -> tuple[Organisers, ...]:
        names = tuple(report.name for report in self.reports)
        role = text("joined", self.script)
        if len(names) <= 3:  # noqa: PLR2004  few enough to be named
            return (Organisers(role=role, names=names),)
        total = f"{len(names)}{table('measure')}{text_units(self.reports, self.script)}"
        return (Organisers(role=role, names=names[:3], total=total, complete=False),)

    # --- totals -------------------------------------------------------------------------------------

    def _totals(self, totals: Sequence[Total]) -> list[tuple[Total, Figure]]:
        """The totals that at least two units report; those of less than a third may be left out."""
        several = [total for total in totals if len(total.shares) > 1]
        several.sort(key=lambda total: total.kind.whole is not None)
        ids: dict[Kind, str] = {}
        kept: list[tuple[Total, Figure]] = []
        for total in several:
            whole = total.kind.whole
            if whole is not None and whole not in ids:
                continue  # 其中 of something that is not told
            number = len(kept) + 1
            ids[total.kind] = f"t{number}"
            required = len(total.shares) >= _third(self.reports)
            update = {
                "id": f"t{number}",
                "of": ids[whole] if whole is not None else None,
                "required": required,
            }
            kept.append((total, total.figure.model_copy(update=update)))
            self._note_total(total, ("totals", number - 1))
        for total in totals:
            if len(total.shares) == 1:
                share = total.shares[0]
                self.note(
                    ("totals", len(kept)),
                    "rollup.single",
                    unit=share.report.name,
                    figure=f"{total.figure.label} {total.figure.quantity.surface}",
                )
        return kept

    def _note_total(self, total: Total, path: Path) -> None:
        told = {share.report.name for share in total.shares}
        silent = [report.name for report in self.reports if report.name not in told]
        self.note(
            path,
            "rollup.total",
            derived=derivation(total.figure, script=self.script.value),
            units=len(told),
            all=len(self.reports),
        )
        if silent:
            self.note(path, "rollup.silent", names=_cut(silent))
        if total.by_totals and (items := [s.report.name for s in total.shares if not s.is_total]):
            self.note(path, "rollup.items", names=_cut(items))
        if variants := label_variants(total):
            self.note(path, "rollup.variants", names="、".join(variants[:10]))

    # --- activities ---------------------------------------------------------------------------------

    def _activities(self, fields: Sequence[Field]) -> tuple[Activity, ...]:
        made: list[Activity] = []
        for part in fields:
            for candidate in part.chosen:
                path = ("activities", len(made))
                if candidate is part.chosen[0]:
                    self.note(
                        path,
                        "rollup.field",
                        field=part.name or "—",
                        units=part.units,
                        all=len(part.chosen) + len(part.others),
                        chosen=len(part.chosen),
                    )
                self.note(path, "rollup.chosen", reasons=self._reasons(candidate))
                activity = told_above(candidate, len(made) + 1)
                made.append(activity.model_copy(update={"field": part.name}))
            self._others(part, len(made))
        return tuple(made)

    def _reasons(self, candidate: Candidate) -> str:
        script = self.script.value
        told = [
            render(f"rollup.reason.{reason}", script=script, unit=candidate.joint)
            for reason in candidate.reasons
        ]
        return "；".join(told) or render("rollup.reason.none", script=script)

    def _others(self, part: Field, place: int) -> None:
        if not part.others:
            return
        names = [f"{c.report.name}{c.activity.name}" for c in part.others]
        self.note(("activities", place), "rollup.others", field=part.name or "—", names=_cut(names))

    def _by_unit(self, kept: Sequence[tuple[Total, Figure]]) -> tuple[Activity, ...]:
        """What each unit did, in the figures that most report: one clause a unit, in their order."""
        main = [total for total, figure in kept if figure.required and total.kind.whole is None]
        main = [total for total in main if total.by_totals][:_OF_EACH_UNIT]
        units = text_units(self.reports, self.script)
        clauses = []
        for report in self.reports:
            told = [
                f"{fact.figure.label}{fact.text}"
                for total in main
                for share in total.shares
                if share.report is report and share.is_total and len(share.facts) == 1
                for fact in share.facts
                if fact.figure is not None and not fact.quantity_is_lost
            ]
            if told:
                clauses.append(Entry(text=f"{report.name}{'、'.join(told)}"))
        if not clauses:
            return ()
        return (
            Activity(
                name=self.event,
                field=text("by_unit", self.script, units=units),
                organisers=(Organisers(names=(text("every", self.script, units=units),)),),
                details=tuple(clauses),
            ),
        )

    # --- entries ------------------------------------------------------------------------------------

    def _counted(
        self, found: Sequence[Merged], where: str, pattern: str, *, least: float
    ) -> tuple[Entry, ...]:
        """Entries that enough units have, each with their number; one unit's own is told as its own."""
        units = text_units(self.reports, self.script)
        made: list[Entry] = []
        for one in found:
            if len(one.units) < least:
                self.note((where, len(made)), "rollup.few", names="、".join(one.units), text=one.text)
                continue
            path = (where, len(made))
            if len(one.units) > 1:
                self.note(path, "rollup.merged", count=len(one.units), names="、".join(one.units))
                for wording in self._wordings(one):
                    self.notes[path].append(wording)
                said = text(
                    pattern, self.script, count=len(one.units), measure=table("measure"), units=units,
                    text=one.text,
                )  # fmt: skip
                made.append(Entry(text=said))
            else:
                name = one.units[0]
                alone = "one_reported" if pattern == "reported" else "one"
                own = one.text if name in one.text else text(alone, self.script, name=name, text=one.text)
                made.append(Entry(text=own, required=len(self.reports) < 3))  # noqa: PLR2004
        return tuple(made)

    def _wordings(self, one: Merged) -> list[str]:
        """The other ways in which units say it, for a person to confirm that they mean the same."""
        others = dict.fromkeys(said for _, said in one.said if folded(said) != folded(one.text))
        return [
            render("rollup.wording", script=self.script.value, text=said, likeness=f"{one.likeness:.0f}")
            for said in others
        ]

    def _offered(self, found: Sequence[Merged], where: str) -> tuple[Entry, ...]:
        """What units say of their own plans and press, as comments: the office above has its own."""
        if found:
            self.note((where, 0), "rollup.offered")
        for one in found[:_LISTED]:
            self.note((where, 0), "rollup.offer", text=one.text, names="、".join(one.units))
        return ()


def text_units(reports: Sequence[Report], script: Script) -> str:
    """What the units are called when they are counted, in the sheet's script."""
    from summarywriter.chinese.script import to_script

    return to_script(called(reports), script)


def period(reports: Sequence[Report]) -> DateValue | None:
    """From the first day that any unit gives to the last; ``None`` where they cannot be put in one row."""
    periods = [report.facts.period for report in reports if report.facts.period is not None]
    surfaces = {found.surface for found in periods}
    if len(surfaces) == 1:
        return periods[0]
    spans = []
    for found in periods:
        if found.is_masked or found.start.year is None:
            return None
        bounds = found.bounds(found.start.year)
        if bounds is None:
            return None
        spans.append(bounds)
    if not spans:
        return None
    first: dt.date = min(start for start, _ in spans)
    last: dt.date = max(end for _, end in spans)
    return parse_date(f"{first.isoformat()}/{last.isoformat()}")


def _cut(names: Sequence[str]) -> str:
    return "、".join(names[:_LISTED]) + ("……" if len(names) > _LISTED else "")


def _third(reports: Sequence[Report]) -> float:
    return len(reports) / 3


def _most(values: object) -> str | None:
    """The value that more than half of those that have one share."""
    given = [value for value in values if value]  # type: ignore[attr-defined]
    if not given:
        return None
    value, count = Counter(given).most_common(1)[0]
    return str(value) if 2 * count > len(given) else None


def _basis(reports: Sequence[Report]) -> tuple[Basis, ...]:
    """Documents that at least half of the units rest on; a number only where they agree on it."""
    by_title: dict[str, list[Basis]] = {}
    for report in reports:
        for basis in report.facts.basis:
            if basis.title:
                by_title.setdefault(folded(basis.title), []).append(basis)
    found = []
    for given in by_title.values():
        if 2 * len(given) >= len(reports):
            numbers = {basis.number for basis in given}
            number = given[0].number if len(numbers) == 1 else None
            found.append(given[0].model_copy(update={"id": None, "number": number}))
    return tuple(found)
