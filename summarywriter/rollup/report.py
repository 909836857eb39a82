"""The reports that are rolled up: one sheet a unit, the newest of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarywriter.chinese.text import folded
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts, Level
from summarywriter.genres.words import level_of
from summarywriter.genres.words import words as words_of
from summarywriter.rollup.notice import Notice
from summarywriter.rollup.words import table, words


@dataclass(frozen=True, slots=True)
class Report:
    """One unit's sheet.

    Attributes:
        unit: Who reports, as in the sheet; the file's name where the sheet does not say.
        name: What it is called at the level above: its place (東嶺縣) where no other unit of that place
            reports, else the unit.
        facts: Its sheet.
        index: The facts of it.
    """

    unit: str
    name: str
    facts: EventFacts
    index: FactIndex

    @property
    def file(self) -> str:
        """The file it came from, for messages."""
        return self.facts.origin.file

    def locally(self, name: str) -> str:
        """A name that begins with the mark of its own level, with the place before it: 東嶺縣文化廣場."""
        place = self.name
        if not place or place == self.unit or place in name:
            return name
        form, mark = folded(name), folded(place[-1])
        if mark not in words("marks") or form.startswith(words("no_mark")):
            return name
        if form.startswith(words("posts")):
            return place + name
        return place + name[1:] if form.startswith(mark) else name


def gather(sheets: Iterable[EventFacts]) -> tuple[tuple[Report, ...], tuple[Notice, ...]]:
    """One report a unit, in the order in which the units come first.

    Of two sheets of one unit the one with the later date of writing counts; without dates, the later given.
    """
    by_unit: dict[str, list[EventFacts]] = {}
    for sheet in sheets:
        by_unit.setdefault(folded(_unit(sheet)), []).append(sheet)
    notices: list[Notice] = []
    kept: list[EventFacts] = []
    for given in by_unit.values():
        newest = max(enumerate(given), key=lambda item: (_written(item[1]), item[0]))[1]
        kept.append(newest)
        dropped = [sheet for sheet in given if sheet is not newest]
        if dropped:
            notices.append(
                Notice(
                    "RU104",
                    (_unit(newest),),
                    {
                        "unit": _unit(newest),
                        "kept": newest.origin.file or newest.title,
                        "dropped": "、".join(sheet.origin.file or sheet.title for sheet in dropped),
                    },
                )
            )
    places = Counter(words_of(sheet)["locality"] for sheet in kept)
    return tuple(_report(sheet, places) for sheet in kept), tuple(notices)


def missing(reports: Sequence[Report], expected: Iterable[str]) -> tuple[str, ...]:
    """Units of a list that no report is from; 東嶺縣 is there if 東嶺縣科技局 reports."""
    forms = [folded(report.unit) for report in reports]
    return tuple(unit for unit in expected if not any(folded(unit) in form for form in forms))


def level_above(reports: Sequence[Report]) -> Level | None:
    """The level of the office that rolls these reports up."""
    levels = [level for report in reports if (level := level_of(report.facts)) is not None]
    if not levels:
        return None
    return max((Level(table("above")[level.value]) for level in levels), key=_RANK.index)


_RANK = [Level.TOWNSHIP, Level.SCHOOL, Level.ENTERPRISE, Level.INSTITUTION, Level.DISTRICT, Level.CITY,
         Level.PROVINCE]  # fmt: skip


def called(reports: Sequence[Report]) -> str:
    """What units of this level are called when they are counted: 縣（區）; 單位 where they differ."""
    levels = {level_of(report.facts) for report in reports}
    level = next(iter(levels)) if len(levels) == 1 else None
    names: dict[str, str] = table("units")
    return names.get(level.value if level else "other", names["other"])


def _unit(sheet: EventFacts) -> str:
    return sheet.unit or re.split(r"[/\\]", sheet.origin.file)[-1].rpartition(".")[0] or sheet.title


def _written(sheet: EventFacts) -> str:
    """The date of writing, so that dates compare; ``""`` where the sheet has none."""
    point = sheet.date.start if sheet.date is not None else None
    if point is None or point.year is None:
        return ""
    return f"{point.year:04d}-{point.month or 0:02d}-{point.day or 0:02d}"


def _report(sheet: EventFacts, places: Counter[str]) -> Report:
    unit, place = _unit(sheet), words_of(sheet)["locality"]
    name = place if place and places[place] == 1 else unit
    return Report(unit, name, sheet, FactIndex.of(sheet))
