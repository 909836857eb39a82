"""Figures from a CSV, as statistics come out of another system, into a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarywriter.errors import FactsError
from summarywriter.facts.decode import EncodingError, decode
from summarywriter.facts.keys import Context, canonical, plain
from summarywriter.facts.load import facts_from
from summarywriter.facts.model import EventFacts
from summarywriter.facts.problems import Problems
from summarywriter.facts.workbook import OWNER
from summarywriter.facts.write import facts_to_data


def with_figures(facts: EventFacts, path: str | Path, *, lang: str = "zh") -> EventFacts:
    """The sheet with the figures of a CSV added.

    The first line names the columns, by the keys of a figure (動作, 對象, 數值, 量詞, or 數量 for both);
    a column 活動 says of which activity, by id or name, a figure is; left blank, it is a total.

    Args:
        facts: The sheet.
        path: The CSV: UTF-8, UTF-16, GB18030 or Big5, separated by commas, semicolons or tabs.
        lang: Language of the problems.

    Raises:
        FactsError: The file cannot be read, or a row cannot be placed; every problem at once, by row.
    """
    problems = Problems(file=str(path), lang=lang, script=facts.script.value)
    data = facts_to_data(facts)
    homes = {
        plain(name): activity
        for number, activity in enumerate(data.get("activities", ()), 1)
        for name in (activity["name"], activity.get("id"), f"a{number}")
        if name
    }
    for line, owner, figure in _rows(Path(path), problems):
        home = homes.get(plain(owner)) if owner else data
        if home is None:
            problems.add("facts.no_such_activity", line, name=owner)
            continue
        home.setdefault("figures" if owner else "totals", []).append(figure)
        try:
            facts_from({"title": "x", "totals": [figure]}, lang=lang)
        except FactsError as error:
            for problem in error.problems:
                problems.add("facts.csv_row", line, why=problem.message)
    if problems.found:
        raise FactsError(problems.in_order())
    return facts_from(data, lang=lang)


def _rows(path: Path, problems: Problems) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Line, activity and figure of each row."""
    try:
        text = decode(path.read_bytes()).removeprefix("\ufeff")
    except FileNotFoundError:
        problems.add("file.missing", None)
        return
    except EncodingError as error:
        problems.add("file.encoding", error.line)
        return
    except OSError as error:
        problems.add("file.unreadable", None, reason=error.strerror or str(error))
        return
    head, *_ = text.split("\n", 1)
    separator = max(",;\t，", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    names: list[str | None] | None = None
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if names is None:
            names = [_name(cell) for cell in cells]
            for cell, name in zip(cells, names, strict=True):
                if cell and name is None:
                    problems.add("facts.csv_column", reader.line_num, name=cell)
            continue
        named = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
        owner = named.pop("owner", "")
        if named:
            yield reader.line_num, owner, dict(named)


def _name(cell: str) -> str | None:
    return "owner" if plain(cell) in (plain(OWNER), "activity") else canonical(Context.FIGURE, cell)
