"""A summary on a terminal: within its width, no mark first in a row, nothing lost."""

from __future__ import annotations

import pytest

from summarywriter import SummaryWriter, load_facts
from summarywriter.cli.leaf import shown, wrapped
from summarywriter.cli.terminal import cells


@pytest.mark.parametrize("width", [20, 80, 160])
def test_the_text_is_set_within_the_window(sheet, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    summary = SummaryWriter().write(load_facts(sheet))
    rows = list(shown(summary))
    assert all(cells(row) <= min(width, 84) for row, _ in rows)
    assert not [row for row, _ in rows if row[:1] in "，。、；：）》”" and row]
    assert "".join(row.strip() for row, _ in rows) == summary.text.replace("\n", "")
    headings = {summary.text[x.start : x.end] for x in summary.filled.lines if x.kind in ("title", "heading")}
    assert "".join(row.strip() for row, bold in rows if bold) == "".join(
        h for h in summary.text.split("\n") if h in headings
    )


def test_numbers_and_opening_marks_stay_with_what_follows():
    assert list(wrapped("共有單位（區科協）1500份", 10)) == ["共有單位", "（區科協）", "1500份"]


def test_a_pipe_gets_the_plain_text(sw, sheet):
    out = sw("write", sheet).out
    assert out.rstrip("\n") == SummaryWriter().write(load_facts(sheet)).text
