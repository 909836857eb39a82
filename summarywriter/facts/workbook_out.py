"""Workbooks out: one for a clerk to fill in, and a sheet as a workbook that reads back without loss."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.script import Script, to_script
from summarywriter.facts.keys import Context, aliases, keys, note, value_aliases
from summarywriter.facts.model import EventFacts
from summarywriter.facts.shape import LISTS, NAMES
from summarywriter.facts.workbook import BASIC, EXAMPLE, OWNER, SORT, SORTED
from summarywriter.resources import read_text

_ROWS = 500
"""Rows that have drop-downs; a sheet with more goes on without."""
_WIDE = 44
_NARROW = 16


def blank_workbook(script: Script | str = Script.HANT, *, genres: Sequence[str] = ()) -> bytes:
    """A workbook for a clerk to fill in: four worksheets, drop-downs, a note at each head, an example.

    Args:
        script: Script of the sheet.
        genres: Names of the genres to choose from.
    """
    import openpyxl

    blank = _Blank(openpyxl.Workbook(), Script(script), _layout())
    blank.basic(genres)
    blank.table(OWNER, Context.ACTIVITY, "activities")
    blank.table(aliases(Context.ACTIVITY, "figures")[0], Context.FIGURE, "figures")
    blank.sorted()
    blank.example()
    return _saved(blank.book)


def _layout() -> Mapping[str, Any]:
    layout: Mapping[str, Any] = YAML(typ="safe").load(read_text("facts", "workbook.yaml"))
    return layout


class _Blank:
    """A workbook in the making.

    Args:
        book: The workbook.
        script: Script of what is shown.
        layout: Columns, choices and the example, from workbook.yaml.
    """

    def __init__(self, book: Any, script: Script, layout: Mapping[str, Any]) -> None:
        self.book = book
        self._script = script
        self._layout = layout

    def _shown(self, text: str) -> str:
        return text if self._script is Script.HANT else to_script(text, self._script)

    def basic(self, genres: Sequence[str]) -> None:
        """Key and value in each row; what a list wants goes on in the cells to the right."""
        sheet = self.book.active
        sheet.title = self._shown(BASIC)
        choices = {"genre": list(genres), "script": ["hant", "hans"]}
        for row, key in enumerate(self._layout["basic"], 1):
            head = sheet.cell(row, 1, self._shown(aliases(Context.EVENT, key)[0]))
            self._head(head, note(Context.EVENT, key))
            options = choices.get(key) or self._values(key)
            if options:
                self._choose(sheet, f"B{row}", options)
        sheet["B1"] = self._shown("〔填寫標題〕")
        sheet.column_dimensions["A"].width = _NARROW
        for column in "BCD":
            sheet.column_dimensions[column].width = _WIDE if column == "B" else _NARROW * 2
        sheet.freeze_panes = "B1"

    def table(self, title: str, context: Context, part: str) -> None:
        """A list, its heads frozen."""
        sheet = self.book.create_sheet(self._shown(title))
        for column, key in enumerate(self._layout[part], 1):
            named = self._layout["heads"].get(key) if context is Context.FIGURE else None
            name = OWNER if key == "owner" else named or aliases(context, key)[0]
            told = self._layout["owner_note"] if key == "owner" else note(context, key)
            cell = sheet.cell(1, column, self._shown(name))
            self._head(cell, told)
            letter = cell.column_letter
            wide = key in ("name", "details", "object")
            sheet.column_dimensions[letter].width = _WIDE if wide else _NARROW
            cells = f"{letter}2:{letter}{_ROWS}"
            if key == "owner":
                self._choose_from(sheet, cells, f"'{self._shown(OWNER)}'!$B$2:$B${_ROWS}")
            elif options := self._values(key):
                self._choose(sheet, cells, options)
        sheet.freeze_panes = "C2"

    def sorted(self) -> None:
        """Measures, results, media, problems and plans in one list."""
        sheet = self.book.create_sheet(self._shown(SORTED))
        kinds = [self._shown(aliases(Context.EVENT, key)[0]) for key in self._layout["sorted"]]
        heads = (
            (SORT, self._layout["sort_note"]),
            (aliases(Context.ENTRY, "text")[0], self._layout["text_note"]),
        )
        for column, (name, told) in enumerate(heads, 1):
            self._head(sheet.cell(1, column, self._shown(name)), told)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _NARROW, _WIDE * 2
        self._choose(sheet, f"A2:A{_ROWS}", kinds)
        sheet.freeze_panes = "A2"

    def example(self) -> None:
        """The four worksheets filled in, one below the other; nobody reads this one but people."""
        from openpyxl.styles import Alignment, Font

        sheet = self.book.create_sheet(self._shown(EXAMPLE))
        for row in self._layout["example"]:
            sheet.append([self._shown(str(cell)) for cell in row] if row else [""])
        for row in sheet.iter_rows():
            is_title = len([cell for cell in row if cell.value]) == 1 and str(row[0].value).startswith("【")
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=is_title, italic=not is_title, color=None if is_title else "5C6068")
        for column in "ABCDEFGH":
            sheet.column_dimensions[column].width = _NARROW * 1.4
        sheet.protection.sheet = True

    def _head(self, cell: Any, told: str) -> None:
        from openpyxl.comments import Comment
        from openpyxl.styles import Alignment, Font, PatternFill

        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E3EEFB")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.comment = Comment(self._shown(told), "summarywriter", height=90, width=260)

    def _values(self, key: str) -> list[str]:
        if key in self._layout["choices"]:
            return [self._shown(value) for value in self._layout["choices"][key]]
        kinds = {"level": "level", "status": "status"}
        if key in kinds:
            return [self._shown(names[0]) for names in value_aliases(kinds[key]).values()]
        return []

    def _choose(self, sheet: Any, cells: str, options: Sequence[str]) -> None:
        self._choose_from(sheet, cells, '"' + ",".join(options) + '"')

    def _choose_from(self, sheet: Any, cells: str, source: str) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(choice)
        choice.add(cells)


def sheet_workbook(data: Mapping[str, Any], script: Script | str) -> bytes:
    """A sheet as a workbook: a worksheet for each list, every column that is used.

    Args:
        data: The sheet as plain data, canonical keys.
        script: Script of the headings.

    Raises:
        ValueError: The sheet holds what a workbook has no place for; the message is its key.
    """
    import openpyxl

    script = Script(script)

    def shown(text: str) -> str:
        return text if script is Script.HANT else to_script(text, script)

    book = openpyxl.Workbook()
    basic = book.active
    basic.title = shown(BASIC)
    tables: dict[str, list[tuple[Context, dict[str, Any]]]] = {}
    for key, value in data.items():
        if inner := LISTS.get((Context.EVENT, key)):
            tables.setdefault(key, []).extend((inner, _item(item)) for item in value)
        else:
            basic.append(
                [
                    shown(aliases(Context.EVENT, key)[0]),
                    *(_cell(item) for item in (value if isinstance(value, list) else [value])),
                ]
            )
    for number, activity in enumerate(data.get("activities", ()), 1):
        owner = activity.get("id") or f"a{number}"
        for key in [key for key in activity if (Context.ACTIVITY, key) in LISTS]:
            inner = LISTS[Context.ACTIVITY, key]
            tables.setdefault(key, []).extend((inner, {"owner": owner, **_item(i)}) for i in activity[key])
    for key, rows in tables.items():
        context = Context.EVENT if (Context.EVENT, key) in LISTS else Context.ACTIVITY
        _write_table(book.create_sheet(shown(aliases(context, key)[0])), key, rows, shown)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.number_format = "@"  # text as it was written: no program makes 1.50 of it
    return _saved(book)


def reads_back(content: bytes, facts: EventFacts) -> bool:
    """Whether a workbook reads as the sheet that it was made from."""
    from summarywriter.errors import FactsError
    from summarywriter.facts.load import loads_workbook

    try:
        return loads_workbook(content) == facts
    except FactsError:
        return False


def _item(item: Any) -> dict[str, Any]:
    return dict(item) if isinstance(item, Mapping) else {"text": item}


def _write_table(sheet: Any, key: str, rows: list[tuple[Context, dict[str, Any]]], shown: Any) -> None:
    inner = rows[0][0]
    fields = list(_fields(inner, [row for _, row in rows], key))
    sheet.append([shown(OWNER) if f == "owner" else shown(aliases(inner, f)[0]) for f in fields])
    for _, row in rows:
        sheet.append([_cell(row.get(field)) for field in fields])
    sheet.freeze_panes = "A2"


def _fields(inner: Context, rows: list[dict[str, Any]], key: str) -> Iterator[str]:
    used = {field for row in rows for field in row}
    if "owner" in used:
        yield "owner"
    for field in (*keys(inner), *(["quantity"] if inner is Context.FIGURE else [])):
        if field not in used or (key == "activities" and (Context.ACTIVITY, field) in LISTS):
            continue
        if (inner, field) in LISTS or (field == "allow" and field not in NAMES):
            raise ValueError(field)
        used.discard(field)
        yield field


def _cell(value: Any) -> str | None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    if ILLEGAL_CHARACTERS_RE.search(text):
        raise ValueError(text)
    # A list of one ends its line, so that it is not read as an enumeration.
    return f"{text}\n" if isinstance(value, list) and len(value) == 1 else text


def _saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
