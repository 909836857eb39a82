"""A table's rows as activities, its columns as what is told of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarywriter.chinese.text import Span, fold, folded
from summarywriter.extract.entries import quote, told_of
from summarywriter.extract.figures import read_figures
from summarywriter.extract.outline import Sentence
from summarywriter.extract.sheet import Counted, Doing, Filling, Human, Passage
from summarywriter.extract.tables import Cell, Column, Table, is_sum
from summarywriter.extract.values import Found, ValueKind, within
from summarywriter.lexicon import split_label

_COUNTS = re.compile("(?:人次|人数|数量|次数|场次|场数|份数|户数|件数|金额|数)$")


def place_rows(
    found: Table, sheet: Filling, text: str, values: list[Found], taken: set[Span], *, summed: bool = False
) -> None:
    """Fill a sheet from a table.

    Args:
        found: The table.
        sheet: What is filled.
        text: The source.
        values: The values around, in order; the table's are among them.
        taken: Spans of the values that have a place; those placed here are added.
        summed: Whether its heading says that it sums up the whole (本月小計).
    """
    named = found.column("name", "unit", "")
    whose = found.column("unit") if found.column("name") is not None else None
    doing: Doing | None = None
    for row in found.rows:
        told = _told(sheet, row[named].text) if summed and named is not None else None
        if told is not None:
            _fill(told, found.columns, row, text, values=values, taken=taken)
            continue
        if summed or is_sum(row):
            figures, _ = _counted(found.columns, row, text, values, taken)
            sheet.totals += figures
            continue
        name = row[named] if named is not None else None
        if name is not None and name.text:
            doing = Doing(Passage(name.text, (name.span,)))
            if whose is not None and whose != named:
                doing.area = row[whose].text
            sheet.activities.append(doing)
        if doing is not None:
            _fill(doing, found.columns, row, text, values=values, taken=taken)


def _told(sheet: Filling, name: str) -> Doing | None:
    """The activity that a row of sums names, where it has been told of."""
    form = folded(name)
    return next((doing for doing in sheet.activities if form and folded(doing.name.text) == form), None)


def _fill(
    doing: Doing,
    columns: Sequence[Column],
    row: Sequence[Cell],
    text: str,
    *,
    values: list[Found],
    taken: set[Span],
) -> None:
    figures, rest = _counted(columns, row, text, values, taken)
    doing.figures += figures
    for column, cell in zip(columns, row, strict=True):
        inside = within(values, cell.span)
        if column.sort == "date" and doing.date is None:
            for value in inside[:1]:
                if value.kind is ValueKind.DATE:
                    doing.date = value
                    taken.add(value.span)
        elif column.sort == "place" and doing.place is None and cell.text:
            doing.place = Passage(cell.text, (cell.span,))
            taken.update(v.span for v in inside if v.kind is not ValueKind.QUANTITY)
        elif column.sort == "people":
            people = [value for value in inside if value.kind is ValueKind.PERSON]
            for value in people:
                doing.people.append(Human(Passage(value.text, (value.span,)), post=value.post or ""))
                taken.add(value.span)
            if cell.text and not people:  # who it is stays as the cell has it
                doing.details.append(Passage(f"{column.head}{cell.text}", (cell.span,)))
        for value in inside:
            quote(doing, value, taken)
    for cell in rest:
        inside = within(values, cell.span)
        if any(value.span not in taken for value in inside) and len(cell.text) > 1:
            doing.details.append(Passage(cell.text, (cell.span,)))
            taken.update(value.span for value in inside)


def _counted(
    columns: Sequence[Column], row: Sequence[Cell], text: str, values: list[Found], taken: set[Span]
) -> tuple[list[Counted], list[Cell]]:
    """The figures of a row, and its cells of plain words."""
    figures: list[Counted] = []
    rest: list[Cell] = []
    for column, cell in zip(columns, row, strict=True):
        quantities = [v for v in within(values, cell.span) if v.kind is ValueKind.QUANTITY]
        alone = len(quantities) == 1 and len(cell.text) <= len(quantities[0].text) + 1
        if column.sort == "figure" and alone:
            action, counted = split_label(column.head)
            action, counted = (action or "", counted) if action else _attending(column.head)
            bare = _COUNTS.sub("", folded(counted))
            figures.append(Counted(quantities[0], action=action, object=counted[: len(bare)]))
        elif quantities:
            sentence = Sentence(cell.span, fold(text[cell.span.start : cell.span.end]))
            told = read_figures(text, sentence, quantities)
            told_of(told, within(values, cell.span), taken)
            figures += told
        elif column.sort in ("", "people"):
            rest.append(cell)
        taken.update(value.span for value in quantities)
    return figures, rest


def _attending(head: str) -> tuple[str, str]:
    """參加人數 as 參加, and nothing that is counted besides."""
    match = re.match("(参加|参与|出席|到场|受益|报名|参训|观看)(?=人)", folded(head))
    return (head[: match.end()], head[match.end() :]) if match else ("", head)
