"""``summarywriter plan``: which section would say what."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from summarywriter.cli import options
from summarywriter.cli.terminal import Terminal, encodes
from summarywriter.messages import role_name

if TYPE_CHECKING:
    from summarywriter.facts.index import FactIndex
    from summarywriter.plan import DocumentPlan, SectionPlan

_LONGEST = 36
"""Characters of a fact shown: the tree is for finding one's way, not for reading."""


def plan(
    facts: options.FactsPath,
    *,
    genre: options.GenreName = None,
    genres: options.GenreFolder = None,
    length: options.Length = None,
    format: options.FormatName = options.Format.TEXT,
    lang: options.Language = None,
) -> None:
    """Print the plan as a tree."""
    from summarywriter.cli.setting import open_sheet
    from summarywriter.facts.index import FactIndex
    from summarywriter.plan import make_plan
    from summarywriter.render import plan_to_data

    sheet, terminal = open_sheet(facts, lang)
    index = FactIndex.of(sheet)
    made = make_plan(index, genre, length=length, genre_folder=genres)
    if format is options.Format.JSON:
        terminal.data({"version": 1, "plan": plan_to_data(made)})
    else:
        _print(made, index, terminal)


def _print(made: DocumentPlan, index: FactIndex, terminal: Terminal) -> None:
    terminal.result(made.title)
    _say(terminal.words("cli.plan.genre", genre=made.genre, reason=made.reason.rstrip("。.")), terminal)
    marks = ("├─ ", "└─ ", "│  ") if encodes(sys.stdout, "├└│─") else ("|- ", "`- ", "|  ")
    for n, section in enumerate(made.sections):
        last = n == len(made.sections) - 1
        terminal.result(f"{marks[1 if last else 0]}{_heading(section, terminal)}")
        stem = "   " if last else marks[2]
        for unit in section.units:
            for m, fact in enumerate(unit.facts):
                text = index[fact].text.replace("\n", " ")
                shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
                terminal.result(f"{stem}{'· ' if m == 0 else '  '}{fact}  {shown}")
    if made.gaps:
        roles = [role_name(role, lang=terminal.lang, script=terminal.script) for role in made.gaps]
        mark = ", " if terminal.lang == "en" else "、"
        _say(terminal.words("cli.plan.gaps", roles=mark.join(roles)), terminal)
    if made.left_out:
        _say(terminal.words("cli.plan.left_out", facts=", ".join(made.left_out)), terminal)


def _say(text: str, terminal: Terminal) -> None:
    """A line of the result; on a terminal in rows that no closing mark begins."""
    from summarywriter.cli.leaf import is_for_eyes, wrapped

    width = shutil.get_terminal_size().columns
    for row in wrapped(text, width) if is_for_eyes() else (text,):
        terminal.result(row)


def _heading(section: SectionPlan, terminal: Terminal) -> str:
    name = f"{section.number}{section.heading}" if section.heading else _role(section, terminal)
    told = terminal.words(
        "cli.plan.section", id=section.id, facts=len(section.facts), length=section.length or "-"
    )
    return f"{name}  {told}"


def _role(section: SectionPlan, terminal: Terminal) -> str:
    name = role_name(section.role, lang=terminal.lang, script=terminal.script)
    return f"({name})" if terminal.lang == "en" else f"（{name}）"
