"""``check --explain``: every figure, date and name of a text beside the fact that it was matched to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from summarywriter.cli.terminal import Terminal, cells

if TYPE_CHECKING:
    from summarywriter.cli.manuscript import Manuscript
    from summarywriter.facts.model import EventFacts

_LONGEST = 30
"""Characters of a fact that are shown beside it."""


def print_groundings(file: Path, manuscript: Manuscript, sheet: EventFacts, terminal: Terminal) -> None:
    """Print one line for each, columns lined up as a terminal counts them."""
    from summarywriter.facts.index import FactIndex
    from summarywriter.verify.explain import explain_text

    index = FactIndex.of(sheet)
    rows: list[tuple[str, ...]] = []
    for found in explain_text(manuscript.text, sheet):
        line, column = manuscript.place(found.start)
        if found.verdict:
            why = found.verdict
        elif found.facts:
            why = "、".join(found.facts[:3])
        else:
            why = terminal.words("cli.explain.free" if found.free else "cli.explain.none")
        fact = index[found.facts[0]] if found.facts and found.facts[0] in index else None
        text = "" if fact is None else (fact.figure.label if fact.figure else "") + fact.text
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        rows.append((f"{line}:{column}", found.text, terminal.words(f"cli.explain.{found.kind}"), why, shown))
    widths = [max((cells(row[n]) for row in rows), default=0) for n in range(4)]
    terminal.result(str(file))
    for row in rows:
        columns = (cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=False))
        terminal.result(f"  {'  '.join((*columns, row[4])).rstrip()}")
