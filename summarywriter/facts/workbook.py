"""Fact sheets in Excel: a workbook into the tree. `workbook_out` writes what is read here.

The first worksheet (基本信息) has a key and its value in each row. Every list of the sheet has a worksheet
of its own, named by its key, with the keys of its items in the first row and one item a row. A column
活動 says of which activity (its id or its name) a row tells; a row that leaves it blank belongs to the
whole event. Short lists may also stand in an activity's own row, one item a line of the cell. A worksheet
with a column 類別 (問題與打算) holds several lists, each row saying which it belongs to.

Every text knows its worksheet and cell, and messages name them.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from summarywriter.chinese.script import Script, detect_script
from summarywriter.facts.keys import Context, canonical, plain
from summarywriter.facts.problems import Problems
from summarywriter.facts.shape import LISTS, NAMES
from summarywriter.facts.tree import Items, Node, Table, Text

_MOST_ROWS = 20_000
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError, SyntaxError, AttributeError,
    IndexError, EOFError,
)  # fmt: skip
"""What openpyxl lets through from a file that is none, or is damaged: it has no exception of its own."""

Row = list[Text | None]

OWNER = "活動"
BASIC = "基本信息"
SORTED = "問題與打算"
SORT = "類別"
EXAMPLE = "填寫示例"
_BASICS = (BASIC, "基本")


class Cell(int):
    """A row, from 1, that also knows its worksheet and its column: it is shown as 數據!D3."""

    name: str

    def __new__(cls, row: int, sheet: str, column: str) -> Self:
        """The cell of ``row`` in a ``column`` (A, B …) of ``sheet``."""
        cell = super().__new__(cls, row)
        cell.name = f"{sheet}!{column}{row}"
        return cell

    def __str__(self) -> str:
        return self.name

    def __format__(self, spec: str) -> str:
        return format(self.name, spec)


def is_workbook(data: bytes) -> bool:
    """Whether a file is a zip archive, as every .xlsx is, or an old .xls."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def read_workbook(data: bytes, problems: Problems) -> Node | None:
    """The tree of a workbook; lines are rows.

    Args:
        data: The whole file.
        problems: Receives what is wrong with it as a workbook.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        grids = [(str(sheet.title), _grid(sheet)) for sheet in book.worksheets if not _is_example(sheet)]
    except _UNREADABLE:
        problems.add("file.workbook", None)
        return None
    written = "".join(cell.value for _, grid in grids for row in grid for cell in row if cell)
    problems.script = (detect_script(written) or Script.HANT).value
    pairs: list[tuple[Text, Node | None]] = []
    lists: dict[str, list[Table]] = {}
    for number, (title, grid) in enumerate(grids):
        key = canonical(Context.EVENT, title) or canonical(Context.ACTIVITY, title)
        if key is not None and _inner(key) is not None:
            lists.setdefault(key, []).extend(_rows(_inner(key), grid))
        elif _is_sorted(grid):
            for name, table in _by_kind(grid, problems):
                lists.setdefault(name, []).append(table)
        elif number == 0 or plain(title) in {plain(name) for name in _BASICS}:
            pairs += [(row[0], _cell(Context.EVENT, row[0].value, row[1:])) for row in grid if row and row[0]]
        elif any(cell for row in grid for cell in row):
            problems.add("facts.unknown_worksheet", None, name=title)
    return _joined(pairs, lists, problems)


def _is_example(sheet: Any) -> bool:
    return plain(str(sheet.title)) == plain(EXAMPLE)


def _is_sorted(grid: Sequence[Row]) -> bool:
    """Whether a worksheet's head has a column that says which list a row belongs to."""
    head = next((row for row in grid if row), [])
    return any(cell is not None and plain(cell.value) == plain(SORT) for cell in head)


def _by_kind(grid: Sequence[Row], problems: Problems) -> Iterator[tuple[str, Table]]:
    """Rows with the list that each belongs to."""
    for table in _rows(Context.ENTRY, grid):
        kind = next((v for k, v in table.pairs if plain(k.value) == plain(SORT)), None)
        rest = tuple(pair for pair in table.pairs if plain(pair[0].value) != plain(SORT))
        if not rest:
            continue
        name = canonical(Context.EVENT, kind.value) if isinstance(kind, Text) else None
        if name is None or LISTS.get((Context.EVENT, name)) is not Context.ENTRY:
            told = kind.value if isinstance(kind, Text) else ""
            problems.add("facts.no_such_kind", kind.line if isinstance(kind, Text) else table.line, name=told)
            continue
        yield name, Table(rest, rest[0][0].line)


def _inner(key: str) -> Context | None:
    return LISTS.get((Context.EVENT, key)) or LISTS.get((Context.ACTIVITY, key))


def _grid(sheet: Any) -> list[Row]:
    """The rows of a worksheet as texts; blank ones are empty lists."""
    grid: list[Row] = []
    from openpyxl.utils import get_column_letter

    title = str(sheet.title)
    for number, cells in enumerate(sheet.iter_rows(max_row=_MOST_ROWS), 1):
        row = [
            _text(
                cell.value,
                str(getattr(cell, "number_format", "") or ""),
                Cell(number, title, get_column_letter(column)),
            )
            for column, cell in enumerate(cells, 1)
        ]
        grid.append(row if any(row) else [])
    return grid


