"""Tables in a text: rows of cells with tabs or bars between them, and what each column is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarywriter.chinese.measures import measure_at
from summarywriter.chinese.quantities import parse_quantity
from summarywriter.chinese.text import Span, folded
from summarywriter.extract.values import Found, ValueKind, find_values
from summarywriter.extract.words import mapping, pattern, table

_FEWEST_ROWS = 2
_MOST_CELLS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands in the source, and its words."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is about.

    Attributes:
        sort: ``serial``, ``name``, ``unit``, ``date``, ``place``, ``people``, ``phone``, ``figure`` or
            ``""``.
        head: The words at its head, without a measure word in brackets.
        measure: What a bare number in it is counted by, ``""`` for none.
    """

    sort: str
    head: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are things done, or units.

    Attributes:
        span: From its first character to its last.
        heads: The cells that say so.
        columns: What each column is about.
        rows: Its rows without the head, each with a cell for each column.
    """

    span: Span
    heads: tuple[Cell, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def column(self, *sorts: str) -> int | None:
        """The first column of one of these sorts."""
        return next(
            (n for sort in sorts for n, column in enumerate(self.columns) if column.sort == sort), None
        )


def find_tables(text: str, start: int, end: int) -> list[Table]:
    """The tables in a part of a source, in order.

    Args:
        text: The source.
        start: First character of the part.
        end: One past its last.
    """
    found: list[Table] = []
    block: list[list[Cell]] = []
    stop = text.find("\n", end)
    end = len(text) if stop < 0 else stop  # a last row's empty cells, too
    for line in _lines(text, start, end):
        cells = _cells(text, line)
        if cells is None and block:
            found.extend(_read(block))
            block = []
        elif cells:
            block.append(cells)
    found.extend(_read(block))
    return found


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Span(start, stop)
        start = stop + 1


_RULED = re.compile(r"[|\s:+-]+")


def _cells(text: str, line: Span) -> list[Cell] | None:
    """The cells of a line; none for the rule below a head, ``None`` for a line that is no row."""
    said = text[line.start : line.end]
    bars = said.strip().startswith("|") and said.count("|") > 1
    if not bars and "\t" not in said:
        return None
    if bars and _RULED.fullmatch(said):
        return []
    start, stop = line.start, line.end
    if bars:
        start = text.index("|", start) + 1
        last = text.rindex("|", start, stop)
        stop = last if not text[last + 1 : stop].strip() else stop
    cells: list[Cell] = []
    for part in text[start:stop].split("|" if bars else "\t"):
        body = part.strip()
        first = start + (part.index(body) if body else 0)
        cells.append(Cell(Span(first, first + len(body)), body))
        start += len(part) + 1
    return cells if 1 < len(cells) <= _MOST_CELLS else None


def _read(block: Sequence[list[Cell]]) -> Iterator[Table]:
    """The table that a run of rows makes, turned where its columns are the things done."""
    if len(block) < _FEWEST_ROWS:
        return
    wide = max(map(len, block))
    while len(block) > _FEWEST_ROWS and sum(bool(cell.text) for cell in block[0]) < 2:  # noqa: PLR2004
        block = block[1:]  # a caption stretched over all columns
    grid = [_padded(row, wide) for row in block]
    span = Span(grid[0][0].span.start, max(cell.span.end for row in grid for cell in row))
    side = [_tells(row[0].text) for row in grid[1:]]
    top = [_tells(cell.text) for cell in grid[0][1:]]
    if sum(map(bool, side)) > sum(map(bool, top)) and sum(map(bool, side)) >= _FEWEST_ROWS:
        grid = [list(column) for column in zip(*grid, strict=True)]
    columns = tuple(_column(head, [row[n] for row in grid[1:]]) for n, head in enumerate(grid[0]))
    yield Table(span, tuple(grid[0]), columns, tuple(tuple(row) for row in grid[1:]))


def _padded(row: list[Cell], wide: int) -> list[Cell]:
    """A row with a cell for each column; where cells are missing, the first one stretched over them."""
    blank = replace(row[0], span=Span(row[0].span.end, row[0].span.end), text="")
    return [row[0], *[blank] * (wide - len(row)), *row[1:]]


def _tells(head: str) -> bool:
    """Whether words say what is told of a thing, rather than name one: 時間, 參加人數."""
    form = folded(head)
    counted = any(each.search(form) for each in mapping("column_units").values())
    return bool(_sort(head)) or counted


def _sort(head: str) -> str:
    form = folded(head)
    return next((sort for sort, each in mapping("columns").items() if each.search(form)), "")


_BRACKET = re.compile(r"[（(\[／/]\s*([^（）()\[\]]{1,6}?)\s*[）)\]]?$")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?(?:萬|万|余|餘|多)*")
_SHARE = 0.5


def _column(head: Cell, cells: Sequence[Cell]) -> Column:
    said = head.text
    bracket = _BRACKET.search(said)
    named = said[: bracket.start()] if bracket else said
    told = [cell for cell in cells if cell.text.strip("-—/ ")]
    counted = sum(_number(cell) or _one_quantity(cell.text) for cell in told)
    sort = _sort(said)
    if sort in ("", "name", "unit") and told and counted >= _SHARE * len(told) and cells:
        sort = "figure"
    elif sort in ("date", "place", "people", "serial", "phone"):
        return Column(sort, named)
    if sort != "figure":
        return Column(sort, named)
    form = folded(named)
    units = mapping("column_units").items()
    own = bracket[1] if bracket else next((key for key, each in units if each.search(form)), "")
    ends = next((size for size in (3, 2) if len(form) >= size and measure_at(form, len(form) - size)), 0)
    if not bracket and (ends or "人次" in form):
        at = form.index("人次") if "人次" in form else len(form) - ends
        own = named[at : at + (2 if "人次" in form else ends)]
    return Column("figure", named, own)


def _number(cell: Cell) -> bool:
    return bool(_NUMBER.fullmatch(cell.text))


def _one_quantity(said: str) -> bool:
    return parse_quantity(said) is not None if said and said[0].isdigit() else False


def values_of(text: str, found: Table) -> list[Found]:
    """The values of a table's cells, in order; a bare number is counted by its column's measure word."""
    values = [value for head in found.heads for value in find_values(text, *head.span)]
    for row in found.rows:
        for column, cell in zip(found.columns, row, strict=True):
            if not cell.text or column.sort in ("serial", "phone"):
                continue
            if column.sort == "figure" and _number(cell):
                quantity = parse_quantity(cell.text.replace(",", "") + column.measure)
                if quantity is not None:
                    values.append(Found(ValueKind.QUANTITY, cell.span, cell.text, quantity=quantity))
                continue
            values += find_values(text, *cell.span)
    return sorted(values, key=lambda value: value.span)


def is_sum(row: Sequence[Cell]) -> bool:
    """Whether a row sums up the others."""
    return any(pattern("sum_row").search(folded(cell.text)) for cell in row[:2] if cell.text)


def named_fields(found: Table) -> Iterator[tuple[str, Cell]]:
    """What a table of two columns says line by line: 時間, 地點; nothing for any other table."""
    labels = {folded(label): name for name, each in table()["fields"].items() for label in each}
    if len(found.columns) != 2:  # noqa: PLR2004
        return
    for row in found.rows:
        if (name := labels.get(folded(row[0].text))) is not None:
            yield name, row[1]