def _text(value: Any, number_format: str, row: Cell) -> Text | None:
    """A cell as it is shown: a share with its mark, a date without its midnight, 300.0 as 300."""
    match value:
        case None:
            return None
        case bool():
            written = "是" if value else "否"
        case int() | float() if "%" in number_format:
            written = f"{round(value * 100, 6):g}%"
        case float() if value.is_integer():
            written = str(int(value))
        case dt.datetime():
            written = f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%dT%H:%M}"
        case dt.time():
            written = f"{value.hour}時{value.minute:02}分" if value.minute else f"{value.hour}時"
        case _:
            # A line's end after the only line says that it is a list of one, and no enumeration.
            written = str(value).strip() + ("\n" if str(value).endswith("\n") else "")
    return Text(written, row) if written.strip() else None


def _cell(context: Context, name: str, cells: Sequence[Text | None]) -> Node | None:
    """A value: the first cell, or for a list every line of every cell. What follows a value is a note."""
    key = canonical(context, name)
    if key is None or ((context, key) not in LISTS and key not in NAMES):
        first = cells[0] if cells else None
        return Text(first.value.strip(), first.line) if first is not None else None
    given = [cell for cell in cells if cell is not None]
    items = [
        Text(line.strip(), cell.line) for cell in given for line in cell.value.split("\n") if line.strip()
    ]
    is_list = len(items) > 1 or any(cell.value.endswith("\n") for cell in given)
    return Items(tuple(items), items[0].line) if items and is_list else next(iter(items), None)


def _rows(inner: Context | None, grid: Sequence[Row]) -> Iterator[Table]:
    """Each row below the heading as a table."""
    filled = [row for row in grid if row]
    if not filled or inner is None:
        return
    head = filled[0]
    for row in filled[1:]:
        cells = [
            (Text(name.value, cell.line), _cell(inner, name.value, (cell,)))
            for name, cell in zip(head, row, strict=False)
            if name is not None and cell is not None
        ]
        if cells:
            yield Table(tuple(cells), cells[0][0].line)


def _joined(
    pairs: list[tuple[Text, Node | None]], lists: Mapping[str, list[Table]], problems: Problems
) -> Node | None:
    """The whole sheet: rows that name an activity go into it, the others to the top."""
    activities = [_Activity(table, n) for n, table in enumerate(lists.get("activities", ()), 1)]
    for key, tables in lists.items():
        if key == "activities":
            continue
        top: list[Node] = []
        for table in tables:
            owner, rest = _owner(table)
            home = next(
                (activity for activity in activities if owner and activity.answers_to(owner.value)), None
            )
            if home is not None:
                home.add(key, rest)
            elif owner is not None:
                problems.add("facts.no_such_activity", owner.line, (), name=owner.value)
            else:
                top.append(rest)
        if top and key == "figures":  # what is of no activity is of the whole
            pairs.append((Text("totals", top[0].line), Items(tuple(top), top[0].line)))
        elif top and (Context.EVENT, key) not in LISTS:
            problems.add("facts.row_of_no_activity", top[0].line, (), name=key)
        elif top:
            pairs.append((Text(key, top[0].line), Items(tuple(top), top[0].line)))
    if activities:
        rows = tuple(activity.table() for activity in activities)
        pairs.append((Text("activities", rows[0].line), Items(rows, rows[0].line)))
    return Table(tuple(pairs), 1) if pairs else None


class _Activity:
    """A row of the activities, and the rows of other worksheets that belong to it."""

    def __init__(self, row: Table, number: int) -> None:
        named = {canonical(Context.ACTIVITY, key.value): value for key, value in row.pairs}
        self.names = {
            plain(value.value) for value in (named.get("id"), named.get("name")) if isinstance(value, Text)
        } | {f"a{number}"}
        self.row = row
        self.lists: dict[str, list[Node]] = {}

    def answers_to(self, name: str) -> bool:
        """Whether ``name`` is its id, its name or its position."""
        return plain(name) in self.names or f"a{plain(name)}" in self.names

    def add(self, key: str, item: Node) -> None:
        """Take a row of another worksheet."""
        self.lists.setdefault(key, []).append(item)

    def table(self) -> Table:
        """Row and lists together; a list begun in the row's own cell goes on in its worksheet."""
        pairs = []
        for key, value in self.row.pairs:
            more = self.lists.pop(canonical(Context.ACTIVITY, key.value) or "", [])
            own = value.items if isinstance(value, Items) else (value,) if value is not None else ()
            pairs.append((key, Items((*own, *more), key.line) if more else value))
        pairs += [
            (Text(key, items[0].line), Items(tuple(items), items[0].line))
            for key, items in self.lists.items()
        ]
        return Table(tuple(pairs), self.row.line)


def _owner(table: Table) -> tuple[Text | None, Table]:
    owner = next(
        (v for k, v in table.pairs if plain(k.value) in (plain(OWNER), "activity") and isinstance(v, Text)),
        None,
    )
    rest = tuple(pair for pair in table.pairs if plain(pair[0].value) not in (plain(OWNER), "activity"))
    return owner, Table(rest, table.line)
